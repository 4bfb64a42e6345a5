"""What the ordinary solvers list at exact payoffs, and what that tells of a claim's conclusion.

Where there are more equilibria than those listed, these may still settle the question. Of a component of Nash
equilibria the extreme ones do if the conclusion compares quantities: probabilities and payoffs are linear in each
player's strategy, so that none in between goes beyond all of the extreme ones. What solvers give in floats counts only
where a comparison is clear: where it hangs on an equality, nothing is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import sympy

from games.forms.extensive import Decision, ExtensiveGame
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.formulas.relations import (
    ORDERED,
    SIGNS,
    Denied,
    Every,
    Implied,
    Related,
    Relation,
    Some,
    divisors_of,
    holds_at,
    symbols_of,
)
from games.formulas.values import evaluate
from games.model import Model, Point
from games.play.quantities import Payoff, Quantity, quantity_at
from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import remaining
from games.solvers.refinements.subgame_perfect import MOST_EQUILIBRIA

if TYPE_CHECKING:
    from analyses.claims.claim import Claim

SOLVING = 10.0
"""The most seconds for solving a game; what is not listed by then confirms nothing, and contradicts nothing."""

CLEAR = Fraction(1, 10**6)
"""How far apart, as a share of the greater, two sides must be that were worked out from equilibria in floats."""


@dataclass(frozen=True)
class Listed:
    """A claim at an exact ``point``, the ``games`` of its models there, and what is ``solved`` of each."""

    claim: "Claim"
    point: Point
    games: Sequence[Game]
    solved: Sequence[Equilibria]

    @property
    def is_whole(self) -> bool:
        """Whether there are no other equilibria than those listed."""
        return bool(self.solved) and all(self._whole)

    @property
    def _whole(self) -> list[bool]:
        """The same for each model."""
        return [self._lists_all(*one) for one in zip(self.games, self.claim.models, self.solved, strict=True)]

    def _lists_all(self, game: Game, model: Model, found: Equilibria) -> bool:
        """Whether no further equilibrium of the kind that the claim is about exists than those listed."""
        concept = self.claim.concept_of(model)
        if CONCEPTS[found.concept].one_of_many or not found.exact:
            return False
        if concept.of_pure_play(game.written_out):
            return len(found) < MOST_EQUILIBRIA
        if isinstance(game.written_out, ExtensiveGame) and found.game is not game.written_out:
            # Plans of the reduced strategic form leave open what the player does where an own move never leads.
            return found.complete and _are_whole_plans(game.written_out)
        return found.complete and all(component.is_point for component in found.components)

    def witnesses(self) -> Iterator[tuple[Equilibrium, ...]]:
        """An equilibrium of each model, in every combination."""
        return product(*self.solved)

    @property
    def stated(self) -> list[Game]:
        """What the equilibria are stated for."""
        return [found.game for found in self.solved]

    def judged(self) -> bool | None:
        """Whether the conclusion holds; None if what is listed does not tell."""
        of_every, formula = self.claim.broken_by_one, self.claim.conclusion.formula
        where, open_ = self.claim.conclusion.where, False
        for chosen in self.witnesses():
            values = told_at(self.claim, self.games, self.stated, chosen)
            numeric = any(found.is_numeric for found in chosen)
            rough = {s for s, q in where.items() if _is_rough(q, values[s])} if numeric else set()
            kept = _clearly(formula, {**self.point, **values}, rough)
            if kept is not of_every and kept is not None:
                return kept
            open_ |= kept is None
        if open_:
            return None
        none = any(whole and not found.found for whole, found in zip(self._whole, self.solved, strict=True))
        if none or self.is_whole or self._extremes_tell():
            return of_every
        return None

    def _extremes_tell(self) -> bool:
        """Whether the extreme equilibria, all of which are listed, settle what is said of every one (or of some)."""
        conclusion = self.claim.conclusion
        joined = Every if self.claim.broken_by_one else Some
        formula = conclusion.formula
        relations = formula.parts if isinstance(formula, joined) else (formula,)
        return (
            all(found.components and found.exact and found.complete for found in self.solved)
            and all(isinstance(model.game, StrategicGame) for model in self.claim.models)
            and all(isinstance(each, Related) and each.sign in ORDERED and not each.cancelled for each in relations)
            and all(_is_linear(each, conclusion.where) for each in relations)
        )


def listed(claim: "Claim", point: Point, games: Sequence[Game]) -> Listed:
    """What the ordinary solvers list of the games at the point."""
    solved = []
    for model, game in zip(claim.models, games, strict=True):
        concept = claim.concept_of(model)
        solved.append(solve(game, concept.listed_as or concept.name, time_limit=min(remaining(), SOLVING)))
    return Listed(claim, point, games, solved)


def _are_whole_plans(game: ExtensiveGame) -> bool:
    """Whether no player moves after an own move, so that a plan says what is done everywhere."""
    movers = {path: node.player for path, node in game.nodes.items() if isinstance(node, Decision)}
    return not any(movers.get(path[:k]) == player for path, player in movers.items() for k in range(len(path)))


def told_at(
    claim: "Claim", games: Sequence[Game], of: Sequence[Game], chosen: Sequence[Equilibrium]
) -> dict[sympy.Symbol, Fraction]:
    """The values of the conclusion's quantities at these equilibria, one for each model.

    ``of`` are what they are stated for, as in `quantity_at`.
    """
    position = {model.name: number for number, model in enumerate(claim.models)}
    told = {}
    for symbol, quantity in claim.conclusion.where.items():
        number = position[claim.model_of(quantity).name]
        told[symbol] = quantity_at(games[number], of[number], chosen[number], quantity)
    return told


def _is_rough(quantity: Quantity, value: Fraction) -> bool:
    """Whether a value worked out from floats may be off: what is surely played, or surely not, is known exactly."""
    return isinstance(quantity, Payoff) or value not in (0, 1)


def _clearly(said: Relation, values: Mapping[sympy.Symbol, Fraction], rough: set[sympy.Symbol]) -> bool | None:
    """Whether the relation holds, where the values of ``rough`` symbols may be off a little; None if that decides."""
    match said:
        case Related(left, sign, right):
            if not rough & symbols_of(said):
                return holds_at(said, values)
            try:
                if any(abs(evaluate(divisor, values)) <= CLEAR for divisor in divisors_of(said)):
                    return None
                first, second = evaluate(left, values), evaluate(right, values)
            except ZeroDivisionError:
                return None
            if abs(first - second) <= CLEAR * max(Fraction(1), abs(first), abs(second)):
                return None
            return bool(SIGNS[sign].holds(first, second))
        case Denied(part):
            inner = _clearly(part, values, rough)
            return None if inner is None else not inner
        case Implied(first, second):
            return _clearly(Some((Denied(first), second)), values, rough)
        case Every(parts) | Some(parts):
            settles = isinstance(said, Some)
            found = [_clearly(part, values, rough) for part in parts]
            if settles in found:
                return settles
            return None if None in found else not settles


def _is_linear(relation: Any, where: Mapping[sympy.Symbol, Quantity]) -> bool:
    """Whether the relation compares a sum of multiples of single quantities."""
    try:
        return int(sympy.Poly(relation.left - relation.right, *where).total_degree()) <= 1
    except (sympy.PolynomialError, sympy.GeneratorsError):
        return False
