"""Parameters: the symbols of a model, with their meaning, unit, range, default and source on record."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from games.errors import InputError
from games.exact import exact
from games.formulas.allowed import objection
from games.formulas.text import symbol_name
from games.sources import Source

if TYPE_CHECKING:
    import sympy


class Unit(StrEnum):
    """What a parameter is measured in."""

    PAYOFF = "payoff"
    SHARE = "share, 0 to 1"
    PROBABILITY = "probability"
    DISCOUNT = "discount factor per round"
    RATIO = "ratio"


@dataclass(frozen=True, init=False)
class Parameter:
    """One symbol of a model, given first; the other fields are given by name.

    ``low`` and ``high`` bound the range that the analyses cover; the ``default`` lies within. The three are given as
    integers, fractions or text such as ``"0.3"``, and are kept exact. ``source`` says where they come from.

    >>> import sympy
    >>> from games.parameters import Parameter, Unit
    >>> from games.sources import Assumed
    >>> c = Parameter(
    ...     sympy.Symbol("c"),
    ...     meaning="cost of a war",
    ...     default="1/2",
    ...     low=0,
    ...     high=2,
    ...     unit=Unit.PAYOFF,
    ...     source=Assumed("a guess"),
    ... )
    >>> c.name, c.default
    ('c', Fraction(1, 2))

    Raises `InputError` for a symbol whose name no formula can have or that sympy assumes something of, for a float, and
    for a default outside the range.
    """

    symbol: "sympy.Symbol"
    meaning: str
    default: Fraction
    low: Fraction
    high: Fraction
    unit: Unit
    source: Source

    def __init__(
        self,
        symbol: "sympy.Symbol",
        *,
        meaning: str,
        default: int | str | Fraction,
        low: int | str | Fraction,
        high: int | str | Fraction,
        unit: Unit,
        source: Source,
    ) -> None:
        name = symbol_name(symbol.name)
        if said := objection(symbol):
            raise InputError(f"the parameter {name} {said}")
        numbers = {"default": default, "low": low, "high": high}
        exactly = {field: exact(value, f"{field} of {name}") for field, value in numbers.items()}
        for field, value in {**exactly, "symbol": symbol, "meaning": meaning, "unit": unit, "source": source}.items():
            object.__setattr__(self, field, value)
        if self.low > self.high:
            ends = f"{self.low} to {self.high}"
            raise InputError(
                f"{name}: its range goes from {ends}; low comes first, and an end not given is the default"
            )
        if not self.low <= self.default <= self.high:
            raise InputError(f"{name}: the default {self.default} lies outside its range {self.low} to {self.high}")

    def within(self, low: Fraction, high: Fraction) -> "Parameter":
        """The same with another range; a default beyond one of its ends is that end."""
        return replace(self, low=low, high=high, default=min(max(self.default, low), high))

    @property
    def name(self) -> str:
        """The symbol's name, by which values are given."""
        return str(self.symbol.name)
