"""Premises that carry several arguments: that relief is not credible, that nothing is paid for the islands.

For some s of the sanctions, e is what they earn Japan from its allies less its own cost, h their harm to Russia, and g
what an answer is worth to Russia.
"""

from typing import Any

from sympy import Eq, Or

from analyses.arguments import Premise
from analyses.commentary.quantities import WORDS
from games.sanctions import retaliation
from games.sanctions.retaliation import RUNGS, SANCTIONS, net_benefit
from games.sources import COMMENTARY, Assumed, Quoted


def relief_not_credible(*sanctions: str) -> Premise:
    """That relief is not credible: Japan keeps each of these sanctions when Russia has conceded."""
    which = " and ".join(WORDS[s] for s in sanctions)
    return Premise(
        f"keeping {which} sanctions pays Japan more than a broken promise costs (e > beta)",
        tuple(SANCTIONS[s][0] > retaliation.beta for s in sanctions),
        Assumed("how being “completely biased” (¶1) is put as a payoff; the text has the word and no comparison"),
    )


def relief_credible(sanction: str) -> Premise:
    """That Japan lifts the sanctions when Russia has conceded."""
    return Premise(
        "relief is credible (e < beta)",
        (SANCTIONS[sanction][0] < retaliation.beta,),
        Assumed("no one in the text is given a reason to lift anything"),
    )


def threat_credible(sanction: str) -> Premise:
    """That Japan holds on to the sanctions when Russia has refused."""
    return Premise(
        "holding is credible (−b < e)",
        (SANCTIONS[sanction][0] > -retaliation.b,),
        Assumed("the text does not say what Japan would do if it were refused"),
    )


def harmed(sanction: str, paid: Any = 0) -> Premise:
    """That the sanctions harm Russia enough, for what is ``paid`` for the islands."""
    harm = SANCTIONS[sanction][1]
    return Premise(
        "the harm exceeds the islands' worth and the best answer"
        + (" (h > V_R − E + g)" if paid else " (h > V_R + g)"),
        tuple(harm > retaliation.V_R - paid + net_benefit(sanction, rung) for rung in RUNGS),
        Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    )


UNPAID = Premise(
    "nothing is paid for the islands (E = 0)",
    (Eq(retaliation.E, 0),),
    Assumed("the text mentions no payment, and excludes none"),
)
BIASED = relief_not_credible("Full")
BIASED_BOTH = relief_not_credible("Symbolic", "Full")


def window(sanction: str) -> tuple[Premise, ...]:
    """The premises under which the sanctions bring a concession."""
    return threat_credible(sanction), relief_credible(sanction), harmed(sanction, retaliation.E)


def outside_window(sanction: str) -> Premise:
    """That one of the premises of `window` fails, and not just so."""
    e, harm, _ = SANCTIONS[sanction]
    return Premise(
        "relief is not credible, or holding is not, or the harm is less than the islands and the best answer are worth",
        (
            Or(
                e > retaliation.beta,
                e < -retaliation.b,
                *(harm < retaliation.V_R + net_benefit(sanction, rung) for rung in RUNGS),
            ),
        ),
        Assumed("the text takes relief, threat and harm for granted"),
    )


def edge(sanction: str) -> Premise:
    """The premises of `window`, met with equality perhaps."""
    e, harm, _ = SANCTIONS[sanction]
    return Premise(
        "threat, relief and harm suffice, if only just (−b ≤ e ≤ beta, h ≥ V_R − E + g)",
        (
            e >= -retaliation.b,
            e <= retaliation.beta,
            *(harm >= retaliation.V_R - retaliation.E + net_benefit(sanction, rung) for rung in RUNGS),
        ),
        Assumed("the text takes relief, threat and harm for granted"),
    )
