"""How far payoffs may move before a policy stops being best: the flip distance of the claim that it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from textwrap import fill

from analyses.claims.judgement import judged
from analyses.claims.questions.flip_distance import FlipDistance, flip_distance, percent
from analyses.policies.policies import WIDTH, Policies
from games.errors import InputError, check_kind
from games.exact import readable


@dataclass(frozen=True, repr=False)
class Radius:
    """Around the payoffs ``flip.at`` the ``action`` stays best as long as no parameter moves by more than ``lower``, a
    part of its range; ``upper`` is a change at which it no longer is, None if none was found.

    >>> from analyses.policies import policies, radius
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", samples=64)
    >>> around = radius(found, "Demand", at={"D": 1, "c_s": 1, "c_t": 5, "beta": 1}, precision="1/100")
    >>> around.action, around.flip.settled
    ('Demand', True)
    """

    action: str
    flip: FlipDistance

    @property
    def lower(self) -> Fraction:
        return self.flip.lower

    @property
    def upper(self) -> Fraction | None:
        return self.flip.upper

    def findings(self) -> tuple[str, ...]:
        """The radius and the payoffs at which it ends, in sentences."""
        flip = self.flip
        if flip.flips is None or flip.upper is None:
            if flip.settled:
                return (f"“{self.action}” stays best whatever changes within the ranges: proved.",)
            said = f"“{self.action}” stays best under changes of up to {percent(flip.lower)} of the ranges: proved."
            return (f"{said} Whether a greater one ends that was not settled.", *flip.remarks)
        changes = "; ".join(
            f"{name} from {readable(flip.at[name], 6)} to {readable(flip.flips[name], 6)}" for name in flip.moved
        )
        return (
            f"“{self.action}” stays best as long as no parameter moves by more than {percent(flip.lower)} of its "
            f"range: proved; at {percent(flip.upper)} another policy pays more ({changes}).",
            *flip.remarks,
        )

    def as_json(self) -> dict[str, object]:
        """The radius as plain data."""
        return {"policy": self.action, **self.flip.as_json()}

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())


def radius(
    found: Policies,
    action: str,
    at: Mapping[str, object] | None = None,
    precision: object = "1/1000",
    seconds: float | None = None,
) -> Radius:
    """How far from the payoffs ``at`` (defaults elsewhere) the action stays best, whichever equilibria are played.

    Changes are measured as `flip_distance` does; parameters that do not move in ``found`` stay. Raises `InputError` for
    an action that is not best there, and as `flip_distance` does.

    >>> from analyses.policies import policies, radius
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", samples=64)
    >>> around = radius(found, "Demand", at={"D": 1, "c_s": 1, "c_t": 5, "beta": 1}, precision="1/100")
    >>> float(around.flip.lower), around.flip.upper is None
    (1.0, True)
    """
    check_kind(found, Policies, "what is asked about", "what policies(model, player) finds")
    return Radius(found.actions[found.number(action)], flip_distance(found.claim(action), at, precision, seconds))


def radius_at_defaults(found: Policies, seconds: float | None = None) -> Radius | None:
    """The radius of the policy that is best at the model's own values, or at those that do not move.

    None where they break a premise, where no policy is best whichever equilibria are played, and where that is not
    found out.

    >>> from analyses.policies import policies, radius_at_defaults
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", samples=64)
    >>> around = radius_at_defaults(found)
    >>> around.action if around else "none"
    'Demand'
    """
    at = {name: found.options[0].by_name[name].default for name in found.model.by_name}
    point = {found.model.by_name[name].symbol: value for name, value in at.items()}
    if not found.asked.premises.admits_exactly(point):
        return None
    for action in found.actions:
        if judged(found.claim(action), point):
            try:
                return radius(found, action, at, seconds=seconds)
            except InputError:
                return None
    return None
