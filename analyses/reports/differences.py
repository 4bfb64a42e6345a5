"""Where the models of a case agree and where they differ, and which assumption makes the difference."""

from collections.abc import Iterator, Sequence
from functools import singledispatch

from analyses.arguments import Case, PlainWords
from analyses.reports.chapters import Chapter
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.strategic import StrategicGame


def differences(case: Case, chapters: Sequence[Chapter]) -> Iterator[str]:
    """What the main model assumes, if there are others; and of each of these what it predicts and assumes."""
    main, *others = chapters
    if others:
        yield f"The answer above supposes that {_assumes(case, main)}."
    for other in others:
        said = " or ".join(f"“{outcome}”" for outcome in other.outcomes[:2]) + ("…" if len(other.outcomes) > 2 else "")
        agrees = _agree(main.outcomes, other.outcomes)
        predicted = f"the same, as far as it goes ({said})" if agrees else said or "nothing: no outcome is stable there"
        yield f"“{other.model.title}” predicts {predicted}; it supposes that {_assumes(case, other)}."


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both have one outcome, of which one tells the beginning of the other."""
    if len(one) != 1 or len(other) != 1:
        return tuple(one) == tuple(other)
    return one[0].startswith(other[0]) or other[0].startswith(one[0])


def _assumes(case: Case, chapter: Chapter) -> str:
    words = case.plain.get(chapter.model.name, PlainWords())
    return words.assumes or _play(chapter.game)


@singledispatch
def _play(game: Game) -> str:
    """How a game of this form is played, in plain words."""
    return f"the game is of another form ({game.kind})"


@_play.register
def _(game: StrategicGame) -> str:
    return "all sides choose at once"


@_play.register
def _(game: ExtensiveGame) -> str:
    seen = "and each move is seen" if game.has_perfect_information else "and some moves are hidden"
    return f"one side moves after another, {seen}"


@_play.register
def _(game: RepeatedGame) -> str:
    return "the same is played again and again"


@_play.register
def _(game: GraphModel) -> str:
    return "each side may move on from where things stand, in any order"
