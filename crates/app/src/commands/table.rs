// The one table of commands: in which states each may run, and for whom. It is checked in Rust
// before a command does anything; the page's list of names is made from it, and the access list of the
// window is held against it when the window is built. This file uses nothing but the language, so that the window's build script can read
// it too.

/// What the program is doing, as far as commands are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The keyring and the database are being opened.
    Starting,
    /// Nobody has set this installation up yet.
    FirstRun,
    /// It was set up, and there are no vendor credentials any more.
    NotSetUp,
    /// Something keeps the whole program from working.
    Fault,
    /// Nobody is signed in or signing in.
    Vacant,
    /// The SIM is being checked.
    Identified,
    /// The code is on its way to the vendor.
    Cleared,
    /// A code is waited for.
    CodeSent,
    /// A typed code is with the vendor.
    Answering,
    /// Somebody is signed in with a password that was given to them, and must choose their own.
    PasswordDue,
    /// Somebody is signed in.
    Occupied,
    /// A sign-in stopped.
    Stopped,
}

/// Who may run a command where somebody is signed in. Where nobody is, the states say it all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// Whoever is signed in.
    Anyone,
    /// A supervisor or an admin.
    Supervisor,
    /// An admin.
    Admin,
    /// An admin who proved themself with password, SIM check and code at most five minutes ago.
    AdminFresh,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The command.
    pub name: &'static str,
    /// The states in which it may run.
    pub states: &'static [State],
    /// And for whom.
    pub who: Who,
}

use State::{
    Answering, Cleared, CodeSent, Fault, FirstRun, Identified, NotSetUp, Occupied, PasswordDue,
    Starting, Stopped, Vacant,
};
use Who::{Admin, AdminFresh, Anyone, Supervisor};

/// Every state.
pub const STATES: [State; 12] = [
    Starting,
    FirstRun,
    NotSetUp,
    Fault,
    Vacant,
    Identified,
    Cleared,
    CodeSent,
    Answering,
    PasswordDue,
    Occupied,
    Stopped,
];

const fn rule(name: &'static str, states: &'static [State], who: Who) -> Rule {
    Rule { name, states, who }
}

/// Each command, the states in which it may run, and who may run it there.
pub const TABLE: &[Rule] = &[
    rule("view", &STATES, Anyone),
    rule("next_view", &STATES, Anyone),
    rule("try_again", &[NotSetUp, Fault], Anyone),
    rule("warm_up", &[FirstRun, Vacant], Anyone),
    rule("sign_in", &[Vacant], Anyone),
    rule("preview_phone", &[FirstRun, Vacant, Occupied], Anyone),
    rule(
        "rate_password",
        &[FirstRun, Vacant, PasswordDue, Occupied],
        Anyone,
    ),
    rule("register", &[Vacant], Anyone),
    // The store lets them do nothing once there is somebody, or set-up was finished.
    rule("register_first_admin", &[FirstRun], Anyone),
    rule("withdraw_first_admin", &[Vacant], Anyone),
    rule("finish_set_up", &[Occupied], Admin),
    rule("send_again", &[CodeSent], Anyone),
    rule("check_code", &[CodeSent], Anyone),
    rule(
        "start_over",
        &[Identified, Cleared, CodeSent, Answering, Stopped],
        Anyone,
    ),
    rule("step_up", &[Occupied], Anyone),
    rule("stay", &[PasswordDue, Occupied, Stopped], Anyone),
    rule("sign_out", &[PasswordDue, Occupied], Anyone),
    rule("branch", &[FirstRun, Occupied], Admin),
    rule("set_branch", &[FirstRun, Occupied], AdminFresh),
    rule("overview", &[Occupied], Admin),
    rule("registration_mode", &[Occupied], Admin),
    rule("set_registration_mode", &[Occupied], AdminFresh),
    rule("people", &[Occupied], Supervisor),
    rule("person", &[Occupied], Supervisor),
    rule("help_person", &[Occupied], Supervisor),
    rule("change_person", &[Occupied], AdminFresh),
    rule("add_person", &[Occupied], AdminFresh),
    rule("choose_password", &[PasswordDue, Occupied], Anyone),
    rule("change_number", &[Occupied], AdminFresh),
    rule("check_number_code", &[Occupied], Admin),
    rule("give_up_number", &[Occupied], Admin),
    rule("begin_import", &[Occupied], Admin),
    rule("add_to_import", &[Occupied], Admin),
    rule("check_import", &[Occupied], Admin),
    rule("import_people", &[Occupied], AdminFresh),
    rule("cancel_import", &[Occupied], Admin),
    rule("export_people", &[Occupied], Admin),
    rule("export_people_whole", &[Occupied], AdminFresh),
    rule("cancel_people_export", &[Occupied], Admin),
    rule("people_work", &[Occupied], Admin),
    rule("record_page", &[Occupied], Supervisor),
    rule("record_entry", &[Occupied], Supervisor),
    rule("verify_record", &[Occupied], Admin),
    rule("export_record", &[Occupied], AdminFresh),
    rule("record_work", &[Occupied], Admin),
    rule("cancel_record_work", &[Occupied], Admin),
    rule("record_retention", &[Occupied], Admin),
    rule("set_record_retention", &[Occupied], AdminFresh),
    rule("rules_page", &[FirstRun, Occupied], Admin),
    rule("set_rules", &[FirstRun, Occupied], AdminFresh),
    rule("rules_history", &[Occupied], Admin),
    rule("budgets", &[Occupied], Admin),
    rule("what_if", &[Occupied], Admin),
    rule("vendors", &[FirstRun, Occupied], Admin),
    rule("import_vendor_file", &[FirstRun, Occupied], Admin),
    rule("fill_in_rehearsal", &[FirstRun, Occupied], Admin),
    rule("drop_unsaved_vendor", &[FirstRun, Occupied], Admin),
    rule("test_vendor", &[FirstRun, Occupied], Admin),
    rule("save_vendor", &[FirstRun, Occupied], AdminFresh),
    rule("try_sim_check", &[Occupied], Admin),
    rule("try_code", &[Occupied], Admin),
    rule("check_tried_code", &[Occupied], Admin),
    rule("use_recovery_code", &[CodeSent, Stopped], Anyone),
    rule("kit", &[Occupied], Admin),
    rule("make_kit", &[Occupied], AdminFresh),
    rule("confirm_kit", &[Occupied], Admin),
    rule("backups", &[FirstRun, NotSetUp, Fault, Occupied], Admin),
    rule("back_up", &[Occupied], AdminFresh),
    // With no database there is nobody to be asked who they are: the recovery key is.
    rule(
        "inspect_backup",
        &[FirstRun, NotSetUp, Fault, Occupied],
        AdminFresh,
    ),
    rule(
        "restore",
        &[FirstRun, NotSetUp, Fault, Occupied],
        AdminFresh,
    ),
    rule(
        "recovery_work",
        &[Starting, FirstRun, NotSetUp, Fault, Occupied],
        Admin,
    ),
    rule(
        "cancel_recovery",
        &[FirstRun, NotSetUp, Fault, Occupied],
        Admin,
    ),
    // In a rehearsal only; a real profile refuses it in every state.
    rule("rehearsal_phone", &STATES, Anyone),
];
