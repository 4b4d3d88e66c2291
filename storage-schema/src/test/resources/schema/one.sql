--liquibase formatted sql logicalFilePath:twinstore-test

--changeset twinstore:001
create table notes (id integer primary key, text varchar(40));
