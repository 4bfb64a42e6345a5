"""Graph models of conflicts: which states are stable for whom, by the four classical definitions.

Fang, Hipel & Kilgour (1993), Interactive Decision Making: definitions 3.1 to 3.4 for two decision makers and 4.3 to 4.7
for more, where the others may answer together by legal sequences of moves, in which nobody moves twice in a row.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from games.forms.graph_model import GraphModel


def worth(game: GraphModel, state: str, player: str) -> Fraction:
    return Fraction(game.payoffs[state][game.players.index(player)])


def moves(game: GraphModel, state: str, player: str) -> tuple[str, ...]:
    return tuple(game.moves[player].get(state, ()))


def improvements(game: GraphModel, state: str, player: str) -> list[str]:
    return [s for s in moves(game, state, player) if worth(game, s, player) > worth(game, state, player)]


def answers(game: GraphModel, start: str, player: str, improving: bool) -> set[str]:
    """Where the others can bring the conflict from ``start`` by a legal sequence of at least one move.

    A sequence is legal if nobody moves twice in a row; with ``improving`` each move pays its mover more. What can
    follow depends on the state and on who moved last, so these pairs are gone through.
    """
    others = [who for who in game.players if who != player]
    known = {(start, "")}
    waiting = [(start, "")]
    while waiting:
        state, last = waiting.pop()
        for who in others:
            if who == last:
                continue
            for target in (improvements if improving else moves)(game, state, who):
                if (target, who) not in known:
                    known.add((target, who))
                    waiting.append((target, who))
    return {state for state, last in known if last}


def is_nash_stable(game: GraphModel, state: str, player: str) -> bool:
    """No unilateral improvement (definition 3.1)."""
    return not improvements(game, state, player)


def is_general_metarational(game: GraphModel, state: str, player: str) -> bool:
    """Each improvement may be answered by a state that is no better than the first one (Howard 1971)."""
    return all(
        any(worth(game, end, player) <= worth(game, state, player) for end in answers(game, better, player, False))
        for better in improvements(game, state, player)
    )


def is_symmetric_metarational(game: GraphModel, state: str, player: str) -> bool:
    """And from where that leads the player cannot move on to a better one than the first (Howard 1971)."""
    return all(
        any(
            all(worth(game, s, player) <= worth(game, state, player) for s in (end, *moves(game, end, player)))
            for end in answers(game, better, player, False)
        )
        for better in improvements(game, state, player)
    )


def is_sequentially_stable(game: GraphModel, state: str, player: str) -> bool:
    """Each improvement may be answered so by moves that pay their movers more (Fraser & Hipel 1984)."""
    return all(
        any(worth(game, end, player) <= worth(game, state, player) for end in answers(game, better, player, True))
        for better in improvements(game, state, player)
    )


STABILITIES: Mapping[str, Callable[[GraphModel, str, str], bool]] = {
    "nash-stable": is_nash_stable,
    "general-metarational": is_general_metarational,
    "symmetric-metarational": is_symmetric_metarational,
    "sequentially-stable": is_sequentially_stable,
}


def stable_states(game: GraphModel, concept: str) -> list[str]:
    """The states that are stable for everybody."""
    return [s for s in game.states if all(STABILITIES[concept](game, s, player) for player in game.players)]
