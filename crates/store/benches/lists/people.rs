//! The list of people: its first page by each order, what is searched and filtered in it.

use std::sync::Arc;

use simgate_domain::attempts::Limits;
use simgate_domain::{
    AccountState, Channel, NameBeginning, PhoneNumber, Role, Timestamp, UserId, Username,
};
use simgate_store::{
    Act, Actor, Entry, Find, Imported, NameTried, NewPerson, People as _, PeoplePage, PeopleQuery,
    Progress, Sort, SqliteStore, Store as _, Who,
};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::by_hand::ByHand;
use crate::file::File;
use crate::measure::{Table, medians};

/// People on a page.
const PAGE: usize = 50;
/// People who are locked.
const LOCKED: u64 = 100;
/// People who are taken in at once.
const PART: u64 = 1_000;
const NOW: Timestamp = Timestamp::from_micros(1_795_392_000_000_000);

const FIRST_NAMES: [&str; 8] = [
    "ana", "boris", "chioma", "dimitra", "elif", "farid", "giulia", "hanna",
];

/// One way to look.
struct Look {
    what: &'static str,
    query: PeopleQuery,
    /// The same rows, found along the same index.
    by_hand: String,
}

pub fn measure(short: u64, long: u64, table: &mut Table) {
    let runtime = Runtime::new().unwrap();
    let (file, short_file) = (File::new(), File::new());
    let (store, short_store) = (file.store(), short_file.store());
    fill(&runtime, &short_store, 0..short);
    fill(&runtime, &store, 0..long);
    let hand = ByHand::new(&file);
    for look in &looks() {
        let found = page(&runtime, &store, look).people.len();
        let expected = hand.ask(&look.by_hand);
        // The list looks one further, to know whether there is a next page.
        assert_eq!(
            found,
            expected.min(PAGE),
            "{}: both find the same",
            look.what
        );
        let [took, by_hand, brief] = medians([
            &mut || drop(page(&runtime, &store, look)),
            &mut || assert_eq!(hand.ask(&look.by_hand), expected),
            &mut || drop(page(&runtime, &short_store, look)),
        ]);
        let what = format!("people, {long}: {}", look.what);
        table.add(what.clone(), took, (by_hand, "written by hand", 1.5));
        table.add(what, took, (brief, "the same at 1000", 1.5));
    }
}

fn looks() -> Vec<Look> {
    let all = || PeopleQuery {
        find: Find::Everyone,
        state: None,
        role: None,
        locked: false,
        sort: Sort::Name,
        descending: false,
        after: None,
        limit: PAGE,
        limits: Limits::DEFAULT,
    };
    let named = |typed| Find::Name(NameBeginning::parse(typed).unwrap().unwrap());
    let look = |what, query, condition: &str| Look {
        what,
        query,
        by_hand: same_rows(condition),
    };
    vec![
        look("first page", all(), "ORDER BY canonical"),
        look(
            "by last sign-in",
            PeopleQuery {
                sort: Sort::LastSignIn,
                descending: true,
                ..all()
            },
            "ORDER BY last_sign_in DESC, id DESC",
        ),
        look(
            "one state and role",
            PeopleQuery {
                state: Some(AccountState::Active),
                role: Some(Role::Supervisor),
                ..all()
            },
            "WHERE state = 'active' AND role = 'supervisor' ORDER BY canonical",
        ),
        look(
            "a name begins so",
            PeopleQuery {
                find: named("dimitra-0000"),
                ..all()
            },
            "JOIN name_parts ON name_parts.user = id \
             WHERE part >= 'dimitra-0000' AND part < 'dimitra-0001' ORDER BY part, user",
        ),
        look(
            "who is locked",
            PeopleQuery {
                locked: true,
                ..all()
            },
            "WHERE (passwords_tried > 0 OR codes_in_all > 0) AND passwords_tried >= 5 \
             ORDER BY canonical",
        ),
        look(
            "one number",
            PeopleQuery {
                find: Find::Number(number(7)),
                ..all()
            },
            "WHERE number = (SELECT number FROM users WHERE canonical = 'hanna.00000007')",
        ),
    ]
}

/// All that the list shows of them.
fn same_rows(condition: &str) -> String {
    let further = PAGE + 1;
    format!(
        "SELECT id, shown, e164, number, channel, users.role, users.state, version, \
         password_hash IS NOT NULL, one_time_until, passwords_tried, passwords_last, \
         codes_in_a_row, codes_in_all, codes_last, last_sign_in, registered_at \
         FROM users {condition} LIMIT {further}"
    )
}

fn number(serial: u64) -> PhoneNumber {
    PhoneNumber::parse(&format!("+4478{:08}", 10_000_000 + serial), "GB").unwrap()
}

fn person(serial: u64) -> NewPerson {
    let first = FIRST_NAMES[usize::try_from(serial % 8).unwrap()];
    NewPerson {
        user: UserId::new(Uuid::from_u128(u128::from(serial))),
        name: Username::parse(&format!("{first}.{serial:08}")).unwrap(),
        number: number(serial),
        channel: Channel::Sms,
        role: if serial.is_multiple_of(10) {
            Role::Supervisor
        } else {
            Role::Staff
        },
    }
}

fn fill(runtime: &Runtime, store: &SqliteStore, serials: std::ops::Range<u64>) {
    for first in serials.clone().step_by(usize::try_from(PART).unwrap()) {
        let part = (first..serials.end.min(first + PART)).map(person);
        let entry = Entry::new(NOW, Who::Program, Act::PeopleImported);
        let progress = Arc::new(Progress::default());
        let imported = store.import_people(part.collect(), Actor::Console, entry, progress);
        assert_eq!(runtime.block_on(imported).unwrap(), Imported::Done);
    }
    // The newest of them are locked, and as many others have mistyped their passwords once.
    for serial in serials.end - 2 * LOCKED..serials.end {
        let tries = if serial < serials.end - LOCKED { 1 } else { 5 };
        for _ in 0..tries {
            let name = NameTried::Name(person(serial).name);
            let counted = store.reserve_password_attempt(name, Limits::DEFAULT, NOW);
            runtime.block_on(counted).unwrap();
        }
    }
}

fn page(runtime: &Runtime, store: &SqliteStore, look: &Look) -> PeoplePage {
    let people = store.people(look.query.clone(), NOW);
    runtime.block_on(people).unwrap()
}
