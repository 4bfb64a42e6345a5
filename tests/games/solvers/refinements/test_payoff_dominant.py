"""Payoff dominance among pure equilibria: by hand, from the definition, and where the answer may change."""

import random
from fractions import Fraction
from itertools import product

import pytest

from games import Equilibria, StrategicGame, solve
from games.ordered import ordered
from games.play.quantities import Payoff
from games.solvers.refinements import payoff_dominant as module
from games.solvers.refinements.payoff_dominant import cases
from games.terms import ONE, above, at_least, signs, var

SEED = 1988


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(
        strategies, {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*strategies.values())}
    )


def profiles(equilibria: Equilibria) -> list[tuple[str, ...]]:
    return [tuple(s for p in equilibria.game.players for s, w in e[p].items() if w) for e in equilibria]


def test_the_stag_payoff_dominates_the_hare() -> None:
    hunt = StrategicGame.bimatrix(
        [[9, 0], [8, 7]], [[9, 8], [0, 7]], {"One": ("Stag", "Hare"), "Other": ("Stag", "Hare")}
    )
    answer = solve(hunt, "payoff-dominant")
    assert profiles(answer) == [("Stag", "Stag")]
    assert answer.remarks == (
        "(One: Hare, Other: Hare) is payoff-dominated by (One: Stag, Other: Stag)",
        "(One: Stag, Other: Stag) payoff-dominates every other equilibrium in pure strategies",
    )


def test_conflicting_interests_leave_both() -> None:
    battle = StrategicGame.bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    answer = solve(battle, "payoff-dominant")
    assert profiles(answer) == [("1", "1"), ("2", "2")]
    assert answer.remarks == ("none of the 2 equilibria listed payoff-dominates another",)


def test_one_tied_payoff_is_enough() -> None:
    answer = solve(StrategicGame.bimatrix([[2, 0], [0, 2]], [[1, 0], [0, 2]]), "payoff-dominant")
    assert profiles(answer) == [("2", "2")]


def test_equal_payoffs_do_not_dominate() -> None:
    answer = solve(StrategicGame.bimatrix([[2, 0], [0, 2]], [[2, 0], [0, 2]]), "payoff-dominant")
    assert profiles(answer) == [("1", "1"), ("2", "2")]


def test_one_equilibrium_or_none() -> None:
    alone = solve(StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]), "payoff-dominant")
    assert profiles(alone) == [("2", "2")]
    assert alone.remarks == ("there is only one equilibrium in pure strategies, so that there is nothing to compare",)
    none = solve(StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), "payoff-dominant")
    assert (len(none), none.complete) == (0, True)
    assert none.remarks == ("there is no equilibrium in pure strategies",)


def test_it_is_the_pareto_frontier_of_the_pure_equilibria() -> None:
    rng = random.Random(SEED)
    dominated = 0
    for k in range(80):
        game = random_game(rng, ((3, 3), (4, 4), (2, 2, 2), (3, 2, 3))[k % 4], rng.choice((1, 3)))
        pure = {profile: game.payoffs[profile] for profile in profiles(solve(game, "pure-nash"))}
        frontier = [
            p for p, own in pure.items()
            if not any(row != own and all(a >= b for a, b in zip(row, own, strict=True)) for row in pure.values())
        ]  # fmt: skip
        answer = solve(game, "payoff-dominant")
        assert profiles(answer) == frontier, (SEED, game)
        assert answer.complete
        assert bool(pure) == bool(answer)
        dominated += len(frontier) < len(pure)
    assert dominated > 20


def test_names_order_and_units_do_not_matter() -> None:
    rng = random.Random(SEED)
    for _ in range(30):
        game = random_game(rng, rng.choice(((3, 3), (2, 3, 2))), 2)
        changed = StrategicGame(
            {p: tuple(f"new {s}" for s in rng.sample(own, len(own))) for p, own in game.strategies.items()},
            {
                tuple(f"new {s}" for s in profile): tuple(Fraction(2 + k, 3) * v - k for k, v in enumerate(row))
                for profile, row in game.payoffs.items()
            },
        )
        before = {tuple(f"new {s}" for s in profile) for profile in profiles(solve(game, "payoff-dominant"))}
        assert before == set(profiles(solve(changed, "payoff-dominant"))), (SEED, game)


def test_the_answer_hangs_on_what_another_equilibrium_pays() -> None:
    """At x = 2 the second one is dominated, as long as x > 1; below, the first one is, while it is an equilibrium."""
    x = var("x")
    game = StrategicGame.bimatrix([[x, 0], [0, 1]], [[x, 0], [0, 1]])
    reading = ordered(cases(game, [Payoff("Row")]))
    assert reading is not None
    assert {1 - x, x - 1} & set(reading.around({"x": Fraction(2)}, 10).margins)
    assert [played.values[Payoff("Row")] for played in reading.around({"x": Fraction(2)}, 10).played] == [x]
    assert [played.values[Payoff("Row")] for played in reading.around({"x": Fraction(1, 2)}, 10).played] == [ONE]


def test_only_so_many_comparisons_are_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHOWN", 1)
    size = range(4)
    rows = [[4 - i if i == j else 0 for j in size] for i in size]
    answer = solve(StrategicGame.bimatrix(rows, rows), "payoff-dominant")
    assert "2 more pure equilibria are payoff-dominated" in answer.remarks


def test_what_selects_an_equilibrium_in_formulas() -> None:
    """Of two equilibria that pay x and 1, the first is dominated where x is less, the other where it is more."""
    x = var("x")
    (choice,) = cases(StrategicGame.bimatrix([[x, 0], [0, 1]], [[x, 0], [0, 1]]), []).choices
    held = [set(signs(option.holds)) for option in choice.options.values()]
    assert at_least(x, 1) in held[0]
    assert at_least(1, x) in held[-1]
    assert above(x, 1) in held[0] | held[-1]
