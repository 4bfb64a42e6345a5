"""Costly patience: a war of attrition in which sanctions are held, and borne, until one side yields.

Round after round Japan holds its sanctions or quits, and Russia holds out or quits. A round in which both hold costs
Japan c_J and Russia c_R. Who holds while the other quits has the islands, worth V_J to Japan and V_R to Russia; if both
quit at once, nobody gains. Everything is known. One equilibrium has Japan yield at once, another Russia; in a third
either yields by chance, each just so often that the other does not mind going on: the more costly the sanctions are to
one side, the more often the *other* quits. The discount factor does not matter, since holding on is worth nothing more
than quitting.

Family: the war of attrition, after Maynard Smith (1974), Journal of Theoretical Biology 47, and Hendricks, Weiss &
Wilson (1988), International Economic Review 29; sanctions held until one side yields, after Fearon (1998),
International Organization 52. Stationary play: Maskin & Tirole (2001), Journal of Economic Theory 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Integer, symbols

from games.calibration import COST_FULL, DISCOUNT, HARM_FULL, ISLANDS_TO_JAPAN, ISLANDS_TO_RUSSIA
from games.exact import readable
from games.forms.stochastic import StochasticGame, key
from games.forms.strategic import StrategicGame
from games.literature import FEARON_1998, HENDRICKS_1988, MASKIN_2001, MAYNARD_SMITH_1974
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

V_J, V_R, c_J, c_R, delta = symbols("V_J V_R c_J c_R delta")

PARAMETERS = (
    Parameter(
        V_J,
        meaning="value of the islands to Japan",
        default=ISLANDS_TO_JAPAN,
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        V_R,
        meaning="value of the islands to Russia; the unit of all payoffs",
        default=ISLANDS_TO_RUSSIA,
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: V_R = 1"),
    ),
    Parameter(
        c_J,
        meaning="cost to Japan itself of a round of full sanctions",
        default=COST_FULL,
        low="1/20",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source never mentions an economic cost to Japan; its allies' reward is left out"),
    ),
    Parameter(
        c_R,
        meaning="harm to Russia of a round of full sanctions",
        default=HARM_FULL,
        low="1/20",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        delta,
        meaning="discount factor of both sides",
        default=DISCOUNT,
        low="0",
        high="19/20",
        unit=Unit.DISCOUNT,
        source=Assumed("how patient governments are is open; the same for both"),
    ),
)

CONTEST, OVER = "Contest", "Over"
HOLD, QUIT, REST = "Hold", "Quit", "Rest"
_SIDES = ("Japan", "Russia")


def _contest() -> StrategicGame:
    nothing = Integer(0)
    return StrategicGame(
        dict.fromkeys(_SIDES, (HOLD, QUIT)),
        {
            (HOLD, HOLD): (-c_J, -c_R),
            (HOLD, QUIT): (V_J, nothing),
            (QUIT, HOLD): (nothing, V_R),
            (QUIT, QUIT): (nothing, nothing),
        },
    )


def _game() -> StochasticGame:
    over = StrategicGame(dict.fromkeys(_SIDES, (REST,)), {(REST, REST): (Integer(0), Integer(0))})
    contest = _contest()
    moves = {profile: {CONTEST if profile == (HOLD, HOLD) else OVER: Integer(1)} for profile in contest.payoffs}
    return StochasticGame({CONTEST: contest, OVER: over}, {CONTEST: moves}, delta)


@dataclass(frozen=True)
class Ending:
    """How a contest of patience ends: who yields first with which probability, and how many rounds it takes on average.

    ``rounds`` counts the round in which somebody quits. Without a chance that it ever ends, ``never`` is 1, and
    ``rounds`` 0.
    """

    japan: Fraction
    russia: Fraction
    both: Fraction
    never: Fraction
    rounds: Fraction

    def __str__(self) -> str:
        if self.never:
            return "nobody ever yields"
        parts = {"Japan yields first": self.japan, "Russia does": self.russia, "both at once": self.both}
        listed = ", ".join(f"{said} with probability {readable(odds)}" for said, odds in parts.items())
        rounds = "one round" if self.rounds == 1 else f"{readable(self.rounds)} rounds on average"
        return f"{listed}; {rounds}"


def ending(strategies: Mapping[str, Mapping[str, Any]]) -> Ending:
    """How the contest ends if both sides play by ``strategies``, such as those of an equilibrium of this game.

    They map each side in each state to a mixture; the answer is as exact as they are.
    """
    japan, russia = (Fraction(strategies[key(side, CONTEST)].get(QUIT, 0)) for side in _SIDES)
    ends = 1 - (1 - japan) * (1 - russia)
    if not ends:
        return Ending(Fraction(0), Fraction(0), Fraction(0), Fraction(1), Fraction(0))
    alone = japan * (1 - russia) / ends, russia * (1 - japan) / ends
    return Ending(*alone, japan * russia / ends, Fraction(0), 1 / ends)


def outcome_words(path: tuple[str, ...]) -> str:
    """What is played as long as the contest lasts, in words."""
    return {
        f"{HOLD}, {HOLD}": "Both hold for ever",
        f"{HOLD}, {QUIT}": "Russia yields at once",
        f"{QUIT}, {HOLD}": "Japan yields at once",
        f"{QUIT}, {QUIT}": "Both yield at once",
    }.get(path[0].removeprefix(f"{CONTEST}: "), "Both hold on, and either may yield in any round")


MODEL = Model(
    name="costly-patience",
    title="Costly patience",
    question="Who yields first when sanctions cost both sides as long as they last?",
    story=(
        "Japan holds its sanctions, Russia holds out, and each round costs both. Whoever quits leaves the islands to "
        "the other. There are three ways to play on that nobody gains by leaving: Japan yields at once because Russia "
        "never will; Russia yields at once because Japan never will; or either may yield in any round. In the last, "
        "each quits so often that the other does not mind going on: what a round costs Japan settles how often Russia "
        "quits, and the harsher the sanctions are to Russia, the more often Japan does."
    ),
    game=_game(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V_J > 0, "the islands are worth something to Japan"),
        Assumption(V_R > 0, "the islands are worth something to Russia"),
        Assumption(c_J > 0, "a round of sanctions costs Japan something, its allies' reward left out"),
        Assumption(c_R > 0, "a round of sanctions costs Russia something"),
        Assumption(delta >= 0, "a discount factor is not negative"),
        Assumption(delta < 1, "both sides are impatient, however little"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "Which of the three equilibria is played, nothing in the game tells.",
        "How long a round is, is open, and so is what the harm of sanctions is as they last.",
        "The allies' reward is left out. A Japan that gains by its sanctions on balance never yields, and Russia, "
        "knowing it, does at once; what then keeps Russia from it is in the model of sanctions and retaliation.",
        "Both sides know all costs here. Where resolve is private, holding on tells the other something.",
    ),
    arguments=(
        (
            "Relations will be frozen for long.",
            Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
        ),
        (
            "Japan does not slow down the pace of pressure.",
            Quoted(COMMENTARY, 2, "Japan has not slowed down the pace of pressure"),
        ),
    ),
    references=(FEARON_1998, HENDRICKS_1988, MASKIN_2001, MAYNARD_SMITH_1974),
    tells_another_story="a contest of patience ends when somebody yields; in the source nobody does",
)
