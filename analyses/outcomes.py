"""What a model predicts: the outcomes of its equilibria in words, and the comparisons that the prediction hangs on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, singledispatch
from typing import Any

import sympy

from games.errors import InputError
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path
from games.forms.reduced import outcomes_allowed, possible_outcomes
from games.model import Model, Point
from games.play.payoffs import payoffs_of
from games.solvers.concept import concept_for, solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.refinements.subgame_perfect import MOST_EQUILIBRIA

NOTHING = "No equilibrium in pure strategies"


def concept_name(model: Model, concept: str | None = None) -> str:
    """The concept that the analyses use: the one named, else that which the game's form has followed.

    Raises `InputError` for a concept that has no comparisons to follow through the parameters.
    """
    name = concept or model.game.followed_concept or model.game.default_concept
    if concept_for(model.game, name).comparisons is None:
        raise InputError(f"the concept {name!r} lists no payoff comparisons, which thresholds and regions need")
    return name


def followed(model: Model) -> bool:
    """Whether the analyses can follow the model's equilibria through its parameters."""
    return model.game.followed_concept is not None


def outcomes_in_words(model: Model, equilibria: Equilibria, game: Game | None = None) -> tuple[str, ...]:
    """The outcomes that the equilibria reach, each once, in words; `NOTHING` if there is no equilibrium.

    ``game`` is that of the model which was solved, where the equilibria are stated for the plans of a tree.
    """
    words: dict[str, None] = {}
    paths = reached((game or equilibria.game).written_out, equilibria.game)
    for equilibrium in equilibria:
        for path in paths(equilibrium):
            words[model.outcome_words(path)] = None
    return tuple(sorted(words)) or (NOTHING,)


@singledispatch
def reached(game: Game, of: Game) -> Callable[[Equilibrium], Iterable[Path]]:
    """What tells the paths of ``game`` that an equilibrium, stated for ``of``, reaches."""
    return _directly(of)


def _directly(of: Game) -> Callable[[Equilibrium], Iterable[Path]]:
    def directly(equilibrium: Equilibrium) -> Iterable[Path]:
        if equilibrium.outcomes:
            return [outcome.path for outcome in equilibrium.outcomes if outcome.probability]
        return of.played_paths(equilibrium)

    return directly


@reached.register
def _(game: ExtensiveGame, of: Game) -> Callable[[Equilibrium], Iterable[Path]]:
    if type(of) is type(game):
        return _directly(of)
    possible = possible_outcomes(game)
    allowed = {player: outcomes_allowed(game, player) for player in game.players}

    @cache
    def by_support(player: str, support: tuple[str, ...]) -> frozenset[Path]:
        return frozenset().union(*(allowed[player][plan] for plan in support))

    def of_plans(equilibrium: Equilibrium) -> Iterable[Path]:
        supports = ((p, tuple(s for s, weight in equilibrium[p].items() if weight)) for p in game.players)
        return possible.intersection(*(by_support(player, support) for player, support in supports))

    return of_plans


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
        return payoffs_of(self.game, equilibrium.strategies)


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
