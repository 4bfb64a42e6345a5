"""Claims: arguments proved or refuted for every payoff that their premises allow."""

from analyses.claims.check import check
from analyses.claims.claim import Claim
from analyses.claims.conclusions import Exists, Holds, Monotone, Unique, always, never, sometimes
from analyses.claims.documents import read_claims
from analyses.claims.questions.compatibility import Compatibility, compatible
from analyses.claims.questions.flip_distance import FlipDistance, flip_distance
from analyses.claims.questions.hidden_premise import HiddenPremises, hidden_premises
from analyses.claims.questions.needed_premises import NeededPremises, needed_premises
from analyses.claims.questions.revealed import Revealed, revealed
from analyses.claims.share import Share, share
from analyses.claims.verdicts import Proved, Refuted, Unsettled, Verdict
from games.play.quantities import Chosen, Payoff, Reach

__all__ = [
    "Chosen",
    "Claim",
    "Compatibility",
    "Exists",
    "FlipDistance",
    "HiddenPremises",
    "Holds",
    "Monotone",
    "NeededPremises",
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
    "compatible",
    "flip_distance",
    "hidden_premises",
    "needed_premises",
    "never",
    "read_claims",
    "revealed",
    "share",
    "sometimes",
]
