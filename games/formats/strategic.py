"""A game in strategic form in a document.

``strategies`` is a table from each player to a list of labels, or a list of such lists in the order of ``players``.
``payoffs`` is one of

- a table from each player to an array: as deep as there are players, as long at each level as that player has
  strategies, the first player's outermost;
- one such array for all, with a list of payoffs, one for each player, in place of each number;
- a table from each profile, its strategies joined by ``,`` or ``/`` or ``|``, to its payoffs;
- a list of tables with a ``profile`` (or ``strategies``) and its ``payoffs``.

The payoffs of a profile are a list in the order of the players, or a table from player to payoff. Without
``strategies`` the arrays number them from 1; two players without names are Row and Column.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from games.errors import InputError, listed, quoted
from games.formats.fields import UNNAMED, EntryReader, kind, names, needed, one_for_each, only, sequence
from games.forms.strategic import Profile, StrategicGame

Strategies: TypeAlias = Mapping[str, tuple[str, ...]]
"""The labels of each player's strategies, in order."""

JOINTS = (",", "/", "|")
"""What may stand between the strategies of a profile that is written as one text."""


def strategic_game(document: Mapping[str, Any], entry: EntryReader) -> StrategicGame:
    """The game in ``document``; raises `InputError` for payoffs that are not one for each player and profile."""
    payoffs = needed(document, "payoffs", "the document")
    if not isinstance(payoffs, Mapping | list) or not payoffs:
        given = kind(payoffs) if payoffs else f"{kind(payoffs)} without entries"
        raise InputError(f"payoffs must be a table or a list, not {given}")
    players = names(document["players"], "players") if "players" in document else None
    labelled = "strategies" in document
    strategies = _labelled(document["strategies"], players) if labelled else _numbered(payoffs, players)
    rows = {
        profile: one_for_each(row, tuple(strategies), entry, _at(strategies, profile))
        for profile, row in _rows(payoffs, strategies).items()
    }
    return StrategicGame(strategies, rows)


def _labelled(given: object, players: Sequence[str] | None) -> Strategies:
    if isinstance(given, Mapping):
        own = {player: names(given[player], f"the strategies of {player}") for player in names(given, "strategies")}
        if players is not None:
            only(own, players, "the table of strategies")
            own = {player: needed(own, player, "the table of strategies") for player in players}
        return own
    lists = sequence(given, "strategies", "lists of labels, one for each of players, or a table from player to labels")
    if players is None:
        raise InputError("strategies is a list, which does not name the players; give players too")
    if len(lists) != len(players):
        raise InputError(f"strategies has {len(lists)} lists; {len(players)} are needed, for {listed(players)}")
    return {player: names(own, f"the strategies of {player}") for player, own in zip(players, lists, strict=True)}


def _numbered(payoffs: Any, players: Sequence[str] | None) -> Strategies:
    """Each player's strategies, numbered by the lengths of the first array at each level."""
    if isinstance(payoffs, Mapping):
        if players is None and len(payoffs) == 1:
            raise InputError("payoffs has one key; give players if it is a player, strategies if it is a profile")
        players = players or names(payoffs, "payoffs")
        array = payoffs.get(players[0])
    else:
        array = payoffs
        if players is None and _depth(payoffs) != 3:
            raise InputError(
                f"payoffs is nested {_depth(payoffs)} deep, which is not the matrix of two players (3 deep); "
                "give players and strategies"
            )
        players = players or UNNAMED
    lengths = []
    for _ in players:
        if not isinstance(array, list) or not array:
            raise InputError(
                f"payoffs is not an array with one level for each of {listed(players)}; "
                "if it lists profiles, give strategies too"
            )
        lengths.append(len(array))
        array = array[0]
    return {
        player: tuple(str(number + 1) for number in range(length))
        for player, length in zip(players, lengths, strict=True)
    }


def _depth(array: object) -> int:
    depth = 0
    while isinstance(array, list) and array:
        array, depth = array[0], depth + 1
    return depth


def _rows(payoffs: Any, strategies: Strategies) -> Mapping[Profile, object]:
    """What ``payoffs`` holds for each profile, in whichever of the ways it is written."""
    if isinstance(payoffs, Mapping):
        if not strategies.keys().isdisjoint(payoffs):
            only(payoffs, strategies, "the table of payoffs")
            given = {player: needed(payoffs, player, "the table of payoffs") for player in strategies}
            arrays = [_cells(array, strategies, f"the payoffs of {player}") for player, array in given.items()]
            return {profile: [cells[profile] for cells in arrays] for profile in arrays[0]}
        return _by_profile([(joined_profile(key, strategies), row) for key, row in payoffs.items()], strategies)
    if isinstance(payoffs[0], Mapping):
        return _by_profile([_listed(item, strategies) for item in payoffs], strategies)
    return _cells(payoffs, strategies, "payoffs")


def _cells(array: object, strategies: Strategies, what: str) -> Mapping[Profile, object]:
    """The parts of a nested ``array`` by profile."""
    parts: dict[Profile, Any] = {(): array}
    for player, own in strategies.items():
        for profile, part in parts.items():
            where = f"{what}{' ' + _at(strategies, profile) if profile else ''}"
            if len(sequence(part, where, f"one entry for each strategy of {player}")) != len(own):
                raise InputError(
                    f"{where} has {len(part)} entries; {len(own)} are needed, for the strategies of {player} "
                    f"({listed(own)})"
                )
        parts = dict(
            chain.from_iterable(
                (((*profile, label), cell) for label, cell in zip(own, part, strict=True))
                for profile, part in parts.items()
            )
        )
    return parts


def _by_profile(given: Sequence[tuple[Profile, object]], strategies: Strategies) -> Mapping[Profile, object]:
    rows: dict[Profile, object] = {}
    for profile, row in given:
        if profile in rows:
            raise InputError(f"payoffs are given twice {_at(strategies, profile)}; give them once")
        rows[profile] = row
    return rows


def joined_profile(key: str, strategies: Strategies, what: str = "payoffs") -> Profile:
    """The profile that ``key``, a key of the table ``what``, writes as one text; `InputError` if it is none."""
    readings = set()
    for joint in JOINTS:
        parts = tuple(part.strip() for part in key.split(joint))
        if len(parts) == len(strategies) and all(p in own for p, own in zip(parts, strategies.values(), strict=True)):
            readings.add(parts)
    if len(readings) == 1:
        return readings.pop()
    if readings:
        raise InputError(
            f"the key {quoted(key)} of {what} may mean several profiles; write {what} as a list of tables"
            if what == "payoffs"
            else f"the key {quoted(key)} of {what} may mean several profiles; rename what it names"
        )
    example = ", ".join(own[0] for own in strategies.values())
    neither = "neither a player nor a profile" if what == "payoffs" else "no profile"
    raise InputError(
        f"{what} has the key {quoted(key)}, which is {neither}; write one strategy of each of "
        f"{listed(strategies)}, such as {quoted(example)} (joined by one of {' '.join(JOINTS)})"
    )


def _listed(item: object, strategies: Strategies) -> tuple[Profile, object]:
    """The profile and the payoffs of one table in a list."""
    what = "a table in the list of payoffs"
    if not isinstance(item, Mapping):
        raise InputError(f"payoffs lists tables with profile and payoffs; it may not hold {kind(item)} as well")
    only(item, ("profile", "strategies", "payoffs"), what)
    if ("profile" in item) == ("strategies" in item):
        raise InputError(f"{what} needs either a profile or strategies, which is the same")
    given = item["profile"] if "profile" in item else item["strategies"]
    if isinstance(given, str):
        return joined_profile(given, strategies), needed(item, "payoffs", what)
    if isinstance(given, Mapping):
        only(given, strategies, "a profile in payoffs")
        given = [needed(given, player, "a profile in payoffs") for player in strategies]
    parts = sequence(given, "a profile in payoffs", f"one strategy of each of {listed(strategies)}")
    if len(parts) != len(strategies):
        raise InputError(
            f"a profile in payoffs has {len(parts)} strategies; one of each of {listed(strategies)} is needed"
        )
    for part, (player, own) in zip(parts, strategies.items(), strict=True):
        if part not in own:
            raise InputError(f"a profile in payoffs has {kind(part)} for {player}, whose strategies are {listed(own)}")
    return tuple(parts), needed(item, "payoffs", what)


def _at(strategies: Strategies, profile: Profile) -> str:
    return "at (" + ", ".join(f"{player}: {label}" for player, label in zip(strategies, profile, strict=False)) + ")"
