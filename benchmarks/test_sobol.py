"""A Sobol analysis of all equilibria of a 3×3 game in eight parameters, beside Nashpy and SALib in the same run.

Both draw 2^14 base points and look at 163,840 games. The pipeline draws with SALib, enumerates supports with Nashpy,
and has SALib work out the indices of one payoff; its time for all games is that of the first of them, times their
number.
Parley's is that of the whole analysis: exact sets, indices of every payoff and probability, entropy and dependence.
Seconds are of the processor.
"""

import time
import warnings
from collections.abc import Callable
from itertools import product
from typing import Any

import nashpy
import numpy as np
import pytest
import sympy
from SALib.analyze import sobol as indices
from SALib.sample import sobol as design

from analyses.importance import importance
from games import StrategicGame
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

BASE = 2**14
FEW = 300
SEED = 5
WANTED = 200


def without_ties() -> Model:
    """Eight parameters, and payoffs that are sums and products of them: none are the same formulas."""
    xs = sympy.symbols("x0:8")
    parameters = [
        Parameter(x, meaning=f"a payoff, {x}", default=1, low=-1, high=1, unit=Unit.PAYOFF, source=Assumed("made up"))
        for x in xs
    ]
    rng = np.random.default_rng(SEED)
    A, B = (
        [[xs[i] * xs[j] + xs[k] * int(c) for i, j, k, c in row] for row in rng.integers(1, 8, (3, 3, 4)).tolist()]
        for _ in range(2)
    )
    return Model("made-up", "A made-up game", StrategicGame.bimatrix(A, B), tuple(parameters))


CASES: dict[str, tuple[Callable[[], Model], list[str]]] = {
    "no ties": (without_ties, [f"x{k}" for k in range(8)]),
    "sanction-encounter": (lambda: load("sanction-encounter"), ["V_J", "V_R", "A_F", "h_F", "beta", "E", "r", "c_3"]),
}


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def least_payoffs(model: Model, points: Any, names: list[str]) -> list[float]:
    """The least payoff of the first player at each point."""
    fixed = {p.symbol: sympy.Rational(p.default) for p in model.parameters if p.name not in names}
    symbols = [model.by_name[name].symbol for name in names]
    strategies = model.game.strategies  # type: ignore[attr-defined]
    payoffs = [
        [model.game.payoffs[profile][k] for profile in product(*strategies.values())]  # type: ignore[attr-defined]
        for k in range(2)
    ]
    formulas = [[sympy.sympify(each).xreplace(fixed) for each in own] for own in payoffs]
    compiled = sympy.lambdify(symbols, formulas)
    found = []
    for point in points:
        A, B = (np.array(own, dtype=float).reshape(3, 3) for own in compiled(*point))
        paid = [float(x @ A @ y) for x, y in nashpy.Game(A, B).support_enumeration()]
        found.append(min(paid, default=0.0))
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_sobol_analysis(name: str) -> None:
    make, names = CASES[name]
    model = make()
    importance(model, names=names, samples=64, seconds=None)
    ours, found = seconds(lambda: importance(model, names=names, samples=BASE, seed=SEED, seconds=None))
    bounds = [[float(model.by_name[n].low), float(model.by_name[n].high)] for n in names]
    problem = {"num_vars": len(names), "names": names, "bounds": bounds}
    drawing, points = seconds(lambda: design.sample(problem, BASE, calc_second_order=False, seed=SEED))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solving, paid = seconds(lambda: least_payoffs(model, points[:FEW], names))
        outputs = np.resize(paid, len(points)) + np.random.default_rng(SEED).random(len(points))
        weighing, _ = seconds(lambda: indices.analyze(problem, outputs, calc_second_order=False, seed=SEED))
    theirs = drawing + solving / FEW * len(points) + weighing
    assert found.settled == len(points)
    print(
        f"\n{name}: {found.settled:,} games, {found.numeric + found.incomplete} not exact and complete; "
        f"Parley {ours:.1f} s, Nashpy and SALib {theirs:,.0f} s: {theirs / ours:,.0f}× (wanted: {WANTED}×)"
    )
