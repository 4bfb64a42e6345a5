"""The one picture of the first page: what follows each choice, or how likely each outcome is."""

from collections.abc import Sequence
from typing import Any

from analyses.chances import chances
from analyses.claims.share import percent
from analyses.drawing.figures import Drawing
from analyses.drawing.prospects import Prospect, draw_prospects
from analyses.reports.chapters import Chapter
from analyses.reports.reasons import consequences
from analyses.reports.telling import Telling, about, upper
from games.forms.extensive import Decision

MOST_ROWS, MOST_PANELS = 6, 3
"""The most rows, and the most players for whom there are bars."""


def picture_of_answer(telling: Telling, main: Chapter) -> Drawing | None:
    """What follows each first choice in a tree; else the chances of what is played; else the share of each outcome."""
    followed = consequences(telling, main.equilibria)
    if 2 <= len(followed) <= MOST_ROWS and len(telling.game.players) <= MOST_PANELS:
        return _of_choices(telling, followed)
    return _of_chances(telling, main) or _of_shares(telling, main)


def _of_choices(telling: Telling, followed: Sequence[tuple[str, tuple[str, ...], tuple[Any, ...], bool]]) -> Drawing:
    root = telling.game.nodes[()]  # type: ignore[attr-defined]
    assert isinstance(root, Decision)
    rows = []
    for action, path, payoffs, chosen in followed:
        head = upper(telling.action(root.player, action)) + (" – predicted" if chosen else "")
        after = f"Then {_after(telling, path)}." if len(path) > 1 else ""
        rows.append(Prospect(head, after, tuple(map(float, payoffs)), tuple(map(about, payoffs)), chosen))
    panels = [f"What {player} gets" for player in telling.game.players]
    note = "; ".join(filter(None, [_unit(telling), f"0: {telling.words.nothing}" if telling.words.nothing else ""]))
    said = "; ".join(
        f"{row.head}: {row.text} "
        + ", ".join(f"{p} gets {v}" for p, v in zip(telling.game.players, row.said, strict=True))
        for row in rows
    )
    return draw_prospects(rows, panels, f"What follows each choice. {said}.", note)


def _unit(telling: Telling) -> str:
    return f"1: {telling.words.measured_in}" if telling.words.measured_in else ""


def _after(telling: Telling, path: tuple[str, ...]) -> str:
    """What follows the first action of a path."""
    if all(action in telling.words.clauses for action in path):
        return telling.path(path, 1)
    told = telling.history(path)
    return told[len(telling.history(path[:1])) :].lstrip(", ").removeprefix("and ")


def _of_chances(telling: Telling, main: Chapter) -> Drawing | None:
    """The chance of each outcome, where there is one equilibrium and it leaves several possible."""
    if len(main.equilibria) != 1:
        return None
    told = sorted(chances(main.model, main.game, main.equilibria, main.equilibria[0]).items(), key=lambda i: -i[1])
    if len(told) < 2:
        return None
    rows = [
        Prospect(upper(_plain(telling, said)), "", (float(odds),), (f"{about(odds * 100)} %",))
        for said, odds in told[:MOST_ROWS]
    ]
    said = "; ".join(f"{row.head}: {row.said[0]}" for row in rows)
    return draw_prospects(rows, ["How probable it is"], f"The chances of what is predicted. {said}.")


def _of_shares(telling: Telling, main: Chapter) -> Drawing | None:
    """At how large a part of the numbers each outcome is played for certain."""
    if main.told is None:
        return None
    ranked = sorted(main.told.outcomes, key=lambda row: -row.share.certain)
    shown = [row for row in ranked if row.share.certain > 0][:MOST_ROWS]
    if len(shown) < 2:
        return None
    rows = [
        Prospect(
            upper(_plain(telling, row.outcome)) + (" – predicted" if row.outcome in main.outcomes else ""),
            "",
            (float(row.share.certain),),
            (percent(row.share.certain),),
            row.outcome in main.outcomes,
        )
        for row in shown
    ]
    said = "; ".join(f"{row.head}: {row.said[0]}" for row in rows)
    title = "In which part of all numbers that are thought possible it is certain"
    return draw_prospects(rows, [title], f"{title}. {said}.")


def _plain(telling: Telling, said: str) -> str:
    return telling.outcome(said).strip("“”")
