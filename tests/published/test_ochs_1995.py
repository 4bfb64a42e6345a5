"""The logit fit of asymmetric matching pennies: McKelvey & Palfrey (1995), Games and Economic Behavior 10.

The choices are those that Ochs (1995), Games and Economic Behavior 10, observed, in shares of 128.
"""

import pytest

from games import StrategicGame
from games.solvers.response.logit_fit import fit_logit

PENNIES = StrategicGame.bimatrix(
    [["1.1141", 0], [0, ".2785"]],
    [[0, "1.1141"], ["1.1141", 0]],
    {"Row": ("U", "D"), "Column": ("L", "R")},
)
COUNTS = {"Row": {"U": 128 * 0.527, "D": 128 * 0.473}, "Column": {"L": 128 * 0.366, "R": 128 * 0.634}}


def test_the_published_fit() -> None:
    fit = fit_logit(PENNIES, COUNTS)
    # The published λ is 1.5e-7 below the peak, where the log-likelihood is 7e-14 less: no float tells them apart.
    assert fit.rationality == pytest.approx(1.8456096, abs=2e-7)
    # With 40 digits, from the derivative:
    assert fit.rationality == pytest.approx(1.845609746434944, abs=1e-12)
    assert fit.log_likelihood == pytest.approx(-174.7645319, abs=5e-8)
    assert fit.probabilities["Row"]["U"] == pytest.approx(0.6156513, abs=5e-8)
    assert fit.probabilities["Column"]["L"] == pytest.approx(0.3832909, abs=5e-8)
