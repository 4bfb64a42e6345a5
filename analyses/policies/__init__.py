"""Policies: what follows from each action that a player may commit to, over all payoffs that premises allow."""

from analyses.policies.best_sets import BestSets, best_sets
from analyses.policies.committing import committed, first_decisions
from analyses.policies.figures_of_merit import Prospect
from analyses.policies.policies import Policies, policies
from analyses.policies.prim import Box, prim
from analyses.policies.radius import Radius, radius, radius_at_defaults
from analyses.policies.scenarios import Scenario, possible_after, scenario

__all__ = [
    "BestSets",
    "Box",
    "Policies",
    "Prospect",
    "Radius",
    "Scenario",
    "best_sets",
    "committed",
    "first_decisions",
    "policies",
    "possible_after",
    "prim",
    "radius",
    "radius_at_defaults",
    "scenario",
]
