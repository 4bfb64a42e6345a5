"""Games of continuous choice: each player chooses a number of an interval, and payoffs are polynomials in all of them.

Quantities, prices, tariffs and efforts are such choices: Cournot (1838), Recherches sur les principes mathématiques de
la théorie des richesses. Payoffs are continuous and the intervals closed and bounded, so that a best response always
exists; where each payoff is concave in its player's own choice, so does an equilibrium: Debreu (1952), Proceedings of
the National Academy of Sciences 38, Glicksberg (1952), Proceedings of the American Mathematical Society 3. A game keeps
the coefficients, which are numbers or formulas in a model's parameters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, ClassVar, TypeAlias, final

from games.errors import InputError, listed, quoted
from games.exact import brief, readable
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, Played, payoff_columns, style
from games.forms.telling import with_root
from games.tables import Cell, Table

Powers: TypeAlias = tuple[int, ...]
"""The power of each choice in a product of choices, in the order of the players."""

LOWEST, BETWEEN, HIGHEST = "lowest", "between", "highest"
"""Where a choice lies in its interval: at one of its ends, or properly between them."""

POSITIONS = (LOWEST, BETWEEN, HIGHEST)

MOST_PLAYERS = 8
"""The most players."""

HIGHEST_DEGREE = 16
"""The highest degree of a payoff."""

MOST_TERMS = 2_000
"""The most products of choices in one payoff."""


@dataclass(frozen=True)
class Interval:
    """What a player chooses: ``name`` is what the choice is called in formulas, the ends belong to the interval."""

    name: str
    low: Entry
    high: Entry


@final
@dataclass(frozen=True, repr=False)
class ContinuousGame(Game):
    """A game in which everybody chooses a number at once.

    ``choices`` maps each player to the interval of its choice; ``payoffs`` maps each player to the coefficient of every
    product of choices in its payoff, by `Powers`. `ContinuousGame.of` reads the payoffs off formulas.

    >>> import sympy
    >>> from games import ContinuousGame, solve
    >>> q, r = sympy.symbols("q r")
    >>> duopoly = ContinuousGame.of(
    ...     {"A": (q, 0, 1), "B": (r, 0, 1)},
    ...     {"A": q * (1 - q - r), "B": r * (1 - q - r)},
    ... )
    >>> solve(duopoly)[0].choices
    {'A': Fraction(1, 3), 'B': Fraction(1, 3)}

    Raises `InputError` for choices of the same name, for an interval that is empty or a point, and for payoffs that are
    not one for each player or are too long.
    """

    kind: ClassVar[str] = "a game of continuous choice"
    form: ClassVar[str] = "continuous"
    default_concept: ClassVar[str] = "continuous-nash"

    choices: Mapping[str, Interval]
    payoffs: Mapping[str, Mapping[Powers, Entry]]

    def __post_init__(self) -> None:
        players = labels(self.choices, "the list of players")
        if len(players) > MOST_PLAYERS:
            raise InputError(f"the game has {len(players)} players; at most {MOST_PLAYERS} are allowed")
        intervals = {p: _interval(p, self.choices[p]) for p in players}
        labels([interval.name for interval in intervals.values()], "the list of choices")
        if set(self.payoffs) != set(players):
            raise InputError(f"payoffs are given for {listed(self.payoffs)}; give one for each of {listed(players)}")
        object.__setattr__(self, "choices", intervals)
        object.__setattr__(self, "payoffs", {p: _terms(p, self.payoffs[p], len(players)) for p in players})

    @staticmethod
    def of(choices: Mapping[str, tuple[Any, Entry, Entry]], payoffs: Mapping[str, Any]) -> "ContinuousGame":
        """The game whose payoffs are formulas of sympy in the symbols of the choices, and in parameters.

        A payoff may also be a polynomial (`sympy.Poly`) in these symbols.

        ``choices`` maps each player to the symbol of its choice and the two ends of its interval.

        >>> from sympy import symbols
        >>> q_1, q_2 = symbols("q_1 q_2")
        >>> duopoly = ContinuousGame.of(
        ...     {"First": (q_1, 0, 1), "Second": (q_2, 0, 1)},
        ...     {"First": (1 - q_1 - q_2) * q_1, "Second": (1 - q_1 - q_2) * q_2},
        ... )
        >>> duopoly.payoffs["First"]
        {(2, 0): Fraction(-1, 1), (1, 1): Fraction(-1, 1), (1, 0): Fraction(1, 1)}

        Raises `InputError` for a payoff that is no polynomial in the choices.
        """
        symbols = [symbol for symbol, _, _ in choices.values()]
        labels(map(str, symbols), "the list of choices")
        intervals = {player: Interval(str(symbol), low, high) for player, (symbol, low, high) in choices.items()}
        return ContinuousGame(intervals, {player: _read(player, paid, symbols) for player, paid in payoffs.items()})

    @property
    def players(self) -> tuple[str, ...]:
        """The players, in the order of ``choices``."""
        return tuple(self.choices)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ends of every interval, player by player; then the coefficients of every payoff."""
        ends = (end for interval in self.choices.values() for end in (interval.low, interval.high))
        return (*ends, *(value for paid in self.payoffs.values() for value in paid.values()))

    def with_entries(self, entries: Iterable[Entry]) -> "ContinuousGame":
        numbers = supply(entries, len(self.entries))
        intervals = {p: Interval(own.name, next(numbers), next(numbers)) for p, own in self.choices.items()}
        paid = {p: {powers: next(numbers) for powers in own} for p, own in self.payoffs.items()}
        return ContinuousGame(intervals, paid)

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The players, and where in its interval each may choose."""
        return dict.fromkeys(self.players, POSITIONS)

    @property
    def paths(self) -> Iterator[Path]:
        """Where everybody's choice may lie: for each player the lowest, between, or the highest."""
        return product(POSITIONS, repeat=len(self.players))

    def degree(self, player: str) -> int:
        """The highest power of the player's own choice in its payoff."""
        position = self.players.index(player)
        return max((powers[position] for powers in self.payoffs[player]), default=0)

    def payoff(self, choices: Sequence[Any], player: str) -> Any:
        """What ``player`` gets when these numbers are chosen, in the order of the players."""
        return value_at(self.payoffs[player], choices)

    def along(self, choices: Sequence[Any], player: str) -> list[Any]:
        """The payoff of ``player`` in its own choice alone, by power, the others' choices being as given."""
        return along(self.payoffs[player], choices, self.players.index(player))

    def position(self, player: str, choice: Any) -> str:
        """Where a number that the player may choose lies in its interval."""
        interval = self.choices[player]
        return LOWEST if choice == interval.low else HIGHEST if choice == interval.high else BETWEEN

    def table(self) -> Table:
        """One row for each player: its choice, the ends of the interval, and its payoff as a formula."""
        shown = readable if self.is_exact else str
        rows = []
        for player, interval in self.choices.items():
            ends = (shown(interval.low), shown(interval.high))
            rows.append(tuple(map(Cell, (player, interval.name, *ends, self.formula(player)))))
        header = ("Player", "chooses", "from", "to", "Payoff")
        return Table(header, tuple(rows), numeric=frozenset({2, 3}), caption="Everybody chooses at once.")

    def formula(self, player: str) -> str:
        """The payoff of ``player`` written out in the names of the choices."""
        names = [interval.name for interval in self.choices.values()]
        written = ""
        for powers, value in self.payoffs[player].items():
            factors = [
                name if power == 1 else f"{name}^{power}" for name, power in zip(names, powers, strict=True) if power
            ]
            sign, size = _written(value)
            if size != "0":
                written += f" {sign} " + "·".join(factors if factors and size == "1" else [size, *factors])
        written = written or " + 0"
        return written[3:] if written.startswith(" + ") else "−" + written[3:]

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """One row for each answer: the numbers chosen, and the payoffs."""
        rows, written = [], style(found)
        for number, played in enumerate(found, start=1):
            chosen = [Cell(with_root(played.choices[player], written)) for player in self.players]
            paid = [Cell(with_root(played.payoffs[player], written)) for player in self.players]
            rows.append((Cell(str(number)), *chosen, *paid))
        names = [f"{player}: {interval.name}" for player, interval in self.choices.items()]
        header = ("", *names, *payoff_columns(self.players))
        return Table(header, tuple(rows), numeric=frozenset(range(1, len(header))), caption=caption)


def _written(value: Entry) -> tuple[str, str]:
    """The sign of a coefficient, and the rest of it as a factor."""
    if not hasattr(value, "free_symbols"):
        return "−" if value < 0 else "+", readable(abs(value))
    text = str(value)
    if getattr(value, "is_Add", True):
        return "+", f"({text})"
    return ("−", text[1:]) if text.startswith("-") else ("+", text)


def value_at(terms: Mapping[Powers, Any], choices: Sequence[Any]) -> Any:
    """The value of a sum of products of choices, over whatever numbers these are."""
    return sum(_product(choices, powers) * value for powers, value in terms.items())


def _product(choices: Sequence[Any], powers: Powers) -> Any:
    return prod(
        (choice for choice, power in zip(choices, powers, strict=True) for _ in range(power)), start=Fraction(1)
    )


def along(terms: Mapping[Powers, Any], choices: Sequence[Any], own: int) -> list[Any]:
    """The coefficients by power of the choice at position ``own``, where the others are as given."""
    parts: list[Any] = [Fraction(0)] * (1 + max((powers[own] for powers in terms), default=0))
    for powers, value in terms.items():
        others = tuple(0 if k == own else power for k, power in enumerate(powers))
        parts[powers[own]] = parts[powers[own]] + _product(choices, others) * value
    return parts


def _interval(player: str, given: Interval) -> Interval:
    if not isinstance(given, Interval):
        raise InputError(f"the choice of {player} is {quoted(given)}; give an Interval of a name and two ends")
    ends = [entry(end, f"an end of the interval of {player}") for end in (given.low, given.high)]
    low, high = ends
    if not any(hasattr(end, "free_symbols") for end in ends) and not low < high:
        raise InputError(
            f"the interval of {player} goes from {brief(low)} to {brief(high)}; the second must be the greater"
        )
    return Interval(given.name, low, high)


def _terms(player: str, given: Mapping[Powers, Entry], count: int) -> dict[Powers, Entry]:
    if not isinstance(given, Mapping):
        raise InputError(f"the payoff of {player} is {quoted(given)}; give a coefficient by powers of the choices")
    if len(given) > MOST_TERMS:
        raise InputError(f"the payoff of {player} has {len(given)} terms; at most {MOST_TERMS} are allowed")
    terms = {}
    for powers, value in given.items():
        if len(powers) != count or not all(type(power) is int and power >= 0 for power in powers):
            raise InputError(
                f"the payoff of {player} has the powers {quoted(powers)}; give {count} whole numbers, one a choice"
            )
        if sum(powers) > HIGHEST_DEGREE:
            raise InputError(
                f"the payoff of {player} has the degree {sum(powers)}; at most {HIGHEST_DEGREE} is allowed"
            )
        terms[powers] = entry(value, f"a coefficient in the payoff of {player}")
    return terms


def _read(player: str, formula: Any, symbols: Sequence[Any]) -> dict[Powers, Entry]:
    """The coefficients of a formula in the choices."""
    # Imported here, so that games in numbers do without sympy.
    import sympy

    from games.formulas.allowed import formula as allowed

    what = f"the payoff of {player}"
    try:
        read = formula if isinstance(formula, sympy.Poly) else sympy.Poly(allowed(formula, what), *symbols)
    except sympy.PolynomialError:
        raise InputError(f"{what} is {quoted(formula)}, which is no polynomial in {listed(symbols)}") from None
    if read.gens != tuple(symbols):
        raise InputError(f"{what} is a polynomial in {listed(read.gens)}; give one in {listed(symbols)}")
    return {powers: sympy.factor(value) for powers, value in zip(read.monoms(), read.coeffs(), strict=True)}
