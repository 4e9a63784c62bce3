-- From the tables of version 1 of hotdeal to those of version 2, on Oracle 12.2 or later, partitioned or not: orders
-- that are held for a payment elsewhere. Can be run while processes of version 1 are selling: their statements stay
-- valid. They cannot read held orders, so place the first one when all processes are of version 2.
-- A deal that was opened before has the default longest hold, an hour: before a process opens it with another one,
-- update LONGEST_MS in its row of HOTDEAL_LIST.
-- After a failure run it again, and ignore ORA-01430 (column exists), ORA-02264 (constraint exists), ORA-02443 (no such
-- constraint to drop) and ORA-00955 (index exists), as OracleSchema.migrate does.

-- Each change waits for the open transactions on its table, for so many seconds, before it fails with ORA-00054.
ALTER SESSION SET DDL_LOCK_TIMEOUT = 60;

-- The columns are changes of the dictionary only, no row is written.
ALTER TABLE HOTDEAL_COUNTER ADD (LONGEST_MS NUMBER(19) DEFAULT 3600000 NOT NULL);
ALTER TABLE HOTDEAL_CLAIM ADD (EXPIRES TIMESTAMP(3));

ALTER TABLE HOTDEAL_LIST ADD (LONGEST_MS NUMBER(19) DEFAULT 3600000 NOT NULL);
ALTER TABLE ORDER_HISTORY ADD (EXPIRES TIMESTAMP(3));

-- A second constraint, so that the old one can go without a moment in which the column is not checked. NOVALIDATE does
-- not read the table; the validation that follows does, without a lock that stops the sale.
ALTER TABLE ORDER_HISTORY ADD CONSTRAINT ORDER_HISTORY_STATUS_2
  CHECK (STATUS IN ('RESERVED', 'HELD', 'PAID', 'EXPIRED', 'CANCELLED')) ENABLE NOVALIDATE;
ALTER TABLE ORDER_HISTORY DROP CONSTRAINT ORDER_HISTORY_STATUS ONLINE;
ALTER TABLE ORDER_HISTORY MODIFY CONSTRAINT ORDER_HISTORY_STATUS_2 ENABLE VALIDATE;
ALTER TABLE ORDER_HISTORY RENAME CONSTRAINT ORDER_HISTORY_STATUS_2 TO ORDER_HISTORY_STATUS;

-- ONLINE needs the Enterprise Edition or Oracle Free. Another edition fails with ORA-00439: then run this statement
-- without the word. It reads the whole table and stops the sale meanwhile, so do it while nothing is sold.
CREATE INDEX ORDER_HISTORY_HELD ON ORDER_HISTORY (CASE STATUS WHEN 'HELD' THEN PROD_ID END) ONLINE;

-- This column must come last: OracleSchema.migrate takes it as the sign that all of the above is done.
ALTER TABLE ORDER_HISTORY ADD (PAYMENT_ID VARCHAR2(64));
