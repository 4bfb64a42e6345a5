"""Drawings go into axes of the user's, into a figure of another size, and can be restyled."""

from functools import partial
from io import BytesIO

import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analyses.drawing.best_responses import draw_best_responses
from analyses.drawing.decision_diagram import draw_when
from analyses.drawing.equilibrium_map import draw_map
from analyses.drawing.graph import draw_graph
from analyses.drawing.mixed_best_responses import draw_mixed_best_responses
from analyses.drawing.payoff_polygon import draw_payoff_polygon
from analyses.drawing.phase_portrait import draw_phase_portrait
from analyses.drawing.region_map import draw_regions
from analyses.drawing.tornado import draw_tornado
from analyses.drawing.tree import draw_tree
from analyses.maps import map_over
from analyses.regions import regions
from analyses.sensitivity import sensitivity
from analyses.when import when
from games import GraphModel, InputError, StrategicGame, solve
from games.catalog import load

MODEL = load("conflict-expectations")
CHICKEN = GraphModel({"Tension": (1, 1), "Talks": (2, 2)}, {"A": {"Tension": ("Talks",)}, "B": {}})

HAWKS = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])


def drawings():
    """Each with what it draws, made once."""
    game, duopoly = MODEL.at(), load("cournot-duopoly").at()
    found = {
        "tornado": (draw_tornado, sensitivity(MODEL)),
        "regions": (draw_regions, regions(MODEL, ("D", "c_t"))),
        "map": (draw_map, map_over(load("inspection"), ("a_1", "b_2"))),
        "tree": (draw_tree, game, solve(game)[0]),
        "graph": (draw_graph, CHICKEN),
        "best responses": (draw_best_responses, duopoly),
        "payoffs": (draw_payoff_polygon, HAWKS),
        "portrait": (draw_phase_portrait, HAWKS),
        "mixtures": (draw_mixed_best_responses, HAWKS),
        "diagram": (lambda found, **looks: draw_when(found, **looks)[0], when(MODEL, "The target concedes")),
    }
    return {name: partial(draw, *shown) for name, (draw, *shown) in found.items()}


DRAWINGS = drawings()


def grid():
    """Axes in two rows of two, of which one is drawn into."""
    figure = Figure(figsize=(14, 10))
    FigureCanvasAgg(figure)
    return figure, figure.subplots(2, 2)


def words(figure):
    return {text.get_text() for text in figure.findobj(Text) if text.get_text().strip()}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_stays_within_the_axes_that_it_is_given(name):
    figure, axes = grid()
    room = axes[0, 1].get_position().bounds
    drawing = DRAWINGS[name](ax=axes[0, 1])
    assert drawing.figure is figure
    assert drawing.axes[0] is axes[0, 1]
    for plot in drawing.axes:
        left, bottom, wide, tall = plot.get_position().bounds
        assert left >= room[0] - 1e-9
        assert bottom >= room[1] - 1e-9
        assert left + wide <= room[0] + room[2] + 1e-9
        assert bottom + tall <= room[1] + room[3] + 1e-9
    width, _ = figure.get_size_inches()
    for text in figure.texts:
        box = text.get_window_extent()
        assert box.x0 / figure.dpi / width >= room[0] - 0.01
        assert box.x1 / figure.dpi / width <= room[0] + room[2] + 0.01


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_is_written_is_the_same_in_every_size(name):
    plain = words(DRAWINGS[name]().figure)
    larger = DRAWINGS[name](size=(13, 9))
    assert tuple(larger.figure.get_size_inches()) == (13, 9)
    assert words(larger.figure) - {"−1", "1"} >= {said for said in plain if len(said) > 6}


def test_letters_grow_with_the_drawing():
    sizes = [
        {text.get_text(): text.get_fontsize() for text in DRAWINGS["tree"](size=size).figure.findobj(Text)}
        for size in (None, (30, 30))
    ]
    ratio = {round(sizes[1][said] / sizes[0][said], 6) for said in sizes[0] if said in ("Concede", "Demand", "Sender")}
    assert len(ratio) == 1
    assert ratio.pop() > 2


@pytest.mark.parametrize("name", ["tornado", "regions", "map", "tree", "payoffs", "portrait", "mixtures", "diagram"])
def test_a_slide_can_be_read_at_the_back_of_the_room(name):
    figure = DRAWINGS[name](size="slide").figure
    assert min(t.get_fontsize() for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()) >= 12


def test_a_tree_too_large_for_a_slide_is_refused():
    game = load("sanction-retaliation").at()
    with pytest.raises(InputError, match=r"on a slide the letters of this drawing would be . points high"):
        draw_tree(game, size="slide")
    assert draw_tree(game, size=(12, 12)).axes


def test_a_drawing_can_be_restyled_after_it_was_shown():
    drawing = DRAWINGS["regions"]()
    before = drawing.png
    drawing.axes[0].set_title("The window")
    assert drawing.png != before
    assert b"The window" not in before


def test_no_figure_of_pyplot_is_left_behind():
    figures = plt.get_fignums()
    for draw in DRAWINGS.values():
        draw()
    assert plt.get_fignums() == figures


def test_axes_of_a_figure_within_a_figure_will_do():
    figure = Figure(figsize=(14, 6))
    _, right = figure.subfigures(1, 2)
    drawing = DRAWINGS["regions"](ax=right.subplots())
    assert drawing.figure is figure
    buffer = BytesIO()
    figure.savefig(buffer)
    assert buffer.getbuffer().nbytes > 10_000


def test_wrong_places_are_refused():
    figure, axes = grid()
    with pytest.raises(InputError, match="ax and size are both given"):
        DRAWINGS["tree"](ax=axes[0, 0], size=(4, 4))
    with pytest.raises(InputError, match="ax is Figure; give plain axes"):
        DRAWINGS["tree"](ax=figure)
    with pytest.raises(InputError, match="axes of the kind polar"):
        DRAWINGS["tree"](ax=Figure().add_subplot(projection="polar"))
    for size in ("poster", (0, 3), (4,), 5, (float("nan"), 3), (1e6, 3)):
        with pytest.raises(InputError, match="the size is"):
            DRAWINGS["tree"](size=size)
    with pytest.raises(InputError, match=r"2 parts, .*leave ax out"):
        draw_when(when(load("inspection"), "A violation, sanctioned"), ax=axes[0, 0])
