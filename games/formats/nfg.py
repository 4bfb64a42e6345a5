"""Games in strategic form in Gambit's ``.nfg`` files.

A file begins ``NFG 1 R`` (or ``D``, which means the same), the title and the players in braces. The strategies follow,
either a list of labels for each player, ``{ { "Up" "Down" } { "Left" "Right" } }``, or their numbers, ``{ 2 2 }``; then
perhaps a comment. The payoffs come last, profile by profile, the first player's strategy changing fastest, in one of
two versions::

    NFG 1 R "Chicken" { "Anna" "Ben" } { 2 2 }     NFG 1 R "Chicken" { "Anna" "Ben" } { 2 2 }
    6 6  7 2  2 7  0 0                             { { "calm" 6, 6 } { "Anna" 7, 2 } { "Ben" 2, 7 } }
                                                   1 2 3 0

In the payoff version each profile has one payoff for each player. In the outcome version a list of outcomes, each
labelled and with its payoffs, precedes one number for each profile: the outcome's position in the list, from 1, or 0
where everyone gets nothing. `games.formats.gambit` says what both kinds of Gambit files share.

Source: Gambit manual, "The strategic game (.nfg) file format", payoff version and outcome version.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from games.errors import InputError
from games.formats.gambit import (
    Heading,
    Tokens,
    braces,
    check_exact,
    comment_lines,
    distinct,
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
from games.forms.game import only_for
from games.forms.strategic import Profile, StrategicGame

if TYPE_CHECKING:
    from games.model import Model

MOST_PAYOFFS = 1_000_000
"""The most payoffs of a file, those of all players together."""

Payoffs: TypeAlias = tuple[Fraction, ...]
"""What each player gets, in the order of the players."""


@reads(".nfg")
def read_nfg(text: str, name: str) -> "Model":
    """The model, called ``name``, of the game that the ``.nfg`` file ``text`` holds.

    >>> text = 'NFG 1 R "Chicken" { "Anna" "Ben" } { 2 2 } 6 6  7 2  2 7  0 0'
    >>> read_nfg(text, "chicken").game.payoff(("2", "1"), "Anna")
    Fraction(7, 1)

    Raises `InputError` naming the line and what was expected there.
    """
    heading, game = strategic_game(text)
    return model(heading, game, name)


def strategic_game(text: str) -> tuple[Heading, StrategicGame]:
    """What `read_nfg` makes a model of: the heading of the file, and its game."""
    tokens = Tokens(text)
    title = read_title(tokens, "NFG", "1")
    players = read_players(tokens)
    given = _read_strategies(tokens, players)
    heading = Heading(title, read_comment(tokens))
    count = prod(map(len, given))
    body = tokens.line
    payoffs = (_read_outcomes if tokens.at("{") else _read_table)(tokens, players, count)
    tokens.end(f"the payoffs of {count} profiles")
    strategies = dict(zip(players, map(distinct, given), strict=True))
    with on_line(body):
        return heading, StrategicGame(strategies, dict(zip(_profiles(strategies), payoffs, strict=True)))


@writes(".nfg")
def to_nfg(model: "Model") -> str:
    """The file of a model in numbers: its game, its title, and its story as the comment; else as `write_nfg`."""
    game = model.game
    only_for("a .nfg file", game, StrategicGame)
    assert isinstance(game, StrategicGame)
    return write_nfg(game, model.title, model.story)


def write_nfg(game: StrategicGame, title: str = "", comment: str = "") -> str:
    """The ``.nfg`` file of an exact ``game``, in the payoff version with labelled strategies, a profile on each line.

    `read_nfg` gives the same game again, within its limits on players and payoffs. Raises `InputError` for formulas,
    and for labels that no such file can hold.

    >>> from games import StrategicGame
    >>> from games.formats.nfg import write_nfg
    >>> print(write_nfg(StrategicGame.bimatrix([[1, "1/2"]], [[0, 2]]), "Two columns").rstrip())
    NFG 1 R "Two columns" { "Row" "Column" }
    { { "1" } { "1" "2" } }
    <BLANKLINE>
    1 0
    1/2 2
    """
    only_for("a .nfg file", game, StrategicGame)
    check_exact(game)
    players = braces(quote(player, "the player") for player in game.players)
    strategies = braces(
        braces(quote(strategy, f"the strategy of {player}") for strategy in own)
        for player, own in game.strategies.items()
    )
    lines = [f"NFG 1 R {quote(title, 'the title')} {players}", strategies, *comment_lines(comment), ""]
    for profile in _profiles(game.strategies):
        payoffs = zip(game.players, game.payoffs[profile], strict=True)
        lines.append(" ".join(written(value, f"a payoff of {player}") for player, value in payoffs))
    return "".join(f"{line}\n" for line in lines)


def _profiles(strategies: Mapping[str, Sequence[str]]) -> Iterator[Profile]:
    """Every profile; the first player's strategy changes fastest."""
    return (backwards[::-1] for backwards in product(*reversed(list(strategies.values()))))


def _read_strategies(tokens: Tokens, players: Sequence[str]) -> list[Sequence[str]]:
    """Each player's strategies as the file labels them, blank where it only counts them."""
    number = tokens.line
    tokens.mark("{", "the strategies of each player")
    labels = [_read_labels(tokens, player) for player in players] if tokens.at("{") else []
    counts = list(map(len, labels)) or [tokens.whole(f"how many strategies {p} has", least=1) for p in players]
    tokens.mark("}", f"the end of the strategies of {len(players)} players")
    if (profiles := prod(counts)) * len(players) > MOST_PAYOFFS:
        raise InputError(
            f"line {number}: the game has {profiles} profiles of {len(players)} payoffs; at most {MOST_PAYOFFS} "
            "payoffs are allowed"
        )
    return labels or [("",) * count for count in counts]


def _read_labels(tokens: Tokens, player: str) -> Sequence[str]:
    tokens.mark("{", f"the strategies of {player}")
    labels = [tokens.label(f"a strategy of {player}")]
    while not tokens.at("}"):
        labels.append(tokens.label(f"a strategy of {player}"))
    tokens.mark("}", f"the end of the strategies of {player}")
    return labels


def _read_table(tokens: Tokens, players: Sequence[str], count: int) -> list[Payoffs]:
    """The payoffs of ``count`` profiles in the payoff version."""
    return [read_payoffs(tokens, players, f" in profile {number} of {count}") for number in range(1, count + 1)]


def _read_outcomes(tokens: Tokens, players: Sequence[str], count: int) -> list[Payoffs]:
    """The payoffs of ``count`` profiles in the outcome version."""
    outcomes: list[Payoffs] = [(Fraction(0),) * len(players)]
    tokens.mark("{", "the list of outcomes")
    while not tokens.at("}"):
        tokens.mark("{", "an outcome, or } at the end of the list of outcomes")
        tokens.text("the label of an outcome")
        outcomes.append(read_payoffs(tokens, players, f" in outcome {len(outcomes)}"))
        tokens.mark("}", f"the end of outcome {len(outcomes) - 1}, which has {len(players)} payoffs")
    tokens.mark("}", "the end of the list of outcomes")
    found = []
    for number in range(1, count + 1):
        line = tokens.line
        outcome = tokens.whole(f"the outcome of profile {number} of {count}", least=0)
        if outcome >= len(outcomes):
            raise InputError(f"line {line}: there is no outcome {outcome}; the file lists {len(outcomes) - 1}")
        found.append(outcomes[outcome])
    return found
