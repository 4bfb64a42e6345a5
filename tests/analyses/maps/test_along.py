"""Equilibria along one parameter, against the solvers at exact points and against closed forms."""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from io import StringIO
from itertools import count, pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.optimize import linprog

from analyses.maps import Along, Branch, along
from analyses.maps.exact_lines import between, inner_ends, written
from analyses.sensitivity import sensitivity
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.formulas.relations import relation
from games.model import Assumption, Model
from games.roots import Algebraic, Real, Root, compared
from games.solvers.limits import stopped_by
from laws.maps import CUT, ROOTS, duel, x, y

SEED = 1815
CLOSE = Fraction(1, 10**9)


def beside(found: Along, count: int) -> Iterator[Fraction]:
    """For each gap between neighbouring cuts and ends, ``count`` points of its lower half and of its upper one."""
    rng = random.Random(SEED)
    marks: list[Real] = [found.low, *(cut.value for cut in found.cuts), found.high]
    for one, other in pairwise(marks):
        if compared(one, other) != -1:
            continue
        low, high = inner_ends(one, other)
        for k in range(1, count + 1):
            part = Fraction(1, 2**k) if k % 2 else Fraction(rng.randint(1, 499), 1000)
            yield from (low + (high - low) * part, high - (high - low) * part)


def played(strategies: Any) -> frozenset[tuple[str, str, Fraction]]:
    """What is played with some probability, by place."""
    return frozenset((place, c, Fraction(w)) for place, own in strategies.items() for c, w in own.items() if w)


def told(found: Along, branch: Branch, at: Fraction) -> tuple[Any, tuple[Fraction, ...]]:
    """The strategies and payoffs that a branch has there."""
    values: dict[tuple[str, str], Fraction] = {}
    paid = []
    for each in branch.followed:
        ends = each.curve.at({found.name: at})
        assert ends is not None
        assert ends[0] == ends[1]
        assert isinstance(ends[0], Fraction)
        if each.kind == "probability":
            values[each.whose, each.what] = ends[0]
        elif each.kind == "payoff":
            paid.append(ends[0])
    return frozenset((place, c, w) for (place, c), w in values.items() if w), tuple(paid)


def agrees(found: Along, count: int) -> int:
    """At points beside the cuts the branches are just the equilibria that the solver lists."""
    values = {s.name: value for s, value in found.solution.point.items() if s.name != found.name}
    seen = 0
    for at in beside(found, count):
        equilibria = solve(found.model.at(**values, **{found.name: at}), found.solution.posed.concept.name)
        ours = [told(found, branch, at) for branch in found.at(at)]
        if found.solution.of_plays:
            # A play says nothing of what lies off it.
            assert {paid for _, paid in ours} == {tuple(e.payoffs.values()) for e in equilibria}, (SEED, at)
            for strategies, _ in ours:
                assert any(strategies <= played(e.strategies) for e in equilibria), (SEED, at)
        else:
            assert len(ours) == len(set(ours)), (SEED, at)
            assert set(ours) == {(played(e.strategies), tuple(e.payoffs.values())) for e in equilibria}, (SEED, at)
        seen += len(ours)
    return seen


@pytest.fixture(scope="module")
def cut() -> Along:
    return along(CUT, "x")


def test_the_public_example_is_cut_at_a_third_and_at_two(cut: Along) -> None:
    assert [c.value for c in cut.cuts] == [Fraction(1, 3), Fraction(2, 3)]
    assert [c.written for c in cut.cuts] == ["1/3", "2/3"]
    (mixed,) = [b for b in cut.lasting if "mixes" in b.name]
    (interval,) = mixed.intervals
    assert interval.said("x") == "1/3 < x < 2/3"
    assert mixed.probability("Row", "1").curve.formula == 3 * x - 1
    assert mixed.probability("Column", "2").curve.formula == 2 - 3 * x
    assert sympy.expand(mixed.payoff("Row").curve.formula - 3 * x * (1 - x) / 2) == 0
    pure = {b.name: [each.said("x") for each in b.intervals] for b in cut.lasting if b is not mixed}
    assert pure == {
        "Row: 2; Column: 2": ["0 ≤ x ≤ 1/3"],
        "Row: 2; Column: 1": ["1/3 ≤ x ≤ 2/3"],
        "Row: 1; Column: 2": ["1/3 ≤ x ≤ 2/3"],
        "Row: 1; Column: 1": ["2/3 ≤ x ≤ 1"],
    }
    assert cut.complete
    assert not cut.uncovered


def test_it_says_so_in_sentences(cut: Along) -> None:
    said = "\n".join(cut.findings())
    assert "Complete, and proved" in said
    assert "exists for 1/3 < x < 2/3; there Row plays 1 with probability 3*x - 1 (from 0 to 1)" in said
    assert "Row: 1; Column mixes 1, 2” exists at x = 2/3; there Column plays 1 with probability anything from 0" in said
    assert "At x = 1/3: below it 3, there 2, 3, 4, 8 and 9, above it 2, 4 and 5." in said
    assert "1/3 &lt; x &lt; 2/3" in cut._repr_html_()


def test_outcomes_are_products_of_the_mixtures(cut: Along) -> None:
    (mixed,) = [b for b in cut.lasting if "mixes" in b.name]
    outcomes = {each.what: each.curve.formula for each in mixed.followed if each.kind == "outcome"}
    assert sympy.expand(outcomes["1, 1"] - (3 * x - 1) ** 2) == 0
    assert sympy.expand(sum(outcomes.values())) == 1


@pytest.mark.parametrize(
    ("model", "name", "values", "each_side"),
    [
        (CUT, "x", {}, 50),
        (load("sanction-encounter"), "E", {"beta": 1}, 4),
        (load("crisis-signalling"), "mu", {}, 4),
        pytest.param(ROOTS, "x", {}, 50, marks=pytest.mark.long),
        pytest.param(load("sanction-encounter"), "E", {"beta": 1}, 50, marks=pytest.mark.long),
        pytest.param(load("inspection"), "b_2", {}, 50, marks=pytest.mark.long),
        pytest.param(load("korea-rapprochement"), "d_J", {}, 50, marks=pytest.mark.long),
        pytest.param(load("crisis-signalling"), "mu", {}, 50, marks=pytest.mark.long),
        pytest.param(load("sanction-threat"), "mu", {}, 50, marks=pytest.mark.long),
        pytest.param(load("freeze-and-thaw"), "delta", {}, 50, marks=pytest.mark.long),
        pytest.param(load("sanction-retaliation"), "A_F", {}, 50, marks=pytest.mark.long),
    ],
    ids=lambda given: str(getattr(given, "name", given)),
)
def test_the_curves_are_what_the_solver_finds_on_each_side_of_every_cut(
    model: Model, name: str, values: dict[str, object], each_side: int
) -> None:
    found = along(model, name, values=values)
    assert agrees(found, each_side) >= each_side


def spans(game: StrategicGame, supports: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """By linear programs in floats: what each player's probabilities may be, and what the other gets ("" for that).

    On given supports the other's strategies in use must all be best replies, which is linear in the own mixture.
    """
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for own, other in permutations(game.players):
        mine, theirs = supports[own], supports[other]

        def pays(reply: str, choice: str, own: str = own, other: str = other) -> float:
            profile = tuple({own: choice, other: reply}[player] for player in game.players)
            return float(game.payoff(profile, other))

        first = np.array([pays(theirs[0], choice) for choice in mine])
        rows = {reply: np.array([pays(reply, choice) for choice in mine]) - first for reply in game.strategies[other]}
        equal = np.array([np.ones(len(mine)), *(rows[reply] for reply in theirs[1:])])
        below = np.array(list(rows.values()))
        for name, aim in [*zip(mine, np.eye(len(mine)), strict=True), ("", first)]:
            ends = [
                linprog(order * aim, below, np.zeros(len(below)), equal, np.eye(len(equal))[0], method="highs").fun
                * order
                for order in (1, -1)
            ]
            found[(own, name) if name else (other, "")] = (ends[0], ends[1])
    return found


def test_bands_at_a_tie_span_what_linear_programs_do(cut: Along) -> None:
    encounter = along(load("sanction-encounter"), "E", values={"beta": 1})
    seen = 0
    for found, values in ((cut, {}), (encounter, {"beta": 1})):
        for each in found.cuts:
            assert isinstance(each.value, Fraction)
            game = found.model.at(**values, **{found.name: each.value})
            assert isinstance(game, StrategicGame)
            for branch in found.at(each.value):
                own = branch.region.strategies
                span = spans(game, {p: [c for c, w in mix.items() if w != 0] for p, mix in own.items()})
                for followed in branch.followed:
                    if followed.curve.is_band and followed.kind in ("probability", "payoff"):
                        ends = followed.curve.at({found.name: each.value})
                        assert ends is not None
                        assert list(map(float, ends)) == pytest.approx(span[followed.whose, followed.what], abs=1e-9)
                        seen += 1
    assert seen > 15


def test_irrational_ends_are_exact_and_what_is_missing_there_is_said() -> None:
    found = along(ROOTS, "x")
    roots = [c.value for c in found.cuts if isinstance(c.value, Algebraic)]
    assert [root.root.polynomial for root in roots] == [(Fraction(-1, 5), 0, 1), (Fraction(-1, 2), 0, 1)]
    assert [written(root) for root in roots] == ["sqrt(5)/5 ≈ 0.447214", "sqrt(2)/2 ≈ 0.707107"]
    (mixed,) = [b for b in found.lasting if "mixes" in b.name]
    ends = mixed.probability("Row", "1").curve.at({"x": roots[0]})
    assert ends is not None
    # 3x - 1, so that its square plus twice itself and one is 9/5.
    assert compared((ends[0] + 1) * (ends[0] + 1), Fraction(9, 5)) == 0
    assert not found.complete
    assert any(said.startswith("Not complete: where payoffs tie at irrational values") for said in found.findings())


def test_a_grim_trigger_holds_from_the_patience_on_that_it_takes() -> None:
    """With both sides alike and no war, the thaw needs δ ≥ (T − R)/(T − P); the model's own formula has the rest."""
    model = load("freeze-and-thaw")
    found = along(model, "delta")
    (thaw,) = [b for b in found.lasting if b.name == "Thaw in times of calm"]
    margin = model.quantities()["(R − P)/(T − P) less what the thaw needs"]
    at = {p.symbol: sympy.Rational(str(p.default)) for p in model.parameters if p.name != "delta"}
    margin = sympy.numer(sympy.together(margin.subs(at)))
    delta = model.by_name["delta"].symbol
    zeros = [root for root in sympy.Poly(margin, delta).real_roots() if 0 < root < 1]
    assert len(zeros) == 1
    assert abs(float(thaw.intervals[0].low) - float(zeros[0])) < 1e-12


@pytest.mark.long
@pytest.mark.parametrize("name", ["sanction-retaliation", "territorial-partition"])
def test_thresholds_of_pure_play_are_among_the_cuts(name: str) -> None:
    model = load(name)
    parameter_ = model.axes[0] if model.axes else ""
    listed = {t.value for t in sensitivity(model).thresholds if t.parameter == parameter_}
    assert listed
    assert listed <= {c.value for c in along(model, parameter_).cuts}


def test_assumptions_and_premises_leave_a_part_of_the_range() -> None:
    model = duel(x, sympy.Rational(1, 2) + 0 * y, Assumption(x >= sympy.Rational(1, 4), "not too little"))
    found = along(model, "x", premises=[relation(x < sympy.Rational(3, 4), "a premise")])
    assert [each.said("x") for each in found.admissible] == ["0.25 ≤ x < 0.75"]
    assert {b.name: [e.said("x") for e in b.intervals] for b in found.branches} == {
        "first": ["0.5 ≤ x < 0.75"],
        "second": ["0.25 ≤ x ≤ 0.5"],
    }
    with pytest.raises(InputError, match=r"0\.25 ≤ x < 0\.75 is"):
        found.at("7/8")


def test_where_there_is_no_equilibrium_it_says_so() -> None:
    found = along(load("inspection"), "b_2", concept="pure-nash")
    assert found.complete
    assert not found.branches
    assert "There is none for −6 ≤ b_2 ≤ −1." in found.findings()


def test_payoffs_may_be_the_least_of_several() -> None:
    found = along(duel(sympy.Min(x, sympy.Rational(1, 3)), sympy.Rational(1, 4)), "x")
    (first,) = [b for b in found.branches if b.name == "first"]
    assert [each.said("x") for each in first.intervals] == ["0.25 ≤ x ≤ 1"]
    for at in (Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)):
        assert first.payoff("A").curve.at({"x": at}) == (min(at, Fraction(1, 3)),) * 2


def test_no_time_is_told() -> None:
    with pytest.raises(InputError, match="the time was up"):
        along(load("sanction-encounter"), "beta", seconds=1e-6)


def test_what_was_found_before_an_interruption_is_told() -> None:
    calls = count()
    with stopped_by(lambda: next(calls) > 200):
        found = along(load("crisis-signalling"), "mu")
    assert not found.complete
    assert found.branches
    assert any("it was interrupted" in said for said in found.findings())


def test_the_rows_are_the_curves(cut: Along, tmp_path: Path) -> None:
    place = cut.to_csv(tmp_path / "cut.csv", points=3)
    rows = list(csv.DictReader(StringIO(place.read_text("utf-8"))))
    mixed = [r for r in rows if r["branch"] == "5" and r["quantity"] == "probability of 1 at Row"]
    assert [Fraction(r["exact value"]) for r in mixed] == [Fraction(k, 12) for k in (5, 6, 7)]
    assert [Fraction(r["exact least"]) for r in mixed] == [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)]
    assert all(r["exact least"] == r["exact greatest"] and float(r["least"]) == float(r["greatest"]) for r in mixed)
    ends = [r["exact value"] for r in rows if r["branch"] == "2" and r["quantity"] == "payoff of Row"]
    assert (ends[0], ends[-1]) == ("1/3", "2/3")
    with pytest.raises(InputError, match="points inside each interval"):
        cut.csv(-1)


def test_plain_data_has_it_all(cut: Along) -> None:
    plain: Any = cut.as_json()
    assert plain["complete"] is True
    assert [c["value"]["exact"] for c in plain["cuts"]] == ["1/3", "2/3"]
    assert plain["cuts"][0]["below"] == [3]
    assert len(plain["branches"]) == len(cut.branches)


@pytest.mark.parametrize(
    ("model", "name", "message"),
    [
        (CUT, "z", "has no parameter 'z'"),
        (CUT, "x,y", "map_over is about two"),
        (CUT, 3, "the parameter is 3"),
        (CUT.at(x="1/2"), "x", "games.catalog.load"),
    ],
)
def test_wrong_input_is_told(model: Any, name: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        along(model, name)


def test_what_is_asked_of_a_branch_must_be_there(cut: Along) -> None:
    with pytest.raises(InputError, match="tells of no '3' at 'Row'; it tells of Row: 1, Row: 2"):
        cut.branches[0].probability("Row", "3")
    with pytest.raises(InputError, match="no player 'Nobody'"):
        cut.branches[0].payoff("Nobody")


@pytest.mark.parametrize("high", [Fraction(2), Fraction(15, 10), Fraction(142, 100)])
def test_a_fraction_lies_between_an_irrational_number_and_another(high: Fraction) -> None:
    square = (Fraction(-2), Fraction(0), Fraction(1))
    root = Algebraic(Root(square, Fraction(1), Fraction(2)), (Fraction(0), Fraction(1)))
    middle = between(root, high)
    assert middle**2 > 2
    assert middle < high
    low, top = inner_ends(root, high)
    assert low**2 > 2
    assert low - middle < 0 < CLOSE
    assert top == high


def test_equilibria_at_a_single_value_alone_are_counted_as_such() -> None:
    found = along(CUT, "x", premises=[sympy.Eq(x, sympy.Rational(1, 4))])
    assert [branch.at_ties for branch in found.branches] == [True]
    assert found.findings()[0] == "Cut twice, x from 0 to 1: 1 Nash equilibrium, at single values alone."
