"""Commitment, against linear programs of another library, all profiles, and what is known in general."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from analyses.claims import Claim, always, check
from games import InputError, StrategicGame, solve
from games.formats.files import read_game
from games.model import Model
from games.play.payoffs import strategy_payoffs

SEED = 1934


def random_games(count: int, low: int, high: int, seed: int = SEED) -> Iterator[StrategicGame]:
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(count):
        m, n = rng.randint(1, 4), rng.randint(1, 4)
        A, B = ([[rng.randint(low, high) for _ in range(n)] for _ in range(m)] for _ in "AB")
        yield StrategicGame.bimatrix(A, B)


def tables(game: StrategicGame, leader: str) -> tuple[np.ndarray, np.ndarray]:
    """Leader's and follower's payoffs by the leader's strategy and the reply."""
    follower = next(player for player in game.players if player != leader)
    A, B = (np.array(game.matrix(player), dtype=float) for player in (leader, follower))
    return (A, B) if leader == game.players[0] else (A.T, B.T)


def value_by_programs(game: StrategicGame, leader: str) -> float:
    """The most that the leader gets, ties broken in its favour: one linear program for each reply."""
    A, B = tables(game, leader)
    best = -np.inf
    for t in range(A.shape[1]):
        rivals = (B - B[:, [t]]).T
        found = linprog(-A[:, t], A_ub=rivals, b_ub=np.zeros(len(rivals)), A_eq=np.ones((1, len(A))), b_eq=[1])
        if found.status == 0:
            best = max(best, -found.fun)
    return float(best)


@pytest.mark.parametrize(("low", "high"), [(-99, 99), (0, 2)])
@pytest.mark.parametrize("leader", ["Row", "Column"])
def test_no_program_of_another_library_gets_the_leader_more(leader: str, low: int, high: int) -> None:
    for game in random_games(40, low, high):
        found = solve(game, "stackelberg", leader=leader)
        assert found.complete
        assert found.exact
        assert len(found) >= 1
        follower = next(player for player in game.players if player != leader)
        for one in found:
            pays = strategy_payoffs(game, one.strategies, follower)
            assert one.payoffs[follower] == max(pays.values())
            assert float(one.payoffs[leader]) == pytest.approx(value_by_programs(game, leader), abs=1e-9)


def test_the_leader_gets_no_less_than_in_any_nash_equilibrium() -> None:
    """Von Stengel and Zamir (2010): being seen to commit does not hurt, if ties are broken well."""
    for game in random_games(40, 0, 5, SEED + 1):
        (one, *_) = solve(game, "stackelberg")
        assert all(one.payoffs["Row"] >= nash.payoffs["Row"] for nash in solve(game, "nash"))


@pytest.mark.parametrize("seed", [1, 2])
def test_under_weak_ties_no_mixture_secures_more_and_some_come_near(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for game in random_games(25, 0, 4, seed):
        found = solve(game, "stackelberg", ties="weak")
        (remark,) = found.remarks
        value = float(Fraction(remark.split("sure of ")[-1].split("near to ")[-1].split(" ")[0]))
        A, B = tables(game, "Row")
        points = np.vstack([rng.dirichlet(np.full(len(A), 0.4), 4_000), np.eye(len(A))])
        best = (points @ B).max(axis=1, keepdims=True)
        secured = np.where(points @ B >= best - 1e-12, points @ A, np.inf).min(axis=1)
        assert secured.max() <= value + 1e-9
        assert secured.max() >= value - 0.35, "the points are dense enough to come near"
        for one in found:
            pays = strategy_payoffs(game, one.strategies, "Column")
            paid = strategy_payoffs(game, {**one.strategies}, "Row")
            assert one.payoffs["Column"] == max(pays.values())
            assert float(one.payoffs["Row"]) == pytest.approx(value, abs=1e-9)
            assert sum(paid[label] * weight for label, weight in one["Row"].items()) == one.payoffs["Row"]


def by_going_through(game: StrategicGame, leader: str, ties: str) -> set[tuple[str, str]]:
    """The equilibria in pure strategies, reply by reply."""
    A, B = tables(game, leader)
    replies = []
    for s in range(len(A)):
        best = [t for t in range(A.shape[1]) if B[s, t] == B[s].max()]
        level = (max if ties == "strong" else min)(A[s, t] for t in best)
        replies.append((level, [t for t in best if A[s, t] == level]))
    most = max(level for level, _ in replies)
    pairs = [(s, t) for s, (level, best) in enumerate(replies) if level == most for t in best]
    first, second = game.strategies.values()
    if leader == game.players[0]:
        return {(first[s], second[t]) for s, t in pairs}
    return {(first[t], second[s]) for s, t in pairs}


@pytest.mark.parametrize(("leader", "ties"), list(product(("Row", "Column"), ("strong", "weak"))))
def test_pure_commitments_are_those_that_going_through_all_finds(leader: str, ties: str) -> None:
    for game in random_games(60, 0, 3, SEED + 2):
        found = solve(game, "pure-stackelberg", leader=leader, ties=ties)
        played = {tuple(next(s for s, w in mix.items() if w) for mix in one.strategies.values()) for one in found}
        assert played == by_going_through(game, leader, ties)
        assert found.complete


def test_an_inspector_who_commits_makes_the_inspected_just_indifferent() -> None:
    """Maschler (1966): leading, the inspector deters with the least probability of inspection that does.

    Violating gains g if it is not detected and loses p if it is; inspecting costs c, an undetected violation d.
    """
    g, p, c, d = 1, 3, 1, 8
    game = StrategicGame.bimatrix(
        [[-c, -c], [0, -d]], [[0, -p], [0, g]], {"Inspector": ("inspect", "wait"), "Other": ("comply", "violate")}
    )
    (found,) = solve(game, "stackelberg")
    assert found["Inspector"] == {"inspect": Fraction(g, g + p), "wait": Fraction(p, g + p)}
    assert found["Other"] == {"comply": 1, "violate": 0}
    assert found.payoffs["Inspector"] == -c * Fraction(g, g + p)
    (nash,) = solve(game, "nash")
    assert nash.payoffs["Inspector"] < found.payoffs["Inspector"]
    weak = solve(game, "stackelberg", ties="weak")
    assert len(weak) == 0
    assert "comes as near to -0.25" in weak.remarks[0].replace("−", "-")


@pytest.fixture
def inspection(tmp_path: Path) -> Model:
    (tmp_path / "inspection.toml").write_text(
        """
title = "Inspection"
[parameters]
g = { default = 1, low = "1/10", high = 5, meaning = "what an undetected violation gains" }
p = { default = 3, low = "1/10", high = 5, meaning = "what a detected one loses" }
c = { default = 1, low = "1/10", high = 5, meaning = "what inspecting costs" }
d = { default = 4, low = "1/10", high = 5, meaning = "what an undetected violation costs the inspector" }
[strategies]
Inspector = ["inspect", "wait"]
Other = ["comply", "violate"]
[payoffs]
Inspector = [["-c", "-c"], [0, "-d"]]
Other = [[0, "-p"], [0, "g"]]
""",
        encoding="utf-8",
    )
    return read_game(tmp_path / "inspection.toml")


def test_a_claim_about_commitment(inspection: Model) -> None:
    """Committed to inspecting, the inspector meets compliance, whatever the stakes."""
    claim = Claim(
        "deterred",
        "If waiting is answered by a violation that costs more than inspecting, the inspector inspects.",
        inspection,
        always({"Inspector": "inspect", "Other": "comply"}),
        premises=(inspection.by_name["d"].symbol > inspection.by_name["c"].symbol,),
        concept="pure-stackelberg",
    )
    assert check(claim).verdict == "proved"
    assert check(claim.with_premises()).verdict == "refuted"


def test_a_claim_about_commitment_to_a_mixture(inspection: Model) -> None:
    """Maschler (1966): deterred, the other complies; without what makes deterrence worth its cost, it need not."""
    cost, harm = (inspection.by_name[name].symbol for name in ("c", "d"))
    claim = Claim(
        "deterred by chance",
        "If an undetected violation costs more than inspecting, the inspector deters by inspecting at random.",
        inspection,
        always({"Other": "comply"}),
        premises=(harm > cost,),
        concept="stackelberg",
    )
    assert check(claim).verdict == "proved"
    assert check(claim.with_premises()).verdict == "refuted"


def test_commitments_that_are_as_good_make_a_component() -> None:
    """Whatever Row does, Column replies 1 or is indifferent: all mixtures are as good, those of the corners listed."""
    found = solve(StrategicGame.bimatrix([[1, 0], [1, 0], [0, 0]], [[1, 0], [1, 1], [2, 0]]), "stackelberg")
    (component,) = found.components
    assert not component.is_point
    assert {str(found[k]["Row"]["1"]) for k in component.members} == {"0", "1"}
    assert any("every mixture of Row's listed commitments is as good" in remark for remark in found.remarks)


@pytest.mark.parametrize("concept", ["stackelberg", "pure-stackelberg"])
@pytest.mark.parametrize(
    ("options", "said"),
    [({"leader": "Nobody"}, "the players are Row, Column"), ({"ties": "fair"}, "give one of strong, weak")],
)
def test_other_options_are_refused(concept: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        solve(StrategicGame.bimatrix([[1]], [[1]]), concept, **options)


@pytest.mark.parametrize("concept", ["stackelberg", "pure-stackelberg"])
def test_three_players_are_refused(concept: str) -> None:
    game = StrategicGame({"A": ("a",), "B": ("b",), "C": ("c",)}, {("a", "b", "c"): (1, 1, 1)})
    with pytest.raises(InputError, match="a leader and a follower"):
        solve(game, concept)
