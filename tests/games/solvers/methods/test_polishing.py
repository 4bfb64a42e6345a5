"""From near an equilibrium to one: exact where it is rational, and nothing false where there is none near."""

from fractions import Fraction
from itertools import product

from games import StrategicGame
from games.solvers.methods.mixtures import distance
from games.solvers.methods.payoff_scale import greatest_regret
from games.solvers.methods.polishing import polish


def volunteers(count: int, gain: int) -> StrategicGame:
    strategies = {f"P{k}": ("wait", "help") for k in range(count)}
    payoffs = {
        profile: tuple((gain - 1 if own == "help" else gain) if "help" in profile else 0 for own in profile)
        for profile in product(*strategies.values())
    }
    return StrategicGame(strategies, payoffs)


def test_rational_and_irrational_mixtures_are_polished() -> None:
    """Volunteers who all mix wait with probability (1/gain)^(1/(n−1)): 1/2 for gain 4, 1/√3 for gain 3."""
    for gain, wait, is_exact in ((4, 0.5, True), (3, 3**-0.5, False)):
        game = volunteers(3, gain)
        near = {player: {"wait": wait + 0.01, "help": 0.99 - wait} for player in game.players}
        polished = polish(game, near)
        assert polished is not None
        assert polished.is_exact == is_exact
        assert distance(polished.strategies, {p: {"wait": wait, "help": 1 - wait} for p in game.players}) < 1e-12


def test_one_player_alone_may_be_indifferent() -> None:
    game = StrategicGame({"Solo": ("a", "b", "c")}, {("a",): (1,), ("b",): (2,), ("c",): (2,)})
    polished = polish(game, {"Solo": {"a": 0, "b": 0.5, "c": 0.5}})
    assert polished is not None
    assert polished.strategies == {"Solo": {"a": 0, "b": Fraction(1, 2), "c": Fraction(1, 2)}}


def test_polishing_away_from_any_equilibrium_finds_nothing_false() -> None:
    game = volunteers(3, 3)
    for weight in (Fraction(1, 5), Fraction(9, 10)):
        polished = polish(game, {p: {"wait": weight, "help": 1 - weight} for p in game.players})
        assert polished is None or greatest_regret(game, polished.strategies) <= Fraction(1, 10**9)
