"""Grades what learners hand in, without trusting any of it: ``course grade``.

What a submission contains runs in a sandbox only; the judgement is made outside, by the same judge as `check`.
"""
