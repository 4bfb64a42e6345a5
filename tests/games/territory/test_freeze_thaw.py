"""Freeze and thaw: the inequality of the closed form comes back from the game itself."""

import random
from collections import Counter
from fractions import Fraction
from functools import cache

import pytest
import sympy

from games import solve
from games.forms.repeated import RepeatedGame, trigger_strategies
from games.formulas.polynomials import Entries
from games.formulas.values import evaluate
from games.play.quantities import Chosen
from games.solvers.repeated.grim_trigger import cases
from games.terms import Poly, every, signs
from games.territory.freeze_thaw import CALM, FREEZE, MODEL, THAW, WAR, P, R, S, T, delta, epsilon, outcome_words, pi

SEED = 1984
assert isinstance(MODEL.game, RepeatedGame)
GAME = MODEL.game

NEEDED = 1 - delta * (1 - epsilon) - delta**2 * epsilon * (1 - pi) / (1 - delta * pi)


def at(**values: object) -> RepeatedGame:
    game = MODEL.at(**values)
    assert isinstance(game, RepeatedGame)
    return game


def thaws(game: RepeatedGame) -> bool:
    return any(equilibrium.outcomes[0].path == GAME.path(THAW) for equilibrium in solve(game))


@cache
def thawing() -> list[sympy.Expr]:
    """What must not be negative for the thaw to be kept up by the freeze."""
    entries = Entries()
    strategies = trigger_strategies(GAME, THAW, FREEZE)
    asked = [Chosen({who: own}) for who, mix in strategies.items() for own, weight in mix.items() if weight]
    found = cases(GAME.with_entries([entries(entry) for entry in GAME.entries]), asked)
    for taken in found.expanded():
        given = found.given(taken)
        values = [found.values[quantity] for quantity in asked]
        if all(value.put(given).constant == 1 for value in values if isinstance(value, Poly)):
            condition = every(said for _, said in found.case(taken))
            assert {sign.op for sign in signs(condition)} == {">="}
            by_name = {parameter.name: parameter.symbol for parameter in MODEL.parameters}
            return [sympy.sympify(sign.of.at(by_name)) for sign in signs(condition)]
    raise AssertionError("no case thaws")


def test_the_condition_of_the_thaw_is_the_closed_form_times_its_denominators() -> None:
    """Up to factors that are positive: 1 - δ, 1 - δπ and what comes of the odds; the same for both sides."""
    closed = ((R - P) - (T - P) * NEEDED) * (1 - delta * pi)
    kept = [condition for condition in thawing() if S not in condition.free_symbols]
    assert len(kept) == 1
    assert sympy.simplify(kept[0] - closed) == 0
    for condition in thawing():
        if condition not in kept:
            assert is_positive(sympy.cancel(condition / (P - S)))


def is_positive(factor: sympy.Expr) -> bool:
    """Whether a polynomial in probabilities and a discount factor below 1 is positive at many points."""
    rng = random.Random(SEED)
    for _ in range(50):
        point = {symbol: sympy.Rational(rng.randint(0, 99), 100) for symbol in (delta, epsilon, pi)}
        if factor.subs(point) <= 0:
            return False
    return not factor.free_symbols - {delta, epsilon, pi}


@pytest.mark.parametrize(
    ("chance", "lasting", "critical"),
    [
        ("0", "1/2", "0.5000000000"),
        ("1/10", "1/2", "0.5339479816"),
        ("1/10", "9/10", "0.5489380896"),
        ("1/2", "99/100", "0.9131378347"),
    ],
)
def test_critical_discount_factors(chance: str, lasting: str, critical: str) -> None:
    fixed = {T: 5, R: 3, P: 1, epsilon: sympy.Rational(chance), pi: sympy.Rational(lasting)}
    condition = next(c for c in thawing() if S not in c.free_symbols).subs(fixed)
    (root,) = [r for r in sympy.Poly(condition, delta).real_roots() if 0 <= r < 1]
    assert abs(sympy.N(root, 15) - sympy.Rational(critical)) < sympy.Rational(6, 10**11)
    for step in (-1, 1):
        near = Fraction(critical) + step * Fraction(1, 10**9)
        assert thaws(at(T=5, R=3, P=1, S=0, epsilon=chance, pi=lasting, delta=near)) == (step > 0)


@pytest.mark.untraced
def test_the_solver_finds_the_thaw_exactly_where_the_closed_form_holds() -> None:
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    for _ in range(400):
        low = sorted(Fraction(k, 100) for k in rng.sample(range(-200, 800), 4))
        values = dict(zip(("S", "P", "R", "T"), low, strict=True))
        values |= {name: Fraction(rng.randrange(100), 100) for name in ("delta", "epsilon", "pi")}
        point = MODEL.point(**values)
        expected = evaluate((R - P) / (T - P), point) >= evaluate(NEEDED, point)
        game = at(**values)
        assert thaws(game) == expected, (SEED, values)
        assert {outcome_words(e.outcomes[0].path) for e in solve(game)} == (
            {"Lasting freeze", "Thaw in times of calm"} if expected else {"Lasting freeze"}
        )
        seen[expected] += 1
    assert min(seen.values()) > 80


def test_exactly_at_the_critical_discount_factor_the_thaw_holds() -> None:
    assert thaws(at(epsilon=0, delta="1/2"))
    assert not thaws(at(epsilon=0, delta="499999999/1000000000"))


def test_what_exploits_the_other_plays_no_part_in_the_thaw() -> None:
    for exploited in ("0", "-2", "1/2"):
        assert thaws(at(S=exploited, epsilon="1/10", pi="9/10", delta="5490/10000"))
        assert not thaws(at(S=exploited, epsilon="1/10", pi="9/10", delta="5489/10000"))


def test_the_mean_freeze() -> None:
    """The expected number of rounds until calm returns, from the transitions of the game."""
    stays = GAME.transitions[WAR]["Press", "Press"][WAR]
    rounds = sympy.Symbol("rounds")
    (mean,) = sympy.solve(rounds - (1 + stays * rounds), rounds)
    assert sympy.simplify(mean - MODEL.quantities()["mean length of a war's freeze, in rounds"]) == 0
    assert at(pi="99/100").transitions[WAR]["Press", "Press"][CALM] == Fraction(1, 100)


def test_the_patience_left_over_tells_the_sign() -> None:
    rng = random.Random(SEED)
    for _ in range(50):
        values = {name: Fraction(rng.randrange(99), 100) for name in ("delta", "epsilon", "pi")}
        left = evaluate(MODEL.quantities()["(R − P)/(T − P) less what the thaw needs"], MODEL.point(**values))
        assert thaws(at(**values)) == (left >= 0), (SEED, values)
