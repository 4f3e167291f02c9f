"""Files of a draft."""

from datetime import datetime
from typing import BinaryIO

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.db import db
from rfp.documents.services import take_in
from rfp.errors import NotFoundError
from rfp.responses.models import Response, ResponseFile
from rfp.responses.services.locking import lock, refuse_after_deadline
from rfp.responses.slots import find_slot


def add_file(
    *, response: Response, slot_address: str, filename: str, stream: BinaryIO, actor: User, now: datetime
) -> ResponseFile:
    """Put a file in its slot, in place of the one there; flushes. The bytes are on the disk before the row.

    The bytes of the file replaced stay: a submission may refer to them. Raises NotFoundError (no such
    slot), TooLateError, and what ``documents.services.take_in`` raises.
    """
    response = lock(response)
    slot = find_slot(response.brief, slot_address)
    if slot is None:
        raise NotFoundError
    refuse_after_deadline(response, now)
    taken = take_in(filename=filename, stream=stream, formats=slot.formats, max_mb=slot.max_mb, now=now)
    _clear(response, slot.key)
    file = ResponseFile(
        response_id=response.id,
        slot=slot.key,
        name=taken.name,
        stored=taken.stored,
        uploaded_at=now,
        uploaded_by_name=actor.name,
    )
    db.session.add(file)
    response.changed_at = now
    db.session.flush()
    db.session.expire(response, ["files"])
    data = {"slot": slot.key, "sha256": taken.stored.sha256, "size": taken.stored.size}
    record(
        kind="response.file_added",
        actor=actor,
        now=now,
        subject=response.public_id,
        object=file.public_id,
        data=data,
    )
    return file


def _clear(response: Response, slot: str) -> None:
    """Free the slot. Flushed before the next file comes in: a slot holds one."""
    for file in response.files:
        if file.slot == slot:
            db.session.delete(file)
    db.session.flush()


def remove_file(*, response: Response, file_id: str, actor: User, now: datetime) -> None:
    """Take a file out of the draft; flushes. Raises NotFoundError and TooLateError."""
    response = lock(response)
    file = next((f for f in response.files if f.public_id == file_id), None)
    if file is None:
        raise NotFoundError
    refuse_after_deadline(response, now)
    data = {"slot": file.slot, "sha256": file.sha256}
    db.session.delete(file)
    response.changed_at = now
    db.session.flush()
    db.session.expire(response, ["files"])
    record(
        kind="response.file_removed",
        actor=actor,
        now=now,
        subject=response.public_id,
        object=file_id,
        data=data,
    )
