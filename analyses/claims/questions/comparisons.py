"""Simple inequalities about a game: which payoffs and which parameters may be compared.

The comparisons that decide how a game is played are between what a player gets by one action and by another, so their
differences come first: "h_F + c_1 > V_R + gamma_1" is what Russia weighs. Comparisons of a parameter with another, or
with the sum of two, follow.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, islice
from math import gcd, lcm
from typing import Any

import sympy

from games.forms.game import Game
from games.formulas.relations import Related
from games.parameters import Parameter

MOST_OF_PARAMETERS = 6_000
"""The most comparisons of parameters that are listed, short ones first."""


def game_comparisons(
    games: Iterable[Game],
    relevant: Collection[sympy.Symbol],
    known: Mapping[sympy.Symbol, Any],
    formulas: Iterable[Any] = (),
) -> list[Any]:
    """Expressions whose signs matter in the games, and further ``formulas``, about ``relevant`` symbols alone.

    ``known`` are put in place of their symbols. Two that differ by a factor are listed once.
    """
    found: dict[Any, None] = {}
    for expression in chain(formulas, *(game.payoff_differences() for game in games)):
        _collect(found, sympy.sympify(expression).xreplace(known), relevant)
    return list(found)


def parameter_comparisons(parameters: Sequence[Parameter], relevant: Collection[sympy.Symbol]) -> list[Any]:
    """Differences between few parameters, the simplest first, in the form that `normalised` gives."""
    plain = sorted((p for p in parameters if p.symbol in relevant and p.low < p.high), key=lambda p: p.name)
    found = (
        sympy.Add(*(coefficient * symbol for symbol, coefficient in weights.items()), constant)
        for weights, constant in parameter_differences(plain)
    )
    return list(dict.fromkeys(islice(found, MOST_OF_PARAMETERS)))


def _collect(found: dict[Any, None], expression: Any, relevant: Collection[sympy.Symbol]) -> None:
    symbols = expression.free_symbols
    if symbols and symbols <= set(relevant) and (form := normalised(expression)) is not None:
        found.setdefault(form)


def parameter_differences(parameters: Sequence[Parameter]) -> Iterator[tuple[dict[sympy.Symbol, int], int]]:
    """Each parameter compared with 0, 1 and the middle of its range, with another, and with sums of two; of one unit.

    Whole coefficients, the first positive, and a whole constant.
    """
    for parameter in parameters:
        for value in dict.fromkeys((Fraction(0), Fraction(1), (parameter.low + parameter.high) / 2)):
            if parameter.low < value < parameter.high:
                yield {parameter.symbol: value.denominator}, -value.numerator
    units: dict[Any, list[sympy.Symbol]] = {}
    for parameter in parameters:
        units.setdefault(parameter.unit, []).append(parameter.symbol)
    pairs = [pair for symbols in units.values() for pair in combinations(symbols, 2)]
    yield from (({one: 1, other: -1}, 0) for one, other in pairs)
    for one, other in pairs:
        yield {one: 1, other: 1}, 0
        yield {one: 1, other: 1}, -1
        yield {one: 1, other: -2}, 0
        yield {one: 2, other: -1}, 0
    for symbols in units.values():
        for one, other, third in combinations(symbols, 3):
            yield {one: 1, other: 1, third: -1}, 0
            yield {one: 1, other: -1, third: 1}, 0
            yield {one: 1, other: -1, third: -1}, 0


def normalised(expression: Any) -> Any:
    """The expression multiplied out, with whole coefficients without a common factor, the first positive.

    None if it is a number.
    """
    terms = [term.as_coeff_Mul() for term in sympy.Add.make_args(sympy.expand(expression))]
    if all(not rest.free_symbols for _, rest in terms):
        return None
    if not all(coefficient.is_Rational for coefficient, _ in terms):
        return None
    terms.sort(key=lambda term: (not term[1].free_symbols, sympy.default_sort_key(term[1])))
    scale = sympy.Rational(
        lcm(*(int(coefficient.q) for coefficient, _ in terms)), gcd(*(int(coefficient.p) for coefficient, _ in terms))
    )
    if terms[0][0] < 0:
        scale = -scale
    return sympy.Add(*(scale * coefficient * rest for coefficient, rest in terms))


def written(expression: Any, sign: int, strict: bool) -> Related:
    """That the expression times the sign is positive (not negative, if not strict), as a sum greater than another."""
    greater, lesser = sympy.Integer(0), sympy.Integer(0)
    for term in sympy.Add.make_args(expression):
        coefficient, _ = term.as_coeff_Mul()
        if coefficient * sign > 0:
            greater += term * sign
        else:
            lesser -= term * sign
    if not greater.free_symbols:
        return Related(lesser, "<" if strict else "<=", greater)
    return Related(greater, ">" if strict else ">=", lesser)
