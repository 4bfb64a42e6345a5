"""The hidden premise: what an argument leaves unsaid, and needs.

A refuted claim becomes a theorem once premises are added that exclude every payoff at which it fails. Of the sets of
simple inequalities that do (`analyses.claims.comparisons`), the weakest are wanted: those that keep as much as
possible of what the claim's own premises allow.

The search is guided by counterexamples (Clarke et al. 2000; Solar-Lezama et al. 2006). An inequality *cuts off* the
payoffs at which it fails. A set must cut off all payoffs known at which the claim fails, and should keep those known at
which it holds; what is found so is put to the exact solver, which proves it or returns payoffs that were not cut off.
Then the inequalities not needed are dropped, and each is weakened as far as the proof allows. An inequality that holds
wherever the claim does is *necessary*; where a set consists of such alone, the claim holds exactly where the set does,
and no weaker premise of whatever form would do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import perf_counter
from typing import Any

import sympy

from analyses.claims.check import SECONDS, holds, language_of
from analyses.claims.claim import Claim, Holds
from analyses.claims.comparisons import game_comparisons, parameter_comparisons, written
from analyses.claims.failure import Failure, failure
from analyses.claims.inequalities import Answer, StuckError
from analyses.claims.points import Compiled, Points, symbols_in, walked
from games.errors import InputError
from games.exact import readable
from games.forms.extensive import ExtensiveGame, Outcome
from games.formulas.relations import SIGNS, Every, Related, Relation, atoms_of, divisors_of, in_words, symbols_of
from games.play.quantities import Payoff
from games.solvers.limits import expired, remaining, time_limit
from games.tables import Cell, Table

SAMPLE = 2_000
"""The size of the sample of payoffs that the premises allow, on which the share kept is estimated."""

TRUE = 800
ENOUGH = 400
"""The size of the sample of payoffs at which the claim holds; with so many in the first sample no other is drawn."""

ASKED_ONE_BY_ONE = 150
"""The size of both samples where whether a claim holds must be asked of the solver point by point."""

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


@dataclass(frozen=True, repr=False)
class HiddenPremises:
    """The weakest sets of simple premises found that make a claim a theorem, the weakest first.

    Each is verified by a proof of its own. ``covers``: the claim holds nowhere but where one of the sets does; None if
    that was not found out. ``sampled`` is the size of the sample behind the shares, which are estimates: exact points
    on a grid, drawn by a walk of fixed seed. ``remarks`` say what else a reader should know.
    """

    claim: Claim
    found: tuple[AddedPremises, ...]
    covers: bool | None
    sampled: int
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    def table(self) -> Table:
        """One row for each set."""
        rows = tuple(
            (
                Cell(str(number)),
                Cell(str(each)),
                Cell(_percent(each.kept)),
                Cell(_percent(each.kept_of_true)),
                Cell({True: "yes", False: "no", None: "not known"}[each.is_exact]),
            )
            for number, each in enumerate(self.found, start=1)
        )
        header = ("", "Premises added", "Keeps of what is allowed", "Keeps of where the claim holds", "Needed as well")
        return Table(header, rows, numeric=frozenset({2, 3}))

    def findings(self) -> tuple[str, ...]:
        """What must be added, in sentences."""
        sentences = []
        for each in self.found:
            tail = " The claim holds nowhere else." if each.is_exact else ""
            kind = "Shorter, but stronger: with" if each.is_shorter else "With"
            sentences.append(
                f"{kind} {' and '.join(map(in_words, each.premises))} the claim is proved. This keeps about "
                f"{_percent(each.kept)} of what the premises allow ({self.sampled:,} exact points sampled).{tail}"
            )
        if len(self.found) > 1 and self.covers:
            sentences.append("The claim holds nowhere but where one of these sets does.")
        if self.found and self.covers is False:
            sentences.append("The claim holds at further payoffs, which none of these sets keeps.")
        return (*sentences, *self.remarks)

    def __repr__(self) -> str:
        return "\n".join([f"{self.claim.name}: what is left unsaid", *self.findings()])

    def _repr_html_(self) -> str:
        return self.table().html()

    def as_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "claim": self.claim.name,
            "premises": [in_words(premise) for premise in self.claim.premises],
            "found": [
                {
                    "premises": [in_words(premise) for premise in each.premises],
                    "kept": str(each.kept),
                    "kept_of_true": str(each.kept_of_true),
                    "is_exact": each.is_exact,
                    "is_shorter": each.is_shorter,
                }
                for each in self.found
            ],
            "covers": self.covers,
            "sampled": self.sampled,
            "remarks": list(self.remarks),
        }


def _percent(share: Fraction) -> str:
    return "less than 0.1 %" if share < Fraction(1, 1000) else f"{readable(round(100 * share, 1))} %"


def hidden_premises(claim: Claim, seconds: float | None = SECONDS, most: int = 5) -> HiddenPremises:
    """The weakest sets of simple inequalities, at most ``most``, that make the claim a theorem when added.

    Sets of one or two inequalities are given besides where the weakest have more. A claim that holds as it stands needs
    none, and there is none for a claim that fails wherever its premises hold; the remarks say so. Raises `InputError`
    for contradictory premises, a claim about a monotone dependence, and payoffs that divide by a parameter.
    """
    started = perf_counter()
    if most < 1:
        raise InputError(f"at most {most} sets were asked for; ask for one at least")
    with time_limit(seconds):
        search = _Search(claim)
        try:
            found, covers = search.sets(most)
        except StuckError:
            found, covers = [], None
            search.remarks.append("The solver of inequalities did not stop.")
    return HiddenPremises(
        claim, tuple(found), covers, len(search.allowed), tuple(search.remarks), perf_counter() - started
    )


class _Search:
    """The search for premises of one claim.

    Inequality number ``4 f + k`` says of the expression number f that it is ≥ 0, ≤ 0, > 0 or < 0, as k is 0 to 3. The
    rows of ``keeps`` and ``misses`` are the inequalities, the columns the points known at which the claim holds and at
    which it fails; they say whether the inequality holds there.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        if not claim.bounded:
            raise InputError(f"{claim.name!r} lets parameters leave their ranges, from which points are drawn")
        self.remarks: list[str] = []
        self._formulas: dict[int, Any] = {}
        self._truths: dict[int, Any] = {}
        self.language = language_of(claim)
        premises = [self.language.formula(premise) for premise in claim.premises]
        self.language.suppose(*premises)
        if self.language.ask().is_no:
            raise InputError(
                f"the premises of {claim.name!r} contradict each other or the model's ranges and assumptions: nothing "
                "is admissible; drop or weaken one"
            )
        self.failure: Failure = failure(claim, self.language)
        plain = self.failure.is_plain and not self.failure.missing
        self.fails = self._compiled(self.failure.formula) if plain else None
        self.relations = [self._compiled(formula) for formula in self.language.given]
        self.allowed: Any = ()

    def sets(self, most: int) -> tuple[list[AddedPremises], bool | None]:
        """The sets found, and whether the claim holds nowhere else."""
        if self.failure.missing:
            self.remarks.append(f"Not every equilibrium was listed: {self.failure.missing}.")
            return [], None
        if (fails := self.failure.found(self.language)).is_no:
            self.remarks.append("The claim holds as it stands and needs no further premise.")
            return [], True
        if (true := self.failure.avoided(self.language)).is_no:
            self.remarks.append(
                "The claim fails at all payoffs that its premises allow: no further premise makes it true."
            )
            return [], True
        if fails.is_unknown or true.is_unknown:
            self.remarks.append("The solver could not find payoffs at which the claim holds, or at which it fails.")
            return [], None
        self._prepare(fails, true)
        long = list(self._weakest(most))
        short = list(self._short(most)) if min(map(len, long), default=3) > 2 else []
        verified = {
            rows: self._verified(rows, rows in short and rows not in long)
            for rows in self._undominated([*long, *short])
        }
        found = {rows: each for rows, each in verified.items() if each}
        ranked = sorted(found, key=lambda rows: (-found[rows].kept, len(rows)))[:most]
        if expired():
            self.remarks.append("The time was up; there may be weaker sets.")
        elif not found:
            self.remarks.append("No set of simple inequalities was found that makes the claim a theorem.")
        return [found[rows] for rows in ranked], self._is_covered(ranked)

    # What is known of the points and the inequalities.

    def _prepare(self, fails: Answer, true: Answer) -> None:
        import numpy as np

        symbols = tuple(self.claim.parameters)
        ranges = {symbol: (p.low, p.high) for symbol, p in self.claim.parameters.items()}
        equations = [e for premise in self.claim.premises for e in _equations(premise)]
        strict = [self._strictly(f) for f in [*self.claim.premises, *self._assumed()]]
        inner = self.language.ask(*strict)
        starts = [p for p in map(self._point, (inner, fails, true)) if p]
        if not starts:
            raise InputError(f"{self.claim.name!r} holds or fails at irrational payoffs only; give other premises")
        plain = self.failure.is_plain
        self.allowed = walked(starts[:1], ranges, self.relations, equations, SAMPLE if plain else ASKED_ONE_BY_ONE)
        failing = self._fails_at(self.allowed)
        self.true, self.failed = [self.allowed.where(failing == 0)], [self.allowed.where(failing == 1)]
        if plain:
            found = [self.allowed.point(int(k)) for k in np.flatnonzero(failing == 0)[:TRUE]]
            inner_true = self._point(self.failure.avoided(self.language, *strict)) or self._point(true)
            relations = [*self.relations, self._compiled(self.language.denied(self.failure.formula))]
            if len(found) >= ENOUGH:
                self.true = [self.allowed.where(np.flatnonzero(failing == 0)[:TRUE])]
            elif found := [*found, *([inner_true] if inner_true else [])]:
                self.true = [walked(found, ranges, relations, equations, TRUE)]
            self.failed = [self.allowed.where(np.flatnonzero(failing == 1)[:TRUE])]
        for answer, where in ((true, self.true), (fails, self.failed)):
            if point := self._point(answer):
                where.append(self._single(point))
        relevant = symbols_in(self.language, self.failure.formula)
        known = _solved(equations)
        free = {s for symbol in relevant for s in known.get(symbol, symbol).free_symbols}
        own = game_comparisons([model.game for model in self.claim.models], free, known, self._concluded())
        self.own = 4 * len(own)
        self.forms = list(dict.fromkeys([*own, *parameter_comparisons(tuple(self.claim.parameters.values()), free)]))
        self._linear = _Linear(self.forms, symbols)
        self._nonlinear = {
            k: self._compiled(self.language.term(form))
            for k, form in enumerate(self.forms)
            if k not in set(self._linear.rows)
        }
        self.keeps = np.concatenate([self._holding(points) for points in self.true], axis=1)
        self.misses = np.concatenate([self._holding(points) for points in self.failed], axis=1)

    def _assumed(self) -> list[Relation]:
        return [assumption.relation for model in self.claim.models for assumption in model.assumptions]

    def _strictly(self, said: Relation) -> Any:
        """The relation without the ties that it allows, so that what is found lies inside what the premises allow."""
        return self.language.formula(replace(said, sign=SIGNS[said.sign].strict) if isinstance(said, Related) else said)

    def _concluded(self) -> Iterator[Any]:
        """Differences that the conclusion speaks of: between its sides, and what players whose payoffs it names get."""
        if not isinstance(self.claim.conclusion, Holds):
            return
        where = self.claim.conclusion.where
        for compared in atoms_of(self.claim.conclusion.formula):
            if not symbols_of(compared) & set(where):
                yield compared.left - compared.right
                yield from divisors_of(compared)
        for quantity in where.values():
            game = self.claim.game_of(quantity)
            if isinstance(quantity, Payoff) and isinstance(game, ExtensiveGame):
                position = game.players.index(quantity.player)
                paid = [node.payoffs[position] for node in game.nodes.values() if isinstance(node, Outcome)]
                yield from (one - other for number, one in enumerate(paid[:40]) for other in paid[:number])

    def _compiled(self, formula: Any) -> Compiled:
        return Compiled(self.language, formula)

    def _point(self, answer: Answer) -> dict[sympy.Symbol, Fraction] | None:
        if not answer.is_yes:
            return None
        found = {symbol: answer.value(self.language.variable(symbol)) for symbol in self.claim.parameters}
        known = {symbol: value for symbol, value in found.items() if value is not None}
        return known if len(known) == len(found) else None

    def _single(self, point: dict[sympy.Symbol, Fraction]) -> Points:
        from math import lcm

        import numpy as np

        unit = lcm(*(value.denominator for value in point.values()))
        columns = np.array([[int(value * unit)] for value in point.values()], dtype=object)
        if all(abs(int(k)) < 2**40 for k in columns[:, 0]):
            columns = columns.astype(np.int64)
        return Points(tuple(point), unit, columns)

    def _fails_at(self, points: Points) -> Any:
        """1 where the claim fails, 0 where it holds, −1 where that was not found out."""
        import numpy as np

        if self.fails is not None:
            return points.truth(self.fails).astype(int)
        found = np.full(len(points), -1)
        for number in range(len(points)):
            at = [
                self.language.compare(self.language.variable(symbol), "==", value)
                for symbol, value in points.point(number).items()
            ]
            if expired():
                break
            answer = self.failure.found(self.language, *at)
            found[number] = -1 if answer.is_unknown else int(answer.is_yes)
        return found

    def _holding(self, points: Points) -> Any:
        """Whether each inequality holds at each point."""
        import numpy as np

        signs = np.zeros((len(self.forms), len(points)), dtype=np.int8)
        signs[self._linear.rows] = self._linear.signs(points)
        for row in self._nonlinear:
            signs[row] = points.signs(self._nonlinear[row])
        return np.stack([signs >= 0, signs <= 0, signs > 0, signs < 0], axis=1).reshape(4 * len(signs), len(points))

    # Inequalities as relations and as formulas of the solver.

    def relation(self, row: int) -> Relation:
        form, kind = divmod(row, 4)
        return written(self.forms[form], 1 if kind in (0, 2) else -1, kind >= 2)

    def formula(self, row: int) -> Any:
        if row not in self._formulas:
            self._formulas[row] = self.language.formula(self.relation(row))
        return self._formulas[row]

    def proved(self, rows: Sequence[int]) -> bool:
        """Whether the claim holds with these premises; payoffs found at which it does not are remembered."""
        import numpy as np

        answer = self.failure.found(self.language, *map(self.formula, rows))
        if answer.is_yes and (point := self._point(answer)):
            self.misses = np.concatenate([self.misses, self._holding(self._single(point))], axis=1)
        return answer.is_no

    def necessary(self, row: int) -> bool | None:
        """Whether the inequality holds wherever the claim does; payoffs found at which not are remembered."""
        import numpy as np

        answer = self.failure.avoided(self.language, self.language.denied(self.formula(row)))
        if answer.is_yes and (point := self._point(answer)):
            self.keeps = np.concatenate([self.keeps, self._holding(self._single(point))], axis=1)
        return None if answer.is_unknown else answer.is_no

    # The search.

    def _weakest(self, most: int) -> Iterator[tuple[int, ...]]:
        """Sets that each keep as much as possible around one point at which the claim holds, until all are kept."""
        import numpy as np

        for row in range(self.own):
            if self.keeps[row].all() and not expired():
                self.necessary(row)
        found: list[tuple[int, ...]] = []
        passed: set[int] = set()
        for _ in range(2 * most):
            if len(found) >= most or expired():
                return
            kept = np.full(self.keeps.shape[1], False)
            for rows in found:
                kept |= self.keeps[list(rows)].all(axis=0)
            left = [int(k) for k in np.flatnonzero(~kept) if int(k) not in passed]
            if not left:
                if (point := self._point(self.failure.avoided(self.language, *self._outside(found)))) is None:
                    return
                left = [self.keeps.shape[1]]
                self.keeps = np.concatenate([self.keeps, self._holding(self._single(point))], axis=1)
            around = self._around(left[0])
            passed.add(left[0])
            if around is not None and around not in found:
                found.append(around)
                yield around

    def _around(self, seed: int) -> tuple[int, ...] | None:
        """A minimal set that proves the claim and keeps one of the points at which it holds.

        The comparisons that the game itself makes are tried first.
        """
        import numpy as np

        rows: list[int] | None = [int(row) for row in np.flatnonzero(self.keeps[: self.own, seed])]
        if not (rows and self._cuts_all(rows) and self.proved(rows)):
            rows = self._cover(seed)
        if rows is None or expired():
            return None
        rows = self._minimal(rows)
        return None if expired() else tuple(sorted(self._weakened(rows)))

    def _cover(self, seed: int) -> list[int] | None:
        """Inequalities that hold at the point and prove the claim, chosen one by one to cut off much and keep much."""
        import numpy as np

        allowed = np.flatnonzero(self.keeps[:, seed])
        loses = (~self.keeps[allowed]).astype(np.float32)
        for _ in range(MOST_ROUNDS):
            cuts = (~self.misses[allowed]).astype(np.float32)
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
            before = self.misses.shape[1]
            if self.proved(chosen):
                return chosen
            if self.misses.shape[1] == before or expired():
                return None
        return None

    def _minimal(self, rows: list[int]) -> list[int]:
        """The rows without those that the proof does not need; what keeps least, or cuts off least, goes first."""

        def order(row: int) -> tuple[int, int, int]:
            return int(self.keeps[row].sum()), -int(self.misses[row].sum()), -row

        return self._kept_of(sorted(rows, key=order), [])

    def _kept_of(self, rows: list[int], others: list[int]) -> list[int]:
        """Which of the rows are kept beside the others when each in turn is dropped if the proof allows it.

        Those that can be dropped together are, at one question: the fewer are needed, the faster.
        """
        if expired():
            return rows
        if self._cuts_all(others) and self.proved(others):
            return []
        if len(rows) == 1:
            return rows
        half = len(rows) // 2
        first = self._kept_of(rows[:half], [*rows[half:], *others])
        return [*first, *self._kept_of(rows[half:], [*first, *others])]

    def _cuts_all(self, rows: Sequence[int]) -> bool:
        return not self.misses[list(rows)].all(axis=0).any()

    def _weakened(self, rows: list[int]) -> list[int]:
        """Each row replaced by one that keeps the same and more, as far as the proof allows."""
        import numpy as np

        for row in sorted(rows, key=lambda row: int(self.keeps[row].sum())):
            others = [other for other in rows if other != row]
            weaker = [row - 2] if row % 4 >= 2 else []
            with_others = self.keeps[others].all(axis=0)
            kept = np.count_nonzero(self.keeps & with_others, axis=1)
            uncut = self.misses[others].all(axis=0)
            before = with_others & self.keeps[row]
            fit = self.keeps[:, before].all(axis=1) & ~self.misses[:, uncut].any(axis=1) & (kept > kept[row])
            candidates = np.flatnonzero(fit)
            weaker += [int(k) for k in candidates[np.argsort(-kept[candidates], kind="stable")][:MOST_TRIES]]
            for candidate in weaker:
                if self._cuts_all([*others, candidate]) and self.proved([*others, candidate]):
                    rows = [*others, candidate]
                    break
        return rows

    def _short(self, most: int) -> Iterator[tuple[int, ...]]:
        """Sets of one inequality, else of two, that prove the claim and keep something; those that keep most first."""
        import numpy as np

        found = 0
        for listed in (self._singles, self._pairs):
            tries = 0
            covered = np.full(self.keeps.shape[1], False)
            while tries < MOST_TRIES and found < most and not expired():
                covered = covered[: self.keeps.shape[1]]
                rows = listed(covered)
                if rows is None:
                    break
                if self.proved(rows):
                    found += 1
                    covered |= self.keeps[list(rows)].all(axis=0)
                    yield rows
                else:
                    tries += 1
            if found:
                return

    def _singles(self, covered: Any) -> tuple[int, ...] | None:
        """The inequality that cuts off every failure known and keeps most of the points not yet covered."""
        import numpy as np

        fit = ~self.misses.any(axis=1)
        kept = np.where(fit, np.count_nonzero(self.keeps[:, ~covered], axis=1), 0)
        return (int(kept.argmax()),) if kept.any() else None

    def _pairs(self, covered: Any) -> tuple[int, ...] | None:
        """As `_singles`, two inequalities together."""
        import numpy as np

        kept = np.count_nonzero(self.keeps[:, ~covered], axis=1)
        cut = np.count_nonzero(~self.misses, axis=1)
        rows = np.flatnonzero(kept)
        worth = kept[rows] / max(1, int((~covered).sum())) + cut[rows] / self.misses.shape[1]
        rows = rows[np.argsort(-worth, kind="stable")[:PAIRED]]
        uncut, held = self.misses[rows].astype(np.float32), self.keeps[rows][:, ~covered].astype(np.float32)
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
        held, kept = self._held(rows), self._held(others)
        if (held & ~kept).any():
            return False
        return bool(held.any() and (kept & ~held).any()) or self._implies(rows, others)

    def _held(self, rows: Sequence[int]) -> Any:
        """At which points of the sample the inequalities hold."""
        import numpy as np

        held = np.full(len(self.allowed), True)
        for row in rows:
            if row not in self._truths:
                self._truths[row] = self.allowed.truth(self._compiled(self.formula(row)))
            held &= self._truths[row]
        return held

    def _implies(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        conjunction = self.language.every(map(self.formula, others))
        return self.language.ask(*map(self.formula, rows), self.language.denied(conjunction)).is_no

    def _outside(self, sets: Sequence[Sequence[int]]) -> list[Any]:
        return [self.language.denied(self.language.every(map(self.formula, rows))) for rows in sets]

    def _is_covered(self, sets: Sequence[Sequence[int]]) -> bool | None:
        answer = self.failure.avoided(self.language, *self._outside(sets))
        return None if answer.is_unknown else answer.is_no

    def _verified(self, rows: Sequence[int], is_shorter: bool) -> AddedPremises | None:
        """The set with its shares, if a check of the claim from the start proves it with these premises."""
        premises = tuple(self.relation(row) for row in rows)
        with time_limit(max(1.0, min(remaining(), SECONDS))):
            if not holds(self.claim.with_premises(*self.claim.premises, *premises)):
                self.remarks.append(f"A set was found but not proved in time: {'; '.join(map(in_words, premises))}.")
                return None
        true = self.keeps[list(rows)].all(axis=0)
        return AddedPremises(
            premises,
            Fraction(int(self._held(rows).sum()), len(self.allowed)),
            Fraction(int(true.sum()), self.keeps.shape[1]),
            self._is_covered([rows]),
            is_shorter,
        )


class _Linear:
    """The linear ones among expressions, as a matrix of whole numbers, so that all signs are found at once."""

    def __init__(self, forms: Sequence[Any], symbols: Sequence[sympy.Symbol]) -> None:
        import numpy as np

        position: dict[Any, int] = {symbol: number for number, symbol in enumerate(symbols)}
        position[sympy.Integer(1)] = len(symbols)
        parts = [form.as_coefficients_dict() for form in forms]
        self.rows = [k for k, part in enumerate(parts) if all(each in position for each in part)]
        self.matrix = np.zeros((len(self.rows), len(position)), dtype=object)
        for row, k in enumerate(self.rows):
            for each, coefficient in parts[k].items():
                self.matrix[row, position[each]] = int(coefficient)

    def signs(self, points: Points) -> Any:
        """The sign of each expression at each point; exact, as whole numbers of this size are in floats."""
        import numpy as np

        if not len(points):
            return np.zeros((len(self.rows), 0), dtype=np.int8)
        columns = np.concatenate([points.columns, np.full((1, len(points)), points.unit)], axis=0)
        largest = max(abs(int(value)) for value in (columns.max(), columns.min()))
        if largest * int(np.abs(self.matrix).sum(axis=1).max(initial=1)) < 2**53:
            return np.sign(self.matrix.astype(float) @ columns.astype(float)).astype(np.int8)
        exact = self.matrix @ columns.astype(object)
        return np.sign(exact).astype(np.int8)


def _solved(equations: Sequence[Any]) -> dict[sympy.Symbol, Any]:
    """One symbol of each equation, in terms of the others."""
    known: dict[sympy.Symbol, Any] = {}
    for equation in equations:
        left = sympy.expand(equation.xreplace(known))
        if symbols := sorted(left.free_symbols, key=str):
            solved = {symbols[0]: sympy.expand(symbols[0] - left / left.coeff(symbols[0]))}
            known = {symbol: value.xreplace(solved) for symbol, value in known.items()} | solved
    return known


def _equations(premise: Relation) -> Iterator[Any]:
    """Linear expressions that the premise says to be zero."""
    if isinstance(premise, Every):
        for part in premise.parts:
            yield from _equations(part)
    elif isinstance(premise, Related) and premise.sign == "==":
        difference = sympy.expand(premise.left - premise.right)
        symbols = difference.free_symbols
        if symbols and difference.is_polynomial(*symbols) and sympy.Poly(difference, *symbols).total_degree() == 1:
            yield difference
