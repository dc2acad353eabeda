//! A request as it came and a response before it goes out, with no socket in sight.

use serde_json::Value;

/// One HTTP request, every byte of it kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    /// Path and query, as received.
    pub(crate) target: String,
    /// In the order received. Every byte of a value is one character (ISO 8859-1), so that
    /// nothing is lost whatever was sent.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Incoming {
    /// The target without its query.
    pub(crate) fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The path's parts, without the empty ones at either end.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path().trim_matches('/').split('/').collect()
    }

    /// The first header of that name, in any case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    /// Whether the body is declared to be of this media type, parameters aside.
    pub(crate) fn is(&self, media_type: &str) -> bool {
        self.header("content-type")
            .and_then(|declared| declared.split(';').next())
            .is_some_and(|declared| declared.trim().eq_ignore_ascii_case(media_type))
    }

    /// The fields of a form body, or `None` if the body is not declared to be a form.
    pub(crate) fn form(&self) -> Option<Form> {
        self.is("application/x-www-form-urlencoded")
            .then(|| Form(form_urlencoded::parse(&self.body).into_owned().collect()))
    }
}

/// The fields of an HTML form.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// The first field of that name, unless it is empty: vendors treat an empty field as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, v)| n == name && !v.is_empty())
            .map(|(_, v)| v.as_str())
    }
}

/// One HTTP response; `Date` and `Content-Length` are added when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn json(status: u16, media_type: &str, body: &Value) -> Self {
        Self {
            body: body.to_string().into_bytes(),
            ..Self::empty(status)
        }
        .with("Content-Type", media_type)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// What a vendor does about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Reply(Response),
    /// Nothing, for as long as the client will wait.
    Silence,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self::Reply(response)
    }
}

/// The words that go with a status.
pub(crate) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_only_when_declared_as_one() {
        let mut request = Incoming {
            body: b"To=%2B447700900000&Code=".to_vec(),
            ..Incoming::default()
        };
        assert!(request.form().is_none());
        request.headers.push((
            "content-TYPE".to_owned(),
            "application/x-www-form-urlencoded; charset=utf-8".to_owned(),
        ));
        let form = request.form().unwrap();
        assert_eq!(form.get("To"), Some("+447700900000"));
        assert_eq!(form.get("Code"), None, "an empty field is as good as none");
    }

    #[test]
    fn the_path_leaves_out_the_query() {
        let request = Incoming {
            target: "/a/b?c=d".to_owned(),
            ..Incoming::default()
        };
        assert_eq!(request.path(), "/a/b");
        assert_eq!(request.segments(), ["a", "b"]);
    }
}
