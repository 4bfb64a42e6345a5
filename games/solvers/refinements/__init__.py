"""Refinements of Nash equilibrium, in trees and in strategic form."""
