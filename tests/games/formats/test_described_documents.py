"""Graph models and repeated games in a file, and what a file says of its model: as in Python, or one line of error."""

import re
from fractions import Fraction

import pytest
import sympy

from games import GraphModel, InputError, RepeatedGame, StrategicGame, solve
from games.formats.documents import from_toml
from games.literature import Reference
from games.sources import Assumed, Cited, Quoted

GRAPH = """
[parameters]
stake = 3

[moves]
Sender.Calm = ["Sanctions"]
Sender.Sanctions = ["Calm"]
Target.Sanctions = ["Escalation"]

[payoffs]
Calm = [0, "stake"]
Sanctions = [1, "1/2"]
Escalation = { Target = 0, Sender = -2 }
"""

REPEATED = """
start = "peace"

[discounts]
Sender = "9/10"
Target = "patience"

[parameters]
patience = { default = "1/2", low = 0, high = "99/100", unit = "discount" }

[stages.peace]
strategies = { Sender = ["keep", "break"], Target = ["keep", "break"] }
payoffs.Sender = [[2, 0], [3, 1]]
payoffs.Target = [[2, 3], [0, 1]]
next."keep, break" = { war = 1 }

[stages.war]
strategies = { Sender = ["fight"], Target = ["fight"] }
payoffs = [[[0, 0]]]
"""

TOLD = """
title = "A threat"
question = "Does it work?"
players = ["Sender", "Target"]
axes = ["c", "h"]
unknown = ["Who else watches"]
assumptions = ["c >= 0", { relation = "h >= c", reason = "harm is greater than cost" }]
outcome_words = [{ path = ["Threaten"], words = "A threat" }, { path = ["Threaten", "Yield"], words = "Success" }]
asked = [{ outcome = "Success" }, { outcome = "A threat", after = ["Threaten"] }]
references = [{ authors = "A. Scholar", year = 1999, title = "On Games", published = "Journal of Games 1(2): 3–4" }]

[parameters.c]
default = 1
high = 3
low = 0
meaning = "cost"
source = "A report, page 3"

[parameters.h]
default = 2
high = 4
low = 0
source = { work = "A commentary", paragraph = 2, phrase = "a heavy price" }

[choice_words]
Yield = "the threat is believed"

[shorthand]
n = "h - c"

[tree]
player = "Sender"
actions.Refrain.payoffs = [0, 0]
actions.Threaten.player = "Target"
actions.Threaten.actions.Yield.payoffs = [1, -1]
actions.Threaten.actions.Resist.payoffs = ["-c", "-h"]
"""


def test_a_graph_model_is_read_as_it_is_written_in_python() -> None:
    moves = {"Sender": {"Calm": ("Sanctions",), "Sanctions": ("Calm",)}, "Target": {"Sanctions": ("Escalation",)}}
    paid = {"Calm": (0, 3), "Sanctions": (1, Fraction(1, 2)), "Escalation": (-2, 0)}
    assert from_toml(GRAPH, "g").at() == GraphModel(paid, moves)
    assert [e.outcomes[0].path for e in solve(from_toml(GRAPH, "g").at())] == [("Sanctions",), ("Escalation",)]


def test_a_repeated_game_is_read_as_it_is_written_in_python() -> None:
    peace = StrategicGame.bimatrix(
        [[2, 0], [3, 1]], [[2, 3], [0, 1]], {"Sender": ("keep", "break"), "Target": ("keep", "break")}
    )
    war = StrategicGame({"Sender": ("fight",), "Target": ("fight",)}, {("fight", "fight"): (0, 0)})
    stays = {profile: {"peace": 1} for profile in peace.profiles}
    moves = {"peace": {**stays, ("keep", "break"): {"war": 1}}}
    game = RepeatedGame({"peace": peace, "war": war}, {"Sender": "9/10", "Target": "2/3"}, moves)
    assert from_toml(REPEATED, "r").at(patience="2/3") == game
    kept = "peace: keep, keep"
    assert any(kept in e.outcomes[0].path for e in solve(game)) is not any(
        kept in e.outcomes[0].path for e in solve(from_toml(REPEATED, "r").at(patience=0))
    )


def test_what_a_document_says_of_its_model_is_kept() -> None:
    model = from_toml(TOLD, "threat")
    c, h = sympy.symbols("c h")
    assert (model.title, model.question, model.axes) == ("A threat", "Does it work?", ("c", "h"))
    assert [model.outcome_words(path) for path in model.game.paths] == ["Refrain", "Success", "A threat"]
    assert model.choice_words == {"Yield": "the threat is believed"}
    assert model.shorthand == {"n": h - c}
    assert model.asked == (("Success", ()), ("A threat", ("Threaten",)))
    assert model.unknown == ("Who else watches",)
    assert model.references == (Reference("A. Scholar", 1999, "On Games", "Journal of Games 1(2): 3–4"),)
    sources = [model.by_name[name].source for name in ("c", "h")]
    assert sources == [Cited("A report, page 3"), Quoted("A commentary", 2, "a heavy price")]
    assert [a.reason for a in model.assumptions] == ["given in the file", "harm is greater than cost"]
    assert isinstance(from_toml(GRAPH, "g").by_name["stake"].source, Assumed)


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (GRAPH, 'Calm = ["Sanctions"]', 'Calm = ["Peace"]', "Sender moves from or to 'Peace', which is no state"),
        (GRAPH, 'Calm = ["Sanctions"]', 'Calm = "Sanctions"', "what Sender can move to from Calm must be a list"),
        (GRAPH, 'Calm = [0, "stake"]', "Calm = [0]", "1 payoffs are given in the state Calm; 2 are needed"),
        (REPEATED, 'Target = "patience"', "", "discount factors are given for Sender; give one for Sender, Target"),
        (REPEATED, '"9/10"', "1", "the discount factor of Sender"),
        (REPEATED, "{ war = 1 }", "{ war = 2 }", "from peace after keep, break"),
        (REPEATED, "{ war = 1 }", "{ hell = 1 }", "'hell'"),
        (
            TOLD,
            '["Threaten", "Yield"], w',
            '["Threaten", "Give in"], w',
            "no path of the game begins with 'Thr",
        ),
        (TOLD, 'outcome = "Success"', 'outcome = "Sucess"', "there is no outcome 'Sucess'.*did you mean .*Success"),
        (TOLD, 'axes = ["c", "h"]', 'axes = ["c"]', "axes has 1 parameters; give two"),
        (
            TOLD,
            "paragraph = 2",
            "paragraph = 0",
            "the source of h: paragraph must be a number from 1",
        ),
        (TOLD, 'reason = "', 'why = "', "an assumption has the unknown key 'why'; allowed are relation, reason"),
        (TOLD, "year = 1999", 'year = "1999"', "references, number 1: year must be a number from 1"),
        (TOLD, 'n = "h - c"', 'n = "h - q"', "q"),
        (TOLD, 'n = "h - c"', 'c = "h - c"', "the shorthand c is the name of a parameter"),
    ],
)
def test_a_mistake_is_told_in_one_line(text: str, old: str, new: str, message: str) -> None:
    assert old in text
    with pytest.raises(InputError, match=message) as raised:
        from_toml(text.replace(old, new), "game")
    assert not re.search("[\n\r]", str(raised.value))
