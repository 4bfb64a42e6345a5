"""Win-stay lose-shift (Pavlov) in the repeated prisoner's dilemma: Nowak & Sigmund (1993), Nature 364; T > R > P > S.

Against itself it cooperates for good; after a defection both defect once and then cooperate again. So two joint states
matter. A defection pays T and P and then R for good instead of R: it does not pay if (1 + δ) R ≥ T + δP, which is
δ ≥ (T − R)/(R − P), impossible unless R − P > T − R. After a defection both defect now: to cooperate instead pays S < P
now and puts off cooperation by a round. So it is subgame-perfect exactly from that threshold on.
"""

from fractions import Fraction

import pytest

from games import RepeatedGame, StrategicGame
from games.forms.automata import win_stay_lose_shift
from games.play.automata import verify_automata

PLAYERS = {"One": ("C", "D"), "Other": ("C", "D")}


@pytest.mark.parametrize(("t", "r", "p", "s"), [(4, 3, 1, 0), (5, 3, 1, 0), (5, 4, 1, 0), (7, 5, 2, -1), (9, 5, 1, 0)])
def test_pavlov_is_an_equilibrium_from_a_threshold_on(t: int, r: int, p: int, s: int) -> None:
    stage = StrategicGame.bimatrix([[r, s], [t, p]], [[r, t], [s, p]], PLAYERS)
    threshold = Fraction(t - r, r - p)
    for factor in {Fraction(k, 30) for k in range(30)} | {
        threshold - Fraction(1, 10**6),
        min(threshold, Fraction(29, 30)),
    }:
        game = RepeatedGame({"round": stage}, dict.fromkeys(PLAYERS, factor))
        found = verify_automata(game, {player: win_stay_lose_shift(game, player) for player in PLAYERS})
        assert found.payoffs == {"One": r, "Other": r}
        assert found.is_subgame_perfect == found.is_nash == (factor >= threshold)
        assert set(found.continuations) == {("cooperate", "cooperate"), ("defect", "defect")}
