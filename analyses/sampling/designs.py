"""Designs: how points are spread over the parts of some ranges, in steps of the grid that draws have.

- *sobol*: Owen-scrambled Sobol points, whose shares of boxes differ from their volumes by less than those of draws do
  (Sobol 1967, USSR Computational Mathematics 7; Owen 1998, Journal of Complexity 14).
- *latin*: a Latin hypercube, each of as many slices of every range hit once (McKay, Beckman & Conover 1979,
  Technometrics 21).
- *grid*: every combination of the same number of levels, the ends of the ranges among them; ties are met.
- *random*: independent draws, and the only ones that premises of any kind may restrict (`analyses.sampling.draws`).

All are dyadic parts of the ranges, so that floats hold them exactly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from analyses.sampling.draws import STEPS, Drawing
from analyses.sampling.premise_set import PremiseSet
from games.errors import InputError, check_kind, listed, meant, quoted

Steps: TypeAlias = NDArray[np.int64]

RANDOM = "random"


@dataclass(frozen=True)
class Design:
    """``lay(count, dimensions, seed)``: points of shape (at most count, dimensions), in steps of the grid.

    ``is_sample``: each point is as good as a draw from the ranges, so that a share among them estimates a share of the
    volume. ``sorts``: the points of an ordered set are had by sorting those of the cube.
    """

    title: str
    lay: Callable[[int, int, int], Steps] | None
    is_sample: bool = True
    sorts: bool = True


def _sobol(count: int, dimensions: int, seed: int) -> Steps:
    from scipy.stats import qmc

    bits = (STEPS // 2).bit_length() - 1
    engine = qmc.Sobol(dimensions, scramble=True, bits=bits, rng=np.random.default_rng(seed))
    return odd(engine.random_base2(max(count - 1, 0).bit_length())[:count])


def _latin(count: int, dimensions: int, seed: int) -> Steps:
    from scipy.stats import qmc

    return odd(qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(count))


def odd(parts: NDArray[np.float64]) -> Steps:
    """The odd step at or just above each part."""
    found: Steps = np.clip(2 * np.floor(parts * (STEPS // 2)).astype(np.int64) + 1, 1, STEPS - 1)
    return found


def grid_gaps(count: int, dimensions: int) -> int:
    """Into how many gaps a grid of at most ``count`` points cuts each range: halving gives them, for others would be
    no dyadic parts. Raises `InputError` where not even the ends of the ranges are so few."""
    gaps = 1
    while (2 * gaps + 1) ** dimensions <= count and 2 * gaps <= STEPS:
        gaps *= 2
    if (gaps + 1) ** dimensions > count:
        raise InputError(
            f"a grid over {dimensions} parameters has at least 2**{dimensions} points, and {count:,} were asked for; "
            "name fewer parameters, or use the design 'sobol'"
        )
    return gaps


def _grid(count: int, dimensions: int, seed: int) -> Steps:
    levels = range(0, STEPS + 1, STEPS // grid_gaps(count, dimensions))
    return np.array(list(product(levels, repeat=dimensions)), dtype=np.int64).reshape(-1, dimensions)


DESIGNS: Mapping[str, Design] = {
    "sobol": Design("scrambled Sobol points", _sobol),
    "latin": Design("a Latin hypercube", _latin),
    "grid": Design("a grid", _grid, is_sample=False, sorts=False),
    RANDOM: Design("independent draws", None),
}


def design_named(name: str) -> Design:
    """Raises `InputError` for a name that no design has."""
    check_kind(name, str, "the design", f"one of {listed(DESIGNS)}")
    if name not in DESIGNS:
        raise InputError(f"there is no design {quoted(name)}; there are {listed(DESIGNS)}{meant(name, DESIGNS)}")
    return DESIGNS[name]


def suited(premises: PremiseSet) -> str:
    """The design that is used where none is named: sobol for ranges and orders, else random."""
    return RANDOM if Drawing(premises, 0).rejects else "sobol"


def drawings(premises: PremiseSet, name: str, count: int, seed: int, copies: int = 1) -> list[Drawing]:
    """Independent drawings of the set by this design, each of ``count`` points where nothing is rejected.

    Raises `InputError` for a design that the premises do not allow, with those that they do.
    """
    design = design_named(name)
    if design.lay is None:
        return [Drawing(premises, seed if copy == 0 else (seed, copy)) for copy in range(copies)]
    check_allows(premises, name)
    dimensions = len(premises.free)
    laid = design.lay(count, copies * dimensions, seed) if dimensions else np.zeros((count, 0), dtype=np.int64)
    parts = np.split(laid, copies, axis=1)
    return [Drawing(premises, (seed, copy), part) for copy, part in enumerate(parts)]


def check_allows(premises: PremiseSet, name: str) -> None:
    """Raises `InputError` for a design that the premises do not allow, with those that they do."""
    design = design_named(name)
    if design.lay is None:
        return
    checked = Drawing(premises, 0)
    if checked.rejects:
        raise InputError(
            f"the design {quoted(name)} is for ranges and orders between parameters of one range, and "
            f"{checked.rejects[0]} is more; use the design 'random'"
        )
    if checked.orders and not design.sorts:
        raise InputError(
            f"the design {quoted(name)} is for ranges alone, and {checked.orders[0]} relates two parameters; use the "
            "design 'sobol', 'latin' or 'random'"
        )
