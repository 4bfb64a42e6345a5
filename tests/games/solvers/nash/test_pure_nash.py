"""Pure equilibria of games with any number of players, against the definition."""

import random
from itertools import product

import pytest

from games import InputError, StrategicGame, solve
from games.cases import spelled
from games.play.quantities import Chosen, Payoff, Reach
from games.solvers.nash.pure_nash import cases
from games.terms import Poly, every, poly, sign, var

SEED = 1951


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"s{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {p: tuple(rng.randint(-high, high) for _ in sizes) for p in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


def by_definition(game: StrategicGame) -> set[tuple[str, ...]]:
    """Every profile in which no player has a strategy that pays more, the others' strategies given."""
    found = set()
    for profile, own in game.payoffs.items():
        better = (
            game.payoffs[(*profile[:k], other, *profile[k + 1 :])][k] > own[k]
            for k, player in enumerate(game.players)
            for other in game.strategies[player]
        )
        if not any(better):
            found.add(profile)
    return found


@pytest.mark.parametrize("sizes", [(4,), (2, 2), (1, 5), (4, 3), (2, 2, 2), (3, 1, 3), (2, 3, 2, 2), (2,) * 6], ids=str)
def test_exactly_the_profiles_of_the_definition(sizes: tuple[int, ...]) -> None:
    rng = random.Random(SEED)
    counts = set()
    for _ in range(60):
        game = random_game(rng, sizes, rng.choice((0, 1, 2, 9)))
        equilibria = solve(game, "pure-nash")
        found = [tuple(next(s for s, w in e[p].items() if w == 1) for p in game.players) for e in equilibria]
        assert len(set(found)) == len(found)
        assert set(found) == by_definition(game), (SEED, game)
        assert equilibria.complete
        for equilibrium, profile in zip(equilibria, found, strict=True):
            assert tuple(equilibrium.payoffs.values()) == game.payoffs[profile]
        counts.add(len(found))
    assert len(counts) > 1


def test_matching_pennies_has_none() -> None:
    game = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    equilibria = solve(game, "pure-nash")
    assert (len(equilibria), equilibria.complete) == (0, True)
    assert str(equilibria) == "0 pure-nash equilibria, exact, complete"


def test_a_public_good_among_three() -> None:
    """A good worth 3 to each is provided if two pay 2: nobody pays, or exactly two do."""
    players = ("A", "B", "C")

    def payoffs(profile: tuple[str, ...]) -> tuple[int, ...]:
        provided = profile.count("pay") >= 2
        return tuple(3 * provided - 2 * (choice == "pay") for choice in profile)

    game = StrategicGame(
        dict.fromkeys(players, ("pay", "keep")),
        {profile: payoffs(profile) for profile in product(("pay", "keep"), repeat=3)},
    )
    payers = [sum(e[player]["pay"] for player in players) for e in solve(game, "pure-nash")]
    assert sorted(payers) == [0, 2, 2, 2]


def test_a_case_holds_where_nobody_gains_by_leaving_its_profile() -> None:
    a, b = var("a"), var("b")
    game = StrategicGame.bimatrix([[a, 0], [0, b]], [[1, 0], [0, 1]])
    chosen, paid = Chosen({"Row": "1", "Column": "1"}), Payoff("Row")
    (choice,) = (found := cases(game, [chosen, paid])).choices
    assert {label: option.holds for label, option in choice.options.items()} == {
        spelled(("1", "1")): sign(a, ">="),
        spelled(("1", "2")): False,
        spelled(("2", "1")): False,
        spelled(("2", "2")): sign(b, ">="),
    }
    assert found.is_ordered
    for k, value in enumerate((a, b), start=1):
        taken = {choice.name: spelled((str(k), str(k)))}
        assert every(condition for _, condition in found.case(taken)) == sign(value, ">=")
        given = found.given(taken)
        values = [found.values[quantity] for quantity in (chosen, paid)]
        assert [v.put(given) for v in values if isinstance(v, Poly)] == [poly(int(k == 1)), value]


def test_a_strategic_form_has_no_paths() -> None:
    with pytest.raises(InputError, match="has no paths; name strategies by player"):
        cases(StrategicGame.bimatrix([[1]], [[1]]), [Reach(("1",))])
