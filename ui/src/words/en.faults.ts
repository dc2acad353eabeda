// English for what keeps the whole program from working.
import type { FaultTable } from './en.codes';

const ADMIN = 'Show this reference to your admin.';

export const faults: FaultTable = {
  keyring_missing: {
    head: 'No keyring on this machine',
    why: 'This machine has no keyring, where SIMgate keeps what it needs to start.',
    next: 'Ask your admin to set up the keyring, then try again. If that does not help, close SIMgate and start it again.',
  },
  keyring_locked: {
    head: 'The keyring is locked',
    why: 'SIMgate keeps what it needs in the keyring of this machine, and it is locked.',
    next: 'Unlock the keyring with your login password, then try again.',
  },
  keyring_silent: {
    head: 'The keyring does not answer',
    why: 'The keyring of this machine did not answer in time. It may be asking for a password in another window.',
    next: 'Look for a window that asks for a password, answer it, then try again.',
  },
  keyring_denied: {
    head: 'The keyring refused access',
    why: 'The keyring of this machine did not let SIMgate in.',
    next: 'Allow SIMgate if you are asked, then try again. If you are not asked, show this reference to your admin.',
  },
  keyring_damaged: {
    head: 'The keyring needs mending',
    why: 'What the keyring holds for SIMgate is not what SIMgate put there.',
    next: `Nothing was changed. ${ADMIN}`,
  },
  database_missing: {
    head: 'The records are not there',
    why: 'SIMgate has kept records on this machine before, and they are not where they were.',
    next: `Nothing new was started in their place. ${ADMIN}`,
  },
  database_locked: {
    head: 'The records are in use',
    why: 'Another program holds SIMgate’s records.',
    next: 'Close any other SIMgate on this machine, then try again.',
  },
  database_newer: {
    head: 'This SIMgate is too old',
    why: 'The records were written by a newer SIMgate.',
    next: `Ask your admin to install the newest SIMgate. ${ADMIN}`,
  },
  database_older: {
    head: 'The records are older than they should be',
    why: 'The keyring knows of something on record that is not there. An older copy may have been put back, or the records were changed.',
    next: `Nothing was changed. ${ADMIN}`,
  },
  seal_lost: {
    head: 'The seal of the records is gone',
    why: 'The keyring does not hold the key that the records are sealed with, so SIMgate cannot tell whether they were changed.',
    next: `Nothing was changed. ${ADMIN}`,
  },
  database_damaged: {
    head: 'The records are damaged',
    why: 'SIMgate’s records on this machine cannot be read, or were changed by something else.',
    next: `Nothing was changed. ${ADMIN}`,
  },
  database_other_key: {
    head: 'The records do not open',
    why: 'SIMgate’s records are here, but the keyring does not hold the key that opens them.',
    next: `They may come from another machine or another person’s login. ${ADMIN}`,
  },
  data_folder: {
    head: 'The folder cannot be used',
    why: 'SIMgate cannot read or write the folder where it keeps its records.',
    next: `The disk may be full, or the folder may belong to someone else. ${ADMIN}`,
  },
  vendor_settings: {
    head: 'The settings do not fit',
    why: 'The stored settings for checking SIMs or sending codes are not in the right form.',
    next: 'Ask your admin to store them again, and show them this reference.',
  },
  unforeseen: {
    head: 'SIMgate could not start',
    why: 'Something went wrong that we did not expect.',
    next: 'Try again. If it keeps happening, show this reference to your admin.',
  },
};
