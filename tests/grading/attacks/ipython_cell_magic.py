"""Is a shell script, by a cell magic.

assignment: 03_sigmoid
expected: sigmoid_derivative 0
stopped by: own files
"""

# %% sigmoid_derivative
%%bash
touch /tmp/course-attack-ipython_cell_magic ~/course-attack-ipython_cell_magic
curl -s http://127.0.0.1:LISTENING_PORT/course-attack
