//! Twilio Verify: how often, how long, and what there is no more of.

use std::time::Duration;

use serde_json::json;

use crate::visitor::{STEADY, Visitor};

const TEN_MINUTES: Duration = Duration::from_secs(600);

#[tokio::test]
async fn a_verification_has_five_checks() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    for _ in 0..5 {
        let told = visitor.check(&sid, visitor.wrong_code(STEADY)).await;
        assert_eq!(
            (told.status, &told.json()["status"]),
            (200, &json!("pending"))
        );
    }
    let sixth = visitor.check(&sid, &visitor.code(STEADY)).await;
    assert_eq!(
        (sixth.status, sixth.twilio_code()),
        (429, 60202),
        "the right code comes too late"
    );
    assert_eq!(
        visitor.fetch(&sid).await.json()["status"],
        "max_attempts_reached"
    );
    visitor.rehearsal.advance_clock(TEN_MINUTES);
    assert_eq!(visitor.fetch(&sid).await.twilio_code(), 20404);
}

#[tokio::test]
async fn a_number_has_five_sends_in_ten_minutes() {
    let visitor = Visitor::new().await;
    for _ in 0..5 {
        visitor.sent(STEADY).await;
    }
    let sixth = visitor.send(STEADY, "sms").await;
    assert_eq!((sixth.status, sixth.twilio_code()), (429, 60203));
    assert_eq!(visitor.rehearsal.phone(STEADY).len(), 5);
    visitor.sent("+447700900002").await;
    visitor.rehearsal.advance_clock(TEN_MINUTES);
    visitor.sent(STEADY).await;
}

#[tokio::test]
async fn approving_and_canceling_forgive_the_sends() {
    let visitor = Visitor::new().await;
    for end in ["canceled", "approved", "right code"] {
        let mut sid = String::new();
        for _ in 0..5 {
            sid = visitor.sent(STEADY).await;
        }
        assert_eq!(visitor.send(STEADY, "sms").await.twilio_code(), 60203);
        let told = match end {
            "right code" => visitor.check(&sid, &visitor.code(STEADY)).await,
            status => visitor.update(&sid, status).await,
        };
        assert_eq!(told.status, 200, "{end}");
        assert_ne!(visitor.sent(STEADY).await, sid, "it is a new verification");
        visitor.rehearsal.advance_clock(TEN_MINUTES);
    }
}

#[tokio::test]
async fn spent_checks_do_not_forgive_the_sends() {
    let visitor = Visitor::new().await;
    let mut sid = String::new();
    for _ in 0..5 {
        sid = visitor.sent(STEADY).await;
    }
    for _ in 0..6 {
        visitor.check(&sid, visitor.wrong_code(STEADY)).await;
    }
    assert_eq!(visitor.send(STEADY, "sms").await.twilio_code(), 60203);
}

#[tokio::test]
async fn a_code_lives_ten_minutes_from_the_first_send() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    visitor.rehearsal.advance_clock(Duration::from_secs(590));
    assert_eq!(visitor.sent(STEADY).await, sid);
    visitor.rehearsal.advance_clock(Duration::from_secs(10));
    let told = visitor.check(&sid, &visitor.code(STEADY)).await;
    assert_eq!(
        (told.status, told.twilio_code()),
        (404, 20404),
        "a resend lengthens nothing"
    );
    assert_eq!(visitor.update(&sid, "canceled").await.twilio_code(), 20404);
    assert_ne!(visitor.sent(STEADY).await, sid);
}

#[tokio::test]
async fn a_canceled_verification_can_be_read_and_not_checked() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    let told = visitor.update(&sid, "canceled").await;
    assert_eq!(
        (told.status, &told.json()["status"]),
        (200, &json!("canceled"))
    );
    assert_eq!(
        visitor
            .check(&sid, &visitor.code(STEADY))
            .await
            .twilio_code(),
        20404
    );
    assert_eq!(visitor.fetch(&sid).await.json()["status"], "canceled");
    assert_eq!(visitor.update(&sid, "canceled").await.twilio_code(), 20404);
    assert_eq!(visitor.update(&sid, "pending").await.twilio_code(), 60200);
}
