"""For instructors who use nbgrader as it is: its source and release folders are the course's own."""

c = get_config()  # nbgrader puts this name here

c.CourseDirectory.course_id = "activation_derivatives"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
