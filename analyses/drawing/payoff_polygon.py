"""The payoffs of a game of two players as a picture: what can be reached, and what its equilibria and bargains give.

A player's minmax value is the least to which the other can hold it by mixing, found by an exact linear program. Payoffs
no less for either are individually rational; by the folk theorem patient players reach all that lie above (Fudenberg &
Maskin 1986, Econometrica 54). The payoffs of correlated equilibria are a polygon, too: the image of a polytope (Aumann
1974, Journal of Mathematical Economics 1). Its corners are found exactly, each the greatest in some direction.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes

from analyses.drawing.figures import FAINT, GROUNDS, INK, PLAYERS, Drawing, clear_frame
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import readable
from games.forms.bargaining import BargainingProblem
from games.forms.strategic import StrategicGame
from games.solvers.bargaining.nash_bargaining import nash_bargaining
from games.solvers.correlated.correlated import margins
from games.solvers.methods.minimax import expected, minimax
from games.solvers.methods.pivoting import maximise
from games.solvers.methods.polygons import Point, Polygon, cut, hull
from games.solvers.nash.nash import nash

LETTERS = 8
MOST_PROFILES = 100
"""The most profiles of a game whose payoffs are drawn."""


def draw_payoff_polygon(game: StrategicGame, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """The hull of the pure payoffs, its individually rational part, equilibria on it, and the Nash bargain.

    The Nash bargaining solution starts from the minmax point, and is left out where no payoffs are better for both.

    >>> from analyses.drawing.payoff_polygon import draw_payoff_polygon
    >>> from games import StrategicGame
    >>> drawing = draw_payoff_polygon(StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]]))
    >>> for part in drawing.description.split("; "):
    ...     print(part)
    Payoffs of Row and Column as a polygon with corners (0, 4), (1, 1), (4, 0), (3, 3)
    dashed lines through the minmax point (1, 1)
    Nash equilibria pay (1, 1)
    correlated equilibria pay lotteries over (1, 1)
    the Nash bargain from the minmax point is (3, 3).

    Raises `InputError` for what is no game of two players in strategic form and in numbers, and for more than
    `MOST_PROFILES` profiles.
    """
    reached = payoff_hull(game)
    base = minmax_point(game)
    rational = cut(cut(reached, (Fraction(1), Fraction(0)), base[0]), (Fraction(0), Fraction(1)), base[1])
    together = correlated_payoffs(game)
    solved = nash(game)
    alone = list(dict.fromkeys(_point(one.payoffs.values()) for one in solved))
    bargain = _bargain(game, base, rational)
    figure = Place(5.6, 4.6, ax, size)
    plot = figure.add_axes((0.12, 0.12, 0.84, 0.66))
    _area(plot, reached, facecolor=GROUNDS[5], edgecolor=INK, linewidth=1.1, zorder=1, label="can be reached")
    _area(plot, rational, facecolor=GROUNDS[0], edgecolor=FAINT, linewidth=0.6, zorder=2, label="individually rational")
    style = {"facecolor": "none", "edgecolor": PLAYERS[1], "hatch": "///", "linewidth": 1.6, "zorder": 3}
    _area(plot, together, **style, label="correlated equilibria")
    _spots(plot, list(dict.fromkeys(map(_point, game.payoffs.values()))), "o", INK, 3.5, "pure payoffs")
    for at, line in zip(base, (plot.axvline, plot.axhline), strict=True):
        line(float(at), color=FAINT, linewidth=0.9, linestyle="--", zorder=2)
    _spots(plot, [base], "s", INK, 6, "minmax point", fillstyle="none")
    _spots(plot, alone, "o", PLAYERS[0], 10, "Nash equilibria", fillstyle="none", markeredgewidth=2.0)
    if bargain is not None:
        _spots(plot, [bargain], "*", PLAYERS[2], 11, "Nash bargain")
    plot.set_xlabel(f"payoff of {game.players[0]}", fontsize=LETTERS, parse_math=False)
    plot.set_ylabel(f"payoff of {game.players[1]}", fontsize=LETTERS, parse_math=False)
    plot.tick_params(labelsize=LETTERS)
    plot.margins(0.08)
    looks: dict[str, Any] = {"fontsize": LETTERS, "frameon": False, "labelspacing": 0.7}
    plot.legend(loc="lower center", bbox_to_anchor=(0.46, 1.02), ncols=3, **looks)
    clear_frame([plot])
    told = [
        f"Payoffs of {' and '.join(game.players)} as a polygon with corners {_listed(reached)}",
        f"dashed lines through the minmax point {_listed([base])}",
        f"Nash equilibria pay {_listed(alone)}{'' if solved.complete else ' and maybe more'}",
        f"correlated equilibria pay lotteries over {_listed(together)}",
        *([] if bargain is None else [f"the Nash bargain from the minmax point is {_listed([bargain])}"]),
    ]
    return figure.drawn(f"{'; '.join(told)}.")


def payoff_hull(game: StrategicGame) -> Polygon:
    """The corners of the set of payoffs that lotteries over profiles give, exact.

    Raises `InputError` as `draw_payoff_polygon` does.
    """
    if not isinstance(game, StrategicGame):
        raise InputError("payoffs are drawn of a game in strategic form")
    if len(game.players) != 2:
        raise InputError(f"payoffs are drawn of two players; the game has {len(game.players)}")
    if not game.is_exact:
        raise InputError("payoffs are drawn of a game in numbers; give values to the parameters first")
    if len(game.payoffs) > MOST_PROFILES:
        raise InputError(f"the game has {len(game.payoffs)} profiles; payoffs of at most {MOST_PROFILES} are drawn")
    return hull(map(_point, game.payoffs.values()))


def minmax_point(game: StrategicGame) -> Point:
    """The least to which each player can be held by the other's mixing."""
    first, second = ([list(map(Fraction, row)) for row in game.matrix(player)] for player in game.players)
    return _point(max(expected(rows, minimax(rows))) for rows in (first, list(zip(*second, strict=True))))


def correlated_payoffs(game: StrategicGame) -> Polygon:
    """The corners of the payoffs of correlated equilibria, exact.

    Each is greatest in some direction: beginning with four, that across each side is asked until none leads further.
    """
    start = {_farthest(game, (Fraction(x), Fraction(y))) for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1))}
    found = hull(start)
    while True:
        further = set(found)
        for (a, b), (c, d) in zip(found, (*found[1:], found[0]), strict=True):
            normal = (d - b, a - c)
            if any(normal):
                further.add(_farthest(game, normal))
        wider = hull(further)
        if wider == found:
            return found
        found = wider


def _farthest(game: StrategicGame, direction: Point) -> Point:
    """The payoffs of a correlated equilibrium that are greatest in a direction."""
    profiles = list(game.profiles)
    units = [margins(game, {profile: Fraction(1)}) for profile in profiles]
    worth = [sum(d * Fraction(u) for d, u in zip(direction, game.payoffs[p], strict=True)) for p in profiles]
    shift = 1 - min(worth)
    rows = [[-row[k] for row in units] for k in range(len(units[0]))]
    ones = [Fraction(1)] * len(profiles)
    _, weights = maximise([w + shift for w in worth], [*rows, ones], [*[Fraction(0)] * len(rows), Fraction(1)])
    paid = [
        sum((w * Fraction(game.payoffs[p][k]) for w, p in zip(weights, profiles, strict=True)), Fraction(0))
        for k in (0, 1)
    ]
    return paid[0], paid[1]


def _bargain(game: StrategicGame, base: Point, rational: Polygon) -> Point | None:
    """The Nash bargaining solution over all lotteries; None where no payoffs are better for both than the base."""
    if not rational or any(max(corner[k] for corner in rational) == base[k] for k in (0, 1)):
        return None
    points = {str(number): corner for number, corner in enumerate(rational)}
    problem = BargainingProblem(dict(zip(game.players, base, strict=True)), points)
    return _point(nash_bargaining(problem)[0].payoffs.values())


def _point(values: Any) -> Point:
    first, second = map(Fraction, values)
    return first, second


def _area(plot: Axes, corners: Sequence[Point], **looks: Any) -> None:
    """A polygon or a segment; no single point, which has a mark of its own."""
    if len(corners) > 1:
        plot.fill([float(x) for x, _ in corners], [float(y) for _, y in corners], **looks)


def _spots(plot: Axes, at: Sequence[Point], marker: str, colour: str, size: float, label: str, **looks: Any) -> None:
    xs, ys = [float(x) for x, _ in at], [float(y) for _, y in at]
    plot.plot(xs, ys, marker, color=colour, markersize=size, label=label, linestyle="none", zorder=5, **looks)


def _listed(points: Sequence[Point]) -> str:
    return ", ".join(f"({readable(x)}, {readable(y)})" for x, y in points) or "none"
