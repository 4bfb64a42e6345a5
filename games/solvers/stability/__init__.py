"""Stability of a state of a graph model, one definition a file."""
