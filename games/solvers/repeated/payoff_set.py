"""The set of subgame-perfect payoffs of a repeated game of two players, in pure actions, everything being seen.

Definition: Abreu, Pearce & Stacchetti (1990), Econometrica 58. Payoffs v, averages of a round, are those of an
equilibrium exactly if some profile a is played now and payoffs w of an equilibrium are promised for what comes next,
v = (1 − δ) u(a) + δ w, such that nobody gains by deviating now and getting the worst equilibrium payoff ever after:

    δ w ≥ δ P + (1 − δ) (the most by which deviating from a pays more now),    P the least payoffs in the set,

player by player. So the set is the greatest one that generates itself. If players may condition on a public lottery
drawn before each round, it is convex (Judd, Yeltekin & Conklin 2003, Econometrica 71), and polygons that hold it are
made smaller until one generates itself, which then is the set. That may take endlessly many steps; then there is a
polygon that holds the set and one inside it that generates itself, both exact, and their distance is told. All play is
made of profiles that can be enforced; hence payoffs are averages of theirs, where discount factors are equal, and the
worst is no less than a best reply to one of them (Abreu 1988, Econometrica 56), which closes many sets in few steps.

Without a lottery the set may be a fractal. It is enclosed by squares of a grid, and points inside it are generated from
paths of play that end in a cycle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from games.errors import InputError, check_kind
from games.exact import exact, readable
from games.forms.repeated import RepeatedGame
from games.solvers.methods.path_payoffs import Square, enclosed
from games.solvers.methods.polygons import Point, Polygon, farthest, holds
from games.solvers.methods.self_generation import Promise, Rounds, held_by, inside

MOST_SHOWN = 12
"""The most points in words."""

LONGEST_SHOWN = 10**4
"""Fractions with a greater denominator are rounded in words."""


@dataclass(frozen=True)
class PayoffSet:
    """What subgame-perfect equilibria pay, as averages of a round, between two sets that are exact.

    ``inner``: points of the set; with a public lottery, the corners of a polygon all of which is in it. ``outer``: the
    corners of a polygon that holds the set. Without a lottery the set lies in ``squares``, too, each given by its least
    and its greatest point. ``distance``: no point that may be in the set is farther from the inner one, by the greater
    difference of two coordinates, in payoffs; None where no inner point is known and there may be some. ``minmax``:
    what each player can guarantee itself against pure actions. ``agreements``: for each inner point, what is played now
    and what is promised, with the probabilities with which a lottery draws these; whoever deviates alone is held to its
    worst inner point from the next round on.
    """

    game: RepeatedGame = field(repr=False)
    inner: Polygon
    outer: Polygon
    squares: tuple[Square, ...]
    distance: Fraction | None
    minmax: Mapping[str, Fraction]
    agreements: Mapping[Point, tuple[Promise, ...]]
    has_lottery: bool

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    @property
    def is_exact(self) -> bool:
        """Whether the inner set is the set of payoffs."""
        return self.distance == 0

    @property
    def vertices(self) -> tuple[Point, ...]:
        """The corners of the inner set."""
        return self.inner

    @property
    def worst(self) -> dict[str, Fraction]:
        """The least payoff of each player in the inner set, with which it may be threatened; empty if there is none."""
        return {p: min(point[k] for point in self.inner) for k, p in enumerate(self.game.players) if self.inner}

    def contains(self, point: Sequence[object]) -> bool | None:
        """Whether some equilibrium has these payoffs, one for each player; None where that is not known.

        Raises `InputError` for other than two exact numbers.
        """
        given = _point(point, self.game.players)
        if not self.has_lottery:
            known = given in self.agreements
            possible = any(_is_between(low, given, high) for low, high in self.squares)
        else:
            known, possible = holds(self.inner, given), True
        return True if known else None if possible and holds(self.outer, given) else False

    def __str__(self) -> str:
        shown = [f"({', '.join(map(_short, point))})" for point in self.inner[:MOST_SHOWN]]
        more = len(self.inner) - len(shown)
        points = ", ".join([*shown, *([f"{more} more"] if more else [])]) or "no payoffs"
        if self.is_exact:
            return f"{points} (exact)"
        if self.distance is None:
            return f"{points} known (there may be some)"
        return f"{points} (and no payoffs farther than {float(self.distance):.1e} from these)"


def _short(value: Fraction) -> str:
    return readable(value if value.denominator < LONGEST_SHOWN else float(value))


def _is_between(low: Point, point: Point, high: Point) -> bool:
    return low[0] <= point[0] <= high[0] and low[1] <= point[1] <= high[1]


def _point(given: Sequence[object], players: Sequence[str]) -> Point:
    check_kind(given, (tuple, list), "the payoffs", 'a number for each player, such as (1, "3/2")')
    if len(given) != len(players):
        raise InputError(f"{len(given)} payoffs are given; give one for each of the {len(players)} players")
    first, second = (exact(value, f"the payoff of {player}") for player, value in zip(players, given, strict=True))
    return first, second


def payoff_set(game: RepeatedGame, public_randomisation: bool = True) -> PayoffSet:
    """The payoffs of the subgame-perfect equilibria of a repeated game of two players in pure actions.

    With ``public_randomisation`` a polygon, exact where the steps towards it come to an end; else, and without it but
    where there is one point or none, between an inner and an outer set, farther apart under a time limit.

    >>> from games import RepeatedGame, StrategicGame
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]])
    >>> print(payoff_set(RepeatedGame({"always": dilemma}, {"Row": "1/4", "Column": "1/4"})))
    (1, 1) (exact)

    Raises `InputError` for a game of other than two players, of several states, or with free parameters, and for what
    is no such game.
    """
    check_kind(public_randomisation, bool, "public_randomisation", "True or False")
    rounds = Rounds.of(game)
    minmax = dict(zip(game.players, rounds.minmax, strict=True))
    holding, is_exact = held_by(rounds)
    if not public_randomisation:
        found = enclosed(rounds, holding)
        points = tuple(found.agreements)
        return PayoffSet(game, points, holding, found.squares, found.distance, minmax, found.agreements, False)
    inner = holding if is_exact else inside(rounds, holding)
    return PayoffSet(game, inner, holding, (), _distance(holding, inner), minmax, rounds.agreements(inner), True)


def _distance(outer: Polygon, inner: Polygon) -> Fraction | None:
    return None if outer and not inner else farthest(outer, inner)
