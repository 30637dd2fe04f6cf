"""Hostile and absurd lines: each is answered at once, and nothing of it is ever executed.

They are judged in a process of its own, with little memory, in which Python reports everything that is executed,
imported or opened.
"""

import json
import subprocess
import sys

import pytest

from course_lib.derivations.typed_text import MAX_CHARACTERS

#: Seconds of computing that one line may take.
AT_ONCE = 0.2

HOSTILE = [
    "__import__('os').system('true')",
    "__import__('os')",
    "exec('1')",
    "eval('1')",
    "open('/etc/passwd').read()",
    "x.__class__.__bases__[0].__subclasses__()",
    "().__class__",
    "getattr(x, 'y')",
    "globals()",
    "(lambda: x)()",
    "lambda x: x",
    "[x for x in (1, 2)]",
    "{x: 1 for x in (1,)}",
    "{1, 2}",
    "(x for x in (1,))",
    "f'{__import__(\"os\")}'",
    "f'{x}'",
    "(s := 1)",
    "x[__import__('os')]",
    "sigma[0]",
    "x if x else x",
    "x and x",
    "not x",
    "x == x",
    "x; import os",
    "import os",
    "x\nimport os",
    "x # a comment",
    "x @ x",
    "x // x",
    "x % x",
    "x << 99999999",
    "~x",
    "exp(x=1)",
    "exp(*x)",
    "exp(**x)",
    "exp.__call__(x)",
    "D.__globals__",
    "exp(x).real",
    "'a' * 9",
    "b'a'",
    "None",
    "True",
    "...",
    "yield",
    "await x",
    "print(x)",
    "sympify('x')",
    "Symbol('x')",
    "1j",
    "0x10",
    "1_000",
    "x\0",
    "\0",
    "\ud800",
    "x\ud800y",
    "x\u202e)x(",
    "\u200bx",
    "\ufeffx",
    "х",  # Cyrillic
    "ｅxp(x)",  # full width: Python itself would read exp
    "ⅇ",
    "𝐱",
    "ªx",
    "é",
    "٣",  # an Arabic digit
    "x́",
    "\\x41",
    "${x}",
    "{{x}}",
    "<img src=x onerror=alert(1)>",
    "<script>",
    "x\r\nx",
    "\x1b[31mx",
    "_",
    "__",
    "_ * __",
    "a" * 400,
    "é" * 400,
]

NESTED_SUM = "1"
for _ in range(20):
    NESTED_SUM = f"sum(j,{NESTED_SUM})"

ABSURD = [
    "9**9**9**9",
    "9**9**9**9**9**9**9",
    "9**99999999",
    "exp(exp(exp(exp(9))))",
    "exp(exp(exp(exp(exp(exp(exp(exp(x))))))))",
    "(x**64)**64**64",
    "((((x**64)**64)**64)**64)**64",
    "exp(x)**64**64",
    "exp(x**64)",
    "exp(exp(x)**64)",
    "exp(-x)**64*exp(x)**64*exp(x**64)",
    "1000000**64",
    "exp(1000000)",
    "exp(1000000)**64",
    "sigma(1000000**64)",
    "log(1000000**64)**64",
    "*".join(str(n) for n in range(1, 120)),
    "*".join(["1000000**64"] * 35),
    "*".join(["exp(x)"] * 55),
    "+".join(["exp(x)"] * 55),
    "+".join(["sigma(x)"] * 55),
    "D(" * 100 + "x" + ")" * 100,
    "D(D(D(sigma(x)*sigma(x)*sigma(x)*sigma(x)*sigma(x)*sigma(x))))",
    "D(D(D(D(D(D(D(D(sigma(x)))))))))",
    "*".join(["D(D(D(sigma(x))))"] * 20),
    "+".join(["D(D(D(exp(x)*log(sigma(x)))))"] * 13),
    "/".join(["x"] * 59),
    "**".join(["x"] * 100),
    "-" * 250 + "x",
    "- " * 200 + "x",
    "(" * 140 + "x" + ")" * 140,
    "(" * 10_000 + "x" + ")" * 10_000,
    "(" * 250,
    ")" * 250,
    "sigma(" * 60 + "x" + ")" * 60,
    "[" * 250,
    "x" * 1_000_000,
    "x+" * 500_000 + "x",
    "9" * 1_000_000,
    "9" * 450,
    "0." + "3" * 450,
    " " * 1_000_000,
    "=" * 1_000_000,
    "." * 450,
    "1.1." * 100,
    ",".join("x" * 140),
    "e" * 450,
    "e^" * 149 + "x",
    "e**-" * 99 + "x",
    "x²³" * 50,
    "u'" * 200,
    "sigma(x" * 60,
    "exp(log(" * 20 + "x" + "))" * 20,
    NESTED_SUM,
    "\0" * 1_000_000,
    "\u202e" * 450,
]

IN_SOFTMAX = [
    "sum(j, " * 3 + "exp(z[j])" + ")" * 3,
    "sum(j, sum(k, sum(i, " + "*".join(["S[j]", "S[k]", "S[i]"] * 20) + ")))",
    "P(P(P(" + "*".join(["S[i]"] * 40) + ", z[k]), z[k]), z[k])",
    "sum(j, P(sum(k, P(" + "*".join(["S[j]"] * 30) + ", z[k])), z[j]))",
    "P(z[i], S[i])",
    "P(S[i], S[k])",
    "z[9]",
    "z[999999]",
    "z[0]",
    "z[-1]",
    "z[z[1]]",
    "z[i][k]",
    "z[1:2]",
    "z",
    "S",
    "S[1, 2]",
    "i",
    "n**n",
    "sum(1, x)",
    "sum(z[j], z[j])",
    "z['a']",
    "z[exec('1')]",
]

JUDGE = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from course_lib.derivations import DERIVATIONS
from course_lib.derivations import render
from course_lib.derivations.typed import compare
key, judged, lines = json.load(sys.stdin)
derivation = DERIVATIONS[key]
judge = eval if judged == "by eval" else lambda line: compare(derivation, 3, line)
compare(derivation, 3, "1"), compare(derivation, 3, "2x")  # whatever is loaded at the first call is loaded now
seen = []
watching = False
def watch(event, arguments):
    if watching and event.split(".")[0] in ("exec", "import", "open", "os", "subprocess", "socket", "ctypes"):
        seen.append(event)
sys.addaudithook(watch)
said = []
for line in lines:
    start, watching = time.process_time(), True
    try:
        verdict = judge(line)
        if getattr(verdict, "read", ""):
            render.mathml(verdict.read), render.spoken(verdict.read)
        answer = {"kind": verdict.kind, "sentence": verdict.sentence}
    except Exception as error:
        answer = {"kind": "raised", "sentence": repr(error)}
    watching = False
    said.append({**answer, "seconds": time.process_time() - start, "seen": list(seen)})
    seen.clear()
json.dump(said, sys.stdout)
"""


def judged(key: str, lines: list[str], how: str = "by compare") -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-c", JUDGE],
        input=json.dumps([key, how, lines]), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


SETS = [("sigmoid/chain", HOSTILE), ("sigmoid/chain", ABSURD), ("softmax/same", [*HOSTILE, *ABSURD, *IN_SOFTMAX])]


@pytest.mark.parametrize(("key", "lines"), SETS, ids=["hostile", "absurd", "softmax"])
def test_every_line_is_answered_at_once_and_nothing_is_executed(key, lines):
    for line, answer in zip(lines, judged(key, lines), strict=True):
        shown = f"{line[:60]!r}: {answer}"
        assert answer["seen"] == [], shown
        assert answer["seconds"] < AT_ONCE, shown
        assert answer["kind"] in ("unreadable", "too_large", "not_equal", "no_value"), shown
        assert 10 < len(answer["sentence"]) < 300, shown
        assert "\n" not in answer["sentence"], shown
        assert answer["sentence"].isprintable(), shown


def test_no_hostile_line_is_even_read():
    for line, answer in zip(HOSTILE, judged("sigmoid/chain", HOSTILE), strict=True):
        assert answer["kind"] == "unreadable", f"{line!r}: {answer}"


def test_the_watch_would_see_what_is_executed():
    by_eval, slow = judged("sigmoid/chain", ["__import__('os').getcwd()", "sum(range(10**8))"], "by eval")
    assert "exec" in by_eval["seen"]
    assert slow["seconds"] > AT_ONCE, "a line that takes long is noticed"


def test_the_lists_are_long_and_of_many_kinds():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60
    assert len(set(ABSURD)) == len(ABSURD) >= 50
    assert sum(len(line) <= MAX_CHARACTERS for line in ABSURD) > 35, "most are not refused for their length alone"
