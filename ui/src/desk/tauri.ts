// The only file that knows Tauri.
import { invoke } from '@tauri-apps/api/core';
import type { Desk } from './desk';

export const tauriDesk: Desk = {
  view: () => invoke('view'),
  nextView: (after) => invoke('next_view', { after }),
  warmUp: () => invoke('warm_up'),
  signIn: (form) => invoke('sign_in', { form }),
  register: (form) => invoke('register', { form }),
  previewPhone: (phone, country) => invoke('preview_phone', { phone, country }),
  ratePassword: (form) => invoke('rate_password', { form }),
  sendAgain: (channel) => invoke('send_again', { channel }),
  checkCode: (code) => invoke('check_code', { code }),
  startOver: () => invoke('start_over'),
  signOut: () => invoke('sign_out'),
  stay: () => invoke('stay'),
  tryAgain: () => invoke('try_again'),
  rehearsalPhone: () => invoke('rehearsal_phone'),
};
