"""The extensive form: what it accepts and refuses, information sets, subgames, its numbers, and how it shows itself."""

import random
import re
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
import sympy

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, solve
from games.forms.extensive import Node

SEED = 1953
HOSTILE = "<script>alert(1)</script>"


def tree(root: Any, players: Any = ("A", "B")) -> ExtensiveGame:
    return ExtensiveGame(players, root)


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(payoffs or (0, 0))


def after(child: Any) -> ExtensiveGame:
    """A tree in which ``child`` follows A's action go."""
    return tree(Decision("A", {"stop": leaf(), "go": child}))


def deep(moves: int) -> Node:
    node: Node = leaf(1, 1)
    for _ in range(moves):
        node = Decision("A", {"on": node})
    return node


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "players as text": (lambda: tree(leaf(1), "A"), "the list of players must be a list of labels, not 'A'"),
    "a player twice": (lambda: tree(leaf(), ("A", "A")), "the list of players has the label 'A' twice"),
    "too few payoffs": (lambda: after(leaf(1)), "the outcome after go has 1 payoffs; 2 players need as many"),
    "too many payoffs": (lambda: after(leaf(1, 2, 3)), "the outcome after go has 3 payoffs"),
    "a float": (lambda: after(leaf(1, 0.1)), "the payoff of B after go is the float 0.1, which is not exact"),
    "infinity": (lambda: after(leaf(1, "inf")), "the payoff of B after go is 'inf', not a finite number"),
    "nothing": (lambda: after(leaf(None, 1)), "the payoff of A after go is 'None', not a number"),
    "an unknown mover": (lambda: after(Decision("C", {"x": leaf()})), "'C' chooses after go, but the players are A, B"),
    "no actions": (lambda: after(Decision("B", {})), "the list of actions after go is empty"),
    "a blank action": (lambda: after(Decision("B", {" ": leaf()})), "the list of actions after go has ' '"),
    "no events": (lambda: after(Chance({})), "the list of chance events after go is empty"),
    "a probability below zero": (
        lambda: after(Chance({"x": (-1, leaf()), "y": (2, leaf())})),
        "a chance move after go has the probability -1, which is not between 0 and 1",
    ),
    "probabilities short of one": (
        lambda: after(Chance({"x": ("1/3", leaf()), "y": ("1/3", leaf())})),
        "the probabilities of the chance move after go sum to 2/3; they must sum to 1",
    ),
    "a probability in floats": (
        lambda: after(Chance({"x": (0.5, leaf()), "y": (0.5, leaf())})),
        "the probability of x after go is the float 0.5",
    ),
    "no node": (lambda: after(3), "'3' after go is neither an Outcome nor a Decision nor a Chance"),
    "a blank information set": (lambda: after(Decision("B", {"x": leaf()}, " ")), "a label is text that is not blank"),
    "an information set of two players": (
        lambda: tree(Decision("A", {"x": Decision("A", {"l": leaf()}, "I"), "y": Decision("B", {"l": leaf()}, "I")})),
        "joins a decision of A (l) with one of B (l); its decisions must share player and actions",
    ),
    "an information set of two menus": (
        lambda: tree(Decision("A", {"x": Decision("B", {"l": leaf()}, "I"), "y": Decision("B", {"r": leaf()}, "I")})),
        "joins a decision of B (l) with one of B (r)",
    ),
    "too deep": (lambda: tree(deep(101)), "the tree is deeper than 100 moves"),
    "far too deep": (lambda: tree(deep(5_000)), "the tree is deeper than 100 moves"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_in_one_line(case: str) -> None:
    build, message = REFUSED[case]
    with pytest.raises(InputError) as error:
        build()
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


MISSHAPEN: dict[str, Callable[[], object]] = {
    "payoffs as a number": lambda: after(Outcome(5)),  # type: ignore[arg-type]
    "payoffs as text": lambda: after(Outcome("12")),  # type: ignore[arg-type]
    "actions as a list": lambda: after(Decision("B", ["x"])),  # type: ignore[arg-type]
    "an event without what follows": lambda: after(Chance({"e": 1})),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("case", MISSHAPEN)
def test_a_misshapen_node_is_refused_with_its_place(case: str) -> None:
    with pytest.raises(InputError, match="after go"):
        MISSHAPEN[case]()


@pytest.mark.parametrize("label", ["two\nlines", "a\rb", "bell\x07"], ids=repr)
def test_a_message_about_a_label_with_control_characters_stays_one_line(label: str) -> None:
    games: list[Callable[[], object]] = [
        lambda: tree(Decision("A", {label: leaf(1)})),
        lambda: tree(Decision("A", {"x": Decision("A", {label: leaf()}, "I"), "y": Decision("A", {"r": leaf()}, "I")})),
        lambda: tree(Decision("C", {"x": leaf()}), (label, "B")),
    ]
    for build in games:
        with pytest.raises(InputError) as error:
            build()
        assert len(str(error.value).splitlines()) == 1
        assert "\x07" not in str(error.value)


def test_a_tree_of_exactly_the_greatest_depth() -> None:
    assert len(tree(deep(100)).information_sets) == 100


def test_where_there_is_no_decision_no_information_set_is_named() -> None:
    for path in (("stop",), ("nowhere",)):
        with pytest.raises(InputError, match=f"there is no decision at {path[0]}"):
            after(leaf()).information_set_at(path)


def test_too_many_nodes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from games.forms import extensive

    monkeypatch.setattr(extensive, "MOST_NODES", 4)
    small = Decision("A", {"x": leaf(), "y": leaf(), "z": leaf()})
    assert len(tree(small).nodes) == 4
    with pytest.raises(InputError, match="more than 4 nodes"):
        after(small)


ENTRY = tree(
    Chance(
        {
            "boom": (
                "1/3",
                Decision(
                    "A", {"out": leaf(0, "3/2"), "in": Decision("B", {"fight": leaf(-1, -2), "share": leaf(1, 1)})}
                ),
            ),
            "bust": ("2/3", Decision("A", {"out": leaf(0, 0), "in": leaf(-3, 0)})),
        }
    )
)


def test_nodes_and_outcomes_by_their_paths() -> None:
    assert list(ENTRY.nodes)[:4] == [(), ("boom",), ("boom", "out"), ("boom", "in")]
    assert list(ENTRY.outcomes) == [
        ("boom", "out"), ("boom", "in", "fight"), ("boom", "in", "share"), ("bust", "out"), ("bust", "in"),
    ]  # fmt: skip
    assert ENTRY.outcomes["boom", "out"].payoffs == (0, Fraction(3, 2))
    assert ENTRY.is_exact


def test_information_sets_are_named_after_their_paths() -> None:
    assert list(ENTRY.information_sets) == ["A after boom", "B after boom, in", "A after bust"]
    assert ENTRY.has_perfect_information
    assert ENTRY.information_sets["B after boom, in"].actions == ("fight", "share")
    assert ENTRY.information_set_at(("bust",)) == "A after bust"
    with pytest.raises(InputError, match="there is no decision at boom, out"):
        ENTRY.information_set_at(("boom", "out"))
    with pytest.raises(InputError, match="there is no decision at the start"):
        ENTRY.information_set_at(())


HIDDEN = tree(
    Decision(
        "A",
        {
            "l": Decision("B", {"l": leaf(1, 0), "r": leaf(0, 1)}, "B cannot see"),
            "r": Decision("B", {"r": leaf(1, 0), "l": leaf(0, 1)}, "B cannot see"),
            "out": Decision("B", {"l": leaf(2, 2), "r": leaf(3, 3)}),
        },
    )
)


def test_decisions_that_look_alike_share_an_information_set() -> None:
    joined = HIDDEN.information_sets["B cannot see"]
    assert (joined.player, joined.actions, joined.paths) == ("B", ("l", "r"), (("l",), ("r",)))
    assert list(HIDDEN.information_sets) == ["A at the start", "B cannot see", "B after out"]
    assert not HIDDEN.has_perfect_information


def test_a_name_given_to_a_set_does_not_swallow_an_unnamed_decision() -> None:
    """A decision without a name is an information set of its own, even if another one bears its automatic name."""
    two = {"l": leaf(0, 0), "r": leaf(1, 1)}
    root = Decision("A", {"x": Decision("B", two), "y": Decision("B", two, "B after x")})
    with suppress(InputError):
        assert tree(root).has_perfect_information


def test_subgames() -> None:
    part = ENTRY.subgame(("boom",))
    assert list(part.outcomes) == [("out",), ("in", "fight"), ("in", "share")]
    assert part.entries == (0, Fraction(3, 2), -1, -2, 1, 1)
    assert list(part.information_sets) == ["A after boom", "B after boom, in"], "named as in the whole game"
    assert ENTRY.subgame(()).entries == ENTRY.entries
    assert list(HIDDEN.subgame(("out",)).outcomes) == [("l",), ("r",)]


def test_no_subgame_cuts_an_information_set() -> None:
    with pytest.raises(InputError, match="no subgame starts at l: it would cut 'B cannot see'"):
        HIDDEN.subgame(("l",))


@pytest.mark.parametrize("path", [("nowhere",), ("boom", "out", "further")], ids=str)
def test_no_subgame_starts_where_there_is_no_node(path: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        ENTRY.subgame(path)


def test_entries_go_depth_first_and_back() -> None:
    third = Fraction(1, 3)
    assert ENTRY.entries == (third, 0, Fraction(3, 2), -1, -2, 1, 1, 2 * third, 0, 0, -3, 0)
    assert ENTRY.with_entries(ENTRY.entries) == ENTRY
    numbers = ["1/2", 1, 2, 3, 4, 5, 6, "1/2", 7, 8, 9, 10]
    other = ENTRY.with_entries(numbers)
    assert other.entries == tuple(map(Fraction, numbers))
    assert other.outcomes["boom", "in", "share"].payoffs == (5, 6)
    assert HIDDEN.with_entries(HIDDEN.entries) == HIDDEN


@pytest.mark.parametrize("count", [0, 11, 13])
def test_another_number_of_entries_is_refused(count: int) -> None:
    numbers = [Fraction(1, 2)] * count
    with pytest.raises(InputError):
        ENTRY.with_entries(numbers)


def test_new_probabilities_are_checked_as_the_old_ones_were() -> None:
    numbers = ["1/2", 1, 2, 3, 4, 5, 6, "1/3", 7, 8, 9, 10]
    with pytest.raises(InputError, match="sum to 5/6"):
        ENTRY.with_entries(numbers)


def test_the_round_trip_of_random_trees() -> None:
    rng = random.Random(SEED)

    def grow(depth: int) -> Node:
        if depth == 0 or (depth < 3 and rng.random() < 0.3):
            return leaf(Fraction(rng.randint(-9, 9), rng.randint(1, 5)), rng.randint(-9, 9))
        if depth < 3 and rng.random() < 0.4:
            odds = Fraction(rng.randint(0, 5), 5)
            return Chance({"heads": (odds, grow(depth - 1)), "tails": (1 - odds, grow(depth - 1))})
        return Decision(rng.choice("AB"), {action: grow(depth - 1) for action in "lmr"[: rng.randint(1, 3)]})

    for _ in range(100):
        game = tree(grow(3))
        assert game.with_entries(game.entries) == game, SEED
        assert len(game.entries) == 2 * len(game.outcomes) + sum(
            len(node.events) for node in game.nodes.values() if isinstance(node, Chance)
        )
        assert set(game.outcomes) <= set(game.nodes)
        for information_set in game.information_sets.values():
            assert [game.information_set_at(path) for path in information_set.paths] == [information_set.name]


def test_formulas_stay_formulas_and_probabilities_may_be_symbols() -> None:
    p, v = sympy.symbols("p v")
    game = tree(Chance({"hit": (p, Decision("A", {"x": leaf(v, 0)})), "miss": (1 - p, leaf(0, 0))}))
    assert game.entries == (p, v, 0, 1 - p, 0, 0)
    assert not game.is_exact
    assert game.with_entries(["1/4", 1, 0, "3/4", 0, 0]).is_exact


def test_the_table_marks_the_last_movers_best_choices() -> None:
    table = ENTRY.table()
    assert table.header == ("Path", "A", "B")
    assert [[(cell.text, cell.marked) for cell in row] for row in table.rows] == [
        [("boom → out", False), ("0", False), ("1.5", False)],
        [("boom → in → fight", False), ("−1", False), ("−2", False)],
        [("boom → in → share", False), ("1", False), ("1", True)],
        [("bust → out", False), ("0", True), ("0", False)],
        [("bust → in", False), ("−3", False), ("0", False)],
    ]


def two_types() -> ExtensiveGame:
    """Chance draws A's type; B answers A's signal without knowing the type."""

    def signals(weak: bool) -> Decision:
        pays = {"Fight": 1 if weak else 0, "Retreat": 0 if weak else 1}
        answers = {action: leaf(0, value) for action, value in pays.items()}
        return Decision("A", {signal: Decision("B", answers, f"after {signal}") for signal in ("beer", "quiche")})

    return tree(Chance({"weak": ("1/10", signals(True)), "strong": ("9/10", signals(False))}))


def test_a_choice_that_cannot_be_made_separately_is_not_marked() -> None:
    table = two_types().table()
    assert not any(cell.marked for row in table.rows for cell in row)
    assert table.caption == "Payoffs at the end of each path."


def test_the_decisions_that_look_alike_are_listed_below_the_table() -> None:
    game = two_types()
    assert [[cell.text for cell in row] for row in game.joined_table().rows] == [
        ["after beer", "B", "weak → beer"],
        ["", "", "strong → beer"],
        ["after quiche", "B", "weak → quiche"],
        ["", "", "strong → quiche"],
    ]
    assert game.joined_table().text() in repr(game)
    assert game.joined_table().html() in game._repr_html_()
    assert "tell apart" not in repr(ENTRY)


def test_html_escapes_labels_and_needs_no_style_sheet() -> None:
    game = ExtensiveGame((HOSTILE, "B"), Decision(HOSTILE, {"<b>&": leaf(2, 0), "y": leaf(1, 0)}))
    shown = game._repr_html_()
    assert not re.search(r"<(style|svg|script|b)\b", shown)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;b&gt;&amp;" in shown
    assert re.findall(r"<strong><u>([^<]*)</u></strong>", shown) == ["2"]


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\ufeff"])
def test_a_label_has_no_character_that_cannot_be_seen(unseen: str) -> None:
    with pytest.raises(InputError, match="cannot be seen") as refusal:
        tree(Decision("A", {f"go{unseen}": leaf(1, 0), "go": leaf(0, 0)}))
    assert unseen not in str(refusal.value)


@pytest.mark.parametrize("concept", ["nash", "subgame-perfect", "perfect-bayesian", "sequential", "logit"])
@pytest.mark.parametrize(
    ("root", "paid"),
    [(leaf(1, 2), (1, 2)), (Chance({"x": ("1/3", leaf(1, 2)), "y": ("2/3", leaf(4, 0))}), (3, Fraction(2, 3)))],
)
def test_where_nobody_chooses_every_concept_says_what_chance_pays(
    concept: str, root: Node, paid: tuple[int, int]
) -> None:
    found = solve(tree(root), concept)
    assert len(found) == 1
    assert found.exact
    assert found.complete
    assert tuple(found[0].payoffs.values()) == paid
    assert "(no" in found.table().text()


def test_a_subgame_may_be_a_lottery_alone() -> None:
    lottery = Chance({"x": ("1/3", leaf(1, 2)), "y": ("2/3", leaf(4, 0))})
    second = Decision("B", {"l": leaf(0, 1), "r": leaf(5, 0)}, "B asked")
    game = tree(Decision("A", {"out": lottery, "in": second, "up": second}))
    found = solve(game, "subgame-perfect")
    assert len(found) >= 1
    assert all(each.payoffs == {"A": 3, "B": Fraction(2, 3)} for each in found)
