"""The payoffs for which a policy is best: an exact condition on the parameters, and its alternatives in words.

Each policy's game is solved with its parameters free (`analyses.solution`): regions, with what the player gets in each
as a formula. A policy is best where in no pair of regions, its own and another policy's, the other pays more: whichever
equilibria are played. The condition is exact as it stands; where it has few enough alternatives, these are listed, each
enough and together necessary but for ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from textwrap import fill

import numpy as np
import sympy

from analyses.claims.share import percent
from analyses.policies.comparing import Flags
from analyses.policies.policies import WIDTH, Policies
from analyses.proof.implicants import Conjunction, Implicants, closed, needed
from analyses.sampling.draws import some_points
from analyses.solution import Solution, solve_free
from analyses.solution.regions import Region
from analyses.solution.shares import Shares, shares_of
from games.errors import InputError, check_kind
from games.formulas.polynomials import Reader
from games.formulas.relations import Related
from games.solvers.limits import OutOfTimeError, time_limit, why_stopped
from games.tables import Cell, Table, Tabular
from games.terms import Atom, Condition, Sign, denied, every, holds, mapped, put, some

SECONDS = 20.0
"""How long the alternatives of one policy are looked for."""


@dataclass(frozen=True)
class Alternatives:
    """Conjunctions each of which makes a policy best; ``complete``: it is best nowhere else, but for ties."""

    found: tuple[Conjunction, ...]
    doubts: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.doubts


@dataclass(frozen=True, repr=False, eq=False)
class BestSets(Tabular):
    """For each action of ``policies`` the condition on the parameters that move under which it is best.

    ``solutions`` say what each policy pays where. ``complete``: all equilibria are known as formulas, so that the
    conditions are exact, but where payoffs tie and what is paid stays open; else ``doubts`` say what may be missing.

    >>> from analyses.policies import best_sets, policies
    >>> from games.catalog import load
    >>> best_sets(policies(load("conflict-expectations"), "Sender", names=["D", "c_t"], samples=64))
    “Demand” is best where c_t < 2; or c_t > 2: proved both ways, ties aside.
    “No demand” is best where c_t < 2: proved both ways, ties aside.
    Parts of what is allowed (exact area): “Demand” 100.0 % (exactly 1), “No demand” 33.3 % (exactly
    1/3).
    """

    policies: Policies
    solutions: tuple[Solution, ...]
    conditions: tuple[Condition, ...]
    doubts: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.doubts

    def holds(self, action: str, /, **values: object) -> bool:
        """Whether the action is best at exact values of the parameters that move, whichever equilibria are played.

        Raises `InputError` for values that are missing or not admissible.
        """
        number = self.policies.number(action)
        place = self.solutions[number].placed(values)
        return holds(self.conditions[number], place)

    @cached_property
    def flags(self) -> Flags:
        """Which policies are best at each point of the policies, of shape (points, actions), by the conditions."""
        points = self.policies.points
        return np.stack([points.satisfying(condition) for condition in self.conditions], axis=1)

    def alternatives(self, action: str, seconds: float = SECONDS) -> Alternatives:
        """The condition of an action as alternatives, as far as the time goes."""
        number = self.policies.number(action)
        posed = self.solutions[number].posed
        try:
            with time_limit(seconds):
                allowed = posed.premise_set
                # What the premises' equations make equal everywhere is no tie.
                untied = _untied(put(self.conditions[number], allowed.given))
                found = Implicants(untied, posed.questions(), posed.questions()).found(some_points(allowed))
                kept = needed(found.found, posed.questions(), closed)
        except OutOfTimeError:
            return Alternatives((), (why_stopped(),))
        return Alternatives(tuple(kept), tuple(dict.fromkeys(found.doubts)))

    @cached_property
    def shares(self) -> Shares | None:
        """How large a part of what is allowed each is best at: exact in up to three parameters, else drawn."""
        return shares_of(self.solutions[0].posed, self.conditions)

    def sentence(self, action: str, seconds: float = SECONDS) -> str:
        """When the action is best, in words."""
        number = self.policies.number(action)
        label = self.policies.actions[number]
        found = self.alternatives(action, seconds)
        names = self.solutions[number].names
        said = sorted((tuple(sorted(map(names.said, each))) for each in names.gathered(found.found)), key=_length)
        if found.complete and not said:
            return f"“{label}” is best nowhere, but where payoffs tie."
        if found.complete and said == [()]:
            return f"“{label}” is best everywhere."
        lines = "; or ".join(" and ".join(parts) for parts in said)
        if found.complete:
            return f"“{label}” is best where {lines}: proved both ways, ties aside."
        return f"“{label}” is best under an exact condition that is too long to write out: move fewer parameters."

    def sentences(self, seconds: float = SECONDS) -> tuple[str, ...]:
        """When each action is best."""
        said = [self.sentence(action, seconds) for action in self.policies.actions]
        shares = self.shares
        if shares is not None:
            told = zip(self.policies.actions, shares.values, shares.intervals, strict=True)
            parts = [f"“{action}” {_share(value, ends)}" for action, value, ends in told if value]
            said.append(f"Parts of what is allowed ({shares.method}): {', '.join(parts) or 'none'}.")
        said += [f"Not complete: {doubt}." for doubt in self.doubts]
        return tuple(said)

    def as_json(self) -> dict[str, object]:
        """The conditions and their shares as plain data."""
        shares = self.shares
        return {
            "complete": self.complete,
            "sentences": list(self.sentences()),
            "shares": None
            if shares is None
            else {a: str(v) for a, v in zip(self.policies.actions, shares.values, strict=True)},
        }

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.sentences())

    def table(self) -> Table:
        """What each policy pays, region by region, as a formula."""
        rows = []
        for action, solution in zip(self.policies.actions, self.solutions, strict=True):
            for region in solution.regions:
                if not region.at_ties:
                    paid = region.payoffs[self.policies.player]
                    rows.append((Cell(action), Cell(region.played), Cell(str(paid))))
        header = ("Policy", "What follows", f"pays {self.policies.player}")
        return Table(header, tuple(rows), caption=f"{self.policies.model.name}: what each policy pays, as formulas")


def best_sets(found: Policies, seconds: float | None = 60.0) -> BestSets:
    """The condition under which each policy is best. ``seconds`` limits the time for solving each policy's game.

    >>> from analyses.policies import best_sets, policies
    >>> from games.catalog import load
    >>> found = best_sets(policies(load("conflict-expectations"), "Sender", names=["D", "c_t"], samples=64))
    >>> found.complete
    True

    Raises `InputError` for a concept without cases, and where payoffs stay open in an equilibrium.
    """
    check_kind(found, Policies, "what is asked about", "what policies(model, player) finds")
    solutions = tuple(
        solve_free(
            option, found.asked.names, premises=found.asked.relations, concept=found.asked.concept.name, seconds=seconds
        )
        for option in found.options
    )
    doubts = tuple(dict.fromkeys(doubt for solution in solutions for doubt in solution.doubts))
    symbols = {found.model.by_name[name].symbol for name in found.asked.names}
    pays = [
        [
            (region, _paid(region, found.player, symbols))
            for region in solution.regions
            if not (region.at_ties and region.payoffs[found.player].free_symbols - symbols)
        ]
        for solution in solutions
    ]
    reader = Reader()
    conditions = [
        denied(
            some(
                every([own.condition, other.condition, reader.condition(Related(less, "<", more))])
                for rival in range(len(pays))
                if rival != k
                for own, less in pays[k]
                for other, more in pays[rival]
            )
        )
        for k in range(len(pays))
    ]
    return BestSets(found, solutions, tuple(conditions), doubts)


def _paid(region: Region, player: str, symbols: set[sympy.Symbol]) -> sympy.Expr:
    paid = region.payoffs[player]
    if paid.free_symbols - symbols:
        raise InputError(
            f"what {player} gets stays open where {region.played} is played, so that no formula says which policy is "
            "best; the points tell, in `policies`"
        )
    return paid


def _untied(condition: Condition) -> Condition:
    """With nothing that holds just with equality."""

    def read(atom: Atom) -> Condition:
        return Sign(atom.of, ">") if isinstance(atom, Sign) and atom.op == ">=" else atom

    return mapped(condition, read)


def _share(value: Fraction | float, ends: tuple[Fraction | float, Fraction | float]) -> str:
    if isinstance(value, Fraction):
        return f"{percent(value)} (exactly {value})"
    return f"{percent(value)} [{percent(ends[0])}, {percent(ends[1])}]"


def _length(parts: Sequence[str]) -> tuple[int, Sequence[str]]:
    return len(parts), parts
