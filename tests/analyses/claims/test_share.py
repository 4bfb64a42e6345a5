"""The part of a premise set with the conclusion: closed forms, honest intervals, and draws that are what they say."""

import random
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from itertools import pairwise, permutations
from math import pi, sqrt
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.spatial import ConvexHull
from sympy import Eq, Or, Rational, symbols

from analyses.claims import (
    Chosen,
    Claim,
    Exists,
    Holds,
    Monotone,
    Payoff,
    Reach,
    Unique,
    always,
    never,
    sometimes,
)
from analyses.claims.judgement import FAILS, HOLDS, judged, judged_all, judged_in_bulk
from analyses.claims.share import Share, interval, premise_set, share
from analyses.sampling.draws import Drawing
from analyses.sampling.polytope import HalfSpace, box
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.forms.extensive import Node
from games.model import Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation
from games.solvers.limits import OutOfTimeError
from games.sources import Assumed

SEED = 1965

x, y, z, v = symbols("x y z v")


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


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(sympy.sympify(payoff) for payoff in payoffs))


def choice_among(*payoffs: Any) -> Model:
    """One player chooses among formulas, called a, b, c, ...; their symbols range from 0 to 1."""
    root: Node = Decision("A", {name: leaf(value, 0) for name, value in zip("abcdefgh", payoffs, strict=False)})
    used = sorted({s for value in payoffs for s in sympy.sympify(value).free_symbols}, key=str)
    return Model("choice", "Choice", ExtensiveGame(("A", "B"), root), tuple(map(parameter, used)))


def claim(model: Model, conclusion: Any, *premises: Any, **options: Any) -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises, **options)


TWO, THREE = choice_among(x, y), choice_among(x, y, z)
PAYS = Holds(v > Rational(1, 2), {v: Payoff("A")})


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(claim(TWO, never(("a",))), "1/2", id="the lesser half of a square"),
        pytest.param(claim(TWO, never(("a",)), x + y <= 1), "1/2", id="half of a triangle"),
        pytest.param(claim(TWO, never(("a",)), x < 2 * y), "2/3", id="two thirds of a trapezium"),
        pytest.param(claim(TWO, never(("a",)), x < Rational(1, 2)), "3/4", id="a box less a triangle"),
        pytest.param(claim(TWO, never(("a",)), Eq(x + 2 * y, 1)), "1/3", id="along a line"),
        pytest.param(claim(TWO, never(("a",)), x <= 0), "1", id="on an edge"),
        pytest.param(claim(TWO, never(("a",)), x <= y, y <= x), "0", id="on the diagonal either may be taken"),
        pytest.param(claim(TWO, never(("a",)), Eq(x, Rational(1, 3)), Eq(y, Rational(1, 3))), "0", id="at a point"),
        pytest.param(claim(TWO, never(("a",)), Or(x < Rational(1, 4), y < Rational(1, 4))), "1/2", id="an L"),
        pytest.param(claim(TWO, PAYS), "3/4", id="the greater payoff exceeds a half"),
        pytest.param(claim(TWO, PAYS, every=False), "3/4", id="in some equilibrium too"),
        pytest.param(claim(THREE, never(("a",))), "2/3", id="the greatest of three"),
        pytest.param(claim(THREE, never(("a",)), x + y + z <= 1), "2/3", id="in a simplex"),
        pytest.param(claim(THREE, never(("a",)), x < y), "1", id="a premise that settles it"),
        pytest.param(claim(THREE, always(("a",)), 2 * x > y + z), "2/3", id="three dimensions cut by a plane"),
        pytest.param(claim(TWO, Exists()), "1", id="an equilibrium exists"),
        pytest.param(claim(TWO, Unique()), "1", id="ties have no area"),
        pytest.param(claim(TWO, Monotone(Reach(("a",)), "x")), "1", id="pairs of values"),
        pytest.param(claim(choice_among(x * y, Rational(1, 4)), sometimes(("a",)), Eq(y, x)), "1/2", id="not linear"),
    ],
)  # fmt: skip
def test_shares_known_in_closed_form(made: Claim, expected: str) -> None:
    """Exactly, wherever all is linear; and an estimate that lies within four standard errors."""
    known = Fraction(expected)
    found = share(made, seed=SEED)
    linear = all(sympy.Poly(value, *made.symbols).total_degree() <= 1 for value in made.model.game.entries)
    assert found.exact == linear
    if linear:
        assert (found.value, found.low, found.high) == (known, known, known), found
    drawn = share(made, seed=SEED, samples=2_000, exact=False)
    assert not drawn.exact
    assert drawn.value is not None
    spread = sqrt(known * (1 - known) / max(drawn.effective, 1))
    assert abs(float(drawn.value) - known) <= 4 * spread + 1e-12, f"seed {SEED}: {drawn}"
    assert drawn.low <= drawn.value <= drawn.high


def test_a_curved_premise_is_drawn_from() -> None:
    found = share(claim(choice_among(x, y), PAYS, x**2 + y**2 < 1), seed=SEED)
    known = 1 - Rational(1, 4) / (pi / 4)
    assert not found.exact
    assert found.low <= known <= found.high, f"seed {SEED}: {found}"
    assert abs(found.acceptance - pi / 4) < 0.03


@pytest.mark.parametrize("dimension", [1, 2, 3, 4])
def test_the_pieces_of_a_cut_box_have_its_volume(dimension: int) -> None:
    rng = np.random.default_rng(SEED)
    for _ in range(4):
        pieces = [box([(Fraction(0), Fraction(1))] * dimension)]
        for _ in range(5):
            normal = tuple(Fraction(int(k)) for k in rng.integers(-3, 4, dimension))
            if not any(normal):
                continue
            cut = HalfSpace(normal, Fraction(int(rng.integers(-3, 4)), 2))
            pieces = [part for p in pieces for side in (cut, cut.opposite) if (part := p.within(side))]
        assert sum(piece.volume for piece in pieces) == 1, f"seed {SEED}"
        for piece in pieces if dimension > 1 else []:
            hull = ConvexHull([[float(c) for c in corner] for corner, _ in piece.corners])
            assert hull.volume == pytest.approx(float(piece.volume), abs=1e-9)


def defaults_but(*free: str) -> tuple[Any, ...]:
    """The parameters of the retaliation tree at their defaults, but for the free ones."""
    return tuple(
        Eq(p.symbol, Rational(p.default.numerator, p.default.denominator))
        for p in retaliation.PARAMETERS
        if p.name not in free
    )


def test_the_window_of_coercion_has_its_area() -> None:
    """−b ≤ A_F − k_F ≤ beta and h_F ≥ V_R + G, with h_F ≥ h_Y: 0.45 of 2 times 1.75 of 2.7."""
    model = retaliation.MODEL
    found = share(claim(model, always(("Concede",), after=("Full",)), *defaults_but("A_F", "h_F")))
    assert (found.value, found.exact) == (Fraction(45, 200) * Fraction(175, 270), True)
    assert "Exact area" in found.findings()[1]
    drawn = share(claim(model, always(("Concede",), after=("Full",)), *defaults_but("A_F", "h_F")), exact=False)
    assert drawn.low <= found.value <= drawn.high


def test_a_proved_claim_holds_at_every_draw_and_an_estimate_is_no_proof() -> None:
    model = retaliation.MODEL
    e, harms = retaliation.SANCTIONS["Full"][0], [retaliation.net_benefit("Full", rung) for rung in retaliation.RUNGS]
    window = (
        -retaliation.b < e,
        e < retaliation.beta,
        *(retaliation.h_F > retaliation.V_R - retaliation.E + g for g in harms),
    )
    found = share(claim(model, always(("Concede",), after=("Full",)), *window), samples=1_000, seed=SEED)
    assert (found.draws, found.held, found.undecided) == (1_000, 1_000, 0)
    assert found.low > 0.99
    assert found.high == 1
    assert "no proof" in found.findings()[0]
    assert "orders of" in found.findings()[1]


def plays_full(plays: set[Any], path: tuple[str, ...]) -> bool:
    return any(one[: len(path)] == path for _, paths in plays for one in paths)


@pytest.mark.parametrize(
    "premises", [(), (Eq(retaliation.A_F, retaliation.k_F + retaliation.beta),)], ids=["any", "tied"]
)
def test_draws_are_judged_as_brute_force_judges_them(
    premises: tuple[Any, ...], plays_at: Callable[..., set[Any]]
) -> None:
    """Also where payoffs tie everywhere, so that floats know nothing."""
    for path in (("Full", "Patrol"), ("Symbolic",), ("Full", "Concede")):
        made = claim(retaliation.MODEL, never(path), *premises)
        (draws,) = Drawing(premise_set(made), SEED).batches(40)
        verdicts = judged_all(made, draws)
        for row in range(len(draws)):
            point = draws.point(row)
            assert retaliation.MODEL.broken(point) is None
            said = plays_full(plays_at(retaliation.MODEL, {s.name: value for s, value in point.items()}), path)
            assert verdicts[row] == (FAILS if said else HOLDS), f"seed {SEED}: {path} at {point}"


def random_tree(rng: random.Random, depth: int) -> Node:
    if depth == 0 or rng.random() < 0.1:
        return leaf(*(rng.choice((x, y, x + y, 2 * x, 1, 0, x * y)) for _ in "AB"))
    below = {f"m{k}": random_tree(rng, depth - 1) for k in range(rng.choice((2, 2, 3)))}
    if rng.random() < 0.25 and depth < 3:
        return Chance({event: (Rational(1, len(below)), child) for event, child in below.items()})
    return Decision(rng.choice("AB"), below)


def test_bulk_and_single_judgements_agree_on_random_trees() -> None:
    """With chance, and payoffs that tie everywhere since few formulas are used; some in every, some in some way."""
    rng = random.Random(SEED)
    compared = in_bulk = failing = 0
    for number in range(40):
        root = Decision("A", {"m0": random_tree(rng, 2), "m1": random_tree(rng, 2)})
        model = Model("tree", "Tree", ExtensiveGame(("A", "B"), root), (parameter(x), parameter(y)))
        path = rng.choice([one for one in model.game.nodes if one])
        information_set = rng.choice(list(model.game.information_sets.values()))
        quantity = rng.choice(
            [Reach(path), Reach(path[1:], path[:1]), Chosen({information_set.name: "m0"}), Payoff("B", path[:-1])]
        )
        formula = rng.choice([v <= 0, v > 0, v >= 1, v <= x, sympy.Or(v < y, x > y)])
        made = claim(model, Holds(formula, {v: quantity}), every=rng.random() < 0.5)
        (draws,) = Drawing(premise_set(made), SEED).batches(12)
        verdicts = judged_all(made, draws)
        _, certain = judged_in_bulk(made, draws)
        for row in range(len(draws)):
            known = judged(made, draws.point(row))
            assert verdicts[row] == (HOLDS if known else FAILS), f"seed {SEED}, tree {number}: {made}"
            compared += 1
            in_bulk += bool(certain[row])
            failing += not known
    assert in_bulk >= compared / 2, f"seed {SEED}: {in_bulk} of {compared}"
    assert failing >= compared / 5, f"seed {SEED}: {failing} of {compared}"


def test_equilibria_of_games_in_strategic_form_are_judged_by_the_solver() -> None:
    """Matching pennies with a stake x: the opponent plays its first with 2/(x + 3), at least 2/5 where x ≤ 2."""
    pennies = StrategicGame.bimatrix([[x, -1], [-1, 1]], [[-1, 1], [1, -1]])
    model = Model("pennies", "Pennies", pennies, (parameter(x, "0", "4"),))
    first = Holds(v >= Rational(2, 5), {v: Chosen({"Column": "1"})})
    found = share(claim(model, first), samples=1_000, seed=SEED)
    assert not found.exact
    assert found.low <= 0.5 <= found.high, f"seed {SEED}: {found}"
    assert judged(claim(model, first), {x: Fraction(2)}) is True
    assert judged(claim(model, first), {x: Fraction(2) + Fraction(1, 10**12)}) is False
    encounter = load("sanction-encounter")
    kept = sympy.Eq(sympy.Symbol("r"), 1)
    quick = share(
        claim(encounter, never({"Japan": "Full", "Russia": "Patrol"}), kept, concept="pure-nash"), samples=300
    )
    slow = share(claim(encounter, never({"Japan": "Full", "Russia": "Patrol"}), kept, concept="nash"), samples=300)
    assert quick.held == slow.held
    assert slow.undecided == 0


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    made = claim(TWO, never(("a",)), x < 2 * y)
    seeds = range(80)
    covered = 0
    for seed in seeds:
        found = share(made, samples=250, seed=seed, exact=False)
        covered += found.low <= 2 / 3 <= found.high
    assert covered >= 0.9 * len(seeds), f"seeds 0 to {len(seeds) - 1}: {covered}"


def test_the_interval_of_dependent_draws_covers_the_truth() -> None:
    """A triangle a millionth of the square, halved by x + y = 1."""
    made = claim(choice_among(x + y, 1), never(("a",)), x > y + Rational(999, 1000))
    covered = 0
    for seed in range(12):
        found = share(made, samples=600, seed=seed, exact=False)
        assert "hit and run in 2 dimensions" in found.method
        assert found.effective <= found.draws
        covered += found.low <= 1 / 2 <= found.high
    assert covered >= 9, f"seeds 0 to 11: {covered}"
    assert share(made).value == Fraction(1, 2)


def test_the_interval_is_that_of_clopper_and_pearson() -> None:
    low, high = interval(5, 5, 50)
    assert (low, high) == (pytest.approx(0.03327509, abs=1e-7), pytest.approx(0.21813537, abs=1e-7))
    assert interval(0, 0, 10) == (0, pytest.approx(1 - 0.025**0.1))
    assert interval(0, 0, 0) == (0, 1)
    assert interval(2, 8, 10) == (interval(2, 2, 10)[0], interval(8, 8, 10)[1])


def test_orders_of_many_payoffs_are_sorted_into() -> None:
    """The k-th of 18 ordered payoffs has the mean k/19; nothing is rejected."""
    payoffs = symbols("a1:19")
    made = claim(choice_among(sum(payoffs), 0), never(("a",)), *(a < b for a, b in pairwise(payoffs)))
    drawing = Drawing(premise_set(made), SEED)
    (draws,) = drawing.batches(4_000)
    assert drawing.methods == ["orders of 18 parameters by sorting"]
    assert drawing.acceptance == 1
    for rank, symbol in enumerate(payoffs, start=1):
        assert abs(float(np.mean(draws.columns[symbol].value)) - rank / 19) < 0.01, f"seed {SEED}: {symbol}"


def test_partial_orders_are_lined_up_with_their_exact_probabilities() -> None:
    a, b, c, d, e = payoffs = symbols("a b c d e")
    below = [(a, c), (b, c), (b, d), (e, d)]
    lines = [line for line in permutations(payoffs) if all(line.index(p) < line.index(q) for p, q in below)]
    known = sum(line.index(a) < line.index(b) for line in lines) / len(lines)
    made = claim(choice_among(a, b, c + d + e - 4), never(("a",)), *(p < q for p, q in below))
    found = share(made, seed=SEED, exact=False)
    assert found.acceptance == 1
    assert found.low <= known <= found.high, f"seed {SEED}: {found}, {known}"


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    made = claim(TWO, never(("a",)), x < 2 * y)
    first, again, other = (share(made, seed=s, samples=500, exact=False) for s in (1, 1, 2))
    assert first == again
    assert first.held != other.held


def test_a_share_prints_itself() -> None:
    made = claim(TWO, never(("a",)))
    exact, drawn = share(made), share(made, exact=False, samples=100)
    assert repr(exact).startswith("The conclusion holds in 50.0 % of the payoffs that the premises allow (exactly 1/2")
    assert exact.as_json()["value"] == "1/2"
    assert "Clopper" in drawn.table().text()
    assert isinstance(drawn.as_json()["value"], float)
    for one in (exact, drawn):
        assert "<table" in one._repr_html_()
        assert "\n" not in " ".join(one.findings())


def test_what_time_does_not_allow_is_said() -> None:
    encounter = load("sanction-encounter")
    found = share(claim(encounter, never({"Japan": "Full"})), samples=100_000, seconds=0.3)
    assert found.draws < 100_000
    assert "the time was up" in " ".join(found.findings())
    assert found.low <= found.high
    none = share(claim(TWO, never(("a",))), exact=False, seconds=1e-9)
    assert (none.value, none.low, none.high) == (None, 0, 1)
    assert "nothing is known" in repr(none)


def test_premises_too_rare_to_be_drawn_leave_everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    import analyses.sampling.draws as module

    monkeypatch.setattr(module, "MOST_TRIED", 5_000)
    found = share(claim(TWO, never(("a",)), x**2 + y**2 < Rational(1, 10**8)), samples=10)
    assert isinstance(found, Share)
    assert found.value is None
    assert "too few draws satisfied the premises" in repr(found)


@pytest.mark.parametrize(
    ("premises", "options", "message"),
    [
        ((x > 2,), {}, "contradict"),
        ((x < y, y < x), {}, "contradict"),
        ((Eq(x**2 + y**2, 1),), {}, "not linear"),
        ((), {"samples": 0}, "number of samples"),
        ((), {"samples": 2.5}, "number of samples"),
        ((), {"seed": -1}, "seed"),
        ((), {"seconds": 0}, "time limit"),
    ],
)
def test_bad_input_is_refused_in_one_line(premises: tuple[Any, ...], options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        share(claim(TWO, never(("a",)), *premises), **options)
    assert "\n" not in str(error.value)


def test_an_unbounded_claim_has_no_share() -> None:
    with pytest.raises(InputError, match="leave their ranges"):
        share(claim(TWO, never(("a",)), bounded=False))
    with pytest.raises(InputError, match="unknown parameter"):
        claim(TWO, never(("a",)), symbols("w") > 0)


def test_a_claim_that_time_does_not_allow_to_read_has_no_share_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(_: Claim) -> None:
        raise OutOfTimeError

    monkeypatch.setattr(import_module("analyses.claims.share"), "premise_set", late)
    found = share(claim(TWO, PAYS))
    assert (found.value, found.low, found.high, found.draws) == (None, 0, 1, 0)
    assert "time was up" in found.findings()[1]
