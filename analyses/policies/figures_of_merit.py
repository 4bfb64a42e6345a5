"""What a policy comes to over all points: what it pays on average and at worst, and what it regrets."""

from dataclasses import dataclass
from fractions import Fraction

from analyses.claims.share import percent
from analyses.policies.extremes import Bounds
from analyses.policies.information import Estimate, brief
from games.exact import readable


@dataclass(frozen=True)
class Prospect:
    """One policy. ``expected`` and ``mean_regret`` are means over the points, ``worst`` and ``regret`` the least payoff
    and the greatest regret at any of them, ``bounds`` the same over all that the premises allow, proved.

    ``expected_range`` are the means in the worst and in the best equilibrium for the player at each point. ``best`` is
    the part of the points at which no other policy pays more, ``alone`` at which every other pays less; exact at each
    point, with the ends of the 95 % interval, None where points are no sample.

    >>> from analyses.policies import policies
    >>> from games.catalog import load
    >>> first, second = policies(load("conflict-expectations"), "Sender", samples=64).prospects
    >>> first.policy, second.policy, second.regret > 0
    ('Demand', 'No demand', True)
    """

    policy: str
    expected: Estimate
    expected_range: tuple[float, float]
    worst: float
    regret: float
    mean_regret: Estimate
    bounds: Bounds
    best: float
    best_ends: tuple[float, float] | None
    alone: float

    @property
    def worst_said(self) -> str:
        """The worst payoff, and whether it is proved or only seen."""
        return _said(self.bounds.worst, self.bounds.worst_is_exact, self.worst, "at least")

    @property
    def regret_said(self) -> str:
        """The greatest regret, and whether it is proved or only seen."""
        return _said(self.bounds.regret, self.bounds.regret_is_exact, self.regret, "at most")

    @property
    def best_said(self) -> str:
        """How often it is best, with the interval."""
        ends = self.best_ends
        return percent(self.best) if ends is None else f"{percent(self.best)} [{percent(ends[0])}, {percent(ends[1])}]"

    def as_json(self) -> dict[str, object]:
        """The prospect as plain data, exact numbers as text."""
        return {
            "policy": self.policy,
            "expected": self.expected.as_json(),
            "expected_over_equilibria": list(self.expected_range),
            "worst_seen": self.worst,
            "worst": None if self.bounds.worst is None else str(self.bounds.worst),
            "worst_is_exact": self.bounds.worst_is_exact,
            "greatest_regret_seen": self.regret,
            "greatest_regret": None if self.bounds.regret is None else str(self.bounds.regret),
            "greatest_regret_is_exact": self.bounds.regret_is_exact,
            "mean_regret": self.mean_regret.as_json(),
            "best": self.best,
            "best_interval": self.best_ends,
            "best_alone": self.alone,
        }


def _said(proved: Fraction | None, is_exact: bool, seen: float, beyond: str) -> str:
    if proved is None:
        return f"{brief(seen)} seen"
    return f"{readable(proved)} proved" if is_exact else f"{brief(seen)} seen, {beyond} {readable(proved)} proved"
