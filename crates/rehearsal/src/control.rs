//! The control API: what a number does, what goes wrong, what time it is, and what happened.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::faults::{CATALOGUE, Fault, Wire, named};
use crate::http::{Incoming, Response};
use crate::ledger::{Call, Request, Vendor};
use crate::number::{Digits, NumberRule};
use crate::rules::{ProjectRule, ServiceRule};
use crate::wire::script::script;
use crate::world::{Act, Turn, World};

/// Why a request to the control API was refused.
struct Refused(u16, String);

impl Refused {
    fn bad<E: Into<Box<dyn std::error::Error>>>(why: E) -> Self {
        Self(400, why.into().to_string())
    }
}

type Answer = Result<Response, Refused>;

/// The control API receives a request.
pub(crate) fn receive(world: &mut World, request: &Incoming) -> Turn {
    let (response, doors) = match answer(world, request) {
        Ok(response) => {
            let moved = request.segments() == ["faults"] && request.method != "GET";
            let vendors = if moved {
                &[Vendor::TruId, Vendor::TwilioVerify][..]
            } else {
                &[]
            };
            let doors = vendors
                .iter()
                .map(|vendor| (*vendor, world.faults.door(*vendor)));
            (response, doors.collect())
        }
        Err(Refused(status, why)) => (
            Response::json(status, "application/json", &json!({ "error": why })),
            Vec::new(),
        ),
    };
    let script = script(&response, &Wire::Plain, world.clock.now());
    Turn {
        doors,
        act: Act::Write(Duration::ZERO, script),
    }
}

fn answer(world: &mut World, request: &Incoming) -> Answer {
    // A page in a browser can reach loopback but cannot leave this header out.
    if request.header("origin").is_some() {
        return Err(Refused(403, "not for web pages".to_owned()));
    }
    match (request.method.as_str(), request.segments().as_slice()) {
        ("PUT", ["numbers", number]) => {
            let rule: NumberRule = read(request)?;
            world.numbers.set(digits(number)?, rule);
            Ok(Response::empty(204))
        }
        ("DELETE", ["numbers", number]) => {
            world.numbers.reset(&digits(number)?);
            Ok(Response::empty(204))
        }
        ("PUT", ["project"]) => {
            let rule: ProjectRule = read(request)?;
            rule.check().map_err(Refused::bad)?;
            world.project.set_up(rule);
            Ok(Response::empty(204))
        }
        ("PUT", ["service"]) => {
            let rule: ServiceRule = read(request)?;
            rule.check().map_err(Refused::bad)?;
            world.account.set_up(rule);
            Ok(Response::empty(204))
        }
        ("GET", ["faults"]) => Ok(ok(&json!(world.faults.all()))),
        ("PUT", ["faults"]) => {
            world.faults.replace(read_faults(request)?);
            Ok(Response::empty(204))
        }
        ("DELETE", ["faults"]) => {
            world.faults.replace(Vec::new());
            Ok(Response::empty(204))
        }
        ("GET", ["faults", "catalogue"]) => Ok(ok(&catalogue())),
        ("POST", ["clock"]) => {
            let Advance { advance_seconds } = read(request)?;
            world.clock.advance(Duration::from_secs(advance_seconds));
            Ok(ok(&json!({ "now": world.clock.now() })))
        }
        ("GET", ["phone"]) => {
            let all = world.phones.all().into_iter();
            let told = all.map(|(to, message)| json!({ "to": to, "message": message }));
            Ok(ok(&told.collect()))
        }
        ("GET", ["phone", number]) => Ok(ok(&json!(world.phones.of(&digits(number)?)))),
        ("GET", ["ledger"]) => Ok(ok(&world
            .ledger
            .all()
            .iter()
            .map(Request::to_json)
            .collect())),
        ("DELETE", ["ledger"]) => {
            world.ledger.clear();
            Ok(Response::empty(204))
        }
        (
            _,
            ["numbers" | "phone", _]
            | ["faults" | "clock" | "phone" | "ledger" | "project" | "service"]
            | ["faults", "catalogue"],
        ) => Err(Refused(
            405,
            format!("{} is not for {}", request.path(), request.method),
        )),
        _ => Err(Refused(404, format!("there is no {}", request.path()))),
    }
}

fn ok(body: &Value) -> Response {
    Response::json(200, "application/json", body)
}

fn read<T: DeserializeOwned>(request: &Incoming) -> Result<T, Refused> {
    serde_json::from_slice(&request.body).map_err(Refused::bad)
}

/// The number in a path, with or without its `+`, which may be percent-encoded.
fn digits(text: &str) -> Result<Digits, Refused> {
    let text = text.replace("%2B", "+").replace("%2b", "+");
    Digits::parse(&text).ok_or_else(|| Refused::bad(format!("{text:?} is not an E.164 number")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

/// A fault of the catalogue.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedFault {
    named: String,
    call: Call,
    times: Option<u32>,
    #[serde(default)]
    skip: u32,
}

/// One fault or a list of them, each written out or by its name.
fn read_faults(request: &Incoming) -> Result<Vec<Fault>, Refused> {
    let faults = match read::<Value>(request)? {
        Value::Array(faults) => faults,
        fault @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Object(_)) => vec![fault],
    };
    faults.into_iter().map(read_fault).collect()
}

fn read_fault(value: Value) -> Result<Fault, Refused> {
    let fault = if value.get("named").is_some() {
        let NamedFault {
            named: name,
            call,
            times,
            skip,
        } = serde_json::from_value(value).map_err(Refused::bad)?;
        let named = named(&name).ok_or_else(|| Refused::bad(format!("no fault {name:?}")))?;
        Fault {
            skip,
            times,
            ..named.on(call)
        }
    } else {
        serde_json::from_value(value).map_err(Refused::bad)?
    };
    fault.check().map_err(Refused::bad)?;
    Ok(fault)
}

fn catalogue() -> Value {
    CATALOGUE
        .iter()
        .map(|named| json!({ "name": named.name, "what": named.what }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Credentials;

    fn world() -> World {
        World::new(&Credentials::random(), String::new(), String::new())
    }

    fn ask(world: &mut World, method: &str, target: &str, body: &str) -> u16 {
        let request = Incoming {
            method: method.to_owned(),
            target: target.to_owned(),
            body: body.as_bytes().to_vec(),
            ..Incoming::default()
        };
        match answer(world, &request) {
            Ok(response) => response.status,
            Err(Refused(status, _)) => status,
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let world = &mut world();
        for (method, target, body) in [
            ("PUT", "/numbers/+447700900000", "{}"),
            (
                "PUT",
                "/numbers/+447700900000",
                r#"{"sim":"unchanged","x":1}"#,
            ),
            ("PUT", "/numbers/07700900000", r#"{"sim":"unchanged"}"#),
            ("PUT", "/faults", r#"{"named":"none such","call":"token"}"#),
            ("PUT", "/faults", r#"{"named":"nul"}"#),
            ("PUT", "/faults", r#"{"call":"token","times":0}"#),
            ("PUT", "/faults", r#"[{"call":"token"},{"cal":"token"}]"#),
            ("PUT", "/faults", "3"),
            ("POST", "/clock", r#"{"advance_seconds":-1}"#),
            ("POST", "/clock", r#"{"advance_seconds":1,"x":1}"#),
            ("PUT", "/project", r#"{"scopes":["sim_checks"]}"#),
            ("PUT", "/project", r#"{"scope":[]}"#),
            ("PUT", "/service", r#"{"code_length":3}"#),
            ("PUT", "/service", r#"{"channels":["rcs"]}"#),
            ("GET", "/phone/x", ""),
        ] {
            assert_eq!(
                ask(world, method, target, body),
                400,
                "{method} {target} {body}"
            );
        }
        assert_eq!(ask(world, "GET", "/clock", ""), 405);
        assert_eq!(ask(world, "GET", "/no/such", ""), 404);
    }

    #[test]
    fn a_number_may_be_written_with_its_plus_encoded_or_left_out() {
        let world = &mut world();
        for number in ["+447700900000", "%2B447700900000", "447700900000"] {
            let target = format!("/numbers/{number}");
            assert_eq!(ask(world, "PUT", &target, r#"{"sim":"no_credit"}"#), 204);
            let number = Digits::parse("447700900000").unwrap();
            assert_eq!(world.numbers.ask(&number), NumberRule::NoCredit);
            assert_eq!(ask(world, "DELETE", &target, ""), 204);
            assert_eq!(world.numbers.ask(&number), NumberRule::Unchanged);
        }
    }

    #[test]
    fn a_web_page_is_refused() {
        let request = Incoming {
            method: "GET".to_owned(),
            target: "/ledger".to_owned(),
            headers: vec![("Origin".to_owned(), "http://evil.example".to_owned())],
            ..Incoming::default()
        };
        assert!(matches!(
            answer(&mut world(), &request),
            Err(Refused(403, _))
        ));
    }
}
