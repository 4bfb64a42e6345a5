"""Partition of the islands: the regions of the closed forms, found again by solving the tree and by backward induction.

`compared` holds what the closed forms say, each in terms of the parameters alone, beside what backward induction finds
in the tree at the same values. The benchmark runs the same comparison over many more draws.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple, TypeAlias

import pytest

from games import Decision, ExtensiveGame, Outcome, solve
from games.forms.extensive import Node
from games.territory.partition import ISLANDS, MODEL, bargain, offers, outcome_words, talks
from laws.counts import long

SEED = 1956
Values: TypeAlias = Mapping[str, Fraction]
TREATY, TWO, FOUR = ISLANDS


class Compared(NamedTuple):
    """One statement at one point: what the closed form says, and what the solved tree shows."""

    statement: str
    formula: Any
    tree: Any


def drawn(rng: random.Random, grain: int = 10**6) -> dict[str, Fraction]:
    """Values that meet the assumptions, multiples of 1/``grain`` within their spans; a fine grain leaves no ties."""

    def part(low: int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, grain), grain)

    small = Fraction(1, 2)
    return {
        "V_J": part(0, 3), "L": part(0, 3), "omega": part(0, 1), "ell": part(0, 1),
        "z_J": part(-1, 1), "z_R": part(-1, 1), "alpha_J": part(0, rng.choice((small, 2))),
        "tau": part(0, rng.choice((small, 2))), "a": part(0, 2), "h": part(0, 2),
        "delta_J": part(0, Fraction(99, 100)), "delta_R": part(0, Fraction(99, 100)),
    }  # fmt: skip


def gains_from(v: Values) -> dict[str, Fraction]:
    """Each division's joint gain, relief and the value of a treaty as such left aside."""
    return {
        TREATY: -v["alpha_J"],
        TWO: v["omega"] * v["V_J"] - v["ell"] * v["L"] - v["alpha_J"] - v["tau"],
        FOUR: v["V_J"] - v["L"] - v["tau"],
    }


def surplus(v: Values) -> Fraction:
    return max(gains_from(v).values()) + v["z_J"] + v["z_R"] + max(Fraction(0), v["h"] - v["a"])


def reservation_payment(v: Values, islands: str, relief: bool) -> Fraction:
    """What Russia must be paid to be as well off with the package as in the freeze."""
    ceded = {TREATY: Fraction(0), TWO: v["ell"], FOUR: Fraction(1)}[islands]
    return -(v["z_R"] - ceded * v["L"] - (v["tau"] if islands != TREATY else 0) + (v["h"] if relief else 0))


def two_beat_four(v: Values) -> bool:
    return (1 - v["ell"]) * v["L"] - (1 - v["omega"]) * v["V_J"] > v["alpha_J"]


def two_beat_treaty(v: Values) -> bool:
    return v["omega"] * v["V_J"] - v["ell"] * v["L"] > v["tau"]


def tree_at(v: Values, **values: Any) -> ExtensiveGame:
    game = MODEL.at(**{**v, **values})
    assert isinstance(game, ExtensiveGame)
    return game


def best_deal(game: ExtensiveGame) -> tuple[str | None, Fraction]:
    """The offer accepted in the equilibrium that Japan likes best, or None without a deal, and Japan's payoff.

    At a reservation payment Russia is indifferent, so there are equilibria in which it accepts and in which it refuses.
    """
    best: tuple[str | None, Fraction] = (None, Fraction(0))
    for equilibrium in solve(game):
        (reached,) = equilibrium.outcomes
        if reached.path[-1] == "Accept" and (best[0] is None or equilibrium.payoffs["Japan"] > best[1]):
            best = (reached.path[0], Fraction(equilibrium.payoffs["Japan"]))
    return best


def only(game: ExtensiveGame, *islands: str) -> ExtensiveGame:
    """The same game with no more than these divisions on the menu."""
    assert isinstance(game.root, Decision)
    kept = {label: node for label, node in game.root.actions.items() if label.split(",")[0] in (*islands, "No offer")}
    return ExtensiveGame(game.players, Decision("Japan", kept))


def joint_gains(game: ExtensiveGame) -> dict[str, Fraction]:
    """What an accepted offer without payment is worth to both together, read off the tree."""
    return {
        path[0]: Fraction(sum(outcome.payoffs))
        for path, outcome in game.outcomes.items()
        if path[-1] == "Accept" and "payment" not in path[0]
    }


def priced(v: Values, *islands: str) -> ExtensiveGame:
    """The game with these divisions alone, the payment being Russia's reservation payment of the best package."""
    gains = joint_gains(only(tree_at(v, y=0), *islands))
    best = max(gains, key=lambda label: gains[label])
    return only(tree_at(v, y=reservation_payment(v, best.split(",")[0], "relief" in best)), *islands)


def compared(v: Values) -> Iterator[Compared]:
    """Every statement of the closed forms at ``v``, next to what the tree shows there."""
    S = surplus(v)
    gains = gains_from(v)
    best = max(gains, key=lambda islands: gains[islands])
    game = tree_at(v, y=reservation_payment(v, best, relief=v["h"] > v["a"]))
    deal, japan = best_deal(game)
    yield Compared("the surplus is the greatest joint gain", S, max(joint_gains(game).values()))
    yield Compared("a deal", S >= 0, deal is not None)
    if deal is None:
        return
    yield Compared("Japan gets the surplus", S, japan)
    yield Compared("relief is linked", v["h"] > v["a"], "relief" in deal)
    yield Compared("the division", best, deal.split(",")[0])


def compared_pairwise(v: Values) -> Iterator[Compared]:
    """Two islands against four, and against a treaty only, each from the game with these two on the menu."""
    for rival, rule in ((FOUR, two_beat_four(v)), (TREATY, two_beat_treaty(v))):
        deal, _ = best_deal(priced(v, TWO, rival))
        if deal is not None:
            yield Compared(f"{TWO} rather than {rival}", rule, deal.split(",")[0] == TWO)


def count_agreements(statements: Iterator[Compared], values: Values, seen: dict[str, Counter[Any]]) -> None:
    for statement, formula, tree in statements:
        assert formula == tree, (SEED, statement, values)
        seen.setdefault(statement, Counter())[tree] += 1


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [250, pytest.param(800, marks=pytest.mark.long)])
def test_the_regions_of_the_closed_forms_come_out_of_the_tree(draws: int) -> None:
    rng = random.Random(SEED)
    seen: dict[str, Counter[Any]] = {}
    for _ in range(draws):
        values = drawn(rng)
        count_agreements(compared(values), values, seen)
    for statement in ("a deal", "relief is linked"):
        assert min(seen[statement][truth] for truth in (True, False)) > draws / 8, statement
    assert min(seen["the division"][islands] for islands in ISLANDS) > draws / 16


@pytest.mark.untraced
def test_two_islands_against_each_other_division_alone() -> None:
    rng = random.Random(SEED)
    seen: dict[str, Counter[Any]] = {}
    for _ in range(200):
        values = drawn(rng)
        count_agreements(compared_pairwise(values), values, seen)
    for rival in (FOUR, TREATY):
        assert min(seen[f"{TWO} rather than {rival}"][truth] for truth in (True, False)) > 20


def test_a_surplus_of_exactly_zero_still_allows_a_deal() -> None:
    rng = random.Random(SEED)
    for _ in range(50):
        v = drawn(rng)
        v["z_J"] -= surplus(v)
        assert surplus(v) == 0
        best = max(gains_from(v), key=lambda islands: gains_from(v)[islands])
        payment = reservation_payment(v, best, relief=v["h"] > v["a"])
        assert best_deal(tree_at(v, y=payment)) != (None, 0), (SEED, v)
        v["z_J"] -= Fraction(1, 10**9)
        assert best_deal(tree_at(v, y=payment)) == (None, 0), (SEED, v)


def test_russia_strictly_prefers_a_deal_that_pays_a_little_more_than_its_reservation_payment() -> None:
    rng = random.Random(SEED)
    deals = 0
    for _ in range(200):
        v = drawn(rng)
        best = max(gains_from(v), key=lambda islands: gains_from(v)[islands])
        extra = Fraction(1, 10**9)
        game = tree_at(v, y=reservation_payment(v, best, relief=v["h"] > v["a"]) + extra)
        equilibria = solve(game)
        assert {e.outcomes[0].path[-1] == "Accept" for e in equilibria} == {surplus(v) > extra}, (SEED, v)
        if surplus(v) > extra:
            deals += 1
            (equilibrium,) = equilibria
            assert equilibrium.payoffs == {"Japan": surplus(v) - extra, "Russia": extra}, (SEED, v)
    assert 50 < deals < 190


def test_the_payoffs_of_every_offer() -> None:
    rng = random.Random(SEED)
    for _ in range(50):
        v, y = drawn(rng), Fraction(rng.randint(-200, 200), 100)
        game = tree_at(v, y=y)
        shares = {TREATY: (0, 0), TWO: (v["omega"], v["ell"]), FOUR: (1, 1)}
        expected = {("No offer",): (0, 0)}
        for islands, relief, paid in product(ISLANDS, (0, 1), (0, 1)):
            won, lost = shares[islands]
            japan = won * v["V_J"] + v["z_J"] - v["alpha_J"] * (islands != FOUR) - v["a"] * relief - y * paid
            russia = v["z_R"] - lost * v["L"] - v["tau"] * (islands != TREATY) + v["h"] * relief + y * paid
            label = islands + ", relief" * relief + ", payment" * paid
            expected |= {(label, "Accept"): (japan, russia), (label, "Refuse"): (-MODEL.by_name["phi"].default, 0)}
        assert {path: outcome.payoffs for path, outcome in game.outcomes.items()} == expected, SEED
    assert len(offers()) == 12


def closed_form(v: Values) -> tuple[Fraction, Fraction]:
    """What Japan and Russia get from alternating offers when Japan proposes first."""
    S, d_J, d_R = max(Fraction(0), surplus(v)), v["delta_J"], v["delta_R"]
    japan = S * (1 - d_R) / (1 - d_J * d_R)
    return japan, S - japan


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [400, long(1_500)])
def test_the_bargain_is_that_of_the_closed_form(draws: int) -> None:
    rng = random.Random(SEED)
    deals = 0
    for _ in range(draws):
        v = drawn(rng)
        struck = bargain(**v)
        assert (struck.surplus, struck.deal) == (surplus(v), surplus(v) >= 0), (SEED, v)
        assert (struck.japan, struck.russia) == closed_form(v), (SEED, v)
        if struck.deal:
            deals += 1
            japan, russia = tree_at(v, y=0).outcomes[struck.package, "Accept"].payoffs
            assert (japan - struck.payment, russia + struck.payment) == (struck.japan, struck.russia), (SEED, v)
        else:
            assert struck.payment == 0
    assert draws / 5 < deals < draws * 4 / 5


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [150, long(1_500)])
def test_the_bargain_is_what_the_solver_finds_in_the_talks(draws: int) -> None:
    rng = random.Random(SEED)
    for _ in range(draws):
        v = drawn(rng)
        struck = bargain(**v)
        (found,) = solve(talks(**v))
        assert tuple(found.payoffs.values()) == (struck.japan, struck.russia), (SEED, v)
        assert (found.outcomes[0].path == ("Japan proposes", "Agreement")) == struck.deal, (SEED, v)


def backward_induction(v: Values, rounds: int) -> tuple[Fraction, Fraction]:
    """Payoffs when Japan and Russia propose in turn, ``rounds`` offers in all, and the freeze goes on after the last.

    Whoever proposes pays the other exactly what refusing would be worth to the other and keeps the rest of the best
    package, or waits if that is worth more. Payoffs are those of the round the recursion has reached.
    """
    packages = list(joint_gains(tree_at(v, y=0)).values())
    later = (Fraction(0), Fraction(0))
    for number in reversed(range(rounds)):
        proposer = number % 2
        waiting = (v["delta_J"] * later[0], v["delta_R"] * later[1])
        offered = max(joint - waiting[1 - proposer] for joint in packages)
        own = max(offered, waiting[proposer])
        later = (own, waiting[1]) if proposer == 0 else (waiting[0], own)
    return later


@pytest.mark.untraced
def test_the_bargain_is_the_limit_of_backward_induction() -> None:
    """One more pair of rounds shrinks the distance by the product of the discount factors."""
    rng = random.Random(SEED)
    deals = 0
    for _ in range(600):
        v = drawn(rng, grain=100)
        limit = closed_form(v)
        S = max(Fraction(0), surplus(v))
        deals += S > 0
        for rounds in (2, 5, 12):
            found = backward_induction(v, rounds)
            bound = S * (v["delta_J"] * v["delta_R"]) ** (rounds // 2)
            assert abs(found[0] - limit[0]) <= bound, (SEED, rounds, v)
            assert sum(found) == S or S == 0 == sum(found), (SEED, rounds, v)
    assert deals > 200


@pytest.mark.parametrize(("delta_J", "delta_R"), [("9/10", "9/10"), ("1/2", "4/5"), ("99/100", "1/3")])
def test_many_rounds_come_very_near_the_bargain(delta_J: str, delta_R: str) -> None:
    v = {p.name: p.default for p in MODEL.parameters if p.name != "y"}
    v |= {"delta_J": Fraction(delta_J), "delta_R": Fraction(delta_R), "V_J": Fraction(3)}
    assert surplus(v) > 0
    struck = bargain(**v)
    assert 0 < abs(backward_induction(v, 151)[0] - struck.japan) < Fraction(1, 10**5)
    assert struck.japan == surplus(v) * (1 - v["delta_R"]) / (1 - v["delta_J"] * v["delta_R"])


def offers_in_turn(v: Values, rounds: int, payments: list[Fraction]) -> ExtensiveGame:
    """The finite game itself: two packages and a grid of payments on the menu in every round."""
    worth = {
        path[0]: outcome.payoffs
        for path, outcome in tree_at(v, y=0).outcomes.items()
        if path in ((TWO, "Accept"), (FOUR, "Accept"))
    }

    def proposing(number: int) -> Node:
        if number == rounds:
            return Outcome((0, 0))
        names = ("Japan", "Russia") if number % 2 == 0 else ("Russia", "Japan")
        discounts = (v["delta_J"] ** number, v["delta_R"] ** number)
        refused = proposing(number + 1)
        menu: dict[str, Node] = {}
        for (label, (japan, russia)), payment in product(worth.items(), payments):
            deal = Outcome((discounts[0] * (japan - payment), discounts[1] * (russia + payment)))
            menu[f"{label} for {payment}"] = Decision(names[1], {"Accept": deal, "Refuse": refused})
        return Decision(names[0], menu)

    return ExtensiveGame(("Japan", "Russia"), proposing(0))


@pytest.mark.untraced
@pytest.mark.parametrize(("rounds", "count"), [(1, 40), (2, 30), (3, 8)])
def test_the_finite_game_itself_comes_within_a_step_of_its_grid(rounds: int, count: int) -> None:
    """With payments on a grid each proposer falls short of the exact share by at most a step, each round once."""
    rng = random.Random(SEED)
    for _ in range(3):
        v = {
            "V_J": Fraction(5, 2), "L": Fraction(1), "omega": Fraction(rng.randint(20, 40), 100),
            "ell": Fraction(rng.randint(5, 15), 100), "z_J": Fraction(1, 5), "z_R": Fraction(1, 10),
            "alpha_J": Fraction(1, 10), "tau": Fraction(1, 10), "a": Fraction(1), "h": Fraction(0),
            "delta_J": Fraction(rng.randint(50, 95), 100), "delta_R": Fraction(rng.randint(50, 95), 100),
        }  # fmt: skip
        S = surplus(v)
        least = reservation_payment(v, FOUR, relief=False)
        step = S / count
        payments = [least + step * k + step / 1009 for k in range(count)]
        equilibria = solve(offers_in_turn(v, rounds, payments))
        assert len(equilibria) == 1, (SEED, v)
        assert equilibria[0].outcomes[0].path[-1] == "Accept"
        assert equilibria[0].outcomes[0].path[0].startswith(FOUR)
        exact = backward_induction(v, rounds)
        allowed = step * (1 if rounds < 3 else 2)
        assert abs(Fraction(equilibria[0].payoffs["Japan"]) - exact[0]) <= allowed, (SEED, v)
        assert sum(equilibria[0].payoffs.values()) == S


def test_the_bargain_in_words() -> None:
    v = {p.name: p.default for p in MODEL.parameters}
    struck = bargain(z_J=2)
    assert struck.deal
    assert struck.package in str(struck)
    assert "surplus" in str(struck)
    refused = bargain(z_J=-1, z_R=-1, V_J=0)
    assert not refused.deal
    assert str(refused).startswith("no deal")
    assert bargain(**v) == bargain()


def test_impatience_and_moving_first() -> None:
    """An impatient Russia gets nothing; an impatient Japan still keeps what only the first mover's place is worth."""
    S = bargain(z_J=1).surplus
    assert bargain(z_J=1, delta_R=0).japan == S
    assert bargain(z_J=1, delta_J=0, delta_R="1/2").japan == S / 2
    even = bargain(z_J=1, delta_J="9/10", delta_R="9/10")
    assert even.japan == S / (1 + Fraction(9, 10))
    assert even.russia == even.japan * Fraction(9, 10)


def test_paths_in_words() -> None:
    assert outcome_words(("Two islands, relief", "Accept")) == "Two islands, relief"
    assert outcome_words(("Two islands", "Refuse")) == outcome_words(("No offer",)) == "The freeze goes on"
