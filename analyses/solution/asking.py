"""Solving with free parameters: the regions of the parameter space, one for each case."""

from collections.abc import Iterable, Mapping, Sequence

from analyses.proof.questions import FULL
from analyses.proof.solver import StuckError
from analyses.sampling.free import ALL, free_parameters
from analyses.solution import plays, supports
from analyses.solution.decisions import Decisions, decisions_of
from analyses.solution.posing import Posed
from analyses.solution.regions import Region, Solution
from analyses.solution.shares import shares_of
from games.errors import InputError, check_kind
from games.forms.extensive import ExtensiveGame
from games.formulas.relations import Relation
from games.model import Model, check_is_model
from games.solvers.concept import Concept, concept_for
from games.solvers.limits import OutOfTimeError, time_limit
from games.terms import denied


def solve_free(
    model: Model,
    free: str | Sequence[str] = ALL,
    *,
    values: Mapping[str, object] | None = None,
    premises: Sequence[Relation] = (),
    concept: str | None = None,
    seconds: float | None = None,
    outcomes: bool = False,
) -> Solution:
    """All equilibria of a model over its ``free`` parameters (names, or ``"all"``): regions, each with formulas.

    Other parameters have the ``values`` given, or their defaults. The free ones range over their whole ranges, as the
    model's assumptions and the ``premises`` allow. ``concept`` is by default that of the game's form. ``seconds``
    limits the time; what was found counts, and says that it is not complete. With ``outcomes`` each region tells how
    probable each outcome is, too, unless there are very many.

    >>> from analyses.solution import solve_free
    >>> from games.catalog import load
    >>> solution = solve_free(load("inspection"), "all")
    >>> len(solution.regions), solution.complete
    (1, True)

    Raises `InputError` for unknown names, values that break an assumption, premises that nothing satisfies, a concept
    that has no cases, and where the time is up before the cases are written down.
    """
    with time_limit(seconds):
        posed = _posed(model, free, values, premises, concept, outcomes)
        of_plays = _is_played_in_order(posed)
        try:
            search: plays.Search | supports.Search = plays.Search(posed) if of_plays else supports.Search(posed)
        except (OutOfTimeError, StuckError):
            raise _too_slow(posed.concept, model) from None
        regions = _in_order(search.regions())
        doubts = tuple(dict.fromkeys(search.doubts))
        covers = _covers(posed, regions, not doubts)
        shares = shares_of(posed, [region.condition for region in regions]) if regions else None
    return Solution(posed, tuple(regions), not doubts, covers, doubts, of_plays, shares)


def decisions(
    model: Model,
    free: str | Sequence[str] = ALL,
    *,
    values: Mapping[str, object] | None = None,
    premises: Sequence[Relation] = (),
    seconds: float | None = None,
) -> Decisions:
    """A tree of perfect information decision by decision, with names for what follows; the rest is as in `solve_free`.

    >>> from analyses.solution import decisions
    >>> from games.catalog import load
    >>> len(decisions(load("sanction-retaliation")).decided)
    8

    Raises `InputError` for any other game, too.
    """
    with time_limit(seconds):
        posed = _posed(model, free, values, premises, None)
        if not _is_played_in_order(posed):
            raise InputError(
                f"{model.name} is no tree of perfect information, whose decisions could be told one by one; solve_free "
                "has its regions"
            )
        return decisions_of(posed)


def _is_played_in_order(posed: Posed) -> bool:
    """Whether it is a tree of perfect information, to be solved backwards."""
    return isinstance(posed.game, ExtensiveGame) and posed.cases.is_ordered


def _posed(
    model: Model,
    free: str | Sequence[str],
    values: Mapping[str, object] | None,
    premises: Sequence[Relation],
    concept: str | None,
    outcomes: bool = False,
) -> Posed:
    check_is_model(model)
    check_kind(premises, (tuple, list), "the premises", "a list of relations")
    names = free_parameters(model, free, values)
    point, chosen = model.point(**(values or {})), concept_for(model.game, concept)
    try:
        return Posed(model, chosen, names, point, premises, outcomes)
    except (OutOfTimeError, StuckError):
        raise _too_slow(chosen, model) from None


def _too_slow(concept: Concept, model: Model) -> InputError:
    return InputError(
        f"the time was up before the cases of {concept.title} were written down for {model.name}; allow more, or "
        "free fewer parameters"
    )


def _in_order(regions: Iterable[Region]) -> list[Region]:
    """Those that are met at ties alone come last."""
    return sorted(regions, key=lambda region: region.at_ties)


def _covers(posed: Posed, regions: Sequence[Region], complete: bool) -> bool | None:
    """Whether some region lies at every admissible point; that none does counts where the regions are all there are."""
    try:
        answer = posed.questions().ask(*(denied(region.condition) for region in regions), effort=FULL)
    except (OutOfTimeError, StuckError):
        return None
    return True if answer.is_no else False if answer.is_yes and complete else None
