"""The search for stationary equilibria of a stochastic game: pure plans one by one, mixed ones support by support.

What is found in floats is made exact where its weights are simple fractions, and verified by a check that shares no
code with the search (`games.play.regret`); else it stays numeric, and its regret is computed from the exact payoffs.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice, product
from math import prod
from typing import Any, TypeAlias

from games.errors import InputError
from games.forms.game import Path as GamePath
from games.forms.stochastic import StochasticGame, key
from games.forms.strategic import Profile
from games.play.payoffs import Strategies
from games.play.regret import regret
from games.solvers.equilibria import Equilibrium, as_float
from games.solvers.limits import expired
from games.solvers.methods.payoff_scale import TOLERANCE
from games.solvers.methods.stationary import Array, Tables, in_floats, in_fractions, scales, state_payoffs
from games.solvers.methods.stationary_dominance import possible_supports, restricted
from games.solvers.methods.stationary_zeros import OnSupports, Path, refined, zeros_near

MOST_PLANS = 100_000
"""The most plans in pure actions that are tried."""

MOST_SUPPORTS = 1_000
"""The most profiles of supports on which mixed equilibria are looked for; those of the smallest supports."""

MOST_COORDINATES = 400
"""The most weights and values of a game, one for each action of each player in each state and one for each state."""

MOST_AT_ONCE = 400
"""How many starts are followed, and ten times how many plans are tried, between two looks at the time; fewer of large
games, whose equations at one point have as many entries as there are weights and values, squared."""

MOST_ENTRIES = 4_000_000
"""The most entries of the equations of all points that are looked at together."""

STARTS = 4
"""How many starts there are on each profile of supports in a turn: uniform play and random play."""

MOST_TURNS = 4
"""How often at most the search is made again, from other starts, where it has found an even number of equilibria."""

EVEN = ", as almost all games have an odd number"
"""What is said besides where the number found stays even."""

PATHS = 4
"""How many paths are followed: one from uniform play, the others from random play."""

SEED = 1964
"""Random starts are the same every time."""

LEAST = 1e-7
"""A weight that is smaller counts as none, and the equilibrium as one of a smaller support."""

DENOMINATORS = (10**3, 10**6, 10**12)
"""The largest denominators of the fractions that are tried as exact weights, one after the other."""

Inside: TypeAlias = tuple[bool, ...]
"""What is played: whether each action of each player in each state is, in the order of `Tables`."""

NUMERIC = (
    "numeric equilibria: nobody's regret in any state, computed from the exact payoffs, exceeds "
    f"{TOLERANCE:g} of the payoff range"
)
"""The remark of an answer with equilibria in floats."""

SINGULAR = "where the equations are singular, as where payoffs tie, more equilibria may lie beside the one listed"
"""The remark of an answer with an equilibrium that may be part of a continuum."""


def with_continuations(game: StochasticGame, strategies: Strategies) -> Equilibrium:
    """The mixtures with what they pay from each state on; in floats if some weights are."""
    exact = not any(isinstance(weight, float) for mix in strategies.values() for weight in mix.values())
    paid: dict[GamePath, dict[str, Any]] = {
        (state,): {p: value if exact else as_float(value) for p, value in zip(game.players, values, strict=True)}
        for state, values in state_payoffs(game, strategies).items()
    }
    return Equilibrium(strategies, paid[game.start,], continuations=paid)


class Search:
    """A search for the equilibria of a game among the actions that are ``left``, and what it looked at.

    Raises `InputError` for a game of more than `MOST_COORDINATES` weights and values.
    """

    def __init__(self, game: StochasticGame) -> None:
        count = sum(map(len, game.places.values())) + len(game.places)
        if count > MOST_COORDINATES:
            raise InputError(
                f"the game has {count} actions and values, by player and state; at most {MOST_COORDINATES} are "
                "allowed, so leave out states or actions"
            )
        self.game = game
        self.possible = possible_supports(game)
        self.left = restricted(game, self.possible)
        self.tables = in_floats(self.left)
        self.at_once = max(1, min(MOST_AT_ONCE, MOST_ENTRIES // self.tables.length**2))
        self.tried_all = False
        self.remarks: list[str] = []

    def pure(self) -> list[Equilibrium]:
        """Every equilibrium in pure actions, if there are not too many plans."""
        menus = [self.possible.plans(state) for state in self.left.stages]
        count = prod(map(len, menus))
        if count > MOST_PLANS:
            self.remarks.append(
                f"there are too many plans in pure actions for all to be tried; {MOST_PLANS:,} are most"
            )
            return []
        found = []
        plans, done = product(*menus), 0
        while (batch := list(islice(plans, 10 * self.at_once))) and not expired(f"{done:,} of {count:,} plans"):
            done += len(batch)
            for plan in self._promising(batch):
                strategies = self._of_plan(plan)
                if not any(regret(self.game, strategies).values()):
                    found.append(with_continuations(self.game, strategies))
        self.tried_all = done == count and self.possible.is_all
        if self.tried_all:
            self.remarks.append("all equilibria in pure actions are listed")
        return found

    def _promising(self, plans: Sequence[tuple[Profile, ...]]) -> list[tuple[Profile, ...]]:
        """The plans that may be equilibria: in floats nobody gains by one deviation more than rounding explains."""
        import numpy as np

        tables = self.tables
        weights = np.zeros((len(plans), tables.count))
        menus = [stage.strategies.values() for stage in self.left.stages.values()]
        for row, plan in enumerate(plans):
            for places, offered, profile in zip(tables.weights, menus, plan, strict=True):
                for where, own, action in zip(places, offered, profile, strict=True):
                    weights[row, where.start + own.index(action)] = 1
        gains = tables.gains(tables.evaluated(weights)).min(axis=1)
        # The equations have a condition of at most (1 + δ)/(1 − δ), and values lie between 0 and 1.
        patience = max(1 - tables.factor, np.finfo(float).eps)
        slack = 100 * len(menus) ** 2 * np.finfo(float).eps / patience
        return [plan for plan, gain in zip(plans, gains, strict=True) if gain >= -slack]

    def _of_plan(self, plan: Sequence[Profile]) -> dict[str, dict[str, Fraction]]:
        played = {
            key(player, state): action
            for state, profile in zip(self.game.stages, plan, strict=True)
            for player, action in zip(self.game.players, profile, strict=True)
        }
        return {
            place: {action: Fraction(action == played[place]) for action in own}
            for place, own in self.game.places.items()
        }

    def mixed(self, pure: Sequence[Equilibrium]) -> list[Equilibrium]:
        """Equilibria in which somebody mixes, small supports first; of those that are not alone nearby, some.

        Almost all games have an odd number of equilibria (Herings & Peeters 2004), so that an even one is reason to
        look again from other starts.
        """
        found: list[_Zero] = []
        listed = [self._inside_of(equilibrium) for equilibrium in pure]
        count = self.possible.count - prod(len(self.possible.plans(state)) for state in self.left.stages)
        for turn in range(MOST_TURNS):
            looked = self._look(turn, found, listed)
            everywhere = looked == count and self.possible.is_all
            for zero in self._ends_of_paths(turn, PATHS if turn or not everywhere else 1):
                self._keep(zero, found, listed)
            isolated = all(zero.is_isolated for zero in found)
            if len(listed) % 2 or not isolated or expired():
                break
        self.remarks.append(
            f"mixed ones were looked for on {'all' if everywhere else f'the smallest {looked:,}'} profiles of supports "
            f"that are not dominated, from {STARTS * (turn + 1)} starts on each, and at the ends of paths; "
            f"there may be more{'' if len(listed) % 2 or not isolated else EVEN}"
        )
        if not isolated:
            self.remarks.append(SINGULAR)
        return [zero.equilibrium for zero in found if zero.equilibrium is not None]

    def _look(self, turn: int, found: list["_Zero"], listed: list[Inside]) -> int:
        """Adds what the starts of this turn lead to on each profile of supports; tells how many were looked at."""
        looked, every = 0, islice(self._supports(), MOST_SUPPORTS)
        while not expired(f"{looked:,} profiles of supports, {len(listed)} equilibria"):
            if not (batch := list(islice(every, 1 + self.at_once // STARTS))):
                break
            looked += len(batch)
            for zero in self._zeros(batch, turn):
                self._keep(zero, found, listed)
        return looked

    def _supports(self) -> Iterator[Inside]:
        """Every possible profile of supports in which somebody mixes, small ones first."""
        by_size: list[dict[int, list[Inside]]] = []
        for state, stage in self.left.stages.items():
            menus = list(stage.strategies.values())
            sized: dict[int, list[Inside]] = {}
            for each in self.possible.by_state[state]:
                inside = tuple(a in own for own, menu in zip(each, menus, strict=True) for a in menu)
                sized.setdefault(sum(inside) - len(each), []).append(inside)
            by_size.append(sized)
        for further in range(1, sum(map(max, by_size)) + 1):
            for shares in _shared_out(further, by_size):
                for parts in product(*(sized[share] for sized, share in zip(by_size, shares, strict=True))):
                    yield tuple(chain(*parts))

    def _inside_of(self, equilibrium: Equilibrium) -> Inside:
        places = [key(player, state) for state in self.left.stages for player in self.left.players]
        return tuple(
            equilibrium.strategies[place][action] > 0 for place in places for action in self.left.places[place]
        )

    def _zeros(self, batch: Sequence[Inside], turn: int) -> Iterator["_Zero"]:
        """Zeros of the equations on these supports that are equilibria in floats."""
        import numpy as np

        inside = np.repeat(np.array(batch), STARTS, axis=0)
        starts = self.tables.evaluated(_starts(self.tables, inside, turn))
        yield from self._settled(inside, starts)

    def _settled(self, inside: Array, starts: Array) -> Iterator["_Zero"]:
        import numpy as np

        equations = OnSupports(self.tables, inside)
        points, arrived = zeros_near(equations, starts)
        weights, gains = points[:, : self.tables.count], self.tables.gains(points)
        arrived &= (np.where(inside, weights, 1) > LEAST).all(axis=1) & (gains > -TOLERANCE / 10).all(axis=1)
        rows = np.flatnonzero(arrived)
        if not len(rows):
            return
        for row, isolated in zip(rows, equations.only(rows).are_isolated(points[rows]), strict=True):
            yield _Zero(tuple(map(bool, inside[row])), points[row], bool(isolated))

    def _ends_of_paths(self, turn: int, count: int) -> Iterator["_Zero"]:
        """The equilibria to which paths lead, the first from uniform play."""
        import numpy as np

        everything = np.ones((count, self.tables.count), dtype=bool)
        for shares in _starts(self.tables, everything, turn):
            end = None if expired() else Path(self.tables, shares).end()
            if end is not None:
                inside = end[: self.tables.count] > LEAST
                yield from self._settled(inside[None], end[None])

    def _keep(self, zero: "_Zero", found: list["_Zero"], listed: list[Inside]) -> None:
        """Adds the zero to those ``found`` if it is a verified equilibrium and a new one.

        A zero that is not isolated is left out where something on part of its support is ``listed``: most often that is
        where the continuum ends.
        """
        is_pure = sum(zero.inside) == sum(map(len, self.tables.sizes))
        if is_pure and zero.inside in listed:
            return
        if not zero.is_isolated and any(_is_part(other, zero.inside) for other in listed):
            return
        if any(other.inside == zero.inside and abs(other.point - zero.point).max() < 1e-6 for other in found):
            return
        equilibrium = self._verified(zero)
        if equilibrium is not None:
            found.append(replace(zero, equilibrium=equilibrium))
            listed.append(zero.inside)

    def _verified(self, zero: "_Zero") -> Equilibrium | None:
        """The zero as an exact equilibrium if its weights are simple fractions, else as a numeric one."""
        import numpy as np

        weights = [Fraction(float(x)) for x in zero.point]
        if zero.is_isolated:
            close = refined(in_fractions(self.left), self.tables, np.array(zero.inside), zero.point)
            if close is None:
                return None
            weights = close
        for largest in DENOMINATORS:
            strategies = self._strategies(zero.inside, [weight.limit_denominator(largest) for weight in weights])
            sums_to_one = all(sum(mix.values()) == 1 for mix in strategies.values())
            if sums_to_one and not any(regret(self.game, strategies).values()):
                return with_continuations(self.game, strategies)
        rounded = {
            place: {action: as_float(weight) for action, weight in mix.items()}
            for place, mix in self._strategies(zero.inside, weights).items()
        }
        greatest = zip(regret(self.game, rounded).values(), scales(self.game), strict=True)
        close_enough = all(value <= Fraction(TOLERANCE) * unit for value, (_, unit) in greatest)
        return with_continuations(self.game, rounded) if close_enough else None

    def _strategies(self, inside: Inside, weights: Sequence[Fraction]) -> dict[str, dict[str, Fraction]]:
        """The weights of what is played by place and action, in the order of the game."""
        names = [
            (key(player, state), action)
            for state, stage in self.left.stages.items()
            for player, own in stage.strategies.items()
            for action in own
        ]
        given = {name: w for name, w, played in zip(names, weights, inside, strict=False) if played}
        return {
            place: {action: given.get((place, action), Fraction(0)) for action in own}
            for place, own in self.game.places.items()
        }


@dataclass(frozen=True)
class _Zero:
    """A point on supports at which the equations hold, and the equilibrium that it was found to be."""

    inside: Inside
    point: Array
    is_isolated: bool
    equilibrium: Equilibrium | None = None


def _is_part(one: Inside, of: Inside) -> bool:
    return all(not mine or theirs for mine, theirs in zip(one, of, strict=True))


def _shared_out(left: int, places: Sequence[Collection[int]]) -> Iterator[tuple[int, ...]]:
    """The ways to share so much out among places that take these shares."""
    if not places:
        if left == 0:
            yield ()
        return
    most = sum(map(max, places[1:]))
    for own in places[0]:
        if left - most <= own <= left:
            for rest in _shared_out(left - own, places[1:]):
                yield (own, *rest)


def _starts(tables: Tables, inside: Array, turn: int) -> Array:
    """Weights on the supports: random, and in the first turn uniform in every row that is a multiple of `STARTS`."""
    import numpy as np

    rng = np.random.default_rng(SEED + turn)
    weights = rng.standard_exponential(inside.shape)
    if turn == 0:
        weights[::STARTS] = 1
    weights = np.where(inside, weights, 0)
    for row in tables.weights:
        for own in row:
            weights[:, own] /= weights[:, own].sum(axis=1, keepdims=True)
    return weights
