"""The search for a proof: a tree of splits, whose branches end where facts cannot hold together.

At every node the solver names facts that cannot hold together; only these are looked at further. Of their alternatives
those with the fewest open branches are split first. A branch that does not use what it adds is a proof of the whole
node.
"""

from dataclasses import dataclass
from typing import TypeAlias

from analyses.certificates.facts import Alternatives, Fact, Number
from analyses.certificates.leaves import Sum, multipliers
from analyses.certificates.nonlinear import Nonlinear, products_by_cut, products_for
from analyses.certificates.products import known_beforehand
from analyses.certificates.relaxed import Relaxed, TooHardError


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


def refutation(relaxed: Relaxed) -> Tree | None:
    """A proof that the facts cannot hold together; None where some case seems to be possible.

    Cases that linear arithmetic leaves open are closed by products, one after another, until none is left. Raises
    `TooHardError` where that takes too long.
    """
    known_beforehand(relaxed)
    nonlinear = Nonlinear(relaxed)
    while relaxed.can_hold(relaxed.top):
        core = nonlinear.core(relaxed.taken())
        if core is None:
            return None
        products = products_for(relaxed, core) or products_by_cut(relaxed, core)
        if not products:
            raise TooHardError(f"no products of the {len(core)} facts of a case show that it is impossible")
        for row in products:
            relaxed.add(row)
    return _refuted(relaxed, relaxed.conflict())


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
    """The alternatives to split, and for each branch facts that cannot hold together.

    Those with one open branch at most come first; else those whose branches leave fewest alternatives to be split.
    """
    literals = relaxed.literals(facts)
    numbers = sorted((number for number in facts if isinstance(relaxed.facts[number], Alternatives)), key=str)
    for number in numbers:
        open_ = 0
        for branch in relaxed.alternatives(number).branches:
            open_ += relaxed.can_hold([*literals, *relaxed.literals(fact.number for fact in branch)])
            if open_ > 1:
                break
        else:
            return number, [_core(relaxed, facts, number, branch) for branch in relaxed.alternatives(number).branches]
    best = None
    for number in numbers:
        cores, cost = [], 0
        for branch in relaxed.alternatives(number).branches:
            core = _core(relaxed, facts, number, branch)
            cores.append(core)
            cost += 3 ** (len(core) - len(relaxed.literals(core)))
            if best is not None and cost >= best[0]:
                break
        else:
            best = cost, number, cores
    assert best is not None
    return best[1], best[2]


def _core(relaxed: Relaxed, facts: frozenset[Number], number: Number, branch: tuple[Fact, ...]) -> frozenset[Number]:
    """Facts that cannot hold together in a branch of the alternatives ``number``."""
    core = relaxed.core((facts - {number}) | {fact.number for fact in branch})
    assert core is not None
    return core
