//! People in files: in with a look at them first, out with formulas neutralised (AU11).

use std::path::PathBuf;
use std::sync::Arc;

use simgate_app::contract::people::{ExportForm, ImportMode, PeopleExportView};
use simgate_app::contract::words::{ErrorCode, Refusal, RoleName};
use simgate_app::people::CsvBytes;

use super::{MARIAS, everybody};
use crate::branch::Branch;

mod incoming;
mod outgoing;

const NAMES: &str = "username,phone,channel,role\n";

/// What comes of an export from the counter.
async fn exported(branch: &Branch, form: ExportForm, whole: bool) -> PeopleExportView {
    let begun = if whole {
        branch.app.export_people_whole(form).await
    } else {
        branch.app.export_people(form).await
    };
    begun.expect("it begins");
    branch.people_work().await.export
}

/// The file that was written, and what is in it.
fn expect_file(view: &PeopleExportView) -> (PathBuf, String) {
    let PeopleExportView::Done { path, .. } = view else {
        panic!("it is written: {view:?}");
    };
    let path = PathBuf::from(path);
    let text = std::fs::read_to_string(&path).expect("a file");
    (path, text)
}

fn exports(branch: &Branch) -> Vec<PathBuf> {
    let Ok(files) = std::fs::read_dir(branch.data_folder().join("exports")) else {
        return Vec::new();
    };
    files.map(|file| file.expect("a file").path()).collect()
}

fn code<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> ErrorCode {
    answer.expect_err("refused").code
}

/// What goes out with whole numbers comes in again, but for the columns that nobody sets.
#[tokio::test]
async fn what_went_out_comes_in() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Supervisor).await;
    let (_, text) = expect_file(&exported(&branch, everybody(), true).await);
    let cut = text
        .lines()
        .map(|line| line.splitn(5, ',').take(4).collect::<Vec<_>>().join(","));
    let cut = cut.collect::<Vec<_>>().join("\n");
    let other = Branch::with_admin().await;
    let console = other.console().await;
    let taken = console.import_people(
        CsvBytes::new(cut.into_bytes()).expect("small"),
        "GB".to_owned(),
        ImportMode::Good,
        Arc::default(),
    );
    let view = taken.await.expect("taken");
    assert_eq!(
        (view.added, view.bad_count),
        (1, 1),
        "the admin is there: {view:?}"
    );
    let maria = other.person_called("maria").await.row;
    assert_eq!(
        (maria.role, maria.number_ending.as_str()),
        (RoleName::Supervisor, "46")
    );
}
