"""The minimal sets with a property that every larger set has, too, such as proving a claim or contradicting each other.

The sets of elements are mapped (Liffiton, Previti, Malik & Marques-Silva 2016): one is taken of which nothing is known
yet, as large as possible; if it has the property it is shrunk to a minimal one that has, else it is grown to a maximal
one that has not. Either settles all sets that contain the one, or lie in the other, until none is left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from games.solvers.limits import expired

MOST_SETS = 64
"""The most minimal sets that are listed."""


@dataclass(frozen=True)
class Map:
    """The minimal sets that have the property, and the maximal ones that have not, of the elements 0, 1, 2, ….

    Not ``complete``: the search was cut off, or the property of some set was not found out; ``because`` says which.
    """

    minimal: tuple[frozenset[int], ...]
    maximal: tuple[frozenset[int], ...]
    complete: bool
    because: str = ""


def mapped(count: int, has: Callable[[frozenset[int]], bool | None], most: int = MOST_SETS) -> Map:
    """The map of the sets of ``count`` elements; ``has`` tells of a set whether it has the property, None for unknown.

    A set of which that is not found out counts as one that has not.
    """
    unknown = False
    known: dict[frozenset[int], bool] = {}

    def asked(chosen: frozenset[int]) -> bool:
        nonlocal unknown
        if chosen not in known:
            answer = has(chosen)
            unknown |= answer is None
            known[chosen] = answer is True
        return known[chosen]

    minimal: list[frozenset[int]] = []
    maximal: list[frozenset[int]] = []
    for seed in _unexplored(count, minimal, maximal):
        if asked(seed):
            for k in sorted(seed, reverse=True):
                if asked(seed - {k}):
                    seed -= {k}
            minimal.append(seed)
        else:
            for k in range(count):
                if k not in seed and not asked(seed | {k}):
                    seed |= {k}
            maximal.append(seed)
        if expired() or len(minimal) >= most:
            because = "the time was up" if expired() else f"{most} minimal sets were listed, and no more looked for"
            break
    else:
        because = "some sets could not be decided" if unknown else ""
    order = sorted(minimal, key=lambda each: (len(each), sorted(each)))
    return Map(tuple(order), tuple(sorted(maximal, key=lambda each: (-len(each), sorted(each)))), not because, because)


def _unexplored(count: int, minimal: list[frozenset[int]], maximal: list[frozenset[int]]) -> Iterator[frozenset[int]]:
    """Sets, as large as possible, that contain none of ``minimal`` and lie in none of ``maximal``, which may grow."""
    import z3

    context = z3.Context()
    solver = z3.Optimize(ctx=context)
    switches = [z3.Bool(str(k), context) for k in range(count)]
    for switch in switches:
        solver.add_soft(switch)
    never = z3.BoolVal(False, context)
    seen_minimal = seen_maximal = 0
    while True:
        for each in minimal[seen_minimal:]:
            solver.add(z3.Or([never, *(z3.Not(switches[k]) for k in each)]))
        for each in maximal[seen_maximal:]:
            solver.add(z3.Or([never, *(switch for k, switch in enumerate(switches) if k not in each)]))
        seen_minimal, seen_maximal = len(minimal), len(maximal)
        if solver.check() != z3.sat:
            return
        found = solver.model()
        yield frozenset(k for k, each in enumerate(switches) if z3.is_true(found.eval(each, model_completion=True)))
