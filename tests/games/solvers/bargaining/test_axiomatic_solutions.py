"""The axiomatic solutions, judged by geometry and numerical maximisation written out here, and by their axioms."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog, minimize, minimize_scalar

from analyses.explain import explain_all
from games import AlternatingOffers, BargainingProblem, Equilibria, InputError, solve
from games.forms.bargaining import NONE
from games.solvers.concept import CONCEPTS
from laws.counts import long

SEED = 1950
NASH, KS, EQUAL, SUM = "nash-bargaining", "kalai-smorodinsky", "egalitarian", "utilitarian"
ALL = (NASH, KS, EQUAL, SUM)
every_solution = pytest.mark.parametrize("concept", ALL)
Gains = tuple[Fraction, ...]


def counts(few: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("count", [few, long(2_000)])


def drawn(rng: random.Random, players: int, points: int | None = None) -> BargainingProblem:
    names = "ABCD"[:players]
    count = points or rng.randint(2, 7)
    return BargainingProblem(
        {name: Fraction(rng.randint(-2, 2)) for name in names},
        {f"p{k}": tuple(Fraction(rng.randint(-6, 20), rng.choice((1, 2, 3))) for _ in names) for k in range(count)},
    )


def gains(game: BargainingProblem) -> list[Gains]:
    return [
        tuple(Fraction(v) - Fraction(d) for v, d in zip(row, game.disagreement.values(), strict=True))
        for row in game.points.values()
    ]


def gained(game: BargainingProblem, found: Any) -> list[Any]:
    return [value - Fraction(game.disagreement[player]) for player, value in found.payoffs.items()]


def segments(game: BargainingProblem) -> Iterator[tuple[Gains, Gains]]:
    return iter(combinations_with_replacement(gains(game), 2))


def along(one: Gains, other: Gains, share: Fraction) -> list[Fraction]:
    return [(1 - share) * a + share * b for a, b in zip(one, other, strict=True)]


def best_on_segments(
    game: BargainingProblem,
    worth: Callable[[Sequence[Fraction]], Fraction],
    turning: Callable[[Gains, Gains], Sequence[Fraction]],
) -> Fraction | None:
    """The most that something is worth on any segment by which nobody loses; it turns at known shares at most."""
    found = []
    for one, other in segments(game):
        shares = {Fraction(0), Fraction(1), *turning(one, other)}
        shares |= {a / (a - b) for a, b in zip(one, other, strict=True) if a != b}
        places = (along(one, other, share) for share in shares if 0 <= share <= 1)
        found += [worth(place) for place in places if min(place) >= 0]
    return max(found, default=None)


def is_worth_it(game: BargainingProblem) -> bool:
    return best_on_segments(game, lambda place: Fraction(0), lambda one, other: ()) is not None


@counts(150)
def test_equal_parts_of_two_players_against_geometry(count: int) -> None:
    """The greatest t such that some segment has a place at which both gain t times their part, or more."""
    rng = random.Random(SEED)
    agreed = 0
    for _ in range(count):
        game = drawn(rng, 2)
        most = [best_on_segments(game, lambda place, k=k: place[k], lambda one, other: ()) for k in range(2)]
        for concept, parts in ((EQUAL, [Fraction(1), Fraction(1)]), (KS, most)):
            (found,) = solve(game, concept)
            if most[0] is None:
                assert found.payoffs == game.disagreement, (SEED, game)
                continue
            agreed += 1
            if not most[0] and not most[1]:
                assert gained(game, found) == [0, 0]
                continue
            used = [(k, part) for k, part in enumerate(parts) if part]

            def worth(place: Sequence[Fraction], used: list[tuple[int, Any]] = used) -> Fraction:
                return min(place[k] / part for k, part in used)

            def level(one: Gains, other: Gains, parts: Sequence[Any] = parts) -> list[Fraction]:
                ends = [x[0] * parts[1] - x[1] * parts[0] for x in (one, other)]
                return [ends[0] / (ends[0] - ends[1])] if ends[0] != ends[1] else []

            steps = best_on_segments(game, worth, level)
            assert steps is not None
            assert gained(game, found) == [steps * (part or 0) for part in parts], (SEED, concept, game)
    assert agreed > count


@counts(150)
def test_the_sum_of_two_players_against_geometry(count: int) -> None:
    rng = random.Random(SEED)
    for _ in range(count):
        game = drawn(rng, 2)
        greatest = best_on_segments(game, lambda place: sum(place, Fraction(0)), lambda one, other: ())
        for found in solve(game, SUM):
            if greatest is None:
                assert found.payoffs == game.disagreement
            else:
                assert sum(gained(game, found)) == greatest, (SEED, game)
                assert min(gained(game, found)) >= 0


@pytest.mark.parametrize("players", [3, 4])
@counts(40)
def test_of_several_players_against_another_linear_program(players: int, count: int) -> None:
    rng = random.Random(SEED)
    for _ in range(count):
        game = drawn(rng, players)
        rows = np.array([[float(v) for v in row] for row in gains(game)])
        size, ones = len(rows), np.ones((1, len(rows)))

        def best(of: Any, rows: Any = rows, ones: Any = ones) -> Any:
            return linprog(-of, A_ub=-rows.T, b_ub=np.zeros(rows.shape[1]), A_eq=ones, b_eq=[1])

        ideals = [best(rows[:, k]) for k in range(players)]
        if ideals[0].status == 2:
            for concept in ALL:
                assert solve(game, concept)[0].payoffs == game.disagreement
            continue
        ideal = np.array([-one.fun for one in ideals])
        if max(ideal) < 1e-9:
            continue
        for concept, parts in ((EQUAL, np.ones(players)), (KS, ideal)):
            steps = linprog(
                [*np.zeros(size), -1],
                A_ub=np.column_stack([-rows.T, parts]),
                b_ub=np.zeros(players),
                A_eq=[[*np.ones(size), 0]],
                b_eq=[1],
            )
            (found,) = solve(game, concept)
            assert np.allclose([float(v) for v in gained(game, found)], -steps.fun * parts, atol=1e-7), (SEED, game)
        total = best(rows.sum(axis=1))
        for found in solve(game, SUM):
            assert float(sum(gained(game, found))) == pytest.approx(-total.fun, abs=1e-7)


def slopes(game: BargainingProblem, found: Any, weights: Mapping[str, Fraction]) -> list[Any]:
    """What each point adds to the logarithm of the product, along the way to it, of those players who gain."""
    able = [(k, p) for k, p in enumerate(game.players) if gained(game, found)[k] > 0]
    own = gained(game, found)
    return [sum(weights[p] * (row[k] - own[k]) / own[k] for k, p in able) for row in gains(game)]


@pytest.mark.parametrize("players", [2, 3, 4])
@counts(60)
def test_the_product_is_greatest(players: int, count: int) -> None:
    """No way to any point raises it: exactly where the answer is exact, and nearly where it is numeric."""
    rng = random.Random(SEED)
    kinds = {True: 0, False: 0}
    for _ in range(count):
        game = drawn(rng, players)
        weights = {player: Fraction(rng.randint(1, 3)) for player in game.players}
        (found,) = equilibria = solve(game, weights=weights)
        mix = found.strategies["Agreement"]
        if mix[NONE]:
            assert players > 2 or not is_worth_it(game), (SEED, game)
            continue
        places = [sum(mix[name] * row[k] for name, row in game.points.items()) for k in range(players)]
        assert np.allclose([float(v) for v in places], [float(v) for v in found.payoffs.values()], rtol=1e-12)
        if min(gained(game, found)) <= 0:
            continue
        kinds[equilibria.exact] += 1
        steepest = max(slopes(game, found, weights))
        assert steepest <= (0 if equilibria.exact else 1e-9), (SEED, game)
    assert kinds[True] > count // 8
    assert (players < 3) == (kinds[False] == 0)


@pytest.mark.parametrize("players", [2, 3])
@counts(25)
def test_the_product_against_numerical_maximisation(players: int, count: int) -> None:
    rng = random.Random(SEED)
    compared = 0
    for _ in range(count):
        game = drawn(rng, players)
        (found,) = solve(game)
        own = np.array([float(v) for v in gained(game, found)])
        if found.strategies["Agreement"][NONE] or min(own) <= 1e-6:
            continue
        rows = np.array([[float(v) for v in row] for row in gains(game)])
        start = np.array([float(found.strategies["Agreement"][name]) for name in game.points])
        start = 0.9 * start + 0.1 / len(start)
        if min(start @ rows) <= 0:
            continue

        def minus(shares: Any, rows: Any = rows) -> float:
            return -float(np.sum(np.log(np.maximum(shares @ rows, 1e-12))))

        other = minimize(
            minus,
            start,
            method="SLSQP",
            bounds=[(0, 1)] * len(rows),
            constraints=[{"type": "eq", "fun": lambda shares: sum(shares) - 1}],
            options={"ftol": 1e-14, "maxiter": 500},
        )
        compared += 1
        assert float(np.sum(np.log(own))) >= -other.fun - 1e-9, (SEED, game)
        assert np.allclose(own, other.x @ rows, atol=1e-3, rtol=1e-3), (SEED, game)
    assert compared > count // 4


# Axioms.


def moved(game: BargainingProblem, factors: Sequence[Fraction], shifts: Sequence[int]) -> BargainingProblem:
    def new(row: Sequence[Any]) -> tuple[Fraction, ...]:
        return tuple(f * v + s for f, v, s in zip(factors, row, shifts, strict=True))

    return BargainingProblem(
        dict(zip(game.players, new(list(game.disagreement.values())), strict=True)),
        {name: new(row) for name, row in game.points.items()},
    )


@every_solution
@pytest.mark.parametrize("players", [2, 3])
def test_units_and_zeros_of_payoffs(concept: str, players: int) -> None:
    rng = random.Random(SEED)
    for _ in range(20):
        game = drawn(rng, players)
        own = CONCEPTS[concept].own_units
        factors = [Fraction(rng.randint(1, 5), 2) for _ in game.players] if own else [Fraction(3, 2)] * players
        shifts = [rng.randint(-3, 3) for _ in game.players]
        before, after = solve(game, concept), solve(moved(game, factors, shifts), concept)
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            expected = [f * v + s for f, v, s in zip(factors, one.payoffs.values(), shifts, strict=True)]
            assert np.allclose([float(v) for v in expected], [float(v) for v in other.payoffs.values()], rtol=1e-9)
            assert not before.exact or expected == list(other.payoffs.values())


@every_solution
def test_names_and_their_order_do_not_matter(concept: str) -> None:
    rng = random.Random(SEED)
    for _ in range(20):
        game = drawn(rng, 3)
        turned = BargainingProblem(
            dict(reversed(game.disagreement.items())),
            {f"new {name}": row[::-1] for name, row in reversed(game.points.items())},
        )
        ours, theirs = solve(game, concept), solve(turned, concept)
        paid = {tuple(float(one.payoffs[p]) for p in game.players) for one in ours}
        again = {tuple(float(one.payoffs[p]) for p in game.players) for one in theirs}
        assert np.allclose(sorted(paid), sorted(again)), (SEED, game)


def test_what_is_not_chosen_may_become_impossible() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        game = drawn(rng, 2)
        (found,) = solve(game)
        if found.strategies["Agreement"][NONE]:
            continue
        used = {name for name, weight in found.strategies["Agreement"].items() if weight}
        kept = {name: row for name, row in game.points.items() if name in used or rng.random() < 0.5}
        assert solve(BargainingProblem(game.disagreement, kept))[0].payoffs == found.payoffs


def test_nobody_loses_by_equal_gains_when_more_becomes_possible() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        game = drawn(rng, 3)
        more = BargainingProblem(game.disagreement, {**game.points, "new": drawn(rng, 3, 1).points["p0"]})
        before, after = (solve(one, EQUAL)[0].payoffs for one in (game, more))
        assert all(after[player] >= before[player] for player in game.players)


@every_solution
def test_a_symmetric_problem_has_a_symmetric_solution(concept: str) -> None:
    points = {"a": (5, 1, 0), "b": (0, 5, 1), "c": (1, 0, 5)}
    found = solve(BargainingProblem(dict.fromkeys("ABC", 0), points), concept)
    paid = [one.payoffs for one in found]
    if concept == SUM:
        assert {sum(one.values()) for one in paid} == {6}
    else:
        assert paid == [dict.fromkeys("ABC", 2)]
        assert found.exact


# What is no agreement, or hardly one.


@every_solution
def test_without_a_gain_nothing_is_agreed(concept: str) -> None:
    for points in ({"a": (1, -1), "b": (-1, 1)}, {"a": (5, -3), "b": (-1, -1)}):
        game = BargainingProblem({"A": 1, "B": 0}, points)
        (found,) = equilibria = solve(game, concept)
        assert found.payoffs == {"A": 1, "B": 0}
        assert found.strategies["Agreement"][NONE] == 1
        assert equilibria.complete
        assert "none is made" in equilibria.remarks[0]
        assert "none is made" in str(explain_all(equilibria))


@every_solution
def test_where_only_some_can_gain_the_others_get_what_they_have(concept: str) -> None:
    game = BargainingProblem({"A": 0, "B": 0, "C": 0}, {"a": (4, 0, 0), "b": (0, 2, 0), "c": (1, 1, -1)})
    found = solve(game, concept)
    assert all(one.payoffs["C"] == 0 for one in found)
    expected = {NASH: (2, 1, 0), KS: (2, 1, 0), EQUAL: (0, 0, 0), SUM: (4, 0, 0)}[concept]
    assert tuple(found[0].payoffs.values()) == expected
    assert found.exact


def test_who_cannot_gain_may_win_in_one_point_and_lose_in_another() -> None:
    """What C wins D loses, so that a and b must be as likely."""
    game = BargainingProblem(dict.fromkeys("ABCD", 0), {"a": (4, 0, 1, -1), "b": (0, 2, -1, 1), "c": (-1, -1, 5, 5)})
    (found,) = solve(BargainingProblem(game.disagreement, {name: game.points[name] for name in "ab"}))
    assert found.payoffs == {"A": 2, "B": 1, "C": 0, "D": 0}
    assert found.strategies["Agreement"] == {"a": Fraction(1, 2), "b": Fraction(1, 2), NONE: 0}
    assert all(value > 0 for value in solve(game)[0].payoffs.values())


@every_solution
def test_where_nobody_can_gain_nothing_is_lost(concept: str) -> None:
    found = solve(BargainingProblem({"A": 0, "B": 0}, {"a": (0, 0), "b": (3, -1)}), concept)
    assert [one.payoffs for one in found] == [{"A": 0, "B": 0}]
    assert "nobody can gain" in found.remarks[0]


def test_what_cannot_be_thrown_away() -> None:
    points = {"a": (4, 1), "b": (6, 2)}
    free = BargainingProblem({"A": 0, "B": 0}, points)
    bound = BargainingProblem({"A": 0, "B": 0}, points, free_disposal=False)
    (found,) = solve(free, EQUAL)
    assert found.payoffs == {"A": 2, "B": 2}
    assert "somebody more" in solve(free, EQUAL).remarks[0]
    none = solve(bound, EQUAL)
    assert not none
    assert none.complete
    assert none.remarks == ("no agreement gives gains in this proportion, and nothing can be thrown away",)
    for concept in (NASH, KS, SUM):
        assert solve(bound, concept)[0].payoffs == solve(free, concept)[0].payoffs == {"A": 6, "B": 2}


def test_several_sums_are_as_great() -> None:
    equilibria = solve(BargainingProblem({"A": 0, "B": 0}, {"a": (3, 1), "b": (1, 3), "c": (2, 2)}), SUM)
    assert [tuple(one.payoffs.values()) for one in equilibria] == [(3, 1), (1, 3)]
    assert not equilibria.complete
    assert equilibria.remarks == ("every lottery over the solutions listed is one, too",)
    assert [tuple(one.payoffs.values()) for one in solve(equilibria.game, SUM, weights="2, 1")] == [(3, 1)]


def test_an_irrational_product_of_three_players() -> None:
    """Between (4, 0, 1) and (0, 3, 2): the condition is a quadratic equation."""
    game = BargainingProblem(dict.fromkeys("ABC", 0), {"a": (4, 0, 1), "b": (0, 3, 2)})
    (found,) = equilibria = solve(game)
    assert not equilibria.exact
    assert equilibria.complete

    def minus(share: float) -> float:
        return float(-np.log(4 - 4 * share) - np.log(3 * share) - np.log(1 + share))

    share = minimize_scalar(minus, bounds=(0.1, 0.9), options={"xatol": 1e-12}).x
    assert found.payoffs["A"] == pytest.approx(4 - 4 * share, abs=1e-6)
    assert found.payoffs["A"] == pytest.approx(4 - 4 / np.sqrt(3), abs=1e-12)
    assert "may be irrational" in equilibria.remarks[0]


# Smooth frontiers.


def curves(rng: random.Random) -> BargainingProblem:
    """One falls and bends down, the other rises and bends down, so that the frontier is concave."""
    a, b, c, d = (Fraction(rng.randint(1, 9), rng.randint(1, 4)) for _ in range(4))
    one, two = (a + b, -a, -b), (Fraction(0), c + 2 * d, -d)
    paid = {"A": one, "B": two} if rng.random() < 0.5 else {"A": two, "B": one}
    return BargainingProblem({"A": Fraction(rng.randint(0, 3), 4), "B": Fraction(rng.randint(0, 3), 4)}, frontier=paid)


@counts(25)
def test_smooth_frontiers_against_numerical_maximisation(count: int) -> None:
    rng = random.Random(SEED)
    agreed = 0
    for _ in range(count):
        game = curves(rng)
        polynomials = [np.polynomial.Polynomial([float(c) for c in game.frontier[p]]) for p in game.players]
        base = [float(v) for v in game.disagreement.values()]
        grid = np.linspace(0, 1, 20_001)
        paid = np.array([u(grid) - d for u, d in zip(polynomials, base, strict=True)])
        inside = (paid >= 0).all(axis=0)
        if not inside.any():
            continue
        agreed += 1
        ideal = np.maximum(paid[:, inside].max(axis=1), 1e-9)
        for concept, worth in (
            (NASH, paid[0] * paid[1]),
            (EQUAL, paid.min(axis=0)),
            (KS, (paid / ideal[:, None]).min(axis=0)),
            (SUM, paid.sum(axis=0)),
        ):
            (found,) = solve(game, concept)
            best = paid[:, np.argmax(np.where(inside, worth, -np.inf))]
            got = np.array([float(v) for v in gained(game, found)])
            assert np.allclose(got, best, atol=2e-2) or concept == EQUAL, (SEED, concept, game)
            if concept == NASH:
                assert got[0] * got[1] >= best[0] * best[1] - 1e-12
            elif concept == EQUAL:
                assert min(got) >= min(best) - 1e-12
                assert got[0] == pytest.approx(got[1], abs=1e-12)
            elif concept == KS:
                assert min(got / ideal) >= min(best / ideal) - 1e-3
            else:
                assert sum(got) >= sum(best) - 1e-12
    assert agreed > count // 2


def test_a_linear_frontier_is_exact_and_may_have_many_sums() -> None:
    game = BargainingProblem.along({"A": "t", "B": "1 - t"}, {"A": "1/5", "B": "1/10"})
    for concept in (NASH, KS, EQUAL):
        found = solve(game, concept)
        assert found.exact
        assert found[0].payoffs == {"A": Fraction(11, 20), "B": Fraction(9, 20)}
    several = solve(game, SUM)
    assert [tuple(one.payoffs.values()) for one in several] == [
        (Fraction(9, 10), Fraction(1, 10)),
        (Fraction(1, 5), Fraction(4, 5)),
    ]
    assert not several.complete
    assert solve(game, weights={"A": 3, "B": 1})[0].payoffs["A"] == Fraction(1, 5) + Fraction(7, 10) * Fraction(3, 4)


def test_equal_gains_below_a_frontier() -> None:
    """B gets at least 2 on it, A at most 1: the gains are equal where B throws some away."""
    ends = {"A": "1 - t**2", "B": "2 + t"}
    (found,) = solve(BargainingProblem.along(ends, {"A": 0, "B": 0}), EQUAL)
    assert found.payoffs == {"A": 1, "B": 1}
    assert not solve(BargainingProblem.along(ends, {"A": 0, "B": 0}, free_disposal=False), EQUAL)
    turned = BargainingProblem.along({"A": ends["B"], "B": ends["A"]}, {"A": 0, "B": 0})
    assert solve(turned, EQUAL)[0].payoffs == {"A": 1, "B": 1}


@pytest.mark.parametrize(
    ("frontier", "message"),
    [
        ({"A": "t**2", "B": "1 - t"}, "it is concave all along it"),
        ({"A": "t", "B": "t"}, "must be such that"),
        ({"A": "1 - t", "B": "t - t**2"}, "the other rises all along it"),
        ({"A": "1", "B": "t"}, "both payoffs must change"),
    ],
)
def test_what_is_no_frontier_is_refused(frontier: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        solve(BargainingProblem.along(frontier, {"A": 0, "B": 0}))


@every_solution
def test_out_of_reach_of_a_frontier_nothing_is_agreed(concept: str) -> None:
    for disagreement in ({"A": 2, "B": 0}, {"A": 0, "B": 2}, {"A": "9/10", "B": "9/10"}):
        found = solve(BargainingProblem.along({"A": "1 - t**2", "B": "t"}, disagreement), concept)
        assert "none is made" in found.remarks[0]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ("1", "the weights are '1'; give one for each of A, B"),
        ({"A": 1}, "give one for each of A, B"),
        ("1, 0", "the weight of B is 0; it must be above 0"),
        ({"A": 1, "B": 0.5}, "is the float 0.5"),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights: Any, message: str) -> None:
    game = BargainingProblem({"A": 0, "B": 0}, {"a": (1, 1)})
    for concept in (NASH, EQUAL, SUM):
        with pytest.raises(InputError, match=message):
            solve(game, concept, weights=weights)


@every_solution
def test_answers_are_explained(concept: str) -> None:
    game = BargainingProblem({"A": 0, "B": 1}, {"x": (4, 1), "y": (2, 4), "z": (0, 5)})
    answers: list[Equilibria] = [solve(game, concept)]
    if concept != KS:
        answers.append(solve(game, concept, weights="2, 1"))
    for found in answers:
        (told,) = explain_all(found)
        assert told.heading.startswith("Solution: ")
        assert len(told.steps) >= 2


def test_patience_is_weight_in_the_limit() -> None:
    """As offers come faster, talks over a pie approach the solution with weights 1/r, δ being e^(−rΔ)."""
    weights = {"A": 1, "B": 3}
    expected = solve(BargainingProblem.along({"A": "t", "B": "1 - t"}, {"A": 0, "B": 0}), weights=weights)[0].payoffs
    steps = [Fraction(1, 10**k) for k in (1, 2, 4, 6)]
    shares = [
        solve(AlternatingOffers(("A", "B"), {"A": 1 - 3 * step, "B": 1 - step}))[0].payoffs["A"] for step in steps
    ]
    gaps = [abs(share - expected["A"]) for share in shares]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < Fraction(1, 10**6)
