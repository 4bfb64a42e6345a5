"""How long claims about every mixed equilibrium take: strict orders of all payoffs of a 3×3 and a 4×4 game.

Each premise set is a random strict order of the 9 (16) payoffs of either player and nothing else; each conclusion is
about all 49 (225) pairs of supports.
"""

import random
from itertools import pairwise
from statistics import median
from time import perf_counter

import pytest
import sympy
from sympy import Rational, Symbol, symbols

from analyses.claims import Chosen, Claim, Holds, always, check, never
from games import StrategicGame
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 20231222

q = symbols("q")


def ordinal_claim(rng: random.Random, size: int) -> Claim:
    """A random claim about a game of which only the order of each player's payoffs is known."""
    matrices, parameters, premises = [], [], []
    for letter in "ab":
        cells = [[Symbol(f"{letter}{i}{j}") for j in range(size)] for i in range(size)]
        matrices.append(cells)
        every = [cell for row in cells for cell in row]
        for cell in every:
            parameters.append(
                Parameter(
                    cell,
                    meaning="a payoff",
                    default="1/2",
                    low="0",
                    high="1",
                    unit=Unit.PAYOFF,
                    source=Assumed("any number will do"),
                )
            )
        rng.shuffle(every)
        premises += [sympy.Lt(low, high) for low, high in pairwise(every)]
    model = Model("ordinal", "A game of orders", StrategicGame.bimatrix(*matrices), tuple(parameters))
    row, column = (str(rng.randint(1, size)) for _ in range(2))
    half = Holds(q <= Rational(1, 2), {q: Chosen({"Row": row, "Column": column})})
    conclusion = rng.choice([never({"Row": row}), always({"Row": row}), half])
    return Claim("ordinal", "A claim about orders.", model, conclusion, tuple(premises))


@pytest.mark.parametrize(("size", "count", "limit"), [(3, 50, 0.5), (4, 10, 5.0)])
def test_claims_about_orders(size: int, count: int, limit: float) -> None:
    rng = random.Random(SEED)
    times, verdicts = [], []
    for _ in range(count):
        claim = ordinal_claim(rng, size)
        started = perf_counter()
        verdicts.append(check(claim, seconds=60).verdict)
        times.append(perf_counter() - started)
    counted = {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))}
    print(
        f"\n{count} claims on {size}×{size} orders (seed {SEED}): median {median(times):.2f} s, "
        f"longest {max(times):.2f} s, {counted}; wanted: median below {limit} s"
    )
