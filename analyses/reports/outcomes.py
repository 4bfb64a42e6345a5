"""What a report says of each outcome of a model: when it is played, at how large a part of the payoffs, what decides.

Everything here is over all payoffs, whatever the values of the chapter, takes no time limit and has a fixed seed, so
that a report says the same each time. Conditions are told where they are short: for a tree those of single choices that
hang on nothing later, region by region where choices are few; `parley when` has the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyses.claims.share import percent
from analyses.drawing.decision_diagram import draw_by_decision, draw_when
from analyses.drawing.figures import Drawing
from analyses.drawing.importance import draw_importance
from analyses.importance import Importance, importance
from analyses.outcomes import followed
from analyses.solution import solve_free
from analyses.solution.report import conditions
from analyses.sweeps import Sweep, sweep
from analyses.sweeps.shares import OutcomeShare
from analyses.when import When, outcomes, when
from analyses.when.steps import Chosen
from games.errors import InputError
from games.forms.extensive import ExtensiveGame
from games.forms.graph_model import GraphModel
from games.forms.strategic import StrategicGame
from games.model import Model

POINTS, PAIRS, SEED = 1_024, 256, 0
"""How many points are swept, how many pairs of them weighed, and from which seed."""

MOST_TOLD = 60
"""The most outcomes of which it is told when they are played."""

MOST_CONDITIONS = 4
"""The most conditions of an outcome that are written out."""

MOST_DRAWN = 3
"""The most outcomes of which there is a decision diagram."""


@dataclass(frozen=True)
class OutcomeTold:
    """An outcome, at how large a part of the payoffs it is played, and the conditions: any of them is enough."""

    outcome: str
    share: OutcomeShare
    conditions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The row as plain data."""
        return {
            "outcome": self.outcome,
            "seen": self.share.possible > 0,
            "conditions": list(self.conditions),
            "by_every": percent(self.share.certain),
            "by_every_interval": _between(self.share.certain_ends),
            "by_some": percent(self.share.possible),
            "by_some_interval": _between(self.share.possible_ends),
        }


@dataclass(frozen=True)
class Told:
    """All outcomes of a model, the diagrams, each with what it is about, and what decides.

    ``asked`` are the shares of what the model has asked about, whatever else belongs to the outcome. Where
    ``by_choice`` the conditions are those of single choices, and each choice must besides be the best, given what
    follows it.
    """

    outcomes: tuple[OutcomeTold, ...]
    asked: tuple[OutcomeShare, ...]
    by_choice: bool
    legend: tuple[str, ...]
    diagrams: tuple[tuple[str, Drawing], ...]
    importance: Importance | None
    points: int
    pure: bool

    @property
    def figures(self) -> Mapping[str, Drawing]:
        """The figures by name."""
        drawn = {f"when-{number}": diagram for number, (_, diagram) in enumerate(self.diagrams)}
        if self.importance is not None:
            drawn["importance"] = draw_importance(self.importance)
        return drawn

    def as_json(self) -> dict[str, Any]:
        """Everything but the figures, as plain data."""
        return {
            "outcomes": [one.as_json() for one in self.outcomes],
            "by_choice": self.by_choice,
            "legend": list(self.legend),
            "diagrams": len(self.diagrams),
            "importance": self.importance is not None,
            "points": self.points,
            "pure": self.pure,
            "seed": SEED,
        }


def told(model: Model, asked: tuple[When, ...], predicted: tuple[str, ...]) -> Told | None:
    """What is told of the outcomes of a model; None where its equilibria cannot be followed, or it has too many.

    There is a diagram of those that the model has ``asked`` about, and of those ``predicted`` where it can be told by
    decision.
    """
    named = outcomes(model)
    if not followed(model) or len(named) > MOST_TOLD or not any(p.low < p.high for p in model.parameters):
        return None
    concept = model.game.followed_concept
    swept = sweep(model, concept=concept, samples=POINTS, seed=SEED, seconds=None)
    shares = {share.outcome: share for share in swept.shares}
    if not any(share.possible for share in shares.values()):
        # Players mix wherever points were tried, and nothing is told of that here.
        return None
    by_decision = {words: found for words in named if (found := _by_decision(model, words)) is not None}
    said = _by_steps(model, by_decision) if by_decision else _by_region(model)
    rows = tuple(OutcomeTold(words, shares.get(words, _never(words)), _few(said.get(words, ()))) for words in named)
    spoken = " ".join(line for row in rows for line in row.conditions)
    legend = next(iter(by_decision.values())).legend_of(spoken) if by_decision else ()
    drawn = [(found.outcome, drawing) for found in asked if (drawing := _drawn(found)) is not None]
    drawn += [(w, draw_by_decision(by_decision[w])[0]) for w in predicted if _is_short(by_decision.get(w))]
    return Told(
        rows,
        _asked(model, swept),
        bool(by_decision),
        legend,
        tuple(drawn[:MOST_DRAWN]),
        _weighed(model),
        len(swept),
        _is_pure(model),
    )


def _asked(model: Model, swept: Sweep) -> tuple[OutcomeShare, ...]:
    """The share of the outcomes that have the words of each that the model has asked about."""
    found = []
    for words in dict.fromkeys(words for words, _ in model.asked):
        by_group = swept.tally.shares_by(lambda outcome, words=words: words if words in outcome else "")  # type: ignore[misc]
        found += [share for share in by_group if share.outcome == words]
    return tuple(found)


def _between(ends: tuple[float, float] | None) -> str:
    return "" if ends is None else " to ".join(map(percent, ends))


def _never(words: str) -> OutcomeShare:
    return OutcomeShare(words, 0.0, None, 0.0, None)


def _few(conditions_: tuple[str, ...]) -> tuple[str, ...]:
    """As many conditions as are readable, and how many more there are."""
    more = len(conditions_) - MOST_CONDITIONS
    return conditions_ if more <= 1 else (*conditions_[:MOST_CONDITIONS], f"and {more} more")


def _by_decision(model: Model, words: str) -> When | None:
    try:
        return when(model, words, by_decision=True)
    except InputError:
        # It is no tree of perfect information, or chance moves in it.
        return None


def _by_steps(model: Model, found: Mapping[str, When]) -> dict[str, tuple[str, ...]]:
    """The conditions of each outcome that are those of a single choice, one line for each path with it."""
    said = {}
    for words, one in found.items():
        lines = ("; ".join(_of_choice(model, one, step) for step in way.steps if step.conditions) for way in one.ways)
        said[words] = tuple(dict.fromkeys(filter(None, lines)))
    return said


def _of_choice(model: Model, found: When, step: Chosen) -> str:
    """The condition of one choice, with what making it means."""
    meaning = model.choice_words.get(step.action, "")
    return f"{step.place}: {step.said(found.names)}{f' ({meaning})' if meaning else ''}"


def _by_region(model: Model) -> dict[str, tuple[str, ...]]:
    """The conditions of each outcome under which some equilibrium plays it, where the regions are those of outcomes."""
    game = model.game
    if not isinstance(game, StrategicGame | GraphModel):
        return {}
    solution = solve_free(model, concept=game.followed_concept)
    if not solution.complete:
        return {}
    said: dict[str, tuple[str, ...]] = {}
    for region in solution.regions:
        chosen = tuple(next(choice for choice, p in own.items() if p != 0) for own in region.strategies.values())
        path = chosen if isinstance(game, StrategicGame) else chosen[:1]
        words = model.outcome_words(path)
        said[words] = (*said.get(words, ()), *conditions(solution.names, region))
    return said


def _drawn(found: When) -> Drawing | None:
    try:
        return draw_when(found)[0]
    except InputError:
        # Too large for a page, or not all of it known.
        return None


def _is_pure(model: Model) -> bool:
    """Whether there may be other equilibria, in which players mix."""
    return isinstance(model.game.written_out, StrategicGame | ExtensiveGame)


def _is_short(found: When | None) -> bool:
    """Whether there is one way to the outcome, so that its diagram has one part."""
    return found is not None and len(found.paths) == 1


def _weighed(model: Model) -> Importance | None:
    try:
        return importance(model, concept=model.game.followed_concept, samples=PAIRS, seed=SEED, seconds=None)
    except InputError:
        # Too little was settled to weigh, or nothing moves.
        return None
