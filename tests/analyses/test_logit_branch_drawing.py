"""What is drawn of the branch against the fixed point of asymmetric matching pennies, written out."""

from math import exp

import numpy as np
import pytest

from analyses.drawing.logit_branch import draw_logit_branch
from games import InputError, StrategicGame

PENNIES = StrategicGame.bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]], {"Row": ("U", "D"), "Column": ("L", "R")})


def test_every_point_drawn_is_a_logit_equilibrium():
    row, column = draw_logit_branch(PENNIES, until=8).axes
    rationality, up = row.lines[0].get_xydata().T
    left = column.lines[0].get_xydata()[:, 1]
    assert rationality[-1] >= 8
    for x, p, q in zip(rationality, up, left, strict=True):
        assert p == pytest.approx(1 / (1 + exp(-x * (10 * q - 1))), abs=1e-8)
        assert q == pytest.approx(1 / (1 + exp(-x * (1 - 2 * p))), abs=1e-8)
    assert np.allclose(row.lines[1].get_xydata()[:, 1], 1 - up)


def test_a_slide_can_be_read():
    figure = draw_logit_branch(PENNIES, size="slide").figure
    assert min(label.get_fontsize() for plot in figure.axes for label in plot.get_xticklabels()) >= 12


def test_what_is_not_drawn():
    with pytest.raises(InputError, match="draw_logit_branch takes"):
        draw_logit_branch("pennies")
    with pytest.raises(InputError, match="7 actions"):
        draw_logit_branch(StrategicGame.bimatrix([[1, 2]] * 7, [[1, 2]] * 7), until=1)
