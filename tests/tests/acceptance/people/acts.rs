//! What an admin does to people, and what a supervisor does.

use simgate_app::contract::people::{
    PeopleForm, PeopleOrder, PersonAct, PersonAnswer, PersonState,
};
use simgate_app::contract::view::{SessionEnd, View};
use simgate_app::contract::words::{ChannelName, ErrorCode, Field, RoleName};

use super::{ADMINS, MARIAS, NEW, act_form, act_on_person, add_form, people_form, second_program};
use crate::branch::{
    Branch, PASSWORD, expect_code, expect_counter, minutes, seconds, sign_in_form,
};

#[tokio::test]
async fn people_are_listed_searched_and_filtered() {
    let branch = Branch::with_admin().await;
    branch.add("maria.lopez", MARIAS, RoleName::Staff).await;
    branch.add("lopez.ana", NEW, RoleName::Supervisor).await;
    let names = async |form: PeopleForm| {
        let page = branch.app.people(form).await.expect("a list");
        let names = page.people.into_iter().map(|row| row.username);
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        names(people_form("")).await,
        ["admin.one", "lopez.ana", "maria.lopez"]
    );
    assert_eq!(
        names(people_form("López")).await,
        ["maria.lopez", "lopez.ana"],
        "in the order of what was found in them"
    );
    assert_eq!(names(people_form("07700 900146")).await, ["maria.lopez"]);
    assert!(names(people_form("<script>")).await.is_empty());
    assert!(
        names(people_form("9001")).await.is_empty(),
        "no part of a number is searched for"
    );
    let staff = PeopleForm {
        role: Some(RoleName::Staff),
        ..people_form("")
    };
    assert_eq!(names(staff).await, ["maria.lopez"]);
    let pending = PeopleForm {
        state: Some(PersonState::Pending),
        ..people_form("")
    };
    assert!(names(pending).await.is_empty());
    let newest = PeopleForm {
        order: PeopleOrder::LastSignIn,
        descending: true,
        ..people_form("")
    };
    assert_eq!(names(newest).await[0], "admin.one");

    let row = &branch.find("maria").await[0];
    assert_eq!(row.number_ending, "46");
    let written = serde_json::to_string(row).expect("JSON");
    assert!(!written.contains("900146"), "a number is masked: {written}");
}

#[tokio::test]
async fn the_list_goes_on_page_by_page() {
    let branch = Branch::with_admin().await;
    let people = (0..60).map(|n| format!("person.{n:03}"));
    let rows = people
        .enumerate()
        .map(|(n, name)| format!("{name},+4477009{n:05},sms,staff\n"));
    let text = format!("username,phone,channel,role\n{}", rows.collect::<String>());
    branch.import_all(&text).await;
    let first = branch.app.people(people_form("")).await.expect("a page");
    assert_eq!(first.people.len(), 50);
    let rest = PeopleForm {
        after: first.next,
        ..people_form("")
    };
    let rest = branch.app.people(rest).await.expect("a page");
    assert_eq!(rest.people.len(), 11);
    assert_eq!(rest.next, None);
    let mut bent = people_form("");
    bent.after = Some(simgate_app::contract::people::PeopleMark {
        key: "@now".to_owned(),
        id: "1' OR 1".to_owned(),
    });
    let refusal = branch.app.people(bent).await.expect_err("no such place");
    assert_eq!(refusal.code, ErrorCode::BadRequest);
}

#[tokio::test]
async fn a_disabled_person_is_refused_like_anybody_and_comes_back() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    branch
        .first_sign_in("maria", MARIAS, added.one_time_password.as_str())
        .await;
    branch.leave().await;
    branch.admin_back().await;
    assert_eq!(
        branch.done("maria", PersonAct::Disable).await.state,
        PersonState::Disabled
    );
    branch.leave().await;
    let refusal = branch.sign_in("maria").await.expect_err("disabled");
    assert_eq!(refusal.code, ErrorCode::SignInRefused);
    branch.admin_back().await;
    branch.done("maria", PersonAct::Enable).await;
    branch.leave().await;
    branch.wait(seconds(60)).await;
    expect_code(branch.sign_in("maria").await.expect("enabled"));
}

/// SE5: what is done to a person elsewhere ends their session here within the second.
#[tokio::test]
async fn a_session_ends_when_its_person_is_shut_out_elsewhere() {
    for (name, number, act) in [
        ("maria", "+447700900110", PersonAct::Disable),
        ("marta", "+447700900112", PersonAct::Reset),
        (
            "mario",
            "+447700900114",
            PersonAct::Role {
                role: RoleName::Supervisor,
            },
        ),
        ("marco", "+447700900116", PersonAct::Delete),
    ] {
        let branch = Branch::with_admin().await;
        let added = branch.add(name, number, RoleName::Staff).await;
        let row = added.person;
        branch.leave().await;
        branch
            .first_sign_in(name, number, added.one_time_password.as_str())
            .await;
        let elsewhere = second_program(&branch).await;
        branch.wait(seconds(60)).await;
        elsewhere
            .sign_in(sign_in_form("admin.one", PASSWORD))
            .await
            .expect("a right password");
        branch.settled_in(&elsewhere).await;
        let code = branch.newest_code(ADMINS);
        let view = elsewhere
            .check_code(code.into())
            .await
            .expect("a code")
            .view;
        expect_counter(view);
        let now = elsewhere
            .person(row.id)
            .await
            .expect("a person")
            .expect("there");
        let answer = act_on_person(&elsewhere, act_form(&now.row, act)).await;
        assert!(
            matches!(answer, Ok(PersonAnswer::Done { .. })),
            "{answer:?}"
        );
        expect_counter(branch.view().await);
        branch.wait(seconds(1)).await;
        let view = branch.view().await;
        let ended = View::SignIn {
            ended: Some(SessionEnd::AccountChanged),
        };
        assert_eq!(view, ended, "{act:?}");
    }
}

#[tokio::test]
async fn the_second_of_two_admins_sees_what_the_first_did() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    let seen = branch.person_called("maria").await.row;
    branch
        .done(
            "maria",
            PersonAct::Channel {
                channel: ChannelName::Voice,
            },
        )
        .await;
    for act in [
        PersonAct::Disable,
        PersonAct::Delete,
        PersonAct::Reset,
        PersonAct::Role {
            role: RoleName::Admin,
        },
    ] {
        let late = act_on_person(&branch.app, act_form(&seen, act)).await;
        let Ok(PersonAnswer::Outdated { person }) = late else {
            panic!("{act:?} saw an older version: {late:?}");
        };
        assert_eq!(person.channel, ChannelName::Voice);
        assert_eq!(person, branch.person_called("maria").await.row);
    }
}

/// BR4
#[tokio::test]
async fn the_last_admin_can_be_neither_deleted_disabled_demoted_nor_reset() {
    let branch = Branch::with_admin().await;
    branch.add("admin.two", NEW, RoleName::Admin).await;
    let me = branch.person_called("admin.one").await;
    assert!(
        me.last_admin && me.yourself,
        "who has no own password yet does not count"
    );
    for act in [
        PersonAct::Delete,
        PersonAct::Disable,
        PersonAct::Reset,
        PersonAct::Role {
            role: RoleName::Staff,
        },
    ] {
        assert_eq!(
            branch.act("admin.one", act).await,
            PersonAnswer::LastAdmin,
            "{act:?}"
        );
    }
    expect_counter(branch.view().await);
    branch.wait(seconds(1)).await;
    expect_counter(branch.view().await);
}

#[tokio::test]
async fn a_supervisor_approves_and_unlocks_and_no_more() {
    let branch = Branch::with_admin().await;
    let added = branch.add("super.one", NEW, RoleName::Supervisor).await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    for _ in 0..5 {
        branch
            .sign_in_with("maria", "not hers at all")
            .await
            .expect_err("wrong");
    }
    branch
        .first_sign_in("super.one", NEW, added.one_time_password.as_str())
        .await;
    let maria = branch.person_called("maria").await;
    assert!(maria.row.locked && maria.password_locked_until.is_some());
    assert!(!branch.done("maria", PersonAct::Unlock).await.locked);
    for act in [
        PersonAct::Disable,
        PersonAct::Delete,
        PersonAct::Reset,
        PersonAct::Role {
            role: RoleName::Admin,
        },
        PersonAct::Channel {
            channel: ChannelName::Voice,
        },
    ] {
        let row = branch.person_called("maria").await.row;
        let refused = act_on_person(&branch.app, act_form(&row, act)).await;
        assert_eq!(
            refused.expect_err("not theirs").code,
            ErrorCode::NotAllowed,
            "{act:?}"
        );
    }
    let own = branch.person_called("admin.one").await.row;
    let refused = act_on_person(&branch.app, act_form(&own, PersonAct::Unlock)).await;
    assert_eq!(refused.expect_err("above them").code, ErrorCode::NotAllowed);
    let refused = branch
        .app
        .add_person(add_form("new.one", NEW, RoleName::Admin))
        .await;
    assert_eq!(refused.expect_err("an admin's").code, ErrorCode::NotAllowed);
    branch.leave().await;
    let refused = branch.app.people(people_form("")).await;
    assert_eq!(
        refused.expect_err("nobody is signed in").code,
        ErrorCode::NotNow
    );
}

#[tokio::test]
async fn to_help_is_no_way_round_a_fresh_proof() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.wait(minutes(6)).await;
    let row = branch.person_called("maria").await.row;
    for act in [
        PersonAct::Disable,
        PersonAct::Delete,
        PersonAct::Reset,
        PersonAct::Role {
            role: RoleName::Admin,
        },
        PersonAct::Channel {
            channel: ChannelName::Voice,
        },
    ] {
        let refused = branch.app.change_person(act_form(&row, act)).await;
        let code = refused.expect_err("proved too long ago").code;
        assert_eq!(code, ErrorCode::StepUpNeeded, "{act:?}");
        let refused = branch.app.help_person(act_form(&row, act)).await;
        let code = refused.expect_err("no help").code;
        assert_eq!(code, ErrorCode::BadRequest, "{act:?}");
    }
    let form = add_form("new.one", NEW, RoleName::Admin);
    let refused = branch.app.add_person(form).await;
    let code = refused.expect_err("proved too long ago").code;
    assert_eq!(code, ErrorCode::StepUpNeeded);
    assert_eq!(branch.person_called("maria").await.row, row);
}

#[tokio::test]
async fn staff_look_after_nobody() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    let row = added.person;
    branch.leave().await;
    branch
        .first_sign_in("maria", MARIAS, added.one_time_password.as_str())
        .await;
    let refused = branch.app.people(people_form("")).await;
    assert_eq!(refused.expect_err("staff").code, ErrorCode::NotAllowed);
    let refused = branch.app.person(row.id.clone()).await;
    assert_eq!(refused.expect_err("staff").code, ErrorCode::NotAllowed);
    let act = PersonAct::Role {
        role: RoleName::Admin,
    };
    let refused = act_on_person(&branch.app, act_form(&row, act)).await;
    assert_eq!(refused.expect_err("staff").code, ErrorCode::NotAllowed);
}

#[tokio::test]
async fn what_is_taken_is_said_at_its_field() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    for (name, number, field, code) in [
        ("María", NEW, Field::Username, ErrorCode::UsernameTaken),
        ("rnaria", NEW, Field::Username, ErrorCode::UsernameTaken),
        ("marta", "07700 900146", Field::Phone, ErrorCode::PhoneTaken),
        (
            "marta",
            "020 7946 0018",
            Field::Phone,
            ErrorCode::PhoneNotMobile,
        ),
        ("=cmd", NEW, Field::Username, ErrorCode::UsernameCharacters),
    ] {
        let refused = branch
            .app
            .add_person(add_form(name, number, RoleName::Staff))
            .await;
        let refused = refused.expect_err("taken or wrong");
        assert_eq!(
            (refused.code, refused.field),
            (code, Some(field)),
            "{name} {number}"
        );
    }
}

#[tokio::test]
async fn a_deleted_persons_number_and_name_are_free_again() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.done("maria", PersonAct::Delete).await;
    assert!(branch.find("maria").await.is_empty());
    branch.add("maria", MARIAS, RoleName::Staff).await;
}
