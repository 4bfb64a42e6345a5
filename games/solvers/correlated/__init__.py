"""Correlated equilibria, and coarse ones."""
