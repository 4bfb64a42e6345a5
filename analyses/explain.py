"""An equilibrium in plain sentences: what is ruled out, what each choice pays, what each rejected choice would pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from html import escape
from typing import Any

from analyses.proofs import proof
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.forms.telling import outcomes_in_words, profile_in_words
from games.model import Model
from games.solvers.concept import CONCEPTS, distribution_of
from games.solvers.equilibria import EQUILIBRIUM, Equilibria, Equilibrium, by_words
from games.solvers.limits import time_limit
from games.solvers.methods.correlation import in_words
from games.solvers.methods.elimination import Step, eliminate

SECONDS = 5
"""The time for finding rounds of dominance, which large games would need minutes for."""


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why one equilibrium is one, step by step."""

    heading: str
    steps: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join([self.heading, *(f"  {number}. {step}" for number, step in enumerate(self.steps, start=1))])

    def _repr_html_(self) -> str:
        steps = "".join(f"<li>{escape(step)}</li>" for step in self.steps)
        return f"<p><strong>{escape(self.heading)}</strong></p><ol>{steps}</ol>"


def explain(
    game: Game,
    equilibrium: Equilibrium,
    model: Model | None = None,
    concept: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Explanation:
    """The steps that show that ``equilibrium`` of ``game`` is one.

    In a strategic form: the rounds of strict dominance, then what each player's strategies pay against the others'. In
    a tree: what each action pays at each information set, the last moves first, given the play that follows and, where
    several decisions look alike, what the player holds likely. In a repeated game: what keeping the agreement pays
    against breaking it. In a graph model: what each move would pay, and how the others could answer it.

    ``concept`` and ``settings`` are those of the `Equilibria` that ``equilibrium`` stands in: what is no Nash
    equilibrium, such as a logit equilibrium or level-k play, is explained by what its own definition says.

    >>> from analyses.explain import explain
    >>> from games import StrategicGame, solve
    >>> chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    >>> explain(chicken, solve(chicken)[0])
    Equilibrium: Row plays 1; Column plays 2
      1. Against Column: 2, 1 pays Row 2, 2 0.
      2. Against Row: 1, 2 pays Column 7, 1 6.
    """
    return _explained(game, equilibrium, model, concept, settings or {}, _rounds(game))


def _explained(
    game: Game,
    equilibrium: Equilibrium,
    model: Model | None,
    concept: str | None,
    settings: Mapping[str, Any],
    rounds: Sequence[Step],
) -> Explanation:
    # Who plays a dominated strategy all the same does not follow from dominance.
    relevant = all(not equilibrium[step.player][step.strategy] for step in rounds)
    told = [f"{sentence[0].upper()}{sentence[1:]}." for sentence in map(str, rounds)] if relevant else []
    steps = (*told, *proof(model, game, equilibrium, concept, settings))
    known = CONCEPTS.get(concept) if concept is not None else None
    noun, _ = known.noun if known is not None else EQUILIBRIUM
    return Explanation(f"{noun[0].upper()}{noun[1:]}: {_in_words(game, equilibrium, model)}", steps)


@singledispatch
def _rounds(game: Game) -> tuple[Step, ...]:
    """The rounds of strict dominance in a strategic form, as far as they are found within `SECONDS`."""
    return ()


@_rounds.register
def _(game: StrategicGame) -> tuple[Step, ...]:
    with time_limit(SECONDS):
        return eliminate(game).steps


def explain_all(equilibria: Equilibria, model: Model | None = None) -> tuple[Explanation, ...]:
    """Each equilibrium explained in the game in which it was found, by the concept's own reasons.

    >>> from analyses.explain import explain_all
    >>> from games import StrategicGame, solve
    >>> chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    >>> len(explain_all(solve(chicken)))
    3
    """
    rounds = _rounds(equilibria.game) if equilibria else ()
    game, concept, settings = equilibria.game, equilibria.concept, equilibria.settings
    return tuple(_explained(game, equilibrium, model, concept, settings, rounds) for equilibrium in equilibria)


def _in_words(game: Game, equilibrium: Equilibrium, model: Model | None) -> str:
    if not game.lists_outcomes:
        if equilibrium.outcomes:
            return in_words(distribution_of(equilibrium))
        return profile_in_words(game, equilibrium.strategies)
    words = model.outcome_words if model is not None else ", ".join
    told = by_words({outcome.path: outcome.probability for outcome in equilibrium.outcomes}, words)
    happens = next(iter(told)) if len(told) == 1 else outcomes_in_words(told)
    mixing = profile_in_words(game, equilibrium.strategies, equilibrium.mixing)
    return f"{happens}; {mixing}" if mixing else happens
