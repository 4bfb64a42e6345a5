"""Trees swept by backward induction over their outcomes: the ways that the cases in order tell, and the solver's."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import symbols

import analyses.sweeps.induction as induction_module
from analyses.sampling.designs import drawings
from analyses.sampling.draws import Draws
from analyses.sweeps import sweep
from analyses.sweeps.settling import Reading, Settling
from analyses.sweeps.sweeping import gathered
from analyses.sweeps.swept import swept
from analyses.sweeps.ways import BULK, REFUSED, SOLVED, Ways
from games import Decision, ExtensiveGame, Outcome
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1953
TREES = [
    "sanction-retaliation",
    "relief-in-steps",
    "alliance-deterrence",
    "secondary-sanctions",
    "territorial-partition",
]
x, y, z = symbols("x y z")


def points(model: Model, count: int, **given: Any) -> tuple[Settling, Reading, Draws]:
    asked = swept(model, **given)
    (drawing,) = drawings(asked.premises, "random", count, SEED)
    settling = Settling(model, asked.concept)
    assert isinstance(settling.reading, Reading)
    assert settling.reading.induction is not None
    return settling, settling.reading, gathered(drawing, count)


def told(ways: Ways, settled: Any) -> list[tuple[float, ...]]:
    """All that is said of the points that are settled, in an order of its own."""
    kept = ways.where(settled[ways.index])
    rows = np.column_stack([kept.index, kept.reached, kept.probability, np.round(kept.amounts, 9)])
    return sorted(map(tuple, rows.tolist()))


@pytest.mark.parametrize("name", TREES)
def test_the_ways_that_the_cases_in_order_tell(name: str) -> None:
    _, reading, draws = points(load(name), 400)
    ways, open_, rounding = reading.in_bulk(draws)
    other, open_too, rounding_too = replace(reading, induction=None).in_bulk(draws)
    settled = ~(open_ | open_too)
    assert not open_.any()
    assert settled.sum() > 300
    assert told(ways, settled) == told(other, settled)
    assert rounding == pytest.approx(rounding_too, rel=1e-6)


def parameter(symbol: Any) -> Parameter:
    return Parameter(
        symbol, meaning="any", default=0, low=0, high=Fraction(9, 10), unit=Unit.PAYOFF, source=Assumed("for a test")
    )


def model(*payoffs: Any) -> Model:
    """A moves left, or lets B choose between two outcomes."""
    left, one, other = (Outcome(own) for own in payoffs)
    tree = ExtensiveGame(("A", "B"), Decision("A", {"left": left, "right": Decision("B", {"up": one, "down": other})}))
    return Model("tree", "A tree", tree, tuple(map(parameter, (x, y, z))))


def test_near_ties_are_for_the_solver_where_they_matter() -> None:
    """On the diagonal B is indifferent, which matters where A lets B choose: only numbers tell."""
    tied = model((z / 7, 0), (x, x / 7), (y, y / 7))
    found = sweep(tied, design="grid", samples=125)
    for row in range(len(found)):
        point = found.point(row)
        equal = point["x"] == point["y"]
        assert (found.settled.how[row] == SOLVED) <= (equal or point["z"] / 7 in (point["x"], point["y"]))
        if equal and point["x"] > point["z"] / 7:
            assert set(found.set_at(row)) == {("right, up",), ("right, down",)}
    assert found.settled_by(SOLVED) > 10
    assert found.settled_by(BULK) > 90


def test_what_premises_make_equal_is_known_to_be() -> None:
    settling, reading, draws = points(model((0, 0), (1, x / 7), (2, y / 7)), 50, values={"x": "3/10", "y": "3/10"})
    ways, open_, _ = reading.in_bulk(draws)
    assert not open_.any()
    assert len(ways.index) == 2 * 50
    assert settling.outcomes == ("left", "right, up", "right, down")


def test_where_an_outcome_that_nobody_reaches_has_no_value_there_is_no_game() -> None:
    found = sweep(model((5, 0), (1 / x, 0), (0, 1)), design="grid", samples=125)
    assert found.settled_by(REFUSED) == sum(found.point(row)["x"] == 0 for row in range(125)) == 25
    assert all(found.set_at(row) == (("left",),) for row in range(125) if found.point(row)["x"])


def test_payoffs_of_two_ways_that_floats_do_not_tell_apart_are_for_the_solver() -> None:
    """B is indifferent as a formula, so that both ways are played; which pays A more is open on the diagonal."""
    found = sweep(model((-1, 0), (x / 7, z), (y / 7, z)), design="grid", samples=125)
    for row in range(125):
        point = found.point(row)
        equal = point["x"] == point["y"]
        assert len(found.set_at(row)) == 2
        assert (found.settled.how[row] == SOLVED) == (equal and point["x"] > 0)
        best = found.settled.selected_play[row, found.selections.index("best for A")]
        wanted = "right, up" if point["x"] >= point["y"] else "right, down"
        assert found.plays[best] == (wanted,), row


@pytest.mark.untraced
def test_the_compiled_kernel_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    called = []
    real = induction_module.compiled.outcomes_in_bulk
    monkeypatch.setattr(induction_module.compiled, "outcomes_in_bulk", lambda *given: called.append(1) or real(*given))
    tree = model((z / 7, 0), (x, z), (y, z))
    plain = sweep(tree, samples=512, seed=SEED).csv()
    assert not called
    monkeypatch.setattr(induction_module, "MANY", 0)
    assert sweep(tree, samples=512, seed=SEED).csv() == plain
    assert called
    called.clear()
    monkeypatch.setattr(induction_module, "numba_is_installed", lambda: False)
    assert sweep(tree, samples=512, seed=SEED).csv() == plain
    assert not called


def test_other_trees_are_read_by_cases() -> None:
    for name in ("finality", "opposition-signal"):
        reading = Settling(load(name), swept(load(name)).concept).reading
        assert not isinstance(reading, Reading) or reading.induction is None
