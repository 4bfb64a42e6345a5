"""A branch of logit equilibria as a table: λ, and with which probability everybody does what.

The principal branch begins at λ = 0; another one, which both ways leads to ever greater λ, is followed from a given
profile. How it is followed: `games.solvers.methods.logit_curve`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatch
from itertools import chain
from math import exp, fsum
from typing import TYPE_CHECKING, Any

from games.errors import InputError, listed, quoted
from games.exact import numeric, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import payoff_columns, refused
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.solvers.equilibria import Equilibria, Equilibrium, Happens, as_float
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.agent_logit import AgentForm
from games.solvers.methods.logit_choices import Choices
from games.solvers.methods.logit_curve import LARGEST, Curve, Node
from games.solvers.methods.mixtures import Mixed, fractions
from games.solvers.methods.payoff_scale import Array
from games.solvers.methods.simultaneous_logit import SimultaneousChoices
from games.tables import Cell, Table, frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

RESIDUAL = 1e-9
"""How far a probability may be from the logit response to the profile.

Newton's method ends some digits closer, unless λ times the rounding of the payoffs keeps it away; then it is said.
"""

NEARBY = 0.1
"""How far a probability may be from that of a start for the branch to be the one that is meant."""

PRINCIPAL = "the branch near start is the principal one, which begins at λ = 0"


@singledispatch
def choices_of(game: StrategicGame | ExtensiveGame) -> Choices:
    """The game as its logit equilibria see it."""
    raise refused("logit", game, StrategicGame, ExtensiveGame)


@choices_of.register
def _(game: StrategicGame) -> Choices:
    return SimultaneousChoices(game)


@choices_of.register
def _(game: ExtensiveGame) -> Choices:
    return AgentForm(game)


@dataclass(frozen=True)
class Point(Equilibrium):
    """A point of a branch: the logit equilibrium, in floats, and its λ; whether the branch turns back in λ there."""

    rationality: float = 0.0
    turns: bool = False

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None


@dataclass(frozen=True, repr=False)
class Branch(Equilibria):
    """The points of a branch, in its order, close enough to be joined by lines; every turning point is one of them."""

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None

    @property
    def points(self) -> tuple[Point, ...]:
        """The equilibria, with their λ."""
        return tuple(point for point in self.found if isinstance(point, Point))

    @property
    def turning_points(self) -> tuple[Point, ...]:
        """Where the branch turns back in λ."""
        return tuple(point for point in self.points if point.turns)

    @property
    def header(self) -> tuple[str, ...]:
        """What the columns hold: λ, the probability of each action, the payoff of each player."""
        actions = (f"{who}: {action}" for who, mix in self.points[0].strategies.items() for action in mix)
        return ("λ", *actions, *payoff_columns(self.game.players))

    def rows(self) -> Iterator[tuple[float, ...]]:
        """The numbers of each point, column by column."""
        for point in self.points:
            weights = (float(weight) for mix in point.strategies.values() for weight in mix.values())
            yield (point.rationality, *weights, *map(float, point.payoffs.values()))

    def table(self) -> Table:
        """A row for each point; where the branch turns back, its λ is marked."""
        rows = tuple(
            (Cell(str(number)), Cell(readable(row[0]), marked=point.turns), *(Cell(readable(x)) for x in row[1:]))
            for number, (point, row) in enumerate(zip(self.points, self.rows(), strict=True), start=1)
        )
        header = ("", *self.header)
        return Table(header, rows, numeric=frozenset(range(1, len(header))), caption=self.heading)

    def told(self) -> tuple[str, ...]:
        """Nothing: the points are many, and the table has the probability of every action at each."""
        return ()

    def outcome_table(self, happens: Happens | None = None) -> None:
        """None, for the same reason."""

    def to_frame(self) -> "DataFrame":
        """A frame of pandas with a row for each point. Raises `InputError` where pandas is not installed."""
        return frame_of(self.rows(), self.header, "rows()")

    def as_json(self, name: str, happens: Happens | None = None) -> dict[str, object]:
        """As of any answer; each point with its ``rationality`` and whether the branch ``turns`` there."""
        data = super().as_json(name, happens)
        told: Any = data["equilibria"]
        of_each = zip(self.points, told, strict=True)
        data["equilibria"] = [{"rationality": p.rationality, "turns": p.turns, **one} for p, one in of_each]
        return data


def branch(game: StrategicGame | ExtensiveGame, until: object = None, start: object = None) -> Branch:
    """The principal branch from λ = 0 on, or the branch near ``start``; what `solve` gives for rationality "branch".

    It ends where λ exceeds ``until``, or where it is close to a limit. ``start`` is a profile as in `profile`; a
    branch that is not the principal one is followed both ways from there. Raises `InputError` for anything else,
    and if no branch is near ``start``.
    """
    last = None if until is None else numeric(until, "until")
    if last is not None and last <= 0:
        raise InputError(f"until is {readable(last)}; give a λ above 0")
    curve = Curve(choices_of(game))
    most = LARGEST if last is None else as_float(last * curve.choices.unit)

    def ended(node: Node) -> bool:
        return node.rises and (curve.has_settled(node) if last is None else node.rationality > most)

    way = followed(curve, start, None, ended)
    points: list[Point] = []
    found: list[Node] = []
    residual, rest = 0.0, "the branch could not be followed further"
    for node in way.nodes:
        found.append(node)
        point, off = _point(curve, node)
        points.append(point)
        residual = max(residual, off)
        if ended(node) or node.rationality > LARGEST:
            rest = ""
            break
        if expired(f"λ = {point.rationality:.3g}"):
            rest = STOPPED
            break
    remarks = [quality(residual), *way.remarks, *_turns(points), *([rest] if rest else []), *bifurcations(curve, found)]
    if not way.remarks:
        remarks.append("logit equilibria off the branch were not searched for")
    return Branch(game, "logit", tuple(points), complete=False, exact=False, remarks=tuple(remarks))


def _point(curve: Curve, node: Node) -> tuple[Point, float]:
    """The node with its labels, and how far a probability is from the logit response."""
    logs, rationality = node.place[:-1], curve.per_payoff(node)
    strategies = curve.strategies(logs)
    found = curve.choices.numeric(strategies, logs)
    point = Point(**{**vars(found), "rationality": rationality, "turns": node.turns})
    return point, residual_of(curve.choices, strategies, logs, Fraction(node.rationality) / curve.choices.unit)


def _turns(points: Sequence[Point]) -> list[str]:
    """The remark on turning points."""
    places = [readable(point.rationality) for point in points if point.turns]
    return [f"the branch turns back at λ of about {listed(places, limit=6)}"] if places else []


@dataclass(frozen=True)
class Way:
    """The nodes of a branch in its order, and what is to be said of it.

    ``through``: of a branch that is not the principal one, the node near its start.
    """

    nodes: Iterator[Node]
    remarks: tuple[str, ...] = ()
    through: Node | None = None


def followed(curve: Curve, start: object, rationality: Fraction | None, ended: Callable[[Node], bool]) -> Way:
    """The principal branch, or the one near ``start``, from the end that lies behind it, where a node has ``ended``.

    ``rationality`` is the λ at which one near ``start`` is looked for first. Raises `InputError` if there is none.
    """
    if start is None:
        return Way(curve.nodes(curve.beginning))
    node = near(curve, start, rationality)
    behind: list[Node] = []
    for passed in curve.nodes(curve.turned(node)):
        if passed.rationality <= curve.choices.single_below:
            return Way(curve.nodes(curve.beginning), (PRINCIPAL,))
        behind.append(passed)
        if ended(passed) or passed.rationality > LARGEST or expired():
            break
    back = (replace(passed, tangent=-passed.tangent) for passed in reversed(behind[1:]))
    whole = bool(behind) and (ended(behind[-1]) or behind[-1].rationality > LARGEST)
    remark = "the branch goes through a logit equilibrium near start" + (
        "; it is not the principal one" if whole else "; backwards from there it could not be followed to its end"
    )
    return Way(chain(back, curve.nodes(node)), (remark,), node)


def near(curve: Curve, start: object, rationality: Fraction | None) -> Node:
    """A logit equilibrium near ``start``: at this λ if there is one, else at any."""
    given = profile(curve.choices.menus, start)
    for tried in [None] if rationality is None else [float(rationality * curve.choices.unit), None]:
        found = curve.near(given, tried)
        if found is not None and found[1] <= NEARBY:
            return found[0]
    raise InputError(
        "no logit equilibrium was found near start; give another one, such as an isolated Nash equilibrium (one of "
        "infinitely many need not have any nearby)"
    )


def profile(menus: Mapping[str, Sequence[str]], start: object) -> Mixed:
    """The profile that ``start`` gives, for every place at which somebody chooses.

    Either an `Equilibrium`, a mapping of labels to probabilities for each place (or to the one label that is played),
    or text as answers are printed, with semicolons between places: ``Row: 1/2 Hawk + 1/2 Dove; Column: Dove``. Raises
    `InputError` for anything else.
    """
    if isinstance(start, Equilibrium):
        start = start.strategies
    if isinstance(start, str):
        start = dict(_split(part, menus) for part in start.split(";"))
    if not isinstance(start, Mapping) or set(start) != set(menus):
        raise InputError(
            f"start must say what is played at each of {listed(menus, limit=8)}, such as {quoted(_example(menus), 200)}"
        )
    mixes = {who: _mix(who, menu, start[who]) for who, menu in menus.items()}
    if wrong := [
        who for who, mix in mixes.items() if abs(float(sum(mix.values())) - 1) > RESIDUAL or min(mix.values()) < 0
    ]:
        raise InputError(f"start: the probabilities of {wrong[0]} must be 0 or more and sum to 1")
    return fractions(mixes)


def _example(menus: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{who}: {menu[0]}" for who, menu in menus.items())


def _split(part: str, menus: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The place that a part of the text is about, and what it says of it."""
    text = part.strip()
    who = max((name for name in menus if text.startswith(f"{name}:")), key=len, default=None)
    if who is None:
        raise InputError(f"start: {quoted(text)} names none of {listed(menus, limit=8)}; write {_example(menus)}")
    return who, text[len(who) + 1 :].strip()


def _mix(who: str, menu: Sequence[str], said: object) -> dict[str, Fraction]:
    """The probability of each action, from a mapping, a label or a weighted sum of labels."""
    if isinstance(said, str):
        said = {said: 1} if said in menu else dict(_weighted(term) for term in said.split(" + "))
    if not isinstance(said, Mapping) or not set(said) <= set(menu):
        raise InputError(f"start: {who} chooses among {listed(menu, limit=8)}; give one of these, or probabilities")
    return {action: numeric(said.get(action, 0), f"start: the probability of {action}") for action in menu}


def _weighted(term: str) -> tuple[str, str]:
    weight, _, label = term.strip().partition(" ")
    return label.strip(), weight


def residual_of(choices: Choices, strategies: Strategies, logs: Array, target: Fraction) -> float:
    """The greatest difference between a probability and that of the logit response to the profile's exact payoffs."""
    greatest = 0.0
    for who, pays in choices.exact_payoffs(strategies, logs).items():
        best = max(pays.values())
        weights = {action: exp(float(target * (value - best))) for action, value in pays.items()}
        total = fsum(weights.values())
        greatest = max(greatest, *(abs(float(strategies[who][a]) - weight / total) for a, weight in weights.items()))
    return greatest


def quality(residual: float) -> str:
    """The remark on how far probabilities are from the logit response."""
    if residual <= RESIDUAL:
        return f"numeric: every probability is within {RESIDUAL:g} of the logit response to the profile's exact payoffs"
    return f"not verified: a probability is {residual:.1e} off the logit response, above the tolerance {RESIDUAL:g}"


def bifurcations(curve: Curve, passed: Sequence[Node]) -> list[str]:
    """The remark on other branches that cross the followed one at nodes that were passed."""
    crossed = [node for node in passed if node.crossed]
    if not crossed:
        return []
    places = listed((f"{curve.per_payoff(node):.2g}" for node in crossed), limit=4)
    return [
        f"at λ of about {places} another branch crosses this one, which was followed straight on; "
        "in a game with symmetric players that keeps the symmetry"
    ]
