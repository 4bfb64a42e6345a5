"""What a case study is made of: a source's arguments as claims, facts on record, and tensions between arguments.

A source is evidence of an argument, not of facts. Each `Argument` is put as one or more statements, each a `Claim` on a
model, with its premises by name; where a fact on record differs from what the source says, a `Fact` keeps the two
apart; a `Tension` says which arguments pull apart. A `Case` holds all of them. Nothing here is decided: the ledger asks
`check`, and so the same ledger, argument map and report serve every case.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from analyses.claims import Claim
from games.errors import InputError, check_kind, listed, meant, quoted
from games.formulas.relations import Relation, relation
from games.model import Model
from games.sources import Assumed, Source

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


class Mode(StrEnum):
    """What a text does with an argument: a goal that it reports and a failure that it predicts do not clash."""

    ASSERTS = "asserts"
    REPORTS_A_GOAL = "reports a goal"
    PREDICTS = "predicts"
    PRESCRIBES = "prescribes"


class Role(StrEnum):
    """What a claim is to its argument."""

    BARE = "bare"
    """As the text has it: no premise that is not there."""

    REPAIRED = "repaired"
    """With premises that the text leaves unsaid, each with the reason why it was added."""

    OPPOSITE = "opposite"
    """What holds instead, where an argument fails."""

    DEFINITION = "definition"
    """True by what its words mean: it restates who chooses the better payoff."""


@dataclass(frozen=True)
class Premise:
    """Relations between parameters, under a name; they may be given as for `games.formulas.relations.relation`.

    ``source`` is where the text has it, or, as an `Assumed`, why it was added by whoever put the argument as a claim;
    None where that is not on record.
    """

    words: str
    relations: tuple[Relation, ...]
    source: Source | None = None

    def __post_init__(self) -> None:
        given = tuple(relation(each, f"the premise {quoted(self.words)}") for each in self.relations)
        object.__setattr__(self, "relations", given)

    @property
    def is_added(self) -> bool:
        """Whether it is not in the text."""
        return isinstance(self.source, Assumed)


@dataclass(frozen=True)
class Statement:
    """One claim of an argument. ``given`` are its premises by name, ``reading`` tells apart what the text may mean.

    ``searched``: its hidden premises, should it be refuted, are found soon, so that reports have them, too. ``role`` is
    what it is to the argument, None where that is not said. Raises `InputError` for a bare claim with a premise that is
    not in the text.
    """

    title: str
    claim: Claim
    given: tuple[Premise, ...] = ()
    reading: str = ""
    searched: bool = False
    role: Role | None = None

    def __post_init__(self) -> None:
        added = [premise.words for premise in self.given if premise.is_added]
        if self.role is Role.BARE and added:
            raise InputError(
                f"the claim {quoted(self.id)} is called bare, and the premise {quoted(added[0])} is not in the text; "
                f"call it {Role.REPAIRED}, or leave the premise out"
            )

    @property
    def id(self) -> str:
        """The name of its claim."""
        return self.claim.name


@dataclass(frozen=True)
class Argument:
    """An argument of the source, the statements that it comes to, and what the source leaves out.

    ``voice`` is whose argument it is (the author's, a government's), ``mode`` what the text does with it. A statement
    of the argument ``A2`` has a name such as ``A2-bare``; `InputError` is raised for any other.
    """

    id: str
    title: str
    source: Source
    statements: tuple[Statement, ...]
    left_out: str = ""
    voice: str = ""
    mode: Mode | None = None

    def __post_init__(self) -> None:
        _check_id(self.id, "an argument")
        for statement in self.statements:
            if not statement.id.startswith(f"{self.id}-"):
                raise InputError(
                    f"the argument {self.id} has a claim called {quoted(statement.id)}; its name must begin with "
                    f"{quoted(f'{self.id}-')}"
                )
            _check_id(self.label(statement), f"a claim of the argument {self.id}")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of its statements."""
        return tuple(statement.claim for statement in self.statements)

    def label(self, statement: Statement) -> str:
        """What a statement is called within the argument: ``bare`` for ``A2-bare``."""
        return statement.id[len(self.id) + 1 :]


@dataclass(frozen=True)
class Fact:
    """What the source says, what is on record, and the arguments for which the difference matters, or none: for all."""

    said: str
    source: Source
    record: str
    bears_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tension:
    """Two arguments, or two halves of one, that pull apart.

    ``shown_by`` are the claims of which it is asked whether they can hold together, of one and the same payoffs
    (`analyses.claims.compatible`). There are none where the tension is an omission, which no payoffs can show.
    """

    id: str
    title: str
    between: tuple[str, str]
    explanation: str
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unencoded:
    """What the source says and no claim puts, and why not."""

    said: str
    source: Source
    because: str


@dataclass(frozen=True)
class PlainWords:
    """How a model of a case is told to a reader who knows no game theory.

    ``clauses`` say of an action what its player does: "Russia gives up the islands". ``quantities`` say what the names
    that the model has in shorthand stand for. ``measured_in``: what all payoffs are counted in, such as "what the
    islands are worth to Russia", and ``nothing``: what counts as 0, such as "as before". ``assumes``: what sets the
    model apart from the others, after "there".
    """

    clauses: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, str] = field(default_factory=dict)
    measured_in: str = ""
    nothing: str = ""
    assumes: str = ""


@dataclass(frozen=True, repr=False)
class Case:
    """A case study.

    ``about`` introduces its report, which has a chapter for each of ``chapters``, in this order. ``models`` are those
    that it brings along and that the catalog does not have. ``unencoded`` is what no claim puts. ``proofs`` is a
    folder of stored proofs (`analyses.certificates.stored`). On the first page of the report stand the ``question``, of
    the claims those ``shown_first``, and what is ``not_known``; ``plain`` are the words for its models, by their names.
    ``place`` is what ``--case`` must be given to find it; it
    is empty for the case that is meant where none is named. Raises `InputError` for a name given twice, whatever its
    capitals, and for facts and tensions that speak of what is not there.

    >>> from analyses.commentary import CASE
    >>> CASE.title, [argument.id for argument in CASE.named("A2", "A7")]
    ("Japan's sanctions and the Kuril Islands", ['A2', 'A7'])
    """

    title: str
    about: str
    arguments: tuple[Argument, ...]
    facts: tuple[Fact, ...] = ()
    tensions: tuple[Tension, ...] = ()
    chapters: tuple[Model, ...] = ()
    models: tuple[Model, ...] = ()
    place: str = ""
    unencoded: tuple[Unencoded, ...] = ()
    proofs: Path | None = None
    question: str = ""
    shown_first: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    plain: Mapping[str, PlainWords] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = [argument.id for argument in self.arguments]
        claims = [statement.id for statement in self.statements]
        _check_distinct([*ids, *claims], "arguments or claims")
        _check_distinct([tension.id for tension in self.tensions], "tensions")
        _check_distinct([model.name for model in self.models], "models")
        for number, fact in enumerate(self.facts, start=1):
            _check_known(fact.bears_on, ids, f"fact number {number} bears on")
        for name in self.shown_first:
            if name not in claims:
                raise InputError(f"shown_first names {quoted(name)}, and there is no such claim{meant(name, claims)}")
        for tension in self.tensions:
            _check_id(tension.id, "a tension")
            _check_known(tension.between, ids, f"the tension {tension.id} is between")
            for name in tension.shown_by:
                if name not in claims:
                    raise InputError(
                        f"the tension {tension.id} is shown by {quoted(name)}, and there is no such claim"
                        f"{meant(name, claims)}"
                    )

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of all arguments, in their order."""
        return tuple(statement for argument in self.arguments for statement in argument.statements)

    @property
    def every_model(self) -> tuple[Model, ...]:
        """The models that have chapters, that claims are about or that the case brings along, each once."""
        spoken_of = (model for statement in self.statements for model in statement.claim.models)
        return tuple({model.name: model for model in (*self.chapters, *spoken_of, *self.models)}.values())

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """For each model that the case brings along, what a command is given to find it."""
        found_with = ("--case", self.place) if self.place else ()
        return {model.name: (model.name, *found_with) for model in self.models}

    def named(self, *names: str) -> tuple[Argument, ...]:
        """The arguments with these names, or of those arguments the statements with these names.

        Raises `InputError` for a name that neither an argument nor a claim has.
        """
        for name in names:
            check_kind(name, str, "the name", "text, such as 'A2'; several names are several arguments")
        wanted = {name.lower() for name in names}
        ids = [*(argument.id for argument in self.arguments), *(each.id for each in self.statements)]
        known = {argument.id.lower() for argument in self.arguments} | {each.id.lower() for each in self.statements}
        for name in names:
            if name.lower() not in known:
                raise InputError(
                    f"there is no claim {quoted(name)}; the arguments are {listed(a.id for a in self.arguments)}, and "
                    f"parley check --all names every claim{meant(name, ids)}"
                )
        whole = {argument.id for argument in self.arguments if argument.id.lower() in wanted}
        return self._with(s.id for a in self.arguments for s in a.statements if a.id in whole or s.id.lower() in wanted)

    def about_models(self, *models: Model) -> tuple[Argument, ...]:
        """The arguments with the statements that are about some of the models."""
        names = {model.name for model in models}
        return self._with(s.id for s in self.statements if names & {model.name for model in s.claim.models})

    def _with(self, ids: Iterable[str]) -> tuple[Argument, ...]:
        """The arguments with those of their statements alone, left out where they have none."""
        kept = set(ids)
        parts = (replace(a, statements=tuple(s for s in a.statements if s.id in kept)) for a in self.arguments)
        return tuple(part for part in parts if part.statements)

    def __repr__(self) -> str:
        return f"{self.title}: {len(self.arguments)} arguments, {len(self.statements)} claims"


def _check_id(id: str, what: str) -> None:
    """Raises `InputError` for a name that cannot be typed in a command as it stands."""
    if not _ID.fullmatch(id):
        raise InputError(
            f"{quoted(id)} cannot name {what}; use letters, digits, - and _, a letter or digit first, at most 40"
        )


def _check_distinct(names: Iterable[str], what: str) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if name.lower() in seen:
            raise InputError(f"two {what} are called {quoted(seen[name.lower()])} and {quoted(name)}; rename one")
        seen[name.lower()] = name


def _check_known(names: Iterable[str], known: Iterable[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise InputError(f"{what} {quoted(name)}, and there is no such argument; there are {listed(known)}")
