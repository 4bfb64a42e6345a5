"""Which parameter decides what is played: shares of variance, of entropy, and dependence, each with its interval."""

from analyses.importance.decomposing import decompose
from analyses.importance.decomposition import Decomposition
from analyses.importance.found import Importance
from analyses.importance.weighing import MEASURES, importance

__all__ = ["MEASURES", "Decomposition", "Importance", "decompose", "importance"]
