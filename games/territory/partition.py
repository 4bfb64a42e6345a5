"""Bargaining over a partition of the islands: an offer from a menu, and what it is worth to bargain on.

A deal is (x, y, l): which islands pass to Japan (none but with a treaty, the two of the 1956 declaration, all four), a
side payment y from Japan to Russia, and relief from sanctions l. In the tree Japan makes one offer from this menu and
Russia accepts or refuses; without a deal the frozen status quo goes on, worth 0 to both. `talks` lets offers alternate
and payments vary freely, and `bargain` says how they end.

Family: two-sided bargaining with an inside option, after Rubinstein (1982), Econometrica 50, and Muthoo (1999),
Bargaining Theory with Applications.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from sympy import Expr, Integer, Max, solve, symbols

from games import calibration
from games.exact import readable
from games.forms.alternating_offers import AlternatingOffers
from games.forms.extensive import Decision, ExtensiveGame, Node, Outcome
from games.formulas.values import evaluate
from games.literature import MUTHOO_1999, RUBINSTEIN_1982
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

V_J, L, omega, ell = symbols("V_J L omega ell")
z_J, z_R, alpha_J, tau = symbols("z_J z_R alpha_J tau")
a, h, y, phi = symbols("a h y phi")
delta_J, delta_R = symbols("delta_J delta_R")

ORDER_ONLY = "no source gives its size; small to large against L = 1"

PARAMETERS = (
    Parameter(
        V_J,
        meaning="value of all four islands to Japan",
        default=calibration.ISLANDS_TO_JAPAN,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
    ),
    Parameter(
        L,
        meaning="loss to Russia of ceding all four; the unit of all payoffs",
        default=calibration.ISLANDS_TO_RUSSIA,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: L = 1"),
    ),
    Parameter(
        omega,
        meaning="part of V_J that the two islands of 1956 are worth",
        default="3/10",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed("what the two smaller islands are worth is open; their share of the area is no payoff weight"),
    ),
    Parameter(
        ell,
        meaning="part of L that ceding the two islands of 1956 costs",
        default="1/10",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed("what the two smaller islands cost is open; the 1956 declaration promised them after a treaty"),
    ),
    Parameter(
        z_J,
        meaning="value to Japan of a treaty as such",
        default="1/5",
        low="-1",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia"),
    ),
    Parameter(
        z_R,
        meaning="value to Russia of a treaty as such",
        default="1/10",
        low="-1",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        alpha_J,
        meaning="cost to Japan's government of settling for less than four",
        default="3/2",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "objected to this, insisting that the Kuril Islands"),
    ),
    Parameter(
        tau,
        meaning="cost to Russia's government of ceding any island",
        default="7/5",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 5, "always taken a firm position"),
    ),
    Parameter(
        a,
        meaning="cost to Japan of granting relief from sanctions",
        default=calibration.NET_FULL,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 9, "firmly favor the position of the United States"),
    ),
    Parameter(
        h,
        meaning="worth of relief from sanctions to Russia",
        default=calibration.HARM_FULL,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 9, "to make concessions on the issue of territorial disputes"),
    ),
    Parameter(
        y,
        meaning="side payment on the menu, from Japan to Russia",
        default="1/4",
        low="-2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source mentions no payment; below zero Russia would pay"),
    ),
    Parameter(
        phi,
        meaning="cost to Japan's government of an offer that is refused",
        default="1/20",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("small: the source tells of a government that insists, not of one whose offers fail"),
    ),
    Parameter(
        delta_J,
        meaning="Japan's discount factor between offers",
        default=calibration.DISCOUNT,
        low="0",
        high="99/100",
        unit=Unit.DISCOUNT,
        source=Assumed("the source calls the freeze long without a unit of time"),
    ),
    Parameter(
        delta_R,
        meaning="Russia's discount factor between offers",
        default=calibration.DISCOUNT,
        low="0",
        high="99/100",
        unit=Unit.DISCOUNT,
        source=Assumed("the source calls the freeze long without a unit of time"),
    ),
)

ISLANDS = {
    "Treaty only": (Integer(0), Integer(0)),
    "Two islands": (omega, ell),
    "Four islands": (Integer(1), Integer(1)),
}
"""For each division: Japan's share of V_J and Russia's of L."""


def package(islands: str, relief: bool) -> tuple[Expr, Expr]:
    """What a deal without side payment is worth to Japan and to Russia, against the frozen status quo."""
    gained, ceded = ISLANDS[islands]
    japan = gained * V_J + z_J - (0 if islands == "Four islands" else alpha_J) - (a if relief else 0)
    russia = z_R - ceded * L - (0 if islands == "Treaty only" else tau) + (h if relief else 0)
    return japan, russia


def offers() -> dict[str, tuple[Expr, Expr]]:
    """Every offer on the menu by its label, with what it is worth to Japan and to Russia if accepted."""
    menu = {}
    for islands, relief, paid in product(ISLANDS, (False, True), (False, True)):
        japan, russia = package(islands, relief)
        label = islands + (", relief" if relief else "") + (", payment" if paid else "")
        menu[label] = (japan - y, russia + y) if paid else (japan, russia)
    return menu


def _tree() -> ExtensiveGame:
    refused = Outcome((-phi, Integer(0)))
    answers: dict[str, Node] = {
        label: Decision("Russia", {"Accept": Outcome(payoffs), "Refuse": refused})
        for label, payoffs in offers().items()
    }
    frozen = Outcome((Integer(0), Integer(0)))
    return ExtensiveGame(("Japan", "Russia"), Decision("Japan", {**answers, "No offer": frozen}))


@dataclass(frozen=True)
class Bargain:
    """Alternating offers with free side payments over the same packages; payoffs against the frozen status quo.

    ``package`` is the deal with the greatest joint gain, ``surplus`` that gain. Without ``deal`` the freeze goes on and
    both get 0. ``japan`` and ``russia`` are their payoffs when Japan proposes first, ``payment`` what Japan pays.
    """

    package: str
    surplus: Fraction
    deal: bool
    japan: Fraction
    russia: Fraction
    payment: Fraction

    def __str__(self) -> str:
        if not self.deal:
            return f"no deal: the best package, {self.package}, has a joint gain of {readable(self.surplus)}"
        return (
            f"{self.package}, surplus {readable(self.surplus)}: Japan, proposing first, gets {readable(self.japan)}, "
            f"Russia {readable(self.russia)}, with a payment of {readable(self.payment)} to Russia"
        )


def bargain(**values: object) -> Bargain:
    """The stationary subgame-perfect division at the given parameter values, with defaults elsewhere; exact.

    Each side offers the other exactly what the other would get by refusing and proposing next. These two indifference
    conditions are solved for the two proposers' payoffs; for discount factors below one nothing else is
    subgame-perfect (Rubinstein 1982).
    """
    best, worth = _best_package(**values)
    surplus = sum(worth, Fraction(0))
    if surplus < 0:
        return Bargain(best, surplus, False, Fraction(0), Fraction(0), Fraction(0))
    japan = evaluate(proposers_payoffs()["Japan"], {**MODEL.point(**values), SURPLUS: surplus})
    return Bargain(best, surplus, True, japan, surplus - japan, worth[0] - japan)


def talks(**values: object) -> AlternatingOffers:
    """The game that `bargain` tells the end of: offers in turn over the joint gain of the best package.

    A solver of alternating offers finds in it what `bargain` has from the two indifference conditions.
    """
    _, worth = _best_package(**values)
    point = MODEL.point(**values)
    return AlternatingOffers(
        ("Japan", "Russia"), {"Japan": point[delta_J], "Russia": point[delta_R]}, pie=sum(worth, Fraction(0))
    )


def _best_package(**values: object) -> tuple[str, tuple[Fraction, ...]]:
    """The package with the greatest joint gain, and what it is worth to Japan and to Russia."""
    MODEL.at(**values)
    point = MODEL.point(**values)
    worth = {
        islands + (", relief" if relief else ""): tuple(evaluate(part, point) for part in package(islands, relief))
        for islands, relief in product(ISLANDS, (False, True))
    }
    best = max(worth, key=lambda label: sum(worth[label]))
    return best, worth[best]


SURPLUS = symbols("S")


def proposers_payoffs() -> Mapping[str, Expr]:
    """What each side gets when it proposes, as a formula in the surplus S and the discount factors."""
    m_J, m_R = symbols("m_J m_R")
    indifferent = [m_J - (SURPLUS - delta_R * m_R), m_R - (SURPLUS - delta_J * m_J)]
    (solution,) = solve(indifferent, [m_J, m_R], dict=True)
    return {"Japan": solution[m_J], "Russia": solution[m_R]}


def quantities() -> dict[str, Expr]:
    """The surplus of the best package, and Japan's payoff when offers alternate and Japan proposes first."""
    surplus = Max(*(sum(package(islands, relief)) for islands, relief in product(ISLANDS, (False, True))))
    return {
        "joint gain of the best package": surplus,
        "Japan's payoff, proposing first": proposers_payoffs()["Japan"].subs(SURPLUS, Max(0, surplus)),
    }


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words; every path without a deal is the same outcome, the freeze."""
    return path[0] if path[-1] == "Accept" else "The freeze goes on"


MODEL = Model(
    name="territorial-partition",
    title="Partition of the islands",
    question="Two islands, four or none: is there a deal that both sides prefer to the freeze?",
    story=(
        "Japan offers a deal from a menu: a treaty only, the two islands of the 1956 declaration or all four, with or "
        "without relief from sanctions, with or without a side payment. Russia accepts or refuses. Without a deal the "
        "frozen status quo goes on, which is worth 0 to both; an offer that is refused costs Japan's government a "
        "little. When offers alternate and payments are free, the same packages and the two discount factors decide "
        "the bargain."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V_J >= 0, "the islands are worth something or nothing to Japan"),
        Assumption(L >= 0, "ceding the islands costs Russia something or nothing"),
        Assumption(omega >= 0, "omega is a share"),
        Assumption(omega <= 1, "two islands are worth no more than four"),
        Assumption(ell >= 0, "ell is a share"),
        Assumption(ell <= 1, "ceding two islands costs no more than four"),
        Assumption(alpha_J >= 0, "settling for less does not pay in itself"),
        Assumption(tau >= 0, "ceding does not pay in itself"),
        Assumption(phi >= 0, "an offer that fails does not pay"),
        Assumption(a >= 0, "granting relief costs Japan something or nothing"),
        Assumption(h >= 0, "relief is worth something or nothing to Russia"),
        Assumption(delta_J >= 0, "a discount factor is not negative"),
        Assumption(delta_J < 1, "Japan is impatient, however little"),
        Assumption(delta_R >= 0, "a discount factor is not negative"),
        Assumption(delta_R < 1, "Russia is impatient, however little"),
    ),
    outcome_words=outcome_words,
    axes=("L", "V_J"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The 1956 declaration promised the two smaller islands after a peace treaty; what they are worth to either "
        "side is open, and their share of the area is no guide.",
        "Both sides know all payoffs here. With private reservation values some gains are forgone.",
        "Whether a treaty would be final is left out: a deal on two islands may invite the demand for the others.",
    ),
    arguments=(
        (
            "Dialogue should go on while the sanctions do.",
            Quoted(COMMENTARY, 9, "seek dialogue and solutions with Russia"),
        ),
        (
            "Relations will be frozen for long.",
            Quoted(COMMENTARY, 9, "a long-term freeze in relations between the two countries"),
        ),
    ),
    quantities=quantities,
    references=(
        MUTHOO_1999,
        RUBINSTEIN_1982,
    ),
)
