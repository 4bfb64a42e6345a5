"""Crisis signalling: how often threats are bluffs and are resisted comes back from the tree."""

import random
from fractions import Fraction

import pytest

from games import Equilibria, solve
from games.classics.crisis_signalling import MODEL, THREATENED, outcome_words

SEED = 1994


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values at which some threats are bluffs: μ(−w) < (1 − μ)V."""

    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 1000), 1000)

    good, mu = part(Fraction(1, 2), 2), part(0, 1)
    a = part(0, 1)
    w = -part(0, min(Fraction(1), (1 - mu) * good / mu))
    return {"V": good, "a": a, "mu": mu, "w": w, "s_R": part(0, Fraction(1, 2)), "s_U": part(-3, -1)}


def war_in(found: Equilibria) -> list[Fraction]:
    return [sum(Fraction(end.probability) for end in one.outcomes if end.path[-1] == "Fight") for one in found]


def compare_with_the_stated_mixture(draws: int) -> None:
    """Resist with V/(V + a), bluff with μ(−w)/((1 − μ)V), war with μV/(V + a)."""
    rng = random.Random(SEED)
    for _ in range(draws):
        v = drawn(rng)
        found = solve(MODEL.at(**v))
        assert found.complete, (SEED, v)
        (only,) = found
        assert only[THREATENED]["Resist"] == v["V"] / (v["V"] + v["a"]), (SEED, v)
        assert only["Unresolved"]["Threaten"] == v["mu"] * -v["w"] / ((1 - v["mu"]) * v["V"]), (SEED, v)
        assert only["Resolved"]["Threaten"] == only["Resolved after resistance"]["Fight"] == 1, (SEED, v)
        assert only["Unresolved after resistance"]["Back down"] == 1, (SEED, v)
        assert war_in(found) == [v["mu"] * v["V"] / (v["V"] + v["a"])], (SEED, v)


def test_some_threats_are_bluffs_where_resolved_challengers_are_not_too_likely() -> None:
    compare_with_the_stated_mixture(150)


@pytest.mark.long
def test_some_threats_are_bluffs_in_many_draws() -> None:
    compare_with_the_stated_mixture(2_000)


def test_where_resolved_challengers_are_likely_nobody_resists() -> None:
    found = solve(MODEL.at(mu="4/5"))
    assert {one[THREATENED]["Concede"] for one in found} == {1}
    assert set(war_in(found)) == {0}


def test_higher_audience_costs_make_wars_rarer() -> None:
    wars = [war_in(solve(MODEL.at(a=cost))) for cost in ("1/4", "1/2", "1")]
    assert wars == [[Fraction(6, 25)], [Fraction(1, 5)], [Fraction(3, 20)]]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Resolved", "Threaten", "Resist", "Fight"), "A resolved challenger threatens, the target resists, war"),
        (("Unresolved", "Refrain"), "An unresolved challenger refrains"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
