"""All Nash equilibria of small games of two players at many points at once, those with mixtures among them.

Payoffs are read as formulas; `games.kernels.of_formulas` then lists the extreme equilibria at every point, as the
solver does at one, and ties that hold whatever the parameters are cost nothing. A tree is read through its reduced
strategic form. A point is open, and left to the solver, where floats leave a sign open, or which of two equilibria pays
more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyses.sampling.draws import Draws
from analyses.sampling.premise_set import PremiseSet
from analyses.sweeps.apart import told_apart, too_rough
from analyses.sweeps.ways import Floats, Ways
from games.bounds import Bounded, Flags
from games.forms.extensive import ExtensiveGame
from games.forms.reduced import check_perfect_recall, outcomes_allowed, reduced_strategic_form, strategy_counts
from games.forms.strategic import StrategicGame
from games.formulas.bounded import bounded
from games.formulas.polynomials import Entries
from games.kernels.of_formulas import UNIT, Found, equilibria_of_formulas
from games.kernels.payoffs import MOST_STRATEGIES, Payoffs
from games.kernels.structure import Matrix, Structure, structure
from games.model import Model
from games.solvers.concept import Concept
from games.solvers.nash.nash import cases
from games.terms import ONE, Poly, poly


@dataclass(frozen=True)
class Ending:
    """How often outcomes follow, if chance has its say with a probability that is a formula: ``follows`` has a row for
    each pure profile and a column for each outcome, one where the outcome follows."""

    chance: Poly
    follows: NDArray[np.float64]


@dataclass
class Supports:
    """A game of two players: their payoffs, own strategies first, and which outcomes, in words, follow profiles."""

    matrices: tuple[Matrix, Matrix]
    entries: Entries
    outcomes: tuple[str, ...]
    endings: Sequence[Ending]
    _known: dict[tuple[tuple[str, Poly], ...], Structure] = field(default_factory=dict)

    def in_bulk(self, draws: Draws) -> tuple[Ways, Flags, float]:
        """The equilibria, the points at which something is open, which have no rows, and how far floats may be off in
        what they say of the others."""
        known: dict[object, Bounded] = {}
        columns = dict(draws.named)
        columns |= {name: bounded(entry, draws.columns, known) for name, entry in self.entries.formulas.items()}
        worked_out = _Values(columns, len(draws))
        of = self._structure(draws.premises)
        first, second = map(worked_out.payoffs, self.matrices)
        found = equilibria_of_formulas(first, second, of)
        open_ = found.open_.copy()
        paid = _paid(found, of, open_)
        reached, odds, off = self._odds(found, of, worked_out, open_)
        kept = ~open_[found.game]
        ways = Ways(found.game, reached, odds, paid).where(kept)
        rounding = max(float(np.max(each[kept], initial=0.0)) for each in (off, found.paid_off))
        return ways, open_, rounding

    def _structure(self, premises: PremiseSet) -> Structure:
        """What the formulas say, with those in it that the premises give for parameters."""
        key = tuple(premises.given.items())
        if key not in self._known:
            first, second = ([[entry.put(premises.given) for entry in row] for row in own] for own in self.matrices)
            self._known[key] = structure(first, second)
        return self._known[key]

    def _odds(self, found: Found, of: Structure, worked_out: "_Values", open_: Flags) -> tuple[Flags, Floats, Floats]:
        """Which outcomes are reached in each row, how probably, and how far that may be off by row."""
        rows, columns = found.mixtures
        m, n = rows.shape[1], columns.shape[1]
        profiles = (rows[:, :, None] * columns[:, None, :]).reshape(len(rows), m * n)
        played = _profiles(of, m, n)
        off = found.odds_off * (m + n) + np.where(found.odds_off > 0, (m * n + 3) * UNIT, 0.0)
        reached = np.zeros((len(rows), len(self.outcomes)), dtype=bool)
        odds = np.zeros(reached.shape)
        for ending in self.endings:
            chance, whole = worked_out(ending.chance), ending.chance == ONE
            open_ |= ~(chance.positive | chance.zero)
            possible, weight, error = (
                np.broadcast_to(column, len(open_))[found.game, None]
                for column in (chance.positive, chance.value, chance.error)
            )
            reached |= (played @ ending.follows > 0)[found.pair] & possible
            odds += profiles @ ending.follows * np.where(possible, weight, 0.0)
            off = off + (0.0 if whole else error[:, 0] + UNIT)
        odds[~reached] = 0.0
        return reached, _levelled(found.game, odds, off), off


class _Values:
    """Polynomials at all points, each worked out once."""

    def __init__(self, columns: Mapping[str, Bounded], count: int) -> None:
        self.columns, self.count = columns, count
        self._products: dict[tuple[str, ...], Any] = {}
        self._known: dict[Poly, Bounded] = {}

    def __call__(self, of: Poly) -> Bounded:
        if of not in self._known:
            value = of.at(self.columns, self._products)
            self._known[of] = value if isinstance(value, Bounded) else Bounded.exactly(value)
        return self._known[of]

    def payoffs(self, matrix: Matrix) -> Payoffs:
        """A player's payoffs at all points; where one has no value, zeros that may be off by any amount."""
        given = np.empty((self.count, len(matrix), len(matrix[0])))
        off = np.zeros(self.count)
        for i, row in enumerate(matrix):
            for j, entry in enumerate(row):
                told = self(entry)
                given[:, i, j] = told.value
                off = np.maximum(off, told.error)
        undefined = ~np.isfinite(given).all(axis=(1, 2)) | ~np.isfinite(off)
        given[undefined], off[undefined] = 0.0, np.inf
        return Payoffs(given, exact=False, kind=np.float64, off=off)


def _paid(found: Found, of: Structure, open_: Flags) -> Floats:
    """What both players get, two equilibria of a point being as far apart as they are exactly; else it is open."""
    paid = found.paid.copy()
    several = np.flatnonzero(np.bincount(found.game, minlength=len(open_))[found.game] > 1)
    for k, (side, vertices) in enumerate(zip(of.sides, of.pairs, strict=True)):
        open_[found.game[too_rough(paid[:, k], found.paid_off[:, k])]] = True
        if len(several):
            formula = side.payoff[vertices[found.pair[several]]]
            paid[several, k], close = told_apart(
                found.game[several], paid[several, k], found.paid_off[several, k], formula
            )
            open_[close] = True
    return paid


def _profiles(of: Structure, m: int, n: int) -> NDArray[np.float64]:
    """Which pure profiles each pair of vertices plays: (pairs, profiles)."""
    rows, columns = ((of.supports[:, k, None] >> np.arange(size)) & 1 for k, size in enumerate((m, n)))
    found: NDArray[np.float64] = (rows[:, :, None] * columns[:, None, :]).reshape(len(rows), m * n).astype(float)
    return found


def _levelled(index: NDArray[np.intp], odds: Floats, off: Floats) -> Floats:
    """Probabilities of one point as the same number where rounding does not tell them apart from the least one."""
    starts = np.flatnonzero(np.diff(index, prepend=-1))
    if len(starts) == len(index):
        return odds
    place = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(index))))
    least = np.minimum.reduceat(odds, starts, axis=0)[place]
    width = 2 * np.maximum.reduceat(off, starts)[place]
    levelled: Floats = np.where(odds - least <= width[:, None], least, odds)
    return levelled


def supports_of(model: Model, concept: Concept) -> Supports | None:
    """The model's game, if it is one of two players with few strategies and the concept is that of Nash equilibria."""
    if concept.cases is not cases or len(model.game.players) != 2:
        return None
    entries = Entries()
    game = model.game.with_entries([entries(value) for value in model.game.entries]).written_out
    if isinstance(game, ExtensiveGame):
        check_perfect_recall(game)
        counts = list(strategy_counts(game).values())
    else:
        assert isinstance(game, StrategicGame)
        counts = [len(own) for own in game.strategies.values()]
    if max(counts) > MOST_STRATEGIES:
        return None
    form = game if isinstance(game, StrategicGame) else reduced_strategic_form(game)
    first, second = ([[poly(entry) for entry in row] for row in form.matrix(player)] for player in form.players)
    outcomes, endings = _endings(model, game, form)
    return Supports((first, [list(own) for own in zip(*second, strict=True)]), entries, outcomes, endings)


def _endings(
    model: Model, game: StrategicGame | ExtensiveGame, form: StrategicGame
) -> tuple[tuple[str, ...], Sequence[Ending]]:
    """The outcomes in words, and how they follow the profiles of the strategic form."""
    profiles, paths = list(product(*form.strategies.values())), list(game.paths)
    words = [model.outcome_words(path) for path in paths]
    outcomes = tuple(dict.fromkeys(words))
    if isinstance(game, ExtensiveGame):
        allowed = [outcomes_allowed(game, player) for player in game.players]
        chances = [poly(game.chance_of(path)) for path in paths]
    else:
        allowed = [
            {own: frozenset(p for p in paths if p[k] == own) for own in menu}
            for k, menu in enumerate(form.strategies.values())
        ]
        chances = [ONE] * len(paths)
    found: dict[Poly, NDArray[np.float64]] = {}
    for path, said, chance in zip(paths, words, chances, strict=True):
        follows = found.setdefault(chance, np.zeros((len(profiles), len(outcomes))))
        follows[:, outcomes.index(said)] += [
            all(path in of[own] for of, own in zip(allowed, profile, strict=True)) for profile in profiles
        ]
    return outcomes, [Ending(chance, follows) for chance, follows in found.items() if chance.terms]
