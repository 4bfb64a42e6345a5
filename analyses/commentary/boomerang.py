"""A13: the sanctions bring more pressure and problems."""

from analyses.arguments import Mode, Premise, Role
from analyses.commentary.premises import BIASED, UNPAID
from analyses.commentary.quantities import PAID, about, japan_full, japan_without, russia_full, russia_without, suffered
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import retaliation
from games.sanctions.retaliation import RUNGS, net_benefit
from games.sources import COMMENTARY, Quoted

after_full, told_full = suffered(("Full",))
after_none, told_none = suffered(("None",))
unharmed = tuple(retaliation.h_F > net_benefit("Full", rung) for rung in RUNGS)

ARGUMENT = argument(
    "A13",
    "The sanctions bring more pressure and problems",
    Quoted(COMMENTARY, 9, "This may cause more pressure and problems for Russia"),
    "For whom: the sentence continues with Russia's deterrent, and its subject is garbled. Both readings are put.",
    statement(
        "A13-russia",
        "Full sanctions leave Russia worse off",
        "Russia gets less after full sanctions than without any; the text says that it may.",
        about(russia_full < russia_without, PAID),
        role=Role.BARE,
        reading="pressure on Russia",
    ),
    statement(
        "A13-russia-harm",
        "If they harm it more than its best answer is worth",
        "If full sanctions harm Russia more than any answer gains it, it gets less than without any.",
        about(russia_full < russia_without, PAID),
        BIASED,
        Premise(
            "the harm exceeds the best answer (h_F > g)",
            unharmed,
            Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
        ),
        role=Role.REPAIRED,
        reading="pressure on Russia",
    ),
    statement(
        "A13-japan",
        "Full sanctions leave Japan under more pressure",
        "Russia's answer harms Japan more after full sanctions than without any.",
        about(after_full > after_none, told_full, told_none),
        role=Role.BARE,
        reading="pressure on Japan",
    ),
    statement(
        "A13-japan-provoked",
        "If provocation makes some rung worth its cost",
        "If suspending talks repays its cost after full sanctions, and only then, Japan is under more pressure.",
        about(after_full > after_none, told_full, told_none),
        BIASED,
        UNPAID,
        Premise(
            "suspending talks repays its cost after full sanctions only (0 < c_1 < gamma_1)",
            (retaliation.c_1 > 0, retaliation.gamma_1 > retaliation.c_1),
            Quoted(COMMENTARY, 2, "interrupting negotiations on a peace treaty with Japan"),
        ),
        Premise(
            "suspended talks harm Japan (rho_1 > 0)",
            (retaliation.rho_1 > 0,),
            Quoted(COMMENTARY, 6, "further increasing pressure on Japan"),
        ),
        role=Role.REPAIRED,
        reading="pressure on Japan",
    ),
    statement(
        "A13-japan-net",
        "Full sanctions never serve Japan",
        "Japan gets no more after full sanctions than without any.",
        about(japan_full <= japan_without, PAID),
        role=Role.BARE,
        reading="problems for Japan, all told",
    ),
    voice=AUTHOR,
    mode=Mode.PREDICTS,
)
