"""A2: sanctions can force a compromise on the islands."""

import sympy
from sympy import Symbol

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Reach, always, never, sometimes
from analyses.commentary.premises import UNPAID, edge, harmed, outside_window, relief_credible, threat_credible, window
from analyses.commentary.quantities import WORDS, about, agreed, e_Y, packages
from analyses.commentary.statements import GOVERNMENT, argument, statement
from games.sanctions import retaliation
from games.sanctions.retaliation import SANCTIONS
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory import sanctions_then_bargaining

deal, told = agreed(("Full",))
settled = {Symbol(f"settled_{s}"): Reach((s, "Concede")) for s in SANCTIONS}
anyway = about(sympy.Add(*settled) >= 1, settled)
inside = (threat_credible("Full"), relief_credible("Full"), harmed("Full"), UNPAID)
statements = [
    statement(
        "A2-bare",
        "Great harm alone forces a concession",
        "If full sanctions harm Russia by more than the islands and the best answer are worth to it, it concedes.",
        always(("Concede",), after=("Full",)),
        harmed("Full"),
        reading="as the text has it",
        searched=True,
        role=Role.BARE,
    )
]
for s in ("Full", "Symbolic"):
    statements += [
        statement(
            f"A2-window-{WORDS[s]}",
            f"Inside the window, {WORDS[s]} sanctions bring a concession",
            f"If Japan holds {WORDS[s]} sanctions when refused, lifts them when obeyed, and they harm enough, "
            "Russia concedes.",
            always(("Concede",), after=(s,)),
            *window(s),
            role=Role.REPAIRED,
        ),
        statement(
            f"A2-only-{WORDS[s]}",
            f"Outside the window, {WORDS[s]} sanctions bring none",
            f"If holding {WORDS[s]} sanctions or lifting them is not credible, or they harm too little, Russia "
            "never concedes.",
            never(("Concede",), after=(s,)),
            outside_window(s),
            UNPAID,
            role=Role.REPAIRED,
        ),
    ]

ARGUMENT = argument(
    "A2",
    "Sanctions can force a compromise on the islands",
    Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
    "No one is given a reason to lift anything: that Japan would stop if obeyed, and that it can lift the harm "
    "that its allies do, is not said.",
    *statements,
    statement(
        "A2-talks",
        "Full sanctions bring a deal",
        "Where sanctions are followed by an offer, full ones bring a deal.",
        about(deal >= 1, told, said="after Full an offer is accepted"),
        model=sanctions_then_bargaining.MODEL,
        role=Role.BARE,
        reading="an offer under sanctions",
    ),
    statement(
        "A2-talks-none",
        "They bring none where relief gains less than it costs and nothing else gains",
        "If relief costs Japan at least what it brings Russia, and no package gains both together something without "
        "sanctions, full sanctions bring no deal.",
        about(deal <= 0, told, said="after Full no offer is accepted"),
        Premise(
            "relief costs Japan as much as it brings Russia (h ≤ e)",
            (sanctions_then_bargaining.h <= sanctions_then_bargaining.e,),
            Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
        ),
        Premise(
            "no package has a joint gain without sanctions",
            tuple(mine + theirs < 0 for mine, theirs in packages(relief=False)),
            Assumed("the text gives reasons for a freeze on either side, and no sum"),
        ),
        model=sanctions_then_bargaining.MODEL,
        role=Role.OPPOSITE,
        reading="an offer under sanctions",
    ),
    statement(
        "A2-edge",
        "On the edge of the window a concession is possible",
        "If threat, relief and harm only just suffice, some equilibrium has a concession after full sanctions.",
        sometimes(("Concede",), after=("Full",)),
        edge("Full"),
        every=False,
        role=Role.REPAIRED,
    ),
    statement(
        "A2-wanted",
        "Inside the window, Japan takes the islands",
        "If full sanctions would bring a concession, the islands pass to Japan.",
        anyway,
        *inside,
        role=Role.REPAIRED,
    ),
    statement(
        "A2-wanted-more",
        "If they are worth more to it than standing with its allies",
        "If full sanctions would bring a concession and the islands are worth more to Japan than symbolic "
        "sanctions, the islands pass to Japan.",
        anyway,
        *inside,
        Premise(
            "the islands are worth more to Japan than symbolic sanctions (V_J > e)",
            (e_Y < retaliation.V_J,),
            Assumed("the text does not weigh the islands against the alliance"),
        ),
        role=Role.REPAIRED,
    ),
    voice=GOVERNMENT,
    mode=Mode.REPORTS_A_GOAL,
)
