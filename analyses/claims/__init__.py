"""Claims: arguments proved or refuted for every payoff that their premises allow."""

from analyses.claims.check import check
from analyses.claims.claim import (
    Claim,
    Exists,
    Holds,
    Monotone,
    Proved,
    Refuted,
    Unique,
    Unsettled,
    Verdict,
    always,
    never,
    sometimes,
)
from analyses.claims.documents import read_claims
from analyses.claims.questions.flip_distance import FlipDistance, flip_distance
from analyses.claims.questions.revealed import Revealed, revealed
from games.play.quantities import Chosen, Payoff, Reach

__all__ = [
    "Chosen",
    "Claim",
    "Exists",
    "FlipDistance",
    "Holds",
    "Monotone",
    "Payoff",
    "Proved",
    "Reach",
    "Refuted",
    "Revealed",
    "Unique",
    "Unsettled",
    "Verdict",
    "always",
    "check",
    "flip_distance",
    "never",
    "read_claims",
    "revealed",
    "sometimes",
]
