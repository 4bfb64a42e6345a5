"""A game of two numbers as a picture: each player's best responses, which cross where there is an equilibrium.

What is best against each number of the other is looked up on a fine grid, so that jumps and whole stretches of best
responses are seen as they are. The equilibria are those of the solver.
"""

from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from analyses.drawing.figures import INK, PLAYERS, Drawing, clear_frame, escaped, mathematical
from analyses.drawing.picture import picture
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import readable
from games.forms.continuous import ContinuousGame
from games.solvers.equilibria import Equilibria

STEPS = 400
"""Into how many steps each interval is divided."""

MOST_POINTS = 4_000
"""The most points drawn for one player; of more, which only whole areas have, some are left out."""

ALIKE = 1e-9
"""By what share of the greatest payoff another may be less and count as a best one, too."""


def draw_best_responses(
    game: ContinuousGame, found: Equilibria | None = None, *, ax: Axes | None = None, size: Size | None = None
) -> Drawing:
    """The best responses of two players, the first one's number from left to right; ``found`` are marked by points.

    >>> from analyses.drawing.best_responses import draw_best_responses
    >>> from games import solve
    >>> from games.catalog import load
    >>> duopoly = load("cournot-duopoly").at()
    >>> draw_best_responses(duopoly, solve(duopoly))
    Best responses of First firm and Second firm; they meet at q_1 = 3.6, q_2 = 3.6.

    Raises `InputError` for a game of another number of players, and for payoffs in formulas.
    """
    if len(game.players) != 2:
        raise InputError(f"best responses are drawn of two players; the game has {len(game.players)}")
    if not game.is_exact:
        raise InputError("best responses are drawn of a game in numbers; give values to the parameters first")
    figure = Place(4.6, 4.2, ax, size)
    plot = figure.add_axes((0.16, 0.14, 0.8, 0.74))
    for own, player in enumerate(game.players):
        x, y = (numbers[:: 1 + numbers.size // MOST_POINTS] for numbers in _responses(game, own))
        plot.plot(x, y, ".", markersize=2.5, color=PLAYERS[own], label=escaped(f"best for {player}"))
    points = [tuple(map(float, one.choices.values())) for one in found or ()]
    if points:
        plot.plot(*zip(*points, strict=True), "o", color=INK, markersize=7, fillstyle="none", label="equilibrium")
    _label(plot, game)
    return figure.drawn(_description(game, found))


@picture.register
def _(game: ContinuousGame, found: Equilibria) -> tuple[str, Drawing] | None:
    if len(game.players) != 2:
        return None
    return "best responses", draw_best_responses(game, found)


def _responses(game: ContinuousGame, own: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The points at which the number of the player at position ``own`` is best on the grid."""
    grids = [np.linspace(float(i.low), float(i.high), STEPS + 1) for i in game.choices.values()]
    mine, others = grids[own][:, None], grids[1 - own][None, :]
    at = (mine, others) if own == 0 else (others, mine)
    terms = game.payoffs[game.players[own]].items()
    paid = np.zeros((STEPS + 1, STEPS + 1))
    for (k, j), value in terms:
        paid = paid + float(Fraction(value)) * at[0] ** k * at[1] ** j
    best = paid >= paid.max(axis=0) - ALIKE * max(np.abs(paid).max(), 1.0)
    rows, columns = np.nonzero(best)
    numbers = grids[own][rows], grids[1 - own][columns]
    return numbers if own == 0 else numbers[::-1]


def _label(plot: Axes, game: ContinuousGame) -> None:
    first, second = game.choices.items()
    for (player, interval), set_label, set_limits in (
        (first, plot.set_xlabel, plot.set_xlim),
        (second, plot.set_ylabel, plot.set_ylim),
    ):
        low, high = float(interval.low), float(interval.high)
        set_label(f"{mathematical(interval.name)}, chosen by {escaped(player)}", fontsize=8)
        set_limits(low - 0.03 * (high - low), high + 0.03 * (high - low))
    plot.tick_params(labelsize=7)
    plot.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=7, frameon=False)
    clear_frame([plot])


def _description(game: ContinuousGame, found: Equilibria | None) -> str:
    shown = f"Best responses of {' and '.join(game.players)}"
    told = [", ".join(f"{i.name} = {readable(one.choices[p])}" for p, i in game.choices.items()) for one in found or ()]
    return f"{shown}; they meet at {'; '.join(told)}." if told else f"{shown}."
