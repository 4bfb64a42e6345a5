"""Who makes the shards: this process, others on this machine, or a cluster; each hands them over as they are done.

Whoever it is, a shard has the same bytes. A process that is killed costs the shard that it was at, which is made again
elsewhere; one that kills its process again and again fails alone.
"""

import signal
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from os import _exit
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from analyses.sweeps.shards.making import Failure, Maker, Work, failure, made
from analyses.sweeps.shards.specification import Specification
from games.errors import InputError, quoted
from games.solvers.limits import OutOfTimeError, expired

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection

Done: TypeAlias = "tuple[int, bytes | Failure]"
"""A shard by number: its file, or why there is none."""

TRIES = 3
"""How often a shard is begun whose process is killed."""

SECONDS = 0.5
"""How often somebody looks whether the time is up."""

CONNECTING = 20
"""How many seconds a cluster has to answer."""

AHEAD = 2
"""How many shards each thread of a cluster has waiting."""


def here(specification: Specification, numbers: Iterable[int]) -> Generator[Done]:
    """In this process."""
    try:
        maker = Maker(specification)
        for number in numbers:
            if expired():
                return
            yield number, _made_here(maker, number)
    except OutOfTimeError:
        return


def _made_here(maker: Maker, number: int) -> bytes | Failure:
    try:
        return maker.shard(number)
    except OutOfTimeError:
        raise
    except Exception as error:
        return failure(number, error)


def on_processes(specification: Specification, numbers: Iterable[int], workers: int) -> Generator[Done]:
    """In so many processes of this machine, each at one shard at a time; they end with this one."""
    from multiprocessing import get_context

    hearing, holding = get_context("spawn").Pipe(duplex=False)
    crew = _Processes(Work.of(specification), iter(numbers), hearing)
    try:
        for _ in range(workers):
            crew.employ()
        while crew.busy and not expired():
            yield from crew.done()
    finally:
        holding.close()
        crew.dismiss()
        hearing.close()


class _Processes:
    """Pools of one process each, so that one that is killed takes no other's work with it."""

    def __init__(self, work: Work, todo: Iterator[int], hearing: "Connection") -> None:
        self.work, self.todo, self.hearing = work, todo, hearing
        self.busy: dict[Future[bytes | Failure], tuple[ProcessPoolExecutor, int]] = {}
        self.idle: list[ProcessPoolExecutor] = []
        self.killed: Counter[int] = Counter()
        self.has_answered = False

    def employ(self) -> None:
        """Begins the next shard, if there is one, in a process of its own."""
        number = next(self.todo, None)
        if number is not None:
            self._begin(self._new(), number)

    def done(self) -> Iterator[Done]:
        """The shards that were finished meanwhile; whoever made one has begun the next before it is handed over."""
        from concurrent.futures import FIRST_COMPLETED, wait

        for future in wait(self.busy, SECONDS, FIRST_COMPLETED).done:
            pool, number = self.busy.pop(future)
            error = future.exception()
            if error is None:
                self.has_answered = True
                self._go_on(pool)
                yield number, future.result()
            elif isinstance(error, InputError):
                raise error
            else:
                yield from self._again(pool, number)

    def _again(self, pool: "ProcessPoolExecutor", number: int) -> Iterator[Done]:
        pool.shutdown()
        self.killed[number] += 1
        if self.killed[number] < TRIES:
            self._begin(self._new(), number)
            return
        if not self.has_answered:
            raise InputError(
                "the worker processes end as they begin; in a script, call long_sweep under "
                "`if __name__ == '__main__':`, or give workers=1"
            )
        self.employ()
        yield number, Failure(number, f"its process was killed {TRIES} times, perhaps for want of memory")

    def _go_on(self, pool: "ProcessPoolExecutor") -> None:
        number = next(self.todo, None)
        if number is None:
            self.idle.append(pool)
        else:
            self._begin(pool, number)

    def _begin(self, pool: "ProcessPoolExecutor", number: int) -> None:
        from concurrent.futures import BrokenExecutor

        try:
            future = pool.submit(made, self.work, number)
        except BrokenExecutor:
            # Its process was killed after it had handed over a shard.
            pool.shutdown()
            pool = self._new()
            future = pool.submit(made, self.work, number)
        self.busy[future] = (pool, number)

    def _new(self) -> "ProcessPoolExecutor":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(1, get_context("spawn"), _obey, (self.hearing,))

    def dismiss(self) -> None:
        """Waits until all processes have ended, which have been told to."""
        for pool in [*self.idle, *(pool for pool, _ in self.busy.values())]:
            pool.shutdown(cancel_futures=True)


def _obey(hearing: "Connection") -> None:
    """Leaves Ctrl-C to the process that began this one, and ends when that one ends or lets go."""

    def listen() -> None:
        try:
            hearing.recv_bytes()
        except (EOFError, OSError):
            _exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=listen, daemon=True).start()


def on_cluster(specification: Specification, numbers: Iterable[int], address: str) -> Generator[Done]:
    """On the workers of a cluster of Dask, whose scheduler has this address (``tcp://…``, or ``tls://…``).

    Encryption and identity are those of Dask's own configuration (``distributed.comm.tls``, in its files or in
    variables such as ``DASK_DISTRIBUTED__COMM__TLS__CA_FILE``). This process connects, and listens nowhere. Raises
    `InputError` where nobody answers, and where the scheduler is lost.
    """
    work, todo = Work.of(specification), iter(numbers)
    client = _client(address)
    with client:
        threads = sum(client.nthreads().values())
        busy: dict[Any, int] = {}
        for number in islice(todo, AHEAD * threads):
            busy[_submitted(client, work, number)] = number
        while busy and not expired():
            for future in _some_done(client, busy):
                number = busy.pop(future)
                following = next(todo, None)
                if following is not None:
                    busy[_submitted(client, work, following)] = following
                yield number, _result(future, number, address)
        client.cancel(list(busy))


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError:
        raise InputError(
            "a cluster needs Dask's distributed, which is not installed; install it (pip install distributed), or use "
            "--workers"
        ) from None
    try:
        # A client that fails over what is no address would wait for itself before it goes.
        get_address_host_port(address)
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise InputError(
            f"no cluster answers at {quoted(address)} ({quoted(error, 200)}); give the address of a scheduler, such as "
            "tcp://127.0.0.1:8786"
        ) from None
    try:
        client.wait_for_workers(1, timeout=CONNECTING)
    except TimeoutError:
        client.close()
        raise InputError(
            f"the cluster at {quoted(address)} has no workers; start some (dask worker {address})"
        ) from None
    return client


def _submitted(client: Any, work: Work, number: int) -> Any:
    return client.submit(made, work, number, pure=False)


def _some_done(client: Any, busy: Iterable[Any]) -> list[Any]:
    from distributed import wait

    try:
        with client.as_current():
            return list(wait(list(busy), timeout=SECONDS, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _result(future: Any, number: int, address: str) -> bytes | Failure:
    """What came of it. Raises `InputError` where it says something of all shards."""
    from distributed import KilledWorker

    try:
        found: bytes | Failure = future.result()
    except InputError:
        raise
    except KilledWorker:
        return Failure(number, "its workers were killed again and again, perhaps for want of memory")
    except Exception as error:
        raise InputError(
            f"the cluster at {quoted(address)} failed ({quoted(f'{type(error).__name__}: {error}', 200)}); what is "
            "finished stays: go on with --resume"
        ) from None
    return found
