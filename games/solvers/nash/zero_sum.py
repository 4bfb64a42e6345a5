"""Two-player games of pure conflict: the value, and every extreme maximin strategy.

Definition: the payoffs of the two players add up to the same sum at every profile. Then the most that the first player
can guarantee is the least to which the second can hold the first down: the value (von Neumann 1928, Mathematische
Annalen 100). A strategy that guarantees it is a maximin strategy, and the equilibria are the pairs of maximin
strategies. Those of each player form a polytope, given here by its vertices, so that the whole answer is one product of
two polytopes. One maximin strategy comes from a linear program, all of them from the double description method
(Motzkin, Raiffa, Thompson & Thrall 1953, Contributions to the Theory of Games II).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from games.cases import Cases, Draft
from games.errors import InputError
from games.exact import Number, brief, readable
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Component, Equilibria, Equilibrium
from games.solvers.methods.bimatrix import Payoffs
from games.solvers.methods.minimax import every_minimax, expected, minimax
from games.solvers.methods.mixtures import Mixture
from games.solvers.nash.nash import mixed_strategies, payoffs_against
from games.solvers.nash.pure_nash import unregretted, value_of
from games.terms import Poly, at_least, denied, equal, poly, some, total

MOST_EQUILIBRIA = 20_000
"""The most pairs of extreme maximin strategies listed."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The support of each player and the value: the first guarantees it, the second holds the first down to it.

    And payoffs add up to the same everywhere: where they do not, there is no answer. Raises `InputError` for a game of
    other than two players, and for one whose payoffs never do.
    """
    sums = _sums(game)
    start, constant = next(iter(sums.items()))
    draft = Draft()
    draft.conditions += [equal(other, constant) for other in sums.values() if other != constant]
    if never := next((p for p, other in sums.items() if equal(other, constant) is False), None):
        raise InputError(_uneven(start, constant, never, sums[never]))
    mixed, worth = mixed_strategies(draft, game), draft.unknown("value of the game")
    first, second = game.players
    guaranteed = {first: worth, second: constant - worth}
    for player, most in guaranteed.items():
        for own, paid in payoffs_against(game, mixed, player).items():
            draft.conditions.append(at_least(most, paid))
            draft.conditions.append(some([denied(mixed[player].played[own]), equal(paid, most)]))
    return draft.cases({quantity: value_of(quantity, mixed, guaranteed) for quantity in asked})


def exists_because(game: StrategicGame) -> str:
    """Why there is one; empty unless payoffs add up to the same as formulas."""
    first, *others = (sum(row) for row in game.payoffs.values())
    if len(game.players) != 2 or not all(vanishes(other - first) for other in others):
        return ""
    return "every finite game of two players whose payoffs have a constant sum has a value: von Neumann (1928)"


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if payoffs have a constant sum and nobody has any regret."""
    constant = len({sum(row, Fraction(0)) for row in game.payoffs.values()}) == 1
    return unregretted(game, strategies, values) if constant else None


def vanishes(difference: Any) -> bool:
    """Whether a number or a formula is zero, whatever the parameters."""
    return bool((difference.expand() if hasattr(difference, "expand") else difference) == 0)


def _sums(game: StrategicGame) -> dict[tuple[str, ...], Poly]:
    """What payoffs, which are polynomials, add up to at each profile."""
    if len(game.players) != 2:
        raise InputError(f"zero-sum needs two players, this game has {len(game.players)}")
    return {profile: total(map(poly, row)) for profile, row in game.payoffs.items()}


def _uneven(start: tuple[str, ...], constant: Any, profile: tuple[str, ...], other: Any) -> str:
    return (
        f"zero-sum needs payoffs that always add up to the same; they add up to {constant} at ({', '.join(start)}) and "
        f"to {other} at ({', '.join(profile)})"
    )


@solution_concept(
    "zero-sum",
    form=StrategicGame,
    cases=cases,
    exists_because=exists_because,
    about="games of two players whose payoffs add up to the same everywhere",
    own_units=False,
    witness=witness,
)
def zero_sum(game: StrategicGame) -> Equilibria:
    """The value and all extreme maximin strategies of a two-player game whose payoffs have a constant sum.

    Every pair of maximin strategies is an equilibrium, and there are no others. The value and every strategy are
    verified by what they guarantee. Raises `InputError` for a game that is not of this kind.
    """
    total = _constant_sum(game)
    first, second = game.players
    gains = game.matrix(first)
    losses = [[-gain for gain in column] for column in zip(*gains, strict=True)]
    x, y = minimax(losses), minimax(gains)
    value = max(expected(gains, y))
    xs, all_xs = every_minimax(losses, x, y, -value)
    ys, all_ys = every_minimax(gains, y, x, value)
    for mix in xs:
        if sum(mix) != 1 or min(mix) < 0 or max(expected(losses, mix)) != -value:
            raise AssertionError(f"{mix} was found as a maximin strategy of {first} and is none")
    for mix in ys:
        if sum(mix) != 1 or min(mix) < 0 or max(expected(gains, mix)) != value:
            raise AssertionError(f"{mix} was found as a maximin strategy of {second} and is none")
    pairs = sorted(product(xs, ys), key=lambda pair: (_order(*pair), pair))
    found = tuple(
        Equilibrium(
            {p: dict(zip(game.strategies[p], mix, strict=True)) for p, mix in zip(game.players, pair, strict=True)},
            {first: value, second: total - value},
        )
        for pair in pairs[:MOST_EQUILIBRIA]
    )
    remarks = [f"the value is {readable(value)} for {first} and {readable(total - value)} for {second}"]
    for player, mixes, whole in ((first, xs, all_xs), (second, ys, all_ys)):
        if not whole:
            remarks.append(
                f"the search for the maximin strategies of {player} was stopped; there may be more than this"
            )
        elif len(mixes) > 1:
            remarks.append(f"every mixture of the {len(mixes)} strategies listed of {player} guarantees the value, too")
    if len(pairs) > len(found):
        remarks.append(f"only the first {MOST_EQUILIBRIA} of {len(pairs)} extreme equilibria are listed")
    complete = all_xs and all_ys and len(pairs) == len(found)
    point = complete and len(found) == 1
    component = Component(tuple(range(len(found))), point, 1 if point and _is_regular(gains, *pairs[0]) else None)
    return Equilibria(game, "zero-sum", found, complete, components=(component,), remarks=tuple(remarks))


def _constant_sum(game: StrategicGame) -> Fraction:
    """What the payoffs add up to everywhere; `InputError` if that is not the same or there are not two players."""
    if len(game.players) != 2:
        raise InputError(f"zero-sum needs two players, this game has {len(game.players)}")
    sums = {profile: sum(row, Fraction(0)) for profile, row in game.payoffs.items()}
    start, total = next(iter(sums.items()))
    for profile, other in sums.items():
        if other != total:
            raise InputError(_uneven(start, brief(total), profile, brief(other)))
    return total


def _order(x: Mixture, y: Mixture) -> tuple[int, list[int], tuple[Mixture, Mixture]]:
    """Small supports first, then strategies in the order of their labels."""
    support = [k for k, weight in enumerate((*x, *y)) if weight]
    return len(support), support, (x, y)


def _is_regular(gains: Payoffs, x: Mixture, y: Mixture) -> bool:
    """Whether each strategy has as many best responses as it plays pure strategies; the index then is 1."""
    columns, rows = expected(list(zip(*gains, strict=True)), x), expected(gains, y)
    return all(
        best.count(extreme) == len(mix) - mix.count(Fraction(0))
        for mix, best, extreme in ((x, columns, min(columns)), (y, rows, max(rows)))
    )
