"""The workbook's sheets about places: sites, hours, routine, cover, rooms, travel, rules."""

from __future__ import annotations

from pipe_sched.core.kinds import KINDS
from pipe_sched.core.plan import (
    CoverRow,
    HoursRow,
    RoomClosedRow,
    RoomRow,
    RoutineRow,
    RuleRow,
    SiteRow,
    TravelRow,
)
from pipe_sched.formats import workbook_words as words
from pipe_sched.formats.workbook_cells import (
    Choice,
    Choices,
    Id,
    Ref,
    Refs,
    Text,
    Whole,
    Words,
    YesNo,
)
from pipe_sched.formats.workbook_columns import Column, Sheet
from pipe_sched.formats.workbook_rows import LimitRow
from pipe_sched.formats.workbook_times import Clocktime, Date, Days

SITE = Column("site", "Site", Ref(to=("sites",)), "The site's id or name.", "kirk-lodge")
START = Column("start", "From", Clocktime(), "Time of day.", "9:15am")
END = Column(
    "end", "To", Clocktime(), "Time of day; at or before the start means the next day.", "5pm"
)
DAYS = Column("days", "Days", Days(), "Mon, Tue or Mon to Fri; blank is every day.", "Mon to Fri")
FIRST = Column("start_date", "First date", Date(), "", "30 November 2026")
LAST = Column("end_date", "Last date", Date(), "", "4 December 2026")

SHEETS = (
    Sheet(
        "Sites",
        "sites",
        SiteRow,
        (
            Column("id", "Id", Id(), "A short id of your own, used on other sheets.", "kirk-lodge"),
            Column("name", "Name", Text(), "", "Kirk Lodge"),
            Column("type", "Type", Choice(words.SITE_TYPES), "Blank is approved premises."),
            Column("women", "Women's premises", YesNo(), "", "no"),
            Column("beds", "Beds", Whole(0, 500), "", "22"),
            Column("place", "Town", Text(), "", "Leicester"),
            Column(
                "grid",
                "Minutes between starts",
                Whole(5, 60),
                "Sessions start every so many minutes: 15 unless you need 5.",
                "15",
            ),
        ),
        ("id",),
        "The premises you plan for, and other places sessions happen.",
    ),
    Sheet(
        "Site settings",
        "limits",
        LimitRow,
        (
            SITE,
            Column(
                "setting", "Setting", Choice(words.SETTINGS), "Only what differs from the usual."
            ),
            Column("value", "Value", Whole(0, 20_000), "A whole number.", "15"),
        ),
        ("site", "setting"),
        "A site's own numbers, where the usual ones do not fit.",
    ),
    Sheet(
        "Hours",
        "hours",
        HoursRow,
        (
            SITE,
            START,
            END,
            DAYS,
            Column(
                "kinds",
                "Kinds of session",
                Choices(KINDS),
                "Blank: every kind that has no hours of its own.",
                "Reflective practice, Training",
            ),
        ),
        ("site", "kinds", "days", "start"),
        "When a site holds sessions.",
    ),
    Sheet(
        "Daily routine",
        "routine",
        RoutineRow,
        (
            SITE,
            Column(
                "name",
                "What",
                Text(),
                "medication, meal, room_check, handover or a word of your own.",
                "medication",
            ),
            START,
            END,
            DAYS,
            Column(
                "spares", "Does not stop", Choices(KINDS), "Kinds of session that may go on.", ""
            ),
            Column(
                "after",
                "Minutes after",
                Whole(0, 240),
                "So long afterwards residents have no one-to-one.",
                "30",
            ),
        ),
        ("site", "name", "days", "start"),
        "Medication rounds, meals, room checks, handover.",
    ),
    Sheet(
        "Cover",
        "cover",
        CoverRow,
        (
            SITE,
            Column("minimum", "People on the floor", Whole(0, 50), "At least so many.", "2"),
            START,
            END,
            DAYS,
        ),
        ("site", "days", "start"),
        "How many people who count for cover must be on the floor.",
    ),
    Sheet(
        "Rooms",
        "rooms",
        RoomRow,
        (
            Column("id", "Id", Id(), "A short id of your own.", "KL-group"),
            SITE,
            Column("name", "Name", Text(), "", "Group room"),
            Column("seats", "Seats", Whole(1, 500), "For everyone in it, staff too.", "12"),
            Column(
                "features",
                "Features",
                Words(),
                "group, one_to_one, kitchen, outdoors, quiet, step_free, in_sight or your own.",
                "group, step_free",
            ),
            Column("next_to", "Next to", Refs(to=("rooms",)), "Adjoining rooms.", "KL-one-1"),
            Column(
                "turn_round", "Turn-round minutes", Whole(0, 240), "Kept free after a session.", "0"
            ),
        ),
        ("id",),
        "The rooms of each site.",
    ),
    Sheet(
        "Rooms closed",
        "rooms_closed",
        RoomClosedRow,
        (
            Column("room", "Room", Ref(to=("rooms",)), "The room's id or name.", "KL-group"),
            FIRST,
            START,
            LAST,
            END,
        ),
        ("room", "start_date", "start"),
        "When a room cannot be used.",
    ),
    Sheet(
        "Travel",
        "travel",
        TravelRow,
        (
            Column("from_site", "Between", Ref(to=("sites",)), "A site.", "kirk-lodge"),
            Column("to_site", "And", Ref(to=("sites",)), "Another site.", "crowley-house"),
            Column("minutes", "Minutes", Whole(0, 600), "The same both ways.", "60"),
        ),
        ("from_site", "to_site"),
        "How long it takes from site to site.",
    ),
    Sheet(
        "Rules",
        "rules",
        RuleRow,
        (
            SITE,
            Column("rule", "Rule", Id(), "The rule's name as in docs/rules.md.", "same_worker"),
            Column("level", "Level", Choice(words.LEVELS), "Blank is the usual level."),
            Column("tier", "Tier", Choice(words.TIERS), "Blank is the usual tier."),
            Column("price", "Price", Whole(0, 100_000), "Blank is the usual price."),
        ),
        ("site", "rule"),
        "A site's own level, tier or price for a rule.",
    ),
)
