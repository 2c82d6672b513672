/** The stand-in's pages bring their own look: no scripts, no fonts, nothing from elsewhere. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --paper: oklch(0.985 0.002 150); --card: oklch(1 0 0); --ink: oklch(0.22 0.01 160);
  --soft: oklch(0.47 0.012 160); --line: oklch(0.9 0.005 160); --edge: oklch(0.66 0.01 160);
  --accent: oklch(0.42 0.09 158); --accent-ink: oklch(0.99 0.01 158);
  --notice: oklch(0.955 0.045 85); --notice-ink: oklch(0.37 0.07 70);
  --bad: oklch(0.5 0.17 27); --bad-paper: oklch(0.965 0.02 27);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(0.19 0.008 160); --card: oklch(0.225 0.009 160); --ink: oklch(0.94 0.005 160);
    --soft: oklch(0.73 0.01 160); --line: oklch(0.31 0.01 160); --edge: oklch(0.53 0.012 160);
    --accent: oklch(0.78 0.13 158); --accent-ink: oklch(0.2 0.04 158);
    --notice: oklch(0.3 0.04 80); --notice-ink: oklch(0.9 0.07 85);
    --bad: oklch(0.76 0.13 25); --bad-paper: oklch(0.28 0.05 25);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/22px ui-sans-serif, system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.notice { background: var(--notice); color: var(--notice-ink); padding: 10px 16px; text-align: center; font-size: 13px; line-height: 18px; }
main { max-width: 880px; margin: 0 auto; padding: 24px 16px 48px; display: grid; gap: 24px; }
main.narrow { max-width: 480px; }
@media (min-width: 800px) { main.pay { grid-template-columns: 1fr 400px; gap: 56px; padding-top: 64px; } }
h1 { font-size: 15px; line-height: 22px; font-weight: 500; color: var(--soft); margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 28px; font-weight: 600; margin: 0; }
p { margin: 0; }
.soft { color: var(--soft); }
.small { font-size: 13px; line-height: 18px; }
.total { font-size: 36px; line-height: 44px; font-weight: 600; letter-spacing: -0.02em; margin: 4px 0 24px; font-variant-numeric: tabular-nums; }
dl { margin: 0; display: grid; gap: 12px; }
dl > div { display: flex; justify-content: space-between; gap: 16px; }
dt { color: var(--soft); } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; min-width: 0; }
dd.amount { white-space: nowrap; flex: none; }
dl > .sum { border-top: 1px solid var(--line); padding-top: 12px; font-weight: 600; } dl > .sum dt { color: inherit; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 20px; display: grid; gap: 16px; align-content: start; }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 8px; min-width: 0; }
legend, label.field { font-size: 13px; line-height: 18px; font-weight: 500; padding: 0; margin-bottom: 6px; display: block; }
.choice { display: grid; grid-template-columns: 18px 1fr; gap: 10px; align-items: start; border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; cursor: pointer; }
.choice:hover { border-color: var(--edge); }
.choice:has(input:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { margin: 3px 0 0; accent-color: var(--accent); width: 16px; height: 16px; }
.choice code { font: 13px/18px ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.choice span { display: block; }
input:not([type]), input[type="email"] { width: 100%; height: 38px; padding: 0 10px; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; }
button, .button { display: block; width: 100%; border: 0; border-radius: 6px; padding: 11px 16px; font: inherit; font-weight: 600; line-height: 20px; text-align: center; background: var(--accent); color: var(--accent-ink); cursor: pointer; text-decoration: none; }
button:hover, .button:hover { filter: brightness(1.07); }
a { color: inherit; } a.back { color: var(--soft); text-align: center; font-size: 14px; }
.bad { background: var(--bad-paper); color: var(--bad); border-radius: 6px; padding: 10px 12px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { color: var(--soft); font-size: 12px; line-height: 16px; overflow-wrap: anywhere; }
`;
