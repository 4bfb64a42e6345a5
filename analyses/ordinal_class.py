"""Which of the 144 strict ordinal 2×2 games a model is, its neighbours, and the catalog's games of the same class."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from games.catalog import catalog
from games.errors import InputError
from games.forms.strategic import Profile, StrategicGame
from games.model import Model, check_is_model
from games.ordinal import KINDS, SOURCES, Neighbour, OrdinalGame, Place, ordinal_class, ranked
from games.tables import Cell, Table


@dataclass(frozen=True, repr=False)
class Classified:
    """The ``strict`` ordinal game that the ``model`` is at some values.

    ``ranks`` is the game with ranks in place of payoffs; ``others`` are the classes of the other models of the catalog,
    at their own values.
    """

    model: Model
    ranks: StrategicGame
    strict: OrdinalGame
    others: Mapping[str, OrdinalGame]

    @property
    def fellows(self) -> tuple[str, ...]:
        """The models of the catalog of the same class."""
        return self._models(self.strict)

    @property
    def exchanged(self) -> tuple[str, ...]:
        """The models of the catalog that are of the same class with the players exchanged, but not without."""
        return () if self.strict.is_symmetric else self._models(self.strict.reflected)

    @property
    def equilibria(self) -> tuple[Profile, ...]:
        """The profiles of the model that are pure equilibria."""
        game = self.ranks
        return tuple(
            profile
            for profile in game.profiles
            if all(game.is_best_response(profile, player) for player in game.players)
        )

    def findings(self) -> tuple[str, ...]:
        """The class in sentences."""
        return (
            f"The game is {self.strict.name}, one of the 144 strict ordinal 2×2 games: {_where(self.strict.place)}.",
            self._of_78(),
            f"Its kind is “{self.strict.kind}”: {KINDS[self.strict.kind]}.",
            *self._played(),
            *self._in_catalog(),
        )

    def ranks_table(self) -> Table:
        """The game with ranks in place of payoffs, best responses marked."""
        table = self.ranks.table()
        first, second = self.ranks.players
        caption = f"Ranks for {first}, then for {second}: 4 is best; best responses marked."
        return Table(table.header, table.rows, table.labels, table.numeric, caption)

    def neighbours_table(self) -> Table:
        """The six neighbours, and which swap leads to each."""
        header = ("Player", "Swap", "Neighbour", "Row", "Column", "Kind", "In the catalog")
        return Table(
            header, tuple(map(self._row, self.strict.neighbours)), labels=2, numeric=frozenset({3, 4}),
            caption="Neighbours: the games that one swap of adjacent ranks leads to.",
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "findings": list(self.findings()),
            "class": _plain(self.strict),
            "symmetric": self.strict.is_symmetric,
            "exchanged": _plain(self.strict.reflected),
            "ranks": {player: self.ranks.matrix(player) for player in self.ranks.players},
            "equilibria": [dict(zip(self.ranks.players, profile, strict=True)) for profile in self.equilibria],
            "neighbours": [
                {
                    "player": self._player(each),
                    "swap": [each.lower, each.lower + 1],
                    **_plain(each.game),
                    "models": list(self._models(each.game)),
                }
                for each in self.strict.neighbours
            ],
            "same_class": list(self.fellows),
            "same_class_exchanged": list(self.exchanged),
            "references": list(map(str, SOURCES)),
        }

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _of_78(self) -> str:
        if self.strict.is_symmetric:
            return "It is symmetric: with the players exchanged it is the same game, and so by itself one of the 78."
        return f"With the players exchanged it is {self.strict.reflected.name}; the two are one of the 78 games."

    def _played(self) -> Iterator[str]:
        told = [f"({', '.join(each)}) with the ranks {_both(self.ranks.payoffs[each])}" for each in self.equilibria]
        if told:
            yield f"Its pure equilibri{'a are' if len(told) > 1 else 'um is'} {' and '.join(told)}."

    def _in_catalog(self) -> Iterator[str]:
        if self.fellows:
            yield f"Of the same class in the catalog, at their own values: {', '.join(self.fellows)}."
        if self.exchanged:
            yield f"Of the same class with the players exchanged: {', '.join(self.exchanged)}."

    def _row(self, each: Neighbour) -> tuple[Cell, ...]:
        place = each.game.place
        texts = (self._player(each), f"{each.lower} and {each.lower + 1}", each.game.name, str(place.row))
        models = ", ".join(self._models(each.game))
        return tuple(map(Cell, (*texts, str(place.column), each.game.kind, models)))

    def _models(self, strict: OrdinalGame) -> tuple[str, ...]:
        return tuple(name for name, other in self.others.items() if other == strict)

    def _player(self, each: Neighbour) -> str:
        return self.ranks.players[each.player - 1]


def classified(model: Model, values: Mapping[str, object]) -> Classified:
    """The class of the model at the values. Raises `InputError` as `games.ordinal.ordinal_class` does."""
    check_is_model(model)
    ranks = ranked(model.at(**values))
    strict = ordinal_class(ranks)
    others = {name: other for name, other in _catalog_classes().items() if name != model.name}
    return Classified(model, ranks, strict, others)


@cache
def _catalog_classes() -> Mapping[str, OrdinalGame]:
    """The class of every model of the catalog that has one at its own values."""
    found = {}
    for name, model in catalog().items():
        if isinstance(model.game, StrategicGame):
            try:
                found[name] = ordinal_class(model.at())
            except InputError:
                continue
    return found


def _where(place: Place) -> str:
    return f"row {place.row}, column {place.column} of the table, in the layer where {place.layer}"


def _both(ranks: Any) -> str:
    return f"{ranks[0]} and {ranks[1]}"


def _plain(strict: OrdinalGame) -> dict[str, Any]:
    place = {"row": strict.place.row, "column": strict.place.column, "layer": strict.place.layer}
    return {"name": strict.name, "place": place, "kind": strict.kind}
