"""One Nash equilibrium of a game with any number of players and strategies, by simplicial search.

An ε-equilibrium is a profile at which nobody's regret exceeds ε. It is an approximate fixed point of the best-response
correspondence, and found as one: best responses to the points tried so far are imitated, and each equilibrium of the
imitation game is the next point. Source: McLennan & Tourky (2006), From imitation games to Kakutani.

The search is QuantEcon.py's, in floating point. Where its first start leads nowhere, or it is not installed, an
equilibrium in pure strategies is looked for, and the limit of the logit equilibria, before there are other starts. What
is found in floats is polished: on the strategies that are played with more than a little probability the indifference
equations are solved by Newton's method, the solution is made exact where it is rational, and the regret, computed from
the exact payoffs, decides whether it is an equilibrium.
"""

from collections.abc import Callable
from fractions import Fraction
from warnings import catch_warnings, simplefilter

from games.errors import InputError
from games.exact import brief, numeric
from games.forms.strategic import StrategicGame
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.mixtures import Mixed, fractions
from games.solvers.methods.payoff_scale import TOLERANCE, accuracy, greatest_regret, payoff_range, payoff_tensors
from games.solvers.methods.polishing import Polished, polish
from games.solvers.methods.quantecon import is_installed, quantecon
from games.solvers.nash.pure_nash import pure, pure_nash
from games.solvers.response.logit import logit

MOST_STARTS = 20
"""The most pure profiles to start from."""

MOST_POINTS = 200
"""The most points tried from one start; the work grows with their cube."""

FINEST = Fraction(1, 10**9)
"""The search gives up when the polishing still fails at this ε."""


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
    share = numeric(epsilon, "epsilon")
    if not FINEST <= share < 1:
        raise InputError(f"epsilon is {brief(share)}; it must be less than 1 and at least {float(FINEST):g}")
    if len(game.players) == 1:
        best = max(game.payoffs, key=lambda profile: game.payoffs[profile][0])
        return _answer(game, Polished(pure(game, best), Fraction(0)))
    if not is_installed() and (found := _otherwise(game)) is not None:
        return _answer(game, found)
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
        if not start and (found := _otherwise(game)) is not None:
            return _answer(game, found)
    if nearest is not None and nearest.share <= TOLERANCE:
        return _answer(game, nearest)
    why = STOPPED if expired() else "the search failed; another epsilon may succeed"
    remarks = (why,) if nearest is None else (why, _rejected(nearest.share))
    return Equilibria(game, "nash-search", (), complete=False, exact=False, remarks=remarks)


def _pure(game: StrategicGame) -> Polished | None:
    """An equilibrium in pure strategies."""
    found = next(iter(pure_nash(game)), None)
    return None if found is None else Polished(fractions(found.strategies), Fraction(0))


def _limit(game: StrategicGame) -> Polished | None:
    """The limit of the logit equilibria on the principal branch."""
    found = next(iter(logit(game)), None)
    if found is None:
        return None
    strategies = fractions(found.strategies)
    regret_left = greatest_regret(game, strategies)
    return Polished(strategies, regret_left) if regret_left <= TOLERANCE else None


def _otherwise(game: StrategicGame) -> Polished | None:
    """What the other ways find, in time."""
    for way in OTHER_WAYS:
        if not expired() and (found := way(game)) is not None:
            return found
    return None


OTHER_WAYS: tuple[Callable[[StrategicGame], Polished | None], ...] = (_pure, _limit)
"""What is tried where the search from its first start finds nothing."""


def _rejected(share: Fraction) -> str:
    return (
        f"the best approximation tried is no equilibrium: its regret is {float(share):.1e} of the payoff range, above "
        f"the tolerance {TOLERANCE:g}"
    )


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
