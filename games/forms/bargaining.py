"""The bargaining problem: what everybody may get if all agree, and what everybody gets if not.

Definition: Nash (1950), Econometrica 18. The payoffs that all may agree on are a convex set, since an agreement may be
a lottery. Here they are given in one of two ways. *Points* are agreements by name, each with what it pays everybody;
the set is their convex hull and, under free disposal, whatever is below it. Or, for two players, a *frontier*: how a
pie of one is divided, t to one player and the rest to the other, and what that is worth to each, as polynomials in t.
So u₂ = √(1 − u₁) is the curve u₁ = 1 − t², u₂ = t. The *disagreement point* is what everybody gets if talks end without
an agreement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Self, final

from games.errors import InputError, listed, quoted
from games.exact import readable
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, payoff_columns
from games.tables import Cell, Table

AGREEMENT = "Agreement"
"""The one place of the form: on what all agree."""

ON_THE_FRONTIER = "A point of the frontier"
NONE = "No agreement"
"""What may be agreed beside the points: a division, where there is a frontier, and nothing."""

MOST_POINTS = 1_000
"""The most points."""

MOST_POWERS = 16
"""The most coefficients of one payoff on a frontier."""


@final
@dataclass(frozen=True, repr=False)
class BargainingProblem(Game):
    """A bargaining problem of any number of players, or of two with a frontier.

    ``disagreement`` maps each player to its payoff without an agreement. ``points`` map the name of each agreement to
    one payoff for each player, in this order. ``frontier`` maps each of two players to the coefficients of its payoff
    as a polynomial in t, that of 1 first, for t between the two ``ends``. Exactly one of the two is given;
    `BargainingProblem.along` reads a frontier from formulas. With ``free_disposal`` everybody may also get less.

    >>> from games import BargainingProblem, solve
    >>> game = BargainingProblem({"A": 0, "B": 1}, {"all to A": (4, 1), "all to B": (0, 3)})
    >>> solve(game)[0].payoffs
    {'A': Fraction(2, 1), 'B': Fraction(2, 1)}

    Raises `InputError` for payoffs that are not one for each player, and unless one set of agreements is given.
    """

    kind: ClassVar[str] = "a bargaining problem"
    form: ClassVar[str] = "bargaining problem"
    default_concept: ClassVar[str] = "nash-bargaining"
    place: ClassVar[str] = "place"

    disagreement: Mapping[str, Entry]
    points: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    frontier: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    ends: tuple[Entry, Entry] = (0, 1)
    free_disposal: bool = True

    def __post_init__(self) -> None:
        players = labels(self.disagreement, "the list of players")
        paid = {p: entry(value, f"the disagreement payoff of {p}") for p, value in self.disagreement.items()}
        object.__setattr__(self, "disagreement", paid)
        if bool(self.points) == bool(self.frontier):
            raise InputError("give the agreements either as points or as a frontier")
        object.__setattr__(self, "points", self._checked_points(players) if self.points else {})
        object.__setattr__(self, "frontier", self._checked_frontier(players) if self.frontier else {})
        if len(self.ends) != 2:
            raise InputError(f"the ends of the frontier are {quoted(self.ends)}; give two numbers, low and high")
        low, high = (entry(end, "an end of the frontier") for end in self.ends)
        if self.frontier and not any(hasattr(end, "free_symbols") for end in (low, high)) and low >= high:
            raise InputError(f"the frontier runs from {low} to {high}; the lower end comes first")
        object.__setattr__(self, "ends", (low, high))

    @classmethod
    def along(
        cls,
        frontier: Mapping[str, object],
        disagreement: Mapping[str, Entry],
        ends: tuple[Entry, Entry] = (0, 1),
        free_disposal: bool = True,
    ) -> "BargainingProblem":
        """With a frontier given by a formula in t for each player, as text or of sympy.

        Raises `InputError` for what is no polynomial in t.
        """
        # Imported here, so that problems in numbers do without sympy.
        import sympy

        from games.formulas.allowed import formula
        from games.formulas.text import parse_formula

        t = sympy.Symbol("t")
        coefficients = {}
        for player, given in frontier.items():
            what = f"the payoff of {player} on the frontier"
            read = parse_formula(given, {"t": t}, what) if isinstance(given, str) else formula(given, what)
            if not read.is_polynomial(t):
                raise InputError(f"{what} is {quoted(read)}, which is no polynomial in t")
            coefficients[player] = tuple(sympy.Poly(read, t).all_coeffs()[::-1])
        return cls(disagreement, frontier=coefficients, ends=ends, free_disposal=free_disposal)

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The players, in the order of ``disagreement``."""
        return tuple(self.disagreement)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The disagreement payoffs; then those of the points, or the coefficients of the frontier and its ends."""
        rows = [*self.points.values(), *self.frontier.values(), *([self.ends] if self.frontier else [])]
        return (*self.disagreement.values(), *(value for row in rows for value in row))

    def with_entries(self, entries: Iterable[Entry]) -> Self:
        numbers = supply(entries, len(self.entries))
        disagreement = {player: next(numbers) for player in self.players}
        points = {name: tuple(next(numbers) for _ in row) for name, row in self.points.items()}
        frontier = {player: tuple(next(numbers) for _ in row) for player, row in self.frontier.items()}
        ends = (next(numbers), next(numbers)) if frontier else self.ends
        return replace(self, disagreement=disagreement, points=points, frontier=frontier, ends=ends)

    def payoff_differences(self) -> Iterator[Any]:
        """What an agreement is worth to a player over none."""
        for row in self.points.values():
            yield from (value - less for value, less in zip(row, self.disagreement.values(), strict=True))

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """What is agreed: a lottery over the points, a point of the frontier, or nothing."""
        return {AGREEMENT: (*(self.points or (ON_THE_FRONTIER,)), NONE)}

    @property
    def paths(self) -> Iterator[Path]:
        """What the lottery may lead to."""
        return ((name,) for name in self.places[AGREEMENT])

    def check_path(self, path: Path, after: Path = ()) -> None:
        """Raises `InputError` unless ``path`` is what may be agreed; nothing comes ``after`` it."""
        self._check_among(self.paths, path, after)

    def table(self) -> Table:
        """One row for each point, or for the frontier; the last for no agreement."""
        shown = readable if self.is_exact else str
        rows = {name: [shown(value) for value in row] for name, row in self.points.items()}
        if self.frontier:
            rows["Frontier"] = [_written(row) for row in self.frontier.values()]
        rows[NONE] = [shown(value) for value in self.disagreement.values()]
        low, high = map(shown, self.ends)
        along = f" Frontier: t from {low} to {high}." if self.frontier else ""
        disposal = "" if self.free_disposal else " No free disposal."
        return Table(
            ("", *payoff_columns(self.players)),
            tuple((Cell(name), *map(Cell, row)) for name, row in rows.items()),
            numeric=frozenset(range(1, 1 + len(self.players))),
            caption=f"What all may agree on, lotteries included.{along}{disposal}",
        )

    def _checked_points(self, players: tuple[str, ...]) -> dict[str, tuple[Entry, ...]]:
        names = labels(self.points, "the list of points")
        if len(names) > MOST_POINTS:
            raise InputError(f"there are {len(names)} points; at most {MOST_POINTS} are allowed")
        if NONE in names:
            raise InputError(f"a point is called {NONE!r}, which is what no agreement is called; choose another name")
        found = {}
        for name, row in self.points.items():
            if isinstance(row, str) or not isinstance(row, Sequence) or len(row) != len(players):
                raise InputError(
                    f"the payoffs of {quoted(name)} are {quoted(row)}; give one for each of {listed(players)}"
                )
            found[name] = tuple(
                entry(value, f"the payoff of {player} from {name}") for player, value in zip(players, row, strict=True)
            )
        return found

    def _checked_frontier(self, players: tuple[str, ...]) -> dict[str, tuple[Entry, ...]]:
        if len(players) != 2 or set(self.frontier) != set(players):
            raise InputError(
                f"a frontier is for two players; it is given for {listed(self.frontier)}, and there are "
                f"{listed(players)}"
            )
        found = {}
        for player in players:
            row = self.frontier[player]
            if isinstance(row, str) or not isinstance(row, Sequence) or not 1 <= len(row) <= MOST_POWERS:
                raise InputError(
                    f"the payoff of {player} on the frontier is {quoted(row)}; give from 1 to {MOST_POWERS} "
                    "coefficients of 1, t, t², …, or formulas to BargainingProblem.along"
                )
            found[player] = tuple(entry(value, f"a coefficient of the payoff of {player}") for value in row)
        return found


def _written(coefficients: Sequence[Entry]) -> str:
    """The polynomial in t for a reader."""
    parts = []
    for power, value in enumerate(coefficients):
        number = hasattr(value, "free_symbols")
        if number or value != 0:
            t = "" if power == 0 else "t" if power == 1 else f"t^{power}"
            size = f"({value})" if number else readable(value)
            parts.append(size if not t else t if size == "1" else f"−{t}" if size == "−1" else f"{size} {t}")
    return " + ".join(parts).replace("+ −", "− ") or "0"
