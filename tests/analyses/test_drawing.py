"""Figures: the same bytes every time, nothing on top of anything else, and any label."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import sympy
from matplotlib.text import Text
from sympy import Integer, symbols

from analyses.drawing.figures import LETTERS, Drawing, escaped, mathematical, text_width
from analyses.drawing.region_map import draw_regions
from analyses.drawing.tornado import MOST_BARS, draw_tornado
from analyses.drawing.tree import MOST_LEAVES, draw_tree
from analyses.outcomes import followed
from analyses.regions import Regions, regions
from analyses.sensitivity import Sensitivity, sensitivity
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import catalog, load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from laws.models import lightly, sampled
from laws.texts_in_figures import drawn_texts, misplaced

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"

x, y, x_a = symbols("x y x_a")


@dataclass(frozen=True)
class Analysed:
    """A model at some values, with what its figures show."""

    game: ExtensiveGame | StrategicGame
    sensitivity: Sensitivity
    regions: Regions | None

    def figure(self, kind: str) -> Drawing:
        """Drawn anew."""
        if kind == "tornado":
            return draw_tornado(self.sensitivity)
        if kind == "map":
            assert self.regions is not None
            return draw_regions(self.regions)
        assert isinstance(self.game, ExtensiveGame)
        return draw_tree(self.game, solve(self.game)[0] if kind == "tree" else None)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Every figure that a report has of the model, and its tree without an equilibrium."""
        for kind in ("tree", "bare tree") if isinstance(self.game, ExtensiveGame) else ():
            yield kind, self.figure(kind)
        yield "tornado", self.figure("tornado")
        if self.regions is not None:
            yield "map", self.figure("map")


def analysed(model: Model, **values: object) -> Analysed:
    chart = regions(model, values=values) if model.axes else None
    return Analysed(model.at(**values), sensitivity(model, values), chart)


every_followed = pytest.mark.parametrize(
    "name", lightly(sampled(filter(followed, catalog().values()), lambda model: model.name))
)
every_figure = pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sanction-retaliation", "tree"),
        ("sanction-retaliation", "bare tree"),
        ("sanction-retaliation", "tornado"),
        ("sanction-retaliation", "map"),
        ("territorial-partition", "tree"),
        ("territorial-partition", "bare tree"),
        ("territorial-partition", "tornado"),
        ("territorial-partition", "map"),
        ("sanction-encounter", "tornado"),
        ("sanction-encounter", "map"),
        ("escalation-ladder", "tree"),
        ("alliance-deterrence", "tree"),
        ("alliance-deterrence", "tornado"),
        ("secondary-sanctions", "tree"),
        ("secondary-sanctions", "tornado"),
        ("secondary-sanctions", "map"),
        ("third-country-compliance", "map"),
        ("agenda-at-home", "tree"),
        ("agenda-at-home", "map"),
    ],
)


@cache
def analysis(name: str) -> Analysed:
    """A model of the catalog at its defaults."""
    return analysed(load(name))


@cache
def drawing_of(name: str, kind: str) -> Drawing:
    return analysis(name).figure(kind)


def parameter(symbol: sympy.Symbol, meaning: str = "a meaning", default: str = "1/2") -> Parameter:
    return Parameter(
        symbol, meaning=meaning, default=default, low="-1", high="1", unit=Unit.PAYOFF, source=Assumed("for a test")
    )


def digests(drawing: Drawing) -> tuple[str, str]:
    return hashlib.sha256(drawing.svg).hexdigest(), hashlib.sha256(drawing.png).hexdigest()


@pytest.mark.untraced
@every_figure
def test_no_text_overlaps_another_or_leaves_the_figure(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert misplaced(drawing_of(name, kind), monkeypatch) == []


def test_other_values_leave_no_overlap_either(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"A_F": "1/3", "beta": "9/10", "E": "3/4", "rho_3": "777/1000", "gamma_3": "991/1000"}
    for kind, drawing in analysed(load("sanction-retaliation"), **values).figures():
        assert misplaced(drawing, monkeypatch) == [], kind


@pytest.mark.untraced
@every_followed
def test_a_map_has_room_for_the_longest_meaning_on_either_axis(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load(name)
    used = {symbol for value in model.game.entries for symbol in getattr(value, "free_symbols", ())}
    names = sorted((p.name for p in model.parameters if p.symbol in used), key=lambda n: len(model.by_name[n].meaning))
    for axes in ((names[-1], names[0]), (names[0], names[-1])):
        assert misplaced(draw_regions(regions(model, axes)), monkeypatch) == [], axes


def test_a_tree_with_formulas_and_chance_has_no_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    assert misplaced(draw_tree(load("sanction-retaliation").game), monkeypatch) == []  # type: ignore[arg-type]
    game = ExtensiveGame(
        ("First player", "Second player", "Third"),
        Chance(
            {
                "a long event in many words": ("1/3", Decision("Third", {"only": Outcome((1, "-1/7", 3))})),
                "b": ("2/3", Decision("Second player", {"l": Outcome(("1234/7", 0, 0)), "r": Outcome((0, 0, 0))})),
            }
        ),
    )
    assert misplaced(draw_tree(game, solve(game)[0]), monkeypatch) == []


def signalling(types: int = 2) -> ExtensiveGame:
    """A tells its type by one of two signals; B sees the signal alone."""

    def answered(signal: str) -> Decision:
        return Decision("B", {"yield": Outcome((1, 0)), "resist": Outcome((0, 1))}, f"after {signal}")

    return ExtensiveGame(
        ("A", "B"),
        Chance(
            {
                f"type {number}": (f"1/{types}", Decision("A", {s: answered(s) for s in ("high", "low")}))
                for number in range(types)
            }
        ),
    )


def dashed(drawing: Drawing) -> list[Any]:
    (plot,) = drawing.figure.axes
    return [line for line in plot.lines if line.get_linestyle() == "--"]


@pytest.mark.parametrize("types", [2, 3, 5])
def test_decisions_that_look_alike_are_joined_and_nothing_overlaps(types: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = draw_tree(signalling(types))
    assert misplaced(drawing, monkeypatch) == []
    lines = dashed(drawing)
    assert len(lines) == 2 * (types - 1)
    assert "B after type 0, high or after type 1, high" in drawing.description
    (plot,) = drawing.figure.axes
    nodes = {(line.get_xdata()[0], line.get_ydata()[0]) for line in plot.lines if len(line.get_xdata()) == 1}
    for line in lines:
        points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        assert points[0] in nodes
        assert points[-1] in nodes
        assert not nodes & set(points[1:-1])
    assert len({line.get_xdata()[1] for line in lines}) == 2


def test_a_tree_of_perfect_information_has_no_dashed_line() -> None:
    assert dashed(draw_tree(branching(3))) == []


def test_a_small_tree_has_room_for_the_names_of_its_players(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names are wider than the payoffs below them, and than the tree beside them."""
    poll = Decision("Opposition", {"run": Outcome((1, 0)), "boycott": Outcome((0, 1))})
    game = ExtensiveGame(("Government", "Opposition"), Decision("Government", {"call": poll, "wait": Outcome((0, 0))}))
    assert misplaced(draw_tree(game, solve(game)[0]), monkeypatch) == []


@every_figure
def test_two_draws_give_the_same_bytes(name: str, kind: str) -> None:
    again = analysis(name).figure(kind)
    assert again is not drawing_of(name, kind)
    assert (again.png, again.svg) == (drawing_of(name, kind).png, drawing_of(name, kind).svg)


DIGESTS = """
import hashlib
from games import ExtensiveGame, solve
from games.catalog import load
from analyses.drawing.region_map import draw_regions
from analyses.drawing.tornado import draw_tornado
from analyses.drawing.tree import draw_tree
from analyses.regions import regions
from analyses.sensitivity import sensitivity

for model in map(load, reversed({names})):
    drawn = {"map": draw_regions(regions(model)), "tornado": draw_tornado(sensitivity(model))}
    game = model.at()
    if isinstance(game, ExtensiveGame):
        drawn["tree"] = draw_tree(game, solve(game)[0])
    for kind, drawing in drawn.items():
        hashes = [hashlib.sha256(content).hexdigest() for content in (drawing.svg, drawing.png)]
        print(model.name, kind, *hashes)
"""


@pytest.mark.parametrize(
    "names",
    [
        ("agenda-at-home", "third-country-compliance"),
        pytest.param(("secondary-sanctions", "territorial-partition", "agenda-at-home"), marks=pytest.mark.long),
    ],
    ids=len,
)
@pytest.mark.untraced
def test_a_fresh_process_gives_the_same_bytes(names: tuple[str, ...]) -> None:
    """Whatever the order of drawing and the seed of Python's hashes."""
    here = {f"{name} {kind}": digests(drawing) for name in names for kind, drawing in analysis(name).figures()}
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS.replace("{names}", repr(names))],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    there = {" ".join(line.split()[:2]): tuple(line.split()[2:]) for line in done.stdout.splitlines()}
    assert there == {figure: digest for figure, digest in here.items() if not figure.endswith("bare tree")}


HOSTILE = ("$a_$", "R&D<b>", "%#~", "_x_^{2}", r"\frac{", "$", r"\$", "a$b$c$")


@pytest.mark.parametrize("label", HOSTILE)
def test_any_label_is_drawn_as_it_is_written(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a player, an action, an event and an outcome in words: none of it is read as markup."""
    chance = Chance({label: ("1/2", Outcome((y, x))), "other": ("1/2", Outcome((Integer(1), y)))})
    game = ExtensiveGame((label, "B"), Decision(label, {label: Outcome((x, y)), "B's": Decision("B", {label: chance})}))
    model = Model(label, label, game, (parameter(x), parameter(y)), axes=("x", "y"))
    assert text_width(label, 8) > 0
    found = analysed(model)
    for kind in ("tree", "tornado", "map"):
        drawing = found.figure(kind)
        root = ElementTree.fromstring(drawing.svg)
        assert root.tag == f"{SVG}svg", kind
        shown = [text for text, _ in drawn_texts(drawing, monkeypatch)]
        if kind == "tree":
            assert shown.count(label) >= 2, shown
        if kind == "map":
            assert any(f"{label}, " in text for text in shown if not text.startswith("⟨")), shown
        assert misplaced(drawing, monkeypatch) == [], kind


@pytest.mark.parametrize("meaning", HOSTILE)
def test_any_meaning_is_drawn_as_it_is_written(meaning: str) -> None:
    """Next to the symbol, which is a formula: two dollar signs delimit it, those of the meaning are escaped."""
    game = ExtensiveGame(("A",), Decision("A", {"l": Outcome((x_a,)), "r": Outcome((y,))}))
    model = Model("m", "M", game, (parameter(x_a, meaning), parameter(y, meaning)), axes=("x_a", "y"))
    drawing = draw_regions(regions(model))
    assert b"<svg" in drawing.svg
    assert b"<svg" in draw_tornado(sensitivity(model)).svg
    for axis, symbol in ((drawing.figure.axes[0].xaxis, "$x_{a}$"), (drawing.figure.axes[0].yaxis, "$y$")):
        before, _, after = axis.get_label_text().partition(symbol)
        assert before == ""
        assert len(re.findall(r"(?<!\\)\$", after)) == 0, after


def test_a_file_cannot_put_markup_into_the_description() -> None:
    game = ExtensiveGame(("<b>",), Decision("<b>", {"&": Outcome((1,))}))
    drawing = draw_tree(game, solve(game)[0])
    assert "<b>" in drawing.description
    assert b"<b>" not in drawing.svg


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rho_3", r"$\rho_{3}$"),
        ("beta", r"$\beta$"),
        ("V_J", "$V_{J}$"),
        ("E", "$E$"),
        ("ell", r"$\ell$"),
        ("a_1_2", "$a_{1,2}$"),
    ],
)
def test_a_parameter_is_set_as_a_formula(name: str, shown: str) -> None:
    assert mathematical(name) == shown


@pytest.mark.parametrize(
    "name", [*sorted(LETTERS), "x_", "x__y", "lambda_1", "beta2", "a_beta", "S", "Rational", "ell_2"]
)
def test_any_name_of_a_parameter_can_be_set(name: str) -> None:
    """A formula that matplotlib cannot parse would raise here."""
    assert text_width(mathematical(name), 8) > 0


@every_figure
def test_the_drawing_carries_no_date_and_no_link(name: str, kind: str) -> None:
    text = drawing_of(name, kind).svg.decode()
    assert "<dc:date>" not in text
    assert re.findall(r"<(?:script|image|foreignObject|a|text)\b", text) == []
    assert [link for link in re.findall(r'href="([^"]*)"', text) if not link.startswith("#")] == []


def branching(leaves: int) -> ExtensiveGame:
    return ExtensiveGame(("A",), Decision("A", {f"action {k}": Outcome((k,)) for k in range(leaves)}))


def test_a_tree_too_large_to_read_is_refused() -> None:
    assert draw_tree(branching(MOST_LEAVES)).png
    with pytest.raises(InputError, match=f"has {MOST_LEAVES + 1} outcomes; at most {MOST_LEAVES} can be drawn"):
        draw_tree(branching(MOST_LEAVES + 1))


def thick_labels(drawing: Drawing) -> set[str]:
    return {text.get_text() for text in drawing.figure.findobj(Text) if text.get_weight() == "bold"}


def test_what_is_played_stands_out() -> None:
    assert thick_labels(drawing_of("sanction-retaliation", "tree")) == {"Full", "Patrol", "Hold", "0.4   −1.25"}
    assert thick_labels(drawing_of("sanction-retaliation", "bare tree")) == set()


def test_descriptions_say_what_the_figure_shows() -> None:
    tree = drawing_of("sanction-retaliation", "tree").description
    assert "25 outcomes" in tree
    assert "Full → Patrol → Hold" in tree
    assert "0.4" in drawing_of("sanction-retaliation", "tornado").description
    chart = drawing_of("territorial-partition", "map").description
    for region in regions(load("territorial-partition")).regions:
        assert f"{region.label}: {float(100 * region.share):.0f} %" in chart


def bars(drawing: Drawing) -> list[list[tuple[float, float]]]:
    return [
        [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in plot.patches]  # type: ignore[attr-defined]
        for plot in drawing.figure.axes
    ]


@pytest.mark.untraced
@every_followed
def test_the_bars_of_a_tornado_are_the_swings(name: str) -> None:
    found = analysis(name).sensitivity
    widest = {s.parameter: max(t.width for t in found.swings if t.parameter == s.parameter) for s in found.swings}
    shown = sorted((n for n, width in widest.items() if width > 0), key=lambda n: -widest[n])[:MOST_BARS]
    for player, drawn in zip(found.model.game.players, bars(drawing_of(name, "tornado")), strict=True):
        by_name = {s.parameter: s for s in found.swings if s.player == player}
        expected = [(float(by_name[n].lowest), float(by_name[n].highest)) for n in shown]
        assert drawn == [pytest.approx(pair) for pair in expected]


@pytest.mark.untraced
@every_followed
def test_the_patches_of_a_map_are_the_polygons(name: str) -> None:
    found = analysis(name).regions
    assert found is not None
    (plot,) = drawing_of(name, "map").figure.axes
    painted = sorted(tuple(map(tuple, patch.get_xy()[:-1])) for patch in plot.patches)  # type: ignore[attr-defined]
    expected = sorted(
        tuple((float(a), float(b)) for a, b in polygon) for region in found.regions for polygon in region.polygons
    )
    assert painted == expected
    (cross,) = [line for line in plot.lines if line.get_marker() == "P"]
    assert [float(cross.get_xdata()[0]), float(cross.get_ydata()[0])] == [  # type: ignore[index]
        float(found.values[axis]) for axis in found.axes
    ]


def test_a_model_without_a_pure_equilibrium_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    game = StrategicGame.bimatrix([[x, -1], [-1, 1]], [[-1, 1], [1, y - 2]])
    model = Model("pennies", "Pennies", game, (parameter(x), parameter(y)), axes=("x", "y"))
    assert sensitivity(model).payoffs == {}
    drawing = draw_regions(regions(model))
    assert misplaced(drawing, monkeypatch) == []
    assert "No equilibrium in pure strategies" in drawing.description


@pytest.mark.parametrize(("label", "shown"), [("a$b", r"a\$b"), ("plain", "plain")])
def test_a_dollar_sign_is_escaped(label: str, shown: str) -> None:
    assert escaped(label) == shown


def test_drawing_leaves_no_global_state() -> None:
    """No figure is registered with pyplot and no setting of matplotlib stays changed."""
    import matplotlib as mpl

    assert analysis("secondary-sanctions").figure("map").png
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
    assert mpl.rcParams["svg.hashsalt"] == mpl.rcParamsDefault["svg.hashsalt"]
