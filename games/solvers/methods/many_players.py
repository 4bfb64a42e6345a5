"""All Nash equilibria of small games of three or more players, support by support.

Isolated equilibria are enclosed by `games.solvers.methods.subdivision`, on all supports at once, and proved one by one
by `games.solvers.methods.multilinear`. What is not isolated is worked out exactly where its shape is simple
(`games.solvers.methods.continua`); elsewhere a point of it is looked for, and the answer says what stays open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any

from games.exact import counted, readable
from games.forms.strategic import StrategicGame
from games.play.payoffs import strategy_payoffs
from games.play.regret import regret
from games.solvers.equilibria import Component, Equilibria, equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.continua import Continuum, UnsettledError, equilibria_on
from games.solvers.methods.curves import Curve, equilibrium_near, is_singular, joined_straight
from games.solvers.methods.incentives import (
    Incentives,
    Profile,
    Support,
    averaged,
    mixing,
    payoff_arrays,
    profile_on,
)
from games.solvers.methods.mixtures import Mixed
from games.solvers.methods.multilinear import SIMPLEST, Solution, System, refined
from games.solvers.methods.subdivision import Point, Settled, enclose
from games.solvers.methods.supports import nonempty_subsets
from games.solvers.nash.pure_nash import pure_nash

MOST_SUPPORTS = 30_000
"""The most support profiles of a game that is tried at all."""

CLEARLY = 1e-9
"""By how much a weight must be negative, or an incentive positive, for a zero in floats to be no equilibrium.

A zero is known to 10⁻¹² here, and functions are scaled to at most 1.
"""

NUMERIC_REGRET = Fraction(1, 10**25)
"""What the regret of a solution in brackets, taken at their middle, must stay below, as a share of the largest payoff.

Brackets are narrower than 10⁻³², and a regret is at most some dozens of times as large.
"""

AT_FIRST = 64
"""How many regions of each support are looked at before degenerate supports are told from hard ones."""

MOST_TRIED = 12
"""From how many points of a support a point of a continuum is looked for."""

ONE_OF_MANY = "nash-search finds one equilibrium of such a game, mixed or not"
"""What may help where a game of many players is too large."""

PURE_LISTED = "the pure equilibria are listed"
"""What is listed of a game that is too large."""

PURE_STOPPED = "pure equilibria are listed, as many as were found in time"
"""What is listed of it when the time was up even for these."""

APART = "whether some of the listed equilibria belong to one component is not settled"
"""What is said where connected sets could not be told apart."""


@dataclass
class _Answer:
    """What the search has gathered so far."""

    points: list[tuple[Profile, Fraction]] = field(default_factory=list)
    continua: list[Continuum] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def all_equilibria(game: StrategicGame, otherwise: str = ONE_OF_MANY) -> Equilibria:
    """Every isolated equilibrium of a game of three or more players, and a point of each continuum that is found.

    Equilibria in fractions with denominators of at most `SIMPLEST` are exact; the others are given as floats, their
    values certified: exactly one equilibrium lies within the stated distance. ``complete`` is true when every support
    was settled and none holds a continuum. ``otherwise`` says what may help where the game is too large.
    """
    count = prod(2 ** len(own) - 1 for own in game.strategies.values())
    if count > MOST_SUPPORTS:
        found = pure_nash(game)
        remark = (
            f"the game is too large for a complete answer ({counted(count)} supports); "
            f"{PURE_LISTED if found.complete else PURE_STOPPED}; {otherwise}"
        )
        return Equilibria(game, "nash", found.found, complete=False, remarks=(remark,))
    return _Search(game, otherwise).equilibria()


def _middle(support: Support) -> Point:
    """Everybody who mixes does so evenly."""
    return tuple(tuple(1 / len(support[i]) for _ in support[i]) for i in mixing(support))


class _Search:
    """The equilibria of one game."""

    def __init__(self, game: StrategicGame, otherwise: str) -> None:
        self.game = game
        self.otherwise = otherwise
        self.sizes = [len(own) for own in game.strategies.values()]
        self.incentives = Incentives(payoff_arrays(game))
        self.scale = max(abs(Fraction(value)) for value in game.entries) or Fraction(1)
        self.answer = _Answer()
        self.proved: dict[Support, list[Solution]] = {}

    def equilibria(self) -> Equilibria:
        """All that is found, put together."""
        supports = list(product(*(nonempty_subsets(range(size)) for size in self.sizes)))
        # A few regions settle most supports; what is left is degenerate and simple, or needs many.
        first = enclose(self.incentives, supports, most=AT_FIRST)
        left = [support for support in first.open if expired() or not self._worked_out(support)]
        lasting = {support: curve for support in left if not expired() and (curve := self._lasting(support))}
        rest = enclose(self.incentives, [support for support in left if support not in lasting])
        for settled in (*(one for one in first.settled if one.support not in first.open), *rest.settled):
            self._prove(settled)
        for support in (one for one in left if one in lasting or one in rest.open):
            self._bent(support, rest.open.get(support, ()), lasting.get(support))
        if first.stopped or rest.stopped:
            self.answer.doubts.append(STOPPED if expired() else self._too_large())
        order = {support: k for k, support in enumerate(supports)}
        self.answer.points.sort(key=lambda point: _size(_support(point[0]), order))
        return self._together()

    def _too_large(self) -> str:
        return f"the game is too large for a complete answer: what was found within bounds is listed; {self.otherwise}"

    def _prove(self, settled: Settled) -> None:
        """Adds the zero if it is an equilibrium."""
        support = settled.support
        if not settled.near:
            self._check(support, (), Fraction(0))
            return
        system = System([len(support[i]) for i in mixing(support)], self.incentives.exact(support)[0])
        arrived = system.approached(settled.near)
        # Only the zero that the simplices hold may be judged: Newton's method may have led to another one.
        if arrived is not None and settled.holds(arrived[0]) and self._clearly_none(support, arrived[0]):
            return
        solution = None if arrived is None else refined(system, arrived[0])
        if solution is None or not settled.holds(solution.mixtures):
            self.answer.doubts.append(f"{self._on(support)} a solution could not be proved")
        elif (least := min(map(min, solution.mixtures))) > solution.radius:
            # A zero on the face that two regions share is settled in both.
            if self._is_new(support, solution):
                self._check(support, solution.mixtures, solution.radius)
        elif solution.radius and least >= -solution.radius:
            self.answer.doubts.append(f"{self._on(support)} whether a weight is positive could not be settled")

    def _is_new(self, support: Support, solution: Solution) -> bool:
        """Whether it is none of the zeros of the support that were proved before; it is remembered."""
        known = self.proved.setdefault(support, [])
        new = not any(solution.is_close_to(other) for other in known)
        known.append(solution)
        return new

    def _clearly_none(self, support: Support, near: Sequence[Any]) -> bool:
        """Whether a zero, known in floats, has a negative weight or leaves somebody a gain outside the support."""
        if min(mixture.min() for mixture in near) < -CLEARLY:
            return True
        _, outside = self.incentives.scaled(support)
        return any(averaged(function, near) > CLEARLY for function in outside)

    def _mixed(self, profile: Profile) -> Mixed:
        return {
            player: dict(zip(own, mixture, strict=True))
            for (player, own), mixture in zip(self.game.strategies.items(), profile, strict=True)
        }

    def _check(self, support: Support, mixtures: Sequence[Sequence[Fraction]], radius: Fraction) -> None:
        """Adds the profile if it is an equilibrium: exactly, or certainly in view of how far its values may be off.

        Payoffs are multilinear: weights off by at most r each move a payoff by at most r times the number of all
        strategies times the greatest payoff, to first order; twice that bounds the rest for the radii in use.
        """
        profile = profile_on(support, mixtures, self.sizes)
        mixed = self._mixed(profile)
        if radius == 0:
            if not any(regret(self.game, mixed).values()):
                self.answer.points.append((profile, radius))
            return
        # Supports are exact: what is played ties by the equations and only strategies outside are left to compare.
        slack = 4 * radius * sum(self.sizes) * self.scale
        greatest = Fraction(0)
        for player in self.game.players:
            pays = strategy_payoffs(self.game, mixed, player)
            played = [Fraction(value) for label, value in pays.items() if mixed[player][label]]
            best = max(played)
            for label, value in pays.items():
                if mixed[player][label]:
                    continue
                if value > best + slack:
                    return
                if value >= best - slack:
                    self.answer.doubts.append(f"near {_shown(mixed)} a tie of {player}'s {label} could not be settled")
                    return
            greatest = max(greatest, best - min(played))
        if greatest > NUMERIC_REGRET * self.scale:
            raise AssertionError(f"{_shown(mixed)} was certified as an equilibrium and has regret")
        self.answer.points.append((profile, radius))

    def _worked_out(self, support: Support) -> bool:
        """Adds the equilibria of the support if conditions on it are simple; whether they are."""
        try:
            found = equilibria_on(self.incentives, support)
        except UnsettledError:
            return False
        for continuum in found:
            if any(regret(self.game, self._mixed(continuum.inner)).values()):
                raise AssertionError(
                    f"{_shown(self._mixed(continuum.inner))} was derived as an equilibrium, with regret"
                )
            if continuum.is_point:
                self.answer.points.append((continuum.inner, Fraction(0)))
            else:
                self.answer.continua.append(continuum)
        return True

    def _lasting(self, support: Support) -> Curve | None:
        """An equilibrium on a support that no halving would ever settle: none is isolated there, and there is one."""
        if not is_singular(self.incentives, support):
            return None
        return self._near(support, _middle(support))

    def _near(self, support: Support, start: Point) -> Curve | None:
        """An equilibrium on the support that is found from there and is not listed."""
        curve = equilibrium_near(self.incentives, support, start)
        if curve is None or any(regret(self.game, self._mixed(curve.inner)).values()):
            return None
        return None if any(curve.inner == profile for profile, _ in self.answer.points) else curve

    def _bent(self, support: Support, points: Sequence[Point], known: Curve | None) -> None:
        """Adds an equilibrium of a support whose equilibria have a shape that is not worked out, if one is found."""
        for start in [_middle(support), *points[:: max(1, len(points) // MOST_TRIED)]]:
            curve = known or self._near(support, start)
            if curve is None:
                continue
            if curve.is_point:
                self.answer.points.append((curve.inner, Fraction(0)))
            else:
                self.answer.curves.append(curve)
            break
        self.answer.doubts.append(
            f"{self._on(support)} solutions remain that could not be isolated: a continuum, or a singular equilibrium"
        )

    def _on(self, support: Support) -> str:
        words = (
            f"{player}: {', '.join(own[k] for k in played)}"
            for (player, own), played in zip(self.game.strategies.items(), support, strict=True)
        )
        return f"on the support {'; '.join(words)}"

    def _together(self) -> Equilibria:
        answer = self.answer
        profiles = [profile for profile, _ in answer.points]
        radii = [radius for _, radius in answer.points]
        sets: list[Continuum | Curve] = [*answer.continua, *answer.curves]
        found = [equilibrium(self.game, self._mixed(profile), exact=not radius) for profile, radius in answer.points]
        found += [equilibrium(self.game, self._mixed(one.inner), exact=True) for one in sets]
        components = self._components(profiles, radii, sets)
        remarks = self._remarks(radii)
        return Equilibria(
            self.game,
            "nash",
            tuple(found),
            complete=not (answer.doubts or sets),
            exact=not any(radii),
            components=components,
            remarks=remarks,
            certified=any(radii),
        )

    def _components(
        self, profiles: Sequence[Profile], radii: Sequence[Fraction], sets: Sequence[Continuum | Curve]
    ) -> tuple[Component, ...]:
        """What hangs together, as far as that is known; where it is not, a doubt is added."""
        groups = _Groups(len(profiles) + len(sets))
        unsettled = []
        for k, one in enumerate(sets, start=len(profiles)):
            for number, (profile, radius) in enumerate(zip(profiles, radii, strict=True)):
                met = _holds(self.incentives, one, profile, radius)
                if met:
                    groups.join(number, k)
                elif met is None:
                    unsettled.append((number, k))
        for (k, one), (m, other) in combinations(enumerate(sets, start=len(profiles)), 2):
            if groups.root(k) == groups.root(m):
                continue
            met = _meet(self.incentives, one, other)
            if met:
                groups.join(k, m)
            elif met is None:
                unsettled.append((k, m))
        if any(groups.root(k) != groups.root(m) for k, m in unsettled):
            self.answer.doubts.append(APART)
        return tuple(
            Component(members, is_point=len(members) == 1 and members[0] < len(profiles), index=None)
            for members in groups.all()
        )

    def _remarks(self, radii: Sequence[Fraction]) -> tuple[str, ...]:
        answer, remarks = self.answer, []
        widest = max(radii, default=Fraction(0))
        if widest:
            remarks.append(
                f"{sum(map(bool, radii))} of the equilibria, irrational or with denominators above {SIMPLEST:,}, given "
                "in floats; certified: exactly one zero of the indifference equations lies within "
                f"{float(widest):.0e} of the values computed"
            )
        known = len(answer.continua) + sum(curve.is_continuum for curve in answer.curves)
        if known:
            remarks.append(
                f"{known} continua of equilibria: one inner point of each is listed, and what is connected is one "
                "component"
            )
        return (*remarks, *dict.fromkeys(answer.doubts))


class _Groups:
    """Which of some numbers belong together."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def root(self, number: int) -> int:
        """The least number of its group."""
        while self.parent[number] != number:
            number = self.parent[number]
        return number

    def join(self, first: int, second: int) -> None:
        """Puts two groups together."""
        a, b = sorted((self.root(first), self.root(second)))
        self.parent[b] = a

    def all(self) -> list[tuple[int, ...]]:
        """The groups, by their least numbers."""
        groups: dict[int, list[int]] = {}
        for number in range(len(self.parent)):
            groups.setdefault(self.root(number), []).append(number)
        return [tuple(group) for group in groups.values()]


def _holds(incentives: Incentives, one: Continuum | Curve, profile: Profile, radius: Fraction) -> bool | None:
    """Whether the equilibrium lies in the set, or at its edge; None where that is not known."""
    if not all(set(own) <= set(wide) for own, wide in zip(_support(profile), _support(one.inner), strict=True)):
        return False
    if isinstance(one, Curve):
        return joined_straight(incentives, one.inner, profile) or None
    try:
        return None if radius else one.holds(profile)
    except UnsettledError:
        return None


def _meet(incentives: Incentives, one: Continuum | Curve, other: Continuum | Curve) -> bool | None:
    """Whether two sets have an equilibrium in common; None where that is not known."""
    if isinstance(one, Continuum) and isinstance(other, Continuum):
        try:
            return one.meets(other)
        except UnsettledError:
            return None
    common = (set(own) & set(wide) for own, wide in zip(_support(one.inner), _support(other.inner), strict=True))
    if not all(common):
        return False
    return joined_straight(incentives, one.inner, other.inner) or None


def _support(profile: Profile) -> Support:
    return tuple(tuple(k for k, weight in enumerate(mixture) if weight) for mixture in profile)


def _size(support: Support, order: dict[Support, int]) -> tuple[int, int, int]:
    """Small supports first."""
    return sum(map(len, support)), max(map(len, support)), order[support]


def _shown(mixed: Mixed) -> str:
    return "; ".join(
        f"{player}: " + " + ".join(f"{readable(float(w))} {label}" for label, w in own.items() if w)
        for player, own in mixed.items()
    )
