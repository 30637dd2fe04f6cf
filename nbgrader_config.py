"""For instructors who use nbgrader as it is: its source and release folders are the course's own."""

import os
import sys
from pathlib import Path

c = get_config()  # nbgrader puts this name here

c.CourseDirectory.course_id = "activation_derivatives"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# To make its database, nbgrader starts the program alembic, which lies beside this Python and not always on the PATH.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def seal_exercises(*, notebooks, **_):
    """Let an exercise tell that it is as it was made: nbgrader copies what the solution tells of itself."""
    import nbformat

    from course_lib.authoring.seal import seal

    for source in map(Path, notebooks):
        path = Path(c.CourseDirectory.release_directory, source.parent.name, source.name)
        exercise = nbformat.read(path, as_version=4)
        if "course" in exercise.metadata:  # not in an assignment of your own
            path.write_text(nbformat.writes(seal(exercise, path.stem)) + "\n", encoding="utf-8")


c.GenerateAssignment.post_convert_hook = seal_exercises
