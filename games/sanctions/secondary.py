"""Secondary sanctions: third countries that comply with another state's sanctions, or go on trading.

Three groups of third countries choose at once. A group that trades with Russia is penalised by x times its exposure m
to the Sender; a group that complies bears a cost t and gains phi times its ties g to every other group that complies.
So group i complies if x m_i + phi * (sum of g_ij over those who comply) exceeds t_i. Compliance breeds compliance (the
game is supermodular), and there are a least and a greatest equilibrium. What Russia feels is the harm of full sanctions
less the part of its trade that goes on with those who do not comply.

Family: cooperation on sanctions, Martin (1992), Coercive Cooperation; a game on a network with complementarities,
Ballester, Calvó-Armengol & Zenou (2006), Econometrica 74; supermodular games, Topkis (1979), SIAM Journal on Control
and Optimization 17.
"""

from collections.abc import Collection, Mapping
from itertools import product

from sympy import Expr, Integer, symbols

from games import calibration
from games.forms.strategic import StrategicGame
from games.literature import BALLESTER_2006, MARTIN_1992, TOPKIS_1979
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

x, phi, h_F = symbols("x phi h_F")
m_1, m_2, m_3, t_1, t_2, t_3 = symbols("m_1 m_2 m_3 t_1 t_2 t_3")
g_12, g_13, g_23 = symbols("g_12 g_13 g_23")
lambda_1, lambda_2, lambda_3 = symbols("lambda_1 lambda_2 lambda_3")

ORDER_ONLY = "no source gives its size; small to large against islands worth 1 to Russia"
NO_NETWORK = "the source names no third country; from no ties to close ones"
NO_SHARE = "the source names no third country and no volume of trade"

GROUPS = {
    "Large traders": (m_1, t_1, lambda_1),
    "Transit countries": (m_2, t_2, lambda_2),
    "Financial centres": (m_3, t_3, lambda_3),
}
"""For each group: its exposure to the Sender, its cost of complying, and its part of Russia's trade."""

TIES = {
    frozenset({"Large traders", "Transit countries"}): g_12,
    frozenset({"Large traders", "Financial centres"}): g_13,
    frozenset({"Transit countries", "Financial centres"}): g_23,
}

PARAMETERS = (
    Parameter(
        x,
        meaning="penalty of the Sender on a fully exposed group that trades on",
        default="1/2",
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 3, "including third-country organizations suspected of being involved"),
    ),
    Parameter(
        phi,
        meaning="gain from complying together with others",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        m_1,
        meaning="exposure of the large traders to the Sender",
        default="4/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_NETWORK),
    ),
    Parameter(
        m_2,
        meaning="exposure of the transit countries to the Sender",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_NETWORK),
    ),
    Parameter(
        m_3,
        meaning="exposure of the financial centres to the Sender",
        default="3/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_NETWORK),
    ),
    Parameter(
        t_1,
        meaning="cost of complying to the large traders",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, 'the list of countries that "support Russia"'),
    ),
    Parameter(
        t_2,
        meaning="cost of complying to the transit countries",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        t_3,
        meaning="cost of complying to the financial centres",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(ORDER_ONLY),
    ),
    Parameter(
        g_12,
        meaning="ties of large traders and transit countries",
        default="3/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_NETWORK),
    ),
    Parameter(
        g_13,
        meaning="ties of large traders and financial centres",
        default="2/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_NETWORK),
    ),
    Parameter(
        g_23,
        meaning="ties of transit countries and financial centres",
        default="4/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_NETWORK),
    ),
    Parameter(
        h_F,
        meaning="harm of full sanctions to Russia if nobody evades them",
        default=calibration.HARM_FULL,
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Quoted(COMMENTARY, 4, "the scale of this additional sanction is very large"),
    ),
    Parameter(
        lambda_1,
        meaning="part of the harm that large traders undo",
        default="1/4",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_SHARE),
    ),
    Parameter(
        lambda_2,
        meaning="part of the harm that transit countries undo",
        default="1/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_SHARE),
    ),
    Parameter(
        lambda_3,
        meaning="part of the harm that financial centres undo",
        default="1/10",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed(NO_SHARE),
    ),
)

ASSUMPTIONS = (
    Assumption(x >= 0, "penalties harm or do nothing"),
    Assumption(phi >= 0, "company makes complying no less attractive"),
    *(Assumption(m >= 0, "exposure is a share") for m, _, _ in GROUPS.values()),
    *(Assumption(g >= 0, "ties are a share") for g in TIES.values()),
    *(Assumption(part >= 0, "trade undoes harm or nothing") for _, _, part in GROUPS.values()),
    Assumption(lambda_1 + lambda_2 + lambda_3 <= 1, "trade undoes at most all of the harm"),
)

COMPLY, TRADE = "Comply", "Trade"


def groups_payoff(group: str, complying: Collection[str]) -> Expr:
    """What ``group`` gets when the groups in ``complying`` comply and the others trade."""
    exposure, cost, _ = GROUPS[group]
    if group not in complying:
        return -x * exposure
    return phi * sum((TIES[frozenset({group, other})] for other in complying if other != group), Integer(0)) - cost


def effective_harm(trading: Collection[str]) -> Expr:
    """What full sanctions cost Russia when the groups in ``trading`` trade on and the others comply."""
    return h_F * (1 - sum((GROUPS[group][2] for group in trading), Integer(0)))


def _game() -> StrategicGame:
    payoffs = {}
    for profile in product((COMPLY, TRADE), repeat=len(GROUPS)):
        complying = [group for group, choice in zip(GROUPS, profile, strict=True) if choice == COMPLY]
        payoffs[profile] = tuple(groups_payoff(group, complying) for group in GROUPS)
    return StrategicGame(dict.fromkeys(GROUPS, (COMPLY, TRADE)), payoffs)


def quantities() -> Mapping[str, Expr]:
    """What Russia feels in the two extreme cases."""
    return {
        "harm to Russia if all comply": effective_harm(()),
        "harm to Russia if none comply": effective_harm(tuple(GROUPS)),
    }


def who_complies(complying: Collection[str]) -> str:
    """The groups that comply, in words."""
    names = [group.lower() for group in GROUPS if group in complying] or ["no third countries"]
    first = ", ".join(names[:-1])
    return f"{first} and {names[-1]} comply" if first else f"{names[-1]} comply"


def outcome_words(profile: tuple[str, ...]) -> str:
    """The profile in words: "Large traders and financial centres comply"."""
    words = who_complies([group for group, choice in zip(GROUPS, profile, strict=True) if choice == COMPLY])
    return words[0].upper() + words[1:]


MODEL = Model(
    name="third-country-compliance",
    title="Third countries and secondary sanctions",
    question="Which third countries comply when they are penalised for trading on, and does it matter who else does?",
    story=(
        "Large traders, transit countries and financial centres choose at once whether to comply with the sanctions or "
        "to go on trading with Russia. Trading is penalised in proportion to a group's exposure to the Sender. "
        "Complying has a cost, and is worth more in the company of those with whom a group has ties. So there may be "
        "two equilibria at the same payoffs, one in which few comply because few do, and one in which many do because "
        "many do. The harm to Russia is what those who trade on do not undo."
    ),
    game=_game(),
    parameters=PARAMETERS,
    assumptions=ASSUMPTIONS,
    outcome_words=outcome_words,
    axes=("x", "phi"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source names no third country. The three groups stand for kinds of trade, not for particular states.",
        "Where both a least and a greatest equilibrium exist, the payoffs do not tell which comes about.",
        "Of the 63 designations of 15 December 2023, six were in third countries and took effect on 27 December; the "
        "source dates all to the 22nd.",
    ),
    arguments=(
        (
            "Sanctions on third countries offend more countries.",
            Quoted(COMMENTARY, 4, "may cause Japan to offend more countries"),
        ),
    ),
    quantities=quantities,
    references=(
        BALLESTER_2006,
        MARTIN_1992,
        TOPKIS_1979,
    ),
)
