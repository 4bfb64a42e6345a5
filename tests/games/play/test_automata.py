"""Automata in repeated games: against many rounds of play, and among all equilibrium payoffs."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy

from games import InputError, RepeatedGame, StrategicGame, solve
from games.forms.automata import Automaton, always, grim, tit_for_tat, win_stay_lose_shift
from games.forms.automata import tit_for_two_tats as two_tats
from games.forms.repeated import AGREED, BREACH, key
from games.play.automata import VerifiedAutomata, equilibrium_condition, verify_automata
from games.solvers.repeated.payoff_set import payoff_set
from games.terms import holds, var

SEED = 1986
ROUNDS = 80


def random_stage(rng: random.Random, players: int) -> StrategicGame:
    menus = dict.fromkeys("ABC"[:players], ("x", "y"))
    return StrategicGame(menus, {p: tuple(rng.randint(0, 4) for _ in menus) for p in product(*menus.values())})


def random_automaton(rng: random.Random, stage: StrategicGame, states: int) -> Automaton:
    names = [f"q{k}" for k in range(states)]
    return Automaton(
        {name: rng.choice("xy") for name in names},
        {name: {profile: rng.choice(names) for profile in stage.profiles} for name in names},
        rng.choice(names),
    )


def random_play(rng: random.Random, players: int) -> tuple[RepeatedGame, dict[str, Automaton]]:
    stage = random_stage(rng, players)
    factors = {player: Fraction(rng.randint(0, 6), 10) for player in stage.players}
    automata = {player: random_automaton(rng, stage, rng.randint(1, 3)) for player in stage.players}
    return RepeatedGame({"round": stage}, factors), automata


def moved(
    game: RepeatedGame, automata: Mapping[str, Automaton], at: tuple[str, ...], profile: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(automata[p].moves.get(q, {}).get(profile, q) for p, q in zip(game.players, at, strict=True))


def simulated(game: RepeatedGame, automata: Mapping[str, Automaton], at: tuple[str, ...]) -> list[float]:
    """What many rounds pay from the joint state on, rounds after them left out."""
    paid = [0.0] * len(game.players)
    for t in range(ROUNDS):
        profile = tuple(automata[p].actions[q] for p, q in zip(game.players, at, strict=True))
        for k, player in enumerate(game.players):
            factor = float(game.discounts[player])
            paid[k] += (1 - factor) * factor**t * float(game.stages["round"].payoffs[profile][k])
        at = moved(game, automata, at, profile)
    return paid


def best_reply(game: RepeatedGame, automata: Mapping[str, Automaton], k: int) -> float:
    """The most that any way to play pays the k-th player, by many rounds of value iteration on all joint states."""
    factor, menu = float(game.discounts[game.players[k]]), game.stages["round"].strategies[game.players[k]]
    joint = list(product(*(automata[p].actions for p in game.players)))
    value = dict.fromkeys(joint, 0.0)
    for _ in range(ROUNDS):
        fresh = {}
        for at in joint:
            played = [automata[p].actions[q] for p, q in zip(game.players, at, strict=True)]
            options = []
            for action in menu:
                profile = (*played[:k], action, *played[k + 1 :])
                after = tuple(
                    automata[p].moves.get(q, {}).get(profile, q) for p, q in zip(game.players, at, strict=True)
                )
                now = float(game.stages["round"].payoffs[profile][k])
                options.append((1 - factor) * now + factor * value[after])
            fresh[at] = max(options)
        value = fresh
    return value[tuple(automata[p].start for p in game.players)]


@pytest.mark.parametrize("players", [1, 2, 3])
def test_random_automata_against_many_rounds(players: int) -> None:
    rng = random.Random(f"{SEED} {players}")
    kinds = {True: 0, False: 0}
    for _ in range(60):
        game, automata = random_play(rng, players)
        found = verify_automata(game, automata)
        for at, paid in found.continuations.items():
            assert list(map(float, paid)) == pytest.approx(simulated(game, automata, at), abs=1e-9)
        gains = [best_reply(game, automata, k) - float(v) for k, v in enumerate(found.payoffs.values())]
        assert found.is_nash == (max(gains) < 1e-9)
        if found.plan is not None:
            assert float(found.plan.gain) == pytest.approx(max(gains))
        kinds[found.is_nash] += 1
        assert found.is_nash or not found.is_subgame_perfect
        checked_one_shot(game, automata, found)
    assert min(kinds.values()) > 0


def checked_one_shot(game: RepeatedGame, automata: Mapping[str, Automaton], found: VerifiedAutomata) -> None:
    """The greatest gain by one deviation, over all joint states that any history leads to."""
    most = 0.0
    for at in found.continuations:
        kept = simulated(game, automata, at)
        for k, player in enumerate(game.players):
            factor = float(game.discounts[player])
            played = [automata[p].actions[q] for p, q in zip(game.players, at, strict=True)]
            for action in game.stages["round"].strategies[player]:
                profile = (*played[:k], action, *played[k + 1 :])
                after = tuple(
                    automata[p].moves.get(q, {}).get(profile, q) for p, q in zip(game.players, at, strict=True)
                )
                now = (1 - factor) * float(game.stages["round"].payoffs[profile][k])
                most = max(most, now + factor * simulated(game, automata, after)[k] - kept[k])
    assert found.is_subgame_perfect == (most < 1e-9)
    if found.deviation is not None:
        assert float(found.deviation.gain) == pytest.approx(most)


def test_the_condition_holds_exactly_where_the_automata_are_an_equilibrium() -> None:
    rng = random.Random(SEED)
    both = set()
    for _ in range(40):
        game, automata = random_play(rng, 2)
        free = RepeatedGame(game.stages, dict.fromkeys(game.players, var("delta")))
        condition = equilibrium_condition(free, automata)
        for factor in (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)):
            at = RepeatedGame(game.stages, dict.fromkeys(game.players, factor))
            holding = holds(condition, {"delta": factor})
            assert holding == verify_automata(at, automata).is_subgame_perfect == equilibrium_condition(at, automata)
            both.add(holding)
    assert both == {True, False}


def test_what_subgame_perfect_automata_pay_is_in_the_set_of_equilibrium_payoffs() -> None:
    rng = random.Random(SEED)
    count = 0
    for _ in range(50):
        game, automata = random_play(rng, 2)
        found = verify_automata(game, automata)
        if found.is_subgame_perfect:
            every = payoff_set(game)
            assert all(every.contains(paid) is not False for paid in found.continuations.values())
            count += 1
    assert count > 3


DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})


def repeated(factor: Any = "1/2", stage: StrategicGame = DILEMMA) -> RepeatedGame:
    return RepeatedGame({"round": stage}, dict.fromkeys(stage.players, factor))


def test_grim_automata_are_the_grim_trigger() -> None:
    for factor in ("2/5", "1/2", "3/5"):
        game = repeated(factor)
        found = verify_automata(game, {player: grim(game, player) for player in "AB"})
        triggers = [
            one
            for one in solve(game, "grim-trigger")
            if all(one[key(p, AGREED, "round")]["C"] == 1 and one[key(p, BREACH, "round")]["D"] == 1 for p in "AB")
        ]
        assert found.is_subgame_perfect == bool(triggers)
        assert all(one.payoffs == found.payoffs for one in triggers)


def test_different_automata_and_names() -> None:
    names = {"Japan": ("Open", "Close"), "Russia": ("Trade", "Ban")}
    game = repeated("1/2", StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]], names))
    good, bad = {"Japan": "Open", "Russia": "Trade"}, {"Japan": "Close", "Russia": "Ban"}
    found = verify_automata(
        game, {"Japan": tit_for_tat(game, "Japan", good, bad), "Russia": always(game, "Russia", "Ban")}
    )
    assert found.payoffs == {"Japan": Fraction(1, 2), "Russia": 3}
    assert found.plan is not None
    assert str(found) == (
        "Japan 0.5, Russia 3: no equilibrium: with Japan in cooperate, Russia in Ban, Japan gains 0.5 by Close"
    )
    for ready in (grim, win_stay_lose_shift, two_tats):
        both = verify_automata(game, {player: ready(game, player, good, bad) for player in names})
        assert both.payoffs == {"Japan": 3, "Russia": 3}
    assert (
        str(verify_automata(game, {p: grim(game, p, good, bad) for p in names})) == "Japan 3, Russia 3: subgame-perfect"
    )


def test_formulas_of_a_model() -> None:
    delta, bonus = sympy.symbols("delta bonus")
    stage = StrategicGame.bimatrix([[3 + bonus, 0], [5, 1]], [[3 + bonus, 5], [0, 1]], DILEMMA.strategies)
    game = repeated(delta, stage)
    condition = equilibrium_condition(game, {player: grim(game, player) for player in "AB"})
    # δ ≥ (T − R)/(T − P), with R = 3 + bonus.
    assert holds(condition, {"delta": Fraction(1, 2), "bonus": Fraction(0)})
    assert not holds(condition, {"delta": Fraction(49, 100), "bonus": Fraction(0)})
    assert holds(condition, {"delta": Fraction(1, 4), "bonus": Fraction(1)})
    with pytest.raises(InputError, match="ask for the equilibrium_condition"):
        verify_automata(game, {player: grim(game, player) for player in "AB"})


TWO_STATES = RepeatedGame({"a": DILEMMA, "b": DILEMMA}, {"A": 0, "B": 0})
THREE = repeated("1/2", random_stage(random.Random(0), 3))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Automaton({}), "the list of an automaton's states is empty"),
        (lambda: Automaton({"a": "C"}, start="b"), "'b' is no state of the automaton; these are a"),
        (lambda: Automaton({"a": "C"}, {"a": {("C", "C"): "b"}}), "'b' is no state of the automaton"),
        (lambda: Automaton(["C"]), "an automaton's actions is a list; give a mapping"),  # type: ignore[arg-type]
        (lambda: Automaton({"a": "C"}, {"a": "a"}), "what follows 'a' is 'a'; give a mapping"),  # type: ignore[dict-item]
        (lambda: verify_automata(repeated(), None), "the automata is None; give a mapping from each player"),  # type: ignore[arg-type]
        (lambda: verify_automata(repeated(), {"A": "C", "B": "D"}), "the automaton of A is 'C'; give an Automaton"),  # type: ignore[dict-item]
        (lambda: always(repeated(), "A", "E"), "A has no action 'E'; there are C, D"),
        (lambda: always(repeated(), "Z", "C"), "there is no player 'Z'; the game has A, B"),
        (lambda: tit_for_tat(repeated(), "A", "c", "d"), "so name both with cooperate= and defect="),
        (lambda: tit_for_tat(repeated(), "A", {"B": "C"}), "actions are named for B; name one for 'A', too"),
        (lambda: grim(THREE, "A", "x", "y"), "such a strategy needs two players, 'A' among them, not A, B, C"),
        (lambda: grim(TWO_STATES, "A"), "automata need a game of one state, this one has 2: a, b"),
        (lambda: grim(DILEMMA, "A"), "an automaton takes a repeated game, not a game"),  # type: ignore[arg-type]
        (
            lambda: verify_automata(repeated(), {"A": Automaton({"q": "C"})}),
            "automata are given for A; give one for",
        ),
        (
            lambda: verify_automata(repeated(), dict.fromkeys("AB", Automaton({"q": "E"}))),
            "the automaton of A plays 'E' in 'q'; A has C, D",
        ),
        (
            lambda: verify_automata(repeated(), dict.fromkeys("AB", Automaton({"q": "C"}, {"q": {("C",): "q"}}))),
            "which is no profile of the game",
        ),
    ],
)
def test_what_does_not_fit_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        build()
    assert "\n" not in str(refused.value)


def test_too_many_joint_states_are_refused() -> None:
    """Two cycles without a common divisor come to all pairs of places."""

    def cycle(length: int) -> Automaton:
        names = [f"q{k}" for k in range(length)]
        following = zip(names, [*names[1:], names[0]], strict=True)
        return Automaton(
            dict.fromkeys(names, "C"), {name: dict.fromkeys(DILEMMA.profiles, after) for name, after in following}
        )

    with pytest.raises(InputError, match="more than 20000 joint states"):
        verify_automata(repeated(), {"A": cycle(150), "B": cycle(151)})
    assert equilibrium_condition(repeated(), {player: always(repeated(), player, "D") for player in "AB"}) is True
