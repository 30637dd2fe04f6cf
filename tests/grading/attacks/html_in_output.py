"""Prints a script into the report, beside a right answer.

assignment: 03_sigmoid
expected: sigmoid_derivative 10
stopped by: escaped reports
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    print("<script>course-attack</script><iframe src='javascript:alert(1)'></iframe>]]>--><svg/onload=alert(1)>")
    e = np.exp(-np.abs(x))
    return e / (1 + e) ** 2
