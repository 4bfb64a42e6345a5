"""Where something is from, in a document: a text, or a table of ``work``, ``paragraph`` and ``phrase``; a work that a
model is built on, a table of ``authors``, ``year``, ``title`` and ``published``."""

from games.errors import InputError
from games.formats.fields import kind, line, needed, only, prose, table
from games.literature import Reference
from games.sources import Cited, Quoted, Source


def read_source(given: object, what: str = "source") -> Source:
    """The source that a text or a table names; ``what`` says in an error whose it is."""
    if isinstance(given, str):
        return Cited(prose(given, what))
    fields = table(given, what, "work, paragraph and phrase, or text,")
    only(fields, ("work", "paragraph", "phrase"), what)
    work = line(needed(fields, "work", what), f"{what}: work")
    phrase = line(needed(fields, "phrase", what), f"{what}: phrase")
    return Quoted(work, _number(needed(fields, "paragraph", what), f"{what}: paragraph"), phrase)


def read_reference(given: object, what: str) -> Reference:
    """The work that a table describes."""
    keys = ("authors", "year", "title", "published")
    fields = table(given, what, "authors, year, title and published")
    only(fields, keys, what)
    authors, _, title, published = (needed(fields, key, what) for key in keys)
    return Reference(
        line(authors, f"{what}: authors"),
        _number(fields["year"], f"{what}: year"),
        line(title, f"{what}: title"),
        line(published, f"{what}: published"),
    )


def _number(given: object, what: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise InputError(f"{what} must be a number from 1, not {kind(given)}")
    return given
