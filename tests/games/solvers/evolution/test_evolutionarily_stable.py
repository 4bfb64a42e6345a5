"""Evolutionary stability, judged by many mutants tried out, and what the definition says of known games."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

import pytest

from games import Equilibria, InputError, StrategicGame, solve
from games.play.quantities import Chosen, Payoff
from games.solvers.evolution import evolutionarily_stable as module
from games.solvers.evolution.evolutionarily_stable import cases
from games.terms import Poly, equal, poly, var

SEED = 1973
NAME = "evolutionarily-stable"


def symmetric(rows: list[list[int]]) -> StrategicGame:
    menus = dict.fromkeys(("One", "Other"), tuple("abcdefghij"[: len(rows)]))
    return StrategicGame.bimatrix(rows, [list(column) for column in zip(*rows, strict=True)], menus)


def drawn(rng: random.Random, size: int, high: int) -> StrategicGame:
    """Where strategy a plays against itself as every other one does, so that mixtures of mutants matter."""
    rows = [[rng.randint(-high, high) for _ in range(size)] for _ in range(size)]
    if rng.random() < 0.7:
        for number, row in enumerate(rows):
            row[0] = rows[0][0]
            if number:
                row[number] = min(row)
    return symmetric(rows)


def stable(found: Equilibria) -> set[str]:
    return {next(label for label, weight in e["One"].items() if weight) for e in found}


def mutants(labels: tuple[str, ...], parts: int) -> Iterator[dict[str, Fraction]]:
    """Every mixture of at most three strategies on a grid."""
    for among in (c for size in (1, 2, 3) for c in combinations(labels, size)):
        for weights in product(range(1, parts + 1), repeat=len(among)):
            if sum(weights) == parts:
                yield {label: Fraction(w, parts) for label, w in zip(among, weights, strict=True)}


def pays(game: StrategicGame, one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> Fraction:
    return sum((w * v * game.payoffs[a, b][0] for a, w in one.items() for b, v in other.items()), Fraction(0))


def invaded(game: StrategicGame, own: str, mutant: Mapping[str, Fraction]) -> bool:
    sure = {own: Fraction(1)}
    there, here = pays(game, mutant, sure), pays(game, sure, sure)
    return mutant != sure and (
        there > here or (there == here and pays(game, mutant, mutant) >= pays(game, sure, mutant))
    )


@pytest.mark.untraced
def test_no_mutant_on_a_grid_invades_a_stable_strategy_and_some_mixture_invades_others() -> None:
    rng = random.Random(SEED)
    seen: Counter[str] = Counter()
    for k in range(120):
        game = drawn(rng, 2 + k % 3, rng.choice((1, 2, 5)))
        found = solve(game, NAME)
        assert found.complete
        menu = game.strategies["One"]
        for own in menu:
            by = [m for m in mutants(menu, 12) if invaded(game, own, m)]
            if own in stable(found):
                assert not by, (SEED, game, own, by[0])
                seen["stable"] += 1
            else:
                assert any(remark.startswith(f"{own} is invaded by ") for remark in found.remarks)
                seen[
                    "by a mixture alone" if by and min(map(len, by)) > 1 else "by a pure one" if by else "off grid"
                ] += 1
    assert seen["stable"] > 20
    assert seen["by a mixture alone"] > 1
    assert seen["by a pure one"] > 20


def test_a_strategy_that_withstands_each_pure_mutant_may_fall_to_a_mixture_of_them() -> None:
    """Against a, all get 0; b and c each lose to a by 1 among themselves, but b and c together make 4."""
    game = symmetric([[0, 1, 1], [0, 0, 4], [0, 4, 0]])
    found = solve(game, NAME)
    assert "a" not in stable(found)
    assert any(remark.startswith("a is invaded by 0.75 b + 0.25 c: both get 0 against a") for remark in found.remarks)
    apart = symmetric([[0, 1, 1], [0, 0, 1], [0, 1, 0]])
    assert stable(solve(apart, NAME)) == {"a"}


def test_nothing_is_stable_in_paper_scissors_stone_and_both_conventions_are_in_coordination() -> None:
    stone = symmetric([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    found = solve(stone, NAME)
    assert (len(found), found.complete) == (0, True)
    assert found.remarks[-1] == "pure strategies only; whether a mixed one is evolutionarily stable was not examined"
    coordination = solve(symmetric([[2, 0], [0, 1]]), NAME)
    assert stable(coordination) == {"a", "b"}
    assert coordination.heading == "2 evolutionarily-stable strategies, exact, complete"


def test_other_games_are_refused() -> None:
    for game, message in (
        (StrategicGame({"Solo": ("a",)}, {("a",): (1,)}), "needs two players, this game has 1"),
        (
            StrategicGame.bimatrix([[1, 2]], [[1, 2]]),
            "both players have the same strategies; Row has 1 and Column has 1, 2",
        ),
        (
            StrategicGame.bimatrix([[1, 2], [3, 4]], [[1, 2], [3, 4]]),
            r"Row gets 2 at \(1, 2\) and Column gets 3 at \(2, 1\)",
        ),
    ):
        with pytest.raises(InputError, match=message):
            solve(game, NAME)
        with pytest.raises(InputError, match=message):
            cases(game, [])


def test_the_game_must_be_symmetric_where_an_answer_is_one() -> None:
    x, y = var("x"), var("y")
    game = StrategicGame.bimatrix([[1, x], [0, 2]], [[1, 0], [y, 2]], dict.fromkeys(("One", "Other"), ("a", "b")))
    (choice,) = cases(game, [Payoff("Other"), Chosen({"One": "a"})]).choices
    assert choice.options["a"].holds == equal(x, y)
    assert [list(cases(game, []).played({"x": 3, "y": other})) != [] for other in (3, 2)] == [True, False]


def test_values_are_those_of_a_population_that_plays_the_strategy() -> None:
    game = symmetric([[3, 0], [0, 1]])
    asked = [Payoff("Other"), Chosen({"One": "a"}), Chosen({"One": "a", "Other": "b"})]
    found = cases(game, asked)
    values = [
        [value.at(values) for value in map(found.values.__getitem__, asked) if isinstance(value, Poly)]
        for _, values in found.played({})
    ]
    assert values == [[3, 1, 0], [1, 0, 0]]


def test_too_many_strategies_are_refused() -> None:
    large = symmetric([[0] * 10 for _ in range(10)])
    with pytest.raises(InputError, match="for at most 5 strategies; this game has 10"):
        cases(large, [])
    with pytest.raises(InputError, match="9 strategies pay as much against a"):
        solve(large, NAME)
    assert stable(solve(symmetric([[int(i == j) for j in range(8)] for i in range(8)]), NAME)) == set("abcdefgh")


def test_a_wrong_answer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    game = symmetric([[0, 1, 1], [0, 0, 4], [0, 4, 0]])
    monkeypatch.setattr(module, "_invader", lambda *_: None)
    with pytest.raises(AssertionError, match=r"no best response to itself|is invaded"):
        solve(game, NAME)
    monkeypatch.setattr(module, "_invader", lambda pays, menu, own: {"b": Fraction(1)})
    with pytest.raises(AssertionError, match="was found to invade a and does not"):
        solve(game, NAME)


def test_what_is_not_verified_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PIECES", 1)
    found = solve(symmetric([[0, 1, 1], [0, 0, 1], [0, 1, 0]]), NAME)
    assert not found.complete
    assert any("is not listed: that no mutant invades it was not verified" in remark for remark in found.remarks)


def test_a_determinant_by_hand() -> None:
    a, b, c = map(var, "abc")
    matrix = [[a, b], [b, c]]
    assert module._determinant(matrix) == a * c - b * b
    assert module._last_cofactors(matrix) == [-b, a]
    assert module._determinant([[poly(2)]]) == poly(2)
