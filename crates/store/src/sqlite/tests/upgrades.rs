//! What an older version kept, after the tables are brought up to this one.

use super::*;

/// The second version moves *verified* from the person to the number, and takes a number from whoever
/// had it in grace only.
#[test]
fn what_was_verified_stays_verified_in_the_second_version() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations::step(&mut connection, None).unwrap();
    let people = [(1, 'a', "5"), (2, 'b', "NULL")];
    for (number, name, verified_at) in people {
        let number = format!("unhex('{}')", format!("{number:02x}").repeat(32));
        let id = format!("unhex('{}')", format!("{:02x}", name as u32).repeat(16));
        connection
            .execute_batch(&format!(
                "INSERT INTO numbers (number, first_seen, owner) VALUES ({number}, 0, {id});
                 INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number,
                                    channel, verified_at, registered_at)
                 VALUES ({id}, '{name}', '{name}', '{name}', '', '', {number}, 'sms',
                         {verified_at}, 0);"
            ))
            .unwrap();
    }
    migrations::migrate(&mut connection, Some(&seal().key)).unwrap();
    for (number, verified) in [(1, true), (2, false)] {
        let number = numbers::read(&connection, &[number; 32]).unwrap();
        assert_eq!(number.verified_at.is_some(), verified);
        assert_eq!(number.owner.is_some(), verified);
    }
    let staff = "SELECT count(*) FROM users WHERE role = 'staff'";
    let staff: i64 = connection.query_row(staff, (), |row| row.get(0)).unwrap();
    assert_eq!(
        staff, 2,
        "nobody who was there before roles has a greater one"
    );
    migrations::check_schema(&connection, &[]).unwrap();
}

#[test]
fn sessions_outlive_the_making_of_their_table_anew() {
    let mut connection = Connection::open_in_memory().unwrap();
    for _ in 0..2 {
        migrations::step(&mut connection, None).unwrap();
    }
    let session = |seq: u8, sid: &str, channel: &str, clearance: &str| {
        format!(
            "INSERT INTO sessions (seq, sign_in, user, sid, at, channel, clearance)
             VALUES ({seq}, unhex('{}'), zeroblob(16), {sid}, 7, {channel}, '{clearance}');",
            format!("{seq:02x}").repeat(16)
        )
    };
    let entry = "INSERT INTO record (seq, at, act) VALUES (1, 0, 'signed_in');";
    let old = session(1, "'VE1'", "'voice'", "in_grace");
    connection
        .execute_batch(&(entry.to_owned() + &old))
        .unwrap();
    migrations::migrate(&mut connection, Some(&seal().key)).unwrap();
    let read = "SELECT sid || at || channel || clearance FROM sessions WHERE seq = 1";
    let kept: String = connection.query_row(read, (), |row| row.get(0)).unwrap();
    assert_eq!(kept, "VE17voicein_grace");

    let table = [
        ("'VE2'", "'sms'", "unchecked", true),
        ("NULL", "NULL", "recovered", true),
        ("NULL", "'sms'", "unchanged", false),
        ("'VE5'", "NULL", "unchanged", false),
        ("'VE6'", "'sms'", "recovered", false),
        ("'VE7'", "'sms'", "assumed", false),
    ];
    for (seq, (sid, channel, clearance, kept)) in (2..).zip(table) {
        let added = connection.execute_batch(&session(seq, sid, channel, clearance));
        assert_eq!(added.is_ok(), kept, "{sid} {channel} {clearance}");
    }
}

/// The fifth version seals what was on record before.
#[test]
fn what_was_on_record_is_sealed_as_it_was() {
    let mut connection = Connection::open_in_memory().unwrap();
    for _ in 0..4 {
        migrations::step(&mut connection, None).unwrap();
    }
    connection
        .execute_batch(
            "INSERT INTO numbers (number, first_seen) VALUES (zeroblob(32), 0);
             INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number,
                                channel, registered_at)
             VALUES (zeroblob(16), 'josé', 'José', 'jose', '', '', zeroblob(32), 'sms', 0);
             INSERT INTO record (seq, at, reference, user, name, sign_in, act, cause) VALUES
             (1, 5, NULL, zeroblob(16), NULL, zeroblob(16), 'registered', NULL),
             (2, 6, '7F3K', NULL, zeroblob(32), NULL, 'sign_in_refused', 'unknown_name'),
             (3, 7, NULL, NULL, NULL, NULL, 'failed', NULL);",
        )
        .unwrap();
    migrations::migrate(&mut connection, Some(&seal().key)).unwrap();
    record::seal::check_newer(&connection, Head::NONE).unwrap();
    let sealed = table::record::after(&connection, 0, 10).unwrap();
    let told: Vec<_> = sealed
        .iter()
        .map(|(_, kept)| {
            let table::record::Kept::Sealed(Sealed { line, .. }) = kept else {
                panic!("it has no seal");
            };
            let name = line.who_name.as_deref();
            (&*line.who_is, name, &*line.by_is, &*line.result)
        })
        .collect();
    let expected = [
        ("person", Some("José"), "person", "done"),
        ("unknown_name", None, "nobody", "refused"),
        ("program", None, "program", "refused"),
    ];
    assert_eq!(told, expected);
    let found = table::record_search::entry(&connection, 2)
        .unwrap()
        .unwrap();
    assert_eq!(found.at, Timestamp::from_micros(6));
    assert_eq!(found.reference.as_deref(), Some("7F3K"));
    assert_eq!(found.cause.as_deref(), Some("unknown_name"));
    migrations::check_schema(&connection, &[]).unwrap();
}

/// People keep what they had when their table is made anew, and are found by the parts of their names.
#[test]
fn people_outlive_the_making_of_their_table_anew() {
    let mut connection = Connection::open_in_memory().unwrap();
    for _ in 0..3 {
        migrations::step(&mut connection, None).unwrap();
    }
    let number = format!("unhex('{}')", "01".repeat(32));
    let number_row = format!("INSERT INTO numbers (number, first_seen) VALUES ({number}, 0)");
    connection.execute_batch(&number_row).unwrap();
    let names = ["maria.lopez-garcia", "a..b", "x_y_z", "jo"];
    for (n, name) in (0_u8..).zip(names) {
        let id = format!("unhex('{}')", format!("{n:02x}").repeat(16));
        let sql = format!(
            "INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number,
                                channel, disabled, current_sign_in, codes_in_a_row, codes_in_all,
                                codes_last, registered_at, role)
             VALUES ({id}, '{name}', '{name}', '{name}', 'hash', '+447700900101', {number},
                     'voice', {n} % 2, zeroblob(16), 1, 2, 3, 4, 'admin');
             INSERT INTO record (seq, at, act) VALUES ({n} + 1, 0, 'signed_in');
             INSERT INTO sessions (seq, sign_in, user, sid, at, channel, clearance)
             VALUES ({n} + 1, {id}, {id}, '{n}', 9, 'sms', 'unchanged');"
        );
        connection.execute_batch(&sql).unwrap();
    }
    migrations::migrate(&mut connection, Some(&seal().key)).unwrap();
    let read = "SELECT canonical || shown || password_hash || channel || state || codes_in_a_row \
                || codes_in_all || codes_last || registered_at || role || last_sign_in || version \
                || came || length(current_sign_in) FROM users ORDER BY id";
    let mut statement = connection.prepare(read).unwrap();
    let kept: Vec<String> = statement
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (n, name) in names.iter().enumerate() {
        let state = ["active", "disabled"][n % 2];
        let expected = format!("{name}{name}hashvoice{state}1234admin91registered16");
        assert_eq!(kept[n], expected);
        let of = "SELECT part FROM name_parts WHERE user = ?1 AND state = ?2 AND role = 'admin'";
        let mut statement = connection.prepare(of).unwrap();
        let id = [u8::try_from(n).unwrap(); 16];
        let mut found: Vec<String> = statement
            .query_map((id, state), |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        found.sort();
        if let Ok(name) = Username::parse(name) {
            let mut parts = simgate_domain::name_search::parts(&name);
            parts.sort();
            assert_eq!(found, parts, "as the program takes {name} apart");
        }
    }
    migrations::check_schema(&connection, &[]).unwrap();
}
