"""Posts `Breaks` and `Pause`: long runs of sessions, and a break inside a stretch.

Sessions nearer than the pause belong to one run, so they share one frame of
the allowed length. Pairs whose starts can never be that near need no link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ortools.sat.python import cp_model

from pipe_sched.core.spans import Span, merged
from pipe_sched.rules.claims import Breaks, Choice, Pause
from pipe_sched.solve.board import Board, Lit, neg
from pipe_sched.solve.sums import Expr


def _made(board: Board, choices: Iterable[Choice]) -> dict[str, tuple[Lit, int]]:
    """By demand: a literal that one of its choices is made, and the starts it allows."""
    lits: dict[str, list[Lit]] = defaultdict(list)
    masks: dict[str, int] = defaultdict(int)
    for choice in choices:
        lit = board.lit(choice)
        if lit is not False:
            lits[choice.use.demand].append(lit)
            masks[choice.use.demand] |= board.fold.choice(choice)
    return {d: (board.either(own), masks[d]) for d, own in lits.items()}


def post_breaks(claim: Breaks, board: Board, hard: bool) -> Expr:
    """No run is longer than allowed; a run is what links near sessions."""
    made = _made(board, claim.choices)
    if hard and claim.pause > 0 and _apart(board, claim.choices):
        _gaps(claim, board, made)
        return 0
    near = [
        (a, b)
        for i, a in enumerate(made)
        for b in list(made)[i + 1 :]
        if board.may_be_near(a, made[a][1], claim.pause, b, made[b][1], claim.pause)
    ]
    if hard:
        _hard_runs(claim, board, made, near)
        return 0
    return _priced_runs(claim, board, made, near)


def _apart(board: Board, choices: Iterable[Choice]) -> bool:
    """Whether hard claims already keep all these choices, one per demand, from overlapping."""
    found = [c for c in choices if board.use(c.use) is not False]
    named = {c.use.demand for c in found}
    if len(named) < len(found) or not found:
        return False
    return (
        board.known.after(found[0], named) is not None and len({c.use.person for c in found}) == 1
    )


def _gaps(claim: Breaks, board: Board, made: dict[str, tuple[Lit, int]]) -> None:
    """From each session's start a free pause is at most `longest` minutes away.

    That is the same as no long run: the first session of a run has none sooner than the
    run's end, and the others have that one. Sessions fill the cumulative, pauses take one
    each, so that pauses may share minutes with each other but not with sessions. A session
    after which a pause is known to follow needs no more.
    """
    full = len(made)
    tasks, takes = [], []
    for choice in claim.choices:
        d = choice.use.demand
        if d not in made:
            continue
        lit, mask = made[d]
        minutes = board.demands[d].minutes
        others = [e for e in made if e != d]
        if minutes > claim.longest:
            board.clause(neg(lit))
        elif (board.known.after(choice, others) or 0) < claim.pause and any(
            _may_follow(board, claim.pause, d, mask, made[e][1]) for e in others
        ):
            gap = _frame(board, claim, d)
            board.enforce(board.model.add(gap >= board.end(d)), lit)
            board.enforce(board.model.add(gap <= board.start[d] + claim.longest), lit)
            tasks.append(
                board.model.new_optional_fixed_size_interval_var(gap, claim.pause, lit, "")
            )
            takes.append(1)
    if tasks:
        for d, (lit, _) in made.items():
            tasks.append(board.interval(d, lit))
            takes.append(full)
        board.model.add_cumulative(tasks, takes, full)


def _may_follow(board: Board, pause: int, d: str, one: int, two: int) -> bool:
    """Whether some of the starts `two` lies within the pause after d, which starts in `one`."""
    end = board.demands[d].minutes
    starts = board.fold.starts
    return any(two & starts.between(s + end, s + end + pause) for s in starts.listed(one))


def _hard_runs(
    claim: Breaks, board: Board, made: dict[str, tuple[Lit, int]], near: list[tuple[str, str]]
) -> None:
    frames = {d: _frame(board, claim, d) for pair in near for d in pair}
    for d, (lit, _) in made.items():
        if board.demands[d].minutes > claim.longest:
            board.clause(neg(lit))
        elif d in frames:
            _fits(board, claim, d, frames[d], lit)
    for a, b in near:
        link = board.new()
        board.enforce(board.model.add(frames[a] == frames[b]), link)
        _linked(board, claim, a, b, made, link)


def _frame(board: Board, claim: Breaks, d: str) -> Expr:
    first = board.fold.starts.first(board.fold.bare[d])
    last = board.fold.starts.last(board.fold.bare[d])
    return board.number(first - claim.longest, last + claim.longest)


def _fits(board: Board, claim: Breaks, d: str, frame: Expr, *lits: Lit) -> None:
    board.enforce(board.model.add(frame <= board.start[d]), *lits)
    board.enforce(board.model.add(board.end(d) <= frame + claim.longest), *lits)


def _linked(
    board: Board, claim: Breaks, a: str, b: str, made: dict[str, tuple[Lit, int]], link: Lit
) -> None:
    board.clause(
        neg(made[a][0]),
        neg(made[b][0]),
        board.before(a, b, claim.pause),
        board.before(b, a, claim.pause),
        link,
    )


def _priced_runs(
    claim: Breaks, board: Board, made: dict[str, tuple[Lit, int]], near: list[tuple[str, str]]
) -> Expr:
    """Count the runs that do not fit a frame, each at its first session."""
    frames = {d: _frame(board, claim, d) for d in made}
    over = {d: board.new() for d in made}
    earlier: dict[str, list[Lit]] = defaultdict(list)
    for d, (lit, _) in made.items():
        board.clause(neg(over[d]), lit)
        if board.demands[d].minutes > claim.longest:
            board.clause(neg(lit), over[d])
        else:
            _fits(board, claim, d, frames[d], lit, neg(over[d]))
    for a, b in near:
        link = board.new()
        board.enforce(board.model.add(frames[a] == frames[b]), link, neg(over[a]))
        for x, y in ((a, b), (b, a)):
            board.clause(neg(link), neg(made[a][0]), neg(made[b][0]), neg(over[x]), over[y])
        _linked(board, claim, a, b, made, link)
        earlier[b].append(_comes_first(claim, board, a, b, made, tie=True))
        earlier[a].append(_comes_first(claim, board, b, a, made, tie=False))
    costs: list[Expr] = []
    for d in made:
        paid = board.new()
        board.clause(neg(over[d]), paid, *earlier[d])
        costs.append(paid)
    return sum(costs)


def _comes_first(
    claim: Breaks, board: Board, a: str, b: str, made: dict[str, tuple[Lit, int]], tie: bool
) -> Lit:
    """A literal that may be true only if a is made, near b and starts first."""
    lit = board.new()
    board.clause(neg(lit), made[a][0])
    margin = 0 if tie else 1
    board.enforce(board.model.add(board.start[a] + margin <= board.start[b]), lit)
    board.enforce(board.model.add(board.start[b] < board.end(a) + claim.pause), lit)
    return lit


def post_pause(claim: Pause, board: Board, hard: bool) -> Expr:
    """A gap of the asked length lies free inside the stretch."""
    inner = Span(claim.stretch.start + 1, claim.stretch.end - 1)
    if inner.minutes < claim.minutes:
        if hard:
            board.clause()
        return 1
    made = {
        d: (lit, near)
        for d, (lit, mask) in _made(board, claim.choices).items()
        if (near := mask & board.fold.starts.touching((inner,), _minutes(board, d)))
    }
    if _always_free(board, inner, claim.minutes, made):
        return 0
    gap = board.number(inner.start, inner.end - claim.minutes)
    paid: Lit = False if hard else board.new()
    if claim.minutes > 0 and _apart(board, claim.choices):
        free = board.model.new_optional_fixed_size_interval_var(gap, claim.minutes, neg(paid), "")
        board.model.add_no_overlap(
            [free, *(board.interval(d, lit) for d, (lit, _) in made.items())]
        )
        return paid
    for d, (lit, _) in made.items():
        _clear_of(board, claim, d, gap, _meeting(board, d, lit, inner), paid)
    return paid


def _clear_of(
    board: Board, claim: Pause, d: str, gap: cp_model.IntVar, lit: Lit, paid: Lit
) -> None:
    after, clear = board.new(), board.new()
    board.clause(neg(lit), paid, after, clear)
    board.enforce(board.model.add(gap >= board.end(d)), after)
    board.enforce(board.model.add(gap + claim.minutes <= board.start[d]), clear)


def _meeting(board: Board, d: str, lit: Lit, inner: Span) -> Lit:
    """The choice is made and overlaps the stretch."""
    here = board.inside(d, board.fold.starts.touching((inner,), _minutes(board, d)))
    return here if lit is board.held[d] else board.both(lit, here)


def _minutes(board: Board, d: str) -> int:
    return board.demands[d].minutes


def _always_free(board: Board, inner: Span, minutes: int, busy: dict[str, tuple[Lit, int]]) -> bool:
    """Whether the choices leave a long enough gap whatever their starts."""
    taken = merged(
        Span(s, s + _minutes(board, d))
        for d, (_, mask) in busy.items()
        for s in board.fold.starts.listed(mask)
    )
    at = inner.start
    for span in taken:
        if min(span.start, inner.end) - at >= minutes:
            return True
        at = max(at, span.end)
    return inner.end - at >= minutes
