"""The standoff over the islands as a graph model: which moves can be taken back, and which cannot.

A state says whether Japan's sanctions are in force and on which rung Russia stands: the treaty talks go on, they are
suspended, the wording on sovereignty is changed as well, or patrols are sent besides. Japan imposes and lifts
sanctions. Russia climbs, resumes talks that are merely suspended, and stops patrols; to talk again after it changed
the wording it must take the wording back, which costs it kappa at home and leaves another state than the one before.
If the wording cannot be taken back at all (`graph` with ``revocable=False``), no path leads from there to talks.

Form: graph model with irreversible moves, after Fang, Hipel & Kilgour (1993), Interactive Decision Making: The Graph
Model for Conflict Resolution.
"""

from sympy import Expr, Integer, symbols

from games import calibration
from games.forms.graph_model import GraphModel
from games.literature import FANG_1993
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

e, h = symbols("e h")
rho_1, rho_2, rho_3 = symbols("rho_1 rho_2 rho_3")
gamma_1, gamma_2, gamma_3 = symbols("gamma_1 gamma_2 gamma_3")
c_1, c_2, c_3, kappa = symbols("c_1 c_2 c_3 kappa")

ORDER_ONLY = "no source gives its size; small to large against islands worth 1 to Russia"

PARAMETERS = (
    Parameter(
        e,
        meaning="Japan's net payoff from sanctions: from its allies, less its own cost",
        default=calibration.NET_FULL,
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 9, "firmly favor the position of the United States"),
    ),
    Parameter(
        h,
        meaning="harm of the sanctions to Russia",
        default=calibration.HARM_FULL,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        rho_1,
        meaning="harm to Japan while talks are suspended",
        default=calibration.HARM_OF_RUNGS[0],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "interrupting negotiations on a peace treaty"),
    ),
    Parameter(
        rho_2,
        meaning="harm to Japan once the wording is changed, too",
        default=calibration.HARM_OF_RUNGS[1],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, 'defining the Kuril Islands as their "inherent lands"'),
    ),
    Parameter(
        rho_3,
        meaning="harm to Japan while patrols are sent besides",
        default=calibration.HARM_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 6, "accelerated the frequency of patrols around Japan"),
    ),
    Parameter(
        gamma_1,
        meaning="Russia's gain from suspending talks while sanctions are in force",
        default=calibration.GAIN_OF_RUNGS[0],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        gamma_2,
        meaning="Russia's gain from the changed wording while sanctions are in force",
        default=calibration.GAIN_OF_RUNGS[1],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        gamma_3,
        meaning="Russia's gain from patrols, too, while sanctions are in force",
        default=calibration.GAIN_OF_RUNGS[2],
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        c_1,
        meaning="Russia's cost while talks are suspended",
        default=calibration.COST_OF_RUNGS[0],
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 1, "leaving room for the resumption of negotiations"),
    ),
    Parameter(
        c_2,
        meaning="Russia's cost of the changed wording",
        default=calibration.COST_OF_RUNGS[1],
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        c_3,
        meaning="Russia's cost of patrols, too",
        default=calibration.COST_OF_RUNGS[2],
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        kappa,
        meaning="cost to Russia at home of taking the changed wording back",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "always taken a firm position"),
    ),
)

TALKS, SUSPENDED, WORDING, PATROLS, AGAIN = "Talks", "Suspended", "Wording", "Patrols", "Talks again"

RUNGS = {
    TALKS: (Integer(0), Integer(0), Integer(0)),
    SUSPENDED: (rho_1, gamma_1, c_1),
    WORDING: (rho_2, gamma_2, c_2),
    PATROLS: (rho_3, gamma_3, c_3),
    AGAIN: (Integer(0), Integer(0), kappa),
}
"""For each rung: its harm to Japan, Russia's gain while sanctions are in force, and Russia's cost."""

CLIMBS = {
    TALKS: (SUSPENDED, WORDING, PATROLS),
    SUSPENDED: (TALKS, WORDING, PATROLS),
    WORDING: (PATROLS,),
    PATROLS: (WORDING,),
}
"""The rungs to which Russia can go from each, the wording once changed staying changed."""

NO_SANCTIONS, SANCTIONS = "no sanctions", "sanctions"


def state(rung: str, sanctioned: bool) -> str:
    """The label of a state."""
    return f"{rung}, {SANCTIONS if sanctioned else NO_SANCTIONS}"


def _payoffs(rung: str, sanctioned: bool) -> tuple[Expr, Expr]:
    harm, gain, cost = RUNGS[rung]
    return (e - harm, gain - h - cost) if sanctioned else (-harm, -cost)


def graph(*, revocable: bool = True) -> GraphModel:
    """The graph model of the dispute; ``revocable`` says whether the changed wording can be taken back at a cost."""
    rungs = [rung for rung in RUNGS if revocable or rung != AGAIN]
    climbs = {rung: list(targets) for rung, targets in CLIMBS.items()}
    if revocable:
        climbs[WORDING].append(AGAIN)
        climbs[PATROLS].append(AGAIN)
        climbs[AGAIN] = [WORDING, PATROLS]
    both = (False, True)
    return GraphModel(
        {state(rung, sanctioned): _payoffs(rung, sanctioned) for sanctioned in both for rung in rungs},
        {
            "Japan": {state(rung, sanctioned): (state(rung, not sanctioned),) for sanctioned in both for rung in rungs},
            "Russia": {
                state(rung, sanctioned): tuple(state(target, sanctioned) for target in climbs[rung])
                for sanctioned in both
                for rung in rungs
            },
        },
    )


def outcome_words(path: tuple[str, ...]) -> str:
    """The state in words."""
    rung, _, sanctioned = path[-1].partition(", ")
    words = {
        TALKS: "talks go on",
        SUSPENDED: "talks are suspended",
        WORDING: "the wording is changed",
        PATROLS: "patrols, and the wording is changed",
        AGAIN: "talks go on again, the wording taken back",
    }
    return f"{sanctioned.capitalize()}; {words[rung]}"


MODEL = Model(
    name="standoff",
    title="The standoff over the islands",
    question="From which steps does a path lead back to talks, and would anybody take it?",
    story=(
        "Japan imposes or lifts sanctions. Russia climbs: it suspends the treaty talks, changes its wording on the "
        "sovereignty over the islands, sends patrols; climbing is worth something to it only while sanctions are in "
        "force. Suspended talks can be resumed and patrols stopped. Under the changed wording there are no talks; it "
        "can be taken back only at a cost at home. Either side moves at any time, alone; a state is stable for a side "
        "that no move of its own, or none that stands up to the other's answer, leads to a better one."
    ),
    game=graph(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(h >= 0, "sanctions harm or do nothing"),
        Assumption(rho_1 >= 0, "retaliation harms or does nothing"),
        Assumption(rho_1 <= rho_2, "a higher rung harms Japan at least as much"),
        Assumption(rho_2 <= rho_3, "a higher rung harms Japan at least as much"),
        Assumption(gamma_1 >= 0, "sanctions make climbing no less attractive"),
        Assumption(gamma_1 <= gamma_2, "sanctions count at least as much on a higher rung"),
        Assumption(gamma_2 <= gamma_3, "sanctions count at least as much on a higher rung"),
        Assumption(c_1 >= 0, "climbing costs something or nothing"),
        Assumption(c_1 <= c_2, "a higher rung costs at least as much"),
        Assumption(c_2 <= c_3, "a higher rung costs at least as much"),
        Assumption(kappa >= 0, "taking the wording back does not pay in itself"),
    ),
    outcome_words=outcome_words,
    axes=("kappa", "e"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "That there can be no talks under the changed wording is assumed, as is what taking it back would cost; the "
        "source speaks of room for talks only while they are suspended.",
        "Russia's changed wording is the source's claim; contemporary press has Japan restoring such wording in 2022, "
        "and no report of a change by Russia in 2023 was found.",
        "Why sanctions are in force is one number here, e; that Russia could end them by a concession is left to the "
        "tree of sanctions and retaliation.",
        "A graph model tells which states last once reached, not which is reached.",
    ),
    arguments=(
        (
            "Suspending the talks left room to resume them.",
            Quoted(COMMENTARY, 1, "leaving room for the resumption of negotiations"),
        ),
        (
            "Pressure led Russia to change its wording.",
            Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
        ),
    ),
    references=(FANG_1993,),
)
