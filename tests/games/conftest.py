"""Random trees with perfect recall, and play in a tree summed up leaf by leaf, against which solvers are judged."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, TypeAlias

import pytest

from games import Chance, Decision, ExtensiveGame, Outcome
from games.forms.extensive import Node, Path

Play: TypeAlias = Mapping[str, Mapping[str, Any]]
Plan: TypeAlias = dict[str, str]


def random_tree(
    seed: int,
    *,
    players: int = 2,
    depth: int = 4,
    stakes: tuple[int, int] = (-5, 5),
    joining: float = 0.6,
    chance: float = 0.15,
    zero_sum: bool = False,
    widest: int = 3,
    most_plans: int = 200,
) -> ExtensiveGame:
    """A tree in which players remember what they did and knew, and no player has more than ``most_plans`` plans.

    Decisions of a player with the same own past and as many actions are joined in one information set with the
    probability ``joining``, whatever their depth; unless that is zero, some are.
    """
    rng = random.Random(seed)
    names = tuple("ABCDEF"[:players])
    met: dict[Any, list[str]] = {}
    count = 0

    def leaf() -> Outcome:
        values = [rng.randint(*stakes) for _ in names]
        return Outcome((values[0], -values[0])) if zero_sum else Outcome(tuple(values))

    def grow(left: int, memories: Mapping[str, tuple[tuple[str, str], ...]]) -> Node:
        nonlocal count
        if left == 0 or (left < depth and rng.random() < 0.2):
            return leaf()
        if rng.random() < chance:
            weights = [rng.randint(1, 4) for _ in range(2)]
            chances = [Fraction(weight, sum(weights)) for weight in weights]
            return Chance({f"c{k}": (p, grow(left - 1, memories)) for k, p in enumerate(chances)})
        player = rng.choice(names)
        actions = ["l", "r", "m"][: rng.choice((2, 2, widest))]
        known = met.setdefault((player, memories[player], len(actions)), [])
        if known and rng.random() < joining:
            name = rng.choice(known)
        else:
            count += 1
            name = f"{player}{count}"
            known.append(name)
        following = {}
        for action in actions:
            remembered = {**memories, player: (*memories[player], (name, action))}
            following[action] = grow(left - 1, remembered)
        return Decision(player, following, name)

    while True:
        met, count = {}, 0
        root = grow(depth, dict.fromkeys(names, ()))
        if not count:
            continue
        game = ExtensiveGame(names, root)
        fits = all(prod(map(len, own.values())) <= most_plans for own in ByHand(game).menus.values())
        if fits and (not joining or not game.has_perfect_information):
            return game


@dataclass(frozen=True)
class Leaf:
    """One outcome: the probability of its chance events, the choices on the way, and what it pays."""

    path: Path
    chance: Fraction
    choices: tuple[tuple[str, str], ...]
    payoffs: tuple[Any, ...]

    def weight(self, play: Play) -> Any:
        total: Any = self.chance
        for name, action in self.choices:
            total = total * play[name].get(action, 0)
        return total


@dataclass(frozen=True)
class ByHand:
    """A tree as the list of its leaves below ``start``; nothing here uses a solver."""

    game: ExtensiveGame
    start: Path = ()

    @cached_property
    def leaves(self) -> list[Leaf]:
        return list(self._walk(self.game.nodes[self.start], self.start, Fraction(1), ()))

    def _walk(self, node: Node, path: Path, chance: Fraction, choices: tuple[tuple[str, str], ...]) -> Iterator[Leaf]:
        match node:
            case Outcome(payoffs=payoffs):
                yield Leaf(path, chance, choices, payoffs)
            case Decision(actions=actions):
                name = self.game.information_set_at(path)
                for action, child in actions.items():
                    yield from self._walk(child, (*path, action), chance, (*choices, (name, action)))
            case Chance(events=events):
                for event, (weight, child) in events.items():
                    yield from self._walk(child, (*path, event), chance * Fraction(weight), choices)

    @cached_property
    def menus(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """For each player, the information sets below the start and their actions."""
        result: dict[str, dict[str, tuple[str, ...]]] = {player: {} for player in self.game.players}
        for name, information_set in self.game.information_sets.items():
            if any(path[: len(self.start)] == self.start for path in information_set.paths):
                result[information_set.player][name] = information_set.actions
        return result

    def payoffs(self, play: Play) -> list[Any]:
        weights = [leaf.weight(play) for leaf in self.leaves]
        return [
            sum((w * leaf.payoffs[k] for w, leaf in zip(weights, self.leaves, strict=True)), Fraction(0))
            for k in range(len(self.game.players))
        ]

    def plans(self, player: str) -> list[Plan]:
        """An action for every information set of the player, needed or not."""
        own = self.menus[player]
        return [dict(zip(own, chosen, strict=True)) for chosen in product(*own.values())]

    def best(self, play: Play, player: str) -> Any:
        """The most that a plan of the player gets against the others' play."""
        position = self.game.players.index(player)
        own = self.menus[player]
        parts = []
        for leaf in self.leaves:
            mine = [(name, action) for name, action in leaf.choices if name in own]
            others: Any = leaf.chance * leaf.payoffs[position]
            for name, action in leaf.choices:
                if name not in own:
                    others = others * play[name].get(action, 0)
            if others:
                parts.append((mine, others))
        return max(
            sum((value for mine, value in parts if all(plan[name] == a for name, a in mine)), Fraction(0))
            for plan in self.plans(player)
        )

    def regret(self, play: Play) -> dict[str, Any]:
        now = self.payoffs(play)
        return {player: self.best(play, player) - now[k] for k, player in enumerate(self.game.players)}

    def reached(self, play: Play) -> dict[Path, Any]:
        return {leaf.path: weight for leaf in self.leaves if (weight := leaf.weight(play))}

    def arrival(self, play: Play, path: Path) -> Any:
        """The probability that play from the start arrives at the node at ``path``."""
        return sum((leaf.weight(play) for leaf in self.leaves if leaf.path[: len(path)] == path), Fraction(0))

    def subgames(self) -> list[Path]:
        """Every node, other than an outcome, below which all information sets are whole."""
        starts = []
        for path, node in self.game.nodes.items():
            sets = self.game.information_sets.values()
            inside = [[p[: len(path)] == path for p in s.paths] for s in sets]
            if not isinstance(node, Outcome) and all(all(each) or not any(each) for each in inside):
                starts.append(path)
        return starts


def random_play(game: ExtensiveGame, rng: random.Random, pure: float = 0.3) -> dict[str, dict[str, Fraction]]:
    """Behaviour at every information set, with some actions left out."""
    play = {}
    for name, information_set in game.information_sets.items():
        weights = [0 if rng.random() < pure else rng.randint(1, 6) for _ in information_set.actions]
        if not any(weights):
            weights[rng.randrange(len(weights))] = 1
        play[name] = {a: Fraction(w, sum(weights)) for a, w in zip(information_set.actions, weights, strict=True)}
    return play


def kuhn_poker(cards: str = "JQK") -> ExtensiveGame:
    """Both ante one and get different cards; bets are of one; the higher card wins (Kuhn 1950)."""
    deals = list(product(cards, repeat=2))
    dealt: dict[str, tuple[Fraction, Node]] = {}
    for first, second in deals:
        if first == second:
            continue
        sign = 1 if cards.index(first) > cards.index(second) else -1
        small, large = Outcome((sign, -sign)), Outcome((2 * sign, -2 * sign))
        call_or_fold = Decision("First", {"call": large, "fold": Outcome((-1, 1))}, f"First {first}, passed and bet at")
        dealt[first + second] = (
            Fraction(1, len(deals) - len(cards)),
            Decision(
                "First",
                {
                    "bet": Decision("Second", {"call": large, "fold": Outcome((1, -1))}, f"Second {second}, bet at"),
                    "pass": Decision("Second", {"bet": call_or_fold, "pass": small}, f"Second {second}, passed to"),
                },
                f"First {first}",
            ),
        )
    return ExtensiveGame(("First", "Second"), Chance(dealt))


def selten_horse() -> ExtensiveGame:
    """Selten (1975), figure 1: three players, the third cannot tell which of the others let it move."""
    players: Sequence[str] = ("One", "Two", "Three")
    third = {
        "D": {"L": Outcome((3, 3, 2)), "R": Outcome((0, 0, 0))},
        "d": {"L": Outcome((4, 4, 0)), "R": Outcome((0, 0, 1))},
    }
    down = Decision("Three", third["D"], "Three")
    across = Decision("Two", {"d": Decision("Three", third["d"], "Three"), "c": Outcome((1, 1, 1))}, "Two")
    return ExtensiveGame(tuple(players), Decision("One", {"D": down, "C": across}, "One"))


@pytest.fixture(scope="session")
def grown() -> Callable[..., ExtensiveGame]:
    return random_tree


@pytest.fixture(scope="session")
def by_hand() -> Callable[..., ByHand]:
    return ByHand


@pytest.fixture(scope="session")
def some_play() -> Callable[..., dict[str, dict[str, Fraction]]]:
    return random_play


@pytest.fixture(scope="session")
def poker() -> Callable[..., ExtensiveGame]:
    return kuhn_poker


@pytest.fixture(scope="session")
def horse() -> ExtensiveGame:
    return selten_horse()
