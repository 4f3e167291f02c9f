"""workbooks filled offline"""

import sqlalchemy as sa
from alembic import op

import rfp.db

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('workbook_issues',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('marking', 'answering', name='workbookkind', native_enum=False, length=40), nullable=False),
    sa.Column('owner', sa.String(length=16), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('issued_at', rfp.db.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workbook_issues')),
    sa.UniqueConstraint('kind', 'owner', 'number', name=op.f('uq_workbook_issues_kind_owner_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_workbook_issues_public_id'))
    )
    with op.batch_alter_table('workbook_issues', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workbook_issues_owner'), ['owner'], unique=False)

    op.create_table('workbook_uploads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', rfp.db.Instant(timezone=True), nullable=False),
    sa.Column('uploaded_by_name', sa.String(length=200), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('taken_at', rfp.db.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['issue_id'], ['workbook_issues.id'], name=op.f('fk_workbook_uploads_issue_id_workbook_issues')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workbook_uploads')),
    sa.UniqueConstraint('public_id', name=op.f('uq_workbook_uploads_public_id'))
    )
    with op.batch_alter_table('workbook_uploads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workbook_uploads_issue_id'), ['issue_id'], unique=False)

    with op.batch_alter_table('marks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('evidence', sa.Text(), server_default='', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('marks', schema=None) as batch_op:
        batch_op.drop_column('evidence')

    with op.batch_alter_table('workbook_uploads', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workbook_uploads_issue_id'))

    op.drop_table('workbook_uploads')
    with op.batch_alter_table('workbook_issues', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workbook_issues_owner'))

    op.drop_table('workbook_issues')
