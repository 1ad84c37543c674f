"""Sending a finished mailing once more to those whom it did not reach, and to nobody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.mailing import Mailing, mailing_of
from services.delivery.progress import progress_anew
from services.delivery.recall import found
from services.delivery.territory import require_mailing
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import delivery as rows
from storage import recall as messages
from storage.delivery import DeliveryStatus, MailingStatus

_FAILED = (DeliveryStatus.REFUSED, DeliveryStatus.GIVEN_UP)
_UNCERTAIN = (DeliveryStatus.UNCERTAIN,)
_AWAY = (DeliveryStatus.BLOCKED, DeliveryStatus.GONE)


@dataclass(frozen=True, slots=True)
class Unreached:
    """People who can be reached now and whom a mailing did not reach, by why."""

    failed: int
    # It may have arrived: they might get it twice.
    uncertain: int
    # Had blocked the bot, and have come back.
    returned: int

    @property
    def certain(self) -> int:
        """How many have certainly not got it."""
        return self.failed + self.returned


def unreached(connection: Connection, mailing_id: int) -> Unreached:
    """Return whom a mailing could be sent again to (a query)."""
    return Unreached(
        *(
            messages.count_reachable(connection, mailing_id, statuses)
            for statuses in (_FAILED, _UNCERTAIN, _AWAY)
        )
    )


def resend(
    connection: Connection,
    person_id: int,
    mailing_id: int,
    version: int,
    now: datetime,
    *,
    uncertain: bool,
) -> Mailing:
    """Send the finished mailing to those whom it did not reach; return it as it is afterwards.

    With `uncertain` also to those who may have got it. The natural key is (mailing, version): a
    repeated or late press changes nothing. Raises Refusal for anybody but operators and
    administrators, where there is no such mailing, and where there is nobody to send it to.

    Key: (mailing, version).
    """
    reached = authorise(connection, person_id, Deed.RESEND_MAILING)
    row = rows.find_mailing(connection, mailing_id)
    if row is None:
        raise Refusal(N_("There is no such mailing."))
    require_mailing(reached, row, person_id)
    began = rows.change_mailing(
        connection,
        mailing_id,
        {
            "status": MailingStatus.RUNNING.value,
            "finished_at": None,
            "version": version + 1,
            # Refusals are what it begins with: they must not stop it.
            "trusted": True,
        }
        | progress_anew(row),
        status=MailingStatus.FINISHED.value,
        version=version,
    )
    if not began:
        return found(connection, mailing_id)
    statuses = _FAILED + (_UNCERTAIN if uncertain else ())
    failed = messages.try_again(connection, mailing_id, statuses)
    returned = messages.try_again(connection, mailing_id, _AWAY)
    if not failed + returned or _over(mailing_of(row), now):
        raise Refusal(N_("There is nobody to send this mailing to again."))
    rows.count_results(connection, mailing_id, blocked=-returned, failed=-failed)
    record(
        connection,
        who=person_id,
        what=Deed.RESEND_MAILING,
        on=f"mailing:{mailing_id}",
        now=now,
        key=f"v{version + 1}",
        uncertain=uncertain,
    )
    return found(connection, mailing_id)


def _over(mailing: Mailing, now: datetime) -> bool:
    """Tell whether what the mailing asks takes no answers any more."""
    closes_at = mailing.payload.get("closes_at") if mailing.kind == "poll" else None
    return closes_at is not None and datetime.fromisoformat(closes_at) <= now
