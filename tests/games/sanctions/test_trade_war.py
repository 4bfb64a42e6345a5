"""The trade war: its tariffs, its optimum and the patience that free trade needs, against numerical optimisation.

The judge below knows consumption and prices from the equations of the market, solved in floats, and nothing of the
model's polynomials.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from games import ContinuousGame, Equilibrium, RepeatedGame, StrategicGame, solve
from games.formulas.values import evaluate
from games.sanctions.trade_war import FOREIGN, HOME, MODEL, outcome_words, quantities

SEED = 1953


def drawn(rng: random.Random) -> dict[str, Fraction]:
    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 1000), 1000)

    slope = part(Fraction(1, 2), Fraction(3, 2))
    return {"A": part(3, 8), "B": slope, "D": part(0, min(slope, Fraction(1))), "s": part(Fraction(1, 4), 4)}


def game_at(**values: object) -> ContinuousGame:
    game = MODEL.at(**values)
    assert isinstance(game, ContinuousGame)
    return game


def by_the_market(v: dict[str, Fraction]) -> Callable[[float, float], tuple[float, float]]:
    """Each country's payoff at tariffs, from six equations: four demands and two markets that clear."""
    A, B, D, s = (float(v[name]) for name in ("A", "B", "D", "s"))

    def payoffs(rate_home: float, rate_foreign: float) -> tuple[float, float]:
        t_home, t_foreign = rate_home * (B - D), rate_foreign * (B - D)
        # Unknowns: x and y consumed by one in Home, x and y by one in Foreign, world prices of x and y.
        left = np.array(
            [
                [B, D, 0, 0, 1, 0],
                [D, B, 0, 0, 0, 1],
                [0, 0, B, D, 1, 0],
                [0, 0, D, B, 0, 1],
                [1, 0, s, 0, 0, 0],
                [0, 1, 0, s, 0, 0],
            ]
        )
        right = np.array([A - t_home, A, A, A - t_foreign, s, 1])
        x_home, y_home, x_foreign, y_foreign, p_x, p_y = np.linalg.solve(left, right)

        def worth(x: float, y: float) -> float:
            return A * (x + y) - B * (x**2 + y**2) / 2 - D * x * y

        sold = p_y * s * y_foreign - p_x * x_home
        return worth(x_home, y_home) + sold, s * worth(x_foreign, y_foreign) - sold

    return payoffs


def best_reply(pays: Callable[[float], float]) -> float:
    return float(minimize_scalar(lambda t: -pays(t), bounds=(0, 1), method="bounded", options={"xatol": 1e-11}).x)


def war_by_replies(pays: Callable[[float, float], tuple[float, float]]) -> tuple[float, float]:
    home = foreign = 0.0
    for _ in range(60):
        home = best_reply(lambda t, f=foreign: pays(t, f)[0])  # type: ignore[misc]
        foreign = best_reply(lambda t, h=home: pays(h, t)[1])  # type: ignore[misc]
    return home, foreign


def only(game: ContinuousGame, concept: str | None = None) -> Equilibrium:
    found = solve(game, concept)
    assert (found.exact, found.complete) == (True, True)
    (one,) = found
    return one


def test_payoffs_are_those_of_the_market() -> None:
    rng = random.Random(SEED)
    for _ in range(20):
        v = drawn(rng)
        game, pays = game_at(**v), by_the_market(v)
        for tariffs in product((0, Fraction(1, 3), 1), repeat=2):
            mine = [float(game.payoff(tariffs, player)) for player in (HOME, FOREIGN)]
            assert mine == pytest.approx(pays(*map(float, tariffs)), rel=1e-9), (SEED, v)


def test_tariffs_of_the_war_are_where_best_replies_lead() -> None:
    rng = random.Random(SEED)
    for _ in range(10):
        v = drawn(rng)
        war = only(game_at(**v))
        replied = war_by_replies(by_the_market(v))
        assert [float(war.choices[p]) for p in (HOME, FOREIGN)] == pytest.approx(replied, abs=1e-5), (SEED, v)


def compare_with_the_formulas(draws: int) -> None:
    """The only equilibrium has the tariffs of the formulas, free trade is the joint optimum."""
    rng = random.Random(SEED)
    formulas = quantities()
    for _ in range(draws):
        v = drawn(rng)
        game, point = game_at(**v), MODEL.point(**v)
        war, best = only(game), only(game, "joint-optimum")
        for player in (HOME, FOREIGN):
            assert war.choices[player] == evaluate(formulas[f"tariff of {player} in the war"], point), (SEED, v)
            assert 0 < war.choices[player] < 1
            assert best.choices[player] == 0
            assert evaluate(formulas[f"tariff of {player} that is best for both together"], point) == 0


def test_the_formulas_are_what_is_played() -> None:
    compare_with_the_formulas(150)


@pytest.mark.long
def test_the_formulas_are_what_is_played_in_many_draws() -> None:
    compare_with_the_formulas(2_000)


def test_countries_of_one_size_both_lose_and_a_much_larger_one_wins() -> None:
    for s, winners in (("1", set()), ("3", {FOREIGN}), ("1/3", {HOME})):
        game = game_at(s=s)
        war = only(game)
        assert {p for p in (HOME, FOREIGN) if war.payoffs[p] > game.payoff((0, 0), p)} == winners, s


def patience(v: dict[str, Fraction], player: str) -> Fraction:
    return evaluate(quantities()[f"discount factor from which on free trade is kept by {player}"], MODEL.point(**v))


def test_the_patience_needed_is_what_numerical_optimisation_finds() -> None:
    """(T − R)/(T − P), each found by searching over tariffs."""
    rng = random.Random(SEED)
    for _ in range(10):
        v = drawn(rng)
        pays = by_the_market(v)
        free, fought = pays(0, 0), pays(*war_by_replies(pays))
        for k, player in enumerate((HOME, FOREIGN)):

            def alone(t: float, k: int = k, pays: Callable[..., tuple[float, float]] = pays) -> float:
                return pays(*((t, 0) if k == 0 else (0, t)))[k]

            tempted = alone(best_reply(alone))
            found = (tempted - free[k]) / (tempted - fought[k])
            assert float(patience(v, player)) == pytest.approx(found, rel=1e-4), (SEED, v)


def repeated(v: dict[str, Fraction], discount: Fraction) -> RepeatedGame:
    """Round after round with three tariffs to choose from: none, the best against none, and that of the war."""
    game = game_at(**v)
    war = only(game)
    menus = {}
    for k, player in enumerate((HOME, FOREIGN)):
        _, slope, curve = (Fraction(part) for part in game.along((Fraction(0), Fraction(0)), player))
        menus[player] = {"none": Fraction(0), "tempting": -slope / (2 * curve), "war": Fraction(war.choices[player])}
        assert 0 < menus[player]["tempting"] < 1, k
    paid = {
        (a, b): tuple(game.payoff((menus[HOME][a], menus[FOREIGN][b]), p) for p in (HOME, FOREIGN))
        for a, b in product(menus[HOME], menus[FOREIGN])
    }
    stage = StrategicGame({player: tuple(menu) for player, menu in menus.items()}, paid)
    return RepeatedGame({"round": stage}, dict.fromkeys((HOME, FOREIGN), discount))


def keeps_free_trade(game: RepeatedGame) -> bool:
    """Whether some grim trigger holds it up that goes over to the war."""
    return any(
        one[f"{HOME}, agreed: round"]["none"] == one[f"{FOREIGN}, agreed: round"]["none"] == 1
        and one[f"{HOME}, after a breach: round"]["war"] == one[f"{FOREIGN}, after a breach: round"]["war"] == 1
        for one in solve(game, "grim-trigger")
    )


@pytest.mark.parametrize("values", [{}, {"D": "0"}, {"D": "3/4", "s": "9/8"}, {"B": "3/2", "s": "5/6"}])
def test_free_trade_is_kept_by_grim_trigger_exactly_from_the_stated_patience_on(values: dict[str, str]) -> None:
    v = {p.name: MODEL.point(**values)[p.symbol] for p in MODEL.parameters}
    needed = max(patience(v, HOME), patience(v, FOREIGN))
    assert 0 < needed < 1
    tiny = Fraction(1, 10**9)
    assert keeps_free_trade(repeated(v, needed))
    assert keeps_free_trade(repeated(v, needed + tiny))
    assert not keeps_free_trade(repeated(v, needed - tiny))


def test_the_patience_at_the_defaults_and_with_goods_that_have_nothing_to_do_with_each_other() -> None:
    v = {p.name: p.default for p in MODEL.parameters}
    assert patience(v, HOME) == patience(v, FOREIGN) == Fraction(49, 85)
    assert patience({**v, "D": Fraction(0)}, HOME) == Fraction(3, 5)


def test_a_country_that_wins_the_war_never_keeps_free_trade() -> None:
    v = {p.name: p.default for p in MODEL.parameters} | {"s": Fraction(3)}
    assert patience(v, FOREIGN) > 1
    assert not keeps_free_trade(repeated(v, Fraction(99, 100)))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("lowest", "lowest"), "Free trade"),
        (("between", "between"), "Tariffs on both sides"),
        (("lowest", "highest"), "Home levies no tariff, Foreign a tariff that ends trade"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
