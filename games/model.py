"""Models: a game whose numbers are formulas in named parameters, with what is assumed of them.

A payoff has one definition, the formula, and is read three ways: for all values (the formulas themselves), exactly
(`Model.at`) and in bulk (`Model.entries`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import exact, readable
from games.forms.game import Game, Path
from games.formulas.allowed import formula as checked
from games.formulas.allowed import rational
from games.formulas.relations import (
    ORDERED,
    SIGNS,
    Related,
    Relation,
    divisors_of,
    holds_at,
    in_words,
    relation,
    substituted,
    symbols_of,
)
from games.formulas.values import evaluate
from games.literature import Reference
from games.parameters import Parameter
from games.sources import Source
from games.tables import Cell, Table

if TYPE_CHECKING:
    import sympy

Point: TypeAlias = "Mapping[sympy.Symbol, Fraction]"
"""An exact value for each parameter's symbol."""


MOST_SHOWN = 60
"""The most rows of a game that are shown with its model."""


@dataclass(frozen=True)
class Assumption:
    """An inequality that every admissible set of parameter values satisfies, and why the model needs it.

    ``relation`` may be given as for `games.formulas.relations.relation`.

    >>> import sympy
    >>> from games.model import Assumption
    >>> str(Assumption(sympy.Symbol("c") > 0, "a war costs something"))
    'c > 0'
    """

    relation: Relation
    reason: str

    def __post_init__(self) -> None:
        said = relation(self.relation, "the assumption")
        if not isinstance(said, Related) or said.sign not in ORDERED:
            raise InputError(f"the assumption {in_words(said)} must be one inequality, with {listed(ORDERED)}")
        object.__setattr__(self, "relation", said)

    @property
    def margin(self) -> "sympy.Expr":
        """The greater side minus the lesser: ≥ 0 where the assumption holds, > 0 if it is strict."""
        compared = self._compared
        upwards = compared.sign in (">=", ">")
        return compared.left - compared.right if upwards else compared.right - compared.left

    @property
    def is_strict(self) -> bool:
        """Whether the two sides may not be equal."""
        return self._compared.sign == SIGNS[self._compared.sign].strict

    @property
    def _compared(self) -> Related:
        assert isinstance(self.relation, Related)
        return self.relation

    def holds(self, point: Point) -> bool:
        """Whether it holds at ``point``; where it divides by zero it does not."""
        return holds_at(self.relation, point)

    def __str__(self) -> str:
        return in_words(self.relation)


@dataclass(frozen=True, repr=False)
class Model:
    """A game in formulas.

    >>> from games.catalog import load
    >>> model = load("sanction-encounter")
    >>> model.at().is_exact
    True

    Raises `InputError` for a symbol that no parameter declares, one that two do, and defaults that break an assumption.

    ``outcome_words`` says in words what a path through the tree (or a profile) amounts to; paths with the same words
    count as the same outcome in the analyses. ``choice_words`` says what the choice of an action means, where that is
    worth saying. ``quantities`` gives further formulas of interest by name, computed from
    the game when asked for; ``shorthand`` are names that formulas of the parameters have in print, the greatest of
    several among them; ``asked`` are the outcomes of which a report says when they are played, each with the moves
    after which that is meant. ``axes`` names the two parameters that the region map shows unless told otherwise.
    ``unknown`` lists what the model cannot tell. ``arguments`` are the source's arguments that the model speaks to.
    ``references`` are the works that it is built on. ``tells_another_story`` says, of a model of a case, why what is
    played at its defaults is not what the source tells; it is empty where it is.
    """

    name: str
    title: str
    game: Game
    parameters: tuple[Parameter, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    question: str = ""
    story: str = ""
    outcome_words: Callable[[tuple[str, ...]], str] = ", ".join
    choice_words: Mapping[str, str] = field(default_factory=dict)
    axes: tuple[str, str] | None = None
    unknown: tuple[str, ...] = ()
    arguments: tuple[tuple[str, Source], ...] = ()
    quantities: Callable[[], Mapping[str, Any]] = dict
    shorthand: Mapping[str, Any] = field(default_factory=dict)
    asked: tuple[tuple[str, Path], ...] = ()
    references: tuple[Reference, ...] = ()
    tells_another_story: str = ""

    def __post_init__(self) -> None:
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) < len(names):
            raise InputError(f"{self.name}: a parameter is declared twice (declared: {listed(names)})")
        declared = {parameter.symbol for parameter in self.parameters}
        for value in self.game.entries:
            for symbol in sorted(getattr(value, "free_symbols", ()), key=str):
                if symbol not in declared:
                    raise InputError(f"{self.name}: {symbol} in {value} is not among the declared parameters")
        for name, formula in self.shorthand.items():
            self._check_shorthand(name, checked(formula, f"{self.name}: the shorthand {name}"))
        for assumption in self.assumptions:
            if undeclared := symbols_of(assumption.relation) - declared:
                unknown = sorted(map(str, undeclared))[0]
                raise InputError(f"{self.name}: {unknown} in the assumption {assumption} is not among the parameters")
            if not assumption.holds(self.point()):
                undefined = "; where it divides by zero it does not hold" if divisors_of(assumption._compared) else ""
                raise InputError(f"{self.name}: the defaults break the assumption {assumption}{undefined}")

    def _check_shorthand(self, name: str, formula: "sympy.Expr") -> None:
        from sympy import Max, Min

        symbols = {parameter.symbol for parameter in self.parameters}
        parts = formula.args if isinstance(formula, Max) else (formula,)
        if name in {symbol.name for symbol in symbols}:
            raise InputError(f"{self.name}: the shorthand {name} is the name of a parameter; choose another")
        if not all(part.free_symbols <= symbols and part.is_polynomial() and not part.has(Max, Min) for part in parts):
            raise InputError(
                f"{self.name}: the shorthand {name} = {formula} is neither a polynomial in the parameters nor the "
                "greatest of several"
            )

    @cached_property
    def by_name(self) -> Mapping[str, Parameter]:
        """The parameters by the names of their symbols, in their order."""
        return {parameter.name: parameter for parameter in self.parameters}

    def meanings(self, names: Iterable[str]) -> tuple[str, ...]:
        """What the parameters of these names stand for, a line each, in the model's order."""
        wanted = set(names)
        return tuple(f"{each.name}: {each.meaning}" for each in self.parameters if each.name in wanted)

    def point(self, /, **values: object) -> "dict[sympy.Symbol, Fraction]":
        """Exact values for all parameters: those given, the defaults elsewhere. The assumptions are not checked.

        Raises `InputError` for an unknown parameter, and for a value that is no exact number.
        """
        for name in values:
            if name not in self.by_name:
                has = f"it has {listed(self.by_name)}" if self.by_name else "it has none"
                raise InputError(f"{self.name} has no parameter {quoted(name)}; {has}{meant(name, self.by_name)}")
        return {
            parameter.symbol: exact(values.get(name, parameter.default), name)
            for name, parameter in self.by_name.items()
        }

    def at(self, /, **values: object) -> Game:
        """The exact game at these values, with defaults elsewhere: ``model.at(A_F="3/2", beta=1)``.

        Values may lie outside the parameters' ranges (see `outside`), not outside the assumptions.
        Raises `InputError` for an unknown parameter, a float, or a broken assumption.
        """
        point = self.point(**values)
        if broken := self.broken(point):
            names = sorted(symbol.name for symbol in symbols_of(broken.relation))
            shown = ", ".join(f"{name} = {readable(point[self.by_name[name].symbol])}" for name in names)
            raise InputError(f"{self.name} assumes {broken} ({broken.reason}); given were {shown}")
        return self.game_at(point)

    def game_at(self, point: Point) -> Game:
        """The exact game at ``point``, whatever the assumptions; raises `InputError` where a payoff has no value."""
        known: dict[Any, Fraction] = {}

        def value(entry: Any) -> Fraction:
            if entry not in known:
                known[entry] = evaluate(entry, point)
            return known[entry]

        try:
            return self.game.with_entries([value(entry) for entry in self.game.entries])
        except ZeroDivisionError:
            shown = ", ".join(f"{symbol} = {number}" for symbol, number in point.items())
            raise InputError(f"{self.name}: a payoff divides by zero at {shown}") from None

    def broken(self, point: Point) -> Assumption | None:
        """The first assumption that ``point`` breaks, if any."""
        return next((assumption for assumption in self.assumptions if not assumption.holds(point)), None)

    def with_free(self, free: Iterable[str], point: Point) -> Game:
        """The game in formulas of the ``free`` parameters alone, named, the others fixed at ``point``."""
        from sympy import sympify

        symbols = {self.by_name[name].symbol for name in free}
        fixed = {s: rational(v) for s, v in point.items() if s not in symbols}
        return self.game.with_entries([sympify(value).xreplace(fixed) for value in self.game.entries])

    def with_renamed(self, parameter: Parameter, symbol: "sympy.Symbol", name: str) -> "Model":
        """The same under another ``name``, with another symbol for one of its parameters."""
        from sympy import sympify

        swap = {parameter.symbol: symbol}
        return replace(
            self,
            name=name,
            game=self.game.with_entries([sympify(value).xreplace(swap) for value in self.game.entries]),
            parameters=tuple(replace(p, symbol=symbol) if p is parameter else p for p in self.parameters),
            assumptions=tuple(Assumption(substituted(a.relation, swap), a.reason) for a in self.assumptions),
            axes=None,
            quantities=dict,
            shorthand={},
            asked=(),
        )

    def outside(self, /, **values: object) -> tuple[str, ...]:
        """A remark for each given value that lies outside its parameter's range."""
        point = self.point(**values)
        return tuple(
            f"{p.name} = {readable(point[p.symbol])} lies outside the range {readable(p.low)} to {readable(p.high)} "
            "that the analyses cover"
            if p.low < p.high
            else f"{p.name} = {readable(point[p.symbol])}, but the analyses keep it fixed at {readable(p.low)}"
            for p in self.parameters
            if not p.low <= point[p.symbol] <= p.high
        )

    def entries(self, sample: Any) -> Any:
        """All entries of the game in floats: ``sample`` of shape (n, parameters) to shape (n, entries).

        The columns of ``sample`` follow ``parameters``, those of the result follow ``game.entries``. Floats misjudge
        ties; whatever depends on a tie belongs to `at`.
        """
        import numpy as np
        from sympy import lambdify, sympify

        columns = np.asarray(sample, dtype=float).T
        formulas = [sympify(value) for value in self.game.entries]
        compiled = lambdify([p.symbol for p in self.parameters], formulas, "numpy", cse=True)
        return np.stack([np.broadcast_to(column, columns.shape[1]) for column in compiled(*columns)], axis=1)

    def parameter_table(self, /, **values: object) -> Table:
        """Every parameter with its meaning, value, range, unit and source."""
        point = self.point(**values)
        rows = tuple(
            (
                Cell(p.name),
                Cell(p.meaning),
                Cell(readable(point[p.symbol]), marked=point[p.symbol] != p.default),
                Cell(f"{readable(p.low)} to {readable(p.high)}" if p.low < p.high else "fixed"),
                Cell(str(p.unit)),
                Cell(str(p.source)),
            )
            for p in self.parameters
        )
        return Table(("Symbol", "Meaning", "Value", "Range", "Unit", "Source"), rows, numeric=frozenset({2}))

    def __repr__(self) -> str:
        return self.described()

    def described(self, /, **values: object) -> str:
        """The model in plain text: its question and story, its parameters at these values, its assumptions."""
        lines = [f"{self.title} ({self.name})"]
        lines += [part for text in (self.question, self.story) if text for part in ("", text)]
        if self.parameters:
            lines += ["", self.parameter_table(**values).text()]
        if self.assumptions:
            lines += ["", "Assumptions:", *(f"  {a}: {a.reason}" for a in self.assumptions)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from html import escape

        assumed = "".join(f"<li>{escape(str(a))}: {escape(a.reason)}</li>" for a in self.assumptions)
        return (
            f"<p><strong>{escape(self.title)}</strong> ({escape(self.name)})<br>{escape(self.question)}</p>"
            f"{self._game_html()}{self.parameter_table().html()}"
            + (f"<p>Assumptions:</p><ul>{assumed}</ul>" if assumed else "")
        )

    def _game_html(self) -> str:
        """The game in formulas, unless it is too long to be read."""
        rows = len(self.game.table().rows)
        return self.game._repr_html_() if rows <= MOST_SHOWN else f"<p>The game has {rows} rows; see its table().</p>"


def check_is_model(value: object) -> None:
    """Raises `InputError` for what is no model where Python is to be given one."""
    check_kind(value, Model, "the model", "one of games.catalog.load or games.read")
