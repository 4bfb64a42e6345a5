"""What every concept predicts side by side, and why an equilibrium is one; also from the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from analyses.compare import compare
from analyses.explain import explain
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load

DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("stay", "leave"), "B": ("stay", "leave")})

ENTRY = ExtensiveGame(
    ("Entrant", "Incumbent"),
    Decision(
        "Entrant",
        {"out": Outcome((0, 2)), "in": Decision("Incumbent", {"fight": Outcome((-1, -1)), "share": Outcome((1, 1))})},
    ),
)


def parley(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analyses.cli", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_concepts_part_where_a_threat_is_empty() -> None:
    found = compare(ENTRY, concepts=["nash", "subgame-perfect"])
    nash, perfect = found.predictions
    assert nash.equilibria is not None
    assert perfect.equilibria is not None
    assert any("nash: in, share; or out" in sentence for sentence in found.findings())
    assert any("subgame-perfect: in, share." in sentence for sentence in found.findings())


def test_every_concept_that_applies_has_a_row_and_a_refusal_has_its_reason() -> None:
    found = compare(DILEMMA)
    rows = {row[0].text: [cell.text for cell in row] for row in found.table().rows}
    assert {"nash", "pure-nash", "dominance", "correlated", "zero-sum"} <= set(rows)
    assert "1 exact" in rows["nash"][1]
    assert "add up" in rows["zero-sum"][2]
    with pytest.raises(InputError, match="no solution concept"):
        compare(DILEMMA, concepts=["nonsense"])


def test_an_explanation_tells_the_elimination_and_the_best_responses() -> None:
    (one,) = solve(DILEMMA)
    steps = explain(DILEMMA, one).steps
    assert steps[0] == "Round 1: A's stay is strictly dominated by leave."
    assert "Against B: leave, leave pays A 1, stay 0." in steps


def test_an_explanation_of_a_tree_goes_backwards_and_uses_the_models_words() -> None:
    model = load("sanction-retaliation")
    game = model.at()
    explanation = explain(game, solve(game)[0], model)
    assert explanation.heading == "Equilibrium: Full sanctions, Russia patrols, Japan holds"
    assert explanation.steps[-1].startswith("At the start, Full pays Japan 0.4")
    assert any("relief is not credible" in step for step in explanation.steps)


def test_beliefs_are_told_where_decisions_look_alike() -> None:
    hidden = {k: Decision("B", {"l": Outcome((1, int(k == "x"))), "r": Outcome((0, 0))}, "B") for k in "xy"}
    game = ExtensiveGame(("A", "B"), Decision("A", hidden))
    (one, *_) = solve(game, "sequential")
    assert any("believing" in step for step in explain(game, one).steps)


def test_from_the_command_line(tmp_path: Path) -> None:
    compared = parley("compare", "sanction-encounter", cwd=tmp_path)
    assert compared.returncode == 0, compared.stderr
    assert "pure-nash" in compared.stdout
    explained = parley("explain", "sanction-retaliation", "--set", "beta=1", cwd=tmp_path)
    assert explained.returncode == 0, explained.stderr
    assert "relief is credible" in explained.stdout
    worst = parley(
        "solve", "sanction-encounter", "--concept", "correlated", "--option", "objective=worst", cwd=tmp_path
    )
    assert worst.returncode == 0, worst.stderr
    assert "least sum" in worst.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("solve", "sanction-encounter", "--time-limit", "0"),
        ("solve", "sanction-encounter", "--time-limit", "soon"),
        ("solve", "sanction-encounter", "--option", "objective=worst"),
        ("solve", "sanction-encounter", "--concept", "correlated", "--option", "objective=nobody"),
        ("solve", "sanction-encounter", "--concept", "correlated", "--option", "objective"),
        ("explain", "sanction-encounter", "--concept", "sequential"),
        ("compare", "no-such-game"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = parley(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("parley: ")


def test_a_gambit_file_is_solved(tmp_path: Path) -> None:
    (tmp_path / "game.nfg").write_text('NFG 1 R "x" { "Row" "Column" } { 2 2 }\n\n3 3 5 0 0 5 1 1\n')
    (tmp_path / "bad.nfg").write_text('NFG 1 R "x" { "Row" "Column" } { 2 2 }\n\n3 3 5 0 0 oops 1 1\n')
    solved = parley("solve", "game.nfg", "--concept", "nash", "--format", "json", cwd=tmp_path)
    assert solved.returncode == 0, solved.stderr
    assert '"2": "1"' in solved.stdout
    refused = parley("solve", "bad.nfg", cwd=tmp_path)
    assert refused.returncode == 2
    assert "line 3" in refused.stderr
