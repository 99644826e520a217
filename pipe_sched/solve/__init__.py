"""The solver: posts the claims to CP-SAT and brings back a timetable. The only user of OR-Tools."""
