"""Claims about bargaining are proved for all payoffs, from the cases of alternating offers."""

from typing import Any

import pytest
import sympy

from analyses.claims import Claim, Holds, Proved, Refuted, check
from games.catalog import load
from games.formulas.relations import related
from games.play.quantities import Payoff, Reach

q = sympy.Symbol("q")
RATIFICATION, OFFERS = load("ratification"), load("alternating-offers")


def symbols_of(model: Any, *names: str) -> list[Any]:
    return [model.by_name[name].symbol for name in names]


S, r_J, r_R, d_J, d_R = symbols_of(RATIFICATION, "S", "r_J", "r_R", "delta_J", "delta_R")
AGREED, NEVER = Reach(("Japan proposes", "Agreement")), Reach(("Talks for ever",))


@pytest.mark.parametrize(
    ("conclusion", "premises"),
    [
        (Holds(related(q, "==", 1), {q: AGREED}), (related(r_J + r_R, "<", 1),)),
        (Holds(related(q, "==", 1), {q: NEVER}), (related(r_J + r_R, ">", 1),)),
        (Holds(related(q, ">=", r_J * S), {q: Payoff("Japan")}), (related(r_J + r_R, "<", 1),)),
        (
            Holds(related(q * (1 + d_J), ">=", S), {q: Payoff("Japan")}),
            (related(r_R, "==", 0), related(d_J, "==", d_R)),
        ),
    ],
    ids=["room between the floors", "no room", "no less than the floor", "a floor never harms the side that has it"],
)
def test_what_floors_do_is_proved(conclusion: Holds, premises: tuple[Any, ...]) -> None:
    verdict = check(Claim("floors", "A claim for a test.", RATIFICATION, conclusion, premises))
    assert isinstance(verdict, Proved), verdict


def test_a_floor_does_not_always_help() -> None:
    conclusion = Holds(related(q * (1 + d_J), ">", S), {q: Payoff("Japan")})
    premises = (related(r_R, "==", 0), related(d_J, "==", d_R))
    verdict = check(Claim("floors", "A claim for a test.", RATIFICATION, conclusion, premises))
    assert isinstance(verdict, Refuted), verdict


@pytest.mark.long
def test_sanctions_during_talks_raise_the_share_if_they_hurt_enough() -> None:
    """h > δk, where nobody would walk away; without this premise the claim is refuted."""
    names = ("S", "p", "delta_J", "delta_R", "g_J", "g_R", "w_J", "w_R")
    pie, p, d_J, d_R, g_J, g_R, w_J, w_R = symbols_of(OFFERS, *names)
    half = sympy.Rational(-1, 2)
    given = [related(p, "==", 0), related(pie, "==", 1), related(d_J, "==", d_R)]
    given += [related(w_J, "==", half), related(w_R, "==", half), related(g_J, "<=", 0), related(g_R, "<=", 0)]
    conclusion = Holds(related(q * (1 + d_J), ">", pie), {q: Payoff("Japan")})
    enough = related(-g_R, ">", -d_J * g_J)
    proved = check(Claim("pressure", "A claim for a test.", OFFERS, conclusion, (*given, enough)))
    assert isinstance(proved, Proved), proved
    refuted = check(Claim("pressure", "A claim for a test.", OFFERS, conclusion, tuple(given)))
    assert isinstance(refuted, Refuted), refuted
