//! The commands, and the table of the states in which each may run.

#[path = "table.rs"]
#[expect(
    missing_docs,
    reason = "its first lines are plain comments, so that a build script can include it"
)]
pub mod table;

use simgate_domain::Role;
pub use table::{Rule, STATES, State, TABLE, Who};

/// A command, by its name in [`TABLE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Command(&'static str);

macro_rules! commands {
    ($($constant:ident = $name:literal),* $(,)?) => {
        impl Command {
            $(#[doc = concat!("`", $name, "`")] pub const $constant: Self = Self($name);)*
        }
        #[cfg(test)]
        const NAMED: &[&str] = &[$($name),*];
    };
}

commands! {
    VIEW = "view",
    NEXT_VIEW = "next_view",
    TRY_AGAIN = "try_again",
    WARM_UP = "warm_up",
    SIGN_IN = "sign_in",
    PREVIEW_PHONE = "preview_phone",
    RATE_PASSWORD = "rate_password",
    REGISTER = "register",
    REGISTER_FIRST_ADMIN = "register_first_admin",
    WITHDRAW_FIRST_ADMIN = "withdraw_first_admin",
    FINISH_SET_UP = "finish_set_up",
    SEND_AGAIN = "send_again",
    CHECK_CODE = "check_code",
    START_OVER = "start_over",
    STEP_UP = "step_up",
    STAY = "stay",
    SIGN_OUT = "sign_out",
    BRANCH = "branch",
    SET_BRANCH = "set_branch",
    OVERVIEW = "overview",
    REGISTRATION_MODE = "registration_mode",
    SET_REGISTRATION_MODE = "set_registration_mode",
    PEOPLE = "people",
    PERSON = "person",
    HELP_PERSON = "help_person",
    CHANGE_PERSON = "change_person",
    ADD_PERSON = "add_person",
    CHOOSE_PASSWORD = "choose_password",
    CHANGE_NUMBER = "change_number",
    CHECK_NUMBER_CODE = "check_number_code",
    GIVE_UP_NUMBER = "give_up_number",
    BEGIN_IMPORT = "begin_import",
    ADD_TO_IMPORT = "add_to_import",
    CHECK_IMPORT = "check_import",
    IMPORT_PEOPLE = "import_people",
    CANCEL_IMPORT = "cancel_import",
    EXPORT_PEOPLE = "export_people",
    EXPORT_PEOPLE_WHOLE = "export_people_whole",
    CANCEL_PEOPLE_EXPORT = "cancel_people_export",
    PEOPLE_WORK = "people_work",
    RECORD_PAGE = "record_page",
    RECORD_ENTRY = "record_entry",
    VERIFY_RECORD = "verify_record",
    EXPORT_RECORD = "export_record",
    RECORD_WORK = "record_work",
    CANCEL_RECORD_WORK = "cancel_record_work",
    RECORD_RETENTION = "record_retention",
    SET_RECORD_RETENTION = "set_record_retention",
    RULES_PAGE = "rules_page",
    SET_RULES = "set_rules",
    RULES_HISTORY = "rules_history",
    BUDGETS = "budgets",
    WHAT_IF = "what_if",
    VENDORS = "vendors",
    IMPORT_VENDOR_FILE = "import_vendor_file",
    FILL_IN_REHEARSAL = "fill_in_rehearsal",
    DROP_UNSAVED_VENDOR = "drop_unsaved_vendor",
    TEST_VENDOR = "test_vendor",
    SAVE_VENDOR = "save_vendor",
    TRY_SIM_CHECK = "try_sim_check",
    TRY_CODE = "try_code",
    CHECK_TRIED_CODE = "check_tried_code",
    USE_RECOVERY_CODE = "use_recovery_code",
    KIT = "kit",
    MAKE_KIT = "make_kit",
    CONFIRM_KIT = "confirm_kit",
    BACKUPS = "backups",
    BACK_UP = "back_up",
    INSPECT_BACKUP = "inspect_backup",
    RESTORE = "restore",
    RECOVERY_WORK = "recovery_work",
    CANCEL_RECOVERY = "cancel_recovery",
    REHEARSAL_PHONE = "rehearsal_phone",
}

impl Command {
    /// Whether it may run in this state at all. A command that is not in the table runs nowhere.
    #[must_use]
    pub fn may_run(self, state: State) -> bool {
        self.rule().is_some_and(|rule| rule.states.contains(&state))
    }

    /// Whether it may run in this state for whoever is signed in.
    ///
    /// # Errors
    /// [`Barred`]
    pub fn may_run_for(self, state: State, signed_in: Option<Standing>) -> Result<(), Barred> {
        let Some(rule) = self.rule().filter(|rule| rule.states.contains(&state)) else {
            return Err(Barred::State);
        };
        let Some(standing) = signed_in else {
            return Ok(());
        };
        let least = match rule.who {
            Who::Anyone => Role::Staff,
            Who::Supervisor => Role::Supervisor,
            Who::Admin | Who::AdminFresh => Role::Admin,
        };
        if standing.role < least {
            Err(Barred::Role)
        } else if rule.who == Who::AdminFresh && !standing.fresh {
            Err(Barred::Stale)
        } else {
            Ok(())
        }
    }

    /// Its name, as the page calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    fn rule(self) -> Option<&'static Rule> {
        TABLE.iter().find(|rule| rule.name == self.0)
    }
}

/// What the table asks of somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Their role.
    pub role: Role,
    /// Whether they proved themself a short while ago.
    pub fresh: bool,
}

/// Why a command may not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// Not in this state.
    State,
    /// Not for this role.
    Role,
    /// The proof is too old: password, SIM check and code are wanted again.
    Stale,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_the_table_once() {
        let names: Vec<&str> = TABLE.iter().map(|rule| rule.name).collect();
        assert_eq!(names, NAMED);
    }

    #[test]
    fn a_role_reaches_down_and_never_up() {
        use Role::{Admin, Staff, Supervisor};
        let may = |command: Command, role, fresh| {
            command.may_run_for(State::Occupied, Some(Standing { role, fresh }))
        };
        let table = [
            (Command::STAY, Staff, false, Ok(())),
            (Command::BRANCH, Staff, true, Err(Barred::Role)),
            (Command::BRANCH, Supervisor, true, Err(Barred::Role)),
            (Command::BRANCH, Admin, false, Ok(())),
            (Command::SET_BRANCH, Supervisor, true, Err(Barred::Role)),
            (Command::SET_BRANCH, Admin, false, Err(Barred::Stale)),
            (Command::SET_BRANCH, Admin, true, Ok(())),
            (Command::SIGN_IN, Admin, true, Err(Barred::State)),
        ];
        for (command, role, fresh, expected) in table {
            assert_eq!(may(command, role, fresh), expected, "{command:?} {role:?}");
        }
        let nobody = Command::SET_BRANCH.may_run_for(State::FirstRun, None);
        assert_eq!(
            nobody,
            Ok(()),
            "before there is anybody, the state says it all"
        );
        assert_eq!(
            Command::SET_BRANCH.may_run_for(State::Vacant, None),
            Err(Barred::State)
        );
    }

    /// The page's list of command names stands beside the other generated types.
    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the same variable that ts-rs takes its folder from"
    )]
    fn export_bindings_command() {
        let Some(folder) = std::env::var_os("TS_RS_EXPORT_DIR") else {
            return;
        };
        let names: Vec<String> = TABLE
            .iter()
            .map(|rule| format!("  | \"{}\"", rule.name))
            .collect();
        let text = format!(
            "// This file was generated from the table of commands. Do not edit this file manually.\n\n\
             /**\n * The commands that the page may call.\n */\nexport type Command =\n{};\n",
            names.join("\n")
        );
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder).expect("the folder of generated types");
        std::fs::write(folder.join("Command.ts"), text).expect("the generated list of commands");
    }
}
