"""The one result type and the one verb."""

import subprocess
import sys
from collections.abc import Hashable
from fractions import Fraction
from pathlib import Path

import pytest
import sympy

from games import Decision, Equilibria, Equilibrium, ExtensiveGame, InputError, Outcome, StrategicGame, solve, solvers
from games.catalog import load
from games.solvers.concept import CONCEPTS, concept_for, solution_concept
from games.solvers.equilibria import mixture

BATTLE = StrategicGame.bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]], {"She": ("o", "m"), "He": ("o", "m")})
TREE = ExtensiveGame(
    ("A", "B"), Decision("A", {"x": Outcome((1, 0)), "y": Decision("B", {"l": Outcome((0, 1)), "r": Outcome((2, 2))})})
)


def test_the_default_concept_of_each_form() -> None:
    assert solve(BATTLE).concept == "nash"
    assert solve(TREE).concept == "subgame-perfect"
    assert solve(BATTLE, "pure-nash").concept == "pure-nash"


@pytest.mark.parametrize(
    ("game", "concept", "message"),
    [
        (BATTLE, "subgame-perfect", "the concept 'subgame-perfect' does not apply to a game in strategic form"),
        (TREE, "dominance", "the concept 'dominance' does not apply to a tree; those that do are"),
        (BATTLE, "Nash", "there is no solution concept 'Nash'; for a game in strategic form there are"),
        (BATTLE, "Nash", "; did you mean nash?"),
        (BATTLE, "", "there is no solution concept ''"),
        (TREE, "x\ny", "there is no solution concept 'x\\ny'"),
    ],
)
def test_a_concept_that_does_not_apply_or_exist(
    game: StrategicGame | ExtensiveGame, concept: str, message: str
) -> None:
    with pytest.raises(InputError) as error:
        solve(game, concept)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_formulas_must_get_values_before_solving() -> None:
    x, a = sympy.symbols("x a")
    with pytest.raises(InputError, match=r"free parameters \(a, x\); give them values"):
        solve(StrategicGame.bimatrix([[x, 1]], [[0, a]]))


def test_a_model_must_be_put_at_values_first() -> None:
    with pytest.raises(InputError, match=r"a Model cannot be solved; give values to a model with \.at\(\)"):
        solve(load("sanction-encounter"))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a list cannot be solved"):
        solve([[1]])  # type: ignore[arg-type]


def test_equilibria_are_a_sequence() -> None:
    equilibria = solve(BATTLE, "pure-nash")
    assert len(equilibria) == 2
    assert [e.payoffs["She"] for e in equilibria] == [3, 2]
    assert equilibria[0] is equilibria.found[0]
    assert equilibria[-1:] == equilibria.found[1:]
    assert equilibria[1] in equilibria


def test_an_equilibrium_in_words() -> None:
    first = solve(BATTLE, "pure-nash")[0]
    assert str(first) == "She: o, He: o"
    assert first["She"] == {"o": 1, "m": 0}
    assert mixture({"a": Fraction(1, 3), "b": Fraction(0), "c": Fraction(2, 3)}) == "1/3 a + 2/3 c"
    assert mixture({"a": Fraction(1, 4), "b": Fraction(3, 4)}) == "0.25 a + 0.75 b"


@pytest.mark.parametrize(
    ("found", "exact", "complete", "heading"),
    [
        (1, True, True, "1 pure-nash equilibrium, exact, complete"),
        (2, False, True, "2 pure-nash equilibria, numeric, complete"),
        (0, True, False, "0 pure-nash equilibria, exact, not complete"),
    ],
)
def test_the_heading_says_how_the_answer_was_obtained(found: int, exact: bool, complete: bool, heading: str) -> None:
    equilibria = solve(BATTLE, "pure-nash").found[:found]
    assert Equilibria(BATTLE, "pure-nash", equilibria, complete, exact).heading == heading


def test_the_table_of_a_strategic_form() -> None:
    equilibria = solve(BATTLE)
    table = equilibria.table()
    assert table.header == ("", "She", "He", "payoff of She", "payoff of He", "component")
    shown = {tuple(cell.text for cell in row[1:5]) for row in table.rows}
    assert shown == {("o", "o", "3", "2"), ("m", "m", "2", "3"), ("0.6 o + 0.4 m", "0.4 o + 0.6 m", "1.2", "1.2")}
    assert equilibria.heading in str(equilibria)


def test_the_table_of_a_tree_marks_the_sets_that_play_passes() -> None:
    table = solve(TREE).table()
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["1", "A at the start", "y", "2", "2"],
        ["", "B after y", "r", "", ""],
    ]
    assert all(row[2].marked for row in table.rows)
    threat = Equilibrium({"A at the start": {"x": 1, "y": 0}, "B after y": {"l": 1, "r": 0}}, {"A": 1, "B": 0}, ())
    assert not any(row[2].marked for row in Equilibria(TREE, "test", (threat,), True).table().rows)


def test_a_player_in_several_components_has_them_listed() -> None:
    """Two edges of equilibria share a corner: the corner belongs to both components."""
    game = StrategicGame.bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    equilibria = solve(game)
    assert sorted(row[-1].text for row in equilibria.table().rows) == ["1", "1, 2", "2"]


def test_hostile_labels_and_remarks_are_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    game = StrategicGame({hostile: (hostile, "b"), "He": ("c",)}, {(hostile, "c"): (1, 0), ("b", "c"): (0, 0)})
    for concept in ("nash", "pure-nash", "dominance"):
        shown = solve(game, concept)._repr_html_()
        assert "<script" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_two_concepts_of_one_name_are_refused() -> None:
    assert "nash" in CONCEPTS
    with pytest.raises(ValueError, match="two modules define the solution concept 'nash'"):
        solution_concept("nash", form=StrategicGame)(lambda game: solve(game))
    assert concept_for(BATTLE, "nash") is CONCEPTS["nash"]


REGISTERED = """
import games
from games.play.payoffs import payoffs_of
from games.play.regret import regret

unknown = [form for form in (games.RepeatedGame, games.StochasticGame, games.AlternatingOffers)
           if payoffs_of.dispatch(form) is payoffs_of.dispatch(object)]
assert not unknown and regret.dispatch(games.AlternatingOffers) is not regret.dispatch(object)
"""


def test_what_strategies_pay_is_known_before_any_concept_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", REGISTERED], capture_output=True, text=True, check=False)
    assert done.stderr == ""


IMPORTING = """
import sys
from games.solvers import CONCEPTS

assert CONCEPTS["logit"].name == "logit"
assert "games.solvers.response.logit" in sys.modules
assert "games.solvers.nash.zero_sum" not in sys.modules
assert CONCEPTS["nash-stable"].name == "nash-stable"
print(list(CONCEPTS))
"""


def test_a_concept_is_imported_when_it_is_asked_for_and_the_order_stays() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{list(CONCEPTS)}\n", "")
    assert len(CONCEPTS) == len(list(CONCEPTS)) == len(set(CONCEPTS))


def test_every_concept_stands_in_the_file_of_its_name() -> None:
    files = [path.stem.replace("_", "-") for path in Path(solvers.__path__[0]).rglob("*.py")]
    assert {name: files.count(name) for name in CONCEPTS} == dict.fromkeys(CONCEPTS, 1)


def test_a_name_that_no_concept_has_is_in_no_file_either() -> None:
    for name in ("concept", "nash.nash", "graph-stability", "../nash", "Nash", ""):
        assert name not in CONCEPTS


def test_answers_are_equal_by_value_and_say_that_they_have_no_hash() -> None:
    pennies = StrategicGame.bimatrix([[1, -1], [-1, 1]])
    answer = solve(pennies)
    assert answer == solve(pennies)
    for value, name in ((answer, "Equilibria"), (answer[0], "Equilibrium")):
        assert not isinstance(value, Hashable)
        with pytest.raises(TypeError, match=f"unhashable type: '{name}'"):
            hash(value)


@pytest.mark.parametrize("limit", ["x", "3", True, [], 1j])
def test_what_is_no_number_is_no_time_limit(limit: object) -> None:
    with pytest.raises(InputError, match=r"the time limit is .*; give a number of seconds"):
        solve(StrategicGame.bimatrix([[1]]), time_limit=limit)  # type: ignore[arg-type]
