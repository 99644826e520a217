"""The workbook's sheets about what is held: programme, who leads, enrolments, past deliveries."""

from __future__ import annotations

from pipe_sched.core.kinds import JOBS, KINDS
from pipe_sched.core.plan import DeliveryRow, EnrolmentRow, ProgrammeRow
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
from pipe_sched.formats.workbook_people_sheets import BEGINS, DATE, PEOPLE, SINCE, UNTIL
from pipe_sched.formats.workbook_place_sheets import DAYS, SITE
from pipe_sched.formats.workbook_rows import PartRow
from pipe_sched.formats.workbook_times import Clocktime, Date, Days

PROGRAMME = Column("programme", "Programme", Ref(to=("programmes",)), "Its id.", "KL-KEY")
PEOPLE_IN_A_GROUP = Whole(0, 1000)

_WHAT = (
    Column("id", "Id", Id(), "A short id of your own.", "KL-STRUCT"),
    SITE,
    Column("kind", "Kind of session", Choice(KINDS), ""),
    Column("minutes", "Minutes", Whole(5, 720), "", "75"),
    Column("title", "Called", Text(), "What people call it. Never a person's name.", "Cooking"),
)
_HOW_OFTEN = (
    Column("often", "How often", Choice(words.OFTEN), "Blank is so many times a week."),
    Column("times", "Times a week", Whole(1, 50), "Blank is 1.", "3"),
    Column("every", "Every", Whole(1, 400), "Weeks, or days after the last.", "2"),
    Column("length", "Steps in the series", Whole(0, 200), "", "8"),
    Column("gap", "Minutes between steps", Whole(0, 100_000), "A day is 1440.", "7200"),
    Column("from_day", "From day of the stay", Whole(0, 1000), "Day 1 is arrival.", "1"),
    Column("to_day", "To day of the stay", Whole(0, 1000), "", "2"),
    Column("early", "Days early", Whole(0, 200), "So many days before it is due.", "0"),
    Column("late", "Days late", Whole(0, 200), "So many days after it is due.", "6"),
    Column("anchor", "A date it was on", Date(), "Sets the rhythm of weeks or months.", ""),
)
_FOR_WHOM = (
    Column("whom", "For whom", Choice(words.WHOM), "Blank is a group."),
    Column("mode", "People are", Choice(words.MODES), "Blank is offered a place."),
    Column("owed", "Owed a week", Whole(0, 20), "Sessions each person is owed.", "1"),
    Column("enrolled", "Enrolled people only", YesNo(), "See the sheet Enrolments."),
    Column("attend_jobs", "Staff who attend", Choices(JOBS), "For staff sessions.", ""),
    Column("also_required", "Also needed", Refs(to=PEOPLE), "People it needs besides.", ""),
    Column("smallest", "Smallest group", PEOPLE_IN_A_GROUP, "", "4"),
    Column("largest", "Largest group", Whole(1, 1000), "", "8"),
    Column("quorum", "Quorum", PEOPLE_IN_A_GROUP, "Not held with fewer expected people.", "10"),
)
_WHERE_AND_WHEN = (
    Column("features", "Room features", Words(), "As on the sheet Rooms.", "group"),
    Column("needs_room", "Needs a room", YesNo(), "Blank is yes."),
    DAYS,
    Column("not_before", "Not before", Clocktime(), "", "10am"),
    Column("not_after", "Ends by", Clocktime(), "", "5pm"),
    Column("liked_days", "Liked days", Days(), "Blank is every day.", "Wed"),
    Column("liked_start", "Liked from", Clocktime(), "", "11am"),
    Column("liked_end", "Liked until", Clocktime(), "", "midday"),
    Column("place", "Where", Choice(words.PLACES), "Blank is at the premises."),
    Column("away_kind", "Open to other premises", YesNo(), "Residents of other premises may come."),
    Column("accompanied", "Accompanied", YesNo(), "Residents are accompanied there."),
    Column("on_bank_holidays", "Runs on bank holidays", YesNo(), "Blank is yes."),
)
_HOW = (
    Column("priority", "Priority", Whole(0, 100_000), "100 is usual; more is more pressing."),
    Column("overdue_priority", "Priority when overdue", Whole(0, 100_000), "0 is twice as much."),
    Column("statutory", "Required by law", YesNo(), "Blank is no."),
    Column("one_to_one", "One to one", YesNo(), "With one resident alone."),
    Column("on_floor", "Stays on the floor", YesNo(), "Its leader still counts on the floor."),
    Column(
        "confidential",
        "Confidential",
        YesNo(),
        "yes: only those in it and the premises' leads read what it is.",
    ),
    Column("support", "Staff support", YesNo(), "Paid attendance is allowed."),
    Column("no_line_manager", "Without line managers", YesNo(), "Blank is no."),
)

SHEETS = (
    Sheet(
        "Programme",
        "programmes",
        ProgrammeRow,
        (*_WHAT, *_HOW_OFTEN, *_FOR_WHOM, *_WHERE_AND_WHEN, *_HOW, SINCE, UNTIL),
        ("id", "since"),
        "What each site holds, how often, for whom. For new settings add a line with a From date.",
    ),
    Sheet(
        "Who leads",
        "parts",
        PartRow,
        (
            PROGRAMME,
            Column("since", "Settings from", Date(), "The From date of the programme's line.", ""),
            Column("role", "Role", Text(), "A plain word.", "facilitator"),
            Column("count", "How many", Whole(1, 50), "Blank is 1.", "2"),
            Column(
                "jobs", "Jobs", Choices(words.LED_BY), "Any of these.", "Key worker, Regime lead"
            ),
            Column(
                "training",
                "Trained in",
                Text(),
                "Only those trained in this. Blank: nobody needs to be.",
                "groupwork",
            ),
            Column(
                "people", "Named people", Refs(to=("staff", "outside")), "For Named people.", ""
            ),
        ),
        ("programme", "since", "role"),
        "Who leads each programme: one line for each role.",
    ),
    Sheet(
        "Enrolments",
        "enrolments",
        EnrolmentRow,
        (
            PROGRAMME,
            Column("person", "Person", Ref(to=PEOPLE), "The id, CRN or name.", "X123456"),
            BEGINS,
            UNTIL,
            Column("paused_from", "Paused from", Date(), "First day of a pause.", ""),
            Column("paused_until", "Paused until", Date(), "Last day; blank is open.", ""),
        ),
        ("programme", "person", "since"),
        "Who belongs to the programmes that have members.",
    ),
    Sheet(
        "Past deliveries",
        "deliveries",
        DeliveryRow,
        (
            PROGRAMME,
            DATE,
            Column("start", "Start", Clocktime(), "", "10:45am"),
            Column("minutes", "Minutes", Whole(1, 1440), "", "45"),
            Column("outcome", "Outcome", Choice(words.OUTCOMES), ""),
            Column("person", "Person", Ref(to=PEOPLE), "Blank is the whole group.", "X123456"),
            Column("led_by", "Led by", Ref(to=("staff", "outside")), "", "KL04"),
            Column("step", "Step", Whole(0, 200), "In a series.", "0"),
            Column("room", "Room", Ref(to=("rooms",)), "", "KL-one-1"),
        ),
        ("programme", "date", "start", "person"),
        "What was held before, for at least the last 12 weeks. One line for each person.",
    ),
)
