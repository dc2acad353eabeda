//! The table of commands, by hand.

use std::collections::BTreeMap;

use simgate_app::commands::State::{
    Answering, Cleared, CodeSent, Fault, FirstRun, Identified, NotSetUp, Occupied, PasswordDue,
    Starting, Stopped, Vacant,
};
use simgate_app::commands::Who::{Admin, AdminFresh, Anyone, Supervisor};
use simgate_app::commands::{STATES, State, TABLE, Who};

const SIGNED_IN: &[State] = &[PasswordDue, Occupied];
const COUNTER: &[State] = &[Occupied];
const SETTINGS: &[State] = &[FirstRun, Occupied];
const RECOVER: &[State] = &[FirstRun, NotSetUp, Fault, Occupied];

/// What whoever stands there may call.
const OPEN: &[(&str, &[State])] = &[
    ("view", &STATES),
    ("next_view", &STATES),
    ("try_again", &[NotSetUp, Fault]),
    ("warm_up", &[FirstRun, Vacant]),
    ("sign_in", &[Vacant]),
    ("preview_phone", &[FirstRun, Vacant, Occupied]),
    ("rate_password", &[FirstRun, Vacant, PasswordDue, Occupied]),
    ("register", &[Vacant]),
    ("register_first_admin", &[FirstRun]),
    ("withdraw_first_admin", &[Vacant]),
    ("send_again", &[CodeSent]),
    ("check_code", &[CodeSent]),
    (
        "start_over",
        &[Identified, Cleared, CodeSent, Answering, Stopped],
    ),
    ("step_up", &[Occupied]),
    ("stay", &[PasswordDue, Occupied, Stopped]),
    ("sign_out", SIGNED_IN),
    ("choose_password", SIGNED_IN),
    ("use_recovery_code", &[CodeSent, Stopped]),
    ("rehearsal_phone", &STATES),
];

/// What wants a role.
const CLOSED: &[(&str, &[State], Who)] = &[
    ("branch", SETTINGS, Admin),
    ("set_branch", SETTINGS, AdminFresh),
    ("finish_set_up", COUNTER, Admin),
    ("overview", COUNTER, Admin),
    ("registration_mode", COUNTER, Admin),
    ("set_registration_mode", COUNTER, AdminFresh),
    ("people", COUNTER, Supervisor),
    ("person", COUNTER, Supervisor),
    ("help_person", COUNTER, Supervisor),
    ("change_person", COUNTER, AdminFresh),
    ("add_person", COUNTER, AdminFresh),
    ("change_number", COUNTER, AdminFresh),
    ("check_number_code", COUNTER, Admin),
    ("give_up_number", COUNTER, Admin),
    ("begin_import", COUNTER, Admin),
    ("add_to_import", COUNTER, Admin),
    ("check_import", COUNTER, Admin),
    ("import_people", COUNTER, AdminFresh),
    ("cancel_import", COUNTER, Admin),
    ("export_people", COUNTER, Admin),
    ("export_people_whole", COUNTER, AdminFresh),
    ("cancel_people_export", COUNTER, Admin),
    ("people_work", COUNTER, Admin),
    ("record_page", COUNTER, Supervisor),
    ("record_entry", COUNTER, Supervisor),
    ("verify_record", COUNTER, Admin),
    ("export_record", COUNTER, AdminFresh),
    ("record_work", COUNTER, Admin),
    ("cancel_record_work", COUNTER, Admin),
    ("record_retention", COUNTER, Admin),
    ("set_record_retention", COUNTER, AdminFresh),
    ("rules_page", SETTINGS, Admin),
    ("set_rules", SETTINGS, AdminFresh),
    ("rules_history", COUNTER, Admin),
    ("budgets", COUNTER, Admin),
    ("what_if", COUNTER, Admin),
    ("vendors", SETTINGS, Admin),
    ("import_vendor_file", SETTINGS, Admin),
    ("fill_in_rehearsal", SETTINGS, Admin),
    ("drop_unsaved_vendor", SETTINGS, Admin),
    ("test_vendor", SETTINGS, Admin),
    ("save_vendor", SETTINGS, AdminFresh),
    ("try_sim_check", COUNTER, Admin),
    ("try_code", COUNTER, Admin),
    ("check_tried_code", COUNTER, Admin),
    ("kit", COUNTER, Admin),
    ("make_kit", COUNTER, AdminFresh),
    ("confirm_kit", COUNTER, Admin),
    ("backups", RECOVER, Admin),
    ("back_up", COUNTER, AdminFresh),
    ("inspect_backup", RECOVER, AdminFresh),
    ("restore", RECOVER, AdminFresh),
    (
        "recovery_work",
        &[Starting, FirstRun, NotSetUp, Fault, Occupied],
        Admin,
    ),
    ("cancel_recovery", RECOVER, Admin),
];

/// The table written out once more, by hand: a slip of the pen in the program's own would show.
#[test]
fn the_table_is_what_it_was_meant_to_be() {
    let table: BTreeMap<&str, (&[State], Who)> = TABLE
        .iter()
        .map(|rule| (rule.name, (rule.states, rule.who)))
        .collect();
    let open = OPEN.iter().map(|&(name, states)| (name, (states, Anyone)));
    let closed = CLOSED
        .iter()
        .map(|&(name, states, who)| (name, (states, who)));
    assert_eq!(table, open.chain(closed).collect());
}
