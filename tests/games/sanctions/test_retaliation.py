"""Sanctions and retaliation: the regions of the closed forms, found again by solving the tree.

`compared` holds what the closed forms say, each in terms of the parameters alone, beside what backward induction finds
in the tree at the same values. The benchmark runs the same comparison over many more draws.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import pytest

from games import Equilibria, ExtensiveGame, solve
from games.forms.extensive import Decision, Outcome, Path
from games.sanctions.retaliation import MODEL, RUNGS, SANCTIONS, outcome_words

SEED = 20231222
LADDER = list(RUNGS)
Values: TypeAlias = Mapping[str, Fraction]

assert isinstance(MODEL.game, ExtensiveGame)
TREE = MODEL.game


def tree_at(values: Mapping[str, Any]) -> ExtensiveGame:
    game = MODEL.at(**values)
    assert isinstance(game, ExtensiveGame)
    return game


class Compared(NamedTuple):
    """One statement at one point: what the closed form says, and what the solved tree shows."""

    statement: str
    formula: Any
    tree: Any


def drawn(rng: random.Random, payment: bool, grain: int = 10**6) -> dict[str, Fraction]:
    """Values that meet the assumptions, multiples of 1/``grain`` within their spans; a fine grain leaves no ties."""

    def part(high: Fraction | int) -> Fraction:
        return high * Fraction(rng.randrange(1, grain), grain)

    def rising(count: int, high: Fraction | int) -> list[Fraction]:
        return sorted(part(high) for _ in range(count))

    k, h = rising(2, 1), rising(2, rng.choice((1, 3)))
    rho, gamma, c = rising(3, 1), rising(3, 1), rising(3, Fraction(1, 2))
    if rng.random() < 0.5:
        gamma, c = _in_order(gamma, c)
    return {
        "V_J": part(3), "V_R": part(2), "A_F": part(rng.choice((1, 2))), "alpha": part(1),
        "k_Y": k[0], "k_F": k[1], "h_Y": h[0], "h_F": h[1],
        **{f"rho_{r}": rho[r - 1] for r in (1, 2, 3)},
        **{f"gamma_{r}": gamma[r - 1] for r in (1, 2, 3)},
        **{f"c_{r}": c[r - 1] for r in (1, 2, 3)},
        "y": part(1), "b": part(rng.choice((Fraction(1, 5), 1))), "beta": part(2),
        "E": part(rng.choice((1, 3))) if payment else Fraction(0),
    }  # fmt: skip


def _in_order(gamma: list[Fraction], c: list[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Gains and costs whose steps from rung to rung are rearranged so that the thresholds between rungs increase."""
    steps = [
        (b - a, d - e)
        for (a, b), (e, d) in zip(pairwise([Fraction(0), *gamma]), pairwise([Fraction(0), *c]), strict=True)
    ]
    steps.sort(key=lambda step: step[1] / step[0] if step[0] else Fraction(10**9))
    totals = [Fraction(0), Fraction(0)]
    result: tuple[list[Fraction], list[Fraction]] = ([], [])
    for step in steps:
        for k in (0, 1):
            totals[k] += step[k]
            result[k].append(totals[k])
    return result


def net_payoff(v: Values, s: str) -> Fraction:
    """e_s: Japan's payoff from the sanction itself."""
    return {"None": Fraction(0), "Symbolic": v["alpha"] * v["A_F"] - v["k_Y"], "Full": v["A_F"] - v["k_F"]}[s]


def harm(v: Values, s: str) -> Fraction:
    return {"None": Fraction(0), "Symbolic": v["h_Y"], "Full": v["h_F"]}[s]


def provocation(v: Values, s: str) -> Fraction:
    return {"None": Fraction(0), "Symbolic": v["y"], "Full": Fraction(1)}[s]


def gains(v: Values, s: str) -> list[Fraction]:
    """g_r(s) for the four rungs."""
    return [Fraction(0)] + [v[f"gamma_{r}"] * provocation(v, s) - v[f"c_{r}"] for r in (1, 2, 3)]


def harms(v: Values) -> list[Fraction]:
    return [Fraction(0), v["rho_1"], v["rho_2"], v["rho_3"]]


def thresholds(v: Values) -> list[Fraction] | None:
    """The provocations at which the next rung becomes worth its cost, if they increase from rung to rung."""
    gamma, c = ([Fraction(0), *(v[f"{name}_{r}"] for r in (1, 2, 3))] for name in ("gamma", "c"))
    if any(low == high for low, high in pairwise(gamma)):
        return None
    steps = [(d - e) / (b - a) for (a, b), (e, d) in zip(pairwise(gamma), pairwise(c), strict=True)]
    return steps if all(low < high for low, high in pairwise(steps)) else None


def concedes(v: Values, s: str) -> bool:
    """The window if Japan is believed on both counts; outside it only a payment can buy the islands."""
    e, most = net_payoff(v, s), max(gains(v, s))
    if s != "None" and -v["b"] <= e <= v["beta"]:
        return harm(v, s) >= v["V_R"] - v["E"] + most
    return v["E"] >= v["V_R"] + most


def played(game: ExtensiveGame, chosen: Mapping[Path, str], path: Path) -> Path:
    """Where the play ends that starts at ``path``."""
    while not isinstance(game.nodes[path], Outcome):
        path = (*path, chosen[path])
    return path


def plan(game: ExtensiveGame, equilibria: Equilibria, which: int = 0) -> dict[Path, str]:
    return {
        information_set.paths[0]: next(a for a, w in equilibria[which][name].items() if w == 1)
        for name, information_set in game.information_sets.items()
    }


def compared(v: Values) -> Iterator[Compared]:
    """Every statement of the closed forms at ``v``, next to what the tree shows there."""
    game = tree_at(v)
    equilibria = solve(game)
    chosen = plan(game, equilibria)
    value: dict[str, Fraction] = {}
    conceded: dict[str, bool] = {}
    rungs: dict[str, int] = {}
    for s in SANCTIONS:
        end = played(game, chosen, (s,))
        conceded[s] = end[1] == "Concede"
        value[s] = Fraction(game.outcomes[end].payoffs[0])
        kind = "a payment on offer" if v["E"] else "no payment"
        yield Compared(f"{s}, {kind}: Russia concedes", concedes(v, s), conceded[s])
        if conceded[s]:
            lifts = net_payoff(v, s) <= v["beta"]
            kept = 0 if s == "None" or lifts else net_payoff(v, s) - v["beta"]
            yield Compared(f"{s}: Japan's payoff after a concession", v["V_J"] - v["E"] + kept, value[s])
        else:
            rungs[s] = LADDER.index(end[1])
            best = gains(v, s)
            yield Compared(f"{s}: the rung", best.index(max(best)), rungs[s])
            if (steps := thresholds(v)) is not None:
                reached = sum(step < provocation(v, s) for step in steps)
                yield Compared(f"{s}: the rung by thresholds", reached, rungs[s])
        if s != "None":
            yield Compared(f"{s}: Japan would lift", net_payoff(v, s) <= v["beta"], chosen[s, "Concede"] == "Lift")
            holds = {chosen[s, rung] == "Hold" for rung in LADDER}
            yield Compared(f"{s}: Japan would hold", {net_payoff(v, s) >= -v["b"]}, holds)
            if not v["E"] and net_payoff(v, s) > v["beta"]:
                yield Compared(f"{s}: relief not believed", False, conceded[s])
            if not v["E"] and net_payoff(v, s) < -v["b"]:
                yield Compared(f"{s}: threat not believed", False, conceded[s])
    e_Y, e_F = net_payoff(v, "Symbolic"), net_payoff(v, "Full")
    if not conceded["Symbolic"] and not conceded["Full"] and min(e_Y, e_F) >= -v["b"]:
        rho = harms(v)
        rule = v["A_F"] * (1 - v["alpha"]) - (v["k_F"] - v["k_Y"]) >= rho[rungs["Full"]] - rho[rungs["Symbolic"]]
        yield Compared("full rather than symbolic", rule, value["Full"] > value["Symbolic"])
    top = max(value.values())
    first = {s for k in range(len(equilibria)) for s in [plan(game, equilibria, k)[()]]}
    yield Compared("Japan's choice", {s for s in SANCTIONS if value[s] == top}, first)


@pytest.mark.untraced
@pytest.mark.parametrize("draws", [400, pytest.param(1_500, marks=pytest.mark.long)])
@pytest.mark.parametrize("payment", [False, True], ids=["no payment", "a payment on offer"])
def test_the_regions_of_the_closed_forms_come_out_of_the_tree(payment: bool, draws: int) -> None:
    rng = random.Random(SEED)
    seen: dict[str, Counter[str]] = {}
    for _ in range(draws):
        values = drawn(rng, payment)
        for statement, formula, tree in compared(values):
            assert formula == tree, (SEED, statement, values)
            seen.setdefault(statement, Counter())[str(tree)] += 1
    kind = "a payment on offer" if payment else "no payment"
    for s in ("Symbolic", "Full"):
        assert min(seen[f"{s}, {kind}: Russia concedes"][word] for word in ("True", "False")) > draws / 30
        assert min(seen[f"{s}: the rung"][str(rung)] for rung in range(4)) > draws / 300
        assert sum(seen[f"{s}: the rung by thresholds"].values()) > draws / 15
        assert len(seen[f"{s}: Japan would lift"]) == len(seen[f"{s}: Japan would hold"]) == 2
    assert min(seen["full rather than symbolic"][word] for word in ("True", "False")) > draws / 30
    assert (seen[f"None, {kind}: Russia concedes"]["True"] > draws / 30) == payment
    if not payment:
        assert sum(seen["Full: relief not believed"].values()) > draws / 30
        assert sum(seen["Full: threat not believed"].values()) > draws / 75


def after(game: ExtensiveGame, s: str) -> list[bool]:
    """Whether Russia concedes after ``s``, for every pure equilibrium of that subgame."""
    subgame = game.subgame((s,))
    equilibria = solve(subgame)
    assert "more pure" not in " ".join(equilibria.remarks)
    return [plan(subgame, equilibria, k)[()] == "Concede" for k in range(len(equilibria))]


@pytest.mark.untraced
def test_on_the_edges_of_the_window_some_equilibria_concede_and_some_do_not() -> None:
    """On a coarse grid many draws lie on an edge of the window.

    Some equilibrium concedes exactly in the window with its edges, every one exactly in the window without them.
    """
    rng = random.Random(SEED)
    edges = Counter[str]()
    for _ in range(600):
        v = drawn(rng, payment=False, grain=6)
        game = tree_at(v)
        for s in ("Symbolic", "Full"):
            e, h, needed = net_payoff(v, s), harm(v, s), v["V_R"] + max(gains(v, s))
            conceding = after(game, s)
            assert any(conceding) == (-v["b"] <= e <= v["beta"] and h >= needed), (SEED, s, v)
            assert all(conceding) == (-v["b"] < e < v["beta"] and h > needed), (SEED, s, v)
            edges["relief"] += e == v["beta"] and h >= needed
            edges["threat"] += e == -v["b"] and h >= needed
            edges["harm"] += h == needed and -v["b"] <= e <= v["beta"]
    assert min(edges[name] for name in ("relief", "threat", "harm")) > 0, edges


@pytest.mark.parametrize("s", ["Symbolic", "Full"])
def test_each_edge_of_the_window_from_both_sides(s: str) -> None:
    base = {
        "k_Y": "0",
        "k_F": "0",
        "alpha": "1",
        "V_R": "1",
        "gamma_1": 0,
        "gamma_2": 0,
        "gamma_3": 0,
        "h_Y": "2",
        "h_F": "2",
    }
    tiny = Fraction(1, 10**9)

    def conceding(**values: Any) -> list[bool]:
        game = tree_at({**base, **values})
        return after(game, s)

    assert conceding(A_F="1", beta=1 + tiny) == [True]
    assert conceding(A_F="1", beta=1 - tiny) == [False]
    assert set(conceding(A_F="1", beta="1")) == {True, False}
    for h, expected in ((1 + tiny, {True}), (1 - tiny, {False}), (Fraction(1), {True, False})):
        assert set(conceding(A_F="0", b="1", h_Y=h, h_F=h)) == expected
    costs = {"A_F": "0", "k_Y": "1/2", "k_F": "1/2", "beta": "1"}
    assert conceding(**costs, b=Fraction(1, 2) + tiny) == [True]
    assert conceding(**costs, b=Fraction(1, 2) - tiny) == [False]
    assert set(conceding(**costs, b="1/2")) == {True, False}


def test_the_payoffs_of_every_path() -> None:
    """The table of payoffs, path by path, at random values."""
    rng = random.Random(SEED)
    for _ in range(50):
        v = drawn(rng, payment=True)
        game = tree_at(v)
        expected: dict[Path, tuple[Fraction, Fraction]] = {}
        for s in SANCTIONS:
            e, h, g = net_payoff(v, s), harm(v, s), gains(v, s)
            lifted = (v["V_J"] - v["E"], -v["V_R"] + v["E"])
            kept = (lifted[0] + e - v["beta"], lifted[1] - h)
            if s == "None":
                expected[s, "Concede"] = lifted
            else:
                expected |= {(s, "Concede", "Lift"): lifted, (s, "Concede", "Keep"): kept}
            for r, rung in enumerate(LADDER):
                holding = (e - harms(v)[r], -h + g[r])
                if s == "None":
                    expected[s, rung] = holding
                else:
                    expected |= {(s, rung, "Hold"): holding, (s, rung, "Back down"): (-v["b"] - harms(v)[r], g[r])}
        assert {path: outcome.payoffs for path, outcome in game.outcomes.items()} == expected, SEED


ONE_POINT = {
    "V_J": 1, "V_R": 1, "A_F": "6/5", "alpha": "1/4", "k_Y": "1/10", "k_F": "2/5", "h_Y": "3/10", "h_F": "3/2",
    "rho_1": "1/10", "rho_2": "1/5", "rho_3": "2/5", "gamma_1": "1/5", "gamma_2": "3/10", "gamma_3": "9/20",
    "c_1": "1/20", "c_2": "1/10", "c_3": "1/5", "y": "2/5", "b": "1/5", "beta": "1/4", "E": 0,
}  # fmt: skip


def test_harm_does_not_matter_where_relief_is_not_believed() -> None:
    """Here e_F = 4/5 lies above β = 1/4: Japan would keep the sanctions, so Russia patrols however great the harm."""
    for h_F in ("3/2", 3, 100):
        (equilibrium,) = solve(MODEL.at(**{**ONE_POINT, "h_F": h_F}))
        (reached,) = equilibrium.outcomes
        assert reached.path == ("Full", "Patrol", "Hold")
        assert equilibrium.payoffs == {"Japan": Fraction(2, 5), "Russia": Fraction(1, 4) - Fraction(h_F)}
    (bound,) = solve(MODEL.at(**{**ONE_POINT, "beta": 1}))
    assert [reached.path for reached in bound.outcomes] == [("Full", "Concede", "Lift")]
    assert bound.payoffs == {"Japan": 1, "Russia": -1}


def test_every_node_asks_the_player_whose_turn_it_is() -> None:
    movers = {(len(path), node.player) for path, node in TREE.nodes.items() if isinstance(node, Decision)}
    assert movers == {(0, "Japan"), (1, "Russia"), (2, "Japan")}


def test_outcomes_in_words() -> None:
    assert outcome_words(("Full", "Patrol", "Hold")) == "Full sanctions, Russia patrols, Japan holds"
    assert outcome_words(("None", "Concede")) == "No sanctions, Russia concedes"
    assert len({outcome_words(path) for path in TREE.outcomes}) == len(TREE.outcomes)
