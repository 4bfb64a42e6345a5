"""Alternating offers: the closed forms of the literature, found again by solving the model."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest

from games import Equilibrium, solve
from games.classics.alternating_offers import MODEL, outcome_words
from games.formulas.values import evaluate
from laws.counts import long

SEED = 1999
COUNTS = pytest.mark.parametrize("draws", [150, long(2_000)])
Values = Mapping[str, Fraction]


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values within the ranges that meet the assumptions; a fine grain leaves no ties."""
    while True:
        v = {p.name: p.low + (p.high - p.low) * Fraction(rng.randrange(1, 9973), 9973) for p in MODEL.parameters}
        v["p"] = rng.choice((Fraction(0), v["p"]))
        if v["w_J"] + v["w_R"] < v["S"]:
            return v


def only(**values: object) -> Equilibrium:
    equilibria = solve(MODEL.at(**values))
    assert equilibria.exact
    (found,) = equilibria
    return found


def never(v: Values, side: str) -> Fraction:
    """What talks for ever pay."""
    d, p = v[f"delta_{side}"], v["p"]
    return (p * v[f"b_{side}"] + (1 - p) * (1 - d) * v[f"g_{side}"]) / (1 - (1 - p) * d)


def share(v: Values) -> Fraction:
    """What Japan gets when it proposes first and nobody would walk away."""
    beta_J, beta_R = (1 - v["p"]) * v["delta_J"], (1 - v["p"]) * v["delta_R"]
    D_J, D_R = never(v, "J"), never(v, "R")
    return D_J + (v["S"] - D_J - D_R) * (1 - beta_R) / (1 - beta_J * beta_R)


@COUNTS
def test_the_share_where_walking_away_is_worth_nothing(draws: int) -> None:
    """Outside options so low that they never count: agreement exactly if it is worth more than talks for ever."""
    rng = random.Random(SEED)
    agreed: Counter[bool] = Counter()
    for _ in range(draws):
        v = {**drawn(rng), "w_J": Fraction(-5), "w_R": Fraction(-5)}
        found = only(**v)
        worth_it = never(v, "J") + never(v, "R") < v["S"]
        agreed[worth_it] += 1
        if worth_it:
            assert found.payoffs["Japan"] == share(v), (SEED, v)
            assert found.outcomes[0].path == ("Japan proposes", "Agreement")
        else:
            assert found.payoffs == {"Japan": never(v, "J"), "Russia": never(v, "R")}, (SEED, v)
            assert found.outcomes[0].path == (("Breakdown",) if v["p"] else ("Talks for ever",))
    assert min(agreed.values()) > draws // 50, agreed


@COUNTS
def test_an_outside_option_counts_where_it_is_worth_more_than_talking_on(draws: int) -> None:
    """Without breakdown and inside options: Russia gets the greater of w_R and what talking on gives it."""
    rng = random.Random(SEED)
    walks: Counter[bool] = Counter()
    for _ in range(draws):
        v = drawn(rng)
        v |= dict.fromkeys(("p", "b_J", "b_R", "g_J", "g_R", "w_J"), Fraction(0)) | {"w_R": abs(v["w_R"])}
        if v["w_R"] >= v["S"]:
            continue
        found = only(**v)
        assert found.payoffs["Japan"] == min(share(v), v["S"] - v["w_R"]), (SEED, v)
        walks[v["S"] - v["w_R"] < share(v)] += 1
    assert min(walks.values()) > draws // 8, walks


@COUNTS
def test_sanctions_during_talks_raise_the_share_where_they_hurt_the_other_side_enough(draws: int) -> None:
    """With one discount factor exactly if h > δk."""
    rng = random.Random(SEED)
    raised: Counter[bool] = Counter()
    plain = {**dict.fromkeys(("p", "b_J", "b_R"), Fraction(0)), "w_J": Fraction(-5), "w_R": Fraction(-5)}
    for _ in range(draws):
        delta = Fraction(rng.randint(1, 9), 10)
        h, k = Fraction(rng.randint(0, 500), 1000), Fraction(rng.randint(0, 500), 1000)
        values = {**plain, "delta_J": delta, "delta_R": delta}
        without = only(**values, g_J=0, g_R=0).payoffs["Japan"]
        sanctioned = only(**values, g_J=-k, g_R=-h).payoffs["Japan"]
        assert without == 1 / (1 + delta)
        assert (sanctioned > without) == (h > delta * k), (SEED, delta, h, k)
        raised[sanctioned > without] += 1
    assert min(raised.values()) > draws // 5


def test_the_instance() -> None:
    """δ = .9, h = .3, k = .1: from 10/19 to 121/190."""
    assert only(g_J=0, g_R=0).payoffs["Japan"] == Fraction(10, 19)
    assert only().payoffs["Japan"] == Fraction(121, 190)
    assert only(w_R="0.6", g_J=0, g_R=0).payoffs["Japan"] == Fraction(2, 5)


def test_what_is_played_is_told() -> None:
    equilibria = solve(MODEL.at())
    assert equilibria.complete
    assert "nothing else is subgame-perfect" in equilibria.remarks[0]
    point = MODEL.point()
    (gain,) = MODEL.quantities().values()
    assert evaluate(gain, point) == 1 + Fraction(1, 10) + Fraction(3, 10)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Japan proposes", "Agreement"), "Agreement on Japan's offer"),
        (("Russia proposes", "Talks are left"), "Japan walks away"),
        (("Breakdown",), "Breakdown"),
        (("Talks for ever",), "Talks for ever"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert path in MODEL.game.paths
    assert outcome_words(path) == words
