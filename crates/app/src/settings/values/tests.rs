use super::*;

const DIGITS: &str = "0123456789abcdef0123456789abcdef";

fn tru_id(host: &str, id: &str, secret: &str) -> Values {
    Values::default()
        .with(VendorField::Host, host)
        .with(VendorField::ClientId, id)
        .with(VendorField::ClientSecret, secret)
}

fn twilio(sid: &str, secret: &str, service: &str) -> Values {
    Values::default()
        .with(VendorField::Sid, sid)
        .with(VendorField::Secret, secret)
        .with(VendorField::ServiceSid, service)
}

fn codes(vendor: VendorName, values: &Values) -> Vec<(VendorField, VendorFieldCode)> {
    let problems = Whole::check(vendor, values).err().unwrap_or_default();
    problems.iter().map(|it| (it.field, it.code)).collect()
}

#[test]
fn every_field_says_what_is_wrong_with_it() {
    use VendorField as F;
    use VendorFieldCode as C;
    let long = "x".repeat(LONGEST + 1);
    let (account, service) = (format!("AC{DIGITS}"), format!("VA{DIGITS}"));
    let table = [
        (tru_id("eu", "client", "secret"), vec![]),
        (
            Values::default(),
            vec![
                (F::Host, C::Missing),
                (F::ClientId, C::Missing),
                (F::ClientSecret, C::Missing),
            ],
        ),
        (
            tru_id("https://api.evil.example", "a:b", "two words"),
            vec![
                (F::Host, C::HostNotAllowed),
                (F::ClientId, C::ClientIdForm),
                (F::ClientSecret, C::ClientSecretForm),
            ],
        ),
        (
            tru_id(&long, &long, &long),
            vec![
                (F::Host, C::TooLong),
                (F::ClientId, C::TooLong),
                (F::ClientSecret, C::TooLong),
            ],
        ),
    ];
    for (values, expected) in table {
        assert_eq!(codes(VendorName::TruId, &values), expected);
    }
    let table = [
        (twilio(&account, "token", &service), vec![]),
        (twilio(&format!("SK{DIGITS}"), "token", &service), vec![]),
        (
            twilio(&service, "é", &account),
            vec![
                (F::Sid, C::SidForm),
                (F::Secret, C::SecretForm),
                (F::ServiceSid, C::ServiceSidForm),
            ],
        ),
    ];
    for (values, expected) in table {
        assert_eq!(codes(VendorName::Twilio, &values), expected);
    }
}

#[test]
fn whatever_passes_makes_an_access() {
    for values in [tru_id("us", "client", "secret"), tru_id(" eu ", "a", "b")] {
        let whole = Whole::check(VendorName::TruId, &values).ok().unwrap();
        assert!(whole.access().is_ok());
    }
    let values = twilio(&format!("AC{DIGITS}"), DIGITS, &format!("VA{DIGITS}"));
    let whole = Whole::check(VendorName::Twilio, &values).ok().unwrap();
    assert!(whole.access().is_ok());
}

#[test]
fn an_empty_field_gives_way_to_what_is_below() {
    let stored = tru_id("eu", "stored", "old");
    let merged = tru_id("", "typed", " ").over(&stored);
    assert_eq!(merged.get(VendorField::Host), Some("eu"));
    assert_eq!(merged.get(VendorField::ClientId), Some("typed"));
    assert_eq!(merged.get(VendorField::ClientSecret), Some("old"));
    let whole = Whole::check(VendorName::TruId, &merged).ok().unwrap();
    let stored = Whole::check(VendorName::TruId, &stored).ok().unwrap();
    assert_eq!(
        whole.changed_from(Some(stored.values())),
        [VendorField::ClientId]
    );
    assert_eq!(whole.changed_from(None).len(), 3);
    assert_ne!(whole.fingerprint(), stored.fingerprint());
}

#[test]
fn a_fingerprint_knows_where_a_field_ends() {
    let of = |id: &str, secret: &str| {
        let whole = Whole::check(VendorName::TruId, &tru_id("eu", id, secret));
        whole.ok().unwrap().fingerprint()
    };
    assert_eq!(of("ab", "c"), of("ab", "c"));
    assert_ne!(of("ab", "c"), of("a", "bc"));
}

#[test]
fn no_more_is_shown_than_the_vendor_shows() {
    let values = tru_id(
        "https://eu.api.tru.id",
        "client-0123456789",
        "a-long-secret-0000",
    );
    let shown: Vec<Option<String>> = values.shown().into_iter().map(|it| it.shown).collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(shown, [some("https://eu.api.tru.id"), some("6789"), None]);
    let short = Values::default().with(VendorField::ClientId, "short");
    assert_eq!(short.shown()[0].shown, some(""));
}
