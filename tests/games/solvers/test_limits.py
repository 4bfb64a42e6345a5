"""Time limits and Ctrl-C: every long search ends about when it should, with what it has and without a claim."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from fractions import Fraction
from itertools import product
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

import games
from analyses import cli
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.play.regret import regret
from games.solvers.concept import CONCEPTS
from games.solvers.limits import STOPPED, expired, interruptible, time_limit

ROOT = Path(games.__file__).parents[1]
LATE = 3.0
"""How many seconds after its limit an answer may come; the machine may be busy."""

posix = pytest.mark.skipif(os.name != "posix", reason="signals of other systems are not sent to groups")


def random_rows(seed: int, sizes: tuple[int, ...], high: int = 1000) -> dict[tuple[str, ...], tuple[int, ...]]:
    rng = random.Random(seed)
    names = [[f"{chr(97 + k)}{t}" for t in range(size)] for k, size in enumerate(sizes)]
    return {profile: tuple(rng.randint(-high, high) for _ in sizes) for profile in product(*names)}


def strategies(rows: Mapping[tuple[str, ...], Any]) -> dict[str, tuple[str, ...]]:
    columns = zip(*rows, strict=True)
    return {f"P{k}": tuple(dict.fromkeys(column)) for k, column in enumerate(columns)}


def random_game(seed: int, sizes: tuple[int, ...], high: int = 1000) -> StrategicGame:
    rows = random_rows(seed, sizes, high)
    return StrategicGame(strategies(rows), rows)


def nearly_opposed(seed: int, size: int) -> StrategicGame:
    """What one gains the other loses, nearly: correlated equilibria are then mixtures over many profiles."""
    rng = random.Random(seed)
    gains = random_rows(seed, (size, size), 99)
    rows = {profile: (gain, rng.randint(0, 1) - gain) for profile, (gain, _) in gains.items()}
    return StrategicGame(strategies(rows), rows)


def signalling(types: int = 3, messages: int = 3) -> ExtensiveGame:
    """Nothing that is done matters: about ten thousand supports, each of an equilibrium."""

    def reply(message: int) -> Decision:
        return Decision("B", {f"r{k}": Outcome((0, 0)) for k in range(2)}, f"after m{message}")

    drawn = {
        f"t{t}": (Fraction(1, types), Decision("A", {f"m{m}": reply(m) for m in range(messages)}, f"type {t}"))
        for t in range(types)
    }
    return ExtensiveGame(("A", "B"), Chance(drawn))


def unseen() -> ExtensiveGame:
    """Three players choose at once: some supports are beyond any number of steps."""
    rows = random_rows(1, (3, 3, 3))
    names = list(strategies(rows).items())

    def choice(taken: tuple[str, ...]) -> Decision | Outcome:
        if len(taken) == len(names):
            return Outcome(rows[taken])
        player, own = names[len(taken)]
        return Decision(player, {action: choice((*taken, action)) for action in own}, player)

    return ExtensiveGame(tuple(player for player, _ in names), choice(()))


@pytest.mark.parametrize(
    ("make", "concept", "seconds"),
    [
        pytest.param(lambda: random_game(1, (30, 30)), "nash", 1.0, id="two players, 30×30"),
        pytest.param(lambda: random_game(1, (60, 60)), "nash", 0.5, id="two players, 60×60"),
        pytest.param(lambda: random_game(1, (4, 4, 4, 3)), "nash", 0.5, id="four players"),
        pytest.param(lambda: nearly_opposed(1, 12), "correlated", 0.2, id="correlated, 12×12"),
        pytest.param(lambda: random_game(1, (100, 100)), "dominance", 0.5, id="dominance, 100×100"),
        pytest.param(lambda: random_game(1, (100, 100)), "rationalizable", 0.5, id="rationalizable, 100×100"),
        pytest.param(lambda: random_game(1, (100, 100), 9), "trembling-hand", 0.5, id="trembling-hand, 100×100"),
        pytest.param(signalling, "sequential", 0.5, id="sequential, many supports"),
        pytest.param(signalling, "perfect-bayesian", 0.5, id="perfect Bayesian, many supports"),
        pytest.param(unseen, "sequential", 0.5, id="sequential, hard supports"),
        pytest.param(unseen, "perfect-bayesian", 0.5, id="perfect Bayesian, hard supports"),
    ],
)
def test_an_answer_comes_soon_after_the_limit(make: Callable[[], Any], concept: str, seconds: float) -> None:
    game = make()
    start = monotonic()
    equilibria = solve(game, concept, time_limit=seconds)
    took = monotonic() - start
    assert not equilibria.complete
    assert any("stopped" in remark for remark in equilibria.remarks)
    if isinstance(game, StrategicGame):
        for equilibrium in equilibria:
            mixes = {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in equilibrium.strategies.items()}
            assert max(regret(game, mixes).values()) < Fraction(1, 10**9)
    assert took < seconds + LATE


@pytest.mark.parametrize("seconds", [1e-9, 0.003, 0.03, 0.2])
@pytest.mark.parametrize("concept", sorted(CONCEPTS))
def test_whenever_the_time_is_up_there_is_an_answer_or_one_line(concept: str, seconds: float) -> None:
    ties = StrategicGame.bimatrix([[0] * 8] * 8, [[0] * 8] * 8)
    games: list[StrategicGame | ExtensiveGame] = [ties, random_game(1, (8, 8), 1), random_game(2, (3, 2, 2), 1)]
    for game in [*games, nearly_opposed(3, 9), signalling(types=2, messages=2)]:
        if isinstance(game, CONCEPTS[concept].form):
            with suppress(InputError):
                equilibria = solve(game, concept, time_limit=seconds)
                assert equilibria.complete or equilibria.remarks or len(equilibria)


def test_with_time_to_spare_a_limit_changes_nothing() -> None:
    for game in (random_game(5, (3, 3)), random_game(5, (2, 2, 2))):
        free = solve(game)
        held = solve(game, time_limit=60)
        assert (held.found, held.complete, held.remarks) == (free.found, free.complete, free.remarks)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 1e10])
def test_a_limit_that_is_none_is_refused(seconds: float) -> None:
    with pytest.raises(InputError, match="the time limit is"):
        solve(random_game(1, (2, 2)), time_limit=seconds)
    assert not expired()


def test_a_limit_ends_with_its_block() -> None:
    assert not expired()
    with time_limit(1e-6):
        sleep(0.01)
        assert expired()
        with time_limit(60):
            assert not expired()
        assert expired()
    assert not expired()
    with pytest.raises(RuntimeError, match="inside"), time_limit(1e-6):
        raise RuntimeError("inside")
    assert not expired()


def test_a_limit_holds_in_its_own_thread_alone() -> None:
    seen = []
    with time_limit(1e-6):
        sleep(0.01)
        other = threading.Thread(target=lambda: seen.append(expired()))
        other.start()
        other.join()
        assert expired()
    assert seen == [False]


@posix
def test_the_first_interruption_asks_and_the_second_insists() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible():
        assert not expired()
        signal.raise_signal(signal.SIGINT)
        assert expired()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert not expired()
    assert signal.getsignal(signal.SIGINT) is before


@posix
def test_an_interrupted_search_returns_what_it_has() -> None:
    game = random_game(1, (4, 4, 4, 3))
    with interruptible():
        signal.raise_signal(signal.SIGINT)
        equilibria = solve(game)
    assert not equilibria.complete
    assert STOPPED in equilibria.remarks


@posix
@pytest.mark.parametrize("concept", ["sequential", "perfect-bayesian"])
def test_an_interruption_reaches_a_search_through_supports_whenever_it_comes(concept: str) -> None:
    for delay in (0.5, 0.57, 0.66, 0.71, 0.83):
        timer = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT))
        start = monotonic()
        with interruptible():
            timer.start()
            equilibria = solve(signalling(), concept, time_limit=5)
        took = monotonic() - start
        timer.join()
        assert not equilibria.complete
        assert STOPPED in equilibria.remarks
        assert took < 4


def document(rows: Mapping[tuple[str, ...], tuple[int, ...]]) -> str:
    named = strategies(rows)
    return json.dumps(
        {
            "players": list(named),
            "strategies": {player: list(own) for player, own in named.items()},
            "payoffs": {",".join(profile): list(row) for profile, row in rows.items()},
        }
    )


def tree_document(game: ExtensiveGame) -> str:
    def node(at: Any, path: tuple[str, ...]) -> dict[str, Any]:
        match at:
            case Outcome(payoffs=payoffs):
                return {"payoffs": [str(value) for value in payoffs]}
            case Decision(player=player, actions=actions):
                return {
                    "player": player,
                    "information_set": game.information_set_at(path),
                    "actions": {action: node(child, (*path, action)) for action, child in actions.items()},
                }
        return {
            "chance": {
                event: {"probability": str(weight), "then": node(child, (*path, event))}
                for event, (weight, child) in at.events.items()
            }
        }

    return json.dumps({"players": list(game.players), "tree": node(game.root, ())})


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The command line in a group of its own, so that nothing of it outlives the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "analyses", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def is_at_work(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Waits until the process has had so much of the processor, which is well after it has begun to search."""
    deadline = monotonic() + 60
    while monotonic() < deadline and process.poll() is None:
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        if (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") > seconds:
            return
        sleep(0.05)
    raise AssertionError("the search ended, or never began")


def group_is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processor time is read from /proc")

LONG = {
    "two players": (document(random_rows(1, (30, 30))), ()),
    "four players": (document(random_rows(1, (4, 4, 4, 3))), ()),
    "sequential": (tree_document(signalling()), ("--concept", "sequential")),
}


@linux
@pytest.mark.parametrize("name", ["two players", "sequential"])
@pytest.mark.untraced
def test_the_command_line_keeps_a_time_limit(name: str, tmp_path: Path) -> None:
    text, options = LONG[name]
    (tmp_path / "game.json").write_text(text, encoding="utf-8")
    start = monotonic()
    with running(tmp_path, "solve", "game.json", *options, "--time-limit", "1", "--format", "json") as process:
        out, err = process.communicate(timeout=60)
    assert monotonic() - start < 12
    assert (process.returncode, err) == (0, b"")
    answer = json.loads(out)
    assert answer["complete"] is False
    assert any("stopped" in remark for remark in answer["remarks"])


@linux
@pytest.mark.parametrize("name", LONG)
@pytest.mark.untraced
def test_one_interruption_ends_a_search_with_a_clean_part_of_the_answer(name: str, tmp_path: Path) -> None:
    text, options = LONG[name]
    (tmp_path / "game.json").write_text(text, encoding="utf-8")
    with running(tmp_path, "solve", "game.json", *options, "--format", "json") as process:
        is_at_work(process, 3.0)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert process.returncode in (0, 130)
        assert b"Traceback" not in err
        assert len(err.splitlines()) <= 1
        if process.returncode == 0:
            answer = json.loads(out)
            assert answer["complete"] is False
            assert any("stopped" in remark for remark in answer["remarks"])
        assert group_is_gone(process.pid)


@posix
def test_a_second_interruption_ends_the_command_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both come while the search reports how far it is, so that neither waits for the other."""

    def interrupt_twice(_progress: str) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("analyses.cli.solve.observer", lambda: interrupt_twice)
    text, options = LONG["two players"]
    (tmp_path / "game.json").write_text(text, encoding="utf-8")
    assert cli.main(["solve", str(tmp_path / "game.json"), *options]) == 130
    assert capsys.readouterr() == ("", "parley: interrupted\n")


@linux
@pytest.mark.untraced
def test_an_interrupted_comparison_still_prints_its_table(tmp_path: Path) -> None:
    text, _ = LONG["four players"]
    (tmp_path / "game.json").write_text(text, encoding="utf-8")
    with running(tmp_path, "compare", "game.json", "--time-limit", "60") as process:
        is_at_work(process, 3.0)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, b"")
    assert b"not complete" in out


HUGE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, 2 * 2**30))
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, solve

def three_players():
    def last(i, j):
        return Decision("C", {"l": Outcome((i, j, 1)), "r": Outcome((j, i, 0))})
    middle = {f"a{i}": Decision("B", {f"b{j}": last(i, j) for j in range(5)}) for i in range(5)}
    return ExtensiveGame(("A", "B", "C"), Decision("A", middle))

def learns_late():
    def then(k):
        return Decision("A", {"l": Outcome((k, 0)), "r": Outcome((0, k))}, f"saw {k}")
    events = {f"e{k}": ("1/24", Decision("A", {"go": then(k), "stop": Outcome((1, 1))}, "first")) for k in range(24)}
    return ExtensiveGame(("A", "B"), Chance(events))

try:
    answer = solve({"three": three_players, "late": learns_late}[sys.argv[1]](), "nash", time_limit=1)
except InputError as error:
    print("refused:", error)
else:
    print("answered:", len(answer), answer.complete)
"""


@linux
@pytest.mark.parametrize("name", ["three", "late"])
def test_a_player_with_millions_of_plans_exhausts_neither_time_nor_memory(name: str) -> None:
    """Of 26 decisions at most, and quickly refused or answered in part."""
    done = subprocess.run(
        [sys.executable, "-c", HUGE, name],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=10,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(("refused: ", "answered: "))
    assert "True" not in done.stdout
