"""Boxes that are proved pure are pure, by hand; and their proofs are those of `check`."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import sympy

from analyses.claims import Proved, check
from analyses.drawing.policies import draw_best_sets, draw_policies, draw_trajectories
from analyses.policies import Policies, Scenario, best_sets, policies, possible_after, scenario
from analyses.policies.scenarios import box_premises
from games.catalog import load
from games.errors import InputError
from games.forms.strategic import StrategicGame
from games.model import Model
from judges import commitments
from laws.maps import parameter, x, y


@pytest.fixture(scope="module")
def sanctions() -> Policies:
    return policies(load("sanction-retaliation"), "Japan", samples=600, seed=1)


def corners(found: Scenario, count: int = 200) -> list[dict[str, Fraction]]:
    """Exact admissible points in the box, many of them on its ends."""
    model, random = found.policies.model, np.random.default_rng(0)
    inside = []
    while len(inside) < count:
        point = {}
        for p in model.parameters:
            low, high = found.ends.get(p.name, (p.low, p.high))
            part = Fraction(int(random.choice([0, 1, 2, 3, 4])), 4)
            point[p.name] = low + (high - low) * part
        for names in (("rho_1", "rho_2", "rho_3"), ("gamma_1", "gamma_2", "gamma_3"), ("c_1", "c_2", "c_3")):
            if not found.ends.keys() & set(names):
                point |= dict(zip(names, sorted(point[name] for name in names), strict=True))
        if model.broken({p.symbol: point[p.name] for p in model.parameters}) is None:
            inside.append(point)
    return inside


def concedes(at: dict[str, Fraction], action: str) -> bool:
    """Whether Russia may concede after the action, by hand."""
    span = commitments.retaliation({**at, "V_J": Fraction(1000)}, action)
    return span[1] > 900


def test_inside_this_box_russia_never_concedes(sanctions: Policies) -> None:
    found = scenario(sanctions, "Full", "Russia concedes", is_played=False)
    assert found.is_proved
    assert 0 < found.coverage < 1
    assert "Inside this box “Russia concedes” is never played after “Full”: proved" in found.findings()[0]
    inside = corners(found)
    assert not any(concedes(point, "Full") for point in inside)
    # It is not so everywhere, so that the test could fail.
    everywhere = corners(replace(found, ends={}))
    assert any(concedes(point, "Full") for point in everywhere)
    claim = replace(found.claim, premises=(*found.claim.premises, *box_premises(sanctions.model, found.ends)))
    assert isinstance(check(claim), Proved)


def test_a_box_in_which_it_concedes(sanctions: Policies) -> None:
    found = scenario(sanctions, "None", "russia concedes")
    assert found.is_proved
    assert set(found.ends) == {"V_R", "E"}
    assert all(concedes(point, "None") for point in corners(found, 50))
    assert "V_R is at most" in found.conditions()[0]


def test_what_holds_everywhere_or_nowhere(sanctions: Policies) -> None:
    found = policies(load("sanction-retaliation"), "Japan", names=["A_F", "h_F"], samples=64)
    never = scenario(found, "None", "Russia concedes", is_played=False)
    assert (never.is_proved, dict(never.ends), never.trajectory) == (True, {}, ())
    assert str(never) == "“Russia concedes” is never played after “None” at all allowed payoffs: proved."
    assert not scenario(found, "None", "Russia concedes").held


def test_steps_are_counted(sanctions: Policies) -> None:
    found = scenario(sanctions, "Full", "Russia patrols, Japan holds", steps=1)
    assert (found.steps, found.is_proved) == (1, False)
    assert "1 question" in str(found)


@pytest.mark.long
def test_every_outcome_of_the_sanctions_has_a_box_or_its_steps(sanctions: Policies) -> None:
    outcomes = sorted(set(map(sanctions.model.outcome_words, sanctions.model.game.paths)))
    proved = 0
    for outcome in outcomes:
        (action,) = possible_after(sanctions, outcome)
        found = scenario(sanctions, action, outcome, is_played=False, steps=40, seconds=4)
        assert found.is_proved or found.steps
        proved += found.is_proved
    assert proved >= 0.8 * len(outcomes)


def test_figures(sanctions: Policies) -> None:
    drawn = draw_policies(sanctions)
    assert drawn.png.startswith(b"\x89PNG")
    assert "greatest regret" in drawn.description
    found = scenario(sanctions, "None", "Russia concedes")
    assert "Peeling trajectories" in draw_trajectories([found]).description
    with pytest.raises(InputError, match="no scenario has a trajectory"):
        draw_trajectories([replace(found, trajectory=())])
    two = policies(load("sanction-retaliation"), "Japan", names=["A_F", "h_F"], samples=16)
    map_ = draw_best_sets(best_sets(two))
    assert map_ is not None
    assert "Full (75 %)" in map_.description
    with pytest.raises(InputError, match="takes two parameters"):
        draw_best_sets(best_sets(policies(load("sanction-retaliation"), "Japan", names=["A_F"], samples=16)))


def test_wrong_input(sanctions: Policies) -> None:
    with pytest.raises(InputError, match="has no outcome 'Peace'"):
        scenario(sanctions, "Full", "Peace")
    with pytest.raises(InputError, match="there is no action 'War'"):
        scenario(sanctions, "War", "Russia concedes")
    with pytest.raises(InputError, match="the number of steps is 0"):
        scenario(sanctions, "Full", "Russia concedes", steps=0)


def test_a_scenario_where_premises_leave_one_point() -> None:
    game = StrategicGame.bimatrix([[x, 0], [0, y]], [[1, 0], [0, y]])
    model = Model("point", "A point", game, (parameter(x), parameter(y)))
    found = policies(model, "Row", premises=[sympy.Eq(x, 1), sympy.Eq(y, 1)], samples=16)
    assert scenario(found, "1", "1, 1").is_proved
    assert scenario(found, "1", "1, 2").findings() == (
        "At none of the 1 point “1, 2” is played after “1”, so there is no box.",
    )
