"""A game of continuous choice in a document.

``choices`` is a table from each player to a table of

- ``name``, what its number is called in formulas, a name as parameters have;
- ``low`` and ``high``, the ends of its interval.

``payoffs`` is a table from each player to a number or a formula, a polynomial in these names; its coefficients may have
the declared parameters.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from games.errors import InputError, listed, quoted
from games.formats.fields import line, names, needed, only, table
from games.forms import Entry
from games.forms.continuous import ContinuousGame
from games.formulas.text import symbol_name

if TYPE_CHECKING:
    import sympy

_KEYS = ("name", "low", "high")


class Formulas(Protocol):
    """Reads numbers and formulas in the declared parameters, and in further names."""

    def __call__(self, value: object, what: str) -> Entry:
        """An entry of a game."""

    def beside(self, further: "Mapping[str, sympy.Symbol]") -> "Formulas":
        """What reads formulas in these names, too."""

    @property
    def symbols(self) -> "Mapping[str, sympy.Symbol]":
        """The names that formulas may have."""


def continuous_game(document: Mapping[str, Any], entry: Formulas) -> ContinuousGame:
    """The game in ``document``; raises `InputError` naming the player whose part is not as this module defines."""
    from sympy import Symbol

    given = table(document["choices"], "choices", "players and intervals")
    choices: dict[str, tuple[Symbol, Entry, Entry]] = {}
    for player in names(given, "choices"):
        what = f"the choice of {player}"
        fields = table(given[player], what, "name, low and high")
        only(fields, _KEYS, what)
        name = symbol_name(line(needed(fields, "name", what), f"the name of {what}"))
        if name in entry.symbols:
            raise InputError(f"{what} is called {quoted(name)}, which is the name of a parameter")
        low, high = (entry(needed(fields, end, what), f"the {end} end of {what}") for end in ("low", "high"))
        choices[player] = (Symbol(name), low, high)
    paid = table(needed(document, "payoffs", "the document"), "payoffs", "players and formulas")
    if set(paid) != set(choices):
        raise InputError(f"payoffs are given for {listed(paid)}; give one for each of {listed(choices)}")
    formulas = entry.beside({str(symbol): symbol for symbol, _, _ in choices.values()})
    return ContinuousGame.of(choices, {p: formulas(paid[p], f"the payoff of {p}") for p in choices})
