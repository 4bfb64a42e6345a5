"""Which claims can hold together, of one and the same payoffs.

Here a claim is read as a condition on the payoffs: its premises hold, an equilibrium exists, and the conclusion is true
of every equilibrium (or of some, as the claim says). Parameters of the same name are the same payoff in all claims,
whatever model they belong to. Claims contradict each other if no payoffs within the ranges meet all their conditions;
the contradiction is minimal if any one of them left out makes room for the others.

That a set of claims can hold together is shown by payoffs that the ordinary solvers confirm, that it cannot by a proof.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import perf_counter

import sympy

from analyses.claims.check import Proof
from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.conclusions import Holds
from analyses.claims.confirm import allows, near_defaults
from analyses.claims.cover import Outside, Regions
from analyses.claims.judgement import judged
from analyses.claims.listed import listed as listed_at
from analyses.claims.questions.subsets import mapped
from analyses.claims.setting import Setting
from analyses.proof.questions import Answer, Effort, Questions
from analyses.proof.relaxation import Ends
from analyses.proof.solver import StuckError
from games.cases import Cases, beside
from games.errors import InputError, listed
from games.exact import readable
from games.formulas.relations import Relation, every, substituted
from games.parameters import Parameter
from games.play.quantities import Quantity
from games.solvers.limits import OutOfTimeError, time_limit
from games.tables import Cell, Table, Tabular

LOOK = Effort(nonlinear=1_000_000)
"""What it may cost to find out whether claims can hold together: each question about several games is one of few."""


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
class Compatibility(Tabular):
    """Which sets of claims can hold together.

    ``contradictions`` are the minimal sets of claims, by name, that cannot; a set of one is a claim that is true of no
    payoffs at all. ``together`` are the maximal sets that can. ``undecided`` are maximal sets of which neither was
    found out. Not ``complete``: the search was cut off, or some set is undecided; ``remarks`` say so.

    >>> from analyses.claims import Claim, always, compatible, never
    >>> from games.catalog import load
    >>> model = load("inspection")
    >>> claims = [
    ...     Claim("none", "Nobody violates.", model, never({"Target": "Violate"})),
    ...     Claim("all", "It is always violated.", model, always({"Target": "Violate"})),
    ... ]
    >>> compatible(claims).contradictions
    (('none',), ('all',))
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


def compatible(claims: Sequence[Claim], seconds: float | None = None) -> Compatibility:
    """Which of the claims can hold together, and every minimal contradiction among them.

    Which sets contradict each other is found in steps, the same on every machine; the ordinary solvers confirm payoffs
    as in `check`. A time limit in ``seconds`` may cut the search short, and then the answer says so. Raises
    `InputError` for no claims, two of the same name, and a claim about a monotone dependence, which is no condition on
    payoffs.

    >>> from analyses.claims import Claim, always, compatible, never
    >>> from games.catalog import load
    >>> model = load("inspection")
    >>> claims = [
    ...     Claim("none", "Nobody violates.", model, never({"Target": "Violate"})),
    ...     Claim("all", "It is always violated.", model, always({"Target": "Violate"})),
    ... ]
    >>> compatible(claims)
    none holds at no payoffs.
    all holds at no payoffs.
    """
    for claim in claims:
        check_is_claim(claim)
    started = perf_counter()
    names = [claim.name for claim in claims]
    if not claims or len(set(names)) < len(names):
        raise InputError(f"give at least one claim, each with a name of its own; given were {listed(names) or 'none'}")
    with time_limit(seconds):
        search = _Search(claims)
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


class _True:
    """A claim as a condition on payoffs.

    It is true where the ``allowed`` conditions hold, there is an equilibrium in which its conclusion is so, and the
    payoffs lie in none of the regions in which an equilibrium, or two of them, break it.
    """

    def __init__(self, claim: Claim) -> None:
        self.setting = Setting(claim)
        self.allowed = [*self.setting.given, *self.setting.supposed]
        proof = Proof(self.setting)
        always = bool(self.setting.claim.exists_because) and not claim.conclusion.of_pairs
        self.broken = Regions(self.setting, proof.cases, proof.breaks, always) if proof.is_of_every else None


class _Search:
    """The claims as conditions on shared parameters."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if claim.conclusion.compares_payoffs:
                raise InputError(
                    f"the claim {claim.name!r} is about a monotone dependence, which compares payoffs instead of "
                    "allowing them"
                )
        self.claims = claims
        self._truths: dict[int, _True] = {}
        self.answers: dict[frozenset[int], Answer] = {}
        self._together: dict[frozenset[int], Outside] = {}

    def _truth(self, number: int) -> _True:
        if number not in self._truths:
            self._truths[number] = _True(self.claims[number])
        return self._truths[number]

    def _asked(self, chosen: frozenset[int]) -> Outside:
        """What asks about payoffs at which all these claims are true, each within its own ranges."""
        if chosen not in self._together:
            truths = [self._truth(k) for k in sorted(chosen)]
            so = [_so(joint, number) for number, joint in enumerate(_joint([self.claims[k] for k in sorted(chosen)]))]
            ranges: dict[str, Ends] = {}
            for truth in truths:
                for name, ends in truth.setting.ranges.items():
                    ranges[name] = _within_both(ranges.get(name, (None, None)), ends)
            allowed = dict.fromkeys(condition for truth in truths for condition in truth.allowed)
            questions = Questions(ranges, list(allowed), (), beside(*so))
            names = dict.fromkeys(name for truth in truths for name in truth.setting.names)
            broken = [truth.broken for truth in truths if truth.broken is not None]
            self._together[chosen] = Outside(questions, list(names), broken)
        return self._together[chosen]

    def contradict(self, chosen: frozenset[int]) -> bool | None:
        """Whether no payoffs make all these claims true."""
        try:
            answer = self._asked(chosen).ask(effort=LOOK)
        except (StuckError, OutOfTimeError):
            return None
        self.answers[chosen] = answer
        return None if answer.is_unknown else answer.is_no

    def together(self, chosen: frozenset[int], answer: Answer) -> Together:
        """Payoffs near the defaults at which the claims are true, confirmed if the ordinary solvers find so."""
        claims = [self.claims[k] for k in sorted(chosen)]
        names = tuple(claim.name for claim in claims)
        used = _shared(claims)
        answers = [answer]
        with suppress(StuckError, OutOfTimeError):
            answers.insert(0, near_defaults(used, self._asked(chosen), (), answer))
        at: dict[str, Fraction] = {}
        for each in answers:
            point = each.point([symbol.name for symbol in used])
            if point is not None:
                at = point
                with suppress(OutOfTimeError):
                    if all(is_true(claim, {s: point[s.name] for s in claim.parameters}) for claim in claims):
                        return Together(names, at, True)
        return Together(names, at, False)


def _joint(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those about every equilibrium of the same game as one: a single equilibrium has to be as all say."""
    result: list[Claim] = []
    alike: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        if claim.broken_by_one and not claim.conclusion.of_pairs:
            alike.setdefault((*map(id, claim.models), claim.concept), []).append(claim)
        else:
            result.append(claim)
    return result + [_one_of(several) for several in alike.values()]


def _one_of(claims: Sequence[Claim]) -> Claim:
    """One claim that says what all of them do, without their premises."""
    first, *_ = claims
    formulas: list[Relation] = []
    where: dict[sympy.Symbol, Quantity] = {}
    for number, claim in enumerate(claims):
        own = {symbol: sympy.Symbol(f"{symbol.name} {number}") for symbol in claim.conclusion.where}
        formulas.append(substituted(claim.conclusion.formula, own))
        where.update({own[symbol]: quantity for symbol, quantity in claim.conclusion.where.items()})
    return replace(first, premises=(), conclusion=Holds(every(formulas), where))


def _so(claim: Claim, number: int) -> Cases:
    """The cases of a claim in which its conclusion is so."""
    setting = Setting(claim)
    so = replace(setting.cases, conditions=(*setting.cases.conditions, setting.concluded))
    return so.renamed(f" of claim {number}")


def _within_both(one: Ends, other: Ends) -> Ends:
    """The range of what lies in both ranges; where they have no value in common, its least exceeds its greatest."""
    lows, highs = ([end for end in ends if end is not None] for ends in zip(one, other, strict=True))
    return max(lows, default=None), min(highs, default=None)


def _shared(claims: Sequence[Claim]) -> dict[sympy.Symbol, Parameter]:
    """The parameters of the claims; one that several share keeps to all its ranges, if they have a value in common."""
    found: dict[sympy.Symbol, Parameter] = {}
    for claim in claims:
        for symbol, own in claim.parameters.items():
            known = found.setdefault(symbol, own)
            low, high = max(known.low, own.low), min(known.high, own.high)
            if low <= high:
                default = min(max(known.default, low), high)
                found[symbol] = replace(known, low=low, high=high, default=default)
    return found


def is_true(claim: Claim, point: Mapping[sympy.Symbol, Fraction]) -> bool:
    """Whether the premises hold at exact payoffs and the ordinary solvers find the conclusion true there."""
    if not allows(claim, {symbol.name: value for symbol, value in point.items()}):
        return False
    return _has_equilibria(claim, point) and judged(claim, point) is True


def _has_equilibria(claim: Claim, point: Mapping[sympy.Symbol, Fraction]) -> bool:
    if claim.exists_because:
        return True
    return all(found.found for found in listed_at(claim, point, [m.game_at(point) for m in claim.models]).solved)
