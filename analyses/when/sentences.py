"""The sentences that say what conditions are of, and what is proved of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill

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
"""What is proved of conditions that hold exactly where something is so."""


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
