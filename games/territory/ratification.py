"""Ratification: an agreement over the islands must leave each side at least what its parliament would ratify.

Japan and Russia divide what the islands and a treaty are worth, S, by offers in turn. At home no agreement is ratified
that gives a side less than the share r_J or r_R of it. A floor on Japan's share changes nothing while it is no more
than what refusing is worth to Japan; above that, Russia must offer the floor when it proposes, and since this is what
Japan gets by refusing, Japan keeps more when it proposes, too: with one discount factor δ and no floor for Russia it
gets S/(1 + δ) as long as r_J ≤ δ/(1 + δ), and S(1 − δ(1 − r_J)) above. If the two floors together exceed one, no
agreement is ratified on both sides, and the freeze goes on, which is worth 0 to both.

Family: two-level games, after Putnam (1988), International Organization 42; ratification as a floor in alternating
offers, Tarar (2005), Journal of Conflict Resolution 49; that tied hands may be a strength, Schelling (1960).
"""

from sympy import Expr, symbols

from games import calibration
from games.forms.alternating_offers import AGREEMENT, AlternatingOffers
from games.literature import PUTNAM_1988, RUBINSTEIN_1982, SCHELLING_1960, TARAR_2005
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory.partition import PARAMETERS as PARTITION
from games.territory.partition import delta_J, delta_R

S, r_J, r_R = symbols("S r_J r_R")

SIDES = ("Japan", "Russia")

PARAMETERS = (
    Parameter(
        S,
        meaning="what islands and a treaty are worth to both sides together; the unit of all payoffs",
        default=calibration.ISLANDS_TO_RUSSIA,
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: what the islands are worth to Russia"),
    ),
    Parameter(
        r_J,
        meaning="least share that would be ratified in Japan",
        default="3/5",
        low="1/10",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        r_R,
        meaning="least share that would be ratified in Russia",
        default="1",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
    ),
    *(p for p in PARTITION if p.symbol in (delta_J, delta_R)),
)


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words; whatever is no agreement leaves things as they are."""
    if path[-1] != AGREEMENT:
        return "The freeze goes on"
    return f"Agreement on {path[0].removesuffix(' proposes')}'s offer"


def quantities() -> dict[str, Expr]:
    """The part that neither parliament insists on: below zero nothing is ratified on both sides."""
    return {"what neither floor takes": S * (1 - r_J - r_R)}


MODEL = Model(
    name="ratification",
    title="Ratification at home",
    question="Does a parliament that would not ratify much help its government, or make an agreement impossible?",
    story=(
        "Japan and Russia propose in turn how to share what the islands and a peace treaty are worth to both. Neither "
        "government can agree to a share that would not be ratified at home. A moderate floor strengthens the side "
        "that has it, since the other must meet it. Floors that leave no room between them end in no agreement at all: "
        "both sides go on talking, or not, and nothing changes."
    ),
    game=AlternatingOffers(
        SIDES,
        {"Japan": delta_J, "Russia": delta_R},
        pie=S,
        floors={"Japan": r_J * S, "Russia": r_R * S},
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(S > 0, "an agreement is worth something to both together"),
        Assumption(r_J >= 0, "r_J is a share"),
        Assumption(r_J <= 1, "r_J is a share"),
        Assumption(r_R >= 0, "r_R is a share"),
        Assumption(r_R <= 1, "r_R is a share"),
        Assumption(delta_J >= 0, "a discount factor is not negative"),
        Assumption(delta_J < 1, "Japan is impatient, however little"),
        Assumption(delta_R >= 0, "a discount factor is not negative"),
        Assumption(delta_R < 1, "Russia is impatient, however little"),
    ),
    outcome_words=outcome_words,
    axes=("r_J", "r_R"),
    unknown=(
        "The source knows of no vote on a treaty; it gives two positions that leave no room, and no floor as a number.",
        "A floor is known to both sides here. Whether a government exaggerates what its parliament would refuse is a "
        "question of private information.",
        "Floors stay where they are. A government may also shift its own floor, or its neighbour's.",
    ),
    arguments=(
        (
            "Japan has little hope of resolving the territorial issue.",
            Quoted(COMMENTARY, 9, "Japan has little hope of resolving the territorial issue"),
        ),
        (
            "Insisting on the islands makes a long freeze likely.",
            Quoted(COMMENTARY, 2, "makes relations between the two countries likely to freeze"),
        ),
    ),
    quantities=quantities,
    references=(PUTNAM_1988, RUBINSTEIN_1982, SCHELLING_1960, TARAR_2005),
)
