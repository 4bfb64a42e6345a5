"""A14: seek dialogue while the sanctions continue."""

import sympy
from sympy import And, Or, Symbol

from analyses.arguments import Premise
from analyses.claims import Reach
from analyses.commentary.quantities import about, packages
from analyses.commentary.statements import argument, statement
from games.sources import COMMENTARY, Quoted
from games.territory import partition

every_deal = {Symbol(label): Reach((label, "Accept")) for label in partition.offers()}
kept = [symbol for symbol in every_deal if "relief" not in symbol.name]
deal = about(sympy.Add(*every_deal) >= 1, every_deal)

ARGUMENT = argument(
    "A14",
    "Seek dialogue while the sanctions continue",
    Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia"),
    "What is offered in the dialogue, and why the same Russia that never concedes should accept it.",
    statement(
        "A14-excluded",
        "There is no deal without relief",
        "While sanctions are kept, no deal is reached.",
        about(sympy.Add(*kept) <= 0, every_deal),
        model=partition.MODEL,
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
        ),
        model=partition.MODEL,
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
        ),
        model=partition.MODEL,
    ),
)
