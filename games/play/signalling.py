"""Signalling games: one player knows its type and sends a message, another sees the message alone and answers.

Chance draws the type; a message may also end the game. Source: Spence (1973), Quarterly Journal of Economics 87; Cho &
Kreps (1987), Quarterly Journal of Economics 102, section I.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from games.errors import InputError, listed, quoted
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.forms.game import Game
from games.play.payoffs import Strategies

ENDS = ""
"""Stands for the answer to a message that ends the game."""

WANTED = "it begins with a chance move that draws the type of one player, who knows it and sends a message"
"""How a signalling game begins."""


@dataclass(frozen=True)
class Signalling:
    """The parts of a signalling game.

    ``prior``: the probability of each type. ``knows``: the information set of each type, of the player ``informed``.
    ``sees``: the information set of ``uninformed`` after each message that does not end the game. ``paid``: by type and
    message that it can send, what each answer pays the informed and the uninformed.
    """

    informed: str
    uninformed: str | None
    prior: Mapping[str, Fraction]
    knows: Mapping[str, str]
    sees: Mapping[str, str]
    paid: Mapping[tuple[str, str], Mapping[str, tuple[Fraction, Fraction]]]

    @property
    def messages(self) -> tuple[str, ...]:
        """Every message that some type can send, as the tree meets them."""
        return tuple(dict.fromkeys(message for _, message in self.paid))

    def senders(self, message: str) -> tuple[str, ...]:
        """The types that can send a message."""
        return tuple(kind for kind in self.prior if (kind, message) in self.paid)

    def answers(self, message: str) -> tuple[str, ...]:
        """The answers to a message."""
        return tuple(self.paid[self.senders(message)[0], message])

    def sent(self, strategies: Strategies) -> Mapping[str, Mapping[str, Fraction]]:
        """By type, the messages that it sends and how probably."""
        return {
            kind: {message: Fraction(odds) for message, odds in strategies[name].items() if odds}
            for kind, name in self.knows.items()
        }


def signalling_game(game: Game) -> Signalling:
    """The parts of a tree that is a signalling game, or of a game that is short for one.

    Raises `InputError`, saying what does not fit, for any other game.
    """
    tree = game.written_out
    if not isinstance(tree, ExtensiveGame):
        raise InputError(f"{game.kind} is no signalling game; give a tree that is one: {WANTED}")
    root = tree.root
    if not isinstance(root, Chance):
        who = f"{root.player} chooses first" if isinstance(root, Decision) else "nothing happens"
        raise InputError(f"this is no signalling game: {who}; {WANTED}")
    informed, knows = _informed(tree, root)
    sees = _seen(tree, informed, root)
    uninformed = next((tree.information_sets[name].player for name in sees.values()), None)
    paid = {
        (kind, message): _paid(tree, node, (kind, message), informed, uninformed)
        for kind, (_, choice) in root.events.items()
        if isinstance(choice, Decision)
        for message, node in choice.actions.items()
    }
    prior = {kind: Fraction(odds) for kind, (odds, _) in root.events.items()}
    return Signalling(informed, uninformed, prior, knows, sees, paid)


def _informed(tree: ExtensiveGame, root: Chance) -> tuple[str, dict[str, str]]:
    """Who knows the type, and the information set of each type."""
    knows: dict[str, str] = {}
    players: dict[str, None] = {}
    for kind, (odds, choice) in root.events.items():
        if not isinstance(choice, Decision):
            raise InputError(f"this is no signalling game: nobody sends a message after {quoted(kind)}; {WANTED}")
        if odds == 0:
            raise InputError(f"the type {quoted(kind)} of this signalling game has probability 0; leave it out")
        knows[kind] = tree.information_set_at((kind,))
        players[choice.player] = None
        if len(tree.information_sets[knows[kind]].paths) > 1:
            raise InputError(
                f"this is no signalling game: at {quoted(knows[kind])} {choice.player} does not know whether "
                f"{quoted(kind)} was drawn; {WANTED}"
            )
    if len(players) > 1:
        raise InputError(f"this is no signalling game: {listed(players)} move after the first chance move; {WANTED}")
    return next(iter(players)), knows


def _seen(tree: ExtensiveGame, informed: str, root: Chance) -> dict[str, str]:
    """The information set after each message that does not end the game."""
    sees: dict[str, str] = {}
    ends: dict[str, bool] = {}
    for kind, (_, choice) in root.events.items():
        assert isinstance(choice, Decision)
        for message, node in choice.actions.items():
            answered = isinstance(node, Decision)
            if ends.setdefault(message, not answered) is answered:
                raise InputError(
                    f"this is no signalling game: {quoted(message)} is answered after some types and not after others"
                )
            if isinstance(node, Decision):
                name = tree.information_set_at((kind, message))
                if node.player == informed:
                    raise InputError(f"this is no signalling game: {informed} moves again after {quoted(message)}")
                if sees.setdefault(message, name) != name:
                    raise InputError(
                        f"this is no signalling game: after {quoted(message)} {node.player} tells types apart, at "
                        f"{listed([sees[message], name])}; it must see the message alone"
                    )
    if len({tree.information_sets[name].player for name in sees.values()}) > 1:
        raise InputError("this is no signalling game: messages are answered by different players; there must be one")
    for message, name in sees.items():
        others = [path for path in tree.information_sets[name].paths if path[1:] != (message,)]
        if others:
            raise InputError(
                f"this is no signalling game: at {quoted(name)} the message {quoted(message)} is not told from "
                f"{quoted(others[0][-1])}; all but the type must be seen"
            )
    return sees


def _paid(
    tree: ExtensiveGame, node: Node, path: tuple[str, str], informed: str, uninformed: str | None
) -> dict[str, tuple[Fraction, Fraction]]:
    """What each answer pays the two."""
    positions = [tree.players.index(who) if who is not None else None for who in (informed, uninformed)]
    following = node.actions if isinstance(node, Decision) else {ENDS: node}
    result = {}
    for answer, end in following.items():
        worth = _worth(end, (*path, *([answer] if answer else [])), len(tree.players))
        first, second = (worth[k] if k is not None else Fraction(0) for k in positions)
        result[answer] = first, second
    # In the order of the information set, which decisions of one set may list differently.
    order = tree.information_sets[tree.information_set_at(path)].actions if isinstance(node, Decision) else (ENDS,)
    return {answer: result[answer] for answer in order}


def _worth(node: Node, path: tuple[str, ...], players: int) -> tuple[Fraction, ...]:
    """What each player gets on average where chance alone moves."""
    match node:
        case Outcome(payoffs=payoffs):
            return tuple(map(Fraction, payoffs))
        case Chance(events=events):
            each = [(Fraction(odds), _worth(child, path, players)) for odds, child in events.values()]
            return tuple(sum((odds * worth[k] for odds, worth in each), Fraction(0)) for k in range(players))
    raise InputError(f"this is no signalling game: {node.player} chooses after {listed(path)}; the answer must end it")


def signalling_kind(game: Game, strategies: Strategies) -> str:
    """What the messages say of the type, in a word, given the strategies of a signalling game.

    "separating": everything, since no message is sent by two types. "pooling": nothing, since all types send the same
    with the same probabilities. "partially pooling" (semi-separating): something, and no type mixes. "hybrid":
    something, and some type mixes. Where there is one type, there is nothing to tell and it is "pooling".

    >>> from games import Chance, Decision, ExtensiveGame, Outcome, solve
    >>> from games.play.signalling import signalling_kind
    >>> def sender(likes):
    ...     def act(name):
    ...         return Decision("Target", {"Yield": Outcome((int(name == likes), 0))}, f"after {name}")
    ...     return Decision("Sender", {name: act(name) for name in ("Arm", "Wait")})
    >>> types = Chance({"Bold": ("1/2", sender("Arm")), "Shy": ("1/2", sender("Wait"))})
    >>> game = ExtensiveGame(("Sender", "Target"), types)
    >>> [signalling_kind(game, found.strategies) for found in solve(game, "perfect-bayesian")]
    ['separating']

    Raises `InputError` for a game that is no signalling game.
    """
    sent = list(signalling_game(game).sent(strategies).values())
    if all(messages == sent[0] for messages in sent):
        return "pooling"
    if all(one.keys().isdisjoint(other) for k, one in enumerate(sent) for other in sent[:k]):
        return "separating"
    return "partially pooling" if all(len(messages) == 1 for messages in sent) else "hybrid"
