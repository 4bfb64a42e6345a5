"""PRIM's trajectory is that of the EMA workbench.

``concession.csv`` has 400 points of sanction-retaliation with A_F, h_F, beta, b and E free (seed 7), rounded to four
decimals, E to one, so that it ties, and whether Russia concedes after full sanctions. ``concession_trajectory.csv`` is
what ema_workbench 2.5.3 makes of it: ``Prim(x, y, threshold=1e-9).find_box()``, its ``peeling_trajectory`` and the
limits of each box.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from analyses.policies.prim import prim
from games.errors import InputError

HERE = Path(__file__).parent


def rows(name: str) -> list[list[float]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [list(map(float, row)) for row in list(csv.reader(file))[1:]]


def test_the_trajectory_of_the_ema_workbench() -> None:
    table, known = np.array(rows("concession.csv")), rows("concession_trajectory.csv")
    found = prim(table[:, :5], table[:, 5] == 1)
    assert len(found) == len(known) > 20
    for box, row in zip(found, known, strict=True):
        assert (box.points, box.holds, box.coverage, box.density, box.mass) == tuple(row[:5])
        assert len(box.restricted) == row[5]
        assert [*box.low, *box.high] == row[6:]


@pytest.mark.parametrize(
    ("seed", "shape", "last"), [(0, (500, 4), (72, 72)), (1, (300, 8), (54, 54)), (2, (1_000, 3), (148, 148))]
)
def test_further_boxes_of_the_ema_workbench(seed: int, shape: tuple[int, int], last: tuple[int, int]) -> None:
    """The last box of its trajectory on tables drawn with numpy's generator."""
    random = np.random.default_rng(seed)
    x = random.random(shape)
    if seed == 2:
        x[:, 1] = np.round(x[:, 1], 1)
    y = (x[:, 0] + 0.3 * x[:, 1] > 0.8) & (x[:, 2] < 0.6) | (random.random(shape[0]) < 0.05)
    box = prim(x, y)[-1]
    assert (box.points, box.holds) == last
    assert box.inside(x).sum() == box.points
    assert y[box.inside(x)].sum() == box.holds


def test_a_box_is_found_again() -> None:
    x = np.random.default_rng(4).random((2_000, 3))
    y = (x[:, 0] > 0.3) & (x[:, 2] < 0.5)
    best = max(prim(x, y), key=lambda box: (box.density, box.coverage))
    assert best.density == 1
    assert best.coverage > 0.9
    assert best.restricted == (0, 2)


def test_wrong_input() -> None:
    x = np.random.default_rng(4).random((10, 2))
    with pytest.raises(InputError, match="holds at no point"):
        prim(x, np.zeros(10, dtype=bool))
    with pytest.raises(InputError, match="a flag for each point"):
        prim(x, np.zeros(9, dtype=bool))
    with pytest.raises(InputError, match=r"a slice takes 0\.7"):
        prim(x, x[:, 0] > 0.5, part=0.7)
