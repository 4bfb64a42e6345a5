"""The principal branch of logit equilibria as a picture: how often each action is chosen as the rationality λ grows."""

from matplotlib.axes import Axes

from analyses.drawing.figures import PLAYERS, Drawing, clear_frame, escaped
from analyses.drawing.place import Place, Size, only_part
from games.errors import InputError
from games.exact import readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import refused
from games.forms.strategic import StrategicGame
from games.solvers.response.logit_branch import Branch, branch

LETTERS = 8
MOST_PLACES, MOST_ACTIONS = 3, 6
STYLES = ("-", "--", "-.", ":")
FIRST = 0.01
"""The least λ on a logarithmic axis."""


def draw_logit_branch(
    game: StrategicGame | ExtensiveGame, until: object = None, *, ax: Axes | None = None, size: Size | None = None
) -> Drawing:
    """A panel for each player, in a tree for each information set; where the branch turns back there is a circle.

    ``until``: the λ as far as the branch is followed; unless it is given, as far as its limit, on a logarithmic axis.
    The last point may lie beyond ``until``.

    >>> from analyses.drawing.logit_branch import draw_logit_branch
    >>> from games import StrategicGame
    >>> draw_logit_branch(StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]]), until=8).description[:47]
    'Logit equilibria of Row, Column as λ grows; at '

    Raises `InputError` for another game, for one in formulas or without choices, and for more than `MOST_PLACES`
    panels or `MOST_ACTIONS` actions in one.
    """
    found = _branch(game, until)
    places = found.points[0].strategies
    only_part(len(places), ax)
    figure = Place(3.4 * len(places) + 0.3, 3.3, ax, size)
    share = 1 / len(places)
    rationality = [point.rationality for point in found.points]
    for position, (who, menu) in enumerate(places.items()):
        plot = figure.add_axes((share * position + 0.17 * share, 0.15, 0.76 * share, 0.6))
        for number, action in enumerate(menu):
            weights = [float(point.strategies[who][action]) for point in found.points]
            style, colour = STYLES[number % len(STYLES)], PLAYERS[number % len(PLAYERS)]
            plot.plot(rationality, weights, linestyle=style, color=colour, linewidth=1.8, label=escaped(action))
            turns = [(p.rationality, float(p.strategies[who][action])) for p in found.turning_points]
            if turns:
                plot.plot(*zip(*turns, strict=True), "o", color=colour, fillstyle="none", markersize=6)
        if until is None:
            plot.set_xscale("log")
            plot.set_xlim(left=max(FIRST, min(r for r in rationality if r)))
        plot.set_ylim(-0.03, 1.03)
        plot.set_xlabel("λ", fontsize=LETTERS)
        plot.set_ylabel(f"how often {who} chooses", fontsize=LETTERS, parse_math=False)
        plot.tick_params(labelsize=LETTERS)
        plot.legend(loc="lower center", bbox_to_anchor=(0.5, 1.02), ncols=2, fontsize=LETTERS, frameon=False)
        clear_frame([plot])
    return figure.drawn(_description(found))


def _branch(game: StrategicGame | ExtensiveGame, until: object) -> Branch:
    if not isinstance(game, StrategicGame | ExtensiveGame):
        raise refused("draw_logit_branch", game, StrategicGame, ExtensiveGame)
    if not game.is_exact:
        raise InputError("a branch is drawn of a game in numbers; give values to the parameters first")
    menus = game.strategies if isinstance(game, StrategicGame) else game.information_sets
    if not menus:
        raise InputError("nobody chooses anything in this game; give one with a decision")
    if len(menus) > MOST_PLACES:
        raise InputError(f"choices are made at {len(menus)} places; at most {MOST_PLACES} can be drawn readably")
    found = branch(game, until)
    most = max(map(len, found.points[0].strategies.values()))
    if most > MOST_ACTIONS:
        raise InputError(f"there are {most} actions at one place; at most {MOST_ACTIONS} can be drawn readably")
    return found


def _description(found: Branch) -> str:
    last = found.points[-1]
    ends = "; ".join(
        f"{who}: {', '.join(f'{action} {readable(float(weight))}' for action, weight in mix.items())}"
        for who, mix in last.strategies.items()
    )
    turns = ", ".join(readable(point.rationality) for point in found.turning_points)
    turned = f"; it turns back at λ of about {turns}" if turns else ""
    players = ", ".join(found.game.players)
    return f"Logit equilibria of {players} as λ grows; at {readable(last.rationality)} they end with {ends}{turned}."
