"""Two-player games to and from Nashpy (Knight & Campbell 2018, Journal of Open Source Software 3, 904).

Nashpy computes in floats, so a game sent there is inexact: each payoff becomes the nearest float, and payoffs that
differ by less than a float can tell become ties. A game that comes from there is exact: a float is read as its
shortest decimal text (``0.1`` as one tenth, as it was typed), an integer as itself.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from games.errors import InputError
from games.exact import exact
from games.forms.game import only_for
from games.forms.strategic import StrategicGame

if TYPE_CHECKING:
    import nashpy


def to_nashpy(game: StrategicGame) -> "nashpy.Game":
    """``game`` with its payoffs as floats, in two arrays of shape (strategies of the first, of the second).

    Nashpy knows positions only: strategy ``i`` there is the ``i``-th label here. Raises `InputError` unless the game
    has two players and numbers, none beyond the range of a float.

    >>> from games import StrategicGame
    >>> from games.formats.nashpy import to_nashpy
    >>> to_nashpy(StrategicGame.bimatrix([[1, "1/2"]], [[0, 2]])).payoff_matrices[0]
    array([[1. , 0.5]])
    """
    import nashpy
    import numpy as np

    only_for("Nashpy", game, StrategicGame)
    if len(game.players) != 2:
        raise InputError(f"Nashpy takes games of two players; this one has {len(game.players)}")
    if not game.is_exact:
        raise InputError("the payoffs are formulas; Nashpy needs numbers, which Model.at gives")
    try:
        return nashpy.Game(*(np.array(game.matrix(player), dtype=float) for player in game.players))
    except OverflowError:
        raise InputError("a payoff is beyond the range of a float, in which Nashpy computes; rescale payoffs") from None


def from_nashpy(game: "nashpy.Game", strategies: Mapping[str, Sequence[str]] | None = None) -> StrategicGame:
    """The exact game with the payoffs of a Nashpy ``game``.

    ``strategies`` maps each player to labels in the order of the rows and the columns; without it the players are Row
    and Column, their strategies numbered from 1. Raises `InputError` for NaN and infinity.

    >>> import nashpy
    >>> from games.formats.nashpy import from_nashpy
    >>> from_nashpy(nashpy.Game([[1, 0.5]], [[0, 2]])).payoffs
    {('1', '1'): (Fraction(1, 1), Fraction(0, 1)), ('1', '2'): (Fraction(1, 2), Fraction(2, 1))}
    """
    if any(matrix.ndim != 2 for matrix in game.payoff_matrices):
        raise InputError("the payoffs of the Nashpy game are not matrices; it needs two arrays of two dimensions")
    rows, columns = (
        [[_number(value, f"a payoff of the {player}") for value in line] for line in matrix]
        for player, matrix in zip(("row player", "column player"), game.payoff_matrices, strict=True)
    )
    return StrategicGame.bimatrix(rows, columns, strategies)


def _number(value: Any, name: str) -> Fraction:
    import numpy as np

    return exact(str(value) if isinstance(value, float | np.floating) else value, name)
