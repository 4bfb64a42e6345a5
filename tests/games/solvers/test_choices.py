"""What explanations say that choices pay, against the conditions of the options that the definition has."""

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from games import Decision, ExtensiveGame, Outcome, StrategicGame, solve
from games.cases import Cases
from games.forms.extensive import Node
from games.solvers.choices import choices
from games.solvers.nash.pure_nash import cases as profiles
from games.solvers.refinements.subgame_perfect import cases as backwards
from games.terms import holds, poly

SEED = 1953


def node(rng: random.Random, depth: int) -> Node:
    if depth == 0:
        return Outcome((Fraction(rng.randint(0, 2)), Fraction(rng.randint(0, 2))))
    return Decision(rng.choice("AB"), {f"m{k}": node(rng, depth - 1) for k in range(rng.choice((2, 3)))})


def allowed(cases: Cases, taken: Mapping[str, str]) -> dict[str, set[str]]:
    """By choice, the options that hold where all others are taken as given."""
    values: dict[str, Fraction] = {}
    found = {}
    for choice in cases.choices:
        found[choice.name] = {label for label, option in choice.options.items() if holds(option.holds, values, taken)}
        values |= {name: Fraction(p.at(values)) for name, p in choice.options[taken[choice.name]].gives.items()}
    return found


def test_an_action_of_a_tree_pays_most_exactly_where_its_option_holds() -> None:
    rng = random.Random(SEED)
    ties = 0
    for _ in range(15):
        game = ExtensiveGame(("A", "B"), node(rng, 3))
        cases = backwards(game.with_entries([poly(entry) for entry in game.entries]), [])
        names = {frozenset(s.paths): name for name, s in game.information_sets.items()}
        for listed in list(solve(game))[:5]:
            # Mixtures are told apart by being the same object.
            equilibrium = replace(listed, strategies=dict(listed.strategies))
            taken = {name: next(a for a, w in equilibrium[name].items() if w) for name in names.values()}
            options = allowed(cases, taken)
            told = {
                next(name for name in options if equilibrium[name] is choice.played): choice.pays
                for choice in choices(game, equilibrium)
            }
            for name, pays in told.items():
                assert pays is not None
                assert options[name] == {action for action, value in pays.items() if value == max(pays.values())}
                ties += len(options[name]) > 1
    assert ties > 20, f"seed {SEED}"


@pytest.mark.parametrize("sizes", [(2, 2), (3, 2), (3, 3)])
def test_a_profile_holds_exactly_where_every_strategy_in_it_pays_most(sizes: tuple[int, int]) -> None:
    rng = random.Random(SEED)
    found = 0
    for _ in range(10):
        rows = [[[rng.randint(0, 2) for _ in range(sizes[1])] for _ in range(sizes[0])] for _ in "AB"]
        game = StrategicGame.bimatrix(*rows)
        (choice,) = profiles(game.with_entries([poly(entry) for entry in game.entries]), []).choices
        holding = [label for label, option in choice.options.items() if option.holds is True]
        equilibria = solve(game, "pure-nash")
        assert len(holding) == len(equilibria)
        for equilibrium in equilibria:
            for one in choices(game, equilibrium):
                assert one.pays is not None
                assert one.pays[one.actions[0]] == max(one.pays.values())
                found += 1
    assert found > 10
