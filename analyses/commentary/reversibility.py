"""A15: suspending the talks left room to resume them."""

from sympy import symbols

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Reach, never, sometimes
from analyses.commentary.quantities import about
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory import standoff

model = standoff.MODEL
talks_off = (standoff.state(standoff.SUSPENDED, False),)
talks_off_under = (standoff.state(standoff.SUSPENDED, True),)
under, after = symbols("under after")
worded = (standoff.state(standoff.WORDING, False),)
costly = Premise(
    "suspending talks costs Russia something (c_1 > 0)",
    (standoff.c_1 > 0,),
    Quoted(COMMENTARY, 2, "canceling a number of cooperation projects"),
)
wording_costly = Premise(
    "the changed wording costs Russia something (c_2 > 0)",
    (standoff.c_2 > 0,),
    Assumed("the text names no cost of words"),
)
unwanted = Premise(
    "sanctions cost Japan more than they earn (e < 0)",
    (standoff.e < 0,),
    Assumed("no one in the text is given a reason to lift the sanctions"),
)

ARGUMENT = argument(
    "A15",
    "Suspending the talks left room to resume them",
    Quoted(COMMENTARY, 1, "leaving room for the resumption of negotiations"),
    "Whether the changed wording leaves such room, too. No one is given a reason to lift the sanctions first.",
    statement(
        "A15-road",
        "A road leads back from suspended talks",
        "Talks that are suspended do not stay so: from there each step of a road back pays whoever takes it.",
        about(under + after <= 0, {under: Reach(talks_off_under), after: Reach(talks_off)}),
        model=model,
        concept="nash-stable",
        role=Role.BARE,
        reading="room as a road that is taken",
    ),
    statement(
        "A15-road-paid",
        "It does where sanctions do not pay and suspending costs",
        "If sanctions cost Japan more than they earn and suspending talks costs Russia something, each step of the "
        "road back pays: Japan lifts the sanctions, and Russia resumes the talks.",
        about(under + after <= 0, {under: Reach(talks_off_under), after: Reach(talks_off)}),
        costly,
        unwanted,
        model=model,
        concept="nash-stable",
        role=Role.REPAIRED,
        reading="room as a road that is taken",
    ),
    statement(
        "A15-room",
        "Without sanctions, suspended talks are resumed",
        "If suspending talks costs Russia something, they do not stay suspended once sanctions end.",
        never(talks_off),
        costly,
        model=model,
        concept="nash-stable",
        role=Role.BARE,
        reading="each side looks one move ahead",
    ),
    statement(
        "A15-room-foresight",
        "Also if Russia fears the answer",
        "If suspending talks costs Russia something, they do not stay suspended once sanctions end.",
        never(talks_off),
        costly,
        model=model,
        concept="sequentially-stable",
        role=Role.BARE,
        reading="each side looks at the other's credible answer",
    ),
    statement(
        "A15-wording",
        "The changed wording is taken back likewise",
        "If the changed wording costs Russia something, it does not last once sanctions end.",
        never(worded),
        wording_costly,
        model=model,
        concept="nash-stable",
        role=Role.REPAIRED,
        reading="each side looks one move ahead",
    ),
    statement(
        "A15-wording-cheap",
        "It is where taking it back costs less than keeping it",
        "If taking the wording back costs Russia less than the wording itself, it does not last.",
        never(worded),
        Premise(
            "taking it back costs less than keeping it (kappa < c_2)",
            (standoff.kappa < standoff.c_2,),
            Assumed("the text names no cost of words"),
        ),
        role=Role.REPAIRED,
        model=model,
        concept="nash-stable",
        reading="each side looks one move ahead",
    ),
    statement(
        "A15-locked",
        "And lasts where it costs more",
        "If taking the wording back costs Russia more than keeping it, and sanctions cost Japan more than they "
        "earn, the changed wording can outlast the sanctions.",
        sometimes(worded),
        Premise(
            "taking it back costs more than keeping it (kappa > c_2)",
            (standoff.kappa > standoff.c_2,),
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        unwanted,
        role=Role.OPPOSITE,
        model=model,
        concept="nash-stable",
        reading="each side looks one move ahead",
        every=False,
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
