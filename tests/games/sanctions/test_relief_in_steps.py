"""Relief in steps: which exchanges are carried out comes out of the tree by the solver's backward induction."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

import pytest

from games import ExtensiveGame, solve
from games.formulas.values import evaluate
from games.sanctions.relief_in_steps import MODEL, MOST_STEPS, NO_OFFER, in_steps, offer, outcome_words
from laws.counts import long

SEED = 1960
Values: TypeAlias = Mapping[str, Fraction]
Path: TypeAlias = tuple[str, ...]

DEFAULT = {name: parameter.default for name, parameter in MODEL.by_name.items()}
LONG = {**DEFAULT, "h": Fraction(5, 2)}


def after_offer(v: Values, n: int) -> ExtensiveGame:
    """The exact game in which Japan has offered ``n`` steps."""
    game, point = in_steps(n), MODEL.point(**v)
    return game.with_entries([evaluate(entry, point) for entry in game.entries])


def plays(v: Values, n: int) -> set[Path]:
    """What is played in the equilibria after the offer of ``n`` steps."""
    return {reached.path for one in solve(after_offer(v, n)) for reached in one.outcomes}


def whole(n: int) -> Path:
    return ("Cede", "Lift") * n


def carried_out(v: Values) -> list[int]:
    """The numbers of steps in which everything may be ceded and lifted; on an edge it may also not."""
    return [n for n in range(1, MOST_STEPS + 1) if whole(n) in plays(v, n)]


def kept(v: Values, n: int) -> bool:
    """The closed form: neither side would rather break off, in any step."""
    tempted = max((n - k + 1) * v["e"] - (n - k) * v["V"] for k in range(1, n + 1))
    return n * v["beta"] >= v["e"] and v["h"] - v["v"] >= n * v["G"] and tempted <= n * v["beta"]


def drawn(rng: random.Random, above: bool = False) -> dict[str, Fraction]:
    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)

    v = {"v": part(0, 2), "e": part(-1, 2), "beta": part(0, 1), "G": part(0, Fraction(1, 2))}
    return {**v, "V": part(v["e"], 3) if above and v["e"] > 0 else part(0, 3), "h": part(v["v"] / 2, 4)}


def by_hand(v: Values, n: int) -> Path:
    """What is played, from the last step to the first, without the toolkit's trees and solvers; no ties expected."""
    path: Path = ()
    japan, russia = v["V"], -v["v"]
    for k in range(n, 0, -1):
        left, done, so_far = Fraction(n - k + 1, n), Fraction(k, n), Fraction(k - 1, n)
        keeping = done * v["V"] + left * v["e"] - v["beta"], -done * v["v"] - left * v["h"]
        stopping = so_far * v["V"] + left * v["e"], -so_far * v["v"] - left * v["h"] + v["G"]
        assert keeping[0] != japan
        path = ("Lift", *path) if japan > keeping[0] else ("Keep",)
        japan, russia = (japan, russia) if path[0] == "Lift" else keeping
        assert stopping[1] != russia
        path = ("Cede", *path) if russia > stopping[1] else ("Stop",)
        japan, russia = (japan, russia) if path[0] == "Cede" else stopping
    return path


def test_the_instance() -> None:
    """At h = 3/2 no exchange is carried out whole; at h = 5/2 those in 4, 5 and, just so, in 6 steps: (h − v)/6 = G."""
    assert {name: str(DEFAULT[name]) for name in ("e", "beta", "v", "V", "G", "h")} == {
        "e": "4/5", "beta": "1/4", "v": "1", "V": "1", "G": "1/4", "h": "3/2",
    }  # fmt: skip
    assert carried_out(DEFAULT) == []
    assert carried_out(LONG) == [4, 5, 6]
    assert carried_out({**LONG, "h": LONG["h"] - Fraction(1, 10**9)}) == [4, 5]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_steps_do_not_make_relief_credible(n: int) -> None:
    """Japan would keep the last part, so that Russia, knowing it, does not begin."""
    assert plays(DEFAULT, n) == plays(LONG, n) == {("Stop",)}
    assert plays({**LONG, "beta": Fraction(1)}, n) == {whole(n)}


@pytest.mark.parametrize("n", [4, 5, 6])
def test_many_steps_of_the_instance_end_before_the_last(n: int) -> None:
    """Where relief is credible and the last part is worth less than stopping, all parts but the last are exchanged."""
    assert plays(DEFAULT, n) == {(*whole(n - 1), "Stop")}
    (only,) = solve(after_offer(DEFAULT, n))
    ceded = Fraction(n - 1, n)
    assert only.payoffs == {
        "Japan": ceded + (1 - ceded) * DEFAULT["e"],
        "Russia": -ceded - (1 - ceded) * DEFAULT["h"] + DEFAULT["G"],
    }
    assert plays({**DEFAULT, "G": Fraction(1, 20)}, n) == {whole(n)}


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [400, long(2_000)])
def test_where_the_whole_exchange_is_carried_out(draws: int) -> None:
    rng = random.Random(SEED)
    seen = Counter[bool]()
    for _ in range(draws):
        v, n = drawn(rng), rng.randint(1, MOST_STEPS)
        assert plays(v, n) == {by_hand(v, n)}, (SEED, v, n)
        happens = plays(v, n) == {whole(n)}
        assert happens == kept(v, n), (SEED, v, n)
        seen[happens] += 1
    assert min(seen[True], seen[False]) > draws / 10, (SEED, seen)


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [150, long(2_000)])
def test_the_numbers_of_steps_that_work_lie_in_one_interval(draws: int) -> None:
    """For a Japan that would rather have the islands than its sanctions, V ≥ e: e/β ≤ n ≤ (h − v)/G."""
    rng = random.Random(SEED)
    seen = Counter[int]()
    for _ in range(draws):
        v = drawn(rng, above=True)
        interval = [
            n
            for n in range(1, MOST_STEPS + 1)
            if v["e"] / v["beta"] <= n <= (v["h"] - v["v"]) / v["G"] or (v["e"] < 0 and n * v["G"] <= v["h"] - v["v"])
        ]
        assert carried_out(v) == interval, (SEED, v)
        seen[len(interval)] += 1
    assert len(seen) == MOST_STEPS + 1, (SEED, seen)


def test_a_japan_that_prefers_its_sanctions_to_the_islands_needs_the_third_condition() -> None:
    """With V < e the first step tempts most: the promise must cost more than all that is still to come is worth."""
    v = {**LONG, "e": Fraction(3, 2), "beta": Fraction(4, 5), "G": Fraction(0)}
    assert [n for n in range(1, MOST_STEPS + 1) if n * v["beta"] >= v["e"]] == [2, 3, 4, 5, 6]
    assert carried_out(v) == [4, 5, 6]


def test_on_the_edge_the_exchange_may_be_carried_out_or_not() -> None:
    edge = {**LONG, "beta": Fraction(1, 5)}
    tiny = Fraction(1, 10**9)
    assert whole(4) in plays(edge, 4)
    assert plays(edge, 4) != {whole(4)}
    assert plays({**edge, "beta": Fraction(1, 5) + tiny}, 4) == {whole(4)}
    assert whole(4) not in plays({**edge, "beta": Fraction(1, 5) - tiny}, 4)


@pytest.mark.parametrize(
    ("h", "offers"), [("3/2", {offer(6)}), ("5/2", {offer(4), offer(5), offer(6)}), ("1", {NO_OFFER, offer(1)})]
)
def test_japan_offers_what_works(h: str, offers: set[str]) -> None:
    """More small steps bring more where the last is not carried out; where all is, their number does not matter."""
    made = {one.outcomes[0].path[0] for one in solve(MODEL.at(h=h))}
    assert offers <= made
    if h != "1":
        assert made == offers


@pytest.mark.untraced
def test_japan_offers_the_best_exchange_there_is() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        v = drawn(rng)
        equilibria = solve(MODEL.at(**v))
        worth = {n: solve(after_offer(v, n))[0].payoffs["Japan"] for n in range(1, MOST_STEPS + 1)}
        best = max([v["e"], *worth.values()])
        assert {one.payoffs["Japan"] for one in equilibria} == {best}, (SEED, v)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((NO_OFFER,), "Nothing is ceded, full sanctions stay"),
        ((offer(3), "Stop"), "Nothing is ceded, full sanctions stay"),
        ((offer(1), "Cede", "Keep"), "In 1 step, 1 is ceded and 0 lifted, then Japan keeps the rest"),
        ((offer(4), *whole(3), "Stop"), "In 4 steps, 3 are ceded and 3 lifted, then Russia stops"),
        ((offer(2), *whole(2)), "In 2 steps, everything is ceded and lifted"),
    ],
)
def test_paths_in_words(path: Path, words: str) -> None:
    assert outcome_words(path) == words
