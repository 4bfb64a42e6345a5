"""From a solution of the inequalities to a counterexample: readable payoffs, put to checks that know no inequalities.

The inequalities say that payoffs exist at which a claim breaks. Here the parameters are moved to their defaults, or
near, one by one, as far as the claim still breaks; then the game at those exact payoffs is solved anew, the premises
and the conclusion are evaluated in exact arithmetic. Where the solvers list more equilibria than they can, the one that
the inequalities speak of counts if nobody has any regret in it.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Protocol

import numpy as np
import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import OTHER
from analyses.claims.judgement import judged_in_bulk
from analyses.claims.listed import Listed, listed, told_at
from analyses.claims.setting import Setting
from analyses.claims.verdicts import Refuted, Unsettled
from analyses.proof.questions import BRIEF, FULL, Answer, Effort, Questions, at_point
from analyses.sampling.points import demanded, drawn
from games.cases import Cases
from games.errors import InputError
from games.exact import Number, amount
from games.forms.game import Game
from games.formulas.relations import holds_at
from games.formulas.values import evaluate
from games.model import Model
from games.parameters import Parameter
from games.play.quantities import Chosen, every_choice
from games.solvers.equilibria import Equilibrium
from games.solvers.limits import expired
from games.terms import Condition, Poly, Ratio, Taken, equal, holds, put, var

if TYPE_CHECKING:
    from analyses.claims.check import Proof

STEPS = 20
"""A parameter that cannot keep its default takes the nearest possible of this many equal steps of its range."""

DRAWN = 2_000
"""How many payoffs are drawn where a proof is hard."""

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
    if claim.conclusion.of_pairs or not setting.cases.is_ordered:
        return None
    rng = random.Random(SEED)
    for number in range(TRIES):
        answer = near_defaults(claim.parameters, payoffs, (), admissible, MOVES, rng if number else None)
        if expired():
            return None
        point = answer.point([symbol.name for symbol in claim.parameters])
        if point is not None:
            verdict = verified(setting, point, {}, f"tried at {amount(number + 1, 'set')} of admissible payoffs")
            if isinstance(verdict, Refuted):
                return _with_defaults(setting, point, verdict)
    return None


def refuted_in_sample(setting: Setting) -> Refuted | None:
    """The refutation at one of many admissible payoffs drawn, if floats are certain that the claim fails there.

    Only where choices in order settle what is played, so that many points are judged at once.
    """
    claim = setting.claim
    if not claim.bounded:
        return None
    ranges = {symbol: (p.low, p.high) for symbol, p in claim.parameters.items()}
    points = drawn(ranges, *demanded(setting.said_of_parameters), DRAWN)
    if points is None:
        return None
    held, certain = judged_in_bulk(claim, points)
    for number in np.flatnonzero(certain & ~held)[:TRIES]:
        point = {symbol.name: value for symbol, value in points.point(int(number)).items()}
        verdict = verified(setting, point, {}, f"tried at {DRAWN:,} sets of admissible payoffs")
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
    return claim.conclusion.refuted(Broken(setting, games, _listed(setting, games, point), point, taken, method))


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


def _listed(setting: Setting, games: Sequence[Game], point: Mapping[str, Fraction]) -> Listed:
    """What the ordinary solvers list; nothing for games with too many equilibria to be listed one by one."""
    at = by_symbol(setting.claim, point)
    if setting.is_in_order and any(
        _is_many(setting, model, game) for model, game in zip(setting.claim.models, games, strict=True)
    ):
        return Listed(setting.claim, at, games, ())
    try:
        return listed(setting.claim, at, games)
    except InputError:
        # A concept may be defined for some payoffs only, as risk dominance is: elsewhere only its cases tell.
        return Listed(setting.claim, at, games, ())


def _is_many(setting: Setting, model: Model, game: Game) -> bool:
    if len(game.entries) > SMALL:
        return True
    cases = setting.claim.concept_of(model).cases
    assert cases is not None
    return len(list(islice(cases(game, ()).played({}), FEW + 1))) > FEW


@dataclass(frozen=True)
class Broken:
    """Exact payoffs at which a claim is said to fail, and what the ordinary solvers list there; it may be nothing.

    ``taken`` are the options of the case that breaks the claim, where they are known.
    """

    setting: Setting
    games: Sequence[Game]
    listed: Listed
    point: Mapping[str, Fraction]
    taken: Mapping[str, str]
    method: str

    @property
    def claim(self) -> Claim:
        return self.setting.claim

    @property
    def whole(self) -> dict[str, Number] | None:
        """The point with the values of named payoffs; None where they are not defined."""
        return self.setting.whole(self.point)

    def by_equilibria(self) -> Refuted | str:
        """The refutation by an equilibrium of each model that together break the conclusion."""
        stated = self.listed.stated
        some = ((chosen, stated) for chosen in self.listed.witnesses()) if self.listed.solved else ()
        for chosen, of in chain(some, self._own_way()):
            told = told_at(self.claim, self.games, of, chosen)
            if not holds_at(self.claim.conclusion.formula, {**self.listed.point, **told}):
                exact = not any(found.is_numeric for found in chosen)
                return self._refuted(chosen, self.claim.conclusion.breaks(told, exact))
            if expired():
                break
        return UNCONFIRMED

    def by_two(self) -> Refuted | str:
        """The refutation by two equilibria of the one model, such as are listed, or as the cases speak of."""
        solved = self.listed.solved
        several = ((pair, solved[0].game) for pair in combinations(solved[0], 2)) if solved else ()
        for pair, of in chain(several, ((own, self.games[0]) for own in self._own_two())):
            if words := self.claim.conclusion.apart(self.games[0], of, pair, len(solved[0]) if solved else 0):
                return self._refuted(pair, words)
            if expired():
                break
        return UNCONFIRMED

    def _own_two(self) -> Iterator[tuple[Equilibrium, ...]]:
        """Two equilibria that the cases speak of, where an independent check finds that they are such."""
        model, game = self.claim.model, self.games[0]
        witness = self.claim.concept_of(model).witness
        if self.whole is None or witness is None:
            return
        cases, apart = self.claim.conclusion.against(self.setting)
        answer = self.setting.at(self.whole, cases).ask(put(apart, self.setting.numbers(self.whole)))
        if answer.is_yes:
            played = [_of_model(self.setting, model, game, suffix, answer) for suffix in ("", OTHER)]
            both = [one for own in played if own and (one := witness(game, *own)) is not None]
            if len(both) == 2:
                yield tuple(both)

    def by_none(self, words: str) -> Refuted | str:
        """The refutation because no equilibrium keeps the conclusion, as ``words`` say."""
        kept = self.listed.judged() if self.listed.solved else None
        if kept or (kept is None and not self._none_by_cases()):
            return UNCONFIRMED
        return self._refuted((), words)

    def _refuted(self, equilibria: Sequence[Equilibrium], words: str) -> Refuted:
        return Refuted(dict(self.point), tuple(equilibria), words, self.method)

    def _none_by_cases(self) -> bool:
        """Whether no case keeps the conclusion, asked anew of the cases at these payoffs alone."""
        if self.whole is None:
            return False
        return self.setting.at(self.whole).ask(put(self.setting.concluded, self.setting.numbers(self.whole))).is_no

    def _own_way(self) -> Iterator[tuple[tuple[Equilibrium, ...], list[Game]]]:
        """The equilibria that the cases speak of, where those listed are not all, or are all that were thought of.

        Each counts where an independent check finds that it is one.
        """
        result = []
        for game, model, own in zip(self.games, self.claim.models, self._played() or (), strict=False):
            witness = self.claim.concept_of(model).witness
            found = witness(game, *own) if witness else None
            if found is not None:
                result.append(found)
        if len(result) == len(self.games):
            yield tuple(result), list(self.games)

    def _played(self) -> list[tuple[dict[str, dict[str, Fraction]], dict[str, Number]]] | None:
        """How a case that breaks the claim plays each of the games: strategies, and the values of its variables."""
        setting, whole = self.setting, self.whole
        if whole is None:
            return None
        if setting.cases.is_ordered:
            several = list(islice(setting.cases.played(whole), FEW))
            for found, values in several:
                if not holds(setting.concluded, values, found):
                    return _each_of_models(setting, self.games, Answer(True, taken=found))
            if len(several) < FEW:
                return None
        broken = setting.breaks_at(whole)
        questions = setting.at(whole)
        known = [
            Taken(c.name, self.taken[c.name]) for c in setting.cases.choices if self.taken.get(c.name) in c.options
        ]
        answer = questions.ask(broken, *known)
        if not answer.is_yes:
            answer = questions.ask(broken)
        if not answer.is_yes or None in answer.values.values():
            return None
        return _each_of_models(setting, self.games, answer)


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
