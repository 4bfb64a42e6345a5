"""The picture of a graph model, and its words where it explains a state."""

from pathlib import Path

import pytest

from analyses.compare import compare
from analyses.drawing.graph import MOST_STATES, draw_graph
from analyses.explain import explain_all
from analyses.reports.contents import chapter
from games import InputError, solve
from games.catalog import load
from games.forms.graph_model import GraphModel

CONFLICT = GraphModel(
    {"share": (1, 1), "grab": (2, 0), "burnt": (0, -1)}, {"A": {"share": ("grab",)}, "B": {"grab": ("burnt", "share")}}
)


def test_the_same_picture_every_time_and_what_it_shows_in_words() -> None:
    first, again = (draw_graph(CONFLICT, ["share"]) for _ in range(2))
    assert (first.svg, first.png) == (again.svg, again.png)
    assert str(first) == "Graph model of A, B with 3 states and 3 moves; stable: share."
    assert str(draw_graph(CONFLICT)) == "Graph model of A, B with 3 states and 3 moves."


def test_a_model_in_formulas_is_drawn_too() -> None:
    game = load("standoff").game
    assert isinstance(game, GraphModel)
    assert len(draw_graph(game).svg) > 10_000


def test_too_many_states_are_refused() -> None:
    many = GraphModel({f"s{k}": (k,) for k in range(MOST_STATES + 1)}, {"A": {}})
    with pytest.raises(InputError, match="has 25 states; at most 24 can be drawn readably"):
        draw_graph(many)


def test_a_chapter_on_a_graph_model_has_its_picture() -> None:
    drawn = chapter(load("standoff"))
    assert set(drawn.figures) == {"graph", "tornado", "map", "importance"}
    assert drawn.as_json()["form"] == "graph"
    assert "the only nash-stable state is: Sanctions; patrols, and the wording is changed" in drawn.brief


@pytest.mark.untraced
def test_a_chapter_on_a_repeated_game_has_a_table() -> None:
    written = chapter(load("freeze-and-thaw"), {"epsilon": "1/10", "pi": "1/2"})
    assert set(written.figures) == {"tornado", "map", "importance"}
    assert written.as_json()["form"] == "repeated"
    assert "Thaw in times of calm; or Lasting freeze" in written.brief


def test_explanations_say_how_a_move_is_answered() -> None:
    said = str(explain_all(solve(CONFLICT, "general-metarational"))[0])
    assert "In “share”, A gets 1; “grab” would pay 2, but there B improves its own lot by moving on to “share”" in said
    harmful = GraphModel(dict(CONFLICT.payoffs), {"A": {"share": ("grab",)}, "B": {"grab": ("burnt",)}})
    said = str(explain_all(solve(harmful, "general-metarational"))[0])
    assert "but there B can move on to “burnt”, which pays A 0" in said
    assert "B gets 1 and stays: it has no move" in said


def test_explanations_of_an_agreement_compare_keeping_with_breaking_it() -> None:
    model = load("freeze-and-thaw")
    thaw, freeze = explain_all(solve(model.at(epsilon=0)), model)
    assert "Thaw in times of calm" in str(thaw)
    assert "While the agreement is kept, in Calm, Ease pays Japan 3, Press 1.4" in str(thaw)
    assert "Whatever happened before, in Calm, Press pays Russia 1, Ease 0.9" in str(freeze)


def test_every_concept_of_a_form_is_compared(tmp_path: Path) -> None:
    model = load("standoff")
    text = str(compare(model.at(), model))
    for concept in ("nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable"):
        assert concept in text
