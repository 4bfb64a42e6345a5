"""The least that a policy pays, and the most that it may regret, over all that the premises allow: proved, not sampled.

The cases of the concept say what is played; the least value of a payoff over them, and of the difference of what two
policies pay, is found by exact linear optimisation (`Questions.least`). A least value counts every equilibrium.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.setting import Setting
from analyses.proof.questions import SPARING, Least
from analyses.proof.solver import StuckError
from games.cases import beside
from games.errors import InputError
from games.formulas.relations import Related, Relation
from games.model import Model
from games.play.quantities import Payoff
from games.solvers.limits import OutOfTimeError
from games.terms import Poly, Ratio

PAID = sympy.Symbol("paid")


@dataclass(frozen=True)
class Bounds:
    """A policy's ``worst`` payoff and greatest ``regret``: the payoffs that some other policy would have added.

    None where the payoffs are quotients, or the search was cut. ``exact`` says of each that it is reached or come near
    to as closely as wanted; otherwise it is proved that nothing lies beyond, and it may be too cautious.
    """

    worst: Fraction | None = None
    worst_is_exact: bool = False
    regret: Fraction | None = None
    regret_is_exact: bool = False


def bounds(options: Sequence[Model], player: str, concept: str, premises: Sequence[Relation]) -> tuple[Bounds, ...]:
    """The bounds of each option, the others being its rivals. Unknown where the concept has no cases."""
    return tuple(_bounds(k, options, player, concept, premises) for k in range(len(options)))


def _bounds(k: int, options: Sequence[Model], player: str, concept: str, premises: Sequence[Relation]) -> Bounds:
    own = options[k]
    try:
        worst = least_payoff(own, player, concept, premises)
        gains = [
            least_payoff(own, player, concept, premises, other) for number, other in enumerate(options) if number != k
        ]
    except (InputError, StuckError, OutOfTimeError):
        return Bounds()
    known = [gain for gain in gains if gain is not None]
    regret = max((-gain.value for gain in known), default=Fraction(0)) if len(known) == len(gains) else None
    return Bounds(
        None if worst is None else worst.value,
        worst is not None and worst.exact,
        None if regret is None else max(regret, Fraction(0)),
        regret is not None and all(gain.exact or -gain.value < regret for gain in known),
    )


def least_payoff(
    model: Model, player: str, concept: str, premises: Sequence[Relation], less: Model | None = None
) -> Least | None:
    """The least that ``player`` gets in an equilibrium of the model; ``less`` what it gets in one of another model.

    Raises `InputError` for a concept without cases.
    """
    also = () if less is None else (less,)
    anything = Holds(Related(PAID, ">=", sympy.Integer(0)), {PAID: Payoff(player, model=model.name)})
    setting = Setting(Claim("payoff", "", model, anything, tuple(premises), concept, also=also))
    payoff = Payoff(player)
    cases = [setting.of(each, (payoff,)).renamed(f" of {number}") for number, each in enumerate((model, *also))]
    values = [each.values[payoff] for each in cases]
    if any(isinstance(value, Ratio) for value in values):
        return None
    aim: Poly = values[0] if less is None else values[0] - values[1]  # type: ignore[assignment,operator]
    return setting.questions(replace(beside(*cases), values={})).least(aim, effort=SPARING)
