"""The workbook's sheets about people: staff and their time, residents and what binds them."""

from __future__ import annotations

from pipe_sched.core.kinds import JOBS
from pipe_sched.core.plan import (
    AbsenceRow,
    AllocationRow,
    ApartRow,
    BarredRow,
    CommitmentRow,
    CurfewRow,
    FreeRow,
    OutsideRow,
    PaidRow,
    ResidentRow,
    SafeRow,
    ShiftRow,
    StaffRow,
    StayRow,
)
from pipe_sched.formats import workbook_words as words
from pipe_sched.formats.workbook_cells import Choice, Id, Ref, Refs, Text, Whole, Words, YesNo
from pipe_sched.formats.workbook_columns import Column, Sheet
from pipe_sched.formats.workbook_place_sheets import DAYS, END, FIRST, LAST, SITE, START
from pipe_sched.formats.workbook_times import Clocktime, Date

PEOPLE = ("staff", "outside", "residents")
STAFF = Column("staff", "Staff", Ref(to=("staff",)), "The worker's id or name.", "KL04")
RESIDENT = Column(
    "resident", "Resident", Ref(to=("residents",)), "The resident's CRN or name.", "X123456"
)
DATE = Column("date", "Date", Date(), "", "30 November 2026")
SINCE = Column("since", "From date", Date(), "First day; blank is always.", "1 November 2026")
UNTIL = Column("until", "Until date", Date(), "Last day; blank is open.", "31 March 2027")
BEGINS = Column("since", "From date", Date(), "First day.", "1 November 2026")
GENDER = Column("gender", "Gender", Choice(words.GENDERS), "woman or man; blank if not held.")

SHEETS = (
    Sheet(
        "Staff",
        "staff",
        StaffRow,
        (
            Column("id", "Id", Id(), "A short id of your own, used on other sheets.", "KL04"),
            Column("name", "Name", Text(), "", "Worker Teal"),
            Column("job", "Job", Choice(JOBS), ""),
            Column("sites", "Sites", Refs(to=("sites",)), "Home site first.", "kirk-lodge"),
            Column("employer", "Employer", Text(), "Probation, NHS or other.", "NHS"),
            Column("training", "Trained in", Words(), "Plain words, with commas.", "groupwork"),
            Column("manager", "Line manager", Ref(to=("staff",)), "The direct one.", "KL01"),
            GENDER,
            Column(
                "counts",
                "Counts for cover",
                YesNo(),
                "yes for those who count on the floor: no trainees, visitors, psychologists.",
                "yes",
            ),
            Column("visiting", "Visiting", YesNo(), "yes for those who come on some days only."),
            Column(
                "womens_one_to_ones",
                "Offered for women's one-to-ones",
                YesNo(),
                "As the manager has set it; blank is yes.",
            ),
            Column(
                "several_sites_a_day", "May work at several sites a day", YesNo(), "Blank is no."
            ),
            SINCE,
            UNTIL,
        ),
        ("id",),
        "Everyone who works at your sites.",
    ),
    Sheet(
        "Outside people",
        "outside",
        OutsideRow,
        (
            Column("id", "Id", Id(), "A short id of your own.", "V1"),
            Column("name", "Name", Text(), "", "Visitor Wren"),
            Column("job", "Job", Choice(JOBS), ""),
            GENDER,
        ),
        ("id",),
        "Probation practitioners, visiting psychologists and others without an account.",
    ),
    Sheet(
        "Shifts",
        "shifts",
        ShiftRow,
        (
            STAFF,
            DATE,
            START,
            END,
            Column("sites", "Sites", Refs(to=("sites",)), "Where they may be.", "kirk-lodge"),
            Column("type", "Type", Choice(words.SHIFT_TYPES), "On call never counts for cover."),
        ),
        ("staff", "date", "start"),
        "Who works when. A night is one line on the date it starts.",
    ),
    Sheet(
        "Absences",
        "absences",
        AbsenceRow,
        (STAFF, FIRST, START, LAST, END),
        ("staff", "start_date", "start"),
        "When a worker is away. Do not write why.",
    ),
    Sheet(
        "Paid attendance",
        "paid",
        PaidRow,
        (STAFF, DATE, START, END),
        ("staff", "date", "start"),
        "When a worker off shift agreed to come in for support, paid.",
    ),
    Sheet(
        "Free times",
        "free",
        FreeRow,
        (
            Column(
                "person",
                "Person",
                Ref(to=("outside", "staff")),
                "The id or name of someone from outside.",
                "V1",
            ),
            DATE,
            START,
            END,
            Column("sites", "Sites", Refs(to=("sites",)), "Blank is any site.", "kirk-lodge"),
        ),
        ("person", "date", "start"),
        "When people from outside said they are free.",
    ),
    Sheet(
        "Residents",
        "residents",
        ResidentRow,
        (
            Column("id", "CRN", Id(), "", "X123456"),
            Column("name", "Name", Text(), "", "Resident Amber"),
            GENDER,
            Column("step_free", "Needs step-free rooms", YesNo(), "Blank is no."),
            Column(
                "restricted",
                "Restricted",
                YesNo(),
                "yes when only those named beside it may see who this is.",
            ),
            Column(
                "seen_by",
                "Only these may see who this is",
                Refs(to=("staff", "outside")),
                "For restricted residents: ids or names.",
                "KL01, KL02, KL04",
            ),
            Column(
                "hidden_from",
                "Hidden from",
                Refs(to=("staff",)),
                "Staff who may not see who this is.",
                "KL10, KL16",
            ),
        ),
        ("id",),
        "Residents. Write nothing else about them.",
    ),
    Sheet(
        "Stays",
        "stays",
        StayRow,
        (
            RESIDENT,
            SITE,
            Column("arrives", "Arrives", Date(), "", "4 December 2026"),
            Column("arrives_at", "Arrives at", Clocktime(), "Blank if not known.", "4pm"),
            Column("leaves", "Leaves", Date(), "Blank is open.", "4 June 2027"),
            Column("leaves_at", "Leaves at", Clocktime(), "Blank if not known.", "11am"),
            Column("status", "Status", Choice(words.STATUSES), "Never why a stay ended."),
            Column("place", "Where", Choice(words.PLACES), "Blank is at the premises."),
            Column("pipe", "Takes part in the programme", YesNo(), "Blank is yes."),
        ),
        ("resident", "arrives"),
        "Who stays where, from when to when.",
    ),
    Sheet(
        "Key workers",
        "allocations",
        AllocationRow,
        (
            RESIDENT,
            Column("key_worker", "Key worker", Ref(to=("staff",)), "", "KL04"),
            BEGINS,
            Column("back_up", "Back-up key worker", Ref(to=("staff",)), "", "KL05"),
            Column("third", "Third person", Ref(to=("staff",)), "Only if you name one.", ""),
        ),
        ("resident", "since"),
        "Each resident's key worker and back-up, until the next line's date.",
    ),
    Sheet(
        "Commitments",
        "commitments",
        CommitmentRow,
        (
            Column("id", "Id", Id(), "A short id of your own.", "KL-COLLEGE-03"),
            Column("person", "Person", Ref(to=PEOPLE), "The id, CRN or name.", "X123456"),
            Column("name", "What", Text(), "A neutral word, never a reason.", "Appointment"),
            START,
            END,
            BEGINS,
            Column("until", "Until date", Date(), "Blank with no days: that one date.", ""),
            DAYS,
            Column("site", "Site", Ref(to=("sites",)), "Where, when at a site of yours.", ""),
            Column("away", "Elsewhere", YesNo(), "yes adds the travel minutes either side."),
            Column("travel", "Travel minutes", Whole(0, 600), "Blank is 30.", "30"),
            Column("purposeful", "Purposeful", YesNo(), "Counts as purposeful time."),
        ),
        ("id",),
        "Appointments, sign-ins and other times when someone is taken.",
    ),
    Sheet(
        "Curfews",
        "curfews",
        CurfewRow,
        (RESIDENT, START, END, DAYS, SINCE, UNTIL),
        ("resident", "days", "start", "since"),
        "Curfews beyond the usual 11pm to 6am.",
    ),
    Sheet(
        "Kept apart",
        "kept_apart",
        ApartRow,
        (
            Column("a", "Person", Ref(to=PEOPLE), "The id, CRN or name.", "X123456"),
            Column("b", "Kept apart from", Ref(to=PEOPLE), "The id, CRN or name.", "X654321"),
            Column("level", "How far", Choice(words.APART), "Blank is not in one session."),
            Column("gap", "Minutes between", Whole(0, 240), "Blank is 15.", "15"),
            SINCE,
            UNTIL,
        ),
        ("a", "b", "since"),
        "People who must never be in one session. Do not write why.",
    ),
    Sheet(
        "Safe to see",
        "safe_to_see",
        SafeRow,
        (
            RESIDENT,
            Column("only", "Only these workers", Refs(to=("staff", "outside")), "Blank is any."),
            Column("never", "Never these workers", Refs(to=("staff", "outside")), ""),
            Column("two_staff", "Two staff", YesNo(), "Blank is no."),
            Column("start", "Only from", Clocktime(), "", "10am"),
            Column("end", "Only until", Clocktime(), "", "4pm"),
            Column("in_sight", "In sight", YesNo(), "Not out of others' sight; blank is no."),
            Column("gender", "Seen by", Choice(words.SEEN_BY), "Blank is not asked yet."),
        ),
        ("resident",),
        "How a resident may be seen one to one. Do not write why.",
    ),
    Sheet(
        "Places not allowed",
        "barred",
        BarredRow,
        (
            RESIDENT,
            Column("site", "Site", Ref(to=("sites",)), "A whole site, or", ""),
            Column("room", "Room", Ref(to=("rooms",)), "one room.", "KL-kitchen"),
            Column("accompanied", "Open when accompanied", YesNo(), "Blank is no."),
        ),
        ("resident", "site", "room"),
        "Where a resident is never planned to be.",
    ),
)
