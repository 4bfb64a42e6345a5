"""Checking a claim: proved, refuted at exact payoffs, or unsettled.

All is asked of the cases of the claim's concept: whether some case can hold and break the conclusion (meant of every
equilibrium), whether two cases can hold that differ (uniqueness), or whether payoffs are left at which no case keeps
the conclusion (meant of some, or existence). Payoffs found are put to the ordinary solvers and to independent checks,
and only what these confirm refutes.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from time import perf_counter

from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.conclusions import Exists
from analyses.claims.confirm import confirmed, refuted_in_sample, refuted_nearby
from analyses.claims.cover import Cover
from analyses.claims.kinds import with_kind
from analyses.claims.setting import Setting
from analyses.claims.verdicts import Proved, Refuted, Unsettled, Verdict
from analyses.proof.questions import FULL, QUICK, SPARING, Answer, Effort, Questions
from analyses.proof.solver import StuckError
from games.errors import InputError
from games.exact import Number, amount
from games.formulas.relations import in_words, symbols_of
from games.solvers.limits import OutOfTimeError, expired, time_limit
from games.terms import Condition, denied, put, var

DEEPEST = 9
"""How often a part of the payoffs is halved at most, where a proof is hard."""

STOPPED = "the time was up before every case was decided"


def check(claim: Claim, seconds: float | None = None) -> Verdict:
    """Whether the claim holds for all payoffs that its premises allow.

    Proofs are bounded in steps, so that they are the same on every machine; the ordinary solvers, which confirm what is
    refuted, in seconds (`analyses.claims.listed.SOLVING`). A time limit in ``seconds``, and Ctrl-C under
    `interruptible`, leave it unsettled.

    >>> from analyses.claims import Claim, check, never
    >>> from games.catalog import load
    >>> model = load("inspection")
    >>> obey = Claim("obey", "Who is inspected never violates.", model, never({"Target": "Violate"}))
    >>> check(obey).kind, check(obey).breaks
    (<Kind.EVERYWHERE: 'everywhere'>, 'probability of Target: Violate is 0.25')

    Raises `InputError` for premises that contradict each other, the ranges or the model's assumptions, and for a
    concept or payoffs of a kind that cannot be checked.
    """
    check_is_claim(claim)
    started = perf_counter()
    with time_limit(seconds):
        try:
            verdict = _checked(claim)
        except (StuckError, OutOfTimeError):
            verdict = Unsettled(STOPPED)
        if isinstance(verdict, Refuted):
            # The refutation stands where the time is up before its kind is known.
            with suppress(StuckError, OutOfTimeError):
                verdict = with_kind(Proof(Setting(claim.plain)), verdict)
    return replace(verdict, seconds=perf_counter() - started)


def admissible(claim: Claim) -> bool | None:
    """Whether any parameter values satisfy the premises, assumptions and ranges; None if that was not found out."""
    return Setting(claim).questions().ask().found


def holds(claim: Claim) -> bool | None:
    """Whether the claim holds, without looking for a readable counterexample; None if that was not found out.

    A claim about no payoffs at all holds.
    """
    try:
        answer = Proof(Setting(claim.plain)).broken()
    except (StuckError, OutOfTimeError):
        return None
    return None if answer.is_unknown else answer.is_no


def says_nothing(setting: Setting) -> bool:
    """Whether the claim holds for want of any equilibrium: there is none at any admissible payoffs."""
    if setting.claim.exists_because or not setting.claim.broken_by_one:
        return False
    return setting.questions(setting.cases).ask(effort=QUICK).is_no


def _checked(claim: Claim) -> Verdict:
    stated = claim.plain
    setting = Setting(stated)
    payoffs = setting.questions()
    admissible = payoffs.ask()
    if admissible.is_no:
        return _without_payoffs(claim, setting)
    if stated.conclusion.follows_from_existence and setting.claim.exists_because:
        return Proved(setting.claim.exists_because)
    if admissible.is_yes and (refuted := refuted_nearby(setting, payoffs, admissible)):
        return refuted
    proof = Proof(setting)
    answer = proof.broken(effort=QUICK)
    # Where many payoffs break the claim, one drawn is found sooner than one near the defaults by inequalities.
    if not answer.is_no and admissible.is_yes and (refuted := refuted_in_sample(setting)):
        return refuted
    if answer.is_unknown:
        answer, proof = in_parts(proof)
    if answer.is_unknown:
        answer = proof.broken()
    if answer.is_unknown:
        return Unsettled(answer.because, proof.method)
    if answer.is_yes:
        return confirmed(setting, proof, answer)
    method = proof.method
    if admissible.is_unknown:
        method = f"{method}; whether any payoffs satisfy the premises is not known"
    rested_on = set(proof.needed(answer))
    said = zip(claim.premises, claim.stand_ins, strict=True)
    used = tuple(premise for premise, numbers in said if rested_on.intersection(numbers))
    return _with_what_is_empty(Proved(method, used), setting)


def _with_what_is_empty(proved: Proved, setting: Setting) -> Proved:
    """The proof with what is known of payoffs at which it holds for want of any equilibrium."""
    claim = setting.claim
    if claim.exists_because or not claim.broken_by_one:
        return proved
    # The proof stands where the time is up before this is known.
    with suppress(StuckError, OutOfTimeError):
        if says_nothing(setting):
            return replace(proved, says_nothing=True)
        existence = Setting(replace(claim, conclusion=Exists()))
        proof = Proof(existence)
        answer = proof.broken(effort=QUICK)
        none = confirmed(existence, proof, answer) if answer.is_yes else None
        if isinstance(none, Refuted):
            return replace(proved, empty_at=none.at)
    return proved


def _without_payoffs(claim: Claim, setting: Setting) -> Verdict:
    """The verdict on a claim of which no payoffs are admissible."""
    if claim.conclusion.compares_payoffs:
        alone = Setting(replace(claim, conclusion=Exists()))
        if not alone.questions().ask().is_no:
            return Proved(f"it holds trivially: {claim.conclusion.trivial}")
        setting = alone
    raise InputError(
        f"the premises of {claim.name!r} contradict each other or the model's ranges and assumptions: nothing is "
        f"admissible{_contradiction(setting)}; drop or weaken one"
    )


def _contradiction(setting: Setting) -> str:
    """A smallest set of premises that cannot hold together, in words."""
    questions = setting.questions()
    answer = questions.ask()
    kept = sorted(answer.rests_on)
    for number in list(kept):
        rest = [other for other in kept if other != number]
        if questions.ask(suppositions=rest).is_no:
            kept = rest
    if not kept:
        return ", whatever the premises"
    premises = [setting.claim.premises[number] for number in kept]
    named = "; ".join(map(in_words, premises))
    within = ""
    if setting.claim.bounded:
        spoken = {symbol for premise in premises for symbol in symbols_of(premise)}
        ends = [f"{p.name} {p.low} to {p.high}" for s, p in setting.claim.parameters.items() if s in spoken]
        within = f" (ranges: {'; '.join(ends)})" if ends else ""
    return f" where {named}{within}" if len(kept) == 1 else f", since these cannot all hold: {named}{within}"


def in_parts(whole: "Proof") -> tuple[Answer, "Proof"]:
    """The answer whether payoffs break a claim, found part by part, and the proof of the part that does.

    The ranges are cut to what the premises allow and then halved, one parameter's after another's, until each part is
    easy: bounds on products are the closer to what they multiply the smaller the ranges are. Unknown, where that takes
    too many parts; then the proof is that of the whole.
    """
    narrow = _narrowed(whole.setting)
    rests_on = frozenset(range(len(whole.setting.supposed)) if narrow.ranges != whole.setting.ranges else ())
    waiting = [(narrow, 0)]
    looked = spent = 0
    while waiting:
        setting, depth = waiting.pop()
        looked += 1
        proof = Proof(setting)
        answer = proof.broken(effort=QUICK)
        if answer.is_yes:
            return answer, proof
        rests_on |= answer.rests_on
        halves = _halves(proof) if answer.is_unknown else []
        spent += proof.spent
        if answer.is_unknown and (not halves or depth == DEEPEST or spent > FULL.steps or expired()):
            return Answer(None, because=answer.because), whole
        waiting += [(half, depth + 1) for half in halves]
    whole.parts = looked
    return Answer(False, rests_on=rests_on), whole


def _narrowed(setting: Setting) -> Setting:
    """The setting with the ranges that its premises leave, as far as linear arithmetic sees them."""
    payoffs, ranges = setting.questions(), dict(setting.ranges)
    for name, (low, high) in setting.ranges.items():
        least, most = (payoffs.least(var(name) * order, effort=QUICK) for order in (1, -1))
        if least and (low is None or low < least.value):
            low = least.value
        if most and (high is None or high > -most.value):
            high = -most.value
        ranges[name] = (low, high)
    return setting.within(ranges)


def _halves(proof: "Proof") -> list[Setting]:
    """The setting with each half of the range of the parameter that stands in products and has the widest one."""
    multiplied = {name for monomial in proof.questions.relaxed.products for name in monomial}
    widths = {
        name: Fraction(high) - Fraction(low)
        for name, (low, high) in proof.setting.ranges.items()
        if name in multiplied and low is not None and high is not None and low < high
    }
    if not widths:
        return []
    name = max(widths, key=lambda each: widths[each])
    low, high = proof.setting.ranges[name]
    assert low is not None
    assert high is not None
    middle = Fraction(low + high) / 2
    return [proof.setting.within({name: ends}) for ends in ((middle, high), (low, middle))]


class Proof:
    """The search for payoffs at which a claim fails, and for those at which it holds."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.cover: Cover | None = None
        self._kept: Cover | Questions | None = None
        self._at_points = 0
        self.parts = 1
        self.cases, self.breaks = setting.claim.conclusion.against(setting)
        if self.is_of_every:
            self.questions = setting.questions(self.cases)
        else:
            self.cover = Cover(setting, setting.concluded, self.breaks if setting.claim.exists_because else None)
            self.questions = self.cover.questions

    @property
    def is_of_every(self) -> bool:
        """Whether a single equilibrium, or two, may break the claim; else it takes that none keeps it."""
        return self.setting.claim.broken_by_one

    def broken(self, *more: Condition, suppositions: Sequence[int] | None = None, effort: Effort = FULL) -> Answer:
        """Whether payoffs, with ``more`` holding there, break the claim."""
        if self.cover is not None:
            return self.cover.outside(*more, suppositions=suppositions, effort=effort)
        return self.questions.ask(self.breaks, *more, suppositions=suppositions, effort=effort)

    def kept(self, *more: Condition, suppositions: Sequence[int] | None = None, effort: Effort = FULL) -> Answer:
        """Whether at some payoffs, with ``more`` holding there, the claim holds.

        One that is meant of every equilibrium holds also where there is none.
        """
        if self._kept is None and self.is_of_every:
            always = bool(self.setting.claim.exists_because) and not self.setting.claim.conclusion.of_pairs
            self._kept = Cover(self.setting, self.breaks, denied(self.breaks) if always else None, self.cases)
        elif self._kept is None:
            self._kept = self.setting.questions(self.setting.cases)
        if isinstance(self._kept, Cover):
            return self._kept.outside(*more, suppositions=suppositions, effort=effort)
        return self._kept.ask(self.setting.concluded, *more, suppositions=suppositions, effort=effort)

    @property
    def spent(self) -> int:
        """The work so far, in the steps of `Questions.spent`."""
        first = self.cover.spent if self.cover else self.questions.spent
        return first + self._at_points + (self._kept.spent if self._kept else 0)

    def fails_at(self, point: Mapping[str, Number]) -> bool | None:
        """Whether the claim fails at exact payoffs, asked of the cases there alone; None if that was not found out."""
        numbers = self.setting.numbers(point)
        wanted = self.breaks if self.is_of_every else self.setting.concluded
        questions = self.setting.at(point, self.cases)
        answer = questions.ask(put(wanted, numbers))
        self._at_points += questions.spent
        return None if answer.is_unknown else answer.is_yes is self.is_of_every

    @property
    def method(self) -> str:
        """How it was established, in words."""
        questions: Questions = self.questions
        hard = f", {amount(questions.nonlinear, 'case')} by nonlinear arithmetic" if questions.nonlinear else ""
        found = len(self.cover.regions) if self.cover else 0
        regions = f", {amount(found, 'region')} of payoffs" if found else ""
        if self.parts > 1:
            return f"all cases over all payoffs, in {self.parts} parts"
        asked = amount(questions.asked, "exact question")
        return f"all cases over all payoffs, {asked}{regions}{hard}"

    def needed(self, answer: Answer) -> list[int]:
        """The numbers of a minimal set of premises that proves the claim: each is left out if the others still do."""
        used = sorted(answer.rests_on)
        for number in list(used):
            if expired():
                break
            rest = [other for other in used if other != number]
            if self.broken(suppositions=rest, effort=SPARING).is_no:
                used = rest
        return used
