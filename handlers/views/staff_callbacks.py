"""What the buttons about the staff carry. `asked` names a round of choosing; "" is everywhere."""

from aiogram.filters.callback_data import CallbackData

from services.people.model import Role


class StaffListed(CallbackData, prefix="stf"):
    """The staff by name, from behind this person on."""

    after: int = 0


class MemberShown(CallbackData, prefix="stm"):
    """One of the staff."""

    person: int


class EndAsked(CallbackData, prefix="ste"):
    """Ask whether to end this of what somebody holds, "" for all of it."""

    person: int
    which: str = ""


class EndConfirmed(CallbackData, prefix="stey"):
    """End it."""

    person: int
    which: str = ""


class ResetAsked(CallbackData, prefix="str"):
    """Ask whether somebody is to choose a new PIN."""

    person: int


class ResetConfirmed(CallbackData, prefix="stry"):
    """Forget their PIN."""

    person: int


class InviteBegun(CallbackData, prefix="sti"):
    """Choose to which role."""


class RoleChosen(CallbackData, prefix="stir"):
    """Choose for which place, or which official."""

    asked: str
    role: Role


class RegionChosen(CallbackData, prefix="stig"):
    """Choose which district of a region, a page of them."""

    asked: str
    role: Role
    region: str
    page: int = 0


class AreaChosen(CallbackData, prefix="stia"):
    """Choose for which section."""

    asked: str
    role: Role
    area: str = ""


class OfficialsShown(CallbackData, prefix="stio"):
    """Choose which official, a page of them."""

    asked: str
    page: int = 0


class LinkWanted(CallbackData, prefix="stim"):
    """Make the link."""

    asked: str
    role: Role
    area: str = ""
    section: str = ""
    official: str = ""


class InvitationsListed(CallbackData, prefix="stl"):
    """Invitations, the newest first, older than this one."""

    after: str = ""


class InvitationShown(CallbackData, prefix="stls"):
    """One invitation."""

    code: str


class InvitationRevoked(CallbackData, prefix="stlr"):
    """Let its link lead nowhere."""

    code: str
