"""The compiled twin, against plain numpy on the same games, and the source that it is made from."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from games import InputError
from games.kernels import EquilibriaInBulk, equilibria_in_bulk, pure_equilibria_in_bulk
from games.kernels.compiled import equilibria_in_bulk as compiled
from games.kernels.compiled import pure_equilibria_in_bulk as compiled_pure
from games.kernels.compiled import two_players
from games.kernels.compiled.cached import cache_folder, module_of
from games.kernels.compiled.pure_source import pure_source
from games.kernels.compiled.source import source
from games.kernels.payoffs import both
from games.kernels.scan import sizes
from games.kernels.signs import LARGEST_EXPONENT
from games.kernels.two_players import found_by
from laws.games_in_bulk import KINDS, kinds

pytest.importorskip("numba")

SEED = 1946
ALL_SHAPES = [(m, n) for m in range(1, 6) for n in range(1, 6)]
SHAPES = [(2, 3), (5, 5)]
ALLOWED = re.compile(r"[A-Za-z0-9_ \n.,:()\[\]{}=+\-*/<>&|^~!@\"]*")
"""What the source of a kernel is written with: no quotation mark but that of the option it names, no backslash."""

ANY: Any = None


def text(m: int, n: int) -> str:
    return source(m, n, [(size.k, size.start, size.stop) for size in sizes(m, n)], LARGEST_EXPONENT)


def the_same(one: EquilibriaInBulk, other: EquilibriaInBulk) -> bool:
    exactly = ("start", "supports", "tied", "flagged")
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in exactly)
        and all(np.allclose(getattr(one, name), getattr(other, name), 0, 1e-9) for name in ("rows", "columns"))
        and one.solved == other.solved
        and one.exact == other.exact
        and (not one.exact or all(one.of(k) == other.of(k) for k in range(len(one))))
    )


@pytest.mark.untraced
@pytest.mark.parametrize("kind", KINDS)
def test_the_twins_agree(kind: str) -> None:
    for shape in SHAPES:
        A, B = kinds(np.random.default_rng(SEED))[kind]((100, *shape))
        assert the_same(equilibria_in_bulk(A, B), compiled(A, B)), (kind, shape)


@pytest.mark.long
@pytest.mark.untraced
@pytest.mark.parametrize("shape", ALL_SHAPES, ids=str)
def test_the_twins_agree_on_thousands(shape: tuple[int, int]) -> None:
    for kind in KINDS:
        few = kind in ("large whole numbers", "of all sizes", "near ties", "large multiples") and max(shape) > 3
        A, B = kinds(np.random.default_rng(SEED + 1))[kind]((500 if few else 5_000, *shape))
        assert the_same(equilibria_in_bulk(A, B), compiled(A, B)), (kind, shape)


@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_neither_chunks_nor_threads_change_anything(threads: int) -> None:
    A, B = kinds(np.random.default_rng(SEED))["quarters"]((3_001, 2, 3))
    whole = compiled(A, B, threads=1)
    parts = compiled(A, B, threads=threads)
    kernel = two_players._kernel(2, 3)
    assert kernel is not None
    odd = found_by(kernel.scan, *both(A, B), block=97, threads=threads)
    for name in ("start", "supports", "rows", "columns", "tied", "flagged"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name
        assert np.array_equal(getattr(whole, name), getattr(odd, name)), name


def test_there_is_room_for_games_with_many_equilibria(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coordination: 2^n − 1 equilibria in a game, far more than the first games, which have one, make room for."""
    monkeypatch.setattr(two_players, "LEAST_ROOM", 1)
    A = np.repeat(np.eye(5)[None] * np.array([1.0, 1.1, 1.3, 1.7, 1.9]), 1_000, axis=0)
    B, few = A.copy(), slice(0, two_players.SAMPLE)
    A[few], B[few] = np.arange(5)[:, None] + 0.1, np.arange(5) + 0.1
    found = compiled(A, B, threads=1)
    assert np.array_equal(found.counts, [1] * two_players.SAMPLE + [31] * (1_000 - two_players.SAMPLE))
    assert the_same(found, equilibria_in_bulk(A, B))


def test_no_games_have_no_equilibria() -> None:
    found = compiled(np.zeros((0, 2, 3)), np.zeros((0, 2, 3)))
    assert (len(found), len(found.rows), found.columns.shape) == (0, 0, (0, 3))


@pytest.mark.parametrize("shape", ALL_SHAPES, ids=str)
def test_the_source_holds_positions_and_whole_numbers_alone(shape: tuple[int, int]) -> None:
    """Nothing of a game enters it: it is a function of the shape, in plain signs, and its numbers are whole."""
    written = text(*shape)
    assert ALLOWED.fullmatch(written)
    assert set(re.findall(r'"[^"]*"', written)) == {'"numpy"'}
    assert not re.search(r"\d\.|\.\d|\d[eE][+-]?\d", written)
    assert written == text(*shape)
    compile(written, "kernel", "exec")


def test_hostile_payoffs_never_reach_the_source() -> None:
    for given in (np.array([[["__import__('os')"]]]), np.array([[["1); import os"]]], dtype=object)):
        with pytest.raises(InputError, match="of the type"):
            compiled(given, given)


def test_a_module_is_kept_under_the_hash_of_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("games.kernels.compiled.cached.cache_folder", lambda: tmp_path / "new")
    module = module_of("ANSWER = 42\n")
    assert module is not None
    assert module.ANSWER == 42
    (path,) = (tmp_path / "new").glob("*.py")
    assert re.fullmatch(r"kernel_[0-9a-f]{64}", path.stem)
    # What somebody else has written there is not run.
    path.write_text("ANSWER = 43\n", encoding="ascii")
    again = module_of("ANSWER = 42\n")
    assert again is not None
    assert again.ANSWER == 42
    assert path.read_text(encoding="ascii") == "ANSWER = 42\n"
    assert list((tmp_path / "new").glob("tmp*")) == []


def test_numpy_serves_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "file"
    taken.write_text("", encoding="ascii")
    monkeypatch.setattr("games.kernels.compiled.cached.cache_folder", lambda: taken / "kernels")
    two_players._kernel.cache_clear()
    A = np.random.default_rng(SEED).integers(0, 9, (50, 2, 2))
    assert the_same(compiled(A, -A), equilibria_in_bulk(A, -A))
    assert two_players._kernel(2, 2) is None
    two_players._kernel.cache_clear()


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "parley" / "kernels"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache" / "parley" / "kernels"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == Path.home() / "Library" / "Caches" / "parley" / "kernels"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_folder() == tmp_path / "parley" / "kernels"


def test_a_second_run_finds_what_the_first_has_compiled(tmp_path: Path) -> None:
    """Both in processes of their own; the second compiles nothing."""
    program = (
        "import numpy as np\n"
        "from games.kernels.compiled import pure, pure_equilibria_in_bulk\n"
        "found = pure_equilibria_in_bulk([np.array([[0.1, 2.0]])])\n"
        "stats = pure._look((2,)).stats\n"
        "print(found.sum(), sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))\n"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    printed = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
        for _ in range(2)
    ]
    assert [done.stdout.split() for done in printed] == [["1", "0", "1"], ["1", "1", "0"]]


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    program = "import sys, games, games.kernels.compiled\nprint({'numba', 'scipy', 'sympy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("threads", [0, -1, 1.5, True, "two"])
def test_the_number_of_threads_is_checked(threads: Any) -> None:
    with pytest.raises(InputError, match="give a whole number from 1 on"):
        compiled(np.zeros((1, 2, 2)), np.zeros((1, 2, 2)), threads=threads)


def test_without_numba_it_says_who_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("games.kernels.compiled.cached.find_spec", lambda _name: None)
    with pytest.raises(InputError, match="give the same answers without it"):
        compiled(np.zeros((1, 2, 2)), np.zeros((1, 2, 2)))
    with pytest.raises(InputError, match="is a list"):
        equilibria_in_bulk([[1]], ANY)


PURE_SHAPES = [(2,), (2, 1, 3), (5, 5, 5)]
"""The last has more payoffs than are written out."""


@pytest.mark.parametrize("kind", ["zero or one, in bytes", "of all sizes"])
def test_the_twins_agree_on_pure_equilibria(kind: str) -> None:
    drawn = kinds(np.random.default_rng(SEED))[kind]
    for shape in PURE_SHAPES:
        payoffs = [drawn((200, shape[0], int(np.prod(shape[1:]))))[0].reshape(200, *shape) for _ in shape]
        assert np.array_equal(compiled_pure(payoffs), pure_equilibria_in_bulk(payoffs)), shape
        turned = [own.astype(own.dtype.newbyteorder(">"))[::-1] for own in payoffs]
        assert np.array_equal(compiled_pure(turned), pure_equilibria_in_bulk(payoffs)[::-1]), shape


@pytest.mark.parametrize("shape", PURE_SHAPES, ids=str)
def test_the_source_for_pure_equilibria_holds_positions_alone(shape: tuple[int, ...]) -> None:
    written = pure_source(shape)
    assert ALLOWED.fullmatch(written)
    assert set(re.findall(r'"[^"]*"', written)) == {'"numpy"'}
    compile(written, "kernel", "exec")
