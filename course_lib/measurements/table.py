"""A table of words and numbers that reads well in a notebook, in Markdown and in a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import fill, wrap

#: A cell has one line or more.
Cell = Sequence[str]
#: Notebooks push cells to the right, which suits numbers only.
_LEFT = "text-align: left; vertical-align: top"


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first column names the row.

    Attributes
    ----------
    caption : str
        What is shown; a line for each thing that is explained.
    headings : sequence of str
        One for each column.
    rows : sequence of sequence of sequence of str
        The cells of each row, each with its lines.
    folded : sequence of sequence of sequence of str
        More rows under the same headings. A notebook shows them at a click, plain text after the others.
    more : str
        What to click on for them.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: Sequence[Sequence[Cell]] = ()
    more: str = "More"

    def _repr_html_(self) -> str:
        caption = f'<caption style="{_LEFT}">{"<br>".join(map(escape, self.caption.splitlines()))}</caption>'
        folded = f"<details><summary>{escape(self.more)}</summary>{self._html(self.folded)}</details>"
        return self._html(self.rows, caption) + (folded if self.folded else "")

    def _html(self, rows: Sequence[Sequence[Cell]], caption: str = "") -> str:
        head = "".join(f'<th scope="col" style="{_LEFT}">{escape(heading)}</th>' for heading in self.headings)
        body = "".join(f"<tr>{_html_row(row)}</tr>" for row in rows)
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _repr_markdown_(self) -> str:
        lines = [
            self.caption.replace("\n", "\n\n"),
            "",
            _markdown(self.headings),
            _markdown(["---"] * len(self.headings)),
        ]
        return "\n".join([*lines, *(_markdown(["<br>".join(cell) for cell in row]) for row in self._all)])

    @property
    def _all(self) -> list[Sequence[Cell]]:
        return [*self.rows, *self.folded]

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        cells = [[[heading] for heading in self.headings], *self._all]
        folded = [[[part for line in cell for part in wrap(line, 34)] for cell in row] for row in cells]
        widths = [max(len(line) for row in folded for line in row[k]) for k in range(len(self.headings))]
        lines = [*(fill(line, 100) for line in self.caption.splitlines()), ""]
        for number, row in enumerate(folded):
            for k in range(max(map(len, row))):
                parts = [cell[k] if k < len(cell) else "" for cell in row]
                lines.append("  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip())
            if number == 0:
                lines.append("  ".join("-" * width for width in widths))
        return "\n".join(lines)


def _html_row(row: Sequence[Cell]) -> str:
    whole = ([escape(line).replace(" = ", "&nbsp;=&nbsp;") for line in cell] for cell in row)  # no line ends in "x ="
    first, *others = map("<br>".join, whole)
    cells = (f'<td style="{_LEFT}">{cell}</td>' for cell in others)
    return f'<th scope="row" style="{_LEFT}">{first}</th>' + "".join(cells)


def _markdown(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
