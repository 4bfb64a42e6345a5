"""Which equilibrium outcomes of a signalling game survive a test of the messages that nobody sends.

What is believed after such a message is limited to some types; by which rule, each criterion says. Everything is
decided for the outcome, that is for what each type gets and what is done where play arrives, since the same outcome
belongs to many beliefs and answers elsewhere (Cho & Kreps 1987, Quarterly Journal of Economics 102). A best response to
some belief mixes actions that are all best against it; the sets of such actions, largest ones only, come from exact
linear programs, and so does whether some mixture on one of them deters every type.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from games.errors import quoted
from games.exact import readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import mixture
from games.play.regret import belief_regret
from games.play.signalling import Signalling, signalling_game, signalling_kind
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.limits import STOPPED, OutOfTimeError, unless_expired
from games.solvers.methods.assessments import Found
from games.solvers.methods.pivoting import maximise
from games.solvers.methods.supports import nonempty_subsets
from games.solvers.refinements.perfect_bayesian import perfect_bayesian_assessments

NOUN = ("equilibrium outcome", "equilibrium outcomes")

Payoffs: TypeAlias = Mapping[str, Fraction]
"""What each type gets in an equilibrium."""


@dataclass(frozen=True)
class Responses:
    """Actions that are all best against a belief, and that belief, by type."""

    actions: tuple[str, ...]
    belief: Mapping[str, Fraction]


@dataclass(frozen=True)
class Verdict:
    """What a criterion says of a message that nobody sends: the types left to believe in, and why an outcome fails.

    ``left`` is empty where the criterion excludes every type, and then says nothing.
    """

    left: tuple[str, ...]
    failure: str = ""


Criterion: TypeAlias = Callable[["Unsent"], Verdict]


@dataclass(frozen=True)
class Unsent:
    """A message that nobody sends in an equilibrium with these payoffs of the types."""

    parts: Signalling
    message: str
    payoffs: Payoffs

    @property
    def senders(self) -> tuple[str, ...]:
        """The types that can send it."""
        return self.parts.senders(self.message)

    def gain(self, kind: str, answer: str) -> Fraction:
        """What the message and that answer give a type beyond what it gets in the equilibrium."""
        return self.parts.paid[kind, self.message][answer][0] - self.payoffs[kind]

    def responses(self, kinds: Sequence[str]) -> list[Responses]:
        """The largest sets of answers that are all best against some belief in these types."""
        found: list[Responses] = []
        for actions in reversed(nonempty_subsets(self.parts.answers(self.message))):
            if not any(set(actions) <= set(larger.actions) for larger in found):
                unless_expired()
                belief = self._belief(kinds, actions)
                if belief is not None:
                    found.append(Responses(actions, belief))
        return found[::-1]

    def _belief(self, kinds: Sequence[str], actions: Sequence[str]) -> dict[str, Fraction] | None:
        """A belief in these types against which all the actions are best."""
        worth = [{a: pays[1] for a, pays in self.parts.paid[kind, self.message].items()} for kind in kinds]
        rows = [[own[other] - own[action] for own in worth] for action in actions for other in worth[0]]
        weights = mixture_at_most(rows, len(kinds))
        return None if weights is None else dict(zip(kinds, weights, strict=True))

    def answered(self, actions: Sequence[str], signs: Mapping[str, int]) -> dict[str, Fraction] | None:
        """A mixture of the actions at which the gains of some types have a sign, or are zero; None if there is none."""
        rows = [[-sign * self.gain(kind, action) for action in actions] for kind, sign in signs.items()]
        weights = mixture_at_most(rows, len(actions))
        return None if weights is None else dict(zip(actions, weights, strict=True))

    def deterring(self, kinds: Sequence[str]) -> tuple[Responses, Mapping[str, Fraction]] | None:
        """A belief in these types with a best response from which no type gains; None if there is none."""
        for responses in self.responses(kinds):
            mix = self.answered(responses.actions, dict.fromkeys(self.senders, -1))
            if mix is not None:
                return responses, mix
        return None


SURE = (False, None, True)
"""Whether there is no other one: where that is known of none, there may be others."""


def mixture_at_most(rows: Sequence[Sequence[Fraction]], count: int) -> list[Fraction] | None:
    """Weights of ``count`` things that add up to 1 and make no row positive, a vertex of these; None if none do."""
    total, weights = maximise([1] * count, [*rows, [1] * count], [0] * len(rows) + [1])
    return [weight / total for weight in weights] if total else None


def survivors(game: ExtensiveGame, concept: str, criterion: Criterion) -> Equilibria:
    """The outcomes of the perfect Bayesian equilibria of a signalling game that pass the criterion at every message.

    After a message that nobody sends, an answer shows a belief and a response that the criterion allows and that deter
    every type, where there are any; else those of the equilibrium that was found. Complete if the equilibria are, but
    for what is believed and done after such messages.

    Raises `InputError` for a game that is no signalling game, or too large for `perfect-bayesian`.
    """
    parts = signalling_game(game)
    assessments, remarks = perfect_bayesian_assessments(game)
    remarks = list(dict.fromkeys(remarks))
    outcomes: dict[str, Found] = {}
    for one in assessments:
        known = outcomes.setdefault(outcome := _outcome(parts, one.equilibrium), one)
        # What is believed and done off the path decides whether an outcome is one of many; where one way leaves others
        # besides, there are others.
        outcomes[outcome] = replace(known, only=min((known.only, one.only), key=SURE.index))
    kept: list[Equilibrium] = []
    told, doubts = [], []
    try:
        for one in outcomes.values():
            failure, shown = _judged(game, parts, one.equilibrium, criterion)
            what = _described(game, parts, one.equilibrium)
            if not failure:
                kept.append(shown)
            told.append(f"eliminated: {what} fails {failure}" if failure else f"answer {len(kept)} is {what}")
            if one.only is True or _is_pure(parts, one.equilibrium):
                continue
            if one.only is None:
                doubts.append(f"whether there are others with the same messages and answers was not found out: {what}")
            elif not _has_fixed_payoffs(parts, one.equilibrium):
                doubts.append(f"of several with the same messages and answers only one was tested: {what}")
            elif not failure:
                doubts.append(f"others have the same messages, answers and payoffs as answer {len(kept)}")
    except OutOfTimeError:
        remarks.append(STOPPED)
    complete = not remarks and not doubts
    return Equilibria(game, concept, tuple(kept), complete, remarks=(*told, *doubts, *remarks))


def _judged(
    game: ExtensiveGame, parts: Signalling, equilibrium: Equilibrium, criterion: Criterion
) -> tuple[str, Equilibrium]:
    """Why the outcome fails, or nothing and the outcome with beliefs as the criterion allows them."""
    payoffs = _payoffs(parts, equilibrium)
    sent = {message for messages in parts.sent(equilibrium.strategies).values() for message in messages}
    shown = equilibrium
    for message in parts.messages:
        if message in sent:
            continue
        unsent = Unsent(parts, message, payoffs)
        verdict = criterion(unsent)
        if verdict.failure:
            return f"at {quoted(message)}: {verdict.failure}", equilibrium
        shown = _with_beliefs(game, unsent, verdict, shown)
    assert not any(belief_regret(game, shown.strategies, shown.beliefs).values())
    return "", shown


def _payoffs(parts: Signalling, equilibrium: Equilibrium) -> Payoffs:
    """What each type gets, by any message that it sends: all pay the same."""
    result = {}
    for kind, messages in parts.sent(equilibrium.strategies).items():
        message = next(iter(messages))
        paid = parts.paid[kind, message]
        mix = equilibrium.strategies[parts.sees[message]] if message in parts.sees else dict.fromkeys(paid, 1)
        result[kind] = sum((Fraction(mix[answer]) * pays[0] for answer, pays in paid.items()), Fraction(0))
    return result


def _with_beliefs(game: ExtensiveGame, unsent: Unsent, verdict: Verdict, shown: Equilibrium) -> Equilibrium:
    """With a belief and an answer after the message that the criterion allows and that deter every type."""
    found = unsent.deterring(verdict.left or unsent.senders)
    if found is None or unsent.message not in unsent.parts.sees:
        return shown
    responses, mix = found
    name = unsent.parts.sees[unsent.message]
    actions = game.information_sets[name].actions
    strategies = {**shown.strategies, name: {action: mix.get(action, Fraction(0)) for action in actions}}
    beliefs = dict(shown.beliefs)
    if name in beliefs:
        beliefs[name] = {path: responses.belief.get(path[0], Fraction(0)) for path in beliefs[name]}
    return replace(played_out(game, strategies), beliefs=beliefs)


def _on_path(parts: Signalling, equilibrium: Equilibrium) -> Iterator[tuple[str, str, Fraction]]:
    """What is done where play arrives: information set, action, probability."""
    for kind, messages in parts.sent(equilibrium.strategies).items():
        for message, odds in messages.items():
            yield parts.knows[kind], message, odds
            if name := parts.sees.get(message):
                yield from ((name, answer, Fraction(w)) for answer, w in equilibrium.strategies[name].items() if w)


def _outcome(parts: Signalling, equilibrium: Equilibrium) -> str:
    return str(sorted(set(_on_path(parts, equilibrium))))


def _is_pure(parts: Signalling, equilibrium: Equilibrium) -> bool:
    """Whether nobody mixes where play arrives, so that its outcome is the only one with its actions played."""
    return all(odds == 1 for _, _, odds in _on_path(parts, equilibrium))


def _has_fixed_payoffs(parts: Signalling, equilibrium: Equilibrium) -> bool:
    """Whether each type gets the same whenever the same messages and answers are used; then one test is that of all.

    The unknowns are the probabilities of the answers to messages that are sent, each mixture up to one common factor.
    """
    payoffs, sent = _payoffs(parts, equilibrium), parts.sent(equilibrium.strategies)
    used = dict.fromkeys(message for messages in sent.values() for message in messages)
    columns = [(message, answer) for message in used for answer in _answered(parts, equilibrium, message)]

    def worth(kind: str, message: str, less: Fraction = Fraction(0)) -> list[Fraction]:
        own = parts.paid.get((kind, message), {})
        return [own[answer][0] - less if at == message else Fraction(0) for at, answer in columns]

    rows: list[list[Fraction]] = []
    for kind, messages in sent.items():
        first = worth(kind, next(iter(messages)))
        for message in used:
            if (kind, message) in parts.paid:
                gain = [a - b for a, b in zip(worth(kind, message), first, strict=True)]
                rows += [gain, [-value for value in gain]] if message in messages else [gain]
    share = {message: [Fraction(at == message) for at, _ in columns] for message in used}
    for message in used:
        more = [a - b for a, b in zip(share[message], share[next(iter(used))], strict=True)]
        rows += [more, [-value for value in more]]
    bounds = [0] * len(rows) + [1]
    for kind, messages in sent.items():
        form = worth(kind, next(iter(messages)), payoffs[kind])
        for aim in (form, [-value for value in form]):
            if maximise(aim, [*rows, [1] * len(columns)], bounds, stoppable=True)[0]:
                return False
    return True


def _answered(parts: Signalling, equilibrium: Equilibrium, message: str) -> list[str]:
    """The answers that are given to a message."""
    if message not in parts.sees:
        return list(parts.answers(message))
    return [answer for answer, odds in equilibrium.strategies[parts.sees[message]].items() if odds]


def _described(game: ExtensiveGame, parts: Signalling, equilibrium: Equilibrium) -> str:
    """The kind of equilibrium, and what each type sends and gets."""
    payoffs = _payoffs(parts, equilibrium)
    each = [
        f"{kind} sends {mixture(equilibrium.strategies[name])} and gets {readable(payoffs[kind])}"
        for kind, name in parts.knows.items()
    ]
    return f"{signalling_kind(game, equilibrium.strategies)} ({'; '.join(each)})"


def named(kinds: Collection[str]) -> str:
    """Types in a sentence."""
    return f"{'type' if len(kinds) == 1 else 'types'} {', '.join(map(quoted, kinds))}"
