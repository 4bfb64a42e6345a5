"""The case that comes with Parley: a commentary on Japan's sanctions against Russia and the Kuril Islands.

Each argument stands in a file of its own, first as bare as the text has it, then with the premises under which it would
follow, and where the text allows two readings, in both. Premises have names, since the same premise (that relief is not
credible, that nothing is paid for the islands) carries several arguments.
"""

from pathlib import Path

from analyses.arguments import Case
from analyses.commentary import (
    agenda,
    alliance,
    boomerang,
    coercion,
    core,
    deterrent,
    freeze,
    futility,
    korea,
    mutual_loss,
    prescription,
    resolve,
    reversibility,
    scale,
    spiral,
    symbolic,
    third_parties,
)
from analyses.commentary.facts import FACTS
from analyses.commentary.plain import NOT_KNOWN, PLAIN, QUESTION, SHOWN_FIRST
from analyses.commentary.tensions import TENSIONS
from analyses.commentary.unencoded import UNENCODED
from games.sanctions import encounter, retaliation
from games.territory import partition

CASE = Case(
    title="Japan's sanctions and the Kuril Islands",
    about="The arguments of one commentary on Japan's sanctions against Russia, put as games: what follows from them, "
    "why, and which of them hold. The commentary is evidence of an argument, not of facts; nothing here is measured.",
    arguments=(
        core.ARGUMENT,
        spiral.ARGUMENT,
        coercion.ARGUMENT,
        futility.ARGUMENT,
        freeze.ARGUMENT,
        resolve.ARGUMENT,
        deterrent.ARGUMENT,
        alliance.ARGUMENT,
        symbolic.ARGUMENT,
        mutual_loss.ARGUMENT,
        agenda.ARGUMENT,
        third_parties.ARGUMENT,
        korea.ARGUMENT,
        boomerang.ARGUMENT,
        prescription.ARGUMENT,
        reversibility.ARGUMENT,
        scale.ARGUMENT,
    ),
    facts=FACTS,
    tensions=TENSIONS,
    unencoded=UNENCODED,
    chapters=(retaliation.MODEL, partition.MODEL, encounter.MODEL),
    proofs=Path(__file__).parent / "proofs",
    question=QUESTION,
    shown_first=SHOWN_FIRST,
    not_known=NOT_KNOWN,
    plain=PLAIN,
)
"""Every argument of the source that is put as claims, the core result first."""
