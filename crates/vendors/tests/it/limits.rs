//! How much of an answer is read, and where the client may go.

use simgate_domain::{CannotTell, SimOutcome};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{Edit, Fault, Octets, Wire};
use simgate_vendors::http::{MAX_BODY, Reach, client};
use simgate_vendors::{RequestError, TransportError};

use crate::harness::{Bench, NUMBER, unknown};

/// An answer with so many blanks after it, which JSON allows.
fn padded(call: Call, blanks: usize) -> Fault {
    Fault::on(call).edited(Edit::Append(Octets(vec![b' '; blanks])))
}

#[tokio::test]
async fn a_body_is_read_up_to_64_kib() {
    let bench = Bench::failing(padded(Call::SimCheck, MAX_BODY - 1024)).await;
    assert_eq!(bench.sim(NUMBER).await, SimOutcome::Unchanged);
    bench
        .vendors
        .set_fault(padded(Call::SimCheck, MAX_BODY))
        .await
        .unwrap();
    assert_eq!(
        bench.sim(NUMBER).await,
        unknown(CannotTell::MalformedAnswer)
    );

    bench
        .vendors
        .set_fault(padded(Call::Verifications, MAX_BODY))
        .await
        .unwrap();
    let too_large = RequestError::Transport(TransportError::TooLarge);
    assert_eq!(bench.send().await, Err(too_large));

    let endless = Fault::on(Call::Verifications).over(Wire::EndlessChunked);
    bench.vendors.set_fault(endless).await.unwrap();
    assert_eq!(bench.send().await, Err(too_large));
}

#[tokio::test]
async fn a_header_of_a_megabyte_is_not_read() {
    let fault = Fault::on(Call::Verifications).over(Wire::HugeHeader { bytes: 1 << 20 });
    let bench = Bench::failing(fault).await;
    let malformed = RequestError::Transport(TransportError::Malformed);
    assert_eq!(bench.send().await, Err(malformed));
}

#[tokio::test]
async fn a_client_for_the_internet_speaks_no_plain_http() {
    let bench = Bench::with(client(Reach::Internet).unwrap()).await;
    assert_eq!(bench.sim(NUMBER).await, unknown(CannotTell::Network));
    let unreachable = RequestError::Transport(TransportError::Unreachable);
    assert_eq!(bench.send().await, Err(unreachable));
    assert!(bench.vendors.ledger().is_empty());
}
