"""Files to start from, one of each kind, with comments that say what may be changed."""

from importlib.resources import files

STARTS = {
    "strategic": "both choose at once: a table of payoffs",
    "tree": "moves one after another, up to chance moves and information sets",
    "repeated": "the same choice again and again: which agreements last",
    "stochastic": "two sides in states: what they do decides by chance where the next round is played",
    "bayesian": "both choose at once, and each knows something of itself that the other does not",
    "continuous": "each chooses a number, such as a tariff, and payoffs are polynomials in the numbers",
    "graph": "a graph model: states, who can move the conflict where, and who likes what",
    "bargaining": "alternating offers over what an agreement is worth",
    "agreement": "a bargaining problem: what can be agreed on, and what everybody gets without",
    "claims": "claims about a game, to be proved or refuted",
}
"""The kinds, each with what it is for."""


def start(kind: str) -> str:
    """The text of the file of this kind, one of `STARTS`."""
    return (files(__name__) / f"{kind}.toml").read_text("utf-8")
