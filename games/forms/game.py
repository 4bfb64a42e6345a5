"""Any game: the union of the forms, and what each is called."""

from collections.abc import Mapping
from typing import TypeAlias

from games.errors import InputError, quoted
from games.forms.extensive import ExtensiveGame
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame

Game: TypeAlias = StrategicGame | ExtensiveGame | RepeatedGame | GraphModel

KINDS: Mapping[type[Game], str] = {
    StrategicGame: "a game in strategic form",
    ExtensiveGame: "a tree",
    RepeatedGame: "a repeated game",
    GraphModel: "a graph model",
}
"""For each form, what a message calls a game of it."""

NAMES: Mapping[type[Game], str] = {
    StrategicGame: "strategic",
    ExtensiveGame: "extensive",
    RepeatedGame: "repeated",
    GraphModel: "graph",
}
"""For each form, its name in a report's data."""


def only_for(what: str, game: object, *forms: type[Game]) -> None:
    """Raises `InputError` unless ``game`` has one of the ``forms`` that ``what`` takes."""
    if not isinstance(game, forms):
        allowed = " or ".join(KINDS[form] for form in forms)
        given = next((name for form, name in KINDS.items() if isinstance(game, form)), quoted(type(game).__name__))
        raise InputError(f"{what} takes {allowed}, not {given}")
