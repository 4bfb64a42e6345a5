"""Sanctions first, then an offer: what imposed sanctions do to the bargain over the islands.

Japan imposes no or full sanctions. It then offers a deal from the menu of `games.territory.partition`: which islands
pass to Japan and, where there are sanctions to lift, whether they are lifted. Russia accepts or refuses. Sanctions do
two things to the bargain: relief from them can be given in exchange, and yielding under them raises what any cession
costs Russia's government, by Delta_tau. Without a deal the freeze goes on: 0 to both without sanctions, e to Japan and
−h to Russia under them, less what a refused offer costs Japan's government.

Payments are free: each deal comes with the payment that leaves Japan the part theta of what the two sides gain by it
together, and Russia the rest. So both gain by a deal or neither does, and there is a deal where some deal on the menu
has a joint gain.

Family: bargaining after a choice of the disagreement point, Muthoo (1999), Bargaining Theory with Applications;
sanctions as a threat that relief ends, Eaton & Engers (1992), Journal of Political Economy 100; the cost of yielding
before an audience, Fearon (1997), Journal of Conflict Resolution 41.
"""

from collections.abc import Iterator
from itertools import product

from sympy import Expr, Integer, Max, symbols

from games.calibration import HARM_FULL, NET_FULL
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.literature import EATON_1992, FEARON_1997, MUTHOO_1999
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory.partition import ISLANDS, V_J, L, alpha_J, ell, omega, package, phi, tau, z_J, z_R
from games.territory.partition import PARAMETERS as PARTITION

e, h, Delta_tau, theta = symbols("e h Delta_tau theta")

ORDER_ONLY = "no source gives its size; small to large against L = 1"

IN_COMMON = (V_J, L, omega, ell, z_J, z_R, alpha_J, tau, phi)
"""What the model has in common with the partition of the islands, at values at which neither side gives way."""

PARAMETERS = (
    *(p for p in PARTITION if p.symbol in IN_COMMON),
    Parameter(
        e,
        meaning="Japan's net payoff of full sanctions while they last",
        default=NET_FULL,
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 7, "preferred to maintain close cooperation with the United States"),
    ),
    Parameter(
        h,
        meaning="harm of full sanctions to Russia while they last",
        default=HARM_FULL,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        Delta_tau,
        meaning="what yielding under sanctions adds to the cost of a cession to Russia's government",
        default="1/2",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "the Russian side is not showing weakness"),
    ),
    Parameter(
        theta,
        meaning="Japan's part of the joint gain of a deal",
        default="1/2",
        low="1/20",
        high="19/20",
        unit=Unit.SHARE,
        source=Assumed("the source mentions no payment; the payment divides what there is to gain, here equally"),
    ),
)

SANCTIONS = {"None": (Integer(0), Integer(0), Integer(0)), "Full": (e, h, Delta_tau)}
"""For each sanction: Japan's net payoff from it while it lasts, its harm to Russia, and the added cost of a cession."""


def deals(sanction: str) -> Iterator[tuple[str, Expr, Expr]]:
    """Every deal that can be offered after ``sanction``, with what it is worth to Japan and to Russia unpaid.

    Relief ends what the sanctions give Japan and take from Russia; there is none to give where there are no sanctions.
    """
    net, harm, added = SANCTIONS[sanction]
    for islands, relief in product(ISLANDS, (False, True) if sanction == "Full" else (False,)):
        japan, russia = package(islands, False)
        russia -= 0 if islands == "Treaty only" else added
        if not relief:
            japan, russia = japan + net, russia - harm
        yield islands + (", relief" if relief else ""), japan, russia


def joint_gain(sanction: str, japan: Expr, russia: Expr) -> Expr:
    """What the two sides gain together by a deal worth so much to each, against no deal after ``sanction``."""
    net, harm, _ = SANCTIONS[sanction]
    return japan + russia - (net - harm)


def _offers(sanction: str) -> Decision:
    net, harm, _ = SANCTIONS[sanction]
    frozen, refused = Outcome((net, -harm)), Outcome((net - phi, -harm))
    menu: dict[str, Node] = {}
    for deal, japan, russia in deals(sanction):
        gain = joint_gain(sanction, japan, russia)
        agreed = Outcome((net + theta * gain, -harm + (1 - theta) * gain))
        menu[deal] = Decision("Russia", {"Accept": agreed, "Refuse": refused})
    return Decision("Japan", {**menu, "No offer": frozen})


def quantities() -> dict[str, Expr]:
    """The joint gain of the best deal without sanctions and under them; below zero there is no deal."""
    return {
        f"joint gain of the best deal, {words}": Max(*(joint_gain(s, japan, russia) for _, japan, russia in deals(s)))
        for s, words in {"None": "no sanctions", "Full": "full sanctions"}.items()
    }


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words; after a sanction every path without a deal is the same outcome."""
    imposed = {"None": "No sanctions", "Full": "Full sanctions"}[path[0]]
    return f"{imposed}, {path[1].lower()}" if path[-1] == "Accept" else f"{imposed}, the freeze goes on"


MODEL = Model(
    name="sanctions-then-bargaining",
    title="Sanctions, then bargaining",
    question="Do sanctions open the way to a deal on the islands, or close it?",
    story=(
        "Japan imposes no or full sanctions, and then offers a deal: a treaty only, the two islands of the 1956 "
        "declaration or all four, with or without relief from what it has imposed. Each deal comes with a payment that "
        "divides the joint gain. Russia accepts or refuses. Relief is something to give; but whoever yields under "
        "sanctions looks as if forced, which raises the cost of any cession. Without a deal the freeze goes on, under "
        "the sanctions if there are any."
    ),
    game=ExtensiveGame(("Japan", "Russia"), Decision("Japan", {sanction: _offers(sanction) for sanction in SANCTIONS})),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V_J >= 0, "the islands are worth something or nothing to Japan"),
        Assumption(L >= 0, "ceding the islands costs Russia something or nothing"),
        Assumption(omega >= 0, "omega is a share"),
        Assumption(omega <= 1, "two islands are worth no more than four"),
        Assumption(ell >= 0, "ell is a share"),
        Assumption(ell <= 1, "ceding two islands costs no more than four"),
        Assumption(alpha_J >= 0, "settling for less does not pay in itself"),
        Assumption(phi >= 0, "an offer that fails does not pay"),
        Assumption(tau >= 0, "ceding does not pay in itself"),
        Assumption(h >= 0, "sanctions harm or do nothing"),
        Assumption(Delta_tau >= 0, "sanctions do not make it easier to yield"),
        Assumption(theta > 0, "the payment leaves Japan something of a gain"),
        Assumption(theta < 1, "the payment leaves Russia something of a gain"),
    ),
    outcome_words=outcome_words,
    axes=("Delta_tau", "h"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "How much harder it is to yield under sanctions is open; the source says only that Russia shows no weakness.",
        "Relief is taken to follow a deal. Whether Japan would lift sanctions that are worth more to it than they cost "
        "is the question of the model of sanctions and retaliation.",
        "How payments would be made, and that they divide the gain in one way for all deals, is a simplification; "
        "whether there is a deal does not depend on it.",
    ),
    arguments=(
        (
            "Sanctions can force a compromise on the islands.",
            Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        ),
        (
            "With these sanctions, little hope is left on the islands.",
            Quoted(COMMENTARY, 9, "little hope of resolving the territorial issue"),
        ),
        (
            "Dialogue should go on while the sanctions do.",
            Quoted(COMMENTARY, 9, "while continuing to implement the sanctions policy"),
        ),
    ),
    quantities=quantities,
    references=(EATON_1992, FEARON_1997, MUTHOO_1999),
)
