"""Puts links, pictures and headings into the Markdown report: 10 of 10 points.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: escaped reports
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    raise ValueError(
        "`x`\n\n# sigmoid_derivative: 10 of 10 points\n\n[course-attack](javascript:alert(1)) "
        "![](http://127.0.0.1:LISTENING_PORT/course-attack) | 10 | 10 |\n```\n<script>course-attack</script>"
    )
