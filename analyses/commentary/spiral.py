"""A1: sanctions made Russia escalate."""

from sympy import Eq, Implies, Ne, symbols

from analyses.arguments import Premise
from analyses.claims import Holds, Reach
from analyses.commentary.quantities import about, severity
from analyses.commentary.statements import argument, statement
from games.sanctions import escalation_ladder, wording_first
from games.sources import COMMENTARY, Quoted

ladder, reverse = escalation_ladder.MODEL, wording_first.MODEL
first = escalation_ladder.FIRST_ANSWER
harsher, told_full = severity(first, ("Full",))
milder, told_none = severity(first, ("None",))
gamma_1, gamma_2, gamma_3 = escalation_ladder.gamma_1, escalation_ladder.gamma_2, escalation_ladder.gamma_3
theta_1, theta_2 = escalation_ladder.theta_1, escalation_ladder.theta_2
n_1, n_2, n_3, e_2 = escalation_ladder.n_1, escalation_ladder.n_2, escalation_ladder.n_3, escalation_ladder.e_2
answered, unprovoked = symbols("answered unprovoked")

ARGUMENT = argument(
    "A1",
    "Sanctions made Russia escalate",
    Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
    "The text gives a sequence, not a cause: what Russia would have done without the sanctions, with the war going "
    "on, is not said.",
    statement(
        "A1-spiral",
        "Full sanctions make Russia's answer harsher",
        "Russia's first answer to full sanctions is on a higher rung than it would be without sanctions.",
        about(harsher > milder, told_full, told_none),
        model=ladder,
    ),
    statement(
        "A1-war",
        "If Russia's moves follow the war, sanctions change nothing",
        "If provocation gains Russia nothing, its answer to full sanctions is nowhere harsher than without any.",
        about(harsher <= milder, told_full, told_none),
        Premise("provocation gains Russia nothing (gamma = 0)", (Eq(gamma_1, 0), Eq(gamma_2, 0), Eq(gamma_3, 0))),
        Premise("what Russia does gains Japan's answer nothing (theta = 0)", (Eq(theta_1, 0), Eq(theta_2, 0))),
        Premise(
            "nobody is indifferent (n and e_2 are not 0, n_1 ≠ n_2)",
            tuple(Ne(value, 0) for value in (n_1, n_2, n_3, e_2, n_1 - n_2)),
        ),
        model=ladder,
        reading="the war, not the sanctions, explains the rungs",
    ),
    statement(
        "A1-order",
        "The sanctions came first, so they are the cause",
        "If Russia claims sovereignty in answer to full sanctions, it would not have done so before them.",
        Holds(
            Implies(answered >= 1, unprovoked <= 0),
            {
                answered: Reach(("Claim sovereignty",), ("Full",), ladder.name),
                unprovoked: Reach(("Claim sovereignty",), model=reverse.name),
            },
        ),
        model=ladder,
        also=(reverse,),
        reading="the same moves in the other order",
    ),
)
