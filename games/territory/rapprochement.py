"""Rapprochement of Japan and South Korea as a stag hunt: moving pays each side only if the other moves, too.

If both move, each gets a benefit b less a cost at home d; whoever moves alone bears the cost for nothing; staying put
is worth 0. That both move is an equilibrium exactly if d ≤ b for both. It risk-dominates that both stay exactly if
d_J/b_J + d_K/b_K < 1: each side must believe in the other with probability d/b before it moves.

Family: the stag hunt and its selection by risk, after Harsanyi & Selten (1988), A General Theory of Equilibrium
Selection in Games.
"""

from sympy import Expr, Integer, symbols

from games.forms.strategic import StrategicGame
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

b_J, b_K, d_J, d_K = symbols("b_J b_K d_J d_K")

PARAMETERS = (
    Parameter(
        b_J,
        meaning="benefit to Japan of a rapprochement; the unit of all payoffs",
        default="1",
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 8, "In order to compensate for this situation"),
    ),
    Parameter(
        b_K,
        meaning="benefit to South Korea of a rapprochement",
        default="1",
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed("the source gives South Korea no benefit of its own; small to large against b_J = 1"),
    ),
    Parameter(
        d_J,
        meaning="cost to Japan's government at home of moving",
        default="3/10",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source names no cost to Japan; small to large against b_J = 1"),
    ),
    Parameter(
        d_K,
        meaning="cost to South Korea's government at home of moving",
        default="4/5",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 8, "improving relations with Japan is still a thorny issue"),
    ),
)

SIDES = {"Japan": (b_J, d_J), "South Korea": (b_K, d_K)}
"""For each side: what a rapprochement is worth to it, and what moving costs it at home."""


def _payoff(side: str, own: str, other: str) -> Expr:
    benefit, cost = SIDES[side]
    if own == "Stay":
        return Integer(0)
    return benefit - cost if other == "Move" else -cost


def outcome_words(profile: tuple[str, ...]) -> str:
    """The profile in words."""
    japan, korea = profile
    if japan == korea:
        return "Rapprochement" if japan == "Move" else "Both stay put"
    return "Japan moves alone" if japan == "Move" else "South Korea moves alone"


MODEL = Model(
    name="korea-rapprochement",
    title="Rapprochement of Japan and South Korea",
    question="When do two sides that would gain from a rapprochement dare to begin it?",
    story=(
        "Japan and South Korea each decide, without seeing the other's choice, whether to move towards the other or "
        "to stay put. If both move, each gains, less what the move costs at home. Whoever moves alone bears that cost "
        "for nothing. Staying put is worth 0."
    ),
    game=StrategicGame(
        dict.fromkeys(SIDES, ("Move", "Stay")),
        {
            (japan, korea): (_payoff("Japan", japan, korea), _payoff("South Korea", korea, japan))
            for japan in ("Move", "Stay")
            for korea in ("Move", "Stay")
        },
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(b_J > 0, "a rapprochement is worth something to Japan"),
        Assumption(b_K > 0, "a rapprochement is worth something to South Korea"),
        Assumption(d_J >= 0, "moving does not pay in itself"),
        Assumption(d_K >= 0, "moving does not pay in itself"),
    ),
    outcome_words=outcome_words,
    axes=("d_J", "d_K"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source explains Japan's move by bad relations with two neighbours; sanctions against Russia explain one "
        "of them only.",
        "Why South Korea would move is not in the source: it names a cost there and no benefit.",
        "Both sides know all payoffs here, and neither can move first in the sight of the other.",
    ),
    arguments=(
        (
            "Bad relations with two neighbours force Japan to improve those with South Korea.",
            Quoted(COMMENTARY, 1, "forcing them to speed up the improvement of relations"),
        ),
        (
            "The rapprochement remains difficult.",
            Quoted(COMMENTARY, 8, "there may be some difficulties in practice"),
        ),
    ),
)
