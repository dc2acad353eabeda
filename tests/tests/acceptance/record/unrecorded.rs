//! AU6: what cannot be put on record does not happen. The database takes everything but the entry.

use simgate_app::contract::people::{ImportWorkView, NumberForm, PeopleExportView, PersonAct};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, ErrorCode, RoleName, StopReason};
use simgate_vault::Secret;

use super::exports;
use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, minutes};
use crate::commands::call;
use crate::people::{ADMINS, CHOSEN, MARIAS, NEW, act_form, act_on_person, everybody};
use crate::recovery::typed;
use crate::vendor_settings::entry;

/// From now on no entry of this act is taken, or none at all: each would have to be the only one after
/// the last that is there.
fn refuse_entries(branch: &Branch, act: Option<&str>) {
    let of_it = act.map_or("true".to_owned(), |act| format!("act = '{act}'"));
    let raw = branch.raw();
    let last = format!("SELECT max(seq) FROM record WHERE {of_it}");
    let last = raw.query_row(&last, (), |row| row.get::<_, i64>(0));
    let last = last.expect("there is one");
    let only = format!(
        "CREATE UNIQUE INDEX only_one ON record ((act IS NULL)) WHERE {of_it} AND seq >= {last}"
    );
    raw.execute_batch(&only).expect("an index");
}

fn take_entries(branch: &Branch) {
    let dropped = branch.raw().execute_batch("DROP INDEX only_one");
    dropped.expect("the index");
}

/// The right code after the right password and an unchanged SIM, and no entry that tells of it: nobody
/// is signed in, and what can be read in the database grants nothing.
#[tokio::test]
async fn a_session_that_cannot_be_recorded_is_not_granted() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    let granted = || -> u32 {
        let sql = "SELECT count(*) FROM sessions";
        let count = branch.raw().query_row(sql, (), |row| row.get(0));
        count.expect("a count")
    };
    let before = granted();
    refuse_entries(&branch, Some("signed_in"));
    let view = branch.type_right_code(STEADY).await.expect("an answer");
    expect_reason(view, StopReason::Unforeseen);
    take_entries(&branch);
    assert_eq!(granted(), before);
    assert_eq!(branch.acts("signed_in").len(), 1, "the first time alone");
    branch.app.start_over().await.expect("left");
    let late = branch.type_right_code(STEADY).await;
    assert_eq!(late.expect_err("it is spent").code, ErrorCode::NotNow);
    assert!(matches!(branch.view().await, View::SignIn { .. }));
}

/// Whatever an admin does, and the table, the keyring and the folder of files are as they were.
#[tokio::test]
async fn nothing_that_an_admin_does_is_done_where_it_cannot_be_recorded() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    let maria = branch.person_called("maria").await.row;
    let looked = branch
        .look_at("username,phone,channel,role\nana.gil,+447700900152,sms,staff\n")
        .await;
    let good = matches!(looked, Ok(ImportWorkView::Checked { bad_count: 0, .. }));
    assert!(good, "{looked:?}");
    let kept = entry(&branch, Secret::TruId).await;
    refuse_entries(&branch, None);
    let before = branch.everything_stored();
    let assert_nothing = |what: &str| {
        assert!(
            branch.everything_stored() == before,
            "{what} changed something"
        );
    };

    for act in [
        PersonAct::Role {
            role: RoleName::Admin,
        },
        PersonAct::Channel {
            channel: ChannelName::Voice,
        },
        PersonAct::Disable,
        PersonAct::Unlock,
        PersonAct::Reset,
        PersonAct::Delete,
    ] {
        let refused = act_on_person(&branch.app, act_form(&maria, act)).await;
        let code = refused.expect_err("not recorded").code;
        assert_eq!(code, ErrorCode::Unforeseen, "{act:?}");
        assert_nothing(&format!("{act:?}"));
    }
    for command in [
        "add_person",
        "set_branch",
        "set_registration_mode",
        "set_record_retention",
        "set_rules",
        "export_record",
    ] {
        let refused = call(&branch, command).await.expect_err("not recorded");
        assert_eq!(refused.code, ErrorCode::Unforeseen, "{command}");
        assert_nothing(command);
    }
    let form = NumberForm {
        id: maria.id.clone(),
        version: maria.version,
        phone: NEW.to_owned(),
        country: "GB".to_owned(),
    };
    branch.vendors.clear_ledger();
    branch.app.change_number(form).await.expect_err("not begun");
    assert_nothing("a change of a number");
    assert!(branch.vendors.ledger().is_empty(), "and nobody was asked");
    branch
        .choose(Some(crate::branch::PASSWORD), CHOSEN)
        .await
        .expect_err("not chosen");

    call(&branch, "save_vendor").await.expect("an answer");
    assert_eq!(entry(&branch, Secret::TruId).await, kept, "in the keyring");
    branch.app.import_people(false).await.expect("begun");
    branch.app.export_people(everybody()).await.expect("begun");
    let work = branch.people_work().await;
    assert!(
        matches!(work.import, ImportWorkView::Failed { .. }),
        "{work:?}"
    );
    assert!(
        matches!(work.export, PeopleExportView::Failed { .. }),
        "{work:?}"
    );
    assert!(exports(&branch).is_empty());

    take_entries(&branch);
    assert_eq!(branch.person_called("maria").await.row, maria);
    assert!(branch.find("ana.gil").await.is_empty());
    branch.leave().await;
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("admin.one").await.expect("the old password"));
    expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
    let kit = branch.app.make_kit(false).await.expect("shown");
    let before = branch.app.kit().await.expect("a kit").made_at;
    branch.wait(minutes(1)).await;
    refuse_entries(&branch, None);
    let written = typed(kit.codes[0].as_str());
    branch.app.confirm_kit(written).await.expect_err("not kept");
    take_entries(&branch);
    assert_eq!(branch.app.kit().await.expect("a kit").made_at, before);
}
