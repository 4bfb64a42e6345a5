"""A9: hostility benefits neither side."""

from sympy import And, Implies, Not, Or

from analyses.arguments import Mode, Premise, Role
from analyses.commentary.premises import BIASED_BOTH, UNPAID
from analyses.commentary.quantities import (
    CHOSEN,
    PAID,
    about,
    e_F,
    e_Y,
    full,
    japan_full,
    japan_without,
    russia_full,
    russia_without,
)
from analyses.commentary.statements import OPPOSITION, argument, statement
from games.sanctions import retaliation
from games.sanctions.retaliation import RUNGS, net_benefit
from games.sources import COMMENTARY, Assumed, Quoted

better_for_both = Or(
    *(
        And(
            e_Y - harm >= japan_full,
            net_benefit("Symbolic", rung) - retaliation.h_Y >= russia_full,
            Or(
                e_Y - harm > japan_full,
                net_benefit("Symbolic", rung) - retaliation.h_Y > russia_full,
            ),
        )
        for rung, (harm, _, _) in RUNGS.items()
    )
)

ARGUMENT = argument(
    "A9",
    "Hostility benefits neither side",
    Quoted(COMMENTARY, 1, "it will not benefit either side"),
    "Against what: neither gains against no sanctions, or both could do better under symbolic ones.",
    statement(
        "A9-neither",
        "Neither side gains from full sanctions",
        "After full sanctions neither side gets more than it would without any.",
        about(And(japan_full <= japan_without, russia_full <= russia_without), PAID),
        role=Role.BARE,
        reading="against no sanctions",
    ),
    statement(
        "A9-dominated",
        "Both could do better under symbolic sanctions",
        "If Japan imposes full sanctions, some answer to symbolic ones would have left neither side worse off, and "
        "one better off.",
        about(Implies(full > 0, better_for_both), CHOSEN, PAID),
        role=Role.BARE,
        reading="against symbolic sanctions",
    ),
    statement(
        "A9-small-gain",
        "If full sanctions earn little and harm much",
        "If Russia answers full sanctions, they earn Japan less than the mildest answer costs and harm Russia more "
        "than its answers are worth, both could do better under symbolic ones.",
        about(better_for_both, PAID),
        BIASED_BOTH,
        UNPAID,
        Premise(
            "suspending talks repays its cost after full sanctions",
            (retaliation.gamma_1 > retaliation.c_1,),
            Quoted(COMMENTARY, 2, "interrupting negotiations on a peace treaty with Japan"),
        ),
        Premise(
            "full sanctions earn less above symbolic ones than suspended talks cost",
            (e_F - e_Y < retaliation.rho_1,),
            Assumed("the text compares no sizes"),
        ),
        Premise(
            "full sanctions harm Russia more than symbolic ones, whatever its answer",
            tuple(retaliation.h_F - net_benefit("Full", rung) > retaliation.h_Y for rung in RUNGS),
            Assumed("the text compares no sizes"),
        ),
        role=Role.REPAIRED,
        reading="against symbolic sanctions",
    ),
    statement(
        "A9-gain",
        "Not where full sanctions earn more than patrols cost",
        "If full sanctions with patrols are worth more to Japan than symbolic ones, nothing under symbolic ones is "
        "better for both.",
        about(Not(better_for_both), PAID),
        BIASED_BOTH,
        UNPAID,
        Premise(
            "full sanctions earn more above symbolic ones than patrols cost",
            (e_F - retaliation.rho_3 > e_Y,),
            Assumed("the text compares no sizes"),
        ),
        role=Role.OPPOSITE,
        reading="against symbolic sanctions",
    ),
    voice=OPPOSITION,
    mode=Mode.ASSERTS,
)
