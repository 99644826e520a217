"""What a password must be: long, not one of the commonest, not made of the account's own words.

No demand for digits or signs and no expiry (NIST SP 800-63B, OWASP ASVS 5.0 6.2): those make
passwords that people write down.
"""

from __future__ import annotations

import re

from pipe_sched.identity.passwords import LONGEST, same_letters

SHORTEST = 12
OWN_PART = 3
"""Letters of an email's local part from which it is looked for."""
COMMONEST = frozenset(
    """
    password1234 password12345 password123456 password1234567 password12345678 passwordpassword
    password2024 password2025 password2026 password2027 passw0rd1234 p@ssw0rd1234 p@ssword1234
    mypassword12 mypassword123 newpassword1 newpassword12 newpassword123 changeme1234
    changemechangeme welcome12345 welcome123456 welcomewelcome letmein12345 letmeinletmein
    qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopasdfghjkl qwertyuiopasdf qwerty123456
    qwerty1234567 qwerty12345678 qwertyqwerty 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc
    1qaz2wsx3edc4rfv zaq12wsxcde3 zxcvbnmasdfghjkl asdfghjkl123 asdfghjkl1234 abcdefghijkl
    abcdefghijklm abcdefghijklmnopqrstuvwxyz abc123abc123 a1b2c3d4e5f6 abcd12345678 123456789012
    1234567890123 12345678901234 123456789012345 1234567890123456 12345678901234567890
    0123456789012 123456789abc 123456789abcd 123456qwerty 987654321098 098765432109 109876543210
    iloveyou1234 iloveyou12345 iloveyouiloveyou administrator administrator1 administrator123
    admin1234567 admin12345678 adminadminadmin superadmin123 football1234 baseball1234
    liverpool123 liverpool1234 manchester123 manchesterunited arsenal12345 chelsea12345
    sunshine1234 princess1234 monkey123456 dragon123456 charlie12345 michael12345 computer1234
    internet1234 whatever1234 starwars1234 pokemon12345 superman1234 batman123456 secret123456
    correcthorsebatterystaple probation123 probation1234 probationservice approvedpremises
    """.split()
)
OURS = ("pipesched", "pipe-sched")


def faults(password: str, email: str) -> list[str]:
    """What is wrong with a new password, as sentences; empty when it can be used."""
    text = same_letters(password)
    if len(text) < SHORTEST:
        return [f"Use at least {SHORTEST} letters, digits or signs. Three words in a row do well."]
    if len(text) > LONGEST:
        return [f"Use at most {LONGEST} letters, digits or signs."]
    plain = text.casefold()
    own = email.partition("@")[0].casefold()
    if len(own) >= OWN_PART and own in plain:
        return [f"Choose a password that does not contain “{own}” from your email address."]
    if any(word in plain for word in OURS):
        return ["Choose a password that does not contain the name of this program."]
    if plain in COMMONEST or _repeats(plain):
        return ["This is one of the first passwords that a guesser tries. Choose another."]
    return []


def _repeats(text: str) -> bool:
    """Whether it is up to four letters over and over."""
    return re.fullmatch(r"(.{1,4})\1+.{0,3}", text, re.DOTALL) is not None
