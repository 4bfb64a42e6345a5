"""Play by state alone in a stochastic game: what it pays, exactly and on arrays, and what each action gains.

Mixtures x by player and state, and values v by player and state, are an equilibrium exactly if for each action the gain
v − q(x, v) of playing on, q being what the action pays now and v afterwards, is at least 0, and 0 where the action is
played (Fink 1964, Journal of Science of the Hiroshima University A-I 28; Herings & Peeters 2004, Journal of
Economic Theory 118).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, TypeAlias

from games.forms.stochastic import StochasticGame, key
from games.play.payoffs import Strategies
from games.solvers.methods.linear_systems import only_solution

Array: TypeAlias = Any
"""An array of floats, or of fractions; its first axis numbers the points that are looked at together."""


def scales(game: StochasticGame) -> list[tuple[Fraction, Fraction]]:
    """Each player's least payoff, and by how much the greatest exceeds it; 1 where all are the same."""
    result = []
    for k, _ in enumerate(game.players):
        own = [Fraction(paid[k]) for stage in game.stages.values() for paid in stage.payoffs.values()]
        result.append((min(own), max(own) - min(own) or Fraction(1)))
    return result


def state_payoffs(game: StochasticGame, strategies: Strategies) -> dict[str, tuple[Fraction, ...]]:
    """What each player gets on average from each state on, when everybody plays ``strategies`` for good, exactly.

    The equations v = (1 − δ) u + δ P v have one solution, since δ < 1.
    """
    factor, states = Fraction(game.discount_factor), list(game.stages)
    left, right = [], []
    for state, stage in game.stages.items():
        row = [Fraction(state == after) for after in states]
        paid = [Fraction(0)] * len(game.players)
        mixes = [{a: Fraction(w) for a, w in strategies[key(p, state)].items() if w} for p in game.players]
        for drawn in product(*(mix.items() for mix in mixes)):
            weight = Fraction(1)
            for _, each in drawn:
                weight *= each
            profile = tuple(action for action, _ in drawn)
            paid = [total + weight * value for total, value in zip(paid, stage.payoffs[profile], strict=True)]
            for after, odds in game.moves[state][profile].items():
                row[states.index(after)] -= factor * weight * odds
        left.append(row)
        right.append([(1 - factor) * value for value in paid])
    columns = []
    for k, _ in enumerate(game.players):
        solved = only_solution([[*row, paid[k]] for row, paid in zip(left, right, strict=True)])
        assert solved is not None, "1 − δP is regular for every δ below 1"
        columns.append(solved)
    return {state: tuple(column[s] for column in columns) for s, state in enumerate(states)}


@dataclass(frozen=True)
class Tables:
    """A stochastic game as arrays, each player's payoffs between 0 and 1.

    A point is a vector: the weights state by state and player by player, then the values player by player and state by
    state. ``paid[s][i]`` has one axis for each player's actions in state s, ``moved[s]`` one more for the next state.
    """

    game: StochasticGame
    paid: tuple[tuple[Array, ...], ...]
    moved: tuple[Array, ...]
    factor: Any

    @cached_property
    def sizes(self) -> list[list[int]]:
        """How many actions each player has, state by state."""
        return [[len(own) for own in stage.strategies.values()] for stage in self.game.stages.values()]

    @cached_property
    def weights(self) -> list[list[slice]]:
        """Where the weights of each player in each state stand."""
        first, result = 0, []
        for row in self.sizes:
            result.append(
                [slice(first := first + last, first + size) for last, size in zip([0, *row], row, strict=False)]
            )
            first += row[-1]
        return result

    @cached_property
    def count(self) -> int:
        """How many weights there are; the values come after them."""
        return sum(map(sum, self.sizes))

    @property
    def length(self) -> int:
        """The length of a point, and the number of equations."""
        return self.count + len(self.game.players) * len(self.game.stages)

    def value(self, player: int) -> slice:
        """Where the values of the player stand."""
        first = self.count + player * len(self.game.stages)
        return slice(first, first + len(self.game.stages))

    def mixes(self, points: Array, state: int) -> list[Array]:
        """The players' weights in the state."""
        return [points[:, own] for own in self.weights[state]]

    def worth(self, points: Array, state: int, player: int) -> Array:
        """What each profile of the state pays the player if its values come next."""
        values = points[:, self.value(player)]
        spread = values.reshape(len(points), *[1] * len(self.sizes[state]), len(self.sizes))
        later = (self.moved[state][None] * spread).sum(axis=-1)
        return (1 - self.factor) * self.paid[state][player][None] + self.factor * later

    def gains(self, points: Array) -> Array:
        """By how much playing on pays more than each action, in the order of the weights."""
        import numpy as np

        parts = []
        for s, _ in enumerate(self.sizes):
            mixes = self.mixes(points, s)
            for i, _ in enumerate(mixes):
                own = points[:, self.value(i)][:, s : s + 1]
                parts.append(own - averaged(self.worth(points, s, i), mixes, (i,)))
        return np.concatenate(parts, axis=1)

    def sums(self, points: Array) -> Array:
        """By how much each mixture sums to more than 1, in the order of the values."""
        import numpy as np

        players = range(len(self.game.players))
        columns = [points[:, row[i]].sum(axis=1) - 1 for i in players for row in self.weights]
        return np.stack(columns, axis=1)

    def slopes(self, points: Array) -> Array:
        """The derivatives of the gains by all coordinates: shape (points, weights, coordinates)."""
        import numpy as np

        result = np.zeros((len(points), self.count, self.length))
        for s, places in enumerate(self.weights):
            mixes = self.mixes(points, s)
            for i, rows in enumerate(places):
                worth, values = self.worth(points, s, i), self.value(i)
                result[:, rows, values] = -self.factor * averaged(self.moved[s][None], mixes, (i,))
                result[:, rows, values.start + s] += 1
                for j, columns in enumerate(places):
                    if j != i:
                        both = averaged(worth, mixes, (i, j))
                        result[:, rows, columns] = -(both if i < j else both.swapaxes(1, 2))
        return result

    def evaluated(self, weights: Array) -> Array:
        """The points with these weights and the values that such play has."""
        import numpy as np

        players = range(len(self.game.players))
        points = np.concatenate([weights, np.zeros((len(weights), self.length - self.count))], axis=1)
        moves, now = [], []
        for s, _ in enumerate(self.sizes):
            mixes = self.mixes(points, s)
            moves.append(averaged(self.moved[s][None], mixes, ()))
            now.append([averaged(self.paid[s][i][None], mixes, ()) for i in players])
        left = np.eye(len(self.sizes)) - self.factor * np.stack(moves, axis=1)
        for i in players:
            paid = (1 - self.factor) * np.stack([row[i] for row in now], axis=1)
            points[:, self.value(i)] = np.linalg.solve(left, paid[..., None])[..., 0]
        return points


def averaged(table: Array, mixes: Sequence[Array], kept: Sequence[int]) -> Array:
    """The table averaged over the actions of all players but those ``kept``, point by point."""
    for axis in reversed(range(len(mixes))):
        if axis not in kept:
            shape = [len(mixes[axis])] + [1] * (table.ndim - 1)
            shape[axis + 1] = -1
            table = (table * mixes[axis].reshape(shape)).sum(axis=axis + 1)
    return table


def in_floats(game: StochasticGame) -> Tables:
    """The game as arrays of floats."""
    return _tables(game, float)


def in_fractions(game: StochasticGame) -> Tables:
    """The game as arrays of fractions."""
    return _tables(game, Fraction)


def _tables(game: StochasticGame, number: Any) -> Tables:
    import numpy as np

    kind = float if number is float else object
    players, states, of = range(len(game.players)), list(game.stages), scales(game)
    paid, moved = [], []
    for state, stage in game.stages.items():
        shape = [len(own) for own in stage.strategies.values()]
        tables = []
        for i in players:
            least, unit = of[i]
            flat = [number((Fraction(stage.payoffs[p][i]) - least) / unit) for p in stage.profiles]
            tables.append(np.array(flat, dtype=kind).reshape(shape))
        odds = [[number(Fraction(game.moves[state][p].get(s, 0))) for s in states] for p in stage.profiles]
        paid.append(tuple(tables))
        moved.append(np.array(odds, dtype=kind).reshape([*shape, len(states)]))
    return Tables(game, tuple(paid), tuple(moved), number(Fraction(game.discount_factor)))
