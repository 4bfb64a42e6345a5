"""Conclusions at given payoffs: on arrays as at single points, as the solvers say, and in order when time is short."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import And, Eq, Integer, Or, Rational, symbols

from analyses.claims import judgement, listed
from analyses.claims.claim import Claim
from analyses.claims.conclusions import Exists, Holds, Unique
from analyses.claims.judgement import FAILS, HOLDS, UNSEEN, _by_solving, judged, judged_all, judged_in_bulk, reading_of
from analyses.claims.share import premise_set, share
from analyses.sampling.draws import Drawing, Draws
from games import Decision, ExtensiveGame, GraphModel, InputError, Outcome, RepeatedGame, StrategicGame
from games.formulas.relations import Denied, Implied, related
from games.model import Model
from games.parameters import Parameter, Unit
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.sources import Assumed

SEED = 1986
x, y, h, u, v, w = symbols("x y h u v w")


def parameter(symbol: sympy.Symbol, low: str = "0", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=low,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def claim(model: Model, conclusion: Any, *premises: Any, **options: Any) -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises, **options)


def model(game: Any, *free: sympy.Symbol, name: str = "model") -> Model:
    return Model(name, "Model", game, tuple(map(parameter, free)))


def entry(rng: random.Random) -> Any:
    return rng.choice((x, y, x + y, 2 * x - 1, x * y, Integer(0), Integer(1), Rational(1, 2)))


def games(rng: random.Random) -> Iterator[tuple[Any, str, list[Quantity]]]:
    """One game of each form whose cases are in order, with a concept and quantities."""
    profiles = list(product(("a", "b"), ("d", "e", "f")))
    table = {profile: (entry(rng), entry(rng)) for profile in profiles}
    strategic = StrategicGame({"A": ("a", "b"), "B": ("d", "e", "f")}, table)
    yield strategic, rng.choice(("pure-nash", "payoff-dominant")), [Payoff("A"), Chosen({"A": "a"})]
    below = {m: Decision("B", {n: Outcome((entry(rng), entry(rng))) for n in "de"}) for m in "abc"}
    yield ExtensiveGame(("A", "B"), Decision("A", below)), "subgame-perfect", [Payoff("B"), Reach(("a",))]
    moves = {p: {s: tuple(t for t in "stu" if t != s and rng.random() < 0.6) for s in "stu"} for p in "AB"}
    graph = GraphModel({state: (entry(rng), entry(rng)) for state in "stu"}, moves)
    yield graph, rng.choice(("nash-stable", "sequentially-stable")), [Payoff("B"), Reach(("s",))]
    stage = StrategicGame({"A": ("a", "b"), "B": ("d", "e")}, {p: table[p] for p in profiles if p[1] != "f"})
    yield RepeatedGame({"only": stage}, {"A": (x + 1) / 3, "B": Rational(1, 4)}), "grim-trigger", [Payoff("A")]


def claims(rng: random.Random) -> Iterator[Claim]:
    for game, concept, quantities in games(rng):
        made = model(game, x, y)
        quantity = rng.choice(quantities)
        said = rng.choice([v <= 0, v > 0, v >= 1, v <= x, Eq(v, y), Or(v < y, x > y), And(v >= x, v >= y)])
        for conclusion in (Holds(said, {v: quantity}), Exists(), Unique()):
            yield claim(made, conclusion, concept=concept, every=rng.random() < 0.5)


def test_arrays_points_and_solvers_agree_where_payoffs_tie_everywhere() -> None:
    rng = random.Random(SEED)
    compared = certain = failing = 0
    for _ in range(12):
        for made in claims(rng):
            assert reading_of(made) is not None
            premises = premise_set(made)
            # Multiples of an eighth, the ends among them, at which the few formulas tie again and again.
            odd = np.array([[rng.randint(0, 8) * 2**22 for _ in premises.free] for _ in range(12)])
            draws = Draws(premises, odd)
            verdicts = judged_all(made, draws)
            _, sure = judged_in_bulk(made, draws)
            for row in range(len(draws)):
                point = draws.point(row)
                known = judged(made, point)
                where = f"seed {SEED}: {made.model.game} {made} at {point}"
                assert known is not None, where
                assert verdicts[row] == (HOLDS if known else FAILS), where
                if not (made.concept == "grim-trigger" and isinstance(made.conclusion, Unique)):
                    assert _by_solving(made, point) in (known, None), where
                compared += 1
                certain += bool(sure[row])
                failing += not known
    assert certain > 0.9 * compared, f"seed {SEED}: {certain} of {compared}"
    assert failing > compared / 5, f"seed {SEED}: {failing} of {compared}"


def test_draws_are_judged_in_order_when_time_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Floats settle every other draw, and all of those hold; the others fail, and time is up after thirty of them."""
    two = ExtensiveGame(("A",), Decision("A", {"a": Outcome((x,)), "b": Outcome((y,))}))
    made = claim(model(two, x, y), Holds(v <= 0, {v: Reach(("a",))}))
    (draws,) = Drawing(premise_set(made), SEED).batches(1_000)
    settled = np.arange(1_000) % 2 == 0
    looked: list[int] = []

    def fails(_: Any, __: Any) -> bool:
        looked.append(1)
        return False

    monkeypatch.setattr(judgement, "judged_in_bulk", lambda _, block: (settled[: len(block)], settled[: len(block)]))
    monkeypatch.setattr(judgement, "judged", fails)
    monkeypatch.setattr(judgement, "expired", lambda: len(looked) >= 30)
    verdicts = judged_all(made, draws)
    seen = verdicts[verdicts != UNSEEN]
    assert list(verdicts[: len(seen)]) == list(seen)
    assert (sum(seen == HOLDS), sum(seen == FAILS)) in ((30, 30), (31, 30))


def pennies(stake: Any, name: str) -> Model:
    """No equilibrium in pure strategies where the stake is above zero."""
    game = StrategicGame.bimatrix([[stake, -stake], [-stake, stake]], [[-stake, stake], [stake, -stake]])
    return model(game, x, name=name)


def test_existence_is_about_every_model() -> None:
    always = model(StrategicGame.bimatrix([[x + 1, 1], [0, 0]], [[x, 0], [1, 0]]), x, name="dominance")
    for first, second in ((always, pennies(x, "pennies")), (pennies(x, "pennies"), always)):
        made = claim(first, Exists(), also=(second,), concept="pure-nash")
        assert judged(made, {x: Fraction(1, 2)}) is False
        assert judged(made, {x: Fraction(0)}) is True
        assert _by_solving(made, {x: Fraction(1, 2)}) is False
        assert share(made).value == 0


def three_at_a_root() -> Model:
    """Each of three players is indifferent where the next two both act with a probability whose product is h."""
    strategies = dict.fromkeys("ABC", ("act", "rest"))
    payoffs = {}
    for profile in product(("act", "rest"), repeat=3):
        acting = [choice == "act" for choice in profile]
        row = []
        for k in range(3):
            others = all(acting[j] for j in range(3) if j != k)
            row.append((h - int(others)) if acting[k] else Integer(0))
        payoffs[profile] = tuple(row)
    return model(StrategicGame(strategies, payoffs), h)


@pytest.mark.parametrize("number", ["1/2", "1/3", "1/4"])
def test_what_hangs_on_an_equality_of_floats_is_left_open_and_never_wrong(number: str) -> None:
    """Where all mix, each acts with √h. That is no fraction but for h = 1/4; what is said is true either way."""
    game = three_at_a_root()
    mixes = {v: Chosen({"A": "act"}), w: Chosen({"B": "act"}), u: Chosen({"C": "act"})}
    somebody_is_sure = Or(*(symbol <= 0 for symbol in mixes), *(symbol >= 1 for symbol in mixes))
    point = {h: Fraction(number)}
    exact = True if number == "1/4" else None
    assert judged(claim(game, Holds(Or(somebody_is_sure, Eq(w**2, h)), mixes), concept="nash"), point) is exact
    if number != "1/4":
        assert judged(claim(game, Holds(And(v <= 0, w <= 0), mixes), concept="nash"), point) is False
    apart = Or(somebody_is_sure, And(w**2 > h - Rational(1, 100), w**2 < h + Rational(1, 100)))
    assert judged(claim(game, Holds(apart, mixes), concept="nash"), point) is not False


def test_relations_between_rough_values_are_read_with_care() -> None:
    values = {v: Fraction(1, 2) + Fraction(1, 10**9), x: Fraction(1, 2), y: Fraction(0)}
    rough = {v}
    for said, expected in (
        (related(v, "==", x), None),
        (related(v, "<=", x), None),
        (related(v, "<", x + 1), True),
        (related(v, "==", 1), False),
        (related(x, "==", Rational(1, 2)), True),
        (Denied(related(v, "==", x)), None),
        (Implied(related(y, ">", 0), related(v, "==", x)), True),
        (related(1 / (v - x), ">", 0), None),
        (related(1 / y + v, ">", 0), None),
        (related(1 / y, ">", 0), False),
    ):
        assert listed._clearly(said, values, rough) is expected, said
    both = (related(v, "==", x), related(v, ">", 2))
    assert listed._clearly(listed.Every(both), values, rough) is False
    assert listed._clearly(listed.Some(both), values, rough) is None


def test_too_many_ways_to_play_leave_a_point_open(monkeypatch: pytest.MonkeyPatch) -> None:
    tied = Decision("A", {"l": Outcome((x,)), "r": Outcome((x,))})
    made = claim(model(ExtensiveGame(("A",), tied), x), Holds(v <= 1, {v: Reach(("l",))}))
    assert judged(made, {x: Fraction(1)}) is True
    monkeypatch.setattr(judgement, "MOST_WAYS", 1)
    assert judged(made, {x: Fraction(1)}) is None


def test_a_payoff_that_divides_by_zero_is_an_error_that_says_where() -> None:
    made = claim(
        model(ExtensiveGame(("A",), Decision("A", {"a": Outcome((1 / x,)), "b": Outcome((y,))})), x, y), Exists()
    )
    with pytest.raises(InputError, match="a payoff divides by zero at x = 0"):
        judged(made, {x: Fraction(0), y: Fraction(1)})
    assert judged(claim(made.model, Holds(v > 1, {v: Payoff("A")})), {x: Fraction(1, 2), y: Fraction(1)}) is True


def test_shares_of_quotients_and_of_further_forms_are_exact_where_margins_are_linear() -> None:
    quotient = model(
        ExtensiveGame(("A",), Decision("A", {"a": Outcome((y / (x + 1),)), "b": Outcome((Rational(1, 2),))})), x, y
    )
    found = share(claim(quotient, Holds(v <= 0, {v: Reach(("a",))})))
    assert (found.exact, found.value) == (True, Fraction(3, 4))
    graph = GraphModel({"s": (x, y), "t": (y, x)}, {"A": {"s": ("t",)}, "B": {"t": ("s",)}})
    found = share(claim(model(graph, x, y), Holds(v >= 1, {v: Reach(("s",))})))
    assert found.exact
    assert found.value == Fraction(1, 2)
