"""Regions of payoffs at which some case is as wanted: at every point of one, exactly asked, some case is."""

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest
import sympy

from analyses.claims import Claim, Holds
from analyses.claims.cover import Cover
from analyses.claims.setting import Setting
from games import Decision, ExtensiveGame, GraphModel, Outcome, StrategicGame
from games.forms.game import Game
from games.formulas.relations import Relation, related
from games.model import Model
from games.parameters import Parameter, Unit
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.sources import Assumed
from games.terms import Condition, denied, holds, poly, put
from laws.cases_at import Posed

SEED = 1988
q, s, t, u = sympy.symbols("q s t u")


def parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default="1",
        low="-2",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def setting_of(game: Game, concept: str, quantity: Quantity, relation: Relation) -> Setting:
    """That in some equilibrium the quantity, called q, is as the relation says."""
    free = {symbol for entry in game.entries for symbol in getattr(entry, "free_symbols", ())}
    free |= {symbol for symbol in (s, t, u) if symbol in relation.left.free_symbols | relation.right.free_symbols}
    model = Model("game", "Game", game, tuple(parameter(symbol) for symbol in sorted(free, key=str)))
    return Setting(
        Claim("test", "A claim for a test.", model, Holds(relation, {q: quantity}), (), concept, every=False)
    )


def bimatrix(rows: Sequence[Sequence[Any]], columns: Sequence[Sequence[Any]]) -> StrategicGame:
    menus = {"A": ("c", "d"), "B": ("c", "d")}
    entries = [[[sympy.sympify(value) for value in row] for row in rows_] for rows_ in (rows, columns)]
    return StrategicGame.bimatrix(*entries, menus)


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(map(sympy.sympify, payoffs)))


COORDINATION = bimatrix([[t, 0], [0, u]], [[1, 0], [0, s]])
FLAT = bimatrix([[0, 0], [0, 0]], [[0, 0], [0, 0]])
TREE = ExtensiveGame(
    ("A", "B"),
    Decision("A", {"out": leaf(0, 1), "in": Decision("B", {"l": leaf(t, s), "r": leaf(u, t)})}),
)
UNSEEN = ExtensiveGame(
    ("A", "B"),
    Decision(
        "A",
        {
            "out": leaf(2, 0),
            "x": Decision("B", {"l": leaf(0, t), "r": leaf(s, 0)}, "B"),
            "y": Decision("B", {"l": leaf(s, u), "r": leaf(0, 0)}, "B"),
        },
    ),
)
GRAPH = GraphModel(
    {"one": (sympy.Integer(0), sympy.Integer(1)), "two": (t, s), "three": (u, sympy.Integer(0))},
    {
        "A": {"one": ("two",), "two": ("three",), "three": ()},
        "B": {"one": (), "two": ("one",), "three": ("one",)},
    },
)
A_PLAYS_C = Chosen({"A": "c"})
B_PLAYS_L = Chosen({"B": "l"})
HALF = sympy.Rational(1, 2)

SETTINGS = {
    "nash: A mixes": setting_of(COORDINATION, "nash", A_PLAYS_C, related(q, "<", HALF)),
    "nash: A gets no less than s": setting_of(COORDINATION, "nash", Payoff("A"), related(q, ">=", s)),
    "nash: a probability is t": setting_of(FLAT, "nash", A_PLAYS_C, related(q, "==", t)),
    "pure-nash: A plays c": setting_of(COORDINATION, "pure-nash", A_PLAYS_C, related(q, "==", 1)),
    "payoff-dominant: A plays c": setting_of(COORDINATION, "payoff-dominant", A_PLAYS_C, related(q, "==", 1)),
    "trembling-hand: A plays c": setting_of(COORDINATION, "trembling-hand", A_PLAYS_C, related(q, "==", 1)),
    "rationalizable: A plays c": setting_of(COORDINATION, "rationalizable", A_PLAYS_C, related(q, "==", 1)),
    "correlated: A plays c": setting_of(COORDINATION, "correlated", A_PLAYS_C, related(q, ">", HALF)),
    "correlated: a probability is t": setting_of(FLAT, "correlated", A_PLAYS_C, related(q, "==", t)),
    "coarse-correlated: A gets s": setting_of(COORDINATION, "coarse-correlated", Payoff("A"), related(q, "==", s)),
    "subgame-perfect: l is reached": setting_of(TREE, "subgame-perfect", Reach(("in", "l")), related(q, "==", 1)),
    "perfect-bayesian: B mixes": setting_of(UNSEEN, "perfect-bayesian", B_PLAYS_L, related(q, "==", HALF)),
    "perfect-bayesian: A is out": setting_of(UNSEEN, "perfect-bayesian", Reach(("out",)), related(q, "==", 1)),
    "sequential: B mixes": setting_of(UNSEEN, "sequential", B_PLAYS_L, related(q, "==", HALF)),
    "nash-stable: two": setting_of(GRAPH, "nash-stable", Reach(("two",)), related(q, "==", 1)),
    "sequentially-stable: two": setting_of(GRAPH, "sequentially-stable", Reach(("two",)), related(q, "==", 1)),
}
POINTS = 40


def points(setting: Setting, rng: random.Random) -> Iterator[dict[str, Fraction]]:
    """Points on a grid, coarse for some, so that payoffs tie."""
    while True:
        steps = rng.choice((4, 8, 24))
        yield {name: Fraction(-2) + 4 * Fraction(rng.randint(0, steps), steps) for name in setting.ranges}


def is_as_wanted(setting: Setting, wanted: Condition, at: dict[str, Fraction]) -> bool:
    """Whether at a point some case is as wanted, asked of a solver of the tests' own."""
    numbers = {name: poly(value) for name, value in at.items()}
    return Posed(setting.cases.put(numbers)).find(put(wanted, numbers)) is not None


@pytest.mark.untraced
@pytest.mark.parametrize("always", [True, False], ids=["made wide", "as found"])
@pytest.mark.parametrize("name", SETTINGS)
def test_at_each_point_of_a_region_some_case_is_as_wanted(name: str, always: bool) -> None:
    """Also where a region is made wide because there is always an equilibrium, unless there need not be one."""
    setting = SETTINGS[name]
    wide = always and setting.claim.exists_because
    cover = Cover(setting, setting.concluded, denied(setting.concluded) if wide else None)
    rng = random.Random(f"{SEED} {name}")
    inside = 0
    drawn = points(setting, rng)
    for _ in range(4):
        # A region around each of a few points, found as the search finds it.
        for at in (next(drawn) for _ in range(POINTS)):
            here = cover._regions.at(at)
            if here.is_yes:
                cover._regions.add(at, here)
                break
    assert cover.regions, "nowhere is a case as wanted"
    for at in (next(drawn) for _ in range(POINTS)):
        if any(holds(region, at) for region in cover.regions):
            inside += 1
            assert is_as_wanted(setting, setting.concluded, at), (at, cover.regions)
    assert inside


@pytest.mark.parametrize("name", ["pure-nash: A plays c", "subgame-perfect: l is reached", "nash-stable: two"])
def test_what_lies_outside_of_all_regions_is_not_as_wanted(name: str) -> None:
    """The search ends with a point at which no case is as wanted, or with none; then every point lies in a region."""
    setting = SETTINGS[name]
    cover = Cover(setting, setting.concluded)
    answer = cover.outside()
    assert answer.is_yes
    at = answer.point(list(setting.ranges))
    assert at is not None
    assert not is_as_wanted(setting, setting.concluded, at)
    assert not any(holds(region, at) for region in cover.regions)


def test_where_some_case_is_always_as_wanted_regions_cover_all() -> None:
    setting = setting_of(COORDINATION, "nash", A_PLAYS_C, related(q, ">=", 0))
    cover = Cover(setting, setting.concluded)
    assert cover.outside().is_no
    rng = random.Random(SEED)
    drawn = points(setting, rng)
    for at in (next(drawn) for _ in range(POINTS)):
        assert any(holds(region, at) for region in cover.regions), at


def test_regions_that_are_left_out_are_looked_at_no_more() -> None:
    setting = SETTINGS["pure-nash: A plays c"]
    cover = Cover(setting, setting.concluded)
    cover.leave_out(True)
    assert cover.outside().is_no
