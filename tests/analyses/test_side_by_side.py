"""Work in several processes: the same answers in the same order, stopped together, and no process left behind."""

import math
import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing import active_children, get_context
from pathlib import Path
from time import monotonic, sleep

import pytest

from analyses.ledger import ledger
from analyses.side_by_side import side_by_side
from games import Equilibria, InputError, StrategicGame, solve
from games.solvers.limits import interruptible, time_limit

ROOT = Path(__file__).parents[2]
SEED = 2022
posix = pytest.mark.skipif(os.name != "posix", reason="signals of other systems are not sent to groups")


def long_games(count: int) -> list[StrategicGame]:
    """Games of 30×30, each of which takes minutes to solve completely."""
    rng = random.Random(SEED)
    tables = [[[rng.randint(-999, 999) for _ in range(30)] for _ in range(30)] for _ in range(2 * count)]
    return [StrategicGame.bimatrix(*tables[2 * k : 2 * k + 2]) for k in range(count)]


def test_the_answers_are_those_of_one_process_in_their_order() -> None:
    tasks = [5, 3, 9, 0, 7, 4, 1]
    assert list(side_by_side(math.factorial, tasks, 3)) == list(map(math.factorial, tasks))
    assert active_children() == []


def test_one_process_does_everything_itself() -> None:
    for tasks, processes in (([signal.SIGINT] * 2, 1), ([signal.SIGINT], 2)):
        assert set(side_by_side(signal.getsignal, tasks, processes)) == {signal.getsignal(signal.SIGINT)}


def test_other_processes_do_not_hear_ctrl_c() -> None:
    assert set(side_by_side(signal.getsignal, [signal.SIGINT] * 4, 2)) == {signal.SIG_IGN}


def test_a_system_without_shared_memory_does_with_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_context: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(type(get_context("spawn")), "Event", missing)
    assert set(side_by_side(signal.getsignal, [signal.SIGINT] * 3, 2)) == {signal.getsignal(signal.SIGINT)}


def test_what_cannot_be_sent_to_another_process_is_done_here() -> None:
    assert list(side_by_side(lambda number: (number, os.getpid()), [1, 2], 2)) == [(1, os.getpid()), (2, os.getpid())]


def all_cut_short(found: list[Equilibria]) -> bool:
    return all(not one.complete and any("stopped" in remark for remark in one.remarks) for one in found)


def test_the_time_limit_is_that_of_the_caller() -> None:
    start = monotonic()
    with time_limit(3):
        found = list(side_by_side(solve, long_games(5), 2))
    assert all_cut_short(found)
    assert monotonic() - start < 20
    assert active_children() == []


@posix
def test_an_interruption_reaches_every_process() -> None:
    start = monotonic()
    timer = threading.Timer(3, os.kill, (os.getpid(), signal.SIGINT))
    with interruptible():
        timer.start()
        found = list(side_by_side(solve, long_games(5), 2))
    assert all_cut_short(found)
    assert monotonic() - start < 20
    assert active_children() == []


def test_who_stops_listening_leaves_no_process() -> None:
    answers = side_by_side(math.factorial, range(50), 2)
    assert next(answers) == 1
    answers.close()
    assert active_children() == []


def test_an_error_is_that_of_the_task() -> None:
    answers = side_by_side(math.factorial, [3, -1, 4], 2)
    assert next(answers) == 6
    with pytest.raises(ValueError, match="negative"):
        next(answers)
    assert active_children() == []


def test_a_process_that_dies_is_an_error_of_one_line() -> None:
    with pytest.raises(InputError, match="ended from outside"):
        list(side_by_side(os._exit, [3, 3, 3], 2))
    assert active_children() == []


@pytest.mark.long
def test_a_ledger_is_the_same_however_many_processes_check_it() -> None:
    from analyses.commentary import CASE

    asked = CASE.named("core", "A2-bare", "A12", "A14")
    alone, shared = (ledger(asked, longest=None, processes=number) for number in (1, 2))
    assert len(alone) >= 12
    assert [entry.sentence for entry in shared.entries] == [entry.sentence for entry in alone.entries]
    assert [(e.used, e.counterexample, e.part) for e in shared.entries] == [
        (e.used, e.counterexample, e.part) for e in alone.entries
    ]


@posix
@pytest.mark.untraced
def test_ctrl_c_ends_the_check_of_everything_and_leaves_no_process(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "analyses", "check", "--all"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    sleep(4)
    os.killpg(process.pid, signal.SIGINT)
    try:
        out, err = process.communicate(timeout=20)
        assert b"Traceback" not in err
        assert process.returncode in (0, 130)
        assert err == (b"" if process.returncode == 0 else b"parley: interrupted\n")
        assert (b"UNSETTLED" in out) == (process.returncode == 0)
        deadline = monotonic() + 5
        while monotonic() < deadline:
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return
            sleep(0.05)
        raise AssertionError("a process is left behind")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
