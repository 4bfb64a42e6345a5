"""Claims: arguments proved or refuted for every payoff that their premises allow."""

from analyses.claims.check import check
from analyses.claims.claim import (
    Chosen,
    Claim,
    Exists,
    Holds,
    Monotone,
    Payoff,
    Proved,
    Reach,
    Refuted,
    Unique,
    Unsettled,
    Verdict,
    always,
    never,
    sometimes,
)
from analyses.claims.documents import read_claims
from analyses.claims.flip_distance import FlipDistance, flip_distance
from analyses.claims.revealed import Revealed, revealed
from analyses.claims.share import Share, share

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
    "Share",
    "Unique",
    "Unsettled",
    "Verdict",
    "always",
    "check",
    "flip_distance",
    "never",
    "read_claims",
    "revealed",
    "share",
    "sometimes",
]
