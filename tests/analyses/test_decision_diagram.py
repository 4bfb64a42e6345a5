"""Decision diagrams as figures: nothing overlaps, nothing lies outside, all of it fits on a page, and they answer."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox

from analyses.cli import main
from analyses.drawing.decision_diagram import draw_by_decision, draw_when
from analyses.drawing.figures import Drawing
from analyses.drawing.flow_chart import Chart, Question, drawn
from analyses.when import outcomes, when
from games import InputError
from games.catalog import load

PAGE = (8.27, 11.69)
LARGE = ("escalation-ladder", "wording-first", "alliance-deterrence", "territorial-partition", "relief-in-steps")


def check_readable(drawing: Drawing) -> None:
    """No two texts overlap, none but its own lies in a box, and no boxes do; all is within the figure, and a page."""
    figure = drawing.figure
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()
    (plot,) = figure.axes
    texts = [text.get_window_extent(renderer) for text in plot.texts]
    boxes = [patch.get_window_extent(renderer) for patch in plot.patches if isinstance(patch, FancyBboxPatch)]
    whole = figure.bbox
    for extent in (*texts, *boxes):
        assert whole.x0 <= extent.x0 <= extent.x1 <= whole.x1, drawing.description
        assert whole.y0 <= extent.y0 <= extent.y1 <= whole.y1, drawing.description
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    for one, other in combinations(texts, 2):
        assert not shrunk(one).overlaps(shrunk(other))
    for text in texts:
        for box in boxes:
            assert not text.overlaps(box) or contains(box, text), drawing.description
    assert all(size <= most for size, most in zip(figure.get_size_inches(), PAGE, strict=True))


def shrunk(box: Bbox) -> Bbox:
    """Without the room above and below the letters, which lines of one text share."""
    return box.padded(-0.12 * box.height)


def contains(box: Bbox, text: Bbox) -> bool:
    return bool(box.x0 <= text.x0 and text.x1 <= box.x1 and box.y0 <= text.y0 and text.y1 <= box.y1)


def flat() -> Iterator[Drawing]:
    sanctions = load("sanction-retaliation")
    yield from draw_when(when(sanctions, "Russia concedes", after=("Full",), values={"E": 0}))
    yield from draw_when(when(load("korea-rapprochement"), "Both stay put"))
    for words in outcomes(load("standoff"))[-2:-1]:
        yield from draw_when(when(load("standoff"), words))


def test_diagrams_of_conditions_are_readable() -> None:
    for drawing in flat():
        check_readable(drawing)


@pytest.mark.parametrize("name", ["escalation-ladder", "relief-in-steps"])
def test_diagrams_by_decision_are_readable(name: str) -> None:
    model = load(name)
    for words in outcomes(model)[-1:]:
        for drawing in draw_by_decision(when(model, words, by_decision=True)):
            check_readable(drawing)


@pytest.mark.long
@pytest.mark.parametrize("name", LARGE)
def test_every_diagram_by_decision_is_readable(name: str) -> None:
    model = load(name)
    for words in outcomes(model)[::12]:
        for drawing in draw_by_decision(when(model, words, by_decision=True)):
            check_readable(drawing)


def test_an_overlap_is_seen() -> None:
    drawing = drawn(Chart((Question("Is it so?", "x > 0?", -1, -2),), "played", "not played"), "An outcome")
    check_readable(drawing)
    drawing.figure.axes[0].text(*drawing.figure.axes[0].texts[0].get_position(), "over it")
    with pytest.raises(AssertionError):
        check_readable(drawing)


def test_the_window_is_three_questions_in_words() -> None:
    (drawing,) = draw_when(when(load("sanction-retaliation"), "Russia concedes", after=("Full",), values={"E": 0}))
    assert drawing.description == (
        "Decision diagram of when “Russia concedes after Full” is played. "
        "1. h_F > V_R + g? Yes: question 2; no: not played. "
        "2. Japan after Full, Concede: Lift rather than Keep? beta > e? Yes: question 3; no: not played. "
        "3. Japan after Full, Absorb: Hold rather than Back down? b + e > 0? Yes: played; no: not played."
    )
    written = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert "β > e?" in written
    assert "g = max(0, -c₁ + γ₁, -c₂ + γ₂, -c₃ + γ₃)" in written


def test_a_shared_question_is_drawn_once_and_an_answer_that_is_clear_alone() -> None:
    every, some = draw_when(when(load("korea-rapprochement"), "Both stay put"))
    written = [text.get_text() for text in some.figure.axes[0].texts]
    assert "not so" not in written
    assert sum(text.get_text() == "yes" for text in every.figure.axes[0].texts) == every.description.count("Yes:")


def test_what_does_not_fit_is_told_in_parts_or_refused() -> None:
    found = when(load("territorial-partition"), "The freeze goes on", by_decision=True)
    drawings = draw_by_decision(found)
    assert len(drawings) > 1
    assert "part 1 of" in drawings[0].description
    with pytest.raises(InputError, match="does not fit on a page"):
        drawn(Chart((), "played", "not played", ("a line",) * 100), "An outcome")
    with pytest.raises(InputError, match=r"not all conditions of .* are known"):
        draw_when(replace(when(load("korea-rapprochement"), "Both stay put"), complete=False))


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_command_writes_the_figure(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / f"window.{kind}"
    asked = ["when", "sanction-retaliation", "Russia concedes", "--after", "Full", "--set", "E=0"]
    assert main([*asked, "--figure", str(place)]) == 0
    first = place.read_bytes()
    assert main([*asked, "--figure", str(place)]) == 0
    assert place.read_bytes() == first
    assert str(place) in capsys.readouterr().out


def test_the_command_refuses_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["when", "standoff", "Sanctions; patrols", "--figure", str(tmp_path / "a.gif")]) == 2
    assert "a figure is written as .svg, .png, .pdf" in capsys.readouterr().err
    assert main(["when", "standoff", "Sanctions; patrols", "--figure", str(tmp_path / "a.png")]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a-1.png", "a-2.png"]
