"""Where subgames start (Selten 1965): at a node that no information set ties to the rest of the tree."""

from games.forms.extensive import ExtensiveGame, Outcome, Path


def subgame_roots(game: ExtensiveGame) -> list[Path]:
    """Where subgames start, the whole game included; smaller subgames come before those that hold them."""
    roots = []
    for path, node in game.nodes.items():
        if isinstance(node, Outcome):
            continue
        cut = False
        for information_set in game.information_sets.values():
            inside = [p[: len(path)] == path for p in information_set.paths]
            cut = cut or (any(inside) and not all(inside))
        if not cut:
            roots.append(path)
    return sorted(roots, key=lambda path: -len(path))
