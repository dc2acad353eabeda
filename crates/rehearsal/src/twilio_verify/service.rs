//! `GET /v2/Services/{VA}`: what clients ask for to try their credentials.

use serde_json::json;

use super::{Account, date};
use crate::http::Response;

impl Account {
    pub(super) fn service(&self) -> Response {
        let url = self.service_url();
        super::json(
            200,
            &json!({
                "sid": self.service_sid,
                "account_sid": self.sid,
                "friendly_name": "SIMgate",
                "code_length": self.rule.code_length,
                "lookup_enabled": false,
                "psd2_enabled": false,
                "skip_sms_to_landlines": false,
                "dtmf_input_required": true,
                "tts_name": null,
                "do_not_share_warning_enabled": false,
                "custom_code_enabled": false,
                "push": { "include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null },
                "totp": { "issuer": null, "time_step": null, "code_length": null, "skew": null },
                "whatsapp": { "msg_service_sid": null, "from": null },
                "passkeys": {
                    "relying_party": { "id": null, "name": null, "origins": null },
                    "authenticator_attachment": null,
                    "discoverable_credentials": null,
                    "user_verification": null,
                },
                "default_template_sid": null,
                "verify_event_subscription_enabled": false,
                "date_created": date(self.opened_at),
                "date_updated": date(self.opened_at),
                "url": url,
                "links": {
                    "verification_checks": format!("{url}/VerificationCheck"),
                    "verifications": format!("{url}/Verifications"),
                    "rate_limits": format!("{url}/RateLimits"),
                    "messaging_configurations": format!("{url}/MessagingConfigurations"),
                    "entities": format!("{url}/Entities"),
                    "webhooks": format!("{url}/Webhooks"),
                    "access_tokens": format!("{url}/AccessTokens"),
                },
            }),
        )
    }
}
