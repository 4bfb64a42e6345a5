"""When is it played? The exact condition, over all payoffs, under which an outcome comes about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import sympy
from sympy import Eq

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from analyses.claims.setting import Setting
from analyses.claims.share import Share, premise_set, share
from analyses.sampling.free import free_parameters
from analyses.sampling.premise_set import PremiseSet
from analyses.solution.posing import Posed
from analyses.solution.shares import SEED, Shares, drawn, shares_of
from analyses.when.answer import When
from analyses.when.covering import Search
from analyses.when.playing import Playing
from analyses.when.regions import Ranged, Ranges, posed_for
from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import exact, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Path
from games.formulas.relations import Relation
from games.model import Model, check_is_model
from games.play.quantities import Reach
from games.solvers.concept import concept_for
from games.solvers.limits import OutOfTimeError, anew, time_limit, why_stopped
from games.terms import Condition, denied, every, some

MOST_LISTED = 12

SAMPLES_OF_OPEN = 1_000
SECONDS_TO_COUNT = 5.0
"""How many draws tell how much is left open, and how long they may take, once the search has ended."""


def when(
    model: Model,
    outcome: str | Path,
    *,
    after: Path = (),
    values: Mapping[str, object] | None = None,
    free: str | Sequence[str] | None = None,
    premises: Sequence[Relation] = (),
    concept: str | None = None,
    by_decision: bool = False,
    seconds: float | None = None,
    samples: int | None = None,
) -> When:
    r"""The exact condition on the payoffs under which ``outcome`` is played.

    ``outcome`` is a part of the words for one or several outcomes ("Russia concedes"), or a path through the tree with
    which they begin; with ``after`` it is meant of play from there on, whether or not it gets there. Parameters that
    ``values`` names are held there; all others range over their whole ranges, as the model's assumptions and the
    ``premises`` allow, or, where some are named ``free``, those alone, the rest having their defaults. ``concept`` is
    by default that of the game's form. ``by_decision`` asks no more than a tree's decisions on the way to the outcome
    (`When.ways`), which takes no time. ``seconds`` limits the time; ``samples`` asks for the share of the payoffs, from
    so many draws where it is not exact.

    >>> from analyses.when import when
    >>> from games.catalog import load
    >>> found = when(load("conflict-expectations"), "The target concedes")
    >>> print("\n".join(found.findings()[:2]))
    “The target concedes” is played if:
    D*beta + beta*c_s + c_t > 2*D + c_s and c_t > beta*c_t + c_s

    Raises `InputError` for an outcome that is not possible, for premises that nothing satisfies, and for a concept that
    has no cases, or, if asked by decision, for a game that is no tree of perfect information without chance.
    """
    check_is_model(model)
    check_kind(outcome, (str, tuple, list), "the outcome", "words such as 'Russia concedes', or a path of actions")
    check_kind(after, (tuple, list), "after", "the actions played so far, such as ('Full',)")
    check_kind(premises, (tuple, list), "the premises", "a list of relations")
    fixed = _fixed(model, values or {}, free)
    paths, said, begun = _meant(model, outcome, tuple(after))
    solved = concept_for(model.game, concept)
    if solved.cases is None:
        raise InputError(f"when something is played is not told for {solved.name}: {solved.no_cases_because}")
    equations = tuple(Eq(model.by_name[name].symbol, sympy.Rational(value)) for name, value in fixed.items())
    supposed = (*(each for each in equations if each is not sympy.true), *premises)
    playing = Playing(model, paths, begun, said)
    claim = Claim(f"when {said}", f"{said}.", model, playing.certain, supposed, concept=solved.name)
    answer = When(claim, said, fixed, (), (), False, None, paths=tuple(paths), after=begun)
    with time_limit(seconds):
        try:
            if Setting(claim).is_in_order:
                return _in_order(answer, by_decision, samples)
            if by_decision:
                raise _no_decisions(model)
            possible = replace(claim, conclusion=playing.possible, every=False)
            return _of_any(replace(answer, possible=()), possible, premises, samples)
        except OutOfTimeError:
            return replace(answer, doubts=(why_stopped(),))


def outcomes(model: Model) -> tuple[str, ...]:
    """The outcomes of a model in words, each once: what `when` can be asked of.

    >>> from analyses.when import outcomes
    >>> from games.catalog import load
    >>> outcomes(load("conflict-expectations"))
    ('The target concedes', 'Sanctions are imposed and the target stands firm', 'Nothing changes')
    """
    check_is_model(model)
    return tuple(dict.fromkeys(model.outcome_words(path) for path in model.game.paths))


def narrower(found: When) -> tuple[str, ...]:
    """The parameters over which an answer may be complete that is not so over all that it left free; none for few.

    They are the two that a map of the model shows, or else those that most of its payoffs and odds speak of.

    >>> from analyses.when import narrower, when
    >>> from games.catalog import load
    >>> narrower(when(load("conflict-expectations"), "The target concedes"))
    ('beta', 'D')
    """
    model = found.model
    free = [p for p in model.parameters if p.low < p.high and p.name not in found.fixed]
    if len(free) < 3:
        return ()
    if model.axes is not None and not found.fixed.keys() & set(model.axes):
        return model.axes
    spoken = Counter(s for entry in model.game.written_out.entries for s in getattr(entry, "free_symbols", ()))
    return tuple(p.name for p in sorted(free, key=lambda p: -spoken[p.symbol])[:2])


def _no_decisions(model: Model) -> InputError:
    return InputError(
        f"{model.name} is no tree of perfect information in which chance does not move, whose decisions could be told "
        "one by one; ask for its conditions"
    )


def _in_order(answer: When, by_decision: bool, samples: int | None) -> When:
    """The answer for a tree of perfect information."""
    where = {sympy.Symbol(f"way{number}"): Reach(path, answer.after) for number, path in enumerate(answer.paths)}
    conclusion = Holds(sympy.Add(*where) >= 1, where, said=f"{answer.outcome} is played")
    claim = replace(answer.claim, conclusion=conclusion)
    answer = replace(answer, claim=claim)
    if by_decision:
        if not answer.is_by_decision:
            raise _no_decisions(answer.model)
        return replace(answer, doubts=("only its decisions were asked for",), share=_share(claim, samples))
    try:
        found = Search(claim).found()
    except OutOfTimeError:
        return replace(answer, doubts=(why_stopped(),))
    answer = replace(
        answer,
        conditions=tuple(found.conditions),
        at_ties=tuple(found.at_ties),
        complete=not found.doubts,
        exact_at_ties=found.exact_at_ties,
        doubts=tuple(found.doubts),
        share=_share(claim, samples),
    )
    if answer.complete:
        return answer
    return _with_open_share(answer, premise_set(claim), denied(some(map(every, answer.conditions))))


def _share(claim: Claim, samples: int | None) -> Share | None:
    return None if samples is None else share(claim, samples=samples)


def _of_any(answer: When, possible: Claim, premises: Sequence[Relation], samples: int | None) -> When:
    """The answer for a game of any form: where every equilibrium plays it for certain, and where some may play it."""
    claim = answer.claim
    posed = posed_for(answer.model, answer.fixed, premises, (claim, possible))
    found = Ranges(posed, claim, possible).found()
    answer = replace(
        answer,
        conditions=tuple(found.certain),
        complete=not found.doubts,
        exact_at_ties=None if found.ties else True,
        doubts=tuple(found.doubts),
        possible=tuple(found.possible),
        exists=None if found.exists is None else tuple(found.exists),
        otherwise=None if found.otherwise is None or found.doubts else tuple(found.otherwise),
        apart_from=tuple(found.ties),
        all_possible=found.known,
    )
    if found.doubts:
        return _with_open_share(answer, posed.premise_set, _is_open(found))
    if samples is None:
        return answer
    certain, may = _shares(posed, answer, samples)
    return replace(answer, share=certain, possible_share=may)


def _shares(posed: Posed, answer: When, samples: int) -> list[Share | None]:
    """The shares of the payoffs at which every equilibrium plays it, and at which some may."""
    certain = some(map(every, answer.conditions))
    if answer.otherwise is not None:
        certain = denied(some(map(every, answer.otherwise)))
    return _told(answer, shares_of(posed, [certain, some(map(every, answer.possible or ()))], samples), samples)


def _is_open(found: Ranged) -> Condition:
    """That it was not found out whether some equilibrium plays it, or, where that is known, whether each one does."""
    possible, others = some(map(every, found.possible)), some(map(every, found.otherwise or ()))
    return every([possible, denied(others)]) if found.known else denied(possible)


def _with_open_share(answer: When, premises: PremiseSet, is_open: Condition) -> When:
    """The answer with the share of the payoffs at which it is open whether the outcome is played."""
    try:
        with anew(SECONDS_TO_COUNT):
            found = drawn(premises, [is_open], SAMPLES_OF_OPEN)
    except (InputError, OutOfTimeError):
        return answer
    return replace(answer, open_share=_told(answer, found, SAMPLES_OF_OPEN)[0]) if found else answer


def _told(answer: When, found: Shares | None, samples: int) -> list[Share | None]:
    if found is None:
        return [None, None]
    draws = 0 if found.exact else samples
    return [
        Share(answer.claim, value, *ends, found.exact, found.method, draws, round(value * draws), seed=SEED)
        for value, ends in zip(found.values, found.intervals, strict=True)
    ]


def _fixed(model: Model, values: Mapping[str, object], free: str | Sequence[str] | None) -> dict[str, Fraction]:
    """The parameters that have one value, those among them that are not named free."""
    check_kind(values, Mapping, "values", "a mapping such as {'E': 0}")
    model.point(**values)
    if free is not None:
        named = free_parameters(model, free, values)
        rest = (p for p in model.parameters if p.low < p.high and p.name not in named)
        values = {p.name: p.default for p in rest} | dict(values)
    found = {name: exact(value, name) for name, value in values.items()}
    for name, value in found.items():
        p = model.by_name[name]
        if not p.low <= value <= p.high:
            raise InputError(
                f"{name} = {readable(value)} lies outside its range {readable(p.low)} to {readable(p.high)}; "
                "choose a value within it"
            )
    return found


def _meant(model: Model, outcome: str | Path, after: Path) -> tuple[list[Path], str, Path]:
    """The paths meant, from ``after`` on, what they are called, and ``after`` as the model has it."""
    game = model.game
    if after and not isinstance(game.written_out, ExtensiveGame):
        raise InputError(f"{game.kind} has no histories to look behind; leave out {listed(after)}")
    after = _actions(model, after)
    inside = [path for path in game.paths if path[: len(after)] == after]
    if isinstance(outcome, str):
        said = outcome.strip()
        chosen = outcomes_called(model, inside, said)
    else:
        begun = _actions(model, (*after, *outcome))
        chosen = [path for path in inside if path[: len(begun)] == begun]
        said = ", ".join(outcome) or "any outcome"
    said = f"{said} after {', '.join(after)}" if after else said
    return [path[len(after) :] for path in chosen], said, after


def outcomes_called(model: Model, paths: Sequence[Path], words: str) -> list[Path]:
    """Those of the ``paths`` that are called so, or else have the ``words`` as a part of what they are called.

    Raises `InputError` where there are none.
    """
    said = words.strip().casefold()
    called = {path: model.outcome_words(path) for path in paths}
    chosen = [path for path in paths if called[path].casefold() == said]
    chosen = chosen or [path for path in paths if said and said in called[path].casefold()]
    if not chosen:
        possible = sorted(set(called.values()))
        known = "; ".join(map(quoted, possible[:MOST_LISTED]))
        more = f"; and {len(possible) - MOST_LISTED} more" if len(possible) > MOST_LISTED else ""
        raise InputError(f"{model.name} has no outcome {quoted(words.strip())}; it has {known}{more}")
    return chosen


def _actions(model: Model, given: Path) -> Path:
    """The actions as the model writes them, with which some play begins."""
    found: Path = ()
    for action in given:
        possible = {
            path[len(found)] for path in model.game.paths if path[: len(found)] == found and len(path) > len(found)
        }
        alike = sorted(each for each in possible if each.casefold() == str(action).casefold())
        own = [action] if action in possible else alike
        if not own:
            after = f" after {', '.join(found)}" if found else ""
            known = f"the actions{after} are {listed(sorted(possible))}" if possible else f"play ends{after}"
            raise InputError(
                f"no play of {model.name} has {quoted(str(action))} there; {known}{meant(str(action), possible)}"
            )
        found = (*found, own[0])
    return found
