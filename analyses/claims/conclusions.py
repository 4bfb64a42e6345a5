"""What a claim may say of equilibria: each conclusion knows how it breaks, how it is judged, and how it reads.

A claim is broken, or kept, by a *witness*: an equilibrium of each of its models, or two equilibria of its only one.

`never`, `always` and `sometimes` write the commonest conclusions shorter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import sympy

from games.bounds import Bounded, Flags
from games.bulk import in_order
from games.cases import Cases, beside
from games.errors import InputError, check_kind, quoted
from games.exact import readable
from games.forms.game import Game, Path
from games.formulas.polynomials import Reader
from games.formulas.relations import (
    Every,
    Related,
    Relation,
    check_symbols,
    in_words,
    relation,
    substituted,
    symbols_of,
    truth_of,
)
from games.ordered import Ordered, Played
from games.play.quantities import Chosen, Quantity, Reach, check_quantity, quantity_words
from games.solvers.concept import Concept
from games.solvers.equilibria import Equilibrium
from games.terms import Condition, Poly, Ratio, denied, holds, sign, some

if TYPE_CHECKING:
    from analyses.claims.claim import Claim
    from analyses.claims.confirm import Broken
    from analyses.claims.listed import Listed
    from analyses.claims.setting import Setting
    from analyses.claims.verdicts import Refuted

OTHER = " of the other"
"""What the names of a second equilibrium beside the first end with."""


class Conclusion:
    """What is said of equilibria.

    Of each witness the ``formula`` is meant, over parameters and the quantities that ``where`` names; by default it
    says nothing. ``of_pairs``: a witness is two equilibria of the one model. ``follows_from_existence``: it holds
    wherever there is always an equilibrium. ``compares_payoffs``: it is about two points at once, and first made
    `plain`.
    """

    formula: Relation = Every(())
    where: Mapping[sympy.Symbol, Quantity] = MappingProxyType({})
    of_pairs: ClassVar[bool] = False
    follows_from_existence: ClassVar[bool] = False
    compares_payoffs: ClassVar[bool] = False

    def check(self, claim: "Claim") -> None:
        """Raises `InputError` for what the claim's models do not have."""

    def broken_by_one(self, every: bool) -> bool:
        """Whether one witness against it breaks it, where it is meant of ``every`` one; else it takes all of them."""
        return every

    # In the language of proofs.

    def plain(self, claim: "Claim") -> tuple["Claim", list[tuple[int, ...]]]:
        """A claim of the same meaning that is about single payoffs, and where its premises say each of the claim's."""
        return claim, [(number,) for number in range(len(claim.premises))]

    def compared(self, game: Game, concept: Concept) -> tuple[Quantity, ...]:
        """The quantities by which two equilibria of the concept are told apart."""
        return ()

    def condition(self, values: Mapping[str, Poly | Ratio]) -> Condition:
        """That a witness with these values of its quantities is as it says."""
        return Reader(values).condition(self.formula)

    def against(self, setting: "Setting") -> tuple[Cases, Condition]:
        """The cases that witnesses are, and that one of them is not as it says."""
        return setting.cases, denied(setting.concluded)

    # What is played, and what solvers list.

    def judged(self, played: Sequence[Played], concluded: Condition, of_every: bool) -> bool:
        """Whether it holds where this is all that is played; ``of_every``: unless one witness breaks it."""
        kept = (holds(concluded, one.numbers) for one in played)
        return all(kept) if of_every else any(kept)

    def in_bulk(
        self, cases: Ordered, columns: Mapping[str, Bounded], count: int, concluded: Condition, of_every: bool
    ) -> tuple[Flags, Flags]:
        """Whether it holds at each of ``count`` points, and where that is certain."""
        bulk = in_order(cases, columns, count)
        truth = bulk.truth(concluded)
        held, sure = (np.broadcast_to(flags, len(bulk)) for flags in (truth.held, truth.sure))
        # A single way to play settles that not every one is so, that some one is, or that there is one.
        settled = np.zeros(count, dtype=bool)
        settled[bulk.index[sure & (~held if of_every else held)]] = True
        open_ = bulk.unsure.copy()
        open_[bulk.index[~sure]] = True
        return settled != of_every, settled | ~open_

    def judged_by(self, listed: "Listed") -> bool | None:
        """Whether it holds by what the ordinary solvers list; None if that does not tell."""
        return listed.judged()

    def refuted(self, broken: "Broken") -> "Refuted | str":
        """The refutation at payoffs found, if the checks confirm it there, else why not."""
        if broken.claim.broken_by_one:
            return broken.by_equilibria()
        return broken.by_none(self.none_keeps(broken.claim))

    # In words.

    @property
    def trivial(self) -> str:
        """Why there is nothing to compare, where the premises allow single payoffs but no two that it compares."""
        return ""

    def none_keeps(self, claim: "Claim") -> str:
        """What is the case where no witness keeps it."""
        pure = " in pure strategies" if claim.is_of_pure_play else ""
        return f"no equilibrium{pure} is as claimed"

    def apart(self, game: Game, of: Game, two: Sequence[Equilibrium], count: int) -> str:
        """How two equilibria of ``game``, which are stated for ``of``, break it together; empty where they do not.

        The solver listed ``count`` in all, perhaps none.
        """
        return ""

    def breaks(self, told: Mapping[sympy.Symbol, Fraction], exact: bool = True) -> str:
        """What is the case where quantities have these values, or in floats about these, and it fails."""
        shown = {s: readable(value) if exact else f"about {readable(float(value))}" for s, value in told.items()}
        said = [f"{quantity_words(quantity)} is {shown[symbol]}" for symbol, quantity in self.where.items()]
        return "; ".join(said) or "the conclusion does not hold"


@dataclass(frozen=True)
class Holds(Conclusion):
    """A relation between parameters and the quantities ``where`` holds.

    It may be given as for `games.formulas.relations.relation`. ``said`` tells it in words, where the formula is long.

    >>> from sympy import Symbol
    >>> from analyses.claims import Chosen, Claim, Holds, check
    >>> from games.catalog import load
    >>> p = Symbol("p")
    >>> rare = Holds(p < 1, {p: Chosen({"Target": "Violate"})})
    >>> check(Claim("rare", "It is not violated for certain.", load("inspection"), rare)).method
    'all cases over all payoffs, 1 exact question'
    """

    formula: Relation = field()
    where: Mapping[sympy.Symbol, Quantity] = field(default_factory=dict)
    said: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "formula", relation(self.formula, "the conclusion"))

    def __str__(self) -> str:
        return self.said or in_words(self.formula, {symbol: quantity_words(q) for symbol, q in self.where.items()})

    def check(self, claim: "Claim") -> None:
        for quantity in self.where.values():
            check_quantity(quantity, claim.game_of(quantity))
        what = f"the conclusion of {quoted(claim.name)}"
        check_symbols(self.formula, {*claim.symbols, *self.where}, what)
        if not symbols_of(self.formula):
            raise InputError(f"{what} is {truth_of(self.formula)} whatever the payoffs")


@dataclass(frozen=True)
class Exists(Conclusion):
    """There is an equilibrium.

    >>> from analyses.claims import Claim, Exists, check
    >>> from games.catalog import load
    >>> claim = Claim("pure", "Nobody has to guess.", load("inspection"), Exists(), concept="pure-nash")
    >>> type(check(claim)).__name__
    'Refuted'
    """

    follows_from_existence = True

    def __str__(self) -> str:
        return "an equilibrium exists"

    def none_keeps(self, claim: "Claim") -> str:
        return "there is no equilibrium"

    def broken_by_one(self, every: bool) -> bool:
        return False


@dataclass(frozen=True)
class Unique(Conclusion):
    """There is at most one equilibrium.

    >>> from analyses.claims import Claim, Unique, check
    >>> from games.catalog import load
    >>> type(check(Claim("one", "There is one equilibrium.", load("inspection"), Unique()))).__name__
    'Proved'
    """

    of_pairs = True

    def __str__(self) -> str:
        return "there is at most one equilibrium"

    def check(self, claim: "Claim") -> None:
        if claim.also:
            raise InputError("a claim about uniqueness has one model")

    def broken_by_one(self, every: bool) -> bool:
        return True

    def compared(self, game: Game, concept: Concept) -> tuple[Quantity, ...]:
        return concept.told_apart_by(game)

    def against(self, setting: "Setting") -> tuple[Cases, Condition]:
        """Two equilibria side by side, and that they differ in what somebody does."""
        one, other = setting.cases, setting.cases.renamed(OTHER)
        apart = []
        for quantity, value in one.values.items():
            second = other.values[quantity]
            assert isinstance(value, Poly)
            assert isinstance(second, Poly)
            apart.append(sign(value - second, "!="))
        return beside(one, other), some(apart)

    def judged(self, played: Sequence[Played], concluded: Condition, of_every: bool) -> bool:
        return sum(one.count for one in played) <= 1

    def in_bulk(
        self, cases: Ordered, columns: Mapping[str, Bounded], count: int, concluded: Condition, of_every: bool
    ) -> tuple[Flags, Flags]:
        bulk = in_order(cases, columns, count, apart=True)
        several = np.bincount(bulk.index, minlength=count) > 1
        return ~several, several | ~bulk.unsure

    def judged_by(self, listed: "Listed") -> bool | None:
        return False if len(listed.solved[0]) > 1 else True if listed.is_whole else None

    def refuted(self, broken: "Broken") -> "Refuted | str":
        return broken.by_two()

    def apart(self, game: Game, of: Game, two: Sequence[Equilibrium], count: int) -> str:
        one, other = two
        differ = (one.strategies, one.outcomes) != (other.strategies, other.outcomes)
        return f"there are at least {max(2, count)} equilibria" if differ else ""


@dataclass(frozen=True)
class Monotone(Conclusion):
    """When ``parameter`` grows and all others stay, ``quantity`` never falls (or, not ``rising``, never rises).

    >>> from analyses.claims import Claim, Monotone, Reach, check
    >>> from games.catalog import load
    >>> model = load("conflict-expectations")
    >>> more = Monotone(Reach(("Demand", "Concede")), "c_t")
    >>> type(check(Claim("harm", "More harm never makes a concession less likely.", model, more))).__name__
    'Refuted'
    """

    quantity: Quantity
    parameter: str
    rising: bool = True
    compares_payoffs = True

    @property
    def trivial(self) -> str:
        return f"the premises or the range leave {self.parameter} one value"

    def __str__(self) -> str:
        never = "falls" if self.rising else "rises"
        return f"the {quantity_words(self.quantity)} never {never} when {self.parameter} grows"

    def check(self, claim: "Claim") -> None:
        check_quantity(self.quantity, claim.game_of(self.quantity))
        claim.parameter(self.parameter)
        if claim.also:
            raise InputError("a claim about a monotone dependence has one model")

    def plain(self, claim: "Claim") -> tuple["Claim", list[tuple[int, ...]]]:
        """A claim that compares two copies of the model; both have the premises."""
        moved = claim.parameter(self.parameter)
        more = sympy.Symbol(f"{moved.name}_more")
        while more in claim.symbols:
            more = sympy.Symbol(f"{more.name}_still")
        name = f"{claim.model.name}, {moved.name} greater"
        copy = claim.model.with_renamed(moved, more, name)
        low, high = sympy.symbols("low high")
        where = {low: replace(self.quantity, model=claim.model.name), high: replace(self.quantity, model=name)}
        renamed = [substituted(premise, {moved.symbol: more}) for premise in claim.premises]
        compared = replace(
            claim,
            conclusion=Holds(Related(low, "<=" if self.rising else ">=", high), where),
            premises=(*claim.premises, *renamed, Related(moved.symbol, "<", more)),
            also=(copy,),
        )
        count = len(claim.premises)
        return compared, [(number, count + number) for number in range(count)]


_CHANCE = sympy.Symbol("probability")


def _probability(play: Path | Mapping[str, str], after: Path) -> Quantity:
    check_kind(play, (Mapping, tuple, list), "the play", "a path such as ('Full', 'Concede'), or strategies by player")
    if not play:
        raise InputError("name at least one action; a play of no moves always happens")
    return Chosen(dict(play)) if isinstance(play, Mapping) else Reach(tuple(play), tuple(after))


def never(play: Path | Mapping[str, str], after: Path = ()) -> Holds:
    """The play has probability zero: a path through a tree, or strategies (actions) by player (information set).

    >>> from analyses.claims import Claim, check, never
    >>> from games.catalog import load
    >>> claim = Claim("none", "Nobody ever violates.", load("inspection"), never({"Target": "Violate"}))
    >>> type(check(claim)).__name__
    'Refuted'
    """
    return Holds(Related(_CHANCE, "<=", 0), {_CHANCE: _probability(play, after)})


def always(play: Path | Mapping[str, str], after: Path = ()) -> Holds:
    """The play has probability one.

    >>> from analyses.claims import Claim, always, check
    >>> from games.catalog import load
    >>> claim = Claim("all", "It is always violated.", load("inspection"), always({"Target": "Violate"}))
    >>> type(check(claim)).__name__
    'Refuted'
    """
    return Holds(Related(_CHANCE, ">=", 1), {_CHANCE: _probability(play, after)})


def sometimes(play: Path | Mapping[str, str], after: Path = ()) -> Holds:
    """The play has positive probability.

    >>> from analyses.claims import Claim, check, sometimes
    >>> from games.catalog import load
    >>> claim = Claim("some", "It is violated.", load("inspection"), sometimes({"Target": "Violate"}))
    >>> type(check(claim)).__name__
    'Proved'
    """
    return Holds(Related(_CHANCE, ">", 0), {_CHANCE: _probability(play, after)})
