"""A10: the government kept the demand off the agenda."""

from analyses.arguments import Mode, Premise, Role
from analyses.claims import always, never
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import two_level
from games.sources import COMMENTARY, Assumed, Quoted

model = two_level.MODEL
m, x_0, p = two_level.m, two_level.x_0, two_level.p
off = ("Keep it off the agenda",)
milder = Premise(
    "the floor's median wants less support than there is (m < x_0)",
    (m < x_0,),
    Assumed("the text has an opposition that demands it, no majority"),
)
further = Premise(
    "the floor's median wants more support than there is (m > x_0)",
    (m > x_0,),
    Assumed("the other way round, to see what the gate hangs on"),
)
amends = Premise("the floor may amend, perhaps (p > 0)", (p > 0,), Assumed("the text says nothing of procedure"))

ARGUMENT = argument(
    "A10",
    "The government kept the demand off the agenda",
    Quoted(COMMENTARY, 1, "did not put it on the agenda for discussion"),
    "Where the median of the floor stands: an opposition that demands something is no majority for it.",
    statement(
        "A10-bare",
        "The government keeps the matter off the agenda",
        "The government keeps the demand to suspend support for Ukraine off the agenda, whatever the floor wants.",
        always(off),
        model=model,
        role=Role.BARE,
    ),
    statement(
        "A10-shut",
        "It does where the floor would suspend some of it",
        "If the floor's median wants less than the status quo and may amend, the matter is kept off the agenda.",
        always(off),
        milder,
        amends,
        model=model,
        role=Role.REPAIRED,
    ),
    statement(
        "A10-open",
        "And does not where the floor would go further",
        "If the floor's median wants more than the status quo and may amend, the matter is put on the agenda.",
        never(off),
        further,
        amends,
        model=model,
        role=Role.OPPOSITE,
    ),
    statement(
        "A10-closed",
        "Whoever writes the bill",
        "If the floor's median wants more than the status quo, the matter is put on the agenda under any rule.",
        never(off),
        further,
        model=model,
        role=Role.OPPOSITE,
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
