"""The escalation ladder with the order of moves reversed: Russia's wording comes first, Japan's sanctions answer it.

The moves and their payoffs are those of `games.sanctions.escalation_ladder`; only who answers whom is different. What
Russia does before there are sanctions cannot answer them. Family: as there, O'Neill (1986) and Powell (1990).
"""

from games.formulas.relations import symbols_of
from games.literature import O_NEILL_1986, POWELL_1990
from games.model import Model
from games.sanctions.escalation_ladder import (
    ASSUMPTIONS,
    FIRST_ANSWER,
    FIRST_SANCTIONS,
    FURTHER_ANSWER,
    FURTHER_ROUND,
    PARAMETERS,
    UNKNOWN,
    ladder,
    outcome_words,
    used,
)
from games.sources import COMMENTARY, Quoted

_GAME = ladder((FIRST_ANSWER, FIRST_SANCTIONS, FURTHER_ANSWER, FURTHER_ROUND))
_USED = used(_GAME)

MODEL = Model(
    name="wording-first",
    title="The escalation ladder, Russia first",
    question="Could Russia's wording come before the sanctions that are said to have caused it?",
    story=(
        "Russia absorbs what the war brings, suspends the treaty talks or claims sovereignty in its wording, before "
        "there are any sanctions. Japan sees this and imposes no, symbolic or full sanctions; Russia rests, claims "
        "sovereignty if it has not yet, or patrols; Japan stops or adds another round. The moves and their payoffs "
        "are those of the escalation ladder, only the order is another. If both orders lead to the same wording and "
        "the same sanctions, what was observed does not tell which of the two answered the other."
    ),
    game=_GAME,
    parameters=tuple(parameter for parameter in PARAMETERS if parameter.symbol in _USED),
    assumptions=tuple(a for a in ASSUMPTIONS if symbols_of(a.relation) <= _USED),
    outcome_words=outcome_words,
    axes=("n_2", "e_F"),
    unknown=UNKNOWN,
    arguments=(
        (
            "Sanctions made Russia escalate.",
            Quoted(COMMENTARY, 2, "This move led Russia to revise the wording"),
        ),
    ),
    references=(
        O_NEILL_1986,
        POWELL_1990,
    ),
)
