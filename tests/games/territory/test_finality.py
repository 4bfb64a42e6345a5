"""Finality: what the clause is worth, whether it binds and which deal is made come back from the tree."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import ExtensiveGame, solve
from games.formulas.values import evaluate
from games.territory.finality import FINAL, MODEL, OPEN, outcome_words, quantities

SEED = 1956


def tree_at(**values: object) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def worth_of_the_clause(game: ExtensiveGame) -> Fraction:
    """What both together get by a final deal more than by an open one, once it is accepted."""
    final, unbound = (solve(game.subgame((kind, "Accept"))) for kind in (FINAL, OPEN))
    return sum(map(Fraction, final[0].payoffs.values())) - sum(map(Fraction, unbound[0].payoffs.values()))


def drawn(rng: random.Random) -> dict[str, Fraction]:
    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)

    return {
        "V_J": part(0, 3),
        "L": part(0, 3),
        "omega": part(0, 1),
        "ell": part(0, 1),
        "z_J": part(-1, 1),
        "z_R": part(-1, 1),
        "alpha_J": part(0, Fraction(1, 2)),
        "tau": part(0, Fraction(1, 2)),
        "q": part(0, 1),
        "beta": part(0, 1),
        "delta": part(0, 1),
        "theta": part(0, 1),
    }


def joint_gain(v: dict[str, Fraction]) -> Fraction:
    """Of a deal on two islands that is kept, as it is stated for the partition."""
    return v["z_J"] + v["z_R"] + v["omega"] * v["V_J"] - v["ell"] * v["L"] - v["alpha_J"] - v["tau"]


def worth(v: dict[str, Fraction]) -> Fraction:
    """δq[(1 − ℓ)L − (1 − ω)V]."""
    return v["delta"] * v["q"] * ((1 - v["ell"]) * v["L"] - (1 - v["omega"]) * v["V_J"])


def binds(v: dict[str, Fraction]) -> bool:
    return v["q"] * (1 - v["omega"]) * v["V_J"] < v["beta"]


def expected(v: dict[str, Fraction]) -> str:
    """Japan offers the deal of which it gets more, if Russia accepts it."""
    final, unbound = joint_gain(v), joint_gain(v) - worth(v)
    if binds(v):
        best = max(final, unbound)
        return "no deal" if best < 0 else FINAL if final > unbound else OPEN
    lost = v["delta"] * v["q"] * (1 - v["ell"]) * v["L"]
    gained = v["delta"] * (v["q"] * (1 - v["omega"]) * v["V_J"] - v["beta"])
    pays = {"no deal": Fraction(0)}
    if (1 - v["theta"]) * final - lost > 0:
        pays[FINAL] = v["theta"] * final + gained
    if unbound > 0:
        pays[OPEN] = v["theta"] * unbound
    return max(pays, key=lambda kind: pays[kind])


def compare_with_the_stated_regions(draws: int) -> Counter[tuple[str, bool]]:
    rng = random.Random(SEED)
    seen: Counter[tuple[str, bool]] = Counter()
    for _ in range(draws):
        v = drawn(rng)
        game = tree_at(**v)
        if binds(v):
            assert worth_of_the_clause(game) == worth(v), (SEED, v)
        played = {end.path[0] if "Accept" in end.path else "no deal" for one in solve(game) for end in one.outcomes}
        assert played == {expected(v)}, (SEED, v)
        seen[expected(v), binds(v)] += 1
    return seen


def test_the_clause_is_worth_what_is_stated_and_is_agreed_where_it_gains() -> None:
    seen = compare_with_the_stated_regions(150)
    assert min(seen[FINAL, True], seen[OPEN, True], seen["no deal", True], seen["no deal", False]) > 3, seen


@pytest.mark.long
def test_the_clause_is_worth_what_is_stated_in_many_draws() -> None:
    seen = compare_with_the_stated_regions(2_000)
    assert len(seen) == 6, seen


@pytest.mark.parametrize(("V_J", "stated"), [("1", "0.054"), ("3/2", "-0.0405")])
def test_the_instances(V_J: str, stated: str) -> None:
    """δ = .9, q = .3, L = 1, ω = .3, ℓ = .1; with V = 3/2 a broken promise must cost more for the clause to bind."""
    values = {"delta": ".9", "q": ".3", "L": "1", "omega": ".3", "ell": ".1", "V_J": V_J, "beta": "1/2"}
    assert worth_of_the_clause(tree_at(**values)) == Fraction(stated)
    assert evaluate(quantities()["worth of a clause that binds"], MODEL.point(**values)) == Fraction(stated)


def test_a_clause_that_is_worth_something_is_agreed_and_one_that_costs_is_left_out() -> None:
    """Both of a deal on two islands that gains something: Russia fears for the rest, or Japan hopes for it."""
    gaining = {"alpha_J": "1/10", "tau": "1/10", "beta": "1/2"}
    assert {end.path[0] for end in solve(tree_at(**gaining))[0].outcomes} == {FINAL}
    assert {end.path[0] for end in solve(tree_at(**gaining, V_J="3/2"))[0].outcomes} == {OPEN}


def test_a_promise_that_costs_less_than_the_rest_is_worth_is_not_believed() -> None:
    """At beta = q(1 − ω)V = 21/100 Japan is indifferent; below, it breaks the clause, and Russia does not accept it."""
    gaining = {"alpha_J": "1/10", "tau": "1/10"}
    ways = []
    for beta in ("2/10", "21/100", "22/100"):
        found = solve(tree_at(**gaining, beta=beta).subgame((FINAL, "Accept")))
        ways.append({action for one in found for mix in one.strategies.values() for action, w in mix.items() if w})
    assert ways == [{"Demand the rest"}, {"Demand the rest", "Keep to it"}, {"Keep to it"}]
    played = solve(tree_at(**gaining, beta="2/10"))
    assert {end.path[0] for one in played for end in one.outcomes if "Accept" in end.path} <= {OPEN}


def test_by_default_there_is_no_deal() -> None:
    found = solve(tree_at())
    assert {outcome_words(end.path) for one in found for end in one.outcomes} == {"The freeze goes on"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((FINAL, "Accept", "Keep to it"), "Two islands for good"),
        ((OPEN, "Accept", "Keep to it"), "Two islands, no further demand"),
        (
            (FINAL, "Accept", "Demand the rest", "Win"),
            "Two islands, Japan demands the rest against its promise and wins",
        ),
        (
            (OPEN, "Accept", "Demand the rest", "Fail"),
            "Two islands, Japan demands the rest as the deal allows and fails",
        ),
        ((OPEN, "Refuse"), "The freeze goes on"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
