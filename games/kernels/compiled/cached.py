"""Generated modules in the user's cache folder, named by the hash of their text, so that they are compiled but once.

The compiler keeps what it has compiled beside them. Where no folder can be written to there is no module, and plain
numpy serves.
"""

import os
import sys
from hashlib import sha256
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import ModuleType

from games.errors import InputError


def numba_is_installed() -> bool:
    """Whether the compiler is."""
    return find_spec("numba") is not None


def check_numba() -> None:
    """Raises `InputError` where the compiler is not installed."""
    if not numba_is_installed():
        raise InputError("numba is not installed; the functions of games.kernels give the same answers without it")


def cache_folder() -> Path:
    """The folder for what can be made again: of the user's, and of this package's."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "parley" / "kernels"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "parley" / "kernels"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "parley" / "kernels"


def module_of(text: str) -> ModuleType | None:
    """The module with this text; None where it cannot be kept."""
    name = f"kernel_{sha256(text.encode('ascii')).hexdigest()}"
    try:
        path = _written(text, cache_folder() / f"{name}.py")
    except (OSError, RuntimeError):
        return None
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # What was compiled before finds the module by its name.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except RuntimeError:
        # The compiler has no folder of its own to write to.
        del sys.modules[name]
        return None
    return module


def _written(text: str, path: Path) -> Path:
    """The path, at which a file with just this text stands."""
    if path.is_file() and path.read_bytes() == text.encode("ascii"):
        return path
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written beside and then moved, so that nobody ever reads half of it.
    with NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
        file.write(text.encode("ascii"))
    Path(file.name).replace(path)
    return path
