"""Supports and the weights on them: every subset once, and equilibria with given supports."""

from fractions import Fraction

from games import StrategicGame
from games.solvers.methods.supports import exact_equilibrium, mixture_on, nonempty_subsets, weights_on

PENNIES = StrategicGame.bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]])


def test_every_nonempty_subset_is_there_once_small_ones_first() -> None:
    subsets = nonempty_subsets("abcd")
    assert len(set(subsets)) == 15
    assert [*map(len, subsets)] == sorted(map(len, subsets))
    assert nonempty_subsets(()) == []


def test_weights_make_the_other_indifferent_or_there_are_none() -> None:
    assert weights_on(PENNIES, "Column", ["1", "2"], ["1", "2"]) == {"1": Fraction(1, 10), "2": Fraction(9, 10)}
    assert weights_on(PENNIES, "Column", ["1"], ["1", "2"]) is None


def test_the_exact_equilibrium_near_floats_is_verified() -> None:
    half = Fraction(1, 2)
    near = {"Row": {"1": 0.4999999, "2": 0.5000001}, "Column": {"1": 0.1, "2": 0.9}}
    assert exact_equilibrium(PENNIES, near) == {
        "Row": {"1": half, "2": half},
        "Column": {"1": Fraction(1, 10), "2": Fraction(9, 10)},
    }
    pure = {"Row": {"1": 1.0, "2": 0.0}, "Column": {"1": 1.0, "2": 0.0}}
    assert exact_equilibrium(PENNIES, pure) is None


def test_a_mixture_on_a_support_plays_all_of_it_or_there_is_none() -> None:
    mix = mixture_on(frozenset({0, 1}), [[1, -1, 0]], 3)
    assert mix is not None
    assert (mix[0] <= mix[1], mix[0] > 0, mix[2], sum(mix)) == (True, True, 0, 1)
    assert mixture_on(frozenset({0, 1}), [[1, 1, 0]], 3) is None
