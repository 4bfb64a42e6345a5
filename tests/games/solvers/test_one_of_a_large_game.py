"""One equilibrium of a game too large for all: complementary pivoting, and simplicial search."""

import random
from itertools import product

import pytest

from games import StrategicGame, solve
from games.solvers.regret import regret

SEED = 1964


@pytest.mark.parametrize("size", [3, 12, 25])
def test_one_equilibrium_of_two_players_is_exact(size: int) -> None:
    source = random.Random(f"{SEED} {size}")
    matrices = [[[source.randint(0, 99) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    found = solve(StrategicGame.bimatrix(*matrices), "lemke-howson")
    assert found.exact, f"seed {SEED}"
    assert not any(regret(found.game, found[0].strategies).values())


def test_a_search_takes_any_number_of_players() -> None:
    source = random.Random(SEED)
    own = {"A": ("a", "b", "c"), "B": ("a", "b", "c"), "C": ("a", "b")}
    game = StrategicGame(own, {p: tuple(source.randint(-9, 9) for _ in own) for p in product(*own.values())})
    (one,) = solve(game, "nash-search")
    assert max(float(value) for value in regret(game, one.strategies).values()) < 1e-6, f"seed {SEED}"
