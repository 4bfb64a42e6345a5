"""One claim in the ledger: its verdict and what is known beyond it, as data and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from shlex import join
from textwrap import fill
from typing import Any

from analyses.arguments import Argument, Statement
from analyses.certificates.backing import Backed
from analyses.certificates.degrees import degree_in_words
from analyses.claims import Claim, Proved, Refuted, Unsettled, Verdict
from analyses.claims.listed import told_at
from analyses.claims.questions.hidden_premise import HiddenPremises
from analyses.claims.questions.hidden_search import AddedPremises
from analyses.claims.share import Share
from analyses.claims.verdicts import Kind
from analyses.ledger import words
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.reduced import reduced_strategic_form
from games.formulas.relations import in_words
from games.model import Model
from games.play.quantities import Quantity
from games.solvers.concept import concept_for
from games.solvers.equilibria import Equilibrium

MANY = 4
"""From so many quantities on, those that are zero are not listed one by one."""

WIDTH = 100
"""The most characters of a line of text."""


@dataclass(frozen=True)
class Entry:
    """A claim with its verdict.

    ``argument`` is the one it belongs to; None for a claim on its own. ``share`` is the part of the payoffs that the
    premises allow at which the conclusion holds; ``hidden`` what would make a refuted claim true. ``places`` give, for
    a model that is not in the catalog, what a command is given to find it. ``backed`` is what stands behind the
    verdict.

    >>> from analyses.claims import Claim, never
    >>> from analyses.ledger import ledger
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody violates.", load("inspection"), never({"Target": "Violate"}))
    >>> (entry,) = ledger([claim]).entries
    >>> entry.label, entry.headline
    ('none', 'refuted everywhere')
    """

    statement: Statement
    argument: Argument | None
    verdict: Verdict
    share: Share | None = None
    hidden: HiddenPremises | None = None
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    backed: Backed | None = None

    @property
    def degree(self) -> str:
        """What stands behind the verdict, in a few words; empty where nothing is settled or known."""
        return "" if self.backed is None else degree_in_words(self.backed.degree, self.verdict)

    @property
    def _uncertified(self) -> str:
        """Why there is no certificate, where one was looked for."""
        because = "" if self.backed is None else self.backed.because
        return f" (no certificate: {because})" if because else ""

    @property
    def argument_in_words(self) -> tuple[str, ...]:
        """The argument behind the verdict, a sentence or a short paragraph each, where it was asked for."""
        return () if self.backed is None else self.backed.argument

    @property
    def id(self) -> str:
        """The name of the claim."""
        return self.statement.id

    @property
    def title(self) -> str:
        """What it says in brief."""
        return self.statement.title

    @property
    def label(self) -> str:
        """What the claim is called within its argument; its name, if it has none."""
        return self.id if self.argument is None else self.argument.label(self.statement)

    @property
    def claim(self) -> Claim:
        """The claim in formal dress."""
        return self.statement.claim

    @property
    def word(self) -> str:
        """The verdict in a word: proved, refuted or unsettled."""
        return self.verdict.verdict

    @property
    def kind(self) -> Kind | None:
        """Where a refuted claim fails; None unless it is refuted."""
        return self.verdict.kind if isinstance(self.verdict, Refuted) else None

    @property
    def kind_in_words(self) -> str:
        """Where a refuted claim fails, in a sentence; empty where that is not known."""
        return words.of_kind(self.kind)

    @property
    def headline(self) -> str:
        """The verdict, and of a refuted claim its kind: "refuted on a boundary only"."""
        return words.headline(self.word, self.kind)

    @property
    def said_by(self) -> str:
        """Whose argument it is, and what the text does with it."""
        return "" if self.argument is None else words.said_by(self.argument)

    @property
    def role(self) -> str:
        """What it is to its argument, in words."""
        return words.ROLES[self.statement.role] if self.statement.role else ""

    @property
    def added(self) -> tuple[str, ...]:
        """The premises that are not in the text, each with the reason why it was added."""
        return tuple(words.added(premise) for premise in self.statement.given if premise.is_added)

    @property
    def where(self) -> str:
        """Paragraph and phrase, or whatever else is on record of the claim's source."""
        return words.said_in(self.claim.source)

    @property
    def formal(self) -> str:
        """What is claimed, in words that leave nothing open."""
        return words.claimed(self.claim)

    @property
    def premises(self) -> tuple[str, ...]:
        """The premises as formulas."""
        return tuple(map(in_words, self.claim.premises))

    @property
    def used(self) -> tuple[str, ...]:
        """The premises that the proof needs, as formulas; empty unless the claim is proved."""
        return tuple(map(in_words, self.verdict.used)) if isinstance(self.verdict, Proved) else ()

    @property
    def given(self) -> tuple[str, ...]:
        """The premises by name, those without a name as formulas."""
        named = [relation for premise in self.statement.given for relation in premise.relations]
        unnamed = [relation for relation in self.claim.premises if relation not in named]
        return (*(premise.words for premise in self.statement.given), *map(in_words, unnamed))

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Of `given`, what the proof needs."""
        if not isinstance(self.verdict, Proved):
            return ()
        used = self.verdict.used
        needed = [premise for premise in self.statement.given if any(r in used for r in premise.relations)]
        named = [relation for premise in self.statement.given for relation in premise.relations]
        return (*(premise.words for premise in needed), *(in_words(r) for r in used if r not in named))

    @property
    def counterexample(self) -> Mapping[str, Fraction] | None:
        """Exact values of all parameters at which the claim fails; None unless it is refuted."""
        return self.verdict.at if isinstance(self.verdict, Refuted) else None

    @property
    def moved(self) -> Mapping[str, Fraction]:
        """Of the counterexample, the parameters that are not at their defaults."""
        return self._from_defaults(self.counterexample or {})

    def _from_defaults(self, point: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """The values that are not the default of every model of the claim; of two payoffs compared, the first ones."""
        models = self.claim.models
        defaults = {(p.name, p.default) for model in models for p in model.parameters}
        own = {p.name for model in models for p in model.parameters}
        several = {name for name in own if sum(name == other for other, _ in defaults) > 1}
        return {n: v for n, v in point.items() if n in own and (n in several or (n, v) not in defaults)}

    @property
    def raised(self) -> tuple[str, Fraction, Fraction] | None:
        """Of a refuted claim that compares two payoffs: the parameter by which they differ, and its two values."""
        if self.counterexample is None or not self.claim.conclusion.compares_payoffs:
            return None
        (copy,) = self.claim.plain.also
        for first, second in zip(self.claim.model.parameters, copy.parameters, strict=True):
            if first.name != second.name:
                return first.name, self.counterexample[first.name], self.counterexample[second.name]
        return None

    @property
    def says_nothing(self) -> str:
        """Where a proved claim holds for want of any equilibrium, in words; empty where that is not known."""
        if not isinstance(self.verdict, Proved):
            return ""
        at = self.verdict.empty_at
        moved = None if at is None else self._from_defaults(at)
        return words.empty(self.claim, self.verdict.says_nothing, moved)

    @cached_property
    def told(self) -> tuple[tuple[Quantity, Fraction], ...]:
        """The values that the conclusion's quantities have at the counterexample, where an equilibrium breaks it."""
        claim = self.claim.plain
        if not (isinstance(self.verdict, Refuted) and self.verdict.equilibria and claim.conclusion.where):
            return ()
        at = {symbol: self.verdict.at[symbol.name] for symbol in claim.parameters}
        games = [model.game_at({p.symbol: at[p.symbol] for p in model.parameters}) for model in claim.models]
        stated = [_stated_for(game, found) for game, found in zip(games, self.verdict.equilibria, strict=True)]
        values = told_at(claim, games, stated, self.verdict.equilibria)
        return tuple((quantity, values[symbol]) for symbol, quantity in claim.conclusion.where.items())

    @property
    def breaks(self) -> str:
        """What is the case at the counterexample."""
        if not isinstance(self.verdict, Refuted):
            return ""
        conclusion = self.claim.conclusion
        if self.raised is not None and len(self.told) == 2:
            return words.changed(self.raised, self.told)
        many = len(conclusion.where) >= MANY and self.verdict.equilibria
        return words.told(self.told) if many else self.verdict.breaks

    @property
    def would_follow(self) -> tuple[AddedPremises, ...]:
        """The sets of further premises with which a refuted claim is a theorem, the weakest first."""
        return self.hidden.found if self.hidden is not None else ()

    @property
    def hidden_in_words(self) -> str:
        """The weakest set of further premises that makes a refuted claim a theorem."""
        return words.would_follow(self.would_follow[0]) if self.would_follow else ""

    @property
    def because(self) -> str:
        """Why the claim is unsettled."""
        return self.verdict.because if isinstance(self.verdict, Unsettled) else ""

    @property
    def method(self) -> str:
        """How the verdict was reached, or what was searched in vain."""
        if isinstance(self.verdict, Unsettled):
            return "; ".join(filter(None, [f"open: {self.because}", self.verdict.searched]))
        return self.verdict.method

    @property
    def part(self) -> tuple[Fraction | float, Fraction | float, Fraction | float] | None:
        """The share with the ends of its 95 % interval; all of it for what is proved."""
        if isinstance(self.verdict, Proved):
            return Fraction(1), Fraction(1), Fraction(1)
        if self.share is None or self.share.value is None:
            return None
        return self.share.value, self.share.low, self.share.high

    @property
    def part_in_words(self) -> str:
        """How often the conclusion holds, where it was not proved to hold always."""
        return "" if self.share is None else words.holds_in(self.share)

    @property
    def solve_lines(self) -> tuple[str, ...]:
        """Commands that show the equilibria at which a refuted claim fails, one for each game that it speaks of."""
        if not isinstance(self.verdict, Refuted):
            return ()
        claim, at = self.claim, self.verdict.at
        points = [(model, at) for model in claim.models]
        if claim.conclusion.compares_payoffs:
            (copy,) = claim.plain.also
            greater = {p.name: at[q.name] for p, q in zip(claim.model.parameters, copy.parameters, strict=True)}
            points.append((claim.model, greater))
        return tuple(
            solve_line(model, claim.concept, values, self.places.get(model.name, (model.name,)))
            for model, values in points
        )

    @property
    def sentence(self) -> str:
        """The verdict, the claim, and what it rests on or fails at."""
        fails = f"{self.at_values}: {self.breaks}" if isinstance(self.verdict, Refuted) else ""
        return words.sentence(self.claim, self.word, self.rests_on, fails, self.because)

    @property
    def reason(self) -> str:
        """What the verdict hangs on, in brief."""
        fails = self.at_values if isinstance(self.verdict, Refuted) else ""
        return words.reason(self.rests_on, fails, self.because)

    @property
    def at_values(self) -> str:
        """Where the claim fails, in words."""
        return words.at_values(self.moved)

    def __str__(self) -> str:
        lines = [f"{self.headline.upper()}  {self.id}: {self.title}"]
        parts = [self.claim.argument] if self.claim.argument not in ("", self.title) else []
        if self.role:
            parts.append(f"{self.role[0].upper()}{self.role[1:]}")
        if self.statement.reading:
            parts.append(f"Reading: {self.statement.reading}")
        if self.where:
            parts.append(f"Source: {'; '.join(filter(None, [self.where, self.said_by]))}")
        parts.append(f"Claimed {self.formal}")
        if self.given:
            parts.append(f"Given: {'; '.join(self.given)}")
        if self.added:
            parts.append(f"Not in the text: {'; '.join(self.added)}")
        match self.verdict:
            case Proved() if self.given:
                unused = [premise for premise in self.given if premise not in self.rests_on]
                parts.append(f"Rests on: {'; '.join(self.rests_on) or 'none of them'}")
                if unused and self.rests_on:
                    parts.append(f"Not needed: {'; '.join(unused)}")
                if self.says_nothing:
                    parts.append(f"But {self.says_nothing}")
            case Proved() if self.says_nothing:
                parts.append(f"But {self.says_nothing}")
            case Refuted():
                parts.append(f"Fails {self.at_values}: {self.breaks}")
                if self.kind_in_words:
                    parts.append(self.kind_in_words)
            case Unsettled(because=because):
                parts.append(f"Open: {because}")
        if self.part_in_words:
            parts.append(f"Share: {self.part_in_words}")
        if self.hidden_in_words:
            parts.append(f"Left unsaid: {self.hidden_in_words}")
        if self.method and not isinstance(self.verdict, Unsettled):
            parts.append(f"How: {self.method}")
        if self.degree:
            parts.append(f"Degree: {self.degree}{self._uncertified}")
        lines += [fill(part, WIDTH, initial_indent="  ", subsequent_indent="    ") for part in parts]
        lines += [f"  See: {line}" for line in self.solve_lines]
        if self.argument_in_words:
            lines.append("  Why:")
            told = self.argument_in_words
            lines += [fill(each, WIDTH, initial_indent="    ", subsequent_indent="      ") for each in told]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The entry as plain data; exact numbers are text."""
        at = self.counterexample
        return {
            "id": self.id,
            "title": self.title,
            "verdict": self.word,
            "kind": self.kind.value if self.kind else None,
            "voice": self.argument.voice if self.argument else "",
            "mode": self.argument.mode.value if self.argument and self.argument.mode else None,
            "role": self.statement.role.value if self.statement.role else None,
            "concept": self.claim.concept,
            "premises": list(self.premises),
            "used": list(self.used),
            "says_nothing": self.says_nothing or None,
            "counterexample": None if at is None else {name: str(value) for name, value in at.items()},
            "share": None if self.part is None else [round(float(value), 4) for value in self.part],
            "hidden_premises": [list(map(in_words, added.premises)) for added in self.would_follow],
            "method": self.method,
            "degree": self.degree or None,
            **({"why": list(self.argument_in_words)} if self.argument_in_words else {}),
            "seconds": round(self.verdict.seconds, 3),
        }


def solve_line(model: Model, concept: str, at: Mapping[str, Fraction], place: tuple[str, ...]) -> str:
    """The command that solves ``model``, found at ``place``, at these values, those at their defaults left out."""
    arguments = ["parley", "solve", *place]
    asked = concept_for(model.game, concept)
    name = asked.listed_as or asked.name
    if name != concept_for(model.game, None).name:
        arguments += ["--concept", name]
    for parameter in model.parameters:
        if at.get(parameter.name, parameter.default) != parameter.default:
            arguments += ["--set", f"{parameter.name}={at[parameter.name]}"]
    return join(arguments)


def _stated_for(game: Game, found: Equilibrium) -> Game:
    """What the equilibrium is stated for: a tree itself, or its reduced strategic form where players choose plans."""
    if isinstance(game, ExtensiveGame) and set(found.strategies) != set(game.information_sets):
        return reduced_strategic_form(game)
    return game
