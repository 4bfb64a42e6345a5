"""The picture of a bargaining problem."""

import pytest

from analyses.drawing.bargaining import draw_problem
from analyses.drawing.picture import picture_of
from games import AlternatingOffers, BargainingProblem, InputError, solve

POINTS = BargainingProblem({"A": 0, "B": 1}, {"x": (4, 0), "y": (2, 3), "z": (0, 4), "inside $1": (1, 2)})
CURVE = BargainingProblem.along({"A": "1 - t**2", "B": "t"}, {"A": 0, "B": 0})


def test_the_same_picture_every_time_and_what_it_shows_in_words() -> None:
    first, again = (draw_problem(POINTS, solve(POINTS)) for _ in range(2))
    assert (first.svg, first.png) == (again.svg, again.png)
    assert str(first) == "Bargaining problem of A, B with 4 points; solution: A 2, B 3."
    assert str(draw_problem(CURVE)) == "Bargaining problem of A, B with a frontier."


@pytest.mark.parametrize("game", [POINTS, CURVE])
def test_it_is_the_picture_of_the_form(game: BargainingProblem) -> None:
    named = picture_of(game, solve(game, "kalai-smorodinsky"))
    assert named is not None
    assert named[0] == "bargaining"
    assert len(named[1].svg) > 5_000


def test_what_cannot_be_drawn() -> None:
    three = BargainingProblem(dict.fromkeys("ABC", 0), {"x": (1, 1, 1)})
    assert picture_of(three, solve(three)) is None
    with pytest.raises(InputError, match="is drawn for two players"):
        draw_problem(three)
    talks = AlternatingOffers(("A", "B"), {"A": "1/2", "B": "1/2"})
    assert picture_of(talks, solve(talks)) is None
