"""Conflict expectations and the paradox of coercion: allies concede much, and are hardly ever threatened.

A sender demands a concession of size D or nothing. The target concedes or stands firm; the sender, refused, imposes
sanctions, which cost it c_s and the target c_t, or backs down. Who expects conflict minds what the other gains: each
side's payoff is its own gain less (1 − beta) times the other's, where beta is 1 between those who expect no conflict
and 0 where another's gain is as bad as a loss of one's own. The threat is credible exactly if (1 − beta) c_t > c_s, and
the target then concedes at most

    D* = (c_t − (1 − beta) c_s) / (2 − beta),

which grows with beta: the more conflict is expected, the readier the threat, and the smaller the concession.

Source: Drezner (1998), International Studies Quarterly 42, and Drezner (1999), The Sanctions Paradox; D* is derived
here.
"""

from sympy import Expr, Integer, symbols

from games.forms.extensive import Decision, ExtensiveGame, Outcome
from games.literature import DREZNER_1998, DREZNER_1999
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

D, c_s, c_t, beta = symbols("D c_s c_t beta")

INSTANCE = "one instance of the model, as its formulas have no numbers"

PARAMETERS = (
    Parameter(
        D,
        meaning="the concession that is demanded, a gain of the sender's and a loss of the target's",
        default="2",
        low="0",
        high="5",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c_s,
        meaning="cost of the sanctions to the sender",
        default="1",
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c_t,
        meaning="cost of the sanctions to the target",
        default="4",
        low="0",
        high="6",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        beta,
        meaning="how little the other's gains matter: 1 where no conflict is expected",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(INSTANCE),
    ),
)

SENDER, TARGET = "Sender", "Target"


def minding(sender: Expr, target: Expr) -> Outcome:
    """The outcome that gains the two sides so much, to sides that mind what the other gains."""
    return Outcome((sender - (1 - beta) * target, target - (1 - beta) * sender))


def _tree() -> ExtensiveGame:
    nothing = Outcome((Integer(0), Integer(0)))
    refused = Decision(SENDER, {"Impose": minding(-c_s, -c_t), "Back down": nothing})
    demanded = Decision(TARGET, {"Concede": minding(D, -D), "Stand firm": refused})
    return ExtensiveGame((SENDER, TARGET), Decision(SENDER, {"Demand": demanded, "No demand": nothing}))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words; to back down is as good as not to have demanded."""
    words = {"Concede": "The target concedes", "Impose": "Sanctions are imposed and the target stands firm"}
    return words.get(path[-1], "Nothing changes")


MODEL = Model(
    name="conflict-expectations",
    title="Conflict expectations",
    question="Why do allies concede more to sanctions that are hardly ever threatened against them?",
    story=(
        "A sender demands a concession or nothing. The target concedes or stands firm; a sender that is refused "
        "imposes sanctions or backs down. Those who expect conflict with one another mind what the other gains, and "
        "so welcome what it loses. A sender that expects conflict is ready to bear the cost of sanctions because they "
        "cost the target more; but a target that expects conflict, too, minds what a concession gains the sender."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(D > 0, "the demand is worth something"),
        Assumption(c_s >= 0, "sanctions cost the sender something or nothing"),
        Assumption(c_t >= 0, "sanctions cost the target something or nothing"),
        Assumption(beta >= 0, "another's gain is no worse than a loss of one's own"),
        Assumption(beta <= 1, "another's gain is no good in itself"),
    ),
    outcome_words=outcome_words,
    choice_words={
        "Impose": "the threat is credible",
        "Back down": "the threat is not credible",
    },
    axes=("beta", "D"),
    unknown=(
        "The numbers are one instance; nothing is measured.",
        "Both sides expect the same conflict and know all payoffs.",
        "Whether sanctions are lifted after a concession is not asked.",
        "What the other loses counts here as much under sanctions as by a concession.",
    ),
    references=(DREZNER_1998, DREZNER_1999),
)
