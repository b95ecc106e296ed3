-- One row for each call; those that run, or whose process ended, have no ended_at and no outcome.
create table call (
  id varchar(120) primary key,
  unit varchar(128),
  flow varchar(200) not null,
  flow_version varchar(200) not null,
  model varchar(200) not null,
  simulated boolean not null,
  start_tier varchar(200) not null,
  end_tier varchar(200) not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  duration_ms bigint,
  outcome varchar(20),
  outcome_detail varchar(40),
  last_step varchar(200),
  handover_target varchar(200),
  handover_result varchar(40),
  turns integer not null,
  escalated boolean not null,
  cost_micros bigint not null,
  transcription_micros bigint not null,
  unknown_usages integer not null,
  input_text_tokens bigint not null,
  input_audio_tokens bigint not null,
  input_image_tokens bigint not null,
  cached_text_tokens bigint not null,
  cached_audio_tokens bigint not null,
  cached_image_tokens bigint not null,
  output_text_tokens bigint not null,
  output_audio_tokens bigint not null,
  utterances integer not null,
  interrupted integer not null,
  overlooked integer not null,
  no_matches integer not null,
  no_inputs integer not null,
  repeated_prompts integer not null,
  corrections integer not null,
  stalled integer not null,
  tool_errors integer not null,
  unbacked_claims integer not null,
  connection_troubles integer not null,
  rows_left_out integer not null
);
create index call_by_start on call (started_at);
create index call_by_flow on call (flow, started_at);
create index call_by_unit on call (unit, started_at);

create table turn (
  call_id varchar(120) not null references call (id) on delete cascade,
  number integer not null,
  tier varchar(200) not null,
  tool boolean not null,
  answered_at timestamp with time zone not null,
  total_ms double precision not null,
  endpointing_ms double precision,
  model_ms double precision,
  tool_ms double precision,
  model2_ms double precision,
  delivery_ms double precision,
  interrupted boolean not null,
  primary key (call_id, number)
);

create table barge_in (
  call_id varchar(120) not null references call (id) on delete cascade,
  number integer not null,
  turn integer not null,
  heard_ms double precision not null,
  stop_ms double precision not null,
  primary key (call_id, number)
);

create table slot_result (
  call_id varchar(120) not null references call (id) on delete cascade,
  flow varchar(200) not null,
  slot varchar(200) not null,
  result varchar(20) not null,
  attempts integer not null,
  no_matches integer not null,
  corrections integer not null,
  primary key (call_id, slot)
);

create table step (
  call_id varchar(120) not null references call (id) on delete cascade,
  flow varchar(200) not null,
  number integer not null,
  step varchar(200) not null,
  after_ms bigint not null,
  primary key (call_id, number)
);

create table tool_use (
  call_id varchar(120) not null references call (id) on delete cascade,
  number integer not null,
  tool varchar(200) not null,
  effect boolean not null,
  outcome varchar(40) not null,
  took_ms double precision not null,
  primary key (call_id, number)
);

create table tier_use (
  call_id varchar(120) not null references call (id) on delete cascade,
  tier varchar(200) not null,
  responses integer not null,
  cost_micros bigint not null,
  input_text_tokens bigint not null,
  input_audio_tokens bigint not null,
  input_image_tokens bigint not null,
  cached_text_tokens bigint not null,
  cached_audio_tokens bigint not null,
  cached_image_tokens bigint not null,
  output_text_tokens bigint not null,
  output_audio_tokens bigint not null,
  primary key (call_id, tier)
);

create table tier_decision (
  call_id varchar(120) not null references call (id) on delete cascade,
  number integer not null,
  decided_at timestamp with time zone not null,
  from_tier varchar(200) not null,
  to_tier varchar(200),
  evidence double precision not null,
  signals varchar(1000) not null,
  primary key (call_id, number)
);

-- Kept without a call, too: who was assigned counts, whatever became of the call.
create table exposure (
  call_id varchar(120) not null,
  experiment varchar(200) not null,
  variant varchar(200) not null,
  unit varchar(128) not null,
  entered_at timestamp with time zone not null,
  primary key (call_id, experiment)
);
create index exposure_by_experiment on exposure (experiment, variant);
