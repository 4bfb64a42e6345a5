"""``parley when``: under which condition on the payoffs an outcome is played."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import (
    Once,
    add_figure,
    add_format,
    add_game,
    add_one_concept,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    premises_of,
    seconds,
)
from analyses.cli.out import add_out, check_out, print_files, write_out
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from analyses.when import When
    from games.model import Model


SECONDS = 40.0
"""How long it takes at most, where no limit is given."""

SECONDS_FOR_FEWER = 20.0
"""And how long, after that, an answer over fewer parameters may take."""

MOST_CONDITIONS = 20
"""With more conditions a tree is told decision by decision, unless all are asked for."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "when", help="the exact condition on the payoffs under which an outcome is played, proved both ways"
    )
    add_game(command)
    command.add_argument(
        "outcome",
        metavar="OUTCOME",
        nargs="?",
        help="an outcome in words, or a part of them that several have in common; without it the outcomes are listed",
    )
    command.add_argument(
        "--after", metavar="ACTION", action="append", default=[], help="from this action on; may be repeated"
    )
    add_values(command)
    command.add_argument(
        "--free", metavar="NAME[,NAME]", action=Once, help="over these parameters alone, all others at their defaults"
    )
    add_premises(command)
    add_one_concept(command)
    command.add_argument("--diagram", action="store_true", help="the condition as one question after another")
    add_figure(command, "draw the decision diagram")
    add_out(command, "the conditions", "the decision diagram")
    command.add_argument(
        "--by-decision",
        action="store_true",
        help="a tree decision by decision, with names for what follows: short, however many conditions there are",
    )
    command.add_argument(
        "--all-conditions",
        action="store_true",
        help=f"every condition on the parameters alone, also where there are more than {MOST_CONDITIONS}",
    )
    command.add_argument("--share", action="store_true", help="with the share of the payoffs at which it holds")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the condition, and writes the figure."""
    from analyses.cli.finding import find_model
    from games.solvers.limits import interruptible

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    if given.outcome is None:
        _list_outcomes(model, given)
        return
    with interruptible():
        found = _found(model, given)
        told = _told(found, given)
        narrower = None if found.complete or told["ways"] or given.free is not None else _narrower(found, model, given)
    write_out(given, found.table, lambda: _drawings(found))
    if given.format == "json":
        further = {
            "diagram": told["diagram"].splitlines(),
            "by_decision": told["ways"].splitlines(),
            "over_fewer": narrower.as_json() if narrower else None,
        }
        answer = found.as_json() | {key: value for key, value in further.items() if value}
        print_answer(given, answer, model)
        return
    fewer = "" if narrower is None else _over_fewer(narrower)
    print("\n\n".join(filter(None, (told["answer"], told["note"], fewer, told["ways"], told["diagram"]))))
    print_files(given)


def _found(model: "Model", given: argparse.Namespace) -> "When":
    limit = seconds(given.time_limit)
    return _asked(model, given, given.free, SECONDS if limit is None else limit)


def _asked(model: "Model", given: argparse.Namespace, free: str | Sequence[str] | None, limit: float) -> "When":
    from analyses.claims.share import SAMPLES
    from analyses.when import when

    return when(
        model,
        given.outcome,
        after=tuple(given.after),
        values=assigned(given.values),
        free=free,
        premises=premises_of(given.premises, model),
        concept=given.concept,
        by_decision=given.by_decision,
        seconds=limit,
        samples=SAMPLES if given.share else None,
    )


def _narrower(found: "When", model: "Model", given: argparse.Namespace) -> "When | None":
    """A complete answer over fewer parameters where there is none over all; None if that was not found either."""
    from analyses.when import narrower

    free, limit = narrower(found), seconds(given.time_limit)
    if not free:
        return None
    try:
        answer = _asked(model, given, free, SECONDS_FOR_FEWER if limit is None else min(limit, SECONDS_FOR_FEWER))
    except InputError:
        # What is asked of all parameters may contradict the others' defaults.
        return None
    return answer if answer.complete else None


def _over_fewer(found: "When") -> str:
    free = [p.name for p in found.model.parameters if p.low < p.high and p.name not in found.fixed]
    return (
        f"note: it is complete over {' and '.join(free)} alone (--free {','.join(free)}), all others at their defaults "
        f"or as they are set:\n{found.report()}"
    )


def _told(found: "When", given: argparse.Namespace) -> dict[str, str]:
    """What is printed: the conditions, or decision by decision where they are not asked for or not all known."""
    many = len(found.conditions) > MOST_CONDITIONS and not given.all_conditions
    ways = found.report_by_decision() if many or not found.complete else ""
    told = {"answer": "" if ways else found.report(), "ways": ways, "diagram": "", "note": ""}
    if given.diagram and found.complete:
        try:
            told["diagram"] = found.diagram_text()
        except InputError as error:
            told["note"] = f"note: {error}"
    elif found.complete and ways:
        told["note"] = (
            f"note: on the parameters alone there are {len(found.conditions)} conditions, so here it is decision by "
            "decision; --all-conditions lists them"
        )
    elif not found.complete and not given.by_decision:
        told["note"] = f"note: {_less(found, bool(ways))}"
    return told


def _less(found: "When", by_decision: bool) -> str:
    """What may be asked instead where not all conditions were found."""
    less, time = "--after, --set, --free or --premise", "or allow more time with --time-limit"
    if by_decision:
        return (
            "not all conditions on the parameters alone were found, so here it is decision by decision; ask for less "
            f"with {less}, {time}"
        )
    pure = " ask for equilibria in pure strategies with --concept pure-nash," if found.claim.concept == "nash" else ""
    return f"ask for less with {less},{pure} {time}"


def _list_outcomes(model: "Model", given: argparse.Namespace) -> None:
    from analyses.when import outcomes

    possible = outcomes(model)
    if given.format == "json":
        print_answer(given, {"outcomes": list(possible)}, model, {})
        return
    print(f"{model.title}: name one of these outcomes, or a part of the words for several.")
    for words in possible:
        print(f"  {words}")


def _drawings(found: "When") -> "dict[str, Drawing]":
    """The figure, or one for each part of the answer, numbered."""
    from analyses.drawing.decision_diagram import draw_when

    drawings = draw_when(found)
    return {f"-{k}" if len(drawings) > 1 else "": drawing for k, drawing in enumerate(drawings, start=1)}
