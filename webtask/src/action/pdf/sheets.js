// Makes the page's rules for sheets (`@page`) give way to what the step says; without that, sets them back.
// Runs in a world of its own. The page's own style sheets are changed only where a rule could win over ours.
function (says) {
  globalThis.setBack?.();
  globalThis.setBack = undefined;
  if (says === null) return;

  // What holds of a condition on paper: `matchMedia` tells of the screen.
  const applies = (media) =>
    media === '' || matchMedia(media.replace(/\bprint\b/g, 'all').replace(/\bscreen\b/g, 'speech')).matches;
  const inside = (sheet) => {
    try {
      return sheet === null || sheet.disabled || !applies(sheet.media.mediaText) ? [] : rules(sheet.cssRules);
    } catch {
      // One of another origin tells nothing of itself.
      return [];
    }
  };
  const rules = (list) =>
    [...list].flatMap((rule) => {
      if (rule instanceof CSSPageRule) return [rule];
      if (rule instanceof CSSImportRule) return inside(rule.styleSheet);
      if (rule instanceof CSSMediaRule && !applies(rule.media.mediaText)) return [];
      if (rule instanceof CSSSupportsRule && !CSS.supports(rule.conditionText)) return [];
      return rule instanceof CSSGroupingRule ? rules(rule.cssRules) : [];
    });

  const pixels = (length) => {
    const units = { px: 1, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, q: 96 / 101.6, pt: 96 / 72, pc: 16 };
    const [, number, unit] = /^([\d.]+)([a-z]+)$/.exec(length) ?? [];
    return Number(number) * (units[unit] ?? NaN);
  };
  const lies = (size) => {
    if (/\b(landscape|portrait)\b/.test(size)) return size.includes('landscape');
    const [width, height] = size.split(' ').map(pixels);
    return width > height;
  };
  const short = `${says.width}px ${says.height}px`;
  const long = `${says.height}px ${says.width}px`;

  // The paper is the step's. The page says which of its sheets lie down, unless the step does.
  const sizes = new Map([['', says.landscape ? long : short]]);
  const sides = ['margin-top', 'margin-right', 'margin-bottom', 'margin-left'];
  const ours = ['size', ...(says.margins ? sides : []), ...(says.landscape ? ['page-orientation'] : [])];
  const undo = [];
  for (const rule of [...document.styleSheets, ...document.adoptedStyleSheets].flatMap(inside)) {
    const { style, selectorText } = rule;
    const size = style.getPropertyValue('size');
    if (size !== '' && !says.landscape) sizes.set(selectorText, lies(size) ? long : short);
    const strong = (name) => style.getPropertyPriority(name) === 'important' || name === 'page-orientation';
    const over = ours.filter((name) => style.getPropertyValue(name) !== '' && strong(name));
    if (over.length === 0) continue;
    const before = style.cssText;
    undo.push(() => (style.cssText = before));
    over.forEach((name) => style.removeProperty(name));
  }
  const margins = says.margins?.map((inches, i) => `${sides[i]}: ${inches}in !important;`).join('') ?? '';
  const text = [...sizes].map(([page, size]) => `@page ${page} { size: ${size} !important; ${page ? '' : margins} }`);

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.join(''));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  globalThis.setBack = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    undo.forEach((each) => each());
  };
}
