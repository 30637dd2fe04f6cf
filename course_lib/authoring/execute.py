"""Step 3: run a notebook in a kernel of its own, and refuse one that fails."""

import os
import tempfile
from pathlib import Path
from textwrap import indent
from typing import Any

from course_lib.activations.registry import CourseError

#: The longest that one cell of the course may take, in seconds.
CELL_TIMEOUT = 120


def execute(notebook: Any, folder: Path, name: str) -> Any:
    """Run `notebook` from top to bottom in a fresh kernel and return it with its outputs.

    The kernel knows nothing of the person who runs this: neither their record nor their IPython profile.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    folder : Path
        The kernel's working folder: where the notebook will be; made if it is not there.
    name : str
        What messages call the notebook.

    Raises
    ------
    CourseError
        If there is no kernel, or a cell raises, writes to standard error or takes longer than `CELL_TIMEOUT`.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    folder.mkdir(parents=True, exist_ok=True)
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # the kernel's remarks about itself are not about the lesson
    )
    with tempfile.TemporaryDirectory(prefix="course-") as elsewhere:
        try:
            client.execute(env=_environment(Path(elsewhere)))
        except NoSuchKernel:
            raise CourseError(
                "There is no Jupyter kernel 'python3'; get it with: pip install --force-reinstall ipykernel"
            ) from None
        except CellExecutionError as error:
            raise CourseError(_failure(notebook, name, f"raises {error.ename}: {error.evalue}")) from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise CourseError(f"{name}: {str(error).strip()}") from None
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                raise CourseError(_failure(notebook, name, f"writes to standard error: {output['text'].strip()}"))
    return notebook


def _environment(elsewhere: Path) -> dict[str, str]:
    return {
        **{key: value for key, value in os.environ.items() if key != "PYTHONWARNINGS"},
        "COURSE_RECORD": str(elsewhere / "record.sqlite"),
        "IPYTHONDIR": str(elsewhere / "ipython"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "NO_COLOR": "1",
        "PYTHONHASHSEED": "0",
    }


def _failure(notebook: Any, name: str, what: str) -> str:
    number, cell = next(
        (number, cell)
        for number, cell in enumerate(notebook["cells"], start=1)
        if any(o["output_type"] == "error" or o.get("name") == "stderr" for o in cell.get("outputs", ()))
    )
    return f"{name}: cell {number} {what}\n\n{indent(cell['source'], '    ')}\n"
