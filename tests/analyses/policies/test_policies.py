"""Policies agree with what `judges.commitments` works out by hand, at every point."""

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import sympy

from analyses.policies import Policies, best_sets, policies, radius
from analyses.sweeps import sweep
from games.catalog import load
from games.errors import InputError
from games.forms.strategic import StrategicGame
from games.model import Model
from games.parameters import Parameter, Unit
from games.sanctions.retaliation import A_F
from games.sources import Assumed
from judges import commitments
from laws.maps import parameter, x, y

NEAR = 1e-9


@cache
def over_all(name: str, count: int) -> Policies:
    """Japan's policies with all parameters free."""
    return policies(load(name), "Japan", samples=count, seed=3)


def judged(found: Policies, by_hand) -> tuple[list[list[Fraction]], list[list[Fraction]]]:
    """The least and the greatest payoffs by point and action."""
    spans = [[by_hand(found.point(row), action) for action in found.actions] for row in range(len(found))]
    return [[low for low, _ in row] for row in spans], [[high for _, high in row] for row in spans]


def agree(found: Policies, by_hand, rows=None) -> None:
    """Expected, worst case, regret and the best set are those worked out by hand."""
    least, _ = judged(found, by_hand)
    kept = range(len(found)) if rows is None else rows
    for row in kept:
        assert np.allclose(found.values[row], [float(v) for v in least[row]], atol=NEAR, rtol=0)
        assert found.best[row].tolist() == [value == max(least[row]) for value in least[row]], found.point(row)
    if rows is not None:
        return
    for k, prospect in enumerate(found.prospects):
        own = [row[k] for row in least]
        lost = [max(row) - row[k] for row in least]
        assert prospect.expected.value == pytest.approx(float(sum(own) / len(own)), abs=NEAR)
        assert prospect.worst == pytest.approx(float(min(own)), abs=NEAR)
        assert prospect.regret == pytest.approx(float(max(lost)), abs=NEAR)
        assert prospect.mean_regret.value == pytest.approx(float(sum(lost) / len(lost)), abs=NEAR)
        assert prospect.best == sum(not value for value in lost) / len(lost)
        bounds = prospect.bounds
        assert bounds.worst is None or bounds.worst <= min(own)
        assert bounds.regret is None or bounds.regret >= max(lost)


def best_whatever_is_played(found: Policies, by_hand) -> list[list[bool]]:
    least, greatest = judged(found, by_hand)
    count = len(found.actions)
    return [
        [all(low[k] >= high[other] for other in range(count) if other != k) for k in range(count)]
        for low, high in zip(least, greatest, strict=True)
    ]


@pytest.mark.parametrize("count", [60, pytest.param(1_000, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("name", "by_hand"),
    [("sanction-retaliation", commitments.retaliation), ("territorial-partition", commitments.partition)],
)
def test_trees_of_perfect_information(name: str, by_hand, count: int) -> None:
    found = over_all(name, count)
    assert len(found) == count
    agree(found, by_hand)


@pytest.mark.parametrize("count", [15, pytest.param(1_000, marks=pytest.mark.long)])
def test_unknown_resolve(count: int) -> None:
    found = policies(load("sanction-threat"), "Japan", samples=count, seed=5, seconds=300)
    complete = np.logical_and.reduce([each.settled.complete for each in found.sweeps])[list(found.rows)]
    assert complete.mean() > 0.8
    agree(found, commitments.threat, np.flatnonzero(complete).tolist())


@pytest.mark.parametrize(
    ("name", "names", "by_hand"),
    [
        ("sanction-retaliation", ["A_F", "h_F", "E"], commitments.retaliation),
        pytest.param("sanction-retaliation", None, commitments.retaliation, marks=pytest.mark.long),
        pytest.param("territorial-partition", None, commitments.partition, marks=pytest.mark.long),
    ],
)
def test_the_exact_best_sets(name: str, names: list[str] | None, by_hand) -> None:
    found = policies(load(name), "Japan", names=names, samples=1_000 if names is None else 100, seed=8)
    best = best_sets(found)
    assert best.complete
    assert best.flags.tolist() == best_whatever_is_played(found, by_hand)
    assert best.flags.any(axis=0).sum() > 1


@pytest.mark.parametrize(
    ("e", "names"),
    [("1/10", ["mu"]), pytest.param("3/10", ["mu", "rho"], marks=pytest.mark.long)],
)
def test_the_exact_best_set_under_unknown_resolve(e: str, names: list[str]) -> None:
    found = policies(load("sanction-threat"), "Japan", names=names, values={"e": e}, samples=24, seed=2)
    best = best_sets(found)
    assert best.complete
    assert best.flags.tolist() == best_whatever_is_played(found, commitments.threat)
    if names == ["mu"]:
        # Where holding pays more than backing down, the known cut-off: (rho − e) / (V + rho − e), V = 1 and rho = 2/5.
        cut = (Fraction(2, 5) - Fraction(e)) / (1 + Fraction(2, 5) - Fraction(e))
        assert best.holds("Full", mu=cut + Fraction(1, 1000))
        assert not best.holds("Full", mu=cut - Fraction(1, 1000))


def test_best_sets_in_words() -> None:
    found = policies(load("sanction-retaliation"), "Japan", names=["A_F", "h_F"], samples=64)
    best = best_sets(found)
    assert best.sentence("full") == (
        "“Full” is best where 5*A_F > 4; or 20*A_F < 13 and 4*h_F > 5 and 5*A_F > 1: proved both ways, ties aside."
    )
    assert best.sentence("Symbolic") == "“Symbolic” is best nowhere, but where payoffs tie."
    assert best.shares is not None
    assert best.shares.values == (Fraction(61, 240), 0, Fraction(179, 240))


def test_policies_that_an_equation_makes_alike_are_both_best() -> None:
    game = StrategicGame.bimatrix([[x], [y]], [[0], [0]])
    model = Model("alike", "Alike", game, (parameter(x), parameter(y)))
    best = best_sets(policies(model, "Row", premises=[sympy.Eq(x, y)], samples=16))
    assert [best.sentence(action) for action in ("1", "2")] == ["“1” is best everywhere.", "“2” is best everywhere."]


def test_bounds_worked_out_by_hand() -> None:
    """At the ends of the ranges: V_J = z_J = 1 at most but for V_J = 3, |y| ≤ 2, and refusal costs phi ≤ 1."""
    found = over_all("territorial-partition", 60)
    bounds = dict(zip(found.actions, found.bounds, strict=True))
    assert all(each.worst_is_exact and each.regret_is_exact for each in bounds.values())
    assert bounds["No offer"].worst == 0
    assert bounds["No offer"].regret == 3 + 1 + 2
    assert bounds["Four islands"].worst == -1
    assert bounds["Treaty only, relief, payment"].worst == -1 - 2 - 2 - 2
    assert found.least_regret.policy == "No offer"


def test_several_first_decisions_and_a_later_one() -> None:
    model = load("sanction-retaliation")
    with pytest.raises(InputError, match="3 first decisions; name one: Russia after None"):
        policies(model, "Russia", samples=16)
    found = policies(model, "Russia", "russia after full", samples=20, values={"E": 0})
    assert found.place == "Russia after Full"
    # If Japan foresees patrols and keeps from sanctions, committing to patrols pays Russia more than to absorb.
    patrol, concede = (found.values[:, found.number(action)].mean() for action in ("Patrol", "Concede"))
    assert patrol > concede


@pytest.mark.long
def test_selections_differ_where_there_are_several_equilibria() -> None:
    model = load("sanction-threat")
    asked = {"names": ["h", "e"], "samples": 16, "seed": 2}
    worst = policies(model, "Japan", **asked)
    best = policies(model, "Japan", selection="best for Japan", **asked)
    assert (best.values >= worst.values - NEAR).all()
    low, high = worst.prospects[1].expected_range
    assert worst.prospects[1].expected.value == pytest.approx(low)
    assert best.prospects[1].expected.value == pytest.approx(high)
    assert high > low


def test_commitment_in_strategic_form() -> None:
    """Inspection: a mixture to which the best reply is to comply is worth more than any pure strategy."""
    found = policies(load("sanction-encounter"), "Japan", names=["A_F", "E"], samples=32)
    assert found.mixing is not None
    assert found.mixing.more.value >= 0
    row = 0
    game = found.options[2].game_at(found.points.point(row))
    assert isinstance(game, StrategicGame)
    replies = {r: game.payoffs["Full", r] for r in game.strategies["Russia"]}
    most = max(paid[1] for paid in replies.values())
    own = [float(paid[0]) for paid in replies.values() if paid[1] == most]
    assert found.values[row, 2] == pytest.approx(min(own))


def test_the_radius_is_that_of_the_boundary() -> None:
    found = policies(load("sanction-retaliation"), "Japan", names=["A_F"], samples=16)
    near = radius(found, "Full")
    # Full stays best down to A_F = 4/5, from 6/5, within a range of 2.
    assert near.lower <= Fraction(1, 5) <= near.lower + Fraction(1, 1000)
    assert near.upper is not None
    assert "stays best as long as no parameter moves" in str(near)
    with pytest.raises(InputError, match="already fails"):
        radius(found, "None")


def of_one_choice() -> Model:
    """Risk pays theta, which lies evenly between −1 and 1, and Safe nothing; eta is idle."""
    theta, eta = sympy.symbols("theta eta")
    given = {"default": 0, "low": -1, "high": 1, "unit": Unit.PAYOFF, "source": Assumed("none")}
    payoffs = {("Risk", "Watch"): (theta, eta), ("Safe", "Watch"): (0, 0)}
    return Model(
        "toy",
        "A choice",
        StrategicGame({"A": ("Risk", "Safe"), "B": ("Watch",)}, payoffs),
        (Parameter(theta, meaning="stake", **given), Parameter(eta, meaning="idle", **given)),
    )


def test_the_value_of_information_in_closed_form() -> None:
    """E max(theta, 0) = 1/4; of theta alone the same; of what is idle nothing."""
    told = policies(of_one_choice(), "A", samples=1_024).information
    assert told.total.low <= 0.25 <= told.total.high
    assert told.single["theta"].value == pytest.approx(0.25, abs=0.03)
    assert told.single["eta"].value <= 0.03
    above = sympy.Symbol("theta") > sympy.Rational(1, 10)
    fixed = policies(of_one_choice(), "A", samples=256, premises=[above]).information
    assert (fixed.total.value, set(fixed.idle)) == (0, {"theta", "eta"})


def test_points_as_a_table(tmp_path) -> None:
    found = policies(load("sanction-retaliation"), "Japan", names=["A_F", "h_F"], samples=16)
    lines = found.to_csv(tmp_path / "points.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 17
    assert lines[0].startswith("A_F,h_F,None: payoff,None: regret,None: best,")
    assert json.loads(json.dumps(found.as_json()))["least_regret"] == "Full"
    assert found.findings()[0].startswith("Over what the premises allow, “Full” has the least to regret for Japan")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"player": "Ruritania"}, "has no player 'Ruritania'; the players are Japan"),
        ({"at": "Moscow"}, "Japan does not decide at 'Moscow'"),
        ({"selection": "middling"}, "the selection is 'middling'; give one of best for Japan"),
        ({"names": ["nothing"]}, "has no parameter 'nothing'"),
        ({"samples": 0}, "the number of samples is 0"),
        ({"premises": [A_F > 3]}, "nothing is admissible"),
    ],
)
def test_wrong_input(asked: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        policies(load("sanction-retaliation"), **{"player": "Japan", "samples": 8, **asked})


def test_other_forms_are_refused() -> None:
    with pytest.raises(InputError, match="a commitment takes a tree or a game in strategic form"):
        policies(load("freeze-and-thaw"), "Japan", samples=8)


def test_a_policy_whose_points_were_not_all_settled_leaves_fewer() -> None:
    found = policies(load("sanction-retaliation"), "Japan", names=["A_F"], samples=12)
    longer = sweep(found.options[0], samples=500)
    cut = replace(found, sweeps=(longer, *found.sweeps[1:]))
    assert cut.effective == len(cut) == 12
    assert "Of 500 points wanted 12 have a payoff for every policy." in cut.findings()
