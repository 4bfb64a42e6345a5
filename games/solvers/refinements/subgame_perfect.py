"""Subgame-perfect equilibria: by backward induction under perfect information, else subgame by subgame.

Definition: Selten (1965), Zeitschrift für die gesamte Staatswissenschaft 121; existence and backward induction: Kuhn
(1953). Every pure equilibrium is found, ties included: where a player is indifferent, each best action continues a
different equilibrium. A tie also lets the player randomise; every such mixture belongs to further, mixed equilibria,
so the pure list is the whole answer exactly if no decision is tied. Trees of imperfect information are solved by
`games.solvers.methods.subgames`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import NamedTuple

from games.cases import Cases, Choice, Option, spelled
from games.exact import Number
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path, following
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import Strategies, reached
from games.play.quantities import Payoff, Quantity, Reach
from games.play.regret import nash_regret, regret
from games.play.subgames import subgame_roots
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.limits import STOPPED, OutOfTimeError, unless_expired
from games.solvers.methods.behaviour import rational_from_the_start_of
from games.solvers.methods.subgames import in_every_subgame
from games.terms import ONE, ZERO, Condition, Poly, Ratio, at_least, every, poly, product_of, total, var

MOST_EQUILIBRIA = 1_000
"""The most pure equilibria listed."""

FEW = 16
"""So many ways to play a subtree are found at once, more of them when they are asked for."""


class _Way(NamedTuple):
    """One pure equilibrium of a subtree: what it pays each player, the action at its root, and one after each step."""

    payoffs: tuple[Number, ...]
    action: str | None = None
    below: Mapping[str, "_Way"] = {}


class _Ways:
    """The pure equilibria of a subtree, in their order, found as far as they are asked for."""

    def __init__(self, further: Iterator[_Way]) -> None:
        self._found: list[_Way] = []
        self._further = further

    def __iter__(self) -> Iterator[_Way]:
        position = 0
        while True:
            if position == len(self._found):
                unless_expired()
                another = next(self._further, None)
                if another is None:
                    return
                self._found.append(another)
            yield self._found[position]
            position += 1


class _Behaviour(Mapping[str, Mapping[str, Fraction]]):
    """The strategies of one of them, read off as they are asked for: those of a large tree may be many, much alike."""

    def __init__(self, game: ExtensiveGame, way: _Way) -> None:
        self._game, self._way = game, way

    def __getitem__(self, name: str) -> dict[str, Fraction]:
        information_set = self._game.information_sets[name]
        way = self._way
        for step in information_set.paths[0]:
            way = way.below[step]
        return {action: Fraction(action == way.action) for action in information_set.actions}

    def __iter__(self) -> Iterator[str]:
        return iter(self._game.information_sets)

    def __len__(self) -> int:
        return len(self._game.information_sets)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type, tuple[Mapping[str, Mapping[str, Fraction]]]]:
        return dict, (dict(self),)


def cases(game: ExtensiveGame, asked: Sequence[Quantity]) -> Cases:
    """Under perfect information, the action at each decision: none pays its mover more. Else, behaviour by subgame.

    The former are equilibria in pure strategies: at a tie a mixture may reach what none of them does.
    """
    if game.has_perfect_information:
        return _Backwards(game).cases(asked)
    return rational_from_the_start_of(game, asked, subgame_roots(game))


def of_pure_play(game: ExtensiveGame) -> bool:
    """Whether the cases are those of pure play alone: under perfect information, where a tie allows mixing, too."""
    return game.has_perfect_information


def exists_because(game: ExtensiveGame) -> str:
    """Why there is one. Raises `InputError` for imperfect recall, under which there may be none."""
    check_perfect_recall(game)
    return "every finite game with perfect recall has one: Kuhn (1953), Selten (1965)"


class _Backwards:
    """The choices of a tree of perfect information, the last ones first, written as far as quantities need them."""

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        self.options: dict[Path, dict[str, Condition]] = {}
        self.gives: dict[Path, dict[str, dict[str, Poly]]] = {}
        self.paid: dict[tuple[Path, int], Poly] = {}
        self.known: dict[tuple[Path, Path], Poly] = {}

    def cases(self, asked: Sequence[Quantity]) -> Cases:
        values: dict[Quantity, Poly | Ratio] = {quantity: self.value(quantity) for quantity in asked}
        if not asked:
            for path, node in self.game.nodes.items():
                if isinstance(node, Decision):
                    self.decide(path)
        choices = tuple(
            Choice(
                self.game.information_set_at(path),
                {action: Option(holds, self.gives[path][action]) for action, holds in options.items()},
            )
            for path, options in self.options.items()
        )
        return Cases(choices, values=values)

    def value(self, quantity: Quantity) -> Poly:
        match quantity:
            case Payoff(player=player, after=after):
                return self.pays(after, self.game.players.index(player))
            case Reach(path=path, after=after):
                return self.reach(after, path)
        places = self.game.information_sets
        return product_of(self.reach(places[name].paths[0], (a,)) for name, a in quantity.choices.items())

    def decide(self, path: Path) -> None:
        """Writes down the choice at a decision, those after it first: an action that none pays its mover more than."""
        node = self.game.nodes[path]
        if path in self.options or not isinstance(node, Decision):
            return
        unless_expired()
        mover = self.game.players.index(node.player)
        paid = {action: self.pays((*path, action), mover) for action in node.actions}
        self.options[path] = {a: every(at_least(paid[a], other) for b, other in paid.items() if b != a) for a in paid}
        self.gives[path] = {action: {} for action in paid}

    def picked(self, path: Path, name: str, values: Mapping[str, Poly]) -> Poly:
        """What the action taken gives: a variable, or the value itself where all actions give the same."""
        first, *others = values.values()
        if all(value == first for value in others):
            return first
        self.decide(path)
        for action, value in values.items():
            self.gives[path][action][name] = value
        return var(name)

    def pays(self, path: Path, player: int) -> Poly:
        """What the player gets from the node on."""
        if (path, player) not in self.paid:
            node = self.game.nodes[path]
            match node:
                case Outcome(payoffs=payoffs):
                    value = poly(payoffs[player])
                case Chance(events=events):
                    value = total(poly(w) * self.pays((*path, e), player) for e, (w, _) in events.items())
                case Decision(actions=actions):
                    self.decide(path)
                    below = {action: self.pays((*path, action), player) for action in actions}
                    value = self.picked(path, f"payoff of {self.game.players[player]!r} after {spelled(path)}", below)
            self.paid[path, player] = value
        return self.paid[path, player]

    def reach(self, path: Path, rest: Path) -> Poly:
        """The probability that play goes on from the node along ``rest``."""
        if not rest:
            return ONE
        if (path, rest) not in self.known:
            node, then = self.game.nodes[path], self.reach((*path, rest[0]), rest[1:])
            if isinstance(node, Chance):
                self.known[path, rest] = poly(node.events[rest[0]][0]) * then
            else:
                assert isinstance(node, Decision)
                ends = {action: then if action == rest[0] else ZERO for action in node.actions}
                self.decide(path)
                self.known[path, rest] = self.picked(path, f"reach of {spelled(rest)} after {spelled(path)}", ends)
        return self.known[path, rest]


def witness(game: ExtensiveGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if nobody has any regret in any subgame."""
    if game.has_perfect_information:
        return None if any(regret(game, strategies).values()) else played_out(game, strategies)
    for root in subgame_roots(game):
        subgame = game.subgame(root) if root else game
        inside = {name: strategies[name] for name in subgame.information_sets}
        if subgame.information_sets and any(nash_regret(subgame, inside).values()):
            return None
    return played_out(game, strategies)


@solution_concept(
    "subgame-perfect",
    form=ExtensiveGame,
    cases=cases,
    exists_because=exists_because,
    witness=witness,
    of_pure_play=of_pure_play,
)
def subgame_perfect(game: ExtensiveGame) -> Equilibria:
    """All pure subgame-perfect equilibria of a tree of perfect information, each verified in every subgame.

    >>> threat = {"resist": Outcome((-1, 0)), "yield": Outcome((2, 1))}
    >>> sender = Decision("Sender", {"threaten": Decision("Target", threat), "refrain": Outcome((0, 2))})
    >>> print(subgame_perfect(ExtensiveGame(("Sender", "Target"), sender))[0])
    Sender at the start: threaten, Target after threaten: yield

    Under imperfect information: what all Nash equilibria of the subgames make up, mixed ones included. Not complete
    where a decision is tied (mixtures over the tied actions are equilibria, too; a remark says where), or where there
    are more than `MOST_EQUILIBRIA`. Raises `InputError` under imperfect recall.
    """
    if not game.has_perfect_information:
        return in_every_subgame(game)
    ways: list[_Way] = []
    stopped = False
    try:
        for way in islice(_ways(game, game.root), MOST_EQUILIBRIA + 1):
            ways.append(way)  # one by one: what is found before the time is up counts
    except OutOfTimeError:
        stopped = True
    all_listed = len(ways) <= MOST_EQUILIBRIA and not stopped
    del ways[MOST_EQUILIBRIA:]
    found = _verified(game, ways)
    tied = _tied(game, ways)
    remarks = [STOPPED] if stopped else []
    if not all_listed and not stopped:
        remarks.append(f"there are more pure equilibria than the {MOST_EQUILIBRIA} listed")
    if tied:
        shown = "; ".join(f"{where} ({' or '.join(actions)})" for where, actions in list(tied.items())[:5])
        more = f"; and at {len(tied) - 5} more" if len(tied) > 5 else ""
        remarks.append(
            f"{'every' if all_listed else 'not every'} pure equilibrium is listed; mixing adds more, since a mover is "
            f"indifferent at: {shown}{more}"
        )
    return Equilibria(game, "subgame-perfect", found, complete=all_listed and not tied, remarks=tuple(remarks))


def _ways(game: ExtensiveGame, node: Node) -> Iterable[_Way]:
    """The pure equilibria of the subtree: of every combination of its children's, one for each best action.

    A combination shares what it is made of with others. Raises `OutOfTimeError`, also when more are asked for.
    """
    unless_expired()
    if isinstance(node, Outcome):
        return [_Way(node.payoffs)]
    below = [_ways(game, child) for _, child in following(node)]
    found = _chance(node, below) if isinstance(node, Chance) else _best(node, game.players.index(node.player), below)
    if prod(len(each) if isinstance(each, list) else FEW + 1 for each in below) <= FEW:
        return list(found)
    return _Ways(found)


def _combined(several: Sequence[Iterable[_Way]]) -> Iterator[tuple[_Way, ...]]:
    """One of each, in every combination; the last changes first, and no more of each is asked for than is needed."""
    if all(isinstance(each, list) for each in several):
        yield from product(*several)
        return
    for first in several[0]:
        for others in _combined(several[1:]):
            yield (first, *others)


def _best(node: Decision, mover: int, below: Sequence[Iterable[_Way]]) -> Iterator[_Way]:
    for chosen in _combined(below):
        best = max([way.payoffs[mover] for way in chosen])
        after = dict(zip(node.actions, chosen, strict=True))
        for action, way in after.items():
            if way.payoffs[mover] == best:
                yield _Way(way.payoffs, action, after)


def _chance(node: Chance, below: Sequence[Iterable[_Way]]) -> Iterator[_Way]:
    for chosen in _combined(below):
        after = dict(zip(node.events, chosen, strict=True))
        yield _Way(_expected(node, [way.payoffs for way in chosen]), below=after)


def _expected(node: Chance, payoffs: Sequence[tuple[Number, ...]]) -> tuple[Number, ...]:
    weights = [weight for weight, _ in node.events.values()]
    return tuple(sum(w * each for w, each in zip(weights, of, strict=True)) for of in zip(*payoffs, strict=True))


def _verified(game: ExtensiveGame, ways: Sequence[_Way]) -> tuple[Equilibrium, ...]:
    """The equilibria in strategies, after a check that no action anywhere in the tree pays its mover more.

    What several equilibria share is checked once. Payoffs are worked out from the tree and from what is chosen alone.
    """
    pays: dict[int, tuple[Number, ...]] = {}

    def check(node: Node, way: _Way) -> tuple[Number, ...]:
        if isinstance(node, Outcome):
            return node.payoffs
        if id(way) not in pays:
            paid = {step: check(child, way.below[step]) for step, child in following(node)}
            if isinstance(node, Chance):
                pays[id(way)] = _expected(node, list(paid.values()))
            else:
                mover, chosen = game.players.index(node.player), paid[str(way.action)]
                if any(other[mover] > chosen[mover] for other in paid.values()):
                    raise AssertionError(f"{way.action} was found as subgame-perfect for {node.player} and is not")
                pays[id(way)] = chosen
        return pays[id(way)]

    found = []
    for way in ways:
        paid = dict(zip(game.players, map(Fraction, check(game.root, way)), strict=True))
        strategies = _Behaviour(game, way)
        found.append(Equilibrium(strategies, paid, tuple(reached(game, strategies))))
    return tuple(found)


def _tied(game: ExtensiveGame, ways: Sequence[_Way]) -> dict[str, list[str]]:
    """The information sets at which some equilibrium leaves the mover indifferent, with the tied actions.

    Two pure equilibria that differ at a decision while agreeing below it are tied there; with a complete pure list
    this is the same as a deviation that costs nothing.
    """
    tied: dict[str, list[str]] = {}
    seen: set[int] = set()

    def look(node: Node, way: _Way, path: Path) -> None:
        if id(way) in seen or isinstance(node, Outcome):
            return
        seen.add(id(way))
        if isinstance(node, Decision):
            mover = game.players.index(node.player)
            equal = [action for action, one in way.below.items() if one.payoffs[mover] == way.payoffs[mover]]
            if len(equal) > 1:
                known = tied.setdefault(game.information_set_at(path), [])
                known += [a for a in dict.fromkeys((str(way.action), *equal)) if a not in known]
        for step, child in following(node):
            look(child, way.below[step], (*path, step))

    for way in ways:
        look(game.root, way, ())
    return tied
