"""The agenda at home: when the gate stays shut, and how far a bill goes, found again in the tree."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import pytest

from analyses.claims import Claim, Proved, Refuted, Verdict, check, never
from analyses.regions import regions
from games import Equilibrium, ExtensiveGame, solve
from games.forms.extensive import Path
from games.model import Model
from games.sanctions.two_level import MODEL, m, outcome_words, p, x_0

SEED = 1978
ON, OFF = "Put it on the agenda", "Keep it off the agenda"
ALL, AS_FAR = "Ask for all", "Ask as far as the floor goes"
Values: TypeAlias = Mapping[str, Fraction]


def never_played(model: Model, start: Path, play: Path, premises: Sequence[Any] = ()) -> Verdict:
    return check(Claim(model.name, "This is never played.", model, never(play, after=start), tuple(premises)))


def tree_at(values: Mapping[str, object]) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


def drawn(rng: random.Random) -> dict[str, Fraction]:
    return {q.name: q.low + (q.high - q.low) * Fraction(rng.randrange(1, 10**6), 10**6) for q in MODEL.parameters}


def choice(game: ExtensiveGame, equilibrium: Equilibrium, path: Path) -> str:
    """The action chosen for sure at ``path``."""
    return next(action for action, weight in equilibrium[game.information_set_at(path)].items() if weight == 1)


def bill(v: Values) -> Fraction:
    """The bill that the floor accepts: all if that is no worse for it than x_0, else a part of its leeway."""
    if abs(1 - v["m"]) <= abs(v["x_0"] - v["m"]):
        return Fraction(1)
    return v["m"] + v["kappa"] * (v["m"] - v["x_0"])


def test_the_gate_is_shut_exactly_if_the_median_would_go_less_far() -> None:
    """Gate shut iff m < x_0, under the open rule, the closed rule and anything between."""
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(150):
        v = drawn(rng)
        for chances in (v["p"], Fraction(1)):
            game = tree_at({**v, "p": chances})
            for equilibrium in solve(game):
                assert (choice(game, equilibrium, ()) == OFF) == (v["m"] < v["x_0"]), (SEED, v)
                assert choice(game, equilibrium, (ON, "Open rule")) == "Amend", (SEED, v)
        seen[str(v["m"] < v["x_0"])] += 1
    assert min(seen.values()) > 20, seen


def test_the_closed_rule_gives_the_government_the_bill_of_the_closed_form() -> None:
    rng = random.Random(SEED)
    seen = Counter[str]()
    for _ in range(150):
        v = drawn(rng)
        closed = tree_at({**v, "p": 0}).subgame((ON, "Closed rule"))
        (equilibrium,) = solve(closed)
        last = equilibrium.outcomes[0].path
        reached = bill(v) if v["m"] > v["x_0"] else v["x_0"]
        assert equilibrium.payoffs["Government"] == v["A"] * (2 * reached - reached**2), (SEED, v)
        if v["m"] > v["x_0"]:
            assert last == ((ALL if reached == 1 else AS_FAR), "Pass"), (SEED, v)
        seen[" ".join(last)] += 1
    assert min(seen[f"{asked} Pass"] for asked in (ALL, AS_FAR)) > 10, seen
    assert seen[f"{ALL} Reject"] > 10, seen


@pytest.mark.parametrize(("median", "status_quo", "furthest"), [("1/2", "2/5", "3/5"), ("7/10", "1/5", "1")])
def test_the_furthest_bill_is_twice_the_median_less_the_status_quo(median: str, status_quo: str, furthest: str) -> None:
    """With all of the leeway taken the floor is indifferent at 2 m − x_0, and accepts all if that is beyond 1."""
    v = {"m": median, "x_0": status_quo, "p": 0, "kappa": 1}
    closed = tree_at(v).subgame((ON, "Closed rule"))
    best = max(equilibrium.payoffs["Government"] for equilibrium in solve(closed))
    reach = min(Fraction(1), 2 * Fraction(median) - Fraction(status_quo))
    assert reach == Fraction(furthest)
    assert best == 2 * reach - reach**2
    assert len(solve(closed)) > 1 or reach == 1


def test_at_the_edge_the_government_is_indifferent() -> None:
    tiny = Fraction(1, 10**9)
    edge = Fraction(2, 5)
    for status_quo, expected in ((edge, {ON, OFF}), (edge + tiny, {OFF}), (edge - tiny, {ON})):
        game = tree_at({"m": edge, "x_0": status_quo})
        assert {choice(game, equilibrium, ()) for equilibrium in solve(game)} == expected


def test_the_map_has_the_gate_on_its_diagonal_exactly() -> None:
    found = regions(MODEL)
    assert found.exact
    assert [region.share for region in found.regions] == [Fraction(1, 2)] * 2


def test_the_gate_is_shut_is_proved_and_refuted_where_it_should_be() -> None:
    assert isinstance(never_played(MODEL, (), (ON,), (m < x_0, p > 0)), Proved)
    assert isinstance(never_played(MODEL, (), (OFF,), (m > x_0, p > 0)), Proved)
    assert isinstance(never_played(MODEL, (), (ON,)), Refuted)


def test_with_equal_weights_nothing_is_kept_off_the_agenda() -> None:
    """That the government shuts the gate against its parliament needs weights that differ."""
    assert isinstance(never_played(MODEL, (), (OFF,), (m >= 1, x_0 < 1, p > 0)), Proved)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((OFF,), "Off the agenda"),
        ((ON, "Open rule", "Amend"), "On the agenda, open rule, the floor amends"),
        (
            (ON, "Closed rule", ALL, "Reject"),
            "On the agenda, closed rule, the government asks for all, the floor rejects it",
        ),
    ],
)
def test_paths_in_words(path: Path, words: str) -> None:
    assert outcome_words(path) == words
