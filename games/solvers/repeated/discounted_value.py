"""The value of a discounted stochastic game of pure conflict, exact or within a proven bound.

Definition: Shapley (1953), Proceedings of the National Academy of Sciences 39. What the first player can guarantee from
each state on, which is also that to which the second can hold it down. It is the only fixed point v = T(v), where
T(v)(s) is the value of the game that pays (1 − δ) times the stage payoff plus δ times the expected v of the next state,
and optimal play in these games, state by state, is optimal from now on. The value may be irrational although every
number of the game is rational.

A policy iteration in floats (Hoffman & Karp 1966, Management Science 12) comes close to v. A simple fraction close by
is the value if it is a fixed point exactly; else, T being a contraction, v is within |T(u) − u| / (1 − δ) of any u.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from games.cases import Cases, Draft
from games.errors import InputError
from games.exact import Number, brief, readable
from games.forms.game import Path
from games.forms.stochastic import StochasticGame, key
from games.play.payoffs import Strategies
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, as_float
from games.solvers.limits import STOPPED, OutOfTimeError, expired, unless_expired
from games.solvers.methods.minimax import every_minimax, minimax
from games.solvers.nash.zero_sum import vanishes
from games.terms import Poly, at_least, denied, equal, poly, product_of, some, total

MOST_STEPS = 200
"""The most improvements of the first player's policy; a handful is usual."""

DENOMINATORS = (10**3, 10**6, 10**9)
"""The largest denominators of the fractions that are tried as exact values, one after the other."""

OTHERWISE = "markov-perfect takes any payoffs"
"""What may help where a game is none of pure conflict."""

SMALL = 200
"""A game with at most so many profiles is solved once more when the time is up, which takes a moment."""

Values: TypeAlias = Mapping[str, Fraction]
"""What the first player gets from each state on."""


@dataclass(frozen=True)
class DiscountedValue:
    """The value from each state on for the first player, and what each player does there, whatever happened before.

    Every value is within ``error`` of the true one. ``exact``: the error is 0, and the strategies are optimal; else
    they are optimal in the games that the approximate values make.
    """

    game: StochasticGame
    values: Values
    strategies: Mapping[str, Mapping[str, Mapping[str, Fraction]]]
    error: Fraction

    @property
    def exact(self) -> bool:
        """Whether the values are the true ones."""
        return self.error == 0

    def __str__(self) -> str:
        values = ", ".join(f"{state}: {readable(value)}" for state, value in self.values.items())
        return f"{values} ({'exact' if self.exact else f'within {float(self.error):.1e}'})"


def cases(game: StochasticGame, asked: Sequence[Quantity]) -> Cases:
    """The support of each player in each state, and the value from each state on, which these mixtures guarantee.

    And stage payoffs add up to 0: where they do not, there is no answer. Raises `InputError` for a game of other than
    two players, and for one whose payoffs never do.
    """
    draft = Draft()
    _demand_conflict(draft, game)
    first, second = game.players
    mixed = {place: draft.mixture(place, own) for place, own in game.places.items()}
    value = {state: draft.unknown(value_name(state)) for state in game.stages}
    factor = poly(game.discount_factor)
    for state, stage in game.stages.items():
        x, y = mixed[key(first, state)], mixed[key(second, state)]
        worth = {
            profile: (1 - factor) * poly(paid[0])
            + factor * total(poly(odds) * value[after] for after, odds in game.moves[state][profile].items())
            for profile, paid in stage.payoffs.items()
        }
        rows, columns = stage.strategies.values()
        for row in rows:
            gets = total(weight * worth[row, column] for column, weight in y.p.items())
            draft.conditions.append(at_least(value[state], gets))
            draft.conditions.append(some([denied(x.played[row]), equal(gets, value[state])]))
        for column in columns:
            gets = total(weight * worth[row, column] for row, weight in x.p.items())
            draft.conditions.append(at_least(gets, value[state]))
            draft.conditions.append(some([denied(y.played[column]), equal(gets, value[state])]))

    def told(quantity: Quantity) -> Poly:
        match quantity:
            case Payoff(player=player, after=after):
                worth = value[after[0] if after else game.start]
                return worth if player == first else -worth
            case Chosen(choices=choices):
                return product_of(mixed[place].p[own] for place, own in choices.items())
        raise InputError(f"{game.kind} has no paths; name strategies by player and state")

    return draft.cases({quantity: told(quantity) for quantity in asked})


def _demand_conflict(draft: Draft, game: StochasticGame) -> None:
    """Payoffs, which are polynomials, add up to 0 everywhere."""
    if len(game.players) != 2:
        raise InputError(f"the value needs two players, this game has {len(game.players)}; {OTHERWISE}")
    for state, stage in game.stages.items():
        for profile, paid in stage.payoffs.items():
            holds = equal(total(map(poly, paid)), 0)
            if holds is False:
                raise _unbalanced(state, profile, total(map(poly, paid)))
            if holds is not True:
                draft.conditions.append(holds)


def witness(game: StochasticGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The mixtures as an equilibrium, if in every state each guarantees the value, were the values to come next."""
    worth = {state: Fraction(values[value_name(state)]) for state in game.stages}
    first, second = game.players
    for state, value in worth.items():
        gains = _matrix(game, state, worth)
        x, y = (list(strategies[key(player, state)].values()) for player in (first, second))
        kept = [sum((w * row[k] for w, row in zip(x, gains, strict=True)), Fraction(0)) for k, _ in enumerate(y)]
        held = [sum((w * gain for w, gain in zip(y, row, strict=True)), Fraction(0)) for row in gains]
        if sum(x) != 1 or sum(y) != 1 or min(*x, *y) < 0 or not min(kept) == value == max(held):
            return None
    paid: dict[Path, dict[str, Any]] = {(state,): {first: v, second: -v} for state, v in worth.items()}
    return Equilibrium(strategies, paid[game.start,], continuations=paid)


def value_name(state: str) -> str:
    """The unknown that stands for what the first player gets from the state on."""
    return f"value from {state!r} on"


def exists_because(game: StochasticGame) -> str:
    """Why there is one; empty unless stage payoffs add up to 0 as formulas."""
    sums = (sum(paid) for stage in game.stages.values() for paid in stage.payoffs.values())
    if len(game.players) != 2 or not all(vanishes(each) for each in sums):
        return ""
    return "every finite discounted stochastic game of pure conflict has a value: Shapley (1953)"


@solution_concept(
    "discounted-value",
    form=StochasticGame,
    cases=cases,
    exists_because=exists_because,
    about="games of two players whose stage payoffs add up to 0",
    own_units=False,
    witness=witness,
)
def discounted_value(game: StochasticGame) -> Equilibria:
    """The value from each state on, and strategies by player and state that guarantee it: one equilibrium.

    Every equilibrium has these payoffs (Shapley 1953). The answer is exact where the value is a simple fraction, which
    is then verified: both players' mixtures guarantee it in every state. Else it is numeric, and a remark says how far
    off the value may be. It is complete if it is exact and no other mixtures by state guarantee the value.

    Raises `InputError` unless there are two players whose stage payoffs add up to 0.
    """
    try:
        found = value_of(game)
    except OutOfTimeError:
        return Equilibria(game, "discounted-value", (), complete=False, exact=False, remarks=(STOPPED,))
    first, second = game.players
    number: Callable[[Fraction], Any] = (lambda value: value) if found.exact else as_float
    strategies = {
        key(player, state): {action: number(weight) for action, weight in mixes[player].items()}
        for state, mixes in found.strategies.items()
        for player in game.players
    }
    paid: dict[Path, dict[str, Any]] = {
        (state,): {first: number(value), second: number(-value)} for state, value in found.values.items()
    }
    remarks = ["payoffs are discounted averages of a round, from each state on; every equilibrium has the same"]
    if not found.exact:
        remarks.append(f"the payoffs are within {as_float(found.error):.1e} of the true ones")
    complete = found.exact and _is_only(game, found)
    if not complete:
        remarks.append("other strategies may guarantee the value, too")
    equilibrium = Equilibrium(strategies, paid[game.start,], continuations=paid)
    return Equilibria(game, "discounted-value", (equilibrium,), complete, found.exact, remarks=tuple(remarks))


def _is_only(game: StochasticGame, found: DiscountedValue) -> bool:
    """Whether no other mixtures by state guarantee the exact value; verifies that those found do."""
    only = True
    for state, value in found.values.items():
        gains = _matrix(game, state, found.values)
        losses = [[-gain for gain in column] for column in zip(*gains, strict=True)]
        x, y = (tuple(mix.values()) for mix in found.strategies[state].values())
        for rows, mix, level in ((losses, x, -value), (gains, y, value)):
            if max(sum((a * w for a, w in zip(row, mix, strict=True)), Fraction(0)) for row in rows) != level:
                raise AssertionError(f"{mix} was found to guarantee the value in {state} and does not")
        for rows, mix, other, level in ((losses, x, y, -value), (gains, y, x, value)):
            mixes, every = every_minimax(rows, mix, other, level)
            only = only and every and len(mixes) == 1
    return only


def value_of(game: StochasticGame) -> DiscountedValue:
    """The value of a game of two players whose stage payoffs add up to 0; `InputError` for any other game.

    Out of time, how far off it is is still worked out for a small game; else raises `OutOfTimeError`.
    """
    _check_conflict(game)
    approximate = _policy_iteration(game)
    for largest in DENOMINATORS:
        if expired():
            break
        simple = {state: value.limit_denominator(largest) for state, value in approximate.items()}
        once = _solved(game, simple)
        if {state: value for state, (value, _) in once.items()} == simple:
            return _answer(game, simple, once, Fraction(0))
    once = _solved(game, approximate)
    error = max(abs(value - approximate[state]) for state, (value, _) in once.items()) / (1 - game.discount_factor)
    return _answer(game, approximate, once, Fraction(error))


def _check_conflict(game: StochasticGame) -> None:
    if len(game.players) != 2:
        raise InputError(f"the value needs two players, this game has {len(game.players)}; {OTHERWISE}")
    for state, stage in game.stages.items():
        for profile, payoffs in stage.payoffs.items():
            if both := sum(payoffs):
                raise _unbalanced(state, profile, brief(Fraction(both)))


def _unbalanced(state: str, profile: Sequence[str], both: object) -> InputError:
    return InputError(
        f"the value needs payoffs that add up to 0; in {state} at ({', '.join(profile)}) they add up to {both}; "
        f"{OTHERWISE}"
    )


def _matrix(game: StochasticGame, state: str, values: Values) -> list[list[Fraction]]:
    """What the first player gets from ``state`` on, by both players' strategies, if ``values`` come next."""
    factor = Fraction(game.discount_factor)
    rows, columns = game.stages[state].strategies.values()
    payoffs, moves = game.stages[state].payoffs, game.moves[state]

    def worth(profile: tuple[str, str]) -> Fraction:
        later = sum((probability * values[after] for after, probability in moves[profile].items()), Fraction(0))
        return (1 - factor) * Fraction(payoffs[profile][0]) + factor * later

    return [[worth((row, column)) for column in columns] for row in rows]


def _solved(
    game: StochasticGame, values: Values
) -> dict[str, tuple[Fraction, tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]]:
    """The exact value of every state's game if ``values`` come next, and an optimal mixture of each player."""
    result = {}
    for state in game.stages:
        if sum(len(stage.payoffs) for stage in game.stages.values()) > SMALL:
            unless_expired()
        gains = _matrix(game, state, values)
        x = minimax([[-gain for gain in column] for column in zip(*gains, strict=True)])
        y = minimax(gains)
        value = max(sum((gain * w for gain, w in zip(row, y, strict=True)), Fraction(0)) for row in gains)
        result[state] = (value, (x, y))
    return result


def _answer(game: StochasticGame, values: Values, solved: Mapping[str, Any], error: Fraction) -> DiscountedValue:
    strategies = {
        state: {
            player: dict(zip(own, mix, strict=True))
            for (player, own), mix in zip(game.stages[state].strategies.items(), mixes, strict=True)
        }
        for state, (_, mixes) in solved.items()
    }
    return DiscountedValue(game, dict(values), strategies, error)


def _policy_iteration(game: StochasticGame) -> dict[str, Fraction]:
    """The value in floats, payoffs scaled to be at most 1; as far as it has come when the time is up."""
    import numpy as np

    states = list(game.stages)
    scale = max((abs(Fraction(p[0])) for stage in game.stages.values() for p in stage.payoffs.values()), default=0) or 1
    factor = float(game.discount_factor)
    # By state: stage payoffs to the first player by both strategies, and the probabilities of the next states.
    paid, moved = [], []
    for state in states:
        rows, columns = game.stages[state].strategies.values()
        stage, moves = game.stages[state].payoffs, game.moves[state]
        paid.append(np.array([[float(stage[row, column][0] / Fraction(scale)) for column in columns] for row in rows]))
        moved.append(
            np.array([[[float(moves[row, column].get(s, 0)) for s in states] for column in columns] for row in rows])
        )
    values = np.zeros(len(states))
    for step in range(MOST_STEPS):
        if expired(f"step {step + 1}, values from {values.min():.6g} to {values.max():.6g}"):
            break
        mixed = [_maximin((1 - factor) * g + factor * (q @ values)) for g, q in zip(paid, moved, strict=True)]
        now = [(1 - factor) * (x @ g) for x, g in zip(mixed, paid, strict=True)]
        after = [np.tensordot(x, q, axes=1) for x, q in zip(mixed, moved, strict=True)]
        improved = _best_replies(now, after, factor, values)
        change = float(np.abs(improved - values).max())
        values = improved
        if change < 1e-14:
            break
    return {state: Fraction(float(value)) * Fraction(scale) for state, value in zip(states, values, strict=True)}


def _maximin(matrix: Any) -> Any:
    """A mixture of the rows that is best against the worst column, in floats."""
    import numpy as np
    from scipy.optimize import linprog

    m, n = matrix.shape
    answer = linprog(
        np.append(np.zeros(m), -1.0),
        np.hstack([-matrix.T, np.ones((n, 1))]),
        np.zeros(n),
        np.append(np.ones(m), 0.0)[None, :],
        [1.0],
        [(0, None)] * m + [(None, None)],
    )
    mix = np.clip(answer.x[:m], 0, None) if answer.success else np.ones(m)
    return mix / mix.sum()


def _best_replies(now: list[Any], after: list[Any], factor: float, values: Any) -> Any:
    """What the first player keeps of its policy against the second's best replies, found by Howard's improvements."""
    import numpy as np

    replies = [int(np.argmin(g + factor * (q @ values))) for g, q in zip(now, after, strict=True)]
    for _ in range(MOST_STEPS):
        moves = np.array([q[reply] for q, reply in zip(after, replies, strict=True)])
        paid = np.array([g[reply] for g, reply in zip(now, replies, strict=True)])
        values = np.linalg.solve(np.eye(len(now)) - factor * moves, paid)
        pays = [g + factor * (q @ values) for g, q in zip(now, after, strict=True)]
        better = [
            int(np.argmin(p)) if p.min() < p[reply] - 1e-13 else reply for p, reply in zip(pays, replies, strict=True)
        ]
        if better == replies:
            break
        replies = better
    return values
