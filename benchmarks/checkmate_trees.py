"""Reads game trees in the JSON of CheckMate, and says of a path that it is always the outcome of some equilibrium.

CheckMate (Rain, Brugger, Petković Komel, Kovács, Rawson: CCS 2023, LPAR 2024) proves statements about trees of perfect
information whose payoffs are formulas in real constants. Its property "practicality": for all values that the
constraints allow, the path is the outcome of some subgame-perfect equilibrium.

Its constants are any reals. Its *infinitesimals* are positive and smaller than every positive combination of constants:
payoffs are pairs of a part without and a part with infinitesimals, compared lexicographically. Here infinitesimals are
ordinary parameters under one more premise: wherever a mover may compare two outcomes that differ in the first part, the
whole payoffs differ in the same direction. This says the same. Where the premise holds, every comparison comes out as
the lexicographic one; and each point can be moved to one where it holds, since a small enough multiple of the
infinitesimals satisfies the finitely many strict inequalities and changes no lexicographic comparison.

``python benchmarks/checkmate_trees.py FILE...`` prints verdict and time for every path that the files ask about.
"""

import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sympy

from analyses.claims import Claim, always, check
from games.errors import InputError, quoted
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.formulas.text import parse_formula, symbol_name
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

RELATIONS = {
    ">=": sympy.Ge,
    "<=": sympy.Le,
    "!=": sympy.Ne,
    "==": sympy.Eq,
    ">": sympy.Gt,
    "<": sympy.Lt,
    "=": sympy.Eq,
}
SIGN = re.compile("|".join(RELATIONS))


class Reader:
    """The constants and infinitesimals of one file, and the reading of its formulas."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.players = tuple(content["players"])
        self.symbols = {name: sympy.Symbol(symbol_name(name)) for name in content["constants"]}
        small = {name: sympy.Symbol(symbol_name(name)) for name in content["infinitesimals"]}
        self.infinitesimals = tuple(small.values())
        self.symbols.update(small)

    def formula(self, text: str | int) -> sympy.Expr:
        return parse_formula(text, self.symbols, "a formula of the tree")

    def parts(self, formula: sympy.Expr) -> tuple[sympy.Expr, sympy.Expr]:
        """The formula without its infinitesimals, and what they add.

        Raises `InputError` unless that is a sum of single infinitesimals, each times a formula without any.
        """
        plain = formula.xreplace(dict.fromkeys(self.infinitesimals, sympy.Integer(0)))
        rest = sympy.expand(formula - plain)
        slopes = [rest.coeff(small) for small in self.infinitesimals]
        total = sum((k * small for k, small in zip(slopes, self.infinitesimals, strict=True)), sympy.Integer(0))
        if sympy.expand(rest - total) != 0 or any(k.free_symbols & set(self.infinitesimals) for k in slopes):
            raise InputError(f"{formula} is not linear in the infinitesimals")
        return plain, rest

    def constraint(self, text: str) -> Any:
        """A relation, or several joined by "|", which is "or"."""
        return sympy.Or(*map(self.relation, text.split("|")))

    def relation(self, text: str) -> Any:
        sides = SIGN.split(text)
        if len(sides) != 2:
            raise InputError(f"the constraint {quoted(text)} has {len(sides) - 1} signs such as >=; it must have one")
        sign = text[len(sides[0]) : len(text) - len(sides[1])]
        plain, small = self.parts(self.formula(sides[0]) - self.formula(sides[1]))
        if small == 0:
            return RELATIONS[sign](plain, 0)
        if sign in ("=", "=="):
            return sympy.And(sympy.Eq(plain, 0), sympy.Eq(small, 0))
        if sign == "!=":
            return sympy.Or(sympy.Ne(plain, 0), sympy.Ne(small, 0))
        strict = sympy.Gt if sign.startswith(">") else sympy.Lt
        return sympy.Or(strict(plain, 0), sympy.And(sympy.Eq(plain, 0), RELATIONS[sign](small, 0)))

    def node(self, content: Mapping[str, Any]) -> Node:
        if set(content) == {"utility"}:
            paid = {one["player"]: self.formula(one["value"]) for one in content["utility"]}
            return Outcome(tuple(paid[player] for player in self.players))
        if set(content) != {"player", "children"}:
            raise InputError(f"a node has the fields {', '.join(content)}; it needs player and children, or utility")
        return Decision(content["player"], {one["action"]: self.node(one["child"]) for one in content["children"]})

    def small_enough(self, root: Node) -> Any:
        """Wherever a mover may compare two outcomes, the infinitesimals decide only between equal first parts."""
        kept = {}
        for first, second in set(self.compared(root)):
            (plain, small), (other, other_small) = self.parts(first), self.parts(second)
            if plain != other and small != other_small:
                kept[sympy.Implies(plain > other, first > second)] = None
                kept[sympy.Implies(plain < other, first < second)] = None
        return sympy.And(*kept)

    def compared(self, node: Node) -> Iterator[tuple[sympy.Expr, sympy.Expr]]:
        """The pairs of payoffs of one player whose paths part where that player moves."""
        if not isinstance(node, Decision):
            return
        mover = self.players.index(node.player)
        seen: set[sympy.Expr] = set()
        for child in node.actions.values():
            yield from self.compared(child)
            own = set(payoffs(child, mover))
            yield from ((first, second) for first in seen for second in own if first != second)
            seen |= own


def payoffs(node: Node, position: int) -> Iterator[sympy.Expr]:
    """What a player may get, outcome by outcome."""
    if isinstance(node, Outcome):
        yield node.payoffs[position]
    elif isinstance(node, Decision):
        for child in node.actions.values():
            yield from payoffs(child, position)


def claims(file: Path) -> list[Claim]:
    """One claim for each path that the file asks about, in its order."""
    content = json.loads(file.read_text(encoding="utf-8"))
    reader = Reader(content)
    root = reader.node(content["tree"])
    source = Assumed("any real; the range counts for nothing")
    parameters = tuple(
        Parameter(symbol, meaning=f"the constant {name}", default=1, low=-10, high=10, unit=Unit.PAYOFF, source=source)
        for name, symbol in reader.symbols.items()
    )
    model = Model(file.stem, file.stem, ExtensiveGame(reader.players, root), parameters)
    stated = [*content["initial_constraints"], *content["property_constraints"]["practicality"]]
    premises = [*map(reader.constraint, stated), *(small > 0 for small in reader.infinitesimals)]
    premises.append(reader.small_enough(root))
    return [
        Claim(
            ", ".join(path),
            "The path is the outcome of some equilibrium.",
            model,
            always(tuple(path)),
            tuple(dict.fromkeys(premise for premise in premises if premise is not sympy.true)),
            every=False,
            bounded=False,
        )
        for path in content["honest_histories"]
    ]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for claim in claims(Path(name)):
            started = time.perf_counter()
            verdict = check(claim)
            print(f"{claim.model.name}: {claim.name}: {verdict} [{time.perf_counter() - started:.2f} s]")
