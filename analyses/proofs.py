"""Why an equilibrium is one, in sentences: what each choice pays, and what each rejected alternative would pay."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from games.errors import listed
from games.exact import readable
from games.forms.extensive import ExtensiveGame, InformationSet, Path
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import AGREED, BREACH, RepeatedGame, trigger_plans
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers.equilibria import Equilibrium, mixture
from games.solvers.graph_stability import answers
from games.solvers.grim_trigger import Forever, arithmetic
from games.solvers.play import arrival, continuation_payoffs
from games.solvers.regret import strategy_payoffs


def proof(model: Model | None, game: Game, equilibrium: Equilibrium) -> tuple[str, ...]:
    """One sentence for each information set, the last moves first; in a strategic form, for each player.

    In a repeated game, one for each phase, state and player that has a choice; in a graph model, for each move.

    ``game`` is the game in which ``equilibrium`` was found; the ``model`` it comes from, if any, lends its words.
    """
    if isinstance(game, StrategicGame):
        return tuple(_against_the_others(game, equilibrium, player) for player in game.players)
    if isinstance(game, RepeatedGame):
        return tuple(_in_rounds(game, equilibrium))
    if isinstance(game, GraphModel):
        return tuple(_at_state(game, equilibrium.outcomes[0].path[0]))
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


def _in_rounds(game: RepeatedGame, equilibrium: Equilibrium) -> Iterator[str]:
    """What playing on is worth in each phase and state, and what every single change of action would be."""
    agreement, threat = trigger_plans(game, equilibrium.strategies)
    phases = {AGREED: agreement, BREACH: threat} if agreement != threat else {BREACH: threat}
    for phase, plan in phases.items():
        where = {AGREED: "While the agreement is kept", BREACH: "After a breach"}[phase]
        if len(phases) == 1:
            where = "Whatever happened before"
        for state, profile in plan.items():
            for position, player in enumerate(game.players):
                own, later = (Forever(game, p, player, arithmetic(game)) for p in (plan, threat))
                share = 1 - own.discount
                pays = {profile[position]: share * own.parts[state] / own.whole}
                for other in game.stages[state].alternatives(profile, player):
                    pays[other[position]] = share * later.afterwards(state, other) / later.whole
                if len(pays) > 1:
                    sentence = _compared(pays, [profile[position]], player)
                    yield f"{where}, in {state}, {sentence} (a round, on average from then on)."


def _at_state(game: GraphModel, state: str) -> Iterator[str]:
    """For each decision maker, that it has no better state to move to, or how a move to one could be answered."""
    for player in game.players:
        own = game.payoff(state, player)
        targets = game.moves_from(state, player)
        better = [target for target in targets if game.payoff(target, player) > own]
        if not better:
            why = "no move pays it more" if targets else "it has no move"
            yield f"In “{state}”, {player} gets {readable(own)} and stays: {why}."
        for target in better:
            gain = readable(game.payoff(target, player))
            sentence = f"In “{state}”, {player} gets {readable(own)}; “{target}” would pay {gain}"
            for improving, manner in ((True, "improves its own lot by moving"), (False, "can move")):
                ends = answers(game, player, target, improving=improving)
                harmful = [end for end in ends if ends[end] is True and game.payoff(end, player) <= own]
                if harmful:
                    others = " or ".join(other for other in game.players if other != player)
                    pays = readable(game.payoff(harmful[0], player))
                    sentence += f", but there {others} {manner} on to “{harmful[0]}”, which pays {player} {pays}"
                    break
            else:
                sentence += ", and nobody can answer so that it pays no more"
            yield f"{sentence}."
