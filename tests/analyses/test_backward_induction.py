"""The choices drawn against what is known of the centipede: whoever is on the move takes."""

import pytest

from analyses.drawing.backward_induction import draw_backward_induction
from games import Decision, ExtensiveGame, InputError, Outcome
from games.catalog import load


def centipede(rounds):
    node = Outcome((rounds, rounds))
    for k in range(rounds, 0, -1):
        mover = "AB"[(k - 1) % 2]
        paid = (k + 1, k - 1) if mover == "A" else (k - 1, k + 1)
        node = Decision(mover, {"take": Outcome(paid), "pass": node}, f"node {k}")
    return ExtensiveGame(("A", "B"), node)


def test_each_step_has_a_tree_with_what_was_just_chosen_thick():
    drawing = draw_backward_induction(centipede(3))
    assert len(drawing.axes) == 3
    for plot in drawing.axes:
        thick = [line for line in plot.lines if line.get_linewidth() > 3]
        assert len(thick) == 1
    bold = [[t.get_text() for t in plot.texts if t.get_weight() == "bold"] for plot in drawing.axes]
    assert bold == [["Step 1", "take"], ["Step 2", "take"], ["Step 3", "take"]]
    assert drawing.description.endswith("Step 3: A chooses take, which leads to (2, 0).")


def test_what_is_not_drawn():
    with pytest.raises(InputError, match="solved in 5 steps; at most 10 and 4"):
        draw_backward_induction(centipede(5))
    with pytest.raises(InputError, match="extensive form"):
        draw_backward_induction("tree")
    with pytest.raises(InputError, match="nobody decides"):
        draw_backward_induction(ExtensiveGame(("A",), Outcome((1,))))
    hidden = ExtensiveGame(
        ("A", "B"),
        Decision(
            "A",
            {
                action: Decision("B", {"x": Outcome((1, 0)), "y": Outcome((0, 1))}, "unseen")
                for action in ("left", "right")
            },
        ),
    )
    with pytest.raises(InputError, match="sees all earlier moves"):
        draw_backward_induction(hidden)


def test_a_slide_can_be_read():
    figure = draw_backward_induction(load("conflict-expectations").at(), size="slide").figure
    assert min(text.get_fontsize() for plot in figure.axes for text in plot.texts) >= 12
