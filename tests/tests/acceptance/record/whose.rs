//! Whose an act is: whoever called the command, also where they are gone when it is put on record.

use simgate_app::contract::record::{PartyView, RetentionForm};

use super::{back_at_work, maria_as, newest};

#[tokio::test]
async fn an_act_is_of_whoever_called_it_also_where_they_sign_out_meanwhile() {
    let branch = maria_as("admin").await;
    let form = RetentionForm {
        version: 0,
        days: Some(90),
    };
    let (kept, out) = tokio::join!(branch.app.set_record_retention(form), branch.app.sign_out());
    kept.expect("the door let her in");
    out.expect("she signs out");
    back_at_work(&branch).await;
    let changed = newest(&branch, "retention_changed").await;
    let PartyView::Person { name, .. } = &changed.by else {
        panic!("what drops the record is hers: {changed:?}");
    };
    assert_eq!(name, "maria");
}
