"""A12: two bad neighbours force a rapprochement with South Korea."""

from sympy import And, Implies, symbols

from analyses.arguments import Premise
from analyses.claims import Chosen, always, never, sometimes
from analyses.commentary.quantities import about
from analyses.commentary.statements import argument, statement
from games.sources import COMMENTARY, Quoted
from games.territory import rapprochement

model = rapprochement.MODEL
b_J, b_K, d_J, d_K = rapprochement.b_J, rapprochement.b_K, rapprochement.d_J, rapprochement.d_K
both = {"Japan": "Move", "South Korea": "Move"}
japan_moves, korea_moves = symbols("japan_moves korea_moves")
moves = {japan_moves: Chosen({"Japan": "Move"}), korea_moves: Chosen({"South Korea": "Move"})}
trusting = about(
    Implies(And(japan_moves > 0, japan_moves < 1, korea_moves > 0, korea_moves < 1), japan_moves + korea_moves < 1),
    moves,
)

ARGUMENT = argument(
    "A12",
    "Two bad neighbours force a rapprochement with South Korea",
    Quoted(COMMENTARY, 8, "accelerated the pace of improving relations with South Korea"),
    "Sanctions on Russia explain one bad neighbour, not the second; and why South Korea would move is not said.",
    statement(
        "A12-forced",
        "Japan and South Korea must draw closer",
        "Both move towards each other.",
        always(both),
        model=model,
    ),
    statement(
        "A12-possible",
        "They can, if moving pays each when the other moves",
        "If the benefit covers the cost at home on both sides, some equilibrium has both move.",
        sometimes(both),
        Premise("moving costs neither more than it brings (d ≤ b)", (d_J <= b_J, d_K <= b_K)),
        model=model,
        every=False,
    ),
    statement(
        "A12-one-sided",
        "Japan's need cannot do South Korea's part",
        "If moving costs South Korea more than it brings, the two do not draw closer, however much Japan gains.",
        never(both),
        Premise("moving costs South Korea more than it brings (d_K > b_K)", (d_K > b_K,)),
        model=model,
    ),
    statement(
        "A12-easy",
        "A rapprochement that pays both is not hard",
        "If the benefit exceeds the cost on both sides, each dares to move on less than even odds, taken together.",
        trusting,
        Premise("moving costs each less than it brings (d < b)", (d_J < b_J, d_K < b_K)),
        model=model,
        reading="“difficult”: the risk of moving alone",
    ),
    statement(
        "A12-risk",
        "It is not hard where the risks add up to less than one",
        "If d_J/b_J + d_K/b_K < 1, the odds on which each dares to move add up to less than one, so that moving "
        "risk-dominates staying.",
        trusting,
        Premise("d_J/b_J + d_K/b_K < 1", (d_J * b_K + d_K * b_J < b_J * b_K,)),
        model=model,
        reading="“difficult”: the risk of moving alone",
    ),
)
