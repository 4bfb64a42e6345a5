"""Signorino (1999), American Political Science Review 93, on strategic interaction and the study of conflict.

A challenger keeps the status quo or challenges; a defender capitulates or goes to war. With logit errors at every
decision (λ = 1) each choice has a closed form, decided from the last one back. Choosing whole plans with logit errors
is another model with other probabilities.
"""

from math import exp

import pytest

from games import Decision, ExtensiveGame, Outcome, StrategicGame, solve

DETERRENCE = ExtensiveGame(
    ("Challenger", "Defender"),
    Decision(
        "Challenger",
        {
            "Status quo": Outcome((0, 0)),
            "Challenge": Decision(
                "Defender", {"Capitulate": Outcome((2, "-3/2")), "Resist": Outcome((-1, -1))}, "Defender"
            ),
        },
        "Challenger",
    ),
)
AT_ONCE = StrategicGame.bimatrix(
    [[0, 0], [2, -1]],
    [[0, 0], ["-3/2", -1]],
    {"Challenger": ("Status quo", "Challenge"), "Defender": ("Capitulate", "Resist")},
)


def logistic(gain: float) -> float:
    return 1 / (1 + exp(-gain))


def test_errors_at_every_decision() -> None:
    (found,) = solve(DETERRENCE, "logit", rationality=1)
    resist, challenge = found["Defender"]["Resist"], found["Challenger"]["Challenge"]
    assert resist == pytest.approx(0.6224593312, abs=5.1e-11)
    assert challenge == pytest.approx(0.5331069904, abs=1e-9)
    assert resist == pytest.approx(logistic(-1 + 1.5), abs=1e-12)
    assert challenge == pytest.approx(logistic(2 * (1 - resist) - resist), abs=1e-12)


def test_errors_in_choosing_whole_plans_give_other_probabilities() -> None:
    answer = solve(AT_ONCE, "logit", rationality=1)
    (found,) = answer
    assert found["Challenger"]["Challenge"] == pytest.approx(0.571311, abs=5e-7)
    assert found["Defender"]["Resist"] == pytest.approx(0.570932, abs=5e-7)
    assert answer.complete


def test_the_reasoned_limit_is_the_subgame_perfect_equilibrium() -> None:
    limit = solve(DETERRENCE, "logit")
    assert limit.exact
    assert limit[0].strategies == solve(DETERRENCE, "subgame-perfect")[0].strategies
    assert limit[0]["Challenger"]["Status quo"] == 1
