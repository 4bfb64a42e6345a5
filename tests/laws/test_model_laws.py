"""What every model of the catalog must satisfy; a new model is covered the moment its file exists."""

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from games import Equilibrium, ExtensiveGame, solve
from games.forms.alternating_offers import AlternatingOffers
from games.forms.bargaining import BargainingProblem
from games.forms.continuous import ContinuousGame
from games.forms.extensive import Chance, Decision, Node, Outcome
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import StrategicGame
from games.formulas.relations import symbols_of
from games.model import Model
from games.parameters import Unit
from games.play.best_choices import choice_regret
from games.play.regret import nash_regret, regret
from games.sources import LONGEST_QUOTATION, Assumed, Derived, Quoted, Source
from laws.models import every_model

SEED = 20231215
POINTS = 25
counts = pytest.mark.parametrize("count", [8, pytest.param(POINTS, marks=pytest.mark.long)])


def admissible(model: Model, rng: random.Random) -> dict[str, Fraction]:
    """A random point within the ranges; parameters of a broken assumption are drawn again until none is broken."""
    values = {p.name: p.low + (p.high - p.low) * Fraction(rng.randrange(1, 1000), 1000) for p in model.parameters}
    for _ in range(10_000):
        broken = model.broken(model.point(**values))
        if broken is None:
            return values
        for symbol in symbols_of(broken.relation):
            p = model.by_name[symbol.name]
            values[p.name] = p.low + (p.high - p.low) * Fraction(rng.randrange(1, 1000), 1000)
    raise AssertionError(f"{model.name}: no admissible point was met within the ranges")


def regrets(game: Game, equilibrium: Equilibrium) -> set[Any]:
    """Every player's regret; in a tree over all subgames, or under imperfect information at its start."""
    if isinstance(game, ContinuousGame):
        return set(choice_regret(game, exact_choices(equilibrium)).values())
    if isinstance(game, ExtensiveGame) and not game.has_perfect_information:
        return set(nash_regret(game, equilibrium.strategies).values())
    return set(regret(game, equilibrium.strategies).values())


def exact_choices(equilibrium: Equilibrium) -> dict[str, Fraction]:
    """The numbers chosen, all of them rational."""
    assert not equilibrium.is_numeric
    return {player: Fraction(number) for player, number in equilibrium.choices.items()}


def points(model: Model, count: int = POINTS) -> Iterator[dict[str, Fraction]]:
    rng = random.Random(SEED)
    for _ in range(count):
        yield admissible(model, rng)


def degrees(game: Game | Node) -> list[int]:
    """For each entry, in order, the power with which it grows when all payoffs do: 0 for odds and discount factors.

    The ends of an interval of numbers to choose from stay, too.
    """
    match game:
        case StrategicGame() | GraphModel() | BargainingProblem():
            return [1] * len(game.entries)
        case AlternatingOffers():
            factors = len(game.players) + 1
            return [1, *[0] * factors, *[1] * (len(game.entries) - 1 - factors)]
        case ContinuousGame():
            ends = 2 * len(game.players)
            return [0] * ends + [1] * (len(game.entries) - ends)
        case ExtensiveGame(root=root):
            return degrees(root)
        case RepeatedGame():
            powers = [0] * len(game.players)
            for state, stage in game.stages.items():
                powers += [1] * len(stage.entries) + [0 for odds in game.transitions[state].values() for _ in odds]
            return powers
        case StochasticGame():
            powers = [0]
            for state, stage in game.stages.items():
                powers += [1] * len(stage.entries) + [0 for odds in game.moves[state].values() for _ in odds]
            return powers
        case Outcome(payoffs=payoffs):
            return [1] * len(payoffs)
        case Decision(actions=actions):
            return [degree for child in actions.values() for degree in degrees(child)]
        case Chance(events=events):
            return [degree for _, child in events.values() for degree in (0, *degrees(child))]


def formulas(model: Model) -> Iterator[Any]:
    yield from model.game.entries
    yield from model.quantities().values()
    for assumption in model.assumptions:
        yield assumption.relation.left
        yield assumption.relation.right


def sources(model: Model) -> Iterator[Source]:
    yield from (parameter.source for parameter in model.parameters)
    yield from (source for _, source in model.arguments)


@every_model
def test_the_defaults_make_an_exact_game(model: Model) -> None:
    game = model.at()
    assert game.is_exact
    assert {type(entry) for entry in game.entries} <= {int, Fraction}
    assert len(game.entries) == len(model.game.entries) > 0


@every_model
def test_every_declared_parameter_is_used(model: Model) -> None:
    used = {
        symbol
        for formula in (*model.game.entries, *model.quantities().values())
        for symbol in getattr(formula, "free_symbols", ())
    }
    assert {p.name for p in model.parameters if p.symbol not in used} == set()
    assert used <= {p.symbol for p in model.parameters}


@every_model
def test_assumptions_are_about_declared_parameters_and_say_why(model: Model) -> None:
    declared = {p.symbol for p in model.parameters}
    for assumption in model.assumptions:
        assert symbols_of(assumption.relation), f"{assumption} is about no parameter"
        assert symbols_of(assumption.relation) <= declared, assumption
        assert assumption.reason.strip(), assumption


@every_model
@pytest.mark.parametrize("factor", [Fraction(2), Fraction(1, 3)], ids=str)
def test_payoffs_scale_with_the_parameters_that_are_payoffs(model: Model, factor: Fraction) -> None:
    in_payoffs = {p.symbol for p in model.parameters if p.unit is Unit.PAYOFF}
    powers = degrees(model.game)
    for values in points(model):
        point = model.point(**values)
        scaled = {symbol: value * factor if symbol in in_payoffs else value for symbol, value in point.items()}
        before, after = model.game_at(point).entries, model.game_at(scaled).entries
        assert [b * factor**k for b, k in zip(before, powers, strict=True)] == list(after), (SEED, values)


@every_model
def test_no_formula_holds_a_float(model: Model) -> None:
    for formula in formulas(model):
        assert not isinstance(formula, float)
        assert not sympy.sympify(formula).atoms(sympy.Float), formula
    for parameter in model.parameters:
        assert {type(parameter.default), type(parameter.low), type(parameter.high)} == {Fraction}, parameter.name


@every_model
def test_entries_in_bulk_agree_with_the_exact_game(model: Model) -> None:
    drawn = [model.point(**values) for values in points(model)]
    sample = np.array([[float(point[p.symbol]) for p in model.parameters] for point in drawn])
    bulk = model.entries(sample)
    assert bulk.shape == (POINTS, len(model.game.entries))
    for row, point in zip(bulk, drawn, strict=True):
        exact = [float(entry) for entry in model.game_at(point).entries]
        assert np.allclose(row, exact, rtol=1e-12, atol=1e-12), (SEED, point)


@counts
@every_model
def test_admissible_points_give_games_that_the_default_concept_solves(model: Model, count: int) -> None:
    for values in points(model, count):
        assert model.outside(**values) == (), (SEED, values)
        game = model.at(**values)
        assert type(game) is type(model.game)
        equilibria = solve(game)
        assert len(equilibria) > 0, (SEED, values)
        for equilibrium in equilibria:
            assert regrets(game, equilibrium) == {0}, (SEED, values)


@every_model
def test_the_equilibria_at_the_defaults_have_no_regret(model: Model) -> None:
    game = model.at()
    equilibria = solve(game)
    assert len(equilibria) > 0
    for equilibrium in equilibria:
        assert regrets(game, equilibrium) == {0}


@every_model
def test_fixing_some_parameters_first_changes_nothing(model: Model) -> None:
    rng = random.Random(SEED)
    for values in points(model, 5):
        point = model.point(**values)
        free = rng.sample([p.name for p in model.parameters], 2)
        partial = model.with_free(free, point)
        left = {symbol.name for entry in partial.entries for symbol in getattr(entry, "free_symbols", ())}
        assert left <= set(free), (SEED, free)
        rest = {p.symbol: sympy.Rational(str(point[p.symbol])) for p in model.parameters if p.name in free}
        known = [sympy.sympify(entry).subs(rest) for entry in partial.entries]
        assert [Fraction(str(value)) for value in known] == list(model.game_at(point).entries), (SEED, values, free)


@every_model
def test_everything_is_said_in_words(model: Model) -> None:
    assert all(text.strip() for text in (model.name, model.title, model.question, model.story))
    assert model.unknown
    assert all(text.strip() for text in model.unknown)
    for parameter in model.parameters:
        assert parameter.meaning.strip(), parameter.name
        assert parameter.low < parameter.high, f"{parameter.name} has no range"
    for argument, _ in model.arguments:
        assert argument.strip()
    words = [model.outcome_words(path) for path in model.game.paths]
    assert all(text.strip() for text in words)
    assert len(set(words)) > 1
    if model.axes is not None:
        assert model.axes[0] != model.axes[1]
        assert set(model.axes) <= set(model.by_name)


@every_model
def test_every_source_is_on_record(model: Model) -> None:
    for source in sources(model):
        match source:
            case Quoted(work=work, paragraph=paragraph, phrase=phrase):
                assert work.strip()
                assert paragraph >= 1
                assert 1 <= len(phrase.split()) <= LONGEST_QUOTATION == 12
            case Derived(formula=formula, reason=reason):
                assert formula.strip()
                assert reason.strip()
            case Assumed(reason=reason):
                assert reason.strip()
            case _:
                raise AssertionError(f"{source!r} is no source")
