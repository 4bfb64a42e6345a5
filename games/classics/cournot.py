"""Cournot's duopoly: two firms choose quantities, and the market sets the prices at which all is sold.

A firm's price falls by b for each unit that it sells, and by d ≤ b for each that the other sells: with d = b the
products are the same, with d = 0 the firms have nothing to do with each other. Each unit costs firm i c_i. The more the
other sells, the less it pays to sell: quantities are strategic substitutes, and the best responses

    q_1 = (a − c_1 − d q_2) / 2b

and its like cross once. Both firms together would earn more by selling less.

Family: Cournot (1838), Recherches sur les principes mathématiques de la théorie des richesses; differentiated products
as in Singh & Vives (1984), RAND Journal of Economics 15. `games.classics.bertrand` has prices for quantities.
"""

from sympy import Expr, symbols

from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, ContinuousGame
from games.literature import COURNOT_1838, SINGH_1984
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.play.first_order import equilibrium_formulas, payoffs_at
from games.sources import Assumed

a, b, d, c_1, c_2 = symbols("a b d c_1 c_2")
q_1, q_2 = symbols("q_1 q_2")

FIRMS = ("First firm", "Second firm")

PARAMETERS = (
    Parameter(
        a,
        meaning="price at which nothing is sold",
        default="10",
        low="8",
        high="20",
        unit=Unit.PAYOFF,
        source=Assumed("a textbook's number"),
    ),
    Parameter(
        b,
        meaning="by how much a firm's price falls for each unit that it sells",
        default="1",
        low="1",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("sets the unit of quantities: b = 1"),
    ),
    Parameter(
        d,
        meaning="by how much a firm's price falls for each unit that the other sells",
        default="1/2",
        low="0",
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("half of b: the products are substitutes, but not the same"),
    ),
    Parameter(
        c_1,
        meaning="cost of a unit to the first firm",
        default="1",
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed("a textbook's number"),
    ),
    Parameter(
        c_2,
        meaning="cost of a unit to the second firm",
        default="1",
        low="0",
        high="3",
        unit=Unit.PAYOFF,
        source=Assumed("the same as the first firm's"),
    ),
)


def profits() -> dict[str, Expr]:
    """What each firm earns: price less cost, times quantity."""
    return {FIRMS[0]: (a - b * q_1 - d * q_2 - c_1) * q_1, FIRMS[1]: (a - b * q_2 - d * q_1 - c_2) * q_2}


GAME = ContinuousGame.of({FIRMS[0]: (q_1, 0, a / b), FIRMS[1]: (q_2, 0, a / b)}, profits())


def quantities() -> dict[str, Expr]:
    """Quantities and profits where both firms sell."""
    sold = equilibrium_formulas(GAME)
    earned = payoffs_at(GAME, sold)
    found = {f"quantity of the {firm.lower()}": sold[firm] for firm in FIRMS}
    return found | {f"profit of the {firm.lower()}": earned[firm] for firm in FIRMS}


def outcome_words(path: tuple[str, ...]) -> str:
    """Who sells, in words."""
    words = {LOWEST: "sells nothing", BETWEEN: "sells", HIGHEST: "sells as much as anybody takes"}
    return ", ".join(f"{firm} {words[position]}" for firm, position in zip(FIRMS, path, strict=True))


MODEL = Model(
    name="cournot-duopoly",
    title="Cournot's duopoly",
    question="How much do two firms sell if each takes the other's quantity as given?",
    story=(
        "Two firms choose at once how much to sell of products that are alike or nearly so. The more is sold, the "
        "lower the prices. Each sells less, the more the other sells; together they sell more than would pay them "
        "both the most, and less than under competition."
    ),
    game=GAME,
    parameters=PARAMETERS,
    assumptions=(
        Assumption(b > 0, "a firm's price falls with what it sells"),
        Assumption(d >= 0, "the products are substitutes or have nothing to do with each other"),
        Assumption(d <= b, "a firm's own units press its price at least as much as the other's"),
        Assumption(c_1 >= 0, "a unit costs something or nothing"),
        Assumption(c_2 >= 0, "a unit costs something or nothing"),
        Assumption(c_1 < a, "somebody pays more than a unit costs"),
        Assumption(c_2 < a, "somebody pays more than a unit costs"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "Prices may fall below zero where much is sold; no firm gains by that, so no equilibrium depends on it.",
        "Firms choose once; in repetition the threat of this outcome can hold up one that pays both more.",
    ),
    quantities=quantities,
    references=(COURNOT_1838, SINGH_1984),
)
