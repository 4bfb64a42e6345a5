"""Games in extensive form: a tree of decisions, chance moves and outcomes.

Decisions that a player cannot tell apart share an information set. In a game of perfect information every decision has
its own. Source: Kuhn (1953), Extensive games and the problem of information.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, product
from typing import Any, ClassVar, TypeAlias, final

from games.errors import InputError, listed, quoted
from games.exact import alike, brief
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Played, first_row, mixture, payoff_columns, style
from games.tables import Cell, Table

Path: TypeAlias = tuple[str, ...]
"""The actions and chance events from the root to a node."""

PASSED = "* where the play passes"
BEST_AT_LAST = "* a best choice of the last mover"
"""What the asterisks in the tables of equilibria and of payoffs mean."""

DEEPEST = 100
"""The most moves on a path."""

MOST_VALUES = 40
"""The most values of a subgame whose differences are listed."""

MOST_NODES = 500_000
"""The most nodes of a tree."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A leaf: one payoff for each player, in the order of the game's players.

    >>> from games import Outcome
    >>> Outcome((0, "1/2")).payoffs
    (0, '1/2')
    """

    payoffs: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A player chooses among ``actions``.

    Decisions of one player with the same ``information_set`` cannot be told apart by that player. Without a name, the
    decision is an information set of its own, named after the path that leads to it.

    >>> from games import Decision, ExtensiveGame, Outcome
    >>> root = Decision("Sender", {"Sanction": Outcome((-1, -2)), "Refrain": Outcome((0, 0))})
    >>> ExtensiveGame(("Sender", "Target"), root)
    Payoffs at the end of each path.
    Path      Sender  Target
    ────────  ──────  ──────
    Sanction      −1      −2
    Refrain       0*       0
    * a best choice of the last mover
    """

    player: str
    actions: Mapping[str, "Node"]
    information_set: str | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """Chance chooses: each event has an exact probability and what follows it.

    >>> from games import Chance, ExtensiveGame, Outcome, solve
    >>> root = Chance({"War": ("1/4", Outcome((-4, -4))), "Peace": ("3/4", Outcome((2, 0)))})
    >>> solve(ExtensiveGame(("Japan", "Russia"), root))[0].payoffs
    {'Japan': Fraction(1, 2), 'Russia': Fraction(-1, 1)}
    """

    events: Mapping[str, tuple[Entry, "Node"]]


Node: TypeAlias = Outcome | Decision | Chance
"""What a tree is made of: each node with all that follows it."""


@dataclass(frozen=True, slots=True)
class InformationSet:
    """What a player knows when choosing: the decisions that look alike, by their paths, and the actions they share."""

    name: str
    player: str
    actions: tuple[str, ...]
    paths: tuple[Path, ...]


@final
@dataclass(frozen=True, repr=False)
class ExtensiveGame(Game):
    """A game tree. ``players`` fixes the order of the payoffs at every outcome.

    >>> from games import Decision, ExtensiveGame, Outcome, solve
    >>> answer = Decision("Target", {"Comply": Outcome((1, -1)), "Resist": Outcome(("-1/2", "-1/2"))})
    >>> game = ExtensiveGame(
    ...     ("Sender", "Target"), Decision("Sender", {"Refrain": Outcome((0, 0)), "Threaten": answer})
    ... )
    >>> solve(game)[0].outcomes[0].path
    ('Refrain',)

    Raises `InputError`, naming the path to the node, for payoffs that are not one for each player, for a decision of
    nobody among the players, for labels that are none, for probabilities that do not sum to 1, for information sets
    whose decisions differ in player or actions, and for a tree that is too large.
    """

    kind: ClassVar[str] = "a tree"
    form: ClassVar[str] = "extensive"
    default_concept: ClassVar[str] = "subgame-perfect"
    place: ClassVar[str] = "information set"

    players: tuple[str, ...]
    root: Node

    def __post_init__(self) -> None:
        object.__setattr__(self, "players", labels(self.players, "the list of players"))
        object.__setattr__(self, "root", _checked(self.root, self.players))
        _ = self.information_sets  # which refuses those that cannot be

    @cached_property
    def nodes(self) -> Mapping[Path, Node]:
        """Every node by its path, parents before their children, depth first."""
        found: dict[Path, Node] = {}
        waiting: list[tuple[Path, Node]] = [((), self.root)]
        while waiting:
            path, node = waiting.pop()
            found[path] = node
            waiting += [((*path, step), child) for step, child in reversed(following(node))]
        return found

    @cached_property
    def outcomes(self) -> Mapping[Path, Outcome]:
        """The leaves by their paths, depth first."""
        return {path: node for path, node in self.nodes.items() if isinstance(node, Outcome)}

    @cached_property
    def information_sets(self) -> Mapping[str, InformationSet]:
        """Every information set by its name, in the order in which the tree meets it."""
        found: dict[str, tuple[Decision, list[Path]]] = {}
        for path, name in self._names.items():
            node = self.nodes[path]
            assert isinstance(node, Decision)
            first, paths = found.setdefault(name, (node, []))
            if paths and (first.information_set is None or node.information_set is None):
                raise InputError(
                    f"two decisions are called {quoted(name)}; give them information sets of their own names"
                )
            if first.player != node.player or set(first.actions) != set(node.actions):
                raise InputError(
                    f"the information set {quoted(name)} joins a decision of {first.player} ({listed(first.actions)}) "
                    f"with one of {node.player} ({listed(node.actions)}); its decisions must share player and actions"
                )
            paths.append(path)
        return {
            name: InformationSet(name, first.player, tuple(first.actions), tuple(paths))
            for name, (first, paths) in found.items()
        }

    @cached_property
    def _names(self) -> Mapping[Path, str]:
        """The name of the information set of each decision, by its path."""
        return {path: _name(node, path) for path, node in self.nodes.items() if isinstance(node, Decision)}

    def chance_of(self, path: Path) -> Entry:
        """The probability of all chance events on the way to a node; 1 where there are none."""
        result: Entry = Fraction(1)
        for k in range(len(path)):
            node = self.nodes[path[:k]]
            if isinstance(node, Chance):
                result *= node.events[path[k]][0]
        return result

    def information_set_at(self, path: Path) -> str:
        """The name of the information set of the decision at ``path``."""
        if path not in self._names:
            raise InputError(f"there is no decision at {listed(path) or 'the start'}")
        return self._names[path]

    @property
    def has_perfect_information(self) -> bool:
        """Whether every decision is an information set of its own."""
        return all(len(information_set.paths) == 1 for information_set in self.information_sets.values())

    def payoff_differences(self) -> Iterator[Any]:
        for node in self.nodes.values():
            if isinstance(node, Decision):
                position = self.players.index(node.player)
                below = [{v[position]: None for v in _values(child)} for child in node.actions.values()]
                for one, another in combinations(below, 2):
                    yield from (first - second for first, second in product(one, another))

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The information sets and the actions at each."""
        return {name: information_set.actions for name, information_set in self.information_sets.items()}

    @property
    def paths(self) -> Iterable[Path]:
        """The paths of the outcomes."""
        return self.outcomes

    @property
    def followed_concept(self) -> str | None:
        """None under imperfect information: players may have to mix, as it moves with every payoff."""
        return self.default_concept if self.has_perfect_information else None

    def check_path(self, path: Path, after: Path = ()) -> None:
        """Raises `InputError` unless ``path`` leads on from the node at ``after``."""
        whole = (*after, *path)
        for k in range(len(whole)):
            steps = [step for step, _ in following(self.nodes[whole[:k]])]
            if whole[k] not in steps:
                where = f"after {', '.join(whole[:k])}" if k else "at the start"
                raise InputError(f"there is no action {quoted(whole[k])} {where}; there are {listed(steps) or 'none'}")

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every number of the tree, depth first: payoffs at outcomes, probabilities at chance moves."""
        return tuple(_numbers(self.root))

    def with_entries(self, entries: Iterable[Entry]) -> "ExtensiveGame":
        return ExtensiveGame(self.players, _filled(self.root, supply(entries, len(self.entries))))

    def subgame(self, path: Path) -> "ExtensiveGame":
        """The game that starts at the decision at ``path``; an information set must lie in it whole or not at all."""
        if path not in self.nodes:
            raise InputError(f"there is no node at {listed(path)}")
        for information_set in self.information_sets.values():
            inside = [p[: len(path)] == path for p in information_set.paths]
            if any(inside) and not all(inside):
                raise InputError(f"no subgame starts at {listed(path)}: it would cut {quoted(information_set.name)}")
        named = _named(self.nodes[path], path, self)
        return ExtensiveGame(self.players, named)

    def table(self) -> Table:
        """Every path through the tree with its payoffs.

        Where a path ends with a choice among outcomes only, the last mover's payoff is marked if no other action at
        that decision pays more. Nothing is marked at a decision that the mover cannot tell from another.
        """
        exact = self.is_exact
        shown = alike(value for outcome in self.outcomes.values() for value in outcome.payoffs) if exact else str
        rows = []
        for path, outcome in self.outcomes.items():
            mover = self._chooses_best(path) if exact else None
            values = zip(self.players, outcome.payoffs, strict=True)
            cells = [Cell(shown(v), marked=player == mover) for player, v in values]
            rows.append((Cell(_arrows(path)), *cells))
        header = ("Path", *self.players)
        marks = any(cell.marked for row in rows for cell in row)
        numeric = frozenset(range(1, len(header)))
        note = BEST_AT_LAST if marks else ""
        return Table(header, tuple(rows), numeric=numeric, caption="Payoffs at the end of each path.", note=note)

    def _chooses_best(self, path: Path) -> str | None:
        """The player whose choice ends ``path``, if it knows where it chooses and no other choice there pays more."""
        last = self.nodes[path[:-1]]
        if not isinstance(last, Decision) or len(self.information_sets[self.information_set_at(path[:-1])].paths) > 1:
            return None
        position = self.players.index(last.player)
        value = self.outcomes[path].payoffs[position]
        rivals = last.actions.values()
        best = all(isinstance(rival, Outcome) and rival.payoffs[position] <= value for rival in rivals)
        return last.player if best else None

    @property
    def joined(self) -> tuple[InformationSet, ...]:
        """The information sets of several decisions."""
        return tuple(s for s in self.information_sets.values() if len(s.paths) > 1)

    def joined_table(self) -> Table:
        """The information sets of several decisions, with the path to each of these."""
        rows = tuple(
            (Cell(s.name if number == 0 else ""), Cell(s.player if number == 0 else ""), Cell(_arrows(path)))
            for s in self.joined
            for number, path in enumerate(s.paths)
        )
        header = ("Information set", "Player", "Joins the decisions after")
        return Table(header, rows, caption="Decisions that their player cannot tell apart.")

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """One row for each information set of an equilibrium: what is chosen there, marked where the play passes.

        The payoffs stand in its first row; beliefs, where the concept has them, at each information set.
        """
        believing = any(played.beliefs for played in found)
        rows, written = [], style(found)
        for position, played in enumerate(found):
            passed = [reached.path for reached in played.outcomes]
            paid = [written(played.payoffs[player]) for player in self.players]
            if not played.strategies:
                rows.append((Cell(str(position + 1)), Cell(""), Cell("(nobody chooses)"), *map(Cell, paid)))
            for number, (name, mix) in enumerate(played.strategies.items()):
                paths = self.information_sets[name].paths
                on_path = any(path[: len(node)] == node for path in passed for node in paths)
                first = number == 0
                row = [*first_row([str(position + 1)], first), Cell(name), Cell(mixture(mix, written), marked=on_path)]
                row += first_row(paid, first)
                if believing:
                    held = played.beliefs.get(name, {})
                    row.append(Cell("; ".join(f"{written(w)} {' → '.join(path)}" for path, w in held.items())))
                rows.append(tuple(row))
        header = ("", "Information set", "chooses", *payoff_columns(self.players), *(["beliefs"] if believing else []))
        numeric = frozenset(range(3, 3 + len(self.players)))
        note = PASSED if any(cell.marked for row in rows for cell in row) else ""
        return Table(header, tuple(rows), labels=2, numeric=numeric, caption=caption, note=note)

    def __repr__(self) -> str:
        shown = self.table().text()
        return f"{shown}\n\n{self.joined_table().text()}" if self.joined else shown

    def _repr_html_(self) -> str:
        return self.table().html() + (self.joined_table().html() if self.joined else "")


def following(node: Node) -> list[tuple[str, Node]]:
    """Each action or chance event at ``node`` with the node that it leads to; none at an outcome."""
    match node:
        case Decision(actions=actions):
            return list(actions.items())
        case Chance(events=events):
            return [(event, child) for event, (_, child) in events.items()]
    return []


def _place(path: Path) -> str:
    return f"after {', '.join(path)}" if path else "at the start"


def _name(node: Decision, path: Path) -> str:
    return f"{node.player} {_place(path)}" if node.information_set is None else node.information_set


def _arrows(path: Path) -> str:
    return " → ".join(path) or "(nothing)"


def _checked(root: Node, players: tuple[str, ...]) -> Node:
    """The same tree with its numbers exact, after every check that a single node can fail.

    A large tree has few different lists of labels: each is looked at once, and a message is written when it is needed.
    """
    count = 0
    known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def check(node: Node, path: Path) -> Node:
        nonlocal count
        count += 1
        if len(path) > DEEPEST:
            raise InputError(f"the tree is deeper than {DEEPEST} moves")
        if count > MOST_NODES:
            raise InputError(f"the tree has more than {MOST_NODES} nodes")
        match node:
            case Outcome():
                return _checked_outcome(node, players, path)
            case Decision(player=player, actions=actions, information_set=name):
                if player not in players:
                    raise InputError(f"{quoted(player)} chooses {_place(path)}, but the players are {listed(players)}")
                if name is not None:
                    labels([name], f"the name of the information set {_place(path)}")
                own = steps(actions, "actions", path)
                return Decision(player, {a: check(actions[a], (*path, a)) for a in own}, name)
            case Chance(events=events):
                checked = {}
                for event in steps(events, "chance events", path):
                    probability, child = _checked_event(event, events[event], path)
                    checked[event] = (probability, check(child, (*path, event)))
                _check_probabilities([probability for probability, _ in checked.values()], _place(path))
                return Chance(checked)
        raise InputError(f"{quoted(node)} {_place(path)} is neither an Outcome nor a Decision nor a Chance")

    def steps(given: object, what: str, path: Path) -> tuple[str, ...]:
        if not isinstance(given, Mapping):
            raise InputError(
                f"the {what} {_place(path)} are {quoted(given)}; give a dictionary from each label to what follows"
            )
        own = tuple(given)
        if own not in known:
            known[own] = labels(own, f"the list of {what} {_place(path)}")
        return known[own]

    return check(root, ())


def _checked_outcome(node: Outcome, players: tuple[str, ...], path: Path) -> Outcome:
    payoffs = node.payoffs
    if isinstance(payoffs, str) or not isinstance(payoffs, Sequence):
        raise InputError(f"the payoffs of the outcome {_place(path)} are {quoted(payoffs)}, which is no list")
    if len(payoffs) != len(players):
        raise InputError(f"the outcome {_place(path)} has {len(payoffs)} payoffs; {len(players)} players need as many")
    if type(payoffs) is tuple and all(type(value) in (int, Fraction) for value in payoffs):
        return node
    named = zip(players, payoffs, strict=True)
    return Outcome(tuple(entry(value, f"the payoff of {player} {_place(path)}") for player, value in named))


def _checked_event(event: str, pair: object, path: Path) -> tuple[Entry, Node]:
    if not (isinstance(pair, tuple) and len(pair) == 2):
        raise InputError(f"the event {quoted(event)} {_place(path)} must have a probability and what follows")
    return entry(pair[0], f"the probability of {event} {_place(path)}"), pair[1]


def _check_probabilities(probabilities: list[Entry], where: str) -> None:
    if any(hasattr(probability, "free_symbols") for probability in probabilities):
        return
    for probability in probabilities:
        if not 0 <= probability <= 1:
            raise InputError(
                f"a chance move {where} has the probability {brief(probability)}, which is not between 0 and 1"
            )
    if (total := sum(probabilities)) != 1:
        raise InputError(f"the probabilities of the chance move {where} sum to {brief(total)}; they must sum to 1")


def _numbers(node: Node) -> list[Entry]:
    match node:
        case Decision(actions=actions):
            return [number for child in actions.values() for number in _numbers(child)]
        case Chance(events=events):
            return [number for weight, child in events.values() for number in (weight, *_numbers(child))]
    return list(node.payoffs)


def _filled(node: Node, numbers: Iterator[Entry]) -> Node:
    match node:
        case Outcome(payoffs=payoffs):
            return Outcome(tuple(next(numbers) for _ in payoffs))
        case Decision(player=player, actions=actions, information_set=name):
            return Decision(player, {a: _filled(child, numbers) for a, child in actions.items()}, name)
        case Chance(events=events):
            return Chance({e: (next(numbers), _filled(child, numbers)) for e, (_, child) in events.items()})


def _named(node: Node, path: Path, game: ExtensiveGame) -> Node:
    """The subtree at ``path`` with every information set named as in the whole game."""
    match node:
        case Decision(player=player, actions=actions):
            children = {a: _named(child, (*path, a), game) for a, child in actions.items()}
            return Decision(player, children, game.information_set_at(path))
        case Chance(events=events):
            return Chance({e: (p, _named(child, (*path, e), game)) for e, (p, child) in events.items()})
    return node


def _values(node: Node) -> list[tuple[Any, ...]]:
    """What may be paid in expectation once play has come to the node, at most `MOST_VALUES` of it."""
    if isinstance(node, Outcome):
        return [node.payoffs]
    if isinstance(node, Decision):
        every = (values for child in node.actions.values() for values in _values(child))
        return list(islice(dict.fromkeys(every), MOST_VALUES))
    weights = [weight for weight, _ in node.events.values()]
    below = [_values(child) for _, child in node.events.values()]
    drawn = (
        tuple(sum(w * paid[k] for w, paid in zip(weights, chosen, strict=True)) for k in range(len(chosen[0])))
        for chosen in islice(product(*below), MOST_VALUES)
    )
    return list(dict.fromkeys(drawn))
