"""Trees of perfect information without chance at many points at once, by backward induction over their outcomes.

`games.kernels.backward` tells which outcomes are possible at every point; each way to play ends in one of them. After
many points its compiled twin does, which gives the same answer. A point is open, and left to the solver, where floats
leave open what is possible, or which of two outcomes pays more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analyses.sweeps.apart import told_apart, too_rough
from analyses.sweeps.ways import Floats, Ways, with_company
from games.bounds import Bounded, Flags
from games.bulk import Rows
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.forms.game import Game
from games.kernels.backward import Paid, Tree, outcomes_in_bulk
from games.kernels.compiled import backward as compiled
from games.kernels.compiled.cached import numba_is_installed
from games.solvers.concept import Concept
from games.solvers.refinements.subgame_perfect import cases
from games.terms import Poly, poly

MANY = 2**19
"""After so many points in one process the compiled kernel is loaded, which takes longer than it saves at fewer."""

MOST_OUTCOMES = 64
"""The most outcomes of a tree that is read so, since all that they pay is laid out at once."""


@dataclass
class Induction:
    """A tree, what its outcomes pay, by player, and the number of the words for each outcome."""

    tree: Tree
    payoffs: Sequence[Sequence[Poly]]
    words: Rows
    seen: int = 0

    def in_bulk(
        self, columns: Mapping[str, Bounded], given: Mapping[str, Poly], count: int
    ) -> tuple[Ways, Flags, float]:
        """The ways to play at ``count`` points, those of a point in the order of their words; the points at which
        something is open, which have no rows; and how far floats may be off in what they say of the others.

        ``columns`` are the variables of the payoffs, ``given`` what premises say that some of these are.
        """
        values, off = self._paid(columns, count)
        alike = self._alike(given)
        open_ = _without_value(values, off)
        possible, unsettled = self._outcomes(Paid(values, off, alike))
        open_ |= unsettled
        order = np.argsort(self.words, kind="stable")
        index, place = np.nonzero((possible & ~open_)[order].T)
        outcome = order[place]
        paid, error = values[:, outcome, index], np.zeros((len(values), 1)) if off is None else off[:, outcome, index]
        if off is not None:
            for own, rough, formula in zip(paid, error, alike[:, outcome], strict=True):
                _tell_apart(index, own, rough, formula, open_)
        reached = self.words[outcome, None] == np.arange(self.words.max() + 1)
        kept = ~open_[index]
        ways = Ways(index, reached, reached.astype(float), paid.T).where(kept if open_.any() else slice(None))
        return ways, open_, float(error[:, kept].max(initial=0.0) if off is not None else 0.0)

    def _paid(self, columns: Mapping[str, Bounded], count: int) -> tuple[Floats, Floats | None]:
        """Payoffs, and how far they may be off, both of shape (players, outcomes, points); None if none is."""
        products: dict[tuple[str, ...], Bounded] = {}
        told = {payoff: _bounded(payoff.at(columns, products)) for own in self.payoffs for payoff in own}
        shape = len(self.payoffs), self.tree.outcomes, count
        values = _filled(shape, [[told[payoff].value for payoff in own] for own in self.payoffs])
        if all(np.ndim(each.error) == 0 and each.error == 0 for each in told.values()):
            return values, None
        return values, _filled(shape, [[told[payoff].error for payoff in own] for own in self.payoffs])

    def _alike(self, given: Mapping[str, Poly]) -> Rows:
        """A number for what each outcome pays each player, the same where it is the same formula."""
        known: dict[Poly, int] = {}
        return np.array([[known.setdefault(payoff.put(given), len(known)) for payoff in own] for own in self.payoffs])

    def _outcomes(self, paid: Paid) -> tuple[Flags, Flags]:
        self.seen += paid.values.shape[2]
        if self.seen > MANY and numba_is_installed():
            return compiled.outcomes_in_bulk(self.tree, paid)
        return outcomes_in_bulk(self.tree, paid)


def _bounded(told: Any) -> Bounded:
    return told if isinstance(told, Bounded) else Bounded.exactly(told)


def _filled(shape: tuple[int, ...], numbers: Sequence[Sequence[Any]]) -> Floats:
    found = np.empty(shape)
    for own, given in zip(found, numbers, strict=True):
        for row, each in zip(own, given, strict=True):
            row[:] = each
    return found


def _without_value(values: Floats, off: Floats | None) -> Flags:
    """The points at which a payoff has no value, or may have none, which have zeros instead."""
    if off is None:
        return np.zeros(values.shape[2], dtype=bool)
    unknown: Flags = np.logical_or.reduce(~(np.isfinite(values) & np.isfinite(off)), axis=(0, 1))
    values[:, :, unknown] = off[:, :, unknown] = 0.0
    return unknown


def _tell_apart(index: Rows, value: Floats, error: Floats, formula: Rows, open_: Flags) -> None:
    """Makes a player's payoffs in two rows of a point differ just as far as the exact ones do; else it is open."""
    open_[index[too_rough(value, error)]] = True
    rows = with_company(index)
    if len(rows):
        value[rows], close = told_apart(index[rows], value[rows], error[rows], formula[rows])
        open_[close] = True


def induction_of(game: Game, concept: Concept, words: Sequence[str], outcomes: Sequence[str]) -> Induction | None:
    """Backward induction, if the game is a tree that is solved so, with few outcomes; their ``words``, in order, are
    each one of ``outcomes``."""
    if not isinstance(game, ExtensiveGame) or len(words) > MOST_OUTCOMES or concept.cases is not cases:
        return None
    if not game.has_perfect_information or any(isinstance(node, Chance) for node in game.nodes.values()):
        return None
    decisions: list[tuple[int, tuple[int, ...]]] = []
    paid: list[tuple[Poly, ...]] = []

    def walk(node: Node) -> None:
        if isinstance(node, Decision):
            starts = [len(paid)]
            for after in node.actions.values():
                walk(after)
                starts.append(len(paid))
            decisions.append((game.players.index(node.player), tuple(starts)))
        elif isinstance(node, Outcome):
            paid.append(tuple(map(poly, node.payoffs)))

    walk(game.root)
    return Induction(
        Tree(len(paid), tuple(decisions)),
        list(zip(*paid, strict=True)),
        np.array([outcomes.index(each) for each in words]),
    )
