"""Sobol indices and shares as exact fractions: where few parameters move, and all that is said is linear in them.

The solution with free parameters (`analyses.solution`) has a region for each case; the premise set is cut into
polytopes that lie in the same regions throughout, and indices are integrals over these (`analyses.importance.
integrals`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

import sympy

from analyses.importance.integrals import Piece, Pieces
from analyses.importance.targets import FIRST, SECOND, THE_SET, TOTAL
from analyses.sampling import pieces as cutting
from analyses.sampling.polytope import HalfSpace, Polytope, box
from analyses.solution import solve_free
from analyses.solution.regions import Region, Solution
from analyses.sweeps.swept import Swept
from games.errors import InputError
from games.forms.extensive import ExtensiveGame
from games.forms.strategic import StrategicGame
from games.formulas.polynomials import Reader
from games.model import Point
from games.solvers.limits import OutOfTimeError, expired, remaining, time_limit
from games.terms import Poly, names_in, signs

SECONDS = 20.0
MOST_PIECES = 60
"""The most polytopes whose pairs are gone through."""

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Exact:
    """Exact indices by what they are of, which they are and whose (a group by position); exact shares by outcome.

    ``because`` is the reason why some are missing, or all.
    """

    indices: Mapping[tuple[str, str, tuple[int, ...]], Fraction] = field(default_factory=dict)
    shares: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    because: str = ""


def exact_indices(asked: Swept, groups: Sequence[tuple[int, ...]], crossed: bool) -> Exact:
    """The exact indices of each group of free parameters, of pairs of them if ``crossed``, and the exact shares."""
    if len(asked.premises.free) > cutting.DIMENSIONS:
        return Exact(because=f"more than {cutting.DIMENSIONS} parameters move")
    try:
        with time_limit(min(SECONDS, remaining())):
            return _found(asked, groups, crossed)
    except InputError as error:
        return Exact(because=str(error))
    except OutOfTimeError:
        return Exact(because="the time for them was up")
    except cutting.OutOfReachError:
        return Exact(because="something on which it hangs is not linear in the parameters")


def _found(asked: Swept, groups: Sequence[tuple[int, ...]], crossed: bool) -> Exact:
    solution = solve_free(
        asked.model,
        asked.names,
        values=asked.fixed,
        premises=asked.relations,
        concept=asked.concept.name,
        outcomes=True,
    )
    game = solution.posed.game
    if not isinstance(game, ExtensiveGame | StrategicGame):
        return Exact(because=f"{game.kind} has no paths through a tree or a table")
    if not solution.posed.outcomes:
        return Exact(because="it has too many outcomes to follow each")
    if not solution.complete:
        return Exact(because=f"the solution with free parameters is not complete: {'; '.join(solution.doubts)}")
    regions = [region for region in solution.regions if not region.at_ties]
    if any(region.open for region in regions):
        return Exact(because="a continuum of mixtures is played")
    cut = _Cut(asked, solution, [_Way.of(solution, region) for region in regions])
    return cut.exact(groups, crossed)


@dataclass(frozen=True)
class _Way:
    """What a region's equilibrium comes to: the outcomes that it reaches, and payoffs and probabilities as
    polynomials, None where they are none."""

    region: Region
    outcomes: tuple[str, ...]
    values: Mapping[str, Poly | None]

    @staticmethod
    def of(solution: Solution, region: Region) -> "_Way":
        reader = Reader()
        odds: dict[str, sympy.Expr] = {}
        for path, weight in region.outcomes.items():
            if weight != 0:
                words = solution.model.outcome_words(path)
                odds[words] = odds.get(words, sympy.Integer(0)) + weight
        formulas = {f"payoff of {player}": formula for player, formula in region.payoffs.items()}
        formulas |= {f"probability of {words}": weight for words, weight in odds.items()}
        values = {name: reader.poly(sympy.cancel(formula)) for name, formula in formulas.items()}
        return _Way(region, tuple(sorted(odds)), values)


class _Cut:
    """The premise set cut into polytopes, on each of which the same regions hold and the same way is the best."""

    def __init__(self, asked: Swept, solution: Solution, ways: Sequence[_Way]) -> None:
        self.asked, self.ways = asked, ways
        self.margins = list(dict.fromkeys(p.of for way in ways for p in signs(way.region.condition)))
        self.names = self._names(solution)
        symbols = {p.name: p.symbol for p in asked.model.parameters}
        spoken = {symbols[name] for way in ways for name in names_in(way.region.condition)}
        for name in self.names:
            spoken |= {symbols[each] for way in ways for each in self._of(way, name).names}
        self.cutting = cutting.Pieces(asked.premises, frozenset(spoken), self._around)
        self.coordinates = self.cutting.coordinates

    def _names(self, solution: Solution) -> list[str]:
        """The payoffs and probabilities that are linear in every way."""
        outcomes = sorted({words for way in self.ways for words in way.outcomes})
        names = [f"payoff of {player}" for player in solution.posed.game.players]
        names += [f"probability of {words}" for words in outcomes]
        return [name for name in names if all(_is_linear(way.values.get(name, Poly({}))) for way in self.ways)]

    @staticmethod
    def _of(way: _Way, name: str) -> Poly:
        value = way.values.get(name, Poly({}))
        assert value is not None
        return value

    def _around(self, point: Point) -> tuple[tuple[int, ...], list[Poly]]:
        named = {symbol.name: value for symbol, value in point.items()}
        here = tuple(k for k, way in enumerate(self.ways) if way.region.holds(named))
        apart = [
            self._of(self.ways[i], name) - self._of(self.ways[j], name)
            for i, j in combinations(here, 2)
            for name in self.names
        ]
        return here, [*self.margins, *(each for each in dict.fromkeys(apart) if each.constant is None)]

    def exact(self, groups: Sequence[tuple[int, ...]], crossed: bool) -> Exact:
        because = "" if len(self.names) == self._wanted() else "payoffs or probabilities are not linear in a region"
        if not self.coordinates:
            here, _ = self._around(self.cutting.point(()))
            still = dict.fromkeys(((THE_SET, which, group) for which in (FIRST, TOTAL) for group in groups), ZERO)
            return Exact(still, self._shares([(ONE, here)]), because)
        cells = [(polytope, here) for polytope, admitted, here in self.cutting if admitted and here is not None]
        if len(cells) > MOST_PIECES and len(self.coordinates) > 2:
            return Exact(because=f"the premise set falls into {len(cells)} polytopes, too many for three parameters")
        outputs = self._outputs(cells)
        pieces = Pieces(
            [
                Piece(polytope, {k: f for k, f in enumerate(own) if f is not None})
                for (polytope, _), own in zip(cells, zip(*outputs.values(), strict=True), strict=True)
            ],
            len(self.coordinates),
            len(outputs),
            *self._factors(),
        )
        found = _Indices(pieces, self._places(groups), list(outputs))
        sizes = [(polytope.volume, here) for polytope, here in cells]
        return Exact(found.all(groups, crossed), self._shares(sizes), because)

    def _wanted(self) -> int:
        return len({name for way in self.ways for name in way.values})

    def _outputs(
        self, cells: Sequence[tuple[Polytope, tuple[int, ...]]]
    ) -> dict[tuple[str, object], list[HalfSpace | None]]:
        """Each output on each cell: of the set one for each that there is, of a value its ends and width."""
        kinds = [tuple(sorted({self.ways[k].outcomes for k in here})) for _, here in cells]
        one = HalfSpace((ZERO,) * len(self.coordinates), ONE)
        found: dict[tuple[str, object], list[HalfSpace | None]] = {
            (THE_SET, kind): [one if own == kind else None for own in kinds] for kind in dict.fromkeys(kinds)
        }
        for name in self.names if all(here for _, here in cells) else ():
            ends = [self._ends(polytope, here, name) for polytope, here in cells]
            least, greatest = [low for low, _ in ends], [high for _, high in ends]
            if least == greatest:
                found[name, None] = list(least)
            else:
                found[f"{name}, least", None] = list(least)
                found[f"{name}, greatest", None] = list(greatest)
            found[f"width of {name}", None] = [_less(high, low) for low, high in ends]
        return found

    def _ends(self, polytope: Polytope, here: Sequence[int], name: str) -> tuple[HalfSpace, HalfSpace]:
        """The least and the greatest value among the ways that are there, which keep their order in the cell."""
        centre = polytope.centre
        several = sorted((self._in_parts(self._of(self.ways[k], name)) for k in here), key=lambda f: f(centre))
        return several[0], several[-1]

    def _in_parts(self, value: Poly) -> HalfSpace:
        """A linear polynomial as a function of the parts of the ranges."""
        moved = value.put(self.cutting.solved)
        constant = Fraction(moved.terms.get((), 0))
        premises, normal = self.asked.premises, []
        for k in self.coordinates:
            symbol = premises.free[k]
            low, high = premises.ranges[symbol]
            factor = Fraction(moved.terms.get((symbol.name,), 0))
            constant += factor * low
            normal.append(factor * (high - low))
        return HalfSpace(tuple(normal), constant)

    def _factors(self) -> tuple[list[list[int]], list[Fraction]]:
        """The independent groups of coordinates, and the volume of each."""
        place = {k: j for j, k in enumerate(self.coordinates)}
        premises = self.asked.premises
        if premises.rest:
            raise cutting.OutOfReachError
        groups = [group for group in premises.independent if set(group) <= place.keys()]
        volumes = []
        for group in groups:
            part: Polytope | None = box([(ZERO, ONE)] * len(group))
            for condition in premises.linear:
                if part is not None and set(condition.coefficients) <= set(group):
                    part = part.within(premises.half_space(condition, group))
            assert part is not None
            volumes.append(part.volume)
        return [[place[k] for k in group] for group in groups], volumes

    def _places(self, groups: Sequence[tuple[int, ...]]) -> list[frozenset[int]]:
        """Of each group those members that matter, by coordinate."""
        return [frozenset(self.coordinates.index(k) for k in group if k in self.coordinates) for group in groups]

    def _shares(self, cells: Sequence[tuple[Fraction, tuple[int, ...]]]) -> dict[str, tuple[Fraction, Fraction]]:
        """Of each outcome the parts in which it is played for certain by every equilibrium, and by some."""
        whole, found = sum((volume for volume, _ in cells), ZERO), {}
        for words in sorted({words for way in self.ways for words in way.outcomes}):
            certain = possible = ZERO
            for volume, here in cells:
                own = [self.ways[k].outcomes for k in here]
                certain += volume * (bool(own) and all(play == (words,) for play in own))
                possible += volume * any(words in play for play in own)
            found[words] = (certain / whole, possible / whole)
        return found


@dataclass(frozen=True)
class _Indices:
    """Indices from integrals; outputs with the same name are added up."""

    pieces: Pieces
    places: Sequence[frozenset[int]]
    outputs: Sequence[tuple[str, object]]

    def all(self, groups: Sequence[tuple[int, ...]], crossed: bool) -> dict[tuple[str, str, tuple[int, ...]], Fraction]:
        everything = frozenset(range(self.pieces.dimension))
        shared = self._shared_by({frozenset(), everything})
        variance = {name: shared[everything][name] - shared[frozenset()][name] for name in shared[everything]}
        wanted = {each for place in self.places for each in (place, everything - place)}
        both = list(combinations(range(len(groups)), 2)) if crossed else []
        wanted |= {self.places[i] | self.places[j] for i, j in both}
        shared |= self._shared_by(wanted - shared.keys())

        def decided(place: frozenset[int], name: str) -> Fraction:
            return (shared[place][name] - shared[frozenset()][name]) / variance[name]

        found: dict[tuple[str, str, tuple[int, ...]], Fraction] = {}
        for name in variance:
            for group, place in zip(groups, self.places, strict=True):
                is_still = not variance[name]
                found[name, FIRST, group] = ZERO if is_still else decided(place, name)
                found[name, TOTAL, group] = ZERO if is_still else 1 - decided(everything - place, name)
            for i, j in both:
                own = decided(self.places[i] | self.places[j], name) if variance[name] else ZERO
                alone = found[name, FIRST, groups[i]] + found[name, FIRST, groups[j]]
                found[name, SECOND, (*groups[i], *groups[j])] = own - alone
        return found

    def _shared_by(self, places: set[frozenset[int]]) -> dict[frozenset[int], dict[str, Fraction]]:
        return {place: dict(self._added(self.pieces.shared(place))) for place in places}

    def _added(self, values: Sequence[Fraction]) -> Iterator[tuple[str, Fraction]]:
        if expired():
            raise OutOfTimeError
        for wanted in dict.fromkeys(name for name, _ in self.outputs):
            yield wanted, sum((v for v, (name, _) in zip(values, self.outputs, strict=True) if name == wanted), ZERO)


def _is_linear(value: Poly | None) -> bool:
    return value is not None and all(len(monomial) < 2 for monomial in value.terms)


def _less(one: HalfSpace, other: HalfSpace) -> HalfSpace:
    """The difference of two linear functions."""
    return HalfSpace(tuple(a - b for a, b in zip(one.normal, other.normal, strict=True)), one.offset - other.offset)
