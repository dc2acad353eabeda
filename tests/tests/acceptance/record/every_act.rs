//! AU1: every act that there is, done by somebody, and what then stands on record of it.

mod installation;
mod people;
mod recovery;
mod signing_in;

use simgate_app::contract::record::{EntryResult, EntryView, PartyView, RecordForm};
use simgate_store::{Act, Outcome};

use super::{everything, page};
use crate::branch::Branch;

/// How an act stands on record: by whom, about whom, why, and how what is told of it begins; each empty
/// where there is nothing.
#[derive(Debug)]
struct Told(&'static str, &'static str, &'static str, &'static str);

impl Told {
    fn fits(&self, entry: &EntryView) -> bool {
        let Self(by, about, cause, detail) = *self;
        let told = entry.detail.as_deref().unwrap_or_default();
        party(&entry.row.by) == by
            && party(&entry.row.about) == about
            && entry.row.cause.as_deref().unwrap_or_default() == cause
            && told.starts_with(detail)
            && told.is_empty() == detail.is_empty()
    }
}

fn party(view: &PartyView) -> &str {
    match view {
        PartyView::Person { name, .. } => name,
        PartyView::UnknownName => "an unknown name",
        PartyView::Nobody => "nobody",
        PartyView::Program => "the program",
        PartyView::Console => "the command line",
    }
}

/// Each act once, by hand: one that is added and stands not here does not compile, and one that nothing
/// makes fails.
#[expect(clippy::match_same_arms, reason = "one line an act, in their order")]
fn told(act: Act) -> Told {
    const ADMIN: &str = "admin.one";
    const ALL: &str = "the program";
    match act {
        Act::SignInRefused => Told("nobody", "an unknown name", "unknown_name", ""),
        Act::PasswordPassed => Told("maria", "maria", "", ""),
        Act::SignInHeld => Told("carmen", "carmen", "not_approved", ""),
        Act::Registered => Told("carmen", "carmen", "by_approval", ""),
        Act::RegistrationRefused => Told(ALL, ALL, "closed", ""),
        Act::SimPassed => Told("maria", "maria", "unchanged", ""),
        Act::SimStopped => Told("maria", "maria", "changed", ""),
        Act::CodeSent => Told("maria", "maria", "sms", ""),
        Act::CodeNotSent => Told("maria", "maria", "too_soon", ""),
        Act::CodeWrong => Told("maria", "maria", "", ""),
        Act::CodeRefused => Told("maria", "maria", "expired", ""),
        Act::SignedIn => Told("maria", "maria", "", ""),
        Act::SignedOut => Told(ADMIN, ADMIN, "by_hand", ""),
        Act::SessionEnded => Told("maria", "maria", "idle", ""),
        Act::StartedOver => Told("maria", "maria", "by_hand", ""),
        Act::PersonAdded => Told(ADMIN, "maria", "", ""),
        Act::PersonApproved => Told(ADMIN, "carmen", "", ""),
        Act::PersonDisabled => Told(ADMIN, "maria", "", ""),
        Act::PersonEnabled => Told(ADMIN, "maria", "", ""),
        Act::PersonUnlocked => Told(ADMIN, "maria", "", ""),
        Act::PasswordReset => Told(ADMIN, "maria", "", ""),
        Act::PasswordChosen => Told("maria", "maria", "", ""),
        Act::ChannelChanged => Told(ADMIN, "maria", "", "channel sms voice"),
        Act::RoleChanged => Told(ADMIN, "maria", "", "role staff supervisor"),
        Act::NumberChangeBegun => Told(ADMIN, "maria", "", "number ..46 ..48"),
        Act::NumberCodeWrong => Told(ADMIN, "maria", "", ""),
        Act::NumberChanged => Told(ADMIN, "maria", "", "number ..46 ..48"),
        Act::NumberNotChanged => Told(ADMIN, "maria", "given_up", ""),
        Act::PersonDeleted => Told(ADMIN, "maria", "", ""),
        Act::PersonActRefused => Told(ADMIN, ADMIN, "last_admin", ""),
        Act::AdminRecovered => Told("the command line", "ana.gil", "", "was staff active"),
        Act::PeopleImported => Told(ADMIN, ALL, "", "added 1 left_out 0"),
        Act::PeopleExported => Told(ADMIN, ALL, "masked", "file simgate-people-"),
        Act::RegistrationModeChanged => Told(ADMIN, ALL, "by_approval", ""),
        Act::FirstAdminWithdrawn => Told(ALL, ALL, "", ""),
        Act::SetUpFinished => Told(ADMIN, ALL, "", ""),
        Act::VendorTested => Told(ADMIN, ALL, "", "tru_id"),
        Act::VendorTestFailed => Told(ADMIN, ALL, "our_credentials", "tru_id token_granted"),
        Act::VendorSettingsChanged => Told(ADMIN, ALL, "", "tru_id client_id client_secret"),
        Act::RecoveryCodeUsed => Told(ADMIN, ADMIN, "", "left 9"),
        Act::KitMade => Told(ADMIN, ADMIN, "new_recovery_key", ""),
        Act::KitShown => Told(ADMIN, ADMIN, "", "new key"),
        Act::BackupMade => Told(ADMIN, ALL, "", "people 1 entries "),
        Act::BackupFailed => Told(ADMIN, ALL, "exists", ""),
        Act::Restored => Told(ADMIN, ALL, "", "made 20"),
        Act::Failed => Told("maria", "maria", "unforeseen", ""),
        Act::CommandRefused => Told("maria", "maria", "people", ""),
        Act::BranchChanged => Told(ADMIN, ADMIN, "", ""),
        Act::RulesSet => Told(ADMIN, ALL, "", "version 2"),
        Act::BudgetWarning => Told(ALL, ALL, "codes", ""),
        Act::RecordVerified => Told(ADMIN, ADMIN, "", "from 1 to "),
        Act::RecordFlawed => Told(ADMIN, ADMIN, "entry_changed", "entry "),
        Act::RecordExported => Told(ADMIN, ADMIN, "", "file simgate-record-"),
        Act::RecordPruned => Told(ALL, ALL, "", "days 90 entries "),
        Act::RetentionChanged => Told(ADMIN, ADMIN, "", "days 90 before all"),
        Act::RecordAdopted => Told(ALL, ALL, "", "key "),
    }
}

/// It follows only where a record goes on under another machine's key, which `recovery::elsewhere` sees to.
const NOT_HERE: Act = Act::RecordAdopted;

/// The whole record, as whoever is at the counter is shown it, oldest first.
async fn record_of(branch: &Branch) -> Vec<EntryView> {
    let mut entries = Vec::new();
    let mut after = None;
    loop {
        let form = RecordForm {
            after,
            ..everything()
        };
        let shown = page(branch, form).await;
        for row in shown.entries {
            let entry = branch.app.record_entry(row.seq).await.expect("an answer");
            entries.push(entry.expect("an entry"));
        }
        after = shown.next;
        if after.is_none() {
            break;
        }
    }
    entries.reverse();
    entries
}

/// Each is made by what people do, and is told with its place, its time, whoever did it, whom it is
/// about, what came of it and why. A refusal has a cause, but for a wrong code, which is one.
#[tokio::test]
async fn every_act_there_is_is_made_and_told_in_full() {
    let mut seen = signing_in::walk().await;
    seen.extend(people::walk().await);
    seen.extend(people::walk_of_a_first_admin().await);
    seen.extend(installation::walk().await);
    seen.extend(recovery::walk().await);

    let of = |act: Act| seen.iter().filter(move |entry| entry.row.act == act.word());
    let made = Act::ALL.iter().filter(|act| **act != NOT_HERE);
    let amiss = made.filter_map(|&act| {
        let told = told(act);
        let found: Vec<_> = of(act).map(as_told).collect();
        let is_told = of(act).any(|entry| told.fits(entry));
        (!is_told).then(|| format!("{}: {told:?}\n    not {found:?}", act.word()))
    });
    let amiss: Vec<_> = amiss.collect();
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));

    for entry in &seen {
        let act = Act::of_word(&entry.row.act).expect("an act of ours");
        let refused = entry.row.result == EntryResult::Refused;
        assert_eq!(refused, act.outcome() == Outcome::Refused, "{entry:?}");
        let is_cause = [Act::CodeWrong, Act::NumberCodeWrong].contains(&act);
        assert!(
            !refused || is_cause || entry.row.cause.is_some(),
            "{entry:?}"
        );
        assert!(entry.row.at.ends_with('Z'), "{entry:?}");
        let asked = [Act::SimPassed, Act::SimStopped, Act::CodeSent];
        assert!(
            !asked.contains(&act) || entry.check_id.is_some(),
            "what the vendor calls it: {entry:?}"
        );
    }
}

/// For a failure of the test above.
fn as_told(entry: &EntryView) -> String {
    format!(
        "{} {} {:?} {:?}",
        party(&entry.row.by),
        party(&entry.row.about),
        entry.row.cause,
        entry.detail
    )
}
