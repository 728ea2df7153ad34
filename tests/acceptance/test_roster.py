"""Import of the roster, and what is known of members afterwards (on the database of databases.py)."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.errors import InputError, Refused
from mailflow.service.roster import ImportReport, import_members, import_units
from mailflow.store import migrate, opt_outs, roster
from mailflow.store.engine import Database, connect
from mailflow.store.personal import kept_about
from mailflow.store.units import units, unlisted_units
from tests.acceptance.databases import database_url

HEADER = "member_id,name,email,other_emails,standing,paid_through,units,postal_address,language"
ANNA = 'm1,Anna Berg,Anna@example.org,berg@home.example.org,good,2014-08-31,alsc;web,"1 Main Street\nSpringfield",en'
BERT = "m2,Bert Ohm,bert@example.org,,lapsed,,,,es"
NOW = datetime(2013, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    db = connect(database_url(tmp_path))
    migrate.upgrade(db)
    yield db
    db.close()


def written(tmp_path: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = tmp_path / "roster.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding, newline="")
    return path


def test_member_is_kept_as_the_roster_has_them(db: Database, tmp_path: Path) -> None:
    report = import_members(db, written(tmp_path, ANNA, BERT), NOW)
    assert report == ImportReport(read=2, added=2)
    with db.read() as work:
        anna = roster.member(work, "m1")
        assert roster.count_members(work) == 2
    assert anna is not None
    assert anna.addresses == ("Anna@example.org", "berg@home.example.org")
    assert anna.address == "Anna@example.org"
    assert (anna.standing, anna.paid_through, anna.units) == ("good", date(2014, 8, 31), ("alsc", "web"))
    assert anna.postal_address == "1 Main Street\nSpringfield"


def test_same_file_again_changes_nothing(db: Database, tmp_path: Path) -> None:
    path = written(tmp_path, ANNA, BERT)
    import_members(db, path, NOW)
    assert import_members(db, path, LATER) == ImportReport(read=2, unchanged=2)
    with db.read() as work:
        assert [at for at, _, _ in roster.standing_history(work, "m1")] == [NOW]


def test_every_changed_value_is_taken_over(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    changed = "m1,Anna Berg-Ohm,berg@home.example.org,,good,2014-08-31,web,,pt_br,America/Chicago"
    path = written(tmp_path, changed, header=HEADER + ",timezone")
    assert import_members(db, path, LATER) == ImportReport(read=1, changed=1, missing=1)
    with db.read() as work:
        anna = roster.member(work, "m1")
        assert anna is not None
        assert (anna.name, anna.addresses, anna.units) == ("Anna Berg-Ohm", ("berg@home.example.org",), ("web",))
        assert (anna.language, anna.timezone, anna.postal_address) == ("pt-BR", "America/Chicago", "")
        assert roster.members_by_address(work, ["anna@example.org"]) == {}


@pytest.mark.parametrize(
    "encoding", [pytest.param("utf-8", id="plain"), pytest.param("utf-8-sig", id="with a byte order mark")]
)
def test_file_in_utf8_is_read(db: Database, tmp_path: Path, encoding: str) -> None:
    import_members(db, written(tmp_path, "m3,Zoë Ærø,zoe@example.org,,good,,,,da", encoding=encoding), NOW)
    with db.read() as work:
        zoe = roster.member(work, "m3")
    assert zoe is not None
    assert zoe.name == "Zoë Ærø"


def test_columns_may_stand_in_any_order_and_lines_may_end_as_on_windows(db: Database, tmp_path: Path) -> None:
    names = HEADER.split(",")[::-1]
    path = tmp_path / "roster.csv"
    path.write_bytes((",".join(names) + "\r\nen,,,,good,,,Anna,m1\r\n\r\n,,,,,,,,\r\n").encode())
    assert import_members(db, path, NOW).added == 1


BAD_ROWS = [
    pytest.param("m3,Cy,cy@,,good,,,,en", "column email: 'cy@'", "name@example.org", id="bad address"),
    pytest.param(
        "m3,Cy,cy@example.org,a b,good,,,,en", "column other_emails: 'a b'", "several", id="bad other address"
    ),
    pytest.param("m3,Cy,,,good,31/12/2013,,,en", "column paid_through: '31/12/2013'", "2014-08-31", id="bad date"),
    pytest.param("m3,Cy,,,good,2013-02-29,,,en", "column paid_through: '2013-02-29'", "2014-08-31", id="no such day"),
    pytest.param("m3,Cy,,,good,,,,Klingonese", "column language: 'Klingonese'", "such as en", id="unknown language"),
    pytest.param(",Cy,,,good,,,,en", "column member_id: ''", "give the id", id="no id"),
    pytest.param("m3,,,,good,,,,en", "column name: ''", "every member has one", id="no name"),
    pytest.param("m3,Cy,,,,,,,en", "column standing: ''", "write good", id="no standing"),
    pytest.param("m3,Cy,,,good,,a - b,,en", "column units: 'a - b'", "letters", id="unit no audience can name"),
    pytest.param("m3,Cy,,,good,,,en", "has 8 values", "needs quotes", id="a value too few"),
    pytest.param("m3,Cy\x00,,,good,,,,en", "column name: 'Cy\\x00'", "control characters", id="NUL"),
    pytest.param('m3,"Cy\nBcc: x",,,good,,,,en', "column name: 'Cy\\nBcc: x'", "on one line", id="line break in name"),
    pytest.param('m3,"Cy"x,,,good,,,,en', "can't be read", "quote", id="text after a quote"),
    pytest.param('m3,"Cy,,,good,,,,en', "can't be read", "quote", id="quote that is not closed"),
]


@pytest.mark.parametrize(("row", "named", "remedy"), BAD_ROWS)
def test_bad_row_names_file_line_column_value_and_remedy(
    db: Database, tmp_path: Path, row: str, named: str, remedy: str
) -> None:
    path = written(tmp_path, ANNA, BERT, row)
    with pytest.raises(InputError) as error:
        import_members(db, path, NOW)
    first = error.value.problems[0]
    assert first.startswith(f"{path}, line 5")  # Anna's row takes two physical lines
    assert named in first
    assert remedy in first
    with db.read() as work:
        assert roster.count_members(work) == 0


def test_unknown_time_zone_is_refused(db: Database, tmp_path: Path) -> None:
    path = written(tmp_path, BERT + ",Mars/Phobos", header=HEADER + ",timezone")
    with pytest.raises(InputError, match=r"line 2, column timezone: 'Mars/Phobos' .*America/Chicago"):
        import_members(db, path, NOW)


def test_a_file_in_utf16_is_told_in_one_line(db: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is UTF-16") as caught:
        import_members(db, written(tmp_path, "m1,Ann,ann@example.org,,good,,,,en", encoding="utf-16"), NOW)
    assert len(caught.value.problems) == 2  # and that nothing was imported


def test_bytes_that_are_not_utf8_are_named(db: Database, tmp_path: Path) -> None:
    path = written(tmp_path, "m3,Zoë,,,good,,,,en", encoding="latin-1")
    with pytest.raises(InputError, match=r"line 2, column name: .* is not UTF-8; export the file as UTF-8"):
        import_members(db, path, NOW)


@pytest.mark.parametrize(
    ("header", "named"),
    [
        pytest.param("", "the header is missing", id="empty file"),
        pytest.param(HEADER.replace(",", ";"), "separated by ';'", id="semicolons"),
        pytest.param(HEADER + ",shoe_size", "'shoe_size' is not a column here", id="unknown column"),
        pytest.param(HEADER.removesuffix(",language"), "column language: is missing", id="missing column"),
        pytest.param(HEADER + ",name", "'name' stands twice", id="column twice"),
    ],
)
def test_header_that_is_wrong_is_refused(db: Database, tmp_path: Path, header: str, named: str) -> None:
    with pytest.raises(InputError) as error:
        import_members(db, written(tmp_path, header=header), NOW)
    assert named in str(error.value)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("m3," + "x" * 1_000_001, id="a line without end"),
        pytest.param('m3,"' + "line\n" * 40_000, id="a quote that swallows the rest of a long file"),
    ],
)
def test_row_over_the_limits_is_told_by_its_first_line(db: Database, tmp_path: Path, row: str) -> None:
    with pytest.raises(
        InputError, match=r"line 3: the row that begins here can't be read: .* than .*limit|line 3: .*1,000,000"
    ):
        import_members(db, written(tmp_path, BERT, row), NOW)


@pytest.mark.parametrize("between", [pytest.param(0, id="near"), pytest.param(1_500, id="in another chunk")])
def test_member_id_that_stands_twice_is_told_with_both_lines(db: Database, tmp_path: Path, between: int) -> None:
    filler = [f"x{n},Filler,,,good,,,,en" for n in range(between)]
    path = written(tmp_path, BERT, *filler, BERT)
    with pytest.raises(InputError, match=rf"line {between + 3}, column member_id: 'm2' stands on line 2 already"):
        import_members(db, path, NOW)


def test_at_most_fifty_bad_rows_are_told_and_the_rest_counted(db: Database, tmp_path: Path) -> None:
    bad = [f"x{n},Filler,nobody,,good,,,,en" for n in range(70)]
    with pytest.raises(InputError) as error:
        import_members(db, written(tmp_path, ANNA, *bad), NOW)
    assert len(error.value.problems) == 51
    assert "20 more" in error.value.problems[-1]
    assert "nothing was imported" in error.value.problems[-1]


def test_bad_row_behind_many_good_ones_leaves_the_roster_as_it_was(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA), NOW)
    rows = [f"x{n},Filler,,,good,,,,en" for n in range(2_500)]
    with pytest.raises(InputError):
        import_members(db, written(tmp_path, *rows, "y,,,,,,,,"), LATER, complete=True)
    with db.read() as work:
        assert [one.member_id for one in roster.all_members(work)] == ["m1"]


def test_dry_run_reports_and_writes_nothing(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA), NOW)
    path = written(tmp_path, BERT, ANNA.replace("good", "lapsed"))
    assert import_members(db, path, LATER, dry_run=True) == ImportReport(read=2, added=1, changed=1)
    with db.read() as work:
        assert [one.standing for one in roster.all_members(work)] == ["good"]
    assert import_members(db, path, LATER) == ImportReport(read=2, added=1, changed=1)


def test_members_not_in_the_file_stay_unless_it_is_complete(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    path = written(tmp_path, BERT)
    assert import_members(db, path, LATER) == ImportReport(read=1, unchanged=1, missing=1)
    expected = ImportReport(read=1, unchanged=1, ended=1)
    assert import_members(db, path, LATER, complete=True, dry_run=True) == expected
    assert import_members(db, path, LATER, complete=True) == expected
    with db.read() as work:
        anna = roster.member(work, "m1")
        assert anna is not None
        assert anna.ended
        assert roster.standing_on(work, "m1", NOW) == ("good", date(2014, 8, 31))
        assert roster.standing_on(work, "m1", LATER) == ("ended", None)
        assert [one.member_id for one in roster.all_members(work)] == ["m2"]
        assert [one.member_id for one in roster.all_members(work, include_ended=True)] == ["m1", "m2"]


def test_member_who_ended_comes_back_with_the_next_file(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    import_members(db, written(tmp_path, BERT), LATER, complete=True)
    back = LATER + timedelta(days=1)
    assert import_members(db, written(tmp_path, ANNA), back) == ImportReport(read=1, changed=1, missing=1)
    with db.read() as work:
        anna = roster.member(work, "m1")
        assert anna is not None
        assert not anna.ended
        assert roster.standing_on(work, "m1", LATER) == ("ended", None)
        assert roster.standing_on(work, "m1", back) == ("good", date(2014, 8, 31))


def test_complete_file_without_members_is_refused(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA), NOW)
    with pytest.raises(InputError, match="would end all 1"):
        import_members(db, written(tmp_path), LATER, complete=True)


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [
        pytest.param(NOW - timedelta(days=9), "good", id="before the first roster: the earliest known"),
        pytest.param(NOW, "good", id="at the instant of the first"),
        pytest.param(LATER - timedelta(microseconds=1), "good", id="just before the second"),
        pytest.param(LATER, "lapsed", id="at the instant of the second"),
        pytest.param(LATER + timedelta(days=365), "lapsed", id="long after"),
    ],
)
def test_standing_is_what_the_roster_said_at_that_instant(
    db: Database, tmp_path: Path, as_of: datetime, standing: str
) -> None:
    """R64: the values that count are those valid at an instant, not today's."""
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    import_members(db, written(tmp_path, ANNA.replace("good", "lapsed"), BERT), LATER)
    with db.read() as work:
        assert roster.standing_on(work, "m1", as_of)[0] == standing
        assert roster.standings_on(work, ["m1", "m2", "stranger"], as_of) == {
            "m1": (standing, date(2014, 8, 31)),
            "m2": ("lapsed", None),
        }


SPELLINGS = [
    "anna@example.org",
    "ANNA@EXAMPLE.ORG",
    "Anna@Example.org",
    " anna@example.org ",
    "anna+x@example.org",
    "Anna+Library+news@example.org",
    "anna@example.org.",
]


def test_spellings_and_tags_of_an_address_are_one_member(db: Database, tmp_path: Path) -> None:
    """R61: aliases and +tags map to one member."""
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    with db.read() as work:
        found = roster.members_by_address(work, [*SPELLINGS, "berg@home.example.org", "stranger@example.org"])
    assert {spelling: [one.member_id for one in people] for spelling, people in found.items()} == {
        **{spelling: ["m1"] for spelling in SPELLINGS},
        "berg@home.example.org": ["m1"],
    }


def test_address_on_file_with_a_tag_goes_before_the_one_without(db: Database, tmp_path: Path) -> None:
    """R61: an exact match is not overruled by the tag rule."""
    import_members(db, written(tmp_path, ANNA, "m3,Ada,anna+ada@example.org,,good,,,,en"), NOW)
    with db.read() as work:
        assert [one.member_id for one in roster.members_by_address(work, ["anna+ADA@example.org"]).popitem()[1]] == [
            "m3"
        ]


def test_shared_address_belongs_to_both_and_finds_neither(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA, "m3,Ada,anna@example.org,,good,,,,en"), NOW)
    with db.read() as work:
        assert [one.member_id for one in roster.members_by_address(work, ["anna@example.org"])["anna@example.org"]] == [
            "m1",
            "m3",
        ]
        with pytest.raises(Refused, match="m1, m3"):
            roster.find(work, "anna@example.org")
        assert roster.find(work, "m3") is not None
        assert roster.find(work, "nobody") is None


def test_opt_out_holds_for_its_scope_or_for_all(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    with db.write() as work:
        opt_outs.opt_out(work, "m1", "mig-1", NOW, "mail")
        opt_outs.opt_out(work, "m1", "mig-1", LATER, "link")
        opt_outs.opt_out(work, "m2", opt_outs.ALL, NOW, "link")
        assert opt_outs.opted_out(work, ["m1", "m2"], "mig-1") == {"m1", "m2"}
        assert opt_outs.opted_out(work, ["m1", "m2"], "mig-2") == {"m2"}
        opt_outs.opt_in(work, "m2", opt_outs.ALL)
        assert opt_outs.opted_out(work, ["m1", "m2"], "mig-2") == set()
        assert opt_outs.choices(work, "m1") == ["mig-1"]


def test_soft_bounces_stop_an_address_on_the_fourth_day(db: Database) -> None:
    hours = [0, 1, 25, 26, 49, 73]  # six bounces on four days
    with db.write() as work:
        stopped = [
            opt_outs.suppress(work, "X@example.org", "4.2.2", NOW + timedelta(hours=h), hard=False) for h in hours
        ]
        assert stopped == [False, False, False, False, False, True]
        assert opt_outs.suppressed(work, ["x@EXAMPLE.org", "y@example.org"]) == {"x@EXAMPLE.org"}
        opt_outs.unsuppress(work, "x@example.org")
        assert opt_outs.suppressed(work, ["x@example.org"]) == set()


def test_hard_bounce_stops_an_address_at_once(db: Database) -> None:
    with db.write() as work:
        assert not opt_outs.suppress(work, "x@example.org", "4.2.2", NOW, hard=False)
        assert opt_outs.suppress(work, "x@example.org", "5.1.1", NOW, hard=True)
        assert opt_outs.suppress(work, "x@example.org", "4.2.2", LATER, hard=False)


def test_export_has_all_that_is_kept_and_no_salt(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA, BERT), NOW)
    with db.write() as work:
        opt_outs.suppress(work, "anna@example.org", "5.1.1", NOW, hard=True)
        kept = kept_about(work, "m1")
    assert set(kept) == {"member", "member_standing", "member_address", "member_unit", "suppression"}
    assert "salt" not in kept["member"][0]
    assert "Bert" not in str(kept)


def tree(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "units.csv"
    path.write_text("\n".join(["unit_id,name,parent_id,tags", *rows]) + "\n", encoding="utf-8")
    return path


def test_units_file_is_the_whole_tree(db: Database, tmp_path: Path) -> None:
    import_members(db, written(tmp_path, ANNA), NOW)
    first = tree(tmp_path, "alsc,Library Service to Children,div,children;youth", "old,Old,,")
    assert import_units(db, first, NOW) == ImportReport(read=2, added=2)
    second = tree(tmp_path, "alsc,Service to Children,div,youth", "new,,alsc,")
    assert import_units(db, second, LATER, dry_run=True) == ImportReport(read=2, added=1, changed=1, ended=1)
    assert import_units(db, second, LATER) == ImportReport(read=2, added=1, changed=1, ended=1)
    assert import_units(db, second, LATER) == ImportReport(read=2, unchanged=2)
    with db.read() as work:
        assert [(one.unit_id, one.name, one.parent_id, one.tags) for one in units(work).values()] == [
            ("alsc", "Service to Children", "div", ("youth",)),
            ("new", "new", "alsc", ()),
        ]
        assert unlisted_units(work) == ["div", "web"]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        pytest.param(
            ["a,,b,", "b,,c,", "c,,a,"],
            "line 2, column parent_id: 'b' leads back to itself: a -> b -> c -> a",
            id="a loop",
        ),
        pytest.param(["a,,,", "a,,,"], "line 3, column unit_id: 'a' stands on line 2 already", id="an id twice"),
        pytest.param(["a!,,,"], "line 2, column unit_id: 'a!' can't be named", id="an id no audience can name"),
        pytest.param([",A,,"], "line 2, column unit_id: '' is empty", id="no id"),
    ],
)
def test_bad_tree_is_refused_whole(db: Database, tmp_path: Path, rows: list[str], named: str) -> None:
    with pytest.raises(InputError) as error:
        import_units(db, tree(tmp_path, "ok,Fine,,", *rows) if "line 2" not in named else tree(tmp_path, *rows), NOW)
    assert named in str(error.value)
    with db.read() as work:
        assert units(work) == {}


MEASURED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from mailflow.service.roster import import_members
from mailflow.store import migrate
from mailflow.store.engine import connect

db = connect(sys.argv[1])
migrate.upgrade(db)
for path in sys.argv[2:]:
    report = import_members(db, Path(path), datetime.now(UTC))
    print(report.added, report.unchanged, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_sixty_thousand_members_need_no_more_memory_than_six_thousand(tmp_path: Path) -> None:
    """The roster is streamed: the peak of ten times the rows is at most 40 MB higher (measured: 3 MB)."""
    for rows in (6_000, 60_000):
        with (tmp_path / f"{rows}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(HEADER.split(","))
            for n in range(rows):
                units_of = f"unit-{n % 200};unit-{n % 7}"
                out.writerow(
                    [n, f"Member {n}", f"m{n}@example.org", "", "good", "2014-08-31", units_of, "1 Main\nX", "en"]
                )
    url = database_url(tmp_path)
    files = [str(tmp_path / "6000.csv"), str(tmp_path / "60000.csv")]
    run = subprocess.run([sys.executable, "-c", MEASURED, url, *files], capture_output=True, text=True, check=True)
    small, large = ([int(figure) for figure in line.split()] for line in run.stdout.splitlines())
    assert small[:2] == [6_000, 0]
    assert large[:2] == [54_000, 6_000]
    assert large[2] - small[2] < 40
