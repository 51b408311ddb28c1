// What the keyboard reaches on a page, for tests/browser/test_keyboard.py: `stop()` after each press of Tab.
window.walk = (() => {
  const ROLES = 'button checkbox combobox link option radio slider spinbutton switch tab textbox'.split(' ');
  const CONTROLS = [
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], [tabindex="0"]',
    ...ROLES.map((role) => `[role=${role}]`),
  ].join();
  const HIDDEN = ':disabled, [inert], [inert] *, [aria-hidden=true], [aria-hidden=true] *';
  // A group is one stop; the arrows reach what else is in it.
  const GROUPS = '[role=radiogroup], [role=tablist], [role=listbox], [role=menu], [role=toolbar]';

  // Rows are alike: the first three stand for all. And what takes its time to look as it will would take it at each stop.
  const few = new CSSStyleSheet();
  few.replaceSync(`
    tbody tr:nth-child(n + 4), main li:nth-child(n + 4) { display: none }
    *, ::before, ::after { transition: none !important }
  `);
  document.adoptedStyleSheets.push(few);

  const stops = [];
  let last = null;

  const name = (element) => {
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
    return `${element.tagName.toLowerCase()} ${label.trim().replace(/\s+/g, ' ').slice(0, 60)}`;
  };

  const isShown = (element) =>
    element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true });

  const groupOf = (element) => element.closest(GROUPS) ?? element;

  /** How an element and what may show its focus for it look. */
  const look = (element) =>
    [element, element.parentElement, ...element.parentElement.children, ...(element.labels ?? [])].map((each) => {
      const style = getComputedStyle(each);
      const outline = style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor;
      return [outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine].join();
    }).join('\n');

  /** Its outline, as far as what scrolls or clips around it shows it: the sides that are cut off. */
  const cutOff = (element) => {
    const { outlineStyle, outlineOffset, outlineWidth } = getComputedStyle(element);
    if (outlineStyle === 'none') return [];
    const reach = parseFloat(outlineOffset) + parseFloat(outlineWidth) - 0.5;
    const box = element.getBoundingClientRect();
    const sides = new Set();
    for (let part = element.parentElement; part && part !== document.body; part = part.parentElement) {
      if (getComputedStyle(part).overflow === 'visible') continue;
      const frame = part.getBoundingClientRect();
      if (box.left - reach < frame.left) sides.add('left');
      if (box.right + reach > frame.right) sides.add('right');
      if (box.top - reach < frame.top) sides.add('top');
      if (box.bottom + reach > frame.bottom) sides.add('bottom');
    }
    return [...sides];
  };

  /** Whether nothing of it is on the screen, or something lies over all of it. */
  const isCovered = (element) => {
    const box = element.getBoundingClientRect();
    const isMine = (top) => top !== null && (element.contains(top) || (top.contains(element) && top !== document.body));
    return ![[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) =>
      isMine(document.elementFromPoint(box.left + x * box.width, box.top + y * box.height)),
    );
  };

  /** What is fixed to the screen, or has a column or a scroll of its own, is read by itself. */
  const layerOf = (element) => {
    for (let part = element.parentElement; part; part = part.parentElement)
      if (['fixed', 'sticky'].includes(getComputedStyle(part).position)) return part;
    return null;
  };

  /** Whether one stands behind another on the screen: below it in its column, or to its right in its line. */
  const isBefore = (one, other) => {
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    const isAbove = b.bottom <= a.top + 1 && b.left < a.right - 1;
    const isLeft = b.right <= a.left + 1 && b.top < a.bottom - 1 && b.bottom > a.top + 1;
    return isAbove || isLeft;
  };

  return {
    /** Walks begin before the page, or at its end where they go backwards. */
    begin(isBackwards) {
      const edge = document.createElement('span');
      edge.tabIndex = -1;
      if (isBackwards) document.body.append(edge);
      else document.body.prepend(edge);
      edge.focus();
      edge.remove();
      stops.length = 0;
      last = null;
    },

    /** Notes what has the focus now, and what is wrong with it or was with what had it before; no name is the end. */
    async stop() {
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      const element = document.activeElement;
      // A date's field is several stops, of which its last shows its focus by itself.
      if (last !== null && last.element === element) {
        last.looks.push(look(element));
        return { name: name(element), faults: [] };
      }
      const faults = [];
      if (last !== null && last.looks.every((seen) => seen === look(last.element)))
        faults.push(`${name(last.element)}: its focus can't be seen`);
      // Behind the last comes the document, or at once the first.
      if (element === document.body || (stops.length > 1 && element === stops[0])) {
        last = null;
        return { name: null, faults };
      }
      if (stops.includes(element)) faults.push(`${name(element)}: is reached again`);
      stops.push(element);
      last = { element, looks: [look(element)] };
      if (isCovered(element)) faults.push(`${name(element)}: has the focus and is covered`);
      const sides = cutOff(element);
      if (sides.length > 1) faults.push(`${name(element)}: its outline is cut off: ${sides.join(', ')}`);
      return { name: name(element), faults };
    },

    /** What is there to be used and was never reached. */
    missed() {
      const groups = new Set(stops.map(groupOf));
      return [...document.querySelectorAll(CONTROLS)]
        .filter((element) => isShown(element) && !element.matches(HIDDEN) && !groups.has(groupOf(element)))
        .map(name);
    },

    /** What is reached after what it stands before, in the document or on the screen. */
    disorder() {
      return stops.slice(1).flatMap((element, index) => {
        const before = stops[index];
        const follows = before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
        const isBack = !before.contains(element) && layerOf(before) === layerOf(element) && isBefore(before, element);
        return follows && !isBack ? [] : [`${name(before)} → ${name(element)}`];
      });
    },

    /** The names of what was reached, in order. */
    reached: () => stops.map(name),

    /** The page is as it was before. */
    end() {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== few);
    },
  };
})();
