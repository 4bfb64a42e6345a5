"""Where subgames start (Selten 1965): at a node that no information set ties to the rest of the tree."""

from collections import Counter

from games.forms.extensive import ExtensiveGame, Outcome, Path


def subgame_roots(game: ExtensiveGame) -> list[Path]:
    """Where subgames start, the whole game included; smaller subgames come before those that hold them."""
    cut: set[Path] = set()
    for information_set in game.information_sets.values():
        if len(information_set.paths) > 1:
            inside = Counter(path[:k] for path in information_set.paths for k in range(len(path) + 1))
            cut.update(path for path, count in inside.items() if count < len(information_set.paths))
    roots = [path for path, node in game.nodes.items() if not isinstance(node, Outcome) and path not in cut]
    return sorted(roots, key=lambda path: -len(path))
