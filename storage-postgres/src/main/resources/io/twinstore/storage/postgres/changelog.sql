--liquibase formatted sql

-- Ids are text compared by code point, which COLLATE "C" is in a UTF-8 database. Times are set by the library.
-- The SQLite adapter has the same changes under the same ids.

--changeset twinstore:001-configs
create table configs (
    config_id text collate "C" not null,
    name text collate "C" not null,
    description text,
    yaml_content text not null,
    tags jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint configs_pk primary key (config_id)
);
create index configs_by_update on configs (updated_at desc, config_id desc);
create index configs_by_name on configs (name, updated_at desc, config_id desc);

--changeset twinstore:002-configs-by-tag
create index configs_by_tag on configs using gin (tags jsonb_path_ops);

--changeset twinstore:003-sessions
create table sessions (
    session_id text collate "C" not null,
    config_id text collate "C" not null,
    owner_user_id text collate "C",
    created_by_app_id text collate "C",
    last_accessed_by_app_id text collate "C",
    status text collate "C" not null,
    metadata jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    last_accessed_at timestamptz,
    last_activity_at timestamptz not null,
    deleted_at timestamptz,
    constraint sessions_pk primary key (session_id),
    constraint sessions_config_fk foreign key (config_id) references configs (config_id) on delete cascade,
    constraint sessions_status_check check (status in ('active', 'completed', 'failed', 'cancelled'))
);
create index sessions_by_activity on sessions (last_activity_at desc, session_id desc);
create index sessions_by_config on sessions (config_id, last_activity_at desc, session_id desc);
create index sessions_by_owner on sessions (owner_user_id, last_activity_at desc, session_id desc);
create index sessions_by_app on sessions (created_by_app_id, last_activity_at desc, session_id desc);

--changeset twinstore:004-sessions-by-metadata
create index sessions_by_metadata on sessions using gin (metadata jsonb_path_ops);

--changeset twinstore:005-session-heads
-- Every append updates this row and no index of it, so the update stays on its page (HOT) when there is room: hence the
-- fill factor, and vacuuming by count of updates rather than by share of a small table.
create table session_heads (
    session_id text collate "C" not null,
    last_seq bigint not null,
    base_seq bigint not null,
    message_count bigint not null,
    fence bigint not null,
    deleted boolean not null,
    last_message_at timestamptz,
    constraint session_heads_pk primary key (session_id),
    constraint session_heads_session_fk foreign key (session_id) references sessions (session_id) on delete cascade
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);

--changeset twinstore:006-session-messages
-- No foreign key: an append needs the head row anyway, and a check per message costs a tenth of the insert.
create table session_messages (
    session_id text collate "C" not null,
    seq bigint not null,
    role text collate "C",
    body json not null,
    created_at timestamptz not null,
    constraint session_messages_pk primary key (session_id, seq)
);

--changeset twinstore:007-session-appends
create table session_appends (
    session_id text collate "C" not null,
    idempotency_key text collate "C" not null,
    first_seq bigint not null,
    last_seq bigint not null,
    digest bytea not null,
    created_at timestamptz not null,
    constraint session_appends_pk primary key (session_id, idempotency_key),
    constraint session_appends_session_fk foreign key (session_id) references sessions (session_id) on delete cascade
);

--changeset twinstore:008-session-participants
create table session_participants (
    session_id text collate "C" not null,
    user_id text collate "C" not null,
    role text collate "C" not null,
    joined_at timestamptz not null,
    last_active_at timestamptz,
    permissions jsonb not null,
    constraint session_participants_pk primary key (session_id, user_id),
    constraint session_participants_session_fk foreign key (session_id)
        references sessions (session_id) on delete cascade,
    constraint session_participants_role_check check (role in ('owner', 'editor', 'viewer'))
);
create index session_participants_by_user
    on session_participants (user_id, last_active_at desc nulls last, session_id desc);

--changeset twinstore:009-session-participants-by-permission
create index session_participants_by_permission on session_participants using gin (permissions jsonb_path_ops);

--changeset twinstore:010-session-transcripts
create view session_transcripts as
select h.session_id,
       ('[' || coalesce(string_agg(m.body::text, ',' order by m.seq), '') || ']')::json as transcript
  from session_heads h
  left join session_messages m on m.session_id = h.session_id and m.seq > h.base_seq
 where not h.deleted
 group by h.session_id;

--changeset twinstore:011-head-revision
-- What a tail compares: revision moves with the session's record and participants, never with an append; incarnation
-- tells a session from an earlier one that was purged under the same id.
alter table session_heads add column revision bigint not null default 0;
alter table session_heads add column incarnation bigint not null default 0;

--changeset twinstore:012-session-leases
-- The token that is good is the head's fence; this row keeps who has it and until when others wait.
create table session_leases (
    session_id text collate "C" not null,
    holder text collate "C" not null,
    token bigint not null,
    acquired_at timestamptz not null,
    expires_at timestamptz not null,
    constraint session_leases_pk primary key (session_id),
    constraint session_leases_session_fk foreign key (session_id) references sessions (session_id) on delete cascade
);

--changeset twinstore:013-replaced-transcripts
-- Where the transcript began before and after a keyed replacement, so that its replay can tell; null for an append.
alter table session_appends add column base_before bigint;
alter table session_appends add column base_after bigint;

--changeset twinstore:014-settings
create table settings (
    setting_key text collate "C" not null,
    value jsonb not null,
    scope text collate "C" not null,
    updated_at timestamptz not null,
    constraint settings_pk primary key (setting_key)
);
create index settings_by_scope on settings (scope, setting_key);

--changeset twinstore:015-users
create table users (
    user_id text collate "C" not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    last_seen_app_id text collate "C",
    metadata jsonb not null,
    constraint users_pk primary key (user_id)
);
create index users_by_last_seen on users (last_seen desc, user_id desc);

--changeset twinstore:016-users-by-metadata
create index users_by_metadata on users using gin (metadata jsonb_path_ops);

--changeset twinstore:017-applications
create table applications (
    app_id text collate "C" not null,
    name text collate "C" not null,
    active boolean not null,
    settings jsonb not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint applications_pk primary key (app_id)
);

--changeset twinstore:018-application-keys
-- An imported bcrypt hash has no look-up until its key is first used; the latest key of an application never expires.
create table application_keys (
    app_id text collate "C" not null,
    lookup text collate "C",
    key_hash text collate "C" not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    constraint application_keys_pk primary key (app_id, key_hash),
    constraint application_keys_application_fk foreign key (app_id)
        references applications (app_id) on delete cascade,
    constraint application_keys_lookup unique (lookup)
);

--changeset twinstore:020-session-holds
-- Since when a session is kept from retention, or null; no append reads or writes it.
alter table sessions add column held_at timestamptz;

--changeset twinstore:021-sessions-by-deletion
create index sessions_by_deletion on sessions (deleted_at, session_id) where deleted_at is not null;

--changeset twinstore:030-search-entries
-- What search knows of a message: one entry, or several where it is long. The id ascends with the time of the message, so
-- that the newest are found without sorting. There is no foreign key, as for messages; a trigger removes the entries.
create table search_entries (
    entry_id bigint not null,
    session_id text collate "C" not null,
    seq bigint not null,
    chunk bigint not null,
    chunks bigint not null,
    tokens bigint not null,
    created_micros bigint not null,
    terms tsvector not null,
    constraint search_entries_pk primary key (entry_id)
);
create unique index search_entries_by_message on search_entries (session_id, seq, chunk);
create index search_entries_by_term on search_entries using gin (terms);

--changeset twinstore:031-search-pending
-- The sessions that are not indexed to their end, and how far they are. Of a session without a row here everything is
-- indexed, up to indexed_seq of its head, which is moved only where the row goes.
create table search_pending (
    session_id text collate "C" not null,
    indexed_seq bigint not null,
    pending_since timestamptz,
    constraint search_pending_pk primary key (session_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
alter table session_heads add column indexed_seq bigint not null default 0;
insert into search_pending (session_id, indexed_seq, pending_since)
select session_id, 0, last_message_at from session_heads where last_seq > 0;

--changeset twinstore:032-search-triggers endDelimiter:\n/
-- Triggers, since they cover whoever writes a message or removes a session, a host's SQL and older versions included. An
-- append whose session has a row already pays for the conditions alone.
create function search_mark() returns trigger language plpgsql as $$
begin
    execute format('insert into %I.search_pending (session_id, indexed_seq, pending_since) values ($1, $2, $3)'
                   ' on conflict (session_id) do nothing', tg_table_schema)
      using new.session_id, new.indexed_seq, new.last_message_at;
    return null;
end $$
/
create trigger session_heads_marked after update of last_seq, base_seq on session_heads
    for each row when (new.base_seq <> old.base_seq or (old.indexed_seq = old.last_seq and new.last_seq > old.last_seq))
    execute function search_mark()
/
-- The row of pending sessions first: whoever indexes the session holds it until its entries are there to be removed.
create function search_forget() returns trigger language plpgsql as $$
begin
    execute format('delete from %I.search_pending where session_id = $1', tg_table_schema) using old.session_id;
    execute format('delete from %I.search_entries where session_id = $1', tg_table_schema) using old.session_id;
    return null;
end $$
/
create trigger session_heads_forgotten after delete on session_heads
    for each row execute function search_forget()
/

--changeset twinstore:033-search-state
-- How entries are made: one row. The epoch moves with the language, so that a process which still makes the old ones sees it.
create table search_state (
    state_id bigint not null,
    language text collate "C",
    epoch bigint not null,
    constraint search_state_pk primary key (state_id)
);
insert into search_state (state_id, epoch) values (1, 1);

--changeset twinstore:036-sessions-by-creation
-- Sessions by what their transcripts contain are gone through in this order.
create index sessions_by_creation on sessions (created_at desc, session_id);

--changeset twinstore:037-search-entries-anew
-- How often a message has a term is the weight of the term's positions, no term of its own any more: all is indexed anew.
delete from search_entries;
insert into search_pending (session_id, indexed_seq, pending_since)
select session_id, 0, last_message_at from session_heads where last_seq > 0
on conflict (session_id) do update set indexed_seq = 0;
update search_state set epoch = epoch + 1;

--changeset twinstore:040-residue
-- The cells of a file that was upgraded, or moved, of which what stands for them here does not say all; no store reads it.
-- The fingerprint is of what the way back made of the rows here at the time: the cell is good for as long as it still does.
create table residue (
    source_table text collate "C" not null,
    source_key text collate "C" not null,
    source_column text collate "C" not null,
    cell_type text collate "C" not null,
    cell bytea not null,
    fingerprint text collate "C" not null,
    session_id text collate "C",
    config_id text collate "C",
    app_id text collate "C",
    constraint residue_pk primary key (source_table, source_key, source_column),
    constraint residue_session_fk foreign key (session_id) references sessions (session_id) on delete cascade,
    constraint residue_config_fk foreign key (config_id) references configs (config_id) on delete cascade,
    constraint residue_application_fk foreign key (app_id) references applications (app_id) on delete cascade
);
create index residue_by_session on residue (session_id);
create index residue_by_config on residue (config_id);
create index residue_by_application on residue (app_id);
