//! Looking after people, from the counter of an admin.

use std::sync::Arc;
use std::time::Duration;

use simgate_app::App;
use simgate_app::contract::args::Typed;
use simgate_app::contract::people::{
    AddPersonForm, AddedPerson, BeginImportForm, ChoosePasswordForm, ExportForm, ImportPartForm,
    ImportWorkView, NumberForm, PeopleExportView, PeopleForm, PeopleOrder, PeopleWorkView,
    PersonAct, PersonActForm, PersonAnswer, PersonRow, PersonView,
};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, Refusal, RoleName};

use crate::branch::{Branch, expect_code, expect_counter, minutes, register_form};

mod acts;
mod files;
mod number_ends;
mod numbers;
mod own_number;
mod passwords;
mod registration;
mod set_up;
mod told;
mod unlocking;

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes that are handed over at once.
const PART: usize = 60_000;

/// The first admin's number, and others whose SIM the stand-ins call unchanged.
pub const ADMINS: &str = "+447700900100";
pub const MARIAS: &str = "+447700900146";
pub const NEW: &str = "+447700900148";

/// A password that somebody chooses in place of one that was handed over.
pub const CHOSEN: &str = "four tame otters sing";

impl Branch {
    /// A branch with its first admin at the counter, who has set it up.
    pub async fn with_admin() -> Self {
        let branch = Self::with_first_admin().await;
        branch.finish_set_up().await;
        branch.open_to_all().await;
        branch
    }

    /// The same with maria, whose number is verified; the admin is back at the counter.
    pub async fn with_maria() -> Self {
        let branch = Self::with_admin().await;
        let added = branch.add("maria", MARIAS, RoleName::Staff).await;
        branch.leave().await;
        branch
            .first_sign_in("maria", MARIAS, added.one_time_password.as_str())
            .await;
        branch.leave().await;
        branch.wait(minutes(11)).await;
        branch.admin_back().await;
        branch
    }

    /// The form of a change of somebody's number, as they are now.
    pub async fn number_form(&self, name: &str, phone: &str) -> NumberForm {
        let row = self.person_called(name).await.row;
        NumberForm {
            id: row.id,
            version: row.version,
            phone: phone.to_owned(),
            country: "GB".to_owned(),
        }
    }

    /// A branch whose first admin is at the counter, and has not finished setting it up.
    pub async fn with_first_admin() -> Self {
        let branch = Self::untouched().await;
        let form = register_form("admin.one", ADMINS);
        branch
            .app
            .register_first_admin(form)
            .await
            .expect("the first admin");
        expect_code(branch.settled().await);
        expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
        branch
    }

    /// The admin leaves, somebody else does something, and the admin comes back.
    pub async fn admin_back(&self) {
        expect_code(self.sign_in("admin.one").await.expect("a right password"));
        expect_counter(self.type_right_code(ADMINS).await.expect("a code"));
    }

    pub async fn leave(&self) {
        self.app.sign_out().await.expect("a sign-out");
    }

    pub async fn add(&self, name: &str, number: &str, role: RoleName) -> AddedPerson {
        let added = self.app.add_person(add_form(name, number, role)).await;
        added.expect("added")
    }

    pub async fn find(&self, text: &str) -> Vec<PersonRow> {
        let page = self.app.people(people_form(text)).await;
        page.expect("a list").people
    }

    pub async fn person_called(&self, name: &str) -> PersonView {
        let found = self.find(name).await;
        let row = found.iter().find(|row| row.username == name);
        let id = row.expect("somebody of that name").id.clone();
        self.app
            .person(id)
            .await
            .expect("a person")
            .expect("still there")
    }

    pub async fn act(&self, name: &str, act: PersonAct) -> PersonAnswer {
        let row = self.person_called(name).await.row;
        let answer = act_on_person(&self.app, act_form(&row, act)).await;
        answer.expect("an answer")
    }

    pub async fn done(&self, name: &str, act: PersonAct) -> PersonRow {
        let answer = self.act(name, act).await;
        let PersonAnswer::Done { person, .. } = answer else {
            panic!("{act:?} on {name} is done, not {answer:?}");
        };
        person
    }

    /// A reset, and the password that was shown.
    pub async fn reset(&self, name: &str) -> String {
        let answer = self.act(name, PersonAct::Reset).await;
        let PersonAnswer::Done {
            one_time_password: Some(shown),
            ..
        } = answer
        else {
            panic!("{name} was reset, not {answer:?}");
        };
        shown.as_str().to_owned()
    }

    pub async fn choose(&self, current: Option<&str>, password: &str) -> Result<View, Refusal> {
        let form = ChoosePasswordForm {
            current: current.map(|text| Typed::from(text.to_owned())),
            password: Typed::from(password.to_owned()),
        };
        Ok(self.app.choose_password(form).await?.view)
    }

    /// Hands a file over as the page does.
    pub async fn hand_over(&self, text: &str) -> Result<(), Refusal> {
        let form = BeginImportForm {
            bytes: text.len() as u64,
            country: "GB".to_owned(),
        };
        self.app.begin_import(form).await?;
        let mut at = 0;
        for part in text.as_bytes().chunks(PART) {
            let text = std::str::from_utf8(part).expect("no sign is cut in two");
            let form = ImportPartForm {
                at,
                text: text.to_owned(),
            };
            self.app.add_to_import(form).await?;
            at += part.len() as u64;
        }
        Ok(())
    }

    /// What comes of looking at a file.
    pub async fn look_at(&self, text: &str) -> Result<ImportWorkView, Refusal> {
        self.hand_over(text).await?;
        self.app.check_import().await?;
        Ok(self.people_work().await.import)
    }

    /// Takes in whoever is in a file, all of whose rows are good.
    pub async fn import_all(&self, text: &str) {
        let looked = self.look_at(text).await.expect("looked at");
        let good = matches!(looked, ImportWorkView::Checked { bad_count: 0, .. });
        assert!(good, "{looked:?}");
        self.app.import_people(false).await.expect("it begins");
        let done = self.people_work().await.import;
        assert!(matches!(done, ImportWorkView::Done { .. }), "{done:?}");
    }

    /// What came of it, once nothing goes on any more.
    pub async fn people_work(&self) -> PeopleWorkView {
        let over = async {
            let mut look = tokio::time::interval(Duration::from_millis(5));
            loop {
                let work = self.app.people_work().await.expect("an answer");
                let importing = matches!(
                    work.import,
                    ImportWorkView::Checking(_) | ImportWorkView::Writing(_)
                );
                if !importing && !matches!(work.export, PeopleExportView::Writing(_)) {
                    return work;
                }
                look.tick().await;
            }
        };
        let over = tokio::time::timeout(PATIENCE, over).await;
        over.expect("it comes to an end")
    }

    /// The password, a SIM check and a code, once more.
    pub async fn prove_anew(&self) {
        let password = Typed::from(crate::branch::PASSWORD.to_owned());
        self.app.step_up(password).await.expect("the password");
        expect_code(self.settled().await);
        expect_counter(self.type_right_code(ADMINS).await.expect("a code"));
    }

    /// Signs in with the password that was handed over, and chooses another. They stay at the
    /// counter.
    pub async fn first_sign_in(&self, name: &str, number: &str, handed_over: &str) {
        let code = self.sign_in_with(name, handed_over).await;
        expect_code(code.expect("a right password"));
        expect_choice(&self.type_right_code(number).await.expect("a code"));
        expect_counter(
            self.choose(None, crate::branch::PASSWORD)
                .await
                .expect("chosen"),
        );
    }
}

/// An act by the command that it belongs to.
pub async fn act_on_person(app: &App, form: PersonActForm) -> Result<PersonAnswer, Refusal> {
    if matches!(form.act, PersonAct::Approve | PersonAct::Unlock) {
        app.help_person(form).await
    } else {
        app.change_person(form).await
    }
}

/// Nothing is open but to choose a password.
pub fn expect_choice(view: &View) {
    assert!(matches!(view, View::ChoosePassword(_)), "{view:?}");
}

pub fn add_form(name: &str, number: &str, role: RoleName) -> AddPersonForm {
    AddPersonForm {
        username: name.to_owned(),
        role,
        phone: number.to_owned(),
        country: "GB".to_owned(),
        channel: ChannelName::Sms,
    }
}

pub fn people_form(text: &str) -> PeopleForm {
    PeopleForm {
        text: text.to_owned(),
        country: "GB".to_owned(),
        state: None,
        role: None,
        locked: false,
        order: PeopleOrder::Name,
        descending: false,
        after: None,
    }
}

pub fn act_form(row: &PersonRow, act: PersonAct) -> PersonActForm {
    PersonActForm {
        id: row.id.clone(),
        version: row.version,
        act,
    }
}

/// Everybody, in a file.
pub fn everybody() -> ExportForm {
    ExportForm {
        text: String::new(),
        country: "GB".to_owned(),
        state: None,
        role: None,
        locked: false,
    }
}

/// Another copy of the program on the same database, as a second window would be.
pub async fn second_program(branch: &Branch) -> simgate_app::App {
    branch.another_app(Arc::clone(&branch.store)).await
}
