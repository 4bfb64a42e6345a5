"""Games in extensive form in Gambit's ``.efg`` files.

A file begins ``EFG 2 R`` (or ``D``, which means the same), the title, the players in braces and perhaps a comment. Then
the nodes follow, each before its children and these from the first action to the last. A node begins with its kind
and a quoted name, which may be blank and is not kept; what else it has depends on the kind:

- ``p``, a decision: the number of the player (from 1), the number of the information set among that player's, its name
  and its actions, then an outcome;
- ``c``, a chance move: its number among the chance moves, its name, each event with its probability, then an outcome;
- ``t``, a leaf: an outcome.

An outcome is its number, a name and the payoffs in braces, or 0, where nobody gets anything. Names, actions, events and
payoffs are given where a number first appears; a later mention may leave them out, but not change them. An outcome at
a node with children pays everyone who comes through: a leaf of the game has the sum of the payoffs on its path. ::

    EFG 2 R "A bet on a coin" { "Anna" "Ben" }
    p "" 1 1 "offer" { "pass" "bet" } 0
    t "" 0
    c "toss" 1 "" { "heads" 1/2 "tails" 1/2 } 0
    p "" 2 1 "call" { "yes" "no" } 0
    t "" 1 "won" { 1, -1 }
    t "" 2 "unsettled" { 0, 0 }
    p "" 2 1 0
    t "" 3 "lost" { -1, 1 }
    t "" 2

An information set keeps its name if no other set has it. A set that shares its name is called ``name (Anna, set 2)``;
one without a name is named after the path to it if it has a single decision (and no other name would read alike),
else ``Anna, set 2``. `games.formats.gambit` says what both kinds of Gambit files share.

Source: Gambit manual, "The extensive game (.efg) file format".
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, final

from games.errors import InputError, listed
from games.exact import brief
from games.formats.gambit import (
    Heading,
    Tokens,
    braces,
    check_exact,
    comment_lines,
    distinct,
    free,
    model,
    on_line,
    quote,
    read_comment,
    read_payoffs,
    read_players,
    read_title,
    written,
)
from games.formats.suffixes import reads, writes
from games.forms.extensive import DEEPEST, MOST_NODES, Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.forms.game import only_for

if TYPE_CHECKING:
    from games.model import Model

MOST_BITS = 4_096
"""The longest payoff that may add up along a path."""

Payoffs: TypeAlias = tuple[Fraction, ...]
"""What each player gets, in the order of the players."""


@reads(".efg")
def read_efg(text: str, name: str) -> "Model":
    """The model, called ``name``, of the game that the ``.efg`` file ``text`` holds.

    >>> text = 'EFG 2 R "One move" { "Anna" } p "" 1 1 "" { "stay" "go" } 0 t "" 1 "" { 1 } t "" 2 "" { 2 }'
    >>> read_efg(text, "one move").game.outcomes[("go",)].payoffs
    (Fraction(2, 1),)

    Raises `InputError` naming the line and what was expected there.
    """
    heading, game = extensive_game(text)
    return model(heading, game, name)


def extensive_game(text: str) -> tuple[Heading, ExtensiveGame]:
    """What `read_efg` makes a model of: the heading of the file, and its game."""
    tokens = Tokens(text)
    title = read_title(tokens, "EFG", "2")
    players = read_players(tokens)
    heading = Heading(title, read_comment(tokens))
    body = tokens.line
    nodes = _Reader(tokens, players).nodes()
    tokens.end("the last node of the tree")
    with on_line(body):
        try:
            return heading, ExtensiveGame(players, _tree(nodes, _names(nodes, by_path=True)))
        except InputError:
            # Two paths can read alike: the action "a, b", and the action "a" followed by "b".
            return heading, ExtensiveGame(players, _tree(nodes, _names(nodes, by_path=False)))


@writes(".efg")
def to_efg(model: "Model") -> str:
    """The file of a model in numbers: its game, its title, and its story as the comment; else as `write_efg`."""
    game = model.game
    only_for("a .efg file", game, ExtensiveGame)
    assert isinstance(game, ExtensiveGame)
    return write_efg(game, model.title, model.story)


def write_efg(game: ExtensiveGame, title: str = "", comment: str = "") -> str:
    """The ``.efg`` file of an exact ``game``: a node on each line, payoffs at leaves only, every mention in full.

    `read_efg` gives the same game again, within its limit on players. Decisions of one information set list their
    actions in the same order, that of the first. Raises `InputError` for formulas, and for labels that no such file
    can hold.
    """
    only_for("a .efg file", game, ExtensiveGame)
    check_exact(game)
    players = braces(quote(player, "the player") for player in game.players)
    lines = [f"EFG 2 R {quote(title, 'the title')} {players}", *comment_lines(comment), "", *_lines(game)]
    return "".join(f"{line}\n" for line in lines)


def _lines(game: ExtensiveGame) -> Iterator[str]:
    """Every node of the tree."""
    numbers: dict[str, int] = {}
    of_player: Counter[str] = Counter()
    for name, information_set in game.information_sets.items():
        of_player[information_set.player] += 1
        numbers[name] = of_player[information_set.player]
    last: Counter[type[Node]] = Counter()

    def follow(node: Node, path: Path) -> Iterator[str]:
        last[type(node)] += 1
        match node:
            case Outcome(payoffs=payoffs):
                shown = [written(v, f"the payoff of {p}") for p, v in zip(game.players, payoffs, strict=True)]
                yield f't "" {last[Outcome]} "" {{ {", ".join(shown)} }}'
            case Chance(events=events):
                shown = [f"{quote(e, 'the event')} {written(p, 'a probability')}" for e, (p, _) in events.items()]
                yield f'c "" {last[Chance]} "" {braces(shown)} 0'
                for event, (_, child) in events.items():
                    yield from follow(child, (*path, event))
            case Decision(player=player, actions=actions, information_set=given):
                name = game.information_set_at(path)
                order = game.information_sets[name].actions
                shown = [quote(action, "the action") for action in order]
                label = quote(given or "", "the information set")
                yield f'p "" {game.players.index(player) + 1} {numbers[name]} {label} {braces(shown)} 0'
                for action in order:
                    yield from follow(actions[action], (*path, action))

    return follow(game.root, ())


@dataclass(frozen=True)
class _Move:
    """An information set, or a chance move, which has probabilities and no player, as the file first mentions it."""

    player: str
    number: int
    line: int
    name: str
    given: tuple[str, ...]
    labels: tuple[str, ...]
    probabilities: tuple[Fraction, ...]

    @property
    def key(self) -> tuple[str, int]:
        return self.player, self.number

    def __str__(self) -> str:
        return f"information set {self.number} of {self.player}" if self.player else f"chance move {self.number}"


@dataclass
class _Branch:
    """A node some of whose children are still to be read, and what its path has paid so far."""

    left: int
    paid: Payoffs


@final
class _Reader:
    """Reads the nodes of a file, remembering the information sets and the outcomes it has met."""

    def __init__(self, tokens: Tokens, players: Sequence[str]) -> None:
        self._tokens = tokens
        self._players = players
        self._moves: dict[tuple[str, int], _Move] = {}
        self._outcomes: dict[int, Payoffs] = {0: (Fraction(0),) * len(players)}

    def nodes(self) -> list[_Move | Outcome]:
        """Every node of the tree, parents before their children."""
        found: list[_Move | Outcome] = []
        path: list[_Branch] = []
        while path or not found:
            line = self._tokens.line
            if len(found) == MOST_NODES:
                raise InputError(f"line {line}: the tree has more than {MOST_NODES} nodes")
            kind = self._tokens.word(("p", "c", "t"), f"node {len(found) + 1} of the tree")
            self._tokens.text("the name of the node")
            paid = self._outcomes[0]
            if path:
                path[-1].left -= 1
                paid = path[-1].paid
            if kind == "t":
                found.append(Outcome(self._sum(paid, line)))
                while path and not path[-1].left:
                    path.pop()
            else:
                if len(path) == DEEPEST:
                    raise InputError(f"line {line}: the tree is deeper than {DEEPEST} moves")
                move = self._move(kind)
                found.append(move)
                path.append(_Branch(len(move.labels), self._sum(paid, line)))
        return found

    def _sum(self, paid: Payoffs, line: int) -> Payoffs:
        """What the path has paid so far and the outcome that comes next in the file."""
        payoffs = self._outcome()
        if not any(payoffs):
            return paid
        total = tuple([before + now for before, now in zip(paid, payoffs, strict=True)])
        if any(max(abs(t.numerator), t.denominator).bit_length() > MOST_BITS for t in total):
            raise InputError(f"line {line}: the payoffs on the path to this node add up to a number that is too long")
        return total

    def _outcome(self) -> Payoffs:
        tokens = self._tokens
        line = tokens.line
        number = tokens.whole("the number of an outcome", least=0)
        described = tokens.at_text() or tokens.at("{")
        if number == 0 and described:
            tokens.refuse("the next node, as outcome 0 has neither name nor payoffs")
        if tokens.at_text():
            tokens.text("the name of the outcome")
        known = self._outcomes.get(number)
        if known and not tokens.at("{"):
            return known
        tokens.mark("{", f"the payoffs of outcome {number}, which is new")
        payoffs = read_payoffs(tokens, self._players, f" in outcome {number}")
        tokens.mark("}", f"the end of outcome {number}, which has {len(self._players)} payoffs")
        if known not in (None, payoffs):
            raise InputError(f"line {line}: outcome {number} has other payoffs here than where it first appears")
        self._outcomes[number] = payoffs
        return payoffs

    def _move(self, kind: str) -> _Move:
        """The information set or the chance move of a node, which this may be the first to mention."""
        tokens = self._tokens
        line = tokens.line
        player = ""
        if kind == "p":
            position = tokens.whole("the number of a player", least=1)
            if position > len(self._players):
                raise InputError(f"line {line}: there is no player {position}; the file names {len(self._players)}")
            player = self._players[position - 1]
        number = tokens.whole(f"the number of {'an information set' if player else 'a chance move'}", least=1)
        name = tokens.label("the name of the information set") if tokens.at_text() else ""
        known = self._moves.get((player, number))
        move = known if known and not tokens.at("{") else self._described(player, number, name)
        if known is None:
            self._moves[move.key] = move
            return move
        if (known.given, known.probabilities) != (move.given, move.probabilities):
            raise InputError(
                f"line {line}: {known} has {_shown(move)} here, but {_shown(known)} where it first appears, on line "
                f"{known.line}"
            )
        if name.strip() and name != known.name:
            raise InputError(f"line {line}: {known} has another name here than where it first appears")
        return known

    def _described(self, player: str, number: int, name: str) -> _Move:
        tokens = self._tokens
        line = tokens.line
        tokens.mark("{", f"the {'actions' if player else 'events'}, as the number is new")
        given: list[str] = []
        probabilities: list[Fraction] = []
        while not tokens.at("}") or not given:
            given.append(tokens.label("an action" if player else "an event"))
            if not player:
                probabilities.append(tokens.number("the probability of the event"))
        tokens.mark("}", "the end of the list")
        if probabilities and (min(probabilities) < 0 or sum(probabilities) != 1):
            shown = ", ".join(map(brief, probabilities[:30]))
            raise InputError(
                f"line {line}: the probabilities are {shown}, with the sum {brief(sum(probabilities))}; "
                "they must not be negative and must sum to 1"
            )
        return _Move(player, number, line, name, tuple(given), distinct(given), tuple(probabilities))


def _shown(move: _Move) -> str:
    weights = f" with the probabilities {', '.join(map(brief, move.probabilities[:30]))}" if not move.player else ""
    return f"{'the actions' if move.player else 'the events'} {listed(move.given)}{weights}"


def _names(nodes: Sequence[_Move | Outcome], by_path: bool) -> Mapping[tuple[str, int], str | None]:
    """The name of each information set; None where the game names it by its path, if that is allowed."""
    decisions = [node for node in nodes if isinstance(node, _Move) and node.player]
    count = Counter(move.key for move in decisions)
    sets = {move.key: move for move in decisions}
    given = Counter(move.name for move in sets.values() if move.name.strip())
    taken = set(given)
    names: dict[tuple[str, int], str | None] = {}
    for key, move in sets.items():
        plain = f"{move.player}, set {move.number}"
        if given[move.name] == 1:
            names[key] = move.name
        elif by_path and not given[move.name] and count[key] == 1:
            names[key] = None
        else:
            names[key] = name = free(f"{move.name} ({plain})" if given[move.name] else plain, taken)
            taken.add(name)
    return names


def _tree(nodes: Sequence[_Move | Outcome], names: Mapping[tuple[str, int], str | None]) -> Node:
    """The tree whose ``nodes`` are given parents first: built from the last, so without recursion."""
    built: list[Node] = []
    for node in reversed(nodes):
        if isinstance(node, Outcome):
            built.append(node)
            continue
        children = [(label, built.pop()) for label in node.labels]
        if node.player:
            built.append(Decision(node.player, dict(children), names[node.key]))
        else:
            chances = zip(children, node.probabilities, strict=True)
            built.append(Chance({label: (probability, child) for (label, child), probability in chances}))
    return built.pop()
