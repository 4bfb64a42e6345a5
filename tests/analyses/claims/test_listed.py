"""Claims about repeated games and graph models: closed forms come back as proofs, in both directions."""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import symbols

from analyses.claims import Chosen, Claim, Holds, Proved, Reach, Refuted, Unique, always, check, never, sometimes
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.forms.graph_model import GraphModel
from games.forms.repeated import AGREED, BREACH, key
from games.formulas.relations import relation
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from games.territory import freeze_thaw

SEED = 1993

q, a, b = symbols("q a b")

THAW = Chosen({key(side, AGREED, freeze_thaw.CALM): freeze_thaw.EASE for side in freeze_thaw.MODEL.game.players})


def test_the_thaw_is_sustainable_exactly_where_the_closed_form_says() -> None:
    """(R − P)/(T − P) ≥ 1 − δ(1−ε) − δ²ε(1−π)/(1−δπ), multiplied out: for all payoffs, odds and discount factors."""
    names = ("T", "R", "P", "delta", "epsilon", "pi")
    high, reward, freeze, delta, war, lasts = (freeze_thaw.MODEL.by_name[name].symbol for name in names)
    needed = (1 - delta * (1 - war)) * (1 - delta * lasts) - delta**2 * war * (1 - lasts)
    patient = (reward - freeze) * (1 - delta * lasts) >= (high - freeze) * needed
    model = freeze_thaw.MODEL
    held = Claim("held", "The thaw holds.", model, Holds(q >= 1, {q: THAW}), (patient,), every=False)
    assert isinstance(check(held, 60), Proved)
    broken = Claim("broken", "No thaw holds.", model, Holds(q <= 0, {q: THAW}), (sympy.Not(patient),))
    assert isinstance(check(broken, 60), Proved)
    for bare in (held.with_premises(), broken.with_premises()):
        assert isinstance(check(bare, 60), Refuted)


def test_what_a_repeated_game_can_be_asked() -> None:
    model = freeze_thaw.MODEL
    with pytest.raises(InputError, match="player, phase and state"):
        Claim("bad", "A claim.", model, never({"Japan": freeze_thaw.EASE}))
    with pytest.raises(InputError, match="no choice"):
        Claim("bad", "A claim.", model, never({key("Japan", BREACH, freeze_thaw.WAR): "Surrender"}))
    with pytest.raises(InputError, match="is no outcome"):
        Claim("bad", "A claim.", model, never(("Peace",)))
    with pytest.raises(InputError, match="no histories"):
        Claim("bad", "A claim.", model, Holds(q <= 0, {q: Reach(("Calm",), after=("War",))}))


def parameter(symbol: sympy.Symbol, low: str = "-1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default="0",
        low=low,
        high="1",
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def duel() -> Model:
    """Chicken as a graph: both swerve, one does, none does; payoffs of a lone dare are free."""
    states = {"ss": (0, 0), "sd": (-1, a), "ds": (b, -1), "dd": (-3, -3)}
    moves = {
        "Row": {"ss": ("ds",), "ds": ("ss",), "sd": ("dd",), "dd": ("sd",)},
        "Column": {"ss": ("sd",), "sd": ("ss",), "ds": ("dd",), "dd": ("ds",)},
    }
    return Model("duel", "Duel", GraphModel(states, moves), (parameter(a), parameter(b)))


def test_chicken_as_a_graph() -> None:
    model = duel()
    both = Claim(
        "both", "Both swerve for good.", model, sometimes(("ss",)), (a <= 0, b <= 0), "nash-stable", every=False
    )
    assert isinstance(check(both), Proved)
    assert isinstance(check(both.with_premises(a <= 0)), Refuted)
    dare = Claim("dare", "Nobody swerves for good.", model, never(("ss",)), (a > 0,), "nash-stable")
    assert isinstance(check(dare), Proved)
    # A dare could be answered by a dare, which is worse for both: by that threat swerving is stable for good.
    threat = Claim("threat", "Both swerve.", model, sometimes(("ss",)), (a > 0,), "general-metarational", every=False)
    assert isinstance(check(threat), Proved)
    only = Claim("only", "One state lasts.", model, Unique(), (a > 0, b > 0), "nash-stable")
    verdict = check(only)
    assert isinstance(verdict, Refuted)
    assert len(verdict.equilibria) == 2


@pytest.mark.parametrize(
    "concept", ["nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable"]
)
def test_stability_claims_about_the_standoff_against_random_payoffs(concept: str) -> None:
    """What is proved of a state holds at random payoffs; a refutation names payoffs at which it fails."""
    model = load("standoff")
    rng = random.Random(SEED)
    states = rng.sample(model.game.states, 4)
    points = [
        {p.name: p.low + (p.high - p.low) * Fraction(rng.randint(0, 12), 12) for p in model.parameters}
        for _ in range(400)
    ]
    points = [values for values in points if model.broken(model.point(**values)) is None][:15]
    assert points
    stable = [{e.outcomes[0].path[0] for e in solve(model.at(**values), concept)} for values in points]
    for state in states:
        lasts = check(Claim("lasts", "It lasts.", model, sometimes((state,)), (), concept, every=False))
        never_lasts = check(Claim("never", "It never lasts.", model, never((state,)), (), concept))
        where = f"seed {SEED}, {state}, {concept}"
        if isinstance(lasts, Proved):
            assert all(state in found for found in stable), where
        else:
            assert isinstance(lasts, Refuted), where
            assert state not in {e.outcomes[0].path[0] for e in solve(model.at(**lasts.at), concept)}, where
        if isinstance(never_lasts, Proved):
            assert not any(state in found for found in stable), where
        else:
            assert isinstance(never_lasts, Refuted), where
            assert state in {e.outcomes[0].path[0] for e in solve(model.at(**never_lasts.at), concept)}, where


def test_players_who_agree_on_the_best_equilibrium_hunt_the_stag() -> None:
    stag, hare, alone = symbols("stag hare alone")
    labels = {"One": ("Stag", "Hare"), "Other": ("Stag", "Hare")}
    game = StrategicGame.bimatrix([[stag, 0], [alone, hare]], [[stag, alone], [0, hare]], labels)
    assumed = Assumed("for a test")
    within: dict[str, Any] = {"low": "0", "high": "10", "unit": Unit.PAYOFF, "source": assumed}
    parameters = tuple(
        Parameter(symbol, meaning=f"meaning of {symbol}", default=default, **within)
        for symbol, default in ((stag, "9"), (hare, "7"), (alone, "8"))
    )
    model = Model("hunt", "Hunt", game, parameters)
    order = (stag > alone, alone >= hare, hare > 0)
    claim = Claim("hunt", "They hunt.", model, always({"One": "Stag"}), order, concept="payoff-dominant")
    proved = check(claim)
    assert isinstance(proved, Proved)
    assert set(proved.used) <= {relation(stag > alone), relation(alone >= hare)}
    assert isinstance(check(replace(claim, conclusion=Unique())), Proved)
    refuted = check(claim.with_premises(alone >= hare, hare > 0))
    assert isinstance(refuted, Refuted)
    at = {name: str(value) for name, value in refuted.at.items()}
    assert any(e["One"]["Stag"] == 0 for e in solve(model.at(**at), "payoff-dominant"))
    assert isinstance(check(replace(claim, concept="nash")), Refuted)
