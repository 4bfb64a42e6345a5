"""A11: secondary sanctions offend more countries."""

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Unique, always, never
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import secondary, secondary_decision
from games.sources import COMMENTARY, Assumed, Quoted

model = secondary_decision.MODEL
extended = ("Third countries too",)
offended = len(secondary_decision.NAMED) * secondary_decision.omega
dA, V_J, e = secondary_decision.dA, secondary_decision.V_J, secondary_decision.e
threshold = secondary_decision.V_R + secondary_decision.G
groups = [secondary.GROUPS[name] for name in secondary_decision.NAMED]
at_most, at_least = (
    secondary.effective_harm(()),
    secondary.effective_harm(secondary_decision.NAMED),
)
dear = Premise(
    "offence costs more than allies pay (dA < 2 omega)",
    (dA < offended,),
    Quoted(COMMENTARY, 4, "may cause Japan to offend more countries"),
)
credible = Premise(
    "relief is credible (e < beta)",
    (e < secondary_decision.beta,),
    Assumed("no one in the text is given a reason to lift anything"),
)
comply = Premise(
    "penalties exceed the cost of complying (x m > t)",
    tuple(secondary.x * m > t for m, t, _ in groups),
    Assumed("the text counts the cost and never the leakage stopped"),
)

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
        role=Role.BARE,
        reading="the cost alone",
    ),
    statement(
        "A11-idle",
        "Not where no compliance would make Russia concede",
        "If even full compliance harms Russia less than conceding would, and the offence costs more than allies "
        "pay, the sanctions are not extended.",
        never(extended),
        dear,
        Premise(
            "the harm is too small even if all comply (h_F < V_R + G)",
            (at_most < threshold,),
            Assumed("the text compares no sizes"),
        ),
        model=model,
        role=Role.REPAIRED,
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
            Assumed("the text compares no sizes"),
        ),
        credible,
        Premise(
            "the islands and the allies are worth the offence and the sanctions (V_J − e + dA > 2 omega)",
            (V_J - e + dA > offended,),
            Assumed("the text compares no sizes"),
        ),
        model=model,
        role=Role.OPPOSITE,
        reading="cost against leakage",
    ),
    statement(
        "A11-no-relief",
        "Where relief is not credible the allies must pay for the offence",
        "If keeping the sanctions pays Japan more than its promise, it extends them only if its allies pay for the "
        "offence, however much leakage that stops.",
        never(extended),
        dear,
        Premise(
            "keeping the sanctions pays Japan more than a broken promise costs (e > beta)",
            (e > secondary_decision.beta,),
            Assumed("how being “completely biased” (¶1) is put as a payoff; the text has the word and no comparison"),
        ),
        Premise(
            "the islands are worth something to Russia (V_R > 0)",
            (secondary_decision.V_R > 0,),
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
        model=model,
        role=Role.REPAIRED,
        reading="cost against leakage",
    ),
    statement(
        "A11-comply",
        "Penalties make third countries comply",
        "All groups of third countries comply.",
        always(dict.fromkeys(secondary.GROUPS, secondary.COMPLY)),
        model=secondary.MODEL,
        role=Role.BARE,
    ),
    statement(
        "A11-comply-each",
        "They do where each would even alone",
        "If the penalty exceeds the cost of complying for every group, all comply.",
        always(dict.fromkeys(secondary.GROUPS, secondary.COMPLY)),
        Premise(
            "penalties exceed the cost of complying, for each group (x m > t)",
            tuple(secondary.x * m > t for m, t, _ in secondary.GROUPS.values()),
            Assumed("the text does not say what complying costs"),
        ),
        role=Role.REPAIRED,
        model=secondary.MODEL,
    ),
    statement(
        "A11-one-outcome",
        "Payoffs tell who complies",
        "There is at most one equilibrium in pure strategies.",
        Unique(),
        role=Role.BARE,
        model=secondary.MODEL,
        concept="pure-nash",
    ),
    voice=AUTHOR,
    mode=Mode.PREDICTS,
)
