"""The independent check of numbers chosen in a game of continuous choice: best responses and regret.

Against the others' numbers a payoff is a polynomial in the player's own. That no number of the interval pays more than
the one chosen is decided by where the polynomial of the difference changes its sign. Nothing here uses a solver.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from games.exact import Number
from games.forms.continuous import ContinuousGame
from games.roots import Polynomial, Real, brackets, common, derivative, divided, is_never_negative, polynomial, value

CLOSE = Fraction(1, 2**128)
"""How near an irrational critical point is bracketed."""


def is_best(game: ContinuousGame, choices: Sequence[Real], player: str) -> bool:
    """Whether no number pays ``player`` more than its own, the others' being as given; decided exactly."""
    interval = game.choices[player]
    own = choices[game.players.index(player)]
    pays = polynomial(game.along(choices, player))
    loss = polynomial([value(pays, own) - (pays[0] if pays else 0), *(-part for part in pays[1:])])
    return is_never_negative(loss, Fraction(interval.low), Fraction(interval.high))


def choice_regret(game: ContinuousGame, choices: Mapping[str, Number]) -> dict[str, Fraction]:
    """Each player's regret: the most that another number would add to its payoff; zero exactly if none adds any.

    Exact where the payoff is at most quadratic in the player's own choice, else within about 10⁻³⁸ of a payoff's slope.
    """
    numbers = [Fraction(choices[player]) for player in game.players]
    result = {}
    for player, own in zip(game.players, numbers, strict=True):
        pays = polynomial(game.along(numbers, player))
        if is_best(game, numbers, player):
            result[player] = Fraction(0)
            continue
        interval = game.choices[player]
        met = critical_points(pays, Fraction(interval.low), Fraction(interval.high))
        most = max(Fraction(value(pays, at)) for at in met)  # type: ignore[arg-type]
        result[player] = most - Fraction(value(pays, own))  # type: ignore[arg-type]
    return result


def critical_points(pays: Polynomial, low: Fraction, high: Fraction) -> list[Fraction]:
    """The ends of the interval and the points inside at which the slope is zero, irrational ones within `CLOSE`."""
    slope = derivative(pays)
    found = [low, high]
    if len(slope) > 1:
        simple = divided(slope, common(slope, derivative(slope)))[0]
        for one, other in brackets(simple, low, high):  # type: ignore[arg-type]
            found.append(_narrowed(simple, one, other))
    return found


def _narrowed(of: Polynomial, low: Fraction, high: Fraction) -> Fraction:
    """A number within `CLOSE` of the only root between; a rational root of a linear polynomial itself."""
    if len(of) == 2:
        return Fraction(-of[0] / of[1])  # type: ignore[arg-type]
    while high - low > CLOSE:
        middle = (low + high) / 2
        if Fraction(value(of, middle)) * Fraction(value(of, high)) > 0:  # type: ignore[arg-type]
            high = middle
        else:
            low = middle
    return (low + high) / 2
