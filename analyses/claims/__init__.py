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
from games.play.quantities import Chosen, Payoff, Reach

__all__ = [
    "Chosen",
    "Claim",
    "Exists",
    "Holds",
    "Monotone",
    "Payoff",
    "Proved",
    "Reach",
    "Refuted",
    "Unique",
    "Unsettled",
    "Verdict",
    "always",
    "check",
    "never",
    "read_claims",
    "sometimes",
]
