"""The two premises of the demo: who is who, by number.

Everything else in this package is written once for a `House` and called twice,
so that both premises have the same shape and differ where the story says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipe_sched.core.week import Gender

PSYCHOLOGIST = "PSY1"
MANAGER, REGIME_LEAD, ASSISTANT = 1, 2, 3
KEY_WORKERS = (4, 5, 6, 7)
RESIDENTIAL = tuple(range(8, 19))
NIGHT_KEY_WORKER = 7
"""At Kirk Lodge this key worker is on nights all week."""
SICK = 15
"""At Crowley House this residential worker is away for a long time."""


@dataclass(frozen=True, slots=True)
class House:
    """One premises: `code` begins the ids of its staff, rooms and programmes.

    `workers` are the names of staff 1 to 18, `residents` of residents 0 upwards.
    `site_days`: weekdays (1 Monday) of the shared psychologist; both may have Wednesday.
    """

    code: str
    site: str
    name: str
    place: str
    gender: Gender
    beds: int
    workers: tuple[str, ...]
    residents: tuple[str, ...]
    visitors: tuple[str, ...]
    first_crn: int
    practitioner_days: tuple[int, int]
    outside_day: int
    men: tuple[int, ...] = ()
    women: tuple[int, ...] = ()

    @property
    def is_kirk(self) -> bool:
        """Whether this is the first of the two, which has its own part of the story."""
        return self.code == "KL"

    def worker(self, number: int) -> str:
        """The id of staff member 1 to 18."""
        return f"{self.code}{number:02d}"

    def resident(self, number: int) -> str:
        """The CRN of a resident, 0 upwards; of the real shape, never a real number."""
        return f"X{self.first_crn + number * 37:06d}"

    def room(self, name: str) -> str:
        """The id of a room."""
        return f"{self.code}-{name}"

    def programme(self, name: str) -> str:
        """The id of a programme."""
        return f"{self.code}-{name}"

    def visitor(self, number: int) -> str:
        """The id of someone from outside: 0 and 1 probation practitioners, 2 the facilitator."""
        return f"{self.code}-V{number + 1}"

    def key_worker(self, resident: int) -> int:
        """The number of a resident's key worker: five residents each."""
        return KEY_WORKERS[resident % len(KEY_WORKERS)]

    def back_up(self, resident: int) -> int:
        """The number of the back-up, so that one worker's five fall to the three others."""
        turn = resident // len(KEY_WORKERS) % 3 + 1
        return KEY_WORKERS[(resident + turn) % len(KEY_WORKERS)]

    def gender_of(self, number: int) -> Gender:
        """The gender of a staff member."""
        if number in self.men:
            return "man"
        return "woman" if number in self.women or self.gender == "woman" else "man"


KIRK = House(
    code="KL",
    site="kirk-lodge",
    name="Kirk Lodge",
    place="Leicester",
    gender="man",
    beds=22,
    workers=tuple(
        "Amber Azure Bronze Cerise Cobalt Copper Coral Crimson Cyan Emerald Fawn Gold "
        "Ivory Jade Khaki Lemon Lime Magenta".split()
    ),
    residents=tuple(
        "Alder Aspen Birch Bracken Cedar Clover Elm Gorse Hawthorn Hornbeam Juniper Larch "
        "Linden Maple Moss Oak Pine Poplar Reed Sorrel Spruce".split()
    ),
    visitors=tuple("Wren Heron Plover".split()),
    first_crn=900_101,
    practitioner_days=(2, 4),
    outside_day=4,
    women=(2, 5, 9, 10, 14, 17),
)
CROWLEY = House(
    code="CH",
    site="crowley-house",
    name="Crowley House",
    place="Birmingham",
    gender="woman",
    beds=22,
    workers=tuple(
        "Maroon Mauve Mint Navy Ochre Orange Peach Pearl Pink Plum Purple Scarlet "
        "Sepia Slate Teal Turquoise Umber Yellow".split()
    ),
    residents=tuple(
        "Aster Bluebell Borage Camellia Campion Chervil Comfrey Cowslip Crocus Foxglove "
        "Freesia Gentian Lavender Lilac Lupin Marigold Orchid Peony Primrose Tansy Thistle".split()
    ),
    visitors=tuple("Avocet Dunlin Lapwing".split()),
    first_crn=910_203,
    practitioner_days=(2, 5),
    outside_day=1,
    men=(12, 16),
)
HOUSES = (KIRK, CROWLEY)
