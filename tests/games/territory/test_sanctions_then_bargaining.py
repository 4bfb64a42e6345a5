"""Sanctions, then bargaining: where sanctions open and close a deal comes back from the tree."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest

from games import Equilibria, ExtensiveGame, solve
from games.formulas.values import evaluate
from games.territory.sanctions_then_bargaining import MODEL, SANCTIONS, outcome_words, quantities

SEED = 20231222

PARTITION = {"V_J": "3/2", "L": "1", "omega": "3/10", "ell": "1/10", "z_J": "1/5", "z_R": "1/10"}
GIVING_WAY = {**PARTITION, "alpha_J": "1/4", "tau": "1/10"}
"""Values at which each of the three divisions has a joint gain."""


def tree_at(**values: object) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def bargained(game: ExtensiveGame, sanction: str) -> Equilibria:
    """What is subgame-perfect once Japan has chosen the sanction."""
    return solve(game.subgame((sanction,)))


def is_deal(path: tuple[str, ...]) -> bool:
    return path[-1] == "Accept"


def deals_in(game: ExtensiveGame, sanction: str) -> set[bool]:
    """Whether there is a deal, in each of the equilibria."""
    return {is_deal(end.path) for one in bargained(game, sanction) for end in one.outcomes}


def divisions(v: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The joint gain of each division without sanctions, from the payoffs of the partition."""
    treaty = v["z_J"] + v["z_R"]
    return {
        "Treaty only": treaty - v["alpha_J"],
        "Two islands": treaty + v["omega"] * v["V_J"] - v["ell"] * v["L"] - v["alpha_J"] - v["tau"],
        "Four islands": treaty + v["V_J"] - v["L"] - v["tau"],
    }


def surpluses(v: Mapping[str, Fraction]) -> tuple[Fraction, Fraction]:
    """S_N and S_F as they are stated."""
    gains = divisions(v)
    under = (gain - (0 if islands == "Treaty only" else v["Delta_tau"]) for islands, gain in gains.items())
    return max(gains.values()), max(under) + max(Fraction(0), v["h"] - v["e"])


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values within the ranges that are as often on the one side of each comparison as on the other."""

    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)

    return {
        "V_J": part(0, 3),
        "L": part(0, 3),
        "omega": part(0, 1),
        "ell": part(0, 1),
        "z_J": part(-1, 1),
        "z_R": part(-1, 1),
        "alpha_J": part(0, 2),
        "tau": part(0, 2),
        "e": part(-1, 2),
        "h": part(0, 3),
        "Delta_tau": part(0, 2),
        "theta": part(0, 1),
    }


def effect(without: bool, under: bool) -> str:
    return {(True, False): "close", (False, True): "open"}.get((without, under), "neither")


def compare_with_the_stated_region(draws: int) -> Counter[str]:
    rng = random.Random(SEED)
    seen: Counter[str] = Counter()
    for _ in range(draws):
        v = drawn(rng)
        game = tree_at(**v)
        s_none, s_full = surpluses(v)
        assert deals_in(game, "None") == {s_none > 0}, (SEED, v)
        assert deals_in(game, "Full") == {s_full > 0}, (SEED, v)
        seen[effect(s_none > 0, s_full > 0)] += 1
    return seen


def test_sanctions_close_and_open_a_deal_where_it_is_stated() -> None:
    """Close iff S_N ≥ 0 > S_F, open iff S_N < 0 ≤ S_F; no draw meets an equality, which has a test of its own."""
    seen = compare_with_the_stated_region(150)
    assert min(seen["close"], seen["open"]) > 5, seen


@pytest.mark.long
def test_sanctions_close_and_open_a_deal_where_it_is_stated_in_many_draws() -> None:
    seen = compare_with_the_stated_region(2_000)
    assert min(seen["close"], seen["open"]) > 50, seen


def test_at_a_joint_gain_of_zero_there_may_be_a_deal_and_need_not() -> None:
    """S_F = −6/5 + (h − e) = 0 at h = 2, the other values being the defaults."""
    game = tree_at(h="2")
    assert surpluses({p.name: MODEL.point(h="2")[p.symbol] for p in MODEL.parameters}) == (Fraction(-11, 10), 0)
    assert deals_in(game, "Full") == {True, False}
    assert deals_in(tree_at(h="2000001/1000000"), "Full") == {True}
    assert deals_in(tree_at(h="1999999/1000000"), "Full") == {False}


def test_the_stated_surpluses_of_the_divisions() -> None:
    point = {p.name: MODEL.point(**GIVING_WAY)[p.symbol] for p in MODEL.parameters}
    assert list(divisions(point).values()) == [Fraction(1, 20), Fraction(3, 10), Fraction(7, 10)]
    assert point["h"] - point["e"] == Fraction(7, 10)


def test_the_quantities_are_what_the_two_sides_gain_in_the_tree() -> None:
    """At a deal, the sum of the payoffs against the freeze under the same sanction."""
    point = MODEL.point(**GIVING_WAY)
    game = tree_at(**GIVING_WAY)
    for sanction, formula in zip(SANCTIONS, quantities().values(), strict=True):
        (only,) = bargained(game, sanction)
        frozen = sum(game.outcomes[sanction, "No offer"].payoffs)
        assert sum(only.payoffs.values()) - frozen == evaluate(formula, point)


def test_nothing_but_the_division_of_the_gain_depends_on_the_payment() -> None:
    played = set()
    for theta in ("1/20", "1/2", "19/20"):
        (only,) = solve(tree_at(**GIVING_WAY, theta=theta, Delta_tau="1/5"))
        played.add(only.outcomes[0].path[1:])
    assert played == {("Four islands, relief", "Accept")}


def test_by_default_japan_imposes_full_sanctions_and_the_freeze_goes_on() -> None:
    found = solve(tree_at())
    assert {outcome_words(end.path) for one in found for end in one.outcomes} == {"Full sanctions, the freeze goes on"}
    assert {tuple(one.payoffs.values()) for one in found} == {(Fraction(4, 5), Fraction(-3, 2))}


def test_sanctions_close_a_deal_that_russia_would_have_made() -> None:
    """With e > h relief gains nothing, and yielding under sanctions costs more than the deal is worth."""
    values = {**GIVING_WAY, "e": "2", "z_J": "0", "Delta_tau": "1"}
    game = tree_at(**values)
    assert (deals_in(game, "None"), deals_in(game, "Full")) == ({True}, {False})


def test_relief_is_part_of_a_deal_exactly_if_it_is_worth_more_to_russia_than_the_sanctions_to_japan() -> None:
    for e, relief in (("7/5", True), ("8/5", False)):
        (only,) = bargained(tree_at(**GIVING_WAY, e=e, Delta_tau="1/10"), "Full")
        assert (only.outcomes[0].path[0] == "Four islands, relief") is relief


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("None", "Two islands", "Accept"), "No sanctions, two islands"),
        (("Full", "Two islands, relief", "Accept"), "Full sanctions, two islands, relief"),
        (("Full", "Two islands, relief", "Refuse"), "Full sanctions, the freeze goes on"),
        (("None", "No offer"), "No sanctions, the freeze goes on"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
