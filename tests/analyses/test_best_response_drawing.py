"""The picture of best responses, and the chapter on a game of continuous choice."""

import pytest
import sympy

from analyses.drawing.best_responses import _responses, draw_best_responses
from analyses.drawing.picture import picture_of
from analyses.reports.contents import chapter
from games import ContinuousGame, InputError, solve
from games.catalog import load

x, y, z = sympy.symbols("x y z")
DUOPOLY = ContinuousGame.of({"A": (x, 0, 1), "B": (y, 0, 1)}, {"A": (1 - x - y) * x, "B": (1 - x - y) * y})


def test_the_same_picture_every_time_and_what_it_shows_in_words() -> None:
    found = solve(DUOPOLY)
    first, again = (draw_best_responses(DUOPOLY, found) for _ in range(2))
    assert (first.svg, first.png) == (again.svg, again.png)
    assert str(first) == "Best responses of A and B; they meet at x = 1/3, y = 1/3."
    assert str(draw_best_responses(DUOPOLY)) == "Best responses of A and B."


def test_what_is_drawn_is_best() -> None:
    """(1 − y)/2 for A, and the mirror image for B; all numbers where a player is indifferent."""
    first, second = _responses(DUOPOLY, 0)
    assert max(abs(first - (1 - second) / 2)) < 0.003
    first, second = _responses(DUOPOLY, 1)
    assert max(abs(second - (1 - first) / 2)) < 0.003
    idle = ContinuousGame.of({"A": (x, 0, 1), "B": (y, 0, 1)}, {"A": 0, "B": y})
    assert len(_responses(idle, 0)[0]) == 401**2


def test_what_cannot_be_drawn_is_refused() -> None:
    three = ContinuousGame.of(
        {"A": (x, 0, 1), "B": (y, 0, 1), "C": (z, 0, 1)}, dict.fromkeys(("A", "B", "C"), x + y + z)
    )
    with pytest.raises(InputError, match="the game has 3"):
        draw_best_responses(three)
    assert picture_of(three, solve(three)) is None
    with pytest.raises(InputError, match="give values to the parameters"):
        draw_best_responses(load("cournot-duopoly").game)  # type: ignore[arg-type]


@pytest.mark.untraced
def test_a_chapter_on_a_game_of_continuous_choice_has_its_picture() -> None:
    drawn = chapter(load("trade-war"))
    assert "best responses" in drawn.figures
    assert drawn.as_json()["form"] == "continuous"
    assert "Tariffs on both sides" in drawn.brief
