//! Changes to an answer: the vendor did what was asked and says so wrongly.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Octets;
use crate::http::Response;

/// One change to an answer. A change that does not fit the answer (no JSON, no such place) leaves
/// it as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Another status.
    Status(u16),
    /// Sets a field of the JSON body, adding it if it is new.
    Set {
        /// JSON pointer, such as `/status` or `/_links/self`.
        pointer: String,
        /// The value.
        value: Value,
    },
    /// Sets a field of the JSON body to text that need not be JSON, such as `1e999`.
    SetRaw {
        /// JSON pointer.
        pointer: String,
        /// What stands in the value's place, as it is.
        raw: String,
    },
    /// Takes a field out of the JSON body.
    Remove {
        /// JSON pointer.
        pointer: String,
    },
    /// Says a key of the JSON object twice.
    Duplicate {
        /// The key.
        key: String,
        /// Its other value.
        value: Value,
        /// Whether the other value comes before all else or after it.
        first: bool,
    },
    /// Puts bytes after the first place where some text stands.
    Insert {
        /// The text.
        after: String,
        /// The bytes.
        bytes: Octets,
    },
    /// Puts bytes before the body.
    Prepend(Octets),
    /// Puts bytes after the body.
    Append(Octets),
    /// Leaves out the second half of the body; `Content-Length` fits what is left.
    Halve,
}

/// Stands where raw text is to go, while the body is still JSON.
const MARK: &str = "\u{1}raw\u{1}";

impl Edit {
    /// Makes the change.
    pub(crate) fn apply(&self, response: &mut Response) {
        let body = &mut response.body;
        match self {
            Self::Status(status) => response.status = *status,
            Self::Set { pointer, value } => set(body, pointer, value.clone()),
            Self::SetRaw { pointer, raw } => {
                set(body, pointer, Value::from(MARK));
                let mark = Value::from(MARK).to_string();
                if let Some(start) = find(body, mark.as_bytes()) {
                    body.splice(start..start + mark.len(), raw.bytes());
                }
            }
            Self::Remove { pointer } => remove(body, pointer),
            Self::Duplicate { key, value, first } => {
                let pair = format!("{}:{value}", Value::from(key.as_str()));
                match (*first, body.last()) {
                    (true, _) if body.first() == Some(&b'{') => {
                        body.splice(1..1, format!("{pair},").bytes());
                    }
                    (false, Some(b'}')) => {
                        let end = body.len() - 1;
                        body.splice(end..end, format!(",{pair}").bytes());
                    }
                    _ => {}
                }
            }
            Self::Insert { after, bytes } => {
                if let Some(start) = find(body, after.as_bytes()) {
                    let place = start + after.len();
                    body.splice(place..place, bytes.0.iter().copied());
                }
            }
            Self::Prepend(bytes) => {
                body.splice(0..0, bytes.0.iter().copied());
            }
            Self::Append(bytes) => body.extend_from_slice(&bytes.0),
            Self::Halve => body.truncate(body.len() / 2),
        }
    }
}

fn set(body: &mut Vec<u8>, pointer: &str, value: Value) {
    edit_parent(body, pointer, |parent, key| match parent {
        Value::Object(fields) => {
            fields.insert(key.to_owned(), value);
        }
        Value::Array(items) => {
            if let Some(item) = key
                .parse()
                .ok()
                .and_then(|index: usize| items.get_mut(index))
            {
                *item = value;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    });
}

fn remove(body: &mut Vec<u8>, pointer: &str) {
    edit_parent(body, pointer, |parent, key| {
        if let Value::Object(fields) = parent {
            fields.remove(key);
        }
    });
}

fn edit_parent(body: &mut Vec<u8>, pointer: &str, edit: impl FnOnce(&mut Value, &str)) {
    let Ok(mut json) = serde_json::from_slice::<Value>(body) else {
        return;
    };
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return;
    };
    if let Some(parent) = json.pointer_mut(parent) {
        edit(parent, &key.replace("~1", "/").replace("~0", "~"));
        *body = json.to_string().into_bytes();
    }
}

fn find(body: &[u8], text: &[u8]) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    body.windows(text.len()).position(|window| window == text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edited(edits: &[Edit]) -> Vec<u8> {
        let body = json!({ "a": 1, "b": { "c": [1, 2] }, "s": "text" });
        let mut response = Response::json(200, "application/json", &body);
        for edit in edits {
            edit.apply(&mut response);
        }
        response.body
    }

    #[test]
    fn a_field_is_set_added_and_taken_out() {
        let set = |pointer: &str, value| Edit::Set {
            pointer: pointer.to_owned(),
            value,
        };
        let body = edited(&[
            set("/a", json!("x")),
            set("/b/c/1", json!(null)),
            set("/b/d", json!(true)),
            Edit::Remove {
                pointer: "/s".to_owned(),
            },
            set("/no/such", json!(1)),
        ]);
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            body,
            json!({ "a": "x", "b": { "c": [1, null], "d": true } })
        );
    }

    #[test]
    fn raw_text_may_be_no_json() {
        let raw = Edit::SetRaw {
            pointer: "/a".to_owned(),
            raw: "1e999".to_owned(),
        };
        assert_eq!(edited(&[raw]), br#"{"a":1e999,"b":{"c":[1,2]},"s":"text"}"#);
    }

    #[test]
    fn a_key_is_said_twice_in_either_order() {
        let twice = |first| Edit::Duplicate {
            key: "a".to_owned(),
            value: json!(9),
            first,
        };
        assert_eq!(
            edited(&[twice(true)]),
            br#"{"a":9,"a":1,"b":{"c":[1,2]},"s":"text"}"#
        );
        assert_eq!(
            edited(&[twice(false)]),
            br#"{"a":1,"b":{"c":[1,2]},"s":"text","a":9}"#
        );
    }

    #[test]
    fn bytes_go_before_after_and_amid() {
        let body = edited(&[
            Edit::Prepend(Octets(vec![0xef])),
            Edit::Append(Octets(vec![0])),
            Edit::Insert {
                after: "\"s\":\"".to_owned(),
                bytes: Octets(vec![0xff]),
            },
        ]);
        assert_eq!(body.first(), Some(&0xef));
        assert_eq!(body.last(), Some(&0));
        assert!(find(&body, b"\"s\":\"\xfftext").is_some());
        assert_eq!(edited(&[Edit::Halve]).len(), edited(&[]).len() / 2);
    }
}
