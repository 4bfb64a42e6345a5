"""Models: values in, an exact game out, and errors that say what to do."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

v, c, s = sympy.symbols("v c s")
SOURCE = Assumed("for the test")
PARAMETERS = (
    Parameter(v, meaning="value", default=2, low=0, high=4, unit=Unit.PAYOFF, source=SOURCE),
    Parameter(c, meaning="cost", default="1/2", low=0, high=3, unit=Unit.PAYOFF, source=SOURCE),
    Parameter(s, meaning="share", default="1/3", low=0, high=1, unit=Unit.SHARE, source=SOURCE),
)
GAME = StrategicGame.bimatrix([[v - c, s * v], [0, sympy.Max(v, c) / 2]], [[v, 1], [c / (v - 1), "1/7"]])


def model(**changes: Any) -> Model:
    given: dict[str, Any] = {
        "name": "test",
        "title": "A test",
        "game": GAME,
        "parameters": PARAMETERS,
        "assumptions": (
            Assumption(v > 0, "worth something"),
            Assumption(c <= v, "costs no more than it is worth"),
            Assumption(s < 1, "no more than a part"),
            Assumption(s >= 0, "a share"),
        ),
    }
    return Model(**{**given, **changes})


def test_the_defaults() -> None:
    game = model().at()
    assert game.entries == (
        Fraction(3, 2), 2, Fraction(2, 3), 1, 0, Fraction(1, 2), 1, Fraction(1, 7),
    )  # fmt: skip
    assert game.is_exact


def test_values_are_exact_however_they_are_written() -> None:
    games = [model().at(v=3, c=third, s="0.25") for third in ("1/3", Fraction(1, 3), " 1 / 3 ")]
    assert games[0] == games[1] == games[2]
    assert games[0].entries[0] == Fraction(8, 3)
    assert games[0].entries[2] == Fraction(3, 4)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"w": 1}, "test has no parameter 'w'; it has v, c, s"),
        ({"v": 0.3}, 'v is the float 0.3, which is not exact; write "0.3"'),
        ({"v": "much"}, "v is 'much', not a finite number"),
        ({"v": None}, "v is 'None', not a number"),
        ({"v": "1e999"}, "its exponent must lie between"),
        ({"v": 0}, "test assumes v > 0 (worth something); given were v = 0"),
        ({"c": "5/2"}, "test assumes c ≤ v (costs no more than it is worth); given were c = 2.5, v = 2"),
        ({"s": 1}, "test assumes s < 1 (no more than a part); given were s = 1"),
        ({"s": "-1/3"}, "test assumes s ≥ 0 (a share); given were s = −1/3"),
        ({"v": 1}, "test: a payoff divides by zero at v = 1, c = 1/2, s = 1/3"),
    ],
    ids=str,
)
def test_bad_values_are_refused_in_one_line(values: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as error:
        model().at(**values)
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_an_assumption_may_hold_with_equality_unless_it_is_strict() -> None:
    assert model().at(c=2, v=2).is_exact
    assert model().at(s=0).is_exact
    assert model().broken(model().point(s=1)) == model().assumptions[2]
    assert model().broken(model().point()) is None


@pytest.mark.parametrize(
    ("relation", "holds"),
    [
        (v > 2, False),
        (v >= 2, True),
        (v < 2, False),
        (v <= 2, True),
        (v > c, True),
        (v < c, False),
        (v * s <= c, False),
    ],
    ids=str,
)
def test_assumptions_hold_or_not(relation: Any, holds: bool) -> None:
    assert Assumption(relation, "why").holds(model().point()) == holds


def test_values_outside_the_ranges_are_solved_and_remarked_upon() -> None:
    assert model().at(v=9, c=5).is_exact
    assert model().outside(v=9, c=5) == (
        "v = 9 lies outside the range 0 to 4 that the analyses cover",
        "c = 5 lies outside the range 0 to 3 that the analyses cover",
    )
    assert model().outside(v=4, c=0) == ()


def test_the_model_itself_does_not_change() -> None:
    one = model()
    before = one.game.entries
    one.at(v=3)
    assert one.game.entries == before == GAME.entries
    assert one.at().entries == model().at().entries


def test_entries_in_bulk() -> None:
    sample = np.array([[2, 0.5, 0.25], [4, 3, 0], [1.5, 0.1, 0.9]])
    bulk = model().entries(sample)
    assert bulk.shape == (3, 8)
    expected = [
        [float(sympy.sympify(entry).subs(dict(zip((v, c, s), row, strict=True)))) for entry in GAME.entries]
        for row in sample
    ]
    assert np.allclose(bulk, expected, rtol=0, atol=1e-12)
    assert set(bulk[:, 3]) == {1.0}, "a constant entry fills its column"


def test_some_parameters_may_stay_free() -> None:
    one = model()
    game = one.with_free(["v"], one.point(c=1, s="1/4"))
    assert game.entries[:3] == (v - 1, v, v / 4)
    assert not game.is_exact
    assert game.with_entries([sympy.sympify(e).subs(v, 3) for e in game.entries]) == one.at(v=3, c=1, s="1/4")


BROKEN: dict[str, tuple[Callable[[], object], str]] = {
    "a parameter twice": (
        lambda: model(parameters=(*PARAMETERS, PARAMETERS[0])),
        "test: a parameter is declared twice",
    ),
    "an undeclared symbol": (
        lambda: model(parameters=PARAMETERS[:2], assumptions=()),
        "s in s*v is not among the declared",
    ),
    "a symbol of the same name": (
        lambda: model(game=StrategicGame.bimatrix([[sympy.Symbol("v", positive=True)]], [[0]])),
        "at (Row: 1, Column: 1) is 'v', which has the symbol v that sympy assumes to be positive",
    ),
    "defaults that break an assumption": (
        lambda: model(assumptions=(Assumption(v < 1, "small"),)),
        "test: the defaults break the assumption v < 1",
    ),
    "a float in a formula": (
        lambda: model(game=StrategicGame.bimatrix([[v / 2.0]], [[0]])),
        "no formula of exact numbers",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_model_that_contradicts_itself_is_refused(case: str) -> None:
    build, message = BROKEN[case]
    with pytest.raises(InputError) as error:
        build()
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_an_assumption_about_an_undeclared_symbol_is_refused() -> None:
    with pytest.raises(InputError, match="w"):
        model(assumptions=(Assumption(sympy.Symbol("w") > 0, "who knows"),))


def test_the_tree_of_a_model_is_solved_at_its_values() -> None:
    threat = ExtensiveGame(
        ("A", "B"),
        Decision(
            "A", {"wait": Outcome((0, 0)), "ask": Decision("B", {"yes": Outcome((v, -c)), "no": Outcome((-s, -1))})}
        ),
    )
    one = model(game=threat, assumptions=())
    assert [solve(one.at(c=cost))[0].payoffs["A"] for cost in ("9/10", "11/10")] == [2, 0]


def test_a_model_in_words_and_in_html() -> None:
    hostile = "<script>alert(1)</script>"
    one = model(title=hostile, question="What & why?", name="<b>")
    shown = one._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "What &amp; why?" in shown
    assert "c ≤ v" in shown
    for line in ("A test (test)", "Assumptions:", "  c ≤ v: costs no more than it is worth"):
        assert line in str(model())


def test_the_table_of_parameters_marks_what_differs_from_the_default() -> None:
    table = model().parameter_table(c="1", s="1/3")
    assert [[cell.text for cell in row][:5] for row in table.rows] == [
        ["v", "value", "2", "0 to 4", "payoff"],
        ["c", "cost", "1", "0 to 3", "payoff"],
        ["s", "share", "1/3", "0 to 1", "share, 0 to 1"],
    ]
    assert [row[2].marked for row in table.rows] == [False, True, False]


def test_a_model_without_parameters_says_that_it_has_none() -> None:
    game = StrategicGame({"A": ("x", "y")}, {("x",): (1,), ("y",): (2,)})
    with pytest.raises(InputError, match=r"pd has no parameter 'a'; it has none$"):
        Model(name="pd", title="pd", game=game).at(a=1)


def test_a_close_name_of_a_parameter_is_offered() -> None:
    with pytest.raises(InputError, match=r"no parameter 'beto'; it has .*; did you mean beta\?"):
        load("sanction-retaliation").at(beto=1)


def test_a_fixed_parameter_has_no_range_to_leave() -> None:
    cost = sympy.Symbol("cost")
    game = StrategicGame({"A": ("x", "y")}, {("x",): (cost,), ("y",): (2,)})
    parameter = Parameter(
        cost, meaning="", default="0.3", low="0.3", high="0.3", unit=Unit.PAYOFF, source=Assumed("given")
    )
    model = Model(name="m", title="m", game=game, parameters=(parameter,))
    assert model.outside(cost=2) == ("cost = 2, but the analyses keep it fixed at 0.3",)
    assert model.outside(cost="0.3") == ()


def test_a_model_shows_its_game_and_its_parameters() -> None:
    shown = load("sanction-encounter")._repr_html_()
    assert shown.index("Concede") < shown.index("value of the islands to Japan")
    assert "rows; see its table()" in load("crisis-bargaining")._repr_html_()
