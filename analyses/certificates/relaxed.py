"""Whether facts can hold together, as far as linear arithmetic sees: every product of variables is one of its own.

What relates products to their factors are *rows*: products of facts, which hold where their facts do. Each fact has a
switch, so that one solver answers for any of them, and says on which an impossibility rests.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analyses.certificates.facts import Alternatives, Fact, Literal, Number, Sense, within
from analyses.proof.solver import Context, fraction
from games.terms import ONE, Monomial, Poly, product_of

MOST_STEPS = 50_000_000
"""The solver's steps for one question."""


class TooHardError(Exception):
    """The search has spent what it may."""


@dataclass(frozen=True)
class Row:
    """The product of the facts ``factors``, by number, of ``times`` and of the square of ``root``."""

    factors: tuple[Number, ...]
    times: Poly = ONE
    root: Poly = ONE


NOT = " not"
"""What the number of a fact ends with that denies a cut; the checker calls it as it calls what the cut says."""


def multiplied(row: Row, facts: Mapping[Number, Literal]) -> tuple[Poly, Sense]:
    """The polynomial that the row of the facts is, and its sign."""
    signs = {facts[number].op for number in row.factors}
    op: Sense = "==" if "==" in signs else ">" if signs == {">"} and row.root == ONE else ">="
    return product_of([*(facts[number].of for number in row.factors), row.times, row.root, row.root]), op


class Relaxed:
    """The facts of one obligation, as a linear solver sees them; ``asked`` counts the questions put to it."""

    def __init__(self, facts: Sequence[Fact], most: int) -> None:
        self.facts = {fact.number: fact for fact in within(facts)}
        self.top = frozenset(fact.number for fact in facts)
        self.cuts: dict[Number, Alternatives] = {}
        self.rows: dict[Row, tuple[Poly, Sense]] = {}
        self.asked, self.most = 0, most
        self.context = Context()
        self.solver = self.context.linear()
        self._reals: dict[Monomial, Any] = {}
        self._switches: dict[Number, Any] = {}
        self._numbers: dict[Any, Number] = {}
        self._about: dict[str, list[Number]] = {}
        for number, fact in self.facts.items():
            self._write(number, fact)

    def literals(self, numbers: Iterable[Number]) -> list[Number]:
        """Those of the facts that are literals."""
        return [number for number in numbers if isinstance(self.facts[number], Literal)]

    def literal(self, number: Number) -> Literal:
        fact = self.facts[number]
        assert isinstance(fact, Literal)
        return fact

    def alternatives(self, number: Number) -> Alternatives:
        fact = self.facts[number]
        assert isinstance(fact, Alternatives)
        return fact

    def about(self, name: str) -> list[Number]:
        """The literals in which the variable stands by itself, multiplied by a number."""
        if not self._about:
            for number in self.literals(self.facts):
                for monomial in self.literal(number).of.terms:
                    if len(monomial) == 1:
                        self._about.setdefault(monomial[0], []).append(number)
        return self._about.get(name, [])

    def _switch(self, number: Number) -> Any:
        if number not in self._switches:
            self._switches[number] = own = self.context.boolean(f"fact {number}")
            self._numbers[own] = number
        return self._switches[number]

    def _write(self, number: Number, fact: Fact) -> None:
        if isinstance(fact, Literal):
            said = self.said(fact.of, fact.op)
        else:
            said = self.context.joined(
                [self.context.joined([self._switch(f.number) for f in branch], True) for branch in fact.branches], False
            )
        self.solver.add(self.context.z3.Implies(self._switch(number), said))

    def _real(self, monomial: Monomial) -> Any:
        if monomial not in self._reals:
            self._reals[monomial] = self.context.real("\n".join(monomial))
        return self._reals[monomial]

    def said(self, of: Poly, op: Sense) -> Any:
        """The sign of the polynomial, its products read as variables."""
        parts = [
            self.context.times(coefficient, self._real(monomial)) if monomial else self.context.number(coefficient)
            for monomial, coefficient in sorted(of.terms.items())
        ]
        return self.context.compared(self.context.total(parts), op, self.context.number(0))

    def product(self, row: Row) -> tuple[Poly, Sense]:
        """The polynomial that the row is, and its sign."""
        return multiplied(row, {number: self.literal(number) for number in row.factors})

    def cut(self, of: Poly) -> Alternatives:
        """That the polynomial is zero, or above it, or below: a choice that holds whatever else does.

        It is known once it is put at the ``top``.
        """
        name = f"c{len(self.cuts)}"
        fact = self.cuts[name] = Alternatives(
            name,
            (
                (Literal(f"{name}.0{NOT}", of, "=="),),
                (Literal(f"{name}.1", of, ">"),),
                (Literal(f"{name}.2", -of, ">"),),
            ),
        )
        for each in within([fact]):
            self.facts[each.number] = each
        for each in within([fact]):
            self._write(each.number, each)
        return fact

    def add(self, row: Row) -> None:
        """Lets the solver know the row, which holds wherever its facts do."""
        if row in self.rows:
            return
        of, op = self.rows[row] = self.product(row)
        switches = [self._switch(number) for number in dict.fromkeys(row.factors)]
        said = self.said(of, op)
        self.solver.add(self.context.z3.Implies(self.context.joined(switches, True), said) if switches else said)

    def can_hold(self, numbers: Collection[Number]) -> bool:
        """Whether the facts can hold together, for all that the rows say."""
        self.asked += 1
        if self.asked > self.most:
            raise TooHardError(f"the search takes more than {self.most:,} questions")
        found = self.context.check(self.solver, MOST_STEPS, [self._switch(n) for n in sorted(numbers, key=str)], 0)
        if found is None:
            raise TooHardError("a linear question takes too many steps")
        return found

    def conflict(self) -> frozenset[Number]:
        """Facts that cannot hold together: of those asked about last, which cannot."""
        return frozenset(self._numbers[switch] for switch in self.solver.unsat_core())

    def core(self, numbers: Collection[Number]) -> frozenset[Number] | None:
        """Some of the facts that cannot hold together; None where all can."""
        return None if self.can_hold(numbers) else self.conflict()

    def taken(self) -> list[Number]:
        """The literals of one branch of each of the `Alternatives`, as the last solution has it, and of the top."""
        model, found = self.solver.model(), []
        waiting = [number for number in self.facts if number in self.top]
        while waiting:
            fact = self.facts[waiting.pop()]
            if isinstance(fact, Literal):
                found.append(fact.number)
                continue
            waiting += next(
                [inner.number for inner in branch]
                for branch in fact.branches
                if all(self.context.z3.is_true(model.eval(self._switch(inner.number))) for inner in branch)
            )
        return found

    def values(self) -> Mapping[Monomial, Fraction]:
        """The values of variables and products in the last solution."""
        model = self.solver.model()
        found = {m: fraction(model.eval(real, model_completion=True)) for m, real in self._reals.items()}
        return {monomial: value for monomial, value in found.items() if value is not None}
