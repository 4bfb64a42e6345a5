"""Two by two strategies as a picture: each player's best mixtures, which meet where there is an equilibrium."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes

from analyses.drawing.figures import INK, PLAYERS, Drawing, clear_frame, escaped
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import readable
from games.forms.strategic import StrategicGame
from games.solvers.nash.nash import nash

LETTERS = 8
Corner = tuple[Fraction, Fraction]


def draw_mixed_best_responses(game: StrategicGame, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """Both players' best responses, by the shares of their first strategies; equilibria are marked by circles.

    >>> from analyses.drawing.mixed_best_responses import draw_mixed_best_responses
    >>> from games import StrategicGame
    >>> draw_mixed_best_responses(StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]))
    Best mixtures of Row and Column; they meet at (0.5, 0.5).

    Raises `InputError` for other than two players with two strategies each, and for a game in formulas.
    """
    if not isinstance(game, StrategicGame) or [len(own) for own in game.strategies.values()] != [2, 2]:
        raise InputError("best mixtures are drawn of a game in strategic form of two by two strategies")
    if not game.is_exact:
        raise InputError("best mixtures are drawn of a game in numbers; give values to the parameters first")
    first, second = game.players
    curves = best_mixtures(game)
    found = nash(game)
    met = [(one[first][game.strategies[first][0]], one[second][game.strategies[second][0]]) for one in found]
    figure = Place(4.6, 4.6, ax, size)
    plot = figure.add_axes((0.16, 0.13, 0.78, 0.74))
    for player, curve, style, colour in zip(game.players, curves, ("-", "--"), PLAYERS, strict=False):
        looks: dict[str, Any] = {"linestyle": style, "color": colour, "linewidth": 2.6, "clip_on": False}
        xs, ys = [float(x) for x, _ in curve], [float(y) for _, y in curve]
        if len(curve) > 4:
            plot.fill(xs, ys, facecolor=colour, alpha=0.15)
        plot.plot(xs, ys, label=escaped(f"best for {player}"), **looks)
    circles: dict[str, Any] = {"fillstyle": "none", "markersize": 12, "markeredgewidth": 1.8, "clip_on": False}
    xs, ys = [float(x) for x, _ in met], [float(y) for _, y in met]
    plot.plot(xs, ys, "o", color=INK, zorder=6, linestyle="none", label="equilibrium", **circles)
    for player, label in ((first, plot.set_xlabel), (second, plot.set_ylabel)):
        label(f"how often {player} plays {game.strategies[player][0]}", fontsize=LETTERS, parse_math=False)
    plot.set_xlim(-0.02, 1.02)
    plot.set_ylim(-0.02, 1.02)
    plot.tick_params(labelsize=LETTERS)
    plot.legend(loc="lower center", bbox_to_anchor=(0.46, 1.03), ncols=3, fontsize=LETTERS, frameon=False)
    clear_frame([plot])
    places = ", ".join(f"({readable(x)}, {readable(y)})" for x, y in met)
    return figure.drawn(f"Best mixtures of {first} and {second}; they meet at {places}.")


def best_mixtures(game: StrategicGame) -> tuple[Sequence[Corner], Sequence[Corner]]:
    """The corners of each player's curve in the square; of a player who is always indifferent, those of the square."""
    first, second = ([list(map(Fraction, row)) for row in game.matrix(player)] for player in game.players)
    (a, b), (c, d) = first
    (e, f), (g, h) = second
    across = _curve([b - d, a - c])
    up = _curve([g - h, e - f])
    return across, [(x, y) for y, x in up]


def _curve(gains: Sequence[Fraction]) -> list[Corner]:
    """Own share and the other's: gains of the own first strategy where the other never or always plays its first."""
    zero, one = Fraction(0), Fraction(1)
    low, high = gains
    if not low and not high:
        return [(zero, zero), (one, zero), (one, one), (zero, one), (zero, zero)]
    start = Fraction(low > 0 or (low == 0 and high < 0))
    if low * high > 0:
        return [(start, zero), (start, one)]
    turn = low / (low - high)
    return [(start, zero), (start, turn), (1 - start, turn), (1 - start, one)]
