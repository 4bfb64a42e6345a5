"""The 6×6 game with 75 equilibria: von Stengel (1999), Discrete & Computational Geometry 21.

It refuted the conjecture that an n×n game has at most 2^n − 1 equilibria, which is 63 for n = 6.
"""

from games import StrategicGame, solve
from games.play.regret import regret

ROW_PLAYER = [
    [9504, -660, 19976, -20526, 1776, -8976],
    [-111771, 31680, -130944, 168124, -8514, 52764],
    [397584, -113850, 451176, -586476, 29216, -178761],
    [171204, -45936, 208626, -263076, 14124, -84436],
    [1303104, -453420, 1227336, -1718376, 72336, -461736],
    [737154, -227040, 774576, -1039236, 48081, -300036],
]
COLUMN_PLAYER = [
    [72336, 48081, 29216, 14124, 1776, -8514],
    [-461736, -300036, -178761, -84436, -8976, 52764],
    [1227336, 774576, 451176, 208626, 19976, -130944],
    [-1718376, -1039236, -586476, -263076, -20526, 168124],
    [1303104, 737154, 397584, 171204, 9504, -111771],
    [-453420, -227040, -113850, -45936, -660, 31680],
]


def test_the_game_has_75_isolated_equilibria() -> None:
    game = StrategicGame.bimatrix(ROW_PLAYER, COLUMN_PLAYER)
    equilibria = solve(game)
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (75, True, True)
    assert len(equilibria) > 2**6 - 1
    assert [component.members for component in equilibria.components] == [(k,) for k in range(75)]
    indices = [component.index for component in equilibria.components]
    assert (indices.count(1), indices.count(-1)) == (38, 37)
    assert len({str(sorted((who, *mix.items()) for who, mix in e.strategies.items())) for e in equilibria}) == 75
    for equilibrium in equilibria:
        assert regret(game, equilibrium.strategies) == {"Row": 0, "Column": 0}
        sizes = {len([weight for weight in mix.values() if weight]) for mix in equilibrium.strategies.values()}
        assert len(sizes) == 1, "in a nondegenerate game both supports have one size"


def test_a_small_change_of_one_payoff_leaves_an_odd_number() -> None:
    nudged = [row[:] for row in ROW_PLAYER]
    nudged[0][0] += 1
    equilibria = solve(StrategicGame.bimatrix(nudged, COLUMN_PLAYER))
    assert len(equilibria) % 2 == 1
    assert sum(component.index or 0 for component in equilibria.components) == 1
