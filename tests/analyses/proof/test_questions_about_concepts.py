"""Questions about the cases of every concept at the numbers of a game, against each of its cases asked by itself."""

import random
from fractions import Fraction
from itertools import islice

import pytest

from analyses.proof.questions import at_point
from games.cases import Cases
from games.solvers.concept import Concept
from games.terms import Condition, Poly, Taken, above
from laws.cases_at import Posed
from laws.test_case_laws import DEFINED, FEW, written

SEED = 1931
MOST_CASES = 64


def truly(cases: Cases, condition: Condition) -> bool:
    """Whether some case can hold with the condition."""
    posed = Posed(cases)
    found = (posed.find(*(Taken(*each) for each in taken.items()), condition) for taken in cases.expanded())
    return any(each is not None for each in found)


@pytest.mark.untraced
@pytest.mark.parametrize("concept", DEFINED, ids=lambda concept: concept.name)
def test_answers_are_those_of_all_cases_one_by_one(concept: Concept) -> None:
    rng = random.Random(SEED)
    seen = 0
    for game in FEW:
        cases = written(concept, game)
        if cases is None or seen == 4 or len(list(islice(cases.expanded(), MOST_CASES + 1))) > MOST_CASES:
            continue
        values = [value for value in cases.values.values() if isinstance(value, Poly) and value.constant is None]
        asked = above(rng.choice(values), Fraction(1, 2)) if values else True
        try:
            expected = truly(cases, asked)
        except TimeoutError:
            continue
        assert at_point(cases, {}).ask(asked).found is expected, (game, asked)
        seen += 1
    assert seen
