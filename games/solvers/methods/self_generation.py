"""The operator of Abreu, Pearce & Stacchetti on polygons, and the polygons between which its greatest fixed point lies.

A polygon W of promises generates the payoffs (1 − δ) u(a) + δ w of profiles a and promises w in it that keep everybody
from deviating once and getting the worst of W ever after. What holds the set of equilibrium payoffs generates what
holds it, too; what lies in what it generates is made of equilibrium payoffs (Abreu, Pearce & Stacchetti 1990,
Econometrica 58). With a public lottery hulls may be taken (Judd, Yeltekin & Conklin 2003, Econometrica 71).

A polygon that holds the set may also be cut to what profiles that can be enforced may pay, and a player's worst to the
least of the best replies to one of them (Abreu 1988, Econometrica 56).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from games.errors import InputError
from games.forms.game import only_for
from games.forms.repeated import RepeatedGame
from games.forms.strategic import Profile, StrategicGame
from games.solvers.limits import expired
from games.solvers.methods.polygons import (
    Point,
    Polygon,
    centre,
    cut,
    farthest,
    holds,
    hull,
    meet,
    rounded_out,
    shares_of,
)

MOST_STEPS = 300
"""How often a polygon is made smaller, or greater, at most."""

MOST_CORNERS = 1_500
"""The most corners of all these polygons together, of which there are many where discount factors differ."""

LONGEST = 160
"""Coordinates of more bits than this are rounded, outwards or inwards."""

PARTS = 1 << 60
"""Into so many parts of the range of payoffs."""

CLOSE = Fraction(1, 10**10)
"""A step that changes less than this part of the range of payoffs is the last."""

SIMPLE = (10**3, 10**6, 10**9)
"""The greatest denominators of corners that are tried for a polygon inside, as parts of the range of payoffs."""

SOFTENED = tuple(Fraction(1, 2**k) for k in (18, 8))
"""By what part of the range of payoffs threats are softened to find a polygon inside, one after the other."""

SOFTENINGS = 5
"""How often the balance between softer threats to either player is improved."""

SHRUNK = Fraction(1, 64)
"""By how much a polygon is shrunk then, as a part of the softening."""

NORMALS: tuple[Point, Point] = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
"""Along each player's payoffs."""


@dataclass(frozen=True)
class Promise:
    """One way to go on: the profile that is played now, and the payoffs that are promised if nobody deviates.

    A public lottery, where there is one, draws it with this ``probability``.
    """

    profile: Profile
    payoffs: Point
    probability: Fraction = Fraction(1)


@dataclass(frozen=True)
class Rounds:
    """A stage game of two players for ever, in fractions: by profile, what it pays and what the best deviation does."""

    factors: Point
    paid: Mapping[Profile, Point]
    best: Mapping[Profile, Point]

    @classmethod
    def of(cls, game: RepeatedGame) -> "Rounds":
        """Raises `InputError` for other than two players, for several states, and for free parameters."""
        only_for("the set of payoffs", game, RepeatedGame)
        if not game.is_exact:
            raise InputError("the game has free parameters; give them values before its payoffs are looked for")
        if len(game.players) != 2:
            raise InputError(
                f"the set of payoffs needs two players, this game has {len(game.players)}: it is worked out between "
                "polygons, and with more players there are none; solve() lists what a grim trigger holds up"
            )
        if len(game.states) > 1:
            raise InputError(f"the set of payoffs needs a game of one state, this one has {len(game.states)}")
        (stage,) = game.stages.values()
        first, second = (Fraction(game.discounts[player]) for player in game.players)
        paid = {profile: _pair(stage.payoffs[profile]) for profile in stage.profiles}
        best = {profile: _best_replies(stage, profile) for profile in stage.profiles}
        return cls((first, second), paid, best)

    @cached_property
    def minmax(self) -> Point:
        """What each player gets by the best reply to the pure action that is worst for it."""
        return _least(self.best.values())

    @cached_property
    def range(self) -> Fraction:
        """The greatest difference between two payoffs of a player; 1 if there is none."""
        return max(
            max(p[k] for p in self.paid.values()) - min(p[k] for p in self.paid.values()) for k in (0, 1)
        ) or Fraction(1)

    def needed(self, profile: Profile, worst: Point) -> Point | None:
        """The least promises that keep everybody from deviating; None if none do."""
        least = []
        for factor, threat, now, other in zip(self.factors, worst, self.paid[profile], self.best[profile], strict=True):
            if not factor and other > now:
                return None
            least.append(threat + (1 - factor) / factor * (other - now) if factor else threat)
        return _pair(least)

    def kept(self, promises: Polygon, profile: Profile, worst: Point) -> Polygon:
        """Those of the promises that keep everybody from deviating from the profile."""
        least = self.needed(profile, worst)
        if least is None:
            return ()
        for normal, bound in zip(NORMALS, least, strict=True):
            promises = cut(promises, normal, bound)
        return promises

    def now_and_later(self, profile: Profile, promised: Point) -> Point:
        """What the profile pays now together with what is promised."""
        parts = zip(self.factors, self.paid[profile], promised, strict=True)
        return _pair([(1 - factor) * now + factor * later for factor, now, later in parts])

    def generated(self, promises: Polygon, threat: Point | None = None) -> dict[Profile, Polygon]:
        """By profile that can be enforced, the payoffs that it has with promises from the polygon.

        Deviation is followed by the ``threat``, which is the worst of the polygon unless it is given.
        """
        worst, found = _least(promises) if threat is None else threat, {}
        for profile in self.paid:
            if kept := self.kept(promises, profile, worst):
                found[profile] = hull(self.now_and_later(profile, each) for each in kept)
        return found

    def generates_itself(self, polygon: Polygon) -> bool:
        """Whether all of the polygon is generated by promises from it, with lotteries."""
        whole = hull(corner for part in self.generated(polygon).values() for corner in part)
        return all(holds(whole, corner) for corner in polygon)

    def agreements(self, polygon: Polygon) -> dict[Point, tuple[Promise, ...]]:
        """For each corner of a polygon that generates itself, what is played now and promised."""
        worst, parts = _least(polygon) if polygon else self.minmax, self.generated(polygon) if polygon else {}
        whole = hull(corner for part in parts.values() for corner in part)
        found = {}
        for point in polygon:
            single = next((profile for profile, part in parts.items() if holds(part, point)), None)
            drawn = [(Fraction(1), point)] if single else shares_of(whole, point)
            promises = []
            for weight, corner in drawn:
                profile = single or next(each for each, part in parts.items() if corner in part)
                promises.append(self._promise(polygon, profile, worst, corner, weight))
            found[point] = tuple(promises)
        return found

    def _promise(self, polygon: Polygon, profile: Profile, worst: Point, point: Point, weight: Fraction) -> Promise:
        """The promise from the polygon with which the profile pays so, drawn with that weight."""
        kept = self.kept(polygon, profile, worst)
        for factor, now, value, normal in zip(self.factors, self.paid[profile], point, NORMALS, strict=True):
            if factor:
                later = (value - (1 - factor) * now) / factor
                kept = cut(cut(kept, normal, later), (-normal[0], -normal[1]), -later)
        return Promise(profile, kept[0], weight)


def held_by(rounds: Rounds) -> tuple[Polygon, bool]:
    """A polygon that holds the set of equilibrium payoffs, and whether it is known to be the set: it generates itself.

    The steps end there, where they get short, and when the time is up.
    """
    polygon, corners = _cut_to(rounds, list(rounds.paid), _box(rounds.paid.values())), 0
    for step in range(MOST_STEPS):
        parts = rounds.generated(polygon) if polygon else {}
        smaller = hull(corner for part in parts.values() for corner in part)
        if all(holds(smaller, corner) for corner in polygon):
            return polygon, True
        smaller = _shortened(rounds, _cut_to(rounds, list(parts), smaller))
        if not smaller:
            return (), True
        change, corners = farthest(polygon, smaller), corners + len(smaller)
        polygon = smaller
        if _is_enough(rounds, change, corners) or expired(f"step {step + 1}, by {float(change):.1e}"):
            break
    return polygon, False


def _is_enough(rounds: Rounds, change: Fraction, corners: int) -> bool:
    """Whether the last step was short, or all steps were long work."""
    return change <= CLOSE * rounds.range or corners > MOST_CORNERS


def _cut_to(rounds: Rounds, profiles: list[Profile], polygon: Polygon) -> Polygon:
    """The part of the polygon that play of these profiles may pay, and in which nobody has less than is possible."""
    if not profiles:
        return ()
    # With equal discount factors, payoffs are averages of what the rounds pay; with others, player by player.
    paid = [rounds.paid[profile] for profile in profiles]
    polygon = meet(polygon, hull(paid) if rounds.factors[0] == rounds.factors[1] else _box(paid))
    least = _least([rounds.best[profile] for profile in profiles])
    for normal, bound in zip(NORMALS, least, strict=True):
        polygon = cut(polygon, normal, bound)
    return polygon


def inside(rounds: Rounds, holding: Polygon) -> Polygon:
    """A polygon of equilibrium payoffs, near the one that holds them all if one is found there; it may be empty."""
    stable = [paid for profile, paid in rounds.paid.items() if paid == rounds.best[profile]]
    near = next((each for each in _candidates(rounds, holding) if rounds.generates_itself(each)), ())
    polygon, corners = hull([*stable, *near]), 0
    if not polygon:
        return ()
    for step in range(MOST_STEPS):
        greater = hull(corner for part in rounds.generated(polygon).values() for corner in part)
        if _is_long(greater):
            greater = hull([*polygon, *_rounded_in(greater, rounds.range / PARTS)])
        change, corners = farthest(greater, polygon), corners + len(greater)
        polygon = greater
        if _is_enough(rounds, change, corners) or expired(f"step {step + 1}, by {float(change):.1e}"):
            break
    return polygon


def _candidates(rounds: Rounds, holding: Polygon) -> Iterator[Polygon]:
    """Polygons near the one that holds the set: with simple corners; and what softer threats hold up, shrunk.

    If threats are softer than the worst that they hold up, promises have some room; shrunk by less, the polygon has
    room at every corner that is no promise's limit, and generates itself although it was computed in steps.
    """
    base, size = rounds.minmax, rounds.range
    for most in SIMPLE:
        yield hull(
            _pair(base[k] + size * ((corner[k] - base[k]) / size).limit_denominator(most) for k in (0, 1))
            for corner in holding
        )
    for softer in SOFTENED:
        if (polygon := _softened(rounds, holding, softer * size)) and not expired():
            middle, less = centre(polygon), softer * SHRUNK
            yield hull(_pair(c[k] + less * (middle[k] - c[k]) for k in (0, 1)) for c in polygon)


def _softened(rounds: Rounds, holding: Polygon, by: Fraction) -> Polygon:
    """What threats hold up that are softer than the worst of the polygon, but harder than the worst they hold up.

    The worst for one player may grow by more than the threat to the other does. So what the worst grew by is how much
    the threats are softened next, as in the power method for the eigenvector of a matrix.
    """
    worst, softer = _least(holding), _pair((by, by))
    for _ in range(SOFTENINGS):
        threat = _pair(worst[k] + softer[k] for k in (0, 1))
        polygon = _upheld(rounds, holding, threat)
        if not polygon:
            break
        grown = _pair(after - before for after, before in zip(_least(polygon), worst, strict=True))
        if grown[0] < softer[0] and grown[1] < softer[1]:
            return polygon
        least = max(grown) / 100
        softer = _pair(by * max(each, least) / max(grown) for each in grown)
    return ()


def _upheld(rounds: Rounds, polygon: Polygon, threat: Point) -> Polygon:
    """A polygon that holds all payoffs that the threat holds up, near them if the steps end in time."""
    corners = 0
    for _ in range(MOST_STEPS):
        smaller = hull(corner for part in rounds.generated(polygon, threat).values() for corner in part)
        smaller = _shortened(rounds, smaller)
        if not smaller or expired():
            return ()
        change, corners = farthest(polygon, smaller), corners + len(smaller)
        polygon = smaller
        if _is_enough(rounds, change, corners):
            break
    return polygon


def _shortened(rounds: Rounds, polygon: Polygon) -> Polygon:
    """The polygon, or one that holds it if its corners are long fractions."""
    part = rounds.range / PARTS
    return rounded_out(polygon, (part, part)) if _is_long(polygon) else polygon


def _rounded_in(polygon: Polygon, part: Fraction) -> list[Point]:
    """Points in the polygon, near its corners, with whole multiples of ``part`` for coordinates."""
    middle, found = centre(polygon), []
    for corner in polygon:
        # Two parts towards the middle there is room for rounding, but at sharp corners.
        far = max(abs(middle[k] - corner[k]) for k in (0, 1))
        for parts in (0, 2, 16, 256):
            share = min(Fraction(1), parts * part / far) if far else Fraction(0)
            moved = [corner[k] + share * (middle[k] - corner[k]) for k in (0, 1)]
            point = _pair([part * round(value / part) for value in moved])
            if holds(polygon, point):
                found.append(point)
                break
    return found


def _is_long(polygon: Polygon) -> bool:
    return any(value.denominator.bit_length() > LONGEST for corner in polygon for value in corner)


def _box(points: Iterable[Point]) -> Polygon:
    """The least rectangle that holds the points."""
    ends = list(points)
    low, high = _least(ends), _pair([max(point[k] for point in ends) for k in (0, 1)])
    return hull((x, y) for x in (low[0], high[0]) for y in (low[1], high[1]))


def _least(points: Iterable[Point]) -> Point:
    """The least of each coordinate."""
    ends = list(points)
    return _pair([min(point[k] for point in ends) for k in (0, 1)])


def _pair(values: Iterable[Any]) -> Point:
    first, second = map(Fraction, values)
    return first, second


def _best_replies(stage: StrategicGame, profile: Profile) -> Point:
    """What each player gets by its best action against the other's part of the profile."""
    own = [
        max(Fraction(stage.payoff((*profile[:k], action, *profile[k + 1 :]), player)) for action in menu)
        for k, (player, menu) in enumerate(stage.strategies.items())
    ]
    return _pair(own)
