"""The folder of a long sweep: a Parquet file for each shard, and a manifest that says whose they are.

A file is written beside its place first and then moved there, so that what has a shard's name is whole, unless somebody
cut it later. Nothing of another sweep, or of other code, is ever taken for a shard of this one.
"""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyses.sweeps.shards.making import FOOTER, Failure
from analyses.sweeps.shards.specification import Specification, code
from analyses.writing import check_folder, write_files
from games.errors import InputError, check_kind, listed, quoted

MANIFEST = "manifest.json"
FORMAT = 1
SHARD = re.compile(r"^\d{6,12}-[0-9a-f]+\.parquet$")
LEFT_OVER = re.compile(r"^\..+\.\d+\.(part|old)$")
"""What a run that was killed while it wrote leaves behind."""


@dataclass(frozen=True)
class Folder:
    """Where the shards of a sweep are."""

    path: Path
    specification: Specification

    def begin(self, resume: bool) -> set[int]:
        """Makes the folder ready and says which shards it has.

        Raises `InputError` for a folder that cannot be written, one with something in it unless the sweep is to
        ``resume`` there, one that holds another sweep or was written by other code, and for a shard that is damaged.
        """
        check_folder(self.path)
        if there := self._there():
            if not resume:
                raise InputError(
                    f"the folder {quoted(self.path)} has something in it ({listed(there, 3)}); name an empty or a new "
                    "one, or go on there with --resume (resume=True)"
                )
            self._check_is_own(there)
        else:
            self._write_manifest({})
        finished = {number for number in self.finished if self.summary(number)}
        self._clear(there)
        return finished

    def write(self, number: int, content: bytes) -> None:
        """Puts a shard into its place. Raises `InputError` where that cannot be."""
        self._write({self.specification.name_of(number): content})

    def finish(self, failed: Sequence[Failure]) -> None:
        """Writes down which files there are, so that they can be told from others, and which shards failed."""
        self._write_manifest({failure.number: failure.why for failure in failed})

    @property
    def finished(self) -> list[int]:
        """The shards that are there, by number."""
        return sorted(number for number in map(self._number, self._there()) if number is not None)

    def _number(self, name: str) -> int | None:
        """Which shard has this file; None if none has."""
        number = int(name.split("-")[0]) if SHARD.match(name) else self.specification.shards
        known = number < self.specification.shards and self.specification.name_of(number) == name
        return number if known else None

    def file(self, number: int) -> Path:
        """Where a shard is, or will be."""
        return self.path / self.specification.name_of(number)

    @property
    def manifest(self) -> Path:
        """Where it is said whose shards these are."""
        return self.path / MANIFEST

    def read(self, number: int) -> Any:
        """A shard as a table of Arrow. Raises `InputError` where its file is damaged."""
        from pyarrow import ArrowException, parquet

        file = self.file(number)
        try:
            return parquet.read_table(file, page_checksum_verification=True)
        except (ArrowException, OSError):
            raise _damaged(file) from None

    def summary(self, number: int) -> dict[str, Any]:
        """What was counted in a shard. Raises `InputError` where its file is damaged or another's."""
        from pyarrow import ArrowException, parquet

        file = self.file(number)
        try:
            with parquet.ParquetFile(file) as opened:
                metadata = opened.metadata.metadata or {}
            summary: dict[str, Any] = json.loads(metadata[FOOTER])
        except (ArrowException, OSError, ValueError, KeyError):
            raise _damaged(file) from None
        if (summary["key"], summary["number"]) != (self.specification.key, number):
            raise InputError(f"{quoted(file, 200)} holds another shard than its name says; {REMEDY}")
        return summary

    def _there(self) -> list[str]:
        try:
            return sorted(each.name for each in self.path.iterdir()) if self.path.exists() else []
        except OSError as error:
            raise InputError(f"cannot read {quoted(self.path)}: {error.strerror}; choose another folder") from None

    def _check_is_own(self, there: Sequence[str]) -> None:
        if MANIFEST not in there:
            raise InputError(
                f"the folder {quoted(self.path)} is none of a sweep: it has no {MANIFEST}; name another folder"
            )
        self._check_manifest(_read(self.manifest))
        if foreign := [name for name in there if name.endswith(".parquet") and self._number(name) is None]:
            raise InputError(
                f"the folder {quoted(self.path)} has a file that is no shard of this sweep: {foreign[0]}; move it away"
            )

    def _check_manifest(self, manifest: Mapping[str, Any]) -> None:
        for part, own in (("specification", self.specification.as_json()), ("code", code())):
            theirs = manifest[part] if isinstance(manifest.get(part), dict) else {}
            for name, value in own.items():
                if theirs.get(name) != value:
                    raise InputError(
                        f"the folder {quoted(self.path)} holds another sweep: its {SAID.get(name, name)} is "
                        f"{quoted(theirs.get(name))}, and this one's is {quoted(value)}; name another folder"
                    )

    def _clear(self, there: Sequence[str]) -> None:
        for name in there:
            if LEFT_OVER.match(name):
                with suppress(OSError):
                    (self.path / name).unlink()

    def _write_manifest(self, failed: Mapping[int, str]) -> None:
        manifest = {
            "format": FORMAT,
            "specification": self.specification.as_json(),
            "code": dict(code()),
            "key": self.specification.key,
            "shards": self.specification.shards,
            "finished": [{"file": file.name, "bytes": file.stat().st_size} for file in map(self.file, self.finished)],
            "failed": [{"shard": self.specification.described(n), "why": why} for n, why in sorted(failed.items())],
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        self._write({MANIFEST: text.encode()})

    def _write(self, contents: Mapping[str, bytes]) -> None:
        try:
            write_files(self.path, contents)
        except InputError as error:
            raise InputError(f"{error}, or make room and go on with --resume: what is finished stays") from None


REMEDY = "delete it and go on with --resume"
SAID = {
    "content": "model (the hash of its game, ranges and words)",
    "rows": "number of points in a shard",
    "files": "code (the hash of its files)",
    "parley": "version of Parley",
}
"""How a message calls what has another name in the manifest."""


def _damaged(file: Path) -> InputError:
    return InputError(f"the shard {quoted(file, 200)} is cut short or damaged; {REMEDY}")


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise InputError(f"{quoted(file, 200)} is no manifest of a sweep, or is damaged; name another folder")
    return found


def folder_at(path: Path | str) -> Path:
    """Raises `InputError` for what cannot name a folder."""
    check_kind(path, (str, Path), "the folder", "its name as text or a Path")
    if not str(path).strip():
        raise InputError("the folder is blank; name one, such as my_sweep")
    return Path(path)
