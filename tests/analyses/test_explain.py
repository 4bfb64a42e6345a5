"""Explanations of equilibria: each sentence against payoffs computed here, and every choice accounted for."""

import random
import re
from fractions import Fraction
from itertools import product
from math import prod
from time import monotonic

import pytest

from analyses.explain import Explanation, explain, explain_all
from games import Chance, Decision, Equilibrium, ExtensiveGame, Outcome, StrategicGame, solve
from games.catalog import load
from games.exact import readable
from games.solvers.sequence_form import one_equilibrium

WORDS = ("north", "south", "east", "west")
NUMBER = r"−?\d+(?:\.\d+)?(?:/\d+)?"


def leaf(*payoffs: int | str) -> Outcome:
    return Outcome(payoffs)


def read(number: str) -> Fraction:
    return Fraction(number.replace("−", "-"))


def random_game(seed: int, sizes: tuple[int, ...]) -> StrategicGame:
    rng = random.Random(seed)
    own = {f"Side {k}": tuple(f"{WORDS[t % 4]}{k}{t // 4 or ''}" for t in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(own, {p: tuple(rng.randint(-9, 9) for _ in sizes) for p in product(*own.values())})


def pays(game: StrategicGame, equilibrium: Equilibrium, player: str) -> dict[str, Fraction]:
    """What each strategy of the player pays against the others, summed over all profiles."""
    position = game.players.index(player)
    total = dict.fromkeys(game.strategies[player], Fraction(0))
    for profile, payoffs in game.payoffs.items():
        chance = prod(
            (
                Fraction(equilibrium[other][label])
                for k, (other, label) in enumerate(zip(game.players, profile, strict=True))
                if k != position
            ),
            start=Fraction(1),
        )
        total[profile[position]] += chance * payoffs[position]
    return total


def values_said(sentence: str, player: str) -> dict[str, Fraction]:
    """The payoffs that a sentence gives: of what is played, then of what is not."""
    match = re.search(rf"((?:\w+ and )*\w+) (?:pays|each pay) {player} ({NUMBER})((?:, \w+ {NUMBER})*)", sentence)
    assert match is not None, sentence
    said = dict.fromkeys(match.group(1).split(" and "), read(match.group(2)))
    for label, number in re.findall(rf", (\w+) ({NUMBER})", match.group(3)):
        said[label] = read(number)
    return said


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("sizes", [(2, 2), (3, 3), (2, 2, 2)], ids=["2×2", "3×3", "2×2×2"])
def test_each_player_of_a_strategic_form_has_a_true_sentence(seed: int, sizes: tuple[int, ...]) -> None:
    game = random_game(seed, sizes)
    equilibria = solve(game, "nash")
    for equilibrium, explanation in zip(equilibria, explain_all(equilibria), strict=True):
        closing = explanation.steps[-len(sizes) :]
        for player, sentence in zip(game.players, closing, strict=True):
            assert sentence.startswith("Against ")
            assert all(other in sentence for other in game.players if other != player)
            true = pays(game, equilibrium, player)
            said = values_said(sentence, player)
            assert said == (true if equilibria.exact else pytest.approx(true, rel=1e-5, abs=1e-5))
            played = [label for label, weight in equilibrium[player].items() if weight]
            assert all(said[label] == max(said.values()) for label in played)
            tied = [label for label in true if label not in played and true[label] == max(true.values())]
            assert ("indifferent" in sentence) == bool(tied)
            assert sentence.endswith(f"; {player} is indifferent to {', '.join(tied)}.") == bool(tied)


def test_dominance_comes_first_round_by_round() -> None:
    game = StrategicGame.bimatrix(
        [[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]], {"A": ("up", "down"), "B": ("left", "middle", "right")}
    )
    equilibria = solve(game)
    (explanation,) = explain_all(equilibria)
    assert explanation.heading == "Equilibrium: A: up; B: middle"
    assert explanation.steps == (
        "Round 1: B's right is strictly dominated by middle.",
        "Round 2: A's down is strictly dominated by up.",
        "Round 3: B's left is strictly dominated by middle.",
        "Against B: middle, up pays A 1, down 0.",
        "Against A: up, middle pays B 2, left 0, right 1.",
    )


def test_a_mixed_equilibrium_shows_what_makes_each_side_indifferent() -> None:
    game = StrategicGame.bimatrix(
        [[3, -1], [-1, 1]], [[-3, 1], [1, -1]], {"A": ("heads", "tails"), "B": ("heads", "tails")}
    )
    (explanation,) = explain_all(solve(game))
    mix = "1/3 heads + 2/3 tails"
    assert explanation.heading == f"Equilibrium: A: {mix}; B: {mix}"
    assert explanation.steps == (
        f"Against B: {mix}, heads and tails each pay A 1/3.",
        f"Against A: {mix}, heads and tails each pay B −1/3.",
    )


def test_a_tie_is_named() -> None:
    game = StrategicGame.bimatrix([[1, 1], [1, 0]], [[1, 0], [1, 1]], {"A": ("u", "d"), "B": ("l", "r")})
    equilibrium = next(e for e in solve(game, "pure-nash") if e["A"]["u"] == 1 and e["B"]["l"] == 1)
    assert explain(game, equilibrium).steps[0] == "Against B: l, u pays A 1, d 1; A is indifferent to d."


def test_a_single_player_is_explained() -> None:
    game = StrategicGame({"Solo": ("a", "b")}, {("a",): (2,), ("b",): (3,)})
    (explanation,) = explain_all(solve(game, "nash"))
    assert explanation.heading == "Equilibrium: Solo: b"
    assert len(explanation.steps) == 2
    assert "b pays Solo 3, a 2" in explanation.steps[-1]
    assert "Against ," not in explanation.steps[-1]


def entry() -> ExtensiveGame:
    reply = Decision("Incumbent", {"fight": leaf(-1, -1), "share": leaf(1, 1)})
    return ExtensiveGame(("Entrant", "Incumbent"), Decision("Entrant", {"out": leaf(0, 2), "in": reply}))


def test_a_tree_is_explained_from_its_last_move_back() -> None:
    (explanation,) = explain_all(solve(entry()))
    assert explanation.heading == "Equilibrium: in, share"
    assert explanation.steps == (
        "After in, share pays Incumbent 1, fight −1.",
        "At the start, in pays Entrant 1, out 0.",
    )


def test_plans_of_a_tree_are_explained_in_its_strategic_form() -> None:
    equilibria = solve(entry(), "nash")
    assert isinstance(equilibria.game, StrategicGame)
    explanations = explain_all(equilibria)
    assert len(explanations) == len(equilibria)
    deterred = next(e for e in explanations if "Entrant: out" in e.heading)
    assert any(step.startswith("Against Entrant: out, ") for step in deterred.steps)
    assert any("Incumbent is indifferent to share" in step for step in deterred.steps)


def guessing(weight: str = "1/2") -> ExtensiveGame:
    """B sees that A has moved and not how, unless A stays out."""
    guess = {k: Decision("B", {"l": leaf(1 - k, k), "r": leaf(k, 1 - k)}, "B in the dark") for k in range(2)}
    return ExtensiveGame(("A", "B"), Decision("A", {"out": leaf(weight, 0), "x": guess[0], "y": guess[1]}))


def test_beliefs_are_said_where_several_decisions_look_alike() -> None:
    game = guessing("3/4")
    equilibria = solve(game, "sequential")
    for equilibrium, explanation in zip(equilibria, explain_all(equilibria), strict=True):
        held = equilibrium.beliefs["B in the dark"]
        first, last = explanation.steps
        said = ", ".join(f"{' → '.join(path)} {readable(weight)}" for path, weight in held.items())
        assert first.startswith(f"At B in the dark (believing {said}), ")
        true = {"l": held.get(("y",), 0) * 1, "r": held.get(("x",), 0) * 1}
        for action, value in true.items():
            assert re.search(rf"{action}(?: and \w+)?(?: pays B| each pay B)? {re.escape(readable(value))}", first)
        assert last.startswith("At the start, ")
        assert "out pays A 0.75" in last


def test_bayes_rule_gives_the_beliefs_where_play_arrives() -> None:
    game = guessing("1/4")
    equilibria = solve(game, "subgame-perfect")
    inside = [e for e in equilibria if e["A at the start"]["out"] == 0]
    assert inside
    for equilibrium in inside:
        first = explain(game, equilibrium).steps[0]
        assert first == ("At B in the dark (believing x 0.5, y 0.5), l and r each pay B 0.5.")


def test_where_play_never_arrives_and_nothing_fixes_beliefs_it_says_so() -> None:
    game = guessing("3/4")
    outside = [e for e in solve(game, "subgame-perfect") if e["A at the start"]["out"] == 1]
    assert outside
    for equilibrium in outside:
        first = explain(game, equilibrium).steps[0]
        assert first.startswith("At B in the dark, play never arrives and nothing fixes what B believes; it plays ")


def test_an_equilibrium_of_the_sequence_form_is_explained_in_its_tree() -> None:

    def reply(t: int, m: str) -> Decision:
        return Decision("B", {"l": leaf(t, 1 - t), "r": leaf(1, t)}, f"after {m}")

    types = {f"t{t}": ("1/2", Decision("A", {m: reply(t, m) for m in "xy"}, f"A of t{t}")) for t in range(2)}
    game = ExtensiveGame(("A", "B"), Chance(types))
    equilibria = one_equilibrium(game)
    (explanation,) = explain_all(equilibria)
    openings = [step.split(",")[0].split(" (")[0] for step in explanation.steps]
    assert sorted(openings) == ["After t0", "After t1", "At after x", "At after y"]
    assert openings[2:] == ["After t0", "After t1"]


@pytest.mark.parametrize("name", ["sanction-retaliation", "territorial-partition"])
def test_a_model_lends_its_words(name: str) -> None:
    model = load(name)
    equilibria = solve(model.at())
    (explanation, *_) = explain_all(equilibria, model)
    equilibrium = equilibria[0]
    words = [model.outcome_words(outcome.path) for outcome in equilibrium.outcomes]
    assert explanation.heading == f"Equilibrium: {'; or '.join(words)}"
    assert isinstance(equilibria.game, ExtensiveGame)
    assert len(explanation.steps) == len(equilibria.game.information_sets)
    chosen = [a for mix in equilibrium.strategies.values() for a, w in mix.items() if w == 1]
    meant = [model.choice_words[action] for action in chosen if action in model.choice_words]
    assert sum(any(step.endswith(f": {m}.") for m in meant) for step in explanation.steps) == len(meant)


def test_the_case_is_explained_in_its_own_words() -> None:
    model = load("sanction-retaliation")
    (explanation, *_) = explain_all(solve(model.at()), model)
    assert explanation.heading == "Equilibrium: Full sanctions, Russia patrols, Japan holds"
    assert explanation.steps[-1].startswith("At the start, Full pays Japan 0.4")
    assert any("relief is not credible" in step for step in explanation.steps)
    (explanation, *_) = explain_all(solve(model.at(beta=1)), model)
    assert any("relief is credible" in step for step in explanation.steps)


def test_a_large_game_is_explained_without_waiting_for_every_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyses.explain.SECONDS", 0.2)
    game = random_game(1, (100, 100))
    equilibria = solve(game, "pure-nash")
    assert len(equilibria) >= 1
    started = monotonic()
    explanations = explain_all(equilibria)
    assert monotonic() - started < 5
    assert all(any(step.startswith("Against ") for step in one.steps) for one in explanations)


def test_numeric_equilibria_are_explained_with_rounded_numbers() -> None:
    paid = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
    labels = {"A": ("a0", "a1"), "B": ("b0", "b1"), "C": ("c0", "c1")}
    game = StrategicGame(
        labels, {(f"a{i}", f"b{j}", f"c{k}"): paid[i + 2 * j + 4 * k] for i, j, k in product(range(2), repeat=3)}
    )
    (explanation,) = explain_all(solve(game))
    assert explanation.steps[0].endswith("a0 and a1 each pay A 0.843328.")
    assert "0.619233 a0 + 0.380767 a1" in explanation.heading


def test_it_shows_itself_and_escapes_what_comes_from_outside() -> None:
    game = StrategicGame({"<b>A": ("<i>", "y")}, {("<i>",): (1,), ("y",): (0,)})
    (explanation,) = explain_all(solve(game, "nash"))
    assert isinstance(explanation, Explanation)
    text = repr(explanation)
    assert text.splitlines()[0] == explanation.heading
    assert [line.split(". ", 1)[0].strip() for line in text.splitlines()[1:]] == [
        str(k + 1) for k in range(len(explanation.steps))
    ]
    html = explanation._repr_html_()
    assert "<i>" not in html
    assert "<b>" not in html
    assert html.count("<li>") == len(explanation.steps)
