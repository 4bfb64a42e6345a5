"""One Nash equilibrium of a two-player game of any size, by complementary pivoting.

Every strategy of either player is a label. A vertex of a best-response polytope carries the labels of the player's own
strategies that it does not play and of the other player's strategies that are best responses to it; two vertices that
together carry every label are an equilibrium. From the artificial one, where nobody plays anything, dropping one label
starts a path along which only that label may be missing, and whose other end is an equilibrium. Source: Lemke & Howson
(1964), Journal of the Society for Industrial and Applied Mathematics 12. Without a label to start from, many short
paths are tried before a long one (Codenotti, De Rossi & Pagan 2008).

The pivoting is QuantEcon.py's, in floating point. Its answer only says who plays what: the probabilities then solve
the indifference equations exactly, and the regret decides.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib import import_module
from math import lcm
from typing import Any, TypeAlias
from warnings import catch_warnings, simplefilter

from games.errors import InputError, listed, quoted
from games.exact import Number
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies, strategy_payoffs
from games.play.regret import best_responses, regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, equilibrium
from games.solvers.limits import STOPPED, expired, uncounted

Mixed: TypeAlias = dict[str, dict[str, Fraction]]

TOLERANCE = 1e-9
"""The greatest regret of a numeric equilibrium, as a share of the player's payoff range."""

MOST_PIVOTS = 4_000_000


@solution_concept(
    "lemke-howson",
    form=StrategicGame,
    no_cases_because="which equilibrium the path ends at is settled by the procedure; claims are about nash",
    one_of_many=True,
)
def lemke_howson(game: StrategicGame, initial: object = None) -> Equilibria:
    """The equilibrium that Lemke and Howson's path from the label ``initial`` leads to.

    ``initial`` is the strategy dropped, written ``Hawk`` or, where both players have one of that name, ``Row: Hawk``;
    without it, several are tried. The answer is complete only where a reason proves the equilibrium to be the only one.
    Raises `InputError` for a game of more or fewer than two players.
    """
    if len(game.players) != 2:
        raise InputError(
            f"lemke-howson needs two players, this game has {len(game.players)}; nash-search takes any number"
        )
    labels = [(player, label) for player in game.players for label in game.strategies[player]]
    starts = range(len(labels)) if initial is None else [_position(labels, initial)]
    numeric: Mixed | None = None
    from_label = ""
    for start in starts:
        path = None if expired(f"label {start + 1}") else _followed(game, start, many=initial is None)
        if path is None:
            break
        approximate, used = path
        first = f"dropping {labels[used][1]} of {labels[used][0]} leads here"
        if (exact := exact_equilibrium(game, approximate)) is not None:
            reason = _only_one(game, exact)
            others = f"there is no other equilibrium: {reason}" if reason else "there may be more equilibria"
            found = equilibrium(game, exact)
            return Equilibria(game, "lemke-howson", (found,), complete=reason is not None, remarks=(first, others))
        if numeric is None:
            numeric, from_label = fractions(approximate), first
    if numeric is None:
        why = STOPPED if expired() else f"the path did not end within {MOST_PIVOTS} pivots in floating point"
        return Equilibria(game, "lemke-howson", (), complete=False, exact=False, remarks=(why,))
    quality = accuracy(greatest_regret(game, numeric))
    remarks = (from_label, "the indifference equations have no exact solution on these supports", quality)
    return Equilibria(game, "lemke-howson", (equilibrium(game, numeric, exact=False),), False, False, remarks=remarks)


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


@cache
def quantecon() -> Any:
    """QuantEcon.py's game theory, imported and compiled; a fresh installation takes some seconds, a used one less."""
    with uncounted(), catch_warnings():
        simplefilter("ignore")
        try:
            library: Any = import_module("quantecon.game_theory")
        except ImportError as error:
            raise InputError(
                f"this concept needs the package quantecon, which is missing ({error}); install it"
            ) from error
        for compiled in (library.lemke_howson, library.mclennan_tourky):
            compiled(library.NormalFormGame((2, 2)))
    return library


def _followed(game: StrategicGame, dropped: int, many: bool) -> tuple[Strategies, int] | None:
    """The end of the path from the label ``dropped`` and that label; if ``many``, of any label's path that ends soon.

    None if no path ends within `MOST_PIVOTS`, or in time.
    """
    import numpy as np

    library = quantecon()
    matrices = []
    for position, player in enumerate(game.players):
        least, width = payoff_range(game, player)
        matrix = np.array([[float((value - least) / width) for value in row] for row in game.matrix(player)])
        matrices.append(np.ascontiguousarray(matrix if position == 0 else matrix.T))
    bimatrix = library.NormalFormGame([library.Player(matrix) for matrix in matrices])
    cap = max(matrices[0].shape)
    pivots = 16 * cap
    while pivots <= MOST_PIVOTS and not expired():
        with catch_warnings():
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


def exact_equilibrium(game: StrategicGame, approximate: Strategies) -> Mixed | None:
    """The two-player game's exact equilibrium with the supports of ``approximate``, verified; None if there is none.

    A player's weights make the other indifferent among all that pays the other best; where that has no solution
    (payoffs may be best in floating point only), among what the other plays.
    """
    first, second = game.players
    supports = {
        player: [label for label, weight in approximate[player].items() if weight > 0] for player in game.players
    }
    exact: Mixed = {}
    for player, other in ((first, second), (second, first)):
        pays = strategy_payoffs(game, {p: dict(mix) for p, mix in approximate.items()}, other)
        close = max(pays.values()) - TOLERANCE * float(payoff_range(game, other)[1])
        tied = [label for label, value in pays.items() if value >= close or label in supports[other]]
        for indifferent in (tied, supports[other]):
            weights = _weights(game, player, supports[player], indifferent)
            if weights is not None:
                exact[player] = {label: weights.get(label, Fraction(0)) for label in game.strategies[player]}
                break
        else:
            return None
    return exact if not any(regret(game, exact).values()) else None


def _weights(
    game: StrategicGame, player: str, support: Sequence[str], indifferent: Sequence[str]
) -> dict[str, Fraction] | None:
    """The only weights of ``player`` on the support that pay the other equally for each of ``indifferent``.

    None if there are no such weights, if some are negative, or if there are many.
    """
    first, second = game.players
    other = second if player == first else first

    def payoff(own: str, others: str) -> Fraction:
        return Fraction(game.payoff((own, others) if player == first else (others, own), other))

    head, *rest = indifferent
    equations = [[payoff(own, label) - payoff(own, head) for own in support] + [Fraction(0)] for label in rest]
    equations.append([Fraction(1)] * (len(support) + 1))
    solution = only_solution(equations)
    if solution is None or min(solution) < 0:
        return None
    return dict(zip(support, solution, strict=True))


def only_solution(equations: Sequence[Sequence[Number]]) -> list[Fraction] | None:
    """The only solution of linear equations, each given as its coefficients and its right-hand side; else None.

    Elimination on integers; every division is exact (Bareiss 1968). A row loses its first column in every round.
    """
    rows = []
    for equation in equations:
        scale = lcm(*(value.denominator for value in equation))
        rows.append([int(value * scale) for value in equation])
    unknowns, previous = len(rows[0]) - 1, 1
    for k in range(unknowns):
        chosen = next((i for i in range(k, len(rows)) if rows[i][0]), None)
        if chosen is None or expired():
            return None
        rows[k], rows[chosen] = rows[chosen], rows[k]
        pivot, *head = rows[k]
        for i, (factor, *row) in enumerate(rows):
            if i != k:
                rows[i] = [(a * pivot - factor * b) // previous for a, b in zip(row, head, strict=True)]
        rows[k], previous = head, pivot
    if any(right for (right,) in rows[unknowns:]):
        return None
    return [Fraction(right, previous) for (right,) in rows[:unknowns]]


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
        _weights(game, player, supports[player], supports[other]) is not None
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


def payoff_range(game: StrategicGame, player: str) -> tuple[Fraction, Fraction]:
    """The player's least payoff, and by how much the greatest exceeds it; 1 where all are the same."""
    position = game.players.index(player)
    own = [payoffs[position] for payoffs in game.payoffs.values()]
    least = Fraction(min(own))
    return least, (max(own) - least) or Fraction(1)


def fractions(strategies: Strategies) -> Mixed:
    """The strategies as fractions that sum to one exactly, which floats seldom do."""
    result = {}
    for who, mix in strategies.items():
        weights = {label: max(Fraction(weight), Fraction(0)) for label, weight in mix.items()}
        total = sum(weights.values())
        result[who] = {label: weight / total for label, weight in weights.items()}
    return result


def greatest_regret(game: StrategicGame, strategies: Strategies) -> Fraction:
    """The greatest regret of a player, as a share of that player's payoff range."""
    regrets = regret(game, strategies)
    return max(Fraction(value) / payoff_range(game, player)[1] for player, value in regrets.items())


def accuracy(share: Fraction) -> str:
    """The remark of a numeric equilibrium whose greatest regret is ``share`` of the payoff range."""
    if share <= TOLERANCE:
        return f"numeric: nobody's regret, computed from the exact payoffs, exceeds {TOLERANCE:g} of the payoff range"
    return f"not verified: the regret is {float(share):.1e} of the payoff range, above the tolerance {TOLERANCE:g}"
