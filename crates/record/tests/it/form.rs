//! Hashes and signatures of fixed entries, as another program computed them.

use std::fmt::Write;

use simgate_record::{Chain, Flaw, Head, Keys, Line, PublicKey, SealKey};

const SEED: [u8; 32] = [7; 32];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

pub fn full() -> Line {
    Line {
        seq: 2,
        at: 1_795_392_000_000_001,
        run: Some([1, 2, 3, 4, 5, 6, 7, 8]),
        reference: Some("7F3K".to_owned()),
        who_is: "person".to_owned(),
        who: Some([0x11; 16]),
        who_name: Some("josé".to_owned()),
        name_hash: None,
        by_is: "person".to_owned(),
        by: Some([0x22; 16]),
        by_name: Some("admin".to_owned()),
        sign_in: Some([0x33; 16]),
        act: "sim_stopped".to_owned(),
        result: "refused".to_owned(),
        cause: Some("changed".to_owned()),
        detail: Some("window 7 days".to_owned()),
        policy: Some(3),
        check_id: Some("c69bc0e6".to_owned()),
        cost: Some(10_000),
        currency: Some("EUR".to_owned()),
    }
}

pub fn bare() -> Line {
    Line {
        seq: 1,
        at: -1,
        run: None,
        reference: None,
        who_is: "unknown_name".to_owned(),
        who: None,
        who_name: None,
        name_hash: Some([0x44; 32]),
        by_is: "nobody".to_owned(),
        by: None,
        by_name: None,
        sign_in: None,
        act: "sign_in_refused".to_owned(),
        result: "refused".to_owned(),
        cause: None,
        detail: None,
        policy: None,
        check_id: None,
        cost: None,
        currency: None,
    }
}

/// Computed by `tests/golden.py`, from the README and with OpenSSL.
#[test]
fn hashes_and_signatures_are_those_of_another_program() {
    let key = SealKey::new(&SEED);
    let public = "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c";
    assert_eq!(key.public().to_string(), public);
    let first = bare().sealed(&key, &Head::NONE.hash);
    assert_eq!(
        hex(&first.hash),
        "9fea8ec0ba3d753c4059383b7127952be739eb708862000c3b3be236a0dc34f5"
    );
    assert_eq!(
        hex(&first.signature),
        "68f470f8a5e056a741b161b733c8b9a4acf81d3953acb2fc611e8ccd544e61b0\
         61a28784d40f3de878432fb353f3f358403f7a2ac61ea1451169721bc686e60c"
    );
    let second = full().sealed(&key, &first.hash);
    assert_eq!(
        hex(&second.hash),
        "89c37b5a44b1972202d3291175b3727028d397b7a3076f4831c68e28576f512e"
    );
    assert_eq!(
        hex(&second.signature),
        "559835b8b84938b894ce67ec29715ccd80cdfca4803decd2d4b0442bc682402f\
         ba93f997ce22b80eca1aab1f93eacc500508885ca1cba8f90974dfd310bb490e"
    );
}

#[test]
fn every_field_is_in_the_hash() {
    let before = [9; 32];
    let changes: [fn(&mut Line); 20] = [
        |line| line.seq = 3,
        |line| line.at += 1,
        |line| line.run = None,
        |line| line.reference = Some("7F3M".to_owned()),
        |line| line.who_is = "program".to_owned(),
        |line| line.who = None,
        |line| line.who_name = None,
        |line| line.name_hash = Some([0; 32]),
        |line| line.by_is = "program".to_owned(),
        |line| line.by = None,
        |line| line.by_name = Some("josé".to_owned()),
        |line| line.sign_in = None,
        |line| line.act = "sim_passed".to_owned(),
        |line| line.result = "done".to_owned(),
        |line| line.cause = None,
        |line| line.detail = Some(String::new()),
        |line| line.policy = None,
        |line| line.check_id = None,
        |line| line.cost = None,
        |line| line.currency = Some("GBP".to_owned()),
    ];
    let hash = full().hash(&before);
    for (place, change) in changes.iter().enumerate() {
        let mut line = full();
        change(&mut line);
        assert_ne!(line.hash(&before), hash, "field {}", place + 1);
    }
    assert_ne!(full().hash(&[8; 32]), hash, "the hash before it");
    // Where a text ends and the next begins is in it too.
    let mut moved = full();
    moved.cause = Some("changedw".to_owned());
    moved.detail = Some("indow 7 days".to_owned());
    assert_ne!(moved.hash(&before), hash);
}

#[test]
fn a_head_reads_back_and_nothing_else_does() {
    let head = Head {
        seq: 0x0102_0304_0506_0708,
        hash: [9; 32],
    };
    let kept = head.to_bytes();
    assert_eq!(Head::from_bytes(&kept), Some(head));
    assert_eq!(Head::from_bytes(&kept[..40]), None);
    assert_eq!(Head::from_bytes(&[]), None);
    let mut newer = kept;
    newer[0] = 2;
    assert_eq!(Head::from_bytes(&newer), None);
}

#[test]
fn a_key_shows_no_secret() {
    let shown = format!("{:?}", SealKey::new(&SEED));
    assert!(!shown.contains(&hex(&SEED)), "{shown}");
    assert!(!shown.contains("[7, 7"), "{shown}");
}

#[test]
fn a_key_hands_over_only_in_an_entry_that_says_so() {
    let (old, new) = (SealKey::new(&SEED), SealKey::new(&[8; 32]));
    let keys = || Keys::new(vec![(1, old.public()), (2, new.public())]).unwrap();
    let first = bare().sealed(&old, &Head::NONE.hash);
    let take = |line: Line, key: &SealKey| {
        let mut chain = Chain::after(Head::NONE, keys());
        chain.take(&first).unwrap();
        chain.take(&line.sealed(key, &first.hash))
    };
    let mut adopted = full();
    adopted.act = Chain::ADOPTED.to_owned();
    adopted.detail = Some(Chain::handed_over(old.public()));
    assert_eq!(take(adopted.clone(), &new), Ok(()));
    assert_eq!(take(adopted.clone(), &old), Err(Flaw::Signature));
    assert_eq!(take(full(), &new), Err(Flaw::Signature));
    adopted.detail = Some(Chain::handed_over(new.public()));
    assert_eq!(take(adopted, &new), Err(Flaw::Signature));
}

#[test]
fn keys_hold_from_rising_places() {
    let key = PublicKey::new([1; 32]);
    assert_eq!(Keys::new(Vec::new()), None);
    assert_eq!(Keys::new(vec![(2, key), (2, key)]), None);
    assert_eq!(Keys::new(vec![(2, key), (1, key)]), None);
    assert!(Keys::new(vec![(1, key), (2, key)]).is_some());
}
