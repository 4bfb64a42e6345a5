"""The solver of inequalities as it is asked: what it costs, how it is stopped, and what its values come to."""

import os
import signal
import threading
from fractions import Fraction
from typing import Any

import pytest

from analyses.proof.solver import EASY, LONGEST_VALUE, Context, StuckError, fraction
from games.solvers.limits import interruptible, stopped_by, time_limit

HARD = 12
"""So many pigeons, and one hole fewer: a question that takes more steps than any of the tests allows."""


def pigeons(context: Context, solver: Any, count: int = HARD) -> Any:
    """Asks each pigeon into a hole of its own, of which there is one fewer than pigeons."""
    z3 = context.z3
    sits = [[context.boolean(f"{pigeon} in {hole}") for hole in range(count - 1)] for pigeon in range(count)]
    solver.add([z3.Or(row) for row in sits])
    for hole in range(count - 1):
        solver.add([z3.Not(z3.And(a[hole], b[hole])) for k, a in enumerate(sits) for b in sits[:k]])
    return solver


def test_what_can_hold_is_told_from_what_cannot() -> None:
    context = Context()
    x = context.real("x")
    solver = context.linear()
    solver.add(x * 3 == context.number(Fraction(2, 7)))
    assert context.check(solver, 1000) is True
    assert fraction(solver.model().eval(x)) == Fraction(2, 21)
    solver.add(x > context.number(1))
    assert context.check(solver, 1000) is False


def test_assumptions_count_in_one_question_only() -> None:
    context = Context()
    x, switch = context.real("x"), context.boolean("switch")
    solver = context.linear()
    solver.add(x > 1, context.z3.Implies(switch, x < 1))
    assert context.check(solver, 1000, [switch]) is False
    assert [each.get_id() for each in solver.unsat_core()] == [switch.get_id()]
    assert context.check(solver, 1000) is True


def test_a_name_in_one_context_is_not_that_in_another() -> None:
    one, other = Context(), Context()
    first, second = one.linear(), other.linear()
    first.add(one.real("x") > 1)
    second.add(other.real("x") < 1)
    assert one.check(first, 1000) is True
    assert other.check(second, 1000) is True


def steps(solver: Any) -> int:
    """The steps that the solver has counted so far."""
    counted = solver.statistics()
    return next(counted.get_key_value(key) for key in counted.keys() if key == "rlimit count")  # noqa: SIM118


@pytest.fixture
def few_are_easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are soon moved to a thread, and one that is told to stop may take its time on a busy machine."""
    monkeypatch.setattr("analyses.proof.solver.EASY", 1_000)
    monkeypatch.setattr("analyses.proof.solver.GRACE", 60)


@pytest.mark.parametrize("most", [500, 1_001, 20_000])
@pytest.mark.usefixtures("few_are_easy")
def test_a_hard_question_is_left_open_after_so_many_steps_whatever_the_time(most: int) -> None:
    counts = []
    for _ in range(2):
        context = Context()
        solver = pigeons(context, context.linear())
        assert context.check(solver, most) is None
        counts.append(steps(solver))
    assert counts[0] == counts[1]
    assert not context.lost


def test_a_question_left_open_can_be_asked_again_with_more_steps() -> None:
    context = Context()
    solver = pigeons(context, context.linear(), 6)
    assert context.check(solver, 10) is None
    assert context.check(solver, 20 * EASY) is False


def test_no_question_is_asked_when_the_time_is_up() -> None:
    context = Context()
    solver = context.linear()
    with stopped_by(lambda: True):
        assert context.check(solver, EASY) is None
    assert context.check(solver, EASY) is True


@pytest.mark.parametrize("make", ["linear", "optimum"])
@pytest.mark.usefixtures("few_are_easy")
def test_a_time_limit_stops_a_long_question_and_the_next_is_answered(make: str) -> None:
    context = Context()
    solver = pigeons(context, getattr(context, make)())
    with time_limit(0.1):
        assert context.check(solver, 1_000_000_000) is None
    assert not context.lost
    easy = context.linear()
    easy.add(context.real("x") > 1)
    assert context.check(easy, EASY) is True


@pytest.mark.usefixtures("few_are_easy")
def test_the_user_stops_a_long_question() -> None:
    context = Context()
    solver = pigeons(context, context.linear())
    timer = threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT))
    with interruptible():
        timer.start()
        assert context.check(solver, 1_000_000_000) is None
        timer.join()
    assert context.check(solver, 1000) is None
    assert not context.lost


def test_a_solver_that_does_not_stop_is_asked_no_more() -> None:
    context = Context()
    context.lost = True
    with pytest.raises(StuckError):
        context.check(context.linear(), EASY)


def test_values_are_exact_or_none() -> None:
    context = Context()
    assert fraction(context.number(Fraction(-22, 7))) == Fraction(-22, 7)
    assert fraction(context.number(0)) == 0
    long = Fraction(1, 10**LONGEST_VALUE)
    assert fraction(context.number(long)) is None
    assert fraction(context.number(Fraction(1, 10 ** (LONGEST_VALUE - 3)))) is not None
