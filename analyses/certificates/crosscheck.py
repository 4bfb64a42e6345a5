"""Whether a second, independent solver comes to the same verdict on a claim.

It is given the plain question of `analyses.certificates.smtlib` and none of what the engine found. That it finds no
answer says nothing; that it finds another one is an error, told loudly.
"""

from enum import StrEnum

from analyses.certificates.second_solver import STEPS, Said, ask
from analyses.certificates.smtlib import questions_of
from analyses.claims import Claim, Proved, Unsettled, Verdict
from games.errors import InputError


class Agreement(StrEnum):
    """What a second solver adds to a verdict."""

    AGREE = "both solvers agree"
    OPEN = "not found out by the second solver"


class DisagreementError(InputError):
    """Two solvers give opposite answers: one of them, or the question, is wrong."""


def crosscheck(claim: Claim, verdict: Verdict, steps: int = STEPS) -> Agreement:
    """Whether cvc5 agrees with the verdict, within so many of its steps.

    Raises `DisagreementError`, which names the claim, where it does not, and `InputError` where it is not installed.
    """
    if isinstance(verdict, Unsettled):
        return Agreement.OPEN
    expected: Said = "unsat" if isinstance(verdict, Proved) else "sat"
    asked = [question for question in questions_of(claim) if question.broken]
    said: Said = ask(asked[0].text, steps) if asked else "unknown"
    if said == "unknown":
        return Agreement.OPEN
    if said != expected:
        found = "no payoffs that break it" if said == "unsat" else "payoffs that break it"
        raise DisagreementError(
            f"two solvers disagree about the claim {claim.name}: here it is {verdict.verdict}, and cvc5 finds {found}; "
            f"rely on neither, and report it with what parley check {claim.name} --smtlib DIR writes"
        )
    return Agreement.AGREE
