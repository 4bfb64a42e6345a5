"""A second, slower way to find equilibria, against which the analyses are judged."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias

import pytest

from games import AlternatingOffers, Decision, ExtensiveGame, Outcome, StrategicGame
from games.forms.extensive import Node, Path
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import Plan, RepeatedGame
from games.model import Model

Play: TypeAlias = tuple[tuple[Fraction, ...], frozenset[Path]]
"""What an equilibrium pays, and the paths, the profile, the agreement or the state that it reaches."""


def tree_plays(node: Node, path: Path, players: tuple[str, ...]) -> set[Play]:
    """The plays of all pure subgame-perfect equilibria from ``node`` on.

    An action with a certain continuation can be chosen exactly if every other action has some continuation that pays
    the mover no more.
    """
    if isinstance(node, Outcome):
        return {(tuple(Fraction(payoff) for payoff in node.payoffs), frozenset([path]))}
    if isinstance(node, Decision):
        mover = players.index(node.player)
        after = {action: tree_plays(child, (*path, action), players) for action, child in node.actions.items()}
        least = {action: min(payoffs[mover] for payoffs, _ in plays) for action, plays in after.items()}
        return {
            (payoffs, reached)
            for action, plays in after.items()
            for payoffs, reached in plays
            if all(payoffs[mover] >= floor for other, floor in least.items() if other != action)
        }
    weights = [Fraction(weight) for weight, _ in node.events.values()]
    branches = [tree_plays(child, (*path, event), players) for event, (_, child) in node.events.items()]
    found = set()
    for chosen in product(*branches):
        payoffs = tuple(
            sum(w * each[0][k] for w, each in zip(weights, chosen, strict=True)) for k, _ in enumerate(players)
        )
        happens = [each[1] for w, each in zip(weights, chosen, strict=True) if w]
        found.add((payoffs, frozenset().union(*happens)))
    return found


def pure_plays(game: StrategicGame) -> Iterator[Play]:
    """All pure Nash equilibria, from the definition: nobody gains by deviating alone."""
    for profile in product(*game.strategies.values()):
        own = game.payoffs[profile]
        deviations = (
            (position, game.payoffs[(*profile[:position], strategy, *profile[position + 1 :])])
            for position, player in enumerate(game.players)
            for strategy in game.strategies[player]
        )
        if all(other[position] <= own[position] for position, other in deviations):
            yield tuple(Fraction(payoff) for payoff in own), frozenset([profile])


def solution(rows: list[list[Fraction]]) -> list[Fraction]:
    """Solves linear equations, each a row of coefficients and the right side, one unknown after the other."""
    if not rows:
        return []
    first = next(row for row in rows if row[0])
    rest = [
        [value - row[0] / first[0] * lead for value, lead in zip(row[1:], first[1:], strict=True)]
        for row in rows
        if row is not first
    ]
    later = solution(rest)
    return [(first[-1] - sum(a * b for a, b in zip(first[1:-1], later, strict=True))) / first[0], *later]


def trigger_plays(game: RepeatedGame) -> Iterator[Play]:
    """All agreements that a threat holds up: no other choices in all phases and states pay more from any of them."""

    def values(position: int, plans: tuple[Plan, Plan], own: Mapping[tuple[int, str], str]) -> list[Fraction]:
        """What the player gets from each node on, choosing as in ``own`` while the others follow the plans."""
        nodes = list(own)
        delta = Fraction(game.discounts[game.players[position]])
        rows = []
        for phase, state in nodes:
            planned = plans[phase][state]
            played = (*planned[:position], own[phase, state], *planned[position + 1 :])
            following = {
                (phase if played == planned else 1, after): Fraction(odds)
                for after, odds in game.transitions[state][played].items()
            }
            row = [Fraction(node == (phase, state)) - delta * following.get(node, Fraction(0)) for node in nodes]
            rows.append([*row, (1 - delta) * Fraction(game.stages[state].payoffs[played][position])])
        return solution(rows)

    every = list(game.plans)
    for agreement, threat in product(every, repeat=2):
        plans = (agreement, threat)
        nodes = [(phase, state) for phase in (0, 1) for state in game.states]
        paid, holds = [], True
        for position, player in enumerate(game.players):
            menus = [game.stages[state].strategies[player] for _, state in nodes]
            planned = values(position, plans, {(k, s): plans[k][s][position] for k, s in nodes})
            paid.append(planned[game.states.index(game.start)])
            for chosen in product(*menus):
                other = values(position, plans, dict(zip(nodes, chosen, strict=True)))
                if any(there > here for there, here in zip(other, planned, strict=True)):
                    holds = False
                    break
            if not holds:
                break
        if holds:
            yield tuple(paid), frozenset([game.path(agreement)])


def stable_plays(game: GraphModel) -> Iterator[Play]:
    """The states that nobody gains by leaving alone."""
    for state, payoffs in game.payoffs.items():
        moves = [(k, target) for k, player in enumerate(game.players) for target in game.moves[player].get(state, ())]
        if all(game.payoffs[target][k] <= payoffs[k] for k, target in moves):
            yield tuple(map(Fraction, payoffs)), frozenset([(state,)])


WAYS = tuple(product((True, False), repeat=3))
"""Whether an offer is accepted, whether its refusal ends talks, and whether the share is at its floor."""


def offer_plays(game: AlternatingOffers) -> Iterator[Play]:
    """All pure stationary equilibria of talks of two players without a last round, who propose in turn.

    Whether an offer is made that is accepted, whether its refusal ends talks, and whether the share is at its floor, is
    tried in every combination; what is then paid solves linear equations, and nobody may gain by another choice.
    """
    turns, risk, pie = list(game.proposers), Fraction(game.breakdown_risk), Fraction(game.pie)
    places = [(k, player) for k, _ in enumerate(turns) for player in game.players]
    weight = {p: (1 - risk) * Fraction(game.discounts[p]) for p in game.players}
    best = max(paid.get(game.presser, 0) for paid in game.pressures.values())
    pressed = [paid for paid in game.pressures.values() if paid.get(game.presser, 0) == best]
    for inside, chosen in product(product(pressed, repeat=len(turns)), product(WAYS, repeat=len(turns))):
        now = {
            (k, p): risk * game.breakdown[p] + (1 - risk) * (1 - Fraction(game.discounts[p])) * inside[k][p]
            for k, p in places
        }
        rows = []
        for k, player in places:
            agreed, left, floored = chosen[k]
            (responder,) = (p for p in game.players if p != turns[k])
            row, right = dict.fromkeys(places, Fraction(0)), Fraction(0)
            row[k, player] += 1
            if agreed and player == turns[k]:
                row[k, responder] += 1
                right = pie
            elif agreed and floored:
                right = Fraction(game.floors.get(player, 0))
            elif left:
                right = Fraction(game.outside.get(player, 0))
            else:
                row[(k + 1) % len(turns), player] -= weight[player]
                right = now[k, player]
            rows.append([*row.values(), right])
        paid = dict(zip(places, solution(rows), strict=True))
        later = {(k, p): paid[(k + 1) % len(turns), p] for k, p in places}
        talks = [{p: now[k, p] + weight[p] * later[k, p] for p in game.players} for k, _ in enumerate(turns)]
        if all(_is_best(game, turns[k], talk, chosen[k]) for k, talk in enumerate(talks)):
            yield tuple(paid[0, p] for p in game.players), frozenset([_end(game, turns, chosen)])


def _is_best(
    game: AlternatingOffers, proposer: str, talk: Mapping[str, Fraction], chosen: tuple[bool, bool, bool]
) -> bool:
    agreed, left, floored = chosen
    (responder,) = (p for p in game.players if p != proposer)
    if left and (responder not in game.leavers or talk[responder] > game.outside[responder]):
        return False
    if not left and responder in game.leavers and talk[responder] < game.outside[responder]:
        return False
    refused = {p: Fraction(v) for p, v in game.outside.items()} if left else talk
    floor = game.floors.get(responder)
    binds = floor is not None and floor > refused[responder]
    if floored != (binds and agreed):
        return False
    kept = Fraction(game.pie) - (Fraction(floor or 0) if binds else refused[responder])
    possible = kept >= game.floors.get(proposer, kept)
    return (possible and kept >= refused[proposer]) if agreed else (not possible or kept <= refused[proposer])


def _end(game: AlternatingOffers, turns: list[str], chosen: tuple[tuple[bool, bool, bool], ...]) -> Path:
    assert not game.breakdown_risk or all(agreed or left for agreed, left, _ in chosen) or chosen[0][0] or chosen[0][1]
    for player, (agreed, left, _) in zip(turns, chosen, strict=True):
        if agreed or left:
            return (f"{player} proposes", "Agreement" if agreed else "Talks are left")
    return ("Talks for ever",)


@pytest.fixture(scope="session")
def plays_of() -> Callable[[Game], set[Play]]:
    """Gives the plays of all pure equilibria of a game: those of the concept that the analyses follow."""

    def plays(game: Game) -> set[Play]:
        match game:
            case ExtensiveGame():
                return tree_plays(game.root, (), game.players)
            case RepeatedGame():
                return set(trigger_plays(game))
            case GraphModel():
                return set(stable_plays(game))
            case AlternatingOffers():
                return set(offer_plays(game))
        return set(pure_plays(game))

    return plays


@pytest.fixture(scope="session")
def plays_at(
    plays_of: Callable[[Game], set[Play]],
) -> Callable[[Model, Mapping[str, object]], set[Play]]:
    """Gives for a model and exact values the plays of all pure equilibria there."""

    def plays(model: Model, values: Mapping[str, object]) -> set[Play]:
        return plays_of(model.at(**values))

    return plays


@pytest.fixture(scope="session")
def words_at(plays_at: Callable[[Model, Mapping[str, object]], set[Play]]) -> Callable[..., tuple[str, ...]]:
    """Gives for a model and exact values the outcomes in words that the pure equilibria there reach."""

    def words(model: Model, values: Mapping[str, object]) -> tuple[str, ...]:
        reached = {model.outcome_words(path) for _, paths in plays_at(model, values) for path in paths}
        return tuple(sorted(reached)) or ("No equilibrium in pure strategies",)

    return words
