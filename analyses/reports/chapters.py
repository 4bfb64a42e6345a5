"""One model in a report: its equilibria and why, what they hang on, what is unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analyses.chances import Chances, teller
from analyses.drawing.figures import Drawing
from analyses.drawing.picture import picture_of
from analyses.drawing.region_map import draw_regions
from analyses.drawing.tornado import draw_tornado
from analyses.outcomes import followed, outcomes_in_words
from analyses.proofs import proof
from analyses.regions import Regions, regions
from analyses.reports import captions
from analyses.reports.outcomes import Told, told
from analyses.sensitivity import Sensitivity, sensitivity
from analyses.thresholds import changes, threshold_table
from analyses.when import When, when
from games.exact import Number, alike, readable
from games.forms.game import Game
from games.forms.telling import outcomes_in_words as chances_in_words
from games.formulas.values import evaluate
from games.model import Model
from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Equilibria, Equilibrium

MOST_PROOFS = 3
"""For how many equilibria of a model the report spells out the proof."""

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

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that the equilibria reach, each once, in words."""
        return outcomes_in_words(self.model, self.equilibria, self.game)

    @property
    def brief(self) -> str:
        """The prediction in one sentence."""
        where = "at these values" if self.values else "at the default payoffs"
        count = len(self.equilibria)
        kinds = {"subgame-perfect": "subgame-perfect", "nash": "extreme Nash"}
        kind = kinds.get(self.equilibria.concept, self.equilibria.concept)
        one, several = CONCEPTS[self.equilibria.concept].noun
        if not count:
            return f"{self.model.title}: {where} there is no {kind} {one}."
        reached = "; or ".join(dict.fromkeys(map(self._happens, self.equilibria)))
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

    @property
    def captions(self) -> Mapping[str, str]:
        """What is to be seen in each figure, by its name."""
        seen = dict.fromkeys(("tree", "graph"), captions.of_play(self.outcomes, self.equilibria))
        if self.sensitivity is not None:
            seen["tornado"] = captions.of_swings(self.sensitivity)
        if self.regions is not None:
            seen["map"] = captions.of_map(self.regions)
        if self.told is not None:
            seen |= captions.of_diagrams([title for title, _ in self.told.diagrams])
            if self.told.importance is not None:
                seen["importance"] = captions.of_importance(self.told.importance)
        return {name: said for name, said in seen.items() if said and name in self.figures}

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
            "captions": self.captions,
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
        happens = next(iter(told)) if len(told) == 1 else chances_in_words(told)
        mixing = self.equilibria.mixing_in_words(found)
        return f"{happens}, where {mixing}" if mixing else happens


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
        told(model, asked, outcomes_in_words(model, equilibria, game)),
        (*model.outside(**given), *(() if followed(model) else (NOT_FOLLOWED,))),
    )


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
        "table": threshold_table(found).as_json(),
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
