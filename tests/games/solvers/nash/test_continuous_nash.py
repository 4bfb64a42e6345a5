"""Equilibria in numbers: against a search on a grid, known games, and the definition."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy

from games import ContinuousGame, InputError, solve
from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, Interval
from games.play.best_choices import choice_regret
from games.play.quantities import Chosen, Payoff, Reach
from games.solvers.concept import CONCEPTS
from games.solvers.limits import STOPPED, time_limit
from games.solvers.nash.continuous_nash import exists_because
from laws.cases_at import Posed, alike, elsewhere, in_polynomials

SEED = 1838
x, y, z = sympy.symbols("x y z")


def game(choices: dict[str, Any], payoffs: dict[str, Any]) -> ContinuousGame:
    return ContinuousGame.of(choices, payoffs)


def numbers(of: ContinuousGame, concept: str | None = None) -> list[tuple[Any, ...]]:
    return [tuple(one.choices.values()) for one in solve(of, concept)]


UNIT = {"A": (x, 0, 1), "B": (y, 0, 1)}


def quadratic(rng: random.Random, players: int, high: int = 3) -> ContinuousGame:
    """Random payoffs of degree two, small so that ties and ends are met."""
    names = "ABC"[:players]
    powers = [p for p in product(range(3), repeat=players) if sum(p) <= 2]
    payoffs = {name: {p: Fraction(rng.randint(-high, high)) for p in powers} for name in names}
    return ContinuousGame({n: Interval(n.lower(), Fraction(-1), Fraction(rng.randint(1, 2))) for n in names}, payoffs)


@pytest.mark.parametrize(
    ("payoffs", "expected"),
    [
        ({"A": (1 - x - y) * x, "B": (1 - x - y) * y}, [("1/3", "1/3")]),
        ({"A": x * y - x / 2, "B": x * y - y / 2}, [("0", "0"), ("1/2", "1/2"), ("1", "1")]),
        ({"A": (x - y) ** 2, "B": -((x - y) ** 2)}, []),
        ({"A": x, "B": -y}, [("1", "0")]),
        ({"A": x**2 - x * y, "B": y * (1 - x)}, [("0", "1"), ("1", "0"), ("1", "1")]),
    ],
)
def test_known_games(payoffs: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = solve(game(UNIT, payoffs))
    if payoffs["A"] == x**2 - x * y:
        # Against x = 1 the second player is indifferent, so there are more.
        assert not found.complete
        assert {tuple(map(Fraction, pair)) for pair in expected} >= set(numbers(found.game))  # type: ignore[arg-type]
        return
    assert found.complete
    assert [tuple(one.choices.values()) for one in found] == [tuple(map(Fraction, pair)) for pair in expected]


def test_where_choices_lie_and_what_they_pay() -> None:
    (only,) = solve(game(UNIT, {"A": x - x * y, "B": y * x - y**2}))
    assert only.choices == {"A": 1, "B": Fraction(1, 2)}
    assert only["A"] == {LOWEST: 0, BETWEEN: 0, HIGHEST: 1}
    assert only["B"] == {LOWEST: 0, BETWEEN: 1, HIGHEST: 0}
    assert only.outcomes[0].path == (HIGHEST, BETWEEN)
    assert only.payoffs == {"A": Fraction(1, 2), "B": Fraction(1, 4)}
    assert str(only) == "A: 1, B: 0.5"


def test_irrational_equilibria_are_decided_exactly_and_rounded() -> None:
    found = solve(game({"A": (x, -2, 2), "B": (y, -2, 2)}, {"A": -((x**2 - 2) ** 2), "B": -((y - x) ** 2)}))
    assert (found.exact, found.complete) == (False, True)
    assert [one.choices["A"] for one in found] == pytest.approx([-(2**0.5), 2**0.5])
    assert {one.payoffs["A"] for one in found} == {0}
    assert any("decided exactly" in remark for remark in found.remarks)


def test_a_tie_between_two_maxima_is_broken_exactly() -> None:
    """By 10⁻³⁰ the left maximum is lower than the right one, and no float tells."""
    tilted = -((x**2 - 2) ** 2) + x * sympy.Rational(1, 10**30)
    (only,) = solve(game({"A": (x, -2, 2)}, {"A": tilted}))
    assert only.choices["A"] == pytest.approx(2**0.5)


def test_a_continuum_is_remarked_on() -> None:
    found = solve(game(UNIT, {"A": 0, "B": y}))
    assert not found.complete
    assert "first-order conditions of A have a continuum of solutions" in found.remarks[0]
    assert numbers(found.game) == [(0, 1), (1, 1)]  # type: ignore[arg-type]


def test_without_one_in_pure_strategies_the_answer_says_what_there_is() -> None:
    found = solve(game(UNIT, {"A": (x - y) ** 2, "B": -((x - y) ** 2)}))
    assert (len(found), found.complete) == (0, True)
    assert "in mixed strategies" in found.remarks[0]


def on_a_grid(of: ContinuousGame, steps: int) -> set[tuple[Fraction, ...]]:
    """The points of a grid at which nobody gains by more than a grid can tell."""
    sides = [[i.low + (i.high - i.low) * Fraction(k, steps) for k in range(steps + 1)] for i in of.choices.values()]
    found = set()
    for point in product(*sides):
        if not any(choice_regret(of, dict(zip(of.players, point, strict=True))).values()):
            found.add(point)
    return found


def test_nothing_on_a_grid_is_left_out_and_nobody_regrets_what_is_listed() -> None:
    rng = random.Random(SEED)
    several = complete = 0
    for number in range(60):
        of = quadratic(rng, 2)
        found = solve(of)
        listed = {tuple(one.choices.values()) for one in found}
        assert all(set(choice_regret(of, one.choices).values()) == {0} for one in found), (SEED, number)  # type: ignore[arg-type]
        assert len(listed) == len(found)
        if found.complete:
            assert on_a_grid(of, 6) <= listed, (SEED, number)
        several += len(found) > 1
        complete += found.complete
    assert several > 5
    assert complete > 50


def test_three_players() -> None:
    rng = random.Random(SEED)
    for number in range(15):
        of = quadratic(rng, 3)
        found = solve(of)
        assert all(set(choice_regret(of, one.choices).values()) == {0} for one in found), (SEED, number)  # type: ignore[arg-type]
        if found.complete:
            assert on_a_grid(of, 3) <= {tuple(one.choices.values()) for one in found}, (SEED, number)


def test_the_cases_describe_exactly_what_is_listed() -> None:
    """Each listed equilibrium is that of a case, and where the list is complete no case has another."""
    rng = random.Random(SEED)
    concept = CONCEPTS["continuous-nash"]
    assert concept.cases is not None
    checked = 0
    for number in range(40):
        of = quadratic(rng, 2, high=2)
        found = solve(of)
        asked = [Chosen({p: at}) for p, own in of.places.items() for at in own] + [Payoff(p) for p in of.players]
        asked.append(Reach((LOWEST, BETWEEN)))  # type: ignore[arg-type]
        posed = Posed(concept.cases(in_polynomials(of), asked))
        for one in found:
            assert posed.find(alike(posed.cases, of, of, one)) is not None, (SEED, number)
        if found.complete:
            assert posed.find(elsewhere(posed.cases, of, of, found)) is None, (SEED, number)
            checked += 1
    assert checked > 30


def test_a_case_is_witnessed_and_a_profile_that_is_none_is_not() -> None:
    concept = CONCEPTS["continuous-nash"]
    of = game(UNIT, {"A": (1 - x - y) * x, "B": (1 - x - y) * y})
    (only,) = solve(of)
    assert concept.witness is not None
    third, half = Fraction(1, 3), Fraction(1, 2)
    assert concept.witness(of, only.strategies, {"number of 'A'": third, "number of 'B'": third}) == only
    assert concept.witness(of, only.strategies, {"number of 'A'": half, "number of 'B'": third}) is None
    elsewhere_ = {**only.strategies, "A": {LOWEST: 1, BETWEEN: 0, HIGHEST: 0}}
    assert concept.witness(of, elsewhere_, {"number of 'A'": third, "number of 'B'": third}) is None


def test_cases_are_written_of_quadratic_payoffs_only() -> None:
    concept = CONCEPTS["continuous-nash"]
    assert concept.cases is not None
    with pytest.raises(InputError, match="a power above 2 of its own choice"):
        concept.cases(in_polynomials(game({"A": (x, 0, 1)}, {"A": x**3})), [])


def test_existence_is_said_where_payoffs_are_concave_whatever_the_parameters() -> None:
    a = sympy.Symbol("a")
    assert exists_because(game(UNIT, {"A": a * x - x**2, "B": a * x * y}))
    assert not exists_because(game(UNIT, {"A": a * x**2, "B": y}))
    assert not exists_because(game(UNIT, {"A": x - x**2 * y, "B": y}))
    assert not exists_because(game(UNIT, {"A": x**2, "B": y}))


def test_the_search_stops_when_the_time_is_up() -> None:
    with time_limit(1e-9):
        found = solve(game(UNIT, {"A": x, "B": y}))
    assert (found.complete, found.remarks) == (False, (STOPPED,))


def test_too_large_conditions_are_said_to_be_left_out() -> None:
    of = game({"A": (x, -1, 1), "B": (y, -1, 1)}, {"A": x**8 * y + x * y**7, "B": y**8 * x + y * x**7 + y**2})
    found = solve(of)
    assert not found.complete
    assert any("too large" in remark for remark in found.remarks)
