"""The decomposition over payoffs, selections, concepts and models: against closed forms and a plain loop."""

import json
from itertools import product
from math import log
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import symbols

from analyses.cli import main
from analyses.importance import Decomposition, decompose
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

x, y = symbols("x y")


def parameter(symbol: sympy.Symbol, low: int = 0, high: int = 1) -> Parameter:
    return Parameter(
        symbol, meaning=str(symbol), default=low, low=low, high=high, unit=Unit.PAYOFF, source=Assumed("a test")
    )


def pays(name: str, amount: Any, label: str = "go", **given: Any) -> Model:
    """A tree in which A gets the amount, whatever it is."""
    tree = ExtensiveGame(("A",), Decision("A", {label: Outcome((amount,)), "stop": Outcome((-9,))}))
    return Model(name, name, tree, (parameter(x),), **given)


def test_payoffs_and_models_that_add_up() -> None:
    """x in one model and x + 1 in the other: variance 1/12 of payoffs, 1/4 of the model, nothing together."""
    found = decompose([pays("one", x), pays("other", x + 1)], payoff="A", samples=1_024)
    whole = 1 / 12 + 1 / 4
    for name, truth in (("payoffs", 1 / 12), ("model", 1 / 4), ("selection", 0)):
        factor = found.factor(name)
        assert factor.alone.value == pytest.approx(truth / whole, abs=0.01)
        assert factor.with_others.value == pytest.approx(truth / whole, abs=0.01)
    assert [mean.value for mean in found.factor("model").means] == pytest.approx([0.5, 1.5], abs=0.01)
    assert found.findings()[0].startswith("Of the variance of the payoff of A 75")


def test_what_payoffs_do_in_one_model_alone() -> None:
    """2x − 1 in one model and 0 in the other: half of the variance is of payoffs alone, half of both together."""
    found = decompose([pays("one", 2 * x - 1), pays("other", 0 * x)], payoff="A", samples=1_024)
    assert found.factor("payoffs").alone.value == pytest.approx(0.5, abs=0.01)
    assert found.factor("payoffs").with_others.value == pytest.approx(1, abs=0.01)
    assert found.factor("model").alone.value == pytest.approx(0, abs=0.01)
    assert found.factor("model").with_others.value == pytest.approx(0.5, abs=0.01)
    assert any("hangs on several of them together" in sentence for sentence in found.findings())


def hunt() -> Model:
    """Two equilibria, which pay both x + 2 and 1."""
    game = StrategicGame.bimatrix([[x + 2, 0], [1, 1]], [[x + 2, 1], [0, 1]])
    return Model("hunt", "A hunt", game, (parameter(x),))


def test_the_selection_is_worth_what_equilibria_differ_by() -> None:
    """Best and worst are x + 2 and 1: s(x + 1) + 1 with s a fair coin."""
    found = decompose([hunt()], payoff="Row", concepts=["pure-nash"], samples=1_024)
    whole = (1 / 12 + 2.25) / 2 - 0.75**2
    assert found.factor("selection").alone.value == pytest.approx(2.25 / 4 / whole, abs=0.01)
    assert found.factor("payoffs").alone.value == pytest.approx(1 / 48 / whole, abs=0.005)
    assert found.factor("payoffs").with_others.value == pytest.approx(1 / 24 / whole, abs=0.005)


def test_entropy_of_the_outcome() -> None:
    """A goes where x > 1/4 in one model, and never in the other: a bit of mutual information that is known."""

    def goes(name: str, stop: Any) -> Model:
        tree = ExtensiveGame(("A",), Decision("A", {"go": Outcome((x,)), "stop": Outcome((stop,))}))
        return Model(name, name, tree, (parameter(x),))

    found = decompose([goes("one", sympy.Rational(1, 4)), goes("other", 2)], outcome="go", samples=2_048)
    p = 3 / 8
    entropy = -(p * log(p) + (1 - p) * log(1 - p))
    given_model = -(0.75 * log(0.75) + 0.25 * log(0.25)) / 2
    given_x = 0.75 * log(2)
    explained = {name: found.factor(name).explained for name in ("model", "payoffs")}
    assert explained["model"].value == pytest.approx(1 - given_model / entropy, abs=0.01)  # type: ignore[union-attr]
    assert explained["payoffs"].value == pytest.approx(1 - given_x / entropy, abs=0.01)  # type: ignore[union-attr]
    whole = p * (1 - p)
    assert found.factor("model").alone.value == pytest.approx((3 / 8) ** 2 / whole, abs=0.01)
    assert [mean.value for mean in found.factor("model").means] == pytest.approx([0.75, 0], abs=0.01)


def test_parts_are_those_of_a_plain_loop() -> None:
    """Over the encounter and the tree, by means over every combination of levels, written out."""
    models = [load("sanction-encounter"), load("sanction-retaliation")]
    found = decompose(models, outcome="concedes", samples=60, seed=3)
    from analyses.importance.decomposing import AXES, _answers, _Asked, _settled
    from analyses.sampling.designs import drawings
    from analyses.sweeps.sweeping import gathered

    asked = _Asked(models, (), {}, ())
    (drawing,) = drawings(asked.premises, "random", 60, 3)
    answers = _answers(asked, _settled(asked, gathered(drawing, 60), 5.0), None, "concedes")
    cube = answers.values[..., 0]
    whole = cube.var()
    for name in ("payoffs", "selection", "model"):
        axis = AXES.index(name)
        levels = range(cube.shape[axis])
        means = [
            np.mean([cube[place] for place in product(*map(range, cube.shape)) if place[axis] == k]) for k in levels
        ]
        assert found.factor(name).alone.value == pytest.approx(np.var(means) / whole)
        assert found.factor(name).with_others.value == pytest.approx(np.mean(cube.var(axis=axis)) / whole)
        assert found.factor(name).alone.low <= found.factor(name).alone.value <= found.factor(name).alone.high


def test_what_is_constant_has_indices_of_zero_and_says_so() -> None:
    found = decompose([pays("one", 0 * x + 1), pays("other", 0 * x + 1)], payoff="A", samples=32)
    assert found.constant
    assert {factor.with_others.ends for factor in found.factors} == {(0.0, 0.0, 0.0)}
    assert (
        found.findings()[0] == "The payoff of A is the same everywhere, so that nothing decides it: every index is 0."
    )
    assert "NaN" not in json.dumps(found.as_json())


def test_no_number_is_missing_where_something_is_rare() -> None:
    """A goes at a point or two of 32, so that in many resamples nothing varies."""
    tree = ExtensiveGame(("A",), Decision("A", {"go": Outcome((x,)), "stop": Outcome(("95/100",))}))
    found = decompose([Model("rare", "Rare", tree, (parameter(x),))], samples=32)
    assert not found.constant
    for factor in found.factors:
        assert factor.explained is not None
        assert np.isfinite([*factor.alone.ends, *factor.with_others.ends, *factor.explained.ends]).all()


def test_points_without_an_equilibrium_are_left_out_of_payoffs_and_an_outcome_of_their_own() -> None:
    game = StrategicGame.bimatrix([[x, -1], [-1, x]], [[-x, 1], [1, -1]])
    model = Model("some", "Some", game, (parameter(x, -2, 1),))
    of_payoff = decompose([model], payoff="Row", concepts=["nash", "pure-nash"], samples=200)
    assert of_payoff.undefined > 0
    assert any("left out: in some model" in remark for remark in of_payoff.remarks)
    of_play = decompose([model], concepts=["nash", "pure-nash"], samples=200)
    assert of_play.undefined == 0
    assert of_play.factor("concept").with_others.value > 0


def test_ranges_are_those_that_all_models_allow() -> None:
    one, other = pays("one", x), Model("other", "Other", pays("other", x).game, (parameter(x, -3, 0),))
    with pytest.raises(InputError, match="leave one with a range open"):
        decompose([one, other], payoff="A")
    apart = Model("other", "Other", pays("other", x).game, (parameter(x, 2, 3),))
    with pytest.raises(InputError, match="ranges of x in one, other do not meet"):
        decompose([one, apart], payoff="A")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"payoff": "C"}, "no player of every model"),
    ({"payoff": "A", "outcome": "go"}, "a payoff or an outcome"),
    ({"outcome": "zzz"}, "has the words 'zzz'"),
    ({"outcome": " "}, "has the words"),
    ({"concepts": ["nosuch"]}, "no solution concept"),
    ({"concepts": ["subgame-perfect", "subgame-perfect"]}, "each once"),
    ({"values": {"zzz": 1}}, "no model has a parameter 'zzz'"),
    ({"values": {"x": 1}}, "leave one with a range open"),
    ({"samples": 0}, "from 1 to"),
    ({"samples": 4}, "at least 16"),
    ({"differ": " "}, "is blank"),
    ({"premises": [y > 1]}, "y"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_wrong_input_is_refused_in_a_line(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        decompose([pays("one", x)], **given)
    assert "\n" not in str(error.value)


def test_models_without_an_outcome_in_common_are_remarked_on() -> None:
    found = decompose([pays("one", x), pays("other", x, "run")], samples=32)
    assert found.factor("model").alone.value == pytest.approx(1)
    # Both may stop.
    assert not any("No outcome has the same words" in remark for remark in found.remarks)
    apart = decompose([load("cournot-duopoly"), load("bertrand-duopoly")], samples=32)
    assert any("No outcome has the same words" in remark for remark in apart.remarks)


def test_models_that_are_no_family_are_refused() -> None:
    with pytest.raises(InputError, match="no player in common"):
        decompose([pays("one", x), hunt()])
    with pytest.raises(InputError, match="each once"):
        decompose([hunt(), hunt()])
    with pytest.raises(InputError, match="the models are none"):
        decompose([])
    with pytest.raises(InputError, match="a list of models"):
        decompose(hunt())  # type: ignore[arg-type]


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["escalation-ladder", "wording-first"]
    given = ["--payoff", "Japan", "--samples", "64", "--seed", "2", "--differ", "the order of moves"]
    assert main(["decompose", *names, *given]) == 0
    found: Decomposition = decompose(
        [load(name) for name in names], payoff="Japan", samples=64, seed=2, differ="the order of moves"
    )
    tables = "".join(f"\n{table}\n" for table in found.tables())
    assert capsys.readouterr().out == f"{found}\n{tables}"
    assert "the model (the order of moves)" in str(found).replace("\n", " ")
    assert main(["decompose", *names, *given, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["points"] == 64
    for wrong, said in (
        (["nosuch"], "no game"),
        ([*names, "--samples", "1e3"], "whole number"),
        ([*names, "--premise", "zzz > 1"], "zzz"),
        ([*names, "--time-limit", "0.000001"], "allow more time"),
        ([*names, "--payoff", "Nobody"], "no player of every model"),
    ):
        assert main(["decompose", *wrong]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert said in error
