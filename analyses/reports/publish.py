"""A report on disk: ``report.json``, and from it one Typst document as ``report.pdf`` and ``report.html``."""

import json
from importlib.resources import files
from pathlib import Path

from analyses.reports.contents import Report
from analyses.writing import check_folder, write_files

PARTS = (
    *("appendix.typ", "argument_map.typ", "bimatrix.typ", "brief.typ", "chapter.typ", "data.typ", "ledger.typ"),
    *("page.css", "page.typ", "paper.typ", "pieces.typ"),
)
"""The files of which the document is made, besides the first of them."""


def publish(report: Report, folder: Path | str) -> tuple[Path, ...]:
    """Writes the report into ``folder``, which is made if need be, and returns the paths of the three files.

    The same report gives the same bytes. Everything is prepared before the first file is touched, and each file is
    written beside its place and then moved there. Raises `InputError` when the folder cannot be written.
    """
    target = Path(folder)
    check_folder(target)
    data = canonical_json(report)
    contents = {
        "report.json": data,
        "report.pdf": typeset(report, data, "pdf"),
        "report.html": typeset(report, data, "html"),
    }
    return write_files(target, contents)


def canonical_json(report: Report) -> bytes:
    """The report as JSON with sorted keys, two spaces of indentation and a final newline, in UTF-8."""
    return (json.dumps(report.as_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def typeset(report: Report, data: bytes, form: str) -> bytes:
    """The document made from the report's JSON as ``pdf`` or ``html``; only fonts that come with Typst are used."""
    import typst

    # The package's own type hints leave out that it takes several named files.
    compiled: bytes = typst.compile(  # type: ignore[call-overload]
        sources(report, data),
        format=form,
        ignore_system_fonts=True,
        sys_inputs={"target": "html" if form == "html" else "paged"},
    )
    return compiled


def sources(report: Report, data: bytes) -> dict[str, bytes]:
    """Everything that the document is made of, by name: the parts in Typst, the report's JSON, its pictures."""
    folder = files("analyses.reports")
    found = {"main": folder.joinpath("report.typ").read_bytes(), "report.json": data}
    found |= {name: folder.joinpath(name).read_bytes() for name in PARTS}
    if report.brief.figure is not None:
        found["brief.svg"] = report.brief.figure.svg
    for number, chapter in enumerate(report.chapters):
        found |= {f"{number}-{name}.svg": drawing.svg for name, drawing in chapter.figures.items()}
    return found
