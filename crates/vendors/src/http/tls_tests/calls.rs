//! Each of the four calls that a sign-in is made of, where somebody else answers in the vendor's place
//! from that call on.

use std::time::Duration;

use secrecy::SecretString;
use simgate_domain::{
    CannotTell, Channel, Clock, Locale, OneTimeCode, PhoneNumber, SimOutcome, SimWindow, Timestamp,
};
use tokio_rustls::server::TlsStream;

use super::*;
use crate::{
    CodeAnswer, CodeSender as _, RequestError, SimCheck as _, TruId, TruIdCredentials, TruIdHost,
    TwilioCredentials, TwilioHost, TwilioVerify,
};

const TWILIO: &str = "verify.twilio.com";
const NUMBER: &str = "+447700900012";
const ACCOUNT: &str = "AC00112233445566778899aabbccddeeff";
const SERVICE: &str = "VA00112233445566778899aabbccddeeff";
const ALWAYS: [i32; 2] = [2020, 2100];

const TOKEN: &str = "POST /oauth2/v1/token";
const CHECK: &str = "POST /sim_check/v0.1/checks";

fn verification(status: &str) -> String {
    format!(
        r#"{{"sid":"VE00112233445566778899aabbccddeeff","service_sid":"{SERVICE}","to":"{NUMBER}","status":"{status}"}}"#
    )
}

fn answers(code: u16, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {code} So\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
}

/// What a vendor was told as itself, request by request, and what somebody in its place was.
struct Told {
    requests: Vec<String>,
    elsewhere: Vec<u8>,
}

/// What the calls are made with, and what came of them.
struct Bench {
    sim: TruId,
    codes: TwilioVerify,
    requests: Arc<Mutex<Vec<String>>>,
    elsewhere: Arc<Mutex<Vec<u8>>>,
}

impl Bench {
    /// Both vendors, under the certificate of the one that is spoken to. It gives these answers, one a
    /// connection; from then on somebody else stands in its place.
    async fn with(
        host: &str,
        given: Vec<String>,
        impostor: &dyn Fn(&Authority) -> Greeting,
    ) -> Self {
        let (issuer, trusted) = authority();
        let itself = acceptor(host, ALWAYS, Some(&issuer));
        let impostor = impostor(&issuer);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let elsewhere = Arc::new(Mutex::new(Vec::new()));
        let (heard, overheard) = (Arc::clone(&requests), Arc::clone(&elsewhere));
        tokio::spawn(async move {
            for answer in given {
                let (stream, _) = listener.accept().await.unwrap();
                let stream = itself.accept(stream).await.unwrap();
                let request = answer_with(stream, &answer).await;
                heard.lock().unwrap().push(request);
            }
            while let Ok((stream, _)) = listener.accept().await {
                greet(stream, &impostor, &overheard).await;
            }
        });
        let http = builder(Reach::Internet)
            .no_proxy()
            .tls_certs_merge([reqwest::Certificate::from_der(&trusted).unwrap()])
            .resolve(HOST, address)
            .resolve(TWILIO, address)
            .build()
            .unwrap();
        let secret = || SecretString::from("secret");
        let tru_id = TruIdCredentials::new("client", secret()).unwrap();
        let tru_id_host = TruIdHost::parse(&format!("https://{HOST}")).unwrap();
        let twilio = TwilioCredentials::new(ACCOUNT, secret(), SERVICE).unwrap();
        let twilio_host = TwilioHost::parse(&format!("https://{TWILIO}")).unwrap();
        Self {
            sim: TruId::new(http.clone(), tru_id_host, tru_id, Arc::new(Still)),
            codes: TwilioVerify::new(http, twilio_host, twilio),
            requests,
            elsewhere,
        }
    }

    async fn check_sim(&self) -> SimOutcome {
        let report = self.sim.check(&number(), SimWindow::SEVEN_DAYS).await;
        report.outcome
    }

    async fn send(
        &self,
    ) -> Result<simgate_domain::VerificationSid, RequestError<crate::SendRefused>> {
        let (channel, locale) = (Channel::Sms, Locale::English);
        self.codes.start(&number(), channel, locale).await
    }

    async fn send_and_check(&self) -> Result<CodeAnswer, RequestError<crate::CheckRefused>> {
        let sid = self.send().await.expect("sent");
        let code = OneTimeCode::parse("123456").unwrap_or_else(|_| panic!("six digits"));
        self.codes.check(&sid, &number(), &code).await
    }

    fn told(self) -> Told {
        Told {
            requests: self.requests.lock().unwrap().clone(),
            elsewhere: self.elsewhere.lock().unwrap().clone(),
        }
    }
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        panic!("no vendor client may ask for the time of day");
    }

    fn uptime(&self) -> Duration {
        Duration::ZERO
    }
}

fn number() -> PhoneNumber {
    PhoneNumber::from_e164(NUMBER).unwrap()
}

/// Reads a whole request and answers it; gives the method and the path.
async fn answer_with(mut stream: TlsStream<TcpStream>, answer: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !is_whole(&text) {
        let read = stream.read(&mut buffer).await.unwrap();
        assert_ne!(read, 0, "a whole request");
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
    stream.write_all(answer.as_bytes()).await.unwrap();
    let _ = stream.shutdown().await;
    let line = text.split(" HTTP/1.1").next();
    line.unwrap().to_owned()
}

fn is_whole(text: &str) -> bool {
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let head = head.to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| body.len() >= length.parse().unwrap())
}

/// Somebody who is not the vendor, by their name.
type Impostor = (&'static str, fn(&Authority) -> Greeting);

const IMPOSTORS: [Impostor; 7] = [
    ("another host", |issuer| {
        Greeting::Tls(acceptor("us.api.tru.id", ALWAYS, Some(issuer)))
    }),
    ("self-signed for tru.ID", |_| {
        Greeting::Tls(acceptor(HOST, ALWAYS, None))
    }),
    ("self-signed for Twilio", |_| {
        Greeting::Tls(acceptor(TWILIO, ALWAYS, None))
    }),
    ("expired for tru.ID", |issuer| {
        Greeting::Tls(acceptor(HOST, [2020, 2021], Some(issuer)))
    }),
    ("expired for Twilio", |issuer| {
        Greeting::Tls(acceptor(TWILIO, [2020, 2021], Some(issuer)))
    }),
    ("TLS 1.1", |_| server_hello(0x0302, 0xc013)),
    ("plain HTTP", |_| {
        Greeting::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec())
    }),
];

fn token() -> String {
    answers(
        200,
        r#"{"access_token":"token","token_type":"bearer","expires_in":3600,"scope":"sim_check"}"#,
    )
}

fn unchanged() -> String {
    answers(
        201,
        r#"{"check_id":"c69bc0e6","status":"COMPLETED","no_sim_change":true}"#,
    )
}

fn verifications() -> String {
    format!("POST /v2/Services/{SERVICE}/Verifications")
}

/// Else the test below would prove nothing.
#[tokio::test]
async fn each_of_the_four_calls_is_made_to_the_vendor_itself() {
    let nobody = |_: &Authority| Greeting::Bytes(Vec::new());
    let bench = Bench::with(HOST, vec![token(), unchanged()], &nobody).await;
    assert_eq!(bench.check_sim().await, SimOutcome::Unchanged);
    assert_eq!(bench.told().requests, [TOKEN, CHECK]);

    let given = ["pending", "approved"].map(|status| answers(200, &verification(status)));
    let bench = Bench::with(TWILIO, given.to_vec(), &nobody).await;
    assert_eq!(bench.send_and_check().await, Ok(CodeAnswer::Approved));
    let check = format!("POST /v2/Services/{SERVICE}/VerificationCheck");
    assert_eq!(bench.told().requests, [verifications(), check]);
}

/// Whoever stands in the vendor's place is told nothing: no credentials, no number and no code. Of the
/// SIM it is said that nobody can tell, and of the other two that there was no secure connection.
#[tokio::test]
async fn each_of_the_four_calls_is_made_to_nobody_else() {
    const CANNOT_TELL: SimOutcome = SimOutcome::Unknown {
        cause: CannotTell::Network,
    };
    for (who, impostor) in IMPOSTORS {
        let bench = Bench::with(HOST, vec![], &impostor).await;
        assert_eq!(bench.check_sim().await, CANNOT_TELL, "{who}: token");
        let told = bench.told();
        assert!(told.requests.is_empty() && told.elsewhere.is_empty());

        let bench = Bench::with(HOST, vec![token()], &impostor).await;
        assert_eq!(bench.check_sim().await, CANNOT_TELL, "{who}: SIM check");
        let told = bench.told();
        assert_eq!(told.requests, [TOKEN], "{who}: SIM check");
        assert!(told.elsewhere.is_empty(), "{who}: SIM check");

        let bench = Bench::with(TWILIO, vec![], &impostor).await;
        let insecure = RequestError::Transport(TransportError::Tls);
        assert_eq!(bench.send().await, Err(insecure), "{who}: send");
        let told = bench.told();
        assert!(told.requests.is_empty() && told.elsewhere.is_empty());

        let pending = answers(200, &verification("pending"));
        let bench = Bench::with(TWILIO, vec![pending], &impostor).await;
        let insecure = RequestError::Transport(TransportError::Tls);
        assert_eq!(bench.send_and_check().await, Err(insecure), "{who}: code");
        let told = bench.told();
        assert_eq!(told.requests, [verifications()], "{who}: code");
        assert!(told.elsewhere.is_empty(), "{who}: code");
    }
}
