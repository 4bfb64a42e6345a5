"""Grim-trigger equilibria, judged by regret over all ways to deviate, which knows nothing of single deviations."""

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from sympy import Min, Rational, Symbol, symbols

from games import InputError, StrategicGame, solve
from games.cases import Cases
from games.forms.repeated import RepeatedGame, trigger_strategies
from games.formulas.polynomials import Entries
from games.play.quantities import Chosen
from games.play.regret import regret
from games.solvers.repeated.grim_trigger import cases
from games.terms import Condition, Poly, every, holds, signs

SEED = 1971
PLAYERS = ("A", "B", "C")


def odds(rng: random.Random, states: tuple[str, ...]) -> dict[str, Fraction]:
    weights = [rng.randint(0, 3) for _ in states]
    weights[rng.randrange(len(states))] += 1
    return {state: Fraction(weight, sum(weights)) for state, weight in zip(states, weights, strict=True)}


def drawn(rng: random.Random, states: int, actions: int, players: int = 2) -> RepeatedGame:
    """A random game whose payoffs often tie and in which play moves the odds of the next state."""
    names, who = tuple(f"s{k}" for k in range(states)), PLAYERS[:players]
    stages = {}
    for name in names:
        menus = {player: tuple("xyz"[: rng.randint(1, actions)]) for player in who}
        stages[name] = StrategicGame(
            menus, {profile: tuple(rng.randint(0, 4) for _ in who) for profile in product(*menus.values())}
        )
    return RepeatedGame(
        stages,
        {player: Fraction(rng.randint(0, 9), 10) for player in who},
        {name: {profile: odds(rng, names) for profile in stage.profiles} for name, stage in stages.items()},
    )


GAMES = [
    *(drawn(random.Random(f"{SEED} {k}"), 1, 3) for k in range(10)),
    *(drawn(random.Random(f"{SEED} {k}"), 2, 2) for k in range(20)),
    *(drawn(random.Random(f"{SEED} {k}"), 3, 2) for k in range(5)),
    *(drawn(random.Random(f"{SEED} {k}"), 2, 2, players=3) for k in range(3)),
]


def pairs(game: RepeatedGame, rng: random.Random, most: int = 60) -> Iterator[dict[str, dict[str, Fraction]]]:
    """Trigger strategies, agreement and threat drawn at random, and those that follow one plan throughout."""
    plans = list(game.plans)
    for plan in plans[:most]:
        yield trigger_strategies(game, plan, plan)
    for _ in range(most):
        yield trigger_strategies(game, rng.choice(plans), rng.choice(plans))


class ByStrategies:
    """What must hold for trigger strategies to be an equilibrium: the conditions of the cases that play so."""

    def __init__(self, game: RepeatedGame) -> None:
        self.asked = [Chosen({place: own}) for place, menu in game.places.items() for own in menu]
        self.cases: Cases = cases(game, self.asked)
        self.known: dict[tuple[int, ...], Condition] = {}
        for taken in self.cases.expanded():
            given = self.cases.given(taken)
            values = [self.cases.values[quantity] for quantity in self.asked]
            play = tuple(int(value.put(given).constant or 0) for value in values if isinstance(value, Poly))
            self.known[play] = every(condition for _, condition in self.cases.case(taken))

    def __getitem__(self, strategies: Any) -> Condition:
        """False where no case plays so."""
        chosen = [next(iter(quantity.choices.items())) for quantity in self.asked]
        return self.known.get(tuple(int(strategies[who].get(own, 0)) for who, own in chosen), False)


@pytest.mark.untraced
@pytest.mark.parametrize("game", GAMES, ids=range(len(GAMES)))
def test_a_case_holds_exactly_where_nobody_has_regret_in_any_phase_and_state(game: RepeatedGame) -> None:
    rng, condition = random.Random(SEED), ByStrategies(game)
    for strategies in pairs(game, rng):
        assert condition[strategies] == (set(regret(game, strategies).values()) == {0}), (SEED, strategies)


def listed(game: RepeatedGame) -> Counter[Any]:
    return Counter(
        tuple((who, action) for who, mix in equilibrium.strategies.items() for action in mix if mix[action])
        for equilibrium in solve(game)
    )


@pytest.mark.parametrize("game", GAMES[:30], ids=range(30))
def test_every_agreement_that_a_threat_holds_up_is_listed_once(game: RepeatedGame) -> None:
    plans = list(game.plans)

    def stands(agreement: Any, threat: Any) -> bool:
        return set(regret(game, trigger_strategies(game, agreement, threat)).values()) == {0}

    threats = [plan for plan in plans if stands(plan, plan)]
    expected = [(plan, threat) for plan in plans for threat in threats if stands(plan, threat)]
    assert listed(game) == Counter(
        tuple((who, a) for who, mix in trigger_strategies(game, *pair).items() for a in mix if mix[a])
        for pair in expected
    )
    assert solve(game).complete


def test_payoffs_are_discounted_averages() -> None:
    """Summed round by round, until what is left is next to nothing."""
    for game in GAMES[:20]:
        for equilibrium in solve(game):
            plan = next(p for p in game.plans if game.path(p) == equilibrium.outcomes[0].path)
            for player in game.players:
                delta = Fraction(game.discounts[player])
                total, weight = 0.0, 1.0
                at = {state: float(state == game.start) for state in game.states}
                for _ in range(400):
                    total += weight * sum(p * game.stages[s].payoff(plan[s], player) for s, p in at.items())
                    weight *= float(delta)
                    following = dict.fromkeys(game.states, 0.0)
                    for state, p in at.items():
                        for after, q in game.transitions[state][plan[state]].items():
                            following[after] += p * float(q)
                    at = following
                assert abs(float(1 - delta) * total - float(equilibrium.payoffs[player])) < 1e-9


def in_formulas(game: RepeatedGame) -> tuple[RepeatedGame, dict[Symbol, Fraction]]:
    """The game with symbols for its discount factors and payoffs, and one for the odds of each two-way transition."""
    values: dict[Symbol, Fraction] = {}

    def symbol(name: str, value: Any) -> Symbol:
        values[Symbol(name)] = Fraction(value)
        return Symbol(name)

    stages = {
        state: stage.with_entries([symbol(f"u_{state}_{k}", v) for k, v in enumerate(stage.entries)])
        for state, stage in game.stages.items()
    }
    transitions: dict[str, Any] = {}
    for state in game.states:
        transitions[state] = {}
        for number, (profile, given) in enumerate(game.transitions[state].items()):
            first, *others = [
                symbol(f"p_{state}_{number}_{k}", v) for k, v in enumerate(list(given.values())[:-1])
            ] or [1]
            last = 1 - first - sum(others)
            transitions[state][profile] = dict(zip(given, [first, *others, last], strict=False))
    discounts = {player: symbol(f"d_{player}", value) for player, value in game.discounts.items()}
    return RepeatedGame(stages, discounts, transitions), values


@pytest.mark.untraced
def test_cases_in_formulas_hold_where_those_in_numbers_do() -> None:
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    for game in [*GAMES[2:8], *(g for g in GAMES[10:20] if g.plan_count <= 8)]:
        free, values = in_formulas(game)
        entries = Entries()
        numbers = ByStrategies(game)
        formulas = ByStrategies(free.with_entries([entries(entry) for entry in free.entries]))
        at = {symbol.name: value for symbol, value in values.items()}
        for strategies in list(pairs(game, rng, most=5)):
            assert holds(formulas[strategies], at) == numbers[strategies], (SEED, strategies)
            seen[bool(numbers[strategies])] += 1
    assert min(seen.values()) > 10


def test_formulas_that_are_no_polynomials_will_do() -> None:
    x, delta = symbols("x delta")
    stage = StrategicGame.bimatrix(
        [[Min(3, x), 0], [5, 1]], [[Min(3, x), 5], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")}
    )
    game = RepeatedGame({"stage": stage}, {"A": delta, "B": delta})
    both, none = {"stage": ("C", "C")}, {"stage": ("D", "D")}
    entries = Entries()
    found = ByStrategies(game.with_entries([entries(entry) for entry in game.entries]))
    condition = found[trigger_strategies(game, both, none)]
    assert any("[" in name for sign in signs(condition) for name in sign.of.names)
    for value, patience, expected in (
        (4, Rational(1, 2), True),
        (4, Rational(49, 100), False),
        (2, Rational(1, 2), False),
    ):
        point = {x: Fraction(value), delta: Fraction(str(patience))}
        whole = {symbol.name: number for symbol, number in point.items()}
        whole |= {name: number for name, number in entries.at(whole) if number is not None}
        assert holds(condition, whole) is expected


def test_without_a_threat_in_pure_actions_nothing_is_listed() -> None:
    pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    found = solve(RepeatedGame({"stage": pennies}, {"Row": "9/10", "Column": "9/10"}))
    assert (len(found), found.complete) == (0, True)
    assert any("to serve as a threat" in remark for remark in found.remarks)


def test_too_many_plans_are_refused() -> None:
    large = StrategicGame.bimatrix([[0] * 6] * 6, [[0] * 6] * 6)
    game = RepeatedGame({"one": large, "other": large}, {"Row": 0, "Column": 0})
    with pytest.raises(InputError, match="1296 ways to play by state; grim-trigger compares at most 1000"):
        solve(game)


def test_the_answer_as_a_table_and_as_data() -> None:
    found = next(answer for answer in map(solve, GAMES[10:]) if answer)
    text = str(found)
    assert "Phase and state" in text
    assert "after a breach: s0" in text
    data: Any = found.as_json("drawn")
    assert all(sum(Fraction(o["probability"]) for o in one["outcomes"]) == 1 for one in data["equilibria"])
