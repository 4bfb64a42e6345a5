"""Tit for tat in the repeated prisoner's dilemma: Axelrod (1984), The Evolution of Cooperation; T > R > P > S.

Tit for tat against itself is a Nash equilibrium exactly if δ ≥ max((T − R)/(T − P), (T − R)/(R − S)) (Axelrod's second
proposition): the best that somebody else can do against it is to defect always, or every other round.

It is subgame-perfect only if no one deviation pays after any history, which leads to four joint states. Averages of a
round are R, P, and for play that alternates a = (T + δS)/(1 + δ) for who has just defected, b = (S + δT)/(1 + δ) for
the other. After cooperation by both: R ≥ a. After a defection by the one, who is to cooperate now while the other
defects: b ≥ P; the other, who is to defect, must not make peace instead: a ≥ R. After defection by both: P ≥ b. So
R = a and P = b, which is δ = (T − R)/(R − S) = (P − S)/(T − P): one discount factor, and only if
(T − R)(T − P) = (P − S)(R − S) (Kalai, Samet & Stanford 1988, International Journal of Game Theory 17).

Grim trigger is subgame-perfect exactly if δ ≥ (T − R)/(T − P) (Friedman 1971), and tit for two tats is no equilibrium
at any discount factor, since a single defection goes unpunished.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from games import RepeatedGame, StrategicGame
from games.forms.automata import Automaton, always, grim, tit_for_tat, tit_for_two_tats
from games.play.automata import VerifiedAutomata, equilibrium_condition, verify_automata
from games.terms import every, sign, var

PLAYERS = {"One": ("C", "D"), "Other": ("C", "D")}
PAYOFFS = [(5, 3, 1, 0), (4, 3, 1, 0), (10, 4, 2, 1), (3, 2, 1, -3), (6, 5, 2, 0)]
FACTORS = sorted({Fraction(k, 60) for k in range(60)} | {Fraction(k, 7) for k in range(7)})


def dilemma(payoffs: tuple[Any, ...], factor: Any) -> RepeatedGame:
    t, r, p, s = payoffs
    stage = StrategicGame.bimatrix([[r, s], [t, p]], [[r, t], [s, p]], PLAYERS)
    return RepeatedGame({"round": stage}, dict.fromkeys(PLAYERS, factor))


def played(strategy: Callable[..., Automaton], game: RepeatedGame) -> VerifiedAutomata:
    return verify_automata(game, {player: strategy(game, player) for player in PLAYERS})


@pytest.mark.parametrize("payoffs", PAYOFFS)
def test_tit_for_tat_is_nash_from_a_threshold_on(payoffs: tuple[int, ...]) -> None:
    t, r, p, s = payoffs
    threshold = max(Fraction(t - r, t - p), Fraction(t - r, r - s))
    edge = Fraction(t - r, r - s)
    on_the_edge = edge == Fraction(p - s, t - p)
    for factor in {*FACTORS, *(x for x in (threshold, edge) if x < 1)}:
        found = played(tit_for_tat, dilemma(payoffs, factor))
        assert found.payoffs == {"One": r, "Other": r}
        assert found.is_nash == (factor >= threshold)
        assert found.is_subgame_perfect == (on_the_edge and factor == edge)


def test_two_of_these_dilemmas_have_the_edge() -> None:
    """(T − R)(T − P) = (P − S)(R − S): with 4, 3, 1, 0 at δ = 1/3."""
    found = played(tit_for_tat, dilemma((4, 3, 1, 0), "1/3"))
    assert found.is_subgame_perfect
    assert set(found.continuations.values()) == {(3, 3), (1, 1), (3, 1), (1, 3)}
    other = played(tit_for_tat, dilemma((4, 3, 1, 0), "1/2"))
    assert (other.is_nash, other.is_subgame_perfect) == (True, False)
    assert other.deviation is not None
    assert set(other.deviation.at.values()) != {"cooperate"}


def test_the_four_conditions_as_formulas() -> None:
    T, R, P, S, delta = map(var, ("T", "R", "P", "S", "delta"))
    game = dilemma((T, R, P, S), delta)
    found = equilibrium_condition(game, {player: tit_for_tat(game, player) for player in PLAYERS})
    a, b = T + delta * S, S + delta * T
    assert found == every(
        sign(side * (left - right), ">=")
        for left, right in ((R * (1 + delta), a), (b, P * (1 + delta)))
        for side in (1, -1)
    )


@pytest.mark.parametrize("payoffs", PAYOFFS)
def test_grim_triggers_and_two_tats(payoffs: tuple[int, ...]) -> None:
    t, r, p, _ = payoffs
    threshold = Fraction(t - r, t - p)
    for factor in {*FACTORS, threshold}:
        found = played(grim, dilemma(payoffs, factor))
        assert found.is_subgame_perfect == found.is_nash == (factor >= threshold)
        assert not played(tit_for_two_tats, dilemma(payoffs, factor)).is_nash
    game = dilemma(payoffs, "1/2")
    assert verify_automata(game, {player: always(game, player, "D") for player in PLAYERS}).is_subgame_perfect
    T, R, P, S, delta = map(var, ("T", "R", "P", "S", "delta"))
    formulas = dilemma((T, R, P, S), delta)
    assert equilibrium_condition(formulas, {player: grim(formulas, player) for player in PLAYERS}) == every(
        [sign(delta * (T - P) - (T - R), ">="), sign((1 - delta) * (P - S), ">=")]
    )
