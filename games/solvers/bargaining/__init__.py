"""Bargaining: solutions of the axiomatic problem, and equilibria of alternating offers."""
