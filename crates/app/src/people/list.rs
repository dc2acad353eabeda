//! Looking at people.

use simgate_domain::attempts::Limits;
use simgate_domain::{NameBeginning, PhoneNumber};
use simgate_store::{Find, Mark, MarkKey, PeopleQuery, Sort};

use super::{Caretaker, shown, user_of};
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::{PeopleForm, PeopleMark, PeopleOrder, PeopleView, PersonView};
use crate::contract::words::{ErrorCode, Refusal};

/// People on a page.
const PAGE: usize = 50;

impl App {
    /// A page of people.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] where the place to go on from is none; and as the
    /// door.
    pub async fn people(&self, form: PeopleForm) -> Answer<PeopleView> {
        self.looking_after(Command::PEOPLE, |app, _by| async move {
            app.look_at_people(&form).await
        })
        .await
    }

    /// One person. Null where they are not there any more.
    ///
    /// # Errors
    /// As the door.
    pub async fn person(&self, id: String) -> Answer<Option<PersonView>> {
        self.looking_after(Command::PERSON, |app, by| async move {
            app.look_at_person(&id, &by).await
        })
        .await
    }

    async fn look_at_people(&self, form: &PeopleForm) -> Answer<PeopleView> {
        let tools = self.tools()?;
        let Some(query) = query(form, PAGE, self.limits())? else {
            return Ok(PeopleView {
                people: Vec::new(),
                next: None,
                order: form.order,
            });
        };
        let page = tools
            .store
            .people(query, self.inner.clock.now())
            .await
            .map_err(|error| self.unforeseen("listing people", &error))?;
        Ok(PeopleView {
            people: page.people.iter().map(Into::into).collect(),
            next: page.next.map(Into::into),
            order: page.sort.into(),
        })
    }

    async fn look_at_person(&self, id: &str, by: &Caretaker) -> Answer<Option<PersonView>> {
        let (tools, user) = (self.tools()?, user_of(id)?);
        let details = tools
            .store
            .person(user, self.limits(), self.inner.clock.now())
            .await
            .map_err(|error| self.unforeseen("looking at a person", &error))?;
        Ok(details.map(|details| {
            let policy = self.rules_in_force().sim(details.row.role);
            shown::person(&details, &policy, by.person.user)
        }))
    }
}

/// What is asked of the store; `None` where nobody can be found.
pub(super) fn query(
    form: &PeopleForm,
    limit: usize,
    limits: Limits,
) -> Answer<Option<PeopleQuery>> {
    let Some(find) = find(&form.text, &form.country) else {
        return Ok(None);
    };
    Ok(Some(PeopleQuery {
        find,
        state: form.state.map(Into::into),
        role: form.role.map(Into::into),
        locked: form.locked,
        sort: form.order.into(),
        descending: form.descending,
        after: form.after.as_ref().map(mark).transpose()?,
        limit,
        limits,
    }))
}

/// Among whom to search for what was typed; `None` where it is in nobody.
fn find(text: &str, country: &str) -> Option<Find> {
    // A name may begin with a digit: only a whole number is taken for one.
    if let Ok(number) = PhoneNumber::parse(text, country) {
        return Some(Find::Number(number));
    }
    match NameBeginning::parse(text) {
        Ok(Some(beginning)) => Some(Find::Name(beginning)),
        Ok(None) if text.trim().is_empty() => Some(Find::Everyone),
        Ok(None) | Err(_) => None,
    }
}

fn mark(mark: &PeopleMark) -> Answer<Mark> {
    // A time is written with a sign that no name begins with.
    let key = match mark.key.strip_prefix('@') {
        Some(time) => {
            let time = time.parse();
            MarkKey::Time(time.map_err(|_| Refusal::plain(ErrorCode::BadRequest))?)
        }
        None => MarkKey::Text(mark.key.clone()),
    };
    Ok(Mark {
        key,
        user: user_of(&mark.id)?,
    })
}

impl From<Mark> for PeopleMark {
    fn from(mark: Mark) -> Self {
        Self {
            key: match mark.key {
                MarkKey::Time(time) => format!("@{time}"),
                MarkKey::Text(text) => text,
            },
            id: mark.user.value().to_string(),
        }
    }
}

impl From<PeopleOrder> for Sort {
    fn from(order: PeopleOrder) -> Self {
        match order {
            PeopleOrder::Name => Self::Name,
            PeopleOrder::LastSignIn => Self::LastSignIn,
            PeopleOrder::Registered => Self::Registered,
        }
    }
}

impl From<Sort> for PeopleOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Name => Self::Name,
            Sort::LastSignIn => Self::LastSignIn,
            Sort::Registered => Self::Registered,
        }
    }
}
