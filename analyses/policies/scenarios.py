"""Scenario discovery: a box of payoffs inside which an outcome follows from a policy, or never does, and its proof.

PRIM finds boxes in which it holds at most of the points (`analyses.policies.prim`). The densest is then put to the
proof, over all payoffs in it. As long as some break it, the box is halved towards a point of it that lies far from all
others without the outcome; what is proved pure is widened again, end by end, as long as it stays so. Every question to
the prover is a step, and they are counted. The last word has `check`, with the ends of the box as premises.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor
from textwrap import fill

import numpy as np
import sympy
from numpy.typing import NDArray

from analyses.claims.check import Proof, check
from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.setting import Setting
from analyses.claims.share import percent
from analyses.claims.verdicts import Proved, Verdict
from analyses.policies.policies import Policies
from analyses.policies.prim import Box, prim
from analyses.proof.questions import BRIEF
from analyses.proof.solver import StuckError
from analyses.when.asking import outcomes_called
from games.errors import InputError, check_kind
from games.exact import amount, readable
from games.forms.extensive import Chance, ExtensiveGame
from games.forms.game import Path
from games.formulas.relations import Related, Relation
from games.model import Model
from games.play.quantities import Chosen, Quantity, Reach
from games.solvers.limits import OutOfTimeError, expired, time_limit
from games.terms import Condition, at_least, var

Ends = Mapping[str, tuple[Fraction, Fraction]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_STEPS = 200
DIGITS = 4
"""So many decimals have the ends that are tried."""

MOST_HALVED = 16
"""How often a box is halved at most."""

PROOF_SECONDS = 60.0
"""How long at least `check` may take for the box that the search found pure."""

HALF = Fraction(1, 2)
ORDERS = ((Fraction(1), HALF, HALF, HALF), (HALF, HALF, Fraction(1), HALF, HALF))
"""How far each end is moved outwards, round by round, by parts of the way to that of the range."""

MOST_DIGITS = 12
KEPT = 0.97
"""An end is rounded to so few decimals that this part of the points in the box stays in it."""

MOST_MIDDLES = 500
"""How many points are looked at for the one that the box shrinks towards."""


@dataclass(frozen=True, repr=False, eq=False)
class Scenario:
    """Where ``outcome`` ``is_played`` (or is never played) in every equilibrium once the ``action`` is committed to.

    Played is what is so for certain; where chance moves, what has a positive probability.

    ``trajectory`` are PRIM's boxes over the columns ``names``, empty where what is looked for holds at all points or at
    none, of which ``held`` are told. ``ends`` are those of the box that was proved pure, or of the last one tried,
    only of parameters that it limits; ``verdict`` is what `check` says of it, None where no box was proved in ``steps``
    questions. ``coverage`` is the part of the points at which it holds that lie in the box.
    """

    policies: Policies
    action: str
    outcome: str
    is_played: bool
    claim: Claim
    names: tuple[str, ...]
    trajectory: tuple[Box, ...]
    held: int
    ends: Ends
    verdict: Verdict | None
    steps: int
    coverage: float = 0.0
    stopped: str = field(default="", compare=False)

    @property
    def is_proved(self) -> bool:
        """Whether the box is proved pure."""
        return isinstance(self.verdict, Proved)

    @property
    def densest(self) -> Box | None:
        """Of PRIM's boxes the densest; of several, the one that covers most."""
        return max(self.trajectory, key=lambda box: (box.density, box.coverage), default=None)

    @property
    def said(self) -> str:
        """What follows, in words."""
        played = "may happen" if has_chance(self.claim.model) else "is played"
        return f"“{self.outcome}” {played if self.is_played else 'is never played'} after “{self.action}”"

    def conditions(self) -> tuple[str, ...]:
        """The ends of the box, one parameter each, with its meaning."""
        model = self.policies.model
        return tuple(
            f"{_between(name, ends, model)} ({model.by_name[name].meaning})" for name, ends in self.ends.items()
        )

    def findings(self) -> tuple[str, ...]:
        """The box, how it was found and whether it is proved, in sentences."""
        total = len(self.policies)
        steps = amount(self.steps, "question")
        if self.is_proved and not self.ends:
            return (f"{self.said} at all allowed payoffs: proved.",)
        if self.is_proved:
            head = f"Inside this box {self.said}: proved, in {steps}; it holds {percent(self.coverage)} of such points."
            return (head, *self.conditions(), *self._found())
        if not self.held:
            return (f"At none of the {total:,} points {self.said}, so there is no box.",)
        why = f" before {self.stopped}" if self.stopped else ""
        return (
            f"No box was proved in which {self.said}: {steps} were asked{why}, and every box left could be broken or "
            "stayed open.",
            *self._found(),
        )

    def _found(self) -> tuple[str, ...]:
        densest = self.densest
        if densest is None:
            return (f"At all of the {len(self.policies):,} points {self.said}; what breaks it lies between them.",)
        return (
            f"PRIM's densest box: density {percent(densest.density)}, coverage {percent(densest.coverage)}, "
            f"{amount(len(densest.restricted), 'parameter')} limited, {amount(len(self.trajectory), 'step')}.",
        )

    def as_json(self) -> dict[str, object]:
        """The scenario as plain data; exact numbers as text."""
        return {
            "policy": self.action,
            "outcome": self.outcome,
            "is_played": self.is_played,
            "points_with_it": self.held,
            "box": {name: [str(low), str(high)] for name, (low, high) in self.ends.items()},
            "proved": self.is_proved,
            "questions": self.steps,
            "coverage": self.coverage,
            "trajectory": [
                {"coverage": box.coverage, "density": box.density, "mass": box.mass, "restricted": len(box.restricted)}
                for box in self.trajectory
            ],
        }

    def __repr__(self) -> str:
        first, *rest = self.findings()
        return "\n".join([fill(first, 100), *(fill(f"  {each}", 100, subsequent_indent="    ") for each in rest)])


def scenario(
    found: Policies,
    action: str,
    outcome: str,
    is_played: bool = True,
    steps: int = MOST_STEPS,
    seconds: float | None = 60.0,
) -> Scenario:
    """A box inside which the ``outcome`` follows from the action, or with ``is_played`` false never does.

    ``outcome`` is a part of the words for one or several outcomes, as for `when`. ``steps`` bounds the questions to the
    prover. Raises `InputError` for an outcome that there is not, and for a number of steps that is none.
    """
    check_kind(found, Policies, "what is asked about", "what policies(model, player) finds")
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
        raise InputError(f"the number of steps is {steps}; give a whole number from 1")
    number = found.number(action)
    model, relations = found.options[number], found.asked.relations
    claim, words = follows(model, outcome, is_played, found.asked.concept.name, relations)
    holds = _held(found, number, words, is_played)
    names = tuple(symbol.name for symbol in found.points.premises.free)
    points = np.stack([found.columns[name] for name in names], axis=1)
    trajectory = prim(points, holds) if holds.any() and not holds.all() else ()
    label, held = found.actions[number], int(holds.sum())
    told = Scenario(found, label, outcome.strip(), is_played, claim, names, trajectory, held, {}, None, 0)
    if not holds.any():
        return told
    search = _Search(told, points, holds, steps)
    with time_limit(seconds):
        is_pure = search.found()
        stopped = "the time was up" if expired() else ""
    if not is_pure:
        return replace(told, ends=search.ends, steps=search.steps, stopped=stopped)
    premises = (*relations, *box_premises(model, search.ends))
    verdict = check(replace(claim, premises=premises), seconds=None if seconds is None else max(seconds, PROOF_SECONDS))
    coverage = search.covered(search.ends) / int(holds.sum())
    return replace(told, ends=search.ends, verdict=verdict, steps=search.steps, coverage=coverage, stopped=stopped)


def possible_after(found: Policies, outcome: str) -> tuple[str, ...]:
    """The actions after which an outcome called so is possible; raises `InputError` where there is no such outcome."""
    known = outcomes_called(found.model, list(found.model.game.written_out.paths), outcome)
    words = frozenset(map(found.model.outcome_words, known))
    options = zip(found.actions, found.options, strict=True)
    return tuple(
        action for action, option in options if any(option.outcome_words(path) in words for path in option.game.paths)
    )


def follows(
    model: Model, outcome: str, is_played: bool, concept: str, premises: Sequence[Relation]
) -> tuple[Claim, frozenset[str]]:
    """The claim that one of the outcomes called so is played, or never is; and these outcomes in words."""
    game = model.game
    paths = outcomes_called(model, list(game.paths), outcome)
    where = {sympy.Symbol(f"way{number}"): _reached(model, path) for number, path in enumerate(paths)}
    likely = sympy.Add(*where)
    said = f"{outcome.strip()} is {'' if is_played else 'never '}played"
    certain, possible = Related(likely, ">=", sympy.Integer(1)), Related(likely, ">", sympy.Integer(0))
    impossible = Related(likely, "<=", sympy.Integer(0))
    relation = impossible if not is_played else possible if has_chance(model) else certain
    conclusion = Holds(relation, where, said=said)
    claim = Claim(said, f"{said}.", model, conclusion, tuple(premises), concept)
    return claim, frozenset(map(model.outcome_words, paths))


def has_chance(model: Model) -> bool:
    """Whether chance moves, so that an outcome may have a probability of its own."""
    game = model.game
    return isinstance(game, ExtensiveGame) and any(isinstance(node, Chance) for node in game.nodes.values())


def _reached(model: Model, path: Path) -> Quantity:
    game = model.game
    return Reach(path) if game.lists_outcomes else Chosen(dict(zip(game.places, path, strict=True)))


def _held(found: Policies, number: int, words: frozenset[str], is_played: bool) -> Flags:
    """At which points what is looked for holds, in every equilibrium."""
    swept = found.sweeps[number]
    is_possible = has_chance(found.options[number])

    def as_said(play: int) -> bool:
        reached = set(swept.plays[play])
        if not is_played:
            return not reached & words
        return bool(reached & words) if is_possible else reached <= words

    kinds = [all(map(as_said, kind)) for kind in swept.kinds]
    held: Flags = np.array(kinds, dtype=bool)[swept.settled.kinds[list(found.rows)]]
    return held


class _Search:
    """The box, shrunk until the proof finds nothing in it that breaks the claim, then widened."""

    def __init__(self, told: Scenario, points: Floats, holds: Flags, most: int) -> None:
        self.told, self.points, self.holds, self.most = told, points, holds, most
        self.names = told.names
        parameters = {p.name: p for p in told.policies.options[0].parameters}
        self.ranges = {name: (parameters[name].low, parameters[name].high) for name in self.names}
        self.steps = 0
        self.ends: Ends = {}

    def found(self) -> bool:
        """Whether a pure box was found; it is then the widest that steps and time allowed."""
        is_pure = False
        with suppress(StuckError, OutOfTimeError):
            self.proof = Proof(Setting(self.told.claim))
            if self.is_pure({}):
                return True
            if self.purified():
                is_pure = True
                self.widen()
        return is_pure

    @property
    def may_go_on(self) -> bool:
        """Whether another question may be asked."""
        return self.steps < self.most and not expired()

    def is_pure(self, ends: Ends) -> bool:
        """Whether nothing in the box breaks the claim; one question to the prover."""
        self.steps += 1
        return self.proof.broken(*_inside(ends), effort=BRIEF).is_no

    def inside(self, ends: Ends) -> Flags:
        """Which points lie in the box."""
        found: Flags = np.ones(len(self.points), dtype=bool)
        for name, (low, high) in ends.items():
            column = self.points[:, self.names.index(name)]
            found &= (column >= float(low)) & (column <= float(high))
        return found

    def purified(self) -> bool:
        """PRIM's densest box, or where it holds at all points the whole, shrunk towards a point until it is pure.

        False where that takes too many steps.
        """
        densest = self.told.densest
        row = self._deep(densest)
        middle = self.told.policies.point(row)
        whole = {name: self._of_prim(densest, k) for k, name in enumerate(self.names)}
        for halved in range(MOST_HALVED):
            if not self.may_go_on:
                return False
            self.ends = {
                name: _inwards(c - (c - low) / 2**halved, c + (high - c) / 2**halved, c, DIGITS + halved)
                for name, (low, high) in whole.items()
                for c in (middle[name],)
            }
            if self.is_pure(self.ends):
                return True
        return False

    def _of_prim(self, box: Box | None, k: int) -> tuple[Fraction, Fraction]:
        """The ends of PRIM's box; those of the range where it does not limit the parameter."""
        low, high = self.ranges[self.names[k]]
        if box is None:
            return low, high
        column = self.points[:, k]
        return (
            max(low, Fraction(float(box.low[k]))) if box.low[k] > column.min() else low,
            min(high, Fraction(float(box.high[k]))) if box.high[k] < column.max() else high,
        )

    def _deep(self, box: Box | None) -> int:
        """The point of the box with what is looked for that lies farthest from the points without it."""
        if box is None:
            return 0
        widths = np.array([float(high - low) for low, high in self.ranges.values()])
        having = np.flatnonzero(box.inside(self.points) & self.holds)[:MOST_MIDDLES]
        without = self.points[~self.holds] / widths
        far = [float(np.abs(without - self.points[row] / widths).max(axis=1).min()) for row in having]
        return int(having[int(np.argmax(far))])

    def widen(self) -> None:
        """Lets the ends go, or moves them half-way outwards, as long as the box stays pure: in each order of `ORDERS`.

        What covers most is kept, with ends as short as they may be without leaving out many points.
        """
        pure, found = self.ends, []
        for parts in ORDERS:
            self.ends = pure
            with suppress(StuckError, OutOfTimeError):
                for part in parts:
                    self._widen(part)
            found.append(self.ends)
        best = max(found, key=self.covered)
        self.ends = {name: ends for name, ends in self._short(best).items() if ends != self.ranges[name]}

    def _widen(self, part: Fraction) -> None:
        for name, side in self._by_points(part):
            wider = self._moved(name, side, part)
            if self.may_go_on and wider != self.ends and self.is_pure(wider):
                self.ends = wider

    def covered(self, ends: Ends) -> int:
        """At how many points of the box there is what is looked for."""
        return int((self.inside(ends) & self.holds).sum())

    def _short(self, ends: Ends) -> Ends:
        """The box with ends rounded inwards; what lies in a pure box is pure."""
        for name, (low, high) in ends.items():
            first, last = self.ranges[name]
            for digits in range(1, MOST_DIGITS):
                own = (
                    low if low == first else _rounded(low, digits, up=True),
                    high if high == last else _rounded(high, digits, up=False),
                )
                shorter = {**ends, name: own}
                if own[0] < own[1] and self.covered(shorter) >= KEPT * self.covered(ends):
                    ends = shorter
                    break
        return ends

    def _by_points(self, part: Fraction) -> list[tuple[str, int]]:
        """The ends, those first that let in most points when moved."""
        sides = [(n, side) for n in self.ends for side in (0, 1) if self.ends[n][side] != self.ranges[n][side]]
        return sorted(sides, key=lambda each: -int(self.inside(self._moved(each[0], each[1], part)).sum()))

    def _moved(self, name: str, side: int, part: Fraction) -> Ends:
        """The box with one end moved by a part of the way to that of the range."""
        own, goal = list(self.ends[name]), self.ranges[name][side]
        moved = own[side] + (goal - own[side]) * part
        own[side] = goal if part == 1 else _rounded(moved, DIGITS, up=side == 0)
        if (own[side] - self.ends[name][side]) * (goal - self.ends[name][side]) <= 0:
            return self.ends
        return {**self.ends, name: (own[0], own[1])}


def _inside(ends: Ends) -> list[Condition]:
    return [
        condition
        for name, (low, high) in ends.items()
        for condition in (at_least(var(name), low), at_least(high, var(name)))
    ]


def _inwards(low: Fraction, high: Fraction, middle: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """Short ends between those given, with the middle between them."""
    first, last = _rounded(low, digits, up=True), _rounded(high, digits, up=False)
    return (first if first <= middle else low, last if last >= middle else high)


def _rounded(value: Fraction, digits: int, *, up: bool) -> Fraction:
    scale = 10**digits
    return Fraction(ceil(value * scale) if up else floor(value * scale), scale)


def box_premises(model: Model, ends: Ends) -> list[Relation]:
    """The ends of a box as premises, those that the range does not imply."""
    found: list[Relation] = []
    for name, (low, high) in ends.items():
        p = model.by_name[name]
        found += [Related(p.symbol, ">=", sympy.Rational(low))] if low > p.low else []
        found += [Related(p.symbol, "<=", sympy.Rational(high))] if high < p.high else []
    return found


def _between(name: str, ends: tuple[Fraction, Fraction], model: Model) -> str:
    p = model.by_name[name]
    low, high = ends
    if low <= p.low:
        return f"{name} is at most {readable(high)}"
    if high >= p.high:
        return f"{name} is at least {readable(low)}"
    return f"{name} is between {readable(low)} and {readable(high)}"
