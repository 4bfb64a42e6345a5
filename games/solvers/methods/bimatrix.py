"""The payoffs of two players in whole numbers, which exact methods calculate with much faster than with fractions.

A positive factor on all payoffs of a player changes no equilibrium.
"""

from collections.abc import Sequence
from math import lcm
from typing import TypeAlias

from games.errors import InputError
from games.exact import Number
from games.forms.strategic import StrategicGame

Payoffs: TypeAlias = Sequence[Sequence[Number]]
"""What each strategy of a player (a row) pays against each strategy of the other (a column)."""


def integers(matrix: Payoffs) -> tuple[list[list[int]], int]:
    """The matrix times the least common denominator of its entries, and that denominator."""
    scale = lcm(*(entry.denominator for row in matrix for entry in row))
    if scale == 1:
        return [[int(entry) for entry in row] for row in matrix], 1
    return [[int(entry * scale) for entry in row] for row in matrix], scale


def positive(matrix: list[list[int]]) -> list[list[int]]:
    """The matrix with a constant added that makes its least entry 1; best responses do not change."""
    shift = 1 - min(map(min, matrix))
    return [[entry + shift for entry in row] for row in matrix]


def both_payoffs(game: StrategicGame, concept: str) -> tuple[list[list[int]], list[list[int]]]:
    """Each player's payoffs, own strategies in rows, in whole numbers; `InputError` if there are not two players."""
    if len(game.players) != 2:
        raise InputError(f"{concept} needs two players, this game has {len(game.players)}")
    first, second = (game.matrix(player) for player in game.players)
    return integers(first)[0], integers([list(column) for column in zip(*second, strict=True)])[0]
