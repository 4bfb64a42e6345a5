"""The sentences that say what conditions are of, and what is proved of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill

from analyses.claims.share import Share, percent
from games.exact import amount

WIDTH = 100

WITHIN = "within the parameters' ranges and the model's assumptions"
ENOUGH = {
    True: f"This is enough: where it holds, {WITHIN}, every equilibrium in pure strategies plays it.",
    False: f"Each of them is enough: where it holds, {WITHIN}, every equilibrium in pure strategies plays it.",
}
NECESSARY = {
    True: "It is necessary: where it fails, even with equality, no such equilibrium plays it.",
    False: "Together they are necessary: where none holds, even with equality, no such equilibrium plays it.",
}
"""For one condition, and for several."""

AT_TIES: Mapping[bool | None, str] = {
    True: "Where one holds with equality, some equilibrium plays it.",
    False: "Where one holds just with equality, it need not be played.",
    None: "Whether it is played where a condition holds just with equality was not settled.",
}

BOTH_WAYS = f"Each condition is enough, {WITHIN}; where none of those below a sentence holds, it is not so."
BOTH_WAYS_UNLESS = (
    f"Each condition below “unless” is enough, {WITHIN}, for something else to be played as well, and where none of "
    "those holds nothing else is; each of the others is enough, and where none of those holds it is not so."
)
"""What is proved of conditions that hold exactly where something is so, and of those that hold where it is not."""


@dataclass(frozen=True)
class Block:
    """Conditions any of which is enough for what the ``head`` says, as the sentences that hold together."""

    head: str
    said: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each condition; none where nothing, or anything at all, makes it so."""
        return () if self.said == ((),) else tuple(" and ".join(parts) for parts in self.said)

    def lines(self) -> Iterator[str]:
        """The head, and the conditions one below another."""
        yield fill(self.head, WIDTH)
        for number, condition in enumerate(self.sentences, start=1):
            lead = f"  {number}. " if len(self.sentences) > 1 else "  "
            yield fill(condition, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def counted(said: Sequence[Sequence[str]]) -> str:
    """How a sentence goes on before a list of conditions."""
    return "if" if len(said) == 1 else f"under {len(said)} conditions, any of which is enough"


def one_of_these(said: Sequence[Sequence[str]]) -> str:
    """How a sentence goes on before a list of exceptions."""
    return "this holds" if len(said) == 1 else f"one of these {len(said)} conditions holds"


MOST_TIES = 6
"""The most ties that are named one by one."""


def but_for_ties(said: Sequence[str]) -> str:
    """What payoffs that tie are left out."""
    named = ", ".join(said[:MOST_TIES])
    more = f", and {len(said) - MOST_TIES} more (all of them with --format json)" if len(said) > MOST_TIES else ""
    return f"Nothing is told of payoffs that tie in one of these ways: {named}{more}."


def left_open(share: Share) -> str:
    """For how many payoffs it is not told whether it is played."""
    low, high = percent(share.low), percent(share.high)
    how = "exactly" if share.exact else f"95 % interval {low} to {high}, of {amount(share.draws, 'sampled point')}"
    return f"Whether it is played is left open at {percent(share.value)} of the payoffs ({how})."
