use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::sim::Cause;

fn checked(draft: Draft) -> Rules {
    draft.check(2).expect("within the bounds")
}

fn wrong(draft: Draft) -> Vec<Wrong> {
    draft.check(2).expect_err("outside the bounds")
}

/// The rule of every role, set to one value for the one role.
fn with_role_rule(whose: Role, rule: RoleRule, value: u32) -> Draft {
    let mut draft = Draft::default();
    rule.set(draft.of_mut(whose), value);
    draft
}

fn with_branch_rule(rule: BranchRule, value: u32) -> Draft {
    let mut draft = Draft::default();
    rule.set(&mut draft.branch, value);
    draft
}

fn with_countries(countries: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let countries = countries.iter().map(|&iso| iso.to_owned());
    draft.branch.countries = Some(countries.collect());
    draft
}

fn with_prices(currency: &str, sms_micros: Option<u32>) -> Draft {
    let mut draft = Draft::default();
    draft.branch.prices = Some(PricesDraft {
        currency: currency.to_owned(),
        sms_micros,
        voice_micros: None,
    });
    draft
}

/// Every number with what it may be, so that no bound moves unnoticed.
#[test]
fn the_bounds_are_those_of_the_standards() {
    let of_roles = RoleRule::ALL.map(RoleRule::bounds);
    let expected = [
        (60, 540_000, 10_080),
        (0, 7, 7),
        (1, 15, 15),
        (60, 720, 720),
    ];
    assert_eq!(
        of_roles.map(|b| (b.least, b.most, b.default)),
        expected,
        "SIM window, grace, idle, session"
    );
    let of_the_branch = BranchRule::ALL.map(BranchRule::bounds);
    let expected = [
        (3, 10, 5),
        (30, 1_440, 30),
        (3, 10, 10),
        (10, 100, 100),
        (1, 3, 3),
        (1, 5, 5),
        (1, 10, 10),
        (1, 10, 10),
        (1, 30, 30),
        (1, 5, 5),
        (1, 100_000, 100),
        (1, 100_000, 300),
    ];
    assert_eq!(
        of_the_branch.map(|b| (b.least, b.most, b.default)),
        expected
    );
    let smaller = |b: &Bounds| b.looser == Looser::Smaller;
    let smaller_is_looser: Vec<_> = of_roles
        .iter()
        .chain(&of_the_branch)
        .filter(|&bounds| smaller(bounds))
        .map(|bounds| bounds.default)
        .collect();
    assert_eq!(smaller_is_looser, [10_080, 30], "the window and the lock");
}

/// Both sides of each bound: the bound itself is in, the number beyond it is refused at its field.
#[test]
fn each_number_is_held_against_its_bounds() {
    for rule in RoleRule::ALL {
        let Bounds { least, most, .. } = rule.bounds();
        for role in Role::ALL {
            let field = Field::Role(role, rule);
            for value in [least, most] {
                assert!(with_role_rule(role, rule, value).check(2).is_ok());
            }
            let why = Why::TooLarge { most };
            assert_eq!(
                wrong(with_role_rule(role, rule, most + 1)),
                [Wrong { field, why }]
            );
            if let Some(below) = least.checked_sub(1) {
                let why = Why::TooSmall { least };
                assert_eq!(
                    wrong(with_role_rule(role, rule, below)),
                    [Wrong { field, why }]
                );
            }
        }
    }
    for rule in BranchRule::ALL {
        let Bounds { least, most, .. } = rule.bounds();
        let field = Field::Branch(rule);
        for value in [least, most] {
            assert!(with_branch_rule(rule, value).check(2).is_ok());
        }
        let why = Why::TooLarge { most };
        assert_eq!(
            wrong(with_branch_rule(rule, most + 1)),
            [Wrong { field, why }]
        );
        let why = Why::TooSmall { least };
        assert_eq!(
            wrong(with_branch_rule(rule, least - 1)),
            [Wrong { field, why }]
        );
    }
}

/// The defaults are the constants that the program had before anyone could set them.
#[test]
fn what_every_branch_begins_with() {
    let rules = Rules::default();
    assert_eq!(rules.version(), 1);
    assert_eq!(checked(Draft::default()).draft(), rules.draft());
    assert_eq!(rules.limits(), Limits::DEFAULT);
    for role in Role::ALL {
        assert_eq!(rules.sim(role), SimPolicy::default());
        assert_eq!(rules.session(role), SessionLimits::DEFAULT);
    }
    assert_eq!(rules.countries(), None);
    assert_eq!(rules.price(Channel::Sms), None);
    assert_eq!(rules.loosened(), []);
}

#[test]
fn each_role_has_its_own() {
    let mut draft = with_role_rule(Role::Supervisor, RoleRule::SimWindow, 60);
    draft.supervisor.grace_days = 0;
    draft.supervisor.idle_minutes = 5;
    draft.supervisor.session_minutes = 480;
    let rules = checked(draft);
    let session = SessionLimits {
        idle: Duration::from_secs(300),
        longest: Duration::from_secs(8 * 3600),
    };
    assert_eq!(rules.session(Role::Supervisor), session);
    let sim = rules.sim(Role::Supervisor);
    assert_eq!((sim.window.minutes(), sim.grace), (60, Duration::ZERO));
    for role in [Role::Staff, Role::Admin] {
        assert_eq!(rules.sim(role), SimPolicy::default());
        assert_eq!(rules.session(role), SessionLimits::DEFAULT);
    }
}

#[test]
fn countries_are_a_list_of_those_with_telephones() {
    let rules = checked(with_countries(&["gb", "ES", "GB"]));
    let written = rules.draft().branch.countries.as_deref();
    let expected = ["ES".to_owned(), "GB".to_owned()];
    assert_eq!(written, Some(&expected[..]), "in order, once each");
    let number = |typed| PhoneNumber::parse(typed, "GB").expect("a number");
    assert!(rules.allows(&number("+447700900146")));
    assert!(rules.allows(&number("+34612345678")));
    assert!(!rules.allows(&number("+12025550142")));
    assert!(Rules::default().allows(&number("+12025550142")));
    let of_no_plan = PhoneNumber::from_e164("+999123456789").expect("its form");
    assert!(!rules.allows(&of_no_plan), "nobody knows its country");
    assert!(Rules::default().allows(&of_no_plan));

    let field = Field::Countries;
    let nobody = Wrong {
        field,
        why: Why::NoCountry,
    };
    assert_eq!(wrong(with_countries(&[])), [nobody]);
    let why = Why::NotACountry;
    let long: Vec<&str> = std::iter::repeat_n("GB", 301).collect();
    assert!(with_countries(&long[..300]).check(2).is_ok());
    assert_eq!(wrong(with_countries(&long)), [Wrong { field, why }]);
    for bad in ["", "G", "GBR", "ZZ", "001", "G\u{e9}", "=1"] {
        assert_eq!(
            wrong(with_countries(&["GB", bad])),
            [Wrong { field, why }],
            "{bad}"
        );
    }
}

#[test]
fn prices_are_amounts_in_one_currency() {
    let rules = checked(with_prices(" usd ", Some(50_000)));
    let price = rules.price(Channel::Sms).expect("a price");
    assert_eq!((price.micros, price.currency.iso()), (50_000, "USD"));
    assert_eq!(rules.price(Channel::Voice), None, "nobody said");

    assert!(with_prices("EUR", Some(100_000_000)).check(2).is_ok());
    let too_dear = Wrong {
        field: Field::SmsPrice,
        why: Why::TooLarge { most: 100_000_000 },
    };
    assert_eq!(wrong(with_prices("EUR", Some(100_000_001))), [too_dear]);
    let no_currency = Wrong {
        field: Field::Currency,
        why: Why::NotACurrency,
    };
    for bad in ["", "US", "DOLLAR", "U$D", "12E"] {
        assert_eq!(wrong(with_prices(bad, None)), [no_currency], "{bad}");
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let mut draft = with_countries(&[]);
    draft.admin.idle_minutes = 16;
    draft.staff.idle_minutes = 0;
    draft.branch.lock_minutes = 29;
    let fields: Vec<_> = wrong(draft).iter().map(|wrong| wrong.field).collect();
    let expected = [
        Field::Role(Role::Staff, RoleRule::Idle),
        Field::Role(Role::Admin, RoleRule::Idle),
        Field::Branch(BranchRule::Lock),
        Field::Countries,
    ];
    assert_eq!(fields, expected);
}

/// Whatever a bound lets be looser than the default is named; whatever is stricter is not.
#[test]
fn nothing_is_loosened_without_being_named() {
    for rule in RoleRule::ALL {
        let bounds = rule.bounds();
        for value in [bounds.least, bounds.most] {
            let rules = checked(with_role_rule(Role::Admin, rule, value));
            let named = usize::from(bounds.is_looser(value, bounds.default));
            assert_eq!(rules.loosened().len(), named, "{rule:?} at {value}");
        }
    }
    for rule in BranchRule::ALL {
        let bounds = rule.bounds();
        for value in [bounds.least, bounds.most] {
            let rules = checked(with_branch_rule(rule, value));
            let named = usize::from(bounds.is_looser(value, bounds.default));
            assert_eq!(rules.loosened().len(), named, "{rule:?} at {value}");
        }
    }
    let mut draft = with_role_rule(Role::Staff, RoleRule::SimWindow, 10_079);
    draft.admin.passes = BTreeSet::from([Cause::Network, Cause::NoData]);
    draft.branch.passwords = 6;
    draft.branch.code_budget = 101;
    draft.branch.check_budget = 301;
    let (staff, role) = (Role::Staff, Role::Admin);
    let expected = [
        Loosening::ShortWindow {
            role: staff,
            minutes: 10_079,
        },
        Loosening::Pass {
            role,
            cause: Cause::NoData,
        },
        Loosening::Pass {
            role,
            cause: Cause::Network,
        },
        Loosening::MorePasswords { tries: 6 },
        Loosening::LargeCodeBudget { codes: 101 },
        Loosening::LargeCheckBudget { checks: 301 },
    ];
    assert_eq!(checked(draft).loosened(), expected);
}

#[test]
fn what_is_stored_is_read_strictly() {
    let rules = checked(with_countries(&["GB"]));
    let text = rules.to_json();
    assert_eq!(Rules::from_json(&text, 2).as_ref(), Ok(&rules));
    let table = [
        (r#""format":1"#, r#""format":2"#),
        (r#""format":1"#, r#""format":1,"more":0"#),
        (r#""format":1,"#, ""),
        (r#""grace_days":7"#, r#""grace_days":8"#),
        (r#""grace_days":7"#, r#""grace_days":7.0"#),
        (r#""grace_days":7,"#, ""),
        (r#""grace_days":7"#, r#""grace_days":7,"grace_days":0"#),
        (r#""grace_days":7"#, r#""grace":7,"grace_days":7"#),
        (r#""passes":[]"#, r#""passes":["whatever"]"#),
        (r#""passes":[]"#, r#""passes":["network","network"]"#),
        (r#""lock_minutes":30"#, r#""lock_minutes":29"#),
        (r#""lock_minutes":30"#, r#""lock_minutes":-1"#),
        (r#"["GB"]"#, r#"["gb"]"#),
        (r#"["GB"]"#, "[]"),
        (r#""rules":"#, r#" "rules":"#),
    ];
    for (found, put) in table {
        assert!(text.contains(found), "{found}");
        let changed = text.replacen(found, put, 1);
        assert_eq!(Rules::from_json(&changed, 2), Err(Unreadable), "{put}");
    }
    for other in ["", "{}", "null", &text[..text.len() - 1]] {
        assert_eq!(Rules::from_json(other, 2), Err(Unreadable));
    }
}

#[test]
fn of_two_lists_of_countries_those_in_both_are_allowed() {
    let one = checked(with_countries(&["GB", "ES"]));
    let other = checked(with_countries(&["ES", "FR"]));
    let spain = PhoneNumber::parse("+34612345678", "ES").expect("a number");
    let both = one.stricter(&other);
    assert!(both.allows(&spain));
    assert_eq!(both.draft().branch.countries, Some(vec!["ES".to_owned()]));
    let neither = one.stricter(&checked(with_countries(&["FR"])));
    assert!(!neither.allows(&spain));
    assert_eq!(one.stricter(&Rules::default()).countries(), one.countries());
}

/// Any value within the bounds.
fn within(bounds: Bounds) -> impl Strategy<Value = u32> {
    prop_oneof![
        Just(bounds.default),
        Just(bounds.least),
        Just(bounds.most),
        bounds.least..=bounds.most,
    ]
}

prop_compose! {
    fn any_role()(
        numbers in RoleRule::ALL.map(|rule| within(rule.bounds())),
        passes in prop::collection::btree_set(prop::sample::select(Cause::ALL.to_vec()), 0..4),
    ) -> RoleDraft {
        let mut draft = RoleDraft { passes, ..RoleDraft::default() };
        for (rule, value) in RoleRule::ALL.into_iter().zip(numbers) {
            rule.set(&mut draft, value);
        }
        draft
    }
}

prop_compose! {
    fn any_rules()(
        (staff, supervisor, admin) in (any_role(), any_role(), any_role()),
        numbers in BranchRule::ALL.map(|rule| within(rule.bounds())),
        countries in prop::option::of(prop::collection::vec(
            prop::sample::select(vec!["GB", "es", "US", "CO", "fr"]), 1..4)),
        prices in prop::option::of((
            prop::sample::select(vec!["USD", "eur"]),
            prop::option::of(0..=100_000_000_u32),
            prop::option::of(0..=100_000_000_u32),
        )),
        version in 1..1_000_u32,
    ) -> Rules {
        let mut draft = Draft { staff, supervisor, admin, branch: BranchDraft::default() };
        for (rule, value) in BranchRule::ALL.into_iter().zip(numbers) {
            rule.set(&mut draft.branch, value);
        }
        draft.branch.countries =
            countries.map(|list| list.into_iter().map(str::to_owned).collect());
        draft.branch.prices = prices.map(|(currency, sms_micros, voice_micros)| PricesDraft {
            currency: currency.to_owned(), sms_micros, voice_micros,
        });
        draft.check(version).expect("all of it is within the bounds")
    }
}

proptest! {
    #[test]
    fn what_validates_is_kept_and_read_back_equal(rules in any_rules()) {
        let read = Rules::from_json(&rules.to_json(), rules.version());
        prop_assert_eq!(read.as_ref(), Ok(&rules));
        let again = rules.draft().clone().check(rules.version());
        prop_assert_eq!(again.as_ref(), Ok(&rules));
    }

    /// At no point looser than either, and at each point as one of them has it.
    #[test]
    fn the_stricter_of_two_is_looser_than_neither(one in any_rules(), other in any_rules()) {
        let both = one.stricter(&other);
        prop_assert_eq!(both.version(), one.version().max(other.version()));
        for role in Role::ALL {
            for rule in RoleRule::ALL {
                let value = rule.of(both.draft().of(role));
                let of = [&one, &other].map(|rules| rule.of(rules.draft().of(role)));
                prop_assert!(of.contains(&value));
                prop_assert!(of.iter().all(|than| !rule.bounds().is_looser(value, *than)));
            }
            for cause in Cause::ALL {
                let passes = [&one, &other].map(|rules| rules.sim(role).passes.contains(&cause));
                prop_assert_eq!(both.sim(role).passes.contains(&cause), passes == [true, true]);
            }
        }
        for rule in BranchRule::ALL {
            let value = rule.of(&both.draft().branch);
            let of = [&one, &other].map(|rules| rule.of(&rules.draft().branch));
            prop_assert!(of.contains(&value));
            prop_assert!(of.iter().all(|than| !rule.bounds().is_looser(value, *than)));
        }
        prop_assert_eq!(one.stricter(&one), one.clone());
        if one.version() != other.version() {
            prop_assert_eq!(other.stricter(&one), both);
        }
    }

    #[test]
    fn reading_anything_ends(text in "\\PC{0,60}") {
        prop_assert_eq!(Rules::from_json(&text, 1), Err(Unreadable));
    }
}
