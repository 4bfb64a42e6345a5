"""How an argument of the source and its statements are written down."""

from collections.abc import Sequence
from dataclasses import replace

from analyses.arguments import Argument, Mode, Premise, Role, Statement
from analyses.claims import Claim
from analyses.claims.conclusions import Conclusion
from games.model import Model
from games.sanctions import retaliation
from games.sources import Quoted


def statement(
    id: str,
    title: str,
    argument: str,
    conclusion: Conclusion,
    *given: Premise,
    model: Model = retaliation.MODEL,
    reading: str = "",
    every: bool = True,
    concept: str = "",
    also: Sequence[Model] = (),
    searched: bool = False,
    role: Role | None = None,
) -> Statement:
    """A claim that is stated in the words ``argument``, under the premises ``given``; see `Claim` for the rest."""
    premises = tuple(relation for premise in given for relation in premise.relations)
    claim = Claim(id, argument, model, conclusion, premises, concept, every, None, tuple(also))
    return Statement(title, claim, given, reading, searched, role)


AUTHOR, GOVERNMENT, OPPOSITION, RUSSIA = "the author", "the Japanese government", "the opposition", "Russia"
"""Whose arguments the commentary has."""


def argument(
    id: str,
    title: str,
    source: Quoted,
    left_out: str,
    *statements: Statement,
    voice: str = "",
    mode: Mode | None = None,
) -> Argument:
    """An argument whose claims are from ``source`` unless they name their own."""
    cited = tuple(replace(one, claim=replace(one.claim, source=one.claim.source or source)) for one in statements)
    return Argument(id, title, source, cited, left_out, voice, mode)
