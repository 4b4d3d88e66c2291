--liquibase formatted sql logicalFilePath:twinstore-test

--changeset twinstore:001
create table notes (id integer primary key, text varchar(40));

--changeset twinstore:002
create table people (email varchar(40) primary key);
insert into people (email) values ('top-secret');
insert into people (email) values ('top-secret');

--changeset twinstore:003
create table never (id integer);
