"""Derivatives of equilibria against exact finite differences of the solvers, against formulas, and at ties."""

import json
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Rational, symbols

from analyses.cli import main
from analyses.solution import derivatives, solve_free
from analyses.solution.gradients import Equations
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

STEP = Fraction(1, 10**6)
x, y = symbols("x y")


def parameter(symbol: sympy.Symbol, default: str = "1/2", low: int = 0, high: int = 1) -> Parameter:
    return Parameter(
        symbol, meaning=str(symbol), default=default, low=low, high=high, unit=Unit.PAYOFF, source=Assumed("a test")
    )


def quantities(equilibrium: Any) -> dict[str, Fraction]:
    """What a solver says of an equilibrium, under the names that derivatives have."""
    found = {f"payoff of {player}": value for player, value in equilibrium.payoffs.items()}
    found |= {
        f"probability of {choice} ({place})": weight
        for place, mix in equilibrium.strategies.items()
        for choice, weight in mix.items()
    }
    return found | {f"choice of {player}": value for player, value in equilibrium.choices.items()}


def moving(told: dict[str, Fraction]) -> dict[str, Fraction]:
    """Those that have derivatives: probabilities of 0 and 1 have none."""
    return {name: v for name, v in told.items() if not name.startswith("probability") or 0 < v < 1}


def supports(equilibrium: Any) -> Any:
    return {place: {c for c, weight in mix.items() if weight} for place, mix in equilibrium.strategies.items()}


MODELS = ["inspection", "korea-rapprochement", "third-country-compliance", "sanction-encounter", "cournot-duopoly"]


@pytest.mark.parametrize("name", MODELS)
def test_slopes_are_those_of_finite_differences(name: str) -> None:
    """Each parameter is moved a little both ways, and the game solved anew, exactly."""
    model = load(name)
    found = derivatives(model)
    point = model.point()
    here = list(solve(model.at()))
    assert len(found.equilibria) == len(here)
    for parameter in found.names:
        symbol = model.by_name[parameter].symbol
        points = [point | {symbol: point[symbol] + step} for step in (-STEP, STEP)]
        low, high = (list(solve(model.game_at(each))) for each in points)
        for own in here:
            told = quantities(own)
            (one,) = [each for each in found.equilibria if {d.name: d.value for d in each.derivatives} == moving(told)]
            assert one.because == ""
            before, after = (next(quantities(e) for e in side if supports(e) == supports(own)) for side in (low, high))
            for each in one.derivatives:
                assert each.slopes is not None
                slope = (after[each.name] - before[each.name]) / (2 * STEP)
                assert abs(slope - each.slopes[parameter]) < Fraction(1, 10**4), (parameter, each.name)


@pytest.mark.parametrize("name", ["inspection", "korea-rapprochement", "crisis-signalling"])
def test_slopes_are_those_of_solved_formulas(name: str) -> None:
    """Three parameters at a time, for the more are free, the longer it takes to solve."""
    model = load(name)
    free = [p.name for p in model.parameters if p.low < p.high][:3]
    found, solution = derivatives(model), solve_free(model, free)
    point = {p.symbol: sympy.Rational(p.default.numerator, p.default.denominator) for p in model.parameters}
    met = 0
    for region in solution.regions:
        if not region.holds({name: model.by_name[name].default for name in free}):
            continue
        formulas = {f"payoff of {player}": formula for player, formula in region.payoffs.items()}
        formulas |= {f"probability of {c} ({p})": f for p, mix in region.strategies.items() for c, f in mix.items()}
        at = {of: Fraction(str(sympy.sympify(formula).subs(point))) for of, formula in formulas.items()}
        (one,) = [e for e in found.equilibria if {d.name: d.value for d in e.derivatives} == moving(at)]
        for each in one.derivatives:
            for parameter in free:
                symbol = model.by_name[parameter].symbol
                slope = sympy.sympify(formulas[each.name]).diff(symbol).subs(point)
                assert each.slopes is not None
                assert each.slopes[parameter] == Fraction(str(slope))
                met += 1
    assert met > 3


def threshold(default: str) -> Model:
    moves = {"left": Outcome((x * y, y)), "right": Outcome((Rational(1, 4), x))}
    tree = ExtensiveGame(("A", "B"), Decision("A", moves))
    return Model("threshold", "A threshold", tree, (parameter(x, default), parameter(y, default)))


def test_a_product_has_the_slopes_of_one() -> None:
    (one,) = derivatives(threshold("3/4")).equilibria
    slopes = {each.name: each.slopes for each in one.derivatives}
    assert slopes["payoff of A"] == {"x": Fraction(3, 4), "y": Fraction(3, 4)}
    assert one.derivatives[0].elasticity("x", Fraction(3, 4)) == 1


def test_at_a_tie_there_is_no_derivative() -> None:
    found = derivatives(threshold("1/2"))
    assert len(found.equilibria) == 2
    for one in found.equilibria:
        assert one.because == "payoffs tie, and moving x, y breaks the tie"
        assert one.derivatives == ()
    assert "not differentiable here" in found.findings()[1]
    assert "nan" not in repr(found).lower()


def test_what_nothing_moves_breaks_no_tie() -> None:
    """At the same tie, but with none of the parameters that break it among those that move."""
    still = Model(
        "still",
        "Still",
        ExtensiveGame(("A", "B"), Decision("A", {"l": Outcome((1, x)), "r": Outcome((1, y))})),
        (parameter(x), parameter(y)),
    )
    found = derivatives(still)
    assert [one.because for one in found.equilibria] == ["", ""]
    assert found.equilibria[0].derivatives[1].slopes == {"x": 1, "y": 0}


def test_a_continuum_is_left_open() -> None:
    """B is indifferent whatever x is, so that what it mixes is open, and what A gets as well."""
    game = StrategicGame.bimatrix([[1, 0], [0, 1]], [[x, x], [x, x]])
    found = derivatives(Model("open", "Open", game, (parameter(x),)))
    open_ = [each for one in found.equilibria for each in one.derivatives if each.slopes is None]
    assert open_
    assert all(one.because or one.derivatives for one in found.equilibria)
    payoffs = [each for one in found.equilibria for each in one.derivatives if each.name == "payoff of Column"]
    assert all(each.slopes == {"x": 1} for each in payoffs)


def test_irrational_equilibria_are_labelled_and_right() -> None:
    """Each of three gets x if all choose 1, and a quarter for each other who chooses 0 if it does: 2xq² + q = 1."""
    profiles = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]

    def pays(own: int, one: int, other: int) -> Any:
        return x * one * other if own else Rational(2 - one - other, 4)

    table = {tuple(map(str, p)): tuple(pays(p[k], p[k - 2], p[k - 1]) for k in range(3)) for p in profiles}
    model = Model("cube", "A cube", StrategicGame(dict.fromkeys("ABC", ("0", "1")), table), (parameter(x),))
    found = derivatives(model)
    (one,) = [one for one in found.equilibria if not one.exact]
    q = (sympy.sqrt(1 + 8 * x) - 1) / (4 * x)
    told = {each.name: each for each in one.derivatives}
    for name, formula in {"probability of 1 (A)": q, "payoff of B": x * q**2}.items():
        assert isinstance(told[name].value, float)
        assert told[name].value == pytest.approx(float(formula.subs(x, 0.5)))
        assert told[name].slopes == {"x": pytest.approx(float(formula.diff(x).subs(x, 0.5)))}
    assert any("rounded" in sentence for sentence in found.findings())


def test_equations_that_restrict_parameters_are_told() -> None:
    equations = Equations(["z"], ["s", "t"])
    equations.add({"z": Fraction(2), "s": Fraction(1)})
    assert equations.reduced({"z": Fraction(1)}) == {"s": Fraction(-1, 2), "t": 0}
    assert equations.restricted == ()
    equations.add({"z": Fraction(2), "t": Fraction(1)})
    assert set(equations.restricted) == {"s", "t"}
    assert Equations(["z"], ["s"]).reduced({"z": Fraction(1)}) is None


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "inspection", "--derivatives", "--set", "a_1=-3"]) == 0
    printed = capsys.readouterr().out
    assert printed == f"{derivatives(load('inspection'), values={'a_1': -3})}\n"
    assert main(["solve", "inspection", "--derivatives", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["equilibria"][0]["derivatives"][0]["of"].startswith("payoff of")


WRONG = [
    (["--free", "all"], "leave out --free"),
    (["--option", "a=b"], "leave out --free"),
    (["--concept", "logit"], "no equations to differentiate"),
    (["--set", "zzz=1"], "no parameter 'zzz'"),
    (["--concept", "nosuch"], "no solution concept"),
    (["--time-limit", "0"], "time limit"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_it_refuses_in_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "inspection", "--derivatives", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert said in error


def test_where_the_time_is_up_it_is_said() -> None:
    found = derivatives(load("inspection"), seconds=1e-7)
    assert not found.complete
    assert "there may be more" in found.findings()[1]
    with pytest.raises(InputError, match="allow more"):
        derivatives(load("sanction-retaliation"), seconds=1e-7)


def test_wrong_names_are_refused() -> None:
    with pytest.raises(InputError, match="no parameter 'zzz'"):
        derivatives(load("inspection"), ["zzz"])
    with pytest.raises(InputError, match="a list such as"):
        derivatives(load("inspection"), "a_1")
