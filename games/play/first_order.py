"""Best responses and optima of a game of continuous choice as formulas, from their first-order conditions.

Where a payoff is quadratic in its player's own choice and concave, the best response is where its slope is zero, as far
as that lies in the interval. Where all payoffs are quadratic, these conditions are linear together, and so are those of
the joint optimum. The formulas speak of what lies between the ends of the intervals, in a model's parameters; of
concavity and of the ends they say nothing. The arithmetic is that of quotients of polynomials in the parameters.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from games.errors import InputError
from games.forms.continuous import ContinuousGame, Powers, along, value_at

if TYPE_CHECKING:
    import sympy

Formulas: TypeAlias = "dict[str, sympy.Expr]"
"""A formula for each player."""


class _Field:
    """Quotients of polynomials in the symbols of the game's coefficients, and in those of the choices."""

    def __init__(self, game: ContinuousGame) -> None:
        # Imported here, as everywhere in this module, so that games in numbers do without sympy.
        import sympy

        self.symbols = [sympy.Symbol(interval.name) for interval in game.choices.values()]
        free = {s for value in game.entries for s in getattr(value, "free_symbols", ())} | set(self.symbols)
        self.domain = sympy.QQ.frac_field(*sorted(free, key=str))
        self.players = game.players
        self.chosen = [self(symbol) for symbol in self.symbols]
        self.payoffs = {
            player: {powers: self(value) for powers, value in paid.items()} for player, paid in game.payoffs.items()
        }

    def __call__(self, formula: Any) -> Any:
        import sympy

        try:
            return self.domain.from_sympy(sympy.sympify(formula))
        except ValueError:
            raise InputError(
                f"{formula} is no quotient of polynomials, and has no first-order conditions here"
            ) from None

    def formula(self, value: Any) -> "sympy.Expr":
        """The value as a formula of sympy."""
        import sympy

        return sympy.factor(self.domain.to_sympy(value))

    def slope(self, terms: Mapping[Powers, Any], own: int) -> Any:
        """The derivative in the choice at position ``own``."""
        parts = along(terms, self.chosen, own)
        return sum(k * part * self.chosen[own] ** (k - 1) for k, part in enumerate(parts) if k)

    def zero(self, slopes: Sequence[Any]) -> Formulas:
        """The choices at which linear slopes are zero together."""
        rows = []
        for slope in slopes:
            shares = [slope.diff(symbol) for symbol in self.chosen]
            rest = slope - sum(share * symbol for share, symbol in zip(shares, self.chosen, strict=True))
            if any(value.diff(symbol) for value in (*shares, rest) for symbol in self.chosen):
                raise InputError("the first-order conditions are not linear, and have no formula here")
            rows.append([*shares, -rest])
        return dict(zip(self.players, map(self.formula, self._solved(rows)), strict=True))

    def _solved(self, rows: list[list[Any]]) -> list[Any]:
        for k in range(len(rows)):
            chosen = next((i for i in range(k, len(rows)) if rows[i][k]), None)
            if chosen is None:
                raise InputError("the first-order conditions have no one solution, and no formula here")
            rows[k], rows[chosen] = rows[chosen], rows[k]
            rows[k] = [value / rows[k][k] for value in rows[k]]
            for i, row in enumerate(rows):
                if i != k:
                    rows[i] = [value - row[k] * pivot for value, pivot in zip(row, rows[k], strict=True)]
        return [row[-1] for row in rows]


def best_response(game: ContinuousGame, player: str) -> "sympy.Expr":
    """The choice of ``player`` at which its payoff has no slope, in the symbols of the others' choices.

    >>> import sympy
    >>> from games import ContinuousGame
    >>> from games.play.first_order import best_response
    >>> q, r = sympy.symbols("q r")
    >>> duopoly = ContinuousGame.of(
    ...     {"A": (q, 0, 1), "B": (r, 0, 1)},
    ...     {"A": q * (1 - q - r), "B": r * (1 - q - r)},
    ... )
    >>> best_response(duopoly, "A")
    -(r - 1)/2

    Raises `InputError` unless the payoff is quadratic in the player's own choice.
    """
    if game.degree(player) != 2:
        raise InputError(f"the payoff of {player} is not quadratic in its own choice, and has no formula of a best one")
    field = _Field(game)
    _, slope, curve = along(field.payoffs[player], field.chosen, game.players.index(player))
    return field.formula(-slope / (2 * curve))


def equilibrium_formulas(game: ContinuousGame) -> Formulas:
    """The choices at which nobody's payoff has a slope in the own choice.

    >>> import sympy
    >>> from games import ContinuousGame
    >>> from games.play.first_order import equilibrium_formulas
    >>> q, r, c = sympy.symbols("q r c")
    >>> duopoly = ContinuousGame.of(
    ...     {"A": (q, 0, 1), "B": (r, 0, 1)},
    ...     {"A": q * (1 - c - q - r), "B": r * (1 - q - r)},
    ... )
    >>> equilibrium_formulas(duopoly)
    {'A': -(2*c - 1)/3, 'B': (c + 1)/3}

    Raises `InputError` unless this is a system of linear equations with one solution.
    """
    field = _Field(game)
    return field.zero([field.slope(field.payoffs[player], k) for k, player in enumerate(game.players)])


def joint_optimum_formulas(game: ContinuousGame) -> Formulas:
    """The choices at which the sum of the payoffs has no slope; raises `InputError` as `equilibrium_formulas` does."""
    field = _Field(game)
    positions = range(len(game.players))
    return field.zero([sum(field.slope(paid, k) for paid in field.payoffs.values()) for k in positions])


def payoffs_at(game: ContinuousGame, choices: Mapping[str, Any]) -> Formulas:
    """What everybody gets where these formulas, or numbers, are chosen, player by player."""
    field = _Field(game)
    chosen = [field(choices[player]) for player in game.players]
    return {player: field.formula(value_at(paid, chosen)) for player, paid in field.payoffs.items()}
