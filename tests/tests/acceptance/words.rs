//! What is said is true, and stays true while it is shown.

use simgate_rehearsal::Call;
use simgate_rehearsal::faults::Fault;

use crate::branch::{Branch, STEADY, expect_stopped, seconds};

/// The page asks anew every 25 seconds, and starts its countdown from what it is told.
#[tokio::test]
async fn the_wait_of_a_stop_grows_shorter_while_it_is_shown() {
    let branch = Branch::open().await;
    let headers = &[("Retry-After", "120")];
    let fault = Fault::on(Call::SimCheck).answering(429, headers, "{}");
    branch.vendors.set_fault(fault).await.expect("a fault");
    let stopped = branch.register("maria", STEADY).await.expect("registered");
    assert_eq!(expect_stopped(stopped).retry_in, Some(120));
    for (wait, left) in [(25, 95), (25, 70), (69, 1), (1, 0), (25, 0)] {
        branch.wait(seconds(wait)).await;
        let stopped = expect_stopped(branch.view().await);
        assert_eq!(stopped.retry_in, Some(left), "{wait} s later");
    }
}
