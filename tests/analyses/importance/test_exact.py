"""Exact indices and shares against closed forms, and estimates against exact ones."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Rational, symbols

from analyses.importance import importance
from analyses.importance.exact import exact_indices
from analyses.importance.integrals import Integrals, Piece, Pieces
from analyses.sampling.polytope import HalfSpace, Polytope, box
from analyses.sweeps import sweep
from analyses.sweeps.swept import swept
from games import Decision, ExtensiveGame, Outcome, StrategicGame
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

x, y, z, w = symbols("x y z w")


def parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(
        symbol, meaning=str(symbol), default=0, low=0, high=1, unit=Unit.PAYOFF, source=Assumed("for a test")
    )


STEADY = Rational(3, 10)


def threshold(*more: Parameter, of_b: Any = y + STEADY) -> Model:
    """A goes left where x > 1/4, which pays B ``of_b``; right pays 3/10."""
    moves = {"left": Outcome((x, of_b)), "right": Outcome((Rational(1, 4), STEADY))}
    tree = ExtensiveGame(("A", "B"), Decision("A", moves))
    return Model("threshold", "A threshold", tree, (parameter(x), parameter(y), *more))


def exact(model: Model, crossed: bool = True, premises: Any = (), **given: Any) -> Any:
    asked = swept(model, premises=premises, **given)
    return exact_indices(asked, asked.premises.independent, crossed)


# Integrals.

F = Fraction
WHOLE = HalfSpace((F(0), F(0)), F(1))


def cut(dimension: int) -> Pieces:
    """1 where the coordinates of the unit cube come to more than 1."""
    inside = box([(F(0), F(1))] * dimension).within(HalfSpace((F(1),) * dimension, F(-1)))
    assert inside is not None
    one = HalfSpace((F(0),) * dimension, F(1))
    return Pieces([Piece(inside, {0: one})], dimension, 1, [[k] for k in range(dimension)], [F(1)] * dimension)


def test_the_parts_of_a_cut_square() -> None:
    """E[f | x] is x: its square has the mean 1/3, and f has the mean 1/2."""
    pieces = cut(2)
    assert pieces.means() == [F(1, 2)]
    assert pieces.shared(frozenset()) == [F(1, 4)]
    assert pieces.shared(frozenset([0])) == pieces.shared(frozenset([1])) == [F(1, 3)]
    assert pieces.shared(frozenset([0, 1])) == [F(1, 2)]


def test_the_parts_of_a_cut_cube() -> None:
    """E[f | x] is 1 − (1 − x)²/2, E[f | x, y] is min(1, x + y)."""
    pieces = cut(3)
    assert pieces.means() == [F(5, 6)]
    assert pieces.shared(frozenset([1])) == [F(43, 60)]
    assert pieces.shared(frozenset([0, 2])) == [F(3, 4)]


def test_a_polytope_is_what_its_half_spaces_leave() -> None:
    inside = box([(F(0), F(1))] * 3).within(HalfSpace((F(1), F(2), F(-1)), F(-1, 2)))
    assert inside is not None
    again: Polytope | None = box([(F(-5), F(5))] * 3)
    for half_space in inside.half_spaces:
        assert again is not None
        again = again.within(half_space)
    assert again is not None
    assert again.volume == inside.volume
    assert {point for point, _ in again.corners} == {point for point, _ in inside.corners}
    one, other = HalfSpace((F(1), F(0), F(2)), F(3)), HalfSpace((F(0), F(-1), F(1)), F(1, 2))
    points = np.random.default_rng(1).random((200_000, 3))
    points = points[points @ [1, 2, -1] - 0.5 >= 0]
    product = np.mean((points @ [1, 0, 2] + 3) * (points @ [0, -1, 1] + 0.5)) * float(inside.volume)
    assert float(Integrals(inside).of_both(one, other)) == pytest.approx(product, rel=0.01)


# Indices.


def test_the_exact_indices_of_a_threshold() -> None:
    found = exact(threshold())
    p = F(3, 4)
    whole = p / 3 - (p / 2) ** 2
    assert found.because == ""
    assert found.indices["set of outcomes", "first", (0,)] == 1
    assert found.indices["set of outcomes", "total", (1,)] == 0
    alone = [p * (1 - p) / 4 / whole, p**2 / 12 / whole]
    for k in range(2):
        assert found.indices["payoff of B", "first", (k,)] == alone[k]
        assert found.indices["payoff of B", "total", (k,)] == 1 - alone[1 - k]
    assert found.indices["payoff of B", "second", (0, 1)] == 1 - sum(alone)
    assert found.indices["probability of left", "total", (0,)] == 1
    assert found.indices["width of payoff of B", "total", (0,)] == 0, "what is constant has an index of 0"
    assert found.shares["left"] == (p, p)


def test_the_exact_indices_of_three_parameters() -> None:
    """y·1[x > 1/4] + z·1[x > 1/4]: z counts as much as y, and x the more."""
    found = exact(threshold(parameter(z), of_b=y + z + STEADY))
    p = F(3, 4)
    sums = F(1, 6) + 1
    whole = p * sums - p**2
    # Var E[f | x] = p(1 − p), Var E[f | y] = p²/12, and E Var(f | others) = p/12.
    assert found.indices["payoff of B", "first", (0,)] == p * (1 - p) / whole
    for k in (1, 2):
        assert found.indices["payoff of B", "first", (k,)] == p**2 / 12 / whole
        assert found.indices["payoff of B", "total", (k,)] == p / 12 / whole
    assert found.indices["payoff of B", "total", (0,)] == 1 - (p**2 / 6) / whole


def test_linked_parameters_have_exact_indices_in_common() -> None:
    """Where x < z, x > 1/4 holds at 9/16 of the points; y is independent of both."""
    found = exact(threshold(parameter(z)), premises=[x < z])
    p = F(9, 16)
    assert found.shares["left"] == (p, p)
    whole = p / 3 - (p / 2) ** 2
    assert found.indices["payoff of B", "first", (1,)] == p**2 / 12 / whole
    assert found.indices["payoff of B", "total", (0, 2)] == 1 - p**2 / 12 / whole


def test_what_an_equation_fixes_is_put_in() -> None:
    """With z = y the payoff of B is 2y·1[x > 1/4] + 3/10."""
    found = exact(threshold(parameter(z), of_b=y + z + STEADY), premises=[sympy.Eq(z, y)])
    p = F(3, 4)
    whole = 4 * p / 3 - p**2
    assert found.indices["payoff of B", "first", (1,)] == p**2 / 3 / whole
    assert found.indices["payoff of B", "total", (0,)] == 1 - p**2 / 3 / whole


def test_several_equilibria_have_exact_ends() -> None:
    """In a stag hunt with stakes x + 1 and y the width is x + 1 − y."""
    game = StrategicGame.bimatrix([[1 + x, 0], [y, y]], [[1 + x, y], [0, y]])
    model = Model("hunt", "A hunt", game, (parameter(x), parameter(y)))
    found = exact(model, concept="pure-nash")
    player = model.game.players[0]
    assert found.indices[f"width of payoff of {player}", "first", (0,)] == F(1, 2)
    assert found.indices[f"payoff of {player}, least", "total", (0,)] == 0
    assert found.indices[f"payoff of {player}, greatest", "total", (0,)] == 1


def test_where_they_cannot_be_had_the_reason_is_given() -> None:
    many = exact(threshold(parameter(z), parameter(w)))
    assert (many.indices, many.because) == ({}, "more than 3 parameters move")
    curved = Model(
        "curved",
        "Curved",
        ExtensiveGame(("A",), Decision("A", {"l": Outcome((x * y,)), "r": Outcome((Rational(1, 4),))})),
        (parameter(x), parameter(y)),
    )
    assert "not linear" in exact(curved).because
    mixed = exact(load("inspection"), names=["a_1", "b_1"])
    assert "not linear" in mixed.because
    assert ("set of outcomes", "total", (0,)) in mixed.indices


def test_estimates_stand_beside_exact_values() -> None:
    found = importance(threshold(), samples=512, measures=["second-order"])
    beside = [(row[3], row[7]) for row in found.rows() if row[7] is not None]
    assert len(beside) > 20
    assert all(estimate == pytest.approx(float(value), abs=0.12) for estimate, value in beside)  # type: ignore[arg-type]
    assert found.table().header[1:5] == ("Set: total", "exact", "Set: first", "exact")
    assert "exactly 1," in found.findings()[0]
    none = importance(load("sanction-retaliation"), samples=16)
    assert {row[7] for row in none.rows()} == {None}


CASES = [("sanction-retaliation", ["beta", "h_F"], None), ("sanction-encounter", ["E", "beta"], None)]


@pytest.mark.long
@pytest.mark.parametrize(("name", "names", "concept"), CASES)
def test_shares_agree_with_exact_ones_within_their_intervals(name: str, names: list[str], concept: str | None) -> None:
    """Of 100 seeds, at least 88 for every outcome: the intervals are those of 95 %."""
    model = load(name)
    truth = exact(model, crossed=False, names=names, concept=concept).shares
    assert any(0 < part < 1 for share in truth.values() for part in share)
    missed: dict[tuple[str, str], int] = {}
    for seed in range(100):
        found = sweep(model, names=names, concept=concept, design="random", samples=300, seed=seed)
        shares = {share.outcome: share for share in found.shares}
        for outcome, (certain, possible) in truth.items():
            own = shares[outcome]
            for which, ends, value in (
                ("certain", own.certain_ends, certain),
                ("possible", own.possible_ends, possible),
            ):
                assert ends is not None
                missed[outcome, which] = missed.get((outcome, which), 0) + (not ends[0] <= value <= ends[1])
    assert max(missed.values()) <= 12, missed


@pytest.mark.long
def test_intervals_of_indices_cover_exact_ones() -> None:
    model, names = load("sanction-retaliation"), ["beta", "h_F"]
    truth = exact(model, crossed=False, names=names).indices
    missed = 0
    for seed in range(40):
        found = importance(model, names=names, design="random", samples=300, seed=seed)
        for group in found.groups:
            index = found.the_set.indices.total[found.groups.index(group)]  # type: ignore[union-attr]
            missed += not index.low <= truth["set of outcomes", "total", group] <= index.high
    assert missed <= 10, missed
