"""The escalation ladder in both orders of moves: closed forms found again in the trees, and what the order does."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import pytest
from sympy import Eq, Ne

from analyses.claims import Claim, Proved, Refuted, Verdict, check, never
from analyses.claims.verdicts import Kind
from games import Equilibrium, ExtensiveGame, solve
from games.forms.extensive import Decision, Path
from games.model import Model
from games.sanctions import escalation_ladder, wording_first
from games.sanctions.escalation_ladder import FIRST_ANSWER, FIRST_SANCTIONS, MODEL, PARAMETERS

SEED = 1962
Values: TypeAlias = Mapping[str, Fraction]
CLIMB = ("Suspend talks", "Claim sovereignty")
SIZES = {"None": Fraction(0), "Full": Fraction(1)}


def never_played(model: Model, start: Path, play: Path, premises: Sequence[Any] = ()) -> Verdict:
    return check(Claim(model.name, "This is never played.", model, never(play, after=start), tuple(premises)))


def tree_at(model: Model, values: Mapping[str, object]) -> ExtensiveGame:
    game = model.at(**{name: value for name, value in values.items() if name in model.by_name})
    assert isinstance(game, ExtensiveGame)
    return game


def drawn(rng: random.Random, grain: int = 10**6, **fixed: int) -> dict[str, Fraction]:
    """Values that meet the assumptions; a fine grain leaves no ties. ``fixed`` ones stand in for those drawn."""

    def part(p_low: Fraction, p_high: Fraction) -> Fraction:
        return p_low + (p_high - p_low) * Fraction(rng.randrange(1, grain), grain)

    while True:
        values = {p.name: part(p.low, p.high) for p in PARAMETERS}
        for first, second in (("theta_1", "theta_2"), ("rho_1", "rho_2"), ("gamma_1", "gamma_2"), ("h_Y", "h_F")):
            values[first], values[second] = sorted((values[first], values[second]))
        values |= {name: Fraction(value) for name, value in fixed.items()}
        if values["h_2"] >= values["z"] * values["gamma_3"]:
            return values


def size(v: Values, sanction: str) -> Fraction:
    return {**SIZES, "Symbolic": v["y"]}[sanction]


def net(v: Values, sanction: str) -> Fraction:
    return {"None": Fraction(0), "Symbolic": v["e_Y"], "Full": v["e_F"]}[sanction]


def of(v: Values, name: str, rung: str) -> Fraction:
    """The parameter ``name`` of Russia's first rung: zero for absorbing."""
    number = FIRST_ANSWER.index(rung)
    return v[f"{name}_{number}"] if number else Fraction(0)


def provoked(v: Values, sanction: str, more: bool) -> Fraction:
    """How far Russia is provoked: by military aid, by the sanctions, by a further round."""
    return v["m"] + size(v, sanction) + v["z"] * more


def last_steps(v: Values, provocation: Fraction, taken: str) -> dict[str, Fraction]:
    """What each of Russia's last steps is worth to it; a claim that was made is not made again."""
    steps = {
        "Rest": Fraction(0),
        "Claim sovereignty": v["delta"] * (v["gamma_2"] * provocation - v["n_2"]),
        "Patrol": v["delta"] * (v["gamma_3"] * provocation - v["n_3"]),
    }
    return {step: worth for step, worth in steps.items() if step != taken}


def best(worth: Mapping[str, Fraction]) -> str:
    return max(worth, key=lambda step: worth[step])


def harm(v: Values, step: str) -> Fraction:
    return v["delta"] * {"Rest": Fraction(0), "Claim sovereignty": v["rho_2"], "Patrol": v["rho_3"]}[step]


def last_step(v: Values, sanction: str, rung: str, more: bool) -> str:
    return best(last_steps(v, provoked(v, sanction, more), rung))


def adds(v: Values, sanction: str, rung: str) -> bool:
    """Whether Japan adds a round: its net payoff and the gain from answering exceed what it changes at the end."""
    harms = [harm(v, last_step(v, sanction, rung, more)) for more in (False, True)]
    return v["e_2"] + v["z"] * of(v, "theta", rung) > harms[1] - harms[0]


def answer(v: Values, sanction: str) -> str:
    """Russia's first rung: what it gains less what a further round would harm, and what its last step is worth then."""
    worth = {}
    for rung in FIRST_ANSWER:
        more = adds(v, sanction, rung)
        ahead = max(last_steps(v, provoked(v, sanction, more), rung).values()) - v["h_2"] * more
        worth[rung] = of(v, "gamma", rung) * provoked(v, sanction, False) - of(v, "n", rung) + ahead
    return best(worth)


def japan(v: Values, sanction: str) -> Fraction:
    """What a first sanction is worth to Japan, all that follows included."""
    rung = answer(v, sanction)
    more = adds(v, sanction, rung)
    further = v["e_2"] + v["z"] * of(v, "theta", rung) if more else Fraction(0)
    return net(v, sanction) + further - of(v, "rho", rung) - harm(v, last_step(v, sanction, rung, more))


def choice(game: ExtensiveGame, equilibrium: Equilibrium, path: Path) -> str:
    """The action chosen for sure at ``path``."""
    return next(action for action, weight in equilibrium[game.information_set_at(path)].items() if weight == 1)


def test_the_closed_forms_come_out_of_the_tree() -> None:
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(250):
        v = drawn(rng)
        game = tree_at(MODEL, v)
        (equilibrium,) = solve(game)
        for s in FIRST_SANCTIONS:
            assert choice(game, equilibrium, (s,)) == answer(v, s), (SEED, v)
            seen[f"{s}, {answer(v, s)}"] += 1
            for r in FIRST_ANSWER:
                further = choice(game, equilibrium, (s, r))
                assert (further == "Add a round") == adds(v, s, r), (SEED, v)
                for last, more in (("Stop", False), ("Add a round", True)):
                    end = choice(game, equilibrium, (s, r, last))
                    assert end == last_step(v, s, r, more), (SEED, v)
                    seen[f"ends with {end}"] += 1
                seen[f"adds {adds(v, s, r)}"] += 1
        first = choice(game, equilibrium, ())
        assert first == max(FIRST_SANCTIONS, key=lambda s: japan(v, s)), (SEED, v)
        assert equilibrium.payoffs["Japan"] == japan(v, first), (SEED, v)
        seen[first] += 1
    assert len(seen) == 9 + 3 + 2 + 3, seen
    assert min(seen.values()) > 0, seen


def test_japan_adds_the_sooner_if_russia_has_suspended_talks() -> None:
    """Suspended talks leave Russia's last steps as they were; a claim takes one away."""
    rng = random.Random(SEED)
    for _ in range(100):
        v = drawn(rng)
        game = tree_at(MODEL, v)
        (equilibrium,) = solve(game)
        for s in FIRST_SANCTIONS:
            further = [choice(game, equilibrium, (s, r)) == "Add a round" for r in FIRST_ANSWER[:2]]
            assert further == sorted(further), (SEED, v)


def test_without_provocation_russia_does_the_same_whatever_japan_did() -> None:
    """The reading in which Russia's moves follow the war: every gain from answering is zero.

    Where a claim comes, first or last, may then depend on what Japan would add; the steps taken do not.
    """
    rng = random.Random(SEED)
    rungs = Counter[str]()
    for _ in range(100):
        v = drawn(rng, gamma_1=0, gamma_2=0, gamma_3=0)
        game = tree_at(MODEL, v)
        taken = {
            frozenset(step for step in path[1:] if step in (*CLIMB, "Patrol"))
            for equilibrium in solve(game)
            for s in FIRST_SANCTIONS
            for path in [played_after(game, equilibrium, s)]
        }
        assert len(taken) == 1, (SEED, v)
        rungs.update(*taken)
    assert set(rungs) == {*CLIMB, "Patrol"}


def played_after(game: ExtensiveGame, equilibrium: Equilibrium, sanction: str) -> Path:
    path: Path = (sanction,)
    while path in game.nodes and isinstance(game.nodes[path], Decision):
        path = (*path, choice(game, equilibrium, path))
    return path


L = escalation_ladder
CALM = (L.n_1 > 0, L.n_2 > 0, L.n_3 > 0)
UNAIDED = Eq(L.m, 0)
NO_FURTHER = L.e_2 + L.z * L.theta_2 < 0


@pytest.mark.long
def test_full_sanctions_raise_the_rung_in_every_equilibrium_under_the_hidden_premises() -> None:
    """The rung after full sanctions exceeds that after none where provocation pays and no round would follow."""
    for rung in CLIMB:
        assert isinstance(never_played(MODEL, ("None",), (rung,), (*CALM, NO_FURTHER, UNAIDED)), Proved)
    provoked = (*CALM, NO_FURTHER, L.gamma_1 > L.n_1, L.e_2 + L.theta_2 + L.rho_3 < 0)
    for premises in (provoked, (*CALM, L.gamma_1 - L.n_1 > L.h_2)):
        but_for_ties = never_played(MODEL, ("Full",), ("Absorb",), premises)
        assert isinstance(but_for_ties, Refuted)
        assert but_for_ties.kind is Kind.BOUNDARY


def test_provocation_alone_does_not_raise_the_rung() -> None:
    """Russia may hold back because a further round would follow."""
    verdict = never_played(MODEL, ("Full",), ("Absorb",), (*CALM, L.gamma_1 > L.n_1))
    assert isinstance(verdict, Refuted)
    game = tree_at(MODEL, verdict.at)
    assert any(choice(game, e, ("Full",)) == "Absorb" for e in solve(game))


@pytest.mark.untraced
@pytest.mark.long
@pytest.mark.parametrize("s", ["None", "Full"])
def test_a_war_that_moves_russia_moves_it_without_sanctions_too(s: str) -> None:
    no_provocation = (L.gamma_1 <= 0, L.gamma_2 <= 0, L.gamma_3 <= 0)
    moves = (L.n_1 < 0, L.n_3 > 0, Ne(L.n_2, 0), L.e_2 + L.theta_2 + L.rho_3 < 0)
    assert isinstance(never_played(MODEL, (s,), ("Absorb",), (*no_provocation, *moves)), Proved)
    for rung in CLIMB:
        assert isinstance(never_played(MODEL, (s,), (rung,), (*no_provocation, *CALM, NO_FURTHER)), Proved)


def test_a_tie_lets_japan_answer_what_it_is_indifferent_about() -> None:
    """Indifferent about a further round, Japan may add one only if Russia absorbs; then Russia need not absorb."""
    tie = {"e_2": 0, "theta_1": 0, "theta_2": 0, "rho_2": 0, "rho_1": 0, "rho_3": 0, "m": "1/2"}
    game = tree_at(MODEL, tie)
    after_none = {choice(game, e, ("None",)) for e in solve(game)}
    assert after_none == set(FIRST_ANSWER)


def test_both_orders_lead_to_the_same_wording_and_the_same_sanctions() -> None:
    """What was observed is an equilibrium path of either tree, so the sequence told does not settle the cause."""
    war = {"n_2": "-1/5", "gamma_1": 0, "gamma_2": 0}
    ends = {}
    for model in (MODEL, wording_first.MODEL):
        game = tree_at(model, war)
        (equilibrium,) = solve(game)
        (end,) = equilibrium.outcomes
        ends[model.name] = set(end.path)
    assert ends[MODEL.name] == ends["wording-first"] == {"Full", "Claim sovereignty", "Add a round", "Patrol"}


def test_what_precedes_the_sanctions_does_not_answer_them() -> None:
    """With Russia first, its first rung answers aid alone; its last step answers the sanctions."""
    rng = random.Random(SEED)
    for _ in range(100):
        v = drawn(rng)
        game = tree_at(wording_first.MODEL, v)
        equilibrium = solve(game)[0]
        for r in FIRST_ANSWER:
            for s in FIRST_SANCTIONS:
                gains = {
                    last: worth / v["delta"] - v["delta"] * v["h_2"] * reacts(v, r, last)
                    for last, worth in last_steps(v, provoked(v, s, False), r).items()
                }
                assert choice(game, equilibrium, (r, s)) == best(gains), (SEED, v)
                for last in gains:
                    added = choice(game, equilibrium, (r, s, last)) == "Add a round"
                    assert added == reacts(v, r, last), (SEED, v)


def reacts(v: Values, rung: str, last: str) -> bool:
    """Whether Japan, moving last, adds a round."""
    answered = {"Rest": Fraction(0), "Claim sovereignty": v["theta_2"], "Patrol": v["theta_3"]}[last]
    return v["e_2"] + v["z"] * (of(v, "theta", rung) + answered) > 0


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("Full", "Suspend talks", "Stop", "Rest"), "Full sanctions, Russia suspends talks, Japan stops, Russia rests"),
        (("Absorb", "None", "Rest", "Add a round"), "Russia absorbs, no sanctions, Russia rests, Japan adds a round"),
    ],
)
def test_paths_in_words(path: Path, words: str) -> None:
    assert escalation_ladder.outcome_words(path) == words
