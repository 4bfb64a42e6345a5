"""Which paths the equilibrium of a region takes, each with its probability as a formula."""

from collections.abc import Iterator
from itertools import product

import sympy

from analyses.solution.posing import Posed
from analyses.solution.regions import Region
from games.errors import InputError
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.forms.game import Path
from games.forms.strategic import StrategicGame
from games.formulas.polynomials import expression
from games.terms import Poly


def paths_of(posed: Posed, region: Region) -> dict[Path, sympy.Expr]:
    """The paths (or profiles) that the region's equilibrium takes with a probability that is not 0 throughout.

    Raises `InputError` for a form without paths through a tree or a table.
    """
    match posed.game:
        case ExtensiveGame() as game:
            return dict(_below(posed, region, game, game.root, (), sympy.Integer(1)))
        case StrategicGame() as game:
            found: dict[Path, sympy.Expr] = {}
            for profile in product(*(region.strategies[player].items() for player in game.players)):
                weight = sympy.Mul(*(odds for _, odds in profile))
                if weight != 0:
                    found[tuple(label for label, _ in profile)] = weight
            return found
    raise InputError(f"{posed.game.kind} has no paths through a tree or a table")


def _below(
    posed: Posed, region: Region, game: ExtensiveGame, node: Node, path: Path, weight: sympy.Expr
) -> Iterator[tuple[Path, sympy.Expr]]:
    match node:
        case Outcome():
            yield path, weight
        case Decision(actions=actions):
            mixed = region.strategies[game.information_set_at(path)]
            for action, child in actions.items():
                if (odds := mixed.get(action, sympy.Integer(0))) != 0:
                    yield from _below(posed, region, game, child, (*path, action), weight * odds)
        case Chance(events=events):
            for event, (odds, child) in events.items():
                yield from _below(posed, region, game, child, (*path, event), weight * _formula(posed, odds))


def _formula(posed: Posed, odds: object) -> sympy.Expr:
    if not isinstance(odds, Poly):
        return sympy.sympify(odds)
    symbols = {p.name: p.symbol for p in posed.model.parameters}
    named = {name: posed.entries.formulas[name] for name in odds.names if name in posed.entries.ways}
    return expression(odds, {**symbols, **named})
