use super::*;

const PASSWORD: &str = "nine purple anvils hum";

fn typed(text: &str) -> Password {
    Password::typed(text).expect("a password")
}

fn chosen(text: &str) -> NewPassword {
    match typed(text).choose(&[]) {
        Ok(password) => password,
        Err(problem) => panic!("a good password: {problem}"),
    }
}

#[tokio::test]
async fn right_is_right_and_all_else_is_wrong() {
    let hashing = Hashing::new(HashingCost::FLOOR).expect("hashing");
    let hash = hashing.hash(chosen(PASSWORD)).await.expect("a hash");
    assert!(
        hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{hash}"
    );
    let other = hashing.hash(chosen(PASSWORD)).await.expect("a hash");
    assert_ne!(hash, other, "each hash has its own salt");

    let check = async |text: &str, stored: Option<&str>| {
        hashing
            .check(typed(text), stored, true)
            .await
            .expect("a verdict")
    };
    assert_eq!(
        check(PASSWORD, Some(&hash)).await,
        Checked::Right { rehashed: None }
    );
    assert_eq!(
        check("nine purple anvils hu", Some(&hash)).await,
        Checked::Wrong
    );
    assert_eq!(
        check(PASSWORD, None).await,
        Checked::Wrong,
        "nobody's password is never right"
    );
}

/// Unknown names cost the same work: the hash they are checked against is as dear as any.
#[tokio::test]
async fn nobodys_hash_is_as_dear_as_anybodys() {
    let dear = HashingCost {
        passes: 3,
        ..HashingCost::FLOOR
    };
    let hashing = Hashing::new(dear).expect("hashing");
    let hash = hashing.hash(chosen(PASSWORD)).await.expect("a hash");
    let cost = |hash: &str| hash.rsplit('$').nth(2).map(str::to_owned);
    assert_eq!(cost(&hash).as_deref(), Some("m=19456,t=3,p=1"));
    assert_eq!(cost(&hashing.nobodys), cost(&hash));
    assert_eq!(hashing.nobodys.len(), hash.len());
}

/// By how many nanoseconds a machine takes for a KiB and a pass.
#[test]
fn a_hash_takes_between_100_and_500_ms_where_the_floor_lets_it() {
    for (nanoseconds, expected) in [
        (40_000, HashingCost::FLOOR),
        (12_000, HashingCost::FLOOR),
        (3_000, HashingCost::START),
        (800, HashingCost::START),
    ] {
        let took =
            |cost: HashingCost| Duration::from_nanos(nanoseconds) * cost.memory_kib * cost.passes;
        let found = HashingCost::calibrate(took);
        assert_eq!(HashingCost::parse(&found.to_string()), Some(found));
        assert_eq!(found, expected, "{nanoseconds} ns");
    }
    for nanoseconds in 25..3_800 {
        let took =
            |cost: HashingCost| Duration::from_nanos(nanoseconds) * cost.memory_kib * cost.passes;
        let took = took(HashingCost::calibrate(took));
        assert!(AIM.contains(&took), "{nanoseconds} ns: {took:?}");
    }
}

#[test]
fn calibrating_ends_on_a_machine_that_takes_no_time_at_all() {
    let found = HashingCost::calibrate(|_cost| Duration::ZERO);
    assert!((MOST_PASSES..=MOST_PASSES * 2).contains(&found.passes));
    assert_eq!(HashingCost::parse(&found.to_string()), Some(found));
}

/// Whoever types at ten windows at once takes the memory of two.
#[tokio::test(flavor = "multi_thread")]
async fn two_passwords_are_hashed_at_once_and_no_more() {
    let hashing = Arc::new(Hashing::new(HashingCost::FLOOR).expect("hashing"));
    let (begun, mut started) = tokio::sync::mpsc::unbounded_channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let released = Arc::new(std::sync::Mutex::new(released));
    let works = (0..5).map(|_| {
        let (hashing, begun) = (Arc::clone(&hashing), begun.clone());
        let released = Arc::clone(&released);
        tokio::spawn(async move {
            let work = move || {
                begun.send(()).expect("counted");
                released.lock().expect("whole").recv().expect("released");
            };
            hashing.in_turn(work).await.expect("done");
        })
    });
    let works: Vec<_> = works.collect();
    while started.len() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(hashing.turns.available_permits(), 0, "the others wait");
    for _work in 0..5 {
        assert!(started.len() <= 2, "the memory of two");
        started.recv().await.expect("begun");
        release.send(()).expect("somebody waits");
    }
    for work in works {
        work.await.expect("done");
    }
}

#[test]
fn a_cost_reads_back_and_none_below_the_floor_does() {
    for cost in [HashingCost::FLOOR, HashingCost::START] {
        assert_eq!(HashingCost::parse(&cost.to_string()), Some(cost));
    }
    for written in [
        "",
        "m=19456",
        "m=19455,t=2",
        "m=19456,t=1",
        "m=999999999,t=2",
        "m=19456,t=-2",
    ] {
        assert_eq!(HashingCost::parse(written), None, "{written}");
    }
}

#[tokio::test]
async fn a_cheaper_hash_is_replaced_when_its_owner_comes() {
    let old = Hashing::new(HashingCost::FLOOR).expect("hashing");
    let hash = old.hash(chosen(PASSWORD)).await.expect("a hash");
    let dearer = HashingCost {
        passes: 3,
        ..HashingCost::FLOOR
    };
    let new = Hashing::new(dearer).expect("hashing");
    let checked = new
        .check(typed(PASSWORD), Some(&hash), true)
        .await
        .expect("a verdict");
    let Checked::Right {
        rehashed: Some(rehashed),
    } = checked
    else {
        panic!("the old hash is below the new cost");
    };
    assert!(
        rehashed.starts_with("$argon2id$v=19$m=19456,t=3,p=1$"),
        "{rehashed}"
    );
    let closed = new.check(typed(PASSWORD), Some(&hash), false).await;
    assert_eq!(
        closed.expect("a verdict"),
        Checked::Right { rehashed: None },
        "a second hash would tell that the password of a locked name was right"
    );
    let again = new
        .check(typed(PASSWORD), Some(&rehashed), true)
        .await
        .expect("a verdict");
    assert_eq!(again, Checked::Right { rehashed: None });
}
