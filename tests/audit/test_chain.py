"""Whatever is done to the record behind the application's back is found, by it and by a verifier of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from rfp.audit import queries
from rfp.audit.chain import Link, digest
from rfp.audit.models import AuditEvent, AuditHead
from rfp.audit.services import record
from rfp.db import db
from tools import verify_record

START = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
EVENTS = 6


class Somebody:
    public_id = "abc"
    name = "Zoé d’Exemple"


@pytest.fixture
def chain(context: Flask) -> Flask:
    """An application whose record has a few events, of all sorts."""
    for number in range(EVENTS):
        data = {
            "marks": number,
            "title": "Stratégie 日本 “x”",
            "list": [1, None, True],
            "nested": {"b": "2.50", "a": {}},
        }
        actor = Somebody() if number % 2 else None
        now = START + timedelta(microseconds=number) if number else START.replace(microsecond=0)
        record(kind="brief.saved", actor=actor, now=now, subject="brief", object=str(number), data=data)
    db.session.commit()
    return context


def rehash(sequence: int, **changes: object) -> None:
    """Change an event and give it the hash that goes with the change, as somebody who knows the rule would."""
    event = db.session.get_one(AuditEvent, sequence)
    names = [name for name in Link.__dataclass_fields__ if name not in ("at", "hash")]
    link = Link(at=event.at.isoformat(timespec="microseconds"), **{n: getattr(event, n) for n in names} | changes)
    values = {**changes, "hash": digest(link)}
    db.session.query(AuditEvent).filter_by(sequence=sequence).update(values)


def run(*statements: str) -> Callable[[], None]:
    """What somebody types who has the database open."""

    def tamper() -> None:
        for statement in statements:
            db.session.execute(text(statement))

    return tamper


def rewrite_all() -> None:
    """Change an event and compute every hash after it anew, and the head: the chain is whole again."""
    rehash(2, actor_name="Somebody else")
    for sequence in range(3, EVENTS + 1):
        before = db.session.get_one(AuditEvent, sequence - 1, populate_existing=True)
        rehash(sequence, previous=before.hash)
    last = db.session.get_one(AuditEvent, EVENTS, populate_existing=True)
    db.session.execute(text("update audit_head set hash = :hash"), {"hash": last.hash})


def cut_off_with_head() -> None:
    """Delete the last event and put the head back: a whole chain, only shorter."""
    before = db.session.get_one(AuditEvent, EVENTS - 1)
    db.session.query(AuditEvent).filter_by(sequence=EVENTS).delete()
    db.session.query(AuditHead).update({"sequence": EVENTS - 1, "hash": before.hash})


TAMPERING = {
    "an actor renamed": run("update audit_events set actor_name = 'Nobody' where sequence = 2"),
    "a kind edited": run("update audit_events set kind = 'brief.read' where sequence = 1"),
    "an instant moved by a microsecond": run(
        "update audit_events set at = '2027-03-01 09:00:00.000009+00:00' where sequence = 3"
    ),
    "data edited": run("update audit_events set data = '{}' where sequence = 4"),
    "moved to another consultation": run("update audit_events set subject = 'other' where sequence = 5"),
    "one hash rewritten": run("update audit_events set hash = replace(hash, 'a', 'b') where sequence = 3"),
    "an event edited and its own hash computed anew": lambda: rehash(3, actor_name="Nobody"),
    "the last event edited and its own hash computed anew": lambda: rehash(EVENTS, actor_name="Nobody"),
    "the first deleted": run("delete from audit_events where sequence = 1"),
    "one in the middle deleted": run("delete from audit_events where sequence = 3"),
    "one deleted and the rest moved up": run(
        "delete from audit_events where sequence = 3",
        "update audit_events set sequence = 3 where sequence = 4",
        "update audit_events set sequence = 4 where sequence = 5",
        "update audit_events set sequence = 5 where sequence = 6",
        "update audit_head set sequence = 5",
    ),
    "two swapped": run(
        "update audit_events set sequence = 99 where sequence = 2",
        "update audit_events set sequence = 2 where sequence = 3",
        "update audit_events set sequence = 3 where sequence = 99",
    ),
    "the end cut off": run("delete from audit_events where sequence > 4"),
    "everything deleted": run("delete from audit_events"),
    "the head deleted": run("delete from audit_head"),
    "an event added": run(
        "insert into audit_events (sequence, at, kind, actor_id, actor_name, subject, object, data, previous, hash)"
        " select 7, at, kind, actor_id, actor_name, subject, object, data, hash, 'x' from audit_events where sequence = 6"
    ),
}
ONLY_AN_ANCHOR_TELLS = {"computed anew from end to end": rewrite_all, "cut off, head and all": cut_off_with_head}


def export(folder: Path) -> Path:
    """The record as ``flask audit export`` writes it."""
    path = folder / "record.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in queries.exported()), "utf-8")
    return path


def sources(app: Flask, folder: Path) -> list[str]:
    """What the verifier of its own can read here: an export, and the database itself where it is a file."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    return [str(export(folder)), *([url.removeprefix("sqlite:///")] if url.startswith("sqlite") else [])]


def test_an_untouched_record_holds(chain: Flask, tmp_path: Path) -> None:
    sequence, last = queries.head()
    anchor = f"{sequence}:{last}"

    found = {source: verify_record.main([source, "--anchor", anchor]) for source in sources(chain, tmp_path)}

    assert queries.faults((sequence, last)) == []
    assert set(found.values()) == {0}


def test_a_record_of_nothing_holds(context: Flask, tmp_path: Path) -> None:
    found = {source: verify_record.main([source]) for source in sources(context, tmp_path)}

    assert queries.faults() == []
    assert set(found.values()) == {0}


@pytest.mark.parametrize("tamper", TAMPERING.values(), ids=TAMPERING.keys())
def test_tampering_is_found(chain: Flask, tmp_path: Path, tamper: Callable[[], None]) -> None:
    tamper()
    db.session.commit()

    found = {source: verify_record.main([source]) for source in sources(chain, tmp_path)}

    assert queries.faults() != []
    assert set(found.values()) == {1}


@pytest.mark.parametrize("tamper", ONLY_AN_ANCHOR_TELLS.values(), ids=ONLY_AN_ANCHOR_TELLS.keys())
def test_a_head_noted_down_elsewhere_finds_what_the_chain_alone_cannot(
    chain: Flask, tmp_path: Path, tamper: Callable[[], None]
) -> None:
    sequence, last = queries.head()
    tamper()
    db.session.commit()
    db.session.expire_all()

    found = {s: verify_record.main([s, "--anchor", f"{sequence}:{last}"]) for s in sources(chain, tmp_path)}

    assert queries.faults() == []
    assert queries.faults((sequence, last)) != []
    assert set(found.values()) == {1}


def test_a_line_of_an_export_edited_moved_or_dropped_is_found(chain: Flask, tmp_path: Path) -> None:
    path = export(tmp_path)
    lines = path.read_text("utf-8").splitlines()
    edited = [lines[0].replace("brief", "grief"), *lines[1:]]
    moved = [lines[1], lines[0], *lines[2:]]

    found = []
    for changed in (edited, moved, lines[1:], lines[:2] + lines[3:], [*lines[:-2], lines[-1]]):
        path.write_text("\n".join(changed), "utf-8")
        found.append(verify_record.main([str(path)]))

    assert found == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("content", ["", "not json", "[1, 2]", '{"sequence": 1}', '{"head": 3}'])
def test_what_is_no_record_is_refused_without_a_verdict(tmp_path: Path, content: str) -> None:
    path = tmp_path / "file"
    path.write_text(content)

    status = verify_record.main([str(path)])

    assert status == (0 if content == "" else 2)


@pytest.mark.parametrize("line", ["{}", "[]", '{"sequence": "one"}', "17", '{"sequence": 1, "data": [], "hash": null}'])
def test_lines_that_are_no_events_are_faults(tmp_path: Path, line: str) -> None:
    path = tmp_path / "file"
    path.write_text(f'{line}\n{{"head": {{"sequence": 0, "hash": "{"0" * 64}"}}}}\n')

    assert verify_record.main([str(path)]) == 1


def test_the_verifier_imports_nothing_of_the_application(chain: Flask, tmp_path: Path) -> None:
    path = export(tmp_path)
    program = Path(verify_record.__file__)
    script = (
        f"import runpy, sys; sys.argv = ['verify', {str(path)!r}]\n"
        "before = set(sys.modules)\n"
        f"try: runpy.run_path({str(program)!r}, run_name='__main__')\n"
        "except SystemExit as end: status = end.code\n"
        "from_elsewhere = [n for n in set(sys.modules) - before if n.partition('.')[0] not in sys.stdlib_module_names]\n"
        "print(from_elsewhere); sys.exit(status)"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert (done.returncode, done.stderr, done.stdout.splitlines()[-1]) == (0, "", "[]")


def test_the_commands_say_whether_the_record_holds(chain: Flask, tmp_path: Path) -> None:
    runner = chain.test_cli_runner()
    sequence, last = queries.head()
    anchor = f"{sequence}:{last}"

    holds = runner.invoke(args=["audit", "verify", "--anchor", anchor])
    db.session.execute(text("update audit_events set kind = 'x' where sequence = 2"))
    db.session.commit()
    broken = runner.invoke(args=["audit", "verify"])

    assert (holds.exit_code, holds.output.strip().endswith(anchor)) == (0, True)
    assert broken.exit_code == 1
    assert broken.output.splitlines() == ["event 2 (x) was altered", "The record is broken."]


@pytest.mark.parametrize("anchor", ["", "12", "x:" + "0" * 64, "3:abc"])
def test_an_anchor_that_is_none_is_a_usage_error(chain: Flask, anchor: str) -> None:
    done = chain.test_cli_runner().invoke(args=["audit", "verify", "--anchor", anchor])

    assert done.exit_code == 2


def test_the_export_has_a_line_an_event_and_the_head(chain: Flask, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    done = chain.test_cli_runner().invoke(args=["audit", "export", str(path)])

    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert (done.exit_code, len(lines)) == (0, EVENTS + 1)
    assert lines[-1] == {"head": dict(zip(("sequence", "hash"), queries.head(), strict=True))}
    assert verify_record.main([str(path)]) == 0


def test_data_that_json_changes_is_hashed_as_it_will_be_read(context: Flask) -> None:
    record(kind="x", actor=None, now=START, data={"pair": (1, 2), 3: "three"})  # type: ignore[dict-item]
    db.session.commit()
    db.session.expire_all()

    kept = db.session.scalars(select(AuditEvent.data)).one()

    assert kept == {"pair": [1, 2], "3": "three"}
    assert queries.faults() == []


def test_an_event_that_is_rolled_back_leaves_no_gap(chain: Flask) -> None:
    record(kind="x", actor=None, now=START)
    db.session.rollback()

    record(kind="y", actor=None, now=START)
    db.session.commit()

    assert db.session.scalar(select(func.max(AuditEvent.sequence))) == EVENTS + 1
    assert queries.faults() == []
