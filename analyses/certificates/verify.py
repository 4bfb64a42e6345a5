"""Checks certificates: that a statement about all equilibria of a game is proved, or refuted, as its file says.

This file needs nothing but Python's standard library and can be copied anywhere: ``python3 -I -S verify.py FILE…``.

A certificate holds a *statement* (games with formulas for payoffs, ranges, assumptions, premises, a solution concept, a
conclusion) and a *proof* or a *witness*. From the statement alone, by its own definition of the concept, this program
derives the *obligation*: polynomial equations and inequalities, joined by "and" and "or", which some values of the
variables satisfy exactly if the statement is false. The proof must show that none do, the witness must be such values.
Nothing else in the file is trusted, and there is no number but integers and exact fractions.

In the order of this file: what is refused as too large; polynomials; formulas; facts and relations; the concepts, each
with its definition; the obligation; proofs; witnesses; the command. ``docs/certificates.md`` has the format in full.
"""

import gzip
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count, pairwise, product
from pathlib import Path as File
from typing import Any, NoReturn, TypeAlias

FORMAT = "parley certificate 1"

# ---------------------------------------------------------------- What is refused


@dataclass(frozen=True)
class Limits:
    """What a file may cost. ``steps`` counts about one for each multiplication of two numbers of ordinary length."""

    file_bytes: int = 20_000_000
    steps: int = 30_000_000
    nesting: int = 400
    nodes: int = 20_000
    text: int = 4_000
    label: int = 300
    exponent: int = 16
    degree: int = 64
    terms: int = 20_000
    bits: int = 20_000
    ways: int = 256


class RefusedError(Exception):
    """Why a file is not accepted, and at which place in it."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place, self.why = place, why


@dataclass
class Work:
    """What is left of the limits while one certificate is checked."""

    limits: Limits
    steps: int = 0


_WORK: ContextVar[Work] = ContextVar("work")


def limits() -> Limits:
    return _WORK.get().limits


def spend(steps: int) -> None:
    work = _WORK.get()
    work.steps += steps
    if work.steps > work.limits.steps:
        raise RefusedError("the whole file", f"it takes more than {work.limits.steps} steps to check")


def refuse(place: str, why: str) -> NoReturn:
    raise RefusedError(place, why)


def shown(value: object, most: int = 60) -> str:
    """A value from the file, short and without control characters."""
    text = value if isinstance(value, str) else type(value).__name__ if isinstance(value, list | dict) else str(value)
    text = "".join(c if c.isprintable() else "?" for c in text[: most + 1])
    return text if len(text) <= most else text[:most] + "…"


def fields(value: object, place: str, needed: Sequence[str], others: Sequence[str] = ()) -> dict[str, Any]:
    """The object at the place, if it has the fields ``needed`` and at most ``others`` besides."""
    if not isinstance(value, dict):
        refuse(place, f"an object is expected, not {shown(value)!r}")
    for name in needed:
        if name not in value:
            refuse(place, f"the field {name!r} is missing")
    for name in value:
        if name not in needed and name not in others:
            refuse(place, f"there is no field {shown(name)!r} here; known are {', '.join((*needed, *others))}")
    return value


def array(value: object, place: str, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        many = "" if length is None else f" of {length}"
        refuse(place, f"a list{many} is expected, not {shown(value)!r}")
    if len(value) > limits().terms:
        refuse(place, f"the list has more than {limits().terms} entries")
    spend(1 + len(value))
    return value


def label(value: object, place: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= limits().label:
        refuse(place, f"a name of 1 to {limits().label} characters is expected, not {shown(value)!r}")
    return value


def labels(value: object, place: str) -> list[str]:
    """Different names, at least one."""
    found = [label(each, place) for each in array(value, place)]
    if not found or len(set(found)) < len(found):
        refuse(place, "different names are expected, at least one")
    return found


def mapping(value: object, place: str, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """An object whose fields are names; exactly ``keys``, where they are given."""
    if not isinstance(value, dict) or not value:
        refuse(place, f"an object with at least one field is expected, not {shown(value)!r}")
    found = {label(key, place): each for key, each in value.items()}
    if keys is not None and set(found) != set(keys):
        refuse(place, f"the fields must be {', '.join(map(shown, keys))}")
    spend(1 + len(found))
    return found


def one_of(value: object, place: str, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        refuse(place, f"one of {', '.join(map(shown, known))} is expected, not {shown(value)!r}")
    return value


# ---------------------------------------------------------------- Numbers and polynomials

Number: TypeAlias = int | Fraction
Monomial: TypeAlias = tuple[str, ...]
"""Names of variables in order, one as often as its power says."""

_NUMBER = re.compile(r"-?[0-9]+(?:/[0-9]+|\.[0-9]+)?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def exact(value: object, place: str) -> Number:
    """The number that the text writes: an integer, a fraction or a decimal. No JSON number is read as a quantity."""
    if not isinstance(value, str) or len(value) > limits().text or not _NUMBER.fullmatch(value):
        refuse(place, f'a number as text, such as "-2/3", is expected, not {shown(value)!r}')
    if value.partition("/")[2].strip("0") == "" and "/" in value:
        refuse(place, "a number divides by zero")
    number = Fraction(value)
    return checked(int(number) if number.denominator == 1 else number)


def checked(number: Number) -> Number:
    """The number, unless it is too long."""
    most = limits().bits
    if number.numerator.bit_length() > most or number.denominator.bit_length() > most:
        refuse("the whole file", f"a number has more than {most} bits")
    return number


class Poly:
    """A polynomial: its coefficients other than zero by monomial. Never changed once made."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Monomial, Number]) -> None:
        self.terms = {monomial: checked(value) for monomial, value in terms.items() if value}
        if len(self.terms) > limits().terms:
            refuse("the whole file", f"a polynomial has more than {limits().terms} terms")

    def __add__(self, other: "Poly") -> "Poly":
        spend(len(other.terms))
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
                bits = a.numerator.bit_length() + b.numerator.bit_length()
                spend(1 + (len(first) + len(second)) // 4 + bits // 256)
                monomial = tuple(sorted(first + second)) if first and second else first or second
                if len(monomial) > limits().degree:
                    refuse("the whole file", f"a polynomial has a degree above {limits().degree}")
                terms[monomial] = terms.get(monomial, 0) + a * b
        return Poly(terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    __hash__ = None  # type: ignore[assignment]

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


def total(parts: Iterable[Poly]) -> Poly:
    result = number(0)
    for part in parts:
        result = result + part
    return result


def times(parts: Iterable[Poly]) -> Poly:
    result = number(1)
    for part in parts:
        result = result * part
    return result


def put(poly: Poly, values: Mapping[str, tuple[Poly, Poly]]) -> tuple[Poly, Poly]:
    """Numerator and denominator of the polynomial with a quotient (numerator, denominator) for some variables."""
    named = sorted(name for name in poly.names & values.keys())
    powers = {name: max(m.count(name) for m in poly.terms) for name in named if values[name][1].constant != 1}
    above = number(0)
    for monomial, value in poly.terms.items():
        factors = [values[name][0] if name in values else variable(name) for name in monomial]
        missing = [values[name][1] for name, most in powers.items() for _ in range(most - monomial.count(name))]
        above = above + times([number(value), *factors, *missing])
    return above, times(values[name][1] for name, most in powers.items() for _ in range(most))


# ---------------------------------------------------------------- Facts and relations


@dataclass(frozen=True)
class Sign:
    """The polynomial is greater than zero, at least zero, or zero, as ``op`` says; ``number`` is how proofs name it."""

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
"""All of them hold; nothing is said by ()."""

FALSE: Facts = (Or(()),)
DENIAL = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


def sign(poly: Poly, op: str, divisor: Poly | None = None) -> Facts:
    """That poly / divisor is as the sign says of zero. That the divisor is not zero must be said elsewhere."""
    if op in ("<", "<="):
        return sign(-poly, ">" if op == "<" else ">=", divisor)
    if op == "!=":
        return either([sign(poly, ">"), sign(-poly, ">")])
    if op != "==" and divisor is not None and divisor.constant != 1:
        # A square is positive, so that multiplying by the divisor's keeps the sign.
        poly = poly * divisor if divisor.constant is None else poly if divisor.constant > 0 else -poly
    known = poly.constant
    if known is not None and (known == 0 if op == "==" else known > 0 if op == ">" else known >= 0):
        return ()
    return (Sign(poly, op),)


def either(branches: Iterable[Facts]) -> Facts:
    """At least one of the branches; a single one is no choice, and one that says nothing settles it."""
    found = tuple(branches)
    if any(not branch for branch in found):
        return ()
    return found[0] if len(found) == 1 else (Or(found),)


def every(parts: Iterable[Facts]) -> Facts:
    return tuple(fact for part in parts for fact in part)


def denied(fact: Fact) -> Facts:
    """That the fact does not hold."""
    if isinstance(fact, Sign):
        return sign(fact.poly, DENIAL[fact.op])
    return every(either(denied(part) for part in branch) for branch in fact.branches)


def numbered(facts: Facts, names: Iterator[int | str]) -> Facts:
    """The facts with numbers, in the order in which they are read: a choice before what stands in its branches."""
    found: list[Fact] = []
    for fact in facts:
        spend(1)
        name = next(names)
        if isinstance(fact, Or):
            found.append(Or(tuple(numbered(branch, names) for branch in fact.branches), name))
        else:
            found.append(replace(fact, number=name))
    return tuple(found)


@dataclass(frozen=True)
class Way:
    """Where the ``guard`` holds, a formula is ``above`` / ``below``, and ``below`` is not zero."""

    guard: Facts
    above: Poly
    below: Poly


@dataclass(frozen=True)
class Value:
    """What a formula is worth: by the first way whose guard holds; where one of ``undefined`` holds it has no value."""

    ways: tuple[Way, ...]
    undefined: tuple[Facts, ...] = ()


def plain(above: Poly, below: Poly | None = None) -> Value:
    """A value without a condition; ``below`` is known not to be zero."""
    return Value((Way((), above, below or number(1)),))


def compared(left: Value, op: str, right: Value, truth: bool) -> Facts:
    """That the comparison holds, or does not. Where a side divides by zero it does not hold."""
    branches = [] if truth else [*left.undefined, *right.undefined]
    for one, other in pairs(left, right):
        above, below = difference(one, other)
        branches.append(one.guard + other.guard + sign(above, op if truth else DENIAL[op], below))
    return either(branches)


def pairs(left: Value, right: Value) -> Iterator[tuple[Way, Way]]:
    if len(left.ways) * len(right.ways) > limits().ways:
        refuse("the whole file", f"min and max leave more than {limits().ways} ways to read a formula")
    return product(left.ways, right.ways)


def difference(one: Way, other: Way) -> tuple[Poly, Poly]:
    if one.below == other.below:
        return one.above - other.above, one.below
    return one.above * other.below - other.above * one.below, one.below * other.below


def relation(value: object, truth: bool, side: Callable[[object, str], Value], place: str, depth: int = 0) -> Facts:
    """That the relation in the file holds, or does not; ``side`` reads a side of a comparison."""
    if depth > 50:
        refuse(place, "relations are nested more than 50 deep")
    parts = array(value, place)
    head = parts[0] if parts else None
    if head == "not" and len(parts) == 2:
        return relation(parts[1], not truth, side, f"{place}/1", depth + 1)
    if head in ("and", "or"):
        found = [relation(part, truth, side, f"{place}/{k}", depth + 1) for k, part in enumerate(parts) if k]
        return every(found) if (head == "and") is truth else either(found)
    if len(parts) != 3 or parts[1] not in list(DENIAL):
        refuse(place, 'a relation is [formula, sign, formula], ["and", …], ["or", …] or ["not", relation]')
    return compared(side(parts[0], f"{place}/0"), parts[1], side(parts[2], f"{place}/2"), truth)


# ---------------------------------------------------------------- Formulas

_TOKEN = re.compile(r"\s*(?:([0-9]+(?:\.[0-9]+)?)|([A-Za-z][A-Za-z0-9_]*)|(\*\*|[-+*/(),]))")


class Formulas:
    """Reads text over ``names``: numbers, ``+ - * /``, ``**`` with a small whole exponent, ``min``, ``max``."""

    def __init__(self, names: Mapping[str, Value]) -> None:
        self.names = names
        self.known: dict[str, Value] = {}

    def read(self, text: object, place: str) -> Value:
        if not isinstance(text, str) or len(text) > limits().text:
            refuse(place, f"a formula of at most {limits().text} characters is expected, not {shown(text)!r}")
        if text not in self.known:
            self.known[text] = _Parser(text, self.names, place).whole()
        return self.known[text]


class _Parser:
    """By recursive descent; signs and powers bind as they do in Python."""

    def __init__(self, text: str, names: Mapping[str, Value], place: str) -> None:
        self.names, self.place, self.depth, self.at = names, place, 0, 0
        self.tokens: list[str] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            found = _TOKEN.match(text, position)
            if not found:
                refuse(place, f"a formula cannot go on with {shown(text[position:].strip(), 20)!r}")
            self.tokens.append(found[1] or found[2] or found[3])
            position = found.end()
        spend(len(self.tokens))

    def whole(self) -> Value:
        value = self.sum()
        if self.at < len(self.tokens):
            refuse(self.place, f"a formula cannot go on with {shown(self.tokens[self.at], 20)!r}")
        return value

    def take(self, *wanted: str) -> str:
        """The next token if it is one of those wanted, or nothing."""
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            refuse(self.place, f"a formula lacks {wanted!r}")

    def sum(self) -> Value:
        self.depth += 1
        if self.depth > 50:
            refuse(self.place, "a formula is nested more than 50 deep")
        value = self.product()
        while op := self.take("+", "-"):
            value = self.joined(value, op, self.product())
        self.depth -= 1
        return value

    def product(self) -> Value:
        value = self.signed()
        while op := self.take("*", "/"):
            value = self.joined(value, op, self.signed())
        return value

    def signed(self) -> Value:
        negative = False
        while op := self.take("+", "-"):
            negative ^= op == "-"
        value = self.power()
        return self.joined(plain(number(0)), "-", value) if negative else value

    def power(self) -> Value:
        base = self.atom()
        if not self.take("**"):
            return base
        parenthesis, minus = self.take("("), self.take("-")
        exponent = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if not exponent.isdigit() or len(exponent) > 4 or int(exponent) > limits().exponent:
            refuse(self.place, f"an exponent must be a whole number of at most {limits().exponent}")
        self.at += 1
        if parenthesis:
            self.expect(")")
        value = plain(number(1))
        for _ in range(int(exponent)):
            value = self.joined(value, "*", base)
        return self.joined(plain(number(1)), "/", value) if minus else value

    def atom(self) -> Value:
        if self.take("("):
            value = self.sum()
            self.expect(")")
            return value
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        self.at += 1
        if token[:1].isdigit():
            return plain(number(exact(token, self.place)))
        if token in ("min", "max"):
            self.expect("(")
            parts = [self.sum()]
            while self.take(","):
                parts.append(self.sum())
            self.expect(")")
            return extreme(parts, token)
        if token not in self.names:
            refuse(self.place, f"{shown(token) or 'nothing'!r} is no parameter of this statement, nor a quantity")
        return self.names[token]

    def joined(self, left: Value, op: str, right: Value) -> Value:
        ways, undefined = [], [*left.undefined, *right.undefined]
        for a, b in pairs(left, right):
            guard = a.guard + b.guard
            if op in ("+", "-"):
                above, below = difference(a, b if op == "-" else Way((), -b.above, b.below))
            elif op == "*":
                above, below = a.above * b.above, a.below * b.below
            else:
                guard = guard + sign(b.above, "!=")
                above, below = a.above * b.below, a.below * b.above
            ways.append(Way(guard, above, below))
        if op == "/":
            zeros = [way.guard + sign(way.above, "==") for way in right.ways]
            if () in zeros:
                refuse(self.place, "a formula divides by zero")
            undefined += [zero for zero in zeros if not never(zero)]
        return Value(tuple(ways), tuple(undefined))


def never(facts: Facts) -> bool:
    """Whether one of the facts is false whatever the variables."""
    return any(isinstance(fact, Sign) and fact.poly.constant is not None for fact in facts)


def extreme(parts: Sequence[Value], which: str) -> Value:
    """The least or the greatest of the parts: each of them where it is, so that the ways cover; all must be defined."""
    several = 1
    for part in parts:
        several *= len(part.ways)
    if several * len(parts) > limits().ways:
        refuse("the whole file", f"min and max leave more than {limits().ways} ways to read a formula")
    ways = []
    for combined in product(*(part.ways for part in parts)):
        guard = every(way.guard for way in combined)
        for k, own in enumerate(combined):
            beyond = []
            for other in (*combined[:k], *combined[k + 1 :]):
                above, below = difference(other, own)
                beyond.append(sign(above, ">=" if which == "min" else "<=", below))
            ways.append(Way(guard + every(beyond), own.above, own.below))
    return Value(tuple(ways), tuple(zero for part in parts for zero in part.undefined))


# ---------------------------------------------------------------- Concepts

Path: TypeAlias = tuple[str, ...]


class Game:
    """What the readers of all forms share: the names of variables, entries as polynomials, what makes a game one.

    ``facts`` say that the game is one: probabilities are not negative, discount factors at least 0 and below 1.
    """

    def __init__(self, question: "Question", suffix: str, place: str) -> None:
        self.question, self.suffix, self.place = question, suffix, place

    def named(self, text: str) -> Poly:
        """A new variable of that name."""
        return self.question.fresh(text + self.suffix)

    def entry(self, value: object, place: str) -> Poly:
        return self.question.entry(value, place)

    def probability(self, value: object, place: str) -> Poly:
        found = self.entry(value, place)
        if found.constant is not None and not 0 <= found.constant <= 1:
            refuse(place, f"the probability is {found.constant}")
        self.question.valid(sign(found, ">="))
        return found

    def sums_to_one(self, parts: Iterable[Poly], place: str) -> None:
        if total(parts) != number(1):
            refuse(place, "probabilities must sum to 1 whatever the parameters")


def where(path: Path) -> str:
    return f"after {', '.join(path)}" if path else "at the start"


@dataclass
class Node:
    """A node of a tree: a leaf with ``payoffs``, a decision of ``player`` at ``place``, or a chance move with odds."""

    path: Path
    payoffs: dict[str, Poly] = field(default_factory=dict)
    player: str = ""
    place: str = ""
    odds: dict[str, Poly] = field(default_factory=dict)
    after: dict[str, "Node"] = field(default_factory=dict)


class Tree(Game):
    """A game in extensive form (Kuhn 1953, Extensive games and the problem of information): its nodes by path."""

    def __init__(self, question: "Question", suffix: str, game: object, place: str) -> None:
        super().__init__(question, suffix, place)
        given = fields(game, place, ("players", "root"))
        self.players = labels(given["players"], f"{place}/players")
        self.nodes: dict[Path, Node] = {}
        self.sets: dict[str, list[Node]] = {}
        self.root = self.node(given["root"], (), f"{place}/root")
        for name, members in self.sets.items():
            if any((n.player, set(n.after)) != (members[0].player, set(members[0].after)) for n in members):
                refuse(place, f"the decisions at {shown(name)!r} differ in player or actions")

    def node(self, value: object, path: Path, place: str) -> Node:
        if len(self.nodes) >= limits().nodes or len(path) > 100:
            refuse(place, f"a tree may have {limits().nodes} nodes and 100 moves on a path")
        node = self.nodes[path] = Node(path)
        if isinstance(value, dict) and "payoffs" in value:
            paid = mapping(fields(value, place, ("payoffs",))["payoffs"], f"{place}/payoffs", self.players)
            node.payoffs = {p: self.entry(each, f"{place}/payoffs/{p}") for p, each in paid.items()}
            return node
        if isinstance(value, dict) and "chance" in value:
            label(fields(value, place, ("chance", "moves"))["chance"], place)
        else:
            given = fields(value, place, ("player", "set", "moves"))
            node.player = one_of(given["player"], f"{place}/player", self.players)
            node.place = label(given["set"], f"{place}/set")
            self.sets.setdefault(node.place, []).append(node)
        assert isinstance(value, dict)
        for action, then in mapping(value["moves"], f"{place}/moves").items():
            here = f"{place}/moves/{shown(action)}"
            if not node.player:
                fields(then, here, ("probability", "then"))
                node.odds[action] = self.probability(then["probability"], here)
                then = then["then"]
            node.after[action] = self.node(then, (*path, action), here)
        if not node.player:
            self.sums_to_one(node.odds.values(), place)
        return node

    def at(self, path: Path, place: str) -> Node:
        if path not in self.nodes:
            refuse(place, f"the tree has no node {where(path)}")
        return self.nodes[path]

    @property
    def has_perfect_information(self) -> bool:
        return all(len(members) == 1 for members in self.sets.values())

    @property
    def places(self) -> dict[str, list[str]]:
        return {name: list(members[0].after) for name, members in self.sets.items()}


class Backwards(Tree):
    """Subgame-perfect equilibria in pure strategies of a tree of perfect information, by backward induction.

    At each decision an action is taken after which the mover gets most, given what is done later (Selten 1965,
    Zeitschrift für die gesamte Staatswissenschaft 121; Kuhn 1953). Only decisions that the quantities depend on are
    written down: whatever is played there, the rest of the tree has an equilibrium that goes with it.
    """

    theorem = "every finite tree of perfect information has one: Kuhn (1953)"
    noun = "subgame-perfect equilibrium in pure strategies"

    def __init__(self, question: "Question", suffix: str, game: object, place: str) -> None:
        super().__init__(question, suffix, game, place)
        self.best: dict[Path, Poly] = {}
        self.mosts: list[Facts] = []
        self.branches: dict[Path, dict[str, list[Facts]]] = {}
        self.paid: dict[tuple[Path, str], Poly] = {}
        self.reached: dict[tuple[Path, Path], Poly] = {}

    @property
    def facts(self) -> Facts:
        taken = [either(every(facts) for facts in each.values()) for each in self.branches.values()]
        return every(self.mosts) + every(taken)

    def decide(self, node: Node) -> None:
        """What the mover gets is no less than after any action, and what it gets after the one it takes."""
        if node.path in self.branches:
            return
        after = {action: self.pays(then, node.player) for action, then in node.after.items()}
        self.branches[node.path] = {action: [] for action in after}
        self.paid[node.path, node.player] = most = self.taken(node, f"{node.player}'s payoff {where(node.path)}", after)
        self.mosts += [sign(most - value, ">=") for value in after.values()]

    def taken(self, node: Node, name: str, after: Mapping[str, Poly]) -> Poly:
        """What the action taken at the node gives, of these values by action."""
        first, *others = after.values()
        if all(value == first for value in others):
            return first
        self.decide(node)
        found = self.named(name)
        for action, value in after.items():
            self.branches[node.path][action].append(sign(found - value, "=="))
        return found

    def pays(self, node: Node, player: str) -> Poly:
        """What the player gets from the node on."""
        if node.payoffs:
            return node.payoffs[player]
        if not node.player:
            return total(odds * self.pays(node.after[event], player) for event, odds in node.odds.items())
        self.decide(node)
        if (node.path, player) not in self.paid:
            after = {action: self.pays(then, player) for action, then in node.after.items()}
            self.paid[node.path, player] = self.taken(node, f"{player}'s payoff {where(node.path)}", after)
        return self.paid[node.path, player]

    def reach(self, path: Path, after: Path, place: str) -> Poly:
        """The probability that play goes on along the path from the node ``after`` on."""
        node = self.at(after, place)
        self.at((*after, *path), place)
        if not path:
            return number(1)
        if (path, after) not in self.reached:
            then = self.reach(path[1:], (*after, path[0]), place)
            if node.player:
                ways = {action: then if action == path[0] else number(0) for action in node.after}
                name = f"probability of {', '.join(path)} {where(after)}"
                self.reached[path, after] = self.taken(node, name, ways)
            else:
                self.reached[path, after] = node.odds[path[0]] * then
        return self.reached[path, after]

    def payoff(self, player: str, after: Path, place: str) -> Poly:
        return self.pays(self.at(after, place), one_of(player, place, self.players))

    def chosen(self, name: str, action: str, place: str) -> Poly:
        return self.reach((action,), self.sets[name][0].path, place)


class Strategic(Game):
    """A game in strategic form: what each profile of strategies pays each player."""

    def __init__(self, question: "Question", suffix: str, game: object, place: str) -> None:
        super().__init__(question, suffix, place)
        given = fields(game, place, ("players", "strategies", "payoffs"))
        self.players = labels(given["players"], f"{place}/players")
        own = mapping(given["strategies"], f"{place}/strategies", self.players)
        self.places = {p: labels(own[p], f"{place}/strategies/{p}") for p in self.players}
        self.payoffs = profiles(self, given["payoffs"], self.places, f"{place}/payoffs")

    def reach(self, path: Path, after: Path, place: str) -> Poly:
        refuse(place, "a game in strategic form has no paths; name strategies by player")


def profiles(game: Game, value: object, own: Mapping[str, Sequence[str]], place: str) -> dict[Path, dict[str, Poly]]:
    """What each profile pays, from a list of [[strategy of each player], {player: formula}]."""
    found: dict[Path, dict[str, Poly]] = {}
    for k, row in enumerate(array(value, place)):
        here = f"{place}/{k}"
        names, paid = array(row, here, 2)
        profile = tuple(one_of(name, here, own[p]) for name, p in zip(array(names, here, len(own)), own, strict=True))
        if profile in found:
            refuse(here, "this profile stands in the list twice")
        found[profile] = {p: game.entry(each, f"{here}/{p}") for p, each in mapping(paid, here, own).items()}
    count = 1
    for each in own.values():
        count *= len(each)
    if len(found) != count:
        refuse(place, f"there are {len(found)} profiles; the strategies make {count}")
    return found


class Nash(Strategic):
    """Nash equilibria, mixed ones included: no strategy pays a player more than what is played.

    Nash (1950), Proceedings of the National Academy of Sciences 36: exactly if a strategy that is played with some
    probability pays as much as any.
    """

    theorem = "every finite game has one: Nash (1950)"
    noun = "Nash equilibrium"

    def __init__(self, question: "Question", suffix: str, game: object, place: str) -> None:
        super().__init__(question, suffix, game, place)
        self.odds: dict[str, dict[str, Poly]] = {}
        mixed = []
        for player, own in self.places.items():
            self.odds[player], facts = mixture(self, own, f"for {player}")
            mixed.append(facts)
        self.most: dict[str, Poly] = {}
        for player, own in self.places.items():
            k = self.players.index(player)
            gets = {
                s: total(self.faced(p, player) * u[player] for p, u in self.payoffs.items() if p[k] == s) for s in own
            }
            self.most[player], facts = best(self, f"{player}'s payoff", gets, self.odds[player])
            mixed.append(facts)
        self.facts = every(mixed)

    def faced(self, profile: Path, player: str) -> Poly:
        """The probability that the others play their parts of the profile."""
        pairs = zip(self.players, profile, strict=True)
        return times(self.odds[p][s] for p, s in pairs if p != player)

    def payoff(self, player: str, after: Path, place: str) -> Poly:
        return self.most[one_of(player, place, self.players)]

    def chosen(self, name: str, action: str, place: str) -> Poly:
        return self.odds[name][action]


def mixture(game: Game, own: Sequence[str], whose: str) -> tuple[dict[str, Poly], Facts]:
    """The probabilities with which one of its strategies or actions is played; the only one with certainty."""
    if len(own) == 1:
        return {own[0]: number(1)}, ()
    odds = {s: game.named(f"probability of {s} {whose}") for s in own}
    return odds, every(sign(p, ">=") for p in odds.values()) + sign(total(odds.values()) - number(1), "==")


def best(game: Game, name: str, gets: Mapping[str, Poly], odds: Mapping[str, Poly]) -> tuple[Poly, Facts]:
    """The most that a choice gets, and that each choice gets it or has no probability."""
    if len(gets) == 1:
        return next(iter(gets.values())), ()
    most = game.named(name)
    facts = every(sign(most - value, ">=") for value in gets.values())
    return most, facts + every(either([sign(odds[s], "=="), sign(most - gets[s], "==")]) for s in gets)


CONCEPTS: dict[tuple[str, str], Any] = {
    ("extensive", "subgame-perfect"): Backwards,
    ("strategic", "nash"): Nash,
}
"""By form and concept, the definition. What is not here is not covered."""


# ---------------------------------------------------------------- The obligation


@dataclass(frozen=True)
class Formula:
    """The obligation: its facts in order, how many stand in each part, and the variables that are no parameters."""

    facts: Facts
    parts: Mapping[str, int]
    parameters: frozenset[str]

    @property
    def variables(self) -> set[str]:
        return names_in(self.facts)


def names_in(facts: Facts) -> set[str]:
    found: set[str] = set()
    for fact in facts:
        found |= fact.poly.names if isinstance(fact, Sign) else set().union(*map(names_in, fact.branches))
    return found


class Question:
    """A statement as it is read: its parameters, what is given, and the equilibria that it speaks of."""

    def __init__(self, statement: object) -> None:
        needed = ("models", "ranges", "concept", "of")
        others = ("claim", "says", "premises", "quantities", "conclusion")
        given = self.given = fields(statement, "statement", needed, others)
        for name in ("claim", "says"):
            if not isinstance(given.get(name, ""), str):
                refuse(f"statement/{name}", "text is expected")
        self.names: set[str] = set()
        self.entries: dict[str, Poly] = {}
        self.defining: set[str] = set()
        self.defined: list[Facts] = []
        self.of = one_of(given["of"], "statement/of", ("every", "some", "two"))
        self.concept = label(given["concept"], "statement/concept")
        self.ranges = every(self.range(name, ends) for name, ends in self.objects("ranges").items())
        self.parameters = set(self.names)
        self.read = Formulas({name: plain(variable(name)) for name in self.names})
        self.forms: list[str] = []
        self.titles: list[str] = []
        self.assumed: Facts = ()
        self.models = array(given["models"], "statement/models")
        if not self.models or (self.of == "two" and len(self.models) > 1):
            refuse("statement/models", "at least one model is needed, and for uniqueness only one")
        played = [self.model(k, value) for k, value in enumerate(self.models)]
        self.premises = every(
            relation(r, True, self.read.read, f"statement/premises/{k}") for k, r in enumerate(self.several("premises"))
        )
        self.played = played + ([self.game(0, " of the other")] if self.of == "two" else [])
        self.conclusion = given.get("conclusion", ["and"])
        if self.of == "two" and (given.get("quantities") or self.conclusion != ["and"]):
            refuse("statement/conclusion", 'a statement of "two" has no quantities, and ["and"] for a conclusion')
        asked = {name: plain(self.quantity(name, q)) for name, q in self.objects("quantities").items()}
        self.told = Formulas({**self.read.names, **asked})

    def objects(self, name: str) -> dict[str, Any]:
        value = self.given.get(name, {})
        return mapping(value, f"statement/{name}") if value != {} else {}

    def several(self, name: str) -> list[Any]:
        return array(self.given.get(name, []), f"statement/{name}")

    def parameter(self, name: str, place: str) -> None:
        if not _NAME.fullmatch(name) or name in ("min", "max", "and", "or", "not"):
            refuse(place, f"{shown(name)!r} cannot name a parameter or a quantity")
        if name in self.names:
            refuse(place, f"{shown(name)!r} names two things")
        self.names.add(name)

    def range(self, name: str, ends: object) -> Facts:
        place = f"statement/ranges/{shown(name)}"
        self.parameter(name, place)
        low, high = (None if end is None else exact(end, place) for end in array(ends, place, 2))
        if low is not None and high is not None and low > high:
            refuse(place, "the lower end is above the upper one")
        above = () if low is None else sign(variable(name) - number(low), ">=")
        return above + (() if high is None else sign(number(high) - variable(name), ">="))

    def model(self, k: int, value: object) -> Any:
        place = f"statement/models/{k}"
        model = fields(value, place, ("name", "form", "game"), ("assumptions",))
        self.titles.append(label(model["name"], f"{place}/name"))
        self.forms.append(label(model["form"], f"{place}/form"))
        for j, each in enumerate(array(model.get("assumptions", []), f"{place}/assumptions")):
            self.assumed += relation(each, True, self.read.read, f"{place}/assumptions/{j}")
        return self.game(k, f" in {self.titles[k]}" if len(self.models) > 1 else "")

    def game(self, k: int, suffix: str) -> Any:
        place = f"statement/models/{k}"
        if (self.forms[k], self.concept) not in CONCEPTS:
            what = f"{shown(self.concept)} equilibria of the form {shown(self.forms[k])}"
            refuse(place, f"this checker does not cover {what}")
        return CONCEPTS[self.forms[k], self.concept](self, suffix, self.models[k]["game"], f"{place}/game")

    def fresh(self, name: str) -> Poly:
        if name in self.names:
            refuse("statement", f"two variables would have the name {shown(name)!r}; rename players or actions")
        self.names.add(name)
        return variable(name)

    def valid(self, facts: Facts) -> None:
        """Something without which the game is none."""
        if facts and facts not in self.defined:
            self.defined.append(facts)

    def entry(self, text: object, place: str) -> Poly:
        """A formula in a game as a polynomial: what is none stands for a variable that its definition binds."""
        value = self.read.read(text, place)
        assert isinstance(text, str)
        if text not in self.entries:
            (way, *others) = value.ways
            if others or way.guard or way.below.constant is None:
                own = self.entries[text] = self.fresh(f"value of {text}")
                self.defining.add(f"value of {text}")
                ways = (w.guard + sign(own * w.below - w.above, "==") for w in value.ways)
                self.valid(either(ways))
            else:
                self.entries[text] = way.above * number(Fraction(1) / way.below.constant)
        return self.entries[text]

    def quantity(self, name: str, value: object) -> Poly:
        place = f"statement/quantities/{shown(name)}"
        self.parameter(name, place)
        if not isinstance(value, dict):
            refuse(place, "an object is expected")
        which = value.get("model", 0)
        if type(which) is not int or not 0 <= which < len(self.models):
            refuse(place, f"the model must be a number from 0 to {len(self.models) - 1}")
        game = self.played[which]
        path: Path = tuple(label(step, place) for step in array(value.get("after", []), place))
        if "reach" in value:
            fields(value, place, ("reach",), ("after", "model"))
            found: Poly = game.reach(tuple(label(s, place) for s in array(value["reach"], place)), path, place)
        elif "payoff" in value:
            fields(value, place, ("payoff",), ("after", "model"))
            found = game.payoff(label(value["payoff"], place), path, place)
        else:
            chosen = mapping(fields(value, place, ("chosen",), ("model",))["chosen"], place)
            for where_, choice in chosen.items():
                one_of(where_, place, list(game.places))
                one_of(choice, place, game.places[where_])
            found = times(game.chosen(where_, choice, place) for where_, choice in chosen.items())
        return found

    def concluded(self, truth: bool) -> Facts:
        """That the conclusion holds, or does not; of two equilibria, that they are played alike, or not."""
        if self.of != "two":
            return relation(self.conclusion, truth, self.told.read, "statement/conclusion")
        one, other = self.played
        place = "statement"
        apart = [
            one.chosen(name, choice, place) - other.chosen(name, choice, place)
            for name, choices in one.places.items()
            for choice in choices[:-1]  # who differs in the last one differs in another
        ]
        return either(sign(side, ">") for gap in apart if gap.terms for side in (gap, -gap))

    @property
    def equilibria(self) -> Facts:
        return every(game.facts for game in self.played)

    def value_at(self, text: str, at: Mapping[str, Number]) -> Number | None:
        """The formula at numbers; None where it divides by zero."""
        numbers = {name: (number(value), number(1)) for name, value in at.items()}
        for way in self.read.read(text, "statement").ways:
            if not substituted(way.guard, numbers):
                return way_at(way, numbers)
        return None


def way_at(way: Way, numbers: Mapping[str, tuple[Poly, Poly]]) -> Number:
    above, below = put(way.above, numbers)[0].constant, put(way.below, numbers)[0].constant
    assert above is not None
    assert below
    return Fraction(above) / below


def substituted(facts: Facts, values: Mapping[str, tuple[Poly, Poly]]) -> Facts:
    """The facts with quotients for some variables; that no denominator is zero must be said elsewhere."""
    found: list[Facts] = []
    for fact in facts:
        if isinstance(fact, Or):
            found.append(either(substituted(branch, values) for branch in fact.branches))
        else:
            above, below = put(fact.poly, values)
            found.append(sign(above, fact.op, below))
    return every(found)


def obligation(statement: object, candidates: object = None, at: object = None) -> Formula:
    """What is to be refuted, or satisfied, for the statement.

    Without more it is that everything given holds, that there are equilibria, and that they break the conclusion. With
    ``candidates``, formulas for the variables of equilibria, that everything given holds and none of these is an
    equilibrium that keeps the conclusion. With ``at``, numbers for the parameters, that there is an equilibrium there
    which keeps the conclusion. Raises `RefusedError` for what cannot be read.
    """
    with budget(None):
        question = Question(statement)
        if at is not None:
            return at_numbers(question, at)
        if candidates is not None:
            return none_of(question, candidates)
        return posed(question, {"equilibrium": question.equilibria, "conclusion": question.concluded(False)})


def posed(question: Question, parts: Mapping[str, Facts]) -> Formula:
    given = {
        "ranges": question.ranges,
        "assumptions": question.assumed,
        "definitions": every(question.defined),
        "premises": question.premises,
    }
    return counted({**given, **parts}, question)


def counted(parts: Mapping[str, Facts], question: Question) -> Formula:
    facts = numbered(every(parts.values()), count())
    return Formula(facts, {name: len(each) for name, each in parts.items()}, frozenset(question.parameters))


def none_of(question: Question, candidates: object) -> Formula:
    """Each candidate is no equilibrium, or breaks the conclusion, or divides by zero."""
    kept = question.equilibria + question.concluded(True)
    unknowns = names_in(kept) - question.parameters - question.defining
    denials: list[Facts] = []
    for k, each in enumerate(array(candidates, "proof/candidates")):
        place = f"proof/candidates/{k}"
        values, divisors = {}, []
        given = {} if each == {} and not unknowns else mapping(each, place)
        if missing := sorted(unknowns - given.keys()):
            refuse(place, f"there is no formula for {shown(missing[0])!r}")
        for name, text in given.items():
            if name not in unknowns:
                refuse(place, f"{shown(name)!r} is no variable of an equilibrium")
            (way, *others) = question.read.read(text, f"{place}/{shown(name)}").ways
            if others:
                refuse(f"{place}/{shown(name)}", "the formula of a candidate has no min or max")
            values[name] = way.above, way.below
            divisors.append(way.guard)
        facts = every(divisors) + substituted(kept, values)
        denials.append(either(part for fact in facts for part in [denied(fact)]))
    return posed(question, {"candidates": every(denials)})


def at_numbers(question: Question, at: object) -> Formula:
    """The equilibria that keep the conclusion at numbers that what is given allows."""
    place = "witness/at"
    numbers: dict[str, Number] = {}
    for name, value in (mapping(at, place, question.parameters) if question.parameters else {}).items():
        numbers[name] = exact(value, f"{place}/{name}")
    for text in [text for text, own in question.entries.items() if own.names & question.defining]:
        value_ = question.value_at(text, numbers)
        if value_ is None:
            refuse(place, f"{shown(text)} has no value there")
        (name,) = question.entries[text].names
        numbers[name] = value_
    values = {name: (number(value), number(1)) for name, value in numbers.items()}
    for part in (question.ranges, question.assumed, every(question.defined), question.premises):
        if substituted(part, values):
            refuse(place, "these numbers break a range, an assumption, a premise or what makes the game one")
    parts = {"equilibrium": question.equilibria, "conclusion": question.concluded(True)}
    return counted({name: substituted(facts, values) for name, facts in parts.items()}, question)


# ---------------------------------------------------------------- Proofs


@dataclass
class Counts:
    """What a proof consists of."""

    splits: int = 0
    sums: int = 0
    products: int = 0


class Proof:
    """Checks that the facts known cannot hold together, case by case."""

    def __init__(self, facts: Facts) -> None:
        self.known: dict[int | str, Fact] = {fact.number: fact for fact in facts}
        self.counts = Counts()

    def closes(self, proof: object, place: str, depth: int = 0) -> None:
        """Raises `RefusedError` unless the proof shows it."""
        parts = array(proof, place)
        if depth > limits().nesting // 2:
            refuse(place, f"a proof is nested more than {limits().nesting // 2} deep")
        steps = {("split", 3): self.split, ("sum", 2): self.sum, ("cut", 5): self.cut}
        kind = parts[0] if parts and isinstance(parts[0], str) else None
        step = steps.get((str(kind), len(parts)))
        if step is None:
            refuse(place, 'a proof is ["split", k, proofs], ["sum", rows] or ["cut", name, relation, proof, proof]')
        step(parts, f"{place}/{kind}", depth + 1)

    def supposing(self, facts: Facts, proof: object, place: str, depth: int) -> None:
        """The same with further facts, which are forgotten afterwards."""
        self.known.update((fact.number, fact) for fact in facts)
        self.closes(proof, place, depth)
        for fact in facts:
            del self.known[fact.number]

    def fact(self, which: object, kind: type, place: str) -> Any:
        found = self.known.get(which) if isinstance(which, str) or type(which) is int else None
        if not isinstance(found, kind):
            what = "choice" if kind is Or else "equation or inequality"
            refuse(place, f"there is no {what} with the number {shown(which)} here")
        return found

    def split(self, parts: list[Any], place: str, depth: int) -> None:
        """One branch after another of an "or" that is known: they are all that it leaves."""
        choice: Or = self.fact(parts[1], Or, place)
        place = f"{place} {choice.number}"
        proofs = array(parts[2], place)
        if len(proofs) != len(choice.branches):
            refuse(place, f"{len(proofs)} branches are proved; the choice has {len(choice.branches)}")
        self.counts.splits += 1
        for k, (branch, proof) in enumerate(zip(choice.branches, proofs, strict=True)):
            self.supposing(branch, proof, f"{place}/branch {k}", depth)

    def cut(self, parts: list[Any], place: str, depth: int) -> None:
        """A relation does not hold, or it does."""
        name = parts[1]
        if not isinstance(name, str) or not _NAME.fullmatch(name) or f"{name}.0" in self.known:
            refuse(place, f"a cut needs a name of its own, not {shown(name)!r}")
        place = f"{place} {name}"
        for k, truth in enumerate((False, True)):
            facts = relation(parts[2], truth, lambda side, where_: plain(listed(side, where_)), f"{place}/relation")
            names = (f"{name}.{i}" for i in count())
            self.supposing(numbered(facts, names), parts[3 + k], f"{place}/{'if so' if truth else 'if not'}", depth)

    def sum(self, parts: list[Any], place: str, depth: int) -> None:
        """Products of what is at least zero, or zero, are so; their sum is a number that contradicts this."""
        self.counts.sums += 1
        terms: dict[Monomial, Number] = {}
        strict = False
        for k, row in enumerate(array(parts[1], place)):
            here = f"{place}/{k}"
            row = array(row, here)
            if len(row) not in (2, 3):
                refuse(here, "a row is [multiplier, numbers of facts] or [multiplier, numbers of facts, squares]")
            factors: list[Sign] = [self.fact(each, Sign, here) for each in array(row[1], here)]
            roots = [listed(each, here) for each in array(row[2], here)] if len(row) == 3 else []
            is_zero = any(factor.op == "==" for factor in factors)
            weight = listed(row[0], here) if isinstance(row[0], list) else number(exact(row[0], here))
            if not is_zero and ((weight.constant or 0) <= 0):
                refuse(here, "the multiplier must be a positive number, but where a factor is known to be zero")
            squares = [root * root for root in roots]
            product_ = times([*(factor.poly for factor in factors), weight, *squares])
            strict |= not roots and all(factor.op == ">" for factor in factors)
            self.counts.products += 1
            spend(len(product_.terms))
            for monomial, value in product_.terms.items():
                terms[monomial] = terms.get(monomial, 0) + value
        found = Poly(terms).constant
        if found is None:
            refuse(
                place, f"the sum is not a number: {shown('*'.join(next(m for m in terms if m and terms[m])))} is left"
            )
        if found > 0 or (found == 0 and not strict):
            refuse(place, f"the sum is {shown(found)}, which contradicts nothing")


def listed(value: object, place: str) -> Poly:
    """A polynomial from a list of [coefficient, names of variables]."""
    terms: dict[Monomial, Number] = {}
    for row in array(value, place):
        coefficient, names = array(row, place, 2)
        monomial = tuple(sorted(label(name, place) for name in array(names, place)))
        if len(monomial) > limits().degree:
            refuse(place, f"a polynomial has a degree above {limits().degree}")
        terms[monomial] = terms.get(monomial, 0) + exact(coefficient, place)
    return Poly(terms)


# ---------------------------------------------------------------- Witnesses

Line: TypeAlias = list[Number]
"""A polynomial in one variable: its coefficients, the constant first, the last one not zero; [] is zero."""


def trimmed(line: Sequence[Number]) -> Line:
    found = list(line)
    while found and not found[-1]:
        found.pop()
    return [checked(each) for each in found]


def remainder(line: Line, by: Line) -> Line:
    rest = list(line)
    while len(rest) >= len(by):
        spend(len(by))
        factor = checked(Fraction(rest[-1]) / by[-1])
        for k, value in enumerate(by, start=len(rest) - len(by)):
            rest[k] -= factor * value
        rest = trimmed(rest[:-1])
    return rest


def line_times(one: Line, other: Line) -> Line:
    found: Line = [0] * max(0, len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            spend(1)
            found[i + j] += a * b
    return trimmed(found)


def line_at(line: Line, at: Number) -> Number:
    found: Number = 0
    for value in reversed(line):
        spend(1)
        found = checked(found * at + value)
    return found


def roots(line: Line, low: Number, high: Number) -> int:
    """How many different roots lie between two numbers that are none: Sturm (1829), by the changes of signs."""
    chain = [line, trimmed([k * value for k, value in enumerate(line)][1:])]
    while chain[-1]:
        chain.append([-value for value in remainder(chain[-2], chain[-1])])

    def changes(at: Number) -> int:
        signs = [value > 0 for each in chain if (value := line_at(each, at))]
        return sum(one != other for one, other in pairwise(signs))

    return changes(low) - changes(high)


def common(one: Line, other: Line) -> Line:
    """The greatest common divisor."""
    while other:
        one, other = other, remainder(one, other)
    return one


class Point:
    """Values for variables: rational numbers, or polynomials in one root of ``line`` between ``low`` and ``high``."""

    def __init__(self, witness: object) -> None:
        given = fields(witness, "witness", ("values",), ("root",))
        self.line: Line = [0, 1]
        self.low, self.high = Fraction(-1), Fraction(1)
        if "root" in given:
            self.isolate(given["root"])
        self.values: dict[str, Line] = {}
        for name, value in (mapping(given["values"], "witness/values") if given["values"] != {} else {}).items():
            self.values[name] = self.reduced(self.coefficients(value, f"witness/values/{shown(name)}"))

    def coefficients(self, value: object, place: str) -> Line:
        return trimmed([exact(each, place) for each in (array(value, place) if isinstance(value, list) else [value])])

    def isolate(self, root: object) -> None:
        place = "witness/root"
        given = fields(root, place, ("of", "between"))
        self.line = self.coefficients(array(given["of"], place), place)
        self.low, self.high = (Fraction(exact(end, place)) for end in array(given["between"], place, 2))
        if not 2 <= len(self.line) <= limits().degree:
            refuse(place, f"a polynomial of degree 1 to {limits().degree - 1} is expected")
        if self.low >= self.high or not line_at(self.line, self.low) or not line_at(self.line, self.high):
            refuse(place, "the interval must go from one number to a greater one, neither of them a root")
        if roots(self.line, self.low, self.high) != 1:
            refuse(place, "the polynomial does not have exactly one root in the interval")

    def reduced(self, line: Line) -> Line:
        return remainder(line, self.line) if len(line) >= len(self.line) else line

    def at(self, poly: Poly) -> Line:
        """The polynomial's value."""
        found: Line = []
        for monomial, value in poly.terms.items():
            part: Line = [value]
            for name in monomial:
                part = self.reduced(line_times(part, self.values[name]))
            longer, shorter = (found, part) if len(found) >= len(part) else (part, found)
            found = trimmed([a + (shorter[k] if k < len(shorter) else 0) for k, a in enumerate(longer)])
        return found

    def sign(self, poly: Poly) -> int:
        """1, 0 or -1, as the value is positive, zero or negative."""
        value = self.at(poly)
        if len(value) <= 1:
            return (value > [0]) - (value < [0]) if value else 0
        shared = common(self.line, value)
        if len(shared) > 1 and roots_within(shared, self.low, self.high):
            return 0
        low, high = self.low, self.high
        while not line_at(value, low) or not line_at(value, high) or roots(value, low, high):
            middle = (low + high) / 2
            if not line_at(self.line, middle):
                low = high = middle
                break
            low, high = (low, middle) if roots(self.line, low, middle) else (middle, high)
        at = line_at(value, low)
        return (at > 0) - (at < 0)

    def satisfies(self, fact: Fact) -> bool:
        spend(1)
        if isinstance(fact, Or):
            return any(all(map(self.satisfies, branch)) for branch in fact.branches)
        found = self.sign(fact.poly)
        return found == 0 if fact.op == "==" else found > 0 if fact.op == ">" else found >= 0


def roots_within(line: Line, low: Number, high: Number) -> bool:
    """Whether a divisor of a polynomial that is not zero at the ends has a root between them."""
    return roots(line, low, high) > 0


def satisfied(formula: Formula, witness: object) -> None:
    """Raises `RefusedError` unless the witness gives every variable a value, and all facts hold there."""
    point = Point(witness)
    variables = formula.variables
    for name in sorted(variables - point.values.keys()):
        refuse("witness/values", f"there is no value for {shown(name)!r}")
    for name in sorted(point.values.keys() - variables - formula.parameters):
        refuse("witness/values", f"{shown(name)!r} is no variable of this statement")
    for fact in formula.facts:
        if not point.satisfies(fact):
            refuse("witness/values", f"fact {fact.number} of the obligation does not hold there")


# ---------------------------------------------------------------- The whole certificate


@dataclass(frozen=True)
class Verified:
    """What is proved, in a sentence, and of how much the proof consists."""

    says: str
    verdict: str
    facts: int
    splits: int
    sums: int
    products: int
    steps: int


@dataclass(frozen=True)
class NotAccepted:
    """Why, and at which place of the file."""

    why: str
    place: str

    def __str__(self) -> str:
        return f"{self.why} (at {self.place})"


class budget:  # noqa: N801 (used as a verb: with budget(limits))
    """Within it, at most so much work is done; a budget within another one is part of it."""

    def __init__(self, most: Limits | None) -> None:
        self.most = most

    def __enter__(self) -> Work:
        outer = _WORK.get(None)
        self.work = outer if outer is not None and self.most is None else Work(self.most or Limits())
        self.token = _WORK.set(self.work)
        return self.work

    def __exit__(self, *_: object) -> None:
        _WORK.reset(self.token)


def check(certificate: object, most: Limits | None = None) -> Verified | NotAccepted:
    """Whether the certificate, as read from JSON, shows what it says. Never raises an exception for what is in it."""
    with budget(most or Limits()) as work:
        try:
            return _checked(certificate, work)
        except RefusedError as refused:
            return NotAccepted(refused.why, refused.place)
        except (RecursionError, MemoryError):
            return NotAccepted("it is nested too deeply or too large", "the whole file")


def _checked(certificate: object, work: Work) -> Verified:
    needed = ("format", "statement", "verdict")
    given = fields(certificate, "the file", needed, ("proof", "witness"))
    one_of(given["format"], "format", (FORMAT,))
    verdict = one_of(given["verdict"], "verdict", ("proved", "refuted"))
    question = Question(given["statement"])
    proof = given.get("proof")
    counts = Counts()
    wanted = {"proof"} if verdict == "proved" else {"witness"} if question.of != "some" else {"proof", "witness"}
    if {"proof", "witness"} & given.keys() != wanted:
        refuse("the file", f"what is {verdict} of {question.of!r} needs {' and '.join(sorted(wanted))}, and no other")
    if question.of == "some" and verdict == "proved":
        shape = fields(proof, "proof", (), ("theorem", "every", "candidates", "none"))
        if "theorem" in shape:
            fields(proof, "proof", ("theorem",), ("every",))
            if shape["theorem"] is not True or not all(game.theorem for game in question.played):
                refuse("proof/theorem", "no theorem known here says that there always is an equilibrium")
            formula = obligation(given["statement"])
            if "every" in shape or question.conclusion != ["and"]:
                counts = closed(formula, fields(proof, "proof", ("theorem", "every"))["every"], "proof/every")
        else:
            fields(proof, "proof", ("candidates", "none"))
            formula = none_of(question, shape["candidates"])
            counts = closed(formula, shape["none"], "proof/none")
    elif question.of == "some":
        formula = at_numbers(question, fields(given["witness"], "witness", ("at",))["at"])
        counts = closed(formula, proof, "proof")
    else:
        formula = posed(question, {"equilibrium": question.equilibria, "conclusion": question.concluded(False)})
        if verdict == "proved":
            counts = closed(formula, proof, "proof")
        else:
            satisfied(formula, given["witness"])
    return Verified(
        sentence(question, verdict),
        verdict,
        len(formula.facts),
        counts.splits,
        counts.sums,
        counts.products,
        work.steps,
    )


def closed(formula: Formula, proof: object, place: str) -> Counts:
    checker = Proof(formula.facts)
    checker.closes(proof, place)
    return checker.counts


def sentence(question: Question, verdict: str) -> str:
    """What is proved or refuted, in words."""
    games = " and ".join(shown(title) for title in question.titles)
    noun = question.played[0].noun
    told = said(question.conclusion, question.given.get("quantities", {}))
    if question.of == "two":
        claim = f"there are no two {noun}s of {games} that differ"
    elif question.conclusion == ["and"] and question.of == "some":
        claim = f"there is a {noun} of {games}"
    else:
        claim = f"in {question.of} {noun} of {games}, {told}"
    count_ = len(question.several("premises"))
    given = f"under {count_} premise{'s' if count_ != 1 else ''}" if count_ else "without premises"
    if verdict == "proved":
        return f"{given}, wherever the parameters keep to ranges and assumptions, {claim}"
    return f"it is not so that {given}, wherever the parameters keep to ranges and assumptions, {claim}"


def said(value: Any, quantities: Mapping[str, Any]) -> str:
    """The relation in words, with what its quantities are."""
    if value and value[0] in ("and", "or", "not"):
        parts = [said(each, quantities) for each in value[1:]]
        return f"not ({parts[0]})" if value[0] == "not" else f" {value[0]} ".join(f"({p})" for p in parts) or "anything"
    left, op, right = (
        _NAME.sub(lambda found: told(quantities[found[0]]) if found[0] in quantities else found[0], side)
        for side in value
    )
    return shown(f"{left} {op} {right}", 400)


def told(quantity: Mapping[str, Any]) -> str:
    after = where(tuple(quantity.get("after", []))) if quantity.get("after") else ""
    if "reach" in quantity:
        what = f"probability of {', '.join(quantity['reach'])}"
    elif "payoff" in quantity:
        what = f"payoff of {quantity['payoff']}"
    else:
        what = f"probability of {', '.join(f'{who}: {what}' for who, what in quantity['chosen'].items())}"
    model = f"in model {quantity['model']}" if quantity.get("model") else ""
    return f"({' '.join(part for part in (what, after, model) if part)})"


def load(path: str, most: Limits) -> object:
    """The JSON in the file, compressed or not. Raises `RefusedError`; a number that is no whole one is refused."""
    try:
        with File(path).open("rb") as file:
            text = (gzip.GzipFile(fileobj=file) if path.endswith(".gz") else file).read(most.file_bytes + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        refuse("the file", f"it cannot be read: {shown(str(error), 100)}")
    if len(text) > most.file_bytes:
        refuse("the file", f"it has more than {most.file_bytes} bytes")
    depth = deepest = 0
    for mark in re.finditer(rb'"(?:[^"\\\\]|\\\\.)*"|[][{}]', text):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(mark[0], 0)
        deepest = max(deepest, depth)
    if deepest > most.nesting:
        refuse("the file", f"it is nested more than {most.nesting} deep")
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_repetition,
            parse_int=_small,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        refuse("the file", f"it is not JSON: {shown(str(error), 100)}")


def _without_repetition(pairs_: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs_)
    if len(found) < len(pairs_):
        refuse("the file", "an object has the same field twice")
    return found


def _small(text: str) -> int:
    return int(text) if len(text) < 10 else _no_number(text)


def _no_number(text: str) -> NoReturn:
    refuse("the file", f'the number {shown(text, 20)} must be written as text, such as "2/3"')


def main(arguments: Sequence[str]) -> int:
    """Checks files: a line for each, and one for all. 0 if all are accepted, else 1."""
    names = [each for each in arguments if each != "--json"]
    if not names:
        print("usage: python3 -I -S verify.py [--json] FILE…", file=sys.stderr)
        return 2
    accepted = 0
    for name in names:
        try:
            result = check(load_within(name))
        except RefusedError as refused:
            result = NotAccepted(refused.why, refused.place)
        good = isinstance(result, Verified)
        accepted += good
        if len(names) < len(arguments):
            print(json.dumps({"file": name, "accepted": good, **vars(result)}))
        else:
            said_ = f"accepted: {result.says}" if isinstance(result, Verified) else f"not accepted: {result}"
            print(f"{shown(name, 300)}: {said_}")
    if len(names) == len(arguments):
        print(f"{accepted} of {len(names)} accepted")
    return 0 if accepted == len(names) else 1


def load_within(name: str) -> object:
    with budget(None) as work:
        return load(name, work.limits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
