"""Three-card poker: Kuhn (1950), in Contributions to the Theory of Games I. It is worth −1/18 to the first player.

Both ante 1 and get one of three cards. The first player passes or bets 1; after a pass the second may bet, which the
first calls or folds; a bet the second calls or folds. The higher card wins. The strategic form is written down from
these rules, cleared of weakly dominated strategies, and solved.
"""

from fractions import Fraction
from itertools import permutations, product

from games import StrategicGame, solve
from games.solvers.dominance import eliminate
from games.solvers.regret import regret

FIRST = ("bet", "pass, then call", "pass, then fold")
SECOND = ("call, else bet", "call, else pass", "fold, else bet", "fold, else pass")
DEALS = list(permutations(range(3), 2))


def won(first: str, second: str, wins: bool) -> int:
    """What the first player wins on one deal; ``wins`` says who has the higher card."""
    sign = 1 if wins else -1
    answer, alone = second.split(", else ")
    if first == "bet":
        return 2 * sign if answer == "call" else 1
    if alone == "pass":
        return sign
    return 2 * sign if first.endswith("call") else -1


def poker() -> StrategicGame:
    plans = [[" / ".join(plan) for plan in product(menu, repeat=3)] for menu in (FIRST, SECOND)]
    payoffs = {}
    for one, two in product(*plans):
        by_card, reply = one.split(" / "), two.split(" / ")
        total = sum(won(by_card[a], reply[b], a > b) for a, b in DEALS)
        payoffs[one, two] = (Fraction(total, len(DEALS)), Fraction(-total, len(DEALS)))
    return StrategicGame({"First": tuple(plans[0]), "Second": tuple(plans[1])}, payoffs)


def test_the_value_is_minus_one_eighteenth() -> None:
    game = poker()
    assert [len(own) for own in game.strategies.values()] == [27, 64]
    reduced = eliminate(game, weak=True).game
    equilibria = solve(reduced)
    assert equilibria.complete
    assert len(equilibria) > 1
    for equilibrium in equilibria:
        assert equilibrium.payoffs == {"First": Fraction(-1, 18), "Second": Fraction(1, 18)}
        whole = {p: {s: equilibrium[p].get(s, Fraction(0)) for s in game.strategies[p]} for p in game.players}
        assert regret(game, whole) == {"First": 0, "Second": 0}


def test_the_first_player_bluffs_a_third_as_often_as_it_bets_the_highest_card() -> None:
    reduced = eliminate(poker(), weak=True).game
    bluffs = set()
    for equilibrium in solve(reduced):
        bets = [
            sum(weight for plan, weight in equilibrium["First"].items() if plan.split(" / ")[card] == "bet")
            for card in range(3)
        ]
        assert bets[0] == bets[2] / 3
        assert bets[1] == 0
        bluffs.add(bets[0])
    assert (min(bluffs), max(bluffs)) == (0, Fraction(1, 3))
