"""Solutions over many exact points, ties among them, as the solver lists each: a part here, all with JUDGED_POINTS."""

import os

import pytest

from analyses.solution import solve_free
from games.catalog import load
from laws.solutions_at import drawn, inside, nash_agrees, plays_agree, tied

pytestmark = pytest.mark.long
MANY = int(os.environ.get("JUDGED_POINTS", "1000"))
"""Points of a whole tree; of the box of two parameters a twentieth, of each of its regions a hundredth."""


def test_draws_of_the_whole_tree_lie_in_the_regions_of_their_plays() -> None:
    solution = solve_free(load("territorial-partition"), "all")
    assert solution.complete
    assert plays_agree(solution, drawn(solution, MANY)) >= MANY
    on_boundaries = list(tied(solution, drawn(solution, MANY // 5)))
    assert len(on_boundaries) > MANY // 20
    assert plays_agree(solution, on_boundaries) > len(on_boundaries)


@pytest.mark.parametrize("free", ["E,beta", "k_F,h_F"])
def test_mixtures_of_the_encounter_are_those_of_the_solver(free: str) -> None:
    solution = solve_free(load("sanction-encounter"), free, concept="nash")
    assert solution.complete
    box = list(drawn(solution, max(MANY // 20, 100)))
    assert nash_agrees(solution, [*box, *tied(solution, box)]) > len(box)
    for region in solution.regions:
        if not region.at_ties:
            assert nash_agrees(solution, inside(solution, region, max(MANY // 100, 20))) >= 20
