"""Three-card poker: Kuhn (1950), in Contributions to the Theory of Games I. It is worth −1/18 to the first player.

Both ante 1 and get one of three cards. The first player passes or bets 1; after a pass the second may bet, which the
first calls or folds; a bet the second calls or folds. The higher card wins. The game is written down from these rules
twice: in strategic form, cleared of weakly dominated strategies and solved for all that is left; and as a tree, solved
by its sequence form.
"""

from fractions import Fraction
from itertools import permutations, product

from games import Chance, Decision, ExtensiveGame, Outcome, StrategicGame, solve
from games.forms.reduced import plans, reduced_strategic_form
from games.play.regret import nash_regret, regret
from games.solvers.methods.elimination import eliminate
from games.solvers.methods.sequence_form import one_equilibrium

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


def tree() -> ExtensiveGame:
    """Information sets are named by the card in hand and by what has been done."""
    dealt = {}
    for first, second in DEALS:
        sign = 1 if first > second else -1
        showdown, called = Outcome((sign, -sign)), Outcome((2 * sign, -2 * sign))
        answer = Decision("First", {"call": called, "fold": Outcome((-1, 1))}, f"First {first}: passed, then bet at")
        dealt[f"{first} against {second}"] = (
            Fraction(1, len(DEALS)),
            Decision(
                "First",
                {
                    "bet": Decision("Second", {"call": called, "fold": Outcome((1, -1))}, f"Second {second}: bet at"),
                    "pass": Decision("Second", {"bet": answer, "pass": showdown}, f"Second {second}: passed to"),
                },
                f"First {first}",
            ),
        )
    return ExtensiveGame(("First", "Second"), Chance(dealt))


def test_the_tree_has_27_and_64_strategies_and_the_payoffs_of_the_strategic_form() -> None:
    form = reduced_strategic_form(tree())
    assert [len(own) for own in form.strategies.values()] == [len(plans(tree(), p)) for p in form.players] == [27, 64]
    assert sorted(form.payoffs.values()) == sorted(poker().payoffs.values())


def test_the_sequence_form_gives_the_value_exactly() -> None:
    for equilibria in (one_equilibrium(tree()), solve(tree(), "nash")):
        assert equilibria.exact
        assert len(equilibria) >= 1
        for equilibrium in equilibria:
            assert equilibrium.payoffs == {"First": Fraction(-1, 18), "Second": Fraction(1, 18)}
    (equilibrium,) = one_equilibrium(tree())
    assert nash_regret(tree(), equilibrium.strategies) == {"First": 0, "Second": 0}


def test_both_players_bluff_and_call_as_often_as_kuhn_found() -> None:
    """The first bluffs α ≤ 1/3 of the time, bets the highest card 3α, and calls with the middle one α + 1/3."""
    (equilibrium,) = one_equilibrium(tree())
    bluff = equilibrium["First 0"]["bet"]
    assert 0 <= bluff <= Fraction(1, 3)
    assert equilibrium["First 1"]["bet"] == 0
    assert equilibrium["First 2"]["bet"] == 3 * bluff
    assert equilibrium["First 1: passed, then bet at"]["call"] == bluff + Fraction(1, 3)
    assert equilibrium["Second 0: passed to"]["bet"] == Fraction(1, 3)
    assert equilibrium["Second 1: bet at"]["call"] == Fraction(1, 3)
    assert equilibrium["Second 2: bet at"]["call"] == equilibrium["Second 2: passed to"]["bet"] == 1
