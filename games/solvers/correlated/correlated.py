"""Correlated equilibria: nobody gains by departing from what a trusted mediator tells them to play.

Definition: a profile is drawn from a known distribution and every player is told their own strategy in it, and nothing
else. The distribution is a correlated equilibrium if nobody, whatever they are told, gains by playing anything else.
Sources: Aumann (1974), Journal of Mathematical Economics 1; Aumann (1987), Econometrica 55. Every Nash equilibrium is
one. The correlated equilibria are a polytope in the space of distributions, so that the best of them is found by a
linear program; the solution is a vertex of the polytope. The program is solved in exact arithmetic, over few profiles
and temptations first, those that a solution in floats uses, and over more as exact checks find them missing (Dantzig,
Fulkerson & Johnson 1954). Floats thus decide where the search begins and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from games.cases import Cases, Draft, spelled
from games.errors import InputError, listed, quoted
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Reached, Strategies
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.concept import distribution_of, solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, mixture
from games.solvers.limits import STOPPED, OutOfTimeError, uncounted
from games.solvers.methods.pivoting import maximise, maximise_and_price
from games.terms import Condition, Poly, above, at_least, equal, every, poly, some, total

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


POLYTOPE = "the equilibria are a polytope of distributions, whose points may be many"
"""Why the probabilities are free."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The distribution over profiles; nobody, whatever they are told, gains by playing anything else."""
    draft = Draft()
    drawn = distribution(draft, game)
    for player, menu in game.strategies.items():
        for told in menu:
            heard = [profile for profile in game.profiles if profile[game.players.index(player)] == told]
            for other in menu:
                if other != told:
                    hold_against(draft, game, drawn, player, heard, other)
    return draft.cases({quantity: drawn_value(game, drawn, quantity) for quantity in asked})


def distribution(draft: Draft, game: StrategicGame) -> dict[Profile, Poly]:
    """The probability of each profile, as unknowns that sum to one."""
    drawn = {p: draft.unknown(profile_name(p), 0, 1, POLYTOPE) for p in game.profiles}
    draft.bound.append(equal(total(drawn.values()), 1))
    return drawn


def hold_against(
    draft: Draft,
    game: StrategicGame,
    drawn: Mapping[Profile, Poly],
    player: str,
    heard: Sequence[Profile],
    played: str,
) -> None:
    """Where one of the profiles ``heard`` is drawn, playing ``played`` instead does not pay the player more.

    So, if any of them is drawn, one is drawn at which it pays no more: that follows and is linear.
    """
    position = game.players.index(player)
    departed = {profile: (*profile[:position], played, *profile[position + 1 :]) for profile in heard}
    paid = {profile: poly(game.payoff(profile, player)) for profile in heard}
    instead = {profile: poly(game.payoff(departed[profile], player)) for profile in heard}
    draft.conditions.append(at_least(total(drawn[p] * (paid[p] - instead[p]) for p in heard), 0))
    held: list[Condition] = [every([above(drawn[p], 0), at_least(paid[p], instead[p])]) for p in heard]
    draft.implied.append(some([equal(total(drawn[p] for p in heard), 0), *held]))


def drawn_value(game: StrategicGame, drawn: Mapping[Profile, Poly], quantity: Quantity) -> Poly:
    """The value of a quantity under a distribution over profiles."""
    match quantity:
        case Payoff(player=player):
            return total(weight * poly(game.payoff(profile, player)) for profile, weight in drawn.items())
        case Chosen(choices=choices):
            places = {who: game.players.index(who) for who in choices}
            return total(
                weight
                for profile, weight in drawn.items()
                if all(profile[places[who]] == own for who, own in choices.items())
            )
    raise InputError("a game in strategic form has no paths; name strategies by player")


def profile_name(profile: Profile) -> str:
    """The unknown that stands for the probability of a profile."""
    return f"probability of {spelled(profile)}"


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The distribution as an equilibrium, if obeying pays whatever is told."""
    return withstanding(game, values, margins)


def withstanding(
    game: StrategicGame,
    values: Mapping[str, Number],
    margins: Callable[[StrategicGame, Distribution], tuple[Any, ...]],
) -> Equilibrium | None:
    """The distribution that the unknowns' values are, if it is one and no margin is negative."""
    drawn = {p: Fraction(values[profile_name(p)]) for p in game.profiles}
    if sum(drawn.values()) != 1 or min(drawn.values()) < 0 or min(margins(game, drawn), default=0) < 0:
        return None
    return of_distribution(game, {p: weight for p, weight in drawn.items() if weight})


def exists_because(game: StrategicGame) -> str:
    """Why there is one."""
    return "every Nash equilibrium is one: Nash (1951), Aumann (1974); without it: Hart & Schmeidler (1989)"


def margins(game: StrategicGame, distribution: Distribution) -> tuple[Any, ...]:
    """For each player, each strategy told and each other strategy: what obeying pays more, weighted by probability.

    All are ≥ 0 exactly if ``distribution`` is a correlated equilibrium.
    """
    result: list[Any] = []
    for position, own in enumerate(game.strategies.values()):
        for told in own:
            heard = [(profile, weight) for profile, weight in distribution.items() if profile[position] == told]
            pays = {
                played: sum(
                    (w * game.payoffs[(*p[:position], played, *p[position + 1 :])][position] for p, w in heard),
                    Fraction(0),
                )
                for played in own
            }
            result += [pays[told] - value for played, value in pays.items() if played != told]
    return tuple(result)


@solution_concept(
    "correlated",
    form=StrategicGame,
    judged=distribution_of,
    cases=cases,
    exists_because=exists_because,
    one_of_many=True,
    no_regret=False,
    witness=witness,
)
def correlated(game: StrategicGame, objective: str = "best") -> Equilibria:
    """A correlated equilibrium with the greatest sum of payoffs, or another ``objective``; any number of players.

    ``objective`` is "best" (the greatest sum of payoffs), "worst" (the least sum), or a player's name (that player's
    greatest payoff). ``outcomes`` is the distribution, and ``strategies`` are its marginals. The answer is complete
    exactly if no other correlated equilibrium reaches the same value.
    """
    check_size(game, "correlated", sum(len(own) * (len(own) - 1) for own in game.strategies.values()))
    temptations: dict[tuple[str, str, str], dict[Profile, Number]] = {}
    for profile in game.profiles:
        for position, player in enumerate(game.players):
            for other in game.alternatives(profile, player):
                gain = game.payoff(other, player) - game.payoff(profile, player)
                temptations.setdefault((player, profile[position], other[position]), {})[profile] = gain
    return optimal(game, "correlated", objective, list(temptations.values()), margins)


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
    margins: Callable[[StrategicGame, Distribution], tuple[Any, ...]],
) -> Equilibria:
    """The distribution that is best for ``objective`` among those under which no temptation pays in expectation.

    ``margins`` check the distribution on their own. That none is better is shown by prices of the temptations, the
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
    if min(margins(game, distribution), default=0) < 0:
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
        f"the distribution is {in_words(distribution_of(found))}",
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
