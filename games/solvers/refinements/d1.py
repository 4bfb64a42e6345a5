"""The criterion D1 for signalling games.

Definition: Cho & Kreps (1987), Quarterly Journal of Economics 102, section IV.4; it is divinity (Banks & Sobel 1987,
Econometrica 55) with beliefs that exclude a type where divinity makes it no more likely. After a message that nobody
sends, a type is excluded if another one gains from every response at which the first gains or is indifferent, responses
being mixed best responses to any beliefs. An outcome fails if after some message no best response to a belief in the
types left deters every type from sending it.
"""

from games.forms.extensive import ExtensiveGame
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria
from games.solvers.methods.signalling import NOUN, Unsent, Verdict, named, survivors
from games.solvers.refinements.intuitive_criterion import ABOUT


@solution_concept(
    "d1",
    form=ExtensiveGame,
    noun=NOUN,
    judged=lambda assessment: assessment,
    no_cases_because="who gains more often by an unsent message is a condition on all best responses after it",
    title="D1",
    about=ABOUT,
)
def d1(game: ExtensiveGame) -> Equilibria:
    """The outcomes of perfect Bayesian equilibria of a signalling game that pass D1; exact.

    Each with a belief after every message; those eliminated are told in the remarks, with the message and the types.
    Complete as `games.solvers.methods.signalling.survivors` says.

    Raises `InputError` for a game that is no signalling game, or too large for `perfect-bayesian`.
    """
    return survivors(game, "d1", judge)


def judge(unsent: Unsent) -> Verdict:
    """The types that no other one excludes, and whether beliefs in them deter everybody."""
    faces = [responses.actions for responses in unsent.responses(unsent.senders)]
    left = tuple(
        kind
        for kind in unsent.senders
        if not any(other != kind and _excludes(unsent, faces, other, kind) for other in unsent.senders)
    )
    if unsent.deterring(left or unsent.senders) is not None:
        return Verdict(left)
    return Verdict(left, f"beliefs are left in {named(left)} alone, and no best response to these deters every type")


def _excludes(unsent: Unsent, faces: list[tuple[str, ...]], other: str, kind: str) -> bool:
    """Whether ``other`` gains wherever ``kind`` gains or is indifferent, and gains from some response."""
    if not any(unsent.gain(other, action) > 0 for actions in faces for action in actions):
        return False
    return all(unsent.answered(actions, {kind: 1, other: -1}) is None for actions in faces)
