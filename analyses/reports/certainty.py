"""How sure a prediction is, in plain words: what is exact, what is assumed, and how often it comes about."""

from collections.abc import Iterator

from analyses.claims.share import percent
from analyses.reports.chapters import Chapter
from analyses.reports.telling import Telling
from analyses.sweeps.shares import OutcomeShare
from games.sources import Assumed

RARELY, MOSTLY = 0.5, 0.9
"""Below which part of the numbers "only" is said of it, and from which on the prediction hangs little on them."""


def certainty(telling: Telling, main: Chapter) -> Iterator[str]:
    """What is exact and what is assumed; and for which part of the numbers the same is predicted."""
    yield " ".join(filter(None, [_exact(main), _assumed(telling)]))
    if said := _share(telling, main):
        yield said


def _exact(main: Chapter) -> str:
    found = main.equilibria
    if not found.exact:
        return "The calculation is numeric: its answers are close, not exact."
    if not found.found:
        return "The calculation is exact."
    if not found.complete:
        return "The calculation is exact for what it found; there may be other outcomes like it."
    if len(found) == 1:
        return "The calculation is exact: with these numbers it is the only outcome in which each side does its best."
    return "The calculation is exact: with these numbers no other outcome has each side do its best."


def _assumed(telling: Telling) -> str:
    parameters = telling.model.parameters
    if not parameters:
        return ""
    chosen = sum(isinstance(parameter.source, Assumed) for parameter in parameters)
    scale = f" A 1 stands for {telling.words.measured_in}." if telling.words.measured_in else ""
    if chosen == len(parameters):
        return f"The numbers are assumed, none is measured.{scale}"
    named = len(parameters) - chosen
    return (
        f"The numbers are assumed, none is measured: {len(parameters)} are needed, the text speaks of {named} of them "
        f"without saying how large they are, and {chosen} were added.{scale}"
    )


def own_share(main: Chapter) -> OutcomeShare | None:
    """For which part of the numbers what is predicted comes about; None where that is not known."""
    if main.told is None or len(main.outcomes) != 1:
        return None
    return next((row.share for row in main.told.outcomes if row.outcome == main.outcomes[0]), None)


def is_rare(main: Chapter) -> bool:
    """Whether what is predicted comes about, even possibly, for under half of the numbers, by its whole interval."""
    share = own_share(main)
    if share is None:
        return False
    most = share.possible if share.possible_ends is None else share.possible_ends[1]
    return most < RARELY


def _share(telling: Telling, main: Chapter) -> str:
    """For how many of the numbers the same is predicted, and what is asked about."""
    own = own_share(main)
    if own is None or main.told is None:
        return ""
    hangs = "hangs on the assumed numbers" if own.certain < MOSTLY else "hangs little on the assumed numbers"
    only = "only " if own.certain < RARELY else ""
    said = [
        f"The prediction {hangs}.",
        f"When all of them vary over what is thought possible, the same happens in {only}{_part(own)}.",
    ]
    for share in main.told.asked:
        if share.outcome in own.outcome:
            continue
        could = f"“{share.outcome}” comes about in {percent(share.certain)} of them"
        if percent(share.possible) != percent(share.certain):
            could += f", and may in {percent(share.possible)}"
        said.append(f"{could}.")
    return " ".join([*said, *_decides(telling, main)])


def _decides(telling: Telling, main: Chapter) -> Iterator[str]:
    """Which number decides most which outcome it is."""
    found = main.told.importance if main.told is not None else None
    if found is None or not found.order:
        return
    most = telling.model.by_name[found.names[found.groups[found.group_of(found.order[0])][0]]]
    now = telling.amount(main.model.point(**main.values)[most.symbol], most)
    yield f"What happens depends most on {telling.quantity(most)} (assumed here: {now})."


def _part(share: OutcomeShare) -> str:
    if share.certain_ends is None:
        return f"{percent(share.certain)} of the cases"
    low, high = (percent(end).removesuffix(" %") for end in share.certain_ends)
    return f"{percent(share.certain)} of the cases ({low} to {high} with 95 % confidence)"
