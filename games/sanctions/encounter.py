"""The sanction–retaliation encounter as a 3×3 game for the classroom.

The tree of `games.sanctions.retaliation` folded flat: both sides move at once, Japan keeps its promise to lift the
sanctions after a concession and holds them after retaliation. Every payoff is read off that tree.
"""

from games.forms.extensive import ExtensiveGame
from games.forms.strategic import StrategicGame
from games.formulas.relations import symbols_of
from games.model import Assumption, Model
from games.sanctions import retaliation
from games.sources import COMMENTARY, Quoted

ANSWERS = {"Concede": "Lift", "Absorb": "Hold", "Patrol": "Hold"}
"""Russia's strategies, and what Japan then does with sanctions it has imposed."""


def _payoffs(tree: ExtensiveGame, sanction: str, answer: str) -> tuple[object, ...]:
    path = (sanction, answer) if sanction == "None" else (sanction, answer, ANSWERS[answer])
    return tree.outcomes[path].payoffs


def _folded(tree: ExtensiveGame) -> StrategicGame:
    return StrategicGame(
        {"Japan": tuple(retaliation.SANCTIONS), "Russia": tuple(ANSWERS)},
        {(s, r): _payoffs(tree, s, r) for s in retaliation.SANCTIONS for r in ANSWERS},
    )


def outcome_words(profile: tuple[str, ...]) -> str:
    """The profile in words: "Full sanctions, Russia patrols"."""
    return retaliation.outcome_words(profile)


_TREE = retaliation.MODEL.game
assert isinstance(_TREE, ExtensiveGame)
_GAME = _folded(_TREE)
_USED = {symbol for payoff in _GAME.entries for symbol in getattr(payoff, "free_symbols", ())}

MODEL = Model(
    name="sanction-encounter",
    title="The sanction–retaliation encounter",
    question="What if neither side can watch the other before it moves?",
    story=(
        "Japan chooses no, symbolic or full sanctions while Russia chooses to concede, absorb or patrol; neither sees "
        "the other's choice first. Japan is taken at its word: it lifts sanctions after a concession and holds them "
        "otherwise. The payoffs are those of the tree of sanctions and retaliation."
    ),
    game=_GAME,
    parameters=tuple(p for p in retaliation.PARAMETERS if p.symbol in _USED),
    assumptions=(
        *(a for a in retaliation.MODEL.assumptions if symbols_of(a.relation) <= _USED),
        Assumption(retaliation.rho_3 >= 0, "retaliation harms or does nothing"),
        Assumption(retaliation.gamma_3 >= 0, "provocation makes retaliation no less attractive"),
        Assumption(retaliation.c_3 >= 0, "retaliation costs something or nothing"),
    ),
    outcome_words=outcome_words,
    axes=("A_F", "h_F"),
    unknown=(
        "Moving at once is a classroom device: the source tells of moves that answer each other.",
        "Japan's promise to lift is taken for granted here; in the tree it is what the result hangs on.",
        "No payoff is measured; see the tree for what the source leaves open.",
    ),
    arguments=(
        (
            "The policy will not benefit either side.",
            Quoted(COMMENTARY, 1, "it will not benefit either side"),
        ),
    ),
)
