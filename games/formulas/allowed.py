"""What a formula may be made of: symbols, exact numbers, ``+ - * /``, whole powers, ``Min`` and ``Max``.

The same holds for formulas written in Python and for those read from text. A symbol is assumed nothing of: what it may
be is said by the range of its parameter, and an assumption of sympy's, such as ``positive=True``, would silently beat
that. The limits keep exact values within what can be worked out.
"""

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from games.errors import InputError, quoted
from games.exact import exact

if TYPE_CHECKING:
    import sympy

LARGEST_EXPONENT = 16
"""The largest exponent that text may write."""

LARGEST_DEGREE = 64
MOST_BITS = 8_192
"""The longest numerator or denominator of a number in a formula."""

USE = "use symbols, Rational(1, 2), + - * /, whole powers, Min and Max"

_NOTHING_ASSUMED = {"commutative": True}


def formula(given: object, what: str) -> "sympy.Expr":
    """The formula ``given``, a number made a rational of sympy.

    Raises `InputError`, naming ``what``, for anything but a formula as described in this module.
    """
    from sympy import Basic

    if isinstance(given, Basic):
        if said := objection(given):
            raise InputError(f"{what} is {quoted(given)}, which {said}")
        return given
    if isinstance(given, str):
        raise InputError(f"{what} is the text {quoted(given)}; {USE}, or write it in a file")
    return rational(exact(given, what))


def rational(number: int | Fraction) -> "sympy.Rational":
    """The exact number as one of sympy."""
    from sympy import Rational

    return Rational(number.numerator, number.denominator)


def objection(given: object) -> str:
    """Why something is no formula of sympy, and what to write instead, to be read after "it"; nothing if it is one."""
    from sympy import Expr

    if not isinstance(given, Expr):
        return f"is no formula of exact numbers; {USE}"
    try:
        said, degree = _examined(given)
    except RecursionError:
        return "is nested too deeply"
    if not said and degree > LARGEST_DEGREE:
        return f"has the degree {degree}; at most {LARGEST_DEGREE} is allowed"
    return said


@lru_cache(maxsize=2**16)
def _examined(part: Any) -> tuple[str, int]:
    """The first objection to a part of a formula, if any, and an upper bound of the part's degree."""
    from sympy import Max, Min

    if part.is_Symbol:
        return _symbol_examined(part), 1
    if part.is_Rational:
        return too_large(part), 0
    if part.is_Add or part.is_Mul or isinstance(part, Min | Max):
        found = [_examined(inner) for inner in part.args]
        joined = sum if part.is_Mul else max
        return next((said for said, _ in found if said), ""), joined(degree for _, degree in found)
    if part.is_Pow and part.exp.is_Integer:
        said, degree = _examined(part.base)
        return said, degree * abs(int(part.exp))
    return _refused(part), 0


def _symbol_examined(symbol: Any) -> str:
    if symbol.assumptions0 == _NOTHING_ASSUMED:
        return ""
    said = [word for word, is_so in symbol.assumptions0.items() if is_so and word not in _NOTHING_ASSUMED]
    assumed = next(
        (word for word in ("positive", "negative", "integer", "real") if word in said), "of a kind of its own"
    )
    return (
        f"has the symbol {symbol} that sympy assumes to be {assumed}; write Symbol({symbol.name!r}), and say what it "
        "may be by the range of its parameter"
    )


def _refused(part: Any) -> str:
    from sympy import nan, oo, zoo

    if getattr(part, "is_Float", False):
        return f"is no formula of exact numbers: {float(part)!r} is a float; write Rational(1, 2) for 0.5"
    if part in (zoo, nan, oo, -oo):
        return f"has {part}, which is infinite or divides by zero; {USE}"
    if getattr(part, "is_Pow", False):
        return f"has {part}, a root or another power that is not whole; {USE}"
    return f"is no formula of exact numbers; {USE}"


def too_large(number: "sympy.Rational") -> str:
    """The objection to a number of too many digits; nothing if it has not."""
    if max(abs(number.p), number.q).bit_length() <= MOST_BITS:
        return ""
    return f"has a number of more than {MOST_BITS} bits, which is too large"
