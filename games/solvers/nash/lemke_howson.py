"""One Nash equilibrium of a two-player game of any size, by complementary pivoting.

Every strategy of either player is a label. A vertex of a best-response polytope carries the labels of the player's own
strategies that it does not play and of the other player's strategies that are best responses to it; two vertices that
together carry every label are an equilibrium. From the artificial one, where nobody plays anything, dropping one label
starts a path along which only that label may be missing, and whose other end is an equilibrium. Source: Lemke & Howson
(1964), Journal of the Society for Industrial and Applied Mathematics 12. Without a label to start from, many short
paths are tried before a long one (Codenotti, De Rossi & Pagan 2008).

The pivoting is QuantEcon.py's, in floating point. Its answer only says who plays what: the probabilities then solve
the indifference equations exactly, and the regret decides. Where rounding leads it astray, or the library is not
installed, the path is followed in whole numbers, which always ends.
"""

from collections.abc import Sequence
from contextlib import suppress
from warnings import catch_warnings, simplefilter

from games.errors import InputError, listed, quoted
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.regret import best_responses
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, equilibrium
from games.solvers.limits import STOPPED, OutOfTimeError, expired
from games.solvers.methods.labelled_paths import Labelled, reached
from games.solvers.methods.mixtures import Mixed
from games.solvers.methods.payoff_scale import payoff_range
from games.solvers.methods.quantecon import is_installed, quantecon
from games.solvers.methods.supports import exact_equilibrium, weights_on

ALL = "all"
"""What asks for the paths from every label."""

REACHED = "reached"
"""What asks for these, and again from every equilibrium that is reached."""

MOST_PIVOTS = 1_000_000
"""The most pivots along one path in floating point."""


@solution_concept(
    "lemke-howson",
    form=StrategicGame,
    no_cases_because="which equilibrium the path ends at is settled by the procedure; claims are about nash",
    one_of_many=True,
)
def lemke_howson(game: StrategicGame, initial: object = None) -> Equilibria:
    """The equilibrium that Lemke and Howson's path from the label ``initial`` leads to.

    ``initial`` is the strategy dropped, written ``Hawk`` or, where both players have one of that name, ``Row: Hawk``;
    without it, several are tried. With ``all``, unless a strategy is called so, all equilibria that a path reaches from
    some label; with ``reached``, those that paths reach from these, too. Others may exist that none does (Shapley 1974,
    Mathematical Programming Study 1). The answer is complete only where a reason proves the equilibrium to be the only
    one.
    Raises `InputError` for a game of more or fewer than two players.
    """
    if len(game.players) != 2:
        raise InputError(
            f"lemke-howson needs two players, this game has {len(game.players)}; nash-search takes any number"
        )
    labels = [(player, label) for player in game.players for label in game.strategies[player]]
    if initial == ALL and ALL not in {label for _, label in labels}:
        return _from_every_label(game, labels)
    if initial == REACHED and REACHED not in {label for _, label in labels}:
        return _reached(game)
    starts = range(len(labels)) if initial is None else [_position(labels, initial)]
    for start in starts if is_installed() else ():
        path = None if expired(f"label {start + 1}") else _followed(game, start, many=initial is None)
        if path is None:
            break
        approximate, used = path
        if (exact := exact_equilibrium(game, approximate)) is not None:
            return _answer(game, exact, labels[used])
    followed = None if expired() else _followed_exactly(game, starts[0])
    if followed is None:
        return Equilibria(game, "lemke-howson", (), complete=False, exact=False, remarks=(STOPPED,))
    return _answer(game, followed, labels[starts[0]])


def _from_every_label(game: StrategicGame, labels: Sequence[tuple[str, str]]) -> Equilibria:
    """What the paths lead to, in the order of their labels."""
    ends: list[tuple[Mixed, list[str]]] = []
    remarks: list[str] = []
    for start, (player, label) in enumerate(labels):
        end = None if expired(f"label {start + 1}") else _followed_exactly(game, start)
        if end is None:
            remarks.append(STOPPED)
            break
        known = next((names for known, names in ends if known == end), None)
        if known is None:
            ends.append((end, known := []))
        known.append(f"{player}: {label}")
    for number, (_, names) in enumerate(ends, start=1):
        remarks.append(f"to equilibrium {number} lead the paths that drop {listed(names, limit=8)}")
    reason = _only_one(game, ends[0][0]) if len(ends) == 1 else None
    if ends:
        remarks.append(_others(reason))
    found = tuple(equilibrium(game, end) for end, _ in ends)
    return Equilibria(
        game, "lemke-howson", found, complete=reason is not None, exact=bool(ends), remarks=tuple(remarks)
    )


def _reached(game: StrategicGame) -> Equilibria:
    """What paths lead to, from the artificial equilibrium and from every one that is reached."""
    ends, all_ends = reached(game)
    reason = _only_one(game, ends[0]) if len(ends) == 1 else None
    remarks = [] if all_ends else [STOPPED]
    remarks.append(_others(reason))
    found = tuple(equilibrium(game, end) for end in ends)
    return Equilibria(
        game, "lemke-howson", found, complete=reason is not None, exact=bool(ends), remarks=tuple(remarks)
    )


def _answer(game: StrategicGame, exact: Mixed, dropped: tuple[str, str]) -> Equilibria:
    player, label = dropped
    reason = _only_one(game, exact)
    remarks = (f"dropping {label} of {player} leads here", _others(reason))
    return Equilibria(game, "lemke-howson", (equilibrium(game, exact),), complete=reason is not None, remarks=remarks)


def _others(reason: str | None) -> str:
    return f"there is no other equilibrium: {reason}" if reason else "there may be more equilibria"


def _position(labels: Sequence[tuple[str, str]], initial: object) -> int:
    """Which label the text ``initial`` names."""
    text = str(initial).strip()
    found = [
        k for k, (player, label) in enumerate(labels) if text in (label, f"{player}: {label}", f"{player}:{label}")
    ]
    if len(found) == 1:
        return found[0]
    problem = "names more than one strategy" if found else "is no strategy"
    offered = listed((f"{player}: {label}" for player, label in labels), limit=8)
    raise InputError(f"initial is {quoted(text)}, which {problem} of the game; it has {offered}")


def _followed(game: StrategicGame, dropped: int, many: bool) -> tuple[Strategies, int] | None:
    """The end of the path from the label ``dropped`` and that label; if ``many``, of any label's path that ends soon.

    None if no path ends within `MOST_PIVOTS`, or in time.

    The pivoting rule is that of `games.solvers.methods.labelled_paths`. Which label comes first is free, and matters:
    some paths are exponentially long (Savani & von Stengel 2006, Econometrica 74) beside others of a few steps. So with
    ``many`` every label but the last is given ``cap`` pivots before the last gets all (Codenotti, De Rossi & Pagan
    2008), and both limits grow until something ends.
    """
    import numpy as np

    library = quantecon()
    matrices = []
    for position, player in enumerate(game.players):
        least, width = payoff_range(game, player)
        matrix = np.array([[float((value - least) / width) for value in row] for row in game.matrix(player)])
        matrices.append(np.ascontiguousarray(matrix if position == 0 else matrix.T))
    bimatrix = library.NormalFormGame([library.Player(matrix) for matrix in matrices])
    # The library does not look at the time, so that its limits start low and grow by small factors; in between the time
    # is looked at.
    cap = max(matrices[0].shape)
    pivots = 16 * cap
    while pivots <= MOST_PIVOTS and not expired():
        with catch_warnings(), suppress(ZeroDivisionError):
            simplefilter("ignore")
            mixtures, result = library.lemke_howson(
                bimatrix,
                init_pivot=dropped,
                max_iter=pivots,
                capping=cap if many else None,
                full_output=True,
            )
            if result.converged and all(np.isfinite(mixture).all() for mixture in mixtures):
                named = zip(game.strategies.items(), mixtures, strict=True)
                found = {player: dict(zip(own, mixture.tolist(), strict=True)) for (player, own), mixture in named}
                return found, int(result.init)
        cap, pivots = 2 * cap, 4 * pivots
    return None


def _followed_exactly(game: StrategicGame, dropped: int) -> Mixed | None:
    """The end of the path from the label in exact arithmetic; None if the time is up before."""
    try:
        return Labelled.artificial(game).without(dropped).mixed
    except OutOfTimeError:
        return None


def _only_one(game: StrategicGame, strategies: Mixed) -> str | None:
    """Why the equilibrium is the game's only one, where one of two simple reasons proves it."""
    supports = {p: tuple(label for label, weight in mix.items() if weight) for p, mix in strategies.items()}
    strict = all(best_responses(game, strategies, player) == supports[player] for player in game.players)
    if not strict:
        return None
    for player, other in (game.players, game.players[::-1]):
        own = supports[player][0]
        if len(supports[player]) == len(supports[other]) == 1 and _is_dominant(game, player, own):
            return f"{own} is strictly dominant for {player}, and {supports[other][0]} the only best response to it"
    first, second = game.players
    if len({sum(payoffs) for payoffs in game.payoffs.values()}) == 1 and all(
        weights_on(game, player, supports[player], supports[other]) is not None
        for player, other in ((first, second), (second, first))
    ):
        return "payoffs sum to a constant, nobody has another best response, and the weights are determined"
    return None


def _is_dominant(game: StrategicGame, player: str, strategy: str) -> bool:
    """Whether ``strategy`` pays ``player`` more than any other against everything."""
    position = game.players.index(player)
    return all(
        game.payoff(other, player) < payoffs[position]
        for profile, payoffs in game.payoffs.items()
        if profile[position] == strategy
        for other in game.alternatives(profile, player)
    )
