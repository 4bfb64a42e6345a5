"""The search for a proof: a tree of splits, whose branches end where facts cannot hold together.

At every node the solver names facts that cannot hold together; only these are looked at further. Of their alternatives
those with the fewest open branches are split first. A branch that does not use what it adds is a proof of the whole
node.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from analyses.certificates.facts import Alternatives, Number
from analyses.certificates.leaves import Sum, multipliers
from analyses.certificates.relaxed import Relaxed


@dataclass(frozen=True)
class Leaf:
    """The branch ends with a sum."""

    sum: Sum
    used: frozenset[Number]


@dataclass(frozen=True)
class Split:
    """One proof for each branch of the alternatives ``number``."""

    number: Number
    branches: "tuple[Tree, ...]"
    used: frozenset[Number]


Tree: TypeAlias = Leaf | Split


def refutation(relaxed: Relaxed, facts: Collection[Number]) -> Tree | None:
    """A proof that the facts cannot hold together; None where, for all that the rows say, they can.

    Raises `TooHardError` where that takes too long.
    """
    core = relaxed.core(facts)
    return None if core is None else _refuted(relaxed, core)


def _refuted(relaxed: Relaxed, facts: frozenset[Number]) -> Tree:
    core = relaxed.core(relaxed.literals(facts))
    if core is not None:
        found = multipliers(relaxed, core)
        return Leaf(found, frozenset(number for row in found for number in row.factors))
    number, cores = _next(relaxed, facts)
    branches: list[Tree] = []
    used = {number}
    for branch, core in zip(relaxed.alternatives(number).branches, cores, strict=True):
        own = {fact.number for fact in branch}
        tree = _refuted(relaxed, core)
        if not tree.used & own:
            return tree
        branches.append(tree)
        used |= tree.used - own
    return Split(number, tuple(branches), frozenset(used))


def _next(relaxed: Relaxed, facts: frozenset[Number]) -> tuple[Number, list[frozenset[Number]]]:
    """The alternatives to split, and for each branch facts that cannot hold together."""
    best = None
    for number in sorted(facts, key=str):
        fact = relaxed.facts[number]
        if not isinstance(fact, Alternatives):
            continue
        cores, cost = [], 0
        for branch in fact.branches:
            core = relaxed.core((facts - {number}) | {inner.number for inner in branch})
            assert core is not None
            cores.append(core)
            cost += 3 ** (len(core) - len(relaxed.literals(core)))
            if best is not None and cost >= best[0]:
                break
        else:
            best = cost, number, cores
    assert best is not None
    return best[1], best[2]
