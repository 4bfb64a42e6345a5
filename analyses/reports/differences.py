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
    """A sentence for each further model: what it predicts, and what it assumes otherwise."""
    main = chapters[0]
    for other in chapters[1:]:
        said = " or ".join(f"“{outcome}”" for outcome in other.outcomes[:2]) + ("…" if len(other.outcomes) > 2 else "")
        there = f"There {_assumes(case, other)}"
        if _agree(main.outcomes, other.outcomes):
            yield f"“{other.model.title}” predicts the same, as far as it goes ({said}). {there}."
        else:
            yield f"“{other.model.title}” predicts {said}. {there}; in the answer above {_assumes(case, main)}."


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
