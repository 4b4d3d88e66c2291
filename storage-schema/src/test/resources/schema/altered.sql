--liquibase formatted sql logicalFilePath:twinstore-test

--changeset twinstore:001
create table notes (id integer primary key, text varchar(41));

--changeset twinstore:002
create table tags (id integer primary key, note_id integer not null references notes (id));
create index tags_note on tags (note_id);

--changeset twinstore:003
create view tagged as select n.id, n.text, t.id as tag from notes n join tags t on t.note_id = n.id;
