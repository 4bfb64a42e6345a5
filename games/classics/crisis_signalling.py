"""Crisis signalling: a threat by a challenger whose resolve is private, and the cost of backing down that lends it
weight.

A challenger is resolved with probability mu; only it knows. It threatens, to take a good worth V from a target, or
leaves things as they are. The target resists or concedes. If it resists, the challenger fights, or backs down before
its audience at a cost a. A resolved challenger would rather fight than back down, an unresolved one would not. Where
resolved challengers are not too likely, some of the others threaten, too, and are resisted at times: the more backing
down costs, the less often the target resists, and the rarer is war.

Family: audience costs, Fearon (1994), American Political Science Review 88; the one-sided form after Schultz (1999),
International Organization 53.
"""

from sympy import Integer, symbols

from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.literature import FEARON_1994, SCHULTZ_1999
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

V, a, w, s_R, s_U, mu = symbols("V a w s_R s_U mu")

INSTANCE = "an instance at which some threats are bluffs"

PARAMETERS = (
    Parameter(
        V,
        meaning="value of the good to either side; the unit of all payoffs",
        default="1",
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: V = 1"),
    ),
    Parameter(
        a,
        meaning="audience cost: what the challenger pays for backing down",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        w,
        meaning="what war is worth to the target",
        default="-2/5",
        low="-1",
        high="0",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        s_R,
        meaning="what war is worth to a resolved challenger",
        default="1/5",
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed("any value between 0 and V leads to the same play"),
    ),
    Parameter(
        s_U,
        meaning="what war is worth to an unresolved challenger",
        default="-3/2",
        low="-3",
        high="-1",
        unit=Unit.PAYOFF,
        source=Assumed("any value below −a leads to the same play"),
    ),
    Parameter(
        mu,
        meaning="probability that the challenger is resolved",
        default="3/10",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed(INSTANCE),
    ),
)

THREATENED = "Threatened"
"""The target's information set: it has been threatened, and does not know by whom."""

KINDS = {"Resolved": (mu, s_R), "Unresolved": (1 - mu, s_U)}
"""For each kind of challenger: how probable it is, and what war is worth to it."""


def _challenger(kind: str) -> Decision:
    war = KINDS[kind][1]
    resisted = Decision(
        "Challenger", {"Fight": Outcome((war, w)), "Back down": Outcome((-a, V))}, f"{kind} after resistance"
    )
    answered = Decision("Target", {"Resist": resisted, "Concede": Outcome((V, Integer(0)))}, THREATENED)
    return Decision("Challenger", {"Threaten": answered, "Refrain": Outcome((Integer(0), V))}, kind)


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "A resolved challenger threatens, the target resists, war"."""
    kind, *moves = path
    words = {
        "Threaten": "threatens",
        "Refrain": "refrains",
        "Resist": "the target resists",
        "Concede": "the target concedes",
        "Fight": "war",
        "Back down": "the challenger backs down",
    }
    article = "A resolved" if kind == "Resolved" else "An unresolved"
    return ", ".join([f"{article} challenger {words[moves[0]]}", *(words[move] for move in moves[1:])])


MODEL = Model(
    name="crisis-signalling",
    title="Crisis signalling and audience costs",
    question="Does a cost of backing down make threats more believed and wars rarer?",
    story=(
        "A challenger is resolved or not, which only it knows. It threatens to take a good, or refrains. The target "
        "resists or concedes. If it resists, the challenger fights or backs down before its audience. Resolved "
        "challengers threaten and fight; the others would back down, and some of them threaten in the hope that the "
        "target concedes."
    ),
    game=ExtensiveGame(
        ("Challenger", "Target"), Chance({kind: (odds, _challenger(kind)) for kind, (odds, _) in KINDS.items()})
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V > 0, "the good is worth something"),
        Assumption(a >= 0, "backing down does not pay in itself"),
        Assumption(w < 0, "the target would rather concede than have war"),
        Assumption(s_R > 0, "a resolved challenger would rather have war than leave things as they are"),
        Assumption(s_R < V, "it would rather be conceded the good than fight for it"),
        Assumption(s_U < -a, "an unresolved challenger would rather back down than fight"),
        Assumption(mu >= 0, "mu is a probability"),
        Assumption(mu <= 1, "mu is a probability"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "Where audience costs come from, and whether leaders can choose them, is left out.",
        "The target's resolve is known; with doubts on both sides there is a second signal to read.",
        "How the good is divided is not bargained over: it is conceded whole or not at all.",
    ),
    references=(FEARON_1994, SCHULTZ_1999),
)
