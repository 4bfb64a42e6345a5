"""Counts on how many random draws the solved trees differ from the closed forms of the two models of the case.

``python benchmarks/region_draws.py retaliation 50000 1`` runs 50,000 draws with seed 1 and prints one line of JSON. The
draws and the closed forms are those of the tests, read from the test files.
"""

import json
import random
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

TESTS = Path(__file__).parents[1] / "tests" / "games"
PAIRWISE_EVERY = 10
"""Every how many draws of the partition the divisions are also compared two by two, which takes two more trees."""


def loaded(path: Path) -> ModuleType:
    """The test module at ``path``; the tests are no package, so that it cannot be imported by name."""
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mismatches(model: str, count: int, seed: int) -> dict[str, int]:
    """How many draws were made, how many statements compared, and how many came out differently."""
    rng = random.Random(seed)
    compared = wrong = 0
    if model == "retaliation":
        law = loaded(TESTS / "sanctions" / "test_retaliation.py")
    else:
        law = loaded(TESTS / "territory" / "test_partition.py")
    for number in range(count):
        if model == "retaliation":
            statements = list(law.compared(law.drawn(rng, payment=number % 2 == 1)))
        else:
            values = law.drawn(rng)
            statements = list(law.compared(values))
            if number % PAIRWISE_EVERY == 0:
                statements += law.compared_pairwise(values)
        compared += len(statements)
        wrong += sum(statement.formula != statement.tree for statement in statements)
    return {"draws": count, "statements": compared, "mismatches": wrong}


if __name__ == "__main__":
    print(json.dumps(mismatches(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
