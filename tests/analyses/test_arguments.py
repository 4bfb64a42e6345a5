"""Cases, whoever writes them: names are distinct and can be typed, and nothing speaks of what is not there."""

from dataclasses import replace
from typing import Any

import pytest

from analyses.arguments import Argument, Case, Fact, Statement, Tension
from analyses.claims import Claim, always
from analyses.ledger import ledger
from games import Decision, ExtensiveGame, InputError, Outcome
from games.model import Model
from games.sources import Cited

SOURCE = Cited("a textbook")


def model(name: str) -> Model:
    tree = ExtensiveGame(("A",), Decision("A", {"l": Outcome((1,)), "r": Outcome((0,))}))
    return Model(name, name, tree)


def argument(id: str, *labels: str, about: Model | None = None) -> Argument:
    game = about or model("first")
    claims = (Claim(f"{id}-{label}", "A goes left.", game, always(("l",))) for label in labels)
    return Argument(id, "Left", SOURCE, tuple(Statement("Left", claim) for claim in claims))


CASE = Case(
    "A case",
    "",
    (argument("X", "one", "two"), argument("Y", "one", about=model("second"))),
    (Fact("Said.", SOURCE, "On record.", ("X",)), Fact("Said of all.", SOURCE, "On record.")),
    (Tension("T", "They pull apart", ("X", "Y"), "Why.", ("X-one", "Y-one")),),
    (model("first"),),
    (model("second"),),
    "somewhere",
)


def test_arguments_are_found_whole_or_in_part() -> None:
    assert [s.id for a in CASE.named("x") for s in a.statements] == ["X-one", "X-two"]
    assert [s.id for a in CASE.named("Y", "X-TWO") for s in a.statements] == ["X-two", "Y-one"]
    assert [s.id for a in CASE.about_models(model("second")) for s in a.statements] == ["Y-one"]
    assert CASE.named() == CASE.about_models() == ()
    with pytest.raises(InputError, match="there is no claim 'Z'; the arguments are X, Y"):
        CASE.named("X", "Z")


def test_a_case_knows_its_models_and_how_commands_find_them() -> None:
    assert [each.name for each in CASE.every_model] == ["first", "second"]
    assert CASE.places == {"second": ("second", "--case", "somewhere")}
    assert replace(CASE, place="").places == {"second": ("second",)}
    assert repr(CASE) == "A case: 2 arguments, 3 claims"


def test_a_ledger_tells_the_tensions_and_facts_that_its_arguments_bear() -> None:
    whole = ledger(CASE.arguments, case=CASE, samples=0)
    assert [(pull.tension.id, str(pull.standing)) for pull in whole.tensions] == [("T", "can both hold")]
    assert [fact.said for fact in whole.facts] == ["Said.", "Said of all."]
    part = ledger(CASE.named("Y"), case=CASE, samples=0)
    assert part.tensions == ()
    assert [fact.said for fact in part.facts] == ["Said of all."]
    alone = ledger(CASE.arguments, samples=0)
    assert alone.tensions == alone.facts == ()
    assert [entry.label for entry in alone.entries] == ["one", "two", "one"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"arguments": (argument("X"), argument("x"))}, "two arguments or claims are called 'X' and 'x'"),
        ({"arguments": (argument("X", "one", "ONE"),)}, "two arguments or claims are called 'X-one' and 'X-ONE'"),
        ({"arguments": (argument("X", "Y"), argument("X-Y"))}, "two arguments or claims are called 'X-Y' and 'X-Y'"),
        ({"models": (model("m"), model("M"))}, "two models are called 'm' and 'M'"),
        ({"tensions": (*CASE.tensions, *CASE.tensions)}, "two tensions are called 'T' and 'T'"),
        ({"tensions": (Tension("T", "", ("X", "Q"), ""),)}, "T is between 'Q', and there is no such argument"),
        ({"tensions": (Tension("T", "", ("X", "Y"), "", ("X-on",)),)}, "shown by 'X-on', and there is no such claim"),
        ({"tensions": (Tension("$T", "", ("X", "Y"), ""),)}, r"'\$T' cannot name a tension"),
        ({"facts": (Fact("", SOURCE, "", ("X", "Z")),)}, "fact number 1 bears on 'Z', and there is no such argument"),
    ],
)
def test_what_cannot_be_told_apart_or_is_not_there_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        replace(CASE, **changes)


@pytest.mark.parametrize("id", ["", "A 1", "-A", "A/1", "é", "x" * 41])
def test_a_name_can_be_typed_in_a_command(id: str) -> None:
    with pytest.raises(InputError, match="cannot name an argument"):
        argument(id)


def test_a_claim_is_named_after_its_argument() -> None:
    with pytest.raises(InputError, match="the argument B has a claim called 'X-one'; its name must begin with 'B-'"):
        Argument("B", "Left", SOURCE, CASE.arguments[0].statements)
    with pytest.raises(InputError, match="cannot name a claim of the argument X"):
        argument("X", "a b")
