"""The colours of the whole course: one meaning, one colour, in figures, in explorers and in both themes.

All are safe for colour-blind readers, and dark enough (or light enough) against their background to be read
as text: a contrast of at least 4.5. Colour never carries a meaning alone: curves are labelled where they end,
a finite difference is dashed, a wrong region is hatched.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as CSS and matplotlib both write them."""

    function: str
    derivative: str
    reference: str
    ink: str
    quiet: str
    grid: str
    paper: str


LIGHT = Palette(
    function="#0062A3",
    derivative="#B84A00",
    reference="#4D4D4D",
    ink="#1F1F1F",
    quiet="#595959",
    grid="#E2E2E2",
    paper="#FFFFFF",
)
DARK = Palette(
    function="#56B4E9",
    derivative="#E69F00",
    reference="#C4C4C4",
    ink="#EDEDED",
    quiet="#B3B3B3",
    grid="#3A3A3A",
    paper="#111111",
)


def css() -> str:
    """Return both palettes as CSS variables (``--function`` ...), the dark one for a dark JupyterLab."""
    return (
        f".course-explorer {{ {_variables(LIGHT)} }}\n"
        f'body[data-jp-theme-light="false"] .course-explorer {{ {_variables(DARK)} }}\n'
    )


def _variables(palette: Palette) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in asdict(palette).items())
