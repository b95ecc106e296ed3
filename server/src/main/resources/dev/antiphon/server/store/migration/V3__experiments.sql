-- Nothing had been written to these two before.
drop table experiment_audit;
drop table experiment;

-- A state; its version is the number of its last audit entry.
create table experiment (
  experiment varchar(200) primary key,
  version integer not null,
  status varchar(20) not null,
  stage_percent integer not null,
  design varchar(100000) not null,
  planned_look varchar(1000000),
  changed_at timestamp with time zone not null
);

create table experiment_audit (
  experiment varchar(200) not null,
  number integer not null,
  happened_at timestamp with time zone not null,
  who varchar(500) not null,
  what varchar(40) not null,
  from_state varchar(40) not null,
  to_state varchar(40) not null,
  why varchar(500) not null,
  primary key (experiment, number)
);
