-- From the tables of version 1 of hotdeal to those of version 2, on PostgreSQL 11 or later: orders that are held for a
-- payment elsewhere. Can be run again, also after a failure, and while processes of version 1 are selling: their
-- statements stay valid. They cannot read held orders, so place the first one when all processes are of version 2.
-- A deal that was opened before has the default longest hold, an hour: before a process opens it with another one,
-- update LONGEST_MS in its row of HOTDEAL_LIST.
-- Run each statement in a transaction of its own, as psql does: together they would keep the tables locked throughout.

-- The columns are changes of the catalog only, no row is written.
ALTER TABLE HOTDEAL_COUNTER ADD COLUMN IF NOT EXISTS LONGEST_MS BIGINT DEFAULT 3600000 NOT NULL;
ALTER TABLE HOTDEAL_CLAIM ADD COLUMN IF NOT EXISTS EXPIRES TIMESTAMP(3);

ALTER TABLE HOTDEAL_LIST ADD COLUMN IF NOT EXISTS LONGEST_MS BIGINT DEFAULT 3600000 NOT NULL;
ALTER TABLE ORDER_HISTORY ADD COLUMN IF NOT EXISTS EXPIRES TIMESTAMP(3);

-- Replaced in one statement, so that the column is always checked. NOT VALID does not read the table; the validation
-- that follows does, without a lock that stops the sale.
ALTER TABLE ORDER_HISTORY
  DROP CONSTRAINT IF EXISTS ORDER_HISTORY_STATUS,
  ADD CONSTRAINT ORDER_HISTORY_STATUS
    CHECK (STATUS IN ('RESERVED', 'HELD', 'PAID', 'EXPIRED', 'CANCELLED')) NOT VALID;
ALTER TABLE ORDER_HISTORY VALIDATE CONSTRAINT ORDER_HISTORY_STATUS;

-- This reads the whole table and stops the sale meanwhile. For a large table, first create the index without that:
-- run the statements above, then this one, by itself and not within a transaction (BEGIN, psql -1, a migration tool):
--   CREATE INDEX CONCURRENTLY ORDER_HISTORY_HELD ON ORDER_HISTORY (PROD_ID, EXPIRES) WHERE STATUS = 'HELD'
-- and then the whole script, which finds the index. If it failed, drop the invalid index that it left, and repeat it.
CREATE INDEX IF NOT EXISTS ORDER_HISTORY_HELD ON ORDER_HISTORY (PROD_ID, EXPIRES) WHERE STATUS = 'HELD';

-- This column must come last: OracleSchema.migrate takes it as the sign that all of the above is done.
ALTER TABLE ORDER_HISTORY ADD COLUMN IF NOT EXISTS PAYMENT_ID VARCHAR(64);
