"""Makes tangent.gif, the README's picture, from lesson 03 as it runs in a real JupyterLab.

Run it from the course's folder: ``.venv/bin/python -m docs.images.make_tangent``.
"""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks import jupyterlab

COURSE = Path(__file__).resolve().parents[2]
LESSON = "03_sigmoid.ipynb"
#: The point goes from left to right and back, in these steps of x.
STEPS = [-3.0 + 0.3 * i for i in range(21)]
MILLISECONDS, WIDTH = 90, 640


def frames() -> list[Image.Image]:
    """Return one picture of the explorer for each step."""
    with tempfile.TemporaryDirectory() as folder, jupyterlab.jupyterlab(Path(folder)) as address:
        shutil.copy(COURSE / "notebooks" / LESSON, Path(folder) / "notebooks")
        with sync_playwright() as playwright, jupyterlab.browser(playwright) as chromium:
            page = chromium.new_page(viewport={"width": 1280, "height": 1000}, device_scale_factor=1.5)
            jupyterlab.open_notebook(page, address, LESSON)
            if not jupyterlab.run_all(page):
                sys.exit(f"A cell of {LESSON} failed.")
            explorer = page.locator(".course-tangent").first
            explorer.scroll_into_view_if_needed()
            pictures = []
            for x in STEPS:
                box = explorer.locator("input[type=number]")
                box.fill(f"{x:.2f}")
                box.press("Enter")
                box.evaluate("(node) => node.blur()")
                page.wait_for_timeout(50)
                pictures.append(_picture(explorer))
            return pictures


def _picture(explorer: object) -> Image.Image:
    """Return the explorer down to its read-out, without the quests."""
    shot = Image.open(BytesIO(explorer.screenshot())).convert("RGB")
    end = explorer.locator(".readout").bounding_box()
    top = explorer.bounding_box()["y"]
    shot = shot.crop((0, 0, shot.width, round((end["y"] + end["height"] - top + 4) * 1.5)))
    return shot.resize((WIDTH, round(shot.height * WIDTH / shot.width)), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the animation beside this file."""
    there = frames()
    pictures = [picture.quantize(48, dither=Image.Dither.NONE) for picture in [*there, *reversed(there)]]
    target = Path(__file__).with_name("tangent.gif")
    pictures[0].save(target, save_all=True, append_images=pictures[1:], duration=MILLISECONDS, loop=0, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
