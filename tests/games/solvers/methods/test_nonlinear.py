"""Questions in nonlinear arithmetic: what they are answered, and that nothing that happens to them does harm."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from time import monotonic, sleep

import pytest

from analyses.proof.solver import Context, asserted, declared, read, symbol
from games.solvers.limits import interruptible, time_limit
from games.solvers.methods import nonlinear
from games.solvers.methods.nonlinear import asked, end

MANY = 10_000_000
"""Steps that suffice for all that is easy here."""

ENDLESS = 2**31 - 1

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")


@pytest.fixture(autouse=True)
def _a_process_of_its_own() -> Iterator[None]:
    end()
    yield
    end()


def text(*names: str, says: str) -> str:
    return "".join(f"(declare-fun {name} () Real)" for name in names) + f"(assert {says})"


def hard(count: int = 6) -> str:
    """Sums of powers of many unknowns, which take long to tell apart."""
    names = [f"x{k}" for k in range(count)]
    powers = [f"(= (+ {' '.join(f'(^ {name} {k})' for name in names)}) {k + 1}.0)" for k in range(2, 7)]
    apart = [f"(not (= {a} {b}))" for k, a in enumerate(names) for b in names[:k]]
    return text(*names, says=f"(and {' '.join([*powers, *apart])})")


def test_products_are_products() -> None:
    assert asked(text("x", "y", says="(and (= (* x y) 2.0) (= x 3.0))"), ["x", "y"], MANY) == (
        True,
        {"x": "3", "y": "2/3"},
    )
    assert asked(text("x", says="(< (* x x) 0.0)"), ["x"], MANY) == (False, {})


def test_an_irrational_value_is_told_near_it() -> None:
    found, values = asked(text("x", says="(and (= (* x x) 2.0) (> x 0.0))"), ["x"], MANY)
    assert found is True
    assert read(values["x"]) is None
    assert abs(Fraction(values["x"].rstrip("?")) ** 2 - 2) < Fraction(1, 10**9)


def test_formulas_are_written_as_they_are_read() -> None:
    context = Context()
    names = ["the payoff of x~7c; ≤ 'é'", "y|\\1\n"]
    x, y = map(context.real, names)
    formulas = [
        context.compared(context.product([x, x, y]), "==", context.number(Fraction(-3, 7))),
        context.joined([context.compared(x, ">", y), context.compared(y, ">=", context.number(5))], False),
        context.compared(x, "!=", context.number(1)),
    ]
    found, values = asked(declared(names) + asserted(formulas), list(map(symbol, names)), MANY)
    assert found is True
    first, second = (read(values[symbol(name)]) for name in names)
    assert first is not None
    assert second is not None
    assert first * first * second == Fraction(-3, 7)
    assert first > second
    assert first != 1


def test_too_few_steps_are_no_answer_and_the_next_is_answered() -> None:
    for _ in range(40):
        assert asked(hard(), [], 10) == (None, {})
    assert asked(text("x", says="(> x 1.0)"), ["x"], MANY)[0] is True


def test_the_answer_does_not_depend_on_what_was_asked_before() -> None:
    question = text("x", "y", says="(and (= (+ (* x x) (* y y)) 1.0) (> x y) (> (* x y) 0.1))")
    alone = asked(question, ["x", "y"], MANY)
    for steps in (10, 1_000, 100_000):
        asked(hard(4), ["x0"], steps)
    assert asked(question, ["x", "y"], MANY) == alone


@pytest.mark.parametrize("seconds", [0.001, 0.3])
def test_a_time_limit_stops_a_long_question(seconds: float) -> None:
    start = monotonic()
    with time_limit(seconds):
        assert asked(hard(7), [], ENDLESS) == (None, {})
    assert monotonic() - start < seconds + 3
    assert asked(text("x", says="(> x 1.0)"), ["x"], MANY)[0] is True


def test_the_user_stops_a_long_question() -> None:
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    with interruptible():
        timer.start()
        assert asked(hard(7), [], ENDLESS) == (None, {})
        timer.join()
    assert asked(text("x", says="(> x 1.0)"), ["x"], MANY)[0] is True


@pytest.mark.parametrize("fatal", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_comes_to_grief_leaves_a_question_open_and_no_more(fatal: signal.Signals) -> None:
    assert asked(text("x", says="(> x 1.0)"), ["x"], MANY)[0] is True
    running = nonlinear._process
    assert running is not None
    threading.Timer(0.3, running.running.send_signal, [fatal]).start()
    assert asked(hard(7), [], ENDLESS) == (None, {})
    assert asked(text("x", says="(> x 1.0)"), ["x"], MANY)[0] is True


@linux
def test_nothing_is_left_behind() -> None:
    assert asked(text("x", says="(> x 1.0)"), ["x"], MANY)[0] is True
    running = nonlinear._process
    assert running is not None
    end()
    assert not Path(f"/proc/{running.running.pid}").exists()


ASKING = """
import threading
from games.solvers.methods import nonlinear
threading.Thread(target=nonlinear.asked, args=({question!r}, [], {steps})).start()
while nonlinear._process is None:
    pass
print(nonlinear._process.running.pid, flush=True)
"""


@linux
def test_it_ends_with_the_one_that_asks_in_the_middle_of_a_question() -> None:
    """However that ends: killed, nobody can tell the other process."""
    program = ASKING.format(question=hard(7), steps=ENDLESS)
    asking = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env={**os.environ})
    assert asking.stdout is not None
    answering = Path(f"/proc/{int(asking.stdout.readline())}")
    sleep(1)
    assert answering.exists()
    asking.kill()
    asking.wait()
    asking.stdout.close()
    deadline = monotonic() + 30
    while answering.exists() and "zombie" not in (answering / "status").read_text() and monotonic() < deadline:
        sleep(0.1)
    assert monotonic() < deadline


def test_different_names_are_different_symbols() -> None:
    names = ["a|b", "a~7c;b", "a\\b", "a b", "a", "~", "~7e;", "é", "e\u0301"]
    assert len(set(map(symbol, names))) == len(names)
    assert all(symbol(name).isascii() and "|" not in symbol(name) for name in names)
