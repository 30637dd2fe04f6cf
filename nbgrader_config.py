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
