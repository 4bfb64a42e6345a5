"""Systems of polynomial conditions: the same answers as a solver that knows nothing of how they are taken apart."""

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
import z3

from games.solvers.limits import OutOfTimeError, time_limit
from games.solvers.methods import sign_systems
from games.solvers.methods.sign_systems import LaterError, Solution, Systems, shares
from games.terms import Condition, Poly, Sign, above, at_least, equal, var

SEED = 1990

a, b, c, d, t, u, x, y = map(var, "abcdtuxy")


def systems(asked: str = "abcd") -> Systems:
    """Two mixtures, a and b and c and d; mistakes t and u, of which only ratios matter; x and y may be 0."""
    two = frozenset("ab"), frozenset("cd")
    groups = {name: group for group in two for name in group}
    return Systems(positive=set("abcdtu"), asked=set(asked), groups=groups)


def holds(condition: Condition, values: dict[str, Fraction]) -> bool:
    if not isinstance(condition, Sign):
        return condition is True
    value = condition.of.at(values)
    return bool(value == 0 if condition.op == "==" else value > 0 if condition.op == ">" else value >= 0)


def judged(conditions: Sequence[Condition], names: str, positive: set[str], asked: set[str]) -> tuple[bool, bool]:
    """Whether there is a solution and whether only one in the asked names, of a general solver in this process."""
    solver = z3.Solver()
    terms: dict[str, Any] = {name: z3.Real(name) for name in names}
    solver.add(*(term > 0 if name in positive else term >= 0 for name, term in terms.items()))
    for condition in conditions:
        if not isinstance(condition, Sign):
            solver.add(condition)
            continue
        value = condition.of.at(terms)
        solver.add(value == 0 if condition.op == "==" else value > 0 if condition.op == ">" else value >= 0)
    answer = solver.check()
    assert answer != z3.unknown
    if answer == z3.unsat:
        return False, False
    model = solver.model()
    solver.add(z3.Or([terms[n] != model.eval(terms[n], model_completion=True) for n in asked]))
    return True, solver.check() == z3.unsat


def random_condition(rng: random.Random, products: Sequence[Poly]) -> Condition:
    terms = rng.sample(products, rng.randint(2, 3))
    left = sum((rng.randint(-4, 4) * term for term in terms), Poly({}))
    return rng.choice((equal, equal, at_least, above))(left, 0)


FAMILIES = {
    "linear": [a, b, c, d, Poly({(): 1})],
    "mistakes": [t * a, t * b, u * c, u * d],
    "one after the other": [a, b, a * c, a * d],
    "matching": [a * c, a * d, b * c, b * d, a, Poly({(): 1})],
    "free beliefs": [x * c, x * d, y * c, y * d],
}


@pytest.mark.untraced
@pytest.mark.parametrize("family", FAMILIES)
def test_there_is_a_solution_exactly_if_another_solver_finds_one(family: str) -> None:
    rng = random.Random(SEED)
    kinds = {"solved": 0, "only": 0, "impossible": 0}
    for _ in range(100):
        made = systems(rng.choice(("abcd", "ab")))
        conditions = [shares("ab"), shares("cd"), *([shares("xy")] if family == "free beliefs" else [])]
        conditions += [random_condition(rng, FAMILIES[family]) for _ in range(rng.randint(1, 4))]
        there_is, only = judged(conditions, "abcdtuxy", made.positive, made.asked)
        answer = made.solved(conditions)
        assert isinstance(answer, Solution) if there_is else answer is False, (SEED, conditions)
        if not isinstance(answer, Solution):
            kinds["impossible"] += 1
            continue
        assert made.may_hold(conditions)
        values = dict.fromkeys("abcdtuxy", Fraction(1)) | answer.values
        if answer.exact:
            assert all(holds(condition, values) for condition in conditions), (SEED, conditions, values)
        assert all(values[name] > 0 for name in "abcdtu")
        assert answer.only is only, (SEED, conditions, values)
        kinds["solved"] += 1
        kinds["only"] += only
    assert kinds["only"] > 0 or family in ("mistakes", "free beliefs")
    assert kinds["solved"] > 5
    assert kinds["impossible"] > 5


def refuse(*_: Any) -> Any:
    raise AssertionError("nonlinear arithmetic was asked")


def test_what_can_be_made_linear_needs_no_nonlinear_arithmetic(monkeypatch: pytest.MonkeyPatch) -> None:
    """c and d matter after a alone, whether the condition says so (the third) or not (the fourth)."""
    monkeypatch.setattr(sign_systems, "asked_with_others", refuse)
    conditions = [shares("ab"), shares("cd"), equal(3 * a * c, b), equal(c, 2 * d)]
    answer = systems().solved(conditions)
    third = Fraction(1, 3)
    assert answer == Solution({"a": third, "b": 2 * third, "c": 2 * third, "d": third})


def test_an_irrational_solution_is_near_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    conditions = [shares("ab"), equal(2 * a * a, 1)]
    answer = systems().solved(conditions)
    assert isinstance(answer, Solution)
    assert (answer.exact, answer.only) == (False, True)
    assert abs(2 * answer.values["a"] ** 2 - 1) < Fraction(1, 10**25)
    monkeypatch.setattr(sign_systems, "STEPS", 1)
    assert systems().solved(conditions) is None


def test_what_takes_long_may_wait() -> None:
    made = systems()
    made.brief = True
    with pytest.raises(LaterError):
        made.solved([shares("ab"), equal(2 * a * a, 1)])
    assert isinstance(made.solved([shares("ab"), equal(2 * a, 1)]), Solution)
    made.brief = False
    assert isinstance(made.solved([shares("ab"), equal(2 * a * a, 1)]), Solution)


def test_parts_are_remembered() -> None:
    made = systems()
    first = made.solved([shares("ab"), equal(a, 2 * b), shares("cd"), equal(c, d)])
    with time_limit(1e-9):
        assert made.solved([shares("cd"), equal(c, d), shares("ab"), equal(a, 2 * b)]) == first
        with pytest.raises(OutOfTimeError):
            made.solved([shares("ab"), equal(a, 3 * b)])
