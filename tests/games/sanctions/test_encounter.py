"""The encounter as a bimatrix: the same payoffs as the tree, and best responses by hand."""

import random
from fractions import Fraction

import pytest

from games import StrategicGame, solve
from games.sanctions import encounter, retaliation

SEED = 3
RUSSIA = {"Concede": None, "Absorb": 0, "Patrol": 3}
"""Russia's strategies in the bimatrix, and the rung each is in the tree."""


def encounter_at(**values: object) -> StrategicGame:
    game = encounter.MODEL.at(**values)
    assert isinstance(game, StrategicGame)
    return game


def drawn(rng: random.Random) -> dict[str, Fraction]:
    def part() -> Fraction:
        return Fraction(rng.randrange(0, 1001), 500)

    k, h = sorted((part(), part())), sorted((part(), part()))
    return {
        "V_J": part() + 1, "V_R": part() + 1, "A_F": part(), "alpha": part() / 2, "k_Y": k[0], "k_F": k[1],
        "h_Y": h[0], "h_F": h[1], "rho_3": part(), "gamma_3": part(), "c_3": part(), "y": part() / 2, "E": part(),
        "beta": part(), "r": part() / 2,
    }  # fmt: skip


def test_every_payoff_is_what_the_table_of_payoffs_says() -> None:
    rng = random.Random(SEED)
    for _ in range(100):
        v = drawn(rng)
        game = encounter_at(**v)
        sanctions = {
            "None": (Fraction(0), Fraction(0), Fraction(0)),
            "Symbolic": (v["alpha"] * v["A_F"] - v["k_Y"], v["h_Y"], v["y"]),
            "Full": (v["A_F"] - v["k_F"], v["h_F"], Fraction(1)),
        }
        assert game.strategies == {"Japan": tuple(sanctions), "Russia": tuple(RUSSIA)}
        for s, (e, h, provoked) in sanctions.items():
            kept = (1 - v["r"]) * (s != "None")
            conceded = (v["V_J"] - v["E"] + kept * (e - v["beta"]), v["E"] - v["V_R"] - kept * h)
            assert game.payoffs[s, "Concede"] == conceded, (SEED, v)
            assert game.payoffs[s, "Absorb"] == (e, -h), (SEED, v)
            assert game.payoffs[s, "Patrol"] == (e - v["rho_3"], -h + v["gamma_3"] * provoked - v["c_3"]), (SEED, v)


@pytest.mark.parametrize(("kept", "after"), [(1, "Lift"), (0, "Keep")])
def test_the_bimatrix_is_the_tree_with_the_promise_kept_or_not(kept: int, after: str) -> None:
    tree = retaliation.MODEL.at(c_3="1/7", h_F="8/5")
    game = encounter_at(c_3="1/7", h_F="8/5", r=kept)
    for (sanction, answer), payoffs in game.payoffs.items():
        last = () if sanction == "None" else (after,) if answer == "Concede" else ("Hold",)
        assert tree.outcomes[sanction, answer, *last].payoffs == payoffs  # type: ignore[union-attr]


def test_russia_never_concedes_to_no_sanctions_and_the_equilibria_are_those_by_hand() -> None:
    """Russia concedes to s exactly if h ≥ V_R − E + max(0, g); Japan, if conceded to, is indifferent about s."""
    rng = random.Random(SEED)
    conceding = 0
    for _ in range(200):
        v = drawn(rng) | {"r": Fraction(1)}
        game = encounter_at(**v)
        for s, (h, sigma) in {"None": (0, 0), "Symbolic": (v["h_Y"], v["y"]), "Full": (v["h_F"], 1)}.items():
            gain = max(Fraction(0), v["gamma_3"] * sigma - v["c_3"])
            assert game.is_best_response((s, "Concede"), "Russia") == (h >= v["V_R"] - v["E"] + gain), (SEED, v)
        found = {tuple(next(s for s, w in e[p].items() if w) for p in game.players) for e in solve(game, "pure-nash")}
        expected = {(s, "Concede") for s in game.strategies["Japan"] if game.is_best_response((s, "Concede"), "Russia")}
        assert {profile for profile in found if profile[1] == "Concede"} == expected, (SEED, v)
        conceding += bool(expected)
    assert 20 < conceding < 190


def test_at_the_defaults_the_promise_is_not_kept_and_nothing_is_conceded() -> None:
    """In the tree Japan keeps full sanctions where e > beta, so that r is 0, and Russia patrols."""
    (equilibrium,) = solve(encounter_at())
    assert (equilibrium["Japan"]["Full"], equilibrium["Russia"]["Patrol"]) == (1, 1)
    (at_its_word,) = [e for e in solve(encounter_at(r=1), "pure-nash") if e["Japan"]["Full"]]
    assert at_its_word["Russia"]["Concede"] == 1


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (("Full", "Patrol"), "Full sanctions, Russia patrols"),
        (("None", "Concede"), "No sanctions, Russia concedes"),
    ],
)
def test_profiles_in_words(profile: tuple[str, str], words: str) -> None:
    assert encounter.outcome_words(profile) == words
