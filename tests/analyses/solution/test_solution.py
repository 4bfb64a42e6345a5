"""Solutions with free parameters against the ordinary solvers at exact points, and against closed forms."""

import json
import random
from fractions import Fraction
from itertools import product

import pytest
import sympy
from sympy import Eq, Max, Symbol, symbols

from analyses.cli import main
from analyses.sampling.draws import some_points
from analyses.sampling.premise_set import PremiseSet
from analyses.solution import decisions, solve_free
from games import ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.forms.extensive import Chance, Decision
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.play.payoffs import continuation_payoffs
from games.sources import Assumed
from laws.counts import third
from laws.solutions_at import SEED, game_at, nash_agrees, plays_agree, points


def parameter(symbol: Symbol, low: int = 0, high: int = 1) -> Parameter:
    middle = Fraction(low + high, 2)
    return Parameter(
        symbol, meaning=f"{symbol}", default=middle, low=low, high=high, unit=Unit.PAYOFF, source=Assumed("a test")
    )


x, y = symbols("x y")
PUBLIC = Model(
    "cut",
    "Cut twice",
    StrategicGame.bimatrix([[x / 2, x], [1 - x, (1 - x) / 2]], [[x / 2, 1 - x], [x, (1 - x) / 2]]),
    (parameter(x),),
)


CUT = solve_free(PUBLIC, "x")


def test_a_public_example_is_cut_at_a_third_and_at_two() -> None:
    assert CUT.complete
    assert CUT.covers
    thick = [region for region in CUT.regions if not region.at_ties]
    assert [region.played for region in thick if len(region.strategies["Row"]) and region.open == ()]
    mixed = next(region for region in thick if "mixes" in region.played)
    assert mixed.strategies["Row"] == {"1": 3 * x - 1, "2": 2 - 3 * x}
    assert sympy.expand(mixed.payoffs["Row"] - 3 * x * (1 - x) / 2) == 0
    assert len(thick) == 5
    assert CUT.shares is not None
    assert CUT.shares.values[CUT.regions.index(mixed)] == Fraction(1, 3)
    inside = [cell for cell in CUT.cells if not cell.at_ties]
    assert sorted(len(cell.regions) for cell in inside) == [1, 1, 3]
    assert sorted(cell.example["x"] for cell in CUT.cells if cell.at_ties) == [Fraction(1, 3), Fraction(2, 3)]
    assert nash_agrees(CUT, points(CUT, 200)) > 300


def test_at_the_cuts_a_segment_stays_open() -> None:
    here = CUT.at(x="1/3")
    opened = [each for each in here if each.open]
    assert len(opened) == 2
    for each in opened:
        (between,) = each.open
        assert (between.low, between.high) == ((0,), (1,))


def test_the_inspection_game_in_general() -> None:
    """With all eight payoffs free, the mixture of the textbook: each keeps the other indifferent."""
    solution = solve_free(load("inspection"), "all")
    (region,) = solution.regions
    a, b, c, d = symbols("a_2 b_2 c_2 d_2")
    violates = region.strategies["Target"]["Violate"]
    assert sympy.simplify(violates - (d - c) / (a - b - c + d)) == 0
    assert solution.covers
    assert nash_agrees(solution, points(solution, 60)) > 40


@pytest.mark.parametrize(
    ("name", "free"),
    [
        ("sanction-retaliation", "E,beta"),
        ("sanction-retaliation", "A_F,k_F,b"),
        ("territorial-partition", "a,h"),
        ("territorial-partition", "L,ell"),
        pytest.param("finality", "all", marks=pytest.mark.long),
        ("relief-in-steps", "beta"),
    ],
)
def test_a_tree_is_solved_as_the_solver_does_at_every_point(name: str, free: str) -> None:
    solution = solve_free(load(name), free, seconds=60)
    assert solution.complete
    assert solution.covers
    assert plays_agree(solution, points(solution, 60)) >= 60


@pytest.mark.parametrize(("name", "free"), [("sanction-encounter", "E,beta"), ("sanction-encounter", "k_F")])
def test_an_encounter_with_structural_ties(name: str, free: str) -> None:
    solution = solve_free(load(name), free, concept="nash", seconds=60)
    assert solution.complete
    assert solution.covers
    assert nash_agrees(solution, points(solution, 40)) > 30


@pytest.mark.parametrize(
    "seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(5, third(30)))]
)
def test_random_bimatrix_games_of_two_parameters(seed: int) -> None:
    rng = random.Random(f"{SEED} {seed}")
    size = (2, 2) if seed % 3 else (2, 3)

    def entry() -> sympy.Expr:
        return rng.choice((x, y, x * y, 1 - x, x - y, sympy.Integer(rng.randint(-1, 1))))

    rows = [[entry() for _ in range(size[1])] for _ in range(size[0])]
    columns = [[entry() for _ in range(size[1])] for _ in range(size[0])]
    model = Model(f"random {seed}", "", StrategicGame.bimatrix(rows, columns), (parameter(x), parameter(y)))
    solution = solve_free(model, "all", seconds=120)
    assert solution.complete or all("irrational" in doubt for doubt in solution.doubts), (seed, solution.doubts)
    assert nash_agrees(solution, points(solution, 40))


@pytest.mark.parametrize(
    "seed",
    [1, 3, 5, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(third(30)) if seed not in (1, 3, 5))],
)
def test_random_trees_of_two_parameters(seed: int) -> None:
    rng = random.Random(f"{SEED} tree {seed}")

    def leaf() -> Outcome:
        menu = (x, y, x * y, 1 - x, x - y, sympy.Integer(0), sympy.Rational(1, 2), Max(x, y), 1 / (1 + x))
        return Outcome((rng.choice(menu), rng.choice(menu)))

    def node(depth: int, mover: int) -> Decision | Outcome | Chance:
        if depth == 0 or rng.random() < 0.15:
            return leaf()
        children = {label: node(depth - 1, 1 - mover) for label in "abc"[: rng.randint(2, 3)]}
        if rng.random() < 0.2 and len(children) == 2:
            return Chance({label: (Fraction(1, 2), child) for label, child in children.items()})
        return Decision("AB"[mover], children)

    root = Decision("A", {label: node(2, 1) for label in "abc"[: rng.randint(2, 3)]})
    model = Model(f"tree {seed}", "", ExtensiveGame(("A", "B"), root), (parameter(x), parameter(y)))
    solution = solve_free(model, "all", seconds=120)
    assert solution.complete or all("could not decide" in doubt for doubt in solution.doubts), (seed, solution.doubts)
    assert solution.covers is not False
    assert plays_agree(solution, points(solution, 60))


@pytest.mark.parametrize("payoff", [x * y, x * y * (x - y), x**2 * y, x**2 * (y - 1), (x - 1) * (y + 1)])
def test_the_sign_of_a_product_is_that_of_its_factors_together(payoff: sympy.Expr) -> None:
    """Also where one of them is zero at the point around which a region is found."""
    game = StrategicGame.bimatrix([[payoff], [0]], [[0], [0]])
    solution = solve_free(Model("product", "", game, (parameter(x, -2, 2), parameter(y, -2, 2))), "all")
    assert solution.complete
    assert nash_agrees(solution, points(solution, 60)) > 60


def test_cells_say_when_irrational_points_are_left_out() -> None:
    game = StrategicGame.bimatrix([[0, 0, 0]], [[x**2 - 2, 0, x - 1]])
    solution = solve_free(Model("irrational", "", game, (parameter(x, -1, 3),)), "x")
    assert not solution.cells_complete
    assert any(cell.example == {"x": 1} for cell in solution.cells)
    assert CUT.cells_complete


def test_an_answer_cut_short_says_so() -> None:
    names = symbols("u v w")
    rng = random.Random(SEED)
    entries = [rng.choice((*names, names[0] * names[1], 1 - names[2])) for _ in range(24)]
    table = {
        profile: tuple(entries[3 * number : 3 * number + 3]) for number, profile in enumerate(product("ab", "cd", "ef"))
    }
    game = StrategicGame({"A": ("a", "b"), "B": ("c", "d"), "C": ("e", "f")}, table)
    solution = solve_free(Model("three", "", game, tuple(map(parameter, names))), "all", seconds=2)
    assert not solution.complete
    assert solution.covers is not False


def test_numbers_that_are_chosen_are_formulas() -> None:
    model = load("cournot-duopoly")
    name = next(p.name for p in model.parameters if p.low < p.high)
    solution = solve_free(model, name)
    (region,) = [region for region in solution.regions if not region.at_ties][:1]
    assert set(region.numbers) == set(model.game.players)


def test_agreements_hold_up_where_the_future_counts_enough() -> None:
    model = load("freeze-and-thaw")
    solution = solve_free(model, "delta")
    assert solution.complete
    for at in points(solution, 60):
        listed = {tuple(sorted(e.payoffs.items())) for e in solve(game_at(solution, at))}  # type: ignore[arg-type]
        found = {tuple(sorted(here.payoffs.items())) for here in solution.at(**at)}
        assert found == listed, at


def test_stable_states_of_a_conflict() -> None:
    solution = solve_free(load("standoff"), "e,kappa")
    assert solution.complete
    for at in points(solution, 60):
        listed = sorted(str(e) for e in solve(game_at(solution, at)))  # type: ignore[arg-type]
        assert len(solution.at(**at)) == len(listed), at


def test_premises_and_values_narrow_what_is_admissible() -> None:
    model = load("sanction-retaliation")
    symbol = {p.name: p.symbol for p in model.parameters}
    whole = solve_free(model, "E,beta")
    half = solve_free(model, "E,beta", premises=[symbol["E"] <= 1, Eq(symbol["beta"], 1)], values={"h_F": 2})
    assert half.complete
    assert len(half.regions) < len(whole.regions)
    with pytest.raises(InputError, match="not admissible"):
        half.at(E="3/2", beta=1)
    assert half.point[symbol["h_F"]] == 2
    assert plays_agree(half, points(half, 0))


def test_neighbours_and_shares_fit_together() -> None:
    solution = solve_free(load("sanction-retaliation"), "E,beta")
    assert solution.shares is not None
    assert solution.shares.exact
    for number, several in enumerate(solution.neighbours, start=1):
        assert all(number in solution.neighbours[other - 1] for other in several)
    once = [cell for cell in solution.cells if not cell.at_ties and len(cell.regions) == 1]
    assert once
    assert sum(map(Fraction, solution.shares.values)) >= 1


@pytest.mark.parametrize("name", ["sanction-retaliation", "territorial-partition", "finality"])
def test_each_decision_of_every_equilibrium_is_one_that_is_told(name: str) -> None:
    found = decisions(load(name))
    assert found.complete
    told = {place: each for each in found.decided for place in each.places}
    model = load(name)
    allowed = PremiseSet(model.parameters, [assumption.relation for assumption in model.assumptions])
    seen = 0
    for at in some_points(allowed)[:20]:
        game = model.at(**at)
        assert isinstance(game, ExtensiveGame)
        assert told.keys() == game.information_sets.keys()
        for equilibrium in solve(game, "subgame-perfect"):
            follows = continuation_payoffs(game, equilibrium.strategies)
            values = dict(at)
            for path, paid in follows.items():
                after = ", ".join(map(repr, path)) or "nothing"
                names = (f"payoff of {player!r} after {after}" for player in game.players)
                values |= dict(zip(names, map(Fraction, paid), strict=True))
            for place, own in equilibrium.strategies.items():
                (action,) = (a for a, weight in own.items() if weight)
                assert action not in told[place].impossible, at
                assert all(part.of.at(values) >= 0 for part in told[place].actions[action]), (at, place)
                seen += 1
    assert seen >= 100
    assert str(found).count("whichever of") >= 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"free": "nothing"}, "has no parameter 'nothing'"),
        ({"free": "E,E"}, "named twice"),
        ({"free": ""}, "name at least one"),
        ({"free": [5]}, "a free parameter is 5"),
        ({"free": "E", "values": 5}, "the values is 5"),
        ({"free": "E", "values": {"E": 1}}, "free and has a value"),
        ({"free": "E", "values": {"k_Y": "9/10", "k_F": "1/10"}}, "does not hold that k_Y"),
        ({"free": "E", "premises": [Symbol("E") > 3]}, "nothing is admissible"),
        ({"free": "E", "concept": "logit"}, "is not solved with free parameters"),
    ],
)
def test_what_cannot_be_solved_is_told(given: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        solve_free(load("sanction-retaliation"), **given)  # type: ignore[arg-type]


def test_points_are_checked() -> None:
    with pytest.raises(InputError, match="is not free"):
        CUT.at(z=1)
    with pytest.raises(InputError, match="give a value to x"):
        CUT.at()
    with pytest.raises(InputError, match="outside the range 0 to 1"):
        CUT.at(x=2)


def test_a_model_whose_assumption_divides() -> None:
    game = StrategicGame.bimatrix([[1 / x, 0], [0, y]], [[1, 0], [0, 1]])
    positive = Model("divided", "", game, (parameter(x, 0, 2), parameter(y)), (Assumption(x > 0, "no zero"),))
    solution = solve_free(positive, "all")
    assert solution.complete
    assert nash_agrees(solution, points(solution, 60))


def test_the_command_prints_regions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "sanction-retaliation", "--free", "E"]) == 0
    told = capsys.readouterr().out
    assert "where E ≥ 1.25" in told
    assert "Complete, and proved" in told
    assert main(["solve", "inspection", "--free", "all", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["complete"]
    assert data["regions"][0]["strategies"]["Target"]["Violate"]
    assert main(["solve", "sanction-retaliation", "--free", "all", "--by-decision"]) == 0
    assert "14 decisions in 8 tables" in capsys.readouterr().out
    assert main(["solve", "inspection", "--free", "all", "--by-decision"]) == 2
    assert "no tree of perfect information" in capsys.readouterr().err
    assert main(["solve", "inspection", "--premise", "a_1 > 0"]) == 2
    assert "--free" in capsys.readouterr().err
