"""Which parameter decides what is played: shares of variance, of entropy, and dependence, each with its interval."""

from analyses.importance.found import Importance
from analyses.importance.weighing import MEASURES, importance

__all__ = ["MEASURES", "Importance", "importance"]
