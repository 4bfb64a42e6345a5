"""Graph models: what they hold, where moves lead, and what they refuse."""

from typing import Any

import pytest
from sympy import symbols

from games import InputError, solve
from games.forms.graph_model import GraphModel, reachable, route

a, b = symbols("a b")

STATES = {"peace": (2, 2), "quarrel": (3, 1), "war": (0, 0), "ruin": (-1, -1)}
MOVES = {
    "A": {"peace": ("quarrel",), "quarrel": ("peace",), "war": ("ruin",)},
    "B": {"quarrel": ("war",)},
}
CONFLICT = GraphModel(STATES, MOVES)


def test_states_moves_and_payoffs() -> None:
    assert (CONFLICT.players, CONFLICT.states) == (("A", "B"), ("peace", "quarrel", "war", "ruin"))
    assert CONFLICT.moves_from("quarrel", "A") == ("peace",)
    assert CONFLICT.moves_from("ruin", "A") == CONFLICT.moves_from("peace", "B") == ()
    assert CONFLICT.payoff("quarrel", "B") == 1


def test_entries_are_the_payoffs_state_by_state() -> None:
    assert CONFLICT.entries == (2, 2, 3, 1, 0, 0, -1, -1)
    assert CONFLICT.with_entries(CONFLICT.entries) == CONFLICT
    free = CONFLICT.with_entries([a, b, *CONFLICT.entries[2:]])
    assert not free.is_exact
    assert free.payoff("peace", "B") == b
    assert "a" in str(free)


def test_reachable_states() -> None:
    assert set(reachable(CONFLICT, "peace")) == {"peace", "quarrel", "war", "ruin"}
    assert set(reachable(CONFLICT, "peace", ["A"])) == {"peace", "quarrel"}
    assert reachable(CONFLICT, "peace", ["B"]) == ("peace",)
    assert reachable(CONFLICT, "war") == ("war", "ruin")


def test_a_move_without_its_reverse_cannot_be_taken_back() -> None:
    assert route(CONFLICT, "peace", "ruin") == (("A", "quarrel"), ("B", "war"), ("A", "ruin"))
    assert route(CONFLICT, "ruin", "peace") is None
    assert route(CONFLICT, "peace", "peace") == ()


def test_a_route_of_improvements_pays_every_mover() -> None:
    assert route(CONFLICT, "peace", "quarrel", improving=True) == (("A", "quarrel"),)
    assert route(CONFLICT, "quarrel", "peace", improving=True) is None
    assert route(CONFLICT, "peace", "war", improving=True) is None
    with pytest.raises(InputError, match="needs exact payoffs"):
        route(CONFLICT.with_entries([a, *CONFLICT.entries[1:]]), "peace", "war", improving=True)


def test_the_table_marks_improvements() -> None:
    text = str(CONFLICT)
    assert "quarrel (+)" in text
    assert "war (+)" not in text
    assert "<table" in CONFLICT._repr_html_()


BAD: list[tuple[Any, Any, str]] = [
    ({}, MOVES, "the list of states is empty"),
    (STATES, {}, "the list of decision makers is empty"),
    ({**STATES, "peace": (1,)}, MOVES, "give one for each of A, B"),
    ({**STATES, "peace": "12"}, MOVES, "give one for each of A, B"),
    ({**STATES, "peace": (0.5, 1)}, MOVES, "the payoff of A in the state peace is the float 0.5"),
    (STATES, {"A": {"peace": ("truce",)}}, "give one for each of A"),
    ({"peace": (1,)}, {"A": {"peace": ("truce",)}}, "A moves from or to 'truce', which is no state; these are peace"),
    ({"peace": (1,)}, {"A": {"peace": ("peace",)}}, "A moves from 'peace' to the same state"),
    ({"peace": (1,), "war": (0,)}, {"A": {"peace": "war"}}, "give a list of states"),
    ({"peace": (1,), "war": (0,)}, {"A": {"peace": ("war", "war")}}, "has the label 'war' twice"),
    ({"peace": (1,), "war": (0,)}, {"A": ("peace", "war")}, "give a dictionary from each state to a list"),
]


@pytest.mark.parametrize(("payoffs", "moves", "message"), BAD, ids=[message for *_, message in BAD])
def test_what_is_no_graph_model_is_refused_in_one_line(payoffs: Any, moves: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        GraphModel(payoffs, moves)
    assert "\n" not in str(error.value)


def test_unknown_states_and_decision_makers_are_refused() -> None:
    with pytest.raises(InputError, match="there is no state 'truce'; these are peace, quarrel, war, ruin"):
        reachable(CONFLICT, "truce")
    with pytest.raises(InputError, match="there is no decision maker 'C'; these are A, B"):
        reachable(CONFLICT, "peace", ["C"])
    with pytest.raises(InputError, match="there is no state 'truce'"):
        route(CONFLICT, "peace", "truce")


def test_only_concepts_of_graph_models_apply() -> None:
    with pytest.raises(InputError, match=r"does not apply to a graph model; those that do are .*nash-stable"):
        solve(CONFLICT, "nash")
    with pytest.raises(InputError, match=r"free parameters \(a\)"):
        solve(CONFLICT.with_entries([a, *CONFLICT.entries[1:]]))
