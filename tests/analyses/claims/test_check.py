"""Statements about all payoffs, against hand-made trees, brute force on a grid, and the core result of the case."""

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Eq, Integer, Min, Ne, Rational, symbols

from analyses.claims import Claim, Holds, Proved, Reach, Refuted, Unsettled, Verdict, check, never
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, solve
from games.catalog import load
from games.forms.extensive import Node, Path
from games.formulas.relations import Every, related
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation
from games.sources import Assumed

SEED = 1965
TREES = 100

x, y, p = symbols("x y p")
Plays = Callable[[ExtensiveGame], set[Any]]


def never_played(model: Model, start: Path, play: Path, premises: tuple[Any, ...] = ()) -> Verdict:
    return check(Claim("test", "A claim for a test.", model, never(play, after=start), premises))


def parameter(symbol: sympy.Symbol, default: str = "1", low: str = "-2", high: str = "2") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def model_of(root: Node, *parameters: Parameter, players: tuple[str, ...] = ("A", "B")) -> Model:
    return Model("tree", "Tree", ExtensiveGame(players, root), parameters or (parameter(x), parameter(y)))


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(sympy.sympify(payoff) for payoff in payoffs))


def is_played(plays: set[Any], play: Path) -> bool:
    return any(path[: len(play)] == play for _, paths in plays for path in paths)


def holds(premise: Any, point: Mapping[str, Fraction]) -> bool:
    values = {symbol: Rational(str(point[symbol.name])) for symbol in premise.free_symbols}
    return bool(premise.subs(values))


ENTRY = Decision("A", {"enter": Decision("B", {"fight": leaf(-1, x), "yield": leaf(1, 0)}), "stay out": leaf(0, 1)})
"""A enters exactly if B does not gain by fighting."""

RISK = Decision("A", {"bet": Chance({"win": (Rational(1, 3), leaf(x, 0)), "lose": (Rational(2, 3), leaf(y, 0))})})
GAMBLE = Decision("A", {**RISK.actions, "keep": leaf(1, 0)})
"""A bets exactly if x/3 + 2y/3 ≥ 1."""

LATE_CHANCE = Chance(
    {
        "calm": (Rational(1, 2), Decision("A", {"l": leaf(x, 0), "r": leaf(y, 0)})),
        "storm": (Rational(1, 2), Decision("B", {"l": leaf(0, x), "r": leaf(0, -x)})),
    }
)


@pytest.mark.parametrize(
    ("root", "start", "play", "premises", "proved"),
    [
        pytest.param(ENTRY, (), ("enter",), (x > 0,), True, id="a fight deters"),
        pytest.param(ENTRY, (), ("enter",), (x >= 0,), False, id="an indifferent rival may yield"),
        pytest.param(ENTRY, (), ("stay out",), (x < 0,), True, id="a weak rival does not deter"),
        pytest.param(ENTRY, (), ("stay out",), (x <= 0,), False, id="an indifferent rival may fight"),
        pytest.param(ENTRY, (), ("enter", "fight"), (), True, id="nobody enters in order to be fought"),
        pytest.param(ENTRY, ("enter",), ("fight",), (), False, id="after an entry a fight may be best"),
        pytest.param(ENTRY, ("enter",), ("fight",), (x < 0,), True, id="after an entry a bad fight is never best"),
        pytest.param(GAMBLE, (), ("bet",), (x + 2 * y < 3,), True, id="a bad bet is refused"),
        pytest.param(GAMBLE, (), ("bet",), (x + 2 * y <= 3,), False, id="a fair bet may be taken"),
        pytest.param(GAMBLE, (), ("bet", "lose"), (Eq(y, -2),), True, id="a bet with a grave loss is refused"),
        pytest.param(GAMBLE, (), ("bet", "lose"), (y < 1,), False, id="an accepted bet may be lost"),
        pytest.param(GAMBLE, (), ("keep",), (x + 2 * y > 3,), True, id="a good bet is not forgone"),
        pytest.param(LATE_CHANCE, (), ("calm", "l"), (x < y,), True, id="the lesser payoff is never taken"),
        pytest.param(LATE_CHANCE, (), ("calm", "l"), (x <= y,), False, id="of two equal payoffs either is taken"),
        pytest.param(LATE_CHANCE, (), ("storm", "l"), (x < y,), False, id="a premise about another branch is no help"),
        pytest.param(LATE_CHANCE, ("storm",), ("r",), (x > 0,), True, id="a subgame after chance"),
    ],
)
def test_small_trees_with_known_answers(
    root: Node, start: Path, play: Path, premises: tuple[Any, ...], proved: bool, plays_of: Plays
) -> None:
    model = model_of(root)
    verdict = never_played(model, start, play, premises)
    assert isinstance(verdict, Proved if proved else Refuted), verdict
    if isinstance(verdict, Refuted):
        assert all(holds(premise, verdict.at) for premise in premises)
        assert is_played(plays_of(model.at(**verdict.at).subgame(start)), play)


def random_tree(rng: random.Random, depth: int) -> Node:
    kind = rng.random()
    if depth == 0 or (depth < 3 and kind < 0.25):
        a, b, c = (rng.choice((-2, -1, 0, 0, 1, 2)) for _ in range(3))
        d, e, f = (rng.choice((-2, -1, 0, 0, 1, 2)) for _ in range(3))
        return leaf(a * x + b * y + c, d * x + e * y + f)
    branches = rng.choice((2, 2, 3))
    if kind < 0.4 and depth < 3:
        weights = [rng.randint(1, 3) for _ in range(branches)]
        return Chance(
            {f"e{k}": (Rational(w, sum(weights)), random_tree(rng, depth - 1)) for k, w in enumerate(weights)}
        )
    return Decision(rng.choice("AB"), {f"m{k}": random_tree(rng, depth - 1) for k in range(branches)})


def random_premise(rng: random.Random) -> Any:
    a, b = rng.choice([(1, 0), (0, 1), (1, 1), (1, -1), (2, -1)])
    side = a * x + b * y - Rational(rng.randint(-4, 4), 2)
    return rng.choice((side > 0, side >= 0, side < 0, side <= 0))


def verdict_or_contradiction(model: Model, start: Path, play: Path, premises: tuple[Any, ...]) -> Verdict | None:
    """The verdict, or None if the premises are said to contradict each other."""
    try:
        return never_played(model, start, play, premises)
    except InputError as error:
        if "contradict" not in str(error):
            raise
        return None


@pytest.mark.untraced
def test_no_false_statement_about_random_trees_is_proved_and_every_refutation_stands(plays_of: Plays) -> None:
    """Linear payoffs are decidable, so nothing may stay unsettled; a grid of exact points judges what is proved."""
    steps = [Fraction(k, 2) for k in range(-4, 5)]
    rng = random.Random(SEED)
    counted = dict.fromkeys(("proved", "refuted", "contradictory", "proved with premises"), 0)
    for number in range(TREES):
        model = model_of(random_tree(rng, 3))
        game = model.game
        assert isinstance(game, ExtensiveGame)
        starts = [path for path, node in game.nodes.items() if isinstance(node, Decision)]
        start = rng.choice([(), *starts]) if isinstance(game.root, Decision) else rng.choice(starts)
        below = [path[len(start) :] for path in game.nodes if len(path) > len(start) and path[: len(start)] == start]
        play = rng.choice(below)
        premises = tuple(random_premise(rng) for _ in range(rng.choice((0, 1, 1, 2))))
        said = f"seed {SEED}, tree {number}: {start}, {play} under {premises} in\n{game}"
        allowed = [
            point
            for point in ({"x": a, "y": b} for a, b in product(steps, steps))
            if all(holds(premise, point) for premise in premises)
        ]
        verdict = verdict_or_contradiction(model, start, play, premises)
        if verdict is None:
            assert allowed == [], said
            counted["contradictory"] += 1
        elif isinstance(verdict, Proved):
            breaking = [at for at in allowed if is_played(plays_of(model.at(**at).subgame(start)), play)]
            assert breaking == [], said
            counted["proved"] += 1
            counted["proved with premises"] += bool(premises)
        else:
            assert isinstance(verdict, Refuted), f"{said}\n{verdict}"
            assert set(verdict.at) == {"x", "y"}, said
            assert all(-2 <= value <= 2 for value in verdict.at.values()), said
            assert all(holds(premise, verdict.at) for premise in premises), said
            subgame = model.at(**verdict.at).subgame(start)
            assert is_played(plays_of(subgame), play), said
            reached = [one.path for equilibrium in solve(subgame) for one in equilibrium.outcomes]
            assert any(path[: len(play)] == play for path in reached), said
            counted["refuted"] += 1
    assert counted["proved"] >= 15, counted
    assert counted["proved with premises"] >= 10, counted
    assert counted["refuted"] >= 30, counted


E_NONE = Eq(retaliation.E, 0)


def net_payoff(sanction: str) -> Any:
    return retaliation.SANCTIONS[sanction][0]


@pytest.mark.parametrize("sanction", ["Symbolic", "Full"])
def test_the_core_result_is_proved(sanction: str) -> None:
    premises = (net_payoff(sanction) > retaliation.beta, E_NONE)
    assert isinstance(never_played(retaliation.MODEL, (sanction,), ("Concede",), premises), Proved)
    assert isinstance(never_played(retaliation.MODEL, (), (sanction, "Concede"), premises), Proved)


@pytest.mark.parametrize("sanction", ["Symbolic", "Full"])
@pytest.mark.parametrize(
    ("kept", "dropped"),
    [("E = 0", "e > beta"), ("e > beta", "E = 0"), ("E = 0 and e ≥ beta", "strictness"), ("nothing", "both")],
)
def test_each_premise_of_the_core_result_is_needed(sanction: str, kept: str, dropped: str) -> None:
    e = net_payoff(sanction)
    premises = {
        "E = 0": (E_NONE,),
        "e > beta": (e > retaliation.beta,),
        "E = 0 and e ≥ beta": (E_NONE, e >= retaliation.beta),
        "nothing": (),
    }[kept]
    model = retaliation.MODEL
    verdict = never_played(model, (sanction,), ("Concede",), premises)
    assert isinstance(verdict, Refuted), f"without {dropped}: {verdict}"
    assert all(holds(premise, verdict.at) for premise in premises)
    assert all(model.by_name[name].low <= value <= model.by_name[name].high for name, value in verdict.at.items())
    game = model.at(**verdict.at)
    after = [one.path for equilibrium in solve(game.subgame((sanction,))) for one in equilibrium.outcomes]
    assert any(path[0] == "Concede" for path in after)
    at = verdict.at
    paid = at["alpha"] * at["A_F"] - at["k_Y"] if sanction == "Symbolic" else at["A_F"] - at["k_F"]
    if dropped == "strictness":
        assert paid == at["beta"]
    if dropped == "e > beta":
        assert paid <= at["beta"]
    if dropped == "E = 0":
        assert paid > at["beta"]
        assert at["E"] >= at["V_R"]


def test_no_random_payoffs_break_what_is_proved(plays_of: Plays) -> None:
    """The core result and the window of coercion, at admissible payoffs drawn until their premises hold."""
    model = retaliation.MODEL
    rng = random.Random(SEED)
    core = window = 0
    for _ in range(6_000):
        v = {q.name: q.low + (q.high - q.low) * Fraction(rng.randrange(0, 13), 12) for q in model.parameters}
        for ordered in (("k_Y", "k_F"), ("h_Y", "h_F"), ("rho_1", "rho_2", "rho_3"), ("c_1", "c_2", "c_3")):
            v.update(zip(ordered, sorted(v[name] for name in ordered), strict=True))
        v.update(zip(("gamma_1", "gamma_2", "gamma_3"), sorted(v[f"gamma_{k}"] for k in (1, 2, 3)), strict=True))
        if rng.random() < 0.7:
            v["E"] = Fraction(0)
        e = v["A_F"] - v["k_F"]
        best = max(Fraction(0), *(v[f"gamma_{k}"] - v[f"c_{k}"] for k in (1, 2, 3)))
        outside = e > v["beta"] and v["E"] == 0
        inside = -v["b"] < e < v["beta"] and v["h_F"] > v["V_R"] - v["E"] + best
        if not (outside or inside):
            continue
        answers = {path[0] for _, paths in plays_of(model.at(**v).subgame(("Full",))) for path in paths}
        said = f"seed {SEED}: {answers} at { {name: str(value) for name, value in v.items()} }"
        if outside:
            core += 1
            assert "Concede" not in answers, said
        else:
            window += 1
            assert answers == {"Concede"}, said
        if min(core, window) >= 150:
            break
    assert min(core, window) >= 150, f"seed {SEED}: {core}, {window}"


def test_the_islands_have_their_price() -> None:
    """With e > beta no payment below the islands' worth brings a concession."""
    premises = (net_payoff("Full") > retaliation.beta, retaliation.E < retaliation.V_R)
    assert isinstance(never_played(retaliation.MODEL, ("Full",), ("Concede",), premises), Proved)


def test_a_counterexample_keeps_what_it_can_at_the_defaults() -> None:
    model = model_of(Decision("A", {"l": leaf(x, 0), "r": leaf(y, 0)}), parameter(x, "1"), parameter(y, "1/3"))
    verdict = never_played(model, (), ("l",))
    assert isinstance(verdict, Refuted)
    assert verdict.at == {"x": Fraction(1), "y": Fraction(1, 3)}
    assert str(verdict) == "refuted at x = 1, y = 1/3"
    moved = never_played(model, (), ("r",), (x >= 1,))
    assert isinstance(moved, Refuted)
    assert moved.at["x"] == 1
    assert moved.at["y"] >= 1


def test_the_same_question_has_the_same_answer_however_often_it_is_asked() -> None:
    """A report must not depend on what was computed before it."""
    premises = (net_payoff("Full") > retaliation.beta,)
    verdicts = [never_played(retaliation.MODEL, ("Full",), ("Concede",), premises) for _ in range(4)]
    assert isinstance(verdicts[0], Refuted)
    assert [str(verdict) for verdict in verdicts] == [str(verdicts[0])] * 4


def test_ranges_and_assumptions_of_the_model_count_as_premises() -> None:
    root = Decision("A", {"l": leaf(x, 0), "r": leaf(y, 0)})
    ranged = model_of(root, parameter(x, "0", "-1", "0"), parameter(y, "1", "1/2", "2"))
    assert isinstance(never_played(ranged, (), ("l",)), Proved)
    below = Assumption(x < y, "for a test")
    bound = Model("tree", "Tree", ExtensiveGame(("A", "B"), root), (parameter(x, "0"), parameter(y)), (below,))
    assert isinstance(never_played(bound, (), ("l",)), Proved)
    assert isinstance(never_played(bound, (), ("r",)), Refuted)


def test_polynomial_payoffs_are_decided_too() -> None:
    model = model_of(Decision("A", {"l": leaf(x * y, 0), "r": leaf(x**2 + y**2, 0)}))
    assert isinstance(never_played(model, (), ("l",), (x > 0,)), Proved)
    assert isinstance(never_played(model, (), ("l",), (x >= 0,)), Refuted)


def test_what_holds_only_at_irrational_values_is_unsettled_and_not_a_guess() -> None:
    model = model_of(Decision("A", {"l": leaf(x**2, 0), "r": leaf(2, 0)}), parameter(x))
    verdict = never_played(model, (), ("l",), (x**2 <= 2,))
    assert isinstance(verdict, Unsettled)
    assert "irrational" in str(verdict)
    assert isinstance(never_played(model, (), ("l",), (x**2 < 2,)), Proved)


def test_probabilities_may_be_parameters() -> None:
    """With probability p of winning 2 against a sure 1, a bet is accepted from p = 1/2 on."""
    bet = Chance({"win": (p, leaf(2, 0)), "lose": (1 - p, leaf(0, 0))})
    model = model_of(Decision("A", {"bet": bet, "keep": leaf(1, 0)}), parameter(p, "1/4", "0", "1"))
    assert isinstance(never_played(model, (), ("bet",), (p < Rational(1, 2),)), Proved)
    verdict = never_played(model, (), ("bet", "win"))
    assert isinstance(verdict, Refuted)
    assert verdict.at["p"] >= Fraction(1, 2)


@pytest.mark.parametrize("default", ["0", "1/2"])
def test_an_event_of_probability_zero_does_not_hide_a_counterexample(default: str) -> None:
    """The bet is taken whatever p is; it is lost with probability p, which may or may not be zero."""
    bet = Chance({"lose": (p, leaf(2, 0)), "win": (1 - p, leaf(3, 0))})
    model = model_of(Decision("A", {"bet": bet, "keep": leaf(1, 0)}), parameter(p, default, "0", "1"))
    assert isinstance(never_played(model, (), ("bet", "lose")), Refuted)
    assert not isinstance(never_played(model, (), ("bet", "lose"), (Eq(p, 0),)), Refuted)


@pytest.mark.parametrize(
    "premises",
    [(x > 2,), (x > 0, x < 0), (x + y >= 3, x <= 0), (Eq(x, 1), Eq(x, 2)), (x**2 + y**2 < 0,)],
    ids=str,
)
def test_premises_that_contradict_each_other_or_the_ranges_prove_nothing(premises: tuple[Any, ...]) -> None:
    with pytest.raises(InputError, match="contradict"):
        never_played(model_of(GAMBLE), (), ("bet",), premises)


def test_premises_that_contradict_an_assumption_prove_nothing() -> None:
    with pytest.raises(InputError, match="contradict"):
        never_played(retaliation.MODEL, ("Full",), ("Concede",), (retaliation.k_Y > retaliation.k_F,))


@pytest.mark.parametrize(
    ("start", "play"),
    [
        ((), ("Bet",)),
        (("bet",), ("draw",)),
        (("nowhere",), ("bet",)),
        (("keep",), ("bet",)),
        ((), ("bet", "win", "again")),
    ],
)
def test_a_path_that_is_not_in_the_tree_is_refused(start: Path, play: Path) -> None:
    with pytest.raises(InputError, match="there is no action"):
        never_played(model_of(GAMBLE), start, play)


def test_a_premise_about_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(InputError, match=r"unknown parameter 'z'"):
        never_played(model_of(GAMBLE), (), ("bet",), (symbols("z") < x,))


@pytest.mark.parametrize(
    "premise",
    [sympy.false, x, x + y, x > 0.5, sympy.sin(x) > 0, "x < y", "__import__('os')", None, 1, (x > 0,)],
    ids=str,
)
def test_a_premise_that_is_no_inequality_between_formulas_is_refused(premise: Any) -> None:
    with pytest.raises(InputError) as error:
        never_played(model_of(GAMBLE), (), ("bet",), (premise,))
    assert "\n" not in str(error.value)


def test_a_premise_that_always_holds_takes_nothing_away() -> None:
    """An inequality between numbers, such as 1 > 0, is no longer a relation once sympy has it."""
    assert isinstance(never_played(model_of(GAMBLE), (), ("bet",), (x + 2 * y < 3, sympy.true)), Proved)


@pytest.mark.parametrize(
    ("premise", "proved"),
    [
        pytest.param(sympy.And(x < 1, Eq(y, 1)), True, id="both"),
        pytest.param(sympy.Or(x + 2 * y < 3, sympy.And(x < 0, y < 1)), True, id="one or the other, either is enough"),
        pytest.param(sympy.Or(x + 2 * y < 3, x < 0), False, id="one or the other, one is not enough"),
        pytest.param(sympy.Not(x + 2 * y >= 3), True, id="not"),
        pytest.param(sympy.Implies(x > -3, x + 2 * y < 3), True, id="an implication whose condition always holds"),
        pytest.param(sympy.And(Ne(x, y), x + 2 * y < 4), False, id="unequal"),
        pytest.param(sympy.Max(x, y) < 1, True, id="the greater of two"),
        pytest.param(sympy.Min(x, y) < 1, False, id="the lesser of two"),
        pytest.param(Every((x > 1, related(1 / x, "<", y), y < 1)), False, id="a quotient"),
        pytest.param(Every((x > 1, related(1 / x, ">", 1))), None, id="a quotient that contradicts"),
    ],
)
def test_premises_may_be_joined_and_need_not_be_polynomials(premise: Any, proved: bool | None) -> None:
    """The bet is taken exactly if x + 2 y ≥ 3."""
    model = model_of(GAMBLE)
    if proved is None:
        with pytest.raises(InputError, match="contradict"):
            never_played(model, (), ("bet",), (premise,))
        return
    verdict = never_played(model, (), ("bet",), (premise,))
    assert isinstance(verdict, Proved if proved else Refuted)


@pytest.mark.parametrize(
    ("payoff", "premise"), [(1 / x, x < 0), (1 / x, Eq(x, -2)), (Min(x, y), y < 0), (x / (1 + y**2), x < 0)], ids=str
)
def test_payoffs_may_be_quotients_and_minima(payoff: Any, premise: Any) -> None:
    model = model_of(Decision("A", {"l": leaf(payoff, 0), "r": leaf(0, 0)}))
    assert isinstance(never_played(model, (), ("l",), (premise,)), Proved)
    assert isinstance(never_played(model, (), ("l",)), Refuted)
    assert isinstance(never_played(model, (), ("r",), (premise,)), Refuted)


def test_a_play_of_no_moves_is_refused() -> None:
    with pytest.raises(InputError, match="at least one action"):
        never(())


def test_a_path_through_a_game_without_a_tree_is_refused() -> None:
    with pytest.raises(InputError, match="has no paths"):
        never_played(load("sanction-encounter"), (), ("Full",))


def test_plain_numbers_need_no_parameters() -> None:
    model = Model(
        "tree", "Tree", ExtensiveGame(("A", "B"), Decision("A", {"l": leaf(1, 0), "r": Outcome((Integer(2), 0))}))
    )
    assert isinstance(never_played(model, (), ("l",)), Proved)
    assert str(never_played(model, (), ("r",))) == "refuted at "


def test_a_claim_may_ask_what_is_chosen_and_what_would_follow_another_choice() -> None:
    """Where A enters exactly if B yields, entry is certain or a fight would follow it."""
    entry, fight = symbols("entry fight")
    where = {entry: Reach(("enter",)), fight: Reach(("fight",), after=("enter",))}
    asked = Holds(sympy.Or(entry >= 1, fight >= 1), where)
    assert isinstance(check(Claim("test", "A claim for a test.", model_of(ENTRY), asked)), Proved)
    wrong = Holds(entry >= 1, where)
    verdict = check(Claim("test", "A claim for a test.", model_of(ENTRY), wrong))
    assert isinstance(verdict, Refuted)
    assert "probability of fight after enter is 1" in verdict.breaks
