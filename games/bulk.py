"""Cases on arrays: what is played at many points at once, by the same options and conditions.

Choices are made in order, as `games.ordered` makes them at one point, in floats that know how far they may be off. A
row is one way to play at one point: where several options hold that give something different, a row becomes several,
so that every way of breaking a tie is followed. Where floats leave a sign open, it is asked whether the two sides are
equal as formulas in the parameters, given what was taken in that row; points at which a sign is open even so are
*unsure*, and are for exact numbers. No answer hangs on a tolerance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.bounds import Bounded, Flags
from games.ordered import Ordered, Stage, Step, over
from games.terms import ONE, Condition, Joined, Monomial, Poly, Ratio, Sign, Taken

Rows: TypeAlias = NDArray[np.intp]

MOST_WAYS = 256
"""The most ways to play that are followed at one point; where there are more, it is unsure."""

SPREAD = 16
"""The most rows in all, as a multiple of the points."""

MOST_FORMULAS = 2_000
"""The most formulas that one variable may stand for; where it has more, none is known to be equal to another."""

NARROW = 2**12
"""Numbers up to this many are told apart by a table of all of them."""

UNKNOWN = -1
"""The number of a formula that is not looked at."""


@dataclass(frozen=True)
class Truth:
    """Where a condition holds, and where that is certain: arrays by row, or single flags."""

    held: Any
    sure: Any


class Bulk:
    """Ways to play at many points.

    ``index`` tells of each row to which point it belongs; the rows of a point stand together. ``unsure`` are the points
    at which floats leave open what is played; rows that they have nevertheless are certain, but may not be all. With
    ``apart`` each equilibrium has a row of its own, even where several differ in nothing that is asked for.
    """

    def __init__(self, columns: Mapping[str, Bounded], count: int, apart: bool = False) -> None:
        self.count = count
        self.apart = apart
        self.index: Rows = np.arange(count)
        self.unsure: Flags = np.zeros(count, dtype=bool)
        self._columns = dict(columns)
        self._taken: dict[str, tuple[Stage, NDArray[np.int32]]] = {}
        self._giver: dict[str, str] = {}
        self._formulas = _Formulas()
        self._numbers: dict[str, Rows] = {}
        self._products: dict[Monomial, Any] = {}
        self._signs: dict[Poly, tuple[Any, Any, Any]] = {}

    def __len__(self) -> int:
        return len(self.index)

    def value(self, of: Poly | Ratio) -> Bounded:
        """The polynomial or quotient in every row."""
        if isinstance(of, Ratio):
            return self.value(of.num) if of.den == ONE else self.value(of.num) * self.value(of.den).inverse()
        found = of.at(self._columns, self._products)
        return found if isinstance(found, Bounded) else Bounded.exactly(found)

    def truth(self, condition: Condition) -> Truth:
        """Where the condition holds."""
        if not len(self):
            return Truth(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))
        match condition:
            case Sign(of, op):
                above, level, below = self._sign(of)
                held = {">": above, ">=": above | level, "==": level, "!=": above | below}[op]
                return Truth(held, above | level | below)
            case Taken(choice, option, so):
                stage, taken = self._taken[choice]
                place = next((k for k, step in enumerate(stage.steps) if step.option == option), -1)
                return Truth((taken == place) == so, np.bool_(True))
            case Joined(parts, all_):
                return _joined([self.truth(part) for part in parts], all_)
        return Truth(np.bool_(condition), np.bool_(True))

    def _sign(self, of: Poly) -> tuple[Any, Any, Any]:
        """Where it is certainly above, at and below zero."""
        if of not in self._signs:
            value = self.value(of)
            above, below, level = value.positive, value.negative, value.zero
            open_ = np.broadcast_to(~(above | below | level), len(self))
            if open_.any():
                level = level | self._is_nothing(of, open_)
            self._signs[of], self._signs[-of] = (above, level, below), (below, level, above)
        return self._signs[of]

    def _is_nothing(self, of: Poly, where: Flags) -> Flags:
        """In which of these rows the polynomial is zero as a formula in the parameters."""
        found = np.zeros(len(self), dtype=bool)
        own = sorted(name for name in of.names if name in self._giver)
        if own:
            kinds, place = _kinds(np.stack([self._number(name)[where] for name in own]))
            nothing = [
                UNKNOWN not in kind and self._formulas.is_nothing(of, dict(zip(own, kind, strict=True)))
                for kind in kinds
            ]
            found[where] = np.array(nothing, dtype=bool)[place]
        return found

    def _number(self, name: str) -> Rows:
        """For each row the number of the formula that the variable stands for there."""
        if name not in self._numbers:
            stage, taken = self._taken[self._giver[name]]
            numbers = np.full(len(self), UNKNOWN)
            for place, step in enumerate(stage.steps):
                rows = np.flatnonzero(taken == place)
                if len(rows) and (name in step.gives or name in step.quotients):
                    numbers[rows] = self._numbered(step, name, rows)
            self._numbers[name] = numbers
        return self._numbers[name]

    def _numbered(self, step: Step, name: str, rows: Rows) -> Any:
        """The numbers of the formulas that the option gives the variable in these rows."""
        return self._as_numbers(step.quotients[name] if name in step.quotients else Ratio(step.gives[name], ONE), rows)

    def formulas(self, of: Poly | Ratio) -> Rows:
        """For each row a number that rows share only if it is the same formula in the parameters in both.

        `UNKNOWN` where that was not looked at.
        """
        ratio = of if isinstance(of, Ratio) else Ratio(of, ONE)
        found: Rows = np.broadcast_to(np.asarray(self._as_numbers(ratio, np.arange(len(self)))), len(self))
        return found

    def _as_numbers(self, ratio: Ratio, rows: Rows) -> Any:
        """The numbers of the formulas that the quotient is in these rows."""
        own = sorted(n for n in ratio.num.names | ratio.den.names if n in self._giver)
        if not own:
            return self._formulas.number(ratio, {})
        if ratio.den == ONE and ratio.num.terms == {(own[0],): 1}:
            return self._number(own[0])[rows]
        kinds, place = _kinds(np.stack([self._number(n)[rows] for n in own]))
        if len(kinds) > MOST_FORMULAS:
            return UNKNOWN
        numbers = [
            UNKNOWN if UNKNOWN in kind else self._formulas.number(ratio, dict(zip(own, kind, strict=True)))
            for kind in kinds
        ]
        return np.array(numbers)[place]

    def choose(self, stage: Stage) -> None:
        """Makes the choice in every row: each option that holds, once where several give the same."""
        if not len(self):
            return
        allowed = np.zeros((len(stage.steps), len(self)), dtype=bool)
        sure = np.ones(len(self), dtype=bool)
        for place, step in enumerate(stage.steps):
            truth = self.truth(step.holds)
            allowed[place] = truth.held
            sure &= truth.sure
            for ratio in step.quotients.values():
                divisor = self.value(ratio.den)
                allowed[place] &= ~divisor.zero
                sure &= divisor.positive | divisor.negative | divisor.zero
        self.unsure[self.index[~sure]] = True
        allowed[:, ~sure] = False
        several = np.flatnonzero(allowed.sum(axis=0) > 1)
        if len(several) and stage.choice not in stage.told and not self.apart:
            allowed[:, several] = self._told_apart(stage, allowed[:, several], several)
        taken, rows = self._split(allowed)
        self._keep(rows)
        self._taken[stage.choice] = (stage, taken)
        for name in dict.fromkeys(n for step in stage.steps for n in (*step.gives, *step.quotients)):
            if name in stage.lasting:
                self._give(stage, taken, name)
        lasting = set(stage.lasting)
        self._columns = {name: column for name, column in self._columns.items() if name in lasting}
        self._merge(stage)

    def _told_apart(self, stage: Stage, allowed: Flags, rows: Rows) -> Flags:
        """Without options that give the same formulas as an earlier one does, as far as anything later speaks of."""
        codes, known = self._codes(stage, rows)
        kept = allowed.copy()
        for place in range(1, len(stage.steps)):
            own = allowed[place] & known[place]
            if own.any():
                kept[place] &= ~(own & ((codes[:place] == codes[place]) & allowed[:place]).any(axis=0))
        return kept

    def _codes(self, stage: Stage, rows: Rows) -> tuple[NDArray[np.int64], Flags]:
        """One number for all that an option gives in a row, and whether it is known: (options, rows)."""
        lasting = set(stage.lasting)
        shape = (len(stage.steps), len(rows))
        codes, known = np.zeros(shape, dtype=np.int64), np.ones(shape, dtype=bool)
        for name in dict.fromkeys(n for step in stage.steps for n in (*step.gives, *step.quotients)):
            if name not in lasting:
                continue
            # What an option does not give has a number that no formula has.
            numbers = np.full(shape, UNKNOWN - 1)
            for place, step in enumerate(stage.steps):
                if name in step.gives or name in step.quotients:
                    numbers[place] = self._numbered(step, name, rows)
            known &= numbers != UNKNOWN
            codes = _added(codes, numbers - (UNKNOWN - 1))
        return codes, known

    def _split(self, allowed: Flags) -> tuple[NDArray[np.int32], Rows | None]:
        """The option taken in each row that is left, and which row that was; None where all are as they were."""
        ways = allowed.sum(axis=0)
        if (ways == 1).all():
            return np.argmax(allowed, axis=0).astype(np.int32), None
        each = np.bincount(self.index, weights=ways, minlength=self.count)
        limit = MOST_WAYS
        while limit and each[each <= limit].sum() > SPREAD * self.count:
            limit //= 2
        if (each > limit).any():
            self.unsure |= each > limit
            allowed = allowed & (each <= limit)[self.index]
        rows, taken = np.nonzero(allowed.T)
        return taken.astype(np.int32), rows

    def _keep(self, rows: Rows | None) -> None:
        """Goes on with these rows, in this order."""
        if rows is None:
            return
        self.index = self.index[rows]
        self._columns = {name: column.rows(rows) for name, column in self._columns.items()}
        self._taken = {choice: (stage, taken[rows]) for choice, (stage, taken) in self._taken.items()}
        self._numbers = {name: numbers[rows] for name, numbers in self._numbers.items()}
        self._products, self._signs = {}, {}

    def _give(self, stage: Stage, taken: NDArray[np.int32], name: str) -> None:
        """The variable's value in each row, by the option taken there."""
        value: Bounded | None = None
        for place, step in enumerate(stage.steps):
            here = taken == place
            if (name in step.gives or name in step.quotients) and here.any():
                own = self.value(step.gives[name] if name in step.gives else step.quotients[name])
                value = own if value is None else own.chosen(here, value)
        self._columns[name] = Bounded(0.0, 0.0, 0, 0.0) if value is None else value
        self._giver[name] = stage.choice

    def _merge(self, stage: Stage) -> None:
        """Rows of one point at which all is the same that anything later speaks of, as one."""
        if self.apart or (self.index[1:] != self.index[:-1]).all():
            return
        parts: list[NDArray[Any]] = [self._taken[choice][1] for choice in stage.told if choice in self._taken]
        parts += [self._alike(name) for name in stage.lasting if name in self._giver]
        kept = np.ones(len(self), dtype=bool)
        for ahead in range(1, len(self)):
            rows = np.flatnonzero(self.index[ahead:] == self.index[:-ahead])
            if not len(rows):
                break
            for part in parts:
                rows = rows[part[rows] == part[rows + ahead]]
            kept[rows + ahead] = False
        if not kept.all():
            self._keep(np.flatnonzero(kept))

    def _alike(self, name: str) -> NDArray[np.float64]:
        """A number for each row that two rows of a point share only if the variable has the same value in both."""
        column = self._columns[name]
        if column.grain is not None:
            return np.broadcast_to(np.asarray(column.value, dtype=float), len(self))
        numbers = self._number(name)
        return np.where(numbers == UNKNOWN, -1 - np.arange(len(self)), numbers).astype(float)


def in_order(cases: Ordered, columns: Mapping[str, Bounded], count: int, apart: bool = False) -> Bulk:
    """What is played at ``count`` points, whose parameters are ``columns``: arrays of that length, or plain numbers."""
    bulk = Bulk(columns, count, apart)
    for stage in cases.stages:
        bulk.choose(stage)
    return bulk


def _joined(truths: Sequence[Truth], all_: bool) -> Truth:
    """One part that certainly settles it is enough."""
    held, settled, certain = np.bool_(all_), np.bool_(False), np.bool_(True)
    for truth in truths:
        held = held & truth.held if all_ else held | truth.held
        settled = settled | (truth.sure & (np.logical_not(truth.held) if all_ else truth.held))
        certain = certain & truth.sure
    # A part that is not certain counts as not held, which an "or" may rely on no less than an "and".
    return Truth(held, settled | certain)


def _kinds(numbers: Rows) -> tuple[list[tuple[int, ...]], Rows]:
    """The different columns, and which of them each column is."""
    code = np.zeros(numbers.shape[1], dtype=np.int64)
    for row in numbers:
        code = _added(code, row - UNKNOWN)
    first, place = distinct(code)
    return [tuple(map(int, kind)) for kind in numbers[:, first].T], place


def distinct(codes: NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Where each of the different numbers, none below zero, stands first, and which of them each number is.

    They are in the order of their size, as `numpy.unique` has them; small numbers take no sorting.
    """
    most = int(codes.max(initial=0))
    if most > max(NARROW, len(codes)):
        _, first, place = np.unique(codes, return_index=True, return_inverse=True)
        return first, place
    at = np.full(most + 1, -1, dtype=np.intp)
    at[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    met = np.flatnonzero(at >= 0)
    first = at[met]
    at[met] = np.arange(len(met))
    return first, at[codes]


def _added(codes: NDArray[np.int64], numbers: NDArray[Any]) -> NDArray[np.int64]:
    """Numbers for pairs of a code and a number from zero on; the codes are numbered anew before they grow too large."""
    span = int(numbers.max(initial=0)) + 1
    if int(codes.max(initial=0)) >= 2**62 // span:
        codes = distinct(codes.reshape(-1))[1].reshape(codes.shape)
    found: NDArray[np.int64] = codes * span + numbers
    return found


class _Formulas:
    """Formulas in the parameters by number: equal ones have the same."""

    def __init__(self) -> None:
        self._of: list[Ratio] = []
        self._by_value: dict[Ratio, int] = {}
        self._known: dict[tuple[Ratio, tuple[tuple[str, int], ...]], int] = {}
        self._nothing: dict[tuple[Poly, tuple[tuple[str, int], ...]], bool] = {}

    def number(self, ratio: Ratio, own: Mapping[str, int]) -> int:
        """The number of the quotient with formulas of these numbers put in."""
        key = (ratio, tuple(own.items()))
        if key not in self._known:
            value = self._put(ratio, own)
            if value not in self._by_value:
                self._by_value[value] = len(self._of)
                self._of.append(value)
            self._known[key] = self._by_value[value]
        return self._known[key]

    def is_nothing(self, of: Poly, own: Mapping[str, int]) -> bool:
        """Whether the polynomial is zero with formulas of these numbers put in."""
        key = (of, tuple(own.items()))
        if key not in self._nothing:
            self._nothing[key] = not self._put(Ratio(of, ONE), own).num.terms
        return self._nothing[key]

    def _put(self, ratio: Ratio, own: Mapping[str, int]) -> Ratio:
        return over(ratio.num, ratio.den, {name: self._of[number] for name, number in own.items()})
