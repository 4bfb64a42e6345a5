"""One Nash equilibrium of a game with any number of players and strategies, by simplicial search.

An ε-equilibrium is a profile at which nobody's regret exceeds ε. It is an approximate fixed point of the best-response
correspondence, and found as one: best responses to the points tried so far are imitated, and each equilibrium of the
imitation game is the next point. Source: McLennan & Tourky (2006), From imitation games to Kakutani.

The search is QuantEcon.py's, in floating point. What it finds is polished: on the strategies that are played with
more than a little probability the indifference equations are solved by Newton's method, the solution is made exact
where it is rational, and the regret, computed from the exact payoffs, decides whether it is an equilibrium.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, product
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from warnings import catch_warnings, simplefilter

from games.errors import InputError
from games.exact import Number, brief, exact
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.nash.lemke_howson import (
    TOLERANCE,
    Mixed,
    accuracy,
    exact_equilibrium,
    fractions,
    greatest_regret,
    payoff_range,
    quantecon,
)
from games.solvers.nash.pure_nash import pure

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[float64]"
_Key = TypeVar("_Key")

MOST_STARTS = 20
"""The most pure profiles to start from."""

MOST_POINTS = 200
"""The most points tried from one start; the work grows with their cube."""

FINEST = Fraction(1, 10**9)
"""The search gives up when the polishing still fails at this ε."""

LARGEST_DENOMINATOR = 10**6
"""Probabilities are tried as fractions with denominators up to this."""

ROUNDING = 1e-6
"""How far a probability may be from that of the equilibrium which it is said to be near."""


@dataclass(frozen=True)
class Polished:
    """An equilibrium in fractions: with regret zero, or with a regret (share of the payoff range) within tolerance."""

    strategies: Mixed
    share: Fraction

    @property
    def is_exact(self) -> bool:
        return not self.share


@solution_concept(
    "nash-search",
    form=StrategicGame,
    no_cases_because="which equilibrium is met first is settled by the procedure; claims are about nash",
    one_of_many=True,
)
def nash_search(game: StrategicGame, epsilon: object = "1/1000") -> Equilibria:
    """One equilibrium of ``game``; there may be more. None if no point that was tried turned out to be one in time.

    ``epsilon`` is the regret, as a share of each player's payoff range, at which the search stops to polish; where that
    fails, it goes on with a tenth of it, and then from another start. Another one may find another equilibrium.
    """
    share = number(epsilon, "epsilon")
    if not FINEST <= share < 1:
        raise InputError(f"epsilon is {brief(share)}; it must be less than 1 and at least {float(FINEST):g}")
    if len(game.players) == 1:
        best = max(game.payoffs, key=lambda profile: game.payoffs[profile][0])
        return _answer(game, Polished(pure(game, best), Fraction(0)))
    nearest: Polished | None = None
    for start in range(min(MOST_STARTS, max(map(len, game.strategies.values())))):
        profile = tuple(own[start % len(own)] for own in game.strategies.values())
        approximate, reached, fine = pure(game, profile), True, share
        while reached and fine >= FINEST:
            if expired(f"start {start + 1}, ε = {float(fine):g}"):
                break
            approximate, reached = _searched(game, fine, approximate)
            if polished := polish(game, approximate):
                return _answer(game, polished)
            regret_left = greatest_regret(game, approximate)
            if nearest is None or regret_left < nearest.share:
                nearest = Polished(approximate, regret_left)
            fine /= 10
    if nearest is not None and nearest.share <= TOLERANCE:
        return _answer(game, nearest)
    why = STOPPED if expired() else "the search failed; another epsilon may succeed"
    remarks = (why,) if nearest is None else (why, _rejected(nearest.share))
    return Equilibria(game, "nash-search", (), complete=False, exact=False, remarks=remarks)


def _rejected(share: Fraction) -> str:
    return (
        f"the best approximation tried is no equilibrium: its regret is {float(share):.1e} of the payoff range, above "
        f"the tolerance {TOLERANCE:g}"
    )


def number(value: object, name: str) -> Fraction:
    """An option of a numeric method: what `exact` reads, and finite floats, too, on whose last bit nothing hangs."""
    return Fraction(value) if isinstance(value, float) and isfinite(value) else exact(value, name)


def _answer(game: StrategicGame, polished: Polished) -> Equilibria:
    remarks = ["one equilibrium was searched for; there may be more"]
    if not polished.is_exact:
        remarks.append(accuracy(polished.share))
    found = equilibrium(game, polished.strategies, polished.is_exact)
    return Equilibria(game, "nash-search", (found,), complete=False, exact=polished.is_exact, remarks=tuple(remarks))


def _searched(game: StrategicGame, share: Fraction, start: Mixed) -> tuple[Mixed, bool]:
    """An ε-equilibrium with ε = ``share`` of the payoff ranges, or where the search for it ended, and which it is."""
    import numpy as np

    library = quantecon()
    tensors = payoff_tensors(game, {player: payoff_range(game, player)[1] for player in game.players})
    count = len(game.players)
    players = [
        library.Player(np.ascontiguousarray(np.transpose(tensor, [(position + k) % count for k in range(count)])))
        for position, tensor in enumerate(tensors)
    ]
    initial = tuple(np.array([float(weight) for weight in mix.values()]) for mix in start.values())
    with catch_warnings():
        simplefilter("ignore")
        mixtures, result = library.mclennan_tourky(
            library.NormalFormGame(players), init=initial, epsilon=float(share), max_iter=MOST_POINTS, full_output=True
        )
    named = zip(game.strategies.items(), mixtures, strict=True)
    found = {player: dict(zip(own, mixture.tolist(), strict=True)) for (player, own), mixture in named}
    return fractions(found), bool(result.converged)


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
        for i, own in enumerate(blocks):
            head, rest = own.start, slice(own.start + 1, own.stop)
            for k, others in enumerate(blocks):
                if k == i:
                    continue
                pays = between(tensors[i], mixtures, i, k)
                slopes[rest, others] = pays[1:] - pays[0]
                values[rest] = (pays[1:] - pays[0]) @ mixtures[k]
            slopes[head, own] = 1
            values[head] = mixtures[i].sum() - 1
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


def distance(first: Mapping[str, Mapping[_Key, Any]], second: Mapping[str, Mapping[_Key, Any]]) -> float:
    """The greatest difference between two probabilities of the same choice."""
    return float(max(abs(weight - second[who][key]) for who, mix in first.items() for key, weight in mix.items()))


def payoff_tensors(game: StrategicGame, units: Mapping[str, Fraction]) -> list[Array]:
    """Each player's payoffs above the player's least one, in ``units``: one axis for each player's strategies."""
    import numpy as np

    shape = tuple(len(own) for own in game.strategies.values())
    tensors = []
    for position, player in enumerate(game.players):
        least, _ = payoff_range(game, player)
        unit = units[player]
        flat = [float((payoffs[position] - least) / unit) for payoffs in game.payoffs.values()]
        tensors.append(np.array(flat, dtype=float).reshape(shape))
    return tensors


def between(tensor: Array, mixtures: Sequence[Array], player: int, other: int) -> Array:
    """The player's payoffs by own strategy and by the other's, everybody else mixing: shape (own, other's)."""
    import numpy as np

    for axis in reversed(range(len(mixtures))):
        if axis not in (player, other):
            tensor = np.tensordot(tensor, mixtures[axis], (axis, 0))
    return tensor if player < other else tensor.T
