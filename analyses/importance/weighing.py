"""Which parameter decides what is played, over all payoffs that ranges, assumptions and premises allow.

What is played is a set, so the question has several readings, and each has its own index:

- how often a change of the parameter alone changes the *set* of outcomes, and how much of each payoff's and each
  probability's variance it makes, least and greatest value of the set apart: Sobol indices
  (`analyses.importance.variance`), for groups of parameters that vary independently;
- how much of the uncertainty about the set the parameter takes away by itself: entropy explained
  (`analyses.importance.entropy`);
- whether the set depends on it in any way: HSIC, with a p-value (`analyses.importance.dependence`);
- of payoffs and probabilities, if asked for: elementary effects (`analyses.importance.morris`), and PAWN and delta
  (`analyses.importance.given_data`).

The *width* of a payoff or probability is its greatest value less its least: what the choice among equilibria is worth.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from analyses.claims.share import check_counts, worth
from analyses.importance.dependence import dependence
from analyses.importance.entropy import entropy_explained
from analyses.importance.exact import Exact, exact_indices
from analyses.importance.found import Importance
from analyses.importance.given_data import PAWN, Sample, delta, pawn, salib
from analyses.importance.intervals import Floats, weights
from analyses.importance.morris import MU_STAR, TRAJECTORIES, Trajectories
from analyses.importance.pairs import Compared, compared, grouped
from analyses.importance.report import shown
from analyses.importance.sets import indices_of_sets
from analyses.importance.targets import THE_SET, Estimate, Target
from analyses.importance.variance import Indices, indices
from analyses.sampling.designs import DESIGNS, design_named, suited
from analyses.sampling.draws import STEPS
from analyses.sweeps.settling import SECONDS as POINT_SECONDS
from analyses.sweeps.settling import Settling
from analyses.sweeps.shares import outcome_shares
from analyses.sweeps.sweeping import settled_in_time, settled_points
from analyses.sweeps.swept import Swept, swept
from analyses.sweeps.ways import NUMERIC, Settled
from games.errors import InputError, check_kind, listed, meant, quoted
from games.model import Model
from games.solvers.limits import check_limit, expired, remaining, time_limit

SAMPLES = 2**10
SECONDS = 120.0
MOST_SAMPLES = 20_000
FEWEST = 16
"""Of fewer points nothing is estimated."""

SOBOL, SECOND_ORDER = "sobol", "second-order"
BY_SALIB = ("morris", "pawn", "delta")
MEASURES = (SOBOL, SECOND_ORDER, *BY_SALIB)
"""What may be asked for; the first is always there."""

PAIRS_PART = 0.6
"""The part of the time that pairs of points may take where further measures are to follow."""


def importance(
    model: Model,
    *,
    names: Sequence[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
    measures: Sequence[str] = (SOBOL,),
    groups: Mapping[str, Sequence[str]] | None = None,
    design: str | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    seconds: float | None = SECONDS,
    point_seconds: float = POINT_SECONDS,
) -> Importance:
    """What each parameter decides, from ``samples`` pairs of points; what is not told here is as for
    `analyses.sweeps.sweep`.

    ``measures`` are any of `MEASURES`, first and total Sobol indices of everything, entropy explained and HSIC of the
    set being there at any rate. ``groups`` are parameters that are moved together, by a name of the group. Where at
    most three parameters move, Sobol indices have their exact values beside them, or the reason why not.

    >>> from analyses.importance import importance
    >>> from games.catalog import load
    >>> found = importance(load("conflict-expectations"), samples=256)
    >>> {name: str(index) for name, index in zip(found.group_names, found.the_set.indices.total)}
    {'D': '0.35 [0.27, 0.42]', 'c_s': '0.46 [0.37, 0.56]', 'c_t': '0.54 [0.45, 0.62]', 'beta': '0.48 [0.39, 0.57]'}

    Raises `InputError` for what `sweep` refuses, for a grid, which is no sample, for groups that tear apart what
    premises link, for measures of SALib where that is not installed, and where fewer than `FEWEST` pairs were settled
    in time.
    """
    check_counts(samples, seed, MOST_SAMPLES)
    check_limit(point_seconds)
    if samples < FEWEST:
        raise InputError(f"the number of samples is {samples}; indices need at least {FEWEST}")
    measured = _measures(measures)
    asked = swept(model, names, values, premises, concept)
    if not asked.premises.free:
        raise InputError("the premises leave one point only, so that nothing decides anything; leave something open")
    together, labels = grouped(asked.premises, {} if groups is None else groups)
    started = perf_counter()
    with time_limit(seconds):
        design = suited(asked.premises) if design is None else design
        if not design_named(design).is_sample:
            samples_of = ", ".join(name for name, one in DESIGNS.items() if one.is_sample)
            raise InputError(
                f"indices are estimated from samples, and {DESIGNS[design].title} is none; use {samples_of}"
            )
        crossed = SECOND_ORDER in measured
        with time_limit(PAIRS_PART * remaining() if seconds is not None and len(measured) > 1 else None):
            pairs = compared(asked, together, design, samples, seed, point_seconds, crossed)
        found = replace(_weighed(asked, design, samples, seed, pairs), labels=labels, measures=measured)
        found = replace(found, exact=exact_indices(asked, together, crossed))
        found = _measured(found, pairs, point_seconds)
    return replace(found, seconds=perf_counter() - started)


def _measures(given: Sequence[str]) -> tuple[str, ...]:
    check_kind(given, (tuple, list), "the measures", f"a list of {listed(MEASURES)}")
    for name in given:
        check_kind(name, str, "a measure", f"one of {listed(MEASURES)}")
        if name not in MEASURES:
            raise InputError(f"there is no measure {quoted(name)}; there are {listed(MEASURES)}{meant(name, MEASURES)}")
    if set(BY_SALIB) & set(given):
        salib("analyze")
    return tuple(name for name in MEASURES if name == SOBOL or name in given)


def _weighed(asked: Swept, design: str, samples: int, seed: int, pairs: Compared) -> Importance:
    """Raises `InputError` where there are too few pairs."""
    count = len(pairs.A)
    if count < FEWEST:
        raise InputError(
            f"only {count} of {samples:,} pairs of points were settled, and indices need at least {FEWEST}; allow more "
            "time, let fewer parameters move, or fix what the premises leave little room"
        )
    random = np.random.default_rng((seed, 2))
    settling, parts = pairs.settling, pairs.parts
    own = weights(pairs.clusters, random)
    drawn = np.concatenate([parts[0].kinds, parts[1].kinds])
    _, kinds = np.unique(drawn, return_inverse=True)
    cube = np.concatenate([pairs.A.odd, pairs.B.odd]) / STEPS
    effective = _effective(pairs, kinds, cube)
    outcomes = settling.outcomes
    plays = [[outcomes[k] for k in play] for play in settling.plays.plays]
    return Importance(
        asked,
        design,
        seed,
        samples,
        count,
        count * len(parts),
        int(sum(np.sum(~part.complete) for part in parts)),
        int(sum(np.sum(part.how == NUMERIC) for part in parts)),
        tuple(symbol.name for symbol in asked.premises.free),
        pairs.groups,
        len(np.unique(np.concatenate([part.kinds for part in parts]))),
        outcome_shares(outcomes, plays, tuple(settling.plays.kinds), drawn, effective),
        (_of_set(pairs, own), *_of_values(pairs, own)),
        tuple(entropy_explained(column, kinds, effective, random) for column in cube.T),
        dependence(cube, kinds, np.tile(pairs.clusters, 2), random),
        pairs.method,
        effective,
        Exact(),
        stopped=pairs.stopped,
    )


def _effective(pairs: Compared, kinds: NDArray[np.int64], cube: Floats) -> float:
    """How many independent points those of A and B are worth."""
    if not pairs.walked:
        return float(len(kinds))
    chains = np.concatenate([pairs.clusters, pairs.clusters + 1 + int(pairs.clusters.max())])
    columns = [*(kinds == kind for kind in np.unique(kinds)), *(cube[:, k] for k in pairs.walked)]
    return float(worth(chains, columns))


def _of_set(pairs: Compared, own: Floats) -> Target:
    """The set as one output for each that there is, which says whether it is that one."""
    A, B, *several = (part.kinds for part in pairs.parts)
    count = len(pairs.groups)
    return Target(THE_SET, THE_SET, indices_of_sets(A, B, several[:count], own, several[count:] or None))


def _of_values(pairs: Compared, own: Floats) -> Iterator[Target]:
    """Every payoff and probability: least, greatest and width, or the one value where there is no other."""
    rounding = 2 * pairs.settling.rounding
    read = [_read(pairs.settling, part) for part in pairs.parts]
    for name, each in read[0].items():
        least, greatest = (np.stack([one[name].ends[..., k] for one in read]) for k in (0, 1))
        undefined = int(np.isnan(least).sum())
        if undefined:
            yield Target(name, each.said, None, undefined)
            continue
        width = greatest - least
        told = [
            (f"{name}, least", f"least {each.said}", least),
            (f"{name}, greatest", f"greatest {each.said}", greatest),
        ]
        for of, said, values in told if width.any() else [(name, each.said, least)]:
            yield Target(of, said, _indices(pairs, values[..., None], own, rounding))
        of, said = f"width of {name}", f"width of the {each.said}"
        yield Target(of, said, _indices(pairs, width[..., None], own, 2 * rounding))


@dataclass(frozen=True)
class _Reading:
    """A payoff or probability in words, and its least and greatest value, of shape (points, 2)."""

    said: str
    ends: Floats

    def values(self, name: str) -> Iterator[tuple[str, Floats]]:
        """By each name that a target of it may have."""
        least, greatest = self.ends[:, 0], self.ends[:, 1]
        yield from ((name, greatest), (f"{name}, least", least), (f"{name}, greatest", greatest))
        yield f"width of {name}", greatest - least


def _read(settling: Settling, part: Settled) -> dict[str, _Reading]:
    """Every payoff and probability by name."""
    found = {name: _Reading(name, part.amounts[:, k]) for k, name in enumerate(settling.amounts)}
    for k, outcome in enumerate(settling.outcomes):
        found[f"probability of {outcome}"] = _Reading(f"probability of “{outcome}”", part.probability[:, k])
    return found


def _by_target(settling: Settling, part: Settled) -> dict[str, Floats]:
    """Values by the names of targets."""
    return dict(chain.from_iterable(each.values(name) for name, each in _read(settling, part).items()))


def _indices(pairs: Compared, values: Floats, own: Floats, rounding: float) -> Indices:
    """Of values of shape (parts, points, outputs)."""
    count = len(pairs.groups)
    f_BA = values[2 + count :] if pairs.crossed else None
    return indices(values[0], values[1], values[2 : 2 + count], own, rounding, f_BA)


def _measured(found: Importance, pairs: Compared, point_seconds: float) -> Importance:
    """With the measures of SALib, target by target as far as the time goes."""
    wanted = [target for target in dict.fromkeys((*shown(found), *found.targets[1:])) if target.varies]
    if not set(BY_SALIB) & set(found.measures) or not wanted:
        return found
    random = np.random.default_rng((found.seed, 3))
    sample = Sample.of(
        found.names, np.concatenate([pairs.A.odd, pairs.B.odd]) / STEPS, np.tile(pairs.clusters, 2), random
    )
    drawn = [_by_target(pairs.settling, part) for part in pairs.parts[:2]]
    crossing = _Crossing.of(found, point_seconds) if "morris" in found.measures else None
    estimates: list[Estimate] = []
    for number, target in enumerate(wanted):
        if expired():
            return replace(found, estimates=tuple(estimates), unweighed=len(wanted) - number)
        values = np.concatenate([each[target.name] for each in drawn])[sample.kept]
        if crossing is not None:
            estimates += crossing.estimates(found, target)
        estimates += _of_sample(found, target, sample, values, random)
    return replace(found, estimates=tuple(estimates))


def _of_sample(
    found: Importance, target: Target, sample: Sample, values: Floats, random: np.random.Generator
) -> Iterator[Estimate]:
    if not np.ptp(values):
        return
    several = []
    if "pawn" in found.measures:
        several.append((PAWN, pawn(sample, values, random)))
    if "delta" in found.measures:
        several.append(delta(sample, values, random))
    for measure, measured in several:
        for who, index in zip(sample.names, measured, strict=True):
            yield Estimate(measure, target.name, who, index)


@dataclass(frozen=True)
class _Crossing:
    """Trajectories, and the values of each target along them."""

    trajectories: Trajectories
    values: Mapping[str, Floats]

    @staticmethod
    def of(found: Importance, point_seconds: float) -> "_Crossing | None":
        """None where no parameter can cross its range by itself, or the time is up."""
        asked = found.swept
        count = min(TRAJECTORIES, found.wanted)
        trajectories = Trajectories(asked.premises, found.groups, found.design, count, found.seed)
        if not trajectories.moved or expired():
            return None
        try:
            settling, blocks = settled_in_time(asked, trajectories.draws, point_seconds)
            settled = settled_points(settling, blocks)
        except InputError:
            return None
        settled = settled.where(slice(0, trajectories.whole(len(settled))))
        return _Crossing(trajectories, _by_target(settling, settled)) if len(settled) else None

    def estimates(self, found: Importance, target: Target) -> Iterator[Estimate]:
        values = self.values.get(target.name)
        if values is None:
            # No outcome that was met along the trajectories has that name.
            values = np.zeros(len(next(iter(self.values.values()))))
        if np.isfinite(values).all():
            for group, index in self.trajectories.effects(values).items():
                yield Estimate(MU_STAR, target.name, found.group_names[found.groups.index(group)], index)
