"""Conditions but for ties: against closed forms and the solvers, proved both ways, and what is said of the rest."""

import json
import random
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from sympy import symbols

from analyses.claims import Proved, check
from analyses.cli import main
from analyses.outcomes import reached
from analyses.solution import untied
from analyses.when import When, narrower, outcomes, regions, when
from games import StrategicGame, solve
from games.catalog import load
from games.model import Model
from games.terms import HOLDS, Sign
from laws.maps import parameter

SEED = 1956
FIRST = symbols("a1:5")
SECOND = symbols("b1:5")


def general() -> Model:
    """Every game of two players with two strategies each: all eight payoffs are free."""
    rows = [[FIRST[0], FIRST[1]], [FIRST[2], FIRST[3]]], [[SECOND[0], SECOND[1]], [SECOND[2], SECOND[3]]]
    game = StrategicGame.bimatrix(*rows, {"Row": ("t", "b"), "Column": ("l", "r")})
    return Model("general", "General", game, tuple(map(parameter, (*FIRST, *SECOND))))


@pytest.fixture(scope="module")
def found_in_general() -> When:
    """Where top and left are played in any of those games, without the search for ties."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "MOST_WORK", -1)
        return when(general(), ("t", "l"))


def holds(conditions: tuple[tuple[Sign, ...], ...], at: dict[str, Fraction]) -> bool:
    return any(all(HOLDS[part.op](part.of.at(at)) for part in condition) for condition in conditions)


def is_tied(found: When, at: dict[str, Fraction]) -> bool:
    return any(part.of.at(at) == 0 for part in found.apart_from)


def is_certain(found: When, at: dict[str, Fraction]) -> bool:
    return holds(found.conditions, at) if found.otherwise is None else not holds(found.otherwise, at)


def test_two_by_two_games_are_as_in_the_textbook(found_in_general: When) -> None:
    """Top and left are an equilibrium if both prefer it, and mixed if each wants to match what the other avoids."""
    rng, seen = random.Random(SEED), set()
    assert found_in_general.complete
    assert found_in_general.apart_from
    for _ in range(2_000):
        at = {s.name: Fraction(rng.randint(0, 6), 6) for s in (*FIRST, *SECOND)}
        if is_tied(found_in_general, at):
            continue
        left, right = at["a1"] - at["a3"], at["a2"] - at["a4"]
        top, bottom = at["b1"] - at["b2"], at["b3"] - at["b4"]
        pure = left > 0 and top > 0
        mixed = left * right < 0 and top * bottom < 0
        both = right < 0 and bottom < 0
        assert holds(found_in_general.possible or (), at) is (pure or mixed), at
        assert is_certain(found_in_general, at) is (pure and not both), at
        seen.add((pure, mixed, both))
    assert len(seen) == 5


def test_only_ties_are_left_out(found_in_general: When) -> None:
    """Each tie is one of two payoffs of one player against the same choice."""
    told = {frozenset(part.of.names) for part in found_in_general.apart_from}
    assert told <= {frozenset(pair) for pair in (("a1", "a3"), ("a2", "a4"), ("b1", "b2"), ("b3", "b4"))}
    assert found_in_general.exact_at_ties is None
    said = found_in_general.report().replace("\n", " ")
    assert "Nothing is told of payoffs that tie in one of these ways:" in said


def proved(found: When) -> set[str]:
    verdicts = {claim.name: check(claim) for claim in found.claims()}
    assert all(isinstance(verdict, Proved) for verdict in verdicts.values()), verdicts
    return set(verdicts)


def test_what_is_found_is_proved_both_ways(found_in_general: When) -> None:
    assert {"enough 1", "possible 1", "impossible elsewhere", "not certain elsewhere"} <= proved(found_in_general)


def test_what_is_certain_may_be_told_by_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "MOST_WORK", -1)
    monkeypatch.setattr(regions, "MOST_TURNED", 0)
    found = when(load("korea-rapprochement"), "Both stay put")
    assert found.complete
    assert found.otherwise
    assert not found.conditions
    head = found.blocks[0].head
    assert head.startswith("“Both stay put” is played for certain by every Nash equilibrium unless ")
    assert {"otherwise 1", "certain elsewhere"} <= proved(found)
    rng = random.Random(SEED)
    assert agree(found, rng, 40) > 20
    less = replace(found, otherwise=found.otherwise[1:])
    assert not all(isinstance(check(claim), Proved) for claim in less.claims())


def agree(found: When, rng: random.Random, count: int) -> int:
    """At points, many of them tied, what is told is what the solver lists; at how many.

    Ties that are left out do not count, nor do points at which the solver does not have all.
    """
    judged = 0
    for number in range(count):
        at = point_of(found.model, rng, (2, 3, 1000)[number % 3])
        if is_tied(found, at):
            continue
        game = found.model.at(**at).written_out
        solved = solve(game, found.claim.concept)
        if not solved.complete:
            continue
        judged += 1
        paths = reached(game, solved.game)
        played = [{found.model.outcome_words(path) for path in paths(one)} for one in solved]
        assert is_certain(found, at) is all(one == {found.outcome} for one in played), (found.outcome, at)
        assert holds(found.possible or (), at) is any(found.outcome in one for one in played), (found.outcome, at)
    return judged


def point_of(model: Model, rng: random.Random, steps: int) -> dict[str, Fraction]:
    for _ in range(5_000):
        drawn = {p.name: p.low + (p.high - p.low) * Fraction(rng.randint(0, steps), steps) for p in model.parameters}
        if model.broken(model.point(**drawn)) is None:
            return drawn
    raise AssertionError(f"{model.name}: no admissible point was met")


OF_THE_CASE = {
    "sanction-encounter": "No sanctions, Russia concedes",
    "sanction-threat": "Full sanctions, a soft Russia concedes",
    "third-country-compliance": "Large traders, transit countries and financial centres comply",
}


@cache
def found_of(name: str) -> When:
    return when(load(name), OF_THE_CASE[name])


@pytest.mark.long
@pytest.mark.parametrize("name", OF_THE_CASE)
def test_models_of_the_case_are_as_the_solver_has_them(name: str) -> None:
    assert found_of(name).complete, found_of(name).doubts
    assert agree(found_of(name), random.Random(SEED), 45) > 10


@pytest.mark.long
def test_a_model_of_the_case_is_proved_both_ways() -> None:
    names = {"enough 1", "possible 1", "impossible elsewhere", "not certain elsewhere"}
    assert names <= proved(found_of("third-country-compliance"))


def test_what_is_left_open_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "MOST_WORK", -1)
    monkeypatch.setattr(untied, "MOST_CASES", 0)
    found = when(load("sanction-encounter"), "Full sanctions, Russia patrols")
    assert not found.complete
    assert not found.all_possible
    assert found.open_share is not None
    assert found.open_share.value == 1
    assert "Whether it is played is left open at 100.0 % of the payoffs" in found.report().replace("\n", " ")
    assert found.as_json()["open_share"] is not None


def test_fewer_parameters_are_those_of_the_map_or_those_that_most_payoffs_speak_of() -> None:
    assert narrower(asked_briefly("sanction-encounter")) == ("A_F", "h_F")
    assert len(narrower(asked_briefly("opposition-signal"))) == 2
    assert narrower(when(load("korea-rapprochement"), "Both stay put", free=["d_J", "d_K"])) == ()


def asked_briefly(name: str) -> When:
    model = load(name)
    return when(model, outcomes(model)[0], seconds=0.05)


def test_the_command_answers_over_fewer_parameters(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(regions, "MOST_WORK", 1_000)
    monkeypatch.setattr(untied, "MOST_CASES", 0)
    assert main(["when", "sanction-encounter", "No sanctions, Russia concedes"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "note: it is complete over A_F and h_F alone (--free A_F,h_F), all others at their defaults" in told
    assert main(["when", "sanction-encounter", "No sanctions, Russia concedes", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["over_fewer"]["complete"]
