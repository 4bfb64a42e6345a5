"""The best distribution over profiles under which no way to depart from it pays in expectation.

The distributions that withstand given temptations are a polytope, so that the best of them is found by a linear
program; the solution is a vertex of the polytope. The program is solved in exact arithmetic, over few profiles and
temptations first, those that a solution in floats uses, and over more as exact checks find them missing (Dantzig,
Fulkerson & Johnson 1954, Journal of the Operations Research Society of America 2). Floats thus decide where the search
begins and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from games.errors import InputError, listed, quoted
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Reached
from games.solvers.equilibria import Equilibria, Equilibrium, mixture
from games.solvers.limits import STOPPED, OutOfTimeError, uncounted
from games.solvers.methods.pivoting import maximise, maximise_and_price

Distribution: TypeAlias = Mapping[Profile, Any]
"""Probabilities of profiles, numbers or formulas; a profile that is left out has probability 0."""

Temptation: TypeAlias = Mapping[Profile, Number]
"""What one way of departing adds to a player's payoff, profile by profile; 0 where it is left out."""

MOST_WORK = 40_000
"""The largest accepted product of the numbers of profiles and of ways to depart, the size of the linear program."""

USED = 1e-9
"""What a float solution must exceed to count as used."""

SHOWN = 12
"""The most profiles of a distribution that a remark writes out."""


def check_size(game: StrategicGame, concept: str, departures: int) -> None:
    """Raises `InputError` if the linear program of a game with so many ways to depart is too large."""
    profiles = len(game.payoffs)
    if profiles * departures > MOST_WORK:
        raise InputError(
            f"the game has {profiles:,} profiles and {departures:,} ways to depart from what is told; {concept} takes "
            f"games whose product of the two is at most {MOST_WORK:,}; nash-search finds a Nash equilibrium, which is "
            "a correlated one, too"
        )


def optimal(
    game: StrategicGame,
    concept: str,
    objective: str,
    temptations: Sequence[Temptation],
    conditions: Callable[[StrategicGame, Distribution], tuple[Any, ...]],
) -> Equilibria:
    """The distribution that is best for ``objective`` among those under which no temptation pays in expectation.

    ``conditions`` check the distribution on their own. That none is better is shown by prices of the temptations, the
    solution of the dual program; that none is as good, by a program over the distributions that are. Nothing is found
    if the time is up before the end.
    """
    aims, what = _aims(game, objective)
    try:
        distribution, prices = _solution(aims, temptations)
    except OutOfTimeError:
        return Equilibria(game, concept, (), complete=False, remarks=(STOPPED,))
    if sum(distribution.values()) != 1 or min(distribution.values()) < 0:
        raise AssertionError(f"{distribution} was found as a {concept} equilibrium and is no distribution")
    if min(conditions(game, distribution), default=0) < 0:
        raise AssertionError(f"{distribution} was found as a {concept} equilibrium and is none")
    value = sum((w * aims[p] for p, w in distribution.items()), Fraction(0))
    left = _left(value, aims, temptations, prices)
    if min(prices.values(), default=0) < 0 or min(left.values()) < 0:
        raise AssertionError(f"{value} was found as the optimum and is not")
    unique = _is_unique(distribution, temptations, prices, left)
    found = of_distribution(game, distribution)
    others = {True: "no other one reaches it", False: "others reach it, too", None: "whether others do is not settled"}
    remarks = (
        f"{what} in a {concept} equilibrium is {readable(-value if objective == 'worst' else value)}; {others[unique]}",
        f"the distribution is {in_words({one.path: one.probability for one in found.outcomes})}",
    )
    return Equilibria(game, concept, (found,), complete=bool(unique), remarks=remarks)


def of_distribution(game: StrategicGame, distribution: Distribution) -> Equilibrium:
    """The distribution with its marginals and what it pays; profiles in the order of the game."""
    strategies = {
        player: {label: sum((w for p, w in distribution.items() if p[k] == label), Fraction(0)) for label in own}
        for k, (player, own) in enumerate(game.strategies.items())
    }
    payoffs = {
        player: sum((w * game.payoffs[p][k] for p, w in distribution.items()), Fraction(0))
        for k, player in enumerate(game.players)
    }
    reached = tuple(Reached(profile, distribution[profile]) for profile in game.profiles if profile in distribution)
    return Equilibrium(strategies, payoffs, reached)


def _aims(game: StrategicGame, objective: str) -> tuple[dict[Profile, Number], str]:
    """What is to be made great, profile by profile, and its name."""
    rows = game.payoffs.items()
    if objective == "best":
        return {p: sum(row, Fraction(0)) for p, row in rows}, "the greatest sum of payoffs"
    if objective == "worst":
        return {p: -sum(row, Fraction(0)) for p, row in rows}, "the least sum of payoffs"
    if objective in game.players:
        position = game.players.index(objective)
        return {p: row[position] for p, row in rows}, f"the greatest payoff of {objective}"
    raise InputError(
        f"the objective is {quoted(objective)}; it must be best, worst or one of the players {listed(game.players)}"
    )


def _solution(
    aims: Mapping[Profile, Number], temptations: Sequence[Temptation]
) -> tuple[dict[Profile, Fraction], dict[int, Fraction]]:
    """The best distribution, and the prices, by position, of the temptations that it does without.

    The program is the dual one: prices ≥ 0 of the temptations are sought for which the greatest of aim − Σ price ·
    temptation over the profiles is least. The distribution is the solution dual to it. Over few profiles and
    temptations both may break a constraint that was left out, which is then put in; nothing is ever taken out, so
    this ends.
    """
    top = max(aims.values()) + 1
    profiles, tempting = _used_in_floats(aims, temptations)
    while True:
        rows = [[1, *(-temptations[t].get(p, 0) for t in tempting)] for p in profiles]
        try:
            lowered, (_, *numbers), weights = maximise_and_price(
                [1] + [0] * len(tempting), rows, [top - aims[p] for p in profiles]
            )
        except ValueError:
            # No distribution over so few profiles withstands these temptations.
            profiles = list(aims)
            continue
        prices = {t: price for t, price in zip(tempting, numbers, strict=True) if price}
        distribution = {p: weight for p, weight in zip(profiles, weights, strict=True) if weight}
        known, listed_already = set(tempting), set(profiles)
        pay = [
            t
            for t, temptation in enumerate(temptations)
            if t not in known and sum((w * temptation.get(p, 0) for p, w in distribution.items()), Fraction(0)) > 0
        ]
        left = _left(top - lowered, aims, temptations, prices)
        better = [p for p, rest in left.items() if rest < 0 and p not in listed_already]
        if not pay and not better:
            return distribution, prices
        tempting, profiles = [*tempting, *pay], [*profiles, *better]


def _used_in_floats(
    aims: Mapping[Profile, Number], temptations: Sequence[Temptation]
) -> tuple[list[Profile], list[int]]:
    """The profiles with a probability and the temptations with a price in a float solution; every profile if none."""
    with uncounted():
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import csr_array

    profiles = list(aims)
    place = {p: k for k, p in enumerate(profiles)}
    entries = [(t, place[p], gain) for t, row in enumerate(temptations) for p, gain in row.items() if gain]
    scale = max((abs(Fraction(gain)) for _, _, gain in entries), default=Fraction(1))
    low = min(aims.values())
    span = Fraction(max(aims.values()) - low) or 1
    matrix = csr_array(
        ([float(gain / scale) for *_, gain in entries], ([t for t, *_ in entries], [k for _, k, _ in entries])),
        shape=(len(temptations), len(profiles)),
    )
    cost = np.array([float((low - aim) / span) for aim in aims.values()])
    answer = linprog(cost, matrix, np.zeros(len(temptations)), np.ones((1, len(profiles))), [1.0], method="highs-ds")
    if not answer.success:
        return profiles, []
    return (
        [p for p, weight in zip(profiles, answer.x, strict=True) if weight > USED],
        [t for t, price in enumerate(answer.ineqlin.marginals) if price < -USED],
    )


def _left(
    value: Fraction, aims: Mapping[Profile, Number], temptations: Sequence[Temptation], prices: Mapping[int, Fraction]
) -> dict[Profile, Fraction]:
    """What prices leave at each profile: value + Σ price · temptation − aim.

    If it is nowhere below 0 it proves, weighted by any distribution under which no temptation pays, that this
    distribution aims no higher than ``value``.
    """
    left = {p: value - aim for p, aim in aims.items()}
    for t, price in prices.items():
        for p, gain in temptations[t].items():
            if gain:
                left[p] += price * gain
    return left


def _is_unique(
    distribution: Mapping[Profile, Fraction],
    temptations: Sequence[Temptation],
    prices: Mapping[int, Fraction],
    left: Mapping[Profile, Fraction],
) -> bool | None:
    """Whether the optimal distribution is the only one; None if the time is up before that is settled.

    Another optimal one leaves nothing: it lives where ``left`` is 0, and temptations with a price tempt nobody on
    balance. The distribution given is a vertex: the equalities that hold there, probabilities of 0 and temptations
    worth 0, determine it. So there is another one exactly if one of those that leave nothing has slack in one of these
    equalities; near the given one, the other temptations do not pay anyway. If prices and what they leave are a
    nondegenerate vertex of their program, the distribution dual to them is unique.
    """
    alive = [p for p, rest in left.items() if not rest]
    if len(prices) + 1 == len(alive):
        return True
    binding = [
        t
        for t, temptation in enumerate(temptations)
        if not sum((w * temptation.get(p, 0) for p, w in distribution.items()), Fraction(0))
    ]
    rows = [[temptations[t].get(p, 0) for p in alive] for t in binding]
    tight = [[-gain for gain in row] for t, row in zip(binding, rows, strict=True) if t in prices]
    slack = [int(p not in distribution) - sum(row[k] for row in rows) for k, p in enumerate(alive)]
    bounds = [0] * (len(rows) + len(tight)) + [1]
    try:
        most, _ = maximise(slack, [*rows, *tight, [1] * len(alive)], bounds, stoppable=True)
    except OutOfTimeError:
        return None
    return most == 0


def in_words(distribution: Mapping[Profile, Any]) -> str:
    """The weighted sum of the profiles, cut after `SHOWN` of them."""
    first = {f"({', '.join(profile)})": weight for profile, weight in list(distribution.items())[:SHOWN]}
    more = len(distribution) - SHOWN
    return mixture(first) + (f" + … ({more} more)" if more > 0 else "")
