"""What every game has, whatever its form: a form is one class, in one file, that says all of this about itself.

A form names itself and the concept that solves it by default, lists its numbers, says where who chooses what and what
may happen, and writes the answers of a concept as a table. Whatever asks for these serves a new form without being told
of it. What a form's own file may not know, since it lies in a higher layer (how it is drawn, say), registers itself by
the form's class where it lives (`functools.singledispatch`).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeAlias

from games.errors import InputError, listed, quoted
from games.exact import alike
from games.forms import Entry
from games.tables import Cell, Table, Tabular

Path: TypeAlias = tuple[str, ...]
"""What may happen in a game, step by step, by labels."""


class PlayedPath(Protocol):
    """A path, and how probably play takes it."""

    @property
    def path(self) -> Path: ...
    @property
    def probability(self) -> Any: ...


class Played(Protocol):
    """What an equilibrium says of play, by labels; numbers are exact, or floats.

    ``strategies`` maps each of the game's places to a mixture of what may be chosen there, ``payoffs`` each player to
    what it gets, ``beliefs`` an information set to what is held likely there. ``outcomes`` are the paths that are
    played; a form that does not list them has none, unless the equilibrium is a distribution over them.
    ``continuations`` are what everybody gets once play has come to a path, where that is known besides ``payoffs``.
    ``choices`` are the numbers that players choose, where they choose numbers.
    """

    @property
    def strategies(self) -> Mapping[str, Mapping[str, Any]]: ...
    @property
    def payoffs(self) -> Mapping[str, Any]: ...
    @property
    def outcomes(self) -> Sequence[PlayedPath]: ...
    @property
    def beliefs(self) -> Mapping[str, Mapping[Path, Any]]: ...
    @property
    def continuations(self) -> Mapping[Path, Mapping[str, Any]]: ...
    @property
    def choices(self) -> Mapping[str, Any]: ...


class Game(Tabular, ABC):
    """A game of some form; each form is a final, immutable class below this one."""

    kind: ClassVar[str]
    """What a message calls a game of this form: "a tree"."""

    form: ClassVar[str]
    """The form's name in data: "extensive"."""

    place: ClassVar[str] = "player"
    """What a message calls one of the `places`."""

    lists_outcomes: ClassVar[bool] = True
    """Whether an equilibrium lists the paths that it takes; where not, its strategies say what is played."""

    if TYPE_CHECKING:
        # A form may keep its players as a field, which would take an abstract property for its default.
        @property
        def players(self) -> tuple[str, ...]:
            """The players, in the order of the payoffs."""

        # Most forms have one for all their games.
        @property
        def default_concept(self) -> str:
            """The name of the solution concept that `solve` uses when none is named."""

    @property
    @abstractmethod
    def entries(self) -> tuple[Entry, ...]:
        """Every number of the game, in a fixed order."""

    @abstractmethod
    def with_entries(self, entries: Iterable[Entry]) -> Self:
        """The same game with other numbers, in the order of `entries`; `InputError` for too many or too few."""

    @property
    @abstractmethod
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """Where something is chosen, and what may be chosen there: the keys of a strategy profile."""

    @property
    @abstractmethod
    def paths(self) -> Iterable[Path]:
        """All that may happen, each path once."""

    @abstractmethod
    def table(self) -> Table:
        """The game as a table."""

    @property
    def is_exact(self) -> bool:
        """Whether every entry is a number, so that the game can be solved."""
        return not any(hasattr(value, "free_symbols") for value in self.entries)

    @property
    def followed_concept(self) -> str | None:
        """The concept whose answers the analyses follow through the parameters; None where they follow none.

        Its equilibria are pure and stay the same as long as no comparison of payoffs turns.
        """
        return None

    @property
    def written_out(self) -> "Game":
        """The game that is solved: this one, unless the form is a short way to write a game of another."""
        return self

    def payoff_differences(self) -> Iterator[Any]:
        """What a mover may get by one choice minus what by another, at every place of the game."""
        return iter(()) if self.written_out is self else self.written_out.payoff_differences()

    def check_path(self, path: Path, after: Path = ()) -> None:
        """Raises `InputError` unless play may take ``path`` once it has come to ``after``."""
        self._check_among(self.paths, path, after)

    def _check_among(self, known: Iterable[Path], path: Path, after: Path) -> None:
        if after:
            raise InputError(f"{self.kind} has no histories to look behind; leave out {listed(after)}")
        allowed = dict.fromkeys(known)
        if path not in allowed:
            raise InputError(
                f"{quoted(', '.join(path))} is no outcome; there are {listed(', '.join(one) for one in allowed)}"
            )

    def played_paths(self, played: Played) -> list[Path]:
        """The paths that an equilibrium takes."""
        return [outcome.path for outcome in played.outcomes]

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """The answers of a concept, one in a row: what is chosen at each place, and the payoffs.

        ``components`` are sets of answers that belong together, by their positions in ``found``.
        """
        component_of: dict[int, list[str]] = {}
        for number, members in enumerate(components, start=1):
            for member in members:
                component_of.setdefault(member, []).append(str(number))
        header = ("", *self.places, *payoff_columns(self.players), *(["component"] if components else []))
        rows, written = [], style(found)
        for position, played in enumerate(found):
            row = [
                Cell(str(position + 1)),
                *(Cell(mixture(played.strategies[place], written)) for place in self.places),
            ]
            row += [Cell(written(played.payoffs[player])) for player in self.players]
            if components:
                row.append(Cell(", ".join(component_of.get(position, []))))
            rows.append(tuple(row))
        first = 1 + len(self.places)
        return Table(header, tuple(rows), numeric=frozenset(range(first, first + len(self.players))), caption=caption)

    def __repr__(self) -> str:
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


Written: TypeAlias = Callable[[Any], str]
"""How a number is written."""


def style(found: Iterable[Played]) -> Written:
    """The one style for all numbers of a table of these answers: probabilities, payoffs, beliefs, numbers chosen."""
    return alike(number for played in found for numbers in _numbers(played) for number in numbers.values())


def _numbers(played: Played) -> Iterator[Mapping[Any, Any]]:
    yield from played.strategies.values()
    yield played.payoffs
    yield from played.beliefs.values()
    yield from played.continuations.values()
    yield played.choices


def mixture(mix: Mapping[str, Any], written: Written | None = None) -> str:
    """A strategy in short: the label of a pure one, else the weighted sum of its support."""
    played = {label: weight for label, weight in mix.items() if weight}
    if len(played) == 1:
        return next(iter(played))
    written = written or alike(played.values())
    return " + ".join(f"{written(weight)} {label}" for label, weight in played.items())


def payoff_columns(players: Sequence[str]) -> tuple[str, ...]:
    """The headers of a table's columns of payoffs."""
    return tuple(f"payoff of {player}" for player in players)


def first_row(cells: Sequence[str], is_first: bool) -> list[Cell]:
    """Cells that stand in the first of several rows that belong together, and are empty in the others."""
    return [Cell(cell if is_first else "") for cell in cells]


def only_for(what: str, game: object, *forms: type[Game]) -> None:
    """Raises `InputError` unless ``game`` has one of the ``forms`` that ``what`` takes."""
    if not isinstance(game, forms):
        raise refused(what, game, *forms)


def refused(what: str, game: object, *forms: type[Game]) -> InputError:
    """The error that says which ``forms`` ``what`` takes, and that ``game`` has none of them."""
    allowed = " or ".join(form.kind for form in forms)
    given = game.kind if isinstance(game, Game) else quoted(type(game).__name__)
    return InputError(f"{what} takes {allowed}, not {given}")
