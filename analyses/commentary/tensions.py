"""Arguments of the source that pull apart."""

from analyses.arguments import Tension

TENSIONS = (
    Tension(
        "T1",
        "Forcing a compromise, and a bias to the alliance",
        ("A2", "A7"),
        "Coercion is conditional, drawing a line is not. Of one Japan whose payoffs everybody knows, that sanctions "
        "are worth more to it than its promise and that they force a concession cannot both be true.",
        "core-full",
    ),
    Tension(
        "T2",
        "Always firm, and changed because of Japan",
        ("A5", "A1"),
        "A Russia whose steps do not depend on what Japan does is firm, and then the sanctions changed nothing.",
        "A1-war",
    ),
    Tension(
        "T3",
        "Futility blamed on sanctions whose baseline may be zero",
        ("A3", "A3"),
        "Where nothing is paid, there is no settlement without sanctions either; then they cost nothing on this score.",
        "A3-blame",
    ),
    Tension(
        "T4",
        "A deterrent that remains, and did not deter",
        ("A6", "A6"),
        "Retaliation that costs Japan more than full sanctions earn, and full sanctions imposed, exclude each other.",
        "A6-harm",
    ),
    Tension(
        "T5",
        "Dialogue, and pressure that continues",
        ("A14", "A3"),
        "In the game of sanctions there is nothing to talk about where relief is not credible. On a track of its own a "
        "deal can be made while sanctions last.",
        "A14-excluded",
    ),
    Tension(
        "T6",
        "An interest given up, and no cost named",
        ("A7", "A7"),
        "Japan's economic cost is never mentioned. Without one, full sanctions need not leave it a loss.",
    ),
    Tension(
        "T7",
        "Concessions hoped for, and no reason to lift",
        ("A2", "A15"),
        "No one is ever given a reason to lift anything: Japan not the sanctions, Russia not its steps.",
    ),
)
