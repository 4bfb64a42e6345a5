"""Trees of perfect information: one region for each play, the payoffs at which some equilibrium plays it.

What is played off the path only matters as far as it keeps players from leaving it. So the condition of a play is
written down in the parameters alone (`analyses.proof.choosing`) and then as alternatives (`analyses.proof.implicants`),
without ever going through the product of all strategies.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

import sympy

from analyses.proof.choosing import Choosing
from analyses.proof.implicants import Implicants, Values, has_inside, needed
from analyses.proof.questions import SPARING
from analyses.proof.solver import StuckError
from analyses.sampling.draws import some_points
from analyses.solution.posing import Posed
from analyses.solution.regions import Region
from games.errors import InputError
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.formulas.polynomials import expression
from games.solvers.limits import OutOfTimeError, why_stopped
from games.terms import ONE, Condition, Poly, total

MOST_PLAYS = 2_000
"""The most plays of a tree: where chance moves, there may be many."""

_Ends: TypeAlias = list[tuple[Poly, Path, Outcome]]


@dataclass(frozen=True)
class Play:
    """What is chosen at each decision that is reached, by information set, how probable each path is, what is paid."""

    chosen: Mapping[str, str]
    paths: Mapping[Path, Poly]
    payoffs: Mapping[str, Poly]


def plays(game: ExtensiveGame) -> Iterator[Play]:
    """Every play of a tree; where chance moves, one has several paths."""
    for chosen, ends in _below(game, game.root, ()):
        paid = {
            player: total(weight * node.payoffs[position] for weight, _, node in ends)
            for position, player in enumerate(game.players)
        }
        yield Play(chosen, {path: weight for weight, path, _ in ends}, paid)


def _below(game: ExtensiveGame, node: Node, path: Path) -> Iterator[tuple[dict[str, str], _Ends]]:
    match node:
        case Outcome():
            yield {}, [(ONE, path, node)]
        case Decision(actions=actions):
            name = game.information_set_at(path)
            for action, child in actions.items():
                for chosen, ends in _below(game, child, (*path, action)):
                    yield {name: action, **chosen}, ends
        case Chance(events=events):
            yield from _at_chance(game, list(events.items()), path)


def _at_chance(
    game: ExtensiveGame, events: Sequence[tuple[str, tuple[Any, Node]]], path: Path
) -> Iterator[tuple[dict[str, str], _Ends]]:
    """What may follow each event, in every combination."""
    if not events:
        yield {}, []
        return
    (event, (weight, child)), *others = events
    for chosen, ends in _below(game, child, (*path, event)):
        weighted = [(odds * weight, whole, end) for odds, whole, end in ends]
        for further, more in _at_chance(game, others, path):
            yield {**chosen, **further}, [*weighted, *more]


@dataclass
class Search:
    """The search through the plays of ``posed``; what may be missing is among the ``doubts``."""

    posed: Posed
    doubts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert isinstance(self.posed.game, ExtensiveGame)
        self.choosing = Choosing(self.posed.cases)
        self.plays = list(islice(plays(self.posed.game), MOST_PLAYS + 1))
        if len(self.plays) > MOST_PLAYS:
            raise InputError(
                f"{self.posed.model.name} has more than {MOST_PLAYS:,} plays, since chance moves: too many for a "
                "region each; `parley when` asks about one outcome, and `parley report` maps them"
            )
        self.payoffs = self.posed.questions()
        self.points = self._points()

    def regions(self) -> list[Region]:
        """One region for each play that some equilibrium plays somewhere, as far as time allows."""
        found = []
        for play in self.plays:
            try:
                region = self._region(play)
            except (OutOfTimeError, StuckError):
                self.doubts.append(why_stopped())
                break
            if region is not None:
                found.append(region)
        return found

    def condition(self, play: Play) -> Condition:
        """The condition on the free parameters under which some equilibrium plays it."""
        return self.posed.entries.put_into(self.choosing.possible(play.chosen))

    def _region(self, play: Play) -> Region | None:
        condition = self.condition(play)
        if condition is False or self.payoffs.ask(condition, effort=SPARING).is_no:
            return None
        search = Implicants(condition, self.posed.questions(), self.posed.questions())
        found = search.found(self.points)
        self.doubts += found.doubts
        if not found.found:
            return None
        alternatives = tuple(needed(found.found, self.payoffs))
        strategies = {place: {choice: sympy.Integer(1)} for place, choice in play.chosen.items()}
        paid = {player: self._formula(value) for player, value in play.payoffs.items()}
        ties = not has_inside(alternatives, self.payoffs)
        reached = {path: self._formula(weight) for path, weight in play.paths.items() if self.posed.outcomes}
        return Region(self._said(play), alternatives, strategies, paid, (), ties, outcomes=reached)

    def _said(self, play: Play) -> str:
        if len(play.paths) == 1:
            return " → ".join(next(iter(play.paths)))
        return "; ".join(f"{place}: {choice}" for place, choice in play.chosen.items())

    def _formula(self, value: Poly) -> sympy.Expr:
        symbols = {p.name: p.symbol for p in self.posed.model.parameters}
        named = {name: self.posed.entries.formulas[name] for name in value.names if name in self.posed.entries.ways}
        return expression(value, {**symbols, **named})

    def _points(self) -> Sequence[Values]:
        try:
            return some_points(self.posed.premise_set)
        except InputError:
            # Premises that are curved equations have no points to draw; the solver finds them.
            return ()
