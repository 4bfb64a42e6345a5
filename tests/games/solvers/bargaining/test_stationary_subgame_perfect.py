"""Alternating offers, judged by backward induction and by single deviations written out here, which share no code."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import AlternatingOffers, Equilibrium, InputError, solve
from games.forms.alternating_offers import (
    ACCEPTABLE,
    AGREEMENT,
    BREAKDOWN,
    DEADLINE,
    LEAVE,
    NEVER,
    REFUSED,
    TALK,
    UNACCEPTABLE,
    WALKED,
)
from games.play.offers import deviations
from games.play.payoffs import payoffs_of
from games.play.quantities import Chosen, Payoff, Quantity, Reach, quantity_at
from games.play.regret import regret
from games.solvers.concept import CONCEPTS
from games.terms import Poly, poly, var
from laws.cases_at import Posed, alike, elsewhere, in_polynomials
from laws.counts import long

SEED = 1982
CONCEPT = CONCEPTS["stationary-subgame-perfect"]
COUNTS = [150, long(2_000)]
GRID = 24
WORTH_LEAVING = AlternatingOffers(
    ("B", "A"), {"A": "7/10", "B": "3/20"}, None, "1/4", outside={"A": "3/20", "B": "1/2"}, leavers=("A",)
)


def drawn(rng: random.Random, rounds: int | None, players: str = "AB", plain: bool = False) -> AlternatingOffers:
    """Talks in numbers that do not tie: with or without risk, floors, options inside and outside."""

    def part(low: int, high: int) -> Fraction:
        return Fraction(rng.randint(low * 9973, high * 9973), 2 * 9973) + Fraction(rng.randint(1, 99), 99991)

    def each(low: int, high: int) -> dict[str, Fraction]:
        return {player: part(low, high) for player in players}

    turns = list(players)
    rng.shuffle(turns)
    further: dict[str, Any] = {"inside": each(-1, 1)} if rng.random() < 0.5 else {}
    if rng.random() < 0.5:
        further |= {"breakdown_risk": Fraction(rng.randint(1, 10), 10), "breakdown": each(-1, 1)}
    if not plain:
        if rng.random() < 0.6:
            further |= {"outside": each(0, 1)}
            further |= {"leavers": (rng.choice(players),)} if rng.random() < 0.5 else {}
        further |= {"floors": {p: part(0, 1) for p in players if rng.random() < 0.5}} if rng.random() < 0.4 else {}
        if rng.random() < 0.2 and "inside" in further:
            further |= {"inside": {"Press": each(-1, 1), "Ease": each(-1, 1)}, "presser": rng.choice(players)}
            further |= {"deadline": each(-1, 1)} if rounds else {}
    discounts = {player: Fraction(rng.randint(0, 19), 20) for player in players}
    return AlternatingOffers(tuple(turns), discounts, rounds, Fraction(rng.choice((1, 2, 4)), 4), **further)


def backwards(game: AlternatingOffers, rounds: int) -> dict[str, Fraction]:
    """What everybody gets from the first of so many offers on, by backward induction, of two players."""
    inside = best_inside(game)
    later = {p: Fraction(v) for p, v in (game.deadline or inside).items()}
    for number in reversed(range(rounds)):
        proposer = game.proposers[number % len(game.proposers)]
        (responder,) = (p for p in game.players if p != proposer)
        waits, risk = {}, Fraction(game.breakdown_risk)
        for p in game.players:
            d = Fraction(game.discounts[p])
            waits[p] = risk * game.breakdown[p] + (1 - risk) * ((1 - d) * inside[p] + d * later[p])
        without = waits
        if responder in game.leavers and game.outside[responder] > waits[responder]:
            without = {p: Fraction(v) for p, v in game.outside.items()}
        least = without[responder]
        if responder in game.floors:
            least = max(least, Fraction(game.floors[responder]))
        kept = game.pie - least
        possible = proposer not in game.floors or kept >= game.floors[proposer]
        later = {proposer: kept, responder: least} if possible and kept > without[proposer] else dict(without)
    return later


def best_inside(game: AlternatingOffers) -> dict[str, Fraction]:
    """The inside option that the presser likes best; it is the one that all know of where nobody has a choice."""
    options = [dict(paid) for paid in game.pressures.values()]
    return max(options, key=lambda paid: paid[game.presser]) if game.presser else options[0]


def only(game: AlternatingOffers) -> Equilibrium:
    equilibria = solve(game)
    assert equilibria.exact
    assert equilibria.complete, equilibria
    (equilibrium,) = equilibria
    return equilibrium


@pytest.mark.parametrize("count", COUNTS)
def test_with_a_last_round_it_is_backward_induction(count: int) -> None:
    rng = random.Random(SEED)
    ends: Counter[str] = Counter()
    tied = 0
    for _ in range(count):
        rounds = rng.randint(1, 5)
        game = drawn(rng, rounds)
        listed = solve(game)
        if any("indifferent" in remark for remark in listed.remarks):
            # The judge breaks a tie in one way of several.
            assert any(one.payoffs == backwards(game, rounds) for one in listed), (SEED, game)
            tied += 1
            continue
        found = only(game)
        assert found.payoffs == backwards(game, rounds), (SEED, game)
        ends[found.outcomes[0].path[-1]] += 1
    assert tied <= count // 100, tied
    assert set(ends) == {AGREEMENT, WALKED, BREAKDOWN, DEADLINE}, ends


@pytest.mark.parametrize("count", COUNTS)
def test_without_one_it_is_the_limit_of_longer_and_longer_talks(count: int) -> None:
    """Two players and neither floors nor outside options: a round more changes less by a factor below one."""
    rng = random.Random(SEED)
    for _ in range(count):
        game = drawn(rng, None, plain=True)
        found = only(game)
        slope = max(Fraction(d) for d in game.discounts.values()) * (1 - Fraction(game.breakdown_risk))
        rounds = 2 * rng.randint(3, 12)
        distance = {p: abs(backwards(game, rounds)[p] - found.payoffs[p]) for p in game.players}
        assert max(distance.values()) <= slope**rounds * 6, (SEED, game)


@pytest.mark.parametrize("count", COUNTS)
def test_the_share_of_the_first_to_propose(count: int) -> None:
    """D₁ + (1 − D₁ − D₂)(1 − β₂)/(1 − β₁β₂), D being what talks for ever pay and β the weight of the next offer."""
    rng = random.Random(SEED)
    agreed = 0
    for _ in range(count):
        game = drawn(rng, None, plain=True)
        risk = Fraction(game.breakdown_risk)
        beta = {p: (1 - risk) * Fraction(game.discounts[p]) for p in game.players}
        inside = best_inside(game)
        never = {
            p: (risk * game.breakdown[p] + (1 - risk) * (1 - Fraction(game.discounts[p])) * inside[p]) / (1 - beta[p])
            for p in game.players
        }
        found, (first, second) = only(game), game.proposers
        if sum(never.values()) < game.pie:
            surplus = game.pie - sum(never.values())
            share = never[first] + surplus * (1 - beta[second]) / (1 - beta[first] * beta[second])
            assert found.payoffs == {first: share, second: game.pie - share}, (SEED, game)
            assert found.outcomes[0].path == (f"{first} proposes", AGREEMENT)
            agreed += 1
        else:
            assert found.payoffs == never, (SEED, game)
            assert found.outcomes[0].path[-1] in (NEVER, BREAKDOWN)
    assert count // 2 < agreed < count


def judged(game: AlternatingOffers, found: Equilibrium) -> Iterator[tuple[str, Fraction]]:
    """What every deviation adds, of every player in every state: a grid of divisions, both answers, every option.

    All is worked out anew from the payoffs that the equilibrium says to come next.
    """
    states, risk = list(game.states), Fraction(game.breakdown_risk)
    for number, state in enumerate(states):
        proposer = game.states[state]
        after = found.continuations[(states[(number + 1) % len(states)],)]
        option = found.strategies.get(f"{state}; talks go on", {"": 1})
        (inside,) = (game.pressures[label] for label, weight in option.items() if weight)
        talk = {}
        for p in game.players:
            d = Fraction(game.discounts[p])
            talk[p] = risk * game.breakdown[p] + (1 - risk) * ((1 - d) * inside[p] + d * after[p])
        ways = {}
        for p in game.players:
            if p != proposer:
                mix = found.strategies.get(f"{state}; {p} refuses", {TALK: 1})
                leaves = mix.get(LEAVE) == 1
                ways[p] = dict(game.outside) if leaves else talk
                if p in game.leavers:
                    yield f"{p} refuses", (talk if leaves else game.outside)[p] - ways[p][p]
        own = found.continuations[(state,)][proposer]
        for paid in ways.values():
            yield "an offer that nobody could accept", paid[proposer] - own
        responders = [p for p in game.players if p != proposer]
        least = {p: found.continuations[state, REFUSED][p] for p in responders}
        steps = [Fraction(k, GRID) * game.pie for k in range(-GRID // 2, GRID + 1)]
        offers = [dict(zip(responders, shares, strict=True)) for shares in product(steps, repeat=len(responders))]
        for offer in [*offers, least]:
            kept = game.pie - sum(offer.values())
            shares = {**offer, proposer: kept}
            if any(shares[p] < floor for p, floor in game.floors.items()):
                continue
            refusers = [p for p in responders if offer[p] < ways[p][p]]
            assert all(least[p] == ways[p][p] for p in responders)
            yield f"{offer}", max(ways[p][proposer] for p in refusers) - own if refusers else kept - own
        if game.presser:
            weight = (1 - risk) * (1 - Fraction(game.discounts[game.presser]))
            for other in game.pressures.values():
                yield "another inside option", weight * (other[game.presser] - inside[game.presser])


@pytest.mark.parametrize(("count", "players"), [(60, "AB"), long(1_500, "AB"), (8, "ABC")])
def test_no_deviation_of_anybody_in_any_state_pays(count: int, players: str) -> None:
    rng = random.Random(SEED)
    several = 0
    for _ in range(count):
        game = drawn(rng, None, players, plain=len(players) > 2 and rng.random() < 0.6)
        try:
            equilibria = solve(game)
        except InputError:
            continue
        several += len(equilibria) > 1
        assert equilibria.complete or len(equilibria) > 1 or len(players) > 2, (SEED, game)
        for found in equilibria:
            for what, gain in judged(game, found):
                assert gain <= 0, (SEED, game, what)
            assert max(deviation.gain for deviation in deviations(game, found.strategies)) <= 0
    assert several <= count // 4


def test_the_check_finds_what_is_no_equilibrium() -> None:
    game = AlternatingOffers(("A", "B"), {"A": "9/10", "B": "9/10"}, outside={"A": 0, "B": "3/5"}, leavers=("B",))
    strategies = {place: dict(mix) for place, mix in only(game).strategies.items()}
    assert regret(game, strategies) == {"A": 0, "B": 0}
    strategies["A proposes; B refuses"] = {TALK: Fraction(1), LEAVE: Fraction(0)}
    assert regret(game, strategies) == {"A": 0, "B": Fraction(3, 5) - Fraction(9, 19)}
    assert payoffs_of(game, strategies) == (Fraction(10, 19), Fraction(9, 19))
    strategies["B proposes"] = {ACCEPTABLE: Fraction(0), UNACCEPTABLE: Fraction(1)}
    assert regret(game, strategies)["B"] > 0
    with pytest.raises(InputError, match="give one choice for 'A proposes'"):
        regret(game, {**strategies, "A proposes": {ACCEPTABLE: Fraction(1, 2), UNACCEPTABLE: Fraction(1, 2)}})


def test_nobody_agrees_where_talking_is_worth_more() -> None:
    game = AlternatingOffers(("A", "B"), {"A": "1/2", "B": "1/2"}, inside={"A": "3/5", "B": "3/5"})
    found = only(game)
    assert found.payoffs == {"A": Fraction(3, 5), "B": Fraction(3, 5)}
    assert [(one.path, one.probability) for one in found.outcomes] == [((NEVER,), 1)]
    risky = replace(game, breakdown_risk=Fraction(1, 2))
    assert [(one.path, one.probability) for one in only(risky).outcomes] == [(("A proposes", AGREEMENT), 1)]
    worth_waiting = replace(risky, inside={"A": 2, "B": 2})
    assert [(one.path, one.probability) for one in only(worth_waiting).outcomes] == [((BREAKDOWN,), 1)]


def test_ties_are_said_and_make_the_list_incomplete() -> None:
    """Working on is worth as much as agreeing: offers that are accepted and offers that are refused are all best."""
    game = AlternatingOffers(("A", "B"), {"A": "1/2", "B": "1/2"}, inside={"A": "2/5", "B": "3/5"})
    equilibria = solve(game)
    assert len(equilibria) == 4
    assert not equilibria.complete
    assert equilibria.remarks == ("mixing adds more, since a player is indifferent at: A proposes; B proposes",)
    assert {tuple(one.payoffs.values()) for one in equilibria} == {(Fraction(2, 5), Fraction(3, 5))}


@pytest.mark.parametrize("players", ["ABC", "ABCD", "ABCDE"])
def test_several_players_in_turn(players: str) -> None:
    """With a common factor shares are as 1, δ, δ², …, in the order of the turns; only stationarity selects them."""
    delta = Fraction(4, 5)
    equilibria = solve(AlternatingOffers(tuple(players), dict.fromkeys(players, delta)))
    (found,) = equilibria
    total = sum(delta**k for k, _ in enumerate(players))
    assert list(found.payoffs.values()) == [delta**k / total for k, _ in enumerate(players)]
    assert "stationarity alone selects" in equilibria.remarks[0]


def test_what_is_known_of_other_equilibria_is_said() -> None:
    plain = AlternatingOffers(("A", "B"), {"A": "9/10", "B": "4/5"})
    for game, said in (
        (plain, "nothing else is subgame-perfect, however"),
        (replace(plain, rounds=3), "by backward induction: nothing else"),
        (replace(plain, outside={"A": 0, "B": "1/2"}), "nothing else is subgame-perfect, however"),
        (replace(plain, proposers=("A", "A", "B")), "nothing else is subgame-perfect, however"),
        (replace(plain, floors={"A": "1/2"}), "nothing else is subgame-perfect, however"),
        (AlternatingOffers(("A", "B", "C"), dict.fromkeys("ABC", "1/2")), "stationarity alone selects"),
        (WORTH_LEAVING, "leave open whether there are mixed equilibria"),
    ):
        assert said in solve(game).remarks[0]


def test_where_walking_away_is_worth_more_than_the_pie_two_plays_may_hold_themselves_up() -> None:
    """B would rather be left than agree. A leaves if the next division would be poor, which B's hope to be left makes
    it: or A talks on, and B, who then is not left, offers A enough."""
    equilibria = solve(WORTH_LEAVING)
    assert [one.outcomes[0].path for one in equilibria] == [("B proposes", AGREEMENT), ("B proposes", WALKED)]
    assert not equilibria.complete


def test_too_many_ways_to_play_are_refused() -> None:
    players = "ABCDEF"
    game = AlternatingOffers(tuple(players), dict.fromkeys(players, "1/2"), outside=dict.fromkeys(players, 0))
    with pytest.raises(InputError, match="ways to play in turn; at most"):
        solve(game)


# What the cases say, at numbers and with every entry a parameter of its own.


def asked(game: AlternatingOffers) -> list[Quantity]:
    states = list(game.states)
    found: list[Quantity] = [Chosen({place: own}) for place, menu in game.places.items() for own in menu]
    found += [Payoff(p, after) for p in game.players for after in ((), (states[-1],), (states[-1], REFUSED))]
    return [*found, *(Reach(path) for path in game.paths), Reach((states[0],))]


def values(game: AlternatingOffers, quantities: list[Quantity]) -> list[tuple[Fraction, ...]]:
    return [tuple(quantity_at(game, game, one, quantity) for quantity in quantities) for one in solve(game)]


@pytest.mark.parametrize("count", [25, long(400)])
def test_cases_at_numbers_play_what_the_solver_lists(count: int) -> None:
    assert CONCEPT.cases is not None
    rng = random.Random(SEED)
    for k in range(count):
        game = drawn(rng, rng.choice((None, 1, 2, 3)), plain=k % 3 == 0)
        quantities = asked(game)
        cases = CONCEPT.cases(in_polynomials(game), quantities)
        assert cases.is_ordered
        ours = [
            tuple(Fraction(v.at(at)) for v in cases.values.values() if isinstance(v, Poly))
            for _, at in cases.played({})
        ]
        assert Counter(ours) == Counter(values(game, quantities)), (SEED, game)


@pytest.mark.parametrize("rounds", [None, 1, 3])
def test_cases_in_formulas_say_the_same(rounds: int | None) -> None:
    """Every number a parameter: what the cases then say at numbers is what the solver lists there."""
    assert CONCEPT.cases is not None
    rng = random.Random(SEED)
    for plain in (True, False):
        game = drawn(rng, rounds, plain=plain)
        names = [f"u{k}" for k, _ in enumerate(game.entries)]
        quantities = asked(game)
        cases = CONCEPT.cases(game.with_entries(list(map(var, names))), quantities)
        for _ in range(3):
            other = drawn_like(game, rng)
            at = {name: poly(value) for name, value in zip(names, other.entries, strict=True)}
            posed = Posed(cases.put(at))
            for found in solve(other):
                assert posed.find(alike(posed.cases, other, other, found)) is not None, (SEED, other)
            assert posed.find(elsewhere(posed.cases, other, other, solve(other))) is None, (SEED, other)


def drawn_like(game: AlternatingOffers, rng: random.Random) -> AlternatingOffers:
    """The same with every number moved a little."""
    moved = []
    for value in game.entries:
        shifted = Fraction(value) * Fraction(rng.randint(90, 100), 100)
        moved.append(shifted)
    return game.with_entries(moved)


def test_what_is_said_to_exist_is_found() -> None:
    assert CONCEPT.exists_because is not None
    plain = AlternatingOffers(("A", "B"), {"A": "9/10", "B": "4/5"})
    assert "Brouwer" in CONCEPT.exists_because(plain)
    assert "backward induction" in CONCEPT.exists_because(replace(plain, rounds=2))
    assert CONCEPT.exists_because(replace(plain, floors={"A": "1/2"})) == ""


def test_quantities_off_the_path_count() -> None:
    game = AlternatingOffers(("A", "B"), {"A": "9/10", "B": "4/5"})
    found = only(game)
    for quantity, value in (
        (Payoff("A"), Fraction(5, 7)),
        (Payoff("A", ("B proposes",)), Fraction(9, 14)),
        (Payoff("A", ("A proposes", REFUSED)), Fraction(81, 140)),
        (Reach(("A proposes", AGREEMENT)), Fraction(1)),
        (Reach((NEVER,)), Fraction(0)),
    ):
        assert quantity_at(game, game, found, quantity) == value
