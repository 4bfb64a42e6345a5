"""One case by nonlinear arithmetic: the same answer whether or not its unknowns are solved for first."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from analyses.proof import single
from analyses.proof.questions import Questions
from analyses.proof.relaxation import Ends
from analyses.proof.single import Multiplied, Part, Values
from games.terms import Condition, Poly, equal, holds, names_in, poly, sign, var

STEPS = 100_000
SEED = 20_401
A, B, X, Y = map(var, ("a", "b", "x of play", "y of play"))
UNIT: Ends = (Fraction(0), Fraction(1))


def decided(
    conditions: Sequence[Condition], ranges: Mapping[str, Ends], unknowns: Mapping[str, Ends] | None = None
) -> Values | bool | None:
    questions = Questions(ranges)
    for name, ends in (unknowns or {}).items():
        questions.relaxed.declare(name, ends)
    return Multiplied(questions.relaxed, tuple(ranges), map(Part, conditions)).ask(STEPS)


@pytest.fixture
def solved_for_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """No case is decided as it stands by the few steps that come first."""
    monkeypatch.setattr(single, "EASY", 1)


@pytest.mark.usefixtures("solved_for_first")
def test_what_an_unknown_is_solved_for_keeps_to_its_range() -> None:
    twice = equal(X, 2 * A + A * B)
    assert decided([twice, sign(A - Fraction(2, 3), ">")], {"a": UNIT, "b": UNIT}, {"x of play": UNIT}) is False
    found = decided([twice, sign(A - Fraction(1, 3), ">")], {"a": UNIT, "b": UNIT}, {"x of play": UNIT})
    assert isinstance(found, Values)
    assert found.exact["x of play"] == 2 * found.exact["a"] + found.exact["a"] * found.exact["b"]


@pytest.mark.usefixtures("solved_for_first")
def test_where_a_divisor_is_zero_the_unknown_may_be_anything() -> None:
    divided = [equal(A * X, B), sign(X - 3, "=="), sign(B * B + A, "==")]
    found = decided(divided, {"a": UNIT, "b": UNIT})
    assert isinstance(found, Values)
    assert (found.exact["a"], found.exact["b"]) == (0, 0)
    assert decided([*divided, sign(A + B, ">")], {"a": UNIT, "b": UNIT}) is False


@pytest.mark.usefixtures("solved_for_first")
def test_fixed_parameters_are_put_in_and_have_their_values() -> None:
    half: Ends = (Fraction(1, 2), Fraction(1, 2))
    found = decided([equal(X, A * B * B), sign(X * X - B, ">=")], {"a": half, "b": (Fraction(1), 2)})
    assert isinstance(found, Values)
    assert found.exact["a"] == Fraction(1, 2)
    assert found.exact["x of play"] == found.exact["b"] * found.exact["b"] / 2


@pytest.mark.usefixtures("solved_for_first")
def test_irrational_values_have_fractions_near_them() -> None:
    found = decided([equal(A * A, 2), equal(X, A * A * A)], {"a": (Fraction(0), Fraction(2))})
    assert isinstance(found, Values)
    assert found.exact["x of play"] is None
    assert abs(float(found.near["x of play"]) - 2**1.5) < 1e-9


def _random_poly(rng: random.Random, names: Sequence[Poly]) -> Poly:
    total = poly(rng.randint(-2, 2))
    for _ in range(rng.randint(1, 3)):
        product = poly(rng.choice((-2, -1, 1, 2)))
        for _ in range(rng.randint(1, 2)):
            product = product * rng.choice(names)
        total = total + product
    return total


def test_solving_for_unknowns_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(SEED)
    ranges = {"a": UNIT, "b": UNIT}
    answers = []
    for number in range(60):
        defined = [
            equal(_random_poly(rng, (A, B)) * X, _random_poly(rng, (A, B))),
            equal((1 + A) * Y, _random_poly(rng, (A, B, X))),
        ]
        asked = [sign(_random_poly(rng, (A, B, X, Y)), rng.choice((">", ">=", "==", "!="))) for _ in range(2)]
        unknowns = {"x of play": UNIT} if rng.random() < 0.5 else {}
        plain = decided([*defined, *asked], ranges, unknowns)
        with monkeypatch.context() as patched:
            patched.setattr(single, "EASY", 1)
            other = decided([*defined, *asked], ranges, unknowns)
        assert plain is not None, (SEED, number)
        assert isinstance(plain, Values) is isinstance(other, Values), (SEED, number)
        answers.append(isinstance(plain, Values))
        for found in (plain, other):
            if isinstance(found, Values) and None not in found.exact.values():
                assert all(holds(c, found.exact) for c in [*defined, *asked] if names_in(c) <= found.exact.keys())
    assert 10 < sum(answers) < 50, SEED
