"""Profiles of one's own, against regrets found by trying every plan."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from analyses.own_profile import judged, playable
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.formats.profiles import OwnProfile, profile, read_profile
from games.model import Model

SEED = 1975
Strategies = Mapping[str, Mapping[str, Fraction]]


def value(game: ExtensiveGame, strategies: Strategies, position: int, path: tuple[str, ...] = ()) -> Fraction:
    node = game.nodes[path]
    if isinstance(node, Outcome):
        return Fraction(node.payoffs[position])
    if isinstance(node, Chance):
        return sum((Fraction(p) * value(game, strategies, position, (*path, e)) for e, (p, _) in node.events.items()))
    mix = strategies[game.information_set_at(path)]
    return sum((w * value(game, strategies, position, (*path, a)) for a, w in mix.items() if w), Fraction(0))


def best_of_every_plan(
    game: ExtensiveGame, strategies: Strategies, player: str, path: tuple[str, ...] = ()
) -> Fraction:
    """What the best of all plans adds, each tried: the definition, and nothing else."""
    position = game.players.index(player)
    own = [s for s in game.information_sets.values() if s.player == player]
    tried = []
    for chosen in product(*(s.actions for s in own)):
        plan = {s.name: {a: Fraction(a == action) for a in s.actions} for s, action in zip(own, chosen, strict=True)}
        tried.append(value(game, {**strategies, **plan}, position, path))
    return max(tried) - value(game, strategies, position, path)


def signalling() -> ExtensiveGame:
    def answer(paid: Mapping[str, tuple[int, int]]) -> Decision:
        return Decision("B", {label: Outcome(payoffs) for label, payoffs in paid.items()}, "B after Speak")

    def strong(is_strong: bool) -> Decision:
        paid = {"Yield": (3, 2), "Fight": (1, 0)} if is_strong else {"Yield": (2, 0), "Fight": (-1, 1)}
        return Decision("A", {"Silent": Outcome((0, 1)), "Speak": answer(paid)})

    half = Fraction(1, 2)
    return ExtensiveGame(("A", "B"), Chance({"strong": (half, strong(True)), "weak": (half, strong(False))}))


def nested() -> ExtensiveGame:
    inner = Decision("A", {"l": Outcome((2, 1)), "r": Outcome((0, 3))})
    return ExtensiveGame(
        ("A", "B"), Decision("A", {"Out": Outcome((1, 1)), "In": Decision("B", {"x": inner, "y": Outcome((3, 0))})})
    )


def random_mixtures(game: ExtensiveGame, rng: random.Random) -> dict[str, dict[str, Fraction]]:
    mixtures = {}
    for name, actions in game.places.items():
        weights = [rng.choice([0, 1, 1, 2]) for _ in actions]
        weights[rng.randrange(len(actions))] += 1
        mixtures[name] = {a: Fraction(w, sum(weights)) for a, w in zip(actions, weights, strict=True)}
    return mixtures


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("game", [signalling(), nested()], ids=["signalling", "nested"])
def test_regret_is_what_the_best_of_all_plans_adds(game: ExtensiveGame, seed: int) -> None:
    own = OwnProfile(random_mixtures(game, random.Random(f"{SEED}/{seed}")))
    found = judged(Model("own", "Own", game), {}, own, "nash")
    expected = {player: best_of_every_plan(game, own.strategies, player) for player in game.players}
    assert found.regrets == expected
    assert found.holds == found.is_nash == (not any(expected.values()))


def test_in_subgames_the_greatest_gain_anywhere_counts() -> None:
    game = nested()
    names = dict(zip(("start", "B", "late"), game.information_sets, strict=True))
    own = OwnProfile(
        {
            names["start"]: {"Out": Fraction(1), "In": Fraction(0)},
            names["B"]: {"x": Fraction(1), "y": Fraction(0)},
            names["late"]: {"l": Fraction(0), "r": Fraction(1)},
        }
    )
    model = Model("own", "Own", game)
    perfect, nash = judged(model, {}, own), judged(model, {}, own, "nash")
    assert (perfect.concept, perfect.holds) == ("subgame-perfect", False)
    # Out pays 1; In and then l pays 2: a plan that changes both moves gains even from the start.
    assert nash.regrets["A"] == best_of_every_plan(game, own.strategies, "A") == 1
    assert perfect.regrets["A"] == 2
    assert str(nash.gains[0]).startswith("A gets 1; with In (A at the start) and l (A after In, x) it would get 2")


@pytest.mark.parametrize("name", ["sanction-retaliation", "sanction-threat", "korea-rapprochement", "preventive-war"])
def test_what_solve_finds_is_an_equilibrium(name: str) -> None:
    model = load(name)
    for found in solve(model.at()):
        verdict = judged(model, {}, OwnProfile(found.strategies, found.beliefs and {}))
        assert verdict.holds
        assert verdict.findings()[0].startswith("Yes, this is a")
        assert verdict.equilibrium.payoffs == found.payoffs


def test_a_mixture_of_ones_own_in_a_strategic_form() -> None:
    pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]], strategies={"A": ("h", "t"), "B": ("h", "t")})
    model = Model("pennies", "Pennies", pennies)
    half = {"h": Fraction(1, 2), "t": Fraction(1, 2)}
    assert judged(model, {}, OwnProfile({"A": half, "B": half})).holds
    lopsided = judged(model, {}, OwnProfile({"A": half, "B": {"h": Fraction(2, 3), "t": Fraction(1, 3)}}))
    assert lopsided.regrets == {"A": Fraction(1, 3), "B": 0}
    assert [str(gain) for gain in lopsided.gains] == ["A gets 0; with h it would get 1/3, which is 1/3 more."]


BELIEFS = {"strategies": {"A": {"A after strong": "Silent", "A after weak": "Silent"}, "B": {"B after Speak": "Fight"}}}


@pytest.mark.parametrize(("weak", "holds"), [("1/2", False), ("2/3", True), ("3/4", True), ("1", True)])
def test_beliefs_hold_up_a_threat_where_play_does_not_arrive(weak: str, holds: bool) -> None:
    """B fights rightly if 2 (1 - p) ≤ p, p being the belief that A is weak; A, if strong, would rather speak."""
    game = ExtensiveGame(
        ("A", "B"),
        Chance(
            {
                kind: (
                    Fraction(1, 2),
                    Decision(
                        "A",
                        {
                            "Silent": Outcome((0, 1)),
                            "Speak": Decision(
                                "B",
                                {"Yield": Outcome((3, good)), "Fight": Outcome((-1, bad))},
                                "B after Speak",
                            ),
                        },
                    ),
                )
                for kind, good, bad in (("strong", 2, 0), ("weak", 0, 1))
            }
        ),
    )
    held = {"B after Speak": {"strong, Speak": str(1 - Fraction(weak)), "weak, Speak": weak}}
    verdict = judged(Model("s", "S", game), {}, profile({**BELIEFS, "beliefs": held}, game))
    assert verdict.concept == "weak-sequential"
    assert verdict.holds == holds


def test_beliefs_that_play_contradicts_are_no_equilibrium() -> None:
    game = signalling()
    spoken = {"strategies": {"A after strong": "Speak", "A after weak": "Speak", "B after Speak": "Yield"}}
    wrong = {"B after Speak": {"strong, Speak": 1, "weak, Speak": 0}}
    verdict = judged(Model("s", "S", game), {}, profile({**spoken, "beliefs": wrong}, game))
    assert not verdict.holds
    assert "by Bayes' rule it is 0.5 after strong, Speak, 0.5 after weak, Speak" in verdict.wrong_beliefs[0]
    right = {"B after Speak": {"strong, Speak": "1/2", "weak, Speak": "1/2"}}
    assert judged(Model("s", "S", game), {}, profile({**spoken, "beliefs": right}, game)).holds


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({}, "has no 'strategies'"),
        ({"strategies": []}, "must be a table"),
        ({"strategies": {}}, "nothing is given for the player 'A'"),
        ({"strategies": {"A": "h", "C": "h"}}, "there is no player 'C'"),
        ({"strategies": {"A": "x", "B": "h"}}, "'x' is no choice at 'A'; there are h, t"),
        ({"strategies": {"A": {"h": "1/2"}, "B": "h"}}, "add up to 1/2"),
        ({"strategies": {"A": {"h": "3/2", "t": "-1/2"}, "B": "h"}}, "lies between 0 and 1"),
        ({"strategies": {"A": {"h": True}, "B": "h"}}, "must be a number"),
        ({"strategies": {"A": {"h": "x"}, "B": "h"}}, "not a finite number"),
        ({"strategies": {"A": "h", "B": "h"}, "beliefs": {"A": {}}}, "no information sets"),
        ({"strategies": {"A": "h", "B": "h"}, "belief": {}}, "unknown key 'belief'"),
    ],
)
def test_a_wrong_file_is_refused_in_words(document: dict[str, Any], said: str) -> None:
    pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]], strategies={"A": ("h", "t"), "B": ("h", "t")})
    with pytest.raises(InputError, match=said):
        profile(document, pennies)


def test_forms_and_concepts_without_a_judgement_are_refused(tmp_path: Any) -> None:
    with pytest.raises(InputError, match="not in a graph model"):
        playable(load("standoff"), {})
    model = load("inspection")
    own = OwnProfile({p: {s: Fraction(s == own[0]) for s in own} for p, own in model.game.places.items()}, {}, "proper")
    with pytest.raises(InputError, match="judged as nash, not as 'proper'"):
        judged(model, {}, own)
    place = tmp_path / "profile.yaml"
    place.write_text("x")
    with pytest.raises(InputError, match=r"read from \.toml, \.json"):
        read_profile(place, model.game)
