"""Formulas and relations between them, read from text without evaluating it.

Text from a file or a command line never reaches an evaluator. It is parsed into a syntax tree by Python's own parser
and rebuilt node by node from a list of what is allowed: declared names, exact numerals, ``+ - * / **`` with a small
whole exponent, ``min`` and ``max``; in a relation also ``<= < >= > == !=``, chains of them, ``and``, ``or``, ``not``
and ``implies(…, …)``. Everything else is refused, and so is a formula too long, too deep or too large.
"""

import ast
import keyword
import re
import warnings
from collections.abc import Mapping
from typing import Any

import sympy

from games.errors import InputError, listed, quoted
from games.exact import exact

LONGEST_FORMULA = 2_000
MOST_NODES = 500
LARGEST_EXPONENT = 16
MOST_BITS = 8_192
LARGEST_DEGREE = 64
MOST_ARGUMENTS = 16

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_OPERATORS: dict[type[ast.operator], Any] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
_RELATIONS: dict[type[ast.cmpop], tuple[str, Any]] = {
    ast.LtE: ("<=", sympy.Le),
    ast.Lt: ("<", sympy.Lt),
    ast.GtE: (">=", sympy.Ge),
    ast.Gt: (">", sympy.Gt),
    ast.Eq: ("==", sympy.Eq),
    ast.NotEq: ("!=", sympy.Ne),
}
EXAMPLE = '"A - k > 0 and k >= 1/2"'


def symbol_name(text: object) -> str:
    """``text`` if it may name a parameter: letters, digits and underscores, a letter first, no keyword."""
    if isinstance(text, str) and len(text) <= 40 and _NAME.fullmatch(text):
        if not keyword.iskeyword(text) and text not in ("min", "max"):
            return text
        raise InputError(f"the parameter name {quoted(text)} is a reserved word; choose another")
    raise InputError(
        f"{quoted(text)} cannot name a parameter; use letters, digits and _, a letter first, at most 40 characters"
    )


def parse_formula(text: object, symbols: Mapping[str, sympy.Symbol], what: str = "the formula") -> sympy.Expr:
    """The formula that ``text`` writes in the given ``symbols``, exact; a number may be given instead of text.

    Raises `InputError` naming ``what`` when the text is anything but a formula as described in this module.
    """
    if not isinstance(text, str):
        number = exact(text, what)
        return sympy.Rational(number.numerator, number.denominator)
    node, source = _parsed(text, what, '"A - 2*k/3"')
    try:
        return _formula(node, source, symbols, what)
    except RecursionError:
        raise InputError(f"{what} is nested too deeply") from None


def parse_relation(text: object, symbols: Mapping[str, sympy.Symbol], what: str = "the relation") -> Any:
    """The relation that ``text`` writes in the given ``symbols``, exact: a sympy relation, or such joined.

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
        raise InputError(f"{what} {quoted(text)} is not {kind}; write for example {example}") from None
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise InputError(f"{what} is too large; at most {MOST_NODES} numbers, names and operators are allowed")
    return tree.body, source


def _relation(node: ast.expr, source: str, symbols: Mapping[str, sympy.Symbol], what: str) -> Any:
    match node:
        case ast.BoolOp(op=operator, values=values):
            parts = [_relation(value, source, symbols, what) for value in values]
            return (sympy.And if isinstance(operator, ast.And) else sympy.Or)(*parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return sympy.Not(_relation(operand, source, symbols, what))
        case ast.Call(func=ast.Name(id="implies"), args=[first, second], keywords=[]):
            parts = [_relation(value, source, symbols, what) for value in (first, second)]
            return sympy.Implies(*parts)
        case ast.Compare(left=left, ops=operators, comparators=others):
            if refused := [operator for operator in operators if type(operator) not in _RELATIONS]:
                words = type(refused[0]).__name__
                raise InputError(f"{what} has the comparison {words}; allowed are <=, <, >=, >, ==, !=")
            sides = [_formula(side, source, symbols, what) for side in (left, *others)]
            return sympy.And(
                *(
                    _compared(first, operator, second, what)
                    for first, operator, second in zip(sides, operators, sides[1:], strict=False)
                )
            )
    raise InputError(
        f"{what} {quoted(source)} has a part that is no relation; compare formulas with <=, <, >=, >, == or !=, and "
        "join comparisons with and, or, not and implies(…, …)"
    )


def _compared(first: sympy.Expr, operator: ast.cmpop, second: sympy.Expr, what: str) -> Any:
    if not (first - second).free_symbols:
        shown = quoted(f"{first} {_RELATIONS[type(operator)][0]} {second}")
        raise InputError(f"{what} has the comparison {shown}, which does not depend on any parameter; leave it out")
    return _RELATIONS[type(operator)][1](first, second, evaluate=False)


def _formula(node: ast.expr, source: str, symbols: Mapping[str, sympy.Symbol], what: str) -> sympy.Expr:
    if (degree := _degree(node)) > LARGEST_DEGREE:
        raise InputError(f"{what} has the degree {degree}; at most {LARGEST_DEGREE} is allowed")
    return _build(node, source, symbols, what)


def _degree(node: ast.expr) -> int:
    """An upper bound of the degree, read off the syntax before anything is multiplied out."""
    match node:
        case ast.Constant():
            return 0
        case ast.BinOp(op=ast.Add() | ast.Sub(), left=left, right=right):
            return max(_degree(left), _degree(right))
        case ast.BinOp(op=ast.Pow(), left=left, right=right):
            return _degree(left) * max(1, min(abs(_whole(right)), LARGEST_DEGREE + 1))
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


def _build(node: ast.expr, source: str, symbols: Mapping[str, sympy.Symbol], what: str) -> sympy.Expr:
    match node:
        case ast.Constant():
            written = ast.get_source_segment(source, node) or ""
            number = exact(written, f"{what}: {quoted(written)}")
            return sympy.Rational(number.numerator, number.denominator)
        case ast.Name(id=name):
            if name not in symbols:
                known = f"declared are {listed(symbols)}" if symbols else "none are declared"
                raise InputError(f"{what} uses the parameter {quoted(name)}, which is not declared; {known}")
            return symbols[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_build(operand, source, symbols, what)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _build(operand, source, symbols, what)
        case ast.BinOp(op=ast.Pow(), left=left, right=right):
            return _power(_build(left, source, symbols, what), _build(right, source, symbols, what), what)
        case ast.BinOp(op=operator, left=left, right=right) if type(operator) in _OPERATORS:
            first, second = _build(left, source, symbols, what), _build(right, source, symbols, what)
            if isinstance(operator, ast.Div) and second == 0:
                raise InputError(f"{what} divides by zero")
            return _small(_OPERATORS[type(operator)](first, second), what)
        case ast.Call(func=ast.Name(id="min" | "max" as function), args=arguments, keywords=[]) if arguments:
            if len(arguments) > MOST_ARGUMENTS:
                raise InputError(
                    f"{what} has {function} of {len(arguments)} arguments; at most {MOST_ARGUMENTS} may stand"
                )
            built = [_build(argument, source, symbols, what) for argument in arguments]
            return (sympy.Min if function == "min" else sympy.Max)(*built)
    raise InputError(
        f"{what} {quoted(source)} has a part that is not allowed; use numbers, declared names, + - * / **, min and max"
    )


def _power(base: sympy.Expr, exponent: sympy.Expr, what: str) -> sympy.Expr:
    if not (exponent.is_Integer and abs(int(exponent)) <= LARGEST_EXPONENT):
        raise InputError(f"{what} has an exponent that is not a whole number between ±{LARGEST_EXPONENT}")
    if base == 0 and exponent < 0:
        raise InputError(f"{what} divides by zero")
    return _small(base ** int(exponent), what)


def _small(expression: sympy.Expr, what: str) -> sympy.Expr:
    """``expression``, unless products and powers of huge numbers have made a number in it too large."""
    bits = [max(abs(n.p), n.q).bit_length() for n in expression.atoms(sympy.Rational)]
    if max(bits, default=0) > MOST_BITS:
        raise InputError(f"{what} has a number of more than {MOST_BITS} bits, which is too large")
    return expression
