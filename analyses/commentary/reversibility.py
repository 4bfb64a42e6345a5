"""A15: suspending the talks left room to resume them."""

from analyses.arguments import Premise
from analyses.claims import never, sometimes
from analyses.commentary.statements import argument, statement
from games.sources import COMMENTARY, Quoted
from games.territory import standoff

model = standoff.MODEL
talks_off = (standoff.state(standoff.SUSPENDED, False),)
worded = (standoff.state(standoff.WORDING, False),)
costly = Premise("suspending talks costs Russia something (c_1 > 0)", (standoff.c_1 > 0,))
wording_costly = Premise("the changed wording costs Russia something (c_2 > 0)", (standoff.c_2 > 0,))

ARGUMENT = argument(
    "A15",
    "Suspending the talks left room to resume them",
    Quoted(COMMENTARY, 1, "leaving room for the resumption of negotiations"),
    "Whether the changed wording leaves such room, too. No one is given a reason to lift the sanctions first.",
    statement(
        "A15-room",
        "Without sanctions, suspended talks are resumed",
        "If suspending talks costs Russia something, they do not stay suspended once sanctions end.",
        never(talks_off),
        costly,
        model=model,
        concept="nash-stable",
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
        reading="each side looks one move ahead",
    ),
    statement(
        "A15-wording-cheap",
        "It is where taking it back costs less than keeping it",
        "If taking the wording back costs Russia less than the wording itself, it does not last.",
        never(worded),
        Premise("taking it back costs less than keeping it (kappa < c_2)", (standoff.kappa < standoff.c_2,)),
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
        Premise("taking it back costs more than keeping it (kappa > c_2)", (standoff.kappa > standoff.c_2,)),
        Premise("sanctions cost Japan more than they earn (e < 0)", (standoff.e < 0,)),
        model=model,
        concept="nash-stable",
        reading="each side looks one move ahead",
        every=False,
    ),
)
