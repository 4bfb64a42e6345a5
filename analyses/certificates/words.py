"""The argument behind a verdict, told as a person would: what is supposed, who would rather do what, and why.

Of a proved claim it is read from its certificate, so that what is told is what was checked. Equal cases are told once,
and those in which nothing but numbers is left are counted. A refuted claim is told by the payoffs at which it fails,
what is played there, why each choice is best, and what breaks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from analyses.certificates.argument import Closed, Decision, Fact, Origin, Supposed, Told, told
from analyses.claims import Claim, Monotone, Proved, Refuted, Verdict
from analyses.outcomes import reached
from analyses.proofs import proof
from analyses.solution.wording import Names, names_of
from games.exact import amount, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.reduced import reduced_strategic_form
from games.formulas.polynomials import expression
from games.formulas.relations import SIGNS, Denied, Every, Implied, Related, Relation, in_words
from games.model import Model
from games.play.quantities import Payoff, Reach, quantity_words
from games.solvers.equilibria import Equilibrium
from games.terms import Poly, Sign, sign

MOST_CASES = 14
"""The most cases that are told one by one; of a longer proof those with the fewest suppositions."""

MOST_MEANINGS = 12
"""The most parameters whose meanings are told below."""


def why(claim: Claim, verdict: Verdict, certificate: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The argument behind the verdict, a sentence or a short paragraph each; nothing where none can be told.

    ``certificate`` is one of the claim that the checker accepts, or None.
    """
    if isinstance(verdict, Refuted):
        return tuple(_refuted(claim, verdict))
    if isinstance(verdict, Proved) and certificate is not None:
        argument = told(certificate)
        if argument is not None:
            return tuple(_Telling(claim, argument).sentences())
    return ()


# A refuted claim.


def _refuted(claim: Claim, verdict: Refuted) -> Iterator[str]:
    """What is the case at the payoffs at which it fails."""
    yield f"{_payoffs(claim.plain, verdict)}, which the premises allow, it is not so: {verdict.breaks}."
    for model, found in zip(claim.plain.models, verdict.equilibria, strict=False):
        game = model.game_at({p.symbol: verdict.at[p.name] for p in model.parameters})
        of = game.written_out
        if isinstance(of, ExtensiveGame) and set(found.strategies) != set(of.information_sets):
            of = reduced_strategic_form(of)
        if played := _played(model, game, of, found):
            yield played
        of_model = f" of {model.title}" if len(claim.plain.models) > 1 else ""
        yield f"It is an equilibrium{of_model}, since nobody gains by choosing otherwise:"
        sentences = [one for one in proof(model, of, found, claim.concept_of(model).name) if _matters(one, claim)]
        yield from sentences[:MOST_CASES]
        if len(sentences) > MOST_CASES:
            yield f"And likewise at {len(sentences) - MOST_CASES} more places."


def _played(model: Model, game: Game, of: Game, found: Equilibrium) -> str:
    """What is played, in the model's words."""
    paths = reached(game.written_out, of)(found)
    words = sorted({model.outcome_words(path) for path in paths})
    return f"There this is played: {'; or '.join(words)}." if words else ""


def _matters(sentence: str, claim: Claim) -> bool:
    """Whether a sentence is about what follows the moves after which the conclusion is meant."""
    quantities = claim.plain.conclusion.where.values()
    starts = [f"After {' → '.join(q.after)}" for q in quantities if isinstance(q, Reach | Payoff) and q.after]
    return len(starts) < len(quantities) or not starts or sentence.startswith(tuple(starts))


def _payoffs(claim: Claim, verdict: Refuted) -> str:
    defaults = {symbol.name: parameter.default for symbol, parameter in claim.parameters.items()}
    moved = [f"{name} = {readable(value)}" for name, value in verdict.at.items() if defaults.get(name) != value]
    if not moved:
        return "At the default payoffs"
    others = ", all else at its default" if len(moved) < len(defaults) else ""
    return f"At {', '.join(moved)}{others}"


# A proved claim.


@dataclass(frozen=True)
class _Case:
    """A case in words: what is supposed, how it ends, and a ``shape`` that like cases share.

    ``short`` says how it ends beside a case of the same shape.
    """

    supposed: tuple[str, ...]
    ends: str
    shape: object = None
    short: str = ""


class _Telling:
    """Tells an argument in the words of the claim's models."""

    def __init__(self, claim: Claim, argument: Told) -> None:
        self.original, self.claim, self.argument = claim, claim.plain, argument
        self.models = self.claim.models
        self.assumed = [assumed.reason for model in self.models for assumed in model.assumptions]
        sums: dict[str, Poly] = {}
        for model in self.models:
            for name, whole in names_of(model, {}).sums.items():
                sums.setdefault(name, whole)
        self.names = Names(sums, {}, {})
        self.spoken: set[str] = set()

    def sentences(self) -> Iterator[str]:
        yield from self._opening()
        cases = _merged(self._case(case) for case in sorted(self.argument.cases, key=lambda case: len(case.supposed)))
        groups = _alike(cases)
        for number, group in enumerate(groups[:MOST_CASES], start=1):
            yield f"{f'{number}. ' if len(groups) > 1 else ''}{_said(group)}"
        yield self._closing(sum(map(len, groups[MOST_CASES:])))
        if legend := self._legend():
            yield f"Here {'; '.join(legend)}."

    def _opening(self) -> Iterator[str]:
        used = sorted({origin.place for origin in self.argument.used if origin.part == "premises"})
        if used:
            premises = [f"({k + 1}) {in_words(self.claim.premises[k])}" for k in used]
            yield f"Of the premises this uses {listed_words(premises)}."
        yield self._denied()
        if throughout := sorted(self.argument.throughout, key=_order):
            also = listed_words(self._alternative(each) for each in throughout)
            others = "any other choice there" if all(one.decision for one in throughout) else "anything else"
            yield f"Then {also}: {others} contradicts it at once."

    def _denied(self) -> str:
        """That some equilibrium breaks the claim."""
        conclusion = self.claim.conclusion
        if conclusion.of_pairs:
            return "Suppose it were not so: there are two equilibria in which somebody chooses otherwise."
        if self.original.conclusion.compares_payoffs:
            return f"Suppose it were not so that {self.original.conclusion}."
        names = {symbol: f"the {quantity_words(quantity)}" for symbol, quantity in conclusion.where.items()}
        return f"Suppose it were not so: in some equilibrium {_otherwise(conclusion.formula, names)}."

    def _case(self, case: Closed) -> _Case:
        own = sorted(case.supposed - self.argument.throughout, key=_order)
        needs = [fact for fact in case.facts if fact.decision is not None]
        if len(needs) == 1 and not case.multiplied:
            # What is compared is told by the end of the sentence.
            own = [one for one in own if one.decision != needs[0].decision]
            return self._one_deviation(own, needs[0], case)
        supposed = tuple(self._alternative(each) for each in own)
        return _Case(supposed, self._contradiction(needs, case))

    def _closing(self, left: int) -> str:
        more = f" {amount(left, 'longer case')} more in the certificate close in the same manner." if left else ""
        trivial = self.argument.trivial
        at_once = f", {trivial} of them at once" if trivial else ""
        ends = amount(self.argument.ends, "end")
        return f"{more} These are all cases ({ends} of the proof{at_once}), so the claim holds.".strip()

    def _legend(self) -> list[str]:
        named = [name for name in self.names.sums if name in self.spoken]
        for name in named:
            self.spoken |= self.names.sums[name].names
        sums = [f"{name} = {formula_words(self.names.sums[name])}" for name in named]
        meanings = [
            f"{p.name}: {p.meaning}" for p in self.claim.parameters.values() if p.meaning and p.name in self.spoken
        ]
        return sums + meanings if len(meanings) <= MOST_MEANINGS else sums

    # One alternative.

    def _alternative(self, one: Supposed) -> str:
        if one.decision is not None:
            return f"{self._where(one.decision)} {self._done(one.decision, one.action)}".strip()
        said = " and ".join(self._relation(said) for said in one.said) or "what else is left"
        return f"{said} (premise {one.origin.place + 1})" if one.origin.part == "premises" else said

    def _done(self, decision: Decision, action: str) -> str:
        """The step in the model's words if these name the player who takes it."""
        model, path = self.models[decision.model], decision.path
        before, whole = _worded(model, path), _worded(model, (*path, action))
        step = whole[len(before) + 2 :] if before and whole.startswith(f"{before}, ") else ""
        return step if decision.player in step else f"{decision.player} chooses “{action}”"

    def _where(self, decision: Decision) -> str:
        model = self.models[decision.model]
        place = [f"in {model.title}"] if len(self.models) > 1 else []
        if isinstance(self.original.conclusion, Monotone):
            place = [f"where {self.original.conclusion.parameter} is greater"] if decision.model else []
        place += ["in the other equilibrium"] if decision.other else []
        if decision.path:
            place.append(f"after “{_worded(model, decision.path) or ', '.join(decision.path)}”")
        return ", ".join(place)

    # How a case ends.

    def _one_deviation(self, own: Sequence[Supposed], need: Fact, case: Closed) -> _Case:
        """Somebody would gain by another action."""
        assert need.decision is not None
        others = [fact for fact in case.facts if fact is not need]
        gain = Poly({monomial: -value for monomial, value in need.amount.terms.items()})
        taken = next((one.action for one in case.supposed if one.decision == need.decision), "")
        than = f" than “{taken}”" if taken else ""
        why_positive = self._positive(gain, others, own)
        # What players get in equilibrium has no name in the model.
        amount = "" if any(" " in name for name in gain.names) else f"{self._formula(gain)} "
        pays = f"“{need.instead}” pays {need.decision.player} {amount}more"
        ends = f"{self._where(need.decision)} {pays}{than}{self._equal(case)}, {why_positive}".strip()
        shape = need.decision, taken, case.equal, [fact.origin.part for fact in others], len(own)
        return _Case(tuple(map(self._alternative, own)), ends, repr(shape), f"{pays}, {why_positive}")

    def _positive(self, gain: Poly, others: Sequence[Fact], own: Sequence[Supposed]) -> str:
        """Why a gain is positive."""
        if len(others) == 1 and _multiple(others[0].of.of, gain):
            supposed = any(others[0].of in one.said for one in own)
            if supposed:
                return "which is positive"
            place = self._from(others[0].origin)
            return (
                f"which is positive, {place}"
                if others[0].origin.part == "conclusion"
                else f"which is positive by {place}"
            )
        return f"which is positive because {self._given(others)}" if others else "which is positive"

    def _contradiction(self, needs: Sequence[Fact], case: Closed) -> str:
        parts = [self._needed(need, case) for need in needs]
        given = self._given([fact for fact in case.facts if fact.decision is None])
        said = listed_words([*parts, *([given] if given else [])])
        how = ", as multiplying them with each other shows" if case.multiplied else ""
        alone = len(case.facts) + len(case.equal) == 1
        return f"{said}{self._equal(case)}, which cannot {'be' if alone else 'hold together'}{how}"

    def _needed(self, need: Fact, case: Closed) -> str:
        assert need.decision is not None
        taken = next((one.action for one in case.supposed if one.decision == need.decision), "")
        than = f" than “{taken}”" if taken else " than what is done"
        needed = f"“{need.instead}” must pay {need.decision.player} no more{than}"
        return f"{self._where(need.decision)} {needed}, so that {self._relation(need.of)}".strip()

    def _equal(self, case: Closed) -> str:
        """The equations between parameters that were put in."""
        said = [f"{self._relation(fact.of)}{self._by(fact.origin)}" for fact in case.equal]
        return f", with {listed_words(said)}" if said else ""

    def _given(self, facts: Sequence[Fact]) -> str:
        """Facts with where they are from, those from one place together."""
        by_place: dict[str, dict[str, None]] = {}
        for fact in facts:
            by_place.setdefault(self._by(fact.origin), {})[self._relation(fact.of)] = None
        return listed_words(f"{listed_words(said)}{place}" for place, said in by_place.items())

    def _by(self, origin: Origin) -> str:
        place = "range" if origin.part == "ranges" else self._from(origin)
        return f" ({place})" if place else ""

    def _from(self, origin: Origin) -> str:
        match origin.part:
            case "premises":
                return f"premise {origin.place + 1}"
            case "assumptions":
                return f"assumed: {self.assumed[origin.place]}"
            case "ranges":
                return "its range"
            case "conclusion":
                return "as supposed"
        return ""

    def _relation(self, said: Sign) -> str:
        self.spoken |= self.names.shortened(said.of).names
        return _alone(said) or self.names.said(said)

    def _formula(self, of: Poly) -> str:
        short = self.names.shortened(of)
        self.spoken |= short.names
        return formula_words(short)


def _merged(cases: Iterable[_Case]) -> list[_Case]:
    """Cases that end alike, and differ in one supposition alone, become one."""
    kept: list[_Case] = []
    for case in cases:
        for k, known in enumerate(kept):
            joined = _joined(known, case)
            if joined is not None:
                kept[k] = joined
                break
        else:
            kept.append(case)
    return kept


def _joined(one: _Case, other: _Case) -> _Case | None:
    """Both in one, where they end alike and differ in one supposition."""
    if one.ends != other.ends or len(one.supposed) != len(other.supposed):
        return None
    apart = [k for k, (a, b) in enumerate(zip(one.supposed, other.supposed, strict=True)) if a != b]
    if len(apart) > 1:
        return None
    if not apart:
        return one
    both = f"{one.supposed[apart[0]]} or {other.supposed[apart[0]]}"
    return replace(one, supposed=(*one.supposed[: apart[0]], both, *one.supposed[apart[0] + 1 :]))


def _alike(cases: Sequence[_Case]) -> list[list[_Case]]:
    """Cases of one shape together, in the place of the first."""
    groups: dict[object, list[_Case]] = {}
    for number, case in enumerate(cases):
        groups.setdefault(number if case.shape is None else case.shape, []).append(case)
    return list(groups.values())


def _said(group: Sequence[_Case]) -> str:
    """The first case in full, those like it in short."""
    first, *others = group
    whole = f"If {listed_words(first.supposed)}, then {first.ends}." if first.supposed else f"{_capital(first.ends)}."
    shorter = [f"{f'if {listed_words(other.supposed)}, ' if other.supposed else ''}{other.short}" for other in others]
    return f"{whole} Likewise {'; '.join(shorter)}." if shorter else whole


def _capital(text: str) -> str:
    """With a capital, unless it starts with a formula."""
    return text[:1].upper() + text[1:] if text.startswith(("after ", "in ", "where ")) else text


def _multiple(one: Poly, other: Poly) -> bool:
    """Whether one is a positive multiple of the other."""
    return sign(one, ">") == sign(other, ">")


def _alone(said: Sign) -> str:
    """A sign of one variable, with its value on the right; empty for any other."""
    names = [monomial for monomial in said.of.terms if monomial]
    if len(names) != 1 or len(names[0]) != 1 or said.op == "!=":
        return ""
    ((name,),) = names
    factor = Fraction(said.of.terms[(name,)])
    op = said.op if factor > 0 else SIGNS[said.op].mirrored
    bound = readable(-Fraction(said.of.terms.get((), 0)) / factor)
    return f"{name} {SIGNS[op].shown} {bound}"


def _order(one: Supposed) -> tuple[int, str, int]:
    """Premises first, then decisions as play comes to them."""
    return len(one.decision.path) + 1 if one.decision else 0, str(one.number), one.branch


def listed_words(parts: Iterable[str]) -> str:
    """Parts joined by commas and "and"."""
    several = list(parts)
    return " and ".join([", ".join(several[:-1]), several[-1]] if len(several) > 1 else several)


def formula_words(of: Poly) -> str:
    """A formula for a reader: what is added first, what is subtracted after it."""
    terms = sorted(of.terms.items(), key=lambda term: term[1] < 0)
    text = ""
    for k, (monomial, value) in enumerate(terms):
        size = str(expression(Poly({monomial: value if value > 0 else -value})))
        text += (f" {'-' if value < 0 else '+'} " if k else "-" if value < 0 else "") + size
    return text or "0"


def _worded(model: Model, path: tuple[str, ...]) -> str:
    """What the model calls a path, if it has words for one that may not have ended."""
    try:
        return model.outcome_words(path)
    except (LookupError, ValueError, TypeError):
        return ""


def _otherwise(said: Relation, names: Mapping[Any, str]) -> str:
    """That it does not hold, in words."""
    match said:
        case Related(cancelled=()):
            return in_words(replace(said, sign=SIGNS[said.sign].denial), names)
        case Implied(first, second):
            return f"{in_words(first, names)} and {_otherwise(second, names)}"
        case Every(parts):
            return " or ".join(_otherwise(part, names) for part in parts)
    return in_words(Denied(said), names)
