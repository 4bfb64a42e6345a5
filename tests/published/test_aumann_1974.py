"""Correlated equilibria of Chicken with payoffs 6, 2, 7, 0. Concept: Aumann (1974), J. of Mathematical Economics 1."""

from fractions import Fraction

from games import StrategicGame, solve

CHICKEN = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])


def total(objective: str) -> Fraction:
    (equilibrium,) = solve(CHICKEN, "correlated", objective=objective)
    return sum(map(Fraction, equilibrium.payoffs.values()))


def test_best_and_worst_sums_of_correlated_equilibria() -> None:
    assert total("best") == Fraction(21, 2)
    assert total("worst") == Fraction(36, 5)


def test_the_best_one_never_lets_both_press() -> None:
    (equilibrium,) = solve(CHICKEN, "correlated")
    assert {outcome.path: outcome.probability for outcome in equilibrium.outcomes} == {
        ("1", "1"): Fraction(1, 2),
        ("1", "2"): Fraction(1, 4),
        ("2", "1"): Fraction(1, 4),
    }


def test_the_mixed_nash_equilibrium_pays_fourteen_thirds_each() -> None:
    mixed = [one for one in solve(CHICKEN) if 0 < one["Row"]["1"] < 1]
    assert [set(one.payoffs.values()) for one in mixed] == [{Fraction(14, 3)}]
