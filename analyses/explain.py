"""An equilibrium in plain sentences: what is ruled out, what each choice pays, what each rejected choice would pay."""

from dataclasses import dataclass
from html import escape

from analyses.proofs import proof
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers.dominance import eliminate
from games.solvers.equilibria import Equilibria, Equilibrium, mixture
from games.solvers.limits import time_limit

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


def explain(game: Game, equilibrium: Equilibrium, model: Model | None = None) -> Explanation:
    """The steps that show that ``equilibrium`` of ``game`` is one.

    In a strategic form: the rounds of strict dominance, then what each player's strategies pay against the others'. In
    a tree: what each action pays at each information set, the last moves first, given the play that follows and, where
    several decisions look alike, what the player holds likely. In a repeated game: what keeping the agreement pays
    against breaking it. In a graph model: what each move would pay, and how the others could answer it.
    """
    return _explained(game, equilibrium, model, _rounds(game))


def _explained(game: Game, equilibrium: Equilibrium, model: Model | None, rounds: tuple[str, ...]) -> Explanation:
    steps = (*rounds, *proof(model, game, equilibrium))
    return Explanation(f"Equilibrium: {_in_words(game, equilibrium, model)}", steps)


def _rounds(game: Game) -> tuple[str, ...]:
    """The rounds of strict dominance in a strategic form, as far as they are found within `SECONDS`."""
    if not isinstance(game, StrategicGame):
        return ()
    with time_limit(SECONDS):
        sentences = [str(step) for step in eliminate(game).steps]
    return tuple(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def explain_all(equilibria: Equilibria, model: Model | None = None) -> tuple[Explanation, ...]:
    """Each equilibrium explained in the game in which it was found."""
    rounds = _rounds(equilibria.game) if equilibria else ()
    return tuple(_explained(equilibria.game, equilibrium, model, rounds) for equilibrium in equilibria)


def _in_words(game: Game, equilibrium: Equilibrium, model: Model | None) -> str:
    if isinstance(game, StrategicGame):
        return "; ".join(f"{player}: {mixture(equilibrium[player])}" for player in game.players)
    words = model.outcome_words if model is not None else ", ".join
    return "; or ".join(words(outcome.path) for outcome in equilibrium.outcomes)
