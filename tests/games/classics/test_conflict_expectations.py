"""Conflict expectations: the greatest concession and the paradox come out of the tree."""

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from games import solve
from games.classics.conflict_expectations import MODEL, outcome_words

SEED = 1999
TINY = Fraction(1, 10**9)
CONCEDES, IMPOSED, NOTHING = (outcome_words((last,)) for last in ("Concede", "Impose", "Back down"))


def played(**values: Any) -> set[str]:
    return {outcome_words(reached.path) for one in solve(MODEL.at(**values)) for reached in one.outcomes}


def greatest(c_s: Fraction, c_t: Fraction, beta: Fraction) -> Fraction:
    return (c_t - (1 - beta) * c_s) / (2 - beta)


def test_the_greatest_concession_of_the_instance() -> None:
    """(c_s, c_t, beta) = (1, 4, 1/2): 7/3."""
    most = greatest(Fraction(1), Fraction(4), Fraction(1, 2))
    assert most == Fraction(7, 3)
    assert round(float(most), 7) == 2.3333333
    assert played() == played(D=most - TINY) == {CONCEDES}
    assert played(D=most) == {CONCEDES, IMPOSED}
    assert played(D=most + TINY) == {IMPOSED}


@pytest.mark.untraced
def test_the_regions_come_out_of_the_tree() -> None:
    """No threat unless (1 − beta) c_t > c_s; then a concession up to D*, and beyond it sanctions that bring nothing."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(2000):
        v = {"D": 5, "c_s": 3, "c_t": 6, "beta": 1}
        drawn = {name: high * Fraction(rng.randrange(1, 10**6), 10**6) for name, high in v.items()}
        D, c_s, c_t, beta = drawn.values()
        expected = NOTHING
        if (1 - beta) * c_t > c_s:
            expected = CONCEDES if greatest(c_s, c_t, beta) > D else IMPOSED
        assert played(**drawn) == {expected}, (SEED, drawn)
        seen[expected] += 1
    assert min(seen[words] for words in (CONCEDES, IMPOSED, NOTHING)) > 100, (SEED, seen)


def test_the_paradox() -> None:
    """With less conflict expected, the demands that are met grow, until no threat is credible any more."""
    met = []
    for twentieths in range(21):
        demands = [Fraction(k, 10) for k in range(1, 60)]
        met.append([D for D in demands if played(D=D, beta=Fraction(twentieths, 20)) == {CONCEDES}])
    credible = [bool(demands) for demands in met]
    assert credible == [Fraction(k, 20) < Fraction(3, 4) for k in range(21)]
    most = [max(demands) for demands in met if demands]
    assert most == sorted(most)
    assert most[0] == Fraction(14, 10)
    assert most[-1] == Fraction(28, 10)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Demand", "Concede"), "The target concedes"),
        (("Demand", "Stand firm", "Impose"), "Sanctions are imposed and the target stands firm"),
        (("Demand", "Stand firm", "Back down"), "Nothing changes"),
        (("No demand",), "Nothing changes"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
