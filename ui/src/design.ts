// The design page: any screen in any dress, with no Rust behind it. For example
// /design.html?screen=code_wrong&theme=dark&lang=es&text=200&rehearsal=no
import { mount } from 'svelte';
import App from './App.svelte';
import AdminDesign from './desk/AdminDesign.svelte';
import { adminPoses } from './desk/adminPoses';
import { FakeDesk, refusal } from './desk/fake';
import { poses } from './desk/poses';
import './look/font.css';
import './look/tokens.css';
import './look/base.css';
import { LANGUAGES, Prefs, TEXT_SIZES, THEMES } from './look/prefs.svelte';

const query = new URLSearchParams(location.search);
const screen = query.get('screen') ?? 'sign_in';

const prefs = new Prefs();
prefs.theme = THEMES.find((theme) => theme === query.get('theme')) ?? prefs.theme;
prefs.language = LANGUAGES.find((language) => language === query.get('lang')) ?? prefs.language;
prefs.text = TEXT_SIZES.find((size) => String(size) === query.get('text')) ?? prefs.text;

const at = '2026-11-23T09:01:20Z';
const text = 'Your SIMgate code is 481562. Do not share it with anyone.';
const desk = new FakeDesk({
  view: poses[screen.replace(/_refused$/, '')],
  rehearsal: query.get('rehearsal') !== 'no',
  branch: query.get('branch') ?? undefined,
  messages: /code|counter/.test(screen)
    ? [
        { to: '+447700900146', channel: 'sms', text: text.replace('481562', '730914'), code: '730914', at },
        { to: '+447700900146', channel: 'voice', text, code: '481562', at: '2026-11-23T09:02:05Z' },
      ]
    : [],
});

// The forms with an answer on them: press the button for the picture.
if (screen === 'sign_in_refused') {
  desk.signIn = () => Promise.reject(refusal('sign_in_refused', { reference: '7F3K' }));
}

const target = document.getElementById('app');
const posed = adminPoses[screen];
if (target && posed) mount(AdminDesign, { target, props: { pose: posed, prefs } });
else if (target) mount(App, { target, props: { desk, prefs, registering: screen.startsWith('register') } });

const type = (name: string, value: string) => {
  const input = document.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
};
const press = (act: string) => document.querySelector<HTMLElement>(`[data-act=${act}]`)?.click();

setTimeout(() => {
  if (screen === 'sign_in_refused') {
    type('username', 'ana.ruiz');
    type('password', 'not my password');
    press('sign-in');
  }
  if (query.has('filled')) {
    type('username', query.get('filled') || 'ana.ruiz');
    type('password', 'quiet lemon harbour train');
    type('phone', '07700 900146');
    if (screen === 'register_refused') press('register');
  }
  for (const act of query.getAll('press')) press(act);
}, 300);
