"""A3: with this decision, little hope is left on the islands."""

from analyses.arguments import Mode, Premise, Role
from analyses.claims import never
from analyses.commentary.premises import BIASED, UNPAID
from analyses.commentary.quantities import SETTLED, about, agreed, packages, settled_full, settled_without
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import retaliation
from games.sanctions.retaliation import net_benefit
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory import sanctions_then_bargaining

bargaining = sanctions_then_bargaining
deal_without, told_without = agreed(("None",))
deal_full, told_full = agreed(("Full",))
treaty, two, four = (mine + theirs for mine, theirs in packages(relief=False))

ARGUMENT = argument(
    "A3",
    "With this decision, little hope is left on the islands",
    Quoted(COMMENTARY, 9, "Japan has little hope of resolving the territorial issue"),
    "The baseline: whether a settlement was likely without sanctions. If it was not, sanctions cost nothing on "
    "this score.",
    statement(
        "A3-weak",
        "After full sanctions there is no concession",
        "Whatever the payoffs, Russia does not concede after full sanctions.",
        never(("Concede",), after=("Full",)),
        reading="weak: no settlement with sanctions",
        searched=True,
        role=Role.BARE,
    ),
    statement(
        "A3-biased",
        "After full sanctions of a Japan biased to its alliance there is none",
        "If full sanctions are worth more to Japan than its promise, they leave no hope of a concession.",
        never(("Concede",), after=("Full",)),
        BIASED,
        UNPAID,
        role=Role.REPAIRED,
        reading="weak: no settlement with sanctions",
    ),
    statement(
        "A3-strong",
        "Without sanctions a settlement would be likelier",
        "Russia concedes more probably without sanctions than after full ones.",
        about(settled_without > settled_full, SETTLED),
        reading="strong: sanctions are to blame",
        role=Role.BARE,
    ),
    statement(
        "A3-strong-biased",
        "The same where relief is not credible",
        "If relief is not credible and nothing is paid, Russia concedes more probably without sanctions than after "
        "full ones.",
        about(settled_without > settled_full, SETTLED),
        BIASED,
        UNPAID,
        reading="strong: sanctions are to blame",
        role=Role.REPAIRED,
    ),
    statement(
        "A3-talks",
        "Sanctions make a deal less likely",
        "Where an offer follows, there is a deal without sanctions and none under full ones.",
        about(deal_without > deal_full, told_without, told_full, said="a deal is likelier after None than after Full"),
        model=sanctions_then_bargaining.MODEL,
        reading="strong: sanctions close a deal",
        role=Role.BARE,
    ),
    statement(
        "A3-talks-closed",
        "They do where yielding under them costs Russia more than there is to gain",
        "If two islands gain both sides together something, but less than what yielding under sanctions costs Russia, "
        "if nothing else gains them anything and relief costs as much as it brings, there is a deal without sanctions "
        "and none under full ones.",
        about(deal_without > deal_full, told_without, told_full, said="a deal is likelier after None than after Full"),
        Premise(
            "two islands have a joint gain, and less than yielding under sanctions costs (0 < S_2 < Delta_tau)",
            (two > 0, two < bargaining.Delta_tau),
            Quoted(COMMENTARY, 5, "the Russian side is not showing weakness"),
        ),
        Premise(
            "neither a treaty alone nor four islands has one",
            (treaty < 0, four < 0),
            Assumed("so that everything hangs on the two"),
        ),
        Premise(
            "relief costs Japan as much as it brings Russia (h ≤ e)",
            (bargaining.h <= bargaining.e,),
            Assumed("otherwise relief may pay for the rest"),
        ),
        model=sanctions_then_bargaining.MODEL,
        reading="strong: sanctions close a deal",
        role=Role.REPAIRED,
    ),
    statement(
        "A3-blame",
        "It would not",
        "If relief is not credible and nothing is paid, Russia concedes no more probably without sanctions than "
        "after full ones.",
        about(settled_without <= settled_full, SETTLED),
        BIASED,
        UNPAID,
        role=Role.OPPOSITE,
        reading="strong: sanctions are to blame",
    ),
    statement(
        "A3-baseline",
        "Without sanctions there is no concession either",
        "If nothing is paid for the islands, Russia does not concede without sanctions.",
        never(("Concede",), after=("None",)),
        UNPAID,
        role=Role.OPPOSITE,
        reading="strong: sanctions are to blame",
    ),
    statement(
        "A3-forgone",
        "Sanctions can forgo a purchase",
        "If the payment would do without sanctions, but not against the worth of patrols that sanctions provoke, "
        "Russia concedes without sanctions and not after full ones.",
        about(settled_without > settled_full, SETTLED),
        BIASED,
        Premise(
            "the payment exceeds the islands' worth to Russia, but not with patrols (V_R < E < V_R + g)",
            (
                retaliation.E > retaliation.V_R,
                retaliation.V_R + net_benefit("Full", "Patrol") > retaliation.E,
            ),
            Assumed("the text mentions no payment; this is the one way in which it could be right"),
        ),
        role=Role.REPAIRED,
        reading="strong: sanctions are to blame",
    ),
    voice=AUTHOR,
    mode=Mode.PREDICTS,
)
