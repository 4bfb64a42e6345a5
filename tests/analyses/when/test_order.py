"""Comparisons in the order of play, in sentences, diagrams and figures alike."""

from sympy import symbols

from analyses.drawing.decision_diagram import draw_when
from analyses.when import when
from analyses.when.diagram import Asked, Diagram, questions
from analyses.when.order import Order
from games import Decision, ExtensiveGame, Outcome, StrategicGame
from games.catalog import load
from games.forms.extensive import Chance
from games.model import Model
from games.terms import Sign, poly, var
from laws.maps import parameter

a, b, c, d = symbols("a b c d")
A, B, C, D = map(var, "abcd")


def above(more: object, less: object = 0) -> Sign:
    return Sign(poly(more) - poly(less), ">")  # type: ignore[arg-type]


def entry() -> ExtensiveGame:
    """Entry pays a or c, staying out b; the answer to it pays d or a, and to staying out c or d."""
    enter = Decision("Second", {"fight": Outcome((a, d)), "share": Outcome((c, a))})
    out = Decision("Second", {"wait": Outcome((b, c)), "leave": Outcome((b, d))})
    return ExtensiveGame(("First", "Second"), Decision("First", {"enter": enter, "out": out}))


def test_the_first_move_comes_first_and_what_is_on_the_way_before_what_is_beside_it() -> None:
    on_the_way = Order(entry(), [("enter", "share")], (), {})
    assert on_the_way(above(C, B)) == 0  # First: enter and be let in, or stay out
    assert on_the_way(above(A, D)) == 1  # Second, after entry
    assert on_the_way(above(C, D)) == 2  # Second, had First stayed out
    beside = Order(entry(), [("out", "wait")], (), {})
    assert beside(above(C, D)) == 1
    assert beside(above(A, D)) == 2
    assert Order(entry(), [("share",)], ("enter",), {})(above(A, D)) == 0


def test_a_comparison_that_may_belong_to_two_decisions_belongs_to_the_smaller_one() -> None:
    last = Decision("First", {"on": Outcome((a,)), "off": Outcome((b,))})
    game = ExtensiveGame(("First",), Decision("First", {"go": last, "stop": Outcome((b,)), "turn": Outcome((c,))}))
    assert Order(game, [("go", "on")], (), {})(above(A, B)) == 1
    assert Order(game, [("go", "on")], (), {"b": poly(0)})(above(A)) == 1


def test_where_players_mix_a_comparison_belongs_to_the_first_that_speaks_of_all_of_it() -> None:
    game = StrategicGame.bimatrix([[a, 0], [b, 1]], [[c, 0], [d, 1]], {"Row": ("t", "b"), "Column": ("l", "r")})
    order = Order(game, [("t", "l")], (), {})
    assert order(above(A * A, B)) == 0
    assert order(above(C * D, 1)) == 1
    assert order(above(A * C)) == 2
    known = ExtensiveGame(
        ("First",),
        Chance({"h": (d, Decision("First", {"x": Outcome((a,)), "y": Outcome((b,))})), "t": (1 - d, Outcome((0,)))}),
    )
    assert Order(known, [("h", "x")], (), {})(above(D * A, B)) == 0


def model() -> Model:
    return Model("entry", "Entry", entry(), tuple(map(parameter, (a, b, c, d))))


def places_in(of: Diagram, place: Order) -> None:
    """Below each question none is asked of an earlier decision."""
    if isinstance(of, Asked):
        assert all(place(each) >= place(of.question) for each in (*questions(of.yes), *questions(of.no)))
        places_in(of.yes, place)
        places_in(of.no, place)


def test_sentences_and_diagrams_follow_it() -> None:
    found = when(model(), ("enter", "share"))
    assert found.said == (("c > b", "a > d"),)
    assert found.diagram_text().splitlines()[0] == "c > b?"
    places_in(found.diagram(), Order(found.model.game, found.paths, (), {}))


def test_the_published_window_begins_with_the_answer_to_sanctions() -> None:
    found = when(load("sanction-retaliation"), "Russia concedes", after=("Full",), values={"E": 0})
    assert found.said == (("h_F > V_R + g", "beta > e", "b + e > 0"),)
    (drawing,) = draw_when(found)
    heights = {text.get_text(): text.get_position()[1] for text in drawing.figure.axes[0].texts}
    asked = sorted((text for text in heights if text.endswith("?") and ">" in text), key=lambda text: -heights[text])
    assert asked == ["h_F > V_R + g?", "β > e?", "b + e > 0?"]


def test_conditions_begin_with_the_first_decision_and_short_ones_come_first() -> None:
    found = when(load("sanction-retaliation"), "Russia concedes", after=("Full",))
    assert found.said == (
        ("E > V_R + g", "beta > e"),
        ("E > V_R + g", "b + e > 0"),
        ("E + h_F > V_R + g", "beta > e", "b + e > 0"),
    )
