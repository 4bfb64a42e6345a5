"""Models whose equilibria along a parameter, or over two, are known in closed form."""

from fractions import Fraction

from sympy import Expr, Symbol, symbols

from games import Decision, ExtensiveGame, Outcome, StrategicGame
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

x, y = symbols("x y")


def parameter(symbol: Symbol, low: int = 0, high: int = 1) -> Parameter:
    middle = Fraction(low + high, 2)
    meant = f"a number {symbol}"
    return Parameter(
        symbol, meaning=meant, default=middle, low=low, high=high, unit=Unit.PAYOFF, source=Assumed("a test")
    )


def duel(first: Expr, second: Expr, *assumptions: Assumption, low: int = 0, high: int = 1) -> Model:
    """One player chooses between two payoffs in x and y."""
    game = ExtensiveGame(("A",), Decision("A", {"first": Outcome((first,)), "second": Outcome((second,))}))
    return Model("duel", "Duel", game, (parameter(x, low, high), parameter(y, low, high)), assumptions)


CUT = Model(
    "cut",
    "Cut twice",
    StrategicGame.bimatrix([[x / 2, x], [1 - x, (1 - x) / 2]], [[x / 2, 1 - x], [x, (1 - x) / 2]]),
    (parameter(x),),
)
"""Pure equilibria change at 1/3 and 2/3; between them both mix with probabilities 3x - 1 and 2 - 3x, too."""

ROOTS = Model(
    "roots",
    "Cut at roots",
    StrategicGame.bimatrix([[x**2, 2 * x**2], [1 - x**2, (1 - x**2) / 2]], [[x / 2, 1 - x], [x, (1 - x) / 2]]),
    (parameter(x),),
)
"""The first player is indifferent in pure strategies at the square roots of 1/2 and 1/5."""
