"""A game in a file, read by the file's suffix. A new format is one new file beside this one that registers itself.

A file is UTF-8 text, with or without a byte order mark, of at most `LARGEST` bytes. It is never executed: formulas go
through `games.formulas.text`, numbers are exact.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ELOOP
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO

from games.errors import InputError, check_kind, listed, quoted
from games.formats.fields import LONGEST_LINE
from games.formats.suffixes import READERS, Reader
from games.model import Model

for _module in iter_modules([str(Path(__file__).parent)], f"{__package__}."):
    if _module.name != __name__:
        import_module(_module.name)

LARGEST = 1_000_000
"""The most bytes a file may have."""

LONGEST_MESSAGE = 600
"""The most characters an error repeats of what a file holds."""


def read_game(path: Path | str) -> Model:
    r"""The model that the file at ``path`` holds, named after the file unless it names itself.

    The file is read as its suffix says, one of `READERS`, in upper or lower case.
    Raises `InputError`, in one line that begins with the file, for anything that is not such a file.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from games.formats.files import read_game
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "ours.toml"
    ...     written = file.write_text(
    ...         'parameters.c = "1/2"\nstrategies = {A = ["Stay", "Go"]}\npayoffs = {A = ["1 - c", 0]}\n'
    ...     )
    ...     model = read_game(file)
    >>> model.at(c=2).payoffs
    {('Stay',): (Fraction(-1, 1),), ('Go',): (Fraction(0, 1),)}
    """
    check_kind(path, (str, Path), "the path", "the name of a file, as text or a Path")
    path = Path(path)
    with naming(path):
        reader = _reader(path)
        return reader(read_text(path), _printable(path.stem))


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Within it, an `InputError` begins with the file, or what else the text came from."""
    try:
        yield
    except InputError as error:
        message = str(error)
        shown = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"
        source = quoted(path, 300) if isinstance(path, Path) else path
        raise InputError(f"{source}: {shown}") from None


def _reader(path: Path) -> Reader:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        given = f"the suffix {quoted(path.suffix)} is not known" if path.suffix else "the file has no suffix"
        raise InputError(f"{given}; a game is read from {listed(READERS)} (from a spreadsheet, save as CSV UTF-8)")
    return reader


def read_text(path: Path, holding: str = "a game") -> str:
    """The text of a file that is to hold ``holding``; raises `InputError` for a file that is too large or no text."""
    return text_of(_content(path, holding), holding)


def read_stream(stream: BinaryIO, suffix: str) -> Model:
    """The model that a stream, such as standard input, holds as a file with this suffix would; else as `read_game`."""
    with naming("standard input"):
        try:
            content = stream.read(LARGEST + 1)
        except OSError as error:
            raise InputError(f"it cannot be read ({error.strerror or type(error).__name__})") from None
        _check_size(content)
        return READERS[suffix](text_of(content), "standard-input")


def text_of(content: bytes, holding: str = "a game") -> str:
    """The text that a file's ``content`` is; else as `read_text`."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("the file is UTF-16; save it as UTF-8 (in a spreadsheet: CSV UTF-8)")
    if b"\0" in content:
        raise InputError(f"the file is binary; {holding} is UTF-8 text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"line {line} is not UTF-8; save the file as UTF-8 (in a spreadsheet: CSV UTF-8)") from None
    if not text.strip():
        raise InputError(f"the file is empty; it must hold {holding}")
    return text


def _content(path: Path, holding: str) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"this is a directory; give the file of {holding}")
        if path.is_symlink() and _is_circle(path):
            raise InputError(f"this is a link that leads back to itself; give the file of {holding}")
        if not path.exists():
            raise InputError("there is no such file; check the path")
        if not path.is_file():
            raise InputError(f"this is not a regular file; give the file of {holding}")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror or type(error).__name__})") from None
    _check_size(content)
    return content


def _check_size(content: bytes) -> None:
    if len(content) > LARGEST:
        raise InputError(f"the file is larger than {LARGEST:,} bytes, the most that is read")


def _is_circle(link: Path) -> bool:
    try:
        link.stat()
    except OSError as error:
        return error.errno == ELOOP
    return False


def _printable(stem: str) -> str:
    shown = "".join(character if character.isprintable() else "?" for character in stem[:LONGEST_LINE])
    return shown.strip() or "game"
