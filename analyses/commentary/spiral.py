"""A1: sanctions made Russia escalate."""

from itertools import combinations

from sympy import Eq, Implies, Ne, symbols

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Holds, Reach
from analyses.commentary.quantities import about, rungs_in_all, severity
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import escalation_ladder, wording_first
from games.sources import COMMENTARY, Assumed, Quoted

IN_ALL = "the expected sum of the rungs that Russia takes (talks 1, wording 2, patrols 3)"

ladder, reverse = escalation_ladder.MODEL, wording_first.MODEL
first = escalation_ladder.FIRST_ANSWER
harsher, told_full = severity(first, ("Full",))
milder, told_none = severity(first, ("None",))
harsher_in_all, told_full_in_all = rungs_in_all(("Full",))
milder_in_all, told_none_in_all = rungs_in_all(("None",))
gamma_1, gamma_2, gamma_3 = escalation_ladder.gamma_1, escalation_ladder.gamma_2, escalation_ladder.gamma_3
theta_1, theta_2 = escalation_ladder.theta_1, escalation_ladder.theta_2
n_1, n_2, n_3, e_2 = escalation_ladder.n_1, escalation_ladder.n_2, escalation_ladder.n_3, escalation_ladder.e_2
m, z, delta = escalation_ladder.m, escalation_ladder.z, escalation_ladder.delta
steps = ((0, None), (n_1, None), (n_2, "claim"))
last_steps = ((0, None), (delta * n_2, "claim"), (delta * n_3, None))
ways = [
    early + late for early, first_is in steps for late, last_is in last_steps if not first_is or first_is != last_is
]
last_claim, last_patrol = m * gamma_2 - n_2, m * gamma_3 - n_3
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
        role=Role.BARE,
    ),
    statement(
        "A1-no-milder",
        "They never make it milder",
        "Russia's first answer to full sanctions is on no lower rung than it would be without sanctions.",
        about(harsher >= milder, told_full, told_none),
        model=ladder,
        role=Role.BARE,
        reading="the weak form: not less, instead of more",
    ),
    statement(
        "A1-alone",
        "Without sanctions Russia would have done nothing",
        "Without sanctions Russia absorbs, whatever Japan's military aid.",
        about(milder <= 0, told_none),
        model=ladder,
        role=Role.BARE,
        reading="sanctions alone, not the military aid beside them (¶2)",
    ),
    statement(
        "A1-aid",
        "Military aid alone can bring the same answer",
        "If aid provokes enough for suspended talks to repay their cost, and Russia's steps do not bring a further "
        "round on it, it does not stand by even without sanctions.",
        about(milder_in_all > 0, told_none_in_all, said=f"after None {IN_ALL} is above 0"),
        Premise(
            "suspending talks repays its cost after aid alone (m gamma_1 > n_1)",
            (m * gamma_1 > n_1,),
            Quoted(COMMENTARY, 2, "actively provided military assistance to Ukraine"),
        ),
        Premise(
            "neither rung makes a further round worth its cost to Japan (e_2 + z theta < 0)",
            (e_2 + z * theta_1 < 0, e_2 + z * theta_2 < 0),
            Assumed("without sanctions there is nothing to add a round to"),
        ),
        Premise(
            "Russia is not indifferent between its last steps",
            (Ne(last_claim, 0), Ne(last_patrol, 0), Ne(last_claim, last_patrol)),
            Assumed("where two steps are worth the same, either may be taken"),
        ),
        model=ladder,
        role=Role.OPPOSITE,
        reading="sanctions alone, not the military aid beside them (¶2)",
    ),
    statement(
        "A1-war",
        "If Russia's moves follow the war, sanctions change nothing",
        "If provocation gains Russia nothing, all that it does after full sanctions is no harsher than what it does "
        "without any.",
        about(
            harsher_in_all <= milder_in_all,
            told_full_in_all,
            told_none_in_all,
            said=f"after Full {IN_ALL} is at most that after None",
        ),
        Premise(
            "provocation gains Russia nothing (gamma = 0)",
            (Eq(gamma_1, 0), Eq(gamma_2, 0), Eq(gamma_3, 0)),
            Assumed("what the text denies: that Russia's steps follow the war alone"),
        ),
        Premise(
            "what Russia does gains Japan's answer nothing (theta = 0)",
            (Eq(theta_1, 0), Eq(theta_2, 0)),
            Assumed("so that the sequence says nothing of causes either way"),
        ),
        Premise(
            "nobody is indifferent (no two ways to take steps are worth the same, and e_2 is not 0)",
            (Ne(e_2, 0), *(Ne(one, other) for one, other in combinations(ways, 2))),
            Assumed("where two steps are worth the same, either may be taken"),
        ),
        model=ladder,
        role=Role.OPPOSITE,
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
        role=Role.BARE,
        reading="the same moves in the other order",
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
