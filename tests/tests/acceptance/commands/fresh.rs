//! SE7: what wants a fresh proof is refused an old one, command by command.

use simgate_app::commands::{TABLE, Who};
use simgate_app::contract::words::ErrorCode;

use super::call;
use crate::branch::{Branch, expect_counter, seconds};

/// Each of the fifteen, by an admin at the counter whose proof is a second too old: nothing is done, and
/// nothing is asked of a vendor. A moment before, and after a new proof, none of them is refused for it.
#[tokio::test]
async fn every_command_that_wants_a_fresh_proof_is_refused_an_old_one() {
    let wanting = || {
        let rules = TABLE.iter().filter(|rule| rule.who == Who::AdminFresh);
        rules.map(|rule| rule.name)
    };
    assert_eq!(wanting().count(), 15);
    let branch = Branch::with_admin().await;
    branch.wait(seconds(299)).await;
    call(&branch, "set_branch").await.expect("still fresh");
    branch.wait(seconds(2)).await;
    branch.vendors.clear_ledger();

    let before = branch.everything_stored();
    for command in wanting() {
        let refusal = call(&branch, command).await.expect_err(command);
        assert_eq!(refusal.code, ErrorCode::StepUpNeeded, "{command}");
    }
    assert!(
        branch.everything_stored() == before,
        "nothing in the database is another"
    );
    assert!(branch.vendors.ledger().is_empty(), "no vendor was asked");
    expect_counter(branch.view().await);

    // It was the proof alone that was missing.
    branch.prove_anew().await;
    for command in wanting() {
        let code = call(&branch, command)
            .await
            .err()
            .map(|refused| refused.code);
        assert_ne!(code, Some(ErrorCode::StepUpNeeded), "{command}");
    }
}
