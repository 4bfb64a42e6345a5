"""When an outcome is played in games of other forms: against the solvers, as claims, and where it is refused."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from analyses.claims import Proved, check
from analyses.outcomes import reached
from analyses.when import When, outcomes, when
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.forms.extensive import Chance
from games.model import Model
from games.terms import HOLDS, Sign
from laws.maps import parameter, x

SEED = 1956
POINTS = 30


def point_of(model: Model, rng: random.Random) -> dict[str, Fraction]:
    """A point on a coarse grid, so that payoffs tie now and then; what breaks an assumption is drawn anew."""
    for _ in range(5_000):
        steps = rng.choice((2, 4, 1000))
        drawn = {p.name: p.low + (p.high - p.low) * Fraction(rng.randint(0, steps), steps) for p in model.parameters}
        if model.broken(model.point(**drawn)) is None:
            return drawn
    raise AssertionError(f"{model.name}: no admissible point was met")


def holds(conditions: tuple[tuple[Sign, ...], ...], at: dict[str, Fraction]) -> bool:
    return any(all(HOLDS[part.op](part.of.at(at)) for part in condition) for condition in conditions)


def agree(found: When, rng: random.Random) -> tuple[int, int]:
    """At points drawn, what the conditions say is what the solver lists; how often it is certain, and possible."""
    certain = possible = 0
    for _ in range(POINTS):
        at = point_of(found.model, rng) | dict(found.fixed)
        game = found.model.at(**at).written_out
        solved = solve(game, found.claim.concept)
        assert solved.complete
        paths = reached(game, solved.game)
        played = [{found.model.outcome_words(path) for path in paths(one)} for one in solved]
        is_certain = bool(played) and all(one == {found.outcome} for one in played)
        is_possible = any(found.outcome in one for one in played)
        assert holds(found.conditions, at) is is_certain, (found.outcome, at)
        assert holds(found.possible or (), at) is is_possible, (found.outcome, at)
        certain, possible = certain + is_certain, possible + is_possible
    return certain, possible


@pytest.mark.parametrize("name", ["korea-rapprochement", "standoff"])
def test_conditions_hold_exactly_where_the_solver_says(name: str) -> None:
    model, rng = load(name), random.Random(SEED)
    counts = []
    for words in outcomes(model)[-2:]:
        found = when(model, words)
        assert found.complete, found.doubts
        counts.append(agree(found, rng))
    assert any(possible for _, possible in counts)
    assert any(certain < possible for certain, possible in counts)


def test_pure_strategies_of_a_larger_game() -> None:
    model = load("sanction-encounter")
    found = when(model, "Full sanctions, Russia patrols", concept="pure-nash", free=["E", "beta"])
    assert found.complete
    certain, possible = agree(found, random.Random(SEED))
    assert 0 < certain <= possible < POINTS


def proved(found: When) -> int:
    verdicts = [check(claim) for claim in found.claims()]
    assert all(isinstance(verdict, Proved) for verdict in verdicts), (found.outcome, verdicts)
    return len(verdicts)


@pytest.mark.parametrize(
    ("name", "words"), [("korea-rapprochement", "Both stay put"), ("standoff", "Sanctions; the wording is changed")]
)
def test_what_is_found_is_proved_both_ways(name: str, words: str) -> None:
    found = when(load(name), words)
    assert found.conditions
    assert proved(found) >= 4


def test_what_is_left_out_is_refuted() -> None:
    """With a condition fewer, what is claimed of everywhere else does not hold."""
    found = when(load("korea-rapprochement"), "Both stay put")
    less = replace(found, conditions=found.conditions[:1])
    (elsewhere,) = (claim for claim in less.claims() if claim.name == "not certain elsewhere")
    assert not isinstance(check(elsewhere), Proved)


def test_mixtures_are_played_with_positive_probability() -> None:
    found = when(load("korea-rapprochement"), "Japan moves alone")
    assert found.findings()[0].startswith("“Japan moves alone” is played for certain by every Nash equilibrium at no")
    assert "with positive probability by some Nash equilibrium under 3 conditions" in found.findings()[1]
    assert found.played_at(d_J="1/2", d_K="1/2", b_J=1, b_K=1, r=0, c=0) is None
    assert found.played_at(d_J="1/2", d_K=1, b_J=1, b_K="1/2", r=0, c=0) is False


def test_shares_of_both_and_named_parameters() -> None:
    found = when(load("korea-rapprochement"), "Both stay put", free=["d_J", "d_K"], samples=500)
    assert set(found.fixed) == {"b_J", "b_K", "r", "c"}
    assert found.share is not None
    assert found.possible_share is not None
    assert found.share.exact
    assert 0 < found.share.value < found.possible_share.value == 1  # type: ignore[operator]


def game_of_one(pays: Callable[[int], object]) -> Model:
    strategies = ("a", "b")
    game = StrategicGame({"A": strategies}, {(s,): (pays(k),) for k, s in enumerate(strategies)})
    return Model("one", "One", game)


def test_what_is_asked_of_a_game_without_parameters() -> None:
    found = when(game_of_one(lambda k: k), "b")
    assert found.said == ((),)
    assert found.complete
    assert not when(game_of_one(lambda k: k), "a").possible


def by_chance() -> Model:
    """Chance ends play, or lets A choose unseen by B, who moves at the same time."""
    answers = {"stay": Outcome((0, 1)), "leave": Outcome((1, 0))}
    choice = Decision("A", {"up": Decision("B", answers, "B"), "down": Decision("B", {**answers}, "B")})
    half = Fraction(1, 2)
    game = ExtensiveGame(("A", "B"), Chance({"over": (half, Outcome((x, 0))), "on": (half, choice)}))
    return Model("chance", "Chance", game, (parameter(x),))


def test_what_chance_alone_settles_is_told() -> None:
    found = when(by_chance(), ("over",))
    assert found.findings() == (
        "“over” is played for certain by every subgame-perfect equilibrium at no payoffs.",
        "“over” is played with positive probability by some subgame-perfect equilibrium at all payoffs.",
    )
    assert when(by_chance(), ()).findings()[0].endswith("at all payoffs.")
    drawn = ExtensiveGame(("A",), Chance({"won": (Fraction(1, 2), Outcome((x,))), "lost": ("1/2", Outcome((0,)))}))
    alone = when(Model("drawn", "Drawn", drawn, (parameter(x),)), ("won",))
    assert alone.findings()[0] == "“won” is played for certain at no payoffs."


def test_decisions_are_those_of_trees() -> None:
    with pytest.raises(InputError, match="is no tree of perfect information in which chance does not move"):
        when(load("standoff"), "Sanctions; patrols", by_decision=True)


@pytest.mark.long
@pytest.mark.parametrize("name", ["korea-rapprochement", "standoff", "costly-patience"])
def test_every_outcome_is_proved_both_ways(name: str) -> None:
    model = load(name)
    assert sum(proved(when(model, words)) for words in outcomes(model)) > len(outcomes(model))
