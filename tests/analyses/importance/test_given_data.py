"""PAWN, delta and elementary effects: against SALib itself, and against step functions whose indices are known."""

import warnings
from math import pi
from typing import Any

import numpy as np
import pytest
from sympy import symbols

from analyses.importance import given_data
from analyses.importance.given_data import DELTA, DELTA_IN_CLASSES, SLICES, Sample, delta, pawn, quietly, salib
from analyses.importance.morris import Trajectories
from analyses.sampling.premise_set import PremiseSet
from games import InputError
from games.formulas.relations import relation
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 2018
x, y, z = symbols("x y z")


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """SALib's densities take long."""
    monkeypatch.setattr(given_data, "RESAMPLES", 3)


def sample(count: int, dimensions: int) -> Sample:
    random = np.random.default_rng(SEED)
    names = [f"p{k}" for k in range(dimensions)]
    return Sample.of(names, random.random((count, dimensions)), np.arange(count), random)


def ishigami(points: Any) -> Any:
    a, b, c = (pi * (2 * points[:, :3] - 1)).T
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def g(points: Any) -> Any:
    coefficients = np.array([0.0, 1.0, 4.5])
    return np.prod((np.abs(4 * points[:, :3] - 2) + coefficients) / (1 + coefficients), axis=1)


def generator() -> np.random.Generator:
    return np.random.default_rng(SEED)


@pytest.mark.parametrize("function", [ishigami, g])
def test_estimates_are_those_of_salib(function: Any) -> None:
    from SALib.analyze import delta as their_delta
    from SALib.analyze import pawn as their_pawn

    drawn = sample(120, 3)
    values = function(drawn.parts)
    found = pawn(drawn, values, generator())
    theirs = their_pawn.analyze(drawn.problem, drawn.parts, values, S=SLICES)["median"]
    assert [index.value for index in found] == pytest.approx(theirs.tolist())
    name, of_density = delta(drawn, values, generator())
    assert name == DELTA
    seed = int(generator().integers(1, 2**31))
    with quietly(seed):
        settings = {"num_resamples": given_data.RESAMPLES, "method": "delta", "seed": seed}
        their = their_delta.analyze(drawn.problem, drawn.parts, values, **settings)
    assert [index.value for index in of_density] == pytest.approx(np.clip(their["delta_raw"], 0, 1).tolist())
    assert all(index.low <= index.value <= index.high for index in (*found, *of_density))


def test_a_step_has_the_indices_that_it_has() -> None:
    """1 where p0 > 1/2: in every slice the output is certain, and half of the probability is moved."""
    drawn = sample(1_000, 2)
    values = (drawn.parts[:, 0] > 0.5).astype(float)
    own, other, chance = pawn(drawn, values, generator())
    assert own.value == pytest.approx(0.5, abs=0.04)
    assert max(other.value, chance.value) < 0.1
    name, (own, other, chance) = delta(drawn, values, generator())
    assert name == DELTA_IN_CLASSES
    assert own.value == pytest.approx(0.5, abs=0.04)
    assert max(other.value, chance.value) < 0.05


def test_values_that_are_common_are_classes_of_their_own() -> None:
    """max(p0, 1/4): half the area between distributions is 1 − ∑ of squared shares, 1/16 + 8 classes of 3/32 each."""
    drawn = sample(1_000, 1)
    values = np.maximum(drawn.parts[:, 0], 0.25)
    name, (own, chance) = delta(drawn, values, generator())
    assert name == DELTA_IN_CLASSES
    assert own.value == pytest.approx(0.82, abs=0.06)
    assert chance.value < 0.08


def test_salib_is_silent_and_leaves_nothing_behind(capsys: pytest.CaptureFixture[str]) -> None:
    state, formatted = np.random.get_state()[1].copy(), warnings.formatwarning  # type: ignore[union-attr,index]
    drawn = sample(60, 2)
    delta(drawn, drawn.parts[:, 0], generator())
    pawn(drawn, drawn.parts[:, 0], generator())
    assert warnings.formatwarning is formatted
    assert (np.random.get_state()[1] == state).all()  # type: ignore[index]
    assert capsys.readouterr() == ("", "")


def test_the_same_seed_gives_the_same_numbers() -> None:
    drawn = sample(100, 2)
    for measure in (pawn, delta):
        assert measure(drawn, drawn.parts[:, 0], generator()) == measure(drawn, drawn.parts[:, 0], generator())


def test_rows_of_a_cluster_are_drawn_together() -> None:
    parts = np.random.default_rng(SEED).random((60, 1))
    drawn = Sample.of(["p"], parts, np.arange(60) // 20, np.random.default_rng(SEED))
    rows = drawn.resampled(np.random.default_rng(SEED))
    counts = np.bincount(drawn.clusters[rows], minlength=3)
    assert all(count % 20 == 0 for count in counts)


def test_its_absence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "SALib.analyze", None)
    with pytest.raises(InputError, match="pip install SALib"):
        salib("analyze")


# Elementary effects.


def premises(*relations: Any) -> PremiseSet:
    return PremiseSet(
        [
            Parameter(s, meaning=str(s), default=0, low=0, high=1, unit=Unit.PAYOFF, source=Assumed("a test"))
            for s in (x, y, z)
        ],
        [relation(each, "the premise") for each in relations],
    )


def test_the_effects_of_a_linear_function_are_its_coefficients() -> None:
    paths = Trajectories(premises(), [(0,), (1,), (2,)], "sobol", 20, 1)
    values = paths.parts @ np.array([3.0, -2.0, 0.0])
    for group, truth in zip([(0,), (1,), (2,)], (3, 2, 0), strict=True):
        assert paths.effects(values)[group].ends == pytest.approx((truth,) * 3, abs=1e-9)
    assert {index.ends for index in paths.effects(np.ones(len(values))).values()} == {(0.0, 0.0, 0.0)}


def test_groups_move_together() -> None:
    paths = Trajectories(premises(), [(0, 1), (2,)], "sobol", 20, 1)
    values = paths.parts @ np.array([0.0, 0.0, 5.0])
    assert paths.effects(values)[(0, 1)].value == pytest.approx(0, abs=1e-9)
    assert paths.effects(values)[(2,)].value == pytest.approx(5)


def test_what_premises_link_stays_where_a_draw_put_it() -> None:
    paths = Trajectories(premises(x < z), [(0, 2), (1,)], "sobol", 20, 0)
    assert paths.groups == [(1,)]
    odd = paths.draws.odd.reshape(20, 2, 3)
    assert (odd[:, 0, [0, 2]] == odd[:, 1, [0, 2]]).all()
    assert (odd[:, 0, 0] < odd[:, 0, 2]).all()
    assert (odd[:, 0, 1] != odd[:, 1, 1]).all()
    assert not Trajectories(premises(x < z, x + y + z > 1), [(0, 1, 2)], "random", 20, 0).moved


def test_nothing_is_drawn_from_the_global_generator() -> None:
    with quietly(3):
        first = np.random.random()
    with quietly(3):
        assert np.random.random() == first
