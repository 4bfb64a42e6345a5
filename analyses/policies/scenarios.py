"""Scenario discovery: a box of payoffs inside which an outcome follows from a policy, or never does, and its proof.

PRIM finds boxes in which it holds at most of the points (`analyses.policies.prim`). The densest is then put to the
proof, over all payoffs in it. As long as some break it, the box is halved towards a point of it that lies far from all
others without the outcome; what is proved pure is widened again, end by end, as long as it stays so. Every question to
the prover is a step, and they are counted. The last word has `check`, with the ends of the box as premises.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from textwrap import fill

import numpy as np
import sympy

from analyses.claims.check import check
from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.share import percent
from analyses.claims.verdicts import Proved, Verdict
from analyses.policies import words
from analyses.policies.policies import Policies
from analyses.policies.prim import Box, prim
from analyses.policies.purifying import Ends, Flags, Purifying
from analyses.when.asking import outcomes_called
from games.errors import InputError, check_kind
from games.exact import amount, readable
from games.forms.extensive import Chance, ExtensiveGame
from games.forms.game import Path
from games.formulas.relations import Related, Relation
from games.model import Model
from games.play.quantities import Chosen, Quantity, Reach
from games.solvers.limits import expired, time_limit

MOST_STEPS = 200

PROOF_SECONDS = 60.0
"""How long at least `check` may take for the box that the search found pure."""


@dataclass(frozen=True, repr=False, eq=False)
class Scenario:
    """Where ``outcome`` ``is_played`` (or is never played) in every equilibrium once the ``action`` is committed to.

    Played is what is so for certain; where chance moves, what has a positive probability.

    ``trajectory`` are PRIM's boxes over the columns ``names``, empty where what is looked for holds at all points or at
    none, of which ``held`` are told. ``ends`` are those of the box that was proved pure, or of the last one tried,
    only of parameters that it limits; ``verdict`` is what `check` says of it, None where no box was proved in ``steps``
    questions. ``coverage`` is the part of the points at which it holds that lie in the box.

    >>> from analyses.policies import policies, scenario
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", names=["c_s", "c_t"], samples=128)
    >>> box = scenario(found, "Demand", "The target concedes")
    >>> box.said, len(box.trajectory) > 1
    ('“The target concedes” is played after “Demand”', True)
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
            short = (f"It may be wider: {self.stopped}.",) if self.stopped else ()
            return (head, *self.conditions(), *self._found(), *short)
        if not self.held:
            return (f"At none of the {words.points(total)} {self.said}, so there is no box.",)
        why = f" before {self.stopped}" if self.stopped else ""
        return (
            f"No box was proved in which {self.said}: {steps} were asked{why}, and every box left could be broken or "
            "stayed open.",
            *self._found(),
        )

    def _found(self) -> tuple[str, ...]:
        densest = self.densest
        if densest is None:
            return (f"At all of the {words.points(len(self.policies))} {self.said}; what breaks it lies between them.",)
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

    >>> from analyses.policies import policies, scenario
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", names=["c_s", "c_t"], samples=128)
    >>> box = scenario(found, "Demand", "The target concedes")
    >>> box.is_proved, {name: (float(low), float(high)) for name, (low, high) in box.ends.items()}
    (True, {'c_s': (0.0, 2.04), 'c_t': (4.64, 6.0)})
    """
    check_kind(found, Policies, "what is asked about", "what policies(model, player) finds")
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
        raise InputError(f"the number of steps is {steps}; give a whole number from 1")
    number = found.number(action)
    model, relations = found.options[number], found.asked.relations
    claim, called = follows(model, outcome, is_played, found.asked.concept.name, relations)
    holds = _held(found, number, called, is_played)
    names = tuple(symbol.name for symbol in found.points.premises.free)
    points = np.array([found.columns[name] for name in names]).reshape(len(names), len(found)).T
    trajectory = prim(points, holds) if holds.any() and not holds.all() else ()
    label, held = found.actions[number], int(holds.sum())
    told = Scenario(found, label, outcome.strip(), is_played, claim, names, trajectory, held, {}, None, 0)
    if not holds.any():
        return told
    search = Purifying(claim, names, points, holds, told.densest, steps)
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
    """The actions after which an outcome called so is possible; raises `InputError` where there is no such outcome.

    >>> from analyses.policies import policies, possible_after
    >>> from games.catalog import load
    >>> possible_after(policies(load("conflict-expectations"), "Sender", samples=64), "The target concedes")
    ('Demand',)
    """
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
