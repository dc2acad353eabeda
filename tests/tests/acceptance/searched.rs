//! KR6 and KR7: a program of its own, searched from outside for what is secret: its memory, its files, its
//! log, its arguments, its surroundings, and all that it said.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use simgate_app::App;
use simgate_app::contract::args::{RegisterForm, SignInForm, Typed};
use simgate_app::contract::settings::{SaveAnswer, SaveVendorForm};
use simgate_app::contract::view::View;
use simgate_host::logs::Log;
use simgate_rehearsal::{Call, Credentials};
use simgate_tests::stand_ins;
use zeroize::Zeroizing;

use crate::branch::{
    Branch, STEADY, expect_code, expect_counter, keep_credentials, program_on, register_form,
    sign_in_form,
};
use crate::memory_keyring::MemoryKeyring;
use crate::vendor_settings::with_secret;

/// Set for the program that is searched.
const SEARCHED: &str = "SIMGATE_TEST_SEARCHED";
const NAME: &str = "maria.canary";

/// A line of standard input, with no copy of it left anywhere but here.
fn line(stdin: &mut File) -> Zeroizing<Vec<u8>> {
    let mut line = Zeroizing::new(Vec::with_capacity(4096));
    let mut byte = Zeroizing::new([0]);
    while line.len() < 4096 && stdin.read(&mut *byte).is_ok_and(|read| read == 1) {
        if byte[0] == b'\n' {
            break;
        }
        line.push(byte[0]);
    }
    line
}

/// The program that is searched: this test run by another. It does what it is told line by line, and
/// says when it has.
#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test below speaks to it by this variable"
)]
async fn the_program_that_is_searched() {
    if std::env::var_os(SEARCHED).is_none() {
        return;
    }
    let mut stdin = File::open("/dev/stdin").expect("standard input");
    let first = line(&mut stdin);
    let (app, log) = child_app(&first).await;
    loop {
        let told = line(&mut stdin);
        let at = told.iter().position(|byte| *byte == b' ');
        let (word, rest) = told.split_at(at.map_or(told.len(), |at| at + 1));
        let typed = || Typed::from(str::from_utf8(rest).expect("text").to_owned());
        match word {
            b"password " => {
                let form = SignInForm {
                    password: typed(),
                    ..sign_in_form(NAME, "")
                };
                app.sign_in(form).await.expect("a right password");
                settled(&app).await;
            }
            b"code " => {
                let now = app.check_code(typed()).await.expect("an answer");
                assert!(matches!(now.view, View::Counter(_)), "approved");
            }
            b"secret " => {
                let form = SaveVendorForm {
                    form: with_secret(str::from_utf8(rest).expect("text")),
                    untested: true,
                };
                let saved = app.save_vendor(form).await.expect("an answer");
                assert!(matches!(saved, SaveAnswer::Saved { .. }));
            }
            b"export" => {
                app.export_record().await.expect("begun");
                app.at_rest().await;
            }
            b"out" => drop(app.sign_out().await.expect("a sign-out")),
            _over => break,
        }
        writeln!(std::io::stdout(), "\ndone").expect("said");
    }
    log.finish();
}

/// The program on the database of another, told of it and of the vendors by this line.
async fn child_app(first: &[u8]) -> (App, Log) {
    let known: serde_json::Value = serde_json::from_slice(first).expect("JSON");
    let of = |key: &str| known[key].as_str().expect("text").to_owned();
    let credentials = Credentials {
        tru_client_id: of("tru_client_id"),
        tru_client_secret: of("tru_client_secret"),
        twilio_account_sid: of("twilio_account_sid"),
        twilio_auth_token: of("twilio_auth_token"),
        twilio_service_sid: of("twilio_service_sid"),
    };
    let folder = PathBuf::from(of("folder"));
    let log = Log::start(&folder.join("logs")).expect("the first log");
    log.open().expect("its files");
    let keyring = MemoryKeyring::default();
    keep_credentials(&keyring, &credentials).await;
    let vendors = stand_ins::at((&of("tru_id"), &of("twilio")), &credentials);
    let app = program_on(&folder, vendors.expect("loopback"), &keyring).await;
    (app, log)
}

async fn settled(app: &App) {
    let mut now = app.view().await.expect("a view");
    while matches!(now.view, View::CheckingSim { .. } | View::Starting) {
        now = app.next_view(now.revision).await.expect("a view");
    }
    assert!(matches!(now.view, View::Code(_)), "a code was sent");
}

/// The other program, as this one sees it.
struct Searched {
    program: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    said: String,
    folder: PathBuf,
}

impl Searched {
    fn start(first: &serde_json::Value, folder: &Path) -> Self {
        let mut program = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "searched::the_program_that_is_searched"])
            .arg("--nocapture")
            .env(SEARCHED, "yes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("errors")).expect("a file"))
            .spawn()
            .expect("it starts");
        let mut stdin = program.stdin.take().expect("piped");
        writeln!(stdin, "{first}").expect("told");
        let stdout = BufReader::new(program.stdout.take().expect("piped"));
        Self {
            program,
            stdin,
            stdout,
            said: String::new(),
            folder: folder.to_owned(),
        }
    }

    /// What it wrote, for whoever wants to know why it ended.
    fn last_words(&self) -> String {
        let written = everything_to_read(&self.folder.join("logs"), std::process::id());
        let errors = std::fs::read(self.folder.join("errors"));
        let logs = written.into_iter().skip(3).map(|(_, log)| log);
        let all = logs.chain(errors).collect::<Vec<_>>().concat();
        String::from_utf8_lossy(&all).into_owned()
    }

    /// Tells it, and waits until it has done so.
    fn tell(&mut self, what: &str) {
        writeln!(self.stdin, "{what}").expect("told");
        let mut line = String::new();
        while line.trim_end() != "done" {
            self.said.push_str(&line);
            line.clear();
            let read = self.stdout.read_line(&mut line).expect("it speaks");
            assert!(read > 0, "it ended: {} {}", self.said, self.last_words());
        }
    }

    /// How often each stands in what it may write in its memory.
    fn in_memory(&self, needles: &[Vec<u8>]) -> Vec<usize> {
        let of = |file: &str| format!("/proc/{}/{file}", self.program.id());
        let maps = std::fs::read_to_string(of("maps")).expect("its memory's parts");
        let mut memory = File::open(of("mem")).expect("its memory");
        let mut found = vec![0; needles.len()];
        for map in maps.lines().filter(|map| map.contains(" rw")) {
            let (span, _) = map.split_once(' ').expect("a line of /proc/PID/maps");
            let (from, to) = span.split_once('-').expect("from and to");
            let [from, to] = [from, to].map(|at| u64::from_str_radix(at, 16).expect("a place"));
            memory.seek(SeekFrom::Start(from)).expect("a place");
            let mut part = Vec::new();
            // What is not there cannot be read, such as a device's.
            let _read = (&mut memory).take(to - from).read_to_end(&mut part);
            count(&part, needles, &mut found);
        }
        found
    }
}

/// Counts each needle; digits alone only where no digit is beside them.
fn count(part: &[u8], needles: &[Vec<u8>], found: &mut [usize]) {
    let mut begins = [false; 256];
    for needle in needles {
        begins[usize::from(needle[0])] = true;
    }
    for (at, byte) in part.iter().enumerate() {
        if !begins[usize::from(*byte)] {
            continue;
        }
        for (needle, found) in needles.iter().zip(&mut *found) {
            let digit = |at: Option<usize>| {
                at.and_then(|at| part.get(at))
                    .is_some_and(u8::is_ascii_digit)
            };
            let number = needle.iter().all(u8::is_ascii_digit);
            let longer = number && (digit(at.checked_sub(1)) || digit(Some(at + needle.len())));
            *found += usize::from(part[at..].starts_with(needle) && !longer);
        }
    }
}

/// As it stands in text, in a page's memory, and in a header.
fn forms(secret: &str) -> [Vec<u8>; 3] {
    let wide = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [
        secret.as_bytes().to_vec(),
        wide,
        STANDARD.encode(secret).into_bytes(),
    ]
}

/// Every file below, and what else there is of the program to read.
fn everything_to_read(folder: &Path, program: u32) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = ["environ", "cmdline", "status"]
        .map(|file| PathBuf::from(format!("/proc/{program}/{file}")))
        .to_vec();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).expect("a folder") {
            let path = found.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    let read = |file: PathBuf| {
        let content = std::fs::read(&file).expect("a file");
        (file, content)
    };
    files.into_iter().map(read).collect()
}

// The vendors' stand-ins go on while this waits for the other program.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_secret_is_left_in_memory_nor_in_any_file() {
    let branch = Branch::open().await;
    // Random, so that none of it stands in a program's text.
    let random = Credentials::random();
    let (password, new_secret) = (random.twilio_auth_token, random.tru_client_secret);
    let form = RegisterForm {
        password: Typed::from(password.clone()),
        ..register_form(NAME, STEADY)
    };
    branch.app.register(form).await.expect("registered");
    expect_code(branch.settled().await);
    expect_counter(branch.type_right_code(STEADY).await.expect("a code"));
    branch.app.sign_out().await.expect("a sign-out");
    let admin = "UPDATE users SET role = 'admin'";
    branch.raw().execute(admin, ()).expect("the table");

    let known = branch.vendors.credentials().clone();
    let folder = branch.data_folder();
    let first = serde_json::json!({
        "tru_id": branch.vendors.tru_id_url(),
        "twilio": branch.vendors.twilio_verify_url(),
        "tru_client_id": known.tru_client_id,
        "tru_client_secret": known.tru_client_secret,
        "twilio_account_sid": known.twilio_account_sid,
        "twilio_auth_token": known.twilio_auth_token,
        "twilio_service_sid": known.twilio_service_sid,
        "folder": folder,
    });
    let mut searched = Searched::start(&first, folder);
    searched.tell(&format!("password {password}"));
    let code = branch.newest_code(STEADY);
    searched.tell(&format!("code {code}"));
    let name = searched.in_memory(&[NAME.as_bytes().to_vec()]);
    assert!(name[0] > 0, "whoever is at the counter is found");
    searched.tell(&format!("secret {new_secret}"));
    searched.tell("export");
    searched.tell("out");

    let needles: Vec<Vec<u8>> = forms(&password).into_iter().chain(forms(&code)).collect();
    assert_eq!(
        searched.in_memory(&needles),
        [0; 6],
        "the password and the code"
    );

    let bearers = branch.requests(Call::SimCheck);
    let bearers = bearers
        .iter()
        .filter_map(|request| request.header("authorization"));
    let secrets: Vec<Vec<u8>> = [&password, &code, &new_secret]
        .into_iter()
        .chain([&known.tru_client_secret, &known.twilio_auth_token])
        .flat_map(|secret| forms(secret))
        .chain(bearers.map(|header| header.trim_start_matches("Bearer ").as_bytes().to_vec()))
        .collect();
    assert!(secrets.len() > 15, "a token, too");
    let mut looked_at = everything_to_read(folder, searched.program.id());
    assert!(
        looked_at
            .iter()
            .any(|(path, _)| path.starts_with(folder.join("exports")))
    );
    assert!(
        looked_at
            .iter()
            .any(|(path, _)| path.starts_with(folder.join("logs")))
    );
    looked_at.push((
        PathBuf::from("standard output"),
        searched.said.clone().into_bytes(),
    ));
    for (path, content) in looked_at {
        let mut found = vec![0; secrets.len()];
        count(&content, &secrets, &mut found);
        assert!(
            found.iter().all(|found| *found == 0),
            "{}: {found:?}",
            path.display()
        );
    }
    drop(searched.stdin);
    searched.program.wait().expect("it ends");
}
