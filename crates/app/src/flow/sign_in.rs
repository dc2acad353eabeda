//! The password.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::seat::{Person, Refused};
use simgate_domain::{AccountState, Channel, OneTimePassword, Password, SignInId, Username};
use simgate_store::{Account, Act, NameTried, StoredPassword, Who};
use tokio::sync::MutexGuard;

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::SignInForm;
use crate::contract::view::Snapshot;
use crate::contract::words::{ErrorCode, Refusal};
use crate::hashing::Checked;
use crate::random;
use crate::stage::{Readiness, Tools};

/// How long an opened connection is taken to stay open.
const STAYS_WARM: Duration = Duration::from_secs(20);

/// Why a right password opens nothing. Whoever waits for approval is told so further on.
fn barred(account: &Account) -> Option<&'static str> {
    match (account.state, &account.password) {
        (AccountState::Disabled, _) => Some("disabled"),
        (_, StoredPassword::OneTime { over: true, .. }) => Some("one_time_password_over"),
        (
            AccountState::Pending | AccountState::Active,
            StoredPassword::Absent
            | StoredPassword::Own(_)
            | StoredPassword::OneTime { over: false, .. },
        ) => None,
    }
}

/// A password that was handed over, as it was made: it is read off a slip of paper.
fn as_handed_over(typed: Password) -> Password {
    OneTimePassword::read(&typed).map_or(typed, |read| Password::from(&read))
}

impl App {
    /// Somebody has begun to type: opens the connections that signing in will need.
    ///
    /// # Errors
    /// As the door.
    pub async fn warm_up(&self) -> Answer<()> {
        let app = self.clone();
        self.run(Command::WARM_UP, async move {
            app.open_connections(&app.tools()?);
            Ok(())
        })
        .await
    }

    /// Opens the connections in the background, unless that was done just now.
    pub(super) fn open_connections(&self, tools: &Arc<Tools>) {
        let now = self.inner.clock.uptime();
        {
            let mut warmed = self
                .inner
                .warmed
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if warmed.is_some_and(|at| now.saturating_sub(at) < STAYS_WARM) {
                return;
            }
            *warmed = Some(now);
        }
        let tools = Arc::clone(tools);
        tokio::spawn(async move { tokio::join!(tools.sim.warm_up(), tools.codes.warm_up()) });
    }

    /// Takes a name and a password. Right, it leads on to the SIM check, or, for somebody who waits
    /// for approval, to a stop before it; else there is one answer for an unknown name, a wrong
    /// password, a locked name, a disabled account, and one that has no password or one that is over.
    ///
    /// # Errors
    /// [`ErrorCode::SignInRefused`] with a reference; [`ErrorCode::NotNow`] while somebody else's
    /// sign-in is being looked at; the empty fields; and as the door.
    pub async fn sign_in(&self, form: SignInForm) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(
            Command::SIGN_IN,
            async move { app.take_password(form).await },
        )
        .await
    }

    async fn take_password(&self, form: SignInForm) -> Answer<Snapshot> {
        let _turn = self.take_turn(Command::SIGN_IN)?;
        let tools = self.tools()?;
        if form.username.trim().is_empty() {
            return Err(simgate_domain::username::UsernameError::Empty.into());
        }
        let password = Password::typed(form.password.as_str())?;
        self.open_connections(&tools);

        let name = match Username::parse(&form.username) {
            Ok(name) => NameTried::Name(name),
            Err(_) => NameTried::Unreadable(form.username.clone()),
        };
        // Counted and committed before anything is hashed.
        let attempt = tools
            .store
            .reserve_password_attempt(name, self.limits(), self.inner.clock.now())
            .await
            .map_err(|error| self.unforeseen("counting a password", &error))?;
        // A locked name, an unknown one and one with no password cost the same hash as any other.
        let account = attempt.account.as_ref();
        let stored = account.and_then(|account| account.password.hash());
        let barred = account.and_then(barred);
        let opens = barred.is_none() && attempt.locked.is_none();
        let password = match account.map(|account| &account.password) {
            Some(StoredPassword::OneTime { .. }) => as_handed_over(password),
            Some(StoredPassword::Absent | StoredPassword::Own(_)) | None => password,
        };
        let checked = tools
            .hashing
            .check(password, stored, opens)
            .await
            .map_err(|error| self.unforeseen("hashing a password", &error))?;

        let cause = match (&attempt.account, &checked) {
            (_, _) if attempt.locked.is_some() => "locked",
            (None, _) => "unknown_name",
            (Some(account), Checked::Wrong) => match account.password {
                StoredPassword::Absent => "no_password",
                StoredPassword::Own(_) | StoredPassword::OneTime { .. } => "wrong_password",
            },
            (Some(account), Checked::Right { rehashed }) => match barred {
                Some(cause) => cause,
                None => {
                    return self
                        .identify(&tools, account, rehashed.clone(), &form)
                        .await;
                }
            },
        };
        let who = attempt.account.map_or_else(
            || Who::UnknownName(form.username.clone()),
            |account| Who::User(account.user),
        );
        Err(self.refuse_sign_in(&tools, who, cause).await)
    }

    async fn identify(
        &self,
        tools: &Arc<Tools>,
        account: &Account,
        rehashed: Option<String>,
        form: &SignInForm,
    ) -> Answer<Snapshot> {
        let sign_in = self.new_id().map(SignInId::new)?;
        let who = Who::User(account.user);
        let entry = self.entry(who.clone(), Some(sign_in), Act::PasswordPassed, None);
        let begun = tools
            .store
            .begin_sign_in(
                account.user,
                account.version,
                sign_in,
                rehashed,
                self.limits(),
                entry,
            )
            .await
            .map_err(|error| self.unforeseen("beginning a sign-in", &error))?;
        // The person is told why codes are closed to them: they have just proved the password.
        let person = Person {
            user: account.user,
            name: account.name.clone(),
            role: account.role,
            number: account.number.clone(),
            locale: form.language.into(),
            sign_in,
        };
        self.seat(tools, person.clone(), account.channel)?;
        match begun {
            Ok(()) => self.ask_operator(tools, person),
            Err(closed) => self.stop_closed(tools, &person, closed).await,
        }
        Ok(self.snapshot())
    }

    /// The turn of whoever signs in or registers. The table is asked once more: the seat may have
    /// been taken while this call was on its way from the door.
    pub(crate) fn take_turn(&self, command: Command) -> Answer<MutexGuard<'_, ()>> {
        let not_now = || Refusal::plain(ErrorCode::NotNow);
        let turn = self.inner.turn.try_lock().map_err(|_taken| not_now())?;
        let may_run = self
            .inner
            .stage
            .read(|scene| command.may_run(scene.state()));
        may_run.then_some(turn).ok_or_else(not_now)
    }

    /// Puts a person who has proved a password on the seat, unless the program was closed meanwhile.
    pub(crate) fn seat(&self, tools: &Arc<Tools>, person: Person, channel: Channel) -> Answer<()> {
        let rules = self.rules_in_force();
        self.inner
            .stage
            .change(|scene| {
                let Readiness::Ready(_) = scene.readiness else {
                    return Err(Refused::WrongState(scene.seat.name()));
                };
                scene.ended = None;
                scene.under = Some(rules);
                scene.identify(Arc::clone(tools), person, channel)
            })
            .map_err(|_refused| Refusal::plain(ErrorCode::NotNow))
    }

    async fn refuse_sign_in(&self, tools: &Tools, who: Who, cause: &'static str) -> Refusal {
        let mut entry = self.entry(who, None, Act::SignInRefused, Some(cause));
        let reference = random::reference(entry.at);
        entry.reference = Some(reference);
        tracing::info!(%reference, cause, "sign-in refused");
        // The refusal stands whether or not it could be recorded.
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%reference, %error, "a refusal is not on record");
        }
        Refusal {
            reference: Some(reference.to_string()),
            ..Refusal::plain(ErrorCode::SignInRefused)
        }
    }

    pub(crate) fn new_id(&self) -> Answer<uuid::Uuid> {
        random::id(self.inner.clock.now()).map_err(|error| self.unforeseen("making an id", &error))
    }
}
