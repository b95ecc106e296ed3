-- The router's evidence over time, for charts: at most one row a minute for each tier of a flow, and one for each change of its state.
create table router_evidence (
  measured_at timestamp with time zone not null,
  flow varchar(200) not null,
  tier varchar(200) not null,
  state varchar(20) not null,
  evidence double precision not null,
  threshold double precision not null
);
create index router_evidence_by_flow on router_evidence (flow, tier, measured_at);

-- What was started, so that its report can be made where nobody else knows it. Empty for what an older version had started.
alter table experiment add column definition varchar(1000000);
