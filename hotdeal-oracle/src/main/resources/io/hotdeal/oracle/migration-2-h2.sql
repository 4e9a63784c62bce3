-- From the tables of version 1 of hotdeal to those of version 2, on H2 in Oracle mode: orders that are held for a
-- payment elsewhere. Can be run again, also after a failure. Nothing else may write meanwhile: H2 loses rows that are
-- inserted by other sessions while a column is added, although their commits are answered.
-- Processes of version 1 may sell on afterwards, their statements stay valid. They cannot read held orders, so place
-- the first one when all processes are of version 2.
-- A deal that was opened before has the default longest hold, an hour: before a process opens it with another one,
-- update LONGEST_MS in its row of HOTDEAL_LIST.

ALTER TABLE HOTDEAL_COUNTER ADD COLUMN IF NOT EXISTS LONGEST_MS NUMBER(19) DEFAULT 3600000 NOT NULL;
ALTER TABLE HOTDEAL_CLAIM ADD COLUMN IF NOT EXISTS EXPIRES TIMESTAMP(3);

ALTER TABLE HOTDEAL_LIST ADD COLUMN IF NOT EXISTS LONGEST_MS NUMBER(19) DEFAULT 3600000 NOT NULL;
ALTER TABLE ORDER_HISTORY ADD COLUMN IF NOT EXISTS EXPIRES TIMESTAMP(3);

-- A second constraint, so that the old one can go without a moment in which the column is not checked.
ALTER TABLE ORDER_HISTORY ADD CONSTRAINT IF NOT EXISTS ORDER_HISTORY_STATUS_2
  CHECK (STATUS IN ('RESERVED', 'HELD', 'PAID', 'EXPIRED', 'CANCELLED'));
ALTER TABLE ORDER_HISTORY DROP CONSTRAINT IF EXISTS ORDER_HISTORY_STATUS;
ALTER TABLE ORDER_HISTORY RENAME CONSTRAINT ORDER_HISTORY_STATUS_2 TO ORDER_HISTORY_STATUS;

CREATE INDEX IF NOT EXISTS ORDER_HISTORY_HELD ON ORDER_HISTORY (PROD_ID, STATUS, EXPIRES);

-- This column must come last: OracleSchema.migrate takes it as the sign that all of the above is done.
ALTER TABLE ORDER_HISTORY ADD COLUMN IF NOT EXISTS PAYMENT_ID VARCHAR2(64);
