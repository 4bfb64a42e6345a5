"""What kind of failure a refutation is: everywhere, on a region, or on a boundary only.

A claim that is refuted may hold nowhere (then its opposite is a theorem), fail on a *region* of the payoffs that its
premises allow, or fail *on a boundary only*: just where two payoffs tie or a premise holds with equality, so that its
failures have no interior. The last is decided, not sampled: each case that breaks the claim is taken, its unknowns are
eliminated, and its conditions are made strict, except ties that hold as formulas, which stay. Where no payoffs satisfy
them then, the case is a boundary, and the next one is looked for.

The counterexample that a reader is shown is one off the boundary wherever there is one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from analyses.claims.confirm import verified
from analyses.claims.judgement import judged, judged_in_bulk
from analyses.claims.share import premise_set
from analyses.claims.verdicts import Kind, Refuted
from analyses.proof.elimination import without
from analyses.proof.questions import BRIEF, QUICK, SPARING, Answer, Questions
from analyses.sampling.draws import Drawing
from analyses.sampling.points import Sample
from analyses.sampling.premise_set import PremiseSet
from games.errors import InputError
from games.solvers.limits import expired
from games.terms import Atom, Condition, Poly, Sign, conjuncts, denied, every, mapped, put, sign

if TYPE_CHECKING:
    from analyses.claims.check import Proof

SEED = 1956
DRAWN, SOLVED = 300, 12
"""How many payoffs are drawn, and how many of those that floats do not settle are solved, each by itself."""

MOST_CHOICES = 5_000
"""How many choices are gone through in these; in a tree of thousands of decisions few payoffs are solved."""

NEAR = Fraction(1, 10**6)
"""Payoffs near a counterexample differ from it by at most so large a part of a parameter's range."""

DIRECTIONS, FEW_DIRECTIONS = 10, 2
"""In how many directions payoffs near a counterexample are looked at; in few while it is moved to the defaults."""

MOST_CASES = 300
"""The most cases that are seen to be boundaries, one after another."""


def with_kind(proof: "Proof", found: Refuted) -> Refuted:
    """The refutation with its kind, at payoffs off the boundary where the claim fails at such."""
    try:
        premises = premise_set(proof.setting.claim)
    except InputError:
        # Parameters that may leave their ranges have no draws, nor has a curved set of premises.
        return replace(found, kind=Kind.EVERYWHERE) if proof.kept(effort=QUICK).is_no else found
    return _Kinds(proof, premises).told(found)


@dataclass(frozen=True)
class _Kinds:
    """The search for the kind of a refutation."""

    proof: "Proof"
    premises: PremiseSet

    def told(self, found: Refuted) -> Refuted:
        fails, holds = self._drawn()
        if fails is not None and not holds and self.proof.kept(effort=QUICK).is_no:
            return replace(self._off_boundary(found, fails), kind=Kind.EVERYWHERE)
        if fails is not None or any(self._fails_beside(found.at)):
            return replace(self._off_boundary(found, fails), kind=Kind.REGION)
        return self._by_cases(found)

    def _drawn(self) -> tuple[dict[str, Fraction] | None, bool]:
        """Payoffs drawn at which the claim fails, if it does at some, and whether it holds at others."""
        fails: dict[str, Fraction] | None = None
        holds = False
        for batch in Drawing(self.premises, SEED).batches(DRAWN):
            for row, verdict in self._judged(batch):
                holds = holds or verdict is True
                if fails is None and verdict is False:
                    fails = {symbol.name: value for symbol, value in batch.point(row).items()}
                if fails is not None and holds:
                    return fails, holds
        return fails, holds

    def _judged(self, draws: Sample) -> Iterator[tuple[int, bool | None]]:
        """Draws by their number with what they say of the claim: those that floats settle, then a few of the others."""
        claim = self.proof.setting.claim
        held, certain = judged_in_bulk(claim, draws)
        choices = max(1, len(self.proof.cases.choices))
        yield from ((int(row), bool(held[row])) for row in np.flatnonzero(certain))
        for row in np.flatnonzero(~certain)[: max(1, min(SOLVED, MOST_CHOICES // choices))]:
            if expired():
                return
            yield int(row), judged(claim, draws.point(int(row)))

    def _fails_beside(self, at: Mapping[str, Fraction]) -> Iterator[bool]:
        """Whether the claim fails at payoffs right beside these, in one direction after another."""
        for point in self._beside(at):
            yield self.proof.fails_at(self.proof.setting.whole(point) or point) is True

    def _is_inside(self, at: Mapping[str, Fraction], directions: int = DIRECTIONS) -> bool:
        """Whether the claim fails in so many directions around these payoffs, so that no tie brings it about."""
        found = False
        for fails in islice(self._fails_beside(at), directions):
            if not fails:
                return False
            found = True
        return found

    def _beside(self, at: Mapping[str, Fraction]) -> Iterator[dict[str, Fraction]]:
        """Payoffs that the premises allow in directions drawn, close to a point."""
        rng = np.random.default_rng(SEED)
        for direction in range(DIRECTIONS):
            if expired():
                return
            parts = []
            for symbol in self.premises.free:
                low, high = self.premises.ranges[symbol]
                part = (at[symbol.name] - low) / (high - low)
                step = NEAR * Fraction(int(rng.integers(1, 2**20)), 2**20)
                # The later half keeps inside the ranges; premises may still leave a narrow way out.
                away = 1 if part < Fraction(1, 2) else -1
                sense = away if direction % 2 or not NEAR < part < 1 - NEAR else (1 if rng.random() < 0.5 else -1)
                parts.append(part + sense * step)
            point = self.premises.point(parts)
            if self.premises.admits_exactly(point):
                yield {symbol.name: value for symbol, value in point.items()}

    def _off_boundary(self, found: Refuted, fails: Mapping[str, Fraction] | None) -> Refuted:
        """The refutation where it is off the boundary, else one such at payoffs near the defaults."""
        if fails is None or self._is_inside(found.at):
            return found
        setting = self.proof.setting
        drawn = verified(setting, fails, {}, found.method)
        if not isinstance(drawn, Refuted):
            return found
        point, moved = dict(fails), drawn
        for name, value in self._readable(point):
            there = {**point, name: value}
            if expired():
                break
            if not setting.admits(there) or not self._is_inside(there, FEW_DIRECTIONS):
                continue
            again = verified(setting, there, {}, found.method)
            if isinstance(again, Refuted):
                point, moved = there, again
        return moved if self._is_inside(point) else drawn

    def _readable(self, point: Mapping[str, Fraction]) -> Iterator[tuple[str, Fraction]]:
        """Values to try, one parameter after another: the default, else the nearest of a few steps of the range."""
        for symbol, parameter in self.proof.setting.claim.parameters.items():
            if parameter.low < parameter.high:
                yield symbol.name, parameter.default
                step = (parameter.high - parameter.low) / 20
                if point[symbol.name] != parameter.default:
                    yield symbol.name, parameter.low + round((point[symbol.name] - parameter.low) / step) * step

    def _by_cases(self, found: Refuted) -> Refuted:
        """The kind, by the cases that break the claim, each made strict; unknown where there are too many."""
        proof, setting = self.proof, self.proof.setting
        if not proof.is_of_every:
            return found
        failing = setting.questions(proof.cases)
        strict = Questions(setting.ranges, [self._strict(each) for each in (*setting.given, *setting.supposed)])
        strict.give(*self._inside())
        if not strict.ask(effort=SPARING).is_yes:
            return found
        for _ in range(MOST_CASES):
            answer = failing.ask(proof.breaks, effort=SPARING)
            if answer.is_no:
                return replace(found, kind=Kind.BOUNDARY)
            piece = None if answer.is_unknown else self._piece(answer)
            if piece is None or expired():
                return found
            parts = conjuncts(piece)
            first = len(strict.supposed)
            for part in parts:
                strict.suppose(self._strict(part))
            numbers = range(first, first + len(parts))
            inner = strict.ask(suppositions=numbers, effort=SPARING)
            if inner.is_unknown:
                return found
            if inner.is_yes:
                point = inner.point([symbol.name for symbol in setting.claim.parameters])
                moved = verified(setting, point, {}, found.method) if point else found
                return replace(moved if isinstance(moved, Refuted) else found, kind=Kind.REGION)
            # Whatever else holds, what cannot hold strictly has no interior; so it is left out as a whole.
            flat = _fewest(strict, sorted(inner.rests_on))
            failing.give(denied(every(parts[number - first] for number in flat)))
        return found

    def _piece(self, answer: Answer) -> Condition | None:
        """The payoffs at which the case that an answer takes breaks the claim; None where they cannot be written."""
        cases, setting = self.proof.cases, self.proof.setting
        point = answer.point(setting.names)
        if point is None:
            return None
        conditions = every(condition for _, condition in cases.case(answer.taken, self.proof.breaks))
        unknowns = {unknown.name: answer.values.get(unknown.name) for unknown in cases.unknowns}
        within = every(unknown.within for unknown in cases.unknowns)
        return without(every([conditions, within]), unknowns, point)

    def _strict(self, condition: Condition) -> Condition:
        """The condition with strict signs, and no equation but what the premises' own equations make true."""
        return mapped(put(condition, self.premises.given), _made_strict)

    def _inside(self) -> Iterator[Condition]:
        """That no free parameter lies on an end of its range."""
        for symbol in self.premises.free:
            low, high = self.premises.ranges[symbol]
            own = Poly({(symbol.name,): 1})
            yield sign(own - low, ">")
            yield sign(-own + high, ">")
        for name, value in self.premises.given.items():
            yield sign(Poly({(name,): 1}) - value, "==")


def _made_strict(atom: Atom) -> Condition:
    if not isinstance(atom, Sign):
        return atom
    return False if atom.op == "==" else sign(atom.of, ">" if atom.op == ">=" else atom.op)


def _fewest(questions: Questions, numbers: list[int]) -> list[int]:
    """Of suppositions that cannot hold together, some without any of which the others were not seen not to."""
    for number in list(numbers):
        rest = [other for other in numbers if other != number]
        if questions.ask(suppositions=rest, effort=BRIEF).is_no:
            numbers = rest
    return numbers
