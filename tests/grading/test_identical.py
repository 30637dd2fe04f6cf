"""Identical answers: who gave them, and how rare they are; nobody is judged, and a large class takes no longer."""

import time

from hostile import answer, graded

from course_lib.grading.reports.identical import Alike, identical
from course_lib.grading.results import Graded

EXERCISES = ("sigmoid", "sigmoid_derivative", "steep_sigmoid_derivative")


def handed_in(learner: str, *fingerprints: str, **more: object) -> Graded:
    answers = (answer(e, fingerprint=f) for e, f in zip(EXERCISES, fingerprints, strict=False))
    return graded(learner, *answers, **more)


def others(count: int, *fingerprints: str) -> list[Graded]:
    """Learners each of whom wrote their own, except where a fingerprint is given."""
    filled = [*fingerprints, *[""] * (3 - len(fingerprints))]
    return [handed_in(f"other_{n:03}", *(f or f"own_{n}" for f in filled)) for n in range(count)]


def named(found: list[Alike]) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    return [(alike.learners, alike.exercises, alike.whole) for alike in found]


def test_whole_submissions_come_first_the_rarest_above() -> None:
    class_ = [
        handed_in("anna", "a", "b", "c"),
        handed_in("bert", "a", "b", "c"),
        *(handed_in(f"same_{n}", "usual", "usual", "usual") for n in range(5)),
        handed_in("cleo", "x", "y", "z"),
        handed_in("dora", "x", "mine", "also mine"),
        *others(20),
    ]
    found = identical(class_)
    assert named(found) == [
        (("anna", "bert"), EXERCISES, True),
        (tuple(f"same_{n}" for n in range(5)), EXERCISES, True),
        (("cleo", "dora"), ("sigmoid",), False),
    ]
    assert (found[0].gave, found[0].answered, found[0].right) == (2, 29, 3)
    assert identical(class_[::-1]) == found, "the order in which they were graded makes no difference"


def test_two_copies_in_a_tiny_class_are_listed() -> None:
    assert named(identical([handed_in("anna", "a"), handed_in("bert", "a")])) == [
        (("anna", "bert"), ("sigmoid",), True)
    ]


def test_one_answer_in_common_comes_last_though_it_is_all_that_they_answered() -> None:
    class_ = [
        handed_in("anna", "a"),
        handed_in("bert", "a"),
        handed_in("cleo", "x", "y", "mine"),
        handed_in("dora", "x", "y", "also mine"),
        *others(20),
    ]
    found = identical(class_)
    assert named(found) == [(("cleo", "dora"), EXERCISES[:2], False), (("anna", "bert"), EXERCISES[:1], True)]
    assert [alike.telling for alike in found] == [True, False]


def test_an_answer_that_many_gave_is_not_remarkable() -> None:
    class_ = others(40)
    for count in (2, 3):
        common = [handed_in(f"usual_{n}", "short", f"own {n}") for n in range(count)]
        assert len(identical([*class_, *common])) == (1 if count == 2 else 0), count
    rare = [handed_in(f"usual_{n}", "short", f"own {n}") for n in range(10)]
    assert [alike.gave for alike in identical([*others(190), *rare])] == [10], "ten of two hundred are few"
    assert identical([*others(180), *rare]) == []


def test_an_answer_that_all_gave_is_not_remarkable() -> None:
    assert identical([handed_in("anna", "a", "b"), handed_in("bert", "a", "c")]) == []


def test_the_same_learners_with_several_answers_in_common_are_one_entry_and_come_first() -> None:
    class_ = [
        handed_in("anna", "a", "b", "c"),
        handed_in("bert", "a", "b", "other"),
        handed_in("cleo", "x", "y", "z"),
        handed_in("dora", "x", "mine", "also mine"),
        *others(20),
    ]
    assert named(identical(class_)) == [
        (("anna", "bert"), EXERCISES[:2], False),
        (("cleo", "dora"), EXERCISES[:1], False),
    ]


def test_what_is_no_answer_is_not_compared() -> None:
    assert identical([handed_in("anna", ""), handed_in("bert", "")]) == []
    partly = [handed_in("anna", "a", ""), handed_in("bert", "a", "")]
    assert named(identical(partly)) == [(("anna", "bert"), ("sigmoid",), True)]


def test_nobody_is_compared_with_themselves() -> None:
    twice = [handed_in("anna", "a", submission="1"), handed_in("anna", "a", submission="2")]
    assert identical(twice) == []
    nameless = [handed_in("", "a", submission="1"), handed_in("", "a", submission="2")]
    assert identical(nameless)[0].learners == ("unknown (1)", "unknown (2)")


def test_another_assignment_is_another_class() -> None:
    assert identical([handed_in("anna", "a", assignment="x"), handed_in("bert", "a", assignment="y")]) == []
    older = handed_in("bert", "a", superseded=True)
    assert identical([handed_in("anna", "a"), older]) == []


def test_the_right_answers_are_counted() -> None:
    wrong = [
        graded(n, answer("sigmoid", 0.0, fingerprint="a"), answer("softmax", fingerprint="b")) for n in ("anna", "bert")
    ]
    assert identical(wrong)[0].right == 1


def test_the_work_grows_with_the_class_and_not_with_its_square() -> None:
    """Half of them gave one answer, and each shares the other one with somebody."""
    count = 20_000
    answers = [
        (answer("sigmoid", fingerprint="usual"), answer("softmax", fingerprint=f"{n}")) for n in range(count // 2)
    ]
    class_ = [graded(f"{n}", *answers[n % len(answers)]) for n in range(count)]
    started = time.process_time()
    assert len(identical(class_)) == count // 2
    assert time.process_time() - started < 5, "each with each would take minutes"
