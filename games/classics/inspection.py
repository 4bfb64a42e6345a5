"""Sanctions as inspection: a target that violates or complies, a sender that sanctions or does not, at the same time.

A violation pays the target only if it is not sanctioned (b_1 > d_1, c_1 > a_1); sanctions pay the sender only against a
violation (a_2 > b_2, d_2 > c_2). There is then no equilibrium in pure strategies, and in the only one each side's
mixture keeps the other indifferent, so that it hangs on the other's payoffs alone: a harsher sanction does not make the
target violate less often, it makes the sender sanction less often.

Source: Tsebelis (1990), Journal of Conflict Resolution 34; the inspection game goes back to Dresher (1962).
"""

from sympy import Symbol, symbols

from games.forms.strategic import StrategicGame
from games.literature import DRESHER_1962, TSEBELIS_1990
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

a_1, b_1, c_1, d_1, a_2, b_2, c_2, d_2 = symbols("a_1 b_1 c_1 d_1 a_2 b_2 c_2 d_2")


def _payoff(symbol: Symbol, meaning: str, default: str, low: str, high: str) -> Parameter:
    return Parameter(
        symbol,
        meaning=meaning,
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("only the order matters to the argument; the number is one instance"),
    )


PARAMETERS = (
    _payoff(a_1, "target's payoff of a violation that is sanctioned", "-4", "-12", "-1"),
    _payoff(b_1, "target's payoff of a violation that is not", "3", "2", "6"),
    _payoff(c_1, "target's payoff of compliance under sanctions", "0", "-1", "1"),
    _payoff(d_1, "target's payoff of compliance without sanctions", "1", "0", "2"),
    _payoff(a_2, "sender's payoff of sanctions against a violation", "1", "0", "3"),
    _payoff(b_2, "sender's payoff of a violation that it leaves be", "-2", "-6", "-1"),
    _payoff(c_2, "sender's payoff of sanctions against compliance", "-1", "-3", "-1/2"),
    _payoff(d_2, "sender's payoff of compliance without sanctions", "0", "-1/4", "2"),
)

TARGET, SENDER = "Target", "Sender"
VIOLATE, COMPLY, SANCTION, REFRAIN = "Violate", "Comply", "Sanction", "Do not sanction"


def outcome_words(path: tuple[str, ...]) -> str:
    """The profile in words: "A violation, sanctioned"."""
    violated, sanctioned = path[0] == VIOLATE, path[1] == SANCTION
    return f"{'A violation' if violated else 'Compliance'}, {'sanctioned' if sanctioned else 'not sanctioned'}"


MODEL = Model(
    name="inspection",
    title="Sanctions as inspection",
    question="Does a harsher sanction make violations rarer?",
    story=(
        "A target violates a rule or complies; a sender, not knowing yet what the target does, sanctions or does not. "
        "If the target were sure to violate, the sender would sanction; then the target would comply; then the sender "
        "would not sanction; then the target would violate. In the only equilibrium both mix. The target violates so "
        "often that sanctions are just worth their while to the sender, whatever they do to the target."
    ),
    game=StrategicGame(
        {TARGET: (VIOLATE, COMPLY), SENDER: (SANCTION, REFRAIN)},
        {
            (VIOLATE, SANCTION): (a_1, a_2),
            (VIOLATE, REFRAIN): (b_1, b_2),
            (COMPLY, SANCTION): (c_1, c_2),
            (COMPLY, REFRAIN): (d_1, d_2),
        },
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(b_1 > d_1, "without sanctions a violation pays"),
        Assumption(c_1 > a_1, "under sanctions compliance pays"),
        Assumption(a_2 > b_2, "against a violation sanctions pay"),
        Assumption(d_2 > c_2, "against compliance they do not"),
    ),
    outcome_words=outcome_words,
    axes=("a_1", "b_2"),
    unknown=(
        "The numbers are one instance; the argument hangs on their order alone.",
        "Both sides choose at the same time. A sender that is bound beforehand to sanction every violation is another "
        "game.",
        "Sanctions are inspections here: they are chosen without knowledge of what the target does.",
    ),
    references=(DRESHER_1962, TSEBELIS_1990),
)
