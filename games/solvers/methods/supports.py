"""Supports: which sets of strategies can be played, and the weights that make them an equilibrium."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import TypeAlias, TypeVar

from games.exact import Number
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies, strategy_payoffs
from games.play.regret import regret
from games.solvers.methods.bimatrix import Payoffs
from games.solvers.methods.linear_systems import only_solution
from games.solvers.methods.mixtures import Mixed, Mixture
from games.solvers.methods.payoff_scale import TOLERANCE, payoff_range
from games.solvers.methods.pivoting import maximise

Item = TypeVar("Item")

Support: TypeAlias = frozenset[int]
"""Positions of the strategies of a player."""


def nonempty_subsets(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """All nonempty subsets, small ones first, each in the order of ``items``; there are 2ⁿ − 1."""
    return list(chain.from_iterable(combinations(items, size) for size in range(1, len(items) + 1)))


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
            weights = weights_on(game, player, supports[player], indifferent)
            if weights is not None:
                exact[player] = {label: weights.get(label, Fraction(0)) for label in game.strategies[player]}
                break
        else:
            return None
    return exact if not any(regret(game, exact).values()) else None


def weights_on(
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


def supports(*mixes: Mixture) -> Support:
    """What any of these mixtures of one player plays."""
    return frozenset(k for mix in mixes for k, weight in enumerate(mix) if weight)


def mixture_on(support: Support, rows: Payoffs, count: int, below: Payoffs = ()) -> Mixture | None:
    """A mixture of ``count`` strategies that plays exactly ``support``, or None.

    It makes no row positive and every row of ``below`` negative. The program is to maximise t ≥ 0 subject to y ≥ t,
    row · y ≤ 0 and row · y ≤ −t, which is feasible at 0. Strict inequalities thus become one number to make great: all
    conditions are homogeneous, so that a solution with t > 0 can be scaled to sum to one, and there is none if t = 0.
    """
    own = sorted(support)
    program: list[list[Number]] = [[*(row[k] for k in own), 0] for row in rows]
    program += [[*(row[k] for k in own), 1] for row in below]
    program += [[*(-(k == other) for k in own), 1] for other in own]
    program.append([*(1 for _ in own), 0])
    least, (*weights, _) = maximise([0] * len(own) + [1], program, [0] * (len(program) - 1) + [1], stoppable=True)
    if not least:
        return None
    total, played = sum(weights), dict(zip(own, weights, strict=True))
    return tuple(played[k] / total if k in played else Fraction(0) for k in range(count))
