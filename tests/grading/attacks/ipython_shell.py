"""Uses IPython's shell and magics to leave a file and to run another notebook.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
!touch /tmp/course-attack-ipython_shell
%run ../../solutions/03_sigmoid/03_sigmoid.ipynb
found = !find / -name "*.ipynb" -path "*solutions*"


def sigmoid_derivative(x):
    return x * (1 - x)
