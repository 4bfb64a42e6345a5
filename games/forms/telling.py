"""What players do, and what happens, in words: pure or mixed, a choice is told in one way everywhere.

A mixture is told with its probabilities ("Target plays Yield with probability 1/3, else Resist"). No list of pure
profiles stands for it.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from games.exact import alike
from games.forms.game import Game, Written
from games.roots import Irrational

MOST = 12
"""The most outcomes that are told one by one."""


def mixes(mix: Mapping[str, Any]) -> bool:
    """Whether several choices have a positive probability."""
    return sum(map(bool, mix.values())) > 1


def choice_in_words(mix: Mapping[str, Any], written: Written | None = None) -> str:
    """What is chosen: "Yield"; "Yield with probability 1/3, else Resist"; of more choices each with its probability."""
    played = {label: weight for label, weight in mix.items() if weight}
    if len(played) == 1:
        return next(iter(played))
    written = written or alike(played.values())
    if len(played) == 2:
        (first, weight), (other, _) = played.items()
        return f"{first} with probability {with_root(weight, written)}, else {other}"
    return ", ".join(f"{label} with probability {with_root(weight, written)}" for label, weight in played.items())


def with_root(number: Any, written: Written) -> str:
    """The number as written; an irrational one with its polynomial, where that is short: "≈0.534 (root of …)"."""
    return written(number) + (number.in_brackets if isinstance(number, Irrational) else "")


def profile_in_words(
    game: Game,
    strategies: Mapping[str, Mapping[str, Any]],
    places: Iterable[str] | None = None,
    written: Written | None = None,
) -> str:
    """What is chosen at all places of the game, or at those named; probabilities in one style."""
    plays = " plays " if game.place == "player" else ": "
    named = [place for place in (game.places if places is None else places) if place in strategies]
    written = written or alike(weight for place in named for weight in strategies[place].values())
    return "; ".join(f"{place}{plays}{choice_in_words(strategies[place], written)}" for place in named)


def outcomes_in_words(chances: Mapping[str, Any]) -> str:
    """What may happen: an outcome alone, or each with its probability; of very many the most probable ones."""
    if len(chances) == 1:
        return f"“{next(iter(chances))}”"
    written = alike(chances.values())
    ordered = list(chances.items())
    if len(ordered) > MOST:
        ordered.sort(key=lambda told: -told[1])
    said = [f"“{words}” with probability {written(weight)}" for words, weight in ordered[:MOST]]
    rest = ordered[MOST:]
    more = [f"{len(rest)} others with probability {written(sum(w for _, w in rest))}"] if rest else []
    return " or ".join([*said, *more])


def numbered(positions: Iterable[int]) -> str:
    """Positions, counted from 0, as a reader counts them, neighbours joined: "1–3, 7"."""
    runs = [
        [position + 1 for _, position in run]
        for _, run in groupby(enumerate(sorted(positions)), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
