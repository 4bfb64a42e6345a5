"""Stability of the prisoner's dilemma, Chicken and the Elmira conflict in graph form.

Fang, Hipel & Kilgour (1993), Interactive Decision Making; Hipel, Kilgour, Fang & Peng (1997), Applied Mathematics and
Computation 83. Elmira: the Ministry (M) may modify its order to clean up, Uniroyal (U) may delay, accept or abandon
its plant, the local government (L) may insist on the order; preferences from the most to the least preferred state.
"""

import pytest

from games import solve
from games.forms.graph_model import GraphModel, reachable

CONCEPTS = ("nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable")


def two_by_two(first: dict[str, int], second: dict[str, int]) -> GraphModel:
    """The states CC, CD, DC, DD of a 2×2 game; each side can change its own letter at any time."""
    other = {"C": "D", "D": "C"}
    return GraphModel(
        {state: (first[state], second[state]) for state in first},
        {
            "One": {state: (other[state[0]] + state[1],) for state in first},
            "Other": {state: (state[0] + other[state[1]],) for state in first},
        },
    )


DILEMMA = two_by_two({"CC": 3, "CD": 1, "DC": 4, "DD": 2}, {"CC": 3, "CD": 4, "DC": 1, "DD": 2})
CHICKEN = two_by_two({"CC": 3, "CD": 2, "DC": 4, "DD": 1}, {"CC": 3, "CD": 4, "DC": 2, "DD": 1})


def ranked(*best_first: int) -> dict[int, int]:
    return {state: -place for place, state in enumerate(best_first)}


PREFERENCES = (
    ranked(7, 3, 4, 8, 5, 1, 2, 6, 9),
    ranked(1, 4, 8, 5, 9, 3, 7, 2, 6),
    ranked(7, 3, 5, 1, 8, 6, 4, 2, 9),
)
MODIFY = {1: (2,), 3: (4,), 5: (6,), 7: (8,)}
ANSWER = {1: (3, 9), 2: (4, 9), 3: (9,), 4: (9,), 5: (7, 9), 6: (8, 9), 7: (9,), 8: (9,)}
INSIST = {1: (5,), 2: (6,), 3: (7,), 4: (8,), 5: (1,), 6: (2,), 7: (3,), 8: (4,)}
ELMIRA = GraphModel(
    {str(state): tuple(order[state] for order in PREFERENCES) for state in range(1, 10)},
    {
        name: {str(start): tuple(map(str, targets)) for start, targets in arcs.items()}
        for name, arcs in (("M", MODIFY), ("U", ANSWER), ("L", INSIST))
    },
)


def stable(game: GraphModel, concept: str) -> set[str]:
    answer = solve(game, concept)
    assert answer.complete
    return {equilibrium.outcomes[0].path[0] for equilibrium in answer}


@pytest.mark.parametrize(
    ("game", "expected"),
    [
        (DILEMMA, ({"DD"}, {"CC", "DD"}, {"CC", "DD"}, {"CC", "DD"})),
        (CHICKEN, ({"CD", "DC"}, {"CC", "CD", "DC"}, {"CC", "CD", "DC"}, {"CD", "DC"})),
        (ELMIRA, (set("589"), set("14589"), set("14589"), set("589"))),
    ],
    ids=["prisoner's dilemma", "chicken", "Elmira"],
)
def test_stable_states(game: GraphModel, expected: tuple[set[str], ...]) -> None:
    assert tuple(stable(game, concept) for concept in CONCEPTS) == expected


def test_an_abandoned_plant_cannot_be_reopened() -> None:
    assert reachable(ELMIRA, "9") == ("9",)
    assert set(reachable(ELMIRA, "8")) == {"8", "4", "9"}
    assert set(reachable(ELMIRA, "1")) == set("123456789")
