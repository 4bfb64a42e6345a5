"""What carries a proof, against every set of premises tried one by one."""

import os
import random
import subprocess
import sys
from itertools import chain, combinations
from typing import Any

import pytest
import sympy
from sympy import Eq, Rational, symbols

from analyses.claims import Claim, Monotone, Payoff, Proved, Refuted, always, check, never
from analyses.claims.check import admissible, holds
from analyses.claims.questions.needed_premises import needed_premises
from analyses.claims.questions.subsets import mapped
from games import Decision, ExtensiveGame, InputError, Outcome
from games.forms.extensive import Node
from games.formulas.relations import holds_at, relation
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation as r
from games.sources import Assumed

SEED = 1855
TREES = 10

x, y = symbols("x y")
FULL = ("Full",)
NO_CONCESSION = never(("Concede",), FULL)


def parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(
        symbol, meaning="for a test", default="1", low="-2", high="2", unit=Unit.PAYOFF, source=Assumed("for a test")
    )


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(sympy.sympify(payoff) for payoff in payoffs))


def tree(root: Node, *assumptions: Any) -> Model:
    game = ExtensiveGame(("A", "B"), root)
    assumed = tuple(Assumption(relation, "for a test") for relation in assumptions)
    return Model("tree", "Tree", game, (parameter(x), parameter(y)), assumed)


ENTRY = Decision("A", {"enter": Decision("B", {"fight": leaf(-1, x), "yield": leaf(1, 0)}), "out": leaf(0, y)})
DETERRED = never(("enter",))
"""Nobody enters exactly if x > 0."""


def claim(model: Model, conclusion: Any, *premises: Any) -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises)


def sets(*several: tuple[Any, ...]) -> set[tuple[Any, ...]]:
    """Sets of premises as results have them."""
    return {tuple(map(relation, each)) for each in several}


def roles(result: Any) -> dict[str, str]:
    return {str(each.premise): each.role for each in result.premises}


def test_two_ways_to_prove_that_entry_is_deterred() -> None:
    result = needed_premises(claim(tree(ENTRY), DETERRED, x > 1, x > y, y >= 0, y <= 1))
    assert set(result.sufficient) == sets((x > 1,), (x > y, y >= 0))
    assert roles(result) == {
        "x > 1": "in some proofs",
        "x > y": "in some proofs",
        "y ≥ 0": "in some proofs",
        "y ≤ 1": "idle",
    }
    assert set(result.redundant) == sets((x > y, y >= 0, y <= 1), (x > 1, y <= 1))
    assert result.complete


def test_what_is_needed_comes_with_a_counterexample() -> None:
    result = needed_premises(claim(tree(ENTRY), DETERRED, x > y, y >= 0, x < 2))
    assert roles(result) == {"x > y": "needed", "y ≥ 0": "needed", "x < 2": "idle"}
    for each in result.premises[:2]:
        assert each.without is not None
        at = {symbol: each.without.at[symbol.name] for symbol in (x, y)}
        assert not holds_at(each.premise, at)
        assert at[x] <= 0


def test_assumptions_of_the_model_may_be_dropped_too() -> None:
    model = tree(ENTRY, x >= y, y >= Rational(1, 2))
    kept = needed_premises(claim(model, DETERRED, sympy.Ne(x, y)))
    assert kept.sufficient == ((),)
    assert roles(kept) == {"x ≠ y": "idle"}
    freed = needed_premises(claim(model, DETERRED, sympy.Ne(x, y)), assumptions=True)
    assert roles(freed) == {"x ≠ y": "idle", "x ≥ y": "needed", "y ≥ 1/2": "needed"}
    assert [each.is_assumption for each in freed.premises] == [False, True, True]


def test_what_carries_the_proof_that_relief_without_credit_buys_nothing() -> None:
    asked = claim(r.MODEL, NO_CONCESSION, r.A_F - r.k_F > r.beta, Eq(r.E, 0), r.h_F > 1, r.E <= r.V_R / 2)
    result = needed_premises(asked)
    assert roles(result) == {
        "A_F - k_F > beta": "needed",
        "E = 0": "in some proofs",
        "h_F > 1": "idle",
        "E ≤ V_R/2": "in some proofs",
    }
    assert len(result.sufficient) == 2
    assert result.complete
    whole = needed_premises(asked, assumptions=True)
    assert {each.role for each in whole.premises if each.is_assumption} == {"idle"}
    assert "23 assumptions of the model" in str(whole)


def random_tree(rng: random.Random, depth: int) -> Node:
    if depth == 0:
        numbers = [rng.choice((-2, -1, 0, 0, 1, 2)) for _ in range(6)]
        return leaf(*(a * x + b * y + c for a, b, c in (numbers[:3], numbers[3:])))
    return Decision(rng.choice("AB"), {f"m{k}": random_tree(rng, depth - 1) for k in range(2)})


def random_premise(rng: random.Random) -> Any:
    a, b = rng.choice([(1, 0), (0, 1), (1, 1), (1, -1), (2, -1)])
    side = a * x + b * y - Rational(rng.randint(-4, 4), 2)
    return rng.choice((side > 0, side >= 0, side < 0, side <= 0))


def test_all_minimal_sets_of_random_claims_are_found() -> None:
    """Every subset of the premises is checked; those that prove the claim and have no smaller one are the minimal."""
    rng = random.Random(SEED)
    judged = several = 0
    for number in range(TREES * 20):
        if judged == TREES:
            break
        game = ExtensiveGame(("A", "B"), random_tree(rng, 2))
        model = Model("tree", "Tree", game, (parameter(x), parameter(y)))
        play = rng.choice([path for path in game.nodes if path])
        premises = tuple(dict.fromkeys(relation(random_premise(rng)) for _ in range(4)))
        asked = claim(model, rng.choice((never, always))(play), *premises)
        if not admissible(asked) or not holds(asked) or holds(asked.with_premises()):
            continue
        judged += 1
        subsets = chain.from_iterable(combinations(asked.premises, size) for size in range(len(premises) + 1))
        proving = [set(each) for each in subsets if holds(asked.with_premises(*each))]
        minimal = [each for each in proving if not any(other < each for other in proving)]
        result = needed_premises(asked)
        said = f"seed {SEED}, tree {number}: {asked!r} in\n{game}\n{result}"
        assert result.complete, said
        assert {frozenset(each) for each in result.sufficient} == {frozenset(each) for each in minimal}, said
        several += len(minimal) > 1
        for each in result.premises:
            if each.role == "needed":
                assert all(each.premise in other for other in minimal), said
                assert isinstance(each.without, Refuted), said
    assert judged == TREES
    assert several >= 2


def test_a_monotone_dependence_is_looked_at_too() -> None:
    rises = Monotone(Payoff("B"), "x")
    asked = Claim("rises", "B gains by a greater x.", tree(ENTRY), rises, (y >= 1, x < 1))
    if isinstance(check(asked), Proved):
        assert needed_premises(asked).sufficient
    else:
        with pytest.raises(InputError, match="does not hold"):
            needed_premises(asked)


def test_premises_go_by_number() -> None:
    """What is written twice, or says the same in two ways, can be left out once, and no more."""
    result = needed_premises(claim(tree(ENTRY), DETERRED, x > 1, x > 1, 2 * x > 2))
    assert [each.role for each in result.premises] == ["in some proofs"] * 3
    assert len(result.sufficient) == 3


def test_a_monotone_dependence_supposes_a_premise_of_both_copies() -> None:
    """B gets x where A enters, which A does while B yields at x < 0, and y elsewhere."""
    asked = Claim("rises", "B gains by a greater x.", tree(ENTRY), Monotone(Payoff("B"), "x"), (y >= 0, x < 2, y > -1))
    assert isinstance(check(asked), Proved)
    result = needed_premises(asked)
    assert result.complete
    assert roles(result) == {"y ≥ 0": "needed", "x < 2": "idle", "y > -1": "idle"}


@pytest.mark.untraced
def test_the_answer_is_the_same_however_texts_are_hashed() -> None:
    """A set of texts has another order in each process; no answer may hang on it."""
    script = (
        "from sympy import Eq\n"
        "from analyses.claims import Claim, never\n"
        "from analyses.claims.questions.needed_premises import needed_premises\n"
        "from games.sanctions import retaliation as r\n"
        "premises = (r.A_F - r.k_F > r.beta, Eq(r.E, 0), r.h_F > 1, r.E <= r.V_R / 2)\n"
        "print(needed_premises(Claim('a', 'A.', r.MODEL, never(('Concede',), ('Full',)), premises)).as_json())\n"
    )
    found = set()
    for seed in "01":
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="does not hold"):
        needed_premises(claim(tree(ENTRY), DETERRED, x > -1))
    with pytest.raises(InputError, match="contradict"):
        needed_premises(claim(tree(ENTRY), DETERRED, x > 1, x < 1))


def test_the_result_is_plain_data() -> None:
    result = needed_premises(claim(tree(ENTRY), DETERRED, x > 1, x > y))
    assert len(result.table().rows) == 2
    assert result.as_json()["sufficient"] == [["x > 1"]]
    assert "Idle" in str(result)
    assert "<table" in result._repr_html_()


def test_the_map_of_sets_is_complete_and_says_when_it_is_not() -> None:
    rng = random.Random(SEED)
    for _ in range(20):
        wanted = [frozenset(rng.sample(range(6), rng.randint(0, 4))) for _ in range(rng.randint(0, 5))]
        found = mapped(6, lambda chosen, wanted=wanted: any(each <= chosen for each in wanted))
        assert set(found.minimal) == {each for each in wanted if not any(other < each for other in wanted)}
        assert all(not any(each <= large for each in wanted) for large in found.maximal)
        assert found.complete
    every_pair = mapped(8, lambda chosen: len(chosen) >= 2, most=5)
    assert (len(every_pair.minimal), every_pair.complete) == (5, False)
    unknown = mapped(3, lambda chosen: None if len(chosen) == 2 else len(chosen) == 3)
    assert (unknown.minimal, unknown.complete) == ((frozenset({0, 1, 2}),), False)
