"""A branch of logit equilibria as a table, and branches that do not begin at λ = 0."""

import json
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import exp, log
from typing import Any

import pytest

from analyses.cli import main
from games import InputError, StrategicGame, solve
from games.forms.extensive import Decision, ExtensiveGame, Outcome
from games.solvers.response.logit_branch import Branch, Point, branch

bimatrix = StrategicGame.bimatrix

LABELS = {"Row": ("Stag", "Hare"), "Column": ("Stag", "Hare")}
HUNT = bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]], LABELS)
"""Stag pays 9p and Hare 7 + p against Stag with probability p: both the same at p = 7/8."""

FOLDED = bimatrix([[3, 0, 8], [5, 8, 1], [2, 5, 5]], [[3, 5, 2], [0, 8, 5], [8, 1, 5]])
ENTRY = ExtensiveGame(
    ("A", "B"),
    Decision(
        "A",
        {"out": Outcome((2, 3)), "in": Decision("B", {"fight": Outcome((0, 0)), "share": Outcome((3, 2))}, "b")},
        "a",
    ),
)


def hunting(stag: float) -> float:
    """The λ at which the symmetric profile is a logit equilibrium: the odds are exp(λ × what Stag pays more)."""
    return log(stag / (1 - stag)) / (8 * stag - 7)


def test_the_principal_branch_is_a_table() -> None:
    found = solve(HUNT, "logit", rationality="branch", until=3)
    assert isinstance(found, Branch)
    assert found.header == (
        "λ",
        "Row: Stag",
        "Row: Hare",
        "Column: Stag",
        "Column: Hare",
        "payoff of Row",
        "payoff of Column",
    )
    rows = list(found.rows())
    assert rows[0] == (0, 0.5, 0.5, 0.5, 0.5, 6, 6)
    assert rows[-2][0] <= 3 < rows[-1][0]
    for rationality, stag, hare, *others, paid, _ in rows[1:]:
        assert stag + hare == pytest.approx(1, abs=1e-12)
        assert others == pytest.approx([stag, hare], abs=1e-12)
        assert rationality == pytest.approx(hunting(stag), rel=1e-7)
        assert paid == pytest.approx(stag * 9 * stag + hare * (7 + stag), rel=1e-9)
    assert len(found.table().rows) == len(rows) == len(found)
    assert found == branch(HUNT, until=3)
    assert not found.complete
    assert not found.exact


def test_a_branch_as_a_frame() -> None:
    found = branch(FOLDED, until=2)
    frame = found.to_frame()
    assert list(frame.columns) == list(found.header)
    assert [tuple(row) for row in frame.itertuples(index=False)] == list(found.rows())


def test_turning_points_are_told_and_marked() -> None:
    found = branch(FOLDED, until=2)
    assert [round(point.rationality, 6) for point in found.turning_points] == [0.943136, 0.853293]
    assert any("turns back at λ of about 0.943136, 0.853293" in remark for remark in found.remarks)
    marked = [row[1].text for row in found.table().rows if row[1].marked]
    assert marked == ["0.943136", "0.853293"]
    assert not any("turns back" in remark for remark in branch(HUNT, until=3).remarks)


def test_the_other_branch_of_a_hunt() -> None:
    """From where Stag is safe to where both are equally good; λ is least where its derivative in p vanishes."""
    found = branch(HUNT, until=8, start="Row: Stag; Column: Stag")
    (turn,) = found.turning_points
    stag = turn.strategies["Row"]["Stag"]
    assert turn.rationality == pytest.approx(hunting(stag), rel=1e-9)
    assert min(hunting(k / 100_000) for k in range(87_600, 99_999)) >= turn.rationality - 1e-9
    for point in found.points:
        mix = point.strategies["Row"]
        assert point.rationality == pytest.approx(hunting(mix["Stag"]), rel=1e-6)
    assert found.points[0].rationality > 8
    assert found.points[-1].rationality > 8
    assert any("is not the principal one" in remark for remark in found.remarks)


def test_both_ends_of_a_branch_are_nash_equilibria() -> None:
    both = solve(HUNT, "logit", start={"Row": "Stag", "Column": "Stag"})
    assert both.exact
    assert [found["Row"]["Stag"] for found in both] == [1, Fraction(7, 8)]
    start = {"Row": {"Stag": "7/8", "Hare": "1/8"}, "Column": {"Stag": 0.875, "Hare": 0.125}}
    assert {found["Row"]["Stag"] for found in solve(HUNT, "logit", start=start)} == {1, Fraction(7, 8)}


def test_a_start_on_the_principal_branch_is_recognised() -> None:
    (limit,) = answer = solve(HUNT, "logit", start="Row: Hare; Column: Hare")
    assert limit == solve(HUNT, "logit")[0]
    assert any("is the principal one" in remark for remark in answer.remarks)
    points = branch(HUNT, until=3, start=limit)
    assert points.points == branch(HUNT, until=3).points


def test_passages_of_another_branch() -> None:
    start = "Row: Stag; Column: Stag"
    late, safe = sorted(found["Row"]["Stag"] for found in solve(HUNT, "logit", rationality=5, start=start))
    assert hunting(late) == pytest.approx(5, rel=1e-9)
    assert hunting(safe) == pytest.approx(5, rel=1e-9)
    none = solve(HUNT, "logit", rationality=4, start=start)
    assert not none
    assert not none.complete
    assert "turns back before λ = 4" in none.remarks[0]


def test_every_isolated_equilibrium_is_the_end_of_a_branch() -> None:
    """Of a game without ties each one is; what a branch ends at is judged by the list of all equilibria."""
    import random

    for seed in range(6):
        rng = random.Random(seed)
        first, second = ([[rng.randint(-(10**6), 10**6) for _ in range(3)] for _ in range(3)] for _ in range(2))
        game = bimatrix(first, second)
        every = list(solve(game, "nash"))
        for one in every:
            ends = solve(game, "logit", start=one)
            assert any(end.strategies == one.strategies for end in ends)
            assert all(any(end.strategies == other.strategies for other in every) for end in ends)


def response_gap(point: Point) -> float:
    """How far a point of `ENTRY` is from what its definition says, decision by decision."""
    share = point.strategies["b"]["share"]
    gaps = [share - 1 / (1 + exp(-2 * point.rationality))]
    gaps.append(point.strategies["a"]["in"] - 1 / (1 + exp(-point.rationality * (3 * share - 2))))
    return max(map(abs, gaps))


def test_branches_of_a_tree() -> None:
    found = branch(ENTRY, until=5)
    assert found.header[:3] == ("λ", "a: out", "a: in")
    assert max(map(response_gap, found.points)) < 1e-9
    again = branch(ENTRY, until=5, start="a: in; b: share")
    assert again.points == found.points


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"start": "Row: Stag"}, "what is played at each of Row, Column, such as 'Row: Stag; Column: Stag'"),
        ({"start": "Row: Hare; Column: Deer"}, "Column chooses among Stag, Hare"),
        ({"start": "Nobody: Stag"}, "names none of Row, Column"),
        ({"start": "Row: 1/2 Stag + 1/3 Hare; Column: Hare"}, "probabilities of Row must be 0 or more and sum to 1"),
        ({"start": "Row: much Stag + 1/3 Hare; Column: Hare"}, "the probability of Stag"),
        ({"start": 3}, "start must say"),
        ({"start": {"Row": 3, "Column": "Hare"}}, "Row chooses among"),
        ({"start": "Row: 1/2 Stag + 1/2 Hare; Column: Hare"}, "no logit equilibrium was found near start"),
        ({"until": 5}, 'until is for rationality "branch"'),
        ({"rationality": "branch", "until": 0}, "give a λ above 0"),
        ({"rationality": "branch", "until": "soon"}, "until is 'soon'"),
    ],
)
def test_what_cannot_be_followed_is_refused(options: Mapping[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        solve(HUNT, "logit", **options)
    assert "\n" not in str(caught.value)


def test_a_time_limit_cuts_a_branch() -> None:
    for options in ({}, {"start": "Row: Stag; Column: Stag"}):
        answer = solve(HUNT, "logit", time_limit=1e-9, rationality="branch", **options)
        assert not answer.complete
        assert any("stopped before its end" in remark for remark in answer.remarks)


def test_the_branch_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--concept", "logit", "--option", "rationality=branch", "--option", "until=3"]
    main(["solve", "korea-rapprochement", *options])
    assert "λ" in capsys.readouterr().out.splitlines()[1]
    main(["solve", "korea-rapprochement", *options, "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["equilibria"][0]["rationality"] == 0
    assert data["equilibria"][-1]["rationality"] > 3
    assert {one["turns"] for one in data["equilibria"]} == {False}
    main(["explain", "korea-rapprochement", *options])
    assert "with λ = 0" in capsys.readouterr().out


def test_no_label_is_taken_for_another() -> None:
    """Labels with spaces, plus signs and colons: the longest place that fits, and a label before a sum."""
    strategies = {"A": ("x + y", "x"), "A: B": ("1 x", "y")}
    best = ("x + y", "1 x")
    payoffs = {profile: (int(profile == best),) * 2 for profile in product(*strategies.values())}
    game = StrategicGame(strategies, payoffs)
    (end,) = solve(game, "logit", start="A: x + y; A: B: 1 x")
    assert end.strategies["A"]["x + y"] == 1
