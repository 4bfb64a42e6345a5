"""What every solution concept returns, and the one verb, `solve`, that reaches them all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, overload

from games.errors import InputError
from games.exact import Number, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path
from games.forms.game import mixture as mixture
from games.forms.strategic import StrategicGame
from games.play.payoffs import Reached, Strategies, continuation_payoffs, reached, strategy_payoffs
from games.tables import Table

EQUILIBRIUM = ("equilibrium", "equilibria")


@dataclass(frozen=True)
class Equilibrium:
    """One equilibrium: strategies and payoffs by label, and but for a strategic form the outcomes that it reaches.

    ``beliefs`` are what a player holds likely at an information set, path by path, where the concept has beliefs. For
    a correlated equilibrium ``outcomes`` is the distribution over profiles and ``strategies`` are its marginals.
    ``continuations`` are the payoffs once play has come to a path, where the concept tells them besides ``payoffs``.
    ``choices`` are the numbers chosen, player by player, in a game of continuous choice; there the strategies say where
    in its interval each lies.
    Numbers are exact, or floats where `Equilibria.exact` is false.
    """

    strategies: Strategies
    payoffs: Mapping[str, Number | float]
    outcomes: tuple[Reached, ...] = ()
    beliefs: Mapping[str, Mapping[Path, Number | float]] = field(default_factory=dict)
    continuations: Mapping[Path, Mapping[str, Number | float]] = field(default_factory=dict)
    choices: Mapping[str, Number | float] = field(default_factory=dict)

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    @property
    def is_numeric(self) -> bool:
        """Whether some of the probabilities, or of the numbers chosen, are floats."""
        chosen = (self.choices, *self.strategies.values())
        return any(isinstance(number, float) for numbers in chosen for number in numbers.values())

    def __getitem__(self, key: str) -> Mapping[str, Any]:
        return self.strategies[key]

    def __str__(self) -> str:
        if self.choices:
            return ", ".join(f"{who}: {readable(number)}" for who, number in self.choices.items())
        return ", ".join(f"{who}: {mixture(mix)}" for who, mix in self.strategies.items())


def plain(value: Number | float) -> str | float:
    """A number as it stands in JSON: an exact one as text, a numeric one as a number."""
    return value if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Component:
    """A maximal set of exchangeable equilibria: the product of two polytopes, given by its extreme equilibria.

    ``members`` are positions in `Equilibria.found`. ``index`` is that of an isolated regular equilibrium
    (Shapley 1974); it is None for every other component.
    """

    members: tuple[int, ...]
    is_point: bool
    index: int | None


@dataclass(frozen=True, repr=False)
class Equilibria(Sequence[Equilibrium]):
    """The answer of a solution concept.

    ``complete``: there is no other equilibrium of this concept than those listed (for `nash`, than those in the listed
    components). ``exact``: the numbers are exact and every equilibrium was verified to have regret zero. ``remarks``
    say in words what a reader should know besides. ``settings`` are what defines the answer besides game and concept,
    as the rationality does a logit equilibrium. ``left`` says what an answer without an equilibrium still allows;
    ``noun`` what one and several answers are called.
    """

    game: Game = field(repr=False)
    concept: str
    found: tuple[Equilibrium, ...]
    complete: bool
    exact: bool = True
    components: tuple[Component, ...] = ()
    remarks: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    left: str = field(default="", repr=False)
    noun: tuple[str, str] = field(default=EQUILIBRIUM, repr=False)

    # Equal by value, and made of mappings, which have no hash.
    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Equilibrium]: ...
    def __getitem__(self, index: int | slice) -> Equilibrium | Sequence[Equilibrium]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.found)

    @property
    def heading(self) -> str:
        one, several = self.noun
        count = f"{len(self)} {self.concept} {one if len(self) == 1 else several}"
        how = "exact" if self.exact else "numeric"
        return f"{count}, {how}, {'complete' if self.complete else 'not complete'}"

    def table(self) -> Table:
        """The equilibria as the game's form writes them: what is chosen, and the payoffs."""
        return self.game.answers(self.found, self.heading, [component.members for component in self.components])

    def as_json(self, name: str) -> dict[str, object]:
        """The answer as plain data, ``name`` being the game's.

        Exact numbers are text ``"p/q"`` or ``"p"``, numeric ones are numbers.
        """
        listed = []
        for equilibrium in self.found:
            one: dict[str, object] = {
                "strategies": {
                    who: {label: plain(weight) for label, weight in mix.items()}
                    for who, mix in equilibrium.strategies.items()
                },
                "payoffs": {player: plain(value) for player, value in equilibrium.payoffs.items()},
            }
            if self.game.lists_outcomes or equilibrium.outcomes:
                one["outcomes"] = [
                    {"path": list(outcome.path), "probability": plain(outcome.probability)}
                    for outcome in equilibrium.outcomes
                ]
            if equilibrium.beliefs:
                one["beliefs"] = {
                    name: [{"path": list(path), "probability": plain(weight)} for path, weight in held.items()]
                    for name, held in equilibrium.beliefs.items()
                }
            if equilibrium.choices:
                one["choices"] = {player: plain(number) for player, number in equilibrium.choices.items()}
            if equilibrium.continuations:
                one["continuations"] = [
                    {"after": list(after), "payoffs": {player: plain(value) for player, value in paid.items()}}
                    for after, paid in equilibrium.continuations.items()
                ]
            listed.append(one)
        return {
            "game": name,
            "concept": self.concept,
            "exact": self.exact,
            "complete": self.complete,
            "equilibria": listed,
            "components": [list(component.members) for component in self.components],
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        body = self.table().text() if self.found else self.heading
        return "\n".join([body, *(f"note: {remark}" for remark in self.remarks)])

    def _repr_html_(self) -> str:
        from html import escape

        notes = "".join(f"<li>{escape(remark)}</li>" for remark in self.remarks)
        return self.table().html() + (f"<ul>{notes}</ul>" if notes else "")


def equilibrium(game: StrategicGame, strategies: Strategies, exact: bool = True) -> Equilibrium:
    """The strategies, given in fractions, with their payoffs; all as floats where they are not ``exact``."""
    payoffs = {}
    for player in game.players:
        pays = strategy_payoffs(game, strategies, player)
        payoffs[player] = sum((strategies[player][label] * value for label, value in pays.items()), Fraction(0))
    if exact:
        return Equilibrium(strategies, payoffs)
    return Equilibrium(
        {player: {label: float(weight) for label, weight in mix.items()} for player, mix in strategies.items()},
        {player: as_float(value) for player, value in payoffs.items()},
    )


def played_out(game: ExtensiveGame, strategies: Strategies) -> Equilibrium:
    """Behaviour in a tree, given in fractions, with what it pays and the outcomes that it reaches."""
    payoffs = dict(zip(game.players, continuation_payoffs(game, strategies)[()], strict=True))
    return Equilibrium(strategies, payoffs, tuple(reached(game, strategies)))


def as_float(value: Fraction) -> float:
    """The nearest float; raises `InputError` if there is none."""
    try:
        return float(value)
    except OverflowError:
        raise InputError("the payoffs are too large or too small for a numeric answer; rescale them") from None
