import { mount } from 'svelte';
import App from './App.svelte';
import { quietIsolationFrame, tauriDesk } from './desk/tauri';
import './look/font.css';
import './look/tokens.css';
import './look/base.css';
import { Prefs } from './look/prefs.svelte';

quietIsolationFrame(document);

const prefs = new Prefs();
prefs.apply(document.documentElement);

const target = document.getElementById('app');
if (target) mount(App, { target, props: { desk: tauriDesk, prefs } });
