"""From what authors write to what learners open.

Authors write text in ``sources/`` (jupytext's MyST Markdown); the notebooks are made from it::

    sources/lessons/03_sigmoid.md    ->  notebooks/03_sigmoid.ipynb              executed
    sources/exercises/03_sigmoid.md  ->  solutions/03_sigmoid/03_sigmoid.ipynb   executed, with answers
                                     ->  exercises/03_sigmoid/03_sigmoid.ipynb   what learners get

``release.py`` holds the two lists of steps; each step is one small file. ``workspace.py`` and ``lab.py`` are
the learner's side, and need no package beyond the course's own.

How an exercise is written
--------------------------
An exercise is a MyST notebook in which two kinds of code cells carry a mark, the exercise's name in
``course_lib.checking.EXERCISES``::

    ```{code-cell} ipython3
    :answer: sigmoid_derivative

    def sigmoid_derivative(x):
        \"\"\"Return the slope of the sigmoid at x.\"\"\"
        ### BEGIN SOLUTION
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s)
        ### END SOLUTION
    ```

    ```{code-cell} ipython3
    :test: sigmoid_derivative

    check(sigmoid_derivative).points
    ```

The learner's copy has ``raise NotImplementedError()`` in place of the lines between the two markers. Every
exercise of a lesson has exactly one answer cell and one test cell; its points are those of ``EXERCISES``,
written nowhere else. A test cell ends in a bare number, because nbgrader reads that as partial credit.
"""
