"""How large a part of the payoffs that a claim's premises allow has its conclusion.

All parameter values within the ranges that satisfy the assumptions and premises count alike: the share is that of the
volume, as though nothing else were known of the payoffs. It is no probability that the claim is true.

Where at most `DIMENSIONS` parameters matter and every margin is linear in them, the set is cut into polytopes on each
of which the same is played, and their volume is exact. Otherwise payoffs are drawn, and the share comes
with the 95 % interval of Clopper & Pearson (1934), Biometrika 26. Draws that depend on each other count for fewer: as
many as independent ones would be needed for the same spread between chains.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import perf_counter
from typing import Any

import sympy

from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.judgement import Reading, judged, reading_of
from analyses.sampling.draws import Drawing
from analyses.sampling.linear import Linear
from analyses.sampling.polytope import HalfSpace, Polytope, box
from analyses.sampling.premise_set import PremiseSet
from games.errors import InputError
from games.formulas.polynomials import Reader
from games.formulas.relations import Relation, atoms_of, divisors_of, substituted, symbols_of
from games.model import Point
from games.solvers.limits import OutOfTimeError, expired, time_limit
from games.tables import Cell, Table
from games.terms import Poly

SAMPLES = 4_000
SECONDS = 20.0

DIMENSIONS = 3
"""The most parameters for which the volume is computed exactly."""

MOST_PIECES = 5_000
"""The most polytopes into which the premise set is cut."""

MOST_SAMPLES = 1_000_000


@dataclass(frozen=True, repr=False)
class Share:
    """The part of the premise set in which the conclusion holds.

    ``value`` is a `Fraction` where it is exact, else the estimate, None if no draw was judged; ``low`` and ``high`` are
    the ends of the 95 % interval. Of the ``draws`` ``held`` have the conclusion and ``undecided`` are such that the
    solver did not list all equilibria on which it depends: the interval counts them against either end.
    ``effective`` is the number of independent draws that they are worth, ``acceptance`` the part of the draws made that
    satisfied the premises.
    """

    claim: Claim
    value: Fraction | float | None
    low: Fraction | float
    high: Fraction | float
    exact: bool
    method: str
    draws: int = 0
    held: int = 0
    undecided: int = 0
    effective: float = 0.0
    acceptance: float = 1.0
    seed: int | None = None
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    def findings(self) -> tuple[str, ...]:
        """The share and how it was obtained, in sentences."""
        of = "pairs of payoffs" if self.claim.conclusion.compares_payoffs else "payoffs"
        if self.value is None:
            sentence = f"No {of} that the premises allow were judged, so nothing is known of the share."
        elif self.exact:
            sentence = (
                f"The conclusion holds in {percent(self.value)} of the {of} that the premises allow "
                f"(exactly {self.value} of their volume)."
            )
        elif not self.undecided and self.held in (0, self.draws):
            which = "all" if self.held else "none"
            sentence = (
                f"The conclusion holds at {which} of the {self.draws:,} {of} drawn, which is no proof "
                f"(95 % interval {percent(self.low)} to {percent(self.high)})."
            )
        else:
            sentence = (
                f"The conclusion holds in about {percent(self.value)} of the {of} that the premises allow "
                f"(95 % interval {percent(self.low)} to {percent(self.high)})."
            )
        return (sentence, f"{self.method}.", *self.remarks)

    def table(self) -> Table:
        """One row for each number."""
        rows = [("Part of the premise set with the conclusion", percent(self.value))]
        if self.exact:
            rows.append(("Exactly", str(self.value)))
        else:
            rows += [
                ("95 % interval (Clopper–Pearson)", f"{percent(self.low)} to {percent(self.high)}"),
                ("Draws", f"{self.draws:,}"),
                ("of these with the conclusion", f"{self.held:,}"),
                ("of these undecided", f"{self.undecided:,}"),
                ("Worth as many independent draws", f"{self.effective:,.0f}"),
                ("Draws accepted", percent(self.acceptance)),
                ("Seed", str(self.seed)),
            ]
        cells = tuple((Cell(name), Cell(text)) for name, text in rows)
        return Table(("", "Value"), cells, numeric=frozenset({1}), caption=self.claim.name)

    def as_json(self) -> dict[str, object]:
        """The result as plain data; exact numbers as text."""
        return {
            "claim": self.claim.name,
            "exact": self.exact,
            "value": _plain(self.value),
            "interval": [_plain(self.low), _plain(self.high)],
            "method": self.method,
            "draws": self.draws,
            "held": self.held,
            "undecided": self.undecided,
            "effective": self.effective,
            "acceptance": self.acceptance,
            "seed": self.seed,
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return self.table().html() + f"<p>{escape(' '.join(self.findings()[1:]))}</p>"


def percent(value: Fraction | float | None) -> str:
    return "unknown" if value is None else f"{float(100 * value):.1f} %"


def _plain(value: Fraction | float | None) -> str | float | None:
    return str(value) if isinstance(value, Fraction) else value


def share(
    claim: Claim, *, samples: int = SAMPLES, seed: int = 0, seconds: float | None = SECONDS, exact: bool = True
) -> Share:
    """The part of the claim's premise set in which its conclusion holds, exact where that is within reach.

    ``samples`` draws are made with ``seed`` where it is not, or where ``exact`` is false; fewer if the time runs out.
    Premises that are equations are taken as given: the share is that of the volume in the parameters left free. A
    claim about a monotone dependence counts pairs of values.

    Raises `InputError` for premises that contradict each other, the ranges or the model's assumptions, and for
    equations that are not linear.
    """
    check_is_claim(claim)
    if isinstance(samples, bool) or not isinstance(samples, int) or not 1 <= samples <= MOST_SAMPLES:
        raise InputError(f"the number of samples is {samples}; give a whole number from 1 to {MOST_SAMPLES:,}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"the seed is {seed}; give a whole number from 0")
    started = perf_counter()
    with time_limit(seconds):
        try:
            found = _share(claim, samples, seed, exact)
        except OutOfTimeError:
            found = Share(claim, None, 0.0, 1.0, False, "No draws: the time was up before any was judged", seed=seed)
    return replace(found, claim=claim, seconds=perf_counter() - started)


def _share(claim: Claim, samples: int, seed: int, exact: bool) -> Share:
    stated = claim.plain
    try:
        premises = premise_set(stated)
    except InputError:
        if not claim.conclusion.compares_payoffs:
            raise
        # The premises may still allow single payoffs; where they do not, that is what is wrong.
        premise_set(claim)
        one = Fraction(1)
        return Share(claim, one, one, one, True, f"It holds trivially: {claim.conclusion.trivial}")
    found = _exact(stated, premises) if exact else None
    return found or _estimate(stated, premises, samples, seed)


def premise_set(claim: Claim) -> PremiseSet:
    """What its premises, its models' assumptions and the parameters' ranges allow.

    Raises `InputError` where parameters may leave their ranges, where nothing is allowed, and for an equation that is
    not linear.
    """
    if not claim.bounded:
        raise InputError(f"{claim.name!r} lets parameters leave their ranges, so that nothing has a share")
    assumed = [assumption.relation for model in claim.models for assumption in model.assumptions]
    return PremiseSet(claim.parameters.values(), [*assumed, *claim.premises], f"the premises of {claim.name!r}")


class _OutOfReachError(Exception):
    """The share cannot be had exactly: something is not linear, or there are too many pieces."""


def _exact(claim: Claim, premises: PremiseSet) -> Share | None:
    """The exact share, None where it is out of reach."""
    reading = reading_of(claim)
    if reading is None:
        return None
    cells = _Cells(reading, premises)
    if len(cells.coordinates) > DIMENSIONS:
        return None
    try:
        if not cells.coordinates:
            verdict = judged(claim, premises.point([Fraction(1, 2)] * len(premises.free)))
            value = None if verdict is None else Fraction(verdict)
            return None if value is None else Share(claim, value, value, value, True, "One point, solved exactly")
        whole = kept = Fraction(0)
        count = 0
        for piece, admitted, holds in cells.pieces():
            count += 1
            volume = piece.volume if admitted else Fraction(0)
            whole += volume
            kept += volume if holds else 0
    except _OutOfReachError:
        return None
    if not whole:
        return None
    value = kept / whole
    names = ", ".join(premises.free[k].name for k in cells.coordinates)
    noun = {1: "length", 2: "area"}.get(len(cells.coordinates), "volume")
    method = f"Exact {noun} of {count} polytope{'s' if count > 1 else ''} in {names}"
    return Share(claim, value, value, value, True, method)


@dataclass
class _Cells:
    """The premise set in the parameters that matter, cut into polytopes on which nothing that decides changes sign."""

    reading: Reading
    premises: PremiseSet
    coordinates: list[int] = field(init=False)

    def __post_init__(self) -> None:
        claim, solved = self.reading.claim, self.premises.solved
        entries = {entry for model in claim.models for entry in model.game.entries if hasattr(entry, "free_symbols")}
        used = {symbol for entry in entries for symbol in entry.xreplace(solved).free_symbols}
        used |= symbols_of(substituted(claim.conclusion.formula, solved)) - set(claim.conclusion.where)
        self._reader = Reader()
        self.solved = {symbol.name: self._polynomial(sympy.sympify(value)) for symbol, value in solved.items()}
        position = {symbol: k for k, symbol in enumerate(self.premises.free)}
        rest = [symbols_of(substituted(r, self.premises.solved)) for r in self.premises.rest]
        linked = [{position[s] for s in symbols if s in position} for symbols in rest]
        matter = {position[s] for s in used if s in position}.union(*linked)
        groups = self.premises.factors(linked)
        self.coordinates = sorted(k for group in groups if matter & set(group) for k in group)

    def pieces(self) -> Iterator[tuple[Polytope, bool, bool]]:
        """Each polytope, whether it satisfies the premises, and whether the conclusion holds there."""
        first: Polytope | None = box([(Fraction(0), Fraction(1))] * len(self.coordinates))
        for condition in self.premises.linear:
            if first is not None and set(condition.coefficients) <= set(self.coordinates):
                first = first.within(self.premises.half_space(condition, self.coordinates))
        left = [first] if first is not None else []
        done = 0
        while left:
            done += 1
            if done > MOST_PIECES or expired():
                raise _OutOfReachError
            piece = left.pop()
            centre = piece.centre
            parts = [Fraction(1, 2)] * len(self.premises.free)
            for k, x in zip(self.coordinates, centre, strict=True):
                parts[k] = x
            point = self.premises.point(parts)
            admitted, planes = self._admitted(point)
            holds: bool | None = False
            if admitted:
                holds, margins = self.reading.around(point)
                planes = [*planes, *self._planes(margin.put(self.solved) for margin in margins)]
            for plane in planes:
                if not piece.crosses(plane):
                    continue
                own, other = (plane, plane.opposite) if plane(centre) >= 0 else (plane.opposite, plane)
                beyond, inside = piece.within(other), piece.within(own)
                assert beyond is not None
                assert inside is not None
                left.append(beyond)
                piece = inside
                if plane(centre) == 0:
                    # The centre itself is a special point of this piece, so what was found there counts nowhere.
                    left.append(piece)
                    break
            else:
                if holds is None:
                    raise _OutOfReachError
                yield piece, admitted, holds

    def _admitted(self, point: Point) -> tuple[bool, list[HalfSpace]]:
        expressions = {
            each for said in self.premises.rest for each in _deciding(substituted(said, self.premises.solved))
        }
        margins = [self._polynomial(expression) for expression in sorted(expressions, key=sympy.default_sort_key)]
        return self.premises.admits_exactly(point), self._planes(margins)

    def _polynomial(self, expression: Any) -> Poly:
        found = self._reader.poly(expression)
        if found is None:
            raise _OutOfReachError
        return found

    def _planes(self, margins: Iterable[Poly]) -> list[HalfSpace]:
        """Where the margins are zero, as planes in parts of the ranges; constant ones left out."""
        found: dict[HalfSpace, None] = {}
        numbers = {symbol.name: k for k, symbol in enumerate(self.premises.free)}
        for margin in margins:
            constant, part = Fraction(0), {}
            for monomial, c in margin.terms.items():
                if len(monomial) > 1:
                    raise _OutOfReachError
                constant += Fraction(c) if not monomial else 0
                for name in monomial:
                    low, high = self.premises.ranges[self.premises.free[numbers[name]]]
                    constant += c * low
                    part[numbers[name]] = c * (high - low)
            if part:
                found[self.premises.half_space(Linear(part, constant, False), self.coordinates)] = None
        return list(found)


def _deciding(said: Relation) -> Iterator[Any]:
    """Expressions on whose signs it hangs whether the relation holds."""
    for compared in atoms_of(said):
        yield compared.left - compared.right
        yield from divisors_of(compared)


def _estimate(claim: Claim, premises: PremiseSet, samples: int, seed: int) -> Share:
    """The share among draws, with its interval."""
    import numpy as np

    from analyses.claims.judgement import HOLDS, OPEN, UNSEEN, judged_all

    drawing = Drawing(premises, seed)
    verdicts, chains, parts = [], [], []
    for batch in drawing.batches(samples):
        verdict = judged_all(claim, batch)
        seen = verdict != UNSEEN
        verdicts.append(verdict[seen])
        parts.append(batch.odd[seen])
        if batch.chains is not None:
            chains.append(batch.chains[seen])
    every = np.concatenate(verdicts) if verdicts else np.empty(0, dtype=np.int8)
    draws, held, undecided = len(every), int(np.sum(every == HOLDS)), int(np.sum(every == OPEN))
    remarks = []
    effective = float(draws)
    if draws and chains:
        columns = [every == HOLDS, every == OPEN, *np.concatenate(parts).T[drawing.walked]]
        effective = _worth(np.concatenate(chains), columns)
        remarks.append(
            f"The draws of the chains depend on each other: {draws:,} of them are worth {effective:,.0f} independent "
            "ones, and the interval counts no more."
        )
    if undecided:
        remarks.append(
            f"At {undecided:,} draws the solver did not list all equilibria; the interval counts them on both sides."
        )
    if draws < samples:
        why = "the time was up" if expired() else "too few draws satisfied the premises"
        remarks.append(f"Of {samples:,} draws wanted {draws:,} were judged, since {why}.")
    scale = effective / draws if draws else 0.0
    low, high = interval(scale * held, scale * (held + undecided), effective)
    value = None if draws == undecided else held / (draws - undecided)
    method = f"{draws:,} draws (seed {seed}), {'; '.join(drawing.methods)}, {percent(drawing.acceptance)} accepted"
    return Share(
        claim, value, low, high, False, method, draws, held, undecided, effective, drawing.acceptance, seed,
        tuple(remarks),
    )  # fmt: skip


def interval(fewest: float, most: float, draws: float, level: float = 0.95) -> tuple[float, float]:
    """The Clopper–Pearson interval of a share, when between ``fewest`` and ``most`` of the draws have the property."""
    from scipy.special import betaincinv

    if draws <= 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = float(betaincinv(fewest, draws - fewest + 1, tail)) if fewest > 0 else 0.0
    high = float(betaincinv(most + 1, draws - most, 1 - tail)) if most < draws else 1.0
    return low, high


def _worth(chains: Any, columns: Sequence[Any]) -> float:
    """How many independent draws those of the chains are worth: by the column whose chain means spread the most."""
    import numpy as np

    total = len(chains)
    counts = np.bincount(chains)
    used = counts > 0
    least = float(total)
    for column in columns:
        values = column.astype(float)
        variance = np.var(values)
        if not variance:
            continue
        sums = np.bincount(chains, weights=values - values.mean())[used]
        number = len(sums)
        if number < 2:
            return 1.0
        of_mean = number / (number - 1) * float(np.sum(sums**2)) / total**2
        least = min(least, variance / of_mean) if of_mean else least
    return max(least, 1.0)
