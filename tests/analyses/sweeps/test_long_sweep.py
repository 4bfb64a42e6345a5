"""Long sweeps: the same bytes whoever makes them and however often they are cut short; every folder that is refused."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

import analyses.sweeps.settling as settling_module
from analyses.sweeps import LongSweep, long_sweep, sweep
from analyses.sweeps.shards import crews
from analyses.sweeps.shards.making import Work, made
from analyses.sweeps.shards.specification import Specification, digest
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.solvers.limits import stopped_by
from games.sources import Assumed

GAME = "agenda-at-home"
ROWS = 64
ASKED: dict[str, Any] = {"samples": 300, "rows": ROWS, "seed": 5}

x, y = sympy.symbols("x y")


def two_by_two(high: int = 1, words: Callable[[tuple[str, ...]], str] = ", ".join) -> Model:
    """Together each gets 1 + y, alone x whatever the other does; hunting alone 0."""
    game = StrategicGame.bimatrix(
        [[1 + y, 0], [x, x]], [[1 + y, x], [0, x]], {"A": ("Stag", "Hare"), "B": ("Stag", "Hare")}
    )
    own = {"meaning": "a number", "default": 0, "low": 0, "unit": Unit.PAYOFF, "source": Assumed("for a test")}
    parameters = (Parameter(x, **own, high=high), Parameter(y, **own, high=1))  # type: ignore[arg-type]
    return Model("stag", "A stag hunt", game, parameters, outcome_words=words)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> LongSweep:
    """A sweep made in one go, in this process."""
    return long_sweep(load(GAME), out=tmp_path_factory.mktemp("whole") / "sweep", **ASKED)


@pytest.fixture
def begun(whole: LongSweep, tmp_path: Path) -> Path:
    """The same as if its run had been killed: two shards are missing, and a file is half-written."""
    folder = tmp_path / "begun"
    shutil.copytree(whole.folder, folder)
    for shard in whole.shards[1:3]:
        (folder / shard.name).unlink()
    (folder / f".{whole.shards[1].name}.4711.part").write_bytes(b"PAR1")
    return folder


# What is written.


def test_the_points_are_settled_as_solve_lists_them(tmp_path: Path) -> None:
    found = long_sweep(two_by_two(), out=tmp_path / "s", samples=40, rows=16, concept="pure-nash", design="grid")
    frame = found.to_frame()
    assert len(frame) == len(found) == 25
    tied = 0
    for row in frame.to_dict("records"):
        at = {name: Fraction(row[name]) for name in ("x", "y")}
        equilibria = solve(two_by_two().at(**at), "pure-nash")
        plays = sorted(
            {", ".join(s for p in ("A", "B") for s, weight in one[p].items() if weight) for one in equilibria}
        )
        assert row["set"] == " | ".join(plays)
        assert row["plays"] == len(plays)
        payoffs = [float(one.payoffs["A"]) for one in equilibria]
        assert (row["payoff of A, least"], row["payoff of A, greatest"]) == (min(payoffs), max(payoffs))
        assert row["probability of Hare, Hare, greatest"] == ("Hare, Hare" in plays)
        assert row["probability of Hare, Hare, least"] == (plays == ["Hare, Hare"])
        tied += len(plays) > 1
    assert tied > 0


@pytest.mark.parametrize("design", ["sobol", "grid"])
def test_with_an_order_of_its_own_a_design_is_that_of_a_sweep(design: str, tmp_path: Path) -> None:
    model = load(GAME)
    asked: dict[str, Any] = {"samples": 300, "seed": 5, "design": design}
    long, short = long_sweep(model, out=tmp_path / "s", rows=ROWS, **asked), sweep(model, **asked)
    mine, theirs = long.to_frame(), short.to_frame()
    assert list(mine.columns) == list(theirs.columns)
    for name in mine.columns:
        assert mine[name].tolist() == pytest.approx(theirs[name].tolist(), abs=0, nan_ok=True), name
    assert long.findings() == short.findings()
    assert long.table() == short.table()


def test_findings_are_counted_over_all_shards(whole: LongSweep) -> None:
    sets = Counter(whole.to_frame()["set"])
    for share in whole.tally.shares:
        assert share.certain == sets[share.outcome] / 300
        met = [one for one in sets if share.outcome in one.replace(" & ", " | ").split(" | ")]
        assert share.possible == sum(sets[one] for one in met) / 300
    assert sum(sets.values()) == len(whole) == 300
    assert len(whole.shards) == 5
    assert "300 points in" in " ".join(whole.findings())
    assert whole.as_json()["points"] == 300


def test_words_are_kept_once(whole: LongSweep) -> None:
    frame = whole.to_frame()
    assert [str(frame[name].dtype) for name in ("set", "settled")] == ["category", "category"]
    assert [len(each) for each in whole.frames()] == [64, 64, 64, 64, 44]


# The same bytes.


@pytest.mark.long
def test_two_processes_write_what_one_writes(whole: LongSweep, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    both = long_sweep(
        load(GAME), out=tmp_path / "two", workers=2, observe=lambda done, of: told.append((done, of)), **ASKED
    )
    assert contents(both.folder) == contents(whole.folder)
    assert both.findings() == whole.findings()
    assert [told[0], told[-1]] == [(0, 300), (300, 300)]


def test_a_killed_worker_costs_nothing(whole: LongSweep, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(done: int, _of: int) -> None:
        if done and not killed:
            child = next(each for each in active_children() if each.pid is not None)
            killed.append(child.pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    found = long_sweep(load(GAME), out=tmp_path / "s", workers=2, observe=kill, **ASKED)
    assert killed
    assert not found.failed
    assert contents(found.folder) == contents(whole.folder)


DRIVER = """
import sys
from analyses.sweeps import long_sweep
from games.catalog import load
long_sweep(load(sys.argv[1]), out=sys.argv[2], samples=6_400, rows=64, seed=5, workers=2)
"""


def test_a_killed_run_is_gone_on_with(tmp_path: Path) -> None:
    """Its workers end with it, what it finished stays, and in the end every point is there once."""
    folder, asked = tmp_path / "killed", {**ASKED, "samples": 6_400}
    run = subprocess.Popen([sys.executable, "-c", DRIVER, GAME, str(folder)], start_new_session=True)
    wait_for(lambda: len(list(folder.glob("*.parquet"))) > 2)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    wait_for(lambda: not is_anybody_left(run.pid))
    before = {name: content for name, content in contents(folder).items() if name.endswith(".parquet")}
    assert 2 < len(before) < 100
    found = long_sweep(load(GAME), out=folder, resume=True, **asked)
    whole = long_sweep(load(GAME), out=tmp_path / "whole", **asked)
    assert contents(folder) == contents(whole.folder)
    assert before.items() <= contents(folder).items()
    assert found.to_frame().equals(whole.to_frame())
    assert len(found) == 6_400


def wait_for(happened: Callable[[], bool], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_anybody_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_is_missing_is_made_and_what_is_there_is_not(
    whole: LongSweep, begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    shard = crews.Maker.shard
    monkeypatch.setattr(crews.Maker, "shard", lambda maker, number: made.append(number) or shard(maker, number))
    found = long_sweep(load(GAME), out=begun, resume=True, **ASKED)
    assert made == [1, 2]
    assert contents(begun) == contents(whole.folder)
    assert found.to_frame().equals(whole.to_frame())
    long_sweep(load(GAME), out=begun, resume=True, **ASKED)
    assert made == [1, 2]


def test_to_resume_where_nothing_is_is_to_begin(whole: LongSweep, tmp_path: Path) -> None:
    found = long_sweep(load(GAME), out=tmp_path / "new" / "er", resume=True, **ASKED)
    assert contents(found.folder) == contents(whole.folder)


def test_whoever_stops_it_is_left_whole_shards(whole: LongSweep, tmp_path: Path) -> None:
    told: list[int] = []
    with stopped_by(lambda: len(told) > 2):
        found = long_sweep(load(GAME), out=tmp_path / "s", observe=lambda done, _of: told.append(done), **ASKED)
    assert (told, len(found)) == ([0, 64, 128], 128)
    assert any("since it was interrupted; go on with --resume" in said for said in found.findings())
    again = long_sweep(load(GAME), out=tmp_path / "s", resume=True, **ASKED)
    assert contents(again.folder) == contents(whole.folder)


def test_stopped_before_anything_is_finished_it_says_so(tmp_path: Path) -> None:
    with stopped_by(lambda: True), pytest.raises(InputError, match="before a shard was finished"):
        long_sweep(load(GAME), out=tmp_path / "s", **ASKED)


@pytest.mark.parametrize(
    ("design", "premises"), [("latin", []), ("random", [x > y]), ("random", [x + y < sympy.Rational(1, 20)])]
)
def test_a_shard_hangs_on_no_other(design: str, premises: list[Any], tmp_path: Path) -> None:
    """The last one is made alone; in two of the designs by rejection, and by a random walk."""
    asked: dict[str, Any] = {"design": design, "premises": premises, "concept": "pure-nash", "rows": 32, "samples": 96}
    all_ = long_sweep(two_by_two(), out=tmp_path / "all", **asked)
    part = tmp_path / "part"
    shutil.copytree(all_.folder, part)
    last = all_.shards[-1].name
    (part / last).unlink()
    long_sweep(two_by_two(), out=part, resume=True, **asked)
    assert contents(part) == contents(all_.folder)
    frame = all_.to_frame()
    assert len(frame.drop_duplicates(["x", "y"])) == 96
    if "20" in str(premises):
        assert any("depend on each other" in remark for remark in all_.tally.remarks)
        assert (frame["x"] + frame["y"] < 1 / 20).all()


# What is refused.


def refused(said: str, model: Model, folder: Path, **more: Any) -> None:
    before = contents(folder) if folder.is_dir() else None
    with pytest.raises(InputError, match=said):
        long_sweep(model, out=folder, **{**ASKED, "resume": True, **more})
    assert (contents(folder) if folder.is_dir() else None) == before


def test_a_folder_with_something_in_it_is_refused(begun: Path) -> None:
    refused("has something in it .*--resume", load(GAME), begun, resume=False)


def test_a_folder_of_something_else_is_refused(begun: Path, tmp_path: Path) -> None:
    refused("its model is 'agenda-at-home', and this one's is 'finality'", load("finality"), begun)
    refused("its seed is '5', and this one's is '6'", load(GAME), begun, seed=6)
    refused("its samples is '300', and this one's is '301'", load(GAME), begun, samples=301)
    refused("its number of points in a shard is '64'", load(GAME), begun, rows=128)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine", encoding="utf-8")
    refused("has no manifest.json", load(GAME), tmp_path / "other")


def test_another_model_of_the_same_name_is_refused(tmp_path: Path) -> None:
    long_sweep(two_by_two(), out=tmp_path / "s", concept="pure-nash", **ASKED)
    refused("its model .the hash", two_by_two(high=2), tmp_path / "s", concept="pure-nash")
    refused("its model .the hash", two_by_two(words=" and ".join), tmp_path / "s", concept="pure-nash")


def test_what_other_code_wrote_is_refused(begun: Path) -> None:
    manifest = json.loads((begun / "manifest.json").read_text(encoding="utf-8"))
    manifest["code"]["files"] = "0" * 16
    (begun / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    refused("its code .the hash of its files. is '0000000000000000'", load(GAME), begun)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null"])
def test_a_damaged_manifest_is_refused(text: str, begun: Path) -> None:
    (begun / "manifest.json").write_text(text, encoding="utf-8")
    refused("no manifest of a sweep, or is damaged", load(GAME), begun)


def test_a_shard_cut_in_half_is_refused(whole: LongSweep, begun: Path) -> None:
    cut = begun / whole.shards[0].name
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    refused(f"{cut.name}' is cut short or damaged; delete it", load(GAME), begun)
    cut.write_bytes(b"")
    refused(f"{cut.name}' is cut short or damaged; delete it", load(GAME), begun)
    cut.unlink()
    long_sweep(load(GAME), out=begun, resume=True, **ASKED)
    assert contents(begun) == contents(whole.folder)


def test_a_shard_with_a_wrong_byte_is_refused_when_it_is_read(whole: LongSweep, tmp_path: Path) -> None:
    shutil.copytree(whole.folder, tmp_path / "copy")
    shard = tmp_path / "copy" / whole.shards[2].name
    content = bytearray(shard.read_bytes())
    content[200] ^= 0xFF
    shard.write_bytes(content)
    found = long_sweep(load(GAME), out=tmp_path / "copy", resume=True, **ASKED)
    with pytest.raises(InputError, match=shard.name):
        found.to_frame()


def test_one_shard_for_another_is_refused(whole: LongSweep, begun: Path) -> None:
    shutil.copy(whole.shards[0], begun / whole.shards[3].name)
    refused("holds another shard than its name says", load(GAME), begun)


def test_a_shard_of_another_sweep_is_refused(whole: LongSweep, begun: Path) -> None:
    shutil.copy(whole.shards[0], begun / "000000-0123456789abcdef.parquet")
    refused("no shard of this sweep: 000000-0123456789abcdef", load(GAME), begun)


def test_a_full_disk_loses_nothing(whole: LongSweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, written = Path.write_bytes, []

    def full(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) > 3:
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match=r"No space left on device.* go on with --resume: what is finished stays"):
        long_sweep(load(GAME), out=tmp_path / "s", **ASKED)
    monkeypatch.undo()
    assert sorted(contents(tmp_path / "s")) == [whole.shards[0].name, whole.shards[1].name, "manifest.json"]
    long_sweep(load(GAME), out=tmp_path / "s", resume=True, **ASKED)
    assert contents(tmp_path / "s") == contents(whole.folder)


@pytest.mark.parametrize("name", ["", "  ", "file.txt", "file.txt/in", "bad\0name", "g" * 5_000])
def test_what_cannot_be_a_folder_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="folder"):
        long_sweep(load(GAME), out=name, **ASKED)
    assert [each.name for each in tmp_path.iterdir()] == ["file.txt"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"samples": 0}, "number of samples"),
        ({"samples": 2**33}, "number of samples"),
        ({"rows": 0}, "number of points in a shard is 0"),
        ({"workers": 0}, "number of workers is 0"),
        ({"workers": True}, "number of workers is True"),
        ({"resume": 1}, "resume is 1"),
        ({"cluster": 8786}, "the cluster is 8786"),
        ({"out": 3}, "the folder is 3"),
        ({"design": "nosuch"}, "no design"),
        ({"design": "grid", "samples": 3}, "a grid over"),
        ({"point_seconds": 0}, "time limit"),
        ({"names": ["nosuch"]}, "no parameter"),
    ],
)
def test_wrong_input_is_refused_before_anything_is_written(more: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        long_sweep(load(GAME), **{"out": tmp_path / "s", **ASKED, **more})
    assert not (tmp_path / "s").exists()


# Shards that fail.


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A sweep whose solver breaks at the twentieth point."""
    listed, calls = settling_module.listed, []

    def breaking(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 20:
            raise ZeroDivisionError("in the middle\nof it")
        return listed(*given)

    monkeypatch.setattr(settling_module, "reading_of", lambda *_: None)
    monkeypatch.setattr(settling_module, "listed", breaking)
    return {"out": tmp_path / "s", "samples": 40, "rows": 16, "concept": "pure-nash", "seed": 2}


def test_a_shard_at_which_the_solver_breaks_fails_alone(poisoned: dict[str, Any]) -> None:
    found = long_sweep(two_by_two(), **poisoned)
    (failed,) = found.failures
    assert failed.startswith("shard 1 (000001-")
    assert (
        "points 16 to 31 of 40, stag, pure-nash, sobol, seed 2) failed: ZeroDivisionError: in the middle of" in failed
    )
    assert len(found) == 24
    assert any("1 of 3 shards failed" in said for said in found.findings())
    assert found.findings()[-1] == f"{failed}."
    assert json.loads(found.manifest.read_text(encoding="utf-8"))["failed"][0]["why"].startswith("ZeroDivisionError")
    again = long_sweep(two_by_two(), **poisoned, resume=True)
    assert (len(again), again.failed) == (40, ())
    assert json.loads(found.manifest.read_text(encoding="utf-8"))["failed"] == []


def test_where_every_shard_fails_that_is_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews.Maker, "shard", lambda *_: 1 // 0)
    with pytest.raises(InputError, match=r"no shard could be made: shard 0 .*ZeroDivisionError"):
        long_sweep(two_by_two(), out=tmp_path / "s", **ASKED)


def test_a_model_that_cannot_be_sent_is_made_here_alone(tmp_path: Path) -> None:
    model = two_by_two(words=lambda path: " and ".join(path))
    with pytest.raises(InputError, match=r"cannot be sent to other processes .*workers=1"):
        long_sweep(model, out=tmp_path / "two", workers=2, concept="pure-nash", **ASKED)
    assert len(long_sweep(model, out=tmp_path / "one", concept="pure-nash", **ASKED)) == 300


# Without the libraries.


@pytest.mark.parametrize("library", ["pyarrow", "pyarrow.parquet"])
def test_without_pyarrow_it_says_so(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError, match=r"pip install pyarrow.*FILE\.csv"):
        long_sweep(load(GAME), out=tmp_path / "s", **ASKED)
    assert len(sweep(load(GAME), samples=16)) == 16


def test_without_pandas_all_but_frames_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    found = long_sweep(load(GAME), out=tmp_path / "s", **ASKED)
    assert found.table().rows
    with pytest.raises(InputError, match="pip install pandas"):
        found.to_frame()


def test_without_distributed_there_is_no_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="pip install distributed"):
        long_sweep(load(GAME), out=tmp_path / "s", cluster="tcp://127.0.0.1:8786", **ASKED)


# Clusters.


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1", "tcp://127.0.0.1:1", "ftp://127.0.0.1:1", ""])
def test_where_no_cluster_answers_that_is_said(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "CONNECTING", 0.5)
    with pytest.raises(InputError, match="no cluster answers at"):
        long_sweep(load(GAME), out=tmp_path / "s", cluster=address, **ASKED)


@pytest.mark.parametrize("address", ["nonsense", "", "foo://x:1", "tcp://:"])
def test_what_is_no_address_is_refused_before_a_client_is_made(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that fails over its address waits for 40 seconds before it goes, and ends in a traceback."""
    distributed = pytest.importorskip("distributed")
    clients: list[str] = []
    monkeypatch.setattr(distributed, "Client", lambda given, **_: clients.append(given))
    with pytest.raises(InputError, match="give the address of a scheduler"):
        long_sweep(load(GAME), out=tmp_path / "s", cluster=address, **ASKED)
    assert not clients


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_writes_the_same_though_a_worker_is_killed(whole: LongSweep, tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    killed: list[int] = []
    started = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with closing(LocalCluster(**started)) as cluster:
        address = cluster.scheduler_address

        def kill(done: int, _of: int) -> None:
            if done and not killed:
                with Client(address, set_as_default=False) as client:
                    killed.extend(client.run(os.getpid).values())
                os.kill(killed[0], signal.SIGKILL)

        found = long_sweep(load(GAME), out=tmp_path / "s", cluster=address, observe=kill, **ASKED)
    assert len(killed) == 2
    assert not found.failed
    assert contents(found.folder) == contents(whole.folder)
    # It is closed, but says so only once it is gone.
    del cluster
    gc.collect()


def test_a_worker_with_other_code_makes_nothing(whole: LongSweep) -> None:
    work = Work.of(whole.specification)
    assert made(work, 2) == whole.shards[2].read_bytes()
    with pytest.raises(InputError, match=r"a worker has numpy \S+, the sweep has numpy 1\.0\.0; install the same"):
        made(replace(work, code=tuple((n, "1.0.0" if n == "numpy" else v) for n, v in work.code)), 2)


# Names.


def test_a_name_hangs_on_all_that_is_asked_and_on_nothing_else(whole: LongSweep) -> None:
    one = whole.specification
    assert one.name_of(3) == Specification(**vars_of(one)).name_of(3)
    names = {one.name_of(number) for number in range(one.shards)}
    for change in ({"seed": 6}, {"samples": 301}, {"rows": 32}, {"design": "latin"}, {"point_seconds": 1.0}):
        names.add(Specification(**{**vars_of(one), **change}).name_of(0))
    assert len(names) == one.shards + 5
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1}) != digest({"a": 2, "b": 1})
    assert np.unique([len(name) for name in names]).tolist() == [31]


def vars_of(specification: Specification) -> dict[str, Any]:
    return {name: getattr(specification, name) for name in Specification.__dataclass_fields__}
