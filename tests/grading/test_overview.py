"""The page on the class: right numbers, in words, tables and one picture that everybody can read."""

import ast
import re
import time
from pathlib import Path

import hostile
import pytest
from hostile import answer, graded
from playwright.sync_api import sync_playwright
from test_feedback_reader import Reader

