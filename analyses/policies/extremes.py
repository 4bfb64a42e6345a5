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
from games.solvers.limits import OutOfTimeError, time_limit
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


def bounds(
    options: Sequence[Model], player: str, concept: str, premises: Sequence[Relation], seconds: float | None = None
) -> tuple[Bounds, ...]:
    """The bounds of each option, the others being its rivals; unknown where the concept has no cases.

    ``seconds`` limits the time.
    """
    with time_limit(seconds):
        try:
            search = _Extremes(options, player, concept, premises)
            return tuple(map(search.bounds, range(len(options))))
        except (InputError, StuckError, OutOfTimeError):
            return (Bounds(),) * len(options)


class _Extremes:
    def __init__(self, options: Sequence[Model], player: str, concept: str, premises: Sequence[Relation]) -> None:
        self.options, self.player, self.concept, self.premises = options, player, concept, premises
        self.least = [self._of(option) for option in options]
        self.negated = [self._of(option, sense=-1) for option in options]

    def _of(self, option: Model, less: Model | None = None, sense: int = 1) -> Least | None:
        return least_payoff(option, self.player, self.concept, self.premises, less, sense)

    def bounds(self, k: int) -> Bounds:
        """The bounds of one option."""
        worst, regret = self.least[k], self._regret(k)
        return Bounds(
            None if worst is None else worst.value,
            worst is not None and worst.exact,
            None if regret is None else regret[0],
            regret is not None and regret[1],
        )

    def _regret(self, k: int) -> tuple[Fraction, bool] | None:
        """The greatest regret and whether it is exact.

        No rival adds more than its greatest payoff less the least of this option; those that might add most come first.
        """
        worst = self.least[k]
        rivals = [(j, each) for j, each in enumerate(self.negated) if j != k and each is not None]
        if worst is None or len(rivals) + 1 < len(self.options):
            return None
        most, is_exact = Fraction(0), True
        for j, negated in sorted(rivals, key=lambda rival: rival[1].value):
            if -negated.value - worst.value <= most:
                break
            gain = self._of(self.options[k], self.options[j])
            if gain is None:
                return None
            if -gain.value > most:
                most, is_exact = -gain.value, gain.exact
        return most, is_exact


def least_payoff(
    model: Model,
    player: str,
    concept: str,
    premises: Sequence[Relation],
    less: Model | None = None,
    sense: int = 1,
) -> Least | None:
    """The least that ``player`` gets in an equilibrium of the model; ``less`` what it gets in one of another model.

    With a ``sense`` of −1, the least of the negated amount. None where that was not found out.

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
    return setting.questions(replace(beside(*cases), values={})).least(aim * sense, effort=SPARING)
