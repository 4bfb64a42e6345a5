"""All Nash equilibria of small games of three or more players, support by support.

Where the players who mix are one or two, indifference is linear and solved exactly. Where they are three or more it is
a polynomial system, whose zeros `games.solvers.methods.multilinear` encloses with proof. Supports in which some
strategy is strictly dominated against the others' supports are left out (Porter, Nudelman & Shoham 2008, Games and
Economic Behavior 63). A support on which the equations leave a continuum is reported as a component that is no point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from games.exact import counted, readable
from games.forms.strategic import StrategicGame
from games.play.payoffs import strategy_payoffs
from games.play.regret import regret
from games.solvers.equilibria import Component, Equilibria, Equilibrium, equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.linear_systems import rank
from games.solvers.methods.mixtures import Mixed
from games.solvers.methods.multilinear import SIMPLEST, Solution, System, solutions
from games.solvers.methods.pivoting import maximise
from games.solvers.methods.supports import nonempty_subsets
from games.solvers.nash.pure_nash import pure_nash

MOST_SUPPORTS = 20_000
"""The most support profiles of a game that is solved completely."""

MOST_UNKNOWNS = 8
"""The most probabilities that indifference of three or more mixing players may leave open on one support."""

NUMERIC_REGRET = Fraction(1, 10**25)
"""What the regret of a solution in brackets, taken at their middle, must stay below, as a share of the largest payoff.

Brackets are narrower than 10⁻³², and a regret is at most some dozens of times as large.
"""

ONE_OF_MANY = "nash-search finds one equilibrium of such a game, mixed or not"
"""What may help where a game of many players is too large."""

PURE_LISTED = "the pure equilibria are listed"
"""What is listed of a game that is too large."""

PURE_STOPPED = "pure equilibria are listed, as many as were found in time"
"""What is listed of it when the time was up even for these."""

Support = tuple[tuple[str, ...], ...]
"""For each player, the strategies that are played."""


@dataclass
class _Answer:
    """What the search has gathered so far."""

    points: list[tuple[Mixed, Fraction]] = field(default_factory=list)
    continua: list[Mixed] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def all_equilibria(game: StrategicGame, otherwise: str = ONE_OF_MANY) -> Equilibria:
    """Every isolated equilibrium of a game of three or more players, and a point of each continuum that is found.

    Equilibria in fractions with denominators of at most `SIMPLEST` are exact; the others are given as floats, their
    values certified: exactly one equilibrium lies within the stated distance. ``complete`` is true when every support
    was settled and none holds a continuum. ``otherwise`` says what may help where the game is too large.
    """
    count = prod(2 ** len(own) - 1 for own in game.strategies.values())
    largest = sum(len(own) - 1 for own in game.strategies.values())
    if count > MOST_SUPPORTS or largest > MOST_UNKNOWNS:
        found = pure_nash(game)
        remark = (
            f"the game is too large for a complete answer ({counted(count)} supports, up to {largest} open "
            f"probabilities); {PURE_LISTED if found.complete else PURE_STOPPED}; {otherwise}"
        )
        return Equilibria(game, "nash", found.found, complete=False, remarks=(remark,))
    answer = _Answer()
    for number, support in enumerate(_supports(game), start=1):
        if expired(f"support {number} of at most {counted(count)}"):
            answer.doubts.append(STOPPED)
            break
        _settle(game, support, answer)
    return _equilibria(game, answer)


def _supports(game: StrategicGame) -> Iterator[Support]:
    """Supports that survive conditional dominance, small ones first."""
    subsets = map(nonempty_subsets, game.strategies.values())
    every = sorted(product(*subsets), key=lambda support: (sum(map(len, support)), max(map(len, support))))
    return (support for support in every if not _dominated(game, support))


def _dominated(game: StrategicGame, support: Support) -> bool:
    """Whether some strategy in the support pays less than another against everything the others' supports allow.

    Against any mixtures with exactly these supports it then pays less, too, being an average over the same profiles, so
    that no equilibrium has this support (conditional dominance; Porter, Nudelman & Shoham 2008). The rival
    may lie outside the player's own support. A tie excludes nothing, and is left to the equations. The screening costs
    about as much as reading the payoffs and spares most systems of equations, each of which costs far more.
    """
    for position, player in enumerate(game.players):
        others = list(product(*(own for k, own in enumerate(support) if k != position)))
        rows = {
            strategy: [game.payoffs[(*o[:position], strategy, *o[position:])][position] for o in others]
            for strategy in game.strategies[player]
        }
        for strategy in support[position]:
            own = rows[strategy]
            if any(all(r > o for r, o in zip(rival, own, strict=True)) for rival in rows.values()):
                return True
    return False


def _settle(game: StrategicGame, support: Support, answer: _Answer) -> None:
    """Adds the equilibria with exactly this support to the answer."""
    mixing = [position for position, own in enumerate(support) if len(own) > 1]
    if not mixing:
        _check(game, _mixed(game, support, [(Fraction(1),)] * len(support)), Fraction(0), answer)
    elif len(mixing) <= 2:
        _settle_linear(game, support, mixing, answer)
    else:
        _settle_polynomial(game, support, mixing, answer)


def _mixed(game: StrategicGame, support: Support, weights: Sequence[Sequence[Fraction]]) -> Mixed:
    """The profile that plays each support with these weights."""
    return {
        player: {
            label: dict(zip(own, mixture, strict=True)).get(label, Fraction(0)) for label in game.strategies[player]
        }
        for player, own, mixture in zip(game.players, support, weights, strict=True)
    }


def _check(game: StrategicGame, mixed: Mixed, radius: Fraction, answer: _Answer) -> None:
    """Adds the profile if it is an equilibrium: exactly, or certainly in view of how far its values may be off.

    Payoffs are multilinear: weights off by at most r each move a payoff by at most r times the number of all strategies
    times the greatest payoff, to first order; twice that bounds the rest for the radii in use.
    """
    if radius == 0:
        if not any(regret(game, mixed).values()):
            answer.points.append((mixed, radius))
        return
    # Supports are exact: what is played ties by the equations and only strategies outside are left to compare.
    scale = max(abs(Fraction(value)) for value in game.entries)
    slack = 4 * radius * sum(map(len, game.strategies.values())) * (scale or 1)
    for player in game.players:
        pays = strategy_payoffs(game, mixed, player)
        played = max(value for label, value in pays.items() if mixed[player][label])
        for label, value in pays.items():
            if mixed[player][label]:
                continue
            if value > played + slack:
                return
            if value >= played - slack:
                answer.doubts.append(f"near {_shown(mixed)} a tie of {player}'s {label} could not be settled")
                return
    if max(regret(game, mixed).values()) > NUMERIC_REGRET * (scale or 1):
        raise AssertionError(f"{_shown(mixed)} was certified as an equilibrium and has regret")
    answer.points.append((mixed, radius))


def _settle_linear(game: StrategicGame, support: Support, mixing: Sequence[int], answer: _Answer) -> None:
    """One or two players mix: each one's indifference is linear in the other's weights, or a tie of payoffs."""
    weights: list[Sequence[Fraction]] = [(Fraction(1),)] * len(support)
    unique = True
    for position in mixing:
        rival = next((k for k in mixing if k != position), None)
        equalities = [] if rival is None else _indifference(game, support, rival, position)
        if rival is None and any(_tie(game, support, position)):
            return
        inside = _inner_point(len(support[position]), equalities)
        if inside is None:
            return
        weights[position], alone = inside
        unique = unique and alone
    mixed = _mixed(game, support, weights)
    if unique:
        _check(game, mixed, Fraction(0), answer)
        return
    if not any(regret(game, mixed).values()):
        answer.continua.append(mixed)
        return
    bounded = _inner_equilibrium(game, support, mixing)
    if bounded is not None:
        answer.continua.append(bounded)
    elif len(mixing) == 2:
        answer.doubts.append(f"on the support {_words(game, support)} a continuum of equilibria could not be ruled out")


def _indifference(game: StrategicGame, support: Support, chooser: int, mixer: int) -> list[list[Fraction]]:
    """What ``chooser``'s strategies in the support pay more than the first one, by ``mixer``'s pure strategy."""
    rows = []
    for strategy in support[chooser][1:]:
        row = []
        for own in support[mixer]:
            labels = [labels[0] for labels in support]
            labels[mixer] = own
            labels[chooser] = strategy
            more = Fraction(game.payoffs[tuple(labels)][chooser])
            labels[chooser] = support[chooser][0]
            row.append(more - game.payoffs[tuple(labels)][chooser])
        rows.append(row)
    return rows


def _tie(game: StrategicGame, support: Support, position: int) -> Iterator[Fraction]:
    """What the one mixing player's strategies pay more than the first, the others being pure."""
    for strategy in support[position][1:]:
        labels = [labels[0] for labels in support]
        base = Fraction(game.payoffs[tuple(labels)][position])
        labels[position] = strategy
        yield game.payoffs[tuple(labels)][position] - base


def _inner_point(
    count: int, equalities: Sequence[Sequence[Fraction]], inequalities: Sequence[Sequence[Fraction]] = ()
) -> tuple[list[Fraction], bool] | None:
    """Positive weights summing to one with all ``equalities`` · w = 0 and ``inequalities`` · w ≤ 0; are they unique?

    The weights found make the least of them as great as possible. None if there are no positive ones.
    """
    rows = [*equalities, *([-a for a in row] for row in equalities), *inequalities]
    constraints = [[*row, Fraction(0)] for row in rows]
    constraints += [[Fraction(-(k == j)) for k in range(count)] + [Fraction(1)] for j in range(count)]
    constraints.append([Fraction(1)] * count + [Fraction(0)])
    bounds = [0] * (len(constraints) - 1) + [1]
    best, point = maximise([Fraction(0)] * count + [Fraction(1)], constraints, bounds)
    if best <= 0:
        return None
    weights = [w / sum(point[:count]) for w in point[:count]]
    return weights, rank(equalities) == count - 1


def _inner_equilibrium(game: StrategicGame, support: Support, mixing: Sequence[int]) -> Mixed | None:
    """An equilibrium inside a continuum of candidates, found by linear programs; exact for one mixing player.

    For two mixing players the others' incentives are bilinear: one player's weights are held at an inner point while
    the other's are chosen to meet all incentives, then the other way round.
    """
    weights: list[Sequence[Fraction]] = [(Fraction(1),)] * len(support)
    for position in mixing:
        rival = next((k for k in mixing if k != position), None)
        inside = _inner_point(
            len(support[position]), [] if rival is None else _indifference(game, support, rival, position)
        )
        if inside is None:
            return None
        weights[position] = inside[0]
    for position in mixing:
        rival = next((k for k in mixing if k != position), None)
        equalities = [] if rival is None else _indifference(game, support, rival, position)
        inside = _inner_point(len(support[position]), equalities, _incentives(game, support, weights, position))
        if inside is not None:
            tried = list(weights)
            tried[position] = inside[0]
            mixed = _mixed(game, support, tried)
            if not any(regret(game, mixed).values()):
                return mixed
    return None


def _incentives(
    game: StrategicGame, support: Support, weights: Sequence[Sequence[Fraction]], mixer: int
) -> list[list[Fraction]]:
    """For each other player's outside strategy: what it pays more than the support, by ``mixer``'s pure strategy."""
    rows = []
    for position, player in enumerate(game.players):
        if position == mixer:
            continue
        for outside in (s for s in game.strategies[player] if s not in support[position]):
            row = []
            for k in range(len(support[mixer])):
                fixed = list(weights)
                fixed[mixer] = tuple(Fraction(int(k == j)) for j in range(len(support[mixer])))
                pays = strategy_payoffs(game, _mixed(game, support, fixed), player)
                row.append(pays[outside] - pays[support[position][0]])
            rows.append(row)
    return rows


def _settle_polynomial(game: StrategicGame, support: Support, mixing: Sequence[int], answer: _Answer) -> None:
    """Three or more players mix: all zeros of their indifference equations, enclosed with proof."""
    system = _system(game, support, mixing)
    if any(not any(tensor.values()) for rows in system.tensors for tensor in rows):
        answer.doubts.append(
            f"on the support {_words(game, support)} a player is indifferent whatever the others do; equilibria there "
            "may form a continuum"
        )
        return
    solved = solutions(system)
    for solution in solved.found:
        if _is_inside(solution):
            weights: list[Sequence[Fraction]] = [(Fraction(1),)] * len(support)
            for position, mixture in zip(mixing, solution.mixtures, strict=True):
                weights[position] = mixture
            _check(game, _mixed(game, support, weights), solution.radius, answer)
    if solved.stopped or any(_may_be_equilibrium(game, support, mixing, point) for point in solved.unresolved):
        answer.doubts.append(
            f"on the support {_words(game, support)} solutions remain that could not be isolated: a continuum, or a "
            "singular equilibrium"
        )


def _may_be_equilibrium(
    game: StrategicGame, support: Support, mixing: Sequence[int], point: Sequence[Sequence[float]]
) -> bool:
    """Whether no strategy outside the support clearly pays more near an unresolved point."""
    weights: list[Sequence[Fraction]] = [(Fraction(1),)] * len(support)
    for position, mixture in zip(mixing, point, strict=True):
        weights[position] = [Fraction(weight) for weight in mixture]
    mixed = _mixed(game, support, weights)
    scale = max(abs(Fraction(value)) for value in game.entries) or Fraction(1)
    return max(regret(game, mixed).values()) < scale / 1_000


def _system(game: StrategicGame, support: Support, mixing: Sequence[int]) -> System:
    scale = max((abs(Fraction(value)) for value in game.entries), default=Fraction(1)) * 2 or Fraction(1)
    tensors = []
    for chooser in mixing:
        others = [position for position in mixing if position != chooser]
        rows = []
        for strategy in support[chooser][1:]:
            tensor = {}
            for index in product(*(range(len(support[position])) for position in others)):
                labels = [labels[0] for labels in support]
                for position, k in zip(others, index, strict=True):
                    labels[position] = support[position][k]
                labels[chooser] = strategy
                more = Fraction(game.payoffs[tuple(labels)][chooser])
                labels[chooser] = support[chooser][0]
                tensor[index] = (more - game.payoffs[tuple(labels)][chooser]) / scale
            rows.append(tensor)
        tensors.append(tuple(rows))
    return System(tuple(len(support[position]) for position in mixing), tuple(tensors))


def _is_inside(solution: Solution) -> bool:
    """Whether all weights are positive; a solution with a weight of zero belongs to a smaller support."""
    return all(weight > solution.radius for mixture in solution.mixtures for weight in mixture)


def _equilibria(game: StrategicGame, answer: _Answer) -> Equilibria:
    found: list[Equilibrium] = []
    components: list[Component] = []
    remarks: list[str] = []
    for mixed, radius in answer.points:
        found.append(equilibrium(game, mixed, exact=radius == 0))
        components.append(Component((len(found) - 1,), is_point=True, index=None))
    for mixed in answer.continua:
        found.append(equilibrium(game, mixed, exact=True))
        beside = [k for k, (point, _) in enumerate(answer.points) if _within_support(point, mixed)]
        components = [component for component in components if component.members[0] not in beside]
        components.append(Component((len(found) - 1, *beside), is_point=False, index=None))
    widest = max((radius for _, radius in answer.points), default=Fraction(0))
    if widest:
        numeric = sum(radius > 0 for _, radius in answer.points)
        remarks.append(
            f"{numeric} of the equilibria, irrational or with denominators above {SIMPLEST:,}, given in floats; "
            "certified: exactly one zero of the indifference equations lies within "
            f"{float(widest):.0e} of the values computed"
        )
    if answer.continua:
        remarks.append(
            f"{len(answer.continua)} continua of equilibria: one inner point of each is listed, in one component with "
            "the listed equilibria on smaller supports"
        )
    remarks += list(dict.fromkeys(answer.doubts))
    complete = not answer.doubts and not answer.continua
    return Equilibria(
        game,
        "nash",
        tuple(found),
        complete,
        exact=not widest,
        components=tuple(components),
        remarks=tuple(remarks),
    )


def _within_support(mixed: Mixed, other: Mixed) -> bool:
    """Whether every strategy that ``mixed`` plays is played by ``other``, too."""
    return all(not weight or other[player][label] for player, own in mixed.items() for label, weight in own.items())


def _words(game: StrategicGame, support: Support) -> str:
    return "; ".join(f"{player}: {', '.join(own)}" for player, own in zip(game.players, support, strict=True))


def _shown(mixed: Mixed) -> str:
    return "; ".join(
        f"{player}: " + " + ".join(f"{readable(float(w))} {label}" for label, w in own.items() if w)
        for player, own in mixed.items()
    )
