"""Checking a claim: proved, refuted at exact payoffs, or unsettled.

The claim fails where the premises hold and some candidate for an equilibrium is one and breaks the conclusion (meant of
every equilibrium), or no candidate keeps it (meant of some). Whether there are such payoffs is decided exactly, case by
case; payoffs found are put to the ordinary solver, and only what it confirms refutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from time import perf_counter
from typing import Any

import sympy

from analyses.claims import assessments, backward_induction, listed, rationality, supports
from analyses.claims.candidates import Candidate, Question, TooLargeError, lister_for
from analyses.claims.claim import Claim, Exists, Holds, Monotone, Proved, Refuted, Unique, Unsettled, Verdict
from analyses.claims.confirm import Broken, confirmed, is_solved_backwards, refuted_nearby
from analyses.claims.inequalities import Answer, Inequalities, StuckError
from games.errors import InputError
from games.forms.extensive import ExtensiveGame
from games.formulas.relations import ALWAYS, Related, Relation, substituted
from games.model import Assumption, Model
from games.parameters import Parameter
from games.play.quantities import Chosen, Quantity
from games.solvers.limits import expired, remaining, time_limit

SECONDS = 20.0
"""How long a claim may take unless told otherwise."""

PATIENCE = 3.0
"""How many times as long as the proof a proof without one of the premises may take."""

HARD = 30
"""After a proof with more nonlinear questions, the premises that it used are not made a minimal set."""

LONGEST_MINIMISING = 10.0
"""The most seconds that go into finding a minimal set of premises, unless the proof took long."""

STOPPED = "the time was up before every case was decided"
TOO_HARD = "the solver of inequalities could not decide a case"

ALWAYS_EXIST = {
    "nash": "every finite game has one: Nash (1951)",
    "subgame-perfect": "every finite game with perfect recall has one: Kuhn (1953), Selten (1965)",
    "perfect-bayesian": "every finite game with perfect recall has one: Kreps & Wilson (1982)",
    "rationalizable": "the strategies of an equilibrium are rationalizable: Nash (1951), Bernheim (1984)",
}
"""Concepts of which existence is a theorem."""

LISTERS = (assessments, backward_induction, listed, rationality, supports)
"""The modules that list candidates; importing them registers them."""


def check(claim: Claim, seconds: float | None = SECONDS) -> Verdict:
    """Whether the claim holds for all payoffs that its premises allow.

    Raises `InputError` for premises that contradict each other, the ranges or the model's assumptions, and for a
    concept or payoffs of a kind that cannot be checked. Ctrl-C under `interruptible` and the time limit leave it
    unsettled.
    """
    started = perf_counter()
    with time_limit(seconds):
        try:
            verdict = _checked(claim)
        except StuckError:
            verdict = Unsettled(STOPPED)
    return replace(verdict, seconds=perf_counter() - started)


def admissible(claim: Claim) -> bool | None:
    """Whether any parameter values satisfy the premises, assumptions and ranges; None if that was not found out."""
    setting = Setting(claim)
    answer = setting.language.ask()
    return None if answer.is_unknown else answer.is_yes


def _checked(claim: Claim) -> Verdict:
    started = perf_counter()
    setting = Setting(plain(claim))
    admissible = setting.language.ask()
    if admissible.is_no:
        raise InputError(
            f"the premises of {claim.name!r} contradict each other or the model's ranges and assumptions: nothing is "
            "admissible; drop or weaken one"
        )
    if isinstance(setting.claim.conclusion, Exists) and claim.concept in ALWAYS_EXIST:
        return Proved(ALWAYS_EXIST[claim.concept])
    if admissible.is_yes and (refuted := refuted_nearby(setting.claim, setting.language, admissible)):
        return refuted
    setting.language.used.clear()
    verdict = setting.decided()
    if not isinstance(verdict, Proved):
        return verdict
    if admissible.is_unknown:
        verdict = replace(verdict, method=f"{verdict.method}; whether any payoffs satisfy the premises is not known")
    rested_on = [setting.claim.premises[number] for number in sorted(setting.language.used)]
    used = [premise for premise in claim.premises if premise in rested_on or setting.claim is not claim]
    if setting.language.multiplied_out > HARD:
        return replace(verdict, used=tuple(used), method=f"{verdict.method}; some premises used may not be needed")
    # Without a time limit the answer must not depend on how fast the machine is.
    patience = PATIENCE * (0.1 + perf_counter() - started) if remaining() < float("inf") else float("inf")
    return replace(verdict, used=_needed(claim, used, patience))


def _needed(claim: Claim, used: list[Relation], seconds: float) -> tuple[Relation, ...]:
    """A minimal set of the premises ``used`` that proves the claim: each is left out if the others still do.

    A proof must come within ``seconds``; all of them together get a third of that, or `LONGEST_MINIMISING`.
    """
    started = perf_counter()
    for premise in list(used):
        if expired() or perf_counter() - started > max(seconds / PATIENCE, LONGEST_MINIMISING):
            break
        rest = [other for other in used if other is not premise]
        with time_limit(min(seconds, remaining()) if seconds < float("inf") else None):
            if holds(claim.with_premises(*rest)):
                used = rest
    return tuple(used)


def holds(claim: Claim) -> bool | None:
    """Whether the claim holds, without looking for a readable counterexample; None if that was not found out.

    A claim about no payoffs at all holds.
    """
    try:
        return Setting(plain(claim)).holds()
    except StuckError:
        return None


def plain(claim: Claim) -> Claim:
    """A claim about a monotone dependence, as one that compares two copies of the model."""
    if not isinstance(claim.conclusion, Monotone):
        return claim
    moved = claim.parameter(claim.conclusion.parameter)
    more = sympy.Symbol(f"{moved.name}_more")
    while more in claim.symbols:
        more = sympy.Symbol(f"{more.name}_still")
    name = f"{claim.model.name}, {moved.name} greater"
    copy = with_renamed(claim.model, moved, more, name)
    low, high = sympy.symbols("low high")
    quantity = claim.conclusion.quantity
    where = {low: replace(quantity, model=claim.model.name), high: replace(quantity, model=name)}
    renamed = [substituted(premise, {moved.symbol: more}) for premise in claim.premises]
    return replace(
        claim,
        conclusion=Holds(Related(low, "<=" if claim.conclusion.rising else ">=", high), where),
        premises=tuple(dict.fromkeys([*claim.premises, *renamed, Related(moved.symbol, "<", more)])),
        also=(copy,),
    )


def with_renamed(model: Model, parameter: Parameter, symbol: sympy.Symbol, name: str) -> Model:
    """The model with another symbol for one of its parameters."""
    swap = {parameter.symbol: symbol}
    return replace(
        model,
        name=name,
        game=model.game.with_entries([sympy.sympify(value).xreplace(swap) for value in model.game.entries]),
        parameters=tuple(replace(p, symbol=symbol) if p is parameter else p for p in model.parameters),
        assumptions=tuple(Assumption(substituted(a.relation, swap), a.reason) for a in model.assumptions),
        axes=None,
        quantities=dict,
    )


def language_of(claim: Claim) -> Inequalities:
    """A language with the claim's parameters in their ranges and the assumptions of its models, not its premises."""
    ranges = {symbol: (p.low, p.high) for symbol, p in claim.parameters.items()}
    language = Inequalities(ranges if claim.bounded else None)
    assumed = [assumption.relation for model in claim.models for assumption in model.assumptions]
    language.give(*map(language.formula, assumed))
    for model in claim.also if claim.bounded else ():
        for parameter in model.parameters:
            language.give(language.formula(Related(parameter.symbol, ">=", parameter.low)))
            language.give(language.formula(Related(parameter.symbol, "<=", parameter.high)))
    # No payoff divides by zero, not even where no question looks at it.
    for entry in dict.fromkeys(entry for model in claim.models for entry in getattr(model.game, "entries", ())):
        if expired():
            break
        language.give(language.defined(entry))
    return language


class Setting:
    """A claim in the language of inequalities: what is given, and what would break it.

    In a ``language`` that is shared with others, only what is ``given`` here is supposed of the claim's parameters.
    """

    def __init__(self, claim: Claim, language: Inequalities | None = None, given: Sequence[Any] = ()) -> None:
        self.claim = claim
        self.given = tuple(given)
        self.language = language or language_of(claim)
        if language is None:
            self.language.suppose(*map(self.language.formula, claim.premises))
        self.doubts: list[str] = []
        self.cases = 0

    def decided(self) -> Verdict:
        """The verdict, without the premises that were used."""
        for found in self.breaks():
            verdict = confirmed(self.claim, self.language, found, self._how())
            if isinstance(verdict, Refuted):
                return verdict
            self.doubts.append(verdict.because)
        if self.doubts:
            return Unsettled(self.doubts[0], f"{self._how()}; {len(self.doubts)} left open")
        return Proved(self._how())

    def holds(self) -> bool | None:
        if next(self.breaks(), None) is not None:
            return False
        return None if self.doubts else True

    def _how(self) -> str:
        hard = self.language.multiplied_out
        nonlinear = f", {hard} of them nonlinear" if hard else ""
        pure = "; of equilibria in pure strategies" if is_solved_backwards(self.claim) else ""
        return f"{self.cases} cases over all payoffs, {self.language.questions} exact questions{nonlinear}{pure}"

    def breaks(self) -> Iterator[Broken]:
        """What may break the claim; what could not be found out goes to ``doubts``."""
        try:
            match self.claim.conclusion, self.claim.every:
                case Holds(), True:
                    yield from self._breaks_of_every()
                case Holds(formula=formula), False:
                    yield from self._no_candidate_with(formula)
                case Exists(), _:
                    yield from self._no_candidate_with(ALWAYS)
                case Unique(), _:
                    yield from self._two_candidates()
        except TooLargeError as error:
            self.doubts.append(str(error))

    def _breaks_of_every(self) -> Iterator[Broken]:
        for formulas, chosen in self.ways_to_break_every():
            yield from self._asked(formulas, chosen)

    def ways_to_break_every(self) -> Iterator[tuple[list[Any], tuple[Candidate, ...]]]:
        """For each combination of candidates that they are equilibria and break the conclusion."""
        assert isinstance(self.claim.conclusion, Holds)
        for chosen in self.combinations():
            broken = self.language.denied(self._concluded(self.claim.conclusion.formula, chosen))
            yield [*(candidate.holds for candidate in chosen), broken], chosen

    def _no_candidate_with(self, formula: Relation) -> Iterator[Broken]:
        """Payoffs at which every candidate fails to be an equilibrium with the conclusion."""
        missed, unknowns = self.missed(formula)
        if expired():
            return
        answer = self.language.ask_for_all(unknowns, *missed)
        yield from self._broken(answer, missed, ())

    def missed(self, formula: Relation) -> tuple[list[Any], list[Any]]:
        """For each combination of candidates that it is no equilibrium with the conclusion; and all their unknowns."""
        missed, unknowns = [], []
        for chosen in self.combinations():
            kept = self.language.every([*(c.holds for c in chosen), self._concluded(formula, chosen)])
            unknowns += [variable for candidate in chosen for variable in candidate.unknowns]
            missed.append(self.language.denied(kept))
        return missed, unknowns

    def _two_candidates(self) -> Iterator[Broken]:
        """Payoffs at which two equilibria exist that differ in somebody's behaviour."""
        for formulas, chosen in self.ways_to_be_two():
            yield from self._asked(formulas, chosen[:1])

    def ways_to_be_two(self) -> Iterator[tuple[list[Any], tuple[Candidate, ...]]]:
        """For every two candidates that both are equilibria and differ in somebody's behaviour."""
        for first, second in self._pairs():
            apart = self.language.some(
                self.language.compare(weight, "!=", second.strategies[who].get(label, Fraction(0)))
                for who, mix in first.strategies.items()
                for label, weight in mix.items()
            )
            yield [first.holds, second.holds, apart], (first, second)

    def _pairs(self) -> Iterator[tuple[Candidate, Candidate]]:
        """Every two candidates, also one twice, with unknowns of their own.

        Under perfect information two equilibria differ somewhere in a subgame; each decision is looked at for itself.
        """
        game = self.claim.model.game
        if not (isinstance(game, ExtensiveGame) and game.has_perfect_information):
            once, again = ([chosen[0] for chosen in self.combinations()] for _ in range(2))
            yield from ((once[i], again[j]) for j in range(len(again)) for i in range(j + 1))
            return
        for name, information_set in game.information_sets.items():
            asked = {action: Chosen({name: action}) for action in information_set.actions}
            ways = [
                replace(found, strategies={name: {action: found.values[q] for action, q in asked.items()}})
                for found in self._candidates(self.claim.model, tuple(asked.values()))
            ]
            self.cases += len(ways)
            yield from combinations(ways, 2)

    def combinations(self) -> Iterator[tuple[Candidate, ...]]:
        """A candidate for each model of the claim."""
        lists = [self._candidates(model, self._quantities(model)) for model in self.claim.models]
        for chosen in product(*lists) if len(lists) > 1 else ((one,) for one in lists[0]):
            self.cases += 1
            yield tuple(chosen)
        if expired():
            self.doubts.append(STOPPED)

    def _candidates(self, model: Model, quantities: Sequence[Quantity]) -> Iterator[Candidate]:
        question = Question(self.claim.concept, model.game, self.language, quantities, self._excluded, self._matters)
        return lister_for(self.claim, model.game)(question)

    def exists(self) -> Any:
        """That there is an equilibrium, for some values of the candidates' unknowns; true where that is a theorem."""
        if self.claim.concept in ALWAYS_EXIST:
            return self.language.every([])
        found = []
        for model in self.claim.models:
            question = Question(self.claim.concept, model.game, self.language, (), self._excluded)
            listed = list(lister_for(self.claim, model.game)(question))
            found.append(self.language.some(candidate.holds for candidate in listed))
        return self.language.every(found)

    def _excluded(self, *formulas: Any) -> bool:
        return self.language.excludes(*self.given, *formulas)

    def _matters(self, values: Mapping[Quantity, Any]) -> bool:
        """Whether an equilibrium with these values may break the claim (or keep it, where one is enough)."""
        conclusion = self.claim.conclusion
        if not isinstance(conclusion, Holds) or self.claim.also:
            return True
        told = {symbol: values[quantity] for symbol, quantity in conclusion.where.items()}
        decided = self.language.truth_of(self.language.formula(conclusion.formula, told))
        return decided is not self.claim.every

    def _quantities(self, model: Model) -> Sequence[Quantity]:
        conclusion = self.claim.conclusion
        if not isinstance(conclusion, Holds):
            return ()
        return tuple(dict.fromkeys(q for q in conclusion.where.values() if self.claim.model_of(q) is model))

    def _concluded(self, formula: Relation, chosen: tuple[Candidate, ...]) -> Any:
        conclusion = self.claim.conclusion
        where = conclusion.where if isinstance(conclusion, Holds) else {}
        every: dict[tuple[str, Quantity], Any] = {
            (model.name, quantity): value
            for model, candidate in zip(self.claim.models, chosen, strict=True)
            for quantity, value in candidate.values.items()
        }
        values = {s: every[self.claim.model_of(q).name, q] for s, q in where.items()}
        return self.language.formula(formula, values)

    def _asked(self, formulas: list[Any], chosen: tuple[Candidate, ...]) -> Iterator[Broken]:
        yield from self._broken(self.language.ask(*formulas), formulas, chosen)

    def _broken(self, answer: Answer, formulas: list[Any], chosen: tuple[Candidate, ...]) -> Iterator[Broken]:
        if answer.is_yes:
            yield Broken(tuple(formulas), chosen, answer)
        elif answer.is_unknown:
            self.doubts.append(STOPPED if expired() else TOO_HARD)
