"""A11: secondary sanctions offend more countries."""

from analyses.arguments import Premise
from analyses.claims import Unique, always, never
from analyses.commentary.statements import argument, statement
from games.sanctions import secondary, secondary_decision
from games.sources import COMMENTARY, Quoted

model = secondary_decision.MODEL
extended = ("Third countries too",)
offended = len(secondary_decision.NAMED) * secondary_decision.omega
dA, V_J = secondary_decision.dA, secondary_decision.V_J
threshold = secondary_decision.V_R + secondary_decision.G
groups = [secondary.GROUPS[name] for name in secondary_decision.NAMED]
at_most, at_least = (
    secondary.effective_harm(()),
    secondary.effective_harm(secondary_decision.NAMED),
)
dear = Premise("offence costs more than allies pay (dA < 2 omega)", (dA < offended,))
comply = Premise("penalties exceed the cost of complying (x m > t)", tuple(secondary.x * m > t for m, t, _ in groups))

ARGUMENT = argument(
    "A11",
    "Secondary sanctions offend more countries",
    Quoted(COMMENTARY, 4, "may cause Japan to offend more countries"),
    "The leakage that they stop: the text counts the cost and never the benefit.",
    statement(
        "A11-cost",
        "Offending third countries is not worth it",
        "If the offence costs Japan more than its allies pay, it does not extend the sanctions.",
        never(extended),
        dear,
        model=model,
        reading="the cost alone",
    ),
    statement(
        "A11-idle",
        "Not where no compliance would make Russia concede",
        "If even full compliance harms Russia less than conceding would, and the offence costs more than allies "
        "pay, the sanctions are not extended.",
        never(extended),
        dear,
        Premise("the harm is too small even if all comply (h_F < V_R + G)", (at_most < threshold,)),
        model=model,
        reading="cost against leakage",
    ),
    statement(
        "A11-leakage",
        "It is where compliance makes the difference",
        "If third countries comply when penalised, Russia concedes then and not before, and the islands with the "
        "allies' pay are worth the offence, the sanctions are extended.",
        always(extended),
        comply,
        Premise(
            "compliance makes the difference (h_F (1 − lambda) < V_R + G < h_F)",
            (at_least < threshold, threshold < at_most),
        ),
        Premise("the islands and the allies are worth the offence (V_J + dA > 2 omega)", (V_J + dA > offended,)),
        model=model,
        reading="cost against leakage",
    ),
    statement(
        "A11-comply",
        "Penalties make third countries comply",
        "All groups of third countries comply.",
        always(dict.fromkeys(secondary.GROUPS, secondary.COMPLY)),
        model=secondary.MODEL,
    ),
    statement(
        "A11-comply-each",
        "They do where each would even alone",
        "If the penalty exceeds the cost of complying for every group, all comply.",
        always(dict.fromkeys(secondary.GROUPS, secondary.COMPLY)),
        Premise(
            "penalties exceed the cost of complying, for each group (x m > t)",
            tuple(secondary.x * m > t for m, t, _ in secondary.GROUPS.values()),
        ),
        model=secondary.MODEL,
    ),
    statement(
        "A11-one-outcome",
        "Payoffs tell who complies",
        "There is at most one equilibrium in pure strategies.",
        Unique(),
        model=secondary.MODEL,
        concept="pure-nash",
    ),
)
