//! The faults every client of the vendors must withstand, by name.

use serde_json::{Value, json};

use super::{Cut, Door, Edit, Fault, Octets, Wire};
use crate::ledger::Call;

/// A fault with a name, to be set on any call.
///
/// Whichever it is set on of [`Call::Token`], [`Call::SimCheck`], [`Call::Verifications`] and
/// [`Call::VerificationCheck`], a sound client ends without letting anyone in. On the last two
/// the vendor may well have done what was asked.
#[derive(Clone, Copy)]
pub struct Named {
    /// The name, in `snake_case`.
    pub name: &'static str,
    /// What happens.
    pub what: &'static str,
    build: fn(Call) -> Fault,
}

impl Named {
    /// The fault, for every request that makes this call.
    #[must_use]
    pub fn on(&self, call: Call) -> Fault {
        (self.build)(call)
    }
}

/// The fault of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Named> {
    CATALOGUE.iter().find(|named| named.name == name)
}

const fn row(name: &'static str, what: &'static str, build: fn(Call) -> Fault) -> Named {
    Named { name, what, build }
}

/// Every fault there is over plain HTTP.
pub const CATALOGUE: &[Named] = &[
    row("refuse", "nobody listens", |c| {
        Fault::on(c).behind(Door::Refuse)
    }),
    row("syn_drop", "connection requests vanish", |c| {
        Fault::on(c).behind(Door::SynDrop)
    }),
    row("accept_silent", "accepted, then nothing", |c| {
        Fault::on(c).behind(Door::AcceptSilent)
    }),
    row("rst_header", "reset amid the head", |c| {
        cut(c, Cut::MidHead)
    }),
    row("rst_body", "reset amid the body", |c| cut(c, Cut::MidBody)),
    row("slow_header", "one byte of the head a second", |c| {
        Fault::on(c).over(Wire::SlowHead { ms_per_byte: 1000 })
    }),
    row("slow_body", "one byte of the body a second", |c| {
        Fault::on(c).over(Wire::SlowBody { ms_per_byte: 1000 })
    }),
    row(
        "short_content_length",
        "the last five bytes are not announced",
        |c| Fault::on(c).over(Wire::ContentLength { off_by: -5 }),
    ),
    row(
        "long_content_length",
        "closed before as much came as was announced",
        |c| Fault::on(c).over(Wire::ContentLength { off_by: 512 }),
    ),
    row("endless_chunked", "blanks for ever after the body", |c| {
        Fault::on(c).over(Wire::EndlessChunked)
    }),
    row("bad_chunk", "a chunk without a length", |c| {
        Fault::on(c).over(Wire::BadChunk)
    }),
    row("gzip_bomb", "10 MB that unpack to 10 GB", |c| {
        Fault::on(c).over(Wire::GzipBomb { mebibytes: 10_240 })
    }),
    row("gigabyte", "a body of 1 GiB", |c| {
        Fault::on(c).over(Wire::Filler { bytes: 1 << 30 })
    }),
    row("empty_body", "success with nothing in it", |c| {
        success(c, "application/json", "")
    }),
    row("html_200", "success that is a web page", |c| {
        success(
            c,
            "text/html",
            "<!doctype html><title>Sign in to the Wi-Fi</title><h1>Welcome</h1>",
        )
    }),
    row(
        "invalid_utf8",
        "text that is not UTF-8 in a needed field",
        |c| amid(c, b"\xff\xfe\xc0"),
    ),
    row(
        "bom_junk",
        "a byte order mark and junk before the body",
        |c| Fault::on(c).edited(Edit::Prepend(Octets(b"\xef\xbb\xbf)]}',\n".to_vec()))),
    ),
    row("nul", "a NUL in a needed field", |c| amid(c, b"\0")),
    row(
        "truncated_json",
        "half the body, announced as all of it",
        |c| Fault::on(c).edited(Edit::Halve),
    ),
    row("deep_json", "a hundred thousand brackets", |c| {
        success(c, "application/json", &"[".repeat(100_000))
    }),
    row(
        "duplicate_keys",
        "a needed field twice, once each way",
        |c| {
            let (key, value) = needed(c).contrary;
            Fault::on(c).edited(Edit::Duplicate {
                key: key.to_owned(),
                value,
                first: true,
            })
        },
    ),
    row("wrong_types", "a needed field of another type", |c| {
        set(c, needed(c).of_wrong_type)
    }),
    row("missing_field", "a needed field left out", |c| {
        Fault::on(c).edited(Edit::Remove {
            pointer: format!("/{}", needed(c).field),
        })
    }),
    row(
        "number_overflow",
        "a number too large for any type in a needed field",
        |c| {
            let pointer = format!("/{}", needed(c).number);
            Fault::on(c).edited(Edit::SetRaw {
                pointer,
                raw: "1e999".to_owned(),
            })
        },
    ),
    row("status_error", "success that says it failed", status_error),
    row("no_content", "204", |c| {
        Fault::on(c).answering(204, &[], "")
    }),
    row("moved_301", "301 to another path", |c| redirect(c, 301)),
    row("found_302", "302 to another path", |c| redirect(c, 302)),
    row("redirect_307", "307 to another path", |c| redirect(c, 307)),
    row("mno_not_supported", "400 of a kind of its own", |c| {
        refusal(c, 400, "mno_not_supported", 60200, &[])
    }),
    row("phone_format_invalid", "400", |c| {
        refusal(c, 400, "phone_format_invalid", 60200, &[])
    }),
    row("unauthorized", "401", |c| {
        refusal(c, 401, "unauthorized", 20003, &[])
    }),
    row("no_credit", "402", |c| {
        refusal(c, 402, "insufficient_balance", 20003, &[])
    }),
    row("forbidden", "403", |c| {
        refusal(c, 403, "forbidden", 20403, &[])
    }),
    row("not_found", "404", |c| {
        refusal(c, 404, "not_found", 20404, &[])
    }),
    row("conflict", "409", |c| {
        refusal(c, 409, "ip_msisdn_mismatch", 20409, &[])
    }),
    row("too_many_requests", "429 with Retry-After", |c| {
        refusal(c, 429, "too_many_requests", 20429, &[("Retry-After", "30")])
    }),
    row("too_many_requests_bare", "429 without Retry-After", |c| {
        refusal(c, 429, "too_many_requests", 20429, &[])
    }),
    row("internal_error", "500", |c| {
        refusal(c, 500, "internal_server_error", 20500, &[])
    }),
    row("bad_gateway", "502 from something in between", |c| {
        Fault::on(c).answering(
            502,
            &[("Content-Type", "text/html")],
            "<h1>502 Bad Gateway</h1>",
        )
    }),
    row("unavailable", "503", |c| {
        refusal(c, 503, "service_unavailable", 20503, &[])
    }),
    row("late_success", "success after 15 seconds", |c| {
        Fault::on(c).delayed(15_000)
    }),
    row(
        "someone_elses",
        "success that is about someone else",
        someone_elses,
    ),
];

/// The fields without which an answer says nothing.
struct Needed {
    field: &'static str,
    /// Begins the value of a needed text field.
    text_begins: &'static str,
    /// A key with a value that says the contrary of, or other than, a good answer.
    contrary: (&'static str, Value),
    of_wrong_type: (&'static str, Value),
    /// The field in which a number does harm.
    number: &'static str,
}

fn needed(call: Call) -> Needed {
    match call {
        Call::Token | Call::Revoke => Needed {
            field: "access_token",
            text_begins: "\"access_token\":\"",
            contrary: ("access_token", json!("2YotnFZFEjr1zCsicMWpAA")),
            of_wrong_type: ("access_token", json!(12345)),
            number: "expires_in",
        },
        Call::SimCheck | Call::SimCheckRead => Needed {
            field: "no_sim_change",
            text_begins: "\"status\":\"",
            contrary: ("no_sim_change", json!(false)),
            of_wrong_type: ("no_sim_change", json!("true")),
            number: "no_sim_change",
        },
        Call::Verifications | Call::VerificationRead | Call::Cancel => Needed {
            field: "sid",
            text_begins: "\"sid\":\"",
            contrary: ("sid", json!(OTHER_VERIFICATION)),
            of_wrong_type: ("sid", json!(12345)),
            number: "sid",
        },
        Call::VerificationCheck => Needed {
            field: "status",
            text_begins: "\"status\":\"",
            contrary: ("status", json!("pending")),
            of_wrong_type: ("status", json!(true)),
            number: "status",
        },
        Call::Service | Call::Other => Needed {
            field: "sid",
            text_begins: "\"sid\":\"",
            contrary: ("sid", json!("VAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
            of_wrong_type: ("sid", json!(12345)),
            number: "code_length",
        },
    }
}

const OTHER_VERIFICATION: &str = "VEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const OTHER_NUMBER: &str = "+15017122661";

fn cut(call: Call, at: Cut) -> Fault {
    Fault::on(call).over(Wire::Cut { at, reset: true })
}

fn set(call: Call, (key, value): (&str, Value)) -> Fault {
    Fault::on(call).edited(Edit::Set {
        pointer: format!("/{key}"),
        value,
    })
}

/// Bytes put into a needed text field.
fn amid(call: Call, bytes: &[u8]) -> Fault {
    let after = needed(call).text_begins.to_owned();
    Fault::on(call).edited(Edit::Insert {
        after,
        bytes: Octets(bytes.to_vec()),
    })
}

/// The status the vendor gives when all is well, with another body.
fn success(call: Call, media_type: &str, body: &str) -> Fault {
    let created = matches!(call, Call::SimCheck | Call::Verifications);
    let status = if created { 201 } else { 200 };
    // A page and an empty body keep 200: whatever stands in between answers so.
    let status = if media_type == "text/html" {
        200
    } else {
        status
    };
    Fault::on(call).answering(status, &[("Content-Type", media_type)], body)
}

fn redirect(call: Call, status: u16) -> Fault {
    Fault::on(call).answering(status, &[("Location", "/elsewhere")], "")
}

/// A refusal in the form of the vendor the call is made at.
fn refusal(call: Call, status: u16, fragment: &str, code: u32, headers: &[(&str, &str)]) -> Fault {
    let twilio = call.vendor() == Some(crate::Vendor::TwilioVerify);
    let (media_type, body) = if twilio {
        let more_info = format!("https://www.twilio.com/docs/errors/{code}");
        let body =
            json!({ "code": code, "message": fragment, "more_info": more_info, "status": status });
        ("application/json", body)
    } else {
        let kind = format!("https://developer.tru.id/docs/reference/api-errors#{fragment}");
        let body = json!({ "type": kind, "title": fragment, "detail": fragment, "status": status });
        ("application/problem+json", body)
    };
    let mut all = vec![("Content-Type", media_type)];
    all.extend_from_slice(headers);
    Fault::on(call).answering(status, &all, &body.to_string())
}

fn status_error(call: Call) -> Fault {
    match call {
        Call::SimCheck | Call::SimCheckRead => set(call, ("status", json!("ERROR")))
            .edited(Edit::Remove {
                pointer: "/no_sim_change".to_owned(),
            })
            .edited(Edit::Set {
                pointer: "/error_code".to_owned(),
                value: json!("mno_response_error"),
            }),
        Call::Token | Call::Revoke => success(
            call,
            "application/json",
            r#"{"error":"server_error","status":"ERROR"}"#,
        ),
        Call::Service
        | Call::Verifications
        | Call::VerificationCheck
        | Call::VerificationRead
        | Call::Cancel
        | Call::Other => set(call, ("status", json!("failed"))).edited(Edit::Set {
            pointer: "/valid".to_owned(),
            value: json!(false),
        }),
    }
}

/// A token of another project, a check that says it is of another number, another number's
/// verification. (A SIM check does not name its number, so that a client can notice only if one
/// is named all the same.)
fn someone_elses(call: Call) -> Fault {
    match call {
        Call::Token | Call::Revoke => set(call, ("access_token", json!("2YotnFZFEjr1zCsicMWpAA"))),
        Call::SimCheck | Call::SimCheckRead => set(call, ("phone_number", json!(OTHER_NUMBER))),
        Call::Service
        | Call::Verifications
        | Call::VerificationCheck
        | Call::VerificationRead
        | Call::Cancel
        | Call::Other => set(call, ("to", json!(OTHER_NUMBER))).edited(Edit::Set {
            pointer: "/sid".to_owned(),
            value: json!(OTHER_VERIFICATION),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_name_is_used_once_and_found() {
        let names: HashSet<_> = CATALOGUE.iter().map(|named| named.name).collect();
        assert_eq!(names.len(), CATALOGUE.len());
        assert_eq!(named("gzip_bomb").map(|n| n.name), Some("gzip_bomb"));
        assert!(named("none such").is_none());
    }

    #[test]
    fn the_catalogue_has_all_that_plain_http_can_show() {
        // Forty kinds of fault; the redirects 301, 302 and 307 are three entries of one kind, and
        // 429 with and without Retry-After two.
        assert_eq!(CATALOGUE.len(), 40 + 2 + 1);
    }
}
