"""What the source says and no claim puts."""

from analyses.arguments import Unencoded
from games.sources import COMMENTARY, Quoted

UNENCODED = (
    Unencoded(
        "Japan follows as a member of the G7.",
        Quoted(COMMENTARY, 2, "as a member of the G7"),
        "Membership is a reason for the payoff from allies (A_F) and no payoff of its own: the text does not say what "
        "a member who held back would lose.",
    ),
    Unencoded(
        "The list of countries that support Russia is controversial in the West.",
        Quoted(COMMENTARY, 4, "Because of the West's controversy over the list of countries"),
        "Who quarrels with whom about it, and what hangs on the quarrel, is not said; that Japan offends those named "
        "is put (A11).",
    ),
    Unencoded(
        "The opposition is heard abroad, too.",
        Quoted(COMMENTARY, 7, "there are different voices regarding the sanctions"),
        "What Russia reads in the opposition's stance is a model of its own (opposition-signal); the text says what "
        "the opposition wants and not whom it tells.",
    ),
)
