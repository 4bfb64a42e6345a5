"""All Nash equilibria of a bimatrix: against other programs and brute force, and how the components are built."""

import random
import warnings
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from importlib import import_module
from itertools import combinations, product
from typing import Any, TypeAlias

import numpy as np
import pytest

from games import Equilibria, Equilibrium, StrategicGame, solve
from games.play.regret import regret
from games.solvers.methods import pivoting
from laws.counts import long

Matrix: TypeAlias = list[list[int]]
Mixture: TypeAlias = tuple[Fraction, ...]
Pair: TypeAlias = tuple[Mixture, Mixture]

SEED = 75
SHAPES = list(product((2, 3, 4), repeat=2))
LIMITS = import_module("games.solvers.methods.two_players")


def random_matrices(rng: random.Random, m: int, n: int, low: int, high: int) -> tuple[Matrix, Matrix]:
    A, B = ([[rng.randint(low, high) for _ in range(n)] for _ in range(m)] for _ in range(2))
    return A, B


def mixtures(equilibrium: Equilibrium) -> Pair:
    x, y = (tuple(map(Fraction, mix.values())) for mix in equilibrium.strategies.values())
    return x, y


def pairs(equilibria: Equilibria) -> set[Pair]:
    found = [mixtures(equilibrium) for equilibrium in equilibria]
    assert len(set(found)) == len(found), "an equilibrium is listed twice"
    return set(found)


def is_equilibrium(A: Sequence[Sequence[Any]], B: Sequence[Sequence[Any]], x: Mixture, y: Mixture) -> bool:
    """By definition: every row that x plays pays most against y, and every column that y plays most against x."""
    against_y = [sum(a * q for a, q in zip(row, y, strict=True)) for row in A]
    against_x = [sum(b * p for b, p in zip(column, x, strict=True)) for column in zip(*B, strict=True)]
    return all(not p or v == max(against_y) for p, v in zip(x, against_y, strict=True)) and all(
        not q or v == max(against_x) for q, v in zip(y, against_x, strict=True)
    )


def is_nondegenerate(A: Matrix, B: Matrix) -> bool:
    """Whether no mixture of k columns makes k + 1 rows pay alike, nor the other way round: a sufficient test.

    k + 1 rows I pay alike against some affine combination of the columns J, |J| = k, only if det [A_IJ | 1] = 0. The
    entries are small enough for a determinant in floats to be off by less than one half.
    """
    for M in (np.array(A), np.array(B).T):
        for k in range(1, min(M.shape[1], M.shape[0] - 1) + 1):
            blocks = [
                np.column_stack([M[np.ix_(rows, columns)], np.ones(k + 1)])
                for rows in combinations(range(M.shape[0]), k + 1)
                for columns in combinations(range(M.shape[1]), k)
            ]
            if np.any(np.abs(np.linalg.det(np.array(blocks))) < 0.5):
                return False
    return True


def agree(found: set[Pair], others: list[tuple[Any, Any]]) -> bool:
    """Whether the two lists are the same as sets, where the others' probabilities are floats."""
    ours = [np.concatenate([np.array(side, dtype=float) for side in pair]) for pair in found]
    theirs = [np.concatenate([np.asarray(side, dtype=float) for side in pair]) for pair in others]
    partners = [[k for k, b in enumerate(theirs) if np.abs(a - b).max() < 1e-6] for a in ours]
    return len(ours) == len(theirs) and {k for p in partners for k in p} == set(range(len(theirs))) and all(partners)


@cache
def nondegenerate_games() -> tuple[list[tuple[Matrix, Matrix]], int]:
    """2,000 random nondegenerate games of nine shapes, and how many possibly degenerate ones were dropped."""
    rng = random.Random(SEED)
    kept: list[tuple[Matrix, Matrix]] = []
    dropped = 0
    while len(kept) < 2000:
        m, n = SHAPES[len(kept) % len(SHAPES)]
        A, B = random_matrices(rng, m, n, -999, 999)
        if is_nondegenerate(A, B):
            kept.append((A, B))
        else:
            dropped += 1
    return kept, dropped


@pytest.mark.untraced
@pytest.mark.parametrize("count", [120, long(2_000)])
def test_agreement_with_two_other_programs(count: int) -> None:
    """With one on every game; with the other, ten times as slow, on every fourth and wherever the first disagrees."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import nashpy
        from quantecon.game_theory import NormalFormGame, Player, support_enumeration

    games, dropped = nondegenerate_games()
    assert dropped < 100, f"{dropped} of {len(games) + dropped} games dropped as degenerate (seed {SEED})"
    settled = 0
    for number, (A, B) in enumerate(games[:count]):
        ours = pairs(solve(StrategicGame.bimatrix(A, B)))
        assert len(ours) % 2 == 1, (SEED, A, B)
        rows, columns = np.array(A, dtype=float), np.array(B, dtype=float)
        by_supports = support_enumeration(NormalFormGame((Player(rows), Player(columns.T))))
        agreements = [agree(ours, by_supports)]
        if not all(agreements) or number % 4 == 0:
            agreements.append(agree(ours, list(nashpy.Game(rows, columns).vertex_enumeration())))
        if not all(agreements):
            settled += 1
            assert any(agreements), (SEED, A, B)
            assert all(is_equilibrium(A, B, *pair) for pair in ours), (SEED, A, B)
    assert settled <= 2, f"the other two programs disagree with one another on {settled} games (seed {SEED})"


def test_the_indices_of_a_nondegenerate_game_sum_to_one() -> None:
    for A, B in nondegenerate_games()[0]:
        equilibria = solve(StrategicGame.bimatrix(A, B))
        assert all(component.is_point and component.index in (1, -1) for component in equilibria.components)
        assert sum(component.index or 0 for component in equilibria.components) == 1, (SEED, A, B)
        for component in equilibria.components:
            (member,) = component.members
            if all(len([p for p in side if p]) == 1 for side in mixtures(equilibria[member])):
                assert component.index == 1, (SEED, A, B)


def extreme_equilibria(A: Matrix, B: Matrix) -> set[Pair]:
    """Every pair of vertices of the two best-response polyhedra that is an equilibrium, by trying every basis.

    The polyhedron of the first player holds (y, u) with y a mixture and A y ≤ u; a vertex is where, besides the sum of
    y, as many constraints bind as y has weights and they leave a single solution.
    """

    def vertices(M: Sequence[Sequence[int]]) -> set[Mixture]:
        size = len(M[0])
        constraints = [[*(Fraction(a) for a in row), Fraction(-1)] for row in M]
        constraints += [[Fraction(j == k) for k in range(size + 1)] for j in range(size)]
        total = [*([Fraction(1)] * size), Fraction(0)]
        found = set()
        for binding in combinations(constraints, size):
            solution = unique_solution([[*row, Fraction(0)] for row in binding] + [[*total, Fraction(1)]])
            if solution is None or min(solution[:size]) < 0:
                continue
            if all(sum(a * q for a, q in zip(row, solution, strict=False)) <= solution[size] for row in M):
                found.add(tuple(solution[:size]))
        return found

    return {
        (x, y)
        for x in vertices([list(column) for column in zip(*B, strict=True)])
        for y in vertices(A)
        if is_equilibrium(A, B, x, y)
    }


def unique_solution(augmented: list[list[Fraction]]) -> list[Fraction] | None:
    """The solution of a square linear system, or None if there is not exactly one."""
    rows = [row[:] for row in augmented]
    size = len(rows)
    for k in range(size):
        chosen = next((i for i in range(k, size) if rows[i][k]), None)
        if chosen is None:
            return None
        rows[k], rows[chosen] = rows[chosen], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(size):
            if i != k and rows[i][k]:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[size] for row in rows]


@pytest.mark.untraced
@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 2), (3, 3)], ids=lambda shape: f"{shape[0]}×{shape[1]}")
@pytest.mark.parametrize("high", [1, 2], ids=["payoffs 0 to 1", "payoffs 0 to 2"])
def test_no_extreme_equilibrium_of_a_degenerate_game_is_missed(shape: tuple[int, int], high: int) -> None:
    rng = random.Random(SEED + high)
    several = 0
    for _ in range(40):
        A, B = random_matrices(rng, *shape, 0, high)
        equilibria = solve(StrategicGame.bimatrix(A, B))
        assert equilibria.complete
        assert pairs(equilibria) == extreme_equilibria(A, B), (SEED, A, B)
        several += len(equilibria) > 1
    assert several > 20


def degenerate_games(count: int) -> Iterator[tuple[Matrix, Matrix, StrategicGame, Equilibria]]:
    rng = random.Random(SEED)
    for k in range(count):
        m, n = SHAPES[k % len(SHAPES)]
        A, B = random_matrices(rng, m, n, 0, 2)
        game = StrategicGame.bimatrix(A, B)
        yield A, B, game, solve(game)


@pytest.mark.parametrize("count", [400, long(2_000)])
def test_no_extreme_equilibrium_of_a_degenerate_game_has_regret(count: int) -> None:
    infinite = 0
    for A, B, game, equilibria in degenerate_games(count):
        assert equilibria.complete
        assert len(pairs(equilibria)) >= 1, (SEED, A, B)
        for equilibrium in equilibria:
            assert set(regret(game, equilibrium.strategies).values()) == {0}, (SEED, A, B)
        profiles = {
            (tuple(map(Fraction, e["Row"].values())), tuple(map(Fraction, e["Column"].values())))
            for e in solve(game, "pure-nash")
        }
        assert profiles <= pairs(equilibria), (SEED, A, B)
        infinite += any(not component.is_point for component in equilibria.components)
    assert infinite > count / 2


def mixed(rng: random.Random, corners: Sequence[Mixture]) -> Mixture:
    """A random point of the hull of the corners, every one of which has some weight."""
    weights = [rng.randint(1, 9) for _ in corners]
    total = sum(weights)
    return tuple(
        sum((w * c for w, c in zip(weights, column, strict=True)), Fraction(0)) / total
        for column in zip(*corners, strict=True)
    )


@pytest.mark.untraced
def test_components_are_the_maximal_products_of_exchangeable_equilibria() -> None:
    rng = random.Random(SEED)
    larger = 0
    for A, B, _, equilibria in degenerate_games(1000):
        found = [mixtures(equilibrium) for equilibrium in equilibria]
        components = [set(component.members) for component in equilibria.components]
        assert set().union(*components) == set(range(len(found))), (SEED, A, B)
        assert not any(one < other for one in components for other in components), (SEED, A, B)
        assert len({tuple(sorted(one)) for one in components}) == len(components)
        all_x, all_y = {x for x, _ in found}, {y for _, y in found}
        for component in equilibria.components:
            xs = sorted({found[k][0] for k in component.members})
            ys = sorted({found[k][1] for k in component.members})
            assert {found[k] for k in component.members} == set(product(xs, ys)), (SEED, A, B)
            assert all(is_equilibrium(A, B, x, y) for x in xs for y in ys), (SEED, A, B)
            for _ in range(3):
                assert is_equilibrium(A, B, mixed(rng, xs), mixed(rng, ys)), (SEED, A, B)
            for x in all_x.difference(xs):
                assert not all(is_equilibrium(A, B, x, y) for y in ys), (SEED, A, B)
            for y in all_y.difference(ys):
                assert not all(is_equilibrium(A, B, x, y) for x in xs), (SEED, A, B)
            assert component.is_point == (len(xs) == len(ys) == 1)
            assert component.is_point or component.index is None
            larger += len(xs) > 1 and len(ys) > 1
    assert larger > 50


def maximal_products(found: set[Pair]) -> set[tuple[frozenset[Mixture], frozenset[Mixture]]]:
    """Every X × Y of equilibria that no other contains, by trying every set of second players' mixtures for Y."""
    partners: dict[Mixture, set[Mixture]] = {}
    for x, y in found:
        partners.setdefault(x, set()).add(y)
    every_y = sorted({y for _, y in found})
    products = set()
    for size in range(1, len(every_y) + 1):
        for chosen in combinations(every_y, size):
            xs = frozenset(x for x, own in partners.items() if own.issuperset(chosen))
            if xs:
                products.add((xs, frozenset(set.intersection(*(partners[x] for x in xs)))))
    return products


def test_no_component_is_missed() -> None:
    several = 0
    for A, B, _, equilibria in degenerate_games(500):
        found = [mixtures(equilibrium) for equilibrium in equilibria]
        if len({y for _, y in found}) > 9:
            continue
        listed = {
            (frozenset(found[k][0] for k in component.members), frozenset(found[k][1] for k in component.members))
            for component in equilibria.components
        }
        assert listed == maximal_products(set(found)), (SEED, A, B)
        several += len(listed) > 2
    assert several > 100


def test_exchanging_the_players_exchanges_the_strategies() -> None:
    for A, B, _, equilibria in degenerate_games(200):
        flipped = StrategicGame.bimatrix(
            [list(c) for c in zip(*B, strict=True)], [list(c) for c in zip(*A, strict=True)]
        )
        assert {(y, x) for x, y in pairs(solve(flipped))} == pairs(equilibria), (SEED, A, B)


def test_a_symmetric_game_has_the_equilibria_of_one_with_other_units() -> None:
    """Both polytopes of a symmetric game are gone through as one, and those of the other game are two."""
    rng = random.Random(SEED)
    for high in (1, 4, 60):
        (A, _) = random_matrices(rng, 7, 7, 0, high)
        mirrored = [list(column) for column in zip(*A, strict=True)]
        symmetric = solve(StrategicGame.bimatrix(A, mirrored))
        other = solve(StrategicGame.bimatrix(A, [[2 * entry for entry in row] for row in mirrored]))
        assert pairs(symmetric) == pairs(other)
        assert symmetric.components == other.components
        assert (symmetric.complete, other.complete) == (True, True)


def test_a_constant_for_each_choice_of_the_other_player_changes_nothing() -> None:
    rng = random.Random(SEED)
    for A, B, _, equilibria in degenerate_games(200):
        by_column = [rng.randint(-9, 9) for _ in A[0]]
        by_row = [rng.randint(-9, 9) for _ in A]
        shifted = StrategicGame.bimatrix(
            [[a + by_column[j] for j, a in enumerate(row)] for row in A],
            [[b + by_row[i] for b in row] for i, row in enumerate(B)],
        )
        assert pairs(solve(shifted)) == pairs(equilibria), (SEED, A, B)


@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (1, 6), (6, 1)], ids=lambda shape: f"{shape[0]}×{shape[1]}")
def test_fractions_are_solved_exactly(shape: tuple[int, int]) -> None:
    rng = random.Random(SEED)
    m, n = shape
    for _ in range(50):
        A, B = ([[Fraction(rng.randint(-6, 6), rng.randint(1, 6)) for _ in range(n)] for _ in range(m)] for _ in "AB")
        equilibria = solve(StrategicGame.bimatrix(A, B))
        assert equilibria.complete
        assert len(equilibria) >= 1
        for equilibrium in equilibria:
            x, y = mixtures(equilibrium)
            assert is_equilibrium(A, B, x, y), (SEED, A, B)
            assert equilibrium.payoffs["Row"] == max(sum(a * q for a, q in zip(row, y, strict=True)) for row in A)


def test_a_degenerate_game_by_hand() -> None:
    """Two columns tie for the column player against the first row: an edge of equilibria, and nothing else."""
    equilibria = solve(StrategicGame.bimatrix([[1, 1], [0, 2]], [[1, 1], [1, 0]]))
    one, zero, half = Fraction(1), Fraction(0), Fraction(1, 2)
    assert pairs(equilibria) == {((one, zero), (one, zero)), ((one, zero), (half, half))}
    (component,) = equilibria.components
    assert (component.members, component.is_point, component.index) == ((0, 1), False, None)
    assert len([remark for remark in equilibria.remarks if "infinite" in remark]) == 1


def test_the_equilibria_of_battle_of_the_sexes_by_hand() -> None:
    game = StrategicGame.bimatrix(
        [[3, 0], [0, 2]], [[2, 0], [0, 3]], {"She": ("opera", "match"), "He": ("opera", "match")}
    )
    equilibria = solve(game)
    assert {tuple(equilibrium.payoffs.values()) for equilibrium in equilibria} == {
        (3, 2),
        (2, 3),
        (Fraction(6, 5),) * 2,
    }
    mixed_ones = [equilibrium for equilibrium in equilibria if 1 not in equilibrium["She"].values()]
    assert [dict(equilibrium.strategies) for equilibrium in mixed_ones] == [
        {
            "She": {"opera": Fraction(3, 5), "match": Fraction(2, 5)},
            "He": {"opera": Fraction(2, 5), "match": Fraction(3, 5)},
        }
    ]
    assert sorted(component.index or 0 for component in equilibria.components) == [-1, 1, 1]


def test_small_supports_come_first() -> None:
    games = [StrategicGame.bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]])]
    games += [StrategicGame.bimatrix(A, B) for A, B in nondegenerate_games()[0][:200]]
    for game in games:
        sizes = [sum(weight > 0 for side in mixtures(e) for weight in side) for e in solve(game)]
        assert sizes == sorted(sizes), (SEED, game)


def twelve() -> StrategicGame:
    return StrategicGame.bimatrix(*random_matrices(random.Random(SEED), 12, 12, 0, 2))


def test_a_12_by_12_game_full_of_ties_is_solved_completely() -> None:
    game = twelve()
    equilibria = solve(game)
    assert equilibria.complete
    assert len(pairs(equilibria)) == len(equilibria) > 1
    for equilibrium in equilibria:
        assert set(regret(game, equilibrium.strategies).values()) == {0}
    assert not any("more" in remark or "only the first" in remark for remark in equilibria.remarks)


@pytest.mark.parametrize(
    ("limit", "remark"),
    [
        ("MOST_BASES", "the search stopped before its end"),
        ("MOST_EQUILIBRIA", "only the first 3 extreme equilibria"),
        ("MOST_SUBSETS", "only the first 3 components"),
    ],
)
def test_a_limit_that_is_met_is_admitted(limit: str, remark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    game = StrategicGame.bimatrix(*random_matrices(random.Random(SEED), 6, 6, 0, 2))
    whole = solve(game)
    assert whole.complete
    assert len(whole) > 3
    assert len(whole.components) > 3
    monkeypatch.setattr(pivoting if limit == "MOST_BASES" else LIMITS, limit, 3)
    if limit == "MOST_BASES":
        monkeypatch.setattr(LIMITS, "binding", lambda *_: None)
    part = solve(game)
    assert not part.complete
    assert len([shown for shown in part.remarks if remark in shown]) == 1
    assert pairs(part) <= pairs(whole)
    assert limit != "MOST_EQUILIBRIA" or len(part) == 3
    assert limit != "MOST_SUBSETS" or len(part.components) == 3


def test_a_limit_that_is_just_enough_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    game = StrategicGame.bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    monkeypatch.setattr(LIMITS, "MOST_EQUILIBRIA", 3)
    monkeypatch.setattr(LIMITS, "MOST_SUBSETS", 3)
    equilibria = solve(game)
    assert (len(equilibria), equilibria.complete, equilibria.remarks) == (3, True, ())


def test_a_single_player_chooses_what_pays_most() -> None:
    game = StrategicGame({"A": ("a", "b", "c")}, {("a",): (1,), ("b",): (3,), ("c",): (3,)})
    found = solve(game, "nash")
    assert [one["A"] for one in found] == [{"a": 0, "b": 1, "c": 0}, {"a": 0, "b": 0, "c": 1}]
    assert found.complete
    assert [component.is_point for component in found.components] == [False]


def test_where_everything_ties_three_players_have_continua_and_the_answer_says_so() -> None:
    names = {f"P{k}": ("a", "b") for k in range(3)}
    found = solve(StrategicGame(names, dict.fromkeys(product("ab", repeat=3), (0, 0, 0))), "nash")
    assert not found.complete
    assert any("continu" in remark for remark in found.remarks)
