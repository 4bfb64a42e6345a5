"""Verdicts on random claims, judged by the definitions: nothing false is proved, nothing true refuted, nothing crashes.

A few claims of each form belong to the suite. ``python -m pytest -m long tests/judges -s`` goes through many more and
prints how many of each kind were proved, refuted and left unsettled, and how long that took; with
``JUDGED_CLAIMS=500`` in the environment, through the first 500 of each form. A claim that fails is printed whole, and
``as_claim(random_claim(form, number))`` makes it again.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import ceil
from time import perf_counter
from traceback import format_exception_only

import pytest

from analyses.claims import check
from games import InputError
from judges.as_claims import as_claim
from judges.described import RandomClaim
from judges.judgement import judged
from judges.random_claims import FORMS, FURTHER, contradictory_claim, random_claim

FEW = 4
"""How many claims of each form the suite judges: the first ones, but for the hard ones."""

HARD = {("graph", 2), ("repeated", 0), ("selections", 3)}
"""Claims that take up to a minute: for the long run."""

POINTS = 6
"""At how many points about a proof is judged there; in the long run at twice as many."""

MANY = int(os.environ.get("JUDGED_CLAIMS", "25"))
"""How many of each of the six forms the long run judges; `make bench` judges 500 of each, 3,000 in all."""

UNSETTLED = 0.02
"""The largest part of the claims of a kind that may stay unsettled, rounded up."""

UNSETTLED_FURTHER = 0.1
"""The same of claims about the further concepts, whose answers have more unknowns."""

MAY_REFUSE = ("trembling-hand",)
"""Concepts about which claims need not be decidable; all others named here are."""

SHOWN = 3
"""The most faults that are printed whole."""


class Tally:
    """Verdicts and faults over many claims."""

    def __init__(self) -> None:
        self.verdicts: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds: Counter[str] = Counter()
        self.slowest: dict[str, tuple[float, int]] = {}
        self.judge_seconds = 0.0
        self.looked_at = self.left_open = 0
        self.faults: list[str] = []
        self.because: Counter[str] = Counter()

    def add(self, claim: RandomClaim, points: int) -> None:
        """Checks a claim, in the steps that it has by default, and judges the verdict."""
        started = perf_counter()
        try:
            verdict = check(as_claim(claim))
        except Exception as error:  # whatever it is, it is a fault of the toolkit's
            if claim.concept in MAY_REFUSE and isinstance(error, InputError) and "cannot be checked" in str(error):
                self.verdicts[claim.kind]["refused"] += 1
                return
            self.verdicts[claim.kind]["crash"] += 1
            self.faults.append(f"{''.join(format_exception_only(error)).strip()}\n{claim}")
            return
        finally:
            taken = perf_counter() - started
            self.seconds[claim.kind] += taken
            self.slowest[claim.kind] = max(self.slowest.get(claim.kind, (0.0, 0)), (taken, claim.number))
        self.verdicts[claim.kind][verdict.verdict] += 1
        if verdict.verdict == "unsettled":
            self.because[verdict.because] += 1
        started = perf_counter()
        judgement = judged(claim, verdict, points)
        self.judge_seconds += perf_counter() - started
        self.looked_at += judgement.looked_at
        self.left_open += judgement.left_open
        if judgement.wrong:
            self.verdicts[claim.kind]["wrong"] += 1
            self.faults.append(f"{judgement.wrong}\n{claim}")

    def table(self, form: str) -> str:
        """Verdicts × kind × seconds."""
        head = ("proved", "refuted", "unsettled", "refused", "crash", "wrong")
        lines = [f"{form:24}" + "".join(f"{name:>10}" for name in (*head, "seconds", "slowest", "number"))]
        for kind, counts in sorted(self.verdicts.items()):
            slowest, number = self.slowest[kind]
            told = "".join(f"{counts[name]:10}" for name in head)
            lines.append(f"  {kind:22}{told}{self.seconds[kind]:10.1f}{slowest:10.1f}{number:10}")
        lines.append(
            f"  judged in {self.judge_seconds:.1f} s at {self.looked_at} points, {self.left_open} of them left open"
        )
        lines += [f"  unsettled {count} times: {reason}" for reason, count in self.because.most_common()]
        return "\n".join(lines)

    def report(self) -> str:
        shown = "\n\n".join(self.faults[:SHOWN])
        more = len(self.faults) - SHOWN
        first_lines = "".join(f"\n- {' / '.join(fault.splitlines()[:2])}" for fault in self.faults[SHOWN:])
        return f"{len(self.faults)} faults\n\n{shown}" + (f"\n\nand {more} more:{first_lines}" if more > 0 else "")


def tallied(claims: Iterable[RandomClaim], points: int) -> Tally:
    tally = Tally()
    for claim in claims:
        tally.add(claim, points)
    return tally


@pytest.mark.untraced
@pytest.mark.parametrize("form", [*FORMS, *FURTHER])
def test_verdicts_on_random_claims_stand(form: str) -> None:
    numbers = [number for number in range(FEW) if (form, number) not in HARD]
    tally = tallied((random_claim(form, number) for number in numbers), POINTS)
    assert not tally.faults, tally.report()


@pytest.mark.parametrize("form", FORMS)
def test_premises_that_cannot_hold_are_said_to_contradict_each_other(form: str) -> None:
    for number in range(6):
        claim = contradictory_claim(form, number)
        assert not claim.admissible()
        with pytest.raises(InputError, match="contradict"):
            check(as_claim(claim))


@pytest.mark.long
@pytest.mark.untraced
@pytest.mark.parametrize("form", [*FORMS, *FURTHER])
def test_verdicts_on_very_many_random_claims_stand(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Within the default budget, and all but a few are settled."""
    count = MANY if form in FORMS else MANY // 5
    tally = tallied((random_claim(form, number) for number in range(count)), 2 * POINTS)
    with capsys.disabled():
        print(f"\n{tally.table(form)}")
    assert not tally.faults, tally.report()
    part = UNSETTLED if form in FORMS else UNSETTLED_FURTHER
    for kind, verdicts in tally.verdicts.items():
        assert verdicts["unsettled"] <= ceil(part * verdicts.total()), f"{kind}\n{tally.table(form)}"
