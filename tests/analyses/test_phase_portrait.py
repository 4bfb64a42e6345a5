"""Rest points against the equations of motion, written out anew, and trajectories against what stays constant."""

import random
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import fsolve

from analyses.drawing.phase_portrait import draw_phase_portrait, rest_points, resting_stretches
from games import InputError, StrategicGame, solve

PENNIES = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])


def symmetric(rows):
    return StrategicGame.bimatrix(rows, [list(column) for column in zip(*rows, strict=True)])


@pytest.mark.parametrize("seed", range(12))
def test_rest_points_of_one_population(seed):
    draw = random.Random(seed)
    paid = np.array([[draw.randint(-9, 9) for _ in range(3)] for _ in range(3)])

    def moves(shares):
        return [s * (paid[i] @ shares - shares @ paid @ shares) for i, s in enumerate(shares)]

    found = {tuple(map(float, point.shares)): point.is_nash for point in rest_points(symmetric(paid.tolist()), 1)}
    for shares, is_nash in found.items():
        at = np.array(shares)
        assert moves(at) == pytest.approx([0, 0, 0], abs=1e-12)
        assert is_nash == (max(paid @ at) <= at @ paid @ at + 1e-9)
    for _ in range(60):
        start = np.array([draw.random() for _ in range(3)])
        root, _, worked, _ = fsolve(
            lambda free: moves(np.array([*free, 1 - sum(free)]))[:2], (start / sum(start))[:2], full_output=True
        )
        point = np.array([*root, 1 - sum(root)])
        if worked == 1 and point.min() > 1e-6:
            assert min(np.abs(point - np.array(shares)).max() for shares in found) < 1e-5


@pytest.mark.parametrize("seed", range(12))
def test_the_nash_points_of_two_populations_are_those_of_the_solver(seed):
    draw = random.Random(seed)
    rows = [[[draw.randint(-9, 9) for _ in range(2)] for _ in range(2)] for _ in range(2)]
    game = StrategicGame.bimatrix(*rows)
    marked = {point.shares for point in rest_points(game, 2) if point.is_nash}
    solved = {(one["Row"]["1"], one["Column"]["1"]) for one in solve(game, "nash")}
    assert marked <= solved
    # In degenerate games an equilibrium may lie within an edge that rests, which is marked as a whole.
    edges = resting_stretches(game, 2)
    assert all(any(a[k] == b[k] == point[k] for a, b in edges for k in (0, 1)) for point in solved - marked)
    corners = {(Fraction(x), Fraction(y)) for x in (0, 1) for y in (0, 1)}
    assert {point.shares for point in rest_points(game, 2)} - solved <= corners


def test_trajectories_of_matching_pennies_keep_what_is_constant():
    """The product of all shares does not change along a trajectory (Hofbauer & Sigmund 1998)."""
    plot = draw_phase_portrait(PENNIES).axes[0]
    paths = [line.get_xydata() for line in plot.lines if len(line.get_xydata()) > 100]
    assert len(paths) == 9
    for path in paths:
        x, y = path.T
        product = x * (1 - x) * y * (1 - y)
        assert np.ptp(product) < 1e-4


def test_an_edge_that_rests_is_marked():
    game = StrategicGame.bimatrix([[1, 0], [1, 2]], [[1, 0], [0, 1]])
    assert resting_stretches(game, 2) == (((0, 1), (1, 1)),)
    assert "all rests between (0, 1) and (1, 1)" in draw_phase_portrait(game).description


def test_what_is_not_drawn():
    with pytest.raises(InputError, match="symmetric game"):
        draw_phase_portrait(PENNIES, 1)
    with pytest.raises(InputError, match="2 or 3 strategies; the game has 4"):
        draw_phase_portrait(symmetric([[1] * 4] * 4))
    with pytest.raises(InputError, match="two populations are drawn with 2"):
        draw_phase_portrait(symmetric([[1] * 3] * 3), 2)
    for given in (3, "two", True):
        with pytest.raises(InputError, match="populations is"):
            draw_phase_portrait(PENNIES, given)
    with pytest.raises(InputError, match="two players"):
        draw_phase_portrait("pennies")
