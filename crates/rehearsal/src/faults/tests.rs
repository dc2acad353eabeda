use super::*;

#[test]
fn a_fault_survives_json_and_nothing_unknown_passes() {
    for named in CATALOGUE {
        for call in [
            Call::Token,
            Call::SimCheck,
            Call::Verifications,
            Call::VerificationCheck,
        ] {
            let fault = named.on(call);
            assert_eq!(fault.check(), Ok(()), "{} on {call:?}", named.name);
            let text = serde_json::to_string(&fault).unwrap();
            assert_eq!(serde_json::from_str::<Fault>(&text).unwrap(), fault);
        }
    }
    for wrong in [
        r#"{"cal":"token"}"#,
        r#"{"call":"tokens"}"#,
        r#"{"wire":{"cut":{"at":"start","reset":true,"x":1}}}"#,
        r#"{"answer":{"state":200}}"#,
        r#"{"answer":{"body":{"base64":"?"}}}"#,
    ] {
        assert!(serde_json::from_str::<Fault>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_fault_that_makes_no_sense_is_refused() {
    let door = Fault {
        door: Some(Door::Refuse),
        ..Fault::default()
    };
    assert_eq!(
        door.check(),
        Err(BadFault::DoorWithMore),
        "it is nobody's door"
    );
    let counted = Fault::on(Call::Token).behind(Door::Refuse).times(1);
    assert_eq!(counted.check(), Err(BadFault::DoorWithMore));
    assert_eq!(
        Fault::on(Call::Token).times(0).check(),
        Err(BadFault::NoTimes)
    );
    assert_eq!(
        Fault::on(Call::Token).answering(100, &[], "").check(),
        Err(BadFault::Status(100))
    );
    let split = Fault::on(Call::Token).answering(200, &[("a", "b\r\nc: d")], "");
    assert!(matches!(split.check(), Err(BadFault::Header(_))));
    let huge = Fault::on(Call::Token).over(Wire::HugeHeader { bytes: u64::MAX });
    assert_eq!(huge.check(), Err(BadFault::HeaderLength(u64::MAX)));
    let elsewhere = Fault {
        vendor: Some(Vendor::TwilioVerify),
        ..Fault::on(Call::Token)
    };
    assert_eq!(elsewhere.check(), Err(BadFault::WrongVendor));
}
