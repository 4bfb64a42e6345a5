"""Dominated strategies, removed round by round until none is left.

Whether a mixture dominates a strategy is a linear program, solved in exact arithmetic. Sources: Luce & Raiffa (1957),
Games and Decisions; Pearce (1984), Econometrica 52.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from games.exact import Number
from games.forms.strategic import StrategicGame
from games.solvers.equilibria import mixture
from games.solvers.limits import OutOfTimeError, expired
from games.solvers.methods.pivoting import maximise


@dataclass(frozen=True)
class Step:
    """One strategy eliminated: in which round, and the mixture that dominates it among those still there."""

    round: int
    player: str
    strategy: str
    dominator: Mapping[str, Number]
    strict: bool

    def __str__(self) -> str:
        how = "strictly" if self.strict else "weakly"
        return f"round {self.round}: {self.player}'s {self.strategy} is {how} dominated by {mixture(self.dominator)}"


@dataclass(frozen=True)
class Elimination:
    """The steps in order, the strategies that survive, and the game that is left.

    It is not ``complete`` if the time was up before every strategy left had been examined.
    """

    steps: tuple[Step, ...]
    survivors: Mapping[str, tuple[str, ...]]
    game: StrategicGame
    complete: bool = True


def eliminate(game: StrategicGame, weak: bool = False) -> Elimination:
    """Removes dominated strategies round by round until none is left; ``weak`` removes weakly dominated ones, too.

    In each round every player's dominated strategies are found in the same game and removed together. A dominating
    mixture uses only strategies that the round leaves (Gale & Sherman 1950: there always is one).
    """
    survivors = dict(game.strategies)
    steps: list[Step] = []
    number = 1
    complete = True
    while True:
        try:
            fallen = _fallen(game, survivors, weak, number)
        except OutOfTimeError:
            complete = False
            break
        if not fallen:
            break
        for step in fallen:
            survivors[step.player] = tuple(s for s in survivors[step.player] if s != step.strategy)
        steps += fallen
        number += 1
    left = {profile: game.payoffs[profile] for profile in product(*survivors.values())}
    return Elimination(tuple(steps), survivors, StrategicGame(survivors, left), complete)


def _fallen(game: StrategicGame, survivors: Mapping[str, Sequence[str]], weak: bool, number: int) -> list[Step]:
    """What one round removes."""
    fallen: list[Step] = []
    for player in game.players:
        gone: list[str] = []
        for k, strategy in enumerate(survivors[player], start=1):
            if expired(f"round {number}, {player}'s strategy {k} of {len(survivors[player])}"):
                raise OutOfTimeError
            rivals = tuple(s for s in survivors[player] if s != strategy and s not in gone)
            if dominating(game, survivors, player, strategy, rivals, weak):
                gone.append(strategy)
        staying = tuple(s for s in survivors[player] if s not in gone)
        for strategy in gone:
            if dominator := dominating(game, survivors, player, strategy, staying, weak):
                fallen.append(Step(number, player, strategy, *dominator))
    return fallen


def dominating(
    game: StrategicGame,
    survivors: Mapping[str, Sequence[str]],
    player: str,
    strategy: str,
    rivals: Sequence[str],
    weak: bool = False,
) -> tuple[dict[str, Fraction], bool] | None:
    """A mixture of ``rivals`` that dominates ``strategy`` against the others' ``survivors``, and whether strictly.

    None if there is no such mixture. A single rival is preferred to a mixture, and strict dominance to weak. Raises
    `OutOfTimeError` if the time is up.
    """
    gains = [
        [
            other - own
            for other, own in zip(
                _payoffs(game, survivors, player, rival),
                _payoffs(game, survivors, player, strategy),
                strict=True,
            )
        ]
        for rival in rivals
    ]
    if not gains:
        return None
    for strict in (True, False) if weak else (True,):
        for rival, row in zip(rivals, gains, strict=True):
            if min(row) > 0 if strict else min(row) >= 0 and max(row) > 0:
                return {rival: Fraction(1)}, strict
        if mix := _mixture(gains, strict):
            return {rival: weight for rival, weight in zip(rivals, mix, strict=True) if weight}, strict
    return None


def _mixture(gains: Sequence[Sequence[Number]], strict: bool) -> list[Fraction] | None:
    """Weights, summing to one, whose mixture of the rows is > 0 everywhere (``strict``), or ≥ 0 and somewhere > 0.

    Both are linear programs for which the origin is feasible: maximise t subject to t ≤ each column of the mixture and
    weights summing to at most one; or maximise the sum of the columns, each kept ≥ 0. The maximum is positive exactly
    if the mixture exists.
    """
    columns = list(zip(*gains, strict=True))
    weights = len(gains)
    objective: list[Number]
    rows: list[list[Number]]
    if strict:
        objective = [*(0 for _ in gains), 1]
        rows = [[*(-g for g in column), 1] for column in columns] + [[1] * weights + [0]]
    else:
        objective = [sum(row, Fraction(0)) for row in gains]
        rows = [[-g for g in column] for column in columns] + [[1] * weights]
    best, solution = maximise(objective, rows, [0] * len(columns) + [1], stoppable=True)
    if best <= 0:
        return None
    total = sum(solution[:weights])
    return [weight / total for weight in solution[:weights]]


def _payoffs(game: StrategicGame, survivors: Mapping[str, Sequence[str]], player: str, strategy: str) -> list[Any]:
    """What ``strategy`` pays against each profile of the others' survivors."""
    position = game.players.index(player)
    choices = [(strategy,) if other == player else survivors[other] for other in game.players]
    return [game.payoffs[profile][position] for profile in product(*choices)]


def elimination_conditions(game: StrategicGame, steps: Sequence[Step]) -> tuple[Any, ...]:
    """What each step's dominator pays more than its victim, against every profile that the rounds before have left.

    The steps are an elimination by strict dominance exactly where all of these expressions are > 0, and by weak
    dominance where they are ≥ 0 and of each step's some is > 0. Which elimination solves a game differs from payoff to
    payoff, so dominance has these conditions of given steps, and none of a profile alone.
    """
    survivors = dict(game.strategies)
    result: list[Any] = []
    for number in sorted({step.round for step in steps}):
        fallen = [step for step in steps if step.round == number]
        for step in fallen:
            own = _payoffs(game, survivors, step.player, step.strategy)
            rivals = [_payoffs(game, survivors, step.player, label) for label in step.dominator]
            for victim, *values in zip(own, *rivals, strict=True):
                pays = sum(w * value for w, value in zip(step.dominator.values(), values, strict=True))
                result.append(pays - victim)
        for step in fallen:
            survivors[step.player] = tuple(s for s in survivors[step.player] if s != step.strategy)
    return tuple(result)
