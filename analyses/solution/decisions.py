"""A tree of perfect information decision by decision: what is chosen there, and where, the last ones first.

The payoffs of what follows have names: a condition says that one action pays the mover at least as much as another, in
parameters where play ends there and else in the name of what follows, whose own decision tells it. Decisions that are
alike are told once. So a tree over all its parameters is a short list, however many conditions it has in the parameters
alone (`analyses.solution.solve_free` has those).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import fill

from analyses.proof.implicants import Conjunction
from analyses.proof.questions import SPARING, Questions
from analyses.solution.posing import Posed
from analyses.solution.report import WIDTH, sentence
from analyses.solution.wording import Names, names_of
from games.cases import Choice
from games.errors import listed
from games.exact import amount
from games.forms.extensive import ExtensiveGame
from games.solvers.limits import expired
from games.terms import Sign, Taken, conjuncts, denied, names_in


@dataclass(frozen=True)
class Decided:
    """What is chosen at the ``places``, which are alike: each action that is chosen somewhere, with its conditions.

    All of these hold together; ``impossible`` are the actions that are never chosen.

    >>> from analyses.solution import decisions
    >>> from games.catalog import load
    >>> last = decisions(load("conflict-expectations"), ["D", "c_t"]).decided[0]
    >>> last.places, list(last.actions), last.impossible
    (('Sender after Demand, Stand firm',), ['Impose', 'Back down'], ())
    """

    places: tuple[str, ...]
    actions: Mapping[str, Conjunction]
    impossible: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Decisions:
    """Every decision of a tree, the last ones first. Not ``complete``: the time was up, or a condition was too hard.

    What is listed is right all the same; a condition may then be one that others imply.

    >>> from analyses.solution import decisions
    >>> from games.catalog import load
    >>> found = decisions(load("conflict-expectations"), ["D", "c_t"])
    >>> found.complete, len(found.decided)
    (True, 3)
    """

    posed: Posed
    decided: tuple[Decided, ...]
    complete: bool

    @cached_property
    def names(self) -> Names:
        """The model's names for formulas of its parameters."""
        fixed = {symbol.name: value for symbol, value in self.posed.point.items() if symbol.name not in self.posed.free}
        return names_of(self.posed.model, fixed)

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        number = sum(len(each.places) for each in self.decided)
        told = amount(len(self.decided), "table")
        head = f"{self.posed.model.title}: {amount(number, 'decision')} in {told}, the last ones first."
        yield fill(f"{head} Where payoffs tie, several actions may be chosen.", WIDTH)
        if not self.complete:
            yield fill("Not every condition was looked at: some may follow from others.", WIDTH)
        for each in self.decided:
            yield ""
            yield fill("; ".join(each.places), WIDTH, subsequent_indent="  ")
            if self._is_open(each):
                said = f"whichever of {listed(each.actions)} pays {self._mover(each)} most, by what follows"
                yield fill(said, WIDTH, initial_indent="  ", subsequent_indent="    ")
                continue
            for action, conditions in each.actions.items():
                said = sentence(self.names, conditions).replace("'", "")
                where = f"{action} where {said}" if conditions else f"{action} always"
                yield fill(where, WIDTH, initial_indent="  ", subsequent_indent="    ")
            if each.impossible:
                yield fill(f"never {', '.join(each.impossible)}", WIDTH, initial_indent="  ", subsequent_indent="    ")

    def _mover(self, each: Decided) -> str:
        assert isinstance(self.posed.game, ExtensiveGame)
        return self.posed.game.information_sets[each.places[0]].player

    def _is_open(self, each: Decided) -> bool:
        """Whether nothing is left out and nothing is said in parameters alone: what follows decides."""
        others = len(each.actions) - 1
        return not each.impossible and all(
            len(conditions) == others and all(names_in(part).isdisjoint(self.posed.ranges) for part in conditions)
            for conditions in each.actions.values()
        )


def decisions_of(posed: Posed) -> Decisions:
    """The decisions of a tree whose cases are in order."""
    questions = posed.questions(posed.cases)
    found: dict[object, Decided] = {}
    complete = True
    for choice in posed.cases.choices:
        actions, impossible = {}, []
        for label, option in choice.options.items():
            if expired():
                complete = False
            if questions.ask(Taken(choice.name, label), effort=SPARING).is_no:
                impossible.append(label)
                continue
            parts = [part for part in conjuncts(option.holds) if isinstance(part, Sign)]
            actions[label] = _needed(parts, questions)
        _add(found, choice, Decided((choice.name,), actions, tuple(impossible)), posed)
    return Decisions(posed, tuple(found.values()), complete)


def _needed(parts: Sequence[Sign], questions: Questions) -> Conjunction:
    """Without what the others imply, whatever follows."""
    kept = list(parts)
    for part in parts:
        rest = [other for other in kept if other is not part]
        if questions.ask(*rest, denied(part), effort=SPARING).is_no:
            kept = rest
    return tuple(kept)


def _add(found: dict[object, Decided], choice: Choice, decided: Decided, posed: Posed) -> None:
    """Adds a decision to those that are alike: the same actions under the same conditions on parameters."""
    spoken = set().union(*(names_in(part) for conditions in decided.actions.values() for part in conditions))
    alone = spoken <= posed.ranges.keys() and decided.actions
    key: object = (tuple(decided.actions.items()), decided.impossible) if alone else choice.name
    if key in found:
        known = found[key]
        decided = Decided((*known.places, *decided.places), known.actions, known.impossible)
    found[key] = decided
