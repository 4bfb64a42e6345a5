"""Statements by which the checker was once misled, or its sentence misleading."""

from typing import Any

import pytest

from analyses.certificates.verify import NotAccepted, Verified, check, obligation


def statement(form: str, concept: str, game: dict[str, Any], **more: Any) -> dict[str, Any]:
    models = [{"name": "G", "form": form, "game": game}]
    return {"models": models, "ranges": {}, "concept": concept, "of": "every", "conclusion": ["and"], **more}


@pytest.mark.parametrize("names", [("a", "a: b", "b: c", "c"), ("one", "other", "third", "fourth")])
@pytest.mark.parametrize("concept", ["sequentially-stable", "general-metarational", "symmetric-metarational"])
def test_names_with_colons_do_not_hide_an_answer(concept: str, names: tuple[str, ...]) -> None:
    """X gains by moving from s to t, unless the two others answer by a move each, which leads to the last state."""
    one, other, third, last = names
    moves = {"X": [["s", "t"]], one: [["t", third]], other: [[third, last]]}
    pays = {"s": ("1", "0", "0"), "t": ("2", "0", "0"), third: ("2", "1", "0"), last: ("0", "1", "1")}
    game = {
        "players": ["X", one, other],
        "states": ["s", "t", third, last],
        "moves": moves,
        "payoffs": {state: dict(zip(["X", one, other], row, strict=True)) for state, row in pays.items()},
    }
    stated = statement("graph", concept, game, quantities={"q": {"reach": ["s"]}}, conclusion=["q", "==", "0"])
    witness = {f"probability of resting in {state}": str(int(state == "s")) for state in game["states"]}
    asked = obligation(stated).variables
    values = {name: value for name, value in witness.items() if name in asked}
    refuted = check({"format": "parley certificate 1", "statement": stated, "verdict": "refuted",
                     "witness": {"values": values}})  # fmt: skip
    assert isinstance(refuted, Verified), refuted


LEAF = {"players": ["A"], "root": {"payoffs": {"A": "x"}}}


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("(1/x)**0", "an exponent must be a whole number from 1"),
        ("x**-0", "an exponent must be a whole number from 1"),
        ("1 # 0", "a formula has names, numbers and signs"),
        ("x;x", "a formula has names, numbers and signs"),
    ],
)
def test_formulas_beyond_the_grammar_are_refused(formula: str, message: str) -> None:
    stated = statement(
        "extensive", "subgame-perfect", LEAF, ranges={"x": ["0", "1"]}, premises=[[formula, "==", "1"]],
        conclusion=["x", ">", "0"],
    )  # fmt: skip
    given = {"format": "parley certificate 1", "statement": stated, "verdict": "refuted"}
    result = check({**given, "witness": {"values": {"x": "0"}}})
    assert isinstance(result, NotAccepted)
    assert result.why.startswith(message)


@pytest.mark.parametrize(("form", "concept"), [("repeated", "grim-trigger"), ("stochastic", "markov-perfect")])
def test_a_game_without_states_is_none(form: str, concept: str) -> None:
    game = {"players": ["A"], "discounts": {"A": "1/2"}, "start": "nowhere", "states": {}}
    asked = {"q": {"payoff": "A"}}
    stated = statement(form, concept, game, quantities=asked, conclusion=["q", "==", "1"])
    result = check({"format": "parley certificate 1", "statement": stated, "verdict": "proved", "proof": ["sum", []]})
    assert isinstance(result, NotAccepted)
    assert result.why == "play starts in nowhere, which is no state"


def test_the_sentence_says_which_equilibria_of_which_game_are_meant() -> None:
    hidden = {"player": "B", "set": "B", "moves": {a: {"payoffs": {"A": "0", "B": "0"}} for a in "xy"}}
    mixed = {"players": ["A", "B"], "root": {"player": "A", "set": "A", "moves": {"l": hidden, "r": hidden}}}
    stated = statement("extensive", "subgame-perfect", mixed, conclusion=["1", "==", "1"])
    leaf = {"players": ["A"], "root": {"payoffs": {"A": "0"}}}
    stated["models"].append({"name": "H", "form": "extensive", "game": leaf})
    proof = ["split", obligation(stated).facts[-1].number, []]
    result = check({"format": "parley certificate 1", "statement": stated, "verdict": "proved", "proof": proof})
    said = getattr(result, "says", str(result))
    assert "subgame-perfect equilibrium of “G” and subgame-perfect equilibrium in pure strategies of “H”" in said
