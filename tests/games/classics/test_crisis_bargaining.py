"""Crisis bargaining: the demand that is best against a uniform private cost of war comes back from the tree."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import ExtensiveGame, solve
from games.classics.crisis_bargaining import CELLS, MODEL, outcome_words, quantities, tree
from games.formulas.values import evaluate

SEED = 1995


def tree_at(**values: object) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def played(game: ExtensiveGame) -> set[tuple[Fraction, Fraction]]:
    """What A demands and how probable war is, in each equilibrium; the demand is read off what B leaves A."""
    found = set()
    for one in solve(game):
        war = sum((Fraction(end.probability) for end in one.outcomes if end.path[-1] == "Fight"), Fraction(0))
        (risk,) = {end.path[0] for end in one.outcomes}
        found.add((Fraction(game.outcomes[risk, f"Cost {CELLS} of {CELLS}", "Accept"].payoffs[0]), war))
    return found


def best_demand(p: Fraction, c_A: Fraction, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Against the uniform distribution: max(p + low, p + (high − c_A)/2), with the probability of war."""
    demand = max(p + low, p + (high - c_A) / 2)
    return demand, (demand - p - low) / (high - low)


def drawn(rng: random.Random) -> dict[str, Fraction]:
    low, width = Fraction(rng.randrange(1, 300), 1000), Fraction(rng.randrange(1, 300), 1000)
    p = Fraction(rng.randrange(1, 1000), 1000) * (1 - low - width)
    return {"p": p, "c_A": Fraction(rng.randrange(1, 1000), 1000), "c_low": low, "c_high": low + width}


@pytest.mark.parametrize(
    ("low", "high", "demanded", "war"),
    [("0", "2/5", "13/20", "3/8"), ("1/10", "1/2", "7/10", "1/4")],
)
def test_the_instances(low: str, high: str, demanded: str, war: str) -> None:
    assert played(tree_at(c_low=low, c_high=high)) == {(Fraction(demanded), Fraction(war))}


def compare_where_the_best_demand_is_on_the_menu(draws: int) -> Counter[Fraction]:
    """c_A is such that the best demand of all has a risk of a whole number of cells, or none."""
    rng = random.Random(SEED)
    seen: Counter[Fraction] = Counter()
    while seen.total() < draws:
        v = drawn(rng)
        risk = Fraction(rng.randrange(-1, CELLS // 2 + 1), CELLS)
        v["c_A"] = v["c_high"] - 2 * v["c_low"] - 2 * risk * (v["c_high"] - v["c_low"])
        if v["c_A"] < 0:
            continue
        expected = best_demand(v["p"], v["c_A"], v["c_low"], v["c_high"])
        assert expected[1] == max(risk, 0)
        assert played(tree_at(**v)) == {expected}, (SEED, v)
        seen[expected[1]] += 1
    return seen


def test_the_best_demand_of_all_is_made_where_it_is_on_the_menu() -> None:
    seen = compare_where_the_best_demand_is_on_the_menu(150)
    assert len(seen) >= 4, seen


@pytest.mark.long
def test_the_best_demand_of_all_is_made_where_it_is_on_the_menu_in_many_draws() -> None:
    seen = compare_where_the_best_demand_is_on_the_menu(2_000)
    assert len(seen) >= 4, seen


def test_elsewhere_the_demand_lies_within_half_a_cell_of_the_best_of_all() -> None:
    rng = random.Random(SEED)
    for _ in range(100):
        v = drawn(rng)
        best, _ = best_demand(v["p"], v["c_A"], v["c_low"], v["c_high"])
        half = (v["c_high"] - v["c_low"]) / (2 * CELLS)
        assert all(abs(demanded - best) <= half for demanded, _ in played(tree_at(**v))), (SEED, v)


def test_a_demand_pays_what_it_pays_against_the_uniform_distribution() -> None:
    rng = random.Random(SEED)
    for _ in range(20):
        v = drawn(rng)
        game = tree_at(**v)
        for cell in range(CELLS + 1):
            risk = Fraction(cell, CELLS)
            demanded = v["p"] + v["c_low"] + risk * (v["c_high"] - v["c_low"])
            (only,) = solve(game.subgame((f"Risk {risk}",)))
            assert only.payoffs["A"] == risk * (v["p"] - v["c_A"]) + (1 - risk) * demanded, (SEED, v)


def test_more_cells_change_nothing_where_the_demand_is_on_both_menus() -> None:
    point = MODEL.point()
    fine = tree(40)
    game = fine.with_entries([evaluate(entry, point) for entry in fine.entries])
    (only,) = solve(game)
    assert {end.path[0] for end in only.outcomes} == {"Risk 3/8"}


def test_war_is_worse_for_both_than_any_division_in_the_range() -> None:
    """Every cost of B leaves a range; by default A risks war for more than every B concedes."""
    least, every_b, any_b = (evaluate(formula, MODEL.point()) for formula in quantities().values())
    assert (least, every_b, any_b) == (Fraction(2, 5), Fraction(1, 2), Fraction(9, 10))
    ((demanded, war),) = played(tree_at())
    assert every_b < demanded < any_b
    assert war > 0


def test_a_war_that_costs_a_more_is_risked_less() -> None:
    risks = [{war for _, war in played(tree_at(c_A=cost))} for cost in ("1/20", "1/10", "3/10", "9/10")]
    assert risks == [{Fraction(1, 2), Fraction(3, 8)}, {Fraction(3, 8)}, {Fraction(1, 8)}, {Fraction(0)}]


def test_paths_in_words() -> None:
    assert outcome_words(("Risk 3/8", "Cost 1 of 8", "Fight")) == "A demand at a risk of 3/8, war"
    assert outcome_words(("Risk 0", "Cost 8 of 8", "Accept")) == "A demand at a risk of 0, peace"
