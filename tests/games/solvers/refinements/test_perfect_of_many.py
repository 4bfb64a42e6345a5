"""Perfect equilibria of several players, against the definition put to a solver of nonlinear arithmetic."""

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import z3

from games import StrategicGame, solve
from games.solvers.methods.trembles import Tremble, tremble_for
from games.solvers.nash.pure_nash import pure_nash, pure_profile

SEED = 1987
NEAR = (Fraction(1, 10), Fraction(1, 1000))


def three(left: Sequence[Sequence[Sequence[int]]], right: Sequence[Sequence[Sequence[int]]]) -> StrategicGame:
    """Rows T and B, columns L and R, the left matrix for l and the right one for r."""
    strategies = {"A": ("T", "B"), "B": ("L", "R"), "C": ("l", "r")}
    paid = {
        (row, column, matrix): tuple((left, right)[k][i][j])
        for (i, row), (j, column), (k, matrix) in product(*(list(enumerate(own)) for own in strategies.values()))
    }
    return StrategicGame(strategies, paid)


UNDOMINATED = three(
    [[[1, 1, 1], [1, 0, 1]], [[1, 1, 1], [0, 0, 1]]],
    [[[1, 1, 0], [0, 0, 0]], [[0, 1, 0], [1, 0, 0]]],
)
"""Of van Damme (1987), section 2.2: (B, L, l) is undominated and not perfect, (T, L, l) is perfect.

B is better only where both others err, and worse wherever one alone does.
"""


def random_game(rng: random.Random, sizes: Sequence[int], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    paid = {profile: tuple(rng.randint(0, high) for _ in sizes) for profile in product(*strategies.values())}
    return StrategicGame(strategies, paid)


def has_tremble(game: StrategicGame, profile: Sequence[str], near: Fraction) -> bool | None:
    """By definition: is the profile a best response to a completely mixed one, each mistake at most so probable?"""
    solver = z3.SolverFor("QF_NRA")
    solver.set("timeout", 3_000)
    mixed: dict[str, dict[str, Any]] = {}
    for who, (player, menu) in enumerate(game.strategies.items()):
        mistakes = {label: z3.Real(f"p{who}_{k}") for k, label in enumerate(menu) if label != profile[who]}
        solver.add(*(z3.And(p > 0, p <= z3.Q(near.numerator, near.denominator)) for p in mistakes.values()))
        mixed[player] = {**mistakes, profile[who]: 1 - z3.Sum([*mistakes.values(), z3.RealVal(0)])}

    def pays(position: int, own: str) -> Any:
        terms = [z3.RealVal(0)]
        for played, paid in game.payoffs.items():
            if played[position] == own:
                others = [
                    mixed[q][s] for k, (q, s) in enumerate(zip(game.players, played, strict=True)) if k != position
                ]
                terms.append(z3.Product([z3.RealVal(int(paid[position])), *others]))
        return z3.Sum(terms)

    for position, player in enumerate(game.players):
        for own in game.strategies[player]:
            solver.add(pays(position, profile[position]) >= pays(position, own))
    answer = solver.check()
    return None if answer == z3.unknown else bool(answer == z3.sat)


def test_undominated_is_not_enough() -> None:
    answer = solve(UNDOMINATED, "trembling-hand")
    played = [tuple(pure_profile(UNDOMINATED, e.strategies) or ()) for e in answer]
    assert ("T", "L", "l") in played
    assert ("B", "L", "l") not in played
    (why,) = (remark for remark in answer.remarks if remark.startswith("not perfect: A: B, B: L, C: l"))
    assert why.endswith(
        "nothing dominates what anybody plays, but no small mistakes make it best for everybody at once"
    )
    assert any(remark.startswith("perfect: A: T, B: L, C: l; it stands mistakes") for remark in answer.remarks)
    assert not has_tremble(UNDOMINATED, ("B", "L", "l"), NEAR[0])
    assert has_tremble(UNDOMINATED, ("T", "L", "l"), NEAR[1])


@pytest.mark.parametrize(
    ("sizes", "games"),
    [
        ((2, 2, 2), 20),
        pytest.param((2, 2, 3), 40, marks=pytest.mark.long),
        pytest.param((2, 2, 2, 2), 25, marks=pytest.mark.long),
    ],
    ids=str,
)
def test_what_is_decided_is_so_by_definition(sizes: tuple[int, ...], games: int) -> None:
    rng = random.Random(f"{SEED} {sizes}")
    seen = {True: 0, False: 0}
    undecided = 0
    for number in range(games):
        game = random_game(rng, sizes, 1 + number % 2)
        for equilibrium in pure_nash(game):
            profile = pure_profile(game, equilibrium.strategies)
            assert profile is not None
            found = tremble_for(game, profile)
            if found is None:
                undecided += 1
                continue
            perfect = isinstance(found, Tremble)
            known = [has_tremble(game, profile, near) for near in NEAR]
            assert known[-1] in (perfect, None), (game.payoffs, profile)
            seen[perfect] += known[-1] is not None
            # Where none is near, none is nearer.
            assert not (known[0] is False and perfect)
    assert min(seen.values()) >= 8
    assert undecided <= 2


def test_a_tremble_may_have_to_be_exact() -> None:
    """A is hurt if B errs more often than C, B if C errs more often: both must err as often as each other."""
    strategies = {"A": ("a", "x"), "D": ("d", "y"), "B": ("b", "e"), "C": ("c", "e")}
    paid = {}
    for a, d, b, c in product(*strategies.values()):
        more = (b == "e") - (c == "e")
        paid[a, d, b, c] = (more * (a == "x"), -more * (d == "y"), 0, 0)
    game = StrategicGame(strategies, paid)
    found = tremble_for(game, ("a", "d", "b", "c"))
    assert isinstance(found, Tremble)
    assert found.odds["B", "e"] == found.odds["C", "e"]
    assert has_tremble(game, ("a", "d", "b", "c"), NEAR[1])


def test_a_wrong_tremble_is_none() -> None:
    odds = {("B", "R"): (Fraction(1), 1), ("C", "r"): (Fraction(1), 1)}
    assert not Tremble(odds).is_one(UNDOMINATED, ("B", "L", "l"))
    assert Tremble(odds).is_one(UNDOMINATED, ("T", "L", "l"))


def test_a_dominated_strategy_is_named() -> None:
    strategies = dict.fromkeys("XYZ", ("a", "b"))
    paid = {profile: (int("b" not in profile),) * 3 for profile in product(*strategies.values())}
    answer = solve(StrategicGame(strategies, paid), "trembling-hand")
    assert [e.strategies["X"]["a"] for e in answer] == [1]
    assert any("X's b is weakly dominated by a" in remark for remark in answer.remarks)
    assert not answer.complete


def test_a_game_without_ties_is_decided_in_full() -> None:
    """Pure equilibria are strict; one in which everybody plays everything is its own tremble."""
    game = random_game(random.Random(4), (2, 2, 2), 10**6)
    every, perfect = solve(game, "nash"), solve(game, "trembling-hand")
    assert every.complete
    pure = [e for e in every if pure_profile(game, e.strategies)]
    mixed = [e for e in every if e not in pure and not all(all(mix.values()) for mix in e.strategies.values())]
    assert len(perfect) == len(every) - len(mixed)
    assert perfect.complete == (not mixed)


def test_a_time_limit_leaves_what_is_decided() -> None:
    answer = solve(UNDOMINATED, "trembling-hand", time_limit=1e-9)
    assert not answer.complete
    assert any("stopped before its end" in remark for remark in answer.remarks)
