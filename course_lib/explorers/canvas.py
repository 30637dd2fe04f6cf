"""A figure that is drawn once and then only partly again: fast enough to follow a slider from the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from course_lib.explorers.figure import CSS_PIXELS_PER_INCH

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure


class Canvas:
    """A figure whose background (axes, letters, data that stay) is kept as pixels.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Made by ``new_figure``; it is drawn at one pixel for each CSS pixel, which is quickest to send.
    moving : sequence of matplotlib.artist.Artist
        What changes from picture to picture. Everything else must stay as it is.
    """

    def __init__(self, figure: Figure, moving: Sequence[Artist]) -> None:
        figure.set_dpi(CSS_PIXELS_PER_INCH)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")  # the axes stay where they are now, or the background would not fit
        for artist in moving:
            artist.set_animated(True)  # left out when the background is drawn
        self._figure, self._moving = figure, moving
        self._background: Any = None

    def png(self) -> bytes:
        """Return the present picture: background from memory, moving artists drawn anew."""
        import numpy as np
        from PIL import Image

        canvas: Any = self._figure.canvas
        if self._background is None:
            canvas.draw()
            self._background = canvas.copy_from_bbox(self._figure.bbox)
        canvas.restore_region(self._background)
        for artist in self._moving:
            self._figure.draw_artist(artist)
        memory = BytesIO()
        # Level 1: the browser sits beside the kernel or near it, so time counts for more than size.
        Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(memory, "PNG", compress_level=1)
        return memory.getvalue()

    def still(self) -> bytes:
        """Return the present picture as sharp and as small as the other stills."""
        from course_lib.explorers.figure import SHARPNESS, png

        for artist in self._moving:
            artist.set_animated(False)
        try:
            self._figure.set_dpi(CSS_PIXELS_PER_INCH * SHARPNESS)
            return png(self._figure)
        finally:
            self._figure.set_dpi(CSS_PIXELS_PER_INCH)
            for artist in self._moving:
                artist.set_animated(True)
