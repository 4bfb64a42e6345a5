"""Arguments of the source that pull apart.

A goal that the author reports and a failure that the author predicts are no contradiction of the text with itself: that
sanctions are meant to force a compromise (A2, the government's goal) and that little hope is left (A3, the author's
prediction) do not pull apart, and are not among these.
"""

from analyses.arguments import Tension

TENSIONS = (
    Tension(
        "T1",
        "Forcing a compromise, and a bias to the alliance",
        ("A2", "A7"),
        "Coercion is conditional, drawing a line is not. The goal is the government's, the bias is the author's "
        "description of it: of one Japan whose payoffs everybody knows, great harm cannot force a concession while "
        "sanctions are worth more to it than its promise.",
        ("A2-bare", "core-full"),
    ),
    Tension(
        "T2",
        "Always firm, and changed because of Japan",
        ("A5", "A1"),
        "If firm means that Russia's steps do not depend on what Japan does, the sanctions changed nothing; if it "
        "means that Russia cedes nothing, both can hold.",
        ("A1-spiral", "A1-war"),
    ),
    Tension(
        "T3",
        "Futility blamed on sanctions whose baseline may be zero",
        ("A3", "A3"),
        "Where nothing is paid, there is no settlement without sanctions either; then they cost nothing on this score.",
        ("A3-strong", "A3-baseline"),
    ),
    Tension(
        "T4",
        "A deterrent that remains, and did not deter",
        ("A6", "A6"),
        "A deterrent may remain and not deter: patrols that cost Japan less than full sanctions earn answer them and "
        "do not prevent them.",
        ("A6-remains", "A6-imposed"),
    ),
    Tension(
        "T5",
        "Dialogue, and pressure that continues",
        ("A14", "A3"),
        "In the game of sanctions there is nothing to talk about where relief is not credible and nothing is paid. On "
        "a track of its own a deal can be made while sanctions last.",
        ("A3-biased", "A14-both-gain"),
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
