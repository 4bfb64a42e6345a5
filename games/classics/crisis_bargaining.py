"""Crisis bargaining: a demand made of somebody whose cost of war is private, and the risk of war that is worth taking.

A demands a part of a good worth V; B accepts, or there is war, which A wins with probability p. War costs A c_A; what
it costs B only B knows: to A it is uniform between c_low and c_high. Both sides lose by war, so that divisions between
pV − c_A and pV plus B's cost are better for both: the bargaining range is never empty. Yet the more A demands, the
more likely war is, and the best demand weighs the one against the other: A takes a risk of war where V is worth it.

Here the range of B's costs falls into eight cells of the same length, each with a probability of 1/8 and decided for by
the cost at its middle; A's demands are those that a whole number of cells accepts. Such a demand is refused by exactly
the costs below it, so that what it pays A is what it pays against the uniform distribution itself. The best demand
of this menu is the best of all whenever that one is on the menu.

Family: Fearon (1995), International Organization 49, for the bargaining range and the trade-off between risk and
return; the signals that help are in `games.classics.crisis_signalling`.
"""

from fractions import Fraction

from sympy import Expr, Rational, symbols

from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.literature import FEARON_1995, POWELL_1999
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

V, p, c_A, c_low, c_high = symbols("V p c_A c_low c_high")

CELLS = 8
"""Into how many cells the range of B's cost falls."""

INSTANCE = "the instance of the literature's example"

PARAMETERS = (
    Parameter(
        V,
        meaning="value of the whole good to either side; the unit of all payoffs",
        default="1",
        low="1/2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit: V = 1"),
    ),
    Parameter(
        p,
        meaning="probability that A wins a war",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PROBABILITY,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c_A,
        meaning="cost of war to A",
        default="1/10",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c_low,
        meaning="least cost of war that B may have",
        default="0",
        low="0",
        high="1/2",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
    Parameter(
        c_high,
        meaning="greatest cost of war that B may have",
        default="2/5",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed(INSTANCE),
    ),
)


def edge(cell: int, cells: int = CELLS) -> Expr:
    """The least cost in the cell of this number, counted from 0; of the last cell's successor, the greatest of all."""
    return c_low + Rational(cell, cells) * (c_high - c_low)


def demand(refusing: int, cells: int = CELLS) -> Expr:
    """What A demands so that B refuses at a cost in the first ``refusing`` cells and accepts at any other."""
    return p * V + edge(refusing, cells)


def _answer(demanded: Expr, cost: Expr) -> Decision:
    war = Outcome((p * V - c_A, (1 - p) * V - cost))
    return Decision("B", {"Accept": Outcome((demanded, V - demanded)), "Fight": war})


def tree(cells: int = CELLS) -> ExtensiveGame:
    """The crisis with so many cells; chance moves after A, who does not learn B's cost: the same as before, unseen."""
    demands: dict[str, Node] = {}
    for refusing in range(cells + 1):
        kinds = {
            f"Cost {cell + 1} of {cells}": (
                Rational(1, cells),
                _answer(demand(refusing, cells), (edge(cell, cells) + edge(cell + 1, cells)) / 2),
            )
            for cell in range(cells)
        }
        demands[f"Risk {Fraction(refusing, cells)}"] = Chance(kinds)
    return ExtensiveGame(("A", "B"), Decision("A", demands))


def quantities() -> dict[str, Expr]:
    """The bargaining range against a B to whom war costs the least, or the most."""
    return {
        "least that A accepts": p * V - c_A,
        "most that every B concedes": p * V + c_low,
        "most that any B concedes": p * V + c_high,
    }


def outcome_words(path: tuple[str, ...]) -> str:
    """What is demanded, by its risk of war, and whether there is war."""
    risk, _, answer = path
    return f"A demand at {risk.lower().replace('risk', 'a risk of')}, {'war' if answer == 'Fight' else 'peace'}"


MODEL = Model(
    name="crisis-bargaining",
    title="Crisis bargaining under a private cost of war",
    question="What risk of war is a greater demand worth, if only the other side knows what war would cost it?",
    story=(
        "A demands a part of a good that both value alike. B, to whom war costs something between two bounds that A "
        "knows, accepts or there is war. Every demand is named by the probability with which it is refused. Both sides "
        "would gain by a division without war, whatever B's cost is; A demands more than every B concedes, because "
        "what it gets where B accepts is worth the risk."
    ),
    game=tree(),
    parameters=PARAMETERS,
    assumptions=(
        Assumption(V > 0, "the good is worth something"),
        Assumption(p >= 0, "p is a probability"),
        Assumption(p <= 1, "p is a probability"),
        Assumption(c_A >= 0, "war costs A something or nothing"),
        Assumption(c_low >= 0, "war costs B something or nothing"),
        Assumption(c_low < c_high, "A does not know what war costs B"),
        Assumption(p * V + c_high <= V, "no demand exceeds the good"),
    ),
    outcome_words=outcome_words,
    axes=("c_A", "c_high"),
    unknown=(
        "A's demand is best among nine; the best of all demands lies within half a cell of one of them.",
        "That B's cost is uniform is the usual assumption; with other distributions the trade-off is another one.",
        "B cannot show what war costs it, and A makes one demand and no other.",
        "Goods that cannot be divided and power that shifts, the other causes of war that the literature names, are "
        "left out.",
    ),
    quantities=quantities,
    references=(FEARON_1995, POWELL_1999),
)
