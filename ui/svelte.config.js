import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // Component styles go to a file: the page's policy refuses injected <style> elements.
  compilerOptions: { runes: true, css: 'external' },
};
