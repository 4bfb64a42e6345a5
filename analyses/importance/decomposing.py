"""A decomposition of the variance of an answer over payoffs, selections, concepts and the models of a family.

All four are factors of one design, in which each level of each factor meets each of the others. The payoffs are drawn
once, from what the premises of all models allow, and every model is solved there under every concept; of the
equilibria each *selection* takes one: the best or the worst for a player. Selections, concepts and models are no
quantities, and no level is likelier than another, so each counts alike. On such a design the variance falls into parts
exactly (Fisher's analysis of variance; Sobol 1993, Mathematical Modelling and Computational Experiment 1); what is
estimated is the part of the payoffs that points leave open, by a bootstrap over points.

Models belong together by the names of their players and parameters, and by the words of their outcomes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from time import perf_counter
from typing import Any

import numpy as np

from analyses.claims.share import check_counts
from analyses.importance.decomposition import CONCEPT, DIFFER, MODEL, PAYOFFS, SELECTION, Decomposition, Factor
from analyses.importance.intervals import NOTHING, Floats, Index, percentiles, weights
from analyses.sampling.designs import drawings, suited
from analyses.sampling.draws import Draws
from analyses.sampling.premise_set import PremiseSet
from analyses.sweeps.settling import SECONDS as POINT_SECONDS
from analyses.sweeps.settling import Settling
from analyses.sweeps.sweeping import gathered, how_drawn, settled_points
from analyses.sweeps.ways import REFUSED, Settled, selections
from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import amount, exact
from games.formulas.relations import check_symbols, relation
from games.model import Model, check_is_model
from games.parameters import Parameter
from games.solvers.concept import Concept, concept_for
from games.solvers.limits import OutOfTimeError, check_limit, remaining, time_limit

SAMPLES = 2**10
MOST_SAMPLES = 20_000
FEWEST = 16
SECONDS = 120.0
RESAMPLES = 200
NO_EQUILIBRIUM = "no equilibrium"

AXES = (PAYOFFS, SELECTION, CONCEPT, MODEL)
"""The axes of the design: points, selections, concepts, models."""


def decompose(
    models: Sequence[Model],
    *,
    payoff: str | None = None,
    outcome: str | None = None,
    concepts: Sequence[str] = (),
    differ: str = DIFFER,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    samples: int = SAMPLES,
    seed: int = 0,
    seconds: float | None = SECONDS,
    point_seconds: float = POINT_SECONDS,
) -> Decomposition:
    """How much of an answer hangs on payoffs, selection, concept and model.

    The answer is what a player gets (``payoff``), or whether an outcome is played whose words contain those given
    (``outcome``); without either, which outcomes are played. ``concepts`` are those compared, by default that of each
    model's form alone. ``differ`` says in words in what the models differ. Parameters with a range move together in all
    ``models`` that have them; the others, and those with ``values``, stay.

    >>> from analyses.importance import decompose
    >>> from games.catalog import load
    >>> model, concepts = load("conflict-expectations"), ("subgame-perfect", "nash")
    >>> found = decompose([model], outcome="concedes", concepts=concepts, samples=32)
    >>> [factor.name for factor in found.factors]
    ['payoffs', 'selection', 'concept']

    Raises `InputError` for players, outcomes, concepts or parameters that a model does not have, for ranges that do not
    meet, and where fewer than `FEWEST` points were settled.
    """
    check_counts(samples, seed, MOST_SAMPLES)
    check_limit(point_seconds)
    asked = _Asked(models, concepts, {} if values is None else values, premises)
    asked.check_answer(payoff, outcome)
    check_kind(differ, str, "what the models differ in", "words such as 'the order of moves'")
    if not differ.strip():
        raise InputError("what the models differ in is blank; give words such as 'the order of moves', or leave it out")
    started = perf_counter()
    with time_limit(seconds):
        design = suited(asked.premises)
        (drawing,) = drawings(asked.premises, design, samples, seed)
        points = gathered(drawing, samples)
        settled = _settled(asked, points, point_seconds)
    answers = _answers(asked, settled, payoff, outcome)
    found = _decomposed(asked, points, answers, samples, seed, how_drawn(design, drawing))
    return replace(found, differ=differ, seconds=perf_counter() - started)


class _Asked:
    """The models with their concepts, and the premises of all of them together."""

    def __init__(
        self, models: Sequence[Model], concepts: Sequence[str], values: Mapping[str, object], premises: Sequence[object]
    ) -> None:
        check_kind(models, (tuple, list), "the models", "a list of models")
        for model in models:
            check_is_model(model)
        check_kind(concepts, (tuple, list), "the concepts", "a list of names such as ['nash']")
        names = [model.name for model in models]
        if not names or len(set(names)) < len(names):
            raise InputError(f"the models are {listed(names) or 'none'}; give at least one, each once")
        if len(set(concepts)) < len(concepts):
            raise InputError(f"the concepts are {listed(concepts)}; give each once")
        self.models = tuple(models)
        self.concepts: tuple[tuple[Concept, ...], ...] = tuple(
            tuple(concept_for(model.game, name) for name in concepts or (None,)) for model in models
        )
        self.named = tuple(concepts) or ("default",)
        first = models[0].game.players
        self.players = tuple(p for p in first if all(p in model.game.players for model in models))
        if not self.players:
            raise InputError(f"{listed(names)} have no player in common, so that they are no family")
        parameters = list(_joined(models, values))
        symbols = {p.symbol for p in parameters}
        supposed = [relation(each, "the premise") for each in premises]
        for each in supposed:
            check_symbols(each, symbols, "the premise")
        assumed = [assumption.relation for model in models for assumption in model.assumptions]
        self.premises = PremiseSet(parameters, [*dict.fromkeys(assumed), *supposed], "the premises").narrowed()
        self.moved = tuple(symbol.name for symbol in self.premises.free)
        if not self.moved:
            raise InputError("no parameter of these models moves; leave one with a range open")

    @property
    def selections(self) -> tuple[str, ...]:
        """The best and the worst for each player that all have."""
        return tuple(f"{which} for {player}" for which in ("best", "worst") for player in self.players)

    def check_answer(self, payoff: str | None, outcome: str | None) -> None:
        if payoff is not None and outcome is not None:
            raise InputError("a decomposition is of one answer; give a payoff or an outcome")
        if payoff is not None and payoff not in self.players:
            raise InputError(
                f"{quoted(str(payoff))} is no player of every model; these are {listed(self.players)}"
                f"{meant(str(payoff), self.players)}"
            )
        if outcome is None:
            return
        check_kind(outcome, str, "the outcome", "words of it, such as 'Russia concedes'")
        words = sorted(set().union(*map(_outcomes, self.models)))
        if not outcome.strip() or not any(_is_of(outcome, each) for each in words):
            raise InputError(
                f"no outcome of these models has the words {quoted(outcome)}; there are {listed(words[:8])}"
                f"{' and more' if len(words) > 8 else ''}"
            )


def _outcomes(model: Model) -> set[str]:
    """All outcomes in words."""
    return {model.outcome_words(path) for path in model.game.written_out.paths}


def _is_of(outcome: str, words: str) -> bool:
    return outcome.casefold() in words.casefold()


def _joined(models: Sequence[Model], values: Mapping[str, object]) -> Iterator[Parameter]:
    """The parameters of all models, each once, within the range that all of them allow."""
    several: dict[str, list[tuple[str, Parameter]]] = {}
    for model in models:
        for parameter in model.parameters:
            several.setdefault(parameter.name, []).append((model.name, parameter))
    for name in values:
        if name not in several:
            raise InputError(f"no model has a parameter {quoted(name)}; there are {listed(several)}")
    for name, owned in several.items():
        _, first = owned[0]
        if name in values:
            value = exact(values[name], name)
            yield first.within(value, value)
            continue
        low, high = max(p.low for _, p in owned), min(p.high for _, p in owned)
        if low > high:
            raise InputError(
                f"the ranges of {name} in {listed(owner for owner, _ in owned)} do not meet; give it a value"
            )
        yield first.within(low, high)


_Table = dict[tuple[int, int], tuple[Settling, Settled]]


def _settled(asked: _Asked, points: Draws, point_seconds: float) -> _Table:
    """Every point in every model (first) under every concept, as far as the time goes."""
    found: _Table = {}
    number = sum(map(len, asked.concepts))
    for m, (model, concepts) in enumerate(zip(asked.models, asked.concepts, strict=True)):
        for c, concept in enumerate(concepts):
            share = remaining() / (number - len(found))
            with time_limit(share if share < float("inf") else None):
                try:
                    settling = Settling(model, concept, point_seconds)
                    blocks = [block for block in settling.blocks(points) if len(block)]
                except OutOfTimeError:
                    blocks = []
            if not blocks:
                raise InputError("the time was up before a point was settled in every model; allow more time")
            found[m, c] = settling, settled_points(settling, blocks)
    return found


class _Answers:
    """The answer by point, selection, concept and model: of shape (points, selections, concepts, models, outputs).

    ``kept`` are the points that have one everywhere, of the first ``whole`` that were settled everywhere;
    ``tells_models``: it is the outcome that is played.
    """

    def __init__(
        self, of: str, values: Floats, whole: int, incomplete: int, *, is_number: bool, has_mean: bool
    ) -> None:
        self.of, self.whole, self.incomplete = of, whole, incomplete
        self.is_number, self.has_mean = is_number, has_mean
        self.tells_models = not is_number and not has_mean
        self.kept = np.flatnonzero(np.isfinite(values).reshape(whole, -1).all(axis=1))
        self.values = values[self.kept]


def _answers(asked: _Asked, table: _Table, payoff: str | None, outcome: str | None) -> _Answers:
    whole = min(len(settled) for _, settled in table.values())
    shape = (whole, len(asked.selections), len(asked.named), len(asked.models))
    incomplete = sum(int((~settled.complete[:whole]).sum()) for _, settled in table.values())
    if payoff is not None:
        numbers = np.empty((*shape, 1))
        for (m, c), (_, settled) in table.items():
            player = asked.models[m].game.players.index(payoff)
            numbers[:, :, c, m, 0] = settled.selected[:whole, _rows(asked, m), player]
        return _Answers(f"payoff of {payoff}", numbers, whole, incomplete, is_number=True, has_mean=True)
    kinds: dict[str, int] = {}
    place = np.empty(shape, dtype=np.int64)
    defined = np.ones(shape, dtype=bool)
    for (m, c), (settling, settled) in table.items():
        words = [_words([settling.outcomes[k] for k in play], outcome) for play in settling.plays.plays]
        # A selected play is −1, the last of these, where there is no equilibrium.
        number = np.array([*(kinds.setdefault(each, len(kinds)) for each in (*words, NO_EQUILIBRIUM))])
        place[:, :, c, m] = number[settled.selected_play[:whole, _rows(asked, m)]]
        defined[:, :, c, m] = (settled.how[:whole] != REFUSED)[:, None]
    if outcome is None:
        shown = np.where(defined[..., None], np.eye(len(kinds))[place], np.nan)
        return _Answers("outcome that is played", shown, whole, incomplete, is_number=False, has_mean=False)
    is_played = np.where(defined, (place == kinds.get(outcome, -1)).astype(float), np.nan)[..., None]
    return _Answers(f"outcome “{outcome}”", is_played, whole, incomplete, is_number=False, has_mean=True)


def _rows(asked: _Asked, m: int) -> list[int]:
    """Where the selections stand among those of the model."""
    own = selections(asked.models[m].game.players)
    return [own.index(each) for each in asked.selections]


def _words(play: Sequence[str], outcome: str | None) -> str:
    """A play in words; only whether it may have the outcome, where there is one."""
    if outcome is None:
        return " & ".join(sorted(play))
    return outcome if any(_is_of(outcome, words) for words in play) else ""


def _decomposed(asked: _Asked, points: Draws, answers: _Answers, wanted: int, seed: int, method: str) -> Decomposition:
    count = len(answers.values)
    if count < FEWEST:
        raise InputError(
            f"only {count} of {wanted:,} points have an answer in every model under every concept, and at least "
            f"{FEWEST} are needed; allow more time, or leave out what has no equilibrium"
        )
    chains = np.arange(len(points)) if points.chains is None else points.chains
    own = weights(chains[answers.kept], np.random.default_rng((seed, 4)), RESAMPLES)
    levels: dict[str, tuple[str, ...]] = {
        PAYOFFS: (),
        SELECTION: asked.selections,
        CONCEPT: asked.named,
        MODEL: tuple(model.name for model in asked.models),
    }
    shown = [name for name in AXES if name == PAYOFFS or len(levels[name]) > 1]
    parts = _Parts(answers, own)
    remarks = _remarks(asked, answers, wanted)
    return Decomposition(
        answers.of,
        levels[MODEL],
        {m.name: tuple(c.name for c in several) for m, several in zip(asked.models, asked.concepts, strict=True)},
        asked.moved,
        tuple(parts.factor(name, levels[name]) for name in shown),
        count,
        wanted,
        answers.whole - count,
        answers.incomplete,
        parts.is_constant,
        seed,
        method,
        tuple(remarks),
    )


def _remarks(asked: _Asked, answers: _Answers, wanted: int) -> Iterator[str]:
    if answers.whole < wanted:
        yield f"Of {wanted:,} points wanted {answers.whole:,} were settled in time everywhere."
    if left := answers.whole - len(answers.values):
        verb = "is" if left == 1 else "are"
        yield f"{amount(left, 'point')} {verb} left out: in some model or under some concept there is no equilibrium."
    if answers.incomplete:
        yield f"In {answers.incomplete:,} cases there may be more equilibria than were found."
    for one, other in combinations(asked.models, 2):
        if apart := sorted(one.by_name.keys() ^ other.by_name.keys()):
            yield f"{one.name} and {other.name} do not both have {listed(apart)}."
        if answers.tells_models and _outcomes(one).isdisjoint(_outcomes(other)):
            yield (
                f"No outcome has the same words in {one.name} and {other.name}, so that what is played tells which it "
                "is; name words that both have, or a payoff."
            )


class _Parts:
    """Parts of the variance and of the entropy, point by point weighted as in each resample."""

    def __init__(self, answers: _Answers, own: Floats) -> None:
        self.answers, self.values = answers, answers.values
        count = len(self.values)
        self.weights = np.concatenate([np.full((1, count), 1 / count), own])
        self.whole = self._decided(AXES)
        self.is_constant = not np.ptp(self.values.reshape(-1, self.values.shape[-1]), axis=0).any()

    def factor(self, name: str, levels: tuple[str, ...]) -> Factor:
        explained = None if self.answers.is_number else NOTHING
        if self.is_constant:
            return Factor(name, levels, NOTHING, NOTHING, explained, self._means(name))
        others = [axis for axis in AXES if axis != name]
        alone = self._index(_ratio(self._decided([name]), self.whole))
        together = self._index(1 - _ratio(self._decided(others), self.whole))
        if explained is not None:
            explained = self._index(1 - _ratio(self._entropy(name), self._entropy(None)))
        return Factor(name, levels, alone, together, explained, self._means(name))

    def _index(self, values: Floats) -> Index:
        # A resample in which nothing varies says nothing.
        return percentiles(float(values[0]), values[np.isfinite(values)])

    def _decided(self, names: Sequence[str]) -> Floats:
        """The variance between means over all other factors, by resample; outputs are added up."""
        axes = tuple(k for k, name in enumerate(AXES) if k and name not in names)
        means = self.values.mean(axis=axes, keepdims=True)
        if PAYOFFS not in names:
            means = np.tensordot(self.weights, means, axes=1)
            inside = tuple(range(1, 4))
            found: Floats = means.var(axis=inside).sum(axis=-1)
            return found
        flat = means.reshape(len(means), -1, means.shape[-1])
        squares = self.weights @ (flat**2).mean(axis=1)
        centre = self.weights @ flat.mean(axis=1)
        between: Floats = (squares - centre**2).sum(axis=-1)
        return between

    def _entropy(self, given: str | None) -> Floats:
        """Of the outcome, given the level of a factor on average."""
        shown = self.values if self.values.shape[-1] > 1 else np.concatenate([self.values, 1 - self.values], axis=-1)
        axes = tuple(k for k, name in enumerate(AXES) if k and name != given)
        odds = shown.mean(axis=axes)
        if given == PAYOFFS:
            return self.weights @ _entropies(odds)
        found: Floats = _entropies(np.tensordot(self.weights, odds, axes=1))
        return found if given is None else found.mean(axis=1)

    def _means(self, name: str) -> tuple[Index, ...]:
        """The mean at each level, where the answer has one."""
        if name == PAYOFFS or not self.answers.has_mean:
            return ()
        axes = tuple(k for k, axis in enumerate(AXES) if k and axis != name)
        found = self.weights @ self.values[..., 0].mean(axis=axes)
        return tuple(self._index(column) for column in found.T)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """NaN where the whole is nothing, up to rounding."""
    found: Floats = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 1e-12 * whole[0])
    return found


def _entropies(odds: Floats) -> Floats:
    """Of the distributions along the last axis."""
    logs: Any = np.log(np.where(odds > 0, odds, 1.0))
    found: Floats = -(odds * logs).sum(axis=-1)
    return found
