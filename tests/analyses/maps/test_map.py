"""Equilibria over two parameters, against the solvers at exact points, closed forms and ties on every boundary."""

import csv
import random
from fractions import Fraction
from functools import cache
from io import StringIO
from itertools import count, pairwise
from math import pi
from pathlib import Path
from typing import Any

import pytest
import sympy
from sympy import Rational

from analyses.maps import EquilibriumMap, map_over
from analyses.maps.columns import height_at
from analyses.maps.cutting import Boundary
from analyses.regions import regions
from analyses.solution import solve_free
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.model import Assumption
from games.roots import Real, compared
from games.solvers.limits import stopped_by
from laws.maps import CUT, duel, x, y

SEED = 1637


@cache
def mapped(name: str, *axes: str) -> EquilibriumMap:
    return map_over(load(name), axes or None)


def at(found: EquilibriumMap, place: dict[str, Any]) -> Any:
    fixed = {s.name: v for s, v in found.solution.point.items() if s.name not in found.axes}
    return found.model.at(**fixed, **place)


def equilibria_in(found: EquilibriumMap, a: Fraction, b: Fraction) -> set[tuple[int, ...]]:
    """By the geometry of the map: the equilibria of the cells whose bands hold a point or have it on their edge."""
    held = set()
    for cell in found.cells:
        for band in cell.bands:
            if compared(band.low, a) == -1 and compared(a, band.high) == -1:
                bottom, top = (height_at(edge, *found.axes, a) for edge in (band.bottom, band.top))
                if compared(bottom, b) != 1 and compared(b, top) != 1:
                    held.add(cell.equilibria)
    return held


def points(found: EquilibriumMap, draws: int) -> list[tuple[Fraction, Fraction]]:
    rng = random.Random(SEED)
    return [
        tuple(low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6 + 3) for low, high in found.ranges)
        for _ in range(draws)
    ]  # type: ignore[misc]


def agrees(found: EquilibriumMap, draws: int) -> int:
    """At points off the boundaries the cell has as many equilibria as the solver lists, and pays what these pay."""
    seen = 0
    for a, b in points(found, draws):
        place = dict(zip(found.axes, (a, b), strict=True))
        held = equilibria_in(found, a, b)
        if found.model.broken(found.model.point(**{s.name: v for s, v in found.solution.point.items()} | place)):
            assert not held, (SEED, a, b)
            continue
        assert held == {found.at(a, b)}, (SEED, a, b)
        (numbers,) = held
        paid = set()
        for number in numbers:
            curves = [each.curve.at(place) for each in found.followed(number) if each.kind == "payoff"]
            paid.add(tuple(ends[0] for ends in curves if ends is not None))
        listed = solve(at(found, place), found.solution.posed.concept.name)
        assert paid == {tuple(e.payoffs.values()) for e in listed}, (SEED, a, b)
        if not found.solution.of_plays:
            assert len(numbers) == len(listed), (SEED, a, b)
        seen += len(numbers)
    return seen


def test_a_stag_hunt_has_three_equilibria_in_a_square() -> None:
    found = mapped("korea-rapprochement")
    assert [(len(cell.equilibria), cell.share) for cell in found.cells] == [(1, Fraction(3, 4)), (3, Fraction(1, 4))]
    drawn = [b for b in found.boundaries if b.separates]
    assert sorted(sorted(b.polynomial.names) for b in drawn) == [["d_J"], ["d_K"]]
    assert {(a.before, a.after) for b in drawn for a in b.arcs if a.separates} == {((1, 2, 3), (3,))}
    (mixed,) = [n for n in found.lasting if "mixes" in found.names[n - 1]]
    formulas = {(e.whose, e.what): str(e.curve.formula) for e in found.followed(mixed) if e.kind == "probability"}
    assert formulas["Japan", "Move"] == "d_K"
    assert found.complete
    assert found.is_exact


@pytest.mark.parametrize(
    ("name", "axes", "draws"),
    [
        ("sanction-encounter", ("E", "beta"), 25),
        ("korea-rapprochement", (), 25),
        ("sanction-retaliation", ("A_F", "h_F"), 10),
        pytest.param("sanction-encounter", ("E", "beta"), 400, marks=pytest.mark.long),
        pytest.param("inspection", (), 200, marks=pytest.mark.long),
        pytest.param("freeze-and-thaw", (), 100, marks=pytest.mark.long),
        pytest.param("crisis-signalling", ("mu", "V"), 60, marks=pytest.mark.long),
        pytest.param("standoff", (), 100, marks=pytest.mark.long),
        pytest.param("territorial-partition", (), 60, marks=pytest.mark.long),
    ],
)
def test_a_cell_has_the_equilibria_that_the_solver_finds(name: str, axes: tuple[str, ...], draws: int) -> None:
    assert agrees(mapped(name, *axes), draws) >= draws // 3


def ties(game: StrategicGame) -> bool:
    """Whether some player has two best replies to what the others do in some equilibrium, and uses just one of them."""
    for equilibrium in solve(game):
        first, second = game.players
        for own, other in ((first, second), (second, first)):
            pays = {}
            for choice in game.strategies[own]:
                profile = [(choice, c) if own == first else (c, choice) for c in game.strategies[other]]
                weights = [equilibrium[other].get(c, Fraction(0)) for c in game.strategies[other]]
                pays[choice] = sum(w * game.payoff(p, own) for w, p in zip(weights, profile, strict=True))
            best = {choice for choice, paid in pays.items() if paid == max(pays.values())}
            if best > {choice for choice, weight in equilibrium[own].items() if weight}:
                return True
    return False


@pytest.mark.parametrize(("name", "axes"), [("sanction-encounter", ("E", "beta")), ("korea-rapprochement", ())])
def test_payoffs_tie_on_every_boundary(name: str, axes: tuple[str, ...]) -> None:
    found = mapped(name, *axes)
    seen = 0
    for boundary in found.boundaries:
        for place in found.points_of(boundary, 2):
            assert boundary.polynomial.at(place) == 0
            assert ties(at(found, place)), place
            seen += 1
    assert seen >= 4


@pytest.mark.long
def test_the_boundary_of_a_grim_trigger_is_where_the_model_says_that_patience_just_suffices() -> None:
    """The margin that the model states in words is zero at exact, mostly irrational points of the curve."""
    found = mapped("freeze-and-thaw")
    (boundary,) = found.boundaries
    stated = found.model.quantities()["(R − P)/(T − P) less what the thaw needs"]
    fixed = {s: Rational(str(v)) for s, v in found.solution.point.items() if s.name not in found.axes}
    top = sympy.numer(sympy.together(stated.subs(fixed)))
    names = [found.model.by_name[name].symbol for name in found.axes]
    ratio = sympy.cancel(top / sum_of(boundary))
    assert ratio.is_number
    margin = sympy.lambdify(names, stated.subs(fixed))
    for place in found.points_of(boundary, 5):
        assert abs(margin(*(float(place[name]) for name in found.axes))) < 1e-12


def sum_of(boundary: Boundary) -> sympy.Expr:
    terms = boundary.polynomial.terms.items()
    return sum(Rational(str(c)) * sympy.prod([sympy.Symbol(name) for name in monomial]) for monomial, c in terms)


def test_a_circle_turns_back_and_has_its_area() -> None:
    found = map_over(duel(x**2 + y**2, Rational(1, 4), low=-1), ("x", "y"))
    inside, outside = (
        next(c for c in found.cells if found.names[c.equilibria[0] - 1] == n) for n in ("second", "first")
    )
    assert inside.share == pytest.approx(pi / 16, abs=1e-3)
    assert outside.share == pytest.approx(1 - pi / 16, abs=1e-3)
    (boundary,) = found.boundaries
    ends = sorted({end for arc in boundary.arcs for end in arc.ends}, key=float)
    assert (ends[0], ends[-1]) == (Fraction(-1, 2), Fraction(1, 2))
    for place in found.points_of(boundary, 7):
        assert compared(place["y"] * place["y"], Fraction(1, 4) - place["x"] * place["x"]) == 0
    assert found.at("1/2", 0) == tuple(sorted(inside.equilibria + outside.equilibria))


def test_curves_that_cross_are_told_apart_in_every_column() -> None:
    """x y = 1/4 and y = x cross where both are 1/2; the assumption keeps what lies below the line."""
    below = Assumption(y <= x, "no more than x")
    found = map_over(duel(x * y, Rational(1, 4), below), ("x", "y"))
    share = {found.names[cell.equilibria[0] - 1]: cell.share for cell in found.cells}
    # Above the hyperbola and below the line: from 1/2 to 1, x less 1/(4x).
    first = (Fraction(3, 8) - sympy.log(2) / 4) / Fraction(1, 2)
    assert share["first"] == pytest.approx(float(first), abs=1e-6)
    assert any(None in (arc.before, arc.after) for b in found.boundaries for arc in b.arcs)
    columns = sorted({(float(band.low), float(band.high)) for cell in found.cells for band in cell.bands})
    assert all(one[1] == other[0] for one, other in pairwise(columns))


def test_a_vertical_line_at_an_irrational_place_is_a_boundary() -> None:
    found = map_over(duel(x**2 + 0 * y, Rational(1, 2)), ("x", "y"))
    (boundary,) = found.boundaries
    assert boundary.at is not None
    assert compared(boundary.at * boundary.at, Fraction(1, 2)) == 0
    (arc,) = boundary.arcs
    assert arc.separates
    assert set(arc.there or ()) == {1, 2}
    assert [float(cell.share) for cell in found.cells] == pytest.approx([0.5**0.5, 1 - 0.5**0.5])
    assert "The curve x = sqrt(2)/2 ≈ 0.707107 separates" in "\n".join(found.findings())


@pytest.mark.parametrize(("name", "axes"), [("sanction-retaliation", ("A_F", "h_F")), ("alliance-deterrence", ())])
def test_of_pure_play_it_is_the_map_of_outcomes(name: str, axes: tuple[str, str]) -> None:
    """Told by the outcome alone, the shares are those that polygons cut by margins have."""
    found = mapped(name, *axes)
    of_outcomes = {frozenset(region.outcomes): region.share for region in regions(found.model, found.axes).regions}
    ours: dict[frozenset[str], Real] = {}
    for cell in found.cells:
        words = set()
        for number in cell.equilibria:
            reached = [e for e in found.followed(number) if e.kind == "outcome"]
            words |= {e.what for e in reached}
        ours[frozenset(words)] = ours.get(frozenset(words), Fraction(0)) + cell.share
    assert ours == of_outcomes


def test_shares_of_regions_add_up_from_cells() -> None:
    found = mapped("sanction-encounter", "E", "beta")
    shares = solve_free(found.model, ["E", "beta"]).shares
    assert shares is not None
    for number in found.lasting:
        assert sum(cell.share for cell in found.cells if number in cell.equilibria) == shares.values[number - 1]


def test_what_was_not_found_is_not_said_to_be_none() -> None:
    calls = count()
    with stopped_by(lambda: next(calls) > 60):
        found = map_over(load("crisis-signalling"), ("mu", "V"))
    assert not found.complete
    said = found.findings()
    assert "the time was up" in said[1] or "it was interrupted" in said[1]
    assert any(each.startswith(("None was found on", "Of those found, just")) for each in said)
    assert not any(each.startswith(("No equilibrium exists", "Just")) for each in said)


def test_rows_and_plain_data(tmp_path: Path) -> None:
    found = mapped("sanction-encounter", "E", "beta")
    rows = list(csv.DictReader(StringIO(found.to_csv(tmp_path / "map.csv", 2).read_text("utf-8"))))
    for row in rows:
        assert float(Fraction(row["exact E"])) == float(row["E"])
        assert row["boundary"] in ("beta = 0.8", "E = 1", "E = 1.25", "beta = 0")
    plain: Any = found.as_json()
    assert plain["axes"] == ["E", "beta"]
    assert sum(Fraction(cell["share"]) for cell in plain["cells"]) == 1
    assert "Just 2, 3 and 4 exist on 7.5 % of the admissible plane." in found.findings()
    with pytest.raises(InputError, match="points of each arc"):
        found.csv(0)


@pytest.mark.parametrize(
    ("model", "axes", "message"),
    [
        (CUT, None, "names no parameters for its map"),
        (CUT, ("x",), "over two parameters, not 1"),
        (CUT, "xy", "the parameters of a map"),
        (CUT, ("x", 3), "a parameter of a map is 3"),
        (CUT, ("x", "x"), "named twice"),
        (CUT, ("x", "z"), "has no parameter 'z'"),
        (CUT.at(x="1/2"), ("x", "y"), "games.catalog.load"),
    ],
)
def test_wrong_input_is_told(model: Any, axes: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        map_over(model, axes)


def test_no_time_and_no_such_equilibrium_are_told() -> None:
    with pytest.raises(InputError, match="the time was up"):
        map_over(load("korea-rapprochement"), seconds=1e-6)
    with pytest.raises(InputError, match="numbered 1 to 9"):
        mapped("korea-rapprochement").followed(10)
    with pytest.raises(InputError, match="lies outside the range"):
        mapped("korea-rapprochement").at(3, 0)
