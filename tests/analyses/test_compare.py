"""All concepts side by side: what each row says against the equilibria themselves, and where concepts part."""

import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import product
from math import prod

import pytest

from analyses import outcomes
from analyses.compare import Comparison, Prediction, compare
from games import Chance, Decision, Equilibrium, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.exact import readable
from games.forms.game import Game, Path
from games.forms.reduced import behaviour
from games.play.payoffs import reached
from games.solvers.concept import CONCEPTS

DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("silent", "talk"), "B": ("silent", "talk")})
CHICKEN = StrategicGame.bimatrix(
    [[6, 2], [7, 0]], [[6, 7], [2, 0]], {"A": ("swerve", "drive"), "B": ("swerve", "drive")}
)


def leaf(*payoffs: int) -> Outcome:
    return Outcome(payoffs)


def entry() -> ExtensiveGame:
    """The threat to fight is a Nash equilibrium and not subgame-perfect."""
    reply = Decision("Incumbent", {"fight": leaf(-1, -1), "share": leaf(1, 1)}, "Incumbent")
    return ExtensiveGame(("Entrant", "Incumbent"), Decision("Entrant", {"out": leaf(0, 2), "in": reply}, "Entrant"))


def absent_minded() -> ExtensiveGame:
    later = Decision("Driver", {"exit": leaf(4), "stay": leaf(1)}, "crossing")
    return ExtensiveGame(("Driver",), Decision("Driver", {"exit": leaf(0), "stay": later}, "crossing"))


def row(comparison: Comparison, concept: str) -> list[str]:
    (found,) = [cells for cells in comparison.table().rows if cells[0].text == concept]
    return [cell.text for cell in found]


def test_every_concept_of_the_form_has_a_row_and_no_other() -> None:
    for game in (DILEMMA, entry()):
        comparison = compare(game)
        expected = [name for name, concept in CONCEPTS.items() if isinstance(game, concept.form)]
        assert [p.concept for p in comparison.predictions] == expected
        assert [cells[0].text for cells in comparison.table().rows] == expected
        assert comparison.game is game
        assert all(len(cells) == len(comparison.table().header) for cells in comparison.table().rows)


def test_each_answer_is_that_of_solve() -> None:
    for game in (CHICKEN, entry()):
        for prediction in compare(game, concepts=["nash", "pure-nash"] if game is CHICKEN else ["nash"]).predictions:
            assert prediction.reason == ""
            assert prediction.equilibria == solve(game, prediction.concept)


def test_a_row_counts_what_happens_and_spans_the_payoffs() -> None:
    comparison = compare(CHICKEN, concepts=["pure-nash", "nash"])
    assert row(comparison, "pure-nash") == [
        "pure-nash",
        "2 exact",
        "drive, swerve; or swerve, drive",
        "2 to 7",
        "2 to 7",
    ]
    mixed = (
        "drive, drive (0 to 1/9); or drive, swerve (0 to 1); or swerve, drive (0 to 1); or swerve, swerve (0 to 4/9)"
    )
    assert row(comparison, "nash") == ["nash", "3 exact", mixed, "2 to 7", "2 to 7"]
    assert comparison.findings() == (
        "pure-nash: drive, swerve; or swerve, drive.",
        f"nash: {mixed}.",
    )


def test_concepts_that_agree_are_said_to() -> None:
    comparison = compare(DILEMMA, concepts=["pure-nash", "nash", "dominance"])
    for concept in ("pure-nash", "nash", "dominance"):
        assert row(comparison, concept) == [concept, "1 exact", "talk, talk", "1", "1"]
    assert comparison.findings() == ("All concepts with an answer allow the same outcomes.",)


def test_a_threat_that_is_not_credible_parts_nash_from_subgame_perfection() -> None:
    comparison = compare(entry(), concepts=["nash", "subgame-perfect", "sequential"])
    assert row(comparison, "subgame-perfect") == ["subgame-perfect", "1 exact", "in, share", "1", "1"]
    assert row(comparison, "nash")[2:] == ["in, share; or out", "0 to 1", "1 to 2"]
    findings = comparison.findings()
    assert set(findings) == {"nash: in, share; or out.", "subgame-perfect, sequential: in, share."}


def test_plans_of_a_tree_are_played_out() -> None:
    """Nash equilibria of a tree are plans; what happens are paths, each with positive probability in some of them."""
    rng = random.Random(3)
    tree = ExtensiveGame(
        ("A", "B"),
        Chance(
            {
                "rain": ("1/3", Decision("A", {k: leaf(rng.randint(0, 9), 0) for k in ("stay", "go")}, "A in rain")),
                "sun": (
                    "2/3",
                    Decision(
                        "A", {k: Decision("B", {m: leaf(1, rng.randint(0, 9)) for m in "lr"}) for k in "xy"}, "A in sun"
                    ),
                ),
            }
        ),
    )
    comparison = compare(tree, concepts=["nash"])
    (prediction,) = comparison.predictions
    found = prediction.equilibria
    assert found is not None
    said = dict(text.split(" (") for text in row(comparison, "nash")[2].split("; or "))
    for path in tree.outcomes:
        chance = []
        for equilibrium in found:
            mixes = {k: mix for p in tree.players for k, mix in behaviour(tree, p, equilibrium[p]).items()}
            own = [mixes[tree.information_set_at(path[:k])][path[k]] for k in range(1, len(path))]
            chance.append(Fraction(1 if path[0] == "rain" else 2, 3) * prod(own))
        if max(chance):
            ends = dict.fromkeys(readable(end) for end in (min(chance), max(chance)))
            assert said[", ".join(path)] == f"{' to '.join(ends)})"
    shown = set(said)
    assert shown <= {", ".join(path) for path in tree.outcomes}
    best = max(tree.outcomes[("rain", k)].payoffs[0] for k in ("stay", "go"))
    assert {text for text in shown if text.startswith("rain")} == {
        f"rain, {k}" for k in ("stay", "go") if tree.outcomes[("rain", k)].payoffs[0] == best
    }
    for move in "xy":
        pays = {m: tree.outcomes[("sun", move, m)].payoffs[1] for m in "lr"}
        for m, value in pays.items():
            assert (f"sun, {move}, {m}" in shown) == (value == max(pays.values()))


def test_more_outcomes_than_fit_are_counted() -> None:
    same = StrategicGame.bimatrix([[1] * 3] * 2, [[1] * 3] * 2, {"A": ("u", "d"), "B": ("l", "m", "r")})
    comparison = compare(same, concepts=["pure-nash", "nash"])
    assert row(comparison, "pure-nash")[2] == "d, l; or d, m; or d, r; or u, l; or 2 more"
    assert comparison.findings() == ("All concepts with an answer allow the same outcomes.",)


def test_a_concept_that_refuses_stands_in_the_table_with_its_reason() -> None:
    comparison = compare(absent_minded())
    assert comparison.predictions
    for prediction in comparison.predictions:
        assert prediction == Prediction(prediction.concept, None, prediction.reason)
        assert any(why in prediction.reason for why in ("imperfect recall", "no signalling game"))
        assert row(comparison, prediction.concept) == [prediction.concept, "–", prediction.reason, ""]
    assert comparison.findings() == ()
    assert "imperfect recall" in repr(comparison)
    answered, refused = (row(compare(DILEMMA), concept) for concept in ("nash", "zero-sum"))
    assert answered[1] == "1 exact"
    assert (refused[1], "add up" in refused[2]) == ("–", True)


def test_a_concept_asked_for_by_name_must_answer() -> None:
    with pytest.raises(InputError, match="imperfect recall"):
        compare(absent_minded(), concepts=["nash"])
    with pytest.raises(InputError, match="does not apply to a tree"):
        compare(entry(), concepts=["subgame-perfect", "dominance"])
    with pytest.raises(InputError, match="no solution concept 'nonsense'"):
        compare(entry(), concepts=["nonsense"])


def test_a_concept_without_an_equilibrium_predicts_nothing() -> None:
    pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    comparison = compare(pennies, concepts=["pure-nash", "nash"])
    assert row(comparison, "pure-nash") == ["pure-nash", "0 exact", "nothing", "", ""]
    assert row(comparison, "nash")[1] == "1 exact"


def test_numeric_and_incomplete_answers_are_marked() -> None:
    pays = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
    labels = {"A": ("a0", "a1"), "B": ("b0", "b1"), "C": ("c0", "c1")}
    irrational = StrategicGame(
        labels, {(f"a{i}", f"b{j}", f"c{k}"): pays[i + 2 * j + 4 * k] for i, j, k in product(range(2), repeat=3)}
    )
    assert row(compare(irrational, concepts=["nash"]), "nash")[1] == "1 numeric"
    assert row(compare(irrational, concepts=["nash"]), "nash")[3].startswith("≈0.843")
    same = StrategicGame(labels, dict.fromkeys(irrational.payoffs, (1, 1, 1)))
    assert row(compare(same, concepts=["nash"]), "nash")[1].endswith("exact, not complete")


def test_a_model_lends_its_words() -> None:
    model = load("sanction-retaliation")
    game = model.at()
    comparison = compare(game, model, concepts=["subgame-perfect"])
    (prediction,) = comparison.predictions
    assert prediction.equilibria is not None
    words = {model.outcome_words(outcome.path) for e in prediction.equilibria for outcome in e.outcomes}
    assert row(comparison, "subgame-perfect")[2] == "; or ".join(sorted(words))
    assert "→" not in repr(comparison)


def test_a_large_tree_is_compared_without_failure() -> None:
    """Two players with dozens of plans each: some concepts refuse, and no row is missing."""
    rng = random.Random(5)

    def reply(k: int) -> Decision:
        return Decision("B", {m: leaf(rng.randint(-9, 9), rng.randint(-9, 9)) for m in ("l", "r")}, f"after m{k}")

    types = {f"t{t}": ("1/3", Decision("A", {f"m{k}": reply(k) for k in range(4)}, f"type {t}")) for t in range(3)}
    comparison = compare(ExtensiveGame(("A", "B"), Chance(types)), seconds=1)
    answered = {p.concept: p.equilibria for p in comparison.predictions if p.equilibria is not None}
    assert {"nash", "subgame-perfect"} <= set(answered)
    assert all(prediction.equilibria is not None or prediction.reason for prediction in comparison.predictions)
    assert len(comparison.table().rows) == len(comparison.predictions)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_limit_that_is_none_is_an_error_and_not_a_row(seconds: float) -> None:
    with pytest.raises(InputError, match="the time limit is"):
        compare(DILEMMA, seconds=seconds)


def test_outcomes_of_plans_are_those_that_their_behaviour_reaches() -> None:
    """Read off the plans at once, and played out plan by plan through the behaviour they amount to."""
    for seed in range(8):
        rng = random.Random(seed)

        def node(depth: int, rng: random.Random = rng) -> Decision | Chance | Outcome:
            if depth == 0:
                return leaf(rng.randint(0, 2), rng.randint(0, 2))
            if rng.random() < 0.2:
                return Chance({"h": ("1/2", node(depth - 1)), "t": ("1/2", node(depth - 1))})
            return Decision(rng.choice("AB"), {a: node(depth - 1) for a in "lr"})

        tree = ExtensiveGame(("A", "B"), Decision("A", {a: node(2) for a in "lr"}))
        (prediction,) = compare(tree, concepts=["nash"]).predictions
        assert prediction.equilibria is not None
        expected = set()
        for equilibrium in prediction.equilibria:
            play: dict[str, dict[str, Fraction]] = {}
            for player in tree.players:
                play.update(behaviour(tree, player, equilibrium[player]))
            expected |= {outcome.path for outcome in reached(tree, play)}
        assert set(prediction.outcomes) == expected
        assert prediction.all_outcomes


@pytest.mark.untraced
def test_thousands_of_equilibria_are_compared_and_each_is_played_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    played = 0

    def counted(game: Game, of: Game) -> Callable[[Equilibrium], Iterable[Path]]:
        reach = outcomes.reached(game, of)

        def once(equilibrium: Equilibrium) -> Iterable[Path]:
            nonlocal played
            played += 1
            return reach(equilibrium)

        return once

    monkeypatch.setattr("analyses.compare.reached", counted)
    model = load("alliance-deterrence")
    comparison = compare(model.at(), model, ["nash"], seconds=600)
    assert played == 5000
    assert row(comparison, "nash")[1] == "5000 exact, not complete"
    assert "others" not in repr(comparison)
    (nash, *_) = comparison.predictions
    assert nash.equilibria is not None
    assert "of 7,424 in pure strategies the first 5,000 are listed" in nash.equilibria.remarks[0]
    assert "nash-search" not in nash.equilibria.remarks[0]
    assert "subgame-perfect" in nash.equilibria.remarks[0]
    assert max(map(len, nash.equilibria.remarks)) < 400


def test_what_was_not_played_out_in_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10**6))
    monkeypatch.setattr("analyses.compare.monotonic", lambda: float(next(ticks)))
    monkeypatch.setattr("analyses.compare.LEAST_SECONDS", 1.5)
    comparison = compare(CHICKEN, concepts=["pure-nash"], seconds=0.1)
    assert row(comparison, "pure-nash")[2].endswith("; or what other equilibria, not played out in time, come to")


def test_an_interruption_leaves_a_table_with_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([False, False])
    monkeypatch.setattr("analyses.compare.interrupted", lambda: next(asked, True))
    comparison = compare(CHICKEN)
    first, second, third, *_ = comparison.predictions
    assert first.equilibria is not None
    assert second.equilibria is not None
    assert third == Prediction(third.concept, None, "stopped before it was tried")
    assert len(comparison.table().rows) == len(comparison.predictions)


def test_where_nothing_is_dominated_everything_survives() -> None:
    comparison = compare(CHICKEN, concepts=["dominance"])
    assert row(comparison, "dominance")[1:3] == ["0 exact", "everything survives: no strategy is strictly dominated"]
    some = StrategicGame.bimatrix([[6, 2], [7, 0], [-1, -1]], [[6, 7], [2, 0], [0, 0]])
    assert row(compare(some, concepts=["dominance"]), "dominance")[2] == "survivors are Row: 1, 2; Column: 1, 2"


def test_it_shows_itself() -> None:
    comparison = compare(CHICKEN, concepts=["pure-nash", "nash"])
    text = repr(comparison)
    assert text.startswith("Concept")
    assert all(finding in text for finding in comparison.findings())
    assert comparison._repr_html_().startswith("<table")
    hostile = StrategicGame({"<b>A": ("<i>", "y")}, {("<i>",): (Fraction(1),), ("y",): (0,)})
    html = compare(hostile, concepts=["nash"])._repr_html_()
    assert "<i>" not in html
    assert "<b>" not in html
    assert "&lt;i&gt;" in html
