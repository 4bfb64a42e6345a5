"""What every solution concept returns, and the one verb, `solve`, that reaches them all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, overload

from games.errors import InputError
from games.exact import Number, readable
from games.forms.extensive import ExtensiveGame, Path
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame
from games.play.payoffs import Reached, Strategies, strategy_payoffs
from games.tables import Cell, Table

EQUILIBRIUM = ("equilibrium", "equilibria")


@dataclass(frozen=True)
class Equilibrium:
    """One equilibrium: strategies and payoffs by label, and but for a strategic form the outcomes that it reaches.

    ``beliefs`` are what a player holds likely at an information set, path by path, where the concept has beliefs. For
    a correlated equilibrium ``outcomes`` is the distribution over profiles and ``strategies`` are its marginals.
    Numbers are exact, or floats where `Equilibria.exact` is false.
    """

    strategies: Strategies
    payoffs: Mapping[str, Number | float]
    outcomes: tuple[Reached, ...] = ()
    beliefs: Mapping[str, Mapping[Path, Number | float]] = field(default_factory=dict)

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, key: str) -> Mapping[str, Any]:
        return self.strategies[key]

    def __str__(self) -> str:
        return ", ".join(f"{who}: {mixture(mix)}" for who, mix in self.strategies.items())


def _plain(value: Number | float) -> str | float:
    return value if isinstance(value, float) else str(value)


def mixture(mix: Mapping[str, Any]) -> str:
    """A strategy in words: the label of a pure one, else the weighted sum of its support."""
    played = {label: weight for label, weight in mix.items() if weight}
    if len(played) == 1:
        return next(iter(played))
    return " + ".join(f"{readable(weight)} {label}" for label, weight in played.items())


@dataclass(frozen=True)
class Component:
    """A maximal set of exchangeable equilibria: the product of two polytopes, given by its extreme equilibria.

    ``members`` are positions in `Equilibria.found`. ``index`` is that of an isolated regular equilibrium
    (Shapley 1974); it is None for every other component.
    """

    members: tuple[int, ...]
    is_point: bool
    index: int | None


@dataclass(frozen=True, repr=False)
class Equilibria(Sequence[Equilibrium]):
    """The answer of a solution concept.

    ``complete``: there is no other equilibrium of this concept than those listed (for `nash`, than those in the listed
    components). ``exact``: the numbers are exact and every equilibrium was verified to have regret zero. ``remarks``
    say in words what a reader should know besides. ``settings`` are what defines the answer besides game and concept,
    as the rationality does a logit equilibrium. ``left`` says what an answer without an equilibrium still allows;
    ``noun`` what one and several answers are called.
    """

    game: Game = field(repr=False)
    concept: str
    found: tuple[Equilibrium, ...]
    complete: bool
    exact: bool = True
    components: tuple[Component, ...] = ()
    remarks: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    left: str = field(default="", repr=False)
    noun: tuple[str, str] = field(default=EQUILIBRIUM, repr=False)

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Equilibrium]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | Sequence[Equilibrium]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.found)

    @property
    def heading(self) -> str:
        one, several = self.noun
        count = f"{len(self)} {self.concept} {one if len(self) == 1 else several}"
        how = "exact" if self.exact else "numeric"
        return f"{count}, {how}, {'complete' if self.complete else 'not complete'}"

    def table(self) -> Table:
        """One row for each equilibrium: what each player plays, the outcomes reached, and the payoffs.

        In a tree, the actions chosen at each information set stand in one row of their own, marked where the play
        passes; in a repeated game, those of each state and phase do.
        """
        players = self.game.players
        if isinstance(self.game, ExtensiveGame):
            return self._tree_table(self.game)
        if isinstance(self.game, RepeatedGame):
            return self._phase_table(self.game)
        if isinstance(self.game, GraphModel):
            return self._state_table(self.game)
        component_of: dict[int, list[str]] = {}
        for number, component in enumerate(self.components, start=1):
            for member in component.members:
                component_of.setdefault(member, []).append(str(number))
        header = ("", *players, *(f"payoff of {player}" for player in players))
        if self.components:
            header = (*header, "component")
        rows = []
        for position, equilibrium in enumerate(self.found):
            row = [
                Cell(str(position + 1)),
                *(Cell(mixture(equilibrium[player])) for player in players),
            ]
            row += [Cell(readable(equilibrium.payoffs[player])) for player in players]
            if self.components:
                row.append(Cell(", ".join(component_of.get(position, []))))
            rows.append(tuple(row))
        numeric = frozenset(range(1 + len(players), 1 + 2 * len(players)))
        return Table(header, tuple(rows), numeric=numeric, caption=self.heading)

    def _tree_table(self, game: ExtensiveGame) -> Table:
        believing = any(equilibrium.beliefs for equilibrium in self.found)
        header = ("", "Information set", "chooses", *(f"payoff of {player}" for player in game.players))
        if believing:
            header = (*header, "beliefs")
        rows = []
        for position, equilibrium in enumerate(self.found):
            passed = [reached.path for reached in equilibrium.outcomes]
            for number, (name, mix) in enumerate(equilibrium.strategies.items()):
                on_path = any(
                    path[: len(node)] == node for path in passed for node in game.information_sets[name].paths
                )
                first = number == 0
                row = [Cell(str(position + 1) if first else ""), Cell(name), Cell(mixture(mix), marked=on_path)]
                row += [Cell(readable(equilibrium.payoffs[p]) if first else "") for p in game.players]
                if believing:
                    held = equilibrium.beliefs.get(name, {})
                    row.append(Cell("; ".join(f"{readable(w)} {' → '.join(path)}" for path, w in held.items())))
                rows.append(tuple(row))
        numeric = frozenset(range(3, 3 + len(game.players)))
        return Table(header, tuple(rows), labels=2, numeric=numeric, caption=self.heading)

    def _phase_table(self, game: RepeatedGame) -> Table:
        header = ("", "Phase and state", *game.players, *(f"payoff of {player}" for player in game.players))
        rows = []
        for position, equilibrium in enumerate(self.found):
            together: dict[str, list[str]] = {}
            for key, mix in equilibrium.strategies.items():
                together.setdefault(key.partition(", ")[2], []).append(mixture(mix))
            for number, (where, actions) in enumerate(together.items()):
                first = number == 0
                row = [Cell(str(position + 1) if first else ""), Cell(where), *map(Cell, actions)]
                row += [Cell(readable(equilibrium.payoffs[p]) if first else "") for p in game.players]
                rows.append(tuple(row))
        count = len(game.players)
        numeric = frozenset(range(2 + count, 2 + 2 * count))
        return Table(header, tuple(rows), labels=2, numeric=numeric, caption=self.heading)

    def _state_table(self, game: GraphModel) -> Table:
        header = ("", "State", *(f"payoff of {player}" for player in game.players))
        rows = tuple(
            (
                Cell(str(position + 1)),
                Cell(equilibrium.outcomes[0].path[0]),
                *(Cell(readable(equilibrium.payoffs[player])) for player in game.players),
            )
            for position, equilibrium in enumerate(self.found)
        )
        numeric = frozenset(range(2, 2 + len(game.players)))
        return Table(header, rows, labels=2, numeric=numeric, caption=self.heading)

    def as_json(self, name: str) -> dict[str, object]:
        """The answer as plain data, ``name`` being the game's.

        Exact numbers are text ``"p/q"`` or ``"p"``, numeric ones are numbers.
        """
        listed = []
        for equilibrium in self.found:
            one: dict[str, object] = {
                "strategies": {
                    who: {label: _plain(weight) for label, weight in mix.items()}
                    for who, mix in equilibrium.strategies.items()
                },
                "payoffs": {player: _plain(value) for player, value in equilibrium.payoffs.items()},
            }
            if isinstance(self.game, ExtensiveGame) or equilibrium.outcomes:
                one["outcomes"] = [
                    {"path": list(outcome.path), "probability": _plain(outcome.probability)}
                    for outcome in equilibrium.outcomes
                ]
            if equilibrium.beliefs:
                one["beliefs"] = {
                    name: [{"path": list(path), "probability": _plain(weight)} for path, weight in held.items()]
                    for name, held in equilibrium.beliefs.items()
                }
            listed.append(one)
        return {
            "game": name,
            "concept": self.concept,
            "exact": self.exact,
            "complete": self.complete,
            "equilibria": listed,
            "components": [list(component.members) for component in self.components],
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        body = self.table().text() if self.found else self.heading
        return "\n".join([body, *(f"note: {remark}" for remark in self.remarks)])

    def _repr_html_(self) -> str:
        from html import escape

        notes = "".join(f"<li>{escape(remark)}</li>" for remark in self.remarks)
        return self.table().html() + (f"<ul>{notes}</ul>" if notes else "")


def equilibrium(game: StrategicGame, strategies: Strategies, exact: bool = True) -> Equilibrium:
    """The strategies, given in fractions, with their payoffs; all as floats where they are not ``exact``."""
    payoffs = {}
    for player in game.players:
        pays = strategy_payoffs(game, strategies, player)
        payoffs[player] = sum((strategies[player][label] * value for label, value in pays.items()), Fraction(0))
    if exact:
        return Equilibrium(strategies, payoffs)
    return Equilibrium(
        {player: {label: float(weight) for label, weight in mix.items()} for player, mix in strategies.items()},
        {player: as_float(value) for player, value in payoffs.items()},
    )


def as_float(value: Fraction) -> float:
    """The nearest float; raises `InputError` if there is none."""
    try:
        return float(value)
    except OverflowError:
        raise InputError("the payoffs are too large or too small for a numeric answer; rescale them") from None
