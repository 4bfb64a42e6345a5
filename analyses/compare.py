"""What each solution concept predicts for one game, side by side, and where they part."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analyses.outcomes import reached_paths
from games.errors import InputError
from games.exact import readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.model import Model
from games.solvers.equilibria import CONCEPTS, Equilibria, Equilibrium, solve
from games.solvers.limits import check_limit
from games.tables import Cell, Table

SECONDS = 10.0
"""How long one concept may take."""

MOST_SHOWN = 4
"""How many predictions of one concept the table spells out."""


@dataclass(frozen=True)
class Prediction:
    """What one concept says: its answer, or why it has none."""

    concept: str
    equilibria: Equilibria | None
    reason: str = ""


@dataclass(frozen=True, repr=False)
class Comparison:
    """The predictions of all concepts that apply to the game."""

    game: Game
    model: Model | None
    predictions: tuple[Prediction, ...]

    def table(self) -> Table:
        """One row for each concept: how many, of what quality, what happens, and what each player gets."""
        players = self.game.players
        rows = []
        for prediction in self.predictions:
            found = prediction.equilibria
            if found is None:
                cells = [Cell("–"), Cell(prediction.reason), *(Cell("") for _ in players)]
            else:
                quality = (
                    f"{len(found)} {'exact' if found.exact else 'numeric'}{'' if found.complete else ', not complete'}"
                )
                cells = [Cell(quality), Cell(self._happens(found)), *(Cell(_span(found, player)) for player in players)]
            rows.append((Cell(prediction.concept), *cells))
        header = ("Concept", "Found", "What happens", *(f"payoff of {player}" for player in players))
        return Table(header, tuple(rows))

    def findings(self) -> tuple[str, ...]:
        """Which concepts agree on what can happen, in sentences."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for prediction in self.predictions:
            if prediction.equilibria is not None and prediction.equilibria.found:
                groups.setdefault(self._outcomes(prediction.equilibria), []).append(prediction.concept)
        if len(groups) == 1:
            return ("All concepts with an answer allow the same outcomes.",)
        return tuple(
            f"{', '.join(concepts)}: {'; or '.join(outcomes[:MOST_SHOWN])}"
            f"{f'; or {len(outcomes) - MOST_SHOWN} more' if len(outcomes) > MOST_SHOWN else ''}."
            for outcomes, concepts in groups.items()
        )

    def _happens(self, found: Equilibria) -> str:
        outcomes = self._outcomes(found)
        more = f"; or {len(outcomes) - MOST_SHOWN} more" if len(outcomes) > MOST_SHOWN else ""
        return "; or ".join(outcomes[:MOST_SHOWN]) + more if outcomes else "nothing"

    def _outcomes(self, found: Equilibria) -> tuple[str, ...]:
        """What can happen in some equilibrium, each outcome once, in words; plans of a tree are played out first."""
        words: dict[str, None] = {}
        for equilibrium in found:
            for path in self._paths(found, equilibrium):
                words[self.model.outcome_words(path) if self.model is not None else ", ".join(path)] = None
        return tuple(sorted(words))

    def _paths(self, found: Equilibria, equilibrium: Equilibrium) -> list[tuple[str, ...]]:
        if isinstance(self.game, ExtensiveGame) and not isinstance(found.game, ExtensiveGame):
            from games.forms.reduced import behaviour
            from games.solvers.play import reached

            play: dict[str, dict[str, object]] = {}
            for player in self.game.players:
                play.update(behaviour(self.game, player, equilibrium[player]))
            return [outcome.path for outcome in reached(self.game, play)]
        if equilibrium.outcomes:
            return [outcome.path for outcome in equilibrium.outcomes if outcome.probability]
        return reached_paths(found.game, equilibrium)

    def __repr__(self) -> str:
        return "\n".join([self.table().text(), "", *self.findings()])

    def _repr_html_(self) -> str:
        return self.table().html()


def _span(found: Equilibria, player: str) -> str:
    """The payoff, or the range of payoffs over all equilibria."""
    values = [equilibrium.payoffs[player] for equilibrium in found if player in equilibrium.payoffs]
    if not values:
        return ""
    low, high = min(values), max(values)
    return readable(low) if Fraction(low) == Fraction(high) else f"{readable(low)} to {readable(high)}"


def compare(
    game: Game,
    model: Model | None = None,
    concepts: Sequence[str] | None = None,
    seconds: float = SECONDS,
) -> Comparison:
    """Solves ``game`` by every concept that applies to its form, or by those named; each may take ``seconds``.

    A concept that refuses the game stands in the table with its reason.
    """
    check_limit(seconds)
    names = concepts or [concept.name for concept in CONCEPTS.values() if isinstance(game, concept.form)]
    predictions = []
    for name in names:
        try:
            predictions.append(Prediction(name, solve(game, name, time_limit=seconds)))
        except InputError as error:
            if concepts:
                raise
            predictions.append(Prediction(name, None, str(error)))
    return Comparison(game, model, tuple(predictions))
