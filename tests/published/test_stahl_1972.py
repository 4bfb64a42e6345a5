"""Bargaining with a last round: Ståhl (1972), Bargaining Theory.

Two players offer in turn how to share a pie of one; after the last refusal both get nothing. With a common discount
factor the first to propose gets (1 − (−δ)^T)/(1 + δ) in T rounds. Once more, each round is solved as a tree: offers
from a grid that contains the responder's reservation value, and on refusal what the rest of the game is worth.
"""

from fractions import Fraction

import pytest

from games import AlternatingOffers, Decision, ExtensiveGame, Outcome, solve
from games.forms.extensive import Node

SHARES = [(1, "1"), (2, ".1"), (3, ".91"), (4, ".181"), (5, ".8371"), (6, ".24661")]


def talks(rounds: int, delta: Fraction) -> Fraction:
    """The share of the first to propose, from the game."""
    equilibria = solve(AlternatingOffers(("One", "Two"), {"One": delta, "Two": delta}, rounds))
    assert equilibria.complete
    (only,) = equilibria
    return Fraction(only.payoffs["One"])


@pytest.mark.parametrize(("rounds", "share"), SHARES)
def test_the_share_in_so_many_rounds(rounds: int, share: str) -> None:
    assert talks(rounds, Fraction(9, 10)) == Fraction(share)


@pytest.mark.parametrize("delta", [Fraction(1, 2), Fraction(2, 3), Fraction(19, 20)], ids=str)
def test_the_closed_form_of_the_game(delta: Fraction) -> None:
    for rounds in range(1, 40):
        assert talks(rounds, delta) == (1 - (-delta) ** rounds) / (1 + delta)


def first_share(rounds: int, delta: Fraction) -> Fraction:
    """The proposer's share in the equilibrium in which offers at the reservation value are accepted, from the last."""
    proposer = Fraction(0)
    for number in range(rounds):
        refused = Outcome((Fraction(0), delta * proposer)) if number else Outcome((0, 0))
        reservation = Fraction(refused.payoffs[1])
        menu = sorted({Fraction(k, 20) for k in range(21)} | {reservation})
        answers: dict[str, Node] = {
            f"offer {share}": Decision("Responder", {"Accept": Outcome((1 - share, share)), "Refuse": refused})
            for share in menu
        }
        equilibria = solve(ExtensiveGame(("Proposer", "Responder"), Decision("Proposer", answers)))
        values = {e.payoffs["Proposer"] for e in equilibria}
        proposer = Fraction(max(values))
        next_offer = min(share for share in menu if share > reservation)
        assert values == {proposer, 1 - next_offer}, (
            "indifferent, the responder may insist on the next offer of the grid"
        )
    return proposer


@pytest.mark.parametrize(("rounds", "share"), SHARES)
def test_the_first_share_at_a_discount_factor_of_nine_tenths(rounds: int, share: str) -> None:
    assert first_share(rounds, Fraction(9, 10)) == Fraction(share)


@pytest.mark.parametrize("delta", [Fraction(1, 2), Fraction(2, 3), Fraction(19, 20)], ids=str)
def test_the_closed_form(delta: Fraction) -> None:
    for rounds in range(1, 8):
        assert first_share(rounds, delta) == (1 - (-delta) ** rounds) / (1 + delta)


@pytest.mark.parametrize("rounds", [2, 3])
def test_the_whole_tree_comes_within_the_steps_of_its_grid(rounds: int) -> None:
    """Offers are multiples of 1/20 shifted off every reservation value, so that nobody is indifferent."""
    delta, step = Fraction(9, 10), Fraction(1, 20)

    def proposing(number: int) -> Node:
        if number == rounds:
            return Outcome((0, 0))
        proposer, responder = ("A", "B") if number % 2 == 0 else ("B", "A")
        refused, worth = proposing(number + 1), delta**number
        menu: dict[str, Node] = {}
        for k in range(20):
            share = step * k + step / 1009
            deal = (1 - share, share) if proposer == "A" else (share, 1 - share)
            menu[f"{share}"] = Decision(
                responder, {"Accept": Outcome(tuple(worth * part for part in deal)), "Refuse": refused}
            )
        return Decision(proposer, menu)

    (equilibrium,) = solve(ExtensiveGame(("A", "B"), proposing(0)))
    exact = (1 - (-delta) ** rounds) / (1 + delta)
    assert abs(equilibrium.payoffs["A"] - exact) <= (rounds - 1) * step
