"""``parley sweep``: what it prints and writes, and how it refuses."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyses.cli import main
from analyses.sweeps import sweep
from analyses.sweeps.shards import crews
from analyses.sweeps.shards import long_sweep as long_sweep_module
from games.catalog import load

GAME = "agenda-at-home"


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    try:
        code = main(["sweep", *arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    captured = capsys.readouterr()
    return Run(code, captured.out, captured.err)


def test_it_prints_what_python_finds(capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, GAME, "--samples", "128", "--seed", "3")
    found = sweep(load(GAME), samples=128, seed=3)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{found}\n\n{found.table()}\n"


def test_all_that_may_be_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "points.csv"
    done = run(
        capsys, "sanction-retaliation", "--free", "A_F, beta", "--set", "E=0", "--premise", "A_F > 1/2", "--concept",
        "subgame-perfect", "--design", "latin", "--samples", "50", "--out", str(out), "--time-limit", "60",
        "--format", "json",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    data = json.loads(done.out)
    assert data["moved"] == ["A_F", "beta"]
    assert data["values"]["E"] == "0"
    assert (data["design"], data["points"]) == ("latin", 50)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    assert all(float(row["A_F"]) > 0.5 and float(row["E"]) == 0 for row in rows)


def test_a_game_in_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    game = tmp_path / "game.toml"
    game.write_text(
        'title = "G"\n[parameters]\nc = { default = "0.3", low = 0, high = 1, meaning = "cost" }\n'
        '[strategies]\nA = ["Go", "Stay"]\nB = ["Yes", "No"]\n'
        '[payoffs]\nA = [["1 - c", "-c"], [0, 0]]\nB = [[1, 0], [0, 0]]\n',
        encoding="utf-8",
    )
    done = run(capsys, str(game), "--samples", "16", "--concept", "pure-nash")
    assert (done.code, done.err) == (0, "")
    assert "Go, Yes" in done.out


WRONG = [
    (("nosuch",), "there is no game"),
    ((GAME, "--free", "zzz"), "no parameter 'zzz'"),
    ((GAME, "--free", "a,,b"), "no parameter 'a'"),
    ((GAME, "--set", "zzz=1"), "no parameter 'zzz'"),
    ((GAME, "--set", "zzz"), "NAME=VALUE"),
    ((GAME, "--premise", "zzz > 1"), "zzz"),
    ((GAME, "--premise", "import os"), "premise"),
    ((GAME, "--concept", "nosuch"), "no solution concept"),
    ((GAME, "--design", "nosuch"), "sobol, latin, grid, random"),
    ((GAME, "--samples", "0"), "from 1 to"),
    ((GAME, "--samples", "1e3"), "whole number"),
    ((GAME, "--samples", "9" * 5_000), "whole number"),
    ((GAME, "--seed", "-1"), "whole number"),
    ((GAME, "--time-limit", "0"), "time limit"),
    ((GAME, "--time-limit", "0.000001"), "allow more time"),
    (("sanction-retaliation", "--design", "sobol"), "use the design 'random'"),
    ((GAME, "--seed", "1", "--seed", "2"), "given twice"),
    ((GAME, "--workers", "2"), "name a folder with --out"),
    ((GAME, "--resume"), "name a folder with --out"),
    ((GAME, "--resume", "--out", "points.csv"), "name a folder with --out"),
    ((GAME, "--workers", "0", "--out", "here"), "the number of workers is 0"),
    ((GAME, "--workers", "two", "--out", "here"), "whole number"),
    ((GAME, "--workers", "2", "--cluster", "tcp://127.0.0.1:1", "--out", "here"), "give one of them"),
    ((GAME, "--samples", "9999999999", "--out", "here"), "number of samples"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_it_refuses_in_one_line(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("parley: ")
    assert done.err.count("\n") == 1
    assert len(done.err) < 1500
    assert said in done.err


@pytest.mark.parametrize(
    "name", ["", "   ", ".", "file.txt", "folder.csv", "file.txt/points.csv", "bad\0name.csv", "bad\0name", "g" * 5_000]
)
def test_what_cannot_be_written_is_refused_before_any_work(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file.txt").write_text("old", encoding="utf-8")
    done = run(capsys, GAME, "--out", name)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("parley: ")
    assert done.err.count("\n") == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file.txt", "folder.csv"]


def test_a_folder_gets_shards(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out, asked = tmp_path / "shards", (GAME, "--samples", "128", "--seed", "3", "--workers", "1")
    done = run(capsys, *asked, "--out", str(out))
    found = sweep(load(GAME), samples=128, seed=3)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{found}\n\n{found.table()}\n\n{out}\n"
    (shard,) = out.glob("*.parquet")
    again = run(capsys, *asked, "--out", str(out))
    assert (again.code, again.out) == (2, "")
    assert "--resume" in again.err
    shard.unlink()
    resumed = run(capsys, *asked, "--out", str(out), "--resume", "--format", "json")
    assert (resumed.code, resumed.err) == (0, "")
    data = json.loads(resumed.out)
    assert (data["points"], data["finished"], data["folder"], data["failed"]) == (128, 1, str(out), [])


def test_shards_that_fail_are_named_after_what_was_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = crews.Maker.shard
    monkeypatch.setattr(long_sweep_module, "ROWS", 64)
    monkeypatch.setattr(crews.Maker, "shard", lambda maker, n: shard(maker, n) if n != 1 else [][n])
    done = run(capsys, GAME, "--samples", "128", "--workers", "1", "--out", str(tmp_path / "s"))
    assert done.code == 2
    assert "64 points in" in done.out
    assert done.err.startswith("parley: 1 of 2 shards failed, the rest is finished; first: shard 1 (000001-")
    assert "IndexError: list index out of range" in done.err
    assert done.err.count("\n") == 1


def test_an_old_file_stays_until_the_new_one_is_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "points.csv"
    out.write_text("old", encoding="utf-8")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run(capsys, GAME, "--samples", "16", "--out", str(out))
    assert done.code == 2
    assert "No space left" in done.err
    assert out.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["points.csv"]
