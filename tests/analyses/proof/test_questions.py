"""Questions about cases: answers agree with going through every case, and say what they rest on."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from analyses.proof.questions import BRIEF, FULL, STOPPED, TOO_HARD, TOO_MANY, Answer, Effort, Questions, at_point
from games.cases import Cases, Choice, Option, Unknown
from games.solvers.limits import stopped_by, time_limit
from games.terms import (
    Condition,
    Poly,
    Taken,
    above,
    at_least,
    denied,
    equal,
    every,
    poly,
    put,
    sign,
    some,
    var,
)
from laws.cases_at import Posed, fulfils, is_met

SEED = 1931
ROOT = Path(__file__).parents[3]
a, b, c = map(var, "abc")
RANGES = {"a": (-2, 2), "b": (-2, 2), "c": (0, 1)}
MARGIN = Effort(cases=200)


def random_poly(rng: random.Random, names: Sequence[str], degree: int, size: int = 3) -> Poly:
    terms = {tuple(sorted(rng.choices(names, k=rng.randint(0, degree)))): rng.randint(-3, 3) for _ in range(size)}
    return Poly({monomial: number for monomial, number in terms.items() if number})


def random_sign(rng: random.Random, names: Sequence[str], degree: int) -> Condition:
    return sign(random_poly(rng, names, degree), rng.choice([">", ">", ">=", ">=", "!=", "=="]))


def random_cases(rng: random.Random) -> Cases:
    """Up to three choices, which rest on each other, and an unknown that an equation binds."""
    choices, known = [], ["a", "b", "c"]
    for number in range(rng.randint(1, 3)):
        name, given = f"choice {number}", f"given {number}"
        options = {}
        for label in "xyz"[: rng.randint(2, 3)]:
            allowed = [some(random_sign(rng, known, 2) for _ in range(2))]
            if choices and rng.random() < 0.4:
                earlier = rng.choice(choices)
                allowed.append(denied(Taken(earlier.name, rng.choice(sorted(earlier.options)))))
            options[label] = Option(every(allowed), {given: random_poly(rng, known, 2, 2)})
        choices.append(Choice(name, options))
        known.append(given)
    unknown = var("an unknown")
    defined = equal(unknown * rng.choice([a * a + 1, c + 1, poly(-2)]), random_poly(rng, known, 1))
    conditions = (random_sign(rng, [*known, "an unknown"], 1), random_sign(rng, [*known, "an unknown"], 2))
    return Cases(tuple(choices), (Unknown("an unknown", -3, 3),), (defined,), conditions)


def seeded(count: int, what: str) -> Iterator[random.Random]:
    return (random.Random(f"{SEED} {what} {number}") for number in range(count))


def drawn(rng: random.Random) -> dict[str, Fraction]:
    return {name: Fraction(low + (high - low) * Fraction(rng.randint(0, 6), 6)) for name, (low, high) in RANGES.items()}


def truly(cases: Cases, condition: Condition) -> bool:
    """Whether some case can hold with the condition, each of them asked by itself, by a solver of the tests' own."""
    ranges = tuple(Unknown(name, low, high) for name, (low, high) in RANGES.items())
    posed = Posed(replace(cases, unknowns=(*cases.unknowns, *ranges)), seconds=2)
    found = (posed.find(*(Taken(*each) for each in taken.items()), condition) for taken in cases.expanded())
    return any(each is not None for each in found)


def is_answer(cases: Cases, answer: Answer, *conditions: Condition) -> bool:
    """Whether the values and options of an answer satisfy the cases and conditions, in plain arithmetic."""
    values = {name: value for name, value in answer.values.items() if value is not None}
    if len(values) < len(answer.values):
        return True
    within = all(RANGES[name][0] <= values[name] <= RANGES[name][1] for name in RANGES if name in values)
    own = {choice.name: answer.taken[choice.name] for choice in cases.choices}
    return within and fulfils(cases, own, values) and all(is_met(each, values, own) for each in conditions)


def test_answers_at_exact_points_are_those_of_all_cases_one_by_one() -> None:
    told = []
    for rng in seeded(60, "points"):
        cases = random_cases(rng)
        at = drawn(rng)
        numbers = {name: poly(value) for name, value in at.items()}
        asked = put(random_sign(rng, ("a", "b", "c", *sorted(_given(cases))), 2), numbers)
        answer = at_point(cases, at).ask(asked)
        assert not answer.is_unknown, answer.because
        assert answer.found is truly(cases.put(numbers), asked), (cases, at, asked)
        if answer.is_yes:
            assert is_answer(cases.put(numbers), answer, asked)
        told.append(answer.found)
    assert min(told.count(True), told.count(False)) >= 5


def _given(cases: Cases) -> set[str]:
    return {name for choice in cases.choices for name in choice.given}


def test_answers_over_all_payoffs_are_those_of_all_cases_one_by_one() -> None:
    """No case that can hold is lost when one that cannot is blocked; a yes is checked in plain arithmetic."""
    told = []
    for rng in seeded(30, "free"):
        cases = random_cases(rng)
        asked = random_sign(rng, ("a", "b", "c", *sorted(_given(cases))), 2)
        questions = Questions(RANGES, cases=cases)
        answer = questions.ask(asked, effort=MARGIN)
        if answer.is_unknown:
            continue
        try:
            expected = truly(cases, asked)
        except TimeoutError:
            continue
        assert answer.found is expected, (cases, asked)
        assert not answer.is_yes or is_answer(cases, answer, asked)
        told.append(answer.found)
    assert len(told) >= 25
    assert min(told.count(True), told.count(False)) >= 3


def many_ways(size: int) -> Cases:
    """Choices of + or -, each of which gives x or -x, and x² = 2 with rational neighbours only in one case of all."""
    x = var("a root")
    choices = tuple(
        Choice(f"sign {k}", {"+": Option(True, {f"given {k}": x}), "-": Option(True, {f"given {k}": -x})})
        for k in range(size)
    )
    return Cases(choices, (Unknown("a root", -9, 9),), (equal(x * x, a * a + 1),))


def test_what_blocks_one_case_blocks_no_case_that_can_hold() -> None:
    """Of sixteen cases exactly one can hold; those met before are blocked for choices that their reason rests on."""
    cases = many_ways(4)
    rng = random.Random(SEED)
    for _ in range(6):
        wanted = [rng.choice((1, -1)) for _ in range(4)]
        product = every(above(var(f"given {k}") * (a * a + 1) * way, 0) for k, way in enumerate(wanted))
        positive = above(var("a root") * (b * b + 1), 0)
        answer = Questions({"a": (-2, 2), "b": (-2, 2)}, cases=cases).ask(product, positive, effort=MARGIN)
        assert answer.is_yes, answer.because
        assert [answer.taken[f"sign {k}"] for k in range(4)] == ["+" if way > 0 else "-" for way in wanted]


SUPPOSED: list[tuple[list[Condition], Condition, set[int]]] = [
    ([above(a, 1), above(b, 1), above(c, 0)], at_least(0, a * b), {0, 1}),
    ([above(a, b), above(b, c), above(c, a)], True, {0, 1, 2}),
    ([equal(a, b), above(c, 0)], above(0, a * b), {0}),
    ([above(a, 0), above(b, 0), above(1, a)], at_least(0, a * a * b), {0, 1}),
    ([above(b, 0)], every([equal(a * a, 2 * a), equal(a * b * c, b + 1), at_least(1, a)]), {0}),
]


@pytest.mark.parametrize(("supposed", "asked", "needed"), SUPPOSED)
def test_what_a_no_rests_on_suffices(supposed: list[Condition], asked: Condition, needed: set[int]) -> None:
    questions = Questions(RANGES, supposed=supposed)
    answer = questions.ask(asked)
    assert answer.is_no, answer
    assert needed <= answer.rests_on
    assert questions.ask(asked, suppositions=sorted(answer.rests_on)).is_no
    assert Questions(RANGES, supposed=[supposed[k] for k in sorted(answer.rests_on)]).ask(asked).is_no
    for number in needed:
        rest = [k for k in range(len(supposed)) if k != number]
        assert questions.ask(asked, suppositions=rest).is_yes


def test_what_a_no_about_random_cases_rests_on_suffices() -> None:
    seen = 0
    for rng in seeded(40, "rests"):
        cases = random_cases(rng)
        supposed = [random_sign(rng, ("a", "b", "c"), 2) for _ in range(4)]
        asked = random_sign(rng, ("a", "b", "c", *sorted(_given(cases))), 2)
        answer = Questions(RANGES, supposed=supposed, cases=cases).ask(asked, effort=MARGIN)
        if not answer.is_no:
            continue
        seen += 1
        alone = [supposed[k] for k in sorted(answer.rests_on)]
        again = Questions(RANGES, supposed=alone, cases=cases).ask(asked)
        assert not again.is_yes, (cases, supposed, asked, answer.rests_on, again)
    assert seen >= 10


def test_suppositions_count_only_where_they_are_named() -> None:
    questions = Questions(RANGES, supposed=[above(a, 1)])
    questions.suppose(above(0, a))
    assert questions.ask().is_no
    assert questions.ask(suppositions=[0]).values["a"] > 1  # type: ignore[operator]
    assert questions.ask(suppositions=[1]).values["a"] < 0  # type: ignore[operator]
    assert questions.ask(equal(a, 1), suppositions=[]).is_yes


@pytest.mark.parametrize("condition", [above(a, 0), equal(a * b, 1), equal(a * a, a * b + 1), equal(a * a * b, 2)])
def test_parameters_that_no_condition_mentions_keep_to_their_ranges(condition: Condition) -> None:
    """Linear and nonlinear answers alike; the range of z has neither 0 nor any other likely default."""
    ranges = {**RANGES, "z": (Fraction(7, 3), Fraction(8, 3)), "w": (-5, Fraction(-9, 2))}
    answer = Questions(ranges).ask(condition)
    assert answer.is_yes
    point = answer.point(list(ranges))
    if point is not None:
        assert all(ranges[name][0] <= value <= ranges[name][1] for name, value in point.items())
        assert is_met(condition, point, {})


def test_parameters_keep_to_their_ranges_in_answers_by_nonlinear_arithmetic() -> None:
    ranges = {"x": (-9, 9), "y": (-9, 9), "z": (Fraction(7, 3), Fraction(8, 3))}
    x, y = var("x"), var("y")
    questions = Questions(ranges)
    answer = questions.ask(equal(x * x + y * y, 3 * x * y + 1), equal(x * x * y, x + y + 1), above(x, y))
    assert questions.nonlinear
    assert answer.is_yes
    assert answer.values["z"] is not None
    assert ranges["z"][0] <= answer.values["z"] <= ranges["z"][1]


def test_a_further_variable_keeps_to_its_range() -> None:
    questions = Questions(RANGES)
    z = questions.variable("z", (5, 6))
    questions.give(at_least(z, a + 4))
    assert questions.ask(above(a * z, 12)).is_no
    answer = questions.ask(equal(a, Fraction(3, 2)))
    assert answer.point(["z"]) is not None
    assert Fraction(11, 2) <= answer.point(["z"])["z"] <= 6  # type: ignore[index]
    assert questions.ask(equal(a, Fraction(5, 2) - Fraction(1, 4) * z)).is_yes


def test_bounds_defined_in_one_question_hold_in_later_ones() -> None:
    """An answer does not depend on what was asked before."""
    asked = [above(a * b, 4), above(a * b * c, 4), equal(a * c, 2), above(c * c, c), above(a * b, 3)]
    expected = [Questions(RANGES).ask(each).found for each in asked]
    assert expected == [False, False, True, False, True]
    questions = Questions(RANGES)
    for order in (asked, asked[::-1], asked):
        for each in order:
            assert questions.ask(each).found is expected[asked.index(each)], each


def test_what_is_given_later_counts_from_then_on() -> None:
    questions = Questions(RANGES)
    assert questions.ask(above(a * b, 2)).is_yes
    questions.give(at_least(1, a), at_least(1, b), at_least(a, 0))
    assert questions.ask(above(a * b, 2)).is_no
    assert questions.ask(above(a * b, Fraction(1, 2))).is_yes


HARD = every(
    [
        equal(a * a * b + c * a * b, 3),
        equal(b * b * c + a * c * c, Fraction(1, 7)),
        above(a * b * c, Fraction(1, 11)),
        above(a * a + b * b * c, 2 * c * c * a),
    ]
)
"""What bounds on products and fixed factors leave open."""


@pytest.mark.parametrize("how", ["time", "user"])
def test_a_question_that_is_stopped_is_unknown_and_the_next_is_answered(how: str) -> None:
    questions = Questions(RANGES, cases=many_ways(2))
    with stopped_by(lambda: True) if how == "user" else time_limit(1e-9):
        answer = questions.ask(HARD)
    assert answer.is_unknown
    assert answer.because == STOPPED
    assert questions.ask(above(a, 1)).is_yes
    assert questions.ask(above(a * b, 4)).is_no


def test_a_question_that_is_stopped_on_the_way_is_unknown_and_the_next_is_answered() -> None:
    """Stopped at every moment at which it looks, one later each time."""
    ended = None
    for moment in range(1, 40):
        questions = Questions(RANGES, cases=many_ways(2))
        looks = iter(range(moment))
        with stopped_by(lambda looks=looks: next(looks, None) is None):  # type: ignore[misc]
            answer = questions.ask(HARD)
        ended = answer.found
        assert ended is not None or answer.because == STOPPED
        assert questions.ask(above(a, 1)).is_yes
        assert questions.ask(above(a * b, 4)).is_no
        if ended is not None:
            break
    assert ended is not None, "it never came to an end"


def test_too_little_effort_is_unknown_and_says_what_was_too_much() -> None:
    questions = Questions(RANGES, cases=many_ways(3))
    root = var("a root")
    hard = every([HARD, above(root * a, b * c)])
    assert questions.ask(hard, effort=Effort(nonlinear=1, hard=0)).because == TOO_HARD
    assert questions.ask(hard, effort=Effort(cases=0)).because == TOO_MANY
    assert questions.ask(hard, effort=Effort(linear=1)).because == TOO_HARD
    assert questions.ask(above(a, 1), effort=BRIEF).is_yes


def told(effort: Effort) -> list[object]:
    """What a row of questions is answered, down to the values."""
    result: list[object] = []
    for rng in seeded(3, "the same"):
        cases = random_cases(rng)
        supposed = [random_sign(rng, ("a", "b", "c"), 2) for _ in range(3)]
        questions = Questions(RANGES, supposed=supposed, cases=cases)
        for _ in range(3):
            asked = random_sign(rng, ("a", "b", "c", *sorted(_given(cases))), 3)
            answer = questions.ask(asked, effort=effort)
            values = sorted((name, str(value)) for name, value in answer.values.items())
            result.append((answer.found, answer.because, sorted(answer.rests_on), values, sorted(answer.taken.items())))
        result.append((questions.asked, questions.nonlinear))
    return result


EFFORTS = {"full": FULL, "brief": BRIEF, "least": Effort(linear=20_000, nonlinear=300, core=100, cases=3, hard=1)}


def test_the_same_questions_have_the_same_answers_in_every_process() -> None:
    here = {name: told(effort) for name, effort in EFFORTS.items()}
    assert here == {name: told(effort) for name, effort in EFFORTS.items()}
    done = subprocess.run(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{here}\n"


def test_a_least_value_is_a_bound_and_exact_where_it_says_so() -> None:
    questions = Questions(RANGES, given=[at_least(a, b * b)])
    for value, conditions, bound in (
        (a, (), Fraction(0)),
        (a + b, (at_least(b, 1),), Fraction(2)),
        (a, (above(b, 1),), Fraction(1)),
        (-a, (), Fraction(-2)),
        (a * c, (equal(b, 1),), Fraction(0)),
    ):
        least = questions.least(value, *conditions)
        assert least is not None
        assert least.value <= bound
        assert not least.exact or least.value == bound
    root = questions.least(-b)
    assert root is not None
    assert root.value <= Fraction(-1414, 1000)
    assert not root.exact
    assert questions.least(a, above(b * b, 2), above(1, a)) is None
    linear = Questions(RANGES, given=[at_least(a, b)])
    strict, attained = linear.least(a, above(b, 1)), linear.least(a, at_least(b, 1))
    assert strict is not None
    assert attained is not None
    assert (strict.value, strict.attained, strict.exact) == (1, False, True)
    assert (attained.value, attained.attained, attained.exact) == (1, True, True)
    assert Questions({"x": (None, 1)}).least(var("x")) is None


def test_a_point_and_the_value_of_a_polynomial_are_known_or_not() -> None:
    answer = Answer(True, {"x": Fraction(2), "y": None})
    assert answer.point(["x"]) == {"x": 2}
    assert answer.point(["x", "y"]) is None
    assert answer.point(["z"]) is None
    assert answer.of(var("x") * var("x") + 1) == 5
    assert answer.of(var("y") + 1) is None
    assert answer.of(poly(3)) == 3


def test_an_irrational_value_is_none() -> None:
    answer = Questions({"x": (0, 9)}).ask(equal(var("x") * var("x"), 2))
    assert answer.is_yes
    assert answer.values["x"] is None


def test_no_case_at_all_is_no() -> None:
    nothing = Cases((Choice("nothing to choose", {}),))
    assert Questions(RANGES, cases=nothing).ask().is_no
    never = Cases((Choice("never", {"x": Option(False), "y": Option(above(a, 3))}),))
    assert Questions(RANGES, cases=never).ask().is_no
    assert Questions(RANGES, given=[some([above(a, 3), above(-3, b)])]).ask().is_no


if __name__ == "__main__":
    print({name: told(effort) for name, effort in EFFORTS.items()})
