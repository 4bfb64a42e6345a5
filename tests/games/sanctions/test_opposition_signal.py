"""The opposition's stance: when a truthful one is an equilibrium, what it changes, and when dissent tells nothing."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest

from games import Equilibrium, ExtensiveGame, solve
from games.play.regret import belief_regret
from games.sanctions.opposition_signal import (
    DISSENT,
    MODEL,
    SUPPORT,
    beside,
    defied,
    heard,
    outcome_words,
)
from games.sanctions.threat_stage import MODEL as STAGE_OF_THREATS
from games.sanctions.threat_stage import NOTHING, THREATEN, at_the_start
from laws.counts import long

SEED = 1998
Values: TypeAlias = Mapping[str, Fraction]
ONE = Fraction(1)

INSTANCE = {
    name: Fraction(value)
    for name, value in {
        "V": "1", "b": "1/4", "h": "1", "v_L": "1/2", "v_H": "2", "mu": "3/5", "pi": "3/10", "k": "1/10", "c_w": "1/2",
        "w": "1/2", "s": "1/5", "o_B": "1", "o_I": "1/10",
    }.items()
}  # fmt: skip
NAIVE = {"w": Fraction(0), "s": ONE, "o_B": ONE, "o_I": ONE}


def tree_at(values: Mapping[str, object]) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def sequential(values: Mapping[str, object]) -> list[Equilibrium]:
    return list(solve(tree_at(values), "sequential"))


def odds(equilibrium: Equilibrium, *steps: str) -> Fraction:
    """The probability that play takes all these steps, wherever they stand on its path."""
    taken = (o for o in equilibrium.outcomes if set(steps) <= set(o.path))
    return sum((Fraction(o.probability) for o in taken), Fraction(0))


def tells(equilibrium: Equilibrium) -> bool:
    """Whether the opposition backs what is meant, opposes what is not, and is believed: a threat with support works."""
    meant, empty = equilibrium[beside("Resolute")], equilibrium[beside("Irresolute")]
    believed = equilibrium[heard("Soft", SUPPORT)]["Comply"] == equilibrium[heard("Soft", DISSENT)]["Defy"] == 1
    return meant[SUPPORT] == empty[DISSENT] == 1 == equilibrium[at_the_start("Resolute")][THREATEN] and believed


def truthful(v: Values) -> tuple[dict[str, dict[str, Fraction]], dict[str, dict[tuple[str, ...], Fraction]]]:
    """The truthful assessment: support is taken for resolve, dissent for a bluff, and bluffs are not tried."""
    strategies = {
        at_the_start("Resolute"): {THREATEN: ONE},
        at_the_start("Irresolute"): {NOTHING: ONE},
        beside("Resolute"): {SUPPORT: ONE},
        beside("Irresolute"): {DISSENT: ONE},
        heard("Soft", SUPPORT): {"Comply": ONE},
        heard("Soft", DISSENT): {"Defy": ONE},
    }
    beliefs: dict[str, dict[tuple[str, ...], Fraction]] = {}
    for stance, kind in ((SUPPORT, "Resolute"), (DISSENT, "Irresolute")):
        strategies[heard("Hard", stance)] = {"Defy": ONE}
        soft = Fraction(0) if stance == SUPPORT else v["mu"]
        for japan, act in (("Resolute", "Impose"), ("Irresolute", "Back down")):
            strategies[defied(japan, stance)] = {act: ONE}
            start = (japan, THREATEN, stance)
            beliefs[defied(japan, stance)] = {(*start, "Soft", "Defy"): soft, (*start, "Hard", "Defy"): 1 - soft}
        for russia in ("Soft", "Hard"):
            beliefs[heard(russia, stance)] = {(kind, THREATEN, stance, russia): ONE}
    return strategies, beliefs


def truth_pays(v: Values) -> bool:
    """Whether the opposition prefers to back what is meant and to oppose what is not, and a meant threat pays Japan."""
    backs = v["mu"] * (v["w"] * (v["V"] + v["k"]) + v["s"]) >= v["o_I"]
    opposes = v["o_B"] >= v["mu"] * (v["w"] * (v["V"] + v["b"]) + v["s"])
    return backs and opposes and v["mu"] * v["V"] >= (1 - v["mu"]) * v["k"]


def part(rng: random.Random, low: Fraction | int, high: Fraction | int) -> Fraction:
    return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values at which the threat binds a soft Russia only."""
    v = {name: part(rng, 0, 1) for name in ("b", "v_L", "pi", "mu", "w", "o_B", "s")}
    v |= {"V": part(rng, 0, 2), "k": part(rng, -1, v["b"]), "o_I": part(rng, -1, 1)}
    v |= {"c_w": part(rng, v["b"], 3), "h": part(rng, v["v_L"], 3)}
    return {**v, "v_H": part(rng, v["h"], 4)}


def test_a_truthful_stance_is_an_equilibrium_of_the_instance() -> None:
    """A threat then works in 3/5 of all cases, is made in 3/10, and is worth 21/125 to Japan."""
    told = [one for one in sequential(INSTANCE) if tells(one)]
    assert told
    for one in told:
        assert odds(one, THREATEN) == odds(one, SUPPORT) == Fraction(3, 10)
        assert odds(one, "Comply") / odds(one, THREATEN) == Fraction(3, 5)
        assert one.payoffs["Japan"] == Fraction(21, 125)
        assert one[at_the_start("Irresolute")][NOTHING] == 1


def test_without_the_opposition_the_same_threats_are_more_and_worth_less() -> None:
    alone = STAGE_OF_THREATS.at(**{name: INSTANCE[name] for name in STAGE_OF_THREATS.by_name})
    (one,) = (e for e in solve(alone, "sequential") if odds(e, THREATEN))
    assert odds(one, THREATEN) == Fraction(3, 5)
    assert odds(one, "Comply") / odds(one, THREATEN) == Fraction(1, 5)
    assert one.payoffs["Japan"] == Fraction(9, 250)


def test_an_opposition_that_wants_to_have_been_right_prefers_to_dissent() -> None:
    """Its dissent makes Russia defy, and so comes true: at the truthful assessment it gains 1 − mu by dissenting."""
    v = {**INSTANCE, **NAIVE}
    regrets = belief_regret(tree_at(v), *truthful(v))
    assert {name: regret for name, regret in regrets.items() if regret} == {beside("Resolute"): 1 - v["mu"]}
    assert not any(tells(one) for one in sequential(v))


@pytest.mark.untraced
def test_an_opposition_that_wants_to_have_been_right_never_tells_the_truth() -> None:
    rng = random.Random(SEED)
    for _ in range(10):
        assert not any(map(tells, sequential({**drawn(rng), **NAIVE}))), SEED


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [150, long(2_000)])
def test_where_a_truthful_stance_is_an_equilibrium(draws: int) -> None:
    """Judged without a solver: nobody gains at the truthful assessment exactly where the two conditions hold."""
    rng = random.Random(SEED)
    seen = Counter[bool]()
    for _ in range(draws):
        v = drawn(rng)
        holds = not any(belief_regret(tree_at(v), *truthful(v)).values())
        assert holds == truth_pays(v), (SEED, v)
        seen[holds] += 1
    assert min(seen[True], seen[False]) > draws / 15, (SEED, seen)


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [12, pytest.param(120, marks=pytest.mark.long)])
def test_the_solver_lists_the_truthful_stance_exactly_there(draws: int) -> None:
    rng = random.Random(SEED)
    seen = Counter[bool]()
    while min(seen[True], seen[False]) < draws / 2:
        v = drawn(rng)
        if seen[truth_pays(v)] < draws / 2:
            listed = sequential(v)
            assert any(map(tells, listed)) == truth_pays(v), (SEED, v)
            seen[truth_pays(v)] += 1


@pytest.mark.parametrize(("name", "least"), [("o_I", False), ("o_B", True)])
def test_the_two_conditions_from_both_sides(name: str, least: bool) -> None:
    """Of the instance: o_I at most 3/5·(1/2·11/10 + 1/5) = 9/20, and o_B at least 3/5·(1/2·5/4 + 1/5) = 99/200."""
    edge = Fraction(99, 200) if least else Fraction(9, 20)
    tiny = Fraction(1, 10**9)
    for value, inside in ((edge, True), (edge + tiny, least), (edge - tiny, not least)):
        assert any(map(tells, sequential({**INSTANCE, name: value}))) == inside, value


def test_by_default_dissent_tells_nothing_and_the_stage_of_threats_is_played() -> None:
    """Whoever dissents from every threat is not listened to; Russia believes what it would without the opposition."""
    (alone,) = solve(STAGE_OF_THREATS.at(), "sequential")
    course = {
        (path[:2] + path[3:]) if len(path) > 2 else path: weight
        for one in sequential({})
        for path, weight in ((o.path, o.probability) for o in one.outcomes)
    }
    for one in sequential({}):
        assert odds(one, DISSENT) == odds(one, THREATEN) == 1
        assert one.payoffs["Japan"] == alone.payoffs["Japan"]
    assert course == {o.path: o.probability for o in alone.outcomes}


def test_the_default_is_the_story_of_the_source() -> None:
    """In whatever equilibrium, sanctions that the opposition could not stop and Russia defies are most probable."""
    for concept in ("subgame-perfect", "sequential"):
        for one in solve(MODEL.at(), concept):
            likeliest = max(one.outcomes, key=lambda reached: reached.probability)
            assert likeliest.path[-3:] == ("Hard", "Defy", "Impose")
            assert likeliest.probability > Fraction(1, 2)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Resolute", NOTHING), "No threat"),
        (
            ("Resolute", THREATEN, SUPPORT, "Soft", "Comply"),
            "A resolute Japan threatens, the opposition supports it, a soft Russia complies",
        ),
        (
            ("Irresolute", THREATEN, DISSENT, "Hard", "Defy", "Back down"),
            "An irresolute Japan threatens, the opposition dissents, a hard Russia defies, Japan backs down",
        ),
    ],
)
def test_paths_in_words(path: tuple[str, ...], words: str) -> None:
    assert outcome_words(path) == words
