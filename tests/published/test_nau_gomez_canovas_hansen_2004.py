"""A three-player game with one irrational equilibrium: Nau, Gomez Canovas & Hansen (2004), International Journal of
Game Theory 32, section 4.

Every player mixes, and no probability is a fraction, although every payoff is a small whole number.
"""

from fractions import Fraction
from itertools import product
from math import isqrt

import pytest

from games import StrategicGame, solve

PAYOFFS = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
"""By profile, the first player's strategy changing fastest, then the second's, then the third's."""


def game() -> StrategicGame:
    return StrategicGame(
        dict.fromkeys(("One", "Two", "Three"), ("1", "2")),
        {tuple(str(k + 1) for k in (i, j, k)): PAYOFFS[i + 2 * j + 4 * k] for i, j, k in product(range(2), repeat=3)},
    )


def gain(player: int) -> list[list[int]]:
    """What the player's second strategy pays more than its first, by the strategies of the two others in order."""
    table = [[0, 0], [0, 0]]
    for profile in product(range(2), repeat=3):
        others = [s for k, s in enumerate(profile) if k != player]
        paid = PAYOFFS[profile[0] + 2 * profile[1] + 4 * profile[2]][player]
        table[others[0]][others[1]] += paid if profile[player] else -paid
    return table


def indifference(player: int) -> tuple[int, int, int, int]:
    """Coefficients a, b, c, d of a + b·u + c·v + d·uv = 0, where u, v are how often the others play their second."""
    (a, over), (down, both) = gain(player)
    return a, down - a, over - a, both - down - over + a


def quadratic() -> tuple[int, int, int]:
    """What is left of the three equations once the second and the first player's probabilities are eliminated.

    One's equation gives y = −(a + cz)/(b + dz) and Two's gives x likewise; both go into Three's, times both
    denominators.
    """
    a, b, c, d = indifference(0)
    y, below_y = (-a, -c), (b, d)
    a, b, c, d = indifference(1)
    x, below_x = (-a, -c), (b, d)
    a, b, c, d = indifference(2)
    parts = [(a, below_x, below_y), (b, x, below_y), (c, below_x, y), (d, x, y)]
    terms = [(k * p[0] * q[0], k * (p[0] * q[1] + p[1] * q[0]), k * p[1] * q[1]) for k, p, q in parts]
    constant, linear, square = (sum(term[k] for term in terms) for k in range(3))
    return square, linear, constant


def test_the_only_equilibrium_mixes_everything_and_is_certified() -> None:
    equilibria = solve(game())
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (1, True, False)
    (equilibrium,) = equilibria
    assert all(0 < weight < 1 for mix in equilibrium.strategies.values() for weight in mix.values())
    assert any("irrational" in remark and "certified" in remark for remark in equilibria.remarks)
    assert [component.is_point for component in equilibria.components] == [True]


def test_it_solves_a_quadratic_without_rational_roots() -> None:
    square, linear, constant = quadratic()
    discriminant = linear**2 - 4 * square * constant
    assert discriminant > 0
    assert isqrt(discriminant) ** 2 != discriminant, "a perfect square would make the root rational"
    roots = [(-linear + sign * discriminant**0.5) / (2 * square) for sign in (-1, 1)]
    inside = []
    for z in roots:
        others = []
        for player in (0, 1):
            a, b, c, d = indifference(player)
            others.append(-(a + c * z) / (b + d * z))
        y, x = others
        if all(0 < p < 1 for p in (x, y, z)):
            inside.append((x, y, z))
    (expected,) = inside
    (equilibrium,) = solve(game())
    found = [equilibrium[player]["2"] for player in ("One", "Two", "Three")]
    assert found == pytest.approx(expected, abs=1e-12)


def test_nobody_gains_by_deviating() -> None:
    (equilibrium,) = solve(game())
    for player in range(3):
        a, b, c, d = indifference(player)
        u, v = (Fraction(equilibrium[p]["2"]) for k, p in enumerate(("One", "Two", "Three")) if k != player)
        assert abs(a + b * u + c * v + d * u * v) < Fraction(1, 10**14)


def test_no_pure_profile_and_no_smaller_support_is_an_equilibrium() -> None:
    """The list is complete: other supports fail by the definition on a grid of mixtures."""
    grid = [Fraction(k, 6) for k in range(7)]
    for profile in product(grid, repeat=3):
        if all(0 < p < 1 for p in profile):
            continue
        gains = []
        for player in range(3):
            a, b, c, d = indifference(player)
            u, v = (p for k, p in enumerate(profile) if k != player)
            more = a + b * u + c * v + d * u * v
            gains.append(more * (1 - profile[player]) if more > 0 else -more * profile[player])
        assert max(gains) > 0
