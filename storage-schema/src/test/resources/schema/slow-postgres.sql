--liquibase formatted sql logicalFilePath:twinstore-test

--changeset twinstore:001
create table notes (id integer primary key, text varchar(40));

--changeset twinstore:002
create table tags (id integer primary key, note_id integer);
select pg_sleep(1) as slowly;

--changeset twinstore:003
create table never (id integer);
