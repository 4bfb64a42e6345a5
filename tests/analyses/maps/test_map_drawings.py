"""Drawings of equilibria along a parameter and over two: nothing on top of anything else, exact curves, same bytes."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from sympy import Eq, Rational

from analyses.drawing.along import draw_along
from analyses.drawing.equilibrium_map import draw_map
from analyses.drawing.figures import Drawing
from analyses.maps import Along, EquilibriumMap, along, map_over
from games import InputError
from games.catalog import load
from laws.maps import CUT, x
from laws.texts_in_figures import misplaced


@cache
def curves(name: str, parameter: str, **values: Any) -> Along:
    return along(CUT if name == "cut" else load(name), parameter, values=values)


@cache
def mapped(name: str, *axes: str) -> EquilibriumMap:
    return map_over(load(name), axes or None)


def lines(drawing: Drawing) -> list[tuple[Any, Any]]:
    return [(line.get_xdata(), line.get_ydata()) for plot in drawing.figure.axes for line in plot.get_lines()]


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("cut", "x"),
        pytest.param("sanction-encounter", "E", marks=pytest.mark.long),
        pytest.param("crisis-signalling", "mu", marks=pytest.mark.long),
        pytest.param("freeze-and-thaw", "delta", marks=pytest.mark.long),
        pytest.param("sanction-retaliation", "A_F", marks=pytest.mark.long),
    ],
)
def test_no_text_is_misplaced_along_a_parameter(name: str, parameter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = draw_along(curves(name, parameter))
    assert [each for each in misplaced(drawing, monkeypatch) if "overlap" not in each] == []
    named = {str(k) for k in range(1, 20)}
    for said in misplaced(drawing, monkeypatch):
        # The numbers on curves may meet each other where curves do.
        assert any(repr(number) in said for number in named), said


def test_where_there_is_nothing_an_empty_drawing_says_so() -> None:
    found = along(load("inspection"), "b_2", concept="pure-nash")
    drawing = draw_along(found)
    assert drawing.png
    assert drawing.description == "Equilibria of Sanctions as inspection along b_2: none."


def test_what_is_at_a_single_value_alone_is_not_more_than_something() -> None:
    drawing = draw_along(along(CUT, "x", premises=[Eq(x, Rational(1, 4))]))
    said = {text.get_text() for plot in drawing.figure.axes for text in plot.texts}
    assert "1 equilibrium at single values" in said


def test_the_mixture_is_drawn_as_the_formula_says() -> None:
    drawing = draw_along(curves("cut", "x"))
    mixed = [
        (xs, ys)
        for xs, ys in lines(drawing)
        if len(xs) > 10 and np.allclose(ys, 3 * np.asarray(xs) - 1) and abs(xs[0] - 1 / 3) < 1e-9
    ]
    assert len(mixed) == 2
    assert "5 “Row mixes 1, 2; Column mixes 1, 2” for 1/3 < x < 2/3" in drawing.description


def test_ends_that_do_not_belong_are_hollow() -> None:
    drawing = draw_along(curves("cut", "x"))
    strip = drawing.figure.axes[0]
    ends = [line for line in strip.get_lines() if line.get_marker() == "o"]
    hollow = [line for line in ends if to_rgba(line.get_markerfacecolor()) == to_rgba("white")]
    assert sorted(float(line.get_xdata()[0]) for line in hollow) == pytest.approx([1 / 3, 2 / 3])
    assert len(ends) == 10


@pytest.mark.parametrize(
    ("name", "axes"),
    [
        ("sanction-encounter", ("E", "beta")),
        pytest.param("korea-rapprochement", (), marks=pytest.mark.long),
        pytest.param("freeze-and-thaw", (), marks=pytest.mark.long),
        pytest.param("standoff", (), marks=pytest.mark.long),
        pytest.param("third-country-compliance", (), marks=pytest.mark.long),
        pytest.param("relief-in-steps", (), marks=pytest.mark.long),
        pytest.param("sanction-retaliation", ("A_F", "h_F"), marks=pytest.mark.long),
    ],
)
def test_no_text_is_misplaced_on_a_map(name: str, axes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    assert misplaced(draw_map(mapped(name, *axes)), monkeypatch) == []


@pytest.mark.long
def test_a_curved_boundary_is_drawn_along_its_polynomial() -> None:
    found = mapped("freeze-and-thaw")
    (boundary,) = found.boundaries
    curve = max(lines(draw_map(found)), key=lambda line: len(line[0]))
    for a, b in zip(*curve, strict=True):
        terms = boundary.polynomial.terms.items()
        value = sum(float(c) * np.prod([{found.axes[0]: a, found.axes[1]: b}[n] for n in m]) for m, c in terms)
        assert abs(value) < 1e-7


def test_shading_colours_what_is_mixed() -> None:
    found = mapped("sanction-encounter", "E", "beta")
    drawing = draw_map(found, "Japan: Full")
    plot = drawing.figure.axes[0]
    (mesh,) = [c for c in plot.collections if c.get_array() is not None]
    shown = np.asarray(mesh.get_array()).ravel()
    # From 4/9 where E is 1 to 1 where it is 5/4: 20 E / 9 - 16 / 9.
    assert (shown.min(), shown.max()) == pytest.approx((4 / 9, 1), abs=1e-3)
    with pytest.raises(InputError, match="there is no choice 'Japan: Fill' to shade by; there are Japan: None"):
        draw_map(found, "Japan: Fill")
    with pytest.raises(InputError, match="what is shaded is 3"):
        draw_map(found, 3)  # type: ignore[arg-type]


def test_two_draws_give_the_same_bytes(tmp_path: Any) -> None:
    found = mapped("sanction-encounter", "E", "beta")
    first, second = draw_map(found), draw_map(found)
    assert first.svg == second.svg
    assert first.pdf == second.pdf
    assert first.to_file(tmp_path / "map.PDF").read_bytes().startswith(b"%PDF")
    with pytest.raises(InputError, match=r"written as \.svg, \.png, \.pdf"):
        first.to_file(tmp_path / "map.gif")
    assert [path.name for path in tmp_path.iterdir()] == ["map.PDF"]


def test_what_is_drawn_is_told() -> None:
    with pytest.raises(InputError, match="what along"):
        draw_along(CUT)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="what map_over"):
        draw_map(CUT)  # type: ignore[arg-type]
