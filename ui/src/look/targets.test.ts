// What is pressed has the room for it: 24 CSS pixels at the least (WCAG 2.5.8), and the touch size
// where a finger is what points. Read from the markup and the styles of every component, since
// nothing has a size in jsdom: what is shown is the least height that the style gives it.
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import base from './base.css?raw';
import tokens from './tokens.css?raw';

const PIXELS_OF_REM = 16;
const LEAST_PX = 24;
/** WCAG 2.5.5, and the least that both makers of phones ask for. */
const LEAST_TOUCH_PX = 44;

const sources = import.meta.glob(['../**/*.svelte', '!../desk/**'], { query: '?raw', import: 'default', eager: true }) as Record<
  string,
  string
>;

interface Rule {
  selector: string;
  property: string;
  value: string;
  coarse: boolean;
}

const HEIGHTS = /^(min-height|min-block-size|height|block-size)$/;

/** The heights that a style gives, in order. What holds in a narrow container alone is left out. */
function heights(css: string): Rule[] {
  const style = parse(`<style>${css}</style>`, { modern: true }).css;
  const text = (node: { start: number; end: number }) => `<style>${css}</style>`.slice(node.start, node.end);
  const read = (nodes: AST.CSS.StyleSheet['children'], coarse: boolean): Rule[] =>
    nodes.flatMap((node) => {
      if (node.type === 'Rule') {
        const selector = text(node.prelude);
        return node.block.children.flatMap((one) =>
          one.type === 'Declaration' && HEIGHTS.test(one.property)
            ? [{ selector, property: one.property, value: one.value, coarse }]
            : [],
        );
      }
      const touch = node.name === 'media' && node.prelude.includes('pointer: coarse');
      return touch ? read((node.block?.children ?? []) as AST.CSS.StyleSheet['children'], true) : [];
    });
  return read(style?.children ?? [], false);
}

/** The sizes of the tokens, for a pointer or for a finger. */
function tokenSizes(coarse: boolean): Record<string, string> {
  const [fine = '', touch = ''] = tokens.split('@media (pointer: coarse)');
  const sizes = [...`${fine}${coarse ? touch : ''}`.matchAll(/--([a-z-]+):\s*([\d.]+rem)/g)];
  return Object.fromEntries(sizes.map(([, name = '', size = '']) => [name, size]));
}

function pixels(value: string, coarse: boolean): number {
  const size = value.replace(/var\(--([a-z-]+)\)/, (_, name: string) => tokenSizes(coarse)[name] ?? '0rem');
  return /^[\d.]+rem$/.test(size) ? parseFloat(size) * PIXELS_OF_REM : 0;
}

type Node = AST.Fragment['nodes'][number];

/** Everything that a component may draw, one beside the other, with classes and plain attributes. */
function drawn(fragment: AST.Fragment): HTMLElement {
  const root = document.createElement('div');
  const into = (parent: HTMLElement) => (node: Node) => {
    let here = parent;
    if (node.type === 'RegularElement') {
      here = parent.appendChild(document.createElement(node.name));
      for (const attribute of node.attributes) {
        if (attribute.type === 'ClassDirective') here.classList.add(attribute.name);
        if (attribute.type !== 'Attribute' || attribute.value === true) continue;
        const parts = Array.isArray(attribute.value) ? attribute.value : [attribute.value];
        here.setAttribute(attribute.name, parts.map((part) => (part.type === 'Text' ? part.data : '')).join(''));
      }
    }
    for (const inner of Object.values(node)) {
      if (inner && typeof inner === 'object' && 'type' in inner && inner.type === 'Fragment') {
        (inner as AST.Fragment).nodes.forEach(into(here));
      }
    }
  };
  fragment.nodes.forEach(into(root));
  return root;
}

/** The least height of one element; the later rule is the one that holds. */
function height(element: Element, rules: Rule[], coarse: boolean): number {
  const mine = rules.filter((rule) => (coarse || !rule.coarse) && matches(element, rule.selector));
  const of = (properties: RegExp) => pixels(mine.filter(({ property }) => properties.test(property)).at(-1)?.value ?? '', coarse);
  return Math.max(of(/^min-/), of(/^(height|block-size)$/));
}

function matches(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    // `:global(...)`, which no control is sized by.
    return false;
  }
}

/** What is pressed for a control: an input fills its box or its label, a row's button its row. */
function target(control: Element, rules: Rule[], coarse: boolean): number {
  const own = height(control, rules, coarse);
  const around = control.parentElement;
  const filling = control.tagName === 'INPUT' || control.classList.contains('open');
  if (!filling || !around) return own;
  return Math.max(own, ...[around, ...around.children].map((one) => height(one, rules, coarse)));
}

const CONTROLS = 'button, a, select, textarea, summary, input:not([aria-hidden])';
const ofBase = heights(base);

const controls = Object.entries(sources).flatMap(([file, source]) => {
  const ast = parse(source, { modern: true });
  const style = ast.css ? source.slice(ast.css.content.start, ast.css.content.end) : '';
  const rules = [...ofBase, ...heights(style)];
  return [...drawn(ast.fragment).querySelectorAll(CONTROLS)].map((control, at) => {
    const name = `${file.slice(3)}, ${control.tagName.toLowerCase()} ${at + 1}`;
    return { name: `${name} ${control.getAttribute('class') ?? ''}`.trim(), control, rules };
  });
});

describe('the tokens', () => {
  it.each(['control', 'touch'])('make %s large enough to press, and larger for a finger', (name) => {
    const [fine, coarse] = [false, true].map((touch) => pixels(`var(--${name})`, touch)) as [number, number];
    expect(fine).toBeGreaterThanOrEqual(LEAST_PX);
    expect(coarse).toBeGreaterThanOrEqual(LEAST_TOUCH_PX);
    expect(coarse).toBeGreaterThan(fine);
  });
});

describe('every control', () => {
  it('of every component is looked at', () => {
    expect(controls.length).toBeGreaterThan(80);
  });

  it.each(controls)('has 24 pixels for a pointer: $name', ({ control, rules }) => {
    expect(target(control, rules, false)).toBeGreaterThanOrEqual(LEAST_PX);
  });

  it.each(controls)('has the touch size for a finger: $name', ({ control, rules }) => {
    expect(target(control, rules, true)).toBeGreaterThanOrEqual(pixels('var(--touch)', true));
  });

  it('that is an icon alone is as wide as it is high', () => {
    expect(base).toMatch(/\.ghost \{[^}]*min-width: var\(--touch\)/);
  });
});
