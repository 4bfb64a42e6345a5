"""Repeated games with states: agreements that a grim trigger holds up, by the one-shot deviation principle.

As long as the agreement is kept it is followed; after any breach everybody turns for good to the threat (Friedman 1971,
Review of Economic Studies 38). This is subgame-perfect exactly if neither before nor after a breach, in no state, one
change of action followed by playing on pays its player (Blackwell 1965, Annals of Mathematical Statistics 36).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from games.forms.repeated import AGREED, BREACH, RepeatedGame
from judges.linear import solved

Plan: TypeAlias = Mapping[str, tuple[str, ...]]
"""What everybody does in each state."""


@dataclass(frozen=True)
class Trigger:
    agreement: Plan
    threat: Plan


def worth(game: RepeatedGame, plan: Plan, player: str) -> dict[str, Fraction]:
    """What following the plan for good is worth to the player from each state on: v = u + δ P v."""
    k, delta = game.players.index(player), Fraction(game.discounts[player])
    rows = []
    for state in game.states:
        odds = game.transitions[state][plan[state]]
        row = [Fraction(state == after) - delta * Fraction(odds.get(after, 0)) for after in game.states]
        rows.append([*row, Fraction(game.stages[state].payoffs[plan[state]][k])])
    found = solved(rows, len(rows))
    assert found is not None, "1 − δP is regular for every δ below 1"
    return dict(zip(game.states, found, strict=True))


def average(game: RepeatedGame, plan: Plan, player: str) -> Fraction:
    """The payoff which, received in every round, is worth as much from the start on."""
    return (1 - Fraction(game.discounts[player])) * worth(game, plan, player)[game.start]


def is_held_up(game: RepeatedGame, trigger: Trigger) -> bool:
    """No one-shot deviation pays, whether from the agreement or from the threat."""
    for k, player in enumerate(game.players):
        delta = Fraction(game.discounts[player])
        after_breach = worth(game, trigger.threat, player)
        for plan in (trigger.agreement, trigger.threat):
            kept = worth(game, plan, player)
            for state in game.states:
                for action in game.stages[state].strategies[player]:
                    profile = (*plan[state][:k], action, *plan[state][k + 1 :])
                    if profile == plan[state]:
                        continue
                    odds = game.transitions[state][profile]
                    later = sum((Fraction(w) * after_breach[s] for s, w in odds.items()), Fraction(0))
                    if Fraction(game.stages[state].payoffs[profile][k]) + delta * later > kept[state]:
                        return False
    return True


def plans(game: RepeatedGame) -> Iterator[Plan]:
    for chosen in product(*(stage.payoffs for stage in game.stages.values())):
        yield dict(zip(game.stages, chosen, strict=True))


def triggers(game: RepeatedGame) -> list[Trigger]:
    """Every agreement with every threat that holds it up."""
    every = list(plans(game))
    threats = [plan for plan in every if is_held_up(game, Trigger(plan, plan))]
    return [Trigger(a, t) for a in every for t in threats if is_held_up(game, Trigger(a, t))]


def read(game: RepeatedGame, strategies: Mapping[str, Mapping[str, Fraction]]) -> Trigger:
    """The agreement and the threat in strategies by "player, phase: state"."""

    def chosen(player: str, phase: str, state: str) -> str:
        (action,) = (a for a, weight in strategies[f"{player}, {phase}: {state}"].items() if weight)
        return action

    agreement, threat = (
        {state: tuple(chosen(player, phase, state) for player in game.players) for state in game.states}
        for phase in (AGREED, BREACH)
    )
    return Trigger(agreement, threat)
