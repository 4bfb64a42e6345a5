"""What a model predicts: the outcomes of its equilibria in words, and the comparisons that the prediction hangs on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import sympy

from games.errors import InputError
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from games.model import Model, Point
from games.play.payoffs import reached, strategy_payoffs
from games.solvers.concept import DEFAULTS, concept_for, solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.refinements.subgame_perfect import MOST_EQUILIBRIA
from games.solvers.repeated import grim_trigger

NOTHING = "No equilibrium in pure strategies"


def concept_name(model: Model, concept: str | None = None) -> str:
    """The concept that the analyses use: the one named, else pure Nash for strategic forms, the form's own otherwise.

    Raises `InputError` for a concept that has no comparisons to follow through the parameters.
    """
    name = concept or ("pure-nash" if isinstance(model.game, StrategicGame) else DEFAULTS[type(model.game)])
    if concept_for(model.game, name).comparisons is None:
        raise InputError(f"the concept {name!r} lists no payoff comparisons, which thresholds and regions need")
    return name


def followed(model: Model) -> bool:
    """Whether the analyses can follow the model's equilibria through its parameters.

    Not under imperfect information: there players may have to mix, with probabilities that move with every payoff.
    """
    return not isinstance(model.game, ExtensiveGame) or model.game.has_perfect_information


def outcomes_in_words(model: Model, equilibria: Equilibria) -> tuple[str, ...]:
    """The outcomes that the equilibria reach, each once, in words; `NOTHING` if there is no equilibrium."""
    words: dict[str, None] = {}
    for equilibrium in equilibria:
        for path in reached_paths(equilibria.game, equilibrium):
            words[model.outcome_words(path)] = None
    return tuple(sorted(words)) or (NOTHING,)


def reached_paths(game: Game, equilibrium: Equilibrium) -> list[tuple[str, ...]]:
    """The pure profiles of a strategic form that the equilibrium reaches; else the paths of its outcomes."""
    if not isinstance(game, StrategicGame):
        return [outcome.path for outcome in equilibrium.outcomes]
    played = [[label for label, weight in equilibrium[player].items() if weight] for player in game.players]
    return [profile for profile in game.profiles if all(s in own for s, own in zip(profile, played, strict=True))]


@dataclass(frozen=True)
class Slice:
    """A model with all parameters but the ``free`` ones fixed at ``point``."""

    model: Model
    concept: str
    point: Point
    free: tuple[str, ...]

    @cached_property
    def game(self) -> Game:
        """The game in formulas of the free parameters."""
        return self.model.with_free(self.free, self.point)

    @cached_property
    def symbols(self) -> tuple[sympy.Symbol, ...]:
        return tuple(self.model.by_name[name].symbol for name in self.free)

    @cached_property
    def bounds(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The range of each free parameter."""
        return tuple((self.model.by_name[name].low, self.model.by_name[name].high) for name in self.free)

    def at(self, values: Sequence[Fraction]) -> dict[sympy.Symbol, Fraction]:
        """The full point at these values of the free parameters."""
        return {**self.point, **dict(zip(self.symbols, values, strict=True))}

    def admits(self, values: Sequence[Fraction]) -> bool:
        """Whether the model's assumptions hold there."""
        return self.model.broken(self.at(values)) is None

    def solve(self, values: Sequence[Fraction]) -> Equilibria:
        return solve(self.model.game_at(self.at(values)), self.concept)

    def words(self, equilibria: Equilibria) -> tuple[str, ...]:
        return outcomes_in_words(self.model, equilibria)

    def comparisons(self, equilibria: Equilibria) -> tuple[sympy.Poly, ...]:
        """The comparisons that decide this answer, as polynomials in the free parameters; constant ones left out.

        Raises `InputError` where a payoff is no polynomial in them, or where ties leave too many equilibria to list.
        """
        if len(equilibria) >= MOST_EQUILIBRIA:
            raise InputError(
                f"{self.model.name}: ties leave more than {MOST_EQUILIBRIA} equilibria at these values; "
                "choose values at which fewer payoffs tie"
            )
        listed = concept_for(self.game, self.concept).comparisons
        assert listed is not None
        return self.polynomials(listed(self.game, equilibria))

    @cached_property
    def assumptions(self) -> tuple[sympy.Poly, ...]:
        """The margins of the model's assumptions, ≥ 0 where these hold, as polynomials in the free parameters."""
        fixed = {s: sympy.Rational(v.numerator, v.denominator) for s, v in self.point.items() if s not in self.symbols}
        return self.polynomials(assumption.margin.xreplace(fixed) for assumption in self.model.assumptions)

    def polynomials(self, expressions: Iterable[Any]) -> tuple[sympy.Poly, ...]:
        """The expressions that vary with the free parameters, as polynomials, each once."""
        known: dict[sympy.Poly, None] = {}
        for expression in dict.fromkeys(expressions):
            if not hasattr(expression, "free_symbols"):
                continue
            try:
                polynomial = sympy.Poly(expression, *self.symbols, domain="QQ")
            except sympy.PolynomialError:
                raise InputError(
                    f"{self.model.name}: the payoff difference {expression} is no polynomial in "
                    f"{', '.join(self.free)}; thresholds and regions are found for polynomial payoffs only"
                ) from None
            if not polynomial.is_ground:
                known[polynomial] = None
        return tuple(known)

    def payoffs(self, equilibrium: Equilibrium) -> tuple[Any, ...]:
        """The equilibrium's payoffs, player by player, as formulas in the free parameters."""
        game = self.game
        if isinstance(game, StrategicGame):
            result = []
            for player in game.players:
                each = strategy_payoffs(game, equilibrium.strategies, player)
                result.append(sum(weight * each[label] for label, weight in equilibrium[player].items()))
            return tuple(result)
        if isinstance(game, RepeatedGame):
            return tuple(grim_trigger.payoffs(game, equilibrium.strategies).values())
        if isinstance(game, GraphModel):
            return game.payoffs[equilibrium.outcomes[0].path[0]]
        ends = [(outcome.probability, game.outcomes[outcome.path]) for outcome in reached(game, equilibrium.strategies)]
        return tuple(sum(weight * end.payoffs[k] for weight, end in ends) for k in range(len(game.players)))


def slice_of(
    model: Model, free: Sequence[str], values: Mapping[str, object] | None = None, concept: str | None = None
) -> Slice:
    """The slice through the model at ``values`` (defaults elsewhere) along the ``free`` parameters.

    Raises `InputError` for an unknown parameter, a parameter named twice, or values that break an assumption.
    """
    given = values or {}
    model.at(**given)
    for name in free:
        if name not in model.by_name:
            raise InputError(f"{model.name} has no parameter {name!r}; it has {', '.join(model.by_name)}")
    if len(set(free)) < len(free):
        raise InputError(f"the parameters {', '.join(free)} must differ")
    return Slice(model, concept_name(model, concept), model.point(**given), tuple(free))
