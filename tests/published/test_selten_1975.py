"""Selten's horse: Selten (1975), International Journal of Game Theory 4, figure 1.

Its Nash equilibria are two families: One plays D, Two c with probability at least 1/3, Three L; or One plays C, Two c,
Three L with probability at most 1/4. Only those of the second are sequential, although no subgame tells them apart.
"""

from fractions import Fraction
from itertools import product

import pytest

from games import Decision, ExtensiveGame, Outcome, solve
from games.forms.reduced import reduced_strategic_form
from games.play.regret import nash_regret, regret

QUARTER, THIRD = Fraction(1, 4), Fraction(1, 3)


def horse() -> ExtensiveGame:
    low = Decision("Three", {"L": Outcome((3, 2, 2)), "R": Outcome((0, 0, 0))}, "Three")
    high = Decision("Three", {"L": Outcome((4, 4, 0)), "R": Outcome((0, 0, 1))}, "Three")
    across = Decision("Two", {"c": Outcome((1, 1, 1)), "d": high}, "Two")
    return ExtensiveGame(("One", "Two", "Three"), Decision("One", {"C": across, "D": low}, "One"))


def play(one: Fraction | int, two: Fraction | int, three: Fraction | int) -> dict[str, dict[str, Fraction]]:
    """The probabilities of C, c and L."""
    return {
        "One": {"C": Fraction(one), "D": 1 - Fraction(one)},
        "Two": {"c": Fraction(two), "d": 1 - Fraction(two)},
        "Three": {"L": Fraction(three), "R": 1 - Fraction(three)},
    }


def is_nash(one: Fraction, two: Fraction, three: Fraction) -> bool:
    return not any(nash_regret(horse(), play(one, two, three)).values())


def in_a_family(one: Fraction, two: Fraction, three: Fraction) -> bool:
    return (one == 0 and two >= THIRD and three == 1) or (one == 1 and two == 1 and three <= QUARTER)


def test_the_nash_equilibria_are_the_two_families() -> None:
    """Over a grid that holds the ends of both families and points close to them."""
    near = Fraction(1, 1000)
    points = {Fraction(k, 4) for k in range(5)} | {THIRD, near, 1 - near}
    points |= {end + step for end in (QUARTER, THIRD) for step in (-near, near)}
    for profile in product(points, repeat=3):
        assert is_nash(*profile) == in_a_family(*profile), profile


def test_nash_lists_points_of_both_families_and_says_that_there_are_more() -> None:
    equilibria = solve(horse(), "nash")
    assert not equilibria.complete
    form = reduced_strategic_form(horse())
    families = set()
    for equilibrium in equilibria:
        assert not any(regret(form, equilibrium.strategies).values())
        one, two, three = (equilibrium[player][label] for player, label in (("One", "C"), ("Two", "c"), ("Three", "L")))
        assert in_a_family(one, two, three)
        families.add(one)
    assert families == {0, 1}
    inner = [c.members[0] for c in equilibria.components if not c.is_point]
    assert {equilibria[k]["One"]["C"] for k in inner} == {0, 1}


@pytest.mark.parametrize("concept", ["sequential", "perfect-bayesian"])
def test_only_the_second_family_is_sequential(concept: str) -> None:
    equilibria = solve(horse(), concept)
    assert len(equilibria) >= 1
    assert not equilibria.complete
    for equilibrium in equilibria:
        assert equilibrium["One"]["C"] == equilibrium["Two"]["c"] == 1
        assert equilibrium["Three"]["L"] <= QUARTER
        assert equilibrium.payoffs == {"One": 1, "Two": 1, "Three": 1}
        assert sum(equilibrium.beliefs["Three"].values()) == 1
    assert {equilibrium["Three"]["L"] > 0 for equilibrium in equilibria} == {False, True}


def test_no_subgame_tells_the_families_apart() -> None:
    equilibria = solve(horse(), "subgame-perfect")
    assert {equilibrium["One"]["C"] for equilibrium in equilibria} == {0, 1}
