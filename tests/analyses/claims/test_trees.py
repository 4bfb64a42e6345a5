"""Claims about trees of perfect information, against the ordinary solver at every point of a rational grid."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest
import sympy
from sympy import Implies, Max, Min, Or, Rational, symbols

from analyses.claims import Claim, Proved, Refuted, Unsettled, always, check, never
from analyses.claims.check import admissible
from analyses.claims.check import holds as proves
from analyses.claims.conclusions import Holds
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, solve
from games.forms.extensive import Node, Path
from games.formulas.relations import holds_at
from games.formulas.values import evaluate
from games.model import Model
from games.parameters import Parameter, Unit
from games.play.payoffs import continuation_payoffs
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.solvers.equilibria import Equilibrium
from games.solvers.limits import interruptible
from games.sources import Assumed

SEED = 1928
GRID = [Fraction(k) for k in range(-2, 3)]
PLAYERS = ("A", "B")

x, y = symbols("x y")
told = symbols("told_0:3")

LINEAR = (x, y, x + y, x - y, 2 * x - 1, -y, sympy.Integer(0), sympy.Integer(1))
CURVED = (x * y, x**2 - y, Min(x, y), Max(x, -y), x / (y + 3), (x + 1) / (x - 3), x * y - Max(x, y), sympy.Integer(0))


def parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=1,
        low=-2,
        high=2,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def random_tree(rng: random.Random, payoffs: tuple[Any, ...], depth: int) -> Node:
    kind = rng.random()
    if depth == 0 or (depth < 3 and kind < 0.3):
        return Outcome(tuple(rng.choice(payoffs) for _ in PLAYERS))
    if depth < 3 and kind < 0.45:
        first = Rational(rng.randint(0, 4), 4)
        below = [random_tree(rng, payoffs, depth - 1) for _ in range(2)]
        return Chance({"e0": (first, below[0]), "e1": (1 - first, below[1])})
    number = rng.choice((2, 2, 3))
    return Decision(rng.choice(PLAYERS), {f"m{k}": random_tree(rng, payoffs, depth - 1) for k in range(number)})


def random_quantity(rng: random.Random, game: ExtensiveGame) -> Quantity:
    path = rng.choice(list(game.nodes))
    cut = rng.randint(0, len(path))
    match rng.randrange(4):
        case 0:
            return Payoff(rng.choice(PLAYERS), path)
        case 1:
            sets = rng.sample(list(game.information_sets), min(2, len(game.information_sets)))
            return Chosen({name: rng.choice(game.information_sets[name].actions) for name in sets})
    return Reach(path[cut:], path[:cut])


def random_conclusion(rng: random.Random, game: ExtensiveGame) -> Holds:
    """A relation about one to three quantities."""
    quantities = [random_quantity(rng, game) for _ in range(rng.choice((1, 1, 2, 3)))]
    where = dict(zip(told, quantities, strict=False))
    simple = []
    for symbol, quantity in where.items():
        if isinstance(quantity, Payoff):
            bound = rng.choice((x, y, sympy.Integer(0), sympy.Integer(1)))
            simple.append(rng.choice((symbol >= bound, symbol < bound)))
        else:
            simple.append(rng.choice((symbol > 0, symbol <= 0, symbol >= 1, symbol < 1, symbol >= Rational(1, 2))))
    if len(simple) == 1:
        return Holds(simple[0], where)
    return Holds(rng.choice((Or, sympy.And, Implies))(*simple[:2]), where)


def random_premise(rng: random.Random) -> Any:
    a, b = rng.choice([(1, 0), (0, 1), (1, 1), (1, -1), (2, -1)])
    side = a * x + b * y - Rational(rng.randint(-4, 4), 2)
    return rng.choice((side > 0, side >= 0, side < 0, side <= 0, Or(side > 1, x < y)))


def value_at(game: ExtensiveGame, found: Equilibrium, quantity: Quantity) -> Fraction:
    """The value of a quantity at an equilibrium, from the definition."""
    if isinstance(quantity, Payoff):
        paid = continuation_payoffs(game, found.strategies)[quantity.after]
        return Fraction(paid[game.players.index(quantity.player)])
    if isinstance(quantity, Chosen):
        weights = [found.strategies[name][action] for name, action in quantity.choices.items()]
    else:
        weights, at = [], quantity.after
        for step in quantity.path:
            node = game.nodes[at]
            if isinstance(node, Chance):
                weights.append(node.events[step][0])
            else:
                weights.append(found.strategies[game.information_set_at(at)][step])
            at = (*at, step)
    result = Fraction(1)
    for weight in weights:
        result *= Fraction(weight)
    return result


def is_true_at(claim: Claim, point: Mapping[sympy.Symbol, Fraction]) -> bool:
    """Whether the claim is true of the pure equilibria at a point, by the ordinary solver."""
    game = claim.model.game_at(point)
    assert isinstance(game, ExtensiveGame)
    assert isinstance(claim.conclusion, Holds)
    answers = []
    for found in solve(game):
        values = {symbol: value_at(game, found, quantity) for symbol, quantity in claim.conclusion.where.items()}
        answers.append(holds_at(claim.conclusion.formula, {**point, **values}))
    assert 0 < len(answers) < 1000
    return all(answers) if claim.every else any(answers)


def admissible_points(claim: Claim) -> Iterator[dict[sympy.Symbol, Fraction]]:
    for a, b in product(GRID, GRID):
        point = {x: a, y: b}
        if all(holds_at(premise, point) for premise in claim.premises):
            yield point


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("payoffs", "trees", "most_unsettled", "proved", "refuted"),
    [
        pytest.param(LINEAR, 40, 0, 5, 12, id="linear"),
        pytest.param(CURVED, 6, 0, 1, 2, id="some curved"),
        pytest.param(CURVED, 25, 3, 5, 12, id="curved", marks=pytest.mark.long),
    ],
)
def test_verdicts_on_random_trees_are_those_of_the_solver_on_a_grid(
    payoffs: tuple[Any, ...], trees: int, most_unsettled: int, proved: int, refuted: int
) -> None:
    rng = random.Random(SEED)
    counted = {"proved": 0, "refuted": 0, "unsettled": 0, "contradictory": 0}
    for number in range(trees):
        root = random_tree(rng, payoffs, 3)
        model = Model("tree", "Tree", ExtensiveGame(PLAYERS, root), (parameter(x), parameter(y)))
        assert isinstance(model.game, ExtensiveGame)
        premises = tuple(random_premise(rng) for _ in range(rng.choice((0, 1, 2))))
        claim = Claim("c", "A claim.", model, random_conclusion(rng, model.game), premises, every=rng.random() < 0.5)
        said = f"seed {SEED}, tree {number}: {claim!r}\n{model.game}"
        if admissible(claim) is False:
            with pytest.raises(InputError, match="contradict"):
                check(claim, 10)
            assert not list(admissible_points(claim)), said
            counted["contradictory"] += 1
            continue
        verdict = check(claim, 10)
        counted[verdict.verdict] += 1
        if isinstance(verdict, Proved):
            assert all(is_true_at(claim, point) for point in admissible_points(claim)), said
        elif isinstance(verdict, Refuted):
            point = {x: verdict.at["x"], y: verdict.at["y"]}
            assert all(-2 <= value <= 2 for value in point.values()), said
            assert all(holds_at(premise, point) for premise in claim.premises), said
            assert not is_true_at(claim, point), said
    print(f"\nseed {SEED}: {counted}")
    assert counted["unsettled"] <= most_unsettled, counted
    assert counted["proved"] >= proved, counted
    assert counted["refuted"] >= refuted, counted


def test_a_quantity_below_a_rival_beside_one_at_the_root() -> None:
    """What follows a rival action is told although the comparison at the root needs its payoffs as well."""
    inner = Decision("B", {"l": Outcome((x, y)), "r": Outcome((-x, 0))})
    game = ExtensiveGame(PLAYERS, Decision("A", {"stay": Outcome((sympy.Integer(0), 0)), "go": inner}))
    model = Model("tree", "Tree", game, (parameter(x), parameter(y)))
    goes, left = told[:2]
    where: dict[sympy.Symbol, Quantity] = {goes: Reach(("go",)), left: Reach(("l",), ("go",))}
    needed = Claim("c", "", model, Holds(Implies(sympy.And(goes >= 1, left >= 1), x >= 0), where))
    assert isinstance(check(needed), Proved)
    assert isinstance(check(Claim("c", "", model, Holds(Implies(goes >= 1, left >= 1), where))), Refuted)


def test_claims_about_any_values_know_no_ranges() -> None:
    game = ExtensiveGame(("A",), Decision("A", {"l": Outcome((x,)), "r": Outcome((sympy.Integer(5),))}))
    model = Model("tree", "Tree", game, (parameter(x),))
    assert isinstance(check(Claim("c", "", model, never(("l",)))), Proved)
    verdict = check(Claim("c", "", model, never(("l",)), bounded=False))
    assert isinstance(verdict, Refuted)
    assert verdict.at["x"] >= 5
    assert isinstance(check(Claim("c", "", model, never(("l",)), premises=(x < 5,), bounded=False)), Proved)


def test_ties_too_many_to_list_do_not_hide_that_no_equilibrium_is_as_claimed() -> None:
    """Twelve tied decisions make 4,096 equilibria; none of them takes the action that pays less."""
    tied: Node = Outcome((sympy.Integer(1), 0))
    for _ in range(12):
        tied = Decision("B", {"l": tied, "r": Outcome((sympy.Integer(1), 0))})
    game = ExtensiveGame(PLAYERS, Decision("A", {"in": tied, "out": Outcome((x, 0))}))
    model = Model("tree", "Tree", game, (parameter(x),))
    verdict = check(Claim("c", "", model, always(("out",)), every=False))
    assert isinstance(verdict, Refuted)
    assert verdict.at["x"] < 1
    assert isinstance(check(Claim("c", "", model, always(("out",)), premises=(x >= 1,), every=False)), Proved)


def large_model(leaves: int) -> tuple[Model, tuple[sympy.Symbol, ...], Path]:
    """A random tree, and the path that is followed when each constant is greater than the one before."""
    rng = random.Random(SEED)
    constants = symbols("c1:21")
    players = ("A", "B", "C")

    def tree(count: int) -> Node:
        if count == 1:
            return Outcome(tuple(rng.choice(constants) for _ in players))
        cuts = sorted(rng.sample(range(1, count), min(count, rng.choice((2, 3, 4))) - 1))
        parts = [high - low for low, high in zip([0, *cuts], [*cuts, count], strict=True)]
        return Decision(rng.choice(players), {f"m{k}": tree(part) for k, part in enumerate(parts)})

    def followed(node: Node) -> tuple[tuple[int, ...], Path]:
        if isinstance(node, Outcome):
            return tuple(constants.index(payoff) for payoff in node.payoffs), ()
        assert isinstance(node, Decision)
        below = {action: followed(child) for action, child in node.actions.items()}
        mover = players.index(node.player)
        best = max(below, key=lambda action: below[action][0][mover])
        return below[best][0], (best, *below[best][1])

    root = tree(leaves)
    source = Assumed("for a test")
    parameters = tuple(
        Parameter(c, meaning="a constant", default=k, low=-50, high=50, unit=Unit.PAYOFF, source=source)
        for k, c in enumerate(constants)
    )
    return Model("large", "Large", ExtensiveGame(players, root), parameters), constants, followed(root)[1]


@pytest.mark.untraced
@pytest.mark.parametrize("leaves", [200, *(pytest.param(leaves, marks=pytest.mark.long) for leaves in (500, 2_000))])
def test_a_large_tree_is_decided(leaves: int) -> None:
    model, constants, path = large_model(leaves)
    ordered = tuple(one < other for one, other in pairwise(constants))
    claim = Claim("c", "", model, always(path), ordered, every=False)
    assert proves(claim) is True
    verdict = check(claim.with_premises())
    assert isinstance(verdict, Refuted)
    point = {symbol: verdict.at[symbol.name] for symbol in constants}
    game = model.game_at(point)
    assert isinstance(game, ExtensiveGame)
    assert all(evaluate(entry, point) == value for entry, value in zip(model.game.entries, game.entries, strict=True))


@pytest.mark.parametrize("seconds", [0.05, 0.5])
def test_the_time_limit_is_kept(seconds: float) -> None:
    model, constants, path = large_model(6_000)
    rows = tuple(
        one + other < third for one, other, third in zip(constants, constants[1:], constants[2:], strict=False)
    )
    started = time.perf_counter()
    verdict = check(Claim("c", "", model, never(path), rows), seconds)
    assert time.perf_counter() - started < seconds + 1.5
    assert isinstance(verdict, Unsettled | Refuted)


def test_an_interruption_leaves_a_claim_unsettled_at_once() -> None:
    model, constants, path = large_model(6_000)
    ordered = tuple(one < other for one, other in pairwise(constants))
    claim = Claim("c", "", model, always(path), ordered)
    asked: list[float] = []

    def interrupt() -> None:
        asked.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    with interruptible():
        timer.start()
        verdict = check(claim, 60)
        stopped = time.perf_counter()
    timer.join()
    assert isinstance(verdict, Unsettled | Refuted)
    assert stopped - asked[0] < 2
