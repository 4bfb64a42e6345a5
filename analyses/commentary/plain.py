"""The case's words for a reader who knows no game theory: its question, its models' actions, what is not known."""

from collections.abc import Mapping

from analyses.arguments import PlainWords

QUESTION = (
    "Will Japan's sanctions make Russia give up the Kuril Islands, as the commentary says they are meant to, or only "
    "make it strike back?"
)

SHOWN_FIRST = ("core-price", "core-bought", "core-bound")
"""The claims that the first page names: the core result, and the two ways out of it."""

NOT_KNOWN = (
    "How large anything is. The commentary says what matters to whom; it measures nothing.",
    "Whether the sanctions aim at the islands at all. That is the commentary's own assumption: Japan's official "
    "wording ties them to the war in Ukraine.",
    "Whether the islands would be settled without sanctions. The commentary is silent on it, and it decides what the "
    "sanctions cost.",
    "How far each side knows what the other wants. Here both know everything.",
)

_CLAUSES = {
    "None": "Japan imposes no sanctions",
    "Symbolic": "Japan imposes symbolic sanctions only",
    "Full": "Japan imposes full sanctions",
    "Concede": "Russia gives up the islands",
    "Absorb": "Russia does nothing",
    "Suspend talks": "Russia suspends the talks on a peace treaty",
    "Claim sovereignty": "Russia claims the islands more firmly in its wording",
    "Patrol": "Russia answers with patrols",
    "Lift": "Japan lifts the sanctions",
    "Keep": "Japan keeps the sanctions all the same",
    "Hold": "Japan keeps the sanctions",
    "Back down": "Japan drops the sanctions",
}

_MEASURE = "what the islands are worth to Russia"
_NOTHING = "as things were before the sanctions"

PLAIN: Mapping[str, PlainWords] = {
    "sanction-retaliation": PlainWords(
        clauses=_CLAUSES,
        quantities={
            "e": "what full sanctions are worth to Japan: what its allies reward them with, less what they cost Japan",
            "g": "what Russia's best answer to full sanctions is worth to Russia, apart from their harm; 0 if it does "
            "nothing",
            "e_Y": "what symbolic sanctions are worth to Japan: what its allies reward them with, less their cost",
            "g_Y": "what Russia's best answer to symbolic sanctions is worth to Russia, apart from their harm",
        },
        measured_in=_MEASURE,
        nothing=_NOTHING,
        assumes="one side moves after the other and sees what the other did, and Japan keeps or lifts the sanctions as "
        "it then likes best",
    ),
    "sanction-encounter": PlainWords(
        clauses=_CLAUSES,
        measured_in=_MEASURE,
        nothing=_NOTHING,
        assumes="both sides move at once, and how far Japan keeps its promise is given beforehand",
    ),
    "territorial-partition": PlainWords(
        measured_in="what all four islands are worth to Russia",
        nothing="as things are now",
        assumes="the sanctions are in place already, Japan makes one offer, and what is agreed is carried out, relief "
        "from the sanctions too",
    ),
}
