"""Third countries' compliance, and whether sanctions on them are worth it: thresholds, extremes, and the decision."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import pytest

from analyses.claims import Claim, Proved, Refuted, Verdict, check, never
from games import ExtensiveGame, StrategicGame, solve
from games.forms.extensive import Path
from games.model import Model
from games.sanctions import secondary, secondary_decision
from games.sanctions.secondary import GROUPS, MODEL, h_F, lambda_1, lambda_2, m_1, m_2, t_1, t_2, x
from games.sanctions.secondary_decision import V_J, V_R, G, beta, dA, e, omega

SEED = 2006
NAMES = tuple(GROUPS)
NUMBERS = {name: k for k, name in enumerate(NAMES, start=1)}
Values: TypeAlias = Mapping[str, Fraction]


def never_played(model: Model, start: Path, play: Path, premises: Sequence[Any] = ()) -> Verdict:
    return check(Claim(model.name, "This is never played.", model, never(play, after=start), tuple(premises)))


def drawn(rng: random.Random, model: Model, grain: int = 10**6) -> dict[str, Fraction]:
    """Values that meet the assumptions; a fine grain leaves no ties."""
    while True:
        values = {p.name: p.low + (p.high - p.low) * Fraction(rng.randrange(1, grain), grain) for p in model.parameters}
        if model.broken(model.point(**values)) is None:
            return values


def pull(v: Values, group: str, complying: frozenset[str]) -> Fraction:
    """x m_i + φ Σ g_ij c_j − t_i: the group complies if this is positive."""
    i = NUMBERS[group]
    others = sum((v[f"g_{min(i, j)}{max(i, j)}"] for name in complying - {group} for j in [NUMBERS[name]]), Fraction(0))
    return v["x"] * v[f"m_{i}"] + v["phi"] * others - v[f"t_{i}"]


def iterated(v: Values, start: frozenset[str]) -> frozenset[str]:
    """Where best replies lead that start with ``start`` complying; ties go the way the iteration goes."""
    now = start
    while True:
        least = not start
        following = frozenset(n for n in NAMES if pull(v, n, now) > 0 or (not least and pull(v, n, now) == 0))
        if following == now:
            return now
        now = following


def equilibria(v: Values) -> set[frozenset[str]]:
    game = MODEL.at(**v)
    assert isinstance(game, StrategicGame)
    return {frozenset(n for n in NAMES if e[n]["Comply"] == 1) for e in solve(game, "pure-nash")}


def test_the_pure_equilibria_are_those_of_the_thresholds() -> None:
    rng = random.Random(SEED)
    for _ in range(60):
        v = drawn(rng, MODEL)
        game = MODEL.at(**v)
        assert isinstance(game, StrategicGame)
        for profile in game.profiles:
            complying = frozenset(n for n, choice in zip(NAMES, profile, strict=True) if choice == "Comply")
            stable = all((pull(v, n, complying) >= 0) == (n in complying) for n in NAMES)
            assert (complying in equilibria(v)) == stable, (SEED, v)


@pytest.mark.parametrize("grain", [10**6, 6], ids=["no ties", "ties"])
def test_the_least_and_the_greatest_equilibrium_come_back(grain: int) -> None:
    """Iterated best replies from nobody and from everybody end in the least and the greatest equilibrium."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(150):
        v = drawn(rng, MODEL, grain)
        found = equilibria(v)
        least, greatest = iterated(v, frozenset()), iterated(v, frozenset(NAMES))
        assert {least, greatest} <= found, (SEED, v)
        assert all(least <= one <= greatest for one in found), (SEED, v)
        seen.update([f"{len(greatest)} at most", "one" if least == greatest else "several"])
    assert seen["several"] > 3, seen
    assert len(seen) >= 5, seen


def test_at_the_defaults_few_comply_because_few_do_or_many_because_many_do() -> None:
    assert equilibria({p.name: p.default for p in MODEL.parameters}) == {frozenset(), frozenset(NAMES)}
    every = solve(MODEL.at(), "nash")
    assert every.complete
    assert len(every) == 3


def test_a_higher_penalty_or_more_company_never_lowers_compliance() -> None:
    rng = random.Random(SEED)
    for _ in range(60):
        v = drawn(rng, MODEL)
        for name in ("x", "phi"):
            more = {**v, name: v[name] + Fraction(1, 5)}
            for start in (frozenset[str](), frozenset(NAMES)):
                assert iterated(v, start) <= iterated(more, start), (SEED, v)
                assert iterated(more, start) in equilibria(more), (SEED, v)


def decided(v: Values) -> tuple[bool, tuple[str, ...], bool]:
    """Whether Japan extends, which groups then comply, and whether Russia then concedes; by backward induction."""
    first, second = NAMES[:2]

    def second_complies(first_did: bool) -> bool:
        return pull(v, second, frozenset({first} if first_did else ())) > 0

    did = v["phi"] * v["g_12"] * second_complies(True) - v["t_1"] > -v["x"] * v["m_1"]
    complying = ((first,) if did else ()) + ((second,) if second_complies(did) else ())

    def concedes(trading: tuple[str, ...]) -> bool:
        leakage = sum((v[f"lambda_{NUMBERS[name]}"] for name in trading), Fraction(0))
        return v["e"] < v["beta"] and v["h_F"] * (1 - leakage) > v["V_R"] + v["G"]

    before, after = concedes(NAMES[:2]), concedes(tuple(n for n in NAMES[:2] if n not in complying))
    gained = v["V_J"] - v["e"] if v["e"] < v["beta"] else Fraction(0)
    return gained * (after - before) + v["dA"] > 2 * v["omega"], complying, after


def test_the_decision_is_worthwhile_exactly_if_the_closed_form_says_so() -> None:
    """(V − e)·1[crosses v + G] + ΔA > ωn where relief is credible, else ΔA > ωn; the effective harm is h_F(1 − λ)."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(300):
        v = drawn(rng, secondary_decision.MODEL)
        game = secondary_decision.MODEL.at(**v)
        assert isinstance(game, ExtensiveGame)
        (equilibrium,) = solve(game)
        extends, complying, concedes = decided(v)
        (end,) = solve(game.subgame(("Third countries too",)))[0].outcomes
        complied = tuple(n for n, choice in zip(NAMES, end.path, strict=False) if choice == "Comply")
        assert complied == complying, (SEED, v)
        assert ("Concede" in end.path) == concedes, (SEED, v)
        assert (equilibrium.outcomes[0].path[0] == "Third countries too") == extends, (SEED, v)
        seen.update([f"extends {extends}", f"{len(complying)} comply", f"concedes {concedes}"])
    assert len(seen) == 7, seen
    assert min(seen.values()) > 5, seen


EXTENDED, ONLY = ("Third countries too",), ("Russia only",)
DECISION = secondary_decision.MODEL
COSTS_MORE = 2 * omega > dA
SHORT = h_F * (1 - lambda_1 - lambda_2) < V_R + G
CREDIBLE, NOT_CREDIBLE = e < beta, e > beta


def test_offending_countries_costs_too_much_only_if_no_concession_hangs_on_the_leakage() -> None:
    """The count of countries offended alone settles nothing; the hidden premise is that the leakage does not matter."""
    assert isinstance(never_played(DECISION, (), EXTENDED, (COSTS_MORE,)), Refuted)
    assert isinstance(never_played(DECISION, (), EXTENDED, (COSTS_MORE, h_F < V_R + G)), Proved)
    no_matter = h_F * (1 - lambda_1 - lambda_2) > V_R + G
    assert isinstance(never_played(DECISION, (), EXTENDED, (COSTS_MORE, no_matter, CREDIBLE)), Proved)


def test_secondary_sanctions_pay_where_they_stop_the_leakage_that_matters() -> None:
    compliance = (x * m_1 > t_1, x * m_2 > t_2)
    premises = (*compliance, SHORT, h_F > V_R + G, CREDIBLE, V_J - e + dA > 2 * omega)
    assert isinstance(never_played(DECISION, (), ONLY, premises), Proved)


def test_where_relief_is_not_credible_only_the_allies_pay_for_the_offence() -> None:
    something = V_R > 0
    assert isinstance(never_played(DECISION, (), EXTENDED, (COSTS_MORE, NOT_CREDIBLE, something)), Proved)
    assert isinstance(never_played(DECISION, (), ONLY, (dA > 2 * omega, NOT_CREDIBLE, something)), Proved)


@pytest.mark.parametrize(
    ("model", "path", "words"),
    [
        (MODEL, ("Comply", "Trade", "Comply"), "Large traders and financial centres comply"),
        (MODEL, ("Trade", "Trade", "Trade"), "No third countries comply"),
        (DECISION, ("Russia only", "Resist"), "Sanctions on Russia only, Russia resists"),
        (
            DECISION,
            ("Third countries too", "Trade", "Comply", "Concede"),
            "Sanctions on third countries too, transit countries comply, Russia concedes",
        ),
    ],
)
def test_paths_in_words(model: Model, path: tuple[str, ...], words: str) -> None:
    assert model.outcome_words(path) == words


def test_who_complies_in_words() -> None:
    assert secondary.who_complies(NAMES) == "large traders, transit countries and financial centres comply"
