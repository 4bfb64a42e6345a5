"""Beer or quiche, and education as a signal: Cho & Kreps (1987), Quarterly Journal of Economics 102.

Both breakfasts are pooling equilibria; the intuitive criterion leaves the one with beer (their section II). Of Spence's
(1973, Quarterly Journal of Economics 87) equilibria, the intuitive criterion leaves with two types the one of Riley
(1979, Econometrica 47), in which every type but the least able chooses the least education that the types below do not
imitate; with three types it leaves others, too, and D1 leaves that one alone (their sections V and VI).
"""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from games import Chance, Decision, Equilibria, ExtensiveGame, Outcome, solve
from games.play.signalling import signalling_kind

CRITERIA = ("intuitive-criterion", "d1")


def breakfast(tough: str = "9/10") -> ExtensiveGame:
    """The duel pays only against the weak; the tough like beer, the weak quiche, and all like no duel twice as much."""

    def eats(kind: str) -> Decision:
        def meets(meal: str) -> Decision:
            likes = int((meal == "beer") == (kind == "tough"))
            return Decision(
                "Other",
                {"duel": Outcome((likes, int(kind == "weak"))), "none": Outcome((likes + 2, int(kind == "tough")))},
                f"after {meal}",
            )

        return Decision("Guest", {meal: meets(meal) for meal in ("beer", "quiche")}, kind)

    odds = Fraction(tough)
    return ExtensiveGame(("Guest", "Other"), Chance({"tough": (odds, eats("tough")), "weak": (1 - odds, eats("weak"))}))


def meals(equilibria: Equilibria) -> set[tuple[str, ...]]:
    found = set()
    for equilibrium in equilibria:
        assert signalling_kind(equilibria.game, equilibrium.strategies) == "pooling"
        found.add(tuple(meal for kind in ("tough", "weak") for meal, w in equilibrium[kind].items() if w == 1))
    return found


def test_both_breakfasts_are_equilibria() -> None:
    assert meals(solve(breakfast(), "perfect-bayesian")) == {("beer", "beer"), ("quiche", "quiche")}


@pytest.mark.parametrize("criterion", CRITERIA)
def test_only_beer_survives(criterion: str) -> None:
    game = breakfast()
    answer = solve(game, criterion)
    assert answer.complete
    assert answer.exact
    assert meals(answer) == {("beer", "beer")}
    assert answer[0]["after quiche"] == {"duel": 1, "none": 0}
    assert answer[0].beliefs["after quiche"] == {("tough", "quiche"): 0, ("weak", "quiche"): 1}
    assert answer[0].payoffs["Guest"] == Fraction(29, 10)
    kept, eliminated = answer.remarks
    assert kept == "answer 1 is pooling (tough sends beer and gets 3; weak sends beer and gets 2)"
    assert eliminated.startswith("eliminated: pooling (tough sends quiche and gets 2; weak sends quiche and gets 3)")
    assert "fails at 'beer'" in eliminated
    assert "type 'tough'" in eliminated
    assert "'weak'" not in eliminated


@pytest.mark.parametrize("criterion", CRITERIA)
def test_with_few_tough_guests_the_hybrid_equilibrium_is_left(criterion: str) -> None:
    """The tough drink beer, the weak at times; after beer the other duels half of the time, after quiche always."""
    game = breakfast("1/4")
    (only,) = solve(game, criterion)
    assert signalling_kind(game, only.strategies) == "hybrid"
    assert only["tough"]["beer"] == 1
    assert only["weak"] == {"beer": Fraction(1, 3), "quiche": Fraction(2, 3)}
    assert only["after beer"]["duel"] == Fraction(1, 2)
    assert only["after quiche"]["duel"] == 1


def education(
    costs: Sequence[Fraction], levels: Sequence[int], wages: Sequence[Fraction], odds: Sequence[Fraction]
) -> ExtensiveGame:
    """Type k is worth k + 1 to an employer, who pays the nearest wage; ``costs`` are of one level of education."""

    def worker(k: int) -> Decision:
        def hired(level: int) -> Decision:
            pays = {str(w): Outcome((w - costs[k] * level, -((w - k - 1) ** 2))) for w in wages}
            return Decision("Employer", pays, f"after {level}")

        return Decision("Worker", {str(level): hired(level) for level in levels}, f"ability {k + 1}")

    events = {f"able {k + 1}": (share, worker(k)) for k, share in enumerate(odds)}
    return ExtensiveGame(("Worker", "Employer"), Chance(events))


def levels(equilibria: Equilibria) -> list[dict[str, str]]:
    """The level of each ability, where nobody mixes."""
    return [
        {name: level for name, mix in e.strategies.items() if "ability" in name for level, w in mix.items() if w == 1}
        for e in equilibria
    ]


TWO_TYPES = education(
    (Fraction(3, 5), Fraction(1, 4)), (0, 1, 2), (Fraction(1), Fraction(3, 2), Fraction(2)), (Fraction(1, 2),) * 2
)
"""Level 1 costs the less able 3/5 of the difference of wages, which is 1, and level 2 more than that."""

THREE_TYPES = education(
    (Fraction(3, 5), Fraction(2, 5), Fraction(1, 5)),
    (0, 2, 5),
    (Fraction(1), Fraction(2), Fraction(3)),
    (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)),
)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_with_two_types_the_least_education_that_separates_survives(criterion: str) -> None:
    weak = solve(TWO_TYPES, "perfect-bayesian")
    kinds = {signalling_kind(TWO_TYPES, equilibrium.strategies) for equilibrium in weak}
    assert kinds == {"pooling", "separating", "hybrid"}
    answer = solve(TWO_TYPES, criterion)
    assert answer.complete
    assert levels(answer) == [{"ability 1": "0", "ability 2": "2"}]
    assert signalling_kind(TWO_TYPES, answer[0].strategies) == "separating"
    assert answer[0]["after 0"]["1"] == answer[0]["after 2"]["2"] == 1


def test_with_three_types_that_takes_d1() -> None:
    riley = {"ability 1": "0", "ability 2": "2", "ability 3": "5"}
    intuitive, divine = (levels(solve(THREE_TYPES, criterion)) for criterion in CRITERIA)
    assert divine == [riley]
    assert riley in intuitive
    assert len(intuitive) > 1
