"""Preventive war: power shifts from one side to the other, and the one that grows stronger cannot promise restraint.

Each round there is a good worth V to divide. Now A wins a war with probability p_1, from the next round on with p_2,
which is greater. A makes the offers, B accepts them or fights. A war ends the bargaining: the winner has the good for
good, and it costs the two sides c_A and c_B once. Later A takes all that B would rather yield than fight for, and
nothing that it says now changes that. So even the whole good of this round need not be enough to keep B from fighting
now. B fights exactly if

    δ p_2 − p_1 > c_B (1 − δ)² / V,

although both would be better off by a division without war. Payoffs are averages over the rounds: a good for good
counts V, one round of it (1 − δ)V, a cost c once (1 − δ)c.

Family: Fearon (1995), International Organization 49, for preventive war as a commitment problem; Powell (2006),
International Organization 60, for shifts of power that are too large and too fast.
"""

from sympy import Expr, Max, symbols

from games.forms.extensive import Decision, ExtensiveGame, Outcome
from games.literature import FEARON_1995, POWELL_2006
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

V, p_1, p_2, c_A, c_B, delta, phi = symbols("V p_1 p_2 c_A c_B delta phi")

INSTANCE = "an instance at which power shifts too far for peace"

PARAMETERS = (
    Parameter(
        V,
        meaning="value of one round of the good to either side; the unit of all payoffs",
        default="1",
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: V = 1"),
    ),
    Parameter(
        p_1,
        meaning="probability that A wins a war now",
        default="3/10",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        p_2,
        meaning="probability that A wins a war from the next round on",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c_A,
        meaning="cost of war to A, once",
        default="1/2",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("as much as to B; when B fights does not depend on it"),
    ),
    Parameter(
        c_B,
        meaning="cost of war to B, once",
        default="1/2",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        delta,
        meaning="discount factor of both sides",
        default="9/10",
        low="0",
        high="99/100",
        unit=Unit.DISCOUNT,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        phi,
        meaning="part of what peace saves now that A leaves to B where it can",
        default="1/10",
        low="1/100",
        high="1/2",
        unit=Unit.SHARE,
        source=Assumed("a small part, so that B is not indifferent; when B fights does not depend on it"),
    ),
)


def war(p: Expr) -> tuple[Expr, Expr]:
    """What a war pays A and B that A wins with probability ``p``."""
    return p * V - (1 - delta) * c_A, (1 - p) * V - (1 - delta) * c_B


def later() -> tuple[Expr, Expr]:
    """What A and B have from the next round on where A takes all that B would rather yield than fight for."""
    _, b = war(p_2)
    return V - b, b


def demanded_now() -> Expr:
    """What A demands of this round: what leaves B its payoff of war and a part of what peace saves, or nothing."""
    _, b = war(p_1)
    left_to_b = b + phi * (1 - delta) * (c_A + c_B)
    return Max(0, (1 - delta) * V + delta * later()[1] - left_to_b)


def _tree() -> ExtensiveGame:
    now, settled, fought = demanded_now(), later(), war(p_2)
    following = Decision(
        "A",
        {
            "Settle later": Outcome((now + delta * settled[0], (1 - delta) * V - now + delta * settled[1])),
            "Fight later": Outcome((now + delta * fought[0], (1 - delta) * V - now + delta * fought[1])),
        },
    )
    return ExtensiveGame(("A", "B"), Decision("B", {"Accept": following, "Fight": Outcome(war(p_1))}))


def quantities() -> dict[str, Expr]:
    """How much B would rather have a war now than the whole good of this round and peace: above zero it fights."""
    return {"what fighting now gains B against all of this round": war(p_1)[1] - (1 - delta) * V - delta * later()[1]}


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words."""
    words = {
        "Fight": "War now, before power shifts",
        "Settle later": "Peace now and later",
        "Fight later": "Peace now, war later",
    }
    return words[path[-1]]


MODEL = Model(
    name="preventive-war",
    title="Preventive war under shifting power",
    question="How far may power shift before the side that grows weaker fights rather than waits?",
    story=(
        "A good is divided round after round. A grows stronger: from the next round on it is likelier to win a war. "
        "B accepts what A offers of this round, or fights; later A takes all that its new power gives it. A "
        "would promise to take less, but nothing holds it to that. Where the shift is large, even all of this round "
        "is not worth the loss of the next ones, and B fights while it can."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V > 0, "the good is worth something"),
        Assumption(p_1 >= 0, "p_1 is a probability"),
        Assumption(p_1 <= p_2, "A grows no weaker"),
        Assumption(c_A >= 0, "war costs A something or nothing"),
        Assumption(c_B > 0, "war costs B something"),
        Assumption(delta >= 0, "a discount factor is not negative"),
        Assumption(delta < 1, "both sides are impatient, however little"),
        Assumption(p_2 * V + (1 - delta) * c_B <= V, "A takes no more than the whole good later"),
        Assumption(phi > 0, "A leaves B more than war would"),
        Assumption(phi < 1, "A does not leave B all that peace saves"),
    ),
    outcome_words=outcome_words,
    axes=("p_2", "delta"),
    unknown=(
        "Power shifts once and whatever is done; that the division itself may shift it is another model.",
        "That B accepts where it is indifferent later is settled for it: A takes exactly its price.",
        "Both sides know all payoffs, and war decides for good.",
    ),
    quantities=quantities,
    references=(FEARON_1995, POWELL_2006),
)
