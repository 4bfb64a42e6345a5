"""The answer to when an outcome is played: its conditions, what is proved of them, and how they read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from textwrap import fill

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.judgement import judged
from analyses.claims.setting import Setting
from analyses.claims.share import Share
from analyses.proof.implicants import Conjunction
from analyses.solution.wording import Names, names_of
from analyses.when import steps
from analyses.when.diagram import Diagram, diagram, text
from analyses.when.order import Order
from analyses.when.playing import Playing
from analyses.when.sentences import (
    AT_TIES,
    BOTH_WAYS,
    BOTH_WAYS_UNLESS,
    ENOUGH,
    NECESSARY,
    WIDTH,
    Block,
    but_for_ties,
    counted,
    left_open,
    one_of_these,
)
from games.errors import InputError
from games.exact import amount, readable
from games.forms.extensive import Chance, ExtensiveGame
from games.forms.game import Path
from games.formulas.polynomials import stated
from games.formulas.relations import Denied, Every, Related, Relation, some
from games.model import Model
from games.tables import Cell, Table, Tabular
from games.terms import Sign, poly


@dataclass(frozen=True, repr=False)
class When(Tabular):
    """The conditions under which an outcome is played.

    ``conditions``: any of them is enough for every equilibrium to play it. In a tree of perfect information they are
    strict, equilibria are those in pure strategies, and ``complete`` says that nothing else is enough: outside all of
    them, ties allowed, no equilibrium plays the outcome, except ``at_ties``, where payoffs tie that decide about it.
    ``exact_at_ties``: wherever a condition holds with equality some equilibrium plays it; None where that was not
    settled.

    For any other game the conditions hold exactly where every equilibrium plays the outcome for certain, and the
    ``possible`` ones exactly where some equilibrium plays it with positive probability; ``possible`` is None for a tree
    of perfect information. ``exists`` are the conditions under which there is an equilibrium, None where there always
    is one.

    All this holds but where one of the equations ``apart_from`` does, where payoffs tie in a way that was not gone
    into. Where ``otherwise`` is not None, ``conditions`` are not told, and every equilibrium plays the outcome for
    certain wherever none of these holds, and only there. ``all_possible`` says that the ``possible`` conditions are
    known to be all, even where the rest is not ``complete``; ``open_share`` is the part of the payoffs at which it
    was not found out whether the outcome is played.

    ``paths`` are those with the outcome, from ``after`` on; ``fixed`` are parameters with a value, ``share`` is the
    part of the payoffs at which every equilibrium plays the outcome, ``possible_share`` that at which some may.

    >>> from analyses.when import when
    >>> from games.catalog import load
    >>> found = when(load("conflict-expectations"), "The target concedes", values={"beta": 1})
    >>> found.complete, found.exact_at_ties, len(found.conditions)
    (True, True, 0)
    """

    claim: Claim
    outcome: str
    fixed: Mapping[str, Fraction]
    conditions: tuple[Conjunction, ...]
    at_ties: tuple[Conjunction, ...]
    complete: bool
    exact_at_ties: bool | None
    share: Share | None = field(default=None, compare=False)
    doubts: tuple[str, ...] = ()
    possible: tuple[Conjunction, ...] | None = None
    exists: tuple[Conjunction, ...] | None = None
    possible_share: Share | None = field(default=None, compare=False)
    paths: tuple[Path, ...] = ()
    after: Path = ()
    otherwise: tuple[Conjunction, ...] | None = None
    apart_from: tuple[Sign, ...] = ()
    all_possible: bool = False
    open_share: Share | None = field(default=None, compare=False)

    @property
    def has_chance(self) -> bool:
        """Whether chance moves, so that an outcome may be played with a probability."""
        game = self.model.game
        return isinstance(game, ExtensiveGame) and any(isinstance(node, Chance) for node in game.nodes.values())

    @property
    def model(self) -> Model:
        return self.claim.model

    @cached_property
    def names(self) -> Names:
        """The model's names for formulas."""
        return names_of(self.model, self.fixed)

    @cached_property
    def gathered(self) -> list[frozenset[Sign]]:
        """The conditions with names for the greatest of several payoffs."""
        return self.names.gathered(self.conditions)

    @property
    def said(self) -> tuple[tuple[str, ...], ...]:
        """The conditions in words, each as the sentences that hold together, in the order of play."""
        return self._in_words(self.gathered)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The conditions in words, one each; none where it is played at all payoffs."""
        return Block("", self.said).sentences

    @property
    def possible_sentences(self) -> tuple[str, ...]:
        """The conditions in words under which some equilibrium may play it; none where it may at all payoffs."""
        return Block("", self._in_words(self.names.gathered(self.possible or ()))).sentences

    def _in_words(self, several: Sequence[frozenset[Sign]]) -> tuple[tuple[str, ...], ...]:
        """In the order of play: the comparisons of each condition, and the conditions by where they begin.

        Of those that begin with the same decision short ones come first.
        """
        found = [sorted((self.place(part), self.names.said(part)) for part in condition) for condition in several]
        return tuple(tuple(said for _, said in condition) for condition in sorted(found, key=_begins))

    @cached_property
    def _order(self) -> Order:
        return Order(self.model.game, self.paths, self.after, self.names.fixed)

    def place(self, part: Sign) -> int:
        """The number of the decision, in the order of play, to which a comparison belongs; see `Order`."""
        return min(map(self._order, self.names.meant_by(part)), default=0)

    def played_at(self, **values: object) -> bool | None:
        """Whether the outcome is played at exact payoffs: by every equilibrium, by none, or, None, by some only.

        Where players mix, or chance moves, what is played with a probability below one is played by some only.
        Raises `InputError` for an unknown parameter and for values that break an assumption.
        """
        given = {name: str(value) for name, value in self.fixed.items()} | values
        self.model.at(**given)
        point = self.model.point(**given)
        by_every, by_some = judged(self.claim, point), judged(self._of_some, point)
        if by_every is None or by_some is None:
            raise InputError(f"{self.model.name}: ties leave too many ways to play at these values to go through")
        return True if by_every and by_some else None if by_some else False

    @cached_property
    def _of_some(self) -> Claim:
        """That some equilibrium plays it."""
        if self.possible is None:
            return replace(self.claim, every=False)
        conclusion = Playing(self.model, self.paths, self.after, self.outcome).possible
        return replace(self.claim, every=False, conclusion=conclusion)

    # As claims.

    def claims(self) -> tuple[Claim, ...]:
        """What was found as claims to be checked: that each condition is enough, and that they are necessary."""
        if self.possible is not None:
            return tuple(self._claims_of_any())
        enough = [
            self._supposing(self.claim, f"enough {number}", self._relations(condition))
            for number, condition in enumerate(self.conditions, start=1)
        ]
        if not self.complete or not all(self.conditions) or not all(self.at_ties):
            return tuple(enough)
        allowed = [[*map(_tied, self._relations(condition))] for condition in self.conditions]
        outside = [Denied(Every(tuple(each))) for each in (*allowed, *map(self._relations, self.at_ties))]
        conclusion = self.claim.conclusion
        assert isinstance(conclusion, Holds)
        nowhere = Holds(sympy.Add(*conclusion.where) < 1, conclusion.where, said=f"{self.outcome}: never for certain")
        necessary = self._supposing(replace(self.claim, conclusion=nowhere), "necessary", outside)
        return (*enough, replace(necessary, argument=f"{self.outcome} only where a condition holds."))

    def _claims_of_any(self) -> Iterator[Claim]:
        """For a game of any form; what a list leaves out is claimed where the whole list is known."""
        certain, possible = self.claim, self._of_some
        for number, condition in enumerate(self.conditions, start=1):
            yield self._supposing(certain, f"enough {number}", self._relations(condition))
        for number, condition in enumerate(self.possible or (), start=1):
            yield self._supposing(possible, f"possible {number}", self._relations(condition))
        if self.all_possible and all(self.possible or ()):
            yield self._supposing(_denied(possible, "impossible elsewhere"), "", self._outside(self.possible or ()))
        if self.otherwise is not None:
            other = _denied(certain, "otherwise")
            for number, condition in enumerate(self.otherwise, start=1):
                yield self._supposing(other, f"otherwise {number}", self._relations(condition))
            if all(self.otherwise):
                yield self._supposing(certain, "certain elsewhere", self._outside(self.otherwise))
        elif self.complete and self.possible and all(self.conditions) and self.exists != ():
            there = () if self.exists is None else (self._any_of(self.exists),)
            elsewhere = [*self._outside(self.conditions), *there]
            yield self._supposing(_denied(certain, "not certain elsewhere"), "", elsewhere)

    def _outside(self, several: Sequence[Conjunction]) -> list[Relation]:
        """That none of the conditions holds."""
        return [Denied(Every(tuple(self._relations(each)))) for each in several]

    def _any_of(self, several: Sequence[Conjunction]) -> Relation:
        return some(Every(tuple(self._relations(each))) for each in several)

    def claims_by_decision(self) -> tuple[Claim, ...]:
        """That the steps of `ways`, taken together, are enough, and necessary, for the outcome."""
        return steps.claims(self.claim, self.paths, self.after) if self.is_by_decision else ()

    def _supposing(self, claim: Claim, name: str, premises: Sequence[Relation]) -> Claim:
        apart = (Denied(relation) for relation in self._relations(self.apart_from))
        return replace(claim, name=name or claim.name, premises=(*self.claim.premises, *apart, *premises))

    def _relations(self, condition: Conjunction) -> list[Relation]:
        symbols = {p.name: p.symbol for p in self.model.parameters}
        return [stated(part, symbols) for part in condition]

    # Decision by decision.

    @property
    def is_by_decision(self) -> bool:
        """Whether it can be told decision by decision, too: in a tree of perfect information without chance."""
        return self.possible is None and bool(self.paths) and steps.is_told(self.model.game.written_out)

    @cached_property
    def _steps(self) -> steps.Steps | None:
        if not self.is_by_decision:
            return None
        return steps.Steps(Setting(self.claim), {name: poly(value) for name, value in self.fixed.items()})

    @cached_property
    def ways(self) -> tuple[steps.Way, ...]:
        """The outcome decision by decision, one way for each path with it; none where it cannot be told so."""
        return tuple(self._steps.way(path, self.after) for path in self.paths) if self._steps else ()

    @cached_property
    def last_decisions(self) -> tuple[steps.Chosen, ...]:
        """What is chosen between two actions at the decisions after which nothing is left to decide."""
        return tuple(self._steps.last_choices(self.after)) if self._steps else ()

    def report_by_decision(self) -> str:
        """The ways as text: each decision on the path, and what follows elsewhere."""
        lines: list[str] = []
        held = f" with {self._held}" if self._held else ""
        for way in self.ways:
            head = fill(f"{' → '.join(way.path)} is played{held} where", WIDTH)
            lines += [*([""] if lines else []), head]
            for number, step in enumerate(way.steps, start=1):
                lead = f"  {number}. "
                said = f"{step.place}: {step.said(self.names)}"
                lines.append(fill(said, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)))
        followed = {one.places: one for way in self.ways for one in way.elsewhere}
        if followed:
            lines += ["", "What follows elsewhere:"]
        for one in followed.values():
            lines.append(fill("; ".join(one.places), WIDTH, initial_indent="  ", subsequent_indent="    "))
            lines += [
                fill(line, WIDTH, initial_indent="    ", subsequent_indent="      ") for line in one.lines(self.names)
            ]
        ties = (
            "Where it holds every equilibrium in pure strategies plays it, unless a mover's payoffs tie; where it "
            "fails, none does."
        )
        if not self.ways:
            return ""
        said = " ".join(lines)
        lines += [
            fill(f"where {line}", WIDTH, initial_indent="  ", subsequent_indent="    ") for line in self.legend_of(said)
        ]
        shares = [] if self.share is None else [self._share_said(self.share, "Every equilibrium plays it")]
        return "\n".join([*lines, *(fill(line, WIDTH) for line in (ties, *shares))])

    # As a diagram.

    def diagram(self) -> Diagram:
        """The conditions of its being played by every equilibrium as a decision diagram.

        Raises `InputError` where it would be too large.
        """
        return self.diagram_of(self.gathered)

    def diagram_of(self, conditions: Sequence[frozenset[Sign]]) -> Diagram:
        """A decision diagram of gathered conditions of which one must hold."""
        payoffs = Setting(self.claim).questions()
        payoffs.give(*self.names.defined)
        return diagram(conditions, payoffs, self.place)

    def diagram_text(self) -> str:
        """The diagram as lines of text."""
        drawn = self.diagram()
        parts = {part for condition in self.gathered for part in condition}
        return text(drawn, {part: self.names.said(part) for part in parts}, self.outcome)

    # In words.

    @property
    def _held(self) -> str:
        """What has one value."""
        held = {**self.fixed} | {p.name: p.low for p in self.model.parameters if p.low == p.high}
        return ", ".join(f"{name} = {readable(value)}" for name, value in held.items())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The conditions, each list with what they are of."""
        if self.possible is None:
            return (Block(self._head(), self.said),)
        noun, found = self.claim.noun, []
        if self.otherwise is not None:
            found.append(self._block_of_others(self._in_words(self.names.gathered(self.otherwise))))
        elif self.complete or self.conditions:
            found.append(self._block("for certain", f"by every {noun}", self.said, self.complete))
        said = self._in_words(self.names.gathered(self.possible))
        return (*found, self._block("with positive probability", f"by some {noun}", said, self.all_possible))

    def _block(self, how: str, whom: str, said: tuple[tuple[str, ...], ...], is_whole: bool) -> Block:
        where = f" with {self._held}" if self._held else ""
        played = f"“{self.outcome}” is played {how} {whom}"
        if not said and not is_whole:
            return Block(f"Nothing was found of when {played}{where}.", said)
        if not said:
            return Block(f"{played} at no payoffs{where}.", said)
        if said == ((),):
            return Block(f"{played} at all payoffs{where}.", said)
        return Block(f"{played}{where} {counted(said)}:", said)

    def _block_of_others(self, said: tuple[tuple[str, ...], ...]) -> Block:
        """The conditions under which something else is played as well."""
        where = f" with {self._held}" if self._held else ""
        played = f"“{self.outcome}” is played for certain by every {self.claim.noun}"
        if said == ((),):
            return Block(f"{played} at no payoffs{where}.", said)
        if not said:
            return Block(f"{played} at all payoffs{where}.", said)
        return Block(f"{played}{where} unless {one_of_these(said)}:", said)

    def _head(self) -> str:
        where = f" with {self._held}" if self._held else ""
        played = "is played for certain" if self.has_chance else "is played"
        if not self.conditions:
            nowhere = "at no payoffs" if not self.at_ties else "by some equilibrium only where payoffs tie"
            if self.complete:
                return f"“{self.outcome}” {played} {nowhere}{where}."
            return f"Nothing was found of when “{self.outcome}” {played}{where}."
        if self.said == ((),):
            return f"“{self.outcome}” {played} at all payoffs{where}."
        return f"“{self.outcome}” {played}{where} {counted(self.said)}:"

    def findings(self) -> tuple[str, ...]:
        """When it is played, in sentences."""
        told = [line for block in self.blocks for line in (block.head, *block.sentences)]
        return (*told, *self.remarks)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is proved of the conditions, and what they leave out."""
        return (*self._promises(), *self._caveats())

    def _promises(self) -> tuple[str, ...]:
        if self.possible is not None:
            said = BOTH_WAYS_UNLESS if self.otherwise else BOTH_WAYS
            return (said,) if self.complete and any(block.sentences for block in self.blocks) else ()
        if not self.sentences:
            return ()
        one = len(self.sentences) == 1
        return (ENOUGH[one], *((self._necessary(one), AT_TIES[self.exact_at_ties]) if self.complete else ()))

    def _necessary(self, one: bool) -> str:
        if not self.at_ties:
            return NECESSARY[one]
        places = amount(len(self.at_ties), "place")
        return f"{NECESSARY[one].removesuffix('.')}, but in {places} where payoffs tie: there some equilibrium does."

    def _caveats(self) -> Iterator[str]:
        if self.at_ties and not (self.complete and self.sentences):
            yield f"Where payoffs tie, some equilibrium plays it in {amount(len(self.at_ties), 'place')}."
        if self.apart_from:
            yield but_for_ties([self.names.said(part) for part in self.apart_from])
        if self.doubts:
            yield f"Not complete: {'; '.join(self.doubts)}."
        if self.open_share is not None:
            yield left_open(self.open_share)
        for share, who in ((self.share, "Every equilibrium plays it"), (self.possible_share, "Some equilibrium may")):
            if share is not None:
                yield self._share_said(share, who)

    def _share_said(self, share: Share, who: str) -> str:
        return share.findings()[0].replace("The conclusion holds", who)

    @property
    def legend(self) -> tuple[str, ...]:
        """What the names in the conditions stand for."""
        said = " ".join(line for block in self.blocks for line in block.sentences)
        return self.legend_of(said)

    def legend_of(self, said: str) -> tuple[str, ...]:
        """What the names in these words stand for."""
        spoken = set(re.findall(r"\w+", said))
        return tuple(
            f"{name} = {_readable(formula)}" for name, formula in self.model.shorthand.items() if name in spoken
        )

    def report(self) -> str:
        """When it is played, as text: the conditions one below another, and what their names stand for."""
        lines = [line for block in self.blocks for line in block.lines()]
        spoken = {name for condition in self._all_conditions for part in condition for name in part.of.names}
        glosses = self.model.meanings(spoken - self.fixed.keys())
        lines += [fill(f"where {line}", WIDTH, initial_indent="  ", subsequent_indent="    ") for line in self.legend]
        lines += [fill(line, WIDTH, initial_indent="  ", subsequent_indent="    ") for line in glosses]
        return "\n".join([*lines, *(fill(remark, WIDTH) for remark in self.remarks)])

    @property
    def _all_conditions(self) -> tuple[Conjunction, ...]:
        return (*self.conditions, *(self.otherwise or ()), *(self.possible or ()))

    def table(self) -> Table:
        """One row for each condition."""
        rows = tuple((Cell(str(number)), Cell(condition)) for number, condition in enumerate(self.sentences, start=1))
        return Table(("", "Condition"), rows, caption=self.outcome)

    def as_json(self) -> dict[str, object]:
        """The result as plain data; exact numbers as text."""
        return {
            "model": self.model.name,
            "concept": self.claim.concept,
            "outcome": self.outcome,
            "fixed": {name: str(value) for name, value in self.fixed.items()},
            "conditions": [list(parts) for parts in self.said],
            "possible": None if self.possible is None else self._plain(self.possible),
            "shorthand": {name: str(formula) for name, formula in self.model.shorthand.items()},
            "otherwise": None if self.otherwise is None else self._plain(self.otherwise),
            "at_ties": len(self.at_ties),
            "apart_from": [self.names.said(part) for part in self.apart_from],
            "complete": self.complete,
            "all_possible": self.all_possible if self.possible is not None else None,
            "exact_at_ties": self.exact_at_ties,
            "share": self.share.as_json() if self.share else None,
            "possible_share": self.possible_share.as_json() if self.possible_share else None,
            "open_share": self.open_share.as_json() if self.open_share else None,
            "remarks": list(self.doubts),
        }

    def _plain(self, conditions: Sequence[Conjunction]) -> list[list[str]]:
        return [list(parts) for parts in self._in_words(self.names.gathered(conditions))]

    def __repr__(self) -> str:
        return self.report()

    def _repr_html_(self) -> str:
        return self.table().html()


def _readable(formula: object) -> str:
    """A formula as it is written in print, with maxima as they are called."""
    return str(formula).replace("Max(", "max(")


def _begins(condition: Sequence[tuple[int, str]]) -> tuple[int, int, Sequence[tuple[int, str]]]:
    """By what conditions are put in order: the decision that the first comparison belongs to, and how long they are."""
    return condition[0][0] if condition else 0, len(condition), condition


def _denied(claim: Claim, name: str) -> Claim:
    """That what a claim says of every equilibrium is not so of some, or the other way round."""
    assert isinstance(claim.conclusion, Holds)
    conclusion = replace(claim.conclusion, formula=Denied(claim.conclusion.formula), said=name)
    return replace(claim, name=name, conclusion=conclusion, every=not claim.every)


def _tied(said: Relation) -> Relation:
    assert isinstance(said, Related)
    return Related(said.left, ">=", said.right)
