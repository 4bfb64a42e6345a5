"""Which claims can hold together, of one and the same payoffs.

Here a claim is read as a condition on the payoffs: its premises hold, an equilibrium exists, and the conclusion is true
of every equilibrium (or of some, as the claim says). Parameters of the same name are the same payoff in all claims,
whatever model they belong to. Claims contradict each other if no payoffs within the ranges meet all their conditions;
the contradiction is minimal if any one of them left out makes room for the others.

That a set of claims can hold together is shown by payoffs that the ordinary solvers confirm, that it cannot by a proof.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from time import perf_counter
from typing import Any

import sympy

from analyses.claims.check import ALWAYS_EXIST, SECONDS
from analyses.claims.claim import Claim
from analyses.claims.confirm import SOLVED_AS, near_defaults
from analyses.claims.failure import Failure, failure
from analyses.claims.inequalities import Answer, Inequalities, StuckError
from analyses.claims.judgement import judged
from analyses.claims.subsets import mapped
from games.errors import InputError, listed
from games.exact import readable
from games.formulas.relations import Relation, holds_at
from games.parameters import Parameter
from games.solvers.concept import solve
from games.solvers.limits import remaining, time_limit
from games.tables import Cell, Table

SOLVING = 10.0
"""Seconds that the ordinary solver may take to confirm payoffs for one claim."""


@dataclass(frozen=True)
class Together:
    """Claims, by name, that can hold together, and payoffs at which they do.

    ``confirmed``: the ordinary solvers find the claims true there. Where the solver of inequalities finds irrational
    payoffs only, ``at`` is empty.
    """

    claims: tuple[str, ...]
    at: Mapping[str, Fraction]
    confirmed: bool


@dataclass(frozen=True, repr=False)
class Compatibility:
    """Which sets of claims can hold together.

    ``contradictions`` are the minimal sets of claims, by name, that cannot; a set of one is a claim that is true of no
    payoffs at all. ``together`` are the maximal sets that can. ``undecided`` are maximal sets of which neither was
    found out. Not ``complete``: the search was cut off, or some set is undecided; ``remarks`` say so.
    """

    claims: tuple[Claim, ...]
    contradictions: tuple[tuple[str, ...], ...]
    together: tuple[Together, ...]
    undecided: tuple[tuple[str, ...], ...]
    complete: bool
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    def table(self) -> Table:
        """One row for each claim, one column for each maximal set that can hold together."""
        header = ("Claim", *(f"Set {number}" for number in range(1, len(self.together) + 1)), "Contradicts")
        rows = []
        for claim in self.claims:
            against = [
                " with ".join(name for name in each if name != claim.name) or "itself"
                for each in self.contradictions
                if claim.name in each
            ]
            held = [Cell("holds" if claim.name in each.claims else "") for each in self.together]
            rows.append((Cell(claim.name), *held, Cell("; ".join(against))))
        return Table(header, tuple(rows))

    def findings(self) -> tuple[str, ...]:
        """The contradictions and the sets that can hold together, in sentences."""
        sentences = []
        for each in self.contradictions:
            if len(each) == 1:
                sentences.append(f"{each[0]} holds at no payoffs.")
            else:
                sentences.append(
                    f"{_joined(each)} cannot {'both' if len(each) == 2 else 'all'} hold of the same payoffs."
                )
        if not self.contradictions and self.complete:
            sentences.append("All the claims can hold together.")
        for maximal in self.together:
            where = ", ".join(f"{name} = {readable(value)}" for name, value in maximal.at.items())
            doubt = "" if maximal.confirmed else " (not confirmed by the ordinary solvers)"
            verb = "can hold together" if len(maximal.claims) > 1 else "can hold"
            sentences.append(f"{_joined(maximal.claims)} {verb}{doubt}{f': at {where}' if where else ''}.")
        return (*sentences, *self.remarks)

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _repr_html_(self) -> str:
        return self.table().html()

    def as_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "claims": [claim.name for claim in self.claims],
            "contradictions": [list(each) for each in self.contradictions],
            "together": [
                {
                    "claims": list(each.claims),
                    "at": {name: str(value) for name, value in each.at.items()},
                    "confirmed": each.confirmed,
                }
                for each in self.together
            ],
            "undecided": [list(each) for each in self.undecided],
            "complete": self.complete,
            "remarks": list(self.remarks),
        }


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def compatible(claims: Sequence[Claim], seconds: float | None = SECONDS) -> Compatibility:
    """Which of the claims can hold together, and every minimal contradiction among them.

    Raises `InputError` for no claims, two of the same name, and a claim about a monotone dependence, which is no
    condition on payoffs.
    """
    started = perf_counter()
    names = [claim.name for claim in claims]
    if not claims or len(set(names)) < len(names):
        raise InputError(f"give at least one claim, each with a name of its own; given were {listed(names) or 'none'}")
    with time_limit(seconds):
        search = _Search(tuple(claims))
        found = mapped(len(claims), search.contradict)
        together, undecided = [], []
        for each in found.maximal:
            answer = search.answers.get(each)
            if answer is not None and answer.is_yes:
                together.append(search.together(each, answer))
            else:
                undecided.append(tuple(names[k] for k in sorted(each)))
    remarks = [] if found.complete else [f"There may be further contradictions: {found.because}."]
    remarks += [f"Whether {_joined(each)} can hold together was not found out." for each in undecided if each]
    return Compatibility(
        tuple(claims),
        tuple(tuple(names[k] for k in sorted(each)) for each in found.minimal),
        tuple(each for each in together if each.claims),
        tuple(undecided),
        found.complete,
        tuple(remarks),
        perf_counter() - started,
    )


class _Search:
    """The claims as conditions on shared parameters, in one language."""

    def __init__(self, claims: tuple[Claim, ...]) -> None:
        self.claims = claims
        self.parameters: dict[sympy.Symbol, Parameter] = {}
        ranges: dict[sympy.Symbol, tuple[Fraction, Fraction]] = {}
        for claim in claims:
            for symbol, p in claim.parameters.items():
                self.parameters.setdefault(symbol, p)
                low, high = ranges.get(symbol, (p.low, p.high))
                ranges[symbol] = min(low, p.low), max(high, p.high)
        for claim in claims:
            if not claim.bounded:
                ranges = {symbol: bounds for symbol, bounds in ranges.items() if symbol not in claim.parameters}
        self.language = Inequalities(ranges)
        self.conditions = [self._allowed(claim) for claim in claims]
        self.failures: list[Failure] = []
        for claim, allowed in zip(claims, self.conditions, strict=True):
            self.failures.append(failure(claim, self.language, allowed))
        self.answers: dict[frozenset[int], Answer] = {}

    def _allowed(self, claim: Claim) -> list[Any]:
        """The claim's ranges, assumptions and premises."""
        formulas: list[Relation] = [a.relation for model in claim.models for a in model.assumptions]
        formulas += claim.premises
        bounds = []
        for symbol, p in claim.parameters.items() if claim.bounded else ():
            variable = self.language.variable(symbol)
            bounds += [self.language.compare(variable, ">=", p.low), self.language.compare(variable, "<=", p.high)]
        return [*bounds, *map(self.language.formula, formulas)]

    def _condition(self, number: int) -> list[Any]:
        """What must hold where the claim does; of the unknowns of `_for_all` whatever they are."""
        failed = self.failures[number]
        return [*self.conditions[number], failed.exists, self.language.denied(failed.formula)]

    def contradict(self, chosen: frozenset[int]) -> bool | None:
        """Whether no payoffs make all these claims true."""
        if any(self.failures[k].missing for k in chosen):
            return None
        formulas = [formula for k in sorted(chosen) for formula in self._condition(k)]
        try:
            answer = self.language.ask_for_all(self._for_all(chosen), *formulas)
        except StuckError:
            return None
        self.answers[chosen] = answer
        return None if answer.is_unknown else answer.is_no

    def _for_all(self, chosen: frozenset[int]) -> list[Any]:
        return [u for k in sorted(chosen) if not self.failures[k].for_all for u in self.failures[k].unknowns]

    def together(self, chosen: frozenset[int], answer: Answer) -> Together:
        """Payoffs near the defaults at which the claims are true, confirmed if the ordinary solvers find so."""
        names = tuple(self.claims[k].name for k in sorted(chosen))
        used = {s: p for s, p in self.parameters.items() if any(s in self.claims[k].parameters for k in chosen)}
        answers = [answer]
        if not self._for_all(chosen):
            formulas = [formula for k in sorted(chosen) for formula in self._condition(k)]
            with suppress(StuckError):
                answers.insert(0, near_defaults(used, self.language, formulas, answer))
        at: dict[str, Fraction] = {}
        for each in answers:
            values = {symbol: each.value(self.language.variable(symbol)) for symbol in used}
            point = {symbol: value for symbol, value in values.items() if value is not None}
            if len(point) == len(values):
                at = {symbol.name: value for symbol, value in point.items()}
                if all(is_true(self.claims[k], point) for k in chosen):
                    return Together(names, at, True)
        return Together(names, at, False)


def is_true(claim: Claim, point: Mapping[sympy.Symbol, Fraction]) -> bool:
    """Whether the premises hold at exact payoffs and the ordinary solvers find the conclusion true there."""
    if not all(holds_at(premise, point) for premise in claim.premises) or any(m.broken(point) for m in claim.models):
        return False
    if claim.concept not in ALWAYS_EXIST:
        concept = SOLVED_AS.get(claim.concept, claim.concept)
        if not all(
            solve(model.game_at(point), concept, time_limit=min(remaining(), SOLVING)).found for model in claim.models
        ):
            return False
    return judged(claim, point) is True
