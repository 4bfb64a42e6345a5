"""What carries a proof: the premises, and the model's standing assumptions, that a proved claim can do without.

A set of premises is *sufficient* if the claim holds wherever they do, and minimal if no smaller part of it is. A
premise that stands in every minimal sufficient set is needed: without it the others prove nothing, and there is a
counterexample. One that stands in none is idle. Of the rest, some one or other is needed, but none in particular.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import isinf
from time import perf_counter

from analyses.claims.check import Proof, admissible, check
from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.questions.subsets import Map, mapped
from analyses.claims.setting import Setting
from analyses.claims.verdicts import Refuted
from analyses.proof.solver import StuckError
from games.errors import InputError
from games.exact import readable
from games.formulas.relations import Relation, in_words, symbols_of
from games.solvers.limits import OutOfTimeError, expired, remaining, time_limit
from games.tables import Cell, Table, Tabular

FOR_COUNTEREXAMPLES = 0.5
"""The part of the time that may go into counterexamples, where a premise is left out."""

ROLES = ("needed", "in some proofs", "idle", "not known")


@dataclass(frozen=True)
class Carried:
    """What one premise does: its role is one of `ROLES`.

    ``without`` is a counterexample where the premise is needed and one was confirmed: payoffs at which all the others
    hold and the claim fails.
    """

    premise: Relation
    role: str
    is_assumption: bool = False
    without: Refuted | None = None


@dataclass(frozen=True, repr=False)
class NeededPremises(Tabular):
    """What each premise of a claim carries, and all minimal sufficient sets of them.

    ``redundant`` are the groups of premises that may be dropped together: for each sufficient set what lies outside it.
    Not ``complete``: the search was cut off, so that there may be further sets; ``remarks`` say why.

    >>> from analyses.claims import Claim, needed_premises, never
    >>> from games.catalog import load
    >>> model = load("conflict-expectations")
    >>> D, c_s, c_t = (model.by_name[name].symbol for name in ("D", "c_s", "c_t"))
    >>> claim = Claim("dear", "It wins no concession.", model, never(("Demand", "Concede")), (c_s > c_t, D > 1))
    >>> found = needed_premises(claim)
    >>> [[str(premise) for premise in each] for each in found.sufficient], found.complete
    ([['c_s > c_t']], True)
    """

    claim: Claim
    premises: tuple[Carried, ...]
    sufficient: tuple[tuple[Relation, ...], ...]
    redundant: tuple[tuple[Relation, ...], ...]
    complete: bool
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    def table(self) -> Table:
        """One row for each premise."""
        rows = tuple(
            (
                Cell(in_words(each.premise)),
                Cell("assumption of the model" if each.is_assumption else "premise"),
                Cell(each.role, marked=each.role == "needed"),
                Cell(_at(each.without, each.premise) if each.without else ""),
            )
            for each in self.premises
        )
        return Table(("Premise", "Kind", "Role", "Without it the claim fails at"), rows)

    def findings(self) -> tuple[str, ...]:
        """The roles in sentences."""
        sentences = []
        for role, words in (
            ("needed", "Needed, each of them:"),
            ("in some proofs", "Needed in some proofs, none in all:"),
            ("idle", "Idle, in no minimal proof:"),
            ("not known", "Not found out:"),
        ):
            if named := [each.premise for each in self.premises if each.role == role]:
                shown = self._briefly(named) if role == "idle" else "; ".join(map(in_words, named))
                sentences.append(f"{words} {shown}.")
        if self.complete and len(self.sufficient) == 1:
            words = _set_words(self.sufficient[0])
            sentences.append(f"There is one minimal set of premises that proves the claim: {words}.")
        elif self.sufficient:
            least = "" if self.complete else "at least "
            every = " or ".join(map(_set_words, self.sufficient))
            sentences.append(f"There are {least}{len(self.sufficient)} minimal sets that prove the claim: {every}.")
        if self.redundant:
            groups = " or ".join("{" + self._briefly(group) + "}" for group in self.redundant)
            sentences.append(f"May be dropped together: {groups}.")
        return (*sentences, *self.remarks)

    def _briefly(self, items: Sequence[Relation]) -> str:
        """The premises among the items in words, the model's assumptions by their number."""
        assumed = [each.premise for each in self.premises if each.is_assumption]
        named = [in_words(item) for item in items if item not in assumed]
        if count := len(items) - len(named):
            named.append(f"{count} assumption{'s' if count > 1 else ''} of the model")
        return "; ".join(named)

    def __repr__(self) -> str:
        return "\n".join([f"{self.claim.name}: what carries the proof", *self.findings()])

    def _repr_html_(self) -> str:
        return self.table().html()

    def as_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "claim": self.claim.name,
            "premises": [
                {
                    "premise": in_words(each.premise),
                    "role": each.role,
                    "is_assumption": each.is_assumption,
                    "without": {name: str(value) for name, value in each.without.at.items()} if each.without else None,
                }
                for each in self.premises
            ],
            "sufficient": [[in_words(premise) for premise in each] for each in self.sufficient],
            "redundant": [[in_words(premise) for premise in each] for each in self.redundant],
            "complete": self.complete,
            "remarks": list(self.remarks),
        }


def _set_words(premises: Sequence[Relation]) -> str:
    return "{" + "; ".join(map(in_words, premises)) + "}"


def _at(refuted: Refuted, premise: Relation) -> str:
    """The counterexample in the parameters of the premise that fails there."""
    names = sorted(symbol.name for symbol in symbols_of(premise))
    return ", ".join(f"{name} = {readable(Fraction(refuted.at[name]))}" for name in names if name in refuted.at)


def needed_premises(claim: Claim, seconds: float | None = None, assumptions: bool = False) -> NeededPremises:
    """Which premises the proof of the claim needs, and every minimal set of them that suffices.

    With ``assumptions`` the standing assumptions of the claim's models may be dropped like premises; the parameters'
    ranges stay. The roles are found in steps, the same on every machine; counterexamples are confirmed as in `check`. A
    time limit in ``seconds`` may cut the search short, and then the answer says so. Raises `InputError` for a claim
    that does not hold, or is not proved.

    >>> from analyses.claims import Claim, needed_premises, never
    >>> from games.catalog import load
    >>> model = load("conflict-expectations")
    >>> D, c_s, c_t = (model.by_name[name].symbol for name in ("D", "c_s", "c_t"))
    >>> claim = Claim("dear", "It wins no concession.", model, never(("Demand", "Concede")), (c_s > c_t, D > 1))
    >>> needed_premises(claim)
    dear: what carries the proof
    Needed, each of them: c_s > c_t.
    Idle, in no minimal proof: D > 1.
    There is one minimal set of premises that proves the claim: {c_s > c_t}.
    May be dropped together: {D > 1}.
    """
    check_is_claim(claim)
    started = perf_counter()
    with time_limit(seconds):
        try:
            search = _Search(claim, assumptions)
        except OutOfTimeError:
            raise InputError(f"the claim {claim.name!r} was not proved in time; give it more") from None
        found = mapped(len(search.items), search.suffices)
        if not found.minimal:
            found = replace(found, minimal=(search.every,))
        carried = search.roles(found)
        left = remaining()
        with time_limit(None if isinf(left) else FOR_COUNTEREXAMPLES * left):
            carried = tuple(search.with_counterexample(k, each) for k, each in enumerate(carried))
    groups = [tuple(item for k, item in enumerate(search.items) if k not in each) for each in found.minimal]
    return NeededPremises(
        claim,
        carried,
        tuple(tuple(search.items[k] for k in sorted(each)) for each in found.minimal),
        tuple(group for group in groups if group),
        found.complete,
        () if found.complete else (f"There may be further minimal sets: {found.because}.",),
        perf_counter() - started,
    )


class _Search:
    """The sets of premises of one claim; premises go by their numbers, the claim's own before the models'.

    All of them are supposed in one proof, which is asked with some and not with others. Where it compares two copies of
    the model, a premise is supposed of both; what else it supposes then, that one payoff is greater, always counts.
    """

    def __init__(self, claim: Claim, assumptions: bool) -> None:
        assumed = [a.relation for model in claim.models for a in model.assumptions] if assumptions else []
        self.own = len(claim.premises)
        self.items = (*claim.premises, *dict.fromkeys(a for a in assumed if a not in claim.premises))
        self.every = frozenset(range(len(self.items)))
        self.freed = replace(_without_assumptions(claim) if assumptions else claim, premises=self.items)
        self._known: dict[frozenset[int], bool | None] = {}
        self._numbers = self.freed.stand_ins
        setting = Setting(self.freed.plain)
        self._always = range(sum(map(len, self._numbers)), len(setting.supposed))
        self._proof = Proof(setting)
        if admissible(claim) is False:
            raise InputError(f"the premises of {claim.name!r} contradict each other; anything follows from them")
        verdict = self.suffices(self.every)
        if verdict is not True:
            said = "does not hold" if verdict is False else "was not proved in time" if expired() else "was not proved"
            raise InputError(f"the claim {claim.name!r} {said}; what carries a proof is asked of proved claims")

    def suffices(self, chosen: frozenset[int]) -> bool | None:
        """Whether these premises prove the claim; None if that was not found out."""
        if chosen not in self._known:
            self._known[chosen] = self._asked(chosen)
        return self._known[chosen]

    def _asked(self, chosen: frozenset[int]) -> bool | None:
        supposed = sorted(number for k in chosen for number in self._numbers[k])
        try:
            answer = self._proof.broken(suppositions=[*supposed, *self._always])
        except (StuckError, OutOfTimeError):
            return None
        return None if answer.is_unknown else answer.is_no

    def roles(self, found: Map) -> tuple[Carried, ...]:
        """The role of each premise."""
        result = []
        for k, item in enumerate(self.items):
            without = self.suffices(self.every - {k})
            if without is None:
                role = "not known"
            elif not without:
                role = "needed"
            elif any(k in each for each in found.minimal):
                role = "in some proofs"
            else:
                role = "idle" if found.complete else "not known"
            result.append(Carried(item, role, k >= self.own))
        return tuple(result)

    def with_counterexample(self, number: int, carried: Carried) -> Carried:
        """With payoffs, confirmed by the ordinary solvers, at which all other premises hold and the claim fails."""
        if carried.role != "needed" or expired():
            return carried
        others = [item for k, item in enumerate(self.items) if k != number]
        verdict = check(self.freed.with_premises(*others))
        return replace(carried, without=verdict) if isinstance(verdict, Refuted) else carried


def _without_assumptions(claim: Claim) -> Claim:
    """The claim about the same games with nothing assumed of their parameters but the ranges."""
    first, *others = (replace(model, assumptions=()) for model in claim.models)
    return replace(claim, model=first, also=tuple(others))
