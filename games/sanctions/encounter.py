"""The sanction–retaliation encounter as a 3×3 game for the classroom.

The tree of `games.sanctions.retaliation` folded flat: both sides move at once, Japan holds the sanctions after
retaliation, and after a concession it keeps its promise to lift them with a probability r that everybody knows. Every
payoff is read off that tree. There r is 1 where relief is credible (e < beta) and 0 where it is not, as at the
defaults.
"""

from typing import Any

from sympy import Symbol, symbols

from games.forms.extensive import ExtensiveGame
from games.forms.strategic import StrategicGame
from games.formulas.relations import symbols_of
from games.literature import DREZNER_1998, EATON_1992
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation
from games.sources import COMMENTARY, Assumed, Quoted

r: Symbol = symbols("r")

ANSWERS = {"Concede": {"Lift": r, "Keep": 1 - r}, "Absorb": {"Hold": 1}, "Patrol": {"Hold": 1}}
"""Russia's strategies, and with which probability Japan then does what with sanctions it has imposed."""

PROMISE = Parameter(
    r,
    meaning="probability that Japan lifts the sanctions after a concession",
    default="0",
    low="0",
    high="1",
    unit=Unit.PROBABILITY,
    source=Assumed(
        "what the tree has Japan do: keep the sanctions where these pay it more than its promise (e > beta)"
    ),
)


def _payoffs(tree: ExtensiveGame, sanction: str, answer: str) -> tuple[Any, ...]:
    if sanction == "None":
        return tree.outcomes[sanction, answer].payoffs
    ends = [(odds, tree.outcomes[sanction, answer, last].payoffs) for last, odds in ANSWERS[answer].items()]
    return tuple(sum(odds * payoffs[k] for odds, payoffs in ends) for k in range(len(tree.players)))


def _folded(tree: ExtensiveGame) -> StrategicGame:
    return StrategicGame(
        {"Japan": tuple(retaliation.SANCTIONS), "Russia": tuple(ANSWERS)},
        {(s, answer): _payoffs(tree, s, answer) for s in retaliation.SANCTIONS for answer in ANSWERS},
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
        "the other's choice first. After a concession Japan lifts the sanctions with a known probability, which is 0 "
        "where keeping them pays it more than a broken promise costs, as at the defaults; otherwise it holds them. The "
        "payoffs are those of the tree of sanctions and retaliation."
    ),
    game=_GAME,
    parameters=(*(p for p in retaliation.PARAMETERS if p.symbol in _USED), PROMISE),
    assumptions=(
        Assumption(r >= 0, "r is a probability"),
        Assumption(r <= 1, "r is a probability"),
        *(a for a in retaliation.MODEL.assumptions if symbols_of(a.relation) <= _USED),
        Assumption(retaliation.rho_3 >= 0, "retaliation harms or does nothing"),
        Assumption(retaliation.gamma_3 >= 0, "provocation makes retaliation no less attractive"),
        Assumption(retaliation.c_3 >= 0, "retaliation costs something or nothing"),
    ),
    outcome_words=outcome_words,
    axes=("A_F", "h_F"),
    unknown=(
        "Moving at once is a classroom device: the source tells of moves that answer each other.",
        "How probably Japan keeps its promise is a number here; in the tree it follows from its payoffs.",
        "No payoff is measured; see the tree for what the source leaves open.",
    ),
    arguments=(
        (
            "The policy will not benefit either side.",
            Quoted(COMMENTARY, 1, "it will not benefit either side"),
        ),
    ),
    references=(
        DREZNER_1998,
        EATON_1992,
    ),
)
