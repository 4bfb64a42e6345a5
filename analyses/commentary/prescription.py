"""A14: seek dialogue while the sanctions continue."""

import sympy
from sympy import And, Or, Symbol

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Reach, always, never
from analyses.commentary.quantities import about, packages
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sanctions import relief_in_steps
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory import partition, standoff

every_deal = {Symbol(label): Reach((label, "Accept")) for label in partition.offers()}
kept = [symbol for symbol in every_deal if "relief" not in symbol.name]
deal = about(sympy.Add(*every_deal) >= 1, every_deal, said="an offer is accepted")

SIX_STEPS = ("Cede", "Lift") * 6

ARGUMENT = argument(
    "A14",
    "Seek dialogue while the sanctions continue",
    Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia"),
    "What is offered in the dialogue, and why a Russia that has always been firm should accept it.",
    statement(
        "A14-excluded",
        "There is no deal without relief",
        "While sanctions are kept, no deal is reached.",
        about(sympy.Add(*kept) <= 0, every_deal, said="no offer without relief is accepted"),
        model=partition.MODEL,
        role=Role.OPPOSITE,
        reading="denied: sanctions exclude a deal",
    ),
    statement(
        "A14-surplus",
        "A joint gain is enough for a deal",
        "If some package without relief is worth more to both sides together than the freeze, there is a deal.",
        deal,
        Premise(
            "some package without relief has a joint gain",
            (Or(*(mine + theirs > 0 for mine, theirs in packages(relief=False))),),
            Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia"),
        ),
        model=partition.MODEL,
        role=Role.BARE,
    ),
    statement(
        "A14-both-gain",
        "A gain for each is enough, sanctions kept",
        "If some offer without relief is worth more to each side than the freeze, there is a deal.",
        deal,
        Premise(
            "some offer without relief is worth more than the freeze to each side",
            (
                Or(
                    *(
                        And(mine > 0, theirs > 0)
                        for label, (mine, theirs) in partition.offers().items()
                        if "relief" not in label
                    )
                ),
            ),
            Assumed("what an offer that both may accept means"),
        ),
        model=partition.MODEL,
        role=Role.DEFINITION,
    ),
    statement(
        "A14-steps",
        "Relief and concessions in steps are taken to the end",
        "Once six steps are offered, the whole exchange is played.",
        always(SIX_STEPS, after=("In 6 steps",)),
        model=relief_in_steps.MODEL,
        role=Role.BARE,
        reading="dialogue in small steps",
    ),
    statement(
        "A14-steps-kept",
        "They are where no step tempts either side",
        "If six steps are offered, each so small that keeping the sanctions gains Japan less than its promise "
        "(e < 6 beta), islands worth as much to it as the sanctions, and large enough that stopping gains Russia less "
        "than the relief of one (h − v > 6 G), the whole exchange is played.",
        always(SIX_STEPS, after=("In 6 steps",)),
        Premise(
            "each step is small enough for Japan (e < 6 beta, e ≤ V)",
            (relief_in_steps.e < 6 * relief_in_steps.beta, relief_in_steps.e <= relief_in_steps.V),
            Assumed("the text does not say what dialogue would exchange"),
        ),
        Premise(
            "and large enough for Russia (h − v > 6 G)",
            (relief_in_steps.h - relief_in_steps.v > 6 * relief_in_steps.G,),
            Assumed("the text does not say what dialogue would exchange"),
        ),
        model=relief_in_steps.MODEL,
        role=Role.REPAIRED,
        reading="dialogue in small steps",
    ),
    statement(
        "A14-worsening",
        "While sanctions last, relations get no worse",
        "With sanctions in force Russia sends no patrols.",
        never((standoff.state(standoff.PATROLS, True),)),
        model=standoff.MODEL,
        role=Role.BARE,
        reading="dialogue to avoid further deterioration",
    ),
    statement(
        "A14-restrained",
        "They do not where patrols gain Russia less than they cost it",
        "If patrols gain Russia less above the changed wording than they cost it more, it sends none while sanctions "
        "are in force.",
        never((standoff.state(standoff.PATROLS, True),)),
        Premise(
            "patrols gain less above the wording than they cost more (gamma_3 − gamma_2 < c_3 − c_2)",
            (standoff.gamma_3 - standoff.gamma_2 < standoff.c_3 - standoff.c_2,),
            Assumed("what dialogue would have to bring about; the text does not say how"),
        ),
        model=standoff.MODEL,
        role=Role.REPAIRED,
        reading="dialogue to avoid further deterioration",
    ),
    voice=AUTHOR,
    mode=Mode.PRESCRIBES,
)
