//! The table of commands, by hand.

use std::collections::BTreeMap;

use simgate_app::commands::{STATES, State, TABLE, Who};

/// The table written out once more, by hand: a slip of the pen in the program's own would show.
#[test]
fn the_table_is_what_it_was_meant_to_be() {
    let table: BTreeMap<&str, (Vec<State>, Who)> = TABLE
        .iter()
        .map(|rule| (rule.name, (rule.states.to_vec(), rule.who)))
        .collect();
    let everywhere = STATES.to_vec();
    let signed_in = vec![State::PasswordDue, State::Occupied];
    let counter = vec![State::Occupied];
    let settings = vec![State::FirstRun, State::Occupied];
    let anyone = [
        ("view", everywhere.clone()),
        ("next_view", everywhere.clone()),
        ("try_again", vec![State::NotSetUp, State::Fault]),
        ("warm_up", vec![State::FirstRun, State::Vacant]),
        ("sign_in", vec![State::Vacant]),
        (
            "preview_phone",
            vec![State::FirstRun, State::Vacant, State::Occupied],
        ),
        (
            "rate_password",
            vec![
                State::FirstRun,
                State::Vacant,
                State::PasswordDue,
                State::Occupied,
            ],
        ),
        ("register", vec![State::Vacant]),
        ("register_first_admin", vec![State::FirstRun]),
        ("withdraw_first_admin", vec![State::Vacant]),
        ("send_again", vec![State::CodeSent]),
        ("check_code", vec![State::CodeSent]),
        (
            "start_over",
            vec![
                State::Identified,
                State::Cleared,
                State::CodeSent,
                State::Answering,
                State::Stopped,
            ],
        ),
        ("step_up", vec![State::Occupied]),
        (
            "stay",
            vec![State::PasswordDue, State::Occupied, State::Stopped],
        ),
        ("sign_out", signed_in.clone()),
        ("choose_password", signed_in),
        ("rehearsal_phone", everywhere),
    ];
    let admins = [
        ("branch", settings.clone(), Who::Admin),
        ("set_branch", settings, Who::AdminFresh),
        ("finish_set_up", counter.clone(), Who::Admin),
        ("overview", counter.clone(), Who::Admin),
        ("registration_mode", counter.clone(), Who::Admin),
        ("set_registration_mode", counter.clone(), Who::AdminFresh),
        ("people", counter.clone(), Who::Supervisor),
        ("person", counter.clone(), Who::Supervisor),
        ("help_person", counter.clone(), Who::Supervisor),
        ("change_person", counter.clone(), Who::AdminFresh),
        ("add_person", counter.clone(), Who::AdminFresh),
        ("record_page", counter.clone(), Who::Supervisor),
        ("record_entry", counter.clone(), Who::Supervisor),
        ("verify_record", counter.clone(), Who::Admin),
        ("export_record", counter.clone(), Who::AdminFresh),
        ("record_work", counter.clone(), Who::Admin),
        ("cancel_record_work", counter.clone(), Who::Admin),
        ("record_retention", counter.clone(), Who::Admin),
        ("set_record_retention", counter.clone(), Who::AdminFresh),
        ("rules_page", counter.clone(), Who::Admin),
        ("set_rules", counter.clone(), Who::AdminFresh),
        ("rules_history", counter.clone(), Who::Admin),
        ("budgets", counter.clone(), Who::Admin),
        ("what_if", counter.clone(), Who::Admin),
        ("vendors", counter.clone(), Who::Admin),
        ("import_vendor_file", counter.clone(), Who::Admin),
        ("fill_in_rehearsal", counter.clone(), Who::Admin),
        ("drop_unsaved_vendor", counter.clone(), Who::Admin),
        ("test_vendor", counter.clone(), Who::Admin),
        ("save_vendor", counter.clone(), Who::AdminFresh),
        ("try_sim_check", counter.clone(), Who::Admin),
        ("try_code", counter.clone(), Who::Admin),
        ("check_tried_code", counter, Who::Admin),
    ];
    let anyone = anyone
        .into_iter()
        .map(|(name, states)| (name, states, Who::Anyone));
    let meant = anyone.chain(admins);
    let meant = meant.map(|(name, states, who)| (name, (states, who)));
    assert_eq!(table, meant.collect());
}
