"""Region maps: exact partitions of the admissible rectangle, each part with the outcome that solving gives there."""

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations
from math import atan2
from typing import Any

import pytest
import sympy
from sympy import Integer, Min, symbols

from analyses.regions import COLUMNS, Point, Polygon, Regions, area, region_point, regions
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1974
DRAWS = 60

x, y = symbols("x y")
Words = Callable[[Model, Mapping[str, object]], tuple[str, ...]]

MAPS: tuple[tuple[str, tuple[str, str], dict[str, object]], ...] = (
    ("sanction-retaliation", ("A_F", "h_F"), {}),
    ("sanction-retaliation", ("beta", "E"), {}),
    ("sanction-retaliation", ("k_F", "k_Y"), {}),
    ("sanction-retaliation", ("rho_2", "rho_3"), {}),
    ("sanction-retaliation", ("h_Y", "h_F"), {"A_F": "1/2", "beta": 1, "E": "1/3"}),
    ("sanction-retaliation", ("gamma_2", "c_3"), {"y": "9/10"}),
    ("sanction-encounter", ("A_F", "h_F"), {}),
    ("sanction-encounter", ("E", "V_R"), {}),
    ("territorial-partition", ("L", "V_J"), {}),
    ("territorial-partition", ("h", "a"), {}),
    ("territorial-partition", ("y", "z_R"), {"L": "4/7"}),
    ("territorial-partition", ("omega", "ell"), {}),
    ("agenda-at-home", ("m", "x_0"), {}),
    ("agenda-at-home", ("m", "x_0"), {"p": 0}),
    ("escalation-ladder", ("gamma_2", "n_2"), {}),
    ("wording-first", ("n_2", "e_F"), {}),
    ("alliance-deterrence", ("A_F", "eta"), {}),
    ("third-country-compliance", ("x", "phi"), {}),
    ("secondary-sanctions", ("omega", "h_F"), {}),
)
every_map = pytest.mark.parametrize(("name", "axes", "values"), MAPS, ids=lambda given: str(given))


def in_words(axes: tuple[str, str], point: Point) -> str:
    return ", ".join(f"{name} = {value}" for name, value in zip(axes, point, strict=True))


def parameter(symbol: sympy.Symbol, default: str = "0", low: str = "0", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def duel(first: Any, second: Any, *assumptions: Assumption, ranges: tuple[str, str] = ("0", "1")) -> Model:
    """One player chooses between two payoffs in x and y."""
    game = ExtensiveGame(("A",), Decision("A", {"first": Outcome((first,)), "second": Outcome((second,))}))
    both = tuple(parameter(symbol, *(ranges[0], *ranges)) for symbol in (x, y))
    return Model("duel", "Duel", game, both, assumptions)


def strictly_inside(polygon: Polygon, point: Point) -> bool:
    following = (*polygon[1:], *polygon[:1])
    return all(
        (q[0] - p[0]) * (point[1] - p[1]) > (q[1] - p[1]) * (point[0] - p[0])
        for p, q in zip(polygon, following, strict=True)
    )


def drawn(found: Regions, rng: random.Random) -> Point:
    """A point of the rectangle whose odd denominator keeps it off the boundaries."""
    (left, right), (bottom, top) = found.bounds
    part = [Fraction(rng.randrange(1, 10**6), 10**6 + 3) for _ in range(2)]
    return left + (right - left) * part[0], bottom + (top - bottom) * part[1]


def at(found: Regions, point: Point) -> dict[str, object]:
    return {**found.values, **dict(zip(found.axes, point, strict=True))}


def admissible(found: Regions, point: Point) -> bool:
    return found.model.broken(found.model.point(**at(found, point))) is None


def admissible_area(found: Regions) -> Fraction:
    """The area that the linear assumptions leave: the corners are crossings of two edges that break none of them."""
    (left, right), (bottom, top) = found.bounds
    a, b = (found.model.by_name[name].symbol for name in found.axes)
    fixed = {s: sympy.Rational(str(found.values[s.name])) for s in (p.symbol for p in found.model.parameters)}
    fixed = {symbol: value for symbol, value in fixed.items() if symbol not in (a, b)}
    margins = [sympy.expand(assumption.margin.subs(fixed)) for assumption in found.model.assumptions]
    margins += [a - left, right - a, b - bottom, top - b]
    margins = [margin for margin in margins if margin.free_symbols]
    corners = set()
    for first, second in combinations(margins, 2):
        for crossing in sympy.linsolve([first, second], [a, b]):
            if not any(value.free_symbols for value in crossing):
                here = dict(zip((a, b), crossing, strict=True))
                if all(margin.subs(here) >= 0 for margin in margins):
                    corners.add(tuple(Fraction(str(value)) for value in crossing))
    middle = [sum(corner[k] for corner in corners) / len(corners) for k in range(2)]
    around = sorted(corners, key=lambda c: atan2(float(c[1] - middle[1]), float(c[0] - middle[0])))
    following = [*around[1:], *around[:1]]
    return sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(around, following, strict=True)) / 2


@pytest.mark.untraced
@every_map
def test_the_polygons_partition_the_admissible_rectangle_and_tell_the_outcome(
    name: str, axes: tuple[str, str], values: dict[str, object], words_at: Words
) -> None:
    found = regions(load(name), axes, values)
    assert found.exact
    polygons = [(region, polygon) for region in found.regions for polygon in region.polygons]
    assert all(area(polygon) > 0 for _, polygon in polygons)
    whole = admissible_area(found)
    assert sum(area(polygon) for _, polygon in polygons) == whole
    assert sum(region.share for region in found.regions) == 1
    for region in found.regions:
        assert region.share == sum(area(polygon) for polygon in region.polygons) / whole
    rng = random.Random(SEED)
    for _ in range(DRAWS):
        point = drawn(found, rng)
        where = f"seed {SEED}: {name}, {in_words(axes, point)}"
        holding = [region for region, polygon in polygons if strictly_inside(polygon, point)]
        if admissible(found, point):
            assert len(holding) == 1, where
            assert holding[0] is found.region_at(*point), where
            assert holding[0].outcomes == words_at(found.model, at(found, point)), where
        else:
            assert holding == [], where
            assert found.region_at(*point) is None, where


@every_map
def test_each_region_is_one_outcome_and_the_largest_comes_first(
    name: str, axes: tuple[str, str], values: dict[str, object], words_at: Words
) -> None:
    found = regions(load(name), axes, values)
    outcomes = [region.outcomes for region in found.regions]
    assert len(set(outcomes)) == len(outcomes)
    shares = [region.share for region in found.regions]
    assert shares == sorted(shares, reverse=True)
    for region in found.regions:
        assert region.outcomes == words_at(found.model, at(found, region_point(region)))


@pytest.mark.untraced
@every_map
def test_the_interiors_of_the_polygons_are_disjoint(
    name: str, axes: tuple[str, str], values: dict[str, object]
) -> None:
    """Exactly: some edge of one of two convex polygons has the other wholly on its outer side."""

    def separated(one: Polygon, other: Polygon) -> bool:
        following = (*one[1:], *one[:1])
        return any(
            all((q[0] - p[0]) * (c[1] - p[1]) <= (q[1] - p[1]) * (c[0] - p[0]) for c in other)
            for p, q in zip(one, following, strict=True)
        )

    polygons = [polygon for region in regions(load(name), axes, values).regions for polygon in region.polygons]
    for one, other in combinations(polygons, 2):
        assert separated(one, other) or separated(other, one), f"{one} and {other} overlap"


def test_the_window_of_coercion_is_a_rectangle_with_the_corners_of_the_closed_form() -> None:
    """Concession after full sanctions at the defaults: k_F − b ≤ A_F ≤ k_F + beta and h_F ≥ V_R + G."""
    model = load("sanction-retaliation")
    d = {p.name: p.default for p in model.parameters}
    found = regions(model)
    (window,) = [region for region in found.regions if "Russia concedes" in region.label]
    left, right = d["k_F"] - d["b"], d["k_F"] + d["beta"]
    bottom = d["V_R"] + d["gamma_3"] - d["c_3"]
    corners = [corner for polygon in window.polygons for corner in polygon]
    assert (min(c[0] for c in corners), max(c[0] for c in corners)) == (left, right)
    assert (min(c[1] for c in corners), max(c[1] for c in corners)) == (bottom, 3)
    whole = 2 * (3 - d["h_Y"])
    assert window.share == (right - left) * (3 - bottom) / whole


def test_oblique_boundaries_are_exact() -> None:
    """3x against 2y + 1/7 cuts the unit square along a line through rational points."""
    found = regions(duel(3 * x, 2 * y + sympy.Rational(1, 7)), ("x", "y"))
    shares = {region.outcomes: region.share for region in found.regions}
    corner, edge = Fraction(1, 21), Fraction(15, 21)
    assert shares == {("second",): (corner + edge) / 2, ("first",): 1 - (corner + edge) / 2}
    assert found.region_at(Fraction(1, 2), Fraction(9, 14)) is not None
    assert str(found).count("%") == 2


def test_assumptions_cut_the_rectangle() -> None:
    triangle = Assumption(x + y <= 1, "for a test")
    found = regions(duel(x, y, triangle), ("x", "y"))
    assert {region.outcomes: region.share for region in found.regions} == {
        ("first",): Fraction(1, 2),
        ("second",): Fraction(1, 2),
    }
    assert sum(area(polygon) for region in found.regions for polygon in region.polygons) == Fraction(1, 2)
    assert found.region_at(Fraction(2, 3), Fraction(2, 3)) is None


def test_one_outcome_everywhere_is_one_region() -> None:
    found = regions(duel(x, x + 1), ("x", "y"))
    (region,) = found.regions
    assert (region.outcomes, region.share) == (("second",), 1)
    assert area(region.polygons[0]) == 1


def test_actions_that_always_tie_are_one_region() -> None:
    (region,) = regions(duel(x + y, y + x), ("x", "y")).regions
    assert (region.outcomes, region.share) == (("first", "second"), 1)


def test_a_tie_at_the_middle_of_the_rectangle_is_cut_along_the_tie(words_at: Words) -> None:
    """Every comparison is zero at the centre, where the search begins."""
    game = ExtensiveGame(
        ("A", "B"),
        Decision(
            "A",
            {
                "l": Decision("B", {"c": Outcome((x, y)), "d": Outcome((Integer(0), Integer(0)))}),
                "m": Outcome((y, x)),
                "r": Outcome((-x, -y)),
            },
        ),
    )
    both = (parameter(x, "0", "-1", "1"), parameter(y, "0", "-1", "1"))
    found = regions(Model("centre", "Centre", game, both), ("x", "y"))
    rng = random.Random(SEED)
    assert sum(region.share for region in found.regions) == 1
    for _ in range(DRAWS):
        point = drawn(found, rng)
        region = found.region_at(*point)
        assert region is not None
        assert region.outcomes == words_at(found.model, at(found, point)), f"seed {SEED}: {point}"


def test_no_pure_equilibrium_is_a_region() -> None:
    """(2, 2) is one above y = 3, (2, 1) below it left of x = −1, and there is none in the rest."""
    game = StrategicGame.bimatrix([[x, -1], [-1, 1]], [[-1, 1], [1, y - 2]])
    model = Model("pennies", "Pennies", game, (parameter(x, "0", "-2", "2"), parameter(y, "0", "0", "4")))
    found = regions(model, ("x", "y"))
    assert {region.outcomes: region.share for region in found.regions} == {
        ("No equilibrium in pure strategies",): Fraction(9, 16),
        ("2, 1",): Fraction(3, 16),
        ("2, 2",): Fraction(1, 4),
    }


@pytest.mark.untraced
def test_a_map_that_is_not_linear_is_exact_along_the_middle_of_each_column(words_at: Words) -> None:
    axes = ("alpha", "A_F")
    found = regions(load("sanction-retaliation"), axes)
    assert not found.exact
    (left, right), (bottom, top) = found.bounds
    width = (right - left) / COLUMNS
    assert sum(area(polygon) for region in found.regions for polygon in region.polygons) == (right - left) * (
        top - bottom
    )
    rng = random.Random(SEED)
    agree = 0
    for _ in range(2 * DRAWS):
        point = drawn(found, rng)
        where = f"seed {SEED}: {in_words(axes, point)}"
        region = found.region_at(*point)
        assert region is not None, where
        middle = left + (((point[0] - left) // width) + Fraction(1, 2)) * width
        assert region.outcomes == words_at(found.model, at(found, (middle, point[1]))), where
        agree += region.outcomes == words_at(found.model, at(found, point))
    assert agree >= 0.95 * 2 * DRAWS, f"seed {SEED}: {agree} of {2 * DRAWS} points agree"
    assert "covers about" in found.findings()[0]


def test_a_curved_boundary_is_met_by_columns() -> None:
    """x² + y² = 1 leaves a quarter disc; its area is π/4."""
    found = regions(duel(x**2 + y**2, Integer(1)), ("x", "y"))
    shares = {region.outcomes: float(region.share) for region in found.regions}
    assert not found.exact
    assert shares["second",] == pytest.approx(0.785398, abs=0.002)


@pytest.mark.parametrize(
    "assumption",
    [
        (x + y <= 0,),
        (x <= y, x >= y),
    ],
    ids=str,
)
def test_a_map_without_a_single_admissible_patch_is_refused(assumption: tuple[Any, ...]) -> None:
    model = duel(x, y, *(Assumption(relation, "for a test") for relation in assumption))
    with pytest.raises(InputError, match="no point of the map satisfies the assumptions"):
        regions(model, ("x", "y"))


@pytest.mark.parametrize(
    ("axes", "values", "message"),
    [
        (("A_F", "nonsense"), {}, "has no parameter 'nonsense'"),
        (("A_F", "A_F"), {}, "must differ"),
        (("A_F", "h_F"), {"beta": 0.25}, "is the float 0.25"),
        (("A_F", "h_F"), {"k_Y": 2}, "assumes k_Y ≤ k_F"),
        (("A_F",), {}, "two"),
    ],
)
def test_wrong_axes_and_values_are_refused(axes: Any, values: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        regions(load("sanction-retaliation"), axes, values)


def test_a_model_without_axes_asks_for_them() -> None:
    with pytest.raises(InputError, match="names no parameters for its region map; choose two of x, y"):
        regions(duel(x, y))


def test_a_minimum_is_cut_where_it_changes() -> None:
    """min(x, y) exceeds 1/2 where both do: in a quarter of the unit square."""
    found = regions(duel(Min(x, y), Integer(1) / 2), ("x", "y"))
    assert found.exact
    assert {region.outcomes: region.share for region in found.regions}["first",] == Fraction(1, 4)


def test_a_quotient_is_cut_along_the_line_on_which_it_decides() -> None:
    """y / (x + 1) exceeds 1/2 above 2 y = x + 1."""
    found = regions(duel(y / (x + 1), Integer(1) / 2), ("x", "y"))
    assert found.exact
    first = next(region for region in found.regions if region.outcomes == ("first",))
    assert all(2 * q >= p + 1 for polygon in first.polygons for p, q in polygon)


def test_the_table_and_the_sentences_agree_with_the_shares() -> None:
    found = regions(load("territorial-partition"))
    shown = [row[2].text for row in found.table().rows]
    assert shown == [f"{float(100 * region.share):.1f} %" for region in found.regions]
    for region, sentence in zip(found.regions, found.findings(), strict=True):
        assert sentence.startswith(f"“{region.label}” covers {float(100 * region.share):.1f} %")
