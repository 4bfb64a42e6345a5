"""Two levels at home: a government that decides what its parliament votes on.

How far Japan's support for Ukraine goes, by aid and by sanctions, is a point x on a line from 0 (suspended) to 1 (as
far as the government would have it). Support that goes as far as x costs Japan A x^2, and its allies make it worth 2 A
x; the government counts the allies' part in full, the median of the floor with the weight m. So the government's ideal
is 1 and the floor's is m. The government keeps the status quo x_0 off the agenda or puts it on. With probability p the
floor may then amend what is put to it, and moves it to m; else the government makes a bill that the floor passes or
rejects.

Under the open rule (p = 1) the gate stays shut exactly if m < x_0. Under the closed rule the furthest point that is no
worse for the floor than x_0 is 2 m - x_0. The government asks for 1 if that is within reach; else for a bill that takes
a part kappa of the floor's leeway, m + kappa (m - x_0), which tends to 2 m - x_0 and leaves the floor no tie.

Source: Romer & Rosenthal (1978), Public Choice 33 (closed rule); Denzau & Mackay (1983), American Journal of Political
Science 27 (gatekeeping); Putnam (1988), International Organization 42 (two levels).
"""

from collections.abc import Mapping

from sympy import Expr, Integer, symbols

from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import DENZAU_1983, PUTNAM_1988, ROMER_1978
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import COMMENTARY, Assumed, Quoted

A, m, x_0, p, kappa = symbols("A m x_0 p kappa")

PARAMETERS = (
    Parameter(
        A,
        meaning="cost of support for Ukraine that goes as far as the government would have it",
        default="1",
        low="1/10",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: A = 1"),
    ),
    Parameter(
        m,
        meaning="weight of the alliance to the floor's median, the government's being 1",
        default="2/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 7, "Within Japan, there are different voices"),
    ),
    Parameter(
        x_0,
        meaning="how far the support of the status quo goes",
        default="3/5",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Quoted(COMMENTARY, 1, "actively involved in military assistance to Ukraine"),
    ),
    Parameter(
        p,
        meaning="probability that the floor may amend what is put to it",
        default="1",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed("from a closed rule, 0, to an open one, 1; the source says nothing of procedure"),
    ),
    Parameter(
        kappa,
        meaning="part of the floor's leeway that a bill of the government takes",
        default="9/10",
        low="0",
        high="1",
        unit=Unit.SHARE,
        source=Assumed("close to all of it; at 1 the floor is indifferent to the bill"),
    ),
)


def worth(x: Expr) -> tuple[Expr, Expr]:
    """What support that goes as far as ``x`` is worth to the government and to the floor's median."""
    return A * (2 * x - x**2), A * (2 * m * x - x**2)


def _tree() -> ExtensiveGame:
    unchanged = Outcome(worth(x_0))
    asked = {"Ask for all": Integer(1), "Ask as far as the floor goes": m + kappa * (m - x_0)}
    bills: dict[str, Node] = {
        bill: Decision("Floor", {"Pass": Outcome(worth(x)), "Reject": unchanged}) for bill, x in asked.items()
    }
    open_rule = Decision("Floor", {"Amend": Outcome(worth(m)), "Leave it": unchanged})
    rules = Chance({"Open rule": (p, open_rule), "Closed rule": (1 - p, Decision("Government", bills))})
    gate = Decision("Government", {"Keep it off the agenda": unchanged, "Put it on the agenda": rules})
    return ExtensiveGame(("Government", "Floor"), gate)


def quantities() -> Mapping[str, Expr]:
    """The most that the government can get past the floor, and what the floor forgoes at the status quo."""
    return {
        "furthest point that the floor accepts under a closed rule": 2 * m - x_0,
        "what the floor forgoes while the status quo lasts": A * (m - x_0) ** 2,
    }


def outcome_words(path: tuple[str, ...]) -> str:
    """The path in words: "On the agenda, closed rule, the government asks for all, the floor rejects"."""
    if len(path) == 1:
        return "Off the agenda"
    words = {
        "Open rule": "open rule",
        "Closed rule": "closed rule",
        "Amend": "the floor amends",
        "Leave it": "the floor leaves it",
        "Ask for all": "the government asks for all",
        "Ask as far as the floor goes": "the government asks as far as the floor goes",
        "Pass": "the floor passes it",
        "Reject": "the floor rejects it",
    }
    return ", ".join(["On the agenda", *(words[step] for step in path[1:])])


MODEL = Model(
    name="agenda-at-home",
    title="The agenda at home",
    question="When does the government keep the demand to suspend support for Ukraine off the agenda?",
    story=(
        "The government would have support for Ukraine go further than the median of its parliament would, because it "
        "gives the alliance more weight. It keeps the matter off the agenda, and the status quo lasts, or puts it on. "
        "Then the floor may amend, and moves the support to what its median wants, or the government makes a bill "
        "that the floor passes or rejects: all that it wants, or as far as the floor goes. If both give the alliance "
        "the same weight, nothing needs to be kept off."
    ),
    game=_tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(A > 0, "something is at stake"),
        Assumption(m >= 0, "the floor gives the alliance some weight or none"),
        Assumption(m <= 1, "the government gives the alliance at least as much weight as the floor"),
        Assumption(x_0 >= 0, "the status quo has support or none"),
        Assumption(x_0 <= 1, "the status quo goes no further than the government would"),
        Assumption(p >= 0, "p is a probability"),
        Assumption(p <= 1, "p is a probability"),
        Assumption(kappa >= 0, "the floor's leeway is used in part or not at all"),
        Assumption(kappa <= 1, "a bill beyond the floor's leeway fails"),
    ),
    outcome_words=outcome_words,
    axes=("m", "x_0"),
    unknown=(
        "No payoff is measured; the ranges are assumed, and the defaults are one point within them.",
        "The source does not say where the median of the floor stands; an opposition that demands something is not a "
        "majority for it.",
        "The source tells of a demand that was not discussed, not of the procedure that kept it from discussion.",
        "Quadratic costs are a convention; only who prefers which of two points matters to the gate.",
    ),
    arguments=(
        (
            "The government kept the opposition's demand off the agenda.",
            Quoted(COMMENTARY, 1, "did not put it on the agenda for discussion"),
        ),
        (
            "Japan gives up its own interest for the United States.",
            Quoted(COMMENTARY, 7, "requires the abandonment of some of its own interests"),
        ),
    ),
    quantities=quantities,
    references=(
        DENZAU_1983,
        PUTNAM_1988,
        ROMER_1978,
    ),
)
