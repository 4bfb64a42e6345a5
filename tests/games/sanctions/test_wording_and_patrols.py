"""Wording and patrols: which signals keep Japan from sanctioning, from the solvers."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import pytest

from games import Equilibrium, solve
from games.formulas.values import evaluate
from games.sanctions.wording_and_patrols import (
    CLAIM,
    MODEL,
    NOTHING,
    PATROL,
    SIGNALS,
    outcome_words,
    sees,
    sends,
    signalling,
)
from laws.counts import long

SEED = 1997
TINY = Fraction(1, 10**9)
Values: TypeAlias = Mapping[str, Fraction]

INSTANCE = {
    name: Fraction(value)
    for name, value in {
        "V": "1", "v_L": "3/5", "v_H": "3", "h": "3/2", "e": "1/5", "mu": "3/5", "c": "1/2", "a": "4/5",
    }.items()
}  # fmt: skip


def listed(values: Mapping[str, object], *signals: str) -> list[Equilibrium]:
    """The sequential equilibria with only these signals, and nothing, on the menu; with all, if none is named."""
    game, point = signalling((NOTHING, *signals) if signals else SIGNALS), MODEL.point(**values)
    return list(solve(game.with_entries([evaluate(entry, point) for entry in game.entries]), "sequential"))


def chance(one: Equilibrium, kind: str, signal: str) -> Fraction:
    return Fraction(one[sends(kind)].get(signal, 0))


def sanctioned(one: Equilibrium, signal: str) -> Fraction:
    return Fraction(one[sees(signal)]["Sanction"])


def told(one: Equilibrium, signal: str) -> tuple[Fraction, Fraction]:
    """How often Japan sanctions after the signal, and how often a soft Russia sends it."""
    return sanctioned(one, signal), chance(one, "Soft", signal)


def sent_by_the_hard(found: Sequence[Equilibrium], signal: str) -> list[Equilibrium]:
    return [one for one in found if chance(one, "Hard", signal) == 1]


def separating(found: Sequence[Equilibrium], signal: str) -> list[Equilibrium]:
    """Those in which the hard Russia alone sends the signal, and Japan sanctions after all else."""
    return [one for one in sent_by_the_hard(found, signal) if told(one, signal) == (0, 0)]


def deterred(v: Values) -> bool:
    """Whether Japan, knowing no more than before, would rather not sanction a Russia that resists when hard."""
    return v["mu"] * v["V"] < (1 - v["mu"]) * v["e"]


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values at which sanctions would move a soft Russia alone, and cost Japan something if they move nobody."""

    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)

    v = {name: part(0, 1) for name in ("v_L", "e", "mu")}
    v |= {"V": part(0, 2), "h": part(v["v_L"], 2), "c": part(0, 2), "a": part(0, 1)}
    return {**v, "v_H": part(v["h"], 4)}


def test_patrols_too_cheap_for_a_soft_russia_to_leave_to_the_hard() -> None:
    """c = 1/2 < v_L: Japan sanctions patrols with 1 − c/v_L = 1/6, and a soft Russia patrols with 2/15."""
    (one,) = sent_by_the_hard(listed(INSTANCE, PATROL), PATROL)
    assert told(one, PATROL) == (Fraction(1, 6), Fraction(2, 15))
    assert sanctioned(one, NOTHING) == 1
    assert separating(listed(INSTANCE, PATROL), PATROL) == []


@pytest.mark.parametrize("c", ["3/5", "1", "3/2"])
def test_patrols_that_separate(c: str) -> None:
    assert separating(listed({**INSTANCE, "c": c}, PATROL), PATROL)


@pytest.mark.parametrize("c", [Fraction(3, 5) - TINY, Fraction(3, 2) + TINY])
def test_patrols_that_do_not(c: Fraction) -> None:
    assert separating(listed({**INSTANCE, "c": c}, PATROL), PATROL) == []


def test_wording_that_binds_too_little() -> None:
    """a = 4/5 < h − v_L: Japan sanctions the claim with v_L/(v_L + a) = 3/7, and a soft Russia claims with 2/15."""
    (one,) = sent_by_the_hard(listed(INSTANCE, CLAIM), CLAIM)
    assert told(one, CLAIM) == (Fraction(3, 7), Fraction(2, 15))
    assert sanctioned(one, NOTHING) == 1


@pytest.mark.parametrize("a", ["9/10", "1", "2"])
def test_wording_that_binds_a_soft_russia_pools_at_no_cost(a: str) -> None:
    """From a = h − v_L = 9/10 on a soft Russia that has claimed would resist; Japan refrains and nobody pays."""
    pooled = [one for one in sent_by_the_hard(listed({**INSTANCE, "a": a}, CLAIM), CLAIM) if told(one, CLAIM) == (0, 1)]
    assert pooled
    assert {(one.payoffs["Japan"], one.payoffs["Russia"]) for one in pooled} == {(0, 0)}
    below = sent_by_the_hard(listed({**INSTANCE, "a": Fraction(9, 10) - TINY}, CLAIM), CLAIM)
    assert all(told(one, CLAIM) != (0, 1) for one in below)


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [100, long(2_000)])
def test_where_patrols_separate(draws: int) -> None:
    """Exactly if v_L ≤ c ≤ h; below, Japan sanctions some patrols, unless it would not have sanctioned anyway."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(draws):
        v = drawn(rng)
        found = listed(v, PATROL)
        separates = v["v_L"] <= v["c"] <= v["h"]
        assert bool(separating(found, PATROL)) == separates, (SEED, v)
        mixed = [one for one in sent_by_the_hard(found, PATROL) if 0 < chance(one, "Soft", PATROL) < 1]
        expected = (1 - v["c"] / v["v_L"], (1 - v["mu"]) * v["e"] / (v["mu"] * v["V"]))
        mixes = v["c"] < v["v_L"] and not deterred(v)
        assert {told(one, PATROL) for one in mixed} == ({expected} if mixes else set()), (SEED, v)
        seen["separates" if separates else "mixes" if mixes else "neither"] += 1
    assert min(seen.values()) > draws / 20, (SEED, seen)
    assert len(seen) == 3, (SEED, seen)


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [100, long(2_000)])
def test_where_wording_pools(draws: int) -> None:
    """Exactly if a ≥ h − v_L, or if Japan would not have sanctioned anyway; else Japan sanctions some claims."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(draws):
        v = drawn(rng)
        claiming = sent_by_the_hard(listed(v, CLAIM), CLAIM)
        pools = v["a"] >= v["h"] - v["v_L"] or deterred(v)
        assert any(told(one, CLAIM) == (0, 1) for one in claiming) == pools, (SEED, v)
        expected = (v["v_L"] / (v["v_L"] + v["a"]), (1 - v["mu"]) * v["e"] / (v["mu"] * v["V"]))
        assert pools or {told(one, CLAIM) for one in claiming} == {expected}, (SEED, v)
        seen["pools" if pools else "mixes"] += 1
    assert min(seen["pools"], seen["mixes"]) > draws / 8, (SEED, seen)


@pytest.mark.untraced
def test_where_sanctions_pay_in_themselves_no_signal_keeps_japan_from_them() -> None:
    rng = random.Random(SEED)
    for _ in range(25):
        v = drawn(rng)
        v["e"] = -v["e"]
        for one in listed(v):
            assert {sanctioned(one, signal) for signal in SIGNALS} == {1}, (SEED, v)


def test_the_default_is_the_story_of_the_source() -> None:
    """Patrols that pay in themselves tell Japan nothing, Japan sanctions, and most probably Russia resists."""
    for concept in ("subgame-perfect", "sequential"):
        for one in solve(MODEL.at(), concept):
            assert {o.path: o.probability for o in one.outcomes} == {
                ("Soft", PATROL, "Sanction", "Concede"): Fraction(2, 5),
                ("Hard", PATROL, "Sanction", "Resist"): Fraction(3, 5),
            }
    assert len(solve(MODEL.at(), "sequential")) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Soft", NOTHING, "Refrain"), "A soft Russia does nothing, Japan refrains"),
        (
            ("Hard", PATROL, "Sanction", "Resist"),
            "A hard Russia patrols, Japan imposes full sanctions, Russia resists",
        ),
        (
            ("Soft", CLAIM, "Sanction", "Concede"),
            "A soft Russia claims sovereignty, Japan imposes full sanctions, Russia concedes",
        ),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
