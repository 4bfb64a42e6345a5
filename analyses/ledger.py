"""The ledger: every claim with its verdict, what a proof rests on, and what breaks a claim that is refuted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from html import escape
from shlex import quote
from textwrap import fill
from typing import Any

from analyses.claims import Claim, Monotone, Proved, Refuted, Unsettled, Verdict, check
from analyses.claims.check import SECONDS
from analyses.claims.hidden_premise import AddedPremises, HiddenPremises, hidden_premises
from analyses.claims.share import Share, percent, share
from analyses.commentary import TENSIONS, Argument, Statement, Tension
from analyses.outcomes import followed
from analyses.side_by_side import side_by_side
from games.errors import InputError
from games.exact import readable
from games.formulas.relations import in_words, relation
from games.model import Model
from games.solvers.concept import concept_for
from games.solvers.limits import expired, remaining, time_limit
from games.sources import Quoted
from games.tables import Cell, Table

LONGEST_SEARCH = 60.0
"""The most seconds in which the hidden premises of one claim are looked for."""

SAMPLES = 400
"""Payoffs drawn to estimate the share of a claim: enough to tell a tenth from a half."""

MANY = 4
"""From so many quantities on, those that are zero are not listed one by one."""

LONGEST = 3 * SECONDS
"""The most seconds that one claim may take."""

WORTHWHILE = 12
"""From so many claims on, several processes save more time than it takes to start them."""

NOT_REACHED = "stopped before its turn"
EXCLUSION = {"proved": "exclude each other", "refuted": "can both hold", "unsettled": "not decided"}
OMISSION = "left unsaid"
"""What is known of a tension, by the verdict on the claim that its two sides exclude each other."""

CONCEPT_WORDS = {"nash": "Nash", "pure-nash": "pure Nash", "perfect-bayesian": "perfect Bayesian"}
"""How a concept is written where its name is not how one writes it."""

WIDTH = 100
"""The most characters of a line of text."""


@dataclass(frozen=True)
class Entry:
    """A claim with its verdict.

    ``argument`` is the one it belongs to; None for a claim on its own. ``share`` is the part of the payoffs that the
    premises allow at which the conclusion holds; ``hidden`` what would make a refuted claim true. ``places`` say where
    a model is found that is not in the catalog.
    """

    statement: Statement
    argument: Argument | None
    verdict: Verdict
    share: Share | None = None
    hidden: HiddenPremises | None = None
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.statement.id

    @property
    def title(self) -> str:
        return self.statement.title

    @property
    def claim(self) -> Claim:
        return self.statement.claim

    @property
    def word(self) -> str:
        """The verdict in a word: proved, refuted or unsettled."""
        return self.verdict.verdict

    @property
    def where(self) -> str:
        """Paragraph and phrase, or whatever else is on record of the claim's source."""
        source = self.claim.source
        if isinstance(source, Quoted):
            return f"¶{source.paragraph} “{source.phrase}”"
        return "" if source is None else str(source)

    @property
    def formal(self) -> str:
        """What is claimed, in words that leave nothing open."""
        claim = self.claim
        which = "every" if claim.every else "some"
        models = " and ".join(model.name for model in claim.models)
        noun, _ = claim.concept_of(claim.model).noun
        concept = CONCEPT_WORDS.get(claim.concept, claim.concept)
        return f"in {which} {concept} {noun} of {models}: {claim.conclusion}"

    @property
    def premises(self) -> tuple[str, ...]:
        """The premises as formulas."""
        return tuple(map(in_words, self.claim.premises))

    @property
    def used(self) -> tuple[str, ...]:
        """The premises that the proof needs, as formulas; empty unless the claim is proved."""
        return tuple(map(in_words, self.verdict.used)) if isinstance(self.verdict, Proved) else ()

    @property
    def given(self) -> tuple[str, ...]:
        """The premises by name, those without a name as formulas."""
        return tuple(premise.words for premise in self.statement.given) or self.premises

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Of `given`, what the proof needs."""
        if not isinstance(self.verdict, Proved):
            return ()
        named = self.statement.given
        used = self.verdict.used
        return tuple(p.words for p in named if any(relation(r) in used for r in p.relations)) if named else self.used

    @property
    def counterexample(self) -> Mapping[str, Fraction] | None:
        """Exact values of all parameters at which the claim fails; None unless it is refuted."""
        return self.verdict.at if isinstance(self.verdict, Refuted) else None

    @property
    def moved(self) -> Mapping[str, Fraction]:
        """Of the counterexample, the parameters that are not at their defaults."""
        defaults = {parameter.name: parameter.default for parameter in self.claim.parameters.values()}
        return {n: v for n, v in (self.counterexample or {}).items() if n not in defaults or v != defaults[n]}

    @property
    def breaks(self) -> str:
        """What is the case at the counterexample."""
        if not isinstance(self.verdict, Refuted):
            return ""
        told = self.verdict.breaks.split("; ")
        if len(told) < MANY:
            return self.verdict.breaks
        happens = [each for each in told if not each.endswith(" is 0")]
        return "; ".join([*happens, "the others are 0"]) if happens else f"all {len(told)} probabilities are 0"

    @property
    def would_follow(self) -> tuple[AddedPremises, ...]:
        """The sets of further premises with which a refuted claim is a theorem, the weakest first."""
        return self.hidden.found if self.hidden is not None else ()

    @property
    def hidden_in_words(self) -> str:
        """The weakest set of further premises that makes a refuted claim a theorem."""
        if not self.would_follow:
            return ""
        weakest = self.would_follow[0]
        only = ", and holds nowhere else" if weakest.is_exact else ""
        return f"it would follow given {' and '.join(map(in_words, weakest.premises))}{only}"

    @property
    def because(self) -> str:
        """Why the claim is unsettled."""
        return self.verdict.because if isinstance(self.verdict, Unsettled) else ""

    @property
    def method(self) -> str:
        if isinstance(self.verdict, Unsettled):
            return "; ".join(filter(None, [f"open: {self.because}", self.verdict.searched]))
        return self.verdict.method

    @property
    def part(self) -> tuple[Fraction | float, Fraction | float, Fraction | float] | None:
        """The share with the ends of its 95 % interval; all of it for what is proved."""
        if isinstance(self.verdict, Proved):
            return Fraction(1), Fraction(1), Fraction(1)
        if self.share is None or self.share.value is None:
            return None
        return self.share.value, self.share.low, self.share.high

    @property
    def part_in_words(self) -> str:
        """How often the conclusion holds, where it was not proved to hold always."""
        if self.share is None or self.part is None:
            return ""
        value, low, high = self.part
        if self.share.exact:
            return f"holds in {percent(value)} of the payoffs that the premises allow"
        return (
            f"holds in about {percent(value)} of the payoffs that the premises allow "
            f"(95 % interval {percent(low)} to {percent(high)}, {self.share.draws:,} draws)"
        )

    @property
    def solve_lines(self) -> tuple[str, ...]:
        """Commands that show the equilibria at which a refuted claim fails, one for each game that it speaks of."""
        if not isinstance(self.verdict, Refuted):
            return ()
        claim, at = self.claim, self.verdict.at
        points = [(model, at) for model in claim.models]
        if isinstance(claim.conclusion, Monotone):
            name = claim.conclusion.parameter
            points.append((claim.model, {**at, name: at[f"{name}_more"]}))
        return tuple(
            solve_line(model, claim.concept, values, self.places.get(model.name, model.name))
            for model, values in points
        )

    @property
    def sentence(self) -> str:
        """The verdict, the claim, and what it rests on or fails at."""
        said = f"{self.word.capitalize()} ({self.id}): {self.claim.argument}"
        match self.verdict:
            case Proved() if self.rests_on:
                return f"{said} It rests on: {'; '.join(self.rests_on)}."
            case Refuted():
                return f"{said} It fails {self.at_values}: {self.breaks}."
            case Unsettled(because=because):
                return f"{said} Open: {because}."
        return said

    @property
    def at_values(self) -> str:
        """Where the claim fails, in words."""
        if not self.moved:
            return "at the default payoffs"
        return "at " + ", ".join(f"{name} = {readable(value)}" for name, value in self.moved.items())

    def __str__(self) -> str:
        lines = [f"{self.word.upper()}  {self.id}: {self.title}"]
        parts = [self.claim.argument] if self.claim.argument not in ("", self.title) else []
        if self.statement.reading:
            parts.append(f"Reading: {self.statement.reading}")
        if self.where:
            parts.append(f"Source: {self.where}")
        parts.append(f"Claimed {self.formal}")
        if self.given:
            parts.append(f"Given: {'; '.join(self.given)}")
        match self.verdict:
            case Proved() if self.given:
                unused = [words for words in self.given if words not in self.rests_on]
                parts.append(f"Rests on: {'; '.join(self.rests_on) or 'none of them'}")
                if unused and self.rests_on:
                    parts.append(f"Not needed: {'; '.join(unused)}")
            case Refuted():
                parts.append(f"Fails {self.at_values}: {self.breaks}")
            case Unsettled(because=because):
                parts.append(f"Open: {because}")
        if self.part_in_words:
            parts.append(f"Share: {self.part_in_words}")
        if self.hidden_in_words:
            parts.append(f"Left unsaid: {self.hidden_in_words}")
        if self.method and not isinstance(self.verdict, Unsettled):
            parts.append(f"How: {self.method}")
        lines += [fill(part, WIDTH, initial_indent="  ", subsequent_indent="    ") for part in parts]
        lines += [f"  See: {line}" for line in self.solve_lines]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The entry as plain data; exact numbers are text."""
        at = self.counterexample
        return {
            "id": self.id,
            "title": self.title,
            "verdict": self.word,
            "concept": self.claim.concept,
            "premises": list(self.premises),
            "used": list(self.used),
            "counterexample": None if at is None else {name: str(value) for name, value in at.items()},
            "share": None if self.part is None else [round(float(value), 4) for value in self.part],
            "hidden_premises": [list(map(in_words, added.premises)) for added in self.would_follow],
            "method": self.method,
            "seconds": round(self.verdict.seconds, 3),
        }


@dataclass(frozen=True, repr=False)
class Ledger:
    """Claims with their verdicts, in the order in which they were given."""

    entries: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, id: str) -> Entry:
        """The entry of the claim with that name."""
        for entry in self.entries:
            if entry.id == id:
                return entry
        raise KeyError(id)

    def of(self, argument: Argument) -> tuple[Entry, ...]:
        """The entries of the statements of ``argument``."""
        return tuple(entry for entry in self.entries if entry.argument is not None and entry.argument.id == argument.id)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments that the claims belong to, in their order."""
        found = {entry.argument.id: entry.argument for entry in self.entries if entry.argument is not None}
        return tuple(found.values())

    @property
    def tensions(self) -> tuple[tuple[Tension, str], ...]:
        """The tensions between these arguments, each with what is known of it in words."""
        ids = {argument.id for argument in self.arguments}
        words = {entry.id: EXCLUSION[entry.word] for entry in self.entries}
        return tuple(
            (tension, words.get(tension.shown_by, EXCLUSION["unsettled"]) if tension.shown_by else OMISSION)
            for tension in TENSIONS
            if ids.issuperset(tension.between)
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many claims are proved, refuted and unsettled."""
        words = [entry.word for entry in self.entries]
        return {word: words.count(word) for word in ("proved", "refuted", "unsettled")}

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
                Cell(_reason(entry)),
            )
            for entry in self.entries
        )
        return Table(("Claim", "What it says", "Source", "Verdict", "Rests on, or fails at"), rows)

    def as_json(self) -> list[dict[str, Any]]:
        return [entry.as_json() for entry in self.entries]

    def __repr__(self) -> str:
        shown = ", ".join(f"{count} {word}" for word, count in self.counts.items() if count)
        return "\n\n".join(
            [*map(str, self.entries), f"{len(self)} {'claim' if len(self) == 1 else 'claims'}: {shown or 'none'}."]
        )

    def _repr_html_(self) -> str:
        return self.table().html() + "".join(f"<p>{escape(sentence)}</p>" for sentence in self.findings())


def _reason(entry: Entry) -> str:
    match entry.verdict:
        case Proved():
            return "; ".join(entry.rests_on) or "no premise"
        case Refuted():
            return f"fails {entry.at_values}"
    return entry.because


def ledger(
    arguments: Iterable[Argument | Statement | Claim],
    seconds: float | None = None,
    progress: Callable[[Sequence[Statement]], Iterable[Statement]] = lambda statements: statements,
    *,
    longest: float | None = LONGEST,
    samples: int = SAMPLES,
    search: float = 0.0,
    places: Mapping[str, str] | None = None,
    processes: int = 1,
) -> Ledger:
    """Checks every claim, each for at most ``longest`` seconds, all of them together for at most ``seconds``.

    Claims whose turn does not come, because of the limit or of Ctrl-C under `interruptible`, are unsettled. The share
    of a claim that is not proved is estimated from ``samples`` draws, none if that is 0. Hidden premises of a refuted
    one are looked for during ``search`` seconds; if that is 0, only those of statements that say they are found soon,
    and to the end, so that the answer does not depend on the machine. ``progress`` is given the statements and hands
    them out one by one. ``places`` say where models are found that are not in the catalog. The claims are shared out
    among so many ``processes``; a script that asks for more than one needs the guard ``if __name__ == "__main__":``.
    A claim that cannot be checked is unsettled, for the reason told; if it is the only one, that is an `InputError`.
    """
    owners: list[Argument | None] = []
    statements: list[Statement] = []
    for each in arguments:
        found = each.statements if isinstance(each, Argument) else (each,)
        for one in found:
            statements.append(one if isinstance(one, Statement) else Statement(one.argument or one.name, one))
            owners.append(each if isinstance(each, Argument) else None)
    judge = partial(_judged, longest=longest, samples=samples, search=search, alone=len(statements) == 1)
    judged = side_by_side(judge, statements, processes if len(statements) >= WORTHWHILE else 1)
    with time_limit(None if seconds is None else min(seconds, remaining())), closing(judged):
        together = zip(owners, progress(statements), judged, strict=True)
        return Ledger(tuple(Entry(one, owner, *known, places or {}) for owner, one, known in together))


def _judged(
    statement: Statement, longest: float | None, samples: int, search: float, alone: bool
) -> tuple[Verdict, Share | None, HiddenPremises | None]:
    """The verdict on a claim and what else is known; one that cannot be checked raises `InputError` if ``alone``."""
    claim = statement.claim
    verdict: Verdict
    try:
        verdict = _verdict(claim, longest)
    except InputError as error:
        if alone:
            raise InputError(f"the claim {claim.name}: {error}") from None
        verdict = Unsettled(str(error))
    return verdict, _share(claim, verdict, samples), _hidden(statement, verdict, search)


def _verdict(claim: Claim, longest: float | None) -> Verdict:
    if expired():
        return Unsettled(NOT_REACHED)
    return check(claim, None if longest is None else min(longest, remaining()))


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


def _hidden(statement: Statement, verdict: Verdict, search: float) -> HiddenPremises | None:
    """What would make a refuted claim true; None if it was not looked for, or cannot be had."""
    if not isinstance(verdict, Refuted) or expired() or not (search or statement.searched):
        return None
    try:
        found = hidden_premises(statement.claim, seconds=min(search or LONGEST_SEARCH, remaining()))
    except InputError:
        return None
    return found if found.found else None


def solve_line(model: Model, concept: str, at: Mapping[str, Fraction], place: str) -> str:
    """The command that solves ``model``, found at ``place``, at these values, those at their defaults left out."""
    words = ["parley", "solve", quote(place)]
    if concept != concept_for(model.game, None).name:
        words += ["--concept", concept]
    for parameter in model.parameters:
        if at.get(parameter.name, parameter.default) != parameter.default:
            words += ["--set", f"{parameter.name}={at[parameter.name]}"]
    return " ".join(words)
