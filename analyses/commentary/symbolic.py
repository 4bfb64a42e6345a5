"""A8: symbolic sanctions would be enough."""

from sympy import Implies

from analyses.arguments import Mode, Premise, Role
from analyses.claims import always
from analyses.commentary.premises import BIASED_BOTH, UNPAID
from analyses.commentary.quantities import (
    CHOSEN,
    PAID,
    about,
    e_F,
    e_Y,
    full,
    japan_full,
    japan_symbolic,
    severity,
    suffered,
    symbolic,
)
from analyses.commentary.statements import OPPOSITION, argument, statement
from games.sanctions import retaliation
from games.sanctions.retaliation import RUNGS, net_benefit
from games.sources import COMMENTARY, Assumed, Quoted

after_full, told_full = suffered(("Full",))
after_symbolic, told_symbolic = suffered(("Symbolic",))
higher, rungs_full = severity(tuple(RUNGS), ("Full",))
lower, rungs_symbolic = severity(tuple(RUNGS), ("Symbolic",))
more_costly = after_full - after_symbolic
ranked = about(lower <= higher, rungs_full, rungs_symbolic)
gamma_1, gamma_2, gamma_3 = retaliation.gamma_1, retaliation.gamma_2, retaliation.gamma_3

ARGUMENT = argument(
    "A8",
    "Symbolic sanctions would be enough",
    Quoted(COMMENTARY, 7, "imposing symbolic sanctions on Russia while remaining"),
    "How much of the allied payoff symbolic sanctions earn, and whether Russia tells symbolic sanctions from full "
    "ones.",
    statement(
        "A8-bare",
        "Symbolic sanctions do at least as well for Japan",
        "After symbolic sanctions Japan gets at least what it gets after full ones.",
        about(japan_symbolic >= japan_full, PAID),
        role=Role.BARE,
        reading="enough for Japan",
    ),
    statement(
        "A8-enough",
        "Symbolic sanctions are enough where the allied gain is small",
        "If full sanctions earn Japan less above symbolic ones than Russia's harsher answer costs it, it does not "
        "impose them.",
        about(Implies(e_F - e_Y < more_costly, full <= 0), CHOSEN, told_full, told_symbolic),
        BIASED_BOTH,
        UNPAID,
        role=Role.DEFINITION,
        reading="enough for Japan",
    ),
    statement(
        "A8-not-enough",
        "And not where it is great",
        "If full sanctions earn Japan more above symbolic ones than Russia's harsher answer costs it, it does not "
        "stop at symbolic ones.",
        about(Implies(e_F - e_Y > more_costly, symbolic <= 0), CHOSEN, told_full, told_symbolic),
        BIASED_BOTH,
        UNPAID,
        role=Role.DEFINITION,
        reading="enough for Japan",
    ),
    statement(
        "A8-unanswered",
        "Symbolic sanctions go unanswered",
        "Russia absorbs symbolic sanctions.",
        always(("Absorb",), after=("Symbolic",)),
        role=Role.BARE,
        reading="enough to spare Japan hostility",
    ),
    statement(
        "A8-spared",
        "If they provoke too little to repay any answer",
        "If no rung repays its cost after symbolic sanctions, Russia absorbs them.",
        always(("Absorb",), after=("Symbolic",)),
        BIASED_BOTH,
        UNPAID,
        Premise(
            "no answer to symbolic sanctions repays its cost (y gamma < c)",
            tuple(net_benefit("Symbolic", rung) < 0 for rung in RUNGS if rung != "Absorb"),
            Assumed("the text says that there is no need for hostility, not what Russia would make of it"),
        ),
        role=Role.REPAIRED,
        reading="enough to spare Japan hostility",
    ),
    statement(
        "A8-milder",
        "Russia's answer to symbolic sanctions is no harsher",
        "Russia's answer to symbolic sanctions is on no higher rung than its answer to full ones.",
        ranked,
        role=Role.BARE,
        reading="enough to spare Japan hostility",
    ),
    statement(
        "A8-milder-biased",
        "The same of a Japan biased to its alliance",
        "If sanctions are worth more to Japan than its promise, Russia's answer to symbolic ones is on no higher rung "
        "than its answer to full ones.",
        ranked,
        BIASED_BOTH,
        UNPAID,
        role=Role.REPAIRED,
        reading="enough to spare Japan hostility",
    ),
    statement(
        "A8-milder-strict",
        "If each rung answers provocation more",
        "If symbolic sanctions provoke less and each rung answers provocation more than the one below, Russia's "
        "answer to symbolic sanctions is on no higher rung.",
        ranked,
        BIASED_BOTH,
        UNPAID,
        Premise(
            "symbolic sanctions provoke less (y < 1)",
            (retaliation.y < 1,),
            Quoted(COMMENTARY, 7, "vague but unobtrusive policy of imposing symbolic sanctions"),
        ),
        Premise(
            "provocation counts more on each higher rung",
            (gamma_1 > 0, gamma_1 < gamma_2, gamma_2 < gamma_3),
            Assumed("so that no two rungs answer provocation alike"),
        ),
        role=Role.REPAIRED,
        reading="enough to spare Japan hostility",
    ),
    voice=OPPOSITION,
    mode=Mode.PRESCRIBES,
)
