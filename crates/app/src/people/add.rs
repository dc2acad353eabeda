//! People whom an admin adds.

use simgate_domain::{PhoneNumber, UserId, Username};
use simgate_store::{Act, Added, NewPerson, Taken};

use super::Caretaker;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::{AddPersonForm, AddedPerson};
use crate::contract::words::{ErrorCode, Field, Refusal};

impl App {
    /// Adds a person, who gets a one-time password.
    ///
    /// # Errors
    /// What is wrong, at its field; [`ErrorCode::UsernameTaken`], also by one that looks the same;
    /// [`ErrorCode::PhoneTaken`]; and as the door.
    pub async fn add_person(&self, form: AddPersonForm) -> Answer<AddedPerson> {
        self.looking_after(Command::ADD_PERSON, |app, by| async move {
            app.add_one(&form, &by).await
        })
        .await
    }

    async fn add_one(&self, form: &AddPersonForm, by: &Caretaker) -> Answer<AddedPerson> {
        let tools = self.tools()?;
        let user = self.new_id().map(UserId::new)?;
        let name = Username::parse(&form.username)?;
        let number = PhoneNumber::parse(&form.phone, &form.country)?;
        self.allowed(&number)?;
        let new = NewPerson {
            user,
            name,
            number,
            channel: form.channel.into(),
            role: form.role.into(),
        };
        let (one_time_password, hash) = self.one_time_password(&tools.hashing).await?;
        let entry = self.entry_about(user, by, Act::PersonAdded);
        let added = tools
            .store
            .add_person(new, hash, by.actor(), self.limits(), entry)
            .await
            .map_err(|error| self.unforeseen("adding a person", &error))?;
        let at = |field, code| Refusal {
            field: Some(field),
            ..Refusal::plain(code)
        };
        match added {
            Added::Done(row) => Ok(AddedPerson {
                person: (&*row).into(),
                one_time_password,
            }),
            Added::Taken(Taken::Name | Taken::LookAlike) => {
                Err(at(Field::Username, ErrorCode::UsernameTaken))
            }
            Added::Taken(Taken::Number) => Err(at(Field::Phone, ErrorCode::PhoneTaken)),
            Added::NotAllowed => Err(Refusal::plain(ErrorCode::NotAllowed)),
        }
    }
}
