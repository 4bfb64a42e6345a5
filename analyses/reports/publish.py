"""A report on disk: ``report.json``, and from it one Typst document as ``report.pdf`` and ``report.html``."""

import json
from importlib.resources import files
from pathlib import Path

from analyses.reports.contents import Report
from analyses.writing import check_folder, write_files


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

    folder = files("analyses.reports")
    sources: dict[str, bytes] = {
        "main": folder.joinpath("report.typ").read_bytes(),
        "bimatrix.typ": folder.joinpath("bimatrix.typ").read_bytes(),
        "report.json": data,
    }
    for number, chapter in enumerate(report.chapters):
        for name, drawing in chapter.figures.items():
            sources[f"{number}-{name}.svg"] = drawing.svg
    for number, drawing in enumerate(report.map):
        sources[f"map-{number}.svg"] = drawing.svg
    # The package's own type hints leave out that it takes several named files.
    compiled: bytes = typst.compile(  # type: ignore[call-overload]
        sources, format=form, ignore_system_fonts=True, sys_inputs={"target": "html" if form == "html" else "paged"}
    )
    return compiled
