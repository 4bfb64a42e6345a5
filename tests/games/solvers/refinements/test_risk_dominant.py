"""Risk dominance of strict equilibria: by hand, by an equivalent definition, and where it is not defined."""

import random
from fractions import Fraction

import pytest

from games import Equilibria, InputError, StrategicGame, solve
from games.ordered import ordered
from games.play.quantities import Payoff
from games.solvers.refinements import risk_dominant as module
from games.solvers.refinements.risk_dominant import cases, nash_product
from games.terms import poly, sign, signs, var

SEED = 1988

bimatrix = StrategicGame.bimatrix


def profiles(equilibria: Equilibria) -> list[tuple[str, ...]]:
    return [tuple(s for p in equilibria.game.players for s, w in e[p].items() if w) for e in equilibria]


def coordination(rng: random.Random, high: int) -> StrategicGame:
    """A random 2×2 game in which both strategies are strict best responses to themselves."""
    a, d = ([rng.randint(0, high) for _ in range(2)] for _ in range(2))
    return bimatrix(
        [[a[0] + rng.randint(1, high), d[0]], [a[0], d[0] + rng.randint(1, high)]],
        [[a[1] + rng.randint(1, high), a[1]], [d[1], d[1] + rng.randint(1, high)]],
    )


def test_the_hare_risk_dominates_the_stag_by_49_to_1() -> None:
    hunt = bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]], {"One": ("Stag", "Hare"), "Other": ("Stag", "Hare")})
    answer = solve(hunt, "risk-dominant")
    assert profiles(answer) == [("Hare", "Hare")]
    assert answer[0].payoffs == {"One": 7, "Other": 7}
    assert answer.remarks == ("(Hare, Hare) risk-dominates (Stag, Stag): Nash product 49 against 1",)
    assert profiles(solve(hunt, "payoff-dominant")) == [("Stag", "Stag")]


def test_hawk_and_dove_tie_by_symmetry() -> None:
    rows = [["-3/2", 2], [0, 1]]
    game = bimatrix(rows, [list(column) for column in zip(*rows, strict=True)])
    answer = solve(game, "risk-dominant")
    assert profiles(answer) == [("1", "2"), ("2", "1")]
    assert answer.remarks == ("neither (1, 2) nor (2, 1) risk-dominates: both Nash products are 1.5",)


def test_a_symmetric_equilibrium_risk_dominates_if_best_against_an_even_mixture() -> None:
    rng = random.Random(SEED)
    for _ in range(60):
        a, b, c, d = rng.sample(range(12), 4)
        if a <= c or d <= b:
            continue
        answer = solve(bimatrix([[a, b], [c, d]], [[a, c], [b, d]]), "risk-dominant")
        expected = {1: [("1", "1")], -1: [("2", "2")], 0: [("1", "1"), ("2", "2")]}
        assert profiles(answer) == expected[(a + b > c + d) - (a + b < c + d)]


def test_it_is_the_equilibrium_with_the_larger_basin_of_doubts() -> None:
    """The first equilibrium risk-dominates if the mixed one plays its two strategies with chances of sum below 1."""
    rng = random.Random(SEED)
    for _ in range(100):
        game = coordination(rng, 9)
        (mixed,) = (e for e in solve(game) if 1 not in e["Row"].values())
        chances = Fraction(mixed["Row"]["1"]) + Fraction(mixed["Column"]["1"])
        expected = [("1", "1")] if chances < 1 else [("2", "2")] if chances > 1 else [("1", "1"), ("2", "2")]
        assert profiles(solve(game, "risk-dominant")) == expected, (SEED, game)


def test_three_strict_equilibria_are_compared_pair_by_pair() -> None:
    diagonal = [[3, 0, 0], [0, 2, 0], [0, 0, 1]]
    answer = solve(bimatrix(diagonal, diagonal), "risk-dominant")
    assert profiles(answer) == [("1", "1")]
    assert "(2, 2) risk-dominates (3, 3): Nash product 4 against 1" in answer.remarks
    assert len(answer.remarks) == 3


def test_the_relation_can_go_round_in_a_circle() -> None:
    game = bimatrix([[6, 2, 4], [5, 6, 2], [2, 5, 6]], [[6, 4, 4], [4, 6, 4], [4, 4, 6]])
    wins = []
    for one, other in (("1", "2"), ("2", "3"), ("3", "1")):
        wins.append(nash_product(game, (one, one), (other, other)) > nash_product(game, (other, other), (one, one)))
    assert len(set(wins)) == 1
    answer = solve(game, "risk-dominant")
    assert (len(answer), answer.complete) == (0, True)
    assert answer.remarks[-1].endswith("the relation goes round in a circle")


def test_equilibria_that_are_not_strict_are_not_compared() -> None:
    A = [[3, 0, 0], [0, 2, 0], [0, 0, 0]]
    answer = solve(bimatrix(A, A), "risk-dominant")
    assert profiles(answer) == [("1", "1")]
    assert answer.remarks[-1] == "1 other pure equilibria are not strict, and not compared"


def test_a_third_strategy_between_two_equilibria_is_refused() -> None:
    game = bimatrix([[4, 0], [0, 4], [3, 3]], [[4, 0], [0, 4], [0, 0]], {"Row": ("a", "b", "c"), "Column": ("a", "b")})
    with pytest.raises(InputError, match=r"not defined between \(a, a\) and \(b, b\): Row's c is a best response"):
        solve(game, "risk-dominant")
    lower = bimatrix([[4, 0], [0, 4], ["19/10", "19/10"]], [[4, 0], [0, 4], [0, 0]])
    assert profiles(solve(lower, "risk-dominant")) == [("1", "1"), ("2", "2")]


@pytest.mark.parametrize(
    ("game", "message"),
    [
        (bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]), r"this game has one, \(2, 2\)"),
        (bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), "this game has none"),
        (bimatrix([[1, 1], [1, 1]], [[1, 1], [1, 1]]), "this game has none"),
        (StrategicGame({"Solo": ("a", "b")}, {("a",): (1,), ("b",): (2,)}), "needs two players, this game has 1"),
    ],
)
def test_games_without_two_strict_equilibria_are_refused(game: StrategicGame, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        solve(game, "risk-dominant")
    assert "\n" not in str(refused.value)


def test_names_order_and_units_do_not_matter() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        game = coordination(rng, 5)
        changed = StrategicGame(
            {p: tuple(f"new {s}" for s in rng.sample(own, len(own))) for p, own in game.strategies.items()},
            {
                tuple(f"new {s}" for s in profile): (Fraction(3, 7) * a + 2, 5 * b - Fraction(1, 3))
                for profile, (a, b) in game.payoffs.items()
            },
        )
        before = {tuple(f"new {s}" for s in profile) for profile in profiles(solve(game, "risk-dominant"))}
        assert before == set(profiles(solve(changed, "risk-dominant"))), (SEED, game)


def test_what_others_payoffs_add_to_both_strategies_alike_does_not_matter() -> None:
    """A payoff added to a column of the row player's matrix leaves what deviating loses, and so Nash products."""
    rng = random.Random(SEED)
    for _ in range(40):
        game = coordination(rng, 5)
        bonus = {"1": rng.randint(-9, 9), "2": rng.randint(-9, 9)}
        changed = StrategicGame(game.strategies, {p: (a + bonus[p[1]], b) for p, (a, b) in game.payoffs.items()})
        assert solve(game, "risk-dominant").remarks == solve(changed, "risk-dominant").remarks


def test_the_answer_hangs_on_the_difference_of_nash_products() -> None:
    """(x − 8)² against 7²: at x = 9 the second equilibrium is the less risky one, up to x = 15."""
    x = var("x")
    game = bimatrix([[x, 0], [8, 7]], [[x, 8], [0, 7]])
    reading = ordered(cases(game, [Payoff("Row")]))
    assert reading is not None
    around = reading.around({"x": Fraction(9)}, 10)
    assert (x - 8) * (x - 8) - 49 in around.margins
    assert [played.value(Payoff("Row")) for played in around.played] == [7]
    assert [played.value(Payoff("Row")) for played in reading.around({"x": Fraction(16)}, 10).played] == [16]


def test_a_wrong_product_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    product = nash_product
    monkeypatch.setattr(module, "nash_product", lambda game, at, other: -product(game, at, other))
    with pytest.raises(AssertionError, match="compare otherwise by the doubts"):
        solve(bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]]), "risk-dominant")


def test_what_selects_an_equilibrium_in_formulas() -> None:
    x = var("x")
    (choice,) = cases(bimatrix([[x, 0], [8, 7]], [[x, 8], [0, 7]]), []).choices
    ahead = sign((x - 8) * (x - 8) - 49, ">=")
    assert ahead in set(signs(next(iter(choice.options.values())).holds))
    assert not list(cases(bimatrix([[x, 0], [8, 7]], [[x, 8], [0, 7]]), []).put({"x": poly(8)}).played({}))
