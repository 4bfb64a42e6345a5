"""Claims about rationalizability and dominance, against the iterated elimination itself."""

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Integer, symbols

from analyses.claims import Claim, Holds, Payoff, Proved, Refuted, Unique, always, check, never
from games import StrategicGame
from games.model import Model
from games.parameters import Parameter, Unit
from games.solvers.methods.elimination import eliminate
from games.sources import Assumed

SEED = 1984

x, y, q = symbols("x y q")


def parameter(symbol: sympy.Symbol, default: str = "1/2") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def model_of(rows: Any, columns: Any) -> Model:
    return Model("test", "Test", StrategicGame.bimatrix(rows, columns), (parameter(x), parameter(y)))


def claim(model: Model, conclusion: Any, premises: tuple[Any, ...] = (), concept: str = "dominance") -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises, concept)


DILEMMA = model_of([[1, -1], [1 + x, y]], [[1, 1 + x], [-1, y]])


def test_a_temptation_that_dominates() -> None:
    assert isinstance(check(claim(DILEMMA, never({"Row": "1"}), (x > 0, y > -1))), Proved)
    assert isinstance(check(claim(DILEMMA, Unique(), (x > 0, y > -1))), Proved)
    assert isinstance(check(claim(DILEMMA, always({"Row": "2", "Column": "2"}), (x > 0, y > -1))), Proved)


def test_weak_dominance_is_not_enough() -> None:
    verdict = check(claim(DILEMMA, never({"Row": "1"}), (x >= 0, y > -1)))
    assert isinstance(verdict, Refuted)
    assert verdict.at["x"] == 0


def test_dominance_by_a_mixture() -> None:
    """The third row pays x everywhere; half of the first with half of the second pays 1 everywhere."""
    model = model_of([[2, 0], [0, 2], [x, x]], [[1, 1], [1, 1], [1, 1]])
    assert isinstance(check(claim(model, never({"Row": "3"}), (x < 1,))), Proved)
    assert isinstance(check(claim(model, never({"Row": "3"}), (x <= 1,))), Refuted)


def test_the_payoffs_of_what_survives() -> None:
    bound = Holds(q >= 0, {q: Payoff("Row")})
    assert isinstance(check(claim(DILEMMA, bound, (x > 0, y >= 0))), Proved)
    assert isinstance(check(claim(DILEMMA, bound, (x > 0, y > -1))), Refuted)


@pytest.mark.untraced
@pytest.mark.parametrize("games", [20, pytest.param(60, marks=pytest.mark.long)])
@pytest.mark.parametrize("concept", ["dominance", "rationalizable"])
def test_random_games_against_elimination_on_a_grid(concept: str, games: int) -> None:
    for number in range(games):
        rng = random.Random(f"{SEED} {number}")
        rows, columns = rng.choice([(2, 2), (2, 3), (3, 2)])
        payoffs = [
            [[rng.choice([Integer(-1), Integer(0), Integer(1), x, y]) for _ in range(columns)] for _ in range(rows)]
            for _ in range(2)
        ]
        model = model_of(*payoffs)
        own = str(rng.randint(1, rows))
        premises = rng.choice([(), (x > y,), (x >= y,), (x > 0, y < 0)])
        verdict = check(claim(model, never({"Row": own}), premises, concept))
        where = f"seed {SEED}, game {number}: {model.game!r}, premises {premises}, row {own}: {verdict}"
        survives = False
        for first in range(-2, 5):
            for second in range(-2, 5):
                point = {x: Fraction(first, 2), y: Fraction(second, 2)}
                if all(bool(premise.subs({s: sympy.Rational(v) for s, v in point.items()})) for premise in premises):
                    survives = survives or own in eliminate(model.game_at(point)).survivors["Row"]
        if isinstance(verdict, Proved):
            assert not survives, where
        else:
            assert isinstance(verdict, Refuted), where
            at = {x: verdict.at["x"], y: verdict.at["y"]}
            assert own in eliminate(model.game_at(at)).survivors["Row"], where
