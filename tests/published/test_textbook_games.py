"""The games in files of the catalog: the answers that the cited works, or every textbook, give at the defaults.

Written down by hand from the literature, not computed; games with a file of their own in this folder are tested there
more closely.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import games
from analyses.undominated import reduction
from games import Equilibrium, solve
from games.catalog import load
from games.model import Model
from games.play.signalling import signalling_kind

FOLDER = Path(games.__file__).parent / "classics"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))

Mixture = tuple[str, ...]
"""For each player in turn, its weights in the order of its strategies, as text: "2/3 1/3"."""

PURE: dict[str, set[str]] = {
    "bank-run": {"Withdraw, Withdraw", "Wait, Wait"},
    "battle-of-the-sexes": {"Fight, Fight", "Ballet, Ballet"},
    "beauty-contest": {"0, 0"},
    "bismarck-sea": {"North, North"},
    "braess": {"Shortcut, Shortcut"},
    "bully": {"Stand firm, Yield"},
    "called-bluff": {"Stand firm, Yield"},
    "chicken": {"Swerve, Straight", "Straight, Swerve"},
    "colonel-blotto": set(),
    "commitment": {"Up, Left"},
    "commons": {"Two, Two"},
    "deadlock": {"Defect, Defect"},
    "harmony": {"Cooperate, Cooperate"},
    "hawk-dove": {"Hawk, Dove", "Dove, Hawk"},
    "hawk-dove-bourgeois": {"Hawk, Dove", "Dove, Hawk", "Bourgeois, Bourgeois"},
    "hero": {"Wait, Act", "Act, Wait"},
    "holmes-and-moriarty": set(),
    "hotelling": {"Middle, Middle"},
    "irrational-equilibrium": set(),
    "jordans-pennies": set(),
    "leader": {"Wait, Go", "Go, Wait"},
    "market-entry": {"Enter, Stay out, Stay out", "Stay out, Enter, Stay out", "Stay out, Stay out, Enter"},
    "matching-pennies": set(),
    "minimum-effort": {"1, 1", "2, 2", "3, 3", "4, 4"},
    "minority-game": {
        *("Go, Go, Stay", "Go, Stay, Go", "Stay, Go, Go"),
        *("Go, Stay, Stay", "Stay, Go, Stay", "Stay, Stay, Go"),
    },
    "nash-demand": {"A quarter, Three quarters", "Half, Half", "Three quarters, A quarter", "All, All"},
    "penalty-kick": set(),
    "prisoners-dilemma": {"Defect, Defect"},
    "public-good": {"Keep, Keep, Keep"},
    "pure-coordination": {"Left, Left", "Right, Right"},
    "ranked-coordination": {"High, High", "Low, Low"},
    "risk-dominance": {"Risky, Risky", "Safe, Safe"},
    "rock-paper-scissors": set(),
    "samaritans-dilemma": {"Help, No work"},
    "shapleys-game": set(),
    "speculative-attack": {"Hold, Hold", "Sell, Sell"},
    "stag-hunt": {"Stag, Stag", "Hare, Hare"},
    "strategic-trade": {"Produce, Do not", "Do not, Produce"},
    "threshold-public-good": {
        *("Pay, Pay, Do not", "Pay, Do not, Pay", "Do not, Pay, Pay"),
        "Do not, Do not, Do not",
    },
    "travelers-dilemma": {"2, 2"},
    "volunteers-dilemma": {
        *("Volunteer, Wait, Wait", "Wait, Volunteer, Wait"),
        "Wait, Wait, Volunteer",
    },
}
"""All equilibria in pure strategies."""

MIXED: dict[str, Mixture] = {
    "bank-run": ("1/2 1/2", "1/2 1/2"),
    "battle-of-the-sexes": ("2/3 1/3", "1/3 2/3"),
    "chicken": ("2/3 1/3", "2/3 1/3"),
    "hawk-dove": ("2/5 3/5", "2/5 3/5"),
    "hero": ("3/4 1/4", "3/4 1/4"),
    "holmes-and-moriarty": ("3/5 2/5", "2/5 3/5"),
    "jordans-pennies": ("1/2 1/2", "1/2 1/2", "1/2 1/2"),
    "leader": ("1/2 1/2", "1/2 1/2"),
    "matching-pennies": ("1/2 1/2", "1/2 1/2"),
    "minority-game": ("1/2 1/2", "1/2 1/2", "1/2 1/2"),
    "nash-demand": ("1/3 1/6 1/2 0", "1/3 1/6 1/2 0"),
    "penalty-kick": ("121/314 193/314", "2505/5966 3461/5966"),
    "pure-coordination": ("1/2 1/2", "1/2 1/2"),
    "ranked-coordination": ("1/3 2/3", "1/3 2/3"),
    "risk-dominance": ("7/8 1/8", "7/8 1/8"),
    "rock-paper-scissors": ("1/3 1/3 1/3", "1/3 1/3 1/3"),
    "shapleys-game": ("1/3 1/3 1/3", "1/3 1/3 1/3"),
    "speculative-attack": ("3/5 2/5", "3/5 2/5"),
    "stag-hunt": ("3/4 1/4", "3/4 1/4"),
    "strategic-trade": ("20/21 1/21", "20/21 1/21"),
    "volunteers-dilemma": ("1/2 1/2", "1/2 1/2", "1/2 1/2"),
}
"""The equilibrium in which all mix as much as they do anywhere."""

PLAYED: dict[str, set[tuple[str, ...]]] = {
    "asymmetric-deterrence": {("Leave",)},
    "burned-bridges": {("Burn the bridge", "Refrain")},
    "centipede": {("Take",)},
    "chain-store": {("Enter", "Share", "Enter", "Share")},
    "deterrence": {("Do not attack",)},
    "entry-deterrence": {("Enter", "Share")},
    "hold-up": {("Do not invest",)},
    "leader-and-follower": {("6", "3")},
    "trust": {("Do not trust",)},
    "ultimatum": {("Offer 0", "Accept"), ("Offer 1", "Accept")},
}
"""What is played in the subgame-perfect equilibria of trees of perfect information."""

ELSEWHERE = {
    *("alliance-burden", "beer-quiche", "big-match", "burning-money", "card-game", "chairmans-paradox", "cheap-talk"),
    *("concave-bargaining", "elmira", "first-price-auction", "job-market", "kuhn-poker", "lemons", "outside-option"),
    *("repeated-dilemma", "richardson-arms-race", "second-price-auction", "seltens-horse", "signalling-convention"),
    "team-production",
}
"""Games whose answers are no lists of profiles; each has its test below."""


def played(model: Model, equilibrium: Equilibrium) -> tuple[tuple[Fraction, ...], ...]:
    """The weights of each player's strategies in their order."""
    strategies = model.at().strategies
    mixes = equilibrium.strategies
    return tuple(tuple(Fraction(mixes[p].get(s, 0)) for s in own) for p, own in strategies.items())


def paths(model: Model, concept: str = "subgame-perfect", **values: str) -> set[tuple[str, ...]]:
    answer = solve(model.at(**values), concept)
    return {outcome.path for each in answer for outcome in each.outcomes}


def test_every_game_in_a_file_has_an_answer_here() -> None:
    assert {*PURE, *MIXED, *PLAYED, *ELSEWHERE} == set(NAMES)
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", PURE)
def test_the_equilibria_in_pure_strategies(name: str) -> None:
    model = load(name)
    answer = solve(model.at(), "pure-nash")
    assert answer.complete
    found = {", ".join(next(s for s, x in mix.items() if x == 1) for mix in e.strategies.values()) for e in answer}
    assert found == PURE[name]


@pytest.mark.parametrize("name", MIXED)
def test_the_equilibrium_in_mixed_strategies(name: str) -> None:
    model = load(name)
    expected = tuple(tuple(map(Fraction, each.split())) for each in MIXED[name])
    found = [played(model, e) for e in solve(model.at(), "nash") if not e.is_numeric]
    assert expected in found


@pytest.mark.parametrize("name", PLAYED)
def test_what_is_played_in_a_tree(name: str) -> None:
    assert paths(load(name)) == PLAYED[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_game_says_what_it_is_about_and_where_it_is_from(name: str) -> None:
    model = load(name)
    assert model.title
    assert model.title[0].isupper()
    assert model.question.endswith("?")
    assert model.story.endswith(".")
    assert model.references
    assert all(parameter.meaning for parameter in model.parameters)


def test_one_work_is_cited_in_one_way() -> None:
    works = {work for name in NAMES for work in load(name).references}
    assert len({(work.authors, work.year, work.title) for work in works}) == len(works)


def test_a_subsidy_takes_the_market() -> None:
    assert [e.payoffs["Airbus"] for e in solve(load("strategic-trade").at(subsidy=10))] == [110]


def test_blotto_wins_14_ninths() -> None:
    model = load("colonel-blotto")
    for equilibrium in solve(model.at()):
        assert played(model, equilibrium)[0] == tuple(map(Fraction, ("4/9", "4/9", "0", "0", "1/9")))
        assert equilibrium.payoffs["Blotto"] == Fraction(14, 9)


def test_a_leader_that_is_bound_to_a_mixture_gets_seven_halves() -> None:
    (bound,) = solve(load("commitment").at(), "stackelberg")
    assert bound.payoffs["Leader"] == Fraction(7, 2)


def test_weak_dominance_leaves_the_chair_its_worst() -> None:
    assert left_by_weak_dominance("chairmans-paradox") == {"Chair": ("a",), "Second": ("c",), "Third": ("c",)}


def left_by_weak_dominance(name: str) -> Mapping[str, tuple[str, ...]]:
    """The strategies, or plans of a tree, that iterated elimination of weakly dominated ones leaves."""
    return reduction(load(name), by="weak").elimination.game.strategies


def test_owners_are_respected() -> None:
    (stable,) = solve(load("hawk-dove-bourgeois").at(), "evolutionarily-stable")
    assert stable.strategies["Row"]["Bourgeois"] == 1


def test_the_great_are_exploited_by_the_small() -> None:
    (only,) = solve(load("alliance-burden").at())
    assert only.choices == {"Great": 2, "Small": 0}


@pytest.mark.parametrize(("a", "b"), [("1/2", "1/2"), ("9/10", "9/10"), ("1/3", "3/5")])
def test_an_arms_race_ends_where_the_lines_cross(a: str, b: str) -> None:
    (only,) = solve(load("richardson-arms-race").at(reaction_1=a, reaction_2=b, grievance_1=1, grievance_2=2))
    one, other = Fraction(a), Fraction(b)
    assert only.choices == {"First": (2 * one + 1) / (1 - one * other), "Second": (other + 2) / (1 - one * other)}


def test_partners_work_half_as_hard_as_would_be_best() -> None:
    game = load("team-production").at()
    (alone,) = solve(game)
    (best,) = solve(game, "joint-optimum")
    assert alone.choices == {"First": Fraction(1, 2), "Second": Fraction(1, 2)}
    assert best.choices == {"First": 1, "Second": 1}


def test_the_big_match_is_worth_a_half() -> None:
    for delta in ("1/2", "9/10"):
        (only,) = solve(load("big-match").at(delta=delta))
        assert only.payoffs["Guesser"] == Fraction(1, 2)


def test_cooperation_lasts_from_a_half() -> None:
    model = load("repeated-dilemma")
    assert len(solve(model.at(delta="1/2"))) == 2
    assert len(solve(model.at(delta="49/100"))) == 1


def test_a_cautious_partner_gets_less() -> None:
    (agreed,) = solve(load("concave-bargaining").at(), "nash-bargaining")
    assert float(agreed.payoffs["Neutral"]) == pytest.approx(2 / 3)


def test_elmira_comes_to_rest_in_three_states() -> None:
    answer = solve(load("elmira").at(), "nash-stable")
    assert {each.outcomes[0].path[0] for each in answer} == {
        "Order, delay, insist",
        "Modified, accept, insist",
        "Abandon",
    }


def test_bids_are_below_values() -> None:
    (only,) = solve(load("first-price-auction").at())
    assert [[s for s, x in mix.items() if x] for mix in only.strategies.values()] == [["0/1"], ["0/1"]]


def test_bidding_ones_value_is_an_equilibrium_among_others() -> None:
    answer = solve(load("second-price-auction").at(), "pure-nash")
    found = {tuple(next(s for s, x in mix.items() if x) for mix in each.strategies.values()) for each in answer}
    assert {("3", "2"), ("0", "3")} <= found, "the second is that the one who values it less wins"
    values = {"High": 3, "Low": 2}
    game = load("second-price-auction").at()
    for player, value in values.items():
        for bid in game.strategies[player]:
            for other in ("0", "1", "2", "3"):
                truthful, alternative = (
                    game.payoffs[(own, other) if player == "High" else (other, own)][player == "Low"]
                    for own in (str(value), bid)
                )
                assert truthful >= alternative


def test_all_have_beer() -> None:
    game = load("beer-quiche").at()
    answer = solve(game, "intuitive-criterion")
    assert {path[1] for path in paths(load("beer-quiche"), "intuitive-criterion")} == {"Beer"}
    assert {signalling_kind(game, each.strategies) for each in answer} == {"pooling"}


def test_schooling_tells_the_able_apart() -> None:
    separating = ("Able", "School", "High wage"), ("Less able", "No school", "Low wage")
    assert set(separating) <= paths(load("job-market"), "intuitive-criterion")
    dear = paths(load("job-market"), cost_able="3/2", cost_other=2)
    assert not [path for path in dear if path[1] == "School"], "what is too dear for the able is not bought"


def test_only_lemons_are_sold() -> None:
    assert paths(load("lemons")) == {("Good", "Low price", "Keep"), ("Bad", "Low price", "Sell")}
    assert ("Good", "High price", "Sell") in paths(load("lemons"), good="9/10")


def test_entering_means_the_own_best() -> None:
    model = load("outside-option")
    assert ("In", "Own", "Give way") in paths(model)
    left = left_by_weak_dominance("outside-option")
    assert left["Outsider"] == ("Give way",)
    assert left["Insider"] == ("In/Own",)


def test_words_are_believed_if_interests_are_near() -> None:
    told = {("Low", "Say low", "0"), ("High", "Say high", "1")}
    assert any({o.path for o in each.outcomes} == told for each in solve(load("cheap-talk").at(bias="1/2")))
    assert not any({o.path for o in each.outcomes} == told for each in solve(load("cheap-talk").at(bias="51/100")))


def test_a_convention_works_either_way() -> None:
    answer = solve(load("signalling-convention").at())
    perfect = [each for each in answer if each.payoffs["Watcher"] == 1]
    assert len({tuple(sorted(o.path for o in each.outcomes)) for each in perfect}) == 2


def test_a_bluff_in_three() -> None:
    (only,) = solve(load("card-game").at())
    assert only.payoffs["First"] == Fraction(1, 3)
    weights = {o.path: o.probability for o in only.outcomes}
    assert weights["Black", "Raise", "Meet"] == Fraction(1, 2) * Fraction(1, 3) * Fraction(2, 3)


def test_kuhns_poker_is_worth_minus_an_eighteenth() -> None:
    assert {each.payoffs["First"] for each in solve(load("kuhn-poker").at(), "nash")} == {Fraction(-1, 18)}


def test_only_one_kind_of_equilibrium_of_the_horse_is_sequential() -> None:
    assert {path[:2] for path in paths(load("seltens-horse"), "sequential")} == {("Continue", "Continue")}


def test_money_need_not_be_burned() -> None:
    left = left_by_weak_dominance("burning-money")
    assert left == {"Burner": ("Keep/Own",), "Other": ("Give way/Give way",)}
