"""Costly patience: the mixed equilibrium and the two pure ones come exactly from the stochastic game."""

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest

from games import Equilibrium, solve
from games.forms.stochastic import StochasticGame
from games.play.regret import regret
from games.sanctions.costly_patience import CONTEST, HOLD, MODEL, OVER, QUIT, REST, Ending, ending, outcome_words
from laws.counts import long

SEED = 1974
Values: TypeAlias = Mapping[str, object]

INSTANCE: Values = {"V_J": 1, "V_R": 1, "c_J": "1/4", "c_R": "3/2"}
JAPAN, RUSSIA = f"Japan in {CONTEST}", f"Russia in {CONTEST}"


def quits(one: Equilibrium) -> tuple[Fraction, Fraction]:
    """How often Japan and Russia quit in a round."""
    return Fraction(one[JAPAN][QUIT]), Fraction(one[RUSSIA][QUIT])


def mixed(values: Values) -> Equilibrium:
    (one,) = (e for e in solve(MODEL.at(**values)) if 0 < quits(e)[0] < 1)
    return one


def drawn(rng: random.Random) -> dict[str, Fraction]:
    def part(high: int) -> Fraction:
        return high * Fraction(rng.randrange(1, 1000), 1000)

    return {"V_J": part(3), "V_R": part(2), "c_J": part(2), "c_R": part(3), "delta": rng.choice([Fraction(0), part(1)])}


def closed_form(v: Mapping[str, Fraction]) -> tuple[Fraction, Fraction]:
    """Each quits so often that the other is indifferent."""
    return v["c_R"] / (v["V_R"] + v["c_R"]), v["c_J"] / (v["V_J"] + v["c_J"])


def by_hand(japan: Fraction, russia: Fraction) -> dict[str, dict[str, Fraction]]:
    rest = {REST: Fraction(1)}
    return {
        JAPAN: {HOLD: 1 - japan, QUIT: japan},
        RUSSIA: {HOLD: 1 - russia, QUIT: russia},
        f"Japan in {OVER}": rest,
        f"Russia in {OVER}": rest,
    }


def test_the_three_equilibria_of_the_instance() -> None:
    equilibria = solve(MODEL.at(**INSTANCE))
    assert equilibria.concept == "markov-perfect"
    assert equilibria.exact
    assert {quits(one) for one in equilibria} == {(0, 1), (1, 0), (Fraction(3, 5), Fraction(1, 5))}
    assert all(regret(equilibria.game, one.strategies) == {"Japan": 0, "Russia": 0} for one in equilibria)


def test_who_yields_first_in_the_instance() -> None:
    found = ending(mixed(INSTANCE).strategies)
    assert found == Ending(Fraction(12, 17), Fraction(2, 17), Fraction(3, 17), Fraction(0), Fraction(25, 17))
    assert str(found).startswith("Japan yields first with probability 12/17")


def test_what_a_round_costs_japan_makes_russia_yield() -> None:
    """c_J from 1/4 to 1 raises the probability that Russia yields first from 2/17 to 1/4."""
    assert ending(mixed({**INSTANCE, "c_J": 1}).strategies).russia == Fraction(1, 4)


def test_harsher_sanctions_make_japan_yield() -> None:
    found = [quits(mixed({**INSTANCE, "c_R": Fraction(k, 4)})) for k in range(1, 9)]
    assert sorted(found) == found
    assert len({japan for japan, _ in found}) == len(found)
    assert {russia for _, russia in found} == {Fraction(1, 5)}


@pytest.mark.parametrize("delta", ["0", "1/3", "9/10"])
def test_the_discount_factor_does_not_matter(delta: str) -> None:
    one = mixed({**INSTANCE, "delta": delta})
    assert quits(one) == (Fraction(3, 5), Fraction(1, 5))
    assert dict(one.payoffs) == {"Japan": 0, "Russia": 0}


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [10, pytest.param(200, marks=pytest.mark.long)])
def test_the_solver_finds_the_closed_form(draws: int) -> None:
    rng = random.Random(SEED)
    for _ in range(draws):
        v = drawn(rng)
        v["delta"] *= Fraction(1, 2)
        equilibria = solve(MODEL.at(**v))
        assert equilibria.exact, (SEED, v)
        assert {quits(one) for one in equilibria} == {(0, 1), (1, 0), closed_form(v)}, (SEED, v)


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [150, long(2_000)])
def test_nobody_gains_by_any_other_way_to_play_and_somebody_does_elsewhere(draws: int) -> None:
    """Judged without a solver, against every deviation for ever after."""
    rng = random.Random(SEED)
    for _ in range(draws):
        v = drawn(rng)
        game = MODEL.at(**v)
        japan, russia = closed_form(v)
        assert set(regret(game, by_hand(japan, russia)).values()) == {0}, (SEED, v)
        off = Fraction(rng.choice([9, 11]), 10)
        assert any(regret(game, by_hand(min(japan * off, Fraction(1)), russia)).values()), (SEED, v)


@pytest.mark.untraced
def test_no_other_stationary_play_is_an_equilibrium() -> None:
    """On a grid of mixtures with the three equilibria on it, only these have no regret."""
    game = MODEL.at(**INSTANCE, delta="1/2")
    grid = [Fraction(k, 20) for k in range(21)]
    still = {(j, r) for j in grid for r in grid if not any(regret(game, by_hand(j, r)).values())}
    assert still == {(0, 1), (1, 0), (Fraction(3, 5), Fraction(1, 5))}


def test_the_ending_is_what_happens_round_by_round() -> None:
    """The odds of what has happened by a late round come as near as they must."""
    one = mixed({})
    japan, russia = quits(one)
    found = ending(one.strategies)
    going, first, rounds = Fraction(1), [Fraction(0)] * 3, Fraction(0)
    for number in range(1, 60):
        parts = (japan * (1 - russia), russia * (1 - japan), japan * russia)
        first = [before + going * now for before, now in zip(first, parts, strict=True)]
        rounds += number * going * sum(parts)
        going *= (1 - japan) * (1 - russia)
    for near, exact in zip((*first, rounds), (found.japan, found.russia, found.both, found.rounds), strict=True):
        assert 0 <= exact - near < Fraction(1, 10**20)


def test_endings_at_once_and_never() -> None:
    ends = {quits(one): ending(one.strategies) for one in solve(MODEL.at())}
    assert ends[0, 1] == Ending(Fraction(0), Fraction(1), Fraction(0), Fraction(0), Fraction(1))
    assert ends[1, 0] == Ending(Fraction(1), Fraction(0), Fraction(0), Fraction(0), Fraction(1))
    never = ending(by_hand(Fraction(0), Fraction(0)))
    assert never == Ending(Fraction(0), Fraction(0), Fraction(0), Fraction(1), Fraction(0))
    assert str(never) == "nobody ever yields"


def test_the_defaults_and_their_words() -> None:
    game = MODEL.at()
    assert isinstance(game, StochasticGame)
    assert {outcome_words(path) for one in solve(game) for path in game.played_paths(one)} == {
        "Japan yields at once",
        "Russia yields at once",
        "Both hold on, and either may yield in any round",
    }
    assert quits(mixed({})) == (Fraction(3, 5), Fraction(2, 7))
    assert {outcome_words(path) for path in game.paths} >= {"Both hold for ever", "Both yield at once"}
