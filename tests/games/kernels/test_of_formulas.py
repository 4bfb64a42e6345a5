"""Equilibria of games of formulas, against the exact solver at the exact points."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from games import StrategicGame, solve
from games.kernels import structure as structure_module
from games.kernels.of_formulas import Found, equilibria_of_formulas
from games.kernels.payoffs import Payoffs
from games.kernels.structure import Matrix, Minors, Structure, structure
from games.terms import Poly, poly, var

SEED = 1952
SHAPES = [(1, 1), (1, 3), (2, 2), (2, 3), (3, 3), (4, 3), (3, 5), (4, 4), (5, 5)]
NEAR = 1e-9

Point = Mapping[str, Fraction]


def entry(random: Random, names: Sequence[str]) -> Poly:
    """A parameter, a number, a difference or a product: few of them, so that many payoffs tie as formulas."""
    first, second = var(random.choice(names)), var(random.choice(names))
    return random.choice([first, first, poly(random.randint(-1, 1)), first - second, first * second + 1])


def matrices(random: Random, shape: tuple[int, int], names: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Both players' payoffs, own strategies in rows; now and then those of a game of pure conflict."""
    m, n = shape
    first = [[entry(random, names) for _ in range(n)] for _ in range(m)]
    if random.random() < 0.1:
        return first, [[-first[i][j] for i in range(m)] for j in range(n)]
    return first, [[entry(random, names) for _ in range(m)] for _ in range(n)]


def values(matrix: Matrix, points: Sequence[Point]) -> list[list[list[Fraction]]]:
    return [[[Fraction(each.at(point)) for each in row] for row in matrix] for point in points]


def told(exactly: Sequence[Sequence[Sequence[Fraction]]]) -> Payoffs:
    """The nearest floats, and how far they are off."""
    given = np.array([[[float(each) for each in row] for row in game] for game in exactly])
    off = [max(abs(Fraction(float(each)) - each) for row in game for each in row) for game in exactly]
    return Payoffs(given, exact=False, kind=np.float64, off=np.array([float(each) * (1 + 1e-9) for each in off]))


def solved(first: Sequence[Sequence[Fraction]], second: Sequence[Sequence[Fraction]]) -> list[tuple[float, ...]]:
    """Mixtures and payoffs as `solve` lists them, in order."""
    game = StrategicGame.bimatrix(list(map(list, first)), [list(column) for column in zip(*second, strict=True)])
    return [
        tuple(map(float, (*one["Row"].values(), *one["Column"].values(), *one.payoffs.values()))) for one in solve(game)
    ]


def listed(found: Found, game: int) -> list[tuple[float, ...]]:
    rows = np.flatnonzero(found.game == game)
    return [
        tuple(np.concatenate([found.mixtures[0][row], found.mixtures[1][row], found.paid[row]]).tolist())
        for row in rows
    ]


def agree(mine: list[tuple[float, ...]], theirs: list[tuple[float, ...]]) -> bool:
    """The same equilibria; with the same supports in any order."""
    left = list(theirs)
    for one in mine:
        place = next((k for k, other in enumerate(left) if np.allclose(one, other, 0, NEAR)), None)
        if place is None:
            return False
        del left[place]
    supports = [[[p > 0 for p in one[:-2]] for one in every] for every in (mine, theirs)]
    return not left and supports[0] == supports[1]


def compared(random: Random, shape: tuple[int, int], points: int, steps: int) -> tuple[int, int]:
    """How many games are open, and how many equilibria the others have, after all were compared."""
    names = [f"p{k}" for k in range(random.randint(1, 6))]
    first, second = matrices(random, shape, names)
    of = structure(first, second)
    at = [{name: Fraction(3 * random.randint(0, steps), steps) - 1 for name in names} for _ in range(points)]
    exactly = values(first, at), values(second, at)
    found = equilibria_of_formulas(told(exactly[0]), told(exactly[1]), of)
    for game in np.flatnonzero(~found.open_).tolist():
        theirs = solved(exactly[0][game], exactly[1][game])
        assert agree(listed(found, game), theirs), (first, second, at[game])
        check_payoffs(found, of, game, theirs)
    return int(found.open_.sum()), len(found.game)


def check_payoffs(found: Found, of: Structure, game: int, theirs: Sequence[tuple[float, ...]]) -> None:
    """Bounds hold, and vertices said to pay the same do."""
    rows = np.flatnonzero(found.game == game)
    for k, (side, vertices) in enumerate(zip(of.sides, of.pairs, strict=True)):
        numbers = side.payoff[vertices[found.pair[rows]]]
        for row, number in zip(rows, numbers, strict=True):
            assert min(abs(found.paid[row, k] - one[k - 2]) for one in theirs) <= found.paid_off[row, k] + 1e-15
            same = found.paid[rows[numbers == number], k]
            assert np.ptp(same) <= 2 * found.paid_off[rows[numbers == number], k].max()


@pytest.mark.untraced
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_same_equilibria_as_the_exact_solver(shape: tuple[int, int]) -> None:
    """Formulas tie in most of these games; at random points nothing else does."""
    random = Random(f"{SEED} {shape}")
    for _ in range(12):
        left, _ = compared(random, shape, points=3, steps=2**25)
        assert left == 0


@pytest.mark.untraced
@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 3)], ids=str)
def test_where_numbers_tie_it_is_open_or_right(shape: tuple[int, int]) -> None:
    random = Random(f"{SEED} ties {shape}")
    counted = [compared(random, shape, points=12, steps=3) for _ in range(12)]
    assert sum(left for left, _ in counted) > 0
    assert sum(met for _, met in counted) > 0


@pytest.mark.long
@pytest.mark.untraced
@pytest.mark.parametrize("steps", [2**25, 7, 2])
@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 2), (4, 4)], ids=str)
def test_the_same_equilibria_as_the_exact_solver_in_many_games(shape: tuple[int, int], steps: int) -> None:
    random = Random(f"{SEED} {shape} {steps}")
    for _ in range(100):
        compared(random, shape, points=6, steps=steps)


def test_payoffs_that_may_be_far_off_leave_games_open() -> None:
    """Matching pennies, with an edge that is less than what the payoffs may be off."""
    one = np.array([[[1.0, 0.0], [0.0, 1e-7]]] * 4)
    first = Payoffs(one, exact=False, kind=np.float64, off=np.array([0.0, 1e-12, 1e-7, np.inf]))
    second = Payoffs(-one.transpose(0, 2, 1), exact=False, kind=np.float64, off=np.zeros(4))
    x = [[var("a"), var("b")], [var("c"), var("d")]]
    found = equilibria_of_formulas(first, second, structure(x, [[var("e"), var("f")], [var("g"), var("h")]]))
    assert found.open_.tolist() == [False, False, True, True]
    assert set(found.game.tolist()) == {0, 1}
    bound = found.odds_off.tolist()
    assert 0 < bound[0] < bound[1]


def test_rows_that_are_the_same_formulas_are_best_responses_together() -> None:
    """Of two equal rows both answer whatever is met; an outside option pays the same against everything."""
    a, b = var("a"), var("b")
    one, other = structure([[a, b], [a, b]], [[a, a], [b, b]]).sides
    assert (one.plays, one.best) == ([1, 2], [3, 3])
    assert (other.plays, other.best) == ([1, 2, 1, 2, 3], [1, 1, 2, 2, 3])
    assert other.payoff[0] == other.payoff[1] != other.payoff[2]


def test_what_is_too_long_to_multiply_out_is_not_called_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c = var("a"), var("b"), var("c")
    # The third row is the first and the second together, which no two equal payoffs tell.
    zero: Matrix = [[a, b], [b, c], [2 * a - b, 2 * b - c]]
    assert Minors(zero).nothing == (False,) * 6 + (True,)
    monkeypatch.setattr(structure_module, "MOST_PRODUCTS", 1)
    assert Minors(zero).nothing == (False,) * 7
