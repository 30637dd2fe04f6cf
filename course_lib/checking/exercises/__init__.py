"""The course's exercises: one module for each lesson."""

from course_lib.activations.registry import Registry
from course_lib.checking.exercise import Exercise
from course_lib.checking.exercises import lesson_00, lesson_03

#: Every exercise by its function's name, in the course's order.
EXERCISES: Registry[Exercise] = Registry(
    "exercise", {e.name: e for lesson in (lesson_00, lesson_03) for e in lesson.EXERCISES}
)
