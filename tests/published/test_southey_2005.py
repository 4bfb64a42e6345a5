"""Leduc hold'em: Southey, Bowling, Larson, Piccione, Burch, Billings & Rayner (2005), Bayes' bluff, UAI 21.

Six cards, two each of three ranks. Both players put in one chip and get a card; after a round of bets of two chips a
card is turned up, and there is a round of bets of four. A round has at most two bets. A pair with the card on the table
wins, else the higher rank. Programs for the game report that it is worth -0.0856 to the first player.
"""

from fractions import Fraction

import pytest

from games import Chance, Decision, ExtensiveGame, Outcome, solve
from games.forms.extensive import Node
from games.play.regret import nash_regret

RANKS = "JQK"
BETS = (2, 4)


def chances(known: str) -> dict[str, Fraction]:
    """The next card, two of each rank less what is known."""
    left = {rank: 2 - known.count(rank) for rank in RANKS}
    return {rank: Fraction(count, sum(left.values())) for rank, count in left.items() if count}


def showdown(cards: str, staked: int) -> Outcome:
    first, second, table = ((RANKS.index(card)) for card in cards)
    strength = [own + 3 * (own == table) for own in (first, second)]
    won = staked * ((strength[0] > strength[1]) - (strength[0] < strength[1]))
    return Outcome((won, -won))


def round_of_bets(cards: str, table: str, told: str, chips: tuple[int, int], mover: int, most: int) -> Node:
    """``told``: what was done; ``most``: how many bets the round still allows."""
    own, other = chips[mover], chips[1 - mover]

    def paying(amount: int) -> tuple[int, int]:
        return (amount, other) if mover == 0 else (other, amount)

    def on(done: str, paid: tuple[int, int], bets: int) -> Node:
        return round_of_bets(cards, table, told + done, paid, 1 - mover, bets)

    def closed(done: str) -> Node:
        if table:
            return showdown(cards + table, other)
        return Chance(
            {
                card: (odds, round_of_bets(cards, card, f"{told}{done}/", (other, other), 0, 2))
                for card, odds in chances(cards).items()
            }
        )

    bet = BETS[bool(table)]
    actions: dict[str, Node] = {}
    if own == other:
        actions["check"] = closed("k") if told.endswith("k") else on("k", chips, most)
    else:
        lost = own if mover == 0 else -own
        actions["fold"] = Outcome((-lost, lost))
        actions["call"] = closed("c")
    if most:
        actions["bet"] = on("b", paying(other + bet), most - 1)
    player = ("First", "Second")[mover]
    return Decision(player, actions, f"{player} {cards[mover]}{table}: {told}".rstrip())


def leduc() -> ExtensiveGame:
    deals = {
        first + second: (chances("")[first] * odds, round_of_bets(first + second, "", "", (1, 1), 0, 2))
        for first in RANKS
        for second, odds in chances(first).items()
    }
    return ExtensiveGame(("First", "Second"), Chance(deals))


def test_its_value_is_exact_and_what_programs_report() -> None:
    game = leduc()
    assert (len(game.outcomes), len(game.information_sets)) == (1116, 288)
    (equilibrium,) = found = solve(game, "nash")
    assert found.exact
    assert set(nash_regret(game, equilibrium.strategies).values()) == {0}
    assert float(equilibrium.payoffs["First"]) == pytest.approx(-0.085606424, abs=1e-9)


def test_where_the_house_keeps_a_tenth_of_what_is_won_one_equilibrium_is_found() -> None:
    """The game is then not one of pure conflict. Whole entries are payoffs, the others probabilities."""
    game = leduc()
    kept = game.with_entries(
        entry * Fraction(9, 10) if entry > 0 and entry.denominator == 1 else entry for entry in game.entries
    )
    assert len({sum(outcome.payoffs) for outcome in kept.outcomes.values()}) > 1
    (equilibrium,) = found = solve(kept, "nash")
    assert found.exact
    assert set(nash_regret(kept, equilibrium.strategies).values()) == {0}
    assert sum(equilibrium.payoffs.values()) < 0
