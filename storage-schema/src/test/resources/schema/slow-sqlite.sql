--liquibase formatted sql logicalFilePath:twinstore-test

--changeset twinstore:001
create table notes (id integer primary key, text varchar(40));

--changeset twinstore:002
create table tags (id integer primary key, note_id integer);
insert into tags with recursive slowly (i) as (select 1 union all select i + 1 from slowly where i < 1000000000000) select max(i), 1 from slowly;

--changeset twinstore:003
create table never (id integer);
