"""Importance of a model's parameters: known answers, groups, constants, what is undefined, the picture."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Rational, symbols

from analyses.drawing.figures import Drawing
from analyses.drawing.importance import draw_importance, draw_measure
from analyses.importance import Importance, given_data, importance, weighing
from analyses.sweeps import settling
from analyses.sweeps.swept import swept
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

x, y, z = symbols("x y z")


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


def threshold(*more: Parameter) -> Model:
    """A goes left where x > 1/4, which pays x; right pays 1/4. B, who moves nowhere, gets y + 3/10 on the left."""
    moves = {"left": Outcome((x, y + Rational(3, 10))), "right": Outcome((Rational(1, 4), Rational(3, 10)))}
    tree = ExtensiveGame(("A", "B"), Decision("A", moves))
    return Model("threshold", "A threshold", tree, (parameter(x), parameter(y), *more))


def test_a_threshold_in_one_parameter() -> None:
    """x alone decides the set. Var of max(x, 1/4) is all due to x; that of y·1[x > 1/4] + 3/10 has a closed form."""
    found = importance(threshold(), samples=2_048)
    assert found.names == ("x", "y")
    total, first = found.the_set.indices.total, found.the_set.indices.first  # type: ignore[union-attr]
    assert [index.value for index in total] == pytest.approx([1, 0], abs=0.03)
    assert [index.value for index in first] == pytest.approx([1, 0], abs=0.03)
    assert found.entropy[0].value == pytest.approx(1, abs=0.02)
    assert found.entropy[1].value < 0.01
    assert found.dependence[0].p_value < 0.01 < found.dependence[1].p_value
    of_b = found.target("payoff of B").indices
    assert of_b is not None
    p = 0.75
    whole = p / 3 - (p / 2) ** 2
    alone = [p * (1 - p) / 4, p**2 / 12]
    assert [index.value for index in of_b.first] == pytest.approx([each / whole for each in alone], abs=0.04)
    assert of_b.total[1].value == pytest.approx(1 - alone[0] / whole, abs=0.04)
    shares = {share.outcome: share for share in found.shares}
    assert shares["left"].certain == pytest.approx(0.75, abs=0.02)
    assert shares["left"].certain_ends[0] < 0.75 < shares["left"].certain_ends[1]  # type: ignore[index]
    assert found.findings()[0].startswith("What is played hangs on x most: alone or with others it decides")
    assert any(sentence.startswith("The payoff of A hangs most on x") for sentence in found.findings())


def test_constants_are_zero_and_said_to_be_constant() -> None:
    found = importance(threshold(), samples=64)
    for name in ("width of payoff of A", "width of probability of left"):
        indices = found.target(name).indices
        assert indices is not None
        assert indices.constant == 0
        assert {index.ends for index in (*indices.first, *indices.total)} == {(0.0, 0.0, 0.0)}
    assert any(sentence.startswith("Constant at 0, so that every index is 0") for sentence in found.findings())
    assert all(np.isfinite([value for row in found.rows() for value in row[3:6]]))
    assert "NaN" not in json.dumps(found.as_json())


def test_one_set_everywhere_is_decided_by_nothing() -> None:
    moves = {"left": Outcome((x + 2,)), "right": Outcome((y,))}
    model = Model("one", "One", ExtensiveGame(("A",), Decision("A", moves)), (parameter(x), parameter(y)))
    found = importance(model, samples=64)
    assert found.findings()[0] == (
        "The set of outcomes is the same at all points, so no parameter decides it: every index of it is 0."
    )
    assert {index.ends for index in found.entropy} == {(0.0, 0.0, 0.0)}
    assert [index.value for index in found.target("payoff of A").indices.total] == pytest.approx([1, 0], abs=0.1)  # type: ignore[union-attr]
    assert found.target("probability of right").indices.constant == 0  # type: ignore[union-attr]


def test_sets_of_several_equilibria_have_widths() -> None:
    """In a stag hunt with stakes x + 1 and y the width of a payoff is x + 1 − y: both count alike."""
    game = StrategicGame.bimatrix([[1 + x, 0], [y, y]], [[1 + x, y], [0, y]])
    model = Model("hunt", "A hunt", game, (parameter(x), parameter(y)))
    found = importance(model, concept="pure-nash", samples=1_024)
    player = model.game.players[0]
    width = found.target(f"width of payoff of {player}").indices
    assert width is not None
    assert [index.value for index in width.first] == pytest.approx([0.5, 0.5], abs=0.04)
    least, greatest = (found.target(f"payoff of {player}, {end}").indices for end in ("least", "greatest"))
    assert [index.value for index in least.total] == pytest.approx([0, 1], abs=0.04)  # type: ignore[union-attr]
    assert [index.value for index in greatest.total] == pytest.approx([1, 0], abs=0.04)  # type: ignore[union-attr]


def test_payoffs_without_an_equilibrium_have_no_index() -> None:
    game = StrategicGame.bimatrix([[x, -1], [-1, x]], [[-x, 1 - 2 * y], [1, -1]])
    found = importance(
        Model("some", "Some", game, (parameter(x, "-2", "1"), parameter(y))), concept="pure-nash", samples=128
    )
    lost = [target for target in found.targets if target.undefined]
    assert lost
    assert all(target.indices is None for target in lost)
    assert any(sentence.startswith("Without an index, for at ") for sentence in found.findings())
    assert np.isfinite([value for row in found.rows() for value in row[3:6]]).all()


def test_linked_parameters_are_a_group() -> None:
    found = importance(threshold(parameter(z)), premises=[x < z], samples=512)
    assert {tuple(found.names[k] for k in group) for group in found.groups} == {("x", "z"), ("y",)}
    assert found.design == "sobol"
    assert any("Premises link x with z" in sentence for sentence in found.findings())
    group = found.group_of(0)
    assert found.the_set.indices.total[group].value == pytest.approx(1, abs=0.06)  # type: ignore[union-attr]
    assert found.dependence[found.names.index("z")].p_value < 0.01, "z is linked to x, which decides"
    curved = swept(threshold(parameter(z)), premises=[y * z < Rational(1, 2)])
    assert curved.premises.independent == ((0,), (1, 2))


def test_what_is_linked_is_compared_within_the_premises() -> None:
    """Where x < z everywhere, no pair may break it: the payoff z − x would be below zero."""
    moves = {"go": Outcome((z - x + y / 100,)), "stop": Outcome((-1,))}
    tree = ExtensiveGame(("A",), Decision("A", moves))
    model = Model("gap", "A gap", tree, (parameter(x), parameter(y), parameter(z)))
    found = importance(model, premises=[x + y / 10 < z], samples=256)
    assert found.sets == 1
    assert len(found.groups) == 1


def test_what_an_equation_fixes_has_no_index_of_its_own() -> None:
    found = importance(threshold(parameter(z)), premises=[sympy.Eq(z, x / 2)], samples=64)
    assert found.names == ("x", "y")
    assert any("z follows from the others" in remark for remark in found.remarks)


def test_chains_are_worth_fewer_points() -> None:
    found = importance(threshold(parameter(z)), premises=[x + y + z > Rational(289, 100)], samples=600)
    assert "hit and run" in found.method
    assert found.pairs > 16
    assert found.effective < 2 * found.pairs
    assert any("depend on each other" in remark for remark in found.remarks)


@pytest.mark.parametrize("design", ["sobol", "latin", "random"])
def test_the_same_seed_gives_the_same_answer(design: str) -> None:
    one, same, other = (importance(threshold(), design=design, samples=100, seed=seed) for seed in (1, 1, 2))
    assert list(one.rows()) == list(same.rows())
    assert one.findings() == same.findings()
    assert list(one.rows()) != list(other.rows())


def test_a_time_limit_leaves_whole_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "supports_of", lambda *_: None)
    found = importance(load("sanction-encounter"), names=["A_F", "beta", "E"], samples=4_000, seconds=1)
    assert 16 <= found.pairs < 4_000
    assert any("since the time was up" in remark for remark in found.remarks)
    with pytest.raises(InputError, match="allow more time"):
        importance(load("sanction-encounter"), seconds=0.001)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"samples": 8}, "at least 16"),
    ({"samples": 10**6}, "from 1 to 20,000"),
    ({"design": "grid"}, "a grid is none"),
    ({"design": "nosuch"}, "there is no design"),
    ({"design": []}, "the design is a list"),
    ({"design": "sobol", "premises": [x + y > 1]}, "use the design 'random'"),
    ({"premises": [sympy.Eq(x, Rational(1, 3)), sympy.Eq(y, x)]}, "one point only"),
    ({"names": ["x"], "values": {"x": 1}}, "has a value as well"),
    ({"seed": -2}, "the seed is -2"),
    ({"measures": ["nosuch"]}, "there is no measure 'nosuch'"),
    ({"measures": "pawn"}, "the measures is pawn|the measures"),
    ({"groups": {"g": ["nosuch"]}}, "does not move by itself"),
    ({"groups": {"g": []}}, "at least one member"),
    ({"groups": {"x": ["y"]}}, "no parameter's"),
    ({"groups": {"g": ["x"], "h": ["x"]}}, "in two groups"),
    ({"groups": {"g": ["x"]}, "premises": [x < y]}, "tears them apart"),
    ({"groups": ["x"]}, "the groups"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_wrong_input_is_refused_in_a_line(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        importance(threshold(), **given)
    assert "\n" not in str(error.value)


def test_a_target_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match="payoff of A"):
        importance(threshold(), samples=16).target("payoff of C")


def test_what_is_written(tmp_path: Path) -> None:
    found = importance(threshold(), samples=64)
    path = found.to_csv(tmp_path / "indices.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["index"] for row in rows} == {"first", "total", "entropy explained", "HSIC"}
    assert all(float(row["low"]) <= float(row["estimate"]) <= float(row["high"]) for row in rows)
    assert found.table().rows[0][0].text == "x"
    assert "<table" in found._repr_html_()
    assert json.loads(json.dumps(found.as_json()))["pairs"] == 64


# Groups and further measures.


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """SALib's densities take long."""
    monkeypatch.setattr(given_data, "RESAMPLES", 3)


def test_a_group_has_its_indices_in_common() -> None:
    found = importance(threshold(parameter(z)), groups={"rest": ["y", "z"]}, samples=256, measures=["morris"])
    assert found.group_names == ("x", "rest")
    assert found.the_set.indices.total[1].value == 0  # type: ignore[union-attr]
    assert any("The group rest is y, z" in remark for remark in found.remarks)
    assert {each.who for each in found.estimates} == {"x", "rest"}
    together = importance(threshold(), groups={"all": ["x", "y"]}, samples=64)
    assert together.target("payoff of B").indices.first[0].value == pytest.approx(1, abs=0.3)  # type: ignore[union-attr]
    assert together.exact.indices["payoff of B", "total", (0, 1)] == 1


def test_all_measures_agree_on_who_decides() -> None:
    found = importance(threshold(), samples=128, measures=["second-order", "morris", "pawn", "delta"])
    own = [each for each in found.estimates if each.of == "probability of left"]
    assert {each.measure for each in own} == {"Morris μ*", "PAWN", "delta in classes"}
    for measure in {each.measure for each in own}:
        value = {each.who: each.index for each in own if each.measure == measure}
        assert value["x"].low > value["y"].value
        assert 0 <= value["y"].low <= value["y"].value <= value["y"].high
    assert len(found.target("payoff of B").indices.second) == 1  # type: ignore[union-attr]
    assert found.pair_names == ("x × y",)
    assert any("By PAWN the payoff of B hangs most on" in sentence for sentence in found.findings())
    assert len(found.tables()) == 2
    assert all(np.isfinite([value for row in found.rows() for value in row[3:6]]))  # type: ignore[list-item]


def test_what_is_linked_has_no_elementary_effects() -> None:
    found = importance(threshold(parameter(z)), premises=[x < z], samples=64, measures=["morris", "pawn"])
    assert {each.who for each in found.estimates if each.measure == "Morris μ*"} == {"y"}
    assert {each.who for each in found.estimates if each.measure == "PAWN"} >= {"x", "y", "z"}
    assert any("no elementary effects" in remark for remark in found.remarks)


def test_constants_have_no_further_measures() -> None:
    moves = {"left": Outcome((x * 0 + 2,)), "right": Outcome((x * 0,))}
    model = Model("one", "One", ExtensiveGame(("A",), Decision("A", moves)), (parameter(x), parameter(y)))
    found = importance(model, samples=32, measures=["morris", "pawn", "delta"])
    assert found.estimates == ()
    assert any(sentence.startswith("Constant at 2") for sentence in found.findings())


def test_what_time_does_not_allow_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "expired", lambda: True)
    found = importance(threshold(), samples=32, measures=["morris", "pawn", "delta"])
    assert found.estimates == ()
    assert found.unweighed > 0
    assert any("had the further measures; allow more" in remark for remark in found.remarks)


# The picture.


def overlap(boxes: list[Any]) -> bool:
    return any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("sanction-retaliation", {}),
        ("preventive-war", {}),
        ("korea-rapprochement", {}),
        ("secondary-sanctions", {}),
        ("agenda-at-home", {}),
    ],
)
def test_no_label_of_the_picture_lies_on_another(name: str, given: dict[str, Any]) -> None:
    drawing = draw_importance(importance(load(name), samples=64, **given))
    assert drawing.description.startswith("Total indices, largest first: set of outcomes")
    check_labels(drawing)


def check_labels(drawing: Drawing) -> None:
    """No label lies on another, and none is cut off."""
    figure = drawing.figure
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    labels = [label.get_window_extent(renderer) for label in figure.axes[0].get_yticklabels()]
    titles = [plot.title.get_window_extent(renderer) for plot in figure.axes]
    below = [text.get_window_extent(renderer) for text in figure.texts]
    ticks = [
        label.get_window_extent(renderer)
        for plot in figure.axes
        for label in plot.get_xticklabels()
        if label.get_text()
    ]
    assert not overlap(labels)
    assert not overlap(titles)
    assert not overlap([*ticks, *below])
    whole = figure.bbox
    assert all(
        whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1
        for box in (*labels, *titles, *ticks, *below)
    )


def test_pictures_of_further_measures() -> None:
    given: dict[str, Any] = {"samples": 32, "measures": ["morris", "pawn"], "groups": {"costs": ["c_1", "c_2", "c_3"]}}
    found = importance(load("sanction-retaliation"), names=["E", "beta", "c_1", "c_2", "c_3"], **given)
    for measure in ("Morris μ*", "PAWN"):
        drawing = draw_measure(found, measure)
        check_labels(drawing)
        assert drawing.description.startswith(f"{measure}: payoff of Japan: ")
    labels = [label.get_text() for label in draw_measure(found, "PAWN").figure.axes[0].get_yticklabels()]
    assert "chance" in labels[-1]
    with pytest.raises(InputError, match="there are Morris μ\\*, PAWN; ask importance for more"):
        draw_measure(found, "delta")


def test_exact_values_are_diamonds() -> None:
    plots = draw_importance(importance(threshold(), samples=32)).figure.axes
    shown = [line for plot in plots for line in plot.lines if line.get_marker() == "D"]
    assert [line.get_xdata()[0] for line in shown][:1] == [1.0]  # type: ignore[index]


def test_the_picture_is_the_same_twice() -> None:
    found: Importance = importance(threshold(), samples=32)
    assert draw_importance(found).svg == draw_importance(found).svg
    widths = [bar.get_width() for bar in draw_importance(found).figure.axes[0].patches]
    assert max(widths) == pytest.approx(found.the_set.indices.total[0].value)  # type: ignore[union-attr]
