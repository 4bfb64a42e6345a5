"""What a solution says, put to the engine of claims, which knows nothing of regions."""

from dataclasses import replace

import pytest
from sympy import Symbol, symbols

from analyses.claims.check import check
from analyses.claims.verdicts import Proved, Refuted
from analyses.solution import Solution, solve_free
from games import StrategicGame
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from games.terms import sign, var

x = symbols("x")


def cut() -> Solution:
    """A symmetric game with one equilibrium below 1/3, three between, one above 2/3."""
    game = StrategicGame.bimatrix([[x / 2, x], [1 - x, (1 - x) / 2]], [[x / 2, 1 - x], [x, (1 - x) / 2]])
    unit = Parameter(x, meaning="x", default="1/2", low=0, high=1, unit=Unit.PAYOFF, source=Assumed("a test"))
    return solve_free(Model("cut", "Cut twice", game, (unit,)), "x")


def all_proved(solution: Solution) -> int:
    claims = solution.claims()
    for claim in claims:
        verdict = check(claim)
        assert isinstance(verdict, Proved), (claim.name, claim.argument, verdict)
    return len(claims)


def test_every_region_is_where_its_equilibrium_is_as_told() -> None:
    solution = cut()
    # Each region's own claim, and for every support that is not met everywhere one about elsewhere.
    assert all_proved(solution) > len(solution.regions)


@pytest.mark.parametrize(
    ("name", "free", "concept"),
    [
        ("sanction-retaliation", "E,beta", None),
        ("inspection", "all", None),
        ("freeze-and-thaw", "delta", None),
        ("standoff", "e,kappa", None),
        pytest.param("sanction-encounter", "E,beta", "nash", marks=pytest.mark.long),
        pytest.param("relief-in-steps", "beta", None, marks=pytest.mark.long),
        pytest.param("territorial-partition", "all", None, marks=pytest.mark.long),
    ],
)
def test_every_region_of_a_model_is_proved(name: str, free: str, concept: str | None) -> None:
    assert all_proved(solve_free(load(name), free, concept=concept))


def test_what_is_told_wrongly_is_refuted() -> None:
    """A region too small, one too large, and a mixture that is slightly off."""
    solution = cut()
    mixed = next(region for region in solution.regions if region.open == () and "mixes" in region.played)
    (inside,) = mixed.alternatives
    narrower = sign(var("x") * 2 - 1, ">")
    off = {
        place: {choice: weight + x / 100 for choice, weight in own.items()} for place, own in mixed.strategies.items()
    }
    for wrong in (
        replace(mixed, alternatives=((*inside, narrower),)),
        replace(mixed, alternatives=(inside[1:],)),
        replace(mixed, strategies=off),
    ):
        others = tuple(wrong if region is mixed else region for region in solution.regions)
        verdicts = [check(claim) for claim in replace(solution, regions=others).claims()]
        assert any(isinstance(verdict, Refuted) for verdict in verdicts), wrong


def test_values_hold_in_the_claims() -> None:
    solution = solve_free(load("sanction-retaliation"), "E", values={"h_F": 2}, premises=[Symbol("E") <= 1])
    claims = solution.claims()
    (h_F,) = (p for p in claims[0].model.parameters if p.name == "h_F")
    assert (h_F.low, h_F.high) == (2, 2)
    assert all_proved(solution)
