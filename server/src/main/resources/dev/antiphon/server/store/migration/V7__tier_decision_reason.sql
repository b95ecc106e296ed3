-- Absent in rows of earlier versions.
alter table tier_decision add column reason varchar(1000);
