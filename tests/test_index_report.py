"""What `kenes index` says at its end: everything, but repeated things as a number."""

import pytest

from index import BuildReport
from index.types import BadArticle, Note, PassedOver
from ui.cli.index_report import print_report


def printed(capsys: pytest.CaptureFixture[str], report: BuildReport, *, verbose: bool = False) -> tuple[str, str]:
    print_report(report, verbose=verbose)
    out, err = capsys.readouterr()
    return out, err


def test_everything_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    notes = [
        *[("/a.md", Note("caption left out", "Photo: A"))] * 3,
        *[("/a.md", Note("menu left out", "Latest news / …"))] * 2,
        ("/b.txt", Note("read as", "windows-1251")),
        ("/c.html", Note("frame of the page left out", "20 words")),
        ("/d.md", Note("struck text left out", "900")),
        ("/e.jsonl line 2", Note("repeated row", "the same as /e.jsonl line 1")),
    ]
    report = BuildReport(documents=412, chunks=900, added=412, seconds=2.0, undated=87, notes=notes)
    report.kinds.update({".md": 380, ".html": 32})
    report.passed_over = PassedOver({".key": 8, ".sketch": 16, "": 1}, empty=1, drafts=2)
    report.bad = [BadArticle("/x.pdf", "/x.pdf", "a scan"), BadArticle("/y.pdf", "/y.pdf", "a scan")]
    out, err = printed(capsys, report)
    assert out.split("\n")[0] == "412 documents, 900 chunks, 2.0 s (412 added, 0 changed, 0 unchanged, 0 removed)"
    assert out.split("\n")[1] == (
        "read: 380 .md, 32 .html; 25 files of other kinds passed over: 16 .sketch, 8 .key, 1 without suffix; "
        "1 empty file passed over; 2 drafts left out (--drafts takes them in); 87 undated; "
        "3 captions, 2 menus, 1 frame of the page and 1 struck text left out, 1 read as windows-1251, 1 repeated row "
        "(--verbose lists them); 2 files could not be read, or not all of it"
    )
    assert err == "not indexed: /x.pdf: a scan\nnot indexed: /y.pdf: a scan\n"


def test_verbose_lists_each_note(capsys: pytest.CaptureFixture[str]) -> None:
    report = BuildReport(documents=1, notes=[("/a.md", Note("caption left out", "Photo: A"))])
    out, err = printed(capsys, report, verbose=True)
    assert err == "/a.md: caption left out: Photo: A\n"
    assert "1 caption left out" in out
    assert "--verbose" not in out


def test_a_clean_run_says_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    report = BuildReport(documents=3, chunks=3, unchanged=3)
    report.kinds.update({".md": 3})
    out, err = printed(capsys, report)
    assert (out.count("\n"), err) == (1, "")


def test_one_reason_20000_times_is_one_of_four_lines(capsys: pytest.CaptureFixture[str]) -> None:
    bad = [BadArticle("/n.jsonl", f"/n.jsonl line {number}", 'no "text"') for number in range(1, 20_001)]
    _, err = printed(capsys, BuildReport(bad=bad))
    assert err.split("\n")[:-1] == [
        *(f'not indexed: /n.jsonl line {number}: no "text"' for number in (1, 2, 3)),
        'not indexed: 19,997 more like this: no "text"',
    ]


def test_many_reasons_are_cut_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    bad = [BadArticle(f"/{number}", f"/{number}", f"fault {number}") for number in range(100)]
    _, err = printed(capsys, BuildReport(bad=bad))
    assert err.count("\n") == 21
    assert "80 more, for 80 other reasons (--verbose lists them)" in err
    _, err = printed(capsys, BuildReport(bad=bad), verbose=True)
    assert err.count("\n") == 100


def test_articles_that_are_gone_are_named_with_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = printed(capsys, BuildReport(gone=["/a", "/b", "/c", "/d"]))
    assert err == "4 indexed articles are gone and still answered from (/a, /b, /c and 1 more); --prune drops them\n"
