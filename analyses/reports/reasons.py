"""Why what is predicted happens, in plain words: who compares what, and which choice, perhaps never reached, decides.

In a tree a choice off the path decides where another one there would change what is played: a promise that would not
be kept is why nobody asks for it. Of several such choices the one is told that leaves the most of the path as it is,
and of these the one that is nearest to being made otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from itertools import takewhile
from typing import Any

from analyses.reports.telling import Telling, about, upper
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.forms.game import Game, Path
from games.forms.strategic import StrategicGame
from games.solvers.choices import Choice, choices
from games.solvers.equilibria import Equilibria, Equilibrium

MOST_PLACES = 400
"""The most decisions of a tree of which it is asked which one decides."""

MOST_ON_THE_PATH = 3
"""Of how many choices at which play arrives it is told what they are worth."""

_BELIEVED = re.compile(r" \(believing [^()]*\)")

MOST_SENTENCES = 2
"""The most sentences that are taken over from the proof of an equilibrium of another form."""


def why(telling: Telling, equilibria: Equilibria, proofs: Sequence[Sequence[str]]) -> str:
    """Why the first equilibrium is one, in a few sentences."""
    if not equilibria.found:
        return (
            "Whatever the players choose, one of them would do better to choose otherwise, so that nothing is stable."
        )
    found = equilibria[0]
    said = list(_reasons(equilibria.game, telling, found))
    if not said and proofs:
        said = [upper(sentence) for sentence in proofs[0][:MOST_SENTENCES]]
    return " ".join(said) or "Nobody gains by choosing otherwise alone."


@singledispatch
def _reasons(game: Game, telling: Telling, found: Equilibrium) -> Iterator[str]:
    """The reasons in a form that has its own; none in another."""
    return iter(())


@_reasons.register
def _(game: StrategicGame, telling: Telling, found: Equilibrium) -> Iterator[str]:
    if found.outcomes or (telling.game is not game and type(telling.game) is not type(game)):
        return
    told = [choice for choice in choices(game, found) if choice.pays is not None and len(choice.pays) > 1]
    for choice in told[:3]:
        yield _against(telling, choice)
    if any(len(choice.actions) > 1 for choice in told):
        yield "The chances are those that leave nobody a better choice."


def _against(telling: Telling, choice: Choice, choice_at: str = "Given what the others do, ") -> str:
    """What a choice pays against what the others do, and what the next best would."""
    assert choice.pays is not None
    player, (first, *others) = choice.player, choice.actions
    gained = about(choice.pays[first])
    if others:
        return f"{player} would get as much ({gained}) by choosing {_either(choice.actions)}, and leaves it to chance."
    rest = {action: value for action, value in choice.pays.items() if action != first}
    best = max(rest, key=lambda action: rest[action])
    compared = "as much as" if rest[best] == choice.pays[first] else "at most"
    return (
        f"{choice_at}{player} would get {gained} if {telling.own(player, first)}, and {compared} "
        f"{about(rest[best])} if {telling.own(player, best)}."
    )


def _either(actions: Sequence[str]) -> str:
    return f"{', '.join(f'“{a}”' for a in actions[:-1])} or “{actions[-1]}”"


@_reasons.register
def _(game: ExtensiveGame, telling: Telling, found: Equilibrium) -> Iterator[str]:
    if any(isinstance(node, Chance) for node in game.nodes.values()) or not game.has_perfect_information:
        yield from _where_play_arrives(game, telling, found)
        return
    played = {paths[0]: found.strategies[name] for name, paths in _places(game)}
    if any(len([p for p in mix.values() if p]) > 1 for mix in played.values()):
        yield from _where_play_arrives(game, telling, found)
        return
    chosen = {path: next(action for action, weight in mix.items() if weight) for path, mix in played.items()}
    tree = _Tree(game, chosen)
    pivot = tree.pivot() if len(chosen) <= MOST_PLACES else None
    if pivot is not None:
        yield from _pivotal(telling, tree, pivot)
        yield from _on_the_path(telling, tree, (), "in turn, ")
        return
    path = tree.play()[0]
    for at in (path[:k] for k in range(min(len(path), MOST_ON_THE_PATH))):
        yield from _on_the_path(telling, tree, at)


def _where_play_arrives(game: ExtensiveGame, telling: Telling, found: Equilibrium) -> Iterator[str]:
    """What the first choices that play arrives at are worth, where chance moves or moves are hidden."""
    told = [c for c in choices(game, found) if c.arrives and c.pays is not None and len(c.pays) > 1]
    for choice in reversed(told[-MOST_ON_THE_PATH:]):
        where = _BELIEVED.sub("", choice.where).replace(" → ", ", then ")
        yield _against(telling, choice, "" if where.startswith("At the start") else where)


def _places(game: ExtensiveGame) -> Iterator[tuple[str, tuple[Path, ...]]]:
    return ((name, place.paths) for name, place in game.information_sets.items())


@dataclass(frozen=True)
class _Pivot:
    """A decision off the path whose other choice would change what is played, to the path ``instead``."""

    at: Path
    other: str
    instead: Path
    loss: Fraction


@dataclass(frozen=True)
class _Tree:
    """A tree of perfect information without chance, and what is ``chosen`` at each decision."""

    game: ExtensiveGame
    chosen: Mapping[Path, str]

    def play(self, at: Path = (), forced: Mapping[Path, str] | None = None) -> tuple[Path, tuple[Any, ...]]:
        """What follows from a node on, and its payoffs, if the ``forced`` choices are made and all others are best.

        Who loses nothing by it keeps to what is chosen.
        """
        node = self.game.nodes[at]
        if isinstance(node, Outcome):
            return at, node.payoffs
        assert isinstance(node, Decision)
        if at in (forced or {}):
            return self.play((*at, (forced or {})[at]), forced)
        mover = self.game.players.index(node.player)
        follows = {action: self.play((*at, action), forced) for action in node.actions}
        best = max(payoffs[mover] for _, payoffs in follows.values())
        kept = follows[self.chosen[at]]
        return kept if kept[1][mover] == best else next(f for f in follows.values() if f[1][mover] == best)

    def pivot(self) -> _Pivot | None:
        """The choice off the path that decides, if any does."""
        path = self.play()[0]
        found = []
        for at, kept in self.chosen.items():
            if path[: len(at)] == at:
                continue
            for other in self.game.nodes[at].actions:  # type: ignore[union-attr]
                instead = self.play((), {at: other})[0]
                if other != kept and instead != path and instead[: len(at) + 1] == (*at, other):
                    found.append(_Pivot(at, other, instead, self.worth(at, kept) - self.worth(at, other)))
        return min(found, key=lambda p: (-_shared(path, p.instead), p.loss), default=None)

    def mover(self, at: Path) -> str:
        """Who chooses there."""
        node = self.game.nodes[at]
        assert isinstance(node, Decision)
        return node.player

    def worth(self, at: Path, action: str, player: str = "") -> Any:
        """What an action is worth to who chooses there, or to another player."""
        return self.play((*at, action))[1][self.game.players.index(player or self.mover(at))]


def _shared(one: Path, other: Path) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _pivotal(telling: Telling, tree: _Tree, pivot: _Pivot) -> Iterator[str]:
    path, at = tree.play()[0], pivot.at
    mover, kept = tree.mover(at), tree.chosen[at]
    meant = telling.model.choice_words.get(kept, "")
    yield (
        f"If {telling.history(at)}, {mover} would gain more if {telling.own(mover, kept)} "
        f"({about(tree.worth(at, kept))}) than if {telling.own(mover, pivot.other)} "
        f"({about(tree.worth(at, pivot.other))}){f': {meant}' if meant else ''}."
    )
    fork = path[: _shared(path, pivot.instead)]
    asked, tempted = tree.mover(fork), pivot.instead[len(fork)]
    if asked == mover and len(fork) == len(at):
        return
    yield (
        f"So {asked} will do better if {telling.own(asked, path[len(fork)])} "
        f"({about(tree.worth(fork, path[len(fork)]))}) than if {telling.own(asked, tempted)} "
        f"({about(tree.worth(fork, tempted))})."
    )


def _on_the_path(telling: Telling, tree: _Tree, at: Path, turn: str = "") -> Iterator[str]:
    """What the choice there is worth, and the next best."""
    player, kept = tree.mover(at), tree.chosen[at]
    others = [a for a in tree.game.nodes[at].actions if a != kept]  # type: ignore[union-attr]
    if not others:
        return
    worths = {action: tree.worth(at, action) for action in others}
    most = max(worths.values())
    next_best = [action for action, value in worths.items() if value == most]
    same = "as much as" if most == tree.worth(at, kept) else "at most"
    which = f" if {telling.own(player, next_best[0])}" if len(next_best) == 1 else " otherwise"
    who = f"{player}, {turn}" if turn else f"{player} "
    yield (
        f"{who}would get {about(tree.worth(at, kept))} if {telling.own(player, kept)}, and {same} {about(most)}{which}."
    )


def consequences(telling: Telling, equilibria: Equilibria) -> tuple[tuple[str, Path, tuple[Any, ...], bool], ...]:
    """What follows each first choice in a tree, as actions, and what each player gets; and which is chosen.

    Empty where the game is no tree without chance and hidden moves, or has several equilibria.
    """
    game = equilibria.game
    if not isinstance(game, ExtensiveGame) or len(equilibria) != 1 or not game.has_perfect_information:
        return ()
    if any(not isinstance(node, Decision | Outcome) for node in game.nodes.values()):
        return ()
    found = equilibria[0].strategies
    chosen = {
        place.paths[0]: next(a for a, w in found[name].items() if w) for name, place in game.information_sets.items()
    }
    tree, root = _Tree(game, chosen), game.nodes[()]
    if not isinstance(root, Decision):
        return ()
    return tuple((action, *tree.play((action,)), action == chosen[()]) for action in root.actions)
