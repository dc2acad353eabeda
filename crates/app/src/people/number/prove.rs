//! The SIM check of a new number, and its code: the rules are those of a sign-in, but for what the
//! operator has to say.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::seat::{Clearance, Sent};
use simgate_domain::{Channel, SimOutcome};
use simgate_store::Act;

use super::{Change, Cut, Halt};
use crate::app::App;
use crate::contract::people::NumberStep;
use crate::contract::words::StopReason;
use crate::flow::{CallBack, Sending, Told, channel_word};
use crate::refusals::{self, Wait};

impl App {
    /// The SIM check, by the rules for whoever gets the number, and the code.
    pub(super) async fn prove_number(
        &self,
        change: &Change<'_>,
        channel: Channel,
    ) -> Result<NumberStep, Cut> {
        let checked = self
            .check_sim(change.tools, change.addressee())
            .await
            .map_err(|blocked| self.cut(blocked))?;
        let told = Told::of(&checked.report);
        match checked.report.outcome {
            SimOutcome::Unchanged => {}
            // A new number has no grace: it would be anybody's.
            SimOutcome::Changed { .. } => {
                let halt = Halt {
                    reason: StopReason::SimChanged,
                    cause: "changed",
                    wait: Wait::Unknown,
                    told,
                };
                return Err(halt.into());
            }
            SimOutcome::Unknown { cause } => {
                let halt = Halt::of(refusals::unknown(cause), StopReason::from);
                return Err(Halt { told, ..halt }.into());
            }
        }
        let mut entry = self.change_entry(change.user, change.by, change.id, Act::SimPassed);
        entry.cause = Some("new_number");
        told.write_into(&mut entry);
        self.foreseen(change.tools.store.record(entry).await)?;
        self.send_to_number(change, channel, checked.asked_at).await
    }

    async fn send_to_number(
        &self,
        change: &Change<'_>,
        channel: Channel,
        asked_at: Duration,
    ) -> Result<NumberStep, Cut> {
        let (tools, to) = (change.tools, change.addressee());
        let call_back = CallBack {
            app: self.clone(),
            tools: Arc::clone(tools),
            sending: Sending::default(),
        };
        let sending = &call_back.sending;
        sending.begin(self.inner.underway.begin());
        let counted = self
            .count_send(tools, to)
            .await
            .map_err(|blocked| self.cut(blocked))?;
        self.cancel_stale(tools, &counted)
            .await
            .map_err(|blocked| self.cut(blocked))?;
        // Asked at the last moment before the vendor is.
        if self.session_now() != Some(change.of) {
            return Err(Cut::Gone);
        }
        self.still_counts(asked_at)
            .map_err(|blocked| self.cut(blocked))?;
        let sid = self
            .start_code(&*tools.codes, to, channel, &counted, sending)
            .await
            .map_err(|blocked| self.cut(blocked))?;
        let mut entry = self.change_entry(change.user, change.by, change.id, Act::CodeSent);
        entry.cause = Some(channel_word(channel));
        entry.check_id = Some(sid.as_str().to_owned());
        let noted = tools
            .store
            .note_sent(change.user, change.id, sid.clone(), entry)
            .await;
        self.foreseen(noted)?;
        let sent = Sent {
            sid,
            channel,
            clearance: Clearance::Unchanged,
            made_at: self.inner.clock.uptime(),
            wrong: 0,
        };
        let step = self.waiting(&change.number, &sent);
        // Whoever gave it up while the code was on its way leaves it to be called back.
        let mut proving = self.proving();
        let ours = proving
            .as_mut()
            .filter(|proving| proving.change == change.id);
        ours.ok_or(Cut::Gone)?.sent = Some(sent);
        sending.done();
        Ok(step)
    }
}
