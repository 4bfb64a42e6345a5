"""The questions behind a verdict as SMT-LIB 2 files (Barrett, Fontaine & Tinelli 2017), for any solver that reads them.

Each asks whether numbers exist at which all of it holds: payoffs that the premises allow, and an equilibrium there that
breaks the claim. "unsat" means that there are none. The files hold the inequalities as they are, with a Boolean
constant for each option of a choice, and none of the shortcuts by which the engine comes to its answer.

A claim that is meant of some equilibrium is broken at payoffs where none is as it says. Where choices are in order they
are eliminated first, else each case is denied on its own; one with unknowns is denied for all of their values.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import prod

from analyses.claims import Claim
from analyses.claims.setting import Setting
from analyses.proof.choosing import Choosing
from analyses.proof.relaxation import Ends
from analyses.proof.solver import declared, symbol
from games.cases import Cases
from games.exact import Number
from games.formulas.relations import in_words
from games.terms import Condition, Joined, Op, Poly, Sign, Taken, at_least, denied, equal, every, names_in, some, var

MOST_CASES = 2_000
"""The most cases that are denied one by one where a claim is meant of some equilibrium."""

LONGEST_NAME = 80
"""The most characters of a file's name, without its ending."""

_LINE = re.compile(r"\s+")
_NO_FILE = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True)
class Denied:
    """For no values of the ``unknowns``, if there are any, does the ``condition`` hold."""

    unknowns: tuple[str, ...]
    condition: Condition


@dataclass(frozen=True)
class Question:
    """Whether numbers exist at which all of the ``parts`` hold, each a heading with what it says.

    ``about`` is told in comments. ``broken``: whether a yes breaks the claim; else a yes says that its premises allow
    some payoffs.
    """

    name: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Condition | Denied, ...]], ...]
    broken: bool = True

    @property
    def text(self) -> str:
        """The file."""
        return _Writer(self).text


def questions_of(claim: Claim) -> tuple[Question, ...]:
    """Whether the premises allow any payoffs, and whether any of them break the claim.

    The second is left out where a claim is meant of some equilibrium and has more than `MOST_CASES` cases, which cannot
    be denied one by one. Raises `InputError` for a concept that cannot be decided.
    """
    setting = Setting(claim.plain)
    allowed = _allowed(setting)
    said = (f"claim {claim.name}: {claim.argument}", f"model: {', '.join(model.name for model in claim.models)}")
    premises = Question(
        f"{claim.name}-premises",
        (*said, "Do the premises allow any payoffs? sat: some; unsat: none."),
        allowed,
        broken=False,
    )
    against = _against(setting)
    if against is None:
        return (premises,)
    which = "every" if claim.every else "some"
    asked = (
        f"claimed in {which} {claim.noun}: {claim.conclusion}",
        "Do any payoffs that the premises allow break it? unsat: the claim is proved; sat: it is refuted.",
    )
    return premises, Question(claim.name, (*said, *asked), (*allowed, *against))


def _allowed(setting: Setting) -> tuple[tuple[str, tuple[Condition, ...]], ...]:
    premises = zip(setting.claim.premises, setting.supposed, strict=True)
    return (
        ("ranges of the parameters", tuple(every(_within(name, ends)) for name, ends in setting.ranges.items())),
        ("assumptions of the model, and payoffs that are quotients or minima", tuple(setting.given)),
        *((f"premise: {in_words(premise)}", (condition,)) for premise, condition in premises),
    )


def _within(name: str, ends: Ends) -> Iterator[Condition]:
    low, high = ends
    if low is not None:
        yield at_least(var(name), low)
    if high is not None:
        yield at_least(high, var(name))


def _against(setting: Setting) -> tuple[tuple[str, tuple[Condition | Denied, ...]], ...] | None:
    """That an equilibrium breaks the claim, or that none keeps it."""
    if setting.claim.broken_by_one:
        cases, breaks = setting.claim.conclusion.against(setting)
        return *_cases(cases), ("the conclusion is denied", (breaks,))
    kept = _kept_nowhere(setting)
    return None if kept is None else (("no equilibrium is as claimed", kept),)


def _cases(cases: Cases) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """What it takes to be an equilibrium, choice by choice."""
    if cases.unknowns:
        yield "ranges of the unknowns", tuple(unknown.within for unknown in cases.unknowns)
    for choice in cases.choices:
        taken = [Taken(choice.name, option) for option in choice.options]
        once = [some([denied(one), denied(other)]) for k, one in enumerate(taken) for other in taken[k + 1 :]]
        options = []
        for one, option in zip(taken, choice.options.values(), strict=True):
            gives = [equal(var(name), value) for name, value in option.gives.items()]
            options.append(some([denied(one), every([option.holds, *gives])]))
        yield f"choice: {choice.name}", (some(taken), *once, *options)
    yield "what else an equilibrium must be", (*cases.bound, *cases.conditions)


def _kept_nowhere(setting: Setting) -> tuple[Condition | Denied, ...] | None:
    """That no case is as the claim says, over parameters alone or with unknowns that are denied; None if too many."""
    cases = setting.cases
    if setting.is_in_order:
        return (denied(Choosing(cases).possible({}, setting.concluded)),)
    if prod(len(choice.options) for choice in cases.choices) > MOST_CASES:
        return None
    within = [unknown.within for unknown in cases.unknowns]
    unknowns = {unknown.name for unknown in cases.unknowns}
    found: list[Condition | Denied] = []
    for taken in islice(cases.expanded(), MOST_CASES):
        case = every([*(condition for _, condition in cases.case(taken, setting.concluded)), *within])
        own = sorted(unknowns & names_in(case))
        found.append(Denied(tuple(own), case) if own else denied(case))
    return tuple(found)


class _Writer:
    """Writes a question; a condition that stands in several places is written once, under a name."""

    def __init__(self, question: Question) -> None:
        self.conditions = [one for _, several in question.parts for one in several]
        self.options: dict[tuple[str, str], str] = {}
        self.shared: dict[Joined, str] = {}
        self.definitions: list[str] = []
        self.degree = 0
        inner = [one.condition if isinstance(one, Denied) else one for one in self.conditions]
        bound = {name for one in self.conditions if isinstance(one, Denied) for name in one.unknowns}
        self.reals = sorted(set().union(*map(names_in, inner)) - bound)
        self._often = _occurring(one for one in self.conditions if not isinstance(one, Denied))
        self.text = self._written(question)

    def _written(self, question: Question) -> str:
        body: list[str] = []
        for heading, several in question.parts:
            written = [f"(assert {text})" for text in map(self._asserted, several) if text != "true"]
            body += [*_comment(heading), *self._defined(), *written] if written else []
        quantified = any(isinstance(one, Denied) for one in self.conditions)
        logic = f"{'' if quantified else 'QF_'}{'N' if self.degree > 1 else 'L'}RA"
        comments = [line for said in question.about for line in _comment(said)]
        booleans = [f"(declare-fun {name} () Bool)" for name in self.options.values()]
        head = ["(set-info :smt-lib-version 2.6)", f"(set-logic {logic})", *filter(None, [declared(self.reals)])]
        return "\n".join([*comments, *head, *booleans, *body, "(check-sat)", "(exit)", ""])

    def _defined(self) -> list[str]:
        """The definitions that what is asserted next needs."""
        found, self.definitions = self.definitions, []
        return found

    def _asserted(self, one: Condition | Denied) -> str:
        if not isinstance(one, Denied):
            return self.condition(one)
        variables = " ".join(f"(|{symbol(name)}| Real)" for name in one.unknowns)
        return f"(forall ({variables}) (not {self.condition(one.condition)}))"

    def condition(self, condition: Condition) -> str:
        match condition:
            case Sign(of, op):
                return self._sign(of, op)
            case Taken(choice, option, so):
                name = self._option(choice, option)
                return name if so else f"(not {name})"
            case Joined():
                return self._joined(condition)
        return "true" if condition else "false"

    def _joined(self, condition: Joined) -> str:
        if condition in self.shared:
            return self.shared[condition]
        text = f"({'and' if condition.all else 'or'} {' '.join(map(self.condition, condition.parts))})"
        if self._often[condition] < 2:
            return text
        self.shared[condition] = name = f"|shared {len(self.shared)}, a condition|"
        self.definitions.append(f"(define-fun {name} () Bool {text})")
        return name

    def _option(self, choice: str, option: str) -> str:
        if (choice, option) not in self.options:
            # The number keeps it apart from every other name.
            said = symbol(f"option {len(self.options)}: {choice}: {option}")
            self.options[choice, option] = f"|{said}|"
        return self.options[choice, option]

    def _sign(self, of: Poly, op: Op) -> str:
        self.degree = max(self.degree, *(len(monomial) for monomial in of.terms))
        if op == "!=":
            return f"(not (= {term(of)} 0))"
        return f"({'=' if op == '==' else op} {term(of)} 0)"


def _occurring(conditions: Iterable[Condition]) -> Counter[Joined]:
    """How often each joined condition stands somewhere, the parts of one that stands twice counted once."""
    found: Counter[Joined] = Counter()
    waiting = list(conditions)
    while waiting:
        part = waiting.pop()
        if isinstance(part, Joined):
            found[part] += 1
            if found[part] == 1:
                waiting += part.parts
    return found


def term(value: Poly) -> str:
    """A polynomial in SMT-LIB."""
    parts = []
    for monomial, coefficient in value.terms.items():
        factors = [f"|{symbol(name)}|" for name in monomial]
        if coefficient != 1 or not factors:
            factors.insert(0, number(coefficient))
        parts.append(f"(* {' '.join(factors)})" if len(factors) > 1 else factors[0])
    return f"(+ {' '.join(parts)})" if len(parts) > 1 else parts[0] if parts else "0"


def number(value: Number) -> str:
    """An exact number in SMT-LIB."""
    exact = Fraction(value)
    size = abs(exact)
    text = str(size.numerator) if size.denominator == 1 else f"(/ {size.numerator} {size.denominator})"
    return f"(- {text})" if exact < 0 else text


def _comment(said: str) -> list[str]:
    """A comment on a line of its own, whatever the text holds."""
    return [f"; {_LINE.sub(' ', said).strip()}"]


def files(claims: Sequence[Claim]) -> Mapping[str, bytes]:
    """The questions of several claims, each by the name of a file."""
    asked = [one for claim in claims for one in questions_of(claim)]
    return dict(
        zip(file_names([one.name for one in asked], ".smt2"), (one.text.encode() for one in asked), strict=True)
    )


def file_names(names: Iterable[str], ending: str) -> list[str]:
    """Names of files, all different whatever their capitals, with letters, digits, ``.``, ``_`` and ``-`` alone."""
    found: dict[str, str] = {}
    for name in names:
        plain = _NO_FILE.sub("_", name).lstrip(".")[:LONGEST_NAME]
        file, again = f"{plain}{ending}", 1
        while file.lower() in found:
            again += 1
            file = f"{plain}-{again}{ending}"
        found[file.lower()] = file
    return list(found.values())
