"""Comparisons in the order of play: first those that decide what happens first.

A comparison of two payoffs is made by a player who chooses between what leads to them. Of several such decisions it
belongs to the one with the fewest payoffs to compare, for there it decides most; a decision on the way to the outcome
comes before those beside it that are as far from the start. A comparison in which several decisions meet, as where
players mix, belongs to the first at which all is compared that it speaks of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from games.forms.extensive import Chance, Decision, ExtensiveGame, Path
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.formulas.polynomials import Entries
from games.terms import Poly, Sign, names_in, poly, sign


@dataclass(frozen=True)
class _Place:
    """Which differences of its player's payoffs decide at a decision, and the names in them and in what chance does."""

    compared: frozenset[Poly]
    names: frozenset[str]


class Order:
    """The order of play in a game some of whose parameters are ``fixed``.

    ``paths`` are those to the outcome, from ``after`` on. Called with a comparison it gives the number of the decision
    to which that belongs; what belongs to none comes last.
    """

    def __init__(self, game: Game, paths: Sequence[Path], after: Path, fixed: Mapping[str, Poly]) -> None:
        self.entries, self.fixed = Entries(), fixed
        self.places = list(self._places(game.written_out, paths, after))
        found: dict[Poly, tuple[int, int]] = {}
        for number, place in enumerate(self.places):
            for each in place.compared:
                known = (len(place.compared), number)
                found[each] = min(known, found.get(each, known))
        self._number = {each: number for each, (_, number) in found.items()}

    def __call__(self, part: Sign) -> int:
        if part.of in self._number:
            return self._number[part.of]
        speaks = (number for number, place in enumerate(self.places) if part.of.names <= place.names)
        return next(speaks, len(self.places))

    def _places(self, game: Game, paths: Sequence[Path], after: Path) -> Iterator[_Place]:
        if isinstance(game, ExtensiveGame):
            yield from self._of_tree(game, [(*after, *path) for path in paths], after)
        elif isinstance(game, StrategicGame):
            for player, menu in game.strategies.items():
                rivals = [own for other, own in game.strategies.items() if other != player]
                position = game.players.index(player)
                facing = [[self._paid(game, player, own, position, met) for own in menu] for met in product(*rivals)]
                yield self._place((pair for each in facing for pair in combinations(each, 2)), frozenset())

    def _paid(self, game: StrategicGame, player: str, own: str, position: int, met: Sequence[str]) -> Poly:
        profile = (*met[:position], own, *met[position:])
        return self._read(game.payoff(profile, player))

    def _of_tree(self, game: ExtensiveGame, wholes: Sequence[Path], after: Path) -> Iterator[_Place]:
        """One for each decision, those nearest to the start first, and of those the ones on the way."""
        nodes = [
            path for path, node in game.nodes.items() if isinstance(node, Decision) and path[: len(after)] == after
        ]
        odds = [
            self._read(odd)
            for node in game.nodes.values()
            if isinstance(node, Chance)
            for odd, _ in node.events.values()
        ]
        by_chance = frozenset(name for each in odds for name in each.names)
        for path in sorted(nodes, key=lambda path: (len(path), all(path != whole[: len(path)] for whole in wholes))):
            node = game.nodes[path]
            assert isinstance(node, Decision)
            position = game.players.index(node.player)
            below = [self._paid_below(game, (*path, action), position) for action in node.actions]
            pairs = (pair for one, other in combinations(below, 2) for pair in product(one, other))
            yield self._place(pairs, by_chance)

    def _paid_below(self, game: ExtensiveGame, path: Path, position: int) -> list[Poly]:
        ends = (outcome for end, outcome in game.outcomes.items() if end[: len(path)] == path)
        return list(dict.fromkeys(self._read(outcome.payoffs[position]) for outcome in ends))

    def _place(self, pairs: Iterable[tuple[Poly, Poly]], further: frozenset[str]) -> _Place:
        differences = {one - other for one, other in pairs}
        both = (sign(each * order, ">") for each in differences for order in (1, -1))
        compared = frozenset(each.of for each in both if isinstance(each, Sign))
        return _Place(compared, further.union(*(each.names for each in compared), *map(self._behind, compared)))

    def _read(self, entry: object) -> Poly:
        return poly(self.entries(entry)).put(self.fixed)

    def _behind(self, of: Poly) -> set[str]:
        """The parameters of which the quotients and minima in it are made."""
        ways = (way for name in of.names for way in self.entries.ways.get(name, ()))
        return {name for way in ways for name in way.num.names | way.den.names | names_in(way.guard)}
