"""Alternating offers: a pie is divided by whoever's offer everybody else accepts; every refusal costs time.

Definition: Ståhl (1972), Bargaining Theory; Rubinstein (1982), Econometrica 50. In each round one player proposes a
division of the pie, and the others, in the order that the proposer chooses, accept or refuse. What all accept is paid.
The first to refuse may walk away, if it has that right: then everybody gets its *outside option* (Binmore, Shaked &
Sutton 1989, Quarterly Journal of Economics 104). Otherwise talks break down with some probability, and everybody gets
its *breakdown payoff* (Binmore, Rubinstein & Wolinsky 1986, RAND Journal of Economics 17). Otherwise the next player in
turn proposes, and payoffs from then on count δ times; until then the *inside option* is paid (Muthoo 1999, Bargaining
Theory with Applications, chapter 6). An inside option is measured by what it is worth if it lasts for ever, so that a
round of it is worth 1 − δ times that. There may be several, of which one player, the presser, chooses after each
refusal: to strike or to work on (Fernandez & Glazer 1991, American Economic Review 81).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, TypeAlias, cast, final

from games.errors import InputError, listed, quoted
from games.exact import brief, readable
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, Played, first_row, mixture, payoff_columns, style
from games.tables import Cell, Table

Payoffs: TypeAlias = Mapping[str, Entry]
"""One payoff for each player."""

MOST_ROUNDS = 1_000
"""The most rounds of a game that has a last one, and the most turns of one that has not."""

ACCEPTABLE, UNACCEPTABLE = "Acceptable offer", "Unacceptable offer"
"""What a proposer chooses between: the division that leaves it most of those that all accept, or one that is refused.

Put to the one whose refusal it likes best.
"""

TALK, LEAVE = "Talk on", "Walk away"
"""What one who refuses chooses between, if it may walk away."""

AGREEMENT, WALKED = "Agreement", "Talks are left"
BREAKDOWN, NEVER, DEADLINE = "Breakdown", "Talks for ever", "Deadline"
"""How talks end."""

REFUSED = "Refused"
"""The step that stands for the refusal of an offer, where payoffs after it are told."""

BREACH = "After a breach: "
"""What stands before a place, or a state, in that part of strategies which is a threat, see `parts`."""


@final
@dataclass(frozen=True, repr=False)
class AlternatingOffers(Game):
    """Bargaining over a ``pie`` by players who propose in turn.

    ``discounts`` maps each player to its discount factor from round to round, which also says who and in which order
    the players are; ``proposers`` are those who propose, in turn, over and over. ``rounds`` is how many offers may be
    made, None for any number; once the last is refused everybody gets what ``deadline`` says, unless given the inside
    option for ever. A refusal makes talks break down with probability ``breakdown_risk``, and then ``breakdown`` is
    paid, 0 unless given. ``inside`` is paid while talks last, 0 unless given: one payoff for each player, or several
    such, by label, among which ``presser`` chooses. ``outside`` is what everybody gets if somebody walks away, which
    the ``leavers`` may do, unless given all, when they have refused. ``floors`` are the least shares that some players
    may get in an agreement; the share of a player without one may be negative, as if it paid.

    Payoffs are those of the round at which they are looked at. Raises `InputError` for players that do not fit
    together, for factors and a risk that are not between 0 and 1, and, without a last round, for a player whom delay
    costs nothing.

    >>> from games import AlternatingOffers, solve
    >>> game = AlternatingOffers(("A", "B"), {"A": "1/2", "B": "1/2"})
    >>> solve(game)[0].payoffs
    {'A': Fraction(2, 3), 'B': Fraction(1, 3)}
    """

    kind: ClassVar[str] = "a game of alternating offers"
    form: ClassVar[str] = "alternating offers"
    default_concept: ClassVar[str] = "stationary-subgame-perfect"
    place: ClassVar[str] = "decision"

    proposers: tuple[str, ...]
    discounts: Payoffs
    rounds: int | None = None
    pie: Entry = 1
    breakdown_risk: Entry = 0
    breakdown: Payoffs = field(default_factory=dict)
    inside: Payoffs | Mapping[str, Payoffs] = field(default_factory=dict)
    presser: str = ""
    outside: Payoffs = field(default_factory=dict)
    leavers: tuple[str, ...] = ()
    floors: Payoffs = field(default_factory=dict)
    deadline: Payoffs = field(default_factory=dict)

    def __post_init__(self) -> None:
        players = labels(self.discounts, "the list of players")
        given = {
            "proposers": self._turns(players),
            "discounts": self._one_for_each("discounts", self.discounts, "the discount factor"),
            "pie": entry(self.pie, "the pie"),
            "breakdown_risk": entry(self.breakdown_risk, "the risk of breakdown"),
            "breakdown": self._one_for_each("breakdown", self.breakdown or dict.fromkeys(players, 0)),
            "inside": self._inside_options(players),
            "outside": self._one_for_each("outside", self.outside) if self.outside else {},
            "leavers": self._leavers(players),
            "floors": {p: entry(self.floors[p], f"the floor of {p}") for p in self._known("floors", self.floors)},
            "deadline": self._one_for_each("deadline", self.deadline) if self.deadline else {},
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)
        self._check_rounds()
        self._check_patience()

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The players, in the order of ``discounts``."""
        return tuple(self.discounts)

    @property
    def pressures(self) -> Mapping[str, Payoffs]:
        """The inside options by label; one of them without a name where nobody has a choice."""
        return cast(Mapping[str, Payoffs], self.inside)

    @cached_property
    def states(self) -> Mapping[str, str]:
        """Where somebody proposes, and who: each turn by its name, or, if there is a last round, each round."""
        if self.rounds is not None:
            count = len(self.proposers)
            turns = [self.proposers[number % count] for number in range(self.rounds)]
            return {f"Round {number}: {player} proposes": player for number, player in enumerate(turns, start=1)}
        if len(set(self.proposers)) == len(self.proposers):
            return {f"{player} proposes": player for player in self.proposers}
        return {f"Turn {number}: {player} proposes": player for number, player in enumerate(self.proposers, start=1)}

    def following(self, state: str) -> str | None:
        """Where the next offer is made after a refusal; None after the last round."""
        states = list(self.states)
        place = states.index(state) + 1
        return states[place % len(states)] if self.rounds is None or place < len(states) else None

    def responders(self, state: str) -> tuple[str, ...]:
        """Those who answer the offer."""
        return tuple(player for player in self.players if player != self.states[state])

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The pie; the discount factors and the risk; breakdown, inside, outside, floors and deadline, by player."""
        inside = [value for paid in self.pressures.values() for value in paid.values()]
        further = (self.breakdown, self.outside, self.floors, self.deadline)
        first, *others = [tuple(paid.values()) for paid in further]
        rest = [value for paid in others for value in paid]
        return (self.pie, *self.discounts.values(), self.breakdown_risk, *first, *inside, *rest)

    def with_entries(self, entries: Iterable[Entry]) -> "AlternatingOffers":
        numbers = supply(entries, len(self.entries))

        def anew(paid: Payoffs) -> dict[str, Entry]:
            return {player: next(numbers) for player in paid}

        pie, discounts, risk = next(numbers), anew(self.discounts), next(numbers)
        breakdown, inside = anew(self.breakdown), {name: anew(paid) for name, paid in self.pressures.items()}
        outside, floors, deadline = anew(self.outside), anew(self.floors), anew(self.deadline)
        return replace(
            self,
            pie=pie,
            discounts=discounts,
            breakdown_risk=risk,
            breakdown=breakdown,
            inside=inside,
            outside=outside,
            floors=floors,
            deadline=deadline,
        )

    def payoff_differences(self) -> Iterator[Any]:
        """The pie less what all options of a kind are worth together; and one player's options compared."""
        kinds = [self.breakdown, *self.pressures.values(), *([self.outside] if self.outside else [])]
        for number, paid in enumerate(kinds):
            yield self.pie - sum(paid.values())
            for other in kinds[:number]:
                yield from (paid[player] - other[player] for player in self.players)

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """All that is chosen in each state, see `places_in`."""
        return {place: menu for state in self.states for place, menu in self.places_in(state).items()}

    def places_in(self, state: str) -> dict[str, tuple[str, ...]]:
        """What is proposed, what each does who has refused and may walk away, and which inside option goes on."""
        found: dict[str, tuple[str, ...]] = {state: (ACCEPTABLE, UNACCEPTABLE)}
        found |= {refusing(state, p): (TALK, LEAVE) for p in self.responders(state) if p in self.leavers}
        return {**found, pressing(state): tuple(self.pressures)} if self.presser else found

    @property
    def paths(self) -> Iterator[Path]:
        """How talks may end: in which state with an agreement, or by walking away; or by none of either."""
        for state in self.states:
            yield state, AGREEMENT
            if any(player in self.leavers for player in self.responders(state)):
                yield state, WALKED
        yield (BREAKDOWN,)
        yield (NEVER if self.rounds is None else DEADLINE,)

    @property
    def followed_concept(self) -> str:
        """The default: it is about pure play."""
        return self.default_concept

    def check_path(self, path: Path, after: Path = ()) -> None:
        """Raises `InputError` unless talks may end in ``path``; ``after`` is a state, or a refusal in it."""
        if not after:
            self._check_among((end[: len(path)] for end in self.paths), path, after)
        elif path or after[0] not in self.states or after[1:] not in ((), (REFUSED,)):
            raise InputError(
                f"{listed((*after, *path))} is no history of {self.kind}; payoffs are told after a state, or after it "
                f"and {REFUSED!r}; the states are {listed(self.states)}"
            )

    def table(self) -> Table:
        """One row for each player: how patient it is and what it gets if there is no agreement."""
        shown = readable if self.is_exact else str
        columns: dict[str, Payoffs] = {"discount factor": self.discounts}
        for name, paid in self.pressures.items():
            columns[f"inside option: {name}" if name else "inside option"] = paid
        columns |= {"breakdown": self.breakdown} if self._may_break_down else {}
        more = {"outside option": self.outside, "floor": self.floors, "deadline": self.deadline}
        columns |= {name: paid for name, paid in more.items() if paid}
        rows = []
        for player in self.players:
            cells = [shown(paid[player]) if player in paid else "–" for paid in columns.values()]
            rows.append(tuple(map(Cell, (player, *cells))))
        return Table(("", *columns), tuple(rows), numeric=frozenset(range(1, 1 + len(columns))), caption=self._caption)

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """One row for each state of an equilibrium: the offer and what follows it, payoffs, and those after a refusal.

        What an acceptable offer gives is what is paid; a responder accepts what is worth at least its refusal.
        """
        rows, written = [], style(found)
        for position, played in enumerate(found):
            several = ("", BREACH) if parts(played.strategies)[1] else ("",)
            where = [(part, state) for part in several for state in self.states]
            for number, (part, state) in enumerate(where):
                chosen = [mixture(played.strategies[f"{part}{place}"], written) for place in self.places_in(state)]
                row = [*first_row([str(position + 1)], number == 0), Cell(part + state), Cell(", ".join(chosen))]
                for after in ((part + state,), (part + state, REFUSED)):
                    row += [Cell(written(played.continuations[after][player])) for player in self.players]
                rows.append(tuple(row))
        refused = (f"if refused: {player}" for player in self.players)
        header = ("", "State", "chosen", *payoff_columns(self.players), *refused)
        return Table(header, tuple(rows), labels=2, numeric=frozenset(range(3, len(header))), caption=caption)

    @property
    def _may_break_down(self) -> bool:
        return hasattr(self.breakdown_risk, "free_symbols") or self.breakdown_risk != 0

    @property
    def _caption(self) -> str:
        shown = readable if self.is_exact else str
        length = "without a last round" if self.rounds is None else f"in at most {self.rounds} rounds"
        said = f"Offers over a pie of {shown(self.pie)}, {length}, by {', '.join(self.proposers)} in turn"
        if self._may_break_down:
            said += f"; a refusal ends talks with probability {shown(self.breakdown_risk)}"
        if self.outside:
            said += f"; {', '.join(self.leavers)} may walk away"
        return f"{said}; {self.presser} chooses the inside option." if self.presser else f"{said}."

    def _turns(self, players: tuple[str, ...]) -> tuple[str, ...]:
        given = (self.proposers,) if isinstance(self.proposers, str) else tuple(self.proposers)
        if not given or len(given) > MOST_ROUNDS:
            raise InputError(f"{len(given)} proposers are given; give from 1 to {MOST_ROUNDS}, in turn")
        return self._known("proposers", given)

    def _known(self, what: str, named: Iterable[str]) -> tuple[str, ...]:
        """The names, if they are of players."""
        given = tuple(named)
        if unknown := [name for name in given if name not in self.discounts]:
            raise InputError(f"{what} has {quoted(unknown[0])}, who is no player; these are {listed(self.discounts)}")
        return given

    def _one_for_each(self, what: str, paid: object, number: str = "the payoff") -> dict[str, Entry]:
        if not isinstance(paid, Mapping) or set(paid) != set(self.discounts):
            raise InputError(f"{what} is {quoted(paid)}; give one number for each of {listed(self.discounts)}")
        return {player: entry(paid[player], f"{number} of {player} in {what}") for player in self.discounts}

    def _inside_options(self, players: tuple[str, ...]) -> dict[str, dict[str, Entry]]:
        given = self.inside or dict.fromkeys(players, 0)
        if not all(isinstance(paid, Mapping) for paid in given.values()):
            given = {"": given}
        named = given if set(given) == {""} else dict.fromkeys(labels(given, "the list of inside options"))
        if bool(self.presser) != (len(named) > 1):
            raise InputError(
                f"there are {len(named)} inside options and the presser is {quoted(self.presser)}; somebody must "
                "choose if there are several, and nobody if there is one"
            )
        self._known("presser", [self.presser] if self.presser else [])
        return {
            name: self._one_for_each(f"the inside option {quoted(name)}" if name else "inside", given[name])
            for name in named
        }

    def _leavers(self, players: tuple[str, ...]) -> tuple[str, ...]:
        if self.leavers and not self.outside:
            raise InputError(f"{listed(self.leavers)} may walk away, but no outside option is given")
        named = (self.leavers,) if isinstance(self.leavers, str) else tuple(self.leavers)
        return self._known("leavers", named or (players if self.outside else ()))

    def _check_rounds(self) -> None:
        rounds = self.rounds
        if rounds is None:
            if self.deadline:
                raise InputError("a deadline is given, but no number of rounds; give rounds, too")
            return
        if isinstance(rounds, bool) or not isinstance(rounds, int) or not 1 <= rounds <= MOST_ROUNDS:
            raise InputError(f"the number of rounds is {quoted(rounds)}; give one from 1 to {MOST_ROUNDS}, or none")
        if len(self.pressures) > 1 and not self.deadline:
            raise InputError("there are several inside options; say by deadline what is paid after the last round")

    def _check_patience(self) -> None:
        """Numbers must be between 0 and 1; that a formula's value is, belongs to the assumptions of its model."""
        numbers = {f"the discount factor of {player}": value for player, value in self.discounts.items()}
        for what, value in {**numbers, "the risk of breakdown": self.breakdown_risk}.items():
            if not hasattr(value, "free_symbols") and not 0 <= value <= 1:
                raise InputError(f"{what} is {brief(value)}; it must be at least 0 and at most 1")
        lax = [player for player, value in self.discounts.items() if value == 1]
        if lax and self.rounds is None and self.breakdown_risk == 0:
            raise InputError(
                f"the discount factor of {lax[0]} is 1 and talks neither break down nor have a last round, so that "
                "delay costs nothing; give a factor below 1, a risk of breakdown, or rounds"
            )


def refusing(state: str, player: str) -> str:
    """Under which name a strategy has what ``player`` does once it has refused an offer made in ``state``."""
    return f"{state}; {player} refuses"


def pressing(state: str) -> str:
    """Under which name a strategy has the inside option that is chosen after a refusal in ``state``."""
    return f"{state}; talks go on"


Strategies: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What is chosen at each place, with which probability."""


def parts(strategies: Strategies) -> tuple[Strategies, Strategies]:
    """What is done as long as the presser does as planned, and, if that is told, what is done once it has not."""
    kept = {place: mix for place, mix in strategies.items() if not place.startswith(BREACH)}
    threat = {place.removeprefix(BREACH): mix for place, mix in strategies.items() if place.startswith(BREACH)}
    return kept, threat
