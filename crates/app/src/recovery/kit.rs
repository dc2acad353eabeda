//! The kit: shown once, and live only when one of its codes was typed back.

use std::time::Duration;

use simgate_domain::recovery::CODES;
use simgate_domain::seat::{Person, Seat};
use simgate_domain::{RecoveryCode, RecoveryKey, Role, SignInId};
use simgate_store::{Act, Entry, KEY_TAG, NewKit, Who};
use simgate_vault::Secret;
use subtle::ConstantTimeEq;

use super::swap::Place;
use super::{code_refused, tag_of};
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::people::OneTimeText;
use crate::contract::recovery::{KitShown, KitState};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::random;
use crate::shown::seconds;

/// How long a new kit waits for one of its codes to be typed back.
const TO_CONFIRM: Duration = Duration::from_secs(600);

/// A kit that was shown and is not live yet. It is nowhere else, and wiped when it is dropped.
pub(crate) struct PendingKit {
    sign_in: SignInId,
    codes: Vec<RecoveryCode>,
    key: RecoveryKey,
    new_key: bool,
    shown_at: Duration,
}

impl App {
    /// Makes a kit for the admin who is signed in, and hands it over once. It is live only when
    /// [`App::confirm_kit`] has taken one of its codes, within ten minutes and this session; until
    /// then the old one is. The recovery key is the one of the old kit, unless another is asked for,
    /// or the keyring has lost it.
    ///
    /// # Errors
    /// As the door; the keyring's. It is on record before it is handed over: else it is not.
    pub async fn make_kit(&self, new_key: bool) -> Answer<KitShown> {
        let app = self.clone();
        self.run(Command::MAKE_KIT, async move { app.new_kit(new_key).await })
            .await
    }

    async fn new_kit(&self, new_key: bool) -> Answer<KitShown> {
        let tools = self.tools()?;
        let person = self.admin_here()?;
        let place = self.place()?;
        let random = |error| self.unforeseen("making a kit", &error);
        let printed = match self.recovery_key(&place).await? {
            Some((key, true)) if !new_key => Some(key),
            Some(_) | None => None,
        };
        let new_key = printed.is_none();
        let key = match printed {
            Some(key) => key,
            None => RecoveryKey::from_random(random::bytes().map_err(random)?),
        };
        let mut codes = Vec::with_capacity(CODES);
        for _ in 0..CODES {
            codes.push(RecoveryCode::from_random(random::bytes().map_err(random)?));
        }
        let shown = KitShown {
            username: person.name.shown().to_owned(),
            codes: codes
                .iter()
                .map(|code| OneTimeText::new(&code.written()))
                .collect(),
            recovery_key: OneTimeText::new(&key.written()),
            new_key: new_key
                && tools
                    .store
                    .setting(KEY_TAG)
                    .await
                    .is_ok_and(|tag| tag.is_some()),
            made_at: self.inner.clock.now().to_string(),
            confirm_in: seconds(TO_CONFIRM),
        };
        // What cannot be recorded does not happen: nobody has seen it yet.
        let entry = Entry {
            detail: new_key.then(|| "new key".to_owned()),
            ..self.entry_about_by_whoever_acts(Who::User(person.user), Act::KitShown, None)
        };
        let recorded = tools.store.record(entry).await;
        recorded.map_err(|error| self.unforeseen("recording a kit", &error))?;
        *self.inner.kit() = Some(PendingKit {
            sign_in: person.sign_in,
            codes,
            key,
            new_key,
            shown_at: self.inner.clock.uptime(),
        });
        Ok(shown)
    }

    /// One code of the new kit was typed back: it has been written down, and takes the place of the
    /// old one. It is not used up by that.
    ///
    /// # Errors
    /// As the door. What is wrong with the code, at its field: [`ErrorCode::KitCodeOther`] where it is none of this
    /// kit's, which may be tried again; [`ErrorCode::KitGone`] where there is no kit to confirm any
    /// more; the keyring's, with which the old kit stays.
    pub async fn confirm_kit(&self, typed: Typed) -> Answer<KitState> {
        let app = self.clone();
        self.run(Command::CONFIRM_KIT, async move {
            app.take_kit(&typed).await?;
            app.state_of_kit().await
        })
        .await
    }

    async fn take_kit(&self, typed: &Typed) -> Answer<()> {
        let tools = self.tools()?;
        let person = self.admin_here()?;
        let typed = RecoveryCode::parse(typed.as_str()).map_err(code_refused)?;
        self.forget_late_kit();
        let kit = {
            let mut pending = self.inner.kit();
            let theirs = pending
                .as_ref()
                .filter(|kit| kit.sign_in == person.sign_in)
                .ok_or(Refusal::plain(ErrorCode::KitGone))?;
            let matches = theirs.codes.iter().fold(0, |found, code| {
                found | code.bytes().ct_eq(typed.bytes()).unwrap_u8()
            });
            if matches == 0 {
                return Err(Refusal {
                    field: Some(Field::RecoveryCode),
                    ..Refusal::plain(ErrorCode::KitCodeOther)
                });
            }
            pending.take()
        };
        let kit = kit.ok_or(Refusal::plain(ErrorCode::KitGone))?;
        if let Err(refused) = self.keep_kit(&tools, &person, &kit).await {
            // The old kit is still the live one, and this one may be confirmed once more.
            *self.inner.kit() = Some(kit);
            return Err(refused);
        }
        Ok(())
    }

    async fn keep_kit(
        &self,
        tools: &crate::stage::Tools,
        person: &Person,
        kit: &PendingKit,
    ) -> Answer<()> {
        // A kill between the two leaves a key that was not the printed one by what the database says:
        // no backup is made with it, and a kit is asked for.
        let secret = Secret::RecoveryKey(self.place()?.name);
        let vault = &self.inner.vault;
        let mut before = None;
        if kit.new_key {
            let stored = vault.get(&secret).await;
            before = stored.map_err(|error| self.keyring_refused(&error))?;
            let put = vault.put(&secret, kit.key.bytes()).await;
            put.map_err(|error| self.keyring_refused(&error))?;
        }
        let cause = kit.new_key.then_some("new_recovery_key");
        let new = NewKit {
            user: person.user,
            codes: kit
                .codes
                .iter()
                .map(|code| (*code.bytes()).into())
                .collect(),
            key_tag: tag_of(&kit.key),
        };
        let kept = tools
            .store
            .keep_kit(
                new,
                self.entry_about_by_whoever_acts(Who::User(person.user), Act::KitMade, cause),
            )
            .await;
        let Err(error) = kept else {
            return Ok(());
        };
        if kit.new_key {
            // The kit before holds, and so does its key.
            let back = match before {
                Some(before) => vault.put(&secret, &before).await,
                None => vault.delete(&secret).await,
            };
            if let Err(error) = back {
                tracing::error!(%error, "the recovery key before is not put back");
            }
        }
        Err(self.unforeseen("keeping a kit", &error))
    }

    /// What is known of the kit of the admin who is signed in.
    ///
    /// # Errors
    /// As the door; the keyring's.
    pub async fn kit(&self) -> Answer<KitState> {
        let app = self.clone();
        self.run(Command::KIT, async move { app.state_of_kit().await })
            .await
    }

    async fn state_of_kit(&self) -> Answer<KitState> {
        let tools = self.tools()?;
        let person = self.admin_here()?;
        let kit = tools.store.kit(person.user).await;
        let kit = kit.map_err(|error| self.unforeseen("looking at a kit", &error))?;
        let place = self.place()?;
        let key = self.recovery_key(&place).await?;
        self.forget_late_kit();
        Ok(KitState {
            codes_left: kit.codes_left,
            made_at: kit.made_at.map(|at| at.to_string()),
            key_known: key.is_some_and(|(_, printed)| printed),
            unconfirmed: self.inner.kit().is_some(),
        })
    }

    /// Drops a new kit that nobody confirmed in time, or whose session is over.
    pub(crate) fn forget_late_kit(&self) {
        let now = self.inner.clock.uptime();
        let here = self
            .inner
            .stage
            .read(|scene| scene.seat.person().map(|person| person.sign_in));
        let mut pending = self.inner.kit();
        let good = |kit: &PendingKit| {
            Some(kit.sign_in) == here && now.saturating_sub(kit.shown_at) < TO_CONFIRM
        };
        if !pending.as_ref().is_some_and(good) {
            *pending = None;
        }
    }

    /// The recovery key in the keyring, and whether it is the one that was printed last.
    pub(super) async fn recovery_key(&self, place: &Place) -> Answer<Option<(RecoveryKey, bool)>> {
        let secret = Secret::RecoveryKey(place.name.clone());
        let stored = self.inner.vault.get(&secret).await;
        let stored = stored.map_err(|error| self.keyring_refused(&error))?;
        let Some(key) = stored.and_then(|stored| <[u8; 32]>::try_from(stored.as_slice()).ok())
        else {
            return Ok(None);
        };
        let key = RecoveryKey::from_random(key.into());
        let tag = self.open_store()?.setting(KEY_TAG).await;
        let tag = tag.map_err(|error| self.unforeseen("looking at the kit", &error))?;
        let printed = tag.is_some_and(|tag| super::is_tag_of(&tag, &key));
        Ok(Some((key, printed)))
    }

    /// The admin who is signed in.
    fn admin_here(&self) -> Answer<Person> {
        self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) if at.person.role == Role::Admin => Ok(at.person.clone()),
            Seat::Occupied(_)
            | Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => Err(Refusal::plain(ErrorCode::NotNow)),
        })
    }
}
