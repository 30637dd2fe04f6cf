"""Puts a script into the report that the instructor opens, by an exception's text, type and line.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: escaped reports
"""

# %% sigmoid_derivative
HTML = "</pre></td><script>document.title='course-attack'</script><img src=x onerror=alert('course-attack')>"


def sigmoid_derivative(x):
    raise type("<script>alert('course-attack')</script>", (Exception,), {})(HTML)  # <script>course-attack</script>
