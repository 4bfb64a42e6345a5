"""Quantal response equilibria, in strategic form and in trees."""
