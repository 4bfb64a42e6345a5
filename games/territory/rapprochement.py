"""Rapprochement of Japan and South Korea as a stag hunt: moving pays each side only if the other moves, too.

If both move, each gets a benefit less a cost at home d; whoever moves alone bears the cost for nothing; staying put
is worth 0. Japan's benefit is b_J, and more by r where its relations with Russia are bad and by c where those with
China are: two neighbours, of which sanctions explain one. With B_J = b_J + r + c, that both move is an equilibrium
exactly if d_J ≤ B_J and d_K ≤ b_K. It risk-dominates that both stay exactly if d_J/B_J + d_K/b_K < 1: each side must
believe in the other with probability d/b before it moves.

Family: the stag hunt and its selection by risk, after Harsanyi & Selten (1988), A General Theory of Equilibrium
Selection in Games.
"""

from sympy import Expr, Integer, symbols

from games.forms.strategic import StrategicGame
from games.literature import HARSANYI_1988
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

b_J, b_K, d_J, d_K, r, c = symbols("b_J b_K d_J d_K r c")

PARAMETERS = (
    Parameter(
        b_J,
        meaning="benefit to Japan of a rapprochement with South Korea as such",
        default="3/5",
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 8, "In order to compensate for this situation"),
    ),
    Parameter(
        r,
        meaning="what bad relations with Russia add to it",
        default="1/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 8, "relations between Japan and the two neighboring powers"),
    ),
    Parameter(
        c,
        meaning="what bad relations with China add to it",
        default="1/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 8, "relations between Japan and the two neighboring powers"),
    ),
    Parameter(
        b_K,
        meaning="benefit to South Korea of a rapprochement",
        default="1",
        low="1/2",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed("the source gives South Korea no benefit of its own; small to large against a benefit of 1"),
    ),
    Parameter(
        d_J,
        meaning="cost to Japan's government at home of moving",
        default="3/10",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source names no cost to Japan; small to large against a benefit of 1"),
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

WANTED = b_J + r + c
"""What a rapprochement is worth to Japan with two bad neighbours."""

SIDES = {"Japan": (WANTED, d_J), "South Korea": (b_K, d_K)}
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
        "for nothing. Staying put is worth 0. Bad relations with Russia and with China make the rapprochement worth "
        "more to Japan."
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
        Assumption(r >= 0, "a bad neighbour makes another no less welcome"),
        Assumption(c >= 0, "a bad neighbour makes another no less welcome"),
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
    references=(HARSANYI_1988,),
)
