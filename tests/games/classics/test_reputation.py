"""Reputation: the equilibrium of Kreps and Wilson, listed by the solvers for few senders and verified for more.

The sequential equilibria are listed, and shown to be one, for two and three senders of the reduced game and for two of
the whole. For four senders they are too many to go through. There the written strategies are verified with their
beliefs, in the whole game, by checks that share no code with the solvers, and subgame perfection meets them, too.
"""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest

from games import Decision, Equilibrium, ExtensiveGame, solve
from games.classics.reputation import (
    MODEL,
    RESIST,
    SANCTION,
    SENDERS,
    STAY_OUT,
    STRONG,
    WEAK,
    YIELD,
    deciding,
    history_of,
    in_turn,
    outcome_words,
    sanctioned,
    sender,
)
from games.formulas.values import evaluate
from games.play.regret import belief_regret
from laws.counts import long

SEED = 1982
ONE = Fraction(1)
Values: TypeAlias = Mapping[str, Fraction]
History: TypeAlias = tuple[str, ...]
Held: TypeAlias = dict[str, dict[tuple[str, ...], Fraction]]
Assessment: TypeAlias = tuple[dict[str, dict[str, Fraction]], Held]

DEFAULT = {name: parameter.default for name, parameter in MODEL.by_name.items()}


def game_at(v: Values, senders: int, whole: bool = False) -> ExtensiveGame:
    game, point = in_turn(senders, whole), MODEL.point(**v)
    return game.with_entries([evaluate(entry, point) for entry in game.entries])


def resists(v: Values, believed: Fraction, left: int) -> Fraction:
    """How often a weak target resists with so many senders left, the present one among them."""
    if left == 1 or not believed:
        return Fraction(0)
    enough = (v["g"] / (v["g"] + v["r"])) ** (left - 1)
    return min(ONE, believed * (1 - enough) / ((1 - believed) * enough)) if believed < enough else ONE


def stays_out(v: Values, believed: Fraction, left: int, after_resistance: bool) -> Fraction:
    """How often a sender stays out; where it does not mind, so often that a weak target did not mind to resist."""
    enough = (v["g"] / (v["g"] + v["r"])) ** left
    if believed == enough and after_resistance:
        return v["c"] / v["a"]
    return Fraction(believed > enough)


def beliefs_after(v: Values, history: History, senders: int) -> Fraction:
    """How probably the target is strong after the history: not at all once it has yielded."""
    believed = v["p"]
    for k, step in enumerate(history):
        if step == YIELD:
            return Fraction(0)
        if step == RESIST and believed:
            believed /= believed + (1 - believed) * resists(v, believed, senders - k)
    return believed


def kreps_wilson(v: Values, game: ExtensiveGame, senders: int) -> Assessment:
    """Kreps and Wilson's strategies and beliefs at every information set of the game."""
    strategies: dict[str, dict[str, Fraction]] = {}
    beliefs: Held = {}
    for name, s in game.information_sets.items():
        history = history_of(s.paths[0] if s.player != "Target" else s.paths[0][:-1])
        believed, left = beliefs_after(v, history, senders), senders - len(history)
        if s.player == "Target":
            strong = s.paths[0][0] == STRONG
            often = ONE if strong else resists(v, believed, left)
            strategies[name] = {RESIST: often, YIELD: 1 - often}
        else:
            out = stays_out(v, believed, left, resisted_last(history))
            strategies[name] = {STAY_OUT: out, SANCTION: 1 - out}
            weigh = {STRONG: believed, WEAK: 1 - believed}
            beliefs[name] = {path: weigh[path[0]] for path in s.paths}
    return strategies, beliefs


def resisted_last(history: History) -> bool:
    """Whether the last sender that came was resisted; those that stay out change nothing that is believed."""
    came = [step for step in history if step != STAY_OUT]
    return bool(came) and came[-1] == RESIST


def agree(one: Equilibrium, strategies: Mapping[str, Mapping[str, Fraction]]) -> bool:
    return all(one[name][action] == w for name, mix in strategies.items() for action, w in mix.items())


def drawn(rng: random.Random) -> dict[str, Fraction]:
    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 1000), 1000)

    v = {"p": part(0, 1) ** rng.randint(1, 3), "g": part(0, 1), "r": part(0, 1), "c": part(0, 2)}
    return {**v, "a": part(v["c"], 4)}


@pytest.mark.parametrize(("senders", "whole"), [(1, True), (2, False), (2, True), (3, False)])
def test_the_only_sequential_equilibrium_is_that_of_kreps_and_wilson(senders: int, whole: bool) -> None:
    game = game_at(DEFAULT, senders, whole)
    equilibria = solve(game, "sequential")
    assert equilibria.complete
    (only,) = equilibria
    strategies, beliefs = kreps_wilson(DEFAULT, game, senders)
    assert agree(only, strategies)
    assert all(
        only.beliefs[name][path] == w for name, held in beliefs.items() for path, w in held.items() if len(held) > 1
    )


def test_three_senders_of_the_instance() -> None:
    """The first sanctions; a weak target resists with 1/3, and is then believed strong with b² = 1/4."""
    (only,) = solve(MODEL.at(), "sequential")
    assert only[deciding(1, ())][SANCTION] == 1
    assert only[sanctioned(WEAK, ())][RESIST] == Fraction(1, 3)
    after = only.beliefs[deciding(2, (RESIST,))]
    assert {path[0]: weight for path, weight in after.items()} == {STRONG: Fraction(1, 4), WEAK: Fraction(3, 4)}
    assert only[deciding(2, (RESIST,))][STAY_OUT] == Fraction(1, 2)
    assert only[deciding(2, (STAY_OUT,))][SANCTION] == 1


def test_four_senders_of_the_instance() -> None:
    """The first stays out, since 1/10 > b⁴ = 1/16; from then on there are three, and 1/10 < b³ = 1/8."""
    (met,) = solve(game_at(DEFAULT, 4))
    strategies, _ = kreps_wilson(DEFAULT, game_at(DEFAULT, 4), 4)
    assert agree(met, strategies)
    assert met[deciding(1, ())][STAY_OUT] == 1
    assert met[sanctioned(WEAK, ())][RESIST] == Fraction(7, 9)
    assert met[deciding(2, (STAY_OUT,))][SANCTION] == 1
    assert met[sanctioned(WEAK, (STAY_OUT,))][RESIST] == Fraction(1, 3)
    (three,) = solve(MODEL.at(), "sequential")
    for k in range(1, 4):
        assert met.payoffs[sender(k + 1)] == three.payoffs[sender(k)]
    assert met.payoffs["Target"] == three.payoffs["Target"] + DEFAULT["a"]


@pytest.mark.parametrize("senders", [2, 3, 4])
def test_the_whole_game_is_played_rationally_everywhere(senders: int) -> None:
    """Kreps and Wilson's assessment, judged without a solver: no plan from anywhere on pays anybody more."""
    game = game_at(DEFAULT, senders, whole=True)
    assert set(belief_regret(game, *kreps_wilson(DEFAULT, game, senders)).values()) == {0}


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [20, long(400)])
def test_it_is_so_at_other_values_and_not_for_other_strategies(draws: int) -> None:
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(draws):
        v = drawn(rng)
        game = game_at(v, 3, whole=True)
        strategies, beliefs = kreps_wilson(v, game, 3)
        assert set(belief_regret(game, strategies, beliefs).values()) == {0}, (SEED, v)
        first = sanctioned(WEAK, ())
        often = strategies[first][RESIST]
        seen["always" if often == 1 else "sometimes"] += 1
        other = {**strategies, first: {RESIST: often / 2, YIELD: 1 - often / 2}}
        bayes = trembling(v, game, other, Fraction(0))
        assert any(belief_regret(game, other, {**beliefs, **bayes}).values()), (SEED, v)
    assert len(seen) == 2, (SEED, seen)


def trembling(v: Values, game: ExtensiveGame, strategies: Mapping[str, Mapping[str, Fraction]], slip: Fraction) -> Held:
    """What Bayes' rule makes of the target's slips, of chance ``slip`` if it is weak and its square if it is strong.

    Without slips, nothing where nothing leads.
    """

    def chance(path: tuple[str, ...]) -> Fraction:
        weight = v["p"] if path[0] == STRONG else 1 - v["p"]
        for k in range(1, len(path)):
            node = game.nodes[path[:k]]
            assert isinstance(node, Decision)
            if node.player == "Target":
                size = slip if path[0] == WEAK else slip**2
                weight *= (1 - 2 * size) * strategies[game.information_set_at(path[:k])][path[k]] + size
        return weight

    beliefs: Held = {}
    for name, s in game.information_sets.items():
        weights = {path: chance(path) for path in s.paths}
        if s.player != "Target" and (total := sum(weights.values())):
            beliefs[name] = {path: weight / total for path, weight in weights.items()}
    return beliefs


def test_the_beliefs_are_the_limit_of_slips() -> None:
    """Consistent in the sense of Kreps and Wilson: the chance of a slip shrinks, and so does the distance."""
    game = game_at(DEFAULT, 3, whole=True)
    strategies, beliefs = kreps_wilson(DEFAULT, game, 3)
    for exponent in (3, 5, 7):
        near = trembling(DEFAULT, game, strategies, Fraction(1, 10**exponent))
        gaps = [abs(near[name][path] - w) for name, held in beliefs.items() for path, w in held.items()]
        assert max(gaps) < Fraction(1, 10 ** (exponent - 2))


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [6, pytest.param(150, marks=pytest.mark.long)])
def test_the_solver_lists_it_alone_at_other_values(draws: int) -> None:
    rng = random.Random(SEED)
    for _ in range(draws):
        v, senders = drawn(rng), rng.choice([2, 3])
        game = game_at(v, senders)
        equilibria = solve(game, "sequential")
        assert equilibria.complete, (SEED, v)
        (only,) = equilibria
        strategies, _ = kreps_wilson(v, game, senders)
        assert agree(only, strategies), (SEED, v)


def test_known_to_be_weak_it_yields_to_everybody() -> None:
    """The chain store paradox: after a yield backward induction is unambiguous, however many are still to come."""
    whole = game_at({**DEFAULT, "p": Fraction(0)}, 4)
    assert isinstance(whole.root.events[WEAK][1], Decision)  # type: ignore[union-attr]
    alone = ExtensiveGame(whole.players, weak_alone(4))
    (only,) = solve(alone)
    assert {reached.path for reached in only.outcomes} == {(SANCTION, YIELD) * 4}
    assert only.payoffs == {"Target": 0, **{sender(k): DEFAULT["g"] for k in range(1, 5)}}


def weak_alone(senders: int) -> Decision:
    """The part of the whole game in which the target is weak, as a game of perfect information of its own."""
    _, node = game_at(DEFAULT, senders, whole=True).root.events[WEAK]  # type: ignore[union-attr]
    assert isinstance(node, Decision)
    return node


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            (STRONG, SANCTION, STAY_OUT, SANCTION),
            "A strong target: 1 is resisted, 2 stays out, 3 is resisted",
        ),
        (
            (WEAK, STAY_OUT, SANCTION, RESIST, SANCTION, YIELD),
            "A weak target: 1 stays out, 2 is resisted, 3 gets its way",
        ),
        ((WEAK, SANCTION, YIELD), "A weak target: 1 gets its way, and so do all later ones"),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
    assert len(history_of(path)) <= SENDERS
