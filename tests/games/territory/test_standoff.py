"""The standoff: what can be taken back, and which states last, by formulas of the payoffs alone."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import solve
from games.forms.graph_model import GraphModel, reachable, route
from games.territory.standoff import (
    AGAIN,
    MODEL,
    PATROLS,
    SUSPENDED,
    TALKS,
    WORDING,
    graph,
    outcome_words,
    state,
)

SEED = 2022
BOTH = (False, True)


def at(**values: object) -> GraphModel:
    game = MODEL.at(**values)
    assert isinstance(game, GraphModel)
    return game


def drawn(rng: random.Random, grain: int) -> dict[str, Fraction]:
    """Values that meet the assumptions; with a coarse grain they tie now and then."""

    def part(low: int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randint(0, grain), grain)

    values = {"e": part(-1, 2), "h": part(0, 2), "kappa": part(0, Fraction(1, 2))}
    for name, high in (("rho", Fraction(1)), ("gamma", Fraction(1, 2)), ("c", Fraction(1, 2))):
        for number, value in enumerate(sorted(part(0, high) for _ in range(3)), start=1):
            values[f"{name}_{number}"] = value
    return values


@pytest.mark.parametrize("revocable", BOTH)
def test_suspended_talks_can_be_resumed(revocable: bool) -> None:
    game = graph(revocable=revocable)
    for sanctioned in BOTH:
        assert route(game, state(SUSPENDED, sanctioned), state(TALKS, sanctioned)) == (
            ("Russia", state(TALKS, sanctioned)),
        )
        assert state(TALKS, False) in reachable(game, state(SUSPENDED, sanctioned))


@pytest.mark.parametrize("rung", [WORDING, PATROLS])
def test_no_path_leads_back_from_wording_that_cannot_be_taken_back(rung: str) -> None:
    game = graph(revocable=False)
    for sanctioned in BOTH:
        after = set(reachable(game, state(rung, sanctioned)))
        assert after == {state(r, s) for r in (WORDING, PATROLS) for s in BOTH}
        assert route(game, state(rung, sanctioned), state(TALKS, False)) is None


def test_wording_that_can_be_taken_back_leads_to_talks_but_not_to_the_ones_before() -> None:
    game = graph()
    for sanctioned in BOTH:
        after = set(reachable(game, state(WORDING, sanctioned)))
        assert state(AGAIN, sanctioned) in after
        assert state(TALKS, sanctioned) not in after
        assert state(SUSPENDED, sanctioned) not in after


def test_everything_is_reached_from_the_first_state() -> None:
    for revocable in BOTH:
        game = graph(revocable=revocable)
        assert set(reachable(game, state(TALKS, False))) == set(game.states)


def test_the_two_versions_differ_by_the_states_after_a_withdrawal_alone() -> None:
    full, without = graph(), graph(revocable=False)
    assert set(full.states) - set(without.states) == {state(AGAIN, sanctioned) for sanctioned in BOTH}
    assert all(full.payoffs[s] == without.payoffs[s] for s in without.states)


def test_a_withdrawal_pays_exactly_if_it_costs_less_than_the_wording() -> None:
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    for grain in (10**6, 8):
        for _ in range(150):
            v = drawn(rng, grain)
            improving = route(at(**v), state(WORDING, False), state(AGAIN, False), improving=True) is not None
            assert improving == (v["kappa"] < v["c_2"]), (SEED, v)
            seen[improving] += 1
    assert min(seen.values()) > 50


def expected_stable(v: dict[str, Fraction]) -> set[str]:
    """The Nash stable states, by comparing each state with those one move away."""
    net = {
        (rung, sanctioned): (v.get(f"gamma_{k}", Fraction(0)) if sanctioned else Fraction(0)) - cost
        for sanctioned in BOTH
        for k, (rung, cost) in enumerate(
            [(TALKS, Fraction(0)), (SUSPENDED, v["c_1"]), (WORDING, v["c_2"]), (PATROLS, v["c_3"]), (AGAIN, v["kappa"])]
        )
    }
    choices = {
        TALKS: (TALKS, SUSPENDED, WORDING, PATROLS),
        SUSPENDED: (TALKS, SUSPENDED, WORDING, PATROLS),
        WORDING: (WORDING, PATROLS, AGAIN),
        PATROLS: (WORDING, PATROLS, AGAIN),
        AGAIN: (WORDING, PATROLS, AGAIN),
    }
    return {
        state(rung, sanctioned)
        for rung, menu in choices.items()
        for sanctioned in BOTH
        if net[rung, sanctioned] == max(net[other, sanctioned] for other in menu)
        and (v["e"] >= 0 if sanctioned else v["e"] <= 0)
    }


@pytest.mark.parametrize("grain", [10**6, 6], ids=["untied", "with ties"])
def test_stable_states_are_those_of_the_formulas(grain: int) -> None:
    rng = random.Random(SEED)
    seen: Counter[str] = Counter()
    for _ in range(300):
        v = drawn(rng, grain)
        found = {equilibrium.outcomes[0].path[0] for equilibrium in solve(at(**v))}
        assert found == expected_stable(v), (SEED, v)
        seen.update(found)
    assert set(seen) >= {state(TALKS, False), state(WORDING, False), state(AGAIN, False), state(WORDING, True)}


def test_talks_without_sanctions_last_if_sanctions_do_not_pay_japan() -> None:
    for e, lasts in (("-1/10", True), ("0", True), ("1/10", False)):
        found = {equilibrium.outcomes[0].path[0] for equilibrium in solve(at(e=e))}
        assert (state(TALKS, False) in found) is lasts


def test_every_state_has_words_of_its_own() -> None:
    game = graph()
    assert len({outcome_words((label,)) for label in game.states}) == len(game.states)
    assert outcome_words((state(SUSPENDED, True),)) == "Sanctions; talks are suspended"
