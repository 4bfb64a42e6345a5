"""Finality: a deal on two islands, the demand for the others that may follow it, and a clause that rules it out.

Japan offers to settle for the two islands of 1956, with or without a clause that makes the deal final. Russia accepts
or refuses. Once Japan has the two it keeps to the deal or demands the rest, which it wins with probability q, one round
later. An open deal does not forbid the demand; under the clause it costs Japan beta, the price of a broken promise.
Without a deal the frozen status quo goes on, worth 0 to both.

Payments are free: each deal comes with the payment that leaves Japan the part theta of what the two sides gain together
if an open deal is followed by the demand and a final one is kept. So the clause is worth to both together

    δ q [(1 − ℓ)L − (1 − ω)V]

where it binds, which it does if q(1 − ω)V ≤ β: what Russia no longer risks, less what Japan no longer hopes for. Where
it does not bind, Russia knows that the promise will be broken.

Family: war and peace as a commitment problem, Fearon (1995), International Organization 49, and Powell (2006),
International Organization 60; the clause is a commitment that can be revoked at a cost, Muthoo (1999), Bargaining
Theory with Applications.
"""

from sympy import Expr, Integer, symbols

from games.calibration import BROKEN_PROMISE, DISCOUNT
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import FEARON_1995, MUTHOO_1999, POWELL_2006
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted
from games.territory.partition import PARAMETERS as PARTITION
from games.territory.partition import V_J, L, alpha_J, ell, omega, package, phi, tau
from games.territory.sanctions_then_bargaining import IN_COMMON

q, beta, delta, theta = symbols("q beta delta theta")

PARAMETERS = (
    *(p for p in PARTITION if p.symbol in IN_COMMON),
    Parameter(
        q,
        meaning="probability that Japan, having the two, wins the others when it demands them",
        default="3/10",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed("the source does not say whether a deal on two would end the dispute"),
    ),
    Parameter(
        beta,
        meaning="cost to Japan of demanding the rest although it promised that the deal is final",
        default=BROKEN_PROMISE,
        low="0",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("the source mentions no promise; the cost of a broken one is that of keeping sanctions"),
    ),
    Parameter(
        delta,
        meaning="discount factor of both sides from the deal to the demand",
        default=DISCOUNT,
        low="0",
        high="99/100",
        unit=Unit.DISCOUNT,
        source=Assumed("the source calls the freeze long without a unit of time"),
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

FINAL, OPEN = "Two islands, final", "Two islands, open"


def demanded() -> tuple[Expr, Expr]:
    """What winning the rest one round later is worth to Japan and to Russia."""
    return delta * (1 - omega) * V_J, -delta * (1 - ell) * L


def _paid(kind: str) -> tuple[Expr, Expr]:
    """What the deal pays the two sides before any demand, the payment among it."""
    japan, russia = package("Two islands", False)
    won, lost = demanded() if kind == OPEN else (Integer(0), Integer(0))
    gain = japan + russia + q * (won + lost)
    payment = japan + q * won - theta * gain
    return japan - payment, russia + payment


def _deal(kind: str) -> Decision:
    japan, russia = _paid(kind)
    won, lost = demanded()
    cost = delta * beta if kind == FINAL else Integer(0)
    demand = Chance(
        {
            "Win": (q, Outcome((japan + won - cost, russia + lost))),
            "Fail": (1 - q, Outcome((japan - cost, russia))),
        }
    )
    kept: dict[str, Node] = {"Keep to it": Outcome((japan, russia)), "Demand the rest": demand}
    refused = Outcome((-phi, Integer(0)))
    return Decision("Russia", {"Accept": Decision("Japan", kept), "Refuse": refused})


def quantities() -> dict[str, Expr]:
    """What the two sides gain together by a deal that is kept, and what a clause that binds adds to an open one."""
    won, lost = demanded()
    return {
        "joint gain of a final deal that is kept": sum(package("Two islands", False)),
        "worth of a clause that binds": -q * (won + lost),
        "what breaking the clause gains Japan": q * won - delta * beta,
    }


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words; every path without a deal is the same outcome, the freeze."""
    if "Accept" not in path:
        return "The freeze goes on"
    kind, _, *then = path
    if then == ["Keep to it"]:
        return "Two islands for good" if kind == FINAL else "Two islands, no further demand"
    how = "against its promise" if kind == FINAL else "as the deal allows"
    return f"Two islands, Japan demands the rest {how} and {'wins' if then[-1] == 'Win' else 'fails'}"


MODEL = Model(
    name="finality",
    title="Finality of a deal on two islands",
    question="Does a deal on two islands need a clause that makes it final, and is the clause believed?",
    story=(
        "Japan offers to settle for the two islands of the 1956 declaration, with or without a clause that makes the "
        "deal final; a payment divides the joint gain. Russia accepts or refuses. With the two in hand Japan keeps to "
        "the deal or demands the others, which it may win. The clause takes the risk from Russia and the hope from "
        "Japan, if breaking it costs Japan enough. Without a deal the freeze goes on."
    ),
    game=ExtensiveGame(
        ("Japan", "Russia"),
        Decision("Japan", {FINAL: _deal(FINAL), OPEN: _deal(OPEN), "No offer": Outcome((Integer(0), Integer(0)))}),
    ),
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
        Assumption(q >= 0, "q is a probability"),
        Assumption(q <= 1, "q is a probability"),
        Assumption(beta >= 0, "breaking a promise does not pay in itself"),
        Assumption(delta >= 0, "a discount factor is not negative"),
        Assumption(delta < 1, "both sides are impatient, however little"),
        Assumption(theta > 0, "the payment leaves Japan something of a gain"),
        Assumption(theta < 1, "the payment leaves Russia something of a gain"),
    ),
    outcome_words=outcome_words,
    axes=("q", "V_J"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "Whether two islands would strengthen Japan's claim to the others or weaken it is open; q may be 0.",
        "What a broken promise would cost Japan is not in the source; with free payments nothing else holds it.",
        "Russia might also take the two islands back, and a later government of either side may think otherwise.",
    ),
    arguments=(
        (
            "Insisting on the islands makes a long freeze likely.",
            Quoted(COMMENTARY, 2, "makes relations between the two countries likely to freeze"),
        ),
        (
            "Russia has always been firm on the islands.",
            Quoted(COMMENTARY, 5, "Russia has always taken a firm position"),
        ),
    ),
    quantities=quantities,
    references=(FEARON_1995, MUTHOO_1999, POWELL_2006),
)
