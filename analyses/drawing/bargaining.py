"""A bargaining problem of two players as a picture: what may be agreed, the disagreement point, and the solutions."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from matplotlib.axes import Axes

from analyses.drawing.figures import FAINT, GROUNDS, INK, PLAYERS, Drawing, clear_frame
from analyses.drawing.picture import picture
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import readable
from games.forms.bargaining import NONE, BargainingProblem
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.methods.polygons import hull

LETTERS = 8
STEPS = 200
"""Into how many pieces a frontier is divided."""

Spot = tuple[float, float]


def draw_problem(
    game: BargainingProblem,
    solutions: Iterable[Equilibrium] = (),
    *,
    ax: Axes | None = None,
    size: Size | None = None,
) -> Drawing:
    """The set on a ground, its points by name, the disagreement point as a square, solutions as large dots.

    >>> from analyses.drawing.bargaining import draw_problem
    >>> from games import BargainingProblem, solve
    >>> game = BargainingProblem({"A": 0, "B": 1}, {"all to A": (4, 1), "all to B": (0, 3)})
    >>> draw_problem(game, solve(game))
    Bargaining problem of A, B with 2 points; solution: A 2, B 2.

    Raises `InputError` for other than two players, and for a problem in formulas.
    """
    if len(game.players) != 2 or not game.is_exact:
        raise InputError("a bargaining problem is drawn for two players and in numbers")
    border, base = _border(game), _spot(list(game.disagreement.values()))
    solved = [_spot(list(one.payoffs.values())) for one in solutions]
    figure = Place(4.6, 4.2, ax, size)
    plot = figure.add_axes((0.14, 0.13, 0.82, 0.82))
    plot.fill(*zip(*border, strict=True), facecolor=GROUNDS[0], edgecolor=INK, linewidth=1.2, zorder=1)
    middle = (min(x for x, _ in border) + max(x for x, _ in border)) / 2
    for name, row in game.points.items():
        _mark(plot, _spot(row), name, INK, "o", 3.5, "left" if _spot(row)[0] <= middle else "right")
    _mark(plot, base, NONE, FAINT, "s", 6, below=True)
    for spot in solved:
        plot.plot([base[0], spot[0]], [base[1], spot[1]], color=PLAYERS[1], linewidth=0.9, linestyle="--", zorder=2)
        plot.plot(*spot, marker="o", markersize=8, color=PLAYERS[1], zorder=4)
    plot.set_xlabel(f"payoff of {game.players[0]}", fontsize=LETTERS, parse_math=False)
    plot.set_ylabel(f"payoff of {game.players[1]}", fontsize=LETTERS, parse_math=False)
    plot.tick_params(labelsize=LETTERS)
    plot.margins(0.12)
    clear_frame([plot])
    return figure.drawn(_description(game, solutions))


@picture.register
def _(game: BargainingProblem, found: Equilibria) -> tuple[str, Drawing] | None:
    return ("bargaining", draw_problem(game, found)) if len(game.players) == 2 else None


def _border(game: BargainingProblem) -> list[Spot]:
    """The corners of the set in order; a frontier in small steps, with what lies below it under free disposal."""
    if game.points:
        return [_spot(corner) for corner in hull((Fraction(row[0]), Fraction(row[1])) for row in game.points.values())]
    low, high = map(Fraction, game.ends)
    along = [low + (high - low) * Fraction(step, STEPS) for step in range(STEPS + 1)]
    curve = [_spot([_value(row, t) for row in game.frontier.values()]) for t in along]
    corner = (min(x for x, _ in curve), min(y for _, y in curve))
    return [*curve, corner] if game.free_disposal else curve


def _value(coefficients: Sequence[object], t: Fraction) -> Fraction:
    return sum((Fraction(str(c)) * t**power for power, c in enumerate(coefficients)), Fraction(0))


def _spot(payoffs: Sequence[object]) -> Spot:
    first, second = payoffs
    return float(first), float(second)  # type: ignore[arg-type]


def _mark(
    plot: Axes, at: Spot, name: str, colour: str, marker: str, size: float, side: str = "left", below: bool = False
) -> None:
    plot.plot(*at, marker=marker, markersize=size, color=colour, zorder=3)
    plot.annotate(
        name,
        at,
        xytext=(5 if side == "left" else -5, -14 if below else 5),
        textcoords="offset points",
        ha=side,
        fontsize=LETTERS,
        color=colour,
        zorder=5,
        parse_math=False,
    )


def _description(game: BargainingProblem, solutions: Iterable[Equilibrium]) -> str:
    what = f"{len(game.points)} points" if game.points else "a frontier"
    said = f"Bargaining problem of {', '.join(game.players)} with {what}"
    told = [", ".join(f"{player} {readable(value)}" for player, value in one.payoffs.items()) for one in solutions]
    return f"{said}; solution: {'; or '.join(told)}." if told else f"{said}."
