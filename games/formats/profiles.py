"""A strategy profile in a document, written in TOML or JSON.

A document is a table. It may have these keys, and no others:

``strategies``
    what is chosen, a table from each place (a player in a strategic form, an information set in a tree) to a choice,
    ``"Full"``, or to a table of probabilities, ``{ Full = "1/3", None = "2/3" }``. In a tree it may also be a table
    from each player to such a table of the player's information sets. A place with one choice may be left out.
``beliefs``
    in a tree, a table from information sets to tables from the path to each decision there, its steps joined by
    commas, to a probability.
``concept``
    what the profile is said to be, such as ``"nash"``.

Probabilities are exact and add up to 1. An example::

    concept = "subgame-perfect"

    [strategies]
    "A at the start" = "Trust"
    "B after Trust" = { Honour = "2/3", Betray = "1/3" }
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Any

from games.errors import InputError, listed, meant, quoted
from games.exact import brief, exact
from games.formats.fields import kind, line, needed, only, table
from games.formats.syntax import parse_json, parse_toml
from games.forms.extensive import ExtensiveGame, Path
from games.forms.game import Game

KEYS = ("strategies", "beliefs", "concept")
"""What a document may have."""

PARSERS = {".toml": parse_toml, ".json": parse_json}
"""What reads the text of a file, by its suffix."""

Mixture = Mapping[str, Fraction]


@dataclass(frozen=True)
class OwnProfile:
    """What a file says: a mixture for each place of the game, beliefs, and the concept that it names, if any."""

    strategies: Mapping[str, Mixture]
    beliefs: Mapping[str, Mapping[Path, Fraction]] = field(default_factory=dict)
    concept: str | None = None


def read_profile(path: FilePath | str, game: Game) -> OwnProfile:
    """The profile of ``game`` in the file at ``path``; raises `InputError`, in one line that begins with the file."""
    # That module imports all those beside it, this one, too.
    from games.formats.files import naming, read_text

    place = FilePath(path)
    with naming(place):
        parser = PARSERS.get(place.suffix.lower())
        if parser is None:
            raise InputError(f"a strategy profile is read from {listed(PARSERS)}, not from {quoted(place.suffix)}")
        return profile(parser(read_text(place, "a strategy profile")), game)


def profile(document: Mapping[str, Any], game: Game) -> OwnProfile:
    """The profile of ``game`` that the document describes; raises `InputError` naming the key that is wrong."""
    only(document, KEYS, "the document")
    given = table(needed(document, "strategies", "the document"), "strategies", f"each {game.place} and its choice")
    flat = _by_place(given, game)
    strategies = {}
    for place, own in game.places.items():
        if place in flat:
            strategies[place] = _mixture(flat[place], own, place)
        elif len(own) == 1:
            strategies[place] = {own[0]: Fraction(1)}
        else:
            raise InputError(f"nothing is given for the {game.place} {quoted(place)}; its choices are {listed(own)}")
    named = line(document["concept"], "the concept") if "concept" in document else None
    return OwnProfile(strategies, _beliefs(document.get("beliefs", {}), game), named)


def _by_place(given: Mapping[str, Any], game: Game) -> dict[str, Any]:
    """What is given at each place, those of a player taken out of its table."""
    flat: dict[str, Any] = {}
    for who, what in given.items():
        inner = {who: what}
        if who in game.players and who not in game.places:
            inner = dict(table(what, f"what {who} does", "information sets and choices"))
        for place, choice in inner.items():
            if place not in game.places:
                raise InputError(
                    f"there is no {game.place} {quoted(place)}; the game has {listed(game.places)}"
                    f"{meant(place, game.places)}"
                )
            if place in flat:
                raise InputError(f"the {game.place} {quoted(place)} is given twice; give it once")
            flat[place] = choice
    return flat


def _mixture(given: object, own: tuple[str, ...], place: str) -> dict[str, Fraction]:
    if isinstance(given, str):
        _check_choice(given, own, place)
        return {label: Fraction(label == given) for label in own}
    weights = table(given, f"what is chosen at {place}", "choices and probabilities, or one choice as text")
    for label in weights:
        _check_choice(label, own, place)
    odds = {label: _probability(value, f"the probability of {label} at {place}") for label, value in weights.items()}
    _check_sum(odds.values(), f"the probabilities at {place}")
    return {label: odds.get(label, Fraction(0)) for label in own}


def _check_choice(label: str, own: tuple[str, ...], place: str) -> None:
    if label not in own:
        raise InputError(f"{quoted(label)} is no choice at {quoted(place)}; there are {listed(own)}{meant(label, own)}")


def _probability(value: object, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        raise InputError(f'{what} must be a number such as 0.5 or "1/3", not {kind(value)}')
    number = exact(value, what)
    if not 0 <= number <= 1:
        raise InputError(f"{what} is {brief(number)}; a probability lies between 0 and 1")
    return number


def _check_sum(odds: Any, what: str) -> None:
    if (total := sum(odds)) != 1:
        raise InputError(f"{what} add up to {brief(total)}; they must add up to 1")


def _beliefs(given: object, game: Game) -> dict[str, dict[Path, Fraction]]:
    held = table(given, "beliefs", "information sets and probabilities")
    if held and not isinstance(game, ExtensiveGame):
        raise InputError(f"{game.kind} has no information sets to hold beliefs at; leave beliefs out")
    found: dict[str, dict[Path, Fraction]] = {}
    for name, weights in held.items():
        assert isinstance(game, ExtensiveGame)
        if name not in game.information_sets:
            raise InputError(f"there is no information set {quoted(name)}; the game has {listed(game.places)}")
        paths = {", ".join(path): path for path in game.information_sets[name].paths}
        found[name] = {}
        for text, value in table(weights, f"the belief at {name}", "paths and probabilities").items():
            if text not in paths:
                known = listed(map(quoted, paths))
                raise InputError(f"no decision of {quoted(name)} comes after {quoted(text)}; those after {known} do")
            found[name][paths[text]] = _probability(value, f"the belief in {text} at {name}")
        _check_sum(found[name].values(), f"the beliefs at {name}")
    return found
