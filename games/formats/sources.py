"""Where something is from, and the works that a model is built on, as a document says it: read, and written.

A source is a text, which names the source in words of its own, or a table of

- ``work``, ``paragraph`` and ``phrase``: quoted;
- ``formula`` and ``reason``: derived from other quantities, and why that holds;
- ``assumed``: chosen by the modeller, for this reason.

A work is a table of ``authors``, ``year``, ``title`` and ``published``.
"""

from dataclasses import asdict
from typing import Any

from games.errors import InputError
from games.formats.fields import kind, line, needed, only, prose, table
from games.literature import Reference
from games.sources import Assumed, Cited, Derived, Quoted, Source

_KINDS = {
    "work": ("work", "paragraph", "phrase"),
    "formula": ("formula", "reason"),
    "assumed": ("assumed",),
}
"""For the key that tells what a source is, all the keys that such a source has."""


def read_source(given: object, what: str = "source") -> Source:
    """The source that a text or a table names; ``what`` says in an error whose it is."""
    if isinstance(given, str):
        return Cited(prose(given, what))
    contents = "work, paragraph and phrase, or of formula and reason, or of assumed, or text,"
    fields = table(given, what, contents)
    match [key for key in _KINDS if key in fields]:
        case [key]:
            only(fields, _KINDS[key], what)
        case []:
            only(fields, (key for own in _KINDS.values() for key in own), what)
            raise InputError(f"{what} must be a table of {contents} and has none of work, formula and assumed")
        case several:
            raise InputError(f"{what} has both {' and '.join(several)}; it is only one of these")
    if key == "assumed":
        return Assumed(prose(fields["assumed"], f"{what}: assumed"))
    if key == "formula":
        formula, reason = (prose(needed(fields, own, what), f"{what}: {own}") for own in _KINDS[key])
        return Derived(formula, reason)
    work = line(fields["work"], f"{what}: work")
    phrase = line(needed(fields, "phrase", what), f"{what}: phrase")
    return Quoted(work, _number(needed(fields, "paragraph", what), f"{what}: paragraph"), phrase)


def written_source(source: Source) -> str | dict[str, Any]:
    """What `read_source` reads as the source."""
    match source:
        case Cited(work):
            return work
        case Assumed(reason):
            return {"assumed": reason}
    return asdict(source)


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


def written_reference(work: Reference) -> dict[str, Any]:
    """What `read_reference` reads as the work."""
    return asdict(work)


def _number(given: object, what: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise InputError(f"{what} must be a number from 1, not {kind(given)}")
    return given
