-- From the answering of a call to the agent's first audio; empty when nothing was heard, and for calls of an older version.
alter table call add column first_audio_ms double precision;
