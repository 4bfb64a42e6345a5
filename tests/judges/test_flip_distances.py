"""Flip distances of random claims, judged by the definitions: what flips does fail, and nothing nearer does.

A few claims of each form belong to the suite; ``python -m pytest -m long tests/judges`` goes through more. A start is
an admissible point at which the claim holds by the judges.
"""

import random
from collections import Counter
from fractions import Fraction

import pytest

from analyses.claims import flip_distance
from games import InputError
from judges.as_claims import as_claim
from judges.described import Point, RandomClaim
from judges.random_claims import FORMS, random_claim
from judges.truths import at_point
from laws.counts import third

SEED = 1956
FEW = 6
MANY = third(100)
STARTS = 6
"""How many admissible points are tried for a start."""

POINTS = 8
"""How many points nearer than what is proved are judged."""

SECONDS = 5
"""The most that one may take in the suite."""


def start_of(claim: RandomClaim, rng: random.Random) -> Point | None:
    """An admissible point at which the claim holds."""
    every = claim.admissible()
    rng.shuffle(every)
    return next((point for point in every[:STARTS] if at_point(claim, point).holds is True), None)


def nearer(claim: RandomClaim, start: Point, distance: Fraction, rng: random.Random) -> list[Point]:
    """Admissible points that are no farther from the start, many of them as far."""
    found = []
    for _ in range(3 * POINTS):
        point = {}
        for name in claim.names:
            low, high = claim.range_of(name)
            reach = distance * (high - low)
            moved = start[name] + reach * rng.choice((-1, 1, Fraction(rng.randint(-8, 8), 8)))
            point[name] = min(max(moved, low), high)
        if claim.is_admissible(point):
            found.append(point)
    return found[:POINTS]


def faults_of(form: str, count: int, seconds: float | None) -> tuple[list[str], Counter[str]]:
    faults, told = [], Counter[str]()
    for number in range(count):
        claim = random_claim(form, number)
        rng = random.Random(f"{SEED} {form} {number}")
        start = None if claim.kind == "monotone" else start_of(claim, rng)
        if start is None:
            continue
        try:
            found = flip_distance(as_claim(claim), dict(start), precision="1/100", seconds=seconds)
        except InputError as error:
            told[str(error).split(";")[-1]] += 1
            if "already fails" in str(error):
                faults.append(f"{claim}\nholds at {start}, and is said to fail: {error}")
            continue
        told["settled" if found.settled else "open"] += 1
        told["never overturned"] += found.settled and found.flips is None
        if found.flips is not None and at_point(claim, dict(found.flips)).holds is True:
            faults.append(f"{claim}\nfrom {start} said to fail at {found.flips}, where it holds")
        for point in nearer(claim, start, found.lower, rng):
            if at_point(claim, point).holds is False and distance_of(claim, start, point) < found.lower:
                faults.append(f"{claim}\nfrom {start} nothing within {found.lower} breaks it; it fails at {point}")
                break
    return faults, told


def distance_of(claim: RandomClaim, start: Point, point: Point) -> Fraction:
    widths = {name: high - low for name in claim.names for low, high in [claim.range_of(name)] if low < high}
    return max((abs(point[name] - start[name]) / width for name, width in widths.items()), default=Fraction(0))


@pytest.mark.parametrize("form", FORMS)
def test_flip_distances_of_random_claims(form: str) -> None:
    faults, told = faults_of(form, FEW, SECONDS)
    assert not faults, f"seed {SEED}\n" + "\n\n".join(faults[:2])
    assert told["settled"] >= 2, told


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_flip_distances_of_many_random_claims(form: str) -> None:
    faults, told = faults_of(form, MANY, None)
    print(form, dict(told))
    assert not faults, f"seed {SEED}\n" + "\n\n".join(faults[:2])
