"""The solver of inequalities (Z3; de Moura & Bjørner 2008), asked so that it can be stopped and always says the same.

How much a question may cost is counted in the solver's own steps, so that an answer never depends on how fast or how
busy the machine is. Only a time limit that a user sets, or Ctrl-C, makes it stop earlier.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from threading import Thread
from time import monotonic
from typing import Any

from games.solvers.limits import expired, remaining
from games.terms import Op

EASY = 2_000_000
"""Steps that a question may take, a fraction of a second, before it is moved to a thread, to be interrupted."""

GRACE = 0.7
"""Seconds for an interrupted solver to stop; one that does not is left alone, and the question unanswered."""

LONGEST_VALUE = 4_000
"""A value of more digits is of no use as a payoff, and Python would refuse to read it."""


SHORT, DECIMALS = 40, 12
"""A value of more characters makes what is worked out with it slow; a decimal of so many places serves as well."""


HUGE = 10**20
"""Beyond it a value is only ever tried."""


_UNSAFE = re.compile(r"[^ !-\[\]-{}]")
"""What may not stand between the bars of a symbol of SMT-LIB, or not everywhere; and ~, which stands for it."""


def symbol(name: str) -> str:
    """The name as a symbol that can be written and read again, a different one for every name."""
    return _UNSAFE.sub(lambda found: f"~{ord(found[0]):x};", name)


def declared(names: Iterable[str]) -> str:
    """In SMT-LIB, that these are numbers."""
    return "\n".join(f"(declare-fun |{symbol(name)}| () Real)" for name in names)


def asserted(formulas: Iterable[Any]) -> str:
    """In SMT-LIB, that the formulas hold."""
    return "\n".join(f"(assert {formula.sexpr()})" for formula in formulas)


class StuckError(Exception):
    """A solver does not stop although it was told to."""


class Context:
    """One world of the solver: what is asked in one never changes an answer in another."""

    def __init__(self) -> None:
        import z3

        self.z3: Any = z3
        self.own = z3.Context()
        # Python may drop terms while a solver that does not stop still runs.
        z3.Z3_enable_concurrent_dec_ref(self.own.ref())
        self.lost = False
        self._numbers: dict[Fraction | int, Any] = {}

    def real(self, name: str) -> Any:
        """The number of that name."""
        return self.z3.Real(symbol(name), self.own)

    def boolean(self, name: str) -> Any:
        """The truth value of that name."""
        return self.z3.Bool(symbol(name), self.own)

    def truth(self, value: bool) -> Any:
        return self.z3.BoolVal(value, self.own)

    def number(self, value: Fraction | int) -> Any:
        if value not in self._numbers:
            self._numbers[value] = self.z3.RealVal(str(value), self.own)
        return self._numbers[value]

    # Terms are made without the library's own operators, which look at what they are given for longer than it takes
    # to make a term; everything here is a real number or a truth value of this context.

    def total(self, terms: Sequence[Any]) -> Any:
        """The sum of the terms."""
        return self._real(self.z3.Z3_mk_add, terms) if len(terms) > 1 else terms[0] if terms else self.number(0)

    def product(self, terms: Sequence[Any]) -> Any:
        """The product of the terms."""
        return self._real(self.z3.Z3_mk_mul, terms) if len(terms) > 1 else terms[0] if terms else self.number(1)

    def times(self, coefficient: Fraction | int, term: Any) -> Any:
        """A multiple of the term."""
        return term if coefficient == 1 else self.product([self.number(coefficient), term])

    def compared(self, left: Any, op: Op, right: Any) -> Any:
        """A comparison of two terms."""
        if op == "!=":
            return self.z3.Not(self.compared(left, "==", right))
        make = {">": self.z3.Z3_mk_gt, ">=": self.z3.Z3_mk_ge, "==": self.z3.Z3_mk_eq}[op]
        return self.z3.BoolRef(make(self.own.ref(), left.as_ast(), right.as_ast()), self.own)

    def joined(self, parts: Sequence[Any], all_: bool) -> Any:
        """That all of the parts hold, or that one of them does."""
        make = self.z3.Z3_mk_and if all_ else self.z3.Z3_mk_or
        return self.z3.BoolRef(make(self.own.ref(), len(parts), self._array(parts)), self.own)

    def _real(self, make: Any, terms: Sequence[Any]) -> Any:
        return self.z3.ArithRef(make(self.own.ref(), len(terms), self._array(terms)), self.own)

    def _array(self, terms: Sequence[Any]) -> Any:
        return (self.z3.Ast * len(terms))(*[term.as_ast() for term in terms])

    def suppose(self, solver: Any, formulas: Iterable[Any]) -> None:
        """Adds formulas to what the solver holds."""
        for formula in formulas:
            self.z3.Z3_solver_assert(self.own.ref(), solver.solver, formula.as_ast())

    def linear(self) -> Any:
        """A solver for linear arithmetic that keeps what it learns from one question to the next."""
        solver = self.z3.SimpleSolver(ctx=self.own)
        solver.set("ctrl_c", False)
        return solver

    def optimum(self) -> Any:
        """An optimiser over linear arithmetic (νZ; Bjørner, Phan & Fleckenstein 2015)."""
        return self.z3.Optimize(ctx=self.own)

    def check(self, solver: Any, most: int, assumed: Iterable[Any] = (), easy: int = EASY) -> bool | None:
        """Whether what the solver holds can be satisfied; None where ``most`` steps do not tell, or the time is up.

        Without a time limit the first ``easy`` steps, if any, cannot be interrupted; the question is then begun anew.
        """
        if self.lost:
            raise StuckError("the solver of inequalities does not stop")
        if expired():
            return None
        assumed = list(assumed)
        z3 = self.z3
        if isinstance(solver, z3.Optimize):
            solver.set("rlimit", most)
        else:
            if easy and remaining() == float("inf"):
                solver.set("rlimit", min(most, easy))
                found = solver.check(*assumed)
                if found != z3.unknown or most <= easy:
                    return self._said(found)
            solver.set("rlimit", most)
        answers = [z3.unknown]
        thread = Thread(target=lambda: answers.append(solver.check(*assumed)), daemon=True)
        thread.start()
        stopped, until = float("inf"), monotonic() + remaining()
        while thread.is_alive():
            thread.join(0.02)
            if thread.is_alive() and (expired() or monotonic() > until):
                self.own.interrupt()
                stopped = min(stopped, monotonic())
            if thread.is_alive() and monotonic() > stopped + GRACE:
                self.lost = True
                raise StuckError("the solver of inequalities does not stop")
        return self._said(answers[-1])

    def _said(self, found: Any) -> bool | None:
        return None if found == self.z3.unknown else bool(found == self.z3.sat)


def fraction(value: Any) -> Fraction | None:
    """The solver's value as a fraction; None for an irrational one, and one of more than `LONGEST_VALUE` characters."""
    import z3

    return read(value.as_string()) if z3.is_rational_value(value) else None


def read(text: str) -> Fraction | None:
    """A value as a fraction; None for an irrational one, which ends with a question mark, and for a very long one."""
    return None if text.endswith("?") or len(text) > LONGEST_VALUE else Fraction(text)


def short(value: Any) -> Fraction:
    """A rational value of the solver, or a decimal near it where it is long: what is tried next stays quick.

    A value that is long before the point is cut to `HUGE`.
    """
    text = value.as_string()
    if len(text) <= SHORT:
        return Fraction(text)
    decimal = value.as_decimal(DECIMALS).rstrip("?")
    if len(decimal) > SHORT:
        return Fraction(-HUGE if decimal.startswith("-") else HUGE)
    return Fraction(decimal)


class Solution(Mapping[str, Fraction | None]):
    """The values of variables in a solution, read from the solver when they are asked for."""

    def __init__(self, model: Any, reals: Mapping[str, Any]) -> None:
        self._model, self._reals = model, dict(reals)
        self._known: dict[str, Fraction | None] = {}

    def __getitem__(self, name: str) -> Fraction | None:
        if name not in self._known:
            self._known[name] = fraction(self._model.eval(self._reals[name], model_completion=True))
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reals)

    def __len__(self) -> int:
        return len(self._reals)
