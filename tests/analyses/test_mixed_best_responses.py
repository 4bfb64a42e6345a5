"""Every point of a curve is a best response, by a comparison of payoffs; the curves meet where the solver says."""

import random
from itertools import pairwise

import pytest

from analyses.drawing.mixed_best_responses import best_mixtures, draw_mixed_best_responses
from games import InputError, StrategicGame, solve


@pytest.mark.parametrize("seed", range(20))
def test_corners_and_middles_are_best_responses(seed):
    draw = random.Random(seed)
    a, b = ([[draw.randint(-2, 2) for _ in range(2)] for _ in range(2)] for _ in range(2))

    def regrets(x, y):
        shares = (x, 1 - x), (y, 1 - y)
        row = [sum(a[i][j] * shares[1][j] for j in (0, 1)) for i in (0, 1)]
        column = [sum(b[i][j] * shares[0][i] for i in (0, 1)) for j in (0, 1)]
        return [
            max(p) - sum(q * w for q, w in zip(p, s, strict=True)) for p, s in zip((row, column), shares, strict=True)
        ]

    game = StrategicGame.bimatrix(a, b)
    for own, curve in enumerate(best_mixtures(game)):
        for start, end in pairwise(curve):
            for point in (start, end, tuple((p + q) / 2 for p, q in zip(start, end, strict=True))):
                assert regrets(*point)[own] == 0
        assert {0, 1} <= {point[1 - own] for point in curve}
    for one in solve(game, "nash"):
        assert regrets(one["Row"]["1"], one["Column"]["1"]) == [0, 0]


def test_what_is_not_drawn():
    with pytest.raises(InputError, match="two by two"):
        draw_mixed_best_responses(StrategicGame.bimatrix([[1]], [[1]]))
