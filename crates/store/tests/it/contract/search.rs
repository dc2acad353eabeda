//! Looking for entries: by what was done, by whom, when, under which reference, and all of that at once.

use simgate_store::{
    Act, By, Entry, Outcome, Page, Party, Person, Place, Record, Search, Store, Who,
};

use crate::kit::{ALICE, BOB, Kit, START, minutes, name, secs};

/// Everything on record, newest first, as one would find it by reading it all.
struct Shelf(Vec<Row>);

struct Row {
    seq: u64,
    entry: Entry,
}

/// Two people, some unknown names and the program: 200 entries in which everything occurs.
async fn shelf(kit: &Kit) -> (Shelf, [simgate_domain::UserId; 2]) {
    let alice = kit.registered("alice", ALICE).await.user;
    let bob = kit.registered("bob", BOB).await.user;
    let people = [alice, bob];
    let mut rows = Vec::new();
    for (seq, user) in (1..).zip(people) {
        let entry = kit.entry(Who::User(user), Act::Registered);
        rows.push(Row { seq, entry });
    }
    for n in 0..200_u64 {
        // Some bear the same time, and some an earlier one: the clock was set back.
        match n % 7 {
            0 => {}
            3 => kit.set_clock(kit.now().minus(secs(90))),
            _ => kit.pass(secs(60)),
        }
        let who = match n % 5 {
            0 | 1 => Who::User(alice),
            2 => Who::User(bob),
            3 => Who::UnknownName(["carol", "dave"][usize::from(n % 2 == 0)].to_owned()),
            _ => Who::Program,
        };
        let act = Act::ALL[usize::try_from(n * 3 + n / 7).unwrap() % Act::ALL.len()];
        let mut entry = kit.entry(who, act);
        if n % 9 == 0 {
            entry.by = By::User(bob);
        }
        entry.reference =
            (n % 4 == 0).then(|| ["7F3K", "0000"][usize::from(n % 8 == 0)].parse().unwrap());
        kit.store.record(entry.clone()).await.unwrap();
        rows.push(Row { seq: n + 3, entry });
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.entry.at, row.seq)));
    (Shelf(rows), people)
}

impl Shelf {
    fn fits(
        &self,
        search: &Search,
        users: &[simgate_domain::UserId],
        typed: Option<&str>,
    ) -> Vec<u64> {
        let person = |entry: &Entry| {
            let about = match &entry.who {
                Who::User(user) => users.contains(user),
                Who::UnknownName(name) => typed == Some(name),
                Who::Program => false,
            };
            about || matches!(entry.by, By::User(user) if users.contains(&user))
        };
        let fit = self.0.iter().filter(|Row { entry, .. }| {
            (search.acts.is_empty() || search.acts.contains(&entry.act))
                && (!search.refused || entry.act.outcome() == Outcome::Refused)
                && (search.person.is_none() || person(entry))
                && search
                    .reference
                    .is_none_or(|sought| entry.reference == Some(sought))
                && search.from.is_none_or(|from| entry.at >= from)
                && search.until.is_none_or(|until| entry.at < until)
        });
        fit.map(|row| row.seq).collect()
    }
}

/// Every page, one after the other.
async fn pages(kit: &Kit, search: &Search, most: u16) -> Vec<u64> {
    let (mut found, mut after) = (Vec::new(), None::<Place>);
    loop {
        let page: Page = kit.store.search(search.clone(), after, most).await.unwrap();
        assert!(page.entries.len() <= usize::from(most));
        found.extend(page.entries.iter().map(|entry| entry.seq));
        after = page.next;
        if after.is_none() {
            return found;
        }
        assert_eq!(
            page.entries.len(),
            usize::from(most),
            "only the last is short"
        );
    }
}

pub async fn each_filter_and_all_of_them_find_what_reading_it_all_finds(kit: Kit) {
    let (shelf, [alice, bob]) = shelf(&kit).await;
    let acts = [
        vec![],
        vec![Act::CodeWrong],
        vec![
            Act::SignedIn,
            Act::SimStopped,
            Act::SignInRefused,
            Act::SignedIn,
        ],
    ];
    let people = [
        (None, vec![], None),
        (Some(Person::Is(alice)), vec![alice], None),
        (Some(Person::Is(bob)), vec![bob], None),
        (Some(Person::Named("ALICE".to_owned())), vec![alice], None),
        (
            Some(Person::Named("carol".to_owned())),
            vec![],
            Some("carol"),
        ),
        (
            Some(Person::Named("nobody at all \n".to_owned())),
            vec![],
            None,
        ),
    ];
    let times = [
        (None, None),
        (Some(START.plus(minutes(30))), None),
        (Some(START.plus(minutes(10))), Some(START.plus(minutes(70)))),
        (Some(START.plus(minutes(70))), Some(START.plus(minutes(10)))),
    ];
    let (mut searches, mut hits) = (0, 0);
    for acts in &acts {
        for refused in [false, true] {
            for (person, users, typed) in &people {
                for reference in [None, Some("7F3K".parse().unwrap())] {
                    for (from, until) in times {
                        let search = Search {
                            acts: acts.clone(),
                            refused,
                            person: person.clone(),
                            reference,
                            from,
                            until,
                        };
                        let expected = shelf.fits(&search, users, *typed);
                        assert_eq!(pages(&kit, &search, 200).await, expected, "{search:?}");
                        assert_eq!(pages(&kit, &search, 7).await, expected, "{search:?}");
                        searches += 1;
                        hits += usize::from(!expected.is_empty());
                    }
                }
            }
        }
    }
    assert_eq!(searches, 3 * 2 * 6 * 2 * 4);
    assert!(hits > 60, "only {hits} of {searches} find anything");
}

pub async fn a_page_goes_on_where_the_one_before_ended_whatever_is_added(kit: Kit) {
    let (shelf, _) = shelf(&kit).await;
    let all = Search::default();
    let first = kit.store.search(all.clone(), None, 50).await.unwrap();
    kit.pass(minutes(60));
    kit.record(Who::Program, Act::Failed, None).await;
    let second = kit.store.search(all.clone(), first.next, 50).await.unwrap();
    let seen: Vec<_> = first.entries.iter().chain(&second.entries).collect();
    let expected: Vec<_> = shelf.0.iter().take(100).map(|row| row.seq).collect();
    assert_eq!(
        seen.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
        expected
    );
    let newest = kit.store.search(all, None, 1).await.unwrap();
    assert_eq!(newest.entries[0].act, "failed");
}

/// No page is longer than asked for, nor than a page may be.
pub async fn pages_have_bounds(kit: Kit) {
    let _shelf = shelf(&kit).await;
    for (asked, got) in [(0, 1), (1, 1), (200, 200), (u16::MAX, 200)] {
        let page = kit
            .store
            .search(Search::default(), None, asked)
            .await
            .unwrap();
        assert_eq!(page.entries.len(), got, "{asked} asked for");
    }
}

pub async fn an_entry_is_read_back_whole(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", BOB).await;
    let entry = Entry {
        by: By::User(bob.user),
        sign_in: Some(alice.sign_in),
        cause: Some("operator_timeout"),
        detail: Some("role staff admin\nrow 2 \u{202e}".to_owned()),
        policy: Some(4),
        check_id: Some("c69bc0e6".to_owned()),
        cost: simgate_store::Cost::new(12_500, "GBP"),
        ..kit.entry(Who::User(alice.user), Act::SimStopped)
    };
    kit.store.record(entry.clone()).await.unwrap();
    let found = kit.store.entry(3).await.unwrap().unwrap();
    assert!(found.older && !found.newer);
    let before = kit.store.entry(2).await.unwrap().unwrap();
    assert_eq!(found.before, before.hash);
    assert_ne!(found.hash, found.before);
    let found = found.entry;
    assert_eq!(found.at, entry.at);
    assert_eq!(found.reference.as_deref(), Some("7F3K"));
    let person = |user, name: &str| Party::Person {
        user,
        name: Some(name.to_owned()),
        gone: false,
    };
    assert_eq!(found.who, person(alice.user, "alice"));
    assert_eq!(found.by, person(bob.user, "bob"));
    assert_eq!(found.sign_in, entry.sign_in);
    assert_eq!(found.act, "sim_stopped");
    assert!(found.refused);
    assert_eq!(found.cause.as_deref(), entry.cause);
    let escaped = "role staff admin\\u{a}row 2 \\u{202e}";
    assert_eq!(
        found.detail.as_deref(),
        Some(escaped),
        "one line, and nothing hidden in it"
    );
    assert_eq!(found.policy, entry.policy);
    assert_eq!(found.check_id, entry.check_id);
    assert_eq!(found.cost, entry.cost);

    let first = kit.store.entry(1).await.unwrap().unwrap();
    assert!(!first.older && first.newer);
    assert_eq!(first.before, [0; 32]);
    for none in [0, 4, u64::MAX >> 1] {
        assert_eq!(kit.store.entry(none).await.unwrap(), None);
    }
}

/// AU5: whatever a detail is made of, it is one entry of bounded length.
pub async fn a_detail_is_one_line_of_bounded_length(kit: Kit) {
    for odd in ["\r\n", "\u{1b}[2J", "|", "\u{202e}", "\0", "é", "\\"] {
        let entry = Entry {
            detail: Some(odd.repeat(1 << 20)),
            check_id: Some(odd.repeat(1 << 20)),
            ..kit.entry(Who::Program, Act::Failed)
        };
        kit.store.record(entry).await.unwrap();
        let page = kit
            .store
            .search(Search::default(), None, 200)
            .await
            .unwrap();
        let newest = page.entries.iter().max_by_key(|entry| entry.seq).unwrap();
        let (detail, id) = (
            newest.detail.as_ref().unwrap(),
            newest.check_id.as_ref().unwrap(),
        );
        assert!(
            (480..=512).contains(&detail.len()),
            "{odd:?}: {}",
            detail.len()
        );
        assert!((100..=128).contains(&id.len()), "{odd:?}: {}", id.len());
        assert!(!detail.chars().any(char::is_control) && !detail.contains('\u{202e}'));
    }
    assert_eq!(kit.store.heads().borrow().seq, 7);
}

/// A password that was typed as a name is in no entry, and whoever knows it finds the try.
pub async fn an_unknown_name_is_found_only_by_who_knows_it(kit: Kit) {
    let typed = "Correct Horse Battery Staple";
    kit.record(
        Who::UnknownName(typed.to_owned()),
        Act::SignInRefused,
        Some("unknown_name"),
    )
    .await;
    let find = |typed: &str| Search {
        person: Some(Person::Named(typed.to_owned())),
        ..Search::default()
    };
    assert_eq!(pages(&kit, &find(typed), 10).await, [1]);
    assert_eq!(
        pages(&kit, &find("correct horse"), 10).await,
        [] as [u64; 0]
    );
    let found = kit.store.entry(1).await.unwrap().unwrap().entry;
    assert_eq!((found.who, found.by), (Party::UnknownName, Party::Nobody));
    // The name is somebody's from now on; what was tried before is found by it all the same.
    kit.record(
        Who::UnknownName("Erin".to_owned()),
        Act::SignInRefused,
        None,
    )
    .await;
    kit.registered("erin", ALICE).await;
    kit.try_password(name("erin")).await;
    assert_eq!(pages(&kit, &find("ERIN"), 10).await, [3, 2]);
}
