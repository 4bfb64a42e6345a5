"""Pressure held up by a threat: each plan against every single deviation, written out here from what both parts pay."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from analyses.explain import explain_all
from games import AlternatingOffers, Equilibrium, InputError, solve
from games.forms.alternating_offers import BREACH, REFUSED
from games.play.regret import regret
from laws.counts import long

SEED = 1991
NAME = "pressure-trigger"


def talks(delta: str | Fraction, w: str | Fraction, other: str | Fraction | None = None) -> AlternatingOffers:
    old = {"Union": w, "Firm": 1 - Fraction(w) if other is None else other}
    inside = {"Strike": {"Union": 0, "Firm": 0}, "Work": old}
    return AlternatingOffers(("Union", "Firm"), {"Union": delta, "Firm": delta}, inside=inside, presser="Union")


def plan(found: Equilibrium, part: str = "") -> tuple[str, ...]:
    return tuple(
        label
        for place, mix in found.strategies.items()
        if place.startswith(part) and place.endswith("talks go on") and place.startswith(BREACH) == bool(part)
        for label, weight in mix.items()
        if weight
    )


def planned(game: AlternatingOffers, chosen: tuple[str, ...]) -> list[Fraction]:
    """What the union gets in each turn if the inside options of the plan go on: two linear equations."""
    delta = Fraction(game.discounts["Union"])
    first, second = ({p: Fraction(v) for p, v in game.pressures[label].items()} for label in chosen)
    # x = 1 − (1 − δ) f − δ (1 − y) after the union's offer, y = (1 − δ) u + δ x after the firm's.
    x = (1 - delta) * (1 - first["Firm"] + delta * second["Union"]) / (1 - delta**2)
    return [x, (1 - delta) * second["Union"] + delta * x]


@pytest.mark.parametrize("draws", [60, long(2_000)])
def test_the_plans_are_those_that_nobody_gains_by_leaving(draws: int) -> None:
    """A plan holds exactly if pressing as planned is worth at least not doing so, and what the threat pays after it."""
    rng = random.Random(SEED)
    held: Counter[tuple[str, ...]] = Counter()
    for _ in range(draws):
        delta, w = Fraction(rng.randint(1, 99), 100), Fraction(rng.randint(1, 996), 997)
        other = (1 - w) * Fraction(rng.randint(50, 99), 100)
        game = talks(delta, w, other)
        threat = planned(game, ("Work", "Work"))
        expected = {}
        for chosen in product(game.pressures, repeat=2):
            paid = planned(game, chosen)

            def worth(label: str, later: Fraction, game: AlternatingOffers = game, delta: Fraction = delta) -> Fraction:
                return (1 - delta) * Fraction(game.pressures[label]["Union"]) + delta * later

            keeps = all(
                worth(own, paid[1 - k]) >= worth(other_label, threat[1 - k])
                for k, own in enumerate(chosen)
                for other_label in game.pressures
                if other_label != own
            )
            if keeps:
                expected[chosen] = paid
        equilibria = solve(game, NAME)
        assert equilibria.complete
        assert {plan(one): one.payoffs["Union"] for one in equilibria} == {c: p[0] for c, p in expected.items()}, (
            SEED,
            game,
        )
        assert all(plan(one, BREACH) == ("Work", "Work") for one in equilibria)
        held.update(list(expected))
    assert held["Work", "Work"] == draws
    assert 0 < held["Strike", "Work"] < draws
    assert 0 < held["Strike", "Strike"] <= held["Strike", "Work"]


def deviations(game: AlternatingOffers, found: Equilibrium) -> Iterator[Fraction]:
    """What each other choice of the presser adds, in both parts, from the payoffs that the equilibrium states."""
    states, delta = list(game.states), Fraction(game.discounts[game.presser])
    for part in ("", BREACH):
        for k, state in enumerate(states):
            after = states[(k + 1) % len(states)]
            mix = found.strategies[f"{part}{state}; talks go on"]
            (own,) = (label for label, weight in mix.items() if weight)

            def worth(label: str, own: str = own, part: str = part, after: str = after) -> Fraction:
                then = part + after if label == own else BREACH + after
                later = Fraction(found.continuations[then,][game.presser])
                return (1 - delta) * Fraction(game.pressures[label][game.presser]) + delta * later

            yield from (worth(label) - worth(own) for label in game.pressures)


def test_no_choice_of_pressure_pays_more_in_either_part() -> None:
    for game in (talks("9/10", "3/10"), talks("9/10", "3/10", "3/5"), talks("1/2", "1/10", "1/2")):
        equilibria = solve(game, NAME)
        assert len(equilibria) > 1
        for found in equilibria:
            assert max(deviations(game, found)) == 0
            assert set(regret(game, found.strategies).values()) == {0}
            assert set(found.continuations) == {
                (part + state, *step) for part in ("", BREACH) for state in game.states for step in ((), (REFUSED,))
            }


def test_a_plan_that_is_not_held_up_has_regret() -> None:
    game = talks("9/10", "3/10", "3/5")
    (best,) = (one for one in solve(game, NAME) if plan(one) == ("Strike", "Work"))
    turned = {place: dict(mix) for place, mix in best.strategies.items()}
    for state, label in zip(game.states, ("Work", "Strike"), strict=True):
        turned[f"{state}; talks go on"] = {name: Fraction(name == label) for name in game.pressures}
    assert regret(game, turned)["Union"] > 0


def test_what_it_is_not_about_is_refused() -> None:
    game = talks("9/10", "3/10")
    last = replace(game, rounds=3, deadline={"Union": 0, "Firm": 0})
    with pytest.raises(InputError, match="has a last round"):
        solve(last, NAME)
    with pytest.raises(InputError, match="leaves nobody a choice"):
        solve(AlternatingOffers(("A", "B"), {"A": "1/2", "B": "1/2"}), NAME)
    many = replace(game, proposers=("Union", "Firm") * 5)
    with pytest.raises(InputError, match="there are 1024 plans of pressure; at most 1000"):
        solve(many, NAME)


def test_both_parts_are_printed_and_explained() -> None:
    equilibria = solve(talks("9/10", "3/10"), NAME)
    assert "After a breach: Union proposes" in repr(equilibria)
    told = [str(one) for one in explain_all(equilibria)]
    assert any("talks go on: Strike pays Union 54/95, Work 0.3" in one for one in told)
