"""An outcome decision by decision: proved both ways, and against the ordinary solver."""

import random
from collections.abc import Iterator, Sequence

import pytest

from analyses.claims import Proved, check
from analyses.cli import main
from analyses.when import When, outcomes, when
from games import Decision, ExtensiveGame, Outcome, solve
from games.catalog import catalog, family, load
from games.forms.extensive import Chance
from games.model import Model
from games.terms import holds
from laws.maps import parameter, y

SEED = 1956
EACH = 8
"""In the long test every so many outcomes of a large tree are proved, all of a small one."""

SMALL = 15


def told(model: Model, words: str) -> When:
    return when(model, words, by_decision=True)


def trees() -> Iterator[Model]:
    """The models of the case that are trees of perfect information in which chance does not move."""
    for model in catalog().values():
        game = model.game
        is_tree = isinstance(game, ExtensiveGame) and game.has_perfect_information
        if (
            is_tree
            and family(model) != "classics"
            and not any(isinstance(node, Chance) for node in game.nodes.values())
        ):
            yield model


def proved(model: Model, several: Sequence[str]) -> None:
    for words in several:
        for claim in told(model, words).claims_by_decision():
            verdict = check(claim)
            assert isinstance(verdict, Proved), (model.name, words, claim.name, verdict)


@pytest.mark.parametrize("name", ["alliance-deterrence", "escalation-ladder", "territorial-partition"])
def test_an_outcome_is_proved_both_ways(name: str) -> None:
    model = load(name)
    proved(model, outcomes(model)[1:2])


@pytest.mark.long
@pytest.mark.parametrize("model", [pytest.param(model, id=model.name) for model in trees()])
def test_outcomes_are_proved_both_ways(model: Model) -> None:
    named = outcomes(model)
    proved(model, named if len(named) <= SMALL else named[::EACH])


@pytest.mark.parametrize("model", [pytest.param(model, id=model.name) for model in trees()])
def test_every_outcome_has_a_way_on_which_every_step_is_one_of_the_game(model: Model) -> None:
    game = model.game
    assert isinstance(game, ExtensiveGame)
    for words in outcomes(model)[::16]:
        found = told(model, words)
        assert not found.complete
        assert {way.path for way in found.ways} == {p for p in game.paths if model.outcome_words(p) == words}
        for way in found.ways:
            taken = [game.information_sets[step.place].player for step in way.steps]
            assert taken == [step.player for step in way.steps]
            assert [step.action for step in way.steps] == list(way.path)
        assert all(len(line) <= 100 for line in found.report_by_decision().splitlines())


def test_conditions_on_the_way_hold_wherever_the_solver_plays_it() -> None:
    """And the condition at a decision, where the parameters alone decide, tells what is chosen there."""
    model, rng = load("sanction-retaliation"), random.Random(SEED)
    seen = 0
    found = {way.path: way for words in outcomes(model) for way in told(model, words).ways}
    for _ in range(60):
        beta, e, b = (str(rng.choice(("0", "1/4", "1/2", "1", "2"))) for _ in range(3))
        at = {"beta": beta, "A_F": e, "b": b, "E": str(rng.choice((0, 1, 2)))}
        numbers = {s.name: v for s, v in model.point(**at).items()}
        for equilibrium in solve(model.at(**at)):
            way = found[equilibrium.outcomes[0].path]
            for step in way.steps:
                if step.conditions is not None:
                    assert all(holds(part, numbers) for part in step.conditions), (at, way.path)
                    seen += 1
            for followed in way.elsewhere:
                for step in followed.steps:
                    if equilibrium.strategies[followed.places[0]].get(step.action) and step.conditions is not None:
                        assert all(holds(part, numbers) for part in step.conditions), (at, followed.places)
    assert seen > 40


def test_decisions_that_are_alike_are_told_once() -> None:
    report = told(load("sanction-retaliation"), "Full sanctions, Russia concedes, Japan lifts").report_by_decision()
    lines = report.splitlines()
    assert lines[0] == "Full → Concede → Lift is played where"
    assert lines[1] == "  1. Japan at the start: Full pays Japan most, by what follows it and None, Symbolic"
    assert report.count("Hold where b + e_Y ≥ 0") == 1
    assert report.count("Hold where b + e ≥ 0") == 1
    assert "  where e = A_F - k_F" in lines


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["when", "alliance-deterrence"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Alliance and deterrence: name one of these outcomes, or a part of the words for several."
    assert [line.strip() for line in lines[1:]] == list(outcomes(load("alliance-deterrence")))
    asked = ["when", "alliance-deterrence", "No support, no sanctions"]
    assert main([*asked, "--by-decision"]) == 0
    told_at_once = capsys.readouterr().out
    assert "note:" not in told_at_once
    assert main([*asked, "--time-limit", "0.01"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("note: not all conditions on the parameters alone were found, so here it is decision by")
    assert out.endswith(told_at_once)
    assert main(["when", "standoff", "Sanctions; patrols", "--by-decision"]) == 2
    assert "is no tree of perfect information" in capsys.readouterr().err
    assert main(["when", "korea-rapprochement", "Both stay put", "--free", "d_J,x"]) == 2
    assert "has no parameter 'x'" in capsys.readouterr().err


def test_a_tie_that_the_ranges_hide_is_not_promised_away() -> None:
    """Where z = 0 both actions pay the same, though the first pays at least as much at all values."""
    game = ExtensiveGame(("A",), Decision("A", {"first": Outcome((y,)), "second": Outcome((0,))}))
    said = when(Model("tied", "Tied", game, (parameter(y),)), ("first",), by_decision=True).report_by_decision()
    assert "first at all admissible values" in said
    assert "unless a mover's payoffs tie" in said
