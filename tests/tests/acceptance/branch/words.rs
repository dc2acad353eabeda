//! What people type, what they are shown, and for how long they wait.

use std::time::Duration;

use simgate_app::contract::args::{RegisterForm, SignInForm, Typed};
use simgate_app::contract::branch::BranchForm;
use simgate_app::contract::view::{CodeView, CounterView, StoppedView, View};
use simgate_app::contract::words::{ChannelName, Language, StopReason};

use super::PASSWORD;

pub fn sign_in_form(name: &str, password: &str) -> SignInForm {
    SignInForm {
        username: name.to_owned(),
        password: Typed::from(password.to_owned()),
        language: Language::En,
    }
}

pub fn branch_form(name: &str) -> BranchForm {
    BranchForm {
        version: 0,
        name: name.to_owned(),
        languages: vec![],
        call: String::new(),
    }
}

pub fn register_form(name: &str, number: &str) -> RegisterForm {
    RegisterForm {
        username: name.to_owned(),
        password: Typed::from(PASSWORD.to_owned()),
        phone: number.to_owned(),
        country: "GB".to_owned(),
        channel: ChannelName::Sms,
        language: Language::En,
    }
}

pub fn expect_code(view: View) -> CodeView {
    let View::Code(code) = view else {
        panic!("a code is waited for, not {view:?}");
    };
    code
}

pub fn expect_counter(view: View) -> CounterView {
    let View::Counter(counter) = view else {
        panic!("the counter is open, not {view:?}");
    };
    counter
}

pub fn expect_stopped(view: View) -> StoppedView {
    let View::Stopped(stopped) = view else {
        panic!("the sign-in stopped, not {view:?}");
    };
    stopped
}

pub fn expect_reason(view: View, reason: StopReason) -> StoppedView {
    let stopped = expect_stopped(view);
    assert_eq!(stopped.reason, reason);
    stopped
}

pub const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

pub const fn minutes(n: u64) -> Duration {
    seconds(n * 60)
}

pub const fn days(n: u64) -> Duration {
    seconds(n * 86_400)
}
