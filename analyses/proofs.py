"""Why an equilibrium is one, in sentences: what each choice pays, and what each rejected alternative would pay."""

from games.errors import listed
from games.exact import readable
from games.forms.extensive import Decision, ExtensiveGame, Path
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers.equilibria import Equilibrium, Game, mixture
from games.solvers.play import continuation_payoffs
from games.solvers.regret import strategy_payoffs


def proof(model: Model, game: Game, equilibrium: Equilibrium) -> tuple[str, ...]:
    """One sentence for each decision, the last moves first; in a strategic form, for each player.

    ``game`` is the model's game at the values where ``equilibrium`` was found.
    """
    if isinstance(game, StrategicGame):
        return tuple(_against_the_others(game, equilibrium, player) for player in game.players)
    return tuple(_at_decision(model, game, equilibrium, path) for path in _backwards(game))


def _backwards(game: ExtensiveGame) -> list[Path]:
    """The decisions, deepest first; on one depth in the order of the tree."""
    decisions = [path for path, node in game.nodes.items() if isinstance(node, Decision)]
    return sorted(decisions, key=lambda path: -len(path))


def _at_decision(model: Model, game: ExtensiveGame, equilibrium: Equilibrium, path: Path) -> str:
    node = game.nodes[path]
    assert isinstance(node, Decision)
    name = game.information_set_at(path)
    values = continuation_payoffs(game, equilibrium.strategies)
    mover = game.players.index(node.player)
    pays = {action: values[(*path, action)][mover] for action in node.actions}
    played = [action for action, weight in equilibrium.strategies[name].items() if weight]
    rejected = [action for action in pays if action not in played]
    first, *others = played
    sentence = (
        f"{'After ' + ', '.join(path) if path else 'At the start'}, {first} pays {node.player} {readable(pays[first])}"
    )
    compared = [f"{action} {readable(pays[action])}" for action in (*others, *rejected)]
    if compared:
        sentence += f", {', '.join(compared)}"
    equal = [action for action in rejected if pays[action] == pays[first]]
    if equal:
        sentence += f"; {node.player} is indifferent to {listed(equal)}"
    meaning = model.choice_words.get(first)
    return f"{sentence}: {meaning}." if meaning and len(played) == 1 else f"{sentence}."


def _against_the_others(game: StrategicGame, equilibrium: Equilibrium, player: str) -> str:
    pays = strategy_payoffs(game, equilibrium.strategies, player)
    others = ", ".join(f"{other}: {mixture(equilibrium[other])}" for other in game.players if other != player)
    played = [label for label, weight in equilibrium[player].items() if weight]
    rejected = [label for label in pays if label not in played]
    verb = "each pay" if len(played) > 1 else "pays"
    sentence = f"Against {others}, {' and '.join(played)} {verb} {player} {readable(pays[played[0]])}"
    if rejected:
        sentence += ", " + ", ".join(f"{label} {readable(pays[label])}" for label in rejected)
    equal = [label for label in rejected if pays[label] == pays[played[0]]]
    return f"{sentence}{f'; {player} is indifferent to {listed(equal)}' if equal else ''}."
