"""Sweeps: at every point the set that `solve` lists there, judged by itself; ties, premises, selections, refusals."""

import csv
import json
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Rational, symbols

import analyses.sweeps.settling as settling_module
from analyses.sampling.designs import drawings
from analyses.sweeps import Sweep, sweep
from analyses.sweeps.settling import Settling
from analyses.sweeps.sweeping import gathered
from analyses.sweeps.swept import swept
from analyses.sweeps.ways import BULK, NUMERIC, REFUSED, SOLVED
from games import Decision, Equilibrium, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.forms.extensive import Chance
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from laws.models import every_model

SEED = 1974

x, y, z = symbols("x y z")


def parameter(symbol: sympy.Symbol, low: object = 0, high: object = 1, default: object = None) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=low if default is None else default,  # type: ignore[arg-type]
        low=low,  # type: ignore[arg-type]
        high=high,  # type: ignore[arg-type]
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def stag_hunt() -> Model:
    """Together each gets 1 + y, alone x whatever the other does; hunting alone 0."""
    game = StrategicGame.bimatrix(
        [[1 + y, 0], [x, x]], [[1 + y, x], [0, x]], {"A": ("Stag", "Hare"), "B": ("Stag", "Hare")}
    )
    return Model("stag-hunt", "A stag hunt", game, (parameter(x), parameter(y)))


def quotient() -> Model:
    """Going left pays 1/x, going right y."""
    tree = ExtensiveGame(("A",), Decision("A", {"left": Outcome((1 / x,)), "right": Outcome((y,))}))
    return Model("quotient", "A quotient", tree, (parameter(x, default=1), parameter(y, 0, 4)))


# The judge: what `solve` lists at the exact point, read without anything of the sweeps.


def outcomes_of(model: Model, equilibrium: Equilibrium) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if equilibrium.outcomes:
        for one in equilibrium.outcomes:
            words = model.outcome_words(one.path)
            found[words] = found.get(words, 0) + one.probability
    else:
        players = model.game.players
        for profile in product(*(equilibrium[player].items() for player in players)):
            words = model.outcome_words(tuple(label for label, _ in profile))
            found[words] = found.get(words, 0) + prod(weight for _, weight in profile)
    return {words: probability for words, probability in found.items() if probability}


def best(payoffs: Sequence[Sequence[Any]], player: int, sense: int) -> Sequence[Any]:
    others = [k for k in range(len(payoffs[0])) if k != player]
    return max(payoffs, key=lambda paid: [sense * paid[k] for k in (player, *others)])


def judge(found: Sweep, row: int) -> int:
    """How many plays there are at the point, after all that the sweep says of it was compared."""
    model, at = found.model, found.point(row)
    equilibria = solve(model.at(**at), found.concept)
    told = [outcomes_of(model, equilibrium) for equilibrium in equilibria]
    where = f"seed {SEED}, row {row}: {at}"
    assert set(found.set_at(row)) == {tuple(sorted(each)) for each in told}, where
    for k, outcome in enumerate(found.outcomes):
        chances = [float(each.get(outcome, 0)) for each in told] or [0.0]
        assert found.settled.probability[row, k].tolist() == pytest.approx([min(chances), max(chances)], rel=1e-9), (
            where
        )
    reached = {outcome for each in told for outcome in each}
    assert reached <= set(found.outcomes), where
    payoffs = [[equilibrium.payoffs[player] for player in model.game.players] for equilibrium in equilibria]
    if not payoffs:
        assert np.isnan(found.settled.amounts[row]).all(), where
        assert (found.settled.selected_play[row] == -1).all(), where
        return 0
    columns = list(zip(*payoffs, strict=True))
    ends = [[float(min(column)), float(max(column))] for column in columns]
    assert found.settled.amounts[row, : len(ends)].tolist() == [
        pytest.approx(each, rel=1e-9, abs=1e-12) for each in ends
    ], where
    chosen = dict(zip(found.selections, found.settled.selected[row].tolist(), strict=True))
    for k, player in enumerate(model.game.players):
        for name, sense in ((f"best for {player}", 1), (f"worst for {player}", -1)):
            expected = [float(value) for value in best(payoffs, k, sense)]
            assert chosen[name] == pytest.approx(expected, rel=1e-9, abs=1e-12), where
    dominant = [paid for paid in payoffs if all(a == max(column) for a, column in zip(paid, columns, strict=True))]
    if "payoff-dominant" in chosen:
        if dominant:
            assert chosen["payoff-dominant"] == pytest.approx(list(map(float, dominant[0])), rel=1e-9, abs=1e-12), where
        else:
            assert np.isnan(chosen["payoff-dominant"]).all(), where
    return len(found.set_at(row))


GAMES = [
    ("sanction-retaliation", None, ("A_F", "beta", "h_F", "E")),
    ("finality", None, None),
    ("sanction-encounter", "pure-nash", ("A_F", "V_R", "E", "beta")),
    ("korea-rapprochement", "pure-nash", None),
    ("freeze-and-thaw", None, ("delta", "T", "R", "P")),
    ("standoff", None, None),
]


@pytest.mark.parametrize(("name", "concept", "names"), GAMES)
def test_a_sweep_is_what_solve_lists_at_random_points(name: str, concept: str | None, names: Any) -> None:
    found = sweep(load(name), concept=concept, samples=60, seed=SEED)
    assert len(found) == 60
    for row in range(60):
        judge(found, row)
    assert found.settled_by(BULK) > 0


@pytest.mark.parametrize(("name", "concept", "names"), [one for one in GAMES if one[2]])
def test_a_sweep_is_what_solve_lists_where_payoffs_tie(name: str, concept: str | None, names: Any) -> None:
    model = load(name)
    found = sweep(model, names=names, concept=concept, design="grid", samples=3**4)
    rows = random.Random(SEED).sample(range(len(found)), 60)
    plays = [judge(found, row) for row in rows]
    assert max(plays) > 1, "the grid has no ties; choose other parameters"


def test_a_sweep_is_what_solve_lists_in_mixed_strategies() -> None:
    found = sweep(load("sanction-encounter"), samples=60, seed=SEED)
    for row in range(60):
        judge(found, row)
    assert found.settled_by(BULK) == 60
    assert 0 < found.settled.probability[0 : len(found)].max() <= 1
    assert any(len(play) > 1 for play in found.plays), "nobody mixes"


@pytest.mark.parametrize("name", ["stag", "quotient", "freeze-and-thaw", "agenda-at-home", "preventive-war", "strike"])
def test_arrays_and_the_solver_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same points once on arrays, once all left to the solver."""
    models = {"stag": stag_hunt(), "quotient": quotient()}
    model = models.get(name) or load(name)
    concept = "pure-nash" if name == "stag" else None
    on_arrays = sweep(model, concept=concept, samples=50, seed=SEED)
    monkeypatch.setattr(settling_module, "reading_of", lambda *_: None)
    solved = sweep(model, concept=concept, samples=50, seed=SEED)
    assert on_arrays.settled_by(BULK) > 40
    assert solved.settled_by(BULK) == 0
    for row in range(50):
        assert set(on_arrays.set_at(row)) == set(solved.set_at(row))
    assert np.allclose(on_arrays.settled.amounts, solved.settled.amounts, equal_nan=True, rtol=1e-12)
    assert np.allclose(on_arrays.settled.selected, solved.settled.selected, equal_nan=True, rtol=1e-12)
    for outcome in solved.outcomes:
        one, other = (found.settled.probability[:, found.outcomes.index(outcome)] for found in (on_arrays, solved))
        assert np.allclose(one, other)


@pytest.mark.parametrize(("name", "concept"), [("sanction-retaliation", None), ("sanction-encounter", "nash")])
def test_the_size_of_the_blocks_changes_nothing(name: str, concept: str | None) -> None:
    asked = swept(load(name), concept=concept)
    (drawing,) = drawings(asked.premises, "random", 90, SEED)
    draws = gathered(drawing, 90)
    seen = []
    for size in (7, 5_000):
        settling = Settling(asked.model, asked.concept)
        blocks = list(settling.blocks(draws, size))
        sets = [settling.plays.kinds, settling.plays.plays, settling.outcomes]
        seen.append(
            (
                sets,
                np.concatenate([block.kinds for block in blocks]).tolist(),
                np.concatenate([block.amounts for block in blocks]).tolist(),
            )
        )
    assert seen[0] == seen[1]


@pytest.mark.parametrize("design", ["sobol", "latin", "random"])
def test_the_same_seed_gives_the_same_answer(design: str) -> None:
    model = load("freeze-and-thaw")
    one, same, other = (sweep(model, design=design, samples=64, seed=seed) for seed in (3, 3, 4))
    assert one.csv() == same.csv()
    assert one.findings() == same.findings()
    assert one.csv() != other.csv()


# Selections, sets without an equilibrium, games that are none.


def test_what_is_selected_in_a_stag_hunt() -> None:
    """Both hunts are equilibria, and the stag is never worth less: it dominates, and is best for both."""
    found = sweep(stag_hunt(), concept="pure-nash", samples=32)
    assert set(found.set_at(0)) == {("Stag, Stag",), ("Hare, Hare",)}
    names = dict(zip(found.selections, range(5), strict=True))
    for row in range(32):
        plays = {name: found.plays[found.settled.selected_play[row, k]] for name, k in names.items()}
        assert plays["payoff-dominant"] == plays["best for A"] == ("Stag, Stag",)
        assert plays["worst for B"] == ("Hare, Hare",)
    shares = {share.outcome: share for share in found.shares}
    assert (shares["Stag, Stag"].certain, shares["Stag, Stag"].possible) == (0.0, 1.0)
    assert "is played by some equilibrium at 100.0 % of the points" in found.findings()[0]
    assert found.several == 32


def test_a_payoff_of_two_equilibria_that_is_equal_as_a_formula_is_equal() -> None:
    """x / 3 in both, computed from numbers that no float is; the widths are zero and nobody is preferred."""
    third = x / 3 + Rational(1, 7)
    game = StrategicGame.bimatrix([[third, 0], [0, third]], [[y, 0], [0, y]])
    found = sweep(Model("match", "Match", game, (parameter(x, 0, "9/10"), parameter(y, "1/3"))), concept="pure-nash")
    assert found.settled_by(BULK) == len(found)
    assert (found.settled.amounts[:, :, 0] == found.settled.amounts[:, :, 1]).all()
    assert found.several == len(found)


def test_a_tie_that_floats_leave_open_is_for_the_solver() -> None:
    """Of 9/10 no part but 0 is a float, so that x = y is seen on the diagonal by exact numbers alone."""
    tree = ExtensiveGame(("A",), Decision("A", {"left": Outcome((x / 7,)), "right": Outcome((y / 7,))}))
    tenths = Model("tenths", "Tenths", tree, (parameter(x, 0, "9/10"), parameter(y, 0, "9/10")))
    found = sweep(tenths, design="grid", samples=25)
    diagonal = [row for row in range(25) if found.point(row)["x"] == found.point(row)["y"]]
    assert [row for row in range(25) if found.settled.how[row] == SOLVED] == diagonal[1:]
    assert [row for row in range(25) if len(found.set_at(row)) == 2] == diagonal
    assert found.several == len(diagonal) == 5


def test_what_chance_leaves_open_is_not_called_certain() -> None:
    """A coin decides whether A moves; going left pays more where x > 1/2."""
    half = Rational(1, 2)
    moves = Decision("A", {"left": Outcome((x,)), "right": Outcome((half,))})
    tree = ExtensiveGame(("A",), Chance({"heads": (half, moves), "tails": (half, Outcome((0,)))}))
    found = sweep(Model("coin", "A coin", tree, (parameter(x),)), samples=256)
    shares = {share.outcome: (share.certain, share.possible) for share in found.shares}
    assert shares == {"tails": (0.0, 1.0), "heads, left": (0.0, 0.5), "heads, right": (0.0, 0.5)}
    assert set(found.plays) == {("heads, left", "tails"), ("heads, right", "tails")}
    assert found.findings()[0] == "“tails” has a positive probability in some equilibrium at 100.0 % of the points."
    assert set(found.settled.probability[:, found.outcomes.index("tails")].ravel().tolist()) == {0.5}


def test_payoffs_of_two_equilibria_that_tie_are_compared_exactly() -> None:
    """A gets x / 7 in one equilibrium and y / 7 in the other; where they are the same, B's payoff selects."""
    game = StrategicGame.bimatrix([[x / 7, -1], [-1, y / 7]], [[1, 0], [0, 2]])
    model = Model("tied", "Tied", game, (parameter(x, 0, "9/10"), parameter(y, 0, "9/10")))
    found = sweep(model, concept="pure-nash", design="grid", samples=25)
    best_for_first, dominant = 0, found.selections.index("payoff-dominant")
    tied = [row for row in range(25) if found.point(row)["x"] == found.point(row)["y"]]
    assert found.settled_by(SOLVED) == len(tied) - 1
    for row in range(25):
        judge(found, row)
    assert (found.settled.selected[tied, best_for_first, 1] == 2).all()
    assert (found.settled.selected[tied, dominant, 1] == 2).all()


def test_without_an_equilibrium_there_is_an_empty_set() -> None:
    pennies = StrategicGame.bimatrix([[1 + x, -1], [-1, 1]], [[-1 - x, 1], [1, -1]])
    found = sweep(Model("pennies", "Pennies", pennies, (parameter(x),)), concept="pure-nash", samples=20)
    assert found.without == len(found) == 20
    assert found.set_at(0) == ()
    assert found.outcomes == ()
    row = dict(zip(found.header, next(found.rows()), strict=True))
    assert row["set"] == "(no equilibrium)"
    assert {row[f"payoff of {player}, least"] for player in found.model.game.players} == {None}
    assert any("no equilibrium was found" in sentence for sentence in found.findings())
    assert ",nan" not in found.csv().lower()
    assert "NaN" not in json.dumps(found.as_json())


def test_where_a_payoff_divides_by_zero_there_is_no_game() -> None:
    found = sweep(quotient(), design="grid", samples=25)
    assert len(found) == 25
    refused = [row for row in range(25) if found.point(row)["x"] == 0]
    assert found.settled_by(REFUSED) == len(refused) == 5
    (told,) = [sentence for sentence in found.findings() if "divides by zero" in sentence]
    assert told.startswith("At 5 (20.0 %) of the points nothing is solved; first: quotient: a payoff divides by zero")
    for row in set(range(25)) - set(refused):
        judge(found, row)


def test_a_concept_that_refuses_every_point_says_why() -> None:
    with pytest.raises(InputError, match="zero-sum"):
        sweep(stag_hunt(), concept="zero-sum", samples=4)


def test_numeric_answers_are_said_to_be_numeric() -> None:
    found = sweep(load("third-country-compliance"), samples=60, design="random")
    numeric = found.settled_by(NUMERIC)
    assert numeric + found.settled_by(SOLVED) == 60
    assert bool(numeric) == any("numerically" in sentence for sentence in found.findings())


def test_a_time_limit_leaves_the_first_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling_module, "supports_of", lambda *_: None)
    found = sweep(load("sanction-encounter"), samples=5_000, seconds=0.5)
    assert 0 < len(found) < 5_000
    assert any("since the time was up" in remark for remark in found.remarks)
    whole = sweep(load("sanction-encounter"), samples=5_000, concept="pure-nash")
    assert found.point(0) == whole.point(0)
    assert found.point(len(found) - 1) == whole.point(len(found) - 1)


def test_numbers_chosen_are_told() -> None:
    found = sweep(load("cournot-duopoly"), samples=8)
    for row in range(8):
        judge(found, row)
    assert "choice of First firm" in found.amounts
    equilibrium = solve(load("cournot-duopoly").at(**found.point(3)))[0]
    k = found.amounts.index("choice of First firm")
    assert found.settled.amounts[3, k].tolist() == [float(equilibrium.choices["First firm"])] * 2


# Designs and premises.


def three(*said: Any) -> Model:
    tree = ExtensiveGame(
        ("A",), Decision("A", {"left": Outcome((x,)), "middle": Outcome((y,)), "right": Outcome((z,))})
    )
    default = {x: "1/4", y: "1/2", z: "3/4"}
    return Model(
        "three", "Three", tree, tuple(parameter(s, default=default[s]) for s in (x, y, z)),
        tuple(Assumption(each, "for a test") for each in said),
    )  # fmt: skip


def column(found: Sweep, name: str) -> np.ndarray[Any, Any]:
    return np.array([float(found.point(row)[name]) for row in range(len(found))])


@pytest.mark.parametrize("design", ["sobol", "latin", "random"])
def test_ordered_premises_are_drawn_uniformly_from_the_ordered_set(design: str) -> None:
    found = sweep(three(), premises=[x < y, y < z], design=design, samples=1_024)
    for name, mean in (("x", 0.25), ("y", 0.5), ("z", 0.75)):
        assert column(found, name).mean() == pytest.approx(mean, abs=0.02)
    assert (column(found, "x") < column(found, "y")).all()
    assert (column(found, "y") < column(found, "z")).all()
    assert found.shares[0].outcome == "right"
    assert found.shares[0].certain == 1.0


def test_half_an_order_leaves_the_rest_to_chance() -> None:
    found = sweep(three(), premises=[x < z, y < z], design="sobol", samples=2_048)
    assert column(found, "z").mean() == pytest.approx(0.75, abs=0.02)
    assert (column(found, "x") < column(found, "y")).mean() == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("design", ["sobol", "latin", "grid", "random"])
def test_premises_about_one_parameter_narrow_its_range(design: str) -> None:
    found = sweep(three(), premises=[x >= Rational(1, 2), 3 * y < 1], design=design, samples=125)
    assert column(found, "x").min() >= 0.5
    assert column(found, "y").max() < 1 / 3
    assert len(found) == (125 if design != "grid" else 100)


def test_sobol_points_are_spread_better_than_draws() -> None:
    """Each of 16 slices of every range has as many points; of a Latin hypercube each of as many slices as points."""
    sobol = sweep(three(), design="sobol", samples=256, seed=5)
    latin = sweep(three(), design="latin", samples=100, seed=5)
    for name in "xyz":
        assert (np.bincount((column(sobol, name) * 16).astype(int), minlength=16) == 16).all()
        assert sorted((column(latin, name) * 100).astype(int)) == list(range(100))


def test_many_points_of_a_design_are_all_different() -> None:
    """More than are drawn at once."""
    asked = swept(three())
    for name in ("sobol", "latin"):
        (drawing,) = drawings(asked.premises, name, 12_000, SEED)
        points = gathered(drawing, 12_000).odd
        assert len(points) == 12_000
        assert len(np.unique(points[:, 0])) == 12_000


def test_every_point_is_a_dyadic_part_of_the_ranges() -> None:
    for design in ("sobol", "latin", "grid", "random"):
        found = sweep(three(), design=design, samples=30)
        for row in range(len(found)):
            assert all(value.denominator & (value.denominator - 1) == 0 for value in found.point(row).values())
            assert all(Fraction(float(value)) == value for value in found.point(row).values())


def test_a_grid_has_the_ends_and_meets_ties() -> None:
    found = sweep(three(), design="grid", samples=130)
    assert len(found) == 125
    assert set(column(found, "x")) == {0.0, 0.25, 0.5, 0.75, 1.0}
    assert found.several > 0
    assert found.shares[0].certain_ends is None


@pytest.mark.parametrize("design", ["sobol", "latin", "grid"])
def test_a_design_that_premises_do_not_allow_says_which_does(design: str) -> None:
    for premise in (x + y > z, x * y > Rational(1, 2), sympy.Or(x > y, z > y)):
        with pytest.raises(InputError, match="use the design 'random'"):
            sweep(three(), premises=[premise], design=design)
    if design == "grid":
        with pytest.raises(InputError, match="relates two parameters"):
            sweep(three(), premises=[x < y], design="grid")


@pytest.mark.parametrize(
    "premise",
    [x + y > z, x * y < Rational(1, 2), sympy.Or(x > y, z > y), x + y + z > Rational(29, 10), sympy.Eq(x + y, z)],
)
def test_points_satisfy_premises_of_any_kind_exactly(premise: Any) -> None:
    found = sweep(three(), premises=[premise], samples=60, seed=SEED)
    assert found.design == ("sobol" if premise == sympy.Eq(x + y, z) and found.design == "sobol" else "random")
    for row in range(60):
        at = {symbol: sympy.Rational(found.point(row)[symbol.name]) for symbol in (x, y, z)}
        assert bool(premise.subs(at))


def test_hit_and_run_says_what_its_points_are_worth() -> None:
    found = sweep(three(), premises=[x + y + z > Rational(299, 100)], samples=400)
    assert "hit and run" in found.findings()[-2] + found.findings()[-1] + found.method
    assert found.effective <= 400


def test_assumptions_hold_at_every_point_and_values_are_fixed() -> None:
    found = sweep(three(sympy.Le(x, y)), names=["x", "y"], values={"z": "1/3"}, samples=40)
    for row in range(40):
        at = found.point(row)
        assert at["x"] <= at["y"]
        assert at["z"] == Fraction(1, 3)
    outside = sweep(three(), values={"z": 2}, samples=10)
    assert any("outside the range" in remark for remark in outside.remarks)


def test_equations_leave_one_point() -> None:
    found = sweep(three(), premises=[sympy.Eq(x, y), sympy.Eq(y, z), sympy.Eq(z, Rational(1, 2))], samples=50)
    assert len(found) == 1
    assert len(found.set_at(0)) == 3


# What is written.


def test_the_csv_has_a_line_for_each_point(tmp_path: Path) -> None:
    found = sweep(stag_hunt(), concept="pure-nash", samples=10)
    path = found.to_csv(tmp_path / "points.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    for number, row in enumerate(rows):
        assert float(row["x"]) == float(found.point(number)["x"])
        assert row["set"] == "Hare, Hare | Stag, Stag" or row["set"] == "Stag, Stag | Hare, Hare"
        assert float(row["payoff of A, greatest"]) == pytest.approx(1 + float(row["y"]))
        assert float(row["payoff of A, least"]) == pytest.approx(float(row["x"]))
        assert row["payoff-dominant: play"] == "Stag, Stag"
        assert row["settled"] == "in bulk"
    assert [each.name for each in tmp_path.iterdir()] == ["points.csv"]
    with pytest.raises(InputError, match="is a folder or blank"):
        found.to_csv(tmp_path)


def test_labels_are_no_formulas_for_a_spreadsheet() -> None:
    tree = ExtensiveGame(("A",), Decision("A", {"=1+1": Outcome((x,)), "-r": Outcome((0,))}))
    text = sweep(Model("odd", "Odd", tree, (parameter(x),)), samples=4).csv()
    cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def test_a_frame_needs_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    found = sweep(stag_hunt(), concept="pure-nash", samples=5)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError, match="pip install pandas"):
        found.to_frame()
    made: list[Mapping[str, Any]] = []

    def frame(rows: Any, columns: Any) -> str:
        made.append({"rows": rows, "columns": columns})
        return "frame"

    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=frame))
    assert found.to_frame() == "frame"
    assert made[0]["columns"] == list(found.header)
    assert len(made[0]["rows"]) == 5
    assert all(len(row) == len(found.header) for row in made[0]["rows"])


def test_it_shows_itself() -> None:
    found = sweep(load("agenda-at-home"), samples=64)
    assert found.findings()[0] in repr(found).replace("\n", " ")
    assert max(map(len, repr(found).splitlines())) <= 100
    assert "<table" in found._repr_html_()
    assert "<script" not in found._repr_html_()
    data = json.loads(json.dumps(found.as_json()))
    assert data["points"] == 64
    assert sum(one["points"] for one in data["sets"]) == 64


def test_intervals_of_shares_cover_the_share() -> None:
    """x > y has half of the square: the intervals of 40 samples miss it about twice."""
    tree = ExtensiveGame(("A",), Decision("A", {"left": Outcome((x,)), "right": Outcome((y,))}))
    model = Model("two", "Two", tree, (parameter(x), parameter(y)))
    missed = 0
    for seed in range(40):
        share = sweep(model, design="random", samples=100, seed=seed).shares[0]
        assert share.certain_ends is not None
        missed += not share.certain_ends[0] <= 0.5 <= share.certain_ends[1]
    assert missed <= 6


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"names": ["w"]}, "no parameter 'w'"),
    ({"names": ["x", "x"]}, "named twice"),
    ({"names": []}, "name at least one"),
    ({"names": 3}, "what is free is 3"),
    ({"names": ["x"], "values": {"x": 1}}, "has a value as well"),
    ({"values": {"w": 1}}, "no parameter 'w'"),
    ({"values": {"x": 0.5}}, "not exact"),
    ({"values": {"x": 1, "y": 1, "z": 1}}, "none is free"),
    ({"design": "sobl"}, "did you mean sobol"),
    ({"design": 3}, "the design is 3"),
    ({"samples": 0}, "from 1 to"),
    ({"samples": True}, "from 1 to"),
    ({"samples": 10**9}, "from 1 to"),
    ({"seed": -1}, "the seed is -1"),
    ({"seconds": 0}, "time limit"),
    ({"point_seconds": "soon"}, "time limit"),
    ({"premises": [x > 2]}, "nothing is admissible"),
    ({"premises": [symbols("w") > 2]}, "unknown parameter 'w'"),
    ({"premises": "x > 1"}, "a list of relations"),
    ({"concept": "grim-trigger"}, "does not apply"),
    ({"concept": "nosuch"}, "no solution concept"),
    ({"design": "grid", "samples": 7}, "at least 2\\*\\*3 points"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_wrong_input_is_refused_in_a_line(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        sweep(three(), **given)
    assert "\n" not in str(error.value)


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(InputError, match="the model"):
        sweep("freeze-and-thaw")  # type: ignore[arg-type]
    fixed = Model("fixed", "Fixed", three().game, tuple(parameter(s, "1/2", "1/2") for s in (x, y, z)))
    with pytest.raises(InputError, match="no parameter with a range"):
        sweep(fixed)
    with pytest.raises(InputError, match="cannot be free"):
        sweep(fixed, names=["x"])


def test_the_command_is_light() -> None:
    program = (
        "import sys, analyses.cli.sweep; print(sorted({'numpy', 'scipy', 'sympy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@every_model
def test_every_model_is_swept(model: Model) -> None:
    """A new model is covered with its file: what a sweep says of it is what `solve` lists."""
    found = sweep(model, samples=4, seed=SEED, seconds=2)
    assert 1 <= len(found) <= 4
    lists_profiles = model.game.lists_outcomes or isinstance(model.game, StrategicGame)
    for row in range(len(found)):
        if lists_profiles and found.settled.complete[row]:
            judge(found, row)
    assert found.findings()
    assert len(found.csv().splitlines()) == len(found) + 1
