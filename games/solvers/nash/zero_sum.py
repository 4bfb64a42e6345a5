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
from math import gcd, lcm
from typing import Any, TypeAlias

from games.cases import Cases, Draft
from games.errors import InputError
from games.exact import Number, brief, readable
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Component, Equilibria, Equilibrium
from games.solvers.limits import expired
from games.solvers.methods.pivoting import maximise
from games.solvers.nash.nash import mixed_strategies, payoffs_against, value_of
from games.solvers.nash.pure_nash import unregretted
from games.terms import Poly, at_least, denied, equal, poly, some, total

MOST_CORNERS = 1_000
"""The most vertices met in the search for all maximin strategies of a player."""

MOST_EQUILIBRIA = 20_000
"""The most pairs of extreme maximin strategies listed."""

Mixture: TypeAlias = tuple[Fraction, ...]
"""Probabilities of a player's strategies, in their order."""

Rows: TypeAlias = Sequence[Sequence[Number]]


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
    value = max(_expected(gains, y))
    xs, all_xs = every_minimax(losses, x, y, -value)
    ys, all_ys = every_minimax(gains, y, x, value)
    for mix in xs:
        if sum(mix) != 1 or min(mix) < 0 or max(_expected(losses, mix)) != -value:
            raise AssertionError(f"{mix} was found as a maximin strategy of {first} and is none")
    for mix in ys:
        if sum(mix) != 1 or min(mix) < 0 or max(_expected(gains, mix)) != value:
            raise AssertionError(f"{mix} was found as a maximin strategy of {second} and is none")
    pairs = sorted(product(xs, ys), key=lambda pair: _order(*pair))
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


def minimax(rows: Rows) -> Mixture:
    """A mixture of the columns that holds the greatest row to the least possible, a vertex of the set of these."""
    shift = 1 - min(map(min, rows))
    _, weights = maximise([1] * len(rows[0]), [[entry + shift for entry in row] for row in rows], [1] * len(rows))
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def every_minimax(rows: Rows, known: Mixture, against: Mixture, value: Fraction) -> tuple[list[Mixture], bool]:
    """Every extreme mixture of the columns that holds all rows to ``value``, and whether that is all.

    ``known`` is one of them, and ``against`` a mixture of the rows that holds all columns from below to ``value``. So
    a column above ``value`` against it is never used, and a row that it uses is never below ``value``.
    """
    level = _expected(list(zip(*rows, strict=True)), against)
    used = [k for k, entry in enumerate(level) if entry == value]
    over = [[row[k] - value for k in used] for row in rows]
    equal = [row for row, weight in zip(over, against, strict=True) if weight]
    corners = extreme_mixtures(over, equal, len(used))
    if corners is None:
        return [known], False
    place = {k: i for i, k in enumerate(used)}
    zero = Fraction(0)
    return [tuple(c[place[k]] if k in place else zero for k in range(len(known))) for c in corners], True


def extreme_mixtures(rows: Rows, equal: Rows, count: int) -> list[Mixture] | None:
    """The vertices of {y ≥ 0, Σy = 1, row · y ≤ 0 for all ``rows``, and = 0 for all ``equal``}, y of length ``count``.

    None if there are too many, or the time is up. The method keeps the extreme rays of the cone over this polytope
    while it adds one row after the other: a row keeps the rays that satisfy it, and cuts the edges between a ray that
    does and one that does not. Two rays span an edge exactly if no third one meets every constraint with equality that
    both of them do; these constraints are a bit mask.
    """
    rays = [(tuple(int(i == k) for i in range(count)), (1 << count) - 1 - (1 << k)) for k in range(count)]
    bit = 1 << count
    for row, equality in [*((row, True) for row in equal), *((row, False) for row in rows)]:
        scale = lcm(*(Fraction(entry).denominator for entry in row))
        whole = [int(entry * scale) for entry in row]
        sides = [(sum(a * w for a, w in zip(whole, ray, strict=True)), ray, tight) for ray, tight in rays]
        above, below = ([s for s in sides if sign * s[0] > 0] for sign in (1, -1))
        cut = [(ray, tight | bit) for side, ray, tight in sides if not side]
        for high, p, tight_p in above:
            if expired():
                return None
            for low, q, tight_q in below:
                shared = tight_p & tight_q
                if sum(tight & shared == shared for _, tight in rays) == 2:
                    between = [high * b - low * a for a, b in zip(p, q, strict=True)]
                    common = gcd(*between)
                    cut.append((tuple(weight // common for weight in between), shared | bit))
        rays = cut if equality else [*cut, *((ray, tight) for _, ray, tight in below)]
        bit <<= 1
        if len(rays) > MOST_CORNERS:
            return None
    return [tuple(Fraction(weight, sum(ray)) for weight in ray) for ray, _ in rays]


def _expected(rows: Rows, mix: Mixture) -> list[Fraction]:
    return [sum((entry * w for entry, w in zip(row, mix, strict=True) if w), Fraction(0)) for row in rows]


def _order(x: Mixture, y: Mixture) -> tuple[int, list[int], tuple[Mixture, Mixture]]:
    """Small supports first, then strategies in the order of their labels."""
    support = [k for k, weight in enumerate((*x, *y)) if weight]
    return len(support), support, (x, y)


def _is_regular(gains: Rows, x: Mixture, y: Mixture) -> bool:
    """Whether each strategy has as many best responses as it plays pure strategies; the index then is 1."""
    columns, rows = _expected(list(zip(*gains, strict=True)), x), _expected(gains, y)
    return all(
        best.count(extreme) == len(mix) - mix.count(Fraction(0))
        for mix, best, extreme in ((x, columns, min(columns)), (y, rows, max(rows)))
    )
