"""The source of a compiled kernel for backward induction: one module for each tree, and for each pattern of ties.

It holds positions alone, and nothing of any game: neither a label nor a payoff. What it does is what
`games.kernels.backward` does: one loop over the lanes for each decision, which the compiler turns into vector
instructions. Whether an outcome is possible is a number there, zero if it is and infinite if not.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from games.kernels.backward import Tree

HEAD = """\
import numpy as np
from numba import njit

LANES = 256
NEVER = np.inf


@njit(nogil=True, cache=True, error_model="numpy")
def widen(values, off, widening, rounding, low, high):
    for g in range(len(values)):
        width = off[g] * widening + abs(values[g]) * rounding if off[g] > 0.0 else 0.0
        low[g] = values[g] - width
        high[g] = values[g] + width


@njit(nogil=True, cache=True, error_model="numpy")
def induce(pays, others, out):
{body}

@njit(nogil=True, cache=True, error_model="numpy")
def look_exactly(values, found):
    pays = np.zeros(({players}, {outcomes}, LANES))
    out = np.zeros(({outcomes}, LANES))
    for begin in range(0, found.shape[1], LANES):
        end = min(begin + LANES, found.shape[1])
        pays[:, :, : end - begin] = values[:, :, begin:end]
        induce(pays, pays, out)
        for i in range({outcomes}):
            for g in range(end - begin):
                found[i, begin + g] = out[i, g] == 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def look(values, off, widening, rounding, found, unsettled):
    low = np.zeros(({players}, {outcomes}, LANES))
    high = np.zeros(({players}, {outcomes}, LANES))
    out = np.zeros(({outcomes}, LANES))
    may = np.zeros(({outcomes}, LANES))
    for begin in range(0, found.shape[1], LANES):
        end = min(begin + LANES, found.shape[1])
        for p in range({players}):
            for i in range({outcomes}):
                widen(values[p, i, begin:end], off[p, i, begin:end], widening, rounding, low[p, i], high[p, i])
        induce(low, high, out)
        induce(high, low, may)
        for i in range({outcomes}):
            for g in range(end - begin):
                found[i, begin + g] = out[i, g] == 0.0
                unsettled[begin + g] |= out[i, g] != may[i, g]
"""


def backward_source(tree: Tree, alike: Sequence[Sequence[int]]) -> str:
    """The module for a tree whose outcomes pay a player the same where they have the same number in ``alike``."""
    met: set[int] = set()
    lines: list[str] = []
    for mover, starts in tree.decisions:
        after = [range(*ends) for ends in pairwise(starts)]
        lines += ["for g in range(LANES):", *(f"    {line}" for line in _decision(mover, after, alike[mover], met))]
        met.update(range(starts[0], starts[-1]))
    lines += [f"out[{i}] = 0.0" for i in range(tree.outcomes) if i not in met]
    body = "".join(f"    {line}\n" for line in lines)
    return HEAD.format(body=body, players=len(alike), outcomes=tree.outcomes)


def _decision(mover: int, after: Sequence[range], alike: Sequence[int], met: set[int]) -> Iterator[str]:
    """What stays possible at a decision; ``met`` are the outcomes that an earlier one has looked at."""
    for i in (i for own in after for i in own if i in met):
        yield f"o{i} = out[{i}, g]"
    for a, own in enumerate(after):
        for k, i in enumerate(own):
            yield f"x = others[{mover}, {i}, g]{f' + o{i}' if i in met else ''}"
            yield f"b{a} = x if x < b{a} else b{a}" if k else f"b{a} = x"
    for a, own in enumerate(after):
        bars = [b for b in range(len(after)) if b != a]
        if len(bars) > 1:
            yield f"top = max({', '.join(f'b{b}' for b in bars)})"
        for i in own:
            kept = f"o{i}" if i in met else "0.0"
            condition = _condition(i, {b: after[b] for b in bars}, alike, met)
            yield f"x = pays[{mover}, {i}, g]"
            yield f"out[{i}, g] = {kept} if {condition} else NEVER" if bars else f"out[{i}, g] = {kept}"


def _condition(i: int, others: Mapping[int, range], alike: Sequence[int], met: set[int]) -> str:
    """That an outcome pays no less than the least after each other action, or the same as one there."""
    ties = {b: [j for j in other if alike[i] == alike[j]] for b, other in others.items()}
    if len(others) > 1 and not any(ties.values()):
        return "x >= top"
    tied = {b: "".join(f" | (o{j} == 0.0)" if j in met else " | True" for j in own) for b, own in ties.items()}
    return " & ".join(f"((x >= b{b}){also})" for b, also in tied.items())
