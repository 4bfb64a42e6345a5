"""Policies: each action that a player may commit to, and what follows over all payoffs that premises allow.

At each of many points every policy is played out: the action is fixed as if committed to, and the rest is an
equilibrium of what remains. All points count alike, which is an assumption and no belief. Expected payoffs, worst cases
and regret are those of robust decision making (Savage 1951, Journal of the American Statistical Association 46, on
minimax regret; Lempert, Popper & Bankes 2003, Shaping the Next One Hundred Years).
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from io import StringIO
from pathlib import Path
from textwrap import fill
from time import perf_counter

import numpy as np

from analyses.claims.claim import Claim
from analyses.claims.share import interval
from analyses.policies import words
from analyses.policies.claims import is_best
from analyses.policies.committing import committed, decision
from analyses.policies.comparing import Flags, Floats, Select, best_flags
from analyses.policies.extremes import Bounds, bounds
from analyses.policies.figures_of_merit import Prospect
from analyses.policies.information import Information, information, mean_of
from analyses.policies.mixing import Mixing, mixing
from analyses.sampling.designs import DESIGNS
from analyses.sampling.draws import Draws
from analyses.sweeps import Sweep, sweep
from analyses.sweeps.sweeping import SECONDS
from analyses.sweeps.swept import Swept, premises_in_words, swept
from analyses.writing import write_file
from games.errors import InputError, listed, meant, quoted
from games.model import Model
from games.solvers.limits import time_limit
from games.tables import Table, Tabular

SAMPLES = 2**12
WIDTH = 100


@dataclass(frozen=True, repr=False, eq=False)
class Policies(Tabular):
    """What follows from each of the ``actions`` of ``player`` at ``place``.

    ``options`` are the models in which each is all that is left, ``sweeps`` what is played in each at the same points;
    ``values`` (points, actions) are the player's payoffs under ``selection``, floats within 2⁻³⁰ of what they are, and
    ``best`` (points, actions) says exactly which no other beats. ``base`` is the model with what does not move put in,
    ``rows`` the points of the sweeps at which every policy has a payoff, ``limit`` the seconds that proofs may take.

    >>> from analyses.policies import policies
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", samples=64)
    >>> found.place, found.actions, found.values.shape
    ('Sender at the start', ('Demand', 'No demand'), (64, 2))
    """

    asked: Swept
    player: str
    place: str
    actions: tuple[str, ...]
    base: Model
    options: tuple[Model, ...]
    sweeps: tuple[Sweep, ...]
    selection: str
    values: Floats
    best: Flags
    rows: tuple[int, ...]
    limit: float | None
    seconds: float = field(default=0.0, compare=False)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def model(self) -> Model:
        return self.asked.model

    @cached_property
    def points(self) -> Draws:
        """The points at which every policy has a payoff."""
        return self.sweeps[0].points.where(np.array(self.rows, dtype=np.intp))

    def point(self, row: int) -> dict[str, Fraction]:
        """The exact values of all parameters."""
        return {symbol.name: value for symbol, value in self.points.point(row).items()}

    @property
    def is_sample(self) -> bool:
        """Whether shares of the points estimate shares of what is allowed."""
        return DESIGNS[self.sweeps[0].design].is_sample

    @cached_property
    def effective(self) -> float:
        """How many independent points these are worth."""
        return min(found.effective * len(self) / len(found) for found in self.sweeps)

    @cached_property
    def bounds(self) -> tuple[Bounds, ...]:
        """The worst payoff and the greatest regret of each policy, proved over all that is allowed."""
        return bounds(self.options, self.player, self.asked.concept.name, self.asked.relations, self.limit)

    @cached_property
    def mixing(self) -> Mixing | None:
        """What commitment to a mixture adds, in a strategic form of two players."""
        with time_limit(self.limit):
            return mixing(self.base, self.player, self.points, self.sweeps, self.rows)

    @cached_property
    def regrets(self) -> Floats:
        """What the best policy would have paid more, of shape (points, actions)."""
        found: Floats = np.where(self.best, 0.0, self.values.max(axis=1, keepdims=True) - self.values)
        return found

    @cached_property
    def prospects(self) -> tuple[Prospect, ...]:
        """One for each action."""
        return tuple(map(self._prospect, range(len(self.actions))))

    def _prospect(self, k: int) -> Prospect:
        own, ends = self.values[:, k], self.sweeps[k].settled.amounts[list(self.rows), self._position]
        held = int(self.best[:, k].sum())
        effective = self.effective
        count = effective * held / len(self)
        return Prospect(
            self.actions[k],
            mean_of(own, effective),
            (float(ends[:, 0].mean()), float(ends[:, 1].mean())),
            float(own.min()),
            float(self.regrets[:, k].max()),
            mean_of(self.regrets[:, k], effective),
            self.bounds[k],
            held / len(self),
            interval(count, count, effective) if self.is_sample else None,
            float((self.best[:, k] & (self.best.sum(axis=1) == 1)).mean()),
        )

    @property
    def _position(self) -> int:
        return self.model.game.players.index(self.player)

    @cached_property
    def columns(self) -> dict[str, Floats]:
        """The values of each parameter that moves, in floats."""
        named = self.points.named
        return {name: np.broadcast_to(named[name].value, len(self)).astype(float) for name in self.asked.names}

    @cached_property
    def information(self) -> Information:
        """What knowing all payoffs, or one parameter, would be worth before the choice."""
        return information(self.values, self.columns, self.effective)

    @property
    def least_regret(self) -> Prospect:
        """The policy whose greatest regret is least: over all that is allowed where that is proved for every policy,
        else over the points."""
        if self.regret_is_proved:
            return min(self.prospects, key=lambda each: each.bounds.regret or Fraction(0))
        return min(self.prospects, key=lambda each: each.regret)

    @property
    def regret_is_proved(self) -> bool:
        """Whether the greatest regret of every policy is exact."""
        return all(each.regret_is_exact for each in self.bounds)

    @property
    def most_expected(self) -> Prospect:
        """The policy that pays most on average."""
        return max(self.prospects, key=lambda each: each.expected.value)

    def number(self, action: str) -> int:
        """The position of an action. Raises `InputError` for one that there is not."""
        alike = [k for k, each in enumerate(self.actions) if each.casefold() == str(action).strip().casefold()]
        if not alike:
            raise InputError(
                f"at {self.place} there is no action {quoted(str(action))}; there are {listed(self.actions)}"
                f"{meant(str(action), self.actions)}"
            )
        return alike[0]

    def claim(self, action: str) -> Claim:
        """The claim that an action is best, whatever is played after it and after the others."""
        k = self.number(action)
        relations = self.asked.relations
        return is_best(self.options, k, self.player, self.actions[k], self.asked.concept.name, relations)

    def findings(self) -> tuple[str, ...]:
        """What follows, in sentences."""
        return words.findings(self)

    def table(self) -> Table:
        """One row for each policy."""
        return words.table(self)

    def csv(self) -> str:
        """A line for each point: the parameters, each policy's payoff and regret, and whether it is best."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(words.header(self))
        writer.writerows(self._lines())
        return text.getvalue()

    def _lines(self) -> Iterator[list[object]]:
        columns = list(self.columns.values())
        for row in range(len(self)):
            told = [
                part
                for k in range(len(self.actions))
                for part in (float(self.values[row, k]), float(self.regrets[row, k]), bool(self.best[row, k]))
            ]
            yield [*(float(column[row]) for column in columns), *told]

    def to_csv(self, path: Path | str) -> Path:
        """Writes `csv` into a file, beside its place first. Raises `InputError` where that cannot be."""
        return write_file(path, self.csv().encode())

    def as_json(self) -> dict[str, object]:
        """The findings as plain data; the points themselves are in the CSV."""
        return {
            "model": self.model.name,
            "player": self.player,
            "decision": self.place,
            "concept": self.asked.concept.name,
            "selection": self.selection,
            "design": self.sweeps[0].design,
            "seed": self.sweeps[0].seed,
            "points": len(self),
            "moved": list(self.asked.names),
            "fixed": {name: str(value) for name, value in self.asked.fixed.items()},
            "premises": list(premises_in_words(self.asked)),
            "policies": [each.as_json() for each in self.prospects],
            "least_regret": self.least_regret.policy,
            "information": self.information.as_json(),
            "mixture": None if self.mixing is None else self.mixing.as_json(),
            "remarks": list(words.remarks(self)),
        }

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(' '.join(self.findings()))}</p>{self.table().html()}"


def policies(
    model: Model,
    player: str,
    at: str | None = None,
    *,
    names: Sequence[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
    selection: str | None = None,
    design: str | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    seconds: float | None = SECONDS,
) -> Policies:
    """What follows from each action of ``player`` at ``at``, by default its only first decision.

    ``names``, ``values``, ``premises``, ``concept``, ``design``, ``samples`` and ``seed`` are as for
    `analyses.sweeps.sweep`. ``selection`` says which equilibrium is meant where there are several: "worst for Japan",
    say, or "best for Russia"; by default the worst for the player. ``seconds`` limits the time for the points and, once
    more, that for proofs.

    >>> from analyses.policies import policies
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", samples=64)
    >>> [(each.policy, each.regret_said) for each in found.prospects]
    [('Demand', '0 proved'), ('No demand', '6 proved')]

    Raises `InputError` as `sweep` does, for an unknown player, place or selection, for forms of game other than trees
    and strategic forms, and where no point has a payoff for every policy.
    """
    place, actions = decision(model, player, at)
    asked = swept(model, names, values, premises, concept)
    chosen, select = _selection(model, player, selection)
    started = perf_counter()
    base = _narrowed(asked)
    options = tuple(committed(base, place, action) for action in actions)
    found = []
    with time_limit(seconds):
        for option in options:
            found.append(
                sweep(
                    option, names=asked.names, premises=asked.relations, concept=asked.concept.name, design=design,
                    samples=samples, seed=seed, seconds=None,
                )
            )  # fmt: skip
    rows, paid = _values(found, chosen, base.game.players.index(player))
    first = found[0].points.where(rows)
    relations, kind = asked.relations, asked.concept.name
    claims = [is_best(options, k, player, action, kind, relations) for k, action in enumerate(actions)]
    with time_limit(seconds):
        best = best_flags(paid, first, options, asked.concept, claims, select)
    return Policies(
        asked, player, place, tuple(actions), base, options, tuple(found), chosen, paid, best, tuple(rows.tolist()),
        seconds, perf_counter() - started,
    )  # fmt: skip


def _narrowed(asked: Swept) -> Model:
    """The model with what does not move put in as numbers."""
    model = asked.model
    point = model.point(**asked.fixed)
    parameters = tuple(
        p if p.name in asked.names else p.within(asked.fixed[p.name], asked.fixed[p.name]) for p in model.parameters
    )
    game = model.with_free(asked.names, point).written_out
    return replace(model, game=game, parameters=parameters, asked=(), quantities=dict)


def _selection(model: Model, player: str, given: str | None) -> tuple[str, Select]:
    """The name of the selection, and how it chooses."""
    players = model.game.players
    known = {f"{which} for {each}": (each, which == "best") for which in ("best", "worst") for each in players}
    chosen = f"worst for {player}" if given is None else given
    if chosen not in known:
        raise InputError(f"the selection is {quoted(str(chosen))}; give one of {listed(known)}")
    return chosen, Select(players, player, *known[chosen])


def _values(found: Sequence[Sweep], selection: str, position: int) -> tuple[np.ndarray, Floats]:
    """The rows of the points that every sweep settled, and what the player gets there from each policy."""
    count = min(map(len, found))
    paid = np.stack(
        [each.settled.selected[:count, each.selections.index(selection), position] for each in found], axis=1
    )
    rows = np.flatnonzero(~np.isnan(paid).any(axis=1))
    if not len(rows):
        raise InputError("at no point has every policy an equilibrium and a payoff, so there is nothing to compare")
    return rows, paid[rows]
