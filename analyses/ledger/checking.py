"""Checking claims: the ledger of an argument, of a case, or of claims of one's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from analyses.arguments import Argument, Case, Fact, Statement, Tension, Unencoded
from analyses.certificates.backing import Backed, Wanted, backed
from analyses.certificates.crosscheck import DisagreementError
from analyses.certificates.degrees import Degree
from analyses.claims import Claim, Proved, Refuted, Unsettled, Verdict
from analyses.claims.questions.compatibility import compatible
from analyses.claims.questions.hidden_premise import HiddenPremises, hidden_premises
from analyses.claims.questions.hidden_search import BRIEF_STEPS, STEPS
from analyses.claims.share import Share, share
from analyses.ledger.entries import Entry
from analyses.ledger.pull import Pull
from analyses.ledger.standing import Standing
from analyses.outcomes import followed
from analyses.side_by_side import side_by_side
from games.errors import InputError, check_kind, listed, meant, quoted
from games.solvers.limits import expired, remaining, time_limit
from games.tables import Cell, Table, Tabular

SAMPLES = 400
"""Payoffs drawn to estimate the share of a claim: enough to tell a tenth from a half."""

WORTHWHILE = 12
"""From so many claims on, several processes save more time than it takes to start them."""

NOT_REACHED = "stopped before its turn"


@dataclass(frozen=True, repr=False)
class Ledger(Tabular):
    """Claims with their verdicts, in the order in which they were given; ``case`` is the one they are from, if any.

    ``tensions`` are those between these arguments, each with what is known of it.

    >>> from analyses.claims import Claim, never
    >>> from analyses.ledger import ledger
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody violates.", load("inspection"), never({"Target": "Violate"}))
    >>> found = ledger([claim])
    >>> found["none"].headline
    'refuted everywhere'
    """

    entries: tuple[Entry, ...]
    case: Case | None = None
    tensions: tuple[Pull, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, id: str) -> Entry:
        """The entry of the claim with that name."""
        for entry in self.entries:
            if entry.id == id:
                return entry
        names = [entry.id for entry in self.entries]
        raise InputError(f"there is no claim {quoted(id)}; there are {listed(names)}{meant(str(id), names)}")

    def of(self, argument: Argument) -> tuple[Entry, ...]:
        """The entries of the statements of ``argument``."""
        return tuple(entry for entry in self.entries if entry.argument is not None and entry.argument.id == argument.id)

    @property
    def alone(self) -> tuple[Entry, ...]:
        """The entries of claims that belong to no argument."""
        return tuple(entry for entry in self.entries if entry.argument is None)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments that the claims belong to, in their order."""
        found = {entry.argument.id: entry.argument for entry in self.entries if entry.argument is not None}
        return tuple(found.values())

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that bear on some of these arguments, or on all; none where there are only claims alone."""
        ids = {argument.id for argument in self.arguments}
        known = self.case.facts if self.case is not None else ()
        return tuple(fact for fact in known if ids and (not fact.bears_on or ids & set(fact.bears_on)))

    @property
    def unencoded(self) -> tuple[Unencoded, ...]:
        """What the source says and no claim puts, where the whole case is in the ledger."""
        whole = self.case is not None and len(self.arguments) == len(self.case.arguments)
        return self.case.unencoded if self.case is not None and whole else ()

    @property
    def counts(self) -> dict[str, int]:
        """How many claims are proved, refuted and unsettled."""
        words = [entry.word for entry in self.entries]
        return {word: words.count(word) for word in ("proved", "refuted", "unsettled")}

    @property
    def degrees(self) -> dict[Degree, int]:
        """How many verdicts are of each degree."""
        found = [entry.backed.degree for entry in self.entries if entry.backed is not None]
        return {degree: found.count(degree) for degree in Degree if degree in found}

    @property
    def summary(self) -> str:
        """How many claims there are, and how many of each verdict and degree."""
        shown = ", ".join(f"{count} {word}" for word, count in self.counts.items() if count)
        return f"{len(self)} {'claim' if len(self) == 1 else 'claims'}: {shown or 'none'}{self._degrees_shown}."

    def findings(self) -> tuple[str, ...]:
        """One sentence for each claim."""
        return tuple(entry.sentence for entry in self.entries)

    def table(self) -> Table:
        """One row for each claim; refuted and unsettled ones stand out."""
        rows = tuple(
            (
                Cell(entry.id),
                Cell(entry.title),
                Cell(entry.where),
                Cell(entry.word, marked=entry.word != "proved"),
                Cell(entry.degree),
                Cell(entry.reason),
            )
            for entry in self.entries
        )
        return Table(("Claim", "What it says", "Source", "Verdict", "Degree", "Rests on, or fails at"), rows)

    def as_json(self) -> list[dict[str, Any]]:
        """The entries as plain data."""
        return [entry.as_json() for entry in self.entries]

    def __repr__(self) -> str:
        return "\n\n".join(
            [
                *map(str, self.entries),
                self.summary,
            ]
        )

    @property
    def _degrees_shown(self) -> str:
        """How many of the verdicts are of which degree, where there are several claims."""
        if len(self) == 1 or not self.degrees:
            return ""
        named = {Degree.BY_ONE_SOLVER: "by Z3 alone"}
        told = (f"{count} {named.get(degree, degree.value)}" for degree, count in self.degrees.items())
        return f"; of the verdicts {', '.join(told)}"

    def _repr_html_(self) -> str:
        return self.table().html() + "".join(f"<p>{escape(sentence)}</p>" for sentence in self.findings())


def ledger(
    arguments: Iterable[Argument | Statement | Claim],
    seconds: float | None = None,
    progress: Callable[[Sequence[Statement]], Iterable[Statement]] = lambda statements: statements,
    *,
    longest: float | None = None,
    samples: int = SAMPLES,
    search: bool = False,
    case: Case | None = None,
    places: Mapping[str, tuple[str, ...]] | None = None,
    processes: int = 1,
    wanted: Wanted | None = None,
) -> Ledger:
    """Checks every claim; `analyses.claims.check` says how far the answers are the same on every machine.

    Limits in seconds count where they are given: ``longest`` for each claim, ``seconds`` for all of them together.

    Claims whose turn does not come, because of the limit or of Ctrl-C under `interruptible`, are unsettled. The share
    of a claim that is not proved is estimated from ``samples`` draws, none if that is 0. With ``search``, hidden
    premises of every refuted one are looked for; else only those of statements that say they are found soon.
    ``progress`` is given the statements and hands them out one by one. ``case`` is the one that the arguments are from,
    for its tensions, facts and models; ``places`` say how further models are found that are not in the catalog, as in
    `Entry`. The claims are shared out among so many ``processes``; a script that asks for more than one needs the guard
    ``if __name__ == "__main__":``. A claim that cannot be checked is unsettled, for the reason told; if it is the only
    one, that is an `InputError`. Where the ``case`` has stored proofs they are verified in place of proving its claims
    anew, unless ``wanted`` says otherwise; it also says what else a verdict is to come with.

    >>> from analyses.claims import Claim, never
    >>> from analyses.ledger import ledger
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody violates.", load("inspection"), never({"Target": "Violate"}))
    >>> ledger([claim]).counts
    {'proved': 0, 'refuted': 1, 'unsettled': 0}
    """
    check_kind(arguments, Iterable, "what to check", "a list of arguments or claims, such as CASE.named('A2')")
    owners: list[Argument | None] = []
    statements: list[Statement] = []
    for each in arguments:
        check_kind(each, (Argument, Statement, Claim), "what to check", "arguments or claims, such as CASE.named('A2')")
        found = each.statements if isinstance(each, Argument) else (each,)
        for one in found:
            statements.append(one if isinstance(one, Statement) else Statement(one.argument or one.name, one))
            owners.append(each if isinstance(each, Argument) else None)
    judge = partial(
        _judged,
        longest=longest,
        samples=samples,
        search=search,
        alone=len(statements) == 1,
        proofs=case.proofs if case is not None else None,
        wanted=wanted or Wanted(),
    )
    judged = side_by_side(judge, statements, processes if len(statements) >= WORTHWHILE else 1)
    with time_limit(None if seconds is None else min(seconds, remaining())), closing(judged):
        together = zip(owners, progress(statements), judged, strict=True)
        found_at = {**(case.places if case is not None else {}), **(places or {})}
        entries = tuple(Entry(one, owner, *known[:3], found_at, known[3]) for owner, one, known in together)
        ids = {owner.id for owner in owners if owner is not None}
        pulling = [t for t in (case.tensions if case is not None else ()) if ids.issuperset(t.between)]
        asked = [_Asked(tension, _claims_of(tension, case)) for tension in pulling]
        return Ledger(entries, case, tuple(side_by_side(_pull, asked, processes if len(asked) > 1 else 1)))


@dataclass(frozen=True)
class _Asked:
    """A tension and the claims that show it."""

    tension: Tension
    claims: tuple[Claim, ...]


def _claims_of(tension: Tension, case: Case | None) -> tuple[Claim, ...]:
    by_name = {statement.id: statement.claim for statement in (case.statements if case is not None else ())}
    return tuple(by_name[name] for name in tension.shown_by)


def _pull(asked: _Asked) -> Pull:
    """What is known of a tension: whether the claims that show it can hold together."""
    if not asked.claims:
        return Pull(asked.tension, Standing.OMISSION)
    if expired():
        return Pull(asked.tension, Standing.OPEN)
    found = compatible(asked.claims)
    names = {claim.name for claim in asked.claims}
    for together in found.together:
        if set(together.claims) == names and together.confirmed:
            parameters = {p.name: p.default for claim in asked.claims for p in claim.parameters.values()}
            moved = {name: value for name, value in together.at.items() if parameters.get(name) != value}
            return Pull(asked.tension, Standing.COMPATIBLE, moved)
    return Pull(asked.tension, Standing.EXCLUDE if found.contradictions else Standing.OPEN)


def _judged(
    statement: Statement,
    longest: float | None,
    samples: int,
    search: bool,
    alone: bool,
    proofs: Path | None,
    wanted: Wanted,
) -> tuple[Verdict, Share | None, HiddenPremises | None, Backed]:
    """The verdict on a claim and what else is known; one that cannot be checked raises `InputError` if ``alone``."""
    claim = statement.claim
    try:
        found = _backed(claim, longest, proofs, wanted)
    except DisagreementError:
        raise
    except InputError as error:
        if alone:
            raise InputError(f"the claim {claim.name}: {error}") from None
        found = Backed(Unsettled(str(error)))
    return found.verdict, _share(claim, found.verdict, samples), _hidden(statement, found.verdict, search), found


def _backed(claim: Claim, longest: float | None, proofs: Path | None, wanted: Wanted) -> Backed:
    if expired():
        return Backed(Unsettled(NOT_REACHED))
    return backed(claim, None if longest is None else min(longest, remaining()), proofs, wanted)


def _share(claim: Claim, verdict: Verdict, samples: int) -> Share | None:
    """The share of a claim that is not proved; None if it was not looked for, or cannot be had.

    Trees of imperfect information take seconds to solve at each of the payoffs drawn, so they have none.
    """
    if isinstance(verdict, Proved) or not samples or expired() or not all(map(followed, claim.models)):
        return None
    try:
        found = share(claim, samples=samples, seconds=None)
    except InputError:
        return None
    return None if found.value is None or expired() else found


def _hidden(statement: Statement, verdict: Verdict, search: bool) -> HiddenPremises | None:
    """What would make a refuted claim true; None if it was not looked for, or cannot be had."""
    if not isinstance(verdict, Refuted) or expired() or not (search or statement.searched):
        return None
    try:
        found = hidden_premises(statement.claim, steps=STEPS if statement.searched else BRIEF_STEPS)
    except InputError:
        return None
    return found if found.found else None
