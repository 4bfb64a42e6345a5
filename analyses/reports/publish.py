"""A report on disk: ``report.json``, and from it one Typst document as ``report.pdf`` and ``report.html``."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from shutil import copyfile

from analyses.reports.contents import Report
from games.errors import InputError, quoted


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

    sources: dict[str, bytes] = {
        "main": files("analyses.reports").joinpath("report.typ").read_bytes(),
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


def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes all files, each beside its place first; if one cannot be written, none of the old ones is touched."""
    check_folder(folder)
    if blocked := [name for name in contents if (folder / name).is_dir()]:
        raise InputError(f"cannot write into {quoted(folder)}: {blocked[0]} is a folder there; choose another folder")
    beside = {name: folder / f".{name}.{os.getpid()}.part" for name in contents}
    kept = {name: folder / f".{name}.{os.getpid()}.old" for name in contents}
    started: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            beside[name].write_bytes(content)
            if (folder / name).exists():
                copyfile(folder / name, kept[name])
        for name, part in beside.items():
            started.append(name)
            part.replace(folder / name)
    except BaseException as error:
        for name in started:
            _undo(folder / name, beside[name], kept[name])
        if isinstance(error, OSError):
            raise InputError(f"cannot write into {quoted(folder)}: {error.strerror}; choose another folder") from None
        raise
    finally:
        for leftover in (*beside.values(), *kept.values()):
            with suppress(OSError):
                leftover.unlink()
    return tuple(folder / name for name in contents)


def _undo(target: Path, part: Path, kept: Path) -> None:
    """Puts the old file back in its place, or takes the new one away if there was none."""
    with suppress(OSError):
        if kept.exists():
            kept.replace(target)
        elif not part.exists():
            target.unlink()


def check_folder(folder: Path) -> None:
    """Fails early, and creates nothing, if ``folder`` is no folder or cannot be written."""
    if "\0" in str(folder):
        raise InputError(f"{quoted(folder)} cannot be a folder: its name has a null byte; choose another with --out")
    try:
        existing = next((place for place in (folder, *folder.absolute().parents) if place.exists()), Path("/"))
    except OSError as error:
        raise InputError(f"{quoted(folder)} cannot be a folder: {error.strerror}; choose another with --out") from None
    if not existing.is_dir():
        raise InputError(f"{quoted(folder)} cannot be a folder: {quoted(existing)} is a file; choose another folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise InputError(f"the folder {quoted(existing)} is not writable; choose another folder with --out")
