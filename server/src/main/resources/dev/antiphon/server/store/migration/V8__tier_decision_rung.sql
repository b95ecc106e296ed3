-- What is climbed to, as policies name it, empty to stay; and what that, or of a stay the next rung, is estimated to cost besides. Both
-- are absent in rows of earlier versions.
alter table tier_decision add column rung varchar(40);
alter table tier_decision add column cost_estimate_micros bigint;
