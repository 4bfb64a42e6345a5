"""Relations between formulas: what premises, assumptions and conclusions say.

A relation compares two formulas by one of six signs, or joins relations by "every", "some", "not" and "implies".

The rule for division, which everything that reads relations follows: **a comparison that divides by zero does not
hold; its denial does.** So ``not (1/b > 1)`` holds at b = 0, and ``1/b <= 1`` does not.

That is why relations are no objects of sympy. Sympy rewrites them when they are made (not > becomes ≤, c/c becomes 1),
and says something else wherever a divisor is zero. A `Related` keeps its sign and both sides as given, and what was
divided by and cancelled out of the sides since; `divisors_of` gives all its divisors. `related` writes a comparison
in Python, `games.formulas.text.parse_relation` reads it from text, and `relation` takes over what sympy has made where
nothing can have been lost.

>>> import sympy
>>> b = sympy.Symbol("b")
>>> in_words(Denied(related(1 / b, ">", 1)))
'not (1/b > 1)'
>>> holds_at(Denied(related(1 / b, ">", 1)), {b: Fraction(0)})
True
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never

from games.errors import InputError, listed, quoted
from games.formulas.allowed import formula
from games.formulas.values import evaluate

if TYPE_CHECKING:
    import sympy

Sign: TypeAlias = Literal["<=", "<", ">=", ">", "==", "!="]


@dataclass(frozen=True)
class Meaning:
    """What a sign means.

    ``denial`` holds of two numbers exactly where the sign does not, ``mirrored`` exactly where the sign does of the
    two exchanged; ``strict`` is the sign without the tie that it may allow, ``shown`` how a reader sees it. ``holds``
    tells whether it holds of two numbers, or number by number of two arrays.
    """

    denial: Sign
    mirrored: Sign
    strict: Sign
    shown: str
    holds: Callable[[Any, Any], Any]


SIGNS: Mapping[Sign, Meaning] = {
    "<=": Meaning(">", ">=", "<", "≤", operator.le),
    "<": Meaning(">=", ">", "<", "<", operator.lt),
    ">=": Meaning("<", "<=", ">", "≥", operator.ge),
    ">": Meaning("<=", "<", ">", ">", operator.gt),
    "==": Meaning("!=", "==", "==", "=", operator.eq),
    "!=": Meaning("==", "!=", "!=", "≠", operator.ne),
}

ORDERED: tuple[Sign, ...] = ("<=", "<", ">=", ">")
"""The signs of inequalities."""


@dataclass(frozen=True)
class Related:
    """``left`` and ``right`` are as the ``sign`` says, and nothing is divided by zero.

    Numbers may be given for the sides. ``cancelled`` are formulas that were divided by and do not show in the sides as
    divisors; see `divisors_of`. Raises `InputError` for another sign, and for a side that is no formula.
    """

    left: "sympy.Expr"
    sign: Sign
    right: "sympy.Expr"
    cancelled: "tuple[sympy.Expr, ...]" = ()

    def __post_init__(self) -> None:
        if self.sign not in SIGNS:
            raise InputError(f"a relation has the sign {quoted(self.sign)}; the signs are {listed(SIGNS)}")
        for side in ("left", "right"):
            object.__setattr__(self, side, formula(getattr(self, side), "a side of a relation"))
        if self.cancelled:
            object.__setattr__(self, "cancelled", self._hidden())

    def _hidden(self) -> "tuple[sympy.Expr, ...]":
        """The divisors that do not show, factor by factor, so that the same relation is written in one way."""
        from sympy import S, default_sort_key

        shown = set(_shown_divisors(self.left, self.right))
        given = [formula(divisor, "a divisor") for divisor in self.cancelled]
        factors = {factor: None for divisor in given for factor in _factors(divisor)}
        factors.update(dict.fromkeys(_shown_divisors(*given)))
        if S.Zero in factors:
            raise InputError("a relation divides by zero; leave that out")
        return tuple(sorted((factor for factor in factors if factor not in shown), key=default_sort_key))

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Every:
    """All ``parts`` hold; without any it holds always. Parts may be given as for `relation`."""

    parts: "tuple[Relation, ...]"

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", _joined(self.parts, Every))

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Some:
    """At least one of the ``parts`` holds; without any it never holds. Parts may be given as for `relation`."""

    parts: "tuple[Relation, ...]"

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", _joined(self.parts, Some))

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Denied:
    """The ``part`` does not hold. It may be given as for `relation`."""

    part: "Relation"

    def __post_init__(self) -> None:
        object.__setattr__(self, "part", relation(self.part))

    def __str__(self) -> str:
        return in_words(self)


@dataclass(frozen=True)
class Implied:
    """Where ``first`` holds, ``second`` does. Both may be given as for `relation`."""

    first: "Relation"
    second: "Relation"

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", relation(self.first))
        object.__setattr__(self, "second", relation(self.second))

    def __str__(self) -> str:
        return in_words(self)


Relation: TypeAlias = Related | Every | Some | Denied | Implied


def _joined(parts: "Iterable[Relation]", kind: "type[Every] | type[Some]") -> "tuple[Relation, ...]":
    """The parts, each once, with those of the same kind of joining taken in."""
    taken: dict[Relation, None] = {}
    for part in map(relation, parts):
        taken.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    return tuple(taken)


def every(parts: Iterable[Relation]) -> Relation:
    """That all parts hold; a single one is returned as it is."""
    joined = Every(tuple(parts))
    return joined.parts[0] if len(joined.parts) == 1 else joined


def some(parts: Iterable[Relation]) -> Relation:
    """That at least one part holds; a single one is returned as it is."""
    joined = Some(tuple(parts))
    return joined.parts[0] if len(joined.parts) == 1 else joined


def denied(part: Relation) -> Relation:
    """The denial, which holds exactly where the relation does not; that of a denial is what was denied."""
    return part.part if isinstance(part, Denied) else Denied(part)


def related(left: object, sign: Sign, right: object, divided_by: Iterable[object] = ()) -> Related:
    """The comparison of two formulas, for authors in Python: ``related(1/b, ">", 1)``.

    Formulas are sympy's and may divide. What Python cancels before it gets here (``c/c`` is 1) is named in
    ``divided_by``: ``related(c/c, ">=", 1, divided_by=[c])``.
    """
    return Related(left, sign, right, tuple(divided_by))


def relation(given: object, what: str = "the relation", may_divide: bool = False) -> Relation:
    """What sympy's relation says, or such relations joined by And, Or, Not, Implies, Equivalent and Xor.

    A `Relation` is returned as it is. Raises `InputError`, beginning with ``what``, for anything else, and for formulas
    that `games.formulas.allowed` refuses. Unless ``may_divide``, so it does for formulas that divide by a parameter,
    since sympy may have rewritten the relation: whoever lets them pass knows that it was made in one piece.
    """
    if isinstance(given, Relation):
        return given
    import sympy
    from sympy.logic.boolalg import BooleanAtom, BooleanFunction

    if isinstance(given, bool | BooleanAtom):
        return ALWAYS if given else NEVER
    if isinstance(given, sympy.Rel):
        return _compared(given, what, may_divide)
    joined = given.args if isinstance(given, BooleanFunction) else ()
    parts = [relation(part, what, may_divide) for part in joined]
    match given:
        case sympy.And():
            return Every(tuple(parts))
        case sympy.Or():
            return Some(tuple(parts))
        case sympy.Not():
            return Denied(parts[0])
        case sympy.Implies():
            return Implied(*parts)
        case sympy.Equivalent():
            return Some((Every(tuple(parts)), Every(tuple(map(denied, parts)))))
        case sympy.Xor():
            return reduce(_one_of_two, parts)
    raise InputError(f"{what} {quoted(given)} {_otherwise(given)}")


ALWAYS = Every(())
NEVER = Some(())
"""The relations that hold whatever the values, and at none."""


def _otherwise(given: object) -> str:
    """What something that is no relation is instead, and what to write."""
    from sympy import Symbol

    write = 'compare two formulas, as in x <= y, Eq(x, y) or related(1/x, ">", y)'
    if isinstance(given, str):
        return "is text; write it with sympy's symbols, or in a file"
    if isinstance(given, Symbol):
        return f"is a symbol and no inequality or equation; {write}"
    return f"is no inequality or equation between formulas, nor such joined by And, Or, Not and Implies; {write}"


def _one_of_two(first: Relation, second: Relation) -> Relation:
    return Some((Every((first, denied(second))), Every((denied(first), second))))


def _compared(given: Any, what: str, may_divide: bool) -> Related:
    sides = [formula(side, f"{what} {quoted(given)} cannot be taken: a side of it") for side in given.args]
    found = Related(sides[0], given.rel_op, sides[1])
    if not may_divide and (divisors := divisors_of(found)):
        shown = f'related({found.left}, "{found.sign}", {found.right})'
        raise InputError(
            f"{what} {in_words(found)} divides by {divisors[0]}, and sympy may have rewritten it, so that it says "
            f"something else where that is zero; write {shown} of games.formulas.relations, joined by Every, Some, "
            f'Denied and Implied, or the text "{as_text(found)}" in a file'
        )
    return found


def divisors_of(compared: Related) -> "tuple[sympy.Expr, ...]":
    """All that a comparison divides by, in its sides or before they were simplified, factor by factor; no numbers."""
    return (*_shown_divisors(compared.left, compared.right), *compared.cancelled)


def _shown_divisors(*sides: Any) -> "tuple[sympy.Expr, ...]":
    found = {factor: None for side in sides for base in _bases(side) for factor in _factors(base)}
    return tuple(found)


def _bases(expression: Any) -> Iterator[Any]:
    """What the expression divides by, the parts of its denominators first."""
    for part in expression.args:
        yield from _bases(part)
    if expression.is_Pow and expression.exp.is_negative:
        yield expression.base


def _factors(divisor: Any) -> Iterator[Any]:
    """Formulas that are all different from zero exactly where the divisor is; zero itself stays."""
    if divisor.is_Mul:
        for factor in divisor.args:
            yield from _factors(factor)
    elif divisor.is_Pow:
        yield from _factors(divisor.base)
    elif not divisor.is_Rational or not divisor:
        yield divisor


def holds_at(said: Relation, point: "Mapping[sympy.Symbol, Fraction]") -> bool:
    """Whether the relation holds at exact values of all its symbols, by the rule of this module."""
    match said:
        case Related(left, sign, right, cancelled):
            try:
                if not all(evaluate(divisor, point) for divisor in cancelled):
                    return False
                return bool(SIGNS[sign].holds(evaluate(left, point), evaluate(right, point)))
            except ZeroDivisionError:
                return False
        case Every(parts):
            return all(holds_at(part, point) for part in parts)
        case Some(parts):
            return any(holds_at(part, point) for part in parts)
        case Denied(part):
            return not holds_at(part, point)
        case Implied(first, second):
            return not holds_at(first, point) or holds_at(second, point)
    assert_never(said)


def truth_of(said: Relation) -> bool | None:
    """Whether the relation holds as it stands, without looking at values; None where that hangs on some."""
    match said:
        case Related(left, sign, right):
            difference = left - right
            if difference.free_symbols or divisors_of(said):
                return None
            return bool(SIGNS[sign].holds(evaluate(difference, {}), 0))
        case Every(parts) | Some(parts):
            settles = isinstance(said, Some)
            found = [truth_of(part) for part in parts]
            if settles in found:
                return settles
            return None if None in found else not settles
        case Denied(part):
            inner = truth_of(part)
            return None if inner is None else not inner
        case Implied(first, second):
            return truth_of(Some((denied(first), second)))
    assert_never(said)


def symbols_of(said: Relation) -> "frozenset[sympy.Symbol]":
    """The symbols that the relation is about, those of its divisors among them."""
    found: set[sympy.Symbol] = set()
    for compared in atoms_of(said):
        found = found.union(*(each.free_symbols for each in (compared.left, compared.right, *compared.cancelled)))
    return frozenset(found)


def check_symbols(said: Relation, known: "set[sympy.Symbol]", what: str) -> None:
    """Raises `InputError` for a relation with a symbol that is not known."""
    if unknown := sorted(map(str, symbols_of(said) - known)):
        raise InputError(
            f"{what} {in_words(said)} has the unknown parameter {quoted(unknown[0])}; known are "
            f"{listed(sorted(map(str, known)))}"
        )


def atoms_of(said: Relation) -> tuple[Related, ...]:
    """The comparisons that the relation is made of, each once, in their order."""
    match said:
        case Related():
            return (said,)
        case Every(parts) | Some(parts):
            inner = parts
        case Denied(part):
            inner = (part,)
        case Implied(first, second):
            inner = (first, second)
        case _:
            assert_never(said)
    return tuple(dict.fromkeys(atom for part in inner for atom in atoms_of(part)))


def changed(said: Relation, change: Callable[[Related], Relation]) -> Relation:
    """The relation with another in place of each of its comparisons."""
    match said:
        case Related():
            return change(said)
        case Every(parts):
            return Every(tuple(changed(part, change) for part in parts))
        case Some(parts):
            return Some(tuple(changed(part, change) for part in parts))
        case Denied(part):
            return Denied(changed(part, change))
        case Implied(first, second):
            return Implied(changed(first, change), changed(second, change))
    assert_never(said)


def substituted(said: Relation, values: "Mapping[sympy.Symbol, sympy.Expr]") -> Relation:
    """The relation with formulas in place of symbols; a comparison that divides by zero then becomes `NEVER`."""
    return changed(said, lambda compared: _substituted(compared, values))


def _substituted(compared: Related, values: "Mapping[sympy.Symbol, sympy.Expr]") -> Relation:
    values = {symbol: formula(value, f"the value of {symbol}") for symbol, value in values.items()}
    put_in = [value for symbol, value in values.items() if symbol in symbols_of(compared)]
    divisors = [*_shown_divisors(*put_in)]
    # The simplest first: nothing may be put into a formula that then divides by zero within.
    for divisor in sorted(divisors_of(compared), key=lambda each: each.count_ops()):
        divisors.append(divisor.xreplace(values))
        if not divisors[-1]:
            return NEVER
    return Related(compared.left.xreplace(values), compared.sign, compared.right.xreplace(values), tuple(divisors))


def in_words(said: Relation, names: "Mapping[sympy.Symbol, str] | None" = None) -> str:
    """The relation for a reader, with ``names`` for symbols.

    "and" and "or" stand without brackets; `as_text` leaves nothing open.
    """
    match said:
        case Related(left, sign, right, cancelled):
            from sympy import Symbol

            shown = {symbol: Symbol(name) for symbol, name in (names or {}).items()}
            words = f"{left.xreplace(shown)} {SIGNS[sign].shown} {right.xreplace(shown)}"
            return " and ".join([words, *(f"{divisor.xreplace(shown)} ≠ 0" for divisor in cancelled)])
        case Every(parts):
            return " and ".join(sorted(in_words(part, names) for part in parts)) or "True"
        case Some(parts):
            return " or ".join(sorted(in_words(part, names) for part in parts)) or "False"
        case Denied(part):
            return f"not ({in_words(part, names)})"
        case Implied(first, second):
            return f"({in_words(first, names)}) implies ({in_words(second, names)})"
    assert_never(said)


def as_text(said: Relation) -> str:
    """The text from which `games.formulas.text.parse_relation` reads the relation.

    `ALWAYS` and `NEVER` have none, and a symbol must be named as a parameter is.
    """
    match said:
        case Related(left, sign, right, cancelled):
            from games.formulas.printing import formula_text

            # A divisor that has cancelled out is written in, to cancel out again.
            divided = "".join(f"*({formula_text(divisor)})/({formula_text(divisor)})" for divisor in cancelled)
            shown = formula_text(left)
            return f"{f'({shown}){divided}' if divided else shown} {sign} {formula_text(right)}"
        case Every(parts):
            return " and ".join(f"({as_text(part)})" for part in parts)
        case Some(parts):
            return " or ".join(f"({as_text(part)})" for part in parts)
        case Denied(part):
            return f"not ({as_text(part)})"
        case Implied(first, second):
            return f"implies({as_text(first)}, {as_text(second)})"
    assert_never(said)
