//! A redirect is not followed, wherever it points, and credentials go nowhere else.

use std::time::Duration;

use simgate_domain::{CannotTell, SimWindow};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::Fault;
use simgate_vendors::{SimCheck as _, TransportError};

use crate::harness::{Bench, NUMBER, number, unknown};

const REDIRECTED: TransportError = TransportError::Redirected;

#[tokio::test]
async fn no_redirect_is_followed() {
    let thief = Bench::new().await;
    for status in [301, 302, 303, 307, 308] {
        let bench = Bench::new().await;
        let targets = [
            "/elsewhere".to_owned(),
            format!("{}/oauth2/v1/token", thief.vendors.tru_id_url()),
            format!(
                "{}/v2",
                thief.vendors.twilio_verify_url().replace("http:", "")
            ),
            "https://127.0.0.1:1/".to_owned(),
        ];
        for target in targets {
            let moved = |call| Fault::on(call).answering(status, &[("Location", &target)], "");
            let malformed = unknown(CannotTell::MalformedAnswer);

            bench.vendors.set_fault(moved(Call::Token)).await.unwrap();
            let fresh = bench.another_tru_id();
            let report = fresh.check(&number(NUMBER), SimWindow::SEVEN_DAYS).await;
            assert_eq!(report.outcome, malformed, "{status} {target}");

            bench
                .vendors
                .set_fault(moved(Call::SimCheck))
                .await
                .unwrap();
            assert_eq!(bench.sim(NUMBER).await, malformed, "{status} {target}");

            bench
                .vendors
                .set_fault(moved(Call::Verifications))
                .await
                .unwrap();
            assert_eq!(
                bench.send().await,
                Err(REDIRECTED.into()),
                "{status} {target}"
            );

            bench.vendors.clear_faults().await;
            let (sid, code) = bench.sent().await;
            bench
                .vendors
                .set_fault(moved(Call::VerificationCheck))
                .await
                .unwrap();
            assert_eq!(
                bench.check(&sid, &code).await,
                Err(REDIRECTED.into()),
                "{status} {target}"
            );
            bench.vendors.clear_faults().await;
            // Else the number would have had its share of codes before long.
            bench.vendors.advance_clock(Duration::from_secs(660));
        }
        let elsewhere = bench.requests(Call::Other);
        assert!(elsewhere.is_empty(), "{status} was followed: {elsewhere:?}");
    }
    assert!(
        thief.vendors.ledger().is_empty(),
        "credentials went to someone else"
    );
}
