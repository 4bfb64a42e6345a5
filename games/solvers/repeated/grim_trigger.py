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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from games.cases import Cases, one_of
from games.errors import InputError
from games.forms.repeated import Plan, RepeatedGame, trigger_plans, trigger_strategies
from games.forms.strategic import Profile
from games.play.payoffs import Reached, Strategies, payoffs_of
from games.play.quantities import Payoff, Quantity, Reach
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.linear_systems import adjugate
from games.terms import Condition, Poly, Ratio, every, poly, sign

MOST_PLANS = 1_000
"""The most ways to play by state among which agreements and threats are looked for."""


@dataclass(frozen=True)
class Forever:
    """What following ``plan`` for good pays ``player`` from each state on: `parts` divided by `whole`, which is > 0.

    Both are numbers or, where the game's entries are polynomials, polynomials.
    """

    game: RepeatedGame
    plan: Plan
    player: str

    @property
    def discount(self) -> Any:
        """The player's discount factor."""
        return self.game.discounts[self.player]

    def pays(self, state: str, profile: Profile) -> Any:
        """What ``profile`` pays the player in a round in ``state``."""
        return self.game.stages[state].payoff(profile, self.player)

    def afterwards(self, state: str, profile: Profile) -> Any:
        """What ``profile`` pays in ``state`` when the plan is followed from the next round on, times `whole`."""
        later = sum(weight * self.parts[after] for after, weight in self.game.transitions[state][profile].items())
        return self.pays(state, profile) * self.whole + self.discount * later

    @cached_property
    def _solution(self) -> tuple[dict[str, Any], Any]:
        states = self.game.states
        now = [self.pays(state, self.plan[state]) for state in states]
        left = []
        for state in states:
            odds = self.game.transitions[state][self.plan[state]]
            left.append([(1 if state == after else 0) - self.discount * odds.get(after, 0) for after in states])
        inverse, determinant = adjugate(left)
        parts = [sum(a * u for a, u in zip(row, now, strict=True)) for row in inverse]
        return dict(zip(states, parts, strict=True)), determinant

    @property
    def parts(self) -> dict[str, Any]:
        """By state, what following the plan pays from there on, times `whole`."""
        return self._solution[0]

    @property
    def whole(self) -> Any:
        """The determinant by which `parts` are divided; positive, since discount factors are below 1."""
        return self._solution[1]

    @property
    def average(self) -> Ratio:
        """What it pays from the start on, as a payoff of the same worth in every round."""
        return Ratio(poly((1 - self.discount) * self.parts[self.game.start]), poly(self.whole))


def margins(kept: Forever, broken: Forever) -> Iterator[Any]:
    """By how much each single change of action pays the player less than playing on, times something positive.

    ``kept`` is what is followed without the change, ``broken`` what is followed after it.
    """
    for state, stage in kept.game.stages.items():
        for other in stage.alternatives(kept.plan[state], kept.player):
            # A common factor left in would double the degree of what a solver has to decide.
            if kept.whole == broken.whole:
                yield kept.parts[state] - broken.afterwards(state, other)
            else:
                yield kept.parts[state] * broken.whole - kept.whole * broken.afterwards(state, other)


def cases(game: RepeatedGame, asked: Sequence[Quantity]) -> Cases:
    """The agreement and the threat: no single change of action pays, before or after a breach."""
    book = _Book(game)
    numbers = range(len(book.plans))
    lasting = {n: every(sign(poly(margin), ">=") for margin in book.every(n, n)) for n in numbers}
    pairs = {
        f"agreement {agreement}, threat {threat}": (agreement, threat)
        for agreement in numbers
        for threat in numbers
        if lasting[threat] is not False
    }
    # A choice has an option, if only one that never holds.
    pairs = pairs or {"no threat": (0, 0)}

    def holds(agreement: int, threat: int) -> Condition:
        if agreement == threat:
            return lasting[threat]
        return every([lasting[threat], *(sign(poly(margin), ">=") for margin in book.every(agreement, threat))])

    def value(quantity: Quantity, label: str) -> Poly | Ratio:
        agreement, threat = pairs[label]
        plan = book.plans[agreement]
        match quantity:
            case Payoff(player=player):
                return book.followed[player][agreement].average
            case Reach(path=path):
                return poly(int(game.path(plan)[: len(path)] == path))
        does = trigger_strategies(game, plan, book.plans[threat])
        return poly(int(all(does[who].get(own) == 1 for who, own in quantity.choices.items())))

    return one_of("agreement and threat", {label: holds(*pair) for label, pair in pairs.items()}, asked, value)


@payoffs_of.register
def _(game: RepeatedGame, strategies: Strategies) -> tuple[Any, ...]:
    """What each player gets on average over all rounds, later rounds discounted; numbers, or formulas."""
    agreement, _ = trigger_plans(game, strategies)
    followed = [Forever(game, agreement, player) for player in game.players]
    return tuple(Fraction(1) * (1 - one.discount) * one.parts[game.start] / one.whole for one in followed)


class _Book:
    """The plans of a game and what following each pays, looked up by number."""

    def __init__(self, game: RepeatedGame) -> None:
        self.players = game.players
        self.plans = _every_plan(game)
        self.followed = {p: [Forever(game, plan, p) for plan in self.plans] for p in game.players}

    def margins(self, player: str, agreement: int, threat: int) -> Iterator[Any]:
        return margins(self.followed[player][agreement], self.followed[player][threat])

    def every(self, agreement: int, threat: int) -> Iterator[Any]:
        for player in self.players:
            yield from self.margins(player, agreement, threat)

    def breaker(self, agreement: int, threat: int) -> str | None:
        """A player whom a single change of action pays, in a game of numbers."""
        return next((p for p in self.players if any(m < 0 for m in self.margins(p, agreement, threat))), None)

    def threats(self) -> tuple[list[int], bool]:
        """The plans of a game of numbers that are equilibria by themselves, and whether these are all."""
        found: list[int] = []
        for number in range(len(self.plans)):
            if expired(f"{number + 1} of {len(self.plans)} threats"):
                return found, False
            if self.breaker(number, number) is None:
                found.append(number)
        return found, True


@solution_concept("grim-trigger", form=RepeatedGame, cases=cases)
def grim_trigger(game: RepeatedGame) -> Equilibria:
    """Every agreement in pure actions that a threat in pure actions holds up, each with every such threat.

    One that is an equilibrium by itself is its own threat, and may have others. The list is complete of its kind: other
    equilibria, with other punishments or mixed actions, may hold up more. Payoffs are discounted averages over
    the rounds. Raises `InputError` for a game with more than `MOST_PLANS` ways to play by state.
    """
    book = _Book(game)
    count = len(book.plans)
    threats, complete = book.threats()
    found: list[Equilibrium] = []
    for agreement in range(count):
        kept_by: list[int] = []
        for threat in threats:
            if expired(f"{agreement + 1} of {count} agreements"):
                complete = False
                break
            if book.breaker(agreement, threat) is None:
                kept_by.append(threat)
        if not kept_by:
            continue
        plan = book.plans[agreement]
        paid = {player: quotient(book.followed[player][agreement].average) for player in game.players}
        outcome = Reached(game.path(plan), Fraction(1))
        for threat in kept_by:
            equilibrium = Equilibrium(trigger_strategies(game, plan, book.plans[threat]), paid, (outcome,))
            if any(regret(game, equilibrium.strategies).values()):
                raise AssertionError(f"{equilibrium} was found as a trigger equilibrium and is not")
            found.append(equilibrium)
    remarks = ["agreements and threats in pure actions, by state; payoffs are discounted averages of a round"]
    if not threats and complete:
        remarks.append("no way to play by state in pure actions is an equilibrium by itself, to serve as a threat")
    if not complete:
        remarks.append(STOPPED)
    return Equilibria(game, "grim-trigger", tuple(found), complete=complete, remarks=tuple(remarks))


def quotient(value: Ratio) -> Fraction:
    """The value of a quotient of numbers."""
    num, den = value.num.constant, value.den.constant
    assert num is not None
    assert den
    return Fraction(num) / den


def _every_plan(game: RepeatedGame) -> list[Plan]:
    if game.plan_count > MOST_PLANS:
        raise InputError(
            f"the game has {game.plan_count} ways to play by state; grim-trigger compares at most {MOST_PLANS}"
        )
    return list(game.plans)
