"""From a profile that is nearly an equilibrium, in floats, to one that is: exact where it is rational.

On the strategies that are played with more than a little probability the indifference equations are solved by Newton's
method, the solution is made exact where it is rational, and the regret, computed from the exact payoffs, decides
whether it is an equilibrium.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, product

from games.exact import Number
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies
from games.play.regret import regret
from games.solvers.limits import expired
from games.solvers.methods.mixtures import Mixed, fractions
from games.solvers.methods.payoff_scale import TOLERANCE, Array, greatest_regret, pairwise, payoff_range, payoff_tensors
from games.solvers.methods.supports import exact_equilibrium

LARGEST_DENOMINATOR = 10**6
"""Probabilities are tried as fractions with denominators up to this."""


@dataclass(frozen=True)
class Polished:
    """An equilibrium in fractions: with regret zero, or with a regret (share of the payoff range) within tolerance."""

    strategies: Mixed
    share: Fraction

    @property
    def is_exact(self) -> bool:
        """Whether nobody has any regret, in exact arithmetic."""
        return not self.share


def polish(game: StrategicGame, approximate: Strategies) -> Polished | None:
    """An equilibrium on the strategies that ``approximate`` plays with more than a little probability, or None.

    What is little is unknown: every level is tried, from low to high, and the first at which the solution of the
    indifference equations is an equilibrium, with a regret within `TOLERANCE`, counts.
    """
    tried = set()
    for supports in _supports(approximate):
        if expired():
            return None
        if supports in tried:
            continue
        tried.add(supports)
        candidate = _indifferent(game, approximate, supports)
        if candidate is None:
            continue
        for better in _exact_candidates(game, candidate):
            if not any(regret(game, better).values()):
                return Polished(better, Fraction(0))
        if (share := greatest_regret(game, candidate)) <= TOLERANCE:
            return Polished(candidate, share)
    return None


def _supports(approximate: Strategies) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The strategies played with more than a level of probability, for rising levels below one half."""
    levels = sorted({0.0, *(float(weight) for mix in approximate.values() for weight in mix.values())})
    for level in levels:
        supports = tuple(tuple(s for s, weight in mix.items() if weight > level) for mix in approximate.values())
        if level >= 0.5 or not all(supports):
            return
        yield supports


def _indifferent(game: StrategicGame, approximate: Strategies, supports: Sequence[tuple[str, ...]]) -> Mixed | None:
    """The profile on the supports, near ``approximate``, at which everybody is indifferent on the own support."""
    import numpy as np
    from scipy.optimize import root

    kept = dict(zip(game.players, supports, strict=True))
    inner = StrategicGame(kept, {profile: game.payoffs[profile] for profile in product(*supports)})
    tensors = payoff_tensors(inner, {player: payoff_range(game, player)[1] for player in game.players})
    sizes = [len(own) for own in supports]
    ends = list(accumulate(sizes))
    blocks = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]

    def equations(weights: Array) -> tuple[Array, Array]:
        mixtures = [weights[block] for block in blocks]
        values, slopes = np.zeros(ends[-1]), np.zeros((ends[-1], ends[-1]))
        for own, mixture in zip(blocks, mixtures, strict=True):
            slopes[own.start, own] = 1
            values[own.start] = mixture.sum() - 1
        for i, k, pays in pairwise(tensors, mixtures):
            rest = slice(blocks[i].start + 1, blocks[i].stop)
            slopes[rest, blocks[k]] = pays[1:] - pays[0]
            values[rest] = (pays[1:] - pays[0]) @ mixtures[k]
        return values, slopes

    start = np.array([float(approximate[player][label]) for player, own in kept.items() for label in own])
    with np.errstate(all="ignore"):
        solution = root(equations, start, jac=True, method="hybr", tol=1e-15).x
        solution = root(equations, solution, jac=True, method="lm", tol=1e-15).x
    if not np.isfinite(solution).all() or solution.min() < -TOLERANCE or abs(equations(solution)[0]).max() > TOLERANCE:
        return None
    weights = iter(solution.tolist())
    played = {player: {label: next(weights) for label in own} for player, own in kept.items()}
    return fractions({p: {s: played[p].get(s, 0.0) for s in own} for p, own in game.strategies.items()})


def _exact_candidates(game: StrategicGame, numeric: Mixed) -> Iterator[Mixed]:
    """Exact profiles that ``numeric`` may be the rounding of."""
    mixing = [player for player, mix in numeric.items() if max(mix.values()) < 1]
    if not mixing:
        yield numeric
    elif len(mixing) <= 2 <= len(game.players):
        others = [player for player in game.players if player not in mixing]
        pair = (mixing + others)[:2]
        if (solved := _exact_pair(game, numeric, sorted(pair, key=game.players.index))) is not None:
            yield solved
    for largest in (1000, LARGEST_DENOMINATOR):
        simple = {p: {s: w.limit_denominator(largest) for s, w in mix.items()} for p, mix in numeric.items()}
        if all(sum(mix.values()) == 1 for mix in simple.values()):
            yield simple


def _exact_pair(game: StrategicGame, numeric: Mixed, pair: Sequence[str]) -> Mixed | None:
    """The exact equilibrium of the two players' game when all others play as in ``numeric``, which is pure."""
    first, second = (game.players.index(player) for player in pair)
    fixed = [max(mix, key=lambda label: mix[label]) for mix in numeric.values()]
    payoffs: dict[Profile, tuple[Number, ...]] = {}
    for row, column in product(*(game.strategies[player] for player in pair)):
        fixed[first], fixed[second] = row, column
        paid = game.payoffs[tuple(fixed)]
        payoffs[row, column] = (paid[first], paid[second])
    inner = StrategicGame({player: game.strategies[player] for player in pair}, payoffs)
    solved = exact_equilibrium(inner, {player: numeric[player] for player in pair})
    return None if solved is None else {player: solved.get(player, mix) for player, mix in numeric.items()}
