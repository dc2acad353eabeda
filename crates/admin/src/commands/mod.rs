//! The commands, one file each.

mod audit_export;
mod audit_verify;
mod audit_verify_file;
mod backup;
mod doctor;
mod people_export;
mod people_import;
mod people_unlock;
mod recover_admin;
mod restore;
mod vendors_set;
mod vendors_test;

use crate::arguments::{Arguments, AuditCommand, Command, PeopleCommand, VendorsCommand};
use crate::ending::{Ending, Failure};
use crate::installation::Here;

/// Does what is to be done.
pub async fn run(arguments: Arguments) -> Ending {
    let Arguments {
        data_dir,
        rehearsal,
        command,
        ..
    } = arguments;
    // A file alone proves itself: it needs no installation, and none is looked for.
    if let Command::Audit(AuditCommand::Verify(verify)) = &command
        && let Some(file) = &verify.file
    {
        return ended(audit_verify_file::run(file.clone(), verify.key).await);
    }
    let here = match Here::find(data_dir.as_deref(), rehearsal) {
        Ok(here) => here,
        Err(failure) => return failure.into(),
    };
    let name = command.name();
    tracing::info!(command = name, "begun at the command line");
    let ending = ended(run_here(&here, command).await);
    tracing::info!(command = name, exit = ?ending.exit(), "ended");
    here.finish();
    ending
}

async fn run_here(here: &Here, command: Command) -> Result<Ending, Failure> {
    match command {
        Command::Doctor => doctor::run(here).await,
        Command::Backup(arguments) => backup::run(here, arguments).await,
        Command::Restore(arguments) => restore::run(here, arguments).await,
        Command::People(PeopleCommand::Import(arguments)) => {
            people_import::run(here, arguments).await
        }
        Command::People(PeopleCommand::Export(arguments)) => {
            people_export::run(here, arguments).await
        }
        Command::People(PeopleCommand::Unlock(arguments)) => {
            people_unlock::run(here, arguments).await
        }
        // With a file it is another matter, and was seen to.
        Command::Audit(AuditCommand::Verify(_)) => audit_verify::run(here).await,
        Command::Audit(AuditCommand::Export(arguments)) => audit_export::run(here, arguments).await,
        Command::Vendors(VendorsCommand::Set(arguments)) => vendors_set::run(here, arguments).await,
        Command::Vendors(VendorsCommand::Test(arguments)) => {
            vendors_test::run(here, arguments).await
        }
        Command::RecoverAdmin(arguments) => recover_admin::run(here, arguments).await,
    }
}

fn ended(result: Result<Ending, Failure>) -> Ending {
    result.unwrap_or_else(Into::into)
}
