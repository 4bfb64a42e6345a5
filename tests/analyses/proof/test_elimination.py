"""Unknowns solved for: the region left says of parameters what the conditions say with the unknowns' values put in."""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

import pytest

from analyses.proof.elimination import Solved, projected, solved, without
from games.exact import Number
from games.terms import (
    Condition,
    Poly,
    Sign,
    above,
    at_least,
    denied,
    equal,
    every,
    holds,
    names_in,
    put,
    sign,
    signs,
    some,
    var,
)

SEED = 1907
a, b, c = map(var, "abc")
p, q = var("p of one"), var("q of two")
UNKNOWNS = frozenset({"p of one", "q of two"})


def points(count: int, names: str = "abc") -> Iterator[dict[str, Fraction]]:
    """Exact points, zero and equal values among them."""
    rng = random.Random(SEED)
    for _ in range(count):
        yield {name: Fraction(rng.randint(-4, 4), rng.choice((1, 1, 2, 3))) for name in names}


def values(found: Solved, at: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The values of the unknowns that are solved for."""
    return {name: Fraction(num.at(at)) / Fraction(den.at(at)) for name, (num, den) in found.unknowns.items()}


def random_poly(rng: random.Random, names: tuple[str, ...], degree: int) -> Poly:
    terms = {tuple(sorted(rng.choices(names, k=rng.randint(0, degree)))): rng.randint(-3, 3) for _ in range(3)}
    return Poly({monomial: number for monomial, number in terms.items() if number})


def random_system(rng: random.Random) -> Condition:
    """Two equations, each linear in an unknown, and a few conditions on all of them."""
    parameters, all_names = ("a", "b", "c"), ("a", "b", "c", *sorted(UNKNOWNS))
    first = equal(random_poly(rng, parameters, 2) * p, random_poly(rng, parameters, 2))
    second = equal(random_poly(rng, parameters, 1) * q, random_poly(rng, ("a", "b", "p of one"), 2))
    further = [sign(random_poly(rng, all_names, 3), rng.choice([">", ">=", "!="])) for _ in range(2)]
    either = some(sign(random_poly(rng, all_names, 2), rng.choice([">", ">=", "=="])) for _ in range(2))
    return every([first, second, *further, either])


@pytest.mark.parametrize("seed", range(40))
def test_the_region_holds_exactly_where_the_conditions_do(seed: int) -> None:
    condition = random_system(random.Random(f"{SEED} {seed}"))
    found = solved(condition, UNKNOWNS)
    if found.region is False or found.free:
        return
    seen = 0
    for at in points(60):
        if any(den.at(at) == 0 for _, den in found.unknowns.values()):
            assert not holds(found.region, at)
            continue
        seen += 1
        whole = {**at, **values(found, at)}
        named = {n: Fraction(0) for n in UNKNOWNS - set(whole)}
        assert holds(found.region, at) == holds(condition, {**whole, **named}), at
    assert seen


def test_random_systems_are_of_every_kind() -> None:
    """The systems of the test above are solved, hold somewhere, and fail somewhere."""
    told = []
    for seed in range(40):
        found = solved(random_system(random.Random(f"{SEED} {seed}")), UNKNOWNS)
        if not isinstance(found.region, bool) and not found.free:
            told += [holds(found.region, at) for at in points(60)]
    assert min(told.count(True), told.count(False)) > 50


def test_an_order_is_multiplied_by_an_even_power_of_the_divisor() -> None:
    """a·p = b and p > c: as b > a·c where a is above zero, and b < a·c where it is below."""
    found = solved(every([equal(a * p, b), above(p, c)]), UNKNOWNS)
    assert found.unknowns == {"p of one": (b, a)}
    for at in points(200):
        wanted = at["a"] != 0 and at["b"] / (at["a"] or 1) > at["c"]
        assert holds(found.region, at) is wanted, at


@pytest.mark.parametrize("power", [1, 2, 3, 4])
def test_powers_of_an_unknown_keep_their_sign(power: int) -> None:
    value = p
    for _ in range(power - 1):
        value = value * p
    found = solved(every([equal(a * p, b), at_least(value, c)]), UNKNOWNS)
    for at in points(120):
        wanted = at["a"] != 0 and (at["b"] / (at["a"] or 1)) ** power >= at["c"]
        assert holds(found.region, at) is wanted, at


def test_where_a_divisor_vanishes_is_left_out() -> None:
    """There a·p = b holds for every p if b = 0: the region excludes it, and `left_out` says what it is."""
    found = solved(every([equal(a * p, b), above(p, 0)]), UNKNOWNS)
    assert found.left_out == (every([equal(a, 0), equal(b, 0)]),)
    nothing = {"a": Fraction(0), "b": Fraction(0)}
    assert not holds(found.region, nothing)
    assert holds(every(found.left_out), nothing)
    assert not any(holds(every(found.left_out), at) for at in points(50) if at["a"] or at["b"])


def test_a_constant_divisor_leaves_nothing_out_and_is_preferred() -> None:
    found = solved(every([equal(a * p, b), equal(2 * p + q, c), equal(q, a)]), UNKNOWNS)
    assert found.left_out == ()
    for at in points(20):
        assert values(found, at) == {"p of one": (at["c"] - at["a"]) / 2, "q of two": at["a"]}
    assert found.region == equal(a * (c - a), 2 * b)


def test_values_that_rest_on_later_unknowns_are_brought_up_to_date() -> None:
    found = solved(every([equal(p, q * q + 1), equal(a * q, b)]), UNKNOWNS)
    for at in points(60, "ab"):
        if at["a"]:
            told = values(found, at)
            assert told["q of two"] == at["b"] / at["a"]
            assert told["p of one"] == told["q of two"] ** 2 + 1
    for num, den in found.unknowns.values():
        assert not (num.names | den.names) & UNKNOWNS


def test_unknowns_that_no_equation_fixes_are_free() -> None:
    found = solved(every([above(p, a), equal(q, b), at_least(q, p)]), UNKNOWNS)
    assert found.free == {"p of one"}
    assert set(found.unknowns) == {"q of two"}
    assert solved(equal(p * p, a), UNKNOWNS).free == {"p of one"}
    assert solved(equal(p * q, a), UNKNOWNS).free == UNKNOWNS
    assert solved(equal(q, p * p), UNKNOWNS).free == frozenset()
    assert solved(above(a, b), UNKNOWNS).free == frozenset()


def test_an_equation_in_an_alternative_fixes_nothing() -> None:
    found = solved(some([equal(p, a), equal(p, b)]), UNKNOWNS)
    assert found.unknowns == {}
    assert found.free == {"p of one"}


def test_equations_that_contradict_each_other_leave_nothing() -> None:
    found = solved(every([equal(p, 1), equal(p, 2), above(p, a)]), UNKNOWNS)
    assert found.region is False
    assert found.free == frozenset()
    assert without(every([equal(p, 1), equal(p, 2)]), {"p of one": Fraction(1)}) is False


def test_a_region_speaks_of_no_unknown_and_divides_by_nothing() -> None:
    for seed in range(40):
        found = solved(random_system(random.Random(f"{SEED} {seed}")), UNKNOWNS)
        assert names_in(found.region) <= {"a", "b", "c"} | found.free
        assert all(isinstance(s, Sign) for s in signs(found.region))


@pytest.mark.parametrize("seed", range(40))
def test_a_region_around_a_point_holds_there_and_implies_that_the_unknowns_have_values(seed: int) -> None:
    """Free unknowns keep the value at the point, and at each point of the region the conditions can be satisfied."""
    rng = random.Random(f"{SEED} free {seed}")
    condition = every(
        [equal((a + rng.randint(-1, 1)) * p, b * b - c), sign(random_poly(rng, ("a", "q of two"), 2), ">=")]
    )
    kept = Fraction(rng.randint(-2, 2))
    region = without(condition, {"p of one": None, "q of two": kept})
    assert region is not None
    found = solved(condition, UNKNOWNS)
    assert names_in(region) <= {"a", "b", "c"}
    for at in points(40):
        if holds(region, at):
            assert holds(condition, {**at, "q of two": kept, **values(found, at)}), at
        else:
            defined = all(den.at(at) for _, den in found.unknowns.values())
            assert not defined or not holds(condition, {**at, "q of two": kept, **values(found, at)}), at


def test_a_free_unknown_without_a_value_leaves_no_region() -> None:
    assert without(above(p, a), {"p of one": None}) is None
    assert without(equal(p, a), {"p of one": None}) is True
    assert without(above(p, a), {"p of one": Fraction(3)}) == put(above(p, a), {"p of one": Poly({(): 3})})


def test_what_is_denied_of_a_region_is_all_outside_of_it() -> None:
    region = solved(every([equal(a * p, b), above(p, c)]), UNKNOWNS).region
    assert all(holds(denied(region), at) is not holds(region, at) for at in points(100))


def some_value(condition: Condition, name: str, at: Mapping[str, Number]) -> bool:
    """Whether some value of an unknown that occurs linearly satisfies the condition: critical ones and between them."""
    ends = []
    for each in signs(condition):
        own = put(each, {n: Poly({(): value}) for n, value in at.items()})
        if isinstance(own, Sign):
            slope = Fraction(own.of.terms.get((name,), 0))
            if slope:
                ends.append(-Fraction(own.of.terms.get((), 0)) / slope)
    ends.sort()
    between = [(low + high) / 2 for low, high in pairwise(ends)]
    beyond = [ends[0] - 1, ends[-1] + 1] if ends else [Fraction(0)]
    return any(holds(condition, {**at, name: value}) for value in (*ends, *between, *beyond))


@pytest.mark.parametrize("group", range(6))
def test_bounds_of_a_free_unknown_are_compared_with_each_other(group: int) -> None:
    """The region holds at the point, and at each of its points some value of the unknown satisfies the conditions."""
    inside = 0
    for seed in range(10 * group, 10 * group + 10):
        condition = bounds(random.Random(f"{SEED} bounds {seed}"))
        for at in points(60):
            known = [Fraction(k, 4) for k in range(5)]
            value = next((each for each in known if holds(condition, {**at, "p of one": each})), None)
            if value is None:
                continue
            found = projected(condition, "p of one", {**at, "p of one": value})
            assert found is not None
            region = found.region
            assert all(Fraction(num.at(at)) / Fraction(den.at(at)) <= value for num, den in found.lower)
            assert all(value <= Fraction(num.at(at)) / Fraction(den.at(at)) for num, den in found.upper)
            assert holds(region, at)
            assert names_in(region) <= {"a", "b", "c"}
            for other in (each for each in points(60) if holds(region, each)):
                inside += 1
                assert some_value(condition, "p of one", other), (condition, at, other)
    assert inside, "no point of any region was looked at"


def bounds(rng: random.Random) -> Condition:
    """Conditions on an unknown between 0 and 1, linear in it, one of them an alternative."""

    def bound() -> Condition:
        of = random_poly(rng, ("a", "b"), 1) * p + random_poly(rng, ("a", "b", "c"), 2)
        return sign(of, rng.choice((">", ">=", ">=", "!=", "==")))

    return every([sign(p, ">="), sign(1 - p, ">="), bound(), bound(), some([bound(), bound()])])


def test_an_equation_whose_factor_is_zero_at_the_point_is_not_divided_by() -> None:
    """Else the region would leave the point out, and the search would find it again and again."""
    region = without(every([equal(a * p, 0), sign(p, ">="), sign(1 - p, ">=")]), {"p of one": Fraction(1, 2)}, {"a": 0})
    assert region is not None
    assert holds(region, {"a": 0})
