//! What an admin says of the branch: its name, whom a person who was stopped may call, and in which
//! languages.

use serde::{Deserialize, Serialize};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::branch::{BranchForm, BranchView};
use crate::contract::words::{ErrorCode, Field, Language, Refusal};
use simgate_store::{Act, Changed, Store, StoreError};

/// The setting under which it is kept.
const SETTING: &str = "branch";
/// Characters of a name, at the most.
const LONGEST_NAME: usize = 60;
/// Characters of whom to call, at the most.
const LONGEST_CALL: usize = 120;

/// The branch. Empty before anyone has set it up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// What it is called; 60 characters at the most.
    name: String,
    /// Whom to call when stopped, as the admin put it; 120 characters at the most.
    call: String,
    /// The languages that are offered, the one that screens begin in first. Empty where nobody said.
    #[serde(default)]
    languages: Vec<Language>,
}

impl Branch {
    fn parse(form: &BranchForm) -> Result<Self, Refusal> {
        let (name, call) = (one_line(&form.name), one_line(&form.call));
        let at = |field, code| Refusal {
            field: Some(field),
            ..Refusal::plain(code)
        };
        if name.is_empty() {
            return Err(at(Field::BranchName, ErrorCode::BranchNameEmpty));
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(at(Field::BranchName, ErrorCode::BranchNameTooLong));
        }
        if call.chars().count() > LONGEST_CALL {
            return Err(at(Field::BranchCall, ErrorCode::BranchCallTooLong));
        }
        let twice = |(i, language)| form.languages[..i].contains(language);
        if form.languages.iter().enumerate().any(twice) {
            return Err(Refusal::plain(ErrorCode::BadRequest));
        }
        let languages = form.languages.clone();
        Ok(Self {
            name,
            call,
            languages,
        })
    }

    /// Its name, if it has one.
    pub fn name_shown(&self) -> Option<String> {
        shown(&self.name)
    }

    /// The languages that are offered, the first first; empty for all of them.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Whom to call, if that was said.
    pub fn call_shown(&self) -> Option<String> {
        shown(&self.call)
    }
}

fn shown(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The text with every run of white space and control characters made one space, and none around:
/// it is shown in one line.
fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let words = text.split(blank).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

impl App {
    /// What was said of the branch.
    ///
    /// # Errors
    /// As the door.
    pub async fn branch(&self) -> Answer<BranchView> {
        let app = self.clone();
        self.run(Command::BRANCH, async move {
            let kept = kept_branch(&*app.open_store()?).await;
            let (version, branch) =
                kept.map_err(|error| app.unforeseen("reading the branch", &error))?;
            Ok(BranchView {
                version,
                name: branch.name,
                call: branch.call,
                languages: branch.languages,
            })
        })
        .await
    }

    /// Says something else of the branch.
    ///
    /// # Errors
    /// What is wrong, at its field; [`ErrorCode::Outdated`] where another admin was first; and as
    /// the door.
    pub async fn set_branch(&self, form: BranchForm) -> Answer<()> {
        let app = self.clone();
        self.run(Command::SET_BRANCH, async move {
            let store = app.open_store()?;
            let branch = Branch::parse(&form)?;
            let value = serde_json::to_string(&branch)
                .map_err(|error| app.unforeseen("writing the branch", &error))?;
            let entry = app.entry_by_whoever_acts(Act::BranchChanged);
            let changed = store
                .change_setting(SETTING, form.version, value, entry)
                .await
                .map_err(|error| app.unforeseen("keeping the branch", &error))?;
            match changed {
                Changed::Done => {}
                Changed::Outdated => return Err(Refusal::plain(ErrorCode::Outdated)),
            }
            app.inner
                .stage
                .change(|scene| scene.branch = std::sync::Arc::new(branch));
            Ok(())
        })
        .await
    }

    /// Shows what is kept of the branch from now on.
    pub(crate) async fn load_branch(&self, store: &dyn Store) -> Result<(), StoreError> {
        let (_version, branch) = kept_branch(store).await?;
        self.inner
            .stage
            .change(|scene| scene.branch = std::sync::Arc::new(branch));
        Ok(())
    }
}

/// The branch as kept, with its version. What cannot be read any more is as if nothing was said:
/// these words guard nothing.
async fn kept_branch(store: &dyn Store) -> Result<(u32, Branch), StoreError> {
    let Some((version, value)) = store.versioned_setting(SETTING).await? else {
        return Ok((0, Branch::default()));
    };
    let branch = serde_json::from_str(&value).unwrap_or_else(|error| {
        tracing::error!(%error, version, "what is kept of the branch cannot be read");
        Branch::default()
    });
    Ok((version, branch))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, call: &str) -> BranchForm {
        BranchForm {
            version: 0,
            name: name.to_owned(),
            call: call.to_owned(),
            languages: vec![],
        }
    }

    fn parse(name: &str, call: &str) -> Result<Branch, ErrorCode> {
        Branch::parse(&form(name, call)).map_err(|refusal| refusal.code)
    }

    #[test]
    fn a_branch_has_a_name_and_both_have_bounds() {
        let name = "n".repeat(LONGEST_NAME);
        let call = "c".repeat(LONGEST_CALL);
        let table = [
            ("", "", Some(ErrorCode::BranchNameEmpty)),
            (" \u{a0}\n", "", Some(ErrorCode::BranchNameEmpty)),
            ("High Street", "", None),
            (&name, &call, None),
            (&format!("{name}n"), "", Some(ErrorCode::BranchNameTooLong)),
            (
                "Me",
                &format!("{call}c"),
                Some(ErrorCode::BranchCallTooLong),
            ),
        ];
        for (name, call, problem) in table {
            assert_eq!(parse(name, call).err(), problem, "{name:?}");
        }
    }

    #[test]
    fn a_language_is_offered_once() {
        let offering = |languages: &[Language]| {
            let languages = languages.to_vec();
            let form = BranchForm {
                languages,
                ..form("High Street", "")
            };
            Branch::parse(&form).map(|branch| branch.languages)
        };
        let (en, es) = (Language::En, Language::Es);
        for languages in [vec![], vec![es], vec![es, en]] {
            assert_eq!(offering(&languages).as_ref(), Ok(&languages));
        }
        assert!(offering(&[en, en]).is_err());
    }

    #[test]
    fn what_was_kept_before_languages_were_asked_for_is_still_read() {
        let kept = serde_json::from_str::<Branch>(r#"{"name":"High Street","call":""}"#);
        assert_eq!(kept.expect("a branch").languages, []);
    }

    #[test]
    fn what_is_shown_is_one_line() {
        let branch = parse(" High\u{7}Street\t", "Ana,\nextension\r\n12 ").expect("a branch");
        assert_eq!(branch.name, "High Street");
        assert_eq!(branch.call, "Ana, extension 12");
    }
}
