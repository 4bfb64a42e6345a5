"""Selten's horse: of two kinds of Nash equilibria only one is sequential (Selten 1975, IJGT 4)."""

from fractions import Fraction

import pytest

from games import Decision, ExtensiveGame, Outcome, solve


def third(left: tuple[int, ...], right: tuple[int, ...]) -> Decision:
    return Decision("3", {"L": Outcome(left), "R": Outcome(right)}, "three")


HORSE = ExtensiveGame(
    ("1", "2", "3"),
    Decision(
        "1",
        {
            "D": third((3, 2, 2), (0, 0, 0)),
            "C": Decision("2", {"c": Outcome((1, 1, 1)), "d": third((4, 4, 0), (0, 0, 1))}),
        },
    ),
)


def test_nash_equilibria_are_of_two_kinds() -> None:
    found = solve(HORSE, "nash")
    kinds = {next(label for label, weight in one["1"].items() if weight): [] for one in found}
    for one in found:
        kinds[next(label for label, weight in one["1"].items() if weight)].append(one)
    assert set(kinds) == {"D", "C"}
    assert all(one["3"]["L"] == 1 and one["2"]["c"] >= Fraction(1, 3) for one in kinds["D"])
    assert all(one["2"]["c"] == 1 and one["3"]["L"] <= Fraction(1, 4) for one in kinds["C"])
    assert not found.complete, "both kinds are continua"


@pytest.mark.parametrize("concept", ["sequential", "perfect-bayesian"])
def test_only_the_second_kind_is_sequential(concept: str) -> None:
    found = solve(HORSE, concept)
    assert len(found) >= 1
    for one in found:
        assert one["1 at the start"]["C"] == 1
        assert one["2 after C"]["c"] == 1
        assert one["three"]["L"] <= Fraction(1, 4)
        assert sum(one.beliefs["three"].values()) == 1
