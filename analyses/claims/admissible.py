"""The payoffs that a claim's premises allow, as a set to draw from."""

from analyses.claims.claim import Claim
from analyses.sampling.premise_set import PremiseSet
from games.errors import InputError


def premise_set(claim: Claim) -> PremiseSet:
    """What its premises, its models' assumptions and the parameters' ranges allow.

    Raises `InputError` where parameters may leave their ranges, where nothing is allowed, and for an equation that is
    not linear.
    """
    if not claim.bounded:
        raise InputError(f"{claim.name!r} lets parameters leave their ranges, so that nothing has a share")
    assumed = [assumption.relation for model in claim.models for assumption in model.assumptions]
    return PremiseSet(claim.parameters.values(), [*assumed, *claim.premises], f"the premises of {claim.name!r}")
