"""Claims and models as plain data, so that they can be printed whole and read twice.

Once by the toolkit, which parses the formulas (`judges.as_claims`), once by the judges, which have a reader of their
own (`Described.game_at`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pprint import pformat
from typing import Any, TypeAlias

from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from judges import formulas

Point: TypeAlias = Mapping[str, Fraction]
Reader: TypeAlias = Callable[[str], Any]
"""What makes an entry of a game of a formula in text."""

SEED = 1994
"""What all random claims are drawn from."""

QUARTERS = tuple(Fraction(k, 4) for k in range(5))
"""The grid on which premises are looked at: it is full of ties."""


@dataclass(frozen=True)
class Described:
    """A model as data: ``ranges`` give default, low and high of each parameter, ``game`` is what `built` reads."""

    name: str
    form: str
    ranges: Mapping[str, tuple[Fraction, Fraction, Fraction]]
    game: Mapping[str, Any]

    def game_at(self, point: Point) -> Game:
        return built(self.form, self.game, lambda text: formulas.value(text, point))


def built(form: str, game: Mapping[str, Any], read: Reader) -> Game:
    """The game that is described, its entries read by ``read``."""
    match form:
        case "strategic" | "three players" | "selections" | "constant sum":
            return _table(game, read)
        case "tree" | "imperfect information":
            return ExtensiveGame(tuple(game["players"]), _node(game["root"], read))
        case "repeated":
            return RepeatedGame(
                {state: _table(stage, read) for state, stage in game["stages"].items()},
                {player: read(text) for player, text in game["discounts"].items()},
                {
                    state: {profile: {s: read(text) for s, text in odds.items()} for profile, odds in moves.items()}
                    for state, moves in game["transitions"].items()
                },
            )
        case "graph":
            return GraphModel({s: tuple(map(read, row)) for s, row in game["payoffs"].items()}, game["moves"])
    raise ValueError(form)


def _table(game: Mapping[str, Any], read: Reader) -> StrategicGame:
    return StrategicGame(game["strategies"], {p: tuple(map(read, row)) for p, row in game["payoffs"].items()})


def _node(node: Any, read: Reader) -> Any:
    match node:
        case ("pays", row):
            return Outcome(tuple(map(read, row)))
        case ("decides", player, name, actions):
            return Decision(player, {a: _node(child, read) for a, child in actions.items()}, name)
        case ("chance", events):
            return Chance({e: (read(text), _node(child, read)) for e, (text, child) in events.items()})
    raise ValueError(node)


@dataclass(frozen=True)
class RandomClaim:
    """A claim as data. ``kind`` is what is claimed: every, some, exists, unique or monotone.

    ``formula`` and ``where`` are those of a conclusion about every or some equilibrium; a monotone dependence has its
    quantity under the name ``q``, and the ``parameter`` that grows.
    """

    form: str
    number: int
    kind: str
    models: tuple[Described, ...]
    premises: tuple[str, ...]
    concept: str
    formula: str = ""
    where: Mapping[str, Mapping[str, Any]] | None = None
    parameter: str = ""
    rising: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for model in self.models for name in model.ranges))

    def range_of(self, name: str) -> tuple[Fraction, Fraction]:
        """Where the parameter may be: within its ranges in all models."""
        ranges = [model.ranges[name] for model in self.models if name in model.ranges]
        return max(low for _, low, _ in ranges), min(high for _, _, high in ranges)

    def is_admissible(self, point: Point) -> bool:
        """Whether the parameters keep to their ranges and every premise holds."""
        in_range = all(low <= point[name] <= high for name in self.names for low, high in [self.range_of(name)])
        return in_range and all(formulas.truth(premise, point) for premise in self.premises)

    def admissible(self) -> list[Point]:
        """Every admissible point of the grid of quarters."""
        grids = []
        for name in self.names:
            low, high = self.range_of(name)
            grids.append(sorted({low, high, *(q for q in QUARTERS if low <= q <= high)} if low <= high else set()))
        points = (dict(zip(self.names, values, strict=True)) for values in product(*grids))
        return [point for point in points if self.is_admissible(point)]

    def __str__(self) -> str:
        """Everything there is to know, and how to have it again."""
        growing = f"in {self.parameter}, {'rising' if self.rising else 'falling'}" if self.parameter else ""
        parts = [
            f"random_claim({self.form!r}, {self.number}), seed {SEED}: {self.kind}, {self.concept}",
            f"premises: {'; '.join(self.premises) or 'none'}",
            f"conclusion: {self.formula or self.kind} {growing}",
        ]
        parts += [f"  {name} = {given}" for name, given in (self.where or {}).items()]
        for model in self.models:
            shown = ", ".join(f"{n} from {low} to {high}" for n, (_, low, high) in model.ranges.items())
            parts += [f"{model.name} ({model.form}): {shown}", pformat(model.game, width=118, sort_dicts=False)]
        return "\n".join(parts)
