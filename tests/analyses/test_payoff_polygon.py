"""The numbers in the picture of payoffs against scipy: its hulls and its linear programs, in floats."""

import random

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.spatial import ConvexHull

from analyses.drawing.payoff_polygon import correlated_payoffs, draw_payoff_polygon, minmax_point, payoff_hull
from games import InputError, StrategicGame, solve


def random_game(seed):
    draw = random.Random(seed)
    a, b = ([[draw.randint(-5, 5) for _ in range(3)] for _ in range(2)] for _ in range(2))
    return StrategicGame.bimatrix(a, b), np.array(a), np.array(b)


def held_to(paid):
    """The least over the other's mixtures (columns) of the greatest row."""
    m, n = paid.shape
    found = linprog(
        [*[0] * n, 1],
        A_ub=np.hstack([paid, -np.ones((m, 1))]),
        b_ub=np.zeros(m),
        A_eq=[[*[1] * n, 0]],
        b_eq=[1],
        bounds=[(0, None)] * n + [(None, None)],
    )
    return found.fun


def greatest_correlated(a, b, direction):
    m, n = a.shape
    rows = []
    for i in range(m):
        for k in range(m):
            row = np.zeros((m, n))
            row[i] = a[k] - a[i]
            rows.append(row.ravel())
    for j in range(n):
        for k in range(n):
            row = np.zeros((m, n))
            row[:, j] = b[:, k] - b[:, j]
            rows.append(row.ravel())
    worth = direction[0] * a + direction[1] * b
    return -linprog(-worth.ravel(), A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=[np.ones(m * n)], b_eq=[1]).fun


@pytest.mark.parametrize("seed", range(8))
def test_the_numbers_of_random_games(seed):
    game, a, b = random_game(seed)
    points = np.column_stack([a.ravel(), b.ravel()])
    expected = {tuple(points[k]) for k in ConvexHull(points).vertices}
    assert {tuple(map(int, corner)) for corner in payoff_hull(game)} == expected
    assert [float(x) for x in minmax_point(game)] == pytest.approx([held_to(a), held_to(b.T)])
    corners = [tuple(map(float, corner)) for corner in correlated_payoffs(game)]
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        direction = np.cos(angle), np.sin(angle)
        own = max(x * direction[0] + y * direction[1] for x, y in corners)
        assert own == pytest.approx(greatest_correlated(a, b, direction), abs=1e-7)


def test_what_is_drawn_is_what_is_worked_out():
    hawks = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    plot = draw_payoff_polygon(hawks).axes[0]
    drawn = {line.get_label(): line.get_xydata().tolist() for line in plot.lines}
    assert drawn["minmax point"] == [[2, 2]]
    assert drawn["Nash bargain"] == [[6, 6]]
    found = [[float(x) for x in one.payoffs.values()] for one in solve(hawks, "nash")]
    assert sorted(drawn["Nash equilibria"]) == sorted(found)
    shapes = {patch.get_label(): {tuple(p) for p in patch.get_xy()} for patch in plot.patches}
    assert shapes["can be reached"] == {(0, 0), (7, 2), (6, 6), (2, 7)}
    assert shapes["individually rational"] == {(2, 2), (7, 2), (6, 6), (2, 7)}
    assert shapes["correlated equilibria"] == {(2, 7), (3.6, 3.6), (7, 2), (5.25, 5.25)}


def test_no_bargain_where_nobody_can_gain():
    pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    drawing = draw_payoff_polygon(pennies)
    assert "bargain" not in drawing.description
    assert "corners (−1, 1), (1, −1)" in drawing.description


def test_what_is_not_drawn():
    three = StrategicGame(dict.fromkeys("ABC", ("x",)), {("x", "x", "x"): (1, 1, 1)})
    with pytest.raises(InputError, match="the game has 3"):
        draw_payoff_polygon(three)
    large = StrategicGame.bimatrix([[1] * 11] * 11, [[1] * 11] * 11)
    with pytest.raises(InputError, match="121 profiles"):
        draw_payoff_polygon(large)
    with pytest.raises(InputError, match="strategic form"):
        draw_payoff_polygon("prisoners")
