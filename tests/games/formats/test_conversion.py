"""From file to file: what is written reads as the same game, and what a file does not keep is said."""

import random
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import catalog, load
from games.formats.conversion import UNKEPT, converted
from games.formats.files import READERS
from games.forms.bargaining import BargainingProblem
from games.forms.bayesian import BayesianGame, Listed
from games.forms.game import Game
from games.formulas.relations import Related
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1953
BOTH_WAYS = (".toml", ".json", ".csv", ".nfg", ".efg")
HELD = {"strategic": {".toml", ".json", ".nfg"}, "extensive": {".toml", ".json", ".efg"}}
"""What surely holds a form; a table of comma-separated values holds two players' games besides."""

UNWRITTEN = {"repeated", "graph"}
"""Forms of which no file is read."""

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


def written_alike(one: Game, other: Game) -> bool:
    """Whether two games are equal, their labels in the same order: nothing here is the conversion's own."""
    if isinstance(one, ExtensiveGame) and isinstance(other, ExtensiveGame):
        return one == other and list(one.nodes) == list(other.nodes)
    return one == other and repr(one) == repr(other)


def read(text: str, suffix: str) -> Model:
    return READERS[suffix](text, "read again")


@pytest.mark.parametrize("suffix", BOTH_WAYS)
@pytest.mark.parametrize("name", named(catalog()))
def test_every_model_comes_back_at_its_defaults(name: str, suffix: str) -> None:
    model = load(name)
    form = model.game.form
    must = {".toml", ".json"} if form not in UNWRITTEN else set()
    must = HELD.get(form, must) | ({".csv"} if form == "strategic" and len(model.game.players) == 2 else set())
    if suffix in must:
        assert read(converted(model, suffix).text, suffix).at() == model.at()
    else:
        with pytest.raises(InputError, match=r"games? in strategic form|takes a tree|two players|have no way"):
            converted(model, suffix)


@pytest.mark.parametrize("name", named(name for name, m in catalog().items() if m.game.form not in UNWRITTEN))
def test_documents_keep_formulas_parameters_and_assumptions(name: str) -> None:
    model = load(name)
    for suffix in (".toml", ".json"):
        again = read(converted(model, suffix).text, suffix)
        kept = ("name", "title", "question", "story")
        assert [getattr(again, key) for key in kept] == [getattr(model, key) for key in kept]
        assert [replace(p, source=q.source) for p, q in zip(again.parameters, model.parameters, strict=True)] == list(
            model.parameters
        )
        pairs = zip(again.game.entries, model.game.entries, strict=True)
        assert all(sympy.expand(sympy.sympify(a) - sympy.sympify(b)) == 0 for a, b in pairs)
        for ours, theirs in zip(again.assumptions, model.assumptions, strict=True):
            assert sympy.expand(ours.margin - theirs.margin) == 0
            assert ours.is_strict == theirs.is_strict


@pytest.mark.parametrize(
    "number_of_it", [pytest.param(k, marks=pytest.mark.long if k > 15 else ()) for k in range(100)]
)
def test_random_games_come_back_through_each_kind_that_holds_them(number_of_it: int) -> None:
    rng = random.Random(f"{SEED}/{number_of_it}")
    game: Game = (strategic if number_of_it % 2 else tree)(rng)
    model = Model("random", "A title", game, story='First line.\nSecond “line”, with a \\ and a ".')
    for suffix in HELD[game.form]:
        again = read(converted(model, suffix).text, suffix)
        assert written_alike(again.game, game), suffix
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


def losses() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "sources of its parameters", {}
    yield "reasons for its assumptions", {}
    given: dict[str, Any] = {
        "outcome_words": lambda path: "words",
        "choice_words": {"l": "left"},
        "axes": ("cost", "cost"),
        "quantities": lambda: {"q": 1},
        "shorthand": {"s": sympy.Symbol("cost")},
        "asked": (("l", ()),),
        "unknown": ("something",),
        "arguments": (("an argument", Assumed("x")),),
        "references": ("a work",),
        "tells_another_story": "because",
    }
    assert given.keys() == UNKEPT.keys()
    for name, value in given.items():
        yield UNKEPT[name], {name: value}


@pytest.mark.parametrize(("said", "fields"), list(losses()))
def test_what_a_document_does_not_keep_is_said(said: str, fields: dict[str, Any]) -> None:
    (kept,) = converted(with_parameter(**fields), ".toml").findings()
    assert said in kept
    bare = " ".join(converted(with_parameter(), ".toml").findings())
    assert (said in bare) == (not fields)


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
