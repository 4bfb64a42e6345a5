"""Stochastic and Bayesian games in a file: the same games as in Python, and one line for what is none."""

from pathlib import Path

import pytest

from analyses.cli import main
from games import BayesianGame, InputError, StochasticGame, StrategicGame, solve
from games.formats.documents import from_toml

STOCHASTIC = """
discount = "1/2"
start = "calm"

[parameters]
stake = 2

[states.calm]
strategies = { Row = ["push", "wait"], Column = ["push", "wait"] }
payoffs.Row = [["stake", "-stake"], ["-stake", "stake"]]
payoffs.Column = [["-stake", "stake"], ["stake", "-stake"]]
next."push, push" = { storm = 1 }
next."push/wait" = { storm = "1/3", calm = "2/3" }

[states.storm]
strategies = { Row = ["hold"], Column = ["hold"] }
payoffs = [[[0, 0]]]
"""

BAYESIAN = """
[types]
Seller = ["good", "bad"]
Buyer = ["any"]

[actions]
Seller = ["sell", "keep"]
Buyer = ["buy", "pass"]

[prior."good, any"]
probability = "1/2"
payoffs.Seller = [[2, 3], [3, 3]]
payoffs.Buyer = [[2, 0], [0, 0]]

[prior."bad, any"]
probability = "1/2"
payoffs.Seller = [[2, 0], [0, 0]]
payoffs.Buyer = [[-1, 0], [0, 0]]
"""


def test_a_stochastic_game_is_read_as_it_is_written_in_python() -> None:
    menus = {"Row": ("push", "wait"), "Column": ("push", "wait")}
    calm = StrategicGame.bimatrix([[2, -2], [-2, 2]], [[-2, 2], [2, -2]], menus)
    storm = StrategicGame({"Row": ("hold",), "Column": ("hold",)}, {("hold", "hold"): (0, 0)})
    moves = {"calm": {("push", "push"): {"storm": 1}, ("push", "wait"): {"storm": "1/3", "calm": "2/3"}}}
    assert from_toml(STOCHASTIC, "s").at() == StochasticGame({"calm": calm, "storm": storm}, moves, "1/2")


def test_a_bayesian_game_is_read_as_it_is_written_in_python() -> None:
    game = from_toml(BAYESIAN, "b").at()
    assert isinstance(game, BayesianGame)
    paid = {("good", "buy"): (2, 2), ("bad", "buy"): (2, -1), ("good", "pass"): (3, 0), ("bad", "pass"): (0, 0)}

    def payoffs(types: tuple[str, ...], actions: tuple[str, ...]) -> tuple[int, ...]:
        if actions[0] == "keep":
            return (3 if types[0] == "good" else 0, 0)
        return paid[types[0], actions[1]]

    same = BayesianGame(game.types, game.actions, game.prior, payoffs)
    assert (game.players, game.tree()) == (("Seller", "Buyer"), same.tree())
    assert solve(game)


@pytest.mark.parametrize(
    ("text", "concept"), [(STOCHASTIC, "discounted-value"), (BAYESIAN, "nash")], ids=["stochastic", "bayesian"]
)
def test_the_commands_take_such_a_file(
    text: str, concept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "game.toml"
    path.write_text(text, "utf-8")
    for command in ("show", "solve", "explain", "compare"):
        assert main([command, str(path)]) == 0
        shown = capsys.readouterr().out
        assert shown.strip()
        assert concept in shown or command == "show"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (STOCHASTIC.replace('discount = "1/2"', ""), "the document has no 'discount'; give it"),
        (STOCHASTIC.replace("storm = 1 ", "war = 1 "), "'war', which is no state"),
        (STOCHASTIC.replace('"push, push"', '"push, pull"'), "next in calm has the key 'push, pull', which is no prof"),
        (STOCHASTIC.replace("next.", "after."), "the state calm has the unknown key 'after'"),
        (STOCHASTIC + '[tree]\nplayer = "Row"', "has both tree and states"),
        (BAYESIAN.replace("[actions]", "[doings]"), "unknown key 'doings'"),
        (BAYESIAN.replace('"good, any"', '"fine, any"'), "prior has the key 'fine, any', which is no profile"),
        (BAYESIAN.replace('"good, any"', '"bad / any"'), "gives the types .* twice"),
        (BAYESIAN.replace("probability", "odds"), "has the unknown key 'odds'"),
        (BAYESIAN.replace("payoffs.Buyer = [[2, 0], [0, 0]]", ""), "has no 'Buyer'"),
    ],
)
def test_what_is_no_such_game_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        solve(from_toml(text, "x").at())
    assert "\n" not in str(refused.value)
