"""Grim-trigger equilibria of repeated games: an agreement that everybody keeps until somebody breaks it.

An agreement says what everybody does in each state. As long as it is kept it is followed; after any breach everybody
turns, for good, to a threat: a way to play, again by state, that is an equilibrium by itself. Both are in pure
actions. The agreement is a subgame-perfect equilibrium exactly if in no state, before or after a breach, a single
change of action pays its player (the one-shot deviation principle; Blackwell 1965, Annals of Mathematical Statistics
36). Definition: Friedman (1971), Review of Economic Studies 38; with random states: Green & Porter (1984),
Econometrica 52.

What a player gets for good, from each state on, solves one linear equation for each state: v = u + δ P v, where u are
the payoffs of the round and P the odds of the next state. As δ < 1, its determinant is positive, so that every
comparison can be multiplied out and is a polynomial.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from games.errors import InputError
from games.forms import Entry
from games.forms.repeated import Plan, RepeatedGame, trigger_plans, trigger_strategies
from games.forms.strategic import Profile
from games.play.payoffs import Reached, Strategies, payoffs_of
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired

MOST_PLANS = 1_000
"""The most ways to play by state among which agreements and threats are looked for."""


@dataclass(frozen=True)
class Arithmetic:
    """How the entries of a game are read for calculation, and how results are written: numbers as they are.

    Polynomials are calculated in their ring, which is much faster than with formulas, other formulas as they stand.
    """

    read: Callable[[Entry], Any]
    write: Callable[[Any], Any]


def arithmetic(game: RepeatedGame) -> Arithmetic:
    """The arithmetic that suits the entries of ``game``."""
    if game.is_exact:
        return Arithmetic(Fraction, lambda value: value)
    from sympy import QQ, sympify
    from sympy.polys.polyerrors import CoercionFailed
    from sympy.polys.rings import PolyRing

    formulas = [sympify(entry) for entry in game.entries]
    ring = PolyRing(sorted(set().union(*(f.free_symbols for f in formulas)), key=str), QQ, "grevlex")
    try:
        for formula in formulas:
            ring.from_expr(formula)
    except (ValueError, CoercionFailed):
        return Arithmetic(sympify, lambda value: sympify(value).expand())
    return Arithmetic(
        cache(lambda entry: ring.from_expr(sympify(entry))),
        lambda value: value.as_expr() if hasattr(value, "as_expr") else sympify(value),
    )


@dataclass(frozen=True)
class Forever:
    """What following ``plan`` for good pays ``player`` from each state on: `parts` divided by `whole`, which is > 0.

    Both are numbers or polynomials in the game's arithmetic.
    """

    game: RepeatedGame
    plan: Plan
    player: str
    numbers: Arithmetic

    @cached_property
    def discount(self) -> Any:
        return self.numbers.read(self.game.discounts[self.player])

    def pays(self, state: str, profile: Profile) -> Any:
        """What ``profile`` pays the player in a round in ``state``."""
        return self.numbers.read(self.game.stages[state].payoff(profile, self.player))

    def odds(self, state: str, profile: Profile) -> dict[str, Any]:
        """The odds of the next state."""
        return {after: self.numbers.read(weight) for after, weight in self.game.transitions[state][profile].items()}

    def afterwards(self, state: str, profile: Profile) -> Any:
        """What ``profile`` pays in ``state`` when the plan is followed from the next round on, times `whole`."""
        odds = self.odds(state, profile)
        later = sum(weight * self.parts[after] for after, weight in odds.items())
        return self.pays(state, profile) * self.whole + self.discount * later

    @cached_property
    def _solution(self) -> tuple[dict[str, Any], Any]:
        states = self.game.states
        now = [self.pays(state, self.plan[state]) for state in states]
        left = []
        for state in states:
            odds = self.odds(state, self.plan[state])
            left.append([(1 if state == after else 0) - self.discount * odds.get(after, 0) for after in states])
        adjugate, determinant = _adjugate(left)
        parts = [sum(a * u for a, u in zip(row, now, strict=True)) for row in adjugate]
        return dict(zip(states, parts, strict=True)), determinant

    @property
    def parts(self) -> dict[str, Any]:
        return self._solution[0]

    @property
    def whole(self) -> Any:
        return self._solution[1]

    @property
    def average(self) -> Any:
        """What it pays from the start on, as a payoff of the same worth in every round."""
        write = self.numbers.write
        return write((1 - self.discount) * self.parts[self.game.start]) / write(self.whole)


def _adjugate(matrix: list[list[Any]]) -> tuple[list[list[Any]], Any]:
    """The adjugate and the determinant of a square matrix; divides by whole numbers only (Faddeev & LeVerrier)."""
    size = len(matrix)
    current: list[list[Any]] = [[1 if i == j else 0 for j in range(size)] for i in range(size)]
    for step in range(1, size + 1):
        times = [
            [sum(matrix[i][k] * current[k][j] for k in range(size) if current[k][j] != 0) for j in range(size)]
            for i in range(size)
        ]
        coefficient = sum(times[i][i] for i in range(size)) * Fraction(-1, step)
        before = current
        current = [[times[i][j] + (coefficient if i == j else 0) for j in range(size)] for i in range(size)]
    sign = (-1) ** (size - 1)
    return [[sign * value for value in row] for row in before], -sign * coefficient


def margins(kept: Forever, broken: Forever) -> Iterator[Any]:
    """By how much each single change of action pays the player less than playing on, times something positive.

    ``kept`` is what is followed without the change, ``broken`` what is followed after it.
    """
    for state, stage in kept.game.stages.items():
        for other in stage.alternatives(kept.plan[state], kept.player):
            if kept is broken:
                margin, scale = kept.parts[state] - broken.afterwards(state, other), broken.whole
            else:
                margin = kept.parts[state] * broken.whole - kept.whole * broken.afterwards(state, other)
                scale = kept.whole * broken.whole
            yield kept.numbers.write(_without_shared_factors(margin, scale, kept.discount))


def _without_shared_factors(margin: Any, scale: Any, discount: Any) -> Any:
    """``margin`` without the factors that it shares with ``scale``, by which it was multiplied.

    ``scale`` is positive, and 1 where the discount factor is 0; so a factor of it has one sign, the one it has there.
    """
    ring = getattr(margin, "ring", None)
    if ring is None or discount not in ring.gens or not margin:
        return margin
    shared = margin.gcd(scale)
    at_zero = shared.compose(discount, ring.zero)
    return margin.quo(shared) * (1 if at_zero.LC > 0 else -1)


def payoffs(game: RepeatedGame, strategies: Strategies) -> dict[str, Any]:
    """What each player gets on average over all rounds, later rounds discounted; numbers, or formulas."""
    agreement, _ = trigger_plans(game, strategies)
    numbers = arithmetic(game)
    return {player: Forever(game, agreement, player, numbers).average for player in game.players}


@payoffs_of.register
def _(game: RepeatedGame, strategies: Strategies) -> tuple[Any, ...]:
    return tuple(payoffs(game, strategies).values())


def conditions(game: RepeatedGame, strategies: Strategies) -> tuple[Any, ...]:
    """For each player, state and phase, what playing on pays less each single change of action, times what is > 0."""
    agreement, threat = trigger_plans(game, strategies)
    numbers = arithmetic(game)
    found: list[Any] = []
    for player in game.players:
        punished = Forever(game, threat, player, numbers)
        if agreement != threat:
            found += margins(Forever(game, agreement, player, numbers), punished)
        found += margins(punished, punished)
    return tuple(found)


def comparisons(game: RepeatedGame, equilibria: Equilibria) -> Iterator[Any]:
    """The conditions of every agreement that a threat holds up, and of every other pair one that it breaks.

    Which one that is, the game in which the equilibria were found tells.
    """
    assert isinstance(equilibria.game, RepeatedGame)
    here, there = _Book(equilibria.game), _Book(game)
    for threat in range(len(here.plans)):
        if player := here.breaker(threat, threat):
            yield from there.broken(player, threat, threat, here)
            continue
        yield from there.every(threat, threat)
        for agreement in range(len(here.plans)):
            if agreement == threat:
                continue
            if player := here.breaker(agreement, threat):
                yield from there.broken(player, agreement, threat, here)
            else:
                yield from there.every(agreement, threat)


class _Book:
    """The plans of a game and what following each pays, looked up by number."""

    def __init__(self, game: RepeatedGame) -> None:
        self.players = game.players
        self.plans = _every_plan(game)
        numbers = arithmetic(game)
        self.followed = {p: [Forever(game, plan, p, numbers) for plan in self.plans] for p in game.players}

    def margins(self, player: str, agreement: int, threat: int) -> Iterator[Any]:
        return margins(self.followed[player][agreement], self.followed[player][threat])

    def every(self, agreement: int, threat: int) -> Iterator[Any]:
        for player in self.players:
            yield from self.margins(player, agreement, threat)

    def breaker(self, agreement: int, threat: int) -> str | None:
        """A player whom a single change of action pays, in a game of numbers."""
        return next((p for p in self.players if any(m < 0 for m in self.margins(p, agreement, threat))), None)

    def broken(self, player: str, agreement: int, threat: int, exact: "_Book") -> Iterator[Any]:
        """The first of the player's margins that is negative in the ``exact`` game."""
        signs = exact.margins(player, agreement, threat)
        yield next(m for m, sign in zip(self.margins(player, agreement, threat), signs, strict=True) if sign < 0)


@solution_concept("grim-trigger", form=RepeatedGame, conditions=conditions, comparisons=comparisons)
def grim_trigger(game: RepeatedGame) -> Equilibria:
    """Every agreement in pure actions that a threat in pure actions holds up, each with every such threat.

    An agreement that is an equilibrium by itself is listed once, as its own threat. The list is complete of its kind:
    other equilibria, with other punishments or mixed actions, may hold up more. Payoffs are discounted averages over
    the rounds. Raises `InputError` for a game with more than `MOST_PLANS` ways to play by state.
    """
    book = _Book(game)
    count = len(book.plans)
    threats = [number for number in range(count) if book.breaker(number, number) is None]
    found = []
    complete = True
    for agreement in range(count):
        if expired(f"{agreement + 1} of {count} agreements"):
            complete = False
            break
        if agreement in threats:
            kept_by = [agreement]
        else:
            kept_by = [threat for threat in threats if book.breaker(agreement, threat) is None]
        plan = book.plans[agreement]
        paid = {player: book.followed[player][agreement].average for player in game.players}
        outcome = Reached(game.path(plan), Fraction(1))
        for threat in kept_by:
            equilibrium = Equilibrium(trigger_strategies(game, plan, book.plans[threat]), paid, (outcome,))
            if any(regret(game, equilibrium.strategies).values()):
                raise AssertionError(f"{equilibrium} was found as a trigger equilibrium and is not")
            found.append(equilibrium)
    remarks = ["agreements and threats in pure actions, by state; payoffs are discounted averages of a round"]
    if not threats:
        remarks.append("no way to play by state in pure actions is an equilibrium by itself, to serve as a threat")
    if not complete:
        remarks.append(STOPPED)
    return Equilibria(game, "grim-trigger", tuple(found), complete=complete, remarks=tuple(remarks))


def _every_plan(game: RepeatedGame) -> list[Plan]:
    if game.plan_count > MOST_PLANS:
        raise InputError(
            f"the game has {game.plan_count} ways to play by state; grim-trigger compares at most {MOST_PLANS}"
        )
    return list(game.plans)
