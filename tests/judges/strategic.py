"""Games in strategic form, by the definitions: each a few lines beside its citation, nothing shared with a solver.

A ``Mix`` is a player's mixed strategy by label, a ``Play`` one for each player. Weights may be anything that adds and
multiplies.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any, TypeAlias

from games.forms.strategic import StrategicGame
from judges.formulas import Interval, Poly, added, at_number, roots, times
from judges.linear import corners, matrix_value, probabilities, some_weights

Mix: TypeAlias = Mapping[str, Any]
Play: TypeAlias = Mapping[str, Mix]
Profile: TypeAlias = tuple[str, ...]


def pure(game: StrategicGame, profile: Profile) -> dict[str, dict[str, Fraction]]:
    """Everybody plays what ``profile`` says."""
    return {
        player: {label: Fraction(label == chosen) for label in game.strategies[player]}
        for player, chosen in zip(game.players, profile, strict=True)
    }


def pays(game: StrategicGame, play: Play, player: str) -> Any:
    """What ``player`` gets in expectation: over all profiles, the payoff times the product of the weights."""
    position = game.players.index(player)
    total: Any = Fraction(0)
    for profile, row in game.payoffs.items():
        weight: Any = Fraction(row[position])
        for who, label in zip(game.players, profile, strict=True):
            weight = weight * play[who].get(label, 0)
        total = total + weight
    return total


def instead(game: StrategicGame, play: Play, player: str, label: str) -> Any:
    """What ``player`` gets by playing ``label`` for sure while the others play on."""
    return pays(game, {**play, player: {label: Fraction(1)}}, player)


def is_mixture(weights: Mapping[Any, Any]) -> bool:
    return all(weight >= 0 for weight in weights.values()) and sum(weights.values()) == 1


def is_nash(game: StrategicGame, play: Play) -> bool:
    """Nobody gains by any other strategy alone (Nash 1951, Annals of Mathematics 54)."""
    return all(
        is_mixture(play[player])
        and all(instead(game, play, player, label) <= pays(game, play, player) for label in game.strategies[player])
        for player in game.players
    )


def pure_equilibria(game: StrategicGame) -> list[Profile]:
    """All profiles of pure strategies at which nobody gains by another alone."""
    return [profile for profile in game.payoffs if not any(gains(game, profile))]


def gains(game: StrategicGame, profile: Profile) -> Iterator[bool]:
    """For each way to deviate alone from a pure profile, whether it pays the deviator more."""
    for k, player in enumerate(game.players):
        for label in game.strategies[player]:
            yield game.payoffs[(*profile[:k], label, *profile[k + 1 :])][k] > game.payoffs[profile][k]


@dataclass(frozen=True)
class Family:
    """All plays with each player's mixture in the convex hull of that player's ``corners``."""

    corners: Mapping[str, Sequence[Mix]]

    @property
    def is_point(self) -> bool:
        return all(len(own) == 1 for own in self.corners.values())

    @property
    def is_segment(self) -> bool:
        return sorted(len(own) for own in self.corners.values())[-2:] == [1, 2]

    def vertices(self) -> list[Play]:
        return [dict(zip(self.corners, chosen, strict=True)) for chosen in product(*self.corners.values())]

    def segments(self) -> Iterator[tuple[Play, Play]]:
        """Lines within: one player moves between two corners, or from a corner to the middle, the others rest at
        corners or in the middle."""
        spots = {who: [*own, *([_middle(own)] if len(own) > 1 else [])] for who, own in self.corners.items()}
        for mover, own in spots.items():
            rest = [who for who in spots if who != mover]
            for still in product(*(spots[who] for who in rest)):
                others = dict(zip(rest, still, strict=True))
                for start, end in combinations(own, 2):
                    yield {**others, mover: start}, {**others, mover: end}


def _middle(mixes: Sequence[Mix]) -> Mix:
    return {label: sum((mix[label] for mix in mixes), Fraction(0)) / len(mixes) for label in mixes[0]}


def between(start: Play, end: Play, t: Any) -> dict[str, dict[str, Any]]:
    """The play ``t`` of the way from ``start`` to ``end``; ``t`` may be a number or a ratio."""
    return {
        who: {label: start[who][label] + (end[who][label] - start[who][label]) * t for label in start[who]}
        for who in start
    }


def two_player_equilibria(game: StrategicGame) -> list[Family]:
    """All Nash equilibria of two players, as the maximal sets of exchangeable ones.

    The extreme equilibria are the pairs of corners of the two best-response polyhedra in which every strategy of either
    player is unplayed or a best response; two corners of each player go together if all pairs of them do, and each
    equilibrium lies in the hull of such a set (Mangasarian 1964; Jansen 1981, Naval Research Logistics Quarterly 28;
    Avis, Rosenberg, Savani & von Stengel 2010, Economic Theory 42).
    """
    first, second = game.players
    mine = _best_response_corners(game, first)
    theirs = _best_response_corners(game, second)
    together = {
        (i, j) for i, p in enumerate(mine) for j, q in enumerate(theirs) if is_nash(game, {first: p, second: q})
    }
    sets: set[tuple[frozenset[int], frozenset[int]]] = set()
    rows = {i for i, _ in together}
    for size in range(1, len(rows) + 1):
        for chosen in combinations(sorted(rows), size):
            shared = frozenset(j for j in range(len(theirs)) if all((i, j) in together for i in chosen))
            if shared:
                whole = frozenset(i for i in rows if all((i, j) in together for j in shared))
                sets.add((whole, shared))
    return [Family({first: [mine[i] for i in sorted(a)], second: [theirs[j] for j in sorted(b)]}) for a, b in sets]


def _best_response_corners(game: StrategicGame, player: str) -> list[dict[str, Fraction]]:
    """The corners of {(x, v): x a mixture of the player's, v at least what each strategy of the other gets}."""
    k = game.players.index(player)
    own, others = game.strategies[player], game.strategies[game.players[1 - k]]
    bounded, sums_to_one = probabilities(len(own), 1)
    for other in others:
        gets = [Fraction(game.payoffs[(a, other) if k == 0 else (other, a)][1 - k]) for a in own]
        bounded.append([*gets, Fraction(-1), Fraction(0)])
    found = {x[:-1] for x in corners(bounded, sums_to_one, len(own) + 1)}
    return [dict(zip(own, x, strict=True)) for x in sorted(found)]


@dataclass(frozen=True)
class Three:
    """What is known of the equilibria of a 2 × 2 × 2 game: families, irrational ones, and whether that is all."""

    families: list[Family]
    irrational: list[Play]
    complete: bool


def three_player_equilibria(game: StrategicGame) -> Three:
    """The Nash equilibria of three players with two strategies each.

    Where somebody plays a pure strategy the other two play an equilibrium of the game that is left, at which the
    first gains nothing by the other strategy. Where all mix, each of three bilinear equations makes one player
    indifferent; two of them give two players' probabilities as fractions of the third's, and the last one is then a
    quadratic equation (McKelvey & McLennan 1996, Handbook of Computational Economics 1, section 2). Continua that are
    more than a segment are sampled, and so are those in which these equations degenerate.
    """
    families: list[Family] = []
    complete = True
    for player in game.players:
        rest = [who for who in game.players if who != player]
        k = game.players.index(player)
        for label in game.strategies[player]:
            left = StrategicGame(
                {who: game.strategies[who] for who in rest},
                {
                    tuple(x for j, x in enumerate(profile) if j != k): tuple(x for j, x in enumerate(row) if j != k)
                    for profile, row in game.payoffs.items()
                    if profile[k] == label
                },
            )
            for family in two_player_equilibria(left):
                whole = Family({**family.corners, player: [pure_mix(game, player, label)]})
                if whole.is_point:
                    families += [whole] if is_nash(game, whole.vertices()[0]) else []
                elif whole.is_segment:
                    families += _where_content(game, whole, player)
                else:
                    complete = False
                    pieces = (_from_to(start, end) for start, end in whole.segments())
                    families += [part for piece in pieces for part in _where_content(game, piece, player)]
    points, irrational, mixed_complete = _all_mixed(game)
    families += [Family({who: [mix] for who, mix in play.items()}) for play in points]
    unique = {str(sorted((w, [sorted(m.items()) for m in own]) for w, own in f.corners.items())): f for f in families}
    return Three(list(unique.values()), irrational, complete and mixed_complete)


def _from_to(start: Play, end: Play) -> Family:
    return Family({who: [start[who]] if start[who] == end[who] else [start[who], end[who]] for who in start})


def pure_mix(game: StrategicGame, player: str, label: str) -> dict[str, Fraction]:
    return {own: Fraction(own == label) for own in game.strategies[player]}


def _where_content(game: StrategicGame, segment: Family, player: str) -> list[Family]:
    """The part of a segment on which ``player`` gains nothing by another strategy; the gain is linear there."""
    mover = next((who for who, own in segment.corners.items() if len(own) == 2), None)
    if mover is None:
        return [segment] if is_nash(game, segment.vertices()[0]) else []
    start, end = ({**{w: own[0] for w, own in segment.corners.items()}, mover: own} for own in segment.corners[mover])
    low, high = Fraction(0), Fraction(1)
    for label in game.strategies[player]:
        at_start = pays(game, start, player) - instead(game, start, player, label)
        at_end = pays(game, end, player) - instead(game, end, player, label)
        if at_start < 0 and at_end < 0:
            return []
        if at_start < 0:
            low = max(low, at_start / (at_start - at_end))
        if at_end < 0:
            high = min(high, at_start / (at_start - at_end))
    if low > high:
        return []
    ends = [between(start, end, low)[mover], between(start, end, high)[mover]]
    return [Family({**segment.corners, mover: ends[:1] if low == high else ends})]


def _all_mixed(game: StrategicGame) -> tuple[list[Play], list[Play], bool]:
    """The equilibria in which all three mix: rational ones, irrational ones in intervals, and whether these are all."""
    zero, one = (Fraction(0),) * 4, Fraction(1)
    first, second, third = game.players

    def gain(player: str) -> tuple[Fraction, ...]:
        """How much more the player's first strategy pays, as c + x·y-terms of the other two's first-strategy weights:
        the coefficients of 1, x, y and xy, x before y in the order of the players."""
        rest = [who for who in game.players if who != player]
        at: dict[tuple[int, int], Fraction] = {}
        for x, y in product((0, 1), repeat=2):
            play = {
                **{w: pure_mix(game, w, game.strategies[w][1 - v]) for w, v in zip(rest, (x, y), strict=True)},
                player: pure_mix(game, player, game.strategies[player][0]),
            }
            at[x, y] = pays(game, play, player) - instead(game, play, player, game.strategies[player][1])
        return at[0, 0], at[1, 0] - at[0, 0], at[0, 1] - at[0, 0], at[1, 1] - at[1, 0] - at[0, 1] + at[0, 0]

    f, g, h = gain(first), gain(second), gain(third)
    for c, x, y, xy in (f, g, h):
        at_corners = [c, c + x, c + y, c + x + y + xy]
        # A bilinear gain that is nowhere negative at the corners, but somewhere positive, is positive inside.
        if any(at_corners) and (min(at_corners) >= 0 or max(at_corners) <= 0):
            return [], [], True
    # f(q, r) = g(p, r) = h(p, q) = 0 for the weights p, q, r of the three first strategies. From h, p = −(h0 + h2 q) /
    # (h1 + h3 q); from f, r = −(f0 + f1 q) / (f2 + f3 q); put into g and multiplied out this is quadratic in q.
    p_above, p_below = _line(-h[0], -h[2]), _line(h[1], h[3])
    r_above, r_below = _line(-f[0], -f[1]), _line(f[2], f[3])
    equation = added(
        added(times(_scaled(p_below, g[0]), r_below), times(_scaled(p_above, g[1]), r_below)),
        added(times(_scaled(p_below, g[2]), r_above), times(_scaled(p_above, g[3]), r_above)),
    )
    degenerate = zero in (f, g, h) or not equation or not p_below or not r_below
    # Where a denominator vanishes the equation loses what it says of p or r; these q are looked at as degenerate.
    for below, above in ((p_below, p_above), (r_below, r_above)):
        for root in roots(below, Fraction(0), one):
            if root.low > 0 and root.high < 1 and at_number(above, root.low) == 0:
                degenerate = True
    rational: list[Play] = []
    irrational: list[Play] = []
    if not degenerate:
        for root in roots(equation, Fraction(0), one):
            if root.low == root.high:
                q = root.low
                if 0 in (at_number(p_below, q), at_number(r_below, q)):
                    continue
                p = at_number(p_above, q) / at_number(p_below, q)
                r = at_number(r_above, q) / at_number(r_below, q)
                if all(0 < weight < 1 for weight in (p, q, r)):
                    rational.append(_play(game, (p, q, r)))
                continue
            p, r = (
                _interval_at(above, root) / _interval_at(below, root)
                for above, below in ((p_above, p_below), (r_above, r_below))
            )
            inside = [w.low > 0 and w.high < 1 for w in (p, root, r)]
            outside = [w.high <= 0 or w.low >= 1 for w in (p, root, r)]
            if all(inside):
                irrational.append(_play(game, (p, root, r)))
            elif not any(outside):
                return rational, irrational, False
    else:
        grid = [Fraction(k, 12) for k in range(1, 12)]
        rational = [play for p, q, r in product(grid[1::2], repeat=3) if is_nash(game, play := _play(game, (p, q, r)))]
    return [play for play in rational if is_nash(game, play)], irrational, not degenerate


def _line(constant: Fraction, slope: Fraction) -> Poly:
    return (constant, slope) if slope else (constant,) if constant else ()


def _scaled(poly: Poly, factor: Fraction) -> Poly:
    return times(poly, (factor,)) if factor else ()


def _interval_at(poly: Poly, where: Interval) -> Interval:
    """A line's values over an interval."""
    ends = [at_number(poly, end) for end in (where.low, where.high)]
    return Interval(min(ends), max(ends))


def _play(game: StrategicGame, weights: Sequence[Any]) -> dict[str, dict[str, Any]]:
    return {
        player: dict(zip(game.strategies[player], (weight, 1 - weight), strict=True))
        for player, weight in zip(game.players, weights, strict=True)
    }


# What rationality alone leaves.


def is_strictly_dominated(game: StrategicGame, left: Mapping[str, Sequence[str]], player: str, label: str) -> bool:
    """Some mixture of the player's strategies ``left`` pays more against every profile of what is left to the others.

    Luce & Raiffa (1957), Games and Decisions. That is the question whether a matrix game of gains has a positive value.
    """
    k = game.players.index(player)
    met = list(product(*(left[who] for who in game.players if who != player)))
    rows = [
        [
            Fraction(game.payoffs[(*o[:k], other, *o[k:])][k]) - Fraction(game.payoffs[(*o[:k], label, *o[k:])][k])
            for o in met
        ]
        for other in left[player]
        if other != label
    ]
    return bool(rows) and matrix_value(rows) > 0


def undominated(game: StrategicGame) -> dict[str, tuple[str, ...]]:
    """What survives the iterated elimination of strictly dominated strategies, which is what is rationalizable.

    Pearce (1984), Econometrica 52; beliefs may correlate the others' strategies (Brandenburger & Dekel 1987).
    """
    left = {player: tuple(own) for player, own in game.strategies.items()}
    while True:
        stays = {
            player: tuple(label for label in own if not is_strictly_dominated(game, left, player, label))
            for player, own in left.items()
        }
        if stays == left:
            return left
        left = stays


def is_best_to_some_belief(game: StrategicGame, left: Mapping[str, Sequence[str]], player: str, label: str) -> bool:
    """Some belief about what is left to the others makes ``label`` best (Bernheim 1984, Econometrica 52)."""
    k = game.players.index(player)
    met = list(product(*(left[who] for who in game.players if who != player)))
    margins = [
        [
            Fraction(game.payoffs[(*o[:k], label, *o[k:])][k]) - Fraction(game.payoffs[(*o[:k], other, *o[k:])][k])
            for o in met
        ]
        for other in game.strategies[player]
    ]
    return some_weights(margins, len(met)) is not None


# Selections among equilibria.


def payoff_dominant(game: StrategicGame) -> list[Profile]:
    """The pure equilibria to which no other pure one pays nobody less and somebody more (Harsanyi & Selten 1988)."""
    every = pure_equilibria(game)

    def dominated(profile: Profile) -> bool:
        own = game.payoffs[profile]
        return any(
            all(there >= here for there, here in zip(game.payoffs[other], own, strict=True))
            and any(there > here for there, here in zip(game.payoffs[other], own, strict=True))
            for other in every
        )

    return [profile for profile in every if not dominated(profile)]


def risk_dominant(game: StrategicGame) -> list[Profile] | None:
    """The strict equilibria that no other strict one risk-dominates; None where the comparison is not defined.

    (a, b) risk-dominates (c, d) if the product of what each player loses by deviating from it to the other is greater
    (Harsanyi & Selten 1988, A General Theory of Equilibrium Selection in Games, section 3.9). Defined for two or more
    strict equilibria, no two of which make a third strategy a best response to some mixture of the two.
    """
    strict = [
        profile
        for profile in game.payoffs
        if all(
            game.payoffs[(*profile[:k], label, *profile[k + 1 :])][k] < game.payoffs[profile][k]
            for k, player in enumerate(game.players)
            for label in game.strategies[player]
            if label != profile[k]
        )
    ]
    if len(game.players) != 2 or len(strict) < 2:
        return None
    beaten = set()
    for one, other in combinations(strict, 2):
        for k, player in enumerate(game.players):
            for third in game.strategies[player]:
                if third not in (one[k], other[k]) and _is_best_between(game, k, third, one, other):
                    return None
        products = []
        for here, there in ((one, other), (other, one)):
            losses = (
                Fraction(game.payoffs[here][0]) - Fraction(game.payoffs[there[0], here[1]][0]),
                Fraction(game.payoffs[here][1]) - Fraction(game.payoffs[here[0], there[1]][1]),
            )
            products.append(losses[0] * losses[1])
        if products[0] != products[1]:
            beaten.add(other if products[0] > products[1] else one)
    return [profile for profile in strict if profile not in beaten]


def _is_best_between(game: StrategicGame, k: int, third: str, one: Profile, other: Profile) -> bool:
    """Whether the strategy of player ``k`` is best against some mixture of the opponent's parts of two profiles."""
    met = (one[1 - k], other[1 - k])

    def gets(own: str, theirs: str) -> Fraction:
        return Fraction(game.payoffs[(own, theirs) if k == 0 else (theirs, own)][k])

    own = game.strategies[game.players[k]]
    return some_weights([[gets(third, m) - gets(rival, m) for m in met] for rival in own], 2) is not None


def is_weakly_dominated(game: StrategicGame, player: str, mix: Mix) -> bool:
    """Some mixture never pays less than ``mix`` and pays more against some profile of the others.

    Over the mixtures that never pay less, the most that the gains add up to is attained at a corner.
    """
    k = game.players.index(player)
    own = game.strategies[player]
    met = list(product(*(game.strategies[who] for who in game.players if who != player)))
    gets = {a: [Fraction(game.payoffs[(*o[:k], a, *o[k:])][k]) for o in met] for a in own}
    held = [sum((mix[a] * gets[a][j] for a in own), Fraction(0)) for j in range(len(met))]
    bounded, sums_to_one = probabilities(len(own))
    bounded += [[-gets[a][j] for a in own] + [-held[j]] for j in range(len(met))]
    return any(
        sum((x * sum(gets[a], Fraction(0)) for x, a in zip(corner, own, strict=True)), Fraction(0)) > sum(held)
        for corner in corners(bounded, sums_to_one, len(own))
    )


def is_perfect(game: StrategicGame, play: Play) -> bool:
    """Two players: an equilibrium in undominated strategies, which is a perfect one.

    Selten (1975), International Journal of Game Theory 4; van Damme (1991), Stability and Perfection of Nash
    Equilibria, theorem 3.2.2.
    """
    return is_nash(game, play) and not any(is_weakly_dominated(game, who, play[who]) for who in game.players)


def is_evolutionarily_stable(game: StrategicGame, label: str) -> bool:
    """A pure strategy of a symmetric game: every other pays less against it, or as much and then less against itself.

    Maynard Smith & Price (1973), Nature 246; "itself" is the other strategy, and others are pure.
    """

    def u(own: str, theirs: str) -> Fraction:
        return Fraction(game.payoffs[own, theirs][0])

    return all(
        u(label, label) > u(other, label) or (u(label, label) == u(other, label) and u(label, other) > u(other, other))
        for other in next(iter(game.strategies.values()))
        if other != label
    )


def is_correlated(game: StrategicGame, odds: Mapping[Profile, Fraction]) -> bool:
    """Nobody who is told a strategy gains by playing another (Aumann 1974, Journal of Mathematical Economics 1)."""
    return is_mixture(odds) and all(
        sum(
            (
                weight * (Fraction(game.payoffs[(*p[:k], other, *p[k + 1 :])][k]) - Fraction(game.payoffs[p][k]))
                for p, weight in odds.items()
                if p[k] == told
            ),
            Fraction(0),
        )
        <= 0
        for k, player in enumerate(game.players)
        for told in game.strategies[player]
        for other in game.strategies[player]
    )


def is_coarse_correlated(game: StrategicGame, odds: Mapping[Profile, Fraction]) -> bool:
    """Nobody gains by one strategy, whatever they would have been told (Moulin & Vial 1978)."""
    return is_mixture(odds) and all(
        sum(
            (
                weight * (Fraction(game.payoffs[(*p[:k], other, *p[k + 1 :])][k]) - Fraction(game.payoffs[p][k]))
                for p, weight in odds.items()
            ),
            Fraction(0),
        )
        <= 0
        for k, player in enumerate(game.players)
        for other in game.strategies[player]
    )


def zero_sum_value(game: StrategicGame) -> Fraction:
    """What the first of two players can guarantee where payoffs add up to a constant (von Neumann 1928)."""
    first, second = game.strategies.values()
    return matrix_value([[Fraction(game.payoffs[a, b][0]) for b in second] for a in first])
