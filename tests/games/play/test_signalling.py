"""Signalling games are told from other games, and what their messages say is put in a word."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from games import BayesianGame, Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.forms.extensive import Node
from games.play.signalling import ENDS, signalling_game, signalling_kind


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(payoffs)


def reply(name: str | None, who: str = "B", answers: str = "lr", pays: int = 0) -> Decision:
    return Decision(who, {answer: leaf(pays, k) for k, answer in enumerate(answers)}, name)


def drawn(*choices: Node, odds: tuple[Any, ...] = ("1/2", "1/2")) -> ExtensiveGame:
    events = {f"t{k}": (p, choice) for k, (p, choice) in enumerate(zip(odds, choices, strict=True))}
    return ExtensiveGame(("A", "B"), Chance(events))


def sends(name: str | None, **messages: Node) -> Decision:
    return Decision("A", messages, name)


def threat() -> ExtensiveGame:
    """A message that ends the game, one that is answered, and one that only the second type has."""
    lottery = Chance({"war": ("1/4", leaf(-4, -8)), "talks": ("3/4", leaf(0, 4))})

    def threatened(gains: int) -> Decision:
        return Decision("B", {"yield": leaf(gains, -1), "resist": lottery}, "threatened")

    return drawn(
        sends("weak", refrain=leaf(0, 0), threaten=threatened(1)),
        sends("strong", refrain=leaf(0, 0), threaten=threatened(2), shout=reply("shouted")),
        odds=("1/3", "2/3"),
    )


def test_the_parts_of_a_signalling_game() -> None:
    parts = signalling_game(threat())
    assert (parts.informed, parts.uninformed) == ("A", "B")
    assert parts.prior == {"t0": Fraction(1, 3), "t1": Fraction(2, 3)}
    assert parts.knows == {"t0": "weak", "t1": "strong"}
    assert parts.sees == {"threaten": "threatened", "shout": "shouted"}
    assert parts.messages == ("refrain", "threaten", "shout")
    assert parts.senders("shout") == ("t1",)
    assert parts.answers("refrain") == (ENDS,)
    assert parts.paid["t1", "threaten"] == {"yield": (2, -1), "resist": (-1, 1)}


def test_a_game_without_answers_is_one_too() -> None:
    parts = signalling_game(drawn(sends(None, x=leaf(1, 0)), sends(None, x=leaf(2, 0))))
    assert (parts.informed, parts.uninformed, parts.sees) == ("A", None, {})


UNLIKE: dict[str, tuple[Callable[[], Any], str]] = {
    "a table": (lambda: StrategicGame.bimatrix([[1]], [[1]]), "is no signalling game; give a tree"),
    "a choice first": (lambda: ExtensiveGame(("A", "B"), sends(None, x=reply("x"))), "A chooses first"),
    "an outcome after the draw": (lambda: drawn(leaf(0, 0), sends(None, x=reply("x"))), "nobody sends a message after"),
    "types that are not known": (
        lambda: drawn(sends("A", x=reply("x")), sends("A", x=reply("x"))),
        "A does not know whether 't0' was drawn",
    ),
    "a type that is never drawn": (
        lambda: drawn(sends(None, x=reply("x")), sends(None, x=reply("x")), odds=(0, 1)),
        "'t0' of this signalling game has probability 0; leave it out",
    ),
    "two who know": (
        lambda: drawn(sends(None, x=reply("x")), Decision("B", {"x": reply("y", "A")})),
        "A, B move after the first chance move",
    ),
    "an answer to oneself": (
        lambda: drawn(sends(None, x=reply("x", "A")), sends(None, x=reply("x", "A"))),
        "A moves again after 'x'",
    ),
    "types that are seen": (lambda: drawn(sends(None, x=reply("x0")), sends(None, x=reply("x1"))), "tells types apart"),
    "messages that are not seen": (
        lambda: drawn(sends(None, x=reply("B"), y=reply("B")), sends(None, x=reply("B"), y=reply("B"))),
        "the message 'x' is not told from 'y'",
    ),
    "answered after one type": (
        lambda: drawn(sends(None, x=reply("x")), sends(None, x=leaf(0, 0))),
        "'x' is answered after some types and not after others",
    ),
    "a further choice": (
        lambda: drawn(*(sends(None, x=Decision("B", {"l": reply("again", "A")}, "x")) for _ in range(2))),
        "A chooses after t0, x, l; the answer must end it",
    ),
    "who choose at once": (
        lambda: BayesianGame(
            {"A": ("weak", "strong"), "B": ("only",)},
            {"A": ("c", "d"), "B": ("c", "d")},
            {("weak", "only"): "1/2", ("strong", "only"): "1/2"},
            lambda _types, _actions: (0, 0),
        ),
        "is not told from",
    ),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_is_no_signalling_game_is_told_in_one_line(name: str) -> None:
    make, said = UNLIKE[name]
    with pytest.raises(InputError) as told:
        signalling_game(make())
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_messages_are_answered_by_one_player() -> None:
    def choice() -> Decision:
        ends = [Decision(who, {k: Outcome((0, 0, 0)) for k in "lr"}, f"by {who}") for who in "BC"]
        return Decision("A", {"x": ends[0], "y": ends[1]})

    with pytest.raises(InputError, match="answered by different players"):
        signalling_game(ExtensiveGame(("A", "B", "C"), Chance({"s": ("1/2", choice()), "w": ("1/2", choice())})))


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("first", "second", "third", "kind"),
    [
        ({"x": 1}, {"x": 1}, {"x": 1}, "pooling"),
        ({"x": HALF, "y": HALF}, {"x": HALF, "y": HALF}, {"x": HALF, "y": HALF}, "pooling"),
        ({"x": 1}, {"y": 1}, {"z": 1}, "separating"),
        ({"x": 1}, {"y": HALF, "w": HALF}, {"z": 1}, "separating"),
        ({"x": 1}, {"y": 1}, {"y": 1}, "partially pooling"),
        ({"x": 1}, {"x": HALF, "y": HALF}, {"z": 1}, "hybrid"),
    ],
)
def test_what_messages_say_in_a_word(first: Any, second: Any, third: Any, kind: str) -> None:
    messages = {m: reply(f"after {m}") for m in "xyzw"}
    game = drawn(*(sends(f"A{k}", **messages) for k in range(3)), odds=("1/3", "1/3", "1/3"))
    strategies = {f"A{k}": {m: own.get(m, 0) for m in "xyzw"} for k, own in enumerate((first, second, third))}
    assert signalling_kind(game, strategies) == kind
