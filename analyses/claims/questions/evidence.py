"""What is known of a claim's payoffs when premises are looked for: points at which it holds and fails, and proofs.

Points come from a sample of what the premises allow, and from the exact solver: whatever it is asked for in vain is a
theorem, and the payoffs that it finds are remembered.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import sympy

from analyses.claims.check import Proof
from analyses.claims.claim import Claim
from analyses.claims.judgement import FAILS, HOLDS, judged_all
from analyses.claims.questions.comparisons import game_comparisons, parameter_comparisons
from analyses.claims.questions.inequalities import Inequalities
from analyses.claims.setting import Setting
from analyses.proof.questions import STOPPED, Answer, Effort
from analyses.sampling.points import MACHINE, Demand, Points, demanded, drawn, is_one_piece, walked
from games.bounds import Flags
from games.cases import Cases
from games.errors import InputError
from games.forms.extensive import ExtensiveGame, Outcome
from games.formulas.polynomials import expression
from games.formulas.relations import atoms_of, divisors_of, symbols_of
from games.ordered import ordered
from games.play.quantities import Payoff
from games.solvers.limits import OutOfTimeError, expired
from games.terms import Condition, Joined, Poly, Sign, conjuncts, denied, every, names_in

SAMPLE = 2_000
"""The size of the sample of payoffs that the premises allow, on which the share kept is estimated."""

TRUE = 800
ENOUGH = 400
"""The size of the sample of payoffs at which the claim holds; with so many in the first sample no other is drawn."""

ASKED_ONE_BY_ONE = 150
"""The size of both samples where whether a claim holds must be asked of the solver point by point."""

FOR_POINTS = 0.3
"""The part of the steps that may go into asking so; the rest of the sample only tells what premises keep."""

MOST_PIECES = 32
"""The most alternatives among the premises that are each asked for a point of its own."""

PAID = 40
"""The most outcomes of a tree whose payoffs are compared because a conclusion names them."""

SEARCHING = Effort(linear=1_000_000, nonlinear=60_000, core=0, cases=60, multiplied=30, hard=3, regions=30)
"""What one question of the search may cost."""

IN_PIECES = (
    "What the premises allow may be in several pieces; the sample was started in {}, which need not weigh the same, so "
    "that its shares are rough."
)
FEW_TRUE = "The claim holds at few payoffs; those that are counted were reached from {}, and there may be others."


class Evidence:
    """What is known of one claim.

    The rows of ``keeps`` and ``misses`` are the `inequalities`, the columns the points known at which the claim holds
    and at which it fails; they say whether the inequality holds there. ``allowed`` is the sample of what the premises
    allow. About so many ``steps`` of work may go into proofs, counted as in `Questions.spent`.
    """

    def __init__(self, claim: Claim, steps: int) -> None:
        if not claim.bounded:
            raise InputError(f"{claim.name!r} lets parameters leave their ranges, from which points are drawn")
        if claim.conclusion.compares_payoffs:
            raise InputError(
                f"the claim {claim.name!r} is about a monotone dependence, which compares payoffs instead of allowing "
                "them"
            )
        self.claim, self.steps = claim, steps
        self.remarks: list[str] = []
        self.setting = Setting(claim)
        self.payoffs = self.setting.questions()
        if self.payoffs.ask().is_no:
            raise InputError(
                f"the premises of {claim.name!r} contradict each other or the model's ranges and assumptions: nothing "
                "is admissible; drop or weaken one"
            )
        self.proof = Proof(self.setting)
        self.is_judged_at_once = ordered(self.setting.cases, names_in(self.setting.concluded)) is not None
        self.relevant = _relevant(self.setting, self.proof.cases)
        self._conditions: dict[int, Condition] = {}
        self._truths: dict[int, Flags] = {}

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked: the steps are used up, or the time."""
        return self.is_past(1)

    def is_past(self, part: float) -> bool:
        """Whether that part of the steps is used up, or the time."""
        return self.proof.spent >= self.steps * part or expired()

    # Points.

    def gather(self, fails: Answer, true: Answer) -> None:
        """Draws the samples; the claim fails at payoffs of the one answer, and holds at those of the other."""
        symbols = tuple(self.claim.parameters)
        ranges = {symbol: (p.low, p.high) for symbol, p in self.claim.parameters.items()}
        said = self.setting.said_of_parameters
        demands, equations = demanded(said)
        strict = [_strictly(condition) for condition in said]
        starts = [p for p in map(self.point, (self.payoffs.ask(*strict), fails, true)) if p]
        if not starts:
            raise InputError(f"{self.claim.name!r} holds or fails at irrational payoffs only; give other premises")
        count = SAMPLE if self.is_judged_at_once else ASKED_ONE_BY_ONE
        sample = None
        if is_one_piece(said):
            starts = starts[:1]
        else:
            sample = drawn(ranges, demands, equations, count)
        if sample is None and len(starts) > 1:
            starts = self._pieces(starts, said)
            self.remarks.append(IN_PIECES.format(f"{len(starts)} places"))
        self.allowed = sample or walked(starts, ranges, demands, equations, count)
        failing = self._fails_at(self.allowed)
        holding, breaking = np.flatnonzero(failing == 0)[:TRUE], np.flatnonzero(failing == 1)[:TRUE]
        held = self.allowed.where(holding)
        if self.is_judged_at_once and len(holding) < ENOUGH:
            found = [self.allowed.point(int(k)) for k in holding]
            inner = self.point(self._kept(*strict)) or self.point(true)
            if not found:
                self.remarks.append(FEW_TRUE.format("one of them"))
            if begun := [*found, *([inner] if inner else [])]:
                judged = Demand(frozenset(self.relevant), lambda points: self._fails_at(points) == 0, cost=10**9)
                held = walked(begun, ranges, [*demands, judged], equations, TRUE)
        self._compare(symbols, equations)
        self.keeps = self._with(true, self.inequalities.holding(held))
        self.misses = self._with(fails, self.inequalities.holding(self.allowed.where(breaking)))

    def _pieces(self, starts: list[dict[sympy.Symbol, Fraction]], said: Sequence[Condition]) -> list[Any]:
        """The starts, and a point of every alternative that the premises leave."""
        parts = [part for condition in said for part in conjuncts(condition)]
        ways = [way for part in parts if isinstance(part, Joined) for way in part.parts]
        found = [self.point(self.payoffs.ask(_strictly(way), effort=SEARCHING)) for way in ways[:MOST_PIECES]]
        different = {tuple(point.values()): point for point in [*starts, *found] if point}
        return list(different.values())

    def point(self, answer: Answer) -> dict[sympy.Symbol, Fraction] | None:
        """The parameters' values in an answer; None if it has none, or irrational ones."""
        found = answer.point([symbol.name for symbol in self.claim.parameters]) if answer.is_yes else None
        return None if found is None else {symbol: found[symbol.name] for symbol in self.claim.parameters}

    def _with(self, answer: Answer, known: Flags) -> Flags:
        """What is known of each inequality at points, with the answer's point besides if there is one."""
        point = self.point(answer)
        return known if point is None else np.concatenate([known, self.inequalities.holding(_single(point))], axis=1)

    def _fails_at(self, points: Points) -> Any:
        """1 where the claim fails, 0 where it holds, −1 where that was not found out."""
        if self.is_judged_at_once:
            judged = judged_all(self.claim, points)
            return np.select([judged == FAILS, judged == HOLDS], [1, 0], -1)
        found = np.full(len(points), -1)
        for number in range(len(points)):
            if self.is_past(FOR_POINTS):
                break
            whole = self.setting.whole({symbol.name: value for symbol, value in points.point(number).items()})
            with suppress(OutOfTimeError):
                fails = None if whole is None else self.proof.fails_at(whole)
                found[number] = -1 if fails is None else int(fails)
        return found

    # Inequalities.

    def _compare(self, symbols: Sequence[sympy.Symbol], equations: Sequence[Poly]) -> None:
        """Lists the inequalities; the first ``own`` of them are those that the game itself makes."""
        by_name = {symbol.name: symbol for symbol in symbols}
        known = _solved([expression(equation, by_name) for equation in equations])
        relevant = [by_name[name] for name in sorted(self.relevant) if name in by_name]
        free = {s for symbol in relevant for s in known.get(symbol, symbol).free_symbols}
        own = game_comparisons([model.game for model in self.claim.models], free, known, self._concluded())
        further = parameter_comparisons(tuple(self.claim.parameters.values()), free)
        self.own = len(Inequalities(own, symbols))
        self.inequalities = Inequalities(list(dict.fromkeys([*own, *further])), symbols)

    def _concluded(self) -> Iterator[sympy.Expr]:
        """Differences that the conclusion speaks of: between its sides, and what players whose payoffs it names get."""
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
                yield from (one - other for number, one in enumerate(paid[:PAID]) for other in paid[:number])

    def condition(self, row: int) -> Condition:
        if row not in self._conditions:
            self._conditions[row] = self.inequalities.condition(row)
        return self._conditions[row]

    def all_of(self, rows: Sequence[int]) -> Condition:
        """That all these inequalities hold."""
        return every(map(self.condition, rows))

    def held(self, rows: Sequence[int]) -> Flags:
        """At which points of the sample the inequalities hold."""
        held = np.full(len(self.allowed), True)
        for row in rows:
            if row not in self._truths:
                self._truths[row] = self.allowed.truth(self.condition(row))
            held &= self._truths[row]
        return held

    def cuts_all(self, rows: Sequence[int]) -> bool:
        """Whether at each point known at which the claim fails one of the inequalities does, too."""
        return not self.misses[list(rows)].all(axis=0).any()

    # Proofs.

    def broken(self) -> Answer:
        """Payoffs at which the claim fails."""
        return self._broken()

    def _broken(self, *more: Condition) -> Answer:
        try:
            return self.proof.broken(*more, effort=SEARCHING)
        except OutOfTimeError:
            return Answer(None, because=STOPPED)

    def _kept(self, *more: Condition) -> Answer:
        try:
            return self.proof.kept(*more, effort=SEARCHING)
        except OutOfTimeError:
            return Answer(None, because=STOPPED)

    def kept_outside(self, sets: Sequence[Sequence[int]]) -> Answer:
        """Payoffs at which the claim holds, and some inequality of each set does not."""
        return self._kept(*(denied(self.all_of(rows)) for rows in sets))

    def proved(self, rows: Sequence[int]) -> bool:
        """Whether the claim holds with these premises; payoffs found at which it does not are remembered."""
        answer = self._broken(*map(self.condition, rows))
        self.misses = self._with(answer, self.misses)
        return answer.is_no

    def necessary(self, row: int) -> bool | None:
        """Whether the inequality holds wherever the claim does; payoffs found at which not are remembered."""
        answer = self._kept(denied(self.condition(row)))
        self.keeps = self._with(answer, self.keeps)
        return None if answer.is_unknown else answer.is_no

    def reached_outside(self, sets: Sequence[Sequence[int]]) -> bool:
        """Whether payoffs were found at which the claim holds and no set does; they are remembered as the last ones."""
        before = self.keeps.shape[1]
        self.keeps = self._with(self.kept_outside(sets), self.keeps)
        return bool(self.keeps.shape[1] > before)

    def implies(self, rows: Sequence[int], others: Sequence[int]) -> bool:
        """Whether the one set of inequalities implies the other at all payoffs that the premises allow."""
        return self.payoffs.ask(self.all_of(rows), denied(self.all_of(others)), effort=SEARCHING).is_no


def _relevant(setting: Setting, cases: Cases) -> set[str]:
    """The parameters on which the claim hangs: those of the choices that its conclusion rests on.

    Where there may be no equilibrium, or where unknowns are to be found, those of all choices.
    """
    wanted = names_in(setting.concluded)
    if setting.claim.exists_because and cases.is_ordered and wanted:
        names = set(wanted)
        for choice in reversed(cases.choices):
            given = {name for option in choice.options.values() for name in option.gives}
            if given & names:
                for option in choice.options.values():
                    names |= names_in(option.holds).union(*(poly.names for poly in option.gives.values()))
    else:
        conditions = [*cases.bound, *cases.conditions]
        conditions += [option.holds for choice in cases.choices for option in choice.options.values()]
        given_ = [p for choice in cases.choices for option in choice.options.values() for p in option.gives.values()]
        names = set(wanted).union(*map(names_in, conditions), *(poly.names for poly in given_))
    for condition in setting.given:
        said = names_in(condition)
        if said - set(setting.ranges) & names:
            names |= said
    return names & set(setting.ranges)


def _strictly(condition: Condition) -> Condition:
    """The condition without the ties that it allows, so that what is found lies inside what it allows."""
    return every(
        Sign(part.of, ">") if isinstance(part, Sign) and part.op == ">=" else part for part in conjuncts(condition)
    )


def _solved(equations: Sequence[sympy.Expr]) -> dict[sympy.Symbol, sympy.Expr]:
    """One symbol of each equation, in terms of the others."""
    known: dict[sympy.Symbol, sympy.Expr] = {}
    for equation in equations:
        left = sympy.expand(equation.xreplace(known))
        if symbols := sorted(left.free_symbols, key=str):
            solved = {symbols[0]: sympy.expand(symbols[0] - left / left.coeff(symbols[0]))}
            known = {symbol: value.xreplace(solved) for symbol, value in known.items()} | solved
    return known


def _single(point: dict[sympy.Symbol, Fraction]) -> Points:
    """A single point as a sample."""
    unit = lcm(*(value.denominator for value in point.values()))
    whole = [int(value * unit) for value in point.values()]
    kind: Any = np.int64 if max(map(abs, [unit, *whole])) < MACHINE else object
    return Points(tuple(point), unit, np.array([[k] for k in whole], dtype=kind))
