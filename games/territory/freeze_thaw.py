"""Freeze and thaw: an easing that is possible only while no war is on, held up by the threat of a lasting freeze.

Japan and Russia meet round after round. In calm times each eases or presses, a dilemma: pressing on an easing partner
pays T, easing together R, pressing together P, and T > R > P. With probability epsilon a round of calm is followed by
war elsewhere, during which relations are frozen and pay P; war persists with probability pi. By grim trigger the
thaw, easing in every round of calm, is sustainable exactly if

    (R − P)/(T − P) ≥ 1 − δ(1 − ε) − δ² ε (1 − π)/(1 − δ π).

A freeze that a war brings lasts 1/(1 − pi) rounds on average.

Family: cooperation by trigger strategies in a state that comes and goes and that both see, after Rotemberg & Saloner
(1986), American Economic Review 76; looser ancestors are Green & Porter (1984), Econometrica 52, where breakdowns are
seen imperfectly, and the shadow of the future in Fearon (1998), International Organization 52.
"""

from sympy import Expr, symbols

from games import calibration
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from games.literature import FEARON_1998, GREEN_1984, ROTEMBERG_1986
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

T, R, P, S = symbols("T R P S")
delta, epsilon, pi = symbols("delta epsilon pi")

CALM, WAR = "Calm", "War"
EASE, PRESS = "Ease", "Press"

PARAMETERS = (
    Parameter(
        T,
        meaning="payoff of pressing while the other side eases",
        default="5",
        low="4",
        high="8",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "Japan has not slowed down the pace of pressure"),
    ),
    Parameter(
        R,
        meaning="payoff of easing together: talks and joint projects go on",
        default="3",
        low="2",
        high="4",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 2, "canceling a number of cooperation projects"),
    ),
    Parameter(
        P,
        meaning="payoff of the freeze: both press, or a war is on",
        default="1",
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source gives no size; the usual dilemma of 5, 3, 1, 0"),
    ),
    Parameter(
        S,
        meaning="payoff of easing while the other side presses",
        default="0",
        low="-2",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed("no source gives it, and the thaw does not hang on it"),
    ),
    Parameter(
        delta,
        meaning="discount factor of both sides",
        default=calibration.DISCOUNT,
        low="0",
        high="99/100",
        unit=Unit.DISCOUNT,
        source=Assumed("how patient governments are is open; the same for both"),
    ),
    Parameter(
        epsilon,
        meaning="probability that a round of calm is followed by war",
        default="3/4",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Quoted(COMMENTARY, 2, "Since the outbreak of the Russia-Ukraine conflict"),
    ),
    Parameter(
        pi,
        meaning="probability that a round of war is followed by another",
        default="19/20",
        low="0",
        high="99/100",
        unit=Unit.PROBABILITY,
        source=Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
    ),
)

_SIDES = ("Japan", "Russia")
_DILEMMA = StrategicGame(
    dict.fromkeys(_SIDES, (EASE, PRESS)),
    {(EASE, EASE): (R, R), (EASE, PRESS): (S, T), (PRESS, EASE): (T, S), (PRESS, PRESS): (P, P)},
)
_FROZEN = StrategicGame(dict.fromkeys(_SIDES, (PRESS,)), {(PRESS, PRESS): (P, P)})

THAW = {CALM: (EASE, EASE), WAR: (PRESS, PRESS)}
FREEZE = {CALM: (PRESS, PRESS), WAR: (PRESS, PRESS)}


def outcome_words(path: tuple[str, ...]) -> str:
    """What is agreed, in words."""
    eases = [
        side
        for side, action in zip(_SIDES, path[0].removeprefix(f"{CALM}: ").split(", "), strict=True)
        if action == EASE
    ]
    if len(eases) == 2:
        return "Thaw in times of calm"
    return f"Only {eases[0]} eases" if eases else "Lasting freeze"


def quantities() -> dict[str, Expr]:
    """How long a freeze lasts that war brings, and how far the patience that there is exceeds what the thaw needs."""
    needed = 1 - delta * (1 - epsilon) - delta**2 * epsilon * (1 - pi) / (1 - delta * pi)
    return {
        "mean length of a war's freeze, in rounds": 1 / (1 - pi),
        "(R − P)/(T − P) less what the thaw needs": (R - P) / (T - P) - needed,
    }


MODEL = Model(
    name="freeze-and-thaw",
    title="Freeze and thaw",
    question="Can relations thaw between wars, or does one round of gain keep them frozen?",
    story=(
        "Japan and Russia meet round after round. In calm times each eases relations or presses: pressing pays more "
        "whatever the other does, easing together pays both more than pressing together. Calm may give way to war "
        "elsewhere, in which relations are frozen; war may last. Whoever presses while a thaw is agreed ends it for "
        "good. The thaw holds where what pressing gains at once is worth less than the calm rounds still to come."
    ),
    game=RepeatedGame(
        {CALM: _DILEMMA, WAR: _FROZEN},
        dict.fromkeys(_SIDES, delta),
        {CALM: {CALM: 1 - epsilon, WAR: epsilon}, WAR: {WAR: pi, CALM: 1 - pi}},
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(T > R, "pressing on an easing partner pays more than easing together"),
        Assumption(R > P, "easing together pays more than the freeze"),
        Assumption(P >= S, "easing alone pays no more than the freeze"),
        Assumption(delta >= 0, "a discount factor is not negative"),
        Assumption(delta < 1, "both sides are impatient, however little"),
        Assumption(epsilon >= 0, "epsilon is a probability"),
        Assumption(epsilon <= 1, "epsilon is a probability"),
        Assumption(pi >= 0, "pi is a probability"),
        Assumption(pi < 1, "every war ends"),
    ),
    outcome_words=outcome_words,
    axes=("epsilon", "delta"),
    unknown=(
        "No payoff is measured; 5, 3, 1, 0 are the usual numbers of a dilemma, and only their order has a meaning.",
        "How long a round is, is open: “long” in the source has no unit.",
        "War comes and goes by chance here, whatever the two sides do; in the source Japan's conduct in it is what "
        "freezes relations.",
        "The threat is the freeze for good after one breach. Milder punishments, and breaches seen only in part, need "
        "more patience.",
        "That the freeze is an equilibrium does not tell which equilibrium is played: where the thaw is sustainable, "
        "both are.",
    ),
    arguments=(
        (
            "Relations will be frozen for long.",
            Quoted(COMMENTARY, 1, "relations with Russia will be frozen for a long time"),
        ),
        (
            "Insisting on the islands makes a long freeze likely.",
            Quoted(COMMENTARY, 2, "makes relations between the two countries likely to freeze"),
        ),
    ),
    quantities=quantities,
    references=(
        FEARON_1998,
        GREEN_1984,
        ROTEMBERG_1986,
    ),
)
