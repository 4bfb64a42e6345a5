"""What every solution concept returns, and the one verb, `solve`, that reaches them all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias, overload

from games.errors import InputError
from games.exact import Number, alike, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path, Written, first_row, style
from games.forms.game import mixture as mixture
from games.forms.strategic import StrategicGame
from games.forms.telling import mixes, numbered, profile_in_words
from games.play.chances import path_chances
from games.play.payoffs import Reached, Strategies, continuation_payoffs, reached, strategy_payoffs
from games.roots import Irrational
from games.tables import Cell, Table, Tabular

EQUILIBRIUM = ("equilibrium", "equilibria")

MOST_ROOTED = 4
"""Of how many numeric equilibria the polynomials are looked for."""

MOST_TOLD = 24
"""The most lines about mixtures and outcomes below a table of equilibria."""


@dataclass(frozen=True)
class Equilibrium:
    """One equilibrium: strategies and payoffs by label, and but for a strategic form the outcomes that it reaches.

    ``beliefs`` are what a player holds likely at an information set, path by path, where the concept has beliefs. For
    a correlated equilibrium ``outcomes`` is the distribution over profiles and ``strategies`` are its marginals.
    ``continuations`` are the payoffs once play has come to a path, where the concept tells them besides ``payoffs``.
    ``choices`` are the numbers chosen, player by player, in a game of continuous choice; there the strategies say where
    in its interval each lies.
    Numbers are exact, or floats where `Equilibria.exact` is false.

    >>> from games import StrategicGame, solve
    >>> mixed = solve(StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]]))[2]
    >>> mixed.strategies["Row"], mixed.payoffs
    ({'1': Fraction(2, 3), '2': Fraction(1, 3)}, {'Row': Fraction(14, 3), 'Column': Fraction(14, 3)})
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

    @property
    def mixing(self) -> tuple[str, ...]:
        """The places where several choices have a positive probability."""
        return tuple(place for place, mix in self.strategies.items() if mixes(mix))


def plain(value: Number | float) -> str | float:
    """A number as it stands in JSON: an exact one as text, a numeric one as a number."""
    return value if isinstance(value, float) else str(value)


Happens: TypeAlias = Callable[[Equilibrium], Mapping[str, Any]]
"""What tells the outcomes of an equilibrium in words, with their probabilities."""


@dataclass(frozen=True)
class Component:
    """A maximal set of exchangeable equilibria: the product of two polytopes, given by its extreme equilibria.

    ``members`` are positions in `Equilibria.found`. ``index`` is that of an isolated regular equilibrium
    (Shapley 1974); it is None for every other component.

    >>> from games import StrategicGame, solve
    >>> found = solve(StrategicGame.bimatrix([[1, 1]], [[2, 2]]))
    >>> found.components
    (Component(members=(0, 1), is_point=False, index=None),)
    """

    members: tuple[int, ...]
    is_point: bool
    index: int | None


@dataclass(frozen=True, repr=False)
class Equilibria(Tabular, Sequence[Equilibrium]):
    """The answer of a solution concept.

    ``complete``: there is no other equilibrium of this concept than those listed (for `nash`, than those in the listed
    components). ``exact``: the numbers are exact and every equilibrium was verified to have regret zero. ``remarks``
    say in words what a reader should know besides. ``settings`` are what defines the answer besides game and concept,
    as the rationality does a logit equilibrium. ``left`` says what an answer without an equilibrium still allows;
    ``noun`` what one and several answers are called. ``certified``: floats lie within their last digits of a solution
    of the indifference equations of a strategic form.

    >>> from games import StrategicGame, solve
    >>> found = solve(StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]]))
    >>> len(found), found.complete, found.exact
    (3, True, True)
    >>> found.table()
    3 nash equilibria, exact, complete
       Row            Column         payoff of Row  payoff of Column  component
    ─  ─────────────  ─────────────  ─────────────  ────────────────  ─────────
    1  1              2                          2                 7  1
    2  2              1                          7                 2  2
    3  2/3 1 + 1/3 2  2/3 1 + 1/3 2           14/3              14/3  3
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
    certified: bool = field(default=False, repr=False)
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

    def as_json(self, name: str, happens: Happens | None = None) -> dict[str, object]:
        """The answer as plain data, ``name`` being the game's; ``happens`` as in `outcome_table`.

        Exact numbers are text ``"p/q"`` or ``"p"``, numeric ones are numbers.
        """
        listed = []
        for equilibrium, rooted in zip(self.found, self.rooted, strict=True):
            one: dict[str, object] = {
                "strategies": {
                    who: {label: plain(weight) for label, weight in mix.items()}
                    for who, mix in equilibrium.strategies.items()
                },
                "payoffs": {player: plain(value) for player, value in equilibrium.payoffs.items()},
                "words": self.profile_in_words(equilibrium),
                "happens": [
                    {"words": said, "probability": plain(chance)}
                    for said, chance in (happens or self.happens)(equilibrium).items()
                ],
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
            if roots := list(_roots(rooted)):
                one["roots"] = roots
            listed.append(one)
        return {
            "game": name,
            "concept": self.concept,
            "exact": self.exact,
            "complete": self.complete,
            "equilibria": listed,
            "components": [list(component.members) for component in self.components],
            "told": list(self.told()),
            "remarks": list(self.remarks),
        }

    @property
    def draws(self) -> bool:
        """Whether each equilibrium draws whole profiles, as a correlated one does, of which strategies say less."""
        return not self.game.lists_outcomes and any(one.outcomes for one in self.found)

    def profile_in_words(self, found: Equilibrium) -> str:
        """What is chosen in one of the equilibria, mixtures with their probabilities; nothing where that is a draw."""
        if self.draws:
            return ""
        if found.choices:
            return str(found)
        return profile_in_words(self.game, found.strategies)

    def told(self) -> tuple[str, ...]:
        """Mixed play in words, and what listed points of a continuum are.

        Of a tree only the places where somebody mixes: the table has the others.
        """
        listed = [*self._mixtures(), *self._continua()]
        more = len(listed) - MOST_TOLD
        return (*listed[:MOST_TOLD], f"{more} more lines are left out") if more > 1 else tuple(listed)

    def mixing_in_words(self, found: Equilibrium, written: Written | None = None) -> str:
        """Who mixes how in one of the equilibria, of players who choose once the whole profile; empty if none mixes.

        Numbers are ``written`` in the style of the table unless another is given.
        """
        if not found.mixing or found.choices or self.draws:
            return ""
        places = None if self.game.place == "player" else found.mixing
        return profile_in_words(self.game, found.strategies, places, written or style(self.found))

    @cached_property
    def rooted(self) -> tuple[Equilibrium, ...]:
        """The equilibria, irrational numbers of the first few told by their polynomials (`games.roots.Irrational`)."""
        if not self.certified or not isinstance(self.game, StrategicGame):
            return self.found
        # Exact solutions need sympy, and are looked for only where they are shown.
        from games.solvers.methods.algebraic import with_roots

        numeric = [one for one in self.found if one.is_numeric][:MOST_ROOTED]
        return tuple(
            with_roots(self.game, one) if any(one is other for other in numeric) else one for one in self.found
        )

    def _mixtures(self) -> Iterator[str]:
        written = style(self.found)
        for number, one in enumerate(self.rooted, start=1):
            if said := self.mixing_in_words(one, written):
                partly = self.game.place != "player" and len(one.mixing) < len(one.strategies)
                yield f"{number}: {said}{'; elsewhere as listed' if partly else ''}"

    def happens(self, found: Equilibrium) -> Mapping[str, Any]:
        """The outcomes of one of the equilibria by their paths, with their probabilities; empty where none is told."""
        return by_words(path_chances(self.game, found) or {}, ", ".join)

    def outcome_table(self, happens: Happens | None = None) -> Table | None:
        """The probability of each outcome, where some equilibrium may come to several; None where none does.

        ``happens`` tells the outcomes in other words than their paths. Equilibria with the same probabilities share
        their rows.
        """
        together: dict[tuple[tuple[str, Any], ...], list[int]] = {}
        for position, one in enumerate(self.found):
            together.setdefault(tuple((happens or self.happens)(one).items()), []).append(position)
        if not any(len(told) > 1 for told in together):
            return None
        written = alike(chance for told in together for _, chance in told)
        rows = [
            (*first_row([numbered(positions)], number == 0), Cell(written(chance) if said else ""), Cell(said))
            for told, positions in list(together.items())[:MOST_TOLD]
            for number, (said, chance) in enumerate(_cut(told))
        ]
        return Table(("", "Probability", "What happens"), tuple(rows), numeric=frozenset({1}))

    def _continua(self) -> Iterator[str]:
        if len(self.game.players) != 2 or not isinstance(self.game, StrategicGame):
            return
        one, other = self.game.players
        for number, component in enumerate(self.components, start=1):
            if not component.is_point and len(component.members) > 1:
                yield (
                    f"component {number} is a continuum, of which {numbered(component.members)} are the extreme "
                    f"points: any average of their strategies of {one} against any average of those of {other} is an "
                    "equilibrium, too"
                )

    def text(self, happens: Happens | None = None) -> str:
        """The table, outcomes, mixed play in words, and notes; ``happens`` as in `outcome_table`."""
        body = [self.table().text()] if self.found else [self.heading]
        if (outcomes := self.outcome_table(happens)) is not None:
            body += ["", outcomes.text(), ""]
        return "\n".join([*body, *self.told(), *(f"note: {remark}" for remark in self.remarks)]).rstrip("\n")

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from html import escape

        notes = "".join(f"<li>{escape(said)}</li>" for said in (*self.told(), *self.remarks))
        outcomes = self.outcome_table()
        shown = self.table().html() + ("" if outcomes is None else outcomes.html())
        return shown + (f"<ul>{notes}</ul>" if notes else "")


def _roots(found: Equilibrium) -> Iterator[dict[str, object]]:
    """Of each irrational number where it stands, its polynomial, the constant first, and between what it lies."""
    numbers: dict[tuple[str, ...], Any] = {
        **{("strategies", who, label): w for who, mix in found.strategies.items() for label, w in mix.items()},
        **{("payoffs", who): value for who, value in found.payoffs.items()},
        **{("choices", who): value for who, value in found.choices.items()},
    }
    for place, number in numbers.items():
        if isinstance(number, Irrational):
            yield {
                "of": list(place),
                "polynomial": list(map(str, number.polynomial)),
                "between": [str(number.low), str(number.high)],
            }


def _cut(told: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Of very many outcomes the most probable ones, and how probable the others are together."""
    if len(told) <= MOST_TOLD:
        yield from told
        return
    ordered = sorted(told, key=lambda pair: -pair[1])
    yield from ordered[:MOST_TOLD]
    rest = ordered[MOST_TOLD:]
    yield f"({len(rest)} others together)", sum(chance for _, chance in rest)


def by_words(weights: Mapping[Path, Any], words: Callable[[Path], str]) -> dict[str, Any]:
    """The probabilities of paths by what the paths amount to in words."""
    told: dict[str, Any] = {}
    for path, weight in weights.items():
        said = words(path)
        told[said] = told.get(said, 0) + weight
    return told


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
