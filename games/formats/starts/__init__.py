"""Files to start from, one of each kind, with comments that say what may be changed."""

from importlib.resources import files

STARTS = {
    "strategic": "both choose at once: a table of payoffs",
    "tree": "moves one after another, up to chance moves and information sets",
    "repeated": "the same choice again and again: which agreements last",
    "graph": "a graph model: states, who can move the conflict where, and who likes what",
    "bargaining": "alternating offers over what an agreement is worth",
    "claims": "claims about a game, to be proved or refuted",
}
"""The kinds, each with what it is for."""


def start(kind: str) -> str:
    """The text of the file of this kind, one of `STARTS`."""
    return (files(__name__) / f"{kind}.toml").read_text("utf-8")
