-- Each change of the weights of a running experiment begins another phase; what was there is of the first one.
alter table exposure add column phase integer default 1 not null;
-- Those after the first, as JSON.
alter table experiment add column phases varchar(100000);
-- They tell weights, too.
alter table experiment_audit alter column from_state set data type varchar(2000);
alter table experiment_audit alter column to_state set data type varchar(2000);
