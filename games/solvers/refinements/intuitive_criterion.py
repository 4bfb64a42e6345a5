"""The intuitive criterion for signalling games.

Definition: Cho & Kreps (1987), Quarterly Journal of Economics 102, section IV.3. A message that nobody sends is
dominated in equilibrium for a type if what the type gets in the equilibrium is more than the most that any best
response to any belief after that message would give it. An outcome fails if for some message some type gets less than
the least that best responses to beliefs in the other types alone would give it.
"""

from games.forms.extensive import ExtensiveGame
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria
from games.solvers.methods.signalling import NOUN, Unsent, Verdict, named, survivors

ABOUT = "signalling games: a player who knows its type sends a message, another answers"


@solution_concept(
    "intuitive-criterion",
    form=ExtensiveGame,
    noun=NOUN,
    judged=lambda assessment: assessment,
    no_cases_because="what an unsent message could give is a condition on all best responses to all beliefs after it",
    title="intuitive criterion",
    about=ABOUT,
)
def intuitive_criterion(game: ExtensiveGame) -> Equilibria:
    """The outcomes of perfect Bayesian equilibria of a signalling game that pass the intuitive criterion; exact.

    Each with a belief after every message; those eliminated are told in the remarks, with the message and the types.
    Complete as `games.solvers.methods.signalling.survivors` says.

    Raises `InputError` for a game that is no signalling game, or too large for `perfect-bayesian`.
    """
    return survivors(game, "intuitive-criterion", judge)


def judge(unsent: Unsent) -> Verdict:
    """The types for which the message is not dominated in equilibrium, and which of them gain from it for sure."""
    possible = {action for responses in unsent.responses(unsent.senders) for action in responses.actions}
    left = tuple(kind for kind in unsent.senders if any(unsent.gain(kind, action) >= 0 for action in possible))
    if not left:
        return Verdict(())
    sure = {action for responses in unsent.responses(left) for action in responses.actions}
    gaining = [kind for kind in left if all(unsent.gain(kind, action) > 0 for action in sure)]
    if not gaining:
        return Verdict(left)
    return Verdict(left, f"only {named(left)} could gain, and {named(gaining)} would from every best response to that")
