"""Formulas and relations between them, read from text without evaluating it.

Text from a file or a command line never reaches an evaluator. It is parsed into a syntax tree by Python's own parser
and rebuilt node by node from a list of what is allowed: declared names, exact numerals, ``+ - * / **`` with a small
whole exponent, ``min`` and ``max``; in a relation also ``<= < >= > == !=``, chains of them, ``and``, ``or``, ``not``
and ``implies(…, …)``. Everything else is refused, and so is a formula too long, too deep or too large.

A relation remembers what its text divides by, even where that cancels out of the formulas; see
`games.formulas.relations`.
"""

import ast
import keyword
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from games.errors import InputError, listed, quoted
from games.exact import exact
from games.formulas.allowed import LARGEST_DEGREE, LARGEST_EXPONENT, rational, too_large
from games.formulas.relations import SIGNS, Denied, Implied, Related, Relation, Sign, every, some

if TYPE_CHECKING:
    import sympy

LONGEST_FORMULA = 2_000
"""The most characters of a formula or a relation."""

MOST_NODES = 500
"""The most numbers, names and operators of one."""

HUGE_DEGREE = 10**6
"""From here on an error does not spell a degree out."""

MOST_ARGUMENTS = 16
"""The most arguments of one ``min`` or ``max``."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_OPERATORS: dict[type[ast.operator], Any] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_SIGNS: dict[type[ast.cmpop], Sign] = {
    ast.LtE: "<=",
    ast.Lt: "<",
    ast.GtE: ">=",
    ast.Gt: ">",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
EXAMPLE = '"A - k > 0 and k >= 1/2"'
"""What an error shows as a relation."""


def symbol_name(text: object) -> str:
    """``text`` if it may name a parameter: letters, digits and underscores, a letter first, no keyword.

    Raises `InputError` otherwise, and for more than 40 characters.
    """
    if isinstance(text, str) and len(text) <= 40 and _NAME.fullmatch(text):
        if not keyword.iskeyword(text) and text not in ("min", "max"):
            return text
        raise InputError(f"the parameter name {quoted(text)} is a reserved word; choose another")
    raise InputError(
        f"{quoted(text)} cannot name a parameter; use letters, digits and _, a letter first, at most 40 characters"
    )


def parse_formula(text: object, symbols: "Mapping[str, sympy.Symbol]", what: str = "the formula") -> "sympy.Expr":
    """The formula that ``text`` writes in the given ``symbols``, exact; a number may be given instead of text.

    >>> import sympy
    >>> parse_formula("0.1 * A - min(k, 1/3)", {name: sympy.Symbol(name) for name in ("A", "k")})
    A/10 - Min(1/3, k)

    Raises `InputError` naming ``what`` when the text is anything but a formula as described in this module.
    """
    if not isinstance(text, str):
        return rational(exact(text, what))
    node, source = _parsed(text, what, '"A - 2*k/3"')
    try:
        return _Reader(source, symbols, what).formula(node)
    except RecursionError:
        raise InputError(f"{what} is nested too deeply") from None


def parse_relation(text: object, symbols: "Mapping[str, sympy.Symbol]", what: str = "the relation") -> Relation:
    """The relation that ``text`` writes in the given ``symbols``, exact.

    ``a > b > c`` says that both hold. Raises `InputError` naming ``what`` when the text is anything but a relation as
    described in this module, and when a part of it has no symbol, so that it holds always or never.
    """
    if not isinstance(text, str):
        raise InputError(f"{what} must be text such as {EXAMPLE}, not {quoted(text)}")
    node, source = _parsed(text, what, EXAMPLE, "a relation")
    try:
        return _relation(node, source, symbols, what)
    except RecursionError:
        raise InputError(f"{what} is nested too deeply") from None


def _parsed(text: str, what: str, example: str, kind: str = "a formula") -> tuple[ast.expr, str]:
    """The syntax tree of the text, and the text without spaces around it, minus signs as hyphens."""
    if len(text) > LONGEST_FORMULA:
        raise InputError(f"{what} has {len(text)} characters; at most {LONGEST_FORMULA} are allowed")
    source = text.strip().replace("−", "-")
    if "#" in source:
        raise InputError(f"{what} {quoted(text)} has a comment; leave it out")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        hint = " (equal is ==, a power **)" if re.search(r"(?<![<>=!])=(?!=)", source) or "^" in source else ""
        raise InputError(f"{what} {quoted(text)} is not {kind}{hint}; write for example {example}") from None
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise InputError(f"{what} is too large; at most {MOST_NODES} numbers, names and operators are allowed")
    return tree.body, source


def _relation(node: ast.expr, source: str, symbols: "Mapping[str, sympy.Symbol]", what: str) -> Relation:
    match node:
        case ast.BoolOp(op=operator, values=values):
            parts = [_relation(value, source, symbols, what) for value in values]
            return (every if isinstance(operator, ast.And) else some)(parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Denied(_relation(operand, source, symbols, what))
        case ast.Call(func=ast.Name(id="implies"), args=[first, second], keywords=[]):
            return Implied(*(_relation(value, source, symbols, what) for value in (first, second)))
        case ast.Compare(left=left, ops=operators, comparators=others):
            if refused := [operator for operator in operators if type(operator) not in _SIGNS]:
                words = type(refused[0]).__name__
                raise InputError(f"{what} has the comparison {words}; allowed are {listed(SIGNS)}")
            sides = [_Side.read(side, _Reader(source, symbols, what)) for side in (left, *others)]
            signs = [_SIGNS[type(operator)] for operator in operators]
            return every(
                _compared(first, sign, second, what)
                for (first, second), sign in zip(pairwise(sides), signs, strict=True)
            )
    raise InputError(
        f"{what} {quoted(source)} has a part that is no relation; compare formulas with <=, <, >=, >, == or !=, and "
        "join comparisons with and, or, not and implies(…, …)"
    )


@dataclass(frozen=True)
class _Side:
    """A side of a comparison, and what its text divides by."""

    formula: "sympy.Expr"
    divisors: "tuple[sympy.Expr, ...]"

    @staticmethod
    def read(node: ast.expr, reader: "_Reader") -> "_Side":
        return _Side(reader.formula(node), tuple(reader.divisors))


def _compared(first: _Side, sign: Sign, second: _Side, what: str) -> Related:
    divisors = (*first.divisors, *second.divisors)
    if not any(each.free_symbols for each in (first.formula - second.formula, *divisors)):
        shown = quoted(f"{first.formula} {sign} {second.formula}")
        raise InputError(f"{what} has the comparison {shown}, which does not depend on any parameter; leave it out")
    return Related(first.formula, sign, second.formula, divisors)


def _degree(node: ast.expr) -> int:
    """An upper bound of the degree, read off the syntax before anything is multiplied out."""
    match node:
        case ast.Constant():
            return 0
        case ast.BinOp(op=ast.Add() | ast.Sub(), left=left, right=right):
            return max(_degree(left), _degree(right))
        case ast.BinOp(op=ast.Pow(), left=left, right=right):
            return _degree(left) * max(1, abs(_whole(right)))
        case ast.BinOp(left=left, right=right):
            return _degree(left) + _degree(right)
        case ast.UnaryOp(operand=operand):
            return _degree(operand)
        case ast.Call(args=arguments):
            return max(map(_degree, arguments), default=1)
    return 1


def _whole(node: ast.expr) -> int:
    """The exponent that a numeral, with or without a sign, writes; 1 for anything else, which is refused later."""
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(operand=operand):
            return _whole(operand)
    return 1


@dataclass
class _Reader:
    """Builds formulas from syntax, in the given ``symbols``, and collects the ``divisors`` that they are built with."""

    source: str
    symbols: "Mapping[str, sympy.Symbol]"
    what: str
    divisors: "list[sympy.Expr]" = field(default_factory=list)

    def formula(self, node: ast.expr) -> "sympy.Expr":
        if (degree := _degree(node)) > LARGEST_DEGREE:
            shown = degree if degree < HUGE_DEGREE else f"{HUGE_DEGREE} or more"
            raise InputError(f"{self.what} has the degree {shown}; at most {LARGEST_DEGREE} is allowed")
        return self._build(node)

    def _build(self, node: ast.expr) -> "sympy.Expr":
        from sympy import Max, Min

        match node:
            case ast.Constant():
                written = ast.get_source_segment(self.source, node) or ""
                return rational(exact(written, f"{self.what}: {quoted(written)}"))
            case ast.Name(id=name):
                if name not in self.symbols:
                    known = f"declared are {listed(self.symbols)}" if self.symbols else "none are declared"
                    raise InputError(f"{self.what} uses the parameter {quoted(name)}, which is not declared; {known}")
                return self.symbols[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._build(operand)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._build(operand)
            case ast.BinOp(op=ast.Pow(), left=left, right=right):
                return self._power(self._build(left), self._build(right))
            case ast.BinOp(op=operator, left=left, right=right) if type(operator) in _OPERATORS:
                first, second = self._build(left), self._build(right)
                if isinstance(operator, ast.Div):
                    self._divide_by(second)
                return self._small(_OPERATORS[type(operator)](first, second))
            case ast.Call(func=ast.Name(id="min" | "max" as function), args=arguments, keywords=[]) if arguments:
                if len(arguments) > MOST_ARGUMENTS:
                    raise InputError(
                        f"{self.what} has {function} of {len(arguments)} arguments; at most {MOST_ARGUMENTS} may stand"
                    )
                built = [self._build(argument) for argument in arguments]
                return (Min if function == "min" else Max)(*built)
        raise InputError(
            f"{self.what} {quoted(self.source)} has a part that is not allowed; use numbers, declared names, "
            "+ - * /, ** for powers, min and max"
        )

    def _power(self, base: "sympy.Expr", exponent: "sympy.Expr") -> "sympy.Expr":
        if not (exponent.is_Integer and abs(int(exponent)) <= LARGEST_EXPONENT):
            raise InputError(f"{self.what} has an exponent that is not a whole number between ±{LARGEST_EXPONENT}")
        if exponent < 0:
            self._divide_by(base)
        return self._small(base ** int(exponent))

    def _divide_by(self, divisor: "sympy.Expr") -> None:
        if divisor == 0:
            raise InputError(f"{self.what} divides by zero")
        self.divisors.append(divisor)

    def _small(self, expression: "sympy.Expr") -> "sympy.Expr":
        """``expression``, unless products and powers of huge numbers have made a number in it too large."""
        from sympy import Rational

        for number in expression.atoms(Rational):
            if said := too_large(number):
                raise InputError(f"{self.what} {said}")
        return expression
