"""Where a claim fails, as one formula over the parameters.

A claim about every equilibrium fails where some candidate is an equilibrium that breaks the conclusion; one about some
equilibrium, where no candidate is one that keeps it. Several claims may be written in one language, and then share the
parameters of the same name. Unlike a check this asks for no readable payoffs, so it is what the analyses of a claim's
premises build on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analyses.claims.candidates import TooLargeError
from analyses.claims.check import STOPPED, Setting
from analyses.claims.claim import Claim, Holds, Monotone, Unique
from analyses.claims.inequalities import Answer, Inequalities, StuckError
from games.errors import InputError
from games.formulas.relations import ALWAYS
from games.solvers.limits import expired


@dataclass(frozen=True)
class Failure:
    """The claim fails at payoffs where ``formula`` holds: for some values of the ``unknowns``, or ``for_all``.

    ``exists``: there is an equilibrium. ``missing`` says why not every candidate was listed, so that nothing follows;
    it is empty otherwise.
    """

    formula: Any
    exists: Any
    unknowns: tuple[Any, ...] = ()
    for_all: bool = False
    missing: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the formula is about the parameters alone."""
        return not self.unknowns

    def found(self, language: Inequalities, *more: Any) -> Answer:
        """Payoffs at which the claim fails and ``more`` holds."""
        return _asked(language, self.unknowns if self.for_all else (), self.formula, *more)

    def avoided(self, language: Inequalities, *more: Any) -> Answer:
        """Payoffs at which the claim does not fail and ``more`` holds."""
        return _asked(language, () if self.for_all else self.unknowns, language.denied(self.formula), *more)


def _asked(language: Inequalities, unknowns: Sequence[Any], *formulas: Any) -> Answer:
    """As `Inequalities.ask_for_all`; unknown as well where the solver does not stop."""
    try:
        return language.ask_for_all(list(unknowns), *formulas)
    except StuckError:
        return Answer(None)


def failure(claim: Claim, language: Inequalities, given: Sequence[Any] = ()) -> Failure:
    """Where the claim fails among the payoffs that satisfy ``given`` and what is given in the language; elsewhere the
    formula may say anything.

    Raises `InputError` for a claim about a monotone dependence, which is about two payoffs at once.
    """
    if isinstance(claim.conclusion, Monotone):
        raise InputError(
            f"the claim {claim.name!r} is about a monotone dependence, which compares payoffs instead of allowing them"
        )
    setting = Setting(claim, language, given)
    nothing = language.every([])
    try:
        exists = setting.exists()
        if isinstance(claim.conclusion, Holds) and not claim.every:
            missed, unknowns = setting.missed(claim.conclusion.formula)
            result = Failure(language.every(missed), exists, tuple(unknowns), for_all=True)
        elif isinstance(claim.conclusion, Holds | Unique):
            every = isinstance(claim.conclusion, Holds)
            ways = list(setting.ways_to_break_every() if every else setting.ways_to_be_two())
            listed = {u.get_id(): u for _, chosen in ways for candidate in chosen for u in candidate.unknowns}
            formula = language.some(language.every(formulas) for formulas, _ in ways)
            result = Failure(formula, exists, tuple(listed.values()))
        else:
            missed, unknowns = setting.missed(ALWAYS)
            result = Failure(language.every(missed), exists, tuple(unknowns), for_all=True)
    except TooLargeError as error:
        return Failure(nothing, nothing, missing=str(error))
    except StuckError:
        return Failure(nothing, nothing, missing=STOPPED)
    return Failure(nothing, nothing, missing=STOPPED) if expired() else result
