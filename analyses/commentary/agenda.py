"""A10: the government kept the demand off the agenda."""

from analyses.arguments import Premise
from analyses.claims import always, never
from analyses.commentary.statements import argument, statement
from games.sanctions import two_level
from games.sources import COMMENTARY, Quoted

model = two_level.MODEL
m, x_0, p = two_level.m, two_level.x_0, two_level.p
off = ("Keep it off the agenda",)
milder = Premise("the floor's median wants less than the status quo (m < x_0)", (m < x_0,))
further = Premise("the floor's median wants more than the status quo (m > x_0)", (m > x_0,))
amends = Premise("the floor may amend, perhaps (p > 0)", (p > 0,))

ARGUMENT = argument(
    "A10",
    "The government kept the demand off the agenda",
    Quoted(COMMENTARY, 1, "did not put it on the agenda for discussion"),
    "Where the median of the floor stands: an opposition that demands something is no majority for it.",
    statement(
        "A10-bare",
        "The government keeps the matter off the agenda",
        "The government keeps the matter off the agenda, whatever the floor wants.",
        always(off),
        model=model,
    ),
    statement(
        "A10-shut",
        "It does where the floor would have milder sanctions",
        "If the floor's median wants less than the status quo and may amend, the matter is kept off the agenda.",
        always(off),
        milder,
        amends,
        model=model,
    ),
    statement(
        "A10-open",
        "And does not where the floor would go further",
        "If the floor's median wants more than the status quo and may amend, the matter is put on the agenda.",
        never(off),
        further,
        amends,
        model=model,
    ),
    statement(
        "A10-closed",
        "Whoever writes the bill",
        "If the floor's median wants more than the status quo, the matter is put on the agenda under any rule.",
        never(off),
        further,
        model=model,
    ),
)
