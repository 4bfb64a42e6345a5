"""Explanations of equilibria: each sentence against payoffs computed here, and every choice accounted for."""

import random
import re
from fractions import Fraction
from itertools import product
from math import exp, prod
from time import monotonic

import pytest

from analyses.explain import Explanation, explain, explain_all
from games import Chance, Decision, Equilibrium, ExtensiveGame, Outcome, StrategicGame, solve
from games.catalog import load
from games.exact import readable
from games.solvers.methods.sequence_form import one_equilibrium

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
    assert explanation.heading == "Equilibrium: A plays up; B plays middle"
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
    told = "plays heads with probability 1/3, else tails"
    assert explanation.heading == f"Equilibrium: A {told}; B {told}"
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
    assert explanation.heading == "Equilibrium: Solo plays b"
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
    deterred = next(e for e in explanations if "Entrant plays out" in e.heading)
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
    assert "A plays a0 with probability ≈0.619233, else a1" in explanation.heading


CHICKEN = StrategicGame.bimatrix(
    [[6, 2], [7, 0]], [[6, 7], [2, 0]], {"A": ("swerve", "drive"), "B": ("swerve", "drive")}
)
DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("keep", "break"), "B": ("keep", "break")})


@pytest.mark.parametrize("seed", range(6))
def test_a_logit_equilibrium_weighs_what_each_strategy_pays(seed: int) -> None:
    game = random_game(seed, (3, 3))
    for equilibrium, explanation in zip(
        found := solve(game, "logit", rationality="1/2"), explain_all(found), strict=True
    ):
        for player, sentence in zip(game.players, explanation.steps, strict=True):
            true = pays(game, equilibrium, player)
            assert values_said(sentence, player) == pytest.approx(true, rel=1e-5, abs=1e-5)
            said = re.search(r"with probability (.*), in proportion to exp\(λ × payoff\) with λ = 1/2\.$", sentence)
            assert said is not None
            weights = [float(text) for text in said.group(1).split(", ")]
            expected = [exp(float(value) / 2) for value in true.values()]
            assert weights == pytest.approx([one / sum(expected) for one in expected], rel=1e-4)
            assert "each pay" not in sentence


def test_a_logit_equilibrium_of_a_tree_weighs_what_each_action_pays() -> None:
    game = entry()
    (explanation,) = explain_all(solve(game, "logit", rationality=1))
    share = 1 / (1 + exp(-2))
    assert explanation.steps[0] == (
        f"After in, fight pays Incumbent −1, share 1; they are played with probability {1 - share:.6g}, {share:.6g}, "
        "in proportion to exp(λ × payoff) with λ = 1."
    )
    assert explanation.steps[1].startswith(f"At the start, out pays Entrant 0, in {2 * share - 1:.6g}; ")


def test_a_limit_of_logit_equilibria_is_explained_as_the_nash_equilibrium_it_is() -> None:
    (explanation,) = explain_all(solve(DILEMMA, "logit"))
    assert explanation.steps[-1] == "Against A: break, break pays B 1, keep 0."


def test_strategies_that_pay_differently_are_not_said_to_pay_the_same() -> None:
    (equilibrium,) = solve(DILEMMA, "logit", rationality=1)
    first = explain(DILEMMA, equilibrium).steps[0]
    assert "keep pays A 0.680252, break 1.907" in first
    assert "dominated" not in first


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sizes", [(3, 3), (2, 2, 2)], ids=["3×3", "2×2×2"])
def test_a_correlated_equilibrium_is_argued_for_each_recommendation(seed: int, sizes: tuple[int, ...]) -> None:
    game = random_game(seed, sizes)
    found = solve(game, "correlated")
    (explanation,) = explain_all(found)
    chances = {reached.path: reached.probability for reached in found[0].outcomes}
    steps = [step for step in explanation.steps if not step.startswith("Round ")]
    assert len(steps) == sum(weight > 0 for mix in found[0].strategies.values() for weight in mix.values())
    for k, player in enumerate(game.players):
        for told in [label for label, weight in found[0][player].items() if weight]:
            heard = {p: w for p, w in chances.items() if p[k] == told}
            true = {
                own: sum(w * game.payoff((*p[:k], own, *p[k + 1 :]), player) for p, w in heard.items())
                / sum(heard.values())
                for own in game.strategies[player]
            }
            (step,) = (one for one in steps if one.startswith(f"When {player} is told {told}, "))
            said = re.search(rf"obeying pays {player} ({NUMBER}), playing instead (.*?)[.;]( |$)", f"{step} ")
            assert said is not None, step
            assert read(said.group(1)) == true.pop(told) >= max(true.values())
            assert {label: read(number) for label, number in re.findall(rf"(\w+) ({NUMBER})", said.group(2))} == true
    assert explain(game, found[0]).steps == explanation.steps


def test_a_distribution_is_headed_by_its_profiles_and_not_by_its_marginals() -> None:
    (explanation,) = explain_all(solve(CHICKEN, "correlated"))
    assert explanation.heading == "Equilibrium: 0.5 (swerve, swerve) + 0.25 (swerve, drive) + 0.25 (drive, swerve)"
    assert explanation.steps[0] == (
        "When A is told swerve, B plays 2/3 swerve + 1/3 drive: obeying pays A 14/3, playing instead drive 14/3; "
        "A is indifferent to drive."
    )


def test_a_coarse_correlated_equilibrium_is_argued_before_anything_is_told() -> None:
    found = solve(CHICKEN, "coarse-correlated")
    (explanation,) = explain_all(found)
    assert explanation.steps[0] == (
        "Before anything is told, B plays 0.75 swerve + 0.25 drive: following pays A 5.25, refusing and always playing "
        "swerve 5, drive 5.25; A is indifferent to drive."
    )
    shapley = StrategicGame.bimatrix([[0, 0, 9], [9, 0, 0], [0, 9, 0]], [[0, 9, 0], [0, 0, 9], [9, 0, 0]])
    coarse = solve(shapley, "coarse-correlated", objective="worst")
    assert all(step.startswith("Before anything is told, ") for step in explain_all(coarse)[0].steps)


def test_level_k_play_is_a_reply_to_the_level_below_and_no_equilibrium() -> None:
    (explanation,) = explain_all(solve(CHICKEN, "level-k", level=3))
    assert explanation.heading == "Profile: A plays swerve; B plays swerve"
    assert explanation.steps == (
        "Against level 2 (B: drive), swerve pays A 2, drive 0; that is the best reply, and what level 3 plays.",
        "Against level 2 (A: drive), swerve pays B 2, drive 0; that is the best reply, and what level 3 plays.",
    )
    (even,) = explain_all(solve(CHICKEN, "level-k", level=0))
    assert even.steps[0] == "At level 0 A plays every strategy equally often."


def test_rationalizable_strategies_are_argued_from_beliefs() -> None:
    found = solve(CHICKEN, "rationalizable")
    explanations = explain_all(found)
    assert explanations[0].heading == "Profile: A plays swerve; B plays swerve"
    assert explanations[0].steps[0] == "A may believe that B plays drive: swerve pays A 2, drive 0."
    game = random_game(4, (3, 3, 2))
    for explanation in explain_all(solve(game, "rationalizable")):
        beliefs = [step for step in explanation.steps if "may believe" in step]
        assert len(beliefs) == 3
        for player, step in zip(game.players, beliefs, strict=True):
            said = values_said(step, player)
            assert next(iter(said.values())) == max(said.values())


@pytest.mark.parametrize("concept", ["risk-dominant", "payoff-dominant", "proper", "trembling-hand"])
def test_a_selected_equilibrium_is_argued_as_an_equilibrium(concept: str) -> None:
    hunt = StrategicGame.bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]], {"A": ("stag", "hare"), "B": ("stag", "hare")})
    found = solve(hunt, concept)
    for equilibrium, explanation in zip(found, explain_all(found), strict=True):
        for player, step in zip(hunt.players, explanation.steps, strict=True):
            assert values_said(step, player) == pays(hunt, equilibrium, player)


def test_an_empty_threat_off_the_path_is_said_to_cost_nothing() -> None:
    strategies = {"Entrant at the start": {"out": Fraction(1)}, "Incumbent after in": {"fight": Fraction(1)}}
    game = entry()
    names = dict(zip(game.information_sets, strategies.values(), strict=True))
    first = explain(game, Equilibrium(names, {})).steps[0]
    assert first == "After in, fight pays Incumbent −1, share 1; play never arrives there, so that this costs nothing."


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
