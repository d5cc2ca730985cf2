"""Damaged files of every format: each comes in or is named, and nothing reaches the parent."""

from pathlib import Path

import pytest

from index.articles.files import read_file
from index.articles.process.child import Child
from index.articles.source_file import Options
from index.types import Article, BadArticle
from tests.mutate_files import damaged_files

pytestmark = pytest.mark.slow


def test_every_damaged_file_comes_in_or_is_named(tmp_path: Path) -> None:
    with Child() as child:
        for at, (name, raw) in enumerate(damaged_files(110, seed=7)):
            path = tmp_path / f"{at}.{name}"
            path.write_bytes(raw)
            items = list(read_file(path, Options(), child))
            assert items, path
            for item in items:
                if isinstance(item, BadArticle):
                    assert item.reason
                    assert "\n" not in item.reason
                elif isinstance(item, Article):
                    assert item.text.strip()
