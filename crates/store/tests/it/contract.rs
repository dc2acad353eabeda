//! What every form of the store does.

mod acts;
mod codes;
mod console;
mod imports;
mod lists;
mod names;
mod number_changes;
mod numbers;
mod people;
mod pruning;
mod record;
mod rules;
mod search;
mod sends;
mod sessions;
mod set_up;

pub use people::assert_closed;

/// Runs each scenario against each form. One that is missing here is dead code, which fails.
macro_rules! in_every_form {
    ($($table:ident: $($scenario:ident),+;)+) => {
        mod in_memory {
            $($(#[tokio::test]
            async fn $scenario() {
                super::$table::$scenario(crate::kit::Kit::in_memory()).await;
            })+)+
        }
        mod in_a_file {
            $($(#[tokio::test]
            async fn $scenario() {
                super::$table::$scenario(crate::kit::Kit::in_a_file()).await;
            })+)+
        }
    };
}

in_every_form! {
    names:
        five_wrong_passwords_lock_a_name,
        after_a_lock_there_are_five_more,
        unknown_names_are_locked_alike,
        a_stricter_limit_holds_for_what_was_counted_before,
        a_clock_set_back_opens_no_lock,
        a_right_password_forgets_the_wrong_ones,
        a_registration_forgets_the_tries_against_its_name,
        one_name_has_many_spellings_and_one_count,
        unreadable_names_are_told_apart_by_their_beginning,
        sixty_four_at_once_are_five;
    people:
        an_account_reads_back,
        look_alike_names_are_taken,
        a_refused_registration_leaves_nothing,
        five_registrations_in_an_hour,
        a_clock_set_back_allows_no_further_registration,
        a_better_hash_takes_the_place_of_the_old,
        a_newer_sign_in_ends_the_older,
        a_password_that_was_looked_at_before_a_change_begins_nothing,
        who_waits_for_approval_gets_no_check_and_no_code,
        nobody_is_signed_in_who_was_never_there;
    numbers:
        first_seen_stays_for_whoever_registers_next,
        the_latest_time_never_goes_back,
        pending_verifications_are_known_oldest_first,
        a_pending_verification_of_another_sign_in_is_stale,
        what_was_sent_is_noted_even_for_an_older_sign_in;
    sends:
        gaps_grow_and_a_sign_in_has_three,
        a_sign_in_has_three_however_the_clock_is_set,
        five_in_ten_minutes_over_all_sign_ins,
        ten_in_a_day,
        a_number_counts_whoever_sends_to_it,
        an_approved_code_ends_the_gaps,
        asking_counts_nothing,
        a_restart_forgets_no_send;
    codes:
        ten_in_a_row_lock_over_all_sign_ins,
        a_lock_between_password_and_code_holds,
        after_a_hundred_only_an_admin_helps,
        a_right_tenth_code_opens,
        a_right_hundredth_code_opens,
        a_session_forgets_the_wrong_codes,
        a_try_that_was_none_is_given_back,
        a_right_code_that_grants_nothing_counts_against_nobody;
    sessions:
        a_verification_grants_one_session,
        a_sign_in_has_one_session,
        an_older_sign_in_gets_none,
        an_uncounted_code_grants_nothing,
        a_number_belongs_to_who_proved_it_first,
        a_number_proved_in_grace_is_nobodys_yet,
        ten_sim_checks_in_ten_minutes_over_all_sign_ins,
        only_an_unchanged_sim_verifies,
        a_session_tells_of_the_time_before,
        a_refused_grant_writes_nothing;
    lists:
        people_are_listed_by_name_by_sign_in_and_by_age,
        people_are_filtered_by_state_and_role,
        people_are_found_by_any_part_of_their_name,
        who_is_found_twice_is_shown_once,
        people_are_found_by_their_whole_number,
        who_is_locked_is_found,
        nobody_who_is_locked_is_left_out,
        a_place_that_is_none_leads_nowhere_else,
        a_row_tells_of_the_person;
    acts:
        an_act_and_its_entry_are_one,
        the_second_of_two_admins_is_told_what_changed,
        who_may_not_changes_nothing,
        what_does_not_follow_is_not_done,
        what_shuts_out_ends_the_session,
        a_disabled_person_comes_back_when_enabled,
        unlocking_forgets_passwords_and_codes,
        what_a_hundred_codes_closed_only_an_admin_opens,
        a_one_time_password_is_for_one_session_and_one_day,
        the_last_admin_stays,
        a_deleted_person_leaves_the_record_and_the_number,
        a_person_is_added_active_and_with_a_one_time_password,
        a_choice_of_ones_own_needs_ones_session;
    console:
        anybody_is_made_an_admin_who_can_sign_in,
        the_last_admin_is_let_in_again,
        nobody_is_recovered_who_is_not_there,
        a_name_finds_its_person_however_it_is_written;
    number_changes:
        a_new_number_proves_itself_and_starts_its_own_history,
        nothing_but_an_unchanged_sim_and_a_code_changes_a_number,
        a_change_of_number_opens_no_session,
        checks_sends_and_tries_count_as_in_a_sign_in,
        a_change_holds_only_as_long_as_all_is_as_it_was,
        a_number_that_is_anothers_is_not_taken_over,
        only_an_admin_changes_the_number_of_somebody_active,
        what_a_change_left_pending_is_known;
    imports:
        all_are_imported_with_one_entry,
        one_that_is_stopped_adds_nobody,
        who_is_imported_has_no_password_before_an_admin_gives_one,
        one_that_collides_keeps_all_out,
        only_an_admin_imports;
    set_up:
        there_is_one_first_admin,
        whoever_is_there_comes_first,
        set_up_is_finished_once_and_for_ever,
        nobody_is_first_after_set_up,
        a_first_admin_with_the_wrong_number_begins_anew,
        registering_is_closed_before_set_up_and_by_approval_after;
    rules:
        each_version_is_kept,
        the_second_admin_changes_nothing,
        only_an_admin_sets_rules,
        only_the_next_version_is_taken,
        a_budget_of_codes_is_everyones,
        a_budget_of_sim_checks_is_everyones,
        an_outlook_counts_nothing,
        an_outlook_tells_what_would_stop;
    record:
        every_act_has_one_entry_and_no_gap,
        refusals_write_no_entry_of_their_own,
        a_taken_name_is_on_record_in_place_of_the_person,
        a_reference_finds_the_newest_twenty,
        a_name_is_shown_only_if_someone_has_it,
        settings_are_kept_and_replaced,
        a_setting_is_changed_by_whoever_saw_it_last;
    search:
        each_filter_and_all_of_them_find_what_reading_it_all_finds,
        a_page_goes_on_where_the_one_before_ended_whatever_is_added,
        pages_have_bounds,
        an_entry_is_read_back_whole,
        a_detail_is_one_line_of_bounded_length,
        an_unknown_name_is_found_only_by_who_knows_it;
    pruning:
        retention_has_bounds,
        what_is_old_goes_and_the_rest_is_sound,
        all_of_it_may_be_old,
        an_entry_that_seems_young_keeps_what_follows,
        a_session_outlives_its_entry,
        names_go_with_the_last_entry_that_bears_them;
}

/// Ten thousand rows take their time on a disk, and a disk adds nothing here.
#[tokio::test]
async fn unknown_names_take_bounded_space() {
    names::unknown_names_take_bounded_space(crate::kit::Kit::in_memory()).await;
}
