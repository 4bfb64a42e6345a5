"""Sanctions as inspection: Tsebelis (1990), Journal of Conflict Resolution 34, “Are sanctions effective?”.

The target violates or complies while the sender sanctions or does not. Each side's mixture depends on the other side's
payoffs alone, so that a harsher sanction changes how often it is imposed, and not how often the target violates.
"""

from fractions import Fraction

import pytest

from games import Equilibrium, StrategicGame, solve


def inspection(a_1: int) -> StrategicGame:
    """``a_1`` is what a violation under sanctions is worth to the target."""
    return StrategicGame.bimatrix(
        [[a_1, 3], [0, 1]], [[1, -2], [-1, 0]], {"Target": ("Violate", "Comply"), "Sender": ("Sanction", "Do not")}
    )


def equilibrium(a_1: int) -> Equilibrium:
    equilibria = solve(inspection(a_1))
    assert equilibria.complete
    (only,) = equilibria
    return only


@pytest.mark.parametrize(
    ("a_1", "violating", "sanctioning"),
    [(-4, Fraction(1, 4), Fraction(1, 3)), (-10, Fraction(1, 4), Fraction(1, 6))],
)
def test_the_only_equilibrium_is_mixed(a_1: int, violating: Fraction, sanctioning: Fraction) -> None:
    found = equilibrium(a_1)
    assert found["Target"]["Violate"] == violating
    assert found["Sender"]["Sanction"] == sanctioning


def test_a_harsher_sanction_never_changes_how_often_the_target_violates() -> None:
    found = [equilibrium(a_1) for a_1 in range(-1, -60, -7)]
    assert {e["Target"]["Violate"] for e in found} == {Fraction(1, 4)}
    imposed = [e["Sender"]["Sanction"] for e in found]
    assert imposed == sorted(imposed, reverse=True)
    assert len(set(imposed)) == len(imposed)
