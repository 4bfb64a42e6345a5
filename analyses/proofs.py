"""Why an equilibrium is one, in sentences: what each choice pays, and what each rejected alternative would pay."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from games.errors import listed
from games.exact import readable
from games.forms.extensive import ExtensiveGame, InformationSet, Path
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers.equilibria import Equilibrium, Game, mixture
from games.solvers.play import arrival, continuation_payoffs
from games.solvers.regret import strategy_payoffs


def proof(model: Model | None, game: Game, equilibrium: Equilibrium) -> tuple[str, ...]:
    """One sentence for each information set, the last moves first; in a strategic form, for each player.

    ``game`` is the game in which ``equilibrium`` was found; the ``model`` it comes from, if any, lends its words.
    """
    if isinstance(game, StrategicGame):
        return tuple(_against_the_others(game, equilibrium, player) for player in game.players)
    meanings = model.choice_words if model is not None else {}
    deepest_first = sorted(game.information_sets.values(), key=lambda s: -max(map(len, s.paths)))
    return tuple(_at_information_set(game, equilibrium, s, meanings) for s in deepest_first)


def _at_information_set(
    game: ExtensiveGame, equilibrium: Equilibrium, information_set: InformationSet, meanings: Mapping[str, str]
) -> str:
    player, name = information_set.player, information_set.name
    held = _held(game, equilibrium, information_set)
    if held is None:
        played = mixture(equilibrium.strategies[name])
        where = _where(information_set)
        return f"{where}, play never arrives and nothing fixes what {player} believes; it plays {played}."
    values = continuation_payoffs(game, equilibrium.strategies)
    mover = game.players.index(player)
    pays = {
        action: sum((weight * values[(*path, action)][mover] for path, weight in held.items()), Fraction(0))
        for action in information_set.actions
    }
    played_actions = [action for action, weight in equilibrium.strategies[name].items() if weight]
    sentence = f"{_where(information_set)}{_believing(held)}, {_compared(pays, played_actions, player)}"
    meaning = meanings.get(played_actions[0])
    return f"{sentence}: {meaning}." if meaning and len(played_actions) == 1 else f"{sentence}."


def _held(game: ExtensiveGame, equilibrium: Equilibrium, information_set: InformationSet) -> Mapping[Path, Any] | None:
    """What the player holds likely there: given beliefs, else Bayes' rule; None where neither tells."""
    if information_set.name in equilibrium.beliefs:
        return equilibrium.beliefs[information_set.name]
    if len(information_set.paths) == 1:
        return {information_set.paths[0]: Fraction(1)}
    likelihood = arrival(game, equilibrium.strategies)
    total = sum((likelihood[path] for path in information_set.paths), Fraction(0))
    return {path: likelihood[path] / total for path in information_set.paths} if total else None


def _where(information_set: InformationSet) -> str:
    if len(information_set.paths) > 1:
        return f"At {information_set.name}"
    (path,) = information_set.paths
    return f"After {' → '.join(path)}" if path else "At the start"


def _believing(held: Mapping[Path, Any]) -> str:
    if len(held) == 1:
        return ""
    return " (believing " + ", ".join(f"{' → '.join(path)} {readable(weight)}" for path, weight in held.items()) + ")"


def _compared(pays: Mapping[str, Any], played: list[str], player: str) -> str:
    """What the played actions pay, what the rejected ones would, and ties."""
    rejected = [action for action in pays if action not in played]
    best = pays[played[0]]
    verb = "each pay" if len(played) > 1 else "pays"
    sentence = f"{' and '.join(played)} {verb} {player} {readable(best)}"
    if rejected:
        sentence += ", " + ", ".join(f"{action} {readable(pays[action])}" for action in rejected)
    equal = [action for action in rejected if pays[action] == best]
    return f"{sentence}; {player} is indifferent to {listed(equal)}" if equal else sentence


def _against_the_others(game: StrategicGame, equilibrium: Equilibrium, player: str) -> str:
    pays = strategy_payoffs(game, equilibrium.strategies, player)
    others = ", ".join(f"{other}: {mixture(equilibrium[other])}" for other in game.players if other != player)
    played = [label for label, weight in equilibrium[player].items() if weight]
    against = f"Against {others}, " if others else ""
    return f"{against}{_compared(pays, played, player)}."
