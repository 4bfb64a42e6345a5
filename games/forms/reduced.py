"""The reduced strategic form of a tree, and the way back from its mixed strategies to behaviour.

A strategy chooses at every information set of its player; two strategies that differ only where the player's own
earlier choices rule the decision out are one reduced strategy. Its label joins the actions it chooses with ``/``, in
the order in which the tree meets the information sets. Sources: Kuhn (1953); Dalkey (1953).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from games.errors import InputError, listed
from games.forms import LONGEST_LABEL
from games.forms.extensive import Chance, Decision, ExtensiveGame, InformationSet, Node, Outcome, Path
from games.forms.strategic import MOST_PROFILES, StrategicGame

Plan = Mapping[str, str]
"""The action at each information set that the plan's own choices leave open."""


def plans(game: ExtensiveGame, player: str) -> list[Plan]:
    """Every reduced strategy of ``player``."""
    return [dict(plan) for plan in _plans(game, game.root, (), player, {})]


def plans_from(game: ExtensiveGame, information_set: InformationSet) -> list[Plan]:
    """Every way in which the information set's player may go on from there; needs perfect recall.

    Raises `InputError` if there are more than `MOST_PROFILES`.
    """
    partial: list[dict[str, str]] = [{}]
    for path in information_set.paths:
        further = (
            plan for known in partial for plan in _plans(game, game.nodes[path], path, information_set.player, known)
        )
        partial = list({tuple(sorted(plan.items())): plan for plan in further}.values())
        if len(partial) > MOST_PROFILES:
            raise InputError(
                f"{information_set.player} has more than {MOST_PROFILES} ways to go on from {information_set.name!r}, "
                "which is too many to list"
            )
    return list(partial)


def _plans(
    game: ExtensiveGame, node: Node, path: Path, player: str, chosen: dict[str, str]
) -> Iterator[dict[str, str]]:
    """The ways to go on choosing below ``node`` after the choices made so far."""
    match node:
        case Outcome():
            yield chosen
        case Decision(player=mover, actions=actions) if mover == player:
            name = game.information_set_at(path)
            allowed = [chosen[name]] if name in chosen else list(actions)
            for action in allowed:
                yield from _plans(game, actions[action], (*path, action), player, {**chosen, name: action})
        case Decision() | Chance():
            names = node.actions if isinstance(node, Decision) else {e: child for e, (_, child) in node.events.items()}
            partial = [chosen]
            for action, child in names.items():
                partial = [
                    further for known in partial for further in _plans(game, child, (*path, action), player, known)
                ]
            yield from {tuple(sorted(plan.items())): plan for plan in partial}.values()


def strategy_counts(game: ExtensiveGame) -> dict[str, int]:
    """How many reduced strategies each player has, counted without listing them; needs perfect recall.

    After each sequence of its own moves a player plans for every information set that may come next: the counts for
    these multiply, and at one information set those after each action add up.
    """
    return {player: _count(game, player) for player in game.players}


def _count(game: ExtensiveGame, player: str) -> int:
    following: dict[tuple[tuple[str, str], ...], list[InformationSet]] = {}
    for information_set in game.information_sets.values():
        if information_set.player == player:
            following.setdefault(memory(game, information_set.paths[0], player), []).append(information_set)

    def ways(moves: tuple[tuple[str, str], ...]) -> int:
        return prod(sum(ways((*moves, (s.name, action))) for action in s.actions) for s in following.get(moves, ()))

    return ways(())


def label(game: ExtensiveGame, plan: Plan) -> str:
    """The plan's actions joined with ``/``, in the order of the information sets."""
    return "/".join(plan[name] for name in game.information_sets if name in plan)


def reduced_strategic_form(game: ExtensiveGame) -> StrategicGame:
    """The reduced strategic form; a player without decisions has one strategy, which is called ``(none)``.

    Raises `InputError` under imperfect recall, and when it would have more than `MOST_PROFILES` profiles.
    """
    check_perfect_recall(game)
    if prod(strategy_counts(game).values()) > MOST_PROFILES:
        raise InputError(f"the reduced strategic form has more than {MOST_PROFILES} profiles, which is too large")
    own = {player: labelled_plans(game, player) for player in game.players}
    payoffs = {
        profile: expected_payoffs(game, [own[player][name] for player, name in zip(game.players, profile, strict=True)])
        for profile in product(*own.values())
    }
    return StrategicGame({player: tuple(named) for player, named in own.items()}, payoffs)


def labelled_plans(game: ExtensiveGame, player: str) -> dict[str, Plan]:
    """The reduced strategies of ``player`` by label.

    Where labels would coincide, they name information sets, too; where that does not help, or labels would be too long,
    they are numbers.
    """
    every = plans(game, player)
    short = [label(game, plan) or "(none)" for plan in every]
    if max(Counter(short).values()) > 1:
        short = ["/".join(f"{name}: {action}" for name, action in plan.items()) for plan in every]
    if len(set(short)) < len(short) or max(map(len, short)) > LONGEST_LABEL:
        short = [str(number) for number in range(1, len(every) + 1)]
    return dict(zip(short, every, strict=True))


def expected_payoffs(game: ExtensiveGame, profile: list[Plan]) -> tuple[Any, ...]:
    """What each player gets in expectation when the players follow these plans."""
    chosen = {name: action for plan in profile for name, action in plan.items()}

    def value(node: Node, path: Path) -> tuple[Any, ...]:
        match node:
            case Outcome(payoffs=payoffs):
                return payoffs
            case Decision(actions=actions):
                action = chosen[game.information_set_at(path)]
                return value(actions[action], (*path, action))
            case Chance(events=events):
                parts = [(weight, value(child, (*path, event))) for event, (weight, child) in events.items()]
                return tuple(sum(w * each[k] for w, each in parts) for k in range(len(game.players)))

    return value(game.root, ())


def behaviour(game: ExtensiveGame, player: str, mixed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The behaviour that a mixed reduced strategy of ``player`` amounts to, at every information set of the player.

    An information set that the mixed strategy never reaches gets its first action. Needs perfect recall (Kuhn 1953).
    """
    own = labelled_plans(game, player)
    result: dict[str, dict[str, Any]] = {}
    for information_set in game.information_sets.values():
        if information_set.player != player:
            continue
        name = information_set.name
        weight: dict[str, Any] = dict.fromkeys(information_set.actions, Fraction(0))
        for plan_label, probability in mixed.items():
            if name in own[plan_label] and probability:
                weight[own[plan_label][name]] += probability
        total = sum(weight.values(), Fraction(0))
        if total:
            result[name] = {action: part / total for action, part in weight.items()}
        else:
            first = information_set.actions[0]
            result[name] = {action: Fraction(action == first) for action in information_set.actions}
    return result


def outcomes_allowed(game: ExtensiveGame, player: str) -> dict[str, frozenset[Path]]:
    """For each reduced strategy of ``player``, by label, the outcomes that the player's own choices do not rule out.

    A profile of mixed strategies reaches an outcome with positive probability exactly if chance does not rule it out
    and every player mixes in some strategy that allows it. Needs perfect recall (Kuhn 1953).
    """
    own = {path: memory(game, path, player) for path in game.outcomes}
    return {
        name: frozenset(path for path, moves in own.items() if all(plan.get(s) == action for s, action in moves))
        for name, plan in labelled_plans(game, player).items()
    }


def possible_outcomes(game: ExtensiveGame) -> frozenset[Path]:
    """The outcomes that no chance event of probability zero rules out."""
    return frozenset(path for path in game.outcomes if game.chance_of(path) != 0)


def check_perfect_recall(game: ExtensiveGame) -> None:
    """Raises `InputError` naming an information set at which a player has forgotten what it did or knew before."""
    for information_set in game.information_sets.values():
        memories = {memory(game, path, information_set.player) for path in information_set.paths}
        if len(memories) > 1:
            joined = listed((" → ".join(path) or "at the start" for path in information_set.paths), limit=4)
            raise InputError(
                f"{information_set.player} has imperfect recall: at the information set {information_set.name!r} it "
                f"cannot tell its own earlier choices or knowledge apart ({joined}); give decisions with "
                "different pasts information sets of different names"
            )


def memory(game: ExtensiveGame, path: Path, player: str) -> tuple[tuple[str, str], ...]:
    """The player's own information sets and actions along the path."""
    return tuple(
        (game.information_set_at(path[:k]), path[k])
        for k in range(len(path))
        if isinstance(node := game.nodes[path[:k]], Decision) and node.player == player
    )
