"""Run the commands of the instructors' guide on a fresh clone, and keep what they say.

``python docs/make_transcript.py``. What is run is what is committed, installed into an environment of its own; it takes
some minutes.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

DOCS = Path(__file__).parent
GUIDE, TRANSCRIPT = DOCS / "instructors.md", DOCS / "instructors-transcript.md"
#: A heading, or a block of commands that can be run on any Linux; blocks of other languages are only to be read.
PART = re.compile(r"^(?P<heading>#{2,3} [^\n]*)$|^```sh\n(?P<commands>.*?)^```$", re.MULTILINE | re.DOTALL)
#: Ends what one block says, among what all of them say.
END = "--- end of block ---"


def parts() -> Iterator[tuple[str, str]]:
    """Yield the blocks of commands, each with the heading above it."""
    heading = ""
    for part in PART.finditer(GUIDE.read_text(encoding="utf-8")):
        heading = part["heading"] or heading
        if part["commands"]:
            yield heading, part["commands"]


def said(clone: Path, blocks: list[str]) -> list[str]:
    """Run the blocks in one shell, one after the other, and return what each of them says."""
    script = clone.with_name("commands.sh")
    script.write_text("".join(f"{block}\necho '{END}'\n" for block in blocks), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["PATH"] = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if ".venv" not in p)
    done = subprocess.run(
        ["bash", script],
        cwd=clone,
        env={**environment, "PYTHONUNBUFFERED": "1", "COURSE_RECORD": str(clone.with_name("record.sqlite"))},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    *found, rest = done.stdout.replace(str(clone.parent), "~").split(f"{END}\n")
    if len(found) != len(blocks):
        raise SystemExit(f"The shell ended too early: {rest}")
    return found


def main() -> None:
    """Clone, run, and write the transcript."""
    headings, blocks = zip(*parts(), strict=True)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "course"
        subprocess.run(["git", "clone", "--quiet", DOCS.parent, clone], check=True)
        began = perf_counter()
        outputs = said(clone, list(blocks))
        minutes = (perf_counter() - began) / 60
    text = [
        "# The instructors' guide, tried\n",
        f"Made by `python docs/make_transcript.py`, which runs the commands of [the guide](instructors.md) on a fresh "
        f"clone, in one shell. All of them together took {minutes:.0f} minutes, the installation included.\n",
    ]
    before = ""
    for heading, block, output in zip(headings, blocks, outputs, strict=True):
        if heading != before:
            text.append(f"{heading}\n")
        text.append(f"```sh\n{block}```\n")
        if output:
            text.append(f"```text\n{output.rstrip()}\n```\n")
        before = heading
    TRANSCRIPT.write_text("\n".join(text), encoding="utf-8")
    sys.stdout.write(f"{TRANSCRIPT.name}: {len(blocks)} blocks in {minutes:.1f} minutes.\n")


if __name__ == "__main__":
    main()
