"""From a solution of the inequalities to a counterexample: readable payoffs, put to the ordinary solvers.

The inequalities say that payoffs exist at which a claim breaks. Here the parameters are moved to their defaults, or
near, one by one, as far as the claim still breaks; then the game at those exact payoffs is solved anew, the premises
and the conclusion are evaluated in exact arithmetic, and nothing else counts.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import sympy

from analyses.claims.candidates import Candidate
from analyses.claims.claim import Claim, Exists, Holds, Refuted, Unique, Unsettled
from analyses.claims.inequalities import Answer, Inequalities
from analyses.claims.played import Played, equilibrium_of, ways_to_play
from games.exact import readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.formulas.relations import holds_at
from games.formulas.values import evaluate
from games.model import Model
from games.parameters import Parameter
from games.play.payoffs import Strategies, continuation_payoffs, reached
from games.play.quantities import Quantity, quantity_at, quantity_words
from games.play.regret import nash_regret, regret
from games.play.subgames import subgame_roots
from games.solvers.concept import solve
from games.solvers.equilibria import Equilibria, Equilibrium, equilibrium
from games.solvers.limits import expired, remaining, time_limit
from games.solvers.refinements.subgame_perfect import MOST_EQUILIBRIA

SOLVED_AS = {"dominance": "rationalizable"}
"""Concepts whose answers are listed by another solver: what survives iterated strict dominance is rationalizable."""

STEPS = 20
"""A parameter that cannot keep its default takes the nearest possible of this many equal steps of its range."""

MOVE = 1.0
"""Seconds for one attempt to move a parameter."""

SOLVING = 10.0
"""The most seconds for solving a game anew."""

SHARE_OF_TIME = 0.3
LONGEST_MOVE = 10.0
"""The part of the time left, and the seconds, that may go into making the payoffs readable."""

TRIES = 6
MOVES = 4
SEED = 1
"""How many payoffs are tried before any proof, and into how many equal steps the ranges are then divided."""

FEW = 100
SMALL = 2_000
"""Trees with at most so many equilibria and nodes are put to the solver that lists equilibria one by one."""

UNCONFIRMED = "payoffs were found at which the equilibrium solver does not confirm that the claim fails"


@dataclass(frozen=True)
class Broken:
    """Payoffs that may refute: the formulas that hold there, and the candidates, if any, that break the claim."""

    formulas: tuple[Any, ...]
    candidates: tuple[Candidate, ...]
    answer: Answer


def confirmed(claim: Claim, language: Inequalities, found: Broken, method: str) -> Refuted | Unsettled:
    """The refutation at payoffs near the defaults if the solvers confirm it, else at those found."""
    because = ""
    nearer = near_defaults(claim.parameters, language, found.formulas, found.answer)
    for answer in (nearer, found.answer):
        point = _point(claim, language, answer)
        if point is None:
            because = "a case holds only at irrational values, which were not verified exactly"
            continue
        verdict = _verified(claim, point, found.candidates, answer, method)
        if isinstance(verdict, Refuted):
            return verdict
        because = verdict
    return Unsettled(because)


def refuted_nearby(claim: Claim, language: Inequalities, admissible: Answer) -> Refuted | None:
    """The refutation at the admissible payoffs nearest to the defaults, or at a few others, if the claim fails there.

    For trees that are solved backwards, where trying payoffs takes far less time than listing all ways to play.
    """
    if not isinstance(claim.conclusion, Holds) or not is_solved_backwards(claim):
        return None
    rng = random.Random(SEED)
    for number in range(TRIES):
        answer = near_defaults(claim.parameters, language, (), admissible, MOVES, rng if number else None)
        point = _point(claim, language, answer)
        if expired():
            return None
        if point is not None:
            method = f"tried at {number + 1} admissible payoffs"
            verdict = _verified(claim, point, (), answer, method)
            if isinstance(verdict, Refuted):
                return _with_defaults(claim, point, verdict, answer)
    return None


def _with_defaults(claim: Claim, point: dict[sympy.Symbol, Fraction], found: Refuted, answer: Answer) -> Refuted:
    """The refutation with each parameter at its default, one by one, that does not need its other value."""
    for symbol, parameter in claim.parameters.items():
        moved = {**point, symbol: parameter.default}
        if expired() or moved == point:
            continue
        verdict = _verified(claim, moved, (), answer, found.method)
        if isinstance(verdict, Refuted):
            point, found = moved, verdict
    return found


def is_solved_backwards(claim: Claim) -> bool:
    """Whether the claim is about subgame-perfect equilibria of trees of perfect information."""
    games = [model.game for model in claim.models]
    trees = [game for game in games if isinstance(game, ExtensiveGame) and game.has_perfect_information]
    return claim.concept == "subgame-perfect" and len(trees) == len(games)


def _point(claim: Claim, language: Inequalities, answer: Answer) -> dict[sympy.Symbol, Fraction] | None:
    """The parameters' values in the answer, None if one is irrational."""
    values = {symbol: answer.value(language.variable(symbol)) for symbol in claim.parameters}
    rational = {symbol: value for symbol, value in values.items() if value is not None}
    return rational if len(rational) == len(values) else None


def near_defaults(
    parameters: Mapping[sympy.Symbol, Parameter],
    language: Inequalities,
    formulas: Sequence[Any],
    answer: Answer,
    steps: int = STEPS,
    rng: random.Random | None = None,
) -> Answer:
    """A solution with as many parameters as possible at their defaults, in their order, the others near.

    With ``rng``, about half of them are near values drawn from their ranges instead, in an order that is drawn, too.
    """
    fixed: list[Any] = []
    ordered = list(parameters.items())
    if rng is not None:
        rng.shuffle(ordered)
    with time_limit(min(LONGEST_MOVE, SHARE_OF_TIME * remaining())):
        for symbol, parameter in ordered:
            variable = language.variable(symbol)
            step = (parameter.high - parameter.low) / steps
            aim = parameter.default
            if rng is not None and rng.random() < 0.5:
                aim = parameter.low + rng.randint(0, steps) * step
            values = dict.fromkeys([aim, *(parameter.low + k * step for k in range(steps + 1))])
            for value in sorted(values, key=lambda v: abs(v - aim)):
                if expired():
                    return answer
                if answer.value(variable) == value:
                    moved = answer
                else:
                    moved = language.ask(*formulas, *fixed, language.compare(variable, "==", value), most_seconds=MOVE)
                if moved.is_yes:
                    answer = moved
                    fixed.append(language.compare(variable, "==", value))
                    break
    return answer


def _verified(
    claim: Claim, point: dict[sympy.Symbol, Fraction], candidates: Sequence[Candidate], answer: Answer, method: str
) -> Refuted | str:
    """The refutation at ``point`` if exact evaluation and the ordinary solvers confirm it, else why not."""
    if not all(holds_at(premise, point) for premise in claim.premises) or any(m.broken(point) for m in claim.models):
        return "the solver of inequalities gave values that exact evaluation does not confirm"
    try:
        games = [_game_at(model, point) for model in claim.models]
    except (ZeroDivisionError, TimeoutError):
        return UNCONFIRMED
    at = {symbol.name: value for symbol, value in point.items()}
    if isinstance(claim.conclusion, Holds) and is_solved_backwards(claim):
        trees = [game for game in games if isinstance(game, ExtensiveGame)]
        played = [ways_to_play(tree, _asked(claim, model)) for model, tree in zip(claim.models, trees, strict=True)]
        if any(map(_many, trees, played)):
            return _verified_backwards(claim, point, trees, played, method)
    solved = [
        solve(game, SOLVED_AS.get(claim.concept, claim.concept), time_limit=min(remaining(), 10.0)) for game in games
    ]
    match claim.conclusion:
        case Holds() if claim.every:
            own = _from_candidates(claim, games, candidates, answer) if candidates else None
            solved_as = [found.game for found in solved]
            ways = [(chosen, solved_as) for chosen in product(*solved)]
            for chosen, of in [*ways, (own, games)] if own else ways:
                told = told_at(claim, games, of, chosen)
                if not holds_at(claim.conclusion.formula, {**point, **told}):
                    return Refuted(at, tuple(chosen), _words(claim, told), method)
        case Holds():
            if all(map(lists_all, solved)) and not any(
                holds_at(
                    claim.conclusion.formula,
                    {**point, **told_at(claim, games, [found.game for found in solved], chosen)},
                )
                for chosen in product(*solved)
            ):
                return Refuted(at, (), "no equilibrium is as claimed", method)
        case Exists():
            if all(map(lists_all, solved)) and not solved[0].found:
                return Refuted(at, (), "there is no equilibrium", method)
        case Unique():
            if len(solved[0]) > 1:
                return Refuted(at, solved[0].found[:2], f"there are at least {len(solved[0])} equilibria", method)
    return UNCONFIRMED


def _game_at(model: Model, point: Mapping[sympy.Symbol, Fraction]) -> Game:
    """The exact game at ``point``; raises ``TimeoutError`` when the time is up."""
    known: dict[Any, Fraction] = {}
    entries = model.game.entries
    for number, entry in enumerate(entries):
        if number % 64 == 0 and expired():
            raise TimeoutError
        if entry not in known:
            known[entry] = evaluate(entry, point)
    return model.game.with_entries([known[entry] for entry in entries])


def _many(tree: ExtensiveGame, played: list[Played] | None) -> bool:
    """Whether the equilibria are too many to be listed one by one."""
    return played is None or len(tree.nodes) > SMALL or sum(way.count for way in played) > FEW


def _verified_backwards(
    claim: Claim,
    point: dict[sympy.Symbol, Fraction],
    trees: Sequence[ExtensiveGame],
    played: Sequence[list[Played] | None],
    method: str,
) -> Refuted | str:
    """As `_verified`, for trees so large or tied that their equilibria are told apart by the quantities alone."""
    assert isinstance(claim.conclusion, Holds)
    at = {symbol.name: value for symbol, value in point.items()}
    for chosen in product(*(ways or () for ways in played)):
        told: dict[sympy.Symbol, Fraction] = {}
        for model, way in zip(claim.models, chosen, strict=True):
            told.update({s: way.values[q] for s, q in claim.conclusion.where.items() if claim.model_of(q) is model})
        holds = holds_at(claim.conclusion.formula, {**point, **told})
        if claim.every and not holds:
            equilibria = [equilibrium_of(tree, way) for tree, way in zip(trees, chosen, strict=True)]
            if not any(any(regret(game, e.strategies).values()) for game, e in zip(trees, equilibria, strict=True)):
                return Refuted(at, tuple(equilibria), _words(claim, told), method)
        if (holds and not claim.every) or expired():
            return UNCONFIRMED
    if claim.every or any(ways is None for ways in played):
        return UNCONFIRMED
    return Refuted(at, (), "no equilibrium is as claimed", method)


def _asked(claim: Claim, model: Model) -> list[Quantity]:
    """The quantities of this model that the conclusion speaks of."""
    assert isinstance(claim.conclusion, Holds)
    return [quantity for quantity in claim.conclusion.where.values() if claim.model_of(quantity) is model]


def lists_all(found: Equilibria) -> bool:
    """Whether no further equilibrium of the kind that claims are about exists than those listed."""
    if isinstance(found.game, ExtensiveGame) and found.game.has_perfect_information:
        return found.exact and len(found) < MOST_EQUILIBRIA
    return found.exact and found.complete and all(component.is_point for component in found.components)


def _from_candidates(
    claim: Claim, games: Sequence[Game], candidates: Sequence[Candidate], answer: Answer
) -> tuple[Equilibrium, ...] | None:
    """The equilibria that the inequalities speak of, where they are rational and nobody has any regret."""
    if len(candidates) < len(games):
        return None
    result = []
    for game, candidate in zip(games, candidates, strict=True):
        strategies = {}
        for who, mix in candidate.strategies.items():
            weights = {label: answer.value(term) for label, term in mix.items()}
            if None in weights.values():
                return None
            strategies[who] = {label: weight or Fraction(0) for label, weight in weights.items()}
        found = _without_regret(game, strategies, claim.concept)
        if found is None:
            return None
        result.append(found)
    return tuple(result)


def _without_regret(game: Game, strategies: Strategies, concept: str) -> Equilibrium | None:
    """The strategies as an equilibrium of the concept, if their regret shows that they are one."""
    if concept not in ("nash", "pure-nash", "subgame-perfect") or not strategies:
        return None
    if isinstance(game, StrategicGame):
        return None if any(regret(game, strategies).values()) else equilibrium(game, strategies)
    if not isinstance(game, ExtensiveGame):
        return None
    for root in subgame_roots(game) if concept == "subgame-perfect" else [()]:
        subgame = game.subgame(root) if root else game
        inside = {name: strategies[name] for name in subgame.information_sets}
        if any(nash_regret(subgame, inside).values()):
            return None
    payoffs = dict(zip(game.players, continuation_payoffs(game, strategies)[()], strict=True))
    return Equilibrium(strategies, payoffs, tuple(reached(game, strategies)))


def told_at(
    claim: Claim, games: Sequence[Game], of: Sequence[Game], chosen: Sequence[Equilibrium]
) -> dict[sympy.Symbol, Fraction]:
    """The values of the conclusion's quantities at these equilibria, one for each model.

    ``of`` are what they are stated for, as in `quantity_at`.
    """
    assert isinstance(claim.conclusion, Holds)
    position = {model.name: number for number, model in enumerate(claim.models)}
    told = {}
    for symbol, quantity in claim.conclusion.where.items():
        number = position[claim.model_of(quantity).name]
        told[symbol] = quantity_at(games[number], of[number], chosen[number], quantity)
    return told


def _words(claim: Claim, told: Mapping[sympy.Symbol, Fraction]) -> str:
    assert isinstance(claim.conclusion, Holds)
    if not claim.conclusion.where:
        return "the conclusion does not hold"
    return "; ".join(
        f"{quantity_words(quantity)} is {readable(told[symbol])}" for symbol, quantity in claim.conclusion.where.items()
    )
