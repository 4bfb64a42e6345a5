"""The fit of λ against searches that share nothing with it: closed forms and fixed points by a root finder."""

from math import inf, log, log1p

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.solvers.response.logit_fit import fit_logit

DILEMMA = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
PENNIES = StrategicGame.bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]], {"A": ("U", "D"), "B": ("L", "R")})
TREE = ExtensiveGame(
    ("A", "B"),
    Decision(
        "A",
        {
            "stay": Outcome((0, 0)),
            "go": Decision("B", {"yield": Outcome((2, "-3/2")), "fight": Outcome((-1, -1))}, "second"),
        },
        "first",
    ),
)


def logistic(gain):
    return 1 / (1 + np.exp(-gain))


def pennies_likelihood(rationality, counts):
    def off(p):
        q = logistic(rationality * (1 - 2 * p))
        return p - logistic(rationality * (10 * q - 1))

    p = brentq(off, 0, 1, xtol=1e-14)
    q = logistic(rationality * (1 - 2 * p))
    return counts @ np.log([p, 1 - p, q, 1 - q])


def tree_likelihood(rationality, counts):
    fight = logistic(rationality / 2)
    go = logistic(rationality * (2 - 3 * fight))
    return counts @ np.log([1 - go, go, 1 - fight, fight])


@pytest.mark.parametrize(
    ("game", "likelihood", "places", "counts"),
    [
        (PENNIES, pennies_likelihood, {"A": "UD", "B": "LR"}, (80, 20, 30, 70)),
        (PENNIES, pennies_likelihood, {"A": "UD", "B": "LR"}, (60.5, 39.5, 48, 52)),
        (TREE, tree_likelihood, {"first": ("stay", "go"), "second": ("yield", "fight")}, (60, 40, 10, 30)),
    ],
)
def test_the_fit_and_its_interval(game, likelihood, places, counts):
    given = iter(counts)
    fit = fit_logit(game, {place: {action: next(given) for action in menu} for place, menu in places.items()})

    def value(rationality):
        return likelihood(rationality, np.array(counts))

    grid = np.linspace(0, 30, 1201)
    best = grid[np.argmax([value(x) for x in grid])]
    found = minimize_scalar(
        lambda x: -value(x), bounds=(max(best - 0.1, 0), best + 0.1), method="bounded", options={"xatol": 1e-9}
    )
    assert fit.rationality == pytest.approx(found.x, abs=1e-5)
    assert fit.log_likelihood == pytest.approx(-found.fun, abs=1e-9)
    ((low, high),) = fit.intervals
    for end in (low, high):
        if 0 < end < inf:
            assert -found.fun - value(end) == pytest.approx(1.920729, abs=1e-5)
    assert low < fit.rationality < high
    assert not fit.at_limit
    assert not fit.is_flat


def test_the_limits_of_rationality():
    always = fit_logit(DILEMMA, {"A": {"D": 10}, "B": {"D": 10}})
    assert (always.rationality, always.at_limit) == (inf, True)
    assert always.intervals[0][1] == inf
    # The likelihood is 20 log of 1 / (1 + exp(-λ)): the interval begins where that is half of 3.84 below 0.
    start = -log(np.expm1(1.9207294103470573 / 20))
    assert always.intervals[0][0] == pytest.approx(start, abs=1e-8)
    assert 20 * log1p(np.exp(-start)) == pytest.approx(1.9207294103470573)
    never = fit_logit(DILEMMA, {"A": {"C": 30, "D": 10}})
    assert (never.rationality, never.at_limit) == (0, True)
    assert any("λ is at its least, 0" in remark for remark in never.remarks)


def test_a_flat_likelihood_is_said():
    even = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    fit = fit_logit(even, {"Row": {"1": 7, "2": 5}})
    assert fit.is_flat
    assert fit.intervals == ((0, inf),)
    assert "the likelihood is flat" in str(fit)


def test_a_branch_that_turns_back():
    """Two players who coordinate, with a slight advantage the other way: the branch has folds; all are looked at."""
    game = StrategicGame.bimatrix([[7, 1], [1, 4]], [[4, 1], [1, 7]])
    fit = fit_logit(game, {"Row": {"1": 90, "2": 10}, "Column": {"1": 90, "2": 10}})
    assert any("turns back" in r or "crosses" in r for r in fit.remarks)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"A": {"C": -1}}, "A: C is -1; it must be 0 or more"),
        ({"A": {"C": float("nan")}}, "finite"),
        ({"A": {"C": "many"}}, "the count of A: C is"),
        ({"A": {"X": 1}}, "the counts of A has"),
        ({"Z": {"C": 1}}, "counts has"),
        ({"A": {"C": 0}}, "all counts are 0"),
        ({}, "all counts are 0"),
        ({"A": [1, 2]}, "the counts of A is"),
        (7, "counts is 7"),
    ],
)
def test_wrong_counts_are_refused(counts, message):
    with pytest.raises(InputError, match=message):
        fit_logit(DILEMMA, counts)


def test_what_is_no_such_game_is_refused():
    with pytest.raises(InputError, match="fit_logit takes"):
        fit_logit("dilemma", {})
