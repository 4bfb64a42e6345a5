"""What forms share in which a stage game is played in each of several states: their table."""

from collections.abc import Mapping

from games.exact import readable
from games.forms import Entry
from games.forms.game import payoff_columns
from games.forms.strategic import Profile, StrategicGame
from games.tables import Cell, Table


def stage_table(
    stages: Mapping[str, StrategicGame],
    odds: Mapping[str, Mapping[Profile, Mapping[str, Entry]]],
    caption: str,
    exact: bool,
) -> Table:
    """One row for each state and profile: the payoffs of the round, and the ``odds`` of the next state.

    Best responses within the round are marked where the numbers are ``exact``, which the caption then says.
    """
    players = next(iter(stages.values())).players
    shown = readable if exact else str
    rows = []
    for state, stage in stages.items():
        for number, (profile, payoffs) in enumerate(stage.payoffs.items()):
            row = [Cell(state if number == 0 else ""), *map(Cell, profile)]
            for player, value in zip(players, payoffs, strict=True):
                row.append(Cell(shown(value), marked=exact and stage.is_best_response(profile, player)))
            following = odds[state][profile].items()
            row.append(Cell(", ".join(f"{after} {shown(value)}" for after, value in following if value != 0)))
            rows.append(tuple(row))
    count = len(players)
    header = ("State", *players, *payoff_columns(players), "next state")
    marks = "; best responses within the round marked." if exact else "."
    return Table(header, tuple(rows), numeric=frozenset(range(1 + count, 1 + 2 * count)), caption=caption + marks)
