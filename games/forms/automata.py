"""Strategies of repeated games as automata: a state says what to do, and what everybody did says the next state.

Source: Rubinstein (1986), Journal of Economic Theory 39. Ready-made ones for games of two players with two actions,
to cooperate and to defect: tit for tat and tit for two tats (Axelrod 1984, The Evolution of Cooperation), grim trigger
(Friedman 1971, Review of Economic Studies 38), win-stay lose-shift or Pavlov (Nowak & Sigmund 1993, Nature 364).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, final

from games.errors import InputError, check_kind, listed, quoted
from games.forms import labels
from games.forms.game import only_for
from games.forms.repeated import RepeatedGame
from games.forms.strategic import Profile, StrategicGame

Names: TypeAlias = str | Mapping[str, str]
"""What an action is called: by everybody, or by player."""


@final
@dataclass(frozen=True)
class Automaton:
    """A strategy: ``actions`` maps each state to the action that is played there.

    ``moves`` maps a state to the next one by the profile that was played, the player's own action included; a profile
    left out stays in the state. It begins in ``start``, by default the first state.

    Raises `InputError` for a start or a next state that is no state.
    """

    actions: Mapping[str, str]
    moves: Mapping[str, Mapping[Profile, str]] = field(default_factory=dict)
    start: str = ""

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        check_kind(self.actions, Mapping, "an automaton's actions", "a mapping from each state to an action")
        check_kind(self.moves, Mapping, "an automaton's moves", "a mapping from states to the next ones by profile")
        for state, by_profile in self.moves.items():
            check_kind(by_profile, Mapping, f"what follows {quoted(state)}", "a mapping from profiles to states")
        states = labels(self.actions, "the list of an automaton's states")
        named = [*self.moves, *(after for by_profile in self.moves.values() for after in by_profile.values())]
        if unknown := [state for state in [*named, self.start or states[0]] if state not in self.actions]:
            raise InputError(f"{quoted(unknown[0])} is no state of the automaton; these are {listed(states)}")
        object.__setattr__(self, "actions", dict(self.actions))
        object.__setattr__(self, "moves", {state: dict(by_profile) for state, by_profile in self.moves.items()})
        object.__setattr__(self, "start", self.start or states[0])

    def after(self, state: str, played: Profile) -> str:
        """The state after everybody played so."""
        return self.moves.get(state, {}).get(played, state)


def stage_of(game: RepeatedGame) -> StrategicGame:
    """The only stage game. Raises `InputError` for what is no repeated game, or one of several states."""
    only_for("an automaton", game, RepeatedGame)
    if len(game.states) > 1:
        raise InputError(f"automata need a game of one state, this one has {len(game.states)}: {listed(game.states)}")
    return game.stages[game.start]


def check_automata(game: RepeatedGame, automata: Mapping[str, Automaton]) -> None:
    """Raises `InputError` unless there is an automaton for each player, with actions and profiles of the game."""
    stage = stage_of(game)
    check_kind(automata, Mapping, "the automata", "a mapping from each player to an Automaton")
    if set(automata) != set(game.players):
        raise InputError(f"automata are given for {listed(automata)}; give one for each of {listed(game.players)}")
    for player, automaton in automata.items():
        check_kind(automaton, Automaton, f"the automaton of {player}", "an Automaton")
        for state, action in automaton.actions.items():
            if action not in stage.strategies[player]:
                raise InputError(
                    f"the automaton of {player} plays {quoted(action)} in {quoted(state)}; "
                    f"{player} has {listed(stage.strategies[player])}"
                )
        for state, by_profile in automaton.moves.items():
            if unknown := [profile for profile in by_profile if profile not in stage.payoffs]:
                raise InputError(
                    f"the automaton of {player} moves from {quoted(state)} after {quoted(unknown[0])}, "
                    "which is no profile of the game"
                )


def always(game: RepeatedGame, player: str, action: str) -> Automaton:
    """The same action in every round."""
    return _checked(game, player, Automaton({action: action}))


def tit_for_tat(game: RepeatedGame, player: str, cooperate: Names = "C", defect: Names = "D") -> Automaton:
    """Cooperate first, then do what the other did in the round before.

    >>> from games import RepeatedGame, StrategicGame
    >>> from games.forms.automata import tit_for_tat
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
    >>> tit_for_tat(RepeatedGame({"Always": dilemma}, {"A": "1/2", "B": "1/2"}), "A").start
    'cooperate'
    """
    seen = _by_others_action(game, player, cooperate, defect)
    own = _own(player, cooperate, defect)
    return _checked(game, player, Automaton(own, dict.fromkeys(own, seen)))


def grim(game: RepeatedGame, player: str, cooperate: Names = "C", defect: Names = "D") -> Automaton:
    """Cooperate until anybody does not, then defect for good.

    >>> from games import RepeatedGame, StrategicGame
    >>> from games.forms.automata import grim
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
    >>> grim(RepeatedGame({"Always": dilemma}, {"A": "1/2", "B": "1/2"}), "A").start
    'cooperate'
    """
    kept = _both(game, cooperate)
    _by_others_action(game, player, cooperate, defect)
    ends = {profile: "defect" for profile in stage_of(game).profiles if profile != kept}
    return _checked(game, player, Automaton(_own(player, cooperate, defect), {"cooperate": ends}))


def win_stay_lose_shift(game: RepeatedGame, player: str, cooperate: Names = "C", defect: Names = "D") -> Automaton:
    """Cooperate first, and after rounds in which both did the same; defect after others (Pavlov)."""
    _by_others_action(game, player, cooperate, defect)
    same = (_both(game, cooperate), _both(game, defect))
    after = {profile: "cooperate" if profile in same else "defect" for profile in stage_of(game).profiles}
    own = _own(player, cooperate, defect)
    return _checked(game, player, Automaton(own, dict.fromkeys(own, after)))


def tit_for_two_tats(game: RepeatedGame, player: str, cooperate: Names = "C", defect: Names = "D") -> Automaton:
    """Cooperate unless the other defected in both of the two rounds before."""
    seen = _by_others_action(game, player, cooperate, defect)
    own = _own(player, cooperate, defect)
    actions = {"cooperate": own["cooperate"], "warned": own["cooperate"], "defect": own["defect"]}
    harsher = {"cooperate": "warned", "warned": "defect", "defect": "defect"}
    moves = {
        state: {profile: harsher[state] if did == "defect" else "cooperate" for profile, did in seen.items()}
        for state in actions
    }
    return _checked(game, player, Automaton(actions, moves))


def _own(player: str, cooperate: Names, defect: Names) -> dict[str, str]:
    return {"cooperate": _named(cooperate, player), "defect": _named(defect, player)}


def _named(names: Names, player: str) -> str:
    if isinstance(names, str):
        return names
    if player not in names:
        raise InputError(f"actions are named for {listed(names)}; name one for {quoted(player)}, too")
    return names[player]


def _both(game: RepeatedGame, names: Names) -> Profile:
    return tuple(_named(names, player) for player in game.players)


def _by_others_action(game: RepeatedGame, player: str, cooperate: Names, defect: Names) -> dict[Profile, str]:
    """What the other did in each profile, "cooperate" or "defect".

    Raises `InputError` unless there are two players whose actions have these names.
    """
    stage = stage_of(game)
    if len(game.players) != 2 or player not in game.players:
        raise InputError(f"such a strategy needs two players, {quoted(player)} among them, not {listed(game.players)}")
    for each in game.players:
        named = {_named(cooperate, each), _named(defect, each)}
        if len(named) < 2 or named != set(stage.strategies[each]):
            raise InputError(
                f"to cooperate and to defect are called {listed(sorted(named))}; {each} has "
                f"{listed(stage.strategies[each])}, so name both with cooperate= and defect="
            )
    other = 1 - game.players.index(player)
    does = {_named(cooperate, game.players[other]): "cooperate", _named(defect, game.players[other]): "defect"}
    return {profile: does[profile[other]] for profile in stage.profiles}


def _checked(game: RepeatedGame, player: str, automaton: Automaton) -> Automaton:
    stage = stage_of(game)
    if player not in game.players:
        raise InputError(f"there is no player {quoted(player)}; the game has {listed(game.players)}")
    if unknown := [action for action in automaton.actions.values() if action not in stage.strategies[player]]:
        raise InputError(f"{player} has no action {quoted(unknown[0])}; there are {listed(stage.strategies[player])}")
    return automaton
