"""Which files a game is read from and written to: each format registers its functions under the suffix of its files."""

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


Writer: TypeAlias = "Callable[[Model], str]"
"""Makes a file's text of a model; raises `InputError` for one that the format cannot hold."""

WRITERS: dict[str, Writer] = {}
"""The writer for each suffix, in lower case and with its dot."""


def writes(suffix: str) -> Callable[[Writer], Writer]:
    """Makes a function the writer of files with this suffix."""

    def register(writer: Writer) -> Writer:
        WRITERS[suffix] = writer
        return writer

    return register
