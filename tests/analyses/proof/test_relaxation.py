"""Products as variables between bounds: what can hold, still can; and bounds are as near as they are said to be."""

import random
from collections import Counter
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from analyses.proof.relaxation import Ends, Relaxation
from analyses.proof.solver import EASY, Context
from games.cases import Cases, Choice, Option, Unknown
from games.terms import Monomial, Poly, Sign, Taken, above, at_least, equal, every, some, total, var

SEED = 1976
NAMES = ("x", "y", "z")
RANGES: list[dict[str, Ends]] = [
    {"x": (0, 1), "y": (0, 1), "z": (0, 1)},
    {"x": (-2, 3), "y": (-1, Fraction(1, 2)), "z": (-5, -1)},
    {"x": (Fraction(-7, 3), 0), "y": (2, 2), "z": (-1, 1)},
    {"x": (0, None), "y": (-1, 4), "z": (None, None)},
]
every_range = pytest.mark.parametrize("ranges", RANGES, ids=["unit", "mixed", "with a fixed one", "open"])


def drawn(rng: random.Random, ends: Ends) -> Fraction:
    """A point of the range, its ends among them; of an open one, one that is not too far out."""
    low, high = (Fraction(end if end is not None else default) for end, default in zip(ends, (-6, 6), strict=True))
    return low + (high - low) * Fraction(rng.randint(0, 6), 6)


def monomials(most: int) -> list[Monomial]:
    """All products of so many of the names at most."""
    sizes = range(2, most + 1)
    return list(dict.fromkeys(tuple(sorted(m)) for size in sizes for m in product(NAMES, repeat=size)))


def multiplied(monomial: Monomial, at: dict[str, Fraction]) -> Fraction:
    value = Fraction(1)
    for name in monomial:
        value *= at[name]
    return value


def random_poly(rng: random.Random, degree: int = 3) -> Poly:
    """A polynomial of a few terms with small coefficients."""
    terms = Counter({tuple(sorted(rng.choices(NAMES, k=rng.randint(0, degree)))): rng.randint(-4, 4) for _ in range(4)})
    return Poly({monomial: coefficient for monomial, coefficient in terms.items() if coefficient})


@every_range
def test_products_lie_between_their_bounds_at_every_point(ranges: dict[str, Ends]) -> None:
    rng = random.Random(SEED)
    context = Context()
    relaxed = Relaxation(context, ranges)
    for monomial in monomials(4):
        relaxed.product(monomial)
    for _ in range(25):
        at = {name: drawn(rng, ends) for name, ends in ranges.items()}
        relaxed.begin()
        relaxed.solver.add([relaxed.real(name) == context.number(value) for name, value in at.items()])
        relaxed.solver.add([w == context.number(multiplied(m, at)) for m, w in relaxed.products.items()])
        assert context.check(relaxed.solver, EASY) is True, at
        relaxed.solver.pop()


def ends_of(relaxed: Relaxation, term: Any) -> list[Fraction | None]:
    """The least and the greatest value of a term in the relaxation; None where it has none."""
    found: list[Fraction | None] = []
    for sign in (1, -1):
        optimum = relaxed.context.optimum()
        optimum.add(*relaxed.solver.assertions())
        sought = optimum.minimize(sign * term)
        assert relaxed.context.check(optimum, EASY) is True
        infinite, bound, _ = (Fraction(number.as_string()) for number in sought.lower_values())
        found.append(None if infinite else sign * bound)
    return found


def test_the_bounds_of_a_product_of_two_are_its_convex_hull() -> None:
    """With one factor fixed at an end of its range the product is exact; in the middle of both it is not."""
    context = Context()
    relaxed = Relaxation(context, {"x": (-2, 3), "y": (-1, 4)})
    w = relaxed.product(("x", "y"))
    for name, value, other in (("x", -2, "y"), ("x", 3, "y"), ("y", -1, "x"), ("y", 4, "x")):
        relaxed.begin()
        relaxed.solver.add(relaxed.real(name) == value)
        assert ends_of(relaxed, w - value * relaxed.real(other)) == [0, 0], (name, value)
        relaxed.solver.pop()
    relaxed.begin()
    relaxed.solver.add(relaxed.real("x") == context.number(Fraction(1, 2)))
    relaxed.solver.add(relaxed.real("y") == context.number(Fraction(3, 2)))
    # There the hull is what two opposite corners average to.
    corners = {(x, y): x * y for x in (-2, 3) for y in (-1, 4)}
    averages = [Fraction(corners[-2, 4] + corners[3, -1], 2), Fraction(corners[-2, -1] + corners[3, 4], 2)]
    assert ends_of(relaxed, w) == averages


@pytest.mark.parametrize("monomial", [("x", "x"), ("x", "x", "x", "x"), ("x", "x", "z", "z")], ids="*".join)
def test_even_powers_are_not_below_zero(monomial: Monomial) -> None:
    for ranges in ({"x": (-2, 3), "z": (-1, 1)}, {"x": (None, None), "z": (None, 4)}):
        relaxed = Relaxation(Context(), ranges)
        assert ends_of(relaxed, relaxed.product(monomial))[0] == 0
    low, _ = Relaxation(Context(), {"x": (-2, 3), "z": (-1, 1)}).range_of(Poly({monomial: 1})) or (None, None)
    assert low == 0


def test_odd_powers_may_be_below_zero() -> None:
    relaxed = Relaxation(Context(), {"x": (-2, 3)})
    assert relaxed.range_of(Poly({("x", "x", "x"): 1})) is not None
    low, high = ends_of(relaxed, relaxed.product(("x", "x", "x")))
    assert low is not None
    assert high is not None
    assert low <= -8
    assert high >= 27


@every_range
def test_the_range_of_a_polynomial_holds_its_values(ranges: dict[str, Ends]) -> None:
    rng = random.Random(SEED)
    relaxed = Relaxation(Context(), ranges)
    for _ in range(60):
        value = random_poly(rng)
        ends = relaxed.range_of(value)
        assert (ends is None) == any(None in ranges[name] for name in value.names)
        for _ in range(20):
            at = {name: drawn(rng, own) for name, own in ranges.items()}
            assert ends is None or ends[0] <= value.at(at) <= ends[1]


def test_the_range_of_a_linear_polynomial_is_attained() -> None:
    relaxed = Relaxation(Context(), {"x": (-2, 3), "y": (0, 5)})
    assert relaxed.range_of(2 * var("x") - 3 * var("y") + 1) == (-18, 7)
    assert relaxed.range_of(Poly({(): 4})) == (4, 4)


@every_range
def test_a_condition_that_holds_at_a_point_holds_in_the_relaxation(ranges: dict[str, Ends]) -> None:
    rng = random.Random(SEED)
    context = Context()
    relaxed = Relaxation(context, ranges)
    for _ in range(40):
        at = {name: drawn(rng, own) for name, own in ranges.items()}
        signs = []
        while len(signs) < 3:
            value = random_poly(rng)
            if value.constant is None:
                number = Fraction(value.at(at))
                signs.append(
                    Sign(value if number >= 0 else -value, rng.choice(["!=", ">", ">="] if number else ["==", ">="]))
                )
        relaxed.begin()
        relaxed.add(every(signs), some([signs[0], above(-1, 0)]))
        relaxed.solver.add([relaxed.real(name) == context.number(v) for name, v in at.items()])
        assert context.check(relaxed.solver, EASY) is True, (at, signs)
        relaxed.solver.pop()


def test_what_bounds_exclude_is_impossible() -> None:
    context = Context()
    relaxed = Relaxation(context, {"x": (0, 1), "y": (0, 1)})
    x, y = var("x"), var("y")
    for condition, possible in (
        (above(x * y, x), False),
        (above(x * y, Fraction(9, 10)), True),
        (every([above(x * y, Fraction(9, 10)), above(Fraction(8, 10), y)]), False),
        (above(x + y - x * y, 1), False),
        (equal(x * y, 1), True),
        (every([equal(x * y, 1), above(1, x)]), False),
    ):
        relaxed.begin()
        relaxed.add(condition)
        assert context.check(relaxed.solver, EASY) is possible, condition
        relaxed.solver.pop()


def test_bounds_defined_in_one_question_hold_in_later_ones() -> None:
    context = Context()
    relaxed = Relaxation(context, {"x": (0, 1), "y": (0, 1)})
    x, y = var("x"), var("y")
    for _ in range(3):
        relaxed.begin()
        relaxed.add(above(x * y, 1))
        assert context.check(relaxed.solver, EASY) is False
        relaxed.solver.pop()
    relaxed.begin()
    relaxed.solver.add(relaxed.product(("x", "y")) > 1)
    assert context.check(relaxed.solver, EASY) is False


def coin(first: Poly, second: Poly) -> Cases:
    """Two choices and an unknown, which their product gives."""
    p, q, v = var("p of coin"), var("q of coin"), var("value of coin")
    return Cases(
        (
            Choice(
                "coin",
                {"heads": Option(above(first, 0), {"p of coin": first}), "tails": Option(True, {"p of coin": second})},
            ),
            Choice(
                "again",
                {"yes": Option(Taken("coin", "heads"), {"q of coin": p * p}), "no": Option(True, {"q of coin": p})},
            ),
        ),
        (Unknown("value of coin", 0, 9),),
        (equal(v, q * first),),
        (at_least(v, p),),
    )


def test_each_choice_takes_one_option_which_gives_its_values() -> None:
    context = Context()
    relaxed = Relaxation(context, {"x": (-1, 2), "y": (0, 3)})
    relaxed.add_cases(coin(var("x"), total([var("y"), 1])))
    assert relaxed.ranges["p of coin"] == (-1, 4)
    seen = set()
    relaxed.begin()
    while context.check(relaxed.solver, EASY):
        model = relaxed.solver.model()
        taken = relaxed.taken(model)
        assert set(taken) == {"coin", "again"}
        seen.add((taken["coin"], taken["again"]))
        relaxed.solver.add(context.z3.Or([context.z3.Not(relaxed.boolean(*one)) for one in taken.items()]))
    assert seen <= {("heads", "yes"), ("heads", "no"), ("tails", "no")}
    assert ("heads", "no") in seen


def test_a_choice_without_options_can_never_be_made() -> None:
    context = Context()
    relaxed = Relaxation(context, {"x": (0, 1)})
    relaxed.add_cases(Cases((Choice("nothing to choose", {}),)))
    assert context.check(relaxed.solver, EASY) is False


def test_a_variable_that_some_option_does_not_give_has_no_range() -> None:
    relaxed = Relaxation(Context(), {"x": (0, 1)})
    options = {"gives": Option(True, {"a share": var("x")}), "gives none": Option()}
    bound = equal(var("a share"), var("x"))
    relaxed.add_cases(Cases((Choice("which", options),), (Unknown("a share"),), (bound,)))
    assert relaxed.ranges["a share"] == (None, None)
