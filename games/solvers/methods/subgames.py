"""Subgame perfection under imperfect information: solve the last subgames first, and put what they pay in their place.

Definition: Selten (1965, 1975). A subgame starts at a decision or chance move that no information set ties to the rest
of the tree. Each subgame, with the smaller ones inside it replaced by payoffs of one of their equilibria, is solved for
all its Nash equilibria; every combination of them is a subgame-perfect equilibrium of the whole.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.forms.reduced import behaviour, check_perfect_recall
from games.play.payoffs import continuation_payoffs, reached
from games.play.subgames import subgame_roots
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.nash.nash import nash

MOST_EQUILIBRIA = 1_000
"""The most ways to play a subgame that are continued."""

Behaviour = Mapping[str, Mapping[str, Any]]
"""Information set → action → probability."""


@dataclass(frozen=True)
class _Solved:
    """One way to play a subgame: what it pays each player, and the behaviour in it."""

    payoffs: tuple[Any, ...]
    behaviour: Behaviour


def in_every_subgame(game: ExtensiveGame) -> Equilibria:
    """The subgame-perfect equilibria of a tree with perfect recall, from all Nash equilibria of its subgames.

    Of a continuum of equilibria in a subgame its extreme equilibria are continued, and the answer is not complete. Nor
    is it where a player's own choice excludes an information set of the same subgame: any behaviour there belongs to an
    equilibrium, and shown is what is best there if it is reached by mistake.
    """
    check_perfect_recall(game)
    solved: dict[Path, list[_Solved]] = {}
    remarks: list[str] = []
    exact = True
    for root in subgame_roots(game):
        ways: list[_Solved] = []
        inner = _inner_roots(root, solved)
        for chosen in product(*(solved[path] for path in inner)):
            if expired() or len(ways) > MOST_EQUILIBRIA:
                remarks.append(STOPPED)
                break
            below = dict(zip(inner, chosen, strict=True))
            found = _solve_pruned(game, root, below)
            exact = exact and found.exact
            remarks += _left_out(found, f"the subgame at {' → '.join(root) or 'the start'}")
            for equilibrium in found:
                if root and any(isinstance(value, float) for value in equilibrium.payoffs.values()):
                    remarks.append(f"the subgame at {' → '.join(root)} was continued with payoffs rounded to floats")
                ways.append(_joined(game, root, below, equilibrium))
        solved[root] = ways
    equilibria = []
    for way in solved[()]:
        excluded = _excluded(game, way.behaviour, solved)
        equilibria.append(_whole(game, _with_best(game, way, excluded), exact))
        remarks += [
            f"at {name}, which {game.information_sets[name].player}'s own choice excludes, any other behaviour is part "
            "of an equilibrium, too"
            for name in excluded
            if len(game.information_sets[name].actions) > 1
        ]
    unique = list({str(one.strategies): one for one in equilibria}.values())
    return Equilibria(
        game,
        "subgame-perfect",
        tuple(unique),
        complete=not remarks,
        exact=exact,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _left_out(found: Equilibria, where: str) -> list[str]:
    """What to say where not every equilibrium of a subgame is continued."""
    if not found.complete:
        return [f"{where} is not solved completely: {'; '.join(found.remarks)}"]
    if any(not component.is_point for component in found.components):
        return [f"{where} has a continuum of equilibria, of which the extreme ones are listed"]
    return []


def _inner_roots(root: Path, solved: Mapping[Path, object]) -> list[Path]:
    """The largest solved subgames strictly inside the one at ``root``."""
    inside = [path for path in solved if len(path) > len(root) and path[: len(root)] == root]
    return [path for path in inside if not any(len(o) < len(path) and path[: len(o)] == o for o in inside)]


def _solve_pruned(game: ExtensiveGame, root: Path, below: Mapping[Path, _Solved]) -> Equilibria:
    """The Nash equilibria of the subgame at ``root`` with what is below replaced by its payoffs."""
    return nash(ExtensiveGame(game.players, _pruned(game, game.nodes[root], root, below)))


def _pruned(game: ExtensiveGame, node: Node, path: Path, below: Mapping[Path, _Solved]) -> Node:
    if path in below:
        return Outcome(below[path].payoffs)
    match node:
        case Decision(player=player, actions=actions):
            children = {a: _pruned(game, child, (*path, a), below) for a, child in actions.items()}
            return Decision(player, children, game.information_set_at(path))
        case Chance(events=events):
            return Chance({e: (w, _pruned(game, child, (*path, e), below)) for e, (w, child) in events.items()})
    return node


def _joined(game: ExtensiveGame, root: Path, below: Mapping[Path, _Solved], equilibrium: Equilibrium) -> _Solved:
    """The subgame's equilibrium as behaviour, with that in the smaller subgames."""
    play: dict[str, Mapping[str, Any]] = {}
    for way in below.values():
        play.update(way.behaviour)
    if equilibrium.outcomes:
        # From the sequence form, which answers in behaviour.
        play.update(equilibrium.strategies)
    elif equilibrium.strategies:
        pruned = ExtensiveGame(game.players, _pruned(game, game.nodes[root], root, below))
        for player in game.players:
            play.update(behaviour(pruned, player, equilibrium.strategies[player]))
    return _Solved(tuple(Fraction(equilibrium.payoffs[player]) for player in game.players), play)


def _excluded(game: ExtensiveGame, play: Behaviour, roots: Collection[Path]) -> dict[str, Path]:
    """The information sets that their player's own choices exclude, with the smallest subgame that holds them."""
    found = {}
    for name, information_set in game.information_sets.items():
        root = max((r for r in roots if all(path[: len(r)] == r for path in information_set.paths)), key=len)
        if not any(
            _likelihood(game, play, root, path, information_set.player, own=True) for path in information_set.paths
        ):
            found[name] = root
    return found


def _likelihood(game: ExtensiveGame, play: Behaviour, root: Path, path: Path, player: str, own: bool) -> Any:
    """How likely the player's ``own`` choices, or else those of all others and of chance, make it to come to a node."""
    result: Any = Fraction(1)
    for k in range(len(root), len(path)):
        node = game.nodes[path[:k]]
        if isinstance(node, Chance):
            result *= 1 if own else Fraction(node.events[path[k]][0])
        elif isinstance(node, Decision) and own is (node.player == player):
            result *= play[game.information_set_at(path[:k])][path[k]]
    return result


def _with_best(game: ExtensiveGame, way: _Solved, excluded: Mapping[str, Path]) -> _Solved:
    """With the best action at each information set that is excluded, as far as the others may lead there.

    The later ones come first, since what is best earlier hangs on them.
    """
    play = dict(way.behaviour)
    for name in sorted(excluded, key=lambda each: -max(map(len, game.information_sets[each].paths))):
        information_set = game.information_sets[name]
        position = game.players.index(information_set.player)
        weights = {
            path: _likelihood(game, play, excluded[name], path, information_set.player, own=False)
            for path in information_set.paths
        }
        if not any(weights.values()):
            continue
        pays = continuation_payoffs(game, play)
        worth = {
            action: sum(weight * pays[*path, action][position] for path, weight in weights.items())
            for action in information_set.actions
        }
        best = max(worth, key=lambda action: worth[action])
        play[name] = {action: Fraction(action == best) for action in information_set.actions}
    return replace(way, behaviour=play)


def _whole(game: ExtensiveGame, way: _Solved, exact: bool) -> Equilibrium:
    """The whole game's equilibrium, in floats unless all of it is ``exact``."""
    number: Any = Fraction if exact else float
    strategies = {
        name: {action: number(weight) for action, weight in way.behaviour[name].items()}
        for name in game.information_sets
    }
    payoffs = {player: number(value) for player, value in zip(game.players, way.payoffs, strict=True)}
    return Equilibrium(strategies, payoffs, tuple(reached(game, strategies)))
