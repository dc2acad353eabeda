//! Every statement finds its rows by an index.

use simgate_domain::attempts::Limits;
use simgate_domain::{NameBeginning, UserId};

use super::*;
use crate::people::Sort;
use crate::sqlite::table::record_search::{self, Lead};
use crate::sqlite::table::users::{self, Along};

/// Every statement of every table file, taken from its source.
fn statements() -> Vec<String> {
    let sources = [
        include_str!("../table/checks.rs"),
        include_str!("../table/meta.rs"),
        include_str!("../table/name_parts.rs"),
        include_str!("../table/name_tries.rs"),
        include_str!("../table/number_changes.rs"),
        include_str!("../table/numbers.rs"),
        include_str!("../table/record.rs"),
        include_str!("../table/record_anchor.rs"),
        include_str!("../table/record_counts.rs"),
        include_str!("../table/record_names.rs"),
        include_str!("../table/record_seals.rs"),
        include_str!("../table/record_search.rs"),
        include_str!("../table/rules.rs"),
        include_str!("../table/sends.rs"),
        include_str!("../table/sessions.rs"),
        include_str!("../table/settings.rs"),
        include_str!("../table/users.rs"),
        include_str!("../table/users/list.rs"),
        include_str!("../table/users/one.rs"),
        include_str!("../table/users/write.rs"),
    ];
    let mut statements = Vec::new();
    for source in sources {
        assert!(
            !source.contains("format!"),
            "values are parameters, never text"
        );
        for literal in source.split('"') {
            let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
            // Those of lists are put together by macros, and follow whole.
            let whole = !literal.ends_with("FROM record") && !literal.ends_with("registered_at");
            if whole && verbs.iter().any(|verb| literal.starts_with(verb)) {
                statements.push(literal.replace("\\\n", " "));
            }
        }
    }
    let single = [
        record_search::ENTRY,
        record_search::WITH_REFERENCE,
        users::ONE,
    ];
    statements.extend(single.map(str::to_owned));
    let walks = walks().into_iter().map(|(walk, _)| walk.to_owned());
    statements.extend(walks);
    statements
}

/// How SQLite goes about a statement, whatever its values are.
async fn plan(store: &SqliteStore, sql: &str) -> Vec<String> {
    let explained = format!("EXPLAIN QUERY PLAN {sql}");
    let plan = store.read(move |connection| {
        let mut statement = connection.prepare(&explained)?;
        let nulls = vec![None::<i64>; statement.parameter_count()];
        let steps = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3))?;
        Ok(steps.collect::<Result<Vec<String>, _>>()?)
    });
    plan.await.unwrap()
}

#[tokio::test]
async fn every_statement_finds_its_rows_by_an_index() {
    let (_folder, store) = in_a_file();
    let statements = statements();
    assert!(statements.len() > 30, "{} statements", statements.len());
    for sql in statements {
        for step in plan(&store, &sql).await {
            // Partial indexes that hold just the rows wanted, read from end to end: what is
            // pending, and the unknown names, of which there is a bound.
            let wanted = [
                "SCAN numbers USING INDEX numbers_pending_since",
                "SCAN name_tries USING COVERING INDEX name_tries_unknown",
                "SCAN CONSTANT ROW",
                // One for each machine that the database ever was on.
                "SCAN record_seals",
            ];
            let wanted = wanted.contains(&step.as_str());
            assert!(wanted || !step.starts_with("SCAN"), "{step}: {sql}");
            assert!(!step.contains("TEMP B-TREE"), "{step}: {sql}");
        }
    }
}

/// Each way to look for entries, and the index that it goes along.
fn leads() -> [(Lead, &'static str); 8] {
    let user = UserId::new(uuid::Uuid::from_u128(1));
    [
        (Lead::All, "INDEX record_at (at"),
        (
            Lead::Act(Act::SignedIn),
            "INDEX record_act_at (act=? AND at",
        ),
        (Lead::Refused, "INDEX record_refused_at (at"),
        (
            Lead::Reference("7F3K".parse().unwrap()),
            "INDEX record_reference_at (reference=? AND at",
        ),
        (Lead::About(user), "INDEX record_who_at (who=? AND at"),
        (
            Lead::AboutAct(user, Act::SignedIn),
            "INDEX record_who_act_at (who=? AND act=? AND at",
        ),
        (Lead::By(user), "INDEX record_by_at (by_who=? AND at"),
        (
            Lead::Name([0; 32]),
            "INDEX record_name_at (name_hash=? AND at",
        ),
    ]
}

/// Each way to look for entries goes along an index of its own and no further than the page.
#[tokio::test]
async fn every_way_to_look_for_entries_has_its_index() {
    let (_folder, store) = in_a_file();
    for (lead, index) in leads() {
        let plan = plan(&store, record_search::sql(&lead)).await;
        // The two that follow look whether people are still there, each by their id.
        let (entries, people) = plan.split_first().unwrap();
        assert!(entries.contains(index), "{lead:?} {plan:?}");
        assert!(
            !plan.iter().any(|step| step.contains("TEMP B-TREE")),
            "{lead:?} sorts: {plan:?}"
        );
        assert!(
            !people
                .iter()
                .any(|step| step.starts_with("SCAN") && step.contains("record")),
            "{plan:?}"
        );
    }
}

/// Each way to walk through people, and the index that it goes along.
fn walks() -> Vec<(&'static str, &'static str)> {
    let beginning = NameBeginning::parse("a").unwrap().unwrap();
    let table = [
        (
            Along::Everyone(Sort::Name),
            "INDEX sqlite_autoindex_users_2 (canonical",
            "INDEX users_of_name (state=? AND role=? AND canonical",
        ),
        (
            Along::Everyone(Sort::LastSignIn),
            "INDEX users_last_sign_in ((last_sign_in,id)",
            "INDEX users_of_last_sign_in (state=? AND role=? AND (last_sign_in,id)",
        ),
        (
            Along::Everyone(Sort::Registered),
            "INDEX users_registered ((registered_at,id)",
            "INDEX users_of_registered (state=? AND role=? AND (registered_at,id)",
        ),
        (
            Along::Tried(Sort::Name, Limits::DEFAULT),
            "INDEX users_tried_name (canonical",
            "INDEX users_tried_name (canonical",
        ),
        (
            Along::Tried(Sort::LastSignIn, Limits::DEFAULT),
            "INDEX users_tried_last_sign_in ((last_sign_in,id)",
            "INDEX users_tried_last_sign_in ((last_sign_in,id)",
        ),
        (
            Along::Tried(Sort::Registered, Limits::DEFAULT),
            "INDEX users_tried_registered ((registered_at,id)",
            "INDEX users_tried_registered ((registered_at,id)",
        ),
        (
            Along::Parts(&beginning),
            "SEARCH name_parts USING PRIMARY KEY (",
            "INDEX name_parts_of (state=? AND role=? AND ",
        ),
    ];
    let mut walks = Vec::new();
    for (along, index, filtered) in table {
        for descending in [false, true] {
            walks.push((users::statement(along, descending, false), index));
            walks.push((users::statement(along, descending, true), filtered));
        }
    }
    walks
}

/// Each page of people goes along an index of its own, and no further; what a name's part lacks of its
/// person is read by their id.
#[tokio::test]
async fn every_way_to_walk_through_people_has_its_index() {
    let (_folder, store) = in_a_file();
    for (sql, index) in walks() {
        let plan = plan(&store, sql).await;
        let (people, more) = plan.split_first().unwrap();
        assert!(people.contains(index), "{sql} {plan:?}");
        let by_id = |step: &String| step.starts_with("SEARCH users USING PRIMARY KEY (id=?)");
        assert!(more.iter().all(by_id), "{sql} {plan:?}");
    }
}
