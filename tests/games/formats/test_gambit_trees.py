"""Gambit's ``.efg`` files: every kind of node is read exactly, what is written is read back, the rest is refused."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import symbols

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, solve
from games.formats.efg import extensive_game, read_efg, write_efg
from games.forms.extensive import DEEPEST, Node

HALF = Fraction(1, 2)


def leaf(*payoffs: object) -> Outcome:
    return Outcome(payoffs)


HORSE = """EFG 2 R "Selten's horse" { "One" "Two" "Three" }
"Selten (1975), Figure 1:
neither the second nor the third player can be sure of a move."

p "root" 1 1 "One's" { "D" "C" } 0
p "left" 3 1 "Three's" { "L" "R" } 0
t "" 1 "LD" { 0, 0, 0 }
t "" 2 "RD" { 3 2 2 }
p "" 2 1 "Two's" { "d" "c" } 0
p "right" 3 1 0
t "" 3 "Ld" { 4, 4, 0 }
t "" 4 "Rd" { 0, 0, 1 }
t "" 5 "end" { 1, 1, 1 }
"""


def test_seltens_horse() -> None:
    def third(left: Outcome, right: Outcome) -> Decision:
        return Decision("Three", {"L": left, "R": right}, "Three's")

    down = third(leaf(0, 0, 0), leaf(3, 2, 2))
    second = Decision("Two", {"d": third(leaf(4, 4, 0), leaf(0, 0, 1)), "c": leaf(1, 1, 1)}, "Two's")
    model = read_efg(HORSE, "horse")
    assert model.game == ExtensiveGame(("One", "Two", "Three"), Decision("One", {"D": down, "C": second}, "One's"))
    assert (model.name, model.title) == ("horse", "Selten's horse")
    assert model.story.startswith("Selten (1975), Figure 1:\nneither")
    assert not extensive_game(HORSE)[1].has_perfect_information


def test_kuhn_poker() -> None:
    """Kuhn (1950), A simplified two-person poker: each antes 1 and may bet 1, the higher of two cards wins."""
    deals = list(permutations("KQJ", 2))
    events = " ".join(f'"{"".join(deal)}" 1/6' for deal in deals)
    lines = ['EFG 2 R "Kuhn poker" { "A" "B" }', f'c "" 1 "deal" {{ {events} }} 0']
    for first, second in deals:
        won = 1 if "KQJ".index(first) < "KQJ".index(second) else 2
        mine, hers = "KQJ".index(first) + 1, "KQJ".index(second) + 1
        lines += [
            f'p "" 1 {mine} "A has {first}" {{ "check" "bet" }} 0',
            f'p "" 2 {hers} "B has {second}, A checked" {{ "check" "bet" }} 0',
            f't "" {won} "{won} wins the antes" {{ {["1, -1", "-1, 1"][won - 1]} }}',
            f'p "" 1 {mine + 3} "A has {first}, B bets" {{ "fold" "call" }} 0',
            't "" 2 "2 wins the antes" { -1, 1 }',
            f't "" {won + 2} "{won} wins the bets" {{ {["2, -2", "-2, 2"][won - 1]} }}',
            f'p "" 2 {hers + 3} "B has {second}, A bets" {{ "fold" "call" }} 0',
            't "" 1 "1 wins the antes" { 1, -1 }',
            f't "" {won + 2} "{won} wins the bets" {{ {["2, -2", "-2, 2"][won - 1]} }}',
        ]

    def stakes(deal: tuple[str, str], pot: int) -> Outcome:
        won = pot if "KQJ".index(deal[0]) < "KQJ".index(deal[1]) else -pot
        return leaf(won, -won)

    def hand(deal: tuple[str, str]) -> Node:
        a, b = deal
        answer = Decision("A", {"fold": leaf(-1, 1), "call": stakes(deal, 2)}, f"A has {a}, B bets")
        called = Decision("B", {"fold": leaf(1, -1), "call": stakes(deal, 2)}, f"B has {b}, A bets")
        checked = Decision("B", {"check": stakes(deal, 1), "bet": answer}, f"B has {b}, A checked")
        return Decision("A", {"check": checked, "bet": called}, f"A has {a}")

    meant = ExtensiveGame(("A", "B"), Chance({"".join(deal): (Fraction(1, 6), hand(deal)) for deal in deals}))
    full = "\n".join(lines)
    assert extensive_game(full)[1] == meant
    assert len(meant.information_sets) == 12
    assert extensive_game(write_efg(meant))[1] == meant


STAGES = """EFG 2 R "Two stages" { "A" "B" }
p "" 1 7 "first" { "stay" "move" } 9 "toll" { -1, 1/2 }
c "" 3 "weather" { "dry" .25 "wet" 0.75 } 2 "bonus" { 10, 0 }
t "" 0
p "" 2 7 "second" { "yes" "no" } 9
t "" 2
t "" 4 "end" { 0.5 0.5 }
t "" 2 "bonus" { 10, 0.0 }
"""


def test_payoffs_at_inner_nodes_add_up_along_the_path() -> None:
    game = extensive_game(STAGES)[1]
    assert {path: outcome.payoffs for path, outcome in game.outcomes.items()} == {
        ("stay", "dry"): (9, HALF),
        ("stay", "wet", "yes"): (18, 1),
        ("stay", "wet", "no"): (Fraction(17, 2), Fraction(3, 2)),
        ("move",): (9, HALF),
    }
    dry, wet = leaf(9, HALF), Decision("B", {"yes": leaf(18, 1), "no": leaf("17/2", "3/2")}, "second")
    stay = Chance({"dry": ("1/4", dry), "wet": ("3/4", wet)})
    assert game == ExtensiveGame(("A", "B"), Decision("A", {"stay": stay, "move": leaf(9, HALF)}, "first"))


def test_descriptions_may_be_left_out_once_given() -> None:
    full = STAGES.replace('t "" 2\n', 't "" 2 "bonus" { 10, 0 }\n').replace("9\nt", '9 "toll" { -1 0.5 }\nt')
    assert full != STAGES
    assert extensive_game(full)[1] == extensive_game(STAGES)[1]


def tree(nodes: str, players: str = '"A" "B"') -> ExtensiveGame:
    return extensive_game(f'EFG 2 R "" {{ {players} }}\n{nodes}')[1]


def test_names_of_outcomes_and_of_sets_may_be_left_out() -> None:
    assert tree('p "" 1 1 { "a" "b" } 0 t "" 1 { 1 2 } t "" 1') == tree(
        'p "" 1 1 "" { "a" "b" } 0 t "" 1 "o" { 1 2 } t "" 1 "o"'
    )


def test_a_set_without_a_name_is_named_after_its_path() -> None:
    game = tree('p "" 1 1 "" { "a" "b" } 0 p "" 2 1 "" { "c" } 0 t "" 0 t "" 0')
    assert list(game.information_sets) == ["A at the start", "B after a"]
    assert isinstance(game.root, Decision)
    assert game.root.information_set is None


def test_a_set_of_several_decisions_without_a_name_is_named_after_its_player() -> None:
    game = tree('p "" 1 1 "B, set 5" { "a" "b" } 0 p "" 2 5 "" { "c" } 0 t "" 0 p "" 2 5 "" { "c" } 0 t "" 0')
    assert list(game.information_sets) == ["B, set 5", "B, set 5′"]
    assert game.information_sets["B, set 5′"].paths == (("a",), ("b",))


def test_sets_that_share_a_name_are_told_apart() -> None:
    game = tree('p "" 1 1 "x" { "a" "b" } 0 p "" 2 1 "x" { "c" } 0 t "" 0 p "" 1 2 "x" { "c" } 0 t "" 0')
    assert list(game.information_sets) == ["x (A, set 1)", "x (B, set 1)", "x (A, set 2)"]


def test_names_by_path_that_read_alike_are_replaced() -> None:
    first = 'p "" 1 1 "top" { "a, b" "a" } 0 p "" 2 1 "" { "c" } 0 t "" 0'
    game = tree(f'{first} p "" 1 2 "" {{ "b" }} 0 p "" 2 2 "" {{ "c" }} 0 t "" 0')
    assert list(game.information_sets) == ["top", "B, set 1", "A, set 2", "B, set 2"]


def test_labels_are_made_usable() -> None:
    game = tree('p "" 1 1 "" { "a" "a" "" } 0 c "" 1 "" { "e" 1 "e" 0 } 0 t "" 0 t "" 0 t "" 0 t "" 0', '"" "A" "A"')
    assert game.players == ("Player 1", "A", "A (3)")
    assert list(game.outcomes) == [("a", "e"), ("a", "e (2)"), ("a (2)",), ("3",)]


def test_what_is_written() -> None:
    game = ExtensiveGame(
        ('A "one"', "B"),
        Decision(
            'A "one"',
            {
                "x": Decision("B", {"l": leaf(1, "1/3"), "r": leaf(0, 0)}, "B\\"),
                "y": Chance(
                    {
                        "h": ("1/3", Decision("B", {"r": leaf(2, 2), "l": leaf(3, "-0.1")}, "B\\")),
                        "t": ("2/3", leaf(0, 0)),
                    }
                ),
            },
        ),
    )
    text = write_efg(game, "Title")
    assert text == (
        'EFG 2 R "Title" { "A \\"one\\"" "B" }\n'
        "\n"
        'p "" 1 1 "" { "x" "y" } 0\n'
        'p "" 2 1 "B\\\\" { "l" "r" } 0\n'
        't "" 1 "" { 1, 1/3 }\n'
        't "" 2 "" { 0, 0 }\n'
        'c "" 1 "" { "h" 1/3 "t" 2/3 } 0\n'
        'p "" 2 1 "B\\\\" { "l" "r" } 0\n'
        't "" 3 "" { 3, -1/10 }\n'
        't "" 4 "" { 2, 2 }\n'
        't "" 5 "" { 0, 0 }\n'
    )
    assert read_efg(text, "file").game == game


def chain(moves: int) -> str:
    return "".join(f'p "" 1 {move} "" {{ "on" "off" }} 0\n' for move in range(1, moves + 1)) + 't "" 0\n' * (moves + 1)


def test_the_deepest_tree() -> None:
    game = tree(chain(DEEPEST))
    assert max(map(len, game.outcomes)) == DEEPEST
    assert extensive_game(write_efg(game))[1] == game
    for moves in (DEEPEST + 1, 20_000):
        with pytest.raises(InputError, match=f"^line {DEEPEST + 2}: the tree is deeper than {DEEPEST} moves$"):
            tree(chain(moves))


def test_many_nodes_are_read_in_time() -> None:
    game = tree('p "" 1 1 "" { ' + '"" ' * 10_000 + "} 0\n" + 't "" 0\n' * 10_000)
    assert len(game.outcomes) == 10_000


def test_payoffs_that_add_up_to_endless_numbers() -> None:
    nodes = "".join(f'p "" 1 {move} "" {{ "on" }} {move} "" {{ 1/{10**390 + move} 0 }}\n' for move in range(1, DEEPEST))
    with pytest.raises(InputError, match=r"^line 5: the payoffs on the path to this node add up to a number that is"):
        tree(nodes + 't "" 0')


def test_a_game_that_is_read_can_be_solved() -> None:
    game = tree(
        'p "" 1 1 "" { "in" "out" } 0 p "" 2 1 "" { "fight" "yield" } 0 t "" 1 "" { -1 -1 } t "" 2 "" { 2 1 } t "" 0'
    )
    assert solve(game)[0].payoffs == {"A": 2, "B": 1}


HEAD = 'EFG 2 R "T" { "A" "B" }\n'
ONE = HEAD + 'p "" 1 1 "i" { "a" "b" } 0\n'
TOSS = HEAD + 'p "" 1 1 "" { "a" "b" } 0\nc "" 1 "" { "h" 1/2 "t" 1/2 } 0\nt "" 0\nt "" 0\n'
REFUSED = [
    ("", "line 1: expected the kind of the file (EFG), found the end of the file"),
    ('NFG 1 R "T" { "A" }', "line 1: expected the kind of the file (EFG), found 'NFG'"),
    ('EFG 1 R "T" { "A" }', "line 1: expected the version of EFG files (2), found '1'"),
    (HEAD, "line 1: expected node 1 of the tree (p or c or t), found the end of the file"),
    (HEAD + '"c" "d"', "line 2: expected node 1 of the tree (p or c or t), found '\"d\"'"),
    (HEAD + "x", "line 2: expected node 1 of the tree (p or c or t), found 'x'"),
    (
        HEAD + 'p"" 1 1 "" { "a" } 0\nt "" 0\nt "" 0',
        "line 4: expected the end of the file after the last node of the t",
    ),
    (HEAD + "p 1 1", "line 2: expected the name of the node in quotation marks, found '1'"),
    (HEAD + 'p "" 3 1 "" { "a" } 0\nt "" 0', "line 2: there is no player 3; the file names 2"),
    (
        HEAD + 'p "" 0 1 "" { "a" } 0\nt "" 0',
        "line 2: expected a whole number from 1, the number of a player, found '0'",
    ),
    (HEAD + 'p "" "A" 1 "" { "a" } 0', "line 2: expected a whole number from 1, the number of a player, found '\"A\"'"),
    (HEAD + 'p "" 1 -1 "" { "a" } 0', "line 2: expected a whole number from 1, the number of an information set, fo"),
    (HEAD + 'p "" 1 99999999999 "" { "a" } 0', "line 2: expected a whole number from 1, the number of an informatio"),
    (HEAD + 'p "" 1 1 0\nt "" 0', "line 2: expected { (the actions, as the number is new), found '0'"),
    (HEAD + 'p "" 1 1 "i" { } 0', "line 2: expected an action in quotation marks, found '}'"),
    (HEAD + 'p "" 1 1 "i" { "a" 1/2 } 0', "line 2: expected an action in quotation marks, found '1/2'"),
    (HEAD + 'p "" 1 1 "i" { "a"\n"b" ', "line 3: expected an action in quotation marks, found the end of the file"),
    (HEAD + 'p "" 1 1 "i" { "a" "\x85" } 0', "line 2: an action '\\x85' has a line break or a control character"),
    (HEAD + 'p "" 1 1 "i\ni" { "a" } 0', "line 2: the name of the information set 'i\\ni' has a line break"),
    (HEAD + f'p "" 1 1 "i" {{ "{"a" * 201}" }} 0', "line 2: an action has 201 characters; at most 200 are allowed"),
    (
        HEAD + 'p "" 1 1 "i" { "a" } t "" 0',
        "line 2: expected a whole number from 0, the number of an outcome, found 't'",
    ),
    (
        ONE + 't "" 0',
        "line 3: expected node 3 of the tree (p or c or t), found the end of the file",
    ),
    (ONE + 't "" 0\nt "" 0\nt "" 0', "line 5: expected the end of the file after the last node of the tree, found 't'"),
    (ONE + 't "" 0\nt "" 0\nEFG', "line 5: expected the end of the file after the last node of the tree, found 'EFG'"),
    (ONE + 't "" 0\nt "" -1', "line 4: expected a whole number from 0, the number of an outcome, found '-1'"),
    (ONE + 't "" 0\nt "" 1', "line 4: expected { (the payoffs of outcome 1, which is new), found the end of the file"),
    (
        ONE + 't "" 0\nt "" 1 "o"',
        "line 4: expected { (the payoffs of outcome 1, which is new), found the end of the file",
    ),
    (
        ONE + 't "" 0 "o" { 1 2 }',
        "line 3: expected the next node, as outcome 0 has neither name nor payoffs, found '\"o\"'",
    ),
    (ONE + 't "" 1 "o" { 1 }', "line 3: expected a number, the payoff of B in outcome 1, found '}'"),
    (ONE + 't "" 1 "o" { 1 2 3 }', "line 3: expected } (the end of outcome 1, which has 2 payoffs), found '3'"),
    (ONE + 't "" 1 "o" { 1 x }', "line 3: expected a number, the payoff of B in outcome 1, found 'x'"),
    (ONE + 't "" 1 "o" { 1 inf }', "line 3: expected a number, the payoff of B in outcome 1, found 'inf'"),
    (ONE + 't "" 1 "o" { 1 2/0 }', "line 3: the payoff of B in outcome 1 is '2/0', which divides by zero"),
    (ONE + 't "" 1 "o" { 1 1e401 }', "line 3: the payoff of B in outcome 1 is '1e401'; its exponent must lie"),
    (
        ONE + 't "" 1 "" { 1 2 }\nt "" 1 "" { 1 3 }',
        "line 4: outcome 1 has other payoffs here than where it first appears",
    ),
    (
        ONE + 'p "" 1 1 "i" { "b" "a" } 0',
        "line 3: information set 1 of A has the actions b, a here, but the actions a, b",
    ),
    (
        ONE + 'p "" 1 1 "i" { "a" } 0',
        "line 3: information set 1 of A has the actions a here, but the actions a, b where",
    ),
    (ONE + 'p "" 1 1 "j" 0', "line 3: information set 1 of A has another name here than where it first appears"),
    (HEAD + 'c "" 1 "" { "h" 1/2 "t" 1/3 } 0', "line 2: the probabilities are 1/2, 1/3, with the sum 5/6; they must"),
    (HEAD + 'c "" 1 "" { "h" 3/2 "t" -1/2 } 0', "line 2: the probabilities are 3/2, -1/2, with the sum 1; they must"),
    (HEAD + 'c "" 1 "" { "h" .333333 "t" .666666 } 0', "with the sum 999999/1000000; they must not be negative and"),
    (HEAD + 'c "" 1 "" { "h" "t" } 0', "line 2: expected a number, the probability of the event, found '\"t\"'"),
    (
        TOSS + 'c "" 1 "" { "h" 1/3 "t" 2/3 } 0',
        "line 6: chance move 1 has the events h, t with the probabilities 1/3, 2/3",
    ),
    (TOSS + 'c "" 2 0', "line 6: expected { (the events, as the number is new), found '0'"),
    ("\x89PNG\r\n\x1a\n\x00", "line 1: expected the kind of the file (EFG), found '\\x89PNG'"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_files_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_efg(text, "file")
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert reason in message


labels = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1, max_size=5) | st.text(
    '\\"{} ,ab', min_size=1, max_size=5
)
usable = labels.filter(lambda label: bool(label.strip()))
numbers = st.integers(-(10**9), 10**9) | st.fractions() | st.decimals(-100, 100, places=3).map(Fraction)


@st.composite
def games(draw: st.DrawFn) -> ExtensiveGame:
    players = tuple(draw(st.lists(usable, min_size=1, max_size=3, unique=True)))
    shared = {
        name: (draw(st.sampled_from(players)), draw(st.lists(usable, min_size=1, max_size=3, unique=True)))
        for name in draw(st.lists(usable, max_size=3, unique=True))
    }

    def distribution(count: int) -> Iterator[Fraction]:
        weights = [draw(st.integers(0, 5)) for _ in range(count)]
        weights[0] += 1
        return (Fraction(weight, sum(weights)) for weight in weights)

    def node(depth: int) -> Node:
        kind = draw(st.sampled_from(["leaf", "decision", "shared", "chance"] if depth else ["decision", "shared"]))
        if depth == 3 or kind == "leaf":
            return Outcome(tuple(draw(numbers) for _ in players))
        if kind == "shared" and shared:
            name = draw(st.sampled_from(sorted(shared)))
            player, actions = shared[name]
            return Decision(player, {action: node(depth + 1) for action in draw(st.permutations(actions))}, name)
        actions = draw(st.lists(usable, min_size=1, max_size=3, unique=True))
        if kind == "chance":
            weights = distribution(len(actions))
            return Chance({event: (next(weights), node(depth + 1)) for event in actions})
        return Decision(draw(st.sampled_from(players)), {action: node(depth + 1) for action in actions})

    try:
        return ExtensiveGame(players, node(0))
    except InputError:
        return ExtensiveGame(players, Decision(players[0], {"a": Outcome(tuple(1 for _ in players))}))


@settings(max_examples=100)
@given(games())
def test_what_is_written_is_read_back(game: ExtensiveGame) -> None:
    model = read_efg(write_efg(game), "file")
    assert isinstance(model.game, ExtensiveGame)
    assert model.game == game
    assert model.game.players == game.players
    assert set(model.game.information_sets) == set(game.information_sets)


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        (Decision("A", {"a": leaf(symbols("x"))}), "formulas"),
        (Decision("A", {"a": leaf(10**500)}), "the payoff of A has more than 400 characters"),
        (
            Chance(
                {"a": (Fraction(1, 10**450), Decision("A", {"a": leaf(1)})), "b": (1 - Fraction(1, 10**450), leaf(1))}
            ),
            "a probability has more than 400",
        ),
    ],
)
def test_games_that_no_file_can_hold(root: Node, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        write_efg(ExtensiveGame(("A",), root))
