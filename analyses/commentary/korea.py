"""A12: two bad neighbours force a rapprochement with South Korea."""

from sympy import And, Eq, Implies, symbols

from analyses.arguments import Mode, Premise, Role
from analyses.claims import Chosen, always, never, sometimes
from analyses.commentary.quantities import about
from analyses.commentary.statements import AUTHOR, argument, statement
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory import rapprochement

model = rapprochement.MODEL
WANTED = rapprochement.WANTED
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
        role=Role.BARE,
    ),
    statement(
        "A12-possible",
        "They can, if moving pays each when the other moves",
        "If the benefit covers the cost at home on both sides, some equilibrium has both move.",
        sometimes(both),
        Premise(
            "moving costs neither more than it brings (d ≤ b)",
            (d_J <= WANTED, d_K <= b_K),
            Assumed("the text gives South Korea no benefit"),
        ),
        role=Role.REPAIRED,
        model=model,
        every=False,
    ),
    statement(
        "A12-one-sided",
        "Japan's need cannot do South Korea's part",
        "If moving costs South Korea more than it brings, the two do not draw closer, however much Japan gains.",
        never(both),
        Premise(
            "moving costs South Korea more than it brings (d_K > b_K)",
            (d_K > b_K,),
            Quoted(COMMENTARY, 8, "improving relations with Japan is still a thorny issue"),
        ),
        role=Role.OPPOSITE,
        model=model,
    ),
    statement(
        "A12-easy",
        "A rapprochement that pays both is not hard",
        "If the benefit exceeds the cost on both sides, the probabilities at which each dares to move add up to less "
        "than one.",
        trusting,
        Premise(
            "moving costs each less than it brings (d < b)",
            (d_J < WANTED, d_K < b_K),
            Assumed("the text gives South Korea no benefit"),
        ),
        role=Role.REPAIRED,
        model=model,
        reading="“difficult”: the risk of moving alone",
    ),
    statement(
        "A12-tries",
        "With two bad neighbours Japan dares sooner",
        "Where Japan is in two minds, South Korea moves with the probability at which Japan dares to; with bad "
        "relations to both neighbours it is less than d_J/b_J, what it would be without.",
        about(Implies(And(japan_moves > 0, japan_moves < 1), korea_moves * b_J < d_J), moves),
        Premise(
            "relations with both neighbours are bad (r > 0, c > 0)",
            (rapprochement.r > 0, rapprochement.c > 0),
            Quoted(COMMENTARY, 8, "the two neighboring powers in East Asia are not good"),
        ),
        Premise(
            "moving costs either side something (d > 0)", (d_J > 0, d_K > 0), Assumed("otherwise there is no risk")
        ),
        model=model,
        role=Role.REPAIRED,
        reading="“accelerated”: Japan is pushed to try",
    ),
    statement(
        "A12-sanctions",
        "The neighbour that sanctions explain is not enough",
        "If Japan's benefit covers its cost only with both neighbours, no rapprochement comes of bad relations with "
        "Russia alone.",
        never(both),
        Premise(
            "relations with China are not bad (c = 0)",
            (Eq(rapprochement.c, 0),),
            Assumed("to see what the sanctions on Russia explain by themselves"),
        ),
        Premise(
            "without them moving costs Japan more than it brings (d_J > b_J + r)",
            (d_J > b_J + rapprochement.r,),
            Assumed("the text names two neighbours as though both were needed"),
        ),
        model=model,
        role=Role.OPPOSITE,
        reading="“accelerated”: Japan is pushed to try",
    ),
    statement(
        "A12-risk",
        "It is not hard where the risks add up to less than one",
        "If d_J/B_J + d_K/b_K < 1, the probabilities at which each dares to move add up to less than one, so that "
        "moving risk-dominates staying.",
        trusting,
        Premise(
            "d_J/B_J + d_K/b_K < 1",
            (d_J * b_K + d_K * WANTED < WANTED * b_K,),
            Assumed("the text compares no sizes"),
        ),
        role=Role.REPAIRED,
        model=model,
        reading="“difficult”: the risk of moving alone",
    ),
    voice=AUTHOR,
    mode=Mode.ASSERTS,
)
