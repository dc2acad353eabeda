//! Phone numbers in the one form that every vendor, lookup and index uses: E.164.

use std::fmt;

use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumber as Parsed, PhoneNumberFormat, PhoneNumberType, Region,
};

/// A number that a mobile phone can have, in E.164: `+`, country code, national number.
///
/// `Debug` shows no more than the last two digits; [`PhoneNumber::e164`] shows it all.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    e164: String,
}

/// Why what was typed is no number for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was typed.
    #[error("no number was typed")]
    Empty,
    /// Not a number of any country's plan, or longer than any.
    #[error("not a phone number")]
    Invalid,
    /// A number, but of a landline, a toll-free or premium service, a pager.
    #[error("not a mobile number")]
    NotMobile,
}

impl PhoneNumber {
    /// The number in `typed`, as someone in `country` (ISO 3166-1 alpha-2) would dial it. With a
    /// leading `+` the country does not matter.
    ///
    /// # Errors
    /// [`PhoneError`], which does not repeat what was typed.
    pub fn parse(typed: &str, country: &str) -> Result<Self, PhoneError> {
        // Numbers have 15 digits at most (ITU-T E.164 6.2.1); the rest is room for spaces.
        const LONGEST: usize = 64;
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(PhoneError::Empty);
        }
        // The library would also read letters (vanity numbers), extensions and `tel:` addresses.
        let written_as_digits = typed.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '+' | ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/')
        });
        if typed.len() > LONGEST || !written_as_digits {
            return Err(PhoneError::Invalid);
        }
        let region = country.parse().map_err(|_| PhoneError::Invalid)?;
        let parsed: Parsed = PHONE_NUMBER_UTIL
            .parse(typed, Some(region))
            .map_err(|_| PhoneError::Invalid)?;
        Self::from_parsed(&parsed)
    }

    /// The number that is already in E.164, as this program once stored it. Only the form is looked
    /// at: that a newer numbering plan no longer knows the number must not lock its owner out.
    ///
    /// # Errors
    /// [`PhoneError::Invalid`] if it is not in that very form.
    pub fn from_e164(e164: &str) -> Result<Self, PhoneError> {
        let digits = e164.strip_prefix('+').unwrap_or_default();
        let in_form = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit());
        if in_form {
            Ok(Self {
                e164: e164.to_owned(),
            })
        } else {
            Err(PhoneError::Invalid)
        }
    }

    fn from_parsed(parsed: &Parsed) -> Result<Self, PhoneError> {
        if !is_for_training(parsed) {
            if !parsed.is_valid() {
                return Err(PhoneError::Invalid);
            }
            let mobile = matches!(
                parsed.get_type(),
                PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile
            );
            if !mobile || OF_NO_COUNTRY.contains(&parsed.country_code) {
                return Err(PhoneError::NotMobile);
            }
        }
        Ok(Self {
            e164: parsed.format_as(PhoneNumberFormat::E164).into_owned(),
        })
    }

    /// The number in E.164, with the `+`.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The number spaced for reading, as `+44 7700 900123`.
    #[must_use]
    pub fn readable(&self) -> String {
        PHONE_NUMBER_UTIL.parse(&self.e164, None).map_or_else(
            |_| self.e164.clone(),
            |parsed| {
                parsed
                    .format_as(PhoneNumberFormat::International)
                    .into_owned()
            },
        )
    }

    /// The country whose plan it belongs to; `None` where the plan that is known here has none.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        let parsed = PHONE_NUMBER_UTIL.parse(&self.e164, None).ok()?;
        if is_for_training(&parsed) {
            return Some(Country(Region::GB));
        }
        parsed.get_region_code().and_then(Country::with_telephones)
    }

    /// The ways in which its owner would write it, for telling a password that is made of it.
    #[must_use]
    pub fn spellings(&self) -> [String; 2] {
        let national = PHONE_NUMBER_UTIL.parse(&self.e164, None).map_or_else(
            |_| String::new(),
            |parsed| parsed.format_as(PhoneNumberFormat::National).into_owned(),
        );
        [self.e164.clone(), national]
    }

    /// The last two digits, which is all that a screen or a log shows.
    #[must_use]
    pub fn ending(&self) -> &str {
        &self.e164[self.e164.len() - 2..]
    }
}

/// A country, or a part of one, that has a numbering plan, by its two letters (ISO 3166-1 alpha-2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(Region);

impl Country {
    /// The country in these letters, capital or not; `None` where no telephones are.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if typed.len() == 2 {
            typed.parse().ok().and_then(Self::with_telephones)
        } else {
            None
        }
    }

    fn with_telephones(region: Region) -> Option<Self> {
        let code = PHONE_NUMBER_UTIL.get_country_code_for_region(region)?;
        (!OF_NO_COUNTRY.contains(&code)).then_some(Self(region))
    }

    /// Its two letters, in capitals.
    #[must_use]
    pub fn iso(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

/// Country codes that belong to no country but to satellite networks, shared-cost and toll-free
/// services (ITU-T E.164 Annex D): dear to reach, and no operator answers for their SIMs.
const OF_NO_COUNTRY: [i32; 9] = [800, 808, 870, 878, 881, 882, 883, 888, 979];

/// Ofcom keeps 07700 900000 to 900999 for drama: nobody's, so staff can be trained with them. The
/// plan that the library knows leaves them out. (+1 202 555 0100 to 0199 are as free, and in it.)
fn is_for_training(parsed: &Parsed) -> bool {
    parsed.country_code == 44 && (7_700_900_000..=7_700_900_999).contains(&parsed.national_number)
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber(..{})", self.ending())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str, country: &str) -> Result<String, PhoneError> {
        PhoneNumber::parse(typed, country).map(|number| number.e164)
    }

    #[test]
    fn every_spelling_is_one_number() {
        let table = [
            ("+44 7700 900123", "ES", "+447700900123"),
            ("07700 900123", "GB", "+447700900123"),
            ("0044 7700 900123", "GB", "+447700900123"),
            ("(07700) 900-123", "GB", "+447700900123"),
            ("+44 (0)7700 900123", "GB", "+447700900123"),
            ("7700900123", "GB", "+447700900123"),
            ("612 34 56 78", "ES", "+34612345678"),
            ("202-555-0142", "US", "+12025550142"),
            ("011 44 7700 900123", "US", "+447700900123"),
            ("312 345 6789", "IT", "+393123456789"),
            ("0151 12345678", "DE", "+4915112345678"),
            ("300 1234567", "CO", "+573001234567"),
        ];
        for (typed, country, e164) in table {
            assert_eq!(
                parse(typed, country).as_deref(),
                Ok(e164),
                "{typed} in {country}"
            );
        }
    }

    #[test]
    fn what_gets_no_code_is_refused() {
        use PhoneError::{Empty, Invalid, NotMobile};
        let table = [
            ("", "GB", Empty),
            ("  ", "GB", Empty),
            ("12", "GB", Invalid),
            ("+0 7700 900123", "GB", Invalid),
            ("+44 7700 900123 ext. 4", "GB", Invalid),
            ("tel:+447700900123", "GB", Invalid),
            ("+447700900123;phone-context=x", "GB", Invalid),
            ("+44٧٧٠٠٩٠٠١٢٣", "GB", Invalid),
            ("+447700900123&Channel=call", "GB", Invalid),
            ("07700 900123", "ZZ", Invalid),
            ("07700 900123", "", Invalid),
            ("1-800-FLOWERS", "US", Invalid),
            ("+999999999999999", "GB", Invalid),
            ("020 7946 0018", "GB", NotMobile),
            ("0800 123 4567", "GB", NotMobile),
            ("0909 879 0000", "GB", NotMobile),
            ("+870 773 111 632", "GB", NotMobile),
        ];
        for (typed, country, error) in table {
            assert_eq!(parse(typed, country), Err(error), "{typed} in {country}");
        }
        assert_eq!(parse(&"1".repeat(1_000_000), "GB"), Err(Invalid));
    }

    #[test]
    fn stored_numbers_read_back_and_nothing_else_does() {
        for number in ["+447700900123", "+34612345678"] {
            assert_eq!(
                PhoneNumber::from_e164(number).map(|n| n.e164).as_deref(),
                Ok(number)
            );
        }
        assert!(PhoneNumber::from_e164("+44 7700 900123").is_err());
        assert!(PhoneNumber::from_e164("07700900123").is_err());
        assert!(PhoneNumber::from_e164("+447700900123 ").is_err());
        assert!(PhoneNumber::from_e164("+").is_err());
    }

    #[test]
    fn a_number_is_of_the_country_whose_plan_it_is_in() {
        let table = [
            ("+447700900146", Some("GB")),
            ("+447400123456", Some("GB")),
            ("+447781123456", Some("GG")),
            ("+34612345678", Some("ES")),
            ("+12025550142", Some("US")),
            ("+15062345678", Some("CA")),
            ("+18762345678", Some("JM")),
            ("+393123456789", Some("IT")),
            ("+870773111632", None),
            ("+999123456789", None),
        ];
        for (e164, iso) in table {
            let number = PhoneNumber::from_e164(e164).expect("its form");
            let country = number.country().map(Country::iso);
            assert_eq!(country.as_deref(), iso, "{e164}");
        }
        assert_eq!(Country::parse(" gb "), Country::parse("GB"));
        for none in ["", "G", "GBR", "ZZ", "AQ", "001", "\u{e9}"] {
            assert_eq!(Country::parse(none), None, "{none}");
        }
    }

    #[test]
    fn debug_shows_two_digits() {
        let number = PhoneNumber::from_e164("+447700900123").expect("a number");
        assert_eq!(format!("{number:?}"), "PhoneNumber(..23)");
        assert_eq!(number.readable(), "+44 7700 900123");
    }
}
