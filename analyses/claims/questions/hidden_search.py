"""How the weakest premises that an argument needs are searched for.

The search is guided by counterexamples (Clarke et al. 2000; Solar-Lezama et al. 2006). An inequality *cuts off* the
payoffs at which it fails. A set must cut off all payoffs known at which the claim fails, and should keep those known at
which it holds; what is found so is put to the exact solver, which proves it or returns payoffs that were not cut off.
Then the inequalities not needed are dropped, and each is weakened as far as the proof allows. An inequality that holds
wherever the claim does is *necessary*; where a set consists of such alone, the claim holds exactly where the set does,
and no weaker premise of whatever form would do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analyses.claims.check import holds, says_nothing
from analyses.claims.claim import Claim
from analyses.claims.questions.evidence import Evidence
from analyses.claims.setting import Setting
from games.bounds import Flags
from games.formulas.relations import Relation, in_words
from games.solvers.limits import expired

STEPS = 200_000
"""About as many steps of work may go into the proofs of one search."""

BRIEF_STEPS = 25_000
"""The same where many claims are searched one after another."""

FOR_NECESSARY = 0.3
"""The part of the steps that may go into seeing which inequalities are necessary, before any set is put together."""

MOST_ROUNDS = 80
"""The most counterexamples that the search for one set may meet."""

MOST_TRIES = 6
"""The most short sets, of each size, that are put to the solver in vain."""

PRICE = 0.02
"""What each further inequality counts when a set is put together, as a part of the points that it might lose."""

PAIRED = 1_200
"""The most inequalities of which all pairs are looked at."""


@dataclass(frozen=True)
class AddedPremises:
    """Premises that make the claim a theorem, each of them needed.

    ``kept`` is the part of the sample of what the claim's premises allow that they keep, ``kept_of_true`` the part of
    the sample of payoffs at which the claim holds. ``is_exact``: the claim fails wherever they do; None if that was not
    found out. ``is_shorter``: they were looked for since the weakest sets have more than two.
    """

    premises: tuple[Relation, ...]
    kept: Fraction
    kept_of_true: Fraction
    is_exact: bool | None
    is_shorter: bool = False

    def __str__(self) -> str:
        return "; ".join(map(in_words, self.premises))


class Search:
    """The search for premises of one claim; a set is given by the numbers of its inequalities."""

    def __init__(self, claim: Claim, steps: int) -> None:
        self.claim = claim
        self.known = Evidence(claim, steps)
        self.remarks = self.known.remarks
        self.sampled = 0

    def sets(self, most: int) -> tuple[list[AddedPremises], bool | None]:
        """The sets found, and whether the claim holds nowhere else."""
        fails = self.known.broken()
        if fails.is_no:
            self.remarks.append("The claim holds as it stands and needs no further premise.")
            return [], True
        true = self.known.kept_outside(())
        if true.is_no:
            self.remarks.append(
                "The claim fails at all payoffs that its premises allow: no further premise makes it true."
            )
            return [], True
        if fails.is_unknown or true.is_unknown:
            self.remarks.append("The solver could not find payoffs at which the claim holds, or at which it fails.")
            return [], None
        self.known.gather(fails, true)
        self.sampled = len(self.known.allowed)
        # More are looked for than are wanted, since the weakest need not be met first.
        long = list(self._weakest(2 * most))
        short = list(self._short(most)) if min(map(len, long), default=3) > 2 else []
        verified = {
            rows: self._verified(rows, rows in short and rows not in long)
            for rows in self._undominated([*long, *short])
        }
        found = {rows: each for rows, each in verified.items() if each}
        ranked = sorted(found, key=lambda rows: (-found[rows].kept, len(rows)))[:most]
        if expired():
            self.remarks.append("The time was up; there may be weaker sets.")
        elif self.known.is_over:
            self.remarks.append("The search used up the steps that it may take; there may be weaker sets.")
        elif not found:
            self.remarks.append("No set of simple inequalities was found that makes the claim a theorem.")
        return [found[rows] for rows in ranked], self._is_covered(ranked)

    # The search.

    def _weakest(self, most: int) -> Iterator[tuple[int, ...]]:
        """Sets that each keep as much as possible around one point at which the claim holds, until all are kept."""
        for row in range(self.known.own):
            if self.known.keeps[row].all() and not self.known.is_past(FOR_NECESSARY):
                self.known.necessary(row)
        found: list[tuple[int, ...]] = []
        passed: set[int] = set()
        for _ in range(2 * most):
            if len(found) >= most or self.known.is_over:
                return
            kept = np.full(self.known.keeps.shape[1], False)
            for rows in found:
                kept |= self.known.keeps[list(rows)].all(axis=0)
            left = [int(k) for k in np.flatnonzero(~kept) if int(k) not in passed]
            if not left:
                if not self.known.reached_outside(found):
                    return
                left = [self.known.keeps.shape[1] - 1]
            around = self._around(left[0])
            passed.add(left[0])
            if around is not None and around not in found:
                found.append(around)
                yield around

    def _around(self, seed: int) -> tuple[int, ...] | None:
        """A minimal set that proves the claim and keeps one of the points at which it holds.

        The comparisons that the game itself makes are tried first.
        """
        rows: list[int] | None = [int(row) for row in np.flatnonzero(self.known.keeps[: self.known.own, seed])]
        if not (rows and self.known.cuts_all(rows) and self.known.proved(rows)):
            rows = self._cover(seed)
        if rows is None or self.known.is_over:
            return None
        rows = self._minimal(rows)
        return None if self.known.is_over else tuple(sorted(self._weakened(rows)))

    def _cover(self, seed: int) -> list[int] | None:
        """Inequalities that hold at the point and prove the claim, chosen one by one to cut off much and keep much."""
        allowed = np.flatnonzero(self.known.keeps[:, seed])
        loses = (~self.known.keeps[allowed]).astype(np.float32)
        for _ in range(MOST_ROUNDS):
            cuts = (~self.known.misses[allowed]).astype(np.float32)
            kept, left = (np.ones(each.shape[1], dtype=np.float32) for each in (loses, cuts))
            chosen: list[int] = []
            while left.any():
                gain = cuts @ left
                if not gain.any():
                    return None
                best = int((gain / (loses @ kept + PRICE * len(kept))).argmax())
                chosen.append(int(allowed[best]))
                left *= 1 - cuts[best]
                kept *= 1 - loses[best]
            before = self.known.misses.shape[1]
            if self.known.proved(chosen):
                return chosen
            if self.known.misses.shape[1] == before or self.known.is_over:
                return None
        return None

    def _minimal(self, rows: list[int]) -> list[int]:
        """The rows without those that the proof does not need; what keeps least, or cuts off least, goes first."""

        def order(row: int) -> tuple[int, int, int]:
            return int(self.known.keeps[row].sum()), -int(self.known.misses[row].sum()), -row

        return self._kept_of(sorted(rows, key=order), [])

    def _kept_of(self, rows: list[int], others: list[int]) -> list[int]:
        """Which of the rows are kept beside the others when each in turn is dropped if the proof allows it.

        Those that can be dropped together are, at one question: the fewer are needed, the faster.
        """
        if self.known.is_over:
            return rows
        if self.known.cuts_all(others) and self.known.proved(others):
            return []
        if len(rows) == 1:
            return rows
        half = len(rows) // 2
        first = self._kept_of(rows[:half], [*rows[half:], *others])
        return [*first, *self._kept_of(rows[half:], [*first, *others])]

    def _weakened(self, rows: list[int]) -> list[int]:
        """Each row replaced by one that keeps the same and more, as far as the proof allows."""
        for row in sorted(rows, key=lambda row: int(self.known.keeps[row].sum())):
            others = [other for other in rows if other != row]
            weaker = [row - 2] if row % 4 >= 2 else []
            with_others = self.known.keeps[others].all(axis=0)
            kept = np.count_nonzero(self.known.keeps & with_others, axis=1)
            uncut = self.known.misses[others].all(axis=0)
            before = with_others & self.known.keeps[row]
            fit = (
                self.known.keeps[:, before].all(axis=1) & ~self.known.misses[:, uncut].any(axis=1) & (kept > kept[row])
            )
            candidates = np.flatnonzero(fit)
            weaker += [int(k) for k in candidates[np.argsort(-kept[candidates], kind="stable")][:MOST_TRIES]]
            for candidate in weaker:
                if self.known.cuts_all([*others, candidate]) and self.known.proved([*others, candidate]):
                    rows = [*others, candidate]
                    break
        return rows

    def _short(self, most: int) -> Iterator[tuple[int, ...]]:
        """Sets of one inequality, else of two, that prove the claim and keep something; those that keep most first."""
        found = 0
        for listed in (self._singles, self._pairs):
            tries = 0
            covered = np.full(self.known.keeps.shape[1], False)
            while tries < MOST_TRIES and found < most and not self.known.is_over:
                covered = covered[: self.known.keeps.shape[1]]
                rows = listed(covered)
                if rows is None:
                    break
                if self.known.proved(rows):
                    found += 1
                    covered |= self.known.keeps[list(rows)].all(axis=0)
                    yield rows
                else:
                    tries += 1
            if found:
                return

    def _singles(self, covered: Flags) -> tuple[int, ...] | None:
        """The inequality that cuts off every failure known and keeps most of the points not yet covered."""
        fit = ~self.known.misses.any(axis=1)
        kept = np.where(fit, np.count_nonzero(self.known.keeps[:, ~covered], axis=1), 0)
        return (int(kept.argmax()),) if kept.any() else None

    def _pairs(self, covered: Flags) -> tuple[int, ...] | None:
        """As `_singles`, two inequalities together."""
        kept = np.count_nonzero(self.known.keeps[:, ~covered], axis=1)
        cut = np.count_nonzero(~self.known.misses, axis=1)
        rows = np.flatnonzero(kept)
        worth = kept[rows] / max(1, int((~covered).sum())) + cut[rows] / self.known.misses.shape[1]
        rows = rows[np.argsort(-worth, kind="stable")[:PAIRED]]
        uncut, held = self.known.misses[rows].astype(np.float32), self.known.keeps[rows][:, ~covered].astype(np.float32)
        both = np.where(uncut @ uncut.T == 0, held @ held.T, 0)
        if not both.any():
            return None
        first, second = np.unravel_index(int(both.argmax()), both.shape)
        return tuple(sorted((int(rows[first]), int(rows[second]))))

    # What is reported.

    def _undominated(self, sets: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """The sets without those that imply another that is no longer, or but for ties keep nothing besides it."""
        left = list(dict.fromkeys(sets))
        for rows in sorted(left, key=len, reverse=True):
            for other in left:
                if other != rows and len(other) <= len(rows) and self._adds_nothing(rows, other):
                    left.remove(rows)
                    break
        return left

    def _adds_nothing(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        held, kept = self.known.held(rows), self.known.held(others)
        if (held & ~kept).any():
            return False
        return bool(held.any() and (kept & ~held).any()) or self.known.implies(rows, others)

    def _is_covered(self, sets: Sequence[Sequence[int]]) -> bool | None:
        """Whether the claim holds nowhere but where one of the sets does."""
        # A point known at which it holds outside of all of them spares the question.
        kept = [self.known.keeps[list(rows)].all(axis=0) for rows in sets]
        if not np.logical_or.reduce(kept).all():
            return False
        answer = self.known.kept_outside(sets)
        return None if answer.is_unknown else answer.is_no

    def _verified(self, rows: Sequence[int], is_shorter: bool) -> AddedPremises | None:
        """The set with its shares, if a check of the claim from the start proves it with these premises."""
        premises = tuple(map(self.known.inequalities.relation, rows))
        claim = self.claim.with_premises(*self.claim.premises, *premises)
        if not holds(claim):
            self.remarks.append(f"A set was found but not proved: {'; '.join(map(in_words, premises))}.")
            return None
        if says_nothing(Setting(claim.plain)):
            return None
        true = self.known.keeps[list(rows)].all(axis=0)
        return AddedPremises(
            premises,
            Fraction(int(self.known.held(rows).sum()), len(self.known.allowed)),
            Fraction(int(true.sum()), self.known.keeps.shape[1]),
            self._is_covered([rows]),
            is_shorter,
        )
