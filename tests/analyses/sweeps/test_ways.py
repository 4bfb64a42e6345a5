"""What rows of ways to play amount to at each point, judged point by point and row by row."""

from itertools import product
from math import inf, isnan, nan
from typing import Any

import numpy as np
import pytest

from analyses.sweeps.ways import Plays, Ways, selected, selections
from games.bulk import distinct

SEED = 1995


def ways(players: int, outcomes: int, points: int, odds: list[float], pays: list[float], rng: Any) -> Ways:
    """Some points with no row, some with one, some with several; with ties, and payoffs that have no value."""
    index = np.sort(rng.integers(0, points, 2 * points))
    probability = rng.choice(odds, (len(index), outcomes))
    return Ways(index, probability > 0, probability, rng.choice(pays, (len(index), players)))


@pytest.mark.parametrize("players", [1, 2, 3])
@pytest.mark.parametrize("pays", [[0.0, 1.0], [0.0, 1.0, 2.5, nan]])
def test_selections_row_by_row(players: int, pays: list[float]) -> None:
    rng = np.random.default_rng(SEED)
    own = ways(players, 3, 200, [0.0, 0.5, 1.0], pays, rng)
    paid, rows = selected(own, players, 200)
    assert rows.shape == (200, len(selections(["p"] * players)))
    for point in range(200):
        at = [k for k in range(len(own.index)) if own.index[k] == point]
        expected = [_best(own, at, player, sense) for sense, player in product((1, -1), range(players))] + (
            [_dominant(own, at)] if players > 1 else []
        )
        assert rows[point].tolist() == [-1 if row is None else row for row in expected]
        for k, row in enumerate(expected):
            wanted = [nan] * players if row is None else own.amounts[row].tolist()
            assert paid[point, k].tolist() == pytest.approx(wanted, nan_ok=True)


def _best(own: Ways, at: list[int], player: int, sense: int) -> int | None:
    """Payoffs without a value are the worst."""
    players = [player, *(k for k in range(own.amounts.shape[1]) if k != player)]

    def rank(row: int) -> list[float]:
        return [-inf if isnan(value) else sense * value for value in own.amounts[row, players].tolist()]

    return max(at, key=rank, default=None)


def _dominant(own: Ways, at: list[int]) -> int | None:
    rows = [row for row in at if all((own.amounts[row] >= own.amounts[other]).all() for other in at)]
    return rows[0] if rows else None


@pytest.mark.parametrize(("outcomes", "odds"), [(3, [0.0, 0.5, 1.0]), (9, [0.0, 1.0]), (1, [1.0]), (4, [0.0, 0.25])])
def test_plays_sets_and_probabilities_point_by_point(outcomes: int, odds: list[float]) -> None:
    """Of nine outcomes there are more sets that an equilibrium may reach than a machine's number has digits."""
    rng = np.random.default_rng(SEED)
    own, plays = ways(2, outcomes, 300, odds, [0.0], rng), Plays()
    number, kinds = plays.numbered(own, 300)
    probability = plays.probabilities(own, kinds)
    names = list(plays.plays)
    assert (len(names) > 62) == (outcomes == 9)
    assert list(dict.fromkeys(number.tolist())) == list(range(len(names)))
    for point in range(300):
        at = np.flatnonzero(own.index == point)
        met = {tuple(np.flatnonzero(own.reached[row]).tolist()) for row in at}
        assert {names[play] for play in list(plays.kinds)[kinds[point]]} == met
        for k in range(outcomes):
            column = own.probability[at, k].tolist() or [0.0]
            assert probability[point, k].tolist() == [min(column), max(column)]
    assert [names[play] for play in number] == [tuple(np.flatnonzero(row).tolist()) for row in own.reached]


def test_single_outcomes_for_certain_are_told_by_the_sets() -> None:
    """The short way for these, and one probability that is not quite one, which is not rounded."""
    rng = np.random.default_rng(SEED)
    index, column = np.sort(rng.integers(0, 50, 100)), rng.integers(0, 4, 100)
    for chance in (1.0, 0.75):
        probability = np.eye(4)[column]
        probability[7] *= chance
        own, plays = Ways(index, probability > 0, probability, np.zeros((100, 2))), Plays()
        _, kinds = plays.numbered(own, 50)
        found = plays.probabilities(own, kinds)
        for point, k in product(range(50), range(4)):
            values = probability[index == point, k].tolist() or [0.0]
            assert found[point, k].tolist() == [min(values), max(values)]


@pytest.mark.parametrize("most", [1, 5, 10_000, 2**40])
def test_different_numbers_are_those_of_numpy(most: int) -> None:
    codes = np.random.default_rng(SEED).integers(0, most, 500)
    first, place = distinct(codes)
    _, expected_first, expected_place = np.unique(codes, return_index=True, return_inverse=True)
    assert (first.tolist(), place.tolist()) == (expected_first.tolist(), expected_place.tolist())
    assert [len(each) for each in distinct(codes[:0])] == [0, 0]
