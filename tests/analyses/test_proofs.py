"""The sentences that say why an equilibrium is one: each number in them against payoffs found by another way."""

import random
import re
from fractions import Fraction
from typing import Any

import pytest

from analyses.proofs import proof
from games import Chance, Decision, Equilibrium, ExtensiveGame, Outcome, StrategicGame, solve
from games.catalog import load
from games.forms.extensive import Path
from games.formulas.relations import symbols_of
from games.model import Model

SEED = 1953
POINTS = 4

NUMBER = r"(−?\d+(?:\.\d+|/\d+)?)(?=[,;:.]|$)"


def read(number: str) -> Fraction:
    return Fraction(number.replace("−", "-"))


def expected(game: ExtensiveGame, equilibrium: Equilibrium, path: Path, player: str) -> Fraction:
    """What ``player`` gets from ``path`` on: the sum over all leaves below of probability times payoff."""
    total = Fraction(0)
    for end, outcome in game.outcomes.items():
        if end[: len(path)] == path:
            weight = Fraction(1)
            for depth in range(len(path), len(end)):
                node = game.nodes[end[:depth]]
                if isinstance(node, Chance):
                    weight *= node.events[end[depth]][0]
                else:
                    weight *= equilibrium[game.information_set_at(end[:depth])][end[depth]]
            total += weight * outcome.payoffs[game.players.index(player)]
    return total


def other_values(model: Model, rng: random.Random) -> dict[str, object]:
    values = {p.name: p.low + (p.high - p.low) * Fraction(rng.randrange(1, 40), 40) for p in model.parameters}
    while broken := model.broken(model.point(**values)):
        for symbol in symbols_of(broken.relation):
            p = model.by_name[symbol.name]
            values[p.name] = p.low + (p.high - p.low) * Fraction(rng.randrange(1, 40), 40)
    return dict(values)


@pytest.mark.parametrize("name", ["sanction-retaliation", "territorial-partition"])
def test_every_number_about_a_tree_is_the_payoff_it_claims_to_be(name: str) -> None:
    model = load(name)
    rng = random.Random(SEED)
    for values in [{}, *(other_values(model, rng) for _ in range(POINTS))]:
        game = model.at(**values)
        assert isinstance(game, ExtensiveGame)
        for equilibrium in solve(game)[:3]:
            sentences = proof(model, game, equilibrium)
            decisions = [path for path, node in game.nodes.items() if isinstance(node, Decision)]
            assert len(sentences) == len(decisions)
            for path in decisions:
                start = f"After {' → '.join(path)}, " if path else "At the start, "
                node = game.nodes[path]
                assert isinstance(node, Decision)
                chosen = next(a for a, weight in equilibrium[game.information_set_at(path)].items() if weight)
                (sentence,) = [s for s in sentences if s.startswith(f"{start}{chosen} pays {node.player} ")]
                rest = sentence.removeprefix(start)
                where = f"seed {SEED}, {name} at {values}: {sentence}"
                for action in node.actions:
                    pays = rf" pays {node.player}" if action == chosen else ""
                    (shown,) = re.findall(rf"(?:^|, ){re.escape(action)}{pays} {NUMBER}", rest)
                    assert read(shown) == expected(game, equilibrium, (*path, action), node.player), where
                best = expected(game, equilibrium, (*path, chosen), node.player)
                equal = [
                    a
                    for a in node.actions
                    if a != chosen and expected(game, equilibrium, (*path, a), node.player) == best
                ]
                if equal:
                    assert f"; {node.player} is indifferent to {', '.join(equal)}" in sentence, where
                else:
                    assert "indifferent" not in sentence, where


def test_the_last_moves_are_explained_first() -> None:
    model = load("sanction-retaliation")
    game = model.at()
    sentences = proof(model, game, solve(game)[0])
    assert sentences[0].startswith("After Symbolic → Concede, ")
    assert sentences[-1].startswith("At the start, Full pays Japan 0.4, ")


def test_the_choices_that_matter_are_said_in_words() -> None:
    """Keeping sanctions after a concession means that relief is not credible; lifting them that it is."""
    model = load("sanction-retaliation")
    game = model.at()
    sentences = proof(model, game, solve(game)[0])
    assert "After Full → Concede, Keep pays Japan 1.55, Lift 1: relief is not credible." in sentences
    assert "After Symbolic → Concede, Lift pays Japan 1, Keep 0.95: relief is credible." in sentences
    assert "After Full → Patrol, Hold pays Japan 0.4, Back down −0.6: the threat to carry on is credible." in sentences
    game = model.at(A_F=0)
    sentences = proof(model, game, solve(game)[0])
    assert (
        "After Full → Absorb, Back down pays Japan −0.2, Hold −0.4: the threat to carry on is not credible."
        in sentences
    )


def test_indifference_is_not_passed_over() -> None:
    """At e = beta Japan does not care whether it keeps its word."""
    model = load("sanction-retaliation")
    game = model.at(beta="4/5")
    said = {s for one in solve(game) for s in proof(model, game, one) if s.startswith("After Full → Concede, ")}
    assert said == {
        "After Full → Concede, Lift pays Japan 1, Keep 1; Japan is indifferent to Keep: relief is credible.",
        "After Full → Concede, Keep pays Japan 1, Lift 1; Japan is indifferent to Lift: relief is not credible.",
    }


def test_a_single_action_needs_no_comparison() -> None:
    game = ExtensiveGame(("A",), Decision("A", {"go": Outcome((Fraction(1, 3),))}))
    assert proof(Model("one", "One", game), game, solve(game)[0]) == ("At the start, go pays A 1/3.",)


def test_a_sentence_about_a_mixed_equilibrium_gives_what_each_strategy_pays() -> None:
    """Matching pennies with a stake of 3 on heads: each side is indifferent, and each number can be checked."""
    game = StrategicGame.bimatrix(
        [[3, -1], [-1, 1]],
        [[-3, 1], [1, -1]],
        {"A": ("heads", "tails"), "B": ("heads", "tails")},
    )
    (equilibrium,) = solve(game)
    a, b = proof(Model("pennies", "Pennies", game), game, equilibrium)
    assert a == "Against B: 1/3 heads + 2/3 tails, heads and tails each pay A 1/3."
    assert b == "Against A: 1/3 heads + 2/3 tails, heads and tails each pay B −1/3."


def strategy_payoff(game: StrategicGame, equilibrium: Equilibrium, player: str, own: str) -> Fraction:
    """For two players: own strategy against the mixture of the other."""
    position = game.players.index(player)
    other = game.players[1 - position]
    profiles = [((own, s) if position == 0 else (s, own), weight) for s, weight in equilibrium[other].items()]
    return sum((weight * game.payoffs[profile][position] for profile, weight in profiles), Fraction(0))


def test_every_number_about_a_strategic_form_is_the_payoff_it_claims_to_be() -> None:
    model = load("sanction-encounter")
    rng = random.Random(SEED)
    checked = 0
    for values in [{}, *(other_values(model, rng) for _ in range(POINTS))]:
        game: Any = model.at(**values)
        for equilibrium in solve(game):
            for player, sentence in zip(game.players, proof(model, game, equilibrium), strict=True):
                where = f"seed {SEED}, {values}: {sentence}"
                played = [own for own, weight in equilibrium[player].items() if weight]
                verb = "each pay" if len(played) > 1 else "pays"
                (value,) = re.findall(rf", {' and '.join(played)} {verb} {player} {NUMBER}", sentence)
                for own in game.strategies[player]:
                    pays = strategy_payoff(game, equilibrium, player, own)
                    if own in played:
                        assert pays == read(value), where
                    else:
                        (shown,) = re.findall(rf", {own} {NUMBER}", sentence)
                        assert pays == read(shown), where
                        assert pays <= read(value), where
                        told = sentence.partition(f"; {player} is indifferent to ")[2].rstrip(".").split(", ")
                        assert (own in told) == (pays == read(value)), where
                    checked += 1
    assert checked > 20
