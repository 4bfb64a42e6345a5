"""That outcomes are played, as claims say it: for certain, and with positive probability.

A path is played with positive probability just if each of its steps is, and the outcomes meant are played for certain
just if no other path is. So nothing is said of products of probabilities.
"""

from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import chain, product
from typing import Any, TypeAlias

import sympy

from analyses.claims.conclusions import Holds
from games.forms.continuous import ContinuousGame
from games.forms.extensive import Chance, ExtensiveGame
from games.forms.game import Game, Path
from games.forms.stochastic import StochasticGame
from games.formulas.relations import Related, Relation, every, some, truth_of
from games.model import Model
from games.play.quantities import Chosen, Quantity, Reach

Step: TypeAlias = Any
"""A quantity, or the probability of what chance does: a formula."""


@singledispatch
def steps(game: Game, path: Path, after: Path) -> list[Step]:
    """What has positive probability where, and only where, ``path`` has, once play has come to ``after``."""
    if game.lists_outcomes and not isinstance(game, ContinuousGame):
        return [Reach(path, after)]
    return [Chosen({place: choice}) for place, choice in zip(game.places, path, strict=True)]


@steps.register
def _(game: ExtensiveGame, path: Path, after: Path) -> list[Step]:
    return list(_along(game, (*after, *path), len(after)))


def _along(game: ExtensiveGame, whole: Path, start: int) -> Iterator[Step]:
    for k in range(start, len(whole)):
        node, step = game.nodes[whole[:k]], whole[k]
        if isinstance(node, Chance):
            yield sympy.sympify(node.events[step][0])
        else:
            yield Chosen({game.information_set_at(whole[:k]): step})


@steps.register
def _(game: StochasticGame, path: Path, after: Path) -> list[Step]:
    profiles = product(*(stage.profiles for stage in game.stages.values()))
    chosen = chain.from_iterable(dict(zip(game.paths, profiles, strict=True))[path])
    return [Chosen({place: choice}) for place, choice in zip(game.places, chosen, strict=True)]


class Playing:
    """How a claim says that some of the ``paths`` of a model, or no others, are played ``after`` a history."""

    def __init__(self, model: Model, paths: Sequence[Path], after: Path, said: str) -> None:
        self.game, self.after, self.said = model.game.written_out, after, said
        self.meant = tuple(paths)
        inside = (path[len(after) :] for path in self.game.paths if path[: len(after)] == after)
        self.others = tuple(path for path in dict.fromkeys(inside) if path not in self.meant)
        self._known: dict[tuple[tuple[str, str], ...] | Path, sympy.Symbol] = {}
        self._quantities: dict[sympy.Symbol, Quantity] = {}

    @property
    def certain(self) -> Holds:
        """None of the other paths has positive probability."""
        return self._holds(every(self._not_played(path) for path in self.others), "for certain")

    @property
    def possible(self) -> Holds:
        """One of the paths meant has positive probability."""
        return self._holds(some(self._played(path) for path in self.meant), "with positive probability")

    def _holds(self, formula: Relation, how: str) -> Holds:
        truth = truth_of(formula)
        if truth is not None:
            formula = self._of_a_choice(truth)
        return Holds(formula, dict(self._quantities), said=f"{self.said} is played {how}")

    def _of_a_choice(self, truth: bool) -> Relation:
        """What chance alone settles, as a relation of the probability of some choice."""
        inside = [path for path in self.game.paths if path[: len(self.after)] == self.after]
        own = [path[len(self.after) :] for path in inside]
        every_step = (step for path in own for step in steps(self.game, path, self.after))
        chosen = next((step for step in every_step if isinstance(step, Chosen)), Reach(own[0], self.after))
        return Related(self._formula(chosen), ">=" if truth else "<", 0)

    def _played(self, path: Path) -> Relation:
        return every(Related(self._formula(step), ">", 0) for step in steps(self.game, path, self.after))

    def _not_played(self, path: Path) -> Relation:
        return some(Related(self._formula(step), "<=", 0) for step in steps(self.game, path, self.after))

    def _formula(self, step: Step) -> sympy.Expr:
        """The symbol of a quantity; what chance does is a formula as it is."""
        if not isinstance(step, Chosen | Reach):
            return step
        named = tuple(step.choices.items()) if isinstance(step, Chosen) else step.path
        if named not in self._known:
            self._known[named] = sympy.Symbol(f"step{len(self._known)}")
            self._quantities[self._known[named]] = step
        return self._known[named]
