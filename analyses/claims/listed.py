"""Equilibria of concepts that have a finite list of candidates, each with conditions of its own in the parameters.

A state of a graph model is stable, an agreement of a repeated game is held up by a threat, an equilibrium in pure
strategies is dominated by no other, exactly where the conditions of the concept hold; nothing about them is known here
but these conditions.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

from analyses.claims.candidates import Candidate, Question, TooLargeError, lists_candidates
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame, trigger_strategies
from games.forms.strategic import StrategicGame
from games.formulas.relations import relation
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.solvers.concept import CONCEPTS
from games.solvers.limits import expired
from games.solvers.nash.pure_nash import pure
from games.solvers.repeated import grim_trigger
from games.solvers.stability.graph_stability import staying

MOST_PAIRS = 5_000
"""The most agreements with a threat that are gone through."""

STABILITIES = ("nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable")


@lists_candidates(STABILITIES, GraphModel)
def stable_states(question: Question) -> Iterator[Candidate]:
    """One candidate for each state."""
    game = question.game
    assert isinstance(game, GraphModel)
    for state in game.states:
        if expired():
            return
        strategies = staying(game, state)
        paid = dict(zip(game.players, game.payoffs[state], strict=True))
        yield _candidate(question, strategies, paid, (state,))


@lists_candidates(("payoff-dominant",), StrategicGame)
def undominated_profiles(question: Question) -> Iterator[Candidate]:
    """One candidate for each profile of pure strategies."""
    game = question.game
    assert isinstance(game, StrategicGame)
    for profile, payoffs in game.payoffs.items():
        if expired():
            return
        yield _candidate(question, pure(game, profile), dict(zip(game.players, payoffs, strict=True)), profile)


@lists_candidates(("grim-trigger",), RepeatedGame)
def trigger_equilibria(question: Question) -> Iterator[Candidate]:
    """One candidate for each agreement with a threat; one that needs no threat is its own."""
    game = question.game
    assert isinstance(game, RepeatedGame)
    plans = list(game.plans)
    if len(plans) ** 2 > MOST_PAIRS:
        raise TooLargeError(f"the game has {len(plans) ** 2:,} agreements with a threat, more than {MOST_PAIRS:,}")
    for agreement in plans:
        for threat in plans:
            if expired():
                return
            strategies = trigger_strategies(game, agreement, threat)
            paid = grim_trigger.payoffs(game, strategies) if question.asks_for_payoffs else {}
            yield _candidate(question, strategies, paid, game.path(agreement))


def _candidate(
    question: Question, strategies: Mapping[str, Mapping[str, Any]], paid: Mapping[str, Any], path: tuple[str, ...]
) -> Candidate:
    language = question.language
    listed = CONCEPTS[question.concept].conditions
    assert listed is not None

    def value(quantity: Quantity) -> Any:
        match quantity:
            case Chosen(choices=choices):
                return Fraction(all(strategies[who].get(own, 0) == 1 for who, own in choices.items()))
            case Payoff(player=player):
                return language.term(paid[player])
            case Reach():
                return Fraction(path[: len(quantity.path)] == quantity.path)

    holds = language.every(_formulas(question, listed(question.game, strategies)))
    return Candidate(holds, {q: value(q) for q in question.quantities}, (), strategies, "; ".join(path))


def _formulas(question: Question, conditions: Iterable[Any]) -> Iterator[Any]:
    """The conditions of a concept in the language of the question: a truth, a relation, or a margin that is ≥ 0."""
    language = question.language
    for condition in conditions:
        # A symbol counts as a Boolean, too, for sympy; as a condition it is a margin.
        if isinstance(condition, bool | Relational | BooleanFunction | BooleanAtom):
            yield language.formula(relation(condition, may_divide=True))
        else:
            yield language.compare(language.term(condition), ">=", Fraction(0))
