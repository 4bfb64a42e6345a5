"""What each solution concept predicts for one game, side by side, and where they part."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any

from analyses.chances import chances_of_paths
from analyses.outcomes import reached
from games.errors import InputError
from games.exact import Number, alike
from games.forms.game import Game, Path, Written
from games.model import Model
from games.solvers.concept import concepts_for, solve
from games.solvers.equilibria import Equilibria, by_words, plain
from games.solvers.limits import check_limit, interrupted
from games.tables import Cell, Table, Tabular

ZERO, ONE = Fraction(0), Fraction(1)

SECONDS = 10.0
"""How long one concept may take."""

LEAST_SECONDS = 1.0
"""How long the equilibria of one concept are played out even when solving took all the time."""

UNPLAYED = "what other equilibria, not played out in time, come to"
"""What stands for outcomes that were not found in time."""

MOST_SHOWN = 4
"""How many predictions of one concept the table spells out."""

DIGITS = 6
"""To how many digits probabilities must agree so that concepts are said to allow the same."""

MOST_MIXED = 32
"""Of so many equilibria of a concept the probabilities of outcomes are worked out."""


@dataclass(frozen=True)
class Prediction:
    """What one concept says: its answer, or why it has none.

    ``outcomes`` are the paths or profiles that some equilibrium reaches, plans of a tree played out; of some equilibria
    only, if the time was up before ``all_outcomes``. ``chances`` say how probable each is in each equilibrium; there
    are none where that is not known.
    """

    concept: str
    equilibria: Equilibria | None
    reason: str = ""
    outcomes: tuple[Path, ...] = ()
    all_outcomes: bool = True
    chances: tuple[Mapping[Path, Number | float], ...] = ()


@dataclass(frozen=True, repr=False)
class Comparison(Tabular):
    """The predictions of all concepts that apply to the game."""

    game: Game
    model: Model | None
    predictions: tuple[Prediction, ...]

    def table(self) -> Table:
        """One row for each concept: how many, of what quality, what happens, and what each player gets."""
        players, written = self.game.players, self._written()
        rows = []
        for prediction in self.predictions:
            found = prediction.equilibria
            if found is None:
                cells = [Cell("–"), Cell(prediction.reason), *(Cell("") for _ in players)]
            else:
                quality = (
                    f"{len(found)} {'exact' if found.exact else 'numeric'}{'' if found.complete else ', not complete'}"
                )
                cells = [
                    Cell(quality),
                    Cell(self._happens(prediction, written)),
                    *(Cell(_span(found, player, written)) for player in players),
                ]
            rows.append((Cell(prediction.concept), *cells))
        header = ("Concept", "Found", "What can happen (probability)", *(f"payoff of {player}" for player in players))
        return Table(header, tuple(rows))

    def findings(self) -> tuple[str, ...]:
        """Which concepts agree on what can happen, in sentences."""
        groups: dict[object, list[Prediction]] = {}
        for prediction in self.predictions:
            if prediction.equilibria is not None and prediction.equilibria.found:
                groups.setdefault(self._alike(prediction), []).append(prediction)
        if len(groups) == 1:
            return ("All concepts with an answer allow the same outcomes.",)
        return tuple(
            f"{', '.join(one.concept for one in group)}: {self._happens(_exact_first(group), self._written())}."
            for group in groups.values()
        )

    def _alike(self, prediction: Prediction) -> object:
        """What predictions that allow the same share: the outcomes, and how probable they are, but for rounding."""
        ends = self._ends(prediction) if _is_mixed(prediction) else {}
        near = tuple((name, *(round(float(end), DIGITS) for end in both)) for name, both in sorted(ends.items()))
        return self._outcomes(prediction), near

    def _written(self) -> Written:
        """How exact numbers are written, in one style."""
        payoffs = (value for one in self._exact for found in one.equilibria or () for value in found.payoffs.values())
        ends = (end for one in self._exact if _is_mixed(one) for both in self._ends(one).values() for end in both)
        return alike((*payoffs, *ends))

    @property
    def _exact(self) -> list[Prediction]:
        return [one for one in self.predictions if one.equilibria is not None and one.equilibria.exact]

    def _happens(self, prediction: Prediction, written: Written) -> str:
        outcomes = self._outcomes(prediction, written)
        if not outcomes:
            return (prediction.equilibria.left if prediction.equilibria is not None else "") or "nothing"
        more = f"; or {len(outcomes) - MOST_SHOWN} more" if len(outcomes) > MOST_SHOWN else ""
        return "; or ".join(outcomes[:MOST_SHOWN]) + more

    @property
    def _words(self) -> Callable[[Path], str]:
        return self.model.outcome_words if self.model is not None else ", ".join

    def _ends(self, prediction: Prediction) -> dict[str, tuple[Fraction, Fraction]]:
        """The least and the greatest probability of each outcome over all equilibria; where none is known, 1 and 0."""
        ends: dict[str, tuple[Fraction, Fraction]]
        ends = dict.fromkeys(map(self._words, prediction.outcomes), (ONE, ZERO))
        for one in prediction.chances:
            by_name = by_words(one, self._words)
            for name, (low, high) in ends.items():
                own = Fraction(by_name.get(name, 0))
                ends[name] = min(low, own), max(high, own)
        return ends

    def _outcomes(self, prediction: Prediction, written: Written | None = None) -> tuple[str, ...]:
        """What can happen, each outcome once, in words; with its probability if ``written`` says how, where some
        equilibrium mixes or chance moves."""
        ends = self._ends(prediction)
        exact = prediction.equilibria is None or prediction.equilibria.exact
        mixed = written is not None and _is_mixed(prediction)
        named = [
            name + (_range(*ends[name], exact, written) if mixed and written is not None else "")
            for name in sorted(ends)
        ]
        return (*named, UNPLAYED) if prediction.outcomes and not prediction.all_outcomes else tuple(named)

    def as_json(self) -> dict[str, Any]:
        """The predictions as plain data; exact payoffs are text, numeric ones numbers."""
        return {"predictions": list(map(self._plain, self.predictions)), "findings": list(self.findings())}

    def _plain(self, prediction: Prediction) -> dict[str, Any]:
        found = prediction.equilibria
        if found is None:
            return {"concept": prediction.concept, "refused": prediction.reason}
        spans = {player: _ends(found, player) for player in self.game.players}
        return {
            "concept": prediction.concept,
            "found": len(found),
            "exact": found.exact,
            "complete": found.complete,
            "outcomes": list(self._outcomes(prediction)),
            "probabilities": self._probabilities(prediction, found.exact),
            "payoffs": {player: list(map(plain, ends)) for player, ends in spans.items() if ends},
            "left": found.left,
            "remarks": list(found.remarks),
        }

    def _probabilities(self, prediction: Prediction, exact: bool) -> dict[str, list[str | float]]:
        """The least and the greatest probability of each outcome over all equilibria, as far as that is known."""
        ends = self._ends(prediction) if prediction.chances else {}
        return {name: [plain(end if exact else float(end)) for end in both] for name, both in sorted(ends.items())}

    def __repr__(self) -> str:
        return "\n".join([self.table().text(), "", *self.findings()])

    def _repr_html_(self) -> str:
        return self.table().html()


def _is_mixed(prediction: Prediction) -> bool:
    """Whether in some equilibrium several outcomes are possible."""
    return any(0 < chance < 1 for one in prediction.chances for chance in one.values())


def _exact_first(group: Sequence[Prediction]) -> Prediction:
    """An exact one of predictions that allow the same, if there is one."""
    return next((one for one in group if one.equilibria is not None and one.equilibria.exact), group[0])


def _range(low: Fraction, high: Fraction, exact: bool, written: Written) -> str:
    """A probability, or its range over all equilibria, in brackets."""
    least, most = (written(end if exact else float(end)) for end in (low, high))
    return f" ({least})" if least == most else f" ({least} to {most})"


def _ends(found: Equilibria, player: str) -> tuple[Number | float, Number | float] | None:
    """The least and the greatest payoff over all equilibria; None where there is none."""
    values = [equilibrium.payoffs[player] for equilibrium in found if player in equilibrium.payoffs]
    return (min(values), max(values)) if values else None


def _span(found: Equilibria, player: str, written: Written) -> str:
    """The payoff, or the range of payoffs over all equilibria."""
    if not (ends := _ends(found, player)):
        return ""
    low, high = ends
    return written(low) if Fraction(low) == Fraction(high) else f"{written(low)} to {written(high)}"


def _chances(game: Game, found: Equilibria, until: float) -> tuple[Mapping[Path, Number | float], ...]:
    """How probable each path is in each equilibrium; nothing for many, or where that is not known by ``until``."""
    if len(found) > MOST_MIXED:
        return ()
    known = []
    for equilibrium in found:
        own = chances_of_paths(game, found.game, equilibrium) if monotonic() <= until else None
        if own is None:
            return ()
        known.append(own)
    return tuple(known)


def _played_out(game: Game, found: Equilibria, until: float) -> tuple[tuple[Path, ...], bool]:
    """What some equilibrium reaches, plans of the tree ``game`` played out; and whether that is all of it.

    The work is stopped at the time ``until``.
    """
    if not found:
        return (), True
    reach = reached(game, found.game)
    paths: dict[Path, None] = {}
    for equilibrium in found:
        if monotonic() > until:
            return tuple(paths), False
        paths.update(dict.fromkeys(reach(equilibrium)))
    return tuple(paths), True


def compare(
    game: Game,
    model: Model | None = None,
    concepts: Sequence[str] | None = None,
    seconds: float = SECONDS,
) -> Comparison:
    """Solves ``game`` by every concept that applies to its form, or by those named; each may take ``seconds``.

    A concept that refuses the game stands in the table with its reason.

    >>> from analyses.compare import compare
    >>> from games.catalog import load
    >>> found = compare(load("conflict-expectations").at(), concepts=("nash", "subgame-perfect"))
    >>> [(each.concept, len(each.equilibria)) for each in found.predictions]
    [('nash', 2), ('subgame-perfect', 1)]
    """
    check_limit(seconds)
    game = game.written_out
    names = concepts or [concept.name for concept in concepts_for(game)]
    predictions = []
    for name in names:
        try:
            if interrupted():
                predictions.append(Prediction(name, None, "stopped before it was tried"))
                continue
            started = monotonic()
            found = solve(game, name, time_limit=seconds)
            until = max(started + seconds, monotonic() + LEAST_SECONDS)
            outcomes, every = _played_out(game, found, until)
            told = _chances(game, found, until) if every else ()
            predictions.append(Prediction(name, found, "", outcomes, every, told))
        except InputError as error:
            if concepts:
                raise
            predictions.append(Prediction(name, None, str(error)))
    return Comparison(game, model, tuple(predictions))
