"""Which parameter decides what is played: shares of variance, of entropy, and dependence, each with its interval."""

from analyses.importance.weighing import Importance, importance

__all__ = ["Importance", "importance"]
