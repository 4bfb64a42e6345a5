"""Equilibrium payoffs of repeated games: promises checked one by one, the folk theorem, worst punishments, fractals."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import GraphModel, InputError, RepeatedGame, StrategicGame, solve
from games.solvers.limits import time_limit
from games.solvers.methods.polygons import farthest, holds, hull
from games.solvers.repeated.payoff_set import PayoffSet, payoff_set
from games.terms import var
from judges.promises import are_held_up, is_average

SEED = 1990


def repeated(stage: StrategicGame, first: Any, second: Any = None) -> RepeatedGame:
    one, other = stage.players
    return RepeatedGame({"round": stage}, {one: first, other: first if second is None else second})


def random_stage(rng: random.Random, sizes: tuple[int, int], high: int = 6) -> StrategicGame:
    menus = {"A": tuple("xyz"[: sizes[0]]), "B": tuple("xyz"[: sizes[1]])}
    return StrategicGame(menus, {p: (rng.randint(0, high), rng.randint(0, high)) for p in product(*menus.values())})


def checked(found: PayoffSet) -> None:
    """Every inner point is held up by promises that are averages of inner points; without a lottery, inner points."""
    if not found.inner:
        assert found.worst == {}
        return
    assert are_held_up(found.game, found.inner, found.agreements)
    for each in found.agreements.values():
        for one in each:
            if found.has_lottery:
                assert is_average(one.payoffs, found.inner)
            else:
                assert one.payoffs in found.agreements
                assert len(each) == 1
    for point in found.inner:
        assert found.contains(point) is True
        for k, player in enumerate(found.game.players):
            assert point[k] >= found.minmax[player]


@pytest.mark.parametrize("lottery", [True, False])
@pytest.mark.parametrize("sizes", [(2, 2), (2, 3), (3, 3)])
@pytest.mark.untraced
def test_sets_of_random_games(sizes: tuple[int, int], lottery: bool) -> None:
    """What grim triggers hold up lies in them, and everything is between an inner and an outer set."""
    rng = random.Random(f"{SEED} {sizes} {lottery}")
    count = 0
    for _ in range(5 if lottery else 2):
        factor = Fraction(rng.randint(1, 8), 10)
        found = payoff_set(repeated(random_stage(rng, sizes), factor), lottery)
        checked(found)
        assert all(holds(found.outer, point) for point in found.inner)
        for one in solve(found.game, "grim-trigger"):
            inside = found.contains(tuple(one.payoffs.values()))
            assert inside is not False
            assert inside or not found.is_exact
            count += 1
    assert count > 0


def test_what_is_found_without_a_lottery_is_found_with_one() -> None:
    rng = random.Random(SEED)
    for _ in range(4):
        game = repeated(random_stage(rng, (2, 2)), Fraction(rng.randint(2, 7), 10))
        convex, bare = payoff_set(game), payoff_set(game, public_randomisation=False)
        assert all(convex.contains(point) is not False for point in bare.inner)
        assert (convex.distance == 0) >= (bare.distance == 0) or not bare.inner


def test_patience_makes_every_rational_payoff_an_equilibrium_in_the_limit() -> None:
    """Fudenberg & Maskin (1986), Econometrica 54: for two players, towards what is feasible and above the minmax.

    For pure actions where the set has an interior, as here: the battle of the sexes.
    """
    stage = StrategicGame.bimatrix([[3, 0], [0, 1]], [[1, 0], [0, 3]])
    rational = hull([(Fraction(1), Fraction(1)), (Fraction(3), Fraction(1)), (Fraction(1), Fraction(3))])
    distances = []
    for factor in ("1/10", "1/2", "9/10", "99/100"):
        found = payoff_set(repeated(stage, factor))
        checked(found)
        assert all(holds(rational, point) for point in found.outer)
        distances.append(farthest(rational, found.inner))
    assert distances == sorted(distances, reverse=True)
    assert distances[0] > distances[-1] == 0


def cournot(quantities: int, factor: str) -> RepeatedGame:
    """Price 12 − x − y if that is positive, unit costs of 1."""

    def profit(own: int, other: int) -> int:
        return max(12 - own - other, 0) * own - own

    amounts = range(quantities)
    rows = [[profit(x, y) for y in amounts] for x in amounts]
    stage = StrategicGame.bimatrix(rows, [[profit(y, x) for y in amounts] for x in amounts])
    return repeated(stage, factor)


def test_the_worst_punishment_in_a_duopoly_is_worse_than_the_stage_equilibrium() -> None:
    """Abreu (1986), Journal of Economic Theory 39: first much is sold, then cooperation is back.

    The stick for player one at δ = 1/2: who gets 0 for good from a stage in which the other sells 11 sells nothing now
    and is promised 0 next, or sells and loses. Nobody can be held below 0, which selling nothing guarantees; the worst
    equilibrium of the stage pays more.
    """
    game = cournot(12, "1/2")
    found = payoff_set(game)
    checked(found)
    stage_payoffs = [tuple(one.payoffs.values()) for one in solve(game.stages["round"], "pure-nash")]
    assert found.worst == {"Row": 0, "Column": 0} == found.minmax
    assert min(paid[0] for paid in stage_payoffs) > 0
    assert all(found.contains(paid) for paid in stage_payoffs)


def test_unequal_patience_lets_players_trade_over_time() -> None:
    """Lehrer & Pauzner (1999), Econometrica 67: payoffs beyond the hull of those of a round."""
    stage = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]])
    found = payoff_set(repeated(stage, "1/2", "2/3"))
    checked(found)
    assert found.distance is not None
    assert found.distance < Fraction(1, 10**8)
    feasible = hull([(Fraction(3), Fraction(3)), (Fraction(4), Fraction(0)), (Fraction(0), Fraction(4))])
    beyond = [point for point in found.inner if sum(point) > 4 and not holds(feasible, point)]
    assert beyond


def test_impatience_leaves_the_equilibria_of_a_round() -> None:
    rng = random.Random(SEED)
    for _ in range(10):
        stage = random_stage(rng, (3, 3))
        paid = {tuple(map(Fraction, one.payoffs.values())) for one in solve(stage, "pure-nash")}
        found = payoff_set(repeated(stage, 0))
        assert found.is_exact
        assert found.inner == hull(paid)  # type: ignore[arg-type]
        checked(found)
        bare = payoff_set(repeated(stage, 0), public_randomisation=False)
        assert set(bare.inner) == paid


def test_only_mixing_is_an_equilibrium() -> None:
    for factor in ("0", "9/10"):
        pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]])
        for lottery in (True, False):
            found = payoff_set(repeated(pennies, factor), lottery)
            assert (found.inner, found.is_exact, found.worst, found.contains((0, 0))) == ((), True, {}, False)


def test_one_patient_player() -> None:
    stage = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]])
    found = payoff_set(repeated(stage, 0, "9/10"))
    assert found.inner == ((1, 1),)
    checked(found)


def test_out_of_time_both_sets_are_still_right() -> None:
    game = repeated(StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]]), "1/2", "2/3")
    best = payoff_set(game)
    with time_limit(1e-9):
        early, bare = payoff_set(game), payoff_set(game, public_randomisation=False)
    for one in (early, bare):
        checked(one)
        assert all(holds(one.outer, corner) for corner in best.outer)
        assert all(best.contains(corner) is not False for corner in one.inner)


def test_sets_in_words() -> None:
    stage = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]])
    assert str(payoff_set(repeated(stage, "1/2"))) == "(1, 1), (11/3, 1), (3, 3), (1, 11/3) (exact)"
    assert "more (and no payoffs farther than" in str(payoff_set(repeated(stage, "1/2", "2/3")))
    assert payoff_set(repeated(stage, "1/2")).contains((2, "5/2")) is True


STAGE = StrategicGame.bimatrix([[1, 0], [0, 1]], [[1, 0], [0, 1]])
SOLO = StrategicGame({"Solo": ("a",)}, {("a",): (1,)})


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: payoff_set(RepeatedGame({"a": SOLO}, {"Solo": 0})), "needs two players, this game has 1"),
        (lambda: payoff_set(RepeatedGame({"a": STAGE, "b": STAGE}, {"Row": 0, "Column": 0})), "a game of one state"),
        (lambda: payoff_set(repeated(STAGE, var("x"))), "free parameters; give them values"),
        (lambda: payoff_set(GraphModel({"a": (1,)}, {"A": {"a": ()}})), "takes a repeated game, not a graph model"),  # type: ignore[arg-type]
        (lambda: payoff_set(repeated(STAGE, 0), "no"), "public_randomisation is 'no'; give True or False"),  # type: ignore[arg-type]
        (lambda: payoff_set(repeated(STAGE, 0)).contains((1,)), "1 payoffs are given; give one for each of the 2"),
        (lambda: payoff_set(repeated(STAGE, 0)).contains((0.5, 1)), "the payoff of Row is the float 0.5"),
        (lambda: payoff_set(repeated(STAGE, 0)).contains("ab"), "the payoffs is 'ab'; give a number for each player"),
    ],
)
def test_what_has_no_such_set_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        build()
