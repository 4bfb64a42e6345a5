"""A4: relations stay frozen for long."""

import sympy
from sympy import Eq, Symbol

from analyses.arguments import Premise
from analyses.claims import Reach, always, never, sometimes
from analyses.commentary.quantities import about, packages
from analyses.commentary.statements import argument, statement
from games.sources import COMMENTARY, Quoted
from games.territory import freeze_thaw, partition

every_deal = {Symbol(label): Reach((label, "Accept")) for label in partition.offers()}
no_deal = about(sympy.Add(*every_deal) <= 0, every_deal)
game = freeze_thaw.MODEL
T, R, P = freeze_thaw.T, freeze_thaw.R, freeze_thaw.P
delta, epsilon, pi = freeze_thaw.delta, freeze_thaw.epsilon, freeze_thaw.pi
both_ease = (f"{freeze_thaw.CALM}: {freeze_thaw.EASE}, {freeze_thaw.EASE}",)
both_press = (f"{freeze_thaw.CALM}: {freeze_thaw.PRESS}, {freeze_thaw.PRESS}",)
gain = (R - P) * (1 - delta * pi)
temptation = (T - P) * ((1 - delta * pi) * (1 - delta * (1 - epsilon)) - delta**2 * epsilon * (1 - pi))

ARGUMENT = argument(
    "A4",
    "Relations stay frozen for long",
    Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
    "How long is long, and whether anything could be agreed if the war ended; “long” has no unit.",
    statement(
        "A4-frozen",
        "The freeze goes on",
        "Japan and Russia reach no deal on the islands.",
        no_deal,
        model=partition.MODEL,
    ),
    statement(
        "A4-no-gain",
        "Without a joint gain there is no deal",
        "If no package is worth as much to both sides together as the freeze, the freeze goes on.",
        no_deal,
        Premise(
            "no package is worth as much to both together as the freeze",
            tuple(mine + theirs < 0 for mine, theirs in packages()),
        ),
        model=partition.MODEL,
    ),
    statement(
        "A4-lasting",
        "Relations do not thaw between wars",
        "No agreement to ease relations in times of calm is kept.",
        never(both_ease),
        model=game,
        reading="frozen by mutual pressure",
    ),
    statement(
        "A4-possible",
        "A lasting freeze is always possible",
        "In some equilibrium both press for good, whatever the payoffs.",
        always(both_press),
        model=game,
        reading="frozen by mutual pressure",
        every=False,
    ),
    statement(
        "A4-impatient",
        "They stay frozen where patience falls short",
        "If what pressing gains at once is worth more than the calm rounds still to come, no thaw is kept.",
        never(both_ease),
        Premise("(R − P)/(T − P) < 1 − δ(1 − ε) − δ²ε(1 − π)/(1 − δπ)", (gain < temptation,)),
        model=game,
        reading="frozen by mutual pressure",
    ),
    statement(
        "A4-patient",
        "And can thaw where it does not",
        "If it is worth no more, some equilibrium has a thaw in times of calm.",
        sometimes(both_ease),
        Premise("(R − P)/(T − P) ≥ 1 − δ(1 − ε) − δ²ε(1 − π)/(1 − δπ)", (gain >= temptation,)),
        model=game,
        reading="frozen by mutual pressure",
        every=False,
    ),
    statement(
        "A4-short-wars",
        "Patience that is enough without wars is enough with short ones",
        "If wars last one round and the thaw could be kept without wars, it can be kept.",
        sometimes(both_ease),
        Premise("wars last one round (π = 0)", (Eq(pi, 0),)),
        Premise("the thaw could be kept without wars", ((1 - delta) * (T - P) <= R - P,)),
        model=game,
        reading="frozen by mutual pressure",
        every=False,
    ),
)
