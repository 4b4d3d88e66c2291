create table note (text varchar(100) not null);
insert into note values ('written by flyway');
