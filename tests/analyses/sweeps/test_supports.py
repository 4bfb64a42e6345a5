"""All Nash equilibria of two players on arrays: at every point what the solver finds there, ties that are formulas
among them, and open points left to it."""

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Max, Rational, Symbol, symbols

import analyses.sweeps.settling as settling_module
from analyses.importance import importance
from analyses.sweeps import Sweep, sweep
from analyses.sweeps.supports import supports_of
from analyses.sweeps.ways import BULK, REFUSED, SOLVED
from games import Decision, ExtensiveGame, Outcome, StrategicGame
from games.catalog import load
from games.forms.extensive import Chance
from games.model import Model
from games.parameters import Parameter, Unit
from games.solvers.concept import concept_for
from games.sources import Assumed

SEED = 1951
x, y, z, w = symbols("x y z w")


def parameter(symbol: Symbol, low: int = -1, high: int = 1) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=high,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def model_of(game: Any, *given: Symbol, **more: Any) -> Model:
    return Model("made-up", "A made-up game", game, tuple(map(parameter, given or (x, y, z, w))), **more)


def some_formula(random: Random) -> Any:
    one, other = random.choice([x, y, z, w]), random.choice([x, y, z, w])
    return random.choice([one, one, one - other, one * other, random.randint(-1, 1)])


def strategic(seed: int) -> Model:
    """Few formulas for all payoffs, and few words for all outcomes."""
    random = Random(seed)
    m, n = random.choice([(2, 2), (2, 3), (3, 3), (4, 2)])
    A, B = ([[some_formula(random) for _ in range(n)] for _ in range(m)] for _ in range(2))
    words = random.choice([", ".join, lambda path: path[1]])
    return model_of(StrategicGame.bimatrix(A, B), outcome_words=words)


def hidden_move() -> Model:
    """A move of chance with an uncertain probability, which the second player does not see, nor the first move."""
    p = (1 + x) / 2

    def after(good: bool) -> Decision:
        paid = (y, z) if good else (z, w)
        leaf = Outcome((0, y))
        return Decision(
            "A",
            {
                "in": Decision("B", {"fight": Outcome(paid), "yield": Outcome((w, 1))}, information_set="B's"),
                "out": leaf,
            },
            information_set=f"A's, {good}",
        )

    tree = ExtensiveGame(("A", "B"), Chance({"good": (p, after(True)), "bad": (1 - p, after(False))}))
    return model_of(tree)


def quotient() -> Model:
    """Divides by zero in the middle of a grid, and has the greater of two."""
    return model_of(StrategicGame.bimatrix([[1 / x, y], [z, Max(x, y) + w]], [[x, Max(y, z) * w], [y, z]]))


MODELS = {
    **{f"strategic {seed}": strategic(seed) for seed in range(6)},
    "hidden move": hidden_move(),
    "quotient": quotient(),
    "finality": load("finality"),
}


def both(monkeypatch: pytest.MonkeyPatch, model: Model, **asked: Any) -> tuple[Sweep, Sweep]:
    """The same points on arrays as far as they go, and all of them by the solver."""
    on_arrays = sweep(model, concept="nash", seed=SEED, seconds=None, **asked)
    with monkeypatch.context() as patched:
        patched.setattr(settling_module, "supports_of", lambda *_: None)
        solved = sweep(model, concept="nash", seed=SEED, seconds=None, **asked)
    return on_arrays, solved


def plays(found: Sweep) -> Sequence[Any]:
    return [[None if k < 0 else found.plays[k] for k in row] for row in found.settled.selected_play.tolist()]


def the_same(one: Sweep, other: Sweep) -> None:
    assert len(one) == len(other)
    for row in range(len(one)):
        assert set(one.set_at(row)) == set(other.set_at(row)), one.point(row)
    assert plays(one) == plays(other)
    close = {"rtol": 1e-9, "atol": 1e-12, "equal_nan": True}
    for name in ("amounts", "selected"):
        assert np.allclose(getattr(one.settled, name), getattr(other.settled, name), **close)
    assert set(one.outcomes) == set(other.outcomes)
    for outcome in one.outcomes:
        mine, theirs = (found.settled.probability[:, found.outcomes.index(outcome)] for found in (one, other))
        assert np.allclose(mine, theirs, **close)
        assert np.array_equal(mine[:, 0] == mine[:, 1], theirs[:, 0] == theirs[:, 1])
    ends = [found.settled.amounts[..., 0] == found.settled.amounts[..., 1] for found in (one, other)]
    assert np.array_equal(*ends)


@pytest.mark.parametrize("name", MODELS)
def test_arrays_and_the_solver_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on_arrays, solved = both(monkeypatch, MODELS[name], samples=15, design="random")
    the_same(on_arrays, solved)
    assert on_arrays.settled_by(BULK) == 15
    assert solved.settled_by(BULK) == 0


@pytest.mark.parametrize("name", MODELS)
def test_they_agree_where_numbers_tie(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = MODELS[name]
    names = [p.name for p in model.parameters if p.low < p.high][:2]
    on_arrays, solved = both(monkeypatch, model, samples=3**2, design="grid", names=names)
    the_same(on_arrays, solved)


def test_ties_that_hold_everywhere_leave_nothing_open() -> None:
    """After a concession every sanction may pay Japan the same, so that equilibria are continua."""
    found = sweep(load("sanction-encounter"), values={"r": "1"}, samples=500, seed=SEED)
    assert found.settled_by(BULK) == 500
    assert found.several > 100


def test_what_premises_make_equal_is_known_to_be() -> None:
    """With x = y both rows are the same."""
    model = model_of(StrategicGame.bimatrix([[x, z], [y, z]], [[w, z], [x, w]]))
    assert sweep(model, premises=[sympy.Eq(x, y)], samples=50, design="random").settled_by(BULK) == 50
    assert sweep(model, values={"x": "1/3", "y": "1/3"}, samples=50).settled_by(BULK) == 50


def test_what_is_left_open_is_solved_and_counted() -> None:
    model = model_of(StrategicGame.bimatrix([[x, 0], [0, y]], [[x, 0], [0, y]]), x, y)
    found = sweep(model, samples=9, design="grid")
    assert (found.settled_by(BULK), found.settled_by(SOLVED)) == (4, 5)
    divided = sweep(quotient(), concept="nash", names=["x"], samples=3, design="grid")
    assert divided.settled_by(REFUSED) == 1


def test_payoffs_that_floats_do_not_tell_apart_are_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both conventions pay the same where x = y, and a third is no float."""
    third = Rational(1, 3)
    rows = [[x + third, 0], [0, y + third]]
    on_arrays, solved = both(monkeypatch, model_of(StrategicGame.bimatrix(rows, rows), x, y), samples=9, design="grid")
    the_same(on_arrays, solved)
    assert on_arrays.settled_by(SOLVED) == 2


def test_rounding_makes_no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the second player plays is the same in a continuum, whichever of two equal rows the first one plays."""
    A = [[x + 2, 0], [0, y + 2], [0, y + 2]]
    B = [[0, z + 2], [w + 2, 0], [z + 4, 1]]
    model = model_of(StrategicGame.bimatrix(A, B), outcome_words=lambda path: path[1])
    the_same(*both(monkeypatch, model, samples=40))


def test_what_is_not_for_arrays() -> None:
    """Large games, those of three players, and other concepts."""
    six = StrategicGame.bimatrix([[x] * 6] * 2, [[y] * 6] * 2)
    three = StrategicGame(dict.fromkeys("ABC", ("a",)), {("a",) * 3: (x, y, z)})
    assert supports_of(model_of(six), concept_for(six, "nash")) is None
    assert supports_of(model_of(three), concept_for(three, "nash")) is None
    small = strategic(0)
    assert supports_of(small, concept_for(small.game, "correlated")) is None
    assert supports_of(small, concept_for(small.game, "nash")) is not None


def test_importance_is_what_the_solver_says_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {"names": ["E", "A_F"], "samples": 32, "seed": SEED}
    on_arrays = importance(load("sanction-encounter"), **asked)
    monkeypatch.setattr(settling_module, "supports_of", lambda *_: None)
    solved = importance(load("sanction-encounter"), **asked)
    assert [t.indices for t in on_arrays.targets[:1]] == [t.indices for t in solved.targets[:1]]
    for name in ("payoff of Japan, least", "payoff of Russia, greatest"):
        mine, theirs = (found.target(name).indices for found in (on_arrays, solved))
        assert mine is not None
        assert theirs is not None
        assert [i.value for i in mine.total] == pytest.approx([i.value for i in theirs.total])


def test_payoffs_that_floats_do_not_tell_apart_keep_their_order() -> None:
    """Two equilibria pay the first player about 2⁶⁰ and one more: the solver tells which is best, and it stays so."""
    game = StrategicGame.bimatrix([[x + 2**60, 0], [0, x + 2**60 + 1]], [[1, 0], [0, 1]])
    found = sweep(model_of(game, x), samples=4)
    assert found.settled_by(SOLVED) == len(found) == 4
    best = found.settled.selected_play[:, found.selections.index("best for Row")].tolist()
    assert [found.plays[play] for play in best] == [("2, 2",)] * 4
