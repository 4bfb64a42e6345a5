"""Risk dominance: which of two strict equilibria players lean to who do not know which of the two the other expects.

Definition: let (a, b) and (c, d) be strict equilibria of a game with two strategies each. What a player loses by
deviating alone from an equilibrium measures how firmly the equilibrium holds that player; the equilibrium with the
greater product of the two losses (the Nash product) risk-dominates the other. Source: Harsanyi & Selten (1988), A
General Theory of Equilibrium Selection in Games.

In a larger game of two players the definition applies to two strict equilibria if each of their strategies {a, c} and
{b, d} contains all best responses to every mixture of the other's two, so that the game between the two equilibria
involves nothing else (a formation, in the same book). It is not applied where a third strategy is a best response.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from games.cases import Cases
from games.errors import InputError
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import strategy_payoffs
from games.play.quantities import Quantity
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED
from games.solvers.nash.pure_nash import of_profiles, pure, pure_profiles
from games.terms import Condition, above, at_least, denied, every, some

SHOWN = 20
"""The most comparisons that the remarks state."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The profile; it is a strict equilibrium, there is another, and none of them risk-dominates it.

    And the definition applies to every two strict equilibria. A game of other than two players has no such cases.
    """
    if len(game.players) != 2:
        raise InputError(f"risk-dominant needs two players, this game has {len(game.players)}")
    strict = {profile: _strict(game, profile) for profile in game.profiles}

    def holds(profile: Profile) -> Condition:
        others = [other for other in game.profiles if other[0] != profile[0] and other[1] != profile[1]]
        said = [strict[profile], some(strict[other] for other in others)]
        for other in others:
            no_less = at_least(nash_product(game, profile, other), nash_product(game, other, profile))
            said.append(some([denied(strict[other]), every([no_less, _defined(game, profile, other)])]))
        for one, other in combinations(others, 2):
            if one[0] != other[0] and one[1] != other[1]:
                said.append(some([denied(strict[one]), denied(strict[other]), _defined(game, one, other)]))
        return every(said)

    return of_profiles(game, asked, holds)


def _deviations(game: StrategicGame, profile: Profile) -> Iterator[tuple[Any, Any]]:
    """What a player gets at the profile and by deviating alone, for each way to do so."""
    for player in game.players:
        for other in game.alternatives(profile, player):
            yield game.payoff(profile, player), game.payoff(other, player)


def _strict(game: StrategicGame, profile: Profile) -> Condition:
    """That the profile is a strict equilibrium."""
    return every(above(own, rival) for own, rival in _deviations(game, profile))


def _defined(game: StrategicGame, one: Profile, other: Profile) -> Condition:
    """That no third strategy is a best response to a mixture of two strict equilibria."""
    return every(above(Fraction(0), ahead) for _, _, ahead in temptations(game, one, other))


def nash_product(game: StrategicGame, at: Profile, other: Profile) -> Any:
    """The product of what each player loses by deviating alone from ``at`` to the strategy in ``other``."""
    (a, b), (c, d) = at, other
    first, second = game.players
    return (game.payoff(at, first) - game.payoff((c, b), first)) * (
        game.payoff(at, second) - game.payoff((a, d), second)
    )


def temptations(game: StrategicGame, one: Profile, other: Profile) -> Iterator[tuple[str, str, Any]]:
    """Each third strategy, and its payoff, up to a positive factor, where the player is torn between the other two.

    Payoffs are counted from those two. The mixture of the opponent's two strategies between which the player is torn
    is the one against which they pay alike; against any other, a third strategy is further behind the better of them,
    strict equilibria being given. So the definition applies exactly if all of these are negative.
    """
    for position, player in enumerate(game.players):
        a, c, b, d = one[position], other[position], one[1 - position], other[1 - position]

        def pays(own: str, theirs: str, position: int = position) -> Any:
            return game.payoffs[(own, theirs) if position == 0 else (theirs, own)][position]

        loss_at_one, loss_at_other = pays(a, b) - pays(c, b), pays(c, d) - pays(a, d)
        for third in game.strategies[player]:
            if third not in (a, c):
                ahead = loss_at_other * (pays(third, b) - pays(a, b)) + loss_at_one * (pays(third, d) - pays(a, d))
                yield player, third, ahead


@solution_concept(
    "risk-dominant",
    form=StrategicGame,
    cases=cases,
    about="games of two players with several strict equilibria, compared without a third strategy",
)
def risk_dominant(game: StrategicGame) -> Equilibria:
    """The strict equilibria that no other strict equilibrium risk-dominates; the list is complete.

    The remarks give the Nash products of every pair. Raises `InputError` for games of more or fewer than two players,
    with fewer than two strict equilibria, or with two between which a third strategy is a best response.
    """
    if len(game.players) != 2:
        raise InputError(f"risk-dominant needs two players, this game has {len(game.players)}")
    equilibria, in_time = pure_profiles(game)
    if not in_time:
        return Equilibria(game, "risk-dominant", (), complete=False, remarks=(STOPPED,))
    strict = [profile for profile in equilibria if _strict(game, profile)]
    if len(strict) < 2:
        raise InputError(
            "risk-dominant compares two or more strict equilibria in pure strategies; this game has "
            + (f"one, {_named(strict[0])}" if strict else "none")
        )
    beaten: set[Profile] = set()
    remarks: list[str] = []
    for one, other in combinations(strict, 2):
        for player, third, ahead in temptations(game, one, other):
            if ahead >= 0:
                raise InputError(
                    f"risk dominance is not defined between {_named(one)} and {_named(other)}: {player}'s {third} is "
                    "a best response to a mixture of the two"
                )
        products = nash_product(game, one, other), nash_product(game, other, one)
        _check(game, one, other, *products)
        if products[0] == products[1]:
            remarks.append(
                f"neither {_named(one)} nor {_named(other)} risk-dominates: both Nash products are "
                + readable(products[0])
            )
            continue
        more, less = (one, other) if products[0] > products[1] else (other, one)
        beaten.add(less)
        remarks.append(
            f"{_named(more)} risk-dominates {_named(less)}: Nash product {readable(max(products))} against "
            f"{readable(min(products))}"
        )
    remarks = [*remarks[:SHOWN], *([f"and {len(remarks) - SHOWN} more pairs"] if len(remarks) > SHOWN else [])]
    if len(equilibria) > len(strict):
        remarks.append(f"{len(equilibria) - len(strict)} other pure equilibria are not strict, and not compared")
    found = tuple(
        Equilibrium(pure(game, profile), {p: Fraction(game.payoff(profile, p)) for p in game.players})
        for profile in strict
        if profile not in beaten
    )
    if not found:
        remarks.append("every strict equilibrium is risk-dominated by another: the relation goes round in a circle")
    return Equilibria(game, "risk-dominant", found, complete=True, remarks=tuple(remarks))


def _check(game: StrategicGame, one: Profile, other: Profile, product_at_one: Number, product_at_other: Number) -> None:
    """The other way to compare: an equilibrium risk-dominates if the doubts it survives add up to more than one.

    A player survives doubt up to the probability of the other equilibrium at which both of the player's strategies pay
    alike.
    """
    doubts = Fraction(0)
    for position, player in enumerate(game.players):
        opponent, a, c = game.players[1 - position], one[position], other[position]
        pays = [strategy_payoffs(game, pure(game, profile), player) for profile in (one, other)]
        doubt = Fraction(pays[0][a] - pays[0][c], pays[0][a] - pays[0][c] + pays[1][c] - pays[1][a])
        torn = {opponent: {one[1 - position]: 1 - doubt, other[1 - position]: doubt}}
        between = strategy_payoffs(game, torn, player)
        if not 0 < doubt < 1 or between[a] != between[c] or max(between.values()) != between[a]:
            raise AssertionError(f"{player} is not torn between {a} and {c}")
        doubts += doubt
    if ((doubts > 1) - (doubts < 1)) != ((product_at_one > product_at_other) - (product_at_one < product_at_other)):
        raise AssertionError(f"{one} and {other} compare otherwise by the doubts that they survive")


def _named(profile: Profile) -> str:
    return f"({', '.join(profile)})"
