"""Whether automata are an equilibrium of a repeated game, and what they pay, exactly.

What has happened matters only for the states in which the automata are. They are a subgame-perfect equilibrium exactly
if in no joint state that some history leads to, others' deviations included, one deviation pays its player (Blackwell
1965, Annals of Mathematical Statistics 36; Abreu & Rubinstein 1988, Econometrica 56). They are a Nash equilibrium
exactly if from the start on no way to play pays a player more than its automaton; since the others' automata do not
change, the best is one action in each joint state (Howard 1960, Dynamic Programming and Markov Processes).

Play is certain, so that from each joint state it comes to a cycle. With δ the discount factor, a cycle that pays u₀, …,
u₋₁ over and over is worth Σ δᵗuₜ / Σ δᵗ as an average of a round, and a round u before what is worth w makes
(1 − δ)u + δw. So every comparison can be multiplied out and is a polynomial in δ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from games.errors import InputError
from games.exact import readable
from games.forms.automata import Automaton, check_automata, stage_of
from games.forms.repeated import RepeatedGame
from games.forms.strategic import Profile
from games.terms import Condition, Poly, at_least, every

Joint: TypeAlias = tuple[str, ...]
"""The state of each player's automaton, in the order of the players."""

Worth: TypeAlias = tuple[Any, Any]
"""An average of a round as numerator and denominator, which is positive; numbers or polynomials."""

MOST_STATES = 20_000
"""The most joint states."""


@dataclass(frozen=True)
class Deviation:
    """What a player gains by another action: at the joint state ``at``, by player, as an average of a round."""

    at: Mapping[str, str]
    player: str
    action: str
    gain: Fraction

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        where = ", ".join(f"{player} in {state}" for player, state in self.at.items())
        return f"with {where}, {self.player} gains {readable(self.gain)} by {self.action}"


@dataclass(frozen=True)
class VerifiedAutomata:
    """What automata pay, and whether they are an equilibrium.

    ``payoffs`` are averages of a round from the start on, by player; ``continuations`` the same from each joint state
    on that some history leads to. ``deviation``: the one deviation, after any history, that gains most, counted from
    then on; None if none gains, so that the automata are subgame-perfect. ``plan``: the first step of the way to play
    that gains most from the start on, with all that it gains; None if none does, so that they are a Nash equilibrium.
    """

    game: RepeatedGame = field(repr=False)
    automata: Mapping[str, Automaton] = field(repr=False)
    payoffs: Mapping[str, Fraction]
    continuations: Mapping[Joint, tuple[Fraction, ...]] = field(repr=False)
    deviation: Deviation | None
    plan: Deviation | None

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    @property
    def is_subgame_perfect(self) -> bool:
        """Whether nobody gains by deviating, whatever has happened."""
        return self.deviation is None

    @property
    def is_nash(self) -> bool:
        """Whether nobody gains by another way to play from the start on."""
        return self.plan is None

    def __str__(self) -> str:
        paid = ", ".join(f"{player} {readable(value)}" for player, value in self.payoffs.items())
        if self.deviation is None:
            return f"{paid}: subgame-perfect"
        if self.plan is None:
            return f"{paid}: Nash, not subgame-perfect: {self.deviation}"
        return f"{paid}: no equilibrium: {self.plan}"


def verify_automata(game: RepeatedGame, automata: Mapping[str, Automaton]) -> VerifiedAutomata:
    """What the automata, one for each player, pay, and whether they are subgame-perfect or at least a Nash equilibrium.

    >>> from games import RepeatedGame, StrategicGame
    >>> from games.forms.automata import grim
    >>> from games.play.automata import verify_automata
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
    >>> game = RepeatedGame({"Always": dilemma}, {"A": "1/2", "B": "1/2"})
    >>> found = verify_automata(game, {player: grim(game, player) for player in game.players})
    >>> found
    VerifiedAutomata(payoffs={'A': Fraction(3, 1), 'B': Fraction(3, 1)}, deviation=None, plan=None)

    Raises `InputError` for a game of several states or with free parameters, for automata that do not fit it, and for
    more than `MOST_STATES` joint states.
    """
    check_automata(game, automata)
    if not game.is_exact:
        raise InputError("the game has free parameters; give them values, or ask for the equilibrium_condition")
    machine = _Machine(game, automata)
    states = machine.reached(list(stage_of(game).profiles))
    worth = [{at: _value(each) for at, each in machine.worths(states, k).items()} for k, _ in enumerate(game.players)]
    payoffs = {player: worth[k][machine.start] for k, player in enumerate(game.players)}
    continuations = {at: tuple(each[at] for each in worth) for at in states}
    gains = [one for one in machine.one_shot(states, worth) if one.gain > 0]
    plans = [plan for k, _ in enumerate(game.players) if (plan := _best_plan(machine, k)) is not None]
    return VerifiedAutomata(game, dict(automata), payoffs, continuations, _greatest(gains), _greatest(plans))


def equilibrium_condition(game: RepeatedGame, automata: Mapping[str, Automaton]) -> Condition:
    """Under which condition on its parameters the automata are a subgame-perfect equilibrium of the game.

    Discount factors and payoffs may be formulas; the condition is one of polynomials in their parameters, true or false
    if there are none. It takes for granted that discount factors are at least 0 and below 1.

    Raises `InputError` for a game of several states, and for automata that do not fit it.
    """
    check_automata(game, automata)
    machine = _Machine(_in_polynomials(game), automata)
    states = machine.reached(list(stage_of(game).profiles))
    return every(condition for k, _ in enumerate(game.players) for condition in machine.conditions(states, k))


def _in_polynomials(game: RepeatedGame) -> RepeatedGame:
    if not any(hasattr(value, "free_symbols") and not isinstance(value, Poly) for value in game.entries):
        return game
    # Imported here, so that games in numbers do without sympy.
    from games.formulas.polynomials import Entries

    entries = Entries()
    return game.with_entries([value if isinstance(value, Poly) else entries(value) for value in game.entries])


class _Machine:
    """All automata as one: where they are, what they play, and where they go."""

    def __init__(self, game: RepeatedGame, automata: Mapping[str, Automaton]) -> None:
        self.game, self.stage = game, stage_of(game)
        self.automata = [automata[player] for player in game.players]
        self.start: Joint = tuple(automaton.start for automaton in self.automata)

    def played(self, at: Joint) -> Profile:
        """What all play there."""
        return tuple(automaton.actions[state] for automaton, state in zip(self.automata, at, strict=True))

    def after(self, at: Joint, played: Profile) -> Joint:
        """Where they go from there if that is played."""
        return tuple(automaton.after(state, played) for automaton, state in zip(self.automata, at, strict=True))

    def changed(self, at: Joint, k: int) -> Iterator[tuple[str, Profile]]:
        """Each action of the k-th player, and what is played with it."""
        played = self.played(at)
        for action in self.stage.strategies[self.game.players[k]]:
            yield action, (*played[:k], action, *played[k + 1 :])

    def reached(self, profiles: list[Profile] | None = None, k: int = 0) -> list[Joint]:
        """The joint states that the ``profiles`` may lead to, or, without them, that the k-th player's actions may."""
        found = {self.start: None}
        waiting = [self.start]
        while waiting:
            at = waiting.pop()
            for played in [p for _, p in self.changed(at, k)] if profiles is None else profiles:
                after = self.after(at, played)
                if after not in found:
                    found[after] = None
                    waiting.append(after)
            if len(found) > MOST_STATES:
                raise InputError(f"the automata have more than {MOST_STATES} joint states; give smaller ones")
        return list(found)

    def pays(self, played: Profile, k: int) -> Any:
        """What a round of the profile pays the k-th player."""
        return self.stage.payoffs[played][k]

    def factor(self, k: int) -> Any:
        """The k-th player's discount factor."""
        return self.game.discounts[self.game.players[k]]

    def worths(self, states: list[Joint], k: int, does: Mapping[Joint, str] | None = None) -> dict[Joint, Worth]:
        """What the k-th player gets from each state on, by its automaton or by what it ``does``."""
        now, following = {}, {}
        for at in states:
            profile = self.played(at)
            if does is not None:
                profile = (*profile[:k], does[at], *profile[k + 1 :])
            now[at], following[at] = self.pays(profile, k), self.after(at, profile)
        return _averages(now, following, self.factor(k))

    def one_shot(self, states: list[Joint], worth: list[dict[Joint, Fraction]]) -> Iterator[Deviation]:
        """What each deviation from each state gains."""
        for at in states:
            for k, player in enumerate(self.game.players):
                factor = Fraction(self.factor(k))
                for action, profile in self.changed(at, k):
                    later = worth[k][self.after(at, profile)]
                    gain = (1 - factor) * Fraction(self.pays(profile, k)) + factor * later - worth[k][at]
                    yield Deviation(dict(zip(self.game.players, at, strict=True)), player, action, gain)

    def conditions(self, states: list[Joint], k: int) -> Iterator[Condition]:
        """That no deviation of the k-th player gains, from any of the states."""
        worth, factor = self.worths(states, k), self.factor(k)
        for at in states:
            for _, profile in self.changed(at, k):
                if profile == self.played(at):
                    continue
                (kept, whole), (later, other) = worth[at], worth[self.after(at, profile)]
                deviating = (1 - factor) * self.pays(profile, k) * other + factor * later
                # A common denominator left in would raise the degree of what is to be decided.
                yield at_least(kept, deviating) if whole == other else at_least(kept * other, deviating * whole)


def _averages(now: Mapping[Joint, Any], following: Mapping[Joint, Joint], factor: Any) -> dict[Joint, Worth]:
    """What play from each state on is worth, where each state pays something ``now`` and is followed by another."""
    found: dict[Joint, Worth] = {}
    for start in now:
        path: dict[Joint, None] = {}
        at = start
        while at not in found and at not in path:
            path[at] = None
            at = following[at]
        way = list(path)
        if at not in found:
            # What the path came back to begins a cycle.
            cycle = way[way.index(at) :]
            total: Any = 0
            whole: Any = 0
            for each in reversed(cycle):
                total, whole = now[each] + factor * total, 1 + factor * whole
            found[at] = total, whole
        for each in reversed(way):
            if each not in found:
                later, whole = found[following[each]]
                found[each] = (1 - factor) * now[each] * whole + factor * later, whole
    return found


def _value(worth: Worth) -> Fraction:
    return Fraction(worth[0]) / Fraction(worth[1])


def _best_plan(machine: _Machine, k: int) -> Deviation | None:
    """The first step off its automaton of the k-th player's best way to play, and what it gains from the start on."""
    states, factor = machine.reached(k=k), Fraction(machine.factor(k))
    does = {at: machine.played(at)[k] for at in states}
    kept = best = {at: _value(worth) for at, worth in machine.worths(states, k, does).items()}
    while True:
        better = dict(does)
        for at in states:
            for action, profile in machine.changed(at, k):
                pays = (1 - factor) * Fraction(machine.pays(profile, k)) + factor * best[machine.after(at, profile)]
                if pays > best[at] and (better[at] == does[at]):
                    better[at] = action
        if better == does:
            break
        does = better
        best = {at: _value(worth) for at, worth in machine.worths(states, k, does).items()}
    gain, at = best[machine.start] - kept[machine.start], machine.start
    if not gain:
        return None
    while does[at] == machine.played(at)[k]:
        at = machine.after(at, machine.played(at))
    players = machine.game.players
    return Deviation(dict(zip(players, at, strict=True)), players[k], does[at], gain)


def _greatest(deviations: list[Deviation]) -> Deviation | None:
    return max(deviations, key=lambda one: one.gain, default=None)
