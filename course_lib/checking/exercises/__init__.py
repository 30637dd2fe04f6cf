"""The course's exercises: a module or two for each lesson."""

from course_lib.activations.registry import Registry
from course_lib.checking.exercise import Exercise
from course_lib.checking.exercises import (
    lesson_00,
    lesson_01,
    lesson_02,
    lesson_03,
    lesson_04,
    lesson_05,
    lesson_06,
    lesson_07,
    lesson_08,
)

_LESSONS = (lesson_00, lesson_01, lesson_02, lesson_03, lesson_04, lesson_05, lesson_06, lesson_07, lesson_08)

#: Every exercise by its function's name, in the course's order.
EXERCISES: Registry[Exercise] = Registry("exercise", {e.name: e for lesson in _LESSONS for e in lesson.EXERCISES})
