-- From the tables of version 2 of hotdeal to those of version 3, on PostgreSQL 11 or later: which process keeps house of
-- which deal. Only two new tables: can be run while processes of version 2, or 1, are selling; they go on sweeping every
-- deal, which does no harm. Can be run again, also after a failure. The user of the application needs SELECT, INSERT,
-- UPDATE and DELETE on both.

CREATE TABLE IF NOT EXISTS HOTDEAL_KEPT (
  PROD_ID VARCHAR(64)  NOT NULL,
  KEEPER  VARCHAR(64)  NOT NULL,
  CONSTRAINT HOTDEAL_KEPT_PK PRIMARY KEY (PROD_ID)
) WITH (FILLFACTOR = 50);

-- This table must come last: OracleSchema.migrate takes it as the sign that all of the above is done.
CREATE TABLE IF NOT EXISTS HOTDEAL_KEEPER (
  KEEPER       VARCHAR(64)  NOT NULL,
  LEASED_UNTIL TIMESTAMP(3) NOT NULL,
  CONSTRAINT HOTDEAL_KEEPER_PK PRIMARY KEY (KEEPER)
) WITH (FILLFACTOR = 10);
