"""Every way to write a game in a document gives the game that was meant, exactly."""

import json
from fractions import Fraction
from textwrap import dedent

import pytest
import sympy

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.formats import documents
from games.formats.documents import from_json, from_toml
from games.formulas.relations import Related
from games.parameters import Unit

MEANT = StrategicGame(
    {"Japan": ("Sanction", "Abstain"), "Russia": ("Retaliate", "Ignore", "Yield")},
    {
        ("Sanction", "Retaliate"): (-1, Fraction(-1, 10)),
        ("Sanction", "Ignore"): (0, -1),
        ("Sanction", "Yield"): (2, -2),
        ("Abstain", "Retaliate"): (-1, 0),
        ("Abstain", "Ignore"): (0, 1),
        ("Abstain", "Yield"): (Fraction(1, 3), 0),
    },
)
PLAYERS = '["Japan", "Russia"]'
TABLE = '{ Japan = ["Sanction", "Abstain"], Russia = ["Retaliate", "Ignore", "Yield"] }'
LISTS = '[["Sanction", "Abstain"], ["Retaliate", "Ignore", "Yield"]]'
BY_PLAYER = '{ Japan = [[-1, 0, 2], [-1, 0, "1/3"]], Russia = [[-0.1, -1, -2], [0, 1, 0]] }'
CELLS = '[[[-1, -0.1], [0, -1], [2, "-2"]], [[-1.0, 0], [0, 1e0], ["1/3", 0]]]'
ROWS = {
    ("Sanction", "Retaliate"): "[-1, -0.1]",
    ("Sanction", "Ignore"): "{ Russia = -1, Japan = 0 }",
    ("Sanction", "Yield"): "[2, -2]",
    ("Abstain", "Retaliate"): '["-2/2", 0]',
    ("Abstain", "Ignore"): '["2 - 2", "max(1, 1/2)"]',
    ("Abstain", "Yield"): '["1/3", 0]',
}


def keyed(joint: str) -> str:
    return "{ " + ", ".join(f'"{joint.join(profile)}" = {row}' for profile, row in ROWS.items()) + " }"


def listed(profile: str) -> str:
    return "[" + ", ".join("{ " + profile.format(*p) + f", payoffs = {row} }}" for p, row in ROWS.items()) + "]"


@pytest.mark.parametrize(
    "payoffs",
    [
        BY_PLAYER,
        CELLS,
        keyed(", "),
        keyed(","),
        keyed("/"),
        keyed(" | "),
        listed('profile = ["{}", "{}"]'),
        listed('profile = "{}, {}"'),
        listed('strategies = {{ Russia = "{1}", Japan = "{0}" }}'),
    ],
)
@pytest.mark.parametrize("strategies", [TABLE, f"{LISTS}\nplayers = {PLAYERS}", f"{TABLE}\nplayers = {PLAYERS}"])
def test_every_way_of_writing_payoffs_gives_the_same_game(strategies: str, payoffs: str) -> None:
    game = from_toml(f"strategies = {strategies}\npayoffs = {payoffs}", "example").game
    assert game == MEANT
    assert game.players == MEANT.players
    assert all(type(value) in (int, Fraction) for value in game.entries)


@pytest.mark.parametrize(
    ("document", "players"),
    [
        (f"payoffs = {BY_PLAYER}", ("Japan", "Russia")),
        (f"payoffs = {CELLS}", ("Row", "Column")),
        (f"players = {PLAYERS}\npayoffs = {CELLS}", ("Japan", "Russia")),
    ],
)
def test_without_labels_arrays_number_the_strategies(document: str, players: tuple[str, str]) -> None:
    game = from_toml(document, "example").game
    assert game.strategies == dict(zip(players, (("1", "2"), ("1", "2", "3")), strict=True))
    assert game.entries == MEANT.entries


def test_the_list_of_players_decides_their_order() -> None:
    swapped = from_toml(
        f'players = ["Russia", "Japan"]\nstrategies = {TABLE}\npayoffs = {{\
        Japan = [[-1, -1], [0, 0], [2, "1/3"]], Russia = [[-0.1, 0], [-1, 1], [-2, 0]] }}'.replace("\\\n", ""),
        "x",
    )
    assert swapped.game.players == ("Russia", "Japan")
    assert swapped.game.payoff(("Yield", "Sanction"), "Japan") == 2


@pytest.mark.parametrize("payoffs", ["[[1], [2]]", "{ A = [1, 2] }", "{ x = [1], y = [2] }"])
def test_one_player(payoffs: str) -> None:
    game = from_toml(f'strategies = {{ A = ["x", "y"] }}\npayoffs = {payoffs}', "one").game
    assert game == StrategicGame({"A": ("x", "y")}, {("x",): (1,), ("y",): (2,)})


def test_three_players() -> None:
    cells = [[[[i + j + k, i - j, k] for k in (0, 1)] for j in (0, 1)] for i in (0, 1)]
    by_player = {
        name: [[[cell[n] for cell in row] for row in plane] for plane in cells] for n, name in enumerate("ABC")
    }
    first = from_json(json.dumps({"players": list("ABC"), "payoffs": cells}), "three").game
    assert first == from_json(json.dumps({"payoffs": by_player}), "three").game
    assert first.payoff(("2", "1", "2"), "B") == 1


def test_labels_may_hold_what_joins_profiles() -> None:
    text = '{"strategies": {"A": ["a/b", "c"], "B": ["d", "e, f"]}, "payoffs": %s}'
    keys = '{"a/b, d": [1, 2], "a/b | e, f": [3, 4], "c/d": [5, 6], "c | e, f": [7, 8]}'
    assert from_json(text % keys, "joined").game.entries == (1, 2, 3, 4, 5, 6, 7, 8)


def test_a_key_that_may_mean_two_profiles_is_refused() -> None:
    text = '{"strategies": {"A": ["a", "a, b"], "B": ["c", "b/c"]}, "payoffs": {"a, b/c": [1, 2]}}'
    with pytest.raises(InputError, match="may mean several profiles"):
        from_json(text, "joined")


MODEL = """
name = "escalation"
title = "Escalation"
story = '''
Two lines,
and a third.'''
question = "Who yields?"
assumptions = ["cost >= 0", "2*gain > 1 - cost"]

[parameters]
gain = 1
cost = { default = 0.4, low = "-1/10", high = 2, meaning = "cost of escalating", unit = "payoff" }
p = { default = "1/3", low = 0, high = 1, unit = "probability" }
d = { default = 0.9, unit = "discount factor per round" }

[payoffs]
Row = [["gain - cost", "gain"], ["d*p*0", "min(gain, cost)"]]
Column = [[0, "-gain**2/3"], [0.5, 0]]
"""


def test_formulas_stay_formulas_and_numbers_become_numbers() -> None:
    model = from_toml(MODEL, "file")
    gain, cost = sympy.symbols("gain cost")
    assert model.game.matrix("Row") == [[gain - cost, gain], [0, sympy.Min(gain, cost)]]
    assert model.game.matrix("Column") == [[0, -(gain**2) / 3], [Fraction(1, 2), 0]]
    assert type(model.game.payoff(("2", "1"), "Row")) is Fraction
    assert model.at(cost="1/2").payoff(("1", "1"), "Row") == Fraction(1, 2)


def test_what_is_said_about_a_model_is_read() -> None:
    model = from_toml(MODEL, "file")
    assert (model.name, model.title, model.question) == ("escalation", "Escalation", "Who yields?")
    assert model.story == "Two lines,\nand a third."
    gain, cost, p, d = model.parameters
    assert (gain.default, gain.low, gain.high, gain.unit) == (1, 1, 1, Unit.PAYOFF)
    assert (cost.default, cost.low, cost.high) == (Fraction(2, 5), Fraction(-1, 10), 2)
    assert cost.meaning == "cost of escalating"
    assert (p.default, p.unit, d.unit) == (Fraction(1, 3), Unit.PROBABILITY, Unit.DISCOUNT)
    assert [assumption.relation for assumption in model.assumptions] == [
        Related(cost.symbol, ">=", 0),
        Related(2 * gain.symbol, ">", 1 - cost.symbol),
    ]
    with pytest.raises(InputError, match="assumes cost"):
        model.at(cost=-1)


def test_the_name_is_the_files_unless_given() -> None:
    model = from_toml(f"payoffs = {BY_PLAYER}", "standoff")
    assert (model.name, model.title) == ("standoff", "standoff")
    assert from_toml(f'name = "x"\npayoffs = {BY_PLAYER}', "standoff").title == "x"


TREE = """
players = ["Japan", "Russia"]
[parameters]
p = { default = 0.25, low = 0, high = 1, unit = "probability" }
[tree]
player = "Japan"
[tree.actions.Wait]
payoffs = [0, 0.5]
[tree.actions.Sanction.chance]
strong = { probability = "p", then = { player = "Russia", information_set = "R", actions = { Retaliate = { \
payoffs = [-1, 1] }, Yield = { payoffs = { Russia = 0, Japan = 1 } } } } }
[tree.actions.Sanction.chance.weak]
probability = "1 - p"
[tree.actions.Sanction.chance.weak.then]
player = "Russia"
information_set = "R"
[tree.actions.Sanction.chance.weak.then.actions]
Retaliate = { payoffs = [-1, -2] }
Yield = { payoffs = [1, 0] }
"""


def test_a_tree() -> None:
    model = from_toml(TREE, "tree")

    def answer(retaliating: int) -> Decision:
        return Decision("Russia", {"Retaliate": Outcome((-1, retaliating)), "Yield": Outcome((1, 0))}, "R")

    meant = ExtensiveGame(
        ("Japan", "Russia"),
        Decision(
            "Japan",
            {
                "Wait": Outcome((0, Fraction(1, 2))),
                "Sanction": Chance({"strong": (Fraction(1, 4), answer(1)), "weak": (Fraction(3, 4), answer(-2))}),
            },
        ),
    )
    assert model.at() == meant
    assert model.game.information_sets["R"].paths == (("Sanction", "strong"), ("Sanction", "weak"))


def test_numbers_in_a_tree_are_exact() -> None:
    game = from_toml(TREE.replace('"p"', "0.1").replace('"1 - p"', '"9/10"'), "tree").game
    assert all(type(value) in (int, Fraction) for value in game.entries)


@pytest.mark.parametrize("moves", [90, 91])
def test_a_tree_has_at_most_ninety_moves(moves: int) -> None:
    toml = 'players = ["A"]\n'
    for depth in range(moves):
        toml += f'[tree{".actions.on" * depth}]\nplayer = "A"\nactions.stop.payoffs = [{depth}]\n'
    toml += f"[tree{'.actions.on' * moves}]\npayoffs = [1]\n"
    node: object = {"payoffs": [1]}
    for depth in reversed(range(moves)):
        node = {"player": "A", "actions": {"stop": {"payoffs": [depth]}, "on": node}}
    if moves > 90:
        for read, text in ((from_toml, toml), (from_json, json.dumps({"players": ["A"], "tree": node}))):
            with pytest.raises(InputError, match="deeper than 90 moves"):
                read(text, "deep")
        return
    game = from_toml(toml, "deep").game
    assert game == from_json(json.dumps({"players": ["A"], "tree": node}), "deep").game
    assert len(game.outcomes) == 91


def test_a_chain_of_ninety_chance_moves_is_read() -> None:
    node: object = {"player": "A", "actions": {"stop": {"payoffs": [1]}}}
    for _ in range(89):
        node = {"chance": {"on": {"probability": 1, "then": node}}}
    game = from_json(json.dumps({"players": ["A"], "tree": node}), "deep").game
    assert len(next(iter(game.outcomes))) == 90


def test_the_example_of_the_definition() -> None:
    _, _, example = (documents.__doc__ or "").partition("An example::")
    model = from_toml(dedent(example), "example")
    assert model.game.players == ("Japan", "Russia")
    assert model.at().payoff(("Sanction", "Retaliate"), "Russia") == Fraction(3, 5)


def test_a_game_from_a_file_can_be_solved() -> None:
    (equilibrium,) = solve(from_json('{"payoffs": [[[3, 3], [0, 5]], [[5, 0], [1, 1]]]}', "dilemma").game)
    assert str(equilibrium) == "Row: 2, Column: 2"


def test_a_printed_minus_sign_is_read() -> None:
    minus = "\N{MINUS SIGN}"
    text = f'parameters.c = "{minus}1/2"\nstrategies.A = ["x", "y"]\npayoffs.A = ["{minus}3", "2 {minus} c"]'
    assert from_toml(text, "g").at().entries == (-3, Fraction(5, 2))


def test_a_minus_sign_is_no_digit_of_an_integer() -> None:
    longest = "-" + "9" * 400
    game = from_json(f'{{"strategies": {{"A": ["x", "y"]}}, "payoffs": {{"A": [{longest}, 0]}}}}', "g")
    assert game.at().entries == (int(longest), 0)
    with pytest.raises(InputError, match="a number of 401 digits"):
        from_json(f'{{"payoffs": {longest}9}}', "g")


def test_a_label_in_a_file_has_no_character_that_cannot_be_seen() -> None:
    with pytest.raises(InputError, match="cannot be seen; leave it out"):
        from_toml('strategies.A = ["x", "x\\u200b"]\npayoffs.A = [1, 2]', "g")
    with pytest.raises(InputError, match=r"the title .* cannot be seen; leave it out"):
        from_toml('title = "a\\u202eb"\nstrategies.A = ["x"]\npayoffs.A = [1]', "g")
