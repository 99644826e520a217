"""Findings of a draft.

Keeping what the referee found spares the first page after a run a second or two.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it. Adding a column leaves the triggers of the table alone."""
    op.add_column("drafts", sa.Column("findings", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("drafts", "findings")
