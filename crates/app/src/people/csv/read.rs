//! Reading a file of people.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use simgate_domain::phone::PhoneError;
use simgate_domain::username::UsernameError;
use simgate_domain::{Channel, PhoneNumber, Role, Username};
use simgate_store::Progress;

use super::neutral;
use crate::contract::people::{BadRow, ImportColumn, ImportProblem};
use crate::contract::words::ErrorCode;

/// Bytes of one field at the most.
const LONGEST_FIELD: usize = 256;

const COLUMNS: [(&str, ImportColumn); 4] = [
    ("username", ImportColumn::Username),
    ("phone", ImportColumn::Phone),
    ("channel", ImportColumn::Channel),
    ("role", ImportColumn::Role),
];

/// A row that can be taken as far as the file itself goes.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number: the row of names is 1.
    pub number: u32,
    pub name: Username,
    pub phone: PhoneNumber,
    pub channel: Channel,
    pub role: Role,
}

/// What is in a file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub good: Vec<Row>,
    pub bad: Vec<BadRow>,
}

/// Reads a file. Numbers without `+` are of `country`. Each row is one step of `progress`, of the two
/// that it takes to look at it.
///
/// # Errors
/// [`ErrorCode::FileNotText`] and [`ErrorCode::FileColumns`]: then no row is looked at.
/// [`ErrorCode::Canceled`] where somebody wished so.
pub fn read(bytes: &[u8], country: &str, progress: &Progress) -> Result<Sheet, ErrorCode> {
    let text = std::str::from_utf8(bytes).map_err(|_| ErrorCode::FileNotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let names = reader.headers().map_err(|_| ErrorCode::FileColumns)?;
    let columns = columns(names).ok_or(ErrorCode::FileColumns)?;
    let lines = u64::try_from(text.lines().count()).unwrap_or(u64::MAX);
    progress.begin(lines.saturating_mul(2));
    let mut sheet = Sheet::default();
    let mut seen = Seen::default();
    let mut record = StringRecord::new();
    // The text is known to be UTF-8 and rows may have any length: no row fails to be read.
    while reader.read_record(&mut record).unwrap_or(false) {
        if progress.is_canceled() {
            return Err(ErrorCode::Canceled);
        }
        progress.step(1);
        let number = row_number(text, &record);
        let row = row(&record, &columns, country).and_then(|row| seen.look_at(row));
        match row {
            Ok(row) => sheet.good.push(Row { number, ..row }),
            Err((column, why)) => sheet.bad.push(BadRow {
                row: number,
                column,
                why,
            }),
        }
    }
    Ok(sheet)
}

/// The sign between the fields: the one of both that the row of names has more of.
fn delimiter(text: &str) -> u8 {
    let names = text.lines().next().unwrap_or_default();
    let count = |sign| names.matches(sign).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// The columns in the order of the file; `None` where one is missing, unknown or there twice.
fn columns(names: &StringRecord) -> Option<Vec<ImportColumn>> {
    let known = |name: &str| {
        let name = name.trim().to_lowercase();
        let found = COLUMNS.iter().find(|(word, _)| *word == name);
        found.map(|(_, column)| *column)
    };
    let columns: Vec<_> = names.iter().map(known).collect::<Option<_>>()?;
    let once: HashSet<_> = columns.iter().copied().collect();
    (columns.len() == COLUMNS.len() && once.len() == COLUMNS.len()).then_some(columns)
}

/// The row as a spreadsheet counts, which counts empty lines too.
fn row_number(text: &str, record: &StringRecord) -> u32 {
    let Some(position) = record.position() else {
        return 0;
    };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let blank = |byte: &&u8| matches!(byte, b'\n' | b'\r');
    let skipped = rest.iter().take_while(blank);
    let lines = skipped.filter(|byte| **byte == b'\n').count();
    let line = position.line().saturating_add(lines as u64);
    u32::try_from(line).unwrap_or(u32::MAX)
}

type Problem = (Option<ImportColumn>, ImportProblem);

fn row(record: &StringRecord, columns: &[ImportColumn], country: &str) -> Result<Row, Problem> {
    if record.len() != columns.len() {
        return Err((None, ImportProblem::Columns));
    }
    let field = |column: ImportColumn| {
        let place = columns.iter().position(|known| *known == column);
        let text = place
            .and_then(|place| record.get(place))
            .unwrap_or_default();
        if text.len() > LONGEST_FIELD {
            Err((Some(column), ImportProblem::TooLong))
        } else {
            Ok(neutral::read(text))
        }
    };
    let name = Username::parse(field(ImportColumn::Username)?)
        .map_err(|error| (Some(ImportColumn::Username), error.into()))?;
    let phone = PhoneNumber::parse(field(ImportColumn::Phone)?, country)
        .map_err(|error| (Some(ImportColumn::Phone), error.into()))?;
    let channel = match field(ImportColumn::Channel)?.to_lowercase().as_str() {
        "sms" => Channel::Sms,
        "voice" => Channel::Voice,
        _ => return Err((Some(ImportColumn::Channel), ImportProblem::ChannelUnknown)),
    };
    let role = field(ImportColumn::Role)?.to_lowercase().parse();
    let role = role.map_err(|_| (Some(ImportColumn::Role), ImportProblem::RoleUnknown))?;
    Ok(Row {
        number: 0,
        name,
        phone,
        channel,
        role,
    })
}

/// What the rows before have.
#[derive(Default)]
struct Seen {
    looks: HashSet<String>,
    numbers: HashSet<PhoneNumber>,
}

impl Seen {
    /// The row, unless one before has its name or its number.
    fn look_at(&mut self, row: Row) -> Result<Row, Problem> {
        let look = row.name.skeleton();
        if self.looks.contains(&look) {
            return Err((Some(ImportColumn::Username), ImportProblem::UsernameTwice));
        }
        if !self.numbers.insert(row.phone.clone()) {
            return Err((Some(ImportColumn::Phone), ImportProblem::PhoneTwice));
        }
        self.looks.insert(look);
        Ok(row)
    }
}

impl From<UsernameError> for ImportProblem {
    fn from(error: UsernameError) -> Self {
        match error {
            UsernameError::Empty => Self::UsernameEmpty,
            UsernameError::TooShort => Self::UsernameTooShort,
            UsernameError::TooLong => Self::UsernameTooLong,
            UsernameError::Characters => Self::UsernameCharacters,
            UsernameError::LookAlike => Self::UsernameLookAlike,
        }
    }
}

impl From<PhoneError> for ImportProblem {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Empty => Self::PhoneEmpty,
            PhoneError::Invalid => Self::PhoneInvalid,
            PhoneError::NotMobile => Self::PhoneNotMobile,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "username,phone,channel,role\nmaria,+447700900146,sms,staff\n";

    fn read(bytes: &[u8], country: &str) -> Result<Sheet, ErrorCode> {
        super::read(bytes, country, &Progress::default())
    }

    fn good(text: &str) -> Vec<String> {
        let sheet = read(text.as_bytes(), "GB").expect("a sheet");
        assert_eq!(sheet.bad, [], "{text}");
        let shown = |row: &Row| {
            format!(
                "{} {:?} {:?} {}",
                row.name, row.phone, row.channel, row.role
            )
        };
        sheet.good.iter().map(shown).collect()
    }

    fn bad(text: &str) -> Vec<(u32, Option<ImportColumn>, ImportProblem)> {
        let sheet = read(text.as_bytes(), "GB").expect("a sheet");
        sheet
            .bad
            .iter()
            .map(|bad| (bad.row, bad.column, bad.why))
            .collect()
    }

    #[test]
    fn the_forms_that_spreadsheets_write_are_one() {
        let expected = ["maria PhoneNumber(..46) Sms staff"];
        for text in [
            GOOD,
            "\u{feff}username,phone,channel,role\r\nmaria,+447700900146,sms,staff\r\n",
            "username;phone;channel;role\nmaria;+447700900146;sms;staff",
            "role,channel,phone,username\nstaff,sms,+447700900146,maria\n",
            "Username, Phone ,CHANNEL,Role\n Maria , 07700 900146 ,SMS, Staff \n",
            "\"username\",\"phone\",\"channel\",\"role\"\n\"maria\",\"'+447700900146\",\"sms\",\"staff\"\n",
            "username,phone,channel,role\n\n\nmaria,+44 (0)7700 900146,sms,staff\n\n",
        ] {
            assert_eq!(good(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_such_file_is_said_so() {
        for (bytes, error) in [
            (&b""[..], ErrorCode::FileColumns),
            (b"\n\n", ErrorCode::FileColumns),
            (b"maria,+447700900146,sms,staff\n", ErrorCode::FileColumns),
            (b"username,phone,channel\n", ErrorCode::FileColumns),
            (
                b"username,phone,channel,role,verified\n",
                ErrorCode::FileColumns,
            ),
            (b"username,username,channel,role\n", ErrorCode::FileColumns),
            (
                b"username,phone,channel,role,role\n",
                ErrorCode::FileColumns,
            ),
            (b"username\tphone\tchannel\trole\n", ErrorCode::FileColumns),
            (b"{\"username\": \"maria\"}", ErrorCode::FileColumns),
            (b"\xff\xfeu\0s\0e\0r\0", ErrorCode::FileNotText),
            (
                b"username,phone,channel,role\nmar\xeda,+447700900146,sms,staff\n",
                ErrorCode::FileNotText,
            ),
            (b"PK\x03\x04\xff\xff", ErrorCode::FileNotText),
        ] {
            let found = read(bytes, "GB").map(|sheet| sheet.good.len());
            assert_eq!(found, Err(error), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn every_bad_row_is_named_and_why() {
        use ImportColumn::{Channel, Phone, Role, Username};
        use ImportProblem as Why;
        let long = "x".repeat(257);
        let text = format!(
            "username,phone,channel,role\n\
             ,+447700900110,sms,staff\n\
             ab,+447700900111,sms,staff\n\
             =cmd,+447700900112,sms,staff\n\
             jоse,+447700900113,sms,staff\n\
             \n\
             anna,,sms,staff\n\
             anna,12,sms,staff\n\
             anna,020 7946 0018,sms,staff\n\
             anna,+447700900114,fax,staff\n\
             anna,+447700900115,sms,root\n\
             anna,+447700900116,sms\n\
             anna,+447700900117,sms,staff,more\n\
             {long},+447700900118,sms,staff\n\
             anna,+447700900119,sms,staff\n\
             \"a\n\n.nna\",+447700900120,sms,staff\n\
             Ánna,+447700900121,sms,staff\n\
             bob,07700 900119,sms,staff\n\
             b0b,+447700900122,sms,staff\n"
        );
        let expected = [
            (2, Some(Username), Why::UsernameEmpty),
            (3, Some(Username), Why::UsernameTooShort),
            (4, Some(Username), Why::UsernameCharacters),
            (5, Some(Username), Why::UsernameLookAlike),
            (7, Some(Phone), Why::PhoneEmpty),
            (8, Some(Phone), Why::PhoneInvalid),
            (9, Some(Phone), Why::PhoneNotMobile),
            (10, Some(Channel), Why::ChannelUnknown),
            (11, Some(Role), Why::RoleUnknown),
            (12, None, Why::Columns),
            (13, None, Why::Columns),
            (14, Some(Username), Why::TooLong),
            (16, Some(Username), Why::UsernameCharacters),
            (19, Some(Username), Why::UsernameTwice),
            (20, Some(Phone), Why::PhoneTwice),
        ];
        assert_eq!(bad(&text), expected);
        let sheet = read(text.as_bytes(), "GB").expect("a sheet");
        let taken: Vec<_> = sheet
            .good
            .iter()
            .map(|row| (row.number, row.name.shown()))
            .collect();
        assert_eq!(taken, [(15, "anna"), (21, "b0b")]);
    }

    #[test]
    fn what_nobody_wants_any_more_is_not_read_on() {
        let progress = Progress::default();
        progress.cancel();
        let given_up = super::read(GOOD.as_bytes(), "GB", &progress);
        assert_eq!(
            given_up.map(|sheet| sheet.good.len()),
            Err(ErrorCode::Canceled)
        );
    }

    /// A quote that is never closed takes in the rest, which is one bad row and no panic.
    #[test]
    fn an_open_quote_is_one_bad_row() {
        let text = format!("{GOOD}\"anna,+447700900148,sms,staff\nbob,+447700900150,sms,staff\n");
        assert_eq!(bad(&text), [(3, None, ImportProblem::Columns)]);
    }
}
