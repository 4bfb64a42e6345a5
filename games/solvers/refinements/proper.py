"""Proper equilibria of a two-player game: those that survive when costlier mistakes are far less likely.

Definition: a pair of completely mixed strategies is ε-proper if a strategy that pays less than another against the
other player's is played at most ε times as often. A limit of ε-proper pairs, as ε goes to 0, is a proper equilibrium
(Myerson 1978, International Journal of Game Theory 7). There always is one, and every proper equilibrium is perfect.

Properness is decided here by rankings of each player's strategies in classes, each class infinitely less likely than
the one before; they stand for the lexicographic beliefs of Blume, Brandenburger & Dekel (1991), Econometrica 59. An
equilibrium (x, y) is proper exactly if there are a ranking of the first player's strategies that begins with the
support of x, and one C₀, C₁, … of the second's that begins with the support of y, such that

- there are strategies y₀ = y, y₁, … of the second player with supports C₀, C₀ ∪ C₁, …, against each of which the first
  player's strategies pay the same within a class of theirs, and never more than those of an earlier class;
- and the same with the players exchanged.

For if so, y + ε y₁ + ε² y₂ + … is completely mixed, its probabilities fall by a factor of order ε from class to class,
and against it the first player's strategies pay the same within a class and never more than in an earlier one: with its
counterpart it is, once rescaled, ε-proper up to a constant factor. Conversely, let the classes be the orders of
magnitude of the probabilities along ε-proper pairs that converge to (x, y). They lie in the cone of the strategies
against which payoffs are ordered as required, and so are sums of its extreme rays. What such a sum gives to a strategy
of class k comes, in the main, from a ray that plays nothing of a later class, since that would else be as likely. Rays
of this kind, added up class by class, are y₁, y₂, ….

A pair of rankings thus fixes the supports and linear conditions on x and y: the proper equilibria are a finite union of
products of polytopes. The number of rankings grows exponentially with the strategies outside the supports; beyond a
stated number the answer says that it is not complete.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise, permutations, product
from operator import or_
from typing import TypeAlias

from games.exact import Number
from games.forms.strategic import StrategicGame
from games.play.payoffs import strategy_payoffs
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Component, Equilibria, Equilibrium
from games.solvers.limits import OutOfTimeError, expired
from games.solvers.methods.bimatrix import Payoffs, both_payoffs
from games.solvers.methods.double_description import extreme_mixtures
from games.solvers.methods.mixtures import Mixture, mixtures
from games.solvers.methods.supports import Support, mixture_on, supports
from games.solvers.refinements.trembling_hand import trembling_hand

MOST_RANKINGS = 2_000
"""The most rankings, finished or not, that are examined for each player and each pair of supports."""

MOST_PAIRS = 50_000
"""The most pairs of rankings that are examined for each pair of supports."""

MOST_FACES = 2_000
"""The most pairs of supports that are examined in each component of perfect equilibria."""

SHOWN = 5
"""The most equilibria of a kind that the remarks explain."""

Ranking: TypeAlias = tuple[tuple[int, ...], ...]
"""Classes of a player's strategies, by position, the likeliest first."""

Pair: TypeAlias = tuple[Mixture, Mixture]
"""A strategy of each player."""

Levels: TypeAlias = tuple[Sequence[Mixture], Sequence[Mixture]]
"""For each player what is played, and then the trembles, each infinitely less likely than the one before."""


@solution_concept(
    "proper",
    form=StrategicGame,
    no_cases_because="it needs an order of all mistakes by how much they cost, for every order a system of its own",
    about="games of two players",
)
def proper(game: StrategicGame) -> Equilibria:
    """Every proper equilibrium of a two-player game: the extreme ones, grouped into products of two polytopes.

    In a component every mixture of the first player's strategies is proper with every mixture of the second's.
    Components may touch: a set of proper equilibria is listed in parts where the costs of mistakes change their order.
    ``complete`` is true if there are no others. Each equilibrium listed is verified by trembles that make it proper;
    each perfect one that is not listed has none, as going through all rankings showed, or is named in a remark.
    """
    payoffs = both_payoffs(game, "proper")
    perfect = trembling_hand(game)
    decision = _decide(_Search(payoffs), perfect)
    for levels in decision.trembles.values():
        _check(game, levels)
    pairs = sorted(decision.trembles, key=_order_listed)
    found = tuple(_equilibrium(game, pair) for pair in pairs)
    indices = {mixtures(perfect[c.members[0]]): c.index for c in perfect.components if c.is_point}
    components = tuple(
        Component(members, point := len(members) == 1, indices.get(pairs[members[0]]) if point else None)
        for members in sorted(tuple(k for k, pair in enumerate(pairs) if pair in part) for part in decision.parts)
    )
    remarks = [f"{e}: {_in_words(game, decision.trembles[pair])}" for e, pair in zip(found, pairs, strict=True)][:SHOWN]
    for these, what in (
        (decision.rejected, "perfect and not proper"),
        (decision.undecided, "undecided, the rankings of mistakes being too many or the time up, is what lies around"),
    ):
        if these:
            shown = "; ".join(str(_equilibrium(game, pair)) for pair in these[:SHOWN])
            remarks.append(f"{what}: {shown}" + (f"; and {len(these) - SHOWN} more" if len(these) > SHOWN else ""))
    infinite = sum(not component.is_point for component in components)
    if infinite:
        first, second = game.players
        remarks.append(
            f"infinitely many proper equilibria: in {infinite} of {len(components)} components every mixture of "
            f"{first}'s listed strategies is proper with every mixture of {second}'s"
        )
    if not perfect.complete:
        remarks.append("the list of perfect equilibria, among which the proper ones are, is not complete")
    complete = perfect.complete and not decision.undecided
    if complete and not found:
        raise AssertionError("no proper equilibrium was found, although every game has one")
    return Equilibria(game, "proper", found, complete, components=components, remarks=tuple(remarks))


@dataclass(frozen=True)
class _Decision:
    """What the search has settled: products of proper equilibria by their corners, and trembles for each of these.

    ``rejected`` are extreme perfect equilibria that are not proper; ``undecided`` are equilibria around which the
    search was too long.
    """

    parts: Sequence[frozenset[Pair]]
    trembles: Mapping[Pair, Levels]
    rejected: Sequence[Pair]
    undecided: Sequence[Pair]


def _decide(search: "_Search", perfect: Equilibria) -> _Decision:
    """Goes through the supports of perfect equilibria, and proves what it finds point by point in a second search.

    The first search is over supports, since with the rankings they fix whole polytopes of proper equilibria (see the
    module). The second asks of a point only which trembles make it proper; it shares the rankings with the first and
    not the polytopes, so that an error in these shows as a contradiction. Every proper equilibrium is perfect, so no
    other supports need be looked at.
    """
    pieces: list[_Piece] = []
    undecided: dict[Pair, None] = {}
    for component in perfect.components:
        members = [mixtures(perfect[k]) for k in component.members]
        for face in _faces(members):
            if face is None:
                undecided[_centre(members)] = None
            # The largest face comes first: what lies in a piece already found needs no search of its own.
            elif not any(all(map(piece.holds, face)) for piece in pieces):
                try:
                    pieces += search.pieces(*(supports(*side) for side in zip(*face, strict=True)))
                except (_TooManyError, OutOfTimeError):
                    undecided[_centre(face)] = None
            if any(all(map(piece.holds, members)) for piece in pieces):
                break
    trembles: dict[Pair, Levels] = {}
    parts: dict[frozenset[Pair], None] = {}
    for piece in pieces:
        # Different rankings may give the same piece; of those that coincide all stay, and `parts` holds them once.
        if any(piece.is_within(other) and not other.is_within(piece) for other in pieces):
            continue
        try:
            proved = {pair: search.trembles(pair) for pair in piece.corners}
        except (_TooManyError, OutOfTimeError):
            undecided |= dict.fromkeys(piece.corners)
            continue
        for pair, levels in proved.items():
            if levels is None:
                raise AssertionError(f"{pair} was found as proper and no trembles make it so")
            trembles[pair] = levels
        parts[frozenset(proved)] = None
    rejected = []
    for pair in map(mixtures, perfect):
        if any(piece.holds(pair) for piece in pieces):
            continue
        try:
            levels = search.trembles(pair)
        except (_TooManyError, OutOfTimeError):
            undecided[pair] = None
            continue
        if levels is None:
            rejected.append(pair)
        elif perfect.complete and not undecided:
            raise AssertionError(f"{pair} was found as not proper and trembles make it so")
        else:
            trembles[pair] = levels
            parts[frozenset([pair])] = None
    return _Decision(tuple(parts), trembles, rejected, tuple(undecided))


class _TooManyError(Exception):
    """The rankings are too many, or the time is up."""


@dataclass(frozen=True)
class _Order:
    """Linear conditions on a player's strategy, under which the other player's payoffs are ordered as ranked.

    No row of ``falling`` is positive and every row of ``equal`` is zero; rows have one column for each strategy.
    ``parted`` are those of ``falling`` that compare two classes of which neither is the first.
    """

    falling: Payoffs
    parted: Payoffs
    equal: Payoffs

    def holds(self, mix: Mixture) -> bool:
        return all(_dot(row, mix) <= 0 for row in self.falling) and not any(_dot(row, mix) for row in self.equal)


@dataclass(frozen=True)
class _Polytope:
    """The mixtures of one player within ``support`` that meet the conditions, and the extreme ones."""

    support: Support
    order: _Order
    corners: tuple[Mixture, ...]

    def holds(self, mix: Mixture) -> bool:
        return supports(mix) <= self.support and self.order.holds(mix)


@dataclass(frozen=True)
class _Piece:
    """A product of two polytopes of proper equilibria."""

    sides: tuple[_Polytope, _Polytope]

    @property
    def corners(self) -> list[Pair]:
        return list(product(self.sides[0].corners, self.sides[1].corners))

    def holds(self, pair: Pair) -> bool:
        return all(side.holds(mix) for side, mix in zip(self.sides, pair, strict=True))

    def is_within(self, other: "_Piece") -> bool:
        return all(map(other.holds, self.corners))


class _Search:
    """Goes through the rankings of a game; player ``who`` is 0 or 1, and the other one ``1 - who``.

    Classes that all strategies called for leave equal may be merged, save with the first, which is a support: what is
    called for then is less. So a ranking counts only if a completely mixed strategy parts its classes.
    """

    def __init__(self, payoffs: tuple[Payoffs, Payoffs]) -> None:
        self.payoffs = payoffs
        self.everything = tuple(frozenset(range(len(own))) for own in payoffs)
        self.called: dict[tuple[int, Ranking, Support], Mixture | None] = {}

    def order(self, who: int, ranking: Ranking, rest: Sequence[int] = ()) -> _Order:
        """The conditions for payoffs of ``who`` ordered by ``ranking``, and of ``rest`` below, in whatever order.

        Strategies join a class in the order of their positions, so that what is passed belongs to a later class.
        """
        own = self.payoffs[who]

        def more(a: int, b: int) -> list[Number]:
            return [x - y for x, y in zip(own[a], own[b], strict=True)]

        falling = [more(later[0], earlier[0]) for earlier, later in pairwise(ranking)]
        last = [more(k, ranking[-1][0]) for k in rest]
        passed = [row for k, row in zip(rest, last, strict=True) if len(ranking) > 1 and k < ranking[-1][-1]]
        equal = [more(k, group[0]) for group in ranking for k in group[1:]]
        return _Order([*falling, *last], [*falling[1:], *passed], equal)

    def mixture(self, who: int, order: _Order, support: Support, parted: bool = False) -> Mixture | None:
        """A strategy of the other player than ``who`` with this support, which meets the conditions."""
        equal = [[sign * a for a in row] for row in order.equal for sign in (1, -1)]
        rows, below = [*order.falling, *equal], order.parted if parted else ()
        return mixture_on(support, rows, len(self.everything[1 - who]), below)

    def call(self, who: int, ranking: Ranking, support: Support) -> Mixture | None:
        """A strategy of the other player with this support against which payoffs of ``who`` follow ``ranking``."""
        key = who, ranking, support
        if key not in self.called:
            self.called[key] = self.mixture(who, self.order(who, ranking), support)
        return self.called[key]

    def rankings(self, who: int, first: Support, admits: Callable[[_Order], bool]) -> list[Ranking]:
        """The rankings of the strategies of ``who`` that count, begin with ``first`` and have an admitted order.

        Built from the front, a strategy to a new class or to the last one, and given up as soon as no end will do.
        """
        found: list[Ranking] = []
        stack: list[Ranking] = [(tuple(sorted(first)),)]
        examined = 0
        while stack:
            examined += 1
            if examined > MOST_RANKINGS or expired():
                raise _TooManyError
            ranking = stack.pop()
            rest = sorted(self.everything[who].difference(*ranking))
            order = self.order(who, ranking, rest)
            # Conditions only accumulate as a ranking grows: what fails now fails for every continuation. Classes that
            # no completely mixed strategy parts may be merged, so that a ranking with such need not count.
            if not admits(order) or self.mixture(who, order, self.everything[1 - who], parted=True) is None:
                continue
            if not rest:
                found.append(ranking)
            for k in rest:
                stack.append((*ranking, (k,)))
                if len(ranking) > 1 and k > ranking[-1][-1]:
                    stack.append((*ranking[:-1], (*ranking[-1], k)))
        return found

    def passing(self, firsts: Sequence[Ranking], seconds: Sequence[Ranking]) -> Iterator[tuple[Ranking, Ranking]]:
        """The pairs of rankings for which each player has all the strategies that the two together call for."""
        if len(firsts) * len(seconds) > MOST_PAIRS:
            raise _TooManyError
        for first, second in product(firsts, seconds):
            if expired():
                raise _TooManyError
            called_for = ((0, first, s) for s in _unions(second)), ((1, second, s) for s in _unions(first))
            if all(self.call(*key) is not None for keys in called_for for key in keys):
                yield first, second

    def pieces(self, first: Support, second: Support) -> list[_Piece]:
        """Products of polytopes that hold every proper equilibrium with these supports, and no other equilibrium."""
        own = first, second

        def admits(who: int) -> Callable[[_Order], bool]:
            return lambda order: self.mixture(who, order, own[1 - who]) is not None

        found = []
        for pair in self.passing(self.rankings(0, first, admits(0)), self.rankings(1, second, admits(1))):
            sides = [self._polytope(1 - who, pair[1 - who], own[who]) for who in (0, 1)]
            found.append(_Piece((sides[0], sides[1])))
        return found

    def _polytope(self, who: int, ranking: Ranking, support: Support) -> _Polytope:
        """The other player's strategies within ``support`` against which payoffs of ``who`` follow ``ranking``."""
        order, played = self.order(who, ranking), sorted(support)
        falling, equal = ([[row[k] for k in played] for row in rows] for rows in (order.falling, order.equal))
        corners = extreme_mixtures(falling, equal, len(played))
        if corners is None:
            raise _TooManyError
        every = range(len(self.everything[1 - who]))
        probabilities = (dict(zip(played, corner, strict=True)) for corner in corners)
        return _Polytope(support, order, tuple(tuple(p.get(k, Fraction(0)) for k in every) for p in probabilities))

    def trembles(self, pair: Pair) -> Levels | None:
        """Trembles that make the equilibrium proper, or None if no rankings call for any that exist."""

        def admits(who: int) -> Callable[[_Order], bool]:
            return lambda order: order.holds(pair[1 - who])

        firsts, seconds = (self.rankings(who, supports(pair[who]), admits(who)) for who in (0, 1))
        for first, second in self.passing(firsts, seconds):
            called = [
                [mix for s in _unions(mine)[1:] if (mix := self.call(1 - who, other, s))]
                for who, mine, other in ((0, first, second), (1, second, first))
            ]
            return (pair[0], *called[0]), (pair[1], *called[1])
        return None


def _dot(row: Sequence[Fraction | int], mix: Mixture) -> Fraction:
    return sum((a * weight for a, weight in zip(row, mix, strict=True) if weight), Fraction(0))


def _unions(ranking: Ranking) -> list[Support]:
    """The first class, the first two together, and so on."""
    return list(accumulate(map(frozenset, ranking), or_))


def _faces(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair] | None]:
    """The products of faces of the two polytopes whose extreme points are paired here, the largest first.

    A face is what a support leaves; the supports of mixtures are the unions of those of extreme strategies. None stands
    for the rest if there are too many.
    """
    yield pairs
    unions: list[dict[Support, None]] = []
    for side in zip(*pairs, strict=True):
        closed: dict[Support, None] = {}
        for own in dict.fromkeys(map(supports, side)):
            closed |= dict.fromkeys([own, *(own | other for other in closed)])
            if len(closed) > MOST_FACES:
                yield None
                return
        unions.append(closed)
    if len(unions[0]) * len(unions[1]) > MOST_FACES:
        yield None
        return
    faces = [
        [(x, y) for x, y in pairs if supports(x) <= first and supports(y) <= second]
        for first, second in product(*unions)
    ]
    yield from sorted(faces, key=len, reverse=True)


def _centre(pairs: Sequence[Pair]) -> Pair:
    """A pair that plays all that any of these do."""
    first, second = (
        tuple(sum(weights, Fraction(0)) / len(pairs) for weights in zip(*side, strict=True))
        for side in zip(*pairs, strict=True)
    )
    return first, second


def _check(game: StrategicGame, levels: Levels) -> None:
    """What pays less than another strategy must be less likely by an order of magnitude, for either player.

    Payoffs against x + ε x₁ + ε² x₂ + … are polynomials in ε; for small ε the first coefficients that differ decide.
    """
    for position, player in enumerate(game.players):
        other = game.players[1 - position]
        against = [
            strategy_payoffs(game, {other: dict(zip(game.strategies[other], mix, strict=True))}, player)
            for mix in levels[1 - position]
        ]
        pays = [[payoffs[label] for payoffs in against] for label in game.strategies[player]]
        first = [[weight > 0 for weight in weights].index(True) for weights in zip(*levels[position], strict=True)]
        if any(pays[a] < pays[b] and first[a] <= first[b] for a, b in permutations(range(len(pays)), 2)):
            raise AssertionError(f"{levels} were found to make an equilibrium proper and do not")


def _order_listed(pair: Pair) -> tuple[int, list[list[int]], Pair]:
    """Small supports first, then strategies in the order of their labels."""
    played = [sorted(supports(mix)) for mix in pair]
    return sum(map(len, played)), played, pair


def _equilibrium(game: StrategicGame, pair: Pair) -> Equilibrium:
    strategies = {p: dict(zip(game.strategies[p], mix, strict=True)) for p, mix in zip(game.players, pair, strict=True)}
    payoffs = {
        player: sum(
            (strategies[player][s] * v for s, v in strategy_payoffs(game, strategies, player).items()), Fraction(0)
        )
        for player in game.players
    }
    return Equilibrium(strategies, payoffs)


def _in_words(game: StrategicGame, levels: Levels) -> str:
    """Each player's strategies in falling order of likelihood."""
    parts = []
    for player, mixes in zip(game.players, levels, strict=True):
        own = game.strategies[player]
        first = [[weight > 0 for weight in weights].index(True) for weights in zip(*mixes, strict=True)]
        groups = [", ".join(own[k] for k, level in enumerate(first) if level == rank) for rank in sorted(set(first))]
        parts.append(f"{player} {' ≫ '.join(groups)}")
    return "likelihood falls as " + "; ".join(parts)
