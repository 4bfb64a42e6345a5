"""The independent check of an equilibrium: best responses and regret.

A player's regret is what the best deviation alone would add to that player's payoff. A profile is a Nash equilibrium
exactly if nobody has regret; a profile of a tree is subgame-perfect exactly if nobody has regret in any subgame, and so
are trigger strategies of a repeated game, and what is done by state in a stochastic game, from every state on. In a
graph model, regret is what the best move from the state would add.
Nothing here uses a solver.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from itertools import product
from math import prod
from typing import Any, TypeAlias

from games.errors import InputError, quoted
from games.exact import Number
from games.forms.extensive import Decision, ExtensiveGame, InformationSet, Outcome, Path
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import AGREED, BREACH, RepeatedGame, trigger_plans
from games.forms.stochastic import StochasticGame, key
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies, strategy_payoffs

Node: TypeAlias = tuple[str, ...]
"""Where a player stands between two rounds: phase and state, or the state alone."""


def best_responses(game: StrategicGame, strategies: Strategies, player: str) -> tuple[str, ...]:
    """The strategies that pay ``player`` most against the others' part of ``strategies``."""
    payoffs = strategy_payoffs(game, strategies, player)
    best = max(payoffs.values())
    return tuple(label for label, value in payoffs.items() if value == best)


@singledispatch
def regret(game: Game, strategies: Strategies) -> dict[str, Number]:
    """Each player's regret: the most that deviating alone would add, in a tree over all subgames.

    Zero for everybody exactly if ``strategies`` is a Nash equilibrium of the strategic form, a subgame-perfect
    equilibrium of the tree, which must have perfect information, or of the repeated game, or a Nash stable state.
    Raises `InputError` for a game whose form has no regret here.
    """
    if game.written_out is not game:
        return regret(game.written_out, strategies)
    raise InputError(f"regret is not defined here for {game.kind}")


@regret.register
def _(game: StrategicGame, strategies: Strategies) -> dict[str, Number]:
    result: dict[str, Number] = {}
    for player in game.players:
        payoffs = strategy_payoffs(game, strategies, player)
        own = sum((strategies[player].get(label, 0) * value for label, value in payoffs.items()), Fraction(0))
        result[player] = max(payoffs.values()) - own
    return result


@regret.register
def _(game: RepeatedGame, strategies: Strategies) -> dict[str, Number]:
    return {player: _gain_in_rounds(game, strategies, player) for player in game.players}


@regret.register
def _(game: StochasticGame, strategies: Strategies) -> dict[str, Number]:
    return {player: _gain_in_states(game, strategies, player) for player in game.players}


@regret.register
def _(game: GraphModel, strategies: Strategies) -> dict[str, Number]:
    return {player: _gain_by_moving(game, strategies, player) for player in strategies}


@regret.register
def _(game: ExtensiveGame, strategies: Strategies) -> dict[str, Number]:
    if not game.has_perfect_information:
        raise InputError("regret in every subgame is defined here for trees of perfect information only")
    return {player: _greatest_gain(game, strategies, position) for position, player in enumerate(game.players)}


def nash_regret(game: ExtensiveGame, strategies: Strategies) -> dict[str, Number]:
    """Each player's regret at the start of a tree with perfect recall: what the best other plan for the tree would add.

    A player's information sets are settled from its last moves to its first; at each, the action that is best in
    expectation over where the others and chance lead.
    """
    start: dict[Path, Fraction] = {(): Fraction(1)}
    return {player: best_plan(game, strategies, player, start)[1] for player in game.players}


def belief_regret(
    game: ExtensiveGame, strategies: Strategies, beliefs: Mapping[str, Mapping[Path, Any]]
) -> dict[str, Fraction]:
    """At each information set of a tree with perfect recall: what the best other plan from there on would add.

    Nodes are weighted by ``beliefs``; where these say nothing there must be one decision. Zero everywhere exactly if
    the strategies are sequentially rational (Kreps & Wilson 1982).
    """
    result = {}
    for name, information_set in game.information_sets.items():
        held = {path: Fraction(weight) for path, weight in belief(information_set, beliefs).items()}
        result[name] = best_plan(game, strategies, information_set.player, held)[1]
    return result


def belief(information_set: InformationSet, beliefs: Mapping[str, Mapping[Path, Any]]) -> Mapping[Path, Any]:
    """What is believed at the information set; a single decision is certain.

    Raises `InputError` where several decisions look alike and nothing is said.
    """
    if information_set.name in beliefs:
        held = beliefs[information_set.name]
        return {path: held.get(path, Fraction(0)) for path in information_set.paths}
    if len(information_set.paths) > 1:
        raise InputError(f"there is no belief at the information set {quoted(information_set.name)}; give one")
    return {information_set.paths[0]: Fraction(1)}


def best_plan(
    game: ExtensiveGame, strategies: Strategies, player: str, held: Mapping[Path, Fraction]
) -> tuple[dict[str, str], Fraction]:
    """The player's best other plan from the nodes ``held``, weighted, on in a tree with perfect recall: what it does at
    each information set from there on, and what it adds to following ``strategies``."""
    position = game.players.index(player)
    likelihood = dict(held)
    for path, node in game.nodes.items():
        if path not in likelihood:
            continue
        for action, weight in _steps(game, strategies, path).items():
            mine = isinstance(node, Decision) and node.player == player
            likelihood[(*path, action)] = likelihood[path] * (1 if mine else weight)
    own = [s for s in game.information_sets.values() if s.player == player and s.paths[0] in likelihood]
    best: dict[str, str] = {}

    def value(path: Path, plan: dict[str, str] | None) -> Fraction:
        node = game.nodes[path]
        if isinstance(node, Outcome):
            return Fraction(node.payoffs[position])
        if plan is not None and isinstance(node, Decision) and node.player == player:
            return value((*path, plan[game.information_set_at(path)]), plan)
        steps = _steps(game, strategies, path)
        return sum((w * value((*path, action), plan) for action, w in steps.items() if w), Fraction(0))

    def earlier_moves(path: Path) -> int:
        before = (game.nodes[path[:k]] for k in range(len(path)))
        return sum(isinstance(node, Decision) and node.player == player for node in before)

    for information_set in sorted(own, key=lambda s: -earlier_moves(s.paths[0])):
        pays = {
            action: sum((likelihood[p] * value((*p, action), best) for p in information_set.paths), Fraction(0))
            for action in information_set.actions
        }
        best[information_set.name] = max(pays, key=lambda action: pays[action])
    return best, sum((weight * (value(path, best) - value(path, None)) for path, weight in held.items()), Fraction(0))


def _steps(game: ExtensiveGame, strategies: Strategies, path: Path) -> dict[str, Fraction]:
    """The probabilities of what follows the node at ``path``; nothing follows an outcome."""
    node = game.nodes[path]
    if isinstance(node, Decision):
        mix = strategies[game.information_set_at(path)]
        return {action: Fraction(mix.get(action, 0)) for action in node.actions}
    if isinstance(node, Outcome):
        return {}
    return {event: Fraction(probability) for event, (probability, _) in node.events.items()}


def _greatest_gain(game: ExtensiveGame, strategies: Strategies, position: int) -> Fraction:
    """The most that the player at ``position`` gains by deviating anywhere below any node, the others playing on."""
    player = game.players[position]
    played: dict[Path, Fraction] = {}
    best: dict[Path, Fraction] = {}
    greatest = Fraction(0)
    for path, node in reversed(list(game.nodes.items())):
        if isinstance(node, Outcome):
            played[path] = best[path] = Fraction(node.payoffs[position])
            continue
        weights = _steps(game, strategies, path)
        children = {action: (*path, action) for action in weights}
        played[path] = sum((weights[a] * played[child] for a, child in children.items()), Fraction(0))
        if isinstance(node, Decision) and node.player == player:
            best[path] = max(best[child] for child in children.values())
            greatest = max(greatest, best[path] - played[path])
        else:
            best[path] = sum((weights[a] * best[child] for a, child in children.items()), Fraction(0))
            greatest = max(greatest, best[path] - played[path])
    return greatest


def _gain_by_moving(game: GraphModel, strategies: Strategies, player: str) -> Fraction:
    (state,) = (state for state, weight in strategies[player].items() if weight)
    moves = [game.payoff(target, player) for target in game.moves_from(state, player)]
    own = Fraction(game.payoff(state, player))
    return max([own, *map(Fraction, moves)]) - own


def _gain_in_rounds(game: RepeatedGame, strategies: Strategies, player: str) -> Fraction:
    """The most that ``player`` gains by any other way to play from any phase and state on, the others playing on."""
    agreement, threat = trigger_plans(game, strategies)
    plans = {AGREED: agreement, BREACH: threat}
    position = game.players.index(player)

    def profile(node: Node, action: str) -> tuple[str, ...]:
        planned = plans[node[0]][node[1]]
        return (*planned[:position], action, *planned[position + 1 :])

    def following(node: Node, action: str) -> dict[Node, Fraction]:
        played = profile(node, action)
        phase = node[0] if played == plans[node[0]][node[1]] else BREACH
        return {(phase, after): Fraction(odds) for after, odds in game.transitions[node[1]][played].items()}

    def now(node: Node, action: str) -> Fraction:
        return Fraction(game.stages[node[1]].payoff(profile(node, action), player))

    own: dict[Node, dict[str, Fraction]] = {
        (phase, state): {
            action: Fraction(action == plan[state][position]) for action in game.stages[state].strategies[player]
        }
        for phase, plan in plans.items()
        for state in game.states
    }
    return _Forever(Fraction(game.discounts[player]), now, following).gain(own)


def _gain_in_states(game: StochasticGame, strategies: Strategies, player: str) -> Fraction:
    """The most that ``player`` gains by any other way to play from any state on, the others playing on."""
    position = game.players.index(player)

    def against(node: Node, action: str) -> Iterator[tuple[tuple[str, ...], Fraction]]:
        mixes = [
            {action: 1} if k == position else strategies[key(other, node[0])] for k, other in enumerate(game.players)
        ]
        for drawn in product(*(mix.items() for mix in mixes)):
            yield tuple(label for label, _ in drawn), prod((Fraction(w) for _, w in drawn), start=Fraction(1))

    def now(node: Node, action: str) -> Fraction:
        stage = game.stages[node[0]]
        return sum((w * stage.payoff(profile, player) for profile, w in against(node, action)), Fraction(0))

    def following(node: Node, action: str) -> dict[Node, Fraction]:
        odds: dict[Node, Fraction] = {}
        for profile, weight in against(node, action):
            for after, probability in game.moves[node[0]][profile].items():
                odds[after,] = odds.get((after,), Fraction(0)) + weight * probability
        return odds

    own: dict[Node, dict[str, Fraction]] = {
        (state,): {a: Fraction(w) for a, w in strategies[key(player, state)].items()} for state in game.stages
    }
    return _Forever(Fraction(game.discount_factor), now, following).gain(own)


@dataclass(frozen=True)
class _Forever:
    """One player's choices from round to round, at nodes: what each pays now, and with which odds it leads where."""

    discount: Fraction
    now: Callable[[Node, str], Fraction]
    following: Callable[[Node, str], Mapping[Node, Fraction]]

    def gain(self, played: Mapping[Node, Mapping[str, Fraction]]) -> Fraction:
        """What the best other choices add to the mixtures ``played``, on average over the rounds, at the worst node.

        Found by improving the choices until none can be improved (policy iteration; Howard 1960).
        """
        values = self.worth(played)
        choice = {node: max(mix, key=lambda action: mix[action]) for node, mix in played.items()}
        while True:
            best = self.worth({node: {action: Fraction(1)} for node, action in choice.items()})
            better = dict(choice)
            for node, mix in played.items():
                pays = {action: self.pays(node, action, best) for action in mix}
                greatest = max(pays, key=lambda action: pays[action])
                if pays[greatest] > best[node]:
                    better[node] = greatest
            if better == choice:
                return (1 - self.discount) * max(best[node] - values[node] for node in played)
            choice = better

    def pays(self, node: Node, action: str, values: Mapping[Node, Fraction]) -> Fraction:
        """What the action pays if ``values`` are what comes after it."""
        later = sum((p * values[after] for after, p in self.following(node, action).items()), Fraction(0))
        return self.now(node, action) + self.discount * later

    def worth(self, mixed: Mapping[Node, Mapping[str, Fraction]]) -> dict[Node, Fraction]:
        """The discounted sum of what these mixtures pay from each node on."""
        nodes = list(mixed)
        rows = []
        for start, mix in mixed.items():
            row = [Fraction(node == start) for node in nodes]
            paid = Fraction(0)
            for action, weight in mix.items():
                if weight:
                    odds = self.following(start, action)
                    row = [
                        a - self.discount * weight * odds.get(b, Fraction(0)) for a, b in zip(row, nodes, strict=True)
                    ]
                    paid += weight * self.now(start, action)
            rows.append([*row, paid])
        return dict(zip(nodes, solved(rows), strict=True))


def solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """The solution of regular linear equations, each given by its coefficients and its right side."""
    size = len(rows)
    for column in range(size):
        pivot = next(k for k in range(column, size) if rows[k][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for k in range(size):
            if k != column and rows[k][column]:
                factor = rows[k][column]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[column], strict=True)]
    return [row[-1] for row in rows]
