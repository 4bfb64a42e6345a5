"""The page of references, from what each model cites: `python -m laws.references > docs/references.md` writes it."""

from games.catalog import catalog


def page() -> str:
    """Every work that some model cites, with the models that do."""
    citing: dict[str, list[str]] = {}
    works = {work for model in catalog().values() for work in model.references}
    for work in sorted(works, key=lambda work: work.order):
        citing[str(work)] = [model.name for model in catalog().values() if work in model.references]
    lines = [f"- {work}.\n  Cited by {', '.join(f'`{name}`' for name in names)}." for work, names in citing.items()]
    return "\n".join(
        [
            "# References",
            "",
            "What the models are built on. `parley show MODEL` prints the works of one model, a report those of",
            "the models that it shows. The core result of the case, that relief which is not credible buys",
            "nothing, is the assurance dilemma of coercion: Pauly (2024), Cebul, Dafoe and Monteiro (2021), Hovi,",
            "Huseby and Sprinz (2005), Kydd and McManus (2017).",
            "",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    print(page(), end="")
