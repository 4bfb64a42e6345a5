"""The design of Sobol indices: pairs of points A and B, and those of A with a group of parameters taken from B, AB.

For second-order indices there are those of B with a group taken from A as well, BA (Saltelli 2002, Computer Physics
Communications 145). All of a pair is settled together, so that a time limit leaves whole pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.importance.variance import swapped
from analyses.sampling.designs import drawings
from analyses.sampling.draws import Draws
from analyses.sampling.premise_set import PremiseSet
from analyses.sweeps.settling import Settling
from analyses.sweeps.sweeping import gathered, how_drawn, settled_in_time, settled_points
from analyses.sweeps.swept import Swept
from analyses.sweeps.ways import REFUSED, Settled
from games.errors import InputError, check_kind, listed, meant, quoted
from games.solvers.limits import expired, why_stopped


@dataclass(frozen=True)
class Compared:
    """What is known of the points of A and B, of AB for each of the ``groups``, and of BA if that is ``crossed``, pair
    by pair: ``parts`` in this order, as far as all that belongs to a pair was settled. ``clusters`` are pairs that
    depend on each other."""

    A: Draws
    B: Draws
    clusters: NDArray[np.int64]
    groups: tuple[tuple[int, ...], ...]
    crossed: bool
    parts: tuple[Settled, ...]
    settling: Settling
    method: str
    walked: tuple[int, ...]
    stopped: str


def compared(
    asked: Swept,
    groups: tuple[tuple[int, ...], ...],
    design: str,
    samples: int,
    seed: int,
    point_seconds: float,
    crossed: bool,
) -> Compared:
    """Draws the pairs and settles them, as far as the time goes."""
    first, second = drawings(asked.premises, design, samples, seed, copies=2)
    A, B, clusters = _paired(gathered(first, samples), gathered(second, samples))
    each = 2 + len(groups) * (2 if crossed else 1)
    settling, blocks = settled_in_time(asked, _beside(A, B, groups, crossed), point_seconds)
    stopped = why_stopped() if expired() else ""
    settled = settled_points(settling, blocks)
    pairs = len(settled) // each
    defined = (settled.how[: pairs * each] != REFUSED).reshape(pairs, each).all(axis=1)
    kept = np.flatnonzero(defined)
    parts = tuple(settled.where(kept * each + k) for k in range(each))
    method = how_drawn(design, first)
    walked = tuple(first.walked)
    return Compared(
        A.where(kept), B.where(kept), clusters[kept], groups, crossed, parts, settling, method, walked, stopped
    )


def _paired(A: Draws, B: Draws) -> tuple[Draws, Draws, NDArray[np.int64]]:
    """As many points of each, pair by pair; points of chains are paired with those of the chain of the same number."""
    if A.chains is None or B.chains is None:
        both = slice(0, min(len(A), len(B)))
        A, B = A.where(both), B.where(both)
        return A, B, np.arange(len(A))
    rows: list[tuple[int, int]] = []
    for chain in np.unique(A.chains).tolist():
        rows += zip(
            np.flatnonzero(A.chains == chain).tolist(), np.flatnonzero(B.chains == chain).tolist(), strict=False
        )
    # In the order in which they were drawn, so that a time limit leaves some of every chain.
    first, second = np.array(sorted(rows), dtype=np.int64).reshape(-1, 2).T
    return A.where(first), B.where(second), A.chains[first]


def _beside(A: Draws, B: Draws, groups: Sequence[Sequence[int]], crossed: bool) -> Draws:
    """For each pair its point of A, its point of B, those of A with a group taken from B, and perhaps the reverse."""
    both_ways = [(A.odd, B.odd), (B.odd, A.odd)] if crossed else [(A.odd, B.odd)]
    moved = [swapped(own, other, group) for own, other in both_ways for group in groups]
    points = np.stack([A.odd, B.odd, *moved], axis=1)
    return Draws(A.premises, points.reshape(-1, A.odd.shape[1]))


def grouped(
    premises: PremiseSet, groups: Mapping[str, Sequence[str]]
) -> tuple[tuple[tuple[int, ...], ...], dict[tuple[int, ...], str]]:
    """The free parameters by position, in the groups given and those that premises link; and the names of the former.

    Raises `InputError` for a group with a parameter that does not move or is in another one, and for one that has a
    part only of what premises link.
    """
    check_kind(groups, dict, "the groups", "a mapping such as {'costs': ['c_1', 'c_2']}")
    position = {symbol.name: k for k, symbol in enumerate(premises.free)}
    named: dict[tuple[int, ...], str] = {}
    linked = [set(each) for each in premises.independent]
    taken: set[int] = set()
    for name, members in groups.items():
        check_kind(name, str, "the name of a group", "text such as 'costs'")
        check_kind(members, (tuple, list), f"the group {quoted(name)}", "a list of parameters such as ['c_1', 'c_2']")
        own = {_placed(position, name, member) for member in members}
        if not name.strip() or name in position or not own:
            raise InputError(
                f"the group {quoted(name)} needs a name that is not blank and no parameter's, and at least one member"
            )
        if len(own) < len(members):
            raise InputError(f"the group {quoted(name)} names a parameter twice; name each once")
        if both := own & taken:
            raise InputError(f"{premises.free[min(both)].name} is in two groups; a parameter belongs to one")
        for link in linked:
            if link & own and link - own:
                left, kept = (listed(premises.free[k].name for k in sorted(each)) for each in (link - own, link & own))
                raise InputError(
                    f"premises link {kept} with {left}, and the group {quoted(name)} tears them apart; put all of them "
                    "into it, or none"
                )
        taken |= own
        named[tuple(sorted(own))] = name
    rest = [tuple(sorted(link)) for link in linked if not link & taken]
    return tuple(sorted([*named, *rest])), named


def _placed(position: Mapping[str, int], group: str, member: object) -> int:
    if not isinstance(member, str) or member not in position:
        raise InputError(
            f"the group {quoted(group)} has {quoted(str(member))}, which does not move by itself; those that do are "
            f"{listed(position)}{meant(str(member), position)}"
        )
    return position[member]
