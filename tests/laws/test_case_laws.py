"""What the cases of every concept must satisfy, at exact numbers, tied ones among them.

Where choices are in order, what is played is what the solver lists. Where there are unknowns, every listed equilibrium
is that of a case, no case has another one where the list is complete, what is said to follow follows, and an unknown
that is not declared free is settled by the rest. A concept may refuse a game with an `InputError`.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any

import numpy as np
import pytest
import z3

from games import (
    AlternatingOffers,
    Chance,
    Decision,
    ExtensiveGame,
    GraphModel,
    InputError,
    Outcome,
    RepeatedGame,
    StrategicGame,
)
from games.cases import Cases
from games.catalog import catalog
from games.forms.continuous import ContinuousGame, Interval
from games.forms.game import Game
from games.forms.reduced import strategy_counts
from games.forms.stochastic import StochasticGame
from games.formulas.polynomials import Entries
from games.formulas.relations import symbols_of
from games.formulas.values import evaluate
from games.model import Model
from games.play.quantities import Chosen, Quantity, quantity_at
from games.solvers.concept import CONCEPTS, Concept
from games.solvers.equilibria import Equilibria
from games.terms import Condition, Poly, Sign, Taken, denied, equal, every, poly, signs, some, var
from laws.cases_at import Posed, alike, elsewhere, in_polynomials, told
from laws.counts import third
from laws.models import every_model, lightly, sampled

SEED = 20240229
MOST_PLAYS = 3_000


def random_strategic(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    menus = {f"P{k}": tuple("abc"[:size]) for k, size in enumerate(sizes)}
    return StrategicGame(menus, {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*menus.values())})


def symmetric(rng: random.Random, size: int, high: int) -> StrategicGame:
    rows = [[rng.randint(0, high) for _ in range(size)] for _ in range(size)]
    menus = dict.fromkeys(("One", "Other"), tuple("abcd"[:size]))
    return StrategicGame.bimatrix(rows, [list(column) for column in zip(*rows, strict=True)], menus)


def constant_sum(rng: random.Random, sizes: tuple[int, int], high: int) -> StrategicGame:
    rows = [[rng.randint(0, high) for _ in range(sizes[1])] for _ in range(sizes[0])]
    return StrategicGame.bimatrix(rows, [[3 - entry for entry in row] for row in rows])


def unseen_tree(rng: random.Random, high: int) -> ExtensiveGame:
    """A moves, B sees only whether A stayed out, and A may move once more where B went left."""

    def leaf() -> Outcome:
        return Outcome((rng.randint(0, high), rng.randint(0, high)))

    def reply() -> Decision:
        again = Decision("A", {"u": leaf(), "d": leaf()}) if rng.random() < 0.4 else leaf()
        return Decision("B", {"l": again, "r": leaf()}, "B unseeing")

    return ExtensiveGame(("A", "B"), Decision("A", {"out": leaf(), "x": reply(), "y": reply()}))


def signalling(rng: random.Random, high: int) -> ExtensiveGame:
    def sends(kind: str) -> Decision:
        heard = {m: {r: Outcome((rng.randint(0, high), rng.randint(0, high))) for r in "lr"} for m in "xy"}
        return Decision("A", {m: Decision("B", ends, f"B after {m}") for m, ends in heard.items()}, f"A as {kind}")

    odds = Fraction(rng.randint(0, 3), 3)
    return ExtensiveGame(("A", "B"), Chance({"one": (odds, sends("one")), "two": (1 - odds, sends("two"))}))


def seen_tree(rng: random.Random, depth: int, high: int) -> ExtensiveGame:
    def grow(left: int) -> Any:
        if left == 0 or (left < depth and rng.random() < 0.2):
            return Outcome((rng.randint(0, high), rng.randint(0, high), rng.randint(0, high)))
        if left < depth and rng.random() < 0.2:
            return Chance({"rain": (Fraction(1, 3), grow(left - 1)), "sun": (Fraction(2, 3), grow(left - 1))})
        return Decision(rng.choice("ABC"), {f"move {k}": grow(left - 1) for k in range(rng.choice((2, 2, 3)))})

    return ExtensiveGame(("A", "B", "C"), grow(depth))


def repeated(rng: random.Random) -> RepeatedGame:
    menus = dict.fromkeys(("A", "B"), ("c", "d"))
    names = ("calm", "war")[: rng.randint(1, 2)]
    stages = {
        name: StrategicGame(menus, {p: (rng.randint(0, 4), rng.randint(0, 4)) for p in product(*menus.values())})
        for name in names
    }
    odds = {name: dict.fromkeys(names, Fraction(1, len(names))) for name in names}
    return RepeatedGame(stages, {player: Fraction(rng.randint(0, 4), 4) * Fraction(3, 4) for player in menus}, odds)


def stochastic(rng: random.Random) -> StochasticGame:
    menus = {"A": ("x", "y"), "B": ("x", "y")[: rng.randint(1, 2)]}
    names = ("calm", "war")[: rng.randint(1, 2)]
    stages, moves = {}, {}
    for name in names:
        paid = {profile: rng.randint(0, 2) for profile in product(*menus.values())}
        stages[name] = StrategicGame(menus, {profile: (value, -value) for profile, value in paid.items()})
        moves[name] = {profile: {rng.choice(names): 1} for profile in paid}
    return StochasticGame(stages, moves, rng.choice(("0", "1/2")))


def graph(rng: random.Random) -> GraphModel:
    states, players = ("s0", "s1", "s2", "s3"), ("A", "B", "C")[: rng.randint(1, 3)]
    return GraphModel(
        {state: tuple(rng.randint(0, 3) for _ in players) for state in states},
        {p: {s: tuple(t for t in states if t != s and rng.random() < 0.4) for s in states} for p in players},
    )


def continuous(rng: random.Random) -> ContinuousGame:
    """Payoffs of degree two in numbers from −1 to 1, linear ones among them."""
    powers = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2))
    return ContinuousGame(
        {player: Interval(player.lower(), -1, 1) for player in ("A", "B")},
        {player: {own: rng.randint(-2, 2) for own in powers} for player in ("A", "B")},
    )


def talks(rng: random.Random) -> AlternatingOffers:
    """Two players, or three, with whole payoffs that tie often; with a last round or without."""
    players = ("A", "B", "C")[: rng.choice((2, 2, 2, 3))]
    turns, factors = rng.sample(players, len(players)), {p: rng.choice((0, Fraction(1, 2))) for p in players}
    further: dict[str, Any] = {"inside": {p: rng.randint(-1, 1) for p in players}}
    if len(players) == 2:
        further |= {"outside": {p: rng.randint(0, 1) for p in players}, "leavers": (rng.choice(players),)}
        further |= {"floors": {rng.choice(players): 1}} if rng.random() < 0.5 else {}
    return AlternatingOffers(
        tuple(turns), factors, rng.choice((None, None, 1, 2)), 1, rng.choice((0, "1/2")), **further
    )


def family(size: int) -> Iterator[Game]:
    """So many of each kind."""
    rng = random.Random(SEED)
    for _ in range(size):
        high = rng.choice((1, 2, 3))
        for sizes in ((1,), (3,), (1, 2), (2, 2), (2, 3), (3, 3), (2, 2, 2)):
            yield random_strategic(rng, sizes, high)
        yield symmetric(rng, 2, high)
        yield symmetric(rng, 3, high)
        yield symmetric(rng, 4, 1)
        yield constant_sum(rng, (2, 2), high)
        yield constant_sum(rng, (2, 3), high)
        yield unseen_tree(rng, high)
        yield signalling(rng, high)
        yield seen_tree(rng, 2, high)
        yield seen_tree(rng, 3, high)
        yield repeated(rng)
        yield stochastic(rng)
        yield graph(rng)
        yield continuous(rng)
        yield talks(rng)


FEW, MANY = list(family(2)), list(family(third(30)))
DEFINED = [concept for concept in CONCEPTS.values() if concept.cases]
every_concept = pytest.mark.parametrize("concept", DEFINED, ids=lambda concept: concept.name)
counts = pytest.mark.parametrize(
    "games", [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]
)


def written(concept: Concept, game: Game) -> Cases | None:
    """The cases; None where the concept is not about the game."""
    return defined(concept, in_polynomials(game), told(game))


def defined(concept: Concept, game: Any, asked: list[Quantity]) -> Cases | None:
    """The cases of a game in polynomials."""
    if not isinstance(game, concept.form):
        return None
    assert concept.cases is not None
    try:
        return concept.cases(game, asked)
    except InputError:
        return None


def lister(concept: Concept) -> Concept:
    """The concept whose solver lists all that the cases describe."""
    return CONCEPTS[concept.listed_as] if concept.listed_as else concept


MOST_PROFILES = 60
"""With more in the reduced form of three players, `nash` takes up to a minute: for the long tests."""


def solved(concept: Concept, game: Game) -> Equilibria | None:
    try:
        return lister(concept).solve(game)
    except InputError:
        return None


def is_quick(concept: Concept, game: Game) -> bool:
    if lister(concept).name != "nash" or not isinstance(game, ExtensiveGame) or len(game.players) < 3:
        return True
    return prod(strategy_counts(game).values()) <= MOST_PROFILES


Play = tuple[Fraction, ...]


def played(cases: Cases, at: Mapping[str, Any], most: int | None = None) -> list[Play]:
    """What each equilibrium of cases in order comes to, quantity by quantity."""
    return [
        tuple(Fraction(value.at(values)) for value in cases.values.values() if isinstance(value, Poly))
        for _, values in islice(cases.played(at), most)
    ]


def plays(found: Equilibria, game: Game, asked: list[Quantity]) -> list[Play]:
    return [tuple(quantity_at(game, found.game, one, quantity) for quantity in asked) for one in found]


@pytest.mark.untraced
@counts
@every_concept
def test_what_is_played_in_order_is_what_the_solver_lists(concept: Concept, games: list[Game]) -> None:
    for game in games:
        cases = written(concept, game)
        if cases is None or not cases.is_ordered:
            continue
        found = solved(concept, game)
        if found is None:
            # Where the definition does not apply, there is no answer.
            assert not list(cases.played({})), game
            continue
        ours, theirs = Counter(played(cases, {})), Counter(plays(found, game, told(game)))
        assert ours == theirs, game


@pytest.mark.parametrize("model", lightly(sampled(catalog().values())))
def test_what_is_played_in_a_model_is_what_the_solver_lists(model: Model) -> None:
    compare_in(model, (2,))


@pytest.mark.long
@every_model
def test_what_is_played_in_a_model_is_what_the_solver_lists_at_many_points(model: Model) -> None:
    compare_in(model, (2, 4, 1000) * 4)


def compare_in(model: Model, grids: Sequence[int]) -> None:
    """Every concept with choices in order, at a point of the model on each of the grids; coarse ones have many ties."""
    entries = Entries()
    free = model.game.with_entries([entries(entry) for entry in model.game.entries])
    rng = random.Random(SEED)
    drawn = [values_of(model, rng, steps) for steps in grids]
    for concept in DEFINED:
        asked = told(model.game)
        cases = defined(concept, free, asked)
        if cases is None or not cases.is_ordered:
            continue
        for point in drawn:
            at: dict[str, Any] = {symbol.name: value for symbol, value in point.items()}
            for entry in model.game.entries:
                # A quotient or a minimum has a name of its own.
                at |= {name: evaluate(entry, point) for name in entries(entry).names if name.startswith("[")}
            game = model.game_at(point)
            found = solved(concept, game)
            if found is None:
                assert not played(cases, at, 1)
                continue
            ours, theirs = played(cases, at, MOST_PLAYS), plays(found, game, asked)
            if len(ours) == MOST_PLAYS or isinstance(game, RepeatedGame) or not (found.complete or len(found) < 1000):
                assert len(ours) == MOST_PLAYS or set(theirs) <= set(ours), (concept.name, point)
            else:
                assert Counter(ours) == Counter(theirs), (concept.name, point)


def values_of(model: Model, rng: random.Random, steps: int) -> dict[Any, Fraction]:
    """A point within ranges and assumptions, on a grid of so many steps."""

    def draw(name: str) -> Fraction:
        p = model.by_name[name]
        return p.low + (p.high - p.low) * Fraction(rng.randint(0, steps), steps)

    values = {name: draw(name) for name in model.by_name}
    for attempt in range(2_000):
        point = model.point(**values)
        if (broken := model.broken(point)) is None:
            try:
                model.game_at(point)
            except InputError:
                values = {name: draw(name) for name in model.by_name}
                continue
            return point
        for symbol in symbols_of(broken.relation):
            values[symbol.name] = draw(symbol.name)
        if attempt % 100 == 99:
            steps *= 2
    raise AssertionError(f"{model.name}: no admissible point was met")


def with_unknowns(concept: Concept, games: list[Game]) -> Iterator[tuple[Game, Cases, Equilibria]]:
    """Games of the concept whose cases have unknowns, with exact answers."""
    for game in games:
        if isinstance(game, RepeatedGame):
            continue  # Its unknowns are payoffs, each the quotient that its equation says.
        if games is FEW and not is_quick(concept, game):
            continue
        cases = written(concept, game)
        if cases is not None and cases.unknowns and (found := solved(concept, game)) is not None and found.exact:
            yield game, cases, found


@pytest.mark.untraced
@counts
@every_concept
def test_every_listed_equilibrium_is_that_of_a_case(concept: Concept, games: list[Game]) -> None:
    for game, cases, found in with_unknowns(concept, games):
        posed = Posed(cases)
        for equilibrium in found:
            assert posed.find(alike(cases, game, found.game, equilibrium)) is not None, (game, equilibrium)


@pytest.mark.untraced
@counts
@every_concept
def test_no_case_has_an_equilibrium_that_a_complete_list_lacks(concept: Concept, games: list[Game]) -> None:
    for game, cases, found in with_unknowns(concept, games):
        if concept.one_of_many or not found.complete:
            continue
        posed = Posed(cases)
        try:
            if all(component.is_point for component in found.components):
                assert posed.find(elsewhere(cases, game, found.game, found)) is None, (game, found)
            elif isinstance(game, StrategicGame):
                for taken in cases.expanded():
                    case = posed.find(*taking(taken))
                    if case is not None and case.unknowns is not None:
                        values = values_at(cases, case.taken, case.unknowns)
                        assert in_a_component(game, found, values), (game, found, case)
        except TimeoutError:
            continue


def taking(taken: Mapping[str, str]) -> Iterator[Condition]:
    return (Taken(choice, option) for choice, option in taken.items())


def values_at(cases: Cases, taken: Mapping[str, str], unknowns: Mapping[str, Fraction]) -> dict[Quantity, Fraction]:
    given = {name: of.at(unknowns) for name, of in cases.given(taken).items()}
    return {q: Fraction(v.at({**unknowns, **given})) for q, v in cases.values.items() if isinstance(v, Poly)}


def in_a_component(game: StrategicGame, found: Equilibria, values: Mapping[Quantity, Fraction]) -> bool:
    """Whether each player's mixture is one of those that some component lists, all of the same component."""
    mixed = {who: [values[Chosen({who: own})] for own in menu] for who, menu in game.strategies.items()}
    for component in found.components:
        solver = z3.Solver()
        for who, mix in mixed.items():
            corners = {tuple(map(Fraction, found[k].strategies[who].values())) for k in component.members}
            weights = [z3.Real(f"{who} {number}") for number, _ in enumerate(corners)]
            solver.add(z3.Sum(weights) == 1, *(weight >= 0 for weight in weights))
            for place, share in enumerate(mix):
                parts = [w * z3.RealVal(str(corner[place])) for w, corner in zip(weights, corners, strict=True)]
                solver.add(z3.Sum(parts) == z3.RealVal(str(share)))
        if solver.check() == z3.sat:
            return True
    return False


@pytest.mark.untraced
@counts
@every_concept
def test_what_is_said_to_follow_follows(concept: Concept, games: list[Game]) -> None:
    for game in games:
        cases = written(concept, game)
        if cases is None or not cases.implied:
            continue
        posed = Posed(cases)
        assert posed.find(some(map(denied, cases.implied))) is None, game


@pytest.mark.untraced
@counts
@every_concept
def test_unknowns_that_are_not_free_are_settled_by_the_rest(concept: Concept, games: list[Game]) -> None:
    """Numbers, options and free unknowns given, as they are at some equilibrium, nothing else has a second value."""
    for _, cases, found in with_unknowns(concept, games):
        posed = Posed(cases)
        settled = [unknown.name for unknown in cases.unknowns if not unknown.free]
        seen: list[Condition] = []
        for _ in range(4):
            case = posed.find(*map(denied, seen))
            if case is None:
                break
            seen.append(every(taking(case.taken)))
            if case.unknowns is None:
                continue
            fixed = [equal(var(u.name), case.unknowns[u.name]) for u in cases.unknowns if u.free]
            moved = some(denied(equal(var(name), case.unknowns[name])) for name in settled)
            assert posed.find(*taking(case.taken), *fixed, moved) is None, (concept.name, found.game)


@pytest.mark.untraced
@counts
@every_concept
def test_what_a_case_plays_is_found_to_be_an_equilibrium_without_cases(concept: Concept, games: list[Game]) -> None:
    """At a few cases of each game; and what is played elsewhere is found to be one exactly where it is a case's."""
    rng = random.Random(SEED)
    for game, cases, _ in with_unknowns(concept, games):
        if concept.witness is None:
            continue
        posed = Posed(cases)
        seen: list[Condition] = []
        for _ in range(3):
            case = posed.find(*map(denied, seen))
            if case is None:
                break
            seen.append(every(taking(case.taken)))
            if case.unknowns is None:
                continue
            told_values = values_at(cases, case.taken, case.unknowns)
            strategies = {
                place: {own: told_values[Chosen({place: own})] for own in menu} for place, menu in game.places.items()
            }
            values = {**case.unknowns, **{name: of.at(case.unknowns) for name, of in cases.given(case.taken).items()}}
            witnessed = concept.witness(game, strategies, values)
            assert witnessed is not None, (game, case)
            assert all(quantity_at(game, game, witnessed, q) == value for q, value in told_values.items())
            place = rng.choice([place for place, menu in game.places.items() if len(menu) > 1] or [*game.places])
            moved = {
                **strategies,
                place: dict(zip(strategies[place], [*strategies[place].values()][::-1], strict=True)),
            }
            if moved != strategies and (other := concept.witness(game, moved, values)) is not None:
                assert posed.find(alike(cases, game, game, other)) is not None, (game, moved)


@every_concept
def test_every_case_can_be_read_on_arrays(concept: Concept) -> None:
    """Conditions come out at columns of numbers as at each number alone: whole ones, and dyadic ones in floats."""
    rng = random.Random(SEED)
    for game in FEW:
        cases = written(concept, game)
        if cases is None:
            continue
        held: set[Sign] = {s for c in conditions_of(cases) for s in signs(c)}
        names = sorted({name for sign in held for name in sign.of.names})
        for scale, dtype in ((1, object), (1, np.int64), (8, np.float64)):
            columns = {name: [Fraction(rng.randint(-16, 16), scale) for _ in range(5)] for name in names}
            whole = {n: np.array([int(v) if scale == 1 else float(v) for v in c], dtype) for n, c in columns.items()}
            for sign in held:
                at_once = np.broadcast_to(sign.of.at(whole), 5)
                for row in range(5):
                    alone = sign.of.at({name: column[row] for name, column in columns.items()})
                    assert Fraction(at_once[row]) == alone


def conditions_of(cases: Cases) -> Iterator[Any]:
    yield from (option.holds for choice in cases.choices for option in choice.options.values())
    yield from (*cases.bound, *cases.conditions, *cases.implied)


@every_concept
def test_a_concept_has_cases_for_payoffs_in_formulas(concept: Concept) -> None:
    """Each payoff a parameter of its own: what the cases then say at numbers is what they say of these numbers."""
    for game in FEW:
        exact, asked = written(concept, game), told(game)
        if exact is None or isinstance(game, RepeatedGame | StochasticGame):
            continue  # Odds sum to one, whatever the parameters.
        names = [f"u{number}" for number, _ in enumerate(game.entries)]
        entries = [var(n) if isinstance(v, int) else poly(v) for n, v in zip(names, game.entries, strict=True)]
        formulas = defined(concept, game.with_entries(entries), asked)
        if formulas is not None and formulas.is_ordered:
            at = dict(zip(names, map(Fraction, game.entries), strict=True))
            assert Counter(played(formulas, at)) == Counter(played(exact, {})), game


def test_every_concept_has_cases_or_says_why_not() -> None:
    for concept in CONCEPTS.values():
        assert (concept.cases is None) == bool(concept.no_cases_because), concept.name
