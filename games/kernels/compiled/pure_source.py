"""The source of a compiled kernel for equilibria in pure strategies: one module for each shape.

It holds positions alone. All comparisons of one game are written out, one after another.
"""

from collections.abc import Iterator, Sequence
from itertools import product

HEAD = """\
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy")
def look({players}, found):
    for g in range(len(found)):
"""


def pure_source(shape: Sequence[int]) -> str:
    """The module for players with so many strategies each; profiles are numbered, the last player's change fastest."""
    players = ", ".join(f"p{k}" for k in range(len(shape)))
    lines = [line for k in range(len(shape)) for line in _player(shape, k)]
    profiles = range(len(list(product(*map(range, shape)))))
    lines += [f"found[g, {number}] = {' & '.join(f'f{k}_{number}' for k in range(len(shape)))}" for number in profiles]
    return HEAD.format(players=players) + "".join(f"        {line}\n" for line in lines)


def _player(shape: Sequence[int], k: int) -> Iterator[str]:
    """At which profiles player k gets the most that changing strategy alone can bring."""
    numbers = {profile: number for number, profile in enumerate(product(*map(range, shape)))}
    for others in product(*(range(1 if i == k else size) for i, size in enumerate(shape))):
        line = [numbers[(*others[:k], own, *others[k + 1 :])] for own in range(shape[k])]
        yield from (f"x{number} = p{k}[g, {number}]" for number in line)
        yield f"best = x{line[0]}"
        yield from (f"best = max(best, x{number})" for number in line[1:])
        yield from (f"f{k}_{number} = x{number} == best" for number in line)
