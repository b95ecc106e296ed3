-- Done twice, when two processes start on a new file at once, it must come to the same.
-- The last constraint is what makes a double booking impossible, whatever the code above it does.
create table if not exists booking (
  reference char(6) primary key,
  service varchar(20) not null,
  visit_date date not null,
  visit_time time not null,
  patient varchar(200) not null,
  phone varchar(30) not null,
  booked_at timestamp with time zone default current_timestamp not null,
  constraint one_visit_at_a_time unique (service, visit_date, visit_time)
);

-- Times of every opening day that nobody can book.
create table if not exists blocked_time (
  visit_time time primary key,
  reason varchar(200) not null
);

merge into blocked_time (visit_time, reason) key (visit_time) values (time '10:00:00', 'staff meeting');
