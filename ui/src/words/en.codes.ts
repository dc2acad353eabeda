// English for every code that Rust may answer with: one table per enum, so that a code without
// words does not compile. Never a vendor's name, never blame; "SIM" and "code" are the only
// technical words. Text between asterisks is shown strong.
import type { CannotTell } from '../contract/CannotTell';
import type { CodeProblem } from '../contract/CodeProblem';
import type { ErrorCode } from '../contract/ErrorCode';
import type { FaultKind } from '../contract/FaultKind';
import type { SendProblem } from '../contract/SendProblem';
import type { SessionEnd } from '../contract/SessionEnd';
import type { VendorName } from '../contract/VendorName';

/** What happened and what to do about it. */
export interface Explained {
  head: string;
  why: string;
  next: string;
}

const NO_CODE = 'We did not send a code';
const WAIT = 'Wait a while, then try again. If it keeps happening, show this reference to your supervisor.';
const MINUTE = 'Try again in a minute. If it keeps happening, show this reference to your supervisor.';
const ADMIN = 'Show this reference to your supervisor. An admin needs to put this right.';
const START_OVER = 'Go back and sign in again to get a new code.';
/** On the screen of the code there is no reference to show. */
const TELL = 'Tell your supervisor: an admin needs to put this right.';
const OTHER_WAY = 'If the other way is offered below, try that.';

export const codes = {
  errors: {
    not_now: '',
    not_allowed: 'This is not for your role. Ask an admin.',
    step_up_needed: 'Prove that it is you first: password, SIM check and code.',
    proof_too_soon: 'A code was sent a short while ago, so another one cannot follow yet.',
    outdated: 'Somebody else changed this meanwhile. Look at what it says now, then change it again.',
    bad_request: 'SIMgate could not read what was sent. Check what you typed and try again.',
    sign_in_refused: 'The name or the password is wrong, or the name is locked or switched off.',
    username_empty: 'Type your username.',
    username_too_short: 'Use at least 3 characters.',
    username_too_long: 'Use at most 32 characters.',
    username_characters: 'Use letters, digits, dots, hyphens and underscores only.',
    username_look_alike: 'Use the letters a to z, with or without accents.',
    username_taken: 'Somebody has this username. Choose another.',
    password_empty: 'Type your password.',
    password_too_short: 'Use at least 15 characters. A few words in a row work well.',
    password_too_long: 'This password is too long. Use a shorter one.',
    password_wrong: 'This is not your password. Check it and type it again: too many wrong ones lock your name.',
    password_not_new: 'Choose a password that you have not been given or used here.',
    password_guessable: 'This is easy to guess. Use words that do not belong together.',
    phone_empty: 'Type your mobile number.',
    phone_invalid: 'This is not a full phone number. Check the country and the digits.',
    phone_not_mobile: 'This is not a mobile number. Use the number of a mobile phone.',
    phone_taken: 'Somebody here has this number already. Check the digits, or use another number.',
    phone_same: 'This is the number that they have already. Type the new one, or leave it as it is.',
    first_admin_stays: 'The first admin has been signed in already, so set-up cannot begin anew. Sign in as them to finish it.',
    registration_closed: 'Nobody can register on this machine. Ask your admin to add you.',
    file_too_large: 'This file is larger than 5 MB. Split it and import one part after the other.',
    file_not_text: 'This file is not a text in UTF-8. Save it as CSV (UTF-8) and try again.',
    file_columns: 'The first row has to name these columns, once each and no others: username, phone, channel, role.',
    file_not_written: 'The file could not be written. Check the folder, and that no file has this name.',
    canceled: 'Canceled. Nothing was changed.',
    phone_country_not_allowed: 'Numbers of this country cannot be used here. Use another mobile number.',
    too_many_registrations: 'Too many registrations were tried on this machine in the last hour.',
    code_empty: 'Type the code.',
    code_malformed: 'A code has six digits or more.',
    branch_name_empty: 'Give the branch a name.',
    branch_name_too_long: 'Use at most 60 characters.',
    branch_call_too_long: 'Use at most 120 characters.',
    retention_out_of_bounds: 'Use 90 to 3650 days.',
    recovery_code_empty: 'Type one of your recovery codes.',
    recovery_code_malformed: 'A recovery code has sixteen letters and digits, in four groups.',
    recovery_code_mistyped: 'One of these signs is wrong. Compare it with your kit and type it again.',
    recovery_code_refused: 'This recovery code does not let you in. It may be used already, or belong to someone else.',
    recovery_key_empty: 'Type the recovery key of your kit.',
    recovery_key_malformed: 'A recovery key has 56 letters and digits, in fourteen groups.',
    recovery_key_mistyped: 'One of these signs is wrong. Compare it with your kit and type it again.',
    recovery_key_other: 'This is the recovery key of another kit. Use the kit that was the newest when the backup was made.',
    kit_code_other: 'This is none of the codes shown here. Type one of them.',
    kit_gone: 'This kit was not confirmed in time and is good for nothing. Make another.',
    kit_needed: 'Make a recovery kit first: its recovery key opens the backups.',
    recovery_under_way: 'A backup or a restore is under way. Wait until it is done, or cancel it.',
    recovery_canceled: 'It was canceled. Nothing was left behind.',
    backup_path: 'Type the whole path of the file, from the beginning.',
    backup_name: 'The name of a backup ends in .backup. Give it that ending.',
    backup_folder: 'Backups do not go into the data folder. Choose another folder, or leave this empty.',
    backup_exists: 'There is a file of this name already. Choose another name: nothing is overwritten.',
    backup_no_room: 'There is no room for the backup there. Nothing was left behind.',
    backup_unwritable: 'Nothing can be written there. Choose another folder.',
    backup_missing: 'There is no such file.',
    backup_not_ours: 'This file is no backup of SIMgate.',
    backup_cut_short: 'The end of this backup is missing. Copy it again, or use another one.',
    backup_newer: 'A newer SIMgate made this backup. Install that version first.',
    backup_damaged: 'This backup was changed or damaged. Use another one.',
    backup_unreadable: 'This file cannot be read. Try another place or another copy.',
    recovery_key_replaced: 'This recovery key was replaced by a newer kit. Use a backup and the key that were made since. An admin who is signed in may restore this one.',
    backup_of_another: 'This backup is of another SIMgate. An admin who is signed in may restore it here.',
    restore_changed: 'What you would replace is not what you were shown. Look at it again.',
    restore_no_room: 'There is no room on this machine for the restored database. Nothing was changed.',
    database_held: 'Another program works with the data folder. Close it, then try again.',
    disk_full: 'The disk of this computer is full, so this could not be done. Make room on it, then try again.',
    unforeseen: 'Something went wrong that we did not expect. Try again.',
  } satisfies Record<ErrorCode, string>,

  simChanged: {
    head: NO_CODE,
    why: (ending: string | null, days: number) =>
      `The SIM for ${ending ? `the number ending *${ending}*` : 'your number'} was changed in the last ${days === 1 ? 'day' : `${days} days`}, so a code could reach someone else.`,
    next: 'If you changed it yourself, show this reference to your supervisor. If you did not, tell your supervisor and your mobile operator now.',
  },

  cannotTell: {
    operator_not_supported: {
      head: NO_CODE,
      why: 'We could not check the SIM: your mobile operator does not take part in SIM checks.',
      next: 'Show this reference to your supervisor. A number with another operator may work.',
    },
    number_not_known: {
      head: NO_CODE,
      why: 'We could not check the SIM: the mobile operator does not know this number.',
      next: 'Show this reference to your supervisor and ask them to check the number you registered.',
    },
    no_data: {
      head: NO_CODE,
      why: 'We could not check the SIM: the mobile operator has no answer for this number.',
      next: 'Show this reference to your supervisor. A number with another operator may work.',
    },
    operator_timeout: {
      head: NO_CODE,
      why: 'We could not check the SIM: the mobile operator did not answer.',
      next: MINUTE,
    },
    operator_failed: {
      head: NO_CODE,
      why: 'We could not check the SIM: the mobile operator has a problem of its own.',
      next: MINUTE,
    },
    our_credentials: {
      head: NO_CODE,
      why: 'We could not check the SIM: SIMgate was not allowed to ask.',
      next: ADMIN,
    },
    our_balance: {
      head: NO_CODE,
      why: 'We could not check the SIM: there is no credit left for SIM checks.',
      next: ADMIN,
    },
    rate_limit: {
      head: NO_CODE,
      why: 'We could not check the SIM: too many checks were asked for just now.',
      next: WAIT,
    },
    network: {
      head: NO_CODE,
      why: 'We could not check the SIM: the checking service could not be reached.',
      next: 'Check that this machine is online, then try again. If it is, show this reference to your supervisor.',
    },
    vendor_failed: {
      head: NO_CODE,
      why: 'We could not check the SIM: the checking service has a problem of its own.',
      next: MINUTE,
    },
    malformed_answer: {
      head: NO_CODE,
      why: 'We could not check the SIM: the answer could not be read.',
      next: MINUTE,
    },
  } satisfies Record<CannotTell, Explained>,

  notSent: {
    too_soon: {
      head: NO_CODE,
      why: 'The last code was sent only a moment ago.',
      next: 'Wait a little, then sign in again.',
    },
    sign_in_limit: {
      head: NO_CODE,
      why: 'No more codes can be sent in this sign-in.',
      next: START_OVER,
    },
    number_limit: {
      head: NO_CODE,
      why: 'Too many codes were sent to this number.',
      next: 'Wait before you sign in again. If you did not ask for them, show this reference to your supervisor.',
    },
    too_many_tries: {
      head: NO_CODE,
      why: 'Too many codes were tried for this number a short while ago.',
      next: 'Wait ten minutes, then sign in again. If you did not try them, show this reference to your supervisor.',
    },
    check_too_old: {
      head: NO_CODE,
      why: 'The SIM passed, but sending took so long that the check no longer counts.',
      next: 'Sign in again. If it keeps happening, show this reference to your supervisor.',
    },
    budget: {
      head: NO_CODE,
      why: 'This branch has used up what it may spend on codes and SIM checks in a day.',
      next: 'Wait until then, or show this reference to your supervisor. An admin can allow more.',
    },
    country_not_allowed: {
      head: NO_CODE,
      why: 'Codes are not sent to numbers of this country here.',
      next: ADMIN,
    },
    number_refused: {
      head: NO_CODE,
      why: 'This number cannot receive codes this way.',
      next: 'Show this reference to your supervisor and ask them to check the number you registered.',
    },
    blocked: {
      head: NO_CODE,
      why: 'Codes are not sent to numbers like this one.',
      next: ADMIN,
    },
    channel_off: {
      head: NO_CODE,
      why: 'This way of sending codes is switched off.',
      next: ADMIN,
    },
    our_credentials: {
      head: NO_CODE,
      why: 'The SIM passed, but SIMgate was not allowed to send a code.',
      next: ADMIN,
    },
    our_account: {
      head: NO_CODE,
      why: 'The SIM passed, but sending codes is switched off for us at the moment.',
      next: ADMIN,
    },
    rate_limit: {
      head: NO_CODE,
      why: 'The SIM passed, but too many codes were asked for just now.',
      next: WAIT,
    },
    unreachable: {
      head: NO_CODE,
      why: 'The SIM passed, but the sending service could not be reached. Nothing was sent.',
      next: 'Check that this machine is online, then sign in again. If it is, show this reference to your supervisor.',
    },
    network: {
      head: 'We do not know if a code was sent',
      why: 'The SIM passed, but the sending service did not answer in time. If a code still arrives, do not use it.',
      next: 'Check that this machine is online, then sign in again to get a new code.',
    },
    vendor_failed: {
      head: 'We could not send a code',
      why: 'The SIM passed, but the sending service has a problem of its own.',
      next: MINUTE,
    },
    malformed_answer: {
      head: 'We do not know if a code was sent',
      why: 'The SIM passed, but the answer of the sending service could not be read. If a code arrives, do not use it.',
      next: MINUTE,
    },
  } satisfies Record<SendProblem, Explained>,

  codeRefused: {
    tries_used_up: {
      head: 'Sign-in stopped',
      why: 'The code was wrong five times.',
      next: 'Go back and sign in again. Check that the code comes from the newest message.',
    },
    locked: {
      head: 'Codes are locked',
      why: 'There were too many wrong codes in a row, so codes are locked for a while.',
      next: 'Wait until then. If it was not you, show this reference to your supervisor now.',
    },
    needs_admin: {
      head: 'Codes are locked',
      why: 'There were too many wrong codes for this name.',
      next: 'Show this reference to your supervisor. Only an admin can unlock it.',
    },
    expired: {
      head: 'The code has expired',
      why: 'A code works for ten minutes, and they are over.',
      next: START_OVER,
    },
    canceled: {
      head: 'The code no longer works',
      why: 'This code was called back before it was used.',
      next: START_OVER,
    },
    deleted: {
      head: 'The code no longer works',
      why: 'This code was removed before it was used.',
      next: START_OVER,
    },
    max_attempts_reached: {
      head: 'The code no longer works',
      why: 'This code was tried too many times.',
      next: START_OVER,
    },
    failed: {
      head: 'The code did not arrive',
      why: 'The code could not be brought to your phone.',
      next: 'Check that your phone is on and has signal, then sign in again.',
    },
    not_found: {
      head: 'The code no longer works',
      why: 'This code was used already or is too old.',
      next: START_OVER,
    },
    rate_limit: {
      head: 'We could not check the code',
      why: 'Too many codes were checked just now.',
      next: WAIT,
    },
    our_credentials: {
      head: 'We could not check the code',
      why: 'SIMgate was not allowed to check codes.',
      next: ADMIN,
    },
    network: {
      head: 'We could not check the code',
      why: 'The checking service could not be reached, or did not answer in time. This code counts as used.',
      next: 'Check that this machine is online, then sign in again to get a new code.',
    },
    vendor_failed: {
      head: 'We could not check the code',
      why: 'The checking service has a problem of its own.',
      next: MINUTE,
    },
    malformed_answer: {
      head: 'We could not check the code',
      why: 'The answer could not be read, so the code was not accepted.',
      next: MINUTE,
    },
    number_taken: {
      head: 'This number belongs to another name',
      why: 'The code was right, but this number is already used by another name here.',
      next: 'Sign in with that name, or register with another number. If neither is yours, show this reference to your supervisor.',
    },
    account_changed: {
      head: 'Sign-in stopped',
      why: 'Your account was changed while you were signing in.',
      next: 'Go back and sign in again. If that does not work, show this reference to your supervisor.',
    },
  } satisfies Record<CodeProblem, Explained>,

  notApproved: {
    head: 'Wait for approval',
    why: 'You are registered. Before you can sign in, a supervisor or an admin has to approve you. No SIM was checked and no code was sent.',
    next: 'Ask your supervisor to approve you, then sign in with your password.',
  } as Explained,

  unforeseenStop: {
    head: 'Sign-in stopped',
    why: 'Something went wrong that we did not expect. Nobody was signed in.',
    next: 'Try again. If it keeps happening, show this reference to your supervisor.',
  } as Explained,

  sendAgain: {
    too_soon: 'Not sent again: the last code was sent only a moment ago.',
    sign_in_limit: 'Not sent again: no more codes can be sent in this sign-in.',
    number_limit: 'Not sent again: too many codes were sent to this number.',
    too_many_tries: 'Not sent again: too many codes were tried for this number. Wait ten minutes, then start over.',
    check_too_old: 'Not sent again: it took so long that the SIM check no longer counts.',
    budget: 'Not sent again: this branch has used up its codes and SIM checks for a day.',
    country_not_allowed: 'Not sent again: codes are not sent to numbers of this country here.',
    number_refused: `Not sent again: this number cannot receive codes this way. ${OTHER_WAY}`,
    blocked: `Not sent again: codes are not sent to numbers like this one. ${TELL}`,
    channel_off: `Not sent again: this way of sending codes is switched off. ${OTHER_WAY}`,
    our_credentials: `Not sent again: SIMgate was not allowed to send. ${TELL}`,
    our_account: `Not sent again: sending is switched off for us at the moment. ${TELL}`,
    rate_limit: 'Not sent again: too many codes were asked for just now.',
    unreachable: 'Not sent again: the sending service could not be reached.',
    network: 'The sending service did not answer. A new code may or may not arrive.',
    vendor_failed: 'Not sent again: the sending service has a problem of its own.',
    malformed_answer: 'The answer could not be read. A new code may or may not arrive.',
  } satisfies Record<SendProblem, string>,

  ended: {
    idle: 'You were signed out because nothing was touched for a while.',
    too_long: 'You were signed out because the session reached its longest time.',
    account_changed: 'You were signed out because your account was changed. Sign in again; if that does not work, ask an admin.',
    locked: 'You were signed out because your name was locked after too many wrong passwords. Wait 30 minutes, then sign in again, or ask an admin.',
  } satisfies Record<SessionEnd, string>,

  missing: {
    tru_id: 'Checking SIMs',
    twilio: 'Sending codes',
  } satisfies Record<VendorName, string>,
};

/** The faults stand in a file of their own, `en.faults.ts`; this keeps their type beside the rest. */
export type FaultTable = Record<FaultKind, Explained>;
