"""Alliance and deterrence: when retaliation deters, when support makes it backfire, and what conditions do."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import pytest

from analyses.claims import Claim, Proved, Refuted, Verdict, check, never
from games import Equilibrium, ExtensiveGame, solve
from games.forms.extensive import Path
from games.model import Model
from games.sanctions import alliance, retaliation
from games.sanctions.alliance import MODEL, a_F, a_Y, eta
from games.sanctions.retaliation import A_F, RUNGS, alpha, k_F, k_Y, net_benefit

SEED = 1991
SANCTIONS = ("None", "Symbolic", "Full")
LADDER = tuple(RUNGS)
Values: TypeAlias = Mapping[str, Fraction]


def never_played(model: Model, start: Path, play: Path, premises: Sequence[Any] = ()) -> Verdict:
    return check(Claim(model.name, "This is never played.", model, never(play, after=start), tuple(premises)))


def tree_at(values: Mapping[str, object]) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values that meet the assumptions, on a grain too fine for ties."""
    values = {p.name: p.low + (p.high - p.low) * Fraction(rng.randrange(1, 10**6), 10**6) for p in MODEL.parameters}
    rising = ("k_Y", "k_F"), ("h_Y", "h_F"), ("a_Y", "a_F")
    rising += tuple(tuple(f"{name}_{r}" for r in (1, 2, 3)) for name in ("rho", "gamma", "c"))  # type: ignore[assignment]
    for names in rising:
        values |= dict(zip(names, sorted(values[name] for name in names), strict=True))
    return values


def provocation(v: Values, s: str) -> Fraction:
    return {"None": Fraction(0), "Symbolic": v["y"], "Full": Fraction(1)}[s]


def rung(v: Values, s: str) -> int:
    """r*(s): the rung that pays Russia most, absorbing being worth 0."""
    gains = [Fraction(0)] + [v[f"gamma_{r}"] * provocation(v, s) - v[f"c_{r}"] for r in (1, 2, 3)]
    return gains.index(max(gains))


def harm(v: Values, s: str) -> Fraction:
    """What Russia's best rung after ``s`` would cost Japan without support."""
    return [Fraction(0), v["rho_1"], v["rho_2"], v["rho_3"]][rung(v, s)]


def net_payoff(v: Values, s: str) -> Fraction:
    return {"None": Fraction(0), "Symbolic": v["alpha"] * v["A_F"] - v["k_Y"], "Full": v["A_F"] - v["k_F"]}[s]


def support(v: Values, s: str) -> Fraction:
    return {"None": Fraction(0), "Symbolic": v["a_Y"], "Full": v["a_F"]}[s]


def japan(v: Values, s: str) -> Fraction:
    """Japan's payoff under conditions: e less the harm that support leaves."""
    return net_payoff(v, s) - (1 - v["eta"] * support(v, s)) * harm(v, s)


def choice(game: ExtensiveGame, equilibrium: Equilibrium, path: Path) -> str:
    """The action chosen for sure at ``path``."""
    return next(action for action, weight in equilibrium[game.information_set_at(path)].items() if weight == 1)


def test_the_closed_forms_come_out_of_the_tree() -> None:
    """Retaliation deters full sanctions exactly if (1 − ηa_F)ρ_F − (1 − ηa_Y)ρ_Y > e_F − e_Y."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(200):
        v = drawn(rng)
        game = tree_at(v)
        equilibria = solve(game)
        equilibrium = equilibria[0]
        for s in SANCTIONS:
            for promise in ("Condition", "Guarantee"):
                assert choice(game, equilibrium, (promise, s)) == LADDER[rung(v, s)], (SEED, v)
        chosen = choice(game, equilibrium, ("Condition",))
        assert chosen == max(SANCTIONS, key=lambda s: japan(v, s)), (SEED, v)
        deterred = (1 - v["eta"] * v["a_F"]) * harm(v, "Full") - (1 - v["eta"] * v["a_Y"]) * harm(v, "Symbolic") > (
            net_payoff(v, "Full") - net_payoff(v, "Symbolic")
        )
        assert deterred == (japan(v, "Symbolic") > japan(v, "Full"))
        assert not (deterred and chosen == "Full"), (SEED, v)
        free = choice(game, equilibrium, ("Guarantee",))
        own = {"None": Fraction(0), "Symbolic": v["k_Y"], "Full": v["k_F"]}
        left = 1 - v["eta"] * v["a_F"]
        assert free == max(SANCTIONS, key=lambda s: -own[s] - left * harm(v, s)), (SEED, v)
        worth = {"None": Fraction(0), "Symbolic": v["alpha"] * v["w"], "Full": v["w"]}
        conditional, unconditional = worth[chosen] - v["d"] * support(v, chosen), worth[free] - v["d"] * v["a_F"]
        paid = {"Condition": conditional, "Guarantee": unconditional, "None": Fraction(0)}
        best = max(paid.values())
        expected = {promise for promise in paid if paid[promise] == best}
        assert {choice(game, e, ()) for e in equilibria} == expected, (SEED, v)
        seen.update([chosen, f"deterred {deterred}", *expected, f"{len(expected)} best", f"unconditional {free}"])
    assert min(seen[word] for word in (*SANCTIONS, "deterred True", "deterred False")) > 10, seen
    assert min(seen["Condition"], seen["None"]) > 20, seen


def test_with_more_support_than_harm_patrols_backfire() -> None:
    """With ηa_F > 1 heavier patrols make full sanctions pay Japan more; with ηa_F < 1 less."""
    rng = random.Random(SEED)
    seen = Counter[bool]()
    for _ in range(150):
        v = drawn(rng)
        if rung(v, "Full") != 3 or v["eta"] * v["a_F"] == 1:
            continue
        heavier = {**v, "rho_3": v["rho_3"] + Fraction(1, 10)}
        paid = []
        for values in (v, heavier):
            subgame = tree_at(values).subgame(("Condition", "Full"))
            (equilibrium,) = solve(subgame)
            paid.append(equilibrium.payoffs["Japan"])
        backfires = v["eta"] * v["a_F"] > 1
        assert (paid[1] > paid[0]) == backfires, (SEED, v)
        seen[backfires] += 1
    assert min(seen[True], seen[False]) > 5, seen


def patrols_after_full() -> list[object]:
    """Premises: patrolling is Russia's best answer to full sanctions, absorbing its best answer to symbolic ones."""
    best = net_benefit("Full", "Patrol")
    return [
        *(best > net_benefit("Full", rung) for rung in ("Absorb", "Suspend talks", "Claim sovereignty")),
        *(net_benefit("Symbolic", rung) < 0 for rung in LADDER[1:]),
    ]


GAIN = (A_F - k_F) - (alpha * A_F - k_Y)


def test_patrols_deter_if_the_harm_that_support_leaves_exceeds_the_gain() -> None:
    premises = (*patrols_after_full(), (1 - eta * a_F) * retaliation.rho_3 > GAIN)
    assert isinstance(never_played(MODEL, ("Condition",), ("Full",), premises), Proved)


def test_harm_alone_does_not_deter() -> None:
    """The hidden premise is how little the ally takes off the harm."""
    premises = (*patrols_after_full(), retaliation.rho_3 > GAIN)
    verdict = never_played(MODEL, ("Condition",), ("Full",), premises)
    assert isinstance(verdict, Refuted)
    assert verdict.at["eta"] * verdict.at["a_F"] > 0
    assert isinstance(never_played(MODEL, ("Condition",), ("Full",), (*premises, eta <= 0)), Proved)


@pytest.mark.long
def test_where_support_outweighs_the_harm_nothing_short_of_full_sanctions_is_chosen() -> None:
    premises = (eta * a_F > 1, eta * a_Y <= 1, GAIN > 0, k_F < A_F, retaliation.c_1 > 0)
    for less in ("None", "Symbolic"):
        assert isinstance(never_played(MODEL, ("Condition",), (less,), premises), Proved)


def test_joining_the_ally_does_not_inevitably_mean_full_sanctions() -> None:
    assert isinstance(never_played(MODEL, ("Condition",), ("Symbolic",)), Refuted)
    assert isinstance(never_played(MODEL, ("Condition",), ("None",)), Refuted)


def test_without_conditions_the_alliance_is_no_reason_for_sanctions() -> None:
    premises = (k_Y > 0, eta * a_F <= 1, retaliation.c_1 > 0)
    for s in ("Symbolic", "Full"):
        assert isinstance(never_played(MODEL, ("Guarantee",), (s,), premises), Proved)


def test_at_the_edge_of_deterrence_japan_is_indifferent() -> None:
    """(1 − ηa_F)ρ_F = e_F − e_Y with Russia absorbing symbolic sanctions: symbolic and full ones are both chosen."""
    edge = {"A_F": "1", "alpha": "1/2", "k_Y": "0", "k_F": "0", "eta": "0", "rho_3": "1/2", "y": "0"}
    game = tree_at(edge)
    assert {choice(game, e, ("Condition",)) for e in solve(game)} == {"Symbolic", "Full"}
    tiny = Fraction(1, 10**9)
    for shift, expected in ((tiny, "Symbolic"), (-tiny, "Full")):
        game = tree_at({**edge, "rho_3": Fraction(1, 2) + shift})
        assert {choice(game, e, ("Condition",)) for e in solve(game)} == {expected}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Condition", "Full", "Patrol"), "Support with conditions, full sanctions, Russia patrols"),
        (("Guarantee", "None", "Absorb"), "Support without conditions, no sanctions, Russia absorbs"),
    ],
)
def test_paths_in_words(path: Path, words: str) -> None:
    assert alliance.outcome_words(path) == words
