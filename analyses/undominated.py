"""What iterated elimination of dominated strategies leaves of a game, each step told, and the smaller game itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from games.errors import InputError, listed, quoted
from games.exact import counted
from games.formats.composing import document_of
from games.formats.conversion import MOST_PROFILES
from games.forms.extensive import ExtensiveGame
from games.forms.game import mixture
from games.forms.reduced import reduced_strategic_form, strategy_counts
from games.forms.strategic import StrategicGame
from games.model import Model, check_is_model
from games.solvers.limits import time_limit
from games.solvers.methods.elimination import Elimination, Step, eliminate

STRICT, WEAK = "strict", "weak"
BY = (STRICT, WEAK)
"""Which dominance removes strategies."""

PLANS = (
    "The tree is taken in its reduced strategic form: a strategy is a plan, its actions joined by / in the order of "
    "the player's information sets."
)
"""What is said of strategies of a tree."""


@dataclass(frozen=True, repr=False)
class Reduction:
    """The elimination in the ``game`` in strategic form that the ``model`` is at some values.

    ``of_tree`` says whether that game is the reduced strategic form of a tree.
    """

    model: Model
    by: str
    game: StrategicGame
    elimination: Elimination
    of_tree: bool

    @property
    def left(self) -> Model:
        """What is left, as a model in numbers."""
        return Model(
            name=f"{self.model.name}-reduced",
            title=self.model.title,
            game=self.elimination.game,
            question=self.model.question,
            story=self.model.story,
        )

    def findings(self) -> tuple[str, ...]:
        """Every step and what is left, in sentences."""
        said = [PLANS] if self.of_tree else []
        said += map(self._told, self.elimination.steps)
        if not self.elimination.steps:
            said.append(f"No strategy is {'strictly' if self.by == STRICT else 'strictly or weakly'} dominated.")
        said += [self._left_of(player) for player in self.game.players]
        if not self.elimination.complete:
            said.append("The search was stopped before its end; more strategies may be dominated.")
        if any(not step.strict for step in self.elimination.steps):
            said.append(
                "Weak dominance may remove equilibria, and what is left may depend on the order; here all that is "
                "dominated in a round goes at once."
            )
        elif self.elimination.steps:
            said.append("Whatever the order of elimination, the same is left, with every Nash equilibrium of the game.")
        return tuple(said)

    def _told(self, step: Step) -> str:
        others = [player for player in self.game.players if player != step.player]
        whatever = f", whatever {others[0] if len(others) == 1 else 'the others'} may still do" if others else ""
        how = "pays more" if step.strict else "never pays less and somewhere more"
        rival = mixture(step.dominator)
        what = rival if len(step.dominator) == 1 else f"the mixture {rival}"
        kind = "strictly" if step.strict else "weakly"
        fallen = f"{step.player}'s {step.strategy} is {kind} dominated by {what}"
        return f"Round {step.round}: {fallen}, which {how}{whatever}."

    def _left_of(self, player: str) -> str:
        every, left = self.game.strategies[player], self.elimination.survivors[player]
        if len(every) == len(left):
            kept = "the only strategy is" if len(every) == 1 else f"all {len(every)} strategies are"
            return f"{player}: {kept} left."
        verb = "is" if len(left) == 1 else "are"
        return f"{player}: {len(left)} of {len(every)} strategies {verb} left: {listed(left)}."

    def as_json(self) -> dict[str, Any]:
        """The elimination as plain data, and what is left as a document of a game."""
        return {
            "by": self.by,
            "complete": self.elimination.complete,
            "findings": list(self.findings()),
            "steps": [
                {
                    "round": step.round,
                    "player": step.player,
                    "strategy": step.strategy,
                    "dominator": {label: str(weight) for label, weight in step.dominator.items()},
                    "strict": step.strict,
                }
                for step in self.elimination.steps
            ],
            "survivors": {player: list(left) for player, left in self.elimination.survivors.items()},
            "left": document_of(self.elimination.game),
        }

    def __repr__(self) -> str:
        return "\n".join([*self.findings(), "", self.elimination.game.table().text()])

    def _repr_html_(self) -> str:
        return self.elimination.game.table().html()


def reduction(
    model: Model, values: Mapping[str, object] | None = None, by: str = STRICT, seconds: float | None = None
) -> Reduction:
    """Eliminates dominated strategies of ``model`` at ``values``, round by round, pure and mixed dominance.

    ``by`` is strict, or weak for weakly dominated strategies, too. A tree is taken in its reduced strategic form.
    Raises `InputError` for other forms, and for a tree with more than `MOST_PROFILES` profiles of plans.

    >>> from games import StrategicGame
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> print(reduction(Model("dilemma", "Dilemma", dilemma)).findings()[0])
    Round 1: Row's 1 is strictly dominated by 2, which pays more, whatever Column may still do.
    """
    check_is_model(model)
    if by not in BY:
        raise InputError(f"strategies are eliminated by {listed(BY)} dominance, not by {quoted(by)}")
    given = model.at(**(values or {})).written_out
    game = _strategic(given)
    with time_limit(seconds):
        found = eliminate(game, weak=by == WEAK)
    return Reduction(model, by, game, found, of_tree=game is not given)


def _strategic(game: object) -> StrategicGame:
    if isinstance(game, StrategicGame):
        return game
    if not isinstance(game, ExtensiveGame):
        kind = getattr(game, "kind", type(game).__name__)
        raise InputError(f"dominated strategies are eliminated in a game in strategic form or a tree, not in {kind}")
    if (count := prod(strategy_counts(game).values())) > MOST_PROFILES:
        raise InputError(
            f"the tree has {counted(count)} profiles of plans; at most {MOST_PROFILES} are gone through; "
            "`parley solve` solves the tree itself"
        )
    return reduced_strategic_form(game)
