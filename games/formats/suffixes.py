"""Which files a game is read from: each format registers its reader under the suffix of its files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from games.model import Model

Reader: TypeAlias = "Callable[[str, str], Model]"
"""Makes the model of a file's text; its second argument is the name of a model that does not name itself."""

READERS: dict[str, Reader] = {}
"""The reader for each suffix, in lower case and with its dot."""


def reads(suffix: str) -> Callable[[Reader], Reader]:
    """Makes a function the reader of files with this suffix."""

    def register(reader: Reader) -> Reader:
        READERS[suffix] = reader
        return reader

    return register
