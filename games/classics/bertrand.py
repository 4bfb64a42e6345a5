"""Bertrand's duopoly with products that differ: two firms choose prices, and buyers choose whom to buy from.

The demand is that of `games.classics.cournot`, with d < b, read the other way: a firm sells the less, the higher its
own price and the lower the other's. A price is written as a part of a, the highest that anybody pays. The higher the
other's price, the higher the best one: prices are strategic complements. Since the products differ, a firm that charges
a little more keeps most of its buyers, so that best responses exist and prices stay above cost; they are lower than
where the same firms choose quantities.

Family: Bertrand (1883), Journal des Savants; differentiated products and the comparison with Cournot, Singh & Vives
(1984), RAND Journal of Economics 15.
"""

from sympy import Expr, factor, symbols

from games.classics.cournot import FIRMS, a, b, c_1, c_2, d
from games.classics.cournot import PARAMETERS as SHARED
from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, ContinuousGame
from games.literature import BERTRAND_1883, SINGH_1984
from games.model import Assumption, Model
from games.play.first_order import equilibrium_formulas, payoffs_at

r_1, r_2 = symbols("r_1 r_2")


def sales(own: Expr, other: Expr) -> Expr:
    """How much a firm sells at its own price and the other's."""
    return a * (b - d - b * own + d * other) / (b**2 - d**2)


def profits() -> dict[str, Expr]:
    """What each firm earns: price less cost, times sales."""
    return {FIRMS[0]: (a * r_1 - c_1) * sales(r_1, r_2), FIRMS[1]: (a * r_2 - c_2) * sales(r_2, r_1)}


GAME = ContinuousGame.of({FIRMS[0]: (r_1, 0, 1), FIRMS[1]: (r_2, 0, 1)}, profits())


def quantities() -> dict[str, Expr]:
    """Prices and profits where both firms sell."""
    charged = equilibrium_formulas(GAME)
    earned = payoffs_at(GAME, charged)
    found = {f"price of the {firm.lower()}": factor(a * charged[firm]) for firm in FIRMS}
    return found | {f"profit of the {firm.lower()}": earned[firm] for firm in FIRMS}


def outcome_words(path: tuple[str, ...]) -> str:
    """What is charged, in words."""
    words = {LOWEST: "gives its product away", BETWEEN: "charges a price", HIGHEST: "charges the highest price"}
    return ", ".join(f"{firm} {words[position]}" for firm, position in zip(FIRMS, path, strict=True))


MODEL = Model(
    name="bertrand-duopoly",
    title="Bertrand's duopoly with differentiated products",
    question="What do two firms charge if each takes the other's price as given?",
    story=(
        "Two firms choose at once what to charge for products that are nearly alike. Buyers go to the cheaper firm, "
        "but not all of them, since the products differ. Each charges more, the more the other charges; both charge "
        "less than would pay them together the most."
    ),
    game=GAME,
    parameters=SHARED,
    assumptions=(
        Assumption(b > 0, "a firm's price falls with what it sells"),
        Assumption(d >= 0, "the products are substitutes or have nothing to do with each other"),
        Assumption(d < b, "the products differ"),
        Assumption(c_1 >= 0, "a unit costs something or nothing"),
        Assumption(c_2 >= 0, "a unit costs something or nothing"),
        Assumption(a * (b - d) > b * c_1, "the first firm can sell at its cost even if the other charges nothing"),
        Assumption(a * (b - d) > b * c_2, "the second firm can sell at its cost even if the other charges nothing"),
    ),
    outcome_words=outcome_words,
    unknown=(
        "At prices far apart the formula has the dearer firm sell less than nothing; what a firm gains by driving the "
        "other out is then overstated, so that no equilibrium is found that is none.",
        "Firms can sell any quantity; with limits on capacity prices are higher.",
        "With products that are the same (d = b) a price a little below the other's takes all buyers: payoffs jump, "
        "and the game is of another form.",
    ),
    quantities=quantities,
    references=(BERTRAND_1883, SINGH_1984),
)
