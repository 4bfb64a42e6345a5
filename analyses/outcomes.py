"""What a model predicts: the outcomes of its equilibria in words, and the margins that the prediction hangs on.

The definition of a solution concept, its cases, is read along slices through the parameters: at a point it tells what
is played, as formulas in the free parameters, and which polynomials must keep their signs for that to stay.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property, singledispatch
from typing import Any

import sympy

from games.errors import InputError, check_kind
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path
from games.forms.reduced import outcomes_allowed, possible_outcomes
from games.formulas.polynomials import Entries
from games.model import Model, Point, check_is_model
from games.ordered import Around, ManyWaysError, Ordered, Played, ordered
from games.play.quantities import Payoff, Quantity, every_outcome
from games.solvers.concept import concept_for, solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.terms import Poly, Ratio

NOTHING = "No equilibrium in pure strategies"

MOST_WAYS = 1_000
"""The most ways to play that are followed at one point."""


def concept_name(model: Model, concept: str | None = None) -> str:
    """The concept that the analyses use: the one named, else that which the game's form has followed.

    Raises `InputError` for a concept that has no cases to follow through the parameters.
    """
    name = concept or model.game.followed_concept
    if name is None or concept_for(model.game, name).cases is None:
        raise _mixed(name or model.game.default_concept)
    return name


def _mixed(concept: str) -> InputError:
    return InputError(
        f"the concept {concept!r} is not about pure play alone, which thresholds and regions follow; "
        "along and map_over of analyses.maps (`parley along`, `parley map`) follow mixtures, too"
    )


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

    @cached_property
    def told(self) -> Mapping[Path, Quantity]:
        """For each path that play may take, how probable it is."""
        told = every_outcome(self.game.written_out)
        if not told:
            raise _mixed(self.concept)
        return told

    @cached_property
    def _reading(self) -> tuple[Ordered, Entries]:
        """The cases of the concept in the free parameters, and the entries of the game.

        Raises `InputError` for a concept that is not about pure play alone.
        """
        entries = Entries()
        game = self.game.with_entries([entries(value) for value in self.game.entries]).written_out
        definition = concept_for(self.game, self.concept).cases
        assert definition is not None
        cases = definition(game, [*map(Payoff, game.players), *self.told.values()])
        found = ordered(cases)
        if found is None:
            raise _mixed(self.concept)
        return found, entries

    def around(self, values: Sequence[Fraction]) -> Around:
        """What is played at these values of the free parameters, and as long as which margins keep their signs.

        Raises `InputError` where a payoff divides by zero whatever they are, or where ties leave too many ways to play.
        """
        reading, entries = self._reading
        at = dict(zip(self.free, values, strict=True))
        try:
            found = reading.around(at, MOST_WAYS, entries.ways)
        except ManyWaysError:
            raise InputError(
                f"{self.model.name}: ties leave more than {MOST_WAYS} equilibria at these values; "
                "choose values at which fewer payoffs tie"
            ) from None
        if not found.defined and all(margin.at(at) != 0 for margin in found.margins):
            self.model.game_at(self.at(values))
        return found

    def outcomes(self, found: Around, values: Sequence[Fraction]) -> tuple[str, ...]:
        """The outcomes that are reached there, each once, in words."""
        if not found.defined:
            return ()
        if not found.played:
            return self.words(self.solve(values))
        reached = {path for path, told in self.told.items() if any(played.value(told) for played in found.played)}
        return tuple(sorted(set(map(self.model.outcome_words, reached))))

    def margins(self, found: Around) -> tuple[sympy.Poly, ...]:
        """The margins as polynomials in the free parameters."""
        return tuple(self._polynomial(margin) for margin in found.margins)

    def _polynomial(self, value: Poly) -> sympy.Poly:
        terms = {
            tuple(monomial.count(name) for name in self.free): sympy.Rational(c.numerator, c.denominator)
            for monomial, c in value.terms.items()
        }
        return sympy.Poly.from_dict(terms, *self.symbols, domain="QQ")

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

    def payoffs(self, played: Played) -> tuple[Any, ...]:
        """What is played pays, player by player, as formulas in the free parameters."""
        return tuple(self._formula(played.values[Payoff(player)]) for player in self.game.players)

    def _formula(self, value: Poly | Ratio) -> Any:
        if isinstance(value, Ratio):
            return sympy.cancel(self._formula(value.num) / self._formula(value.den))
        return self._polynomial(value).as_expr()


def slice_of(
    model: Model, free: Sequence[str], values: Mapping[str, object] | None = None, concept: str | None = None
) -> Slice:
    """The slice through the model at ``values`` (defaults elsewhere) along the ``free`` parameters.

    Raises `InputError` for an unknown parameter, a parameter named twice, or values that break an assumption.
    """
    check_is_model(model)
    given = {} if values is None else values
    check_kind(given, Mapping, "values", "a mapping such as {'beta': 1}")
    model.at(**given)
    for name in free:
        if name not in model.by_name:
            raise InputError(f"{model.name} has no parameter {name!r}; it has {', '.join(model.by_name)}")
    if len(set(free)) < len(free):
        raise InputError(f"the parameters {', '.join(free)} must differ")
    return Slice(model, concept_name(model, concept), model.point(**given), tuple(free))
