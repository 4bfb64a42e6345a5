"""Claims about trees of imperfect information: signalling, matching pennies behind a move, empty threats."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Integer, Rational, symbols

from analyses.claims import Chosen, Claim, Holds, Payoff, Proved, Reach, Refuted, Unique, always, check, never
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, solve
from games.formulas.relations import holds_at
from games.model import Model
from games.parameters import Parameter, Unit
from games.play.quantities import quantity_at
from games.play.regret import nash_regret
from games.sources import Assumed

SEED = 1974
TREES = 24

x, y, p, b, q, r = symbols("x y p b q r")


def parameter(symbol: sympy.Symbol, default: str = "1/2", low: str = "-1", high: str = "2") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def breakfast() -> Model:
    """Cho & Kreps (1987), Quarterly Journal of Economics 102: beer and quiche, the own taste worth b, peace worth 2."""

    def answered(meal: str, strong: bool) -> Decision:
        likes = b if (meal == "beer") == strong else sympy.Integer(0)
        return Decision(
            "Rival",
            {"fight": Outcome((likes, 0 if strong else 1)), "defer": Outcome((likes + 2, 1 if strong else 0))},
            f"Rival sees {meal}",
        )

    meals = {
        strong: Decision("Guest", {meal: answered(meal, strong) for meal in ("beer", "quiche")}, name)
        for strong, name in ((True, "Guest is strong"), (False, "Guest is weak"))
    }
    root = Chance({"strong": (p, meals[True]), "weak": (1 - p, meals[False])})
    parameters = (parameter(p, "9/10", "0", "1"), parameter(b, "1", "1/10", "3/2"))
    return Model("breakfast", "Beer and quiche", ExtensiveGame(("Guest", "Rival"), root), parameters)


def claim(model: Model, conclusion: Any, premises: tuple[Any, ...], concept: str, every: bool = True) -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises, concept, every)


LIKELY_STRONG = (p > Rational(1, 2), p < 1, b < 2)
SEPARATE = Holds(
    sympy.Or(q < 1, r < 1), {q: Chosen({"Guest is strong": "beer"}), r: Chosen({"Guest is weak": "quiche"})}
)


@pytest.mark.parametrize("concept", ["nash", "subgame-perfect", "perfect-bayesian"])
def test_types_who_fear_a_fight_more_than_they_miss_their_meal_do_not_separate(concept: str) -> None:
    assert isinstance(check(claim(breakfast(), SEPARATE, LIKELY_STRONG, concept)), Proved)


@pytest.mark.untraced
def test_both_pooling_equilibria_stand_and_each_meets_deference() -> None:
    model = breakfast()
    for meal in ("beer", "quiche"):
        both = Holds(sympy.Or(q < 1, r < 1), {q: Chosen({"Guest is strong": meal}), r: Chosen({"Guest is weak": meal})})
        assert isinstance(check(claim(model, both, LIKELY_STRONG, "perfect-bayesian")), Refuted)
        assert isinstance(check(claim(model, both, LIKELY_STRONG, "perfect-bayesian", every=False)), Proved)
        met = Holds(
            sympy.Implies(sympy.And(q >= 1, r >= 1), sympy.Symbol("met") >= 1),
            {
                q: Chosen({"Guest is strong": meal}),
                r: Chosen({"Guest is weak": meal}),
                sympy.Symbol("met"): Chosen({f"Rival sees {meal}": "defer"}),
            },
        )
        assert isinstance(check(claim(model, met, LIKELY_STRONG, "perfect-bayesian")), Proved)


def test_a_likely_weak_guest_mixes() -> None:
    """With p < 1/2 beer cannot be pooled on: the rival would fight."""
    met = Holds(sympy.Or(q < 1, r < 1), {q: Chosen({"Guest is strong": "beer"}), r: Chosen({"Guest is weak": "beer"})})
    premises = (p > 0, p < Rational(1, 2))
    assert isinstance(check(claim(breakfast(), met, premises, "perfect-bayesian")), Proved)


THREAT = Decision(
    "A", {"enter": Decision("B", {"fight": Outcome((-1, x)), "yield": Outcome((1, 0))}), "stay": Outcome((0, 1))}
)
"""B threatens to fight, which pays it x: not credible if x < 0, but Nash."""


def test_an_empty_threat_is_nash_and_not_subgame_perfect() -> None:
    model = Model("threat", "Threat", ExtensiveGame(("A", "B"), THREAT), (parameter(x),))
    assert isinstance(check(claim(model, never(("stay",)), (x < 0,), "nash")), Refuted)
    assert isinstance(check(claim(model, never(("stay",)), (x < 0,), "subgame-perfect")), Proved)
    assert isinstance(check(claim(model, never(("stay",)), (x < 0,), "perfect-bayesian")), Proved)


def pennies_behind(stake: Any) -> ExtensiveGame:
    """A may leave with 1/4, or play matching pennies for ``stake``."""

    def guess(called: str) -> Decision:
        return Decision(
            "B",
            {g: Outcome((stake, -stake) if g == called else (-stake, stake)) for g in ("heads", "tails")},
            "B guesses",
        )

    calls = Decision("A", {c: guess(c) for c in ("heads", "tails")}, "A calls")
    return ExtensiveGame(("A", "B"), Decision("A", {"leave": Outcome((Rational(1, 4), 0)), "play": calls}))


def test_mixing_in_a_subgame() -> None:
    model = Model("pennies", "Pennies", pennies_behind(x), (parameter(x, "1", "1/2", "2"),))
    fair = Holds(sympy.Eq(q, Rational(1, 2)), {q: Chosen({"B guesses": "heads"})})
    assert isinstance(check(claim(model, fair, (), "subgame-perfect")), Proved)
    assert isinstance(check(claim(model, fair, (), "nash")), Refuted)
    assert isinstance(check(claim(model, always(("leave",)), (), "subgame-perfect")), Proved)
    worth = Holds(sympy.Eq(q, 0), {q: Payoff("A", after=("play",))})
    assert isinstance(check(claim(model, worth, (), "subgame-perfect")), Proved)
    reached = Holds(sympy.Eq(q, Rational(1, 4)), {q: Reach(("heads", "tails"), after=("play",))})
    assert isinstance(check(claim(model, reached, (), "subgame-perfect")), Proved)


def test_forgetful_players_are_refused() -> None:
    again = {"l": Outcome((1, 0)), "r": Outcome((0, x))}
    root = Decision("A", {"l": Decision("A", again, "again"), "r": Decision("A", again, "again")})
    model = Model("forgetful", "Forgetful", ExtensiveGame(("A", "B"), root), (parameter(x),))
    with pytest.raises(InputError, match="imperfect recall"):
        check(claim(model, never(("l",)), (), "nash"))


def random_tree(rng: random.Random) -> ExtensiveGame:
    """A moves, B sees part of it, payoffs are numbers or x."""

    def leaf() -> Outcome:
        return Outcome(tuple(rng.choice([-1, 0, 1, 2, x, 1 - x]) for _ in range(2)))

    def second(name: str) -> Decision:
        return Decision("B", {"l": leaf(), "r": leaf()}, name)

    first = {
        "a": second("B knows little"),
        "b": second("B knows little"),
        "c": rng.choice([leaf(), second("B knows c")]),
    }
    return ExtensiveGame(("A", "B"), Decision("A", first, "A moves"))


@pytest.mark.untraced
@pytest.mark.parametrize("concept", ["nash", "subgame-perfect", "perfect-bayesian"])
@pytest.mark.parametrize("piece", range(4))
def test_random_trees_against_a_grid(piece: int, concept: str) -> None:
    """What is proved holds in every equilibrium listed at every grid point; what is refuted fails where it is said."""
    for number in range(piece, TREES, 4):
        rng = random.Random(f"{SEED} {number}")
        game = random_tree(rng)
        model = Model("random", "Random", game, (parameter(x),))
        name = rng.choice(list(game.information_sets))
        action = rng.choice(game.information_sets[name].actions)
        bound = rng.choice([Rational(0), Rational(1, 2), Rational(1)])
        conclusion = rng.choice(
            [
                Holds(q <= bound, {q: Chosen({name: action})}),
                Holds(q >= bound, {q: Reach((rng.choice("ab"), "l"))}),
                Holds(q >= x, {q: Payoff(rng.choice("AB"))}),
            ]
        )
        asked = claim(model, conclusion, rng.choice([(), (x > 0,), (x < 1,)]), concept)
        verdict = check(asked, seconds=10)
        where = f"seed {SEED}, tree {number}: {asked!r}\n{game!r}\n{verdict}"
        ((symbol, quantity),) = conclusion.where.items()
        for value in [Fraction(k, 2) for k in range(-2, 5)]:
            if isinstance(verdict, Proved) and all(holds_at(premise, {x: value}) for premise in asked.premises):
                at = model.game_at({x: value})
                found = solve(at, concept)
                for equilibrium in found:
                    told = quantity_at(at, found.game, equilibrium, quantity)
                    assert holds_at(conclusion.formula, {x: value, symbol: told}), where
        if isinstance(verdict, Refuted):
            at = model.game_at({x: verdict.at["x"]})
            assert all(holds_at(premise, {x: verdict.at["x"]}) for premise in asked.premises), where
            (equilibrium,) = verdict.equilibria
            if set(equilibrium.strategies) == set(at.information_sets):
                assert not any(nash_regret(at, equilibrium.strategies).values()), where


@pytest.mark.long
def test_every_support_profile_is_gone_through() -> None:
    """The claim that some support is never played fails at each of the equilibria that the solver lists."""
    model = breakfast()
    game = model.at()
    found = solve(game, "perfect-bayesian")
    for equilibrium, name in product(found, game.information_sets):
        for action, weight in equilibrium[name].items():
            if weight:
                verdict = check(claim(model, never({name: action}), (), "perfect-bayesian"))
                assert isinstance(verdict, Refuted), (name, action)


def two_games_of_pennies() -> Model:
    """Chance leads to one of two games whose players know which, with the same actions; B mixes otherwise in each."""

    def pennies(number: int, stake: Any) -> Decision:
        def guess(call: str) -> Decision:
            pays = {own: (stake if own == call == "h" else int(own == call), int(own != call)) for own in "ht"}
            return Decision("B", {own: Outcome(paid) for own, paid in pays.items()}, f"B{number}")

        return Decision("A", {call: guess(call) for call in "ht"}, f"A{number}")

    drawn = {"one": ("1/2", pennies(1, Integer(1))), "two": ("1/2", pennies(2, 1 + x))}
    stake = Parameter(
        x, meaning="a stake", default="1", low="1/2", high="2", unit=Unit.PAYOFF, source=Assumed("for a test")
    )
    return Model("pennies", "Pennies", ExtensiveGame(("A", "B"), Chance(drawn)), (stake,))


@pytest.mark.parametrize("concept", ["nash", "subgame-perfect", "perfect-bayesian"])
def test_information_sets_with_the_same_actions_mix_each_for_itself(concept: str) -> None:
    """B plays h with probability 1/2 in the first game and 1/(2 + x) in the second, and nothing else."""
    model = two_games_of_pennies()
    first, second = (Chosen({f"B{number}": "h"}) for number in (1, 2))

    def verdict(formula: Any, quantity: Chosen, every: bool = True) -> Any:
        return check(Claim("c", "A claim.", model, Holds(formula, {p: quantity}), (), concept, every), 60)

    assert isinstance(verdict(sympy.Eq(p, Rational(1, 2)), first), Proved)
    assert isinstance(verdict(sympy.Eq(p * (2 + x), 1), second), Proved)
    assert isinstance(verdict(p <= Rational(1, 2), second, every=False), Proved)
    refuted = verdict(sympy.Ne(p, Rational(3, 8)), second)
    assert isinstance(refuted, Refuted)
    assert refuted.at == {"x": Fraction(2, 3)}
    assert isinstance(verdict(sympy.Eq(p, Rational(1, 2)), second), Refuted)
    assert isinstance(check(Claim("c", "A claim.", model, Unique(), (), concept), 60), Proved)


@pytest.mark.parametrize("name", ["B asked", "B"])
def test_a_mixture_within_a_component_refutes(name: str) -> None:
    """The solver lists its two ends; what lies between is verified as it stands, whatever the set is called."""
    entered = Decision("B", {"l": Outcome((0, 1)), "r": Outcome((x - 2, 1))}, name)
    game = ExtensiveGame(
        ("A", "B"), Decision("A", {"out": Outcome((3, 0)), "in": entered, "other": entered}, "A asked")
    )
    model = Model("idle", "Idle", game, (parameter(x),))
    verdict = check(claim(model, Holds(sympy.Or(p <= 0, p >= 1), {p: Chosen({name: "l"})}), (), "nash"), 60)
    assert isinstance(verdict, Refuted)
    (broken,) = verdict.equilibria
    assert 0 < broken[name]["l"] < 1
