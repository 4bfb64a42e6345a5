"""Checks certificates: that a statement about all equilibria of a game is proved, or refuted, as its file says.

This file needs nothing but Python's standard library and can be copied anywhere: ``python3 -I -S verify.py FILE…``.

A certificate holds a *statement* (games with formulas for payoffs, ranges, assumptions, premises, a solution concept, a
conclusion) and a *proof* or a *witness*. From the statement alone, by its own definition of the concept, this program
derives the *obligation*: polynomial equations and inequalities, joined by "and" and "or", which some values of the
variables satisfy exactly if the statement is false. The proof must show that none do; the witness must be such values.
Nothing else in the file is trusted, and there is no number but integers and exact fractions.

In the order of this file: what is refused; polynomials; facts and relations; formulas; games and concepts, each with
its definition; the obligation; proofs; witnesses; the command. Of the concepts, whoever checks one certificate need
read one class and those that it is made of. ``docs/certificates.md`` has the format in full.
"""

import argparse
import ast
import gzip
import json
import re
import sys
import warnings
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from itertools import count, product
from math import prod
from pathlib import Path as File
from typing import Any, ClassVar, NoReturn, TypeAlias

FORMAT = "parley certificate 1"

# ---------------------------------------------------------------- What is refused

MOST_BYTES = 8_000_000
MOST_STEPS = 5_000_000
"""A step is about one product of two numbers of ordinary length, or one entry of a list that is read."""
MOST_BITS = 14_000
MOST_TERMS = 10_000
MOST_DEGREE = 64
LARGEST_EXPONENT = 16
MOST_WAYS = 256
MOST_PLANS = 1_000
LONGEST_FORMULA = 4_000
LONGEST_NAME = 300


class RefusedError(Exception):
    """Why a file is not accepted, and at which place in it."""

    def __init__(self, why: str, place: str = "statement") -> None:
        self.why, self.place = why, shown(place, 300)
        super().__init__(f"{self.why} (at {self.place})")


def refuse(why: str, place: str = "statement") -> NoReturn:
    raise RefusedError(why, place)


_LEFT: ContextVar[list[int] | None] = ContextVar("_LEFT", default=None)
"""How many steps are left; None where nobody counts."""


def spend(steps: int) -> None:
    left = _LEFT.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            refuse("it takes more steps to check than are allowed", "the whole file")


def shown(value: object, most: int = 60) -> str:
    """A value from the file, short and without control characters."""
    text = value if isinstance(value, str) else str(value) if type(value) is int and abs(value) < 10**9 else ""
    text = text or f"something of the kind {type(value).__name__}"
    text = "".join(c if c.isprintable() else "?" for c in text[: most + 1])
    return text if len(text) <= most else text[:most] + "…"


def shaped(value: object, shape: Any, place: str) -> Any:
    """The value, if it has the shape.

    ``str`` is a name, ``"text"`` any text, a set one of these texts, ``[s]`` a list of s, ``(s, t)`` a list of just s
    and t, ``{str: s}`` an object of s by name, another dictionary an object of just these fields, those with a question
    mark optional; ``object`` is looked at elsewhere.
    """
    spend(1)
    if shape is object:
        return value
    if shape is str or shape == "text":
        if not isinstance(value, str) or (shape is str and not 0 < len(value) <= LONGEST_NAME):
            refuse(f"{'a name' if shape is str else 'text'} is expected, not {shown(value)}", place)
    elif isinstance(shape, set):
        if not isinstance(value, str) or value not in shape:
            refuse(f"one of {', '.join(sorted(shape))} is expected, not {shown(value)}", place)
    elif isinstance(shape, list | tuple):
        if not isinstance(value, list) or (isinstance(shape, tuple) and len(value) != len(shape)):
            length = f" of {len(shape)}" if isinstance(shape, tuple) else ""
            refuse(f"a list{length} is expected, not {shown(value)}", place)
        parts = shape if isinstance(shape, tuple) else shape * len(value)
        for k, (part, own) in enumerate(zip(value, parts, strict=True)):
            shaped(part, own, f"{place}/{k}")
    elif not isinstance(value, dict):
        refuse(f"an object is expected, not {shown(value)}", place)
    else:
        fields = {name.removesuffix("?"): part for name, part in shape.items() if name is not str}
        for name, part in value.items():
            shaped(name, str, place)
            if str not in shape and name not in fields:
                refuse(f"there is no field {shown(name)} here; known are {', '.join(fields)}", place)
            shaped(part, fields.get(name) or shape[str], f"{place}/{name}")
        if missing := [name for name in shape if name is not str and name[-1] != "?" and name not in value]:
            refuse(f"the field {missing[0]} is missing", place)
    return value


def same(found: Iterable[str], wanted: Iterable[str], what: str) -> None:
    """Raises `RefusedError` unless these are the names wanted, each once."""
    listed, known = list(found), list(wanted)
    if sorted(listed) != sorted(known):
        refuse(f"{what} must be {shown(', '.join(known), 200)}, each once, not {shown(', '.join(listed), 200)}")


# ---------------------------------------------------------------- Numbers and polynomials

Number: TypeAlias = int | Fraction
Monomial: TypeAlias = tuple[str, ...]
"""Names of variables in order, each as often as its power says."""

_NUMBER = re.compile(r"-?[0-9]+(/0*[1-9][0-9]*|\.[0-9]+)?", re.ASCII)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_FORMULA = re.compile(r"[A-Za-z0-9_+\-*/().,\s]*", re.ASCII)


def exact(value: object, place: str) -> Number:
    """The number that the text writes: an integer, a fraction or a decimal. No JSON number is read as a quantity."""
    if not isinstance(value, str) or len(value) > LONGEST_FORMULA or not _NUMBER.fullmatch(value):
        refuse(f'a number as text, such as "-2/3", is expected, not {shown(value)}', place)
    return checked(Fraction(value) if "/" in value or "." in value else int(value))


def checked(value: Number) -> Number:
    """The number, unless it is too long."""
    if value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS:
        refuse(f"a number has more than {MOST_BITS} bits", "the whole file")
    return value


class Poly:
    """A polynomial: its coefficients other than zero by monomial. Never changed once made."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Monomial, Number]) -> None:
        self.terms = {monomial: checked(value) for monomial, value in terms.items() if value}
        if len(self.terms) > MOST_TERMS or any(len(monomial) > MOST_DEGREE for monomial in self.terms):
            refuse(f"a polynomial has more than {MOST_TERMS} terms, or a degree above {MOST_DEGREE}", "the whole file")
        spend(1 + len(self.terms))

    def __add__(self, other: "Poly") -> "Poly":
        terms = dict(self.terms)
        for monomial, value in other.terms.items():
            terms[monomial] = terms.get(monomial, 0) + value
        return Poly(terms)

    def __neg__(self) -> "Poly":
        return Poly({monomial: -value for monomial, value in self.terms.items()})

    def __sub__(self, other: "Poly") -> "Poly":
        return self + -other

    def __mul__(self, other: "Poly") -> "Poly":
        terms: dict[Monomial, Number] = {}
        for first, a in self.terms.items():
            for second, b in other.terms.items():
                monomial = tuple(sorted(first + second)) if first and second else first or second
                terms[monomial] = terms.get(monomial, 0) + a * b
                spend(1 + len(monomial) // 4 + (a.numerator.bit_length() + b.numerator.bit_length()) // 256)
        return Poly(terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    @property
    def constant(self) -> Number | None:
        """The number that it is; None if it has a variable."""
        return None if any(self.terms) else self.terms.get((), 0)

    @property
    def names(self) -> set[str]:
        return {name for monomial in self.terms for name in monomial}


def number(value: Number) -> Poly:
    return Poly({(): value})


def variable(name: str) -> Poly:
    return Poly({(name,): 1})


ZERO, ONE = number(0), number(1)


def total(parts: Iterable[Poly]) -> Poly:
    return reduce(Poly.__add__, list(parts) or [ZERO])


def times(parts: Iterable[Poly]) -> Poly:
    return reduce(Poly.__mul__, list(parts) or [ONE])


Quotient: TypeAlias = tuple[Poly, Poly]
"""Numerator and denominator."""


def put(poly: Poly, values: Mapping[str, Quotient]) -> Quotient:
    """The polynomial with quotients for some variables."""
    powers = {n: max(m.count(n) for m in poly.terms) for n in poly.names if n in values and values[n][1] != ONE}
    above = ZERO
    for monomial, value in poly.terms.items():
        factors = [values[name][0] if name in values else variable(name) for name in monomial]
        missing = [values[name][1] for name, most in powers.items() for _ in range(most - monomial.count(name))]
        above = above + times([number(value), *factors, *missing])
    return above, times(values[name][1] for name, most in powers.items() for _ in range(most))


# ---------------------------------------------------------------- Facts and relations


@dataclass(frozen=True)
class Sign:
    """The polynomial is above zero, at least zero, or zero, as ``op`` says; ``number`` is how proofs name the fact."""

    poly: Poly
    op: str
    number: int | str = ""


@dataclass(frozen=True)
class Or:
    """All facts of at least one of the branches hold."""

    branches: tuple["Facts", ...]
    number: int | str = ""


Fact: TypeAlias = Sign | Or
Facts: TypeAlias = tuple[Fact, ...]
"""All of them hold; () says nothing."""

DENIAL = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


def sign(poly: Poly, op: str, divisor: Poly = ONE) -> Facts:
    """That poly / divisor is as the sign says of zero; that the divisor is not zero must be said elsewhere."""
    if op in ("<", "<="):
        return sign(-poly, ">" if op == "<" else ">=", divisor)
    if op == "!=":
        return either([sign(poly, ">"), sign(-poly, ">")])
    if op != "==" and divisor != ONE:
        # Multiplied by the divisor's square, which is positive, it keeps its sign.
        poly = poly * divisor if divisor.constant is None else poly if divisor.constant > 0 else -poly
    known = poly.constant
    if known is not None and (known == 0 if op == "==" else known > 0 if op == ">" else known >= 0):
        return ()
    return (Sign(poly, op),)


def either(branches: Iterable[Facts]) -> Facts:
    """At least one of the branches, those left out that cannot hold.

    A single one is no choice, and one that says nothing settles it.
    """
    found = tuple(branch for branch in branches if not any(map(is_false, branch)))
    if () in found:
        return ()
    return found[0] if len(found) == 1 else (Or(found),)


def is_false(fact: Fact) -> bool:
    """Whether it does not hold, whatever the variables; what always holds is not written down."""
    return fact.poly.constant is not None if isinstance(fact, Sign) else not fact.branches


def every(parts: Iterable[Facts]) -> Facts:
    return tuple(fact for part in parts for fact in part)


def denied(fact: Fact) -> Facts:
    """That the fact does not hold."""
    if isinstance(fact, Sign):
        return sign(fact.poly, DENIAL[fact.op])
    return every(either(denied(part) for part in branch) for branch in fact.branches)


def substituted(facts: Facts, values: Mapping[str, Quotient]) -> Facts:
    """The facts with quotients for some variables; that no denominator is zero must be said elsewhere."""
    found: list[Facts] = []
    for fact in facts:
        if isinstance(fact, Or):
            found.append(either(substituted(branch, values) for branch in fact.branches))
        else:
            above, below = put(fact.poly, values)
            found.append(sign(above, fact.op, below))
    return every(found)


def numbered(facts: Facts, names: Iterator[int | str]) -> Facts:
    """The facts with numbers, in the order in which they are read: a choice before what stands in its branches."""
    found: list[Fact] = []
    for fact in facts:
        name = next(names)
        if isinstance(fact, Or):
            found.append(Or(tuple(numbered(branch, names) for branch in fact.branches), name))
        else:
            found.append(replace(fact, number=name))
    return tuple(found)


def names_in(facts: Facts) -> set[str]:
    found: set[str] = set()
    for fact in facts:
        found |= fact.poly.names if isinstance(fact, Sign) else names_in(every(fact.branches))
    return found


@dataclass(frozen=True)
class Way:
    """Where the ``guard`` holds, a formula is worth ``above`` / ``below``, and ``below`` is not zero."""

    guard: Facts
    above: Poly
    below: Poly = ONE


@dataclass(frozen=True)
class Value:
    """What a formula is worth: where all guards of a way hold, what that says.

    The guards cover all points but those where one of ``undefined`` holds, at which something is divided by zero.
    """

    ways: tuple[Way, ...]
    undefined: tuple[Facts, ...] = ()


def plain(poly: Poly) -> Value:
    return Value((Way((), poly),))


def combined(*values: Value) -> list[tuple[Way, ...]]:
    """A way of each, in every way."""
    if prod(len(value.ways) for value in values) > MOST_WAYS:
        refuse(f"minima and maxima may be read in more than {MOST_WAYS} ways")
    return list(product(*(value.ways for value in values)))


def difference(one: Way, other: Way) -> Quotient:
    if one.below == other.below:
        return one.above - other.above, one.below
    return one.above * other.below - other.above * one.below, one.below * other.below


def compared(left: Value, op: str, right: Value, truth: bool) -> Facts:
    """That a comparison holds, or does not. One that divides by zero does not hold."""
    branches = [] if truth else [*left.undefined, *right.undefined]
    for one, other in combined(left, right):
        above, below = difference(one, other)
        branches.append(one.guard + other.guard + sign(above, op if truth else DENIAL[op], below))
    return either(branches)


def relation(value: object, truth: bool, side: Callable[[object], Value], place: str) -> Facts:
    """That a relation in the file holds, or does not; ``side`` reads a side of a comparison."""
    spend(1)
    if isinstance(value, list) and value:
        head, parts = value[0], value[1:]
        if head in ("and", "or"):
            found = [relation(part, truth, side, f"{place}/{k}") for k, part in enumerate(parts, start=1)]
            return every(found) if (head == "and") is truth else either(found)
        if head == "not" and len(parts) == 1:
            return relation(parts[0], not truth, side, f"{place}/1")
        if len(parts) == 2 and isinstance(parts[0], str) and parts[0] in DENIAL:
            return compared(side(head), parts[0], side(parts[1]), truth)
    refuse('a relation is [side, sign, side], ["and", …], ["or", …] or ["not", relation]', place)


# ---------------------------------------------------------------- Formulas


class Formulas:
    """Reads text over ``names``: numbers, ``+ - * /``, ``**`` with a small whole exponent, ``min``, ``max``."""

    def __init__(self, names: Mapping[str, Value]) -> None:
        self.names = names
        self.known: dict[str, Value] = {}

    def read(self, text: object) -> Value:
        """Nothing is evaluated: Python's parser makes a tree of the text, of which this reads what it knows."""
        if not isinstance(text, str) or len(text) > LONGEST_FORMULA or not _FORMULA.fullmatch(text):
            refuse(
                f"a formula has names, numbers and signs, at most {LONGEST_FORMULA} characters, unlike {shown(text)}"
            )
        if text not in self.known:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    tree = ast.parse(text.strip(), mode="eval").body
            except (SyntaxError, ValueError, MemoryError):
                refuse(f"{shown(text)} is no formula")
            self.known[text] = self.value(tree, text.strip())
        return self.known[text]

    def value(self, node: ast.expr, text: str) -> Value:
        spend(1)
        match node:
            case ast.Constant():
                return plain(number(exact(ast.get_source_segment(text, node), "a formula")))
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.Name(id=name):
                refuse(f"{shown(name)} is no parameter of this statement, nor a quantity")
            case ast.UnaryOp(op=ast.UAdd() | ast.USub() as op, operand=operand):
                value = self.value(operand, text)
                return joined(plain(ZERO), "-", value) if isinstance(op, ast.USub) else value
            case ast.BinOp(op=ast.Pow(), left=left, right=right):
                base, exponent = self.value(left, text), whole(right)
                value = base
                for _ in range(abs(exponent) - 1):
                    value = joined(value, "*", base)
                return joined(plain(ONE), "/", value) if exponent < 0 else value
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as op, left=left, right=right):
                symbol = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}[type(op)]
                return joined(self.value(left, text), symbol, self.value(right, text))
            case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_, *_] as parts, keywords=[]):
                return extreme([self.value(part, text) for part in parts], name)
        refuse(f"{shown(text)} has a part that is no number, name, + - * / **, min or max")


def whole(node: ast.expr) -> int:
    match node:
        case ast.Constant(value=int(value)) if 0 < value <= LARGEST_EXPONENT and not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as operand):
            return -whole(operand)
    refuse(f"an exponent must be a whole number from 1 to {LARGEST_EXPONENT}, perhaps with a minus")


def joined(left: Value, op: str, right: Value) -> Value:
    """The sum, difference, product or quotient."""
    ways, undefined = [], [*left.undefined, *right.undefined]
    for one, other in combined(left, right):
        guard = one.guard + other.guard
        if op == "-":
            above, below = difference(one, other)
        elif op == "+":
            above, below = difference(one, Way((), -other.above, other.below))
        elif op == "*":
            above, below = one.above * other.above, one.below * other.below
        else:
            guard = guard + sign(other.above, "!=")
            above, below = one.above * other.below, one.below * other.above
        ways.append(Way(guard, above, below))
    if op == "/":
        if any(way.above == ZERO for way in right.ways):
            refuse("a formula divides by zero")
        undefined += [way.guard + sign(way.above, "==") for way in right.ways]
    return Value(tuple(ways), tuple(undefined))


def extreme(parts: Sequence[Value], name: str) -> Value:
    """The least or the greatest of the parts: each of them where it is; all must be defined."""
    ways = []
    for several in combined(*parts):
        guard = every(way.guard for way in several)
        for k, own in enumerate(several):
            others = (difference(other, own) for j, other in enumerate(several) if j != k)
            beyond = every(sign(above, ">=" if name == "min" else "<=", below) for above, below in others)
            ways.append(Way(guard + beyond, own.above, own.below))
    return Value(tuple(ways), tuple(facts for part in parts for facts in part.undefined))


# ---------------------------------------------------------------- Games and concepts

Path: TypeAlias = tuple[str, ...]


class Game(ABC):
    """What all forms share. A subclass is a concept for a form.

    `reach`, `payoff` and `chosen` are what a conclusion may speak of, as polynomials in variables; `facts`, asked for
    after them, say that the variables' values are an equilibrium. ``places`` are where there is a choice, and of what.
    ``theorem`` says why there always is an equilibrium, if that is a theorem.
    """

    shape: ClassVar[Any]
    noun: ClassVar[str]
    theorem: ClassVar[str] = ""
    places: Mapping[str, list[str]]

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        self.question, self.suffix = question, suffix
        self.game = shaped(game, self.shape, "statement/models/game")
        self.players: list[str] = self.game["players"]
        same(self.players, set(self.players) or ["at least one"], "the players")

    def named(self, name: str) -> Poly:
        """A new variable."""
        return self.question.fresh(name + self.suffix)

    def paid(self, payoffs: Mapping[str, str]) -> dict[str, Poly]:
        """One payoff for each player."""
        same(payoffs, self.players, "those who are paid")
        return {player: self.question.entry(text) for player, text in payoffs.items()}

    def odds_of(self, given: Mapping[str, str]) -> dict[str, Poly]:
        """Probabilities; points at which one is negative are no games."""
        found = {name: self.question.entry(text) for name, text in given.items()}
        if total(found.values()) != ONE:
            refuse(f"the probabilities of {shown(', '.join(found))} must sum to 1 whatever the parameters")
        for value in found.values():
            self.question.give(sign(value, ">="))
        return found

    def mix(self, word: str) -> None:
        """Probabilities of what is chosen at each place; a single choice is certain."""
        self.odds: dict[str, dict[str, Poly]] = {}
        for place, own in self.places.items():
            named = {each: self.named(f"probability of {each} {word} {place}") for each in own if len(own) > 1}
            self.odds[place] = named or {own[0]: ONE}
        self.mixed = every(distribution(odds.values()) for odds in self.odds.values())

    @abstractmethod
    def facts(self) -> Facts: ...

    def reach(self, path: Path, after: Path) -> Poly:
        """The probability that play goes along the path, once it has come to ``after``."""
        refuse("games of this form have no paths; speak of what is chosen")

    @abstractmethod
    def payoff(self, player: str, after: Path) -> Poly:
        """What the player gets, once play has come to ``after``."""

    def chosen(self, place: str, choice: str) -> Poly:
        """The probability of the choice at the place."""
        return self.odds[place][choice]


def distribution(odds: Iterable[Poly]) -> Facts:
    """That these are the probabilities of all that may be."""
    several = list(odds)
    return every(sign(each, ">=") for each in several) + sign(total(several) - ONE, "==")


class Choice:
    """One of several labelled branches, each with its facts; what is told of it is another value in each branch."""

    def __init__(self, game: Game, branches: Mapping[Any, Facts]) -> None:
        self.game, self.branches = game, {label: list(facts) for label, facts in branches.items()}
        self.told: dict[str, tuple[Mapping[Any, Poly], Poly]] = {}

    def tells(self, name: str, values: Mapping[Any, Poly]) -> Poly:
        """A variable that has the branch's value; or the value, if it is the same in all of them."""
        first, *others = values.values()
        if all(value == first for value in others):
            return first
        if name not in self.told or self.told[name][0] != values:
            found = self.game.named(name)
            self.told[name] = values, found
            for label, value in values.items():
                self.branches[label] += sign(found - value, "==")
        return self.told[name][1]

    def facts(self) -> Facts:
        return either(map(tuple, self.branches.values()))


def as_one(truth: bool) -> Poly:
    return ONE if truth else ZERO


def where(path: Path) -> str:
    return f"after {', '.join(path)}" if path else "at the start"


@dataclass
class Node:
    """A leaf with ``payoffs``; a decision of the ``player`` at the information set ``place``; or chance with ``odds``.

    What follows each action or event stands in ``after``.
    """

    path: Path
    payoffs: dict[str, Poly] = field(default_factory=dict)
    player: str = ""
    place: str = ""
    odds: dict[str, Poly] = field(default_factory=dict)
    after: dict[str, "Node"] = field(default_factory=dict)


class Tree(Game):
    """A game in extensive form (Kuhn 1953, Extensive games and the problem of information)."""

    shape: ClassVar[Any] = {"players": [str], "root": object}
    leaf: ClassVar[Any] = {"payoffs": {str: "text"}}
    chance: ClassVar[Any] = {"chance": str, "moves": {str: {"probability": "text", "then": object}}}
    decision: ClassVar[Any] = {"player": str, "set": str, "moves": {str: object}}

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.nodes: dict[Path, Node] = {}
        self.sets: dict[str, list[Node]] = {}
        self.root = self.node(self.game["root"], ())
        for place, (first, *others) in self.sets.items():
            if any(node.player != first.player or set(node.after) != set(first.after) for node in others):
                refuse(f"the decisions at {shown(place)} differ in player or actions")
        self.places = {place: list(nodes[0].after) for place, nodes in self.sets.items()}

    def node(self, given: Any, path: Path) -> Node:
        node = self.nodes[path] = Node(path)
        spend(len(path))
        here = f"statement/models/game, {shown(where(path), 200)}"
        if isinstance(given, dict) and "payoffs" in given:
            node.payoffs = self.paid(shaped(given, self.leaf, here)["payoffs"])
            return node
        if isinstance(given, dict) and "chance" in given:
            moves = shaped(given, self.chance, here)["moves"]
            node.odds = self.odds_of({event: each["probability"] for event, each in moves.items()})
            moves = {event: each["then"] for event, each in moves.items()}
        else:
            moves = shaped(given, self.decision, here)["moves"]
            node.player, node.place = given["player"], given["set"]
            self.sets.setdefault(node.place, []).append(node)
            if node.player not in self.players or not moves:
                refuse("a decision needs one of the players, and an action", here)
        node.after = {step: self.node(then, (*path, step)) for step, then in moves.items()}
        return node

    def at(self, path: Path) -> Node:
        if path not in self.nodes:
            refuse(f"the tree has no node {shown(where(path), 200)}")
        return self.nodes[path]


class Backwards(Tree):
    """Subgame-perfect equilibria in pure strategies of a tree of perfect information, by backward induction.

    At each decision an action is taken that gives the mover most, by what is done later (Selten 1965, Zeitschrift für
    die gesamte Staatswissenschaft 121; Kuhn 1953). Only decisions that the quantities depend on are written down:
    whatever is done there, the rest of the tree has an equilibrium that goes with it.
    """

    noun = "subgame-perfect equilibrium in pure strategies"
    theorem = "every finite tree of perfect information has one: Kuhn (1953)"

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.mosts: list[Facts] = []
        self.choices: dict[Path, Choice] = {}
        self.known: dict[tuple[Path, str], Poly] = {}

    def facts(self) -> Facts:
        return every(self.mosts) + every(choice.facts() for choice in self.choices.values())

    def choice(self, node: Node) -> Choice:
        """What is done at the node: no action gives the mover more than the one taken."""
        if node.path not in self.choices:
            gets = {action: self.pays(then, node.player) for action, then in node.after.items()}
            choice = self.choices[node.path] = Choice(self, dict.fromkeys(gets, ()))
            most = choice.tells(f"{node.player}'s payoff {where(node.path)}", gets)
            self.known[node.path, node.player] = most
            self.mosts += [sign(most - value, ">=") for value in gets.values()]
        return self.choices[node.path]

    def pays(self, node: Node, player: str) -> Poly:
        """What the player gets from the node on."""
        if node.payoffs:
            return node.payoffs[player]
        if node.player:
            choice = self.choice(node)
        if (node.path, player) not in self.known:
            gets = {step: self.pays(then, player) for step, then in node.after.items()}
            self.known[node.path, player] = (
                choice.tells(f"{player}'s payoff {where(node.path)}", gets)
                if node.player
                else total(node.odds[event] * value for event, value in gets.items())
            )
        return self.known[node.path, player]

    def payoff(self, player: str, after: Path) -> Poly:
        return self.pays(self.at(after), player)

    def reach(self, path: Path, after: Path) -> Poly:
        node = self.at(after)
        self.at(after + path)
        if not path:
            return ONE
        later = self.reach(path[1:], (*after, path[0]))
        if not node.player:
            return node.odds[path[0]] * later
        ways = {action: later if action == path[0] else ZERO for action in node.after}
        return self.choice(node).tells(f"probability of {', '.join(path)} {where(after)}", ways)

    def chosen(self, place: str, choice: str) -> Poly:
        return self.reach((choice,), self.sets[place][0].path)


class Behaviour(Tree):
    """Mixed actions at each information set of a tree with perfect recall; a concept says what must be best."""

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        for place, nodes in self.sets.items():
            if len({self.own(node) for node in nodes}) > 1:
                refuse(f"at {shown(place)} a player has forgotten something: this checker needs perfect recall")
        self.mix("at")

    def facts(self) -> Facts:
        return self.mixed + self.rational()

    @abstractmethod
    def rational(self) -> Facts: ...

    def own(self, node: Node) -> tuple[tuple[str, str], ...]:
        """What the mover has been asked, and has done, on the way to the node."""
        before = [self.nodes[node.path[:k]] for k in range(len(node.path))]
        steps = zip(before, node.path, strict=True)
        return tuple((each.place, step) for each, step in steps if each.player == node.player)

    def step(self, node: Node, step: str) -> Poly:
        return self.odds[node.place][step] if node.player else node.odds[step]

    def reach(self, path: Path, after: Path) -> Poly:
        self.at(after + path)
        return times(self.step(self.at(after + path[:k]), step) for k, step in enumerate(path))

    def payoff(self, player: str, after: Path) -> Poly:
        return self.pays(self.at(after), player, {})

    def pays(self, node: Node, player: str, plan: Mapping[str, str]) -> Poly:
        """What the player gets from the node on, if it follows the plan where that says something."""
        spend(1)
        if node.payoffs:
            return node.payoffs[player]
        if node.place in plan:
            return self.pays(node.after[plan[node.place]], player, plan)
        return total(self.step(node, step) * self.pays(then, player, plan) for step, then in node.after.items())

    def plans(self, nodes: Iterable[Node], player: str) -> list[dict[str, str]]:
        """Every way in which the player may act from the nodes on: at the sets that come first, then at later ones."""
        first: dict[str, None] = {}
        waiting = list(nodes)
        for node in waiting:
            if node.player == player:
                first[node.place] = None
            else:
                waiting += node.after.values()
        found: list[dict[str, str]] = [{}]
        for place in first:
            found = [{**one, **other} for one in found for other in self.plans_at(place, player)]
            spend(64 * len(found))
        return found

    def plans_at(self, place: str, player: str) -> Iterator[dict[str, str]]:
        for action in self.places[place]:
            for later in self.plans([node.after[action] for node in self.sets[place]], player):
                yield {place: action, **later}

    def best(
        self, name: str, player: str, held: Sequence[tuple[Node, Poly]], plans: Iterable[Mapping[str, str]]
    ) -> Facts:
        """No plan pays the player more, the nodes weighed as ``held``; one that is played pays as much as any."""
        gets = [(plan, total(w * self.pays(node, player, plan) for node, w in held)) for plan in plans]
        if len(gets) == 1:
            return ()
        most = self.named(name)
        attained = []
        for plan, value in gets:
            unplayed = [sign(self.odds[place][action], "==") for place, action in plan.items()]
            attained.append(either([*unplayed, sign(most - value, "==")]))
        return every(sign(most - value, ">=") for _, value in gets) + every(attained)

    def below(self, node: Node) -> dict[str, list[Node]]:
        """The information sets that lie, wholly or in part, at the node and after it, with what lies there."""
        spend(len(self.nodes))
        found = {p: [n for n in nodes if n.path[: len(node.path)] == node.path] for p, nodes in self.sets.items()}
        return {place: nodes for place, nodes in found.items() if nodes}

    def subgames(self) -> list[Node]:
        """Where subgames start (Selten 1965): at nodes that cut no information set in two."""
        return [
            node
            for node in self.nodes.values()
            if node.after and all(len(inside) == len(self.sets[p]) for p, inside in self.below(node).items())
        ]

    def nash_from(self, start: Node) -> Facts:
        """From the node on, no plan pays a player more than what it does."""
        return every(
            self.best(f"{player}'s most {where(start.path)}", player, [(start, ONE)], self.plans([start], player))
            for player in self.players
        )


class NashOfTree(Behaviour):
    """Nash equilibria in behaviour strategies (Nash 1950; Kuhn 1953): no plan pays a player more than its own."""

    noun = "Nash equilibrium"
    theorem = "every finite game with perfect recall has one: Nash (1950), Kuhn (1953)"

    def rational(self) -> Facts:
        return self.nash_from(self.root)


class SubgamePerfect(Behaviour):
    """Subgame-perfect equilibria in behaviour strategies: a Nash equilibrium in every subgame (Selten 1965)."""

    noun = "subgame-perfect equilibrium"
    theorem = "every finite game with perfect recall has one: Selten (1965)"

    def rational(self) -> Facts:
        return every(map(self.nash_from, self.subgames()))


class PerfectBayesian(Behaviour):
    """Perfect Bayesian equilibria (Fudenberg & Tirole 1991, Game Theory, section 8.2), by subgames.

    At each information set beliefs are probabilities, and no plan from there on pays the mover more, as it believes,
    than what it does (sequential rationality). Beliefs follow Bayes' rule wherever it applies, in every subgame: the
    belief in a node times the probability that play from the subgame's start arrives at the set is the probability that
    it arrives at the node. Where play does not arrive, this says nothing, and beliefs are free.
    """

    noun = "perfect Bayesian equilibrium"
    theorem = "every finite game with perfect recall has one: Kreps & Wilson (1982), Econometrica 50"

    def rational(self) -> Facts:
        starts = self.subgames()
        facts: list[Facts] = []
        for place, nodes in self.sets.items():
            held, told = self.believed(place, nodes)
            facts.append(told)
            for start in starts if len(nodes) > 1 else ():
                if len(self.below(start).get(place, ())) == len(nodes):
                    arrivals = [self.reach(node.path[len(start.path) :], start.path) for node in nodes]
                    for (_, belief), arrival in zip(held, arrivals, strict=True):
                        facts.append(sign(total(arrivals) * belief - arrival, "=="))
            player = nodes[0].player
            facts.append(self.best(f"{player}'s most at {place}", player, held, self.plans_at(place, player)))
        return every(facts)

    def believed(self, place: str, nodes: Sequence[Node]) -> tuple[list[tuple[Node, Poly]], Facts]:
        if len(nodes) == 1:
            return [(nodes[0], ONE)], ()
        beliefs = [self.named(f"belief in {', '.join(node.path)} at {place}") for node in nodes]
        return list(zip(nodes, beliefs, strict=True)), distribution(beliefs)


def subgame_perfect(question: "Question", suffix: str, game: Any) -> Game:
    """In pure strategies under perfect information, else in behaviour strategies."""
    tree = Backwards(question, suffix, game)
    perfect = all(len(nodes) == 1 for nodes in tree.sets.values())
    return tree if perfect else SubgamePerfect(question, suffix, game)


Payoffs: TypeAlias = dict[Path, dict[str, Poly]]
"""What each profile pays each player."""


class Stage(Game):
    """What strategic forms, repeated games and stochastic games share: profiles, and what they pay."""

    strategic: ClassVar[dict[str, Any]] = {
        "strategies": {str: [str]},
        "payoffs": [([str], {str: "text"})],
    }

    def profiles(self, strategies: Mapping[str, list[str]], rows: Sequence[Any]) -> Payoffs:
        same(strategies, self.players, "those who have strategies")
        for player, own in strategies.items():
            same(own, set(own) or ["at least one"], f"the strategies of {player}")
        found = {tuple(profile): self.paid(payoffs) for profile, payoffs in rows}
        many = prod(len(own) for own in strategies.values())
        if len(rows) != many or found.keys() != set(product(*(strategies[player] for player in self.players))):
            refuse("each profile of strategies must be paid once")
        return found

    def deviations(self, player: str, profile: Path, payoffs: Payoffs) -> list[Path]:
        """The profiles in which the player alone does something else."""
        spend(len(payoffs))
        k = self.players.index(player)
        return [p for p in payoffs if p[k] != profile[k] and p[:k] + p[k + 1 :] == profile[:k] + profile[k + 1 :]]


class Strategic(Stage):
    """A game in strategic form."""

    shape: ClassVar[Any] = {"players": [str], **Stage.strategic}

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.places = self.game["strategies"]
        self.payoffs = self.profiles(self.places, self.game["payoffs"])


class Nash(Strategic):
    """Nash equilibria, mixed ones included (Nash 1950, Proceedings of the National Academy of Sciences 36).

    No strategy pays a player more than what it plays: each has no probability, or pays as much as any.
    """

    noun = "Nash equilibrium"
    theorem = "every finite game has one: Nash (1950)"

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.mix("for")
        self.most = {player: self.named(f"{player}'s payoff") for player in self.players}

    def facts(self) -> Facts:
        found = [self.mixed]
        for k, player in enumerate(self.players):
            gets = dict.fromkeys(self.places[player], ZERO)
            for profile, paid in self.payoffs.items():
                faced = times(self.odds[p][s] for p, s in zip(self.players, profile, strict=True) if p != player)
                gets[profile[k]] += faced * paid[player]
            found.append(no_better(self.most[player], gets, self.odds[player]))
        return every(found)

    def payoff(self, player: str, after: Path) -> Poly:
        return self.most[player]


def no_better(most: Poly, gets: Mapping[str, Poly], odds: Mapping[str, Poly]) -> Facts:
    """No choice gets more than ``most``, and each that has some probability gets it."""
    facts = every(sign(most - value, ">=") for value in gets.values())
    return facts + every(either([sign(odds[each], "=="), sign(most - gets[each], "==")]) for each in gets)


class PureNash(Strategic):
    """Nash equilibria in pure strategies: profiles that nobody gains by leaving alone."""

    noun = "pure Nash equilibrium"

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.profile = Choice(self, {profile: self.stays(profile) for profile in self.payoffs})

    def facts(self) -> Facts:
        return self.profile.facts()

    def stays(self, profile: Path) -> Facts:
        paid = self.payoffs[profile]
        return every(
            sign(paid[player] - self.payoffs[other][player], ">=")
            for player in self.players
            for other in self.deviations(player, profile, self.payoffs)
        )

    def payoff(self, player: str, after: Path) -> Poly:
        return self.profile.tells(f"{player}'s payoff", {p: paid[player] for p, paid in self.payoffs.items()})

    def chosen(self, place: str, choice: str) -> Poly:
        k = self.players.index(place)
        return self.profile.tells(
            f"probability of {choice} for {place}", {profile: as_one(profile[k] == choice) for profile in self.payoffs}
        )


class Conflict(Game):
    """A graph model: states, moves of one player at a time, payoffs of states; the conflict rests in a stable state.

    A state is stable for a player if each move from it pays no more, or is answered (Kilgour, Hipel & Fang 1987,
    Automatica 23; Fang, Hipel & Kilgour 1993, Interactive Decision Making, chapters 3 and 4). How, a concept says. By
    itself this is Nash stability: nothing is answered.
    """

    shape: ClassVar[Any] = {
        "players": [str],
        "states": [str],
        "moves": {str: [(str, str)]},
        "payoffs": {str: {str: "text"}},
    }
    noun = "nash-stable state"

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        states: list[str] = self.game["states"]
        same(states, set(states) or ["at least one"], "the states")
        same(self.game["payoffs"], states, "the states with payoffs")
        self.pays = {state: self.paid(self.game["payoffs"][state]) for state in states}
        same(self.game["moves"], self.players, "those who move")
        self.moves: dict[str, dict[str, list[str]]] = {p: {s: [] for s in states} for p in self.players}
        for player, arcs in self.game["moves"].items():
            for start, end in arcs:
                if start not in self.pays or end not in self.pays or start == end:
                    refuse(f"{shown(player)} moves from {shown(start)} to {shown(end)}; give two states")
                self.moves[player][start].append(end)
        self.places = dict.fromkeys(self.players, states)
        self.state = Choice(self, {s: every(self.stable(p, s) for p in self.players) for s in states})

    def facts(self) -> Facts:
        return self.state.facts()

    def keeps(self, player: str, state: str, other: str) -> Facts:
        """The other state pays the player no more."""
        return sign(self.pays[state][player] - self.pays[other][player], ">=")

    def stable(self, player: str, state: str) -> Facts:
        targets = self.moves[player][state]
        return every(either([self.keeps(player, state, t), *self.answered(player, state, t)]) for t in targets)

    def answered(self, player: str, state: str, target: str) -> Iterable[Facts]:
        """Each way in which the others may answer the player's move so that it does not pay."""
        return []

    def answers(
        self, player: str, start: str, before: tuple[Path, ...] = (), last: str = ""
    ) -> Iterator[tuple[str, Facts]]:
        """Where the others' moves may lead, nobody moving twice running, and that each gains by each of its moves."""
        for mover in self.players:
            for target in self.moves[mover][start] if mover not in (player, last) else ():
                spend(1)
                if (mover, target) not in before:
                    gain = sign(self.pays[target][mover] - self.pays[start][mover], ">")
                    yield target, gain
                    for end, gains in self.answers(player, target, (*before, (mover, target)), mover):
                        yield end, gain + gains

    def payoff(self, player: str, after: Path) -> Poly:
        return self.state.tells(f"{player}'s payoff", {state: paid[player] for state, paid in self.pays.items()})

    def reach(self, path: Path, after: Path) -> Poly:
        if len(path) != 1 or path[0] not in self.pays:
            refuse("a path of a graph model is one state, in which it rests")
        return self.chosen("", path[0])

    def chosen(self, place: str, choice: str) -> Poly:
        return self.state.tells(f"probability of resting in {choice}", {s: as_one(s == choice) for s in self.pays})


class SequentiallyStable(Conflict):
    """A move may be answered by moves that pay each of the others who makes one (Fraser & Hipel 1984)."""

    noun = "sequentially-stable state"

    def answered(self, player: str, state: str, target: str) -> Iterable[Facts]:
        return [gains + self.keeps(player, state, end) for end, gains in self.answers(player, target)]


class GeneralMetarational(Conflict):
    """A move may be answered by any moves of the others (Howard 1971, Paradoxes of Rationality)."""

    noun = "general-metarational state"

    def answered(self, player: str, state: str, target: str) -> Iterable[Facts]:
        return [self.keeps(player, state, end) for end in dict(self.answers(player, target))]


class SymmetricMetarational(Conflict):
    """By any moves of the others after which no further move of the player's own pays it more (Howard 1971)."""

    noun = "symmetric-metarational state"

    def answered(self, player: str, state: str, target: str) -> Iterable[Facts]:
        for end in dict(self.answers(player, target)):
            yield every(self.keeps(player, state, final) for final in (end, *self.moves[player][end]))


class Rounds(Stage):
    """Rounds without end: in each state another stage game, whose profile decides the odds of the next state.

    Discount factors are at least 0 and below 1; other points are no games. (Shapley 1953, Proceedings of the National
    Academy of Sciences 39.)
    """

    shape: ClassVar[Any] = {
        "players": [str],
        "discounts": {str: "text"},
        "start": str,
        "states": {str: {**Stage.strategic, "next": [([str], {str: "text"})]}},
    }

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.discounts = self.paid(self.game["discounts"])
        for factor in self.discounts.values():
            question.give(sign(factor, ">=") + sign(ONE - factor, ">"))
        states = self.game["states"]
        if self.game["start"] not in states:
            refuse(f"play starts in {shown(self.game['start'])}, which is no state")
        self.stages = {s: self.profiles(each["strategies"], each["payoffs"]) for s, each in states.items()}
        self.next: dict[str, dict[Path, dict[str, Poly]]] = {}
        for state, each in states.items():
            self.next[state] = {tuple(profile): self.odds_of(odds) for profile, odds in each["next"]}
            targets = {after for odds in self.next[state].values() for after in odds}
            if len(each["next"]) != len(self.stages[state]) or self.next[state].keys() != self.stages[state].keys():
                refuse(f"the next state after each profile in {shown(state)} must be told once")
            if not targets <= states.keys():
                refuse(f"after {shown(state)} there is what is no state")

    def told_apart(self, named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        """What has these names, if no two have the same."""
        listed = list(named)
        same([name for name, _ in listed], {name for name, _ in listed}, "the places where somebody chooses")
        return dict(listed)

    def own(self, state: str, player: str) -> list[str]:
        found: list[str] = self.game["states"][state]["strategies"][player]
        return found

    def values(self, player: str, name: str) -> dict[str, Poly]:
        """A variable for what the player gets from each state on."""
        return {state: self.named(f"{player}'s payoff {name} from {state} on") for state in self.stages}

    def now(self, player: str, state: str, profile: Path, weight: Poly, later: Mapping[str, Poly]) -> Poly:
        """What the profile pays in this round, weighed so, and discounted what comes later."""
        following = total(odds * later[after] for after, odds in self.next[state][profile].items())
        return weight * self.stages[state][profile][player] + self.discounts[player] * following


Plan: TypeAlias = dict[str, Path]
"""A profile for each state."""


class GrimTrigger(Rounds):
    """Grim-trigger equilibria in pure actions (Friedman 1971, Review of Economic Studies 38; Green & Porter 1984).

    An agreement is kept until somebody breaks it; from then on a threat is played for good. Each is a profile for each
    state. What they pay from each state on solves v = u + δ P v, which has one solution. They are subgame-perfect from
    every state, play may start in any of them, exactly if nowhere, before or after a breach, a single change of action
    pays (Blackwell 1965): what follows a change is the threat.
    """

    noun = "grim-trigger equilibrium"

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        if prod(map(len, self.stages.values())) > MOST_PLANS:
            refuse(f"there are more than {MOST_PLANS} ways to play by state")
        several = product(*self.stages.values())
        plans = {profiles: dict(zip(self.stages, profiles, strict=True)) for profiles in several}
        kept = {p: self.values(p, "from the agreement") for p in self.players}
        broken = {p: self.values(p, "after a breach") for p in self.players}
        self.threat = Choice(self, {key: self.lasts(plan, broken, broken) for key, plan in plans.items()})
        self.agreement = Choice(self, {key: self.lasts(plan, kept, broken) for key, plan in plans.items()})
        self.plans, self.kept = plans, kept
        phases = {"agreed": self.agreement, "after a breach": self.threat}
        self.decisions: dict[str, tuple[Choice, str, int]] = self.told_apart(
            (f"{player}, {phase}: {state}", (choice, state, k))
            for phase, choice in phases.items()
            for state in self.stages
            for k, player in enumerate(self.players)
        )
        self.places = {place: self.own(state, self.players[k]) for place, (_, state, k) in self.decisions.items()}

    def facts(self) -> Facts:
        return self.threat.facts() + self.agreement.facts()

    def lasts(self, plan: Plan, kept: Mapping[str, dict[str, Poly]], broken: Mapping[str, dict[str, Poly]]) -> Facts:
        facts: Facts = ()
        for player in self.players:
            for state, profile in plan.items():
                own = kept[player][state]
                facts += sign(own - self.now(player, state, profile, ONE, kept[player]), "==")
                for other in self.deviations(player, profile, self.stages[state]):
                    facts += sign(own - self.now(player, state, other, ONE, broken[player]), ">=")
        return facts

    def payoff(self, player: str, after: Path) -> Poly:
        """As an average of a round."""
        return (ONE - self.discounts[player]) * self.kept[player][self.game["start"]]

    def reach(self, path: Path, after: Path) -> Poly:
        lines = {key: tuple(f"{s}: {', '.join(p)}" for s, p in plan.items()) for key, plan in self.plans.items()}
        if len(set(lines.values())) < len(lines):
            refuse("two agreements would be told by the same path; rename states or actions")
        if not any(line[: len(path)] == path for line in lines.values()):
            refuse("a path of a repeated game is what is agreed in its first states")
        values = {key: as_one(line[: len(path)] == path) for key, line in lines.items()}
        return self.agreement.tells(f"probability of agreeing on {'; '.join(path)}", values)

    def chosen(self, place: str, choice: str) -> Poly:
        of, state, k = self.decisions[place]
        values = {key: as_one(plan[state][k] == choice) for key, plan in self.plans.items()}
        return of.tells(f"probability of {choice} for {place}", values)


class MarkovPerfect(Rounds):
    """Stationary equilibria of stochastic games (Maskin & Tirole 2001, Journal of Economic Theory 100).

    Each player mixes in each state, whatever happened before, and nowhere another action pays it more once, everybody
    playing on. Payoffs are averages: a round counts 1 - δ.
    """

    noun = "Markov perfect equilibrium"
    theorem = "every finite discounted stochastic game has one: Fink (1964), Takahashi (1964)"

    def __init__(self, question: "Question", suffix: str, game: Any) -> None:
        super().__init__(question, suffix, game)
        self.places = self.told_apart((f"{p} in {s}", self.own(s, p)) for s in self.stages for p in self.players)
        self.mix("for")
        self.worth = {player: self.values(player, "in turn") for player in self.players}

    def facts(self) -> Facts:
        found = [self.mixed]
        for state, (k, player) in product(self.stages, enumerate(self.players)):
            place, factor = f"{player} in {state}", self.discounts[player]
            gets = dict.fromkeys(self.places[place], ZERO)
            for profile in self.stages[state]:
                others = [(p, a) for p, a in zip(self.players, profile, strict=True) if p != player]
                faced = times(self.odds[f"{p} in {state}"][action] for p, action in others)
                gets[profile[k]] += faced * self.now(player, state, profile, ONE - factor, self.worth[player])
            found.append(no_better(self.worth[player][state], gets, self.odds[place]))
        return every(found)

    def payoff(self, player: str, after: Path) -> Poly:
        state = after[0] if len(after) == 1 else self.game["start"]
        if len(after) > 1 or state not in self.stages:
            refuse("a payoff is told after one state")
        return self.worth[player][state]


CONCEPTS: dict[tuple[str, str], Callable[["Question", str, Any], Game]] = {
    ("extensive", "subgame-perfect"): subgame_perfect,
    ("extensive", "nash"): NashOfTree,
    ("extensive", "perfect-bayesian"): PerfectBayesian,
    ("strategic", "nash"): Nash,
    ("strategic", "pure-nash"): PureNash,
    ("graph", "nash-stable"): Conflict,
    ("graph", "sequentially-stable"): SequentiallyStable,
    ("graph", "general-metarational"): GeneralMetarational,
    ("graph", "symmetric-metarational"): SymmetricMetarational,
    ("repeated", "grim-trigger"): GrimTrigger,
    ("stochastic", "markov-perfect"): MarkovPerfect,
}
"""By form and concept. What is not here is not covered."""


# ---------------------------------------------------------------- The obligation


@dataclass(frozen=True)
class Formula:
    """The obligation: its facts in order, how many of them stand in each part, and which variables are parameters."""

    facts: Facts
    parts: Mapping[str, int]
    parameters: frozenset[str]

    @property
    def variables(self) -> set[str]:
        return names_in(self.facts)


_STATEMENT = {
    "claim?": "text",
    "says?": "text",
    "models": [{"name": str, "form": str, "game": object, "assumptions?": [object]}],
    "ranges": {str: (object, object)},
    "premises?": [object],
    "concept": str,
    "of": {"every", "some", "two"},
    "quantities?": {str: object},
    "conclusion?": object,
}
_QUANTITIES: dict[str, Any] = {
    "reach": {"reach": [str], "after?": [str], "model?": object},
    "payoff": {"payoff": str, "after?": [str], "model?": object},
    "chosen": {"chosen": {str: str}, "model?": object},
}


class Question:
    """A statement as it is read: its parameters, what is given, the equilibria that it speaks of, its conclusion."""

    def __init__(self, statement: object) -> None:
        self.statement: dict[str, Any] = shaped(statement, _STATEMENT, "statement")
        self.names: set[str] = set()
        self.entries: dict[str, Poly] = {}
        self.defined: dict[Facts, None] = {}
        self.of: str = self.statement["of"]
        self.ranges = every(self.range(name, *ends) for name, ends in self.statement["ranges"].items())
        self.parameters = frozenset(self.names)
        self.formulas = Formulas({name: plain(variable(name)) for name in self.parameters})
        self.models: list[dict[str, Any]] = self.statement["models"]
        titles = [model["name"] for model in self.models]
        same(titles, set(titles) or ["at least one"], "the names of models")
        if self.of == "two" and len(self.models) > 1:
            refuse('what is stated of "two" has one model')
        self.assumed = every(self.given(r) for model in self.models for r in model.get("assumptions", []))
        self.premises = every(map(self.given, self.statement.get("premises", [])))
        several = len(self.models) > 1
        self.played = [self.read(model, f" in {model['name']}" if several else "") for model in self.models]
        if self.of == "two":
            self.played.append(self.read(self.models[0], " of the other"))
        self.asked: dict[str, Any] = self.statement.get("quantities", {})
        self.conclusion = self.statement.get("conclusion", ["and"])
        if self.of == "two" and (self.asked or self.conclusion != ["and"]):
            refuse('a statement of "two" has no quantities, and ["and"] for a conclusion')
        values = {name: plain(self.quantity(name, asked)) for name, asked in self.asked.items()}
        self.told = Formulas({**self.formulas.names, **values})

    def name(self, name: str) -> None:
        if not _NAME.fullmatch(name) or name in self.names or name in ("min", "max", "and", "or", "not"):
            refuse(f"{shown(name)} cannot name a parameter or a quantity, or names two")
        self.names.add(name)

    def range(self, name: str, low: object, high: object) -> Facts:
        self.name(name)
        least, most = (None if end is None else exact(end, f"statement/ranges/{name}") for end in (low, high))
        if least is not None and most is not None and least > most:
            refuse("the least value is above the greatest", f"statement/ranges/{name}")
        above = () if least is None else sign(variable(name) - number(least), ">=")
        return above + (() if most is None else sign(number(most) - variable(name), ">="))

    def given(self, value: object) -> Facts:
        return relation(value, True, self.formulas.read, "statement, an assumption or a premise")

    def read(self, model: Mapping[str, Any], suffix: str) -> Game:
        concept = CONCEPTS.get((model["form"], self.statement["concept"]))
        if concept is None:
            what = f"{shown(self.statement['concept'])} in a game of the form {shown(model['form'])}"
            refuse(f"this checker does not cover {what}")
        return concept(self, suffix, model["game"])

    def fresh(self, name: str) -> Poly:
        """A new variable. No parameter has a space in its name, and every other variable has one."""
        spend(len(name) // 16)
        if name in self.names:
            refuse(f"two variables would be called {shown(name, 200)}; rename players, actions or models")
        self.names.add(name)
        return variable(name)

    def give(self, facts: Facts) -> None:
        """What holds wherever the games are defined."""
        if any(map(is_false, facts)):
            refuse("a probability is not between 0 and 1, a discount factor not below 1, or a divisor zero")
        self.defined[facts] = None

    def entry(self, text: str) -> Poly:
        """A formula in a game as a polynomial. What is none stands for a variable that its definition binds."""
        if text not in self.entries:
            way, *others = self.formulas.read(text).ways
            if not others and not way.guard and way.below.constant is not None:
                self.entries[text] = way.above * number(Fraction(1) / way.below.constant)
            else:
                own = self.entries[text] = self.fresh(f"value of {text}")
                self.give(either(w.guard + sign(own * w.below - w.above, "==") for w in (way, *others)))
        return self.entries[text]

    def quantity(self, name: str, value: Any) -> Poly:
        self.name(name)
        kind = next((k for k in _QUANTITIES if isinstance(value, dict) and k in value), "reach")
        shaped(value, _QUANTITIES[kind], f"statement/quantities/{name}")
        model = value.get("model", 0)
        if type(model) is not int or not 0 <= model < len(self.models):
            refuse("a quantity names no model", f"statement/quantities/{name}")
        game, after = self.played[model], tuple(value.get("after", []))
        if after and not isinstance(game, Tree | MarkovPerfect):
            refuse("nothing comes after anything in games of this form", f"statement/quantities/{name}")
        if kind == "reach":
            return game.reach(tuple(value["reach"]), after)
        if kind == "payoff":
            if value["payoff"] not in game.players:
                refuse("a quantity names no player", f"statement/quantities/{name}")
            return game.payoff(value["payoff"], after)
        if not all(choice in game.places.get(place, ()) for place, choice in value["chosen"].items()):
            refuse("a quantity names a choice that there is not", f"statement/quantities/{name}")
        return times(game.chosen(place, choice) for place, choice in value["chosen"].items())

    def equilibria(self) -> Facts:
        return every(game.facts() for game in self.played)

    def concluded(self, truth: bool) -> Facts:
        """That the conclusion holds, or not. Of two equilibria it is that they are played alike."""
        if self.of != "two":
            return relation(self.conclusion, truth, self.told.read, "statement/conclusion")
        one, other = self.played
        # Who differs in the last choice differs in another one, too.
        chosen = [(place, choice) for place, choices in one.places.items() for choice in choices[:-1]]
        gaps = [one.chosen(*each) - other.chosen(*each) for each in chosen]
        return either(sign(side, ">") for gap in dict.fromkeys(gaps) if gap != ZERO for side in (gap, -gap))

    def posed(self, parts: Mapping[str, Facts]) -> Formula:
        """All that is given, and these parts."""
        given = {"ranges": self.ranges, "assumptions": self.assumed, "definitions": every(self.defined)}
        return self.counted({**given, "premises": self.premises, **parts})

    def counted(self, parts: Mapping[str, Facts]) -> Formula:
        facts = numbered(every(parts.values()), count())
        return Formula(facts, {name: len(each) for name, each in parts.items()}, self.parameters)

    def broken(self) -> Formula:
        """There are equilibria that break the conclusion."""
        concluded = self.concluded(False)
        return self.posed({"equilibrium": self.equilibria(), "conclusion": concluded})

    def kept(self) -> dict[str, Facts]:
        """There are equilibria that keep the conclusion."""
        concluded = self.concluded(True)
        return {"equilibrium": self.equilibria(), "conclusion": concluded}

    def none_of(self, candidates: object) -> Formula:
        """None of the candidates, formulas for the variables of equilibria, is an equilibrium that keeps it."""
        kept = every(self.kept().values())
        unknowns = names_in(kept) - names_in(every(self.defined)) - self.parameters
        failing: list[Facts] = []
        for each in shaped(candidates, [{str: "text"}], "proof/candidates"):
            same(each, unknowns, "the variables of a candidate")
            ways = {name: self.formulas.read(text).ways[0] for name, text in each.items()}
            divided = every(way.guard for way in ways.values())
            facts = divided + substituted(kept, {name: (way.above, way.below) for name, way in ways.items()})
            failing.append(either(denied(fact) for fact in facts))
        return self.posed({"candidates": every(failing)})

    def at(self, numbers: object) -> Formula:
        """There are equilibria that keep it where the parameters have these values, which what is given allows."""
        given: dict[str, Any] = shaped(numbers, {str: "text"}, "witness/at")
        same(given, self.parameters, "the parameters with values")
        values = {name: (number(exact(value, "witness/at")), ONE) for name, value in given.items()}
        for text, own in self.entries.items():
            for name in own.names - values.keys():
                found = [way for way in self.formulas.read(text).ways if not substituted(way.guard, values)]
                if not found:
                    refuse(f"{shown(text)} divides by zero there", "witness/at")
                above, below = (put(poly, values)[0].constant for poly in (found[0].above, found[0].below))
                values[name] = (number(Fraction(above or 0) / (below or 1)), ONE)
        if substituted(self.ranges + self.assumed + every(self.defined) + self.premises, values):
            refuse("a range, an assumption, a premise or a definition does not hold there", "witness/at")
        return self.counted({name: substituted(facts, values) for name, facts in self.kept().items()})


def obligation(statement: object, candidates: object = None, at: object = None) -> Formula:
    """What is to be refuted, or satisfied, for a statement. Raises `RefusedError` for one that cannot be read.

    By itself: all that is given holds, and there are equilibria that break the conclusion. With ``candidates``, of what
    is said of "some": all that is given holds, and none of them is an equilibrium that keeps the conclusion. With
    ``at``, numbers for the parameters: there, some equilibria keep the conclusion.
    """
    question = Question(statement)
    if candidates is not None:
        return question.none_of(candidates)
    return question.broken() if at is None else question.at(at)


# ---------------------------------------------------------------- Proofs


class Proof:
    """Checks that the facts known cannot hold together, case by case."""

    def __init__(self, facts: Facts) -> None:
        self.known: dict[int | str, Fact] = {fact.number: fact for fact in facts}
        self.splits = self.sums = self.products = 0

    def closes(self, proof: object, place: str) -> None:
        """Raises `RefusedError` unless the proof shows it."""
        spend(1)
        match proof:
            case ["split", choice, [*proofs]]:
                self.split(choice, proofs, f"{place}/split")
            case ["sum", [*rows]]:
                self.sum(rows, f"{place}/sum")
            case ["cut", str(name), lemma, if_not, if_so]:
                self.cut(name, lemma, (if_not, if_so), f"{place}/cut {shown(name)}")
            case _:
                refuse('a proof is ["split", k, proofs], ["sum", rows] or ["cut", name, relation, proof, proof]', place)

    def fact(self, which: object, place: str) -> Fact:
        if type(which) not in (int, str) or which not in self.known:
            refuse(f"no fact with the number {shown(which)} is known here", place)
        return self.known[which]

    def supposing(self, facts: Facts, proof: object, place: str) -> None:
        """The same with further facts, which are forgotten afterwards."""
        new = {fact.number: fact for fact in facts if fact.number not in self.known}
        self.known.update(new)
        self.closes(proof, place)
        for which in new:
            del self.known[which]

    def split(self, which: object, proofs: Sequence[object], place: str) -> None:
        """One branch after another of an "or" that is known: these are all that it leaves."""
        choice = self.fact(which, place)
        if isinstance(choice, Sign) or len(choice.branches) != len(proofs):
            refuse(f"{len(proofs)} branches do not cover the fact {which}", place)
        self.splits += 1
        for k, (branch, proof) in enumerate(zip(choice.branches, proofs, strict=True)):
            self.supposing(branch, proof, f"{place} {which}/branch {k}")

    def cut(self, name: str, lemma: object, proofs: Iterable[object], place: str) -> None:
        """A relation does not hold, or it does; its facts are called name.0, name.1 and so on."""
        if not _NAME.fullmatch(name) or f"{name}.0" in self.known:
            refuse("a cut needs a name of its own", place)
        for truth, proof in zip((False, True), proofs, strict=True):
            facts = relation(lemma, truth, lambda side: plain(listed(side, place)), place)
            facts = numbered(facts, (f"{name}.{k}" for k in count()))
            self.supposing(facts, proof, f"{place}/if {'so' if truth else 'not'}")

    def sum(self, rows: Sequence[object], place: str) -> None:
        """Products of what is at least zero are so; that their sum is a number shows that it cannot be."""
        self.sums += 1
        terms: dict[Monomial, Number] = {}
        strict = False
        for k, row in enumerate(rows):
            part, positive = self.row(row, f"{place}/{k}")
            strict |= positive
            for monomial, value in part.terms.items():
                terms[monomial] = terms.get(monomial, 0) + value
        left = Poly(terms)
        if left.constant is None:
            refuse(f"the sum is no number; {shown('*'.join(max(left.terms)))} is left", place)
        if left.constant > 0 or (left.constant == 0 and not strict):
            refuse(f"the sum is {shown(str(left.constant))}, which contradicts nothing", place)

    def row(self, row: object, place: str) -> tuple[Poly, bool]:
        """A product that is at least zero by the facts, and whether it is more than that."""
        match row:
            case [weight, [*numbers]]:
                squares: list[object] = []
            case [weight, [*numbers], [*squares]]:
                pass
            case _:
                refuse("a row is [multiplier, numbers of facts] or [multiplier, numbers of facts, squared]", place)
        self.products += 1
        factors = [self.fact(each, place) for each in numbers]
        if not all(isinstance(factor, Sign) for factor in factors):
            refuse("a row multiplies equations and inequalities, not choices", place)
        signs = [factor for factor in factors if isinstance(factor, Sign)]
        multiplier = number(exact(weight, place)) if isinstance(weight, str) else listed(weight, place)
        if all(factor.op != "==" for factor in signs) and (multiplier.constant or 0) <= 0:
            refuse("the multiplier must be a positive number, unless something is multiplied that is zero", place)
        roots = [listed(each, place) for each in squares]
        value = times([*(factor.poly for factor in signs), multiplier, *roots, *roots])
        return value, not roots and all(factor.op == ">" for factor in signs)


def listed(value: object, place: str) -> Poly:
    """A polynomial from a list of [coefficient, names of variables]."""
    terms: dict[Monomial, Number] = {}
    for coefficient, names in shaped(value, [("text", [str])], place):
        monomial = tuple(sorted(names[: MOST_DEGREE + 1]))
        terms[monomial] = terms.get(monomial, 0) + exact(coefficient, place)
    return Poly(terms)


# ---------------------------------------------------------------- Witnesses

Line: TypeAlias = list[Number]
"""A polynomial in one variable: its coefficients, the constant first, the last one not zero; [] is zero."""


def trimmed(line: Iterable[Number]) -> Line:
    found = [checked(each) for each in line]
    while found and not found[-1]:
        found.pop()
    return found


def remainder(line: Line, by: Line) -> Line:
    while len(line) >= len(by):
        spend(len(by))
        factor, shift = Fraction(line[-1]) / by[-1], len(line) - len(by)
        line = trimmed(v - factor * by[k - shift] if k >= shift else v for k, v in enumerate(line[:-1]))
    return line


class Point:
    """Values for variables: rational numbers, or polynomials in one root of a polynomial, found by bisection.

    The polynomial changes its sign between ``low`` and ``high``; halving the interval, and keeping the half in which it
    does, leads to one root, in which all values are meant.
    """

    def __init__(self, witness: object) -> None:
        given = shaped(
            witness, {"values": {str: object}, "root?": {"of": ["text"], "between": ("text", "text")}}, "witness"
        )
        self.line: Line = []
        if "root" in given:
            self.line = trimmed(exact(each, "witness/root") for each in given["root"]["of"])
            self.low, self.high = (Fraction(exact(end, "witness/root")) for end in given["root"]["between"])
            if not 3 <= len(self.line) <= MOST_DEGREE or self.low >= self.high or not self.changes(self.low, self.high):
                refuse(
                    "a polynomial of degree 2 or more is expected, and ends between which its sign changes",
                    "witness/root",
                )
        self.values = {
            name: self.read(value, f"witness/values/{shown(name)}") for name, value in given["values"].items()
        }

    def read(self, value: object, place: str) -> Line:
        several = value if isinstance(value, list) and self.line else [value]
        return self.reduced(trimmed(exact(each, place) for each in several))

    def changes(self, low: Fraction, high: Fraction) -> bool:
        return self.worth(self.line, low, low)[0] * self.worth(self.line, high, high)[0] < 0

    def worth(self, line: Line, low: Fraction, high: Fraction) -> tuple[Number, Number]:
        """Between which numbers the polynomial lies in the interval."""
        least, most = Fraction(0), Fraction(0)
        for value in reversed(line):
            spend(1 + (low.denominator.bit_length() + value.numerator.bit_length()) // 256)
            ends = [a * b for a in (least, most) for b in (low, high)]
            least, most = Fraction(checked(min(ends) + value)), Fraction(checked(max(ends) + value))
        return least, most

    def reduced(self, line: Line) -> Line:
        return remainder(line, self.line) if self.line else line

    def at(self, poly: Poly) -> Line:
        """The value of a polynomial."""
        found: dict[int, Number] = {}
        for monomial, coefficient in poly.terms.items():
            part: Line = [coefficient]
            for name in monomial:
                longer: dict[int, Number] = {}
                for (i, a), (j, b) in product(enumerate(part), enumerate(self.values[name])):
                    spend(1)
                    longer[i + j] = longer.get(i + j, 0) + a * b
                part = self.reduced(trimmed(longer[k] for k in sorted(longer)))
            for k, value in enumerate(part):
                found[k] = found.get(k, 0) + value
        return trimmed(found[k] for k in sorted(found))

    def sign(self, poly: Poly) -> int:
        """1, 0 or -1, as the value is positive, zero or negative."""
        value = self.at(poly)
        if len(value) <= 1:
            return (value > [0]) - (value < [0]) if value else 0
        one, other = self.line, value
        while other:
            one, other = other, remainder(one, other)
        if len(one) > 1:
            refuse("the polynomial has a factor in common with a value; give one of least degree", "witness/root")
        least, most = self.worth(value, self.low, self.high)
        while least <= 0 <= most:
            middle = (self.low + self.high) / 2
            if self.changes(self.low, middle):
                self.high = middle
            elif self.changes(middle, self.high):
                self.low = middle
            else:
                refuse("the root is rational; write it as a number", "witness/root")
            least, most = self.worth(value, self.low, self.high)
        return 1 if least > 0 else -1

    def satisfies(self, fact: Fact) -> bool:
        spend(1)
        if isinstance(fact, Or):
            return any(all(map(self.satisfies, branch)) for branch in fact.branches)
        found = self.sign(fact.poly)
        return found == 0 if fact.op == "==" else found > 0 if fact.op == ">" else found >= 0


def satisfied(formula: Formula, witness: object) -> None:
    """Raises `RefusedError` unless the witness gives each variable a value, and all facts hold there."""
    point = Point(witness)
    same(point.values, formula.variables | formula.parameters, "the variables of a witness")
    for fact in formula.facts:
        if not point.satisfies(fact):
            refuse(f"the fact {fact.number} does not hold there", "witness/values")


# ---------------------------------------------------------------- The whole certificate


@dataclass(frozen=True)
class Verified:
    """What is shown, in a sentence; how many facts the obligation has, and what the proof consists of."""

    says: str
    verdict: str
    facts: int
    splits: int
    sums: int
    products: int


@dataclass(frozen=True)
class NotAccepted:
    """Why, and at which place of the file."""

    why: str
    place: str


def check(certificate: object, steps: int = MOST_STEPS) -> Verified | NotAccepted:
    """Whether the certificate, as read from JSON, shows what it says. What is in it never raises an exception.

    >>> from analyses.certificates.verify import check
    >>> check({"claim": "nothing"}).place
    'certificate'
    """
    return _guarded(lambda: _shown_by(certificate), steps)


def check_file(path: str, steps: int = MOST_STEPS) -> Verified | NotAccepted:
    """The same for a file, ``.json`` or ``.json.gz``."""
    return _guarded(lambda: _shown_by(load(path)), steps)


def _guarded(work: Callable[[], Verified], steps: int) -> Verified | NotAccepted:
    token = _LEFT.set([steps])
    try:
        return work()
    except RefusedError as refused:
        return NotAccepted(refused.why, refused.place)
    except (RecursionError, MemoryError):
        return NotAccepted("it is nested too deeply or too large", "the whole file")
    finally:
        _LEFT.reset(token)


_CERTIFICATE = {
    "format": {FORMAT},
    "statement": object,
    "verdict": {"proved", "refuted"},
    "proof?": object,
    "witness?": object,
}


def _shown_by(certificate: object) -> Verified:
    given = shaped(certificate, _CERTIFICATE, "certificate")
    question, verdict = Question(given["statement"]), given["verdict"]
    of_some = question.of == "some"
    wanted = ["proof"] if verdict == "proved" else ["proof", "witness"] if of_some else ["witness"]
    same(given.keys() & {"proof", "witness"}, wanted, f"what shows that of {question.of} it is {verdict}")
    if "proof" in given:
        formula, proof, place = _to_refute(question, given)
        checker = Proof(formula.facts)
        checker.closes(proof, place)
    else:
        formula = question.broken()
        checker = Proof(formula.facts)
        satisfied(formula, given["witness"])
    counts = (len(formula.facts), checker.splits, checker.sums, checker.products)
    return Verified(sentence(question, verdict), verdict, *counts)


def _to_refute(question: Question, given: Mapping[str, Any]) -> tuple[Formula, object, str]:
    """What the proof must refute, the proof, and where it stands."""
    proof = given["proof"]
    if question.of != "some":
        return question.broken(), proof, "proof"
    if given["verdict"] == "refuted":
        return question.at(shaped(given["witness"], {"at": object}, "witness")["at"]), proof, "proof"
    if isinstance(proof, dict) and "candidates" in proof:
        shaped(proof, {"candidates": object, "none": object}, "proof")
        return question.none_of(proof["candidates"]), proof["none"], "proof/none"
    shaped(proof, {"theorem": object, "every": object}, "proof")
    if proof["theorem"] is not True or not all(game.theorem for game in question.played):
        refuse("that there always is an equilibrium is no theorem that is known here", "proof/theorem")
    return question.broken(), proof["every"], "proof/every"


def sentence(question: Question, verdict: str) -> str:
    """What is shown: of which games and equilibria, under how many premises, with which conclusion."""
    titles = [shown(model["name"]) for model in question.models]
    nouns = [game.noun for game in question.played[: len(titles)]]
    noun = " and ".join(f"{noun} of “{title}”" for noun, title in zip(nouns, titles, strict=True))
    premises = len(question.statement.get("premises", []))
    if question.of == "two":
        said = f"no {noun} differs from another in what is chosen"
    elif question.of == "some" and question.conclusion == ["and"]:
        said = f"there is a {noun}"
    else:
        said = f"in {question.of} {noun}, {in_words(question.conclusion, question.asked)}"
    assumed = f"ranges, assumptions and {premises} premise{'' if premises == 1 else 's'}"
    under = f"wherever {assumed} hold and payoffs are defined"
    return f"{verdict}: {under}, {shown(said, 600)}"


def in_words(conclusion: Any, asked: Mapping[str, Any]) -> str:
    head, *parts = conclusion
    if head in ("and", "or", "not"):
        told = [f"({in_words(part, asked)})" for part in parts]
        return f"not {told[0]}" if head == "not" else f" {head} ".join(told) or f"“{head}” of nothing"
    return _NAME.sub(lambda found: quantity_words(found[0], asked), " ".join(conclusion))


def quantity_words(name: str, asked: Mapping[str, Any]) -> str:
    if name not in asked:
        return name
    given = asked[name]
    if "chosen" in given:
        said = f"probability of {', '.join(f'{place}: {choice}' for place, choice in given['chosen'].items())}"
    else:
        said = f"payoff of {given['payoff']}" if "payoff" in given else f"probability of {', '.join(given['reach'])}"
        said += f" {where(tuple(given['after']))}" if given.get("after") else ""
    return f"[{shown(said, 100)} in model {given['model']}]" if given.get("model") else f"[{shown(said, 100)}]"


def load(path: str) -> object:
    """The JSON in a file, compressed or not. Raises `RefusedError`. Its numbers are short whole numbers."""
    try:
        with File(path).open("rb") as file:
            text = (gzip.GzipFile(fileobj=file) if path.endswith(".gz") else file).read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            refuse(f"it has more than {MOST_BYTES} bytes", "the file")
        return json.loads(
            text, object_pairs_hook=_once, parse_int=_small, parse_float=_no_number, parse_constant=_no_number
        )
    except (OSError, EOFError, zlib.error, ValueError) as error:
        refuse(f"it cannot be read: {shown(str(error), 100)}", "the file")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        refuse("an object has a field twice", "the file")
    return found


def _small(text: str) -> int:
    return int(text) if len(text) < 10 else _no_number(text)


def _no_number(text: str) -> NoReturn:
    refuse(f"write the number {shown(text, 20)} as text", "the file")


def main(arguments: Sequence[str]) -> int:
    """Checks files: a line for each, then one for all. 0 if all are accepted, else 1."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Whether certificates show what they say.")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each file")
    parser.add_argument("files", metavar="FILE", nargs="+", help="a certificate, .json or .json.gz")
    given = parser.parse_args(arguments)
    as_json, paths = given.json, given.files
    accepted = 0
    for path in paths:
        result = check_file(path)
        good = isinstance(result, Verified)
        accepted += good
        if as_json:
            print(json.dumps({"file": path, "accepted": good, **vars(result)}))
        elif isinstance(result, Verified):
            print(f"{shown(path, 300)}: accepted: {result.says}")
        else:
            print(f"{shown(path, 300)}: not accepted: {result.why} (at {result.place})")
    if not as_json:
        print(f"{accepted} of {len(paths)} accepted")
    return 0 if accepted == len(paths) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
