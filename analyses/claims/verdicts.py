"""What is found of a claim: proved, refuted at exact payoffs, or unsettled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from games.formulas.relations import Relation
from games.solvers.equilibria import Equilibrium


@dataclass(frozen=True)
class Proved:
    """No admissible values break the claim.

    ``method`` says how that was established; ``used`` is a minimal set of the claim's premises: with any one of them
    left out, the rest no longer proves it, or was not seen to within the time limit and the steps that a shorter answer
    may cost. Where no theorem says that there is an equilibrium, the claim may hold for want of any: ``says_nothing``
    is true where there is none at any admissible payoffs, and ``empty_at`` are exact values of the parameters at which
    there is none, if some were found.

    >>> from analyses.claims import Claim, Unique, check
    >>> from games.catalog import load
    >>> verdict = check(Claim("one", "There is one equilibrium.", load("inspection"), Unique()))
    >>> verdict.method
    'all cases over all payoffs, 1 exact question, 1 case by nonlinear arithmetic'
    """

    method: str
    used: tuple[Relation, ...] = ()
    says_nothing: bool = False
    empty_at: Mapping[str, Fraction] | None = None
    seconds: float = field(default=0.0, compare=False)

    verdict = "proved"

    def __str__(self) -> str:
        return f"proved ({self.method})"


class Kind(StrEnum):
    """Where a refuted claim fails."""

    EVERYWHERE = "everywhere"
    """At all payoffs that its premises allow: its opposite is proved."""

    REGION = "region"
    """On a part of these payoffs that has an interior."""

    BOUNDARY = "boundary"
    """Only where two payoffs tie or a premise holds with equality: with strict signs throughout, it is proved."""

    UNKNOWN = "unknown"
    """What of this is the case was not found out."""


@dataclass(frozen=True)
class Refuted:
    """The claim fails at exact parameter values, as the ordinary solvers confirm.

    ``at``: the values by parameter. ``equilibria``: the equilibrium that breaks the claim, for each model of the claim;
    empty where the claim fails because no equilibrium does as it says. ``breaks`` says in words what is the case there.
    ``kind`` says where else it fails.

    >>> from analyses.claims import Claim, check, never
    >>> from games.catalog import load
    >>> verdict = check(Claim("none", "Nobody ever violates.", load("inspection"), never({"Target": "Violate"})))
    >>> verdict.breaks, verdict.equilibria[0].payoffs
    ('probability of Target: Violate is 0.25', {'Target': Fraction(2, 3), 'Sender': Fraction(-1, 2)})
    """

    at: Mapping[str, Fraction]
    equilibria: tuple[Equilibrium, ...] = ()
    breaks: str = ""
    method: str = ""
    kind: Kind = Kind.UNKNOWN
    seconds: float = field(default=0.0, compare=False)

    verdict = "refuted"

    def __str__(self) -> str:
        return "refuted at " + ", ".join(f"{name} = {value}" for name, value in self.at.items())


@dataclass(frozen=True)
class Unsettled:
    """Neither proved nor refuted: why, and what was searched.

    >>> from analyses.claims import Claim, check, never
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody ever violates.", load("inspection"), never({"Target": "Violate"}))
    >>> check(claim, seconds=1e-9).because
    'the time was up before every case was decided'
    """

    because: str
    searched: str = ""
    seconds: float = field(default=0.0, compare=False)

    verdict = "unsettled"

    def __str__(self) -> str:
        return f"unsettled: {self.because}"


Verdict: TypeAlias = Proved | Refuted | Unsettled
