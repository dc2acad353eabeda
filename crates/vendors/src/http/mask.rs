//! What of a request may be shown in a log.

/// The path with each SID cut down to its kind and last four digits.
pub(super) fn masked(path: &str) -> String {
    let segments: Vec<String> = path.split('/').map(masked_segment).collect();
    segments.join("/")
}

fn masked_segment(segment: &str) -> String {
    match (segment.get(..2), segment.get(30..)) {
        (Some(kind), Some(end)) if segment.len() == 34 => format!("{kind}..{end}"),
        _ => segment.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_cut_down_and_all_else_stays() {
        let sid = "0123456789abcdef0123456789abcdef";
        assert_eq!(
            masked(&format!("/v2/Services/VA{sid}/Verifications/VE{sid}")),
            "/v2/Services/VA..cdef/Verifications/VE..cdef"
        );
        assert_eq!(masked("/sim_check/v0.1/checks"), "/sim_check/v0.1/checks");
        assert_eq!(masked("/"), "/");
    }
}
