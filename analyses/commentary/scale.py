"""A16: the scale of the sanctions is unusual."""

from sympy import Eq, Ne

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Monotone, Reach, always
from analyses.commentary.premises import BIASED, UNPAID
from analyses.commentary.quantities import e_F
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import retaliation
from games.sources import COMMENTARY, Assumed, Quoted

concession = Reach(("Concede",), ("Full",))
apart = Premise(
    "Japan is indifferent neither to holding nor to lifting (e ≠ −b, e ≠ beta)",
    (Ne(e_F, -retaliation.b), Ne(e_F, retaliation.beta)),
    Assumed("where it is, either may be done"),
)

ARGUMENT = argument(
    "A16",
    "The scale of the sanctions is unusual",
    Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    "Why size should matter: where relief is not credible, no harm is large enough.",
    statement(
        "A16-enough",
        "The largest sanctions bring a concession",
        "At the greatest harm in the range, Russia concedes after full sanctions.",
        always(("Concede",), after=("Full",)),
        Premise(
            "the harm is the greatest in the range (h_F = 3)",
            (Eq(retaliation.h_F, 3),),
            Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
        ),
        role=Role.BARE,
    ),
    statement(
        "A16-more",
        "More harm never makes a concession less likely",
        "If the harm of full sanctions grows and nothing else, the probability of a concession does not fall.",
        Monotone(concession, "h_F"),
        apart,
        UNPAID,
        role=Role.REPAIRED,
    ),
    statement(
        "A16-idle",
        "Where relief is not credible, more harm makes none more likely",
        "If relief is not credible, the probability of a concession does not rise with the harm.",
        Monotone(concession, "h_F", rising=False),
        BIASED,
        UNPAID,
        role=Role.OPPOSITE,
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
