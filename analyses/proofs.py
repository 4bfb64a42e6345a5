"""Why an equilibrium is one, in sentences: what each choice pays, and what each rejected alternative would pay."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import singledispatch
from typing import Any

from games.exact import readable
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import AGREED, BREACH, RepeatedGame, trigger_plans
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers.choices import Choice, choices, compared
from games.solvers.concept import CONCEPTS, distribution_of
from games.solvers.correlated import coarse_correlated, correlated
from games.solvers.equilibria import Equilibrium, mixture
from games.solvers.repeated.grim_trigger import Forever
from games.solvers.stability.graph_stability import answers


def proof(
    model: Model | None,
    game: Game,
    equilibrium: Equilibrium,
    concept: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    r"""One sentence for each information set, the last moves first; in a strategic form, for each player.

    In a repeated game, one for each phase, state and player that has a choice; in a graph model, for each move. The
    ``concept`` by which ``equilibrium`` was found, and its ``settings``, lend it reasons of its own where it has any.

    ``game`` is the game in which ``equilibrium`` was found; the ``model`` it comes from, if any, lends its words.

    >>> from analyses.proofs import proof
    >>> from games import StrategicGame, solve
    >>> chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    >>> print("\n".join(proof(None, chicken, solve(chicken)[0])))
    Against Column: 2, 1 pays Row 2, 2 0.
    Against Row: 1, 2 pays Column 7, 1 6.
    """
    if concept is None:
        own = _of_a_distribution(game, equilibrium)
    else:
        reasons = CONCEPTS[concept].reasons
        own = reasons(game, equilibrium, settings or {}) if reasons else None
    if own is not None:
        return tuple(own)
    return tuple(_sentences(game, equilibrium, model.choice_words if model is not None else {}))


@singledispatch
def _of_a_distribution(game: Game, equilibrium: Equilibrium) -> Iterator[str] | None:
    """The reasons of a distribution over profiles, taken for a correlated equilibrium if it is one, else a coarse one.

    None for strategies.
    """
    return None


@_of_a_distribution.register
def _(game: StrategicGame, equilibrium: Equilibrium) -> Iterator[str] | None:
    if not equilibrium.outcomes:
        return None
    obeyed = min(correlated.margins(game, distribution_of(equilibrium)), default=0) >= 0
    if obeyed:
        return correlated.reasons(game, equilibrium, {})
    return coarse_correlated.reasons(game, equilibrium, {})


@singledispatch
def _sentences(game: Game, equilibrium: Equilibrium, meanings: Mapping[str, str]) -> Iterator[str]:
    """Why nobody gains by changing a choice; ``meanings`` say what the choice of an action means, if it is the only."""
    return (_at_choice(choice, meanings) for choice in choices(game, equilibrium))


def _at_choice(choice: Choice, meanings: Mapping[str, str]) -> str:
    if choice.pays is None:
        return (
            f"{choice.where}play never arrives and nothing fixes what {choice.player} believes; "
            f"it plays {mixture(choice.played)}."
        )
    sentence = f"{choice.where}{compared(choice.pays, choice.actions, choice.player)}"
    if not choice.arrives and any(value > choice.pays[choice.actions[0]] for value in choice.pays.values()):
        sentence += "; play never arrives there, so that this costs nothing"
    meaning = meanings.get(choice.actions[0])
    return f"{sentence}: {meaning}." if meaning and len(choice.actions) == 1 else f"{sentence}."


@_sentences.register
def _(game: StrategicGame, equilibrium: Equilibrium, meanings: Mapping[str, str]) -> Iterator[str]:
    # What an action means depends on what was done before it.
    return (_at_choice(choice, {}) for choice in choices(game, equilibrium))


@_sentences.register
def _(game: RepeatedGame, equilibrium: Equilibrium, meanings: Mapping[str, str]) -> Iterator[str]:
    """What playing on is worth in each phase and state, and what every single change of action would be."""
    agreement, threat = trigger_plans(game, equilibrium.strategies)
    phases = {AGREED: agreement, BREACH: threat} if agreement != threat else {BREACH: threat}
    for phase, plan in phases.items():
        where = {AGREED: "While the agreement is kept", BREACH: "After a breach"}[phase]
        if len(phases) == 1:
            where = "Whatever happened before"
        for state, profile in plan.items():
            for position, player in enumerate(game.players):
                own, later = (Forever(game, p, player) for p in (plan, threat))
                share = 1 - own.discount
                pays = {profile[position]: share * Fraction(own.parts[state]) / own.whole}
                for other in game.stages[state].alternatives(profile, player):
                    pays[other[position]] = share * Fraction(later.afterwards(state, other)) / later.whole
                if len(pays) > 1:
                    sentence = compared(pays, [profile[position]], player)
                    yield f"{where}, in {state}, {sentence} (a round, on average from then on)."


@_sentences.register
def _(game: GraphModel, equilibrium: Equilibrium, meanings: Mapping[str, str]) -> Iterator[str]:
    """For each decision maker, that it has no better state to move to, or how a move to one could be answered."""
    state = equilibrium.outcomes[0].path[0]
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
