"""Offers in turn over a gain that two sides can have only together, while something is paid in between.

Japan and Russia can gain S together if they agree how to share it. They propose in turn; each refusal ends talks for
good with probability p, and then pays b_J and b_R. While talks last each side gets its inside option, g_J and g_R if it
lasted for ever; sanctions during talks are an inside option below zero for both. Who has refused may walk away to
outside options w_J and w_R.

What counts is what talks that never end would pay, D, of which breakdown and inside option are parts, and how much the
next offer weighs, β = (1 − p)δ: as long as D_J + D_R is less than S, Japan, proposing first, gets
D_J + (S − D_J − D_R)(1 − β_R)/(1 − β_J β_R). An outside option changes that only where it is worth more to its owner
than talking on. So sanctions that cost Japan k and Russia h while talks last raise Japan's share exactly if h > δk.

Source: Rubinstein (1982), Econometrica 50; for breakdown Binmore, Rubinstein & Wolinsky (1986), RAND Journal of
Economics 17; for outside options Binmore, Shaked & Sutton (1989), Quarterly Journal of Economics 104; for inside
options Muthoo (1999), Bargaining Theory with Applications.
"""

from sympy import Expr, Symbol, symbols

from games.forms.alternating_offers import AGREEMENT, BREAKDOWN, NEVER, AlternatingOffers
from games.literature import BINMORE_1986, BINMORE_1989, MUTHOO_1999, RUBINSTEIN_1982
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

S, p = symbols("S p")
delta_J, delta_R = symbols("delta_J delta_R")
b_J, b_R, g_J, g_R, w_J, w_R = symbols("b_J b_R g_J g_R w_J w_R")

ONE_INSTANCE = "one instance; the formula is what the literature gives"


def _payoff(symbol: Symbol, meaning: str, default: str, low: str, high: str) -> Parameter:
    source = Assumed(ONE_INSTANCE)
    return Parameter(symbol, meaning=meaning, default=default, low=low, high=high, unit=Unit.PAYOFF, source=source)


def _factor(symbol: Symbol, whose: str) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"{whose} discount factor from offer to offer",
        default="9/10",
        low="0",
        high="99/100",
        unit=Unit.DISCOUNT,
        source=Assumed("the number of the textbooks; how long a round is, is open"),
    )


PARAMETERS = (
    _payoff(S, "what an agreement is worth to both together; the unit of all payoffs", "1", "1/2", "2"),
    _factor(delta_J, "Japan's"),
    _factor(delta_R, "Russia's"),
    Parameter(
        p,
        meaning="probability that a refusal ends talks for good",
        default="0",
        low="0",
        high="1/2",
        unit=Unit.PROBABILITY,
        source=Assumed(ONE_INSTANCE),
    ),
    _payoff(b_J, "what Japan gets if talks break down", "0", "-1/2", "1/2"),
    _payoff(b_R, "what Russia gets if talks break down", "0", "-1/2", "1/2"),
    _payoff(g_J, "what Japan gets while talks last: minus what its sanctions cost it", "-1/10", "-1/2", "3/4"),
    _payoff(g_R, "what Russia gets while talks last: minus what the sanctions do to it", "-3/10", "-1/2", "3/4"),
    _payoff(w_J, "what Japan gets if somebody walks away", "0", "-1/2", "3/4"),
    _payoff(w_R, "what Russia gets if somebody walks away", "0", "-1/2", "3/4"),
)

SIDES = ("Japan", "Russia")


def _each(japan: Expr, russia: Expr) -> dict[str, Expr]:
    return dict(zip(SIDES, (japan, russia), strict=True))


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "Agreement on Japan's offer"."""
    if path in ((BREAKDOWN,), (NEVER,)):
        return path[0]
    proposer = path[0].removesuffix(" proposes")
    (other,) = (side for side in SIDES if side != proposer)
    return f"Agreement on {proposer}'s offer" if path[1] == AGREEMENT else f"{other} walks away"


def quantities() -> dict[str, Expr]:
    """What an agreement adds to what talks for ever would pay."""
    never = []
    for factor, broken, inside in ((delta_J, b_J, g_J), (delta_R, b_R, g_R)):
        never.append((p * broken + (1 - p) * (1 - factor) * inside) / (1 - (1 - p) * factor))
    return {"joint gain over talks for ever": S - never[0] - never[1]}


MODEL = Model(
    name="alternating-offers",
    title="Alternating offers",
    question="Who gets how much of what two sides can gain only together, if every refusal costs time?",
    story=(
        "Japan and Russia can gain together if they agree how to share. They propose in turn, and a proposal that is "
        "refused costs a round. In the meantime sanctions go on, which cost both; talks may break down; and whoever "
        "has refused may walk away. The first proposal leaves the other side just what refusing would be worth to it, "
        "and is accepted: what happens after a refusal, which never comes, settles the shares."
    ),
    game=AlternatingOffers(
        SIDES,
        _each(delta_J, delta_R),
        pie=S,
        breakdown_risk=p,
        breakdown=_each(b_J, b_R),
        inside=_each(g_J, g_R),
        outside=_each(w_J, w_R),
    ),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(S > 0, "there is something to share"),
        Assumption(delta_J >= 0, "a discount factor is not negative"),
        Assumption(delta_J < 1, "Japan is impatient, however little"),
        Assumption(delta_R >= 0, "a discount factor is not negative"),
        Assumption(delta_R < 1, "Russia is impatient, however little"),
        Assumption(p >= 0, "p is a probability"),
        Assumption(p <= 1, "p is a probability"),
        Assumption(w_J + w_R < S, "walking away is worth less together than an agreement, so that both can gain"),
    ),
    outcome_words=outcome_words,
    axes=("g_J", "g_R"),
    unknown=(
        "The numbers are one instance; the shares are formulas in them.",
        "Both sides know all payoffs, so that agreement is reached at once and no sanction is ever borne for long: why "
        "talks fail in fact is for models of private information.",
        "Sanctions last as long as talks do here. Whether imposing them in each round is in Japan's own interest is "
        "the question of the model of the strike.",
        "Payments are free: a share may be below zero. Limits on what can be agreed are in the model of ratification.",
    ),
    quantities=quantities,
    references=(BINMORE_1986, BINMORE_1989, MUTHOO_1999, RUBINSTEIN_1982),
)
