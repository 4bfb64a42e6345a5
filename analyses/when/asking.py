"""When is it played? The exact condition, over all payoffs, under which an outcome comes about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from textwrap import fill

import sympy
from sympy import Eq

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.judgement import judged
from analyses.claims.setting import Setting
from analyses.claims.share import Share, share
from analyses.proof.implicants import Conjunction
from analyses.when.covering import Search
from analyses.when.diagram import Diagram, diagram, text
from analyses.when.wording import Names, names_of
from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import amount, exact, readable
from games.forms.extensive import Chance, ExtensiveGame
from games.forms.game import Path
from games.formulas.polynomials import expression
from games.formulas.relations import Denied, Every, Related, Relation
from games.model import Model, check_is_model
from games.play.quantities import Reach
from games.solvers.limits import OutOfTimeError, time_limit, why_stopped
from games.tables import Cell, Table
from games.terms import Sign

WIDTH, MOST_LISTED = 100, 12

WITHIN = "within the parameters' ranges and the model's assumptions"
ENOUGH = {
    True: f"This is enough: where it holds, {WITHIN}, every equilibrium in pure strategies plays it.",
    False: f"Each of them is enough: where it holds, {WITHIN}, every equilibrium in pure strategies plays it.",
}
NECESSARY = {
    True: "It is necessary: where it fails, even with equality, no such equilibrium plays it.",
    False: "Together they are necessary: where none holds, even with equality, no such equilibrium plays it.",
}
"""For one condition, and for several."""

AT_TIES: Mapping[bool | None, str] = {
    True: "Where one holds with equality, some equilibrium plays it.",
    False: "Where one holds just with equality, it need not be played.",
    None: "Whether it is played where a condition holds just with equality was not settled.",
}


@dataclass(frozen=True, repr=False)
class When:
    """The conditions under which an outcome is played.

    Each of the ``conditions`` is enough, and ``complete`` says that nothing else is: outside all of them, ties allowed,
    no equilibrium plays the outcome, except ``at_ties``, where payoffs tie that decide about it. ``exact_at_ties``:
    wherever a condition holds with equality some equilibrium plays it; None where that was not settled. ``fixed`` are
    parameters with a value, ``share`` is the part of the payoffs at which every equilibrium plays the outcome.
    Equilibria are those in pure strategies.
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
        """The conditions in words, each as the sentences that hold together, short ones first."""
        found = [tuple(sorted(map(self.names.said, condition))) for condition in self.gathered]
        return tuple(sorted(found, key=lambda parts: (len(parts), parts)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The conditions in words, one each; none where it is played at all payoffs."""
        return () if self.said == ((),) else tuple(" and ".join(parts) for parts in self.said)

    def played_at(self, **values: object) -> bool | None:
        """Whether the outcome is played at exact payoffs: by every equilibrium, by none, or, None, by some only.

        Raises `InputError` for an unknown parameter and for values that break an assumption.
        """
        given = {name: str(value) for name, value in self.fixed.items()} | values
        self.model.at(**given)
        point = self.model.point(**given)
        by_every, by_some = judged(self.claim, point), judged(self._of_some, point)
        if by_every is None or by_some is None:
            raise InputError(f"{self.model.name}: ties leave too many ways to play at these values to go through")
        return True if by_every else None if by_some else False

    @cached_property
    def _of_some(self) -> Claim:
        """That some equilibrium plays it."""
        return replace(self.claim, every=False)

    def claims(self) -> tuple[Claim, ...]:
        """What was found as claims to be checked: that each condition is enough, and that they are necessary."""
        enough = [
            replace(self.claim, name=f"enough {number}", premises=(*self.claim.premises, *self._relations(condition)))
            for number, condition in enumerate(self.conditions, start=1)
        ]
        if not self.complete or not all(self.conditions) or not all(self.at_ties):
            return tuple(enough)
        allowed = [[*map(_tied, self._relations(condition))] for condition in self.conditions]
        outside = [Denied(Every(tuple(each))) for each in (*allowed, *map(self._relations, self.at_ties))]
        conclusion = self.claim.conclusion
        assert isinstance(conclusion, Holds)
        nowhere = Holds(sympy.Add(*conclusion.where) < 1, conclusion.where, said=f"{self.outcome}: never for certain")
        necessary = replace(
            self.claim,
            name="necessary",
            argument=f"{self.outcome} only where a condition holds.",
            conclusion=nowhere,
            premises=(*self.claim.premises, *outside),
        )
        return (*enough, necessary)

    def diagram(self) -> Diagram:
        """The conditions as a decision diagram. Raises `InputError` where it would be too large."""
        setting = Setting(self.claim)
        payoffs = setting.questions()
        payoffs.give(*self.names.defined)
        return diagram(self.gathered, payoffs)

    def diagram_text(self) -> str:
        """The diagram as lines of text."""
        drawn = self.diagram()
        parts = {part for condition in self.gathered for part in condition}
        return text(drawn, {part: self.names.said(part) for part in parts}, self.outcome)

    def findings(self) -> tuple[str, ...]:
        """When it is played, in sentences."""
        held = {**self.fixed} | {p.name: p.low for p in self.model.parameters if p.low == p.high}
        where = f" with {', '.join(f'{name} = {readable(value)}' for name, value in held.items())}" if held else ""
        played = "is played for certain" if self.has_chance else "is played"
        if not self.conditions:
            nowhere = "at no payoffs" if not self.at_ties else "by some equilibrium only where payoffs tie"
            head = f"“{self.outcome}” {played} {nowhere}{where}."
            if not self.complete:
                head = f"Nothing was found of when “{self.outcome}” {played}{where}."
            return (head, *self._caveats())
        if self.said == ((),):
            return (f"“{self.outcome}” {played} at all payoffs{where}.", *self._caveats())
        count = "if" if len(self.said) == 1 else f"under {len(self.said)} conditions, any of which is enough"
        head = f"“{self.outcome}” {played}{where} {count}:"
        return (head, *self.sentences, *self._promises(), *self._caveats())

    def _promises(self) -> tuple[str, ...]:
        one = len(self.sentences) == 1
        return (ENOUGH[one], *((NECESSARY[one], AT_TIES[self.exact_at_ties]) if self.complete else ()))

    def _caveats(self) -> tuple[str, ...]:
        found = []
        if self.at_ties:
            found.append(
                f"Where payoffs tie, some equilibrium plays it in {amount(len(self.at_ties), 'further place')}."
            )
        if self.doubts:
            found.append(f"Not complete: {'; '.join(self.doubts)}.")
        if self.share is not None:
            found.append(self.share.findings()[0].replace("The conclusion holds", "Every equilibrium plays it"))
        return tuple(found)

    @property
    def legend(self) -> tuple[str, ...]:
        """What the names in the conditions stand for."""
        spoken = {word for parts in self.said for part in parts for word in re.findall(r"\w+", part)}
        known = self.model.shorthand.items()
        return tuple(f"{name} = {_readable(formula)}" for name, formula in known if name in spoken)

    def report(self) -> str:
        """When it is played, as text: the conditions one below another, and what their names stand for."""
        first, *rest = self.findings()
        lines = [first]
        for number, condition in enumerate(self.sentences, start=1):
            lead = f"  {number}. " if len(self.sentences) > 1 else "  "
            lines.append(fill(condition, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)))
        spoken = {name for condition in self.conditions for part in condition for name in part.of.names}
        glosses = [f"{p.name}: {p.meaning}" for p in self.model.parameters if p.name in spoken - self.fixed.keys()]
        lines += [fill(f"where {line}", WIDTH, initial_indent="  ", subsequent_indent="    ") for line in self.legend]
        lines += [fill(line, WIDTH, initial_indent="  ", subsequent_indent="    ") for line in glosses]
        return "\n".join([*lines, *(fill(remark, WIDTH) for remark in rest[len(self.sentences) :])])

    def table(self) -> Table:
        """One row for each condition."""
        rows = tuple((Cell(str(number)), Cell(condition)) for number, condition in enumerate(self.sentences, start=1))
        return Table(("", "Condition"), rows, caption=self.outcome)

    def as_json(self) -> dict[str, object]:
        """The result as plain data; exact numbers as text."""
        return {
            "model": self.model.name,
            "outcome": self.outcome,
            "fixed": {name: str(value) for name, value in self.fixed.items()},
            "conditions": [list(parts) for parts in self.said],
            "shorthand": {name: str(formula) for name, formula in self.model.shorthand.items()},
            "at_ties": len(self.at_ties),
            "complete": self.complete,
            "exact_at_ties": self.exact_at_ties,
            "share": self.share.as_json() if self.share else None,
            "remarks": list(self.doubts),
        }

    def _relations(self, condition: Conjunction) -> list[Relation]:
        symbols = {p.name: p.symbol for p in self.model.parameters}
        return [Related(expression(part.of, symbols), part.op, sympy.Integer(0)) for part in condition]

    def __repr__(self) -> str:
        return self.report()

    def _repr_html_(self) -> str:
        return self.table().html()


def when(
    model: Model,
    outcome: str | Path,
    *,
    after: Path = (),
    values: Mapping[str, object] | None = None,
    premises: Sequence[Relation] = (),
    seconds: float | None = None,
    samples: int | None = None,
) -> When:
    """The exact condition on the payoffs under which ``outcome`` is played in an equilibrium in pure strategies.

    ``outcome`` is a part of the words for one or several outcomes ("Russia concedes"), or a path through the tree with
    which they begin; with ``after`` it is meant of play from there on, whether or not it gets there. Parameters that
    ``values`` names are held there, all others range over their whole ranges, as the model's assumptions and the
    ``premises`` allow. ``seconds`` limits the time; ``samples`` asks for the share of the payoffs, from so many draws
    where it is not exact.

    Raises `InputError` for an outcome that is not possible, for premises that nothing satisfies, and for a game that is
    no tree of perfect information.
    """
    check_is_model(model)
    check_kind(outcome, (str, tuple, list), "the outcome", "words such as 'Russia concedes', or a path of actions")
    check_kind(after, (tuple, list), "after", "the actions played so far, such as ('Full',)")
    check_kind(premises, (tuple, list), "the premises", "a list of relations")
    fixed = _fixed(model, values or {})
    paths, said, begun = _meant(model, outcome, tuple(after))
    where = {sympy.Symbol(f"way{number}"): Reach(path, begun) for number, path in enumerate(paths)}
    equations = tuple(Eq(model.by_name[name].symbol, sympy.Rational(value)) for name, value in fixed.items())
    claim = Claim(
        f"when {said}",
        f"{said}.",
        model,
        Holds(sympy.Add(*where) >= 1, where, said=f"{said} is played"),
        (*(each for each in equations if each is not sympy.true), *premises),
    )
    with time_limit(seconds):
        try:
            search = Search(claim)
        except OutOfTimeError:
            return When(claim, said, fixed, (), (), False, None, doubts=(why_stopped(),))
        found = search.found()
        measured = share(claim, samples=samples) if samples is not None else None
    return When(
        claim,
        said,
        fixed,
        tuple(found.conditions),
        tuple(found.at_ties),
        not found.doubts,
        found.exact_at_ties,
        measured,
        tuple(found.doubts),
    )


def _readable(formula: object) -> str:
    """A formula as it is written in print, with maxima as they are called."""
    return str(formula).replace("Max(", "max(")


def _fixed(model: Model, values: Mapping[str, object]) -> dict[str, Fraction]:
    check_kind(values, Mapping, "values", "a mapping such as {'E': 0}")
    model.point(**values)
    found = {name: exact(value, name) for name, value in values.items()}
    for name, value in found.items():
        p = model.by_name[name]
        if not p.low <= value <= p.high:
            raise InputError(
                f"{name} = {readable(value)} lies outside its range {readable(p.low)} to {readable(p.high)}; "
                "choose a value within it"
            )
    return found


def _meant(model: Model, outcome: str | Path, after: Path) -> tuple[list[Path], str, Path]:
    """The paths meant, from ``after`` on, what they are called, and ``after`` as the model has it."""
    game = model.game
    if not game.lists_outcomes:
        raise InputError(f"{model.name} has no outcomes to be told apart; when something is played is asked of trees")
    after = _actions(model, after)
    inside = [path for path in game.paths if path[: len(after)] == after]
    if isinstance(outcome, str):
        said = outcome.strip()
        words = {path: model.outcome_words(path) for path in inside}
        chosen = [path for path in inside if words[path].casefold() == said.casefold()]
        chosen = chosen or [path for path in inside if said and said.casefold() in words[path].casefold()]
        if not chosen:
            possible = sorted(set(words.values()))
            known = "; ".join(map(quoted, possible[:MOST_LISTED]))
            more = f"; and {len(possible) - MOST_LISTED} more" if len(possible) > MOST_LISTED else ""
            raise InputError(f"{model.name} has no outcome {quoted(said)}; it has {known}{more}")
    else:
        begun = _actions(model, (*after, *outcome))
        chosen = [path for path in inside if path[: len(begun)] == begun]
        said = ", ".join(outcome) or "any outcome"
    said = f"{said} after {', '.join(after)}" if after else said
    return [path[len(after) :] for path in chosen], said, after


def _actions(model: Model, given: Path) -> Path:
    """The actions as the model writes them, with which some play begins."""
    found: Path = ()
    for action in given:
        possible = {
            path[len(found)] for path in model.game.paths if path[: len(found)] == found and len(path) > len(found)
        }
        alike = sorted(each for each in possible if each.casefold() == str(action).casefold())
        own = [action] if action in possible else alike
        if not own:
            after = f" after {', '.join(found)}" if found else ""
            known = f"the actions{after} are {listed(sorted(possible))}" if possible else f"play ends{after}"
            raise InputError(
                f"no play of {model.name} has {quoted(str(action))} there; {known}{meant(str(action), possible)}"
            )
        found = (*found, own[0])
    return found


def _tied(said: Relation) -> Relation:
    assert isinstance(said, Related)
    return Related(said.left, ">=", said.right)
