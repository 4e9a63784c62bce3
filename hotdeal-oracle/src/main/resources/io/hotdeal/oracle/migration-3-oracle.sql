-- From the tables of version 2 of hotdeal to those of version 3, on Oracle 12.2 or later, partitioned or not: which process
-- keeps house of which deal. Only two new tables: can be run while processes of version 2, or 1, are selling; they go on
-- sweeping every deal, which does no harm. The user of the application needs SELECT, INSERT, UPDATE and DELETE on both.
-- After a failure run it again, and ignore ORA-00955 (table exists), as OracleSchema.migrate does.

CREATE TABLE HOTDEAL_KEPT (
  PROD_ID VARCHAR2(64) NOT NULL,
  KEEPER  VARCHAR2(64) NOT NULL,
  CONSTRAINT HOTDEAL_KEPT_PK PRIMARY KEY (PROD_ID)
);

-- This table must come last: OracleSchema.migrate takes it as the sign that all of the above is done.
CREATE TABLE HOTDEAL_KEEPER (
  KEEPER       VARCHAR2(64) NOT NULL,
  LEASED_UNTIL TIMESTAMP(3) NOT NULL,
  CONSTRAINT HOTDEAL_KEEPER_PK PRIMARY KEY (KEEPER)
);
