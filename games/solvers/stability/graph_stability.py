"""What the stability concepts of graph models share: improvements, the others' answers, and the answer of a concept.

A decision maker tempted to leave a state looks at what the others could do next. Several others may answer together
by a legal sequence of moves, in which nobody moves twice in a row (Fang, Hipel & Kilgour 1993, Interactive Decision
Making, chapter 4). A state is an equilibrium of a concept if it is stable for every decision maker.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from games.cases import Cases, one_of
from games.errors import InputError
from games.forms.graph_model import GraphModel
from games.play.payoffs import Reached
from games.play.quantities import Payoff, Quantity, Reach
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.terms import Condition, Poly, above, at_least, every, poly, some

Stability: TypeAlias = Callable[[GraphModel, str, str], Condition]
"""Whether a state is stable for a decision maker."""

NOUN = ("state", "states")
"""What one and several answers are called."""

MOST_SEQUENCES = 1_000
"""The most sequences of moves that are followed to write down one condition in formulas."""


def improves(game: GraphModel, player: str, start: str, target: str) -> Condition:
    """Whether moving from ``start`` to ``target`` pays ``player`` more."""
    return above(game.payoff(target, player), game.payoff(start, player))


def deterred(game: GraphModel, state: str, player: str, sanctioned: Callable[[str], Iterable[Condition]]) -> Condition:
    """Whether each move of ``player`` from ``state`` pays no more or meets one of the conditions in ``sanctioned``."""
    return every(
        some([at_least(game.payoff(state, player), game.payoff(target, player)), *sanctioned(target)])
        for target in game.moves_from(state, player)
    )


def answers(game: GraphModel, player: str, start: str, *, improving: bool = False) -> dict[str, Condition]:
    """Where legal sequences of moves by everybody but ``player`` can lead from ``start``, and under what condition.

    With ``improving``, each move must pay its mover more; otherwise the condition is True. Raises `InputError` where
    formulas leave more than `MOST_SEQUENCES` sequences to tell apart.
    """
    others = [other for other in game.players if other != player]
    settled: set[tuple[str, str]] = set()
    reached: dict[str, list[Condition]] = {}
    followed = 0
    waiting: list[tuple[str, str, Condition, frozenset[tuple[str, str]]]] = [(start, "", True, frozenset())]
    while waiting:
        state, mover, so_far, before = waiting.pop()
        for other in others:
            if other == mover:
                continue
            for target in game.moves_from(state, other):
                step = (target, other)
                if step in settled or step in before:
                    continue
                condition = every([so_far, improves(game, other, state, target)]) if improving else True
                if condition is False:
                    continue
                if condition is True:
                    settled.add(step)
                followed += 1
                if followed > MOST_SEQUENCES:
                    raise InputError(
                        f"more than {MOST_SEQUENCES} sequences of moves would have to be told apart; give values to "
                        "more parameters"
                    )
                reached.setdefault(target, []).append(condition)
                waiting.append((target, other, condition, before | {step}))
    return {state: some(conditions) for state, conditions in reached.items()}


def cases(game: GraphModel, asked: Sequence[Quantity], stable: Stability) -> Cases:
    """The state in which the conflict rests; it is ``stable`` for every decision maker."""

    def value(quantity: Quantity, state: str) -> Poly:
        match quantity:
            case Payoff(player=player):
                return poly(game.payoff(state, player))
            case Reach(path=path):
                return poly(int(path == (state,)[: len(path)]))
        return poly(int(all(state == chosen for chosen in quantity.choices.values())))

    options = {state: every(stable(game, state, player) for player in game.players) for state in game.states}
    return one_of("state", options, asked, value)


def staying(game: GraphModel, state: str) -> dict[str, dict[str, Fraction]]:
    """Everybody stays in ``state``."""
    return {player: {state: Fraction(1)} for player in game.players}


def stable_states(game: GraphModel, concept: str, stable: Stability) -> Equilibria:
    """The states that are stable for everybody; the remarks say which are stable for whom."""
    holding: dict[str, list[str]] = {player: [] for player in game.players}
    found = []
    complete = True
    for number, state in enumerate(game.states, start=1):
        if expired(f"{number} of {len(game.states)} states"):
            complete = False
            break
        verdicts = {player: stable(game, state, player) for player in game.players}
        for player, verdict in verdicts.items():
            if verdict:
                holding[player].append(state)
        if all(verdicts.values()):
            paid = {player: Fraction(game.payoff(state, player)) for player in game.players}
            found.append(Equilibrium(staying(game, state), paid, (Reached((state,), Fraction(1)),)))
    remarks = [f"stable for {player}: {'; '.join(states) or 'no state'}" for player, states in holding.items()]
    if not complete:
        remarks.append(STOPPED)
    return Equilibria(game, concept, tuple(found), complete=complete, remarks=tuple(remarks))


def stability(name: str, stable: Stability) -> Callable[[GraphModel], Equilibria]:
    """Registers the definition of a stability as a solution concept, and returns its solver."""

    def solver(game: GraphModel) -> Equilibria:
        """Every state that is stable for everybody; the list is complete."""
        return stable_states(game, name, stable)

    solver.__name__ = name.replace("-", "_")
    definition = partial(cases, stable=stable)
    return solution_concept(name, form=GraphModel, noun=NOUN, cases=definition)(solver)
