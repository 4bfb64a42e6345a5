"""The threat under unknown resolve: the window and the bluffing equilibrium come back from the solvers."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest

from games import Equilibrium, ExtensiveGame, solve
from games.sanctions.threat import MODEL, RETALIATED, outcome_words

SEED = 1995
TINY = Fraction(1, 10**9)
Values: TypeAlias = Mapping[str, Fraction]

START, SOFT, HARD = "Japan at the start", "Soft Russia after Full", "Hard Russia after Full"
SOFT_LATE, HARD_LATE = "Soft Russia after Japan holds", "Hard Russia after Japan holds"

INSTANCE = {
    name: Fraction(value)
    for name, value in {
        "v_L": ".6", "v_H": "3", "h": "1.5", "V": "2", "e": "-.8", "b": ".3", "rho": ".2", "g": ".1", "tau": ".5",
        "mu": ".6",
    }.items()
}  # fmt: skip


def tree_at(values: Mapping[str, object]) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def kappa(v: Values) -> Fraction:
    """The odds of a soft Russia at which Japan, having seen retaliation, is indifferent between holding and not."""
    return (-v["b"] - v["e"]) / (v["V"] + v["b"])


def bluffing_cut_off(v: Values) -> Fraction:
    return (kappa(v) + (v["b"] + v["rho"]) / (v["V"] + v["b"] + v["rho"])) / (1 + kappa(v))


def window_cut_off(v: Values) -> Fraction:
    return (v["rho"] - v["e"]) / (v["V"] + v["rho"] - v["e"])


def drawn(rng: random.Random, bluffing: bool) -> dict[str, Fraction]:
    """Values in the bluffing case or in the window."""

    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)

    v = {"V": part(1, 3), "b": part(0, 1), "rho": part(0, 1), "tau": part(0, 1), "v_L": part(0, 1), "mu": part(0, 1)}
    v["g"] = part(0, v["tau"])
    v["e"] = part(-2, -v["b"]) if bluffing else part(-v["b"], 1)
    v["h"] = v["v_L"] + (part(v["tau"], 1 + v["tau"]) if bluffing else part(v["g"], 1 + v["g"]))
    v["v_H"] = part(v["h"], 4)
    return v


def started(equilibrium: Equilibrium) -> set[str]:
    return {action for action, weight in equilibrium[START].items() if weight}


@pytest.mark.parametrize("concept", ["sequential", "perfect-bayesian"])
def test_the_instance_after_full_sanctions(concept: str) -> None:
    """q* = 7/11, the soft type retaliates with 10/69, and Japan believes κ/(1 + κ) = 5/28 after retaliation."""
    equilibria = solve(tree_at(INSTANCE).subgame(("Full",)), concept)
    assert equilibria.complete
    (only,) = equilibria
    assert only[RETALIATED]["Hold"] == Fraction(7, 11)
    assert only[SOFT]["Retaliate"] == Fraction(10, 69)
    assert only[HARD]["Retaliate"] == only[SOFT_LATE]["Concede late"] == only[HARD_LATE]["Hold out"] == 1
    assert sorted(only.beliefs[RETALIATED].values()) == [Fraction(5, 28), Fraction(23, 28)]


def test_the_instance_from_the_start() -> None:
    (only,) = solve(tree_at(INSTANCE))
    assert only[START]["Full"] == 1
    assert [round(float(q), 6) for q in (only[RETALIATED]["Hold"], only[SOFT]["Retaliate"])] == [0.636364, 0.144928]
    assert bluffing_cut_off(INSTANCE) == Fraction(12, 35)
    assert round(float(Fraction(12, 35)), 6) == 0.342857
    for mu, expected in ((Fraction(12, 35) + TINY, {"Full"}), (Fraction(12, 35) - TINY, {"None"})):
        game = tree_at({**INSTANCE, "mu": mu})
        assert [started(e) for e in solve(game)] == [expected]
    game = tree_at({**INSTANCE, "mu": Fraction(12, 35)})
    assert set.union(*(started(e) for e in solve(game))) == {"Full", "None"}


def test_the_bluffing_case_comes_out_of_the_tree() -> None:
    """Below the odds κ Russia always retaliates; above, some soft Russias do, and Japan holds with q*."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(60):
        v = drawn(rng, bluffing=True)
        game = tree_at(v)
        equilibria = solve(game)
        assert equilibria.complete, (SEED, v)
        (only,) = equilibria
        pays = v["mu"] > bluffing_cut_off(v)
        assert started(only) == ({"Full"} if pays else {"None"}), (SEED, v)
        assert only[HARD]["Retaliate"] == 1, (SEED, v)
        if v["mu"] / (1 - v["mu"]) > kappa(v):
            assert only[RETALIATED]["Hold"] == (v["v_L"] + v["g"]) / (v["v_L"] + v["tau"]), (SEED, v)
            assert only[SOFT]["Retaliate"] == kappa(v) * (1 - v["mu"]) / v["mu"], (SEED, v)
        else:
            assert only[RETALIATED]["Hold"] == 0, (SEED, v)
            assert only[SOFT]["Retaliate"] == 1, (SEED, v)
        seen.update([f"pays {pays}", f"bluffs {only[SOFT]['Retaliate'] < 1}"])
    assert len(seen) == 4, seen
    assert min(seen.values()) > 3, seen


def test_the_window_case_comes_out_of_the_tree() -> None:
    """Where holding pays Japan in itself, a soft Russia concedes at once; then Full iff μ ≥ (ρ − e)/(V + ρ − e)."""
    rng = random.Random(SEED)
    seen = Counter[bool]()
    for _ in range(60):
        v = drawn(rng, bluffing=False)
        game = tree_at(v)
        (only,) = solve(game)
        assert only[SOFT]["Concede"] == only[HARD]["Retaliate"] == only[RETALIATED]["Hold"] == 1, (SEED, v)
        pays = v["mu"] > window_cut_off(v)
        assert started(only) == ({"Full"} if pays else {"None"}), (SEED, v)
        seen[pays] += 1
    assert min(seen[True], seen[False]) > 3, seen


def test_the_cut_off_of_the_window_from_both_sides() -> None:
    v = {**INSTANCE, "e": Fraction(-1, 5)}
    cut = window_cut_off(v)
    assert cut == Fraction(1, 6)
    for mu, expected in ((cut + TINY, {"Full"}), (cut - TINY, {"None"}), (cut, {"Full", "None"})):
        game = tree_at({**v, "mu": mu})
        assert set.union(*(started(e) for e in solve(game))) == expected


@pytest.mark.parametrize("e", ["-4/5", "-1/5"])
def test_a_russia_that_was_always_firm_is_never_moved_and_tells_nothing(e: str) -> None:
    """With mu = 0 there is no concession, and the belief after retaliation is the one before."""
    game = tree_at({**INSTANCE, "mu": 0, "e": e})
    for equilibrium in solve(game):
        assert started(equilibrium) == {"None"}
        assert equilibrium[HARD]["Retaliate"] == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("None",), "No sanctions"),
        (("Full", "Soft", "Concede"), "Full sanctions, a soft Russia concedes"),
        (
            ("Full", "Hard", "Retaliate", "Hold", "Hold out"),
            "Full sanctions, a hard Russia retaliates, Japan holds, Russia holds out",
        ),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
