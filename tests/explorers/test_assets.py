import re
from pathlib import Path

import pytest

from course_lib.explorers import assets

FOLDER = Path(assets.__file__).parent / "js"
EXPLORERS = sorted(path.name for path in FOLDER.glob("*.js") if "export default" in path.read_text(encoding="utf-8"))


def test_every_explorer_is_here():
    used = {
        name for path in FOLDER.parent.glob("*.py") for name in re.findall(r'script\("(\w+\.js)"\)', path.read_text())
    }
    assert set(EXPLORERS) == used


@pytest.mark.parametrize("name", EXPLORERS)
def test_a_script_is_whole(name):
    """Nothing is fetched, everything imported is there once, and anywidget finds its render function."""
    source = assets.script(name)
    assert not re.search(r"^import ", source, re.MULTILINE)
    assert re.findall(r"^export .*", source, re.MULTILINE) == ["export default { render };"]
    defined = re.findall(r"^(?:function|const|let) (\w+)", source, re.MULTILINE)
    assert len(defined) == len(set(defined)), "a name is defined twice"
    imported = re.findall(r"^import \{([^}]*)\}", (FOLDER / name).read_text(), re.MULTILINE)
    names = {word.strip() for group in imported for word in group.split(",")}
    assert names <= set(defined)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.js")), ids=lambda path: path.name)
def test_a_module_is_short_and_fetches_nothing(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 130
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)


def test_everything_imported_is_used():
    for path in FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for group in re.findall(r"^import \{([^}]*)\}", text, re.MULTILINE):
            for name in (word.strip() for word in group.split(",")):
                assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{path.name} imports {name} in vain"


def test_the_style_has_the_palette():
    assert "--function:" in assets.style()
    assert ".course-explorer" in assets.style()
