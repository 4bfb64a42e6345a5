"""Games with free parameters: where which equilibrium is one, and what it is there, as formulas."""

from analyses.solution.asking import decisions, solve_free
from analyses.solution.decisions import Decided, Decisions
from analyses.solution.derivatives import Derivatives, derivatives
from analyses.solution.regions import Cell, Region, Solution

__all__ = [
    "Cell",
    "Decided",
    "Decisions",
    "Derivatives",
    "Region",
    "Solution",
    "decisions",
    "derivatives",
    "solve_free",
]
