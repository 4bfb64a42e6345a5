"""How large a part of the payoffs that a claim's premises allow has its conclusion.

All parameter values within the ranges that satisfy the assumptions and premises count alike: the share is that of the
volume, as though nothing else were known of the payoffs. It is no probability that the claim is true.

Where few parameters matter and every margin is linear in them, the set is cut into polytopes on each of which the same
is played (`analyses.sampling.pieces`), and their volume is exact. Otherwise payoffs are drawn, and the share comes
with the 95 % interval of Clopper & Pearson (1934), Biometrika 26. Draws that depend on each other count for fewer: as
many as independent ones would be needed for the same spread between chains.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import perf_counter
from typing import Any

from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.judgement import judged, reading_of
from analyses.sampling.draws import Drawing
from analyses.sampling.pieces import OutOfReachError, Pieces
from analyses.sampling.premise_set import PremiseSet
from games.errors import InputError
from games.formulas.relations import substituted, symbols_of
from games.solvers.limits import OutOfTimeError, expired, time_limit
from games.tables import Cell, Table, Tabular

SAMPLES = 4_000
SECONDS = 20.0

MOST_SAMPLES = 1_000_000


@dataclass(frozen=True, repr=False)
class Share(Tabular):
    """The part of the premise set in which the conclusion holds.

    ``value`` is a `Fraction` where it is exact, else the estimate, None if no draw was judged; ``low`` and ``high`` are
    the ends of the 95 % interval. Of the ``draws`` ``held`` have the conclusion and ``undecided`` are such that the
    solver did not list all equilibria on which it depends: the interval counts them against either end.
    ``effective`` is the number of independent draws that they are worth, ``acceptance`` the part of the draws made that
    satisfied the premises.

    >>> from analyses.claims import Claim, never, share
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody gives in.", load("conflict-expectations"), never(("Demand", "Concede")))
    >>> found = share(claim, samples=200, exact=False)
    >>> found.draws, found.held, found.value == found.held / found.draws
    (200, 173, True)
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

    >>> from analyses.claims import Claim, never, share
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody gives in.", load("conflict-expectations"), never(("Demand", "Concede")))
    >>> share(claim, samples=200, exact=False)
    The conclusion holds in about 86.5 % of the payoffs that the premises allow (95 % interval 81.0 % to 90.9 %).
    200 draws (seed 0), independent draws from the ranges, 100.0 % accepted.

    Raises `InputError` for premises that contradict each other, the ranges or the model's assumptions, and for
    equations that are not linear.
    """
    check_is_claim(claim)
    check_counts(samples, seed, MOST_SAMPLES)
    started = perf_counter()
    with time_limit(seconds):
        try:
            found = _share(claim, samples, seed, exact)
        except OutOfTimeError:
            found = Share(claim, None, 0.0, 1.0, False, "No draws: the time was up before any was judged", seed=seed)
    return replace(found, claim=claim, seconds=perf_counter() - started)


def check_counts(samples: object, seed: object, most: int) -> None:
    """Raises `InputError` for a number of samples or a seed that cannot be."""
    if isinstance(samples, bool) or not isinstance(samples, int) or not 1 <= samples <= most:
        raise InputError(f"the number of samples is {samples}; give a whole number from 1 to {most:,}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"the seed is {seed}; give a whole number from 0")


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


def _exact(claim: Claim, premises: PremiseSet) -> Share | None:
    """The exact share, None where it is out of reach."""
    reading = reading_of(claim)
    if reading is None:
        return None
    solved = premises.solved
    entries = {entry for model in claim.models for entry in model.game.entries if hasattr(entry, "free_symbols")}
    used = {symbol for entry in entries for symbol in entry.xreplace(solved).free_symbols}
    used |= symbols_of(substituted(claim.conclusion.formula, solved)) - set(claim.conclusion.where)
    try:
        pieces = Pieces(premises, frozenset(used), reading.around)
        if not pieces.are_few:
            return None
        if not pieces.coordinates:
            verdict = judged(claim, pieces.point(()))
            value = None if verdict is None else Fraction(verdict)
            return None if value is None else Share(claim, value, value, value, True, "One point, solved exactly")
        whole = kept = Fraction(0)
        count = 0
        for piece, admitted, holds in pieces:
            if admitted and holds is None:
                return None
            count += 1
            whole += piece.volume if admitted else 0
            kept += piece.volume if holds else 0
    except OutOfReachError:
        return None
    if not whole:
        return None
    value = kept / whole
    names = ", ".join(premises.free[k].name for k in pieces.coordinates)
    noun = {1: "length", 2: "area"}.get(len(pieces.coordinates), "volume")
    method = f"Exact {noun} of {count} polytope{'s' if count > 1 else ''} in {names}"
    return Share(claim, value, value, value, True, method)


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
        effective = worth(np.concatenate(chains), columns)
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


def worth(chains: Any, columns: Sequence[Any]) -> float:
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
