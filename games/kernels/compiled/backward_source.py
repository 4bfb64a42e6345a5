"""The source of a compiled kernel for backward induction: one module for all trees, which come as tables of numbers.

What it does is what `games.kernels.backward` does. Whether an outcome is possible is a number, zero if it is and
infinite if not, so that all is done by sums and comparisons, which the compiler turns into vector instructions.
"""

SOURCE = """\
import numpy as np
from numba import njit

LANES = 256
NEVER = np.inf


@njit(nogil=True, cache=True, error_model="numpy")
def lower(bar, paid, out):
    for g in range(len(paid)):
        x = paid[g] + out[g]
        bar[g] = x if x < bar[g] else bar[g]


@njit(nogil=True, cache=True, error_model="numpy")
def refuse(left, paid, bar):
    for g in range(len(paid)):
        left[g] = left[g] if paid[g] >= bar[g] else NEVER


@njit(nogil=True, cache=True, error_model="numpy")
def spare(bar, out):
    for g in range(len(bar)):
        bar[g] = bar[g] if out[g] > 0.0 else -NEVER


@njit(nogil=True, cache=True, error_model="numpy")
def look(decisions, actions, alike, pays, others, found):
    outcomes, games = found.shape
    out = np.zeros((outcomes, LANES))
    left = np.zeros((outcomes, LANES))
    least = np.zeros((len(actions), LANES))
    bar = np.zeros(LANES)
    for begin in range(0, games, LANES):
        end = min(begin + LANES, games)
        out[:] = 0.0
        for d in range(len(decisions)):
            mover, first, last = decisions[d]
            low, high = actions[first, 0], actions[last - 1, 1]
            left[low:high] = out[low:high]
            for a in range(first, last):
                least[a] = NEVER
                for i in range(actions[a, 0], actions[a, 1]):
                    lower(least[a], others[mover, i, begin:end], out[i])
            for a in range(first, last):
                for b in range(first, last):
                    if a != b:
                        for i in range(actions[a, 0], actions[a, 1]):
                            bar[:] = least[b]
                            for j in range(actions[b, 0], actions[b, 1]):
                                if alike[mover, i] == alike[mover, j]:
                                    spare(bar, out[j])
                            refuse(left[i], pays[mover, i, begin:end], bar)
            out[low:high] = left[low:high]
        for i in range(outcomes):
            for g in range(end - begin):
                found[i, begin + g] = out[i, g] == 0.0
"""
