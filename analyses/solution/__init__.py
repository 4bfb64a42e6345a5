"""Games with free parameters: where which equilibrium is one, and what it is there, as formulas."""

from analyses.solution.asking import solve_free
from analyses.solution.regions import Cell, Region, Solution

__all__ = ["Cell", "Region", "Solution", "solve_free"]
