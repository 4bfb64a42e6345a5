"""The replicator dynamics of a small game as a picture: where play drifts when what pays more is copied more.

A share grows at the rate at which its strategy pays more than the average (Taylor & Jonker 1978, Mathematical
Biosciences 40). Two populations, one for each player, are drawn in a square; one population that plays a symmetric game
on a line (two strategies) or in a triangle (three). Rest points are exact, trajectories are integrated in floats.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import sqrt
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, clear_frame
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import readable
from games.forms.strategic import StrategicGame

LETTERS = 8
LONGEST = 200.0
"""How long a trajectory is followed, in units of one over the payoff range."""

Shares = tuple[Fraction, ...]
CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, sqrt(3) / 2]])
STARTS = tuple(product((0.15, 0.5, 0.85), repeat=2))


@dataclass(frozen=True)
class RestPoint:
    """Shares of the strategies at which nothing moves: of the first one of each player, or of all of one population.

    ``is_nash``: no strategy that is not played pays more.
    """

    shares: Shares
    is_nash: bool


def draw_phase_portrait(
    game: StrategicGame, populations: int | None = None, *, ax: Axes | None = None, size: Size | None = None
) -> Drawing:
    """The field, some trajectories and the rest points, those that are Nash equilibria filled and others hollow.

    ``populations``: 2 for a game of two by two strategies, 1 for a symmetric game of two or three; unless it is given,
    2 where that is possible. Edges all of whose points rest are thick; lines of rest points inside are not marked.

    >>> from analyses.drawing.phase_portrait import draw_phase_portrait
    >>> from games import StrategicGame
    >>> hawks = StrategicGame.bimatrix([[-1, 4], [0, 2]], [[-1, 0], [4, 2]])
    >>> draw_phase_portrait(hawks, populations=1)
    Replicator dynamics of one population; rest points: (0, 1), (2/3, 1/3) Nash, (1, 0).

    Raises `InputError` for another game, and for one in formulas.
    """
    number = _populations(game, populations)
    points = rest_points(game, number)
    stretches = resting_stretches(game, number)
    figure = Place(4.8, 4.6 if number == 2 or _count(game) == 3 else 3.6, ax, size)
    plot = figure.add_axes((0.15, 0.13, 0.78, 0.72))
    if number == 2:
        _draw_square(plot, game)
    elif _count(game) == 2:
        _draw_line(plot, game)
    else:
        _draw_triangle(plot, game)
    place = _place(number, _count(game))
    for position, (one, other) in enumerate(stretches):
        ends = np.array([place(one), place(other)])
        plot.plot(*ends.T, color=PLAYERS[1], linewidth=3, zorder=4, label="" if position else "all of it rests")
    for is_nash, label in ((True, "at rest, Nash"), (False, "at rest, not Nash")):
        at = [place(point.shares) for point in points if point.is_nash == is_nash]
        if at:
            face = PLAYERS[1] if is_nash else "white"
            looks: dict[str, Any] = {"markerfacecolor": face, "markeredgecolor": INK, "markersize": 8, "zorder": 6}
            plot.plot(*np.array(at).T, "o", linestyle="none", clip_on=False, label=label, **looks)
    plot.legend(loc="lower center", bbox_to_anchor=(0.5, 1.02), ncols=3, fontsize=LETTERS, frameon=False)
    return figure.drawn(_description(number, points, stretches))


def rest_points(game: StrategicGame, populations: int) -> tuple[RestPoint, ...]:
    """The rest points that are alone in the face in which they lie; exact."""
    number = _populations(game, populations)
    return tuple(sorted(_of_two(game) if number == 2 else _of_one(game), key=lambda point: point.shares))


def resting_stretches(game: StrategicGame, populations: int) -> tuple[tuple[Shares, Shares], ...]:
    """Edges of the square or triangle all of whose points rest, by their ends."""
    zero, one = Fraction(0), Fraction(1)
    if _populations(game, populations) == 2:
        first, second = _gains(game)
        across = [((zero, Fraction(y)), (one, Fraction(y))) for y in (0, 1) if not first(Fraction(y))]
        up = [((Fraction(x), zero), (Fraction(x), one)) for x in (0, 1) if not second(Fraction(x))]
        return (*across, *up)
    paid, count = _paid(game), _count(game)
    unit = [tuple(Fraction(i == k) for i in range(count)) for k in range(count)]
    pairs = combinations(range(count), 2)
    return tuple((unit[i], unit[j]) for i, j in pairs if paid[i][i] == paid[j][i] and paid[i][j] == paid[j][j])


def _of_two(game: StrategicGame) -> Iterator[RestPoint]:
    first, second = _gains(game)
    for x, y in product((Fraction(0), Fraction(1)), repeat=2):
        yield RestPoint((x, y), first(y) * (2 * x - 1) >= 0 and second(x) * (2 * y - 1) >= 0)
    inside = _zero(second), _zero(first)
    if inside[0] is not None and inside[1] is not None:
        yield RestPoint((inside[0], inside[1]), is_nash=True)


def _zero(gain: Callable[[Fraction], Fraction]) -> Fraction | None:
    """Where a linear gain vanishes strictly between 0 and 1."""
    low, high = gain(Fraction(0)), gain(Fraction(1))
    return low / (low - high) if low * high < 0 else None


def _of_one(game: StrategicGame) -> Iterator[RestPoint]:
    from sympy import Matrix, Rational

    paid, count = _paid(game), _count(game)
    for size in range(1, count + 1):
        for support in combinations(range(count), size):
            # Equal payoffs within the support, and shares that sum to one; the last unknown is the payoff.
            rows = [[*(paid[i][j] for j in support), Fraction(-1)] for i in support] + [
                [Fraction(1)] * size + [Fraction(0)]
            ]
            matrix = Matrix([[Rational(e.numerator, e.denominator) for e in row] for row in rows])
            if not matrix.det():
                continue
            *solved, value = (Fraction(int(e.p), int(e.q)) for e in matrix.LUsolve(Matrix([0] * size + [1])))
            if min(solved) <= 0:
                continue
            shares = [Fraction(0)] * count
            for position, share in zip(support, solved, strict=True):
                shares[position] = share
            best = max(sum(p * s for p, s in zip(row, shares, strict=True)) for row in paid)
            yield RestPoint(tuple(shares), best <= value)


def _populations(game: StrategicGame, given: int | None) -> int:
    """1 or 2, after looking at the game."""
    if not isinstance(game, StrategicGame) or len(game.players) != 2 or not game.is_exact:
        raise InputError("a phase portrait is drawn of a game of two players in strategic form and in numbers")
    sizes = tuple(len(own) for own in game.strategies.values())
    if given not in (None, 1, 2) or isinstance(given, bool):
        raise InputError(f"populations is {given}; give 1 or 2")
    number = given or (2 if sizes == (2, 2) else 1)
    if number == 2 and sizes != (2, 2):
        raise InputError(f"two populations are drawn with 2 strategies each; the game has {sizes[0]} and {sizes[1]}")
    if number == 1:
        if sizes not in ((2, 2), (3, 3)):
            raise InputError(f"one population is drawn with 2 or 3 strategies; the game has {sizes[0]} and {sizes[1]}")
        other = [list(column) for column in zip(*game.matrix(game.players[1]), strict=True)]
        if game.matrix(game.players[0]) != other:
            raise InputError("one population plays a symmetric game, and in this one the players are paid otherwise")
    return number


def _count(game: StrategicGame) -> int:
    return len(game.strategies[game.players[0]])


def _paid(game: StrategicGame) -> list[list[Fraction]]:
    return [[Fraction(entry) for entry in row] for row in game.matrix(game.players[0])]


def _gains(game: StrategicGame) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """By how much each player's first strategy pays more, given the share of the other's first strategy."""
    (a, b), (c, d) = _paid(game)
    (e, f), (g, h) = ([Fraction(entry) for entry in row] for row in game.matrix(game.players[1]))
    return (lambda y: (a - c) * y + (b - d) * (1 - y)), (lambda x: (e - f) * x + (g - h) * (1 - x))


def _place(number: int, count: int) -> Callable[[Shares], tuple[float, float]]:
    """Where shares stand in the picture."""
    if number == 2:
        return lambda shares: (float(shares[0]), float(shares[1]))
    if count == 2:
        return lambda shares: (float(shares[0]), 0.0)
    return lambda shares: tuple(np.array(list(map(float, shares))) @ CORNERS)


def _draw_square(plot: Axes, game: StrategicGame) -> None:
    first, second = game.players
    (a, b), (c, d) = np.array(game.matrix(first), dtype=float)
    (e, f), (g, h) = np.array(game.matrix(second), dtype=float)
    scale = max(np.ptp([a, b, c, d]), np.ptp([e, f, g, h])) or 1.0

    def speed(at: NDArray[Any]) -> NDArray[Any]:
        x, y = at
        gains = (a - c) * y + (b - d) * (1 - y), (e - f) * x + (g - h) * (1 - x)
        return np.array([x * (1 - x) * gains[0], y * (1 - y) * gains[1]]) / scale

    grid = np.array(list(product(np.linspace(0.05, 0.95, 13), repeat=2)))
    _draw_field(plot, grid, np.array([speed(at) for at in grid]))
    for start in STARTS:
        plot.plot(*_path(speed, start), color=PLAYERS[0], linewidth=1.3, zorder=3)
    for player, label in ((first, plot.set_xlabel), (second, plot.set_ylabel)):
        own = game.strategies[player][0]
        label(f"share of {own} among {player}", fontsize=LETTERS, parse_math=False)
    plot.set_xlim(-0.02, 1.02)
    plot.set_ylim(-0.02, 1.02)
    plot.tick_params(labelsize=LETTERS)
    clear_frame([plot])


def _replicator(game: StrategicGame) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """How fast each share of one population changes, in units of the payoff range."""
    paid = np.array(game.matrix(game.players[0]), dtype=float)
    scale = np.ptp(paid) or 1.0

    def speed(shares: NDArray[Any]) -> NDArray[Any]:
        pays = paid @ shares
        changes: NDArray[Any] = shares * (pays - shares @ pays) / scale
        return changes

    return speed


def _draw_line(plot: Axes, game: StrategicGame) -> None:
    speed = _replicator(game)
    shares = np.linspace(0, 1, 201)
    changes = np.array([speed(np.array([x, 1 - x]))[0] for x in shares])
    plot.axhline(0, color=INK, linewidth=1.0, zorder=1)
    plot.plot(shares, changes, color=PLAYERS[0], linewidth=1.6, zorder=3)
    for x in np.linspace(0.1, 0.9, 9):
        change = speed(np.array([x, 1 - x]))[0]
        if abs(change) > 1e-9:
            ahead = x + 0.045 * np.sign(change)
            plot.annotate("", (ahead, 0), (x, 0), arrowprops={"arrowstyle": "-|>", "color": FAINT, "linewidth": 1.4})
    plot.set_xlim(-0.02, 1.02)
    plot.set_xlabel(f"share of {game.strategies[game.players[0]][0]}", fontsize=LETTERS, parse_math=False)
    plot.set_ylabel("how fast it changes", fontsize=LETTERS)
    plot.tick_params(labelsize=LETTERS)
    clear_frame([plot])


def _draw_triangle(plot: Axes, game: StrategicGame) -> None:
    speed = _replicator(game)
    plot.plot(*CORNERS[[0, 1, 2, 0]].T, color=INK, linewidth=1.0, zorder=2)
    parts = 12
    whole = [(i, j, parts - i - j) for i in range(1, parts) for j in range(1, parts - i)]
    grid = np.array(whole) / parts
    _draw_field(plot, grid @ CORNERS, np.array([speed(at) for at in grid]) @ CORNERS)
    for start in ((0.8, 0.1, 0.1), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8), (0.4, 0.4, 0.2), (0.2, 0.4, 0.4), (0.4, 0.2, 0.4)):
        plot.plot(*(CORNERS.T @ _path(speed, start)), color=PLAYERS[0], linewidth=1.3, zorder=3)
    sides: Sequence[tuple[str, str, float]] = (
        ("right", "top", -0.05),
        ("left", "top", -0.05),
        ("center", "bottom", 0.05),
    )
    for name, at, (across, up, off) in zip(game.strategies[game.players[0]], CORNERS, sides, strict=True):
        looks: dict[str, Any] = {"ha": across, "va": up, "fontsize": LETTERS, "parse_math": False}
        plot.text(at[0], at[1] + off, name, **looks)
    plot.set_xlim(-0.12, 1.12)
    plot.set_ylim(-0.14, 1.0)
    plot.set_aspect("equal")
    plot.set_axis_off()


def _draw_field(plot: Axes, grid: NDArray[Any], speeds: NDArray[Any]) -> None:
    """Short arrows that all are equally long; none where nothing moves."""
    sizes = np.hypot(*speeds.T)
    moves = sizes > 1e-9
    arrows = 0.045 * speeds[moves] / sizes[moves, None]
    looks: dict[str, Any] = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.004, "headwidth": 4}
    if moves.any():
        plot.quiver(*grid[moves].T, *arrows.T, color=FAINT, pivot="mid", zorder=1, **looks)


def _path(speed: Callable[[NDArray[Any]], NDArray[Any]], start: Sequence[float]) -> NDArray[Any]:
    """A trajectory: one column for each moment."""
    from scipy.integrate import solve_ivp

    way = solve_ivp(lambda _, at: speed(at), (0, LONGEST), start, rtol=1e-7, atol=1e-9, max_step=0.5)
    result: NDArray[Any] = np.clip(way.y, 0, 1)
    return result


def _description(number: int, points: Sequence[RestPoint], stretches: Sequence[tuple[Shares, Shares]]) -> str:
    who = "two populations" if number == 2 else "one population"
    told = ", ".join(f"{_listed(point.shares)}{' Nash' if point.is_nash else ''}" for point in points)
    whole = "".join(f"; all rests between {_listed(one)} and {_listed(other)}" for one, other in stretches)
    return f"Replicator dynamics of {who}; rest points: {told}{whole}."


def _listed(shares: Shares) -> str:
    return f"({', '.join(map(readable, shares))})"
