"""Evolutionarily stable strategies: pure ones that no small group of mutants, mixed or not, can invade.

Definition: pairs out of a large population meet at random to play a symmetric game of two players. A strategy s is
evolutionarily stable if every other strategy r, pure or mixed, pays less against s; or as much, and then less against r
itself than s does. Source: Maynard Smith & Price (1973), Nature 246; with mixed mutants Maynard Smith (1974), Journal
of Theoretical Biology 47.

Only mutants that mix among the pure strategies that pay as much against s count. Let M have the entry
u(s, t') - u(t, t') for two of these: a mutant r invades exactly if r'Mr ≤ 0, so that s is stable exactly if M is
strictly copositive (Haigh 1975, Journal of Applied Probability 12). That is so exactly if each principal submatrix of
M + M' whose cofactors of the last row are all positive has a positive determinant (Keller, in Hadeler 1983, Linear
Algebra and its Applications 49). Where one does not, these cofactors are the weights of a mutant that invades.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from games.cases import Cases, one_of
from games.errors import InputError
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, mixture
from games.solvers.limits import STOPPED, OutOfTimeError, expired
from games.solvers.nash.pure_nash import pure
from games.terms import Condition, Poly, above, at_least, equal, every, poly, some

MOST_STRATEGIES = 5
"""The most strategies for which the definition is written out; each subset of them has a determinant."""

MOST_RIVALS = 8
"""The most strategies that may pay as much against another one as it does itself, in exact numbers."""

MOST_PIECES = 100_000
"""The most pieces into which mutants are divided to verify that none invades."""

Square: TypeAlias = Sequence[Sequence[Any]]
"""A square matrix of numbers or polynomials."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The strategy; it is stable. And the game is symmetric: where it is not, there is no answer.

    Raises `InputError` for a game that never is symmetric, or with more than `MOST_STRATEGIES` strategies.
    """
    menu = _menu(game)
    if len(menu) > MOST_STRATEGIES:
        raise InputError(
            f"evolutionary stability is written out in formulas for at most {MOST_STRATEGIES} strategies; this game "
            f"has {len(menu)}"
        )
    pays = {pair: poly(row[0]) for pair, row in game.payoffs.items()}
    symmetric = {(s, t): equal(pays[s, t], poly(game.payoffs[t, s][1])) for s in menu for t in menu}
    if never := next((pair for pair, condition in symmetric.items() if condition is False), None):
        raise InputError(_asymmetric(game, *never))

    def value(quantity: Quantity, own: str) -> Poly:
        match quantity:
            case Payoff():
                return pays[own, own]
            case Chosen(choices=choices):
                return poly(int(all(other == own for other in choices.values())))
        raise InputError("a game in strategic form has no paths; name strategies by player")

    stable = {own: every([*symmetric.values(), *_withstands(pays, menu, own)]) for own in menu}
    return one_of("strategy of everybody", stable, asked, value)


def _withstands(pays: Mapping[Profile, Poly], menu: Sequence[str], own: str) -> Iterator[Condition]:
    """Nobody pays more against ``own``; and mutants among those that pay as much do not invade."""
    rivals = [other for other in menu if other != own]
    yield from (at_least(pays[own, own], pays[rival, own]) for rival in rivals)
    for among in _subsets(rivals):
        matrix = _advantage(pays, own, among)
        yield some(
            [
                *(above(pays[own, own], pays[rival, own]) for rival in among),
                *(at_least(0, cofactor) for cofactor in _last_cofactors(matrix)),
                above(_determinant(matrix), 0),
            ]
        )


def _subsets(rivals: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(rivals) + 1):
        yield from combinations(rivals, size)


def _advantage(pays: Any, own: str, among: Sequence[str]) -> Square:
    """M + M': twice what ``own`` is ahead of a mutant against that mutant, as a quadratic form in its weights."""
    ahead = {(t, other): pays[own, other] - pays[t, other] for t in among for other in among}
    return [[ahead[t, other] + ahead[other, t] for other in among] for t in among]


def _last_cofactors(matrix: Square) -> list[Any]:
    """The cofactors of the entries of the last row."""
    size = len(matrix)
    if size == 1:
        return [1]
    return [
        (-1) ** (size - 1 + column)
        * _determinant([[entry for k, entry in enumerate(row) if k != column] for row in matrix[:-1]])
        for column in range(size)
    ]


def _determinant(matrix: Square) -> Any:
    """The determinant, developed along the last row: without a division, so of polynomials, too."""
    parts = [entry * cofactor for entry, cofactor in zip(matrix[-1], _last_cofactors(matrix), strict=True)]
    return sum(parts[1:], start=parts[0])


def _menu(game: StrategicGame) -> tuple[str, ...]:
    """The strategies that both players have; `InputError` if these differ, or there are not two players."""
    if len(game.players) != 2:
        raise InputError(f"evolutionarily-stable needs two players, this game has {len(game.players)}")
    one, other = game.strategies.values()
    if set(one) != set(other):
        first, second = game.players
        raise InputError(
            "evolutionarily-stable needs a symmetric game, in which both players have the same strategies; "
            f"{first} has {', '.join(one)} and {second} has {', '.join(other)}"
        )
    return one


def _asymmetric(game: StrategicGame, one: str, other: str) -> str:
    first, second = game.players
    return (
        f"evolutionarily-stable needs a symmetric game; {first} gets {game.payoffs[one, other][0]} at ({one}, {other}) "
        f"and {second} gets {game.payoffs[other, one][1]} at ({other}, {one})"
    )


@solution_concept(
    "evolutionarily-stable",
    form=StrategicGame,
    noun=("strategy", "strategies"),
    cases=cases,
    about="symmetric games of two players",
    own_units=False,
)
def evolutionarily_stable(game: StrategicGame) -> Equilibria:
    """Every evolutionarily stable pure strategy of a symmetric two-player game, which both players are listed with.

    Complete means that all pure ones are listed; mixed ones are not looked for. Each one listed is verified by dividing
    all mutants until none invades plainly (Bundfuss & Dür 2008, Linear Algebra and its Applications 428), each other
    one by a mutant that invades, which the remarks name. Raises `InputError` for a game that is not symmetric.
    """
    menu = _menu(game)
    for one in menu:
        for other in menu:
            if game.payoffs[one, other][0] != game.payoffs[other, one][1]:
                raise InputError(_asymmetric(game, one, other))
    pays = {pair: Fraction(row[0]) for pair, row in game.payoffs.items()}
    found, remarks, complete = [], [], True
    for number, own in enumerate(menu, start=1):
        try:
            if expired(f"strategy {number} of {len(menu)}"):
                raise OutOfTimeError
            mutant = _invader(pays, menu, own)
            if mutant is None:
                if _is_verified(pays, menu, own):
                    worth = dict.fromkeys(game.players, pays[own, own])
                    found.append(Equilibrium(pure(game, (own, own)), worth))
                else:
                    complete = False
                    remarks.append(f"{own} is not listed: that no mutant invades it was not verified")
            else:
                remarks.append(_invaded(pays, own, mutant))
        except OutOfTimeError:
            complete = False
            remarks.append(STOPPED)
            break
    remarks.append("pure strategies only; whether a mixed one is evolutionarily stable was not examined")
    return Equilibria(game, "evolutionarily-stable", tuple(found), complete=complete, remarks=tuple(remarks))


def _invader(pays: Mapping[Profile, Fraction], menu: Sequence[str], own: str) -> dict[str, Fraction] | None:
    """A mutant that invades where all play ``own``, if possible a pure one; None if there is none."""
    rivals = [other for other in menu if other != own]
    better = next((rival for rival in rivals if pays[rival, own] > pays[own, own]), None)
    if better is not None:
        return {better: Fraction(1)}
    tied = [rival for rival in rivals if pays[rival, own] == pays[own, own]]
    if len(tied) > MOST_RIVALS:
        raise InputError(
            f"{len(tied)} strategies pay as much against {own} as it does itself, more than the {MOST_RIVALS} whose "
            "mixtures evolutionarily-stable goes through"
        )
    for number, among in enumerate(_subsets(tied)):
        if expired(f"mixture {number} against {own}"):
            raise OutOfTimeError
        weights, value = _solved(_advantage(pays, own, among))
        if min(weights) > 0 and value <= 0:
            return {label: weight / sum(weights) for label, weight in zip(among, weights, strict=True)}
    return None


def _solved(matrix: Square) -> tuple[list[Fraction], Fraction]:
    """The cofactors of the last row, and the determinant, of a matrix of numbers."""
    cofactors = _last_cofactors(matrix)
    return [Fraction(c) for c in cofactors], sum(
        (a * c for a, c in zip(matrix[-1], cofactors, strict=True)), Fraction(0)
    )


def _against(pays: Mapping[Profile, Fraction], own: str, mutant: dict[str, Fraction]) -> tuple[Number, ...]:
    """What ``own`` and the mutant get against ``own``, then what they get against the mutant."""
    return (
        pays[own, own],
        sum((w * pays[label, own] for label, w in mutant.items()), Fraction(0)),
        sum((w * pays[own, label] for label, w in mutant.items()), Fraction(0)),
        sum((w * v * pays[label, other] for label, w in mutant.items() for other, v in mutant.items()), Fraction(0)),
    )


def _invaded(pays: Mapping[Profile, Fraction], own: str, mutant: dict[str, Fraction]) -> str:
    """How the mutant invades, which is checked."""
    resident, there, met, itself = _against(pays, own, mutant)
    if there < resident or (there == resident and itself < met):
        raise AssertionError(f"{mutant} was found to invade {own} and does not")
    name = mixture(mutant)
    if there > resident:
        return f"{own} is invaded by {name}, which gets {readable(there)} against it and {own} {readable(resident)}"
    return (
        f"{own} is invaded by {name}: both get {readable(there)} against {own}; against {name}, {own} gets "
        f"{readable(met)} and {name} {readable(itself)}"
    )


def _is_verified(pays: Mapping[Profile, Fraction], menu: Sequence[str], own: str) -> bool:
    """Divides the mutants that do as well against ``own`` until on each piece it is plain that none invades.

    On the mixtures of some corners a quadratic form is positive if it is so for every two corners. False if that takes
    more than `MOST_PIECES`.
    """
    rivals = [other for other in menu if other != own]
    if any(pays[rival, own] > pays[own, own] for rival in rivals):
        raise AssertionError(f"{own} was found as evolutionarily stable and is no best response to itself")
    tied = [rival for rival in rivals if pays[rival, own] == pays[own, own]]
    ahead = [[pays[own, other] - pays[t, other] for other in tied] for t in tied]

    def times(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
        terms = (a * b * (ahead[i][j] + ahead[j][i]) for i, a in enumerate(x) for j, b in enumerate(y) if a and b)
        return sum(terms, Fraction(0))

    def length(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
        return sum(((a - b) ** 2 for a, b in zip(x, y, strict=True)), Fraction(0))

    waiting = [[[Fraction(i == k) for i in range(len(tied))] for k in range(len(tied))]]
    for number in range(MOST_PIECES):
        if not waiting:
            return True
        if expired(f"piece {number} of the mutants against {own}"):
            raise OutOfTimeError
        corners = waiting.pop()
        if any(times(x, x) <= 0 for x in corners):
            raise AssertionError(f"{own} was found as evolutionarily stable and is invaded")
        edges = [(x, y) for x, y in combinations(corners, 2) if times(x, y) < 0]
        if edges:
            x, y = max(edges, key=lambda edge: length(*edge))
            middle = [(a + b) / 2 for a, b in zip(x, y, strict=True)]
            waiting += [[middle if corner is end else corner for corner in corners] for end in (x, y)]
    return False
