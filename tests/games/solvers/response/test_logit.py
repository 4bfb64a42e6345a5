"""Logit equilibria of games in strategic form: the defining equation, the branch and its limit."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product
from math import exp, log, prod
from typing import Any

import pytest

from games import InputError, StrategicGame, solve
from games.play.regret import regret
from games.solvers.methods.simultaneous_logit import SimultaneousChoices
from games.solvers.response.logit_branch import Point, branch

bimatrix = StrategicGame.bimatrix

PENNIES = bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]])
HUNT = bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]])
HAWK_DOVE = bimatrix([["-3/2", 2], [0, 1]], [["-3/2", 0], [2, 1]])
COORDINATION = bimatrix([[1, 0], [0, 1]], [[1, 0], [0, 1]])
FOLDED = bimatrix([[3, 0, 8], [5, 8, 1], [2, 5, 5]], [[3, 5, 2], [0, 8, 5], [8, 1, 5]])
SLOW = bimatrix([[1, 2, 2], [0, 1, 0], [2, 2, 1]], [[2, 2, 2], [1, 1, 0], [0, 1, 2]])


def random_game(seed: int, sizes: tuple[int, ...], low: int = -9, high: int = 9) -> StrategicGame:
    rng = random.Random(seed)
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {profile: tuple(rng.randint(low, high) for _ in sizes) for profile in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


def volunteers(count: int) -> StrategicGame:
    """Everybody wants somebody to help; helping costs 1 of 3."""
    strategies = {f"P{k}": ("help", "wait") for k in range(count)}
    payoffs = {
        profile: tuple((2 if own == "help" else 3) if "help" in profile else 0 for own in profile)
        for profile in product(*strategies.values())
    }
    return StrategicGame(strategies, payoffs)


GAMES: Mapping[str, StrategicGame] = {
    "pennies": PENNIES,
    "stag hunt": HUNT,
    "hawk and dove": HAWK_DOVE,
    "folded": FOLDED,
    "everything ties": bimatrix([[0] * 2] * 3, [[0] * 2] * 3),
    "one strategy against three": bimatrix([[0, 1, 2]], [[5, "1/3", 5]]),
    "one player": StrategicGame({"Solo": ("a", "b", "c")}, {("a",): (1,), ("b",): (2,), ("c",): (2,)}),
    "volunteers": volunteers(3),
    "four players": random_game(4, (2, 2, 2, 2)),
    "large and small payoffs": bimatrix([[10**20, 10**20 + 3], [10**20 + 2, 10**20]], [["1e-3", 0], [0, "2e-3"]]),
    **{f"random 2×3 #{k}": random_game(k, (2, 3)) for k in range(4)},
    **{f"random 3×3 with ties #{k}": random_game(k, (3, 3), 0, 2) for k in range(4)},
    **{f"random 2×2×2 #{k}": random_game(k, (2, 2, 2)) for k in range(4)},
}

on_every_game = pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)


def response(game: StrategicGame, strategies: Mapping[str, Mapping[str, float]], rationality: Fraction) -> Any:
    """The logit response to the strategies, by the definition and in a plain loop over profiles."""
    result = {}
    for position, player in enumerate(game.players):
        pays = dict.fromkeys(game.strategies[player], Fraction(0))
        for profile, payoffs in game.payoffs.items():
            others = prod(
                Fraction(strategies[p][label]) for p, label in zip(game.players, profile, strict=True) if p != player
            )
            pays[profile[position]] += others * payoffs[position]
        top = max(pays.values())
        weights = {label: exp(rationality * (value - top)) for label, value in pays.items()}
        result[player] = {label: weight / sum(weights.values()) for label, weight in weights.items()}
    return result


def largest_difference(first: Any, second: Any) -> float:
    return max(abs(float(first[who][label] - second[who][label])) for who in first for label in first[who])


@on_every_game
@pytest.mark.parametrize("rationality", [Fraction(1, 10), Fraction(1), Fraction(7, 2)])
def test_every_point_responds_logistically_to_itself(game: StrategicGame, rationality: Fraction) -> None:
    answer = solve(game, "logit", rationality=rationality)
    assert len(answer) % 2 == 1
    assert not answer.exact
    for found in answer:
        assert list(found.strategies) == list(game.players)
        for player, mix in found.strategies.items():
            assert tuple(mix) == game.strategies[player]
            assert all(type(weight) is float and weight >= 0 for weight in mix.values())
            assert abs(sum(mix.values()) - 1) < 1e-12
        assert largest_difference(found.strategies, response(game, found.strategies, rationality)) < 1e-9
        for player, payoff in found.payoffs.items():
            position = game.players.index(player)
            mean = sum(
                prod(Fraction(found[p][s]) for p, s in zip(game.players, profile, strict=True)) * paid[position]
                for profile, paid in game.payoffs.items()
            )
            assert payoff == pytest.approx(float(mean), rel=1e-12, abs=1e-12)
    assert "within 1e-09 of the logit response" in answer.remarks[0]


@on_every_game
def test_without_rationality_everybody_randomises_evenly(game: StrategicGame) -> None:
    answer = solve(game, "logit", rationality=0)
    (found,) = answer
    assert answer.complete
    for player, mix in found.strategies.items():
        assert list(mix.values()) == pytest.approx([1 / len(mix)] * len(mix), abs=1e-15), player


@on_every_game
def test_the_limit_is_a_nash_equilibrium(game: StrategicGame) -> None:
    answer = solve(game, "logit")
    (found,) = answer
    assert not answer.complete
    assert "limit of the principal branch" in answer.remarks[0]
    left = regret(game, {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in found.strategies.items()})
    if answer.exact:
        assert set(left.values()) == {0}
        assert all(sum(mix.values()) == 1 for mix in found.strategies.values())
    else:
        for position, player in enumerate(game.players):
            own = [payoffs[position] for payoffs in game.payoffs.values()]
            assert left[player] < 2e-9 * (max(own) - min(own))


@on_every_game
def test_the_branch_begins_at_the_centre_and_is_a_curve_of_logit_equilibria(game: StrategicGame) -> None:
    points = branch(game, until=20)
    assert points[0].rationality == 0
    assert points[-1].rationality > 20
    assert all(point.rationality <= 20 for point in points[:-1])
    for point in points:
        again = response(game, point.strategies, Fraction(point.rationality))
        assert largest_difference(point.strategies, again) < 1e-9
    steps = [largest_difference(one.strategies, other.strategies) for one, other in pairwise(points)]
    assert max(steps) < 0.35


def test_labels_are_only_names_and_their_order_does_not_matter() -> None:
    for game in (FOLDED, random_game(1, (3, 2)), random_game(2, (2, 2, 2))):
        order = {player: own[::-1] for player, own in reversed(game.strategies.items())}
        turned = StrategicGame(order, {profile[::-1]: payoffs[::-1] for profile, payoffs in game.payoffs.items()})
        for rationality in ("1/2", "9/10", 4):
            first = solve(game, "logit", rationality=rationality)
            second = solve(turned, "logit", rationality=rationality)
            assert len(first) == len(second)
            for one, other in zip(first, second, strict=True):
                assert largest_difference(one.strategies, other.strategies) < 1e-9
        assert largest_difference(solve(game, "logit")[0].strategies, solve(turned, "logit")[0].strategies) < 1e-9


@pytest.mark.parametrize("factor", [Fraction(1000), Fraction(1, 7)])
def test_payoffs_times_a_factor_are_rationality_times_the_factor(factor: Fraction) -> None:
    for game in (PENNIES, FOLDED, random_game(3, (2, 2, 2))):
        scaled = game.with_entries(value * factor - 5 for value in game.entries)
        first = solve(game, "logit", rationality=Fraction(9, 10))
        second = solve(scaled, "logit", rationality=Fraction(9, 10) / factor)
        assert len(first) == len(second)
        for one, other in zip(first, second, strict=True):
            assert largest_difference(one.strategies, other.strategies) < 1e-12


def test_rationality_may_be_a_number_or_text() -> None:
    (half,) = solve(PENNIES, "logit", rationality="1/2")
    for same in (Fraction(1, 2), 0.5, "0.5"):
        assert solve(PENNIES, "logit", rationality=same)[0] == half
    assert solve(PENNIES, "logit", rationality="limit") == solve(PENNIES, "logit", rationality=None)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (-1, "rationality is -1; it must be 0 or more"),
        ("much", 'not a finite number.*or "limit"'),
        (float("nan"), "finite number is needed"),
        (True, 'or "limit"'),
        ("1e12", "take the limit"),
    ],
)
def test_other_values_of_rationality_are_refused(value: object, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        solve(PENNIES, "logit", rationality=value)
    assert "\n" not in str(caught.value)


def test_the_limit_of_a_stag_hunt_is_the_risk_dominant_equilibrium() -> None:
    answer = solve(HUNT, "logit")
    assert answer.exact
    assert answer[0].strategies == {"Row": {"1": 0, "2": 1}, "Column": {"1": 0, "2": 1}}
    riskless = bimatrix([[9, 6], [8, 7]], [[9, 8], [6, 7]])
    assert solve(riskless, "logit")[0]["Row"] == {"1": Fraction(1, 2), "2": Fraction(1, 2)}
    safer = bimatrix([[9, "6.5"], [8, 7]], [[9, 8], ["6.5", 7]])
    assert solve(safer, "logit")[0]["Row"] == {"1": 1, "2": 0}


def test_hawks_and_doves_stay_alike_past_the_bifurcation_and_a_remark_says_so() -> None:
    """The players are symmetric; at λ = 1/(5/2·p(1−p)), about 1.6, two asymmetric branches leave the symmetric one."""
    answer = solve(HAWK_DOVE, "logit")
    assert answer[0].strategies == {player: {"1": Fraction(2, 5), "2": Fraction(3, 5)} for player in ("Row", "Column")}
    assert any("λ of about 1.6 another branch crosses" in remark for remark in answer.remarks)
    (late,) = late_answer = solve(HAWK_DOVE, "logit", rationality=10)
    assert late["Row"] == pytest.approx(late["Column"], abs=1e-12)
    assert any("another branch crosses" in remark for remark in late_answer.remarks)
    assert not any("crosses" in remark for remark in solve(HAWK_DOVE, "logit", rationality=1).remarks)


def test_a_bifurcation_on_a_constant_branch_is_seen() -> None:
    answer = solve(COORDINATION, "logit")
    assert answer[0]["Row"] == {"1": Fraction(1, 2), "2": Fraction(1, 2)}
    assert any("λ of about 2 another branch crosses" in remark for remark in answer.remarks)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_symmetric_volunteers_stay_symmetric(count: int) -> None:
    """With three, two eigenvalues vanish at once and the determinant keeps its sign; it must be noticed all the same.

    Everybody else waits with probability w^(n−1) = 1/3, which makes helping cost as much as it saves.
    """
    answer = solve(volunteers(count), "logit")
    (found,) = answer
    wait = (1 / 3) ** (1 / (count - 1))
    for mix in found.strategies.values():
        assert float(mix["wait"]) == pytest.approx(wait, abs=1e-9)
    assert answer.exact == (count == 2)
    assert any("another branch crosses" in remark for remark in answer.remarks)


def test_a_branch_that_turns_back_is_followed_through_both_folds() -> None:
    points = branch(FOLDED, until=3)
    rationality = [point.rationality for point in points]
    peak = next(k for k, (one, other) in enumerate(pairwise(rationality)) if other < one)
    trough = next(k for k in range(peak, len(points) - 1) if rationality[k + 1] > rationality[k])
    assert rationality[peak] == pytest.approx(0.9431363442, abs=1e-9)
    assert rationality[trough] == pytest.approx(0.8532934035, abs=1e-9)
    assert rationality[: peak + 1] == sorted(rationality[: peak + 1])
    assert rationality[trough:] == sorted(rationality[trough:])


@pytest.mark.parametrize(("rationality", "passes"), [("0.85", 1), ("0.86", 3), ("0.9", 3), ("0.94", 3), ("0.95", 1)])
def test_every_passage_of_a_folded_branch_is_listed_in_its_order(rationality: str, passes: int) -> None:
    answer = solve(FOLDED, "logit", rationality=rationality)
    assert len(answer) == passes
    middle = [found["Row"]["2"] for found in answer]
    assert middle == sorted(middle)
    assert any(f"{passes} times" in remark for remark in answer.remarks) == (passes > 1)


def test_at_the_folds_rationality_is_extreme() -> None:
    """Beside a fold, the symmetric equilibrium with a little more or less of strategy 2, and its λ, by scipy."""
    from scipy.optimize import fsolve

    payoffs = [[3, 0, 8], [5, 8, 1], [2, 5, 5]]

    def rationality(middle: float, start: Point) -> float:
        def gaps(unknown: Any) -> list[float]:
            first, value = unknown
            mix = [first, middle, 1 - middle - first]
            pays = [sum(a * q for a, q in zip(row, mix, strict=True)) for row in payoffs]
            return [log(mix[k] / middle) - value * (pays[k] - pays[1]) for k in (0, 2)]

        return float(fsolve(gaps, [start.strategies["Row"]["1"], start.rationality], xtol=1e-13)[1])

    folds = [point for point in branch(FOLDED, until=3) if 0.57 < point.strategies["Row"]["2"] < 0.76]
    peak, trough = max(folds, key=lambda p: p.rationality), min(folds, key=lambda p: p.rationality)
    for fold, sign in ((peak, 1), (trough, -1)):
        middle = fold.strategies["Row"]["2"]
        assert rationality(middle, fold) == pytest.approx(fold.rationality, abs=1e-9)
        assert all(sign * rationality(middle + shift, fold) < sign * fold.rationality for shift in (-1e-3, 1e-3))


def test_the_three_passages_are_the_symmetric_logit_equilibria() -> None:
    """Compared with the zeros that a solver from scipy finds from many starting points."""
    from scipy.optimize import fsolve

    payoffs = [[3, 0, 8], [5, 8, 1], [2, 5, 5]]

    def excess(p: Any) -> list[float]:
        full = [p[0], p[1], 1 - p[0] - p[1]]
        weights = [exp(0.9 * sum(a * q for a, q in zip(row, full, strict=True))) for row in payoffs]
        return [p[k] - weights[k] / sum(weights) for k in range(2)]

    zeros = set()
    for first, second in product(range(1, 10), repeat=2):
        if first + second < 10:
            zero, _, status, _ = fsolve(excess, [first / 10, second / 10], xtol=1e-13, full_output=True)
            if status == 1:
                zeros.add(tuple(round(float(x), 7) for x in zero))
    found = {(round(e["Row"]["1"], 7), round(e["Row"]["2"], 7)) for e in solve(FOLDED, "logit", rationality="0.9")}
    assert found == zeros


@on_every_game
def test_one_answer_is_complete_only_where_responding_contracts(game: StrategicGame) -> None:
    """Below the bound, responding again and again leads from any two profiles to the same one."""
    bound = SimultaneousChoices(game).single_below
    unit = SimultaneousChoices(game).unit
    if bound == float("inf"):
        assert solve(game, "logit", rationality=3).complete
        return
    inside, outside = Fraction(bound) / unit * Fraction(99, 100), Fraction(bound) / unit * Fraction(101, 100)
    assert solve(game, "logit", rationality=inside).complete
    assert not solve(game, "logit", rationality=outside).complete
    corners = [{p: {s: float(s == own[k]) for s in own} for p, own in game.strategies.items()} for k in (0, -1)]
    for _ in range(5):
        before = largest_difference(*corners)
        corners = [response(game, corner, inside) for corner in corners]
        assert largest_difference(*corners) <= before


def test_a_limit_that_is_reached_slowly_is_not_guessed() -> None:
    """A strategy tied in the limit fades like a power of 1/λ; meanwhile the other's mixture drifts along equilibria."""
    answer = solve(SLOW, "logit")
    (found,) = answer
    assert answer.exact
    nearby = branch(SLOW, until=20_000)[-1].strategies
    assert largest_difference(found.strategies, nearby) < 2e-2
    assert largest_difference(found.strategies, branch(SLOW, until=10**6)[-1].strategies) < 1e-3


def test_a_time_limit_leaves_an_honest_answer() -> None:
    for options in ({}, {"rationality": 50}):
        answer = solve(PENNIES, "logit", time_limit=1e-9, **options)
        assert not answer.complete
        assert not answer.exact
        assert any("stopped before its end" in remark for remark in answer.remarks)
    assert not solve(PENNIES, "logit", time_limit=1e-9, rationality=50).found
    assert "not verified" in " ".join(solve(PENNIES, "logit", time_limit=1e-9).remarks)


def test_a_limit_too_far_away_is_not_claimed() -> None:
    """Column's payoffs begin to matter only at a λ of 1e20, where Row's fill all the digits of a float."""
    answer = solve(bimatrix([[0, 3], [2, 0]], [["1e-20", 0], [0, "2e-20"]]), "logit")
    assert not answer.exact
    assert "limit may differ" in answer.remarks[0]
    assert "not verified: the regret is" in answer.remarks[1]


def test_rationality_beyond_what_floats_carry_is_not_called_verified() -> None:
    answer = solve(PENNIES, "logit", rationality="1e9")
    assert len(answer) == 1
    verified = "within 1e-09" in answer.remarks[0]
    difference = largest_difference(answer[0].strategies, response(PENNIES, answer[0].strategies, Fraction(10**9)))
    assert verified == (difference <= 1e-9)


def test_points_are_values() -> None:
    (first, *_) = branch(PENNIES, until=1)
    even = {"1": 0.5, "2": 0.5}
    assert first == Point({"Row": even, "Column": even}, {"Row": 2.5, "Column": 0.5}, rationality=0.0)


def test_payoffs_beyond_the_range_of_a_float_are_refused() -> None:
    huge = bimatrix([["1e350", 0], [0, 1]], [[0, 1], [1, 0]])
    with pytest.raises(InputError, match="rescale"):
        solve(huge, "logit", rationality="1e-350")
