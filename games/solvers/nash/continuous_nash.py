"""Nash equilibria in pure strategies of games of continuous choice: numbers against which no other number pays more.

Definition: Nash (1951), Annals of Mathematics 54. At an equilibrium each choice lies at an end of its interval, or
between the ends where the slope of its player's payoff is zero. So for each way to lie the first-order conditions are
solved exactly (`games.solvers.methods.polynomial_systems`), and each solution is kept if every player's number is a
best response on its whole interval, which is decided exactly, too. The list is complete unless some first-order
conditions have a continuum of solutions or are too large. A payoff that is not concave in its player's own choice may
leave no equilibrium in pure strategies; in mixed ones there always is one: Glicksberg (1952), Proceedings of the
American Mathematical Society 3.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from games.cases import Cases, Choice, Draft, Option
from games.errors import InputError
from games.exact import Number, readable
from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, POSITIONS, ContinuousGame
from games.play.best_choices import is_best
from games.play.payoffs import Strategies
from games.play.quantities import Payoff, Quantity, Reach
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED
from games.solvers.methods.first_order import Numbers, played, stationary
from games.terms import Condition, Poly, Taken, above, at_least, equal, every, poly, product_of, some, var

ROUNDED = "irrational choices are rounded; that they are equilibria was decided exactly"
OVERLAP = "where best responses meet in more than a point, several numbers may be chosen"


def cases(game: ContinuousGame, asked: Sequence[Quantity]) -> Cases:
    """Where each choice lies; between the ends its slope is zero. For payoffs at most quadratic in the own choice.

    A quadratic payoff is greatest at an end exactly if its slopes there and in the middle of the interval point to that
    end: the latter says that the other end pays no more. Raises `InputError` for a higher power.
    """
    for player in game.players:
        if game.degree(player) > 2:
            raise InputError(
                f"the payoff of {player} has a power above 2 of its own choice, of which no cases are written"
            )
    draft = Draft()
    chosen = [draft.unknown(number_of(player), free=OVERLAP) for player in game.players]
    for player, own in zip(game.players, chosen, strict=True):
        _lie(draft, game, player, _best_at(game, player, own, chosen))
        interval = game.choices[player]
        draft.implied += [at_least(own, interval.low), at_least(interval.high, own)]
    values = {quantity: _value(game, quantity, chosen) for quantity in asked}
    return draft.cases(values)


def number_of(player: str) -> str:
    """The name in the cases of the number that the player chooses."""
    return f"number of {player!r}"


def _at(player: str, position: str) -> str:
    return f"{player!r} is {position}"


def _best_at(game: ContinuousGame, player: str, own: Poly, chosen: Sequence[Poly]) -> dict[str, Condition]:
    """For each place in the interval: that the player's number is best there, against the others' numbers."""
    low, high = poly(game.choices[player].low), poly(game.choices[player].high)
    _, slope, curve = (*map(poly, game.along(chosen, player)), *[poly(0)] * 2)[:3]
    at_low, at_high, at_own = (slope + 2 * curve * at for at in (low, high, own))
    middle = slope + curve * (low + high)
    return {
        LOWEST: every([at_least(0, at_low), at_least(0, middle)]),
        BETWEEN: every([equal(at_own, 0), at_least(0, curve), above(own, low), above(high, own)]),
        HIGHEST: every([at_least(at_high, 0), at_least(middle, 0)]),
    }


def _lie(draft: Draft, game: ContinuousGame, player: str, best_at: Mapping[str, Condition]) -> None:
    """The choice where the player's number lies. What must hold there may speak of every player's number, and so stands
    among the conditions that are read after all choices.

    Where nothing between the ends can be best, nothing would bind the number there, and it is left out.
    """
    interval = game.choices[player]
    ends = {LOWEST: interval.low, HIGHEST: interval.high}
    options = {}
    for position, holds in best_at.items():
        if position == BETWEEN and holds is False:
            continue
        number = {number_of(player): poly(ends[position])} if position in ends else {}
        options[position] = Option(True, {**number, **{_at(player, p): poly(int(p == position)) for p in POSITIONS}})
        draft.conditions.append(some([Taken(player, position, False), holds]))
    draft.choices.append(Choice(player, options))


def _value(game: ContinuousGame, quantity: Quantity, chosen: Sequence[Poly]) -> Poly:
    match quantity:
        case Payoff(player=player):
            return poly(game.payoff(chosen, player))
        case Reach(path=path):
            return product_of(var(_at(player, own)) for player, own in zip(game.players, path, strict=False))
    return product_of(var(_at(player, own)) for player, own in quantity.choices.items())


def exists_because(game: ContinuousGame) -> str:
    """Why there is one: every payoff is concave in its player's own choice, whatever the parameters."""
    for own, player in enumerate(game.players):
        for powers, value in game.payoffs[player].items():
            if powers[own] > 1 and not (powers[own] == 2 == sum(powers) and _is_number(value) and value <= 0):
                return ""
    return "payoffs are continuous, and concave in the player's own choice: Debreu (1952), Glicksberg (1952)"


def _is_number(value: Any) -> bool:
    return not getattr(value, "free_symbols", ())


def witness(game: ContinuousGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The numbers as an equilibrium, if they lie where the strategies say and are best responses."""
    numbers = tuple(Fraction(values[number_of(player)]) for player in game.players)
    for player, number in zip(game.players, numbers, strict=True):
        interval = game.choices[player]
        if not interval.low <= number <= interval.high or strategies[player].get(game.position(player, number)) != 1:
            return None
    return played(game, numbers) if _is_equilibrium(game, numbers) else None


def reasons(game: ContinuousGame, equilibrium: Equilibrium, _settings: Mapping[str, Any]) -> Iterator[str]:
    """What each number pays against the others', and what the ends of the interval would pay."""
    numbers = [equilibrium.choices[player] for player in game.players]
    for own, (player, interval) in enumerate(game.choices.items()):
        others = [
            f"{other}: {interval_.name} = {readable(number)}"
            for (other, interval_), number in zip(game.choices.items(), numbers, strict=True)
            if other != player
        ]
        pays = {
            end: game.payoff([*numbers[:own], end, *numbers[own + 1 :]], player)
            for end in (interval.low, interval.high)
            if end != numbers[own]
        }
        told = ", ".join(f"{readable(value)} at {interval.name} = {readable(end)}" for end, value in pays.items())
        against = f"Against {', '.join(others)}, " if others else ""
        sentence = (
            f"{against}{interval.name} = {readable(numbers[own])} pays {player} "
            f"{readable(equilibrium.payoffs[player])}, the most that any number pays"
        )
        yield f"{sentence} (it would get {told})." if told else f"{sentence}."


@solution_concept(
    "continuous-nash",
    form=ContinuousGame,
    cases=cases,
    exists_because=exists_because,
    title="Nash",
    witness=witness,
    reasons=reasons,
    of_pure_play=lambda _game: True,
)
def continuous_nash(game: ContinuousGame) -> Equilibria:
    """All Nash equilibria in pure strategies.

    ``choices`` of an equilibrium are the numbers: exact where they are rational, else floats, which the remarks say.
    Whether a candidate is an equilibrium is decided exactly in both cases.
    """
    candidates, doubts = stationary(game, lambda own: game.payoffs[game.players[own]])
    found = [played(game, numbers) for numbers in candidates if _is_equilibrium(game, numbers)]
    found.sort(key=lambda one: [float(one.choices[player]) for player in game.players])
    exact = not any(one.is_numeric for one in found)
    remarks = [f"{doubt}; what equilibria there are is not listed" if doubt != STOPPED else doubt for doubt in doubts]
    remarks += [] if exact else [ROUNDED]
    remarks += [] if found or doubts else ["in mixed strategies there is an equilibrium: Glicksberg (1952)"]
    return Equilibria(game, "continuous-nash", tuple(found), not doubts, exact, remarks=tuple(remarks))


def _is_equilibrium(game: ContinuousGame, numbers: Numbers) -> bool:
    return all(is_best(game, numbers, player) for player in game.players)
