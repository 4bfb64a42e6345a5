"""The ledger: every claim with its verdict, what a proof rests on, and what breaks a claim that is refuted."""

from analyses.ledger.checking import NOT_REACHED, Ledger, ledger
from analyses.ledger.entries import Entry
from analyses.ledger.pull import Pull
from analyses.ledger.standing import Standing

__all__ = ["NOT_REACHED", "Entry", "Ledger", "Pull", "Standing", "ledger"]
