"""Parley beside Gambit, lrsnash, QuantEcon.py and Nashpy: how long, and how right, on the same games in one run.

    python benchmarks/peers.py > docs/benchmarks.md

Seconds are of the processor, one core, the median over the games of a row; a call that takes longer than 20 is ended. A
peer that is not installed has no column: `pip install --pre pygambit` for Gambit, `lrsnash` on the path for lrslib. The
games of a row are drawn with Python's `random.Random(seed)`, seeds 0 to one less than their number, payoffs whole
numbers from -999 to 999 unless the row says otherwise.

What is right is found out here, not asked of anybody: every equilibrium that somebody lists is judged by its greatest
regret, worked out anew in floats from the payoffs; those that pass are missed by whoever does not list them, the most
that another one lists being counted.
"""

import os
import platform
import random
import shutil
import subprocess
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from runpy import run_path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from games import ExtensiveGame, StrategicGame, solve

PATIENCE = 20.0
"""The most seconds for one call."""

RIGHT = 1e-7
"""The greatest regret, as a share of the payoff range, at which a listed profile is an equilibrium."""

SAME = 1e-5
"""How far apart two lists may have the same equilibrium."""

PUBLISHED = Path(__file__).parents[1] / "tests" / "published"

Profile = tuple[float, ...]
"""The weights of all strategies, player by player."""


@dataclass
class Answer:
    """What somebody lists, and whether it is said to be complete; None where nothing is said."""

    seconds: float
    profiles: list[Profile] | None
    complete: bool | None = None


@dataclass
class Row:
    """Games of one kind, and which peers are asked for what."""

    name: str
    games: list[Any]
    peers: dict[str, Callable[[Any], Answer]]
    enumerates: bool = True
    answers: dict[str, list[Answer | None]] = field(default_factory=dict)
    faults: dict[str, Counter[str]] = field(default_factory=dict)


def random_game(seed: int, sizes: tuple[int, ...], high: int = 999) -> StrategicGame:
    rng = random.Random(seed)
    own = {f"P{k}": tuple(f"{chr(97 + k)}{t}" for t in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(own, {p: tuple(rng.randint(-high, high) for _ in sizes) for p in product(*own.values())})


def identity(size: int) -> StrategicGame:
    rows = [[int(i == j) for j in range(size)] for i in range(size)]
    return StrategicGame.bimatrix(rows, rows)


def flat(equilibrium: Any) -> Profile:
    return tuple(float(weight) for mix in equilibrium.strategies.values() for weight in mix.values())


def parley(concept: str | None = None) -> Callable[[Any], Answer]:
    def ask(game: Any) -> Answer:
        started = process_time()
        found = solve(game, concept)
        return Answer(process_time() - started, [flat(one) for one in found], found.complete)

    return ask


def matrices(game: StrategicGame) -> list[Any]:
    return [np.array(game.matrix(player), dtype=float) for player in game.players]


def nashpy_vertices(game: StrategicGame) -> Answer:
    import nashpy

    asked = nashpy.Game(*matrices(game))
    started = process_time()
    found = list(asked.vertex_enumeration())
    return Answer(process_time() - started, [tuple(np.concatenate(one).tolist()) for one in found])


def quantecon_vertices(game: StrategicGame) -> Answer:
    from quantecon.game_theory import NormalFormGame, Player, vertex_enumeration

    first, second = matrices(game)
    asked = NormalFormGame((Player(first), Player(np.ascontiguousarray(second.T))))
    started = process_time()
    found = vertex_enumeration(asked)
    return Answer(process_time() - started, [tuple(np.concatenate(one).tolist()) for one in found])


def gambit(method: str, **options: Any) -> Callable[[Any], Answer]:
    def ask(game: Any) -> Answer:
        pygambit: Any = import_module("pygambit")
        from games.formats.pygambit import to_pygambit

        sent = to_pygambit(game)
        started = process_time()
        answer = getattr(pygambit.nash, method)(sent, **options)
        seconds = process_time() - started
        if isinstance(game, ExtensiveGame):
            return Answer(seconds, None)
        listed = [
            tuple(float(profile[player][label]) for player, own in game.strategies.items() for label in own)
            for profile in (answer.equilibria if hasattr(answer, "equilibria") else [answer.equilibrium])
        ]
        return Answer(seconds, listed)

    return ask


def lrsnash(game: StrategicGame) -> Answer:
    """The game in lrslib's format for two players; its lines "1" and "2" are strategies of the first and the second."""
    sizes = [len(own) for own in game.strategies.values()]
    tables = "\n\n".join(
        "\n".join(" ".join(str(Fraction(entry)) for entry in row) for row in game.matrix(player))
        for player in game.players
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "game"
        path.write_text(f"{sizes[0]} {sizes[1]}\n\n{tables}\n", encoding="utf-8")
        before = os.times()
        done = subprocess.run(["lrsnash", str(path)], capture_output=True, text=True, check=True)
        after = os.times()
    profiles, firsts = [], [tuple[float, ...]()]
    for line in done.stdout.splitlines():
        kind, *numbers = line.split() or [""]
        mixture = tuple(float(Fraction(number)) for number in numbers[:-1])
        if kind == "1":
            profiles += [(*mixture, *second) for second in firsts if second]
        elif kind == "2":
            firsts = [*firsts, mixture] if firsts[-1] else [mixture]
        else:
            firsts = [()]
    return Answer(after.children_user - before.children_user, profiles)


def _answer(connection: Any, ask: Callable[[Any], Answer], game: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        connection.send(ask(game))


def asked(ask: Callable[[Any], Answer], game: Any) -> Answer | None:
    """The answer of a process of its own; None if it fails or takes too long."""
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, ask, game))
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(PATIENCE) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def regret(game: StrategicGame, profile: Profile) -> float:
    """The greatest regret of a player, as a share of the payoff range."""
    sizes = [len(own) for own in game.strategies.values()]
    mixtures = np.split(np.array(profile), np.cumsum(sizes)[:-1])
    greatest = 0.0
    for position in range(len(sizes)):
        table = np.array([float(row[position]) for row in game.payoffs.values()]).reshape(sizes)
        width = float(np.ptp(table)) or 1.0
        for other in reversed(range(len(sizes))):
            if other != position:
                table = np.tensordot(table, mixtures[other], (other, 0))
        greatest = max(greatest, float(table.max() - table @ mixtures[position]) / width)
    return greatest


def apart(profiles: Sequence[Profile], from_all: Sequence[Profile]) -> int:
    """How many of the first differ from all of the second."""
    if not profiles or not from_all:
        return len(profiles)
    distances, _ = cKDTree(np.array(from_all)).query(np.array(profiles), p=np.inf)
    return int((distances > SAME).sum())


def judge(row: Row) -> None:
    """Counts for everybody how many equilibria are missed, and how many profiles listed that are none."""
    for number, game in enumerate(row.games):
        if not isinstance(game, StrategicGame):
            continue
        lists = {peer: answers[number] for peer, answers in row.answers.items()}
        right = {
            peer: [profile for profile in (answer and answer.profiles) or [] if regret(game, profile) <= RIGHT]
            for peer, answer in lists.items()
        }
        for peer, answer in lists.items():
            if answer is None:
                continue
            faults = row.faults.setdefault(peer, Counter())
            faults["false"] += len(answer.profiles or []) - len(right[peer])
            if row.enumerates:
                missed = max(apart(right[other], right[peer]) for other in right)
                faults["missed"] += missed
                faults["wrongly complete"] += bool(missed and answer.complete)


def judged(row: Row, peer: str) -> str:
    """What `judge` found, in words, and how many games were not answered."""
    silent = sum(answer is None for answer in row.answers[peer])
    parts = [f"{count} {what}" for what, count in row.faults.get(peer, {}).items() if count]
    parts += [f"{silent} not answered"] if silent else []
    fine = "right" if isinstance(row.games[0], StrategicGame) else "not judged"
    return ", ".join(parts) or fine


def rows() -> list[Row]:
    leduc = run_path(str(PUBLISHED / "test_southey_2005.py"))["leduc"]
    of_two: dict[str, Callable[[Any], Answer]] = {
        "QuantEcon.py": quantecon_vertices,
        "Gambit": gambit("enummixed_solve", rational=True),
        "lrsnash": lrsnash,
    }
    small = {**of_two, "Nashpy": nashpy_vertices}
    several = {"Gambit": gambit("enumpoly_solve")}

    def ten(*sizes: int) -> list[Any]:
        return [random_game(seed, sizes) for seed in range(10)]

    return [
        Row("4×4, all", ten(4, 4), small),
        Row("8×8, all", ten(8, 8), small),
        Row("12×12, all", ten(12, 12)[:5], of_two),
        Row("15×15, all", ten(15, 15)[:3], of_two),
        Row("6×6, payoffs -1 to 1, all", [random_game(seed, (6, 6), 1) for seed in range(10)], small),
        Row("13×13, identity, all", [identity(13)], of_two),
        Row("3×3×3, all", ten(3, 3, 3), several),
        Row("2⁵, all", ten(*[2] * 5), several),
        Row("2⁶, all", ten(*[2] * 6)[:5], several),
        Row("2⁷, all", ten(*[2] * 7)[:3], several),
        Row("4×4×4, all", ten(4, 4, 4)[:3], several),
        Row("Leduc poker, 1,116 outcomes, one", [leduc()], {"Gambit": gambit("lcp_solve", rational=False)}, False),
        Row("2⁸, logit limit", ten(*[2] * 8)[:3], {"Gambit": gambit("logit_solve")}, False),
    ]


def available() -> list[str]:
    have = {
        "Gambit": find_spec("pygambit") is not None,
        "lrsnash": shutil.which("lrsnash") is not None,
        "QuantEcon.py": find_spec("quantecon") is not None,
        "Nashpy": find_spec("nashpy") is not None,
    }
    return [name for name, there in have.items() if there]


def warmed() -> None:
    """What is imported or compiled at its first use belongs to nobody's time."""
    for game in (random_game(0, (2, 2)), random_game(0, (2, 2, 2))):
        solve(game)
        solve(game, "logit")
    if find_spec("quantecon") is not None:
        quantecon_vertices(random_game(0, (2, 2)))


def shown(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    middle = median(seconds)
    return f"{middle:.3f}" if middle < 1 else f"{middle:.1f}"


def main() -> None:
    peers = available()
    warmed()
    print("<!-- Written by: python benchmarks/peers.py > docs/benchmarks.md -->\n")
    print("# Parley beside its peers\n")
    print(str(__doc__).partition("\n\n    python")[0] + "\n")
    print(str(__doc__).partition("docs/benchmarks.md\n\n")[2])
    print(f"Machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}.")
    versions = {"Gambit": "pygambit", "QuantEcon.py": "quantecon", "Nashpy": "nashpy"}
    told = ", ".join(f"{name} {version(versions[name])}" if name in versions else name for name in peers)
    print(f"Peers: {told or 'none installed'}.\n")
    columns = "".join(f" {name}, s | ratio | {name} |" for name in peers)
    print(f"| games | Parley, s | Parley |{columns}")
    print("|---|---:|---|" + "---:|---:|---|" * len(peers))
    for row in rows():
        concept = "logit" if "logit" in row.name else "nash"
        row.answers["Parley"] = [asked(parley(concept), game) for game in row.games]
        for name in peers:
            if name in row.peers:
                row.answers[name] = [asked(row.peers[name], game) for game in row.games]
        judge(row)
        own = [answer.seconds for answer in row.answers["Parley"] if answer]
        line = f"| {row.name} ({len(row.games)}) | {shown(own)} | {judged(row, 'Parley')} |"
        for name in peers:
            if name not in row.answers:
                line += " | | |"
                continue
            theirs = [answer.seconds for answer in row.answers[name] if answer]
            ratio = f"{median(theirs) / median(own):.2g}×" if own and theirs else "–"
            line += f" {shown(theirs)} | {ratio} | {judged(row, name)} |"
        print(line, flush=True)
    print("\nA ratio above 1 means that the peer takes longer; “not answered” is not within the time, or an error.")


if __name__ == "__main__":
    main()
