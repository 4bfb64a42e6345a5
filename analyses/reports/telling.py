"""A model's actions, outcomes and numbers in plain words, for a reader who knows neither its symbols nor its terms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyses.arguments import PlainWords
from games.exact import Number, readable
from games.forms.extensive import Decision, ExtensiveGame
from games.forms.game import Game, Path
from games.model import Model
from games.parameters import Parameter, Unit

_OWN_ARTICLE = re.compile(r"(?:a|an|the|how|what|whether|which|why|each|all|every)\b|\S+'|[A-Z]")
_FURTHER = re.compile(r"[;:]")
_SYMBOL = re.compile(r"\b[A-Za-z]+_[A-Za-z0-9]+\b")


def upper(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The text with a small letter first, to follow a colon."""
    return text[:1].lower() + text[1:]


def about(value: Number | float) -> str:
    """A number for a reader who decides: as it is if it is short, else to three digits."""
    said = readable(value, 3)
    return said if "/" not in said and not isinstance(value, float) else f"about {float(value):.3g}".replace("-", "−")


def joined(clauses: Sequence[str]) -> str:
    """Clauses as a sentence has them: "A, B, and C"."""
    if len(clauses) < 3:
        return " and ".join(clauses)
    return f"{', '.join(clauses[:-1])}, and {clauses[-1]}"


@dataclass(frozen=True)
class Telling:
    """The words for a model: those of the case, where it has them; else its own labels, in quotation marks."""

    model: Model
    words: PlainWords

    @cached_property
    def game(self) -> Game:
        """The game in which paths are told."""
        return self.model.game.written_out

    def action(self, player: str, action: str) -> str:
        """What the player does, as a clause."""
        return self.words.clauses.get(action, f"{player} chooses “{action}”")

    def own(self, player: str, action: str) -> str:
        """The same of a player just named: "it lifts the sanctions"."""
        clause = self.action(player, action)
        return f"it{clause[len(player) :]}" if clause.startswith(f"{player} ") else clause

    def path(self, path: Path, start: int = 0) -> str:
        """The actions of a path as clauses, from one of them on; the outcome's words where not all have clauses."""
        if all(action in self.words.clauses for action in path):
            return joined([self.words.clauses[action] for action in path[start:]])
        return self._in_marks(self.model.outcome_words(path))

    def history(self, path: Path) -> str:
        """The moves at the beginning of a path through a tree, each with who makes it."""
        assert isinstance(self.game, ExtensiveGame)
        told = []
        for k, action in enumerate(path):
            node = self.game.nodes[path[:k]]
            told.append(self.action(node.player, action) if isinstance(node, Decision) else f"“{action}” happens")
        return joined(told)

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        """The path of each outcome that has only one."""
        found: dict[str, list[Path]] = {}
        for path in self.game.paths if self.words.clauses else ():
            found.setdefault(self.model.outcome_words(path), []).append(path)
        return {said: paths[0] for said, paths in found.items() if len(paths) == 1}

    def outcome(self, said: str, than: str = "") -> str:
        """An outcome by its words as clauses; of another one ``than`` is told what is not the same in it."""
        if said not in self._paths:
            return self._in_marks(said)
        path, other = self._paths[said], self._paths.get(than, ())
        same = next((k for k, (a, b) in enumerate(zip(path, other, strict=False)) if a != b), 0)
        return self.path(path, same)

    def _in_marks(self, said: str) -> str:
        return f"“{said}”"

    def quantity(self, parameter: Parameter) -> str:
        """What a parameter stands for, to be put into a sentence; its name where it has no meaning."""
        meaning = _FURTHER.split(parameter.meaning)[0].strip()
        if not meaning:
            return f"“{parameter.name}”"
        said = _SYMBOL.sub(lambda found: self._named(found[0]), meaning)
        return said if _OWN_ARTICLE.match(said) else f"the {said}"

    def _named(self, name: str) -> str:
        known = self.model.by_name.get(name)
        return name if known is None else f"the {_FURTHER.split(known.meaning)[0]}"

    def amount(self, value: Number | float, parameter: Parameter) -> str:
        """The value of a parameter for a reader; a share or a probability as a percentage."""
        in_percent = parameter.unit in (Unit.SHARE, Unit.PROBABILITY)
        return f"{about(value * 100)} %" if in_percent else about(value)


def several(items: Sequence[str], most: int, mark: str = ";") -> str:
    """At most so many items, with the mark between them, and how many more there are."""
    more = len(items) - most
    shown = items if more <= 0 else items[:most]
    return f"{mark} ".join(shown) + (f"{mark} and {more} more" if more > 0 else "")
