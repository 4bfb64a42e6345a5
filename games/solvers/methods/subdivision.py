"""Where the players of a game can be indifferent: products of simplices, halved until each is excluded or settled.

On a given support, who mixes is indifferent, a square system: payoff differences vanish, each linear in the mixture of
every other player; and no strategy outside pays more. Over a product of simplices, one for each player who mixes, such
a function lies between the least and the greatest of its values at the vertices. A region is therefore kept as the
array of the values of all functions at its vertices: a smaller region's are averages of these. A region is dropped
where bounds exclude an equilibrium; it is settled where Krawczyk's test proves exactly one zero of the equations in a
neighbourhood of it; otherwise it is cut to where a zero could be, and halved. The equations are combined so that each
depends on one weight above all (preconditioned), for every region anew.

All is done in floats with a margin far above their rounding, on thousands of regions of many supports at a time. What
is settled is a proposal, to be proved in exact arithmetic (`games.solvers.methods.multilinear`); what can neither be
excluded nor settled is handed back as open.

Sources: Krawczyk (1969), Computing 4; Moore (1977), SIAM Journal on Numerical Analysis 14; Neumaier (1990), Interval
Methods for Systems of Equations; Porter, Nudelman & Shoham (2008), Games and Economic Behavior 63, on supports.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from games.solvers.limits import expired
from games.solvers.methods.incentives import Incentives, Support, mixing

Point: TypeAlias = tuple[tuple[float, ...], ...]
"""The weights of the strategies of the support, for each player who mixes (`mixing`)."""

MARGIN = 1e-12
"""What a bound in floats must clear, every function being scaled to at most 1; rounding stays below 1e-14."""

SMALLEST = 2.0**-18
"""Regions with no edge longer than this are handed back as open.

The test settles a region around a regular zero long before; near a singular zero, or on a continuum, it never does, and
every further halving would only multiply the regions.
"""

CUT = 0.487
"""Edges are not cut quite in the middle: zeros like to lie at a half."""

WIDER = 0.25
"""By what part of its size a region is widened beyond every face before Krawczyk's test.

A zero on the common face of two regions lies inside both neighbourhoods, where the test on the regions themselves would
fail for ever. The neighbourhood may stick out of the simplices, where the functions are still defined.
"""

PROMISING = 0.7
"""Krawczyk's test is tried where the combined equations differ by less than this from one weight each."""

THINNEST = 1 / 8
"""No player's part of a region is cut to less than this of the widest part's width.

Where one part is much thinner than the others, what bends along these outweighs what is linear along it, and the test
fails however small the region is.
"""

NUDGE = 1e-9
"""What is added along the diagonal of a Jacobian, as a part of its greatest entry, so that it has an inverse."""

LEFT = 1 / 16
"""No part of a region is cut to less than this of itself in one step: the test is to be tried on the way down."""

NARROW = 2.0**-8
"""Regions narrower than this are counted; near regular zeros there are few."""

MOST_NARROW = 1_000
"""The most narrow regions of a support: with more, its zeros are a continuum, or close to one."""

MOST_OPEN = 60
"""The most open regions of a support; with more, nothing is gained by looking on."""

MOST_LINEAR = 40
"""The most regions of a support on which two players mix: indifference is linear, and settled soon or never."""

MOST_REGIONS = 400_000
"""The most regions of one support."""

AT_FIRST = 512
"""How many supports are begun at once."""

PACE = 128
"""After so many supports the time is looked at."""

MOST_NUMBERS_IN_ALL = 5 * 10**8
"""The most numbers in the arrays of all regions of a game, one after the other: about half a minute."""

MOST_AT_ONCE = 2_048
"""The most regions treated at once: with more, many would be looked at before the first is small."""

FEWEST_AT_ONCE = 32
"""The fewest regions treated at once: with fewer, the time goes into the calls."""

MOST_NUMBERS_KEPT = 50_000_000
"""The most numbers in regions that wait for later, a gigabyte in all: only near a continuum is so little excluded."""

MOST_NUMBERS = 500_000
"""The most numbers in an array, which decides how many regions are treated at once: as many as a cache holds."""


@dataclass(frozen=True)
class Settled:
    """A zero of a support's equations, the only one in a product of simplices.

    ``near`` is a point not far from it. ``simplices`` are, for each player who mixes (`mixing`), the weights at each
    vertex: an array of shape (vertex, strategy).
    """

    support: Support
    near: Point
    simplices: list[Any]

    def holds(self, mixtures: Sequence[Sequence[Fraction]] | Sequence[Any]) -> bool:
        """Whether mixtures, of the players who mix, lie in the product of simplices."""
        import numpy as np

        return all(
            bool((np.linalg.solve(simplex.T, np.array(mixture, dtype=float)) >= 0).all())
            for simplex, mixture in zip(self.simplices, mixtures, strict=True)
        )


@dataclass
class Enclosed:
    """What the search came to.

    ``settled``: the zeros that were isolated. ``open``: supports that could not be settled, with some points near which
    something is open. ``stopped``: the search was cut, and any support may hold more.
    """

    settled: list[Settled] = field(default_factory=list)
    open: dict[Support, list[Point]] = field(default_factory=dict)
    stopped: bool = False


def enclose(incentives: Incentives, supports: Sequence[Support], most: int = MOST_REGIONS) -> Enclosed:
    """Encloses all equilibria on the supports, with at most so many regions for each."""
    found = Enclosed()
    left = MOST_NUMBERS_IN_ALL
    kinds: dict[tuple[int, ...], list[Support]] = {}
    for number, support in enumerate(supports):
        if number % PACE == PACE - 1 and expired():
            found.stopped = True
            return found
        kinds.setdefault(tuple(len(support[i]) for i in mixing(support)), []).append(support)
    for sizes, alike in sorted(kinds.items(), key=lambda kind: (len(kind[0]), kind[0])):
        left = _Search(incentives, sizes, alike, most, found).run(left)
        if found.stopped:
            break
    return found


@dataclass
class _Regions:
    """Regions of supports of one kind: one for each place along the last axis of every array.

    ``values``: functions by vertex, shape (function, vertex of the first player, …, region). ``vertices``: for each
    player the weights at each vertex, shape (vertex, strategy, region). ``support``: the number of the support.
    """

    values: Any
    vertices: list[Any]
    support: Any

    def __len__(self) -> int:
        return len(self.support)

    def of(self, chosen: Any) -> "_Regions":
        """Those that are chosen, by a mask, a slice or an array of places."""
        return _Regions(self.values[..., chosen], [own[..., chosen] for own in self.vertices], self.support[chosen])

    def moved(self, least: Sequence[Any]) -> "_Regions":
        """Where the share of each vertex v of player j is ``least[j][v]`` or more: a simplex again, and smaller.

        With negative shares it is a larger one.
        """
        values, vertices = self.values, []
        for j, (own, shares) in enumerate(zip(self.vertices, least, strict=True)):
            room = 1 - shares.sum(axis=0)
            vertices.append((own * shares[:, None]).sum(axis=0)[None] + room * own)
            at = (slice(None), *[None] * (values.ndim - j - 3), slice(None))
            middle = (values * shares[at]).sum(axis=j + 1)
            values = self._beside(middle, j) + room * values
        return _Regions(values, vertices, self.support)

    @staticmethod
    def _beside(values: Any, j: int) -> Any:
        return values[(slice(None),) * (j + 1) + (None,)]


class _Search:
    """The search on supports of one kind: ``sizes`` are the numbers of strategies of those who mix."""

    def __init__(
        self, incentives: Incentives, sizes: tuple[int, ...], supports: Sequence[Support], most: int, found: Enclosed
    ) -> None:
        import numpy as np

        self.np = np
        self.incentives = incentives
        self.sizes = sizes
        self.supports = supports
        self.found = found
        self.unknowns = sum(size - 1 for size in sizes)
        self.most = min(most, MOST_LINEAR) if len(sizes) <= 2 else most
        self.visited = np.zeros(len(supports), dtype=int)
        self.narrow = np.zeros(len(supports), dtype=int)
        self.given_up = np.zeros(len(supports), dtype=bool)

    def run(self, left: int) -> int:
        """The search within ``left`` numbers; how many are left after it."""
        for start in range(0, len(self.supports), AT_FIRST):
            if expired():
                self.found.stopped = True
                break
            regions = self._undominated(self._whole(range(start, min(start + AT_FIRST, len(self.supports)))))
            if self.sizes:
                left = self._searched(regions, left)
            else:
                self.found.settled += [Settled(self.supports[k], (), []) for k in regions.support]
            if self.found.stopped:
                break
        return left

    def _searched(self, regions: _Regions, left: int) -> int:
        """As `run`, of these regions; those found last are looked at first, so that few are kept."""
        waiting = [regions]
        numbers = max(regions.values[..., :1].size, 1)
        batch = min(max(FEWEST_AT_ONCE, MOST_NUMBERS // numbers), MOST_AT_ONCE)
        while waiting:
            regions = waiting.pop()
            if len(regions) > batch:
                waiting.append(regions.of(slice(batch, None)))
                regions = regions.of(slice(batch))
            left -= numbers * len(regions)
            kept = sum(map(len, waiting))
            if numbers * kept > MOST_NUMBERS_KEPT:
                self._give_up(regions)
                waiting = [each.of(~self.given_up[each.support]) for each in waiting]
            if left < 0 or expired(f"{len(self.found.settled)} candidates, {kept:,} regions to go"):
                self.found.stopped = True
                break
            regions = regions.of(~self.given_up[regions.support])
            self.np.add.at(self.visited, regions.support, 1)
            regions = self._step(regions)
            if len(regions):
                waiting.append(regions)
        return left

    def _give_up(self, regions: _Regions) -> None:
        """Puts the supports of these regions down as open, with a point of each."""
        for k in self.np.unique(regions.support):
            inside = int(self.np.flatnonzero(regions.support == k)[0])
            self.found.open.setdefault(self.supports[k], []).append(self._point(regions, inside))
            self.given_up[k] = True

    def _whole(self, numbers: Sequence[int]) -> _Regions:
        """The whole product of simplices of each support."""
        np = self.np
        values = []
        for k in numbers:
            inside, outside = self.incentives.scaled(self.supports[k])
            values.append([np.broadcast_to(function, self.sizes) for function in (*inside, *outside)])
        whole = [np.repeat(np.eye(size)[..., None], len(numbers), axis=2) for size in self.sizes]
        return _Regions(np.moveaxis(np.array(values), 0, -1), whole, np.array(numbers))

    def _undominated(self, regions: _Regions) -> _Regions:
        """Supports in which no strategy pays less than another against some, and more against none, of what is played.

        It would pay less against all mixtures of these, whose weights are all positive (conditional dominance; Porter,
        Nudelman & Shoham 2008). Signs are those of exact numbers here, so that no margin is needed.
        """
        corners = tuple(range(1, 1 + len(self.sizes)))
        least, most = regions.values.min(axis=corners), regions.values.max(axis=corners)
        excluded = ((least >= 0) & (most > 0)).any(axis=0)
        excluded |= ((most <= 0) & (least < 0))[: self.unknowns].any(axis=0)
        return regions.of(~excluded)

    def _possible(self, regions: _Regions) -> _Regions:
        """Those that no function alone excludes."""
        corners = tuple(range(1, 1 + len(self.sizes)))
        least, most = regions.values.min(axis=corners), regions.values[: self.unknowns].max(axis=corners)
        keep = (least <= MARGIN).all(axis=0) & (most >= -MARGIN).all(axis=0)
        return regions.of(keep)

    def _step(self, regions: _Regions) -> _Regions:
        """Excludes, settles, cuts and halves: what is left to be looked at."""
        np = self.np
        regions = self._possible(regions)
        if not len(regions):
            return regions
        inverse = self._inverse(regions)
        combined = self._combined(inverse, regions)
        slack = MARGIN * np.abs(inverse).sum(axis=1)
        least, possible = self._shares(combined, slack)
        near = self._distance(combined) < PROMISING
        done = np.zeros(len(regions), dtype=bool)
        if (test := possible & near).any():
            done[test] = self._settle(regions.of(test), inverse[..., test])
        keep = possible & ~done
        regions, least = regions.of(keep), [own[..., keep] for own in least]
        if not len(regions):
            return regions
        regions = self._set_aside(regions.moved(self._balanced(regions, least)))
        return self._halved(regions)

    def _inverse(self, regions: _Regions) -> Any:
        """The inverse of the Jacobian at the middle, in shares of the vertices: (weight, equation, region)."""
        np = self.np
        columns = []
        for j in range(len(self.sizes)):
            others = tuple(k + 1 for k in range(len(self.sizes)) if k != j)
            along = regions.values[: self.unknowns].mean(axis=others)
            columns.append(along[:, 1:] - along[:, :1])
        jacobian = np.moveaxis(np.concatenate(columns, axis=1), -1, 0)
        unit = np.eye(self.unknowns)
        # Any matrix may stand in for the inverse. A little beside a singular matrix is one whose inverse combines the
        # equations to what contradicts itself, if anything does.
        with np.errstate(all="ignore"):
            try:
                inverse = np.linalg.inv(jacobian + NUDGE * np.abs(jacobian).max(axis=(1, 2), keepdims=True) * unit)
            except np.linalg.LinAlgError:
                inverse = np.full_like(jacobian, np.nan)
        sound = np.isfinite(inverse).all(axis=(1, 2))
        return np.moveaxis(np.where(sound[:, None, None], inverse, unit), 0, -1)

    def _combined(self, inverse: Any, regions: _Regions) -> Any:
        """The equations combined by the inverse: each is about the share of one vertex, less what it is at a zero."""
        equations = regions.values[: self.unknowns]
        shape = (-1, *[1] * len(self.sizes), inverse.shape[-1])
        return sum(inverse[:, k].reshape(shape) * equations[k] for k in range(self.unknowns))

    def _shares(self, combined: Any, slack: Any) -> tuple[list[Any], Any]:
        """The least share of each vertex at a zero, player by player; and whether there can be one.

        A function whose values at the vertices v of one player are at most M(v), whatever the others do, is at most
        Σ share(v) M(v); where that must not be negative and all M but one are, that vertex has a least share. From
        below in the same way.
        """
        np = self.np
        least, possible = [], np.ones(combined.shape[-1], dtype=bool)
        for j, size in enumerate(self.sizes):
            others = tuple(k + 1 for k in range(len(self.sizes)) if k != j)
            most = combined.max(axis=others) + slack[:, None]
            lack = slack[:, None] - combined.min(axis=others)
            shares = np.zeros((size, combined.shape[-1]))
            for bound in (most, lack):
                possible &= (bound.max(axis=1) >= 0).all(axis=0)
                for v in range(size):
                    rest = np.max([bound[:, u] for u in range(size) if u != v], axis=0)
                    with np.errstate(all="ignore"):
                        needed = np.where(rest < 0, rest / (rest - bound[:, v]), 0)
                    shares[v] = np.maximum(shares[v], np.nan_to_num(needed, nan=0.0).max(axis=0))
            possible &= shares.sum(axis=0) <= 1 + MARGIN
            room = np.maximum(shares.sum(axis=0), 1)
            least.append(shares / room * np.where(room > 1, 1, 1 - 1e-12))
        return least, possible

    def _balanced(self, regions: _Regions, least: list[Any]) -> list[Any]:
        """The least shares, smaller where they would make one player's part too thin, or the region small at once."""
        np = self.np
        widths = [(own.max(axis=0) - own.min(axis=0)).max(axis=0) for own in regions.vertices]
        thinnest = THINNEST * np.max([w * (1 - own.sum(axis=0)) for w, own in zip(widths, least, strict=True)], axis=0)
        balanced = []
        for width, own in zip(widths, least, strict=True):
            cut = own.sum(axis=0)
            allowed = np.clip(1 - thinnest / np.maximum(width, MARGIN), 0, 1 - LEFT)
            balanced.append(own * np.where(cut > allowed, allowed / np.maximum(cut, MARGIN), 1))
        return balanced

    def _differences(self, combined: Any) -> Any:
        """How far slopes of the combined equations may be from those of one share each: (equation, weight, region)."""
        np = self.np
        columns, first = [], 0
        for j, size in enumerate(self.sizes):
            axis = j + 1
            base = np.take(combined, [0], axis=axis)
            others = tuple(range(1, combined.ndim - 1))
            for t in range(1, size):
                slope = np.take(combined, [t], axis=axis) - base
                slope[first] -= 1
                columns.append(np.maximum(slope.max(axis=others), -slope.min(axis=others)))
                first += 1
        return np.stack(columns, axis=1)

    def _distance(self, combined: Any) -> Any:
        """The greatest sum over a row of the differences."""
        return self._differences(combined).sum(axis=1).max(axis=0)

    def _settle(self, regions: _Regions, inverse: Any) -> Any:
        """Which regions Krawczyk's test settles; their points are put down.

        In the shares λ of the vertices of a region X around its middle m, Krawczyk's operator with the matrix Y is
        K(X) = m − Y f(m) + (I − Y F′(X))(X − m), where F′(X) bounds the Jacobian over X. Every zero in X lies in K(X);
        if K(X) lies in the interior of X there is a zero in X (Brouwer), and only one, since I − Y F′(X) then
        contracts (Krawczyk 1969; Moore 1977).
        """
        np = self.np
        wider = regions.moved([np.full((size, len(regions)), -WIDER) for size in self.sizes])
        # The same directions in the wider region, whose edges are longer.
        longer = np.concatenate([np.full(size - 1, 1 + WIDER * size) for size in self.sizes])
        combined = self._combined(inverse / longer[:, None, None], wider)
        differences = self._differences(combined)
        corners = tuple(range(1, 1 + len(self.sizes)))
        step = combined.mean(axis=corners)
        middle = np.concatenate([np.full(size - 1, 1 / size) for size in self.sizes])
        furthest = np.maximum(middle, 1 - middle)
        reach = (differences * furthest[None, :, None]).sum(axis=1) + MARGIN * (1 + np.abs(inverse).sum(axis=1))
        centre = middle[:, None] - step
        settled = differences.sum(axis=1).max(axis=0) < 1
        slot = 0
        point = []
        for size in self.sizes:
            own, spread = centre[slot : slot + size - 1], reach[slot : slot + size - 1]
            settled &= (own - spread > 0).all(axis=0) & ((own + spread).sum(axis=0) < 1)
            point.append(np.concatenate([1 - own.sum(axis=0, keepdims=True), own]))
            slot += size - 1
        weights = [(own * shares[:, None]).sum(axis=0) for own, shares in zip(wider.vertices, point, strict=True)]
        for n in np.flatnonzero(settled):
            near = tuple(tuple(own[:, n].tolist()) for own in weights)
            # Copies, since a view of one region would keep those of all its batch.
            simplices = [own[..., n].copy() for own in wider.vertices]
            self.found.settled.append(Settled(self.supports[regions.support[n]], near, simplices))
        return settled

    @staticmethod
    def _point(regions: _Regions, n: int) -> Point:
        """The middle of a region."""
        return tuple(tuple(own[..., n].mean(axis=0).tolist()) for own in regions.vertices)

    def _set_aside(self, regions: _Regions) -> _Regions:
        """Puts down as open what is too small to go on with, or belongs to a support that took too long."""
        np = self.np
        widest = np.max([(own.max(axis=0) - own.min(axis=0)).max(axis=0) for own in regions.vertices], axis=0)
        np.add.at(self.narrow, regions.support, widest < NARROW)
        over = (self.visited > self.most) | (self.narrow > MOST_NARROW)
        aside = (widest < SMALLEST) | over[regions.support]
        for n in np.flatnonzero(aside):
            k = regions.support[n]
            points = self.found.open.setdefault(self.supports[k], [])
            if not self.given_up[k]:
                points.append(self._point(regions, n))
            self.given_up[k] |= len(points) > MOST_OPEN or over[k]
        return regions.of(~aside & ~self.given_up[regions.support])

    def _halved(self, regions: _Regions) -> _Regions:
        """Each region cut in two across the edge along which the equations change most."""
        np = self.np
        if not len(regions):
            return regions
        edges, changes, halves = [], [], []
        for j, size in enumerate(self.sizes):
            equations = np.moveaxis(regions.values[: self.unknowns], j + 1, 0)
            for u, v in combinations(range(size), 2):
                edges.append((j, u, v))
                change = np.abs(equations[u] - equations[v])
                changes.append(change.max(axis=tuple(range(1, change.ndim - 1))).sum(axis=0))
        chosen = np.argmax(changes, axis=0)
        for number, (j, u, v) in enumerate(edges):
            here = regions.of(chosen == number)
            if len(here):
                halves += [self._replaced(here, j, u, v), self._replaced(here, j, v, u)]
        return self._joined(halves)

    @staticmethod
    def _replaced(regions: _Regions, j: int, u: int, v: int) -> _Regions:
        """The part in which the vertex u of player j is moved to the cut of the edge from u to v."""
        weight = CUT if u < v else 1 - CUT
        before = (slice(None),) * (j + 1)
        values = regions.values.copy()
        values[(*before, u)] = (1 - weight) * values[(*before, u)] + weight * values[(*before, v)]
        vertices = list(regions.vertices)
        vertices[j] = vertices[j].copy()
        vertices[j][u] = (1 - weight) * vertices[j][u] + weight * vertices[j][v]
        return _Regions(values, vertices, regions.support)

    def _joined(self, parts: Sequence[_Regions]) -> _Regions:
        np = self.np
        return _Regions(
            np.concatenate([part.values for part in parts], axis=-1),
            [np.concatenate(own, axis=-1) for own in zip(*(part.vertices for part in parts), strict=True)],
            np.concatenate([part.support for part in parts]),
        )
