"""What a report says: everything known of one or several models at given values, as one result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from shlex import quote
from typing import Any

from analyses.arguments import Case
from analyses.certificates.backing import Wanted
from analyses.certificates.degrees import LEGEND
from analyses.chances import Chances, teller
from analyses.claims.documents import NO_CLAIMS, Written
from analyses.drawing.argument_map import draw_argument_map
from analyses.drawing.figures import Drawing
from analyses.drawing.picture import picture_of
from analyses.drawing.region_map import draw_regions
from analyses.drawing.tornado import draw_tornado
from analyses.ledger import Entry, Ledger, ledger
from analyses.ledger.words import said_by
from analyses.outcomes import followed
from analyses.outcomes import outcomes_in_words as reached_in_words
from analyses.proofs import proof
from analyses.regions import Regions, regions
from analyses.reports.outcomes import Told, told
from analyses.sensitivity import Sensitivity, sensitivity
from analyses.thresholds import changes
from analyses.when import When, when
from games import __version__
from games.exact import Number, alike, amount, readable
from games.forms.continuous import ContinuousGame
from games.forms.game import Game
from games.forms.telling import outcomes_in_words
from games.formulas.values import evaluate
from games.literature import Reference
from games.model import Model
from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Equilibria, Equilibrium

MOST_PROOFS = 3
"""For how many equilibria of a model the report spells out the proof."""

LONGEST_ARGUMENT = 1_500
"""The most characters of an argument in words that the report has; longer ones are left to the command line."""

NOT_FOLLOWED = "under imperfect information players may mix, so no thresholds are listed and no map is drawn"


@dataclass(frozen=True)
class Chapter:
    """One model at given values: its equilibria and why, what they hang on, what is unknown."""

    model: Model
    values: Mapping[str, object]
    game: Game
    equilibria: Equilibria
    proofs: tuple[tuple[str, ...], ...]
    quantities: Mapping[str, Number]
    conditions: tuple[When, ...]
    sensitivity: Sensitivity | None
    regions: Regions | None
    told: Told | None
    remarks: tuple[str, ...]

    @property
    def brief(self) -> str:
        """The prediction in one sentence."""
        outcomes = dict.fromkeys(map(self._happens, self.equilibria))
        where = "at these values" if self.values else "at the default payoffs"
        count = len(self.equilibria)
        kinds = {"subgame-perfect": "subgame-perfect", "nash": "extreme Nash"}
        kind = kinds.get(self.equilibria.concept, self.equilibria.concept)
        one, several = CONCEPTS[self.equilibria.concept].noun
        if not count:
            return f"{self.model.title}: {where} there is no {kind} {one}."
        reached = "; or ".join(outcomes)
        if count == 1:
            payoffs = ", ".join(f"{player} {readable(v)}" for player, v in self.equilibria[0].payoffs.items())
            only = "the only" if self.equilibria.complete else "one"
            return f"{self.model.title}: {where} {only} {kind} {one} is: {reached} ({payoffs})."
        return f"{self.model.title}: {where} there are {count} {kind} {several}, with the outcomes: {reached}."

    @cached_property
    def figures(self) -> Mapping[str, Drawing]:
        """The figures by name: the game's own (``tree``, say, where it can be drawn), ``tornado``, ``map``."""
        drawn = {}
        if (named := picture_of(self.game, self.equilibria)) is not None:
            drawn[named[0]] = named[1]
        if self.sensitivity is not None and any(swing.width for swing in self.sensitivity.swings):
            drawn["tornado"] = draw_tornado(self.sensitivity)
        if self.regions is not None:
            drawn["map"] = draw_regions(self.regions)
        if self.told is not None:
            drawn |= self.told.figures
        return drawn

    def as_json(self) -> dict[str, Any]:
        """Everything in the chapter as plain data; exact numbers are text."""
        model = self.model
        return {
            "name": model.name,
            "title": model.title,
            "question": model.question,
            "story": model.story,
            "brief": self.brief,
            "form": self.game.form,
            "game": self.game.table().as_json(),
            "parameters": model.parameter_table(**self.values).as_json(),
            "values": {symbol.name: str(value) for symbol, value in model.point(**self.values).items()},
            "assumptions": [[str(assumption), assumption.reason] for assumption in model.assumptions],
            "solution": self.equilibria.as_json(model.name, self._chances),
            "equilibria": self.equilibria.table().as_json(),
            "predictions": [[self._happens(one), _paid(one)] for one in self.equilibria],
            "happens": None if (table := self.equilibria.outcome_table(self._chances)) is None else table.as_json(),
            "proofs": [list(sentences) for sentences in self.proofs],
            "quantities": [[name, readable(value), str(value)] for name, value in self.quantities.items()],
            "conditions": [_condition_as_json(found) for found in self.conditions],
            "outcomes": None if self.told is None else self.told.as_json(),
            "sensitivity": None if self.sensitivity is None else _sensitivity_as_json(self.sensitivity),
            "regions": None if self.regions is None else _regions_as_json(self.regions),
            "figures": {name: drawing.description for name, drawing in self.figures.items()},
            "unknown": list(model.unknown),
            "tells_another_story": model.tells_another_story,
            "arguments": [[argument, str(source)] for argument, source in model.arguments],
            "remarks": list(self.remarks),
        }

    @property
    def _chances(self) -> Callable[[Equilibrium], Chances]:
        return teller(self.model, self.game, self.equilibria)

    def _happens(self, found: Equilibrium) -> str:
        """What one equilibrium comes to: an outcome, or several with their probabilities, and who mixes how."""
        told = self._chances(found)
        happens = next(iter(told)) if len(told) == 1 else outcomes_in_words(told)
        mixing = self.equilibria.mixing_in_words(found)
        return f"{happens}, where {mixing}" if mixing else happens


@dataclass(frozen=True)
class Report:
    """Chapters under one title."""

    title: str
    about: str
    chapters: tuple[Chapter, ...]
    ledger: Ledger

    @property
    def brief(self) -> tuple[str, ...]:
        """The report in a few sentences: each prediction, how the claims fare, and the result to see first."""
        lines = [chapter.brief for chapter in self.chapters]
        if len(self.ledger):
            shown = ", ".join(f"{count} {word}" for word, count in self.ledger.counts.items() if count)
            claims, arguments = amount(len(self.ledger), "claim"), self.ledger.arguments
            of = f" of {amount(len(arguments), 'argument')}" if arguments else ""
            lines.append(f"{claims}{of}, for all payoffs that their premises allow: {shown}.")
            first = self.ledger.of(arguments[0]) if arguments else self.ledger.alone
            lines += [f"{e.word.capitalize()}: “{e.claim.argument or e.title}”" for e in first]
        return tuple(lines)

    @cached_property
    def map(self) -> tuple[Drawing, ...]:
        """The argument map, in parts."""
        return draw_argument_map(self.ledger)

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
            "ledger": _ledger_as_json(self.ledger, self.map) if len(self.ledger) else None,
            "title": self.title,
            "about": self.about,
            "parley": __version__,
            "brief": list(self.brief),
            "chapters": [chapter.as_json() for chapter in self.chapters],
            "symbols": list(self.symbols),
            "references": [str(work) for work in self.references],
        }


def chapter(model: Model, values: Mapping[str, object] | None = None) -> Chapter:
    """Everything about ``model`` at the given values, with defaults elsewhere.

    Raises `InputError` for unknown parameters, floats or broken assumptions.
    """
    given = dict(values or {})
    game = model.at(**given)
    equilibria = solve(game)
    point = model.point(**given)
    asked = tuple(when(model, outcome, after=after) for outcome, after in model.asked)
    return Chapter(
        model,
        given,
        game,
        equilibria,
        tuple(
            proof(model, equilibria.game, one, equilibria.concept, equilibria.settings)
            for one in equilibria[:MOST_PROOFS]
        ),
        {name: evaluate(formula, point) for name, formula in model.quantities().items()},
        asked,
        sensitivity(model, given) if followed(model) else None,
        regions(model, values=given) if model.axes and followed(model) else None,
        told(model, asked, reached_in_words(model, equilibria, game)),
        (*model.outside(**given), *(() if followed(model) else (NOT_FOLLOWED,))),
    )


def report(
    case: Case,
    models: Sequence[Model] = (),
    values: Mapping[str, object] | None = None,
    progress: Callable[[Sequence[Model]], Any] = lambda models: models,
    processes: int = 1,
    stated: Written = NO_CLAIMS,
) -> Report:
    """The report of a case: a chapter for each of its own, and all of its arguments.

    Where ``models`` are given, they have the chapters, and the arguments are those about them; that of one model bears
    the model's title. ``values`` apply to the models that have these parameters. Claims are checked without a time
    limit, so that a report says the same however busy the machine is; in so many ``processes``, as in `ledger`. Stored
    proofs of the case are verified, and what they do not show is proved anew. ``stated`` are claims that no argument of
    the case has, such as those in the file of a game.

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
    if len(models) == 1:
        return Report(models[0].title, "An equilibrium report.", tuple(chapters), found)
    return Report(case.title, case.about, tuple(chapters), found)


def _paid(found: Equilibrium) -> str:
    """What each player gets in the equilibrium."""
    written = alike(found.payoffs.values())
    return ", ".join(f"{player} gets {written(value)}" for player, value in found.payoffs.items())


def _condition_as_json(found: When) -> dict[str, Any]:
    return {
        "head": found.blocks[0].head,
        "conditions": list(found.sentences),
        "legend": list(found.legend),
        "remarks": list(found.remarks),
    }


def _sensitivity_as_json(found: Sensitivity) -> dict[str, Any]:
    return {
        "concept": found.concept,
        "sentences": list(found.findings()),
        "idle": list(found.idle),
        "ranges": {
            name: None if edges is None else [str(edge) for edge in edges] for name, edges in found.ranges.items()
        },
        "table": found.table().as_json(),
        **changes(found, str),
    }


def _regions_as_json(found: Regions) -> dict[str, Any]:
    return {
        "axes": list(found.axes),
        "concept": found.concept,
        "exact": found.exact,
        "sentences": list(found.findings()),
        "regions": [
            {
                "outcomes": list(region.outcomes),
                "share": str(region.share),
                "polygons": [[[str(x), str(y)] for x, y in polygon] for polygon in region.polygons],
            }
            for region in found.regions
        ],
    }


def _ledger_as_json(found: Ledger, figures: Sequence[Drawing]) -> dict[str, Any]:
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
        "figures": [drawing.description for drawing in figures],
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
