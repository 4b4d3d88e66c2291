--liquibase formatted sql

-- Ids are text under BINARY, SQLite's default, which compares UTF-8 bytes and so code points. Times are set by the
-- library, as UTC text of fixed width, so that text order is time order. The PostgreSQL adapter has the same changes
-- under the same ids.

--changeset twinstore:001-configs
create table configs (
    config_id text not null,
    name text not null,
    description text,
    yaml_content text not null,
    tags text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    deleted_at text,
    constraint configs_pk primary key (config_id)
) strict;
create index configs_by_update on configs (updated_at desc, config_id desc);
create index configs_by_name on configs (name, updated_at desc, config_id desc);

--changeset twinstore:002-configs-by-tag
-- Nothing to do: SQLite has no index for containment; the matcher reads the documents.
select 1;

--changeset twinstore:003-sessions
create table sessions (
    session_id text not null,
    config_id text not null,
    owner_user_id text,
    created_by_app_id text,
    last_accessed_by_app_id text,
    status text not null,
    metadata text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    last_accessed_at text,
    last_activity_at text not null,
    deleted_at text,
    constraint sessions_pk primary key (session_id),
    constraint sessions_config_fk foreign key (config_id) references configs (config_id) on delete cascade,
    constraint sessions_status_check check (status in ('active', 'completed', 'failed', 'cancelled'))
) strict;
create index sessions_by_activity on sessions (last_activity_at desc, session_id desc);
create index sessions_by_config on sessions (config_id, last_activity_at desc, session_id desc);
create index sessions_by_owner on sessions (owner_user_id, last_activity_at desc, session_id desc);
create index sessions_by_app on sessions (created_by_app_id, last_activity_at desc, session_id desc);

--changeset twinstore:004-sessions-by-metadata
-- Nothing to do, as in 002.
select 1;

--changeset twinstore:005-session-heads
create table session_heads (
    session_id text not null,
    last_seq integer not null,
    base_seq integer not null,
    message_count integer not null,
    fence integer not null,
    deleted integer not null,
    last_message_at text,
    constraint session_heads_pk primary key (session_id),
    constraint session_heads_session_fk foreign key (session_id) references sessions (session_id) on delete cascade,
    constraint session_heads_deleted_check check (deleted in (0, 1))
) strict;

--changeset twinstore:006-session-messages
-- An ordinary rowid table: WITHOUT ROWID keeps bodies in the key's tree, and appends take 1.7 times as long.
create table session_messages (
    session_id text not null,
    seq integer not null,
    role text,
    body text not null,
    created_at text not null,
    constraint session_messages_pk primary key (session_id, seq)
) strict;

--changeset twinstore:007-session-appends
create table session_appends (
    session_id text not null,
    idempotency_key text not null,
    first_seq integer not null,
    last_seq integer not null,
    digest blob not null,
    created_at text not null,
    constraint session_appends_pk primary key (session_id, idempotency_key),
    constraint session_appends_session_fk foreign key (session_id) references sessions (session_id) on delete cascade
) strict;

--changeset twinstore:008-session-participants
create table session_participants (
    session_id text not null,
    user_id text not null,
    role text not null,
    joined_at text not null,
    last_active_at text,
    permissions text not null,
    constraint session_participants_pk primary key (session_id, user_id),
    constraint session_participants_session_fk foreign key (session_id)
        references sessions (session_id) on delete cascade,
    constraint session_participants_role_check check (role in ('owner', 'editor', 'viewer'))
) strict;
-- Descending order puts NULL last in SQLite.
create index session_participants_by_user on session_participants (user_id, last_active_at desc, session_id desc);

--changeset twinstore:009-session-participants-by-permission
-- Nothing to do, as in 002.
select 1;

--changeset twinstore:010-session-transcripts
-- Ordered by a subquery: ORDER BY within the aggregate needs SQLite 3.44, and a view that an older one cannot parse keeps
-- it from opening the file at all.
create view session_transcripts as
select h.session_id,
       '[' || coalesce((select group_concat(o.body, ',')
                          from (select m.body
                                  from session_messages m
                                 where m.session_id = h.session_id and m.seq > h.base_seq
                                 order by m.seq) o), '') || ']' as transcript
  from session_heads h
 where h.deleted = 0;

--changeset twinstore:011-head-revision
-- What a tail compares: revision moves with the session's record and participants, never with an append; incarnation
-- tells a session from an earlier one that was purged under the same id.
alter table session_heads add column revision integer not null default 0;
alter table session_heads add column incarnation integer not null default 0;

--changeset twinstore:012-session-leases
-- The token that is good is the head's fence; this row keeps who has it and until when others wait.
create table session_leases (
    session_id text not null,
    holder text not null,
    token integer not null,
    acquired_at text not null,
    expires_at text not null,
    constraint session_leases_pk primary key (session_id),
    constraint session_leases_session_fk foreign key (session_id) references sessions (session_id) on delete cascade
) strict;

--changeset twinstore:013-replaced-transcripts
-- Where the transcript began before and after a keyed replacement, so that its replay can tell; null for an append.
alter table session_appends add column base_before integer;
alter table session_appends add column base_after integer;

--changeset twinstore:014-settings
create table settings (
    setting_key text not null,
    value text not null,
    scope text not null,
    updated_at text not null,
    constraint settings_pk primary key (setting_key)
) strict;
create index settings_by_scope on settings (scope, setting_key);

--changeset twinstore:015-users
create table users (
    user_id text not null,
    first_seen text not null,
    last_seen text not null,
    last_seen_app_id text,
    metadata text not null,
    constraint users_pk primary key (user_id)
) strict;
create index users_by_last_seen on users (last_seen desc, user_id desc);

--changeset twinstore:016-users-by-metadata
-- Nothing to do, as in 002.
select 1;

--changeset twinstore:017-applications
create table applications (
    app_id text not null,
    name text not null,
    active integer not null,
    settings text not null,
    version integer not null,
    created_at text not null,
    updated_at text not null,
    constraint applications_pk primary key (app_id),
    constraint applications_active_check check (active in (0, 1))
) strict;

--changeset twinstore:018-application-keys
-- An imported bcrypt hash has no look-up until its key is first used; the latest key of an application never expires.
create table application_keys (
    app_id text not null,
    lookup text,
    key_hash text not null,
    created_at text not null,
    expires_at text,
    constraint application_keys_pk primary key (app_id, key_hash),
    constraint application_keys_application_fk foreign key (app_id)
        references applications (app_id) on delete cascade,
    constraint application_keys_lookup unique (lookup)
) strict;

--changeset twinstore:020-session-holds
-- Since when a session is kept from retention, or null; no append reads or writes it.
alter table sessions add column held_at text;

--changeset twinstore:021-sessions-by-deletion
create index sessions_by_deletion on sessions (deleted_at, session_id) where deleted_at is not null;

--changeset twinstore:030-search-entries
-- What search knows of a message: one entry, or several where it is long. The id ascends with the time of the message, so
-- that the newest are found without sorting. The terms are split at spaces alone: they are made in Java.
create table search_entries (
    entry_id integer not null,
    session_id text not null,
    seq integer not null,
    chunk integer not null,
    chunks integer not null,
    tokens integer not null,
    created_micros integer not null,
    constraint search_entries_pk primary key (entry_id)
) strict;
create unique index search_entries_by_message on search_entries (session_id, seq, chunk);
create virtual table search_terms using fts5 (
    terms, content = '', contentless_delete = 1, detail = full,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M* P* S*'"
);

--changeset twinstore:031-search-pending
-- The sessions that are not indexed to their end, and how far they are. Of a session without a row here everything is
-- indexed, up to indexed_seq of its head, which is moved only where the row goes.
create table search_pending (
    session_id text not null,
    indexed_seq integer not null,
    pending_since text,
    constraint search_pending_pk primary key (session_id)
) strict;
alter table session_heads add column indexed_seq integer not null default 0;
insert into search_pending (session_id, indexed_seq, pending_since)
select session_id, 0, last_message_at from session_heads where last_seq > 0;

--changeset twinstore:032-search-triggers endDelimiter:\n/
-- Triggers, since they cover whoever writes a message or removes a session, a host's SQL and older versions included. An
-- append whose session has a row already pays for the conditions alone.
create trigger session_heads_marked after update of last_seq, base_seq on session_heads
when new.base_seq <> old.base_seq or (old.indexed_seq = old.last_seq and new.last_seq > old.last_seq)
begin
    insert into search_pending (session_id, indexed_seq, pending_since)
    values (new.session_id, new.indexed_seq, new.last_message_at)
    on conflict (session_id) do nothing;
end
/
create trigger session_heads_forgotten after delete on session_heads
begin
    delete from search_pending where session_id = old.session_id;
    delete from search_terms
     where rowid in (select entry_id from search_entries where session_id = old.session_id);
    delete from search_entries where session_id = old.session_id;
end
/

--changeset twinstore:033-search-state
-- How entries are made: one row. The epoch moves with the language, so that a process which still makes the old ones sees it.
create table search_state (
    state_id integer not null,
    language text,
    epoch integer not null,
    constraint search_state_pk primary key (state_id)
) strict;
insert into search_state (state_id, epoch) values (1, 1);

--changeset twinstore:036-sessions-by-creation
-- Sessions by what their transcripts contain are gone through in this order.
create index sessions_by_creation on sessions (created_at desc, session_id);

--changeset twinstore:037-search-entries-anew
-- Nothing to do: how often a term occurs is counted by FTS5.
select 1;

--changeset twinstore:040-residue
-- The cells of a file that was upgraded, or moved, of which what stands for them here does not say all; no store reads it.
-- The fingerprint is of what the way back made of the rows here at the time: the cell is good for as long as it still does.
create table residue (
    source_table text not null,
    source_key text not null,
    source_column text not null,
    cell_type text not null,
    cell blob not null,
    fingerprint text not null,
    session_id text,
    config_id text,
    app_id text,
    constraint residue_pk primary key (source_table, source_key, source_column),
    constraint residue_session_fk foreign key (session_id) references sessions (session_id) on delete cascade,
    constraint residue_config_fk foreign key (config_id) references configs (config_id) on delete cascade,
    constraint residue_application_fk foreign key (app_id) references applications (app_id) on delete cascade
) strict;
create index residue_by_session on residue (session_id);
create index residue_by_config on residue (config_id);
create index residue_by_application on residue (app_id);
