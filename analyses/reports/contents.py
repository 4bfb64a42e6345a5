"""What a report says: everything known of one or several models at given values, as one result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from shlex import quote
from typing import Any

from analyses.arguments import Case
from analyses.certificates.backing import Wanted
from analyses.certificates.degrees import LEGEND
from analyses.claims.documents import NO_CLAIMS, Written
from analyses.ledger import Entry, Ledger, ledger
from analyses.ledger.words import said_by
from analyses.reports.brief import Brief, brief
from analyses.reports.chapters import Chapter
from analyses.reports.chapters import chapter as chapter
from analyses.reports.glossary import Term, glossary, how_to_read
from analyses.reports.record import Record
from games.forms.continuous import ContinuousGame
from games.literature import Reference
from games.model import Model

LONGEST_ARGUMENT = 1_500
"""The most characters of an argument in words that the report has; longer ones are left to the command line."""


@dataclass(frozen=True)
class Report:
    """Chapters under one title."""

    title: str
    about: str
    chapters: tuple[Chapter, ...]
    ledger: Ledger
    case: Case
    record: Record = field(default_factory=Record)

    @cached_property
    def brief(self) -> Brief:
        """The report on one page, for a reader who decides."""
        return brief(self.case, self.chapters, self.ledger)

    @property
    def glossary(self) -> tuple[Term, ...]:
        """The terms and derived quantities that the report uses, each with its anchor."""
        return glossary(self.case, self.chapters)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The works that the models shown and those of the claims are built on, as lists of references are ordered."""
        works = {work for model in self._models for work in model.references}
        return tuple(sorted(works, key=lambda work: work.order))

    @property
    def symbols(self) -> tuple[str, ...]:
        """What stands for a number in formulas, and is set as a symbol: no label of a player or an action is."""
        names = {symbol.name for entry in self.ledger.entries for symbol in entry.claim.conclusion.where}
        for model in self._models:
            names |= {*model.by_name, *model.shorthand, *model.quantities()}
            if isinstance(model.game, ContinuousGame):
                names |= {own.name for own in model.game.choices.values()}
        return tuple(sorted(names))

    @property
    def _models(self) -> list[Model]:
        """The models shown, and those of the claims."""
        return [c.model for c in self.chapters] + [m for entry in self.ledger.entries for m in entry.claim.models]

    def as_json(self) -> dict[str, Any]:
        return {
            "ledger": _ledger_as_json(self.ledger) if len(self.ledger) else None,
            "title": self.title,
            "about": self.about,
            "brief": self.brief.as_json(),
            "how_to_read": list(how_to_read()),
            "glossary": [term.as_json() for term in self.glossary],
            "record": self.record.as_json(),
            "chapters": [chapter.as_json() for chapter in self.chapters],
            "symbols": list(self.symbols),
            "references": [str(work) for work in self.references],
        }


def report(
    case: Case,
    models: Sequence[Model] = (),
    values: Mapping[str, object] | None = None,
    progress: Callable[[Sequence[Model]], Any] = lambda models: models,
    processes: int = 1,
    record: Record | None = None,
    stated: Written = NO_CLAIMS,
) -> Report:
    """The report of a case: a chapter for each of its own, and all of its arguments.

    Where ``models`` are given, they have the chapters, and the arguments are those about them; that of one model bears
    the model's title. ``values`` apply to the models that have these parameters. Claims are checked without a time
    limit, so that a report says the same however busy the machine is; in so many ``processes``, as in `ledger`. Stored
    proofs of the case are verified, and what they do not show is proved anew. ``record`` says what made the report;
    ``stated`` are claims that no argument of the case has, such as those in the file of a game.

    >>> from analyses.commentary import CASE
    >>> from analyses.reports.contents import report
    >>> from games.catalog import load
    >>> made = report(CASE, [load("conflict-expectations")])
    >>> [chapter.model.name for chapter in made.chapters]
    ['conflict-expectations']
    """
    told = tuple(models) or case.chapters
    chapters = []
    for model in progress(told):
        own = {name: value for name, value in (values or {}).items() if name in model.by_name or len(told) == 1}
        chapters.append(chapter(model, own))
    found = ledger(
        [*(case.about_models(*models) if models else case.arguments), *stated.claims],
        longest=None,
        case=case,
        places=stated.places,
        processes=processes,
        wanted=Wanted(argument=True),
    )
    title, about = (models[0].title, "An equilibrium report.") if len(models) == 1 else (case.title, case.about)
    on_record = record or Record(changed=dict(values or {}))
    return Report(title, about, tuple(chapters), found, case, on_record)


def _ledger_as_json(found: Ledger) -> dict[str, Any]:
    """The ledger without anything that may differ from run to run, such as how long a proof took."""
    return {
        "commands": _commands(found),
        "counts": found.counts,
        "degrees": [[degree.value, count, LEGEND[degree]] for degree, count in found.degrees.items()],
        "arguments": [
            {
                "id": argument.id,
                "title": argument.title,
                "source": str(argument.source),
                "left_out": argument.left_out,
                "said_by": said_by(argument),
                "claims": [_entry_as_json(entry) for entry in found.of(argument)],
            }
            for argument in found.arguments
        ]
        + ([_claims_alone_as_json(found.alone)] if found.alone else []),
        "tensions": [pull.as_json() | {"sentence": pull.sentence} for pull in found.tensions],
        "facts": [
            {"said": fact.said, "source": str(fact.source), "record": fact.record, "bears_on": list(fact.bears_on)}
            for fact in found.facts
        ],
        "unencoded": [
            {"said": each.said, "source": str(each.source), "because": each.because} for each in found.unencoded
        ],
    }


def _commands(found: Ledger) -> list[str]:
    """What checks the claims again: those of the case, and those in files."""
    # The case that is meant where none is named needs no word in the command, either.
    place = found.case.place if found.case is not None else ""
    of_case = [f"parley check --all{f' --case {quote(place)}' if place else ''}"] if found.arguments else []
    files = dict.fromkeys(file for e in found.alone for file in e.places.get(e.claim.model.name, ()))
    return [*of_case, *(f"parley check {quote(file)}" for file in files)]


def _claims_alone_as_json(entries: Sequence[Entry]) -> dict[str, Any]:
    """Claims that no argument of a case has, as an argument has them."""
    heading = {"id": "Claims", "title": "stated with the game", "source": "", "left_out": "", "said_by": ""}
    # A claim without a sentence of its own is told in formal words.
    titles = [{"title": entry.claim.argument or entry.formal} for entry in entries]
    return {**heading, "claims": [_entry_as_json(e) | title for e, title in zip(entries, titles, strict=True)]}


def _is_short(entry: Entry) -> bool:
    """Whether the argument behind the verdict is short enough for paper."""
    return sum(map(len, entry.argument_in_words)) <= LONGEST_ARGUMENT


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    counterexample = entry.counterexample
    return {
        "id": entry.id,
        "title": entry.title,
        "argument": entry.claim.argument or entry.formal,
        "reading": entry.statement.reading,
        "claimed": entry.formal,
        "verdict": entry.word,
        "kind": entry.kind.value if entry.kind else None,
        "headline": entry.headline,
        "degree": entry.degree,
        "why": list(entry.argument_in_words) if _is_short(entry) else [],
        "why_is_long": bool(entry.argument_in_words) and not _is_short(entry),
        "kind_in_words": entry.kind_in_words,
        "role": entry.role,
        "added": list(entry.added),
        "concept": entry.claim.concept,
        "premises": list(entry.premises),
        "used": list(entry.used),
        "given": list(entry.given),
        "rests_on": list(entry.rests_on),
        "counterexample": None
        if counterexample is None
        else {name: str(value) for name, value in counterexample.items()},
        "fails": entry.at_values if counterexample is not None else "",
        "breaks": entry.breaks,
        "because": entry.because,
        "share": None if entry.part is None else [f"{float(part):.4f}" for part in entry.part],
        "share_in_words": entry.part_in_words,
        "hidden_in_words": entry.hidden_in_words,
        "solve": list(entry.solve_lines),
    }
