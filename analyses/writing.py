"""Writing files: each beside its place first, then moved there, so that none is ever half-written."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

from games.errors import InputError, check_kind, quoted


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


def write_file(path: Path | str, content: bytes) -> Path:
    """Writes one file, beside its place first. Raises `InputError` where that cannot be."""
    place = check_file(path)
    (written,) = write_files(place.parent, {place.name: content})
    return written


def check_file(path: Path | str) -> Path:
    """Fails early, and creates nothing, if no file can be written at ``path``."""
    check_kind(path, (str, Path), "the file", "its name as text or a Path")
    place = Path(path)
    if "\0" in str(path):
        raise InputError(f"{quoted(path)} cannot be a file: its name has a null byte; choose another")
    try:
        is_folder = not place.name or place.is_dir()
    except OSError as error:
        raise InputError(f"{quoted(path)} cannot be a file: {error.strerror}; choose another") from None
    if is_folder or not str(path).strip():
        raise InputError(f"{quoted(path)} is a folder or blank; name a file, such as sweep.csv")
    check_folder(place.parent)
    return place


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


def no_formula(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
