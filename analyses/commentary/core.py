"""The core result: relief that is not credible buys nothing."""

from analyses.arguments import Premise, Statement
from analyses.claims import never
from analyses.commentary.premises import BIASED, UNPAID, relief_not_credible
from analyses.commentary.quantities import WORDS
from analyses.commentary.statements import argument, statement
from games.sanctions import retaliation
from games.sources import COMMENTARY, Assumed, Quoted


def without_credible_relief(sanction: str) -> Statement:
    """The core result: after sanctions that pay more than a broken promise costs, Russia never concedes."""
    return statement(
        f"core-{WORDS[sanction]}",
        f"Relief that is not credible buys nothing: {WORDS[sanction]} sanctions",
        f"If {WORDS[sanction]} sanctions are worth more to Japan than breaking its promise costs, Russia does not "
        "concede after them, whatever their harm.",
        never(("Concede",), after=(sanction,)),
        relief_not_credible(sanction),
        UNPAID,
    )


price = Premise(
    "less is paid than the islands are worth to Russia (E < V_R)",
    (retaliation.E < retaliation.V_R,),
    Assumed("the text mentions no payment, and excludes none"),
)

ARGUMENT = argument(
    "core",
    "The result to see first",
    Quoted(COMMENTARY, 9, "to force Russia to make concessions"),
    "Facing a concession, Japan keeps sanctions that pay it more than its promise. Russia would bear the harm "
    "either way, so conceding only costs it the islands. It fails if relief can be bound (beta ≥ e), if the "
    "islands are bought, or if a deal runs on a separate track. This is the assurance dilemma of coercion (Pauly 2024; "
    "Cebul, Dafoe & Monteiro 2021; Hovi, Huseby & Sprinz 2005; Kydd & McManus 2017), which the source does not see.",
    without_credible_relief("Symbolic"),
    without_credible_relief("Full"),
    statement(
        "core-price",
        "No price below the islands' worth changes that",
        "If relief is not credible and less is paid than the islands are worth to Russia, it does not concede.",
        never(("Concede",), after=("Full",)),
        BIASED,
        price,
    ),
    statement(
        "core-bought",
        "Not even if the islands are bought",
        "If relief is not credible, Russia does not concede, even when Japan may pay for the islands.",
        never(("Concede",), after=("Full",)),
        BIASED,
        searched=True,
    ),
    statement(
        "core-bound",
        "Not even if relief is bound",
        "If nothing is paid for the islands, Russia does not concede to full sanctions.",
        never(("Concede",), after=("Full",)),
        UNPAID,
        searched=True,
    ),
)
