"""The outcomes of a model in words, and slices through its parameters."""

from collections.abc import Callable
from fractions import Fraction

import pytest
import sympy
from sympy import Integer, Rational, symbols

from analyses.outcomes import NOTHING, concept_name, outcomes_in_words, slice_of
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

x, y = symbols("x y")


def parameter(symbol: sympy.Symbol, default: str = "1", low: str = "0", high: str = "3") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def risky() -> Model:
    """One player takes a sure payoff or a lottery."""
    lottery = Chance({"win": (Rational(1, 3), Outcome((x,))), "lose": (Rational(2, 3), Outcome((Integer(0),)))})
    game = ExtensiveGame(("A",), Decision("A", {"gamble": lottery, "keep": Outcome((y,))}))
    return Model("risky", "Risky", game, (parameter(x), parameter(y)))


def pennies() -> Model:
    """Matching pennies; from x = 0 downwards the first player has a dominant strategy."""
    game = StrategicGame.bimatrix([[x, -1], [-x, 1]], [[-1, 1], [1, -1]])
    return Model("pennies", "Pennies", game, (parameter(x, low="-3"),))


def test_every_outcome_of_a_lottery_counts_once_and_words_are_sorted() -> None:
    model = risky()
    equilibria = solve(model.at(x=3, y=1))
    assert len(equilibria) == 2
    assert outcomes_in_words(model, equilibria) == ("gamble, lose", "gamble, win", "keep")
    assert equilibria.game.played_paths(solve(model.at(x=2))[0]) == [("keep",)]


def test_paths_with_the_same_words_are_one_outcome() -> None:
    model = load("territorial-partition")
    equilibria = solve(model.at(z_J=-1, z_R=-1, phi=0))
    assert len(equilibria) > 1
    assert len({path for one in equilibria for path in equilibria.game.played_paths(one)}) > 1
    assert outcomes_in_words(model, equilibria) == ("The freeze goes on",)


def test_a_mixed_profile_reaches_every_profile_of_its_support() -> None:
    game = pennies().at(x=1)
    (equilibrium,) = solve(game, "nash")
    assert sorted(game.played_paths(equilibrium)) == [("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")]


def test_no_equilibrium_is_an_outcome_of_its_own() -> None:
    model = pennies()
    assert outcomes_in_words(model, solve(model.at(), "pure-nash")) == (NOTHING,)


@pytest.mark.parametrize(
    ("name", "concept", "expected"),
    [
        ("sanction-retaliation", None, "subgame-perfect"),
        ("sanction-encounter", None, "pure-nash"),
        ("sanction-encounter", "pure-nash", "pure-nash"),
    ],
)
def test_the_concept_is_the_one_named_or_the_one_that_fits_the_form(
    name: str, concept: str | None, expected: str
) -> None:
    assert concept_name(load(name), concept) == expected


@pytest.mark.parametrize(
    ("name", "concept", "message"),
    [
        ("sanction-retaliation", "trembling", "there is no solution concept 'trembling'"),
        ("sanction-encounter", "subgame-perfect", "does not apply to a game in strategic form"),
        ("sanction-encounter", "level-k", "is not about pure play alone"),
        ("sanction-encounter", "trembling", "there is no solution concept 'trembling'"),
    ],
)
def test_a_concept_without_cases_is_refused(name: str, concept: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        concept_name(load(name), concept)


def test_a_concept_whose_players_may_mix_is_refused() -> None:
    with pytest.raises(InputError, match="'nash' is not about pure play alone, which thresholds and regions follow"):
        slice_of(pennies(), ("x",), concept="nash").around((Fraction(1),))


def test_a_slice_fixes_all_but_the_free_parameters() -> None:
    line = slice_of(load("sanction-retaliation"), ("beta",), {"A_F": "3/2", "E": "1/7"})
    assert {str(symbol) for value in line.game.entries for symbol in getattr(value, "free_symbols", ())} == {"beta"}
    assert line.bounds == ((Fraction(0), Fraction(2)),)
    point = {symbol.name: value for symbol, value in line.at((Fraction(1, 3),)).items()}
    assert (point["A_F"], point["E"], point["beta"], point["h_F"]) == (
        Fraction(3, 2),
        Fraction(1, 7),
        Fraction(1, 3),
        Fraction(3, 2),
    )
    assert line.solve((Fraction(2),))[0].payoffs["Japan"] == Fraction(6, 7)


@pytest.mark.parametrize("name", ["sanction-retaliation", "sanction-encounter", "territorial-partition"])
def test_payoffs_of_an_equilibrium_as_formulas_agree_with_those_at_the_point(name: str) -> None:
    model = load(name)
    free = tuple(p.name for p in model.parameters)[:3]
    space = slice_of(model, free)
    middle = tuple(model.by_name[name].default for name in free)
    found = space.around(middle)
    values = {symbol: Rational(str(value)) for symbol, value in zip(space.symbols, middle, strict=True)}
    equilibria = space.solve(middle)
    known = {tuple(Rational(str(e.payoffs[player])) for player in model.game.players) for e in equilibria}
    told = {tuple(sympy.sympify(payoff).subs(values) for payoff in space.payoffs(one)) for one in found.played}
    assert told == known
    assert sum(one.count for one in found.played) == len(equilibria)
    assert space.outcomes(found, middle) == space.words(equilibria)


@pytest.mark.parametrize(
    ("free", "values", "message"),
    [
        (("nonsense",), {}, "has no parameter 'nonsense'"),
        (("beta", "beta"), {}, "must differ"),
        (("beta",), {"nonsense": 1}, "has no parameter 'nonsense'"),
        (("beta",), {"A_F": 0.5}, "is the float 0.5"),
        (("beta",), {"k_Y": 1}, "assumes k_Y ≤ k_F"),
    ],
)
def test_wrong_parameters_and_values_are_refused(
    free: tuple[str, ...], values: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        slice_of(load("sanction-retaliation"), free, values)


def test_outcomes_of_the_catalog_agree_with_the_definition(words_at: Callable[..., tuple[str, ...]]) -> None:
    for name in ("sanction-retaliation", "territorial-partition"):
        model = load(name)
        assert outcomes_in_words(model, solve(model.at())) == words_at(model, {})
    encounter = load("sanction-encounter")
    assert outcomes_in_words(encounter, solve(encounter.at(), "pure-nash")) == words_at(encounter, {})
