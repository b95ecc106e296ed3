create table router_decision (
  decided_at timestamp with time zone not null,
  flow varchar(200) not null,
  tier varchar(200) not null,
  kind varchar(20) not null,
  from_state varchar(20) not null,
  to_state varchar(20) not null,
  evidence double precision not null,
  sessions bigint not null,
  reason varchar(2000) not null,
  primary key (flow, tier, decided_at, kind)
);

create table router_state (
  flow varchar(200) not null,
  tier varchar(200) not null,
  state varchar(1000000) not null,
  saved_at timestamp with time zone not null,
  primary key (flow, tier)
);

create table experiment (
  experiment varchar(200) primary key,
  definition varchar(1000000) not null,
  state varchar(40) not null,
  changed_at timestamp with time zone not null
);

create table experiment_audit (
  experiment varchar(200) not null,
  number integer not null,
  happened_at timestamp with time zone not null,
  who varchar(200) not null,
  what varchar(2000) not null,
  primary key (experiment, number)
);
