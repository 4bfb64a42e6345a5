"""Every result with a table is a frame of pandas, too; without pandas, an error says what to install."""

import builtins
import math

import pytest

from analyses.claims import Claim, never, share
from analyses.compare import compare
from analyses.importance import importance
from analyses.ledger import ledger
from analyses.maps import along, map_over
from analyses.policies import policies
from analyses.regions import regions
from analyses.sensitivity import sensitivity
from analyses.solution import solve_free
from analyses.sweeps import sweep
from analyses.when import when
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.tables import Cell, Table

pandas = pytest.importorskip("pandas")
MODEL = load("conflict-expectations")
NOBODY = Claim("none", "Nobody violates.", load("inspection"), never({"Target": "Violate"}))


def results():
    yield "equilibria", solve(load("inspection").at())
    yield "tree", MODEL.at()
    yield "sensitivity", sensitivity(MODEL)
    yield "regions", regions(MODEL, ("D", "c_t"))
    yield "map", map_over(MODEL, ("D", "c_t"))
    yield "along", along(MODEL, "D")
    yield "solution", solve_free(MODEL, ["D"])
    yield "when", when(MODEL, "The target concedes")
    yield "importance", importance(MODEL, samples=64)
    yield "policies", policies(MODEL, "Sender", samples=64)
    yield "share", share(NOBODY, samples=20, exact=False)
    yield "ledger", ledger([NOBODY])
    yield "comparison", compare(MODEL.at(), concepts=("nash",))


RESULTS = dict(results())


@pytest.mark.parametrize("name", RESULTS)
def test_a_frame_has_the_rows_and_columns_of_the_table(name):
    table, frame = RESULTS[name].table(), RESULTS[name].to_frame()
    assert list(frame.columns) == list(table.header)
    assert len(frame) == len(table.rows) > 0
    for k in range(len(table.header)):
        if k not in table.numeric:
            assert list(frame.iloc[:, k]) == [row[k].text for row in table.rows]


def test_a_table_of_a_sweep_counts_its_points():
    found = sweep(MODEL, samples=64)
    assert len(found.to_frame()) == 64


def test_numbers_are_floats_and_words_stay():
    rows = (("a", "−1/3"), ("b", ""), ("c", "2e−3"))
    table = Table(("who", "payoff"), tuple(tuple(map(Cell, row)) for row in rows), numeric=frozenset({1}))
    third, empty, small = table.to_frame()["payoff"]
    assert (third, small) == (-1 / 3, 0.002)
    assert math.isnan(empty)
    mixed = Table(("who", "payoff"), ((Cell("a"), Cell("1")), (Cell("b"), Cell("c + 1"))), numeric=frozenset({1}))
    assert list(mixed.to_frame()["payoff"]) == ["1", "c + 1"]


def test_a_game_in_strategic_form_has_a_row_for_each_profile():
    game = StrategicGame.bimatrix([["1/3", 2]], [[0, 1]])
    frame = game.to_frame()
    assert list(frame.columns) == ["Row", "Column", "payoff of Row", "payoff of Column"]
    assert [tuple(row) for row in frame.itertuples(index=False)] == [
        (*profile, *paid) for profile, paid in game.payoffs.items()
    ]


def test_without_pandas_the_error_says_what_to_install(monkeypatch):
    usual = builtins.__import__

    def without(name, *rest, **named):
        if name.startswith("pandas"):
            raise ImportError(name)
        return usual(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match="a frame needs pandas, which is not installed; install it"):
        RESULTS["equilibria"].to_frame()
