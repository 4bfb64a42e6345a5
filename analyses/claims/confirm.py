"""From a solution of the inequalities to a counterexample: readable payoffs, put to checks that know no inequalities.

The inequalities say that payoffs exist at which a claim breaks. Here the parameters are moved to their defaults, or
near, one by one, as far as the claim still breaks; then the game at those exact payoffs is solved anew, the premises
and the conclusion are evaluated in exact arithmetic. Where the solvers list more equilibria than they can, the one that
the inequalities speak of counts if nobody has any regret in it.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Protocol

import sympy

from analyses.claims.claim import Claim, Exists, Holds, Refuted, Unique, Unsettled
from analyses.claims.setting import OTHER, Setting, every_choice, two
from analyses.proof.questions import BRIEF, FULL, Answer, Effort, Questions, at_point
from games.cases import Cases
from games.exact import Number, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.formulas.relations import holds_at
from games.formulas.values import evaluate
from games.model import Model
from games.parameters import Parameter
from games.play.quantities import Chosen, quantity_at, quantity_words
from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import expired, remaining
from games.solvers.refinements.subgame_perfect import MOST_EQUILIBRIA
from games.terms import Condition, Poly, Ratio, Taken, equal, holds, put, var

if TYPE_CHECKING:
    from analyses.claims.check import Proof

STEPS = 20
"""A parameter that cannot keep its default takes the nearest possible of this many equal steps of its range."""

SOLVING = 10.0
"""The most seconds for solving a game anew; what is not listed by then confirms nothing, and contradicts nothing."""

TRIES = 6
MOVES = 4
SEED = 1
"""How many payoffs are tried before any proof, and into how many equal steps the ranges are then divided."""

FEW = 100
SMALL = 2_000
"""Games with at most so many equilibria and entries are put to the solver that lists equilibria one by one."""

UNCONFIRMED = "payoffs were found at which the equilibrium solver does not confirm that the claim fails"
IRRATIONAL = "a case holds only at irrational values, which were not verified exactly"


def confirmed(setting: Setting, proof: "Proof", found: Answer) -> Refuted | Unsettled:
    """The refutation at payoffs near the defaults if the checks confirm it, else at those found."""
    because = ""
    asked = [] if proof.cover else [proof.breaks]
    nearer = found if proof.cover else near_defaults(setting.claim.parameters, proof.questions, asked, found)
    for answer in (nearer, found):
        point = answer.point([symbol.name for symbol in setting.claim.parameters])
        if point is None:
            because = IRRATIONAL
            continue
        verdict = verified(setting, point, answer.taken, proof.method)
        if isinstance(verdict, Refuted):
            return verdict
        because = verdict
    return Unsettled(because, proof.method)


def refuted_nearby(setting: Setting, payoffs: Questions, admissible: Answer) -> Refuted | None:
    """The refutation at the admissible payoffs nearest to the defaults, or at a few others, if the claim fails there.

    Only where choices in order settle everything, so that trying payoffs takes far less time than a proof.
    """
    claim = setting.claim
    if not isinstance(claim.conclusion, Holds) or not setting.is_in_order:
        return None
    rng = random.Random(SEED)
    for number in range(TRIES):
        answer = near_defaults(claim.parameters, payoffs, (), admissible, MOVES, rng if number else None)
        if expired():
            return None
        point = answer.point([symbol.name for symbol in claim.parameters])
        if point is not None:
            verdict = verified(setting, point, {}, f"tried at {number + 1} admissible payoffs")
            if isinstance(verdict, Refuted):
                return _with_defaults(setting, point, verdict)
    return None


def _with_defaults(setting: Setting, point: Mapping[str, Fraction], found: Refuted) -> Refuted:
    """The refutation with each parameter at its default, one by one, that does not need its other value."""
    for symbol, parameter in setting.claim.parameters.items():
        moved = {**point, symbol.name: parameter.default}
        if expired() or moved == point:
            continue
        verdict = verified(setting, moved, {}, found.method)
        if isinstance(verdict, Refuted):
            point, found = moved, verdict
    return found


class Asked(Protocol):
    """What can be asked whether conditions can hold."""

    def ask(self, *conditions: Condition, effort: Effort = FULL) -> Answer:
        """Whether all of the conditions can hold."""


def near_defaults(
    parameters: Mapping[sympy.Symbol, Parameter],
    questions: Asked,
    conditions: Sequence[Condition],
    answer: Answer,
    steps: int = STEPS,
    rng: random.Random | None = None,
) -> Answer:
    """A solution with as many parameters as possible at their defaults, in their order, the others near.

    With ``rng``, about half of them are near values drawn from their ranges instead, in an order that is drawn, too.
    """
    fixed: list[Condition] = []
    ordered = list(parameters.items())
    if rng is not None:
        rng.shuffle(ordered)
    for symbol, parameter in ordered:
        variable = var(symbol.name)
        step = (parameter.high - parameter.low) / steps
        aim = parameter.default
        if rng is not None and rng.random() < 0.5:
            aim = parameter.low + rng.randint(0, steps) * step
        values = dict.fromkeys([aim, *(parameter.low + k * step for k in range(steps + 1))])
        for value in sorted(values, key=lambda v: abs(v - aim)):
            if expired():
                return answer
            there = equal(variable, value)
            moved = answer
            if answer.values.get(symbol.name) != value:
                moved = questions.ask(*conditions, *fixed, there, effort=BRIEF)
            if moved.is_yes:
                answer = moved
                fixed.append(there)
                break
    return answer


def verified(setting: Setting, point: Mapping[str, Fraction], taken: Mapping[str, str], method: str) -> Refuted | str:
    """The refutation at ``point`` if exact evaluation and independent checks confirm it, else why not.

    ``taken`` are the options of the case that breaks the claim, where they are known.
    """
    claim = setting.claim
    if not allows(claim, point):
        return "the solver of inequalities gave values that exact evaluation does not confirm"
    try:
        games = [_game_at(model, by_symbol(claim, point)).written_out for model in claim.models]
    except (ZeroDivisionError, TimeoutError):
        return UNCONFIRMED
    solved = _listed(setting, games, point)
    match claim.conclusion:
        case Holds() if claim.every:
            return _breaking(setting, games, solved, point, taken, method)
        case Unique():
            if solved and len(solved[0]) > 1:
                words = f"there are at least {len(solved[0])} equilibria"
                return Refuted(dict(point), solved[0].found[:2], words, method)
            return _two_equilibria(setting, games[0], point, method)
    kept = _kept(claim, games, solved, point)
    if kept or (kept is None and not _none_by_cases(setting, point)):
        return UNCONFIRMED
    exists = isinstance(claim.conclusion, Exists)
    return Refuted(dict(point), (), "there is no equilibrium" if exists else "no equilibrium is as claimed", method)


def allows(claim: Claim, point: Mapping[str, Fraction]) -> bool:
    """Whether premises, assumptions and ranges hold at exact values of the parameters, evaluated anew."""
    values = by_symbol(claim, point)
    within = all(p.low <= values[symbol] <= p.high for symbol, p in claim.parameters.items()) or not claim.bounded
    return (
        within
        and all(holds_at(premise, values) for premise in claim.premises)
        and not any(model.broken(values) for model in claim.models)
    )


def by_symbol(claim: Claim, point: Mapping[str, Fraction]) -> dict[sympy.Symbol, Fraction]:
    return {symbol: point[symbol.name] for symbol in claim.parameters}


def _game_at(model: Model, point: Mapping[sympy.Symbol, Fraction]) -> Game:
    """The exact game at ``point``; raises ``TimeoutError`` when the time is up."""
    known: dict[object, Fraction] = {}
    entries = model.game.entries
    for number, entry in enumerate(entries):
        if number % 64 == 0 and expired():
            raise TimeoutError
        if entry not in known:
            known[entry] = evaluate(entry, point)
    return model.game.with_entries([known[entry] for entry in entries])


def _listed(setting: Setting, games: Sequence[Game], point: Mapping[str, Fraction]) -> list[Equilibria]:
    """What the ordinary solver lists; nothing for games with too many equilibria to be listed one by one."""
    if setting.is_in_order and any(
        _is_many(setting, model, game) for model, game in zip(setting.claim.models, games, strict=True)
    ):
        return []
    found = []
    for model, game in zip(setting.claim.models, games, strict=True):
        concept = setting.claim.concept_of(model)
        found.append(solve(game, concept.listed_as or concept.name, time_limit=min(remaining(), SOLVING)))
    return found


def _is_many(setting: Setting, model: Model, game: Game) -> bool:
    if len(game.entries) > SMALL:
        return True
    cases = setting.claim.concept_of(model).cases
    assert cases is not None
    return len(list(islice(cases(game, ()).played({}), FEW + 1))) > FEW


def _breaking(
    setting: Setting,
    games: Sequence[Game],
    solved: Sequence[Equilibria],
    point: Mapping[str, Fraction],
    taken: Mapping[str, str],
    method: str,
) -> Refuted | str:
    """A refutation by an equilibrium for each model that together break the conclusion."""
    claim = setting.claim
    assert isinstance(claim.conclusion, Holds)
    stated = [found.game for found in solved]
    listed = ((tuple(chosen), stated) for chosen in product(*solved)) if solved else ()
    for chosen, of in chain(listed, _own_way(setting, games, point, taken)):
        told = told_at(claim, games, of, chosen)
        if not holds_at(claim.conclusion.formula, {**by_symbol(claim, point), **told}):
            return Refuted(dict(point), chosen, _words(claim, told), method)
        if expired():
            break
    return UNCONFIRMED


def _own_way(
    setting: Setting, games: Sequence[Game], point: Mapping[str, Fraction], taken: Mapping[str, str]
) -> Iterator[tuple[tuple[Equilibrium, ...], list[Game]]]:
    """The equilibria that the cases speak of, where those listed are not all, or are all that were thought of."""
    own = _from_cases(setting, games, point, taken)
    if own is not None:
        yield own, list(games)


def _from_cases(
    setting: Setting, games: Sequence[Game], point: Mapping[str, Fraction], taken: Mapping[str, str]
) -> tuple[Equilibrium, ...] | None:
    """The equilibria that a case at exact payoffs speaks of, where an independent check finds that they are such."""
    answer = _played(setting, games, point, taken)
    if answer is None:
        return None
    result = []
    for game, model, (strategies, values) in zip(games, setting.claim.models, answer, strict=True):
        witness = setting.claim.concept_of(model).witness
        found = witness(game, strategies, values) if witness else None
        if found is None:
            return None
        result.append(found)
    return tuple(result)


def _played(
    setting: Setting, games: Sequence[Game], point: Mapping[str, Fraction], taken: Mapping[str, str]
) -> list[tuple[dict[str, dict[str, Fraction]], dict[str, Number]]] | None:
    """How a case that breaks the claim plays each of the exact games: strategies, and the values of its variables."""
    whole = setting.whole(point)
    if whole is None:
        return None
    if setting.cases.is_ordered:
        several = list(islice(setting.cases.played(whole), FEW))
        for found, values in several:
            if not holds(setting.concluded, values, found):
                return _each_of_models(setting, games, Answer(True, taken=found))
        if len(several) < FEW:
            return None
    broken = setting.breaks_at(whole)
    questions = setting.at(whole)
    known = [Taken(c.name, taken[c.name]) for c in setting.cases.choices if taken.get(c.name) in c.options]
    answer = questions.ask(broken, *known)
    if not answer.is_yes:
        answer = questions.ask(broken)
    if not answer.is_yes or None in answer.values.values():
        return None
    return _each_of_models(setting, games, answer)


def _each_of_models(
    setting: Setting, games: Sequence[Game], answer: Answer
) -> list[tuple[dict[str, dict[str, Fraction]], dict[str, Number]]] | None:
    """How each of the exact games is played in the case that the answer takes."""
    result = []
    for number, (game, model) in enumerate(zip(games, setting.claim.models, strict=True)):
        own = _of_model(setting, model, game, f" of {number}" if number else "", answer)
        if own is None:
            return None
        result.append(own)
    return result


def _of_model(
    setting: Setting, model: Model, game: Game, suffix: str, answer: Answer
) -> tuple[dict[str, dict[str, Fraction]], dict[str, Number]] | None:
    """The strategies of one model's part of a case, whose names end with ``suffix``, and the variables' values."""
    definition = setting.claim.concept_of(model).cases
    assert definition is not None
    cases = definition(game, every_choice(game))
    known = {c.name: answer.taken[c.name + suffix] for c in cases.choices if c.name + suffix in answer.taken}
    if cases.is_ordered:
        found = cases.one_played({}, known)
        if found is None:
            return None
        return _strategies(game, cases, found[1]), found[1]
    pinned: list[Condition] = [
        Taken(choice.name, known[choice.name]) for choice in cases.choices if known.get(choice.name) in choice.options
    ]
    pinned += [
        equal(var(unknown.name), value)
        for unknown in cases.unknowns
        if (value := answer.values.get(unknown.name + suffix)) is not None
    ]
    here = at_point(cases, {}).ask(*pinned)
    if not here.is_yes:
        return None
    values: dict[str, Number] = {name: value for name, value in here.values.items() if value is not None}
    if any(not _names(value) <= values.keys() for value in cases.values.values()):
        return None
    return _strategies(game, cases, values), values


def _names(value: Poly | Ratio) -> set[str]:
    return value.names if isinstance(value, Poly) else value.num.names | value.den.names


def _strategies(game: Game, cases: Cases, values: Mapping[str, Number]) -> dict[str, dict[str, Fraction]]:
    """The probability of each choice at each place, where the cases' variables have these values."""
    strategies: dict[str, dict[str, Fraction]] = {place: {} for place in game.places}
    for quantity, likely in cases.values.items():
        assert isinstance(quantity, Chosen)
        assert isinstance(likely, Poly)
        ((place, choice),) = quantity.choices.items()
        strategies[place][choice] = Fraction(likely.at(values))
    return strategies


def _two_equilibria(setting: Setting, game: Game, point: Mapping[str, Fraction], method: str) -> Refuted | str:
    """A refutation of uniqueness by the two equilibria that the cases speak of."""
    whole = setting.whole(point)
    witness = setting.claim.concept_of(setting.claim.model).witness
    if whole is None or witness is None:
        return UNCONFIRMED
    cases, apart = two(setting)
    answer = setting.at(whole, cases).ask(put(apart, setting.numbers(whole)))
    if not answer.is_yes:
        return UNCONFIRMED
    played = [_of_model(setting, setting.claim.model, game, suffix, answer) for suffix in ("", OTHER)]
    found = [witness(game, *own) for own in played if own]
    both = tuple(one for one in found if one is not None)
    if len(both) < 2 or both[0].strategies == both[1].strategies:
        return UNCONFIRMED
    return Refuted(dict(point), both, "there are at least 2 equilibria", method)


def _kept(
    claim: Claim, games: Sequence[Game], solved: Sequence[Equilibria], point: Mapping[str, Fraction]
) -> bool | None:
    """Whether some listed equilibria, one for each model, keep the conclusion; None where more may exist."""
    stated = [found.game for found in solved]
    for chosen in product(*solved) if solved else ():
        if isinstance(claim.conclusion, Exists):
            return True
        told = told_at(claim, games, stated, chosen)
        assert isinstance(claim.conclusion, Holds)
        if holds_at(claim.conclusion.formula, {**by_symbol(claim, point), **told}):
            return True
    return False if solved and all(map(lists_all, solved)) else None


def _none_by_cases(setting: Setting, point: Mapping[str, Fraction]) -> bool:
    """Whether at exact payoffs no case keeps the conclusion, asked anew of the cases at these payoffs alone."""
    whole = setting.whole(point)
    if whole is None:
        return False
    return setting.at(whole).ask(put(setting.concluded, setting.numbers(whole))).is_no


def lists_all(found: Equilibria) -> bool:
    """Whether no further equilibrium of the kind that claims are about exists than those listed."""
    if CONCEPTS[found.concept].one_of_many:
        return False
    if isinstance(found.game, ExtensiveGame) and found.game.has_perfect_information:
        return found.exact and len(found) < MOST_EQUILIBRIA
    return found.exact and found.complete and all(component.is_point for component in found.components)


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
