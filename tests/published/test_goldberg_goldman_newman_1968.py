"""Pure equilibria of random games: Goldberg, Goldman & Newman (1968) and Stanford (1996).

With payoffs drawn independently from one continuous distribution every strict order of a player's payoffs is equally
likely, so that exact probabilities come from counting orders.
"""

from fractions import Fraction
from itertools import permutations, product

from games import StrategicGame, solve

ORDERS = [[list(o[:2]), list(o[2:])] for o in permutations((1, 2, 3, 4))]


def share(counts: list[int], wanted: int) -> Fraction:
    return Fraction(counts.count(wanted), len(counts))


def test_pure_equilibria_of_2_by_2_games() -> None:
    counts = [len(solve(StrategicGame.bimatrix(A, B), "pure-nash")) for A in ORDERS for B in ORDERS]
    assert len(counts) == 576
    assert share(counts, 0) == Fraction(1, 8)
    assert Fraction(sum(counts), len(counts)) == 1


def test_all_equilibria_of_2_by_2_games() -> None:
    """Who gains from what depends on the order alone in a 2×2 game, and so does the number of equilibria."""
    answers = [solve(StrategicGame.bimatrix(A, B)) for A in ORDERS for B in ORDERS]
    assert all(answer.complete and all(c.is_point for c in answer.components) for answer in answers)
    counts = [len(answer) for answer in answers]
    assert Fraction(sum(counts), len(counts)) == Fraction(5, 4)
    assert (share(counts, 1), share(counts, 3)) == (Fraction(7, 8), Fraction(1, 8))


def test_pure_equilibria_of_3_by_3_games() -> None:
    """The best row against each column and the best column against each row are uniform and independent."""
    counts = []
    for best_rows, best_columns in product(product(range(3), repeat=3), repeat=2):
        A = [[int(best_rows[j] == i) for j in range(3)] for i in range(3)]
        B = [[int(best_columns[i] == j) for j in range(3)] for i in range(3)]
        counts.append(len(solve(StrategicGame.bimatrix(A, B), "pure-nash")))
    assert len(counts) == 729
    assert share(counts, 0) == Fraction(52, 243)
    assert Fraction(sum(counts), len(counts)) == 1
