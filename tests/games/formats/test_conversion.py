"""From file to file: what is written reads as the same game, and what a file does not keep is said."""

import random
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy

from games import (
    Chance,
    ContinuousGame,
    Decision,
    ExtensiveGame,
    GraphModel,
    InputError,
    Outcome,
    RepeatedGame,
    StochasticGame,
    StrategicGame,
)
from games.catalog import catalog, load
from games.formats.conversion import FIELDS, converted
from games.formats.files import READERS
from games.forms.bargaining import BargainingProblem
from games.forms.bayesian import BayesianGame, Listed
from games.forms.continuous import Interval
from games.forms.game import Game
from games.forms.strategic import Profile
from games.formulas.relations import Related
from games.literature import Reference
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed, Cited, Derived, Quoted
from judges.structure import alike, structure

SEED = 1953
BOTH_WAYS = (".toml", ".json", ".csv", ".nfg", ".efg")
DOCUMENTS = {".toml", ".json"}
HELD = {"strategic": {".toml", ".json", ".nfg"}, "extensive": {".toml", ".json", ".efg"}}
"""What surely holds a form; a table of comma-separated values holds two players' games besides."""

JOINABLE = ["a, b", "x/y", "Hold_fast", "ünïcode", 'say "no"']
"""Labels that a profile can be written with: no two of the signs that join them are in all."""

WORDS = ["Hold", "Back down", "a, b", 'say "no"', "back\\slash", "ünïcode", "{x}", "1/2", "=1+1", "a.b", "x | y", "#"]


FAST = {"sanction-retaliation", "sanction-encounter", "ratification", "costly-patience", "freeze-and-thaw"}
FAST |= {"third-country-compliance", "opposition-signal", "standoff", "cournot-duopoly"}
"""A model of each form; the others are for the long tests."""


def named(names: Iterable[str]) -> list[Any]:
    return [pytest.param(name, marks=() if name in FAST else pytest.mark.long) for name in names]


def number(rng: random.Random) -> Fraction | int:
    return rng.choice([rng.randint(-9, 9), Fraction(rng.randint(-99, 99), rng.choice([2, 3, 7, 10, 1000, 12345]))])


def strategic(rng: random.Random) -> StrategicGame:
    players = [f"P{k}" for k in range(rng.randint(1, 3))]
    own = {player: tuple(rng.sample(WORDS, rng.randint(1, 3))) for player in players}
    return StrategicGame(own, {p: tuple(number(rng) for _ in players) for p in product(*own.values())})


def tree(rng: random.Random) -> ExtensiveGame:
    players = ("Japan", "Russia and others")

    def node(depth: int) -> Any:
        if depth == 0 or rng.random() < 0.15:
            return Outcome((number(rng), number(rng)))
        labels = rng.sample(WORDS, rng.randint(1, 3))
        if rng.random() < 0.2:
            odds = [Fraction(rng.randint(0, 5)) for _ in labels[1:]]
            weights = [*odds, max(Fraction(1), 7 - sum(odds))]
            return Chance({e: (w / sum(weights), node(depth - 1)) for e, w in zip(labels, weights, strict=True)})
        player = rng.choice(players)
        # Sets of several decisions: all with these actions, whatever came before.
        name = rng.choice([None, f"{player} does not see"])
        actions = ["In the dark", "Wait, then"] if name else labels
        return Decision(player, {label: node(depth - 1) for label in actions}, name)

    while True:
        try:
            return ExtensiveGame(players, node(4))
        except InputError:
            continue


def labels(rng: random.Random, most: int = 3) -> tuple[str, ...]:
    return tuple(rng.sample(WORDS, rng.randint(1, most)))


def shares(rng: random.Random, names: Sequence[Any]) -> dict[Any, Fraction]:
    """Probabilities of some of the names, perhaps of one alone."""
    chosen = rng.sample(list(names), rng.randint(1, len(names)))
    weights = [rng.randint(1, 9) for _ in chosen]
    return {name: Fraction(w, sum(weights)) for name, w in zip(chosen, weights, strict=True)}


def stages(rng: random.Random) -> tuple[dict[str, StrategicGame], dict[str, dict[Profile, dict[str, Fraction]]]]:
    """Stage games of states, and what follows each profile."""
    players, states = ("Japan", "Russia & others"), labels(rng)
    found = {}
    for state in states:
        own = {player: tuple(rng.sample(JOINABLE, rng.randint(1, 2))) for player in players}
        found[state] = StrategicGame(own, {p: (number(rng), number(rng)) for p in product(*own.values())})
    return found, {state: {p: shares(rng, states) for p in stage.profiles} for state, stage in found.items()}


def repeated(rng: random.Random) -> RepeatedGame:
    own, odds = stages(rng)
    discounts = {player: Fraction(rng.randint(0, 9), 10) for player in next(iter(own.values())).players}
    return RepeatedGame(own, discounts, odds, rng.choice(list(own)))


def stochastic(rng: random.Random) -> StochasticGame:
    own, odds = stages(rng)
    return StochasticGame(own, odds, Fraction(rng.randint(0, 9), 10), rng.choice(list(own)))


def graph(rng: random.Random) -> GraphModel:
    states = rng.sample(WORDS, 4)
    arcs = [
        {a: tuple(b for b in states if b != a and rng.random() < 0.4) for a in rng.sample(states, 2)} for _ in range(2)
    ]
    moves = {player: {a: to for a, to in own.items() if to} for player, own in zip("AB", arcs, strict=True)}
    return GraphModel({state: (number(rng), number(rng)) for state in states}, moves)


def bayesian(rng: random.Random) -> BayesianGame:
    types = {player: tuple(rng.sample(JOINABLE, rng.randint(1, 2))) for player in ("A b", "C_d")}
    actions = {player: labels(rng, 2) for player in types}
    prior = shares(rng, list(product(*types.values())))
    paid = {(t, a): (number(rng), number(rng)) for t in prior for a in product(*actions.values())}
    return BayesianGame(types, actions, prior, Listed(paid))


def bargaining(rng: random.Random) -> BargainingProblem:
    points = {name: (rng.randint(0, 9), number(rng)) for name in rng.sample(WORDS, 3)}
    return BargainingProblem({"A, b": -10, "C_d": -100}, points, free_disposal=rng.random() < 0.5)


def continuous(rng: random.Random) -> ContinuousGame:
    choices = {player: Interval(name, 0, rng.randint(1, 9)) for player, name in (("Home land", "x"), ("A, b", "y_1"))}
    payoffs = {p: {(1, 0): number(rng), (0, 1): number(rng), (2, 1): number(rng) - 10} for p in choices}
    return ContinuousGame(choices, payoffs)


FORMS = (strategic, tree, repeated, stochastic, graph, bayesian, bargaining, continuous)


def read(text: str, suffix: str) -> Model:
    return READERS[suffix](text, "read again")


@pytest.mark.parametrize("suffix", BOTH_WAYS)
@pytest.mark.parametrize("name", named(catalog()))
def test_every_model_comes_back_at_its_defaults(name: str, suffix: str) -> None:
    model = load(name)
    form = model.game.form
    must = HELD.get(form, DOCUMENTS) | ({".csv"} if form == "strategic" and len(model.game.players) == 2 else set())
    if suffix in must:
        assert alike(structure(read(converted(model, suffix).text, suffix).at()), structure(model.at()))
    else:
        with pytest.raises(InputError, match=r"games? in strategic form|takes a tree|two players|have no way"):
            converted(model, suffix)


@pytest.mark.parametrize("name", named(catalog()))
def test_documents_keep_all_that_is_said_of_a_model(name: str) -> None:
    model = load(name)
    for suffix in DOCUMENTS:
        again = read(converted(model, suffix).text, suffix)
        assert alike(structure(again.game), structure(model.game))
        kept = ("name", "title", "question", "story", "choice_words", "axes", "asked", "unknown", "references")
        assert [getattr(again, key) for key in kept] == [getattr(model, key) for key in kept]
        assert again.parameters == model.parameters
        assert list(map(again.outcome_words, again.game.paths)) == list(map(model.outcome_words, model.game.paths))
        assert again.shorthand.keys() == model.shorthand.keys()
        assert all(alike(again.shorthand[own], formula) for own, formula in model.shorthand.items())
        for ours, theirs in zip(again.assumptions, model.assumptions, strict=True):
            assert sympy.expand(ours.margin - theirs.margin) == 0
            assert (ours.is_strict, ours.reason) == (theirs.is_strict, theirs.reason)


@pytest.mark.parametrize(
    "number_of_it", [pytest.param(k, marks=pytest.mark.long if k >= 2 * len(FORMS) else ()) for k in range(100)]
)
def test_random_games_come_back_through_each_kind_that_holds_them(number_of_it: int) -> None:
    rng = random.Random(f"{SEED}/{number_of_it}")
    game = FORMS[number_of_it % len(FORMS)](rng)
    model = Model("random", "A title", game, story='First line.\nSecond “line”, with a \\ and a ".')
    for suffix in HELD.get(game.form, DOCUMENTS):
        again = read(converted(model, suffix).text, suffix)
        assert alike(structure(again.game), structure(game)), suffix
        assert (again.title, again.story) == (model.title, model.story)


def with_parameter(**fields: Any) -> Model:
    cost = sympy.Symbol("cost")
    parameter = Parameter(
        cost, meaning="a cost", default="1/3", low=0, high=1, unit=Unit.SHARE, source=Assumed("a reason of its own")
    )
    game = StrategicGame({"A": ("l", "r")}, {("l",): (cost,), ("r",): (1 - cost,)})
    return Model(
        "own", "Own", game, (parameter,), (Assumption(Related(cost, ">=", sympy.Integer(0)), "why"),), **fields
    )


def test_values_are_new_defaults_in_a_document_and_numbers_elsewhere() -> None:
    again = read(converted(with_parameter(), ".toml", {"cost": "5/7"}).text, ".toml")
    assert (again.parameters[0].default, again.parameters[0].unit) == (Fraction(5, 7), Unit.SHARE)
    assert again.game == with_parameter().game
    made = converted(with_parameter(), ".nfg", {"cost": "5/7"})
    assert read(made.text, ".nfg").game == StrategicGame({"A": ("l", "r")}, {("l",): ("5/7",), ("r",): ("2/7",)})
    assert made.changes == ("Formulas have become numbers, at cost = 5/7.",)
    plain = converted(with_parameter(), ".toml", {"cost": "5/7"}, numbers=True)
    assert "parameters" not in tomllib.loads(plain.text)


def test_a_default_beyond_its_range_widens_it_and_says_so() -> None:
    made = converted(with_parameter(), ".json", {"cost": 3})
    assert made.changes == ("The default of cost is 3, not 1/3, and its range is widened to 0 to 3.",)
    assert read(made.text, ".json").parameters[0].high == 3


TOLD: dict[str, Any] = {
    "question": "Why?",
    "story": "Once.",
    "outcome_words": {("l",): "to the left", ("r",): "to the right"}.__getitem__,
    "choice_words": {"l": "left"},
    "axes": ("cost", "cost"),
    "shorthand": {"s": 2 * sympy.Symbol("cost")},
    "asked": (("to the left", ()),),
    "unknown": ("something",),
    "references": (Reference("A. Scholar", 1999, "On Games", "Journal of Games 1(2)"),),
}
"""What a document holds."""

UNTOLD: dict[str, Any] = {
    "quantities": lambda: {"q": 1},
    "arguments": (("an argument", Assumed("x")),),
    "tells_another_story": "because",
}
"""What none does."""


def test_a_document_keeps_what_it_can_and_says_what_it_does_not() -> None:
    assert FIELDS.keys() == {"name", "title", *TOLD, *UNTOLD}
    for suffix in DOCUMENTS:
        assert converted(with_parameter(**TOLD), suffix).lost == ()
        assert converted(with_parameter(**TOLD, **UNTOLD), suffix).lost == tuple(FIELDS[name] for name in UNTOLD)


@pytest.mark.parametrize("name", ["sources", "reasons", *TOLD, *UNTOLD])
def test_every_loss_is_said_where_a_file_holds_numbers_alone(name: str) -> None:
    given = {name: {**TOLD, **UNTOLD}[name]} if name in FIELDS else {}
    model = with_parameter(**({"outcome_words": TOLD["outcome_words"]} if name == "asked" else {}), **given)
    said = " ".join(converted(model, ".nfg").findings())
    expected = {"sources": "1 parameter: meaning, range, source", "reasons": "1 assumption", "story": "Not kept"}
    assert expected.get(name, FIELDS.get(name, "")) in said


def test_sources_of_every_kind_come_back() -> None:
    for source in (Assumed("a guess"), Derived("1 - x", "they add up"), Quoted("A work", 3, "a phrase"), Cited("p. 3")):
        model = with_parameter()
        model = replace(model, parameters=(replace(model.parameters[0], source=source),))
        made = converted(model, ".toml")
        assert (read(made.text, ".toml").parameters[0].source, made.lost) == (source, ())


def test_what_no_document_can_say_is_left_out_and_named() -> None:
    made = converted(with_parameter(story="a\x00b", choice_words={"l": "two\nlines"}), ".toml")
    assert made.lost == ("its story", "words for choices")
    assert read(made.text, ".toml").story == ""


def test_a_reduced_form_has_other_paths_and_says_so() -> None:
    made = converted(load("sanction-threat"), ".toml", reduced=True)
    assert "words for outcomes" in made.lost
    assert "the sources of its parameters" not in made.lost
    assert read(made.text, ".toml").references == load("sanction-threat").references


def test_every_text_of_a_model_is_kept_or_said_to_be_lost() -> None:
    model = replace(with_parameter(), question="Why?", story="Once.")
    assert {"its name", "its title", "its question", "its story"} <= set(converted(model, ".tex").lost)
    assert {"its name", "its question"} <= set(converted(model, ".nfg").lost)
    assert "its story" not in converted(model, ".nfg").lost
    assert "its story" in converted(replace(model, story="Once.\rTwice."), ".nfg").lost
    assert "its title" in converted(replace(model, title="Two  blanks"), ".nfg").lost
    numbers = StrategicGame.bimatrix([[1]], [[2]])
    assert converted(Model("x", "x", numbers), ".toml").findings() == ("Nothing is lost.",)


def test_a_tree_becomes_its_reduced_strategic_form_only_when_asked() -> None:
    with pytest.raises(InputError, match="--reduced"):
        converted(load("sanction-threat"), ".nfg")
    made = converted(load("sanction-threat"), ".nfg", reduced=True)
    assert any("reduced strategic form" in said for said in made.changes)
    assert len(read(made.text, ".nfg").game.places["Japan"]) == 3


def test_a_bayesian_game_is_held_by_a_tree_file_as_its_tree() -> None:
    types = {"A": ("weak", "strong"), "B": ("only",)}
    actions = {"A": ("x", "y"), "B": ("z",)}
    prior = {("weak", "only"): Fraction(1, 3), ("strong", "only"): Fraction(2, 3)}
    paid = {(t, a): (len(t[0]), len(a[0])) for t in prior for a in product(*actions.values())}
    game = BayesianGame(types, actions, prior, Listed(paid))
    model = Model("b", "b", game)
    made = converted(model, ".efg")
    assert read(made.text, ".efg").game == game.tree()
    assert "types are what chance draws" in made.changes[0]
    assert read(converted(model, ".toml").text, ".toml").game == game


def test_a_frontier_comes_back() -> None:
    game = BargainingProblem.along({"A": "t", "B": "1 - t**2 / 3"}, {"A": 0, "B": "1/7"}, (0, Fraction(1, 2)), False)
    for suffix in (".toml", ".json"):
        assert read(converted(Model("f", "f", game), suffix).text, suffix).game == game


@pytest.mark.parametrize(
    ("game", "suffix", "said"),
    [
        (StrategicGame({" A": ("l",)}, {("l",): (1,)}), ".toml", "spaces around"),
        (StrategicGame({"A": ("l",)}, {("l",): (1,)}), ".csv", "two players"),
        (StrategicGame({"A": ("l",)}, {("l",): (1,)}), ".efg", "a tree"),
        (StrategicGame({"A": ("l",)}, {("l",): (1,)}), ".doc", "is written as"),
        (StrategicGame({"A": ("l",)}, {("l",): (Fraction(1, 3**900),)}), ".nfg", "characters"),
    ],
)
def test_what_a_file_cannot_hold_is_refused_with_the_reason(game: Game, suffix: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        converted(Model("m", "m", game), suffix)
